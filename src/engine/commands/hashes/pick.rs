//! Hashes: fields chosen by chance, and fields a few at a time.

use super::pair;
use crate::engine::{
    Args, Command, Context, Group, Order, Reply, Result,
    commands::{
        sampling::{self, Sample},
        scanning::{self, Scan},
    },
    flag::READ,
    value::Hash,
};

/// The rows of this file.
pub const COMMANDS: &[Command] = &[
    Command {
        name: "hrandfield",
        group: Group::Hash,
        since: "6.2.0",
        replaced_by: None,
        syntax: "key [count [WITHVALUES]]",
        summary: "answers fields chosen by chance: different ones, or with repetitions for a negative count",
        complexity: "O(M), M being the fields answered",
        flags: READ,
        order: Order::Random,
        example: &[
            ("HSET user name Ann", "(integer) 1"),
            ("HRANDFIELD user", "\"name\""),
            (
                "HRANDFIELD user -2 WITHVALUES",
                "[\"name\", \"Ann\", \"name\", \"Ann\"]",
            ),
        ],
        run: hrandfield,
    },
    Command {
        name: "hscan",
        group: Group::Hash,
        since: "2.8.0",
        replaced_by: None,
        syntax: "key cursor [MATCH pattern] [COUNT count]",
        summary: "answers some fields with their values, and the cursor with which to ask for more",
        complexity: "O(1) for each call, O(N) for the whole hash",
        flags: READ,
        order: Order::ScanPairs,
        example: &[
            ("HSET user name Ann age 30", "(integer) 2"),
            ("HSCAN user 0 MATCH n*", "[\"0\", [\"name\", \"Ann\"]]"),
        ],
        run: hscan,
    },
];

fn hrandfield(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let key = args.next()?;
    let sample = Sample::options(args, "WITHVALUES")?;
    let len = ctx.read::<Hash>(key)?.map_or(0, Hash::len);
    let picks = sampling::positions(ctx, len, sample.map(|sample| sample.count))?;
    let Some(hash) = ctx.read::<Hash>(key)? else {
        return Ok(sampling::nothing(sample));
    };
    let picked = picks.into_iter().filter_map(|at| hash.at(at)).map(pair);
    Ok(sampling::reply(sample, picked))
}

fn hscan(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let key = args.next()?;
    let cursor = scanning::cursor(args.next()?)?;
    let Some(hash) = ctx.read::<Hash>(key)? else {
        return Ok(scanning::reply(0, Vec::new()));
    };
    let scan = Scan::options(args, false)?;
    let (next, found) = hash.scan(cursor, scan.count);
    let wanted = found.filter(|(field, _)| scan.wants(field)).map(pair);
    let found = wanted.flat_map(|(field, value)| [field, value]).collect();
    Ok(scanning::reply(next, found))
}
