//! What a command function works with: the current client's database, the clock, the seed, and a way to report what
//! it changed.

use std::{
    cell::{Cell, RefCell},
    collections::HashSet,
    sync::Arc,
};

use foldhash::fast::FixedState;

use crate::engine::{
    Bytes, Class, Command, Database, Delivery, Engine, Entry, Error, Event, Reply, Result, Session,
    execute::Manner,
    value::{Limits, Type, Typed, Value},
};

/// The engine and the client during one command.
#[derive(Debug)]
pub struct Context<'a> {
    /// The engine.
    pub engine: &'a mut Engine,
    /// The client that runs the command.
    pub session: &'a mut Session,
    /// The row of the command.
    pub command: &'static Command,
    /// The whole line.
    pub argv: &'a [Bytes],
    /// What a command that would wait asked for; see [`Context::wait_for`].
    wait: Option<Box<Waited>>,
    /// How it is run.
    manner: Manner<'a>,
    looked: Looked,
}

/// The keys to wait for, the end, and what is answered then.
pub(super) type Waited = (Vec<Bytes>, Option<i64>, Reply);

/// What a command has looked for.
#[derive(Debug, Default)]
struct Looked {
    found: Cell<u32>,
    missed: Cell<u32>,
    /// Where the key of the last look lies, so that a second look at it is not counted.
    last: Cell<usize>,
    /// The keys that were not found, where that is to be published.
    names: RefCell<Vec<Bytes>>,
}

