//! Words without which a right line would have done the same: what Redis has taken them for.

use crate::engine::{Bytes, commands};

use super::{compare::names, diagnose, likeness::keys, slip::NameKind, why::Why, world::World};

/// What is to be said of words of a line that did nothing, in groups that belong together; `rest` is the line without them.
#[must_use]
pub fn remarks(before: &World, argv: &[Bytes], rest: &[Bytes], idle: &[Vec<Bytes>]) -> Vec<Why> {
    let is_twice = |word: &Bytes| kinds(rest, word).contains(&kind(argv, rest, word));
    let (twice, needless): (Vec<_>, Vec<_>) =
        idle.iter().partition(|words| words.iter().all(is_twice));
    let [mut twice, mut needless] = [twice, needless]
        .map(|groups| -> Vec<Bytes> { groups.into_iter().flatten().cloned().collect() });
    twice.sort();
    for words in [&mut twice, &mut needless] {
        let mut seen = Vec::new();
        words.retain(|word| {
            let is_new = !seen.contains(word);
            seen.push(word.clone());
            is_new
        });
    }
    let named = |word: &Bytes| name_kind(&kind(argv, rest, word)?);
    let is_free = |word: &Bytes, kind: NameKind| !is_there(before, argv, word, kind);
    let first = needless.first().and_then(named);
    let is_alike = |kind: &NameKind| {
        let mut all = needless.iter();
        all.all(|word| named(word) == Some(*kind) && is_free(word, *kind))
    };
    let needless = match first.filter(is_alike) {
        _ if needless.is_empty() => None,
        Some(kind) => Some(Why::NeedlessNames {
            typed: needless,
            kind,
        }),
        None => Some(Why::Needless(needless)),
    };
    let twice = (!twice.is_empty()).then_some(Why::Twice(twice));
    needless.into_iter().chain(twice).collect()
}

/// The same of words of which each stands for itself.
#[must_use]
pub fn of_words(before: &World, argv: &[Bytes], rest: &[Bytes], idle: &[Bytes]) -> Vec<Why> {
    let groups: Vec<Vec<Bytes>> = idle.iter().map(|word| vec![word.clone()]).collect();
    remarks(before, argv, rest, &groups)
}

/// What a word stands for that the rest of the line does not have, or not as often.
fn kind(argv: &[Bytes], rest: &[Bytes], word: &Bytes) -> Option<String> {
    let mut left = kinds(argv, word);
    for kind in kinds(rest, word) {
        if let Some(at) = left.iter().position(|it| *it == kind) {
            left.remove(at);
        }
    }
    left.into_iter().next().flatten()
}

/// The names in the command's syntax of what a word stands for in a line.
fn kinds(argv: &[Bytes], word: &Bytes) -> Vec<Option<String>> {
    let Some(row) = commands::of_line(argv) else {
        return Vec::new();
    };
    let args = argv.get(row.name_len()..).unwrap_or_default();
    let names = diagnose::argument_names(row, args).into_iter();
    let names = names
        .map(|(name, _)| Some(name))
        .chain(std::iter::repeat(None));
    let named = args.iter().zip(names);
    let same = named.filter(|(arg, _)| *arg == word);
    same.map(|(_, name)| name).collect()
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
