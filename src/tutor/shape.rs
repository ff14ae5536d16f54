//! The shapes that a reply may have.

use crate::notation::Literal;

/// What a reply looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A word such as OK.
    Status,
    /// A whole number.
    Integer,
    /// A number with decimals, typed where a whole one comes; Redis sends none.
    Decimal,
    /// A text.
    Text,
    /// No value.
    Nil,
    /// Several values in one reply.
    Array,
    /// Several words, of which nobody knows whether they are meant as an array.
    Several,
    /// An error.
    Error,
}

/// In what right values were written otherwise than they come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// In quotes, where none come; this is what comes.
    Quoted(Shape),
    /// In brackets, and a single value comes.
    InBrackets,
    /// With an element's number in front, and a single value comes.
    Numbered,
    /// As a number, and a text comes.
    AsNumber,
    /// As a single value, and an array comes that has it in it.
    Alone,
    /// With other quotes.
    Quotes,
    /// With other brackets.
    Brackets,
    /// With other quotes and brackets.
    Both,
    /// With something in an array that is empty.
    Filled,
}

impl Shape {
    /// The shape of a reply.
    #[must_use]
    pub fn of(reply: &Literal) -> Shape {
        match reply {
            Literal::Status(_) => Shape::Status,
            Literal::Int(_) => Shape::Integer,
            Literal::Bulk(_) => Shape::Text,
            Literal::Nil => Shape::Nil,
            Literal::Array(_) => Shape::Array,
            Literal::Error(_) => Shape::Error,
        }
    }

    /// Its name in messages.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Shape::Status => "status",
            Shape::Integer => "integer",
            Shape::Decimal => "decimal",
            Shape::Text => "text",
            Shape::Nil => "nil",
            Shape::Array => "array",
            Shape::Several => "several",
            Shape::Error => "error",
        }
    }
}
