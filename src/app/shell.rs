//! What every subcommand works with: the terminal, the language, the learner's journal, the pack.

use std::{
    env,
    io::{self, IsTerminal, Write},
    path::{Path, PathBuf},
    process::{Command as Process, Stdio},
    time::{Instant, SystemTime, UNIX_EPOCH},
};

use super::language;
use crate::cli::{Cli, Command, Global, When};
use crate::engine::commands;
use crate::error::{AppError, ErrorKind};
use crate::journal::{Entry, Journal, Kind, Progress, StoreError, default_path};
use crate::lesson::{Library, NO_ROUTE, Source};
use crate::notation::Escape;
use crate::repl::{Desk, Pipe, Read, Scene, Terminal, Wake};
use crate::text::{Language, Words};
use crate::tutor::{Notice, Output};
use crate::view::{self, Color, Glyphs, Style};

use super::page::Page;

/// The shell around the core.
pub struct Shell {
    /// How things are drawn.
    pub style: Style,
    /// The interface's words.
    pub words: Words,
    /// The pack.
    pub library: Library,
    /// What the journal comes to.
    pub progress: Progress,
    /// Whether objects are printed instead of screens.
    pub json: bool,
    /// Whether lessons go on where they were left.
    pub resumes: bool,
    journal: Journal,
    /// Tells the lines of this run from those of another terminal.
    run: u64,
    /// Whether the journal failed the last time, which is told once.
    is_failing: bool,
    desk: Desk,
    opened: Instant,
    seed: Option<u64>,
    now: Option<i64>,
    /// What was printed since the last line.
    page: Page,
    /// Whether something stands right above the prompt, from which an empty line is to part it.
    is_close: bool,
    /// What the line before it printed, for the pager.
    last_page: String,
}

impl Shell {
    /// Puts a shell together from the arguments.
    pub fn open(cli: &Cli) -> Result<Shell, AppError> {
        let mut global = cli.global.clone();
        if matches!(cli.command, Some(Command::Progress)) && !global.no_journal {
            // What was done is told from the journal, in JSON too.
            global.journal = global.journal.or_else(default_path);
        }
        let global = &global;
        let interactive = io::stdin().is_terminal() && io::stdout().is_terminal() && !global.json;
        let style = style(global);
        let (journal, progress, unopened) = open_journal(global);
        let source = global.pack.clone().map_or(Source::BuiltIn, Source::Folder);
        let wished = language::wished(global, &progress);
        let mut library = language::open(source, global, &wished)?;
        if let Some(problem) = library
            .problems()
            .iter()
            .find(|problem| problem.severity == crate::lesson::Severity::Error)
        {
            let text = crate::lesson::render_problems(std::slice::from_ref(problem), false);
            return Err(AppError::new(ErrorKind::Content, text.trim_end())
                .hint("`rediscover pack check DIR` shows everything"));
        }
        // One that was left, or that the pack no longer has, is no route.
        library.follow(progress.routes.get(&library.pack.id).map(String::as_str));
        let desk = if interactive {
            let mut terminal = Terminal::new(history(global), style.color == Color::Ansi)?;
            let beside = terminal.beside();
            Desk::new(Box::new(terminal), beside)
        } else {
            Desk::new(Box::new(Pipe::new(io::BufReader::new(io::stdin()))), None)
        };
        let named = matches!(cli.command, Some(Command::Learn { what: Some(_), .. }));
        let shell = Shell {
            style,
            words: Words::new(Language::of_tag(library.language())),
            library,
            progress,
            json: global.json,
            resumes: !keeps_nothing(global) || !named,
            journal,
            run: system_time().unsigned_abs() << 20 | u64::from(std::process::id() & 0xf_ffff),
            is_failing: false,
            desk,
            opened: Instant::now(),
            seed: global.seed,
            now: global.now,
            page: Page::default(),
            is_close: false,
            last_page: String::new(),
        };
        if let Some(error) = unopened {
            let advice = shell.words.say("journal-unopened");
            Shell::warn(&format!("{error}\n  {advice}"));
        }
        if shell.progress.later > 0 {
            let lines = shell.progress.later;
            let text = shell.words.with("journal-later", &[("n", lines.into())]);
            Shell::warn(&text);
        }
        Ok(shell)
    }

