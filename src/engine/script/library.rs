//! What Redis adds to Lua: `redis`, `cjson`, `bit`, its own random numbers, and what the prelude needs.

use std::rc::Rc;

use mlua::{Function, Lua, MultiValue, Result, Table, Value, chunk::ChunkMode};

use super::{
    call::{Call, Meter, Raised, at_caller, out_of_memory},
    client::argv,
    convert::{c_text, error_table},
    decode, encode, sha1,
};
use crate::engine::commands;

/// The functions for the prelude.
pub(super) fn host(lua: &Lua, meter: &Rc<Meter>) -> Result<Table> {
    let host = lua.create_table()?;
    host.raw_set("null", Value::NULL)?;
    let own = meter.clone();
    host.raw_set(
        "caught",
        lua.create_function(move |lua, value| caught(lua, value, &own))?,
    )?;
    let own = meter.clone();
    host.raw_set(
        "charge",
        lua.create_function(move |_, steps: f64| own.charge(steps as u64))?,
    )?;
    let own = meter.clone();
    host.raw_set("check", lua.create_function(move |_, ()| own.charge(0))?)?;
    host.raw_set(
        "readonly",
        lua.create_function(|lua, _: MultiValue| -> Result<()> {
            Err(at_caller(lua, "Attempt to modify a readonly table"))
        })?,
    )?;
    host.raw_set("missing", lua.create_function(missing)?)?;
    let own = meter.clone();
    host.raw_set(
        "random",
        lua.create_function(move |lua, args| random(&Call::new(lua, "random", args), &own))?,
    )?;
    let own = meter.clone();
    let seed = move |lua: &Lua, args: MultiValue| {
        let seed = Call::new(lua, "randomseed", args).int(0)?;
        own.random.set(seeded(seed as u32));
        Ok(())
    };
    host.raw_set("randomseed", lua.create_function(seed)?)?;
    host.raw_set("bit", bit(lua)?)?;
    host.raw_set("redis", redis(lua, meter)?)?;
    let cjson = lua.create_table()?;
    let (own, next) = (meter.clone(), lua.globals().raw_get::<Function>("next")?);
    cjson.raw_set(
        "encode",
        lua.create_function(move |lua, args| encode::encode(lua, args, &own, &next))?,
    )?;
    let own = meter.clone();
    cjson.raw_set(
        "decode",
        lua.create_function(move |lua, args| decode::decode(lua, args, &own))?,
    )?;
    cjson.raw_set("null", Value::NULL)?;
    cjson.raw_set("_NAME", "cjson")?;
    cjson.raw_set("_VERSION", "2.1.0")?;
    host.raw_set("cjson", cjson)?;
    Ok(host)
}

/// `loadstring`, whose functions see these globals. Only text is read: what was compiled elsewhere could be anything.
pub(super) fn loadstring(lua: &Lua, environment: Table, meter: &Rc<Meter>) -> Result<Function> {
    let meter = meter.clone();
    lua.create_function(move |lua, args: MultiValue| {
        let call = Call::new(lua, "loadstring", args);
        let text = call.string(0)?;
        let name = if call.len() > 1 {
            call.string(1)?
        } else {
            text.clone()
        };
        let text = text.as_bytes();
        meter.charge(text.len() as u64)?;
        let name = String::from_utf8_lossy(c_text(&name.as_bytes())).into_owned();
        let chunk = lua.load(&*text).set_name(name).set_mode(ChunkMode::Text);
        match chunk.set_environment(environment.clone()).into_function() {
            Ok(function) => Ok((Value::Function(function), None)),
            Err(mlua::Error::SyntaxError { message, .. }) => Ok((Value::Nil, Some(message))),
            Err(other) => Err(other),
        }
    })
}

/// An error as a script may see it.
pub(super) fn seen(lua: &Lua, value: Value) -> Result<Value> {
    let error = match value {
        Value::Error(error) => error,
        Value::String(text) if text.as_bytes().starts_with(b"prelude:") => {
            // Where the prelude has called Lua's own function is nobody's concern.
            let text = text.to_string_lossy();
            let text = text.splitn(3, ':').last().unwrap_or_default();
            return lua.create_string(text.trim_start()).map(Value::String);
        }
        value => return Ok(value),
    };
    let text = match Raised::of(&error) {
        Some(Raised::Text(text)) => text,
        Some(Raised::Misuse(text)) => return error_table(lua, &text).map(Value::Table),
        Some(Raised::Reply(text)) => {
            let table = error_table(lua, &text)?;
            table.raw_set("ignore_error_stats_update", true)?;
            return Ok(Value::Table(table));
        }
        Some(Raised::Value(value)) => return Ok(value),
        Some(Raised::Over) => "the budget is used up".to_owned(),
        None if out_of_memory(&error) => "not enough memory".to_owned(),
        None => {
            let cause = error.chain().last().map(ToString::to_string);
            let cause = cause.unwrap_or_default();
            cause
                .split("\nstack traceback:")
                .next()
                .unwrap_or_default()
                .to_owned()
        }
    };
    lua.create_string(text).map(Value::String)
}

