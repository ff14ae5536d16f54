//! A lesson at the prompt, in a pipe, or as JSON.

use std::{rc::Rc, time::Duration};

use crate::error::AppError;
use crate::journal::{Entry, Kind, Past};
use crate::repl::{Read, Scene};
use crate::tutor::{Fed, Mode, Output, Signal, Start, Tutor, VerdictKind, World};
use crate::view;

use super::{code, course, json, language, progress, quiz, room::Room, serve, shell::Shell};

/// Where it goes from a lesson.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum After {
    /// Out of the program.
    Quit,
    /// The input is at its end.
    End,
    /// On to the next lesson.
    Next,
    /// To what was named.
    Learn(String),
    /// To free play.
    Play,
}

/// How a lesson was left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    /// Where it goes from there.
    pub after: After,
    /// Whether every step was done.
    pub finished: bool,
}

/// Plays a lesson until it is left.
pub fn play(shell: &mut Shell, id: &str) -> Result<Left, AppError> {
    let (mut tutor, mut room) = open(shell, id)?;
    let after = play_lines(shell, &mut tutor, &mut room)?;
    if after == After::Quit {
        farewell(shell, &tutor)?;
    }
    if shell.json {
        Shell::print_json(&json::totals(&tutor))?;
    }
    Ok(Left {
        after,
        finished: tutor.is_done(),
    })
}

fn play_lines(
    shell: &mut Shell,
    tutor: &mut Tutor,
    room: &mut Option<Room>,
) -> Result<After, AppError> {
    let mut announced = None;
    loop {
        if tutor.is_done() && shell.json {
            return Ok(After::End);
        }
        let line = match next_line(shell, tutor, room, &mut announced)? {
            Read::Line(line) => line,
            Read::End if tutor.is_done() && shell.json => return Ok(After::End),
            Read::Dropped => continue,
            Read::NotText => {
                not_text(shell, tutor)?;
                continue;
            }
            Read::End => return end(shell),
        };
        if tutor.mode() == Mode::Done && line.trim().is_empty() {
            let next = shell.library.next(&tutor.lesson().id).map(str::to_owned);
            if let Some(error) = next.and_then(|id| shell.library.lesson(&id).err()) {
                shell.print_error(&error.into())?;
                continue;
            }
            return Ok(After::Next);
        }
        if let Some(after) = feed(shell, tutor, &line)? {
            return Ok(after);
        }
    }
}

/// The next line. Meanwhile programs may come to the lesson's server.
fn next_line(
    shell: &mut Shell,
    tutor: &mut Tutor,
    room: &mut Option<Room>,
    announced: &mut Option<usize>,
) -> Result<Read, AppError> {
    let (prompt, scene) = (prompt(tutor), scene(tutor));
    let Some(open) = room else {
        return shell.read(&prompt, scene);
    };
    shell.begin_read(&prompt, scene, open.wake());
    loop {
        announce(shell, tutor, open.port(), announced)?;
        let patience = patience(shell, tutor);
        match open.serve(tutor, shell.clock_stands(), patience) {
            Ok(notices) => {
                for notice in notices {
                    shell.print(&format!("{}\n", view::printable(&notice)))?;
                }
            }
            Err(error) => {
                // Without its server the lesson goes on as for those who have no Python.
                Shell::warn(&error.to_string());
                tutor.set_port(None);
                *room = None;
                return shell.read(&prompt, Scene::default());
            }
        }
        overhear(shell, tutor)?;
        if shell.json && tutor.is_done() {
            return Ok(Read::End);
        }
        if let Some(read) = shell.end_read(&prompt)? {
            return Ok(read);
        }
    }
}

/// How long nothing is to be said, if nobody comes.
fn patience(shell: &Shell, tutor: &Tutor) -> Option<Duration> {
    let left = tutor.next_alarm()?.saturating_sub(shell.ticks());
    Some(Duration::from_millis(u64::try_from(left).unwrap_or(0)))
}

/// Shows what programs have sent, and what came of it.
fn overhear(shell: &mut Shell, tutor: &mut Tutor) -> Result<(), AppError> {
    let now = tutor.world().engine.now();
    for heard in tutor.overhear(shell.ticks()) {
        if heard.keep {
            keep(shell, tutor, Kind::Arrived, "", &heard.fed, now);
        }
        if shell.json {
            let object = json::line(shell, tutor, &heard.line, &heard.fed);
            Shell::print_json(&object)?;
        }
        shell.show(&heard.fed.outputs)?;
        shell.sync();
    }
    Ok(())
}

