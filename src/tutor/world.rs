//! A lesson's world: the engine, the learner's client and the scripted ones. A fork of it is another world, in which
//! an attempt can be tried without consequence. Real programs, which no fork can hold, are in [`visitors`](self).

mod visitors;

use crate::engine::{
    Bytes, Delivery, Engine, Group, Options, Origin, Outcome, Reply, Session, flag,
};
use crate::lesson::{Lesson, Line};
use crate::notation::Literal;

use super::Lifetimes;

/// A scripted client.
#[derive(Debug, Clone, PartialEq)]
struct Actor {
    name: String,
    client: u64,
}

/// Everything that a line of a lesson can change.
#[derive(Debug, Clone)]
pub struct World {
    /// The data, the clock and the seed.
    pub engine: Engine,
    /// How long keys were given to live.
    pub lifetimes: Lifetimes,
    learner: u64,
    actors: Vec<Actor>,
    /// The lesson's database, in which its clients begin.
    home: usize,
    /// Which of its clients have connected again, in order: the learner is 0.
    renewed: Vec<usize>,
    /// The stand-ins for a program's connections, made as they are needed.
    programs: Vec<Actor>,
    /// Clients that have come over the lesson's server.
    visitors: Vec<u64>,
    /// What has been left for them.
    outbox: Vec<Delivery>,
}

/// Something that happened beside the learner's own reply.
#[derive(Debug, Clone, PartialEq)]
pub enum Happening {
    /// A scripted client sent a line and got this; nothing while it waits.
    Acted {
        /// Its name.
        name: String,
        /// The line.
        line: String,
        /// The reply.
        reply: Option<Literal>,
    },
    /// Something arrived for a client: for the learner when no name is given.
    Arrived {
        /// The scripted client.
        name: Option<String>,
        /// What arrived.
        reply: Literal,
    },
    /// Time passed, and these keys went.
    Passed {
        /// How long.
        milliseconds: i64,
        /// The keys, in order.
        expired: Vec<Bytes>,
    },
    /// The learner's command began to wait.
    Waiting,
    /// It would wait for ever, and was given up.
    GaveUp,
}

/// What came of a learner's line.
#[derive(Debug, Clone, PartialEq)]
pub struct Ran {
    /// The reply; none when the command would wait for ever.
    pub reply: Option<Literal>,
    /// What happened meanwhile.
    pub happenings: Vec<Happening>,
}

impl Ran {
    /// Whether Redis refused the line.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        is_refusal(self.reply.as_ref())
    }

    /// Whether a transaction has taken the line, to run it later.
    #[must_use]
    pub fn is_queued(&self) -> bool {
        is_queued(self.reply.as_ref())
    }
}

/// Whether a reply is an error.
#[must_use]
pub fn is_refusal(reply: Option<&Literal>) -> bool {
    matches!(reply, Some(Literal::Error(_)))
}

/// Whether a line that was answered so came to nothing: it was refused, or it was an EXEC and a watched key had changed.
#[must_use]
pub fn is_in_vain(argv: &[Bytes], reply: Option<&Literal>) -> bool {
    is_refusal(reply) || is_exec(argv) && reply == Some(&Literal::Nil)
}

/// Whether a line runs a transaction.
#[must_use]
pub fn is_exec(argv: &[Bytes]) -> bool {
    matches!(argv, [name] if name.eq_ignore_ascii_case(b"EXEC"))
}

/// Whether a reply says that the line runs later.
fn is_queued(reply: Option<&Literal>) -> bool {
    matches!(reply, Some(Literal::Status(status)) if status == "QUEUED")
}

/// Whether a line that was answered so has run: it was neither refused nor queued.
#[must_use]
pub fn has_run(reply: Option<&Literal>) -> bool {
    !is_refusal(reply) && !is_queued(reply)
}

/// What a lesson's values may take together: generous for any lesson, harmless for any machine.
pub const MEMORY: usize = 64 << 20;
/// The same for one string.
pub const VALUE: usize = 16 << 20;

/// The address of a world's client, as CLIENT LIST and MONITOR show it: the learner is the first.
fn origin(at: usize) -> Origin {
    Origin {
        address: format!("127.0.0.1:{}", 50_001 + at),
        local: "127.0.0.1:6379".to_owned(),
    }
}

