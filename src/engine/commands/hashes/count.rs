//! Hashes: fields that are counters.

use crate::engine::{
    Args, Bytes, Class, Command, Context, Error, Group, Order, Reply, Result,
    flag::{DENY_OOM, FAST, WRITE},
    long_double::LongDouble,
    number,
    value::Hash,
};

/// The rows of this file.
pub const COMMANDS: &[Command] = &[
    Command {
        name: "hincrby",
        group: Group::Hash,
        since: "2.0.0",
        replaced_by: None,
        syntax: "key field increment",
        summary: "adds a whole number to the number in a field and answers the sum",
        complexity: "O(1)",
        flags: WRITE | DENY_OOM | FAST,
        order: Order::Exact,
        example: &[
            ("HINCRBY user visits 2", "(integer) 2"),
            ("HINCRBY user visits -5", "(integer) -3"),
        ],
        run: hincrby,
    },
    Command {
        name: "hincrbyfloat",
        group: Group::Hash,
        since: "2.6.0",
        replaced_by: None,
        syntax: "key field increment-float",
        summary: "adds a number to the number in a field and answers the sum",
        complexity: "O(1)",
        flags: WRITE | DENY_OOM | FAST,
        order: Order::Exact,
        example: &[
            ("HSET item price 10.5", "(integer) 1"),
            ("HINCRBYFLOAT item price 0.1", "\"10.6\""),
        ],
        run: hincrbyfloat,
    },
];

fn hincrby(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    const NO_INTEGER: Error = Error::Fixed("ERR hash value is not an integer");
    let (key, field, increment) = (args.next()?, args.next()?, args.int()?);
    let old = match old_value(ctx, key, field)? {
        Some(value) => number::parse_int(value).ok_or(NO_INTEGER)?,
        None => 0,
    };
    let sum = old.checked_add(increment).ok_or(Error::Overflow)?;
    set(ctx, key, field, number::format_int(sum), "hincrby")?;
    Ok(Reply::Int(sum))
}

fn hincrbyfloat(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    const NO_FLOAT: Error = Error::Fixed("ERR hash value is not a float");
    const INFINITE: Error = Error::Fixed("ERR value is NaN or Infinity");
    const SUM: Error = Error::Fixed("ERR increment would produce NaN or Infinity");
    let (key, field) = (args.next()?, args.next()?);
    let increment = LongDouble::parse(args.next()?).ok_or(Error::NotFloat)?;
    if !increment.is_finite() {
        return Err(INFINITE);
    }
    let old = match old_value(ctx, key, field)? {
        Some(value) => LongDouble::parse(value).ok_or(NO_FLOAT)?,
        None => LongDouble::zero(),
    };
    let sum = old.plus(increment).ok_or(SUM)?.to_bytes();
    set(ctx, key, field, sum.clone(), "hincrbyfloat")?;
    Ok(Reply::Bulk(sum))
}

fn old_value<'a>(ctx: &'a Context<'_>, key: &[u8], field: &[u8]) -> Result<Option<&'a Bytes>> {
    Ok(ctx.read::<Hash>(key)?.and_then(|hash| hash.get(field)))
}

fn set(
    ctx: &mut Context<'_>,
    key: &Bytes,
    field: &Bytes,
    value: Bytes,
    event: &'static str,
) -> Result<()> {
    let small = ctx.limits().hash;
    ctx.edit_or_create(key, |hash: &mut Hash| {
        hash.insert(field.clone(), value, small)
    })?;
    ctx.changed(Class::Hash, event, key);
    Ok(())
}
