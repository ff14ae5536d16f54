//! What redis-cli reads and prints: a line to arguments and back, a reply to text and back.
//!
//! Everything is compared as values ([`Literal`]), never as text, so that `(integer) 3`, `1) "a"` and `["a"]` can
//! stand in lessons, transcripts and answers alike. Pure: no terminal, no colour, no language.

mod answer;
mod line;
mod listed;
mod literal;
mod own_words;
mod parse;
mod print;
mod python;
mod short;
mod wide;
mod worded;

pub use answer::{Answer, begins_error, read_answer};
pub use line::{LineError, join, quote, split};
pub use literal::{Literal, leaves};
pub use own_words::calls_some_error;
pub use parse::{ParseError, one_line, transcript};
pub use print::{Escape, is_invisible, quoted, to_one_line, to_text};
pub use python::{has_b, without_b};
pub use wide::{first_wide, in_ascii, wide_as_spaces};
pub use worded::unworded;
