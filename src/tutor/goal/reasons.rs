//! What is to be said of the last line: the author's sentence where the line was foreseen, what is still to be done, what
//! is in the way, or the slip in it.

use crate::engine::{Bytes, commands};
use crate::lesson::Line;
use crate::notation::Literal;

use super::{Lines, entry, has, said::ends_with};
use crate::tutor::{
    compare::{differences, same_data, same_value},
    diagnose,
    diagnosis::Diagnosis,
    practice::{forbidden, is_together, lacking_words},
    why::Why,
    world::{World, is_exec},
};

impl Lines<'_> {
    pub(super) fn why(&self, right_effect: bool, on_the_way: bool) -> Vec<Why> {
        if let Some(why) = self.why_foreseen(on_the_way) {
            return vec![why];
        }
        if self.executes_in_vain(right_effect) {
            return vec![Why::RanInVain];
        }
        if self.ran.is_queued() {
            return self.why_queued(on_the_way);
        }
        if let Some(why) = self.why_refused_in_exec().filter(|_| !on_the_way) {
            return why;
        }
        // What a refused line has come to is what the lines before it have: there is nothing else to say of it.
        if let Some(reply @ Literal::Error(_)) = &self.ran.reply
            && !on_the_way
        {
            let found = diagnose::refusal(self.step, self.before, self.last(), reply);
            return vec![self.why_refused(found)];
        }
        if self.changed() && !is_together(self.step, &[self.last()]) {
            return vec![Why::OneTransaction];
        }
        let does = || self.changed() || !self.before.same_clients(self.world);
        if let Some(found) = self.second_command().filter(|_| does()) {
            return vec![Why::Diagnosis(found)];
        }
        if let Some(found) = self.stuck_sign() {
            return vec![Why::Diagnosis(found)];
        }
        if let Some(say) = self.foreseen_end() {
            return vec![Why::Author(say.to_owned())];
        }
        if self.changed() && is_exec(self.last()) && self.is_too_late(&self.counted(), self.world) {
            let wanted = self.wanted();
            let open = differences(self.world.engine.keyspace(), wanted.engine.keyspace());
            let (open, surplus) = self.divided(open, &wanted);
            let ran = match (open, surplus) {
                (None, Some(surplus)) => Why::RanTooMuch(surplus),
                (open, _) => Why::RanInPart(open.unwrap_or_default()),
            };
            let refused = self.refused_in_exec().into_iter().next();
            let refused = refused.map(|(line, _)| Why::RefusedInExec(line.argv.clone()));
            return refused.into_iter().chain([ran]).collect();
        }
        if right_effect && self.has_thrown_away(on_the_way) {
            return vec![self.thrown_away()];
        }
        if is_exec(self.last()) && !on_the_way && has_run_nothing(self.ran.reply.as_ref()) {
            return vec![Why::RanEmpty {
                watched: self.before.watches(),
            }];
        }
        if self.has_opened_needlessly() {
            return vec![Why::TransactionOpened];
        }
        if let Some(why) = self.why_transaction(right_effect, on_the_way) {
            return vec![why];
        }
        if let Some(why) = self.why_run_at_once() {
            return vec![why];
        }
        if let Some(why) = self.why_out_of_turn(right_effect) {
            return vec![why];
        }
        let forbidden = forbidden(self.step, &self.counted()).filter(|_| !right_effect);
        if let Some(command) = forbidden.filter(|_| self.changed()) {
            return vec![Why::ForbiddenHere(command)];
        }
        if let Some(why) = self.never_there().filter(|_| right_effect) {
            return vec![why];
        }
        if let Some(why) = self.pops_early(right_effect) {
            return vec![why];
        }
        if right_effect && (!on_the_way || self.is_at_an_end() || self.has_all_of_a_way()) {
            let idle = !on_the_way && self.does_nothing();
            let slip = self.slip(&self.wanted()).filter(|_| idle);
            let nothing = idle.then_some(Why::NothingHasChanged);
            let why = slip.map_or_else(|| self.lacks(), Why::Diagnosis);
            return nothing.into_iter().chain([why]).collect();
        }
        let why = self.why_open(on_the_way);
        // All is there, and nothing is open that could be named.
        let lacks = right_effect && why.is_empty() && self.changed() && !self.practises();
        if lacks { vec![self.lacks()] } else { why }
    }

    /// Whether EXEC has changed nothing because an earlier line of the step has made all as it is to be.
    fn executes_in_vain(&self, right_effect: bool) -> bool {
        is_exec(self.last())
            && right_effect
            && !self.changed()
            && !same_data(self.base, self.before)
            && !has_run_nothing(self.ran.reply.as_ref())
            && matches!(self.ran.reply, Some(Literal::Array(_)))
    }

    /// Why the last line was refused: where a key has its type from an earlier line of the step, that.
    fn why_refused(&self, found: Option<Diagnosis>) -> Why {
        let runs = || self.base.takes(self.last(), &self.step.during);
        match found {
            Some(Diagnosis::WrongType { key, found, .. })
                if runs() && !self.is_refused_for_a_right_type() =>
            {
                Why::OtherTypeNow { key, kind: found }
            }
            found => found.map_or(Why::Refused, Why::Diagnosis),
        }
    }

    /// Whether every line of a way was typed, in whatever order.
    fn has_all_of_a_way(&self) -> bool {
        let typed = |line: &Line| self.typed.iter().any(|typed| line.is_same(&typed.argv));
        self.ways().any(|way| way.iter().all(typed))
    }

    /// The slip in the last line, or what it leaves open.
    fn why_open(&self, on_the_way: bool) -> Vec<Why> {
        let wanted = self.wanted();
        let open = differences(self.world.engine.keyspace(), wanted.engine.keyspace());
        let slip = self.slip(&wanted).or_else(|| self.misspelt(&open, &wanted));
        if let Some(found) = slip.filter(|_| !on_the_way) {
            return vec![Why::Diagnosis(found)];
        }
        if let Some(why) = self.overwritten(&wanted).filter(|_| !on_the_way) {
            return vec![why];
        }
        if let Some(words) = self.works_out() {
            return vec![Why::WorkingOut(words)];
        }
        if let Some(found) = self.other_store().filter(|_| !on_the_way) {
            return vec![Why::Diagnosis(found)];
        }
        if let Some(number) = self.set_not_added().filter(|_| !on_the_way) {
            return vec![Why::SetNotAdded(number)];
        }
        if let Some(why) = self.why_late() {
            // What a value is missing in need not be the last line.
            return vec![match why {
                Why::MustName(_) => self.as_far_as_true(self.not_counted(why)),
                why => why,
            }];
        }
        if let Some(key) = self.gone_too_early() {
            let expired =
                commands::of_line(self.last()).is_some_and(|row| row.name.contains("expire"));
            let expired = expired.then(|| Diagnosis::ExpiredAtOnce { key: key.clone() });
            let expired = expired.map(Why::Diagnosis).into_iter();
            return expired.chain([Why::StillNeeded(key)]).collect();
        }
        let stands_on_a_way = self.ways().any(|way| self.stands_on(way));
        let is_of_time = |key: &(usize, Bytes)| {
            let [now, wanted] = [self.world, &wanted].map(|world| entry(world, key));
            now.zip(wanted)
                .is_some_and(|(now, wanted)| same_value(now, wanted))
        };
        let only_deadline = !open.is_empty() && open.iter().all(is_of_time);
        let has_deadline = open
            .iter()
            .any(|key| entry(self.world, key).is_some_and(|entry| entry.deadline.is_some()));
        let is_to_stay = open
            .iter()
            .all(|key| entry(&wanted, key).is_some_and(|entry| entry.deadline.is_none()));
        let open_keys: Vec<Bytes> = open.iter().map(|(_, key)| key.clone()).collect();
        let (open, surplus) = self.divided(open, &wanted);
        // On the way to a goal there are keys that are gone at its end.
        let surplus = surplus.filter(|_| !stands_on_a_way);
        let leads_on = || {
            let leads_on = || self.leads_on() && !self.broke(&wanted);
            surplus.is_none()
                && (self.only_nears(&wanted) || self.nears_only() || leads_on())
                && !self.leads_nowhere()
        };
        // What is watched is no data, and a step further all the same.
        let goes_on = || stands_on_a_way || !self.before.same_clients(self.world);
        let so_far = (on_the_way && goes_on() || leads_on()) && !self.has_strayed(self.world);
        let lacks = self.changed().then(|| self.lacks_in_the_end());
        if let Some(why) = lacks.flatten() {
            return vec![self.as_far_as_true(why)];
        }
        let near = self.near(&wanted).filter(|_| !so_far);
        let near = near.or_else(|| self.no_key());
        if let Some(found) = near.filter(|_| !on_the_way) {
            let nothing = self.does_nothing().then_some(Why::NothingHasChanged);
            return nothing.into_iter().chain([Why::Diagnosis(found)]).collect();
        }
        let misspelt = open_keys
            .iter()
            .filter(|_| so_far)
            .find_map(|key| self.names_nearly(key));
        // What is told to be wrong is not right so far.
        let is_other_deadline = only_deadline && has_deadline && !is_to_stay;
        let is_right = so_far && misspelt.is_none() && !is_other_deadline;
        let open = open.map(if is_right { Why::SoFar } else { Why::StillOpen });
        let first = if self.has_thrown_away(on_the_way) {
            Some(self.thrown_away())
        } else {
            (open.is_some() && self.does_nothing()).then_some(Why::NothingHasChanged)
        };
        let deadline = only_deadline.then_some(if is_to_stay {
            Why::DeadlineToGo
        } else if has_deadline {
            Why::OtherDeadline
        } else {
            Why::OnlyDeadlineOpen
        });
        if first.is_some() {
            return first.into_iter().chain(open).chain(deadline).collect();
        }
        let needless = match misspelt {
            Some(found) => vec![Why::Diagnosis(found)],
            None if so_far => self.needless(),
            None => Vec::new(),
        };
        let surplus = surplus.map(Why::Surplus);
        let more = deadline.into_iter().chain(surplus).chain(needless);
        let why: Vec<Why> = open.into_iter().chain(more).collect();
        if why.is_empty() && self.changed() && !on_the_way {
            // The data are right, and yet the goal is not reached: a client is in another state, perhaps.
            return vec![self.lacks()];
        }
        why
    }

    /// A key that held a value of the type that is wanted, and holds one of another by the last line.
    fn overwritten(&self, wanted: &World) -> Option<Why> {
        let keys = differences(self.before.engine.keyspace(), self.world.engine.keyspace());
        keys.iter().find_map(|at| {
            let kind = |world: &World| entry(world, at).map(|entry| entry.value.kind());
            let [was, kind, wanted] = [self.before, self.world, wanted].map(kind);
            let (was, kind) = (was?, kind?);
            (was != kind && wanted == Some(was)).then(|| Why::Overwritten {
                key: at.1.clone(),
                was,
                kind,
            })
        })
    }

    /// What is lacking, without that the effect is right where it is not yet.
    fn as_far_as_true(&self, why: Why) -> Why {
        if self.ways().any(|way| self.has_effect_of(way)) {
            return self.with_place(why);
        }
        match why {
            Why::MustUse(words) | Why::MustUseCommand(words) => Why::StillToUse(words),
            Why::MustName(words) => Why::StillToName(words),
            Why::WorkedOut(words) => Why::WorkingOut(words),
            Why::OtherWordOrder(words) => Why::WordsInOrder(words),
            why => why,
        }
    }

    /// What the last line lacks that has the effect of a way's own one: words that the step practises, where no line that is
    /// still to come would bring them.
    fn why_late(&self) -> Option<Why> {
        if !self.changed() || self.ways().flatten().any(|own| own.is_same(self.last())) {
            return None;
        }
        let counted = self.counted();
        self.ways().find_map(|way| {
            let is_passed = |len: &usize| {
                self.stands_after(&way[..*len]) && !self.stands_after(&way[..*len - 1])
            };
            let (passed, rest) = way.split_at((1..way.len()).find(is_passed)?);
            let rest: Vec<&[Bytes]> = rest.iter().map(|line| &*line.argv).collect();
            let passed: Vec<&[Bytes]> = passed.iter().map(|line| &*line.argv).collect();
            let lacks =
                |lines: Vec<&[Bytes]>| lacking_words(self.step, &[lines, rest.clone()].concat());
            lacks(counted.clone()).filter(|_| lacks(passed).is_none())
        })
    }

    /// The keys that differ from what is wanted: those that are still to become so, and those that were made and nobody
    /// asked for.
    pub(super) fn divided(
        &self,
        open: Vec<(usize, Bytes)>,
        wanted: &World,
    ) -> (Option<Vec<Bytes>>, Option<Vec<Bytes>>) {
        let (surplus, open): (Vec<_>, Vec<_>) = open
            .into_iter()
            .partition(|key| !has(wanted, key) && !has(self.base, key));
        let keys = |of: Vec<(usize, Bytes)>| {
            let keys: Vec<Bytes> = of.into_iter().map(|(_, key)| key).collect();
            (!keys.is_empty()).then_some(keys)
        };
        (keys(open), keys(surplus))
    }

    /// What is to be said of a look around: what the author has foreseen, or that the step stores what it shows.
    pub(super) fn why_look(&self, on_the_way: bool) -> Vec<Why> {
        if on_the_way {
            return Vec::new();
        }
        let typed = self.lines();
        let foreseen = self.foreseen().into_iter();
        let mut by_text = foreseen.filter(|(lines, _)| ends_with(&typed, lines));
        if let Some((_, say)) = by_text.next() {
            return vec![Why::Author(say.to_owned())];
        }
        let slip = self.slip(&self.wanted());
        if let Some(found @ (Diagnosis::OtherKey { .. } | Diagnosis::Swapped { .. })) = slip {
            return vec![Why::Diagnosis(found)];
        }
        let wanted = self.wanted();
        let is_done = |key: &Bytes| {
            let at = (self.world.db(), key.clone());
            let [now, wanted] = [self.world, &wanted].map(|world| entry(world, &at));
            now.is_some_and(|now| wanted.is_none_or(|wanted| same_value(now, wanted)))
        };
        let mut lines = self.ways().flatten();
        let found = lines.find_map(|line| diagnose::only_shows(self.last(), &line.argv, is_done));
        found.map(Why::Diagnosis).into_iter().collect()
    }

    /// The keys that still differ from what is wanted.
    pub(super) fn open_keys(&self) -> Vec<Bytes> {
        let wanted = self.wanted();
        let open = differences(self.world.engine.keyspace(), wanted.engine.keyspace());
        open.into_iter().map(|(_, key)| key).collect()
    }
}

/// Whether EXEC had nothing to run.
fn has_run_nothing(reply: Option<&Literal>) -> bool {
    matches!(reply, Some(Literal::Array(replies)) if replies.is_empty())
}
