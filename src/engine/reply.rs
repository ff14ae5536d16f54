//! Replies as values. Nothing here prints: the notation and resp layers turn a [`Reply`] into text or bytes.

use crate::engine::{Bytes, Error, Result};

/// What a command answers, free of any protocol. The shapes that RESP2 and RESP3 carry differently
/// ([`Reply::Map`], [`Reply::Set`], [`Reply::Pairs`], [`Reply::Double`], [`Reply::NilArray`]) keep their meaning here;
/// [`Reply::resp2`] flattens them as Redis does for an old client.
#[derive(Debug, Clone, PartialEq)]
pub enum Reply {
    /// A status line such as `OK` or `PONG`.
    Status(&'static str),
    /// A status line that had to be composed (MONITOR, scripts); without line ends.
    Line(Bytes),
    /// An error; its `Display` is the wire text.
    Error(Error),
    /// A signed 64-bit integer.
    Int(i64),
    /// A byte string.
    Bulk(Bytes),
    /// The absent value, `$-1` in RESP2.
    Nil,
    /// The absent array, `*-1` in RESP2; RESP3 and redis-cli show it as [`Reply::Nil`].
    NilArray,
    /// A sequence of replies.
    Array(Vec<Reply>),
    /// Keys with their values (HGETALL): a flat array in RESP2, a map in RESP3.
    Map(Vec<(Reply, Reply)>),
    /// Members without an order (SMEMBERS): an array in RESP2, a set in RESP3.
    Set(Vec<Reply>),
    /// Pairs (WITHSCORES, WITHVALUES): a flat array in RESP2, an array of two-element arrays in RESP3.
    Pairs(Vec<(Reply, Reply)>),
    /// A floating point number: a byte string in RESP2, a double in RESP3.
    Double(f64),
    /// A message out of band: an array in RESP2, a push in RESP3.
    Push(Vec<Reply>),
    /// A text to be read by people (INFO): a byte string in RESP2, a verbatim string in RESP3.
    Verbatim(Bytes),
    /// Several replies, one behind the other (SUBSCRIBE of several channels).
    Many(Vec<Reply>),
    /// Nothing is sent now (the command waits, or its answers are pushes).
    None,
}

impl Reply {
    /// The reply of most successful writes.
    pub const OK: Reply = Reply::Status("OK");

    /// A byte string reply from anything that is one.
    pub fn bulk(bytes: impl Into<Bytes>) -> Reply {
        Reply::Bulk(bytes.into())
    }

    /// The byte string, or nil when there is none.
    pub fn bulk_or_nil(bytes: Option<Bytes>) -> Reply {
        bytes.map_or(Reply::Nil, Reply::Bulk)
    }

    /// An array of byte strings.
    pub fn bulks(items: impl IntoIterator<Item = Bytes>) -> Reply {
        let items = items.into_iter();
        let mut replies = Vec::with_capacity(items.size_hint().0);
        // Not `collect`, which would ask for one element after the other.
        items.for_each(|item| replies.push(Reply::Bulk(item)));
        Reply::Array(replies)
    }

    /// Redis' booleans are integers: 1 for true, 0 for false.
    #[must_use]
    pub fn flag(yes: bool) -> Reply {
        Reply::Int(i64::from(yes))
    }

    /// A count of things.
    #[must_use]
    pub fn count(n: usize) -> Reply {
        Reply::Int(i64::try_from(n).unwrap_or(i64::MAX))
    }

    /// The same reply in the shapes that RESP2 has: maps, sets and pairs become flat arrays, doubles byte strings,
    /// the absent array nil. This is what redis-cli shows and what lessons compare.
    #[must_use]
    pub fn resp2(self) -> Reply {
        match self {
            Reply::Map(pairs) | Reply::Pairs(pairs) => Reply::Array(
                pairs
                    .into_iter()
                    .flat_map(|(a, b)| [a.resp2(), b.resp2()])
                    .collect(),
            ),
            Reply::Array(items) | Reply::Set(items) | Reply::Push(items) => {
                Reply::Array(items.into_iter().map(Reply::resp2).collect())
            }
            Reply::Verbatim(text) => Reply::Bulk(text),
            Reply::Many(replies) => Reply::Many(replies.into_iter().map(Reply::resp2).collect()),
            Reply::Double(number) => Reply::Bulk(crate::engine::number::format_double(number)),
            Reply::NilArray => Reply::Nil,
            other => other,
        }
    }
}

impl From<Error> for Reply {
    fn from(error: Error) -> Reply {
        Reply::Error(error)
    }
}

impl From<Result<Reply>> for Reply {
    fn from(ran: Result<Reply>) -> Reply {
        ran.unwrap_or_else(Reply::Error)
    }
}
