//! What may still follow on the lines that were typed: lines of the ways, parts of them, the pushes that complete a list. Does
//! one of these make what is wanted of what is there, with all that the step practises?

use crate::engine::{Bytes, Group, commands};
use crate::lesson::{Line, Picture};

use super::{
    Lines, REPLAYED, entry, is_relative,
    transaction::{has_open, is_named},
};
use crate::tutor::{
    compare::{names, same_data},
    judge::effect,
    likeness::keys,
    practice::practises,
    why::Why,
    world::World,
};

/// Of longer ways not every choice of lines is tried.
pub(super) const TRIED: usize = 6;
/// Of longer lines no parts are tried.
const DIVIDED: usize = 12;

/// Lines that may follow.
struct Rest {
    kind: Kind,
    lines: Vec<Vec<Bytes>>,
    /// How their way ends.
    end: World,
}

/// What lines that may follow are of a way.
#[derive(Clone, Copy)]
enum Kind {
    /// Some of its lines.
    Choice,
    /// A line without some of its words, and what stands behind it.
    Part,
    /// The pushes that complete a list of it, and what stands behind them.
    Completion,
}

impl Rest {
    fn new(kind: Kind, lines: Vec<Vec<Bytes>>, end: &World) -> Rest {
        Rest {
            kind,
            lines,
            end: end.clone(),
        }
    }
}

