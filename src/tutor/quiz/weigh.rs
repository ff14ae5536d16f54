//! An answer against its question: whether it is right, what is said of a wrong one, and what helps before it is given.
//! Which choice a text names, `choice` knows.

use crate::lesson::{Question, QuestionKind};
use crate::notation::in_ascii;

use super::{
    Notice, Sheet, Why,
    choice::{chosen, letter, lettered},
    fault::fault,
    question::{in_that_order, judge, right_answers, unforeseen},
    typed::{are_commands, no_answer, slip},
};

/// Whether an answer is right and what the author says of it. Where there are choices, what is none of them is no
/// answer yet.
pub(super) fn weigh(
    question: &Question,
    sheet: &Sheet,
    text: &str,
) -> Result<(bool, String), Notice> {
    let options = sheet.options.as_slice();
    if let Some(option) = chosen(question, options, text) {
        return Ok((option.right, option.say.clone()));
    }
    if !sheet.order.is_empty() {
        let last = sheet.order.len();
        let own = own_order(sheet, text).ok_or(Notice::TypeAllNumbers { last })?;
        return Ok(judge(question, &listed(&own)));
    }
    let (right, say) = judge(question, text);
    if !right && say.is_empty() {
        if let Some(notice) = no_answer(question, text) {
            return Err(notice);
        }
        if !options.is_empty() && !is_written_out(question, text) {
            return Err(Notice::TypeALetter {
                last: letter(options.len() - 1),
            });
        }
    }
    Ok((right, say))
}

/// Whether a text that names no choice is an answer of its own: a line, a reply, what belongs in a gap. A single letter
/// is meant to name one.
fn is_written_out(question: &Question, text: &str) -> bool {
    let is_letter = || {
        let named = in_ascii(text);
        matches!(lettered(&named), Some((_, "")))
            || text.chars().count() == 1 && text.chars().all(char::is_alphabetic)
    };
    match question.kind {
        QuestionKind::Blank | QuestionKind::PredictReply => !is_letter(),
        QuestionKind::ChooseCommand => {
            !is_letter() && (are_commands(text) || slip(question, text).is_some())
        }
        _ => false,
    }
}

/// What is said of a wrong answer; of one that names none of the choices, that it may.
pub(super) fn why(question: &Question, sheet: &Sheet, text: &str, say: String) -> Vec<Why> {
    if !say.is_empty() {
        return vec![Why::Author(say)];
    }
    if let Some(own) = own_order(sheet, text) {
        return vec![in_that_order(question, &own)];
    }
    let options = sheet.options.as_slice();
    if chosen(question, options, text).is_some() {
        return vec![unforeseen(question, None)];
    }
    let found = unforeseen(question, Some(text));
    let last = options.len().checked_sub(1).map(letter);
    let or_letter = last.map(|last| Why::OrALetter { last });
    [found].into_iter().chain(or_letter).collect()
}

/// The place of the wrong option that was chosen.
pub(super) fn wrong_choice(question: &Question, sheet: &Sheet, text: &str) -> Option<usize> {
    let option = chosen(question, &sheet.options, text)?;
    let mut options = sheet.options.iter();
    options.position(|other| std::ptr::eq(other, option) && !other.right)
}

/// The help before the answer: a choice that is wrong and was not tried, while two others are left, or the kind of the
/// fault, or the beginning of the answer.
pub(super) fn rung(question: &Question, sheet: &Sheet) -> Option<Notice> {
    let options = sheet.options.as_slice();
    if !options.is_empty() {
        let is_open = |at: &usize| !options[*at].right && !sheet.tried.contains(at);
        let mut open = (0..options.len()).filter(is_open);
        let first = open.next()?;
        let letter = letter(first);
        return open.next().map(|_| Notice::NotThisOne { letter });
    }
    if let Some(fault) = (question.kind == QuestionKind::Mistake)
        .then(|| fault(question))
        .flatten()
    {
        return Some(Notice::Fault(fault));
    }
    let answer = solution(question, sheet).into_iter().next()?;
    let begins = match answer.split_once(' ') {
        Some((first, _)) => first.to_owned(),
        None => answer.chars().take(1).collect(),
    };
    // How an array begins helps nobody.
    let helps = begins != answer && !begins.starts_with('[');
    helps.then_some(Notice::BeginsWith { begins })
}

/// The author's answer: a state by its letter, lines in order by the numbers that they have on the sheet.
#[must_use]
pub(super) fn solution(question: &Question, sheet: &Sheet) -> Vec<String> {
    if question.kind == QuestionKind::PredictState {
        let right = sheet.options.iter().position(|option| option.right);
        return right.map(|at| letter(at).to_string()).into_iter().collect();
    }
    if sheet.order.is_empty() {
        return right_answers(question).into_iter().take(1).collect();
    }
    let place = |line: usize| {
        sheet
            .order
            .iter()
            .position(|at| *at == line)
            .unwrap_or(line)
    };
    let places: Vec<usize> = (0..sheet.order.len()).map(|line| place(line) + 1).collect();
    vec![listed(&places)]
}

/// The author's answer as it is told: of choices the right one, with its letter.
#[must_use]
pub(super) fn told(question: &Question, sheet: &Sheet) -> Notice {
    match sheet.options.iter().position(|option| option.right) {
        Some(at) => Notice::RightChoice {
            letter: letter(at),
            shown: sheet.options[at].shown.clone(),
        },
        None => Notice::Answer(solution(question, sheet)),
    }
}

/// The order that was typed, by the numbers that the author's lines have.
fn own_order(sheet: &Sheet, text: &str) -> Option<Vec<usize>> {
    let last = sheet.order.len();
    let typed = numbers(&in_ascii(text), last).filter(|_| last > 0)?;
    Some(typed.iter().map(|at| sheet.order[at - 1] + 1).collect())
}

/// The numbers from 1 to `last` in the order in which they were typed, each once: `2 3 1`, `2, 3, 1` or `231`.
fn numbers(text: &str, last: usize) -> Option<Vec<usize>> {
    let mut words: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).collect();
    words.retain(|word| !word.is_empty());
    let typed: Vec<usize> = match words.as_slice() {
        [together] if together.len() == last => together
            .bytes()
            .map(|digit| usize::from(digit - b'0'))
            .collect(),
        words => words
            .iter()
            .map(|word| word.parse().ok())
            .collect::<Option<_>>()?,
    };
    let mut sorted = typed.clone();
    sorted.sort_unstable();
    sorted.iter().copied().eq(1..=last).then_some(typed)
}

fn listed(numbers: &[usize]) -> String {
    let numbers: Vec<String> = numbers.iter().map(usize::to_string).collect();
    numbers.join(" ")
}
