//! Strings as rows of bits: bit 0 is the highest bit of the first byte, and what lies behind the end is 0.

use std::ops::Range;

use crate::engine::{
    Args, Bytes, Class, Command, Context, Error, Group, Order, Reply, Result,
    commands::range,
    flag::{DENY_OOM, FAST, READ, WRITE},
    number,
    value::{Str, Typed},
};

/// The rows of this group.
pub const COMMANDS: &[Command] = &[
    Command {
        name: "bitcount",
        group: Group::Bitmap,
        since: "2.6.0",
        replaced_by: None,
        syntax: "key [start end [BYTE|BIT]]",
        summary: "answers how many bits of a string are 1",
        complexity: "O(N): the bytes counted",
        flags: READ,
        order: Order::Exact,
        example: &[
            ("SET word foobar", "OK"),
            ("BITCOUNT word", "(integer) 26"),
            ("BITCOUNT word 0 0", "(integer) 4"),
            ("BITCOUNT word 5 30 BIT", "(integer) 17"),
        ],
        run: bitcount,
    },
    Command {
        name: "bitop",
        group: Group::Bitmap,
        since: "2.6.0",
        replaced_by: None,
        syntax: "<AND|OR|XOR|NOT> destination key [key ...]",
        summary: "combines strings bit by bit, stores the outcome and answers its length",
        complexity: "O(N): the bytes of all strings",
        flags: WRITE | DENY_OOM,
        order: Order::Exact,
        example: &[
            ("SET a abc", "OK"),
            ("SET b ABCD", "OK"),
            ("BITOP AND both a b", "(integer) 4"),
            ("GET both", "\"ABC\\x00\""),
        ],
        run: bitop,
    },
    Command {
        name: "bitpos",
        group: Group::Bitmap,
        since: "2.8.7",
        replaced_by: None,
        syntax: "key bit [start [end [BYTE|BIT]]]",
        summary: "answers the position of the first bit that is 1, or 0",
        complexity: "O(N): the bytes searched",
        flags: READ,
        order: Order::Exact,
        example: &[
            ("SET mask \"\\x00\\x0f\"", "OK"),
            ("BITPOS mask 1", "(integer) 12"),
            ("BITPOS mask 0", "(integer) 0"),
        ],
        run: bitpos,
    },
    Command {
        name: "getbit",
        group: Group::Bitmap,
        since: "2.2.0",
        replaced_by: None,
        syntax: "key offset",
        summary: "answers one bit of a string",
        complexity: "O(1)",
        flags: READ | FAST,
        order: Order::Exact,
        example: &[
            ("SETBIT days 7 1", "(integer) 0"),
            ("GETBIT days 7", "(integer) 1"),
            ("GETBIT days 100", "(integer) 0"),
        ],
        run: getbit,
    },
    Command {
        name: "setbit",
        group: Group::Bitmap,
        since: "2.2.0",
        replaced_by: None,
        syntax: "key offset value",
        summary: "sets one bit of a string to 1 or 0 and answers what it was",
        complexity: "O(1)",
        flags: WRITE | DENY_OOM,
        order: Order::Exact,
        example: &[
            ("SETBIT days 7 1", "(integer) 0"),
            ("SETBIT days 7 0", "(integer) 1"),
            ("STRLEN days", "(integer) 1"),
        ],
        run: setbit,
    },
];

fn setbit(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let (key, offset) = (args.next()?, offset(ctx, args.next()?)?);
    let bit = match number::parse_int(args.next()?) {
        Some(0) => false,
        Some(1) => true,
        _ => {
            return Err(Error::Fixed("ERR bit is not an integer or out of range"));
        }
    };
    let old = ctx.read::<Str>(key)?.map(Str::bytes);
    let length = old.as_ref().map_or(0, Bytes::len);
    let (byte, mask) = place(offset);
    ctx.room_for((byte + 1).saturating_sub(length))?;
    let before = old.as_ref().and_then(|old| old.get(byte)).copied();
    drop(old);
    let new = if bit {
        before.unwrap_or(0) | mask
    } else {
        before.unwrap_or(0) & !mask
    };
    ctx.edit_or_create(key, |string: &mut Str| string.overwrite(byte, &[new]))?;
    // Redis 7.0: a bit that is set to what it was is no change, unless the string grew.
    if before != Some(new) {
        ctx.changed(Class::String, "setbit", key);
    }
    Ok(Reply::flag(before.unwrap_or(0) & mask != 0))
}

