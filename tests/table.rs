//! Is every row true? The rows against the command table of redis-server 7.0.15 (`spec/command-table.txt`, written by
//! `spec/record-command-table`), and every row's example on an empty engine.

use rediscover::{
    engine::{Command, Engine, Options, Origin, commands, flag},
    notation::{self, Literal},
};

const TABLE: &str = include_str!("spec/command-table.txt");

/// What the real server says of a command.
struct Recorded {
    arity: i32,
    flags: Vec<&'static str>,
    keys: (i32, i32, i32),
}

fn recorded(name: &str) -> Option<Recorded> {
    let line = TABLE
        .lines()
        .find(|line| line.split(' ').next() == Some(name))?;
    let words: Vec<&str> = line.split(' ').collect();
    let number = |at: usize| words[at].parse().expect("a number");
    Some(Recorded {
        arity: number(1),
        flags: words[2].split(',').collect(),
        keys: (number(3), number(4), number(5)),
    })
}

/// The flags by which the engine acts.
const FLAGS: [(&str, u32); 10] = [
    ("write", flag::WRITE),
    ("readonly", flag::READ),
    ("denyoom", flag::DENY_OOM),
    ("fast", flag::FAST),
    ("blocking", flag::BLOCKING),
    ("movablekeys", flag::MOVABLE_KEYS),
    ("noscript", flag::NO_SCRIPT),
    ("loading", flag::LOADING),
    ("stale", flag::STALE),
    ("pubsub", flag::PUBSUB),
];

fn differences(row: &Command) -> Vec<String> {
    let Some(real) = recorded(row.name) else {
        return vec![format!("{}: not in Redis 7.0", row.name)];
    };
    let mut found = Vec::new();
    if row.arity() != real.arity {
        found.push(format!(
            "{}: arity {}, not {}",
            row.name,
            row.arity(),
            real.arity
        ));
    }
    if row.key_range() != real.keys {
        found.push(format!(
            "{}: keys {:?}, not {:?}",
            row.name,
            row.key_range(),
            real.keys
        ));
    }
    for (word, flag) in FLAGS {
        if row.has(flag) != real.flags.contains(&word) {
            found.push(format!("{}: {word} is {}", row.name, row.has(flag)));
        }
    }
    found
}

#[test]
fn rows_agree_with_the_real_command_table() {
    let found: Vec<String> = commands::all()
        .iter()
        .flat_map(|row| differences(row))
        .collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn every_real_command_is_either_here_or_known_to_be_lacking() {
    let names = TABLE.lines().filter_map(|line| line.split(' ').next());
    for name in names.filter(|name| !name.contains('|')) {
        let here =
            commands::find(name.as_bytes()).is_some() || !commands::subcommands(name).is_empty();
        let lacking = commands::absent(name.as_bytes()).is_some();
        assert!(here != lacking, "{name}: here {here}, lacking {lacking}");
    }
}

#[test]
fn examples_are_true_on_an_empty_engine() {
    let mut wrong = Vec::new();
    for row in commands::all() {
        let mut engine = Engine::new(&Options::default());
        let client = engine.connect(Origin::default());
        for (line, expected) in row.example {
            let argv = notation::split(line.as_bytes()).expect("a line that splits");
            let expected = notation::one_line(expected).expect("a reply that reads");
            let reply = Literal::from(engine.execute(client, &argv).reply());
            if !reply.agrees(&expected, row.order) {
                wrong.push(format!("{}: {line} answers {reply:?}", row.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_example_uses_its_command() {
    for row in commands::all().iter().filter(|row| !row.example.is_empty()) {
        let uses = |(line, _): &(&str, &str)| line.to_uppercase().starts_with(&row.title());
        assert!(row.example.iter().any(uses), "{}", row.name);
    }
}
