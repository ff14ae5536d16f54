//! Whether two replies, or two states, are the same as far as a step cares.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use crate::engine::{Bytes, Database, Entry, Keyspace, Order, commands};
use crate::lesson::{Compare, Line, Picture, Step};
use crate::notation::{self, Escape, Literal, to_one_line};

use super::world::World;

/// Whether a reply is what a step wants, given the reply of its solution.
#[must_use]
pub fn reply_fits(compare: &Compare, line: &Line, wanted: &Literal, got: &Literal) -> bool {
    match compare {
        Compare::Row => {
            let order = commands::of_line(&line.argv).map_or(Order::Exact, |row| row.order);
            // Luck is compared by the state and by `expect`; the seed makes the solution's own luck repeat.
            wanted.agrees(
                got,
                if order == Order::Random {
                    Order::Exact
                } else {
                    order
                },
            )
        }
        Compare::AnyOrder => wanted.agrees(got, Order::Any),
        Compare::Pairs => wanted.agrees(got, Order::Pairs),
        Compare::Pattern(pattern) => {
            let text = to_one_line(got, Escape::Text);
            regex_lite::Regex::new(&format!("^(?:{pattern})$"))
                .is_ok_and(|pattern| pattern.is_match(text.trim()))
        }
        Compare::OneOf(choices) => choices.contains(got),
        Compare::Subset { of, count } => is_subset(of, *count, got),
        Compare::Near { value, within } => {
            matches!(got, Literal::Int(number) if number.abs_diff(*value) <= within.unsigned_abs())
        }
        Compare::Error(prefix) => {
            matches!(got, Literal::Error(text) if text.starts_with(prefix.as_str()))
        }
        Compare::Any => true,
    }
}

fn is_subset(of: &[Literal], count: usize, got: &Literal) -> bool {
    let Some(items) = got.items() else {
        return false;
    };
    let distinct: BTreeSet<&Literal> = items.iter().collect();
    items.len() == count && distinct.len() == count && items.iter().all(|item| of.contains(item))
}

/// Whether the reply that a learner predicts is the one that comes.
#[must_use]
pub fn answer_fits(step: &Step, reply: &Literal, answer: &Literal) -> bool {
    let Some(line) = step.solution.last() else {
        return false;
    };
    // The words of an error are not to be known by heart: its code is enough.
    let fits = match &step.compare {
        Compare::Error(prefix) => {
            matches!(answer, Literal::Error(text) if text.is_empty() || text.starts_with(prefix.as_str()))
        }
        compare => reply_fits(compare, line, reply, answer),
    };
    fits || begins_error(reply, answer)
}

/// Whether an answer names the error by its first words: `(error) WRONGTYPE`.
#[must_use]
pub fn begins_error(reply: &Literal, answer: &Literal) -> bool {
    match (reply, answer) {
        (Literal::Error(text), Literal::Error(start)) => notation::begins_error(text, start),
        _ => false,
    }
}

/// The keys in which two keyspaces differ: by value, by deadline, or by being there.
#[must_use]
pub fn differences(a: &Keyspace, b: &Keyspace) -> Vec<(usize, Bytes)> {
    let mut keys = Vec::new();
    for db in 0..a.count().min(b.count()) {
        let (left, right) = (a.database(db), b.database(db));
        if std::ptr::eq(left, right) {
            continue;
        }
        keys.extend(changed(left, right).into_iter().map(|key| (db, key)));
    }
    keys
}

/// Whether two worlds hold the same data.
#[must_use]
pub fn same_data(a: &World, b: &World) -> bool {
    differences(a.engine.keyspace(), b.engine.keyspace()).is_empty()
}

fn changed(left: &Database, right: &Database) -> BTreeSet<Bytes> {
    let differs = |key: &Bytes, entry: &Arc<Entry>, other: &Database| {
        !other.get(key).is_some_and(|found| same(entry, found))
    };
    let gone_or_changed = left
        .iter()
        .filter(|(key, entry)| differs(key, entry, right))
        .map(|(key, _)| key.clone());
    let new = right
        .iter()
        .filter(|(key, _)| left.get(key).is_none())
        .map(|(key, _)| key.clone());
    gone_or_changed.chain(new).collect()
}

