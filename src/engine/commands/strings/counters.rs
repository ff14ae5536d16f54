//! Counters: strings that are read as numbers, whole or decimal.

use crate::engine::{
    Args, Bytes, Class, Command, Context, Error, Group, LongDouble, Order, Reply, Result,
    flag::{DENY_OOM, FAST, WRITE},
    value::{Str, Typed},
};

/// The rows of this file.
pub const COMMANDS: &[Command] = &[
    Command {
        name: "decr",
        group: Group::String,
        since: "1.0.0",
        replaced_by: None,
        syntax: "key",
        summary: "takes one off the number in a key and answers what is left",
        complexity: "O(1)",
        flags: WRITE | DENY_OOM | FAST,
        order: Order::Exact,
        example: &[
            ("SET stock 10", "OK"),
            ("DECR stock", "(integer) 9"),
            ("DECR new", "(integer) -1"),
        ],
        run: decr,
    },
    Command {
        name: "decrby",
        group: Group::String,
        since: "1.0.0",
        replaced_by: None,
        syntax: "key decrement",
        summary: "takes a whole number off the number in a key and answers what is left",
        complexity: "O(1)",
        flags: WRITE | DENY_OOM | FAST,
        order: Order::Exact,
        example: &[("SET stock 10", "OK"), ("DECRBY stock 4", "(integer) 6")],
        run: decrby,
    },
    Command {
        name: "incr",
        group: Group::String,
        since: "1.0.0",
        replaced_by: None,
        syntax: "key",
        summary: "adds one to the number in a key and answers the sum",
        complexity: "O(1)",
        flags: WRITE | DENY_OOM | FAST,
        order: Order::Exact,
        example: &[
            ("INCR visits", "(integer) 1"),
            ("INCR visits", "(integer) 2"),
        ],
        run: incr,
    },
    Command {
        name: "incrby",
        group: Group::String,
        since: "1.0.0",
        replaced_by: None,
        syntax: "key increment",
        summary: "adds a whole number to the number in a key and answers the sum",
        complexity: "O(1)",
        flags: WRITE | DENY_OOM | FAST,
        order: Order::Exact,
        example: &[
            ("SET points 10", "OK"),
            ("INCRBY points 5", "(integer) 15"),
            ("INCRBY points -20", "(integer) -5"),
        ],
        run: incrby,
    },
    Command {
        name: "incrbyfloat",
        group: Group::String,
        since: "2.6.0",
        replaced_by: None,
        syntax: "key increment-float",
        summary: "adds a number to the number in a key and answers the sum",
        complexity: "O(1)",
        flags: WRITE | DENY_OOM | FAST,
        order: Order::Exact,
        example: &[
            ("SET price 10.5", "OK"),
            ("INCRBYFLOAT price 0.1", "\"10.6\""),
            ("INCRBYFLOAT price -5", "\"5.6\""),
        ],
        run: incrbyfloat,
    },
];

fn incr(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    add(ctx, args.next()?, 1)
}

fn decr(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    add(ctx, args.next()?, -1)
}

fn incrby(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let (key, increment) = (args.next()?, args.int()?);
    add(ctx, key, increment)
}

fn decrby(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let (key, decrement) = (args.next()?, args.int()?);
    let increment = decrement
        .checked_neg()
        .ok_or(Error::Fixed("ERR decrement would overflow"))?;
    add(ctx, key, increment)
}

fn add(ctx: &mut Context<'_>, key: &Bytes, increment: i64) -> Result<Reply> {
    let add_to = |string: &mut Str| {
        let old = string.integer().ok_or(Error::NotInteger)?;
        let sum = old.checked_add(increment).ok_or(Error::Overflow)?;
        *string = Str::Int(sum);
        Ok(sum)
    };
    let sum = match ctx.edit(key, add_to)? {
        Some(sum) => sum?,
        None => {
            ctx.set(key, Str::Int(increment).into_value(), None);
            increment
        }
    };
    ctx.changed(Class::String, "incrby", key);
    Ok(Reply::Int(sum))
}

fn incrbyfloat(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let (key, increment) = (args.next()?, args.next()?);
    let old = match ctx.read::<Str>(key)? {
        Some(Str::Int(number)) => LongDouble::from(*number),
        Some(string) => LongDouble::parse(&string.bytes()).ok_or(Error::NotFloat)?,
        None => LongDouble::zero(),
    };
    let increment = LongDouble::parse(increment).ok_or(Error::NotFloat)?;
    let sum = old
        .plus(increment)
        .ok_or(Error::Fixed("ERR increment would produce NaN or Infinity"))?
        .to_bytes();
    ctx.edit_or_create(key, |string: &mut Str| *string = Str::Plain(sum.clone()))?;
    ctx.changed(Class::String, "incrbyfloat", key);
    Ok(Reply::Bulk(sum))
}
