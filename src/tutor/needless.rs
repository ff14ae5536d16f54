//! Words without which a right line would have done the same: what Redis has taken them for.

use std::collections::{HashMap, HashSet};

use crate::engine::{Bytes, Command, commands, number};

use super::{compare::names, diagnose, likeness::keys, slip::NameKind, why::Why, world::World};

/// What is to be said of words of a line that did nothing, in groups that belong together; `rest` is the line without them.
#[must_use]
pub fn remarks(before: &World, argv: &[Bytes], rest: &[Bytes], idle: &[Vec<Bytes>]) -> Vec<Why> {
    let (typed, left) = (kinds(argv), kinds(rest));
    let kind = |word: &Bytes| kind(&typed, &left, word);
    let is_twice = |word: &Bytes| {
        let kind = kind(word);
        left.get(word)
            .is_some_and(|left| left.iter().any(|(left, _)| *left == kind))
    };
    let mut seen = HashSet::new();
    let idle = idle.iter().filter(|words| seen.insert(*words));
    let (twice, needless): (Vec<&Vec<Bytes>>, Vec<_>) =
        idle.partition(|words| words.iter().all(is_twice));
    let mut twice: Vec<Bytes> = twice.into_iter().flatten().cloned().collect();
    twice.sort();
    twice.dedup();
    let is_free = |word: &Bytes, kind: NameKind| !is_there(before, argv, word, kind);
    let named = |word: &Bytes| name_kind(&kind(word)?);
    let first = needless.first().and_then(|words| named(&words[0]));
    let is_alike = |kind: &NameKind| {
        let mut all = needless.iter().copied().flatten();
        all.all(|word| named(word) == Some(*kind) && is_free(word, *kind))
    };
    let needless = match first.filter(is_alike) {
        _ if needless.is_empty() => None,
        Some(kind) => Some(Why::NeedlessNames {
            typed: needless.into_iter().flatten().cloned().collect(),
            kind,
        }),
        None => Some(Why::Needless(needless.into_iter().cloned().collect())),
    };
    let twice = (!twice.is_empty()).then_some(Why::Twice(twice));
    needless.into_iter().chain(twice).collect()
}

/// The same of words that belong together only as an option and its numbers.
#[must_use]
pub fn of_words(before: &World, argv: &[Bytes], rest: &[Bytes], idle: &[Bytes]) -> Vec<Why> {
    remarks(before, argv, rest, &with_numbers(argv, idle))
}

/// Words of a line, an option together with the numbers behind it.
#[must_use]
pub fn with_numbers(argv: &[Bytes], words: &[Bytes]) -> Vec<Vec<Bytes>> {
    let grammar = commands::of_line(argv).map(Command::grammar);
    let options = grammar.as_ref().map(|grammar| grammar.words());
    let is_option = |word: &Bytes| {
        let mut options = options.iter().flatten();
        options.any(|option| word.eq_ignore_ascii_case(option.as_bytes()))
    };
    let mut groups: Vec<Vec<Bytes>> = Vec::new();
    for word in words {
        match groups.last_mut() {
            Some(group) if is_option(&group[0]) && number::parse_double(word).is_some() => {
                group.push(word.clone());
            }
            _ => groups.push(vec![word.clone()]),
        }
    }
    groups
}

/// What each word of a line stands for, by the names in the command's syntax, and how often for each.
type Kinds = HashMap<Bytes, Vec<(Option<String>, usize)>>;

fn kinds(argv: &[Bytes]) -> Kinds {
    let mut kinds = Kinds::new();
    let Some(row) = commands::of_line(argv) else {
        return kinds;
    };
    let args = argv.get(row.name_len()..).unwrap_or_default();
    let names = diagnose::argument_names(row, args).into_iter();
    let names = names
        .map(|(name, _)| Some(name))
        .chain(std::iter::repeat(None));
    for (arg, name) in args.iter().zip(names) {
        let known = kinds.entry(arg.clone()).or_default();
        match known.iter_mut().find(|(known, _)| *known == name) {
            Some((_, times)) => *times += 1,
            None => known.push((name, 1)),
        }
    }
    kinds
}

/// What a word stands for that the rest of the line does not have, or not as often.
fn kind(typed: &Kinds, left: &Kinds, word: &Bytes) -> Option<String> {
    let times = |kind: &Option<String>| {
        let known = left.get(word).into_iter().flatten();
        known
            .filter(|(known, _)| known == kind)
            .map(|(_, times)| *times)
            .sum::<usize>()
    };
    let more = typed
        .get(word)?
        .iter()
        .find(|(kind, typed)| *typed > times(kind));
    more.and_then(|(kind, _)| kind.clone())
}

fn name_kind(name: &str) -> Option<NameKind> {
    match name {
        "key" => Some(NameKind::Key),
        "field" => Some(NameKind::Field),
        "member" => Some(NameKind::Member),
        _ => None,
    }
}

/// Whether there is such a key, or such a field or member in the key of the line.
fn is_there(before: &World, argv: &[Bytes], word: &Bytes, kind: NameKind) -> bool {
    let keyspace = before.engine.keyspace();
    let entry = |key: &Bytes| keyspace.get(before.db(), key);
    match kind {
        NameKind::Key => entry(word).is_some(),
        NameKind::Field | NameKind::Member => {
            let key = keys(argv).first().copied();
            let entry = key.and_then(entry);
            entry.is_some_and(|entry| names(entry).contains(word))
        }
    }
}
