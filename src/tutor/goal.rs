//! The lines of a goal step: is the goal reached, and what is to be said of the last line? Every line stays, so what
//! it did is told apart from what is still to be done. This file tells where the lines stand, `typed` what each
//! has come to and whether it counts, `rests` what may follow on them, `reasons` what is said, `said` whether an author
//! has foreseen it, `transaction` what of it is about MULTI and WATCH, `queue` what of it is about lines that wait for
//! EXEC, `order` what comes too early, `computed` what Redis is to compute, `no_key` what stands where a key is to be,
//! `slips` what is wrong with a line by itself.

mod computed;
mod no_key;
mod order;
mod queue;
mod reasons;
mod rests;
mod said;
mod slips;
mod transaction;
mod typed;

pub use transaction::executed;
pub use typed::Typed;
use typed::{Came, writes};

use crate::engine::{Bytes, Entry, commands, number};
use crate::lesson::{Line, Step, WantedState};

use super::{
    compare::{Lack, counted_past, differences, goes_on, lack, same_data},
    judge::{effect, expectations_hold},
    likeness::counts,
    practice::practises,
    why::Why,
    world::{Ran, World, is_exec, is_refusal, only_looks},
};

/// What a goal step's lines have come to.
#[derive(Debug, Clone, Default)]
pub struct Progress {
    /// Whether the goal is reached.
    pub reached: bool,
    /// Why not yet; where it is, what in the last line did nothing.
    pub why: Vec<Why>,
    /// Whether the last line was a miss: it is no part of a way to the goal, and there is a reason to give.
    pub missed: bool,
    /// Whether the last line took away what was right already, or put in what does not belong there.
    pub broke: bool,
    /// Whether the last line changed anything.
    pub changed: bool,
    /// Whether the last line only looked.
    pub looked: bool,
    /// Whether an earlier line stands in the way: the last one was refused and would run at the step's start, or all that
    /// is wanted was typed.
    pub spoilt: bool,
}

/// A goal step and the lines that were typed towards it.
#[derive(Debug, Clone, Copy)]
pub struct Lines<'a> {
    /// The step.
    pub step: &'a Step,
    /// Where it started.
    pub base: &'a World,
    /// The lines; the last has just run.
    pub typed: &'a [Typed],
    /// Before the last line.
    pub before: &'a World,
    /// What came of it.
    pub ran: &'a Ran,
    /// After it.
    pub world: &'a World,
}

