//! The course as a state machine: a line goes in, data on what is to be shown comes out.
//!
//! The interactive prompt, a piped script, `pack check` and the tests all drive the same [`Tutor`]. It words nothing,
//! prints nothing and knows no clock but the one that it is told; the same lines give the same lesson, which is how a
//! lesson is resumed. Reading order: [`World`] is what a line acts on, `judge` decides, `diagnose` explains.

mod compare;
mod diagnose;
mod diagnosis;
mod judge;
mod local;
mod output;
mod play;
mod quiz;
mod rehearse;
mod world;

pub use compare::differences;
pub use diagnose::argument_names;
pub use diagnosis::{Contrast, Diagnosis, KeySlip};
pub use local::{Signal, WORDS, Word, common as signal_of, help as help_on, word as local_word};
pub use output::{
    Algebra, Asks, Choice, Meaning, Notice, Output, QuestionView, Shown, StateView, StepView,
    Summary, Verdict, VerdictKind, Why,
};
pub use play::Play;
pub use quiz::{Item, Quiz};
pub use rehearse::{Finding, rehearse};
pub use world::{Happening, World};

use std::rc::Rc;

use crate::engine::{Bytes, Keyspace, commands};
use crate::lesson::{Lesson, Line, Stage, Step, StepKind};
use crate::notation::{Literal, split};

use judge::Judged;

/// What a lesson starts from.
#[derive(Debug, Clone, Copy, Default)]
pub struct Start {
    /// What random choices follow from.
    pub seed: u64,
    /// The Unix time in milliseconds, for lessons that name none.
    pub now: i64,
}

/// What a line came to, for the journal and for JSON.
#[derive(Debug, Clone)]
pub struct Record {
    /// The step that was open, from 1.
    pub number: usize,
    /// Its id.
    pub step: String,
    /// The verdict.
    pub verdict: VerdictKind,
    /// What Redis answered, if the line was run.
    pub reply: Option<Literal>,
    /// The first reason, if there is one.
    pub why: Option<Why>,
}

/// What [`Tutor::feed`] answers.
#[derive(Debug, Clone)]
pub struct Fed {
    /// What is to be shown, in order.
    pub outputs: Vec<Output>,
    /// What the line came to.
    pub record: Record,
    /// What the shell is asked to do.
    pub signal: Option<Signal>,
}

/// What a prompt asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// A command.
    Command,
    /// The reply that a line will give.
    Predict,
    /// Enter.
    Read,
    /// The answer to a question.
    Question,
    /// Nothing more: the lesson is done.
    Done,
}

/// How a step went.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Mark {
    done: bool,
    skipped: bool,
    misses: usize,
    hints: usize,
}

/// A moment to which `:undo` leads back.
#[derive(Debug, Clone)]
struct Moment {
    at: usize,
    world: World,
    base: World,
    typed: Vec<Vec<Bytes>>,
    marks: Vec<Mark>,
}

/// After so many misses a hint is offered.
const OFFER_AFTER: usize = 3;
/// So many lines can be undone.
const UNDO: usize = 200;
/// The longest line that is taken.
pub const LONGEST_LINE: usize = 64 << 10;

/// A lesson being played.
#[derive(Debug, Clone)]
pub struct Tutor {
    lesson: Rc<Lesson>,
    /// The title of the lesson that follows, with its id.
    next: Option<(String, String)>,
    now: Moment,
    /// Where each step started, for `:back`.
    bases: Vec<Option<World>>,
    undo: Vec<Moment>,
    redo: Vec<Moment>,
}

impl Tutor {
    /// A lesson at its beginning. `next` is the lesson that follows: id and title.
    #[must_use]
    pub fn new(lesson: Rc<Lesson>, next: Option<(String, String)>, start: Start) -> Tutor {
        let world = World::new(&lesson, start.seed, start.now);
        let now = Moment {
            at: 0,
            base: world.clone(),
            world,
            typed: Vec::new(),
            marks: vec![Mark::default(); lesson.steps.len()],
        };
        let bases = vec![None; lesson.steps.len()];
        Tutor {
            lesson,
            next,
            now,
            bases,
            undo: Vec::new(),
            redo: Vec::new(),
        }
    }

    /// Begins: the lesson's introduction and its first step.
    pub fn begin(&mut self) -> Vec<Output> {
        let mut outputs = vec![Output::Lesson {
            id: self.lesson.id.clone(),
            title: self.lesson.title.clone(),
            intro: self.lesson.intro.clone(),
            steps: self.lesson.steps.len(),
        }];
        outputs.extend(self.enter(true));
        outputs
    }