/// Tells scripts where an external step listens.
fn announce(
    shell: &Shell,
    tutor: &Tutor,
    port: u16,
    announced: &mut Option<usize>,
) -> Result<(), AppError> {
    let open = tutor.open_step().filter(|_| tutor.mode() == Mode::External);
    let number = open.map(|(number, _)| number);
    if std::mem::replace(announced, number) == number || !shell.json {
        return Ok(());
    }
    match open {
        Some((number, id)) => Shell::print_json(&json::listens(tutor, number, id, port)),
        None => Ok(()),
    }
}

/// The server of a lesson that needs one. When there is none to be had the lesson goes on without.
fn open_room(shell: &Shell, tutor: &mut Tutor) -> Option<Room> {
    if !tutor.lesson().has_programs() {
        return None;
    }
    let room = Room::open(shell, tutor);
    room.map_err(|error| Shell::warn(&serve::refused(&error, &shell.words).to_string()))
        .ok()
}

/// A lesson at its beginning, or where it was left.
fn open(shell: &mut Shell, id: &str) -> Result<(Tutor, Option<Room>), AppError> {
    let lesson = shell.library.lesson(id)?;
    let next = following(shell, id);
    let left = if shell.resumes {
        shell
            .progress
            .lesson(&shell.library.pack.id, id)
            .and_then(|it| it.open().cloned())
    } else {
        None
    };
    if let Some(open) = left.filter(|open| !open.lines.is_empty()) {
        let mut tutor = Tutor::new(
            Rc::clone(&lesson),
            next.clone(),
            Start {
                seed: open.seed,
                now: open.now,
            },
        );
        let room = open_room(shell, &mut tutor);
        tutor.begin();
        for (now, past) in &open.lines {
            tutor.set_now(*now);
            match past {
                Past::Typed(line) => _ = tutor.feed(line),
                Past::Arrived { is_miss } => tutor.resume(*is_miss),
            }
        }
        if !tutor.is_done() {
            shell.record(Entry {
                kind: Kind::Resume,
                lesson: id.to_owned(),
                ..Entry::default()
            });
            shell.say("resumed")?;
            tutor.sit_down_again();
            let again = tutor.feed(":goal");
            shell.show(&again.outputs)?;
            return Ok((tutor, room));
        }
    }
    let start = Start {
        seed: shell.seed(),
        now: shell.now(),
    };
    shell.record(Entry {
        kind: Kind::Begin,
        lesson: id.to_owned(),
        seed: start.seed,
        now: start.now,
        ..Entry::default()
    });
    let mut tutor = Tutor::new(lesson, next, start);
    let room = open_room(shell, &mut tutor);
    let outputs = tutor.begin();
    shell.show(&outputs)?;
    Ok((tutor, room))
}

/// The lesson that follows: id and title.
fn following(shell: &Shell, id: &str) -> Option<(String, String)> {
    let next = shell.library.next(id)?;
    // One that is refused is named all the same; going on to it says why.
    let title = shell
        .library
        .lesson(next)
        .map(|lesson| lesson.title.clone());
    Some((next.to_owned(), title.unwrap_or_default()))
}

/// Feeds a line: what it gives is kept first, then shown.
fn feed(shell: &mut Shell, tutor: &mut Tutor, line: &str) -> Result<Option<After>, AppError> {
    if !shell.clock_stands() {
        tutor.set_now(shell.now());
    }
    let now = tutor.world().engine.now();
    let was_done = tutor.is_done();
    let fed = tutor.feed(line);
    let is_blank = line.trim().is_empty() && fed.record.verdict == VerdictKind::Aside;
    if !is_blank && !was_done && fed.signal.is_none() {
        keep(shell, tutor, Kind::Line, line, &fed, now);
    }
    if shell.json {
        let object = json::line(shell, tutor, line, &fed);
        Shell::print_json(&object)?;
    }
    shell.show(&fed.outputs)?;
    shell.sync();
    match fed.signal {
        Some(signal) => obey(shell, tutor, signal),
        None => Ok(None),
    }
}

fn keep(shell: &mut Shell, tutor: &Tutor, kind: Kind, line: &str, fed: &Fed, now: i64) {
    let lesson = tutor.lesson().id.clone();
    shell.record(Entry {
        kind,
        lesson: lesson.clone(),
        step: fed.record.step.clone(),
        line: line.to_owned(),
        verdict: fed.record.verdict.name().to_owned(),
        now,
        ..Entry::default()
    });
    if tutor.is_done() {
        shell.record(Entry {
            kind: Kind::Done,
            lesson,
            ..Entry::default()
        });
    }
}

