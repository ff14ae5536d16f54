//! What the commands share that take elements from the first of several keys, and wait when all are empty.

use crate::engine::{
    Args, Bytes, Context, Error, Result, long_double::LongDouble, number, value::Typed,
};

/// When a wait is over, read from a timeout in seconds: the Unix time in milliseconds, or never for 0.
pub(super) fn until(ctx: &Context<'_>, timeout: &[u8]) -> Result<Option<i64>> {
    const NO_FLOAT: Error = Error::Fixed("ERR timeout is not a float or out of range");
    const NEGATIVE: Error = Error::Fixed("ERR timeout is negative");
    let seconds = LongDouble::parse(timeout)
        .and_then(|_| number::read_double(timeout))
        .ok_or(NO_FLOAT)?;
    let milliseconds = (seconds * 1000.0).ceil();
    // Redis 7.0: what does not fit becomes the lowest number on its way to an integer.
    if milliseconds < 0.0 || milliseconds >= i64::MAX as f64 {
        return Err(NEGATIVE);
    }
    let milliseconds = milliseconds as i64;
    Ok((milliseconds > 0).then(|| ctx.now().saturating_add(milliseconds)))
}

/// Reads `key [key ...] timeout`.
pub(super) fn keys_and_timeout<'a>(
    ctx: &Context<'_>,
    mut args: Args<'a>,
) -> Result<(&'a [Bytes], Option<i64>)> {
    let (timeout, keys) = args.rest().split_last().ok_or(Error::Syntax)?;
    Ok((keys, until(ctx, timeout)?))
}

/// The first of these keys that has something to take. A key of another type is an error, but for one that waits.
pub(super) fn first_filled<T: Typed>(ctx: &Context<'_>, keys: &[Bytes]) -> Result<Option<Bytes>> {
    for key in ctx.ready_keys(keys) {
        match ctx.read::<T>(&key) {
            Ok(Some(_)) => return Ok(Some(key)),
            Err(error) if !ctx.is_resumed() => return Err(error),
            Ok(None) | Err(_) => {}
        }
    }
    Ok(None)
}

/// What LMPOP, ZMPOP and their waiting kin are asked for.
#[derive(Debug)]
pub(super) struct Several<'a, E> {
    /// The keys to look at, in this order.
    pub keys: &'a [Bytes],
    /// Which end to take from.
    pub end: E,
    /// How many to take at most; at least 1.
    pub count: usize,
}

impl<'a, E> Several<'a, E> {
    /// Reads `numkeys key [key ...] <end> [COUNT count]` to the end.
    pub fn read(
        args: &mut Args<'a>,
        end: impl Fn(&mut Args<'a>) -> Result<E>,
    ) -> Result<Several<'a, E>> {
        let numkeys = at_least_one(args, "ERR numkeys should be greater than 0")?;
        let keys = args.take(numkeys)?;
        let end = end(args)?;
        let mut count = None;
        while !args.is_empty() {
            if count.is_some() || args.len() < 2 || !args.word("COUNT") {
                return Err(Error::Syntax);
            }
            count = Some(at_least_one(args, "ERR count should be greater than 0")?);
        }
        Ok(Several {
            keys,
            end,
            count: count.unwrap_or(1),
        })
    }
}

fn at_least_one(args: &mut Args<'_>, text: &'static str) -> Result<usize> {
    number::parse_int(args.next()?)
        .and_then(|number| usize::try_from(number).ok())
        .filter(|number| *number > 0)
        .ok_or(Error::Fixed(text))
}
