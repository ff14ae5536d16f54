//! One client's side of the engine: everything that a command can change beside the data.

use crate::engine::{
    Bytes, Reply,
    commands::{Named, is_same_line},
    pubsub::Subscriptions,
};

/// Where a client came from, as CLIENT LIST tells it. A client inside the program has none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origin {
    /// Its own address, such as `127.0.0.1:50213`; a path for a Unix socket.
    pub address: String,
    /// The address at which it was accepted.
    pub local: String,
}

/// The protocol that a client has asked for; see [`crate::engine::Reply`] for what differs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Protocol {
    /// What every client begins with.
    #[default]
    Resp2,
    /// After HELLO 3.
    Resp3,
}

/// A client's state, owned by the engine: the prompt, each scripted client of a lesson and each connection of a
/// server has one. A fork of the engine forks it too.
#[derive(Debug, Clone)]
pub struct Session {
    /// The client's number, unique within an engine's life.
    pub id: u64,
    /// The selected database.
    pub db: usize,
    /// The name set by CLIENT SETNAME.
    pub name: Option<Bytes>,
    /// The protocol that it speaks.
    pub protocol: Protocol,
    /// The transaction that MULTI has opened.
    pub transaction: Option<Transaction>,
    /// What it listens to.
    pub subscriptions: Subscriptions,
    /// Whether it has given the password, or there was none when it came.
    pub authenticated: bool,
    /// Whether its replies are sent (CLIENT REPLY).
    pub replies: Replies,
    /// Whether it sees every command (MONITOR).
    pub monitors: bool,
    /// Whether CLIENT NO-EVICT is on. No client is ever evicted here.
    pub no_evict: bool,
    /// Where it came from.
    pub origin: Origin,
    /// When it came: Unix time in milliseconds.
    pub since: i64,
    /// When it last sent a command.
    pub active: i64,
    /// The name of its last command's row.
    pub last: &'static str,
    /// What its last line's first word led to.
    pub(super) recent: Option<&'static Named>,
}

/// Which of a client's replies are sent; messages always are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Replies {
    /// All.
    #[default]
    On,
    /// None.
    Off,
    /// All but the one to the next command.
    SkipNext,
}

/// An open transaction.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Transaction {
    /// The lines to be run by EXEC.
    pub queue: Vec<Vec<Bytes>>,
    /// Whether a line was refused, so that EXEC will be too.
    pub broken: bool,
    /// What the queued lines may do, together.
    pub(super) flags: u32,
    /// The bytes that the queue takes.
    pub(super) bytes: usize,
}

impl Transaction {
    /// Queues a line with its flags. One that EXEC will refuse keeps nothing more, as in Redis.
    pub(super) fn push(&mut self, argv: &[Bytes], flags: u32) {
        if !self.broken {
            self.bytes += Transaction::weight(argv);
            self.queue.push(argv.to_vec());
            self.flags |= flags;
        }
    }

    /// The bytes that a queued line takes.
    pub(super) fn weight(argv: &[Bytes]) -> usize {
        let words = argv.iter().map(|word| size_of::<Bytes>() + word.len());
        size_of::<Vec<Bytes>>() + words.sum::<usize>()
    }
}

/// Whether two transactions will do the same.
fn same_transaction(a: Option<&Transaction>, b: Option<&Transaction>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => {
            let mut lines = a.queue.iter().zip(&b.queue);
            a.broken == b.broken
                && a.queue.len() == b.queue.len()
                && lines.all(|(a, b)| is_same_line(a, b))
        }
        (a, b) => a.is_none() == b.is_none(),
    }
}

impl Session {
    pub(super) fn new(id: u64, origin: Origin, now: i64) -> Session {
        Session {
            id,
            db: 0,
            name: None,
            protocol: Protocol::default(),
            transaction: None,
            subscriptions: Subscriptions::default(),
            authenticated: true,
            replies: Replies::On,
            monitors: false,
            no_evict: false,
            origin,
            since: now,
            active: now,
            last: "NULL",
            recent: None,
        }
    }

    /// The bytes that the engine keeps for the client: queued commands and the names of channels.
    pub(super) fn kept(&self) -> usize {
        let queued = self.transaction.as_ref().map_or(0, |it| it.bytes);
        queued + self.subscriptions.bytes()
    }

    /// What of a reply the client wants to get (CLIENT REPLY). A reply that was to be skipped is gone by that.
    pub(super) fn heard(&mut self, reply: Reply) -> Reply {
        match self.replies {
            Replies::On => reply,
            Replies::Off => Reply::None,
            Replies::SkipNext => {
                self.replies = Replies::On;
                Reply::None
            }
        }
    }

    /// Whether two clients are in the same state: database, name, transaction, subscriptions and settings.
    #[must_use]
    pub fn agrees(&self, other: &Session) -> bool {
        self.db == other.db
            && self.name == other.name
            && same_transaction(self.transaction.as_ref(), other.transaction.as_ref())
            && self.subscriptions == other.subscriptions
            && self.protocol == other.protocol
            && self.replies == other.replies
            && self.monitors == other.monitors
    }
}
