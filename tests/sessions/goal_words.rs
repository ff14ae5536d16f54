//! Is what is said of a line at a goal step true of it: of the key that it names, of what Redis is to compute, of what is
//! still missing?

use rediscover::tutor::{Notice, Output, VerdictKind};

use super::{
    HEAD,
    goals::{check, goal},
    open, said, screen, tutor,
};

#[test]
fn a_type_that_a_key_has_on_a_way_is_no_fault_of_an_earlier_line() {
    let step = goal("[\"RPUSH q a b\", \"LPOP q\"]", "");
    check(
        "",
        &step,
        &[
            (
                &["RPUSH q a b", "GET q"],
                "q holds a list; GET is for strings.",
            ),
            (
                &["SET q a", "LPOP q"],
                "q holds a string now, by an earlier line of this step.",
            ),
        ],
    );
    let is_offer = |output: &Output| matches!(output, Output::Notice(Notice::CanReset));
    for (first, last, offered) in [("RPUSH q a b", "GET q", false), ("SET q a", "LPOP q", true)] {
        let mut tutor = tutor("", &[&step]);
        tutor.feed(first);
        let outputs = tutor.feed(last).outputs;
        assert_eq!(outputs.iter().any(is_offer), offered, "{first}, {last}");
    }
}

#[test]
fn of_a_word_that_is_no_key_it_is_said_what_it_is() {
    let setup = "\"HSET cart moss 1 fern 2\", \"SADD tag:hot soup\", \"SADD tag:new rice\"";
    let cart = goal("[\"HDEL cart moss\", \"RENAME cart order\"]", "");
    let moss = goal("\"HDEL cart moss\"", "");
    let tags = goal("[\"SADD tag:hot egg\", \"SADD tag:new egg\"]", "");
    let store = goal("\"SINTERSTORE both tag:hot tag:new\"", "");
    let list = goal("\"RPUSH log a b\"", "");
    for (step, line, text) in [
        (
            &cart,
            "EXPIRE basket 5",
            "Nothing has changed. There is no key basket.",
        ),
        (
            &cart,
            "PERSIST order",
            "Nothing has changed. There is no key order yet.",
        ),
        (
            &cart,
            "DEL moss",
            "Nothing has changed. moss is no key: it is in cart. DEL removes whole keys.",
        ),
        (
            &moss,
            "DEL cart moss",
            "moss is no key: it is in cart. DEL removes whole keys.",
        ),
        (
            &cart,
            "DEL cart:moss",
            "Nothing has changed. moss is no key: it is in cart.",
        ),
        (
            &tags,
            "SADD tag:hot,tag:new egg",
            "The sign , became a part of the word tag:hot,tag:new.",
        ),
        (
            &tags,
            "SREM new rice",
            "Nothing has changed. There is no key new. Did you mean tag:new?",
        ),
        (
            &store,
            "SUNIONSTORE both tag:hot rice",
            "rice is no key: it is in tag:new.",
        ),
        (
            &list,
            "RPUSHX log a b",
            "Nothing has changed. There is no list log yet, and RPUSHX adds only to a list that is there.",
        ),
    ] {
        check(setup, step, &[(&[line], text)]);
    }
}

#[test]
fn a_key_whose_name_goes_on_behind_the_one_that_is_meant_is_not_misspelt() {
    let step = goal("\"HSET member:2 name sun\"", "");
    let said = "member:2:name is a key of its own. Here all of it belongs under one key, member:2.";
    check("", &step, &[(&["SET member:2:name sun"], said)]);
}

#[test]
fn another_result_than_the_one_that_is_to_be_stored_is_told() {
    let step = goal("\"SINTERSTORE c a b\"", "uses = [\"SINTERSTORE\"]");
    let setup = "\"SADD a x y\", \"SADD b y z\", \"SADD c old\"";
    check(
        setup,
        &step,
        &[
            (
                &["SDIFFSTORE c a b"],
                "SDIFFSTORE stores the members of the first set",
            ),
            (&["SINTER a b"], "SINTER only shows its result."),
        ],
    );
}

