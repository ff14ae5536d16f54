//! What the tutor says, as data. The view layer turns it into text, the app layer into JSON; nothing here is worded.

use crate::engine::{Bytes, Keyspace, value::Type};
use crate::lesson::WantedState;
use crate::notation::Literal;

use super::{
    Lifetimes, Notice,
    diagnosis::{Diagnosis, Shape},
};

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
    /// What a line has made of keys, or a wrong attempt would have made, beside what is wanted.
    Comparison {
        /// Whether the line stays, as in a goal step.
        stays: bool,
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
    Performed(String),
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
    /// The sets that a set operation read, in order, when a membership grid says more than bags.
    pub algebra: Option<Algebra>,
}

/// A set operation to be drawn as a grid of members and sets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Algebra {
    /// `SINTER`, `SUNION` or `SDIFF`.
    pub operation: &'static str,
    /// The line as typed.
    pub line: String,
    /// The source sets.
    pub sources: Vec<Bytes>,
}

/// What has come of a line.
#[derive(Debug, Clone)]
pub struct Verdict {
    /// In a word.
    pub kind: VerdictKind,
    /// Why, in the order in which it is said.
    pub why: Vec<Why>,
    /// How many hints have not been seen; shown with a wrong attempt.
    pub hints_left: usize,
}

/// The verdicts, named as in the JSON interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum VerdictKind {
    /// The step is done.
    Pass,
    /// A goal step goes on.
    Partial,
    /// The attempt was wrong; nothing has changed.
    Wrong,
    /// A look around, which does not count.
    Look,
    /// `:`-words, blank lines, local words.
    Aside,
    /// The step was skipped.
    Skip,
}

impl VerdictKind {
    /// The word in JSON and in the journal.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            VerdictKind::Pass => "pass",
            VerdictKind::Partial => "partial",
            VerdictKind::Wrong => "wrong",
            VerdictKind::Look => "look",
            VerdictKind::Aside => "aside",
            VerdictKind::Skip => "skip",
        }
    }
}

/// A reason or an explanation.
#[derive(Debug, Clone, PartialEq)]
pub enum Why {
    /// The lesson's own sentence.
    Author(String),
    /// What the tutor found out by itself.
    Diagnosis(Diagnosis),
    /// What the reply means, in a line.
    Meaning(Meaning),
    /// It was right by another way than the author's, which is this.
    OtherWay(String),
    /// The line asks something else than the step does; this is what it answers.
    LooksAt(String),
    /// The effect is right, but the step practises other words of Redis: these must occur.
    MustUse(Vec<String>),
    /// The effect is right, but the step practises other commands: one of these must be used.
    MustUseCommand(Vec<String>),
    /// The effect is right, but these values must stand in the line.
    MustName(Vec<String>),
    /// The effect is right, but another line with the same effect is asked for.
    OtherLine,
    /// The step allows so many lines, and they are used up.
    TooManyLines(usize),
    /// The values above are not yet those that are wanted; these keys still differ.
    StillOpen(Vec<Bytes>),
    /// The line was wrong and is not kept, whatever it would have made.
    NothingHasChanged,
    /// The line is queued in a transaction and has not run yet.
    Queued,
    /// Redis refused the line, and nothing more is known of why.
    Refused,
    /// The predicted reply is not what comes; what was predicted and what comes look like this.
    OtherAnswer {
        /// What was predicted.
        got: Shape,
        /// What comes.
        wanted: Shape,
    },
    /// The predicted state is not what comes.
    OtherOutcome,
    /// The predicted values come, but grouped in another way or of another kind.
    OtherShape,
    /// Another choice fits better.
    OtherChoice,
    /// What was typed is not the answer.
    NotTheAnswer,
    /// What has arrived is right so far; so many commands are still to come.
    MoreToCome(usize),
    /// A command has arrived that the step forbids.
    MustNotCome(String),
    /// This is still to arrive.
    StillMissing(String),
    /// A command has arrived that nobody asked for.
    NotAsked(String),
    /// A command has arrived where another one is wanted.
    OtherCommand {
        /// The command as it came.
        came: String,
        /// The name of the one that is wanted.
        wanted: String,
    },
    /// All has arrived, but the data is not what is wanted.
    OtherState,
}

