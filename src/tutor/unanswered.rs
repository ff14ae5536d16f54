//! What is typed where a reply is to be foretold and is no answer yet. It costs nothing.

use crate::engine::{Bytes, Command, commands, number};
use crate::lesson::{Line, nearest};
use crate::notation::{Answer, Literal, in_ascii, leaves, read_answer, split};

use super::{likeness::keys, local::is_program, notice::Notice, shape::Shape, world::World};

/// What a learner is asked.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The lines that run; the last one's reply is asked for.
    pub lines: &'a [Line],
    /// What each of them answers.
    pub replies: &'a [Option<Literal>],
    /// What is asked for.
    pub reply: &'a Literal,
    /// Where the lines begin.
    pub base: &'a World,
}

/// What is said of the first element with its number, where others come behind it, each on a line of its own in
/// redis-cli.
#[must_use]
pub fn first_alone(reply: &Literal, answer: &Answer) -> Option<Notice> {
    let items = reply.items().filter(|items| items.len() > 1)?;
    let answer = answer.meant();
    let is_first = answer.text().starts_with("1)") && !answer.text().contains("2)");
    let is_own = |reading: &Literal| match reading.items() {
        Some([only]) => leaves(only) == leaves(&items[0]),
        _ => false,
    };
    let mut readings = answer.readings.iter();
    (is_first && readings.any(is_own)).then_some(Notice::OnOneLine)
}

/// What is said of a text that is no answer: half a quoted one, a command, the kind of the reply without its value, the
/// replies of all lines.
#[must_use]
pub fn no_answer(asked: &Asked<'_>, typed: &str) -> Option<Notice> {
    // Half a quoted text is a slip of the fingers, not a misconception.
    let error = split(typed.as_bytes()).err();
    if let Some(error) = error.filter(|error| error.unclosed() == Some('"')) {
        return Some(Notice::BadLine(error));
    }
    if is_program(typed) || is_command(asked.lines.last(), typed) {
        return Some(Notice::PredictFirst);
    }
    let answer = read_answer(typed);
    let words = in_ascii(answer.meant().text()).to_lowercase();
    if words.chars().all(|sign| sign == '?') || NOT_KNOWN.contains(&words.as_str()) {
        return Some(Notice::NotKnown);
    }
    let wanted = Shape::of(asked.reply);
    let is_number = |text: &Bytes| number::parse_double(text).is_some();
    let wants_number = match asked.reply {
        Literal::Bulk(text) => is_number(text),
        reply => matches!(reply, Literal::Int(_)),
    };
    if wants_number && is_spelt_out(&words) {
        return Some(Notice::InDigits);
    }
    if named_kind(answer.meant().text(), wanted) == Some(wanted) {
        return Some(Notice::OnlyTheKind);
    }
    let of_all = answers_all(asked, answer.meant());
    let last = asked.lines.last().filter(|_| of_all)?;
    Some(Notice::OnlyTheLast {
        line: last.text.clone(),
    })
}

/// What learners type who do not know.
const NOT_KNOWN: [&str; 10] = [
    "i don't know",
    "don't know",
    "i do not know",
    "dunno",
    "idk",
    "no idea",
    "not sure",
    "我不知道",
    "不知道",
    "不清楚",
];

/// Whether a number is written in words: `five`, `minus one`, `(integer) zero`, `三`.
fn is_spelt_out(words: &str) -> bool {
    const ENGLISH: [&str; 31] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
        "thirty",
        "forty",
        "fifty",
        "sixty",
        "seventy",
        "eighty",
        "ninety",
        "hundred",
        "thousand",
        "minus",
    ];
    let named = ["(integer)", "integer", "整数"].iter();
    let rest = named.fold(words, |words, name| {
        words.strip_prefix(name).unwrap_or(words)
    });
    let rest = rest.trim();
    let units = [
        "分钟", "字节", "毫秒", "小时", "元素", "秒", "天", "次", "位", "个",
    ];
    let rest = units
        .iter()
        .fold(rest, |rest, unit| rest.strip_suffix(unit).unwrap_or(rest));
    let is_digit = |sign: char| "负零一二两三四五六七八九十百".contains(sign);
    let words: Vec<&str> = rest.split([' ', '-']).collect();
    let in_english = match words.as_slice() {
        // With a unit.
        [number, unit] if !ENGLISH.contains(unit) => {
            ENGLISH.contains(number) && unit.chars().all(char::is_alphabetic)
        }
        words => words.iter().all(|word| ENGLISH.contains(word)),
    };
    !rest.is_empty() && (rest.chars().all(is_digit) || in_english)
}