#[test]
fn what_has_not_been_in_a_key_yet_is_told_where_it_looks_as_in_the_end() {
    let step = goal("[\"LPUSH s 1 2 3\", \"LPOP s\"]", "uses = [\"LPOP\"]");
    let missing = "s looks as it is to look in the end, but 3 has not been in it yet.";
    check("", &step, &[(&["LPUSH s 1", "LPUSH s 2"], missing)]);
    let mut tutor = tutor("", &[&step]);
    for line in ["LPUSH s 1", "LPUSH s 2"] {
        let outputs = tutor.feed(line).outputs;
        let is_offer = |output: &Output| matches!(output, Output::Notice(Notice::CanUndo));
        assert!(!outputs.iter().any(is_offer), "{line}");
    }
    tutor.feed("LPUSH s 3");
    assert_eq!(tutor.feed("LPOP s").record.verdict, VerdictKind::Pass);
}

#[test]
fn a_number_that_was_set_or_worked_out_was_not_added() {
    let step = goal(
        "[\"ZINCRBY z 10 a\", \"ZINCRBY z 15 b\"]",
        "words = [\"10\", \"15\"]",
    );
    let by_hand = "You are putting in by hand what Redis is to work out: use ZINCRBY.";
    check(
        "\"ZADD z 65 a 110 b\"",
        &step,
        &[
            (&["ZADD z 75 a"], by_hand),
            (&["ZADD z XX 75 a"], by_hand),
            (
                &["ZADD z 15 b"],
                "That set it to 15. The 15 is to be added to what was there.",
            ),
        ],
    );
    let in_place = "The result is right, but in place of ZADD z 125 b a line with 15 is asked for";
    let lines = ["ZADD z 125 b", "ZINCRBY z 10 a"];
    check("\"ZADD z 65 a 110 b\"", &step, &[(&lines, in_place)]);
    let step = goal("\"ZINCRBY z 25 a\"", "words = [\"25\"]");
    let other = "It comes to the same, but what Redis is to add is 25: :reset";
    let lines = ["ZADD z 25 a", "ZINCRBY z 50 a"];
    check("\"ZADD z 50 a\"", &step, &[(&lines, other)]);
}

#[test]
fn options_that_matter_nothing_keep_no_sentence_back() {
    let step = "kind = \"goal\"\ngoal = \"g\"\ndo = \"ZINCRBY z 25 a\"\nwords = [\"25\"]\nhint = [\"a\", \"b\"]\n\
                wrong = [{ cmd = \"ZADD z 75 a\", say = \"You worked it out.\" }]";
    let lesson = format!("{HEAD}setup = [\"ZADD z 50 a\"]\n[[step]]\n{step}\n");
    for line in ["ZADD z XX 75 a", "ZADD z GT CH 75 a"] {
        assert!(
            said(&mut open(&lesson), line).starts_with("You worked it out."),
            "{line}"
        );
    }
}

#[test]
fn what_leads_nowhere_is_not_right_so_far() {
    let push = goal(
        "\"RPUSH log a b\"",
        "uses = [\"RPUSH\"]\nwords = [\"a\", \"b\"]",
    );
    let order = "In this step the lines are to have these in this order: a, b.";
    check(
        "",
        &push,
        &[
            (&["RPUSH log b"], order),
            (&["LPUSH log a"], "Right so far."),
        ],
    );
    let moves = goal("\"LMOVE l done LEFT RIGHT\"", "");
    check(
        "\"RPUSH l a b\"",
        &moves,
        &[(&["RPUSH done a"], "Not there yet.")],
    );
    let both = goal("[\"SADD a x\", \"SADD b x\"]", "");
    check(
        "",
        &both,
        &[(&["SADD b x", "SMOVE b a x"], "Not there yet.")],
    );
    let counts = goal(
        "[\"ZINCRBY z 2 a\", \"ZINCRBY z 3 a\"]",
        "words = [\"2\", \"3\"]",
    );
    let order = "The lines are right, but their order counts here: ZINCRBY z 2 a, ZINCRBY z 3 a.";
    check(
        "",
        &counts,
        &[
            (&["ZINCRBY z 3 a"], order),
            (&["ZINCRBY z 2 a"], "Right so far."),
        ],
    );
}

