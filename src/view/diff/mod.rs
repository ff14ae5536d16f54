//! What changed between two values, found at a cost that is bounded whatever their size.
//!
//! A value that was not touched is the same `Arc` and is never compared. Longer values are compared at their ends and
//! at samples: a change deep inside a very long value may then go unmarked, but nothing is ever marked wrongly.

mod edit;
mod list;

use std::{ops::Range, sync::Arc};

pub use edit::Work;
pub use list::{Run, RunKind, changed_places, list, lists, place, total};

use crate::engine::{
    Bytes, Entry,
    value::{Hash, Set, SortedSet, Typed},
};

/// What a key was before.
#[derive(Debug)]
pub enum Was<'a, T> {
    /// The same, or nothing is to be marked.
    Same,
    /// The same, and a line has read what stands at these positions.
    Read(&'a [Range<usize>]),
    /// Not there, or of another type.
    Absent,
    /// This.
    Value(&'a T),
}

// Derived, these would ask the same of `T`.
impl<T> Clone for Was<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Was<'_, T> {}

impl<'a, T: Typed> Was<'a, T> {
    /// What an entry was; `marked` when changes are to be marked at all, `read` what a line has read of it.
    #[must_use]
    pub fn of(
        marked: bool,
        before: Option<&'a Arc<Entry>>,
        after: &Arc<Entry>,
        read: Option<&'a [Range<usize>]>,
    ) -> Was<'a, T> {
        match before {
            _ if !marked => Was::Same,
            Some(before) if Arc::ptr_eq(before, after) => read.map_or(Was::Same, Was::Read),
            Some(before) => T::of(&before.value).map_or(Was::Absent, Was::Value),
            None => Was::Absent,
        }
    }
}

/// What became of a part of a value.
#[derive(Debug, Clone, PartialEq)]
pub enum Change<V> {
    /// Nothing.
    Same,
    /// Nothing, but a line has read it.
    Read,
    /// It is new.
    New,
    /// It is gone.
    Gone,
    /// It was this.
    Changed(V),
}

/// A value made of entries that are found by name: a hash, a set, a sorted set.
pub trait Entries {
    /// What an entry has beside its name.
    type Value: Clone + PartialEq;
    /// How many there are.
    fn count(&self) -> usize;
    /// The entry at a position, 0-based.
    fn entry(&self, position: usize) -> Option<(Bytes, Self::Value)>;
    /// What a name has.
    fn find(&self, name: &[u8]) -> Option<Self::Value>;
}

impl Entries for Hash {
    type Value = Bytes;
    fn count(&self) -> usize {
        self.len()
    }
    fn entry(&self, position: usize) -> Option<(Bytes, Bytes)> {
        self.at(position)
            .map(|(field, value)| (field.clone(), value.clone()))
    }
    fn find(&self, name: &[u8]) -> Option<Bytes> {
        self.get(name).cloned()
    }
}

impl Entries for Set {
    type Value = ();
    fn count(&self) -> usize {
        self.len()
    }
    fn entry(&self, position: usize) -> Option<(Bytes, ())> {
        self.at(position).map(|member| (member, ()))
    }
    fn find(&self, name: &[u8]) -> Option<()> {
        self.contains(name).then_some(())
    }
}

impl Entries for SortedSet {
    type Value = f64;
    fn count(&self) -> usize {
        self.len()
    }
    fn entry(&self, position: usize) -> Option<(Bytes, f64)> {
        self.at(position)
            .map(|(member, score)| (member.clone(), score))
    }
    fn find(&self, name: &[u8]) -> Option<f64> {
        self.score(name)
    }
}

/// What became of one entry, which stands at a position now.
#[must_use]
pub fn entry<E: Entries>(
    was: Was<'_, E>,
    at: usize,
    name: &[u8],
    value: &E::Value,
) -> Change<E::Value> {
    match was {
        Was::Read(places) if places.iter().any(|place| place.contains(&at)) => Change::Read,
        Was::Same | Was::Read(_) => Change::Same,
        Was::Absent => Change::New,
        Was::Value(before) => match before.find(name) {
            None => Change::New,
            Some(old) if old == *value => Change::Same,
            Some(old) => Change::Changed(old),
        },
    }
}

/// So many entries are looked at one by one; of longer values the ends and samples.
const ENTRIES: usize = 4_000;
/// So many entries at each end of a longer value: more than are ever drawn there. What is looked at costs a look-up each,
/// and in a large value those are slow.
const END: usize = 24;
/// So many of those that are gone are shown.
const GONE: usize = 16;

/// The positions of entries that are new, changed or read, ascending. None when all are: then no one stands out.
#[must_use]
pub fn changed<E: Entries>(was: Was<'_, E>, after: &E) -> Vec<usize> {
    let before = match was {
        Was::Value(before) => before,
        Was::Read(places) => return places.iter().cloned().flatten().take(ENTRIES).collect(),
        Was::Same | Was::Absent => return Vec::new(),
    };
    let differs = |at: &usize| {
        after
            .entry(*at)
            .is_some_and(|(name, value)| entry(was, *at, &name, &value) != Change::Same)
    };
    looked_at(before, after)
        .into_iter()
        .filter(differs)
        .take(ENTRIES)
        .collect()
}

/// The entries that are gone, in their old order.
#[must_use]
pub fn gone<E: Entries>(was: Was<'_, E>, after: &E) -> Vec<(Bytes, E::Value)> {
    let Was::Value(before) = was else {
        return Vec::new();
    };
    let old = looked_at(after, before)
        .into_iter()
        .filter_map(|at| before.entry(at));
    old.filter(|(name, _)| after.find(name).is_none())
        .take(GONE)
        .collect()
}

/// The positions of `after` worth looking at.
fn looked_at<E: Entries>(before: &E, after: &E) -> Vec<usize> {
    let count = after.count();
    if count <= ENTRIES {
        return (0..count).collect();
    }
    let ends = (0..END).chain(count - END..count);
    let mut positions: Vec<usize> = ends.chain(boundaries(before, after)).collect();
    positions.sort_unstable();
    positions.dedup();
    positions
}

/// Positions where two long values begin or cease to agree, found from samples.
fn boundaries<E: Entries>(before: &E, after: &E) -> Vec<usize> {
    const SAMPLES: usize = 32;
    let agree =
        |at: usize| before.entry(at).map(|(name, _)| name) == after.entry(at).map(|(name, _)| name);
    let count = after.count();
    let mut found = Vec::new();
    for sample in 0..SAMPLES {
        let (mut low, mut high) = (
            count * sample / SAMPLES,
            (count * (sample + 1) / SAMPLES).min(count - 1),
        );
        let starts_alike = agree(low);
        if agree(high) == starts_alike {
            continue;
        }
        while high - low > 1 {
            let middle = usize::midpoint(low, high);
            if agree(middle) == starts_alike {
                low = middle;
            } else {
                high = middle;
            }
        }
        found.extend([low, high]);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_large_value_few_entries_are_looked_at_and_new_ones_are_found() {
        let mut before = Set::default();
        for n in 0..50_000 {
            before.insert(Bytes::from(format!("m{n}").into_bytes()), 512);
        }
        let mut after = before.clone();
        for n in 0..200 {
            after.insert(Bytes::from(format!("new{n}").into_bytes()), 512);
        }
        assert!(looked_at(&before, &after).len() <= 128);
        let found = changed(Was::Value(&before), &after);
        assert!(
            found.contains(&50_000) && found.contains(&50_199),
            "{found:?}"
        );
    }
}
