//! What is to be said of the last line: the author's sentence where the line was foreseen, what is still to be done, what
//! is in the way, or the slip in it.

use crate::engine::{Bytes, Command, Order, commands};
use crate::lesson::{Line, Mistake};
use crate::notation::Literal;

use super::{Lines, entry, has, transaction::is_named};
use crate::tutor::{
    compare::{differences, names_missing, same_data, same_value},
    diagnose,
    diagnosis::Diagnosis,
    foreseen::{is_built_alike, names_word, tells_of},
    judge::effect,
    likeness::{keys, names_same_command, options},
    practice::{forbidden, is_together, lacking_words},
    why::Why,
    world::{World, is_exec, is_refusal, only_looks},
};

impl Lines<'_> {
    pub(super) fn why(&self, right_effect: bool, on_the_way: bool) -> Vec<Why> {
        if let Some(why) = self.why_foreseen(on_the_way) {
            return vec![why];
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

    /// The author's sentence for the lines that were typed, or that those before the last one are in its way.
    fn why_foreseen(&self, on_the_way: bool) -> Option<Why> {
        let last = self.typed.len().saturating_sub(1);
        let before = self.counted_of(&self.typed[..last]);
        let were_alone = self.is_too_late(&before, self.before);
        let say = self.foreseen_line(on_the_way, were_alone);
        let why = say.map(|say| Why::Author(say.to_owned()));
        why.or_else(|| were_alone.then_some(Why::OneTransaction))
    }

    /// The slip in the last line, or what it leaves open.
    fn why_open(&self, on_the_way: bool) -> Vec<Why> {
        let wanted = self.wanted();
        let open = differences(self.world.engine.keyspace(), wanted.engine.keyspace());
        let slip = self.slip(&wanted).or_else(|| self.misspelt(&open, &wanted));
        if let Some(found) = slip.filter(|_| !on_the_way) {
            return vec![Why::Diagnosis(found)];
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
        let open = open.map(if so_far { Why::SoFar } else { Why::StillOpen });
        let first = if self.has_thrown_away(on_the_way) {
            Some(self.thrown_away())
        } else {
            (open.is_some() && self.does_nothing()).then_some(Why::NothingHasChanged)
        };
        if first.is_some() {
            return first.into_iter().chain(open).collect();
        }
        let misspelt = open_keys
            .iter()
            .filter(|_| so_far)
            .find_map(|key| self.names_nearly(key));
        let needless = match misspelt {
            Some(found) => vec![Why::Diagnosis(found)],
            None if so_far => self.needless(),
            None => Vec::new(),
        };
        let surplus = surplus.map(Why::Surplus);
        let deadline = only_deadline.then_some(if is_to_stay {
            Why::DeadlineToGo
        } else if has_deadline {
            Why::OtherDeadline
        } else {
            Why::OnlyDeadlineOpen
        });
        let more = deadline.into_iter().chain(surplus).chain(needless);
        let why: Vec<Why> = open.into_iter().chain(more).collect();
        if why.is_empty() && self.changed() && !on_the_way {
            // The data are right, and yet the goal is not reached: a client is in another state, perhaps.
            return vec![self.lacks()];
        }
        why
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

    /// The author's sentence for the very lines that were typed last. `were_alone`: lines before the last one have changed
    /// data outside of the transaction that is asked for, so only what tells of that is true.
    fn foreseen_line(&self, on_the_way: bool, were_alone: bool) -> Option<&str> {
        let typed = self.lines();
        let is_meant = |lines: &[Line], say: &str| {
            // A line that would be wrong by itself may be a right one of a transaction.
            let goes_on = self.ran.is_queued() || self.typed.len() > 1 && self.changed();
            let is_part = lines.len() == 1 && goes_on && on_the_way;
            let argv: Vec<&[Bytes]> = lines.iter().map(|line| &*line.argv).collect();
            let tells_all = !were_alone || !is_together(self.step, &argv);
            // What is not done yet behind the foreseen lines may be done here by others.
            let is_done = self.has_wanted_data(self.world) && {
                let foreseen = effect(self.base, lines, &self.step.during).world;
                !same_data(&foreseen, self.base) && !self.has_wanted_data(&foreseen)
            };
            // What was typed before as well may be there already, though the sentence misses it.
            let old = typed.len().saturating_sub(lines.len());
            let is_old = |line: &Line| typed[..old].iter().any(|argv| line.is_same(argv));
            let is_left_out = |line: &&Line| self.is_left_out(line, lines);
            let mut missed = self.ways().flatten().filter(is_left_out);
            let is_known = lines.len() > 1 && (lines.iter().any(is_old) || missed.any(is_old));
            let is_typed = ends_with(&typed, lines) && !is_known;
            // That nothing is watched is not said where something is.
            let has_watch = lines.iter().any(|line| line.command() == "WATCH");
            let misses_watch = say.contains("WATCH") && !has_watch && self.before.watches();
            let misses_watch = misses_watch && self.is_about_watching();
            // What is said of lines that change nothing is not said where they have changed something.
            let is_idle = || {
                let after = |lines| effect(self.base, lines, &self.step.during).world;
                let before = lines.split_last().map_or(&[][..], |(_, before)| before);
                same_data(&after(before), &after(lines))
            };
            let is_other = self.changed() && !self.ran.is_queued() && is_idle();
            is_typed
                && !is_other
                && !misses_watch
                && !is_part
                && tells_all
                && !is_done
                && !self.tells_of_what_is_gone(say, lines)
                && self.is_answered_as(lines)
        };
        // Whoever has typed all that is wanted has typed something too much.
        let has_all = |way: &[Line]| are_among(way, &typed, Line::is_same);
        if self.ways().any(has_all) {
            return None;
        }
        let mut foreseen = self.foreseen().into_iter();
        let found = foreseen.find(|(lines, say)| is_meant(lines, say));
        found.map(|(_, say)| say)
    }

    /// Whether a sentence on foreseen lines names what they leave there, and lines before them have taken it away.
    fn tells_of_what_is_gone(&self, say: &str, lines: &[Line]) -> bool {
        let foreseen = effect(self.base, lines, &self.step.during).world;
        let named = lines.iter().flat_map(|line| keys(&line.argv));
        let mut named = named.map(|key| (self.world.db(), key.clone()));
        named.any(|key| {
            let left = entry(&foreseen, &key);
            let gone = left.map_or(Vec::new(), |left| {
                names_missing(entry(self.world, &key), left)
            });
            gone.iter().any(|name| names_word(say, name))
        })
    }

    /// Whether a way has this line between the first and the last one of those that an author has foreseen, and they have
    /// not.
    fn is_left_out(&self, line: &Line, foreseen: &[Line]) -> bool {
        let is_foreseen = |own: &Line| foreseen.iter().any(|line| line.is_same(&own.argv));
        !is_foreseen(line)
            && self.ways().any(|way| {
                let at = way.iter().position(|own| own.is_same(&line.argv));
                let first = way.iter().position(is_foreseen);
                let last = way.iter().rposition(is_foreseen);
                at > first && first.is_some() && at < last
            })
    }

    /// The author's sentence for lines that have come to the same as those that were typed.
    fn foreseen_end(&self) -> Option<&str> {
        let typed = self.lines();
        let is_own = |line: &Line| line.is_same(self.last());
        if !self.changed() || self.ways().flatten().any(is_own) {
            return None;
        }
        let words: Vec<Bytes> = typed.iter().copied().flatten().cloned().collect();
        let mut foreseen = self.foreseen().into_iter();
        let found = foreseen
            .find(|(lines, say)| self.has_come_to(lines, &typed) && tells_of(say, lines, &words));
        found.map(|(_, say)| say)
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

    /// Whether the last line was answered as the lines that an author has foreseen are: what is said of a pop that finds
    /// one element is not true of the next. How much a number says depends on the lines before; what others see is not
    /// what the sentence is about.
    fn is_answered_as(&self, foreseen: &[Line]) -> bool {
        let ends = effect(self.base, foreseen, &self.step.during).replies;
        let (Some(Some(wanted)), Some(got)) = (ends.last(), &self.ran.reply) else {
            return true;
        };
        match (wanted, got) {
            (Literal::Error(_), _) | (_, Literal::Error(_)) => {
                is_refusal(Some(wanted)) == is_refusal(Some(got))
            }
            (Literal::Int(wanted), Literal::Int(got)) => (*wanted == 0) == (*got == 0),
            _ => {
                let is_luck = |row: &Command| row.order == Order::Random;
                only_looks(self.last())
                    || commands::of_line(self.last()).is_some_and(is_luck)
                    || wanted == got
            }
        }
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

    /// The author's wrong lines with their sentences. Of two that end alike, the longer one tells more of what was
    /// typed.
    fn foreseen(&self) -> Vec<(&[Line], &str)> {
        let wrong = self.step.wrong.iter();
        let mut foreseen: Vec<(&[Line], &str)> = wrong
            .filter_map(|wrong| match &wrong.when {
                Mistake::Lines(lines) => Some((lines.as_slice(), wrong.say.as_str())),
                _ => None,
            })
            .filter(|(lines, _)| !lines.is_empty())
            .collect();
        foreseen.sort_by_key(|(lines, _)| std::cmp::Reverse(lines.len()));
        foreseen
    }

    /// Whether all lines have come to what these would, with the same commands among them.
    fn has_come_to(&self, lines: &[Line], typed: &[&[Bytes]]) -> bool {
        let foreseen = effect(self.base, lines, &self.step.during).world;
        !same_data(&foreseen, self.base)
            && same_data(&foreseen, self.world)
            && lines.last().is_some_and(|line| {
                names_same_command(&line.argv, self.last())
                    && is_alike_but_for_conditions(&line.argv, self.last())
            })
            && are_among(lines, typed, |line, argv| {
                names_same_command(&line.argv, argv)
            })
    }
}

/// Whether two lines have the same options and words; where both come to the same, it is luck when one of two ZADD has
/// options that only tell when it is to change something.
fn is_alike_but_for_conditions(a: &[Bytes], b: &[Bytes]) -> bool {
    const CONDITIONS: [&[u8]; 5] = [b"NX", b"XX", b"GT", b"LT", b"CH"];
    let plain = |argv: &[Bytes]| -> Vec<Bytes> {
        let is_zadd = is_named(argv, b"ZADD");
        let is_condition = |word: &Bytes| {
            let mut known = CONDITIONS.iter();
            is_zadd && known.any(|known| word.eq_ignore_ascii_case(known))
        };
        let words = argv.iter().enumerate();
        let kept = words.filter(|(at, word)| *at < 2 || !is_condition(word));
        kept.map(|(_, word)| word.clone()).collect()
    };
    let [a, b] = [a, b].map(plain);
    options(&a) == options(&b) && is_built_alike(&a, &b)
}

/// Whether EXEC had nothing to run.
fn has_run_nothing(reply: Option<&Literal>) -> bool {
    matches!(reply, Some(Literal::Array(replies)) if replies.is_empty())
}

/// Whether the last lines are these.
fn ends_with(typed: &[&[Bytes]], lines: &[Line]) -> bool {
    let tail = typed.len().checked_sub(lines.len()).map(|at| &typed[at..]);
    tail.is_some_and(|tail| {
        let mut pairs = lines.iter().zip(tail);
        pairs.all(|(line, argv)| line.is_same(argv))
    })
}

/// Whether these lines were typed in this order, whatever stood between them: a sentence on a push and a pop is not meant
/// for a push that ends alike.
fn are_among(
    lines: &[Line],
    typed: &[&[Bytes]],
    is_same: impl Fn(&Line, &[Bytes]) -> bool,
) -> bool {
    let mut typed = typed.iter();
    lines
        .iter()
        .all(|line| typed.any(|argv| is_same(line, argv)))
}
