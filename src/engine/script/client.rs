//! The client that the commands of a script come from, and what `redis.call` does.

use mlua::{Lua, MultiValue, Value};

use super::{
    MEMORY, Run,
    call::{Meter, Raised},
    convert, library,
};
use crate::engine::{
    Bytes, Context, Error, Origin, Protocol, Reply, Session, commands,
    flag::{DENY_OOM, MAY_REPLICATE, NO_SCRIPT, WRITE},
    number,
};

/// A client that has a database and a protocol of its own.
pub(super) struct Client<'a, 'b> {
    ctx: &'a mut Context<'b>,
    session: Session,
    read_only: bool,
    allow_oom: bool,
    /// Whether it has called a command that writes; then nothing stops it in the middle.
    dirty: bool,
    meter: &'a Meter,
}

impl<'a, 'b> Client<'a, 'b> {
    /// A client in the database of the one that runs the script.
    pub fn new(ctx: &'a mut Context<'b>, run: &Run<'_>, meter: &'a Meter) -> Client<'a, 'b> {
        let origin = Origin {
            address: "lua".to_owned(),
            ..Origin::default()
        };
        let mut session = Session::new(ctx.session.id, origin, ctx.now());
        session.db = ctx.session.db;
        Client {
            ctx,
            session,
            read_only: run.read_only,
            allow_oom: run.allow_oom,
            dirty: false,
            meter,
        }
    }

    /// What `redis.setresp` has chosen.
    pub fn protocol(&self) -> Protocol {
        self.session.protocol
    }

    /// `redis.call`: the errors of commands are raised.
    pub fn call(&mut self, lua: &Lua, words: MultiValue) -> mlua::Result<Value> {
        match self.run(words)? {
            Reply::Error(error) => Err(Raised::Reply(error.to_string()).into_error()),
            reply => convert::to_lua(lua, reply, self.protocol(), self.meter),
        }
    }

    /// `redis.pcall`: errors are values.
    pub fn pcall(&mut self, lua: &Lua, words: MultiValue) -> mlua::Result<Value> {
        match self.run(words) {
            Ok(reply) => convert::to_lua(lua, reply, self.protocol(), self.meter),
            Err(error) => match Raised::of(&error) {
                Some(Raised::Misuse(text)) => convert::error_table(lua, &text).map(Value::Table),
                _ => Err(error),
            },
        }
    }

    /// `redis.setresp`.
    pub fn setresp(&mut self, lua: &Lua, args: MultiValue) -> mlua::Result<()> {
        let mut args = args.into_iter();
        let (Some(version), None) = (args.next(), args.next()) else {
            return Err(library::misuse("redis.setresp() requires one argument."));
        };
        let version = lua.coerce_number(version).ok().flatten();
        self.session.protocol = match version.map(|version| version as i64) {
            Some(2) => Protocol::Resp2,
            Some(3) => Protocol::Resp3,
            _ => return Err(library::misuse("RESP version must be 2 or 3.")),
        };
        Ok(())
    }

    /// Runs a command; wrong use of `redis.call` itself is an error.
    fn run(&mut self, words: MultiValue) -> mlua::Result<Reply> {
        let argv = argv(words)?;
        let bytes: usize = argv.iter().map(|word| word.len() + 16).sum();
        self.meter.charge(200 + bytes as u64 / 8)?;
        Ok(match self.refused(&argv) {
            Some(error) => error.into(),
            None => self.ctx.engine.run_at_once(&mut self.session, &argv),
        })
    }

    /// Why a command may not be called here, in the order of Redis' own checks (`scriptCall`).
    fn refused(&mut self, argv: &[Bytes]) -> Option<Error> {
        let row = match commands::resolve(argv) {
            Ok(row) => row,
            Err(Error::Arity { .. }) => {
                return Some(Error::Fixed(
                    "ERR Wrong number of args calling Redis command from script",
                ));
            }
            Err(absent @ Error::Absent { .. }) => return Some(absent),
            Err(_) => return Some(Error::Fixed("ERR Unknown Redis command called from script")),
        };
        if row.has(NO_SCRIPT) {
            return Some(Error::Fixed(
                "ERR This Redis command is not allowed from script",
            ));
        }
        if self.read_only && row.flags & (WRITE | MAY_REPLICATE) != 0 {
            return Some(Error::Fixed(
                "ERR Write commands are not allowed from read-only scripts.",
            ));
        }
        let short = self.ctx.engine.short && !self.allow_oom && !self.dirty;
        if short && row.has(DENY_OOM) {
            return Some(Error::OutOfMemory);
        }
        self.dirty |= row.has(WRITE);
        None
    }
}

/// The words of a command as a script gives them: strings, and numbers with all their digits.
pub(super) fn argv(words: MultiValue) -> mlua::Result<Vec<Bytes>> {
    if words.is_empty() {
        return Err(library::misuse(
            "Please specify at least one argument for this redis lib call",
        ));
    }
    let bytes: usize = words.iter().map(length).sum();
    if bytes > MEMORY {
        return Err(mlua::Error::MemoryError("not enough memory".to_owned()));
    }
    let word = |word: Value| match word {
        Value::String(text) => Some(Bytes::from(&*text.as_bytes())),
        Value::Integer(number) => Some(number::format_double(number as f64)),
        Value::Number(number) if number.is_nan() && number.is_sign_negative() => {
            Some(Bytes::from(&b"-nan"[..]))
        }
        Value::Number(number) => Some(number::format_double(number)),
        _ => None,
    };
    let words: Option<Vec<Bytes>> = words.into_iter().map(word).collect();
    words.ok_or_else(|| {
        library::misuse("Lua redis lib command arguments must be strings or integers")
    })
}

/// The bytes of a word before it is copied.
fn length(word: &Value) -> usize {
    match word {
        Value::String(text) => text.as_bytes().len(),
        _ => 0,
    }
}
