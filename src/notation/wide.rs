//! Signs that look like ASCII and are not: full-width ones, as Chinese keyboards type them, and curved quotes.

/// The ASCII sign that one is typed for; a space where it divides words.
pub(super) fn ascii_of(sign: char) -> Option<char> {
    /// So far behind ASCII the full-width signs stand, in its order.
    const FULL_WIDTH: u32 = 0xfee0;
    match sign {
        '，' | '、' | '；' | '\u{3000}' => Some(' '),
        '。' => Some('.'),
        '“' | '”' | '„' | '«' | '»' | '「' | '」' | '『' | '』' => Some('"'),
        '‘' | '’' => Some('\''),
        '【' => Some('['),
        '】' => Some(']'),
        '—' | '–' | '\u{2212}' => Some('-'),
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(sign) - FULL_WIDTH),
        _ => None,
    }
}

/// A text with ASCII signs in the places of those that look like them.
#[must_use]
pub fn in_ascii(text: &str) -> String {
    let signs = text.chars();
    signs.map(|sign| ascii_of(sign).unwrap_or(sign)).collect()
}

/// A text with spaces in the places of such signs, but for letters and digits.
#[must_use]
pub fn wide_as_spaces(text: &str) -> String {
    let signs = text.chars();
    let divides = |sign: &char| ascii_of(*sign).is_some_and(|ascii| !ascii.is_ascii_alphanumeric());
    let spaced = signs.map(|sign| if divides(&sign) { ' ' } else { sign });
    spaced.collect()
}

/// The first such sign of a text, and the ASCII one.
#[must_use]
pub fn first_wide(text: &str) -> Option<(char, char)> {
    text.chars().find_map(|sign| Some((sign, ascii_of(sign)?)))
}
