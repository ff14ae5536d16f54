//! Who listens to which channels, and messages to them.
//!
//! A message is a [`Delivery`] to each listener, in the order in which they subscribed; channels come before patterns.
//! The lists of a client stand in its [`Session`], those of a channel here.

use std::collections::{BTreeSet, HashMap};

use foldhash::fast::FixedState;

use crate::engine::{Bytes, Delivery, Engine, Reply, Session, glob};

/// What can be subscribed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Channels by their names (SUBSCRIBE).
    Channel,
    /// Channels by glob patterns (PSUBSCRIBE).
    Pattern,
    /// Channels that a cluster keeps on one shard (SSUBSCRIBE).
    Shard,
}

impl Kind {
    /// What confirms a subscription, and its end.
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Kind::Channel => ("subscribe", "unsubscribe"),
            Kind::Pattern => ("psubscribe", "punsubscribe"),
            Kind::Shard => ("ssubscribe", "sunsubscribe"),
        }
    }
}

/// What a client listens to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Subscriptions {
    channels: BTreeSet<Bytes>,
    patterns: BTreeSet<Bytes>,
    shards: BTreeSet<Bytes>,
    bytes: usize,
}

/// What a subscription takes beside the name: its places in the client's list and in that of the listeners.
const NAME: usize = 3 * size_of::<Bytes>() + size_of::<Vec<u64>>() + 16;

impl Subscriptions {
    /// The bytes that they take.
    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    /// The bytes that a subscription takes.
    pub(super) fn weight(name: &[u8]) -> usize {
        NAME + name.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.channels.is_empty() && self.patterns.is_empty() && self.shards.is_empty()
    }

    /// How many channels, patterns and shard channels there are.
    #[must_use]
    pub fn counts(&self) -> (usize, usize, usize) {
        (self.channels.len(), self.patterns.len(), self.shards.len())
    }

    fn of(&mut self, kind: Kind) -> &mut BTreeSet<Bytes> {
        match kind {
            Kind::Channel => &mut self.channels,
            Kind::Pattern => &mut self.patterns,
            Kind::Shard => &mut self.shards,
        }
    }

    /// `false` when it is there already.
    fn add(&mut self, kind: Kind, name: &Bytes) -> bool {
        let added = self.of(kind).insert(name.clone());
        self.bytes += usize::from(added) * Subscriptions::weight(name);
        added
    }

    /// `false` when it is not there.
    fn take(&mut self, kind: Kind, name: &Bytes) -> bool {
        let taken = self.of(kind).remove(name);
        self.bytes -= usize::from(taken) * Subscriptions::weight(name);
        taken
    }

    /// The number that a confirmation carries: shard channels are counted by themselves.
    fn counted(&self, kind: Kind) -> usize {
        match kind {
            Kind::Channel | Kind::Pattern => self.channels.len() + self.patterns.len(),
            Kind::Shard => self.shards.len(),
        }
    }
}

type Listeners = HashMap<Bytes, Vec<u64>, FixedState>;

/// The listeners of everything that anybody listens to.
#[derive(Debug, Clone, Default)]
pub(super) struct PubSub {
    channels: Listeners,
    patterns: Listeners,
    shards: Listeners,
}

impl PubSub {
    fn of(&mut self, kind: Kind) -> &mut Listeners {
        match kind {
            Kind::Channel => &mut self.channels,
            Kind::Pattern => &mut self.patterns,
            Kind::Shard => &mut self.shards,
        }
    }

    /// The names that anybody listens to.
    pub fn names(&self, kind: Kind) -> impl Iterator<Item = &Bytes> {
        self.listeners(kind).keys()
    }

    /// How many listen to a name.
    pub fn count(&self, kind: Kind, name: &Bytes) -> usize {
        self.listeners(kind).get(name).map_or(0, Vec::len)
    }

    fn listeners(&self, kind: Kind) -> &Listeners {
        match kind {
            Kind::Channel => &self.channels,
            Kind::Pattern => &self.patterns,
            Kind::Shard => &self.shards,
        }
    }

    /// Whether anybody could hear a message.
    fn has_listeners(&self) -> bool {
        !self.channels.is_empty() || !self.patterns.is_empty()
    }

