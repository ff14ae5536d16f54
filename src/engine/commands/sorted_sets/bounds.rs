//! Sorted sets: how bounds are written, and what counts or removes between two of them.

use std::ops::Range;

use crate::engine::{
    Args, Bytes, Class, Command, Context, Error, Group, Order, Reply, Result, commands,
    flag::{FAST, READ, WRITE},
    number,
    value::{LexBound, ScoreBound, SortedSet},
};

/// The rows of this file.
pub const COMMANDS: &[Command] = &[
    Command {
        name: "zcount",
        group: Group::SortedSet,
        since: "2.0.0",
        replaced_by: None,
        syntax: "key min max",
        summary: "answers how many members have a score between two bounds",
        complexity: "O(log N)",
        flags: READ | FAST,
        order: Order::Exact,
        example: &[
            ("ZADD race 12 ann 15 bob 17 eve", "(integer) 3"),
            ("ZCOUNT race (12 +inf", "(integer) 2"),
        ],
        run: zcount,
    },
    Command {
        name: "zlexcount",
        group: Group::SortedSet,
        since: "2.8.9",
        replaced_by: None,
        syntax: "key min max",
        summary: "answers how many members lie between two texts, when all scores are equal",
        complexity: "O(log N)",
        flags: READ | FAST,
        order: Order::Exact,
        example: &[
            ("ZADD names 0 ann 0 bob 0 eve", "(integer) 3"),
            ("ZLEXCOUNT names [b +", "(integer) 2"),
        ],
        run: zlexcount,
    },
    Command {
        name: "zremrangebylex",
        group: Group::SortedSet,
        since: "2.8.9",
        replaced_by: None,
        syntax: "key min max",
        summary: "removes the members between two texts, when all scores are equal",
        complexity: "O(M*log N), M being the members removed",
        flags: WRITE,
        order: Order::Exact,
        example: &[
            ("ZADD names 0 ann 0 bob 0 eve", "(integer) 3"),
            ("ZREMRANGEBYLEX names - (bob", "(integer) 1"),
        ],
        run: zremrangebylex,
    },
    Command {
        name: "zremrangebyrank",
        group: Group::SortedSet,
        since: "2.0.0",
        replaced_by: None,
        syntax: "key start stop",
        summary: "removes the members between two places, 0 being the lowest and -1 the highest",
        complexity: "O(M*log N), M being the members removed",
        flags: WRITE,
        order: Order::Exact,
        example: &[
            ("ZADD race 12 ann 15 bob 17 eve", "(integer) 3"),
            ("ZREMRANGEBYRANK race 0 1", "(integer) 2"),
        ],
        run: zremrangebyrank,
    },
    Command {
        name: "zremrangebyscore",
        group: Group::SortedSet,
        since: "1.2.0",
        replaced_by: None,
        syntax: "key min max",
        summary: "removes the members between two scores",
        complexity: "O(M*log N), M being the members removed",
        flags: WRITE,
        order: Order::Exact,
        example: &[
            ("ZADD race 12 ann 15 bob 17 eve", "(integer) 3"),
            ("ZREMRANGEBYSCORE race -inf (15", "(integer) 1"),
        ],
        run: zremrangebyscore,
    },
];

/// Reads two score bounds: `1`, `(1`, `-inf`, `+inf`.
pub(super) fn scores(min: &[u8], max: &[u8]) -> Result<(ScoreBound, ScoreBound)> {
    let bound = |text| score(text).ok_or(Error::MinMaxNotFloat);
    Ok((bound(min)?, bound(max)?))
}

/// Redis 7.0 reads bounds with bare `strtod`: space in front is passed, and nothing at all is 0.
fn score(text: &[u8]) -> Option<ScoreBound> {
    let (exclusive, text) = match text.split_first() {
        Some((b'(', rest)) => (true, rest),
        _ => (false, text),
    };
    let text = text.split(|byte| *byte == 0).next().unwrap_or_default();
    let number = text.trim_ascii_start();
    let score = if text.is_empty() {
        0.0
    } else {
        number::read_double(number)?
    };
    Some(ScoreBound { score, exclusive })
}

/// Reads two lexicographic bounds: `[a`, `(a`, `-`, `+`.
pub(super) fn texts(min: &[u8], max: &[u8]) -> Result<(LexBound, LexBound)> {
    let bound = |text| lex(text).ok_or(Error::MinMaxNotLex);
    Ok((bound(min)?, bound(max)?))
}

fn lex(text: &[u8]) -> Option<LexBound> {
    match text {
        [b'-'] => Some(LexBound::Lowest),
        [b'+'] => Some(LexBound::Highest),
        [b'[', member @ ..] => Some(LexBound::Inclusive(Bytes::from(member))),
        [b'(', member @ ..] => Some(LexBound::Exclusive(Bytes::from(member))),
        _ => None,
    }
}

fn zcount(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let key = args.next()?;
    let (min, max) = scores(args.next()?, args.next()?)?;
    let set = ctx.read::<SortedSet>(key)?;
    Ok(Reply::count(
        set.map_or(0, |set| set.ranks_by_score(min, max).len()),
    ))
}

fn zlexcount(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let key = args.next()?;
    let (min, max) = texts(args.next()?, args.next()?)?;
    let set = ctx.read::<SortedSet>(key)?;
    Ok(Reply::count(
        set.map_or(0, |set| set.ranks_by_lex(&min, &max, 0).len()),
    ))
}

fn zremrangebyrank(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let key = args.next()?;
    let (start, stop) = (args.int()?, args.int()?);
    remove(ctx, key, "zremrangebyrank", |set| {
        commands::range(start, stop, set.len())
    })
}

fn zremrangebyscore(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let key = args.next()?;
    let (min, max) = scores(args.next()?, args.next()?)?;
    remove(ctx, key, "zremrangebyscore", |set| {
        set.ranks_by_score(min, max)
    })
}

fn zremrangebylex(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let key = args.next()?;
    let (min, max) = texts(args.next()?, args.next()?)?;
    remove(ctx, key, "zremrangebylex", |set| {
        set.ranks_by_lex(&min, &max, 0)
    })
}

fn remove(
    ctx: &mut Context<'_>,
    key: &Bytes,
    event: &'static str,
    ranks: impl FnOnce(&SortedSet) -> Range<usize>,
) -> Result<Reply> {
    let removed = ctx.edit(key, |set: &mut SortedSet| {
        let ranks = ranks(set);
        for rank in ranks.clone().rev() {
            set.remove_at(rank);
        }
        ranks.len()
    })?;
    let removed = removed.unwrap_or(0);
    if removed > 0 {
        ctx.changed(Class::SortedSet, event, key);
    }
    Ok(Reply::count(removed))
}