fn caught(lua: &Lua, value: Value, meter: &Meter) -> Result<Value> {
    meter.charge(20)?;
    seen(lua, value)
}

fn missing(lua: &Lua, (_, name): (Value, Value)) -> Result<()> {
    Err(match lua.coerce_string(name)? {
        Some(name) => at_caller(
            lua,
            &format!(
                "Script attempted to access nonexistent global variable '{}'",
                String::from_utf8_lossy(c_text(&name.as_bytes()))
            ),
        ),
        None => at_caller(
            lua,
            "Second argument to luaProtectedTableError must be a string or number",
        ),
    })
}

/// A seed as the state of the generator.
fn seeded(seed: u32) -> u64 {
    u64::from(seed) << 16 | 0x330e
}

/// Redis' `math.random`: the same numbers in every script, on every machine.
fn random(call: &Call<'_>, meter: &Meter) -> Result<f64> {
    const MOST: u64 = i32::MAX as u64;
    let next = meter
        .random
        .get()
        .wrapping_mul(0x5_deec_e66d)
        .wrapping_add(0xb)
        & ((1 << 48) - 1);
    meter.random.set(next);
    let share = ((next >> 17) % MOST) as f64 / MOST as f64;
    // Lua reads these numbers as 32 bits.
    let int = |at| call.int(at).map(|number| f64::from(number as i32));
    match call.len() {
        0 => Ok(share),
        1 => {
            let most = int(0)?;
            if most < 1.0 {
                return Err(call.wrong(0, "interval is empty"));
            }
            Ok((share * most).floor() + 1.0)
        }
        2 => {
            let (least, most) = (int(0)?, int(1)?);
            if least > most {
                return Err(call.wrong(1, "interval is empty"));
            }
            Ok((share * (most - least + 1.0)).floor() + least)
        }
        _ => Err(at_caller(call.lua, "wrong number of arguments")),
    }
}

/// The 32 bits of a number, as the `bit` library takes them.
fn bits(number: f64) -> i32 {
    (number + 6_755_399_441_055_744.0).to_bits() as u32 as i32
}

/// The `bit` library.
fn bit(lua: &Lua) -> Result<Table> {
    type Shift = fn(i32, u32) -> i32;
    type Fold = fn(i32, i32) -> i32;
    type Single = fn(i32) -> i32;
    const SHIFTS: [(&str, Shift); 5] = [
        ("lshift", |bits, by| bits << by),
        ("rshift", |bits, by| (bits as u32 >> by) as i32),
        ("arshift", |bits, by| bits >> by),
        ("rol", i32::rotate_left),
        ("ror", i32::rotate_right),
    ];
    const FOLDS: [(&str, Fold); 3] = [
        ("band", |a, b| a & b),
        ("bor", |a, b| a | b),
        ("bxor", |a, b| a ^ b),
    ];
    const SINGLES: [(&str, Single); 3] = [
        ("tobit", |bits| bits),
        ("bnot", |bits| !bits),
        ("bswap", i32::swap_bytes),
    ];
    let table = lua.create_table()?;
    for (name, shift) in SHIFTS {
        table.raw_set(
            name,
            lua.create_function(move |lua, args| {
                let call = Call::new(lua, name, args);
                Ok(shift(
                    bits(call.number(0)?),
                    bits(call.number(1)?) as u32 & 31,
                ))
            })?,
        )?;
    }
    for (name, fold) in FOLDS {
        table.raw_set(
            name,
            lua.create_function(move |lua, args| {
                let call = Call::new(lua, name, args);
                let mut outcome = bits(call.number(0)?);
                for at in 1..call.len() {
                    outcome = fold(outcome, bits(call.number(at)?));
                }
                Ok(outcome)
            })?,
        )?;
    }
    for (name, single) in SINGLES {
        table.raw_set(
            name,
            lua.create_function(move |lua, args| {
                Ok(single(bits(Call::new(lua, name, args).number(0)?)))
            })?,
        )?;
    }
    table.raw_set(
        "tohex",
        lua.create_function(|lua, args| {
            let call = Call::new(lua, "tohex", args);
            let number = bits(call.number(0)?);
            let count = if call.len() > 1 {
                bits(call.number(1)?)
            } else {
                8
            };
            let digits = if count < 0 {
                format!("{number:08X}")
            } else {
                format!("{number:08x}")
            };
            let count = count.unsigned_abs().min(8) as usize;
            Ok(digits[8 - count..].to_owned())
        })?,
    )?;
    Ok(table)
}

