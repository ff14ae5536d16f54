//! Sets: members chosen by chance, and members a few at a time.

use crate::engine::{
    Args, Bytes, Class, Command, Context, Error, Group, Order, Reply, Result,
    commands::{
        sampling,
        scanning::{self, Scan},
    },
    flag::{FAST, READ, WRITE},
    value::Set,
};

/// The rows of this file.
pub const COMMANDS: &[Command] = &[
    Command {
        name: "spop",
        group: Group::Set,
        since: "1.0.0",
        replaced_by: None,
        syntax: "key [count]",
        summary: "takes members chosen by chance out of a set",
        complexity: "O(1) for each member",
        flags: WRITE | FAST,
        order: Order::Random,
        example: &[
            ("SADD fruit apple", "(integer) 1"),
            ("SPOP fruit", "\"apple\""),
            ("SPOP fruit 2", "(empty array)"),
        ],
        run: spop,
    },
    Command {
        name: "srandmember",
        group: Group::Set,
        since: "1.0.0",
        replaced_by: None,
        syntax: "key [count]",
        summary: "answers members chosen by chance: different ones, or with repetitions for a negative count",
        complexity: "O(1) for each member",
        flags: READ,
        order: Order::Random,
        example: &[
            ("SADD fruit apple", "(integer) 1"),
            ("SRANDMEMBER fruit", "\"apple\""),
            ("SRANDMEMBER fruit -2", "[\"apple\", \"apple\"]"),
        ],
        run: srandmember,
    },
    Command {
        name: "sscan",
        group: Group::Set,
        since: "2.8.0",
        replaced_by: None,
        syntax: "key cursor [MATCH pattern] [COUNT count]",
        summary: "answers some members, and the cursor with which to ask for more",
        complexity: "O(1) for each call, O(N) for the whole set",
        flags: READ,
        order: Order::Scan,
        example: &[
            ("SADD fruit apple pear", "(integer) 2"),
            ("SSCAN fruit 0 MATCH a*", "[\"0\", [\"apple\"]]"),
        ],
        run: sscan,
    },
];

fn spop(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let key = args.next()?;
    match args.len() {
        0 => take_one(ctx, key).map(Reply::bulk_or_nil),
        1 => {
            let count = args.positive()?;
            let taken = take(ctx, key, count as usize)?;
            Ok(Reply::Set(taken.into_iter().map(Reply::Bulk).collect()))
        }
        _ => Err(Error::Syntax),
    }
}

/// Takes one member, chosen by chance.
fn take_one(ctx: &mut Context<'_>, key: &Bytes) -> Result<Option<Bytes>> {
    let Some(len) = ctx.read::<Set>(key)?.map(Set::len) else {
        return Ok(None);
    };
    let pick = ctx.random_below(len);
    let taken = ctx.edit(key, |set: &mut Set| set.remove_at(pick))?;
    ctx.changed(Class::Set, "spop", key);
    Ok(taken.flatten())
}

/// Takes up to `count` members, chosen by chance.
fn take(ctx: &mut Context<'_>, key: &Bytes, count: usize) -> Result<Vec<Bytes>> {
    let len = ctx.read::<Set>(key)?.map_or(0, Set::len);
    if len == 0 || count == 0 {
        return Ok(Vec::new());
    }
    let taken = if count >= len {
        ctx.edit(key, |set: &mut Set| std::mem::take(set).iter().collect())?
    } else {
        let mut picks = match count {
            1 => vec![ctx.random_below(len)],
            _ => ctx.random_different(count, len),
        };
        // From the highest position, because a removal may move what lies behind it.
        picks.sort_unstable_by(|a, b| b.cmp(a));
        let small = ctx.limits().set;
        ctx.edit(key, |set: &mut Set| remove_at(set, &picks, small))?
    };
    ctx.changed(Class::Set, "spop", key);
    Ok(taken.unwrap_or_default())
}

fn remove_at(set: &mut Set, picks: &[usize], small: usize) -> Vec<Bytes> {
    let taken = picks.iter().filter_map(|at| set.remove_at(*at)).collect();
    // Redis 7.0 makes a new set of what is left when most is taken, and so chooses its encoding anew.
    if picks.len() > 1 && set.len().saturating_mul(5) <= picks.len() {
        *set = Set::of_members(set.iter(), small);
    }
    taken
}

fn srandmember(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let key = args.next()?;
    let count = match args.len() {
        0 => None,
        1 => Some(sampling::count(args.next()?)?),
        _ => return Err(Error::Syntax),
    };
    let len = ctx.read::<Set>(key)?.map_or(0, Set::len);
    let picks = sampling::positions(ctx, len, count)?;
    let set = ctx.read::<Set>(key)?;
    let picked = picks
        .into_iter()
        .filter_map(|at| set.and_then(|set| set.at(at)));
    Ok(match count {
        Some(_) => Reply::bulks(picked),
        None => Reply::bulk_or_nil(picked.into_iter().next()),
    })
}

fn sscan(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let key = args.next()?;
    let cursor = scanning::cursor(args.next()?)?;
    let Some(set) = ctx.read::<Set>(key)? else {
        return Ok(scanning::reply(0, Vec::new()));
    };
    let scan = Scan::options(args, false)?;
    let (next, found) = set.scan(cursor, scan.count);
    let wanted = found.into_iter().filter(|member| scan.wants(member));
    Ok(scanning::reply(next, wanted.map(Reply::Bulk).collect()))
}
