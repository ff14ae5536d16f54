//! A reply as a learner writes it down from memory: the notations of redis-cli, and shorter ones.

use super::{
    Literal, first_wide, in_ascii,
    listed::{all_quoted, is_nil, lists},
    literal::{has_error, leaves},
    own_words::calls_error,
    parse,
    short::{
        alone_in_brackets, bare_error, in_quotes, quotes_a_number, shorthand, spelt_integer,
        without_ands,
    },
    worded::{Kind, Worded, without_words},
};

/// What a predicted reply may mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Every reading, the most literal first.
    pub readings: Vec<Literal>,
    /// Whether it was written out as Redis prints it, and so has one reading.
    exact: bool,
    /// What is read.
    text: String,
    /// The same without the words around it: `it answers 5`.
    inner: Option<Box<Answer>>,
}

/// Reads a learner's answer: `(integer) 5` or `5`, `(nil)` or `nil`, `"a" "b"`, `a b`, `["a", "b"]`, `[]`, `(error)`.
/// Signs that look like ASCII, as some keyboards type them, stand for it first, and then for themselves. What stands in
/// a sentence, such as `it answers 5`, is read as it is and without its words.
#[must_use]
pub fn read_answer(text: &str) -> Answer {
    let mut answer = read_signs(text);
    answer.inner = without_words(text).map(|worded| Box::new(read_worded(&worded)));
    answer
}

fn read_worded(worded: &Worded<'_>) -> Answer {
    let answer = read_signs(worded.rest);
    let only = |literal| Answer {
        readings: vec![literal],
        exact: true,
        ..answer.clone()
    };
    match worded.kind {
        Kind::Any => answer,
        Kind::Text if answer.exact => answer,
        Kind::Text => only(Literal::Bulk(worded.rest.as_bytes().into())),
        Kind::Error => {
            let told = in_ascii(worded.rest);
            let is_reason = REASONS.iter().any(|word| told.starts_with(word));
            only(Literal::Error(if is_reason { String::new() } else { told }))
        }
        Kind::List => {
            let items = lists(&in_ascii(worded.rest)).into_iter();
            let readings: Vec<Literal> = items.map(Literal::Array).collect();
            Answer { readings, ..answer }
        }
    }
}

/// With what a reason begins that is told behind the word for an error.
const REASONS: [&str; 3] = ["because ", "since ", "因为"];

fn read_signs(text: &str) -> Answer {
    if first_wide(text).is_none() {
        let mut answer = read(text);
        // The same with a full stop behind it, which may belong to the answer.
        let stopped = text.trim_end().strip_suffix('.');
        let stopped =
            stopped.filter(|rest| rest.ends_with(|c: char| c.is_alphabetic() || c == ')'));
        if let Some(rest) = stopped {
            answer.readings.extend(read(rest).readings);
        }
        return answer;
    }
    // A full stop behind an answer is none of its signs.
    let mut answer = read(&in_ascii(text.trim_end().trim_end_matches('。')));
    answer.readings.extend(read(text).readings);
    answer
}

fn read(text: &str) -> Answer {
    let mut answer = read_whole(text.trim());
    // A sign behind it, or a bracket that nothing opens, may be none of its own.
    let bare = text.trim().trim_end_matches(';').trim_end();
    let bare = match bare.strip_suffix(')') {
        Some(rest) if !rest.contains(['(', '"', '\'']) => rest.trim_end(),
        _ => bare,
    };
    if bare.len() < text.trim().len() {
        let without = read_whole(bare);
        if without.exact {
            return without;
        }
        answer.readings.splice(0..0, without.readings);
    }
    answer
}

