//! What a wrong answer looks like beside the reply that comes.

use crate::engine::{Bytes, Order, commands, number};
use crate::lesson::nearest;
use crate::notation::{
    Answer, Escape, Literal, calls_some_error, has_b, leaves, read_answer, to_one_line,
};

use super::{
    compare::begins_error,
    diagnosis::Diagnosis,
    elements::{other_elements, other_signs},
    nothing::{NONE, denies, names_error, tells_nothing, unadorned},
    shape::{Form, Shape},
    slip::KeySlip,
    unanswered::{Asked, named_kind},
    why::Why,
};

/// Texts that are those that come but for upper and lower case.
fn other_case(answer: &Answer, reply: &Literal) -> Option<Why> {
    if !matches!(reply, Literal::Bulk(_) | Literal::Array(_)) {
        return None;
    }
    let wanted = leaves(reply);
    let typed = answer.readings.iter().map(leaves).find(|typed| {
        let mut pairs = typed.iter().zip(&wanted);
        let is_same = pairs.all(|(typed, wanted)| typed.eq_ignore_ascii_case(wanted));
        is_same && typed.len() == wanted.len() && *typed != wanted
    })?;
    let mut pairs = typed.into_iter().zip(&wanted);
    let (differs, _) = pairs.find(|(typed, wanted)| typed != *wanted)?;
    Some(Why::Diagnosis(Diagnosis::OtherValue {
        typed: Bytes::from(differs),
        argument: String::new(),
        slip: Some(KeySlip::Case),
    }))
}

/// What a wrong answer looks like beside the reply that comes: read in the way of the reply where it can be. A single
/// word is no array, though an array may be written so.
pub(super) fn other_answer(asked: &Asked<'_>, answer: &Answer) -> Why {
    let answer = answer.meant();
    let reply = asked.reply;
    let mut readings = answer.readings.iter();
    if answer.is_listed() && readings.any(|typed| fills_what_is_empty(typed, reply)) {
        return Why::OtherShape(Form::Filled);
    }
    let found = of_notation(answer, reply).or_else(|| of_another_line(asked, answer));
    if let Some(why) = found {
        return why;
    }
    let wanted = Shape::of(reply);
    let word = unadorned(answer.text());
    if is_told_as_error(answer, reply) {
        return Why::WrittenAsError;
    }
    if !names_error(answer) {
        if tells_nothing(&word, reply) || denies(&word, reply) {
            return Why::NothingIsWritten;
        }
        if tells_nothing(&word, &Literal::Nil) {
            return match reply {
                Literal::Bulk(text) if text.is_empty() => Why::EmptyTextComes,
                _ => Why::SomethingComes(wanted),
            };
        }
    }
    if calls_some_error(answer.text()) && !matches!(wanted, Shape::Text | Shape::Status) {
        let got = Shape::Error;
        return Why::OtherAnswer { got, wanted };
    }
    if let Some(got) = named_kind(answer.text(), wanted) {
        return Why::OtherAnswer { got, wanted };
    }
    if answer.has_values_of(reply) {
        return Why::OtherShape(form(answer, reply));
    }
    let found = of_another_kind(answer, wanted).or_else(|| other_case(answer, reply));
    let found = found.or_else(|| other_signs(answer, reply));
    if let Some(why) = found.or_else(|| other_elements(asked, answer)) {
        return why;
    }
    other_shape(answer, reply)
}

/// Whether words tell the error that comes, though without a word for an error.
pub(super) fn is_told_as_error(answer: &Answer, reply: &Literal) -> bool {
    matches!(reply, Literal::Error(_))
        && read_answer(&format!("error: {}", answer.text())).is(reply, &begins_error)
}

