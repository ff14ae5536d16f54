//! A reply that is written down before it comes: is it right, and what does a wrong one look like?

use crate::engine::{Bytes, Command, commands, number};
use crate::lesson::{Line, Mistake, Step, nearest};
use crate::notation::{Answer, Literal, leaves, read_answer, split};

use super::{
    compare::answer_fits,
    diagnosis::Diagnosis,
    judge::{Effect, effect},
    likeness::keys,
    shape::Shape,
    slip::KeySlip,
    why::Why,
    world::World,
};

/// What was found out about a prediction.
#[derive(Debug, Clone)]
pub struct Predicted {
    /// Whether it is the reply that is asked for.
    pub right: bool,
    /// Why not.
    pub why: Vec<Why>,
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
    let right = answer.is(reply, |reply, answer| answer_fits(step, reply, answer));
    let why = if right {
        let fits = |comes: &Literal| answer_fits(step, reply, comes);
        let otherwise = comes.filter(|comes| !fits(comes)).cloned();
        otherwise.map(Why::ComesOtherwise).into_iter().collect()
    } else {
        vec![wrong_answer(step, typed, &answer, reply)]
    };
    Predicted { right, why, effect }
}

fn wrong_answer(step: &Step, typed: &str, answer: &Answer, reply: &Literal) -> Why {
    let means = |own: &str| {
        unadorned(own) == unadorned(typed)
            || read_answer(own).readings.first().is_some_and(|own| {
                answer.is(own, |own, typed| {
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
        None if is_nothing(reply) && NOTHING.contains(&unadorned(typed).as_str()) => {
            Why::NothingIsWritten
        }
        None => other_answer(answer, reply),
    }
}

/// What learners call a reply that has nothing in it.
const NOTHING: [&str; 5] = ["nothing", "no value", "none at all", "not there", "missing"];

fn is_nothing(reply: &Literal) -> bool {
    *reply == Literal::Nil || matches!(reply, Literal::Array(items) if items.is_empty())
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
        Literal::Array(items) if items.len() > 1 => Some(items.clone()),
        _ => None,
    };
    let typed = answer.readings.iter().find_map(several);
    let is_meant = |typed: &Vec<Literal>| {
        let shares = || {
            typed
                .iter()
                .any(|item| wanted.iter().any(|other| leaves(item) == leaves(other)))
        };
        wanted.len() > 1 && (!answer.is_bare_text() || wanted.len() > 2 || shares())
    };
    let typed = typed.filter(is_meant)?;
    if typed.len() != wanted.len() {
        return Some(Why::OtherCount {
            got: typed.len(),
            wanted: wanted.len(),
        });
    }
    // Their kinds do not matter here: a bare 5 may be a number.
    let values = |items: &[Literal]| -> Vec<Vec<Vec<u8>>> { items.iter().map(leaves).collect() };
    let (typed, mut rest) = (values(&typed), values(wanted));
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

/// A text that is the one that comes but for upper and lower case.
fn other_case(answer: &Answer, reply: &Literal) -> Option<Why> {
    let Literal::Bulk(wanted) = reply else {
        return None;
    };
    let typed = answer.readings.iter().find_map(|reading| match reading {
        Literal::Bulk(typed) if typed.eq_ignore_ascii_case(wanted) => Some(typed.clone()),
        _ => None,
    })?;
    Some(Why::Diagnosis(Diagnosis::OtherValue {
        typed,
        argument: String::new(),
        slip: Some(KeySlip::Case),
    }))
}

/// What a wrong answer looks like beside the reply that comes: read in the way of the reply where it can be. A single
/// word is no array, though an array may be written so.
pub(super) fn other_answer(answer: &Answer, reply: &Literal) -> Why {
    if answer.has_values_of(reply) {
        return Why::OtherShape;
    }
    if let Some(why) = other_elements(answer, reply).or_else(|| other_case(answer, reply)) {
        return why;
    }
    let wanted = Shape::of(reply);
    let texts = answer.readings.iter().filter_map(|reading| match reading {
        Literal::Bulk(text) => Some(text),
        _ => None,
    });
    let mut texts = texts.filter(|_| wanted == Shape::Integer);
    if let Some(why) = texts.find_map(no_whole_number) {
        return why;
    }
    let of_one = matches!(reply, Literal::Array(items) if items.len() == 1);
    let is_word = |reading: &&Literal| matches!(reading, Literal::Array(items) if items.len() == 1 && !of_one);
    let first = if answer.is_bare_text() {
        Some(Shape::Text)
    } else {
        answer.readings.first().map(Shape::of)
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

/// What is written in place of a whole number: one with a decimal point, or with a word behind it.
fn no_whole_number(typed: &Bytes) -> Option<Why> {
    let digits = |text: &[u8]| text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let sign = usize::from(typed.starts_with(b"-"));
    let number = digits(&typed[sign..]);
    let behind = typed.get(sign + number..).filter(|_| number > 0)?;
    // Another number is not the same one with a point.
    let zeros = |text: &[u8]| text.iter().take_while(|byte| **byte == b'0').count();
    let decimals = behind.strip_prefix(b".").map_or(0, |rest| 1 + zeros(rest));
    let is_word = |text: &str| !text.is_empty() && text.chars().all(char::is_alphabetic);
    match std::str::from_utf8(&behind[decimals..]) {
        Ok("") if decimals > 0 => Some(Why::WholeNumber),
        Ok(unit) if is_word(unit.trim_start()) => Some(Why::OnlyTheNumber),
        _ => None,
    }
}

/// Whether a command was typed in place of its reply: whoever does so has not seen yet what is asked. One that is misspelt
/// is told by the key behind it.
#[must_use]
pub fn is_command(asked: Option<&Line>, text: &str) -> bool {
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

    fn said(typed: &str, reply: &str) -> Why {
        let reply = crate::notation::one_line(reply).unwrap();
        other_answer(&read_answer(typed), &reply)
    }

    #[test]
    fn a_decimal_point_or_a_unit_is_named_where_a_whole_number_comes() {
        assert_eq!(said("3.0", "(integer) 3"), Why::WholeNumber);
        for typed in ["40s", "40 seconds", "４０秒", "-1 ms"] {
            assert_eq!(said(typed, "(integer) 40"), Why::OnlyTheNumber, "{typed}");
        }
        for typed in ["forty", "1 2", "1 ann bob", "40,50", "4", "3.0.1"] {
            let why = said(typed, "(integer) 40");
            assert!(matches!(why, Why::OtherAnswer { .. }), "{typed}: {why:?}");
        }
    }

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
