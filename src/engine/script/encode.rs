//! `cjson.encode`: Lua values as JSON, with the choices of the library that Redis 7.0 has (cjson 2.1).
//!
//! Its settings are left at their defaults, because a script that changed one would change it for all that follow.

use mlua::{Error, Function, Lua, MultiValue, Result, Table, Value};

use super::{
    MEMORY,
    call::{Call, Meter, at_caller, type_name},
};
use crate::engine::number::general;

/// How deep tables may nest.
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
