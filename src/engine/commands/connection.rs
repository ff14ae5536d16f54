//! What concerns one client: rows and functions.

use super::keys;
use crate::engine::{
    Args, Command, Context, Error, Group, Order, Reply, Result,
    flag::{FAST, LOADING, STALE},
};

/// The rows of this group.
pub const COMMANDS: &[Command] = &[
    Command {
        name: "echo",
        group: Group::Connection,
        since: "1.0.0",
        replaced_by: None,
        syntax: "message",
        summary: "answers what it is given",
        complexity: "O(1)",
        flags: LOADING | STALE | FAST,
        order: Order::Exact,
        example: &[("ECHO hello", "\"hello\"")],
        run: echo,
    },
    Command {
        name: "ping",
        group: Group::Connection,
        since: "1.0.0",
        replaced_by: None,
        syntax: "[message]",
        summary: "answers PONG, or what it is given",
        complexity: "O(1)",
        flags: FAST,
        order: Order::Exact,
        example: &[("PING", "PONG"), ("PING hello", "\"hello\"")],
        run: ping,
    },
    Command {
        name: "select",
        group: Group::Connection,
        since: "1.0.0",
        replaced_by: None,
        syntax: "index",
        summary: "goes to another database",
        complexity: "O(1)",
        flags: LOADING | STALE | FAST,
        order: Order::Exact,
        example: &[
            ("SET a 1", "OK"),
            ("SELECT 1", "OK"),
            ("EXISTS a", "(integer) 0"),
        ],
        run: select,
    },
];

fn echo(_: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    args.next().cloned().map(Reply::Bulk)
}

fn ping(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    match args.rest() {
        [] => Ok(Reply::Status("PONG")),
        [message] => Ok(Reply::Bulk(message.clone())),
        _ => Err(Error::Arity {
            command: ctx.command.name,
        }),
    }
}

fn select(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    ctx.session.db = keys::database(ctx, args.next()?)?;
    Ok(Reply::OK)
}