#[test]
fn a_transaction_that_no_way_has_is_told_as_what_it_is() {
    let step = goal("[\"SADD a x\", \"SADD b x\"]", "");
    let mut tutor = tutor("", &[&step]);
    let opened = "A transaction is open: the lines after this one wait for EXEC.";
    assert!(said(&mut tutor, "MULTI").starts_with(opened));
    for line in ["SADD a x", "SADD b x"] {
        tutor.feed(line);
    }
    assert_eq!(tutor.feed("EXEC").record.verdict, VerdictKind::Pass);
}

#[test]
fn a_line_that_does_as_a_ways_own_has_no_slip() {
    let step = goal(
        "[\"ZADD z 5 d\", \"ZREMRANGEBYRANK z 0 -4\"]",
        "also = [[\"ZADD z 5 d\", \"ZREM z a\"]]",
    );
    let setup = "\"ZADD z 1 a 2 b 3 c\"";
    check(
        setup,
        &step,
        &[(&["ZREMRANGEBYRANK z 0 -3"], "Not there yet.")],
    );
}

#[test]
fn a_word_that_stands_for_another_thing_the_second_time_is_not_twice_there() {
    let setup = "setup = [\"HSET h f 1 g 2 i 3\"]";
    let step = "[[step]]\nkind = \"command\"\ngoal = \"g\"\ndo = \"HDEL h f g\"\nhint = [\"a\", \"b\"]\n\
        wrong = [{ cmd = \"HDEL h f and g\", say = \"No and.\" }]\n";
    let verdict = |line: &str| {
        let fresh = || open(&format!("{HEAD}{setup}\n{step}"));
        (fresh().feed(line).record.verdict, said(&mut fresh(), line))
    };
    let (kind, text) = verdict("HDEL h f h g");
    assert_eq!(kind, VerdictKind::Wrong);
    assert!(text.contains("h is one word too many."), "{text}");
    // The author's sentence for a line tells more than that.
    let (kind, text) = verdict("HDEL h f and g");
    assert_eq!(kind, VerdictKind::Wrong);
    assert!(text.contains("No and."), "{text}");
    let (kind, text) = verdict("HDEL h f g g");
    assert_eq!(kind, VerdictKind::Pass);
    assert!(text.contains("Once is enough: g."), "{text}");
}

#[test]
fn a_sign_in_a_word_is_told_whatever_else_the_line_has_done() {
    let step = goal("\"DEL a b c\"", "");
    let setup = "\"SET a 1\", \"SET b 2\", \"SET c 3\"";
    check(
        setup,
        &step,
        &[(&["DEL a、b c"], "Words are divided by spaces here")],
    );
    check(
        setup,
        &step,
        &[(&["DEL a b c。"], "The sign 。 at the end")],
    );
}

#[test]
fn what_another_line_has_done_is_not_missing_before_a_transaction() {
    let step = goal(
        "[\"SET hold me EX 5\", \"WATCH hold\", \"MULTI\", \"SET sold 1\"]",
        "words = [\"WATCH\"]",
    );
    let lines: &[&str] = &["SETEX hold 5 me", "WATCH hold", "MULTI", "INCR sold"];
    check(
        "",
        &step,
        &[(
            lines,
            "Queued: EXEC runs it. What is queued has the right effect",
        )],
    );
}

#[test]
fn a_value_that_stands_rightly_elsewhere_is_not_blamed() {
    let step = goal("\"ZADD z 50 ada 70 ben\"", "");
    check("", &step, &[(&["ZADD z 50 ada 50 ben"], "Not there yet.")]);
}

#[test]
fn a_line_that_belongs_before_multi_is_named_until_it_is_out_of_the_queue() {
    let step = goal(
        "[\"SET hold me EX 5\", \"WATCH hold\", \"MULTI\", \"SET sold 1\"]",
        "words = [\"WATCH\"]",
    );
    let before =
        "Queued: EXEC runs it. SET hold me EX 5 belongs before MULTI: :undo takes lines back";
    let again = "Queued: EXEC runs it. SET hold me EX 5 is queued, and is not asked for there";
    let queued = ["WATCH hold", "MULTI", "SET hold me EX 5", "SET sold 1"];
    let twice = [&["SET hold me EX 5"], &queued[..]].concat();
    check(
        "",
        &step,
        &[
            (&queued[..3], before),
            (&queued, before),
            (&twice[..4], again),
            (&twice, again),
        ],
    );
}

