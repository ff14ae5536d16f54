//! What a translation lacks, and where it names commands, keys, values and numbers that its original does not, or
//! leaves out some that the original names. Words of a language are not looked at: only what is typed and printed is
//! the same in all of them.

use std::collections::{BTreeMap, BTreeSet};

use crate::engine::commands;
use crate::lesson::read::Sink;

use super::{
    pair::{Pair, PairedField, PairedGroup, Standing, pair},
    text::Group,
};

/// Reports what a translation lacks and what it says differently, at its places.
pub(super) fn compare(
    own: &[Group],
    translated: &[Group],
    text: &str,
    language: &str,
    sink: &Sink,
) {
    let (groups, _) = pair(own, translated);
    let names = Names {
        commands: commands_and_options(),
        has_other_letters: text.chars().any(is_of_other_letters),
    };
    for group in &groups {
        missing(group, language, sink);
        let pairs = group.fields.iter().flat_map(|field| &field.pairs);
        for pair in pairs.filter(|pair| pair.standing() == Standing::Kept) {
            names.check(group.own, pair, sink);
        }
    }
}

fn missing(group: &PairedGroup<'_>, language: &str, sink: &Sink) {
    let help = format!("`rediscover pack translate {language} DIR` leaves a line open for it");
    let name = group.own.name();
    let Some(old) = group.old else {
        if !group.fields.is_empty() {
            let message = format!("{name}is not translated");
            sink.warning(0..0, message, Some(help));
        }
        return;
    };
    let lacks = |field: &PairedField<'_>| {
        let missing = field
            .pairs
            .iter()
            .filter(|pair| pair.found.is_none())
            .count();
        (missing > 0).then_some((missing, field.pairs.len()))
    };
    for field in &group.fields {
        let Some((missing, all)) = lacks(field) else {
            continue;
        };
        let key = field.own.key;
        let message = if all == 1 {
            format!("`{key}` {}is not translated", of(&name))
        } else {
            format!(
                "{missing} of {all} texts of `{key}` {}are not translated",
                of(&name)
            )
        };
        let place = field
            .old
            .map_or(old.span.start..old.span.start, |field| field.value.clone());
        sink.warning(place, message, Some(help.clone()));
    }
}

fn of(name: &str) -> String {
    if name.is_empty() {
        String::new()
    } else {
        format!("of {name}")
    }
}

/// What counts as a name of something that is the same in all languages.
struct Names {
    /// The words of commands, upper case.
    commands: BTreeSet<String>,
    /// Whether the translation is written in other letters than Latin ones, so that every Latin word in it is a name.
    has_other_letters: bool,
}

/// Names that a translation may bring in by itself.
const FREE: [&str; 4] = ["redis", "python", "redis-py", "ok"];
/// Smaller numbers are often written as words, and words as numbers.
const LEAST: u64 = 13;

impl Names {
    fn check(&self, group: &Group, pair: &Pair<'_>, sink: &Sink) {
        let Some(found) = pair.found else {
            return;
        };
        let foreign = self.foreign(&found.text, group);
        if !foreign.is_empty() {
            let message = format!("{} not in the original", listed(&foreign));
            let help = format!("the original says: {}", shortened(&pair.own.text));
            sink.warning(found.span.clone(), message, Some(help));
        }
        let lacking = self.lacking(&pair.own.text, &found.text, &group.runs);
        if !lacking.is_empty() {
            let message = format!("{} in the original, but not here", listed(&lacking));
            let help = format!("the original says: {}", shortened(&pair.own.text));
            sink.warning(found.span.clone(), message, Some(help));
        }
    }

    /// Names in a translation that its original's table does not know.
    fn foreign(&self, text: &str, group: &Group) -> Vec<String> {
        let known = known(&group.says);
        let quoted = quoted(text);
        let is_foreign = |word: &&str| {
            let lower = word.to_lowercase();
            let is_number = word.bytes().all(|byte| byte.is_ascii_digit());
            let is_plain = word.bytes().all(|byte| byte.is_ascii_alphabetic());
            let is_name = self.has_other_letters || is_distinct(word) || quoted.contains(word);
            let is_small = is_number && is_small(word);
            let is_part = is_plain && known.iter().any(|known| known.contains(&lower));
            let is_known = known.contains(&lower) || FREE.contains(&lower.as_str());
            is_name && !is_known && !is_part && !is_small
        };
        unique(words(text).filter(is_foreign))
    }

