//! What leaves for clients: replies, messages, and the bytes that wait to be sent.

use mio::{Interest, Token};

use crate::engine::{Delivery, Protocol, Reply};
use crate::resp::encode;

use super::{Host, Round, bytes, listens};
use crate::server::{Reason, connection::Sent};

/// How many buffers for output are kept to be lent, and how large they may have grown; the last one may be larger.
const LENT: (usize, usize, usize) = (64, 64 << 10, 1 << 20);
/// The most that may wait for a client where the settings set no limit. Redis would keep more, and end by that.
const OUTPUT: usize = 1 << 30;

impl Round {
    /// Hands out what the engine has left for clients; `current` has just sent a command.
    #[inline]
    pub(super) fn deliver(&mut self, host: &mut impl Host, current: Option<usize>) {
        let deliveries = host.take_deliveries();
        // Behind most commands there is nothing.
        if !deliveries.is_empty() {
            self.hand_out(host, deliveries, current);
        }
    }

    fn hand_out(
        &mut self,
        host: &mut impl Host,
        deliveries: Vec<Delivery>,
        current: Option<usize>,
    ) {
        for delivery in deliveries {
            let key = delivery.client().map(|client| self.of_client.get(&client));
            let key = match key {
                None => {
                    self.ended = true;
                    continue;
                }
                Some(None) => continue,
                Some(Some(key)) => *key,
            };
            let connection = &mut self.connections[key];
            match &delivery {
                Delivery::Answer { .. } => connection.waiting = false,
                Delivery::Close { .. } => connection.closing = true,
                Delivery::Message { .. } | Delivery::Shutdown => {}
            }
            let runs_on = connection.has_work();
            if matches!(delivery, Delivery::Close { client } if host.engine().session(client).is_none())
            {
                // Who was ended by another gets what fits, whether it reads or not.
                self.send(host, key);
                self.doom(host, key);
                continue;
            }
            if let Some(reply) = delivery.reply() {
                self.answer(host, key, &reply);
            }
            if current != Some(key) {
                self.queue_unsent(key);
                if runs_on {
                    self.queue(key);
                }
            }
        }
    }

    /// Writes a reply to where it waits to be sent.
    pub(super) fn answer(&mut self, host: &mut impl Host, key: usize, reply: &Reply) {
        if matches!(reply, Reply::None) {
            return;
        }
        let connection = &mut self.connections[key];
        if connection.doomed {
            return;
        }
        let (config, now) = (host.engine().config(), host.engine().now());
        let session = host.engine().session(connection.client);
        let limit = if session.is_some_and(listens) {
            config.pubsub_output
        } else {
            config.normal_output
        };
        let most = bytes(limit.hard).min(OUTPUT);
        let protocol = session.map_or(Protocol::Resp2, |session| session.protocol);
        let end = connection.sent + most;
        encode(reply, protocol, end, &mut connection.output);
        let bytes = connection.backlog();
        if bytes > most || connection.is_slow(limit, now) {
            self.drop_for(host, key, Reason::Output { bytes });
        }
    }

    /// Puts a connection in line for sending.
    pub(super) fn queue_unsent(&mut self, key: usize) {
        let connection = &mut self.connections[key];
        if !connection.unsent {
            connection.unsent = true;
            self.unsent.push(key);
        }
    }

    /// Sends what waits for a connection.
    pub(super) fn send(&mut self, host: &mut impl Host, key: usize) {
        let Some(connection) = self.connections.get_mut(key) else {
            return;
        };
        connection.unsent = false;
        if connection.doomed {
            return;
        }
        let sent = connection.send();
        if sent == Sent::All && connection.output.capacity() > 0 {
            let lent = std::mem::take(&mut connection.output);
            let (count, usual, most) = LENT;
            let fits = self.spare.len() < count && lent.capacity() <= usual;
            if fits || (self.spare.is_empty() && lent.capacity() <= most) {
                self.spare.push(lent);
            }
        }
        connection.compact();
        if sent == Sent::Gone || (sent == Sent::All && connection.closing) {
            self.doom(host, key);
            return;
        }
        let watch = sent == Sent::Some;
        if watch != connection.watches_room {
            connection.watches_room = watch;
            let mut interest = Interest::READABLE;
            if watch {
                interest |= Interest::WRITABLE;
            }
            let registry = self.poll.registry();
            let registered = registry.reregister(&mut connection.stream, Token(key), interest);
            if registered.is_err() {
                self.doom(host, key);
            }
        }
    }
}