impl World {
    /// The world in which a lesson starts: its clock, its database, its setup run.
    #[must_use]
    pub fn new(lesson: &Lesson, seed: u64, now: i64) -> World {
        let now = lesson.now.unwrap_or(now);
        let mut world = World::empty(seed, now);
        world.home = lesson.db;
        for (at, name) in lesson.actors.iter().enumerate() {
            let client = world.engine.connect(origin(at + 1));
            world.engine.select(client, lesson.db);
            world.actors.push(Actor {
                name: name.clone(),
                client,
            });
        }
        world.engine.select(world.learner, lesson.db);
        for line in &lesson.setup {
            world.play(line);
        }
        world
    }

    /// A world without data, for free play and for questions.
    #[must_use]
    pub fn empty(seed: u64, now: i64) -> World {
        let options = Options {
            now,
            seed,
            max_memory: MEMORY,
            max_value: VALUE,
            guarded: true,
            ..Options::default()
        };
        let mut engine = Engine::new(&options);
        let learner = engine.connect(origin(0));
        World {
            engine,
            lifetimes: Lifetimes::default(),
            learner,
            actors: Vec::new(),
            home: 0,
            renewed: Vec::new(),
            programs: Vec::new(),
            visitors: Vec::new(),
            outbox: Vec::new(),
        }
    }

    /// The learner's client.
    #[must_use]
    pub fn learner(&self) -> &Session {
        self.session(self.learner)
    }

    /// The database that the learner has selected.
    #[must_use]
    pub fn db(&self) -> usize {
        self.learner().db
    }

    /// The learner's and the scripted clients'.
    fn sessions(&self) -> impl Iterator<Item = &Session> {
        let actors = self.actors.iter().map(|actor| actor.client);
        let clients = std::iter::once(self.learner).chain(actors);
        clients.map(|client| self.session(client))
    }

    fn session(&self, client: u64) -> &Session {
        self.engine
            .session(client)
            .expect("a client whose connection ends gets a new one at once")
    }

    /// Runs a line for the client that it names; the learner's when it names none.
    pub fn play(&mut self, line: &Line) -> Vec<Happening> {
        let Some(name) = &line.actor else {
            return self.run(&line.argv, &[]).happenings;
        };
        let Some(actor) = self.actors.iter().find(|actor| actor.name == *name) else {
            return Vec::new();
        };
        let client = actor.client;
        let reply = match self.execute(client, &line.argv) {
            Outcome::Reply(reply) => Some(Literal::from(reply)),
            Outcome::Waiting { .. } => None,
        };
        let mut happenings = vec![Happening::Acted {
            name: name.clone(),
            line: line.text.clone(),
            reply,
        }];
        happenings.extend(self.arrivals());
        happenings
    }

    /// Whether Redis would take a line of the learner's here.
    #[must_use]
    pub fn takes(&self, argv: &[Bytes], during: &[Line]) -> bool {
        !self.clone().run(argv, during).is_refused()
    }

    /// Runs the learner's line. While it waits, `during` happens; what still waits then has its time pass.
    pub fn run(&mut self, argv: &[Bytes], during: &[Line]) -> Ran {
        let until = match self.execute(self.learner, argv) {
            Outcome::Reply(reply) => {
                let mut replies = match reply {
                    Reply::Many(replies) => replies,
                    reply => vec![reply],
                };
                // Of several replies the last is the line's own; the others arrive before it, as redis-cli shows them.
                // A line of MONITOR is never the reply.
                let own = usize::from(matches!(replies.last(), Some(Reply::Line(_))));
                let own = replies.len().checked_sub(1 + own);
                let reply = own.map(|at| Literal::from(replies.remove(at)));
                let others = replies.into_iter().map(|reply| Happening::Arrived {
                    name: None,
                    reply: Literal::from(reply),
                });
                let mut happenings: Vec<Happening> = others.collect();
                happenings.extend(self.arrivals());
                return Ran { reply, happenings };
            }
            Outcome::Waiting { until, .. } => until,
        };
        let mut happenings = vec![Happening::Waiting];
        for line in during {
            happenings.extend(self.play(line));
        }
        if self.engine.is_waiting(self.learner) {
            match until {
                Some(until) => happenings.extend(self.pass(until - self.engine.now())),
                None => {
                    self.engine.abandon(self.learner);
                    happenings.push(Happening::GaveUp);
                }
            }
        }
        // The late reply is the line's own; it is told as its reply, not as something that arrived.
        let own = happenings
            .iter()
            .position(|happening| matches!(happening, Happening::Arrived { name: None, .. }));
        let reply = own
            .map(|at| happenings.remove(at))
            .and_then(|happening| match happening {
                Happening::Arrived { reply, .. } => Some(reply),
                _ => None,
            });
        Ran { reply, happenings }
    }

