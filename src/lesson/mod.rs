//! What is taught: packs, lessons, steps and questions as data, and how they are read from TOML.
//!
//! Start at [`Pack`] and [`Lesson`]. Reading never fails on content: it gives what could be read and a list of
//! [`Problem`]s with file, line and column. A pack holds nothing that could run but engine commands. Files are read in
//! `load.rs` only.

mod find;
mod line;
mod load;
mod parse;
mod place;
mod problem;
mod program;
mod read;
mod scaffold;
mod state;
mod translate;
mod validate;

pub use find::Target;
pub use line::{Line, parse_duration};
pub use load::{Library, LoadError, Source};
pub use place::{place_of, place_of_key, place_of_text};
pub use problem::{Problem, Severity, SourceText, nearest, render as render_problems};
pub use program::{Program, fits};
pub use scaffold::{SCAFFOLD, ScaffoldFile};
pub use state::{Picture, Pictured, WantedState, written};
pub use translate::{Dropped, Refreshed, fingerprint};
pub use validate::validate;

use crate::engine::Bytes;
use crate::notation::Literal;

/// The table of contents of a pack.
#[derive(Debug, Clone, Default)]
pub struct Pack {
    /// The name under which progress is kept.
    pub id: String,
    /// The author's version of the content.
    pub version: String,
    /// What learners see.
    pub title: String,
    /// The language that the lesson files are written in.
    pub language: String,
    /// All languages that there are texts in.
    pub languages: Vec<String>,
    /// The units in order.
    pub units: Vec<Unit>,
    /// Ways through the pack that leave lessons out or take them in another order.
    pub routes: Vec<Route>,
}

/// What stands in a line in the place of what is to be filled in.
pub const GAP: &str = "____";

/// What is named to follow no route.
pub const NO_ROUTE: &str = "none";

/// A way through a pack.
#[derive(Debug, Clone, Default)]
pub struct Route {
    /// Its name in a line such as `route tutorial`.
    pub id: String,
    /// What learners see.
    pub title: String,
    /// Whom it is for, in a sentence.
    pub about: String,
    /// The ids of its lessons, in order.
    pub lessons: Vec<String>,
}

/// A chapter of a pack.
#[derive(Debug, Clone, Default)]
pub struct Unit {
    /// Its number or name, `3`.
    pub id: String,
    /// Its name in a line such as `learn lists`.
    pub slug: String,
    /// What learners see.
    pub title: String,
    /// What it is about, in a sentence.
    pub about: String,
    /// The ids of its lessons, in order.
    pub lessons: Vec<String>,
}

/// One lesson, in one language.
#[derive(Debug, Clone, Default)]
pub struct Lesson {
    /// `3.1`
    pub id: String,
    /// `two-open-ends`
    pub slug: String,
    /// What learners see.
    pub title: String,
    /// The scene and the idea, before the first step.
    pub intro: String,
    /// What a learner can do afterwards.
    pub goals: Vec<String>,
    /// The ids of the lessons that come before.
    pub after: Vec<String>,
    /// How it teaches; for instructors.
    pub method: String,
    /// The scene in a few words.
    pub scene: String,
    /// Lines that run before the first step.
    pub setup: Vec<Line>,
    /// The keys that are drawn, in order; all keys when empty.
    pub show: Vec<Bytes>,
    /// The database that the learner starts in.
    pub db: usize,
    /// The Unix time in milliseconds at which the lesson's clock stands, when the lesson names one.
    pub now: Option<i64>,
    /// Whether time stands still but for `advance`.
    pub manual_clock: bool,
    /// The names of scripted clients.
    pub actors: Vec<String>,
    /// The steps in order.
    pub steps: Vec<Step>,
    /// Questions for quizzes.
    pub quiz: Vec<Question>,
}

/// What the learner does in a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum StepKind {
    /// Types one line; reply and state are as after the solution.
    #[default]
    Command,
    /// Types lines until the state is as after the solution.
    Goal,
    /// Writes down the reply before the line runs.
    Predict,
    /// Reads, and presses Enter.
    Read,
    /// Lets a program of their own talk to the lesson's server.
    External,
    /// Answers a question of the lesson's quiz.
    Quiz,
}

/// How much of the solution is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Stage {
    /// The line itself.
    Worked,
    /// The line with gaps.
    Faded,
    /// Nothing.
    #[default]
    Solo,
    /// Nothing, and it comes from an earlier lesson.
    Review,
}

/// One step of a lesson.
#[derive(Debug, Clone, Default)]
pub struct Step {
    /// Unique in the lesson; progress is kept under it.
    pub id: String,
    /// What the learner does.
    pub kind: StepKind,
    /// How much is shown.
    pub stage: Stage,
    /// The commands that it teaches, upper case.
    pub teach: Vec<String>,
    /// The lesson that it repeats.
    pub review: Option<String>,
    /// What a learner needs to know first. It is shown at every stage: where a learner is to remember by themselves,
    /// the author writes none.
    pub explain: Option<String>,
    /// What is to be done.
    pub goal: String,
    /// The id of the question that a `quiz` step asks.
    pub question: Option<String>,
    /// Milliseconds that pass before the step.
    pub advance: i64,
    /// What scripted clients do before the learner's turn.
    pub before: Vec<Line>,
    /// What they do while the learner's command waits.
    pub during: Vec<Line>,
    /// What they do when the step is done.
    pub after: Vec<Line>,
    /// The lines of the solution; of a `predict` step the lines asked about, the last is predicted.
    pub solution: Vec<Line>,
    /// The solution with gaps, `LINSERT bus ____ lake hill`.
    pub blank: Option<String>,
    /// Other accepted solutions; of an `external` step what other programs send, each as good as `do` and `observe`.
    pub also: Vec<Vec<Line>>,
    /// The pinned reply of each line of the solution; of a `predict` step only the last.
    pub replies: Vec<Literal>,
    /// How replies are compared.
    pub compare: Compare,
    /// The pinned state after the step.
    pub state: Option<WantedState>,
    /// Lines that must give these replies when the step is done; they run unseen.
    pub expect: Vec<(Line, Literal)>,
    /// Words that must occur in the learner's line, in any case.
    pub words: Vec<String>,
    /// The commands of which one must be used.
    pub uses: Vec<String>,
    /// The key that is to be changed last, when all else is done: a lock that is freed, a result that is computed.
    pub last: Option<Bytes>,
    /// What must not be typed, or not arrive of a program; `*` stands for one or more arguments.
    pub never: Vec<Line>,
    /// Whether the line itself must be the solution or one of `also`.
    pub exact_line: bool,
    /// The most lines that a goal step allows.
    pub max_lines: Option<usize>,
    /// The keys drawn in this step.
    pub show: Vec<Bytes>,
    /// Hints in rungs.
    pub hints: Vec<String>,
    /// Foreseen mistakes.
    pub wrong: Vec<Wrong>,
    /// A remark for afterwards.
    pub note: Option<String>,
    /// The program of an `external` step.
    pub program: Option<Program>,
}

