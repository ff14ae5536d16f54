//! What changed between two values, found at a cost that is bounded whatever their size.
//!
//! A value that was not touched is the same `Arc` and is never compared. Longer values are compared at their ends and
//! at samples: a change deep inside a very long value may then go unmarked, but nothing is ever marked wrongly.

use std::sync::Arc;

use crate::engine::{
    Bytes, Entry,
    value::{Hash, List, Set, SortedSet, Typed},
};

/// What a key was before.
#[derive(Debug)]
pub enum Was<'a, T> {
    /// The same, or nothing is to be marked.
    Same,
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
    /// What an entry was; `marked` when changes are to be marked at all.
    #[must_use]
    pub fn of(marked: bool, before: Option<&'a Arc<Entry>>, after: &Arc<Entry>) -> Was<'a, T> {
        match before {
            _ if !marked => Was::Same,
            Some(before) if Arc::ptr_eq(before, after) => Was::Same,
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
    /// It is new.
    New,
    /// It is gone.
    Gone,
    /// It was this.
    Changed(V),
}

/// A stretch of a list: positions before and after, both 0-based, and how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    /// What became of it.
    pub kind: RunKind,
    /// Where it starts in the old list.
    pub before: usize,
    /// Where it starts in the new list.
    pub after: usize,
    /// Its length.
    pub len: usize,
}

/// What became of a stretch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RunKind {
    /// Nothing.
    Same,
    /// It is new.
    New,
    /// It is gone.
    Gone,
    /// Each element was replaced.
    Changed,
}

/// So many elements are compared from either end.
const SCAN: usize = 50_000;
/// Two stretches up to this length are aligned exactly.
const ALIGNED: usize = 200;

/// The stretches of a list in the order in which they are drawn.
#[must_use]
pub fn list(was: Was<'_, List>, after: &List) -> Vec<Run> {
    match was {
        Was::Same => runs([(RunKind::Same, after.len())]),
        Was::Absent => runs([(RunKind::New, after.len())]),
        Was::Value(before) => lists(before, after),
    }
}

/// The stretches of two lists.
#[must_use]
pub fn lists(before: &List, after: &List) -> Vec<Run> {
    let (old, new) = (before.len(), after.len());
    let shorter = old.min(new);
    let first = same(before.range(0..old), after.range(0..new)).min(shorter);
    let rest = shorter - first;
    let last = same(
        before.range(first..old).rev(),
        after.range(first..new).rev(),
    )
    .min(rest);
    if first + last == shorter || (first < SCAN && last < SCAN) {
        return around(before, after, first, last);
    }
    shifted(before, after, first, last).unwrap_or_else(|| runs([(RunKind::Same, new)]))
}

/// How many elements agree, as far as it is looked.
fn same<'a>(a: impl Iterator<Item = &'a Bytes>, b: impl Iterator<Item = &'a Bytes>) -> usize {
    a.zip(b).take(SCAN).take_while(|(a, b)| a == b).count()
}

/// Equal ends and something between them.
fn around(before: &List, after: &List, first: usize, last: usize) -> Vec<Run> {
    let old: Vec<&Bytes> = before
        .range(first..before.len() - last)
        .take(ALIGNED + 1)
        .collect();
    let new: Vec<&Bytes> = after
        .range(first..after.len() - last)
        .take(ALIGNED + 1)
        .collect();
    let (gone, come) = (before.len() - last - first, after.len() - last - first);
    let mut parts = vec![(RunKind::Same, first)];
    if gone <= ALIGNED && come <= ALIGNED {
        parts.extend(align(&old, &new));
    } else {
        parts.extend([(RunKind::Gone, gone), (RunKind::New, come)]);
    }
    parts.push((RunKind::Same, last));
    runs(paired(&parts))
}

/// A long list that differs in one place near an end.
fn shifted(before: &List, after: &List, first: usize, last: usize) -> Option<Vec<Run>> {
    let (old, new) = (before.len(), after.len());
    let (gone, come) = (old.saturating_sub(new), new.saturating_sub(old));
    if last == SCAN {
        let fits = same(
            before.range(first + gone..old),
            after.range(first + come..new),
        ) == SCAN;
        let rest = old - gone - first;
        return fits.then(|| {
            runs([
                (RunKind::Same, first),
                (RunKind::Gone, gone),
                (RunKind::New, come),
                (RunKind::Same, rest),
            ])
        });
    }
    let kept = old - last - gone;
    let fits = same(
        before.range(0..kept).rev(),
        after.range(0..new - last - come).rev(),
    ) == SCAN;
    fits.then(|| {
        runs([
            (RunKind::Same, kept),
            (RunKind::Gone, gone),
            (RunKind::New, come),
            (RunKind::Same, last),
        ])
    })
}

