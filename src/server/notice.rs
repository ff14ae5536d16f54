//! What is worth a line in the log, as data.

use std::io;

/// Something that whoever runs the server should know.
#[derive(Debug)]
pub enum Notice {
    /// A client was dropped.
    Dropped {
        /// Its address.
        client: String,
        /// Why.
        reason: Reason,
    },
    /// A new client could not be taken in.
    NotAccepted(io::Error),
    /// A new client was turned away, because there are as many as there may be.
    Full,
    /// A new client from another machine was turned away, because there is no password.
    Outsider {
        /// Its address.
        client: String,
    },
}

/// Why a client was dropped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// It sent POST or Host:, as a web page's request does.
    Attack,
    /// It sent what is no command.
    Protocol(String),
    /// It did not read what was sent to it.
    Output {
        /// The bytes that waited for it.
        bytes: usize,
    },
    /// It sent more than may wait to be run.
    Input {
        /// The bytes that waited.
        bytes: usize,
    },
}
