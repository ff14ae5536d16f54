//! Hashes: fields and values; [`count`] has the counters and [`pick`] random choice and the scan.

pub mod count;
pub mod pick;

use crate::engine::{
    Args, Bytes, Class, Command, Context, Error, Group, Order, Reply, Result,
    flag::{DENY_OOM, FAST, READ, WRITE},
    value::Hash,
};

/// The rows of this file.
pub const COMMANDS: &[Command] = &[
    Command {
        name: "hdel",
        group: Group::Hash,
        since: "2.0.0",
        replaced_by: None,
        syntax: "key field [field ...]",
        summary: "removes fields and answers how many were there",
        complexity: "O(M), M being the fields named",
        flags: WRITE | FAST,
        order: Order::Exact,
        example: &[
            ("HSET user name Ann age 30", "(integer) 2"),
            ("HDEL user age shoe", "(integer) 1"),
        ],
        run: hdel,
    },
    Command {
        name: "hexists",
        group: Group::Hash,
        since: "2.0.0",
        replaced_by: None,
        syntax: "key field",
        summary: "answers whether a hash has a field",
        complexity: "O(1)",
        flags: READ | FAST,
        order: Order::Exact,
        example: &[
            ("HSET user name Ann", "(integer) 1"),
            ("HEXISTS user name", "(integer) 1"),
        ],
        run: hexists,
    },
    Command {
        name: "hget",
        group: Group::Hash,
        since: "2.0.0",
        replaced_by: None,
        syntax: "key field",
        summary: "answers the value of a field",
        complexity: "O(1)",
        flags: READ | FAST,
        order: Order::Exact,
        example: &[
            ("HSET user name Ann", "(integer) 1"),
            ("HGET user name", "\"Ann\""),
            ("HGET user age", "(nil)"),
        ],
        run: hget,
    },
    Command {
        name: "hgetall",
        group: Group::Hash,
        since: "2.0.0",
        replaced_by: None,
        syntax: "key",
        summary: "answers all fields with their values",
        complexity: "O(N)",
        flags: READ,
        order: Order::Pairs,
        example: &[
            ("HSET user name Ann age 30", "(integer) 2"),
            ("HGETALL user", "[\"name\", \"Ann\", \"age\", \"30\"]"),
        ],
        run: hgetall,
    },
    Command {
        name: "hkeys",
        group: Group::Hash,
        since: "2.0.0",
        replaced_by: None,
        syntax: "key",
        summary: "answers all fields of a hash",
        complexity: "O(N)",
        flags: READ,
        order: Order::Any,
        example: &[
            ("HSET user name Ann age 30", "(integer) 2"),
            ("HKEYS user", "[\"name\", \"age\"]"),
        ],
        run: hkeys,
    },
    Command {
        name: "hlen",
        group: Group::Hash,
        since: "2.0.0",
        replaced_by: None,
        syntax: "key",
        summary: "answers how many fields a hash has",
        complexity: "O(1)",
        flags: READ | FAST,
        order: Order::Exact,
        example: &[
            ("HSET user name Ann age 30", "(integer) 2"),
            ("HLEN user", "(integer) 2"),
        ],
        run: hlen,
    },
    Command {
        name: "hmget",
        group: Group::Hash,
        since: "2.0.0",
        replaced_by: None,
        syntax: "key field [field ...]",
        summary: "answers the values of several fields, nil for each that is missing",
        complexity: "O(M), M being the fields named",
        flags: READ | FAST,
        order: Order::Exact,
        example: &[
            ("HSET user name Ann age 30", "(integer) 2"),
            ("HMGET user name shoe", "[\"Ann\", (nil)]"),
        ],
        run: hmget,
    },
    Command {
        name: "hmset",
        group: Group::Hash,
        since: "2.0.0",
        replaced_by: Some("HSET with multiple field-value pairs"),
        syntax: "key field value [field value ...]",
        summary: "sets the values of several fields",
        complexity: "O(M), M being the fields set",
        flags: WRITE | DENY_OOM | FAST,
        order: Order::Exact,
        example: &[
            ("HMSET user name Ann age 30", "OK"),
            ("HGET user age", "\"30\""),
        ],
        run: hmset,
    },
    Command {
        name: "hset",
        group: Group::Hash,
        since: "2.0.0",
        replaced_by: None,
        syntax: "key field value [field value ...]",
        summary: "sets the values of fields and answers how many fields are new",
        complexity: "O(M), M being the fields set",
        flags: WRITE | DENY_OOM | FAST,
        order: Order::Exact,
        example: &[
            ("HSET user name Ann age 30", "(integer) 2"),
            ("HSET user age 31 shoe 38", "(integer) 1"),
        ],
        run: hset,
    },
    Command {
        name: "hsetnx",
        group: Group::Hash,
        since: "2.0.0",
        replaced_by: None,
        syntax: "key field value",
        summary: "sets the value of a field that does not exist yet",
        complexity: "O(1)",
        flags: WRITE | DENY_OOM | FAST,
        order: Order::Exact,
        example: &[
            ("HSETNX user name Ann", "(integer) 1"),
            ("HSETNX user name Bob", "(integer) 0"),
        ],
        run: hsetnx,
    },
    Command {
        name: "hstrlen",
        group: Group::Hash,
        since: "3.2.0",
        replaced_by: None,
        syntax: "key field",
        summary: "answers how many bytes the value of a field has",
        complexity: "O(1)",
        flags: READ | FAST,
        order: Order::Exact,
        example: &[
            ("HSET user name Ann", "(integer) 1"),
            ("HSTRLEN user name", "(integer) 3"),
        ],
        run: hstrlen,
    },
    Command {
        name: "hvals",
        group: Group::Hash,
        since: "2.0.0",
        replaced_by: None,
        syntax: "key",
        summary: "answers all values of a hash",
        complexity: "O(N)",
        flags: READ,
        order: Order::Any,
        example: &[
            ("HSET user name Ann age 30", "(integer) 2"),
            ("HVALS user", "[\"Ann\", \"30\"]"),
        ],
        run: hvals,
    },
];

