//! Packs: made, checked, damaged.

use std::fs;

use crate::home::{Home, status, text};

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

#[test]
fn the_built_in_course_passes_its_check_without_a_warning() {
    let home = Home::new();
    let shown = text(&home.run(&["pack", "check"], b"").stdout);
    assert!(shown.contains(": 0 errors, 0 warnings\n"), "{shown}");
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
        (
            "do = \"LPOP orders\"",
            "do = \"LPPO orders\"",
            "1.1.toml:47:6",
        ),
        (
            "do = \"LPOP orders\"",
            "do = \"LPPO orders\"",
            "did you mean `LPOP`",
        ),
        (
            "stage = \"worked\"",
            "review = \"1.2\"\nstage = \"worked\"",
            "1.1.toml:11:10",
        ),
        ("id = \"1.1\"", "id = \"1.2\"", "1.1.toml:1:6"),
        (
            "[[quiz]]",
            "[[step]]\nkind = \"external\"\ngoal = \"g\"\ncode = \"c\"\ndo = \"PING\"\nhint = [\"a\", \"b\"]\ntimeout = \"2h\"\n[[quiz]]",
            "longer than an hour",
        ),
        ("answer = '\"a\"'", "answer = '\"c\"'", "and it is right"),
        (
            "ask = \"RPOP jobs\"\nreply = '\"c\"'",
            "ask = \"RPOP jobs\"\nreply = '\"a\"'",
            "reply = '\"c\"'",
        ),
        (
            "reply = '[\"o1\", \"o2\", \"o3\"]'\n",
            "",
            "reply = '[\"o1\", \"o2\", \"o3\"]'",
        ),
    ] {
        let (status, shown) = damaged(from, to);
        assert_eq!(status, 1, "{to}:\n{shown}");
        assert!(shown.contains(wanted), "{to} should say {wanted}:\n{shown}");
        assert!(shown.contains(".toml"), "the file is named:\n{shown}");
    }
}

#[test]
fn a_way_through_a_pack_has_an_end() {
    for (from, to, wanted) in [
        (
            "lessons = [\"1.1\"]",
            "lessons = [\"1.1\", \"1.1\"]",
            "the pack has lesson `1.1` already",
        ),
        (
            "lessons = [\"1.1\"]",
            "lessons = [\"1.1\"]\n[[route]]\nid = \"r\"\ntitle = \"R\"\nlessons = [\"1\",\n\"1.1\"]",
            "the route has lesson `1.1` already",
        ),
        (
            "lessons = [\"1.1\"]",
            "lessons = [\"1.1\"]\n[[route]]\nid = \"none\"\ntitle = \"R\"\nlessons = [\"1\"]",
            "no route can have the id `none`",
        ),
    ] {
        let (status, shown) = damaged(from, to);
        assert_eq!(status, 1, "{to}:\n{shown}");
        assert!(shown.contains(wanted), "{to} should say {wanted}:\n{shown}");
    }
}

#[test]
fn what_is_found_by_playing_is_shown_at_its_place_with_and_without_an_id() {
    for (from, to, wanted) in [
        ("id = \"take-first\"\n", "", "1.1.toml:47:9"),
        (
            "id = \"take-first\"",
            "id = \"take-first\"",
            "1.1.toml:48:9",
        ),
    ] {
        let home = Home::new();
        let pack = home.path("pack");
        let name = pack.to_str().expect("text").to_owned();
        home.run(&["pack", "new", &name], b"");
        let file = pack.join("1.1.toml");
        let lesson = fs::read_to_string(&file).expect("it was made");
        let lesson = lesson
            .replace(from, to)
            .replace("reply = '\"o1\"'", "reply = '\"o9\"'");
        fs::write(&file, lesson).expect("it can be written");
        let shown = text(&home.run(&["pack", "check", &name], b"").stdout);
        assert!(shown.contains(wanted), "{shown}");
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
fn a_lesson_that_is_refused_stops_nothing_else() {
    let home = Home::new();
    let pack = home.path("pack");
    let name = pack.to_str().expect("text").to_owned();
    home.run(&["pack", "new", &name], b"");
    let change = |from: &str, to: &str, was: &str, is: &str| {
        let text = fs::read_to_string(pack.join(from)).expect("it was made");
        fs::write(pack.join(to), text.replace(was, is)).expect("it can be written");
    };
    change("1.1.toml", "1.2.toml", "do = \"LPOP", "do = \"LPOPP");
    change("1.2.toml", "1.2.toml", "id = \"1.1\"", "id = \"1.2\"");
    change("pack.toml", "pack.toml", "[\"1.1\"]", "[\"1.1\", \"1.2\"]");

    assert_eq!(
        status(&home.run(&["--pack", &name, "learn", "1.2"], b"")),
        5
    );
    let input = ":skip\n".repeat(6) + "\n:learn 1.2\n:quiz queues\n:skip\n:quit\n:goal\n";
    let output = home.run(&["--pack", &name, "learn"], input.as_bytes());
    let shown = text(&output.stdout);
    assert_eq!(
        shown.matches("which is no command").count(),
        2,
        "said each time:\n{shown}"
    );
    assert!(
        shown.contains("goes on to 1.2") && shown.contains("RPOP jobs"),
        "{shown}"
    );
    assert_eq!(status(&output), 0, "{}", text(&output.stderr));
    let output = home.run(&["--pack", &name], b"1.2\n\nlearn 1.1\nRPUSH orders o1\n");
    let shown = text(&output.stdout);
    assert!(
        shown.contains("orders has 1 element"),
        "home goes on:\n{shown}"
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