impl Lines<'_> {
    /// What all lines will lack that make what is wanted of what is there, whichever lines of the ways follow; none where
    /// they lack nothing, or nothing that is tried makes it.
    pub(super) fn lacks_in_the_end(&self) -> Option<Why> {
        let mut lacks = None;
        for rest in self.rests() {
            match (rest.kind, self.end_with(&rest.lines, &rest.end)) {
                (_, Some(None)) => return None,
                (Kind::Choice, Some(why)) => lacks = lacks.or(why),
                // What was typed is not to be typed once more to stand behind other words.
                (Kind::Completion, Some(why @ Some(Why::OtherWordOrder(_)))) => {
                    lacks = lacks.or(why);
                }
                _ => {}
            }
        }
        lacks
    }

    /// Whether nothing that is tried makes what is wanted of what is there, and all was tried that is known. What counts may
    /// go on counting.
    pub(super) fn leads_nowhere(&self) -> bool {
        !is_relative(self.last())
            && !has_open(self.world)
            && self.ways().all(|way| way.len() <= TRIED)
            && !self
                .rests()
                .any(|rest| self.end_with(&rest.lines, &rest.end).is_some())
    }

    /// All that is tried: choices of the ways' lines first, then parts of lines and pushes that complete a list.
    fn rests(&self) -> impl Iterator<Item = Rest> {
        let end = |way: &[Line]| effect(self.base, way, &self.step.during).world;
        let choices = self.ways().flat_map(move |way| {
            let end = end(way);
            let counts = |line: &Line| line.is_same(self.last()) && is_relative(&line.argv);
            // What was counted once is not counted anew, so that it stands behind another line.
            let is_once = way.iter().filter(|line| counts(line)).count() == 1;
            let is_anew = move |lines: &Vec<Vec<Bytes>>| {
                is_once && lines.iter().any(|argv| *argv == self.last())
            };
            let lines = choices(way).into_iter();
            let lines = lines.filter(move |lines| !is_anew(lines));
            lines.map(move |lines| Rest::new(Kind::Choice, lines, &end))
        });
        let others = self.ways().flat_map(move |way| {
            let end = end(way);
            let parts = parts(way).into_iter().filter(|lines| self.begins(lines));
            let parts = parts.map(|lines| (Kind::Part, lines));
            let completions = self.completions(way).into_iter();
            let completions = completions.map(|lines| (Kind::Completion, lines));
            let lines = parts.chain(completions);
            lines.map(move |(kind, lines)| Rest::new(kind, lines, &end))
        });
        choices.chain(others)
    }

    /// Whether the first of these lines would change something.
    fn begins(&self, rest: &[Vec<Bytes>]) -> bool {
        let mut world = self.world.clone();
        rest.first().is_some_and(|argv| {
            world.run(argv, &self.step.during);
            !same_data(&world, self.world)
        })
    }

    /// What all lines lack where these follow and make all as it is in the end: nothing, perhaps; none where they do not
    /// make it so.
    #[allow(clippy::option_option)]
    fn end_with(&self, rest: &[Vec<Bytes>], end: &World) -> Option<Option<Why>> {
        let mut world = self.world.clone();
        for argv in rest {
            world.run(argv, &self.step.during);
        }
        if !same_data(&world, end) || has_open(&world) != has_open(end) {
            return None;
        }
        let rest: Vec<&[Bytes]> = rest.iter().map(|argv| &**argv).collect();
        let lines = [&self.counted()[..], &rest].concat();
        let is_right = practises(self.step, &lines);
        Some((!is_right).then(|| self.lacks_of(&lines)))
    }

    /// The pushes that complete a list, where what is there is a piece of it, with the lines of a way behind them.
    fn completions(&self, way: &[Line]) -> Vec<Vec<Vec<Bytes>>> {
        let mut found = Vec::new();
        let Some(key) = keys(self.last()).first().copied() else {
            return found;
        };
        let at = (self.world.db(), key.clone());
        let list = |world: &World| match entry(world, &at).map(|it| Picture::of(&it.value)) {
            Some(Picture::List(all)) => Some(all),
            _ => None,
        };
        let Some(now) = list(self.world) else {
            return found;
        };
        for len in 1..=way.len() {
            let stage = effect(self.base, &way[..len], &self.step.during).world;
            let whole = list(&stage).unwrap_or_default();
            let begin = whole.windows(now.len()).position(|piece| piece == now);
            let Some(begin) = begin.filter(|_| whole.len() > now.len()) else {
                continue;
            };
            let push = |name: &str, elements: Vec<Bytes>| {
                let line = [vec![Bytes::from(name.as_bytes()), key.clone()], elements];
                line.concat()
            };
            let left: Vec<Bytes> = whole[..begin].iter().rev().cloned().collect();
            let right = whole[begin + now.len()..].to_vec();
            let lines = [push("LPUSH", left), push("RPUSH", right)];
            let pushes = lines.into_iter().filter(|line| line.len() > 2);
            let behind = way[len..].iter().map(|line| line.argv.clone());
            found.push(pushes.chain(behind).collect());
        }
        found
    }

    /// That something was popped from a key before all stood in it that stands there on every way when it is popped: what
    /// comes out of a queue or a stack depends on that.
    pub(super) fn popped_early(&self) -> Option<Why> {
        self.popped_early_of(None)
    }

    /// The same of what the last line pops from, as far as it was popped from; of another line that makes all right of
    /// everything.
    pub(super) fn pops_early(&self, right_effect: bool) -> Option<Why> {
        if !is_pop(self.last()) {
            return right_effect.then(|| self.popped_early()).flatten();
        }
        let popped = keys(self.last()).into_iter();
        let mut popped = popped.filter(|_| self.changed());
        popped.find_map(|key| self.popped_early_of(Some(key)))
    }

    /// The same of a key, as often as lines have popped from it, or of all pops of all keys.
    fn popped_early_of(&self, key: Option<&Bytes>) -> Option<Why> {
        let has = |is: &dyn Fn(&[Bytes]) -> bool| self.typed.iter().any(|line| is(&line.argv));
        let ran_at_once = |argv: &[Bytes]| is_named(argv, b"EXEC") || is_named(argv, b"EVAL");
        if self.typed.len() > REPLAYED || !has(&is_pop) || has(&ran_at_once) {
            return None;
        }
        let seen = self.worlds();
        let mut early = self.ways().map(|way| self.pops_from_less(way, key, &seen));
        let first = early.next()??;
        early.all(|early| early.is_some()).then_some(first)
    }

    /// What stands in a key where a way pops from it, and in none of these worlds.
    fn pops_from_less(&self, way: &[Line], of: Option<&Bytes>, seen: &[World]) -> Option<Why> {
        let pops = |argv: &[Bytes]| is_pop(argv) && of.is_none_or(|key| keys(argv).contains(&key));
        let most = match of {
            Some(_) => self.typed.iter().filter(|line| pops(&line.argv)).count(),
            None => way.len(),
        };
        let at = (0..way.len()).filter(|len| pops(&way[*len].argv));
        at.take(most).find_map(|len| {
            let stage = effect(self.base, &way[..len], &self.step.during).world;
            let keys = keys(&way[len].argv).into_iter();
            let mut keys = keys.filter(|key| of.is_none_or(|of| of == *key));
            keys.find_map(|key| {
                let at = (self.base.db(), key.clone());
                let whole = names(entry(&stage, &at)?);
                let has_whole = |world: &World| {
                    let there = entry(world, &at).map_or(Vec::new(), names);
                    whole.iter().all(|name| there.contains(name))
                };
                (!seen.iter().any(has_whole)).then(|| Why::PoppedEarly {
                    key: key.clone(),
                    names: whole.clone(),
                })
            })
        })
    }

    /// The worlds that the lines have led through.
    fn worlds(&self) -> Vec<World> {
        let mut world = self.base.clone();
        let mut seen = vec![world.clone()];
        for line in self.typed {
            world.run(&line.argv, &self.step.during);
            seen.push(world.clone());
        }
        seen
    }

    /// That all is as it is to be in the end, and on every way something has stood there before that no line has put in.
    pub(super) fn never_there(&self) -> Option<Why> {
        if !self.changed() || self.ran.is_queued() || self.typed.len() > REPLAYED {
            return None;
        }
        let seen = self.worlds();
        let mut missing = self.ways().map(|way| self.missing_of(way, &seen));
        let first = missing.next()??;
        missing.all(|missing| missing.is_some()).then_some(first)
    }

    /// What a way has in a key before the end that no world of these has there.
    fn missing_of(&self, way: &[Line], seen: &[World]) -> Option<Why> {
        let db = self.base.db();
        (1..way.len()).find_map(|len| {
            let stage = effect(self.base, &way[..len], &self.step.during).world;
            way[..len]
                .iter()
                .flat_map(|line| keys(&line.argv))
                .find_map(|key| {
                    let at = (db, key.clone());
                    let mut missing = names(entry(&stage, &at)?);
                    for world in seen {
                        let there = entry(world, &at).map_or(Vec::new(), names);
                        missing.retain(|name| !there.contains(name));
                    }
                    let is_wanted = entry(self.world, &at).is_some();
                    (is_wanted && !missing.is_empty()).then(|| Why::NeverThere {
                        key: key.clone(),
                        names: missing,
                    })
                })
        })
    }
}

