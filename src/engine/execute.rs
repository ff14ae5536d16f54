//! How a command line becomes a reply: look-up, Redis' checks in Redis' order, the row's function, and what follows
//! from it for others: events, waiting clients, monitors.

use crate::engine::{
    Bytes, Command, Context, Delivery, Engine, Error, Outcome, Protocol, Replies, Reply, Result,
    Session, commands, flag, waiting::Wait,
};

impl Engine {
    /// Runs one command line for a client.
    pub fn execute(&mut self, client: u64, argv: &[Bytes]) -> Outcome {
        self.forget_events();
        self.expire_due();
        let outcome = self.execute_now(client, argv);
        if self.has_held() && self.pause_ends().is_none() {
            self.release();
        }
        if !self.ready.is_empty() {
            self.serve_waiting();
        }
        outcome
    }

    pub(super) fn execute_now(&mut self, client: u64, argv: &[Bytes]) -> Outcome {
        let Some(mut session) = self.clients.take(client) else {
            return Outcome::Reply(Error::Fixed("ERR no such client").into());
        };
        let ran = self.run(&mut session, argv, Manner::Fresh);
        // A deadline in the past (SET with EXAT) is over at once.
        self.expire_due();
        self.clients.put_back(session);
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
        manner: Manner,
    ) -> std::result::Result<Reply, Pending> {
        let skip = session.replies == Replies::SkipNext && manner == Manner::Fresh;
        let (command, rest) = match commands::resolve_again(argv, &mut session.recent) {
            Ok(found) => found,
            Err(error) => {
                self.stats.errors += 1;
                let error = refuse(session, error);
                return Ok(heard(session, skip, None, error));
            }
        };
        if manner == Manner::Fresh {
            session.active = self.now;
            session.last = command.name;
            if let Err(error) = self.admit(session, command) {
                self.stats.errors += 1;
                let error = refuse(session, error);
                return Ok(heard(session, skip, Some(command), error));
            }
            if let Some(until) = self.hold(session, command, argv) {
                return Err(Pending::Held { until });
            }
            if let Some(transaction) = &mut session.transaction
                && !command.has(flag::AT_ONCE)
            {
                transaction.queue.push(argv.to_vec());
                let queued = Reply::Status("QUEUED");
                return Ok(heard(session, skip, Some(command), queued));
            }
        }
        if command.has(flag::DENY_OOM) && self.keyspace.used() >= self.config.max_memory {
            return Ok(Error::OutOfMemory.into());
        }
        let fresh = !matches!(manner, Manner::Resumed(_));
        let mut context = Context::new(self, session, command, argv, manner);
        let reply = (command.run)(&mut context, rest).unwrap_or_else(Reply::from);
        let wait = context.finish();
        self.settle_events();
        let mut reply = reply;
        if fresh
            && self.is_monitored()
            && !command.has(flag::SKIP_MONITOR)
            && !command.has(flag::ADMIN)
            // Redis 7.0 is done with QUIT before it shows anything.
            && command.name != "quit"
        {
            let line = self.show_to_monitors(session, argv);
            if session.monitors {
                // Who monitors sees its own command behind the reply.
                reply = Reply::Many(vec![reply, Reply::Line(line)]);
            }
        }
        if let Some((keys, until, on_timeout)) = wait {
            return Err(Pending::Wait(Box::new(Wait {
                client: session.id,
                db: session.db,
                argv: argv.to_vec(),
                keys,
                until,
                on_timeout,
            })));
        }
        self.stats.commands += 1;
        self.stats.errors += u64::from(matches!(reply, Reply::Error(_)));
        Ok(heard(session, skip, Some(command), reply))
    }

    /// Whether a client may run a command now, in the order of Redis' own checks.
    fn admit(&self, session: &Session, command: &Command) -> Result<()> {
        if self.config.password.is_some() && !session.authenticated && !command.has(flag::NO_AUTH) {
            return Err(Error::Fixed("NOAUTH Authentication required."));
        }
        if session.transaction.is_some() && command.has(flag::NO_MULTI) {
            return Err(Error::Fixed("ERR Command not allowed inside a transaction"));
        }
        if command.has(flag::DENY_OOM) && self.keyspace.used() >= self.config.max_memory {
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

    /// Runs a command that may not wait.
    pub(super) fn run_at_once(&mut self, session: &mut Session, argv: &[Bytes]) -> Reply {
        self.run(session, argv, Manner::AtOnce)
            .unwrap_or(Reply::None)
    }

    /// Serves those who wait for keys that were filled: keys in the order of filling, clients in order of arrival.
    pub(super) fn serve_waiting(&mut self) {
        while let Some(place) = self.ready.pop_front() {
            let mut served = 0;
            while self.keyspace.get(place.0, &place.1).is_some()
                && let Some((ticket, wait)) = self.waiting.take_next(&place, served)
            {
                served = ticket;
                let Some(mut session) = self.clients.take(wait.client) else {
                    continue;
                };
                let ran = self.run(&mut session, &wait.argv, Manner::Resumed(place.1.clone()));
                self.clients.put_back(session);
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

/// What of a reply the client wants to get; `skip` when it asked not to get this one.
fn heard(
    session: &mut Session,
    skip: bool,
    command: Option<&Command>,
    reply: impl Into<Reply>,
) -> Reply {
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

/// How a command is run.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Manner {
    /// A client has sent it.
    Fresh,
    /// It has waited, and runs again because this key was filled: it may look at no other.
    Resumed(Bytes),
    /// Inside EXEC or a script, where nothing waits.
    AtOnce,
}

/// An error before a command runs spoils an open transaction; one of EXEC itself ends it.
fn refuse(session: &mut Session, error: Error) -> Error {
    let Some(transaction) = &mut session.transaction else {
        return end_of_exec(error);
    };
    transaction.broken = true;
    if matches!(error, Error::Arity { command: "exec" }) {
        session.transaction = None;
    }
    end_of_exec(error)
}

/// Redis words an arity error of EXEC as the end of the transaction, whether there is one or not.
fn end_of_exec(error: Error) -> Error {
    match error {
        Error::Arity { command: "exec" } => Error::Fixed(
            "EXECABORT Transaction discarded because of: wrong number of arguments for 'exec' command",
        ),
        other => other,
    }
}