fn getbit(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let (key, offset) = (args.next()?, offset(ctx, args.next()?)?);
    let (byte, mask) = place(offset);
    let bytes = ctx.read::<Str>(key)?.map(Str::bytes);
    let found = bytes.and_then(|bytes| bytes.get(byte).copied());
    Ok(Reply::flag(found.unwrap_or(0) & mask != 0))
}

fn bitcount(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let Some(string) = ctx.read::<Str>(args.next()?)? else {
        return Ok(Reply::Int(0));
    };
    let bytes = string.bytes();
    let all = bytes.len() * 8;
    if args.is_empty() {
        return Ok(Reply::count(ones(&bytes, 0..all)));
    }
    if args.len() == 1 || args.len() > 3 {
        return Err(Error::Syntax);
    }
    let (start, end) = (args.int()?, args.int()?);
    // Redis 7.0 looks at this before it looks at the unit.
    if start < 0 && end < 0 && start > end {
        return Ok(Reply::Int(0));
    }
    let unit = unit(&mut args)?;
    Ok(Reply::count(ones(&bytes, bits(start, end, unit, all))))
}

fn bitpos(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let (key, bit) = (args.next()?, args.int()?);
    if bit != 0 && bit != 1 {
        return Err(Error::Fixed("ERR The bit argument must be 1 or 0."));
    }
    let one = bit == 1;
    let Some(string) = ctx.read::<Str>(key)? else {
        return Ok(Reply::Int(if one { -1 } else { 0 }));
    };
    let bytes = string.bytes();
    let all = bytes.len() * 8;
    if args.len() > 3 {
        return Err(Error::Syntax);
    }
    let start = if args.is_empty() { 0 } else { args.int()? };
    let (end, unit) = match args.len() {
        0 => (None, 8),
        1 => (Some(args.int()?), 8),
        _ => {
            let end = args.next()?;
            let unit = unit(&mut args)?;
            (Some(Args::new(std::slice::from_ref(end)).int()?), unit)
        }
    };
    let range = bits(start, end.unwrap_or(-1), unit, all);
    let found = match first(&bytes, range.clone(), one) {
        Some(at) => Some(at),
        // Without an end the string goes on in zeros.
        None if !one && end.is_none() && !range.is_empty() => Some(all),
        None => None,
    };
    Ok(found.map_or(Reply::Int(-1), Reply::count))
}

fn bitop(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let operation = operation(&mut args)?;
    if operation.is_none() && args.len() != 2 {
        return Err(Error::Fixed(
            "ERR BITOP NOT must be called with a single source key.",
        ));
    }
    let destination = args.next()?;
    let mut sources = Vec::with_capacity(args.len());
    for key in args.rest() {
        let source = ctx.read::<Str>(key)?.map(Str::bytes);
        sources.push(source.unwrap_or_default());
    }
    let lengths = sources.iter().map(Bytes::len);
    let length = lengths.max().unwrap_or(0);
    if length == 0 {
        if ctx.remove(destination).is_some() {
            ctx.changed(Class::Generic, "del", destination);
        }
        return Ok(Reply::Int(0));
    }
    ctx.room_for(length)?;
    let outcome = combined(&sources, length, operation);
    ctx.set(destination, Str::Raw(outcome).into_value(), None);
    ctx.changed(Class::String, "set", destination);
    Ok(Reply::count(length))
}

/// How two bytes become one.
type Combine = fn(u8, u8) -> u8;

/// What BITOP is to do; nothing combines for NOT, which has one source.
fn operation(args: &mut Args<'_>) -> Result<Option<Combine>> {
    const OPERATIONS: [(&str, Option<Combine>); 4] = [
        ("AND", Some(|a, b| a & b)),
        ("OR", Some(|a, b| a | b)),
        ("XOR", Some(|a, b| a ^ b)),
        ("NOT", None),
    ];
    let named = OPERATIONS.iter().find(|(word, _)| args.word(word));
    named.map(|(_, combine)| *combine).ok_or(Error::Syntax)
}

