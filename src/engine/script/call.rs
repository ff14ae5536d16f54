//! A function that scripts call: its arguments, read as Lua's own library reads them, and how it fails.

use std::{cell::Cell, fmt};

use mlua::{Error, Lua, LuaString, MultiValue, Result, Table, Value};

use super::BUDGET;

/// What a function raises. Rust can raise nothing but an error of `mlua`; the prelude turns it into what a script may
/// see wherever one can be caught.
#[derive(Debug, Clone)]
pub(super) enum Raised {
    /// A text, with the place in front.
    Text(String),
    /// A table whose `err` is this error of the library's own.
    Misuse(String),
    /// A table whose `err` is this error of a command.
    Reply(String),
    /// What a function of the script itself raised.
    Value(Value),
    /// The script's budget is used up; nothing catches this.
    Over,
}

impl fmt::Display for Raised {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Raised::Text(text) | Raised::Misuse(text) | Raised::Reply(text) => f.write_str(text),
            Raised::Value(_) => f.write_str("an error of the script"),
            Raised::Over => f.write_str("the budget is used up"),
        }
    }
}

impl std::error::Error for Raised {}

impl Raised {
    /// As an error of a function.
    pub fn into_error(self) -> Error {
        Error::external(self)
    }

    /// What was raised, if it was raised by a function of ours.
    pub fn of(error: &Error) -> Option<Raised> {
        error
            .chain()
            .find_map(|cause| cause.downcast_ref::<Raised>())
            .cloned()
    }
}

/// A text with the place in front where the running function was called.
pub(super) fn at_caller(lua: &Lua, text: &str) -> Error {
    let place = lua.inspect_stack(1, |caller| {
        let line = caller.current_line()?;
        Some(format!("{}:{line}: ", caller.source().short_src?))
    });
    Raised::Text(place.flatten().unwrap_or_default() + text).into_error()
}

/// How much a script has done.
#[derive(Debug, Default)]
pub(super) struct Meter {
    used: Cell<u64>,
    /// The state of Redis' own random numbers.
    pub random: Cell<u64>,
    /// Whether all garbage was collected since this was last looked at.
    pub collected: Cell<bool>,
    /// The most bytes that the script was seen to use since then.
    pub peak: Cell<u64>,
}

impl Meter {
    /// A script begins.
    pub fn reset(&self) {
        self.used.set(0);
        self.peak.set(0);
    }

    /// Whether the budget is used up.
    pub fn is_over(&self) -> bool {
        self.used.get() > BUDGET
    }

    /// How many steps are left.
    pub fn left(&self) -> u64 {
        BUDGET.saturating_sub(self.used.get())
    }

    /// Takes note of steps.
    pub fn charge(&self, steps: u64) -> Result<()> {
        self.used.set(self.used.get().saturating_add(steps));
        if self.is_over() {
            return Err(Raised::Over.into_error());
        }
        Ok(())
    }
}

/// The arguments of one call.
pub(super) struct Call<'a> {
    pub lua: &'a Lua,
    name: &'static str,
    args: Vec<Value>,
}

impl<'a> Call<'a> {
    pub fn new(lua: &'a Lua, name: &'static str, args: MultiValue) -> Call<'a> {
        let args = args.into_iter().collect();
        Call { lua, name, args }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.args.len()
    }

    /// An argument, from 0; nil when it is missing.
    pub fn value(&self, at: usize) -> Value {
        self.args.get(at).cloned().unwrap_or(Value::Nil)
    }

    /// A string, or a number as one.
    pub fn string(&self, at: usize) -> Result<LuaString> {
        let found = match self.args.get(at) {
            Some(value @ (Value::String(_) | Value::Integer(_) | Value::Number(_))) => {
                self.lua.coerce_string(value.clone())?
            }
            _ => None,
        };
        found.ok_or_else(|| self.wrong_type(at, "string"))
    }

    /// A table.
    pub fn table(&self, at: usize) -> Result<Table> {
        match self.args.get(at) {
            Some(Value::Table(table)) => Ok(table.clone()),
            _ => Err(self.wrong_type(at, "table")),
        }
    }

    /// A number, or a string that reads as one.
    pub fn number(&self, at: usize) -> Result<f64> {
        let found = match self.args.get(at) {
            Some(Value::Integer(number)) => Some(*number as f64),
            Some(Value::Number(number)) => Some(*number),
            Some(value @ Value::String(_)) => self.lua.coerce_number(value.clone())?,
            _ => None,
        };
        found.ok_or_else(|| self.wrong_type(at, "number"))
    }

    /// A whole number, cut off as C does.
    pub fn int(&self, at: usize) -> Result<i64> {
        Ok(self.number(at)? as i64)
    }

    /// A whole number, or this one when there is none.
    pub fn int_or(&self, at: usize, default: i64) -> Result<i64> {
        match self.args.get(at) {
            None | Some(Value::Nil) => Ok(default),
            Some(_) => self.int(at),
        }
    }

    fn wrong_type(&self, at: usize, wanted: &str) -> Error {
        let found = self.args.get(at).map_or("no value", type_name);
        self.wrong(at, &format!("{wanted} expected, got {found}"))
    }

    /// An argument is wrong.
    pub fn wrong(&self, at: usize, why: &str) -> Error {
        let is_method = self
            .lua
            .inspect_stack(0, |own| own.names().name_what == Some("method"));
        let text = match (is_method == Some(true), at) {
            (true, 0) => format!("calling '{}' on bad self ({why})", self.name),
            (true, at) => format!("bad argument #{at} to '{}' ({why})", self.name),
            (false, at) => format!("bad argument #{} to '{}' ({why})", at + 1, self.name),
        };
        at_caller(self.lua, &text)
    }
}

/// What Lua calls the type of a value.
pub(super) fn type_name(value: &Value) -> &'static str {
    match value {
        Value::LightUserData(_) | Value::UserData(_) | Value::Error(_) => "userdata",
        Value::Integer(_) => "number",
        other => other.type_name(),
    }
}

/// Whether an error says that memory is short.
pub(super) fn out_of_memory(error: &Error) -> bool {
    let says = |cause: &(dyn std::error::Error + 'static)| {
        matches!(cause.downcast_ref::<Error>(), Some(Error::MemoryError(_)))
    };
    error.chain().any(says)
}
