//! A line at an open step: judged, told, and made real when it is right.

use crate::engine::Bytes;

use super::{
    Compared, Diagnosis, Heard, Notice, Output, Tutor, VerdictKind, Why, differences, goal,
    heard::happening,
    history::Turn,
    judge::{self, Judged},
    meaning::meanings,
    predict, quiz,
    world::World,
};
use crate::lesson::{Step, WantedState};

/// After so many misses a hint is offered.
const OFFER_AFTER: usize = 3;

impl Tutor {
    /// A line at a step that asks for one command.
    pub(super) fn attempt(&mut self, text: &str, argv: &[Bytes], heard: &mut Heard) {
        let Some(step) = self.step().cloned() else {
            return;
        };
        let judged = judge::command(&step, &self.now.world, text, argv);
        heard.run(&judged.ran);
        match judged.kind {
            VerdictKind::Pass => {
                self.remember();
                self.succeed(&step, argv, judged, heard);
            }
            VerdictKind::Look => {
                let unqueued = judged.ran.is_queued().then_some(Why::NotQueued);
                let why = judged.why.into_iter().chain(unqueued).collect();
                heard.decide(VerdictKind::Look, why, 0);
            }
            _ => self.fail(&step, judged, heard),
        }
    }

    fn succeed(&mut self, step: &Step, argv: &[Bytes], judged: Judged, heard: &mut Heard) {
        let before = std::mem::replace(&mut self.now.world, judged.world);
        let line = (argv, judged.ran.reply.as_ref());
        let mut why = judged.why;
        let queued = judged.ran.is_queued();
        why.extend(queued.then_some(Why::Queued));
        why.extend(
            meanings(&before, &self.now.world, argv, &judged.ran)
                .into_iter()
                .map(Why::Meaning),
        );
        heard.decide(VerdictKind::Pass, why, 0);
        heard.extend(self.draw(step, Some(before.engine.keyspace()), Some(line)));
        self.finish(step, heard);
    }

    fn fail(&mut self, step: &Step, judged: Judged, heard: &mut Heard) {
        self.miss();
        let wanted = judge::effect(&self.now.world, &step.solution, &step.during).world;
        let keyspace = self.now.world.engine.keyspace();
        let would_change = !differences(keyspace, judged.world.engine.keyspace()).is_empty();
        // Where luck decides, what one draw leaves behind is not what is wanted.
        let is_settled = step.state != Some(WantedState::Any);
        let compared = comparison(&judged.world, &wanted, Compared::Refused)
            .filter(|_| would_change && is_settled);
        let mut why = judged.why;
        if would_change && compared.is_none() && !tells_that_nothing_changed(&why) {
            why.push(Why::NothingHasChanged);
        }
        // An EXEC or DISCARD that was only tried leaves the transaction open.
        let is_open = |world: &World| world.learner().transaction.is_some();
        if is_open(&self.now.world)
            && !is_open(&judged.world)
            && compared.is_none()
            && !tells_that_nothing_changed(&why)
        {
            why.retain(|why| *why != Why::NothingHasChanged);
            why.push(Why::NothingHasChanged);
        }
        why.extend(judged.ran.is_queued().then_some(Why::NotQueued));
        heard.decide(VerdictKind::Wrong, why, self.hints_left(step));
        heard.extend(compared);
        heard.extend(self.offer(step));
    }

    /// What is there beside what is wanted, when that alone is to be said of a goal step's line; of one that is queued and
    /// is no way's own, what would be there behind EXEC.
    fn still_open(&self, step: &Step, argv: &[Bytes], why: &[Why]) -> Option<Output> {
        let wanted = || judge::effect(&self.now.base, &step.solution, &step.during).world;
        match why {
            [Why::StillOpen(_)] | [Why::StillOpen(_), Why::Surplus(_)] => {
                comparison(&self.now.world, &wanted(), Compared::Stays)
            }
            [Why::Queued, Why::OpenAfterExec(_)]
                if !step.ways().flatten().any(|own| own.is_same(argv)) =>
            {
                let executed = |world| goal::executed(step, world);
                comparison(
                    &executed(&self.now.world),
                    &executed(&wanted()),
                    Compared::Queued,
                )
            }
            _ => None,
        }
    }

