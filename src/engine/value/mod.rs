//! The values that keys hold, one file per data structure.
//!
//! Invariant: a structure knows nothing of keys, clocks, commands or replies. Each keeps the encoding that Redis
//! would report for it (`OBJECT ENCODING`) and the bytes that it holds ([`Typed::weight`]) up to date by itself.

mod chunks;
mod counts;
pub mod dense;
mod hash;
mod limits;
mod list;
mod members;
mod set;
mod sorted_set;
mod string;

use std::fmt;

pub use hash::Hash;
pub use limits::{Limits, Small};
pub use list::List;
pub use set::Set;
pub use sorted_set::{LexBound, ScoreBound, SortedSet};
pub use string::Str;

/// The type of a value, printed as TYPE prints it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Type {
    /// `string`
    String,
    /// `list`
    List,
    /// `hash`
    Hash,
    /// `set`
    Set,
    /// `zset`
    SortedSet,
}

impl Type {
    /// The word that TYPE answers.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Type::String => "string",
            Type::List => "list",
            Type::Hash => "hash",
            Type::Set => "set",
            Type::SortedSet => "zset",
        }
    }
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A value of any type. Collections stand behind a pointer: most keys hold strings, and these take no more room and are
/// no longer to move than a string is.
#[derive(Debug, Clone)]
pub enum Value {
    /// A byte string or a counter.
    String(Str),
    /// A list.
    List(Box<List>),
    /// A hash.
    Hash(Box<Hash>),
    /// A set.
    Set(Box<Set>),
    /// A sorted set.
    SortedSet(Box<SortedSet>),
}

/// A data structure that a key can hold.
pub trait Typed: Sized + Default {
    /// Its type.
    const TYPE: Type;
    /// It, when the value is of this type.
    fn of(value: &Value) -> Option<&Self>;
    /// It, to be changed, when the value is of this type.
    fn of_mut(value: &mut Value) -> Option<&mut Self>;
    /// As a value.
    fn into_value(self) -> Value;
    /// Whether nothing is left in it; Redis then removes the key. Strings are never empty in this sense.
    fn is_empty(&self) -> bool;
    /// The bytes of its elements with a fixed sum for each, in constant time; what the memory limit counts.
    fn weight(&self) -> usize;
    /// What `OBJECT ENCODING` answers.
    fn encoding(&self) -> &'static str;
}

macro_rules! typed {
    ($($variant:ident: $structure:ty, $header:expr;)*) => {
        $(impl Typed for $structure {
            const TYPE: Type = Type::$variant;
            fn of(value: &Value) -> Option<&Self> {
                match value { Value::$variant(inner) => Some(inner), _ => None }
            }
            fn of_mut(value: &mut Value) -> Option<&mut Self> {
                match value { Value::$variant(inner) => Some(inner), _ => None }
            }
            fn into_value(self) -> Value { Value::$variant(self.into()) }
            fn is_empty(&self) -> bool { <$structure>::is_empty(self) }
            fn weight(&self) -> usize { <$structure>::weight(self) }
            fn encoding(&self) -> &'static str { <$structure>::encoding(self) }
        })*
        impl Value {
            /// Its type.
            #[must_use]
            pub fn kind(&self) -> Type {
                match self { $(Value::$variant(_) => Type::$variant,)* }
            }
            /// See [`Typed::weight`]; with what a collection takes before it has any element.
            #[must_use]
            pub fn weight(&self) -> usize {
                match self { $(Value::$variant(inner) => $header + inner.weight(),)* }
            }
            /// What `OBJECT ENCODING` answers.
            #[must_use]
            pub fn encoding(&self) -> &'static str {
                match self { $(Value::$variant(inner) => inner.encoding(),)* }
            }
        }
    };
}

// A string stands in the key's entry and takes nothing beside it.
typed! {
    String: Str, 0;
    List: List, size_of::<List>();
    Hash: Hash, size_of::<Hash>();
    Set: Set, size_of::<Set>();
    SortedSet: SortedSet, size_of::<SortedSet>();
}