impl<'a> Context<'a> {
    pub(super) fn new(
        engine: &'a mut Engine,
        session: &'a mut Session,
        command: &'static Command,
        argv: &'a [Bytes],
        manner: Manner<'a>,
    ) -> Context<'a> {
        Context {
            engine,
            session,
            command,
            argv,
            wait: None,
            manner,
            looked: Looked::default(),
        }
    }

    /// Ends the command: what it looked for is counted, and what it waits for is handed over.
    pub(super) fn finish(self) -> Option<Box<Waited>> {
        if self.command.is_read_only() {
            self.engine.stats.hits += u64::from(self.looked.found.get());
            self.engine.stats.misses += u64::from(self.looked.missed.get());
            for key in self.looked.names.take() {
                self.engine.events.push(Event {
                    class: Class::Missed,
                    name: "keymiss",
                    db: self.session.db,
                    key,
                });
            }
        }
        self.wait
    }

    fn look(&self, key: &[u8], found: bool) {
        let place = key.as_ptr().addr();
        if self.looked.last.replace(place) == place {
            return;
        }
        let count = if found {
            &self.looked.found
        } else {
            &self.looked.missed
        };
        count.set(count.get() + 1);
        if !found && self.engine.config.events.publishes(Class::Missed) {
            self.looked.names.borrow_mut().push(Bytes::from(key));
        }
    }

    /// Ends the client's own connection once the reply is sent.
    pub fn close(&mut self) {
        self.engine.deliveries.push(Delivery::Close {
            client: self.session.id,
        });
    }

    /// The Unix time in milliseconds.
    #[must_use]
    pub fn now(&self) -> i64 {
        self.engine.now
    }

    /// The selected database, to be read.
    #[must_use]
    pub fn database(&self) -> &Database {
        self.engine.keyspace.database(self.session.db)
    }

    /// What a key holds.
    #[must_use]
    pub fn entry(&self, key: &[u8]) -> Option<&Arc<Entry>> {
        let entry = self.engine.keyspace.get(self.session.db, key);
        self.look(key, entry.is_some());
        entry
    }

    /// A key's value of one type; a key of another type is an error.
    pub fn read<T: Typed>(&self, key: &[u8]) -> Result<Option<&T>> {
        let value = self.engine.keyspace.read(self.session.db, key);
        self.look(key, !matches!(value, Ok(None)));
        value
    }

    /// Changes a key's value of one type; `None` when the key is missing. A collection left empty is removed, and
    /// its `del` event follows the event of the next [`Context::changed`] for that key.
    pub fn edit<T: Typed, R>(
        &mut self,
        key: &Bytes,
        f: impl FnOnce(&mut T) -> R,
    ) -> Result<Option<R>> {
        let Some(edited) = self.engine.keyspace.edit(self.session.db, key, f)? else {
            return Ok(None);
        };
        if edited.removed {
            self.engine.emptied.push((self.session.db, key.clone()));
        }
        Ok(Some(edited.result))
    }

    /// As [`Context::edit`], but a missing key is created first.
    pub fn edit_or_create<T: Typed, R>(
        &mut self,
        key: &Bytes,
        f: impl FnOnce(&mut T) -> R,
    ) -> Result<R> {
        let edited = self
            .engine
            .keyspace
            .edit_or_create(self.session.db, key, f)?;
        if edited.removed {
            self.engine.emptied.push((self.session.db, key.clone()));
        }
        if edited.made {
            self.engine.made(self.session.db, key);
        }
        Ok(edited.result)
    }

    /// Stores a value under a key, whatever it held, with this deadline.
    pub fn set(&mut self, key: &Bytes, value: Value, deadline: Option<i64>) {
        self.note_new(self.session.db, key);
        let entry = Entry { value, deadline };
        self.engine.keyspace.put(self.session.db, key, entry);
    }

    /// Stores an entry under a key of any database, whatever it held.
    pub fn set_in(&mut self, db: usize, key: Bytes, entry: impl Into<Arc<Entry>>) {
        self.note_new(db, &key);
        self.engine.keyspace.set(db, key, entry);
    }

    /// Reports that a key is about to be made, where that is to be published.
    fn note_new(&mut self, db: usize, key: &Bytes) {
        if self.engine.config.events.publishes(Class::New)
            && self.engine.keyspace.get(db, key).is_none()
        {
            self.engine.made(db, key);
        }
    }

    /// Sets or clears a key's deadline; `false` when nothing was changed.
    pub fn set_deadline(&mut self, key: &[u8], deadline: Option<i64>) -> bool {
        let old = self.entry(key).map(|entry| entry.deadline);
        let changes = old.is_some_and(|old| old != deadline);
        changes
            && self
                .engine
                .keyspace
                .set_deadline(self.session.db, key, deadline)
    }

    /// The bytes that one string may have.
    #[must_use]
    pub fn max_value(&self) -> usize {
        self.engine.config.max_value
    }

    /// Up to which sizes collections keep the encodings of small ones.
    #[must_use]
    pub fn limits(&self) -> Limits {
        self.engine.config.small
    }

    /// Refuses what would need `bytes` more than the memory limit leaves. Ask before allocating.
    pub fn room_for(&self, bytes: usize) -> Result<()> {
        let config = &self.engine.config;
        let most = match self.manner {
            Manner::AtOnce => config.most_memory(),
            Manner::Fresh | Manner::Resumed(_) => config.max_memory,
        };
        if self.engine.used().saturating_add(bytes) > most {
            return Err(Error::OutOfMemory);
        }
        Ok(())
    }

    /// Stores what a command such as SUNIONSTORE computed, whatever the key held, and says how many elements that
    /// are; of an empty outcome nothing remains but the deletion of what was there.
    pub fn store<T: Typed>(
        &mut self,
        key: &Bytes,
        outcome: T,
        len: usize,
        event: &'static str,
    ) -> Reply {
        if !outcome.is_empty() {
            self.set(key, outcome.into_value(), None);
            self.changed(class_of(T::TYPE), event, key);
        } else if self.remove(key).is_some() {
            self.changed(Class::Generic, "del", key);
        }
        Reply::count(len)
    }

    /// Takes a key out.
    pub fn remove(&mut self, key: &[u8]) -> Option<Arc<Entry>> {
        self.engine.keyspace.remove(self.session.db, key)
    }

    /// Reports that a key of the selected database was changed, and how. Call it once for each change, in the order
    /// of Redis' own notifications; transactions, notifications and waiting clients all follow from it.
    pub fn changed(&mut self, class: Class, name: &'static str, key: &Bytes) {
        self.engine.report(class, name, self.session.db, key);
    }

    /// As [`Context::changed`], for a key of another database (MOVE, COPY).
    pub fn changed_in(&mut self, db: usize, class: Class, name: &'static str, key: &Bytes) {
        self.engine.report(class, name, db, key);
    }

    /// Removes all keys of a database. Redis reports none of them.
    pub fn clear_database(&mut self, db: usize) {
        self.engine.touch_database(db);
        self.engine.keyspace.clear(db);
    }

    /// Exchanges two databases. Redis reports no key; whoever waits for one that is there now is served.
    pub fn swap_databases(&mut self, a: usize, b: usize) {
        self.engine.touch_database(a);
        self.engine.touch_database(b);
        self.engine.keyspace.swap(a, b);
        self.engine.touch_database(a);
        self.engine.touch_database(b);
        let engine = &mut *self.engine;
        let awaited = [a, b].map(|db| engine.waiting.awaited_in(db)).concat();
        let filled = awaited
            .into_iter()
            .filter(|(db, key)| engine.keyspace.get(*db, key).is_some());
        filled.for_each(|place| engine.ready.push(place));
    }

    /// A whole number below `end`, which must not be 0, by the engine's seed.
    pub fn random_below(&mut self, end: usize) -> usize {
        self.engine.random.usize(..end)
    }

    /// Different whole numbers below `end`, in random order: `count` of them, or all.
    pub fn random_different(&mut self, count: usize, end: usize) -> Vec<usize> {
        let count = count.min(end);
        let random = &mut self.engine.random;
        // Floyd's way: each step adds one number, and every set of numbers is equally likely.
        let mut seen = HashSet::with_capacity_and_hasher(count, FixedState::default());
        let mut picks = Vec::with_capacity(count);
        for last in end - count..end {
            let pick = random.usize(..=last);
            let pick = if seen.insert(pick) { pick } else { last };
            seen.insert(pick);
            picks.push(pick);
        }
        random.shuffle(&mut picks);
        picks
    }

    /// Whether this is a waiting command that runs again, so that a key of a wrong type is not yet its concern.
    #[must_use]
    pub fn is_resumed(&self) -> bool {
        matches!(self.manner, Manner::Resumed(_))
    }

    /// The keys that a waiting command may look at now: all that it names, or the one that was filled.
    #[must_use]
    pub fn ready_keys(&self, keys: &[Bytes]) -> Vec<Bytes> {
        match self.manner {
            Manner::Resumed(ready) => keys.iter().filter(|key| *key == ready).cloned().collect(),
            Manner::Fresh | Manner::AtOnce => keys.to_vec(),
        }
    }

    /// Whether a command may wait here; inside EXEC and scripts none does.
    #[must_use]
    pub fn may_wait(&self) -> bool {
        self.manner != Manner::AtOnce
    }

    /// Runs a line that a transaction has queued: it never waits.
    pub(super) fn run_queued(&mut self, argv: &[Bytes]) -> Reply {
        let before = self.engine.deliveries.len();
        let reply = self.engine.run_at_once(self.session, argv);
        // A client that publishes to itself finds the message in front of the reply, inside the array.
        let mut replies = self.engine.take_messages(self.session.id, before);
        if replies.is_empty() {
            return reply;
        }
        replies.push(reply);
        Reply::Many(replies)
    }

    /// Waits for one of `keys`, until the clock shows `until`; then the client gets `on_timeout`. Inside EXEC nothing
    /// waits and `on_timeout` is the answer at once. The function returns what this returns.
    pub fn wait_for(&mut self, keys: &[Bytes], until: Option<i64>, on_timeout: Reply) -> Reply {
        if !self.may_wait() {
            return on_timeout;
        }
        self.wait = Some(Box::new((keys.to_vec(), until, on_timeout)));
        Reply::None
    }
}

fn class_of(kind: Type) -> Class {
    match kind {
        Type::String => Class::String,
        Type::List => Class::List,
        Type::Hash => Class::Hash,
        Type::Set => Class::Set,
        Type::SortedSet => Class::SortedSet,
    }
}