    fn remove(&mut self, kind: Kind, name: &Bytes, client: u64) {
        let listeners = self.of(kind);
        if let Some(clients) = listeners.get_mut(name) {
            clients.retain(|other| *other != client);
            if clients.is_empty() {
                listeners.remove(name);
            }
        }
    }
}

impl Engine {
    /// Lets a client listen to a name, and gives the confirmation.
    pub(super) fn subscribe(&mut self, session: &mut Session, kind: Kind, name: &Bytes) -> Reply {
        if session.subscriptions.add(kind, name) {
            let listeners = self.pubsub.of(kind).entry(name.clone()).or_default();
            listeners.push(session.id);
        }
        confirmation(
            kind.words().0,
            Some(name),
            session.subscriptions.counted(kind),
        )
    }

    /// Lets a client listen to all that another state of it listened to.
    pub(super) fn resubscribe(&mut self, session: &mut Session, to: &Subscriptions) {
        let kinds = [
            (Kind::Channel, &to.channels),
            (Kind::Pattern, &to.patterns),
            (Kind::Shard, &to.shards),
        ];
        for (kind, names) in kinds {
            for name in names {
                self.subscribe(session, kind, name);
            }
        }
    }

    /// Lets a client no longer listen to these names, or to all of a kind when there are none; gives the
    /// confirmations.
    pub(super) fn unsubscribe(
        &mut self,
        session: &mut Session,
        kind: Kind,
        names: &[Bytes],
    ) -> Vec<Reply> {
        let word = kind.words().1;
        let names = if names.is_empty() {
            session.subscriptions.of(kind).iter().cloned().collect()
        } else {
            names.to_vec()
        };
        if names.is_empty() {
            let left = session.subscriptions.counted(kind);
            return vec![confirmation(word, None, left)];
        }
        let ended = names.iter().map(|name| {
            if session.subscriptions.take(kind, name) {
                self.pubsub.remove(kind, name, session.id);
            }
            confirmation(word, Some(name), session.subscriptions.counted(kind))
        });
        ended.collect()
    }

    /// Lets a client no longer listen to anything.
    pub(super) fn unsubscribe_all(&mut self, session: &mut Session) {
        for kind in [Kind::Channel, Kind::Pattern, Kind::Shard] {
            for name in std::mem::take(session.subscriptions.of(kind)) {
                self.pubsub.remove(kind, &name, session.id);
            }
        }
        session.subscriptions = Subscriptions::default();
    }

    /// Sends a message to all who listen to a channel, by its name or by a pattern, and says how many it reached.
    pub(super) fn publish(&mut self, channel: &Bytes, message: &Bytes) -> usize {
        if !self.pubsub.has_listeners() {
            return 0;
        }
        let direct = self.pubsub.channels.get(channel).into_iter().flatten();
        let direct = direct.map(|client| (*client, push("message", [channel, message])));
        let matching = self
            .pubsub
            .patterns
            .iter()
            .filter(|(pattern, _)| glob::matches(pattern, channel));
        let matching = matching.flat_map(|(pattern, clients)| {
            let message = push("pmessage", [pattern, channel, message]);
            clients.iter().map(move |client| (*client, message.clone()))
        });
        let before = self.deliveries.len();
        let messages = direct.chain(matching);
        self.deliveries
            .extend(messages.map(|(client, reply)| Delivery::Message { client, reply }));
        self.deliveries.len() - before
    }

    /// The same for a shard channel, which no pattern matches.
    pub(super) fn publish_to_shard(&mut self, channel: &Bytes, message: &Bytes) -> usize {
        let clients = self.pubsub.shards.get(channel).into_iter().flatten();
        let before = self.deliveries.len();
        self.deliveries
            .extend(clients.map(|client| Delivery::Message {
                client: *client,
                reply: push("smessage", [channel, message]),
            }));
        self.deliveries.len() - before
    }
}

fn confirmation(word: &'static str, name: Option<&Bytes>, count: usize) -> Reply {
    Reply::Push(vec![
        Reply::bulk(word.as_bytes()),
        Reply::bulk_or_nil(name.cloned()),
        Reply::count(count),
    ])
}

fn push<const N: usize>(word: &'static str, parts: [&Bytes; N]) -> Reply {
    let parts = parts.into_iter().cloned().map(Reply::Bulk);
    Reply::Push(
        [Reply::bulk(word.as_bytes())]
            .into_iter()
            .chain(parts)
            .collect(),
    )
}
