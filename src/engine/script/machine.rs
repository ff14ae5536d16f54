//! The Lua that runs scripts, and one script's run.

use std::{cell::RefCell, collections::HashMap, rc::Rc};

use mlua::{
    Function, HookTriggers, Lua, LuaOptions, StdLib, Table, Value, VmState, chunk::ChunkMode,
};

use super::{
    BUDGET, MEMORY, Name, Script,
    call::{Meter, Raised, out_of_memory, type_name},
    client::Client,
    convert, library, strings, tables,
};
use crate::engine::{Bytes, Context, Error, Reply, Result, error::one_line};

/// Between two looks at the budget, in instructions.
const INTERVAL: u32 = 1000;
/// How many compiled scripts are kept.
const COMPILED: usize = 500;
/// A machine that still uses so many bytes after a script is thrown away.
const KEPT: usize = 4 << 20;

thread_local! {
    /// A machine between two scripts. All engines of a thread share it, since no script leaves a trace in it.
    static IDLE: RefCell<Option<Machine>> = const { RefCell::new(None) };
}

/// One call of a script.
pub(in crate::engine) struct Run<'a> {
    /// Its name.
    pub name: &'a str,
    /// It.
    pub script: &'a Script,
    /// `KEYS`.
    pub keys: &'a [Bytes],
    /// `ARGV`.
    pub args: &'a [Bytes],
    /// Whether it may not write.
    pub read_only: bool,
    /// Whether it may write at the memory limit.
    pub allow_oom: bool,
}

/// Whether a script compiles.
pub(in crate::engine) fn check(name: &str, script: &Script) -> Result<()> {
    with_machine(|machine| machine.compiled(name, script).map(drop))
}

/// Runs a script for the client of a context.
pub(in crate::engine) fn run(ctx: &mut Context<'_>, run: &Run<'_>) -> Reply {
    with_machine(|machine| machine.run(ctx, run)).unwrap_or_else(Reply::from)
}

fn with_machine<T>(f: impl FnOnce(&mut Machine) -> Result<T>) -> Result<T> {
    let idle = IDLE.with_borrow_mut(Option::take);
    let mut machine = match idle {
        Some(machine) => machine,
        None => Machine::new()
            .map_err(|error| Error::composed(format!("ERR Lua does not start: {error}")))?,
    };
    let outcome = f(&mut machine);
    if !machine.meter.is_over() && machine.lua.used_memory() < KEPT {
        IDLE.set(Some(machine));
    }
    outcome
}

/// Why a script failed: the error's text and where it was raised.
#[derive(Debug, Default)]
struct Failure {
    text: String,
    place: Option<String>,
}

struct Machine {
    lua: Lua,
    meter: Rc<Meter>,
    failure: Rc<RefCell<Option<Failure>>>,
    environment: Table,
    redis: Table,
    prepare: Function,
    guarded: Function,
    compiled: HashMap<Name, Function>,
}

/// Garbage by intention: when it is dropped, all other garbage was collected too.
struct Sentinel(Rc<Meter>);

impl Drop for Sentinel {
    fn drop(&mut self) {
        self.0.collected.set(true);
    }
}

