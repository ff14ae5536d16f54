//! Lines that are typed in answer to the course's own questions: which are right, and what is said of the others.

use rediscover::{
    text::{Language, Words},
    tutor::VerdictKind,
    view::{self, Style},
};

use super::answer;

/// The verdict on a typed answer, and all that is shown.
fn answered(lesson: &str, id: &str, line: &str) -> (VerdictKind, String) {
    let fed = answer(lesson, id, line, false);
    let shown = view::screen(&fed.outputs, &Style::default(), &Words::new(Language::En));
    let words: Vec<&str> = shown.split_whitespace().collect();
    (fed.record.verdict, words.join(" "))
}

fn assert_right(rows: &[(&str, &str, &str)]) {
    for (lesson, id, line) in rows {
        let (verdict, said) = answered(lesson, id, line);
        assert_eq!(verdict, VerdictKind::Pass, "{id}: {line}: {said}");
    }
}

fn assert_said(rows: &[(&str, &str, &str, &str)]) {
    for (lesson, id, line, sentence) in rows {
        let (verdict, said) = answered(lesson, id, line);
        assert_ne!(verdict, VerdictKind::Pass, "{id}: {line}: {said}");
        assert!(said.contains(sentence), "{id}: {line}: {said}");
    }
}

#[test]
fn letter_case_means_nothing_in_command_and_option_words_alone() {
    let rows = [
        ("6.4", "add-five", "5 Ann"),
        ("11.4", "count-names-with-b", "[B (C"),
        ("9.8", "announce-expired", "EX"),
        ("9.8", "announce-expired", "ex"),
        ("3.3", "insert-before-b", "LINSERT K BEFORE B X"),
        ("0.1", "quoted-value", "SET NOTE \"SEE YOU AT 5\""),
        ("9.5", "take-in-one", "SET LOCK TOK NX EX 10"),
        ("4.2", "name-and-city", "HMGET U NAME CITY"),
        ("8.4", "zadd-call", "ZADD Z 5 ANN"),
        ("1.1", "count-a-view", "INCR PAGE:VIEWS"),
        ("2.1", "login-session", "EXPIRE SESSION:9 1800"),
        ("8.1", "bytes-or-text", "B'X'"),
    ];
    for (lesson, id, line) in rows {
        for choices in [true, false] {
            let verdict = answer(lesson, id, line, choices).record.verdict;
            assert_ne!(verdict, VerdictKind::Pass, "{line}");
        }
    }
    let rows = [
        ("6.4", "add-five", "5 ann"),
        ("9.8", "announce-expired", "Ex"),
        ("3.3", "insert-before-b", "linsert k before b x"),
        ("9.5", "take-in-one", "set lock tok nx ex 10"),
        ("2.1", "login-session", "expire session:9 1800"),
        ("8.1", "bytes-or-text", "b'x'"),
        ("7.2", "where-watch-stands", "Before multi"),
        ("8.5", "pipeline-collects", "Nothing"),
    ];
    for (lesson, id, line) in rows {
        for choices in [true, false] {
            let verdict = answer(lesson, id, line, choices).record.verdict;
            assert_eq!(verdict, VerdictKind::Pass, "{line}");
        }
    }
}

#[test]
fn what_ends_alike_in_the_data_of_the_question_alone_is_wrong() {
    assert_said(&[
        (
            "9.5",
            "take-in-one",
            "SET lock tok NX",
            "An option is missing.",
        ),
        ("9.5", "take-in-one", "SET lock tok NX EX 1", "as seconds"),
        ("9.5", "take-in-one", "SET lock B NX EX 10", "as value"),
        ("8.2", "set-nx-ex-call", "SET k v NX", "option is missing"),
        ("8.2", "set-nx-ex-call", "SET k w NX EX 10", "as value"),
        (
            "7.3",
            "tell-everybody",
            "PUBLISH \"door open\" ops",
            "in each other's place",
        ),
        (
            "7.3",
            "tell-everybody",
            "PUBLISH OPS \"door open\"",
            "upper and lower case",
        ),
        (
            "7.3",
            "tell-everybody",
            "SPUBLISH ops \"door open\"",
            "Here that comes to the same.",
        ),
        ("5.1", "is-zoe-online", "SREM", "You are only to look."),
        (
            "11.1",
            "blmove-order",
            "BLMOVE todo doing LEFT LEFT 1",
            "a x",
        ),
        (
            "11.1",
            "blmove-order",
            "BLMOVE todo doing LEFT RIGHT 0",
            "as timeout",
        ),
        (
            "11.1",
            "blmove-order",
            "LMOVE todo doing LEFT RIGHT",
            "Here that comes to the same.",
        ),
        ("1.2", "only-if-free", "KEEPTTL", "is not the word"),
    ]);
    assert_right(&[
        ("9.5", "take-in-one", "SET lock tok PX 10000 NX"),
        ("8.2", "set-nx-ex-call", "SET k v EX 10 NX"),
        ("7.3", "tell-everybody", "publish ops 'door open'"),
        ("11.1", "blmove-order", "blmove todo doing left right 1"),
    ]);
}

