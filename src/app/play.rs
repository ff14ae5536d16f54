//! Free play at the prompt.

use crate::error::AppError;
use crate::repl::{Read, Scene};
use crate::tutor::{Play, Signal};

use super::{End, course, json, lesson, progress, quiz, shell::Shell};

/// `play`.
pub fn play(shell: &mut Shell) -> Result<End, AppError> {
    match inside(shell)? {
        Some(id) => course::learn(shell, Some(&id)),
        None => Ok(End::Done),
    }
}

/// Free play until it is left, perhaps for a lesson: its id.
pub fn inside(shell: &mut Shell) -> Result<Option<String>, AppError> {
    let mut play = Play::new(shell.seed(), shell.now());
    shell.say("play-welcome")?;
    loop {
        let db = play.world().db();
        let prompt = lesson::redis_prompt(play.world());
        let scene = Scene {
            keys: Some((play.world().engine.keyspace().clone(), db)),
        };
        let line = match shell.read(&prompt, scene)? {
            Read::Line(line) => line,
            Read::Dropped => continue,
            Read::NotText => {
                shell.say("line-not-text")?;
                continue;
            }
            Read::End => return Ok(None),
        };
        if !shell.clock_stands() {
            play.set_now(shell.now());
        }
        let fed = play.feed(&line);
        if shell.json {
            let object = json::played(shell, &play, &line, &fed);
            Shell::print_json(&object)?;
        }
        shell.show(&fed.outputs)?;
        match fed.signal {
            Some(Signal::Write { .. }) | None => {}
            Some(Signal::Quit) => return Ok(None),
            Some(Signal::Clear) => shell.clear()?,
            Some(Signal::Pager) => shell.pager()?,
            Some(Signal::Language(tag)) => {
                lesson::speak(shell, &tag)?;
            }
            Some(Signal::Map) => {
                let map = progress::map(shell, None);
                let text = crate::view::render_map(&map, &shell.style, &shell.words);
                shell.print(&text)?;
            }
            Some(Signal::Progress) => {
                progress::progress(shell)?;
            }
            Some(Signal::Quiz(what)) => {
                let wanted = if what.is_empty() {
                    quiz::learned(shell)?
                } else {
                    quiz::inside(shell, &what)?
                };
                if wanted.is_some() {
                    return Ok(wanted);
                }
            }
            Some(Signal::Learn(what)) => match course::wanted(shell, &what) {
                Ok(id) => return Ok(Some(id)),
                Err(error) => shell.print_error(&error)?,
            },
            Some(Signal::Route(route)) => {
                course::follow(shell, &route)?;
            }
            Some(Signal::Play) => play = Play::new(shell.seed(), shell.now()),
        }
    }
}
