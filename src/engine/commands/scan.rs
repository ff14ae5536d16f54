//! SCAN: the keys of the database, a few at a time.

use super::scanning::{self, Scan};
use crate::engine::{
    Args, Bytes, Command, Context, Entry, Group, Order, Reply, Result, flag::READ,
};

/// The row of this command.
pub const COMMANDS: &[Command] = &[Command {
    name: "scan",
    group: Group::Generic,
    since: "2.8.0",
    replaced_by: None,
    syntax: "cursor [MATCH pattern] [COUNT count] [TYPE type]",
    summary: "answers some of the keys, and the cursor with which to ask for more",
    complexity: "O(1) for each call, O(N) for all keys of the database",
    flags: READ,
    order: Order::Scan,
    example: &[
        ("MSET one 1 two 2", "OK"),
        ("SCAN 0 MATCH t*", "[\"0\", [\"two\"]]"),
        ("SCAN 0 TYPE list", "[\"0\", (empty array)]"),
    ],
    run: scan,
}];

/// The cursor falls from the number of keys to 0. A removed key's place is taken by the last one, which has been
/// answered before, and a new key is last: so no key that is there all the time is missed.
fn scan(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let cursor = scanning::cursor(args.next()?)?;
    let scan = Scan::options(args, true)?;
    let database = ctx.database();
    let start = match u32::try_from(cursor) {
        Ok(0) => database.len(),
        Ok(cursor) => database.len().min(cursor as usize),
        // No scan was ever told to go on there.
        Err(_) => 0,
    };
    let end = start.saturating_sub(scan.count);
    let wanted = |(key, entry): &(&Bytes, &std::sync::Arc<Entry>)| {
        scan.wants(key) && scan.kind.as_ref().is_none_or(|kind| is_named(entry, kind))
    };
    let visited = (end..start).rev().filter_map(|at| database.at(at));
    let found = visited
        .filter(wanted)
        .map(|(key, _)| Reply::Bulk(key.clone()));
    Ok(scanning::reply(end as u64, found.collect()))
}

fn is_named(entry: &Entry, kind: &[u8]) -> bool {
    kind.eq_ignore_ascii_case(entry.value.kind().name().as_bytes())
}
