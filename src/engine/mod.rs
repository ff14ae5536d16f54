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

use std::collections::VecDeque;

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
pub use stats::Stats;
pub use waiting::{Delivery, Outcome};

use clients::Clients;
use pubsub::PubSub;
use waiting::{Place, Wait, Waiting};
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
}

impl Default for Options {
    fn default() -> Options {
        Options {
            now: 0,
            seed: 0,
            databases: 16,
            max_memory: usize::MAX,
            max_value: 512 << 20,
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
    clients: Clients,
    pubsub: PubSub,
    waiting: Waiting,
    watches: Watches,
    /// The keys that were filled and for which somebody waits.
    ready: VecDeque<Place>,
    /// The collections that were emptied, until their event is reported.
    emptied: Vec<Place>,
    events: Vec<Event>,
    /// How many of the events have been published.
    published: usize,
    deliveries: Vec<Delivery>,
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
            clients: Clients::default(),
            pubsub: PubSub::default(),
            waiting: Waiting::default(),
            watches: Watches::default(),
            ready: VecDeque::new(),
            emptied: Vec::new(),
            events: Vec::new(),
            published: 0,
            deliveries: Vec::new(),
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
        self.now = self.now.max(now);
        self.forget_events();
        self.expire_due();
        while let Some(wait) = self.waiting.take_over(self.now) {
            self.deliveries.push(Delivery::Answer {
                client: wait.client,
                reply: wait.on_timeout,
            });
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

    /// Runs one command line for a client.
    pub fn execute(&mut self, client: u64, argv: &[Bytes]) -> Outcome {
        self.forget_events();
        self.expire_due();
        let outcome = self.execute_now(client, argv);
        self.serve_waiting();
        if self.pause_ends().is_none() {
            self.release();
        }
        outcome
    }

    fn execute_now(&mut self, client: u64, argv: &[Bytes]) -> Outcome {
        let Some(mut session) = self.clients.take(client) else {
            return Outcome::Reply(Error::Fixed("ERR no such client").into());
        };
        let ran = self.run(&mut session, argv, Manner::Fresh);
        // A deadline in the past (SET with EXAT) is over at once.
        self.expire_due();
        self.clients.put_back(session);
        match ran {
            Ok(reply) => Outcome::Reply(reply),
            Err(Pending::Held { until }) => Outcome::Waiting {
                keys: Vec::new(),
                until: Some(until),
            },
            Err(Pending::Wait(wait)) => {
                let (keys, until) = (wait.keys.clone(), wait.until);
                self.waiting.add(*wait);
                Outcome::Waiting { keys, until }
            }
        }
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

    /// Changes settings as CONFIG SET does: all or none.
    pub fn change_settings(&mut self, pairs: &[(&Bytes, &Bytes)]) -> Result<()> {
        self.config.set_all(pairs)
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

    /// What has happened to keys in the last command or move of the clock, in order.
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

    /// Looks up, checks and runs a command; one that has to wait gives its wait.
    fn run(
        &mut self,
        session: &mut Session,
        argv: &[Bytes],
        manner: Manner,
    ) -> std::result::Result<Reply, Pending> {
        let silent = session.replies != Replies::On && manner == Manner::Fresh;
        let (command, rest) = match commands::resolve(argv) {
            Ok(found) => found,
            Err(error) => {
                self.stats.errors += 1;
                let error = refuse(session, error);
                return Ok(heard(session, silent, None, error));
            }
        };
        if manner == Manner::Fresh {
            session.active = self.now;
            session.last = command.name;
            if let Err(error) = self.admit(session, command) {
                self.stats.errors += 1;
                let error = refuse(session, error);
                return Ok(heard(session, silent, Some(command), error));
            }
            if let Some(until) = self.hold(session, command, argv) {
                return Err(Pending::Held { until });
            }
            if let Some(transaction) = &mut session.transaction
                && !command.has(flag::AT_ONCE)
            {
                transaction.queue.push(argv.to_vec());
                let queued = Reply::Status("QUEUED");
                return Ok(heard(session, silent, Some(command), queued));
            }
        }
        if command.has(flag::DENY_OOM) && self.keyspace.used() >= self.config.max_memory {
            return Ok(Error::OutOfMemory.into());
        }
        let db = session.db;
        let mut context = Context::new(self, session, command, argv, manner);
        let reply = (command.run)(&mut context, rest).unwrap_or_else(Reply::from);
        let wait = context.finish();
        self.flush_emptied();
        self.publish_events();
        if let Some((keys, until, on_timeout)) = wait {
            return Err(Pending::Wait(Box::new(Wait {
                client: session.id,
                db: session.db,
                argv: argv.to_vec(),
                keys,
                until,
                on_timeout,
            })));
        }
        self.stats.commands += 1;
        self.stats.errors += u64::from(matches!(reply, Reply::Error(_)));
        if self.is_monitored() && !command.has(flag::SKIP_MONITOR) && !command.has(flag::ADMIN) {
            self.show_to_monitors(session, db, argv);
        }
        Ok(heard(session, silent, Some(command), reply))
    }

    /// Whether a client may run a command now, in the order of Redis' own checks.
    fn admit(&self, session: &Session, command: &Command) -> Result<()> {
        if self.config.password.is_some() && !session.authenticated && !command.has(flag::NO_AUTH) {
            return Err(Error::Fixed("NOAUTH Authentication required."));
        }
        if session.transaction.is_some() && command.has(flag::NO_MULTI) {
            return Err(Error::Fixed("ERR Command not allowed inside a transaction"));
        }
        if command.has(flag::DENY_OOM) && self.keyspace.used() >= self.config.max_memory {
            return Err(Error::OutOfMemory);
        }
        if session.protocol == Protocol::Resp2
            && !session.subscriptions.is_empty()
            && !command.has(flag::ALLOWED_SUBSCRIBED)
        {
            return Err(Error::NotWhileSubscribed {
                command: command.name,
            });
        }
        Ok(())
    }

    /// Runs a command that may not wait.
    fn run_at_once(&mut self, session: &mut Session, argv: &[Bytes]) -> Reply {
        self.run(session, argv, Manner::AtOnce)
            .unwrap_or(Reply::None)
    }

    /// Serves those who wait for keys that were filled: keys in the order of filling, clients in order of arrival.
    fn serve_waiting(&mut self) {
        while let Some(place) = self.ready.pop_front() {
            let mut served = 0;
            while let Some((ticket, wait)) = self.waiting.take_next(&place, served) {
                served = ticket;
                let Some(mut session) = self.clients.take(wait.client) else {
                    continue;
                };
                let ran = self.run(&mut session, &wait.argv, Manner::Resumed(place.1.clone()));
                self.clients.put_back(session);
                match ran {
                    Ok(reply) => self.deliveries.push(Delivery::Answer {
                        client: wait.client,
                        reply,
                    }),
                    Err(_) => self.waiting.put(ticket, wait),
                }
            }
        }
    }

    /// Removes the keys whose time is over, the earliest first.
    fn expire_due(&mut self) {
        let before = self.events.len();
        while let Some((db, key)) = self.keyspace.take_due(self.now) {
            self.stats.expired += 1;
            self.report(Event {
                class: Class::Expired,
                name: "expired",
                db,
                key,
            });
        }
        if self.events.len() > before {
            self.publish_events();
        }
    }

    fn forget_events(&mut self) {
        self.events.clear();
        self.published = 0;
    }

    /// Takes note of a change; a collection that it emptied is reported as deleted right behind it.
    fn report(&mut self, event: Event) {
        self.stats.changes += 1;
        self.touch(event.db, &event.key);
        let place = (event.db, event.key.clone());
        if self.waiting.awaits(&place) && !self.ready.contains(&place) {
            self.ready.push_back(place.clone());
        }
        self.events.push(event);
        if let Some(at) = self.emptied.iter().position(|emptied| *emptied == place) {
            let (db, key) = self.emptied.remove(at);
            self.events.push(Event {
                class: Class::Generic,
                name: "del",
                db,
                key,
            });
        }
    }

    /// Reports what was emptied without a report of its own.
    fn flush_emptied(&mut self) {
        for (db, key) in std::mem::take(&mut self.emptied) {
            self.events.push(Event {
                class: Class::Generic,
                name: "del",
                db,
                key,
            });
        }
    }
}

/// Why a command has no reply yet.
enum Pending {
    /// It waits for keys.
    Wait(Box<Wait>),
    /// A pause holds it up.
    Held { until: i64 },
}

/// What of a reply the client wants to get.
fn heard(
    session: &mut Session,
    silent: bool,
    command: Option<&Command>,
    reply: impl Into<Reply>,
) -> Reply {
    let always = command.is_some_and(|command| command.has(flag::ALWAYS_ANSWERS));
    if !silent {
        return reply.into();
    }
    if session.replies == Replies::SkipNext && command.is_none_or(|row| row.name != "client|reply")
    {
        session.replies = Replies::On;
    }
    if always { reply.into() } else { Reply::None }
}

/// How a command is run.
#[derive(Debug, Clone, PartialEq)]
enum Manner {
    /// A client has sent it.
    Fresh,
    /// It has waited, and runs again because this key was filled: it may look at no other.
    Resumed(Bytes),
    /// Inside EXEC or a script, where nothing waits.
    AtOnce,
}

/// An error before a command runs spoils an open transaction; one of EXEC itself ends it.
fn refuse(session: &mut Session, error: Error) -> Error {
    let Some(transaction) = &mut session.transaction else {
        return end_of_exec(error);
    };
    transaction.broken = true;
    if matches!(error, Error::Arity { command: "exec" }) {
        session.transaction = None;
    }
    end_of_exec(error)
}

/// Redis words an arity error of EXEC as the end of the transaction, whether there is one or not.
fn end_of_exec(error: Error) -> Error {
    match error {
        Error::Arity { command: "exec" } => Error::Fixed(
            "EXECABORT Transaction discarded because of: wrong number of arguments for 'exec' command",
        ),
        other => other,
    }
}
