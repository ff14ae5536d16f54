//! Does the terminal behave? The binary in a pseudo-terminal, with an emulated screen.

#![cfg(unix)]

use std::{
    io::{Read, Write},
    net::TcpStream,
    sync::mpsc::{Receiver, channel},
    time::{Duration, Instant},
};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// The program at an emulated screen.
struct Screen {
    parser: vt100::Parser,
    output: Receiver<Vec<u8>>,
    input: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    _master: Box<dyn MasterPty + Send>,
    _home: tempfile::TempDir,
}

/// Nothing that is waited for takes longer, on the slowest machine.
const PATIENCE: Duration = Duration::from_secs(20);

impl Screen {
    fn open(args: &[&str], columns: u16) -> Screen {
        Screen::open_on("xterm-256color", args, columns)
    }

    fn open_on(terminal: &str, args: &[&str], columns: u16) -> Screen {
        let size = PtySize {
            rows: 24,
            cols: columns,
            pixel_width: 0,
            pixel_height: 0,
        };
        let pair = native_pty_system()
            .openpty(size)
            .expect("a pseudo-terminal");
        let home = tempfile::tempdir().expect("a temporary folder");
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_rediscover"));
        command.args(args);
        command.env_clear();
        command.env("HOME", home.path());
        command.env("TERM", terminal);
        command.env("LANG", "C.UTF-8");
        command.env("PAGER", "/bin/cat");
        let child = pair
            .slave
            .spawn_command(command)
            .expect("the program starts");
        let mut reader = pair.master.try_clone_reader().expect("a reader");
        let input = pair.master.take_writer().expect("a writer");
        let (sender, output) = channel();
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(count @ 1..) = reader.read(&mut buffer) {
                if sender.send(buffer[..count].to_vec()).is_err() {
                    break;
                }
            }
        });
        let cells = |count: u16| std::num::NonZero::new(count).expect("a screen has cells");
        let parser = vt100::Parser::new(cells(24), cells(columns), 0);
        Screen {
            parser,
            output,
            input,
            child,
            _master: pair.master,
            _home: home,
        }
    }

    fn contents(&self) -> String {
        self.parser.screen().contents()
    }

    /// Takes output in until the screen fits.
    fn wait_for(&mut self, what: &str, fits: impl Fn(&str) -> bool) {
        let end = Instant::now() + PATIENCE;
        while !fits(&self.contents()) {
            let left = end.saturating_duration_since(Instant::now());
            match self.output.recv_timeout(left) {
                Ok(bytes) => self.parser.process(&bytes),
                Err(error) => panic!("no {what} on the screen ({error}):\n{}", self.contents()),
            }
        }
    }

    fn wait_for_text(&mut self, text: &str) {
        self.wait_for(text, |screen| screen.contains(text));
    }

    /// Waits until the last line is this prompt and nothing else.
    fn wait_for_prompt(&mut self, prompt: &str) {
        self.wait_for(prompt, |screen| {
            screen
                .trim_end()
                .lines()
                .last()
                .is_some_and(|line| line.trim_end() == prompt)
        });
    }

    fn send(&mut self, bytes: impl AsRef<[u8]>) {
        self.input.write_all(bytes.as_ref()).expect("it reads");
        self.input.flush().expect("it reads");
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn enter_leads_from_the_map_into_the_first_step() {
    let mut screen = Screen::open(&[], 80);
    screen.wait_for_text("First steps");
    screen.wait_for_prompt("rediscover>");
    screen.send("\r");
    screen.wait_for_prompt("0.1 redis>");
    screen.send("ping\r");
    screen.wait_for_text("PONG");
    screen.wait_for_text("2 of 9");
}

#[test]
fn the_first_screens_fit_24_lines() {
    let mut screen = Screen::open(&["learn", "3.1"], 80);
    screen.wait_for_prompt("3.1 redis>");
    assert!(
        screen.contents().contains("3.1  Two open ends"),
        "the title is still there:\n{}",
        screen.contents()
    );
}

#[test]
fn an_empty_line_stands_before_every_prompt() {
    let parted = |screen: &Screen| {
        let contents = screen.contents();
        let mut lines = contents.trim_end().lines().rev().skip(1);
        assert_eq!(lines.next(), Some(""), "{contents}");
        assert_ne!(lines.next(), Some(""), "{contents}");
    };
    let mut screen = Screen::open(&["play"], 80);
    screen.wait_for_prompt("redis>");
    parted(&screen);
    screen.send(":map\r");
    screen.wait_for_text("First steps");
    screen.wait_for_prompt("redis>");
    parted(&screen);
    let mut screen = Screen::open(&[], 80);
    screen.wait_for_prompt("rediscover>");
    parted(&screen);
    assert!(screen.contents().contains("learn Redis by typing it"));
}

#[test]
fn ctrl_c_drops_the_line_and_never_the_lesson() {
    let mut screen = Screen::open(&["learn", "3.1"], 80);
    screen.wait_for_prompt("3.1 redis>");
    screen.send("RPUSH wrong");
    screen.wait_for_text("RPUSH wrong");
    screen.send("\x03");
    screen.wait_for_prompt("3.1 redis>");
    screen.send("RPUSH orders o1\r");
    screen.wait_for_text("orders has 1 element");
}

#[test]
fn tab_completes_commands_and_words() {
    let mut screen = Screen::open(&["learn", "3.1"], 80);
    screen.wait_for_prompt("3.1 redis>");
    screen.send("rpushx\x08\x08\t");
    screen.wait_for_text("rpush");
    screen.send("\x03");
    screen.wait_for_prompt("3.1 redis>");
    screen.send(":hin\t");
    screen.wait_for_text(":hint");
    screen.send("\r");
    screen.wait_for_text("Hint 1 of");
}

#[test]
fn a_grey_hint_shows_the_arguments_to_come() {
    let mut screen = Screen::open(&["learn", "3.1"], 80);
    screen.wait_for_prompt("3.1 redis>");
    screen.send("LRANGE ");
    screen.wait_for_text("key start stop");
}

#[test]
fn a_paste_of_several_lines_runs_line_by_line() {
    let mut screen = Screen::open(&["learn", "3.1"], 80);
    screen.wait_for_prompt("3.1 redis>");
    screen.send("\x1b[200~RPUSH orders o1\nRPUSH orders o2 o3\n\x1b[201~\r");
    screen.wait_for_text("orders has 3 elements");
    assert!(
        screen.contents().contains("3.1 redis> RPUSH orders o2 o3"),
        "the second line stands behind its own prompt:\n{}",
        screen.contents()
    );
}

#[test]
fn a_dumb_terminal_has_its_prompt_before_the_line() {
    let mut screen = Screen::open_on("dumb", &["learn", "3.1"], 80);
    screen.wait_for_prompt("3.1 redis>");
    screen.send("RPUSH orders o1\r");
    screen.wait_for_text("+ o1");
    screen.wait_for_prompt("3.1 redis>");
    let shown = screen.contents();
    assert_eq!(shown.matches("> RPUSH orders o1").count(), 1, "{shown}");
    assert!(!shown.contains('─'), "only ASCII is drawn:\n{shown}");
}

#[test]
fn the_pager_shows_what_the_line_before_it_printed() {
    let mut screen = Screen::open(&["learn", "3.1"], 80);
    screen.wait_for_prompt("3.1 redis>");
    screen.send("RPUSH orders o1\r");
    screen.wait_for_text("2 of 9");
    screen.wait_for_prompt("3.1 redis>");
    screen.send(":more\r");
    screen.wait_for("page", |screen| {
        let behind = screen.split(":more").nth(1);
        behind.is_some_and(|page| page.contains("(integer) 1") && page.contains("2 of 9"))
    });
}

#[test]
fn quitting_a_lesson_that_was_opened_from_free_play_leaves_the_program() {
    let mut screen = Screen::open(&["learn", "1.1"], 80);
    screen.wait_for_prompt("1.1 redis>");
    screen.send(":play\r");
    screen.wait_for_prompt("redis>");
    screen.send(":learn 3.1\r");
    screen.wait_for_prompt("3.1 redis>");
    screen.send(":quit\r");
    let status = screen.child.wait().expect("it ends");
    assert_eq!(status.exit_code(), 0);
}

#[test]
fn bytes_that_are_no_text_are_told_and_the_lesson_goes_on() {
    for terminal in ["xterm-256color", "dumb"] {
        let mut screen = Screen::open_on(terminal, &["learn", "3.1"], 80);
        screen.wait_for_prompt("3.1 redis>");
        screen.send(b"\xff\xfe\r");
        screen.wait_for_text("not valid UTF-8");
        screen.send("\r");
        screen.wait_for_prompt("3.1 redis>");
        screen.send("RPUSH orders o1\r");
        screen.wait_for_text("orders has 1 element");
    }
}

#[test]
fn type_ahead_is_kept() {
    let mut screen = Screen::open(&["learn", "3.1"], 80);
    screen.wait_for_prompt("3.1 redis>");
    screen.send("RPUSH orders o1\rRPUSH orders o2 o3\r");
    screen.wait_for_text("orders has 3 elements");
}

#[test]
fn ctrl_d_ends_the_program() {
    let mut screen = Screen::open(&["learn", "3.1"], 80);
    screen.wait_for_prompt("3.1 redis>");
    screen.send("RPUSH orders o1\r");
    screen.wait_for_text("2 of 9");
    screen.wait_for_prompt("3.1 redis>");
    screen.send("\x04");
    screen.wait_for_text("You leave 3.1 at step 2 of 9");
    let status = screen.child.wait().expect("it ends");
    assert_eq!(status.exit_code(), 0);
}

#[test]
fn ctrl_d_at_the_question_before_a_lesson_does_not_begin_the_lesson() {
    let mut screen = Screen::open(&["learn", "0.1"], 80);
    screen.wait_for_prompt("0.1 redis>");
    // A lesson that is done has no step to skip.
    screen.send(":skip\r".repeat(12));
    screen.wait_for_prompt("0.1 >");
    screen.send("\r");
    screen.wait_for_prompt("quiz>");
    screen.send("\x04");
    let status = screen.child.wait().expect("it ends");
    assert_eq!(status.exit_code(), 0);
}

#[test]
fn forty_columns_are_enough() {
    let mut screen = Screen::open(&["learn", "3.1", "--width", "40"], 40);
    screen.wait_for_prompt("3.1 redis>");
    screen.send("RPUSH orders o1\r");
    screen.wait_for_text("+ o1");
}

#[test]
fn what_arrives_is_printed_above_the_line_that_is_being_typed() {
    let mut screen = Screen::open(&["learn", "8.1"], 80);
    screen.wait_for_prompt("8.1 redis>");
    let contents = screen.contents();
    let at = contents
        .find("127.0.0.1:")
        .expect("it says where it listens");
    let place = contents[at..].split_whitespace().next();
    let place = place.expect("an address").trim_end_matches('.');
    screen.send("GET fo");
    screen.wait_for_prompt("8.1 redis> GET fo");
    let mut program = TcpStream::connect(place).expect("the lesson listens");
    program.write_all(b"PING\r\n").expect("it reads");
    screen.wait_for_text("python> PING");
    screen.wait_for_text("What did it print?");
    screen.wait_for_prompt("8.1 redis> GET fo");
    screen.send("\u{15}True\r");
    screen.wait_for_text("2 of 8");
}
