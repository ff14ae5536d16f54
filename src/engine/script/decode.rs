//! `cjson.decode`: JSON as Lua values, with the choices and the errors of the library that Redis 7.0 has (cjson 2.1).

use mlua::{Error, Lua, MultiValue, Result, Table, Value};

use super::call::{Call, Meter, at_caller};
use crate::engine::number;

/// How deep texts may nest.
const DEPTH: usize = 1000;

/// `cjson.decode`.
pub(super) fn decode(lua: &Lua, args: MultiValue, meter: &Meter) -> Result<Value> {
    let call = Call::new(lua, "decode", args);
    if call.len() != 1 {
        return Err(call.wrong(0, "expected 1 argument"));
    }
    let text = call.string(0)?;
    let text = text.as_bytes();
    meter.charge(text.len() as u64)?;
    let mut reader = Reader {
        lua,
        text: &text,
        at: 0,
    };
    let value = reader.all()?;
    match reader.token() {
        (Token::End, _) => Ok(value),
        found => Err(reader.expected("the end", found)),
    }
}

enum Token {
    ObjectBegin,
    ObjectEnd,
    ArrayBegin,
    ArrayEnd,
    Comma,
    Colon,
    String(Vec<u8>),
    Number(f64),
    Boolean(bool),
    Null,
    End,
    Wrong(&'static str),
}

impl Token {
    fn name(&self) -> &'static str {
        match self {
            Token::ObjectBegin => "T_OBJ_BEGIN",
            Token::ObjectEnd => "T_OBJ_END",
            Token::ArrayBegin => "T_ARR_BEGIN",
            Token::ArrayEnd => "T_ARR_END",
            Token::Comma => "T_COMMA",
            Token::Colon => "T_COLON",
            Token::String(_) => "T_STRING",
            Token::Number(_) => "T_NUMBER",
            Token::Boolean(_) => "T_BOOLEAN",
            Token::Null => "T_NULL",
            Token::End => "T_END",
            Token::Wrong(what) => what,
        }
    }
}

/// A token and where it begins.
type Placed = (Token, usize);

/// A table that is being read: with how many elements, or under which key.
enum Reading {
    Array(Table, i64),
    Object(Table, Vec<u8>),
}

