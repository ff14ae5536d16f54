//! Does the program behave? The binary itself, in a pipe: lessons, JSON, exit statuses, packs, and a journal that
//! meets every fault.

#![allow(clippy::print_stderr)]

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use serde_json::Value;

/// A home of its own, without a terminal, in English.
struct Home {
    folder: tempfile::TempDir,
}

impl Home {
    fn new() -> Home {
        Home {
            folder: tempfile::tempdir().expect("a temporary folder"),
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rediscover"));
        command
            .args(args)
            .env_clear()
            .env("HOME", self.folder.path())
            .env("XDG_STATE_HOME", self.path("state"))
            .env("LANG", "C.UTF-8")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    fn run(&self, args: &[&str], input: &[u8]) -> Output {
        let mut child = self.command(args).spawn().expect("the program starts");
        // The program may end before it has read everything.
        let _ = child.stdin.take().expect("it was piped").write_all(input);
        child.wait_with_output().expect("the program ends")
    }

    fn journal(&self) -> PathBuf {
        self.path("state/rediscover/journal.jsonl")
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn objects(output: &Output) -> Vec<Value> {
    text(&output.stdout)
        .lines()
        .map(|line| serde_json::from_str(line).expect("every line is an object"))
        .collect()
}

fn status(output: &Output) -> i32 {
    output.status.code().expect("the program was not killed")
}

#[test]
fn a_lesson_is_played_from_a_pipe() {
    let output = Home::new().run(
        &["learn", "3.1", "--no-journal"],
        b"RPUSH orders o1\nLPUSH orders o2 o3\n",
    );
    let shown = text(&output.stdout);
    assert!(
        shown.contains("(integer) 1") && shown.contains('✓') && shown.contains('✗'),
        "{shown}"
    );
    assert!(!shown.contains('\x1b'), "no escape codes in a pipe");
    assert_eq!(status(&output), 1, "the input ended before the lesson");
}

#[test]
fn json_tells_of_every_line() {
    let input = b"RPUSH orders o1\nLPUSH orders o2 o3\nLLEN orders\n:hint\n\nRPUSH orders o2 o3\n";
    let output = Home::new().run(&["learn", "3.1", "--json"], input);
    let objects = objects(&output);
    let verdicts: Vec<&str> = objects
        .iter()
        .filter_map(|object| object["verdict"].as_str())
        .collect();
    assert_eq!(
        verdicts,
        ["pass", "wrong", "look", "aside", "aside", "pass"]
    );
    let first = &objects[0];
    assert_eq!(
        (first["lesson"].as_str(), first["step"].as_i64()),
        (Some("3.1"), Some(1))
    );
    assert_eq!(first["reply"], "(integer) 1");
    assert_eq!(first["state"]["orders"], serde_json::json!(["o1"]));
    assert_eq!(first["next"], 2);
    assert_eq!(objects[1]["why"]["code"], "author");
    assert_eq!(
        objects[1]["state"]["orders"],
        serde_json::json!(["o1"]),
        "a wrong attempt changes nothing"
    );
    let totals = objects.last().expect("there are totals");
    assert_eq!(
        (totals["done"].as_i64(), totals["finished"].as_bool()),
        (Some(2), Some(false))
    );
}

#[test]
fn every_lesson_can_be_skipped_through() {
    let home = Home::new();
    for id in ["0.1", "2.1", "3.6", "5.2", "10.2", "11.5"] {
        let output = home.run(&["learn", id, "--json"], ":skip\n".repeat(40).as_bytes());
        let totals = objects(&output).pop().expect("there are totals");
        assert_eq!(
            (totals["finished"].as_bool(), status(&output)),
            (Some(true), 0),
            "{id}: {totals}"
        );
    }
}

#[test]
fn a_lesson_goes_on_where_it_was_left() {
    let home = Home::new();
    home.run(&["learn"], b"PING\nSET greeting hello\n");
    let output = home.run(
        &[
            "learn",
            "--json",
            "--journal",
            home.journal().to_str().expect("text"),
        ],
        b"GET greeting\n",
    );
    let object = &objects(&output)[0];
    assert_eq!(
        (object["step"].as_i64(), object["reply"].as_str()),
        (Some(3), Some("\"hello\"")),
        "{object}"
    );
}

#[test]
fn wrong_usage_and_missing_things_have_their_statuses() {
    let home = Home::new();
    assert_eq!(status(&home.run(&["lern"], b"")), 2);
    assert_eq!(status(&home.run(&["learn", "99.9"], b"")), 3);
    assert_eq!(status(&home.run(&["--pack", "/no/such/folder"], b"")), 3);
    let output = home.run(&["learn", "lsts"], b"");
    assert!(
        text(&output.stderr).contains("lists"),
        "{}",
        text(&output.stderr)
    );
    assert_eq!(status(&home.run(&["--help"], b"")), 0);
}

#[test]
fn a_new_pack_passes_its_check() {
    let home = Home::new();
    let pack = home.path("pack");
    let pack = pack.to_str().expect("text");
    assert_eq!(status(&home.run(&["pack", "new", pack], b"")), 0);
    let output = home.run(&["pack", "check", pack], b"");
    assert_eq!(status(&output), 0, "{}", text(&output.stdout));
    assert!(text(&output.stdout).contains("0 errors"));
    assert_eq!(
        status(&home.run(&["pack", "new", pack], b"")),
        4,
        "a folder with files is not overwritten"
    );
}

/// A new pack with a text of its lesson replaced, and what the check says of it.
fn damaged(from: &str, to: &str) -> (i32, String) {
    let home = Home::new();
    let pack = home.path("pack");
    let name = pack.to_str().expect("text").to_owned();
    home.run(&["pack", "new", &name], b"");
    for file in ["pack.toml", "1.1.toml"] {
        let path = pack.join(file);
        let old = fs::read_to_string(&path).expect("it was made");
        fs::write(&path, old.replacen(from, to, 1)).expect("it can be written");
    }
    let output = home.run(&["pack", "check", &name], b"");
    (status(&output), text(&output.stdout))
}

#[test]
fn damage_to_a_pack_is_named_with_its_place() {
    for (from, to, wanted) in [
        (
            "goal = \"Two more",
            "gaol = \"Two more",
            "did you mean `goal`",
        ),
        (
            "reply = \"(integer) 3\"",
            "reply = \"(integer) 4\"",
            "reply = '(integer) 3'",
        ),
        (
            "reply = \"(integer) 3\"",
            "reply = \"integer 3 (\"",
            "this is no reply",
        ),
        ("kind = \"goal\"", "kind = \"gaol\"", "did you mean `goal`"),
        (
            "{ cmd = \"RPUSH orders o3 o2\"",
            "{ cmd = \"RPUSH orders o2 o3\"",
            "is accepted",
        ),
        (
            "also = [\"DEL orders\"",
            "also = [\"DEL order\"",
            "is not accepted",
        ),
        (
            "lessons = [\"1.1\"]",
            "lessons = [\"../1.1\"]",
            "no lesson id",
        ),
        ("lessons = [\"1.1\"]", "lessons = [\"1.1\", \"1.2\"]", "1.2"),
        (
            "title = \"A queue at a counter\"",
            "title = \"A queue at a counter\"\nafter = [\"1.1\"]",
            "after itself",
        ),
        (
            "title = \"A queue at a counter\"",
            "title = \"A queue at a counter\"\nafter = [\"7.7\"]",
            "7.7",
        ),
        (
            "do = \"LLEN orders\"",
            "do = \"LLEN 'orders\"",
            "cannot be read",
        ),
        ("hint = [\"RPUSH key element\", ", "hint = [", "hints"),
        ("[[quiz]]", "[[quiz", "1.1.toml"),
    ] {
        let (status, shown) = damaged(from, to);
        assert_eq!(status, 1, "{to}:\n{shown}");
        assert!(shown.contains(wanted), "{to} should say {wanted}:\n{shown}");
        assert!(shown.contains(".toml"), "the file is named:\n{shown}");
    }
}

#[test]
fn ten_thousand_problems_are_reported_and_counted() {
    let home = Home::new();
    let pack = home.path("pack");
    let name = pack.to_str().expect("text").to_owned();
    home.run(&["pack", "new", &name], b"");
    let mut lesson = fs::read_to_string(pack.join("1.1.toml")).expect("it was made");
    for n in 0..10_000 {
        lesson.push_str(&format!("[x{n}]\na = 1\n"));
    }
    fs::write(pack.join("1.1.toml"), lesson).expect("it can be written");
    let output = home.run(&["pack", "check", &name], b"");
    assert_eq!(status(&output), 1);
    assert!(text(&output.stdout).contains("more problems"));
}

#[test]
fn a_file_that_is_no_lesson_is_refused_unread() {
    let home = Home::new();
    let pack = home.path("pack");
    let name = pack.to_str().expect("text").to_owned();
    home.run(&["pack", "new", &name], b"");
    let file = fs::File::create(pack.join("1.1.toml")).expect("it can be made");
    file.set_len(100 << 20).expect("it can be long");
    let output = home.run(&["--pack", &name, "learn", "1.1"], b"");
    assert_eq!(status(&output), 5, "{}", text(&output.stderr));
    fs::write(pack.join("1.1.toml"), b"\xff\xfe").expect("it can be written");
    let output = home.run(&["--pack", &name, "learn", "1.1"], b"");
    assert!(
        text(&output.stderr).contains("UTF-8"),
        "{}",
        text(&output.stderr)
    );
}

#[test]
fn escape_sequences_in_texts_do_not_reach_the_terminal() {
    let home = Home::new();
    let pack = home.path("pack");
    let name = pack.to_str().expect("text").to_owned();
    home.run(&["pack", "new", &name], b"");
    let lesson = fs::read_to_string(pack.join("1.1.toml")).expect("it was made");
    let lesson = lesson.replacen(
        "The first order",
        "The \\u001b[31mfirst\\u0007\\u202e order",
        1,
    );
    fs::write(pack.join("1.1.toml"), lesson).expect("it can be written");
    let output = home.run(&["--pack", &name, "learn", "1.1"], b"");
    let shown = text(&output.stdout);
    assert!(shown.contains("first"), "{shown}");
    assert!(!shown.contains(['\x1b', '\x07', '\u{202e}']), "{shown:?}");
}

#[test]
fn hostile_lines_do_no_harm() {
    let home = Home::new();
    let mut input =
        b"SET k \"unclosed\n\x00\xff\xfe\n999999999 PING\nSETRANGE k 4294967295 x\n".to_vec();
    input.extend(b"LPOP k 9223372036854775807\nSRANDMEMBER k -9223372036854775808\nHRANDFIELD h -9223372036854775807\n");
    input.extend(b"ZRANGEBYSCORE z -inf +inf LIMIT 9223372036854775807 9223372036854775807\nSORT l LIMIT 0 9223372036854775807\n");
    input.extend("SET k ".bytes().chain(std::iter::repeat_n(b'x', 1 << 20)));
    input.extend(b"\nBLPOP nothing 0\nXADD s * a b\nEVAL x 0\nPING\n");
    let output = home.run(&["play", "--json"], &input);
    let objects = objects(&output);
    assert_eq!(
        objects.last().expect("it answers")["reply"],
        "PONG",
        "{}",
        text(&output.stdout)
    );
    assert_eq!(status(&output), 0);
    let output = home.run(&["learn", "0.1", "--json"], &input);
    assert!(
        text(&output.stdout).contains("absent-command"),
        "XADD is told to be a real command"
    );
}

#[test]
fn nothing_that_was_shown_as_done_is_lost_by_a_kill() {
    let lines = ["PING", "SET greeting hello", "GET greeting"];
    for round in 0..1000 {
        let home = Home::new();
        let mut child = home
            .command(&["learn", "--journal", home.journal().to_str().expect("text")])
            .spawn()
            .expect("it starts");
        let mut input = child.stdin.take().expect("it was piped");
        let mut shown = std::io::BufReader::new(child.stdout.take().expect("it was piped"));
        let wanted = round % (lines.len() + 1);
        for line in &lines[..wanted] {
            writeln!(input, "{line}").expect("it reads");
        }
        // Read until so many steps were shown as done, then kill without warning.
        let mut done = 0;
        let mut buffer = String::new();
        while done < wanted {
            buffer.clear();
            assert!(
                std::io::BufRead::read_line(&mut shown, &mut buffer).expect("text") > 0,
                "round {round} ended early"
            );
            done += usize::from(buffer.starts_with('✓'));
        }
        child.kill().expect("it can be killed");
        child.wait().expect("it ends");
        let kept = fs::read_to_string(home.journal()).unwrap_or_default();
        let passed = kept
            .lines()
            .filter(|line| line.contains("\"verdict\":\"pass\""))
            .count();
        assert!(
            passed >= wanted,
            "round {round}: {wanted} shown, {passed} kept"
        );
        if round % 100 == 3 {
            let output = home.run(
                &[
                    "learn",
                    "--json",
                    "--journal",
                    home.journal().to_str().expect("text"),
                ],
                b"",
            );
            assert_eq!(objects(&output)[0]["done"], 3, "the lesson is where it was");
        }
    }
}

#[test]
fn a_torn_line_is_tolerated_and_mended() {
    let home = Home::new();
    home.run(&["learn"], b"PING\n");
    let mut kept = fs::read_to_string(home.journal()).expect("it was made");
    kept.push_str("{\"v\":1,\"kind\":\"line\",\"at\":17");
    fs::write(home.journal(), kept).expect("it can be written");
    let output = home.run(&["learn"], b"SET greeting hello\n");
    assert!(text(&output.stdout).contains('✓'));
    let kept = fs::read_to_string(home.journal()).expect("it is there");
    let readable = kept
        .lines()
        .filter(|line| serde_json::from_str::<Value>(line).is_ok())
        .count();
    assert_eq!(
        readable + 1,
        kept.lines().count(),
        "only the torn line is unreadable:\n{kept}"
    );
}

#[test]
fn a_full_disk_is_told_and_the_lesson_goes_on() {
    if !Path::new("/dev/full").exists() {
        eprintln!("not run, for want of /dev/full");
        return;
    }
    let output = Home::new().run(
        &["learn", "--journal", "/dev/full"],
        b"PING\nSET greeting hello\n",
    );
    assert_eq!(
        text(&output.stdout).matches('✓').count(),
        2,
        "{}",
        text(&output.stdout)
    );
    assert_eq!(
        text(&output.stderr).matches("cannot be written").count(),
        1,
        "{}",
        text(&output.stderr)
    );
}

#[test]
fn a_journal_that_cannot_be_opened_is_told_and_the_lesson_goes_on() {
    let home = Home::new();
    fs::create_dir_all(home.path("state/rediscover/journal.jsonl")).expect("a folder in its place");
    let output = home.run(&["learn"], b"PING\n");
    assert!(text(&output.stdout).contains('✓'));
    assert!(
        text(&output.stderr).contains("journal.jsonl"),
        "{}",
        text(&output.stderr)
    );
}

#[test]
fn a_journal_of_a_later_version_is_left_alone() {
    let home = Home::new();
    home.run(&["learn"], b"PING\n");
    let mut kept = fs::read_to_string(home.journal()).expect("it was made");
    kept.push_str("{\"v\":9,\"kind\":\"dream\",\"at\":1}\n");
    fs::write(home.journal(), &kept).expect("it can be written");
    let output = home.run(&["learn"], b"SET greeting hello\n");
    assert!(text(&output.stdout).contains('✓'));
    assert!(
        text(&output.stderr).contains("later"),
        "{}",
        text(&output.stderr)
    );
    assert!(
        fs::read_to_string(home.journal())
            .expect("it is there")
            .starts_with(&kept),
        "nothing was rewritten"
    );
}

#[test]
fn two_terminals_may_write_at_once() {
    let home = Home::new();
    let journal = home.journal();
    let journal = journal.to_str().expect("text");
    let input = "PING x\n".repeat(200);
    let children: Vec<_> = (0..2)
        .map(|_| {
            let mut child = home
                .command(&["learn", "--journal", journal])
                .spawn()
                .expect("it starts");
            let mut stdin = child.stdin.take().expect("it was piped");
            let input = input.clone();
            std::thread::spawn(move || {
                let _ = stdin.write_all(input.as_bytes());
                drop(stdin);
                child.wait_with_output().expect("it ends")
            })
        })
        .collect();
    for child in children {
        child.join().expect("no panic");
    }
    let kept = fs::read_to_string(journal).expect("it was made");
    assert!(
        kept.lines()
            .all(|line| serde_json::from_str::<Value>(line).is_ok()),
        "every line is whole"
    );
    assert!(kept.lines().count() >= 400, "{}", kept.lines().count());
}

#[cfg(unix)]
#[test]
fn the_journal_is_the_learners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let home = Home::new();
    home.run(&["learn"], b"PING\n");
    let mode = fs::metadata(home.journal())
        .expect("it was made")
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
}