impl Why {
    /// The short word for it in JSON and in the journal.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Why::Author(_) => "author",
            Why::Diagnosis(found) => found.code(),
            Why::Meaning(_) => "meaning",
            Why::OtherWay(_) => "other-way",
            Why::LooksAt(_) => "looks-at",
            Why::MustUse(_) | Why::MustUseCommand(_) | Why::MustName(_) | Why::OtherLine => {
                "must-use"
            }
            Why::TooManyLines(_) => "too-many-lines",
            Why::StillOpen(_) => "still-open",
            Why::NothingHasChanged => "nothing-has-changed",
            Why::Queued => "queued",
            Why::Refused => "refused",
            Why::OtherAnswer { .. } | Why::OtherOutcome | Why::OtherChoice | Why::NotTheAnswer => {
                "other-answer"
            }
            Why::OtherShape => "other-shape",
            Why::MoreToCome(_) => "more-to-come",
            Why::MustNotCome(_) | Why::NotAsked(_) => "not-asked",
            Why::StillMissing(_) => "still-missing",
            Why::OtherCommand { .. } => "other-command",
            Why::OtherState => "other-state",
        }
    }
}

/// What a reply means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meaning {
    /// The key now holds so many elements.
    Holds {
        /// The key.
        key: Bytes,
        /// Its type.
        kind: Type,
        /// Elements, fields or members.
        size: usize,
    },
    /// The string is now this.
    Is {
        /// The key.
        key: Bytes,
        /// The value.
        value: Bytes,
    },
    /// The key was given a deadline, or another one.
    Expires {
        /// The key.
        key: Bytes,
        /// The milliseconds that it has left.
        left: i64,
    },
    /// The key has no deadline any more.
    Stays {
        /// The key.
        key: Bytes,
    },
    /// One element of the list is another.
    ElementIs {
        /// The key.
        key: Bytes,
        /// The element's place, from 0.
        index: usize,
        /// What stands there now.
        value: Bytes,
    },
    /// One field of the hash has another value.
    FieldIs {
        /// The key.
        key: Bytes,
        /// The field.
        field: Bytes,
        /// Its value now.
        value: Bytes,
    },
    /// One member of the sorted set has another score.
    ScoreIs {
        /// The key.
        key: Bytes,
        /// The member.
        member: Bytes,
        /// Its score now, as Redis writes it.
        score: Bytes,
    },
    /// The list holds the same elements in another order.
    OtherOrder {
        /// The key.
        key: Bytes,
    },
    /// What was under one name is under another.
    Renamed {
        /// The name before.
        from: Bytes,
        /// The name now.
        to: Bytes,
    },
    /// The key holds as many elements as before, but not the same data.
    OtherContent {
        /// The key.
        key: Bytes,
        /// Its type.
        kind: Type,
        /// Elements, fields or members.
        size: usize,
    },
    /// One element went from a list or set to another one.
    Went {
        /// The element.
        value: Bytes,
        /// Where it was.
        from: Bytes,
        /// Where it is.
        to: Bytes,
    },
    /// The key stands in another database now.
    InDatabase {
        /// The key.
        key: Bytes,
        /// The database.
        db: usize,
    },
    /// The key is gone, because nothing is left in it or because it was removed.
    Gone {
        /// The key.
        key: Bytes,
    },
    /// Several keys are gone, and no other changed.
    AllGone {
        /// The keys.
        keys: Vec<Bytes>,
    },
    /// Several keys were not there before, and no other changed.
    AllNew {
        /// The keys.
        keys: Vec<Bytes>,
    },
    /// Several keys changed.
    Changed {
        /// The keys.
        keys: Vec<Bytes>,
    },
    /// Nothing was changed, although the command could have.
    Unchanged,
    /// What the command waited for came, and was taken out at once.
    CameAndWent {
        /// The key under which it came.
        key: Bytes,
        /// What came.
        values: Vec<Bytes>,
    },
    /// The wait ended without anything.
    NothingCame,
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