/// What is said of an answer by the signs in it, whatever its values are.
fn of_notation(answer: &Answer, reply: &Literal) -> Option<Why> {
    if answer.quotes_a_number() {
        return Some(Why::NumberInQuotes);
    }
    if has_b(answer.text()) {
        return Some(Why::PythonsB);
    }
    if *reply == Literal::Status(NONE.to_owned()) && answer.readings.first() == Some(&Literal::Nil)
    {
        return Some(Why::NoneNotNil);
    }
    if differs_by_backslashes(answer.text(), reply) {
        return Some(Why::Backslashes);
    }
    if is_right_inside(answer.text(), ["\"\"", "''"], reply) {
        return Some(Why::OtherShape(Form::Quoted(Shape::of(reply))));
    }
    let is_alone = |items: &[Literal]| items.len() == 1 && !answer.is_written_as_array();
    if reply.items().is_some_and(|items| !is_alone(items)) && is_right_without_quotes(answer, reply)
    {
        return Some(Why::OtherShape(Form::Quotes));
    }
    if is_right_inside(answer.text(), ["[]", "()"], reply) {
        return Some(Why::OtherShape(Form::InBrackets));
    }
    let text = unadorned(answer.text());
    let is_empty = reply.items().is_some_and(<[Literal]>::is_empty);
    let is_near = *reply == Literal::Nil && nearest(&text, ["nil"]).is_some()
        || is_empty && nearest(&text, ["empty array"]).is_some();
    is_near.then(|| {
        Why::Diagnosis(Diagnosis::OtherValue {
            typed: answer.text().as_bytes().into(),
            argument: String::new(),
            slip: Some(KeySlip::Letter),
        })
    })
}

/// Whether what stands between such signs is a reply that comes without them.
fn is_right_inside(text: &str, signs: [&str; 2], reply: &Literal) -> bool {
    let inner = signs.iter().find_map(|signs| {
        let (open, close) = signs.split_at(1);
        text.strip_prefix(open)?.strip_suffix(close)
    });
    let fits = |inner: &str| {
        read_answer(inner).is(reply, &|reply, typed| {
            reply == typed || begins_error(reply, typed)
        })
    };
    let is_plain = match reply {
        Literal::Array(_) => false,
        Literal::Bulk(_) => signs[0] == "[]",
        _ => true,
    };
    is_plain && inner.is_some_and(fits)
}

/// Whether elements are those that come, and some stand in quotes that have none: `["71", "(error)"]`.
fn is_right_without_quotes(answer: &Answer, reply: &Literal) -> bool {
    let bare = answer.text().replace(['"', '\''], "");
    let count = leaves(reply).len();
    let is_whole = |reading: &Literal| reading.items().is_some() && leaves(reading).len() == count;
    let is_quoted = bare.len() < answer.text().len() && answer.readings.iter().any(is_whole);
    is_quoted
        && read_answer(&bare).is(reply, &|reply, typed| {
            reply == typed || begins_error(reply, typed)
        })
}

/// The line before the last one that answers what was typed, or the elements that come without the cursor before them.
fn of_another_line(asked: &Asked<'_>, answer: &Answer) -> Option<Why> {
    if let Literal::Array(items) = asked.reply
        && let [Literal::Bulk(_), Literal::Array(found)] = items.as_slice()
    {
        let row = asked
            .lines
            .last()
            .and_then(|line| commands::of_line(&line.argv));
        let scans = row.is_some_and(|row| matches!(row.order, Order::Scan | Order::ScanPairs));
        let found = Literal::Array(found.clone());
        if scans && answer.has_values_of(&found) {
            return Some(Why::NoCursor);
        }
    }
    let (_, before) = asked.replies.split_last()?;
    let is_own = |reply: &Option<Literal>| {
        let reply = reply.as_ref();
        reply.is_some_and(|reply| answer.is(reply, &|reply, typed| reply == typed))
    };
    let line = asked.lines.get(before.iter().rposition(is_own)?)?;
    // Of a line that is there twice it would tell nothing.
    let is_same = asked
        .lines
        .last()
        .is_some_and(|last| last.is_same(&line.argv));
    (!is_same).then(|| Why::OfAnotherLine(line.text.clone()))
}

