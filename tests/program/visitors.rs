//! Programs that come to a lesson's own server, well-behaved and not.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    path::Path,
    process::{Child, ChildStdin, ChildStdout},
    time::Duration,
};

use serde_json::Value;

use crate::home::Home;

/// Nothing that is waited for takes longer, on the slowest machine.
const PATIENCE: Duration = Duration::from_mins(1);

/// A lesson that is being played, and the address of its server.
struct Lesson {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    address: String,
    _home: Home,
}

impl Lesson {
    fn open(id: &str) -> Lesson {
        Lesson::open_with(id, &[])
    }

    fn open_with(id: &str, more: &[&str]) -> Lesson {
        Lesson::open_in(Home::new(), id, more)
    }

    fn open_in(home: Home, id: &str, more: &[&str]) -> Lesson {
        let mut child = home
            .command(&[&["learn", id, "--json"], more].concat())
            .spawn()
            .expect("the program starts");
        let input = child.stdin.take().expect("it was piped");
        let output = BufReader::new(child.stdout.take().expect("it was piped"));
        let mut lesson = Lesson {
            child,
            input,
            output,
            address: String::new(),
            _home: home,
        };
        let listens = lesson.until(|object| object["listen"].is_string());
        let url = listens["listen"].as_str().expect("a text").to_owned();
        let place = url
            .strip_prefix("redis://")
            .and_then(|it| it.split('/').next());
        place.expect("an address").clone_into(&mut lesson.address);
        lesson
    }

    fn until(&mut self, is_it: impl Fn(&Value) -> bool) -> Value {
        loop {
            let mut line = String::new();
            assert!(
                self.output.read_line(&mut line).expect("it writes") > 0,
                "the lesson goes on"
            );
            let object = serde_json::from_str(&line).expect("every line is an object");
            if is_it(&object) {
                return object;
            }
        }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.address).expect("the server listens");
        stream
            .set_read_timeout(Some(PATIENCE))
            .expect("a socket has timeouts");
        stream
    }

    /// The lesson is unharmed: a right program, and the answer to what it prints, pass its first step.
    fn still_passes(mut self) {
        let mut stream = self.connect();
        stream.write_all(b"PING\r\n").expect("it reads");
        self.until(|object| object["line"] == "" && object["verdict"] == "partial");
        self.input.write_all(b"True\n").expect("it reads");
        let passed = self.until(|object| object["verdict"] == "pass");
        assert_eq!(passed["step"], 1);
        drop(self.input);
        self.child.wait().expect("it ends");
    }
}

#[test]
fn a_program_that_speaks_another_protocol_is_sent_away() {
    let lesson = Lesson::open("8.1");
    let mut stream = lesson.connect();
    stream
        .write_all(b"POST / HTTP/1.1\r\nHost: x\r\n\r\n")
        .expect("it reads");
    let mut rest = Vec::new();
    // It may be reset instead of closed.
    let _ = stream.read_to_end(&mut rest);
    assert!(rest.is_empty(), "{rest:?}");
    lesson.still_passes();
}

#[test]
fn a_program_that_dies_half_way_harms_nobody() {
    let lesson = Lesson::open("8.1");
    for half in [
        "*2\r\n$3\r\nGET\r\n$100\r\nhal",
        "*1000000000\r\n",
        "SUBSCRIBE news\r\n",
        "MULTI\r\nSET a 1\r\n",
        "BLPOP l 0\r\n",
    ] {
        lesson
            .connect()
            .write_all(half.as_bytes())
            .expect("it reads");
    }
    lesson.still_passes();
}

#[test]
fn a_program_that_waits_is_answered_though_nobody_types() {
    for clock in [&[][..], &["--now", "1767225600000"]] {
        let lesson = Lesson::open_with("8.1", clock);
        let mut stream = lesson.connect();
        stream.write_all(b"BLPOP l 0.05\r\n").expect("it reads");
        let mut reply = [0; 5];
        stream.read_exact(&mut reply).expect("it is answered");
        assert_eq!(&reply, b"*-1\r\n");
    }
}

#[test]
fn a_flood_of_commands_is_answered_and_the_lesson_goes_on() {
    let mut lesson = Lesson::open("8.1");
    let mut stream = lesson.connect();
    let mut reader = stream.try_clone().expect("a second handle");
    let answers = std::thread::spawn(move || {
        let mut bytes = vec![0; 5 * 100_000];
        reader
            .read_exact(&mut bytes)
            .map(|()| bytes.ends_with(b"+OK\r\n"))
    });
    let commands = "SET flood x\r\n".repeat(100_000);
    stream.write_all(commands.as_bytes()).expect("it reads");
    assert!(
        answers
            .join()
            .expect("it ends")
            .expect("every command is answered")
    );
    let judged = lesson.until(|object| object["line"] == "" && object["verdict"] == "wrong");
    assert_eq!(judged["state"], serde_json::json!({}), "it is taken back");
    lesson.still_passes();
}

