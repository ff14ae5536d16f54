//! Is `serve` faster than redis-server? redis-benchmark with 50 clients asks both in turns; medians of requests per
//! second and of processor time per request are printed with what is required of them, and what 10,000 idle
//! connections cost. The exit status is 1 when something is missed.
//!
//! A third server answers without thinking ([`ceiling`](self)): its ratios are the bounds of the machine, `client` for
//! the most requests that redis-benchmark can send, `system` for the processor time that reading and writing take.
//! What is required beyond them is missed all the same.
//!
//! `cargo bench --bench server`, or `cargo bench --bench server -- SET LRANGE_100` for some. The machine has other work
//! as well: trust processor time first. Without redis-server and redis-benchmark there is nothing to compare with.

#![allow(clippy::print_stdout, reason = "a table is what this program is for")]

mod ceiling;

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Command, ExitCode, Stdio},
    time::Duration,
};

/// How often both sides take turns.
const ROUNDS: usize = 5;
/// What lets this program be the server that does not think.
const CEILING: &str = "--ceiling";
/// Connections that do nothing.
const IDLE: usize = 10_000;

/// How many commands a client sends at once, how many requests a measurement has, and what is required: at least so
/// many times redis-server's requests per second, at most so many times its processor time.
const PIPELINES: [(usize, usize, f64, f64); 3] = [
    (1, 60_000, 1.0, 0.8),
    (16, 400_000, 1.5, 0.6),
    (64, 800_000, 2.0, 0.5),
];

/// What redis-benchmark does, after which filling, and by how many times fewer requests.
const TRIALS: [(&str, &str, usize); 15] = [
    ("SET", "", 1),
    ("GET", "SET", 1),
    ("INCR", "", 1),
    ("LPUSH", "", 1),
    ("RPUSH", "", 1),
    ("LPOP", "LPUSH", 1),
    ("RPOP", "LPUSH", 1),
    ("SADD", "", 1),
    ("HSET", "", 1),
    ("SPOP", "SADD", 1),
    ("ZADD", "", 1),
    ("ZPOPMIN", "ZADD", 1),
    ("LRANGE_100", "LPUSH", 5),
    ("LRANGE_600", "LPUSH", 20),
    ("MSET", "", 2),
];

/// A server under test, on a port of its own.
struct Server {
    child: Child,
    port: u16,
}

/// One measurement.
#[derive(Debug, Clone, Copy)]
struct Figures {
    requests_per_second: f64,
    /// Processor time, in microseconds.
    cost: f64,
}

/// One measurement of each server.
#[derive(Debug, Clone, Copy)]
struct Round {
    real: Figures,
    ours: Figures,
    ceiling: Figures,
}

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    if args.next().is_some_and(|arg| arg == CEILING) {
        let port = args.next().and_then(|port| port.parse().ok());
        let served = ceiling::serve(port.expect("the port of a server"));
        return ExitCode::from(u8::from(served.is_err()));
    }
    let wanted: Vec<String> = std::env::args()
        .skip(1)
        .filter(|arg| !arg.starts_with('-'))
        .collect();
    let (Some(real), Some(ours)) = (Server::redis(), Server::ours()) else {
        println!("redis-server is not installed: there is nothing to compare with");
        return ExitCode::SUCCESS;
    };
    let ceiling = Server::ceiling(ours.port).expect("this program can be run");
    if Command::new("redis-benchmark")
        .arg("--version")
        .output()
        .is_err()
    {
        println!("redis-benchmark is not installed: nothing is measured");
        return ExitCode::SUCCESS;
    }
    let mut passed = true;
    println!(
        "{:<10} {:>3} {:>8} {:>8} {:>6} {:>6} {:>6} {:<6}  {:>8} {:>8} {:>6} {:>6} {:>6}",
        "",
        "-P",
        "redis",
        "ours k/s",
        "ratio",
        "least",
        "client",
        "",
        "redis",
        "ours µs",
        "ratio",
        "most",
        "system"
    );
    for (name, filling, fewer) in TRIALS {
        if !wanted.is_empty() && !wanted.iter().any(|wanted| wanted == name) {
            continue;
        }
        for (pipeline, requests, least, most) in PIPELINES {
            let requests = requests / fewer;
            let rounds: Vec<Round> = (0..ROUNDS)
                .map(|_| Round {
                    real: real.fill_and_measure(name, filling, pipeline, requests),
                    ours: ours.fill_and_measure(name, filling, pipeline, requests),
                    // It has its answers from ours, which is still filled.
                    ceiling: ceiling.measure(name, pipeline, requests),
                })
                .collect();
            passed &= report(name, pipeline, &rounds, (least, most));
        }
    }
    if wanted.is_empty() || wanted.iter().any(|wanted| wanted == "IDLE") {
        passed &= idle();
    }
    ExitCode::from(u8::from(!passed))
}

