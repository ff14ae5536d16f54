//! Is what the learner is told true, and of use?

use rediscover::{
    lesson::{Library, Source},
    text::{Language, Words},
    tutor::{Start, Tutor, VerdictKind},
    view::{self, Style},
};

use super::{HEAD, open, said, screen, tutor};

#[test]
fn a_success_says_what_has_become_of_the_key() {
    let setup = "setup = [\"SET ticket blue\", \"SET lamp on EX 9\", \"RPUSH bus zoo park\", \"HSET user name a\", \"ZADD z 1 m 2 n\", \"SADD mon ann\", \"SADD tue ann bob\", \"RPUSH one x\"]";
    for (line, sentence) in [
        ("EXPIRE ticket 60", "ticket has 60 s to live."),
        ("GETEX ticket EX 60", "ticket has 60 s to live."),
        ("PERSIST lamp", "lamp has no deadline any more."),
        (
            "SET lamp off",
            "lamp is now off. It has no deadline any more.",
        ),
        (
            "SETEX code 60 1234",
            "code is now 1234. It has 60 s to live.",
        ),
        (
            "LSET bus 0 safari",
            "At index 0 of bus there is safari now.",
        ),
        (
            "LMOVE bus bus LEFT RIGHT",
            "The elements of bus stand in another order now.",
        ),
        ("RPUSH bus hill", "bus has 3 elements now."),
        ("HSET user name b", "The field name of user is b now."),
        ("ZINCRBY z 5 m", "m has the score 6 in z now."),
        ("RENAME ticket card", "ticket is called card now."),
        ("COPY ticket card", "card is now blue."),
        ("LMOVE bus tram LEFT LEFT", "zoo went from bus to tram."),
        (
            "RPOPLPUSH one bus",
            "x went from one to bus. There is no key one any more.",
        ),
        ("SMOVE tue mon bob", "bob went from tue to mon."),
        ("DEL ticket bus lamp", "Gone: ticket, bus, lamp."),
        ("MSET b 1 a 2", "New: b, a."),
        ("MSET a 1 ticket 2", "Changed: a, ticket."),
        ("MOVE ticket 5", "ticket is in database 5 now."),
        ("COPY ticket ticket DB 5", "ticket is in database 5 now."),
        (
            "ZUNIONSTORE z 1 z WEIGHTS 3",
            "What z holds has changed; it still has 2 members.",
        ),
        ("SORT bus ALPHA", ""),
        ("SETNX ticket red", "Nothing was changed."),
    ] {
        let mut tutor = tutor(setup, &[&format!("goal = \"g\"\ndo = \"{line}\"")]);
        assert_eq!(said(&mut tutor, line), sentence, "{line}");
    }
}

#[test]
fn what_came_into_a_list_and_was_taken_at_once_is_told() {
    let step = |during: &str| format!("goal = \"g\"\ndo = \"BLPOP jobs 5\"\nduring = [{during}]");
    let mut served = tutor("actors = [\"B\"]", &[&step("\"B> RPUSH jobs poster\"")]);
    assert_eq!(
        said(&mut served, "BLPOP jobs 5"),
        "poster came into jobs and was taken out at once."
    );
    let line = "BLMPOP 5 2 express late LEFT COUNT 3";
    let told = said(&mut super::at_step("11.1", 8), line);
    let both = "e3, e4 came into express and were taken out at once.";
    assert!(told.starts_with(both), "{told}");
    let mut waits = tutor("actors = [\"B\"]", &[&step("")]);
    assert_eq!(
        said(&mut waits, "BLPOP jobs 5"),
        "Nothing came in that time."
    );
}

#[test]
fn an_explanation_is_shown_wherever_the_author_wrote_one() {
    for stage in ["worked", "faded\"\nblank = \"INCR ____", "solo", "review"] {
        let step =
            format!("stage = \"{stage}\"\nexplain = \"Up by one.\"\ngoal = \"g\"\ndo = \"INCR n\"");
        assert!(
            screen(&mut tutor("", &[&step]), ":goal").contains("Up by one."),
            "{stage}"
        );
    }
}

#[test]
fn what_expires_before_a_prediction_is_told_with_its_answer() {
    let head = "clock = \"manual\"\nnow = 2026-01-01T00:00:00Z\nsetup = [\"SET k v EX 10\"]";
    let steps = [
        "goal = \"g\"\ndo = \"TTL k\"",
        "kind = \"predict\"\ngoal = \"h\"\nadvance = \"11s\"\nask = \"TTL k\"",
        "goal = \"i\"\ndo = \"EXISTS k\"",
    ];
    let lines = |lines: &[&str]| {
        let mut tutor = tutor(head, &steps);
        let told: Vec<bool> = lines
            .iter()
            .map(|line| screen(&mut tutor, line).contains("k expired"))
            .collect();
        told
    };
    assert_eq!(lines(&["TTL k", "-1", "-2"]), [false, false, true]);
    assert_eq!(lines(&["TTL k", ":skip"]), [false, true]);
    assert_eq!(
        lines(&["TTL k", "-2", ":back", "-2"]),
        [false, true, false, true]
    );
}

