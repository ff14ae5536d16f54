//! What concerns one client: rows and functions.

use super::{client, keys};
use crate::engine::{
    Args, Bytes, Command, Context, Error, Group, Order, Protocol, Replies, Reply, Result,
    flag::{ALLOWED_SUBSCRIBED, ALWAYS_ANSWERS, AT_ONCE, FAST, LOADING, NO_AUTH, NO_SCRIPT, STALE},
    number,
};

/// The version of Redis that this engine answers as.
pub(super) const VERSION: &str = "7.0.15";

/// The flags of what may be sent before AUTH.
const BEFORE_AUTH: u32 = NO_SCRIPT | LOADING | STALE | FAST | NO_AUTH;

/// The rows of this group.
pub const COMMANDS: &[Command] = &[
    Command {
        name: "auth",
        group: Group::Connection,
        since: "1.0.0",
        replaced_by: None,
        syntax: "[username] password",
        summary: "gives the password that the server asks for",
        complexity: "O(1)",
        flags: BEFORE_AUTH,
        order: Order::Exact,
        example: &[("AUTH default secret", "OK")],
        run: auth,
    },
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
        name: "hello",
        group: Group::Connection,
        since: "6.0.0",
        replaced_by: None,
        syntax: "[protover [AUTH username password] [SETNAME clientname]]",
        summary: "introduces client and server, and chooses the protocol",
        complexity: "O(1)",
        flags: BEFORE_AUTH,
        order: Order::Exact,
        example: &[("HELLO 4", "(error) NOPROTO unsupported protocol version")],
        run: hello,
    },
    Command {
        name: "ping",
        group: Group::Connection,
        since: "1.0.0",
        replaced_by: None,
        syntax: "[message]",
        summary: "answers PONG, or what it is given",
        complexity: "O(1)",
        flags: FAST | ALLOWED_SUBSCRIBED,
        order: Order::Exact,
        example: &[("PING", "PONG"), ("PING hello", "\"hello\"")],
        run: ping,
    },
    Command {
        name: "quit",
        group: Group::Connection,
        since: "1.0.0",
        replaced_by: None,
        syntax: "[argument ...]",
        summary: "ends the connection",
        complexity: "O(1)",
        flags: BEFORE_AUTH | AT_ONCE | ALLOWED_SUBSCRIBED,
        order: Order::Exact,
        example: &[("QUIT", "OK")],
        run: quit,
    },
    Command {
        name: "reset",
        group: Group::Connection,
        since: "6.2.0",
        replaced_by: None,
        syntax: "",
        summary: "brings the connection back to the state in which it began",
        complexity: "O(1)",
        flags: BEFORE_AUTH | AT_ONCE | ALLOWED_SUBSCRIBED | ALWAYS_ANSWERS,
        order: Order::Exact,
        example: &[
            ("MULTI", "OK"),
            ("RESET", "RESET"),
            ("EXEC", "(error) ERR EXEC without MULTI"),
        ],
        run: reset,
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
    let words = args.rest();
    if words.len() > 1 {
        return Err(Error::Arity {
            command: ctx.command.name,
        });
    }
    // An old client that listens to channels can tell messages only by their shape.
    if ctx.session.protocol == Protocol::Resp2 && !ctx.session.subscriptions.is_empty() {
        let message = words.first().cloned().unwrap_or_default();
        return Ok(Reply::bulks([Bytes::from(&b"pong"[..]), message]));
    }
    let message = words.first().cloned();
    Ok(message.map_or(Reply::Status("PONG"), Reply::Bulk))
}

fn select(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    ctx.session.db = keys::database(ctx, args.next()?)?;
    Ok(Reply::OK)
}

const WRONG_PASSWORD: Error =
    Error::Fixed("WRONGPASS invalid username-password pair or user is disabled.");

fn auth(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    match args.rest() {
        [_] if ctx.engine.config().password.is_none() => Err(Error::Fixed(
            "ERR AUTH <password> called without any password configured for the default user. Are you sure your \
             configuration is correct?",
        )),
        [password] => admit(ctx, b"default", password),
        [user, password] => admit(ctx, user, password),
        _ => Err(Error::Syntax),
    }?;
    Ok(Reply::OK)
}

/// Lets a client in that knows the password of the one user that there is.
fn admit(ctx: &mut Context<'_>, user: &[u8], password: &Bytes) -> Result<()> {
    let wanted = ctx.engine.config().password.as_ref();
    let fits = wanted.is_none_or(|wanted| same_secret(wanted, password));
    if user != b"default" || !fits {
        return Err(WRONG_PASSWORD);
    }
    ctx.session.authenticated = true;
    Ok(())
}

/// Compares without telling by its duration how much is right.
fn same_secret(wanted: &[u8], given: &[u8]) -> bool {
    let differ = wanted
        .iter()
        .zip(given)
        .fold(0, |all, (a, b)| all | (a ^ b));
    wanted.len() == given.len() && differ == 0
}

fn hello(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let mut protocol = ctx.session.protocol;
    if !args.is_empty() {
        let number = number::parse_int(args.next()?).ok_or(Error::Fixed(
            "ERR Protocol version is not an integer or out of range",
        ))?;
        protocol = match number {
            2 => Protocol::Resp2,
            3 => Protocol::Resp3,
            _ => return Err(Error::Fixed("NOPROTO unsupported protocol version")),
        };
    }
    while !args.is_empty() {
        let option = args.peek_rest()[0].clone();
        if args.len() > 2 && args.word("AUTH") {
            let (user, password) = (args.next()?, args.next()?);
            admit(ctx, user, password)?;
        } else if args.len() > 1 && args.word("SETNAME") {
            ctx.session.name = client::read_name(args.next()?)?;
        } else {
            return Err(Error::composed(format!(
                "ERR Syntax error in HELLO option '{}'",
                String::from_utf8_lossy(&option)
            )));
        }
    }
    if ctx.engine.config().password.is_some() && !ctx.session.authenticated {
        return Err(Error::Fixed(
            "NOAUTH HELLO must be called with the client already authenticated, otherwise the HELLO AUTH <user> \
             <pass> option can be used to authenticate the client and select the RESP protocol version at the same \
             time",
        ));
    }
    ctx.session.protocol = protocol;
    let text = |text: &str| Reply::bulk(text.as_bytes());
    let version = match protocol {
        Protocol::Resp2 => 2,
        Protocol::Resp3 => 3,
    };
    Ok(Reply::Map(vec![
        (text("server"), text("redis")),
        (text("version"), text(VERSION)),
        (text("proto"), Reply::Int(version)),
        (text("id"), Reply::Int(ctx.session.id as i64)),
        (text("mode"), text("standalone")),
        (text("role"), text("master")),
        (text("modules"), Reply::Array(Vec::new())),
    ]))
}

fn quit(ctx: &mut Context<'_>, _: Args<'_>) -> Result<Reply> {
    ctx.close();
    Ok(Reply::OK)
}

fn reset(ctx: &mut Context<'_>, _: Args<'_>) -> Result<Reply> {
    ctx.engine.unwatch(ctx.session.id);
    ctx.engine.unsubscribe_all(ctx.session);
    ctx.engine.end_monitor(ctx.session);
    let session = &mut *ctx.session;
    session.transaction = None;
    session.db = 0;
    session.name = None;
    session.protocol = Protocol::Resp2;
    session.replies = Replies::On;
    session.authenticated = ctx.engine.config().password.is_none();
    Ok(Reply::Status("RESET"))
}
