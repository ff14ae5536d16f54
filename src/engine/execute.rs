//! How a command line becomes a reply: look-up, Redis' checks in Redis' order, the row's function, and what follows
//! from it for others: events, waiting clients, monitors.

use crate::engine::{
    Bytes, Command, Context, Delivery, Engine, Error, Outcome, Protocol, Replies, Reply, Result,
    Session, Transaction, commands, context::Waited, flag, waiting::Wait,
};

impl Engine {
    /// Runs one command line for a client.
    pub fn execute(&mut self, client: u64, argv: &[Bytes]) -> Outcome {
        self.forget_events();
        self.expire_due();
        let outcome = self.execute_now(client, argv);
        self.stats.peak = self.stats.peak.max(self.used());
        if self.has_held() && self.pause_ends().is_none() {
            self.release();
        }
        if self.ready.is_empty() {
            return outcome;
        }
        let before = self.deliveries.len();
        self.serve_waiting();
        // What becomes of those who waited comes when the command is done.
        match outcome {
            Outcome::Reply(reply) => {
                let news = self.take_messages(client, before);
                Outcome::Reply(followed_by(reply, news))
            }
            waiting @ Outcome::Waiting { .. } => waiting,
        }
    }

    #[expect(
        clippy::inline_always,
        reason = "every command passes here, and its reply is moved once less"
    )]
    #[inline(always)]
    pub(super) fn execute_now(&mut self, client: u64, argv: &[Bytes]) -> Outcome {
        self.short = self.used() > self.config.max_memory;
        let Some((place, mut session)) = self.clients.take(client) else {
            return Outcome::Reply(Error::Fixed("ERR no such client").into());
        };
        let ran = self.run(&mut session, argv, Manner::Fresh);
        // A deadline in the past (SET with EXAT) is over at once.
        self.expire_due();
        self.clients.put_back(place, session);
        match ran {
            Ok(reply) => Outcome::Reply(reply),
            Err(Pending::Held { until }) => Outcome::Waiting {
                keys: Vec::new(),
                until: Some(until),
            },
            Err(Pending::Wait(wait)) => {
                let (keys, until) = (wait.keys.clone(), wait.until);
                self.waiting.add(*wait);
                Outcome::Waiting { keys, until }
            }
        }
    }

    /// Looks up, checks and runs a command; one that has to wait gives its wait.
    fn run(
        &mut self,
        session: &mut Session,
        argv: &[Bytes],
        manner: Manner<'_>,
    ) -> std::result::Result<Reply, Pending> {
        let skip = session.replies == Replies::SkipNext && manner != Manner::AtOnce;
        let row = match commands::resolve_again(argv, &mut session.recent) {
            Ok(row) => row,
            Err(error) => {
                let error = self.refuse(session, named_in(&error), error);
                return Ok(heard(session, skip, None, error));
            }
        };
        let command = row.command;
        if manner == Manner::Fresh
            && let Some(reply) = self.before(session, command, argv)?
        {
            return Ok(heard(session, skip, Some(command), reply));
        }
        let fresh = !matches!(manner, Manner::Resumed(_));
        let overdrawn = manner == Manner::AtOnce && self.used() > self.config.most_memory();
        let mut context = Context::new(self, session, command, argv, manner);
        let ran = if overdrawn && command.has(flag::DENY_OOM) {
            Err(Error::OutOfMemory)
        } else {
            (command.run)(&mut context, row.args(argv))
        };
        let wait = context.finish();
        let behind = self.settle_events(session, command, argv);
        let mut reply = ran.unwrap_or_else(Reply::Error);
        if fresh && self.is_monitored() {
            reply = self.monitored(session, command, argv, reply);
        }
        if let Some(waited) = wait {
            return Err(Pending::wait(session, argv, *waited));
        }
        self.stats.count(row.at, matches!(reply, Reply::Error(_)));
        // A reply is not moved without need: that takes longer than most of what is done here.
        if session.replies != Replies::On {
            reply = heard(session, skip, Some(command), reply);
        }
        if !behind.is_empty() {
            reply = followed_by(reply, behind);
        }
        Ok(reply)
    }

    /// What comes before a client's command is run: it may be refused, held up by a pause, or queued.
    fn before(
        &mut self,
        session: &mut Session,
        command: &'static Command,
        argv: &[Bytes],
    ) -> std::result::Result<Option<Reply>, Pending> {
        session.active = self.now;
        session.last = command.name;
        let flags = self.flags_of(session, command, argv);
        if let Err(error) = self.admit(session, command, flags) {
            let error = self.refuse(session, Some(command.name), error);
            return Ok(Some(error.into()));
        }
        if let Some(until) = self.hold(session, flags, argv) {
            return Err(Pending::Held { until });
        }
        if session.transaction.is_none() || command.has(flag::AT_ONCE) {
            return Ok(None);
        }
        if let Err(error) = self.may_keep(session, Transaction::weight(argv)) {
            let error = self.refuse(session, Some(command.name), error);
            return Ok(Some(error.into()));
        }
        if let Some(transaction) = &mut session.transaction {
            transaction.push(argv, flags);
        }
        Ok(Some(Reply::Status("QUEUED")))
    }

    /// What a line may do, as [`flag`]s: what its row says, for EXEC also what the queued lines say, and for a script
    /// what its first line declares (Redis: `getCommandFlags`, and the flags in `mstate`).
    #[cfg_attr(not(feature = "scripting"), expect(unused_variables))]
    fn flags_of(&self, session: &Session, command: &Command, argv: &[Bytes]) -> u32 {
        match (command.name, &session.transaction) {
            ("exec", Some(transaction)) => command.flags | transaction.flags,
            #[cfg(feature = "scripting")]
            _ if command.group == crate::engine::Group::Scripting => {
                commands::scripting::flags_of(self, command, argv)
            }
            _ => command.flags,
        }
    }

    /// Whether a client may run a command now, in the order of Redis' own checks.
    fn admit(&self, session: &Session, command: &Command, flags: u32) -> Result<()> {
        if self.config.password.is_some() && !session.authenticated && !command.has(flag::NO_AUTH) {
            return Err(Error::Fixed("NOAUTH Authentication required."));
        }
        if session.transaction.is_some() && command.has(flag::NO_MULTI) {
            return Err(Error::Fixed("ERR Command not allowed inside a transaction"));
        }
        // In a transaction whatever would be queued needs memory too.
        let ends = || matches!(command.name, "exec" | "discard" | "quit" | "reset");
        if self.short && (flags & flag::DENY_OOM != 0 || session.transaction.is_some() && !ends()) {
            return Err(Error::OutOfMemory);
        }
        if session.protocol == Protocol::Resp2
            && !session.subscriptions.is_empty()
            && !command.has(flag::ALLOWED_SUBSCRIBED)
        {
            return Err(Error::NotWhileSubscribed {
                command: command.name,
            });
        }
        Ok(())
    }

    /// An error before a command runs spoils an open transaction; one of EXEC ends it (Redis: `rejectCommand`).
    #[cold]
    fn refuse(
        &mut self,
        session: &mut Session,
        command: Option<&'static str>,
        error: Error,
    ) -> Error {
        self.stats.count_refusal(command);
        if let Some(transaction) = &mut session.transaction {
            transaction.broken = true;
        }
        if command != Some("exec") {
            return error;
        }
        session.transaction = None;
        self.unwatch(session.id);
        let text = error.to_string();
        let reason = text.strip_prefix("ERR ").unwrap_or(&text);
        Error::composed(format!(
            "EXECABORT Transaction discarded because of: {reason}"
        ))
    }

    /// Shows a command to those who see every one. Who monitors sees its own behind the reply.
    #[cold]
    fn monitored(
        &mut self,
        session: &Session,
        command: &Command,
        argv: &[Bytes],
        reply: Reply,
    ) -> Reply {
        // Redis 7.0 is done with QUIT before it shows anything.
        if command.has(flag::SKIP_MONITOR) || command.has(flag::ADMIN) || command.name == "quit" {
            return reply;
        }
        let line = self.show_to_monitors(session, argv);
        if session.monitors {
            Reply::Many(vec![reply, Reply::Line(line)])
        } else {
            reply
        }
    }

    /// Runs a command that may not wait.
    pub(super) fn run_at_once(&mut self, session: &mut Session, argv: &[Bytes]) -> Reply {
        self.run(session, argv, Manner::AtOnce)
            .unwrap_or(Reply::None)
    }

    /// Serves those who wait for keys that were filled: keys in the order of filling, clients in order of arrival.
    pub(super) fn serve_waiting(&mut self) {
        while let Some(place) = self.ready.pop() {
            let mut served = 0;
            while self.keyspace.get(place.0, &place.1).is_some()
                && let Some((ticket, wait)) = self.waiting.take_next(&place, served)
            {
                served = ticket;
                let Some((at, mut session)) = self.clients.take(wait.client) else {
                    continue;
                };
                let ran = self.run(&mut session, &wait.argv, Manner::Resumed(&place.1));
                self.clients.put_back(at, session);
                match ran {
                    Ok(reply) => self.deliveries.push(Delivery::Answer {
                        client: wait.client,
                        reply,
                    }),
                    Err(_) => self.waiting.put(ticket, wait),
                }
            }
        }
    }
}

