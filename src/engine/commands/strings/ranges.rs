//! Parts of strings: lengths, ranges of bytes, and what writes into a string that is there.

use crate::engine::{
    Args, Bytes, Class, Command, Context, Error, Group, Order, Reply, Result,
    commands::range,
    flag::{DENY_OOM, FAST, READ, WRITE},
    value::{Str, Typed},
};

/// The rows of this file.
pub const COMMANDS: &[Command] = &[
    Command {
        name: "append",
        group: Group::String,
        since: "2.0.0",
        replaced_by: None,
        syntax: "key value",
        summary: "adds bytes at the end of a string and answers its length",
        complexity: "O(1), amortized",
        flags: WRITE | DENY_OOM | FAST,
        order: Order::Exact,
        example: &[
            ("APPEND greeting hello", "(integer) 5"),
            ("APPEND greeting \" world\"", "(integer) 11"),
            ("GET greeting", "\"hello world\""),
        ],
        run: append,
    },
    Command {
        name: "getrange",
        group: Group::String,
        since: "2.4.0",
        replaced_by: None,
        syntax: "key start end",
        summary: "answers the bytes from one index to another, both included",
        complexity: "O(N): the bytes answered",
        flags: READ,
        order: Order::Exact,
        example: &[
            ("SET word hello", "OK"),
            ("GETRANGE word 1 3", "\"ell\""),
            ("GETRANGE word -2 -1", "\"lo\""),
        ],
        run: getrange,
    },
    Command {
        name: "setrange",
        group: Group::String,
        since: "2.2.0",
        replaced_by: None,
        syntax: "key offset value",
        summary: "overwrites bytes of a string from an offset and answers its length",
        complexity: "O(M): the bytes written",
        flags: WRITE | DENY_OOM,
        order: Order::Exact,
        example: &[
            ("SET greeting \"hello world\"", "OK"),
            ("SETRANGE greeting 6 redis", "(integer) 11"),
            ("GET greeting", "\"hello redis\""),
        ],
        run: setrange,
    },
    Command {
        name: "strlen",
        group: Group::String,
        since: "2.2.0",
        replaced_by: None,
        syntax: "key",
        summary: "answers how many bytes a string has",
        complexity: "O(1)",
        flags: READ | FAST,
        order: Order::Exact,
        example: &[
            ("SET name rain", "OK"),
            ("STRLEN name", "(integer) 4"),
            ("STRLEN nobody", "(integer) 0"),
        ],
        run: strlen,
    },
    Command {
        name: "substr",
        group: Group::String,
        since: "1.0.0",
        replaced_by: Some("GETRANGE"),
        syntax: "key start end",
        summary: "is the old name of GETRANGE",
        complexity: "O(N): the bytes answered",
        flags: READ,
        order: Order::Exact,
        example: &[("SET word hello", "OK"), ("SUBSTR word 1 3", "\"ell\"")],
        run: getrange,
    },
];

fn append(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let (key, value) = (args.next()?, args.next()?);
    let old = ctx.read::<Str>(key)?.map(Str::len);
    if let Some(old) = old {
        check_length(ctx, old, value.len(), old)?;
        ctx.edit(key, |string: &mut Str| string.append(value))?;
    } else {
        ctx.set(key, Str::new(value.clone()).into_value(), None);
    }
    let length = old.unwrap_or(0) + value.len();
    ctx.changed(Class::String, "append", key);
    Ok(Reply::count(length))
}

fn setrange(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let (key, offset, value) = (args.next()?, args.int()?, args.next()?);
    let offset = usize::try_from(offset).map_err(|_| Error::Fixed("ERR offset is out of range"))?;
    let length = ctx.read::<Str>(key)?.map_or(0, Str::len);
    if value.is_empty() {
        return Ok(Reply::count(length));
    }
    check_length(ctx, offset, value.len(), length)?;
    ctx.edit_or_create(key, |string: &mut Str| string.overwrite(offset, value))?;
    ctx.changed(Class::String, "setrange", key);
    Ok(Reply::count(length.max(offset + value.len())))
}

/// Whether a string may reach `start + more` bytes, when it has `length` now; asked before anything is allocated.
fn check_length(ctx: &Context<'_>, start: usize, more: usize, length: usize) -> Result<()> {
    match start.checked_add(more) {
        Some(end) if end <= ctx.max_value() => ctx.room_for(end.saturating_sub(length)),
        _ => Err(Error::Fixed(
            "ERR string exceeds maximum allowed size (proto-max-bulk-len)",
        )),
    }
}

fn getrange(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let (key, start, end) = (args.next()?, args.int()?, args.int()?);
    let Some(string) = ctx.read::<Str>(key)? else {
        return Ok(Reply::bulk(Bytes::new()));
    };
    let bytes = string.bytes();
    // Redis 7.0: unlike the ranges of lists, an end before the start of the string is its first byte.
    let length = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    let end = if end < 0 && (start >= 0 || start <= end) {
        end.saturating_add(length).max(0)
    } else {
        end
    };
    Ok(Reply::bulk(bytes.slice(range(start, end, bytes.len()))))
}

fn strlen(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let string = ctx.read::<Str>(args.next()?)?;
    Ok(Reply::count(string.map_or(0, Str::len)))
}