/// A word that stands for a reply of its own, where an array comes.
fn of_another_kind(answer: &Answer, wanted: Shape) -> Option<Why> {
    let got = match answer.readings.first()? {
        Literal::Nil => Shape::Nil,
        Literal::Error(_) => Shape::Error,
        Literal::Status(word) if matches!(word.as_str(), "OK" | "QUEUED" | "PONG") => Shape::Status,
        _ => return None,
    };
    (wanted == Shape::Array).then_some(Why::OtherAnswer { got, wanted })
}

/// In what the right values were written otherwise than they come.
fn form(answer: &Answer, reply: &Literal) -> Form {
    let Literal::Array(wanted) = reply else {
        let is_int = |reading: &Literal| matches!(reading, Literal::Int(_));
        return match reply {
            _ if answer.text().starts_with("1)") => Form::Numbered,
            _ if answer.text().starts_with(['[', '(', '{']) && !answer.is_exact() => {
                Form::InBrackets
            }
            _ if matches!(answer.readings.first(), Some(Literal::Array(_))) => Form::InBrackets,
            Literal::Bulk(_) if answer.readings.first().is_some_and(is_int) => Form::AsNumber,
            reply => Form::Quoted(Shape::of(reply)),
        };
    };
    let is_single = answer
        .readings
        .iter()
        .all(|reading| reading.items().is_none());
    if wanted.len() == 1 && (is_single || !answer.is_written_as_array()) {
        return Form::Alone;
    }
    let mut same = answer
        .readings
        .iter()
        .filter(|reading| leaves(reading) == leaves(reply));
    if same.any(|reading| is_grouped_alike(reading, reply)) {
        return Form::Quotes;
    }
    let is_right = |reading: &Literal| values(reading) == values(reply);
    if !answer.is_exact() || answer.readings.iter().any(is_right) {
        return Form::Brackets;
    }
    Form::Both
}

/// Whether replies have as many elements in the same groups.
pub(super) fn is_grouped_alike(a: &Literal, b: &Literal) -> bool {
    match (a, b) {
        (Literal::Array(a), Literal::Array(b)) => {
            let mut pairs = a.iter().zip(b);
            a.len() == b.len() && pairs.all(|(a, b)| is_grouped_alike(a, b))
        }
        (Literal::Array(_), _) | (_, Literal::Array(_)) => false,
        _ => true,
    }
}

/// Whether an array was written with an empty text or (nil) in it where an empty one comes, and the rest is as it comes.
fn fills_what_is_empty(typed: &Literal, reply: &Literal) -> bool {
    let is_nothing = |item: &Literal| match item {
        Literal::Nil => true,
        Literal::Bulk(text) => text.is_empty(),
        _ => false,
    };
    match (typed, reply) {
        (Literal::Array(typed), Literal::Array(wanted)) if wanted.is_empty() => {
            matches!(typed.as_slice(), [only] if is_nothing(only))
        }
        (Literal::Array(typed), Literal::Array(wanted)) if typed.len() == wanted.len() => {
            let pairs = typed.iter().zip(wanted);
            let mut others = pairs.filter(|(typed, wanted)| typed != wanted).peekable();
            others.peek().is_some() && others.all(|(a, b)| fills_what_is_empty(a, b))
        }
        _ => false,
    }
}

/// The values of a reply with their kinds, without its groups.
fn values(reply: &Literal) -> Vec<&Literal> {
    match reply {
        Literal::Array(items) => items.iter().flat_map(values).collect(),
        other => vec![other],
    }
}

