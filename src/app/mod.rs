//! The composition root: what the arguments ask for, put together. One file for each subcommand, no logic of lessons.

mod check;
mod code;
mod course;
mod fit;
mod json;
mod language;
mod lesson;
mod pack;
mod page;
mod play;
mod progress;
mod quiz;
mod room;
mod serve;
mod shell;
mod translate;

use std::process::ExitCode;

use crate::cli::{Cli, Command, Pack};
use crate::error::AppError;

use shell::Shell;

/// How the program ends when nothing fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// What was asked for was done.
    Done,
    /// A lesson was not finished, a quiz not passed, a pack has problems.
    NotPassed,
}

/// Runs the program.
#[must_use]
pub fn run(cli: &Cli) -> ExitCode {
    match dispatch(cli) {
        Ok(End::Done) => ExitCode::SUCCESS,
        Ok(End::NotPassed) => ExitCode::from(1),
        // Whoever reads our output has gone: there is nobody to tell.
        Err(error) if shell::is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            shell::complain(&format!("rediscover: {error}"));
            ExitCode::from(error.status())
        }
    }
}

fn dispatch(cli: &Cli) -> Result<End, AppError> {
    match &cli.command {
        Some(Command::Pack(Pack::New { dir })) => pack::new(dir),
        Some(Command::Pack(Pack::Check { dir })) => check::check(&cli.global, dir.as_deref()),
        Some(Command::Pack(Pack::Translate { language, dir })) => {
            translate::translate(&cli.global, language, dir.as_deref())
        }
        Some(Command::Serve(options)) => serve::serve(&cli.global, options),
        None => course::home(&mut Shell::open(cli)?),
        Some(Command::Learn { what, route }) => {
            let mut shell = Shell::open(cli)?;
            if let Some(route) = route {
                shell.follow(route)?;
            }
            course::learn(&mut shell, what.as_deref())
        }
        Some(Command::Quiz { what, count, free }) => {
            quiz::quiz(&mut Shell::open(cli)?, what.as_deref(), *count, *free)
        }
        Some(Command::Play) => play::play(&mut Shell::open(cli)?),
        Some(Command::Progress) => progress::command(&mut Shell::open(cli)?),
    }
}