/// Does what a local word asks of the shell.
fn obey(shell: &mut Shell, tutor: &mut Tutor, signal: Signal) -> Result<Option<After>, AppError> {
    match signal {
        Signal::Quit => Ok(Some(if shell.is_interactive() {
            After::Quit
        } else {
            After::End
        })),
        Signal::Clear => shell.clear().map(|()| None),
        Signal::Pager => shell.pager().map(|()| None),
        Signal::Map => {
            let id = tutor.lesson().id.clone();
            // Behind a lesson's end Enter goes on to the one that follows.
            let here = if tutor.is_done() {
                let next = shell.library.next(&id).map(str::to_owned);
                next.or_else(|| progress::next_open(shell))
            } else {
                Some(id)
            };
            let map = progress::map(shell, here.as_deref());
            let text = view::render_map(&map, &shell.style, &shell.words);
            shell.print(&text).map(|()| None)
        }
        Signal::Progress => progress::progress(shell).map(|_| None),
        Signal::Language(tag) => {
            if !speak(shell, &tag)? {
                return Ok(None);
            }
            let id = tutor.lesson().id.clone();
            let (lesson, next) = (shell.library.lesson(&id)?, following(shell, &id));
            tutor.retell(lesson, next);
            let again = tutor.feed(":lesson");
            shell.show(&again.outputs).map(|()| None)
        }
        Signal::Learn(what) if what.is_empty() => Ok(None),
        Signal::Learn(what) => match course::playable(shell, &what) {
            Ok(id) => Ok(Some(After::Learn(id))),
            Err(error) => shell.print_error(&error).map(|()| None),
        },
        Signal::Quiz(what) => {
            let what = if what.is_empty() {
                tutor.lesson().id.clone()
            } else {
                what
            };
            if let Some(id) = quiz::inside(shell, &what)? {
                return Ok(Some(After::Learn(id)));
            }
            let again = tutor.feed(":goal");
            shell.show(&again.outputs).map(|()| None)
        }
        Signal::Route(route) => course::follow(shell, &route).map(|_| None),
        Signal::Play => Ok(Some(After::Play)),
        Signal::Write { file, text, whole } => {
            let notice = code::write(&file, &text, whole);
            shell.show(&[Output::Notice(notice)]).map(|()| None)
        }
    }
}

/// Changes the language to the one named, or to the next one; of one that is not there it is said which there are.
pub fn speak(shell: &mut Shell, tag: &str) -> Result<bool, AppError> {
    match language::named(&shell.library, tag) {
        Ok(tag) => shell.speak(&tag).map(|()| true),
        Err(error) => shell.print_error(&error).map(|()| false),
    }
}

/// Says where the lesson is left, and that it goes on there; of what is not kept there is nothing to say.
fn farewell(shell: &mut Shell, tutor: &Tutor) -> Result<(), AppError> {
    let Some((number, _)) = tutor.open_step().filter(|_| shell.keeps() && !shell.json) else {
        return Ok(());
    };
    let values = [
        ("n", number.into()),
        ("of", tutor.lesson().steps.len().into()),
        ("id", tutor.lesson().id.clone().into()),
    ];
    let said = shell.words.with("left-off", &values);
    let said = view::render_text(&said, &shell.style);
    shell.print(&said)
}

fn end(shell: &mut Shell) -> Result<After, AppError> {
    if shell.is_interactive() {
        shell.print("\n")?;
        return Ok(After::Quit);
    }
    Ok(After::End)
}

fn not_text(shell: &mut Shell, tutor: &Tutor) -> Result<(), AppError> {
    if shell.json {
        let object = json::unreadable(shell, tutor);
        return Shell::print_json(&object);
    }
    shell.say("line-not-text")
}

/// The prompt: the lesson's number, what is asked for, and the database when it is not 0.
fn prompt(tutor: &Tutor) -> String {
    let id = &tutor.lesson().id;
    match tutor.mode() {
        // A program may finish its step while a line is being typed: then the prompt is that of the step behind it.
        Mode::Command | Mode::External => format!("{id} {}", redis_prompt(tutor.world())),
        Mode::Predict => format!("{id} predict> "),
        Mode::Question => "quiz> ".to_owned(),
        Mode::Read | Mode::Done => format!("{id} > "),
    }
}

/// What stands before a command: the database when it is not 0, and whether a transaction is open.
pub fn redis_prompt(world: &World) -> String {
    let db = Some(world.db())
        .filter(|db| *db > 0)
        .map(|db| format!("[{db}]"))
        .unwrap_or_default();
    let transaction = if world.learner().transaction.is_some() {
        "(TX)"
    } else {
        ""
    };
    // As redis-cli says it since 7.2.
    let subscribed = if world.learner().subscriptions.is_empty() {
        ""
    } else {
        "(subscribed mode)"
    };
    format!("redis{db}{transaction}{subscribed}> ")
}

fn scene(tutor: &Tutor) -> Scene {
    let world = tutor.world();
    let keys =
        (tutor.mode() == Mode::Command).then(|| (world.engine.keyspace().clone(), world.db()));
    Scene { keys }
}
