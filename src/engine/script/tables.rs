//! `table.concat`, whose cost follows from the table. What else walks through tables is Lua's own in the prelude.

use std::rc::Rc;

use mlua::{Lua, MultiValue, Result, Table, Value};

use super::{
    call::{Call, Meter, at_caller, type_name},
    strings::fits,
};

/// Puts it in the place of Lua's own.
pub(super) fn replace(lua: &Lua, table: &Table, meter: &Rc<Meter>) -> Result<()> {
    let own = meter.clone();
    let concat = move |lua: &Lua, args: MultiValue| concat(&Call::new(lua, "concat", args), &own);
    table.raw_set("concat", lua.create_function(concat)?)
}

fn concat(call: &Call<'_>, meter: &Meter) -> Result<Value> {
    let table = call.table(0)?;
    let separator = match call.value(1) {
        Value::Nil => None,
        _ => Some(call.string(1)?),
    };
    let first = call.int_or(2, 1)?;
    let last = match call.value(3) {
        Value::Nil => i64::try_from(table.raw_len()).unwrap_or(i64::MAX),
        _ => call.int(3)?,
    };
    // Lua counts in 32 bits.
    let (first, last) = (first as i32, last as i32);
    let mut text = Vec::new();
    for at in first..=last {
        match table.raw_get(at)? {
            Value::String(part) => text.extend_from_slice(&part.as_bytes()),
            value @ (Value::Integer(_) | Value::Number(_)) => {
                let part = call.lua.coerce_string(value)?;
                if let Some(part) = part {
                    text.extend_from_slice(&part.as_bytes());
                }
            }
            other => {
                let kind = type_name(&other);
                let why = format!("invalid value ({kind}) at index {at} in table for 'concat'");
                return Err(at_caller(call.lua, &why));
            }
        }
        if let Some(separator) = separator.as_ref().filter(|_| at != last) {
            text.extend_from_slice(&separator.as_bytes());
        }
        meter.charge(8)?;
        fits(call.lua, text.len())?;
    }
    meter.charge(text.len() as u64 / 8)?;
    call.lua.create_string(text).map(Value::String)
}