#[test]
fn what_expires_before_a_line_that_is_shown_is_told_before_it() {
    let head = "clock = \"manual\"\nnow = 2026-01-01T00:00:00Z\n\
                actors = [\"B\"]\nsetup = [\"SET k v EX 10\", \"SET other v EX 10\"]";
    let steps = [
        "goal = \"g\"\ndo = \"TTL k\"",
        "kind = \"predict\"\ngoal = \"h\"\nadvance = \"11s\"\nbefore = [\"B> SET k w\"]\nask = \"GET k\"",
    ];
    let mut tutor = tutor(head, &steps);
    let before = screen(&mut tutor, "TTL k");
    let at = |text: &str| before.find(text);
    assert!(
        at("k expired").is_some() && at("k expired") < at("B> SET k w"),
        "{before}"
    );
    assert_eq!(at("other expired"), None, "{before}");
    assert!(screen(&mut tutor, "w").contains("other expired"));
}

#[test]
fn a_refused_look_is_explained() {
    let setup = "setup = [\"RPUSH orders o1 o2\", \"SET desk x\"]";
    let mut tutor = tutor(setup, &["goal = \"g\"\ndo = \"LLEN orders\""]);
    for (line, sentence) in [
        (
            "GET orders",
            "orders holds a list; GET is for strings. Another command is wanted here.",
        ),
        (
            "LRANGE orders -2",
            "That was LRANGE: it answers the elements from one index to another, both included. The step asks for \
             something else. LRANGE needs more: stop is missing.",
        ),
    ] {
        assert_eq!(said(&mut tutor, line), sentence);
    }
    assert_eq!(
        said(&mut tutor, "EXISTS orders"),
        "That was EXISTS: it answers how many of the keys exist. The step asks for something else."
    );
}

#[test]
fn right_data_by_another_command_are_called_right() {
    let setup = "setup = [\"SET stamps 3\", \"SET ticket blue EX 60\", \"RPUSH l a b\"]";
    let way = "The result is right. This step practises another way: use";
    for (solution, line, sentence) in [
        (
            "SETNX seat mia",
            "SET seat mia",
            format!("{way} SETNX. Nothing has changed."),
        ),
        (
            "DECR stamps",
            "INCRBYFLOAT stamps -1",
            format!("{way} DECR. Nothing has changed."),
        ),
        (
            "PERSIST ticket",
            "GETEX ticket PERSIST",
            format!("{way} PERSIST. Nothing has changed."),
        ),
        // What the command answers is asked for here.
        (
            "LPOP l 2",
            "DEL l",
            "The data would be right, but this line answers with a number. It is to answer with an array.".to_owned(),
        ),
    ] {
        let step = format!("goal = \"g\"\nstage = \"worked\"\ndo = \"{solution}\"");
        let mut taught = tutor(setup, &[&step]);
        assert_eq!(said(&mut taught, line), sentence, "{line}");
    }
}

#[test]
fn in_a_review_a_like_command_with_the_same_arguments_passes() {
    for (solution, line, kind) in [
        ("HINCRBY h n 2", "HINCRBYFLOAT h n 2", VerdictKind::Pass),
        ("HSET h f v", "HMSET h f v", VerdictKind::Pass),
        ("MSET a 1 b 2", "MSETNX a 1 b 2", VerdictKind::Pass),
        // Worked out by oneself.
        ("INCRBY stamps 5", "SET stamps 8", VerdictKind::Wrong),
    ] {
        let step = format!("goal = \"g\"\nstage = \"review\"\ndo = \"{solution}\"");
        let mut tutor = tutor("setup = [\"SET stamps 3\"]", &[&step]);
        assert_eq!(tutor.feed(line).record.verdict, kind, "{line}");
    }
}

#[test]
fn of_what_a_step_practises_only_what_is_missing_is_named() {
    let practised = |more: &str, line: &str| {
        let step = format!("goal = \"g\"\ndo = \"SET k v NX\"\n{more}");
        said(&mut tutor("", &[&step]), line)
    };
    let right = "The result is right. This step practises another way: use";
    let both = "words = [\"NX\"]\nuses = [\"SET\", \"SETNX\"]";
    let kept = "Nothing has changed.";
    let unchecked = "It comes to the same this time, but nothing was checked. Let Redis check: use";
    assert_eq!(
        practised(both, "SET k v"),
        format!("{unchecked} NX. {kept}")
    );
    let use_mset = "uses = [\"SETNX\", \"MSETNX\"]";
    assert_eq!(
        practised(use_mset, "SET k v"),
        format!("{right} SETNX or MSETNX. {kept}")
    );
    assert_eq!(
        practised("words = [\"k\", \"w\"]", "SET k v"),
        format!("The result is right. In this step the line is to contain w. {kept}")
    );
    assert!(practised("line = true", "SET k v").starts_with("An option is missing"));
    assert_eq!(
        practised("line = true", "MSET k v"),
        format!("{right} SET. {kept}")
    );
}

