//! What a goal step's lines have come to in a transaction: what will EXEC run, and what is watched?

use crate::engine::Bytes;
use crate::lesson::{Line, Step, WantedState};
use crate::notation::{Literal, join};

use super::{
    Lines,
    typed::{Came, Typed},
};
use crate::tutor::{
    compare::{differences, same_data},
    diagnose,
    diagnosis::Diagnosis,
    judge::effect,
    practice::{is_together, may_go_on_together},
    slip::KeySlip,
    why::Why,
    world::{World, is_exec, only_looks},
};

impl Lines<'_> {
    /// Whether lines that have led to this world have changed data outside of the transaction that is asked for, or have
    /// run it though more is to be changed.
    pub(super) fn is_too_late(&self, lines: &[&[Bytes]], world: &World) -> bool {
        let is_right = || {
            let mut ends = self
                .ways()
                .map(|way| effect(self.base, way, &self.step.during).world);
            self.step.state == Some(WantedState::Any) || ends.any(|end| same_data(world, &end))
        };
        !is_together(self.step, lines) || !may_go_on_together(self.step, lines) && !is_right()
    }

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

    /// The line that EXEC has just run and that was refused, and why.
    pub(super) fn why_refused_in_exec(&self) -> Option<Vec<Why>> {
        let (line, reply) = self.refused_in_exec().into_iter().next()?;
        let found = diagnose::refusal(self.step, self.world, &line.argv, reply);
        let refused = Why::RefusedInExec(line.argv.clone());
        Some(
            std::iter::once(refused)
                .chain(found.map(Why::Diagnosis))
                .collect(),
        )
    }

    /// The lines that EXEC has just run and that were refused, though no way has them.
    pub(super) fn refused_in_vain(&self) -> Option<Why> {
        let is_own = |line: &Typed| self.ways().flatten().any(|own| own.is_same(&line.argv));
        let refused = self.refused_in_exec().into_iter();
        let refused = refused.filter(|(line, _)| !is_own(line));
        let refused: Vec<String> = refused.map(|(line, _)| join(&line.argv)).collect();
        (!refused.is_empty()).then_some(Why::SomeRefused(refused))
    }

    /// The lines that EXEC has just run and that were refused, with what they were answered.
    pub(super) fn refused_in_exec(&self) -> Vec<(&Typed, &Literal)> {
        let Some(Literal::Array(replies)) =
            self.ran.reply.as_ref().filter(|_| is_exec(self.last()))
        else {
            return Vec::new();
        };
        let Some((_, lines)) = self.typed.split_last() else {
            return Vec::new();
        };
        let from = lines
            .iter()
            .rposition(|line| is_named(&line.argv, b"MULTI"));
        let queued = lines.iter().skip(from.unwrap_or_default());
        let queued = queued.filter(|line| line.came == Came::Queued);
        let ends = queued.zip(replies);
        ends.filter(|(_, reply)| matches!(reply, Literal::Error(_)))
            .collect()
    }

    /// That the line which was queued last does nothing there: an UNWATCH, or one that is queued already.
    pub(super) fn why_idle_in_queue(&self) -> Option<Why> {
        if is_named(self.last(), b"UNWATCH") {
            return Some(Why::UnwatchQueued);
        }
        let count = |lines: &mut dyn Iterator<Item = &[Bytes]>| {
            lines.filter(|argv| *argv == self.last()).count()
        };
        let typed = count(&mut self.queue().map(|line| &*line.argv));
        let own = self
            .ways()
            .map(|way| count(&mut way.iter().map(|line| &*line.argv)));
        let own = own.max().unwrap_or_default();
        // What is computed anew of what has changed since is not idle.
        let wanted = self.executed(&self.wanted());
        let open = |world: &World| {
            let world = self.executed(world);
            differences(world.engine.keyspace(), wanted.engine.keyspace()).len()
        };
        (own > 0 && typed > own && open(self.world) >= open(self.before))
            .then(|| Why::QueuedTwice(self.last().to_vec()))
    }

    /// That the last line has run at once, which the ways queue.
    pub(super) fn why_run_at_once(&self) -> Option<Why> {
        let is_queued = self.places_in_ways(self.last()) == (false, true);
        let runs = self.changed() && !has_open(self.before);
        (is_queued && runs).then(|| Why::RanAtOnce(self.last().to_vec()))
    }

    /// That a line is queued, the last one or one before it, which the ways run before they open a transaction.
    pub(super) fn why_not_before_multi(&self) -> Option<Why> {
        let is_before = |line: &&Typed| self.places_in_ways(&line.argv) == (true, false);
        let argv = &self.queue().find(is_before)?.argv;
        let ran = |line: &Typed| line.argv == *argv && line.came != Came::Queued;
        Some(if self.typed.iter().any(ran) {
            Why::QueuedStranger(argv.clone())
        } else {
            Why::BelongsBefore(argv.clone())
        })
    }

    /// Whether ways with a transaction have a line before it, and in it; where a way has none, nowhere.
    fn places_in_ways(&self, argv: &[Bytes]) -> (bool, bool) {
        let mut places = (false, false);
        for way in self.ways() {
            let opens = |line: &Line| line.command() == "MULTI";
            let Some(at) = way.iter().position(opens) else {
                return (false, false);
            };
            let has = |lines: &[Line]| lines.iter().any(|line| line.is_same(argv));
            places.0 |= has(&way[..at]);
            places.1 |= has(&way[at..]);
        }
        places
    }

    /// A world after all that is queued in it.
    pub(super) fn executed(&self, world: &World) -> World {
        executed(self.step, world)
    }

    /// What is to be said of the transaction that the last line is about: EXEC ran nothing, or what nothing protected, or
    /// what is watched is not what is to be.
    pub(super) fn why_transaction(&self, right_effect: bool, on_the_way: bool) -> Option<Why> {
        if is_exec(self.last()) && self.is_in_vain() && !on_the_way {
            return Some(Why::RanNothing);
        }
        let opens = is_named(self.last(), b"MULTI") && !self.ran.is_refused();
        if opens && self.is_about_watching() && !self.has_command(self.last()) {
            return Some(Why::NoTransactionNeeded);
        }
        if let Some(found) = self.watches_another() {
            return Some(Why::Diagnosis(found));
        }
        if right_effect && self.has_run_unwatched() {
            return Some(Why::RanUnwatched);
        }
        // What is to be read first is asked for before it is too late.
        if opens && !on_the_way {
            let is_asked = |line: &Line| self.step.words.contains(&line.command());
            let lacks = self.lacks_before(|line| only_looks(&line.argv) && is_asked(line));
            if !lacks.is_empty() && self.watches_once() && self.world.watches() {
                return Some(Why::LacksBefore(lacks));
            }
        }
        // That a watch is lost is told once, and where it matters.
        let is_new =
            !self.before.watched_has_changed() || self.is_at_an_end() || has_open(self.world);
        self.why_watch().filter(|_| is_new)
    }

    /// Whether the last line has opened a transaction, and no way has one nor watches a key.
    pub(super) fn has_opened_needlessly(&self) -> bool {
        let opens = is_named(self.last(), b"MULTI") && has_open(self.world);
        opens
            && !has_open(self.before)
            && !self.has_command(self.last())
            && !self.is_about_watching()
    }

    /// What is to be said of what is watched: nothing is, a key is missing there or has changed, or more is than is asked
    /// for.
    pub(super) fn why_watch(&self) -> Option<Why> {
        let opens = is_named(self.last(), b"MULTI");
        let is_open = has_open(self.world);
        if is_open
            && (opens || self.ran.is_queued())
            && self.watches_once()
            && !self.world.watches()
        {
            return Some(Why::NotWatched);
        }
        if is_open && (opens || self.ran.is_queued()) && self.watches_once() {
            let is_watch = |line: &Line| line.command() == "WATCH";
            let lacks = self.lacks_before(|line| is_watch(line) && !self.watches_all_of(line));
            if !lacks.is_empty() {
                return Some(Why::LacksBefore(lacks));
            }
        }
        let matters = is_open || self.is_about_watching();
        if matters && self.world.watched_has_changed() && !self.wanted().watched_has_changed() {
            let own = self.has_changed_watched();
            return Some(Why::WatchLost { own });
        }
        let asked = self.asked_to_watch();
        let watched = self.before.watched().map(|(_, key)| key.clone());
        let more: Vec<Bytes> = watched.filter(|key| !asked.contains(key)).collect();
        (self.is_at_an_end() && !asked.is_empty() && !more.is_empty())
            .then_some(Why::AlsoWatched(more))
    }

    /// Whether lines of the learner's have changed a watched key since it is watched.
    fn has_changed_watched(&self) -> bool {
        let watched: Vec<&Bytes> = self.world.watched().map(|(_, key)| key).collect();
        let ends = |line: &Typed| {
            let ends: [&[u8]; 3] = [b"EXEC", b"DISCARD", b"UNWATCH"];
            ends.iter().any(|name| is_named(&line.argv, name))
        };
        let begun = self.typed.iter().rposition(ends).map_or(0, |at| at + 1);
        let watches = |line: &Typed| is_named(&line.argv, b"WATCH");
        let first = self.typed[begun..].iter().position(watches);
        let since = begun + first.unwrap_or_default();
        let mut changed = self.typed[since..].iter().flat_map(|line| &line.changed);
        changed.any(|key| watched.contains(&key))
    }

    /// A key that was just watched in place of one that is to be.
    fn watches_another(&self) -> Option<Diagnosis> {
        let asked = self.asked_to_watch();
        let keys = self.last().get(1..)?;
        let typed = keys.iter().find(|key| !asked.contains(key))?;
        let meant = asked.iter().find(|key| !keys.contains(key))?;
        (is_named(self.last(), b"WATCH") && !self.ran.is_refused()).then(|| {
            let slip = diagnose::misspelt_key(typed, meant);
            slip.unwrap_or_else(|| Diagnosis::OtherKey {
                typed: typed.clone(),
                meant: meant.clone(),
                slip: KeySlip::Other,
            })
        })
    }

    /// The keys that the ways watch.
    fn asked_to_watch(&self) -> Vec<Bytes> {
        let lines = self.ways().flatten();
        let watches = lines.filter(|line| line.command() == "WATCH");
        watches.flat_map(|line| &line.argv[1..]).cloned().collect()
    }

    /// Whether a way watches keys, or gives a watch up: only then it matters what is watched.
    pub(super) fn is_about_watching(&self) -> bool {
        let mut lines = self.ways().flatten();
        lines.any(|line| matches!(line.command().as_str(), "WATCH" | "UNWATCH"))
    }

    /// Whether all keys that a line watches are watched.
    fn watches_all_of(&self, line: &Line) -> bool {
        let watched: Vec<&Bytes> = self.world.watched().map(|(_, key)| key).collect();
        line.argv[1..].iter().all(|key| watched.contains(&key))
    }

    /// What DISCARD has ended.
    pub(super) fn thrown_away(&self) -> Why {
        let transaction = self.before.learner().transaction.as_ref();
        Why::ThrownAway {
            queued: transaction.is_some_and(|it| !it.queue.is_empty()),
            watched: self.before.watches(),
        }
    }

    /// Whether the last line has thrown away what was queued.
    pub(super) fn has_thrown_away(&self, on_the_way: bool) -> bool {
        is_named(self.last(), b"DISCARD") && !on_the_way && !self.ran.is_refused()
    }

    /// Whether EXEC has run what nothing protected, in a step that is about watching.
    pub(super) fn has_run_unwatched(&self) -> bool {
        let ran = |line: &Typed| line.unwatched && line.came != Came::InVain;
        self.watches_once() && self.typed.iter().any(ran)
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

/// A world after all that is queued in it at a step.
#[must_use]
pub fn executed(step: &Step, world: &World) -> World {
    let mut world = world.clone();
    world.run(&exec(), &step.during);
    world
}

/// The line that runs a transaction.
pub(super) fn exec() -> [Bytes; 1] {
    [Bytes::from(&b"EXEC"[..])]
}

/// Whether the learner has a transaction open in a world.
pub(super) fn has_open(world: &World) -> bool {
    world.learner().transaction.is_some()
}

/// Whether a line has this command.
pub(super) fn is_named(argv: &[Bytes], name: &[u8]) -> bool {
    argv.first()
        .is_some_and(|word| word.eq_ignore_ascii_case(name))
}
