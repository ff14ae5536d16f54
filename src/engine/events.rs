//! What commands report beside their replies: keyspace events, by class, in Redis' order.

use crate::engine::Bytes;

/// The class of an event, as `notify-keyspace-events` names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// `g`: commands for keys of any type.
    Generic,
    /// `$`
    String,
    /// `l`
    List,
    /// `h`
    Hash,
    /// `s`
    Set,
    /// `z`
    SortedSet,
    /// `x`: a key's time is over.
    Expired,
}

/// Something that happened to a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Its class.
    pub class: Class,
    /// Its name: `lpush`, `del`, `expired`.
    pub name: &'static str,
    /// The database.
    pub db: usize,
    /// The key.
    pub key: Bytes,
}
