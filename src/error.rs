//! Why the program ends with an error: a kind, which decides the exit status, a message, and what to do about it.

use std::{fmt, io};

use crate::lesson::LoadError;

/// The kinds of errors; each has its own exit status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// What was asked for does not exist.
    NotFound,
    /// A file cannot be read or written.
    File,
    /// A pack or lesson has problems.
    Content,
    /// The terminal or a pipe fails.
    Terminal,
    /// A port or path cannot be listened on.
    Listen,
}

/// An error that ends the program.
#[derive(Debug)]
pub struct AppError {
    /// Its kind.
    pub kind: ErrorKind,
    /// What happened, lower case, without a final period.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
    /// The name that no lesson and no unit has, where that is all.
    pub no_lesson: Option<String>,
}

impl AppError {
    /// An error without advice.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> AppError {
        AppError {
            kind,
            message: message.into(),
            hint: None,
            no_lesson: None,
        }
    }

    /// The same with advice.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> AppError {
        self.hint = Some(hint.into());
        self
    }

    /// The exit status: 0 is done, 1 not passed, 2 wrong usage; then one for each kind.
    #[must_use]
    pub fn status(&self) -> u8 {
        match self.kind {
            ErrorKind::NotFound => 3,
            ErrorKind::File => 4,
            ErrorKind::Content => 5,
            ErrorKind::Terminal => 6,
            ErrorKind::Listen => 7,
        }
    }
}

impl fmt::Display for AppError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.message)?;
        match &self.hint {
            Some(hint) => write!(f, "\n  {hint}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for AppError {}

impl From<io::Error> for AppError {
    fn from(error: io::Error) -> AppError {
        AppError::new(ErrorKind::Terminal, format!("the terminal fails: {error}"))
            .hint("check where input and output lead, and start again: what was done is kept")
    }
}

impl From<LoadError> for AppError {
    fn from(error: LoadError) -> AppError {
        let (kind, hint) = match &error {
            LoadError::Missing(_) | LoadError::NoFolder(_) => (
                ErrorKind::NotFound,
                "name a folder with a pack.toml; `rediscover pack new DIR` makes one",
            ),
            LoadError::NoPack(_) => (
                ErrorKind::NotFound,
                "`rediscover pack new DIR` makes a pack",
            ),
            LoadError::NoSuchLesson { .. } => (
                ErrorKind::NotFound,
                "`rediscover` without a command shows the map",
            ),
            LoadError::Unreadable(..) => (ErrorKind::File, "check the file's permissions"),
            LoadError::TooLarge(..) => (ErrorKind::Content, "divide it into lessons of their own"),
            LoadError::NotText(_) => (ErrorKind::Content, "save it as UTF-8"),
            LoadError::Refused(_) => (
                ErrorKind::Content,
                "the other lessons can be played; `rediscover pack check DIR` shows everything",
            ),
        };
        let said = AppError::new(kind, error.to_string()).hint(hint);
        match error {
            LoadError::NoSuchLesson { asked, .. } => AppError {
                no_lesson: Some(asked),
                ..said
            },
            _ => said,
        }
    }
}
