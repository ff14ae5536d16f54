//! A list as a learner writes it down: `a b`, `[a, (nil)]`, `{3, 4}`, `(a, b)`, `1) "a" 2) 1) "b"`.

use crate::engine::Bytes;

use super::{
    Literal, line,
    short::{EMPTY, Meant, PHRASES},
};

/// A part of such a list.
#[derive(Debug, Clone, PartialEq)]
enum Token {
    /// An inner list begins.
    Open,
    /// It ends.
    Close,
    /// `2)` in front of an element.
    Number(usize),
    /// An element. Without quotes it is a text, too, but for the words that stand for (nil).
    Value(Literal),
}

/// How deep lists may nest in an answer.
const DEEPEST: usize = 32;

/// Elements divided by commas or spaces, bare or quoted, lists in brackets among them or told by their numbers. Brackets
/// around all of it may be left out. Numbers on one line may tell of several lists: all of them are given.
pub(super) fn lists(text: &str) -> Vec<Vec<Literal>> {
    let mut texts = vec![text.to_owned()];
    // A semicolon divides as a comma does, and what is empty may be meant as a text.
    if text.contains(';') && !text.contains(['"', '\'']) {
        texts.push(text.replace(';', ","));
    }
    if text.contains("(empty)") && text != "(empty)" {
        texts.push(text.replace("(empty)", "\"\""));
    }
    let ways = texts.iter().flat_map(|text| {
        let marked = in_marks(text);
        let ways = marked.iter().flat_map(|text| lists_of(text));
        ways.chain(lists_of(text)).collect::<Vec<_>>()
    });
    ways.collect()
}

/// What redis-cli writes in brackets, in Chinese.
const IN_BRACKETS: [(&str, &str); 12] = [
    ("(空)", "(nil)"),
    ("(空值)", "(nil)"),
    ("(没有)", "(nil)"),
    ("(没有值)", "(nil)"),
    ("(无)", "(nil)"),
    ("(不存在)", "(nil)"),
    ("(错误)", "(error)"),
    ("(报错)", "(error)"),
    ("(出错)", "(error)"),
    ("(失败)", "(error)"),
    ("(空数组)", "(empty array)"),
    ("(空列表)", "(empty array)"),
];

/// Words in a list that stand for what redis-cli writes as a mark, and numbers of elements with a full stop, as Redis
/// writes them; nothing where there are none.
fn in_marks(text: &str) -> Option<String> {
    // What stands behind the text of an error is no part of it.
    const WRONG_TYPE: &str = "(error) WRONGTYPE,";
    const WRONG_TYPES: [&str; 5] = [
        "an error: wrong type",
        "error: wrong type",
        "(error) wrong type",
        "wrong type error",
        "wrong type",
    ];
    let wrong = WRONG_TYPES.iter().map(|phrase| (*phrase, WRONG_TYPE));
    let empty = EMPTY.iter().map(|mark| (*mark, Meant::EmptyArray.mark()));
    let is_sure = |phrase: &str| phrase.contains(' ') || !phrase.is_ascii();
    let known = PHRASES
        .iter()
        .map(|(phrase, meant)| (*phrase, meant.mark()));
    let text_in_brackets =
        ["(empty string)", "(empty text)"].map(|it| (it, Meant::EmptyText.mark()));
    let phrases: Vec<(&str, &str)> = wrong
        .chain(empty)
        .chain(text_in_brackets)
        .chain(IN_BRACKETS)
        .chain(known.filter(|(phrase, _)| is_sure(phrase)))
        .collect();
    let mut marked = String::new();
    let mut open = None;
    let mut rest = text;
    let is_stopped = text.starts_with("1. ");
    while let Some(sign) = rest.chars().next() {
        let is_first = marked.ends_with([' ', ',', '[', '(']) || marked.is_empty();
        let begins = |(phrase, _): &&(&str, &str)| {
            let start = rest.get(..phrase.len());
            let behind = rest
                .get(phrase.len()..)
                .and_then(|rest| rest.chars().next());
            start.is_some_and(|start| start.eq_ignore_ascii_case(phrase))
                && behind.is_none_or(|sign| !sign.is_alphanumeric())
        };
        let may_begin = is_first && open.is_none();
        if let Some((phrase, mark)) = phrases.iter().find(|it| may_begin && begins(it)) {
            marked.push_str(mark);
            rest = &rest[phrase.len()..];
            continue;
        }
        let digits = || rest.bytes().take_while(u8::is_ascii_digit).count();
        let digits = if is_stopped && is_first { digits() } else { 0 };
        if digits > 0 && rest[digits..].starts_with(". ") {
            marked.push_str(&rest[..digits]);
            marked.push(')');
            rest = &rest[digits + 1..];
            continue;
        }
        if matches!(sign, '"' | '\'') {
            open = match open {
                None => Some(sign),
                Some(quote) if quote == sign => None,
                open => open,
            };
        }
        marked.push(sign);
        rest = &rest[sign.len_utf8()..];
    }
    (marked != text).then_some(marked)
}

