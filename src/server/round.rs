//! The loop's body: one round waits for events and gives everybody who has something a turn. What leaves is in
//! [`output`](self).

mod output;

use std::{
    collections::{HashMap, VecDeque},
    io::{self, Read as _, Write as _},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use foldhash::fast::FixedState;
use mio::{Events, Interest, Poll, Token};
use slab::Slab;

use crate::engine::{Bytes, Engine, Outcome, Session};
use crate::resp::{ProtocolError, Rules};

use super::{
    DOORS, Host, Notice, Reason, WAKE,
    connection::{Connection, Stream},
    door::Door,
};

/// The bytes that a turn reads.
const READ: usize = 64 << 10;
/// The commands that a turn runs.
const COMMANDS: usize = 1024;
/// A turn ends behind the command with which so many bytes wait to be sent.
const REPLIES: usize = 1 << 20;
/// How many clients are let in before those inside get their turn (Redis 7.0: `MAX_ACCEPTS_PER_CALL`).
const ACCEPTS: usize = 1000;
/// The events of one round.
const EVENTS: usize = 1024;
/// With so much to send a turn ends by sending. What is less is sent when all have had their turn: clients that are
/// answered together ask together, which saves the system work on both sides.
const SOON: usize = 16 << 10;

/// How often idle clients are looked for, in milliseconds.
const LOOK: i64 = 1000;

/// The connections, and who is to be served next.
pub(super) struct Round {
    poll: Poll,
    events: Events,
    split: fn(&[u8]) -> Option<Vec<Bytes>>,
    notify: Box<dyn FnMut(&Notice)>,
    connections: Slab<Connection>,
    /// The connections of the engine's clients.
    of_client: HashMap<u64, usize, FixedState>,
    /// Who has something to read or to run.
    line: VecDeque<usize>,
    /// Who has something to be sent.
    unsent: Vec<usize>,
    /// Who is to go.
    doomed: Vec<usize>,
    /// Doors at which more clients wait than one round lets in.
    knocked: Vec<usize>,
    /// Doors at which the system would let nobody in.
    refused: Vec<usize>,
    /// When idle clients were last looked for (Unix ms).
    looked: i64,
    /// Whether a client has ended the server.
    ended: bool,
    input: Vec<u8>,
    spare: Vec<Vec<u8>>,
    argv: Vec<Bytes>,
}

impl Round {
    pub fn new(
        poll: Poll,
        split: fn(&[u8]) -> Option<Vec<Bytes>>,
        notify: Box<dyn FnMut(&Notice)>,
    ) -> Round {
        Round {
            poll,
            events: Events::with_capacity(EVENTS),
            split,
            notify,
            connections: Slab::new(),
            of_client: HashMap::default(),
            line: VecDeque::new(),
            unsent: Vec::new(),
            doomed: Vec::new(),
            knocked: Vec::new(),
            refused: Vec::new(),
            looked: 0,
            ended: false,
            input: vec![0; READ],
            spare: Vec::new(),
            argv: Vec::new(),
        }
    }

    /// One round, which waits for `most` at the longest; `false` when a client has ended the server.
    pub fn go(
        &mut self,
        host: &mut impl Host,
        doors: &mut [Door],
        most: Option<Duration>,
    ) -> io::Result<bool> {
        // What came of something else than a client's command is sent before anything is waited for.
        self.deliver(host, None);
        self.send_unsent(host);
        let patience = self.patience(host).into_iter().chain(most).min();
        match self.poll.poll(&mut self.events, patience) {
            Err(error) if error.kind() != io::ErrorKind::Interrupted => return Err(error),
            _ => {}
        }
        host.set_now(unix_time());
        self.deliver(host, None);
        self.note_events();
        for at in std::mem::take(&mut self.knocked) {
            self.admit(host, at, &doors[at]);
        }
        for _ in 0..self.line.len() {
            if let Some(key) = self.line.pop_front() {
                self.turn(host, key);
            }
        }
        self.drop_idle(host);
        self.bury();
        self.deliver(host, None);
        self.send_unsent(host);
        Ok(!self.ended)
    }

    fn send_unsent(&mut self, host: &mut impl Host) {
        for key in std::mem::take(&mut self.unsent) {
            self.send(host, key);
        }
        self.bury();
    }

    /// How long to wait for events.
    fn patience(&self, host: &impl Host) -> Option<Duration> {
        if !self.line.is_empty() || !self.knocked.is_empty() {
            return Some(Duration::ZERO);
        }
        let look = (host.engine().config().idle_seconds > 0).then_some(self.looked + LOOK);
        let deadline = host.next_deadline().into_iter().chain(look).min()?;
        let left = deadline.saturating_sub(unix_time());
        Some(Duration::from_millis(u64::try_from(left).unwrap_or(0)))
    }

    fn note_events(&mut self) {
        for event in &self.events {
            let token = event.token();
            if token == WAKE {
                continue;
            }
            if token.0 >= DOORS {
                self.knocked.push(token.0 - DOORS);
                continue;
            }
            let Some(connection) = self.connections.get_mut(token.0) else {
                continue;
            };
            if event.is_readable() || event.is_read_closed() || event.is_error() {
                connection.readable = true;
                connection.hangup |= event.is_read_closed() || event.is_error();
                if !connection.in_line {
                    connection.in_line = true;
                    self.line.push_back(token.0);
                }
            }
            if event.is_writable() && connection.backlog() > 0 && !connection.unsent {
                connection.unsent = true;
                self.unsent.push(token.0);
            }
        }
    }

    /// Lets in those who wait at a door.
    fn admit(&mut self, host: &mut impl Host, at: usize, door: &Door) {
        for _ in 0..ACCEPTS {
            match door.accept() {
                Ok((mut stream, origin, peer)) => {
                    let outside = peer.is_some_and(|peer| !peer.ip().to_canonical().is_loopback());
                    if outside && host.engine().config().password.is_none() {
                        let _ = stream.write(OUTSIDER);
                        let client = origin.address;
                        (self.notify)(&Notice::Outsider { client });
                    } else if self.connections.len() >= host.engine().config().max_clients {
                        // A new socket has room for a line.
                        let _ = stream.write(FULL);
                        (self.notify)(&Notice::Full);
                    } else {
                        let client = host.connect(origin);
                        self.enter(host, stream, client);
                    }
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return,
                // The client has gone again.
                Err(error)
                    if matches!(
                        error.kind(),
                        io::ErrorKind::ConnectionAborted
                            | io::ErrorKind::ConnectionReset
                            | io::ErrorKind::Interrupted
                    ) => {}
                Err(error) => {
                    (self.notify)(&Notice::NotAccepted(error));
                    self.refused.push(at);
                    return;
                }
            }
        }
        self.knocked.push(at);
    }

    fn enter(&mut self, host: &mut impl Host, stream: Stream, client: u64) {
        let entry = self.connections.vacant_entry();
        let key = entry.key();
        let connection = entry.insert(Connection::new(stream, client));
        self.of_client.insert(client, key);
        let registry = self.poll.registry();
        let registered = registry.register(&mut connection.stream, Token(key), Interest::READABLE);
        if let Err(error) = registered {
            self.doom(host, key);
            (self.notify)(&Notice::NotAccepted(error));
        }
    }

    /// A connection's turn: what it has kept, or one buffer of what its socket has.
    fn turn(&mut self, host: &mut impl Host, key: usize) {
        let Some(connection) = self.connections.get_mut(key) else {
            return;
        };
        connection.in_line = false;
        if connection.doomed || connection.closing {
            return;
        }
        if connection.output.capacity() == 0 {
            connection.output = self.spare.pop().unwrap_or_default();
        }
        connection.decoder.lend(&mut self.argv);
        if connection.has_work() {
            self.resume(host, key);
        } else if connection.readable {
            self.read(host, key);
        }
        let connection = &mut self.connections[key];
        connection.decoder.give_back(&mut self.argv);
        if connection.closing || connection.doomed {
            // Nothing that is left is ever run.
            connection.pending = Vec::new();
            connection.done = 0;
        } else if connection.has_work() || connection.readable {
            self.queue(key);
        }
        if self.connections[key].backlog() < SOON {
            self.queue_unsent(key);
        } else {
            self.send(host, key);
        }
    }

    /// Runs on with input that was kept.
    fn resume(&mut self, host: &mut impl Host, key: usize) {
        let connection = &mut self.connections[key];
        let pending = std::mem::take(&mut connection.pending);
        let done = connection.done;
        let left = self.run(host, key, &pending[done..]).len();
        let connection = &mut self.connections[key];
        if left > 0 {
            connection.done = pending.len() - left;
            connection.pending = pending;
        } else {
            connection.done = 0;
        }
    }

    fn read(&mut self, host: &mut impl Host, key: usize) {
        let connection = &mut self.connections[key];
        let mut input = std::mem::take(&mut self.input);
        match connection.stream.read(&mut input) {
            // Whoever sends no more may still read the replies; whoever waits gives up.
            Ok(0) => {
                connection.readable = false;
                connection.closing = true;
                if connection.waiting {
                    self.doom(host, key);
                }
            }
            Ok(count) => {
                // A read that was cut short has taken everything; then the next event tells of more. A hang-up that was
                // told of before is read to its end.
                connection.readable = count == input.len() || connection.hangup || cfg!(windows);
                let input = &input[..count];
                if connection.held() == 0 {
                    host.receive(connection.client);
                }
                if connection.waiting {
                    connection.keep(input);
                } else {
                    let left = self.run(host, key, input);
                    self.connections[key].keep(left);
                }
                let held = self.connections[key].held();
                if held > host.engine().config().max_query {
                    self.drop_for(host, key, Reason::Input { bytes: held });
                }
            }
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                connection.readable = false;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => self.doom(host, key),
        }
        self.input = input;
    }

    /// Runs the commands in `input` until one waits or the turn is over, and gives what is left.
    fn run<'i>(&mut self, host: &mut impl Host, key: usize, mut input: &'i [u8]) -> &'i [u8] {
        for _ in 0..COMMANDS {
            let connection = &mut self.connections[key];
            let client = connection.client;
            let rules = Rules {
                max_bulk: host.engine().config().max_value,
                authenticated: is_authenticated(host.engine(), client),
                split: self.split,
            };
            match connection.decoder.advance(&mut input, &rules) {
                Ok(true) => {}
                Ok(false) => break,
                Err(error) => {
                    self.refuse(host, key, error);
                    return &[];
                }
            }
            let argv = connection.decoder.argv();
            if is_attack(argv) {
                connection.output.truncate(connection.sent);
                self.drop_for(host, key, Reason::Attack);
                return &[];
            }
            let outcome = host.execute(client, argv);
            connection.waiting = matches!(outcome, Outcome::Waiting { .. });
            self.deliver(host, Some(key));
            if let Outcome::Reply(reply) = outcome {
                self.answer(host, key, &reply);
            }
            let connection = &self.connections[key];
            if connection.waiting
                || connection.closing
                || connection.doomed
                || connection.backlog() > REPLIES
            {
                break;
            }
        }
        input
    }

    /// Tells a client that it does not speak the protocol, and ends.
    fn refuse(&mut self, host: &mut impl Host, key: usize, error: ProtocolError) {
        let connection = &mut self.connections[key];
        error.encode(&mut connection.output);
        connection.closing = true;
        let client = address(host.engine(), connection.client);
        let reason = Reason::Protocol(error.to_string());
        (self.notify)(&Notice::Dropped { client, reason });
    }

    /// Puts a connection in line for a turn.
    fn queue(&mut self, key: usize) {
        let connection = &mut self.connections[key];
        if !connection.in_line {
            connection.in_line = true;
            self.line.push_back(key);
        }
    }

    /// Drops a client at the end of the round, and tells why.
    fn drop_for(&mut self, host: &mut impl Host, key: usize, reason: Reason) {
        if !self.connections[key].doomed {
            let client = address(host.engine(), self.connections[key].client);
            (self.notify)(&Notice::Dropped { client, reason });
            self.doom(host, key);
        }
    }

    /// Drops those who have said nothing for longer than the settings allow (`timeout`), as Redis does without a word.
    fn drop_idle(&mut self, host: &mut impl Host) {
        let (most, now) = (host.engine().config().idle_seconds, host.engine().now());
        if most == 0 || now < self.looked + LOOK {
            return;
        }
        self.looked = now;
        let most = i64::try_from(most.saturating_mul(1000)).unwrap_or(i64::MAX);
        let rests = |connection: &Connection| {
            let session = host.engine().session(connection.client);
            let rests = |session: &Session| !listens(session) && now - session.active > most;
            !connection.waiting && session.is_some_and(rests)
        };
        let idle = self.connections.iter().filter(|(_, it)| rests(it));
        let idle: Vec<usize> = idle.map(|(key, _)| key).collect();
        for key in idle {
            self.doom(host, key);
        }
    }

    /// Lets a client go at the end of the round. The engine forgets it at once, so that nothing more is given to it.
    fn doom(&mut self, host: &mut impl Host, key: usize) {
        let connection = &mut self.connections[key];
        if !connection.doomed {
            connection.doomed = true;
            self.doomed.push(key);
            self.of_client.remove(&connection.client);
            host.disconnect(connection.client);
        }
    }

    /// Closes the connections of those who go. There may be room again for those who were refused.
    fn bury(&mut self) {
        for key in std::mem::take(&mut self.doomed) {
            let mut connection = self.connections.remove(key);
            // The socket is closed anyway.
            let _ = self.poll.registry().deregister(&mut connection.stream);
            self.knocked.append(&mut self.refused);
        }
    }
}