fn read_whole(text: &str) -> Answer {
    let exact = |literal| Answer {
        readings: vec![literal],
        exact: true,
        text: text.to_owned(),
        inner: None,
    };
    // Whoever writes a reply out as Redis prints it means just that: "5" is a text, (integer) 5 a number.
    if let Ok(literal) = parse::transcript(text)
        && !has_bare_words(&literal)
    {
        return exact(literal);
    }
    if let Some(literal) = all_quoted(text) {
        return exact(literal);
    }
    if let Some(number) = spelt_integer(text) {
        return exact(Literal::Int(number));
    }
    let mut readings: Vec<Literal> = shorthand(text).into_iter().collect();
    if let Some(Literal::Array(items)) = without_ands(text) {
        readings.push(Literal::Array(items));
    }
    let known = readings.len();
    for items in lists(text) {
        let is_list = text.starts_with('[') || text.starts_with('{') && text.ends_with('}');
        if let [single] = items.as_slice()
            && !is_list
        {
            readings.push(single.clone());
        }
        readings.push(Literal::Array(items));
    }
    if let Some(word) = alone_in_brackets(text).filter(|_| known == 0) {
        readings.push(Literal::Array(vec![Literal::Bulk(word.as_bytes().into())]));
    }
    if let Some(error) = bare_error(text) {
        readings.insert(0, error);
    }
    readings.push(Literal::Status(text.to_owned()));
    readings.push(Literal::Bulk(text.as_bytes().into()));
    Answer {
        readings,
        exact: false,
        text: text.to_owned(),
        inner: None,
    }
}

/// Whether a reply was read from words without quotes, which may mean more than statuses.
fn has_bare_words(literal: &Literal) -> bool {
    match literal {
        Literal::Status(_) => true,
        Literal::Array(items) => items.iter().any(has_bare_words),
        _ => false,
    }
}

impl Answer {
    /// The answer without the words around it.
    #[must_use]
    pub fn meant(&self) -> &Answer {
        self.inner.as_deref().unwrap_or(self)
    }

    /// Whether it was written out as Redis prints it, so that its kind is told.
    #[must_use]
    pub fn is_exact(&self) -> bool {
        self.exact
    }

    /// Whether it is written as a list, in brackets or with the numbers of its elements, or just as Redis prints it.
    #[must_use]
    pub fn is_listed(&self) -> bool {
        self.text.starts_with(['[', '{']) || self.text.starts_with("1)") || self.exact
    }

    /// Whether it is written as an array, in brackets or with the numbers of its elements.
    #[must_use]
    pub fn is_written_as_array(&self) -> bool {
        let begins = |sign: &str| self.text.starts_with(sign);
        ["[", "{", "(", "1)"].into_iter().any(begins) && !begins("(integer)")
    }

    /// What is read.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether a number is said to come and written in quotes, somewhere in it: `(integer) "5"`.
    #[must_use]
    pub fn quotes_a_number(&self) -> bool {
        quotes_a_number(&self.text)
    }

    /// Whether an element in quotes stands for a number of the reply in some list that is read.
    #[must_use]
    pub fn quotes_numbers_of(&self, reply: &Literal) -> bool {
        let mut readings = self.readings.iter();
        readings.any(|reading| self.quotes_numbers(reading, reply))
    }

    /// Whether an element in quotes stands for a number of the reply, which has none.
    fn quotes_numbers(&self, reading: &Literal, reply: &Literal) -> bool {
        let quoted = in_quotes(&self.text);
        if quoted.is_empty() || reading.items().is_none() {
            return false;
        }
        let values = leaves(reading);
        let values = values
            .iter()
            .filter_map(|text| std::str::from_utf8(text).ok());
        let values: Vec<&str> = values.collect();
        let numbers = integers(reply);
        let lack = |is: &dyn Fn(&str) -> bool, wanted: usize| {
            let in_quotes = quoted.iter().filter(|own| is(own)).count();
            let all = values.iter().filter(|own| is(own)).count();
            in_quotes > 0 && all < in_quotes + wanted
        };
        lack(&|own| own.parse::<i64>().is_ok(), numbers.len())
            || numbers.iter().any(|number| {
                let wanted = numbers.iter().filter(|own| *own == number).count();
                lack(&|own| own == number.to_string(), wanted)
            })
    }

