//! A reply that is written down before it comes: is it right, and what does a wrong one look like?

use crate::engine::{Bytes, number};
use crate::lesson::{Mistake, Step};
use crate::notation::{Answer, Escape, Literal, leaves, read_answer, to_one_line};

use super::{
    Notice,
    compare::answer_fits,
    diagnosis::Diagnosis,
    judge::{Effect, effect},
    shape::Shape,
    slip::KeySlip,
    unanswered::{Asked, named_kind, no_answer},
    why::Why,
    world::World,
};

/// What was found out about a prediction.
#[derive(Debug, Clone)]
pub struct Predicted {
    /// Whether it is the reply that is asked for.
    pub right: bool,
    /// Why not, or what there is to say of a right one.
    pub why: Vec<Why>,
    /// That it is no answer yet, which costs nothing.
    pub notice: Option<Notice>,
    /// The effect of the lines asked about.
    pub effect: Effect,
}

/// Judges the reply that a learner predicts. What is asked for is what comes in the learner's world; but where `programs`
/// of theirs take part, which come and go as they like, it is what the lesson tells, the same in every run.
#[must_use]
pub fn predict(step: &Step, base: &World, programs: bool, typed: &str) -> Predicted {
    let effect = effect(base, &step.solution, &step.during);
    let comes = effect.replies.last().and_then(Option::as_ref);
    let told = step.replies.last().filter(|_| programs);
    let answer = read_answer(typed);
    // What waits answers nothing yet.
    let reply = told.or(comes).unwrap_or(&Literal::Nil);
    let right = answer.is(reply, &|reply, answer| answer_fits(step, reply, answer));
    let why = if right {
        let fits = |comes: &Literal| answer_fits(step, reply, comes);
        let otherwise = comes.filter(|comes| !fits(comes)).cloned();
        let otherwise = otherwise.map(Why::ComesOtherwise);
        otherwise
            .into_iter()
            .chain(remark(&answer, reply))
            .collect()
    } else {
        vec![wrong_answer(step, typed, &answer, reply)]
    };
    let asked = Asked {
        lines: &step.solution,
        replies: &effect.replies,
        reply,
    };
    let is_told = matches!(&why[..], [Why::Author(_) | Why::NothingIsWritten]);
    let notice = (!right && !is_told)
        .then(|| no_answer(&asked, typed))
        .flatten();
    Predicted {
        right,
        why,
        notice,
        effect,
    }
}

/// What is said of a right answer: of words that stand for another reply, too.
pub(super) fn remark(answer: &Answer, reply: &Literal) -> Option<Why> {
    let is_none = unadorned(answer.meant().text()) == NONE;
    (*reply == Literal::Nil && is_none).then_some(Why::NilNotNone)
}

/// What TYPE answers for a key that is not there.
const NONE: &str = "none";

fn wrong_answer(step: &Step, typed: &str, answer: &Answer, reply: &Literal) -> Why {
    let words = [typed, answer.meant().text()].map(unadorned);
    let means = |own: &str| {
        words.contains(&unadorned(own))
            || read_answer(own).readings.first().is_some_and(|own| {
                answer.is(own, &|own, typed| {
                    own == typed || answer_fits(step, own, typed)
                })
            })
    };
    let find = |is_own: &dyn Fn(&str) -> bool| {
        let mut foreseen = step.wrong.iter();
        foreseen.find(|wrong| matches!(&wrong.when, Mistake::Answer(own) if is_own(own)))
    };
    // What stands there letter for letter is meant before what may be read alike.
    let found = find(&|own| own == typed).or_else(|| find(&means));
    match found {
        Some(wrong) => Why::Author(wrong.say.clone()),
        None if words.iter().any(|own| tells_nothing(own, reply)) => Why::NothingIsWritten,
        None if has_nothings(answer.meant(), reply) => Why::NothingIsWritten,
        None => other_answer(answer, reply),
    }
}

/// What learners call a reply that has nothing in it.
const NOTHING: [&str; 29] = [
    "nothing",
    "nothing comes",
    "nothing at all",
    "nothing happens",
    "no rank",
    "no score",
    "key does not exist",
    "the key does not exist",
    "no value",
    "no reply",
    "none at all",
    "not there",
    "not set",
    "does not exist",
    "doesn't exist",
    "missing",
    "empty",
    "it does not exist",
    "it doesn't exist",
    "there is nothing",
    "there's nothing",
    "blank",
    "void",
    "undefined",
    "not found",
    "key not found",
    "no such key",
    "nil value",
    "键不存在",
];

