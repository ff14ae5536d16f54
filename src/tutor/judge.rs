//! An attempt and a step: is it right? Judged by effect, on a fork: what is typed runs in one copy of the world, the
//! solution in another, and replies and states are compared.

mod sentence;

use std::collections::HashMap;

use crate::engine::{Bytes, Command, Group, commands, number};
use crate::lesson::{Compare, Line, Stage, Step, WantedState};
use crate::notation::Literal;

use super::{
    compare::{reply_fits, same_data},
    diagnose,
    diagnosis::Diagnosis,
    foreseen::is_distinctive,
    likeness::{distinct, has_same_words, keys, names_same_command, options},
    more::{add_around, add_more, is_steady, reads_by_name},
    needless,
    practice::{is_same_but_for_numbers, lacking, practises},
    why::{VerdictKind, Why},
    world::{Happening, Ran, World, only_looks},
};

/// What was found out about an attempt.
#[derive(Debug, Clone)]
pub struct Judged {
    /// The verdict.
    pub kind: VerdictKind,
    /// Why.
    pub why: Vec<Why>,
    /// What came of the line on the fork.
    pub ran: Ran,
    /// The fork after the attempt.
    pub world: World,
}

/// The solution's effect from a step's starting point.
#[derive(Debug, Clone)]
pub struct Effect {
    /// The replies of its lines.
    pub replies: Vec<Option<Literal>>,
    /// What happened beside them.
    pub happenings: Vec<Happening>,
    /// The world afterwards.
    pub world: World,
}

/// Plays lines on a fork of a world.
#[must_use]
pub fn effect(base: &World, lines: &[Line], during: &[Line]) -> Effect {
    effect_of(base, lines, |world, line| world.run(&line.argv, during))
}

/// The same, with each line run in a way of the caller's.
pub fn effect_of(
    base: &World,
    lines: &[Line],
    mut run: impl FnMut(&mut World, &Line) -> Ran,
) -> Effect {
    let mut world = base.clone();
    let (mut replies, mut happenings) = (Vec::new(), Vec::new());
    for line in lines {
        let ran = run(&mut world, line);
        replies.push(ran.reply);
        happenings.extend(ran.happenings);
    }
    Effect {
        replies,
        happenings,
        world,
    }
}

/// Judges a line in a `command` step that started from `base`; `text` is the line as it was typed.
#[must_use]
pub fn command(step: &Step, base: &World, text: &str, argv: &[Bytes]) -> Judged {
    let mut world = base.clone();
    let ran = world.run(argv, &step.during);
    let attempt = Attempt {
        step,
        base,
        text,
        argv,
        ran: &ran,
        world: &world,
    };
    let (kind, why) = attempt.verdict();
    Judged {
        kind,
        why,
        ran,
        world,
    }
}

/// One attempt at a command step.
struct Attempt<'a> {
    step: &'a Step,
    base: &'a World,
    text: &'a str,
    argv: &'a [Bytes],
    ran: &'a Ran,
    world: &'a World,
}

