//! What a command function works with: the current client's database, the clock, the seed, and a way to report what
//! it changed.

use std::{collections::HashSet, sync::Arc};

use foldhash::fast::FixedState;

use crate::engine::{
    Bytes, Class, Command, Database, Engine, Entry, Error, Event, Reply, Result, Session,
    value::{Type, Typed, Value},
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
    /// What a command that would wait asked for; see [`Context::wait_for`].
    pub(super) wait: Option<(Vec<Bytes>, Option<i64>, Reply)>,
    /// Set when a waiting command runs again because this key was filled: it may look at no other.
    pub(super) ready: Option<Bytes>,
    /// Whether waiting is impossible here (inside EXEC or a script).
    pub(super) never_wait: bool,
}

impl Context<'_> {
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
        self.engine.keyspace.get(self.session.db, key)
    }

    /// A key's value of one type; a key of another type is an error.
    pub fn read<T: Typed>(&self, key: &[u8]) -> Result<Option<&T>> {
        self.engine.keyspace.read(self.session.db, key)
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
        Ok(edited.result)
    }

    /// Stores a value under a key, whatever it held, with this deadline.
    pub fn set(&mut self, key: Bytes, value: Value, deadline: Option<i64>) {
        self.engine
            .keyspace
            .set(self.session.db, key, Entry { value, deadline });
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
        self.engine.max_value
    }

    /// Refuses what would need `bytes` more than the memory limit leaves. Ask before allocating.
    pub fn room_for(&self, bytes: usize) -> Result<()> {
        let used = self.engine.keyspace.used();
        if used.saturating_add(bytes) > self.engine.max_memory {
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
            self.set(key.clone(), outcome.into_value(), None);
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
        self.engine.report(Event {
            class,
            name,
            db: self.session.db,
            key: key.clone(),
        });
    }

    /// As [`Context::changed`], for a key of another database (MOVE, COPY).
    pub fn changed_in(&mut self, db: usize, class: Class, name: &'static str, key: &Bytes) {
        self.engine.report(Event {
            class,
            name,
            db,
            key: key.clone(),
        });
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
        let waiting = self
            .engine
            .waiting
            .iter()
            .filter(|wait| wait.db == a || wait.db == b);
        let awaited = waiting.flat_map(|wait| wait.keys.iter().map(|key| (wait.db, key.clone())));
        let filled = awaited.filter(|(db, key)| self.engine.keyspace.get(*db, key).is_some());
        let filled: Vec<_> = filled.collect();
        self.engine.ready.extend(filled);
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
        self.ready.is_some()
    }

    /// The keys that a waiting command may look at now: all that it names, or the one that was filled.
    #[must_use]
    pub fn ready_keys(&self, keys: &[Bytes]) -> Vec<Bytes> {
        match &self.ready {
            Some(ready) => keys.iter().filter(|key| *key == ready).cloned().collect(),
            None => keys.to_vec(),
        }
    }

    /// Runs a line that a transaction has queued: it never waits.
    pub(super) fn run_queued(&mut self, argv: &[Bytes]) -> Reply {
        self.engine.run_at_once(self.session, argv)
    }

    /// Waits for one of `keys`, until the clock shows `until`; then the client gets `on_timeout`. Inside EXEC nothing
    /// waits and `on_timeout` is the answer at once. The function returns what this returns.
    pub fn wait_for(&mut self, keys: &[Bytes], until: Option<i64>, on_timeout: Reply) -> Reply {
        if self.never_wait {
            return on_timeout;
        }
        self.wait = Some((keys.to_vec(), until, on_timeout));
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
