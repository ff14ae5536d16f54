//! Sets: what several have in common, together, or apart.

use crate::engine::{
    Args, Bytes, Command, Context, Error, Group, Order, Reply, Result,
    flag::{DENY_OOM, MOVABLE_KEYS, READ, WRITE},
    number,
    value::Set,
};

/// The rows of this file.
pub const COMMANDS: &[Command] = &[
    Command {
        name: "sdiff",
        group: Group::Set,
        since: "1.0.0",
        replaced_by: None,
        syntax: "key [key ...]",
        summary: "answers the members of the first set that are in none of the others",
        complexity: "O(N), N being the members of all sets",
        flags: READ,
        order: Order::Any,
        example: &[
            ("SADD left a b c", "(integer) 3"),
            ("SADD right b c d", "(integer) 3"),
            ("SDIFF left right", "[\"a\"]"),
        ],
        run: sdiff,
    },
    Command {
        name: "sdiffstore",
        group: Group::Set,
        since: "1.0.0",
        replaced_by: None,
        syntax: "destination key [key ...]",
        summary: "stores the members of the first set that are in none of the others",
        complexity: "O(N), N being the members of all sets",
        flags: WRITE | DENY_OOM,
        order: Order::Exact,
        example: &[
            ("SADD left a b c", "(integer) 3"),
            ("SADD right b c d", "(integer) 3"),
            ("SDIFFSTORE result left right", "(integer) 1"),
        ],
        run: sdiffstore,
    },
    Command {
        name: "sinter",
        group: Group::Set,
        since: "1.0.0",
        replaced_by: None,
        syntax: "key [key ...]",
        summary: "answers the members that all sets share",
        complexity: "O(N*K), N being the members of the smallest set and K the sets",
        flags: READ,
        order: Order::Any,
        example: &[
            ("SADD left a b c", "(integer) 3"),
            ("SADD right b c d", "(integer) 3"),
            ("SINTER left right", "[\"b\", \"c\"]"),
        ],
        run: sinter,
    },
    Command {
        name: "sintercard",
        group: Group::Set,
        since: "7.0.0",
        replaced_by: None,
        syntax: "numkeys key [key ...] [LIMIT limit]",
        summary: "answers how many members all sets share, counting up to a limit if one is given",
        complexity: "O(N*K), N being the members of the smallest set and K the sets",
        flags: READ | MOVABLE_KEYS,
        order: Order::Exact,
        example: &[
            ("SADD left a b c", "(integer) 3"),
            ("SADD right b c d", "(integer) 3"),
            ("SINTERCARD 2 left right LIMIT 1", "(integer) 1"),
        ],
        run: sintercard,
    },
    Command {
        name: "sinterstore",
        group: Group::Set,
        since: "1.0.0",
        replaced_by: None,
        syntax: "destination key [key ...]",
        summary: "stores the members that all sets share",
        complexity: "O(N*K), N being the members of the smallest set and K the sets",
        flags: WRITE | DENY_OOM,
        order: Order::Exact,
        example: &[
            ("SADD left a b c", "(integer) 3"),
            ("SADD right b c d", "(integer) 3"),
            ("SINTERSTORE result left right", "(integer) 2"),
        ],
        run: sinterstore,
    },
    Command {
        name: "sunion",
        group: Group::Set,
        since: "1.0.0",
        replaced_by: None,
        syntax: "key [key ...]",
        summary: "answers the members of all sets together",
        complexity: "O(N), N being the members of all sets",
        flags: READ,
        order: Order::Any,
        example: &[
            ("SADD left a b", "(integer) 2"),
            ("SADD right b c", "(integer) 2"),
            ("SUNION left right", "[\"a\", \"b\", \"c\"]"),
        ],
        run: sunion,
    },
    Command {
        name: "sunionstore",
        group: Group::Set,
        since: "1.0.0",
        replaced_by: None,
        syntax: "destination key [key ...]",
        summary: "stores the members of all sets together",
        complexity: "O(N), N being the members of all sets",
        flags: WRITE | DENY_OOM,
        order: Order::Exact,
        example: &[
            ("SADD left a b", "(integer) 2"),
            ("SADD right b c", "(integer) 2"),
            ("SUNIONSTORE result left right", "(integer) 3"),
        ],
        run: sunionstore,
    },
];