/// Every choice of a way's lines, in its order; none of a long way.
fn choices(way: &[Line]) -> Vec<Vec<Vec<Bytes>>> {
    if way.len() > TRIED {
        return Vec::new();
    }
    let choice = |choice: u32| {
        let is_chosen = |(at, _): &(usize, &Line)| choice >> at & 1 == 1;
        let chosen = way.iter().enumerate().filter(is_chosen);
        chosen.map(|(_, line)| line.argv.clone()).collect()
    };
    (0..1_u32 << way.len()).map(choice).collect()
}

/// A way's lines without words in a row behind the key, each with lines of the way's end behind it.
fn parts(way: &[Line]) -> Vec<Vec<Vec<Bytes>>> {
    let mut found = Vec::new();
    for (at, line) in way.iter().enumerate() {
        let is_known = commands::of_line(&line.argv).is_some();
        if !is_known || line.argv.len() > DIVIDED {
            continue;
        }
        for from in 2..line.argv.len() {
            for to in from + 1..=line.argv.len() {
                let part = [&line.argv[..from], &line.argv[to..]].concat();
                if part.len() < 3 {
                    continue;
                }
                for next in at + 1..=way.len() {
                    let behind = way[next..].iter().map(|line| line.argv.clone());
                    found.push(std::iter::once(part.clone()).chain(behind).collect());
                }
            }
        }
    }
    found
}

/// Whether a line takes something out at an end of a list or a sorted set, and puts it nowhere.
fn is_pop(argv: &[Bytes]) -> bool {
    commands::of_line(argv).is_some_and(|row| {
        let has_ends = matches!(row.group, Group::List | Group::SortedSet);
        has_ends && row.name.contains("pop") && !row.name.contains("push")
    })
}