/// What kind of reply was written down, and which one comes.
fn other_shape(answer: &Answer, reply: &Literal) -> Why {
    let wanted = Shape::of(reply);
    let is_whole = |text: &Bytes| text.iter().all(u8::is_ascii_digit);
    let is_number = match reply {
        Literal::Bulk(text) => is_whole(text) && !text.is_empty(),
        reply => matches!(reply, Literal::Int(_)),
    };
    let read = answer.readings.iter().filter_map(|reading| match reading {
        Literal::Bulk(text) => std::str::from_utf8(text).ok(),
        _ => None,
    });
    let mut texts = read.chain([answer.text()]).filter(|_| is_number);
    if let Some(why) = texts.find_map(no_whole_number) {
        // The number may be right, whatever unit was put beside it.
        let is_other = |sign: char| !sign.is_ascii_digit() && sign != '-';
        let number = answer.text().trim_matches(is_other).parse();
        let is_right = *reply == Literal::Int(number.unwrap_or(i64::MIN));
        return match why {
            Why::OtherUnit if is_right => Why::OnlyTheNumber,
            why => why,
        };
    }
    let plain = unadorned(answer.text());
    let has_digits = plain.contains(|sign: char| sign.is_ascii_digit());
    let is_decimal = has_digits && number::parse_double(plain.as_bytes()).is_some();
    if wanted == Shape::Integer && is_decimal && !answer.is_exact() {
        let got = if plain.contains('.') {
            Shape::Decimal
        } else {
            wanted
        };
        return Why::OtherAnswer { got, wanted };
    }
    if let Literal::Bulk(text) = reply
        && let Some(typed) = number::parse_double(plain.as_bytes()).filter(|_| has_digits)
        && let Some(comes) = number::parse_double(text)
    {
        return if typed.total_cmp(&comes).is_eq() {
            Why::OtherNotation
        } else {
            Why::OtherNumber
        };
    }
    let of_one = matches!(reply, Literal::Array(items) if items.len() == 1);
    let is_word = |reading: &&Literal| matches!(reading, Literal::Array(items) if items.len() == 1 && !of_one);
    let first = match answer.readings.first() {
        Some(Literal::Array(items))
            if wanted != Shape::Text
                && (answer.is_bare_text() || items.len() > 1 && !answer.is_listed()) =>
        {
            Some(Shape::Several)
        }
        _ if answer.is_bare_text() => Some(Shape::Text),
        first => first.map(Shape::of),
    };
    // A number is a text, too, but it is meant as one only where a number stands in the text.
    let is_number = |text: &Bytes| number::parse_double(text).is_some();
    let is_other = matches!(reply, Literal::Bulk(text) if !is_number(text));
    let is_status = first == Some(Shape::Status) && wanted == Shape::Text && !answer.is_bare_text();
    let is_own = matches!(first, Some(Shape::Nil | Shape::Error))
        || is_status
        || first == Some(Shape::Integer) && (is_other || wanted == Shape::Status);
    let mut likely = answer.readings.iter().filter(|reading| !is_word(reading));
    let got = likely.any(|reading| Shape::of(reading) == wanted);
    // Words that stand for a reply of their own are meant so, though a text could be written like that.
    let is_foreign = wanted == Shape::Status && !answer.text().is_ascii();
    let is_array = wanted == Shape::Text && answer.is_listed() && !answer.is_exact();
    let got = match first {
        _ if is_foreign => Some(Shape::Text),
        Some(Shape::Array) if is_array => first,
        _ if got && !is_own => Some(wanted),
        first => first,
    };
    Why::OtherAnswer {
        got: got.unwrap_or(Shape::Nil),
        wanted,
    }
}

/// Whether a text that was written down is the one that comes but for the signs in front of others, as redis-cli puts
/// them into quotes.
fn differs_by_backslashes(typed: &str, reply: &Literal) -> bool {
    let is_text = matches!(reply, Literal::Bulk(_));
    let printed = to_one_line(reply, Escape::Text);
    let bare = |text: &str| -> String {
        let inner = text
            .strip_prefix('"')
            .and_then(|text| text.strip_suffix('"'));
        inner.unwrap_or(text).replace('\\', "")
    };
    let has_any = typed.contains('\\') || printed.contains('\\');
    is_text && has_any && bare(typed) == bare(&printed)
}

/// Units in which Redis counts no time.
const UNITS: [&str; 14] = [
    "m", "min", "mins", "minute", "minutes", "h", "hour", "hours", "d", "day", "days", "分钟",
    "小时", "天",
];

