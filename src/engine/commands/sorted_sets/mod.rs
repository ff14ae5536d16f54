//! Sorted sets: members, scores and ranks.
//!
//! [`add`] gives scores, [`range`] and [`bounds`] work between two places, scores or texts, [`algebra`] puts sorted
//! sets together, [`pop`] takes members from the ends and [`pick`] has random choice and the scan.

pub mod add;
pub mod algebra;
pub mod bounds;
pub mod pick;
pub mod pop;
pub mod range;

use crate::engine::{
    Args, Bytes, Class, Command, Context, Group, Order, Reply, Result,
    flag::{FAST, READ, WRITE},
    value::SortedSet,
};

/// The rows of this file.
pub const COMMANDS: &[Command] = &[
    Command {
        name: "zcard",
        group: Group::SortedSet,
        since: "1.2.0",
        replaced_by: None,
        syntax: "key",
        summary: "answers how many members a sorted set has",
        complexity: "O(1)",
        flags: READ | FAST,
        order: Order::Exact,
        example: &[
            ("ZADD race 12 ann 15 bob", "(integer) 2"),
            ("ZCARD race", "(integer) 2"),
        ],
        run: zcard,
    },
    Command {
        name: "zmscore",
        group: Group::SortedSet,
        since: "6.2.0",
        replaced_by: None,
        syntax: "key member [member ...]",
        summary: "answers the scores of several members, nil for each that is missing",
        complexity: "O(1) for each member",
        flags: READ | FAST,
        order: Order::Exact,
        example: &[
            ("ZADD race 12 ann 15 bob", "(integer) 2"),
            ("ZMSCORE race bob eve", "[\"15\", (nil)]"),
        ],
        run: zmscore,
    },
    Command {
        name: "zrank",
        group: Group::SortedSet,
        since: "2.0.0",
        replaced_by: None,
        syntax: "key member",
        summary: "answers how many members have a lower place than this one",
        complexity: "O(log N)",
        flags: READ | FAST,
        order: Order::Exact,
        example: &[
            ("ZADD race 12 ann 15 bob", "(integer) 2"),
            ("ZRANK race bob", "(integer) 1"),
        ],
        run: zrank,
    },
    Command {
        name: "zrem",
        group: Group::SortedSet,
        since: "1.2.0",
        replaced_by: None,
        syntax: "key member [member ...]",
        summary: "removes members and answers how many were there",
        complexity: "O(log N) for each member",
        flags: WRITE | FAST,
        order: Order::Exact,
        example: &[
            ("ZADD race 12 ann 15 bob", "(integer) 2"),
            ("ZREM race bob eve", "(integer) 1"),
        ],
        run: zrem,
    },
    Command {
        name: "zrevrank",
        group: Group::SortedSet,
        since: "2.0.0",
        replaced_by: None,
        syntax: "key member",
        summary: "answers how many members have a higher place than this one",
        complexity: "O(log N)",
        flags: READ | FAST,
        order: Order::Exact,
        example: &[
            ("ZADD race 12 ann 15 bob", "(integer) 2"),
            ("ZREVRANK race bob", "(integer) 0"),
        ],
        run: zrevrank,
    },
    Command {
        name: "zscore",
        group: Group::SortedSet,
        since: "1.2.0",
        replaced_by: None,
        syntax: "key member",
        summary: "answers the score of a member",
        complexity: "O(1)",
        flags: READ | FAST,
        order: Order::Exact,
        example: &[
            ("ZADD race 12 ann", "(integer) 1"),
            ("ZSCORE race ann", "\"12\""),
        ],
        run: zscore,
    },
];

fn zcard(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let set = ctx.read::<SortedSet>(args.next()?)?;
    Ok(Reply::count(set.map_or(0, SortedSet::len)))
}

fn zscore(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let set = ctx.read::<SortedSet>(args.next()?)?;
    let score = set.and_then(|set| args.next().ok().and_then(|member| set.score(member)));
    Ok(double_or_nil(score))
}

fn zmscore(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let set = ctx.read::<SortedSet>(args.next()?)?;
    let score = |member: &Bytes| set.and_then(|set| set.score(member));
    let scores = args.rest().iter().map(score).map(double_or_nil);
    Ok(Reply::Array(scores.collect()))
}

fn double_or_nil(score: Option<f64>) -> Reply {
    score.map_or(Reply::Nil, Reply::Double)
}

fn zrank(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let (key, member) = (args.next()?, args.next()?);
    let rank = ctx.read::<SortedSet>(key)?.and_then(|set| set.rank(member));
    Ok(rank.map_or(Reply::Nil, Reply::count))
}

fn zrevrank(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let (key, member) = (args.next()?, args.next()?);
    let from_end = |set: &SortedSet| set.rank(member).map(|rank| set.len() - 1 - rank);
    let rank = ctx.read::<SortedSet>(key)?.and_then(from_end);
    Ok(rank.map_or(Reply::Nil, Reply::count))
}

fn zrem(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let key = args.next()?;
    let removed = ctx.edit(key, |set: &mut SortedSet| {
        let removed = |member: &&Bytes| set.remove(member).is_some();
        args.rest().iter().filter(removed).count()
    })?;
    let removed = removed.unwrap_or(0);
    if removed > 0 {
        ctx.changed(Class::SortedSet, "zrem", key);
    }
    Ok(Reply::count(removed))
}

/// A member and its score as replies.
fn pair((member, score): (&Bytes, f64)) -> (Reply, Reply) {
    (Reply::Bulk(member.clone()), Reply::Double(score))
}
