//! CLIENT: what a client may know and change of itself and of the others.

mod others;
pub(super) mod tracking;

use crate::engine::{
    Args, Bytes, Command, Context, Error, Group, Order, Replies, Reply, Result,
    clients::Pause,
    commands,
    flag::{ADMIN, LOADING, NO_SCRIPT, STALE},
    number,
};

/// The flags of what concerns the client itself.
const OWN: u32 = NO_SCRIPT | LOADING | STALE;
/// The flags of what concerns others.
const OTHERS: u32 = OWN | ADMIN;

/// A row of this file, with what all of them share.
const fn row(
    name: &'static str,
    since: &'static str,
    syntax: &'static str,
    summary: &'static str,
    flags: u32,
) -> Command {
    Command {
        name,
        group: Group::Connection,
        since,
        replaced_by: None,
        syntax,
        summary,
        complexity: "O(1)",
        flags,
        order: Order::Exact,
        example: &[],
        run: help,
    }
}

/// The rows of this file.
pub const COMMANDS: &[Command] = &[
    Command {
        example: &[("CLIENT GETNAME", "(nil)")],
        run: getname,
        ..row(
            "client|getname",
            "2.6.9",
            "",
            "answers the name of this connection",
            OWN,
        )
    },
    Command {
        ..row(
            "client|help",
            "5.0.0",
            "",
            "explains CLIENT",
            LOADING | STALE,
        )
    },
    Command {
        order: Order::Random,
        example: &[("CLIENT ID", "(integer) 1")],
        run: id,
        ..row(
            "client|id",
            "5.0.0",
            "",
            "answers the number of this connection",
            OWN,
        )
    },
    Command {
        order: Order::Random,
        example: &[("CLIENT INFO", "\"\"")],
        run: others::info,
        ..row(
            "client|info",
            "6.2.0",
            "",
            "answers a line on this connection",
            OWN,
        )
    },
    Command {
        complexity: "O(N): all connections",
        example: &[("CLIENT KILL ID 99", "(integer) 0")],
        run: others::kill,
        ..row(
            "client|kill",
            "2.4.0",
            "<ip:port|filter> [value] [filter value ...]",
            "ends other connections",
            OTHERS,
        )
    },
    Command {
        complexity: "O(N): all connections",
        order: Order::Random,
        example: &[("CLIENT LIST", "\"\"")],
        run: others::list,
        ..row(
            "client|list",
            "2.4.0",
            "[TYPE <NORMAL|MASTER|REPLICA|PUBSUB>] [ID client-id [client-id ...]]",
            "answers a line on every connection",
            OTHERS,
        )
    },
    Command {
        example: &[("CLIENT NO-EVICT ON", "OK")],
        run: no_evict,
        ..row(
            "client|no-evict",
            "7.0.0",
            "<ON|OFF>",
            "protects this connection from being ended for want of memory",
            OTHERS,
        )
    },
    Command {
        example: &[("CLIENT PAUSE 1000 WRITE", "OK")],
        run: pause,
        ..row(
            "client|pause",
            "3.0.0",
            "timeout [WRITE|ALL]",
            "holds up the commands of all connections, or only their writes, for some milliseconds",
            OTHERS,
        )
    },
    Command {
        example: &[("CLIENT REPLY ON", "OK")],
        run: reply,
        ..row(
            "client|reply",
            "3.2.0",
            "<ON|OFF|SKIP>",
            "says whether this connection gets replies",
            OWN,
        )
    },
    Command {
        example: &[("CLIENT SETNAME ana", "OK"), ("CLIENT GETNAME", "\"ana\"")],
        run: setname,
        ..row(
            "client|setname",
            "2.6.9",
            "connection-name",
            "gives this connection a name",
            OWN,
        )
    },
    Command {
        complexity: "O(log N), N being the connections that wait",
        example: &[("CLIENT UNBLOCK 99", "(integer) 0")],
        run: unblock,
        ..row(
            "client|unblock",
            "5.0.0",
            "client-id [TIMEOUT|ERROR]",
            "ends the waiting of another connection",
            OTHERS,
        )
    },
    Command {
        complexity: "O(N), N being the commands held up",
        example: &[("CLIENT UNPAUSE", "OK")],
        run: unpause,
        ..row("client|unpause", "6.2.0", "", "ends a pause", OTHERS)
    },
];

fn id(ctx: &mut Context<'_>, _: Args<'_>) -> Result<Reply> {
    Ok(Reply::Int(ctx.session.id as i64))
}

fn getname(ctx: &mut Context<'_>, _: Args<'_>) -> Result<Reply> {
    Ok(Reply::bulk_or_nil(ctx.session.name.clone()))
}

fn setname(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    ctx.session.name = read_name(args.next()?)?;
    Ok(Reply::OK)
}

/// A connection's name; the empty one is none.
pub(super) fn read_name(name: &Bytes) -> Result<Option<Bytes>> {
    if name.iter().any(|byte| !(b'!'..=b'~').contains(byte)) {
        return Err(Error::Fixed(
            "ERR Client names cannot contain spaces, newlines or special characters.",
        ));
    }
    Ok(Some(name.clone()).filter(|name| !name.is_empty()))
}

