//! One client's connection: its socket, what has come and was not run yet, and what waits to be sent.
//!
//! A connection at rest owns no memory but itself: buffers are lent to it for a turn and kept only while something is
//! in them.

use std::io::{self, Read, Write};

#[cfg(unix)]
use mio::net::UnixStream;
use mio::{Interest, Registry, Token, event::Source, net::TcpStream};

use crate::engine::OutputLimit;
use crate::resp::Decoder;

/// A connected socket.
#[derive(Debug)]
pub(super) enum Stream {
    Tcp(TcpStream),
    #[cfg(unix)]
    Unix(UnixStream),
}

/// A connected client.
#[derive(Debug)]
pub(super) struct Connection {
    pub stream: Stream,
    /// Its number in the engine.
    pub client: u64,
    pub decoder: Decoder,
    /// Input behind a command that waits, or more than one turn may run; the first `done` bytes are through.
    pub pending: Vec<u8>,
    pub done: usize,
    /// What is to be sent; the first `sent` bytes are.
    pub output: Vec<u8>,
    pub sent: usize,
    /// Since when more waits for a subscriber than should (Unix ms).
    pub slow_since: Option<i64>,
    /// Whether the socket may have more to read.
    pub readable: bool,
    /// Whether the other side sends no more, so that the end is to be read.
    pub hangup: bool,
    /// Whether its current command waits.
    pub waiting: bool,
    /// Nothing more is run; it goes when everything is sent.
    pub closing: bool,
    /// It goes at the end of the round, sent or not.
    pub doomed: bool,
    /// Whether it is in line for a turn.
    pub in_line: bool,
    /// Whether it is in line for sending.
    pub unsent: bool,
    /// Whether the system tells when the socket takes more.
    pub watches_room: bool,
}

/// What came of sending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sent {
    /// Everything.
    All,
    /// The socket takes no more until it has sent what it has.
    Some,
    /// The client is gone.
    Gone,
}

impl Connection {
    pub fn new(stream: Stream, client: u64) -> Connection {
        Connection {
            stream,
            client,
            decoder: Decoder::default(),
            pending: Vec::new(),
            done: 0,
            output: Vec::new(),
            sent: 0,
            slow_since: None,
            readable: false,
            hangup: false,
            waiting: false,
            closing: false,
            doomed: false,
            in_line: false,
            unsent: false,
            watches_room: false,
        }
    }

    /// The bytes that wait for the client.
    pub fn backlog(&self) -> usize {
        self.output.len() - self.sent
    }

    /// The bytes that have come and were not run.
    pub fn held(&self) -> usize {
        self.pending.len() - self.done + self.decoder.held()
    }

    /// Whether more has waited than may wait for long, for longer than that.
    pub fn is_slow(&mut self, limit: OutputLimit, now: i64) -> bool {
        if limit.soft == 0 || (self.backlog() as u64) <= limit.soft {
            self.slow_since = None;
            return false;
        }
        let since = *self.slow_since.get_or_insert(now);
        now - since > i64::try_from(limit.seconds.saturating_mul(1000)).unwrap_or(i64::MAX)
    }

    /// Whether there is input that can be run.
    pub fn has_work(&self) -> bool {
        !self.waiting && !self.pending.is_empty()
    }

    /// Keeps input for later.
    pub fn keep(&mut self, input: &[u8]) {
        // What is through goes when it is most of it, so that each byte is moved a bounded number of times.
        if self.done > self.pending.len() / 2 {
            self.pending.drain(..self.done);
            self.done = 0;
        }
        self.pending.extend_from_slice(input);
    }

    /// Writes what waits, as far as the socket takes it.
    pub fn send(&mut self) -> Sent {
        while self.sent < self.output.len() {
            match self.stream.write(&self.output[self.sent..]) {
                Ok(0) => return Sent::Gone,
                Ok(count) => self.sent += count,
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Sent::Some,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(_) => return Sent::Gone,
            }
        }
        self.output.clear();
        self.sent = 0;
        self.slow_since = None;
        Sent::All
    }

    /// Moves what waits to the front when most of the memory before it is free.
    pub fn compact(&mut self) {
        if self.sent > self.output.len() / 2 {
            self.output.drain(..self.sent);
            self.sent = 0;
        }
    }
}

impl Read for Stream {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Stream::Tcp(stream) => stream.read(buffer),
            #[cfg(unix)]
            Stream::Unix(stream) => stream.read(buffer),
        }
    }
}

impl Write for Stream {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        match self {
            Stream::Tcp(stream) => stream.write(buffer),
            #[cfg(unix)]
            Stream::Unix(stream) => stream.write(buffer),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Source for Stream {
    fn register(&mut self, registry: &Registry, token: Token, to: Interest) -> io::Result<()> {
        match self {
            Stream::Tcp(stream) => stream.register(registry, token, to),
            #[cfg(unix)]
            Stream::Unix(stream) => stream.register(registry, token, to),
        }
    }

    fn reregister(&mut self, registry: &Registry, token: Token, to: Interest) -> io::Result<()> {
        match self {
            Stream::Tcp(stream) => stream.reregister(registry, token, to),
            #[cfg(unix)]
            Stream::Unix(stream) => stream.reregister(registry, token, to),
        }
    }

    fn deregister(&mut self, registry: &Registry) -> io::Result<()> {
        match self {
            Stream::Tcp(stream) => stream.deregister(registry),
            #[cfg(unix)]
            Stream::Unix(stream) => stream.deregister(registry),
        }
    }
}
