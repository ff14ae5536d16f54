//! A hash map whose entries lie densely in a vector, with a table of positions beside it.
//!
//! The dense vector makes random choice, scanning by position and copying cheap; the table holds 4-byte positions
//! and no hashes. Removal swaps the last entry in, so positions below a falling cursor are never missed by a scan.

use std::hash::{BuildHasher, Hasher};

use foldhash::fast::FixedState;
use hashbrown::{HashTable, hash_table::Entry};

use crate::engine::Bytes;

/// Entries by key; see the module's text.
#[derive(Debug, Clone)]
pub struct Dense<V> {
    entries: Vec<(Bytes, V)>,
    positions: HashTable<u32>,
}

impl<V> Default for Dense<V> {
    fn default() -> Dense<V> {
        Dense {
            entries: Vec::new(),
            positions: HashTable::new(),
        }
    }
}

pub(super) fn hash(key: &[u8]) -> u64 {
    // Not `hash_one`, which would mix in the length a second time.
    let mut hasher = FixedState::default().build_hasher();
    hasher.write(key);
    hasher.finish()
}

impl<V> Dense<V> {
    /// How many entries there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The position of a key.
    #[must_use]
    pub fn position(&self, key: &[u8]) -> Option<usize> {
        self.positions
            .find(hash(key), |at| {
                self.entries[*at as usize].0.as_slice() == key
            })
            .map(|at| *at as usize)
    }

    /// The value of a key.
    #[must_use]
    pub fn get(&self, key: &[u8]) -> Option<&V> {
        self.position(key).map(|at| &self.entries[at].1)
    }

    /// The value of a key, to be changed.
    pub fn get_mut(&mut self, key: &[u8]) -> Option<&mut V> {
        self.position(key).map(|at| &mut self.entries[at].1)
    }

    /// The value at a position that [`Dense::position`] gave, to be changed.
    pub fn at_mut(&mut self, position: usize) -> Option<&mut V> {
        self.entries.get_mut(position).map(|(_, value)| value)
    }

    /// The entry at a position, 0-based.
    #[must_use]
    pub fn at(&self, position: usize) -> Option<(&Bytes, &V)> {
        self.entries.get(position).map(|(key, value)| (key, value))
    }

    /// All entries in the order of their positions.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&Bytes, &V)> + ExactSizeIterator {
        self.entries.iter().map(|(key, value)| (key, value))
    }

    /// Some entries, and the cursor to go on with: 0 begins, and 0 is given at the end.
    ///
    /// A cursor is the number of positions left to visit, and positions are visited from the last. What is removed
    /// meanwhile moves an entry from the end to a lower position, so none that stays is missed; one may come twice.
    pub fn scan(&self, cursor: u64, count: usize) -> (u64, impl Iterator<Item = (&Bytes, &V)>) {
        self.scan_or_all(cursor, count, false)
    }

    /// As [`Dense::scan`], or everything at once in the order of positions.
    pub fn scan_or_all(
        &self,
        cursor: u64,
        count: usize,
        all: bool,
    ) -> (u64, impl Iterator<Item = (&Bytes, &V)>) {
        let end = match usize::try_from(cursor) {
            Ok(cursor) if cursor > 0 && !all => cursor.min(self.len()),
            _ => self.len(),
        };
        let start = if all { 0 } else { end.saturating_sub(count) };
        let visited = self.entries[start..end].iter();
        (start as u64, visited.map(|(key, value)| (key, value)))
    }

    /// Stores a value and gives back the one it replaces.
    pub fn insert(&mut self, key: Bytes, value: V) -> Option<V> {
        match self.slot(&key) {
            Slot::Old(at) => Some(std::mem::replace(&mut self.entries[at].1, value)),
            Slot::New => {
                self.entries.push((key, value));
                None
            }
        }
    }

    /// Stores a value unless the key is there, and says whether it was new.
    pub fn insert_new(&mut self, key: Bytes, value: V) -> bool {
        let slot = self.slot(&key);
        if matches!(slot, Slot::New) {
            self.entries.push((key, value));
        }
        matches!(slot, Slot::New)
    }

    /// The position of a key; a new one is entered into the table as the next, to be pushed at once.
    fn slot(&mut self, key: &Bytes) -> Slot {
        let entries = &self.entries;
        let entry = self.positions.entry(
            hash(key),
            |at| entries[*at as usize].0.as_slice() == key.as_slice(),
            |at| hash(&entries[*at as usize].0),
        );
        match entry {
            Entry::Occupied(at) => Slot::Old(*at.get() as usize),
            Entry::Vacant(free) => {
                let at = entries.len();
                free.insert(u32::try_from(at).expect("memory ends before four billion entries"));
                Slot::New
            }
        }
    }

    /// Takes an entry out; the last entry moves to its position.
    pub fn swap_remove(&mut self, key: &[u8]) -> Option<(Bytes, V)> {
        let position = self.position(key)?;
        self.swap_remove_at(position)
    }

    /// Takes out the entry at a position; the last entry moves there.
    pub fn swap_remove_at(&mut self, position: usize) -> Option<(Bytes, V)> {
        if position >= self.len() {
            return None;
        }
        // The last entry's place in the table first: its key is at hand, while the other's is still on its way from
        // memory, so that both waits go on at the same time.
        let last = self.bucket(self.len() - 1);
        let bucket = self.bucket(position);
        let gone = self.positions.get_bucket_entry(bucket);
        let (at, _) = gone.expect("it was just found").remove();
        // Nothing is there any more when the last entry is the one that goes.
        if let Some(moved) = self.positions.get_bucket_mut(last) {
            *moved = at;
        }
        Some(self.entries.swap_remove(position))
    }

    /// Takes an entry out; those behind it move up, in time that grows with the number of entries.
    pub fn shift_remove(&mut self, key: &[u8]) -> Option<(Bytes, V)> {
        let removed = self.position(key)?;
        let bucket = self.bucket(removed);
        let gone = self.positions.get_bucket_entry(bucket);
        gone.expect("it was just found").remove();
        for at in &mut self.positions {
            if *at as usize > removed {
                *at -= 1;
            }
        }
        Some(self.entries.remove(removed))
    }

    /// Where in the table the entry at a position is entered.
    fn bucket(&self, position: usize) -> usize {
        let hash = hash(&self.entries[position].0);
        let bucket = self
            .positions
            .find_bucket_index(hash, |at| *at as usize == position);
        bucket.expect("every entry is in the table")
    }
}

/// What [`Dense::slot`] found.
enum Slot {
    Old(usize),
    New,
}

/// The keys in the order of their positions.
pub(super) fn keys(table: &Dense<()>) -> impl Iterator<Item = Bytes> {
    table.entries.iter().map(|(key, ())| key.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scan_misses_nothing_that_stays() {
        let mut dense = Dense::default();
        let key = |number: usize| Bytes::from(number.to_string().as_bytes());
        (0..100).for_each(|number| {
            dense.insert(key(number), ());
        });
        let (mut seen, mut cursor) = (Vec::new(), 0);
        for step in 0.. {
            let (next, found) = dense.scan(cursor, 7);
            seen.extend(found.map(|(key, ())| key.clone()));
            if next == 0 {
                break;
            }
            cursor = next;
            dense.swap_remove(&key(step * 3));
            dense.insert(key(1000 + step), ());
        }
        let stayed = (0..100).filter(|number| number % 3 > 0 || *number >= 45);
        for number in stayed {
            assert!(seen.contains(&key(number)), "{number}");
        }
    }
}
