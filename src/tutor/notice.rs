//! What the tutor says about the session and not about the lesson's content, as data.

use crate::engine::Group;
use crate::notation::LineError;

use super::{Choice, Trouble};

/// Where a learner is: not every word is good for something everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In a lesson.
    Lesson,
    /// In a lesson with steps that a program does.
    Programs,
    /// At the free prompt.
    Play,
    /// In a quiz.
    Quiz,
}

/// What has come of a program that is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrived {
    /// Nothing.
    Nothing,
    /// A part, which is right.
    Part,
    /// Something else than what is wanted, which was taken back.
    Refused,
}

/// Why a program was not written to a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unwritten {
    /// There is a file of that name that no lesson wrote, or that somebody has changed since.
    IsAnother,
    /// There is a folder of that name.
    IsFolder,
    /// The folder that it is to lie in is not there.
    NoFolder(String),
    /// Python would find the file in place of the module of this name.
    Hides(String),
    /// The system does not allow it.
    Denied,
    /// Something else, as the system says it.
    Failed(String),
}

/// What kind of fault a line has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// Its words stand in the wrong order.
    Order,
    /// So many words are missing.
    Missing(usize),
    /// So many words are too much.
    Surplus(usize),
    /// These words are others.
    Words(String),
    /// So many lines are needed in its place.
    Lines(usize),
}

/// Something about the session.
#[derive(Debug, Clone, PartialEq)]
pub enum Notice {
    /// `:help`.
    Help(Place),
    /// `help LPUSH`.
    Command {
        /// The command's row, by name.
        name: &'static str,
        /// The lessons that teach it: id and title. The tutor knows one lesson only; the shell fills them in.
        taught: Vec<(String, String)>,
    },
    /// `help` of a group.
    CommandGroup(Group),
    /// A real Redis command that this engine lacks.
    Absent {
        /// Its name, upper case.
        name: String,
        /// Its group in words.
        group: String,
    },
    /// No command and no `:`-word is called so; perhaps this.
    NoSuchWord {
        /// What was typed.
        word: String,
        /// A near one.
        near: Option<String>,
    },
    /// The line could not be split.
    BadLine(LineError),
    /// The line is longer than the program takes.
    LineTooLong {
        /// The most bytes.
        most: usize,
    },
    /// A repeat prefix was larger than the program takes.
    RepeatTooLarge {
        /// The most repeats.
        most: usize,
    },
    /// The line is Python, where a Redis command is wanted.
    Python,
    /// The lesson is done: a line has nothing to answer. Whether another one follows.
    LessonDone(bool),
    /// The line was pasted with a prompt or a remark; this is what to type.
    Pasted {
        /// The line without it.
        clean: String,
    },
    /// The last line that changed something was undone.
    Undone {
        /// The line.
        line: String,
    },
    /// What a program has done was undone.
    UndoneProgram,
    /// The last line was wrong and changed nothing, so that there is nothing of it to undo.
    ChangedNothing {
        /// The line before it, which one word more takes back.
        line: Option<String>,
    },
    /// The line took away what was right: there is a way back.
    CanUndo,
    /// Earlier lines of the step have left something that stands in the way: there is a way back.
    CanReset,
    /// There is nothing to undo.
    NothingToUndo,
    /// It was done again.
    Redone {
        /// The line.
        line: String,
    },
    /// What a program has done was done again.
    RedoneProgram,
    /// There is nothing to redo.
    NothingToRedo,
    /// The step starts anew.
    Reset,
    /// This is the first step.
    NoStepBefore,
    /// All hints were shown.
    NoMoreHints,
    /// The step is only read.
    ReadOnly,
    /// What the step asks cannot be skipped or hinted here (quiz, play).
    NotHere(Place),
    /// A command that would wait for ever was given up.
    GaveUp,
    /// A command was typed where its reply is asked for.
    PredictFirst,
    /// A reply was typed where a command is asked for.
    ReplyTyped {
        /// As typed.
        typed: String,
    },
    /// A learner says not to know what a line answers.
    NotKnown,
    /// A number was written in words.
    InDigits,
    /// The kind of a reply was named where its value is asked for, too.
    OnlyTheKind,
    /// The first of several elements was written down as redis-cli prints it, on a line of its own.
    OnOneLine,
    /// The replies of all lines were written down, and only the last one's is asked for.
    OnlyTheLast {
        /// The last line.
        line: String,
    },
    /// The whole line was typed where its gap is to be filled.
    OnlyTheGap,
    /// The line that is to be corrected was typed again.
    SameLine,
    /// Lines are to be put in order by their numbers, all of them.
    TypeAllNumbers {
        /// The greatest.
        last: usize,
    },
    /// One of the choices is to be named by its letter.
    TypeALetter {
        /// The last letter.
        last: char,
    },
    /// This choice is wrong.
    NotThisOne {
        /// Its letter.
        letter: char,
    },
    /// What kind of fault the line has that is to be corrected.
    Fault(Fault),
    /// How the answer to a question begins.
    BeginsWith {
        /// Its first word, or the first letter of a single one.
        begins: String,
    },
    /// The solution's lines of a skipped step.
    Skipped(Vec<String>),
    /// The answer to a question.
    Answer(Vec<String>),
    /// The right one of the choices.
    RightChoice {
        /// Its letter.
        letter: char,
        /// What it is.
        shown: Choice,
    },
    /// Nothing more has arrived for a while in a step that waits for a program.
    Silence {
        /// Whether anything has.
        arrived: bool,
    },
    /// More commands arrived than are shown.
    Flood {
        /// How many.
        more: usize,
    },
    /// A program wanted to change the data, or the server, where it may only read.
    OnlyReads {
        /// What it sent first.
        line: String,
        /// Whether no step is open any more.
        is_done: bool,
    },
    /// The data is as it was when the step began.
    SetBack,
    /// A command that would change something was typed beside a program's question.
    OnlyLooksHere,
    /// What a program has changed while its question is open is put back.
    BesideQuestion,
    /// It is so again, for a program that begins from its first command.
    BeginsAnew,
    /// The mistake was taken back, and what was right before it stays.
    RightSoFar,
    /// What the learner pasted tells what is wrong with their Python.
    Trouble(Trouble),
    /// What the right program prints came before it; so much has come of it.
    RunItFirst(Arrived),
    /// What arrived last does not count, and so nor does what it has printed.
    NotCounted,
    /// A look at the prompt is answered, and the step waits for a program.
    WaitsForProgram,
    /// The step is done by a program, not at the prompt.
    ByProgram,
    /// The line is Python, which belongs in the other terminal.
    PythonElsewhere,
    /// The open step has no program.
    NoProgram,
    /// A program was written to a file.
    Written {
        /// Its name.
        file: String,
        /// Whether it can be run as it is, and needs no lines of the learner's own.
        whole: bool,
    },
    /// It was not written.
    NotWritten {
        /// Its name.
        file: String,
        /// Why.
        why: Unwritten,
    },
}

