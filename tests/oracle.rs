//! Is the course what Redis does? Every line of every lesson is played on a real redis-server, and its pinned replies
//! and states are compared. Where there is none this says so; CI sets `REDISCOVER_ORACLE` and then it must be there.
//!
//! A real server's clock cannot be moved: when a lesson's clock moves, the deadlines on the server move the other way.

#![cfg(unix)]
#![allow(clippy::print_stderr)]

#[path = "differential/server.rs"]
#[allow(dead_code)]
mod server;
#[path = "differential/wire.rs"]
#[allow(dead_code)]
mod wire;

use std::collections::BTreeMap;

use rediscover::{
    engine::{Bytes, Order, commands},
    lesson::{Compare, Lesson, Library, Line, Source, Step, StepKind},
    notation::{Escape, Literal, to_one_line},
};
use server::{Client, Server};

/// The learner's connection and those of the scripted clients.
struct Stage<'s> {
    server: &'s Server,
    clients: BTreeMap<String, Client>,
    db: usize,
}

impl<'s> Stage<'s> {
    fn new(server: &'s Server, lesson: &Lesson) -> Stage<'s> {
        let mut stage = Stage {
            server,
            clients: BTreeMap::new(),
            db: lesson.db,
        };
        stage.client("").call(&["FLUSHALL"]);
        for line in &lesson.setup {
            stage.play(line);
        }
        stage
    }

    fn client(&mut self, name: &str) -> &mut Client {
        let (server, db) = (self.server, self.db);
        self.clients.entry(name.to_owned()).or_insert_with(|| {
            let mut client = server.connect();
            client.call(&["SELECT", &db.to_string()]);
            client
        })
    }

    fn play(&mut self, line: &Line) -> Literal {
        self.send(line.actor.as_deref().unwrap_or_default(), line)
    }

    /// Plays a line of a step: of an external one, a program sends it.
    fn step(&mut self, step: &Step, line: &Line) -> Literal {
        let program = step.program.as_ref().map(|_| "a program");
        let name = line.actor.as_deref().or(program);
        self.send(name.unwrap_or_default(), line)
    }

    fn send(&mut self, name: &str, line: &Line) -> Literal {
        let client = self.client(name);
        let mut said = client
            .pipeline(std::slice::from_ref(&line.argv))
            .remove(0)
            .said;
        // What has been published meanwhile stands before the reply.
        while is_message(&said) {
            said = client.read(&line.argv).said;
        }
        if line.command() == "QUIT" {
            self.clients.remove(name);
        }
        said
    }

    /// Lets time pass by bringing every deadline nearer; what is due goes.
    fn pass(&mut self, milliseconds: i64) {
        if milliseconds == 0 {
            return;
        }
        let client = self.client("an observer");
        let Literal::Array(keys) = client.call(&["KEYS", "*"]) else {
            return;
        };
        for key in keys {
            let Literal::Bulk(key) = key else { continue };
            let key = String::from_utf8_lossy(&key).into_owned();
            let Literal::Int(deadline) = client.call(&["PEXPIRETIME", &key]) else {
                continue;
            };
            if deadline > 0 {
                client.call(&["PEXPIREAT", &key, &(deadline - milliseconds).to_string()]);
            }
        }
    }
}

/// Whether a reply is a message of a channel.
fn is_message(said: &Literal) -> bool {
    let kind = match said {
        Literal::Array(items) => items.first(),
        _ => None,
    };
    matches!(kind, Some(Literal::Bulk(kind)) if matches!(&kind[..], b"message" | b"pmessage"))
}

/// Whether a reply is the pinned one; times that a reply tells may be a little off.
fn agrees(step: &Step, line: &Line, pinned: &Literal, got: &Literal) -> bool {
    let row = commands::of_line(&line.argv);
    let order = row.map_or(Order::Exact, |row| row.order);
    let tells_time =
        row.is_some_and(|row| row.name.contains("ttl") || row.name.contains("expiretime"));
    if let (true, Literal::Int(a), Literal::Int(b)) = (tells_time, pinned, got) {
        return a.abs_diff(*b)
            <= if row.is_some_and(|row| row.name.starts_with('p')) {
                2000
            } else {
                1
            };
    }
    match (&step.compare, order) {
        (Compare::Any | Compare::OneOf(_) | Compare::Subset { .. } | Compare::Near { .. }, _)
        | (_, Order::Random) => true,
        (Compare::AnyOrder, _) => pinned.agrees(got, Order::Any),
        (Compare::Pairs, _) => pinned.agrees(got, Order::Pairs),
        (_, order) => pinned.agrees(got, order),
    }
}

/// Lines that depend on the moment at which they run.
fn names_a_moment(line: &Line) -> bool {
    line.argv
        .iter()
        .any(|word: &Bytes| word.len() >= 10 && word.iter().all(u8::is_ascii_digit))
}

fn play(server: &Server, lesson: &Lesson, differences: &mut Vec<String>) -> usize {
    let mut compared = 0;
    let mut stage = Stage::new(server, lesson);
    for step in &lesson.steps {
        stage.pass(step.advance);
        step.before.iter().for_each(|line| {
            stage.play(line);
        });
        // A line that waits for a scripted client would wait for ever here: the client goes first.
        step.during.iter().for_each(|line| {
            stage.play(line);
        });
        let skip = step.solution.len().saturating_sub(step.replies.len());
        for (at, line) in step.solution.iter().enumerate() {
            let got = stage.step(step, line);
            let pinned = at.checked_sub(skip).and_then(|at| step.replies.get(at));
            if let Some(pinned) = pinned.filter(|_| lesson.now.is_none() || !names_a_moment(line)) {
                compared += 1;
                if !agrees(step, line, pinned, &got) && !waits(step) {
                    differences.push(format!(
                        "{} {}: {}\n  pinned {}\n  redis  {}",
                        lesson.id,
                        step.id,
                        line.text,
                        to_one_line(pinned, Escape::Text),
                        to_one_line(&got, Escape::Text)
                    ));
                }
            }
        }
        step.after.iter().for_each(|line| {
            stage.play(line);
        });
    }
    compared
}

/// Whether others act while the learner waits: then the order of things is not that of a single connection.
fn waits(step: &Step) -> bool {
    !step.during.is_empty() && step.kind != StepKind::Read
}

#[test]
fn every_pinned_reply_of_the_course_is_what_redis_answers() {
    let Some(server) = Server::start() else {
        assert!(
            std::env::var_os("REDISCOVER_ORACLE").is_none(),
            "redis-server 7.0 is not installed"
        );
        eprintln!("not run, for want of redis-server 7.0: the course's replies");
        return;
    };
    let library = Library::open(Source::BuiltIn, "en").expect("the built-in course opens");
    let (mut compared, mut differences) = (0, Vec::new());
    for id in library.lessons() {
        let lesson = library.lesson(id).expect("the lesson can be played");
        compared += play(&server, &lesson, &mut differences);
    }
    eprintln!("{compared} pinned replies compared with redis-server");
    assert!(compared > 400, "only {compared} replies were compared");
    assert!(
        differences.is_empty(),
        "{} differ:\n{}",
        differences.len(),
        differences.join("\n")
    );
}