#[test]
fn what_does_more_than_is_asked_for_is_wrong() {
    assert_said(&[
        ("0.1", "empty-is-not-deleted", "DEL draft x", "one word too"),
        (
            "0.1",
            "empty-is-not-deleted",
            "DEL draft \"\"",
            "one word too",
        ),
        (
            "0.1",
            "empty-is-not-deleted",
            "UNLINK draft x",
            "With other data",
        ),
        ("0.1", "empty-is-not-deleted", "FLUSHALL", "With other data"),
        ("4.3", "one-field-only", "HDEL u city Rome", "one word too"),
        (
            "1.5",
            "del-takes-no-pattern",
            "DEL tmp:1 && DEL tmp:2",
            "Put ; between the commands.",
        ),
        (
            "1.5",
            "del-takes-no-pattern",
            "DEL tmp:1 DEL tmp:2",
            "DEL is one word too many.",
        ),
        ("4.4", "no-hincr", "HSET u age 31", "worked it out yourself"),
        (
            "6.5",
            "keep-best-two",
            "ZREM board a b",
            "found them yourself",
        ),
    ]);
    assert_right(&[
        ("0.1", "empty-is-not-deleted", "UNLINK draft"),
        ("1.5", "del-takes-no-pattern", "DEL tmp:1; DEL tmp:2"),
        ("3.3", "insert-before-b", "LINSERT k AFTER a x"),
        ("3.3", "overwrite-third", "LSET k -1 z"),
        ("8.3", "linsert-side", "LINSERT scores BEFORE 90 95"),
        ("11.3", "zinter-numkeys", "ZINTER 2 b a"),
        ("6.2", "best-two-with-scores", "ZRANGE z 0 1 REV WITHSCORES"),
    ]);
}

#[test]
fn what_answers_the_question_in_another_way_is_right() {
    assert_right(&[
        ("4.2", "name-and-city", "HMGET u city name"),
        ("5.1", "is-zoe-online", "SMISMEMBER"),
    ]);
}

#[test]
fn semicolons_divide_commands_and_end_lines() {
    assert_right(&[
        ("2.2", "keep-the-deadline", "KEEPTTL;"),
        ("1.2", "only-if-free", "NX;"),
        ("3.4", "keep-last-three", "-3 -1;"),
        ("0.2", "ask-for-type", "TYPE；"),
    ]);
    let divide = "Put ; between the commands.";
    assert_said(&[
        (
            "3.3",
            "linsert-two",
            "LINSERT k BEFORE b x LINSERT k BEFORE b y",
            divide,
        ),
        (
            "3.3",
            "linsert-two",
            "LINSERT k BEFORE b x, LINSERT k BEFORE b y",
            divide,
        ),
        (
            "3.3",
            "linsert-two",
            "LINSERT k BEFORE b x && LINSERT k BEFORE b y",
            divide,
        ),
        (
            "3.3",
            "linsert-two",
            "LINSERT k BEFORE b x",
            "one more command is missing",
        ),
        (
            "5.1",
            "no-commas",
            "SADD tags red; green; blue",
            "Words are divided by spaces alone.",
        ),
    ]);
}

#[test]
fn of_a_wrong_line_it_is_said_in_what_it_differs() {
    let no_deadline = "has no deadline then, and it is to have one.";
    let in_vain = "changes nothing here.";
    assert_said(&[
        (
            "5.1",
            "no-commas",
            "SADD tags \"red, green, blue\"",
            "{\"red, green, blue\"}",
        ),
        (
            "3.3",
            "linsert-two",
            "LINSERT k BEFORE b \"x y\"",
            "k: a \"x y\" b",
        ),
        ("9.1", "refresh-the-price", "SET price 9 XX", no_deadline),
        ("9.1", "refresh-the-price", "GETSET price 9", no_deadline),
        (
            "9.1",
            "refresh-the-price",
            "SET price 9 EX 120",
            "The time that price has left",
        ),
        ("2.2", "setex-order", "SET code 4711", no_deadline),
        ("9.1", "refresh-the-price", "SET price 8 KEEPTTL", in_vain),
        ("3.3", "insert-before-b", "LSET k 2 c", in_vain),
        ("2.2", "make-it-stay", "SET cart:1 x KEEPTTL", in_vain),
        (
            "6.1",
            "score-first",
            "ZADD 80 bo board",
            "board is the key: it belongs where 80 stands.",
        ),
        (
            "8.4",
            "zadd-call",
            "ZADD 5 ann z",
            "z is the key: it belongs where 5 stands.",
        ),
        ("0.1", "empty-is-not-deleted", "DEL draft。", "The sign 。"),
        ("5.4", "target-first", "SINTERSTORE c a b。", "The sign 。"),
        ("6.4", "add-five", "5 ann。", "The sign 。"),
        (
            "2.2",
            "setex-order",
            "SET code 4711 60",
            "60 is not a word that SET knows.",
        ),
        (
            "2.2",
            "setex-order",
            "SET code 4711 EXPIRE 60",
            "EXPIRE is not a word that SET",
        ),
    ]);
}

