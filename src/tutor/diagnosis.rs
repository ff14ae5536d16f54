//! Why an attempt is wrong, as data: what the tutor can tell by itself, without the author's help.

use super::{
    shape::Shape,
    slip::{Contrast, Disorder, KeySlip, Missing, MissingPart},
};
use crate::engine::{Bytes, value::Type};

/// A misconception or slip that was recognised. It names the place, never the whole answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Diagnosis {
    /// No command is called so.
    UnknownCommand {
        /// As typed.
        typed: String,
        /// A near name, upper case.
        near: Option<String>,
    },
    /// A key of the step's stands where the command should.
    KeyFirst {
        /// The first word.
        typed: String,
    },
    /// A real Redis command which this engine lacks.
    Absent {
        /// Upper case.
        name: String,
    },
    /// Too few or too many arguments.
    Arity {
        /// The command's row, by name.
        command: &'static str,
        /// The first part of its syntax that the line lacks; none when there are too many arguments.
        missing: Option<MissingPart>,
    },
    /// A word in the place of an option is none.
    UnknownOption {
        /// As typed.
        typed: String,
        /// The command's row, by name.
        command: &'static str,
        /// A near option word.
        near: Option<String>,
        /// In how many places before it such a word may stand: LMOVE has two for LEFT.
        earlier: usize,
    },
    /// These two options stand in a line of which only one may.
    Exclusive {
        /// The first, as the syntax writes it.
        first: String,
        /// The second.
        second: String,
    },
    /// A count of keys is not that of the keys behind it.
    KeyCount {
        /// As typed.
        typed: String,
    },
    /// An argument should be a number.
    NotANumber {
        /// As typed.
        typed: String,
        /// Whether only whole numbers will do.
        whole: bool,
    },
    /// The key holds another type.
    WrongType {
        /// The key.
        key: Bytes,
        /// What it holds.
        found: Type,
        /// What the command is for.
        wanted: Type,
        /// The command, upper case.
        command: String,
        /// Commands that work on what it holds, upper case.
        works: Vec<String>,
    },
    /// Another command of the same family does what is asked.
    Sibling {
        /// As typed, upper case.
        typed: String,
        /// How the two differ.
        contrast: Contrast,
    },
    /// A command of another kind than is wanted.
    OtherCommand {
        /// The command's row, by name.
        command: &'static str,
        /// What the wanted command works on, where it is for one type.
        kind: Option<Type>,
        /// Whether the wanted command changes data.
        changes: bool,
    },
    /// The line works on a key that the step does not ask for.
    OtherKey {
        /// As typed.
        typed: Bytes,
        /// The key that is asked for.
        meant: Bytes,
        /// How the two differ.
        slip: KeySlip,
    },
    /// The key that the line works on is not there.
    NoSuchKey {
        /// As typed.
        key: Bytes,
        /// A key that is there and has nearly its name.
        near: Option<Bytes>,
    },
    /// The key that the line works on is still to be made.
    NoKeyYet {
        /// The key.
        key: Bytes,
    },
    /// What stands in the place of a key is an element, a field or a member, or a string's value.
    NotAKey {
        /// As typed.
        typed: Bytes,
        /// The key that it is in.
        key: Bytes,
        /// The command, upper case, where it removes whole keys.
        removes: Option<String>,
    },
    /// The command adds only to a list that is there already.
    OnlyIfThere {
        /// The command, upper case.
        command: String,
        /// The key that is missing.
        key: Bytes,
    },
    /// A key whose name begins with that of the one under which all belongs.
    UnderOneKey {
        /// As typed.
        typed: Bytes,
        /// The key under which it belongs.
        meant: Bytes,
    },
    /// The same arguments in another order would be right: these two, as typed.
    Swapped {
        /// The one.
        first: Bytes,
        /// The other.
        second: Bytes,
    },
    /// A key stands further behind, and something else in its place.
    KeyElsewhere {
        /// The key.
        key: Bytes,
        /// What stands in its place.
        instead: Bytes,
    },
    /// Words do not belong in their place, though they are words of the solution or of the syntax.
    Misplaced {
        /// These, as typed.
        typed: Vec<Bytes>,
    },
    /// A word was typed as two.
    OneWord {
        /// The word.
        word: Bytes,
    },
    /// Two words were typed as one.
    TwoWords {
        /// As typed.
        typed: Bytes,
        /// The first of the two.
        first: Bytes,
        /// The second.
        second: Bytes,
    },
    /// Quotes make one value of several.
    NoQuotes {
        /// The value.
        typed: Bytes,
    },
    /// A second command stands in the line.
    TwoCommands {
        /// The second one, upper case.
        second: String,
        /// Whether one command alone is asked for.
        one: bool,
    },
    /// A transaction is open, in which there can be no other one and no WATCH.
    InTransaction {
        /// The command that was refused, upper case.
        command: String,
    },
    /// No transaction is open.
    NoTransaction {
        /// The command that was refused, upper case.
        command: String,
        /// Whether one may be opened: no step is at hand, or a way of its has one.
        opens: bool,
    },
    /// EXEC ran nothing, because a line was refused that was to be queued.
    Aborted,
    /// The values are right, but their order is not.
    Reordered(Disorder),
    /// A number is off by one.
    OffByOne {
        /// As typed.
        typed: String,
        /// The name of the argument: `stop`.
        argument: String,
    },
    /// A number has the wrong sign.
    Sign {
        /// As typed.
        typed: String,
        /// The name of the argument.
        argument: String,
    },
    /// A bound takes its value in or leaves it out, the other way round than asked.
    Bound {
        /// As typed.
        typed: String,
        /// Whether it should leave its value out.
        should_exclude: bool,
    },
    /// An option is missing.
    MissingOption {
        /// How many are.
        count: usize,
        /// The first of them, upper case.
        word: String,
    },
    /// An option is too much.
    ExtraOption {
        /// As typed.
        typed: String,
    },
    /// A word of the syntax stands where another one is wanted.
    OtherWord {
        /// As typed, upper case.
        typed: String,
        /// Which of several it is, from 1, where the line has it more than once.
        nth: Option<usize>,
    },
    /// A word stands in the place of another one, and in its own.
    Twice {
        /// As typed.
        typed: Bytes,
    },
    /// A part is missing, and Redis has taken another word for it.
    PartTaken {
        /// Its name in the syntax.
        name: String,
        /// The word.
        by: Bytes,
    },
    /// Values are missing.
    MissingValues {
        /// How many.
        count: usize,
        /// What they are.
        what: Missing,
    },
    /// There are values too many.
    ExtraValues {
        /// These, as typed.
        typed: Vec<Bytes>,
    },
    /// Words that Redis takes for more keys, and nobody wants.
    ExtraKeys {
        /// These, as typed.
        typed: Vec<Bytes>,
    },
    /// The list has no element beside which one could be put.
    NoPivot {
        /// As typed.
        typed: Bytes,
    },
    /// A hash's field became a part of its key: `user:name` for user name.
    FieldInKey {
        /// The key that is meant.
        key: Bytes,
        /// The field.
        field: Bytes,
    },
    /// A deadline of 0, or one that has passed, has deleted the key.
    ExpiredAtOnce {
        /// The key.
        key: Bytes,
    },
    /// What the server is to answer was typed in place of a command.
    AnswerTyped {
        /// As typed.
        typed: String,
    },
    /// A reply was typed, as redis-cli prints it, in place of a command.
    ReplyTyped {
        /// As typed.
        typed: String,
    },
    /// A unit behind a time.
    Unit {
        /// As typed.
        typed: Bytes,
        /// Whether the time is in milliseconds; otherwise it is in seconds.
        milliseconds: bool,
    },
    /// A pattern where a key is to stand.
    PatternAsKey {
        /// As typed.
        typed: Bytes,
    },
    /// What stands in the place of a bound is none.
    NotABound {
        /// As typed.
        typed: String,
    },
    /// LIMIT without one of the words that it needs.
    LimitByRank,
    /// WITHSCORES where members are read by name.
    ScoresByName,
    /// What is to be counted is no number.
    HoldsNoNumber {
        /// Whether only whole numbers will do.
        whole: bool,
    },
    /// A number below the least one that Redis takes there.
    NotPositive {
        /// As typed.
        typed: String,
        /// The least one.
        least: u8,
    },
    /// A value in quotes begins or ends with a space, which the one that is meant does not.
    SpaceInQuotes {
        /// As typed.
        typed: Bytes,
    },
    /// One argument differs from what is asked, and nothing more can be told.
    OtherValue {
        /// As typed.
        typed: Bytes,
        /// The name of the argument in the syntax.
        argument: String,
        /// Where it is nearly the same: in upper and lower case, or but for a letter.
        slip: Option<KeySlip>,
    },
    /// A comma or colon became a part of a word.
    Punctuation {
        /// As typed.
        typed: Bytes,
        /// The sign.
        sign: char,
    },
    /// A sign that is not the ASCII one it looks like: full-width, or a curved quote.
    WideSign {
        /// As typed.
        sign: char,
        /// The sign that is meant; a space where words are to be divided.
        ascii: char,
    },
    /// Whoever listens to channels may send hardly anything else.
    WhileSubscribed {
        /// The command that was refused, upper case.
        command: String,
    },
    /// A bound among texts has no `[` or `(` in front.
    BareBound {
        /// As typed.
        typed: String,
    },
    /// What belongs in the gap was typed without the line around it.
    OnlyTheGap {
        /// As typed.
        typed: String,
    },
    /// A command needs another word behind its own, and the one that stands there is none of them.
    Subcommand {
        /// The command, upper case.
        command: String,
        /// The words that may stand there, upper case.
        known: Vec<String>,
    },
    /// Several words were meant as one value and want quotes.
    NeedsQuotes {
        /// The words as typed.
        typed: String,
    },
    /// The data would be right, but the reply is not.
    RightData {
        /// What comes.
        got: Shape,
        /// What should come.
        wanted: Shape,
    },
    /// A reply was asked for which this line does not give.
    OtherReply,
    /// The keys are not as wanted afterwards.
    OtherState {
        /// The keys that differ.
        keys: Vec<Bytes>,
    },
    /// The line changed nothing, but the step asks for a change.
    NothingChanged,
    /// All is as it is to be, but this key is left without the deadline that it is to have.
    NoDeadline {
        /// The key.
        key: Bytes,
    },
    /// A deadline differs.
    OtherDeadline {
        /// The key.
        key: Bytes,
        /// Whether it should have one.
        wanted: bool,
    },
}

