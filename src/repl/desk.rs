//! Reading on a thread of its own, so that a lesson can hear its visitors while the learner types.

use std::{
    io::{self, Write as _},
    sync::mpsc::{Receiver, Sender, TryRecvError, channel},
    thread,
};

use super::{Input, Read, Scene};

/// What is done when a line has come.
pub type Wake = Box<dyn FnOnce() + Send>;

/// Prints a text above the line that is being typed.
pub type Beside = Box<dyn FnMut(String) -> io::Result<()> + Send>;

struct Ask {
    prompt: String,
    scene: Scene,
    wake: Option<Wake>,
}

/// A source of lines that reads in the background.
pub struct Desk {
    asks: Sender<Ask>,
    lines: Receiver<io::Result<Read>>,
    beside: Option<Beside>,
    is_reading: bool,
    is_interactive: bool,
}

impl std::fmt::Debug for Desk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Desk")
            .field("is_reading", &self.is_reading)
            .finish_non_exhaustive()
    }
}

impl Desk {
    /// Lets an input read in the background; `beside` prints above a line that is being typed.
    pub fn new(mut input: Box<dyn Input + Send>, beside: Option<Beside>) -> Desk {
        let (asks, asked) = channel::<Ask>();
        let (answers, lines) = channel();
        let is_interactive = input.is_interactive();
        thread::spawn(move || {
            for Ask {
                prompt,
                scene,
                wake,
            } in asked
            {
                if answers.send(input.read(&prompt, scene)).is_err() {
                    return;
                }
                if let Some(wake) = wake {
                    wake();
                }
            }
        });
        Desk {
            asks,
            lines,
            beside,
            is_reading: false,
            is_interactive,
        }
    }

    /// Begins to read a line behind a prompt, unless one is being read; `wake` is called when it has come.
    pub fn ask(&mut self, prompt: &str, scene: Scene, wake: Option<Wake>) {
        if !self.is_reading {
            let prompt = prompt.to_owned();
            // A reader that has ended is noticed where its line is taken.
            let _ = self.asks.send(Ask {
                prompt,
                scene,
                wake,
            });
            self.is_reading = true;
        }
    }

    /// The line, if it has come.
    pub fn take(&mut self) -> Option<io::Result<Read>> {
        match self.lines.try_recv() {
            Ok(read) => {
                self.is_reading = false;
                Some(read)
            }
            Err(TryRecvError::Empty) => None,
            Err(TryRecvError::Disconnected) => Some(Ok(Read::End)),
        }
    }

    /// Waits for the line.
    pub fn wait(&mut self) -> io::Result<Read> {
        let read = self.lines.recv();
        self.is_reading = false;
        read.unwrap_or(Ok(Read::End))
    }

    /// Whether somebody is typing; else the lines are shown with what they give.
    #[must_use]
    pub fn is_interactive(&self) -> bool {
        self.is_interactive
    }

    /// Prints: above the line that is being typed, if there is one.
    pub fn print(&mut self, text: &str) -> io::Result<()> {
        if self.is_reading
            && let Some(beside) = &mut self.beside
        {
            return beside(text.to_owned());
        }
        let mut out = io::stdout().lock();
        out.write_all(text.as_bytes())?;
        out.flush()
    }
}
