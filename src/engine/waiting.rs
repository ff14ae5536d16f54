//! Commands that wait (BLPOP and its kind), as values.
//!
//! The engine never waits: a command that would is answered by [`Outcome::Waiting`] and its [`Wait`] is kept here, in
//! order of arrival. When a key is filled, the command is run again for those who wait for it, first come first
//! served, and what they get leaves as a [`Delivery`]. Whoever holds the engine gives up a wait by
//! [`super::Engine::abandon`], or moves the clock past its end.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};

use foldhash::fast::FixedState;

use crate::engine::{Bytes, Reply};

/// What came of a command.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// It is done.
    Reply(Reply),
    /// It waits: for one of `keys` (none in a pause), and at most until the clock shows `until` (Unix ms; `None` is
    /// for ever).
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

/// Something that reaches a client beside the reply to what it just sent, in the order in which it happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Delivery {
    /// The late reply of a command that waited.
    Answer {
        /// The receiving client.
        client: u64,
        /// What it gets.
        reply: Reply,
    },
    /// A message, or a line of MONITOR. One for the client that just sent a command goes before the command's reply.
    Message {
        /// The receiving client.
        client: u64,
        /// What it gets.
        reply: Reply,
    },
    /// The connection ends once everything before is sent, the current command's reply included.
    Close {
        /// The client; the engine has forgotten it, unless it is the one that sent the command.
        client: u64,
    },
    /// SHUTDOWN: whoever holds the engine ends.
    Shutdown,
}

impl Delivery {
    /// Whom it is for, if it is for one client.
    #[must_use]
    pub fn client(&self) -> Option<u64> {
        match self {
            Delivery::Answer { client, .. }
            | Delivery::Message { client, .. }
            | Delivery::Close { client } => Some(*client),
            Delivery::Shutdown => None,
        }
    }

    /// What is to be sent, if anything.
    #[must_use]
    pub fn reply(self) -> Option<Reply> {
        match self {
            Delivery::Answer { reply, .. } | Delivery::Message { reply, .. } => Some(reply),
            Delivery::Close { .. } | Delivery::Shutdown => None,
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

/// A key of a database.
pub(super) type Place = (usize, Bytes);

/// The keys that were filled and for which somebody waits, each once, in the order of filling.
#[derive(Debug, Clone, Default)]
pub(super) struct Ready {
    line: VecDeque<Place>,
    known: HashSet<Place, FixedState>,
}

impl Ready {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.line.is_empty()
    }

    /// Adds a key behind the others, unless it is there.
    pub fn push(&mut self, place: Place) {
        if self.known.insert(place.clone()) {
            self.line.push_back(place);
        }
    }

    /// Takes the first one out.
    pub fn pop(&mut self) -> Option<Place> {
        let place = self.line.pop_front()?;
        self.known.remove(&place);
        Some(place)
    }
}

/// All waits, found by client, by key and by end. A ticket is a place in the order of arrival.
#[derive(Debug, Clone, Default)]
pub(super) struct Waiting {
    waits: BTreeMap<u64, Wait>,
    tickets: HashMap<u64, u64, FixedState>,
    awaited: HashMap<Place, BTreeSet<u64>, FixedState>,
    ends: BTreeSet<(i64, u64)>,
    last: u64,
}

impl Waiting {
    /// How many clients wait.
    pub fn len(&self) -> usize {
        self.waits.len()
    }

    /// Whether a client waits.
    pub fn has(&self, client: u64) -> bool {
        self.tickets.contains_key(&client)
    }

    /// Whether anybody waits for a key.
    pub fn awaits(&self, db: usize, key: &Bytes) -> bool {
        !self.awaited.is_empty() && self.awaited.contains_key(&(db, key.clone()))
    }

    /// The keys of a database for which somebody waits, the longest awaited first.
    pub fn awaited_in(&self, db: usize) -> Vec<Place> {
        let mut places: Vec<(u64, &Place)> = self
            .awaited
            .iter()
            .filter(|((at, _), _)| *at == db)
            .filter_map(|(place, tickets)| Some((*tickets.first()?, place)))
            .collect();
        places.sort_unstable();
        places.into_iter().map(|(_, place)| place.clone()).collect()
    }

    /// Adds a wait behind all others.
    pub fn add(&mut self, wait: Wait) {
        self.last += 1;
        self.put(self.last, wait);
    }

    /// Puts a wait back to where it was.
    pub fn put(&mut self, ticket: u64, wait: Wait) {
        self.tickets.insert(wait.client, ticket);
        for key in &wait.keys {
            self.awaited
                .entry((wait.db, key.clone()))
                .or_default()
                .insert(ticket);
        }
        self.ends.extend(wait.until.map(|until| (until, ticket)));
        self.waits.insert(ticket, wait);
    }

    /// Takes out the first wait for a key whose ticket is above `after`.
    pub fn take_next(&mut self, place: &Place, after: u64) -> Option<(u64, Wait)> {
        let tickets = self.awaited.get(place)?;
        let ticket = *tickets.range(after + 1..).next()?;
        Some((ticket, self.take(ticket)?))
    }

    /// Takes out a client's wait.
    pub fn take_client(&mut self, client: u64) -> Option<Wait> {
        let ticket = *self.tickets.get(&client)?;
        self.take(ticket)
    }

    /// Takes out the next wait that is over at `now`, the one that ends first.
    pub fn take_over(&mut self, now: i64) -> Option<Wait> {
        let (until, ticket) = *self.ends.first()?;
        (until <= now).then(|| self.take(ticket)).flatten()
    }

    /// When the next wait ends.
    pub fn next_end(&self) -> Option<i64> {
        self.ends.first().map(|(until, _)| *until)
    }

    fn take(&mut self, ticket: u64) -> Option<Wait> {
        let wait = self.waits.remove(&ticket)?;
        self.tickets.remove(&wait.client);
        for key in &wait.keys {
            let place = (wait.db, key.clone());
            if let Some(tickets) = self.awaited.get_mut(&place) {
                tickets.remove(&ticket);
                if tickets.is_empty() {
                    self.awaited.remove(&place);
                }
            }
        }
        if let Some(until) = wait.until {
            self.ends.remove(&(until, ticket));
        }
        Some(wait)
    }
}
