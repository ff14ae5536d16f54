//! Sorted sets: members chosen by chance, and members a few at a time.

use super::pair;
use crate::engine::{
    Args, Bytes, Command, Context, Group, Order, Reply, Result,
    commands::{
        sampling::{self, Sample},
        scanning::{self, Scan},
    },
    flag::READ,
    number,
    value::SortedSet,
};

/// The rows of this file.
pub const COMMANDS: &[Command] = &[
    Command {
        name: "zrandmember",
        group: Group::SortedSet,
        since: "6.2.0",
        replaced_by: None,
        syntax: "key [count [WITHSCORES]]",
        summary: "answers members chosen by chance: different ones, or with repetitions for a negative count",
        complexity: "O(log N) for each member",
        flags: READ,
        order: Order::Random,
        example: &[
            ("ZADD race 12 ann", "(integer) 1"),
            ("ZRANDMEMBER race", "\"ann\""),
            (
                "ZRANDMEMBER race -2 WITHSCORES",
                "[\"ann\", \"12\", \"ann\", \"12\"]",
            ),
        ],
        run: zrandmember,
    },
    Command {
        name: "zscan",
        group: Group::SortedSet,
        since: "2.8.0",
        replaced_by: None,
        syntax: "key cursor [MATCH pattern] [COUNT count]",
        summary: "answers some members with their scores, and the cursor with which to ask for more",
        complexity: "O(1) for each call, O(N) for the whole sorted set",
        flags: READ,
        order: Order::ScanPairs,
        example: &[
            ("ZADD race 12 ann 15 bob", "(integer) 2"),
            ("ZSCAN race 0 MATCH a*", "[\"0\", [\"ann\", \"12\"]]"),
        ],
        run: zscan,
    },
];

fn zrandmember(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let key = args.next()?;
    let sample = Sample::options(args, "WITHSCORES")?;
    let len = ctx.read::<SortedSet>(key)?.map_or(0, SortedSet::len);
    let picks = sampling::positions(ctx, len, sample.map(|sample| sample.count))?;
    let Some(set) = ctx.read::<SortedSet>(key)? else {
        return Ok(sampling::nothing(sample));
    };
    let picked = picks.into_iter().filter_map(|at| set.at(at)).map(pair);
    Ok(sampling::reply(sample, picked))
}

fn zscan(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let key = args.next()?;
    let cursor = scanning::cursor(args.next()?)?;
    let Some(set) = ctx.read::<SortedSet>(key)? else {
        return Ok(scanning::reply(0, Vec::new()));
    };
    let scan = Scan::options(args, false)?;
    let (next, found) = set.scan(cursor, scan.count);
    let small = set.encoding() == "listpack";
    let wanted = found.into_iter().filter(|(member, _)| scan.wants(member));
    let found = wanted.flat_map(|(member, score)| {
        [
            Reply::Bulk(member.clone()),
            Reply::Bulk(score_text(score, small)),
        ]
    });
    Ok(scanning::reply(next, found.collect()))
}

/// A score as ZSCAN answers it: a small set has its whole scores as integers, and shows them so.
fn score_text(score: f64, small: bool) -> Bytes {
    const WHOLE: f64 = (i64::MAX / 2) as f64;
    if small && score.fract() == 0.0 && score.abs() <= WHOLE {
        number::format_int(score as i64)
    } else {
        number::format_double(score)
    }
}
