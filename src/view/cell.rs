//! A value as it stands in a drawing or in a sentence: harmless to print, and never longer than its room.

use crate::notation::{Escape, quoted};
use crate::text::Words;

use super::{
    layout::{cut, width},
    style::Style,
};

/// A value in at most so many columns: bare when it is plain text, else quoted as redis-cli quotes it.
#[must_use]
pub fn cell(bytes: &[u8], columns: usize, style: &Style) -> String {
    let seen = head(bytes, columns.saturating_mul(4) + 8);
    let shown = bare(seen, style.escape);
    if seen.len() < bytes.len() {
        // The end is out of sight: the sign for that must stand even when what is seen would fit.
        return cut(
            &format!("{shown}{}", " ".repeat(columns + 1)),
            columns,
            style,
        );
    }
    cut(&shown, columns, style)
}

/// A value's beginning and end with the number of bytes between them, in about so many columns.
#[must_use]
pub fn ends(bytes: &[u8], columns: usize, more: impl Fn(usize) -> String, style: &Style) -> String {
    if bytes.len() <= columns * 4 {
        let whole = bare(bytes, style.escape);
        if width(&whole) <= columns {
            return whole;
        }
    }
    let room = columns.saturating_sub(width(&more(bytes.len())) + 2) / 2;
    let first = fitting(room, |most| head(bytes, most), style);
    let last = fitting(room, |most| tail(bytes, most), style);
    let between = bytes.len().saturating_sub(first.len() + last.len());
    format!(
        "{} {} {}",
        inner(first, style.escape),
        more(between),
        inner(last, style.escape)
    )
}

/// As many bytes of an end as take no more than so many columns when they are escaped.
fn fitting<'a>(columns: usize, end: impl Fn(usize) -> &'a [u8], style: &Style) -> &'a [u8] {
    let mut most = columns * 2;
    while most > 0 && width(&inner(end(most), style.escape)) > columns {
        most -= 1;
    }
    end(most)
}

/// A value in a sentence.
#[must_use]
pub fn in_sentence(bytes: &[u8], style: &Style) -> String {
    apart(bytes, 40, style)
}

/// A text that was typed, in a sentence about it: Chinese words and signs in quotes, for in a Chinese sentence they would
/// read as a part of it.
#[must_use]
pub fn as_typed(shown: String) -> String {
    let is_chinese = |sign: char| matches!(sign, '\u{4e00}'..='\u{9fff}' | '\u{3001}'..='\u{303f}' | '\u{ff01}'..='\u{ffee}');
    if shown.contains(is_chinese) && !shown.starts_with('"') {
        format!("“{shown}”")
    } else {
        shown
    }
}

/// A value beside others: in quotes where it has a space in it, that it does not read as two.
#[must_use]
pub fn apart(bytes: &[u8], columns: usize, style: &Style) -> String {
    let shown = cell(bytes, columns, style);
    if shown.contains(' ') && !shown.starts_with('"') {
        format!("\"{shown}\"")
    } else {
        shown
    }
}

/// Several values in a sentence: `a, b, c`, and how many more there are.
#[must_use]
pub fn listed(items: &[impl AsRef<[u8]>], style: &Style, words: &Words) -> String {
    let shown = |item: &[u8]| as_typed(in_sentence(item, style));
    joined(items.iter().map(|item| shown(item.as_ref())), style, words)
}

/// The same of values as they are to be shown.
#[must_use]
pub fn joined(mut shown: impl Iterator<Item = String>, style: &Style, words: &Words) -> String {
    const MOST: usize = 6;
    let mut first: Vec<String> = shown.by_ref().take(MOST).collect();
    if shown.next().is_some() {
        first.push(style.pick("…", "...").to_owned());
    }
    first.join(&words.say("and-comma"))
}

/// Bare when nothing in it needs an escape or would not be seen, else in quotes.
fn bare(bytes: &[u8], escape: Escape) -> String {
    let quoted = quoted(bytes, escape);
    let inner = &quoted[1..quoted.len() - 1];
    let seen = !bytes.is_empty() && inner.as_bytes() == bytes && inner.trim() == inner;
    if seen { inner.to_owned() } else { quoted }
}

fn inner(bytes: &[u8], escape: Escape) -> String {
    let quoted = quoted(bytes, escape);
    quoted[1..quoted.len() - 1].to_owned()
}

/// The first bytes, not ending inside a character.
fn head(bytes: &[u8], most: usize) -> &[u8] {
    let mut end = bytes.len().min(most);
    while end < bytes.len() && end > 0 && is_continuation(bytes[end]) && most - end < 3 {
        end -= 1;
    }
    &bytes[..end]
}

/// The last bytes, not beginning inside a character.
fn tail(bytes: &[u8], most: usize) -> &[u8] {
    let mut start = bytes.len() - bytes.len().min(most);
    let first = start;
    while start < bytes.len() && start - first < 3 && is_continuation(bytes[start]) {
        start += 1;
    }
    &bytes[start..]
}

fn is_continuation(byte: u8) -> bool {
    byte & 0xc0 == 0x80
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_values_are_bare_and_others_are_quoted() {
        let style = Style::default();
        for (value, shown) in [
            (&b"o1"[..], "o1"),
            ("北京".as_bytes(), "北京"),
            (b"two words", "two words"),
            (b"", "\"\""),
            (b" x", "\" x\""),
            (b"a\x1b[2J", "\"a\\x1b[2J\""),
            ("a\u{202e}b".as_bytes(), "\"a\\xe2\\x80\\xaeb\""),
            (b"say \"hi\"", "\"say \\\"hi\\\"\""),
        ] {
            assert_eq!(cell(value, 40, &style), shown);
        }
    }

    #[test]
    fn a_long_value_is_cut_at_a_cost_that_does_not_grow_with_it() {
        let style = Style::default();
        let long = "北".repeat(1_000_000);
        assert_eq!(cell(long.as_bytes(), 9, &style), "北北北北…");
        let shown = ends(long.as_bytes(), 40, |n| format!("… {n} more …"), &style);
        assert!(
            width(&shown) <= 40 && shown.starts_with("北北") && shown.ends_with('北'),
            "{shown}"
        );
    }
}
