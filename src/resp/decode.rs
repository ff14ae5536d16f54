//! Bytes to commands, incrementally.
//!
//! The decoder keeps what is incomplete (a line, a string, the arguments before it), so that no byte is read twice:
//! whoever feeds it hands over every piece once. How pieces are cut changes nothing about what comes out.

use std::fmt;

use crate::engine::{Bytes, number};

/// The longest line without its end: inline commands and the counts of multibulk ones (Redis' `PROTO_INLINE_MAX_SIZE`).
const LINE: usize = 64 << 10;
/// The most arguments of a command (Redis 7.0: `INT_MAX`).
const ARGUMENTS: i64 = i32::MAX as i64;
/// The most arguments and the longest argument before a client has given the password.
const UNAUTHENTICATED: (i64, i64) = (10, 16 << 10);
/// From here on a string is collected in the memory that it will stay in.
const BIG: usize = 1 << 10;
/// For how many arguments memory is kept from one command to the next.
const KEPT: usize = 1 << 10;
/// How many arguments are made room for before they arrive.
const ROOM: usize = 64;

/// What holds for the connection at the moment.
#[derive(Debug, Clone, Copy)]
pub struct Rules {
    /// The bytes that one argument may have.
    pub max_bulk: usize,
    /// Whether the client may send more than what it needs to give a password.
    pub authenticated: bool,
    /// How an inline command is divided into arguments; none when its quotes do not match.
    pub split: fn(&[u8]) -> Option<Vec<Bytes>>,
}

/// What a client sent that is no command. It is told, and the connection ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProtocolError {
    /// The number behind `*` is none, or too large.
    MultibulkLength,
    /// The number behind `$` is none, negative, or too large.
    BulkLength,
    /// An argument began with another byte than `$`.
    Expected(u8),
    /// An inline command whose quotes do not match.
    Quotes,
    /// A line of `*` does not end.
    MultibulkLine,
    /// A line of `$` does not end.
    BulkLine,
    /// An inline command does not end.
    InlineLine,
    /// Too many arguments before AUTH.
    UnauthenticatedMultibulk,
    /// Too long an argument before AUTH.
    UnauthenticatedBulk,
}

impl ProtocolError {
    /// The error as Redis 7.0 sends it. Its text may hold a byte of the input, so it is no string.
    pub fn encode(self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"-ERR Protocol error: ");
        match self {
            ProtocolError::Expected(byte) => {
                out.extend_from_slice(b"expected '$', got '");
                // An error is one line.
                let ends = matches!(byte, b'\r' | b'\n');
                out.extend_from_slice(&[if ends { b' ' } else { byte }, b'\'']);
            }
            other => out.extend_from_slice(other.text().as_bytes()),
        }
        out.extend_from_slice(b"\r\n");
    }

    fn text(self) -> &'static str {
        match self {
            ProtocolError::MultibulkLength => "invalid multibulk length",
            ProtocolError::BulkLength => "invalid bulk length",
            ProtocolError::Expected(_) => "expected '$'",
            ProtocolError::Quotes => "unbalanced quotes in request",
            ProtocolError::MultibulkLine => "too big mbulk count string",
            ProtocolError::BulkLine => "too big bulk count string",
            ProtocolError::InlineLine => "too big inline request",
            ProtocolError::UnauthenticatedMultibulk => "unauthenticated multibulk length",
            ProtocolError::UnauthenticatedBulk => "unauthenticated bulk length",
        }
    }
}

impl fmt::Display for ProtocolError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ProtocolError::Expected(byte) => {
                write!(f, "expected '$', got '{}'", byte.escape_ascii())
            }
            other => f.write_str(other.text()),
        }
    }
}

impl std::error::Error for ProtocolError {}

/// What the next bytes belong to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Place {
    /// The first byte of a command.
    #[default]
    Start,
    /// A line: `*` and the number of arguments.
    Count,
    /// A line: words.
    Inline,
    /// A line: `$` and the length of an argument.
    Size,
    /// An argument of this length.
    Body(usize),
    /// So many bytes of the line end behind an argument, which Redis does not look at.
    Tail(usize),
}

/// Commands out of pieces of input; one for each connection.
#[derive(Debug, Default)]
pub struct Decoder {
    place: Place,
    /// How many arguments of the command have not begun.
    missing: usize,
    argv: Vec<Bytes>,
    /// The bytes of the arguments that are complete.
    weight: usize,
    /// The beginning of a line or an argument.
    partial: Vec<u8>,
    /// A line with a zero byte never ends: Redis looks for the end of a C string.
    endless: bool,
}

