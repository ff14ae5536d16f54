//! The databases: keys, their values and deadlines.
//!
//! Invariants: a key whose deadline has passed is never seen, because the engine removes what is due before each
//! command ([`Keyspace::take_due`]); a collection without elements is not stored. Copying a keyspace copies nothing
//! but pointers, and a write copies only the one entry that it changes.

use std::{collections::BTreeSet, sync::Arc};

use crate::engine::{
    Bytes, Error, Result,
    value::{Typed, Value, dense::Dense},
};

/// What a key holds.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The value.
    pub value: Value,
    /// The Unix time in milliseconds after which the key is gone.
    pub deadline: Option<i64>,
}

/// What a key costs beside its name and its value.
const KEY: usize = size_of::<(Bytes, Arc<Entry>)>() + size_of::<Entry>() + 16;

impl Entry {
    /// About how many bytes the key and its value take.
    #[must_use]
    pub fn weight(&self, key: &[u8]) -> usize {
        KEY + key.len() + self.value.weight()
    }
}

/// One numbered database.
pub type Database = Dense<Arc<Entry>>;

/// All databases of an engine.
#[derive(Debug, Clone)]
pub struct Keyspace {
    databases: Vec<Arc<Database>>,
    deadlines: Arc<BTreeSet<(i64, u32, Bytes)>>,
    used: usize,
}

/// What an edit of a collection gave.
#[derive(Debug)]
pub struct Edited<R> {
    /// What the closure returned.
    pub result: R,
    /// Whether the collection became empty, and so a key that was there is gone.
    pub removed: bool,
    /// Whether the key was made.
    pub made: bool,
}

impl Keyspace {
    /// `count` empty databases.
    #[must_use]
    pub fn new(count: usize) -> Keyspace {
        Keyspace {
            databases: vec![Arc::default(); count],
            deadlines: Arc::default(),
            used: 0,
        }
    }

