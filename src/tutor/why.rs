//! What has come of a line: a verdict, and the reasons for it, as data.

mod code;

use crate::engine::{Bytes, value::Type};
use crate::lesson::WantedState;
use crate::notation::Literal;

use super::{
    diagnosis::Diagnosis,
    meaning::Meaning,
    shape::{Form, Shape},
    slip::NameKind,
};

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

/// What helps where a line came too early.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mend {
    /// It is taken back.
    Undo,
    /// The step begins anew.
    Reset,
    /// It is typed once more.
    Again,
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
    /// It was right, and would have been so without these words, which belong together in groups.
    Needless(Vec<Vec<Bytes>>),
    /// The same, and Redis has taken the words for names of what is not there.
    NeedlessNames {
        /// The words.
        typed: Vec<Bytes>,
        /// What it has taken them for.
        kind: NameKind,
    },
    /// It was right, and one of each of these words would have done, which stand there more than once.
    Twice(Vec<Bytes>),
    /// The line asks something else than the step does; this is what it answers.
    LooksAt(String),
    /// The effect is right, but the step practises other words of Redis: these must occur.
    MustUse(Vec<String>),
    /// The effect is right, but the step practises other commands: one of these must be used.
    MustUseCommand(Vec<String>),
    /// Fewer lines than the solution has were typed, all with its commands, and one of these is still to be used.
    StillToUse(Vec<String>),
    /// The effect is right, but these values must stand in the line.
    MustName(Vec<String>),
    /// The goal is not reached yet, and these values must stand in a line.
    StillToName(Vec<String>),
    /// The effect is right, but another line with the same effect is asked for.
    OtherLine,
    /// Nothing was to be changed, and these words are still to be typed.
    StillToType(Vec<String>),
    /// The effect is right, but the learner has computed what Redis is to compute with one of these commands.
    WorkedOut(Vec<String>),
    /// The learner puts in by hand what Redis is to compute with one of these commands.
    WorkingOut(Vec<String>),
    /// The effect is right, but an earlier line stands in the place of one with these words.
    InPlaceOf {
        /// The line.
        line: Vec<Bytes>,
        /// The words.
        words: Vec<String>,
    },
    /// The effect is right, but a number was counted in parts, and Redis is to count these in one line each.
    InParts(Vec<String>),
    /// It comes to the same, but another number was added than these, which Redis is to add.
    AddsOther(Vec<String>),
    /// The line has set to this number what it is to be added to.
    SetNotAdded(Bytes),
    /// The data are as they are to be in the end, but something was popped before these elements or members stood in the
    /// key together.
    PoppedEarly {
        /// The key.
        key: Bytes,
        /// They.
        names: Vec<Bytes>,
    },
    /// The data are as they are to be in the end, but these elements, fields or members were to be in the key first, and
    /// have not been.
    NeverThere {
        /// The key.
        key: Bytes,
        /// They.
        names: Vec<Bytes>,
    },
    /// The lines are to have these words in this order, and more is still to be done.
    WordsInOrder(Vec<String>),
    /// A transaction was opened where the step asks for none.
    TransactionOpened,
    /// The key that is to be changed last was changed before all else was done.
    NotLast {
        /// The key.
        key: Bytes,
        /// What helps.
        mend: Mend,
    },
    /// A key is gone that is to go, and what is still to be done needs it.
    StillNeeded(Bytes),
    /// The effect is right, but these lines belong in this order.
    OtherOrder(Vec<String>),
    /// The effect is right, but the lines are to have these words in this order.
    OtherWordOrder(Vec<String>),
    /// The step's changes are to be made in a transaction, and one was made outside of it.
    OneTransaction,
    /// EXEC has run the transaction in which all changes are to be made, and these keys are still to be changed.
    RanInPart(Vec<Bytes>),
    /// EXEC has run the transaction in which all changes are to be made, and it has made these keys too much.
    RanTooMuch(Vec<Bytes>),
    /// The step allows so many lines, and they are used up.
    TooManyLines(usize),
    /// The values above are not yet those that are wanted; these keys still differ.
    StillOpen(Vec<Bytes>),
    /// All is right so far; these keys are still to become what is wanted.
    SoFar(Vec<Bytes>),
    /// The line is queued in a transaction of which EXEC will run nothing, for a line was refused.
    QueuedInVain,
    /// Nothing is watched in the open transaction, though the step watches a key.
    NotWatched,
    /// A watched key has changed, so EXEC will run nothing.
    WatchLost {
        /// Whether the learner has changed it, so that a new watch alone would not do.
        own: bool,
    },
    /// These keys are watched too, and nobody has asked for that.
    AlsoWatched(Vec<Bytes>),
    /// EXEC has run nothing, for a watched key had changed.
    RanNothing,
    /// DISCARD has ended the transaction.
    ThrownAway {
        /// Whether something was queued.
        queued: bool,
        /// Whether something was watched.
        watched: bool,
    },
    /// These lines belong before the transaction that is open, and are missing.
    LacksBefore(Vec<String>),
    /// What is queued would make the data right, but one of its lines is to be another, with one of these words.
    QueuedOther(Vec<String>),
    /// The goal is reached, and these lines were refused in EXEC.
    SomeRefused(Vec<String>),
    /// More is queued than is to be: the last line.
    QueuedTooMuch,
    /// A line is queued once more than it is to be.
    QueuedTwice(Vec<Bytes>),
    /// This line has run at once and is to be queued.
    RanAtOnce(Vec<Bytes>),
    /// This line is queued and is to run before the transaction.
    BelongsBefore(Vec<Bytes>),
    /// UNWATCH is queued, where it does nothing.
    UnwatchQueued,
    /// A transaction was opened in a step about watching that needs none.
    NoTransactionNeeded,
    /// EXEC has run this line, and Redis has refused it.
    RefusedInExec(Vec<Bytes>),
    /// The effect is right, but the step forbids this command or line.
    Forbidden(String),
    /// The step forbids this command or line, and more is still to be done.
    ForbiddenHere(String),
    /// The line has only looked, in a step that asks for a change.
    OnlyLooks,
    /// Only the time to live of what is still to be done is not as wanted.
    OnlyDeadlineOpen,
    /// Only a time to live is open, and it is to go.
    DeadlineToGo,
    /// Only the time to live of what is still to be done is another one.
    OtherDeadline,
    /// EXEC has changed nothing: an earlier line of the step has made all as it is to be.
    RanInVain,
    /// EXEC had nothing to run, and has ended the transaction.
    RanEmpty {
        /// Whether it has ended a watch, too.
        watched: bool,
    },
    /// A line is queued that no way has.
    QueuedStranger(Vec<Bytes>),
    /// EXEC has run what nothing protected, though the step watches a key.
    RanUnwatched,
    /// If what is queued ran now, the effect would be right, but these words would not have been used.
    LacksAfterExec(Vec<String>),
    /// These keys are there, and nobody has asked for them.
    Surplus(Vec<Bytes>),
    /// The line was wrong and is not kept, whatever it would have made.
    NothingHasChanged,
    /// The line is queued in a transaction and has not run yet.
    Queued,
    /// Redis would have queued the line, but it was wrong and is not kept.
    NotQueued,
    /// If what is queued ran now, these keys would still differ from what is wanted.
    OpenAfterExec(Vec<Bytes>),
    /// Redis refused the line, for a key holds another type since an earlier line of the step.
    OtherTypeNow {
        /// The key.
        key: Bytes,
        /// What it holds.
        kind: Type,
    },
    /// The line has put a value of another type in the place of what a key holds, as it is to.
    Overwritten {
        /// The key.
        key: Bytes,
        /// What it held.
        was: Type,
        /// What it holds now.
        kind: Type,
    },
    /// Redis refused the line, and nothing more is known of why.
    Refused,
    /// The number that comes in a text was predicted, written otherwise.
    OtherNotation,
    /// The error that comes was told in words that might stand for something else.
    WrittenAsError,
    /// What Python prints was translated.
    Translated,
    /// A time was told in a unit in which Redis counts none.
    OtherUnit,
    /// Another number was predicted than the one that comes in a text.
    OtherNumber,
    /// The predicted reply is not what comes; what was predicted and what comes look like this.
    OtherAnswer {
        /// What was predicted.
        got: Shape,
        /// What comes.
        wanted: Shape,
    },
    /// Nothing comes, as was meant, and Redis has its own way to write that.
    NothingIsWritten,
    /// Nothing was predicted, and an empty text comes.
    EmptyTextComes,
    /// Nothing was predicted, and something of this shape comes.
    SomethingComes(Shape),
    /// A list of another length comes than the one that was predicted.
    OtherCount {
        /// So many elements were predicted.
        got: usize,
        /// So many come.
        wanted: usize,
    },
    /// The predicted elements come, in another order.
    OtherElementOrder,
    /// So many of the predicted elements are others.
    OtherElements(usize),
    /// One of the predicted elements is another: this one.
    OtherElement(String),
    /// The predicted elements stand one place before those that come, or behind.
    Shifted {
        /// Whether they stand behind.
        on: bool,
    },
    /// What was predicted is what this line answers, which is not the last one.
    OfAnotherLine(String),
    /// The elements were predicted, without the cursor that comes in front of them.
    NoCursor,
    /// What was predicted is written as Python writes bytes.
    PythonsB,
    /// The predicted state is not what comes.
    OtherOutcome,
    /// The predicted values come, but grouped in another way or of another kind.
    OtherShape(Form),
    /// A whole number comes, and one with a decimal point was predicted.
    WholeNumber,
    /// A number comes, and it was predicted with a word beside it.
    OnlyTheNumber,
    /// A number was written in quotes behind (integer): the two say different things.
    NumberInQuotes,
    /// The text comes, but a backslash stands for something else in the way in which it was written.
    Backslashes,
    /// The elements come, and nothing divides them in the way in which they were written.
    Undivided,
    /// The values are right, grouped and with decimal points as Python shows them.
    PythonShows,
    /// An array of one element comes, and that was written without it.
    ArrayOfOne,
    /// Nothing comes, and it was written as the word that TYPE answers.
    NilNotNone,
    /// TYPE answers a word, and that nothing comes was predicted.
    NoneNotNil,
    /// What was typed is none of the choices, each of which may be named by its letter.
    OrALetter {
        /// The last letter.
        last: char,
    },
    /// Another choice fits better.
    OtherChoice,
    /// What was typed is not the answer.
    NotTheAnswer,
    /// What was typed is not what a program has printed.
    NotPrinted,
    /// It is what the step's program prints, but in bytes: the client does not decode replies.
    GivesBytes,
    /// It is, but for upper and lower case.
    LetterCase,
    /// A number was typed where a word of Python's was printed.
    WordNotNumber,
    /// The values were printed, but with other quotes, brackets or commas.
    OtherSigns,
    /// The values were printed, and this is how.
    InFull(String),
    /// What was typed is the author's answer, but the learner's program cannot have printed it.
    OtherReply {
        /// The line that was answered otherwise.
        line: String,
        /// What it was answered.
        reply: Literal,
    },
    /// All has arrived, but the last line was answered otherwise than it is to be.
    NotThisReply {
        /// The line.
        line: String,
        /// What it was answered.
        reply: Literal,
    },
    /// The predicted reply is the one that the lesson tells; this time a program has made it another one.
    ComesOtherwise(Literal),
    /// The typed line is not the answer: this is what it comes to.
    Instead {
        /// What it answers.
        reply: Literal,
        /// What it leaves behind, where it changes anything.
        leaves: Option<WantedState>,
    },
    /// The typed line answers this and changes nothing, where a change is asked for.
    InVain(Literal),
    /// The typed lines end as those that are asked for, but with other data they would not.
    AlikeOnlyHere,
    /// The result is right only with what these keys hold now.
    ByLuck(Vec<Bytes>),
    /// The typed lines end as what a call sends, and the call sends other ones.
    NotSent,
    /// Several commands were typed, and one is wanted.
    OneCommand,
    /// Only looking is asked for, and this command can change data.
    MayChange(String),
    /// Each line is right so far, and so many are missing.
    LinesMissing(usize),
    /// Several commands were typed as one line, and a semicolon divides them.
    DivideCommands,
    /// In the order that was typed, Redis refuses one of the lines.
    RefusedThen {
        /// The line.
        line: String,
        /// What it is answered.
        error: String,
    },
    /// In the order that was typed, the lines leave this behind.
    LeavesThen(WantedState),
    /// What has arrived is right so far; so many commands are still to come.
    MoreToCome(usize),
    /// A command has arrived that the step forbids.
    MustNotCome(String),
    /// This is still to arrive.
    StillMissing(String),
    /// Everything has arrived, but not at once.
    SeveralTrips,
    /// A command has arrived that nobody asked for.
    NotAsked(String),
    /// A command has arrived that an earlier step's program has sent already.
    DoneBefore(String),
    /// A command has arrived where another one is wanted.
    OtherCommand {
        /// The command as it came.
        came: String,
        /// The name of the one that is wanted.
        wanted: String,
    },
    /// All has arrived, but the data is not what is wanted.
    OtherState,
    /// A command came to another database than the one that it belongs in.
    OtherDatabase {
        /// The command.
        line: String,
        /// The database that it came to.
        is: usize,
        /// The one that is wanted.
        wanted: usize,
    },
    /// A command came on the connection of those before it, and another one is to send it.
    SameConnection(String),
    /// A command came before others that are to come first.
    TooEarly(String),
}

impl Why {
    /// Whether the effect is right, and the step practises another way to it.
    #[must_use]
    pub fn is_of_practice(&self) -> bool {
        matches!(
            self,
            Why::MustUse(_)
                | Why::MustUseCommand(_)
                | Why::MustName(_)
                | Why::StillToName(_)
                | Why::WorkedOut(_)
                | Why::InPlaceOf { .. }
                | Why::OtherLine
                | Why::OtherOrder(_)
                | Why::OtherWordOrder(_)
        )
    }
}