struct Reader<'a> {
    lua: &'a Lua,
    text: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    /// Reads a value with all that is in it. No function calls itself: the stack would not do for all depths.
    fn all(&mut self) -> Result<Value> {
        let mut open: Vec<Reading> = Vec::new();
        let mut token = self.token();
        loop {
            let begun = match token.0 {
                Token::ObjectBegin => Some(true),
                Token::ArrayBegin => Some(false),
                _ => None,
            };
            let mut value = if let Some(is_object) = begun {
                let table = self.begin(open.len() + 1)?;
                token = self.token();
                match (&token.0, is_object) {
                    (Token::ObjectEnd, true) | (Token::ArrayEnd, false) => Value::Table(table),
                    (_, true) => {
                        open.push(Reading::Object(table, self.key(token)?));
                        token = self.token();
                        continue;
                    }
                    (_, false) => {
                        open.push(Reading::Array(table, 0));
                        continue;
                    }
                }
            } else {
                self.scalar(token)?
            };
            // The value is complete, and perhaps what it is in.
            loop {
                let Some(innermost) = open.last_mut() else {
                    return Ok(value);
                };
                if let Some(next) = self.put(innermost, value)? {
                    token = next;
                    break;
                }
                value = match open.pop() {
                    Some(Reading::Array(table, _) | Reading::Object(table, _)) => {
                        Value::Table(table)
                    }
                    None => Value::Nil,
                };
            }
        }
    }

    fn begin(&self, depth: usize) -> Result<Table> {
        if depth > DEPTH {
            let text = format!(
                "Found too many nested data structures ({depth}) at character {}",
                self.at
            );
            return Err(at_caller(self.lua, &text));
        }
        self.lua.create_table()
    }

    fn scalar(&self, token: Placed) -> Result<Value> {
        match token.0 {
            Token::String(text) => self.lua.create_string(text).map(Value::String),
            Token::Number(number) => Ok(Value::Number(number)),
            Token::Boolean(yes) => Ok(Value::Boolean(yes)),
            Token::Null => Ok(Value::NULL),
            _ => Err(self.expected("value", token)),
        }
    }

    /// A key and its colon.
    fn key(&mut self, token: Placed) -> Result<Vec<u8>> {
        let Token::String(key) = token.0 else {
            return Err(self.expected("object key string", token));
        };
        match self.token() {
            (Token::Colon, _) => Ok(key),
            found => Err(self.expected("colon", found)),
        }
    }

    /// Puts a value into a table that is being read; the token of the next value, unless the table ends here.
    fn put(&mut self, table: &mut Reading, value: Value) -> Result<Option<Placed>> {
        match table {
            Reading::Array(table, len) => {
                *len += 1;
                table.raw_set(*len, value)?;
                match self.token() {
                    (Token::ArrayEnd, _) => Ok(None),
                    (Token::Comma, _) => Ok(Some(self.token())),
                    found => Err(self.expected("comma or array end", found)),
                }
            }
            Reading::Object(table, key) => {
                table.raw_set(self.lua.create_string(&*key)?, value)?;
                match self.token() {
                    (Token::ObjectEnd, _) => Ok(None),
                    (Token::Comma, _) => {
                        let token = self.token();
                        *key = self.key(token)?;
                        Ok(Some(self.token()))
                    }
                    found => Err(self.expected("comma or object end", found)),
                }
            }
        }
    }

    fn expected(&self, what: &str, (found, at): Placed) -> Error {
        let text = format!(
            "Expected {what} but found {} at character {}",
            found.name(),
            at + 1
        );
        at_caller(self.lua, &text)
    }

    fn token(&mut self) -> Placed {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.text.get(self.at) {
            self.at += 1;
        }
        let at = self.at;
        let rest = &self.text[at..];
        let single = match rest.first() {
            // The library's texts end at a zero byte.
            None | Some(0) => return (Token::End, at),
            Some(b'{') => Token::ObjectBegin,
            Some(b'}') => Token::ObjectEnd,
            Some(b'[') => Token::ArrayBegin,
            Some(b']') => Token::ArrayEnd,
            Some(b',') => Token::Comma,
            Some(b':') => Token::Colon,
            Some(b'"') => return self.string(),
            Some(b'-' | b'+' | b'0'..=b'9' | b'i' | b'I' | b'n' | b'N')
                if rest.starts_with(b"null") =>
            {
                self.at += 4;
                return (Token::Null, at);
            }
            Some(b'-' | b'+' | b'0'..=b'9' | b'i' | b'I' | b'n' | b'N') => return self.number(),
            _ => {
                for (word, yes) in [("true", true), ("false", false)] {
                    if rest.starts_with(word.as_bytes()) {
                        self.at += word.len();
                        return (Token::Boolean(yes), at);
                    }
                }
                return (Token::Wrong("invalid token"), at);
            }
        };
        self.at += 1;
        (single, at)
    }

    fn number(&mut self) -> Placed {
        let at = self.at;
        let rest = &self.text[at..];
        let first = rest[0];
        let unsigned = &rest[usize::from(matches!(first, b'-' | b'+'))..];
        let lower: Vec<u8> = unsigned
            .iter()
            .take(8)
            .map(u8::to_ascii_lowercase)
            .collect();
        let word = ["infinity", "inf", "nan"]
            .into_iter()
            .find(|word| lower.starts_with(word.as_bytes()));
        let length = match word {
            Some(word) => word.len(),
            None if lower.starts_with(b"0x") => 2 + digits(&unsigned[2..], u8::is_ascii_hexdigit),
            None => decimal(unsigned),
        };
        if length == 0 {
            let wrong = if first.is_ascii_alphabetic() {
                "invalid token"
            } else {
                "invalid number"
            };
            return (Token::Wrong(wrong), at);
        }
        let signed = &rest[..rest.len() - unsigned.len() + length];
        self.at += signed.len();
        let value = match word {
            Some("nan") => f64::NAN,
            _ => number::read_double(signed).unwrap_or(f64::NAN),
        };
        (Token::Number(value), at)
    }

    fn string(&mut self) -> Placed {
        let begin = self.at;
        let mut out = Vec::new();
        let mut at = begin + 1;
        loop {
            match self.text.get(at) {
                None | Some(0) => return (Token::Wrong("unexpected end of string"), at),
                Some(b'"') => {
                    self.at = at + 1;
                    return (Token::String(out), begin);
                }
                Some(b'\\') => match self.text.get(at + 1) {
                    Some(b'u') => match unicode(&self.text[at..]) {
                        Some((letter, len)) => {
                            out.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
                            at += len;
                        }
                        None => return (Token::Wrong("invalid unicode escape code"), at),
                    },
                    escape => {
                        let plain = match escape {
                            Some(same @ (b'"' | b'\\' | b'/')) => *same,
                            Some(b'b') => 8,
                            Some(b't') => 9,
                            Some(b'n') => 10,
                            Some(b'f') => 12,
                            Some(b'r') => 13,
                            _ => return (Token::Wrong("invalid escape code"), at),
                        };
                        out.push(plain);
                        at += 2;
                    }
                },
                Some(byte) => {
                    out.push(*byte);
                    at += 1;
                }
            }
        }
    }
}

/// `\u0041`, or a pair of them for what lies beyond, and how long it is.
fn unicode(text: &[u8]) -> Option<(char, usize)> {
    let unit = |text: &[u8]| {
        let digits = text.get(2..6)?;
        let hexadecimal = text.starts_with(b"\\u") && digits.iter().all(u8::is_ascii_hexdigit);
        let digits = std::str::from_utf8(digits).ok()?;
        u32::from_str_radix(digits, 16).ok().filter(|_| hexadecimal)
    };
    let first = unit(text)?;
    if !(0xd800..0xe000).contains(&first) {
        return Some((char::from_u32(first)?, 6));
    }
    let second = unit(text.get(6..)?)?;
    if first >= 0xdc00 || !(0xdc00..0xe000).contains(&second) {
        return None;
    }
    let code = 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
    Some((char::from_u32(code)?, 12))
}

fn digits(text: &[u8], is_digit: fn(&u8) -> bool) -> usize {
    text.iter().take_while(|byte| is_digit(byte)).count()
}

/// How long the decimal number at the start of a text is, as C's `strtod` reads it.
fn decimal(text: &[u8]) -> usize {
    let whole = digits(text, u8::is_ascii_digit);
    let mut length = whole;
    if text.get(length) == Some(&b'.') {
        let fraction = digits(&text[length + 1..], u8::is_ascii_digit);
        if whole + fraction == 0 {
            return 0;
        }
        length += 1 + fraction;
    }
    if length > 0 && matches!(text.get(length), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(text.get(length + 1), Some(b'-' | b'+')));
        let exponent = digits(
            &text[(length + 1 + sign).min(text.len())..],
            u8::is_ascii_digit,
        );
        if exponent > 0 {
            length += 1 + sign + exponent;
        }
    }
    length
}