/// The bytes of all sources combined, or of the only one negated; a source that ends early goes on in zeros.
fn combined(sources: &[Bytes], length: usize, operation: Option<Combine>) -> Bytes {
    let (first, rest) = sources.split_first().expect("BITOP has a source");
    let mut outcome = first.to_vec();
    outcome.resize(length, 0);
    let Some(combine) = operation else {
        for byte in &mut outcome {
            *byte = !*byte;
        }
        return Bytes::from(outcome);
    };
    for source in rest {
        let padded = source.iter().copied().chain(std::iter::repeat(0));
        for (byte, other) in outcome.iter_mut().zip(padded) {
            *byte = combine(*byte, other);
        }
    }
    Bytes::from(outcome)
}

/// The number of a bit, which must lie within the longest string that there may be.
fn offset(ctx: &Context<'_>, arg: &[u8]) -> Result<usize> {
    number::parse_int(arg)
        .and_then(|offset| usize::try_from(offset).ok())
        .filter(|offset| offset / 8 < ctx.max_value())
        .ok_or(Error::Fixed(
            "ERR bit offset is not an integer or out of range",
        ))
}

/// The byte in which a bit lies, and the bit within it.
fn place(offset: usize) -> (usize, u8) {
    (offset / 8, 0x80 >> (offset % 8))
}

/// How many bits the two ends of a range count by: 8, or 1 when the last word is `BIT`.
fn unit(args: &mut Args<'_>) -> Result<usize> {
    if args.is_empty() || args.word("BYTE") {
        Ok(8)
    } else if args.word("BIT") {
        Ok(1)
    } else {
        Err(Error::Syntax)
    }
}

/// The bits from one index to another, both included, of `all` bits.
fn bits(start: i64, end: i64, unit: usize, all: usize) -> Range<usize> {
    // Unlike the ranges of lists, an end before the start of the string is its first byte or bit.
    let length = i64::try_from(all / unit).unwrap_or(i64::MAX);
    let end = if end < 0 {
        end.saturating_add(length).max(0)
    } else {
        end
    };
    let range = range(start, end, all / unit);
    range.start * unit..range.end * unit
}

/// How many bits of a range are 1.
fn ones(bytes: &[u8], range: Range<usize>) -> usize {
    let Some((head, middle, tail)) = divided(bytes, range) else {
        return 0;
    };
    let count =
        |bytes: &[u8]| -> usize { bytes.iter().map(|byte| byte.count_ones() as usize).sum() };
    count(&[head, tail]) + count(middle)
}

/// The first and the last byte of a range with what lies outside it cleared, and the bytes between them.
fn divided(bytes: &[u8], range: Range<usize>) -> Option<(u8, &[u8], u8)> {
    let last = range
        .end
        .checked_sub(1)
        .filter(|last| *last >= range.start)?;
    let (from, to) = (range.start / 8, last / 8);
    let (head, tail) = (0xff >> (range.start % 8), 0xff << (7 - last % 8));
    Some(if from == to {
        (bytes[from] & head & tail, &[], 0)
    } else {
        (bytes[from] & head, &bytes[from + 1..to], bytes[to] & tail)
    })
}

/// The position of the first bit of a range that is 1, or 0.
fn first(bytes: &[u8], range: Range<usize>, one: bool) -> Option<usize> {
    // A byte in which no bit is the one that is looked for.
    let dull = if one { 0x00 } else { 0xff };
    let is = |at: usize| (bytes[at / 8] & place(at).1 != 0) == one;
    let mut at = range.start;
    while at < range.end {
        if at.is_multiple_of(8) && bytes[at / 8] == dull {
            let same = bytes[at / 8..].iter().take_while(|byte| **byte == dull);
            at += same.count() * 8;
        } else if is(at) {
            return Some(at);
        } else {
            at += 1;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_agree_with_a_walk_over_single_bits() {
        let bytes = [0xf0, 0x00, 0xff, 0x01, 0x80];
        let bit = |at: usize| bytes[at / 8] & place(at).1 != 0;
        for start in 0..40 {
            for end in 0..=40 {
                let range = start..end;
                let expected = range.clone().filter(|at| bit(*at)).count();
                assert_eq!(ones(&bytes, range.clone()), expected, "{range:?}");
                for one in [true, false] {
                    let expected = range.clone().find(|at| bit(*at) == one);
                    assert_eq!(first(&bytes, range.clone(), one), expected, "{range:?}");
                }
            }
        }
    }
}
