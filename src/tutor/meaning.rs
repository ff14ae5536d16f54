//! What a right line has come to, in data. Told from the states before and after it, so that it is true of every
//! command; the line itself is asked only when nothing differs.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::engine::{
    Bytes, Entry, commands, flag, number,
    value::{List, Type, Value},
};
use crate::notation::Literal;

use super::{
    Happening, World,
    compare::{differences, same_value},
    world::{Ran, only_looks},
};

/// What a reply means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meaning {
    /// The key now holds so many elements.
    Holds {
        /// The key.
        key: Bytes,
        /// Its type.
        kind: Type,
        /// Elements, fields or members.
        size: usize,
    },
    /// The string is now this.
    Is {
        /// The key.
        key: Bytes,
        /// The value.
        value: Bytes,
    },
    /// The key was given a deadline, or another one.
    Expires {
        /// The key.
        key: Bytes,
        /// The milliseconds that it has left.
        left: i64,
    },
    /// The key has no deadline any more.
    Stays {
        /// The key.
        key: Bytes,
    },
    /// One element of the list is another.
    ElementIs {
        /// The key.
        key: Bytes,
        /// The element's place, from 0.
        index: usize,
        /// What stands there now.
        value: Bytes,
    },
    /// One field of the hash has another value.
    FieldIs {
        /// The key.
        key: Bytes,
        /// The field.
        field: Bytes,
        /// Its value now.
        value: Bytes,
    },
    /// One member of the sorted set has another score.
    ScoreIs {
        /// The key.
        key: Bytes,
        /// The member.
        member: Bytes,
        /// Its score now, as Redis writes it.
        score: Bytes,
    },
    /// The list holds the same elements in another order.
    OtherOrder {
        /// The key.
        key: Bytes,
    },
    /// What was under one name is under another.
    Renamed {
        /// The name before.
        from: Bytes,
        /// The name now.
        to: Bytes,
    },
    /// The key holds as many elements as before, but not the same data.
    OtherContent {
        /// The key.
        key: Bytes,
        /// Its type.
        kind: Type,
        /// Elements, fields or members.
        size: usize,
    },
    /// One element went from a list or set to another one.
    Went {
        /// The element.
        value: Bytes,
        /// Where it was.
        from: Bytes,
        /// Where it is.
        to: Bytes,
    },
    /// The key stands in another database now.
    InDatabase {
        /// The key.
        key: Bytes,
        /// The database.
        db: usize,
    },
    /// The key is gone, because nothing is left in it or because it was removed.
    Gone {
        /// The key.
        key: Bytes,
    },
    /// Several keys are gone, and no other changed.
    AllGone {
        /// The keys.
        keys: Vec<Bytes>,
    },
    /// Several keys were not there before, and no other changed.
    AllNew {
        /// The keys.
        keys: Vec<Bytes>,
    },
    /// Several keys changed.
    Changed {
        /// The keys.
        keys: Vec<Bytes>,
    },
    /// Nothing was changed, although the command could have.
    Unchanged,
    /// What the command waited for came, and was taken out at once.
    CameAndWent {
        /// The key under which it came.
        key: Bytes,
        /// What came.
        values: Vec<Bytes>,
    },
    /// The wait ended without anything.
    NothingCame,
}

/// What a line has come to; of one key both its value and its deadline are told.
pub(super) fn meanings(before: &World, after: &World, argv: &[Bytes], ran: &Ran) -> Vec<Meaning> {
    let (was, is) = (before.engine.keyspace(), after.engine.keyspace());
    let differing = differences(was, is);
    let change = |(db, key): &(usize, Bytes)| Change {
        db: *db,
        key: key.clone(),
        was: was.get(*db, key).cloned(),
        is: is.get(*db, key).cloned(),
    };
    let mut changes: Vec<Change> = differing.iter().map(change).collect();
    let place = |change: &Change| argv.iter().position(|arg| *arg == change.key);
    changes.sort_by_key(|change| place(change).unwrap_or(argv.len()));
    match changes.as_slice() {
        [] => unchanged(argv, ran).into_iter().collect(),
        [one] if one.came() && one.db != after.db() => vec![one.elsewhere()],
        [one] => of_key(one, after.engine.now()),
        [a, b] => of_two(a, b)
            .or_else(|| of_two(b, a))
            .unwrap_or_else(|| vec![of_several(&changes)]),
        _ => vec![of_several(&changes)],
    }
}

