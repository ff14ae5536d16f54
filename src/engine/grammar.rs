//! The grammar of a command's arguments, read from the notation of Redis' documentation.
//!
//! `key` a value, `NX` a word, `[x]` optional, `<A|B>` and `[A|B]` one of, `x [x ...]` once or more. From it follow
//! arity, key positions, hints, completion and random lines. An argument's name says its kind ([`Kind`]), so rows use
//! the same names throughout.

use std::fmt;

use crate::engine::{Bytes, number};

/// What an argument is, told by its name in the syntax.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The name of a key.
    Key,
    /// A whole number.
    Integer,
    /// A number.
    Float,
    /// How many keys follow.
    NumKeys,
    /// A glob pattern.
    Pattern,
    /// A score or lexicographic bound, `(1` or `[a`; or an index in ZRANGE.
    Bound,
    /// Any text: an element, field, member, value, message.
    Text,
}

/// A part of a syntax.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// A value that the user chooses.
    Value {
        /// Its name in the syntax.
        name: String,
        /// What it is.
        kind: Kind,
    },
    /// A word to be typed as it stands, in any case.
    Word(String),
    /// Exactly one of these sequences.
    OneOf(Vec<Vec<Part>>),
    /// These, or nothing; repeated any number of times when `repeats`.
    Optional {
        /// What may stand here; each inner sequence is an alternative.
        choices: Vec<Vec<Part>>,
        /// Whether it may occur more than once.
        repeats: bool,
    },
}

/// A parsed syntax.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Grammar {
    /// The parts in order.
    pub parts: Vec<Part>,
}

impl Grammar {
    /// Reads a syntax. The rows are constants of this crate; a malformed one gives an odd grammar, never a panic.
    #[must_use]
    pub fn parse(syntax: &str) -> Grammar {
        let spaced = syntax
            .replace('[', " [ ")
            .replace(']', " ] ")
            .replace('<', " < ")
            .replace('>', " > ")
            .replace('|', " | ");
        let tokens: Vec<&str> = spaced.split_whitespace().collect();
        let mut at = 0;
        let mut choices = parse_choices(&tokens, &mut at);
        Grammar {
            parts: if choices.is_empty() {
                Vec::new()
            } else {
                choices.swap_remove(0)
            },
        }
    }

    /// The positions of the keys among `args` (the words behind the command's name).
    #[must_use]
    pub fn keys(&self, args: &[Bytes]) -> Vec<usize> {
        let (mut keys, mut at, mut numkeys) = (Vec::new(), 0, None);
        for (index, part) in self.parts.iter().enumerate() {
            match part {
                Part::Value { kind, .. } => {
                    match kind {
                        Kind::NumKeys => numkeys = Some(read_count(args.get(at))),
                        Kind::Key if at < args.len() && numkeys != Some(0) => keys.push(at),
                        _ => {}
                    }
                    at += 1;
                }
                Part::Optional { choices, repeats } if *repeats && has_key(choices) => {
                    let width = choices.first().map_or(1, |sequence| sequence.len().max(1));
                    let end = match numkeys {
                        Some(n) => {
                            // Of `key [key ...]` the first is there already.
                            let named = index > 0 && self.parts[index - 1].is_key();
                            at.saturating_add(n.saturating_sub(usize::from(named)))
                                .min(args.len())
                        }
                        None => args.len().saturating_sub(self.least_from(index + 1)),
                    };
                    keys.extend((at..end).step_by(width));
                    at = at.max(end);
                }
                Part::Optional { choices, .. } if begins_with_word(choices) => {
                    keys.extend(self.keys_of_options(index, args, at));
                    break;
                }
                other => at += other.least(),
            }
        }
        keys
    }

    /// The keys among options such as SORT's `STORE destination`, which may stand in any order from `at` on. An
    /// option that is given twice counts as the last one says.
    fn keys_of_options(&self, first: usize, args: &[Bytes], mut at: usize) -> Option<usize> {
        let options = || {
            self.parts[first..]
                .iter()
                .filter_map(Part::choices)
                .flatten()
        };
        let mut key = None;
        while let Some(arg) = args.get(at) {
            let named = |sequence: &&Vec<Part>| matches!(sequence.first(), Some(Part::Word(word)) if arg.eq_ignore_ascii_case(word.as_bytes()));
            let least = |sequence: &Vec<Part>| sequence.iter().map(Part::least).sum();
            let sequence = options().find(named);
            if sequence.is_some_and(|sequence| sequence.iter().any(Part::is_key))
                && at + 1 < args.len()
            {
                key = Some(at + 1);
            }
            at += sequence.map_or(1, least);
        }
        key
    }