impl Machine {
    fn new() -> mlua::Result<Machine> {
        let libraries = StdLib::MATH | StdLib::STRING | StdLib::TABLE;
        let lua = Lua::new_with(libraries, LuaOptions::new())?;
        let (meter, failure) = (Rc::new(Meter::default()), Rc::default());
        let globals = lua.globals();
        let (string, pcall): (Table, Function) =
            (globals.raw_get("string")?, globals.raw_get("pcall")?);
        strings::replace(&lua, &string, &meter, &pcall)?;
        tables::replace(&lua, &globals.raw_get("table")?, &meter)?;
        let host = library::host(&lua, &meter)?;
        let redis = host.raw_get("redis")?;
        host.raw_set("failed", handler(&lua, &meter, &failure)?)?;
        // The prelude makes the globals that `loadstring` needs, which the prelude needs.
        let environment = lua.create_table()?;
        host.raw_set(
            "loadstring",
            library::loadstring(&lua, environment.clone(), &meter)?,
        )?;
        let prelude = lua.load(include_str!("prelude.lua")).set_name("=prelude");
        let (shown, prepare, guarded): (Table, Function, Function) = prelude.call(host)?;
        let meta = lua.create_table()?;
        meta.raw_set("__index", shown.clone())?;
        meta.raw_set("__newindex", shown.clone())?;
        environment.set_metatable(Some(meta))?;
        let own = meter.clone();
        let triggers = HookTriggers::new().every_nth_instruction(INTERVAL);
        lua.set_global_hook(triggers, move |lua, _| {
            tick(lua, &own)?;
            Ok(VmState::Continue)
        })?;
        lua.set_memory_limit(MEMORY)?;
        meter.collected.set(true);
        Ok(Machine {
            lua,
            meter,
            failure,
            environment: shown,
            redis,
            prepare,
            guarded,
            compiled: HashMap::new(),
        })
    }

    /// A script's function.
    fn compiled(&mut self, name: &str, script: &Script) -> Result<Function> {
        if let Some(function) = self.compiled.get(name) {
            return Ok(function.clone());
        }
        let chunk = self
            .lua
            .load(script.body())
            .set_name("@user_script")
            .set_mode(ChunkMode::Text);
        let function = chunk
            .set_environment(self.environment.clone())
            .into_function();
        let function = function.map_err(|error| {
            let text = match error {
                mlua::Error::SyntaxError { message, .. } => message,
                other => other.to_string(),
            };
            Error::composed(one_line(
                format!("ERR Error compiling script (new function): {text}").as_bytes(),
            ))
        })?;
        if self.compiled.len() >= COMPILED {
            self.compiled.clear();
        }
        self.compiled.insert(name.to_owned(), function.clone());
        Ok(function)
    }

    fn run(&mut self, ctx: &mut Context<'_>, run: &Run<'_>) -> Result<Reply> {
        let function = self.compiled(run.name, run.script)?;
        self.meter.reset();
        self.meter.random.set(ctx.engine.scripts.random.0);
        self.failure.take();
        let outcome = self.call(ctx, run, &function);
        ctx.engine.scripts.random.0 = self.meter.random.get();
        // Nothing of the script stays: neither its functions nor what it has returned.
        let _ = self.redis.raw_set("call", Value::Nil);
        let _ = self.prepare.call::<()>(());
        let failure = match outcome {
            Ok(Some(reply)) => return Ok(reply),
            Ok(None) => self.failure.take().unwrap_or_default(),
            Err(error) => Failure {
                text: self.told(&error),
                place: None,
            },
        };
        let place = failure.place.unwrap_or_default();
        let text = format!("{} script: {}{place}", failure.text, run.name);
        Err(Error::composed(one_line(text.as_bytes())))
    }

    /// What became of the machine itself.
    fn told(&self, error: &mlua::Error) -> String {
        if self.meter.is_over() {
            too_long()
        } else if out_of_memory(error) {
            too_large()
        } else {
            format!("ERR {error}")
        }
    }

    /// The script's reply; none when it failed.
    fn call(
        &self,
        ctx: &mut Context<'_>,
        run: &Run<'_>,
        function: &Function,
    ) -> mlua::Result<Option<Reply>> {
        let list = |items: &[Bytes]| {
            self.lua
                .create_sequence_from(items.iter().map(|item| Raw(item)))
        };
        self.prepare
            .call::<()>((list(run.keys)?, list(run.args)?))?;
        let client = RefCell::new(Client::new(ctx, run, &self.meter));
        self.lua.scope(|scope| {
            let own =
                |name: &str, function: mlua::Result<Function>| self.redis.raw_set(name, function?);
            let call = |lua: &Lua, words| client.borrow_mut().call(lua, words);
            own("call", scope.create_function(call))?;
            let pcall = |lua: &Lua, words| client.borrow_mut().pcall(lua, words);
            own("pcall", scope.create_function(pcall))?;
            let setresp = |lua: &Lua, args| client.borrow_mut().setresp(lua, args);
            own("setresp", scope.create_function(setresp))?;
            let (ran, value): (bool, Value) = self.guarded.call(function)?;
            if ran {
                let protocol = client.borrow().protocol();
                return convert::to_reply(&value, protocol, &self.meter, 0).map(Some);
            }
            if self.failure.borrow().is_none() {
                // Lua asks nobody what to say when memory is short.
                let short = matches!(&value, Value::String(text) if *text == "not enough memory");
                let text = if short {
                    too_large()
                } else {
                    format!("ERR {}", value.to_string()?)
                };
                *self.failure.borrow_mut() = Some(Failure { text, place: None });
            }
            Ok(None)
        })
    }
}

