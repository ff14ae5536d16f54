//! A reply as RESP2 carries it and redis-cli shows it: the form in which replies are written down and compared.

use crate::engine::{Bytes, Order, Reply};

/// A reply that can be printed, read back and compared. Errors and statuses are their texts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Literal {
    /// `OK`
    Status(String),
    /// `(error) ERR …`, without the mark in front.
    Error(String),
    /// `(integer) 3`
    Int(i64),
    /// `"x"`
    Bulk(Bytes),
    /// `(nil)`
    Nil,
    /// `["a", (nil)]`
    Array(Vec<Literal>),
}

impl From<Reply> for Literal {
    fn from(reply: Reply) -> Literal {
        match reply.resp2() {
            Reply::Status(text) => Literal::Status(text.to_owned()),
            Reply::Line(text) => Literal::Status(String::from_utf8_lossy(&text).into_owned()),
            Reply::Error(error) => Literal::Error(error.to_string()),
            Reply::Int(number) => Literal::Int(number),
            Reply::Bulk(bytes) => Literal::Bulk(bytes),
            Reply::Array(items) => Literal::Array(items.into_iter().map(Literal::from).collect()),
            // One reply is itself; several are shown as one array.
            Reply::Many(mut replies) if replies.len() == 1 => replies.remove(0).into(),
            Reply::Many(replies) => {
                Literal::Array(replies.into_iter().map(Literal::from).collect())
            }
            // Nothing is sent, and nothing is shown.
            Reply::None => Literal::Status(String::new()),
            // `resp2` has flattened every other shape.
            _ => Literal::Nil,
        }
    }
}

impl Literal {
    /// Whether two replies of a command agree in what the command determines.
    #[must_use]
    pub fn agrees(&self, other: &Literal, order: Order) -> bool {
        self.settled(order) == other.settled(order)
    }

    /// The reply with everything undetermined brought into one form: elements sorted where their order means nothing.
    #[must_use]
    pub fn settled(&self, order: Order) -> Literal {
        match (order, self) {
            (Order::Any, Literal::Array(items)) => Literal::Array(sorted(items)),
            (Order::Pairs, Literal::Array(items)) => Literal::Array(sorted_pairs(items)),
            (Order::Scan | Order::ScanPairs, Literal::Array(parts)) => match parts.as_slice() {
                [cursor, items] => {
                    let inner = if order == Order::Scan {
                        Order::Any
                    } else {
                        Order::Pairs
                    };
                    Literal::Array(vec![cursor.clone(), items.settled(inner)])
                }
                _ => self.clone(),
            },
            (Order::Random, Literal::Array(items)) => {
                Literal::Array(vec![Literal::Nil; items.len()])
            }
            (Order::Random, Literal::Bulk(_)) => Literal::Bulk(Bytes::new()),
            (Order::Random, Literal::Int(_)) => Literal::Int(0),
            _ => self.clone(),
        }
    }

    /// The elements of an array.
    #[must_use]
    pub fn items(&self) -> Option<&[Literal]> {
        match self {
            Literal::Array(items) => Some(items),
            _ => None,
        }
    }
}

fn sorted(items: &[Literal]) -> Vec<Literal> {
    let mut items = items.to_vec();
    items.sort();
    items
}

fn sorted_pairs(items: &[Literal]) -> Vec<Literal> {
    let mut pairs: Vec<&[Literal]> = items.chunks(2).collect();
    pairs.sort();
    pairs.concat()
}

/// Whether an error is somewhere in a reply.
pub(super) fn has_error(reply: &Literal) -> bool {
    match reply {
        Literal::Array(items) => items.iter().any(has_error),
        reply => matches!(reply, Literal::Error(_)),
    }
}

/// The values of a reply without the lists around them and without their kinds; a list without any is one.
#[must_use]
pub fn leaves(literal: &Literal) -> Vec<Vec<u8>> {
    match literal {
        Literal::Array(items) if items.is_empty() => vec![b"[]".to_vec()],
        Literal::Array(items) => items.iter().flat_map(leaves).collect(),
        Literal::Int(number) => vec![number.to_string().into_bytes()],
        Literal::Bulk(text) => vec![text.to_vec()],
        Literal::Status(text) | Literal::Error(text) => vec![text.clone().into_bytes()],
        Literal::Nil => vec![b"nil".to_vec()],
    }
}