fn same(a: &Arc<Entry>, b: &Arc<Entry>) -> bool {
    Arc::ptr_eq(a, b) || (a.deadline == b.deadline && same_value(a, b))
}

/// Whether two keys hold the same value.
#[must_use]
pub fn same_value(a: &Entry, b: &Entry) -> bool {
    Picture::of(&a.value) == Picture::of(&b.value)
}

/// How far a value is from another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lack {
    /// Elements, fields or members that are not wanted.
    pub surplus: usize,
    /// Those that are wanted and not there, or not with their value or score.
    pub missing: usize,
    /// Those of them that are there with another value or score.
    pub wrong: usize,
}

/// Lists are compared in their order as long as both together have no more elements.
const COMPARED: usize = 2_000;

/// How far a key is from what is wanted; nothing is there of one that is missing.
#[must_use]
pub fn lack(entry: Option<&Entry>, wanted: &Entry) -> Lack {
    let wanted = Picture::of(&wanted.value);
    let all = match &wanted {
        Picture::String(_) => 1,
        Picture::List(all) => all.len(),
        Picture::Hash(all) => all.len(),
        Picture::Set(all) => all.len(),
        Picture::SortedSet(all) => all.len(),
    };
    let lack = |size: usize, right: usize| Lack {
        surplus: size.saturating_sub(right),
        missing: all - right,
        wrong: 0,
    };
    let Some(entry) = entry else {
        return lack(0, 0);
    };
    match (Picture::of(&entry.value), wanted) {
        (Picture::String(is), Picture::String(wanted)) => Lack {
            surplus: 0,
            missing: usize::from(is != wanted),
            wrong: usize::from(is != wanted),
        },
        (Picture::List(is), Picture::List(wanted)) => lack(is.len(), in_common(&is, &wanted)),
        (Picture::Hash(is), Picture::Hash(wanted)) => of_pairs(&is, &wanted),
        (Picture::Set(is), Picture::Set(wanted)) => {
            lack(is.len(), is.intersection(&wanted).count())
        }
        (Picture::SortedSet(is), Picture::SortedSet(wanted)) => of_pairs(&is, &wanted),
        // Another type.
        _ => lack(1, 0),
    }
}

/// The elements, fields or members of a value that another one does not have.
#[must_use]
pub fn names_missing(entry: Option<&Entry>, wanted: &Entry) -> Vec<Bytes> {
    let there = entry.map_or(Vec::new(), names);
    let mut names = names(wanted);
    names.retain(|name| !there.contains(name));
    names
}

/// The elements, fields or members of a value; a string has none.
#[must_use]
pub fn names(entry: &Entry) -> Vec<Bytes> {
    match Picture::of(&entry.value) {
        Picture::String(_) => Vec::new(),
        Picture::List(all) => all,
        Picture::Hash(all) => all.into_keys().collect(),
        Picture::Set(all) => all.into_iter().collect(),
        Picture::SortedSet(all) => all.into_keys().collect(),
    }
}

/// Whether a word is an element, a field or a member of a value, or all of a string.
#[must_use]
pub fn holds(entry: &Entry, word: &Bytes) -> bool {
    match Picture::of(&entry.value) {
        Picture::String(is) => is == *word,
        _ => names(entry).contains(word),
    }
}

/// Whether a list is a piece of the one that is wanted, to which pushes may add the rest; what is no list always is.
#[must_use]
pub fn goes_on(entry: &Entry, wanted: &Entry) -> bool {
    match (Picture::of(&entry.value), Picture::of(&wanted.value)) {
        (Picture::List(is), Picture::List(wanted)) => {
            is.is_empty() || wanted.windows(is.len()).any(|piece| piece == is)
        }
        _ => true,
    }
}