fn tells_nothing(typed: &str, reply: &Literal) -> bool {
    let is_nothing = match reply {
        Literal::Array(items) => items.is_empty(),
        reply => *reply == Literal::Nil,
    };
    is_nothing && NOTHING.contains(&typed)
}

/// Whether a list is the one that comes but for such a word in the place of (nil).
fn has_nothings(answer: &Answer, reply: &Literal) -> bool {
    let Literal::Array(wanted) = reply else {
        return false;
    };
    if answer.has_values_of(reply) {
        return false;
    }
    let is = |typed: &Literal, item: &Literal| {
        let texts = leaves(typed);
        let word = texts.first().map(|text| String::from_utf8_lossy(text));
        let is_word = word.is_some_and(|word| tells_nothing(&unadorned(&word), item));
        texts == leaves(item) || texts.len() == 1 && is_word
    };
    answer.readings.iter().any(|reading| {
        let items = reading.items().unwrap_or_default();
        let mut pairs = items.iter().zip(wanted);
        !items.is_empty()
            && items.len() == wanted.len()
            && pairs.all(|(typed, item)| is(typed, item))
    })
}

/// An answer without the brackets that redis-cli puts around what is no text: `(nil)` is meant by `nil`, too.
fn unadorned(answer: &str) -> String {
    let words = answer.replace("(integer) ", "").replace(['(', ')'], "");
    words
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase()
}

/// How a list that was written down differs from the one that comes: in how many elements it has, or in their order, or in
/// some of them.
fn other_elements(answer: &Answer, reply: &Literal) -> Option<Why> {
    let Literal::Array(wanted) = reply else {
        return None;
    };
    let several = |reading: &Literal| match reading {
        Literal::Array(items) if items.len() > 1 || wanted.len() == 1 => Some(items.clone()),
        Literal::Array(items)
            if answer.is_listed() || items.iter().any(|item| wanted.contains(item)) =>
        {
            Some(items.clone())
        }
        _ => None,
    };
    let typed = answer.readings.iter().find_map(several);
    let typed = typed.filter(|_| !wanted.is_empty())?;
    if typed.len() != wanted.len() {
        return Some(Why::OtherCount {
            got: typed.len(),
            wanted: wanted.len(),
        });
    }
    // Their kinds do not matter here: a bare 5 may be a number.
    let values = |items: &[Literal]| -> Vec<Vec<Vec<u8>>> { items.iter().map(leaves).collect() };
    // A bare (error) stands for the one that comes.
    let mut errors = wanted
        .iter()
        .filter(|item| matches!(item, Literal::Error(_)));
    let told = |item: &Literal| match item {
        Literal::Error(text) if text.is_empty() => errors.next().unwrap_or(item).clone(),
        item => item.clone(),
    };
    let typed: Vec<Literal> = typed.iter().map(told).collect();
    let (typed, mut rest) = (values(&typed), values(wanted));
    if is_same_but_for_points(&typed.concat(), &rest.concat()) {
        return Some(Why::WholeNumber);
    }
    for value in &typed {
        if let Some(at) = rest.iter().position(|other| other == value) {
            rest.swap_remove(at);
        }
    }
    Some(match rest.len() {
        0 => Why::OtherElementOrder,
        others => Why::OtherElements(others),
    })
}

/// Whether values are others only in that whole numbers have a decimal point.
fn is_same_but_for_points(typed: &[Vec<u8>], wanted: &[Vec<u8>]) -> bool {
    let is_pointed = |typed: &[u8], wanted: &[u8]| {
        let typed = typed.strip_prefix(wanted).unwrap_or_default();
        let decimals = typed.strip_prefix(b".").unwrap_or_default();
        !decimals.is_empty() && decimals.iter().all(|digit| *digit == b'0')
    };
    let mut differing = typed
        .iter()
        .zip(wanted)
        .filter(|(typed, wanted)| typed != wanted);
    typed.len() == wanted.len()
        && typed != wanted
        && differing.all(|(typed, wanted)| is_pointed(typed, wanted))
}

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