impl Notice {
    /// The short word in JSON for why a line was not taken at all; none when the notice is about something else.
    #[must_use]
    pub fn refusal(&self) -> Option<&'static str> {
        Some(match self {
            Notice::BadLine(_) => "bad-line",
            Notice::LineTooLong { .. } => "line-too-long",
            Notice::RepeatTooLarge { .. } => "repeat-too-large",
            Notice::Pasted { .. } => "pasted",
            Notice::Python | Notice::PythonElsewhere => "python",
            Notice::ReadOnly => "read-only",
            Notice::LessonDone(_) => "lesson-done",
            Notice::NoSuchWord { .. } => "unknown-word",
            Notice::PredictFirst => "predict-first",
            Notice::ReplyTyped { .. } => "reply-typed",
            Notice::NotKnown => "not-known",
            Notice::InDigits => "in-digits",
            Notice::OnlyTheKind => "only-the-kind",
            Notice::OnOneLine => "on-one-line",
            Notice::OnlyTheLast { .. } => "only-the-last",
            Notice::OnlyTheGap => "only-the-gap",
            Notice::SameLine => "same-line",
            Notice::TypeALetter { .. } => "type-a-letter",
            Notice::TypeAllNumbers { .. } => "type-all-numbers",
            Notice::Trouble(_) => "trouble",
            Notice::RunItFirst(_) => "run-it-first",
            Notice::ByProgram | Notice::NotCounted | Notice::OnlyLooksHere => "by-program",
            _ => return None,
        })
    }
}
