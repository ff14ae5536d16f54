//! Text to replies: the one-line notation of lesson files and the transcripts that redis-cli prints.

use std::fmt;

use super::{Literal, line};

/// Where and why a text is no reply; the column is a byte from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseError {
    /// The place.
    pub at: usize,
    /// What was expected there.
    pub expected: &'static str,
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected {} at column {}", self.expected, self.at + 1)
    }
}

/// How deep arrays may nest: deeper than any reply, shallow enough for any stack.
const DEEPEST: usize = 32;

/// Reads a reply in either notation: on one line, or as redis-cli prints it over several.
pub fn transcript(text: &str) -> Result<Literal, ParseError> {
    let text = text.trim_end();
    if !is_numbered(text) {
        return one_line(text);
    }
    let lines: Vec<&str> = text.lines().collect();
    let mut at = 0;
    let reply = read_array(&lines, &mut at, 0, 0)?;
    if at < lines.len() {
        Err(ParseError {
            at: 0,
            expected: "no further lines",
        })
    } else {
        Ok(reply)
    }
}

/// Whether a text starts with an element's number, `1) `.
fn is_numbered(text: &str) -> bool {
    let text = text.trim_start();
    text.split_once(") ")
        .is_some_and(|(number, _)| number == "1")
}

/// Reads the numbered elements whose numbers start at column `indent`, from line `at` on.
fn read_array(
    lines: &[&str],
    at: &mut usize,
    indent: usize,
    depth: usize,
) -> Result<Literal, ParseError> {
    if depth > DEEPEST {
        return Err(ParseError {
            at: indent,
            expected: "less deeply nested arrays",
        });
    }
    let mut items = Vec::new();
    while let Some(line) = lines.get(*at) {
        let first = items.is_empty();
        let blank = line.len() - line.trim_start().len();
        // Behind the first element of an outer array the line holds the outer numbers too.
        if !first && blank < indent {
            break;
        }
        let Some(rest) = line.get(indent..) else {
            break;
        };
        let Some((number, _)) = rest.split_once(") ") else {
            break;
        };
        if number.trim_start().parse::<usize>() != Ok(items.len() + 1) {
            break;
        }
        let inner = indent + number.len() + 2;
        let value = &line[inner..];
        if is_numbered(value) {
            items.push(read_array(lines, at, inner, depth + 1)?);
        } else {
            items.push(one_line(value).map_err(|error| ParseError {
                at: error.at + inner,
                ..error
            })?);
            *at += 1;
        }
    }
    if items.is_empty() {
        return Err(ParseError {
            at: indent,
            expected: "an element such as 1) \"a\"",
        });
    }
    Ok(Literal::Array(items))
}