    /// Whether what is done is kept for the next time.
    #[must_use]
    pub fn keeps(&self) -> bool {
        self.journal.is_open()
    }

    /// The Unix time in milliseconds.
    #[must_use]
    pub fn now(&self) -> i64 {
        self.now.unwrap_or_else(system_time)
    }

    /// Milliseconds since the shell was opened: by this clock it is known how long nothing has arrived.
    #[must_use]
    pub fn ticks(&self) -> i64 {
        i64::try_from(self.opened.elapsed().as_millis()).unwrap_or(i64::MAX)
    }

    /// What random choices follow from.
    #[must_use]
    pub fn seed(&self) -> u64 {
        self.seed.unwrap_or_else(|| system_time().unsigned_abs())
    }

    /// Whether the clock was set by an argument, and so stands.
    #[must_use]
    pub fn clock_stands(&self) -> bool {
        self.now.is_some()
    }

    /// Changes the language of everything that follows, and remembers it.
    pub fn speak(&mut self, tag: &str) -> Result<(), AppError> {
        self.words = Words::new(Language::of_tag(tag));
        let route = self.library.route().map(|route| route.id.clone());
        self.library = Library::open(self.library.source().clone(), tag)?;
        self.library.follow(route.as_deref());
        self.record(Entry {
            kind: Kind::Language,
            line: tag.to_owned(),
            ..Entry::default()
        });
        Ok(())
    }

    /// Follows a route through the pack from now on, or none, and remembers it.
    pub fn follow(&mut self, route: &str) -> Result<(), AppError> {
        if !self.library.follow((route != NO_ROUTE).then_some(route)) {
            return Err(no_route(&self.library, route));
        }
        self.record(Entry {
            kind: Kind::Route,
            line: route.to_owned(),
            ..Entry::default()
        });
        Ok(())
    }

    /// Prints a text.
    pub fn print(&mut self, text: &str) -> Result<(), AppError> {
        if self.json || text.is_empty() {
            return Ok(());
        }
        self.page.add(text);
        let end = if text.ends_with('\n') { "" } else { "\n" };
        self.desk.print(&format!("{text}{end}"))?;
        self.is_close = !text.ends_with("\n\n") && text != "\n";
        Ok(())
    }

    /// The prompt stands apart from what is above it; read aloud, nothing does.
    pub fn part(&mut self) -> Result<(), AppError> {
        if self.is_close && !self.style.plain {
            self.print("\n")?;
        }
        Ok(())
    }

    /// Prints an object on a line of its own.
    pub fn print_json(value: &serde_json::Value) -> Result<(), AppError> {
        let mut out = io::stdout().lock();
        writeln!(out, "{value}")?;
        out.flush()?;
        Ok(())
    }

    /// Shows what the tutor says.
    pub fn show(&mut self, outputs: &[Output]) -> Result<(), AppError> {
        if self.json {
            return Ok(());
        }
        let outputs: Vec<Output> = outputs.iter().map(|output| self.complete(output)).collect();
        let text = view::screen(&outputs, &self.style, &self.words);
        self.print(&text)
    }

    /// Adds what only the whole pack knows: the lessons that teach a command.
    fn complete(&self, output: &Output) -> Output {
        match output {
            Output::Notice(Notice::Command { name, .. }) => {
                let row = commands::find(name.as_bytes());
                let taught = row.map(|row| self.library.teachers(&row.title()));
                Output::Notice(Notice::Command {
                    name,
                    taught: taught.unwrap_or_default(),
                })
            }
            other => other.clone(),
        }
    }

    /// Says a message of our own.
    pub fn say(&mut self, id: &str) -> Result<(), AppError> {
        let text = view::render_text(&self.words.say(id), &self.style);
        self.print(&text)
    }

