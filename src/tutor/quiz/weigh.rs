//! An answer against its question: which choice it names, whether it is right, and what helps before it is given.

use crate::lesson::Question;

use super::{
    Answer, Choice, Notice, Why,
    question::{judge, right_answers, unforeseen},
};

/// Whether an answer is right and what the author says of it. Where there are choices, what is none of them is no
/// answer yet.
pub(super) fn weigh(
    question: &Question,
    options: &[Answer],
    text: &str,
) -> Result<(bool, String), Notice> {
    if let Some(option) = chosen(options, text) {
        return Ok((option.right, option.say.clone()));
    }
    let judged = judge(question, text);
    let is_choice = |option: &Answer| matches!(&option.shown, Choice::Text(shown) if shown.to_lowercase() == text.to_lowercase());
    match judged {
        (false, say) if say.is_empty() && !options.is_empty() && !options.iter().any(is_choice) => {
            Err(Notice::TypeALetter {
                last: letter(options.len() - 1),
            })
        }
        judged => Ok(judged),
    }
}

/// What is said of a wrong answer.
pub(super) fn why(question: &Question, options: &[Answer], text: &str, say: String) -> Why {
    if say.is_empty() {
        unforeseen(question, options.is_empty().then_some(text))
    } else {
        Why::Author(say)
    }
}

/// The help before the answer: a choice that is wrong, while two others are left, or the beginning of the answer.
pub(super) fn rung(question: &Question, options: &[Answer]) -> Option<Notice> {
    if !options.is_empty() {
        let wrong = options.iter().position(|option| !option.right)?;
        let letter = letter(wrong);
        return (options.len() > 2).then_some(Notice::NotThisOne { letter });
    }
    let answer = right_answers(question).into_iter().next()?;
    let begins = match answer.split_once(' ') {
        Some((first, _)) => first.to_owned(),
        None => answer.chars().take(1).collect(),
    };
    (begins != answer).then_some(Notice::BeginsWith { begins })
}

/// The letter of a choice.
fn letter(at: usize) -> char {
    char::from(b'a' + u8::try_from(at.min(25)).unwrap_or(25))
}

/// The option that a letter names.
fn chosen<'a>(options: &'a [Answer], text: &str) -> Option<&'a Answer> {
    match text.as_bytes() {
        [letter] if letter.is_ascii_alphabetic() => {
            options.get(usize::from(letter.to_ascii_lowercase() - b'a'))
        }
        _ => None,
    }
}
