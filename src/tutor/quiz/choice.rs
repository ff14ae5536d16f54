//! Which of a question's choices a text names: by its letter, or by what it is, in the ways in which learners write it.

use crate::engine::{Command, commands, number::format_double};
use crate::lesson::{Line, Picture, Question, QuestionKind, WantedState};
use crate::notation::{Escape, in_ascii, to_one_line};

use super::{Answer, Choice, typed::is_same_text};

/// The letter of a choice.
pub(super) fn letter(at: usize) -> char {
    char::from(b'a' + u8::try_from(at.min(25)).unwrap_or(25))
}

/// The option that a letter names, with or without what stands behind it, or that was written out.
pub(super) fn chosen<'a>(
    question: &Question,
    options: &'a [Answer],
    text: &str,
) -> Option<&'a Answer> {
    let shows = |option: &&Answer, text: &str| is_shown(question, &option.shown, text);
    if let Some((letter, behind)) = lettered(&in_ascii(text)) {
        let option = options.get(usize::from(letter.to_ascii_lowercase() - b'a'));
        if option.is_some_and(|option| behind.is_empty() || shows(&option, behind)) {
            return option;
        }
        if behind.is_empty() {
            return None;
        }
    }
    let only = |names: &dyn Fn(&&Answer) -> bool| {
        let mut same = options.iter().filter(names);
        // Where two look alike, a letter is needed.
        same.next().filter(|_| same.next().is_none())
    };
    let is_text = |names: &dyn Fn(&str) -> bool| {
        only(&|option| matches!(&option.shown, Choice::Text(shown) if names(shown)))
    };
    let is_type = question.kind == QuestionKind::Datatype;
    let is_sentence = matches!(question.kind, QuestionKind::Choice | QuestionKind::Datatype);
    only(&|option| shows(option, text))
        .or_else(|| {
            let plain = without_signs(text);
            is_text(&|shown| {
                let plain_shown = without_signs(shown);
                is_sentence && !is_command(shown) && is_same_text(question, &plain_shown, &plain)
            })
        })
        .or_else(|| {
            let typed = bare_words(text);
            is_text(&|shown| {
                let words = bare_words(shown);
                is_sentence && !is_command(shown) && words.len() > 1 && words == typed
            })
        })
        .or_else(|| {
            let typed = type_words(text);
            is_text(&|shown| {
                let words = type_words(shown);
                let mut named = typed.iter();
                is_type && !typed.is_empty() && named.all(|word| words.contains(word))
            })
        })
}

/// The letter that a text begins with, and what stands behind it: `c`, `c)`, `(c)`, `c. (nil)`, `Option c`, `答案: c`.
pub(super) fn lettered(text: &str) -> Option<(u8, &str)> {
    let names = [
        "option ",
        "choice ",
        "letter ",
        "answer:",
        "answer ",
        "选项",
        "选",
        "答案是",
        "答案",
    ];
    let text = text.trim();
    let named = |name: &&str| {
        let begin = text.get(..name.len())?;
        begin
            .eq_ignore_ascii_case(name)
            .then(|| &text[name.len()..])
    };
    let rest = names.iter().find_map(named);
    let text = rest.unwrap_or(text).trim_start_matches([' ', ':']);
    let text = text.strip_prefix('(').unwrap_or(text);
    let letter = *text
        .as_bytes()
        .first()
        .filter(|sign| sign.is_ascii_alphabetic())?;
    let behind = &text[1..];
    let divides = |sign: char| sign == ' ' || ").:,".contains(sign);
    let is_apart = behind.is_empty() || behind.starts_with(divides);
    let signs = |sign: char| sign.is_whitespace() || ").:,".contains(sign);
    is_apart.then(|| (letter, behind.trim_start_matches(signs)))
}

/// Whether a text is a line of one command, and not of several names of them.
fn is_command(text: &str) -> bool {
    let takes = |line: &Line, row: &Command| {
        let count = i64::try_from(line.argv.len()).unwrap_or(i64::MAX);
        let arity = i64::from(row.arity());
        count == arity || arity < 0 && count >= -arity
    };
    Line::parse(text)
        .is_ok_and(|line| commands::of_line(&line.argv).is_some_and(|row| takes(&line, row)))
}

/// The words of a sentence in small letters, without the signs and the `and` between them.
fn bare_words(text: &str) -> Vec<String> {
    let lower = without_signs(text).to_lowercase();
    let words = lower.split([' ', ';', '、']);
    let words = words.filter(|word| !word.is_empty() && !matches!(*word, "and" | "和"));
    words.map(str::to_owned).collect()
}

/// A sentence without the signs that mean nothing in it: a full stop, commas, quotes around it.
fn without_signs(text: &str) -> String {
    let text = in_ascii(text.trim());
    let text = text.trim_end_matches('.');
    let quoted = text
        .strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'));
    quoted.unwrap_or(text).replace(',', " ")
}

