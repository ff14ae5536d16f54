//! The connected clients. Each has a [`Session`], which is taken out while its own command runs.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use crate::engine::{Engine, Origin, Session};

/// Sessions by number; none where the client's command is running.
#[derive(Debug, Clone, Default)]
pub(super) struct Clients {
    sessions: HashMap<u64, Option<Box<Session>>, FixedState>,
    last: u64,
}

impl Clients {
    /// Takes a client's session out, so that its command can run; none for an unknown client.
    pub fn take(&mut self, client: u64) -> Option<Box<Session>> {
        self.sessions.get_mut(&client)?.take()
    }

    /// Puts a session back, unless its client has gone meanwhile.
    pub fn put_back(&mut self, session: Box<Session>) {
        if let Some(slot) = self.sessions.get_mut(&session.id) {
            *slot = Some(session);
        }
    }
}

impl Engine {
    /// A new client, in database 0. Numbers begin at 1 and are never used again.
    pub fn connect(&mut self, origin: Origin) -> u64 {
        self.clients.last += 1;
        let id = self.clients.last;
        let session = Box::new(Session::new(id, origin));
        self.clients.sessions.insert(id, Some(session));
        id
    }

    /// Forgets a client with all that it waits for, watches and listens to.
    pub fn disconnect(&mut self, client: u64) {
        self.abandon(client);
        self.unwatch(client);
        self.clients.sessions.remove(&client);
    }

    /// A client's state; none for an unknown one.
    #[must_use]
    pub fn session(&self, client: u64) -> Option<&Session> {
        self.clients.sessions.get(&client)?.as_deref()
    }

    /// Lets a client go to another database, as SELECT does; what is out of range or unknown is ignored.
    pub fn select(&mut self, client: u64, db: usize) {
        let session = self.clients.sessions.get_mut(&client);
        if let Some(session) = session.and_then(Option::as_mut)
            && db < self.keyspace.count()
        {
            session.db = db;
        }
    }
}
