//! Redis in memory: deterministic, without clock, randomness source, I/O or printing of its own.
//!
//! Reading order: [`Command`] is a row of the table in [`commands`]; [`Engine::execute`] looks one up, checks its
//! arity and runs its function with a [`Context`]; the function reads its [`Args`], works on the [`Keyspace`] and
//! returns a [`Reply`] or an [`Error`]. Time moves only by [`Engine::set_now`]; random choices follow the seed in
//! [`Options`]; [`Engine::fork`] costs a few pointers. Nothing a client sends makes it panic or allocate by a number
//! in the input.

mod args;
mod clients;
mod command;
pub mod commands;
mod config;
mod context;
mod error;
mod events;
mod execute;
pub mod glob;
mod grammar;
mod keyspace;
mod long_double;
pub mod number;
mod pubsub;
mod reply;
#[cfg(feature = "scripting")]
mod script;
mod session;
mod stats;
pub mod value;
mod waiting;
mod watch;

pub use args::Args;
pub use command::{Command, Group, Handler, Order, flag};
pub use config::{Config, OutputLimit};
pub use context::Context;
pub use error::{Error, Result};
pub use events::{Class, Classes, Event};
pub use grammar::{Grammar, Kind, Part};
pub use keyspace::{Database, Entry, Keyspace};
pub use long_double::LongDouble;
pub use pubsub::Subscriptions;
pub use reply::Reply;
pub use session::{Origin, Protocol, Replies, Session, Transaction};
pub use stats::{Calls, Stats};
pub use waiting::{Delivery, Outcome};

use clients::Clients;
use pubsub::PubSub;
use stats::Identity;
use waiting::{Place, Ready, Waiting};
use watch::Watches;

/// A byte string: keys, elements, members, values. 24 bytes, up to 23 of them inline.
pub type Bytes = hipstr::HipByt<'static>;

/// What an engine is given when it is made.
#[derive(Debug, Clone)]
pub struct Options {
    /// The Unix time in milliseconds at which it starts.
    pub now: i64,
    /// What random choices follow from.
    pub seed: u64,
    /// How many databases there are.
    pub databases: usize,
    /// The bytes that keys and values may take before commands are refused with `OOM`.
    pub max_memory: usize,
    /// The bytes that one string may have (Redis' `proto-max-bulk-len`).
    pub max_value: usize,
    /// Whether CONFIG SET can only lower these two limits.
    pub guarded: bool,
    /// Whether all events are kept for [`Engine::take_events`]; else only while some are published.
    pub keeps_events: bool,
    /// The number of the process that serves, as INFO tells it; 0 is none.
    pub process_id: u32,
    /// The system that it runs on, as INFO tells it.
    pub system: &'static str,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            now: 0,
            seed: 0,
            databases: 16,
            max_memory: usize::MAX,
            max_value: 512 << 20,
            guarded: false,
            keeps_events: true,
            process_id: 0,
            system: "",
        }
    }
}

/// All data, the clock and the seed. See the module's text.
#[derive(Debug, Clone)]
pub struct Engine {
    keyspace: Keyspace,
    now: i64,
    random: fastrand::Rng,
    config: Config,
    stats: Stats,
    started: i64,
    /// What INFO tells of the process and the run.
    identity: Identity,
    clients: Clients,
    pubsub: PubSub,
    waiting: Waiting,
    watches: Watches,
    /// The keys that were filled and for which somebody waits.
    ready: Ready,
    /// The collections that were emptied, until their event is reported.
    emptied: Vec<Place>,
    keeps_events: bool,
    events: Vec<Event>,
    /// How many of the events have been published.
    published: usize,
    deliveries: Vec<Delivery>,
    /// Whether the memory limit was passed when the running command came; what it runs in turn goes by this too.
    short: bool,
    #[cfg(feature = "scripting")]
    scripts: script::Scripts,
}

impl Engine {
    /// An empty engine.
    #[must_use]
    pub fn new(options: &Options) -> Engine {
        Engine {
            keyspace: Keyspace::new(options.databases.max(1)),
            now: options.now,
            random: fastrand::Rng::with_seed(options.seed),
            config: Config::new(options),
            stats: Stats::default(),
            started: options.now,
            identity: Identity::new(options),
            clients: Clients::default(),
            pubsub: PubSub::default(),
            waiting: Waiting::default(),
            watches: Watches::default(),
            ready: Ready::default(),
            emptied: Vec::new(),
            keeps_events: options.keeps_events,
            events: Vec::new(),
            published: 0,
            deliveries: Vec::new(),
            short: false,
            #[cfg(feature = "scripting")]
            scripts: script::Scripts::default(),
        }
    }

    /// An independent copy: what happens to one is not seen by the other.
    #[must_use]
    pub fn fork(&self) -> Engine {
        self.clone()
    }

    /// The databases, to be read.
    #[must_use]
    pub fn keyspace(&self) -> &Keyspace {
        &self.keyspace
    }

    /// The Unix time in milliseconds.
    #[must_use]
    pub fn now(&self) -> i64 {
        self.now
    }