    /// Whether the values are those of the reply, however they are grouped and of whatever kind they are.
    #[must_use]
    pub fn has_values_of(&self, reply: &Literal) -> bool {
        let wanted = leaves(reply);
        let mut readings = self.readings.iter();
        *reply != Literal::Array(Vec::new())
            && readings
                .any(|reading| leaves(reading) == wanted && has_error(reading) == has_error(reply))
    }

    /// Whether it is the text of an error, with or without the word in front: `ERR syntax error`, `syntax error`.
    fn tells_error(&self, reply: &Literal) -> bool {
        let Literal::Error(error) = reply else {
            return false;
        };
        let told = error
            .split_once(' ')
            .map_or(error.as_str(), |(_, told)| told);
        if calls_error(error, &self.text) {
            return true;
        }
        let texts = [error.as_str(), told];
        let texts = texts.into_iter().filter(|text| !text.is_empty());
        let texts: Vec<String> = texts.map(str::to_lowercase).collect();
        let told = |reading: &Literal| match reading {
            Literal::Bulk(typed) => Some(String::from_utf8_lossy(typed).to_lowercase()),
            Literal::Error(typed) => Some(typed.to_lowercase()),
            _ => None,
        };
        self.readings.iter().any(|reading| match told(reading) {
            Some(typed) => {
                let mut heads = ["err ", "a ", "an "].iter();
                let words = heads.find_map(|head| typed.strip_prefix(head));
                let words = words.unwrap_or(&typed);
                // A part of it, if it is more than a word.
                let is_part = words.contains(' ') && texts.iter().any(|it| has_words(it, words));
                is_part || texts.contains(&typed)
            }
            None => false,
        })
    }

    /// Whether it is written as plain words, which nobody means as a list or a status: `good morning`, `rain`.
    #[must_use]
    pub fn is_bare_text(&self) -> bool {
        let [first, .., Literal::Bulk(text)] = self.readings.as_slice() else {
            return false;
        };
        let has_signs = text.iter().any(|byte| b"[]{}()\",'\n".contains(byte));
        let is_word_of_redis = |word: &str| word.bytes().all(|byte| byte.is_ascii_uppercase());
        match first {
            Literal::Array(items) => !has_signs && items.len() > 1,
            Literal::Status(word) => !is_word_of_redis(word),
            _ => false,
        }
    }

    /// Whether any reading is this reply, in the way that `same` compares. In lists, a bare `5` may stand for an integer
    /// and a bare `nil` for the absent value.
    #[must_use]
    pub fn is(&self, reply: &Literal, same: &dyn Fn(&Literal, &Literal) -> bool) -> bool {
        self.readings.iter().any(|reading| {
            let shaped = match (reading, reply) {
                // A value alone may be meant as the only element.
                (Literal::Bulk(_), Literal::Array(wanted))
                    if matches!(wanted[..], [Literal::Bulk(_)]) =>
                {
                    Literal::Array(vec![reading.clone()])
                }
                (Literal::Int(_), Literal::Array(wanted))
                    if matches!(wanted[..], [Literal::Int(_)]) =>
                {
                    Literal::Array(vec![reading.clone()])
                }
                _ if self.exact => with_errors(reading, reply),
                _ if self.quotes_numbers(reading, reply) => reading.clone(),
                _ => shape(reading, reply),
            };
            same(reply, &shaped) || matches!((reply, reading), (Literal::Error(_), Literal::Error(text)) if text.is_empty())
        }) || self.tells_error(reply)
            || self.inner.as_ref().is_some_and(|inner| inner.is(reply, same))
    }
}

/// The integers in a reply.
fn integers(reply: &Literal) -> Vec<i64> {
    match reply {
        Literal::Array(items) => items.iter().flat_map(integers).collect(),
        Literal::Int(number) => vec![*number],
        _ => Vec::new(),
    }
}

