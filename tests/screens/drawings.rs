//! Keys and what changed in them.

use insta::assert_snapshot;
use rediscover::{
    notation::Literal,
    text::Language,
    tutor::{Algebra, Lifetimes, Output, Reading, StateView},
    view::layout::width,
};

use super::scene::{
    Keys, NOW, all, ascii, at, bytes, changed, coloured, drawn, escaped, now, plain, sheet,
};

fn state(view: StateView) -> [Output; 1] {
    [Output::State(view)]
}

#[test]
fn list_with_new_elements_at_the_left() {
    let before = Keys::new().list("orders", &["o1", "o2", "o3"]);
    let after = before
        .clone()
        .list("orders", &["x2", "x1", "o1", "o2", "o3"]);
    assert_snapshot!(all(&state(changed(&before, &after, &["orders"]))));
}

#[test]
fn list_of_one() {
    let after = Keys::new().list("orders", &["o1"]);
    assert_snapshot!(all(&state(changed(&Keys::new(), &after, &["orders"]))));
}

#[test]
fn list_with_elements_taken_replaced_and_put_between() {
    let before = Keys::new().list("bus", &["zoo", "park", "hill", "lake", "end"]);
    let after = before
        .clone()
        .list("bus", &["park", "hill", "pier", "sea", "end"]);
    assert_snapshot!(all(&state(changed(&before, &after, &["bus"]))));
}

#[test]
fn marks_beside_equal_elements_stand_where_the_line_worked() {
    let ring = Keys::new().list("ring", &["tea", "rice", "tea"]);
    let (turned, put) = (
        ring.clone().list("ring", &["rice", "tea", "tea"]),
        ring.clone().list("ring", &["tea", "tea", "rice", "tea"]),
    );
    let taken = ring.clone().list("ring", &["rice", "tea"]);
    let screens = [
        ("LMOVE ring ring LEFT RIGHT", &turned),
        ("LPUSH ring tea", &put),
        ("LPOP ring", &taken),
    ]
    .map(|(line, after)| {
        let line = line.split(' ').map(bytes).collect();
        let view = StateView {
            line,
            ..changed(&ring, after, &["ring"])
        };
        sheet(
            &state(view),
            &[("80", at(80)), ("plain", plain())],
            Language::En,
        )
    });
    assert_snapshot!(screens.concat());
}

#[test]
fn list_that_is_too_long_for_its_place() {
    let numbers: Vec<String> = (0..10_000).map(|n| format!("n{n}")).collect();
    let mut elements: Vec<&str> = numbers.iter().map(String::as_str).collect();
    let before = Keys::new().list("long", &elements);
    elements[5_000] = "changed";
    let after = before.clone().list("long", &elements);
    assert_snapshot!(all(&state(changed(&before, &after, &["long"]))));
}

#[test]
fn list_of_long_and_strange_elements() {
    let keys = Keys::new().list(
        "strange",
        &[
            "北京",
            "🍜 noodles",
            "",
            " ",
            "a\tb\u{1b}[31m",
            "a very long element that is cut somewhere",
        ],
    );
    let view = state(now(&keys, &["strange"]));
    let styles = [
        ("80", at(80)),
        ("40", at(40)),
        ("escape", escaped(80)),
        ("plain", plain()),
    ];
    assert_snapshot!(sheet(&view, &styles, Language::En));
}

#[test]
fn hash_with_a_changed_a_new_and_a_gone_field_and_a_deadline() {
    let before = Keys::new()
        .hash(
            "user:1",
            &[("name", "xiaohui"), ("age", "15"), ("town", "Linz")],
        )
        .lives("user:1", Some(58_000));
    let after = before.clone().hash(
        "user:1",
        &[("name", "xiaohui"), ("age", "16"), ("city", "北京")],
    );
    assert_snapshot!(all(&state(changed(&before, &after, &["user:1"]))));
}

#[test]
fn set_with_members_come_and_gone() {
    let before = Keys::new().members("likes:ana", &["cem", "dee", "10", "9"]);
    let after = before
        .clone()
        .members("likes:ana", &["cem", "eli", "10", "9"]);
    assert_snapshot!(all(&state(changed(&before, &after, &["likes:ana"]))));
}

