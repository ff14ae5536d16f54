//! What is wrong with a line by itself: a slip in one of a way's own, and words that did nothing.

use crate::engine::{Bytes, Command, Entry, commands};

use crate::lesson::{Line, Step};

use super::{Lines, Typed, entry, has, is_number, is_relative};
use crate::tutor::{
    algebra::target,
    compare::{differences, holds_another, lack, same_data, same_value},
    diagnose,
    diagnosis::Diagnosis,
    judge::effect,
    likeness::{keys, names_same_command},
    needless,
    practice::adds,
    why::Why,
    world::World,
};

/// In a longer line words that did nothing are not looked for.
const LOOKED_THROUGH: usize = 40;
/// So many words belong together at most: a field and its value, a score and its member.
const GROUP: usize = 2;

impl Lines<'_> {
    /// A slip of the fingers in a line of the solution.
    pub(super) fn slip(&self, wanted: &World) -> Option<Diagnosis> {
        diagnose::slip(&self.case(wanted)).filter(|_| !self.does_as_an_own_line())
    }

    /// Whether the last line has changed just what a way's own line would have changed in its place.
    pub(super) fn does_as_an_own_line(&self) -> bool {
        self.changed()
            && !self.ran.is_queued()
            && self.ways().flatten().any(|own| {
                let mut world = self.before.clone();
                world.run(&own.argv, &self.step.during);
                // To set a number is another thing than to add it.
                adds(&own.argv) == adds(self.last()) && same_data(&world, self.world)
            })
    }

    /// A sign that became a part of a word: it is a slip whatever else the line has done.
    pub(super) fn stuck_sign(&self) -> Option<Diagnosis> {
        let is_sign = |found: &Diagnosis| {
            matches!(
                found,
                Diagnosis::Punctuation { .. } | Diagnosis::WideSign { .. }
            )
        };
        let has_sign = |word: &Bytes| !word.iter().all(u8::is_ascii_alphanumeric);
        let may_have = !self.is_own(self.last()) && self.last().iter().any(has_sign);
        let slip = may_have.then(|| diagnose::slip(&self.case(&self.wanted())));
        let slip = slip.flatten();
        slip.filter(is_sign)
    }

    /// What differs in a line that is nearly one of a way's, where nothing else has been done to its keys.
    pub(super) fn near(&self, wanted: &World) -> Option<Diagnosis> {
        let changed = differences(self.before.engine.keyspace(), self.world.engine.keyspace());
        let before = |lines| effect(self.base, lines, &self.step.during).world;
        let mut stages = self
            .ways()
            .flat_map(|way| (0..way.len()).map(|len| &way[..len]));
        let is_at_a_stage = stages.any(|lines| {
            let stage = before(lines);
            let done = differences(self.before.engine.keyspace(), stage.engine.keyspace());
            !changed.iter().any(|key| done.contains(key))
        });
        // A number may be counted in parts, where none is asked for.
        let counts_on = is_relative(self.last())
            && !self.asks_for_a_number()
            && !changed.iter().any(|key| self.has_counted_past(wanted, key));
        // A key with which all has been done is not the one that is meant.
        let is_open = |key: &Bytes| {
            let open = differences(self.before.engine.keyspace(), wanted.engine.keyspace());
            open.iter().any(|(_, open)| open == key)
        };
        let left = self.step_left();
        let near = diagnose::near(&diagnose::Case {
            step: &left,
            ..self.case(wanted)
        });
        near.or_else(|| diagnose::near(&self.case(wanted)))
            .filter(|_| is_at_a_stage && !counts_on && !self.does_as_an_own_line())
            .filter(|found| match found {
                Diagnosis::OtherKey { meant, .. } => is_open(meant),
                _ => true,
            })
    }

    /// The step without the lines that were typed before the last one: that may be another one of its lines.
    fn step_left(&self) -> Step {
        let before = &self.typed[..self.typed.len().saturating_sub(1)];
        let is_left = |own: &Line| !before.iter().any(|line| own.is_same(&line.argv));
        let mut step = self.step.clone();
        step.solution.retain(is_left);
        for way in &mut step.also {
            way.retain(is_left);
        }
        step
    }

    /// Whether a key is none of what it is on a way, and no more lines of it will make it so: it was not to be changed, holds
    /// a value that it has nowhere, has something too much, or lacks what was there.
    pub(super) fn has_strayed(&self, world: &World) -> bool {
        let wanted = self.wanted();
        let stages = self
            .ways()
            .flat_map(|way| (0..=way.len()).map(|len| &way[..len]));
        let stages: Vec<World> = stages
            .map(|lines| effect(self.base, lines, &self.step.during).world)
            .collect();
        let open = differences(world.engine.keyspace(), wanted.engine.keyspace());
        let mut open = open.iter().filter(|key| has(&wanted, key));
        open.any(|key| self.is_stray(key, [world, &wanted], &stages))
    }

    /// Whether a line of the ways stores a result in a key, whatever is there.
    fn is_written_anew(&self, key: &Bytes) -> bool {
        let mut lines = self.ways().flatten();
        lines.any(|line| {
            let named = keys(&line.argv).into_iter().filter(|own| *own == key);
            target(&line.argv) == Some(key) && named.count() == 1
        })
    }

    /// The same of a key that is wanted, with all worlds that ways lead through.
    fn is_stray(
        &self,
        key: &(usize, Bytes),
        [world, wanted]: [&World; 2],
        stages: &[World],
    ) -> bool {
        let is_same = |a: &World, b: &World| match (entry(a, key), entry(b, key)) {
            (Some(a), Some(b)) => same_value(a, b),
            (a, b) => a.is_none() && b.is_none(),
        };
        if self.is_written_anew(&key.1) || stages.iter().any(|stage| is_same(stage, world)) {
            return false;
        }
        if stages.iter().all(|stage| is_same(stage, self.base)) {
            return true;
        }
        let (Some(now), Some(wanted)) = (entry(world, key), entry(wanted, key)) else {
            return true;
        };
        let known: Vec<&Entry> = stages.iter().filter_map(|it| entry(it, key)).collect();
        if known.iter().all(|stage| lack(Some(now), stage).surplus > 0) {
            return true;
        }
        // Where one counts, others may count on.
        let mut parts = self.typed.iter().flat_map(Typed::parts);
        if parts.any(|line| is_relative(&line.argv) && line.changed.contains(&key.1)) {
            return false;
        }
        let lacks = |world: &World| lack(entry(world, key), wanted).missing;
        holds_another(now, &known) || lacks(world) > lacks(self.base)
    }

    /// Whether a number is among the words that the step practises.
    fn asks_for_a_number(&self) -> bool {
        let mut words = self.step.words.iter();
        words.any(|word| is_number(word.as_bytes()))
    }

    fn case<'w>(&'w self, wanted: &'w World) -> diagnose::Case<'w> {
        diagnose::Case {
            step: self.step,
            base: self.before,
            argv: self.last(),
            reply: self.ran.reply.as_ref(),
            world: self.world,
            wanted,
            wanted_reply: None,
        }
    }

    /// A key that the last line made and nobody wants, where a wanted one has nearly its name.
    pub(super) fn misspelt(&self, open: &[(usize, Bytes)], wanted: &World) -> Option<Diagnosis> {
        let (meant, surplus): (Vec<_>, Vec<_>) = open.iter().partition(|key| has(wanted, key));
        let is_new = |key: &&&(usize, Bytes)| !has(self.before, key) && !self.names_key(&key.1);
        let mut made = surplus.iter().filter(is_new);
        made.find_map(|(_, typed)| {
            let mut meant = meant.iter();
            meant.find_map(|(_, meant)| diagnose::misnamed_key(typed, meant))
        })
    }

    /// Whether a way names a key: then it was not misspelt.
    pub(super) fn names_key(&self, key: &Bytes) -> bool {
        self.ways().flatten().any(|line| line.argv.contains(key))
    }

    /// A key that is not there and has nearly the name of one that is still to be dealt with.
    pub(super) fn names_nearly(&self, open: &Bytes) -> Option<Diagnosis> {
        let is_there = |key: &Bytes| has(self.before, &(self.before.db(), key.clone()));
        let named = keys(self.last()).into_iter();
        let mut named = named.filter(|key| !self.names_key(key) && !is_there(key));
        named.find_map(|key| diagnose::misspelt_key(key, open))
    }

    /// A second command in the last line, which is one of a way but for that.
    pub(super) fn second_command(&self) -> Option<Diagnosis> {
        diagnose::second_command(self.step, self.before, self.last())
    }

    /// What is remarked on where the goal is reached: a line that EXEC ran in vain, words that did nothing.
    pub(super) fn remarks(&self) -> Vec<Why> {
        let refused = self.refused_in_vain().into_iter();
        refused.chain(self.needless()).collect()
    }

    /// Words of the last line that did nothing: those that could be left out, and those of which one would do.
    pub(super) fn needless(&self) -> Vec<Why> {
        let (rest, idle) = self.without_idle();
        needless::remarks(self.before, self.last(), &rest, &idle)
    }

    /// The last line without the words that did nothing, and these: without them it comes to the same, and no way has them
    /// there.
    fn without_idle(&self) -> (Vec<Bytes>, Vec<Vec<Bytes>>) {
        let mut line = self.last().to_vec();
        let mut idle = Vec::new();
        if !self.changed() || self.ran.is_queued() || line.len() > LOOKED_THROUGH {
            return (line, idle);
        }
        let mut at = commands::of_line(&line).map_or(1, Command::name_len);
        while at < line.len() {
            let without = (1..=GROUP).find_map(|len| {
                let rest = [line.get(..at)?, line.get(at + len..)?].concat();
                let words = &line[at..at + len];
                (!self.knows(words, &rest) && self.comes_to_the_same(&rest)).then_some((rest, len))
            });
            match without {
                Some((rest, len)) => {
                    idle.push(line[at..at + len].to_vec());
                    line = rest;
                }
                None => at += 1,
            }
        }
        (line, idle)
    }

    /// Whether a line with the command of the last one would have done the same in its place.
    fn comes_to_the_same(&self, argv: &[Bytes]) -> bool {
        let mut world = self.before.clone();
        names_same_command(argv, self.last())
            && world.run(argv, &self.step.during).reply == self.ran.reply
            && same_data(&world, self.world)
            && world.same_clients(self.world)
    }

    /// Whether one of the words is asked for: the step practises it, or a way has it with this command on this key, as
    /// often as it was typed.
    fn knows(&self, words: &[Bytes], rest: &[Bytes]) -> bool {
        let count = |line: &[Bytes], word: &Bytes| {
            line.iter()
                .filter(|it| it.eq_ignore_ascii_case(word))
                .count()
        };
        let key = |line: &[Bytes]| keys(line).first().map(|key| (*key).clone());
        let is_practised = |word: &Bytes| {
            let mut practised = self.step.words.iter();
            practised.any(|it| it.as_bytes().eq_ignore_ascii_case(word)) && !rest.contains(word)
        };
        let own: Vec<&[Bytes]> = self
            .ways()
            .flatten()
            .map(|line| line.argv.as_slice())
            .filter(|line| names_same_command(line, self.last()))
            .collect();
        let is_on_key = |line: &&&[Bytes]| key(line) == key(self.last());
        let has_key = own.iter().any(|line| is_on_key(&line));
        let mut own = own.iter().filter(|line| !has_key || is_on_key(line));
        words.iter().any(is_practised)
            || own.any(|line| {
                let has = |word: &Bytes| count(line, word) >= count(self.last(), word);
                words.iter().any(has)
            })
    }
}
