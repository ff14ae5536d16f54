//! Commands that wait (BLPOP and its kind), as values.
//!
//! The engine never waits: a command that would is answered by [`Outcome::Waiting`] and its [`Wait`] is kept here, in
//! order of arrival. When a key is filled, the command is run again for those who wait for it, first come first
//! served, and what they get leaves as a [`Delivery`]. Whoever holds the engine gives up a wait by
//! [`super::Engine::abandon`], or moves the clock past its end.

use crate::engine::{Bytes, Reply};

/// What came of a command.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// It is done.
    Reply(Reply),
    /// It waits: for one of `keys`, and at most until the clock shows `until` (Unix ms; `None` is for ever).
    Waiting {
        /// The keys, in the order that the command names them.
        keys: Vec<Bytes>,
        /// When it gives up.
        until: Option<i64>,
    },
}

impl Outcome {
    /// The reply; a waiting command has none yet.
    #[must_use]
    pub fn reply(self) -> Reply {
        match self {
            Outcome::Reply(reply) => reply,
            Outcome::Waiting { .. } => Reply::None,
        }
    }
}

/// A command that waits.
#[derive(Debug, Clone)]
pub(super) struct Wait {
    pub client: u64,
    pub db: usize,
    pub argv: Vec<Bytes>,
    pub keys: Vec<Bytes>,
    pub until: Option<i64>,
    /// What the client gets when the time is over.
    pub on_timeout: Reply,
}

/// Something for a client that does not answer its current command: the late reply of one that waited, or a message.
#[derive(Debug, Clone, PartialEq)]
pub struct Delivery {
    /// The receiving client's number.
    pub client: u64,
    /// What it gets.
    pub reply: Reply,
    /// Whether this ends the client's wait.
    pub ends_wait: bool,
}