    pub(super) fn hints_left(&self, step: &Step) -> usize {
        step.hints
            .len()
            .saturating_sub(self.now.marks[self.now.at].hints)
    }

    pub(super) fn offer(&self, step: &Step) -> Option<Output> {
        let left = self.hints_left(step);
        let misses = self.now.marks[self.now.at].misses;
        (misses.is_multiple_of(OFFER_AFTER) && left > 0).then_some(Output::HintOffer { left })
    }

    /// A line at a step that is done when its goal is reached: every line stays.
    pub(super) fn towards_goal(&mut self, argv: &[Bytes], heard: &mut Heard) {
        let Some(step) = self.step().cloned() else {
            return;
        };
        if let Some(most) = step.max_lines.filter(|most| self.now.typed.len() >= *most) {
            self.reset();
            return heard.decide(VerdictKind::Wrong, vec![Why::TooManyLines(most)], 0);
        }
        self.remember();
        let before = self.now.world.clone();
        let ran = self.now.world.run(argv, &step.during);
        let line = (argv, ran.reply.as_ref());
        heard.run(&ran);
        let worlds = [&self.now.base, &before, &self.now.world];
        let typed = goal::Typed::of(argv, &ran, &step, worlds);
        self.now.typed.push(typed.clone());
        let lines = goal::Lines {
            step: &step,
            base: &self.now.base,
            typed: &self.now.typed,
            before: &before,
            ran: &ran,
            world: &self.now.world,
        };
        let progress = lines.judge();
        if progress.reached {
            let meanings = meanings(&before, &self.now.world, argv, &ran).into_iter();
            let why = meanings.map(Why::Meaning).chain(progress.why).collect();
            heard.decide(VerdictKind::Pass, why, 0);
            heard.extend(self.draw(&step, Some(before.engine.keyspace()), Some(line)));
            return self.finish(&step, heard);
        }
        if !progress.changed {
            self.undo.pop();
            // Behind a look, what the step's lines before have changed can be taken back, but not what led to the step.
            let led_here = |turn: &Turn| turn.moment.at < self.now.at;
            self.missed = !progress.looked || self.undo.last().is_none_or(led_here);
        }
        let queued = ran.is_queued();
        if progress.looked {
            self.now.typed.pop();
            // A look can be what the goal's words ask for, so it stays among the lines when it names one.
            if !step.uses.is_empty() || !step.words.is_empty() {
                self.now.typed.push(typed);
            }
            return heard.decide(VerdictKind::Look, progress.why, 0);
        }
        if progress.missed {
            self.now.marks[self.now.at].misses += 1;
        }
        let why = progress.why;
        let is_told = tells_way_back(&why);
        let offers_undo = progress.broke && !is_told;
        let open = self.still_open(&step, argv, &why);
        heard.decide(VerdictKind::Partial, why, self.hints_left(&step));
        if progress.changed || queued {
            heard.extend(self.draw(&step, Some(before.engine.keyspace()), Some(line)));
        }
        heard.extend(open);
        let offer = if offers_undo {
            Some(Notice::CanUndo)
        } else {
            (progress.spoilt && !is_told).then_some(Notice::CanReset)
        };
        heard.extend(offer.map(Output::Notice));
        heard.extend(self.offer(&step).filter(|_| progress.missed));
    }