/// Why a command has no reply yet.
enum Pending {
    /// It waits for keys.
    Wait(Box<Wait>),
    /// A pause holds it up.
    Held { until: i64 },
}

impl Pending {
    #[cold]
    fn wait(session: &Session, argv: &[Bytes], waited: Waited) -> Pending {
        let (keys, until, on_timeout) = waited;
        Pending::Wait(Box::new(Wait {
            client: session.id,
            db: session.db,
            argv: argv.to_vec(),
            keys,
            until,
            on_timeout,
        }))
    }
}

/// The command whose arguments were too few or too many.
fn named_in(error: &Error) -> Option<&'static str> {
    match error {
        Error::Arity { command } => Some(command),
        _ => None,
    }
}

/// What of a reply the client wants to get; `skip` when it asked not to get this one.
#[cold]
fn heard(
    session: &mut Session,
    skip: bool,
    command: Option<&Command>,
    reply: impl Into<Reply>,
) -> Reply {
    if session.replies == Replies::On {
        return reply.into();
    }
    let silent = skip && session.replies != Replies::On || session.replies == Replies::Off;
    if skip && command.is_none_or(|row| row.name != "client|reply") {
        session.replies = Replies::On;
    }
    if silent && !command.is_some_and(|row| row.has(flag::ALWAYS_ANSWERS)) {
        Reply::None
    } else {
        reply.into()
    }
}

