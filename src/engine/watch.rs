//! Watched keys: who will find its EXEC refused.

use crate::engine::{Bytes, Engine};

/// A key that a client watches.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Watch {
    client: u64,
    db: usize,
    key: Bytes,
    changed: bool,
}

impl Engine {
    /// Lets a client watch a key of a database.
    pub(super) fn watch(&mut self, client: u64, db: usize, key: &Bytes) {
        let known = |watch: &Watch| watch.client == client && watch.db == db && watch.key == *key;
        if !self.watches.iter().any(known) {
            self.watches.push(Watch {
                client,
                db,
                key: key.clone(),
                changed: false,
            });
        }
    }

    /// Forgets what a client watches, and says whether any of it has changed.
    pub(super) fn unwatch(&mut self, client: u64) -> bool {
        let changed = self
            .watches
            .iter()
            .any(|watch| watch.client == client && watch.changed);
        self.watches.retain(|watch| watch.client != client);
        changed
    }

    /// A key has changed.
    pub(super) fn touch(&mut self, db: usize, key: &[u8]) {
        for watch in &mut self.watches {
            watch.changed |= watch.db == db && watch.key == *key;
        }
    }

    /// All keys of a database that exist have changed.
    pub(super) fn touch_database(&mut self, db: usize) {
        for watch in self.watches.iter_mut().filter(|watch| watch.db == db) {
            watch.changed |= self.keyspace.get(db, &watch.key).is_some();
        }
    }

    /// The keys that a client watches, with their databases, in the order in which it named them.
    pub fn watched(&self, client: u64) -> impl Iterator<Item = (usize, &Bytes)> {
        self.watches
            .iter()
            .filter(move |watch| watch.client == client)
            .map(|watch| (watch.db, &watch.key))
    }
}