#[test]
fn another_way_is_shown_for_the_same_command_too() {
    let setup = "setup = [\"RPUSH l a b c\", \"SET s x\"]";
    let way = |solution: &str, line: &str| {
        let step = format!("goal = \"g\"\ndo = \"{solution}\"");
        screen(&mut tutor(setup, &[&step]), line)
            .contains(&format!("Another way to the same:  {solution}"))
    };
    assert!(way("LRANGE l 0 -1", "LRANGE l 0 999"));
    assert!(way("SMEMBERS s", "SUNION s"));
    assert!(!way("LRANGE l 0 -1", "lrange l 0 -1"));
    assert!(
        !way("SET s y EX 5 XX", "set s y xx ex 5"),
        "the order of options is no other way"
    );
}

#[test]
fn a_goal_step_shows_what_is_there_and_what_is_wanted() {
    let step = "kind = \"goal\"\ngoal = \"g\"\ndo = [\"DEL city\", \"RPUSH city London Oslo\"]";
    let mut tutor = tutor("setup = [\"SET city Paris\"]", &[step]);
    let text = screen(&mut tutor, "GETDEL city");
    assert!(text.contains("Right so far. Still to do: city."), "{text}");
    let text = screen(&mut tutor, "SET city Rome");
    assert!(text.contains("Not there yet. Still to do: city."), "{text}");
    assert!(
        text.contains("now      string: Rome") && text.contains("wanted   list: London, Oslo"),
        "{text}"
    );
}

#[test]
fn a_sentence_on_several_lines_is_not_said_of_one_that_ends_alike() {
    let mut tutor = open(&format!(
        "{HEAD}[[step]]\nkind = \"goal\"\ngoal = \"g\"\ndo = [\"RPUSH q a b c\", \"LPOP q\"]\nuses = [\"LPOP\"]\n\
         hint = [\"a\", \"b\"]\nwrong = [{{ cmd = [\"RPUSH q a b c\", \"RPOP q\"], say = \"A stack.\" }}]\n"
    ));
    assert!(said(&mut tutor, "RPUSH q a b").starts_with("Right so far."));
    assert!(said(&mut tutor, "RPUSH q c").starts_with("Right so far."));
    assert_eq!(said(&mut tutor, "RPOP q"), "A stack.");
}

#[test]
fn the_first_screen_of_the_lesson_on_replies_fits() {
    let library = Library::open(Source::BuiltIn, "en").unwrap();
    let mut tutor = Tutor::new(library.lesson("0.2").unwrap(), None, Start::default());
    let text = view::screen(&tutor.begin(), &Style::default(), &Words::new(Language::En));
    assert!(text.lines().count() < 24, "{text}");
}

#[test]
fn the_prompt_stands_apart_from_what_was_said() {
    let mut tutor = tutor(
        "setup = [\"RPUSH l a b\"]",
        &["goal = \"g\"\ndo = \"LLEN l\""],
    );
    tutor.feed(":hint");
    tutor.feed(":hint");
    for line in ["LRANGE l 0 -1", "GET l", "LLEN", ":undo"] {
        let text = screen(&mut tutor, line);
        assert!(text.ends_with("\n\n"), "{line}: {text}");
    }
}

#[test]
fn a_right_line_towards_a_goal_offers_no_hint() {
    let step = "kind = \"goal\"\ngoal = \"g\"\ndo = [\"RPUSH l a\", \"RPUSH l b\"]";
    let mut tutor = tutor("", &[step]);
    assert!(!screen(&mut tutor, "RPUSH l a").contains(":hint"));
    let refused = ["LPUSHH l", "RPUSH", "GET l"].map(|line| screen(&mut tutor, line));
    let offers: Vec<bool> = refused.iter().map(|text| text.contains(":hint")).collect();
    assert_eq!(offers, [false, false, true]);
}