#[test]
fn of_a_change_where_only_looking_is_asked_for_it_is_said_what_it_leaves() {
    // That only a deadline differs is no news where none is to be set.
    assert_said(&[
        (
            "0.2",
            "ask-for-type",
            "PERSIST",
            "That line answers (integer) 0",
        ),
        (
            "4.2",
            "name-and-city",
            "EXPIRE u 60",
            "leaves u: age=30 city=Rome name=ann (60 s)",
        ),
    ]);
}

#[test]
fn of_an_order_that_lacks_only_a_deadline_that_is_said() {
    // The numbers are those of the sheet, so one of all orders is the one that drops the deadline.
    for (lesson, id) in [("2.2", "deadline-last"), ("10.1", "stock-and-deadline")] {
        let orders = ["1 2 3", "1 3 2", "2 1 3", "2 3 1", "3 1 2", "3 2 1"];
        let mut said = orders.iter().map(|order| answered(lesson, id, order).1);
        assert!(
            said.any(|said| said.contains("has no deadline then")),
            "{id}"
        );
    }
}

#[test]
fn a_line_of_another_language_costs_nothing_and_is_called_so() {
    for (lesson, id, line) in [
        ("8.2", "setex-call", "r.setex(\"k\", 10, \"v\")"),
        ("8.2", "setex-call", "SETEX(\"k\", 10, \"v\")"),
        (
            "8.3",
            "linsert-side",
            "r.linsert(\"scores\", \"AFTER\", \"100\", 95)",
        ),
        ("8.4", "zadd-call", "ZADD z {\"ann\": 5}"),
        ("4.2", "name-and-city", "SELECT name, city FROM u"),
    ] {
        let (verdict, said) = answered(lesson, id, line);
        assert_eq!(verdict, VerdictKind::Aside, "{line}: {said}");
        assert!(
            said.contains("a line of another language"),
            "{line}: {said}"
        );
    }
}

#[test]
fn a_result_that_is_worked_out_or_built_anew_is_only_right_here() {
    let here = "Here that comes to the same.";
    let one = "One command is wanted.";
    assert_said(&[
        ("4.4", "no-hincr", "HMSET u age 31", here),
        ("4.4", "no-hincr", "DEL u; HSET u age 31", one),
        ("5.4", "target-first", "COPY a c; SREM c 1", one),
        ("6.5", "keep-best-two", "ZREM board b a", here),
        ("11.5", "sort-store-order", "LPUSH s 3 2 1", here),
        ("11.3", "zinter-numkeys", "ZRANGE a 1 1", here),
        ("4.3", "one-field-only", "DEL u; HSET u name ann", one),
        ("3.3", "linsert-two", "DEL k; RPUSH k a x y b", here),
        ("3.3", "insert-before-b", "DEL k; RPUSH k a x b c", one),
        (
            "8.3",
            "linsert-side",
            "RPOP scores; RPUSH scores 95 90",
            one,
        ),
        ("9.1", "refresh-the-price", "INCR price", here),
        (
            "9.1",
            "refresh-the-price",
            "SET price 9 EX 1200",
            "EX is not the word",
        ),
        ("2.2", "make-it-stay", "SET cart:1 x", here),
        ("11.4", "count-names-with-b", "[b [bob", here),
        ("11.4", "count-names-with-b", "[b (bz", here),
        ("6.5", "keep-best-two", "ZREMRANGEBYRANK board 0 1", here),
        (
            "6.2",
            "best-two-with-scores",
            "ZREVRANGE z 0 -2 WITHSCORES",
            here,
        ),
        ("5.2", "three-winners", "SPOP hat; SPOP hat; SPOP hat", one),
        ("4.2", "name-and-city", "HGET u name; HGET u city", one),
    ]);
    assert_right(&[
        (
            "3.3",
            "linsert-two",
            "LINSERT k BEFORE b y; LINSERT k BEFORE y x",
        ),
        ("2.2", "make-it-stay", "GETEX cart:1 PERSIST"),
        ("4.4", "no-hincr", "HINCRBYFLOAT u age 1"),
    ]);
}

#[test]
fn what_a_call_sends_is_one_line_alone() {
    let other = "that is not what the call sends";
    assert_said(&[
        ("8.2", "setex-call", "SET k v EX 10", other),
        ("8.2", "setex-call", "PSETEX k 10000 v", other),
        ("8.4", "zadd-call", "ZINCRBY z 5 ann", other),
    ]);
    assert_right(&[
        ("8.2", "setex-call", "setex k 10 v"),
        ("8.2", "set-nx-ex-call", "SET k v EX 10 NX"),
    ]);
}

#[test]
fn the_first_hint_on_a_mistake_tells_what_kind_of_fault_it_is() {
    for (lesson, id, sentence) in [
        ("2.2", "setex-order", "stand in the wrong order"),
        ("11.3", "zinter-numkeys", "A word is missing."),
        ("3.3", "linsert-two", "It takes 2 commands."),
        ("3.3", "overwrite-third", "Look at 3 in the line."),
        ("4.4", "no-hincr", "begins with HINCRBY"),
    ] {
        let (_, said) = answered(lesson, id, ":hint");
        assert!(said.contains(sentence), "{id}: {said}");
    }
}