/// What a client gets that is one too many.
const FULL: &[u8] = b"-ERR max number of clients reached\r\n";
/// What a client from another machine gets while there is no password.
const OUTSIDER: &[u8] = b"-DENIED no password is set, so only this machine is served\r\n";

/// Whether a client has given the password, or need not.
fn is_authenticated(engine: &Engine, client: u64) -> bool {
    let given = || engine.session(client).is_some_and(|it| it.authenticated);
    engine.config().password.is_none() || given()
}

/// A web page can make a browser send a request here whose lines would be commands. Redis 7.0 hangs up at these two.
#[inline]
fn is_attack(argv: &[Bytes]) -> bool {
    let name = argv.first().map_or(&[][..], Bytes::as_slice);
    name.eq_ignore_ascii_case(b"post") || name.eq_ignore_ascii_case(b"host:")
}

/// Whether a client gets messages beside its replies.
fn listens(session: &Session) -> bool {
    session.monitors || !session.subscriptions.is_empty()
}

/// A limit of the settings; 0 is none.
fn bytes(limit: u64) -> usize {
    match usize::try_from(limit) {
        Ok(0) | Err(_) => usize::MAX,
        Ok(bytes) => bytes,
    }
}

fn address(engine: &Engine, client: u64) -> String {
    let session = engine.session(client);
    session.map_or_else(String::new, |session| session.origin.address.clone())
}

/// The Unix time in milliseconds.
fn unix_time() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| {
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
    })
}
