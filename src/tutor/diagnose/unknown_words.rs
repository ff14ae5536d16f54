//! Words in the place of an option that are none: which one is meant, and where it would stand.

use crate::engine::{Bytes, Command, number};
use crate::lesson::nearest;

use super::{
    Case, Diagnosis, argument_names,
    syntax::{is_in, meant},
    walk::is_word,
};

/// An option of the solution with more letters than it has: `CHANGED` for CH.
pub(super) fn longer_option(
    case: &Case<'_>,
    row: &'static Command,
    args: &[Bytes],
) -> Option<Diagnosis> {
    let grammar = row.grammar();
    let words = grammar.words();
    let wanted = words
        .iter()
        .filter(|word| is_in(meant(case), word) && !is_in(args, word));
    let wanted: Vec<&&str> = wanted.filter(|word| word.len() >= 2).collect();
    if wanted.is_empty() {
        return None;
    }
    let keys = row.keys(case.argv);
    let is_value = |arg: &&Bytes| {
        let is_key = keys.iter().any(|at| case.argv.get(*at) == Some(*arg));
        !is_key && !meant(case).contains(arg)
    };
    let mut typed = args.iter().enumerate();
    typed.find_map(|(at, arg)| {
        let arg = Some(arg).filter(is_value)?;
        let typed = String::from_utf8_lossy(arg).to_uppercase();
        let near = wanted.iter().find(|word| typed.starts_with(***word))?;
        (!is_word(&words, arg) && typed.bytes().all(|byte| byte.is_ascii_alphabetic())).then(|| {
            Diagnosis::UnknownOption {
                typed,
                command: row.name,
                earlier: earlier_places(row, args, at, near),
                near: Some((**near).to_string()),
            }
        })
    })
}

/// A word that was meant as one of the command's own: it is like one, or written as they are.
pub(super) fn unknown_word(case: &Case<'_>, row: &'static Command, at: usize) -> Option<Diagnosis> {
    let words: Vec<String> = row
        .grammar()
        .words()
        .into_iter()
        .map(str::to_owned)
        .collect();
    let found = unknown_option(case, row, at, &words);
    let typed = case.argv.get(row.name_len() + at)?;
    let is_shouted = !typed.iter().any(u8::is_ascii_lowercase);
    let is_like_one = matches!(found, Diagnosis::UnknownOption { near: Some(_), .. });
    (is_like_one || is_shouted).then_some(found)
}

/// The argument at a place where one of these words is known, with the one that may be meant.
pub(super) fn unknown_option(
    case: &Case<'_>,
    row: &'static Command,
    at: usize,
    words: &[String],
) -> Diagnosis {
    let args = case.argv.get(row.name_len()..).unwrap_or_default();
    let typed = &*String::from_utf8_lossy(&args[at]);
    let meant: Vec<&str> = words
        .iter()
        .map(String::as_str)
        .filter(|word| is_in(meant(case), word))
        .collect();
    // What is meant need have little in common: `BYNAME` for BYLEX, `LEX` for it, too.
    let upper = typed.to_uppercase();
    let start = upper.get(..2).filter(|_| upper.len() > 3);
    let is_like = |word: &&&str| {
        start.is_some_and(|start| word.starts_with(start))
            || upper.len() > 2 && word.ends_with(&upper)
    };
    let near = nearest(typed, meant.iter().copied())
        .or_else(|| nearest(typed, words.iter().map(String::as_str)))
        .or_else(|| akin(typed, words))
        .or_else(|| meant.iter().find(is_like).copied());
    Diagnosis::UnknownOption {
        typed: typed.to_owned(),
        command: row.name,
        near: near.map(str::to_owned),
        earlier: near.map_or(0, |near| earlier_places(row, args, at, near)),
    }
}

/// How many places in front of an argument take such a word.
fn earlier_places(row: &Command, args: &[Bytes], at: usize, word: &str) -> usize {
    let before = argument_names(row, args).into_iter().take(at);
    let takes = |name: &str| name.split('|').any(|own| own == word);
    before.filter(|(name, _)| takes(name)).count()
}

/// The place behind as many keys as a count says that is the solution's own, where a word stands there.
pub(super) fn behind_counted_keys(case: &Case<'_>, args: &[Bytes], at: usize) -> Option<usize> {
    let count = number::parse_int(&args[at]).filter(|count| *count > 0)?;
    let is_own = meant(case).get(at) == Some(&args[at]);
    let behind = at
        .checked_add(usize::try_from(count).ok()?)?
        .checked_add(1)?;
    (is_own && behind < args.len()).then_some(behind)
}

/// The word of which a typed one is the beginning or the end, or else the only one that begins like it: `KEEP` for
/// KEEPTTL, `SCORES` and `WITHVALUES` for WITHSCORES.
fn akin<'a>(typed: &str, words: &'a [String]) -> Option<&'a str> {
    let typed = typed.to_uppercase();
    let beginning = typed.get(..4).filter(|_| typed.len() > 4);
    let is_part = |word: &&String| {
        typed.len() >= 3 && word.starts_with(&typed) || typed.len() >= 5 && word.ends_with(&typed)
    };
    let begins_so = |word: &&String| beginning.is_some_and(|start| word.starts_with(start));
    let alike: Vec<&String> = words.iter().filter(begins_so).collect();
    let only = alike.first().filter(|_| alike.len() == 1).copied();
    words.iter().find(is_part).or(only).map(String::as_str)
}