#[test]
fn set_that_is_too_large() {
    let numbers: Vec<String> = (0..5_000).map(|n| format!("member-{n}")).collect();
    let mut members: Vec<&str> = numbers.iter().map(String::as_str).collect();
    let before = Keys::new().members("crowd", &members);
    members.push("latecomer");
    let after = Keys::new().members("crowd", &members);
    assert_snapshot!(all(&state(changed(&before, &after, &["crowd"]))));
}

#[test]
fn sorted_set_with_moved_new_and_gone_members() {
    let before = Keys::new().scores(
        "heroes",
        &[
            ("liubei", 70.0),
            ("guanyu", 70.0),
            ("zhangfei", 80.0),
            ("lvbu", 99.0),
        ],
    );
    let after = before.clone().scores(
        "heroes",
        &[
            ("guanyu", 70.0),
            ("zhangfei", 80.0),
            ("liubei", 90.0),
            ("zhaoyun", 95.0),
        ],
    );
    assert_snapshot!(all(&state(changed(&before, &after, &["heroes"]))));
}

#[test]
fn sorted_set_with_negative_endless_and_equal_scores() {
    let keys = Keys::new().scores(
        "temp",
        &[
            ("void", f64::NEG_INFINITY),
            ("harbin", -18.5),
            ("oslo", -4.0),
            ("zero", 0.0),
            ("lima", 19.25),
            ("rome", 19.25),
            ("sun", f64::INFINITY),
        ],
    );
    assert_snapshot!(all(&state(now(&keys, &["temp"]))));
}

#[test]
fn sorted_set_that_is_too_long() {
    let names: Vec<String> = (0..10_000).map(|n| format!("player{n:05}")).collect();
    let mut scores: Vec<(&str, f64)> = names
        .iter()
        .map(String::as_str)
        .zip((0..10_000u32).map(f64::from))
        .collect();
    let before = Keys::new().scores("board", &scores);
    scores[10].1 = 5_000.5;
    let after = Keys::new().scores("board", &scores);
    assert_snapshot!(all(&state(changed(&before, &after, &["board"]))));
}

#[test]
fn strings_new_changed_long_and_binary() {
    let before = Keys::new().string("age", "15").string("text", "hello");
    let long = "0123456789".repeat(1_000);
    let after = before
        .clone()
        .string("age", "16")
        .string(
            "text",
            "hello world, this is a somewhat longer text now, so long that it needs two lines",
        )
        .string("long", &long)
        .string("bell", "\u{7}\u{202e}abc");
    let view = state(changed(&before, &after, &["age", "text", "long", "bell"]));
    assert_snapshot!(all(&view));
}

#[test]
fn several_keys_stand_side_by_side() {
    let before = Keys::new()
        .list("orders", &["o2", "o3"])
        .scores("heroes", &[("guanyu", 70.0), ("zhangfei", 80.0)])
        .hash("user:1", &[("name", "ana")]);
    let after = before.clone().list("orders", &["o2", "o3", "o4"]);
    assert_snapshot!(all(&state(changed(
        &before,
        &after,
        &["orders", "heroes", "user:1"]
    ))));
}

#[test]
fn keys_gone_missing_and_of_another_type() {
    let before = Keys::new()
        .list("orders", &["o1"])
        .list("was", &["a"])
        .string("lock", "me")
        .lives("lock", Some(10_000));
    let after = before
        .clone()
        .without("orders")
        .string("was", "b")
        .lives("lock", None);
    assert_snapshot!(all(&state(changed(
        &before,
        &after,
        &["orders", "nobody", "was", "lock"]
    ))));
}

#[test]
fn deadlines_new_and_changed() {
    let before = Keys::new()
        .string("code", "1234")
        .string("page", "<html>")
        .lives("page", Some(5_000));
    let after = before
        .clone()
        .lives("code", Some(300_000))
        .lives("page", Some(60_000));
    assert_snapshot!(all(&state(changed(&before, &after, &["code", "page"]))));
}