/// The longest common subsequence of two short stretches, as parts.
fn align(old: &[&Bytes], new: &[&Bytes]) -> Vec<(RunKind, usize)> {
    let wide = new.len() + 1;
    let mut longest = vec![0u16; (old.len() + 1) * wide];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            longest[i * wide + j] = if old[i] == new[j] {
                longest[(i + 1) * wide + j + 1] + 1
            } else {
                longest[(i + 1) * wide + j].max(longest[i * wide + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut parts = Vec::new();
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && old[i] == new[j] {
            parts.push((RunKind::Same, 1));
            (i, j) = (i + 1, j + 1);
        } else if j == new.len()
            || (i < old.len() && longest[(i + 1) * wide + j] >= longest[i * wide + j + 1])
        {
            parts.push((RunKind::Gone, 1));
            i += 1;
        } else {
            parts.push((RunKind::New, 1));
            j += 1;
        }
    }
    parts
}

/// Elements that are gone right where new ones are were replaced.
fn paired(parts: &[(RunKind, usize)]) -> Vec<(RunKind, usize)> {
    let mut joined: Vec<(RunKind, usize)> = Vec::new();
    let (mut gone, mut come) = (0, 0);
    let flush = |gone: &mut usize, come: &mut usize, joined: &mut Vec<(RunKind, usize)>| {
        let both = (*gone).min(*come);
        joined.extend([
            (RunKind::Changed, both),
            (RunKind::Gone, *gone - both),
            (RunKind::New, *come - both),
        ]);
        (*gone, *come) = (0, 0);
    };
    for (kind, len) in parts.iter().copied() {
        match kind {
            RunKind::Gone => gone += len,
            RunKind::New => come += len,
            RunKind::Same | RunKind::Changed => {
                if len > 0 {
                    flush(&mut gone, &mut come, &mut joined);
                    joined.push((kind, len));
                }
            }
        }
    }
    flush(&mut gone, &mut come, &mut joined);
    joined
}

/// Parts with their positions; neighbours of one kind become one, empty ones vanish.
fn runs(parts: impl IntoIterator<Item = (RunKind, usize)>) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let (mut before, mut after) = (0, 0);
    for (kind, len) in parts.into_iter().filter(|(_, len)| *len > 0) {
        match runs.last_mut() {
            Some(run) if run.kind == kind => run.len += len,
            _ => runs.push(Run {
                kind,
                before,
                after,
                len,
            }),
        }
        before += if kind == RunKind::New { 0 } else { len };
        after += if kind == RunKind::Gone { 0 } else { len };
    }
    runs
}

/// How many elements are drawn: those that are, and those that are gone.
#[must_use]
pub fn total(runs: &[Run]) -> usize {
    runs.iter().map(|run| run.len).sum()
}

/// What stands at a drawn position: what became of it, and where it stood before and stands now.
#[must_use]
pub fn place(runs: &[Run], position: usize) -> Option<(RunKind, usize, usize)> {
    let mut start = 0;
    for run in runs {
        if position < start + run.len {
            let offset = position - start;
            return Some((run.kind, run.before + offset, run.after + offset));
        }
        start += run.len;
    }
    None
}

/// The drawn positions of what changed; of a stretch longer than `room` only its ends.
#[must_use]
pub fn changed_places(runs: &[Run], room: usize) -> Vec<usize> {
    let mut start = 0;
    let mut places = Vec::new();
    for run in runs {
        if run.kind != RunKind::Same {
            let head = run.len.min(room);
            let tail = run.len.saturating_sub(2).max(head);
            places.extend((0..head).chain(tail..run.len).map(|at| start + at));
        }
        start += run.len;
    }
    places
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

/// What became of one entry.
#[must_use]
pub fn entry<E: Entries>(was: Was<'_, E>, name: &[u8], value: &E::Value) -> Change<E::Value> {
    match was {
        Was::Same => Change::Same,
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
/// So many of those that are gone are shown.
const GONE: usize = 16;

/// The positions of entries that are new or changed, ascending. None when all are: then no one stands out.
#[must_use]
pub fn changed<E: Entries>(was: Was<'_, E>, after: &E) -> Vec<usize> {
    let Was::Value(before) = was else {
        return Vec::new();
    };
    let differs = |at: &usize| {
        after
            .entry(*at)
            .is_some_and(|(name, value)| entry(was, &name, &value) != Change::Same)
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
    let ends = (0..ENTRIES / 4).chain(count - ENTRIES / 4..count);
    let mut positions: Vec<usize> = ends.chain(boundaries(before, after)).collect();
    positions.sort_unstable();
    positions.dedup();
    positions
}

/// Positions where two long values begin or cease to agree, found from samples.
fn boundaries<E: Entries>(before: &E, after: &E) -> Vec<usize> {
    const SAMPLES: usize = 64;
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