fn report(name: &str, pipeline: usize, rounds: &[Round], (least, most): (f64, f64)) -> bool {
    let rate = |of: fn(&Round) -> Figures| median(rounds, |round| of(round).requests_per_second);
    let cost = |of: fn(&Round) -> Figures| median(rounds, |round| of(round).cost);
    let (real_rate, real_cost) = (rate(|it| it.real), cost(|it| it.real));
    let (our_rate, our_cost) = (rate(|it| it.ours), cost(|it| it.ours));
    let (client, system) = (rate(|it| it.ceiling), cost(|it| it.ceiling));
    let (speed, share) = (our_rate / real_rate, our_cost / real_cost);
    let mark = |missed: bool| if missed { "MISSED" } else { "" };
    println!(
        "{name:<10} {pipeline:>3} {:>8.1} {:>8.1} {speed:>6.2} {least:>6.1} {:>6.2} {:<6}  {real_cost:>8.2} {our_cost:>8.2} {share:>6.2} {most:>6.1} {:>6.2} {}",
        real_rate / 1e3,
        our_rate / 1e3,
        client / real_rate,
        mark(speed < least),
        system / real_cost,
        mark(share > most),
    );
    speed >= least && share <= most
}

/// The median of a figure.
fn median(rounds: &[Round], figure: impl Fn(&Round) -> f64) -> f64 {
    let mut figures: Vec<f64> = rounds.iter().map(figure).collect();
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}

/// What connections cost that do nothing, on servers that have done nothing else.
fn idle() -> bool {
    let cost = |server: Option<Server>| {
        let server = server.expect("it was there before");
        let before = server.resident();
        let mut connections: Vec<TcpStream> = Vec::new();
        for _ in 0..IDLE {
            connections
                .push(TcpStream::connect(("127.0.0.1", server.port)).expect("room for more"));
            // Each has said something: it is a client that rests, not one that never began.
            let last = connections.last_mut().expect("one was just added");
            last.write_all(b"*1\r\n$4\r\nPING\r\n").expect("it listens");
            last.read_exact(&mut [0; 7]).expect("it answers");
        }
        // redis-server takes back what clients do not use ten times a second, a part of them each time.
        std::thread::sleep(Duration::from_secs(5));
        (server.resident() - before) / IDLE as f64
    };
    let (real, ours) = (cost(Server::redis()), cost(Server::ours()));
    let mark = if ours > real { "  MISSED" } else { "" };
    println!("\n{IDLE} idle connections, bytes each: redis-server {real:.0}, ours {ours:.0}{mark}");
    ours <= real
}