    /// Moves the clock forward: keys that are due go in the order of their deadlines, and waits that are over end.
    /// A time before the present is ignored.
    pub fn set_now(&mut self, now: i64) {
        self.move_to(now, now);
    }

    /// As [`Engine::set_now`], but what is due in this very millisecond is over: whoever lets ten seconds pass finds a
    /// ten-second key gone.
    pub fn pass_to(&mut self, now: i64) {
        self.move_to(now, now.saturating_add(1));
    }

    fn move_to(&mut self, now: i64, due: i64) {
        self.now = self.now.max(now);
        self.forget_events();
        self.expire_all_due(due);
        while let Some(wait) = self.waiting.take_over(self.now) {
            self.answer_late(wait.client, wait.on_timeout);
        }
        self.release();
        self.serve_waiting();
    }

    /// When the clock next matters: the earliest deadline of a key or end of a wait.
    #[must_use]
    pub fn next_deadline(&self) -> Option<i64> {
        let key = self.keyspace.next_deadline();
        // A key lives through the millisecond of its deadline.
        let key = key.map(|deadline| deadline.saturating_add(1));
        let ends = [self.waiting.next_end(), self.pause_ends(), key];
        ends.into_iter().flatten().min()
    }

    /// The settings.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// Decides a setting as whoever starts the engine may: also those that CONFIG SET refuses, such as the port.
    pub fn note_setting(&mut self, name: &'static str, value: impl Into<String>) {
        self.config.note(name, value);
    }

    /// Limits the bytes that one string may have, also to less than CONFIG SET allows.
    pub fn limit_value(&mut self, bytes: usize) {
        self.config.max_value = bytes;
        self.config.note("proto-max-bulk-len", bytes.to_string());
    }

    /// Changes settings as CONFIG SET does: all or none.
    pub fn change_settings(&mut self, pairs: &[(&Bytes, &Bytes)]) -> Result<()> {
        self.config.set_all(pairs)
    }

    /// The bytes that count to `maxmemory`.
    fn used(&self) -> usize {
        self.keyspace.used() + self.clients.kept() + self.watches.bytes()
    }

    /// Sets the counts back to 0.
    fn reset_stats(&mut self) {
        self.stats.reset();
    }

    /// What has been counted.
    #[must_use]
    pub fn stats(&self) -> &Stats {
        &self.stats
    }

    /// What has been left for other clients since the last call, in order.
    pub fn take_deliveries(&mut self) -> Vec<Delivery> {
        std::mem::take(&mut self.deliveries)
    }

    /// What has happened to keys in the last command or move of the clock, in order, if [`Options::keeps_events`].
    pub fn take_events(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.events)
    }

    /// Ends a client's wait without an answer; `false` when it does not wait.
    pub fn abandon(&mut self, client: u64) -> bool {
        self.waiting.take_client(client).is_some()
    }

    /// Whether a client waits.
    #[must_use]
    pub fn is_waiting(&self, client: u64) -> bool {
        self.waiting.has(client) || self.is_held(client)
    }

    /// Removes the keys whose time is over, the earliest first.
    #[inline]
    fn expire_due(&mut self) {
        if self
            .keyspace
            .next_deadline()
            .is_some_and(|next| next < self.now)
        {
            self.expire_all_due(self.now);
        }
    }

    fn expire_all_due(&mut self, due: i64) {
        while let Some((db, key)) = self.keyspace.take_due(due) {
            self.stats.expired += 1;
            self.report(Class::Expired, "expired", db, &key);
        }
        self.publish_events();
    }

    fn forget_events(&mut self) {
        self.events.clear();
        self.published = 0;
    }

    /// Takes note of a change; a collection that it emptied is reported as deleted right behind it.
    fn report(&mut self, class: Class, name: &'static str, db: usize, key: &Bytes) {
        self.stats.changes += 1;
        self.touch(db, key);
        if self.waiting.awaits(db, key) {
            self.ready.push((db, key.clone()));
        }
        self.note_event(class, name, db, key);
        let is_it = |(at, emptied): &Place| *at == db && emptied == key;
        if let Some(at) = self.emptied.iter().position(is_it) {
            self.emptied.remove(at);
            self.note_event(Class::Generic, "del", db, key);
        }
    }

    /// Ends a command's events: what was emptied without a report of its own, then what is to be published. Gives what
    /// the command's own client hears of them behind the reply.
    #[inline]
    fn settle_events(
        &mut self,
        session: &Session,
        command: &Command,
        argv: &[Bytes],
    ) -> Vec<Reply> {
        if self.emptied.is_empty()
            && (self.events.len() == self.published || self.config.events == Classes::default())
        {
            self.published = self.events.len();
            return Vec::new();
        }
        for (db, key) in std::mem::take(&mut self.emptied) {
            self.note_event(Class::Generic, "del", db, &key);
        }
        if session.subscriptions.is_empty() {
            self.publish_events();
            return Vec::new();
        }
        self.publish_around(session.id, events::behind(command, argv))
    }

    fn note_event(&mut self, class: Class, name: &'static str, db: usize, key: &Bytes) {
        if self.keeps_events || self.config.events != Classes::default() {
            self.events.push(Event {
                class,
                name,
                db,
                key: key.clone(),
            });
        }
    }
}