/// What is written in quotes and brackets alone, and so tells of each value that it is a text: `'5'`, `["a", "b"]`.
pub(super) fn all_quoted(text: &str) -> Option<Literal> {
    let tokens = tokens(text)?;
    let mut inside = None;
    let is_bare = |sign: char| match inside {
        Some(quote) => {
            inside = (sign != quote).then_some(quote);
            false
        }
        None if matches!(sign, '"' | '\'') => {
            inside = Some(sign);
            false
        }
        None => !sign.is_whitespace() && !",[]".contains(sign),
    };
    if !text.contains(['"', '\'']) || text.contains('\\') || text.chars().any(is_bare) {
        return None;
    }
    match build(tokens)?.as_slice() {
        [] => None,
        [only @ Literal::Array(items)] if !items.is_empty() => Some(only.clone()),
        [only @ Literal::Bulk(_)] => Some(only.clone()),
        items => Some(Literal::Array(items.to_vec())),
    }
}

fn lists_of(text: &str) -> Vec<Vec<Literal>> {
    let in_braces = text
        .strip_prefix('{')
        .and_then(|text| text.strip_suffix('}'));
    // Sets are written so, but a brace may also stand in a key.
    let in_braces = in_braces.filter(|inner| !inner.contains(['{', '}']));
    // Python's tuples are written so; an element alone in brackets is none.
    let in_round = || {
        let inner = text.strip_prefix('(')?.strip_suffix(')')?;
        let marks = ["(nil)", "(null)", "(error)", "(integer)", "(empty array)"];
        let bare = marks
            .iter()
            .fold(inner.to_lowercase(), |text, mark| text.replace(mark, ""));
        (inner.contains([',', ' ']) && !bare.contains(['(', ')'])).then_some(inner)
    };
    let own = in_braces
        .or_else(in_round)
        .map(|inner| format!("[{inner}]"))
        .or_else(|| in_square(text));
    let text = own.as_deref().unwrap_or(text);
    let Some(tokens) = tokens(text) else {
        return Vec::new();
    };
    let is_number = |token: &Token| matches!(token, Token::Number(_));
    if !tokens.is_empty() && tokens.iter().all(is_number) {
        return Vec::new();
    }
    let mut ways = nested(&tokens);
    if ways.is_empty() {
        let values = tokens.into_iter();
        ways.push(values.filter(|token| !is_number(token)).collect());
    }
    let items = |way| match build(way)?.as_slice() {
        [Literal::Array(inner)] if text.starts_with('[') => Some(inner.clone()),
        items => Some(items.to_vec()),
    };
    ways.into_iter().filter_map(items).collect()
}

/// Lists in round brackets as they are in square ones: `[("a", 1)]`, `(a, (b, c))`, `a (b c)`. What redis-cli writes in
/// round brackets stays.
fn in_square(text: &str) -> Option<String> {
    const MARKS: [&str; 4] = ["(nil)", "(null)", "(error)", "(integer)"];
    let (mut open, mut depth) = (None, 0_usize);
    let mut squared = String::new();
    let mut rest = text;
    while let Some(sign) = rest.chars().next() {
        let begins = |mark: &&&str| {
            let start = rest.get(..mark.len());
            start.is_some_and(|start| start.eq_ignore_ascii_case(mark))
        };
        let mut marks = MARKS.iter().chain(&EMPTY);
        let mark = marks.find(begins).filter(|_| open.is_none());
        let is_first = squared.is_empty() || squared.ends_with([' ', ',', '[']);
        let length = mark.map_or(sign.len_utf8(), |mark| mark.len());
        match (open, sign) {
            _ if mark.is_some() => squared.push_str(&rest[..length]),
            (None, '(') if is_first => {
                depth += 1;
                squared.push('[');
            }
            (None, ')') if depth > 0 => {
                depth -= 1;
                squared.push(']');
            }
            (quote, sign) => {
                open = match quote {
                    None if matches!(sign, '"' | '\'') => Some(sign),
                    Some(quote) if quote == sign => None,
                    quote => quote,
                };
                squared.push(sign);
            }
        }
        rest = &rest[length..];
    }
    // An element alone in brackets is no list.
    let is_alone = || text.starts_with('(') && !squared.contains([',', ' ']);
    (depth == 0 && squared != text && !is_alone()).then_some(squared)
}