impl Server {
    fn redis() -> Option<Server> {
        // A port that was free a moment ago.
        let listener = std::net::TcpListener::bind("127.0.0.1:0").ok()?;
        let port = listener.local_addr().ok()?.port();
        drop(listener);
        let child = Command::new("redis-server")
            .args(["--save", "", "--appendonly", "no", "--port"])
            .arg(port.to_string())
            .stdout(Stdio::null())
            .spawn()
            .ok()?;
        let server = Server { child, port };
        for _ in 0..500 {
            if TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return Some(server);
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        None
    }

    fn ours() -> Option<Server> {
        let child = Command::new(env!("CARGO_BIN_EXE_rediscover"))
            .args(["serve", "--port", "0", "--lang", "en", "--no-journal"])
            .args(["--max-clients", "20000"])
            .stdout(Stdio::piped())
            .spawn()
            .ok()?;
        Server::at_its_word(child)
    }

    /// The one that does not think, with the answers of the server at this port.
    fn ceiling(answering: u16) -> Option<Server> {
        let child = Command::new(std::env::current_exe().ok()?)
            .args([CEILING, &answering.to_string()])
            .stdout(Stdio::piped())
            .spawn()
            .ok()?;
        Server::at_its_word(child)
    }

    /// A server whose first line tells where it listens.
    fn at_its_word(mut child: Child) -> Option<Server> {
        let mut line = String::new();
        BufReader::new(child.stdout.take()?)
            .read_line(&mut line)
            .ok()?;
        let digits = line.split("127.0.0.1:").nth(1)?;
        let digits: String = digits.chars().take_while(char::is_ascii_digit).collect();
        let port = digits.parse().ok()?;
        Some(Server { child, port })
    }

    fn fill_and_measure(
        &self,
        name: &str,
        filling: &str,
        pipeline: usize,
        requests: usize,
    ) -> Figures {
        self.flush();
        if !filling.is_empty() {
            self.run(filling, 64, requests);
        }
        self.measure(name, pipeline, requests)
    }

    fn measure(&self, name: &str, pipeline: usize, requests: usize) -> Figures {
        let before = self.processor_time();
        let requests_per_second = self.run(name, pipeline, requests);
        let cost = (self.processor_time() - before) / requests as f64;
        Figures {
            requests_per_second,
            cost,
        }
    }

    fn flush(&self) {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("it listens");
        stream
            .write_all(b"*1\r\n$8\r\nFLUSHALL\r\n")
            .expect("it listens");
        stream.read_exact(&mut [0; 5]).expect("it answers");
    }

    /// Runs redis-benchmark and gives the requests per second.
    fn run(&self, name: &str, pipeline: usize, requests: usize) -> f64 {
        let mut benchmark = Command::new("redis-benchmark");
        benchmark
            .args(["-c", "50", "--csv", "-p"])
            .arg(self.port.to_string())
            .args(["-P", &pipeline.to_string()])
            .args(["-n", &requests.to_string()]);
        match name {
            // Its own LRANGE begins with a filling, which would count.
            "LRANGE_100" => benchmark.args(["lrange", "mylist", "0", "99"]),
            "LRANGE_600" => benchmark.args(["lrange", "mylist", "0", "599"]),
            _ => benchmark.args(["-t", &name.to_lowercase()]),
        };
        let output = benchmark.output().expect("redis-benchmark runs");
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let line = text.lines().next_back().unwrap_or_default();
        let figure = line.split("\",\"").nth(1);
        figure
            .and_then(|figure| figure.parse().ok())
            .unwrap_or_else(|| panic!("redis-benchmark says {text}"))
    }

    /// The microseconds of processor time that the server has taken, for itself and in the system.
    fn processor_time(&self) -> f64 {
        let tasks = fs::read_dir(format!("/proc/{}/task", self.child.id())).expect("it runs");
        let nanoseconds = tasks.flatten().map(|task| {
            let text = fs::read_to_string(task.path().join("schedstat")).unwrap_or_default();
            let first = text.split(' ').next().unwrap_or_default();
            first.parse::<f64>().unwrap_or(0.0)
        });
        nanoseconds.sum::<f64>() / 1e3
    }

    /// The bytes of memory that it takes.
    fn resident(&self) -> f64 {
        let path = format!("/proc/{}/status", self.child.id());
        let status = fs::read_to_string(path).expect("it runs");
        let line = status.lines().find(|line| line.starts_with("VmRSS:"));
        line.and_then(|line| line.split_whitespace().nth(1))
            .and_then(|kilobytes| kilobytes.parse::<f64>().ok())
            .map_or(0.0, |kilobytes| kilobytes * 1024.0)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
