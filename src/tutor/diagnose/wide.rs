//! A sign that looks like the one that was meant.

use crate::notation::{Literal, first_wide, in_ascii, split};

use super::{Case, Diagnosis, words::lines};

/// Such a sign: with ASCII in its place the line is one of a solution or is no longer refused, or nothing but ASCII stands
/// beside it, and no solution has it.
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
    let is_stray = || {
        let has_sign = |word: &&str| word.contains(sign);
        let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
        let is_known = lines(case)
            .flatten()
            .any(|word| String::from_utf8_lossy(word).contains(sign));
        let mut signed = words.iter().copied().filter(has_sign);
        !is_known && lines(case).next().is_some() && signed.all(|word| in_ascii(word).is_ascii())
    };
    let is_meant = is_right() || is_refused && case.runs(&mended) || is_stray();
    is_meant.then_some(Diagnosis::WideSign { sign, ascii })
}