    /// An error that one goes on after.
    pub fn print_error(&mut self, error: &AppError) -> Result<(), AppError> {
        let name = error.no_lesson.as_deref();
        // English says more: it names what is near.
        let Some(name) = name.filter(|_| self.words.language() != Language::En) else {
            return self.print(&format!("{error}\n"));
        };
        let values = [("word", view::printable(name).into())];
        let said = self.words.with("home-unknown", &values);
        let said = view::render_text(&said, &self.style);
        self.print(&said)
    }

    /// Warns beside the normal output.
    pub fn warn(text: &str) {
        complain(&format!("rediscover: {text}"));
    }

    /// Reads a line. In a pipe it is shown behind its prompt, so that the output reads like a session.
    pub fn read(&mut self, prompt: &str, scene: Scene) -> Result<Read, AppError> {
        self.part()?;
        self.desk.ask(prompt, scene, None);
        let read = self.desk.wait()?;
        self.take(prompt, read)
    }

    /// Begins to read a line; `wake` is called when it has come.
    pub fn begin_read(&mut self, prompt: &str, scene: Scene, wake: Wake) {
        self.desk.ask(prompt, scene, Some(wake));
    }

    /// The line that was begun, if it has come.
    pub fn end_read(&mut self, prompt: &str) -> Result<Option<Read>, AppError> {
        match self.desk.take() {
            Some(read) => self.take(prompt, read?).map(Some),
            None => Ok(None),
        }
    }

    fn take(&mut self, prompt: &str, read: Read) -> Result<Read, AppError> {
        let page = self.page.take();
        // A line that printed nothing (`:more` itself) leaves the page of the one before.
        if !page.is_empty() {
            self.last_page = page;
        }
        if !self.desk.is_interactive()
            && let Read::Line(line) = &read
        {
            let shown: String = line.chars().take(500).collect();
            let text = format!("{prompt}{}", view::printable(&shown));
            self.print(&text)?;
        }
        self.is_close = false;
        Ok(read)
    }

    /// Whether somebody is typing.
    #[must_use]
    pub fn is_interactive(&self) -> bool {
        self.desk.is_interactive()
    }

    /// Keeps an entry. When the journal fails, that is said once; the lesson goes on, and the entry is tried again.
    pub fn record(&mut self, mut entry: Entry) {
        entry.at = self.now();
        entry.run = self.run;
        entry.pack.clone_from(&self.library.pack.id);
        entry.version.clone_from(&self.library.pack.version);
        let kept = self.journal.append(entry.clone());
        self.progress.take(entry);
        self.check(kept);
    }

    /// Makes sure that what was recorded outlives the machine.
    pub fn sync(&mut self) {
        let kept = self.journal.sync();
        if self.is_failing && kept.is_ok() && !self.journal.is_behind() {
            self.is_failing = false;
            Shell::warn(&self.words.say("journal-back"));
        }
        self.check(kept);
    }

    /// Tells the first of several faults of the journal in a row.
    fn check(&mut self, kept: Result<(), StoreError>) {
        if let Err(error) = kept
            && !std::mem::replace(&mut self.is_failing, true)
        {
            let advice = self.words.say("journal-lost");
            Shell::warn(&format!("{error}\n  {advice}"));
        }
    }

    /// Clears the screen.
    pub fn clear(&mut self) -> Result<(), AppError> {
        if self.is_interactive() && !is_dumb() {
            self.print("\x1b[H\x1b[2J")
        } else {
            Ok(())
        }
    }

    /// Shows again what the last line gave, in the learner's pager.
    pub fn pager(&mut self) -> Result<(), AppError> {
        if !self.is_interactive() {
            return Ok(());
        }
        let pager = env::var("PAGER")
            .ok()
            .filter(|pager| !pager.is_empty())
            .unwrap_or_else(|| "less -R".to_owned());
        let mut words = pager.split_whitespace();
        let Some(program) = words.next() else {
            return Ok(());
        };
        match Process::new(program)
            .args(words)
            .stdin(Stdio::piped())
            .spawn()
        {
            Ok(mut child) => {
                if let Some(mut stdin) = child.stdin.take() {
                    // A pager that is left early closes its end. A program of the learner's own they know.
                    let way = self.words.say("pager-way");
                    if ends_with_q(program) {
                        let _ = stdin.write_all(format!("{way}\n\n").as_bytes());
                    }
                    let _ = stdin.write_all(self.last_page.as_bytes());
                }
                child.wait()?;
                Ok(())
            }
            Err(error) => {
                let text = format!("{program}: {error}");
                Shell::warn(&text);
                Ok(())
            }
        }
    }
}

