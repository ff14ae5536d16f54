//! `cjson`: Lua values as JSON and back, with the choices of the library that Redis 7.0 has (cjson 2.1).
//!
//! Its settings are left at their defaults, because a script that changed one would change it for all that follow.

use mlua::{Error, Function, Lua, MultiValue, Result, Table, Value};

use super::{
    MEMORY,
    call::{Call, Meter, at_caller, type_name},
};
use crate::engine::number::{self, general};

/// How deep tables and texts may nest.
const DEPTH: usize = 1000;

/// `cjson.encode`.
pub(super) fn encode(lua: &Lua, args: MultiValue, meter: &Meter, next: &Function) -> Result<Value> {
    let call = Call::new(lua, "encode", args);
    if call.len() != 1 {
        return Err(call.wrong(0, "expected 1 argument"));
    }
    let mut writer = Writer {
        lua,
        meter,
        next,
        out: Vec::new(),
    };
    writer.all(call.value(0))?;
    lua.create_string(writer.out).map(Value::String)
}

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

/// A table that is being written.
enum Writing {
    /// Up to this index, the next one being that.
    Array(Table, i64, i64),
    /// The last key that was written.
    Object(Table, Value),
}

struct Writer<'a> {
    lua: &'a Lua,
    meter: &'a Meter,
    /// Lua's own function.
    next: &'a Function,
    out: Vec<u8>,
}

impl Writer<'_> {
    /// Writes a value with all that is in it. No function calls itself: the stack would not do for all depths.
    fn all(&mut self, value: Value) -> Result<()> {
        let mut open = Vec::new();
        let mut value = Some(value);
        loop {
            match value.take() {
                Some(Value::Table(table)) => {
                    let begun = self.begin(table, open.len() + 1)?;
                    open.push(begun);
                }
                Some(scalar) => self.scalar(&scalar)?,
                None => {}
            }
            self.meter.charge(10)?;
            if self.out.len() > MEMORY {
                return Err(Error::MemoryError("not enough memory".to_owned()));
            }
            let Some(innermost) = open.last_mut() else {
                return Ok(());
            };
            value = self.advance(innermost)?;
            if value.is_none() {
                open.pop();
            }
        }
    }

    fn begin(&mut self, table: Table, depth: usize) -> Result<Writing> {
        if depth > DEPTH {
            let text = format!("Cannot serialise, excessive nesting ({depth})");
            return Err(at_caller(self.lua, &text));
        }
        match self.array_len(&table)? {
            Some(len) => {
                self.out.push(b'[');
                Ok(Writing::Array(table, len, 1))
            }
            None => {
                self.out.push(b'{');
                Ok(Writing::Object(table, Value::Nil))
            }
        }
    }

    /// The next value of a table that is being written; none when it is done.
    fn advance(&mut self, table: &mut Writing) -> Result<Option<Value>> {
        match table {
            Writing::Array(_, last, at) if *at > *last => {
                self.out.push(b']');
                Ok(None)
            }
            Writing::Array(table, _, at) => {
                if *at > 1 {
                    self.out.push(b',');
                }
                *at += 1;
                table.raw_get(*at - 1).map(Some)
            }
            Writing::Object(table, last) => {
                let first = last.is_nil();
                let (key, value): (Value, Value) = self.next.call((&*table, &*last))?;
                *last = key;
                if last.is_nil() {
                    self.out.push(b'}');
                    return Ok(None);
                }
                self.key(last, first)?;
                Ok(Some(value))
            }
        }
    }

    fn key(&mut self, key: &Value, first: bool) -> Result<()> {
        if !first {
            self.out.push(b',');
        }
        match key {
            Value::String(text) => self.string(&text.as_bytes()),
            Value::Integer(_) | Value::Number(_) => {
                self.out.push(b'"');
                self.scalar(key)?;
                self.out.push(b'"');
            }
            other => return Err(self.refuse(other, "table key must be a number or string")),
        }
        self.out.push(b':');
        Ok(())
    }

    fn scalar(&mut self, value: &Value) -> Result<()> {
        match value {
            Value::Nil => self.out.extend_from_slice(b"null"),
            Value::LightUserData(pointer) if pointer.0.is_null() => {
                self.out.extend_from_slice(b"null");
            }
            Value::Boolean(yes) => self.out.extend_from_slice(yes.to_string().as_bytes()),
            Value::Integer(number) => self.number(*number as f64)?,
            Value::Number(number) => self.number(*number)?,
            Value::String(text) => self.string(&text.as_bytes()),
            other => return Err(self.refuse(other, "type not supported")),
        }
        Ok(())
    }

    fn refuse(&self, value: &Value, why: &str) -> Error {
        at_caller(
            self.lua,
            &format!("Cannot serialise {}: {why}", type_name(value)),
        )
    }

    /// The length of a table that is an array: it has no other keys than whole numbers from 1, and not too few of them.
    fn array_len(&self, table: &Table) -> Result<Option<i64>> {
        let (mut most, mut count) = (0, 0);
        for pair in table.pairs::<Value, Value>() {
            match pair?.0 {
                Value::Integer(index) if index > 0 => most = most.max(index),
                _ => return Ok(None),
            }
            count += 1;
        }
        self.meter.charge(count as u64)?;
        if most > count * 2 && most > 10 {
            return Err(at_caller(
                self.lua,
                "Cannot serialise table: excessively sparse array",
            ));
        }
        Ok((most > 0).then_some(most))
    }

    fn number(&mut self, number: f64) -> Result<()> {
        if !number.is_finite() {
            return Err(at_caller(
                self.lua,
                "Cannot serialise number: must not be NaN or Inf",
            ));
        }
        let text = match number {
            0.0 if number.is_sign_negative() => "-0".to_owned(),
            0.0 => "0".to_owned(),
            number => general(number, 14),
        };
        self.out.extend_from_slice(text.as_bytes());
        Ok(())
    }

    fn string(&mut self, text: &[u8]) {
        self.out.push(b'"');
        for byte in text {
            match byte {
                b'"' | b'\\' | b'/' => self.out.extend([b'\\', *byte]),
                8 => self.out.extend_from_slice(b"\\b"),
                9 => self.out.extend_from_slice(b"\\t"),
                10 => self.out.extend_from_slice(b"\\n"),
                12 => self.out.extend_from_slice(b"\\f"),
                13 => self.out.extend_from_slice(b"\\r"),
                0..32 | 127 => self
                    .out
                    .extend_from_slice(format!("\\u{byte:04x}").as_bytes()),
                byte => self.out.push(*byte),
            }
        }
        self.out.push(b'"');
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