    /// The lesson.
    #[must_use]
    pub fn lesson(&self) -> &Rc<Lesson> {
        &self.lesson
    }

    /// The lesson with its texts in another language, from here on.
    pub fn retell(&mut self, lesson: Rc<Lesson>, next: Option<(String, String)>) {
        if lesson.steps.len() == self.lesson.steps.len() {
            self.lesson = lesson;
            self.next = next;
        }
    }

    /// The open step, from 1, with its id; none when the lesson is done.
    #[must_use]
    pub fn open_step(&self) -> Option<(usize, &str)> {
        self.step().map(|step| (self.now.at + 1, step.id.as_str()))
    }

    /// Whether every step is done.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.now.at >= self.lesson.steps.len()
    }

    /// The world as it is.
    #[must_use]
    pub fn world(&self) -> &World {
        &self.now.world
    }

    /// What the prompt asks for.
    #[must_use]
    pub fn mode(&self) -> Mode {
        match self.step().map(|step| step.kind) {
            None => Mode::Done,
            Some(StepKind::Predict) => Mode::Predict,
            Some(StepKind::Read) => Mode::Read,
            Some(StepKind::Quiz) => Mode::Question,
            Some(StepKind::Command | StepKind::Goal) => Mode::Command,
        }
    }

    /// Tells the time; it counts only where the lesson does not stop its clock.
    pub fn set_now(&mut self, now: i64) {
        if !self.lesson.manual_clock && self.lesson.now.is_none() {
            self.now.world.engine.set_now(now);
            self.now.base.engine.set_now(now);
        }
    }

    /// The words of a progress record: how the lesson stands.
    #[must_use]
    pub fn totals(&self) -> (usize, usize, usize) {
        let done = self.now.marks.iter().filter(|mark| mark.done).count();
        let skipped = self.now.marks.iter().filter(|mark| mark.skipped).count();
        let misses = self.now.marks.iter().map(|mark| mark.misses).sum();
        (done, skipped, misses)
    }

    /// Takes a line.
    pub fn feed(&mut self, line: &str) -> Fed {
        let place = (
            self.now.at + 1,
            self.step().map(|step| step.id.clone()).unwrap_or_default(),
        );
        let mut heard = Heard::default();
        self.hear(line, &mut heard);
        let record = Record {
            number: place.0,
            step: place.1,
            verdict: heard.verdict.unwrap_or(VerdictKind::Aside),
            reply: heard.reply,
            why: heard.why,
        };
        Fed {
            outputs: heard.outputs,
            record,
            signal: heard.signal,
        }
    }

    fn step(&self) -> Option<&Step> {
        self.lesson.steps.get(self.now.at)
    }

    fn hear(&mut self, line: &str, heard: &mut Heard) {
        if line.len() > LONGEST_LINE {
            return heard.say(Output::Notice(Notice::LineTooLong { most: LONGEST_LINE }));
        }
        let text = line.trim();
        if let Some(word) = local::word(text) {
            return self.local(word, heard);
        }
        match self.mode() {
            Mode::Read if text.is_empty() => self.read(heard),
            _ if text.is_empty() => heard.extend(self.show_step(false)),
            Mode::Predict => self.predict(text, heard),
            Mode::Question => self.question(text, heard),
            Mode::Done => heard.extend(self.summary()),
            _ => self.type_line(text, heard),
        }
    }

    /// A command line, with redis-cli's repeat prefix taken off.
    fn type_line(&mut self, text: &str, heard: &mut Heard) {
        let argv = match split(text.as_bytes()) {
            Ok(argv) => argv,
            Err(error) => return heard.say(Output::Notice(Notice::BadLine(error))),
        };
        let (times, argv) = local::repeat(argv);
        if times > local::MOST_REPEATS {
            return heard.say(Output::Notice(Notice::RepeatTooLarge {
                most: local::MOST_REPEATS,
            }));
        }
        if let Some(clean) = local::pasted(&argv) {
            return heard.say(Output::Notice(Notice::Pasted { clean }));
        }
        for _ in 0..times {
            if self.is_done() || self.mode() != Mode::Command {
                break;
            }
            match self.step().map(|step| step.kind) {
                Some(StepKind::Goal) => self.towards_goal(&argv, heard),
                _ => self.attempt(text, &argv, heard),
            }
        }
    }

    fn attempt(&mut self, text: &str, argv: &[Bytes], heard: &mut Heard) {
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
            VerdictKind::Look => heard.decide(VerdictKind::Look, judged.why, 0),
            _ => self.fail(&step, judged, heard),
        }
    }

    fn succeed(&mut self, step: &Step, argv: &[Bytes], judged: Judged, heard: &mut Heard) {
        let before = std::mem::replace(&mut self.now.world, judged.world);
        let mut why = judged.why;
        why.extend(
            self.meaning(before.engine.keyspace(), argv)
                .map(Why::Meaning),
        );
        heard.decide(VerdictKind::Pass, why, 0);
        heard.extend(self.draw(step, Some(before.engine.keyspace()), Some(argv)));
        self.finish(step, heard);
    }

    fn fail(&mut self, step: &Step, judged: Judged, heard: &mut Heard) {
        self.now.marks[self.now.at].misses += 1;
        heard.decide(VerdictKind::Wrong, judged.why, self.hints_left(step));
        let wanted = judge::effect(&self.now.world, &step.solution, &step.during).world;
        heard.extend(self.compare(&judged.world, &wanted));
        heard.extend(self.offer(step));
    }

    /// What a wrong attempt would have made beside what is wanted, where the two differ.
    fn compare(&self, would_be: &World, wanted: &World) -> Option<Output> {
        let db = self.now.world.db();
        let changed = differences(self.now.world.engine.keyspace(), would_be.engine.keyspace());
        let differing = differences(would_be.engine.keyspace(), wanted.engine.keyspace());
        let keys: Vec<Bytes> = differing
            .into_iter()
            .filter(|(at, _)| *at == db)
            .map(|(_, key)| key)
            .collect();
        if changed.is_empty() || keys.is_empty() {
            return None;
        }
        Some(Output::Comparison {
            would_be: would_be.engine.keyspace().clone(),
            wanted: wanted.engine.keyspace().clone(),
            keys,
            db,
            now: would_be.engine.now(),
        })
    }

    fn hints_left(&self, step: &Step) -> usize {
        step.hints
            .len()
            .saturating_sub(self.now.marks[self.now.at].hints)
    }

    fn offer(&self, step: &Step) -> Option<Output> {
        let left = self.hints_left(step);
        let misses = self.now.marks[self.now.at].misses;
        (misses.is_multiple_of(OFFER_AFTER) && left > 0).then_some(Output::HintOffer { left })
    }

    fn towards_goal(&mut self, argv: &[Bytes], heard: &mut Heard) {
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
        heard.run(&ran);
        self.now.typed.push(argv.to_vec());
        let progress = judge::goal(&step, &self.now.base, &self.now.typed, &self.now.world);
        if progress.reached {
            let why = self
                .meaning(before.engine.keyspace(), argv)
                .map(Why::Meaning)
                .into_iter()
                .collect();
            heard.decide(VerdictKind::Pass, why, 0);
            heard.extend(self.draw(&step, Some(before.engine.keyspace()), Some(argv)));
            return self.finish(&step, heard);
        }
        let refusal = ran
            .reply
            .as_ref()
            .and_then(|reply| diagnose::refusal(&step, &before, argv, reply));
        if world::only_looks(argv) && refusal.is_none() {
            self.now.typed.pop();
            self.undo.pop();
            // A look can be what the goal's words ask for, so it stays among the lines when it names one.
            if !step.uses.is_empty() || !step.words.is_empty() {
                self.now.typed.push(argv.to_vec());
            }
            return heard.decide(VerdictKind::Look, Vec::new(), 0);
        }
        let authors = matches!(progress.why.first(), Some(Why::Author(_)));
        let why = match refusal {
            Some(found) if !authors => vec![Why::Diagnosis(found)],
            _ => progress.why,
        };
        if why.iter().any(|why| !matches!(why, Why::StillOpen(_))) {
            self.now.marks[self.now.at].misses += 1;
        }
        heard.decide(VerdictKind::Partial, why, self.hints_left(&step));
        heard.extend(self.draw(&step, Some(before.engine.keyspace()), Some(argv)));
        heard.extend(self.offer(&step));
    }

    fn predict(&mut self, text: &str, heard: &mut Heard) {
        let Some(step) = self.step().cloned() else {
            return;
        };
        let predicted = judge::predict(&step, &self.now.world, text);
        if predicted.right {
            self.remember();
            let before = std::mem::replace(&mut self.now.world, predicted.effect.world);
            heard.reply = predicted.effect.replies.last().cloned().flatten();
            heard.decide(VerdictKind::Pass, Vec::new(), 0);
            heard.extend(predicted.effect.happenings.into_iter().map(happening));
            heard.extend(heard.reply.clone().map(Output::Reply));
            let argv = step.solution.last().map(|line| line.argv.clone());
            heard.extend(self.draw(&step, Some(before.engine.keyspace()), argv.as_deref()));
            return self.finish(&step, heard);
        }
        // A command at this prompt is no answer: whoever types one has not seen yet what is asked.
        if split(text.as_bytes())
            .is_ok_and(|argv| argv.len() > 1 && commands::of_line(&argv).is_some())
        {
            return heard.say(Output::Notice(Notice::PredictFirst));
        }
        self.now.marks[self.now.at].misses += 1;
        heard.decide(VerdictKind::Wrong, predicted.why, self.hints_left(&step));
        heard.extend(self.offer(&step));
    }

    /// An answer to the question that the step asks.
    fn question(&mut self, text: &str, heard: &mut Heard) {
        let Some(step) = self.step().cloned() else {
            return;
        };
        let Some(question) = self.lesson.question(&step).cloned() else {
            return;
        };
        let (right, why) = quiz::answered(&question, text);
        if !right {
            self.now.marks[self.now.at].misses += 1;
            heard.decide(VerdictKind::Wrong, vec![why], self.hints_left(&step));
            return heard.extend(self.offer(&step));
        }
        self.remember();
        heard.decide(VerdictKind::Pass, Vec::new(), 0);
        heard.say(Output::Note(question.why.clone()));
        self.finish(&step, heard);
    }

    fn read(&mut self, heard: &mut Heard) {
        let Some(step) = self.step().cloned() else {
            return;
        };
        self.remember();
        self.now.world = judge::effect(&self.now.world, &step.solution, &[]).world;
        heard.decide(VerdictKind::Pass, Vec::new(), 0);
        self.finish(&step, heard);
    }

    /// The step is done: the remark, what the scripted clients do, and the next step.
    fn finish(&mut self, step: &Step, heard: &mut Heard) {
        heard.extend(self.play_all(&step.after));
        heard.extend(step.note.clone().map(Output::Note));
        self.now.marks[self.now.at].done = true;
        self.now.at += 1;
        heard.extend(self.enter(false));
    }

    /// Enters the step at hand: time passes, others act, and it is shown. Behind the last step comes the summary.
    fn enter(&mut self, first: bool) -> Vec<Output> {
        let Some(step) = self.step().cloned() else {
            return self.summary();
        };
        let mut outputs = Vec::new();
        if step.advance > 0 {
            outputs.extend(self.now.world.pass(step.advance).into_iter().map(happening));
        }
        outputs.extend(self.play_all(&step.before));
        self.now.base = self.now.world.clone();
        self.now.typed.clear();
        self.bases[self.now.at] = Some(self.now.base.clone());
        outputs.extend(self.show_step(first));
        outputs
    }

    fn play_all(&mut self, lines: &[Line]) -> Vec<Output> {
        let happenings: Vec<Happening> = lines
            .iter()
            .flat_map(|line| self.now.world.play(line))
            .collect();
        happenings.into_iter().map(happening).collect()
    }

    /// The step as it is shown; with the lesson's header at the first step.
    fn show_step(&self, header: bool) -> Vec<Output> {
        let Some(step) = self.step() else {
            return self.summary();
        };
        let own = matches!(step.stage, Stage::Worked | Stage::Faded);
        let mut outputs = vec![Output::Step(StepView {
            lesson: (self.lesson.id.clone(), self.lesson.title.clone()),
            number: self.now.at + 1,
            done: self.now.marks.iter().map(|mark| mark.done).collect(),
            header,
            explain: step
                .explain
                .clone()
                .filter(|_| own || step.kind != StepKind::Command),
            goal: step.goal.clone(),
            shown: self.shown(step),
        })];
        if let Some(question) = self.lesson.question(step) {
            outputs.push(Output::Question(quiz::asked(
                question,
                &self.lesson.title,
                (1, 1),
            )));
        } else if step.kind != StepKind::Predict || !step.show.is_empty() {
            outputs.extend(self.draw(step, None, None));
        }
        outputs
    }

    fn shown(&self, step: &Step) -> Shown {
        let lines = || step.solution.iter().map(|line| line.text.clone()).collect();
        match (step.kind, step.stage) {
            (StepKind::Predict, _) => Shown::Predict(lines()),
            (StepKind::Read, _) => {
                let effect = judge::effect(&self.now.world, &step.solution, &[]);
                let replies = effect
                    .replies
                    .into_iter()
                    .map(|reply| reply.unwrap_or(Literal::Nil));
                Shown::Read(
                    step.solution
                        .iter()
                        .map(|line| line.text.clone())
                        .zip(replies)
                        .collect(),
                )
            }
            (_, Stage::Worked) => Shown::Lines(lines()),
            (_, Stage::Faded) => step.blank.clone().map_or(Shown::Nothing, Shown::Blank),
            _ => Shown::Nothing,
        }
    }

    /// The keys of a step, with what a line has changed.
    fn draw(
        &self,
        step: &Step,
        before: Option<&Keyspace>,
        argv: Option<&[Bytes]>,
    ) -> Option<Output> {
        let world = &self.now.world;
        let db = world.db();
        let after = world.engine.keyspace();
        let mut keys = if step.show.is_empty() {
            self.lesson.show.clone()
        } else {
            step.show.clone()
        };
        if keys.is_empty() {
            keys = play::keys_to_draw(before, after, db, argv);
        }
        keys.retain(|key| {
            after.get(db, key).is_some()
                || before.is_some_and(|before| before.get(db, key).is_some())
        });
        let algebra = argv.and_then(play::algebra);
        if keys.is_empty() && algebra.is_none() {
            return None;
        }
        Some(Output::State(StateView {
            before: before.cloned(),
            after: after.clone(),
            keys,
            db,
            now: world.engine.now(),
            algebra,
        }))
    }

    fn meaning(&self, before: &Keyspace, argv: &[Bytes]) -> Option<Meaning> {
        play::meaning(before, self.now.world.engine.keyspace(), argv)
    }

    fn summary(&self) -> Vec<Output> {
        let steps = &self.lesson.steps;
        let marks = || steps.iter().zip(&self.now.marks);
        let mut taught: Vec<String> = steps.iter().flat_map(|step| step.teach.clone()).collect();
        taught.dedup();
        let again = marks()
            .filter(|(_, mark)| mark.misses > 1 || mark.skipped)
            .map(|(step, _)| step.goal.clone());
        vec![Output::Summary(Summary {
            id: self.lesson.id.clone(),
            title: self.lesson.title.clone(),
            steps: steps.len(),
            first_try: marks()
                .filter(|(_, mark)| mark.done && mark.misses == 0 && !mark.skipped)
                .count(),
            skipped: marks().filter(|(_, mark)| mark.skipped).count(),
            taught,
            again: again.take(3).collect(),
            next: self.next.clone(),
        })]
    }

    fn remember(&mut self) {
        self.redo.clear();
        if self.undo.len() == UNDO {
            self.undo.remove(0);
        }
        self.undo.push(self.now.clone());
    }

    fn reset(&mut self) {
        self.now.world = self.now.base.clone();
        self.now.typed.clear();
    }
}