    /// What Redis' command table says of the keys: the positions of the first and the last (negative from the end)
    /// with 0 as the command's own word, and the step between them; zeros when only a call's arguments can tell.
    #[must_use]
    pub fn key_range(&self) -> (i32, i32, i32) {
        let parts = self.mandatory();
        let Some(first) = parts.iter().position(Part::is_key) else {
            return (0, 0, 0);
        };
        let counted = |part: &Part| {
            matches!(
                part,
                Part::Value {
                    kind: Kind::NumKeys,
                    ..
                }
            )
        };
        if parts[..first].iter().any(counted) {
            return (0, 0, 0);
        }
        let at = i32::try_from(first + 1).unwrap_or(i32::MAX);
        let following = parts[first..]
            .iter()
            .take_while(|part| part.is_key())
            .count();
        let last = at + i32::try_from(following).unwrap_or(i32::MAX) - 1;
        let repeated = parts
            .iter()
            .enumerate()
            .skip(first)
            .find_map(|(index, part)| match part {
                Part::Optional {
                    choices,
                    repeats: true,
                } if has_key(choices) => Some((index, choices)),
                _ => None,
            });
        match repeated {
            Some((index, choices)) if !parts[..index].iter().any(counted) => {
                let behind =
                    i32::try_from(parts[index + 1..].iter().map(Part::least).sum::<usize>())
                        .unwrap_or(0);
                let step = choices.first().map_or(1, Vec::len);
                (at, -1 - behind, i32::try_from(step).unwrap_or(1))
            }
            _ => (at, last, 1),
        }
    }

    /// The parts; of a syntax that is optional as a whole (`[key [key ...]]`) those inside.
    pub(super) fn mandatory(&self) -> &[Part] {
        match self.parts.as_slice() {
            [
                Part::Optional {
                    choices,
                    repeats: false,
                },
            ] if choices.len() == 1 => &choices[0],
            parts => parts,
        }
    }

    /// The least number of words from a part on.
    fn least_from(&self, index: usize) -> usize {
        self.parts[index..].iter().map(Part::least).sum()
    }

    /// The names of the values that may be repeated together: `score member`.
    #[must_use]
    pub fn repeated_names(&self) -> Vec<&str> {
        let repeated = self.parts.iter().find_map(|part| match part {
            Part::Optional {
                choices,
                repeats: true,
            } => choices.first(),
            _ => None,
        });
        let names = repeated.into_iter().flatten().map(|part| match part {
            Part::Value { name, .. } => Some(name.as_str()),
            _ => None,
        });
        names.collect::<Option<_>>().unwrap_or_default()
    }

    /// Every word that occurs in it: the command's options.
    #[must_use]
    pub fn words(&self) -> Vec<&str> {
        let mut words = Vec::new();
        collect_words(&self.parts, &mut words);
        words
    }
}

impl Part {
    /// Whether it is the name of a key.
    #[must_use]
    pub fn is_key(&self) -> bool {
        let key = Kind::Key;
        matches!(self, Part::Value { kind, .. } if *kind == key)
    }

    /// Whether it is any number of keys, as in `numkeys [key ...]`.
    #[must_use]
    pub fn is_keys(&self) -> bool {
        matches!(self, Part::Optional { choices, repeats: true } if choices.iter().flatten().all(Part::is_key))
    }

    /// Whether it says how many keys follow.
    #[must_use]
    pub fn is_count(&self) -> bool {
        let count = Kind::NumKeys;
        matches!(self, Part::Value { kind, .. } if *kind == count)
    }

    /// The alternatives of an optional part.
    fn choices(&self) -> Option<&Vec<Vec<Part>>> {
        match self {
            Part::Optional { choices, .. } => Some(choices),
            _ => None,
        }
    }

    /// The least number of arguments that it takes.
    #[must_use]
    pub fn least(&self) -> usize {
        match self {
            Part::Value { .. } | Part::Word(_) => 1,
            Part::OneOf(choices) => choices
                .iter()
                .map(|sequence| sequence.iter().map(Part::least).sum())
                .min()
                .unwrap_or(0),
            Part::Optional { .. } => 0,
        }
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Part::Value { name, .. } => f.write_str(name),
            Part::Word(word) => f.write_str(word),
            Part::OneOf(choices) => f.write_str(&joined(choices)),
            Part::Optional {
                choices,
                repeats: false,
            } => write!(f, "[{}]", joined(choices)),
            Part::Optional {
                choices,
                repeats: true,
            } => write!(f, "[{} ...]", joined(choices)),
        }
    }
}

