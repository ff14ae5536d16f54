//! What is to be said of a line that waits for EXEC: what will be open when all that is queued has run, and what is queued
//! in place of another line, or too much.

use crate::engine::Bytes;
use crate::lesson::Line;

use super::{
    Lines, entry, is_relative,
    rests::TRIED,
    transaction::{exec, has_open, is_named},
    typed::{Came, Typed, writes},
};
use crate::tutor::{
    compare::{differences, same_data, same_value},
    judge::effect,
    likeness::{keys, names_same_command},
    practice::{lacking, practises},
    why::Why,
    world::{World, only_looks},
};

impl Lines<'_> {
    /// That a line is queued, and what all that is queued will leave open.
    pub(super) fn why_queued(&self, on_the_way: bool) -> Vec<Why> {
        if self.is_doomed() {
            return vec![Why::QueuedInVain];
        }
        if let Some(why) = self.why_idle_in_queue() {
            return vec![Why::Queued, why];
        }
        let watch = self.why_watch();
        if let Some(why) = self.why_not_before_multi() {
            return [Why::Queued, why].into_iter().chain(watch).collect();
        }
        if matches!(watch, Some(Why::WatchLost { .. })) {
            return std::iter::once(Why::Queued).chain(watch).collect();
        }
        if self.has_run_unwatched() {
            return vec![Why::Queued, Why::RanUnwatched];
        }
        let (before, world) = (self.executed(self.before), self.executed(self.world));
        let wanted = self.executed(&self.wanted());
        let run = Lines {
            before: &before,
            world: &world,
            ..*self
        };
        let open = differences(world.engine.keyspace(), wanted.engine.keyspace());
        let slip = run.slip(&wanted).or_else(|| run.misspelt(&open, &wanted));
        let slip = slip.or_else(|| self.will_be_refused(&before));
        let slip = slip.or_else(|| run.near(&wanted).filter(|_| !run.only_nears(&wanted)));
        if let Some(found) = slip.filter(|_| !on_the_way) {
            return vec![Why::Queued, Why::Diagnosis(found)];
        }
        // What only looks leads nowhere in a queue that is to stay as it is wanted.
        let is_look = || only_looks(self.last()) && has_open(&self.wanted());
        if let Some(line) = self.queued_stranger().filter(|_| !on_the_way && is_look()) {
            return vec![Why::Queued, Why::QueuedStranger(line)];
        }
        if let Some(why) = self.why_out_of_turn_in_queue([&before, &world]) {
            return vec![Why::Queued, why];
        }
        if let Some(why) = self.why_too_much().filter(|_| !open.is_empty()) {
            return vec![Why::Queued, why];
        }
        // What is there before EXEC is no surplus of the queue's.
        let there = Lines {
            base: self.world,
            ..*self
        };
        let (open, surplus) = there.divided(open, &wanted);
        let goes_on = on_the_way && !self.is_at_an_end();
        let is_all = open.is_none() && surplus.is_none() && !goes_on;
        let lacks = match &watch {
            None if is_all => self.why_incomplete(),
            _ => None,
        };
        let open = open.map(Why::OpenAfterExec);
        // What a way's own lines make may go again behind them.
        let surplus = surplus.map(|keys| self.why_surplus(keys));
        let surplus = surplus.filter(|why| !goes_on || matches!(why, Why::QueuedStranger(_)));
        let more = open.into_iter().chain(surplus).chain(lacks);
        let more = more.chain(watch);
        std::iter::once(Why::Queued).chain(more).collect()
    }

    /// What a queue that makes all data right lacks: to stay open as it is wanted to, or the words of the step's.
    fn why_incomplete(&self) -> Option<Why> {
        if has_open(&self.wanted()) {
            return Some(self.why_another_queue());
        }
        let typed = self.with_exec();
        let lines = self.counted_of(&typed);
        let lacks = !practises(self.step, &lines);
        lacks.then(|| self.after_exec(lacking(self.step, &lines)))
    }

    /// All lines, and EXEC behind them.
    fn with_exec(&self) -> Vec<Typed> {
        let mut world = self.world.clone();
        let ran = world.run(&exec(), &self.step.during);
        let worlds = [self.base, self.world, &world];
        let exec = Typed::of(&exec(), &ran, self.step, worlds);
        self.typed.iter().cloned().chain([exec]).collect()
    }

    /// That the queue changes a key too early that is to be changed last.
    fn why_out_of_turn_in_queue(&self, [before, world]: [&World; 2]) -> Option<Why> {
        let typed = self.with_exec();
        let run = Lines {
            before,
            world,
            typed: &typed,
            ..*self
        };
        run.why_out_of_turn(false)
            .filter(|_| self.step.last.is_some())
    }

    /// What a transaction lacks that would make all data right and yet is not the one that is to stay open.
    fn why_another_queue(&self) -> Why {
        if queued(self.world) > queued(&self.wanted()) {
            let stranger = self.queued_stranger();
            return stranger.map_or(Why::QueuedTooMuch, Why::QueuedStranger);
        }
        let wanted = self.wanted();
        let open = differences(self.world.engine.keyspace(), wanted.engine.keyspace());
        if !open.is_empty() {
            return Why::StillOpen(open.into_iter().map(|(_, key)| key).collect());
        }
        self.after_exec(self.lacks_of(&self.counted()))
    }

    /// A line in the open queue of which no way queues the command.
    fn queued_stranger(&self) -> Option<Vec<Bytes>> {
        let mut queued = self.queue();
        let is_known = |argv: &[Bytes]| {
            let opens = |line: &&Line| line.command() == "MULTI";
            let mut own = self
                .ways()
                .flat_map(|way| way.iter().skip_while(move |line| !opens(line)));
            own.any(|line| names_same_command(&line.argv, argv))
        };
        let stranger = queued.find(|line| !is_known(&line.argv))?;
        Some(stranger.argv.clone())
    }

    /// That more is queued than is to stay there, behind a way's own line.
    fn why_too_much(&self) -> Option<Why> {
        let wanted = self.wanted();
        if !self.is_own(self.last()) || !has_open(&wanted) {
            return None;
        }
        let stranger = self.queue().find(|line| !self.is_own(&line.argv));
        let is_more = queued(self.world) > queued(&wanted);
        let stranger = stranger.map(|line| Why::QueuedStranger(line.argv.clone()));
        stranger.or(is_more.then_some(Why::QueuedTooMuch))
    }

    /// That keys will be there that nobody has asked for, or the line that makes one of them.
    fn why_surplus(&self, keys: Vec<Bytes>) -> Why {
        let makes = |line: &&Typed| {
            !self.is_own(&line.argv) && keys.iter().any(|key| line.argv.contains(key))
        };
        let stranger = self.queue().find(makes);
        stranger.map_or(Why::Surplus(keys.clone()), |line| {
            Why::QueuedStranger(line.argv.clone())
        })
    }

    /// The lines in the open queue, the last one first.
    pub(super) fn queue(&self) -> impl Iterator<Item = &Typed> {
        let lines = self.typed.iter().rev();
        let queued = lines.take_while(|line| !is_named(&line.argv, b"MULTI"));
        queued.filter(|line| line.came == Came::Queued)
    }

    /// Whether a way has a line.
    pub(super) fn is_own(&self, argv: &[Bytes]) -> bool {
        self.ways().flatten().any(|own| own.is_same(argv))
    }

    /// What a queue lacks, where lines that have run would lack this: a line before it, another one in place of one of its
    /// own, or one more.
    fn after_exec(&self, lacks: Why) -> Why {
        let words = match &lacks {
            Why::MustUse(words) | Why::MustName(words) => words.clone(),
            Why::MustUseCommand(words) | Why::WorkedOut(words) => {
                return Why::QueuedOther(words.clone());
            }
            _ => return lacks,
        };
        let before = self.lacks_before(|line| {
            let has = |word: &String| line.argv.iter().any(|arg| arg == word.as_bytes());
            words.contains(&line.command()) || words.iter().any(has)
        });
        if !before.is_empty() {
            return Why::LacksBefore(before);
        }
        if has_open(&self.wanted()) || self.lacks_in_the_end().is_some() {
            return Why::QueuedOther(words.into_iter().take(1).collect());
        }
        Why::LacksAfterExec(words)
    }

    /// Of the lines that the solution runs before it opens a transaction, those that are missing.
    pub(super) fn lacks_before(&self, is_meant: impl Fn(&Line) -> bool) -> Vec<String> {
        let opens = |line: &&Line| line.command() == "MULTI";
        let solution = &self.step.solution;
        let at = solution.iter().position(|line| opens(&line));
        let before = solution[..at.unwrap_or_default()].iter();
        let counted = self.counted_lines(self.typed);
        let ran = |line: &Line| {
            let mut ran = counted.iter().filter(|typed| typed.came != Came::Queued);
            ran.any(|typed| line.is_same(&typed.argv))
        };
        // What another line has done is not missing.
        let is_done = |at: usize, line: &Line| {
            let stage = effect(self.base, &solution[..=at], &self.step.during).world;
            let mut keys = keys(&line.argv)
                .into_iter()
                .map(|key| (stage.db(), key.clone()));
            writes(&line.argv)
                && keys.all(|key| match (entry(&stage, &key), entry(self.world, &key)) {
                    (Some(a), Some(b)) => same_value(a, b) && a.deadline == b.deadline,
                    _ => false,
                })
        };
        before
            .enumerate()
            .filter(|(at, line)| is_meant(line) && !ran(line) && !is_done(*at, line))
            .map(|(_, line)| line.text.clone())
            .collect()
    }

    /// Whether lines of a way can still make the data right from here, with what is queued; where one counts, others may.
    pub(super) fn can_be_mended_from(&self, world: &World) -> bool {
        let mut ways = self.ways().filter(|way| way.len() <= TRIED).peekable();
        let counts = |line: &Typed| is_relative(&line.argv) && !self.is_own(&line.argv);
        if ways.peek().is_none() || self.typed.iter().any(counts) {
            return true;
        }
        ways.any(|way| {
            let end = effect(self.base, way, &self.step.during).world;
            let ran = self.executed(&end);
            (0..1_u32 << way.len()).any(|choice| {
                let is_chosen = |(at, _): &(usize, &Line)| choice >> at & 1 == 1;
                let rest = way.iter().enumerate().filter(is_chosen);
                let rest: Vec<Line> = rest.map(|(_, line)| line.clone()).collect();
                let world = effect(world, &rest, &self.step.during).world;
                // A queue that is to stay open has its own lines, and no others.
                let is_kept = !has_open(&end)
                    || same_data(&world, &end) && world.learner().agrees(end.learner());
                is_kept && same_data(&self.executed(&world), &ran)
            })
        })
    }
}

/// How many lines wait for EXEC.
fn queued(world: &World) -> usize {
    let transaction = world.learner().transaction.as_ref();
    transaction.map_or(0, |it| it.queue.len())
}
