//! What a right line has come to, in data. Told from the states before and after it, so that it is true of every
//! command; the line itself is asked only when nothing differs.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::engine::{
    Bytes, Entry, commands, flag, number,
    value::{List, Value},
};
use crate::lesson::Picture;
use crate::notation::Literal;

use super::{
    Happening, Meaning, World,
    compare::differences,
    world::{Ran, only_looks},
};

/// What a line has come to; of one key both its value and its deadline are told.
pub(super) fn meanings(before: &World, after: &World, argv: &[Bytes], ran: &Ran) -> Vec<Meaning> {
    let (was, is) = (before.engine.keyspace(), after.engine.keyspace());
    let changed = differences(was, is);
    match changed.as_slice() {
        [] => unchanged(argv, ran).into_iter().collect(),
        [(db, key)] => of_key(key, was.get(*db, key), is.get(*db, key), after.engine.now()),
        [(_, a), (db, b)] => {
            let named = |from, to| renamed(from, was.get(*db, from), to, is.get(*db, to));
            vec![
                named(a, b)
                    .or_else(|| named(b, a))
                    .unwrap_or_else(|| Meaning::Changed {
                        keys: vec![a.clone(), b.clone()],
                    }),
            ]
        }
        several => vec![Meaning::Changed {
            keys: several.iter().map(|(_, key)| key.clone()).collect(),
        }],
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
        Some(Literal::Array(items)) => match (items.first()?, items.get(1).and_then(first_text)) {
            (Literal::Bulk(key), Some(value)) => Meaning::CameAndWent {
                key: key.clone(),
                value,
            },
            _ => Meaning::Unchanged,
        },
        _ => Meaning::NothingCame,
    })
}

fn first_text(reply: &Literal) -> Option<Bytes> {
    match reply {
        Literal::Bulk(bytes) => Some(bytes.clone()),
        Literal::Array(items) => items.iter().find_map(first_text),
        _ => None,
    }
}

type Found<'a> = Option<&'a Arc<Entry>>;

/// A key that is gone while another one holds the very entry that it held.
fn renamed(from: &Bytes, was: Found<'_>, to: &Bytes, is: Found<'_>) -> Option<Meaning> {
    Arc::ptr_eq(was?, is?).then(|| Meaning::Renamed {
        from: from.clone(),
        to: to.clone(),
    })
}

fn of_key(key: &Bytes, was: Found<'_>, is: Found<'_>, now: i64) -> Vec<Meaning> {
    let Some(is) = is else {
        return vec![Meaning::Gone { key: key.clone() }];
    };
    let same = was.is_some_and(|was| Picture::of(&was.value) == Picture::of(&is.value));
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
    part.unwrap_or_else(|| Meaning::Holds {
        key: key.clone(),
        kind: is.kind(),
        size: size(is),
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
