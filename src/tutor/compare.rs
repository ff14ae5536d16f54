//! Whether two replies, or two states, are the same as far as a step cares.

use std::{collections::BTreeSet, sync::Arc};

use crate::engine::{Bytes, Database, Entry, Keyspace, Order, commands};
use crate::lesson::{Compare, Line, Picture, Step};
use crate::notation::{Escape, Literal, to_one_line};

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
    match &step.compare {
        // The words of an error are not to be known by heart: its code is enough.
        Compare::Error(prefix) => {
            matches!(answer, Literal::Error(text) if text.is_empty() || text.starts_with(prefix.as_str()))
        }
        compare => reply_fits(compare, line, reply, answer) || begins_error(reply, answer),
    }
}

/// Whether an answer names the error by its first words: `(error) WRONGTYPE`.
fn begins_error(reply: &Literal, answer: &Literal) -> bool {
    match (reply, answer) {
        (Literal::Error(text), Literal::Error(start)) => {
            !start.is_empty() && text.starts_with(start.as_str())
        }
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

/// Whether a value holds no element, field or member too many to become another one: whoever adds to it, or gives other
/// values and scores, may get there.
#[must_use]
pub fn can_grow_into(entry: &Entry, wanted: &Entry) -> bool {
    match (Picture::of(&entry.value), Picture::of(&wanted.value)) {
        (Picture::String(_), Picture::String(_)) => true,
        (Picture::List(is), Picture::List(wanted)) => {
            let mut wanted = wanted.iter();
            is.iter().all(|element| wanted.any(|it| it == element))
        }
        (Picture::Hash(is), Picture::Hash(wanted)) => is.keys().all(|it| wanted.contains_key(it)),
        (Picture::Set(is), Picture::Set(wanted)) => is.is_subset(&wanted),
        (Picture::SortedSet(is), Picture::SortedSet(wanted)) => {
            is.keys().all(|it| wanted.contains_key(it))
        }
        _ => false,
    }
}
