//! RESP, the protocol of Redis' clients: bytes to commands and replies to bytes.
//!
//! [`Decoder`] takes input in pieces of any size and gives the commands in it; [`encode`] writes a reply as a client
//! of either protocol version reads it. Both follow redis-server 7.0.15 byte for byte. Pure: no sockets, no clock.
//! Nothing is ever allocated by a number in the input, and every byte is looked at a bounded number of times.

mod decode;
mod encode;

pub use decode::{Decoder, ProtocolError, Rules};
pub use encode::encode;

#[cfg(test)]
mod tests;
