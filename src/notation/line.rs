//! A line as redis-cli reads it: words divided by space, `"…"` with escapes, `'…'` almost without.

use std::fmt;

use crate::engine::Bytes;

use super::wide::ascii_of;

/// Why a line is no list of arguments; columns are characters from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineError {
    /// A quote was opened at `at` and never closed.
    Unclosed {
        /// `"` or `'`.
        quote: char,
        /// Where it was opened.
        at: usize,
    },
    /// The same inside a word, where a value begins with no quote.
    Within {
        /// `"` or `'`.
        quote: char,
        /// Where it stands.
        at: usize,
    },
    /// The same with a quote of the other kind at the line's end.
    Mixed {
        /// `"` or `'`.
        quote: char,
        /// Where it was opened.
        at: usize,
    },
    /// The same at the end of a value that begins with a quote of Chinese or of printing.
    Begun {
        /// `"` or `'`.
        quote: char,
        /// Where the value begins.
        at: usize,
    },
    /// A sign stands behind a closing quote, where only a space may.
    Sign {
        /// The sign.
        sign: char,
        /// Where it stands.
        at: usize,
    },
    /// A closing quote must be followed by a space.
    Glued {
        /// `"` or `'`.
        quote: char,
        /// Where it was closed.
        at: usize,
    },
}

impl LineError {
    /// The quote that nothing closes.
    #[must_use]
    pub fn unclosed(&self) -> Option<char> {
        match self {
            LineError::Unclosed { quote, .. }
            | LineError::Within { quote, .. }
            | LineError::Mixed { quote, .. }
            | LineError::Begun { quote, .. } => Some(*quote),
            LineError::Sign { .. } | LineError::Glued { .. } => None,
        }
    }

    /// The same, its place counted in characters of the line and no longer in bytes.
    fn in_characters(mut self, line: &[u8]) -> LineError {
        let (LineError::Unclosed { at, .. }
        | LineError::Within { at, .. }
        | LineError::Mixed { at, .. }
        | LineError::Begun { at, .. }
        | LineError::Sign { at, .. }
        | LineError::Glued { at, .. }) = &mut self;
        *at = String::from_utf8_lossy(&line[..*at]).chars().count();
        self
    }
}

impl fmt::Display for LineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LineError::Unclosed { quote, at }
            | LineError::Within { quote, at }
            | LineError::Mixed { quote, at } => write!(
                f,
                "the quote {quote} opened at column {} is not closed",
                at + 1
            ),
            LineError::Begun { quote, at } => write!(
                f,
                "the value at column {} ends with {quote} and begins with another quote",
                at + 1
            ),
            LineError::Sign { sign, at } => write!(
                f,
                "behind a closing quote stands {sign} at column {}, where only a space may",
                at + 1
            ),
            LineError::Glued { quote, at } => {
                write!(
                    f,
                    "the quote {quote} closed at column {} must be followed by a space",
                    at + 1
                )
            }
        }
    }
}

/// Splits a line into arguments. Redis: `sdssplitargs`.
pub fn split(line: &[u8]) -> Result<Vec<Bytes>, LineError> {
    let mut words = Vec::new();
    let mut at = 0;
    loop {
        while line.get(at).is_some_and(|byte| is_space(*byte)) {
            at += 1;
        }
        if at >= line.len() {
            return Ok(words);
        }
        let (word, end) = read_word(line, at).map_err(|error| error.in_characters(line))?;
        words.push(Bytes::from(word));
        at = end;
    }
}

/// Redis divides words at these bytes, and at NUL, which ends a C string.
fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c | 0)
}

/// Reads one word from `at`; also gives the place behind it.
fn read_word(line: &[u8], mut at: usize) -> Result<(Vec<u8>, usize), LineError> {
    let mut word = Vec::new();
    let begin = at;
    while let Some(byte) = line.get(at).copied() {
        match byte {
            b'"' | b'\'' => {
                at = read_quoted(line, at, &mut word).map_err(|error| match error {
                    LineError::Unclosed { quote, at } | LineError::Mixed { quote, at }
                        if at > begin =>
                    {
                        match begun_with_another(line, at) {
                            Some(at) => LineError::Begun { quote, at },
                            None => LineError::Within { quote, at },
                        }
                    }
                    error => error,
                })?;
                if let Some(next) = line.get(at).filter(|next| !is_space(**next)) {
                    let (quote, sign) = (char::from(byte), char::from(*next));
                    return Err(if b",;.)]}".contains(next) {
                        LineError::Sign { sign, at }
                    } else {
                        LineError::Glued { quote, at: at - 1 }
                    });
                }
                return Ok((word, at));
            }
            _ if is_space(byte) => break,
            _ => {
                word.push(byte);
                at += 1;
            }
        }
    }
    Ok((word, at))
}

