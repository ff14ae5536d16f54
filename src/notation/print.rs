//! Replies as text: the way redis-cli prints them, and on one line.

use std::fmt::Write;

use super::Literal;

/// How bytes that are no ASCII are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Escape {
    /// Valid UTF-8 is shown as text (`"北京"`), everything else as escapes.
    #[default]
    Text,
    /// As redis-cli does: every byte outside printable ASCII is an escape.
    Bytes,
}

/// A byte string in double quotes with redis-cli's escapes.
#[must_use]
pub fn quoted(bytes: &[u8], escape: Escape) -> String {
    let mut text = String::with_capacity(bytes.len() + 2);
    text.push('"');
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            push_char(&mut text, c, escape);
        }
        for byte in chunk.invalid() {
            push_byte(&mut text, *byte);
        }
    }
    text.push('"');
    text
}

fn push_char(text: &mut String, c: char, escape: Escape) {
    if c.is_ascii() || is_invisible(c) || escape == Escape::Bytes {
        let mut buffer = [0; 4];
        c.encode_utf8(&mut buffer)
            .bytes()
            .for_each(|byte| push_byte(text, byte));
    } else {
        text.push(c);
    }
}

/// Whether a character commands the terminal, turns the direction of text or hides: such are escapes even in text.
#[must_use]
pub fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

fn push_byte(text: &mut String, byte: u8) {
    match byte {
        b'\\' | b'"' => {
            text.push('\\');
            text.push(char::from(byte));
        }
        b'\n' => text.push_str("\\n"),
        b'\r' => text.push_str("\\r"),
        b'\t' => text.push_str("\\t"),
        0x07 => text.push_str("\\a"),
        0x08 => text.push_str("\\b"),
        0x20..=0x7e => text.push(char::from(byte)),
        _ => write!(text, "\\x{byte:02x}").expect("a string takes any text"),
    }
}

/// A reply as an interactive redis-cli prints it, without the last line break.
#[must_use]
pub fn to_text(reply: &Literal, escape: Escape) -> String {
    let mut text = String::new();
    print(&mut text, reply, escape, 0);
    text
}

/// Prints a reply whose first line starts at column `indent`. Replies nest as deep as commands make them: a few levels.
fn print(text: &mut String, reply: &Literal, escape: Escape, indent: usize) {
    let Literal::Array(items) = reply else {
        text.push_str(&scalar(reply, escape));
        return;
    };
    if items.is_empty() {
        text.push_str("(empty array)");
    }
    let digits = items.len().to_string().len();
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            let _ = write!(text, "\n{:indent$}", "");
        }
        let _ = write!(text, "{:>digits$}) ", at + 1);
        print(text, item, escape, indent + digits + 2);
    }
}

/// A reply on one line: `["a", (nil)]`.
#[must_use]
pub fn to_one_line(reply: &Literal, escape: Escape) -> String {
    match reply {
        Literal::Array(items) if items.is_empty() => "(empty array)".to_owned(),
        Literal::Array(items) => {
            let items: Vec<_> = items.iter().map(|item| to_one_line(item, escape)).collect();
            format!("[{}]", items.join(", "))
        }
        scalar_reply => scalar(scalar_reply, escape),
    }
}

fn scalar(reply: &Literal, escape: Escape) -> String {
    match reply {
        Literal::Status(text) => text.clone(),
        Literal::Error(text) => format!("(error) {text}"),
        Literal::Int(number) => format!("(integer) {number}"),
        Literal::Bulk(bytes) => quoted(bytes, escape),
        Literal::Nil => "(nil)".to_owned(),
        Literal::Array(_) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Bytes;

    fn bulk(text: &str) -> Literal {
        Literal::Bulk(Bytes::from(text.as_bytes()))
    }

    #[test]
    fn arrays_are_numbered_and_nested_as_redis_cli_does() {
        let inner = Literal::Array(vec![bulk("a"), bulk("b")]);
        let reply = Literal::Array(vec![Literal::Int(1), inner, Literal::Nil]);
        assert_eq!(
            to_text(&reply, Escape::Bytes),
            "1) (integer) 1\n2) 1) \"a\"\n   2) \"b\"\n3) (nil)"
        );
        assert_eq!(
            to_one_line(&reply, Escape::Bytes),
            "[(integer) 1, [\"a\", \"b\"], (nil)]"
        );
    }

    #[test]
    fn text_is_shown_and_bytes_are_escaped() {
        assert_eq!(quoted("北京\n".as_bytes(), Escape::Text), "\"北京\\n\"");
        assert_eq!(
            quoted("北".as_bytes(), Escape::Bytes),
            "\"\\xe5\\x8c\\x97\""
        );
        assert_eq!(quoted(b"\xff\0\"", Escape::Text), "\"\\xff\\x00\\\"\"");
    }
}
