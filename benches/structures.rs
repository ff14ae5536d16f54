//! How fast are the data structures at a million elements? Each operation is timed through [`Engine::execute`] and,
//! fed with the same commands, inside redis-server (`usec_per_call` of INFO commandstats), in the same run. The ratios
//! are printed with the least that is required of them; the exit status is 1 when one is missed.
//!
//! `cargo bench --bench structures`. Without redis-server only the engine's own figures are shown.

#![allow(clippy::print_stdout, reason = "a table is what this program is for")]

use std::{
    fmt::Write as _,
    io::{BufRead, BufReader, Read, Write},
    os::unix::net::UnixStream,
    process::{Child, Command, ExitCode, Stdio},
    time::{Duration, Instant},
};

use rediscover::engine::{Bytes, Engine, Options, Origin};

/// How many elements there are before anything is timed.
const MILLION: usize = 1_000_000;
/// How many a fill adds with one command.
const BATCH: usize = 500;
/// How often both sides take turns. The machine has other work as well: turns are short, so that it disturbs both
/// sides of a round alike, and many, so that the rounds that it disturbs do not count.
const ROUNDS: usize = 40;
/// How many lines are sent at once.
const PIPELINE: usize = 64;
/// The most that a fork of a thousand keys and the first write after it may take.
const FORK: Duration = Duration::from_micros(20);

type Line = Vec<Bytes>;

/// An operation to be timed.
struct Trial {
    name: &'static str,
    /// What redis-server calls the command in its statistics.
    command: &'static str,
    lines: Vec<Line>,
    /// How many times as fast as redis-server it has to be.
    required: f64,
}

/// A structure with a million elements, and what is done with it.
struct Subject {
    fill: Fill,
    trials: Vec<Trial>,
}

/// How a subject gets its elements, many with one command.
#[derive(Clone, Copy)]
struct Fill {
    name: &'static str,
    start: &'static str,
    element: fn(usize) -> String,
    /// The most bytes of memory that an element may take.
    bytes: f64,
}

const FILLS: [Fill; 4] = [SORTED_SET, LIST, SET, HASH];
const SORTED_SET: Fill = Fill {
    name: "sorted set",
    start: "ZADD z",
    element: |number| format!("{} {}", score(number), member(number)),
    bytes: 60.0,
};
const LIST: Fill = Fill {
    name: "list",
    start: "RPUSH l",
    element: member,
    bytes: 27.0,
};
const SET: Fill = Fill {
    name: "set",
    start: "SADD s",
    element: member,
    bytes: 45.0,
};
const HASH: Fill = Fill {
    name: "hash",
    start: "HSET h",
    element: |number| format!("{} {}", member(number), member(number)),
    bytes: 70.0,
};

impl Fill {
    /// The lines, made one by one, so that they take no memory of their own.
    fn lines(self) -> impl Iterator<Item = Line> {
        (0..MILLION).step_by(BATCH).map(move |first| {
            let mut text = self.start.to_owned();
            for number in first..first + BATCH {
                let _ = write!(text, " {}", (self.element)(number));
            }
            line(&text)
        })
    }
}

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    if args.next().as_deref() == Some("--memory") {
        let name = args.next().unwrap_or_default();
        println!("{}", resident_per_element(&name));
        return ExitCode::SUCCESS;
    }
    let mut server = Server::start();
    if server.is_none() {
        println!("redis-server is not installed: only the engine is measured\n");
    }
    let mut passed = true;
    println!(
        "{:<24} {:>9} {:>9} {:>7} {:>9}",
        "at a million elements", "redis µs", "ours µs", "ratio", "required"
    );
    for subject in subjects() {
        passed &= measure(&subject, server.as_mut());
    }
    println!("\n{:<24} {:>9} {:>9}", "memory", "bytes", "at most");
    for fill in FILLS {
        passed &= weigh(&fill);
    }
    passed &= fork();
    ExitCode::from(u8::from(!passed))
}

