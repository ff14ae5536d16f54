//! What a Python program prints, as the lesson tells it and as a learner types or pastes it.

use crate::lesson::{Line, Mistake, Program, Step, Wrong};
use crate::notation::{Literal, in_ascii, without_b};
use crate::tutor::Why;

use super::values::has_values;

/// The foreseen mistake that prints such a text, of those that may be the program that has come: one that has sent
/// something before one that sends nothing. By the name of an error alone one is meant that has sent something, if it is
/// the only one.
pub(super) fn printed_by_mistake<'a>(
    step: &'a Step,
    text: &str,
    is_possible: impl Fn(&[Line], &str) -> bool,
) -> Option<&'a Wrong> {
    let possible = |is_printed: &dyn Fn(&str) -> bool| -> Vec<&'a Wrong> {
        let is_meant = |wrong: &&Wrong| match &wrong.when {
            Mistake::Code { lines, output, .. } => is_printed(output) && is_possible(lines, output),
            _ => false,
        };
        step.wrong.iter().filter(is_meant).collect()
    };
    let printed = possible(&|output| prints(output, text));
    let sending = printed.iter().find(|wrong| !sends_nothing(wrong));
    if let Some(found) = sending.or(printed.first()) {
        return Some(*found);
    }
    let mut named = possible(&|output| exception(output).is_some_and(|it| it == unqualified(text)));
    named.retain(|wrong| !sends_nothing(wrong));
    match named[..] {
        [only] => Some(only),
        _ => None,
    }
}

/// Whether a foreseen program sends nothing.
pub(super) fn sends_nothing(wrong: &Wrong) -> bool {
    matches!(&wrong.when, Mistake::Code { lines, .. } if lines.is_empty())
}

/// The name of the exception that a program ends with, without its module.
pub(super) fn exception(output: &str) -> Option<&str> {
    let (name, _) = output.trim().lines().last()?.split_once(':')?;
    let is_name = name
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || "._".contains(c));
    let name = unqualified(name);
    (is_name && name.ends_with("Error")).then_some(name)
}

/// A name without its module: `redis.exceptions.DataError` is `DataError`.
fn unqualified(name: &str) -> &str {
    let name = name.trim().trim_end_matches(':');
    name.rsplit('.').next().unwrap_or(name)
}

/// Why a text is not the answer, where no author has foreseen it.
pub(super) fn not_printed(program: &Program, text: &str) -> Why {
    const WORDS: [&str; 3] = ["True", "False", "None"];
    let answers = program.answer.iter();
    let lower = |text: &str| text.to_lowercase();
    let in_case = |answer: &String| {
        lower(&bare(answer)) == lower(&bare(text)) || has_values(&lower(answer), &lower(text))
    };
    // redis-cli puts a number's kind in front of it.
    let plain = text.replace("(integer) ", "");
    let as_text = without_b(text);
    if as_text != text && answers.clone().any(|it| prints(it, &as_text)) {
        Why::GivesBytes
    } else if answers.clone().any(|it| has_values(it, &plain)) {
        Why::OtherSigns
    } else if answers.clone().any(in_case) {
        Why::LetterCase
    } else if bare(text).parse::<i64>().is_ok()
        && answers.clone().any(|it| WORDS.contains(&it.trim()))
    {
        Why::WordNotNumber
    } else if answers.clone().any(|it| is_worded_number(it, text)) {
        Why::OnlyTheNumber
    } else if is_in_words(text) && answers.clone().all(|it| it.is_ascii()) {
        Why::Translated
    } else {
        Why::NotPrinted
    }
}

/// Whether a text has words of another script in it, and no numbers.
fn is_in_words(text: &str) -> bool {
    let text = in_ascii(text);
    text.contains(|sign: char| sign.is_alphabetic() && !sign.is_ascii())
        && !text.contains(|sign: char| sign.is_ascii_digit())
}

/// Whether a text is a number that is printed, with a word beside it: `3 个`.
fn is_worded_number(answer: &str, text: &str) -> bool {
    let is_digit = |sign: char| sign.is_ascii_digit() || sign == '-';
    let is_word = |sign: char| sign.is_alphabetic() || sign == ' ';
    let number = text.trim_matches(is_word);
    !number.is_empty() && number.chars().all(is_digit) && number != text && number == answer.trim()
}

/// What Python prints of a plain reply, or what it shows of an error; of other replies libraries make what they like.
pub(super) fn printed_of(reply: &Literal) -> Option<String> {
    match reply {
        Literal::Int(number) => Some(number.to_string()),
        Literal::Nil => Some("None".to_owned()),
        Literal::Bulk(bytes) => Some(String::from_utf8_lossy(bytes).into_owned()),
        Literal::Error(error) => Some(error.clone()),
        _ => None,
    }
}

