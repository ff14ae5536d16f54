//! What changed between two lists, as stretches: equal ends first, then what lies between them.

use std::ops::Range;

use crate::engine::{Bytes, value::List};

use super::{Was, Work};

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
    /// Nothing, but a line has read it.
    Read,
    /// It is new.
    New,
    /// It is gone.
    Gone,
    /// Each element was replaced.
    Changed,
}

/// So many elements are compared from either end.
pub(super) const SCAN: usize = 5_000;
/// Two stretches up to this length are aligned exactly.
pub(super) const ALIGNED: usize = 200;

/// The stretches of a list in the order in which they are drawn, as the line made them where that is known.
#[must_use]
pub fn list(was: Was<'_, List>, after: &List, work: Work<'_>) -> Vec<Run> {
    match was {
        Was::Same => runs([(RunKind::Same, after.len())]),
        Was::Read(places) => runs(read(places, after.len())),
        Was::Absent => runs([(RunKind::New, after.len())]),
        Was::Value(before) => work
            .runs(before, after)
            .unwrap_or_else(|| lists(before, after)),
    }
}

/// A list of which a line has read some places.
fn read(places: &[Range<usize>], len: usize) -> Vec<(RunKind, usize)> {
    let mut parts = Vec::new();
    let mut end = 0;
    for place in places {
        parts.push((RunKind::Same, place.start.saturating_sub(end)));
        parts.push((RunKind::Read, place.len()));
        end = place.end;
    }
    parts.push((RunKind::Same, len.saturating_sub(end)));
    parts
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
pub(super) fn same<'a>(
    a: impl Iterator<Item = &'a Bytes>,
    b: impl Iterator<Item = &'a Bytes>,
) -> usize {
    a.zip(b).take(SCAN).take_while(|(a, b)| a == b).count()
}

/// Equal ends and something between them.
fn around(before: &List, after: &List, first: usize, last: usize) -> Vec<Run> {
    let (gone, come) = (before.len() - last - first, after.len() - last - first);
    let mut parts = vec![(RunKind::Same, first)];
    if gone <= ALIGNED && come <= ALIGNED {
        let old: Vec<&Bytes> = before.range(first..first + gone).collect();
        let new: Vec<&Bytes> = after.range(first..first + come).collect();
        parts.extend(align(&old, &new));
    } else {
        let moved = moved(before, after, (first, gone), (first, come));
        parts.extend(moved.unwrap_or_else(|| vec![(RunKind::Gone, gone), (RunKind::New, come)]));
    }
    parts.push((RunKind::Same, last));
    runs(paired(&parts))
}

/// So many elements that came to one end of a long stretch while others left the other are told from a new stretch.
const MOVED: usize = 16;

/// Long stretches, each by its start and length, of which one is the other moved a few places: a rotation.
fn moved(
    before: &List,
    after: &List,
    old: (usize, usize),
    new: (usize, usize),
) -> Option<Vec<(RunKind, usize)>> {
    let agree = |a: usize, b: usize, len: usize| {
        let wanted = len.min(SCAN);
        let forwards = same(before.range(a..a + len), after.range(b..b + len));
        let backwards = same(
            before.range(a..a + len).rev(),
            after.range(b..b + len).rev(),
        );
        forwards == wanted && backwards == wanted
    };
    (1..=MOVED.min(old.1).min(new.1)).find_map(|places| {
        let rightwards = old.1.min(new.1 - places);
        if agree(old.0, new.0 + places, rightwards) {
            let (gone, come) = (old.1 - rightwards, new.1 - places - rightwards);
            let parts = [
                (RunKind::New, places),
                (RunKind::Same, rightwards),
                (RunKind::Gone, gone),
                (RunKind::New, come),
            ];
            return Some(parts.to_vec());
        }
        let leftwards = new.1.min(old.1 - places);
        agree(old.0 + places, new.0, leftwards).then(|| {
            let (gone, come) = (old.1 - places - leftwards, new.1 - leftwards);
            vec![
                (RunKind::Gone, places),
                (RunKind::Same, leftwards),
                (RunKind::Gone, gone),
                (RunKind::New, come),
            ]
        })
    })
}

