//! The short forms in which learners write replies, and the words that stand for one: `nil`, `空`, `minus 5`, `a and b`.

use crate::engine::Bytes;

use super::{
    Literal,
    listed::{is_nil, list_items},
};

/// An integer as Redis prints it but for the brackets and spaces: `integer 5`, `( integer ) 5`, `5, integer`.
pub(super) fn spelt_integer(text: &str) -> Option<i64> {
    const NAMES: [&str; 3] = ["integer", "int", "整数"];
    let lower = text.to_ascii_lowercase();
    let words = lower.trim_start_matches(['(', ' ']);
    let mut articles = ["an ", "the "].into_iter();
    let bare = articles.find_map(|article| words.strip_prefix(article));
    let words = bare.unwrap_or(words);
    let behind = NAMES.iter().find_map(|name| words.strip_prefix(name));
    if let Some(number) = behind {
        return signed(number.trim_start_matches([')', ':', ' ', '=', ',']));
    }
    let before = NAMES.iter().find_map(|name| words.strip_suffix(name))?;
    let before = before.trim_end_matches(" an ").trim_end();
    let before = before.strip_suffix(" as").unwrap_or(before);
    signed(before.trim_end_matches([' ', ',', ':']))
}

/// A number, the sign of which may stand apart or be a word: `- 5`, `minus 5`.
fn signed(text: &str) -> Option<i64> {
    let mut signs = ["minus ", "negative ", "负", "- "].iter();
    match signs.find_map(|sign| text.strip_prefix(sign)) {
        Some(number) => format!("-{}", number.trim_start()).parse().ok(),
        None => text.parse().ok(),
    }
}

/// An error without the word in front of it: its code, and more.
pub(super) fn bare_error(text: &str) -> Option<Literal> {
    let (code, _) = text.split_once(' ')?;
    let is_code = matches!(
        code,
        "ERR" | "WRONGTYPE" | "EXECABORT" | "NOSCRIPT" | "NOAUTH"
    );
    is_code.then(|| Literal::Error(text.to_owned()))
}

/// A list in a sentence: `a and b`, `a, b, and c`, `a 和 b`.
pub(super) fn without_ands(text: &str) -> Option<Literal> {
    let is_and = |word: &&str| matches!(*word, "and" | "then" | "和");
    let text = text.replace('和', " 和 ");
    let words: Vec<&str> = text.split_whitespace().collect();
    if !words.iter().any(is_and) || words.len() < 3 {
        return None;
    }
    let rest: Vec<&str> = words.into_iter().filter(|word| !is_and(word)).collect();
    list_items(&rest.join(" ")).map(Literal::Array)
}

/// What words stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meant {
    EmptyArray,
    EmptyText,
    Error,
}

impl Meant {
    /// How redis-cli writes it.
    pub(super) fn mark(self) -> &'static str {
        match self {
            Meant::EmptyArray => "(empty array)",
            Meant::EmptyText => "\"\"",
            Meant::Error => "(error)",
        }
    }
}

/// Words for a reply that has nothing in it, and for an error; where one begins another, the longer is first.
pub(super) const PHRASES: [(&str, Meant); 66] = {
    use Meant::{EmptyArray, EmptyText, Error};
    [
        ("an empty array", EmptyArray),
        ("the empty array", EmptyArray),
        ("a empty array", EmptyArray),
        ("an empty answer", EmptyArray),
        ("an empty reply", EmptyArray),
        ("the empty list", EmptyArray),
        ("the empty set", EmptyArray),
        ("0 elements", EmptyArray),
        ("0 members", EmptyArray),
        ("zero elements", EmptyArray),
        ("zero members", EmptyArray),
        ("an empty list", EmptyArray),
        ("an empty set", EmptyArray),
        ("an empty hash", EmptyArray),
        ("empty array", EmptyArray),
        ("empty list", EmptyArray),
        ("empty set", EmptyArray),
        ("empty hash", EmptyArray),
        ("no elements", EmptyArray),
        ("no members", EmptyArray),
        ("no fields", EmptyArray),
        ("空数组", EmptyArray),
        ("空列表", EmptyArray),
        ("空集合", EmptyArray),
        ("空集", EmptyArray),
        ("the empty string", EmptyText),
        ("an empty string", EmptyText),
        ("an empty text", EmptyText),
        ("empty string", EmptyText),
        ("empty text", EmptyText),
        ("空字符串", EmptyText),
        ("空串", EmptyText),
        ("空文本", EmptyText),
        ("an error message", Error),
        ("it will fail", Error),
        ("it errors", Error),
        ("type mismatch", Error),
        ("not possible", Error),
        ("it is not possible", Error),
        ("not allowed", Error),
        ("it is not allowed", Error),
        ("does not work", Error),
        ("it does not work", Error),
        ("it doesn't work", Error),
        ("an error occurs", Error),
        ("an exception", Error),
        ("an error", Error),
        ("error message", Error),
        ("it fails", Error),
        ("it refuses", Error),
        ("redis refuses", Error),
        ("一个错误", Error),
        ("出错了", Error),
        // A single word may be a value where several come.
        ("empty", EmptyArray),
        ("error", Error),
        ("err", Error),
        ("exception", Error),
        ("fails", Error),
        ("failed", Error),
        ("fail", Error),
        ("refused", Error),
        ("refuses", Error),
        ("报错", Error),
        ("错误", Error),
        ("出错", Error),
        ("失败", Error),
    ]
};