#[test]
fn a_wrong_prediction_hears_what_kind_of_reply_comes() {
    let setup = "setup = [\"RPUSH l a b\", \"SET s 5\"]";
    for (ask, answers) in [
        (
            "LLEN l",
            [
                ("3", "What comes is a number, too, but another one."),
                ("a b", "What comes is a number, not several words."),
                ("\"two\"", "What comes is a number, not a text."),
            ],
        ),
        (
            "LRANGE l 0 -1",
            [
                ("2", "What comes is an array, not a number."),
                ("a c", "One element is wrong: c"),
                ("[\"a\"]", "What comes has 2 elements, and you wrote 1."),
            ],
        ),
        (
            "GET missing",
            [
                ("0", "What comes is not a number."),
                ("s", "What comes is not a text."),
                ("[]", "What comes is not an array."),
            ],
        ),
    ] {
        let step = format!("kind = \"predict\"\ngoal = \"g\"\nask = \"{ask}\"");
        let mut tutor = tutor(setup, &[&step]);
        for (answer, sentence) in answers {
            assert_eq!(said(&mut tutor, answer), sentence, "{ask}: {answer}");
        }
    }
}

#[test]
fn a_wrong_line_that_would_make_the_right_data_is_told_to_have_changed_nothing() {
    let told = said(&mut super::at_step("1.2", 1), "SET seat:12 mia");
    assert!(told.ends_with("Nothing has changed."), "{told}");
}

#[test]
fn the_text_of_an_error_is_an_answer_and_so_is_a_value_in_curved_quotes() {
    let predict = |ask: &str| {
        let step = format!("kind = \"predict\"\ngoal = \"g\"\nask = \"{ask}\"");
        tutor("setup = [\"SET a tea\"]", &[&step])
    };
    for answer in [
        "ERR syntax error",
        "syntax error",
        "error",
        "(error) ERR syntax error",
    ] {
        let mut tutor = predict("SET a b NX XX");
        tutor.feed(answer);
        assert!(tutor.is_done(), "{answer}");
    }
    let mut tutor = predict("GET a");
    assert_eq!(
        said(&mut tutor, "60"),
        "What comes is a text, not a number."
    );
    tutor.feed("“tea”");
    assert!(tutor.is_done());
}

#[test]
fn a_look_that_is_refused_is_told_to_be_another_command_first() {
    let setup = "setup = [\"ZADD pace 5 ana 6 bo\"]";
    let mut tutor = tutor(setup, &["goal = \"g\"\ndo = \"ZRANK pace ana\""]);
    let told = screen(&mut tutor, "ZRANGE pace ana");
    let places = ["That was ZRANGE", "ZRANGE needs more"].map(|text| told.find(text).unwrap());
    assert!(places[0] < places[1], "{told}");
}

#[test]
fn what_is_right_only_with_what_is_there_now_is_refused() {
    let verdict = |setup: &str, solution: &str, line: &str| {
        let step = format!("kind = \"command\"\ngoal = \"g\"\ndo = \"{solution}\"");
        let fresh = || tutor(&format!("setup = [\"{setup}\"]"), &[&step]);
        (fresh().feed(line).record.verdict, said(&mut fresh(), line))
    };
    let list = "RPUSH l a b c d e";
    let zset = "ZADD z 10 a 20 b 40 c";
    for (setup, solution, line) in [
        (list, "LRANGE l 0 1", "LRANGE l 0 -4"),
        (list, "LINDEX l 0", "LINDEX l -5"),
        (zset, "ZRANGE z 0 1 REV", "ZRANGE z 50 20 BYSCORE REV"),
        (zset, "ZRANGE z 0 1 REV", "ZREVRANGE z 0 -2"),
        (zset, "ZPOPMAX z 3", "ZPOPMAX z 4"),
        ("ZADD z 1 a 1 b", "ZRANGE z -1 -1", "ZRANGE z 1 1"),
    ] {
        let (kind, text) = verdict(setup, solution, line);
        assert_eq!(kind, VerdictKind::Wrong, "{line}");
        let key = &line.split(' ').nth(1).unwrap();
        assert!(
            text.starts_with(&format!(
                "The result is right, but only with what is there now: with other data in {key} this line"
            )),
            "{line}: {text}"
        );
    }
    for (setup, solution, line) in [
        (list, "LRANGE l 0 -1", "LRANGE l 0 999"),
        (
            zset,
            "ZRANGE z 0 1 REV",
            "ZREVRANGEBYSCORE z +inf -inf LIMIT 0 2",
        ),
        (zset, "ZRANGEBYSCORE z 0 20", "ZRANGE z -inf 20 BYSCORE"),
        (zset, "ZRANGEBYSCORE z 0 20", "ZRANGEBYSCORE z -5 20"),
        ("ZADD z 1 a 1 b", "ZRANGEBYLEX z - +", "ZRANGE z - + BYLEX"),
        ("HSET h a 1 b 2", "HSCAN h 0", "HSCAN h 0 COUNT 50"),
    ] {
        let (kind, text) = verdict(setup, solution, line);
        assert_eq!(kind, VerdictKind::Pass, "{line}: {text}");
    }
}
