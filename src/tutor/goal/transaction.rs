//! What a goal step's lines have come to in a transaction: what will EXEC run, and what is watched?

use crate::engine::Bytes;
use crate::lesson::Line;
use crate::notation::Literal;

use super::Lines;
use crate::tutor::{
    diagnose,
    diagnosis::Diagnosis,
    why::Why,
    world::{World, is_exec},
};

impl Lines<'_> {
    /// Whether EXEC will run nothing of what is queued, for a line was refused.
    pub(super) fn is_doomed(&self) -> bool {
        let mut world = self.world.clone();
        let reply = world.run(&exec(), &self.step.during).reply;
        matches!(reply, Some(Literal::Error(error)) if error.starts_with("EXECABORT"))
    }

    /// Why EXEC will refuse the line that was queued last, which it meets in this world.
    pub(super) fn will_be_refused(&self, before: &World) -> Option<Diagnosis> {
        let mut world = self.world.clone();
        let reply = world.run(&exec(), &self.step.during).reply;
        let Some(Literal::Array(replies)) = reply else {
            return None;
        };
        diagnose::refusal(self.step, before, self.last(), replies.last()?)
    }

    /// A world after all that is queued in it.
    pub(super) fn executed(&self, world: &World) -> World {
        let mut world = world.clone();
        world.run(&exec(), &self.step.during);
        world
    }

    /// What is to be said of what is watched: nothing is, a key of it has changed, or more is than was asked for.
    pub(super) fn why_watch(&self) -> Option<Why> {
        let wanted = self.wanted();
        if self.ran.is_queued() && self.watches_once() && !self.world.watches() {
            return Some(Why::NotWatched);
        }
        if self.world.watched_has_changed() && !wanted.watched_has_changed() {
            return Some(Why::WatchLost);
        }
        let asked: Vec<(usize, &Bytes)> = wanted.watched().collect();
        let more = self.world.watched().filter(|key| !asked.contains(key));
        let more: Vec<Bytes> = more.map(|(_, key)| key.clone()).collect();
        (self.is_at_an_end() && !more.is_empty()).then_some(Why::AlsoWatched(more))
    }

    /// Whether EXEC has just run what nothing protected, in a step that is about watching.
    pub(super) fn has_run_unwatched(&self) -> bool {
        is_exec(self.last())
            && !self.ran.is_refused()
            && self.watches_once()
            && !self.before.watches()
    }

    /// Whether the solution watches keys, in one transaction.
    fn watches_once(&self) -> bool {
        let count = |name: &str| {
            let lines = self.step.solution.iter();
            lines.filter(|line| line.command() == name).count()
        };
        count("WATCH") > 0 && count("MULTI") == 1
    }

    /// Whether the last line is a way's last one.
    pub(super) fn is_at_an_end(&self) -> bool {
        let mut ends = self.ways().filter_map(<[Line]>::last);
        ends.any(|line| line.is_same(self.last()))
    }
}

/// The line that runs a transaction.
pub(super) fn exec() -> [Bytes; 1] {
    [Bytes::from(&b"EXEC"[..])]
}
