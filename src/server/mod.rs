//! The engine for real clients: RESP over TCP and a Unix socket, one thread around one [`Engine`], which its [`Host`] keeps.
//!
//! Reading order: [`Server::bind`] opens the doors ([`door`](self)), [`Server::run`] is the loop: it waits for events
//! or for the engine's next deadline, moves the engine's clock, and gives each connection that has something a turn.
//! A turn reads one buffer and runs a bounded number of commands. Their replies, and what the engine leaves for others,
//! are collected in the connections and sent with one write each at the end of the round.
//!
//! Invariants: no client can hold up or end the server, and none can make it keep more input or output than the engine's
//! settings allow; a connection at rest owns no buffers; without a password nobody outside this machine is served.
//! Nothing here prints: what is worth telling leaves as a [`Notice`].

mod connection;
mod door;
mod notice;
mod round;

use std::{
    io,
    net::SocketAddr,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use mio::{Interest, Poll, Token, Waker};

use crate::engine::{Bytes, Delivery, Engine, Origin, Outcome};

pub use door::BindError;
pub use notice::{Notice, Reason};

use door::Door;
use round::Round;

/// What a server is given beside its engine. Limits are the engine's settings, which CONFIG SET changes.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where it listens; port 0 takes a free one.
    pub address: Option<SocketAddr>,
    /// The path of a Unix socket to listen at.
    pub unix: Option<PathBuf>,
    /// How an inline command is divided into arguments; none when its quotes do not match.
    pub split: fn(&[u8]) -> Option<Vec<Bytes>>,
}

/// What is served: an engine, and who holds it. A lesson holds its own, and listens to what its visitors send.
pub trait Host {
    /// The engine.
    fn engine(&self) -> &Engine;

    /// A client comes.
    fn connect(&mut self, origin: Origin) -> u64;

    /// A client has gone.
    fn disconnect(&mut self, client: u64);

    /// The time has come to this (Unix ms).
    fn set_now(&mut self, now: i64);

    /// When the engine has to be told the time next, even if nobody sends anything (Unix ms).
    fn next_deadline(&self) -> Option<i64> {
        self.engine().next_deadline()
    }

    /// A client has sent something, and nothing of it was left to run: the commands that it runs next came together.
    fn receive(&mut self, _client: u64) {}

    /// A client's command.
    fn execute(&mut self, client: u64, argv: &[Bytes]) -> Outcome;

    /// What has been left for the server's clients.
    fn take_deliveries(&mut self) -> Vec<Delivery>;
}

impl Host for Engine {
    fn engine(&self) -> &Engine {
        self
    }

    fn connect(&mut self, origin: Origin) -> u64 {
        Engine::connect(self, origin)
    }

    fn disconnect(&mut self, client: u64) {
        Engine::disconnect(self, client);
    }

    fn set_now(&mut self, now: i64) {
        Engine::set_now(self, now);
    }

    fn execute(&mut self, client: u64, argv: &[Bytes]) -> Outcome {
        Engine::execute(self, client, argv)
    }

    fn take_deliveries(&mut self) -> Vec<Delivery> {
        Engine::take_deliveries(self)
    }
}

/// Open doors, and the connections of those who came in.
pub struct Server {
    round: Round,
    doors: Vec<Door>,
    stopper: Stopper,
}

/// Wakes a server, or ends it, from another thread.
#[derive(Debug, Clone)]
pub struct Stopper {
    stop: Arc<AtomicBool>,
    waker: Arc<Waker>,
}

impl Stopper {
    /// Lets [`Server::turn`] come back.
    pub fn wake(&self) {
        // Without a wake-up the loop comes back at its next event.
        let _ = self.waker.wake();
    }

    /// Lets the server end; a second call does nothing more.
    pub fn stop(&self) {
        self.stop.store(true, Ordering::Release);
        self.wake();
    }
}

/// What wakes the loop.
const WAKE: Token = Token(usize::MAX);
/// The first of the tokens of doors, which are behind those of connections.
const DOORS: usize = usize::MAX - 8;

impl Server {
    /// Opens the doors. From here on clients can connect; they are served once [`Server::run`] is called.
    pub fn bind(
        engine: &mut Engine,
        options: &Options,
        notify: Box<dyn FnMut(&Notice)>,
    ) -> Result<Server, BindError> {
        let mut doors = Vec::new();
        if let Some(address) = options.address {
            doors.push(door::tcp(address, engine.config().password.is_some())?);
        }
        if let Some(path) = &options.unix {
            doors.push(door::unix(path)?);
        }
        let poll = Poll::new().map_err(BindError::System)?;
        for (at, door) in doors.iter_mut().enumerate() {
            let token = Token(DOORS + at);
            let registered = poll.registry().register(door, token, Interest::READABLE);
            registered.map_err(BindError::System)?;
        }
        let waker = Waker::new(poll.registry(), WAKE).map_err(BindError::System)?;
        for door in &doors {
            door.note(engine);
        }
        door::allow_files(engine.config().max_clients);
        Ok(Server {
            round: Round::new(poll, options.split, notify),
            doors,
            stopper: Stopper {
                stop: Arc::default(),
                waker: Arc::new(waker),
            },
        })
    }

    /// Where it listens, as clients write it: `127.0.0.1:6379`, or a path.
    #[must_use]
    pub fn places(&self) -> Vec<String> {
        self.doors.iter().map(Door::place).collect()
    }

    /// What ends it.
    #[must_use]
    pub fn stopper(&self) -> Stopper {
        self.stopper.clone()
    }

    /// Serves until it is stopped, or until a client sends SHUTDOWN.
    pub fn run(&mut self, host: &mut impl Host) -> io::Result<()> {
        while !self.stopper.stop.load(Ordering::Acquire) && self.turn(host, None)? {}
        Ok(())
    }

    /// Waits until somebody has sent something, the engine has to be told the time, `most` has passed or the server was
    /// woken, and serves everybody once; `false` when a client has sent SHUTDOWN.
    pub fn turn(&mut self, host: &mut impl Host, most: Option<Duration>) -> io::Result<bool> {
        self.round.go(host, &mut self.doors, most)
    }
}