/// The words of a type's name, each in one form: `a sorted set` is a zset.
fn type_words(text: &str) -> Vec<String> {
    let mut lower = in_ascii(text.trim().trim_end_matches(['.', '。'])).to_lowercase();
    for (other, name) in [
        ("有序集合", " zset "),
        ("集合", " set "),
        ("列表", " list "),
        ("哈希表", " hash "),
        ("哈希", " hash "),
        ("散列", " hash "),
        ("字符串", " string "),
        ("频道", " channel "),
        ("计数器", " counter "),
        ("发布订阅", " pub sub "),
        ("发布/订阅", " pub sub "),
        ("pubsub", " pub sub "),
        ("sorted sets", " zset "),
        ("sorted set", " zset "),
        ("sortedset", " zset "),
    ] {
        lower = lower.replace(other, name);
    }
    let words = lower.split(|sign: char| !sign.is_alphanumeric());
    let words =
        words.filter(|word| !word.is_empty() && !["a", "an", "the", "redis"].contains(word));
    let single = |word: &str| match word {
        "hashes" => "hash".to_owned(),
        "zsets" | "sets" | "lists" | "strings" | "channels" | "counters" => {
            word.trim_end_matches('s').to_owned()
        }
        word => word.to_owned(),
    };
    words.map(single).collect()
}

/// Whether a text is a choice as it is shown, whatever the spaces, and the letter case where that means nothing.
fn is_shown(question: &Question, choice: &Choice, text: &str) -> bool {
    match choice {
        Choice::Text(shown) => is_same_text(question, shown, text),
        Choice::Reply(reply) => to_one_line(reply, Escape::Text)
            .to_lowercase()
            .split_whitespace()
            .eq(text.to_lowercase().split_whitespace()),
        Choice::State(state) => is_state(state, text),
    }
}

/// Whether a text is a state, in whatever order its keys stand: `k: c b a`, `{"k": ["c", "b", "a"]}`, and of a single
/// key its value alone.
fn is_state(state: &WantedState, text: &str) -> bool {
    let WantedState::Keys(keys) = state else {
        return false;
    };
    let text = in_ascii(text);
    let named: Vec<(String, &Picture)> = keys
        .iter()
        .map(|(key, pictured)| (as_text(key), &pictured.value))
        .collect();
    let words = plain_words(&text);
    let in_a_row = named.iter().flat_map(|(key, value)| {
        let mut words = vec![key.clone()];
        words.extend(value_words(value));
        words
    });
    if words.is_empty() || !has_brackets_of(&text, &named) {
        return false;
    }
    if words.iter().cloned().eq(in_a_row) {
        return true;
    }
    if let [(_, value)] = named.as_slice()
        && holds(value, &words)
    {
        return true;
    }
    let is_key = |word: &String| named.iter().any(|(key, _)| key == word);
    let mut parts: Vec<&[String]> = Vec::new();
    let mut from = 0;
    for at in 1..=words.len() {
        if at == words.len() || is_key(&words[at]) {
            parts.push(&words[from..at]);
            from = at;
        }
    }
    parts.len() == named.len()
        && named.iter().all(|(key, value)| {
            let mut own = parts.iter().filter(|part| part[0] == *key);
            own.next().is_some_and(|part| holds(value, &part[1..])) && own.next().is_none()
        })
}

/// Whether words are those of a value, in its order where it has one.
fn holds(value: &Picture, words: &[String]) -> bool {
    let own = value_words(value);
    let sorted = |words: &[String], together: usize| {
        let mut parts: Vec<Vec<String>> = words.chunks(together).map(<[String]>::to_vec).collect();
        parts.sort();
        parts
    };
    match value {
        Picture::String(_) | Picture::List(_) => own == words,
        Picture::Set(_) => sorted(&own, 1) == sorted(words, 1),
        Picture::Hash(_) | Picture::SortedSet(_) => sorted(&own, 2) == sorted(words, 2),
    }
}

/// Whether no list is written in braces, as sets are, behind its key.
fn has_brackets_of(text: &str, named: &[(String, &Picture)]) -> bool {
    let is_sign = |sign: char| sign.is_whitespace() || ":=\"'".contains(sign);
    named.iter().all(|(key, value)| {
        let is_list = matches!(value, Picture::List(_) | Picture::String(_));
        let mut places = text.match_indices(key.as_str());
        !is_list
            || !places.any(|(at, _)| {
                let behind = text[at + key.len()..].trim_start_matches(is_sign);
                let before = text[..at].chars().next_back();
                before.is_none_or(|sign| !sign.is_alphanumeric()) && behind.starts_with('{')
            })
    })
}

/// A text's words without the signs that stand between keys and values, and without what stands in brackets: how long
/// a key lives on.
fn plain_words(text: &str) -> Vec<String> {
    let mut depth = 0_usize;
    let plain = text.chars().filter(|c| {
        let outside = depth == 0;
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        outside && *c != '('
    });
    let plain: String = plain.collect();
    let is_sign = |c: char| c.is_whitespace() || ":={}[],;\"'".contains(c);
    let words = plain.split(is_sign).filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

fn as_text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The words of a value, in the order in which they are shown.
fn value_words(value: &Picture) -> Vec<String> {
    match value {
        Picture::String(value) => vec![as_text(value)],
        Picture::List(items) => items.iter().map(|item| as_text(item)).collect(),
        Picture::Set(members) => members.iter().map(|member| as_text(member)).collect(),
        Picture::Hash(fields) => {
            let pairs = fields.iter();
            let words = pairs.flat_map(|(field, value)| [as_text(field), as_text(value)]);
            words.collect()
        }
        Picture::SortedSet(scores) => {
            let pairs = scores.iter();
            let words = pairs
                .flat_map(|(member, score)| [as_text(member), as_text(&format_double(*score))]);
            words.collect()
        }
    }
}