impl Diagnosis {
    /// Whether it tells how a command is written, and not what it does or to what.
    #[must_use]
    pub fn is_of_form(&self) -> bool {
        matches!(
            self,
            Diagnosis::Arity { .. }
                | Diagnosis::ExtraValues { .. }
                | Diagnosis::KeyCount { .. }
                | Diagnosis::NotANumber { .. }
                | Diagnosis::NotABound { .. }
                | Diagnosis::KeyElsewhere { .. }
                | Diagnosis::Misplaced { .. }
                | Diagnosis::UnknownOption { .. }
        )
    }

    /// The short word for it in JSON and in the journal.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Diagnosis::UnknownCommand { .. }
            | Diagnosis::KeyFirst { .. }
            | Diagnosis::Subcommand { .. } => "unknown-command",
            Diagnosis::OnlyTheGap { .. } => "only-the-gap",
            Diagnosis::Punctuation { .. } => "punctuation",
            Diagnosis::Absent { .. } => "absent-command",
            Diagnosis::Arity { .. } => "arity",
            Diagnosis::UnknownOption { .. }
            | Diagnosis::Exclusive { .. }
            | Diagnosis::KeyCount { .. }
            | Diagnosis::LimitByRank
            | Diagnosis::ScoresByName => "syntax",
            Diagnosis::NotANumber { .. } | Diagnosis::NotABound { .. } => "not-a-number",
            Diagnosis::WrongType { .. } => "wrongtype",
            Diagnosis::Sibling { .. } | Diagnosis::OtherCommand { .. } => "sibling",
            Diagnosis::OtherKey { .. }
            | Diagnosis::NoSuchKey { .. }
            | Diagnosis::NoKeyYet { .. }
            | Diagnosis::NotAKey { .. }
            | Diagnosis::OnlyIfThere { .. }
            | Diagnosis::UnderOneKey { .. } => "other-key",
            Diagnosis::Swapped { .. } => "swapped",
            Diagnosis::Misplaced { .. } => "misplaced",
            Diagnosis::OneWord { .. }
            | Diagnosis::TwoWords { .. }
            | Diagnosis::TwoCommands { .. } => "divided-otherwise",
            Diagnosis::InTransaction { .. }
            | Diagnosis::NoTransaction { .. }
            | Diagnosis::Aborted => "transaction",
            Diagnosis::Reordered(Disorder::Other) | Diagnosis::KeyElsewhere { .. } => "reordered",
            Diagnosis::Reordered(_) => "reversed",
            Diagnosis::OffByOne { .. } => "off-by-one",
            Diagnosis::Sign { .. } => "sign",
            Diagnosis::Bound { .. } | Diagnosis::BareBound { .. } => "bound",
            Diagnosis::WideSign { .. } => "wide-sign",
            Diagnosis::WhileSubscribed { .. } => "while-subscribed",
            Diagnosis::MissingOption { .. } => "missing-option",
            Diagnosis::ExtraOption { .. } => "extra-option",
            Diagnosis::OtherWord { .. } => "other-option",
            Diagnosis::MissingValues { .. } | Diagnosis::PartTaken { .. } => "missing-values",
            Diagnosis::Twice { .. } => "twice",
            Diagnosis::ExtraValues { .. } => "extra-values",
            Diagnosis::ExtraKeys { .. } => "extra-keys",
            Diagnosis::NoPivot { .. } => "no-pivot",
            Diagnosis::ExpiredAtOnce { .. } => "expired-at-once",
            Diagnosis::AnswerTyped { .. } => "answer-typed",
            Diagnosis::ReplyTyped { .. } => "reply-typed",
            Diagnosis::FieldInKey { .. } => "field-in-key",
            Diagnosis::Unit { .. } => "unit",
            Diagnosis::PatternAsKey { .. } => "pattern-as-key",
            Diagnosis::HoldsNoNumber { .. } => "holds-no-number",
            Diagnosis::NotPositive { .. } => "not-positive",
            Diagnosis::SpaceInQuotes { .. } => "space-in-quotes",
            Diagnosis::OtherValue { .. } => "other-value",
            Diagnosis::NeedsQuotes { .. } | Diagnosis::NoQuotes { .. } => "needs-quotes",
            Diagnosis::RightData { .. } | Diagnosis::OtherReply => "other-reply",
            Diagnosis::OtherState { .. } => "other-state",
            Diagnosis::NothingChanged => "nothing-changed",
            Diagnosis::OtherDeadline { .. } | Diagnosis::NoDeadline { .. } => "other-deadline",
        }
    }
}
