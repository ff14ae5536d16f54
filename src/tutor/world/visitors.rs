//! Real programs in a lesson's world, and the stand-ins that play a solution in their stead.
//!
//! A program is beyond a lesson's control: it can be neither taken back nor forked. So no moment to come back to holds a
//! visitor ([`World::snapshot`]); whoever goes to one takes the visitors along as they are ([`World::go_to`]).

use crate::engine::{Bytes, Delivery, Error, Origin, Outcome, Reply};
use crate::lesson::Line;
use crate::notation::Literal;

use super::{Actor, Happening, Ran, World, origin};

/// What a program gets that waits while the lesson goes on. Redis says so where a server becomes a replica.
const LEFT: Error =
    Error::Fixed("UNBLOCKED the lesson has gone on from the step in which this waited");

impl World {
    /// Lets in a client that has come over the lesson's server.
    pub fn admit(&mut self, origin: Origin) -> u64 {
        let visitor = self.engine.connect(origin);
        self.visitors.push(visitor);
        visitor
    }

    /// Lets it go.
    pub fn dismiss(&mut self, visitor: u64) {
        self.engine.disconnect(visitor);
        self.visitors.retain(|other| *other != visitor);
    }

    /// Whether a visitor is still connected.
    #[must_use]
    pub fn is_here(&self, visitor: u64) -> bool {
        self.visitors.contains(&visitor)
    }

    /// Ends what visitors wait for, and a pause that may be one's: the step in which they came to it is left.
    pub fn interrupt(&mut self) -> Vec<Happening> {
        for visitor in &self.visitors {
            self.engine.interrupt(*visitor, LEFT);
        }
        self.engine.end_pause();
        self.arrivals()
    }

    /// Lets the time be over for which a visitor waits.
    pub fn time_out(&mut self, visitor: u64) -> Vec<Happening> {
        self.engine.time_out(visitor);
        self.arrivals()
    }

    /// The database that a visitor has selected.
    #[must_use]
    pub fn database_of(&self, visitor: u64) -> usize {
        self.engine.session(visitor).map_or(0, |session| session.db)
    }

    /// What a visitor's EXEC would run.
    #[must_use]
    pub fn queued(&self, visitor: u64) -> &[Vec<Bytes>] {
        let session = self.engine.session(visitor);
        let transaction = session.and_then(|session| session.transaction.as_ref());
        transaction.map_or(&[], |transaction| &transaction.queue)
    }

    /// Runs a visitor's command. What the scripted clients and the learner hear of it is told.
    pub fn visit(&mut self, visitor: u64, argv: &[Bytes]) -> (Outcome, Vec<Happening>) {
        // A real program has come: the stand-ins of skipped steps go, that nothing is heard twice.
        for program in std::mem::take(&mut self.programs) {
            self.engine.disconnect(program.client);
        }
        let outcome = self.execute(visitor, argv);
        (outcome, self.arrivals())
    }

    /// What has been left for visitors since the last call, in order.
    pub fn take_outbox(&mut self) -> Vec<Delivery> {
        std::mem::take(&mut self.outbox)
    }

    /// This moment, to come back to. Visitors are not part of it, nor what is on its way to them: it will have arrived.
    #[must_use]
    pub fn snapshot(&self) -> World {
        let mut snapshot = self.clone();
        for visitor in std::mem::take(&mut snapshot.visitors) {
            snapshot.engine.disconnect(visitor);
        }
        snapshot.engine.take_deliveries();
        snapshot.outbox.clear();
        snapshot
    }

    /// Goes to a moment of this world, a [`World::snapshot`]. Visitors are beyond a lesson's control: they come along as
    /// they are now, with what they wait for and what is on its way to them.
    pub fn go_to(&mut self, mut moment: World) {
        debug_assert!(moment.visitors.is_empty(), "a moment has no visitors");
        // What a pause holds up belongs to the moment that is left, and is answered there.
        self.engine.end_pause();
        self.arrivals();
        moment.engine.number_behind(&self.engine);
        moment.visitors = std::mem::take(&mut self.visitors);
        moment.outbox = std::mem::take(&mut self.outbox);
        for visitor in &moment.visitors {
            moment.engine.bring(*visitor, &mut self.engine);
        }
        *self = moment;
    }

    /// Runs a line as a program would: `P> SUBSCRIBE c` on a connection of its own, a line without a name on the
    /// program's usual one. The connections stay open, as in a Python prompt that is left open.
    pub fn run_program(&mut self, line: &Line) -> Ran {
        let name = line.actor.clone().unwrap_or_default();
        let known = self.programs.iter().find(|it| it.name == name);
        let client = known.map(|it| it.client);
        let client = client.unwrap_or_else(|| {
            let at = 1 + self.actors.len() + self.programs.len();
            let client = self.engine.connect(origin(at));
            self.engine.select(client, self.home);
            // Libraries of today speak RESP3, where a client that listens may still send commands.
            let hello = [
                Bytes::from(b"HELLO".as_slice()),
                Bytes::from(b"3".as_slice()),
            ];
            self.engine.execute(client, &hello);
            self.programs.push(Actor { name, client });
            client
        });
        let reply = match self.execute(client, &line.argv) {
            Outcome::Reply(Reply::Many(mut replies)) => replies.pop().map(Literal::from),
            Outcome::Reply(reply) => Some(Literal::from(reply)),
            Outcome::Waiting { .. } => None,
        };
        // What such a connection hears, the program would read; it is not told.
        let happenings = self.arrivals();
        Ran { reply, happenings }
    }
}
