//! The engine for real clients: RESP over TCP and a Unix socket, one thread around one [`Engine`].
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
};

use mio::{Interest, Poll, Token, Waker};

use crate::engine::{Bytes, Engine};

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

/// An engine with its doors open.
pub struct Server {
    round: Round,
    doors: Vec<Door>,
    stopper: Stopper,
}

/// Ends a running server from another thread.
#[derive(Debug, Clone)]
pub struct Stopper {
    stop: Arc<AtomicBool>,
    waker: Arc<Waker>,
}

impl Stopper {
    /// Lets the server end; a second call does nothing more.
    pub fn stop(&self) {
        self.stop.store(true, Ordering::Release);
        // Without a wake-up the loop sees it at its next event.
        let _ = self.waker.wake();
    }
}

/// What wakes the loop to end it.
const WAKE: Token = Token(usize::MAX);
/// The first of the tokens of doors, which are behind those of connections.
const DOORS: usize = usize::MAX - 8;

impl Server {
    /// Opens the doors. From here on clients can connect; they are served once [`Server::run`] is called.
    pub fn bind(
        mut engine: Engine,
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
            door.note(&mut engine);
        }
        door::allow_files(engine.config().max_clients);
        Ok(Server {
            round: Round::new(poll, engine, options.split, notify),
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
    pub fn run(&mut self) -> io::Result<()> {
        while !self.stopper.stop.load(Ordering::Acquire) && self.round.go(&mut self.doors)? {}
        Ok(())
    }
}
