//! A line led along its command's syntax, word by word, up to where it stops fitting. `numkeys` decides where the keys
//! end and how many weights there are, so the word that is named is the one that is wrong.

use crate::engine::{Bytes, Kind, Part, number};
use crate::lesson::nearest;

/// Where a line stops fitting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Stop {
    /// It ends, or goes on with something else, where this part is needed.
    Missing(String),
    /// The argument at this place is none of these words.
    Unknown(usize, Vec<String>),
    /// The count at this place is not that of the keys behind it.
    Count(usize),
}

/// Leads arguments along a syntax; none when all of them find a place. `exists` tells whether a word is a key.
pub(super) fn walk(
    parts: &[Part],
    words: &[&str],
    args: &[Bytes],
    exists: impl Fn(&Bytes) -> bool,
) -> Option<Stop> {
    let mut walk = Walk::new(words, args);
    walk.is_strict = true;
    let stop = match walk.sequence(parts) {
        Ok(()) if walk.at < args.len() => Stop::Unknown(walk.at, walk.own_words()),
        Ok(()) => return walk.miscounted(&exists).map(Stop::Count),
        Err(stop) => stop,
    };
    Some(match (walk.miscounted_at(&stop, &exists), stop) {
        (Some(count), _) => Stop::Count(count),
        (None, stop) => stop,
    })
}

/// The name and kind of each argument, up to where the line stops fitting; behind it the names are empty.
pub(super) fn names(parts: &[Part], words: &[&str], args: &[Bytes]) -> Vec<(String, Kind)> {
    let mut walk = Walk::new(words, args);
    // Where it stops does not matter: what was passed has its name.
    let _ = walk.sequence(parts);
    walk.names.resize(args.len(), (String::new(), Kind::Text));
    walk.names
}

struct Walk<'a> {
    words: &'a [&'a str],
    args: &'a [Bytes],
    at: usize,
    /// What the arguments passed so far are.
    names: Vec<(String, Kind)>,
    /// Where the count of keys stands, and what it says.
    count: Option<(usize, usize)>,
    /// Whether a text in the place of a number, with more behind it, is where the line stops fitting.
    is_strict: bool,
}

impl<'a> Walk<'a> {
    fn new(words: &'a [&'a str], args: &'a [Bytes]) -> Walk<'a> {
        Walk {
            words,
            args,
            at: 0,
            names: Vec::new(),
            count: None,
            is_strict: false,
        }
    }

    /// An argument has found its place.
    fn pass(&mut self, name: String, kind: Kind) {
        self.names.push((name, kind));
        self.at += 1;
    }

    fn sequence(&mut self, parts: &[Part]) -> Result<(), Stop> {
        let mut rest = parts;
        while let Some((part, behind)) = rest.split_first() {
            rest = behind;
            match part {
                Part::Value { name, kind } => self.value(name, *kind)?,
                Part::Word(word) => self.word(std::slice::from_ref(word))?,
                Part::OneOf(choices) if choices.iter().any(|choice| begins_with_value(choice)) => {
                    self.value(&part.to_string(), Kind::Text)?;
                }
                Part::OneOf(choices) => {
                    self.word(&words_of(part))?;
                    let typed = &self.args[self.at - 1];
                    let chosen = choices.iter().find(|choice| begins_with(choice, typed));
                    self.sequence(chosen.map_or(&[], |choice| &choice[1..]))?;
                }
                Part::Optional { choices, .. } if begins_with_word(choices) => {
                    let more = behind.iter().take_while(|part| is_option(part)).count();
                    let options = std::iter::once(part).chain(&behind[..more]);
                    self.options(&options.filter_map(choices_of).flatten().collect::<Vec<_>>())?;
                    rest = &behind[more..];
                }
                Part::Optional { choices, repeats } => {
                    let least: usize = behind.iter().map(Part::least).sum();
                    self.values(choices, *repeats, least)?;
                }
            }
        }
        Ok(())
    }

