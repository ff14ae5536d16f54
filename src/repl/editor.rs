//! The prompt at a terminal: rustyline with our completion, hints and history.

use std::{
    borrow::Cow,
    collections::VecDeque,
    io::{self, Write},
    path::PathBuf,
};

use rustyline::{
    ColorMode, CompletionType, Config, Context, EditMode, Editor, ExternalPrinter as _,
    completion::{Completer, Pair},
    error::ReadlineError,
    highlight::Highlighter,
    hint::Hinter,
    history::FileHistory,
    validate::Validator,
};

use crate::{assist, engine::Database, tutor::WORDS};

use super::{Beside, Input, Read, Scene};

/// A prompt with history.
pub struct Terminal {
    editor: Editor<Assistant, FileHistory>,
    history: Option<PathBuf>,
    /// Further lines of a paste, to be run one by one.
    pasted: VecDeque<String>,
}

impl std::fmt::Debug for Terminal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Terminal")
            .field("history", &self.history)
            .finish_non_exhaustive()
    }
}

/// So many lines are remembered.
const HISTORY: usize = 2000;

impl Terminal {
    /// A prompt; `history` is the file that its lines are kept in.
    pub fn new(history: Option<PathBuf>, colour: bool) -> io::Result<Terminal> {
        let config = Config::builder()
            .max_history_size(HISTORY)
            .map_err(io::Error::other)?
            .completion_type(CompletionType::List)
            .edit_mode(EditMode::Emacs)
            .color_mode(if colour {
                ColorMode::Enabled
            } else {
                ColorMode::Disabled
            })
            .build();
        let mut editor = Editor::with_config(config).map_err(io::Error::other)?;
        editor.set_helper(Some(Assistant {
            scene: Scene::default(),
            colour,
        }));
        if let Some(path) = &history {
            // A missing or unreadable history is an empty one.
            let _ = editor.load_history(path);
        }
        Ok(Terminal {
            editor,
            history,
            pasted: VecDeque::new(),
        })
    }

    /// What prints above the line that is being typed; none where the terminal cannot do that.
    pub fn beside(&mut self) -> Option<Beside> {
        let mut printer = self.editor.create_external_printer().ok()?;
        Some(Box::new(move |text| {
            printer.print(text).map_err(io::Error::other)
        }))
    }

    /// Shows a further line of a paste behind its prompt, as if it had been typed.
    fn echo(&self, prompt: &str, line: &str) -> io::Result<()> {
        let prompt = match self.editor.helper() {
            Some(helper) => helper.highlight_prompt(prompt, true),
            None => Cow::Borrowed(prompt),
        };
        let shown: String = line
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        writeln!(io::stdout(), "{prompt}{shown}")
    }

    fn remember(&mut self, line: &str) {
        if line.trim().is_empty() || !matches!(self.editor.add_history_entry(line), Ok(true)) {
            return;
        }
        if let Some(path) = &self.history
            && self.editor.append_history(path).is_err()
        {
            // The folder is not writable: the journal has said so, and the prompt goes on without.
            self.history = None;
        }
    }
}

impl Input for Terminal {
    fn read(&mut self, prompt: &str, scene: Scene) -> io::Result<Read> {
        if let Some(line) = self.pasted.pop_front() {
            self.echo(prompt, &line)?;
            self.remember(&line);
            return Ok(Read::Line(line));
        }
        if let Some(helper) = self.editor.helper_mut() {
            helper.scene = scene;
        }
        match self.editor.readline(prompt) {
            Ok(text) => {
                let mut lines = text.lines().map(str::to_owned);
                let first = lines.next().unwrap_or_default();
                self.pasted
                    .extend(lines.filter(|line| !line.trim().is_empty()));
                self.remember(&first);
                Ok(Read::Line(first))
            }
            Err(ReadlineError::Interrupted) => {
                self.pasted.clear();
                Ok(Read::Dropped)
            }
            Err(ReadlineError::Eof) => Ok(Read::End),
            Err(ReadlineError::Io(error)) if error.kind() == io::ErrorKind::InvalidData => {
                Ok(Read::NotText)
            }
            Err(ReadlineError::Io(error)) => Err(error),
            Err(error) => Err(io::Error::other(error)),
        }
    }

    fn is_interactive(&self) -> bool {
        true
    }
}

/// What rustyline asks while a line is being typed.
struct Assistant {
    scene: Scene,
    colour: bool,
}

impl rustyline::Helper for Assistant {}
impl Validator for Assistant {}

impl Completer for Assistant {
    type Candidate = Pair;

    fn complete(
        &self,
        line: &str,
        pos: usize,
        _: &Context<'_>,
    ) -> rustyline::Result<(usize, Vec<Pair>)> {
        let empty = Database::default();
        let database = self
            .scene
            .keys
            .as_ref()
            .map_or(&empty, |(keyspace, db)| keyspace.database(*db));
        let completion = assist::complete(line, pos, WORDS, database);
        let pairs = completion.candidates.into_iter().map(|word| Pair {
            display: word.clone(),
            replacement: word,
        });
        Ok((completion.start, pairs.collect()))
    }
}

impl Hinter for Assistant {
    type Hint = String;

    fn hint(&self, line: &str, pos: usize, _: &Context<'_>) -> Option<String> {
        // A paste of several lines has no end to go on from.
        if pos < line.len() || line.contains('\n') || self.scene.keys.is_none() {
            return None;
        }
        assist::hint(line)
    }
}

impl Highlighter for Assistant {
    fn highlight_hint<'h>(&self, hint: &'h str) -> Cow<'h, str> {
        if self.colour {
            Cow::Owned(format!("\x1b[90m{hint}\x1b[0m"))
        } else {
            Cow::Borrowed(hint)
        }
    }

    fn highlight_prompt<'b, 's: 'b, 'p: 'b>(&'s self, prompt: &'p str, _: bool) -> Cow<'b, str> {
        if self.colour {
            Cow::Owned(format!("\x1b[1m{prompt}\x1b[0m"))
        } else {
            Cow::Borrowed(prompt)
        }
    }
}
