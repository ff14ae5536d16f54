//! What a line names, and what two lines have in common.

use std::{collections::HashSet, hash::Hash};

use crate::engine::{Bytes, Command, commands};

/// Each of these once, in the order in which they come first.
pub(super) fn distinct<T: Clone + Eq + Hash>(items: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut seen = HashSet::new();
    let items = items.into_iter();
    items.filter(|item| seen.insert(item.clone())).collect()
}

/// The words of a command's syntax that a line has, in any order: a sentence on a line without NX is not meant for one
/// with it.
pub(super) fn options(argv: &[Bytes]) -> Vec<String> {
    let Some(row) = commands::of_line(argv) else {
        return Vec::new();
    };
    let grammar = row.grammar();
    let words = grammar.words();
    let args = argv.iter().skip(row.name_len());
    let upper = args.map(|arg| String::from_utf8_lossy(arg).to_uppercase());
    let mut options: Vec<String> = upper.filter(|arg| words.contains(&arg.as_str())).collect();
    options.sort();
    options
}

/// Whether two lines have the same words, in any order and case.
pub(super) fn has_same_words(a: &[Bytes], b: &[Bytes]) -> bool {
    let words = |argv: &[Bytes]| {
        let mut words: Vec<Bytes> = argv.iter().map(Bytes::to_ascii_lowercase).collect();
        words.sort();
        words
    };
    words(a) == words(b)
}

/// The keys that a line names.
pub(super) fn keys(argv: &[Bytes]) -> Vec<&Bytes> {
    let places = commands::of_line(argv).map(|row| row.keys(argv));
    let places = places.unwrap_or_default().into_iter();
    places.filter_map(|at| argv.get(at)).collect()
}

/// Whether a command adds to what is there, or takes from it.
pub(super) fn counts(row: &Command) -> bool {
    row.name.contains("incr") || row.name.contains("decr")
}

/// Whether two lines name the same command.
#[must_use]
pub fn names_same_command(a: &[Bytes], b: &[Bytes]) -> bool {
    match (commands::of_line(a), commands::of_line(b)) {
        (Some(a), Some(b)) => a.name == b.name,
        _ => false,
    }
}