impl Lines<'_> {
    /// Judges the lines.
    #[must_use]
    pub fn judge(&self) -> Progress {
        let right_effect = self.ways().any(|way| self.has_effect_of(way));
        let is_one = self.ran.is_refused() || self.second_command().is_none();
        let reaches = right_effect && self.practises() && !self.has_run_unwatched() && is_one;
        if reaches && self.popped_early().is_none() {
            return Progress {
                reached: true,
                why: self.remarks(),
                ..Progress::default()
            };
        }
        let anew = &self.typed[self.begun_anew()..];
        let on_the_way = self.ways().any(|way| self.is_on(way, anew))
            && !self.is_in_vain()
            && !self.is_out_of_turn();
        if only_looks(self.last()) && !self.ran.is_refused() && !self.ran.is_queued() {
            return Progress {
                looked: true,
                why: self.why_look(on_the_way),
                ..Progress::default()
            };
        }
        let why = self.why(right_effect, on_the_way);
        let is_miss = |why: &Why| {
            !matches!(
                why,
                Why::StillOpen(_)
                    | Why::SoFar(_)
                    | Why::OnlyDeadlineOpen
                    | Why::OtherDeadline
                    | Why::DeadlineToGo
                    | Why::Surplus(_)
                    | Why::NothingHasChanged
                    | Why::Queued
                    | Why::OpenAfterExec(_)
                    | Why::ThrownAway { .. }
                    | Why::NeverThere { .. }
                    | Why::TransactionOpened
                    | Why::Needless(_)
                    | Why::NeedlessNames { .. }
                    | Why::Twice(_)
            )
        };
        let changed = self.changed() || !self.before.same_clients(self.world);
        let is_slip = |why: &Why| matches!(why, Why::Diagnosis(_) | Why::Surplus(_));
        // What a refused EXEC has closed is not to be opened again.
        let keeps = changed && !is_exec(self.last());
        let strays = || {
            let [before, now] = [self.before, self.world].map(|world| self.has_strayed(world));
            changed && !self.ran.is_queued() && now && !before
        };
        let leads_away = || {
            let is_slip = keeps && why.iter().any(is_slip);
            self.leads_away() || is_slip || strays() || self.makes_a_stranger()
        };
        // What is still to be typed makes it right, perhaps, without a way back.
        let lacks = || self.ran.is_queued() || self.lacks_in_the_end().is_some();
        let is_practised = changed && why.iter().any(Why::is_of_practice);
        let is_in_vain = || right_effect && changed && !self.practises() && lacks();
        Progress {
            missed: !on_the_way && why.iter().any(is_miss),
            // All is there, and yet nothing that is typed from here on reaches the goal.
            broke: is_practised && lacks()
                || self.ran.is_queued()
                    && self.can_be_mended_from(self.before)
                    && !self.can_be_mended_from(self.world)
                || !on_the_way && (leads_away() || is_in_vain()),
            changed,
            spoilt: self.is_spoilt(on_the_way, anew)
                || changed && why.iter().any(|why| matches!(why, Why::Surplus(_))),
            why,
            ..Progress::default()
        }
    }

    /// The line that has just run.
    fn last(&self) -> &[Bytes] {
        let last = self.typed.last();
        last.map(|line| line.argv.as_slice()).unwrap_or_default()
    }

    /// Whether it came to nothing, as in no way.
    fn is_in_vain(&self) -> bool {
        let last = self.typed.last();
        last.is_some_and(|line| line.came == Came::InVain)
    }

    /// Whether the lines have the words and commands that the step practises, in the order that it asks for.
    fn practises(&self) -> bool {
        practises(self.step, &self.counted()) && self.is_in_turn()
    }

    /// Whether the last line has made a key that nobody has asked for.
    fn makes_a_stranger(&self) -> bool {
        let wanted = self.wanted();
        let changed = differences(self.before.engine.keyspace(), self.world.engine.keyspace());
        let is_new = |key: &(usize, Bytes)| has(self.world, key) && !has(self.before, key);
        let mut made = changed.iter().filter(|key| is_new(key));
        made.any(|key| !has(&wanted, key) && !self.names_key(&key.1))
    }

    /// Whether a world has the data that a way comes to.
    fn has_wanted_data(&self, world: &World) -> bool {
        self.ways()
            .any(|way| same_data(world, &effect(self.base, way, &self.step.during).world))
    }

    /// Whether an earlier line stands in the way of the last one: it is refused and would run at the step's start, or all
    /// that is wanted was typed, and the goal is not reached.
    fn is_spoilt(&self, on_the_way: bool, anew: &[Typed]) -> bool {
        if self.ran.is_queued() {
            return !self.can_be_mended_from(self.before);
        }
        if (self.changed() || self.does_nothing()) && self.has_strayed(self.world) {
            return true;
        }
        if on_the_way {
            let done = |line: &&Typed| line.came != Came::Unchanged || only_looks(&line.argv);
            let done: Vec<Typed> = anew.iter().filter(done).cloned().collect();
            let counted = self.counted_of(&done);
            let typed = |line: &Line| counted.iter().any(|argv| line.is_same(argv));
            let has_all = self.ways().any(|way| way.iter().all(typed));
            let leads_on = || self.ways().any(|way| self.stands_on(way));
            return self.changed() && has_all && !leads_on();
        }
        let runs = || self.base.takes(self.last(), &self.step.during);
        let mut before = self.typed.iter().rev().skip(1);
        let was_typed = before.any(|line| line.argv == self.last());
        self.ran.is_refused()
            && !was_typed
            && !same_data(self.base, self.world)
            && runs()
            && !self.is_refused_for_a_right_type()
    }

    /// The ways that the author knows.
    fn ways(&self) -> impl Iterator<Item = &[Line]> {
        self.step.ways()
    }

    fn has_effect_of(&self, way: &[Line]) -> bool {
        let wanted = effect(self.base, way, &self.step.during);
        let ends_refused = is_refusal(wanted.replies.last().and_then(Option::as_ref));
        // What was there before a refused line was not reached by it.
        (!self.ran.is_refused() || ends_refused)
            && (self.step.state == Some(WantedState::Any) || same_data(self.world, &wanted.world))
            && if self.is_about_watching() {
                self.world.same_clients(&wanted.world)
            } else {
                self.world.same_sessions(&wanted.world)
            }
            && expectations_hold(self.step, self.world)
    }

    /// Whether the last line is a part of this way: the way's own line behind those before it, or with their effect.
    /// `anew` are the lines behind those that have come to nothing.
    fn is_on(&self, way: &[Line], anew: &[Typed]) -> bool {
        is_next_of(way, self.typed)
            || is_next_of(way, anew)
            || self.changed() && self.stands_on(way)
    }

    /// Whether the last line has brought all lines to what the first ones of this way come to, and not back to it.
    fn stands_on(&self, way: &[Line]) -> bool {
        let place = |world: &World| {
            (0..way.len())
                .rev()
                .find(|len| self.is_after(world, &way[..*len]))
        };
        let now = place(self.world);
        // What leads there by taking away what was right leads back.
        let leads_back = || {
            let does_as_own = self.is_own(self.last()) || self.does_as_an_own_line();
            !does_as_own && self.broke(&self.wanted())
        };
        now > Some(0) && now > place(self.before) && !leads_back()
    }

    /// Whether all lines have come to what these come to.
    fn stands_after(&self, lines: &[Line]) -> bool {
        self.is_after(self.world, lines)
    }

    /// Whether a world is what these lines come to.
    fn is_after(&self, world: &World, lines: &[Line]) -> bool {
        let wanted = effect(self.base, lines, &self.step.during).world;
        same_data(world, &wanted) && world.learner().agrees(wanted.learner())
    }

    /// Whether the last line is a way's own, and what it still lacks would make the goal from here, in another order than
    /// its own.
    fn leads_on(&self) -> bool {
        let is_last = |line: &&Line| line.is_same(self.last());
        let typed = |line: &&Line| self.typed.iter().any(|typed| line.is_same(&typed.argv));
        self.changed()
            && self.ways().any(|way| {
                let left: Vec<Line> = way.iter().filter(|line| !typed(line)).cloned().collect();
                let wanted = || effect(self.base, way, &self.step.during).world;
                let world = || effect(self.world, &left, &self.step.during).world;
                way.iter().any(|line| is_last(&line))
                    && !left.is_empty()
                    && same_data(&world(), &wanted())
            })
    }

    /// The same of what a way leads through.
    fn nears_only(&self) -> bool {
        let mut through = self
            .ways()
            .flat_map(|way| (1..way.len()).map(|len| &way[..len]));
        through.any(|lines| self.only_nears(&effect(self.base, lines, &self.step.during).world))
    }

    /// Whether the last line has only brought keys nearer to what is wanted: nothing in them is to go again.
    fn only_nears(&self, wanted: &World) -> bool {
        let changed = differences(self.before.engine.keyspace(), self.world.engine.keyspace());
        let nears = |key: &(usize, Bytes)| {
            if !has(wanted, key) {
                // It is to be gone.
                let is_to_go = !has(&self.wanted(), key);
                return is_to_go && has(self.before, key) && !has(self.world, key);
            }
            let lacks = [self.before, self.world].map(|world| lack_of(world, wanted, key));
            let deadline = |world: &World| entry(world, key).and_then(|entry| entry.deadline);
            let is_late = deadline(self.world).is_some_and(|own| deadline(wanted) != Some(own));
            let ends = [self.world, wanted].map(|world| entry(world, key));
            !is_late
                && ends
                    .into_iter()
                    .collect::<Option<Vec<_>>>()
                    .is_some_and(|ends| goes_on(ends[0], ends[1]))
                && matches!(lacks, [Some(before), Some(now)]
                if now.missing < before.missing && now.surplus == 0 && now.wrong == 0)
        };
        !changed.is_empty() && changed.iter().all(nears)
    }

    /// Whether the last line could have changed data, and has not.
    fn does_nothing(&self) -> bool {
        !self.changed()
            && !self.ran.is_refused()
            && self.before.same_clients(self.world)
            && writes(self.last())
    }

    /// How many of the lines have come to nothing in the end: a transaction that was thrown away, for one.
    fn begun_anew(&self) -> usize {
        let mut world = self.base.clone();
        if self.typed.len() > REPLAYED {
            return 0;
        }
        let lines = self.typed.iter().zip(1..);
        let nothing = lines.filter(|(line, _)| {
            world.run(&line.argv, &self.step.during);
            same_data(&world, self.base) && world.same_clients(self.base)
        });
        nothing.last().map_or(0, |(_, count)| count)
    }

    fn changed(&self) -> bool {
        !same_data(self.before, self.world)
    }

    /// Whether the last line, or what it has queued, leads away from what is wanted, and to nothing that a way leads
    /// through.
    fn leads_away(&self) -> bool {
        if !self.ran.is_queued() {
            return self.broke(&self.wanted()) && !self.nears_a_way(Clone::clone);
        }
        let (before, world) = (self.executed(self.before), self.executed(self.world));
        let run = Lines {
            before: &before,
            world: &world,
            ..*self
        };
        run.broke(&self.executed(&self.wanted())) && !run.nears_a_way(|world| self.executed(world))
    }

    /// Whether the last line took away from a wanted key what was right, or put into one what does not belong there.
    fn broke(&self, wanted: &World) -> bool {
        let keys = |world: &World| differences(world.engine.keyspace(), wanted.engine.keyspace());
        let (open, open_now) = (keys(self.before), keys(self.world));
        open_now.iter().any(|key| {
            let was_right = !open.contains(key);
            match (
                lack_of(self.before, wanted, key),
                lack_of(self.world, wanted, key),
            ) {
                (Some(before), Some(now)) => {
                    let grew = now.surplus > before.surplus
                        || now.missing > before.missing
                        || now.wrong > before.wrong && !is_relative(self.last());
                    let goes_on = |world| {
                        let (now, wanted) = (entry(world, key), entry(wanted, key));
                        now.zip(wanted)
                            .is_none_or(|(now, wanted)| goes_on(now, wanted))
                    };
                    was_right
                        || goes_on(self.before) && !goes_on(self.world)
                        || grew
                        || is_relative(self.last()) && self.has_counted_past(wanted, key)
                }
                // It is to be gone.
                _ => was_right && has(self.base, key),
            }
        })
    }

    /// Whether the last line has counted a number of a key away from what is wanted, or past it.
    fn has_counted_past(&self, wanted: &World, key: &(usize, Bytes)) -> bool {
        let [before, now, wanted] =
            [self.before, self.world, wanted].map(|world| entry(world, key));
        let (Some(now), Some(wanted)) = (now, wanted) else {
            return false;
        };
        counted_past(before, now, wanted)
    }

    /// Whether a key has come nearer to what it is in the middle of a way.
    fn nears_a_way(&self, end: impl Fn(&World) -> World) -> bool {
        let changed = differences(self.before.engine.keyspace(), self.world.engine.keyspace());
        let mut through = self
            .ways()
            .flat_map(|way| (1..way.len()).map(|len| &way[..len]));
        through.any(|lines| {
            let middle = end(&effect(self.base, lines, &self.step.during).world);
            changed.iter().any(|key| {
                let lack =
                    |world: &World| lack_of(world, &middle, key).map(|it| it.surplus + it.missing);
                // What pushes have put into the wrong order comes nearer to nothing.
                let goes_on = || {
                    let ends = entry(self.world, key).zip(entry(&middle, key));
                    ends.is_none_or(|(now, middle)| goes_on(now, middle))
                };
                lack(self.world) < lack(self.before) && goes_on()
            })
        })
    }

    /// The world after the solution.
    fn wanted(&self) -> World {
        effect(self.base, &self.step.solution, &self.step.during).world
    }
}