/// Reads from an opening quote to behind the closing one.
fn read_quoted(line: &[u8], open: usize, word: &mut Vec<u8>) -> Result<usize, LineError> {
    let quote = line[open];
    let mut at = open + 1;
    loop {
        match (line.get(at).copied(), line.get(at + 1).copied()) {
            (None, _) => {
                let other = if quote == b'"' { '\'' } else { '"' };
                let rest = String::from_utf8_lossy(&line[open + 1..]).into_owned();
                let ends_so = rest.split(' ').any(|word| word.ends_with(is_printed_quote))
                    || rest.trim_end().ends_with(other);
                let (quote, at) = (char::from(quote), open);
                return Err(if ends_so {
                    LineError::Mixed { quote, at }
                } else {
                    LineError::Unclosed { quote, at }
                });
            }
            (Some(byte), _) if byte == quote => return Ok(at + 1),
            (Some(b'\\'), Some(b'\'')) if quote == b'\'' => {
                word.push(b'\'');
                at += 2;
            }
            (Some(b'\\'), Some(b'x')) if quote == b'"' && hexadecimal(line, at + 2).is_some() => {
                word.extend(hexadecimal(line, at + 2));
                at += 4;
            }
            (Some(b'\\'), Some(escaped)) if quote == b'"' => {
                word.push(match escaped {
                    b'n' => b'\n',
                    b'r' => b'\r',
                    b't' => b'\t',
                    b'b' => 0x08,
                    b'a' => 0x07,
                    other => other,
                });
                at += 2;
            }
            (Some(byte), _) => {
                word.push(byte);
                at += 1;
            }
        }
    }
}

/// Whether a sign is a quote, but none that Redis knows.
fn is_printed_quote(sign: char) -> bool {
    matches!(ascii_of(sign), Some('"' | '\''))
}

/// Where the value begins that ends with the quote at a place of the line, if it begins with such a quote.
fn begun_with_another(line: &[u8], end: usize) -> Option<usize> {
    let is_end = line.get(end + 1).is_none_or(|byte| is_space(*byte));
    let before = std::str::from_utf8(&line[..end]).ok().filter(|_| is_end)?;
    let printed = |(_, sign): &(usize, char)| is_printed_quote(*sign);
    let (at, sign) = before.char_indices().rfind(printed)?;
    let is_first = before[..at].bytes().next_back().is_none_or(is_space);
    let is_alike = ascii_of(sign) == Some(char::from(line[end]));
    (is_first && is_alike).then_some(at)
}

/// The byte that two hexadecimal digits at `at` stand for.
fn hexadecimal(line: &[u8], at: usize) -> Option<u8> {
    let digits = std::str::from_utf8(line.get(at..at + 2)?).ok()?;
    if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    u8::from_str_radix(digits, 16).ok()
}

/// An argument as one would type it: bare where that is possible, else quoted.
#[must_use]
pub fn quote(word: &[u8]) -> String {
    let bare = |c: char| !c.is_control() && !c.is_whitespace() && c != '"' && c != '\'';
    match std::str::from_utf8(word) {
        Ok(text) if !text.is_empty() && text.chars().all(bare) => text.to_owned(),
        _ => super::quoted(word, super::Escape::Text),
    }
}

/// Arguments as a line that [`split`] reads back to the same arguments.
#[must_use]
pub fn join(argv: &[Bytes]) -> String {
    argv.iter()
        .map(|word| quote(word))
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(line: &str) -> Vec<String> {
        split(line.as_bytes())
            .unwrap()
            .iter()
            .map(|word| String::from_utf8_lossy(word).into_owned())
            .collect()
    }

    #[test]
    fn quotes_and_escapes_are_read_as_redis_cli_reads_them() {
        assert_eq!(words(r#"SET  k "a b""#), ["SET", "k", "a b"]);
        assert_eq!(words(r#"SET k "\x41\n\q""#), ["SET", "k", "A\nq"]);
        assert_eq!(words(r"SET k 'it\'s \n'"), ["SET", "k", r"it's \n"]);
        assert_eq!(words("SET k \"\""), ["SET", "k", ""]);
        assert_eq!(words("  "), Vec::<String>::new());
    }

    #[test]
    fn an_unclosed_quote_is_named_with_its_place() {
        use LineError::{Begun, Glued, Mixed, Sign, Unclosed, Within};
        let (quote, other) = ('"', '\'');
        for (line, error) in [
            ("SET k \"ab", Unclosed { quote, at: 6 }),
            (
                "SET 'k'v",
                Glued {
                    quote: other,
                    at: 6,
                },
            ),
            ("SET k good morning\"", Within { quote, at: 18 }),
            (
                "LREM l 2 A's",
                Within {
                    quote: other,
                    at: 10,
                },
            ),
            (
                "SET k it's \"fine\"",
                Within {
                    quote: other,
                    at: 8,
                },
            ),
            (
                "SET k 'ab\"",
                Mixed {
                    quote: other,
                    at: 6,
                },
            ),
            ("SET k \"a b”", Mixed { quote, at: 6 }),
            ("SET k \"” EX 30", Mixed { quote, at: 6 }),
            ("SET k “a b\"", Begun { quote, at: 6 }),
            (
                "SET k “it's fine”",
                Within {
                    quote: other,
                    at: 9,
                },
            ),
            (
                "SET “k” it's",
                Within {
                    quote: other,
                    at: 10,
                },
            ),
            (
                "SET k ‘it's",
                Within {
                    quote: other,
                    at: 9,
                },
            ),
            ("SET a\t“b c\"", Begun { quote, at: 6 }),
            ("SET k \"ab\";", Sign { sign: ';', at: 10 }),
            // Characters are counted, not bytes.
            (
                "SET 键 'a",
                Unclosed {
                    quote: other,
                    at: 6,
                },
            ),
        ] {
            assert_eq!(split(line.as_bytes()), Err(error), "{line}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_survive_quoting(words in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..12), 0..5)) {
            let argv: Vec<Bytes> = words.into_iter().map(Bytes::from).collect();
            prop_assert_eq!(split(join(&argv).as_bytes()).unwrap(), argv);
        }

        #[test]
        fn no_line_panics(line in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = split(&line);
        }
    }
}
