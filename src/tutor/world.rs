//! A lesson's world: the engine, the learner's client and the scripted ones. A fork of it is another world, in which
//! an attempt can be tried without consequence.

use crate::engine::{Bytes, Engine, Group, Options, Outcome, Session, flag};
use crate::lesson::{Lesson, Line};
use crate::notation::Literal;

/// A scripted client.
#[derive(Debug, Clone, PartialEq)]
struct Actor {
    name: String,
    session: Session,
}

/// Everything that a line of a lesson can change.
#[derive(Debug, Clone)]
pub struct World {
    /// The data, the clock and the seed.
    pub engine: Engine,
    /// The learner's client.
    pub learner: Session,
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

/// The learner's number; scripted clients count on from there.
const LEARNER: u64 = 1;

impl World {
    /// The world in which a lesson starts: its clock, its database, its setup run.
    #[must_use]
    pub fn new(lesson: &Lesson, seed: u64, now: i64) -> World {
        let now = lesson.now.unwrap_or(now);
        let mut world = World::empty(seed, now);
        world.actors = (LEARNER + 1..)
            .zip(&lesson.actors)
            .map(|(id, name)| Actor {
                name: name.clone(),
                session: Session {
                    db: lesson.db,
                    ..Session::new(id)
                },
            })
            .collect();
        world.learner.db = lesson.db;
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
        World {
            engine: Engine::new(&options),
            learner: Session::new(LEARNER),
            actors: Vec::new(),
        }
    }

    /// Runs a line for the client that it names; the learner's when it names none.
    pub fn play(&mut self, line: &Line) -> Vec<Happening> {
        let Some(name) = &line.actor else {
            return self.run(&line.argv, &[]).happenings;
        };
        let Some(at) = self.actors.iter().position(|actor| actor.name == *name) else {
            return Vec::new();
        };
        let outcome = self
            .engine
            .execute(&mut self.actors[at].session, &line.argv);
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
        let until = match self.engine.execute(&mut self.learner, argv) {
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
        if self.engine.is_waiting(LEARNER) {
            match until {
                Some(until) => happenings.extend(self.pass(until - self.engine.now())),
                None => {
                    self.engine.abandon(LEARNER);
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
        let mut session = Session {
            db: self.learner.db,
            ..Session::new(u64::MAX)
        };
        let outcome = self.engine.execute(&mut session, argv);
        self.engine.abandon(u64::MAX);
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
        let deliveries = self.engine.take_deliveries();
        let named = deliveries.into_iter().map(|delivery| {
            let name = self
                .actors
                .iter()
                .find(|actor| actor.session.id == delivery.client)
                .map(|actor| actor.name.clone());
            Happening::Arrived {
                name,
                reply: Literal::from(delivery.reply),
            }
        });
        named.collect()
    }

    /// Whether two worlds' clients are in the same state: database, name, transaction, watched keys.
    #[must_use]
    pub fn same_clients(&self, other: &World) -> bool {
        self.learner == other.learner
            && self.actors == other.actors
            && self
                .engine
                .watched(LEARNER)
                .eq(other.engine.watched(LEARNER))
    }
}

/// Whether a line can change nothing: neither data nor the client's own state.
#[must_use]
pub fn only_looks(argv: &[Bytes]) -> bool {
    let Some(row) = crate::engine::commands::of_line(argv) else {
        return false;
    };
    row.is_read_only()
        || (!row.has(flag::WRITE) && row.group != Group::Transactions && row.name != "select")
}
