//! A reply as a learner writes it down from memory: the notations of redis-cli, and shorter ones.

use super::{Literal, first_wide, in_ascii, line, parse};

/// What a predicted reply may mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Every reading, the most literal first.
    pub readings: Vec<Literal>,
    /// Whether it was written out as Redis prints it, and so has one reading.
    exact: bool,
}

/// Reads a learner's answer: `(integer) 5` or `5`, `(nil)` or `nil`, `"a" "b"`, `a b`, `["a", "b"]`, `[]`, `(error)`.
/// Signs that look like ASCII, as some keyboards type them, may stand for it.
#[must_use]
pub fn read_answer(text: &str) -> Answer {
    let mut answer = read(text);
    if first_wide(text).is_some() {
        let Answer { readings, exact } = read(&in_ascii(text));
        answer.readings.extend(readings);
        answer.exact = exact;
    }
    answer
}

fn read(text: &str) -> Answer {
    let text = text.trim();
    // Whoever writes a reply out as Redis prints it means just that: "5" is a text, (integer) 5 a number.
    if let Ok(literal) = parse::transcript(text)
        && !has_bare_words(&literal)
    {
        return Answer {
            readings: vec![literal],
            exact: true,
        };
    }
    let mut readings: Vec<Literal> = shorthand(text).into_iter().collect();
    if let Some(items) = list_items(text) {
        if let [single] = items.as_slice() {
            readings.push(single.clone());
        }
        readings.push(Literal::Array(items));
    }
    readings.push(Literal::Status(text.to_owned()));
    readings.push(Literal::Bulk(text.as_bytes().into()));
    Answer {
        readings,
        exact: false,
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

/// Words that stand for a reply.
fn shorthand(text: &str) -> Option<Literal> {
    match text.to_ascii_lowercase().as_str() {
        "nil" | "null" | "none" | "(null)" => Some(Literal::Nil),
        "empty" | "[]" | "()" | "empty array" | "(empty)" | "(empty list)" | "(empty set)" => {
            Some(Literal::Array(vec![]))
        }
        "ok" => Some(Literal::Status("OK".to_owned())),
        "error" | "(error)" | "err" => Some(Literal::Error(String::new())),
        number => number.parse().ok().map(Literal::Int),
    }
}

/// Elements divided by commas or spaces, bare or quoted, lists in brackets among them; numbers with `1)` in front are
/// taken off. Brackets around all of it may be left out.
fn list_items(text: &str) -> Option<Vec<Literal>> {
    let plain = text.replace("(nil)", "nil").replace("(integer) ", "");
    let spaced = spaced(&plain.replace("(empty array)", "[]"));
    let words = line::split(spaced.as_bytes()).ok()?;
    let mut lists: Vec<Vec<Literal>> = vec![Vec::new()];
    for word in words.iter().filter(|word| !is_number_mark(word)) {
        match &word[..] {
            OPEN if lists.len() > DEEPEST => return None,
            OPEN => lists.push(Vec::new()),
            CLOSE => {
                let inner = lists.pop()?;
                lists.last_mut()?.push(Literal::Array(inner));
            }
            word => lists.last_mut()?.push(Literal::Bulk(word.into())),
        }
    }
    let items = lists.pop().filter(|_| lists.is_empty())?;
    match items.as_slice() {
        [Literal::Array(inner)] if text.starts_with('[') => Some(inner.clone()),
        _ => Some(items),
    }
}

/// How deep lists may nest in an answer.
const DEEPEST: usize = 32;
/// A bracket as a word of its own: no word of a learner's holds such a byte.
const OPEN: &[u8] = b"\x02[";
const CLOSE: &[u8] = b"\x02]";

/// Brackets and commas outside of quotes made words of their own, and spaces.
fn spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len() + 8);
    let (mut quote, mut escaped) = (None, false);
    for c in text.chars() {
        match (c, quote) {
            ('[', None) => spaced.push_str(" \x02[ "),
            (']', None) => spaced.push_str(" \x02] "),
            (',', None) => spaced.push(' '),
            _ => spaced.push(c),
        }
        match quote {
            _ if escaped => escaped = false,
            Some('"') if c == '\\' => escaped = true,
            Some(open) if c == open => quote = None,
            None if c == '"' || c == '\'' => quote = Some(c),
            _ => {}
        }
    }
    spaced
}

fn is_number_mark(word: &[u8]) -> bool {
    word.strip_suffix(b")")
        .is_some_and(|digits| !digits.is_empty() && digits.iter().all(u8::is_ascii_digit))
}

impl Answer {
    /// Whether the values are those of the reply, however they are grouped and of whatever kind they are.
    #[must_use]
    pub fn has_values_of(&self, reply: &Literal) -> bool {
        let wanted = leaves(reply);
        !wanted.is_empty()
            && self
                .readings
                .iter()
                .any(|reading| leaves(reading) == wanted)
    }

    /// Whether it is the text of an error, with or without the word in front: `ERR syntax error`, `syntax error`.
    fn tells_error(&self, reply: &Literal) -> bool {
        let (Literal::Error(error), Some(Literal::Bulk(typed))) = (reply, self.readings.last())
        else {
            return false;
        };
        let told = error
            .split_once(' ')
            .map_or(error.as_str(), |(_, told)| told);
        [error.as_str(), told]
            .iter()
            .any(|text| typed.eq_ignore_ascii_case(text.as_bytes()))
    }