/// So many lines are looked through for where a learner began anew.
const REPLAYED: usize = 50;

/// Whether the last of these lines is the way's own behind those before it.
fn is_next_of(way: &[Line], typed: &[Typed]) -> bool {
    let mut at = 0;
    let mut last = false;
    for typed in typed {
        last = way.get(at).is_some_and(|line| line.is_same(&typed.argv));
        at += usize::from(last);
    }
    last
}

/// How far a key is from what is wanted, where it is.
fn lack_of(world: &World, wanted: &World, key: &(usize, Bytes)) -> Option<Lack> {
    Some(lack(entry(world, key), entry(wanted, key)?))
}

/// What a world has under a key.
fn entry<'w>(world: &'w World, (db, key): &(usize, Bytes)) -> Option<&'w Entry> {
    let entry = world.engine.keyspace().get(*db, key);
    entry.map(|entry| &**entry)
}

/// Whether a line counts up or down from what is there.
fn is_relative(argv: &[Bytes]) -> bool {
    commands::of_line(argv).is_some_and(counts)
}

fn is_number(word: &[u8]) -> bool {
    number::parse_double(word).is_some()
}

/// Whether a world has a key.
fn has(world: &World, key: &(usize, Bytes)) -> bool {
    entry(world, key).is_some()
}
