//! Strings: bytes, or a 64-bit integer kept as one.

use crate::engine::{Bytes, number};

/// A string value with the encoding that Redis would choose for it.
#[derive(Debug, Clone)]
pub enum Str {
    /// `int`: a 64-bit integer.
    Int(i64),
    /// `embstr`, or `raw` when longer than 44 bytes: as it was stored.
    Plain(Bytes),
    /// `raw` whatever its length: it was changed in place (APPEND, SETRANGE).
    Raw(Bytes),
}

impl Default for Str {
    fn default() -> Str {
        Str::Plain(Bytes::new())
    }
}

impl Str {
    /// The value that SET stores for these bytes: a number that prints back to the same bytes is kept as a number.
    #[must_use]
    pub fn new(bytes: Bytes) -> Str {
        match number::parse_int(&bytes) {
            Some(number) => Str::Int(number),
            None => Str::Plain(bytes),
        }
    }

    /// Its bytes.
    #[must_use]
    pub fn bytes(&self) -> Bytes {
        match self {
            Str::Int(number) => number::format_int(*number),
            Str::Plain(bytes) | Str::Raw(bytes) => bytes.clone(),
        }
    }

    /// The 64-bit integer that it spells, as strictly as Redis reads one.
    #[must_use]
    pub fn integer(&self) -> Option<i64> {
        match self {
            Str::Int(number) => Some(*number),
            Str::Plain(bytes) | Str::Raw(bytes) => number::parse_int(bytes),
        }
    }

    /// Adds bytes at the end.
    pub fn append(&mut self, more: &[u8]) {
        let mut bytes = self.take_bytes();
        bytes.push_slice(more);
        *self = Str::Raw(bytes);
    }

    /// Writes bytes over what is there from an offset; a gap before it is filled with zero bytes.
    pub fn overwrite(&mut self, offset: usize, new: &[u8]) {
        let mut bytes = self.take_bytes();
        {
            let mut bytes = bytes.mutate();
            let end = offset + new.len();
            if bytes.len() < end {
                bytes.resize(end, 0);
            }
            bytes[offset..end].copy_from_slice(new);
        }
        *self = Str::Raw(bytes);
    }

    /// Its bytes, taken out so that they can be changed in place.
    fn take_bytes(&mut self) -> Bytes {
        match std::mem::take(self) {
            Str::Int(number) => number::format_int(number),
            Str::Plain(bytes) | Str::Raw(bytes) => bytes,
        }
    }

    /// Its length in bytes.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Str::Int(_) => self.bytes().len(),
            Str::Plain(bytes) | Str::Raw(bytes) => bytes.len(),
        }
    }

    /// A string never counts as empty: an empty one keeps its key.
    #[must_use]
    #[allow(clippy::unused_self)]
    pub fn is_empty(&self) -> bool {
        false
    }

    /// See [`super::Typed::weight`].
    #[must_use]
    pub fn weight(&self) -> usize {
        match self {
            Str::Int(_) => 0,
            Str::Plain(bytes) | Str::Raw(bytes) => bytes.len(),
        }
    }

    /// What `OBJECT ENCODING` answers.
    #[must_use]
    pub fn encoding(&self) -> &'static str {
        match self {
            Str::Int(_) => "int",
            Str::Plain(bytes) if bytes.len() <= 44 => "embstr",
            Str::Plain(_) | Str::Raw(_) => "raw",
        }
    }
}
