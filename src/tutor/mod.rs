//! The course as a state machine: a line goes in, data on what is to be shown comes out.
//!
//! The interactive prompt, a piped script, `pack check` and the tests all drive the same [`Tutor`]. It words nothing,
//! prints nothing and knows no clock but the one that it is told; the same lines give the same lesson, which is how a
//! lesson is resumed. Reading order: [`World`] is what a line acts on, `attempt` leads it through, `judge` decides
//! (`goal` where a step takes several lines, `predict` of a reply that is foretold, `unanswered` of what is no answer
//! yet, `unlike` and `elements` of how one differs from what comes, `nothing` of the words for none; `practice` is what
//! a step wants beside its effect, `needless` what did nothing in a right line, `more` what would show that it is right
//! by luck, `likeness` what two lines have in common), `foreseen` tells of which lines an author's sentence is true,
//! `diagnose` explains what no author has foreseen, `meaning` says what has come of it, `reading` and `algebra` what of
//! the data it has read, `show` puts the next step before the learner, `history` takes back. Beside that stand
//! `external` for what programs do, `quiz` for questions, `play` for the free prompt and `rehearse` for the check of a
//! pack.

mod algebra;
mod attempt;
mod compare;
mod diagnose;
mod diagnosis;
mod elements;
mod external;
mod foreseen;
mod goal;
mod heard;
mod history;
mod judge;
mod lifetimes;
mod likeness;
mod local;
mod meaning;
mod more;
mod needless;
mod nothing;
mod notice;
mod numbers;
mod output;
mod play;
mod practice;
mod predict;
mod quiz;
mod reading;
mod rehearse;
mod shape;
mod show;
mod slip;
mod trouble;
mod unanswered;
mod unlike;
mod why;
mod world;

pub use compare::differences;
pub use diagnosis::Diagnosis;
pub use external::{HEADER as PROGRAM_HEADER, Overheard, SETTLE};
pub use lifetimes::Lifetimes;
pub use local::{Signal, WORDS, Word, bare_word, common as signal_of, help_on, word as local_word};
pub use meaning::Meaning;
pub use notice::{Arrived, Fault, Notice, Place, Unwritten};
pub use output::{
    Algebra, Asks, Choice, Compared, Output, QuestionView, Shown, StateView, StepView, Summary,
};
pub use play::Play;
pub use quiz::{Item, Quiz};
pub use reading::Reading;
pub use rehearse::{Finding, rehearse};
pub use shape::{Form, Shape};
pub use show::sights;
pub use slip::{Contrast, Disorder, KeySlip, Missing, MissingPart, NameKind};
pub use trouble::Trouble;
pub use why::{Mend, Verdict, VerdictKind, Why};
pub use world::{Happening, World};

use std::rc::Rc;

use crate::engine::{Bytes, Engine};
use crate::lesson::{Lesson, Line, Step, StepKind};
use crate::notation::{Literal, one_line, split};

use external::{Ear, Messages, Visit};
use heard::{Heard, happening};
use history::{Moment, Turn};

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
    /// A program of the learner's, elsewhere; here they may look around, and answer what is asked.
    External,
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

