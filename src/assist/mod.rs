//! Help while typing: completion and the grey hint of arguments still to come. Pure: a line and a cursor go in, data
//! comes out; both follow from the rows of the command table.

use crate::engine::{Bytes, Command, Database, Part, commands};
use crate::notation::{quote, split};

/// What may be completed at the cursor.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Completion {
    /// Where the completed word starts, in bytes.
    pub start: usize,
    /// What may stand there.
    pub candidates: Vec<String>,
}

/// So many keys are offered.
const MOST_KEYS: usize = 50;

/// Completes the word that ends at `cursor`: a command, an option word, a key, or one of `words` behind a colon.
#[must_use]
pub fn complete(line: &str, cursor: usize, words: &[&str], database: &Database) -> Completion {
    let Some(before) = line.get(..cursor) else {
        return Completion::default();
    };
    let start = before.rfind(char::is_whitespace).map_or(0, |at| {
        at + before[at..].chars().next().map_or(1, char::len_utf8)
    });
    let typed = &before[start..];
    let first = before[..start].trim();
    if first.is_empty() {
        return Completion {
            start,
            candidates: first_words(typed, words),
        };
    }
    let Ok(argv) = split(first.as_bytes()) else {
        return Completion::default();
    };
    if argv
        .first()
        .is_some_and(|word| word.eq_ignore_ascii_case(b"help"))
    {
        return Completion {
            start,
            candidates: command_names(typed),
        };
    }
    Completion {
        start,
        candidates: later_words(&argv, typed, database),
    }
}

fn first_words(typed: &str, words: &[&str]) -> Vec<String> {
    match typed.strip_prefix(':') {
        Some(rest) => words
            .iter()
            .filter(|word| word.starts_with(rest))
            .map(|word| format!(":{word}"))
            .collect(),
        None if typed.is_empty() => Vec::new(),
        None => command_names(typed),
    }
}

/// Names of commands that start as typed, in the typed case.
fn command_names(typed: &str) -> Vec<String> {
    let lower = typed.to_lowercase();
    let keep_lower = typed.chars().any(char::is_lowercase);
    let mut names: Vec<String> = commands::all()
        .iter()
        .map(|row| row.words().0)
        .filter(|name| name.starts_with(&lower))
        .map(|name| {
            if keep_lower {
                name.to_owned()
            } else {
                name.to_uppercase()
            }
        })
        .collect();
    names.dedup();
    names
}

fn later_words(argv: &[Bytes], typed: &str, database: &Database) -> Vec<String> {
    let name = argv
        .first()
        .map(|word| String::from_utf8_lossy(word).to_lowercase())
        .unwrap_or_default();
    let lower = typed.to_lowercase();
    let subcommands = commands::subcommands(&name);
    if argv.len() == 1 && !subcommands.is_empty() {
        let subs = subcommands
            .iter()
            .filter_map(|row| row.words().1)
            .filter(|sub| sub.starts_with(&lower));
        return subs.map(str::to_uppercase).collect();
    }
    let Some(row) = commands::of_line(argv) else {
        return Vec::new();
    };
    let grammar = row.grammar();
    let options = grammar.words();
    let options = options
        .into_iter()
        .filter(|word| !typed.is_empty() && word.to_lowercase().starts_with(&lower));
    let mut candidates: Vec<String> = options.map(str::to_owned).collect();
    let at = argv.len();
    let with_word: Vec<Bytes> = argv
        .iter()
        .cloned()
        .chain([Bytes::from(typed.as_bytes())])
        .collect();
    if row.keys(&with_word).contains(&at) || at == row.name_len() {
        candidates.extend(keys(typed, database));
    }
    candidates.sort();
    candidates.dedup();
    candidates
}

fn keys(typed: &str, database: &Database) -> Vec<String> {
    let matching = database
        .iter()
        .filter(|(key, _)| key.starts_with(typed.as_bytes()))
        .map(|(key, _)| quote(key));
    matching.take(MOST_KEYS).collect()
}

/// The arguments that are still to come behind a line; nothing while a word is being typed that names no command.
#[must_use]
pub fn hint(line: &str) -> Option<String> {
    let argv = split(line.as_bytes()).ok()?;
    let row = commands::of_line(&argv)?;
    let words = remaining(row, argv.get(row.name_len()..)?);
    if words.is_empty() {
        return None;
    }
    let ends_open = line.ends_with(char::is_whitespace);
    // Behind the name alone, a hint without a space would seem to be part of it.
    let space = if ends_open { "" } else { " " };
    Some(format!("{space}{}", words.join(" ")))
}

/// The parts of a syntax for which the given words leave room.
fn remaining(row: &Command, args: &[Bytes]) -> Vec<String> {
    let parts = row.grammar().parts;
    let mut left = args;
    let mut at = 0;
    while let Some(part) = parts.get(at) {
        match part {
            Part::Value { .. } | Part::Word(_) | Part::OneOf(_) if left.is_empty() => break,
            Part::Value { .. } | Part::Word(_) | Part::OneOf(_) => left = &left[1..],
            Part::Optional {
                repeats: true,
                choices,
            } => {
                // What repeats may always go on, but for the arguments that must follow it.
                let after: usize = parts[at + 1..].iter().map(Part::least).sum();
                let width = choices.first().map_or(1, Vec::len).max(1);
                let open = left.len().saturating_sub(after) % width;
                if open > 0 {
                    let rest = choices.iter().flatten().skip(open).map(ToString::to_string);
                    return rest
                        .chain(parts[at..].iter().map(ToString::to_string))
                        .collect();
                }
                break;
            }
            Part::Optional { choices, .. } => left = skip_option(choices, left),
        }
        at += 1;
    }
    let used: Vec<String> = args
        .iter()
        .map(|arg| String::from_utf8_lossy(arg).to_uppercase())
        .collect();
    let unused = |part: &&Part| match part {
        Part::Optional { choices, .. } => !choices
            .iter()
            .flatten()
            .any(|part| matches!(part, Part::Word(word) if used.contains(word))),
        _ => true,
    };
    parts[at..]
        .iter()
        .filter(unused)
        .map(ToString::to_string)
        .collect()
}

/// Goes past an option when the next words are it.
fn skip_option<'a>(choices: &[Vec<Part>], args: &'a [Bytes]) -> &'a [Bytes] {
    let taken = choices
        .iter()
        .find(|sequence| match (sequence.first(), args.first()) {
            (Some(Part::Word(word)), Some(arg)) => arg.eq_ignore_ascii_case(word.as_bytes()),
            _ => false,
        });
    taken.map_or(args, |sequence| &args[sequence.len().min(args.len())..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_options_and_words_are_completed() {
        let database = Database::default();
        let all = |line: &str| {
            complete(line, line.len(), &["hint", "help", "quit"], &database).candidates
        };
        assert!(all("lpu").contains(&"lpush".to_owned()));
        assert!(all("LPU").contains(&"LPUSH".to_owned()));
        assert_eq!(all(":h"), [":hint", ":help"]);
        assert!(all("help rpu").contains(&"rpush".to_owned()));
    }

    #[test]
    fn the_hint_shows_what_is_still_to_come() {
        assert_eq!(hint("LPUSH").as_deref(), Some(" key element [element ...]"));
        assert_eq!(hint("lpush k ").as_deref(), Some("element [element ...]"));
        assert_eq!(hint("LRANGE k 0 -1"), None);
        assert_eq!(hint("nonsense "), None);
    }
}
