//! Does the cost of a drawing grow with the value? One value of each type is drawn with what one write changed in it,
//! with a hundred elements and with a million, in turn, in one run. The ratios are printed with the most that is
//! allowed; the exit status is 1 when one is above it.
//!
//! `cargo bench --bench drawing`

#![allow(clippy::print_stdout, reason = "a table is what this program is for")]

use std::{fmt::Write as _, hint::black_box, process::ExitCode, time::Instant};

use rediscover::{
    engine::{Bytes, Engine, Options, Origin},
    notation::Escape,
    text::{Language, Words},
    tutor::{Lifetimes, Output, StateView},
    view::{self, Color, Glyphs, Style},
};

const FEW: usize = 100;
const MANY: usize = 1_000_000;
/// How many elements one command adds.
const BATCH: usize = 100;
/// How often both sizes take turns, and how many drawings a turn has.
const ROUNDS: usize = 31;
const DRAWINGS: u32 = 20;
/// How many times as long as the small value the large one may take. It shows a little more: numbers are longer, and
/// there is something to leave out.
const MOST: f64 = 2.0;

/// A type of value: how it is filled, and a write to be drawn.
struct Subject {
    name: &'static str,
    start: &'static str,
    element: fn(usize) -> String,
    write: &'static str,
}

const SUBJECTS: [Subject; 4] = [
    Subject {
        name: "list",
        start: "RPUSH key",
        element: |number| format!("m{number:09}"),
        write: "LPUSH key new",
    },
    Subject {
        name: "sorted set",
        start: "ZADD key",
        element: |number| format!("{number} m{number:09}"),
        write: "ZADD key 50.5 new",
    },
    Subject {
        name: "set",
        start: "SADD key",
        element: |number| format!("m{number:09}"),
        write: "SADD key new",
    },
    Subject {
        name: "hash",
        start: "HSET key",
        element: |number| format!("m{number:09} {number}"),
        write: "HSET key new value",
    },
];

fn main() -> ExitCode {
    println!(
        "{:<16} {:>12} {:>12} {:>7} {:>9}",
        "drawing", "100: µs", "1,000,000: µs", "ratio", "at most"
    );
    let words = Words::new(Language::En);
    let mut passed = true;
    for subject in SUBJECTS {
        let (few, many) = (subject.drawn(FEW), subject.drawn(MANY));
        let mut times = [Vec::new(), Vec::new()];
        for _ in 0..ROUNDS {
            times[0].push(time(&few, &words));
            times[1].push(time(&many, &words));
        }
        let [few, many] = times.map(median);
        let ratio = many / few;
        let mark = if ratio <= MOST { "" } else { "  MISSED" };
        let name = subject.name;
        println!("{name:<16} {few:>12.1} {many:>13.1} {ratio:>6.2}x {MOST:>8.0}x{mark}");
        passed &= ratio <= MOST;
    }
    ExitCode::from(u8::from(!passed))
}

impl Subject {
    /// A value of so many elements before and after the write, to be drawn.
    fn drawn(&self, count: usize) -> Output {
        let mut engine = Engine::new(&Options::default());
        let client = engine.connect(Origin::default());
        for first in (0..count).step_by(BATCH) {
            let mut text = self.start.to_owned();
            for number in first..first + BATCH {
                let _ = write!(text, " {}", (self.element)(number));
            }
            engine.execute(client, &line(&text));
        }
        let before = engine.keyspace().clone();
        engine.execute(client, &line(self.write));
        Output::State(StateView {
            before: Some(before),
            after: engine.keyspace().clone(),
            keys: vec![Bytes::from("key".as_bytes())],
            line: line(self.write),
            db: 0,
            now: 0,
            lifetimes: Lifetimes::default(),
            algebra: None,
            reading: None,
        })
    }
}

fn line(text: &str) -> Vec<Bytes> {
    text.split(' ')
        .map(|word| Bytes::from(word.as_bytes()))
        .collect()
}

/// The microseconds that a drawing takes, at 80 columns.
fn time(output: &Output, words: &Words) -> f64 {
    let style = Style {
        width: 80,
        color: Color::Ansi,
        glyphs: Glyphs::Unicode,
        plain: false,
        escape: Escape::Text,
    };
    let start = Instant::now();
    for _ in 0..DRAWINGS {
        black_box(view::render(output, &style, words));
    }
    start.elapsed().as_secs_f64() * 1e6 / f64::from(DRAWINGS)
}

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}