/// Where a step starts.
#[derive(Debug, Clone)]
struct Base {
    world: World,
    held: Vec<Bytes>,
}

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
    bases: Vec<Option<Base>>,
    undo: Vec<Turn>,
    redo: Vec<Turn>,
    /// The line that is being heard.
    line: String,
    /// Whether the last attempt was wrong, so that there is nothing of it to undo.
    missed: bool,
    /// Where the lesson's server listens.
    port: Option<u16>,
    /// What visitors have sent and is not yet told.
    ear: Ear,
    /// What has come to visitors that listen.
    messages: Messages,
    /// The step, 0-based, at which this sitting began: programs that were written before it are gone.
    sitting: usize,
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
            held: Vec::new(),
            visit: Visit::default(),
        };
        let bases = vec![None; lesson.steps.len()];
        Tutor {
            lesson,
            next,
            now,
            bases,
            undo: Vec::new(),
            redo: Vec::new(),
            line: String::new(),
            missed: false,
            port: None,
            ear: Ear::default(),
            messages: Messages::default(),
            sitting: 0,
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
            Some(StepKind::External) => Mode::External,
            Some(StepKind::Command | StepKind::Goal) => Mode::Command,
        }
    }

    /// The engine, for the server that is opened around it before the lesson begins.
    pub fn engine_mut(&mut self) -> &mut Engine {
        &mut self.now.world.engine
    }

    /// Whether the lesson stops its clock.
    #[must_use]
    pub fn clock_stands(&self) -> bool {
        self.lesson.manual_clock || self.lesson.now.is_some()
    }

    /// Tells the time; it counts only where the lesson does not stop its clock.
    pub fn set_now(&mut self, now: i64) {
        if !self.clock_stands() {
            let happenings = self.now.world.set_now(now);
            self.ear.note(happenings);
            // Where the step began nobody hears anything: what was to be heard, has been.
            self.now.base.set_now(now);
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
        heard.extend(self.ear.untold());
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
        text.clone_into(&mut self.line);
        if let Some(word) = local::word(text).or_else(|| self.word_behind_the_end(text)) {
            return self.local(word, heard);
        }
        match self.mode() {
            Mode::Read if text.is_empty() => self.read(heard),
            Mode::Read => heard.say(Output::Notice(Notice::ReadOnly)),
            _ if text.is_empty() => heard.extend(self.show_step(false)),
            Mode::Predict => self.predict(text, heard),
            Mode::Question => self.question(text, heard),
            Mode::External => self.beside_program(line, heard),
            Mode::Done => heard.say(Output::Notice(Notice::LessonDone(self.next.is_some()))),
            Mode::Command => self.type_line(text, heard),
        }
    }

    /// Behind the last step, where no command is asked for, the tutor's words need no colon.
    fn word_behind_the_end(&self, text: &str) -> Option<Word> {
        self.is_done().then(|| local::bare_word(text)).flatten()
    }

    /// A command line, with redis-cli's repeat prefix taken off.
    fn type_line(&mut self, text: &str, heard: &mut Heard) {
        if local::is_program(text) {
            return heard.say(Output::Notice(Notice::Python));
        }
        let argv = match split(text.as_bytes()) {
            Ok(argv) => argv,
            // A list in single quotes is one of Python's.
            Err(_) if text.starts_with('[') && one_line(&text.replace('\'', "\"")).is_ok() => {
                let typed = text.to_owned();
                return heard.say(Output::Notice(Notice::ReplyTyped { typed }));
            }
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

    /// The step is done: the remark, what the scripted clients do, and the next step.
    fn finish(&mut self, step: &Step, heard: &mut Heard) {
        self.leave();
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
        self.now.held.clear();
        self.now.visit = Visit::default();
        if step.advance > 0 {
            let mut happenings = self.now.world.pass(step.advance);
            if step.kind == StepKind::Predict {
                self.now.held = take_expired(&mut happenings, &step.before);
            }
            outputs.extend(happenings.into_iter().map(happening));
        }
        outputs.extend(self.play_all(&step.before));
        self.now.base = self.now.world.snapshot();
        self.now.typed.clear();
        self.bases[self.now.at] = Some(Base {
            world: self.now.base.clone(),
            held: self.now.held.clone(),
        });
        self.now.visit = Visit::new(self.is_asked_at_once());
        outputs.extend(self.show_step(first));
        outputs
    }

    /// Whether the open step's program sends nothing, so that it can only be asked about.
    fn is_asked_at_once(&self) -> bool {
        let program = self.step().and_then(|step| step.program.as_ref());
        program.is_some_and(|program| program.observe.is_empty())
    }

    fn play_all(&mut self, lines: &[Line]) -> Vec<Output> {
        let happenings: Vec<Happening> = lines
            .iter()
            .flat_map(|line| self.now.world.play(line))
            .collect();
        happenings.into_iter().map(happening).collect()
    }

    /// What was not told before the answer.
    fn told_late(&mut self) -> Option<Output> {
        let held = std::mem::take(&mut self.now.held);
        (!held.is_empty()).then_some(Output::Expired(held))
    }

    /// A wrong attempt is counted.
    fn miss(&mut self) {
        self.now.marks[self.now.at].misses += 1;
        self.missed = true;
    }

    /// Where the step began, with the visitors as they are now.
    fn at_base(&self) -> World {
        let mut world = self.now.world.clone();
        world.go_to(self.now.base.clone());
        world
    }

    fn reset(&mut self) {
        self.now.world = self.at_base();
        self.now.typed.clear();
        self.now.visit = Visit::new(self.is_asked_at_once());
    }

    /// Behind a step that a program does, nothing that programs wait for may come into the next one.
    fn leave(&mut self) {
        if self.step().is_some_and(|step| step.program.is_some()) {
            let happenings = self.now.world.interrupt();
            self.ear.note(happenings);
        }
    }
}

/// Takes out the keys that expired while time passed, but for those that a line names which is shown after it.
fn take_expired(happenings: &mut [Happening], shown: &[Line]) -> Vec<Bytes> {
    let named: Vec<Bytes> = shown
        .iter()
        .flat_map(|line| play::named_keys(&line.argv))
        .collect();
    let mut held = Vec::new();
    for happening in happenings {
        if let Happening::Passed { expired, .. } = happening {
            held.extend(expired.extract_if(.., |key| !named.contains(key)));
        }
    }
    held
}
