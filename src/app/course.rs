//! The course: the map, and the lessons one after the other.

use crate::error::AppError;
use crate::lesson::Target;
use crate::repl::{Read, Scene};
use crate::tutor::{Signal, bare_word};
use crate::view;

use super::{
    End,
    lesson::{self, After, Left},
    play, progress,
    quiz::{self, Spaced},
    shell::Shell,
};

/// The map, and what the learner chooses on it.
pub fn home(shell: &mut Shell) -> Result<End, AppError> {
    loop {
        let here = progress::next_open(shell);
        let map = progress::map(shell, here.as_deref());
        let text = view::render_map(&map, &shell.style, &shell.words);
        shell.print(&text)?;
        match choose(shell, here.as_deref())? {
            Choice::Lesson(id) => match run(shell, &id)?.after {
                After::Quit | After::End => return Ok(End::Done),
                _ => {}
            },
            Choice::Again => {}
            Choice::Quit => return Ok(End::Done),
        }
    }
}

/// `learn [WHAT]`.
pub fn learn(shell: &mut Shell, what: Option<&str>) -> Result<End, AppError> {
    let id = match what {
        Some(what) => lesson_of(shell, what)?,
        None => progress::next_open(shell)
            .or_else(|| shell.library.lessons().next().map(str::to_owned))
            .unwrap_or_default(),
    };
    if what.is_some() && !shell.is_interactive() {
        // A pipe plays the one lesson that it names.
        return Ok(end_of(&lesson::play(shell, &id)?));
    }
    let left = run(shell, &id)?;
    match left.after {
        After::End => Ok(end_of(&left)),
        After::Quit => Ok(End::Done),
        _ => home(shell),
    }
}

fn end_of(left: &Left) -> End {
    if left.finished {
        End::Done
    } else {
        End::NotPassed
    }
}

/// What is chosen at home.
enum Choice {
    Lesson(String),
    Again,
    Quit,
}

fn choose(shell: &mut Shell, here: Option<&str>) -> Result<Choice, AppError> {
    loop {
        let line = match shell.read("rediscover> ", Scene::default())? {
            Read::Line(line) => line,
            Read::Dropped => continue,
            Read::NotText => {
                shell.say("line-not-text")?;
                continue;
            }
            Read::End => return Ok(Choice::Quit),
        };
        let text = line.trim();
        if text.is_empty() {
            match here.map(|id| playable(shell, id)) {
                Some(Ok(id)) => return Ok(Choice::Lesson(id)),
                Some(Err(error)) => {
                    shell.print_error(&error)?;
                    continue;
                }
                None => {
                    shell.say("all-done")?;
                    continue;
                }
            }
        }
        if let Some(choice) = choice(shell, text)? {
            return Ok(choice);
        }
    }
}

/// Home understands its words with and without their colon, and the name of a lesson alone.
fn choice(shell: &mut Shell, text: &str) -> Result<Option<Choice>, AppError> {
    let Some(word) = bare_word(text) else {
        return match shell.library.find(text) {
            Ok(_) => open(shell, text),
            Err(_) => {
                let text = shell
                    .words
                    .with("home-unknown", &[("word", view::printable(text).into())]);
                shell.print(&text).map(|()| None)
            }
        };
    };
    match crate::tutor::signal_of(&word) {
        Some(Signal::Quit) => Ok(Some(Choice::Quit)),
        Some(Signal::Clear) => shell.clear().map(|()| Some(Choice::Again)),
        Some(Signal::Map) => Ok(Some(Choice::Again)),
        Some(Signal::Pager) => shell.pager().map(|()| None),
        Some(Signal::Language(tag)) => {
            lesson::speak(shell, &tag).map(|spoken| spoken.then_some(Choice::Again))
        }
        Some(Signal::Route(route)) => {
            follow(shell, &route).map(|followed| followed.then_some(Choice::Again))
        }
        Some(Signal::Play) => {
            let wanted = play::inside(shell)?;
            Ok(Some(wanted.map_or(Choice::Again, Choice::Lesson)))
        }
        Some(Signal::Progress) => progress::progress(shell).map(|_| None),
        Some(Signal::Quiz(what)) => {
            let wanted = if what.is_empty() {
                quiz::learned(shell)?
            } else {
                quiz::inside(shell, &what)?
            };
            Ok(Some(wanted.map_or(Choice::Again, Choice::Lesson)))
        }
        Some(Signal::Learn(what)) => open(shell, &what),
        Some(Signal::Write { .. }) | None => {
            let notice = if word.name == "help" && !word.rest.is_empty() {
                crate::tutor::help_on(&word.rest)
            } else {
                return shell.say("home-help").map(|()| None);
            };
            shell
                .show(&[crate::tutor::Output::Notice(notice)])
                .map(|()| None)
        }
    }
}

