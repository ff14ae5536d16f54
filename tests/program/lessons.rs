//! Lessons, JSON and exit statuses.

use crate::home::{Home, objects, status, text};

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
fn json_says_why_a_line_was_not_taken() {
    let home = Home::new();
    for (line, code, says) in [
        ("SET k \"x", "bad-line", "never closed"),
        ("5000 PING", "repeat-too-large", "1,000"),
        (":hnt", "unknown-word", ":hint"),
        ("127.0.0.1:6379> PING", "pasted", "PING"),
        ("XADD s * a b", "absent-command", "does not have it"),
    ] {
        let output = home.run(&["learn", "3.1", "--json"], format!("{line}\n").as_bytes());
        let why = &objects(&output)[0]["why"];
        assert_eq!(why["code"], code, "{line}");
        assert!(
            why["text"].as_str().is_some_and(|text| text.contains(says)),
            "{line}: {why}"
        );
    }
}

#[test]
fn a_lesson_that_is_left_in_a_pipe_ends_with_its_totals_and_is_not_passed() {
    let home = Home::new();
    for line in [":quit", "exit", ":learn 3.2", ":play"] {
        let output = home.run(
            &["learn", "3.1", "--json"],
            format!("RPUSH orders o1\n{line}\n").as_bytes(),
        );
        let totals = objects(&output).pop().expect("there are totals");
        assert_eq!(
            (totals["done"].as_i64(), status(&output)),
            (Some(1), 1),
            "{line}: {totals}"
        );
    }
    let output = home.run(&["quiz", "lists", "--json"], b":skip\n");
    let totals = objects(&output).pop().expect("there are totals");
    assert_eq!(
        (totals["done"].as_bool(), status(&output)),
        (Some(false), 1),
        "{totals}"
    );
}

#[test]
fn a_quiz_can_be_left_for_a_lesson() {
    let home = Home::new();
    for args in [["quiz", "lists"].as_slice(), &["learn", "1.1"], &["play"]] {
        let input = b":quiz lists\n:map\n:learn 3.2\nLINDEX tracks 0\n";
        let shown = text(&home.run(args, input).stdout);
        // A pipe plays the one lesson that it names.
        let wanted = args != ["learn", "1.1"];
        assert_eq!(shown.contains("3.2 redis>"), wanted, "{args:?}:\n{shown}");
    }
}

#[test]
fn progress_is_told_in_words_and_in_json() {
    let home = Home::new();
    home.run(&["learn"], b"PING\nSET greeting bye\n:progress\n");
    let shown = text(&home.run(&["progress"], b"").stdout);
    assert!(shown.contains("1 step done"), "{shown}");
    let told = &objects(&home.run(&["progress", "--json"], b""))[0];
    assert_eq!(
        (told["steps"].as_i64(), &told["begun"]),
        (Some(1), &serde_json::json!(["0.1"]))
    );
    let output = home.run(&["learn", "3.1", "--json"], b":progress\n");
    assert_eq!(
        objects(&output).len(),
        2,
        "one for the line, and the totals"
    );
}