    /// How many databases there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.databases.len()
    }

    /// A database, to be read.
    #[must_use]
    pub fn database(&self, db: usize) -> &Database {
        &self.databases[db]
    }

    /// The bytes that all keys and values take, by the engine's own reckoning.
    #[must_use]
    pub fn used(&self) -> usize {
        self.used
    }

    /// What a key holds.
    #[must_use]
    pub fn get(&self, db: usize, key: &[u8]) -> Option<&Arc<Entry>> {
        self.databases[db].get(key)
    }

    /// A key's value of one type, to be read.
    pub fn read<T: Typed>(&self, db: usize, key: &[u8]) -> Result<Option<&T>> {
        match self.get(db, key) {
            None => Ok(None),
            Some(entry) => T::of(&entry.value)
                .map(Some)
                .ok_or_else(|| wrong_type::<T>(key, &entry.value)),
        }
    }

    /// Changes a key's value of one type; a missing key stays missing. A collection left empty is removed.
    pub fn edit<T: Typed, R>(
        &mut self,
        db: usize,
        key: &[u8],
        f: impl FnOnce(&mut T) -> R,
    ) -> Result<Option<Edited<R>>> {
        match self.databases[db].position(key) {
            None => Ok(None),
            Some(position) => self.edit_at(db, key, position, f).map(Some),
        }
    }

    /// Changes a key's value of one type, created empty when the key is missing. A collection left empty is removed.
    pub fn edit_or_create<T: Typed, R>(
        &mut self,
        db: usize,
        key: &Bytes,
        f: impl FnOnce(&mut T) -> R,
    ) -> Result<Edited<R>> {
        if let Some(position) = self.databases[db].position(key) {
            return self.edit_at(db, key, position, f);
        }
        let mut value = T::default();
        let result = f(&mut value);
        let made = !value.is_empty();
        if made {
            let value = value.into_value();
            let deadline = None;
            self.set(db, key.clone(), Entry { value, deadline });
        }
        Ok(Edited {
            result,
            removed: false,
            made,
        })
    }

    fn edit_at<T: Typed, R>(
        &mut self,
        db: usize,
        key: &[u8],
        position: usize,
        f: impl FnOnce(&mut T) -> R,
    ) -> Result<Edited<R>> {
        let entry = Arc::make_mut(&mut self.databases[db]).at_mut(position);
        let entry = entry.expect("the key was just found");
        if T::of(&entry.value).is_none() {
            return Err(wrong_type::<T>(key, &entry.value));
        }
        let entry = Arc::make_mut(entry);
        let value = T::of_mut(&mut entry.value).expect("the type was just checked");
        let before = value.weight();
        let result = f(value);
        self.used = self.used - before + value.weight();
        let removed = value.is_empty();
        if removed {
            self.remove(db, key);
        }
        Ok(Edited {
            result,
            removed,
            made: false,
        })
    }

    /// Stores an entry, in the place of the one that is there if nobody else holds it.
    pub fn put(&mut self, db: usize, key: &Bytes, entry: Entry) {
        let position = self.databases[db].position(key);
        let place = position.and_then(|at| Arc::make_mut(&mut self.databases[db]).at_mut(at));
        let Some(place) = place.and_then(Arc::get_mut) else {
            self.set(db, key.clone(), entry);
            return;
        };
        self.used = self.used - place.value.weight() + entry.value.weight();
        let (old, new) = (place.deadline, entry.deadline);
        *place = entry;
        if old != new {
            self.forget_deadline(db, key, old);
            if let Some(deadline) = new {
                Arc::make_mut(&mut self.deadlines).insert((deadline, index(db), key.clone()));
            }
        }
    }

    /// Stores an entry and gives back the one it replaces.
    pub fn set(
        &mut self,
        db: usize,
        key: Bytes,
        entry: impl Into<Arc<Entry>>,
    ) -> Option<Arc<Entry>> {
        let entry = entry.into();
        self.used += entry.weight(&key);
        if let Some(deadline) = entry.deadline {
            Arc::make_mut(&mut self.deadlines).insert((deadline, index(db), key.clone()));
        }
        let old = Arc::make_mut(&mut self.databases[db]).insert(key.clone(), entry.clone());
        if let Some(old) = &old {
            self.used -= old.weight(&key);
            if old.deadline.is_some() && old.deadline != entry.deadline {
                self.forget_deadline(db, &key, old.deadline);
            }
        }
        old
    }

    /// Takes a key out.
    pub fn remove(&mut self, db: usize, key: &[u8]) -> Option<Arc<Entry>> {
        let (key, entry) = Arc::make_mut(&mut self.databases[db]).swap_remove(key)?;
        self.used -= entry.weight(&key);
        self.forget_deadline(db, &key, entry.deadline);
        Some(entry)
    }

    /// Sets or clears a key's deadline; `false` when there is no such key.
    pub fn set_deadline(&mut self, db: usize, key: &[u8], deadline: Option<i64>) -> bool {
        let Some(entry) = Arc::make_mut(&mut self.databases[db]).get_mut(key) else {
            return false;
        };
        let old = entry.deadline;
        if old != deadline {
            Arc::make_mut(entry).deadline = deadline;
            let key = Bytes::from(key);
            self.forget_deadline(db, &key, old);
            if let Some(deadline) = deadline {
                Arc::make_mut(&mut self.deadlines).insert((deadline, index(db), key));
            }
        }
        true
    }

    /// Removes all keys of a database and says how many there were.
    pub fn clear(&mut self, db: usize) -> usize {
        let old = std::mem::take(&mut self.databases[db]);
        self.used -= old
            .iter()
            .map(|(key, entry)| entry.weight(key))
            .sum::<usize>();
        Arc::make_mut(&mut self.deadlines).retain(|(_, at, _)| *at != index(db));
        old.len()
    }

    /// Exchanges two databases.
    pub fn swap(&mut self, a: usize, b: usize) {
        self.databases.swap(a, b);
        let swapped = self.deadlines.iter().map(|(deadline, db, key)| {
            let db = if *db == index(a) {
                index(b)
            } else if *db == index(b) {
                index(a)
            } else {
                *db
            };
            (*deadline, db, key.clone())
        });
        self.deadlines = Arc::new(swapped.collect());
    }

    /// The next key that is due at `now`, taken out: call until there is none. The earliest comes first.
    pub fn take_due(&mut self, now: i64) -> Option<(usize, Bytes)> {
        let (deadline, db, key) = self.deadlines.first()?;
        // Redis 7.0: a key lives through the millisecond of its deadline.
        if *deadline >= now {
            return None;
        }
        let (db, key) = (*db as usize, key.clone());
        self.remove(db, &key);
        Some((db, key))
    }

    /// The earliest deadline of any key.
    #[must_use]
    pub fn next_deadline(&self) -> Option<i64> {
        self.deadlines.first().map(|(deadline, ..)| *deadline)
    }

    /// All deadlines, the earliest first: database, key, Unix time in milliseconds.
    pub fn deadlines(&self) -> impl Iterator<Item = (usize, &Bytes, i64)> {
        self.deadlines
            .iter()
            .map(|(deadline, db, key)| (*db as usize, key, *deadline))
    }

    fn forget_deadline(&mut self, db: usize, key: &Bytes, deadline: Option<i64>) {
        if let Some(deadline) = deadline {
            Arc::make_mut(&mut self.deadlines).remove(&(deadline, index(db), key.clone()));
        }
    }
}

fn index(db: usize) -> u32 {
    u32::try_from(db).expect("databases are few")
}

fn wrong_type<T: Typed>(key: &[u8], value: &Value) -> Error {
    Error::WrongType {
        key: Bytes::from(key),
        found: value.kind(),
        wanted: T::TYPE,
    }
}
