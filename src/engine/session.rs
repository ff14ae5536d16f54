//! One client's side of the engine: everything that a command can change beside the data.

use crate::engine::Bytes;

/// A client's state. The prompt, each scripted client of a lesson and each connection of a server has one; copying
/// it with a fork of the engine gives an independent world.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Session {
    /// The client's number, unique within an engine's life.
    pub id: u64,
    /// The selected database.
    pub db: usize,
    /// The name set by CLIENT SETNAME.
    pub name: Option<Bytes>,
    /// The transaction that MULTI has opened.
    pub transaction: Option<Transaction>,
}

/// An open transaction.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Transaction {
    /// The lines to be run by EXEC.
    pub queue: Vec<Vec<Bytes>>,
    /// Whether a line was refused, so that EXEC will be too.
    pub broken: bool,
}

impl Session {
    /// A client in database 0.
    #[must_use]
    pub fn new(id: u64) -> Session {
        Session {
            id,
            ..Session::default()
        }
    }
}