impl Decoder {
    /// Reads on. `true`: a command is complete and stands in [`Decoder::argv`] until the next call, and `input` begins
    /// behind it. `false`: all input is consumed. After an error the decoder is of no use.
    pub fn advance(&mut self, input: &mut &[u8], rules: &Rules) -> Result<bool, ProtocolError> {
        if self.place == Place::Start {
            self.argv.clear();
            self.weight = 0;
        }
        while let Some(first) = input.first() {
            let complete = match self.place {
                Place::Start => self.start(*first, input),
                Place::Count => self.count(input, rules)?,
                Place::Inline => self.inline(input, rules)?,
                Place::Size => self.whole(input, rules) || self.size(input, rules)?,
                Place::Body(length) => self.body(input, length),
                Place::Tail(left) => self.tail(input, left),
            };
            if complete {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The command that [`Decoder::advance`] has completed.
    #[must_use]
    pub fn argv(&self) -> &[Bytes] {
        &self.argv
    }

    /// The bytes that are kept of a command that is not complete.
    #[must_use]
    pub fn held(&self) -> usize {
        self.weight + self.argv.len() * size_of::<Bytes>() + self.partial.len()
    }

    /// Whether nothing of a command has arrived.
    #[must_use]
    pub fn is_between(&self) -> bool {
        self.place == Place::Start
    }

    /// Takes memory for arguments, if it has none.
    pub fn lend(&mut self, argv: &mut Vec<Bytes>) {
        if self.argv.capacity() == 0 {
            std::mem::swap(&mut self.argv, argv);
        }
    }

    /// Gives the memory for arguments away between two commands, so that a connection at rest needs none.
    pub fn give_back(&mut self, argv: &mut Vec<Bytes>) {
        if self.is_between() {
            self.argv.clear();
            *argv = std::mem::take(&mut self.argv);
            argv.shrink_to(KEPT);
        }
    }

    /// Decides by the first byte. A short count is read at once; whether it is allowed is decided elsewhere.
    fn start(&mut self, first: u8, input: &mut &[u8]) -> bool {
        self.place = match (first, short(input, b'*')) {
            (b'*', Some((count, behind))) if count as i64 <= UNAUTHENTICATED.0 => {
                *input = &input[behind..];
                self.missing = count;
                Place::Size
            }
            (b'*', _) => Place::Count,
            _ => Place::Inline,
        };
        false
    }

    /// Takes arguments as long as they are short and all there, which most are; the rest is for the single steps.
    /// `true` when the command is complete; else there is input left, unless an argument ended with it.
    fn whole(&mut self, input: &mut &[u8], rules: &Rules) -> bool {
        if !self.partial.is_empty() {
            return false;
        }
        let mut rest = *input;
        while let Some((length, start)) = short(rest, b'$')
            && let Some(behind) = rest.get(start + length + 2..)
            && length <= rules.max_bulk
        {
            push(&mut self.argv, &rest[start..], length);
            self.weight += length;
            self.missing -= 1;
            rest = behind;
            if self.missing == 0 {
                self.place = Place::Start;
                break;
            }
        }
        *input = rest;
        self.missing == 0
    }

    fn count(&mut self, input: &mut &[u8], rules: &Rules) -> Result<bool, ProtocolError> {
        let Some(line) = self.line(input, b'\r', ProtocolError::MultibulkLine)? else {
            return Ok(false);
        };
        let count = number::parse_int(&line.of(&self.partial)[1..])
            .filter(|count| *count <= ARGUMENTS)
            .ok_or(ProtocolError::MultibulkLength)?;
        if count > UNAUTHENTICATED.0 && !rules.authenticated {
            return Err(ProtocolError::UnauthenticatedMultibulk);
        }
        self.partial.clear();
        self.missing = usize::try_from(count).unwrap_or(0);
        self.place = if self.missing == 0 {
            Place::Start
        } else {
            Place::Size
        };
        self.argv.reserve(self.missing.min(ROOM));
        Ok(false)
    }

    fn inline(&mut self, input: &mut &[u8], rules: &Rules) -> Result<bool, ProtocolError> {
        let Some(line) = self.line(input, b'\n', ProtocolError::InlineLine)? else {
            return Ok(false);
        };
        let line = line.of(&self.partial);
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        self.argv = (rules.split)(line).ok_or(ProtocolError::Quotes)?;
        self.partial.clear();
        self.place = Place::Start;
        Ok(!self.argv.is_empty())
    }

    fn size(&mut self, input: &mut &[u8], rules: &Rules) -> Result<bool, ProtocolError> {
        let Some(line) = self.line(input, b'\r', ProtocolError::BulkLine)? else {
            return Ok(false);
        };
        let line = line.of(&self.partial);
        let digits = match line {
            [b'$', digits @ ..] => digits,
            // An empty line: Redis quotes its end.
            other => {
                let byte = other.first().copied().unwrap_or(b'\r');
                return Err(ProtocolError::Expected(byte));
            }
        };
        let length = number::parse_int(digits).ok_or(ProtocolError::BulkLength)?;
        let bytes = usize::try_from(length).map_err(|_| ProtocolError::BulkLength)?;
        if bytes > rules.max_bulk {
            return Err(ProtocolError::BulkLength);
        }
        if length > UNAUTHENTICATED.1 && !rules.authenticated {
            return Err(ProtocolError::UnauthenticatedBulk);
        }
        self.partial.clear();
        self.missing -= 1;
        if bytes == 0 {
            self.argv.push(Bytes::new());
            self.place = Place::Tail(2);
        } else {
            self.place = Place::Body(bytes);
        }
        Ok(false)
    }

    fn body(&mut self, input: &mut &[u8], length: usize) -> bool {
        let (here, rest) = input.split_at(input.len().min(length - self.partial.len()));
        *input = rest;
        if here.len() == length {
            push(&mut self.argv, here, length);
        } else {
            self.collect(here, length);
            if self.partial.len() < length {
                return false;
            }
            if length < BIG {
                push(&mut self.argv, &self.partial, length);
                self.partial.clear();
            } else {
                self.argv
                    .push(Bytes::from(std::mem::take(&mut self.partial)));
            }
        }
        self.weight += length;
        self.place = Place::Tail(2);
        // The usual case in one step: the line end is there as well.
        if input.is_empty() {
            return false;
        }
        self.tail(input, 2)
    }

    fn tail(&mut self, input: &mut &[u8], left: usize) -> bool {
        let skipped = input.len().min(left);
        *input = &input[skipped..];
        self.place = match (left - skipped, self.missing) {
            (0, 0) => {
                self.place = Place::Start;
                return true;
            }
            (0, _) => Place::Size,
            (left, _) => Place::Tail(left),
        };
        false
    }

    /// Keeps a piece of an argument. The memory doubles with what has arrived and ends at what was announced.
    fn collect(&mut self, piece: &[u8], length: usize) {
        let needed = self.partial.len() + piece.len();
        if needed > self.partial.capacity() {
            let room = needed.max(self.partial.len() * 2).min(length);
            self.partial.reserve_exact(room - self.partial.len());
        }
        self.partial.extend_from_slice(piece);
    }

    /// Takes a line out of the input, if it ends there: with `\n`, or with `\r` and any byte.
    fn line<'a>(
        &mut self,
        input: &mut &'a [u8],
        end: u8,
        too_long: ProtocolError,
    ) -> Result<Option<Line<'a>>, ProtocolError> {
        let behind = usize::from(end == b'\r');
        // The end may have come without the byte behind it.
        if behind == 1 && self.partial.last() == Some(&end) && !self.endless {
            *input = &input[1..];
            self.partial.pop();
            return Ok(Some(Line::Partial));
        }
        let stop = |byte: &u8| *byte == end || *byte == 0;
        let found = input.iter().position(stop).filter(|_| !self.endless);
        let at = found.filter(|at| input[*at] == end);
        self.endless |= found.is_some() && at.is_none();
        let complete = at.filter(|at| at + behind < input.len());
        let taken = complete.or(at).unwrap_or(input.len());
        if self.partial.len() + taken > LINE {
            return Err(too_long);
        }
        let line = &input[..taken];
        if complete.is_none() {
            self.partial.extend_from_slice(input);
            *input = &[];
            return Ok(None);
        }
        *input = &input[taken + 1 + behind..];
        if self.partial.is_empty() {
            return Ok(Some(Line::Whole(line)));
        }
        self.partial.extend_from_slice(line);
        Ok(Some(Line::Partial))
    }
}

/// Adds an argument: the first bytes of these. A short one takes along what stands behind it and is then cut, because
/// the same number of bytes for all is copied without a loop.
#[inline]
fn push(argv: &mut Vec<Bytes>, bytes: &[u8], length: usize) {
    const SHORT: usize = Bytes::inline_capacity();
    match bytes.first_chunk::<SHORT>() {
        Some(chunk) if length <= SHORT => {
            argv.push(Bytes::inline(chunk));
            if let Some(argument) = argv.last_mut() {
                argument.truncate(length);
            }
        }
        _ => argv.push(Bytes::from(&bytes[..length])),
    }
}

/// A mark with a number from 1 to 999 and the line end, if that is what input begins with: the number, and where the
/// input goes on. It reads as many bytes as the shortest argument has with its length; of less it says nothing.
#[inline]
fn short(input: &[u8], mark: u8) -> Option<(usize, usize)> {
    let digit = |byte: u8| usize::from(byte - b'0');
    // Any byte may follow the `\r`.
    match *input.first_chunk::<7>()? {
        [begin, ..] if begin != mark => None,
        [_, a @ b'1'..=b'9', b'\r', ..] => Some((digit(a), 4)),
        [_, a @ b'1'..=b'9', b @ b'0'..=b'9', b'\r', ..] => Some((digit(a) * 10 + digit(b), 5)),
        [
            _,
            a @ b'1'..=b'9',
            b @ b'0'..=b'9',
            c @ b'0'..=b'9',
            b'\r',
            ..,
        ] => Some((digit(a) * 100 + digit(b) * 10 + digit(c), 6)),
        _ => None,
    }
}

/// Where a complete line stands, without its end.
#[derive(Debug, Clone, Copy)]
enum Line<'a> {
    /// In the input.
    Whole(&'a [u8]),
    /// In what the decoder keeps.
    Partial,
}

impl<'a> Line<'a> {
    fn of(self, partial: &'a [u8]) -> &'a [u8] {
        match self {
            Line::Whole(line) => line,
            Line::Partial => partial,
        }
    }
}