#[test]
fn many_keys_take_a_line_each_but_for_what_changed() {
    let mut before = Keys::new();
    for n in 1..=9 {
        before = before.list(&format!("queue:{n}"), &["a", "b", "c"]);
    }
    let after = before.clone().list("queue:5", &["a", "b", "c", "d"]);
    let names: Vec<String> = (1..=9).map(|n| format!("queue:{n}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    assert_snapshot!(all(&state(changed(&before, &after, &names))));
}

/// A key's line tells how long it lives, though its size has no room then; and no part of a value is three dots.
#[test]
fn lines_of_keys_that_live_for_a_time_fit_40_columns() {
    let mut keys = Keys::new();
    for n in 1..=7 {
        let name = format!("waiting-list:{n}");
        keys = keys
            .list(&name, &["anastasia", "bartholomew", "cleopatra"])
            .lives(&name, Some(3_600_000 * n));
    }
    let names: Vec<String> = (1..=7).map(|n| format!("waiting-list:{n}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let view = state(now(&keys, &names));
    assert_snapshot!(sheet(
        &view,
        &[("40", at(40)), ("80", at(80))],
        Language::En
    ));
}

/// A changed field has hardly any room beside a long name.
#[test]
fn lines_of_changed_hashes_are_drawn_in_any_width() {
    let name = |n: usize| format!("{}:{n}", "a-long-name".repeat(n / 2 + 1));
    let (mut before, mut after) = (Keys::new(), Keys::new());
    for n in 1..=8 {
        before = before.hash(&name(n), &[("field", "1"), ("other", "2")]);
        after = after.hash(&name(n), &[("field", "3"), ("other", "4")]);
    }
    let names: Vec<String> = (1..=8).map(name).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let view = state(changed(&before, &after, &names));
    for width in 40..100 {
        let text = drawn(&view, &at(width), Language::En);
        assert!(text.contains("hash"), "{width}: {text}");
    }
}

fn likes() -> Keys {
    Keys::new()
        .members("likes:ana", &["cem", "dee"])
        .members("likes:ben", &["cem", "eli"])
}

fn operation(operation: &'static str, line: &str, view: StateView) -> StateView {
    let sources = vec![bytes("likes:ana"), bytes("likes:ben")];
    StateView {
        algebra: Some(Algebra {
            operation,
            line: line.to_owned(),
            sources,
            scores: None,
        }),
        ..view
    }
}

#[test]
fn intersection_as_a_grid() {
    let view = operation(
        "SINTER",
        "SINTER likes:ana likes:ben",
        now(&likes(), &["likes:ana", "likes:ben"]),
    );
    assert_snapshot!(all(&state(view)));
}

#[test]
fn columns_of_sets_that_are_numbered_keep_more_than_the_number() {
    let keys = Keys::new()
        .members("user:1", &["2", "4"])
        .members("user:2", &["4"]);
    let view = StateView {
        algebra: Some(Algebra {
            operation: "SUNION",
            line: "SUNION user:1 user:2".to_owned(),
            sources: vec![bytes("user:1"), bytes("user:2")],
            scores: None,
        }),
        ..now(&keys, &["user:1", "user:2"])
    };
    let wide = drawn(&state(view.clone()), &at(80), Language::En);
    assert!(wide.contains("user:1   user:2   in any"), "{wide}");
    let narrow = drawn(&state(view), &at(30), Language::En);
    assert!(narrow.contains(":1   :2   in any"), "{narrow}");
}

#[test]
fn a_long_error_goes_on_at_a_word() {
    let error = "ERR wrong number of arguments for this command, and much more to say of it";
    let reply = [Output::Reply(Literal::Error(error.to_owned()))];
    let text = drawn(&reply, &at(40), Language::En);
    let lines: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    assert!(lines.len() > 1, "{text}");
    assert_eq!(lines.join(" "), format!("(error) {error}"));
}

#[test]
fn difference_that_is_stored() {
    let after = likes().members("only:ana", &["dee"]);
    let view = changed(&likes(), &after, &["only:ana"]);
    let view = operation("SDIFF", "SDIFFSTORE only:ana likes:ana likes:ben", view);
    assert_snapshot!(all(&state(view)));
}

#[test]
fn colours_stand_beside_signs() {
    let before = Keys::new()
        .list("bus", &["zoo", "park", "end"])
        .hash("user:1", &[("name", "ana"), ("age", "15")])
        .scores("heroes", &[("guanyu", 70.0)]);
    let after = Keys::new()
        .list("bus", &["park", "end", "pier"])
        .hash("user:1", &[("name", "ana"), ("age", "16")])
        .scores("heroes", &[("guanyu", 75.0), ("lvbu", 99.0)]);
    let view = state(changed(&before, &after, &["bus", "user:1", "heroes"]));
    assert_snapshot!(sheet(
        &view,
        &[("coloured", coloured(80)), ("ascii", ascii(80))],
        Language::En
    ));
}

#[test]
fn drawings_in_chinese() {
    let before = Keys::new()
        .list("订单", &["面", "饺子"])
        .scores("榜单", &[("关羽", 70.0), ("张飞", 80.0)])
        .lives("榜单", Some(90_000));
    let after = before
        .clone()
        .list("订单", &["饺子", "包子"])
        .scores("榜单", &[("关羽", 85.0), ("张飞", 80.0)]);
    let view = state(changed(&before, &after, &["订单", "榜单"]));
    assert_snapshot!(sheet(
        &view,
        &[("80", at(80)), ("40", at(40)), ("plain", plain())],
        Language::Zh
    ));
}

#[test]
fn no_keys_at_all() {
    assert_snapshot!(all(&state(now(&Keys::new(), &[]))));
}

#[test]
fn a_bar_is_filled_against_the_time_that_was_given() {
    let keys = Keys::new()
        .string("long", "x")
        .lives("long", Some(300_000))
        .string("half", "x")
        .lives("half", Some(60_000))
        .string("unknown", "x")
        .lives("unknown", Some(30_000));
    let mut lifetimes = Lifetimes::default();
    lifetimes.note(&keys.clone().without("half").without("unknown").0, NOW);
    let half = keys.clone().without("unknown");
    let view = |keys: &Keys, lifetimes: &Lifetimes| StateView {
        lifetimes: lifetimes.clone(),
        ..now(keys, &["long", "half", "unknown"])
    };
    lifetimes.note(&half.0, NOW - 60_000);
    assert_snapshot!(drawn(
        &state(view(&keys, &lifetimes)),
        &at(80),
        Language::En
    ));
}

#[test]
fn a_drawing_is_no_wider_than_a_text() {
    let names: Vec<String> = (0..12).map(|n| format!("stop{n:02}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let keys = Keys::new().list("bus", &names);
    let text = drawn(&state(now(&keys, &["bus"])), &at(80), Language::En);
    assert!(text.lines().all(|line| width(line) <= 76), "{text}");
}

#[test]
fn lists_beside_a_changed_key_are_drawn_while_there_is_room() {
    let before = Keys::new()
        .list("cooking", &["t1:ramen"])
        .list("desk", &["t9:gyoza", "t2:miso", "t4:ramen"]);
    let after = before
        .clone()
        .string("board:len", "3")
        .lives("board:len", Some(10_000));
    let moved = Keys::new()
        .list("cooking", &["t9:gyoza", "t1:ramen"])
        .list("desk", &["t2:miso", "t4:ramen"]);
    let screens = [
        (&after, ["board:len", "cooking", "desk"].as_slice(), 80),
        (&moved, &["cooking", "desk"], 60),
    ];
    let screens = screens.map(|(after, keys, width)| {
        let view = changed(&before, after, keys);
        drawn(&state(view), &at(width), Language::En)
    });
    assert_snapshot!(screens.join("\n"));
}

#[test]
fn a_drawing_leaves_the_reply_above_it_on_the_screen() {
    let before = Keys::new().list(
        "bus",
        &["zoo", "mill", "park", "hill", "lake", "park", "tower"],
    );
    let after = before.clone().list(
        "bus",
        &[
            "zoo", "mill", "park", "kiosk", "hill", "lake", "park", "tower",
        ],
    );
    let elements = [
        "zoo", "mill", "park", "kiosk", "hill", "lake", "park", "tower",
    ];
    let reply = elements.map(|element| Literal::Bulk(bytes(element)));
    let outputs = [
        Output::Reply(Literal::Array(reply.to_vec())),
        Output::State(changed(&before, &after, &["bus"])),
        Output::Note("A remark.\n".repeat(5)),
    ];
    let text = drawn(&outputs, &at(80), Language::En);
    assert!(text.lines().count() < 24, "{text}");
    assert!(text.contains("+ kiosk"), "{text}");
}

#[test]
fn what_a_line_has_read_is_marked() {
    let keys = Keys::new()
        .list("orders", &["o1", "o2", "o3", "o4", "o5"])
        .hash("user", &[("name", "ada"), ("age", "36"), ("city", "北京")])
        .scores("marks", &[("ana", 61.0), ("ben", 70.0), ("cem", 85.5)]);
    let read = |key: &str, places: &[usize]| StateView {
        reading: Some(Reading {
            key: bytes(key),
            places: places.iter().map(|at| *at..at + 1).collect(),
            from_highest: false,
        }),
        ..changed(&keys, &keys, &[key])
    };
    let mut from_highest = read("marks", &[2]);
    if let Some(reading) = &mut from_highest.reading {
        reading.from_highest = true;
    }
    let views = [
        read("orders", &[1, 2, 3]),
        read("user", &[0, 2]),
        read("marks", &[1, 2]),
        from_highest,
    ];
    let sheets = views.map(|view| {
        let sizes = [("80", at(80)), ("ascii", ascii(60)), ("plain", plain())];
        sheet(&state(view), &sizes, Language::En)
    });
    assert_snapshot!(sheets.concat());
}

#[test]
fn a_grid_of_many_long_scores_keeps_to_the_screen() {
    let names = ["a", "b", "c", "d", "e"];
    let keys = names.iter().fold(Keys::new(), |keys, name| {
        keys.scores(name, &[("ann", 1_767_225_600_123.0), ("ben", 0.5)])
    });
    let view = StateView {
        algebra: Some(Algebra {
            operation: "ZUNION",
            line: "ZUNION 5 a b c d e".to_owned(),
            sources: names.iter().map(|name| bytes(name)).collect(),
            scores: Some(vec![
                (bytes("ben"), 2.5),
                (bytes("ann"), 8_836_128_000_615.0),
            ]),
        }),
        ..now(&keys, &names)
    };
    for width in [40, 60, 80] {
        // None of its lines is wider than the screen, and the result is there.
        let text = drawn(&state(view.clone()), &at(width), Language::En);
        assert!(
            text.contains("8836128000615") && text.contains('…'),
            "{text}"
        );
    }
}

#[test]
fn of_a_grid_without_room_the_result_stays() {
    let letters: Vec<String> = ('a'..='z').map(String::from).collect();
    let letters: Vec<&str> = letters.iter().map(String::as_str).collect();
    let keys = Keys::new()
        .members("all", &letters)
        .members("some", &["v", "x", "z"]);
    let view = StateView {
        algebra: Some(Algebra {
            operation: "SINTER",
            line: "SINTER all some".to_owned(),
            sources: vec![bytes("all"), bytes("some")],
            scores: None,
        }),
        ..now(&keys, &["all", "some"])
    };
    let text = drawn(&state(view), &at(80), Language::En);
    for member in ["  v ", "  x ", "  z "] {
        assert!(text.contains(member), "{text}");
    }
    assert!(text.contains("more …"), "{text}");
}

#[test]
fn sorted_sets_combined_as_a_grid_of_scores() {
    let keys = Keys::new()
        .scores("r1", &[("red", 10.0), ("blue", 7.0), ("gold", 3.0)])
        .scores("r2", &[("red", 5.0), ("blue", 8.0), ("pink", 9.5)])
        .members("guests", &["pink"]);
    let view = |operation, line: &str, sources: &[&str], scores: &[(&str, f64)]| StateView {
        algebra: Some(Algebra {
            operation,
            line: line.to_owned(),
            sources: sources.iter().map(|key| bytes(key)).collect(),
            scores: Some(
                scores
                    .iter()
                    .map(|(member, score)| (bytes(member), *score))
                    .collect(),
            ),
        }),
        ..now(&keys, sources)
    };
    let union = view(
        "ZUNION",
        "ZUNION 2 r1 r2 WEIGHTS 1 2",
        &["r1", "r2"],
        &[("gold", 3.0), ("pink", 19.0), ("red", 20.0), ("blue", 23.0)],
    );
    let inter = view(
        "ZINTER",
        "ZINTER 2 r2 guests",
        &["r2", "guests"],
        &[("pink", 10.5)],
    );
    let sheets = [union, inter].map(|view| {
        let sizes = [("80", at(80)), ("ascii", ascii(40)), ("plain", plain())];
        sheet(&state(view), &sizes, Language::En)
    });
    assert_snapshot!(sheets.concat());
}
