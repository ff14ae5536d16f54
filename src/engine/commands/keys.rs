//! Keys of any type: rows and functions. Deadlines are in [`super::expiry`], SCAN and SORT in files of their own.
//!
//! The file is longer than most because it is a catalogue of rows; the functions start below them.

use crate::engine::{
    Args, Bytes, Class, Command, Context, Error, Group, Order, Reply, Result,
    flag::{DANGEROUS, DENY_OOM, FAST, LOADING, READ, STALE, WRITE},
    glob, number,
    value::{Str, Value},
};

/// The rows of this group.
pub const COMMANDS: &[Command] = &[
    Command {
        name: "copy",
        group: Group::Generic,
        since: "6.2.0",
        replaced_by: None,
        syntax: "source destination [DB destination-db] [REPLACE]",
        summary: "copies a value with its deadline to another key",
        complexity: "O(N): the elements of the value",
        flags: WRITE | DENY_OOM,
        order: Order::Exact,
        example: &[
            ("SET a 1", "OK"),
            ("COPY a b", "(integer) 1"),
            ("COPY a b", "(integer) 0"),
            ("GET b", "\"1\""),
        ],
        run: copy,
    },
    Command {
        name: "del",
        group: Group::Generic,
        since: "1.0.0",
        replaced_by: None,
        syntax: "key [key ...]",
        summary: "removes keys and answers how many there were",
        complexity: "O(N): the keys named",
        flags: WRITE,
        order: Order::Exact,
        example: &[("MSET a 1 b 2", "OK"), ("DEL a b c", "(integer) 2")],
        run: del,
    },
    Command {
        name: "exists",
        group: Group::Generic,
        since: "1.0.0",
        replaced_by: None,
        syntax: "key [key ...]",
        summary: "answers how many of the keys exist",
        complexity: "O(N): the keys named",
        flags: READ | FAST,
        order: Order::Exact,
        example: &[("SET a 1", "OK"), ("EXISTS a a nobody", "(integer) 2")],
        run: exists,
    },
    Command {
        name: "keys",
        group: Group::Generic,
        since: "1.0.0",
        replaced_by: None,
        syntax: "pattern",
        summary: "answers the keys whose names match a pattern",
        complexity: "O(N): all keys of the database",
        flags: READ | DANGEROUS,
        order: Order::Any,
        example: &[("MSET one 1 two 2", "OK"), ("KEYS t*", "[\"two\"]")],
        run: keys,
    },
    Command {
        name: "move",
        group: Group::Generic,
        since: "1.0.0",
        replaced_by: None,
        syntax: "key db",
        summary: "moves a key to another database",
        complexity: "O(1)",
        flags: WRITE | FAST,
        order: Order::Exact,
        example: &[
            ("SET a 1", "OK"),
            ("MOVE a 1", "(integer) 1"),
            ("EXISTS a", "(integer) 0"),
        ],
        run: move_,
    },
    Command {
        name: "object|encoding",
        group: Group::Generic,
        since: "2.2.3",
        replaced_by: None,
        syntax: "key",
        summary: "answers how a value is laid out in memory",
        complexity: "O(1)",
        flags: READ,
        order: Order::Exact,
        example: &[
            ("SET a 12345", "OK"),
            ("OBJECT ENCODING a", "\"int\""),
            ("OBJECT ENCODING nobody", "(nil)"),
        ],
        run: object_encoding,
    },
    Command {
        name: "object|freq",
        group: Group::Generic,
        since: "4.0.0",
        replaced_by: None,
        syntax: "key",
        summary: "answers how often a key is used, when eviction goes by that",
        complexity: "O(1)",
        flags: READ,
        order: Order::Exact,
        example: &[("OBJECT FREQ nobody", "(nil)")],
        run: object_freq,
    },
    Command {
        name: "object|help",
        group: Group::Generic,
        since: "6.2.0",
        replaced_by: None,
        syntax: "",
        summary: "answers what OBJECT can do",
        complexity: "O(1)",
        flags: LOADING | STALE,
        order: Order::Exact,
        example: &[],
        run: object_help,
    },
    Command {
        name: "object|idletime",
        group: Group::Generic,
        since: "2.2.3",
        replaced_by: None,
        syntax: "key",
        summary: "answers for how many seconds a key has not been used",
        complexity: "O(1)",
        flags: READ,
        order: Order::Random,
        example: &[("SET a 1", "OK"), ("OBJECT IDLETIME a", "(integer) 0")],
        run: object_idletime,
    },
    Command {
        name: "object|refcount",
        group: Group::Generic,
        since: "2.2.3",
        replaced_by: None,
        syntax: "key",
        summary: "answers how many places share a value in memory",
        complexity: "O(1)",
        flags: READ,
        order: Order::Random,
        example: &[("SET a text", "OK"), ("OBJECT REFCOUNT a", "(integer) 1")],
        run: object_refcount,
    },
    Command {
        name: "randomkey",
        group: Group::Generic,
        since: "1.0.0",
        replaced_by: None,
        syntax: "",
        summary: "answers the name of any key",
        complexity: "O(1)",
        flags: READ,
        order: Order::Random,
        example: &[
            ("RANDOMKEY", "(nil)"),
            ("SET a 1", "OK"),
            ("RANDOMKEY", "\"a\""),
        ],
        run: randomkey,
    },
    Command {
        name: "rename",
        group: Group::Generic,
        since: "1.0.0",
        replaced_by: None,
        syntax: "key newkey",
        summary: "gives a key another name, in the place of whatever had it",
        complexity: "O(1)",
        flags: WRITE,
        order: Order::Exact,
        example: &[("SET a 1", "OK"), ("RENAME a b", "OK"), ("GET b", "\"1\"")],
        run: rename,
    },
    Command {
        name: "renamenx",
        group: Group::Generic,
        since: "1.0.0",
        replaced_by: None,
        syntax: "key newkey",
        summary: "gives a key another name that is not taken yet",
        complexity: "O(1)",
        flags: WRITE | FAST,
        order: Order::Exact,
        example: &[
            ("MSET a 1 b 2", "OK"),
            ("RENAMENX a b", "(integer) 0"),
            ("RENAMENX a c", "(integer) 1"),
        ],
        run: renamenx,
    },
    Command {
        name: "touch",
        group: Group::Generic,
        since: "3.2.1",
        replaced_by: None,
        syntax: "key [key ...]",
        summary: "marks keys as used and answers how many exist",
        complexity: "O(N): the keys named",
        flags: READ | FAST,
        order: Order::Exact,
        example: &[("SET a 1", "OK"), ("TOUCH a nobody", "(integer) 1")],
        run: touch,
    },
    Command {
        name: "type",
        group: Group::Generic,
        since: "1.0.0",
        replaced_by: None,
        syntax: "key",
        summary: "answers the type of the value that a key holds",
        complexity: "O(1)",
        flags: READ | FAST,
        order: Order::Exact,
        example: &[
            ("SET a 1", "OK"),
            ("TYPE a", "string"),
            ("TYPE nobody", "none"),
        ],
        run: type_,
    },
    Command {
        name: "unlink",
        group: Group::Generic,
        since: "4.0.0",
        replaced_by: None,
        syntax: "key [key ...]",
        summary: "removes keys and leaves the tidying for later",
        complexity: "O(1) for each key",
        flags: WRITE | FAST,
        order: Order::Exact,
        example: &[("MSET a 1 b 2", "OK"), ("UNLINK a b c", "(integer) 2")],
        run: unlink,
    },
];