#[test]
fn a_port_that_is_taken_is_not_needed() {
    // Whoever has it keeps it; another test may.
    let _taken = TcpListener::bind("127.0.0.1:6390");
    let lesson = Lesson::open("8.1");
    assert_ne!(lesson.address, "127.0.0.1:6390");
    lesson.still_passes();
}

/// A lesson with programs, of which the progress is kept in a file.
fn kept_in(journal: &Path) -> [&str; 5] {
    let journal = journal.to_str().expect("a text");
    ["learn", "8.1", "--json", "--journal", journal]
}

#[test]
fn what_a_program_did_is_there_when_the_lesson_is_gone_on_with() {
    let home = Home::new();
    let journal = home.path("j");
    let args = kept_in(&journal);
    let mut child = home.command(&args).spawn().expect("the program starts");
    let mut output = BufReader::new(child.stdout.take().expect("it was piped"));
    let mut line = String::new();
    output.read_line(&mut line).expect("it listens");
    let listens: Value = serde_json::from_str(&line).expect("an object");
    let url = listens["listen"].as_str().expect("a text");
    let place = url.trim_start_matches("redis://").trim_end_matches("/0");
    let mut stream = TcpStream::connect(place).expect("the server listens");
    stream.write_all(b"PING\r\n").expect("it reads");
    while !line.contains("\"line\":\"\"") {
        line.clear();
        assert!(output.read_line(&mut line).expect("it writes") > 0);
    }
    child.kill().expect("it runs");
    child.wait().expect("it ends");
    let output = home.run(&args, b"True\n");
    let objects = crate::home::objects(&output);
    let passed = objects.iter().find(|object| object["verdict"] == "pass");
    assert!(passed.is_some_and(|it| it["step"] == 1), "{objects:?}");
}

#[test]
fn what_arrives_cannot_be_typed() {
    let home = Home::new();
    let journal = home.path("j");
    let args = kept_in(&journal);
    home.run(&args, b":arrived\n");
    let output = home.run(&args, b":goal\n");
    let objects = crate::home::objects(&output);
    let line = objects.iter().find(|object| object["line"] == ":goal");
    assert_eq!(line.map(|it| it["step"].clone()), Some(1.into()));
}

#[test]
fn a_lesson_that_is_gone_on_with_shows_what_a_new_python_needs() {
    let home = Home::new();
    let (journal, file) = (home.path("j"), home.path("chat.py"));
    let args = [
        "learn",
        "9.7",
        "--journal",
        journal.to_str().expect("a text"),
    ];
    home.run(&args, b":skip\n:skip\n");
    let output = home.run(&args, format!(":code {}\n", file.display()).as_bytes());
    let shown = crate::home::text(&output.stdout);
    let written = std::fs::read_to_string(file).expect("it was written");
    for needed in [
        "import redis",
        "p = r.pubsub()",
        "r.publish(\"fm104.5\", \"hello\")",
    ] {
        assert!(shown.contains(needed), "{needed}: {shown}");
        assert!(written.contains(needed), "{needed}: {written}");
    }
}

#[test]
fn what_a_program_has_begun_the_next_one_ends_or_begins_anew() {
    for (line, goes_on) in [(&b"GET foo\r\n"[..], true), (b"GET Foo\r\n", false)] {
        let home = Home::new();
        let journal = home.path("j");
        let journal = journal.to_str().expect("a text");
        home.run(&["learn", "8.1", "--journal", journal], b":skip\n");
        let mut lesson = Lesson::open_in(home, "8.1", &["--journal", journal]);
        let send = |stream: &mut TcpStream, line: &[u8]| {
            stream.write_all(line).expect("it reads");
            stream.read_exact(&mut [0; 5]).expect("it is answered");
        };
        let verdict =
            |lesson: &mut Lesson| lesson.until(|it| it["line"] == "" && it["verdict"] != "aside");
        let mut first = lesson.connect();
        send(&mut first, b"SET foo Bar\r\n");
        let begun = verdict(&mut lesson);
        assert_eq!(begun["verdict"], "partial");
        assert!(!begun["why"].is_null(), "more is to come: {begun}");
        drop(first);
        // What has gone is let go of as soon as the lesson is told.
        let mut second = lesson.connect();
        send(&mut second, b"PING\r\n");
        second.write_all(line).expect("it reads");
        if !goes_on {
            assert_eq!(verdict(&mut lesson)["verdict"], "wrong");
            let mut third = lesson.connect();
            send(&mut third, b"SET foo Bar\r\n");
            third.write_all(b"GET foo\r\n").expect("it reads");
        }
        let done = verdict(&mut lesson);
        assert_eq!(done["verdict"], "partial");
        assert!(done["why"].is_null(), "nothing is still to come: {done}");
    }
}