/// Times all that is done with a subject, on both sides.
fn measure(subject: &Subject, mut server: Option<&mut Server>) -> bool {
    let mut engine = Engine::new(&Options::default());
    let client = engine.connect(Origin::default());
    for line in subject.fill.lines() {
        engine.execute(client, &line);
    }
    if let Some(server) = server.as_deref_mut() {
        server.feed(&[line("FLUSHALL")]);
        for line in subject.fill.lines() {
            server.feed(&[line]);
        }
    }
    let mut passed = true;
    for trial in &subject.trials {
        let (mut real, mut ours) = (Vec::new(), Vec::new());
        for lines in trial.lines.chunks(trial.lines.len().div_ceil(ROUNDS)) {
            if let Some(server) = server.as_deref_mut() {
                real.push(server.time(trial.command, lines));
            }
            ours.push(time(&mut engine, client, lines));
        }
        passed &= report(trial, real, ours);
    }
    passed
}

fn median(mut figures: Vec<f64>) -> Option<f64> {
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied()
}

/// Shows the medians of both sides and that of the ratios, each of which comes from one round.
fn report(trial: &Trial, real: Vec<f64>, ours: Vec<f64>) -> bool {
    let ratios = real.iter().zip(&ours).map(|(real, ours)| real / ours);
    let ratio = median(ratios.collect());
    let (real, ours) = (median(real), median(ours).unwrap_or(f64::NAN));
    let (Some(real), Some(ratio)) = (real, ratio) else {
        println!("{:<24} {:>9} {ours:>9.2}", trial.name, "-");
        return true;
    };
    let enough = ratio >= trial.required;
    let mark = if enough { "" } else { "  MISSED" };
    println!(
        "{:<24} {real:>9.2} {ours:>9.2} {ratio:>6.1}x {:>8.0}x{mark}",
        trial.name, trial.required
    );
    enough
}

/// The microseconds that each of these lines takes. redis-server's clock runs when it has just parsed a line, so that
/// its words are in a cache; ours are copied just before, as many at once as redis-server gets.
fn time(engine: &mut Engine, client: u64, lines: &[Line]) -> f64 {
    let mut taken = Duration::ZERO;
    for lines in lines.chunks(PIPELINE) {
        let lines = lines.to_vec();
        let start = Instant::now();
        run(engine, client, &lines);
        taken += start.elapsed();
    }
    taken.as_secs_f64() * 1e6 / lines.len() as f64
}

fn run(engine: &mut Engine, client: u64, lines: &[Line]) {
    for line in lines {
        std::hint::black_box(engine.execute(client, line));
    }
}

// ---- what is measured

fn subjects() -> [Subject; 4] {
    [sorted_set(), list(), set(), hash()]
}

fn line(text: &str) -> Line {
    text.split(' ')
        .map(|word| Bytes::from(word.as_bytes()))
        .collect()
}

/// A member of ten bytes.
fn member(number: usize) -> String {
    format!("m{number:09}")
}

fn lines(count: usize, seed: u64, text: impl Fn(&mut fastrand::Rng, usize) -> String) -> Vec<Line> {
    let mut random = fastrand::Rng::with_seed(seed);
    (0..count)
        .map(|number| line(&text(&mut random, number)))
        .collect()
}

/// Scores as a leaderboard has them: whole, and often equal.
fn score(number: usize) -> usize {
    number.wrapping_mul(2_654_435_761) % 10_000_000
}