/// A happening as it is shown.
fn happening(happening: Happening) -> Output {
    match happening {
        Happening::Acted { name, line, reply } => Output::Actor { name, line, reply },
        Happening::Arrived { name, reply } => Output::Arrived { name, reply },
        Happening::Passed {
            milliseconds,
            expired,
        } => Output::TimePassed {
            milliseconds,
            expired,
        },
        Happening::Waiting => Output::Waiting,
        Happening::GaveUp => Output::Notice(Notice::GaveUp),
    }
}

/// What a line gathers while it is heard.
#[derive(Debug, Default)]
struct Heard {
    outputs: Vec<Output>,
    verdict: Option<VerdictKind>,
    reply: Option<Literal>,
    why: Option<Why>,
    signal: Option<Signal>,
}

impl Heard {
    fn say(&mut self, output: Output) {
        self.outputs.push(output);
    }

    fn extend(&mut self, outputs: impl IntoIterator<Item = Output>) {
        self.outputs.extend(outputs);
    }

    /// The line was run: what happened meanwhile, and the reply.
    fn run(&mut self, ran: &world::Ran) {
        self.outputs
            .extend(ran.happenings.iter().cloned().map(happening));
        if let Some(reply) = &ran.reply {
            self.outputs.push(Output::Reply(reply.clone()));
            self.reply = Some(reply.clone());
        }
    }

    fn decide(&mut self, kind: VerdictKind, why: Vec<Why>, hints_left: usize) {
        self.verdict = Some(kind);
        self.why = why.first().cloned();
        self.outputs.push(Output::Verdict(Verdict {
            kind,
            why,
            hints_left,
        }));
    }
}