/// The first of them.
pub(super) fn list_items(text: &str) -> Option<Vec<Literal>> {
    lists(text).into_iter().next()
}

/// Whether a word stands for the absent value, in Redis, in other languages or in Chinese.
pub(super) fn is_nil(word: &str) -> bool {
    let ascii = ["nil", "null", "none"];
    ascii.iter().any(|nil| word.eq_ignore_ascii_case(nil))
        || matches!(
            word,
            "空" | "空值" | "没有值" | "没有" | "无" | "不存在" | "什么都没有" | "什么也没有"
        )
}

fn tokens(text: &str) -> Option<Vec<Token>> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '[' | ']' => {
                tokens.push(if first == '[' {
                    Token::Open
                } else {
                    Token::Close
                });
                1
            }
            ',' => 1,
            '"' | '\'' => {
                let length = quoted(rest, first)?;
                let word = line::split(&rest.as_bytes()[..length]).ok()?.pop()?;
                tokens.push(Token::Value(Literal::Bulk(word)));
                length
            }
            _ => bare(rest, &mut tokens)?,
        };
        rest = rest[length..].trim_start();
    }
    Some(tokens)
}

/// The length of a quoted word, behind which another one may not stand at once.
fn quoted(text: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    let end = text.char_indices().skip(1).find(|(_, c)| {
        let closes = *c == quote && !escaped;
        escaped = *c == '\\' && !escaped;
        closes
    });
    let length = end?.0 + 1;
    let behind = text[length..].chars().next();
    behind.is_none_or(divides).then_some(length)
}

fn divides(c: char) -> bool {
    c.is_whitespace() || matches!(c, ',' | '[' | ']')
}

/// Reads what stands without quotes: a mark of redis-cli's, an element's number or a word. Gives its length.
fn bare(text: &str, tokens: &mut Vec<Token>) -> Option<usize> {
    let begins = |mark: &&str| {
        let start = text.get(..mark.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(mark))
    };
    if let Some(mark) = ["(nil)", "(null)"].into_iter().find(begins) {
        tokens.push(Token::Value(Literal::Nil));
        return Some(mark.len());
    }
    if let Some(mark) = EMPTY.into_iter().find(begins) {
        tokens.extend([Token::Open, Token::Close]);
        return Some(mark.len());
    }
    if let Some(mark) = ["(integer)"].into_iter().find(begins) {
        let number = text[mark.len()..].trim_start();
        let before = text.len() - number.len();
        let is_digit = |c: char| c.is_ascii_digit() || c == '-';
        let length = number.find(|c| !is_digit(c)).unwrap_or(number.len());
        let behind = number[length..].chars().next();
        behind
            .is_none_or(|c| divides(c) || c == ')')
            .then_some(())?;
        tokens.push(Token::Value(Literal::Int(number[..length].parse().ok()?)));
        return Some(before + length);
    }
    if let Some(mark) = ["(error)"].into_iter().find(begins) {
        let length = mark.len() + length_of_error(&text[mark.len()..]);
        let error = text[mark.len()..length].trim().to_owned();
        tokens.push(Token::Value(Literal::Error(error)));
        return Some(length);
    }
    if let Some(digits) = numbered(text) {
        tokens.push(Token::Number(text[..digits].parse().ok()?));
        return Some(digits + 1);
    }
    let length = text.find(divides).unwrap_or(text.len());
    let word = &text[..length];
    if word.contains(['"', '\'']) {
        return None;
    }
    if matches!(word, "{}" | "()" | "空数组" | "空列表" | "空集" | "空集合") {
        tokens.extend([Token::Open, Token::Close]);
        return Some(length);
    }
    tokens.push(Token::Value(if is_nil(word) {
        Literal::Nil
    } else if matches!(word, "错误" | "报错") {
        Literal::Error(String::new())
    } else {
        Literal::Bulk(Bytes::from(word.as_bytes()))
    }));
    Some(length)
}

