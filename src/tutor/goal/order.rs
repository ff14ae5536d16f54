//! The key that a goal step changes last, and keys that must not go too early: was all else done before?

use crate::engine::Bytes;
use crate::lesson::Line;
use crate::notation::Literal;

use super::{
    Lines, has,
    typed::{Came, Typed, writes},
};
use crate::tutor::{
    compare::{differences, same_data},
    judge::effect,
    practice::uses_command,
    why::{Mend, Why},
    world::has_run,
};

impl Lines<'_> {
    /// Whether the key that is to be changed last, where there is one, was changed behind all others. What a transaction
    /// has run counts line by line.
    pub(super) fn is_in_turn(&self) -> bool {
        let Some(key) = &self.step.last else {
            return true;
        };
        let changes = |line: &Typed| line.changed.contains(key);
        // Where its command is the one to be used, what was done to it by another one does not count.
        let is_to_use =
            |line: &Line| line.argv.contains(key) && self.step.uses.contains(&line.command());
        let asks = self.step.solution.iter().any(is_to_use);
        let is_of_key = |line: &Typed| {
            (changes(line) || self.redoes(line, key))
                && (!asks || uses_command(self.step, &[&line.argv]))
        };
        // What nobody has asked for is in no turn.
        let is_other = |changed: &Bytes| changed != key && self.names_key(changed);
        let is_of_others = |line: &Typed| line.changed.iter().any(is_other);
        let parts: Vec<&Typed> = self.typed.iter().flat_map(Typed::parts).collect();
        let own = parts.iter().rposition(|line| is_of_key(line));
        let others = parts.iter().rposition(|line| is_of_others(line));
        !parts.iter().any(|line| changes(line)) || own >= others
    }

    /// Whether it was changed too early, and cannot be so once more.
    pub(super) fn is_out_of_turn(&self) -> bool {
        let key = self.step.last.as_ref();
        key.is_some_and(|key| !self.is_in_turn() && !self.can_redo(key))
    }

    /// That the key which is to be changed last was changed too early.
    pub(super) fn why_out_of_turn(&self, right_effect: bool) -> Option<Why> {
        let is_in_turn = self.is_in_turn();
        let matters = self.changed() || right_effect && !is_in_turn;
        let key = self.step.last.as_ref().filter(|_| matters)?;
        let mend = if self.can_redo(key) {
            // What was worked out by hand came not too early.
            let uses = uses_command(self.step, &self.counted());
            (right_effect && !is_in_turn && uses).then_some(Mend::Again)
        } else if is_in_turn {
            let was_changed = self.typed.last()?.changed.contains(key);
            let is_open = || {
                let mut open = self.open_keys().into_iter();
                open.any(|open| open != *key && self.names_key(&open))
            };
            (was_changed && is_open()).then_some(Mend::Undo)
        } else {
            Some(Mend::Reset)
        };
        mend.map(|mend| Why::NotLast {
            key: key.clone(),
            mend,
        })
    }

    /// Whether a line does with a key once more what a way does, where it changes nothing: a result is computed anew.
    fn redoes(&self, line: &Typed, key: &Bytes) -> bool {
        let is_own = |(own, reply): (&Line, Option<Literal>)| {
            own.is_same(&line.argv) && has_run(reply.as_ref()) && reply == line.reply
        };
        line.came == Came::Unchanged
            && line.argv.contains(key)
            && writes(&line.argv)
            && self.ways().any(|way| {
                let replies = effect(self.base, way, &self.step.during).replies;
                way.iter().zip(replies).any(is_own)
            })
    }

    /// Whether a way's line on a key would be answered from here as it is in the way.
    fn can_redo(&self, key: &Bytes) -> bool {
        self.ways().any(|way| {
            let names_it = |line: &Line| line.argv.contains(key) && writes(&line.argv);
            let ends = || {
                let at = way.iter().rposition(names_it)?;
                let worlds = [self.base, self.world];
                Some(worlds.map(|world| {
                    effect(world, way, &self.step.during)
                        .replies
                        .swap_remove(at)
                }))
            };
            ends().is_some_and(|[wanted, now]| has_run(wanted.as_ref()) && wanted == now)
        })
    }

    /// A key that is gone as it is wanted to be, but for which no way leads on any more: what it held is still needed.
    pub(super) fn gone_too_early(&self) -> Option<Bytes> {
        if !self.changed() || self.ran.is_queued() {
            return None;
        }
        let mut world = self.base.clone();
        world.run(self.last(), &self.step.during);
        let wanted = self.wanted();
        let changed = differences(self.base.engine.keyspace(), world.engine.keyspace());
        let is_gone = |key: &&(usize, Bytes)| !has(&world, key) && !has(&wanted, key);
        // What else is gone is missed by itself.
        let only_goes = changed.iter().all(|key| !has(&wanted, key));
        let (_, gone) = changed.iter().find(is_gone).filter(|_| only_goes)?;
        let leads_on = self.ways().any(|way| {
            let end = effect(self.base, way, &self.step.during).world;
            (0..=way.len()).any(|at| {
                let rest = effect(&world, &way[at..], &self.step.during).world;
                same_data(&rest, &end)
            })
        });
        // Where all that is wanted is there, nothing needs it any more.
        let made = differences(self.base.engine.keyspace(), wanted.engine.keyspace());
        let is_missing = |key: &(usize, Bytes)| has(&wanted, key) && !has(self.world, key);
        let is_needed = made.iter().any(is_missing);
        (!leads_on && is_needed).then(|| gone.clone())
    }
}