fn sorted_set() -> Subject {
    const COUNT: usize = 100_000;
    let trial = |name, command, lines| Trial {
        name,
        command,
        lines,
        required: 3.0,
    };
    let some = |random: &mut fastrand::Rng| member(random.usize(..MILLION));
    Subject {
        fill: SORTED_SET,
        trials: vec![
            trial(
                "ZRANK",
                "zrank",
                lines(COUNT, 1, |random, _| format!("ZRANK z {}", some(random))),
            ),
            trial(
                "ZRANGE 100 middle",
                "zrange",
                lines(10_000, 2, |random, _| {
                    let start = MILLION / 4 + random.usize(..MILLION / 2);
                    format!("ZRANGE z {start} {}", start + 99)
                }),
            ),
            trial(
                "ZRANGE 100 one place",
                "zrange",
                lines(10_000, 2, |random, _| {
                    let start = MILLION / 2 + random.usize(..1000);
                    format!("ZRANGE z {start} {}", start + 99)
                }),
            ),
            trial(
                "ZCOUNT",
                "zcount",
                lines(COUNT, 3, |random, _| {
                    format!(
                        "ZCOUNT z {} {}",
                        random.u32(..5_000_000),
                        5_000_000 + random.u32(..5_000_000)
                    )
                }),
            ),
            trial(
                "ZADD new",
                "zadd",
                lines(COUNT, 4, |random, number| {
                    format!(
                        "ZADD z {} {}",
                        random.u32(..10_000_000),
                        member(MILLION + number)
                    )
                }),
            ),
            trial(
                "ZADD again",
                "zadd",
                lines(COUNT, 5, |random, _| {
                    format!("ZADD z {} {}", random.u32(..10_000_000), some(random))
                }),
            ),
            trial(
                "ZREM",
                "zrem",
                lines(COUNT, 6, |random, _| format!("ZREM z {}", some(random))),
            ),
        ],
    }
}

fn list() -> Subject {
    let trial = |name, command, lines| Trial {
        name,
        command,
        lines,
        required: 3.0,
    };
    let middle = |random: &mut fastrand::Rng| MILLION / 2 + random.usize(..1000);
    let pivot = member(MILLION / 2);
    Subject {
        fill: LIST,
        trials: vec![
            trial(
                "LINDEX middle",
                "lindex",
                lines(50_000, 1, |random, _| {
                    format!("LINDEX l {}", middle(random))
                }),
            ),
            trial(
                "LSET middle",
                "lset",
                lines(50_000, 2, |random, number| {
                    format!("LSET l {} {}", middle(random) + 2000, member(number))
                }),
            ),
            trial(
                "LINSERT middle",
                "linsert",
                lines(100, 3, |_, number| {
                    format!("LINSERT l BEFORE {pivot} {}", member(number))
                }),
            ),
        ],
    }
}

fn set() -> Subject {
    Subject {
        fill: SET,
        trials: vec![
            Trial {
                name: "SADD new",
                command: "sadd",
                lines: lines(100_000, 1, |_, number| {
                    format!("SADD s {}", member(MILLION + number))
                }),
                required: 2.0,
            },
            Trial {
                name: "SPOP",
                command: "spop",
                lines: lines(100_000, 2, |_, _| "SPOP s".to_owned()),
                required: 3.0,
            },
        ],
    }
}

fn hash() -> Subject {
    Subject {
        fill: HASH,
        trials: vec![Trial {
            name: "HSET new",
            command: "hset",
            lines: lines(100_000, 1, |_, number| {
                let field = member(MILLION + number);
                format!("HSET h {field} {field}")
            }),
            required: 2.0,
        }],
    }
}

// ---- memory and forks

/// Asks a process of its own, so that nothing else is counted.
fn weigh(subject: &Fill) -> bool {
    let program = std::env::current_exe().expect("a running program has a path");
    let output = Command::new(program)
        .args(["--memory", subject.name])
        .output();
    let text = output.expect("this program starts again").stdout;
    let bytes: f64 = String::from_utf8_lossy(&text)
        .trim()
        .parse()
        .unwrap_or(f64::NAN);
    let enough = bytes <= subject.bytes;
    let mark = if enough { "" } else { "  MISSED" };
    println!(
        "{:<24} {bytes:>9.1} {:>9.0}{mark}",
        subject.name, subject.bytes
    );
    enough
}

/// The resident memory that each element of a subject takes.
fn resident_per_element(name: &str) -> f64 {
    let fill = FILLS.into_iter().find(|fill| fill.name == name);
    let fill = fill.expect("the parent names one");
    let mut engine = Engine::new(&Options::default());
    let client = engine.connect(Origin::default());
    let before = resident();
    for line in fill.lines() {
        engine.execute(client, &line);
    }
    (resident() - before) / MILLION as f64
}

/// The resident memory of this process in bytes.
fn resident() -> f64 {
    let text = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages: f64 = text
        .split(' ')
        .nth(1)
        .and_then(|pages| pages.parse().ok())
        .unwrap_or(f64::NAN);
    pages * 4096.0
}

