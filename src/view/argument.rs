//! What is said of the arguments and options of a line, by their names in the syntax and what they do.

use crate::text::{Value, Words};
use crate::tutor::Missing;

use super::layout::clean_line;

pub fn missing_values(count: usize, what: &Missing, words: &Words) -> String {
    let count = ("count", count.into());
    let named = |name: &str| argument_name(name, words).into();
    match what {
        Missing::Values => words.with("missing-values", &[count]),
        Missing::Keys => words.with("missing-keys", &[count]),
        Missing::More(name) => words.with("missing-more", &[count, ("name", named(name))]),
        Missing::Part(name) => words.with("missing-part", &[("name", named(name))]),
        Missing::Groups(group) => {
            let names = group.split(' ');
            let names: Vec<String> = names.map(|name| argument_name(name, words)).collect();
            let names = names.iter().map(|name| name.trim());
            let group = names.collect::<Vec<_>>().join(" ");
            words.with("missing-groups", &[count, ("group", group.into())])
        }
    }
}

/// A part that is missing, and the word that was taken for it.
pub fn part_taken(name: &str, by: String, words: &Words) -> String {
    let name = argument_name(name, words).into();
    words.with("part-taken", &[("name", name), ("by", by.into())])
}

/// An option that is missing is named by what it does, not by its word.
pub fn missing_option(count: usize, word: &str, words: &Words) -> String {
    let missing = words.with("missing-option", &[("count", count.into())]);
    let Some(does) = does(word, words) else {
        return missing;
    };
    let values = [("count", count.into()), ("does", does.into())];
    let hint = words.with("missing-option-does", &values);
    format!("{missing}{}{hint}", words.say("space"))
}

/// That an option or another word of the syntax is not the one that is wanted, and what it does.
pub fn unwanted_word(id: &str, typed: &str, words: &Words) -> String {
    let said = words.with(id, &[("typed", clean_line(typed).into())]);
    let Some(does) = does(typed, words) else {
        return said;
    };
    let told = words.with("option-it-does", &[("does", does.into())]);
    format!("{said}{}{told}", words.say("space"))
}

/// What an option does, where there are words for it.
fn does(word: &str, words: &Words) -> Option<String> {
    let does = words.with("option-does", &[("word", word.to_uppercase().into())]);
    Some(does.trim().to_owned()).filter(|does| !does.is_empty())
}

/// One message with the argument's name, another where it has none.
pub fn of_argument(
    named: &str,
    bare: &str,
    value: Value<'static>,
    argument: &str,
    words: &Words,
) -> String {
    if argument.is_empty() {
        return words.with(bare, &[("typed", value)]);
    }
    let argument = argument_name(argument, words).into();
    let said = words.with(named, &[("typed", value), ("argument", argument)]);
    said.trim_start().to_owned()
}

/// A part of a command's syntax as it stands in the syntax, with its name where a language has one of its own.
pub fn syntax_part(name: &str, words: &Words) -> String {
    let own = argument_name(name, words);
    match own.trim() {
        own if own == name => name.to_owned(),
        own => words.with(
            "syntax-part",
            &[("part", name.into()), ("name", own.into())],
        ),
    }
}

/// The name of an argument as it stands within a sentence: in some languages a word of theirs.
fn argument_name(name: &str, words: &Words) -> String {
    words.with("argument-name", &[("name", clean_line(name).into())])
}
