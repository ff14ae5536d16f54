//! The server of a lesson: programs of the learner's come to the lesson's own engine, and the tutor hears what they send.

use std::{cell::RefCell, net::SocketAddr, rc::Rc, time::Duration};

use crate::engine::{Bytes, Delivery, Engine, Origin, Outcome};
use crate::notation;
use crate::repl::Wake;
use crate::server::{BindError, Host, Options, Server};
use crate::text::Words;
use crate::tutor::Tutor;

use super::{
    serve,
    shell::{Shell, system_time},
};

/// The port that a lesson takes if it is free, so that a program that is run again tomorrow finds it there.
const PORT: u16 = 6390;

/// A lesson's server, open as long as the lesson.
pub struct Room {
    server: Server,
    port: u16,
    /// Until when programs wait, by their own clock (client, Unix ms): a lesson's clock may stand, or be ahead.
    waits: Vec<(u64, i64)>,
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
                        waits: Vec::new(),
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
            waits: &mut self.waits,
        };
        self.server.turn(&mut host, most)?;
        Ok(self.notices.take())
    }
}

/// A lesson as its server sees it.
struct Visitors<'a> {
    tutor: &'a mut Tutor,
    clock_stands: bool,
    waits: &'a mut Vec<(u64, i64)>,
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
        self.waits.retain(|(waits, _)| *waits != client);
    }

    fn set_now(&mut self, now: i64) {
        if !self.clock_stands {
            self.tutor.set_now(now);
        }
        for (client, _) in self.waits.extract_if(.., |(_, until)| *until <= now) {
            self.tutor.time_out(client);
        }
    }

    fn next_deadline(&self) -> Option<i64> {
        // A lesson that stops its clock is never waited for.
        let stands = self.clock_stands || self.tutor.clock_stands();
        let own = (!stands).then(|| self.engine().next_deadline()).flatten();
        let waits = self.waits.iter().map(|(_, until)| *until);
        waits.chain(own).min()
    }

    fn receive(&mut self, client: u64) {
        self.tutor.receive(client);
    }

    fn execute(&mut self, client: u64, argv: &[Bytes]) -> Outcome {
        let outcome = self.tutor.serve(client, argv);
        self.waits.retain(|(waits, _)| *waits != client);
        if let Outcome::Waiting {
            until: Some(until), ..
        } = outcome
        {
            let left = until.saturating_sub(self.engine().now());
            self.waits
                .push((client, system_time().saturating_add(left)));
        }
        outcome
    }

    fn take_deliveries(&mut self) -> Vec<Delivery> {
        self.tutor.take_outbox()
    }
}