/// A command names a database that is its own, or a key that is the same.
const SAME: Error = Error::Fixed("ERR source and destination objects are the same");

fn del(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let mut removed = 0;
    for key in args.rest() {
        if ctx.remove(key).is_some() {
            ctx.changed(Class::Generic, "del", key);
            removed += 1;
        }
    }
    Ok(Reply::Int(removed))
}

fn unlink(ctx: &mut Context<'_>, args: Args<'_>) -> Result<Reply> {
    del(ctx, args)
}

fn exists(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let known = args.rest().iter().filter(|key| ctx.entry(key).is_some());
    Ok(Reply::count(known.count()))
}

fn touch(ctx: &mut Context<'_>, args: Args<'_>) -> Result<Reply> {
    exists(ctx, args)
}

fn type_(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let entry = ctx.entry(args.next()?);
    Ok(Reply::Status(
        entry.map_or("none", |entry| entry.value.kind().name()),
    ))
}

fn keys(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let pattern = args.next()?;
    let names = ctx.database().iter().map(|(key, _)| key);
    Ok(Reply::bulks(
        names.filter(|key| glob::matches(pattern, key)).cloned(),
    ))
}

fn randomkey(ctx: &mut Context<'_>, _: Args<'_>) -> Result<Reply> {
    let count = ctx.database().len();
    if count == 0 {
        return Ok(Reply::Nil);
    }
    let position = ctx.engine.random.usize(..count);
    let chosen = ctx.database().at(position).map(|(key, _)| key.clone());
    Ok(Reply::bulk_or_nil(chosen))
}

fn rename(ctx: &mut Context<'_>, args: Args<'_>) -> Result<Reply> {
    rename_when(ctx, args, true)?;
    Ok(Reply::OK)
}

fn renamenx(ctx: &mut Context<'_>, args: Args<'_>) -> Result<Reply> {
    Ok(Reply::flag(rename_when(ctx, args, false)?))
}