/// Bytes as a Lua string.
struct Raw<'a>(&'a [u8]);

impl mlua::IntoLua for Raw<'_> {
    fn into_lua(self, lua: &Lua) -> mlua::Result<Value> {
        lua.create_string(self.0).map(Value::String)
    }
}

fn too_long() -> String {
    format!("ERR script stopped after {BUDGET} steps; what it has written stays")
}

fn too_large() -> String {
    format!(
        "ERR script stopped at {} MB of memory; what it has written stays",
        MEMORY >> 20
    )
}

/// Charges for a while of Lua's own work. Memory that is filled and thrown away takes time too: as much as was there
/// each time when all garbage was collected.
fn tick(lua: &Lua, meter: &Rc<Meter>) -> mlua::Result<()> {
    let used = lua.used_memory() as u64;
    meter.peak.set(meter.peak.get().max(used));
    let mut steps = u64::from(INTERVAL);
    if meter.collected.replace(false) {
        steps += meter.peak.replace(used) / 8;
        drop(lua.create_any_userdata(Sentinel(meter.clone()))?);
    }
    meter.charge(steps)
}

/// What is called where a script fails: it takes note of the error and its place.
fn handler(
    lua: &Lua,
    meter: &Rc<Meter>,
    failure: &Rc<RefCell<Option<Failure>>>,
) -> mlua::Result<Function> {
    let (meter, failure) = (meter.clone(), failure.clone());
    lua.create_function(move |lua, value: Value| {
        let text = if meter.is_over() {
            too_long()
        } else if matches!(&value, Value::Error(error) if Raised::of(error).is_none() && out_of_memory(error)) {
            too_large()
        } else {
            text_of(&library::seen(lua, value)?)?
        };
        *failure.borrow_mut() = Some(Failure {
            text,
            place: place(lua),
        });
        Ok(())
    })
}

/// The text of an error, which may be a value of any kind.
fn text_of(value: &Value) -> mlua::Result<String> {
    let text = match value {
        Value::Table(table) => match table.raw_get("err")? {
            text @ (Value::String(_) | Value::Integer(_) | Value::Number(_)) => {
                return text.to_string();
            }
            // Redis itself comes to grief here.
            _ => "the error is a table without 'err'".to_owned(),
        },
        Value::String(text) => text.to_string_lossy(),
        other @ (Value::Nil | Value::Boolean(_) | Value::Integer(_) | Value::Number(_)) => {
            other.to_string()?
        }
        other => type_name(other).to_owned(),
    };
    Ok(format!("ERR {text}"))
}

/// Where the script was when the error was raised: in the function itself, or in the one that called it when it is not
/// written in Lua.
fn place(lua: &Lua) -> Option<String> {
    let (mut foreign, mut own) = (false, false);
    for level in 1.. {
        let found = lua.inspect_stack(level, |frame| {
            let source = frame.source();
            let line = frame.current_line().map_or(-1, |line| line as i64);
            (
                source.what,
                source.source.unwrap_or_default().into_owned(),
                line,
            )
        });
        match found? {
            (_, source, _) if source == "=prelude" => (foreign, own) = (false, true),
            // Its caller has called it last of all, and is no longer there.
            ("tail", _, _) if own => {}
            ("C", _, _) if !foreign => foreign = true,
            (_, source, line) => return Some(format!(", on {source}:{line}.")),
        }
    }
    None
}