    fn execute(&mut self, client: u64, argv: &[Bytes]) -> Outcome {
        let outcome = self.engine.execute(client, argv);
        self.lifetimes
            .note(self.engine.keyspace(), self.engine.now());
        outcome
    }

    /// Runs a line unseen on a client of its own, in the learner's database.
    pub fn ask(&mut self, argv: &[Bytes]) -> Option<Literal> {
        let observer = self.engine.connect(Origin::default());
        self.engine.select(observer, self.db());
        let outcome = self.engine.execute(observer, argv);
        self.engine.disconnect(observer);
        // What a question sets going is seen by nobody.
        let _ = self.arrivals();
        match outcome {
            Outcome::Reply(reply) => Some(Literal::from(reply)),
            Outcome::Waiting { .. } => None,
        }
    }

    /// Tells the time. What ends by it is told: waits, and a pause with all that it has held up.
    pub fn set_now(&mut self, now: i64) -> Vec<Happening> {
        self.engine.set_now(now);
        self.arrivals()
    }

    /// Moves the clock: each key goes at its own moment, in order.
    pub fn pass(&mut self, milliseconds: i64) -> Vec<Happening> {
        let end = self.engine.now().saturating_add(milliseconds.max(0));
        let expired = self.expire_through(end);
        let mut happenings = vec![Happening::Passed {
            milliseconds,
            expired,
        }];
        happenings.extend(self.arrivals());
        happenings
    }

    fn expire_through(&mut self, end: i64) -> Vec<Bytes> {
        let mut expired = Vec::new();
        while let Some(next) = self.engine.next_deadline().filter(|next| *next <= end) {
            self.engine.pass_to(next - 1);
            expired.extend(self.expired());
            self.engine.set_now(next);
            expired.extend(self.expired());
        }
        self.engine.pass_to(end);
        expired.extend(self.expired());
        expired
    }

    fn expired(&mut self) -> Vec<Bytes> {
        let events = self.engine.take_events().into_iter();
        events
            .filter(|event| event.name == "expired")
            .map(|event| event.key)
            .collect()
    }

    fn arrivals(&mut self) -> Vec<Happening> {
        let mut happenings = Vec::new();
        for delivery in self.engine.take_deliveries() {
            let client = delivery.client();
            if client.is_some_and(|client| self.visitors.contains(&client)) {
                self.outbox.push(delivery);
            } else if let Delivery::Close { client } = delivery {
                self.connect_anew(client);
            } else {
                happenings.extend(self.arrived(delivery));
            }
        }
        happenings
    }

    /// A client whose connection was ended connects again, as redis-cli does.
    fn connect_anew(&mut self, client: u64) {
        if self.programs.iter().any(|program| program.client == client) {
            self.programs.retain(|program| program.client != client);
            self.engine.disconnect(client);
        }
        let actors = self.actors.iter_mut().map(|actor| &mut actor.client);
        let clients = [&mut self.learner].into_iter().chain(actors);
        if let Some((at, it)) = clients.enumerate().find(|(_, it)| **it == client) {
            self.engine.disconnect(client);
            *it = self.engine.connect(origin(at));
            self.engine.select(*it, self.home);
            self.renewed.push(at);
        }
    }

