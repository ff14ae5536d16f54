//! Errors as values: an enum with data whose `Display` is the exact text that Redis 7.0 sends.
//!
//! Diagnosis and drawing match on the variant and never on the text. A variant without data of its own is a fixed
//! text; [`Error::Fixed`] holds the many that only one command can give.

use std::{fmt, io::Write as _};

use crate::engine::{Bytes, args::c_string, value::Type};

/// What a command function returns.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// An error reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    /// The key holds another type than the command works on.
    WrongType {
        /// The key that was named.
        key: Bytes,
        /// What it holds.
        found: Type,
        /// What the command works on.
        wanted: Type,
    },
    /// Too few or too many arguments; the name is lower case, subcommands as `config|get`.
    Arity {
        /// The full name of the command's row.
        command: &'static str,
    },
    /// No such command; the line's arguments are quoted back.
    UnknownCommand {
        /// The name and the arguments as they were typed.
        line: Box<[Bytes]>,
    },
    /// No such subcommand of a container command.
    UnknownSubcommand {
        /// The container, upper case in the text.
        container: &'static str,
        /// The subcommand as it was typed.
        name: Box<Bytes>,
    },
    /// A real command that this engine does not have.
    Absent {
        /// The name as it was typed.
        name: Box<Bytes>,
        /// Why it is not here.
        reason: &'static str,
    },
    /// A client of RESP2 that listens to channels may do little else.
    NotWhileSubscribed {
        /// The full name of the command's row.
        command: &'static str,
    },
    /// The general syntax error.
    Syntax,
    /// An argument or a stored value is no 64-bit integer.
    NotInteger,
    /// An argument or a stored value is no number.
    NotFloat,
    /// A count must not be negative.
    NotPositive,
    /// LSET and friends: no element at that index.
    IndexOutOfRange,
    /// The key must exist for this command.
    NoSuchKey,
    /// A deadline that is zero, negative or too far away.
    InvalidExpire {
        /// The command's name in lower case.
        command: &'static str,
    },
    /// The result does not fit 64 bits.
    Overflow,
    /// A score interval's bound is no number.
    MinMaxNotFloat,
    /// A lexicographic interval's bound lacks its `[` or `(`.
    MinMaxNotLex,
    /// The memory limit is reached and the command would need more.
    OutOfMemory,
    /// Any other text; complete, with its code word.
    Fixed(&'static str),
    /// Any other text that had to be composed; complete, with its code word.
    Composed(Box<str>),
}

impl Error {
    /// The code word that the text starts with (`ERR`, `WRONGTYPE`, …).
    #[must_use]
    pub fn code(&self) -> String {
        self.to_string()
            .split(' ')
            .next()
            .unwrap_or_default()
            .to_owned()
    }

    /// Writes the text as Redis sends it behind what `out` has. Bytes of the client's that it quotes stand there as they
    /// came, where `Display` shows only those that are text.
    pub fn write_to(&self, out: &mut Vec<u8>) {
        match self {
            Error::UnknownCommand { line } => unknown_command(out, line),
            Error::UnknownSubcommand { container, name } => {
                out.extend_from_slice(b"ERR unknown subcommand '");
                quote_to(out, name);
                out.extend_from_slice(b"'. Try ");
                out.extend_from_slice(container.to_ascii_uppercase().as_bytes());
                out.extend_from_slice(b" HELP.");
            }
            other => write!(out, "{other}").expect("a vector takes everything"),
        }
    }

    /// A composed text.
    pub fn composed(text: impl Into<Box<str>>) -> Error {
        Error::Composed(text.into())
    }
}

impl std::error::Error for Error {}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::WrongType { .. } => {
                f.write_str("WRONGTYPE Operation against a key holding the wrong kind of value")
            }
            Error::Arity { command } => {
                write!(f, "ERR wrong number of arguments for '{command}' command")
            }
            Error::UnknownCommand { .. } | Error::UnknownSubcommand { .. } => {
                let mut text = Vec::new();
                self.write_to(&mut text);
                f.write_str(&String::from_utf8_lossy(&text))
            }
            Error::Absent { name, reason } => {
                write!(
                    f,
                    "ERR {} is not available: {reason}",
                    quote(name).to_ascii_uppercase()
                )
            }
            Error::NotWhileSubscribed { command } => write!(
                f,
                "ERR Can't execute '{command}': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET are \
                 allowed in this context"
            ),
            Error::Syntax => f.write_str("ERR syntax error"),
            Error::NotInteger => f.write_str("ERR value is not an integer or out of range"),
            Error::NotFloat => f.write_str("ERR value is not a valid float"),
            Error::NotPositive => f.write_str("ERR value is out of range, must be positive"),
            Error::IndexOutOfRange => f.write_str("ERR index out of range"),
            Error::NoSuchKey => f.write_str("ERR no such key"),
            Error::InvalidExpire { command } => {
                write!(f, "ERR invalid expire time in '{command}' command")
            }
            Error::Overflow => f.write_str("ERR increment or decrement would overflow"),
            Error::MinMaxNotFloat => f.write_str("ERR min or max is not a float"),
            Error::MinMaxNotLex => f.write_str("ERR min or max not valid string range item"),
            Error::OutOfMemory => {
                f.write_str("OOM command not allowed when used memory > 'maxmemory'.")
            }
            Error::Fixed(text) => f.write_str(text),
            Error::Composed(text) => f.write_str(text),
        }
    }
}

/// Redis 7.0 quotes back at most 128 bytes of the name and stops quoting arguments once 128 bytes are reached.
fn unknown_command(out: &mut Vec<u8>, line: &[Bytes]) {
    let (name, args) = line
        .split_first()
        .map_or((&[][..], line), |(name, args)| (name.as_slice(), args));
    out.extend_from_slice(b"ERR unknown command '");
    quote_to(out, name);
    out.extend_from_slice(b"', with args beginning with: ");
    let mut quoted = 0;
    for arg in args {
        if quoted >= QUOTED {
            break;
        }
        let shown = c_string(arg);
        let shown = &shown[..shown.len().min(QUOTED - quoted)];
        quoted += shown.len() + 3;
        out.push(b'\'');
        out.extend(shown.iter().map(|byte| in_one_line(*byte)));
        out.extend_from_slice(b"' ");
    }
}

/// The bytes of a word that an error quotes back.
const QUOTED: usize = 128;

/// A word as an error quotes it back.
fn quote(word: &[u8]) -> String {
    let mut quoted = Vec::new();
    quote_to(&mut quoted, word);
    String::from_utf8_lossy(&quoted).into_owned()
}

fn quote_to(out: &mut Vec<u8>, word: &[u8]) {
    let word = c_string(word);
    let shown = &word[..word.len().min(QUOTED)];
    out.extend(shown.iter().map(|byte| in_one_line(*byte)));
}

/// An error is one line: Redis puts spaces in the place of line ends.
fn in_one_line(byte: u8) -> u8 {
    match byte {
        b'\r' | b'\n' => b' ',
        other => other,
    }
}

/// The same of a whole text.
pub(super) fn one_line(text: &[u8]) -> String {
    String::from_utf8_lossy(text).replace(['\r', '\n'], " ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Reply;

    #[test]
    fn replies_are_small() {
        assert!(size_of::<Error>() <= 32 && size_of::<Reply>() <= 32);
    }
}