/// What is said of the values that come where other signs than spaces and commas stand between them, or none: `ab`,
/// `a -> b`, `a: b`.
fn other_signs(answer: &Answer, reply: &Literal) -> Option<Why> {
    let items = reply.items().filter(|items| items.len() > 1)?;
    let signs = |text: &str| -> String {
        let own = text.chars().filter(|sign| sign.is_alphanumeric());
        own.collect::<String>().to_lowercase()
    };
    let values = leaves(reply).into_iter();
    let values: Vec<String> = values
        .map(|value| signs(&String::from_utf8_lossy(&value)))
        .collect();
    let is_flat = !items.iter().any(|item| item.items().is_some());
    let divides = |sign: char| !sign.is_alphanumeric() && !sign.is_whitespace();
    // Spaces, commas, brackets and quotes divide as they should.
    let is_other = |sign: char| divides(sign) && !"[](){}\"',".contains(sign);
    let parts = answer.text().split([' ', ',']);
    let parts = parts.filter(|part| !part.is_empty()).count();
    let has_others =
        parts < values.len() && !answer.text().contains(' ') || answer.text().contains(is_other);
    // What is empty can only be told by its quotes.
    let empty = values.iter().filter(|value| value.is_empty()).count();
    let quoted = ["\"\"", "''"].map(|quotes| answer.text().matches(quotes).count());
    let is_told = empty <= quoted.iter().sum()
        && empty < values.len()
        && stand_in_order(answer.text(), reply)
        && signs(answer.text()) == values.concat()
        && has_others;
    is_told.then_some(if is_flat {
        Why::Undivided
    } else {
        Why::OtherShape
    })
}

/// Whether all values of a reply stand in a text as they are, one behind the other.
fn stand_in_order(text: &str, reply: &Literal) -> bool {
    let lower = text.to_lowercase();
    let mut rest = lower.as_str();
    leaves(reply).iter().all(|value| {
        let value = String::from_utf8_lossy(value).to_lowercase();
        let behind = rest.split_once(value.as_str()).map(|(_, behind)| behind);
        rest = behind.unwrap_or_default();
        behind.is_some()
    })
}

/// What a wrong answer looks like beside the reply that comes: read in the way of the reply where it can be. A single
/// word is no array, though an array may be written so.
pub(super) fn other_answer(answer: &Answer, reply: &Literal) -> Why {
    let answer = answer.meant();
    if answer.quotes_a_number() {
        return Why::NumberInQuotes;
    }
    if *reply == Literal::Status(NONE.to_owned()) && answer.readings.first() == Some(&Literal::Nil)
    {
        return Why::NoneNotNil;
    }
    if differs_by_backslashes(answer.text(), reply) {
        return Why::Backslashes;
    }
    let wanted = Shape::of(reply);
    if let Some(got) = named_kind(answer.text(), wanted) {
        return Why::OtherAnswer { got, wanted };
    }
    if answer.has_values_of(reply) {
        return Why::OtherShape;
    }
    let found = other_case(answer, reply).or_else(|| other_signs(answer, reply));
    if let Some(why) = found.or_else(|| other_elements(answer, reply)) {
        return why;
    }
    let texts = answer.readings.iter().filter_map(|reading| match reading {
        Literal::Bulk(text) => Some(text),
        _ => None,
    });
    let is_whole = |text: &Bytes| text.iter().all(u8::is_ascii_digit);
    let is_number = match reply {
        Literal::Bulk(text) => is_whole(text) && !text.is_empty(),
        reply => matches!(reply, Literal::Int(_)),
    };
    let mut texts = texts.filter(|_| is_number);
    if let Some(why) = texts.find_map(no_whole_number) {
        return why;
    }
    let is_decimal =
        |text: &Bytes| wanted == Shape::Integer && number::parse_double(text).is_some();
    if answer
        .readings
        .iter()
        .any(|it| matches!(it, Literal::Bulk(text) if is_decimal(text)))
        && !answer.is_exact()
    {
        let got = wanted;
        return Why::OtherAnswer { got, wanted };
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
    let got = if got && !is_own { Some(wanted) } else { first };
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

/// What is written in place of a whole number: one with a decimal point, or with a word beside it.
fn no_whole_number(typed: &Bytes) -> Option<Why> {
    let text = std::str::from_utf8(typed).ok()?;
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
    match (before, behind) {
        ("" | "(integer)", "") if decimals > 0 => Some(Why::WholeNumber),
        ("", word) | (word, "") if is_word(word) => Some(Why::OnlyTheNumber),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(typed: &str, reply: &str) -> Why {
        let reply = crate::notation::one_line(reply).unwrap();
        other_answer(&read_answer(typed), &reply)
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
    fn signs_of_full_width_are_no_text() {
        let got = |typed: &str, reply: &str| match said(typed, reply) {
            Why::OtherAnswer { got, .. } => got,
            why => panic!("{typed}: {why:?}"),
        };
        assert_eq!(got("（nil）", "\"a\""), Shape::Nil);
        assert_eq!(got("空", "\"a\""), Shape::Nil);
        assert_eq!(got("报错", "\"a\""), Shape::Error);
        assert_eq!(got("[71，(error)，51]", "(integer) 71"), Shape::Array);
    }
}