    fn arrived(&self, delivery: Delivery) -> Option<Happening> {
        let client = delivery.client()?;
        let actor = self.actors.iter().find(|actor| actor.client == client);
        // What comes to a stand-in for a program, the program would read.
        if actor.is_none() && client != self.learner {
            return None;
        }
        Some(Happening::Arrived {
            name: actor.map(|actor| actor.name.clone()),
            reply: Literal::from(delivery.reply()?),
        })
    }

    /// Whether the learner watches a key.
    #[must_use]
    pub fn watches(&self) -> bool {
        self.watched().next().is_some()
    }

    /// The keys that the learner watches, with their databases.
    pub fn watched(&self) -> impl Iterator<Item = (usize, &Bytes)> {
        self.engine.watched(self.learner)
    }

    /// Whether one of them has changed, so that EXEC will run nothing.
    #[must_use]
    pub fn watched_has_changed(&self) -> bool {
        self.engine.watched_has_changed(self.learner)
    }

    /// Whether two worlds' clients are in the same state: database, name, transaction, watched keys.
    #[must_use]
    pub fn same_clients(&self, other: &World) -> bool {
        self.same_sessions(other)
            && self.watched().eq(other.watched())
            && self.watched_has_changed() == other.watched_has_changed()
    }

    /// The same, whatever the learner watches. What number a client has that connected again depends on the visitors that
    /// came before.
    #[must_use]
    pub fn same_sessions(&self, other: &World) -> bool {
        self.renewed == other.renewed
            && self
                .sessions()
                .zip(other.sessions())
                .all(|(own, other)| own.agrees(other))
    }
}

/// Whether a line can change nothing: neither data nor the client's own state.
#[must_use]
pub fn only_looks(argv: &[Bytes]) -> bool {
    let Some(row) = crate::engine::commands::of_line(argv) else {
        return false;
    };
    let stores = |arg: &Bytes| arg.eq_ignore_ascii_case(b"store");
    row.is_read_only()
        || (row.name == "sort" && !argv.iter().any(stores))
        || (!row.has(flag::WRITE)
            && !matches!(row.group, Group::Transactions | Group::Scripting)
            && (row.group != Group::PubSub || row.name.starts_with("pubsub"))
            && row.name != "select")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(world: &mut World, line: &str) -> Ran {
        let argv = crate::notation::split(line.as_bytes()).expect("a line that splits");
        world.run(&argv, &[])
    }

    #[test]
    fn who_lets_ten_seconds_pass_finds_a_ten_second_key_gone() {
        let mut world = World::empty(0, 0);
        run(&mut world, "SET a 1 EX 10");
        run(&mut world, "SET b 1 EX 11");
        let passed = world.pass(10_000);
        assert!(
            matches!(&passed[0], Happening::Passed { expired, .. } if expired == &[Bytes::from(b"a")])
        );
        assert_eq!(world.engine.now(), 10_000);
    }

    #[test]
    fn a_client_whose_connection_ends_connects_again() {
        let mut world = World::empty(0, 0);
        run(&mut world, "SELECT 3");
        for line in ["CLIENT KILL ID 1 SKIPME no", "QUIT", "SHUTDOWN"] {
            run(&mut world, line);
            assert!(run(&mut world, "SET k v").reply.is_some(), "{line}");
        }
        assert_eq!(world.db(), 0);
        let kill = crate::notation::split(b"CLIENT KILL TYPE normal").expect("a line that splits");
        world.ask(&kill);
        assert_eq!(world.db(), 0);
    }

    #[test]
    fn several_replies_to_one_line_arrive_one_after_the_other() {
        let ran = run(&mut World::empty(0, 0), "SUBSCRIBE a b");
        assert!(matches!(ran.reply, Some(Literal::Array(_))));
        assert!(matches!(
            ran.happenings.as_slice(),
            [Happening::Arrived { name: None, .. }]
        ));
    }

    #[test]
    fn a_lesson_cannot_lift_its_own_limits() {
        let mut world = World::empty(0, 0);
        run(
            &mut world,
            "CONFIG SET maxmemory 0 proto-max-bulk-len 100gb",
        );
        let ran = run(&mut world, "SETRANGE a 99999999999 x");
        assert!(matches!(ran.reply, Some(Literal::Error(_))), "{ran:?}");
    }
}
