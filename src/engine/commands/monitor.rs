//! MONITOR: every client's commands, shown to those who ask for it.

use std::fmt::Write as _;

use crate::engine::{
    Args, Bytes, Command, Context, Delivery, Engine, Group, Order, Reply, Result, Session,
    flag::{ADMIN, LOADING, NO_SCRIPT, STALE},
};

/// The rows of this file.
pub const COMMANDS: &[Command] = &[Command {
    name: "monitor",
    group: Group::Server,
    since: "1.0.0",
    replaced_by: None,
    syntax: "",
    summary: "shows every command that any client sends, from now on",
    complexity: "O(1)",
    flags: ADMIN | NO_SCRIPT | LOADING | STALE,
    order: Order::Exact,
    example: &[("MONITOR", "OK")],
    run: monitor,
}];

fn monitor(ctx: &mut Context<'_>, _: Args<'_>) -> Result<Reply> {
    ctx.engine.monitor(ctx.session);
    Ok(Reply::OK)
}

impl Engine {
    /// Shows a client's command to the others that see every one, and gives the line, in the form of Redis:
    /// `1339518083.107412 [0 127.0.0.1:60866] "keys" "*"`.
    pub(in crate::engine) fn show_to_monitors(
        &mut self,
        session: &Session,
        argv: &[Bytes],
    ) -> Bytes {
        let (seconds, rest) = (self.now().div_euclid(1000), self.now().rem_euclid(1000));
        let from = &session.origin.address;
        // Only the path of a Unix socket has port 0; here Redis leaves it out.
        let (unix, from) = match from.strip_suffix(":0") {
            Some(path) => ("unix:", path),
            None => ("", from.as_str()),
        };
        let db = session.db;
        let mut line = format!("{seconds}.{:06} [{db} {unix}{from}]", rest * 1000);
        for word in argv {
            line.push(' ');
            quote(&mut line, word);
        }
        let line = Bytes::from(line.into_bytes());
        let others = self.others().into_iter().filter(|other| other.monitors);
        let ids: Vec<u64> = others.map(|other| other.id).collect();
        self.deliveries
            .extend(ids.into_iter().map(|client| Delivery::Message {
                client,
                reply: Reply::Line(line.clone()),
            }));
        line
    }
}

/// A word in double quotes, with everything that does not print escaped.
fn quote(line: &mut String, word: &[u8]) {
    line.push('"');
    for byte in word {
        match byte {
            b'\\' | b'"' => line.extend(['\\', char::from(*byte)]),
            b'\n' => line.push_str("\\n"),
            b'\r' => line.push_str("\\r"),
            b'\t' => line.push_str("\\t"),
            7 => line.push_str("\\a"),
            8 => line.push_str("\\b"),
            b' '..=b'~' => line.push(char::from(*byte)),
            _ => {
                let _ = write!(line, "\\x{byte:02x}");
            }
        }
    }
    line.push('"');
}
