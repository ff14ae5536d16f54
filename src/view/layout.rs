//! Texts in columns: how wide they are, cutting, wrapping, placing side by side.
//!
//! Widths are those of a terminal: CJK and emoji take two columns, combining marks and colour codes none.

use textwrap::{Options, WordSeparator, WordSplitter};
use unicode_width::UnicodeWidthStr;

use crate::notation::is_invisible;

use super::style::Style;

/// The columns that a text takes.
#[must_use]
pub fn width(text: &str) -> usize {
    if text.contains('\x1b') {
        without_colour(text).width()
    } else {
        text.width()
    }
}

/// The text without colour codes.
#[must_use]
pub fn without_colour(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("\x1b[") {
        plain.push_str(&rest[..at]);
        let code = &rest[at..];
        rest = code.find('m').map_or("", |end| &code[end + 1..]);
    }
    plain + rest
}

/// The longest beginning of an uncoloured text that fits into so many columns.
#[must_use]
pub fn beginning(text: &str, columns: usize) -> &str {
    let mut end = 0;
    for (at, c) in text.char_indices() {
        let next = at + c.len_utf8();
        if text[..next].width() > columns {
            break;
        }
        end = next;
        // Nothing fits any more but marks without width, and those are few.
        if end > columns.saturating_mul(16) {
            break;
        }
    }
    &text[..end]
}

/// An uncoloured text cut to so many columns, with an ellipsis where something is lacking.
#[must_use]
pub fn cut(text: &str, columns: usize, style: &Style) -> String {
    if text.len() <= columns || text.width() <= columns {
        return text.to_owned();
    }
    let ellipsis = style.pick("…", "..");
    let kept = beginning(text, columns.saturating_sub(ellipsis.width()));
    format!("{}{}", kept.trim_end(), beginning(ellipsis, columns))
}

/// A text filled up with spaces behind it.
#[must_use]
pub fn pad(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}

/// A text filled up with spaces before it.
#[must_use]
pub fn pad_left(text: &str, columns: usize) -> String {
    format!("{}{text}", " ".repeat(columns.saturating_sub(width(text))))
}

/// A text in the middle of so many columns; an odd space stands behind it.
#[must_use]
pub fn center(text: &str, columns: usize) -> String {
    let free = columns.saturating_sub(width(text));
    format!(
        "{}{text}{}",
        " ".repeat(free / 2),
        " ".repeat(free - free / 2)
    )
}

/// A lesson's text made harmless: control characters, and such as hide or turn the direction of text, are escaped.
/// Line breaks stay.
#[must_use]
pub fn clean(text: &str) -> String {
    if !text.contains(|c: char| c != '\n' && is_invisible(c)) {
        return text.to_owned();
    }
    let mut clean = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => clean.push('\n'),
            '\t' => clean.push_str("    "),
            '\r' => {}
            c if is_invisible(c) => clean.extend(c.escape_unicode()),
            c => clean.push(c),
        }
    }
    clean
}

/// The same on one line.
#[must_use]
pub fn clean_line(text: &str) -> String {
    clean(text).replace('\n', " ")
}

/// A text wrapped at words, also between Chinese characters, each line behind `indent` spaces. Its own line breaks
/// stay; colour codes must not be in it.
#[must_use]
pub fn wrap(text: &str, style: &Style, indent: usize) -> Vec<String> {
    let margin = " ".repeat(indent);
    wrap_between(text, style, &margin, &margin)
}

/// The same with another beginning of the first line; nothing for an empty text.
#[must_use]
pub fn wrap_between(text: &str, style: &Style, first: &str, others: &str) -> Vec<String> {
    if text.trim().is_empty() {
        return Vec::new();
    }
    let mut lines = Vec::new();
    for paragraph in text.trim_end().split('\n') {
        let first = if lines.is_empty() { first } else { others };
        lines.extend(wrapped(paragraph, style.text_columns(), first, others));
    }
    lines
}

/// One paragraph; its last line does not hold a single Chinese character.
fn wrapped(text: &str, columns: usize, first: &str, others: &str) -> Vec<String> {
    let text = &with_breaks(text);
    let at = |columns| -> Vec<String> {
        let options = Options::new(columns)
            .initial_indent(first)
            .subsequent_indent(others)
            .word_separator(WordSeparator::UnicodeBreakProperties)
            .word_splitter(WordSplitter::NoHyphenation);
        let lines = textwrap::wrap(text, options).into_iter();
        lines
            .map(|line| line.trim_end().replace(BREAK, ""))
            .collect()
    };
    let lines = at(columns);
    if !ends_alone(&lines) {
        return lines;
    }
    let least = columns.saturating_sub(NARROWER).max(width(others) + 8);
    let mut narrower = (least..columns).rev().map(at);
    let better = narrower.find(|other| other.len() == lines.len() && !ends_alone(other));
    better.unwrap_or(lines)
}

/// The sign of no width behind which a line may end.
const BREAK: &str = "\u{200b}";

/// A text whose lines may end between a Chinese sign and a word that begins with a colon: `。:undo`.
fn with_breaks(text: &str) -> String {
    let mut broken = text.to_owned();
    for sign in ["。", "，", "；", "："] {
        broken = broken.replace(&format!("{sign}:"), &format!("{sign}{BREAK}:"));
    }
    broken
}

/// So many columns a paragraph may lose for a fuller last line.
const NARROWER: usize = 8;

