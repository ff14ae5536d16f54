//! A sign that looks like the one that was meant.

use crate::engine::{Bytes, commands};
use crate::notation::{Literal, first_wide, in_ascii, split, wide_as_spaces};

use super::{
    Case, Diagnosis,
    words::{lines, two_commands},
};

/// Such a sign: with ASCII in its place, or a space, the line is one of a solution, or is no longer refused; or the word that
/// has it, ASCII otherwise, is a word or several of a solution.
pub(super) fn wide_sign(case: &Case<'_>) -> Option<Diagnosis> {
    // Between two commands a sign of any width is one too much.
    if two_commands(case).is_some() {
        return None;
    }
    let words = case.argv.iter().map(|word| String::from_utf8_lossy(word));
    let words: Vec<_> = words.collect();
    let typed = words.join(" ");
    let (sign, ascii) = first_wide(&typed)?;
    let is_refused = matches!(case.reply, Some(Literal::Error(_)));
    let mends = |text: &str| {
        let is_right =
            |mended: &[Bytes]| lines(case).any(|line| commands::is_same_line(line, mended));
        split(text.as_bytes())
            .is_ok_and(|mended| is_right(&mended) || is_refused && case.runs(&mended))
    };
    if mends(&in_ascii(&typed)) {
        return Some(Diagnosis::WideSign { sign, ascii });
    }
    // A bracket in front of a bound means something.
    let is_bound = |word: &str| {
        let bound = in_ascii(word).trim_end_matches(')').to_owned();
        bound.starts_with('(') && lines(case).flatten().any(|own| own == bound.as_bytes())
    };
    if let Some(word) = words.iter().find(|word| !word.is_ascii() && is_bound(word)) {
        let (sign, ascii) = first_wide(word)?;
        return Some(Diagnosis::WideSign { sign, ascii });
    }
    // At the end of a word it divides nothing.
    let divides =
        |word: &str| word.split(sign).all(|part| !part.is_empty()) || word.contains(['（', '(']);
    let is_between = words
        .iter()
        .filter(|word| word.contains(sign))
        .all(|word| divides(word));
    if is_between && mends(&wide_as_spaces(&typed)) {
        return Some(Diagnosis::WideSign { sign, ascii: ' ' });
    }
    let is_word = |part: &str| {
        let part = part.trim_matches(['"', '\'']);
        let mut known = lines(case).flatten();
        known.any(|word| word.eq_ignore_ascii_case(part.as_bytes()))
    };
    let are_words = |text: &str| {
        let mut parts = text.split_whitespace().peekable();
        text.is_ascii() && parts.peek().is_some() && parts.all(is_word)
    };
    words.iter().find_map(|word| {
        let (sign, ascii) = first_wide(word)?;
        let ascii = if are_words(&in_ascii(word)) || is_word(&in_ascii(word)) {
            ascii
        } else if word.split(sign).all(|part| !part.is_empty()) && are_words(&wide_as_spaces(word))
        {
            ' '
        } else if are_words(word.trim_end_matches(sign)) {
            // A sentence ends so, a line does not.
            return Some(Diagnosis::Punctuation {
                typed: word.as_bytes().into(),
                sign,
            });
        } else {
            return None;
        };
        Some(Diagnosis::WideSign { sign, ascii })
    })
}
