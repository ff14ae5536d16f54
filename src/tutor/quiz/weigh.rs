//! An answer against its question: which choice it names, whether it is right, and what helps before it is given.

use crate::engine::number::format_double;
use crate::lesson::{Picture, Question, QuestionKind, WantedState};
use crate::notation::{Escape, in_ascii, to_one_line};

use super::{
    Answer, Choice, Notice, Sheet, Why,
    question::{in_that_order, judge, right_answers, unforeseen},
    typed::{is_same_text, no_answer},
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
        // What was typed for a gap is an answer of its own.
        let fills = question.kind == QuestionKind::Blank && text.chars().count() > 1;
        if !options.is_empty() && !fills {
            return Err(Notice::TypeALetter {
                last: letter(options.len() - 1),
            });
        }
    }
    Ok((right, say))
}

/// What is said of a wrong answer.
pub(super) fn why(question: &Question, sheet: &Sheet, text: &str, say: String) -> Why {
    if !say.is_empty() {
        return Why::Author(say);
    }
    if let Some(own) = own_order(sheet, text) {
        return in_that_order(question, &own);
    }
    let is_typed = sheet.options.is_empty() || question.kind == QuestionKind::Blank;
    unforeseen(question, is_typed.then_some(text))
}

/// The help before the answer: a choice that is wrong, while two others are left, or the beginning of the answer.
pub(super) fn rung(question: &Question, sheet: &Sheet) -> Option<Notice> {
    let options = sheet.options.as_slice();
    if !options.is_empty() {
        let wrong = options.iter().position(|option| !option.right)?;
        let letter = letter(wrong);
        return (options.len() > 2).then_some(Notice::NotThisOne { letter });
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

/// The letter of a choice.
fn letter(at: usize) -> char {
    char::from(b'a' + u8::try_from(at.min(25)).unwrap_or(25))
}

/// The option that a letter names, or that was written out.
fn chosen<'a>(question: &Question, options: &'a [Answer], text: &str) -> Option<&'a Answer> {
    if let [letter] = in_ascii(text).as_bytes()
        && letter.is_ascii_alphabetic()
    {
        return options.get(usize::from(letter.to_ascii_lowercase() - b'a'));
    }
    let mut same = options
        .iter()
        .filter(|option| is_shown(question, &option.shown, text));
    // Where two look alike, a letter is needed.
    same.next().filter(|_| same.next().is_none())
}

/// Whether a text is a choice as it is shown, whatever the spaces, and the letter case where that means nothing.
fn is_shown(question: &Question, choice: &Choice, text: &str) -> bool {
    match choice {
        Choice::Text(shown) => is_same_text(question, shown, text),
        Choice::Reply(reply) => to_one_line(reply, Escape::Text)
            .to_lowercase()
            .split_whitespace()
            .eq(text.to_lowercase().split_whitespace()),
        Choice::State(state) => {
            let shown = plain_words(&state_text(state));
            !shown.is_empty() && shown == plain_words(text)
        }
    }
}

/// A text's words without the signs that stand between keys and values, and without what stands in brackets: how long
/// a key lives on.
fn plain_words(text: &str) -> Vec<String> {
    let mut depth = 0_usize;
    let plain = text.chars().filter(|c| {
        let outside = depth == 0;
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        outside && *c != '('
    });
    let plain: String = plain.collect();
    let is_sign = |c: char| c.is_whitespace() || ":={},\"".contains(c);
    let words = plain.split(is_sign).filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

/// Keys and values of a state, in the order in which they are shown.
fn state_text(state: &WantedState) -> String {
    let WantedState::Keys(keys) = state else {
        return String::new();
    };
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let mut words = Vec::new();
    for (key, pictured) in keys {
        words.push(text(key));
        match &pictured.value {
            Picture::String(value) => words.push(text(value)),
            Picture::List(items) => words.extend(items.iter().map(|item| text(item))),
            Picture::Set(members) => words.extend(members.iter().map(|member| text(member))),
            Picture::Hash(fields) => {
                let pairs = fields.iter();
                words.extend(pairs.flat_map(|(field, value)| [text(field), text(value)]));
            }
            Picture::SortedSet(scores) => {
                let pairs = scores.iter();
                words.extend(
                    pairs.flat_map(|(member, score)| [text(member), text(&format_double(*score))]),
                );
            }
        }
    }
    words.join(" ")
}