/// How many digits stand before the bracket of an element's number: `2)`.
fn numbered(text: &str) -> Option<usize> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    (digits > 0 && text[digits..].starts_with(')')).then_some(digits)
}

/// The length of an error's text, which begins with its code in capitals, or of none: up to a sign that divides elements
/// or the next one's number.
fn length_of_error(text: &str) -> usize {
    let told = text.trim_start();
    // Words of Redis that are no error are elements of their own.
    let is_status = |word: &str| {
        told.strip_prefix(word)
            .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    };
    let begins = told.starts_with(|c: char| c.is_ascii_uppercase());
    if !begins || ["QUEUED", "OK", "PONG"].into_iter().any(is_status) {
        return 0;
    }
    let ends = |(at, c): &(usize, char)| {
        matches!(c, ',' | ']')
            || *c == ' ' && (numbered(&text[at + 1..]).is_some() || text[at + 1..].starts_with('('))
    };
    let end = text.char_indices().find(ends);
    end.map_or(text.len(), |(at, _)| at)
}

/// A way in which numbers may be read as brackets.
#[derive(Debug, Clone)]
struct Way {
    tokens: Vec<Token>,
    /// For each open list the number of its next element.
    next: Vec<usize>,
}

/// So many ways are looked at, and only one where more than so many words are typed.
const MOST_WAYS: usize = 32;
const MOST_WORDS: usize = 512;

/// Numbers turned into brackets: one directly behind another begins an inner list, and the next number tells which
/// lists have ended. Where more than one list may go on with it, each is a way, the innermost first.
fn nested(tokens: &[Token]) -> Vec<Vec<Token>> {
    let mut ways = vec![Way {
        tokens: Vec::with_capacity(tokens.len()),
        next: vec![1],
    }];
    let most = if tokens.len() > MOST_WORDS {
        1
    } else {
        MOST_WAYS
    };
    let mut behind_number = false;
    for token in tokens {
        let Token::Number(number) = token else {
            behind_number = false;
            for way in &mut ways {
                way.tokens.push(token.clone());
            }
            continue;
        };
        let on = |way: Way| way.with_number(*number, behind_number);
        ways = ways.into_iter().flat_map(on).take(most).collect();
        behind_number = true;
    }
    let closed = |mut way: Way| {
        let open = way.next.iter().skip(1);
        way.tokens.extend(open.map(|_| Token::Close));
        way.tokens
    };
    ways.into_iter().map(closed).collect()
}

impl Way {
    /// The ways on with the number of an element.
    fn with_number(mut self, number: usize, behind_number: bool) -> Vec<Way> {
        if behind_number {
            if number != 1 || self.next.len() > DEEPEST {
                return Vec::new();
            }
            self.next.push(2);
            self.tokens.push(Token::Open);
            return vec![self];
        }
        let depths = (1..=self.next.len()).rev();
        let mut depths = depths.filter(|depth| self.next[depth - 1] == number);
        let (Some(depth), others) = (depths.next(), depths.collect::<Vec<_>>()) else {
            return Vec::new();
        };
        let others = others.into_iter().map(|depth| self.clone().at(depth));
        let mut ways: Vec<Way> = others.collect();
        ways.insert(0, self.at(depth));
        ways
    }

    /// On with the next element of the list at a depth, the lists inside it closed.
    fn at(mut self, depth: usize) -> Way {
        while self.next.len() > depth {
            self.next.pop();
            self.tokens.push(Token::Close);
        }
        if let Some(next) = self.next.last_mut() {
            *next += 1;
        }
        self
    }
}

fn build(tokens: Vec<Token>) -> Option<Vec<Literal>> {
    let mut lists: Vec<Vec<Literal>> = vec![Vec::new()];
    for token in tokens {
        match token {
            Token::Open if lists.len() > DEEPEST => return None,
            Token::Open => lists.push(Vec::new()),
            // A bracket that nothing opened.
            Token::Close if lists.len() == 1 => {}
            Token::Close => {
                let inner = lists.pop()?;
                lists.last_mut()?.push(Literal::Array(inner));
            }
            Token::Value(value) => lists.last_mut()?.push(value),
            Token::Number(_) => {}
        }
    }
    // A bracket that nobody closed closes at the end.
    while lists.len() > 1 {
        let inner = lists.pop()?;
        lists.last_mut()?.push(Literal::Array(inner));
    }
    lists.pop()
}