/// A long list that differs in one place near an end: a few elements there were put in, taken out or replaced.
fn shifted(before: &List, after: &List, first: usize, last: usize) -> Option<Vec<Run>> {
    let (old, new) = (before.len(), after.len());
    (0..=MOVED).find_map(|replaced| {
        let (gone, come) = (
            old.saturating_sub(new) + replaced,
            new.saturating_sub(old) + replaced,
        );
        let middle = [(RunKind::Gone, gone), (RunKind::New, come)];
        let (kept, rest) = if last == SCAN {
            (first, old.checked_sub(first + gone)?)
        } else {
            (old.checked_sub(last + gone)?, last)
        };
        let fits = if last == SCAN {
            same(before.range(old - rest..old), after.range(new - rest..new)) == rest.min(SCAN)
        } else {
            same(before.range(0..kept).rev(), after.range(0..kept).rev()) == kept.min(SCAN)
        };
        let parts = [
            &[(RunKind::Same, kept)][..],
            &middle[..],
            &[(RunKind::Same, rest)][..],
        ]
        .concat();
        fits.then(|| runs(paired(&parts)))
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
            RunKind::Same | RunKind::Read | RunKind::Changed => {
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
pub(super) fn runs(parts: impl IntoIterator<Item = (RunKind, usize)>) -> Vec<Run> {
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn list(elements: &[u8]) -> List {
        let mut list = List::default();
        for element in elements {
            list.push_back(Bytes::from(vec![*element]));
        }
        list
    }

    fn elements(list: &List) -> Vec<Bytes> {
        list.iter().cloned().collect()
    }

    /// What the stretches make of the old list, taking new elements from the new one.
    fn replayed(runs: &[Run], before: &List, after: &List) -> Vec<Bytes> {
        let mut made = Vec::new();
        for run in runs {
            match run.kind {
                RunKind::Same | RunKind::Read => {
                    made.extend(before.range(run.before..run.before + run.len).cloned());
                }
                RunKind::New | RunKind::Changed => {
                    made.extend(after.range(run.after..run.after + run.len).cloned());
                }
                RunKind::Gone => {}
            }
        }
        made
    }

    proptest! {
        #[test]
        fn stretches_lead_from_the_old_list_to_the_new(
            old in prop::collection::vec(0u8..4, 0..40),
            new in prop::collection::vec(0u8..4, 0..40),
        ) {
            let (before, after) = (list(&old), list(&new));
            let runs = lists(&before, &after);
            prop_assert_eq!(replayed(&runs, &before, &after), elements(&after));
            let old_len: usize = runs.iter().filter(|run| run.kind != RunKind::New).map(|run| run.len).sum();
            prop_assert_eq!(old_len, before.len());
        }
    }

    #[test]
    fn an_edit_is_told_as_what_it_was() {
        let kinds = |old: &[u8], new: &[u8]| -> Vec<(RunKind, usize)> {
            lists(&list(old), &list(new))
                .iter()
                .map(|run| (run.kind, run.len))
                .collect()
        };
        assert_eq!(
            kinds(b"abc", b"xabc"),
            [(RunKind::New, 1), (RunKind::Same, 3)]
        );
        assert_eq!(
            kinds(b"abc", b"bc"),
            [(RunKind::Gone, 1), (RunKind::Same, 2)]
        );
        assert_eq!(
            kinds(b"abc", b"axc"),
            [
                (RunKind::Same, 1),
                (RunKind::Changed, 1),
                (RunKind::Same, 1)
            ]
        );
        assert_eq!(
            kinds(b"abc", b"cab"),
            [(RunKind::New, 1), (RunKind::Same, 2), (RunKind::Gone, 1)]
        );
        assert_eq!(
            kinds(b"aaa", b"aa"),
            [(RunKind::Same, 2), (RunKind::Gone, 1)]
        );
    }
}