/// What is made of several sets.
type Operation = fn(&Context<'_>, &[Bytes]) -> Result<Set>;

fn sinter(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let mut members = Vec::new();
    intersect(ctx, args.rest(), |member| {
        members.push(Reply::Bulk(member));
        true
    })?;
    Ok(Reply::Set(members))
}

fn sinterstore(ctx: &mut Context<'_>, args: Args<'_>) -> Result<Reply> {
    store(ctx, args, intersection, "sinterstore")
}

fn sunion(ctx: &mut Context<'_>, args: Args<'_>) -> Result<Reply> {
    answer(ctx, args, union)
}

fn sunionstore(ctx: &mut Context<'_>, args: Args<'_>) -> Result<Reply> {
    store(ctx, args, union, "sunionstore")
}

fn sdiff(ctx: &mut Context<'_>, args: Args<'_>) -> Result<Reply> {
    answer(ctx, args, difference)
}

fn sdiffstore(ctx: &mut Context<'_>, args: Args<'_>) -> Result<Reply> {
    store(ctx, args, difference, "sdiffstore")
}

fn answer(ctx: &mut Context<'_>, mut args: Args<'_>, operation: Operation) -> Result<Reply> {
    let outcome = operation(ctx, args.rest())?;
    Ok(Reply::Set(outcome.iter().map(Reply::Bulk).collect()))
}

fn store(
    ctx: &mut Context<'_>,
    mut args: Args<'_>,
    operation: Operation,
    event: &'static str,
) -> Result<Reply> {
    let destination = args.next()?;
    let outcome = operation(ctx, args.rest())?;
    let len = outcome.len();
    Ok(ctx.store(destination, outcome, len, event))
}

fn sintercard(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    const NO_KEYS: Error = Error::Fixed("ERR numkeys should be greater than 0");
    const TOO_MANY: Error = Error::Fixed("ERR Number of keys can't be greater than number of args");
    let keys = number::parse_int(args.next()?)
        .filter(|keys| *keys > 0)
        .ok_or(NO_KEYS)?;
    let keys = args.take(keys as usize).map_err(|_| TOO_MANY)?;
    let limit = limit(args)?;
    let mut count = 0;
    intersect(ctx, keys, |_| {
        count += 1;
        count != limit
    })?;
    Ok(Reply::count(count))
}

/// Reads `[LIMIT limit]` to the end; 0 is no limit.
fn limit(mut args: Args<'_>) -> Result<usize> {
    const NEGATIVE: Error = Error::Fixed("ERR LIMIT can't be negative");
    let mut limit = 0;
    while !args.is_empty() {
        if args.len() < 2 || !args.word("LIMIT") {
            return Err(Error::Syntax);
        }
        limit = args.positive().map_err(|_| NEGATIVE)?;
    }
    Ok(limit as usize)
}

/// The sets of these keys; a key of another type is an error even when an earlier one is missing.
fn sets<'a>(ctx: &'a Context<'_>, keys: &[Bytes]) -> Result<Vec<Option<&'a Set>>> {
    keys.iter().map(|key| ctx.read(key)).collect()
}

/// Hands over what all sets share, in the order of the smallest, until told to stop.
fn intersect(
    ctx: &Context<'_>,
    keys: &[Bytes],
    mut found: impl FnMut(Bytes) -> bool,
) -> Result<()> {
    let sets: Option<Vec<&Set>> = sets(ctx, keys)?.into_iter().collect();
    let mut sets = sets.unwrap_or_default();
    sets.sort_by_key(|set| set.len());
    let Some((smallest, others)) = sets.split_first() else {
        return Ok(());
    };
    for member in smallest.iter() {
        if others.iter().all(|set| set.contains(&member)) && !found(member) {
            break;
        }
    }
    Ok(())
}

fn intersection(ctx: &Context<'_>, keys: &[Bytes]) -> Result<Set> {
    let mut outcome = Set::default();
    let small = ctx.limits().set;
    intersect(ctx, keys, |member| {
        outcome.insert(member, small);
        true
    })?;
    Ok(outcome)
}

fn union(ctx: &Context<'_>, keys: &[Bytes]) -> Result<Set> {
    let sets = sets(ctx, keys)?;
    let members = sets.into_iter().flatten().flat_map(Set::iter);
    Ok(Set::of_members(members, ctx.limits().set))
}

fn difference(ctx: &Context<'_>, keys: &[Bytes]) -> Result<Set> {
    let sets = sets(ctx, keys)?;
    let (first, others) = sets.split_first().ok_or(Error::Syntax)?;
    let others: Vec<&Set> = others.iter().copied().flatten().collect();
    let first = first.iter().flat_map(|set| set.iter());
    let is_left = |member: &Bytes| !others.iter().any(|set| set.contains(member));
    Ok(Set::of_members(first.filter(is_left), ctx.limits().set))
}
