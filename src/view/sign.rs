//! Signs that are none of Redis', in words.

use crate::text::Words;

use super::{
    cell::{as_typed, in_sentence},
    style::Style,
};

/// A sign that became a part of a word.
#[must_use]
pub fn punctuation(typed: &[u8], sign: char, style: &Style, words: &Words) -> String {
    let ends = String::from_utf8_lossy(typed).ends_with(sign);
    let id = match sign {
        '.' | '。' | '!' | '！' | '?' | '？' if ends => "punctuation-at-the-end",
        _ => "punctuation",
    };
    let typed = as_typed(in_sentence(typed, style));
    words.with(
        id,
        &[("typed", typed.into()), ("sign", sign.to_string().into())],
    )
}

/// A sign that is not the plain one.
#[must_use]
pub fn wide(sign: char, ascii: char, words: &Words) -> String {
    if sign == '\u{3000}' {
        return words.say("wide-space");
    }
    let (wide, sign) = (sign, ("sign", sign.to_string().into()));
    if ascii == ' ' {
        return words.with("wide-sign-space", &[sign]);
    }
    // The forms of ASCII that are as wide as a Chinese character.
    let id = match ascii {
        _ if ('！'..='～').contains(&wide) => "wide-sign-full",
        _ => "wide-sign",
    };
    words.with(id, &[sign, ("ascii", ascii.to_string().into())])
}
