//! What concerns the whole server: rows and functions. COMMAND is in [`super::table`].

use crate::engine::{
    Args, Bytes, Command, Context, Error, Group, Order, Reply, Result,
    flag::{DANGEROUS, FAST, LOADING, READ, STALE, WRITE},
    number,
};

/// The rows of this group.
pub const COMMANDS: &[Command] = &[
    Command {
        name: "dbsize",
        group: Group::Server,
        since: "1.0.0",
        replaced_by: None,
        syntax: "",
        summary: "answers how many keys the database has",
        complexity: "O(1)",
        flags: READ | FAST,
        order: Order::Exact,
        example: &[("MSET a 1 b 2", "OK"), ("DBSIZE", "(integer) 2")],
        run: dbsize,
    },
    Command {
        name: "flushall",
        group: Group::Server,
        since: "1.0.0",
        replaced_by: None,
        syntax: "[ASYNC|SYNC]",
        summary: "removes all keys of all databases",
        complexity: "O(N): all keys",
        flags: WRITE | DANGEROUS,
        order: Order::Exact,
        example: &[
            ("SET a 1", "OK"),
            ("FLUSHALL", "OK"),
            ("DBSIZE", "(integer) 0"),
        ],
        run: flushall,
    },
    Command {
        name: "flushdb",
        group: Group::Server,
        since: "1.0.0",
        replaced_by: None,
        syntax: "[ASYNC|SYNC]",
        summary: "removes all keys of the database",
        complexity: "O(N): the keys of the database",
        flags: WRITE | DANGEROUS,
        order: Order::Exact,
        example: &[
            ("SET a 1", "OK"),
            ("FLUSHDB", "OK"),
            ("DBSIZE", "(integer) 0"),
        ],
        run: flushdb,
    },
    Command {
        name: "swapdb",
        group: Group::Server,
        since: "4.0.0",
        replaced_by: None,
        syntax: "index1 index2",
        summary: "exchanges the keys of two databases",
        complexity: "O(N): the keys with a deadline",
        flags: WRITE | FAST | DANGEROUS,
        order: Order::Exact,
        example: &[
            ("SET a 1", "OK"),
            ("SWAPDB 0 1", "OK"),
            ("DBSIZE", "(integer) 0"),
            ("SELECT 1", "OK"),
            ("GET a", "\"1\""),
        ],
        run: swapdb,
    },
    Command {
        name: "time",
        group: Group::Server,
        since: "2.6.0",
        replaced_by: None,
        syntax: "",
        summary: "answers the Unix time in seconds and the microseconds of the second",
        complexity: "O(1)",
        flags: LOADING | STALE | FAST,
        order: Order::Random,
        example: &[("TIME", "[\"0\", \"0\"]")],
        run: time,
    },
];

fn dbsize(ctx: &mut Context<'_>, _: Args<'_>) -> Result<Reply> {
    Ok(Reply::count(ctx.database().len()))
}

fn flushdb(ctx: &mut Context<'_>, args: Args<'_>) -> Result<Reply> {
    check_flush_mode(args)?;
    ctx.clear_database(ctx.session.db);
    Ok(Reply::OK)
}

fn flushall(ctx: &mut Context<'_>, args: Args<'_>) -> Result<Reply> {
    check_flush_mode(args)?;
    for db in 0..ctx.engine.keyspace.count() {
        ctx.clear_database(db);
    }
    Ok(Reply::OK)
}

/// Nothing, or one of the two words; here they mean the same.
fn check_flush_mode(mut args: Args<'_>) -> Result<()> {
    let _ = args.word("SYNC") || args.word("ASYNC");
    args.end()
}

fn swapdb(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let first = small_int(args.next()?).ok_or(Error::Fixed("ERR invalid first DB index"))?;
    let second = small_int(args.next()?).ok_or(Error::Fixed("ERR invalid second DB index"))?;
    let count = ctx.engine.keyspace.count();
    let index = |number: i32| {
        let index = usize::try_from(number).ok().filter(|index| *index < count);
        index.ok_or(Error::Fixed("ERR DB index is out of range"))
    };
    ctx.swap_databases(index(first)?, index(second)?);
    Ok(Reply::OK)
}

/// A number in the range of C's `int`.
fn small_int(text: &[u8]) -> Option<i32> {
    number::parse_int(text).and_then(|number| i32::try_from(number).ok())
}

fn time(ctx: &mut Context<'_>, _: Args<'_>) -> Result<Reply> {
    let now = ctx.now();
    let (seconds, rest) = (now.div_euclid(1000), now.rem_euclid(1000));
    let text = |number: i64| Bytes::from(number.to_string().into_bytes());
    Ok(Reply::bulks([text(seconds), text(rest * 1000)]))
}
