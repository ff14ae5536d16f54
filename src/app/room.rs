//! The server of a lesson: programs of the learner's come to the lesson's own engine, and the tutor hears what they send.

use std::{cell::RefCell, net::SocketAddr, rc::Rc, time::Duration};

use crate::engine::{Bytes, Delivery, Engine, Origin, Outcome};
use crate::notation;
use crate::repl::Wake;
use crate::server::{BindError, Host, Options, Server};
use crate::text::Words;
use crate::tutor::Tutor;

use super::{serve, shell::Shell};

/// The port that a lesson takes if it is free, so that a program that is run again tomorrow finds it there.
const PORT: u16 = 6390;

/// A lesson's server, open as long as the lesson.
pub struct Room {
    server: Server,
    port: u16,
    /// What the server has to say, to be shown.
    notices: Rc<RefCell<Vec<String>>>,
}

impl Room {
    /// Opens the server of a lesson that needs one, before the lesson begins.
    pub fn open(shell: &Shell, tutor: &mut Tutor) -> Result<Room, BindError> {
        let notices = Rc::new(RefCell::new(Vec::new()));
        let mut last = None;
        for port in [PORT, 0] {
            let (kept, words) = (Rc::clone(&notices), Words::new(shell.words.language()));
            let options = Options {
                address: Some(SocketAddr::from(([127, 0, 0, 1], port))),
                unix: None,
                split: |line| notation::split(line).ok(),
            };
            let notify = move |notice: &_| kept.borrow_mut().push(serve::told(notice, &words));
            match Server::bind(tutor.engine_mut(), &options, Box::new(notify)) {
                Ok(server) => {
                    let place = server.places().pop().unwrap_or_default();
                    let port = place.rsplit(':').next().and_then(|it| it.parse().ok());
                    let port = port.unwrap_or(PORT);
                    tutor.set_port(Some(port));
                    return Ok(Room {
                        server,
                        port,
                        notices,
                    });
                }
                Err(error) => last = Some(error),
            }
        }
        Err(last.unwrap_or(BindError::NoUnixSockets))
    }

    /// Where it listens.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// What lets [`Room::serve`] come back.
    #[must_use]
    pub fn wake(&self) -> Wake {
        let stopper = self.server.stopper();
        Box::new(move || stopper.wake())
    }

    /// Waits for programs, or until `most` has passed, and serves them.
    pub fn serve(
        &mut self,
        tutor: &mut Tutor,
        clock_stands: bool,
        most: Option<Duration>,
    ) -> std::io::Result<Vec<String>> {
        let mut host = Visitors {
            tutor,
            clock_stands,
        };
        self.server.turn(&mut host, most)?;
        Ok(self.notices.take())
    }
}

/// A lesson as its server sees it.
struct Visitors<'a> {
    tutor: &'a mut Tutor,
    clock_stands: bool,
}

impl Host for Visitors<'_> {
    fn engine(&self) -> &Engine {
        &self.tutor.world().engine
    }

    fn connect(&mut self, origin: Origin) -> u64 {
        self.tutor.admit(origin)
    }

    fn disconnect(&mut self, client: u64) {
        self.tutor.dismiss(client);
    }

    fn set_now(&mut self, now: i64) {
        if !self.clock_stands {
            self.tutor.set_now(now);
        }
    }

    fn next_deadline(&self) -> Option<i64> {
        // A lesson that stops its clock is never waited for.
        let stands = self.clock_stands || self.tutor.clock_stands();
        (!stands).then(|| self.engine().next_deadline()).flatten()
    }

    fn execute(&mut self, client: u64, argv: &[Bytes]) -> Outcome {
        self.tutor.serve(client, argv)
    }

    fn take_deliveries(&mut self) -> Vec<Delivery> {
        self.tutor.take_outbox()
    }
}
