//! MULTI and its companions: rows and functions. Queueing itself is the engine's, since it concerns every command.

use crate::engine::{
    Args, Command, Context, Error, Group, Order, Reply, Result, Transaction,
    flag::{AT_ONCE, FAST, LOADING, NO_SCRIPT, STALE},
    watch::Watches,
};

/// The rows of this group.
pub const COMMANDS: &[Command] = &[
    Command {
        name: "discard",
        group: Group::Transactions,
        since: "2.0.0",
        replaced_by: None,
        syntax: "",
        summary: "throws the queued commands away and ends the transaction",
        complexity: "O(N) with N queued commands",
        flags: NO_SCRIPT | LOADING | STALE | FAST | AT_ONCE,
        order: Order::Exact,
        example: &[
            ("MULTI", "OK"),
            ("SET k v", "QUEUED"),
            ("DISCARD", "OK"),
            ("EXISTS k", "(integer) 0"),
        ],
        run: discard,
    },
    Command {
        name: "exec",
        group: Group::Transactions,
        since: "1.2.0",
        replaced_by: None,
        syntax: "",
        summary: "runs the queued commands, all or none of them, and answers their replies",
        complexity: "that of the queued commands",
        flags: NO_SCRIPT | LOADING | STALE | AT_ONCE,
        order: Order::Exact,
        example: &[
            ("MULTI", "OK"),
            ("INCR n", "QUEUED"),
            ("EXEC", "[(integer) 1]"),
        ],
        run: exec,
    },
    Command {
        name: "multi",
        group: Group::Transactions,
        since: "1.2.0",
        replaced_by: None,
        syntax: "",
        summary: "opens a transaction: what follows is queued until EXEC",
        complexity: "O(1)",
        flags: NO_SCRIPT | LOADING | STALE | FAST | AT_ONCE,
        order: Order::Exact,
        example: &[("MULTI", "OK"), ("PING", "QUEUED"), ("EXEC", "[PONG]")],
        run: multi,
    },
    Command {
        name: "unwatch",
        group: Group::Transactions,
        since: "2.2.0",
        replaced_by: None,
        syntax: "",
        summary: "forgets all watched keys",
        complexity: "O(1)",
        flags: NO_SCRIPT | LOADING | STALE | FAST,
        order: Order::Exact,
        example: &[("WATCH k", "OK"), ("UNWATCH", "OK")],
        run: unwatch,
    },
    Command {
        name: "watch",
        group: Group::Transactions,
        since: "2.2.0",
        replaced_by: None,
        syntax: "key [key ...]",
        summary: "lets the next EXEC do nothing if one of these keys changes before it",
        complexity: "O(1) for each key",
        flags: NO_SCRIPT | LOADING | STALE | FAST | AT_ONCE,
        order: Order::Exact,
        example: &[
            ("WATCH k", "OK"),
            ("SET k v", "OK"),
            ("MULTI", "OK"),
            ("EXEC", "(nil)"),
        ],
        run: watch,
    },
];

fn multi(ctx: &mut Context<'_>, _: Args<'_>) -> Result<Reply> {
    if ctx.session.transaction.is_some() {
        return Err(Error::Fixed("ERR MULTI calls can not be nested"));
    }
    ctx.session.transaction = Some(Transaction::default());
    Ok(Reply::OK)
}

fn discard(ctx: &mut Context<'_>, _: Args<'_>) -> Result<Reply> {
    ctx.session
        .transaction
        .take()
        .ok_or(Error::Fixed("ERR DISCARD without MULTI"))?;
    ctx.engine.unwatch(ctx.session.id);
    Ok(Reply::OK)
}

fn exec(ctx: &mut Context<'_>, _: Args<'_>) -> Result<Reply> {
    let transaction = ctx
        .session
        .transaction
        .take()
        .ok_or(Error::Fixed("ERR EXEC without MULTI"))?;
    let changed = ctx.engine.unwatch(ctx.session.id);
    if transaction.broken {
        return Err(Error::Fixed(
            "EXECABORT Transaction discarded because of previous errors.",
        ));
    }
    if changed {
        return Ok(Reply::NilArray);
    }
    let replies = transaction.queue.iter().map(|argv| ctx.run_queued(argv));
    Ok(Reply::Array(replies.collect()))
}

fn watch(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    if ctx.session.transaction.is_some() {
        return Err(Error::Fixed("ERR WATCH inside MULTI is not allowed"));
    }
    let (client, db) = (ctx.session.id, ctx.session.db);
    let keys = args.rest();
    let bytes = keys.iter().map(|key| Watches::weight(key)).sum();
    ctx.engine.may_keep(ctx.session, bytes)?;
    for key in keys {
        ctx.engine.watch(client, db, key);
    }
    Ok(Reply::OK)
}

fn unwatch(ctx: &mut Context<'_>, _: Args<'_>) -> Result<Reply> {
    ctx.engine.unwatch(ctx.session.id);
    Ok(Reply::OK)
}