/// `redis`, but for `call`, `pcall` and `setresp`, which each script gets for itself.
fn redis(lua: &Lua, meter: &Rc<Meter>) -> Result<Table> {
    const NUMBERS: [(&str, i64); 10] = [
        ("LOG_DEBUG", 0),
        ("LOG_VERBOSE", 1),
        ("LOG_NOTICE", 2),
        ("LOG_WARNING", 3),
        ("REPL_NONE", 0),
        ("REPL_AOF", 1),
        ("REPL_SLAVE", 2),
        ("REPL_REPLICA", 2),
        ("REPL_ALL", 3),
        ("REDIS_VERSION_NUM", 0x0007_000f),
    ];
    let table = lua.create_table()?;
    for (name, number) in NUMBERS {
        table.raw_set(name, number)?;
    }
    table.raw_set("REDIS_VERSION", "7.0.15")?;
    let own = meter.clone();
    table.raw_set(
        "error_reply",
        lua.create_function(move |lua, args| single(lua, args, "err", &own))?,
    )?;
    let own = meter.clone();
    table.raw_set(
        "status_reply",
        lua.create_function(move |lua, args| single(lua, args, "ok", &own))?,
    )?;
    let own = meter.clone();
    table.raw_set(
        "sha1hex",
        lua.create_function(move |lua, args| {
            let call = Call::new(lua, "sha1hex", args);
            if call.len() != 1 {
                return Err(misuse("wrong number of arguments"));
            }
            let text = lua.coerce_string(call.value(0)).ok().flatten();
            own.charge(text.iter().map(|text| text.as_bytes().len() as u64).sum())?;
            Ok(text.map_or_else(|| sha1(b""), |text| sha1(&text.as_bytes())))
        })?,
    )?;
    table.raw_set("log", lua.create_function(log)?)?;
    let own = meter.clone();
    let may_run = move |_: &Lua, words| may_run(words, &own);
    table.raw_set("acl_check_cmd", lua.create_function(may_run)?)?;
    table.raw_set(
        "replicate_commands",
        lua.create_function(|_, _: MultiValue| Ok(true))?,
    )?;
    table.raw_set(
        "breakpoint",
        lua.create_function(|_, _: MultiValue| Ok(false))?,
    )?;
    table.raw_set("debug", lua.create_function(|_, _: MultiValue| Ok(()))?)?;
    table.raw_set(
        "set_repl",
        lua.create_function(|lua, args| {
            let call = Call::new(lua, "set_repl", args);
            let flags = call.number(0).ok().filter(|_| call.len() == 1);
            match flags {
                None => Err(misuse("redis.set_repl() requires two arguments.")),
                Some(flags) if flags as i64 & !3 != 0 => Err(misuse(
                    "Invalid replication flags. Use REPL_AOF, REPL_REPLICA, REPL_ALL or REPL_NONE.",
                )),
                Some(_) => Ok(()),
            }
        })?,
    )?;
    Ok(table)
}

/// What a function of `redis` raises when it is called in a wrong way.
pub(super) fn misuse(text: &str) -> mlua::Error {
    Raised::Misuse(format!("ERR {text}")).into_error()
}

/// `redis.error_reply` and `redis.status_reply`.
fn single(lua: &Lua, args: MultiValue, field: &'static str, meter: &Meter) -> Result<Table> {
    let call = Call::new(lua, field, args);
    let (1, Value::String(text)) = (call.len(), call.value(0)) else {
        return error_table(lua, "ERR wrong number or type of arguments");
    };
    meter.charge(text.as_bytes().len() as u64 / 8)?;
    if field == "ok" {
        let table = lua.create_table()?;
        table.raw_set("ok", text)?;
        return Ok(table);
    }
    let text = text.to_string_lossy();
    let text = text.strip_prefix('-').unwrap_or(&text);
    // An error is a code word and a text.
    let text = match text.split_once(' ') {
        Some((code, text)) => format!("{code} {}", text.trim_matches(['\r', '\n'])),
        None => format!("ERR {}", text.trim_matches(['\r', '\n'])),
    };
    error_table(lua, &text)
}

/// `redis.acl_check_cmd`: the one user of this server may run all that there is.
fn may_run(words: MultiValue, meter: &Meter) -> Result<bool> {
    let argv = argv(words)?;
    let bytes: usize = argv.iter().map(|word| word.len() + 16).sum();
    meter.charge(bytes as u64 / 8)?;
    match commands::of_line(&argv) {
        Some(_) => Ok(true),
        None => Err(misuse("Invalid command passed to redis.acl_check_cmd()")),
    }
}

fn log(lua: &Lua, args: MultiValue) -> Result<()> {
    let call = Call::new(lua, "log", args);
    if call.len() < 2 {
        return Err(misuse("redis.log() requires two arguments or more."));
    }
    match lua.coerce_number(call.value(0)).ok().flatten() {
        None => Err(misuse("First argument must be a number (log level).")),
        Some(level) if !(0..=3).contains(&(level as i64)) => Err(misuse("Invalid debug level.")),
        Some(_) => Ok(()),
    }
}