/// A reply with what reaches the same client right behind it.
#[cold]
fn followed_by(reply: Reply, behind: Vec<Reply>) -> Reply {
    if behind.is_empty() {
        return reply;
    }
    Reply::Many([vec![reply], behind].concat())
}

/// How a command is run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Manner<'a> {
    /// A client has sent it.
    Fresh,
    /// It has waited, and runs again because this key was filled: it may look at no other.
    Resumed(&'a Bytes),
    /// Inside EXEC or a script, where nothing waits.
    AtOnce,
}

#[cfg(test)]
mod tests {
    use crate::engine::{Bytes, Engine, Error, Options, Origin, Reply};

    const LIMIT: usize = 1 << 20;

    fn small() -> (Engine, u64) {
        let mut engine = Engine::new(&Options {
            max_memory: LIMIT,
            guarded: true,
            ..Options::default()
        });
        let client = engine.connect(Origin::default());
        (engine, client)
    }

    fn play(engine: &mut Engine, client: u64, line: &str) -> Reply {
        let argv: Vec<Bytes> = line.split(' ').map(|it| it.as_bytes().into()).collect();
        engine.execute(client, &argv).reply()
    }

    #[test]
    fn a_transaction_that_has_begun_does_not_grow_without_bound() {
        let (mut engine, client) = small();
        play(&mut engine, client, "MULTI");
        for number in 0..16 {
            let line = format!("SETRANGE k{number} {} x", LIMIT / 8 - 1);
            play(&mut engine, client, &line);
        }
        let Reply::Array(replies) = play(&mut engine, client, "EXEC") else {
            panic!("EXEC answers an array");
        };
        assert_eq!(replies[0], Reply::count(LIMIT / 8));
        assert_eq!(replies[15], Reply::Error(Error::OutOfMemory));
        assert!(engine.keyspace().used() < 2 * LIMIT);
    }

    #[test]
    fn a_broken_transaction_keeps_nothing_more() {
        let (mut engine, client) = small();
        for line in ["MULTI", "GET k", "GET", "SET k v"] {
            play(&mut engine, client, line);
        }
        let transaction = engine
            .session(client)
            .and_then(|it| it.transaction.as_ref());
        assert!(transaction.is_some_and(|it| it.broken && it.queue.len() == 1));
    }
}
