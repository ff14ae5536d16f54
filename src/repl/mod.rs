//! Where lines come from: a terminal with rustyline, or a pipe. The only place that knows rustyline.

mod desk;
mod editor;
mod pipe;

use std::io;

pub use desk::{Beside, Desk, Wake};
pub use editor::Terminal;
pub use pipe::Pipe;

use crate::engine::Keyspace;

/// What a read gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Read {
    /// A line, without its end.
    Line(String),
    /// Ctrl-C: the line is dropped, nothing else.
    Dropped,
    /// The line is no UTF-8 text.
    NotText,
    /// The input is at its end.
    End,
}

/// What completion and hints may look at.
#[derive(Debug, Clone, Default)]
pub struct Scene {
    /// The keys that there are, when commands are typed.
    pub keys: Option<(Keyspace, usize)>,
}

/// A source of lines.
pub trait Input {
    /// Reads a line behind a prompt.
    fn read(&mut self, prompt: &str, scene: Scene) -> io::Result<Read>;

    /// Whether somebody is typing; else the lines are shown with what they give.
    fn is_interactive(&self) -> bool;
}