/// There is no such route: which there are.
fn no_route(library: &Library, asked: &str) -> AppError {
    let routes = library.pack.routes.iter().map(|route| route.id.as_str());
    let known = routes.collect::<Vec<_>>().join(", ");
    let asked = view::printable(asked);
    let error = AppError::new(ErrorKind::NotFound, format!("there is no route `{asked}`"));
    if known.is_empty() {
        return error.hint("this pack has no routes: its lessons follow each other");
    }
    error.hint(format!("routes of this pack: {known}"))
}

/// Whether a pager is left with q, and waits for it.
fn ends_with_q(program: &str) -> bool {
    let name = Path::new(program).file_name();
    name.is_some_and(|name| name == "less" || name == "more" || name == "most")
}

/// The Unix time in milliseconds, whatever clock was set.
pub fn system_time() -> i64 {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

/// Writes to the error output; when that fails there is no place left to say so.
pub fn complain(text: &str) {
    let _ = writeln!(io::stderr(), "{text}");
}

/// Writes to the output, without a shell.
pub fn tell(text: &str) -> Result<(), AppError> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(())
}

/// Whether the reader of our output has gone.
#[must_use]
pub fn is_closed_pipe(error: &AppError) -> bool {
    error.kind == ErrorKind::Terminal && error.message.contains("Broken pipe")
}

fn is_dumb() -> bool {
    env::var("TERM").is_ok_and(|term| term == "dumb")
}

/// How things are drawn, from the arguments and the terminal.
pub fn style(global: &Global) -> Style {
    let no_color = env::var("NO_COLOR").is_ok_and(|value| !value.is_empty());
    let color = match global.color {
        When::Always => true,
        When::Never => false,
        When::Auto => io::stdout().is_terminal() && !no_color && !is_dumb(),
    };
    let terminal = terminal_size::terminal_size().map(|(width, _)| width.0);
    let width = global.width.or(terminal).unwrap_or(80).clamp(20, 400);
    Style {
        width: usize::from(width),
        color: if color { Color::Ansi } else { Color::None },
        glyphs: if global.ascii || is_dumb() {
            Glyphs::Ascii
        } else {
            Glyphs::Unicode
        },
        plain: global.plain,
        escape: if global.escape {
            Escape::Bytes
        } else {
            Escape::Text
        },
    }
}

/// The words of the program without a shell: the journal is only asked for the language.
pub fn words(global: &Global) -> Words {
    let progress = journal_path(global).and_then(|path| Journal::read(&path).ok());
    let tag = language::wished(global, &progress.unwrap_or_default());
    Words::new(Language::of_tag(&tag))
}

/// Whether progress is not kept: `--json` implies it unless a journal is named.
fn keeps_nothing(global: &Global) -> bool {
    global.no_journal || (global.json && global.journal.is_none())
}

fn journal_path(global: &Global) -> Option<PathBuf> {
    if keeps_nothing(global) {
        None
    } else {
        global.journal.clone().or_else(default_path)
    }
}

/// The prompt's history lies beside the journal.
fn history(global: &Global) -> Option<PathBuf> {
    Some(journal_path(global)?.with_file_name("history.txt"))
}

/// Opens the journal; what fails is to be said, and the lesson goes on without it.
fn open_journal(global: &Global) -> (Journal, Progress, Option<StoreError>) {
    let Some(path) = journal_path(global) else {
        return (Journal::none(), Progress::default(), None);
    };
    match Journal::open(&path) {
        Ok((journal, progress)) => (journal, progress, None),
        Err(error) => {
            let progress = Journal::read(&path).unwrap_or_default();
            (Journal::none(), progress, Some(error))
        }
    }
}