/// A key that is not as it was.
struct Change {
    db: usize,
    key: Bytes,
    was: Option<Arc<Entry>>,
    is: Option<Arc<Entry>>,
}

impl Change {
    fn came(&self) -> bool {
        self.was.is_none()
    }

    fn went(&self) -> bool {
        self.is.is_none()
    }

    fn elsewhere(&self) -> Meaning {
        Meaning::InDatabase {
            key: self.key.clone(),
            db: self.db,
        }
    }
}

/// Two keys of which the one gave to the other: all of its value, or one element.
fn of_two(from: &Change, to: &Change) -> Option<Vec<Meaning>> {
    if let Some(whole) = whole(from, to) {
        return Some(vec![whole]);
    }
    let value = handed_over(from, to)?;
    let went = Meaning::Went {
        value,
        from: from.key.clone(),
        to: to.key.clone(),
    };
    let gone = from.went().then(|| Meaning::Gone {
        key: from.key.clone(),
    });
    Some(std::iter::once(went).chain(gone).collect())
}

/// A value that stands under another name now, or in another database.
fn whole(from: &Change, to: &Change) -> Option<Meaning> {
    let (was, is) = (from.was.as_ref()?, to.is.as_ref()?);
    if !from.went() || !to.came() {
        return None;
    }
    if from.db != to.db {
        return (from.key == to.key && same_value(was, is)).then(|| to.elsewhere());
    }
    Arc::ptr_eq(was, is).then(|| Meaning::Renamed {
        from: from.key.clone(),
        to: to.key.clone(),
    })
}

/// The one element that went from a list or set to another one, where nothing else changed in either.
fn handed_over(from: &Change, to: &Change) -> Option<Bytes> {
    let kind = from.was.as_ref()?.value.kind();
    let (lost, none) = moved(kind, from.was.as_deref(), from.is.as_deref())?;
    let (none_either, gained) = moved(kind, to.was.as_deref(), to.is.as_deref())?;
    let handed = none.is_empty() && none_either.is_empty() && lost == gained;
    match lost.as_slice() {
        [value] if handed => Some(value.clone()),
        _ => None,
    }
}

/// The elements that a list or set lost, and those that it gained.
fn moved(kind: Type, was: Option<&Entry>, is: Option<&Entry>) -> Option<(Vec<Bytes>, Vec<Bytes>)> {
    let (was, is) = (elements(kind, was)?, elements(kind, is)?);
    let more = |of: &BTreeMap<Bytes, usize>, than: &BTreeMap<Bytes, usize>| {
        let surplus = |(element, count): (&Bytes, &usize)| {
            let more = count.saturating_sub(than.get(element).copied().unwrap_or(0));
            std::iter::repeat_n(element.clone(), more)
        };
        of.iter().flat_map(surplus).collect()
    };
    Some((more(&was, &is), more(&is, &was)))
}

/// How often each element is there; a key that is not there holds none.
fn elements(kind: Type, entry: Option<&Entry>) -> Option<BTreeMap<Bytes, usize>> {
    let mut counts = BTreeMap::new();
    let mut count = |element: &Bytes| *counts.entry(element.clone()).or_default() += 1;
    match (kind, entry.map(|entry| &entry.value)) {
        (Type::List | Type::Set, None) => {}
        (Type::List, Some(Value::List(list))) => list.iter().for_each(&mut count),
        (Type::Set, Some(Value::Set(set))) => set.iter().for_each(|member| count(&member)),
        _ => return None,
    }
    Some(counts)
}

/// Several keys, in the order in which the line names them.
fn of_several(changes: &[Change]) -> Meaning {
    let mut keys: Vec<Bytes> = changes.iter().map(|change| change.key.clone()).collect();
    keys.dedup();
    if changes.iter().all(Change::went) {
        Meaning::AllGone { keys }
    } else if changes.iter().all(Change::came) {
        Meaning::AllNew { keys }
    } else {
        Meaning::Changed { keys }
    }
}

/// A command that may change something and did not: because it found nothing to do, or because what it waited for
/// came and was taken at once.
fn unchanged(argv: &[Bytes], ran: &Ran) -> Option<Meaning> {
    let writes = commands::of_line(argv).is_some_and(|row| row.has(flag::WRITE));
    let queued = matches!(&ran.reply, Some(Literal::Status(status)) if status == "QUEUED");
    if only_looks(argv) || !writes || queued {
        return None;
    }
    if !ran.happenings.contains(&Happening::Waiting) {
        return Some(Meaning::Unchanged);
    }
    Some(match &ran.reply {
        Some(Literal::Array(items)) => match items.as_slice() {
            [Literal::Bulk(key), what, ..] => Meaning::CameAndWent {
                key: key.clone(),
                values: taken(what),
            },
            _ => Meaning::Unchanged,
        },
        _ => Meaning::NothingCame,
    })
}

