//! Sorted sets: what takes members from the ends, and what waits for them.

use super::pair;
use crate::engine::{
    Args, Bytes, Class, Command, Context, Error, Group, Order, Reply, Result,
    commands::blocking::{self, Several},
    flag::{BLOCKING, FAST, MOVABLE_KEYS, NO_SCRIPT, WRITE},
    value::SortedSet,
};

/// The rows of this file.
pub const COMMANDS: &[Command] = &[
    Command {
        name: "bzmpop",
        group: Group::SortedSet,
        since: "7.0.0",
        replaced_by: None,
        syntax: "timeout numkeys key [key ...] <MIN|MAX> [COUNT count]",
        summary: "takes members from the first sorted set that has any, waiting for some if need be",
        complexity: "O(K + M*log N), K being the keys and M the members taken",
        flags: WRITE | BLOCKING | MOVABLE_KEYS,
        order: Order::Exact,
        example: &[
            ("ZADD race 12 ann 15 bob", "(integer) 2"),
            (
                "BZMPOP 1 2 empty race MIN",
                "[\"race\", [[\"ann\", \"12\"]]]",
            ),
        ],
        run: bzmpop,
    },
    Command {
        name: "bzpopmax",
        group: Group::SortedSet,
        since: "5.0.0",
        replaced_by: None,
        syntax: "key [key ...] timeout",
        summary: "takes the highest member of the first sorted set that has any, waiting for one if need be",
        complexity: "O(log N)",
        flags: WRITE | FAST | BLOCKING | NO_SCRIPT,
        order: Order::Exact,
        example: &[
            ("ZADD race 12 ann 15 bob", "(integer) 2"),
            ("BZPOPMAX empty race 1", "[\"race\", \"bob\", \"15\"]"),
        ],
        run: bzpopmax,
    },
    Command {
        name: "bzpopmin",
        group: Group::SortedSet,
        since: "5.0.0",
        replaced_by: None,
        syntax: "key [key ...] timeout",
        summary: "takes the lowest member of the first sorted set that has any, waiting for one if need be",
        complexity: "O(log N)",
        flags: WRITE | FAST | BLOCKING | NO_SCRIPT,
        order: Order::Exact,
        example: &[
            ("ZADD race 12 ann 15 bob", "(integer) 2"),
            ("BZPOPMIN empty race 1", "[\"race\", \"ann\", \"12\"]"),
        ],
        run: bzpopmin,
    },
    Command {
        name: "zmpop",
        group: Group::SortedSet,
        since: "7.0.0",
        replaced_by: None,
        syntax: "numkeys key [key ...] <MIN|MAX> [COUNT count]",
        summary: "takes members from the first sorted set that has any",
        complexity: "O(K + M*log N), K being the keys and M the members taken",
        flags: WRITE | MOVABLE_KEYS,
        order: Order::Exact,
        example: &[
            ("ZADD race 12 ann 15 bob", "(integer) 2"),
            (
                "ZMPOP 2 empty race MAX COUNT 5",
                "[\"race\", [[\"bob\", \"15\"], [\"ann\", \"12\"]]]",
            ),
        ],
        run: zmpop,
    },
    Command {
        name: "zpopmax",
        group: Group::SortedSet,
        since: "5.0.0",
        replaced_by: None,
        syntax: "key [count]",
        summary: "takes the highest member, or several, with their scores",
        complexity: "O(M*log N), M being the members taken",
        flags: WRITE | FAST,
        order: Order::Exact,
        example: &[
            ("ZADD race 12 ann 15 bob", "(integer) 2"),
            ("ZPOPMAX race", "[\"bob\", \"15\"]"),
        ],
        run: zpopmax,
    },
    Command {
        name: "zpopmin",
        group: Group::SortedSet,
        since: "5.0.0",
        replaced_by: None,
        syntax: "key [count]",
        summary: "takes the lowest member, or several, with their scores",
        complexity: "O(M*log N), M being the members taken",
        flags: WRITE | FAST,
        order: Order::Exact,
        example: &[
            ("ZADD race 12 ann 15 bob", "(integer) 2"),
            ("ZPOPMIN race", "[\"ann\", \"12\"]"),
        ],
        run: zpopmin,
    },
];

/// An end of a sorted set.
#[derive(Debug, Clone, Copy)]
enum End {
    Min,
    Max,
}