/// What is written in place of a whole number: one with a decimal point, or with a word beside it.
fn no_whole_number(text: &str) -> Option<Why> {
    // The name of its kind is written in front, or left out.
    let text = text.strip_prefix("(integer)").unwrap_or(text).trim_start();
    let is_word = |text: &str| {
        let word = text.trim_matches(['(', ')']);
        !word.is_empty() && word.chars().all(char::is_alphabetic)
    };
    let starts = |sign: char| sign.is_ascii_digit() || sign == '-';
    let (before, number) = text.split_at(text.find(starts)?);
    // Within a word it is none.
    if before.ends_with(|sign: char| !sign.is_whitespace() && sign != '(') {
        return None;
    }
    let sign = usize::from(number.starts_with('-'));
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let length = sign + digits(&number[sign..]);
    let behind = number.get(length..).filter(|_| length > sign)?;
    // Another number is not the same one with a point.
    let zeros = |text: &str| text.bytes().take_while(|byte| *byte == b'0').count();
    let decimals = behind.strip_prefix('.').map_or(0, |rest| 1 + zeros(rest));
    let behind = behind[decimals..].trim_start();
    let before = before.trim_end();
    // As Python writes it: int(5).
    let called = before.strip_suffix('(').zip(behind.strip_suffix(')'));
    let (before, behind) = called.unwrap_or((before, behind));
    let is_unit = |word: &str| UNITS.contains(&word.to_lowercase().as_str());
    match (before, behind) {
        (_, word) if is_unit(word) => Some(Why::OtherUnit),
        ("", "") if decimals > 0 => Some(Why::WholeNumber),
        ("", word) | (word, "") if is_word(word) => Some(Why::OnlyTheNumber),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tutor::world::World;

    fn said(typed: &str, reply: &str) -> Why {
        let asked = Asked {
            lines: &[],
            replies: &[],
            reply: &crate::notation::one_line(reply).unwrap(),
            base: &World::empty(1, 0),
        };
        other_answer(&asked, &read_answer(typed))
    }

    #[test]
    fn a_decimal_point_or_a_unit_is_named_where_a_whole_number_comes() {
        assert_eq!(said("3.0", "(integer) 3"), Why::WholeNumber);
        for typed in [
            "40s",
            "40 seconds",
            "４０秒",
            "-1 ms",
            "about 40",
            "40 (left)",
            "int(40)",
            "(integer) 40 秒",
        ] {
            assert_eq!(said(typed, "(integer) 40"), Why::OnlyTheNumber, "{typed}");
        }
        for typed in [
            "forty",
            "1 2",
            "red-40 x",
            "1 ann bob",
            "40,50",
            "4",
            "3.0.1",
        ] {
            let why = said(typed, "(integer) 40");
            assert!(matches!(why, Why::OtherAnswer { .. }), "{typed}: {why:?}");
        }
    }

    #[test]
    fn another_number_is_told_from_a_text() {
        assert_eq!(said("2", "\"40\""), Why::OtherNumber);
        assert_eq!(said("2.5", "\"40\""), Why::OtherNumber);
        assert_eq!(said("4e1", "\"40\""), Why::OtherNotation);
        let same = |got| Why::OtherAnswer {
            got,
            wanted: Shape::Integer,
        };
        assert_eq!(said("2.5", "(integer) 40"), same(Shape::Decimal));
        assert_eq!(said("2", "(integer) 40"), same(Shape::Integer));
        assert_eq!(said("9e9", "(integer) 40"), same(Shape::Integer));
    }

    #[test]
    fn signs_of_full_width_are_no_text() {
        let got = |typed: &str, reply: &str| match said(typed, reply) {
            Why::OtherAnswer { got, .. } => got,
            why => panic!("{typed}: {why:?}"),
        };
        assert_eq!(got("（nil）", "\"a\""), Shape::Nil);
        assert_eq!(said("空", "\"a\""), Why::SomethingComes(Shape::Text));
        assert_eq!(got("报错", "\"a\""), Shape::Error);
        assert_eq!(got("[71，(error)，51]", "(integer) 71"), Shape::Array);
    }
}
