//! Replies as Lua values and Lua values as replies, by Redis' rules.

use mlua::{Lua, Result, Table, Value};

use super::call::Meter;
use crate::engine::{Bytes, Error, Protocol, Reply, error::one_line};

/// How deep a script's answer may nest. Redis allows about 8,000.
const DEPTH: usize = 200;

/// What a script gets for the reply to a command.
pub(super) fn to_lua(lua: &Lua, reply: Reply, protocol: Protocol, meter: &Meter) -> Result<Value> {
    meter.charge(40)?;
    let table = |name: &str, value: Value| {
        let table = lua.create_table()?;
        table.raw_set(name, value)?;
        Ok(Value::Table(table))
    };
    let text = |bytes: &[u8]| {
        meter.charge(bytes.len() as u64 / 8)?;
        lua.create_string(bytes).map(Value::String)
    };
    let list = |items: Vec<Reply>| {
        let table = lua.create_table_with_capacity(items.len(), 0)?;
        for (index, item) in items.into_iter().enumerate() {
            table.raw_set(index + 1, to_lua(lua, item, protocol, meter)?)?;
        }
        Ok(Value::Table(table))
    };
    match (reply, protocol) {
        (Reply::Status(status), _) => table("ok", text(status.as_bytes())?),
        (Reply::Line(line), _) => table("ok", text(&line)?),
        (Reply::Error(error), _) => {
            let table = error_table(lua, &error.to_string())?;
            table.raw_set("ignore_error_stats_update", true)?;
            Ok(Value::Table(table))
        }
        (Reply::Int(number), _) => Ok(Value::Number(number as f64)),
        (Reply::Bulk(bytes), _) => text(&bytes),
        (Reply::Nil | Reply::NilArray | Reply::None, Protocol::Resp2) => Ok(Value::Boolean(false)),
        (Reply::Nil | Reply::NilArray | Reply::None, Protocol::Resp3) => Ok(Value::Nil),
        (Reply::Map(pairs), Protocol::Resp3) => {
            let map = lua.create_table()?;
            for (key, value) in pairs {
                let key = to_lua(lua, key, protocol, meter)?;
                map.raw_set(key, to_lua(lua, value, protocol, meter)?)?;
            }
            table("map", Value::Table(map))
        }
        (Reply::Set(items), Protocol::Resp3) => {
            let set = lua.create_table()?;
            for item in items {
                set.raw_set(to_lua(lua, item, protocol, meter)?, true)?;
            }
            table("set", Value::Table(set))
        }
        (Reply::Double(number), Protocol::Resp3) => table("double", Value::Number(number)),
        (Reply::Verbatim(bytes), Protocol::Resp3) => {
            let verbatim = lua.create_table()?;
            verbatim.raw_set("string", text(&bytes)?)?;
            verbatim.raw_set("format", "txt")?;
            table("verbatim_string", Value::Table(verbatim))
        }
        (Reply::Pairs(pairs), Protocol::Resp3) => list(
            pairs
                .into_iter()
                .map(|(a, b)| Reply::Array(vec![a, b]))
                .collect(),
        ),
        (Reply::Array(items) | Reply::Push(items) | Reply::Many(items), _) => list(items),
        // What is left has another shape under RESP2.
        (other, _) => to_lua(lua, other.resp2(), protocol, meter),
    }
}

/// A table whose `err` is this error.
pub(super) fn error_table(lua: &Lua, text: &str) -> Result<Table> {
    let table = lua.create_table()?;
    let end = text.find('\0').unwrap_or(text.len());
    table.raw_set("err", &text[..end])?;
    Ok(table)
}

/// A number as Redis' integer: cut off; what does not fit is the least one, as x86 has it.
fn integer(number: f64) -> Reply {
    let limit = 9_223_372_036_854_775_808.0;
    Reply::Int(if (-limit..limit).contains(&number) {
        number as i64
    } else {
        i64::MIN
    })
}

/// What a script's value is to the client.
pub(super) fn to_reply(
    value: &Value,
    protocol: Protocol,
    meter: &Meter,
    depth: usize,
) -> Result<Reply> {
    meter.charge(40)?;
    if depth > DEPTH {
        return Ok(Error::Fixed("ERR reached lua stack limit").into());
    }
    Ok(match value {
        Value::String(text) => {
            let text = text.as_bytes();
            meter.charge(text.len() as u64 / 8)?;
            Reply::bulk(&*text)
        }
        Value::Boolean(yes) if protocol == Protocol::Resp3 => Reply::flag(*yes),
        Value::Boolean(true) => Reply::Int(1),
        Value::Integer(number) => Reply::Int(*number),
        Value::Number(number) => integer(*number),
        Value::Table(table) => of_table(table, protocol, meter, depth + 1)?,
        _ => Reply::Nil,
    })
}

fn of_table(table: &Table, protocol: Protocol, meter: &Meter, depth: usize) -> Result<Reply> {
    // It is looked at in eight ways.
    meter.charge(300)?;
    if let Value::String(error) = table.raw_get("err")? {
        return Ok(Error::composed(one_line(c_text(&error.as_bytes()))).into());
    }
    if let Value::String(status) = table.raw_get("ok")? {
        let mut line = c_text(&status.as_bytes()).to_vec();
        for byte in &mut line {
            if matches!(byte, b'\r' | b'\n') {
                *byte = b' ';
            }
        }
        return Ok(Reply::Line(Bytes::from(line)));
    }
    match table.raw_get("double")? {
        Value::Number(number) => return Ok(Reply::Double(number)),
        Value::Integer(number) => return Ok(Reply::Double(number as f64)),
        _ => {}
    }
    if let Value::String(number) = table.raw_get("big_number")? {
        return Ok(Reply::Bulk(Bytes::from(
            one_line(&number.as_bytes()).into_bytes(),
        )));
    }
    if let Value::Table(verbatim) = table.raw_get("verbatim_string")?
        && let (Value::String(_), Value::String(text)) =
            (verbatim.raw_get("format")?, verbatim.raw_get("string")?)
    {
        return Ok(Reply::Verbatim(Bytes::from(&*text.as_bytes())));
    }
    if let Value::Table(map) = table.raw_get("map")? {
        let mut pairs = Vec::new();
        for pair in map.pairs::<Value, Value>() {
            let (key, value) = pair?;
            let key = to_reply(&key, protocol, meter, depth)?;
            pairs.push((key, to_reply(&value, protocol, meter, depth)?));
        }
        return Ok(Reply::Map(pairs));
    }
    if let Value::Table(set) = table.raw_get("set")? {
        let mut items = Vec::new();
        for pair in set.pairs::<Value, Value>() {
            items.push(to_reply(&pair?.0, protocol, meter, depth)?);
        }
        return Ok(Reply::Set(items));
    }
    let mut items = Vec::new();
    for index in 1.. {
        match table.raw_get(index)? {
            Value::Nil => break,
            value => items.push(to_reply(&value, protocol, meter, depth)?),
        }
    }
    Ok(Reply::Array(items))
}

/// What C sees of a text: all before the first zero byte.
pub(super) fn c_text(text: &[u8]) -> &[u8] {
    text.split(|byte| *byte == 0).next().unwrap_or_default()
}