    /// One value. A word of the syntax where a number belongs is not that number: it was left out.
    fn value(&mut self, name: &str, kind: Kind) -> Result<(), Stop> {
        let number = matches!(kind, Kind::Integer | Kind::Float | Kind::NumKeys);
        let needs_value = number || kind == Kind::Bound;
        let arg = self.args.get(self.at);
        let goes_on = self.at + 1 < self.args.len();
        let is_none = |arg: &Bytes| {
            let is_number = number::parse_double(arg).is_some();
            kind == Kind::Float && goes_on && !is_number && !is_word(self.words, arg)
        };
        let is_text = |arg: &Bytes| is_misspelt(self.words, arg) || self.is_strict && is_none(arg);
        if number && arg.is_some_and(is_text) {
            return Err(Stop::Unknown(self.at, self.own_words()));
        }
        let Some(arg) = arg.filter(|arg| !(needs_value && is_word(self.words, arg))) else {
            return Err(Stop::Missing(name.to_owned()));
        };
        if kind == Kind::NumKeys {
            let count = number::parse_int(arg).and_then(|count| usize::try_from(count).ok());
            self.count = count.map(|count| (self.at, count));
        }
        self.pass(name.to_owned(), kind);
        Ok(())
    }

    fn word(&mut self, words: &[String]) -> Result<(), Stop> {
        match self.args.get(self.at) {
            None => Err(Stop::Missing(words.join("|"))),
            Some(arg) if is_word(words, arg) => {
                self.pass(words.join("|"), Kind::Text);
                Ok(())
            }
            Some(_) => Err(Stop::Unknown(self.at, words.to_vec())),
        }
    }

    /// Options in any order, as long as there are some.
    fn options(&mut self, options: &[&Vec<Part>]) -> Result<(), Stop> {
        while let Some(arg) = self.args.get(self.at) {
            let Some(option) = options.iter().find(|option| begins_with(option, arg)) else {
                break;
            };
            self.sequence(option)?;
        }
        Ok(())
    }

    /// Values that may be left out, or be more: as many as were counted, else all that stand there.
    fn values(&mut self, choices: &[Vec<Part>], repeats: bool, least: usize) -> Result<(), Stop> {
        let Some(parts) = choices.first() else {
            return Ok(());
        };
        let room = self.args.len().saturating_sub(least);
        if !repeats {
            let there = self.at < room && !is_word(self.words, &self.args[self.at]);
            return if there { self.sequence(parts) } else { Ok(()) };
        }
        if let (Some(counted), [Part::Value { name, kind }, ..]) =
            (self.counted(parts), parts.as_slice())
        {
            for _ in 0..counted {
                self.value(name, *kind)?;
            }
            return Ok(());
        }
        while self.at < room {
            self.sequence(parts)?;
        }
        Ok(())
    }

    /// How many more values the count asks for here: the keys that are left, or a weight for each key but the first.
    fn counted(&self, parts: &[Part]) -> Option<usize> {
        let (place, count) = self.count?;
        match parts.first() {
            Some(Part::Value {
                kind: Kind::Key, ..
            }) => Some(count.saturating_sub(self.at - place - 1)),
            Some(Part::Value {
                kind: Kind::Float, ..
            }) => Some(count.saturating_sub(1)),
            _ => None,
        }
    }

    /// The words that may stand at the line's end.
    fn own_words(&self) -> Vec<String> {
        self.words.iter().map(|word| (*word).to_owned()).collect()
    }

    /// The place of a count that takes a word of the syntax for a key.
    fn miscounted(&self, exists: &impl Fn(&Bytes) -> bool) -> Option<usize> {
        let (place, count) = self.count?;
        let keys = self.args[place + 1..].iter().take(count);
        let mut strays = keys.filter(|key| is_word(self.words, key) && !exists(key));
        strays.next().map(|_| place)
    }

    /// The place of a count by which a line stops fitting here: it is too large, or a key stands behind the last.
    fn miscounted_at(&self, stop: &Stop, exists: &impl Fn(&Bytes) -> bool) -> Option<usize> {
        let (place, count) = self.count?;
        let too_few = self.args.len() - place - 1 < count;
        let key_behind = match stop {
            Stop::Unknown(at, words) if *at == place + 1 + count => {
                let goes_on = self.args.get(at + 1).is_some_and(|arg| is_word(words, arg));
                let arg = &self.args[*at];
                exists(arg) || goes_on && !is_misspelt(self.words, arg)
            }
            _ => false,
        };
        (too_few || key_behind)
            .then_some(place)
            .or_else(|| self.miscounted(exists))
    }
}

pub(super) fn is_word<W: AsRef<str>>(words: &[W], arg: &[u8]) -> bool {
    words
        .iter()
        .any(|word| arg.eq_ignore_ascii_case(word.as_ref().as_bytes()))
}

