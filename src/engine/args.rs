//! A typed cursor over a command's arguments. It knows how Redis reads numbers and option words, and which error
//! each misreading gives; command functions never index into the raw line.

use crate::engine::{Bytes, Error, Result, number};

/// The arguments of one call, without the command's name. Cheap to copy, so that a function can look ahead.
#[derive(Debug, Clone, Copy)]
pub struct Args<'a> {
    rest: &'a [Bytes],
}

impl<'a> Args<'a> {
    /// A cursor at the start of `rest`.
    #[must_use]
    pub fn new(rest: &'a [Bytes]) -> Args<'a> {
        Args { rest }
    }

    /// How many arguments are left.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rest.len()
    }

    /// Whether none is left.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// All that is left, and the cursor is at the end.
    pub fn rest(&mut self) -> &'a [Bytes] {
        std::mem::take(&mut self.rest)
    }

    /// All that is left, without moving.
    #[must_use]
    pub fn peek_rest(&self) -> &'a [Bytes] {
        self.rest
    }

    /// The next argument; a syntax error when there is none.
    #[allow(clippy::should_implement_trait)]
    pub fn next(&mut self) -> Result<&'a Bytes> {
        let Some((first, rest)) = self.rest.split_first() else {
            return Err(Error::Syntax);
        };
        self.rest = rest;
        Ok(first)
    }

    /// The next argument as a 64-bit integer, read as strictly as Redis does.
    pub fn int(&mut self) -> Result<i64> {
        number::parse_int(self.next()?).ok_or(Error::NotInteger)
    }

    /// The next argument as a double; infinity is one, NaN is none.
    pub fn float(&mut self) -> Result<f64> {
        number::parse_double(self.next()?).ok_or(Error::NotFloat)
    }

    /// The next argument as a count that must not be negative; both failures give Redis' one text.
    pub fn positive(&mut self) -> Result<i64> {
        number::parse_int(self.next()?)
            .filter(|n| *n >= 0)
            .ok_or(Error::NotPositive)
    }

    /// Takes the next argument when it is this option word, in any case. Redis compares C strings, which end at a
    /// zero byte.
    pub fn word(&mut self, word: &str) -> bool {
        let is_word = |arg: &Bytes| {
            let start = arg.get(..word.len());
            start.is_some_and(|start| start.eq_ignore_ascii_case(word.as_bytes()))
                && arg.get(word.len()).is_none_or(|end| *end == 0)
        };
        let found = self.rest.first().is_some_and(is_word);
        if found {
            self.rest = &self.rest[1..];
        }
        found
    }

    /// The next `n` arguments; a syntax error when there are fewer.
    pub fn take(&mut self, n: usize) -> Result<&'a [Bytes]> {
        if n > self.rest.len() {
            return Err(Error::Syntax);
        }
        let (taken, rest) = self.rest.split_at(n);
        self.rest = rest;
        Ok(taken)
    }

    /// Nothing may be left.
    pub fn end(&self) -> Result<()> {
        if self.rest.is_empty() {
            Ok(())
        } else {
            Err(Error::Syntax)
        }
    }
}

/// What C sees of these bytes: all before the first zero byte.
pub(super) fn c_string(bytes: &[u8]) -> &[u8] {
    bytes.split(|byte| *byte == 0).next().unwrap_or_default()
}