    /// Whether it is written as plain words, which nobody means as a list or a status: `good morning`, `rain`.
    #[must_use]
    pub fn is_bare_text(&self) -> bool {
        let [first, .., Literal::Bulk(text)] = self.readings.as_slice() else {
            return false;
        };
        let has_signs = text.iter().any(|byte| b"[]()\",'\n".contains(byte));
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
    pub fn is(&self, reply: &Literal, same: impl Fn(&Literal, &Literal) -> bool) -> bool {
        self.readings.iter().any(|reading| {
            let shaped = if self.exact { reading.clone() } else { shape(reading, reply) };
            same(reply, &shaped) || matches!((reply, reading), (Literal::Error(_), Literal::Error(text)) if text.is_empty())
        }) || self.tells_error(reply)
    }
}

/// The values of a reply without the lists around them and without their kinds.
fn leaves(literal: &Literal) -> Vec<Vec<u8>> {
    match literal {
        Literal::Array(items) => items.iter().flat_map(leaves).collect(),
        Literal::Int(number) => vec![number.to_string().into_bytes()],
        Literal::Bulk(text) => vec![text.to_vec()],
        Literal::Status(text) | Literal::Error(text) => vec![text.clone().into_bytes()],
        Literal::Nil => vec![b"nil".to_vec()],
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
                    wanted
                        .get(at)
                        .map_or_else(|| item.clone(), |w| shape(item, w))
                })
                .collect(),
        ),
        (Literal::Bulk(word), Literal::Int(_)) => std::str::from_utf8(word)
            .ok()
            .and_then(|word| word.parse().ok())
            .map_or_else(|| reading.clone(), Literal::Int),
        (Literal::Bulk(word), Literal::Error(error))
            if word.eq_ignore_ascii_case(b"error") || word.eq_ignore_ascii_case(b"(error)") =>
        {
            Literal::Error(error.clone())
        }
        (Literal::Bulk(word), Literal::Nil) if word.eq_ignore_ascii_case(b"nil") => Literal::Nil,
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

#[cfg(test)]
mod tests {
    use super::*;

    fn accepts(reply: &str, typed: &str) -> bool {
        read_answer(typed).is(&parse::one_line(reply).unwrap(), |a, b| a == b)
    }

    #[test]
    fn short_forms_are_accepted() {
        for (reply, typed) in [
            ("(integer) 5", "5"),
            ("(integer) 5", "(integer) 5"),
            ("(nil)", "nil"),
            ("\"5\"", "5"),
            ("\"a b\"", "a b"),
            ("\"a\"", "\"a\""),
            ("[\"a\", \"b\"]", "a b"),
            ("[\"a\", \"b\"]", "\"a\" \"b\""),
            ("[\"a\", \"b\"]", "[a, b]"),
            ("[\"a\", \"b\"]", "1) \"a\" 2) \"b\""),
            ("[\"a\", (nil)]", "a nil"),
            ("[(integer) 1, (integer) 0]", "1 0"),
            ("[\"a\"]", "a"),
            ("[\"mail\", [[\"fay\", \"9\"]]]", "[mail, [[fay, 9]]]"),
            ("[\"mail\", [[\"fay\", \"9\"]]]", "mail [[fay 9]]"),
            ("[\"0\", [\"dora\", \"0\"]]", "[\"0\", [\"dora\", 0]]"),
            ("[[\"a\", \"b\"]]", "[[a, b]]"),
            ("[\"a[\", \"b, c\"]", "[\"a[\", \"b, c\"]"),
            ("(empty array)", "[]"),
            ("[\"0\", (empty array)]", "1) \"0\" 2) (empty array)"),
            ("[\"0\", (empty array)]", "\"0\" []"),
            ("(integer) 12", "１２"),
            ("(nil)", "（nil）"),
            ("[\"a\", \"b\"]", "【“a”，“b”】"),
            ("\"好，a\"", "好，a"),
            ("OK", "ok"),
            ("[(integer) 71, (error) ERR value]", "[71, (error)]"),
            ("(error) ERR syntax error", "(error)"),
        ] {
            assert!(accepts(reply, typed), "{reply} for {typed}");
        }
    }

    #[test]
    fn the_right_values_in_another_shape_are_told_apart() {
        let values = |reply: &str, typed: &str| {
            read_answer(typed).has_values_of(&parse::one_line(reply).unwrap())
        };
        assert!(values("[\"mail\", [[\"fay\", \"9\"]]]", "[mail, [fay, 9]]"));
        assert!(values("(integer) 5", "\"5\""));
        assert!(!values("[\"a\", \"b\"]", "b a"));
        assert!(!values("(empty array)", "0"));
    }

    #[test]
    fn other_values_are_refused() {
        for (reply, typed) in [
            ("(integer) 5", "6"),
            ("(nil)", "0"),
            ("[\"a\", \"b\"]", "b a"),
            ("\"a\"", "A"),
            ("[\"mail\", [[\"fay\", \"9\"]]]", "[mail, [fay, 9]]"),
            ("[\"a\"]", "[[[a"),
            ("OK", ""),
        ] {
            assert!(!accepts(reply, typed), "{reply} for {typed}");
        }
    }
}
