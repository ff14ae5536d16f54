//! Redis in memory: deterministic, without clock, randomness source, I/O or printing of its own.
//!
//! Reading order: [`Command`] is a row of the table in [`commands`]; [`Engine::execute`] looks one up, checks its
//! arity and runs its function with a [`Context`]; the function reads its [`Args`], works on the [`Keyspace`] and
//! returns a [`Reply`] or an [`Error`]. Time moves only by [`Engine::set_now`]; random choices follow the seed in
//! [`Options`]; [`Engine::fork`] costs a few pointers. Nothing a client sends makes it panic or allocate by a number
//! in the input.

mod args;
mod command;
pub mod commands;
mod context;
mod error;
mod events;
pub mod glob;
mod grammar;
mod keyspace;
mod long_double;
pub mod number;
mod reply;
mod session;
pub mod value;
mod waiting;
mod watch;

pub use args::Args;
pub use command::{Command, Group, Handler, Order, flag};
pub use context::Context;
pub use error::{Error, Result};
pub use events::{Class, Event};
pub use grammar::{Grammar, Kind, Part};
pub use keyspace::{Database, Entry, Keyspace};
pub use long_double::LongDouble;
pub use reply::Reply;
pub use session::{Session, Transaction};
pub use waiting::{Delivery, Outcome};

use waiting::Wait;
use watch::Watch;

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
    max_memory: usize,
    max_value: usize,
    waiting: Vec<Wait>,
    ready: Vec<(usize, Bytes)>,
    emptied: Vec<(usize, Bytes)>,
    events: Vec<Event>,
    deliveries: Vec<Delivery>,
    watches: Vec<Watch>,
}

impl Engine {
    /// An empty engine.
    #[must_use]
    pub fn new(options: &Options) -> Engine {
        Engine {
            keyspace: Keyspace::new(options.databases.max(1)),
            now: options.now,
            random: fastrand::Rng::with_seed(options.seed),
            max_memory: options.max_memory,
            max_value: options.max_value,
            waiting: Vec::new(),
            ready: Vec::new(),
            emptied: Vec::new(),
            events: Vec::new(),
            deliveries: Vec::new(),
            watches: Vec::new(),
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
        self.expire_due();
        let now = self.now;
        let (over, waiting) = std::mem::take(&mut self.waiting)
            .into_iter()
            .partition(|wait: &Wait| wait.until.is_some_and(|until| until <= now));
        self.waiting = waiting;
        self.deliveries
            .extend(Vec::into_iter(over).map(|wait| Delivery {
                client: wait.client,
                reply: wait.on_timeout,
                ends_wait: true,
            }));
    }

    /// When the clock next matters: the earliest deadline of a key or end of a wait.
    #[must_use]
    pub fn next_deadline(&self) -> Option<i64> {
        let waits = self.waiting.iter().filter_map(|wait| wait.until);
        waits
            .chain(
                self.keyspace
                    .next_deadline()
                    .map(|deadline| deadline.saturating_add(1)),
            )
            .min()
    }

    /// Runs one command line for a client.
    pub fn execute(&mut self, session: &mut Session, argv: &[Bytes]) -> Outcome {
        self.events.clear();
        self.expire_due();
        let outcome = self.run(session, argv, None);
        // A deadline in the past (SET with EXAT) is over at once.
        self.expire_due();
        self.serve_waiting();
        outcome
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
        let before = self.waiting.len();
        self.waiting.retain(|wait| wait.client != client);
        self.waiting.len() < before
    }

    /// Whether a client waits.
    #[must_use]
    pub fn is_waiting(&self, client: u64) -> bool {
        self.waiting.iter().any(|wait| wait.client == client)
    }

    /// Looks up, checks and runs a command; `ready` is the key that ended a wait.
    fn run(&mut self, session: &mut Session, argv: &[Bytes], ready: Option<Bytes>) -> Outcome {
        self.run_as(session, argv, ready, false)
    }

    /// Runs a command that may not wait.
    fn run_at_once(&mut self, session: &mut Session, argv: &[Bytes]) -> Reply {
        self.run_as(session, argv, None, true).reply()
    }

    fn run_as(
        &mut self,
        session: &mut Session,
        argv: &[Bytes],
        ready: Option<Bytes>,
        never_wait: bool,
    ) -> Outcome {
        let (command, rest) = match commands::resolve(argv) {
            Ok(found) => found,
            Err(error) => return Outcome::Reply(refuse(session, error).into()),
        };
        if command.has(flag::DENY_OOM) && self.keyspace.used() >= self.max_memory {
            return Outcome::Reply(refuse(session, Error::OutOfMemory).into());
        }
        if let Some(transaction) = &mut session.transaction
            && !command.has(flag::NO_MULTI)
        {
            transaction.queue.push(argv.to_vec());
            return Outcome::Reply(Reply::Status("QUEUED"));
        }
        let mut context = Context {
            engine: self,
            session,
            command,
            wait: None,
            ready,
            never_wait,
        };
        let reply = (command.run)(&mut context, rest).unwrap_or_else(Reply::from);
        let wait = context.wait.take();
        self.flush_emptied();
        let Some((keys, until, on_timeout)) = wait else {
            return Outcome::Reply(reply);
        };
        self.waiting.push(Wait {
            client: session.id,
            db: session.db,
            argv: argv.to_vec(),
            keys: keys.clone(),
            until,
            on_timeout,
        });
        Outcome::Waiting { keys, until }
    }

    /// Serves those who wait for keys that were filled: keys in the order of filling, clients in order of arrival.
    fn serve_waiting(&mut self) {
        while !self.ready.is_empty() {
            let (db, key) = self.ready.remove(0);
            let mut at = 0;
            while let Some(wait) = self.waiting.get(at) {
                if wait.db != db || !wait.keys.contains(&key) {
                    at += 1;
                    continue;
                }
                // The command runs anew; one that still has to wait puts itself at the end and is put back in place.
                let wait = self.waiting.remove(at);
                let mut session = Session {
                    id: wait.client,
                    db,
                    ..Session::default()
                };
                match self.run(&mut session, &wait.argv, Some(key.clone())) {
                    Outcome::Reply(reply) => {
                        self.deliveries.push(Delivery {
                            client: wait.client,
                            reply,
                            ends_wait: true,
                        });
                    }
                    Outcome::Waiting { .. } => {
                        self.waiting.pop();
                        self.waiting.insert(at, wait);
                        at += 1;
                    }
                }
            }
        }
    }

    /// Removes the keys whose time is over, the earliest first.
    fn expire_due(&mut self) {
        while let Some((db, key)) = self.keyspace.take_due(self.now) {
            self.report(Event {
                class: Class::Expired,
                name: "expired",
                db,
                key,
            });
        }
    }

    /// Takes note of a change; a collection that it emptied is reported as deleted right behind it.
    fn report(&mut self, event: Event) {
        self.touch(event.db, &event.key);
        let place = (event.db, event.key.clone());
        if !self.waiting.is_empty()
            && self
                .waiting
                .iter()
                .any(|wait| wait.db == event.db && wait.keys.contains(&event.key))
            && !self.ready.contains(&place)
        {
            self.ready.push(place.clone());
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