/// Alternatives as the syntax writes them.
fn joined(choices: &[Vec<Part>]) -> String {
    let sequence = |parts: &Vec<Part>| {
        parts
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join(" ")
    };
    choices.iter().map(sequence).collect::<Vec<_>>().join("|")
}

fn collect_words<'a>(parts: &'a [Part], words: &mut Vec<&'a str>) {
    for part in parts {
        match part {
            Part::Word(word) => words.push(word),
            Part::Value { .. } => {}
            Part::OneOf(choices) | Part::Optional { choices, .. } => {
                for sequence in choices {
                    collect_words(sequence, words);
                }
            }
        }
    }
}

fn has_key(choices: &[Vec<Part>]) -> bool {
    choices.iter().flatten().any(Part::is_key)
}

fn begins_with_word(choices: &[Vec<Part>]) -> bool {
    matches!(
        choices.first().and_then(|sequence| sequence.first()),
        Some(Part::Word(_))
    )
}

/// How many keys a call says that it names; none when it says so badly.
fn read_count(arg: Option<&Bytes>) -> usize {
    let count = arg.and_then(|arg| number::parse_int(arg)).unwrap_or(0);
    usize::try_from(count).unwrap_or(0)
}

/// Sequences divided by `|`, up to a closing token or the end.
fn parse_choices(tokens: &[&str], at: &mut usize) -> Vec<Vec<Part>> {
    let mut choices = vec![Vec::new()];
    while let Some(token) = tokens.get(*at) {
        *at += 1;
        let part = match *token {
            "]" | ">" => break,
            "|" => {
                choices.push(Vec::new());
                continue;
            }
            "..." => continue,
            "<" => Part::OneOf(parse_choices(tokens, at)),
            "[" => {
                let choices = parse_choices(tokens, at);
                let repeats = tokens[..*at].iter().rev().nth(1) == Some(&"...");
                Part::Optional { choices, repeats }
            }
            word if word.chars().any(|c| c.is_ascii_lowercase()) => Part::Value {
                name: word.trim_end_matches(FLOAT).to_owned(),
                kind: kind_of(word),
            },
            word => Part::Word(word.to_owned()),
        };
        choices
            .last_mut()
            .expect("there is at least one choice")
            .push(part);
    }
    choices
}

/// Behind a name that stands for a whole number elsewhere. It tells the kind and is not shown.
pub(super) const FLOAT: &str = "-float";

/// The kind that a name stands for.
fn kind_of(name: &str) -> Kind {
    match name {
        "key" | "key1" | "key2" | "newkey" | "shardchannel" | "source" | "destination" | "dst"
        | "src" => Kind::Key,
        "numkeys" => Kind::NumKeys,
        "pattern" => Kind::Pattern,
        "min" | "max" => Kind::Bound,
        "score" | "increment-float" | "weight" | "timeout" => Kind::Float,
        "seconds"
        | "milliseconds"
        | "unix-time-seconds"
        | "unix-time-milliseconds"
        | "index"
        | "start"
        | "stop"
        | "end"
        | "count"
        | "offset"
        | "increment"
        | "decrement"
        | "db"
        | "destination-db"
        | "index1"
        | "index2"
        | "rank"
        | "num-matches"
        | "len"
        | "limit"
        | "cursor" => Kind::Integer,
        _ => Kind::Text,
    }
}

/// The least number of words of a syntax and whether more are possible; `const`, because a row's arity is.
#[must_use]
pub const fn least_words(syntax: &str) -> (i32, bool) {
    let bytes = syntax.as_bytes();
    let (mut at, mut words, mut open, mut depth) = (0, 0, false, 0);
    let mut in_word = false;
    // Of `<A|B>` each alternative has the same number of words in every syntax that is used here: one.
    while at < bytes.len() {
        match bytes[at] {
            b'[' => {
                open = true;
                depth += 1;
                in_word = false;
            }
            b']' => {
                depth -= 1;
                in_word = false;
            }
            b' ' => in_word = false,
            _ => {
                if depth == 0 && !in_word {
                    words += 1;
                }
                in_word = true;
            }
        }
        at += 1;
    }
    (words, open)
}

#[cfg(test)]
mod tests;
