//! The connected clients. Each has a [`Session`], which is taken out while its own command runs.

use std::{
    cell::Cell,
    collections::{HashMap, VecDeque},
};

use foldhash::fast::FixedState;
use slab::Slab;

use crate::engine::{
    Bytes, Delivery, Engine, Error, Origin, Outcome, Reply, Result, Session, flag,
};

/// Sessions, found by the client's number.
#[derive(Debug, Clone, Default)]
pub(super) struct Clients {
    /// None where the client's command is running.
    sessions: Slab<Option<Box<Session>>>,
    places: HashMap<u64, usize, FixedState>,
    /// The client that was looked for last, and its place: commands come in batches.
    recent: Cell<(u64, usize)>,
    last: u64,
    /// A pause that is on, and the commands that it has held up, in order.
    pause: Option<Pause>,
    held: VecDeque<(u64, Vec<Bytes>)>,
    /// How many of them see every command.
    monitors: usize,
    /// The bytes that are kept for those whose command is not running.
    kept: usize,
}

/// CLIENT PAUSE.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pause {
    /// When it ends.
    pub until: i64,
    /// Whether it holds up reading too.
    pub all: bool,
}

impl Clients {
    /// Takes a client's session out, so that its command can run, and says from where; none for an unknown client.
    #[inline]
    pub fn take(&mut self, client: u64) -> Option<(usize, Box<Session>)> {
        let place = self.place(client)?;
        let session = self.sessions[place].take()?;
        self.kept -= session.kept();
        Some((place, session))
    }

    /// Puts a session back to where it was, unless its client has gone meanwhile. Nobody comes while a command runs, so
    /// the place belongs to nobody else.
    #[inline]
    pub fn put_back(&mut self, place: usize, session: Box<Session>) {
        if let Some(free) = self.sessions.get_mut(place) {
            self.kept += session.kept();
            *free = Some(session);
        }
    }

    #[inline]
    fn place(&self, client: u64) -> Option<usize> {
        let (recent, place) = self.recent.get();
        if recent == client && client != 0 {
            return Some(place);
        }
        self.find(client)
    }

    #[cold]
    fn find(&self, client: u64) -> Option<usize> {
        let place = *self.places.get(&client)?;
        self.recent.set((client, place));
        Some(place)
    }

    fn insert(&mut self, session: Box<Session>) {
        let id = session.id;
        self.kept += session.kept();
        let place = self.sessions.insert(Some(session));
        let other = self.places.insert(id, place);
        debug_assert!(other.is_none(), "client {id} is here already");
        self.recent.set((id, place));
    }

    /// Takes a client out for ever.
    fn remove(&mut self, client: u64) -> Option<Box<Session>> {
        let place = self.places.remove(&client)?;
        // Numbers begin at 1.
        self.recent.set((0, 0));
        let session = self.sessions.remove(place)?;
        self.kept -= session.kept();
        Some(session)
    }

    /// The bytes that are kept for those whose command is not running.
    pub fn kept(&self) -> usize {
        self.kept
    }
}

impl Engine {
    /// A new client, in database 0. Numbers begin at 1 and are never used again.
    pub fn connect(&mut self, origin: Origin) -> u64 {
        self.clients.last += 1;
        let id = self.clients.last;
        let mut session = Box::new(Session::new(id, origin, self.now));
        session.authenticated = self.config.password.is_none();
        self.stats.connections += 1;
        self.clients.insert(session);
        id
    }

    /// Forgets a client with all that it waits for, watches and listens to.
    pub fn disconnect(&mut self, client: u64) {
        self.abandon(client);
        self.unwatch(client);
        self.clients.held.retain(|(held, _)| *held != client);
        if let Some(mut session) = self.clients.remove(client) {
            self.end_monitor(&mut session);
            self.unsubscribe_all(&mut session);
        }
    }

    /// Numbers new clients behind those of another moment of the same world, whose clients may be brought here.
    pub fn number_behind(&mut self, other: &Engine) {
        self.clients.last = self.clients.last.max(other.clients.last);
    }

    /// Takes over a client of another moment of the same world, with what it listens to and waits for; no pause may be on
    /// there. What it watches counts as changed, for it may have.
    pub fn bring(&mut self, client: u64, from: &mut Engine) {
        let wait = from.waiting.take_client(client);
        let watched: Vec<_> = from
            .watched(client)
            .map(|(db, key)| (db, key.clone()))
            .collect();
        from.unwatch(client);
        let Some(mut session) = from.clients.remove(client) else {
            return;
        };
        let listens = std::mem::take(&mut session.subscriptions);
        self.resubscribe(&mut session, &listens);
        self.clients.monitors += usize::from(session.monitors);
        self.clients.insert(session);
        for (db, key) in watched {
            self.watch(client, db, &key);
            self.touch(db, &key);
        }
        if let Some(wait) = wait {
            self.waiting.add(wait);
        }
    }