/// Whether an argument is nearly a word, and no number.
fn is_misspelt(words: &[&str], arg: &[u8]) -> bool {
    let text = String::from_utf8_lossy(arg).to_uppercase();
    number::parse_double(arg).is_none()
        && !is_word(words, arg)
        && nearest(&text, words.iter().copied()).is_some()
}

/// The words that may stand in a place of words: BEFORE, AFTER.
pub(super) fn words_of(part: &Part) -> Vec<String> {
    match part {
        Part::Word(word) => vec![word.clone()],
        Part::OneOf(choices) => choices
            .iter()
            .filter_map(|choice| match choice.first() {
                Some(Part::Word(word)) => Some(word.clone()),
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    }
}

fn choices_of(part: &Part) -> Option<&Vec<Vec<Part>>> {
    match part {
        Part::Optional { choices, .. } => Some(choices),
        _ => None,
    }
}

pub(super) fn is_option(part: &Part) -> bool {
    choices_of(part).is_some_and(|choices| begins_with_word(choices))
}

fn begins_with(sequence: &[Part], arg: &[u8]) -> bool {
    matches!(sequence.first(), Some(Part::Word(word)) if arg.eq_ignore_ascii_case(word.as_bytes()))
}

fn begins_with_value(sequence: &[Part]) -> bool {
    matches!(sequence.first(), Some(Part::Value { .. }))
}

fn begins_with_word(choices: &[Vec<Part>]) -> bool {
    matches!(
        choices.first().and_then(|sequence| sequence.first()),
        Some(Part::Word(_))
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::commands;

    fn stop(line: &str) -> Option<Stop> {
        let argv = crate::notation::split(line.as_bytes()).unwrap();
        let row = commands::of_line(&argv).unwrap();
        let grammar = row.grammar();
        let exists = |key: &Bytes| key.starts_with(b"r");
        walk(
            &grammar.parts,
            &grammar.words(),
            &argv[row.name_len()..],
            exists,
        )
    }

    fn missing(part: &str) -> Stop {
        Stop::Missing(part.to_owned())
    }

    fn unknown(line: &str) -> String {
        match stop(line) {
            Some(Stop::Unknown(at, _)) => line.split(' ').nth(at + 1).unwrap().to_owned(),
            other => panic!("{line}: {other:?}"),
        }
    }

    #[test]
    fn the_examples_of_all_commands_fit_their_syntax() {
        for row in commands::all() {
            for (line, _) in row.example {
                assert_eq!(stop(line), None, "{line}");
            }
        }
    }

    #[test]
    fn keys_end_where_their_count_says() {
        assert_eq!(unknown("ZUNION 2 r1 r2 WITHSCORE"), "WITHSCORE");
        assert_eq!(unknown("ZMPOP 2 r1 r2 LOW"), "LOW");
        assert_eq!(unknown("LMPOP 2 r1 r2 HEAD COUNT 2"), "HEAD");
        assert_eq!(stop("ZMPOP 2 r1 r2"), Some(missing("MIN|MAX")));
        assert_eq!(stop("ZUNION 2 r1 r2 WEIGHTS 2"), Some(missing("weight")));
        assert_eq!(
            stop("ZUNION 2 r1 r2 WEIGHTS 2 WITHSCORES"),
            Some(missing("weight"))
        );
        assert_eq!(stop("ZUNION 2 r1 r2 WEIGHTS 2 1 WITHSCORES"), None);
    }

    #[test]
    fn a_wrong_count_of_keys_is_told_as_such() {
        for line in [
            "ZUNION 1 r1 r2",
            "ZUNION 3 r1 r2",
            "LMPOP 3 r1 r2 LEFT",
            "LMPOP 1 r1 other LEFT",
        ] {
            assert_eq!(stop(line), Some(Stop::Count(0)), "{line}");
        }
    }

    #[test]
    fn an_option_without_its_value_lacks_it() {
        assert_eq!(stop("SET k v EX"), Some(missing("seconds")));
        assert_eq!(unknown("ZADD r NXX 60 zoe"), "NXX");
        assert_eq!(unknown("ZUNION 2 r1 r2 AGGREGATES MAX"), "AGGREGATES");
        assert_eq!(unknown("SET k v NXX"), "NXX");
        assert_eq!(unknown("ZUNION 2 r1 r2 AGGREGATE MIDDLE"), "MIDDLE");
    }
}
