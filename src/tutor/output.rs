//! What the tutor says, as data. The view layer turns it into text, the app layer into JSON; nothing here is worded.

use crate::engine::{Bytes, Keyspace};
use crate::lesson::WantedState;
use crate::notation::Literal;

use super::{Lifetimes, Notice, Reading, Verdict};

/// What has become of a line whose data are compared with those that are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compared {
    /// It stays, as in a goal step.
    Stays,
    /// It was a wrong attempt, and has changed nothing.
    Refused,
    /// It is queued, and compared is what EXEC would make.
    Queued,
}

/// One thing to be shown. [`super::Tutor::feed`] answers a line with several, in the order in which they are shown.
#[derive(Debug, Clone)]
pub enum Output {
    /// A lesson begins.
    Lesson {
        /// `3.1`
        id: String,
        /// Its title.
        title: String,
        /// The scene and the idea.
        intro: String,
        /// How many steps it has.
        steps: usize,
    },
    /// A step begins, or is shown again.
    Step(StepView),
    /// Time has passed; these keys went meanwhile, in order.
    TimePassed {
        /// How long.
        milliseconds: i64,
        /// The keys that expired.
        expired: Vec<Bytes>,
    },
    /// These keys expired before the question was asked; they are told with its answer.
    Expired(Vec<Bytes>),
    /// A scripted client sent a line.
    Actor {
        /// Its name.
        name: String,
        /// The line.
        line: String,
        /// What it got; none while it waits.
        reply: Option<Literal>,
    },
    /// Something arrived for a client that did not ask just now: a late reply, or a message.
    Arrived {
        /// The scripted client's name; none for the learner.
        name: Option<String>,
        /// What arrived.
        reply: Literal,
    },
    /// The learner's command waits.
    Waiting,
    /// What Redis answers to the learner's line.
    Reply(Literal),
    /// What has come of the line.
    Verdict(Verdict),
    /// Keys and what changed in them.
    State(StateView),
    /// What a line has made of keys, or would make, beside what is wanted.
    Comparison {
        /// What has become of the line.
        line: Compared,
        /// After the line.
        would_be: Keyspace,
        /// After the solution.
        wanted: Keyspace,
        /// The keys that differ.
        keys: Vec<Bytes>,
        /// The database.
        db: usize,
        /// The lesson's clock, Unix ms.
        now: i64,
    },
    /// A rung of the hints.
    Hint {
        /// From 1.
        number: usize,
        /// How many there are.
        of: usize,
        /// Its text.
        text: String,
    },
    /// There are hints; offered after several misses.
    HintOffer {
        /// How many have not been seen.
        left: usize,
    },
    /// The author's remark after a step.
    Note(String),
    /// A question of a quiz.
    Question(QuestionView),
    /// A lesson is done.
    Summary(Summary),
    /// A quiz is done.
    Score {
        /// Answered right at the first try.
        right: usize,
        /// Asked.
        of: usize,
        /// The lessons to look at again, by id.
        weak: Vec<String>,
    },
    /// What a step asks about a program's output, once all that it sends has arrived.
    Ask(String),
    /// The code that does a step which was skipped.
    Performed {
        /// The code.
        code: String,
        /// Whether the step has shown it already.
        stands_above: bool,
    },
    /// What a program prints.
    Printed(String),
    /// A program to start from.
    Source(String),
    /// Something about the session, not about the lesson's content.
    Notice(Notice),
}

/// How a step is shown.
#[derive(Debug, Clone)]
pub struct StepView {
    /// The lesson's id and title.
    pub lesson: (String, String),
    /// From 1.
    pub number: usize,
    /// Which steps are done, in order.
    pub done: Vec<bool>,
    /// Whether the header with title and progress is shown too (the first step, `:lesson`, a step back).
    pub header: bool,
    /// What the learner needs to know first.
    pub explain: Option<String>,
    /// What is to be done.
    pub goal: String,
    /// What of the solution is shown.
    pub shown: Shown,
}

