//! Does the engine answer as redis-server does? Random command lines, made from the rows' own grammars, are played to
//! both, and every reply and then the whole state is compared.
//!
//! `cargo test` plays a few thousand; `REDISCOVER_DIFFERENTIAL=200000` says how many, and then a missing redis-server is
//! a failure. A stream that differs is shrunk and printed as a scenario of `tests/spec`.
//!
//! The clock. A real server's clock cannot be moved, so the engine follows the server's: before each block of commands
//! it is set to the server's TIME. Deadlines that the streams ask for are either past, far away (a day at least), or,
//! now and then, a few milliseconds ahead: those are given to both sides as the same point in Unix time
//! ([`Step::Expire`]), and then both wait until the server's clock has passed it. Times that a reply tells are compared
//! with some tolerance, since the server reads its clock a little later than the engine.
//!
//! Protocols. Every second seed is played in RESP3; replies are compared as they are encoded, with their types.
//!
//! Chance. Of a reply whose row says [`Order::Random`](rediscover::engine::Order) only the shape is compared; a key
//! that SPOP has taken from is deleted on both sides. A command that would wait is not sent.

#![cfg(unix)]
#![allow(clippy::print_stderr)]

mod compare;
mod generate;
mod play;
mod server;
mod shrink;
mod wire;

use generate::Generator;
use play::{Stage, Step};
use rediscover::engine::{Engine, Options, Origin, Protocol};
use server::Server;

/// How many commands `cargo test` plays.
const FEW: usize = 4000;
/// How many are played before both sides start from nothing again.
const CHAPTER: usize = 1000;
/// How many are sent at once; the state is compared behind them.
const BLOCK: usize = 100;
/// The seeds of the streams; each plays its share.
const SEEDS: [u64; 4] = [1, 2, 3, 5];

#[test]
fn replies_and_state_are_those_of_the_real_server() {
    let asked = std::env::var("REDISCOVER_DIFFERENTIAL").ok();
    let Some(server) = Server::start() else {
        assert!(asked.is_none(), "redis-server 7.0 is not installed");
        eprintln!("not run: differential (redis-server 7.0 is not installed)");
        return;
    };
    let count = asked.as_deref().map_or(FEW, |count| {
        count.parse().expect("REDISCOVER_DIFFERENTIAL is a number")
    });
    let seed = std::env::var("REDISCOVER_SEED")
        .ok()
        .and_then(|seed| seed.parse().ok());
    let seeds = seed.map_or(SEEDS.to_vec(), |seed| vec![seed]);
    for (at, seed) in seeds.iter().enumerate() {
        let protocol = [Protocol::Resp2, Protocol::Resp3][at % 2];
        let mut stage = Stage::new(&server, protocol);
        let count = count / seeds.len();
        eprintln!("differential: seed {seed}, {count} commands, {protocol:?}");
        let mut generator = Generator::new(*seed);
        for _ in 0..count.div_ceil(CHAPTER) {
            play_chapter(&mut stage, &mut generator);
        }
    }
}

fn play_chapter(stage: &mut Stage<'_>, generator: &mut Generator) {
    stage.reset();
    let mut history = Vec::new();
    for _ in 0..CHAPTER / BLOCK {
        let block = generator.block(BLOCK);
        let outcome = stage.play(&block);
        history.extend(block);
        if let Err(difference) = outcome {
            panic!("{difference}\n\n{}", shrink::scenario(stage, history));
        }
    }
}

/// The engine alone, with little memory and with numbers that would need much: it must neither panic nor go beyond its
/// limit by more than one command's arguments.
#[test]
fn no_line_makes_the_engine_panic_or_grow() {
    const LIMIT: usize = 1 << 20;
    let options = Options {
        now: 1_700_000_000_000,
        max_memory: LIMIT,
        ..Options::default()
    };
    let mut engine = Engine::new(&options);
    let client = engine.connect(Origin::default());
    let mut generator = Generator::wild(1);
    for step in (0..500).flat_map(|_| generator.block(BLOCK)) {
        match step {
            Step::Line(line) => drop(engine.execute(client, &line)),
            Step::Expire(_) => engine.set_now(engine.now() + 1000),
        }
        engine.abandon(client);
        let used = engine.keyspace().used();
        assert!(used < LIMIT + (64 << 10), "{used} bytes are used");
    }
}

#[test]
fn command_info_is_what_the_real_server_tells() {
    let Some(server) = Server::start() else {
        eprintln!("not run: command info (redis-server 7.0 is not installed)");
        return;
    };
    let found = play::compare_command_info(&server);
    assert!(found.is_empty(), "{}", found.join("\n"));
}