    /// Lets the time be over for which a client waits: its command gives up, or the pause that holds it up ends.
    pub fn time_out(&mut self, client: u64) {
        if self.is_held(client) {
            self.end_pause();
        } else {
            self.unblock(client, false);
        }
    }

    /// Ends by an error what a client waits for, or what a pause holds up of it.
    pub fn interrupt(&mut self, client: u64, error: Error) {
        let is_held = self.is_held(client);
        self.clients.held.retain(|(held, _)| *held != client);
        if self.abandon(client) || is_held {
            self.answer_late(client, error.into());
        }
    }

    /// Ends a pause, whoever began it; what it held up runs.
    pub fn end_pause(&mut self) {
        self.unpause();
        self.move_to(self.now, self.now);
    }

    /// Ends other clients' connections, as CLIENT KILL does.
    pub(super) fn kill(&mut self, client: u64) {
        self.disconnect(client);
        self.deliveries.push(Delivery::Close { client });
    }

    /// Ends a client's wait as if its time were over, or by an error; `false` when it does not wait.
    pub(super) fn unblock(&mut self, client: u64, with_error: bool) -> bool {
        let Some(wait) = self.waiting.take_client(client) else {
            return false;
        };
        let unblocked = Error::Fixed("UNBLOCKED client unblocked via CLIENT UNBLOCK");
        let reply = if with_error {
            unblocked.into()
        } else {
            wait.on_timeout
        };
        self.answer_late(client, reply);
        true
    }

    /// Leaves the reply of a command that has waited, as far as its client wants to hear it.
    pub(super) fn answer_late(&mut self, client: u64, reply: Reply) {
        let Some((place, mut session)) = self.clients.take(client) else {
            return;
        };
        let reply = session.heard(reply);
        self.clients.put_back(place, session);
        self.deliveries.push(Delivery::Answer { client, reply });
    }

    /// The bytes that are kept for a client: queued commands, watched keys, names of channels.
    pub(super) fn kept_for(&self, session: &Session) -> usize {
        session.kept() + self.watches.bytes_of(session.id)
    }

    /// Refuses to keep so many more for a client when they would be more than it may send in one command. Redis 7.0
    /// keeps them without bound.
    pub(super) fn may_keep(&self, session: &Session, bytes: usize) -> Result<()> {
        let most = self.config.max_query.min(self.config.most_memory());
        if self.kept_for(session).saturating_add(bytes) > most {
            return Err(Error::composed(format!(
                "OOM the queued commands, watched keys and channels of a client may take {most} bytes together \
                 (client-query-buffer-limit)"
            )));
        }
        Ok(())
    }

    /// How many clients are connected.
    #[must_use]
    pub fn connected(&self) -> usize {
        self.clients.sessions.len()
    }

    /// All clients but the one whose command is running, in the order in which they came.
    pub(super) fn others(&self) -> Vec<&Session> {
        let sessions = self.clients.sessions.iter();
        let mut others: Vec<&Session> = sessions.filter_map(|(_, it)| it.as_deref()).collect();
        others.sort_by_key(|session| session.id);
        others
    }

    /// Holds up commands until `until`, all or only those that write; a pause that is on is not made shorter or
    /// weaker.
    pub(super) fn pause(&mut self, pause: Pause) {
        let old = self.clients.pause;
        self.clients.pause = Some(Pause {
            until: old.map_or(pause.until, |old| old.until.max(pause.until)),
            all: pause.all || old.is_some_and(|old| old.all),
        });
    }

    /// Ends a pause: what it held up runs once the current command is done.
    pub(super) fn unpause(&mut self) {
        self.clients.pause = None;
    }

    /// Keeps a command with these flags that a pause holds up, and says until when.
    pub(super) fn hold(&mut self, session: &Session, flags: u32, argv: &[Bytes]) -> Option<i64> {
        let pause = self.clients.pause?;
        if !pause.all && flags & (flag::WRITE | flag::MAY_REPLICATE) == 0 {
            return None;
        }
        self.clients.held.push_back((session.id, argv.to_vec()));
        Some(pause.until)
    }

    /// When a pause ends.
    pub(super) fn pause_ends(&self) -> Option<i64> {
        self.clients.pause.map(|pause| pause.until)
    }

    /// Runs what a pause held up, once it is over.
    pub(super) fn release(&mut self) {
        if self.pause_ends().is_some_and(|until| until <= self.now) {
            self.clients.pause = None;
        }
        while self.clients.pause.is_none()
            && let Some((client, argv)) = self.clients.held.pop_front()
        {
            if let Outcome::Reply(reply) = self.execute_now(client, &argv) {
                self.deliveries.push(Delivery::Answer { client, reply });
            }
        }
    }

    /// Whether a pause has held up anything.
    pub(super) fn has_held(&self) -> bool {
        !self.clients.held.is_empty()
    }