impl End {
    fn read(args: &mut Args<'_>) -> Result<End> {
        if args.word("MIN") {
            Ok(End::Min)
        } else if args.word("MAX") {
            Ok(End::Max)
        } else {
            Err(Error::Syntax)
        }
    }

    fn pop(self, set: &mut SortedSet) -> Option<(Bytes, f64)> {
        let rank = match self {
            End::Min => 0,
            End::Max => set.len().checked_sub(1)?,
        };
        set.remove_at(rank)
    }

    fn popped(self) -> &'static str {
        match self {
            End::Min => "zpopmin",
            End::Max => "zpopmax",
        }
    }
}

fn zpopmin(ctx: &mut Context<'_>, args: Args<'_>) -> Result<Reply> {
    pop(ctx, args, End::Min)
}

fn zpopmax(ctx: &mut Context<'_>, args: Args<'_>) -> Result<Reply> {
    pop(ctx, args, End::Max)
}

fn pop(ctx: &mut Context<'_>, mut args: Args<'_>, end: End) -> Result<Reply> {
    let key = args.next()?;
    match args.len() {
        0 => {
            let taken = take(ctx, key, end, 1)?;
            let flat = taken.iter().flat_map(|(member, score)| {
                let (member, score) = pair((member, *score));
                [member, score]
            });
            Ok(Reply::Array(flat.collect()))
        }
        1 => {
            let count = args.positive()?;
            let taken = take(ctx, key, end, count as usize)?;
            let pairs = taken.iter().map(|(member, score)| pair((member, *score)));
            Ok(Reply::Pairs(pairs.collect()))
        }
        _ => Err(Error::Syntax),
    }
}

/// Takes up to `count` members from one end.
fn take(ctx: &mut Context<'_>, key: &Bytes, end: End, count: usize) -> Result<Vec<(Bytes, f64)>> {
    if ctx.read::<SortedSet>(key)?.is_none() || count == 0 {
        return Ok(Vec::new());
    }
    let taken = ctx.edit(key, |set: &mut SortedSet| {
        (0..count.min(set.len()))
            .filter_map(|_| end.pop(set))
            .collect()
    })?;
    ctx.changed(Class::SortedSet, end.popped(), key);
    Ok(taken.unwrap_or_default())
}

fn zmpop(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let several = Several::read(&mut args, End::read)?;
    Ok(pop_several(ctx, &several)?.unwrap_or(Reply::NilArray))
}

fn bzmpop(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let timeout = args.next()?;
    let several = Several::read(&mut args, End::read)?;
    let until = blocking::until(ctx, timeout)?;
    Ok(match pop_several(ctx, &several)? {
        Some(reply) => reply,
        None => ctx.wait_for(several.keys, until, Reply::NilArray),
    })
}

fn pop_several(ctx: &mut Context<'_>, several: &Several<'_, End>) -> Result<Option<Reply>> {
    let Some(key) = blocking::first_filled::<SortedSet>(ctx, several.keys)? else {
        return Ok(None);
    };
    let taken = take(ctx, &key, several.end, several.count)?;
    let nested = taken.iter().map(|(member, score)| {
        let (member, score) = pair((member, *score));
        Reply::Array(vec![member, score])
    });
    let nested = Reply::Array(nested.collect());
    Ok(Some(Reply::Array(vec![Reply::Bulk(key), nested])))
}

fn bzpopmin(ctx: &mut Context<'_>, args: Args<'_>) -> Result<Reply> {
    pop_or_wait(ctx, args, End::Min)
}

fn bzpopmax(ctx: &mut Context<'_>, args: Args<'_>) -> Result<Reply> {
    pop_or_wait(ctx, args, End::Max)
}

fn pop_or_wait(ctx: &mut Context<'_>, args: Args<'_>, end: End) -> Result<Reply> {
    let (keys, until) = blocking::keys_and_timeout(ctx, args)?;
    let Some(key) = blocking::first_filled::<SortedSet>(ctx, keys)? else {
        return Ok(ctx.wait_for(keys, until, Reply::NilArray));
    };
    let taken = take(ctx, &key, end, 1)?;
    let mut reply = vec![Reply::Bulk(key)];
    for (member, score) in &taken {
        let (member, score) = pair((member, *score));
        reply.extend([member, score]);
    }
    Ok(Reply::Array(reply))
}