/// Whether a value, a field or a member is known from these, and never with this value or score.
#[must_use]
pub fn holds_another(entry: &Entry, known: &[&Entry]) -> bool {
    let known: Vec<Picture> = known.iter().map(|it| Picture::of(&it.value)).collect();
    match Picture::of(&entry.value) {
        Picture::String(is) => {
            let is_string = |it: &&Picture| matches!(it, Picture::String(_));
            let mut strings = known.iter().filter(is_string).peekable();
            strings.peek().is_some() && !strings.any(|it| *it == Picture::String(is.clone()))
        }
        Picture::Hash(is) => {
            let all = known.iter().filter_map(|it| match it {
                Picture::Hash(all) => Some(all),
                _ => None,
            });
            has_another(&is, &all.collect::<Vec<_>>())
        }
        Picture::SortedSet(is) => {
            let all = known.iter().filter_map(|it| match it {
                Picture::SortedSet(all) => Some(all),
                _ => None,
            });
            has_another(&is, &all.collect::<Vec<_>>())
        }
        Picture::List(_) | Picture::Set(_) => false,
    }
}

fn has_another<V: PartialEq>(is: &BTreeMap<Bytes, V>, known: &[&BTreeMap<Bytes, V>]) -> bool {
    is.iter().any(|(name, value)| {
        let mut values = known.iter().filter_map(|all| all.get(name)).peekable();
        values.peek().is_some() && !values.any(|it| it == value)
    })
}

/// Whether a number that is wanted was counted further away from what it is to be, or past it.
#[must_use]
pub fn counted_past(before: Option<&Entry>, now: &Entry, wanted: &Entry) -> bool {
    let (before, now) = (before.map(numbers).unwrap_or_default(), numbers(now));
    numbers(wanted).into_iter().any(|(name, wanted)| {
        let was = before.get(&name).copied().unwrap_or_default();
        now.get(&name).is_some_and(|now| {
            let (left, left_before) = (wanted - now, wanted - was);
            let is_nearer = left * left_before >= 0.0 && left.abs() < left_before.abs();
            now.total_cmp(&was).is_ne() && !is_nearer
        })
    })
}

/// The numbers of a value by their fields or members: scores, and values that are numbers.
#[must_use]
pub fn numbers(entry: &Entry) -> BTreeMap<Bytes, f64> {
    let number = |value: &Bytes| std::str::from_utf8(value).ok()?.parse().ok();
    match Picture::of(&entry.value) {
        Picture::String(value) => {
            let one = number(&value).map(|number| (Bytes::default(), number));
            one.into_iter().collect()
        }
        Picture::Hash(all) => {
            let all = all.into_iter();
            all.filter_map(|(field, value)| Some((field, number(&value)?)))
                .collect()
        }
        Picture::SortedSet(all) => all.into_iter().collect(),
        Picture::List(_) | Picture::Set(_) => BTreeMap::new(),
    }
}

/// A wrong value or score is missing, and its field or member is not surplus.
fn of_pairs<V: PartialEq>(is: &BTreeMap<Bytes, V>, wanted: &BTreeMap<Bytes, V>) -> Lack {
    let right = |(name, value): &(&Bytes, &V)| is.get(*name) == Some(*value);
    let surplus = is.keys().filter(|name| !wanted.contains_key(*name));
    let (surplus, right) = (surplus.count(), wanted.iter().filter(right).count());
    Lack {
        surplus,
        missing: wanted.len() - right,
        wrong: is.len() - surplus - right,
    }
}

/// The most elements that two lists have in common in the same order.
fn in_common(a: &[Bytes], b: &[Bytes]) -> usize {
    if a.len() + b.len() > COMPARED {
        return a.iter().zip(b).take_while(|(a, b)| a == b).count();
    }
    let mut best = vec![0; b.len() + 1];
    for element in a {
        let mut above = 0;
        for (at, other) in b.iter().enumerate() {
            let here = best[at + 1];
            best[at + 1] = if element == other {
                above + 1
            } else {
                here.max(best[at])
            };
            above = here;
        }
    }
    best[b.len()]
}
