//! What SRANDMEMBER, HRANDFIELD and ZRANDMEMBER share: their counts and the shape of their replies.

use crate::engine::{Args, Context, Error, Reply, Result, number};

/// How many are asked for, and whether with what belongs to them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sample {
    /// Different ones when positive, with repetitions when negative.
    pub count: i64,
    with: bool,
}

/// The most that one call answers with repetitions: a reply is never larger than memory because of a number alone.
const MOST: u64 = 1 << 24;

const TOO_MANY: Error = Error::Fixed("ERR value is out of range");

impl Sample {
    /// Reads `[count [WITH…]]` to the end.
    pub fn options(mut args: Args<'_>, with: &str) -> Result<Option<Sample>> {
        if args.is_empty() {
            return Ok(None);
        }
        let count = count(args.next()?)?;
        let with = args.word(with);
        args.end()?;
        if with && count.unsigned_abs() > i64::MAX.unsigned_abs() / 2 {
            return Err(TOO_MANY);
        }
        Ok(Some(Sample { count, with }))
    }
}

/// Reads a count: any 64-bit integer whose negative is one too.
pub(super) fn count(text: &[u8]) -> Result<i64> {
    const RANGE: Error = Error::Fixed(
        "ERR value is out of range, value must between -9223372036854775807 and 9223372036854775807",
    );
    match number::parse_int(text) {
        None => Err(Error::NotInteger),
        Some(i64::MIN) => Err(RANGE),
        Some(count) => Ok(count),
    }
}

/// The positions of what is picked among `len`; without a count, one.
pub(super) fn positions(
    ctx: &mut Context<'_>,
    len: usize,
    count: Option<i64>,
) -> Result<Vec<usize>> {
    if len == 0 {
        return Ok(Vec::new());
    }
    let Some(count) = count else {
        return Ok(vec![ctx.random_below(len)]);
    };
    match usize::try_from(count) {
        Ok(count) if count >= len => Ok((0..len).collect()),
        Ok(count) => Ok(ctx.random_different(count, len)),
        Err(_) if count.unsigned_abs() > MOST => Err(TOO_MANY),
        Err(_) => Ok((count..0).map(|_| ctx.random_below(len)).collect()),
    }
}

/// The reply for a missing key.
pub(super) fn nothing(sample: Option<Sample>) -> Reply {
    sample.map_or(Reply::Nil, |_| Reply::Array(Vec::new()))
}

/// The reply for picks, each with what belongs to it.
pub(super) fn reply(sample: Option<Sample>, picked: impl Iterator<Item = (Reply, Reply)>) -> Reply {
    let mut names = picked;
    match sample {
        None => names.next().map_or(Reply::Nil, |(name, _)| name),
        Some(Sample { with: true, .. }) => Reply::Pairs(names.collect()),
        Some(_) => Reply::Array(names.map(|(name, _)| name).collect()),
    }
}
