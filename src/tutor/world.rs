//! A lesson's world: the engine, the learner's client and the scripted ones. A fork of it is another world, in which
//! an attempt can be tried without consequence.

use crate::engine::{Bytes, Delivery, Engine, Group, Options, Origin, Outcome, Session, flag};
use crate::lesson::{Lesson, Line};
use crate::notation::Literal;

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
    learner: u64,
    /// The client of the checks that nobody sees.
    observer: u64,
    actors: Vec<Actor>,
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

/// What a lesson's values may take together: generous for any lesson, harmless for any machine.
pub const MEMORY: usize = 64 << 20;
/// The same for one string.
pub const VALUE: usize = 16 << 20;

impl World {
    /// The world in which a lesson starts: its clock, its database, its setup run.
    #[must_use]
    pub fn new(lesson: &Lesson, seed: u64, now: i64) -> World {
        let now = lesson.now.unwrap_or(now);
        let mut world = World::empty(seed, now);
        for name in &lesson.actors {
            let client = world.engine.connect(Origin::default());
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
            ..Options::default()
        };
        let mut engine = Engine::new(&options);
        let learner = engine.connect(Origin::default());
        let observer = engine.connect(Origin::default());
        World {
            engine,
            learner,
            observer,
            actors: Vec::new(),
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

    fn session(&self, client: u64) -> &Session {
        self.engine
            .session(client)
            .expect("a world's clients stay connected")
    }

    /// Runs a line for the client that it names; the learner's when it names none.
    pub fn play(&mut self, line: &Line) -> Vec<Happening> {
        let Some(name) = &line.actor else {
            return self.run(&line.argv, &[]).happenings;
        };
        let Some(actor) = self.actors.iter().find(|actor| actor.name == *name) else {
            return Vec::new();
        };
        let outcome = self.engine.execute(actor.client, &line.argv);
        let reply = match outcome {
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

    /// Runs the learner's line. While it waits, `during` happens; what still waits then has its time pass.
    pub fn run(&mut self, argv: &[Bytes], during: &[Line]) -> Ran {
        let until = match self.engine.execute(self.learner, argv) {
            Outcome::Reply(reply) => {
                let reply = Some(Literal::from(reply));
                return Ran {
                    reply,
                    happenings: self.arrivals(),
                };
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

    /// Runs a line unseen on a client of its own, in the learner's database.
    pub fn ask(&mut self, argv: &[Bytes]) -> Option<Literal> {
        self.engine.select(self.observer, self.db());
        let outcome = self.engine.execute(self.observer, argv);
        self.engine.abandon(self.observer);
        match outcome {
            Outcome::Reply(reply) => Some(Literal::from(reply)),
            Outcome::Waiting { .. } => None,
        }
    }

    /// Moves the clock: each key goes at its own moment, in order.
    pub fn pass(&mut self, milliseconds: i64) -> Vec<Happening> {
        let end = self.engine.now().saturating_add(milliseconds.max(0));
        // A deadline is over once the clock is past it: whoever waits ten seconds finds a ten-second key gone.
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
            self.engine.set_now(next);
            expired.extend(self.expired());
        }
        self.engine.set_now(end);
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
        let deliveries = self.engine.take_deliveries().into_iter();
        deliveries
            .filter_map(|delivery| self.arrived(delivery))
            .collect()
    }

    fn arrived(&self, delivery: Delivery) -> Option<Happening> {
        let client = delivery.client()?;
        let actor = self.actors.iter().find(|actor| actor.client == client);
        Some(Happening::Arrived {
            name: actor.map(|actor| actor.name.clone()),
            reply: Literal::from(delivery.reply()?),
        })
    }

    /// Whether two worlds' clients are in the same state: database, name, transaction, watched keys.
    #[must_use]
    pub fn same_clients(&self, other: &World) -> bool {
        let clients = |world: &World| {
            let actors = world.actors.iter().map(|actor| actor.client);
            [world.learner]
                .into_iter()
                .chain(actors)
                .collect::<Vec<_>>()
        };
        clients(self) == clients(other)
            && clients(self)
                .into_iter()
                .all(|client| self.session(client).agrees(other.session(client)))
            && self
                .engine
                .watched(self.learner)
                .eq(other.engine.watched(other.learner))
    }
}

/// Whether a line can change nothing: neither data nor the client's own state.
#[must_use]
pub fn only_looks(argv: &[Bytes]) -> bool {
    let Some(row) = crate::engine::commands::of_line(argv) else {
        return false;
    };
    row.is_read_only()
        || (!row.has(flag::WRITE)
            && !matches!(row.group, Group::Transactions | Group::Scripting)
            && row.name != "select")
}
