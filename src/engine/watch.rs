//! Watched keys: who will find its EXEC refused.

use std::collections::{HashMap, HashSet};

use foldhash::fast::FixedState;

use crate::engine::{Bytes, Engine, waiting::Place};

/// Who watches what, found by key and by client, and who has seen a change.
#[derive(Debug, Clone, Default)]
pub(super) struct Watches {
    watchers: HashMap<Place, Vec<u64>, FixedState>,
    watched: HashMap<u64, Watched, FixedState>,
    changed: HashSet<u64, FixedState>,
    bytes: usize,
}

/// What a client watches, in the order in which it named them, and the bytes that this takes.
#[derive(Debug, Clone, Default)]
struct Watched {
    places: Vec<Place>,
    bytes: usize,
}

/// What a watched key takes beside its name: its places in both tables.
const KEY: usize = 2 * size_of::<Place>() + size_of::<Vec<u64>>() + 24;

impl Watches {
    /// The bytes that all of them take.
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// The bytes that those of a client take.
    pub fn bytes_of(&self, client: u64) -> usize {
        self.watched.get(&client).map_or(0, |it| it.bytes)
    }

    /// The bytes that a watched key takes.
    pub fn weight(key: &[u8]) -> usize {
        KEY + key.len()
    }

    fn touch(&mut self, place: &Place) {
        if let Some(clients) = self.watchers.get(place) {
            self.changed.extend(clients);
        }
    }
}

impl Engine {
    /// Lets a client watch a key of a database.
    pub(super) fn watch(&mut self, client: u64, db: usize, key: &Bytes) {
        let place = (db, key.clone());
        let watchers = self.watches.watchers.entry(place.clone()).or_default();
        if !watchers.contains(&client) {
            watchers.push(client);
            let watched = self.watches.watched.entry(client).or_default();
            watched.places.push(place);
            watched.bytes += Watches::weight(key);
            self.watches.bytes += Watches::weight(key);
        }
    }

    /// Forgets what a client watches, and says whether any of it has changed.
    pub(super) fn unwatch(&mut self, client: u64) -> bool {
        let watched = self.watches.watched.remove(&client).unwrap_or_default();
        self.watches.bytes -= watched.bytes;
        for place in watched.places {
            if let Some(watchers) = self.watches.watchers.get_mut(&place) {
                watchers.retain(|watcher| *watcher != client);
                if watchers.is_empty() {
                    self.watches.watchers.remove(&place);
                }
            }
        }
        self.watches.changed.remove(&client)
    }

    /// A key has changed.
    pub(super) fn touch(&mut self, db: usize, key: &Bytes) {
        if !self.watches.watchers.is_empty() {
            self.watches.touch(&(db, key.clone()));
        }
    }

    /// All keys of a database that exist have changed.
    pub(super) fn touch_database(&mut self, db: usize) {
        let existing: Vec<Place> = self
            .watches
            .watchers
            .keys()
            .filter(|(at, key)| *at == db && self.keyspace.get(db, key).is_some())
            .cloned()
            .collect();
        for place in existing {
            self.watches.touch(&place);
        }
    }

    /// Whether a key that a client watches has changed, so that its EXEC will run nothing.
    #[must_use]
    pub fn watched_has_changed(&self, client: u64) -> bool {
        self.watches.changed.contains(&client)
    }

    /// The keys that a client watches, with their databases, in the order in which it named them.
    pub fn watched(&self, client: u64) -> impl Iterator<Item = (usize, &Bytes)> {
        self.watches
            .watched
            .get(&client)
            .into_iter()
            .flat_map(|watched| &watched.places)
            .map(|(db, key)| (*db, key))
    }
}
