//! A sign that looks like the one that was meant.

use crate::notation::{Literal, first_wide, in_ascii, split};

use super::{Case, Diagnosis};

/// Such a sign, where with ASCII in its place the line is one of a solution, or is no longer refused.
pub(super) fn wide_sign(case: &Case<'_>) -> Option<Diagnosis> {
    let words: Vec<_> = case
        .argv
        .iter()
        .map(|word| String::from_utf8_lossy(word))
        .collect();
    let typed = words.join(" ");
    let (sign, ascii) = first_wide(&typed)?;
    let mended = split(in_ascii(&typed).as_bytes()).ok()?;
    let ways = std::iter::once(&case.step.solution).chain(&case.step.also);
    let is_refused = matches!(case.reply, Some(Literal::Error(_)));
    let is_right = ways.flatten().any(|line| line.is_same(&mended));
    (is_right || is_refused && case.runs(&mended)).then_some(Diagnosis::WideSign { sign, ascii })
}