fn fork() -> bool {
    const FORKS: u32 = 2000;
    let mut engine = Engine::new(&Options::default());
    let client = engine.connect(Origin::default());
    let keys = |number| format!("RPUSH key:{number} a b c");
    run(
        &mut engine,
        client,
        &lines(1000, 1, |_, number| keys(number)),
    );
    let write = line("RPUSH key:500 d");
    let start = Instant::now();
    for _ in 0..FORKS {
        let mut fork = engine.fork();
        std::hint::black_box(fork.execute(client, &write));
    }
    let each = start.elapsed() / FORKS;
    let enough = each <= FORK;
    let mark = if enough { "" } else { "  MISSED" };
    println!("\nfork of 1,000 keys and its first write: {each:.1?}, at most {FORK:?}{mark}");
    enough
}

// ---- redis-server

struct Server {
    child: Child,
    stream: BufReader<UnixStream>,
    _folder: tempfile::TempDir,
}

impl Server {
    /// A server of one's own on a socket in a temporary folder; none when it is not installed.
    fn start() -> Option<Server> {
        let folder = tempfile::tempdir().ok()?;
        let socket = folder.path().join("redis.sock");
        let child = Command::new("redis-server")
            .args([
                "--port",
                "0",
                "--save",
                "",
                "--appendonly",
                "no",
                "--unixsocket",
            ])
            .arg(&socket)
            .stdout(Stdio::null())
            .spawn()
            .ok()?;
        let stream = (0..200).find_map(|_| {
            std::thread::sleep(Duration::from_millis(10));
            UnixStream::connect(&socket).ok()
        })?;
        Some(Server {
            child,
            stream: BufReader::new(stream),
            _folder: folder,
        })
    }

    /// Sends lines, many at once, and reads their replies.
    fn feed(&mut self, lines: &[Line]) {
        for lines in lines.chunks(PIPELINE) {
            let mut bytes = Vec::new();
            for line in lines {
                bytes.extend(format!("*{}\r\n", line.len()).bytes());
                for word in line {
                    bytes.extend(format!("${}\r\n", word.len()).bytes());
                    bytes.extend_from_slice(word);
                    bytes.extend(b"\r\n");
                }
            }
            self.stream
                .get_mut()
                .write_all(&bytes)
                .expect("the server reads");
            for _ in lines {
                drop(self.reply());
            }
        }
    }

    /// The microseconds that each of these calls of a command takes inside the server.
    fn time(&mut self, command: &str, lines: &[Line]) -> f64 {
        self.feed(&[line("CONFIG RESETSTAT")]);
        self.feed(lines);
        let ask = b"*2\r\n$4\r\nINFO\r\n$12\r\ncommandstats\r\n";
        self.stream
            .get_mut()
            .write_all(ask)
            .expect("the server reads");
        let text = self.reply();
        let text = String::from_utf8_lossy(&text).into_owned();
        let start = format!("cmdstat_{command}:");
        let found = text.lines().find_map(|line| line.strip_prefix(&start));
        found
            .and_then(|line| line.split("usec_per_call=").nth(1))
            .and_then(|rest| rest.split(',').next())
            .and_then(|number| number.parse().ok())
            .expect("the server counts its commands")
    }

    /// Reads one reply and gives its text, when it is one.
    fn reply(&mut self) -> Vec<u8> {
        let mut pending = 1usize;
        let mut text = Vec::new();
        while pending > 0 {
            pending -= 1;
            let mut head = String::new();
            self.stream
                .read_line(&mut head)
                .expect("the server answers");
            let length = head[1..].trim().parse::<usize>();
            match (head.as_bytes()[0], length) {
                (b'*', Ok(items)) => pending += items,
                (b'$', Ok(length)) => {
                    text.resize(length + 2, 0);
                    self.stream
                        .read_exact(&mut text)
                        .expect("the server answers");
                }
                (b'-', _) => panic!("redis-server refuses: {head}"),
                _ => {}
            }
        }
        text
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
