//! The functions of `string` whose cost follows from their arguments: those with patterns, and `rep`.

use std::{cell::Cell, rc::Rc};

use memchr::memmem;
use mlua::{Function, Lua, MultiValue, Result, Table, Value};

use super::{
    MEMORY,
    call::{Call, Meter, Raised, at_caller, type_name},
    pattern::{Capture, Matcher, Trouble},
};

/// Puts them in the place of Lua's own; `guard` is Lua's `pcall`.
pub(super) fn replace(
    lua: &Lua,
    string: &Table,
    meter: &Rc<Meter>,
    guard: &Function,
) -> Result<()> {
    let own = meter.clone();
    let rep = move |lua: &Lua, args: MultiValue| rep(&Call::new(lua, "rep", args), &own);
    string.raw_set("rep", lua.create_function(rep)?)?;
    let own = meter.clone();
    let find = move |lua: &Lua, args: MultiValue| find(&Call::new(lua, "find", args), &own, true);
    string.raw_set("find", lua.create_function(find)?)?;
    let own = meter.clone();
    let matched =
        move |lua: &Lua, args: MultiValue| self::find(&Call::new(lua, "match", args), &own, false);
    string.raw_set("match", lua.create_function(matched)?)?;
    let own = meter.clone();
    let gmatch = move |lua: &Lua, args: MultiValue| gmatch(&Call::new(lua, "gmatch", args), &own);
    let gmatch = lua.create_function(gmatch)?;
    string.raw_set("gfind", gmatch.clone())?;
    string.raw_set("gmatch", gmatch)?;
    let (own, guard) = (meter.clone(), guard.clone());
    let gsub = move |lua: &Lua, args: MultiValue| gsub(&Call::new(lua, "gsub", args), &own, &guard);
    string.raw_set("gsub", lua.create_function(gsub)?)
}

/// What would not fit beside the other values of a script.
pub(super) fn fits(lua: &Lua, bytes: usize) -> Result<()> {
    if lua.used_memory().saturating_add(bytes) > MEMORY {
        return Err(mlua::Error::MemoryError("not enough memory".to_owned()));
    }
    Ok(())
}

fn rep(call: &Call<'_>, meter: &Meter) -> Result<Value> {
    let (text, times) = (call.string(0)?, call.int(1)?);
    let times = usize::try_from(times).unwrap_or(0);
    let bytes = text.as_bytes().len().saturating_mul(times);
    fits(call.lua, bytes)?;
    meter.charge(bytes as u64 / 8)?;
    let times = if bytes == 0 { 0 } else { times };
    call.lua
        .create_string(text.as_bytes().repeat(times))
        .map(Value::String)
}

/// What a matcher could not do, as an error of the call.
fn told(lua: &Lua, meter: &Meter, trouble: Trouble) -> mlua::Error {
    match trouble {
        Trouble::Pattern(text) => at_caller(lua, text),
        Trouble::Memory => mlua::Error::MemoryError("not enough memory".to_owned()),
        Trouble::Steps => meter
            .charge(u64::MAX)
            .err()
            .unwrap_or_else(|| Raised::Over.into_error()),
    }
}

/// The captures of a match from `start` to `end`; where there are none, all of it when that is wanted.
fn caught(
    lua: &Lua,
    meter: &Meter,
    matcher: &Matcher<'_>,
    text: &[u8],
    (start, end): (usize, usize),
    whole: bool,
) -> Result<Vec<Value>> {
    let count = matcher.count().max(usize::from(whole));
    let capture = |index| match matcher.capture(index, start, end) {
        Ok(Capture::Range(from, to)) => lua.create_string(&text[from..to]).map(Value::String),
        Ok(Capture::Position(at)) => Ok(Value::Integer(at as i64)),
        Err(trouble) => Err(told(lua, meter, trouble)),
    };
    (0..count).map(capture).collect()
}

/// `find`, or `match` when no positions are wanted.
fn find(call: &Call<'_>, meter: &Meter, positions: bool) -> Result<MultiValue> {
    let (text, pattern) = (call.string(0)?, call.string(1)?);
    let (text, pattern) = (text.as_bytes(), pattern.as_bytes());
    let init = call.int_or(2, 1)?;
    let init = if init < 0 {
        init.saturating_add(text.len() as i64 + 1)
    } else {
        init
    };
    let start = usize::try_from(init.saturating_sub(1))
        .unwrap_or(0)
        .min(text.len());
    let plain = || !matches!(call.value(3), Value::Nil | Value::Boolean(false));
    let special = |byte: &u8| b"^$*+?.([%-".contains(byte);
    if positions && (plain() || !pattern.iter().any(special)) {
        let found = memmem::find(&text[start..], &pattern).map(|at| at + start);
        let walked = found.unwrap_or(text.len()) - start + pattern.len();
        meter.charge(walked as u64 / 8)?;
        return Ok(match found {
            Some(at) => [at + 1, at + pattern.len()]
                .into_iter()
                .map(|at| Value::Integer(at as i64))
                .collect(),
            None => MultiValue::from_iter([Value::Nil]),
        });
    }
    let anchored = pattern.first() == Some(&b'^');
    let mut matcher = Matcher::new(&text, &pattern, meter.left());
    let mut at = start;
    let found = loop {
        match matcher.match_at(at, usize::from(anchored)) {
            Ok(Some(end)) => break Ok(Some(end)),
            Ok(None) if at < text.len() && !anchored => at += 1,
            other => break other,
        }
    };
    meter.charge(matcher.steps)?;
    let Some(end) = found.map_err(|trouble| told(call.lua, meter, trouble))? else {
        return Ok(MultiValue::from_iter([Value::Nil]));
    };
    let captures = caught(call.lua, meter, &matcher, &text, (at, end), !positions)?;
    let places = [at + 1, end].into_iter().filter(|_| positions);
    Ok(places
        .map(|at| Value::Integer(at as i64))
        .chain(captures)
        .collect())
}