/// Whether a text is what a program prints: space and the kind of quotes do not matter, nor the order of a Python set.
pub(super) fn prints(output: &str, text: &str) -> bool {
    let output = bare(output);
    !output.is_empty() && output == bare(text)
}

/// Whether a line stands above the last one of an error that Python prints, or is a warning of a library.
pub(super) fn is_from_traceback(line: &str) -> bool {
    line.starts_with("Traceback (most recent")
        || line.starts_with("  File \"")
        || line.starts_with("    ")
        || line.contains("DeprecationWarning:")
        || line.starts_with(">>>")
}

/// What counts of a text that Python printed, or that somebody typed from it.
fn bare(text: &str) -> String {
    let text = in_ascii(&text.trim().replace(['，', '、'], ","));
    let text = text.trim();
    let quotes = ['"', '\''];
    let inner = text
        .strip_prefix(quotes)
        .and_then(|rest| rest.strip_suffix(quotes));
    let text = inner
        .filter(|inner| !inner.contains(quotes))
        .unwrap_or(text);
    // What newer versions of Python guess behind an error.
    let text = text.split(". Did you mean").next().unwrap_or(text);
    let text = without_idle_space(text).replace('"', "'");
    let set = text
        .strip_prefix('{')
        .and_then(|rest| rest.strip_suffix('}'));
    match set.filter(|items| !items.contains(':')) {
        Some(items) => {
            let mut items: Vec<&str> = items.split(',').collect();
            items.sort_unstable();
            format!("{{{}}}", items.join(","))
        }
        None => text,
    }
}

/// A text with a single space between words, and none beside signs.
fn without_idle_space(text: &str) -> String {
    let is_sign = |c: char| !c.is_alphanumeric();
    let words = text.split_whitespace();
    words.fold(String::new(), |mut text, word| {
        let parts = !text.is_empty() && !text.ends_with(is_sign) && !word.starts_with(is_sign);
        text.push_str(if parts { " " } else { "" });
        text + word
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_exception_is_told_by_its_name() {
        let output = "redis.exceptions.DataError: Invalid input of type: 'dict'.";
        assert_eq!(exception(output), Some("DataError"));
        for text in ["DataError", "redis.DataError", "DataError:"] {
            assert_eq!(unqualified(text), "DataError");
        }
        assert_eq!(exception("{'name': 'rain'}"), None);
    }

    #[test]
    fn what_is_nearly_what_was_printed_is_told_apart() {
        let why = |answer: &str, text: &str| {
            let program = Program {
                answer: vec![answer.to_owned()],
                ..Program::default()
            };
            not_printed(&program, text)
        };
        assert_eq!(why("True", "true"), Why::LetterCase);
        assert_eq!(why("b'Bar'", "B'bar'"), Why::LetterCase);
        assert_eq!(why("True", "1"), Why::WordNotNumber);
        assert_eq!(why("[22]", "22"), Why::OtherSigns);
        assert_eq!(why("22", "b'22'"), Why::GivesBytes);
        assert_eq!(why("['a', 'b']", "[b'a', b'b']"), Why::GivesBytes);
        assert_eq!(why("['a', 'b']", "[b'a', b'c']"), Why::NotPrinted);
        assert_eq!(why("22", "(integer) 22"), Why::OtherSigns);
        assert_eq!(why("[True, True]", "true true"), Why::LetterCase);
        assert_eq!(why("22", "21"), Why::NotPrinted);
        assert_eq!(why("22", "22 岁"), Why::OnlyTheNumber);
        assert_eq!(why("22", "21 岁"), Why::NotPrinted);
        assert_eq!(why("Bar", "“Foo”"), Why::NotPrinted);
        assert_eq!(why("None", "空"), Why::Translated);
    }

    #[test]
    fn what_is_typed_may_differ_from_what_was_printed() {
        for (output, text) in [
            ("['a', 'b']", "[\"a\",\"b\"]"),
            ("Bar", "'Bar'"),
            ("[True, True]", "[True， True]"),
            ("{'a', 'b'}", "{'b', 'a'}"),
            (
                "NameError: name 'x'",
                "NameError: name 'x'. Did you mean: 'y'?",
            ),
        ] {
            assert!(prints(output, text), "{output} {text}");
        }
        for (output, text) in [
            ("['a', 'b']", "['b', 'a']"),
            ("1", "11"),
            ("", ""),
            ("one two", "onetwo"),
        ] {
            assert!(!prints(output, text), "{output} {text}");
        }
    }
}