    /// Whether a command of this client is held up.
    pub(super) fn is_held(&self, client: u64) -> bool {
        self.clients.held.iter().any(|(held, _)| *held == client)
    }

    /// Lets a client see every command from now on.
    pub(super) fn monitor(&mut self, session: &mut Session) {
        self.clients.monitors += usize::from(!session.monitors);
        session.monitors = true;
    }

    /// Whether anybody sees every command.
    pub(super) fn is_monitored(&self) -> bool {
        self.clients.monitors > 0
    }

    /// Lets a client no longer see every command.
    pub(super) fn end_monitor(&mut self, session: &mut Session) {
        self.clients.monitors -= usize::from(session.monitors);
        session.monitors = false;
    }

    /// A client's state; none for an unknown one.
    #[inline]
    #[must_use]
    pub fn session(&self, client: u64) -> Option<&Session> {
        let place = self.clients.place(client)?;
        self.clients.sessions[place].as_deref()
    }

    /// Lets a client go to another database, as SELECT does; what is out of range or unknown is ignored.
    pub fn select(&mut self, client: u64, db: usize) {
        if let Some(place) = self.clients.place(client)
            && let Some(session) = &mut self.clients.sessions[place]
            && db < self.keyspace.count()
        {
            session.db = db;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Options;

    fn play(engine: &mut Engine, client: u64, line: &str) -> Reply {
        let argv: Vec<Bytes> = line.split(' ').map(|it| it.as_bytes().into()).collect();
        engine.execute(client, &argv).reply()
    }

    fn is_refused(reply: &Reply) -> bool {
        matches!(reply, Reply::Error(error) if error.code() == "OOM")
    }

    #[test]
    fn what_is_kept_for_clients_is_counted_as_long_as_it_is_kept() {
        let mut engine = Engine::new(&Options::default());
        let clients = [(); 4].map(|()| engine.connect(Origin::default()));
        for client in clients {
            for line in ["SUBSCRIBE a b", "PSUBSCRIBE a*", "UNSUBSCRIBE b", "HELLO 3"] {
                play(&mut engine, client, line);
            }
            for line in [
                "HELLO 3",
                "WATCH k l k",
                "MULTI",
                "SET k v",
                "GET",
                "SET l v",
            ] {
                play(&mut engine, client, line);
            }
            assert!(engine.session(client).is_some_and(|it| it.kept() > 0));
        }
        let all = engine.used();
        for (client, line) in clients.into_iter().zip(["EXEC", "DISCARD", "RESET"]) {
            play(&mut engine, client, "UNSUBSCRIBE");
            play(&mut engine, client, "PUNSUBSCRIBE");
            play(&mut engine, client, line);
            play(&mut engine, client, "UNSUBSCRIBE");
            play(&mut engine, client, "PUNSUBSCRIBE");
        }
        assert_eq!(engine.used(), all / 4);
        engine.disconnect(clients[3]);
        assert_eq!(engine.used(), 0);
    }

    #[test]
    fn a_client_is_kept_no_more_than_it_may_send_at_once() {
        let mut engine = Engine::new(&Options::default());
        let limit = 1 << 20;
        let [other, queues, watches, listens] = [(); 4].map(|()| engine.connect(Origin::default()));
        let set = format!("CONFIG SET client-query-buffer-limit {limit}");
        assert_eq!(play(&mut engine, other, &set), Reply::OK);
        play(&mut engine, queues, "MULTI");
        let name = |number: usize| format!("{number}{}", "x".repeat(limit / 10));
        let refused = |engine: &mut Engine, client, word: &str| {
            let mut lines = (0..100).map(|number| format!("{word} {}", name(number)));
            lines.position(|line| is_refused(&play(engine, client, &line)))
        };
        for (client, word) in [(queues, "GET"), (watches, "WATCH"), (listens, "SUBSCRIBE")] {
            assert_eq!(refused(&mut engine, client, word), Some(9), "{word}");
        }
        let Reply::Error(error) = play(&mut engine, queues, "EXEC") else {
            panic!("a refused command spoils the transaction");
        };
        assert_eq!(error.code(), "EXECABORT");
        assert_eq!(play(&mut engine, watches, "UNWATCH"), Reply::OK);
        assert_eq!(play(&mut engine, watches, "WATCH k"), Reply::OK);
    }

    #[test]
    fn what_is_kept_for_clients_counts_to_the_memory_limit() {
        let mut engine = Engine::new(&Options {
            max_memory: 10_000,
            ..Options::default()
        });
        let [queues, other] = [(); 2].map(|()| engine.connect(Origin::default()));
        play(&mut engine, queues, "MULTI");
        play(&mut engine, queues, &format!("GET {}", "x".repeat(10_000)));
        assert!(is_refused(&play(&mut engine, other, "SET k v")));
        play(&mut engine, queues, "DISCARD");
        assert_eq!(play(&mut engine, other, "SET k v"), Reply::OK);
    }
}