#[test]
fn what_exec_would_make_of_a_queued_line_stands_beside_what_is_wanted() {
    let step = goal("[\"SET a 1\", \"MULTI\", \"SET sold 1\"]", "");
    let after = |line: &str| {
        let mut tutor = tutor("", &[&step]);
        for line in ["SET a 1", "MULTI"] {
            tutor.feed(line);
        }
        let shown = screen(&mut tutor, line);
        shown.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let shown = after("SET sold 1 EX 5");
    let deadline = "time left would be 5 s ✗ wanted no deadline";
    assert!(shown.contains(deadline), "{shown}");
    let shown = after("HSET sold 1 1");
    assert!(
        shown.contains("would be hash: 1 1 ✗ wanted string: 1"),
        "{shown}"
    );
    assert!(!shown.contains("Nothing has changed"), "{shown}");
}

#[test]
fn a_line_is_compared_with_those_that_are_still_to_be_typed() {
    let step = goal(
        "\"ZADD z 8 a 9 b\"",
        "also = [[\"ZADD z 8 a\", \"ZADD z 9 b\"]]",
    );
    check(
        "",
        &step,
        &[(
            &["ZADD z 8 a", "ZADD z 9 a"],
            "a is not what is asked for as member.",
        )],
    );
}

#[test]
fn a_key_that_ends_as_it_is_stored_is_not_missing() {
    let step = goal("\"SET code 1 EX 60\"", "");
    check(
        "",
        &step,
        &[(
            &["SET code 1 EXAT 1767225599"],
            "Nothing has changed. With a deadline of 0 or in the past, code is gone at once.",
        )],
    );
}

#[test]
fn of_lines_that_are_forbidden_one_by_one_the_line_is_named() {
    let step = goal(
        "\"SINTERSTORE c a b\"",
        "never = [\"SINTERSTORE c c *\", \"SUNIONSTORE *\"]",
    );
    let setup = "\"SADD a x y\", \"SADD b y\", \"SADD c y z\"";
    check(
        setup,
        &step,
        &[
            (
                &["SINTERSTORE c c b"],
                "The result is right, but this step is to be done without SINTERSTORE c c b.",
            ),
            (
                &["SUNIONSTORE c b"],
                "The result is right, but this step is to be done without SUNIONSTORE.",
            ),
        ],
    );
}

#[test]
fn a_queue_behind_an_exec_that_nothing_watched_is_told_what_spoils_it() {
    let step = goal(
        "[\"SET n 1\", \"WATCH n\", \"MULTI\", \"DECR n\"]",
        "words = [\"WATCH\"]",
    );
    let lines = ["MULTI", "SET n 1", "EXEC", "WATCH n", "MULTI", "DECR n"];
    check(
        "",
        &step,
        &[(
            &lines,
            "Queued: EXEC runs it. Nothing was watched when EXEC ran",
        )],
    );
}

#[test]
fn a_pop_from_less_than_all_does_not_count() {
    let step = goal("[\"RPUSH q a b c\", \"LPOP q\"]", "");
    let early = "Something was taken out before all of this stood in q: a, b, c. :reset";
    check(
        "",
        &step,
        &[(&["RPUSH q a", "LPOP q", "RPUSH q b c"], early)],
    );
    for lines in [
        &["RPUSH q a b", "RPUSH q c", "BLPOP q 1"][..],
        &["MULTI", "RPUSH q a b c", "LPOP q", "EXEC"],
    ] {
        let mut tutor = tutor("", &[&step]);
        let last = lines.iter().map(|line| tutor.feed(line).record.verdict);
        assert_eq!(last.last(), Some(VerdictKind::Pass), "{lines:?}");
    }
}