/// What of the solution a step shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    /// Nothing.
    Nothing,
    /// The lines, to be typed.
    Lines(Vec<String>),
    /// The line with gaps.
    Blank(String),
    /// The lines whose last reply is to be predicted.
    Predict(Vec<String>),
    /// Nothing is to be typed but Enter; these lines ran.
    Read(Vec<(String, Literal)>),
    /// A program is to be written elsewhere.
    Program {
        /// What it stands on, where that was not shown before.
        given: Option<String>,
        /// As much of its code as the step shows.
        code: Option<String>,
        /// The port of the lesson's server; none when it could not be opened.
        port: Option<u16>,
    },
}

/// Keys to be drawn.
#[derive(Debug, Clone)]
pub struct StateView {
    /// Before the line, for what changed; none when nothing is to be marked.
    pub before: Option<Keyspace>,
    /// Now.
    pub after: Keyspace,
    /// The keys to draw, in order. A key that is gone is drawn as gone when `before` has it.
    pub keys: Vec<Bytes>,
    /// The words of the line that ran; none where there was none, or several.
    pub line: Vec<Bytes>,
    /// The database.
    pub db: usize,
    /// The lesson's clock, Unix ms.
    pub now: i64,
    /// How long keys were given to live.
    pub lifetimes: Lifetimes,
    /// The set operation that the line is, when a grid of members and sets says more than the sets alone.
    pub algebra: Option<Algebra>,
    /// The part of a value that the line has read.
    pub reading: Option<Reading>,
}

/// A set operation to be drawn as a grid of members and sets.
#[derive(Debug, Clone, PartialEq)]
pub struct Algebra {
    /// `SINTER`, `SUNION` or `SDIFF`; of sorted sets `ZINTER`, `ZUNION` or `ZDIFF`.
    pub operation: &'static str,
    /// The line as typed.
    pub line: String,
    /// The source sets.
    pub sources: Vec<Bytes>,
    /// The result of an operation on sorted sets, lowest score first.
    pub scores: Option<Vec<(Bytes, f64)>>,
}

/// A question of a quiz, ready to be shown.
#[derive(Debug, Clone)]
pub struct QuestionView {
    /// What it is about: a lesson's or unit's title.
    pub subject: String,
    /// From 1, among those that are asked for the first time.
    pub number: usize,
    /// How many there are.
    pub of: usize,
    /// Whether it was asked before.
    pub again: bool,
    /// The state that it starts from; empty keys are not drawn.
    pub state: Option<StateView>,
    /// The question, in the author's words.
    pub text: String,
    /// What is to be reached, when the question says that apart.
    pub want: String,
    /// The lines that it is about.
    pub lines: Vec<String>,
    /// What kind of answer is wanted.
    pub asks: Asks,
    /// The choices, `a`, `b`, …; free input when there is none.
    pub options: Vec<Choice>,
}

/// What kind of answer a question wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asks {
    /// The reply of the last line.
    Reply,
    /// The state after the lines.
    State,
    /// A command line.
    Command,
    /// What fills the gap.
    Gap,
    /// The order of the numbered lines.
    Order,
    /// The line that was meant.
    Correction,
    /// The lines that were meant.
    Corrections,
    /// One of the options.
    Option,
    /// One of the options, which are types.
    Type,
}

/// A choice of a question.
#[derive(Debug, Clone, PartialEq)]
pub enum Choice {
    /// A text.
    Text(String),
    /// A reply.
    Reply(Literal),
    /// A state.
    State(WantedState),
}

/// How a lesson went.
#[derive(Debug, Clone)]
pub struct Summary {
    /// `3.1`
    pub id: String,
    /// Its title.
    pub title: String,
    /// How many steps it has.
    pub steps: usize,
    /// Passed without a miss or a shown answer.
    pub first_try: usize,
    /// Skipped.
    pub skipped: usize,
    /// The commands that it taught, upper case.
    pub taught: Vec<String>,
    /// The goals of the steps that took several tries.
    pub again: Vec<String>,
    /// The lesson that follows: id and title.
    pub next: Option<(String, String)>,
}