/// What was taken: one element, several, or several members with their scores.
fn taken(what: &Literal) -> Vec<Bytes> {
    match what {
        Literal::Bulk(bytes) => vec![bytes.clone()],
        Literal::Array(items) => {
            let name = |item: &Literal| match item {
                Literal::Array(pair) => pair.first().map(taken).unwrap_or_default(),
                item => taken(item),
            };
            items.iter().flat_map(name).collect()
        }
        _ => Vec::new(),
    }
}

fn of_key(change: &Change, now: i64) -> Vec<Meaning> {
    let (key, was) = (&change.key, change.was.as_deref());
    let Some(is) = change.is.as_deref() else {
        return vec![Meaning::Gone { key: key.clone() }];
    };
    let same = was.is_some_and(|was| same_value(was, is));
    let value = (!same).then(|| of_value(key, was.map(|was| &was.value), &is.value));
    let deadline = match (was.and_then(|was| was.deadline), is.deadline) {
        (was, Some(deadline)) if was != Some(deadline) => Some(Meaning::Expires {
            key: key.clone(),
            left: deadline - now,
        }),
        (Some(_), None) => Some(Meaning::Stays { key: key.clone() }),
        _ => None,
    };
    value.into_iter().chain(deadline).collect()
}

/// What a key holds now: the one part that is another, else how much there is.
fn of_value(key: &Bytes, was: Option<&Value>, is: &Value) -> Meaning {
    let part = match (was, is) {
        (_, Value::String(string)) => {
            return Meaning::Is {
                key: key.clone(),
                value: string.bytes(),
            };
        }
        (Some(Value::List(was)), Value::List(is)) => of_list(key, was, is),
        (Some(Value::Hash(was)), Value::Hash(is)) => {
            other_entry(was.iter(), is.iter()).map(|(field, value)| Meaning::FieldIs {
                key: key.clone(),
                field,
                value: value.clone(),
            })
        }
        (Some(Value::SortedSet(was)), Value::SortedSet(is)) => other_entry(was.iter(), is.iter())
            .map(|(member, score)| Meaning::ScoreIs {
                key: key.clone(),
                member,
                score: number::format_double(score),
            }),
        _ => None,
    };
    let (key, kind, size) = (key.clone(), is.kind(), size(is));
    let as_before = was.is_some_and(|was| was.kind() == kind && self::size(was) == size);
    part.unwrap_or(if as_before {
        Meaning::OtherContent { key, kind, size }
    } else {
        Meaning::Holds { key, kind, size }
    })
}

fn size(value: &Value) -> usize {
    match value {
        Value::String(string) => string.len(),
        Value::List(list) => list.len(),
        Value::Hash(hash) => hash.len(),
        Value::Set(set) => set.len(),
        Value::SortedSet(zset) => zset.len(),
    }
}

fn of_list(key: &Bytes, was: &List, is: &List) -> Option<Meaning> {
    if was.len() != is.len() {
        return None;
    }
    let mut differing = (0..is.len()).filter(|at| was.get(*at) != is.get(*at));
    let index = differing.next()?;
    if differing.next().is_none() {
        return Some(Meaning::ElementIs {
            key: key.clone(),
            index,
            value: is.get(index)?.clone(),
        });
    }
    let sorted = |list: &List| {
        let mut elements: Vec<Bytes> = list.iter().cloned().collect();
        elements.sort();
        elements
    };
    (sorted(was) == sorted(is)).then(|| Meaning::OtherOrder { key: key.clone() })
}

/// The one entry that has another value, where nothing else differs.
fn other_entry<'a, V: PartialEq + Copy>(
    was: impl Iterator<Item = (&'a Bytes, V)>,
    is: impl Iterator<Item = (&'a Bytes, V)>,
) -> Option<(Bytes, V)> {
    let mut was: BTreeMap<&Bytes, V> = was.collect();
    let mut other = None;
    for (name, value) in is {
        if was.remove(name)? != value && other.replace((name.clone(), value)).is_some() {
            return None;
        }
    }
    other.filter(|_| was.is_empty())
}