impl Attempt<'_> {
    fn verdict(&self) -> (VerdictKind, Vec<Why>) {
        let mut right_effect = false;
        for lines in self.step.ways() {
            if self.has_effect_of(lines) {
                right_effect = true;
                if self.uses_what_is_practised(lines) {
                    let found = diagnose::second_command(self.step, self.base, self.argv);
                    let found = found.or_else(|| self.extra_keys());
                    let found = found.or_else(|| self.extra_values());
                    if let Some(Diagnosis::ExtraValues { typed }) = &found
                        && let Some(remarks) = self.repeated(typed)
                    {
                        return (VerdictKind::Pass, remarks);
                    }
                    let found = found.filter(|found| !self.counts_too_far(found));
                    let found = found.map(Why::Diagnosis);
                    let found =
                        found.or_else(|| (!self.is_alike_in_more()).then(|| self.by_luck()));
                    if let Some(found) = found {
                        let why = self.own_sentence().unwrap_or(found);
                        return (VerdictKind::Wrong, vec![why]);
                    }
                    return (VerdictKind::Pass, self.other_way());
                }
            }
        }
        let wanted = effect(self.base, &self.step.solution, &self.step.during);
        let case = diagnose::Case {
            step: self.step,
            base: self.base,
            argv: self.argv,
            reply: self.ran.reply.as_ref(),
            world: self.world,
            wanted: &wanted.world,
            wanted_reply: wanted.replies.last().and_then(Option::as_ref),
        };
        if let Some(why) = self.sentence(&case) {
            return (VerdictKind::Wrong, vec![why]);
        }
        let same_command = self.practises_command();
        // Where nothing changes that could, another command that comes to the same does so by luck.
        let reads = || {
            let mut lines = self.step.solution.iter();
            lines.all(|line| only_looks(&line.argv) && keys(&line.argv) == keys(self.argv))
        };
        let says_much = self.ran.reply.as_ref().is_some_and(is_distinctive);
        if right_effect && (same_command || self.changes() || says_much && reads()) {
            return (VerdictKind::Wrong, vec![self.lacks(&case)]);
        }
        if !same_command && self.has_data_of(&wanted) {
            return self.does_otherwise(&case);
        }
        if only_looks(self.argv) && !same_command && self.base.same_clients(self.world) {
            return (VerdictKind::Look, self.look());
        }
        let found = diagnose::diagnose(&case);
        (VerdictKind::Wrong, vec![Why::Diagnosis(found)])
    }

    /// Whether reply and state are as after these lines.
    fn has_effect_of(&self, lines: &[Line]) -> bool {
        let wanted = effect(self.base, lines, &self.step.during);
        let (Some(line), Some(Some(reply)), Some(got)) =
            (lines.last(), wanted.replies.last(), &self.ran.reply)
        else {
            return false;
        };
        reply_fits(&self.step.compare, line, reply, got)
            && (self.practises_command()
                || self.names_no_other(lines) && !self.writes_in_vain(lines))
            && self.state_fits(&wanted.world)
            && self.world.same_clients(&wanted.world)
            && expectations_hold(self.step, self.world)
    }

    /// Whether the line has made the wanted change, of which the solution's reply only tells how it went, with another
    /// reply.
    fn has_data_of(&self, wanted: &Effect) -> bool {
        let only_tells = matches!(
            wanted.replies.last(),
            Some(Some(Literal::Int(_) | Literal::Status(_)))
        );
        only_tells
            && !self.ran.is_refused()
            && self.changes()
            && self.state_fits(&wanted.world)
            && self.world.same_clients(&wanted.world)
            && expectations_hold(self.step, self.world)
    }

    /// What to say of the wanted change by another command: with the solution's own arguments it is right where
    /// nothing new is taught.
    fn does_otherwise(&self, case: &diagnose::Case<'_>) -> (VerdictKind, Vec<Why>) {
        let arguments = |argv: &[Bytes]| {
            let skip = commands::of_line(argv).map_or(1, Command::name_len);
            argv.get(skip..).unwrap_or_default().to_vec()
        };
        let own =
            |way: &[Line]| matches!(way, [line] if arguments(&line.argv) == arguments(self.argv));
        let is_review = self.step.stage == Stage::Review;
        if is_review && self.step.ways().any(own) && practises(self.step, &[self.argv]) {
            return (VerdictKind::Pass, self.other_way());
        }
        (VerdictKind::Wrong, vec![self.lacks(case)])
    }

    /// Whether a line by another command names nothing that these do not, nor more often: that the rank of one member is
    /// that of another from the other end is luck, and so is it that a key which is named twice counts for two.
    fn names_no_other(&self, lines: &[Line]) -> bool {
        let skip = commands::of_line(self.argv).map_or(1, Command::name_len);
        let options = options(self.argv);
        let is_name = |arg: &&Bytes| {
            let word = String::from_utf8_lossy(arg).to_uppercase();
            number::parse_double(arg).is_none() && !options.contains(&word)
        };
        let mut names = self.argv.iter().skip(skip).filter(is_name);
        let count = |argv: &[Bytes], name: &Bytes| argv.iter().filter(|it| *it == name).count();
        let has = |name: &Bytes| {
            let typed = count(self.argv, name);
            lines.iter().any(|line| count(&line.argv, name) >= typed)
        };
        self.changes() || names.all(has)
    }

    /// Whether a line could have changed data where these only look: that it has not is luck, an increment of 0 or a member
    /// that was there.
    fn writes_in_vain(&self, lines: &[Line]) -> bool {
        let looks = lines.iter().all(|line| only_looks(&line.argv));
        looks && !self.changes() && !only_looks(self.argv)
    }

    fn state_fits(&self, wanted: &World) -> bool {
        self.step.state == Some(WantedState::Any) || same_data(self.world, wanted)
    }

    /// Whether the line has the words and the command that the step practises.
    fn uses_what_is_practised(&self, lines: &[Line]) -> bool {
        let line = std::slice::from_ref(&self.argv);
        practises(self.step, line)
            && (!self.step.exact_line
                || lines
                    .last()
                    .is_some_and(|line| is_same_but_for_numbers(line, self.argv)))
    }

    /// That the line is right with what is there now.
    fn by_luck(&self) -> Why {
        let (db, keyspace) = (self.base.db(), self.base.engine.keyspace());
        let keys = keys(self.argv).into_iter();
        let keys = keys.filter(|key| keyspace.get(db, key).is_some());
        let keys: Vec<Bytes> = distinct(keys.cloned());
        if keys.is_empty() {
            Why::AlikeOnlyHere
        } else {
            Why::ByLuck(keys)
        }
    }

    /// Whether the line does what a way does also where there is more in the keys: what it names itself, a place or a score,
    /// may be right by luck. Where a way fails there, nothing can be told.
    fn is_alike_in_more(&self) -> bool {
        let is_settled = self.step.state != Some(WantedState::Any);
        if self.base.learner().transaction.is_some() || !is_settled {
            return true;
        }
        let is_steady = |way: &[Line]| way.iter().all(|line| is_steady(&line.argv));
        if !self.step.ways().all(is_steady) {
            return true;
        }
        let mut ways = self.step.ways();
        ways.any(
            |way| matches!(way, [line] if line.is_same(self.argv) || self.does_in_more_as(line)),
        )
    }

    /// Whether the line does where there is more what another one does there.
    fn does_in_more_as(&self, line: &Line) -> bool {
        // What is pinned is pinned for what is there.
        let compare = match &self.step.compare {
            Compare::AnyOrder | Compare::Pairs | Compare::Any => &self.step.compare,
            _ => &Compare::Row,
        };
        let by_name = [&line.argv[..], self.argv].into_iter().any(reads_by_name);
        [true, false].into_iter().all(|longer| {
            let mut start = self.base.clone();
            add_more(&mut start, longer, by_name);
            add_around(&mut start, &[&line.argv, self.argv]);
            let (mut wanted, mut world) = (start.clone(), start);
            let reply = wanted.run(&line.argv, &self.step.during).reply;
            let got = world.run(self.argv, &self.step.during).reply;
            match (reply, got) {
                (Some(Literal::Error(_)) | None, _) => true,
                (Some(reply), Some(got)) => {
                    same_data(&world, &wanted) && reply_fits(compare, line, &reply, &got)
                }
                (Some(_), None) => false,
            }
        })
    }

    /// Words that Redis takes for more keys than those of the ways: that they change nothing is luck.
    fn extra_keys(&self) -> Option<Diagnosis> {
        let typed = keys(self.argv);
        let of = |way: &[Line]| -> Vec<Bytes> {
            let keys = way.iter().flat_map(|line| keys(&line.argv));
            keys.cloned().collect()
        };
        let mut ways = self.step.ways().map(of);
        let own = of(&self.step.solution);
        let is_some_way = ways.any(|own| typed.iter().all(|key| own.contains(key)));
        if is_some_way || !own.iter().all(|key| typed.contains(&key)) {
            return None;
        }
        let extra = typed.into_iter().filter(|key| !own.contains(key));
        let extra = distinct(extra.cloned());
        Some(Diagnosis::ExtraKeys { typed: extra })
    }

    /// Words beside those of the solution that are no options: they were taken for more values, and it is luck that
    /// these change nothing.
    fn extra_values(&self) -> Option<Diagnosis> {
        let [line] = self.step.solution.as_slice() else {
            return None;
        };
        let typed = diagnose::surplus(self.argv, &line.argv)?;
        let options = options(self.argv);
        let is_option =
            |word: &Bytes| options.contains(&String::from_utf8_lossy(word).to_uppercase());
        let has_option = typed.iter().any(is_option);
        let is_own = |way: &[Line]| matches!(way, [line] if line.is_same(self.argv));
        let is_known = self.step.ways().any(is_own);
        (!has_option && !is_known).then_some(Diagnosis::ExtraValues { typed })
    }

    /// Whether numbers are too many of which it tells more that they do no harm here alone: a count of 2 for the last one.
    fn counts_too_far(&self, found: &Diagnosis) -> bool {
        let is_number = |word: &Bytes| number::parse_int(word).is_some();
        let are_numbers =
            matches!(found, Diagnosis::ExtraValues { typed } if typed.iter().all(is_number));
        are_numbers && !self.is_alike_in_more()
    }

    /// What is to be said of these words, where all of them are names that stand in the line more than once for the same.
    fn repeated(&self, words: &[Bytes]) -> Option<Vec<Why>> {
        let times = self.times();
        let is_name = |word: &Bytes| number::parse_double(word).is_none();
        let are_repeated = words.iter().all(|word| is_name(word) && times[word] > 1);
        let line = self.step.solution.first()?;
        let why =
            are_repeated.then(|| needless::of_words(self.base, self.argv, &line.argv, words))?;
        matches!(why[..], [Why::Twice(_)]).then_some(why)
    }

    /// How often each word stands in the line.
    fn times(&self) -> HashMap<&Bytes, usize> {
        let mut times = HashMap::new();
        for word in self.argv {
            *times.entry(word).or_default() += 1;
        }
        times
    }

    /// What to say of a right line that is not the author's.
    fn other_way(&self) -> Vec<Why> {
        let longer = self
            .step
            .solution
            .first()
            .filter(|_| self.step.solution.len() == 1);
        let surplus = longer.and_then(|line| diagnose::surplus(self.argv, &line.argv));
        // Of a word that stands there twice, one is needed.
        let times = self.times();
        let stands_once = |word: &Bytes| times[word] == 1;
        if let Some(surplus) = surplus.filter(|words| words.iter().all(stands_once)) {
            let rest = longer.map_or(self.argv, |line| &line.argv);
            return needless::of_words(self.base, self.argv, rest, &surplus);
        }
        match self.step.solution.as_slice() {
            [line] if !has_same_words(&line.argv, self.argv) => {
                vec![Why::OtherWay(line.text.clone())]
            }
            _ => Vec::new(),
        }
    }

    /// Whether the line's command is one that the step asks for, or is foreseen as an attempt.
    fn practises_command(&self) -> bool {
        let accepted = self
            .step
            .solution
            .iter()
            .chain(self.step.also.iter().flatten());
        let mut accepted = accepted.map(|line| &line.argv);
        accepted.any(|argv| names_same_command(argv, self.argv))
    }

    /// What is to be said of a look: which command it was, why it was refused, that it only looked.
    fn look(&self) -> Vec<Why> {
        let wanted = effect(self.base, &self.step.solution, &self.step.during).world;
        let reads = same_data(self.base, &wanted);
        let is_of_data = |row: &&Command| !matches!(row.group, Group::Connection | Group::Server);
        let is_refused = self.ran.is_refused();
        let row = commands::of_line(self.argv);
        let row = row.filter(|row| reads || is_refused || !is_of_data(row));
        let looks_at = row.map(|row| Why::LooksAt(row.name.to_owned()));
        // Whoever sees what is to be stored is nearly there, however the line is written.
        let shows = || {
            let mut lines = self.step.solution.iter();
            lines.find_map(|line| diagnose::only_shows(self.argv, &line.argv, |_| false))
        };
        let refused = self
            .ran
            .reply
            .as_ref()
            .and_then(|reply| diagnose::refusal(self.step, self.base, self.argv, reply));
        match refused {
            // That it is another command than the one asked for matters more than how it is written.
            Some(found) if found.is_of_form() => match shows() {
                Some(shows) => vec![Why::Diagnosis(shows)],
                None => looks_at
                    .into_iter()
                    .chain([Why::Diagnosis(found)])
                    .collect(),
            },
            Some(found) => vec![Why::Diagnosis(found)],
            None if self.ran.is_refused() => [Why::Refused].into_iter().chain(looks_at).collect(),
            None => {
                let said = looks_at.into_iter();
                let said: Vec<Why> = said.chain(shows().map(Why::Diagnosis)).collect();
                if said.is_empty() {
                    vec![Why::OnlyLooks]
                } else {
                    said
                }
            }
        }
    }

    /// What a line with the right effect lacks. Where one line only will do and the command is the right one, its
    /// arguments tell.
    fn lacks(&self, case: &diagnose::Case<'_>) -> Why {
        let mut lacking = lacking(self.step, &[self.argv]);
        // A word that another command lacks would not make it the one that is practised.
        let names = self.step.solution.iter().map(Line::command);
        if matches!(lacking, Why::MustName(_)) && !self.practises_command() {
            lacking = Why::MustUse(names.collect());
        }
        let is_exact = self.step.exact_line && practises(self.step, &[self.argv]);
        let is_value = |found: &Diagnosis| {
            use Diagnosis::{BareBound, Bound, OffByOne, OtherValue, Sign};
            matches!(
                found,
                OtherValue { .. } | OffByOne { .. } | Sign { .. } | Bound { .. } | BareBound { .. }
            )
        };
        let tells =
            |found: &Diagnosis| is_exact || matches!(lacking, Why::MustName(_)) && is_value(found);
        let found = diagnose::of_arguments(case).filter(tells);
        // Which name is another is told before that it comes to the same by luck, and that before which number is.
        if is_exact && found.as_ref().is_none_or(is_value) && !self.is_alike_in_more() {
            return self.by_luck();
        }
        found.map_or(lacking, Why::Diagnosis)
    }

    fn changes(&self) -> bool {
        !same_data(self.world, self.base)
    }
}

/// Whether the silent lines of a step give their replies.
#[must_use]
pub fn expectations_hold(step: &Step, world: &World) -> bool {
    let mut world = world.clone();
    step.expect.iter().all(|(line, wanted)| {
        world
            .ask(&line.argv)
            .is_some_and(|got| reply_fits(&crate::lesson::Compare::Row, line, wanted, &got))
    })
}
