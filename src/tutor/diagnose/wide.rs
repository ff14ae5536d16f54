//! Signs that look like ASCII and are not: full-width ones, as Chinese keyboards type them, and curved quotes.

use crate::engine::Bytes;
use crate::notation::split;

use super::{Case, Diagnosis};

/// The plain sign that one is typed for; a space where it divides words.
fn plain(sign: char) -> Option<char> {
    /// From here on the full-width signs stand in the order of ASCII.
    const FULL_WIDTH: u32 = 0xfee0;
    match sign {
        '，' | '、' | '；' | '\u{3000}' => Some(' '),
        '。' => Some('.'),
        '“' | '”' | '„' | '«' | '»' => Some('"'),
        '‘' | '’' => Some('\''),
        '【' => Some('['),
        '】' => Some(']'),
        '—' | '–' => Some('-'),
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(sign) - FULL_WIDTH),
        _ => None,
    }
}

/// A text with the plain signs in the places of the others.
#[must_use]
pub(super) fn in_ascii(text: &str) -> String {
    let signs = text.chars();
    signs.map(|sign| plain(sign).unwrap_or(sign)).collect()
}

/// Such a sign, where with the plain ones in their places the line is a right one.
pub(super) fn wide_sign(case: &Case<'_>) -> Option<Diagnosis> {
    let words: Vec<_> = case
        .argv
        .iter()
        .map(|word| String::from_utf8_lossy(word))
        .collect();
    let typed = words.join(" ");
    let sign = typed.chars().find(|sign| plain(*sign).is_some())?;
    let mended = split(in_ascii(&typed).as_bytes()).ok()?;
    let is_mended = |argv: &&[Bytes]| {
        let mut pairs = argv.iter().zip(&mended);
        argv.len() == mended.len() && pairs.all(|(a, b)| a.eq_ignore_ascii_case(b))
    };
    let ascii = plain(sign)?;
    let mut solutions = super::solutions(case).into_iter();
    solutions
        .any(|argv| is_mended(&argv))
        .then_some(Diagnosis::WideSign { sign, ascii })
}