/// The kind of reply that a text names without telling a value: `(integer)`, `a number`. Where a word is to come, such a
/// name may be the one.
#[must_use]
pub fn named_kind(text: &str, wanted: Shape) -> Option<Shape> {
    let lower = text.trim().to_lowercase();
    let bracketed = lower
        .strip_prefix('(')
        .map(|rest| rest.trim_end_matches(')'));
    let name = bracketed.unwrap_or(&lower);
    let articles = ["a ", "an ", "the ", "一个"];
    let with_article = articles
        .iter()
        .find_map(|article| name.strip_prefix(article));
    let is_sure = bracketed.or(with_article).is_some();
    let kind = match with_article.unwrap_or(name).trim() {
        "integer" | "int" | "number" | "整数" | "数字" => Shape::Integer,
        "string" | "text" | "字符串" | "文本" => Shape::Text,
        "array" | "list" | "数组" | "列表" => Shape::Array,
        _ => return None,
    };
    match wanted {
        Shape::Status => None,
        Shape::Text => is_sure.then_some(kind),
        _ => Some(kind),
    }
}

/// Whether the replies of all lines were written down, one for each, or all of their values in a row.
fn answers_all(asked: &Asked<'_>, answer: &Answer) -> bool {
    if asked.lines.len() < 2 {
        return false;
    }
    let divided = read_answer(&answer.text().replace(';', ","));
    let has_signs = answer.text().contains([',', ';', '(', ')', '"']);
    let of_lines: Vec<Values> = asked
        .replies
        .iter()
        .map(|reply| reply.as_ref().map(lower_leaves).unwrap_or_default())
        .collect();
    let flat = of_lines.concat();
    let before = flat.len() - of_lines.last().map_or(0, Vec::len);
    divided.readings.iter().any(|reading| {
        let Literal::Array(items) = reading else {
            return false;
        };
        let typed = lower_leaves(reading);
        let in_a_row = typed.len() == flat.len() && before > 0 && typed[..before] == flat[..before];
        let pairs = items.iter().zip(&of_lines);
        let known = pairs.filter(|(item, reply)| lower_leaves(item) == **reply);
        // The name of a kind with a number behind it, misspelt.
        let is_kind = |item: &Literal| {
            leaves(item)
                .first()
                .is_some_and(|word| word.starts_with(b"("))
        };
        if items.first().is_some_and(is_kind) && items.len() == 2 {
            return false;
        }
        let is_meant = match asked.reply {
            Literal::Array(_) => known.count() + 1 >= items.len(),
            _ => has_signs || known.count() > 0,
        };
        in_a_row || items.len() == asked.lines.len() && is_meant
    })
}

/// The values of a reply, whatever their kinds and letter case.
type Values = Vec<Vec<u8>>;

fn lower_leaves(reply: &Literal) -> Values {
    let values = leaves(reply).into_iter();
    values.map(|value| value.to_ascii_lowercase()).collect()
}

/// Whether a command was typed in place of its reply: whoever does so has not seen yet what is asked. One that is misspelt
/// is told by the key behind it.
#[must_use]
fn is_command(asked: Option<&Line>, text: &str) -> bool {
    let asked = asked.map(|line| line.argv.as_slice()).unwrap_or_default();
    let names_asked = |name: &Bytes| {
        let asked = asked.first();
        asked.is_some_and(|asked| asked.eq_ignore_ascii_case(name))
    };
    let is_near = |name: &Bytes| {
        let name = String::from_utf8_lossy(name);
        nearest(&name, commands::all().iter().map(|row| row.name)).is_some()
    };
    let keys = keys(asked);
    split(text.as_bytes()).is_ok_and(|argv| match argv.as_slice() {
        [] => false,
        // In capital letters a command that needs nothing behind it is no answer.
        [name] => {
            let is_whole = |row: &&Command| row.arity().abs() == 1;
            let is_shouted = name.iter().all(u8::is_ascii_uppercase);
            names_asked(name)
                || is_shouted && commands::of_line(&argv).is_some_and(|row| is_whole(&row))
        }
        line @ [name, rest @ ..] => {
            commands::of_line(line).is_some()
                || keys.contains(&&rest[0]) && (names_asked(name) || is_near(name))
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_told_from_an_answer_also_where_it_is_misspelt() {
        let asked = Line::parse("LRANGE seats 0 -1").unwrap();
        for typed in [
            "LRANGE seats",
            "RRANGE seats 0 -1",
            "lrange",
            "SET a 1",
            "PING",
        ] {
            assert!(is_command(Some(&asked), typed), "{typed}");
        }
        for typed in ["rain seats", "a b c", "seats", "ping", "SET", "[a, b]"] {
            assert!(!is_command(Some(&asked), typed), "{typed}");
        }
    }

    #[test]
    fn the_name_of_a_kind_is_no_value() {
        for (text, wanted, kind) in [
            ("(integer)", Shape::Integer, Some(Shape::Integer)),
            ("a number", Shape::Nil, Some(Shape::Integer)),
            ("(string)", Shape::Text, Some(Shape::Text)),
            ("一个数组", Shape::Array, Some(Shape::Array)),
            // It may be what TYPE or GET answers.
            ("list", Shape::Status, None),
            ("string", Shape::Text, None),
            ("(integer) 3", Shape::Integer, None),
        ] {
            assert_eq!(named_kind(text, wanted), kind, "{text}");
        }
    }
}