fn on_or_off(args: &mut Args<'_>) -> Result<bool> {
    if args.word("ON") {
        Ok(true)
    } else if args.word("OFF") {
        Ok(false)
    } else {
        Err(Error::Syntax)
    }
}

fn no_evict(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    ctx.session.no_evict = on_or_off(&mut args)?;
    Ok(Reply::OK)
}

fn reply(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    if args.word("SKIP") {
        if ctx.session.replies == Replies::On {
            ctx.session.replies = Replies::SkipNext;
        }
        return Ok(Reply::None);
    }
    if on_or_off(&mut args)? {
        ctx.session.replies = Replies::On;
        Ok(Reply::OK)
    } else {
        ctx.session.replies = Replies::Off;
        Ok(Reply::None)
    }
}

fn pause(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    if args.len() > 2 {
        return Err(commands::misused(ctx));
    }
    let timeout = args.next()?;
    let all = if args.word("WRITE") {
        false
    } else {
        if !args.word("ALL") && !args.is_empty() {
            return Err(Error::Fixed("ERR CLIENT PAUSE mode must be WRITE or ALL"));
        }
        true
    };
    let timeout = number::parse_int(timeout).ok_or(Error::Fixed(
        "ERR timeout is not an integer or out of range",
    ))?;
    if timeout < 0 {
        return Err(Error::Fixed("ERR timeout is negative"));
    }
    // Redis 7.0 adds without a look at the overflow, and what has ended is no pause.
    let until = ctx.now().wrapping_add(timeout);
    if until > ctx.now() {
        ctx.engine.pause(Pause { until, all });
    }
    Ok(Reply::OK)
}

fn unpause(ctx: &mut Context<'_>, _: Args<'_>) -> Result<Reply> {
    ctx.engine.unpause();
    Ok(Reply::OK)
}

fn unblock(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    if args.len() > 2 {
        return Err(commands::misused(ctx));
    }
    let id = args.peek_rest().first();
    args.next()?;
    let with_error = args.word("ERROR");
    if !with_error && !args.word("TIMEOUT") && !args.is_empty() {
        return Err(Error::Fixed(
            "ERR CLIENT UNBLOCK reason should be TIMEOUT or ERROR",
        ));
    }
    let id = id
        .and_then(|id| number::parse_int(id))
        .ok_or(Error::NotInteger)?;
    let client = u64::try_from(id).unwrap_or_default();
    Ok(Reply::flag(ctx.engine.unblock(client, with_error)))
}

fn help(_: &mut Context<'_>, _: Args<'_>) -> Result<Reply> {
    Ok(commands::help(
        "CLIENT <subcommand> [<arg> [value] [opt] ...]. Subcommands are:",
        &[
            "CACHING (YES|NO)",
            "    Enable/disable tracking of the keys for next command in OPTIN/OPTOUT modes.",
            "GETREDIR",
            "    Return the client ID we are redirecting to when tracking is enabled.",
            "GETNAME",
            "    Return the name of the current connection.",
            "ID",
            "    Return the ID of the current connection.",
            "INFO",
            "    Return information about the current client connection.",
            "KILL <ip:port>",
            "    Kill connection made from <ip:port>.",
            "KILL <option> <value> [<option> <value> [...]]",
            "    Kill connections. Options are:",
            "    * ADDR (<ip:port>|<unixsocket>:0)",
            "      Kill connections made from the specified address",
            "    * LADDR (<ip:port>|<unixsocket>:0)",
            "      Kill connections made to specified local address",
            "    * TYPE (NORMAL|MASTER|REPLICA|PUBSUB)",
            "      Kill connections by type.",
            "    * USER <username>",
            "      Kill connections authenticated by <username>.",
            "    * SKIPME (YES|NO)",
            "      Skip killing current connection (default: yes).",
            "LIST [options ...]",
            "    Return information about client connections. Options:",
            "    * TYPE (NORMAL|MASTER|REPLICA|PUBSUB)",
            "      Return clients of specified type.",
            "UNPAUSE",
            "    Stop the current client pause, resuming traffic.",
            "PAUSE <timeout> [WRITE|ALL]",
            "    Suspend all, or just write, clients for <timeout> milliseconds.",
            "REPLY (ON|OFF|SKIP)",
            "    Control the replies sent to the current connection.",
            "SETNAME <name>",
            "    Assign the name <name> to the current connection.",
            "UNBLOCK <clientid> [TIMEOUT|ERROR]",
            "    Unblock the specified blocked client.",
            "TRACKING (ON|OFF) [REDIRECT <id>] [BCAST] [PREFIX <prefix> [...]]",
            "         [OPTIN] [OPTOUT] [NOLOOP]",
            "    Control server assisted client side caching.",
            "TRACKINGINFO",
            "    Report tracking status for the current connection.",
            "NO-EVICT (ON|OFF)",
            "    Protect current client connection from eviction.",
        ],
    ))
}