fn gmatch(call: &Call<'_>, meter: &Rc<Meter>) -> Result<Function> {
    let (text, pattern) = (call.string(0)?, call.string(1)?);
    let (meter, next) = (meter.clone(), Cell::new(0));
    call.lua.create_function(move |lua, _: MultiValue| {
        let (text, pattern) = (text.as_bytes(), pattern.as_bytes());
        let mut matcher = Matcher::new(&text, &pattern, meter.left());
        for at in next.get()..=text.len() {
            let found = matcher
                .match_at(at, 0)
                .map_err(|trouble| told(lua, &meter, trouble))?;
            if let Some(end) = found {
                next.set(end + usize::from(end == at));
                meter.charge(matcher.steps + 20)?;
                let captures = caught(lua, &meter, &matcher, &text, (at, end), true)?;
                return Ok(MultiValue::from_iter(captures));
            }
        }
        next.set(text.len() + 1);
        meter.charge(matcher.steps + 20)?;
        Ok(MultiValue::from_iter([Value::Nil]))
    })
}

fn gsub(call: &Call<'_>, meter: &Meter, guard: &Function) -> Result<(Value, i64)> {
    let (text, pattern, by) = (call.string(0)?, call.string(1)?, call.value(2));
    let (text, pattern) = (text.as_bytes(), pattern.as_bytes());
    let most = call.int_or(3, text.len() as i64 + 1)?;
    let template = match &by {
        Value::String(_) | Value::Integer(_) | Value::Number(_) => Some(call.string(2)?),
        Value::Function(_) | Value::Table(_) => None,
        _ => return Err(call.wrong(2, "string/function/table expected")),
    };
    let lua = call.lua;
    let anchored = pattern.first() == Some(&b'^');
    let (mut at, mut count, mut outcome) = (0, 0, Vec::new());
    while count < most {
        let mut matcher = Matcher::new(&text, &pattern, meter.left());
        let found = matcher.match_at(at, usize::from(anchored));
        meter.charge(matcher.steps)?;
        let found = found.map_err(|trouble| told(lua, meter, trouble))?;
        if let Some(end) = found {
            count += 1;
            if let Some(template) = &template {
                expand(&mut outcome, &template.as_bytes(), &matcher, &text, at, end)
                    .map_err(|trouble| told(lua, meter, trouble))?;
            } else {
                let captures = caught(lua, meter, &matcher, &text, (at, end), true)?;
                match replacement(&by, captures, guard)? {
                    Value::Nil | Value::Boolean(false) => outcome.extend_from_slice(&text[at..end]),
                    value @ (Value::String(_) | Value::Integer(_) | Value::Number(_)) => {
                        let value = lua.coerce_string(value)?;
                        outcome.extend(value.iter().flat_map(|value| value.as_bytes().to_vec()));
                    }
                    other => {
                        let text = format!("invalid replacement value (a {})", type_name(&other));
                        return Err(at_caller(lua, &text));
                    }
                }
            }
            fits(lua, outcome.len())?;
        }
        match found {
            Some(end) if end > at => at = end,
            _ if at < text.len() => {
                outcome.push(text[at]);
                at += 1;
            }
            _ => break,
        }
        if anchored {
            break;
        }
    }
    outcome.extend_from_slice(text.get(at..).unwrap_or_default());
    meter.charge(outcome.len() as u64 / 8)?;
    Ok((Value::String(lua.create_string(outcome)?), count))
}

/// Adds the template with its `%1` filled in.
fn expand(
    outcome: &mut Vec<u8>,
    template: &[u8],
    matcher: &Matcher<'_>,
    text: &[u8],
    start: usize,
    end: usize,
) -> std::result::Result<(), Trouble> {
    let mut bytes = template.iter();
    while let Some(byte) = bytes.next() {
        if outcome.len() > MEMORY {
            return Err(Trouble::Memory);
        }
        if *byte != b'%' {
            outcome.push(*byte);
            continue;
        }
        match bytes.next() {
            Some(b'0') => outcome.extend_from_slice(&text[start..end]),
            Some(digit @ b'1'..=b'9') => {
                match matcher.capture(usize::from(digit - b'1'), start, end)? {
                    Capture::Range(from, to) => outcome.extend_from_slice(&text[from..to]),
                    Capture::Position(at) => outcome.extend_from_slice(at.to_string().as_bytes()),
                }
            }
            Some(other) => outcome.push(*other),
            None => outcome.push(0),
        }
    }
    Ok(())
}

/// What a function or a table has for these captures.
fn replacement(by: &Value, captures: Vec<Value>, guard: &Function) -> Result<Value> {
    match by {
        Value::Table(table) => table.get(captures.into_iter().next().unwrap_or(Value::Nil)),
        function => {
            let args = std::iter::once(function.clone()).chain(captures);
            let (ran, value): (bool, Value) = guard.call(args.collect::<MultiValue>())?;
            match value {
                value if ran => Ok(value),
                Value::Error(error) => Err(*error),
                value => Err(Raised::Value(value).into_error()),
            }
        }
    }
}