/// The marks of redis-cli, and of others, for an array with nothing in it.
pub(super) const EMPTY: [&str; 4] = ["(empty array)", "(empty list)", "(empty set)", "(empty)"];

/// Words that stand for a reply, in brackets or without; those that learners write in Chinese among them.
pub(super) fn shorthand(text: &str) -> Option<Literal> {
    const KINDS: [&str; 12] = [
        "type", "index", "key", "range", "value", "limit", "incr", "option", "argument", "redis",
        "response", "command",
    ];
    let lower = text.to_ascii_lowercase();
    // A bracket that was not closed is meant to be.
    let inner = lower
        .strip_prefix('(')
        .map(|text| text.strip_suffix(')').unwrap_or(text));
    let words: Vec<&str> = inner.unwrap_or(&lower).split_whitespace().collect();
    let words = words.join(" ");
    let meant = |words: &str| {
        let found = PHRASES.iter().find(|(phrase, _)| *phrase == words);
        found.map(|(_, meant)| meant)
    };
    // The same said twice: 错误 (error).
    let divided = words.replace(['(', ')'], " ");
    let mut parts = divided.split_whitespace().peekable();
    if parts.peek().is_some() && parts.all(|part| meant(part) == Some(&Meant::Error)) {
        return Some(Literal::Error(String::new()));
    }
    // An error of a kind: `index error`. What Redis calls so itself is read as its text.
    let kind = words.strip_suffix(" error");
    if kind.is_some_and(|kind| KINDS.contains(&kind)) {
        return Some(Literal::Error(String::new()));
    }
    match (words.as_str(), meant(&words)) {
        (word, _) if is_nil(word) => Some(Literal::Nil),
        ("", _) if inner.is_some() => Some(Literal::Array(vec![])),
        (_, Some(Meant::EmptyArray)) => Some(Literal::Array(vec![])),
        (_, Some(Meant::EmptyText)) => Some(Literal::Bulk(Bytes::new())),
        (_, Some(Meant::Error)) => Some(Literal::Error(String::new())),
        ("set()" | "∅" | "[]" | "[(empty array)]" | "[ (empty array) ]", _) => {
            Some(Literal::Array(vec![]))
        }
        (word @ ("ok" | "queued" | "pong"), _) => Some(Literal::Status(word.to_ascii_uppercase())),
        (code @ ("wrongtype" | "execabort" | "noscript" | "noauth" | "noperm" | "oom"), _) => {
            Some(Literal::Error(code.to_ascii_uppercase()))
        }
        _ => signed(&lower).map(Literal::Int),
    }
}

/// A word that stands in brackets like a list of one.
pub(super) fn alone_in_brackets(text: &str) -> Option<&str> {
    let word = text.strip_prefix('(')?.strip_suffix(')')?;
    let quoted = word
        .strip_prefix('"')
        .and_then(|word| word.strip_suffix('"'));
    let word = quoted.unwrap_or(word);
    (!word.is_empty() && word.chars().all(char::is_alphanumeric)).then_some(word)
}

/// Whether the name of a number's kind stands before a quoted word: `(integer) "5"`.
pub(super) fn quotes_a_number(text: &str) -> bool {
    let mut open = None;
    text.char_indices().any(|(at, sign)| match open {
        Some(quote) => {
            open = (sign != quote).then_some(quote);
            false
        }
        None if matches!(sign, '"' | '\'') => {
            open = Some(sign);
            let before = text[..at].trim_end_matches([' ', ':', ')']);
            let names = ["integer", "int", "整数"].into_iter();
            let is_name = |name: &str| {
                let rest = before.len().checked_sub(name.len())?;
                let tail = before.get(rest..)?;
                tail.eq_ignore_ascii_case(name).then(|| &before[..rest])
            };
            let mut behind = names.filter_map(is_name);
            behind.any(|rest| !rest.ends_with(|c: char| c.is_ascii_alphanumeric()))
        }
        None => false,
    })
}

/// What stands in quotes in a list, as far as no sign in it needs a backslash.
pub(super) fn in_quotes(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut open = None;
    for (at, sign) in text.char_indices() {
        match open {
            Some((quote, from)) if quote == sign => {
                found.push(&text[from..at]);
                open = None;
            }
            None if matches!(sign, '"' | '\'') => open = Some((sign, at + 1)),
            _ => {}
        }
    }
    found
}
