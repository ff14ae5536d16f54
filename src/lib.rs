//! rediscover: learn Redis by typing it.
//!
//! A functional core in a thin shell. Reading order, from the inside out:
//!
//! 1. [`engine`]: Redis in memory. A command is a row and a function; replies, errors, waiting and events are values.
//! 2. [`notation`]: what redis-cli reads and prints: lines to arguments, replies to text, and back.
//! 3. [`lesson`]: what is taught, read from TOML, with every problem at its place.
//! 4. [`tutor`]: the course as a state machine. A line goes in, data on what is to be shown comes out. What programs send
//!    to a lesson's server goes in by another door, and is judged in the same world.
//! 5. [`journal`]: what happened, append-only; progress and resuming follow from it.
//! 6. [`assist`]: completion and hints while typing.
//! 7. [`view`] and [`text`]: data to text at a width, in a language. Nothing else draws or words anything.
//! 8. [`resp`]: the protocol of Redis' clients: bytes to commands, replies to bytes.
//! 9. [`repl`], [`server`] and [`app`]: the shell: the prompt, sockets, files, printing. A [`server::Host`] keeps the
//!    engine that is served: `serve` keeps its own, a lesson serves the world that its steps are played in.
//!
//! Invariants: everything below the shell is deterministic: no clock, no source of randomness, no environment, no
//! printing. Time and seed are arguments. Files are read in `lesson/load.rs` and `journal/store.rs` only. A wrong
//! attempt never changes a learner's world, because it runs on a fork. `tests/layers.rs` reads the `use` lines and
//! fails where a layer knows what it must not.

pub mod app;
pub mod assist;
pub mod cli;
pub mod engine;
pub mod error;
pub mod journal;
pub mod lesson;
pub mod notation;
pub mod repl;
pub mod resp;
pub mod server;
pub mod text;
pub mod tutor;
pub mod view;
