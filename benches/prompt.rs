//! How quick is the prompt? The program and redis-cli in a pseudo-terminal, in turn, in one run: from the start to the
//! prompt, and from Enter to the drawn step (redis-cli: to the reply). Ratios of medians are what counts.

#![allow(clippy::print_stdout, clippy::unwrap_used, missing_docs)]

use std::{
    fs,
    io::{Read, Write},
    process::{Child as Server, Command, ExitCode, Stdio},
    sync::mpsc::{Receiver, channel},
    time::{Duration, Instant},
};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

const ROUNDS: usize = 40;
const LINES: usize = 100;

struct Prompt {
    output: Receiver<Vec<u8>>,
    input: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    _master: Box<dyn MasterPty + Send>,
}

impl Prompt {
    /// Starts a program and waits for `prompt`; gives the time that this took.
    fn start(program: &str, args: &[&str], home: &str, prompt: &str) -> (Prompt, Duration) {
        let size = PtySize {
            rows: 24,
            cols: 80,
            pixel_width: 0,
            pixel_height: 0,
        };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(program);
        command.args(args);
        command.env_clear();
        for (name, value) in [
            ("HOME", home),
            ("TERM", "xterm-256color"),
            ("LANG", "C.UTF-8"),
            ("PATH", "/usr/bin:/bin"),
        ] {
            command.env(name, value);
        }
        let begin = Instant::now();
        let child = pair.slave.spawn_command(command).unwrap();
        let mut reader = pair.master.try_clone_reader().unwrap();
        let input = pair.master.take_writer().unwrap();
        let (sender, output) = channel();
        std::thread::spawn(move || {
            let mut buffer = [0; 16384];
            while let Ok(count @ 1..) = reader.read(&mut buffer) {
                if sender.send(buffer[..count].to_vec()).is_err() {
                    break;
                }
            }
        });
        let mut prompting = Prompt {
            output,
            input,
            child,
            _master: pair.master,
        };
        prompting.wait(prompt);
        (prompting, begin.elapsed())
    }

    fn wait(&mut self, text: &str) {
        let mut seen = Vec::new();
        while !String::from_utf8_lossy(&seen).contains(text) {
            seen.extend(
                self.output
                    .recv_timeout(Duration::from_secs(10))
                    .expect("the program answers"),
            );
        }
    }

    /// The time from Enter until `text` has come.
    fn enter(&mut self, line: &str, text: &str) -> Duration {
        self.input.write_all(line.as_bytes()).unwrap();
        std::thread::sleep(Duration::from_millis(3));
        while self.output.try_recv().is_ok() {}
        let begin = Instant::now();
        self.input.write_all(b"\r").unwrap();
        self.wait(text);
        begin.elapsed()
    }

    fn memory(&self) -> Option<f64> {
        let status =
            fs::read_to_string(format!("/proc/{}/status", self.child.process_id()?)).ok()?;
        let line = status.lines().find(|line| line.starts_with("VmRSS"))?;
        let kilobytes: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
        Some(kilobytes / 1024.0)
    }
}

impl Drop for Prompt {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort();
    times[times.len() / 2].as_secs_f64() * 1000.0
}

fn redis(folder: &str) -> Option<Server> {
    let socket = format!("{folder}/socket");
    let args = [
        "--port",
        "0",
        "--save",
        "",
        "--unixsocket",
        &socket,
        "--dir",
        folder,
    ];
    let server = Command::new("redis-server")
        .args(args)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    for _ in 0..500 {
        if fs::exists(&socket).unwrap_or(false) {
            return Some(server);
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    None
}

fn main() -> ExitCode {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().to_str().unwrap().to_owned();
    let ours = env!("CARGO_BIN_EXE_rediscover");
    let Some(mut server) = redis(&home) else {
        println!("not run, for want of redis-server and redis-cli");
        return ExitCode::SUCCESS;
    };
    let socket = format!("{home}/socket");
    let (mut our_start, mut their_start) = (Vec::new(), Vec::new());
    let (mut our_line, mut their_line) = (Vec::new(), Vec::new());
    let mut memory = 0.0f64;
    for round in 0..ROUNDS {
        let journal = format!("{home}/{round}.jsonl");
        let (_, time) = Prompt::start(ours, &["--journal", &journal], &home, "rediscover> ");
        our_start.push(time);
        let (_, time) = Prompt::start("redis-cli", &["-s", &socket], &home, "> ");
        their_start.push(time);
    }
    let journal = format!("{home}/lines.jsonl");
    let (mut lesson, _) = Prompt::start(
        ours,
        &["learn", "3.1", "--journal", &journal],
        &home,
        "redis> ",
    );
    let (mut cli, _) = Prompt::start("redis-cli", &["-s", &socket], &home, "> ");
    for _ in 0..LINES {
        our_line.push(lesson.enter("RPUSH orders o1", "2 of 9"));
        lesson.enter(":undo", "redis> ");
        their_line.push(cli.enter("RPUSH orders o1", "(integer)"));
        memory = memory.max(lesson.memory().unwrap_or(0.0));
    }
    drop((lesson, cli));
    let _ = server.kill();
    let _ = server.wait();
    let size = fs::metadata(ours).map_or(0, |file| file.len()) as f64 / f64::from(1 << 20);
    let rows = [
        (
            "start to prompt, ms",
            median(our_start),
            median(their_start),
            0.6,
        ),
        (
            "Enter to drawn step / reply, ms",
            median(our_line),
            median(their_line),
            1.0,
        ),
    ];
    let mut good = true;
    println!(
        "{:<34}{:>12}{:>12}{:>8}{:>10}",
        "", "rediscover", "redis-cli", "ratio", "at most"
    );
    for (name, us, them, most) in rows {
        good &= us / them <= most;
        println!(
            "{name:<34}{us:>12.2}{them:>12.2}{:>8.2}{most:>10.2}",
            us / them
        );
    }
    for (name, value, most) in [("memory, MiB", memory, 12.0), ("binary, MiB", size, 8.0)] {
        good &= value <= most;
        println!("{name:<34}{value:>12.2}{:>12}{:>8}{most:>10.2}", "", "");
    }
    if good {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