#[test]
fn help_on_a_command_names_the_lessons_that_teach_it() {
    let home = Home::new();
    for (args, title) in [
        (["learn", "1.1", "--lang", "en"].as_slice(), "Two open ends"),
        (&["play", "--lang", "en"], "Two open ends"),
        (&["play", "--lang", "zh"], "两端都能进"),
        (&["--lang", "en"], "Two open ends"),
    ] {
        let shown = text(&home.run(args, b"help lpush\n").stdout);
        assert!(
            shown.contains(title) && shown.contains(":learn 3.1"),
            "{args:?}:\n{shown}"
        );
    }
    let shown = text(&home.run(&["play"], b"help set\n").stdout);
    assert!(
        shown.contains(":learn 0.1") && shown.contains(":learn 1.2"),
        "a lesson on an option teaches the command too:\n{shown}"
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
    for (asked, says) in [
        (["learn", "LPUHS"], "did you mean `LPUSH`"),
        (["learn", "XADD"], "real command of Redis (stream)"),
        (["--pack", "/etc/passwd"], "is a file"),
    ] {
        let output = home.run(&asked, b"");
        let told = text(&output.stderr);
        assert!(told.contains(says) && status(&output) == 3, "{told}");
    }
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
fn the_map_behind_a_lessons_end_names_what_enter_starts() {
    let input = format!("{}:map\n\n", ":skip\n".repeat(40));
    let output = Home::new().run(&["learn", "0.2", "--no-journal"], input.as_bytes());
    let shown = text(&output.stdout);
    let map = shown.rsplit(":map").next().unwrap_or_default();
    assert!(map.contains("Enter goes on with 1.1"), "{map}");
}

#[test]
fn a_route_is_left_as_it_was_taken() {
    let home = Home::new();
    let map = |args: &[&str], input: &str| {
        let lines = format!("{input}:map\n");
        let shown = text(&home.run(args, lines.as_bytes()).stdout);
        shown.rsplit(":map").next().unwrap_or_default().to_owned()
    };
    let on_route = "the short way";
    assert!(!map(&[], "").contains(on_route));
    assert!(map(&["learn", "--route", "tutorial", "0.1"], "").contains(on_route));
    assert!(map(&[], "").contains(on_route), "it is remembered");
    assert!(!map(&["learn", "0.1"], ":route none\n").contains(on_route));
    assert!(!map(&[], "").contains(on_route), "that too");
    map(&[], ":route tutorial\n");
    assert!(!map(&["learn", "--route", "none", "0.1"], "").contains(on_route));
}

#[test]
fn a_program_in_a_file_says_what_is_still_to_be_written() {
    let home = Home::new();
    let (begun, whole) = (home.path("begun.py"), home.path("whole.py"));
    let name = |path: &std::path::Path| path.to_str().expect("a name").to_owned();
    let input = format!(
        ":code {}\n{}:code {}\n",
        name(&whole),
        ":skip\n".repeat(5),
        name(&begun)
    );
    let output = home.run(&["learn", "9.2", "--no-journal"], input.as_bytes());
    let said = text(&output.stdout);
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        said.contains("whole.py. Run it in a second terminal"),
        "{said}"
    );
    assert!(said.contains("is still missing in it"), "{said}");
    let program = std::fs::read_to_string(begun).expect("it was written");
    assert!(program.contains("# User 404 does not exist."), "{program}");
    assert!(
        program.lines().all(|line| line.chars().count() <= 76),
        "{program}"
    );
}

#[test]
fn a_program_that_cannot_be_written_is_told_with_its_place_and_what_to_do() {
    let home = Home::new();
    std::fs::create_dir(home.path("folder")).expect("a folder");
    std::fs::write(home.path("mine.py"), "mine").expect("a file");
    let lines = [
        ":code none/x.py",
        ":code folder",
        ":code new/",
        ":code mine.py",
        ":code mine.py/x.py",
        ":code \"two words.py",
        ":code \"two words.py\"",
        ":code ~/again.py",
        ":code again.py",
        ":code redis.py",
        "",
    ];
    let mut command = home.command(&["learn", "9.2", "--no-journal"]);
    let mut child = command
        .current_dir(home.path(""))
        .spawn()
        .expect("the program starts");
    let mut input = child.stdin.take().expect("it was piped");
    std::io::Write::write_all(&mut input, lines.join("\n").as_bytes()).expect("it reads");
    drop(input);
    let output = child.wait_with_output().expect("the program ends");
    let said = text(&output.stdout);
    let words = |said: &str| said.split_whitespace().collect::<Vec<_>>().join(" ");
    let said = words(&said);
    for wanted in [
        "none. Make it first",
        "folder is a folder. Name a file in it",
        "new/. Make it first",
        "mine.py is there already",
        "mine.py. Make it first",
        "in column 7 is never closed",
        "two words.py. Run it",
        "in place of its own module redis",
    ] {
        assert!(said.contains(wanted), "{wanted}: {said}");
    }
    assert_eq!(said.matches("again.py. Run it").count(), 2, "{said}");
    assert!(!home.path("redis.py").exists());
    assert_eq!(
        std::fs::read_to_string(home.path("mine.py")).expect("it is there"),
        "mine"
    );
    // What a learner has written into it stays.
    let again = home.path("again.py");
    let changed = std::fs::read_to_string(&again).expect("it was written") + "print(1)\n";
    std::fs::write(&again, &changed).expect("a file");
    let line = format!(":code {}\n", again.display());
    let output = home.run(&["learn", "9.2", "--no-journal"], line.as_bytes());
    assert!(words(&text(&output.stdout)).contains("is not as a lesson wrote it"));
    assert_eq!(
        std::fs::read_to_string(&again).expect("it is there"),
        changed
    );
}