/// A lesson that is chosen at home; why it cannot be played is said, and one stays there.
fn open(shell: &mut Shell, what: &str) -> Result<Option<Choice>, AppError> {
    match wanted(shell, what) {
        Ok(id) => Ok(Some(Choice::Lesson(id))),
        Err(error) => shell.print_error(&error).map(|()| None),
    }
}

/// Follows a route or leaves it, or shows which there are; whether the way is another one now.
pub fn follow(shell: &mut Shell, route: &str) -> Result<bool, AppError> {
    if route.is_empty() {
        let map = progress::map(shell, None);
        let text = view::render_routes(&map, &shell.style, &shell.words);
        return shell.print(&text).map(|()| false);
    }
    if let Err(error) = shell.follow(route) {
        return shell.print_error(&error).map(|()| false);
    }
    let text = match shell.library.route() {
        Some(route) => {
            let title = view::printable(&route.title);
            let values = [("title", title.into())];
            shell.words.with("route-followed", &values)
        }
        None => shell.words.say("route-left"),
    };
    let text = view::render_text(&text, &shell.style);
    shell.print(&text).map(|()| true)
}

/// The lesson that is asked for, or the one to go on with when none is named.
pub fn wanted(shell: &Shell, what: &str) -> Result<String, AppError> {
    match progress::next_open(shell) {
        Some(id) if what.is_empty() => playable(shell, &id),
        _ => playable(shell, what),
    }
}

/// The lesson that a name leads to, when it can be played.
pub fn playable(shell: &Shell, what: &str) -> Result<String, AppError> {
    let id = lesson_of(shell, what)?;
    shell.library.lesson(&id)?;
    Ok(id)
}

/// Plays a lesson and those that follow it, until something else is wanted.
fn run(shell: &mut Shell, id: &str) -> Result<Left, AppError> {
    let mut id = id.to_owned();
    loop {
        match quiz::spaced(shell, &id)? {
            Spaced::Done => {}
            Spaced::Learn(wanted) => {
                id = wanted;
                continue;
            }
            Spaced::Quit => {
                let after = After::Quit;
                return Ok(Left {
                    after,
                    finished: false,
                });
            }
        }
        let left = lesson::play(shell, &id)?;
        match &left.after {
            After::Next => match shell.library.next(&id).map(str::to_owned) {
                Some(next) => id = next,
                None => return Ok(left),
            },
            After::Learn(what) => id = lesson_of(shell, what)?,
            After::Play => {
                if let Some(wanted) = play::inside(shell)? {
                    id = wanted;
                }
            }
            After::Quit | After::End => return Ok(left),
        }
    }
}

/// The lesson that a name leads to; of a unit, the first that is not done.
fn lesson_of(shell: &Shell, what: &str) -> Result<String, AppError> {
    match shell.library.find(what)? {
        Target::Lesson(id) => Ok(id),
        Target::Unit(unit) => {
            let lessons = shell
                .library
                .pack
                .units
                .iter()
                .filter(|candidate| candidate.id == unit)
                .flat_map(|unit| &unit.lessons);
            let lessons: Vec<&String> = lessons.collect();
            let open = lessons.iter().find(|id| !progress::is_finished(shell, id));
            Ok(open
                .or(lessons.first())
                .map(|id| (*id).clone())
                .unwrap_or_default())
        }
    }
}