/// A foreseen mistake and the sentence that it deserves.
#[derive(Debug, Clone)]
pub struct Wrong {
    /// How it is recognised.
    pub when: Mistake,
    /// What is said.
    pub say: String,
}

/// How a foreseen mistake is recognised.
#[derive(Debug, Clone)]
pub enum Mistake {
    /// These lines, or lines with the same effect.
    Lines(Vec<Line>),
    /// This predicted reply.
    Answer(String),
    /// A kind of mistake: `arity`, `wrongtype`, …
    Kind(String),
    /// A program of an `external` step.
    Code {
        /// What the learner wrote.
        code: String,
        /// What it sends.
        lines: Vec<Line>,
        /// What it prints, or the last line of its error.
        output: String,
    },
}

/// How two replies are compared.
#[derive(Debug, Clone, Default)]
pub enum Compare {
    /// As the command's row says: exactly, but for what the command does not determine.
    #[default]
    Row,
    /// The elements in any order.
    AnyOrder,
    /// Pairs of elements in any order.
    Pairs,
    /// A regular expression on the one-line form.
    Pattern(String),
    /// One of these.
    OneOf(Vec<Literal>),
    /// So many of these, without repeats.
    Subset {
        /// What may occur.
        of: Vec<Literal>,
        /// How many.
        count: usize,
    },
    /// An integer near another.
    Near {
        /// The other.
        value: i64,
        /// How far off it may be.
        within: i64,
    },
    /// An error whose text starts like this.
    Error(String),
    /// Anything.
    Any,
}

/// A question of a quiz.
#[derive(Debug, Clone, Default)]
pub struct Question {
    /// Unique in the lesson.
    pub id: String,
    /// What is asked.
    pub kind: QuestionKind,
    /// Lines that run first.
    pub setup: Vec<Line>,
    /// The question's own words, where it has some.
    pub text: String,
    /// What is to be reached.
    pub want: String,
    /// Lines asked about, or the wrong code of a `mistake`, or the lines of an `order` question.
    pub lines: Vec<Line>,
    /// Accepted lines, each with the others an alternative.
    pub right: Vec<Vec<Line>>,
    /// Whether just these lines are right, for they are what a call of a client library sends.
    pub sent: bool,
    /// Accepted answers: the gap's fill, the option's text, the reply or the state in notation.
    pub answer: Vec<String>,
    /// The state that is the answer of a `predict-state` question.
    pub answer_state: Option<WantedState>,
    /// What the right lines answer, pinned for the reader.
    pub replies: Vec<Literal>,
    /// The options of a choice.
    pub options: Vec<String>,
    /// Wrong answers with what they deserve to hear.
    pub wrong: Vec<WrongAnswer>,
    /// Why the answer is what it is.
    pub why: String,
    /// Subjects.
    pub tags: Vec<String>,
}

/// A wrong answer to a question: a distractor.
#[derive(Debug, Clone)]
pub struct WrongAnswer {
    /// The answer as shown.
    pub answer: String,
    /// The lines, when it is a command.
    pub lines: Vec<Line>,
    /// The state, when it is one.
    pub state: Option<WantedState>,
    /// What is said.
    pub say: String,
}

/// What a question asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum QuestionKind {
    /// The reply of the last line.
    #[default]
    PredictReply,
    /// The state after the lines.
    PredictState,
    /// A command that reaches what is wanted.
    ChooseCommand,
    /// What belongs in the gap.
    Blank,
    /// The order of lines.
    Order,
    /// The line that was meant.
    Mistake,
    /// The data type that fits.
    Datatype,
    /// One of the options.
    Choice,
}

impl Step {
    /// The ways that the author knows: the solution first.
    pub fn ways(&self) -> impl Iterator<Item = &[Line]> {
        let all = std::iter::once(&self.solution).chain(&self.also);
        all.map(Vec::as_slice)
    }
}

impl Lesson {
    /// The question that a step asks.
    #[must_use]
    pub fn question(&self, step: &Step) -> Option<&Question> {
        let id = step.question.as_ref()?;
        self.quiz.iter().find(|question| question.id == *id)
    }

    /// Whether a step needs the lesson's server.
    #[must_use]
    pub fn has_programs(&self) -> bool {
        self.steps.iter().any(|step| step.program.is_some())
    }

    /// The position of a step.
    #[must_use]
    pub fn position(&self, step: &str) -> Option<usize> {
        self.steps.iter().position(|candidate| candidate.id == step)
    }
}