/// Whether the last of several lines holds one wide character, perhaps with a sign behind it.
fn ends_alone(lines: &[String]) -> bool {
    let [_, .., last] = lines else { return false };
    let mut letters = last.chars().filter(|c| c.is_alphanumeric());
    letters.next().is_some_and(|c| c.len_utf8() > 2) && letters.next().is_none()
}

/// What stands in a drawing as one block: its lines, of different widths.
pub type Block = Vec<String>;

/// The columns that a block takes.
#[must_use]
pub fn block_width(block: &Block) -> usize {
    block.iter().map(|line| width(line)).max().unwrap_or(0)
}

/// Between blocks that stand side by side.
const GAP: usize = 6;

/// Blocks one after the other, side by side where they fit; rows of several lines are divided by
/// empty ones.
#[must_use]
pub fn beside(blocks: Vec<Block>, columns: usize) -> Block {
    let mut rows: Vec<Vec<Block>> = Vec::new();
    let mut used = 0;
    for block in blocks {
        let wide = block_width(&block);
        match rows.last_mut() {
            Some(row) if used + GAP + wide <= columns => {
                used += GAP + wide;
                row.push(block);
            }
            _ => {
                used = wide;
                rows.push(vec![block]);
            }
        }
    }
    let mut lines = Block::new();
    let mut tall = false;
    for (at, row) in rows.iter().map(|row| joined(row)).enumerate() {
        // Lines that follow each other need no distance.
        if at > 0 && (tall || row.len() > 1) {
            lines.push(String::new());
        }
        tall = row.len() > 1;
        lines.extend(row);
    }
    lines
}

/// One row of blocks.
fn joined(row: &[Block]) -> Block {
    let height = row.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> = row.iter().map(block_width).collect();
    let line = |at: usize| {
        let mut line = String::new();
        for (number, (block, wide)) in row.iter().zip(&widths).enumerate() {
            if number > 0 {
                line.push_str(&" ".repeat(GAP));
            }
            line.push_str(&pad(block.get(at).map_or("", String::as_str), *wide));
        }
        line.trim_end().to_owned()
    };
    (0..height).map(line).collect()
}

/// A block's lines behind so many spaces; empty lines stay empty.
#[must_use]
pub fn indented(block: Block, indent: usize) -> Block {
    let margin = " ".repeat(indent);
    block
        .into_iter()
        .map(|line| {
            if line.is_empty() {
                line
            } else {
                format!("{margin}{line}")
            }
        })
        .collect()
}

/// Lines as text; each ends with a line break.
#[must_use]
pub fn text(lines: &[String]) -> String {
    lines
        .iter()
        .fold(String::new(), |text, line| text + line.trim_end() + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::Glyphs;

    #[test]
    fn cjk_emoji_and_colour_codes_are_measured_as_a_terminal_shows_them() {
        assert_eq!(width("北京"), 4);
        assert_eq!(width("🍜"), 2);
        assert_eq!(width("e\u{301}"), 1);
        assert_eq!(width("\u{1b}[32m+ o1\u{1b}[39m"), 4);
    }

    #[test]
    fn a_cut_text_never_takes_more_columns_than_it_may() {
        let style = Style::default();
        assert_eq!(cut("北京上海", 5, &style), "北京…");
        assert_eq!(cut("北京上海", 8, &style), "北京上海");
        assert_eq!(cut("abcdef", 1, &style), "…");
        let ascii = Style {
            glyphs: Glyphs::Ascii,
            ..style
        };
        assert_eq!(cut("abcdef", 4, &ascii), "ab..");
        for columns in 0..12 {
            assert!(width(&cut("a北🍜京b上海c", columns, &style)) <= columns);
        }
    }

    #[test]
    fn chinese_is_wrapped_between_characters() {
        let style = Style {
            width: 20,
            ..Style::default()
        };
        let lines = wrap(
            "面馆里，新订单从队伍的一端排进来，厨师从另一端取走去做。",
            &style,
            2,
        );
        assert!(
            lines.len() > 2 && lines.iter().all(|line| width(line) <= 20),
            "{lines:#?}"
        );
        assert!(
            lines
                .iter()
                .all(|line| !line.trim_start().starts_with(['，', '。'])),
            "{lines:#?}"
        );
    }

    #[test]
    fn no_chinese_character_stands_alone_on_the_last_line() {
        let sentence = "面馆里的新订单从队伍的一端排进来厨师从另一端取走去做。";
        for width in 20..50 {
            let style = Style {
                width,
                ..Style::default()
            };
            for end in (12..sentence.len()).filter(|end| sentence.is_char_boundary(*end)) {
                let text = format!("{}。\nlist", &sentence[..end].trim_end_matches('。'));
                let lines = wrap(&text, &style, 2);
                let (list, lines) = lines.split_last().expect("there are lines");
                assert_eq!(list, "  list");
                assert!(!ends_alone(lines), "{width}: {lines:#?}");
                assert_eq!(lines.concat().replace(' ', "") + "\nlist", text);
            }
        }
    }

    #[test]
    fn texts_cannot_command_the_terminal() {
        assert_eq!(
            clean("a\u{1b}[2Jb\u{202e}c\u{200b}\n"),
            "a\\u{1b}[2Jb\\u{202e}c\\u{200b}\n"
        );
    }

    #[test]
    fn blocks_stand_side_by_side_where_they_fit() {
        let block = |text: &str| vec![text.to_owned(), text.to_owned()];
        assert_eq!(
            beside(vec![block("ab"), block("c")], 9),
            ["ab      c", "ab      c"]
        );
        assert_eq!(
            beside(vec![block("ab"), block("c")], 8),
            ["ab", "ab", "", "c", "c"]
        );
    }
}
