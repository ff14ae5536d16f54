//! A sign that looks like the one that was meant.

use crate::notation::{Literal, first_wide, in_ascii, split};

use super::{Case, Diagnosis, words::lines};

/// Such a sign: with ASCII in its place the line is one of a solution, or is no longer refused; or the word that has it, ASCII
/// otherwise, is a word or several of a solution.
pub(super) fn wide_sign(case: &Case<'_>) -> Option<Diagnosis> {
    let words: Vec<_> = case
        .argv
        .iter()
        .map(|word| String::from_utf8_lossy(word))
        .collect();
    let typed = words.join(" ");
    let (sign, ascii) = first_wide(&typed)?;
    let mended = split(in_ascii(&typed).as_bytes()).ok()?;
    let is_refused = matches!(case.reply, Some(Literal::Error(_)));
    let is_right = || lines(case).any(|line| line.iter().eq(&mended));
    let word = words.iter().find(|word| word.contains(sign))?;
    let is_word = |part: &str| {
        let mut known = lines(case).flatten();
        known.any(|word| word.eq_ignore_ascii_case(part.as_bytes()))
    };
    let are_words = |text: &str| {
        let mut parts = text.split_whitespace().peekable();
        text.is_ascii() && parts.peek().is_some() && parts.all(is_word)
    };
    let divides = are_words(&in_ascii(&word.replace(sign, " ")));
    if is_right() || is_refused && case.runs(&mended) || are_words(&in_ascii(word)) {
        return Some(Diagnosis::WideSign { sign, ascii });
    }
    divides.then_some(Diagnosis::WideSign { sign, ascii: ' ' })
}
