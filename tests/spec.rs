//! What does a command answer? The transcripts in `spec/`, recorded from redis-server 7.0.15, are replayed on the
//! engine, and every difference is listed with its file and line.

#![allow(clippy::print_stderr)]

use std::{collections::BTreeMap, fs, path::Path};

use rediscover::{
    engine::{Bytes, Delivery, Engine, Options, Order, Origin, Outcome, commands},
    lesson::parse_duration,
    notation::{Escape, Literal, split, to_text, transcript},
};

/// A time that is no round number, so that what depends on it shows.
const NOW: i64 = 1_767_225_600_123;

/// A command of a transcript with the reply that stands behind it.
struct Step {
    line: usize,
    client: String,
    argv: Vec<Bytes>,
    text: String,
    reply: String,
}

enum Event {
    Scenario(String),
    Step(Step),
    Pass(i64),
}

fn read(text: &str) -> Vec<Event> {
    let mut events = Vec::new();
    for (at, line) in text.lines().enumerate() {
        if let Some(title) = line.strip_prefix("== ") {
            events.push(Event::Scenario(title.to_owned()));
        } else if let Some(duration) = line.strip_prefix("+ ").and_then(parse_duration) {
            events.push(Event::Pass(duration));
        } else if let Some((client, command)) = command(line) {
            let argv = split(command.as_bytes()).expect("recorded lines can be split");
            events.push(Event::Step(Step {
                line: at + 1,
                client: client.to_owned(),
                argv,
                text: command.to_owned(),
                reply: String::new(),
            }));
        } else if !line.is_empty()
            && (!line.starts_with("# ") || matches!(events.last(), Some(Event::Step(_))))
            && let Some(Event::Step(step)) = events.last_mut()
        {
            if !step.reply.is_empty() {
                step.reply.push('\n');
            }
            step.reply.push_str(line);
        }
    }
    events
}

/// The client and the command of a line such as `> GET k` or `B> GET k`.
fn command(line: &str) -> Option<(&str, &str)> {
    let (client, command) = line.split_once("> ")?;
    (client.len() <= 1 && client.bytes().all(|byte| byte.is_ascii_uppercase()))
        .then_some((client, command))
}

struct World {
    engine: Engine,
    clients: BTreeMap<String, u64>,
}

impl World {
    fn new() -> World {
        let options = Options {
            now: NOW,
            seed: 7,
            ..Options::default()
        };
        World {
            engine: Engine::new(&options),
            clients: BTreeMap::new(),
        }
    }

    fn run(&mut self, step: &Step) -> Literal {
        let client = *self
            .clients
            .entry(step.client.clone())
            .or_insert_with(|| self.engine.connect(Origin::default()));
        let reply = match self.engine.execute(client, &step.argv) {
            Outcome::Reply(reply) => reply,
            // The recorder waits for the answer of a short timeout, and so does time here.
            Outcome::Waiting { until, .. } => {
                let until = until.expect("recorded commands do not wait for ever");
                self.engine.set_now(until);
                self.engine
                    .take_deliveries()
                    .pop()
                    .and_then(Delivery::reply)
                    .expect("a wait that is over is answered")
            }
        };
        Literal::from(reply)
    }
}

fn same(step: &Step, got: &Literal) -> bool {
    let order = commands::of_line(&step.argv).map_or(Order::Exact, |row| row.order);
    let shown = to_text(got, Escape::Bytes);
    // What redis-cli says by itself before it shows the reply.
    let reply = &step.reply;
    let reply = reply.strip_prefix("Reading messages... (press Ctrl-C to quit)\n");
    let reply = reply.unwrap_or(&step.reply);
    match order {
        Order::Exact => shown == reply,
        // What is random is recorded only where it is determined, but for its order.
        Order::Random => transcript(&step.reply)
            .is_ok_and(|wanted| wanted == *got || wanted.agrees(got, Order::Any)),
        order => transcript(&step.reply).is_ok_and(|wanted| wanted.agrees(got, order)),
    }
}

/// The command of a scenario that this engine does not have, if there is one: then the whole scenario is left out.
fn lacks(events: &[Event]) -> Option<String> {
    let argvs = events.iter().filter_map(|event| match event {
        Event::Step(step) => step.argv.first(),
        _ => None,
    });
    argvs
        .filter_map(|name| commands::absent(name))
        .map(|absent| absent.name.to_uppercase())
        .next()
}

/// The scenarios of a transcript: title and events.
fn scenarios(text: &str) -> Vec<(String, Vec<Event>)> {
    let mut scenarios = vec![(String::new(), Vec::new())];
    for event in read(text) {
        match event {
            Event::Scenario(title) => scenarios.push((title, Vec::new())),
            event => scenarios
                .last_mut()
                .expect("there is a first scenario")
                .1
                .push(event),
        }
    }
    scenarios
}

fn replay(path: &Path) -> (usize, Vec<String>) {
    let text = fs::read_to_string(path).expect("a transcript is text");
    let name = path
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let (mut count, mut differences) = (0, Vec::new());
    for (title, events) in scenarios(&text) {
        if let Some(lacking) = lacks(&events) {
            eprintln!("not replayed, for want of {lacking}: {name}: {title}");
            continue;
        }
        let mut world = World::new();
        for event in events {
            match event {
                Event::Scenario(_) => {}
                Event::Pass(duration) => {
                    let now = world.engine.now();
                    world.engine.set_now(now + duration + 1);
                }
                Event::Step(step) => {
                    count += 1;
                    let got = world.run(&step);
                    if !same(&step, &got) {
                        let got = to_text(&got, Escape::Bytes);
                        differences.push(format!(
                            "{name}:{}: {}\n  redis  {}\n  engine {got}",
                            step.line, step.text, step.reply
                        ));
                    }
                }
            }
        }
    }
    (count, differences)
}

#[test]
fn every_recorded_reply_is_the_engines_too() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/spec");
    let mut files: Vec<_> = fs::read_dir(folder)
        .expect("the transcripts are there")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .filter(|path| {
            path.file_name()
                .is_some_and(|name| name != "command-table.txt" && name != "clients.txt")
        })
        .collect();
    files.sort();
    let (mut count, mut differences) = (0, Vec::new());
    for file in &files {
        let (replayed, more) = replay(file);
        count += replayed;
        differences.extend(more);
    }
    assert!(count >= 1500, "only {count} recorded replies");
    assert!(
        differences.is_empty(),
        "{} of {count} replies differ:\n{}",
        differences.len(),
        differences.join("\n")
    );
}