    /// Names in an original that its translation leaves out.
    fn lacking(&self, own: &str, translated: &str, runs: &str) -> Vec<String> {
        let there = known(translated);
        let runs: BTreeSet<&str> = words(runs).collect();
        let is_lacking = |word: &&str| {
            let is_number = word.bytes().all(|byte| byte.is_ascii_digit());
            let is_name = if is_number {
                !is_small(word)
            } else if word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_uppercase()) {
                self.commands.contains(*word)
            } else {
                is_distinct(word) && runs.contains(word)
            };
            is_name && !there.contains(&word.to_lowercase())
        };
        unique(words(own).filter(is_lacking))
    }
}

/// The words of all commands: their names and options.
fn commands_and_options() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for row in commands::all() {
        names.extend(row.name.split('|').map(str::to_uppercase));
        names.extend(row.grammar().words().iter().map(|word| word.to_uppercase()));
    }
    names
}

/// Whether a letter is none of the Latin ones.
fn is_of_other_letters(c: char) -> bool {
    c.is_alphabetic() && c > '\u{24f}' && !('\u{1e00}'..='\u{1eff}').contains(&c)
}

/// The runs of letters, digits, `:` and `_` in a text; not the words of the tutor, `:hint`.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == ':' || c == '_';
    text.split(move |c| !is_part(c))
        .filter(|word| !word.starts_with(':'))
        .map(|word| word.trim_matches([':', '_']))
        .filter(|word| !word.is_empty())
}

/// What stands between quotation marks, one word each.
fn quoted(text: &str) -> Vec<&str> {
    let between = |mark: char| text.split(mark).skip(1).step_by(2);
    between('"')
        .chain(between('`'))
        .filter(|word| !word.contains(' '))
        .collect()
}

/// Whether a word is a name by its looks: it has digits, `:` or `_`, or is all capitals.
fn is_distinct(word: &str) -> bool {
    let has_mark = |byte: u8| byte.is_ascii_digit() || byte == b':' || byte == b'_';
    word.bytes().any(has_mark)
        || (word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_uppercase()))
}

fn is_small(number: &str) -> bool {
    number.parse::<u64>().is_ok_and(|number| number < LEAST)
}

/// The words of a text in lower case, also the parts of `user:1`, and the numbers that it spells.
fn known(text: &str) -> BTreeSet<String> {
    let parts = |word: &str| {
        word.split([':', '_'])
            .map(str::to_lowercase)
            .collect::<Vec<_>>()
    };
    let spelled: BTreeMap<&str, &str> = SPELLED.into_iter().collect();
    let mut known = BTreeSet::new();
    for word in words(text) {
        known.insert(word.to_lowercase());
        known.extend(parts(word));
        let lower = word.to_lowercase();
        known.extend(
            spelled
                .get(lower.as_str())
                .map(|number| (*number).to_owned()),
        );
    }
    known
}

/// English numbers from thirteen that are one word.
const SPELLED: [(&str, &str); 17] = [
    ("thirteen", "13"),
    ("fourteen", "14"),
    ("fifteen", "15"),
    ("sixteen", "16"),
    ("seventeen", "17"),
    ("eighteen", "18"),
    ("nineteen", "19"),
    ("twenty", "20"),
    ("thirty", "30"),
    ("forty", "40"),
    ("fifty", "50"),
    ("sixty", "60"),
    ("seventy", "70"),
    ("eighty", "80"),
    ("ninety", "90"),
    ("hundred", "100"),
    ("thousand", "1000"),
];

fn unique<'a>(words: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for word in words {
        if !found.iter().any(|known| known == word) {
            found.push(word.to_owned());
        }
    }
    found
}

/// `` `A` and `B` are ``
fn listed(words: &[String]) -> String {
    let ticked: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match ticked.split_last() {
        Some((last, [])) => format!("{last} is"),
        Some((last, others)) => format!("{} and {last} are", others.join(", ")),
        None => String::new(),
    }
}

/// The beginning of a text, on one line.
fn shortened(text: &str) -> String {
    const MOST: usize = 100;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= MOST {
        return line;
    }
    line.chars().take(MOST).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_what_is_typed() {
        let all = |text| words(text).collect::<Vec<_>>();
        assert_eq!(
            all("把 user:1001 存到 name_set：:hint 看提示，SET k: 1.5"),
            ["user:1001", "name_set", "SET", "k", "1", "5"]
        );
    }

    #[test]
    fn numbers_may_be_spelled() {
        assert!(known("Fifteen times sixty.").contains("60"));
    }

    #[test]
    fn names_are_listed_with_their_verb() {
        let words = |words: &[&str]| {
            words
                .iter()
                .map(|word| (*word).to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(listed(&words(&["A"])), "`A` is");
        assert_eq!(listed(&words(&["A", "B", "C"])), "`A`, `B` and `C` are");
    }
}