fn hset(ctx: &mut Context<'_>, args: Args<'_>) -> Result<Reply> {
    Ok(Reply::count(set_all(ctx, args)?))
}

fn hmset(ctx: &mut Context<'_>, args: Args<'_>) -> Result<Reply> {
    set_all(ctx, args)?;
    Ok(Reply::OK)
}

/// Sets pairs of fields and values and says how many fields are new.
fn set_all(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<usize> {
    let key = args.next()?;
    let (pairs, odd) = args.rest().as_chunks::<2>();
    if !odd.is_empty() {
        return Err(Error::Arity {
            command: ctx.command.name,
        });
    }
    let small = ctx.limits().hash;
    let new = ctx.edit_or_create(key, |hash: &mut Hash| {
        let set = |[field, value]: &[Bytes; 2]| hash.insert(field.clone(), value.clone(), small);
        pairs.iter().map(set).filter(Option::is_none).count()
    })?;
    ctx.changed(Class::Hash, "hset", key);
    Ok(new)
}

fn hsetnx(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let (key, field, value) = (args.next()?, args.next()?, args.next()?);
    if let Some(hash) = ctx.read::<Hash>(key)?
        && hash.get(field).is_some()
    {
        return Ok(Reply::Int(0));
    }
    let small = ctx.limits().hash;
    ctx.edit_or_create(key, |hash: &mut Hash| {
        hash.insert(field.clone(), value.clone(), small)
    })?;
    ctx.changed(Class::Hash, "hset", key);
    Ok(Reply::Int(1))
}

fn hdel(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let key = args.next()?;
    let removed = ctx.edit(key, |hash: &mut Hash| {
        let removed = |field: &&Bytes| hash.remove(field).is_some();
        args.rest().iter().filter(removed).count()
    })?;
    let removed = removed.unwrap_or(0);
    if removed > 0 {
        ctx.changed(Class::Hash, "hdel", key);
    }
    Ok(Reply::count(removed))
}

fn hget(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let (key, field) = (args.next()?, args.next()?);
    Ok(Reply::bulk_or_nil(value(ctx, key, field)?.cloned()))
}

fn hexists(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let (key, field) = (args.next()?, args.next()?);
    Ok(Reply::flag(value(ctx, key, field)?.is_some()))
}

fn hstrlen(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let (key, field) = (args.next()?, args.next()?);
    Ok(Reply::count(value(ctx, key, field)?.map_or(0, Bytes::len)))
}

fn value<'a>(ctx: &'a Context<'_>, key: &[u8], field: &[u8]) -> Result<Option<&'a Bytes>> {
    Ok(ctx.read::<Hash>(key)?.and_then(|hash| hash.get(field)))
}

fn hmget(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let hash = ctx.read::<Hash>(args.next()?)?;
    let value = |field: &Bytes| hash.and_then(|hash| hash.get(field)).cloned();
    let values = args.rest().iter().map(value).map(Reply::bulk_or_nil);
    Ok(Reply::Array(values.collect()))
}

fn hlen(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let hash = ctx.read::<Hash>(args.next()?)?;
    Ok(Reply::count(hash.map_or(0, Hash::len)))
}

fn hkeys(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let hash = ctx.read::<Hash>(args.next()?)?;
    let fields = hash
        .into_iter()
        .flat_map(Hash::iter)
        .map(|(field, _)| field);
    Ok(Reply::bulks(fields.cloned()))
}

fn hvals(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let hash = ctx.read::<Hash>(args.next()?)?;
    let values = hash
        .into_iter()
        .flat_map(Hash::iter)
        .map(|(_, value)| value);
    Ok(Reply::bulks(values.cloned()))
}

fn hgetall(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let hash = ctx.read::<Hash>(args.next()?)?;
    let pairs = hash.into_iter().flat_map(Hash::iter);
    Ok(Reply::Map(pairs.map(pair).collect()))
}

/// A field and its value as replies.
fn pair((field, value): (&Bytes, &Bytes)) -> (Reply, Reply) {
    (Reply::Bulk(field.clone()), Reply::Bulk(value.clone()))
}