/// Whether words stand in a text, none of them cut off.
fn has_words(text: &str, words: &str) -> bool {
    text.split_once(words).is_some_and(|(before, behind)| {
        let is_letter = |c: char| c.is_alphanumeric();
        !before.ends_with(is_letter) && !behind.starts_with(is_letter)
    })
}

/// Whether an error begins with these words, in any case: `WRONGTYPE`, `err value`.
#[must_use]
pub fn begins_error(error: &str, words: &str) -> bool {
    let begins = |begin: &str| begin.eq_ignore_ascii_case(words) && !words.is_empty();
    let begin = error.get(..words.len()).filter(|begin| begins(begin));
    let rest = begin.and_then(|begin| error.get(begin.len()..));
    rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))
}

/// A reading with the whole text of errors that were told by their first words, or by (error) alone.
fn with_errors(reading: &Literal, reply: &Literal) -> Literal {
    match (reading, reply) {
        (Literal::Array(items), Literal::Array(wanted)) if items.len() == wanted.len() => {
            let pairs = items.iter().zip(wanted);
            Literal::Array(pairs.map(|(item, own)| with_errors(item, own)).collect())
        }
        (Literal::Error(_), Literal::Error(_)) => shape(reading, reply),
        _ => reading.clone(),
    }
}

/// Brings bare words into the kinds that the reply's elements have.
fn shape(reading: &Literal, reply: &Literal) -> Literal {
    match (reading, reply) {
        (Literal::Array(items), Literal::Array(wanted)) => Literal::Array(
            items
                .iter()
                .enumerate()
                .map(|(at, item)| {
                    // In a list only what is said to be one is read as a number.
                    let wanted = wanted.get(at);
                    let wanted = wanted.filter(|_| !matches!(item, Literal::Int(_)));
                    wanted.map_or_else(|| item.clone(), |w| shape_in(item, w))
                })
                .collect(),
        ),
        (Literal::Bulk(word), Literal::Int(_)) => std::str::from_utf8(word)
            .ok()
            .and_then(|word| word.parse().ok())
            .map_or_else(|| reading.clone(), Literal::Int),
        (Literal::Error(typed), Literal::Error(error))
            if typed.is_empty()
                || begins_error(error, typed)
                || begins_error(error.split_once(' ').map_or("", |(_, told)| told), typed) =>
        {
            reply.clone()
        }
        (Literal::Bulk(word), Literal::Error(error))
            if begins_error(error, &String::from_utf8_lossy(word)) =>
        {
            reply.clone()
        }
        (Literal::Bulk(word), Literal::Error(error))
            if [&b"error"[..], b"(error)", b"err"]
                .iter()
                .any(|own| word.eq_ignore_ascii_case(own)) =>
        {
            Literal::Error(error.clone())
        }
        // A text may be such a word, too.
        (Literal::Nil, Literal::Bulk(word)) if std::str::from_utf8(word).is_ok_and(is_nil) => {
            Literal::Bulk(word.clone())
        }
        (Literal::Bulk(word), Literal::Status(status))
            if word.eq_ignore_ascii_case(status.as_bytes()) =>
        {
            Literal::Status(status.clone())
        }
        (Literal::Status(word), Literal::Status(status)) if word.eq_ignore_ascii_case(status) => {
            Literal::Status(status.clone())
        }
        (Literal::Int(number), Literal::Bulk(_)) => {
            Literal::Bulk(number.to_string().into_bytes().into())
        }
        _ => reading.clone(),
    }
}

/// The same for an element, for which the word empty may stand.
fn shape_in(item: &Literal, wanted: &Literal) -> Literal {
    let is_empty = match wanted {
        Literal::Bulk(text) => text.is_empty(),
        Literal::Array(items) => items.is_empty(),
        _ => false,
    };
    match item {
        Literal::Bulk(word) if is_empty && word.eq_ignore_ascii_case(b"empty") => wanted.clone(),
        item => shape(item, wanted),
    }
}

#[cfg(test)]
mod tests;
