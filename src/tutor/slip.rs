//! What a diagnosis is made of: a part that is missing, how a key's name differs, how two commands do.

/// A part of a command's syntax that a line lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingPart {
    /// Its name, or its words with bars between them: `stop`, `LEFT|RIGHT`; of an option's values all names, for one
    /// alone means nothing: `offset count`.
    pub name: String,
    /// How many parts before it have the same name.
    pub earlier: usize,
}

impl MissingPart {
    /// The first part of a name.
    #[must_use]
    pub fn first(name: String) -> MissingPart {
        MissingPart { name, earlier: 0 }
    }
}

/// What is missing in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Missing {
    /// Several different ones.
    Values,
    /// Keys.
    Keys,
    /// More of what may stand there several times, by its name in the syntax: `element`.
    More(String),
    /// What stands there once, by its name in the syntax: `count`.
    Part(String),
    /// Values that belong together, by their names in the syntax: `key value`.
    Groups(String),
}

/// How a key's name differs from the one that is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeySlip {
    /// In upper and lower case only.
    Case,
    /// By a letter or two.
    Letter,
    /// It is another key that exists.
    Neighbour,
    /// It is another name.
    Other,
}

/// How right values stand in another order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disorder {
    /// The last is first.
    Reversed,
    /// The two of each pair have changed places.
    PairsReversed,
    /// Others belong together.
    OtherPairs,
    /// In whatever order.
    Other,
}

/// How two commands of a family differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Contrast {
    /// It works at the left end; the right end is asked for.
    LeftNotRight,
    /// It works at the right end; the left end is asked for.
    RightNotLeft,
    /// It takes the lowest; the highest is asked for.
    LowNotHigh,
    /// It takes the highest; the lowest is asked for.
    HighNotLow,
    /// It stores its result; only an answer is asked for.
    StoresNotAnswers,
    /// It only answers; the result should be stored.
    AnswersNotStores,
    /// It takes what it answers out; a look is asked for.
    TakesNotLooks,
    /// It only looks; what it answers should be taken out.
    LooksNotTakes,
    /// It counts in seconds; milliseconds are asked for.
    SecondsNotMilliseconds,
    /// It counts in milliseconds; seconds are asked for.
    MillisecondsNotSeconds,
    /// It counts up; down is asked for.
    UpNotDown,
    /// It counts down; up is asked for.
    DownNotUp,
}

/// What Redis takes a word for that names something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameKind {
    /// A key.
    Key,
    /// A hash's field.
    Field,
    /// A member of a set or a sorted set.
    Member,
}

impl NameKind {
    /// The word for it in the messages.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            NameKind::Key => "key",
            NameKind::Field => "field",
            NameKind::Member => "member",
        }
    }
}