/// Gives a key another name; whether that was done. A name that is taken is given up by its key when `replace`.
fn rename_when(ctx: &mut Context<'_>, mut args: Args<'_>, replace: bool) -> Result<bool> {
    let (key, new) = (args.next()?, args.next()?);
    if ctx.entry(key).is_none() {
        return Err(Error::NoSuchKey);
    }
    if key == new || (!replace && ctx.entry(new).is_some()) {
        return Ok(false);
    }
    let db = ctx.session.db;
    let entry = ctx.remove(key).ok_or(Error::NoSuchKey)?;
    ctx.set_in(db, new.clone(), entry);
    ctx.changed(Class::Generic, "rename_from", key);
    ctx.changed(Class::Generic, "rename_to", new);
    Ok(true)
}

fn move_(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let (key, target) = (args.next()?, database(ctx, args.next()?)?);
    let source = ctx.session.db;
    if target == source {
        return Err(SAME);
    }
    if ctx.engine.keyspace.get(target, key).is_some() {
        return Ok(Reply::flag(false));
    }
    let Some(entry) = ctx.remove(key) else {
        return Ok(Reply::flag(false));
    };
    ctx.set_in(target, key.clone(), entry);
    ctx.changed(Class::Generic, "move_from", key);
    ctx.changed_in(target, Class::Generic, "move_to", key);
    Ok(Reply::flag(true))
}

fn copy(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let (key, new) = (args.next()?, args.next()?);
    let (mut target, mut replace) = (ctx.session.db, false);
    while !args.is_empty() {
        if args.word("REPLACE") {
            replace = true;
        } else if args.len() >= 2 && args.word("DB") {
            target = database(ctx, args.next()?)?;
        } else {
            return Err(Error::Syntax);
        }
    }
    if target == ctx.session.db && key == new {
        return Err(SAME);
    }
    let Some(entry) = ctx.entry(key).cloned() else {
        return Ok(Reply::flag(false));
    };
    if !replace && ctx.engine.keyspace.get(target, new).is_some() {
        return Ok(Reply::flag(false));
    }
    ctx.room_for(entry.value.weight())?;
    ctx.set_in(target, new.clone(), entry);
    ctx.changed_in(target, Class::Generic, "copy_to", new);
    Ok(Reply::flag(true))
}

/// Reads the number of a database.
pub(super) fn database(ctx: &Context<'_>, text: &Bytes) -> Result<usize> {
    let index = number::parse_int(text).ok_or(Error::NotInteger)?;
    // Redis 7.0: the range of C's `int` is looked at first.
    if i32::try_from(index).is_err() {
        return Err(Error::Fixed(
            "ERR value is out of range, value must between -2147483648 and 2147483647",
        ));
    }
    usize::try_from(index)
        .ok()
        .filter(|index| *index < ctx.engine.keyspace.count())
        .ok_or(Error::Fixed("ERR DB index is out of range"))
}

fn object_encoding(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let entry = ctx.entry(args.next()?);
    Ok(entry.map_or(Reply::Nil, |entry| {
        Reply::bulk(entry.value.encoding().as_bytes())
    }))
}

fn object_refcount(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let entry = ctx.entry(args.next()?);
    Ok(entry.map_or(Reply::Nil, |entry| match entry.value {
        // Redis 7.0: small numbers are shared for ever, and their count is the greatest `int`.
        Value::String(Str::Int(0..10_000)) => Reply::Int(i64::from(i32::MAX)),
        _ => Reply::Int(1),
    }))
}

fn object_idletime(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    // The engine does not keep when keys were used: each has just been.
    let entry = ctx.entry(args.next()?);
    Ok(entry.map_or(Reply::Nil, |_| Reply::Int(0)))
}

fn object_freq(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    match ctx.entry(args.next()?) {
        None => Ok(Reply::Nil),
        Some(_) => Err(Error::Fixed(
            "ERR An LFU maxmemory policy is not selected, access frequency not tracked. Please note that when \
             switching between policies at runtime LRU and LFU data will take some time to adjust.",
        )),
    }
}

fn object_help(_: &mut Context<'_>, _: Args<'_>) -> Result<Reply> {
    Ok(super::help(
        "OBJECT <subcommand> [<arg> [value] [opt] ...]. Subcommands are:",
        &[
            "ENCODING <key>",
            "    Return the kind of internal representation used in order to store the value",
            "    associated with a <key>.",
            "FREQ <key>",
            "    Return the access frequency index of the <key>. The returned integer is",
            "    proportional to the logarithm of the recent access frequency of the key.",
            "IDLETIME <key>",
            "    Return the idle time of the <key>, that is the approximated number of",
            "    seconds elapsed since the last access to the key.",
            "REFCOUNT <key>",
            "    Return the number of references of the value associated with the specified",
            "    <key>.",
        ],
    ))
}