    /// What a line will answer, said before it runs.
    pub(super) fn predict(&mut self, text: &str, heard: &mut Heard) {
        let Some(step) = self.step().cloned() else {
            return;
        };
        let predicted = predict::predict(&step, &self.now.world, self.lesson.has_programs(), text);
        if predicted.right {
            self.remember();
            let before = std::mem::replace(&mut self.now.world, predicted.effect.world);
            heard.reply = predicted.effect.replies.last().cloned().flatten();
            heard.decide(VerdictKind::Pass, predicted.why, 0);
            heard.extend(self.told_late());
            heard.extend(predicted.effect.happenings.into_iter().map(happening));
            heard.extend(heard.reply.clone().map(Output::Reply));
            let line = step.solution.last().map(|line| line.argv.as_slice());
            let line = line.map(|argv| (argv, heard.reply.as_ref()));
            let drawn = self.draw(&step, Some(before.engine.keyspace()), line);
            heard.extend(drawn);
            return self.finish(&step, heard);
        }
        if let Some(notice) = predicted.notice {
            return heard.say(Output::Notice(notice));
        }
        self.miss();
        heard.decide(VerdictKind::Wrong, predicted.why, self.hints_left(&step));
        heard.extend(self.offer(&step));
    }

    /// An answer to the question that the step asks.
    pub(super) fn question(&mut self, text: &str, heard: &mut Heard) {
        let Some(step) = self.step().cloned() else {
            return;
        };
        let Some(question) = self.lesson.question(&step).cloned() else {
            return;
        };
        let (right, why) = match quiz::answered(&question, text) {
            Ok(answered) => answered,
            Err(notice) => return heard.say(Output::Notice(notice)),
        };
        if !right {
            self.miss();
            let left = self.hints_left(&step);
            heard.decide(VerdictKind::Wrong, why, left);
            return heard.extend(self.offer(&step));
        }
        self.remember();
        heard.decide(VerdictKind::Pass, why, 0);
        heard.say(Output::Note(question.why.clone()));
        self.finish(&step, heard);
    }

    /// Enter at a step that is only read.
    pub(super) fn read(&mut self, heard: &mut Heard) {
        let Some(step) = self.step().cloned() else {
            return;
        };
        self.remember();
        self.now.world = judge::effect(&self.now.world, &step.solution, &[]).world;
        heard.decide(VerdictKind::Pass, Vec::new(), 0);
        self.finish(&step, heard);
    }
}

/// Whether it is said already how a line is taken back.
fn tells_way_back(why: &[Why]) -> bool {
    let tells = |say: &str| say.contains(":undo") || say.contains(":reset");
    match why {
        [Why::Author(say)] => tells(say),
        _ => why.iter().any(|why| {
            matches!(
                why,
                Why::OneTransaction
                    | Why::RanInPart(_)
                    | Why::RanTooMuch(_)
                    | Why::NotWatched
                    | Why::WatchLost { .. }
                    | Why::AlsoWatched(_)
                    | Why::RanUnwatched
                    | Why::PoppedEarly { .. }
                    | Why::InParts(_)
                    | Why::AddsOther(_)
                    | Why::WordsInOrder(_)
                    | Why::WorkingOut(_)
                    | Why::InPlaceOf { .. }
                    | Why::StillNeeded(_)
                    | Why::NotLast { .. }
                    | Why::ForbiddenHere(_)
                    | Why::QueuedTwice(_)
                    | Why::RanAtOnce(_)
                    | Why::BelongsBefore(_)
                    | Why::LacksBefore(_)
                    | Why::QueuedOther(_)
                    | Why::QueuedTooMuch
                    | Why::QueuedStranger(_)
                    | Why::QueuedInVain
                    | Why::NoTransactionNeeded
            )
        }),
    }
}

/// Whether it is said already what the data would be.
fn tells_that_nothing_changed(why: &[Why]) -> bool {
    matches!(why, [Why::Diagnosis(Diagnosis::RightData { .. })])
}

/// The keys of the learner's database in which two worlds differ.
pub(super) fn comparison(would_be: &World, wanted: &World, line: Compared) -> Option<Output> {
    let db = would_be.db();
    let differing = differences(would_be.engine.keyspace(), wanted.engine.keyspace());
    let keys: Vec<Bytes> = differing
        .into_iter()
        .filter(|(at, _)| *at == db)
        .map(|(_, key)| key)
        .collect();
    (!keys.is_empty()).then(|| Output::Comparison {
        line,
        would_be: would_be.engine.keyspace().clone(),
        wanted: wanted.engine.keyspace().clone(),
        keys,
        db,
        now: would_be.engine.now(),
    })
}