/// Reads a reply on one line: `OK`, `(integer) 3`, `"x"`, `(nil)`, `["a", (nil)]`, `(empty array)`, `(error) ERR …`.
pub fn one_line(text: &str) -> Result<Literal, ParseError> {
    let mut reader = Reader { text, at: 0 };
    reader.skip_space();
    if let Some(message) = reader.rest().strip_prefix("(error) ") {
        return Ok(Literal::Error(message.to_owned()));
    }
    let reply = reader.value(0)?;
    reader.skip_space();
    if reader.rest().is_empty() {
        return Ok(reply);
    }
    // A status may have several words (`Background saving started`); anything else must end here.
    match reply {
        Literal::Status(_) if !text.contains(['"', '[', '(']) => {
            Ok(Literal::Status(text.trim().to_owned()))
        }
        _ => Err(reader.expected("nothing more")),
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn expected(&self, expected: &'static str) -> ParseError {
        ParseError {
            at: self.at,
            expected,
        }
    }

    fn skip_space(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    fn eat(&mut self, token: &str) -> bool {
        let found = self.rest().starts_with(token);
        if found {
            self.at += token.len();
        }
        found
    }

    fn value(&mut self, depth: usize) -> Result<Literal, ParseError> {
        if depth > DEEPEST {
            return Err(self.expected("less deeply nested arrays"));
        }
        if self.eat("(nil)") {
            return Ok(Literal::Nil);
        }
        if self.eat("(empty array)") || self.eat("(empty list or set)") {
            return Ok(Literal::Array(Vec::new()));
        }
        if self.eat("(integer)") {
            self.skip_space();
            return self.integer();
        }
        if self.eat("(error) ") {
            let end = self.rest().find([',', ']']).unwrap_or(self.rest().len());
            let message = self.rest()[..end].to_owned();
            self.at += end;
            return Ok(Literal::Error(message));
        }
        match self.rest().chars().next() {
            Some('[') => self.array(depth),
            Some('"') => self.bulk(),
            Some(c) if c.is_ascii_alphabetic() => Ok(self.status()),
            _ => {
                Err(self
                    .expected("a reply such as OK, (integer) 3, \"text\", (nil) or [\"a\", \"b\"]"))
            }
        }
    }

    fn integer(&mut self) -> Result<Literal, ParseError> {
        let end = self
            .rest()
            .find(|c: char| c != '-' && !c.is_ascii_digit())
            .unwrap_or(self.rest().len());
        let number = self.rest()[..end]
            .parse()
            .map_err(|_| self.expected("a whole number"))?;
        self.at += end;
        Ok(Literal::Int(number))
    }

    fn array(&mut self, depth: usize) -> Result<Literal, ParseError> {
        self.at += 1;
        let mut items = Vec::new();
        loop {
            self.skip_space();
            if items.is_empty() && self.eat("]") {
                return Ok(Literal::Array(items));
            }
            items.push(self.value(depth + 1)?);
            self.skip_space();
            if self.eat("]") {
                return Ok(Literal::Array(items));
            }
            if !self.eat(",") {
                return Err(self.expected("a comma or ]"));
            }
        }
    }

    /// A quoted byte string; its escapes are those of a command line.
    fn bulk(&mut self) -> Result<Literal, ParseError> {
        let bytes = self.rest().as_bytes();
        let mut end = 1;
        while bytes.get(end).is_some_and(|byte| *byte != b'"') {
            end += if bytes[end] == b'\\' { 2 } else { 1 };
        }
        let token = self
            .rest()
            .get(..=end)
            .ok_or_else(|| self.expected("a closing quote"))?;
        let word = line::split(token.as_bytes()).map_err(|_| self.expected("a quoted text"))?;
        self.at += token.len();
        Ok(Literal::Bulk(word.into_iter().next().unwrap_or_default()))
    }

    fn status(&mut self) -> Literal {
        let end = self
            .rest()
            .find([',', ']', ' '])
            .unwrap_or(self.rest().len());
        let word = self.rest()[..end].to_owned();
        self.at += end;
        Literal::Status(word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notation::{Escape, to_one_line, to_text};
    use proptest::prelude::*;

    fn literal() -> impl Strategy<Value = Literal> {
        let leaf = prop_oneof![
            Just(Literal::Nil),
            Just(Literal::Status("OK".to_owned())),
            any::<i64>().prop_map(Literal::Int),
            prop::collection::vec(any::<u8>(), 0..8).prop_map(|bytes| Literal::Bulk(bytes.into())),
        ];
        leaf.prop_recursive(3, 30, 12, |inner| {
            prop::collection::vec(inner, 0..12).prop_map(Literal::Array)
        })
    }

    proptest! {
        #[test]
        fn what_is_printed_is_read_back(reply in literal()) {
            for escape in [Escape::Text, Escape::Bytes] {
                prop_assert_eq!(one_line(&to_one_line(&reply, escape)).unwrap(), reply.clone());
                prop_assert_eq!(transcript(&to_text(&reply, escape)).unwrap(), reply.clone());
            }
        }

        #[test]
        fn no_text_panics(text in "\\PC{0,60}") {
            let _ = transcript(&text);
        }

        #[test]
        fn no_near_miss_panics(text in "[ 1)(\\[\\],\"a\n-]{0,40}") {
            let _ = transcript(&text);
        }
    }

    #[test]
    fn errors_and_statuses_are_read() {
        assert_eq!(
            one_line("(error) ERR syntax error"),
            Ok(Literal::Error("ERR syntax error".to_owned()))
        );
        assert_eq!(one_line("PONG"), Ok(Literal::Status("PONG".to_owned())));
        assert!(one_line("[\"a\"").is_err() && one_line("").is_err() && one_line("\"a").is_err());
        assert!(one_line(&"[".repeat(100_000)).is_err());
    }
}
