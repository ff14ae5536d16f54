//! Is it said of a line what it does for a goal?

use rediscover::tutor::{Diagnosis, KeySlip, Notice, Output, VerdictKind, Why};

use super::{HEAD, diagnosis, open, said, tutor};

/// Whether it is offered to take the line back.
fn offers_undo(tutor: &mut rediscover::tutor::Tutor, line: &str) -> bool {
    let outputs = tutor.feed(line).outputs;
    let is_offer = |output: &Output| matches!(output, Output::Notice(Notice::CanUndo));
    outputs.iter().any(is_offer)
}

#[test]
fn a_foreseen_sentence_is_told_where_its_reply_comes_and_not_of_the_next_line() {
    let step = "kind = \"goal\"\ngoal = \"g\"\ndo = [\"ZREM delay t1\"]\nuses = [\"ZREM\"]\n\
                hint = [\"a\", \"b\"]\nwrong = [{ cmd = \"ZPOPMIN delay\", say = \"The first was due.\" }]";
    let setup = "setup = [\"ZADD delay 5 t1 10 t4\"]";
    let mut tutor = open(&format!("{HEAD}{setup}\n[[step]]\n{step}\n"));
    assert!(said(&mut tutor, "ZPOPMIN delay").starts_with("The first was due."));
    assert!(!said(&mut tutor, "ZPOPMIN delay").contains("The first was due."));

    let step = "kind = \"goal\"\ngoal = \"g\"\ndo = [\"DEL city\", \"RPUSH city London Oslo\"]\n\
                hint = [\"a\", \"b\"]\nwrong = [{ cmd = \"RPUSH city Rome\", say = \"WRONGTYPE: a text.\" }]";
    let setup = "setup = [\"SET city Paris\"]";
    let mut tutor = open(&format!("{HEAD}{setup}\n[[step]]\n{step}\n"));
    assert!(said(&mut tutor, "RPUSH city Rome").starts_with("WRONGTYPE"));
    tutor.feed("DEL city");
    assert!(!said(&mut tutor, "RPUSH city Rome").contains("WRONGTYPE"));
}

#[test]
fn a_foreseen_look_is_told_too_and_stays_a_look() {
    let step = "kind = \"goal\"\ngoal = \"g\"\ndo = [\"SET n 6\"]\nhint = [\"a\", \"b\"]\n\
                wrong = [{ cmd = \"GET n\", say = \"That reads it.\" }]";
    let mut tutor = open(&format!("{HEAD}setup = [\"SET n 5\"]\n[[step]]\n{step}\n"));
    let record = tutor.feed("GET n").record;
    assert_eq!(record.verdict, VerdictKind::Look);
    assert_eq!(record.why, Some(Why::Author("That reads it.".to_owned())));
}

#[test]
fn who_only_shows_what_is_to_be_stored_hears_it_until_it_is() {
    let step = "kind = \"goal\"\ngoal = \"g\"\ndo = [\"SINTERSTORE c a b\", \"EXPIRE c 60\"]";
    let mut tutor = tutor("setup = [\"SADD a 1 2\", \"SADD b 2 3\"]", &[step]);
    let found = diagnosis(&mut tutor, "SINTER b a");
    assert!(matches!(found, Diagnosis::Sibling { .. }), "{found:?}");
    tutor.feed("SINTERSTORE c a b");
    let record = tutor.feed("SINTER a b").record;
    assert_eq!((record.verdict, record.why), (VerdictKind::Look, None));
}

#[test]
fn what_does_not_belong_into_a_key_can_be_taken_back_and_what_is_missing_can_follow() {
    let step = "kind = \"goal\"\ngoal = \"g\"\ndo = [\"RPUSH log a b\"]";
    for (line, offered) in [
        ("RPUSH log a", false),
        ("RPUSH log b", false),
        ("RPUSH log a b b", true),
        ("RPUSH log b a", true),
        ("SADD log a b", true),
    ] {
        let mut tutor = tutor("", &[step]);
        assert_eq!(offers_undo(&mut tutor, line), offered, "{line}");
    }
    let step = "kind = \"goal\"\ngoal = \"g\"\ndo = [\"ZADD board 5 ann 7 bo\", \"SET n 3\"]";
    for (line, offered) in [
        ("ZINCRBY board 1 ann", false),
        ("ZADD board 5 cyd", true),
        ("INCR n", false),
        ("APPEND n 5", true),
        ("SET n 2", true),
    ] {
        let mut tutor = tutor("", &[step]);
        assert_eq!(offers_undo(&mut tutor, line), offered, "{line}");
    }
}

#[test]
fn a_slip_in_a_transaction_is_named_when_it_is_queued() {
    let step = "kind = \"goal\"\ngoal = \"g\"\nwords = [\"MULTI\"]\n\
                do = [\"MULTI\", \"ZREM delay t4\", \"ZADD busy 41 t4\", \"EXEC\"]";
    let misspelt = "delai is not the key that is meant: look at its spelling.";
    for (line, sentence) in [
        ("ZADD busy t4 41", "t4 and 41 stand in each other's place."),
        ("ZREM delai t4", misspelt),
        ("ZADD bussy 41 t4", "bussy is not the key that is meant"),
    ] {
        let mut tutor = tutor("setup = [\"ZADD delay 10 t4\"]", &[step]);
        tutor.feed("MULTI");
        let text = said(&mut tutor, line);
        assert!(text.starts_with("Queued: EXEC runs it."), "{text}");
        assert!(text.contains(sentence), "{text}");
        tutor.feed(":undo");
        assert!(offers_undo(&mut tutor, line), "{line}");
    }
}

#[test]
fn a_misspelt_key_that_is_not_there_is_named() {
    let step = "kind = \"goal\"\ngoal = \"g\"\ndo = [\"ZREM delay t4\", \"SET done 1\"]";
    let mut tutor = tutor("setup = [\"ZADD delay 10 t4\"]", &[step]);
    let wanted = Diagnosis::OtherKey {
        typed: b"delai".into(),
        meant: b"delay".into(),
        slip: KeySlip::Letter,
    };
    assert_eq!(diagnosis(&mut tutor, "ZREM delai t4"), wanted);
}

#[test]
fn what_is_to_be_done_in_one_transaction_is_not_done_outside_of_it() {
    let step = "kind = \"goal\"\ngoal = \"g\"\nwords = [\"MULTI\", \"EXEC\"]\n\
                do = [\"MULTI\", \"ZREM delay t4\", \"ZADD busy 41 t4\", \"EXEC\"]\nhint = [\"a\", \"b\"]\n\
                wrong = [{ cmd = [\"MULTI\", \"ZADD busy 41 t4\", \"EXEC\"], say = \"Still in delay.\" }]";
    let lesson = format!("{HEAD}setup = [\"ZADD delay 10 t4\"]\n[[step]]\n{step}\n");
    let mut tutor = open(&lesson);
    let mut why = |line: &str| tutor.feed(line).record.why;
    assert_eq!(why("ZREM delay t4"), Some(Why::OneTransaction));
    why("MULTI");
    why("ZADD busy 41 t4");
    assert_eq!(why("EXEC"), Some(Why::OneTransaction));
    why(":reset");
    let lines = ["MULTI", "ZADD busy 41 t4", "ZREM delay t4", "EXEC"];
    let verdict = lines.map(|line| tutor.feed(line).record.verdict)[3];
    assert_eq!(verdict, VerdictKind::Pass);
}

#[test]
fn a_half_of_a_transaction_that_has_run_is_told_with_the_way_back() {
    let step = "kind = \"goal\"\ngoal = \"g\"\nwords = [\"MULTI\", \"EXEC\"]\n\
                do = [\"MULTI\", \"ZREM delay t4\", \"ZADD busy 41 t4\", \"EXEC\"]";
    let fresh = || tutor("setup = [\"ZADD delay 10 t4\"]", &[step]);
    let mut tutor = fresh();
    for (line, text) in [
        ("MULTI", "Right so far"),
        ("ZREM delay t4", "Queued"),
        ("EXEC", "EXEC has run, and this is still to do: busy"),
        ("ZRANGE busy 0 -1", ""),
        ("MULTI", "Here all changes belong in one transaction"),
        (
            "ZADD busy 41 t4",
            "Here all changes belong in one transaction",
        ),
    ] {
        let screen = super::screen(&mut tutor, line);
        assert!(screen.contains(text), "{line}: {screen}");
        assert!(!screen.contains("Nobody has asked"), "{line}: {screen}");
    }
    // Taken back, EXEC leaves the queue open.
    for line in [":undo", ":undo", ":undo", "ZADD busy 41 t4"] {
        tutor.feed(line);
    }
    assert_eq!(tutor.feed("EXEC").record.verdict, VerdictKind::Pass);
    // What was done by itself spoils each transaction behind it, which is told at once.
    let mut tutor = fresh();
    let mut why = |line: &str| tutor.feed(line).record.why;
    why("ZREM delay t4");
    assert_eq!(why("MULTI"), Some(Why::OneTransaction));
    assert_eq!(why("ZADD busy 41 t4"), Some(Why::OneTransaction));
}

#[test]
fn what_was_left_by_an_earlier_line_is_named_when_the_right_one_comes() {
    let step = "kind = \"goal\"\ngoal = \"g\"\ndo = [\"RPUSH abc a b c\"]";
    let mut tutor = tutor("", &[step]);
    tutor.feed("RPUSH ab a b c");
    let fed = tutor.feed("RPUSH abc a b c");
    assert_eq!(fed.record.why, Some(Why::Surplus(vec![b"ab".into()])));
    let is_offer = |output: &Output| matches!(output, Output::Notice(Notice::CanReset));
    assert!(fed.outputs.iter().any(is_offer));
}

#[test]
fn a_line_that_does_nothing_for_a_goal_says_so() {
    let step = "kind = \"goal\"\ngoal = \"g\"\ndo = [\"SREM s a\", \"SREM s b\"]";
    let mut tutor = tutor("setup = [\"SADD s a b c\"]", &[step]);
    assert_eq!(
        tutor.feed("SREM s x").record.why,
        Some(Why::NothingHasChanged)
    );
    let so_far = Some(Why::SoFar(vec![b"s".into()]));
    assert_eq!(tutor.feed("SREM s a").record.why, so_far);
}

#[test]
fn lines_whose_order_counts_are_asked_for_in_it() {
    let step = "kind = \"goal\"\ngoal = \"g\"\ndo = [\"WATCH a\", \"GET a\", \"UNWATCH\"]\n\
                words = [\"WATCH\", \"GET\", \"UNWATCH\"]";
    let mut tutor = tutor("setup = [\"SET a 1\"]", &[step]);
    for line in ["GET a", "WATCH a", "UNWATCH"] {
        assert_ne!(tutor.feed(line).record.verdict, VerdictKind::Pass, "{line}");
    }
    let lines = ["WATCH a other", "GET a", "UNWATCH"];
    let text = said_at_last(&mut tutor, &lines);
    assert!(text.contains("to watch this: other."), "{text}");
    for line in ["WATCH a", "GET a"] {
        tutor.feed(line);
    }
    assert_eq!(tutor.feed("UNWATCH").record.verdict, VerdictKind::Pass);
}

#[test]
fn whoever_threw_a_transaction_away_is_on_the_way_again() {
    let step =
        "kind = \"goal\"\ngoal = \"g\"\ndo = [\"MULTI\", \"DEL a\", \"EXEC\"]\nwords = [\"EXEC\"]";
    let mut tutor = tutor("setup = [\"SET a 1\"]", &[step]);
    for line in ["MULTI", "INCR a", "DISCARD", "MULTI"] {
        tutor.feed(line);
    }
    assert_eq!(said(&mut tutor, "DEL a"), "Queued: EXEC runs it.");
    assert_eq!(tutor.feed("EXEC").record.verdict, VerdictKind::Pass);
}

#[test]
fn what_takes_a_wanted_element_away_can_be_taken_back() {
    for (solution, line) in [
        ("SREM s c", "SREM s a"),
        ("LPUSH l z", "LTRIM l 0 0"),
        ("ZADD z 9 d", "ZREM z b"),
        ("HSET h g 1", "HDEL h f"),
    ] {
        let setup =
            "setup = [\"SADD s a b c\", \"RPUSH l x y\", \"ZADD z 1 a 2 b\", \"HSET h f 1 e 2\"]";
        let step = format!("kind = \"goal\"\ngoal = \"g\"\ndo = [\"{solution}\"]");
        let mut tutor = tutor(setup, &[&step]);
        assert!(offers_undo(&mut tutor, line), "{line}");
    }
}

#[test]
fn what_a_way_leads_through_leads_not_away_though_its_end_has_it_not() {
    let step = "kind = \"goal\"\ngoal = \"g\"\ndo = [\"RPUSH q a b c\", \"LPOP q\"]";
    let mut tutor = tutor("", &[step]);
    assert!(!offers_undo(&mut tutor, "RPUSH q a"));
    assert!(offers_undo(&mut tutor, "RPUSH q x"));
}

#[test]
fn a_right_line_has_no_words_too_many_whatever_stands_in_its_way() {
    let step = "kind = \"goal\"\ngoal = \"g\"\ndo = [\"RPUSH l a b\"]\n\
                also = [[\"RPUSH l a\", \"RPUSH l b\"]]";
    let mut tutor = tutor("", &[step]);
    tutor.feed("SET l x");
    assert_eq!(
        said(&mut tutor, "RPUSH l a b"),
        "l holds a string now, by an earlier line of this step."
    );
    let step = "kind = \"goal\"\ngoal = \"g\"\ndo = [\"HSET m a 1 b 2 c 3\"]\n\
                also = [[\"HSET m a 1\", \"HSET m b 2\", \"HSET m c 3\"]]";
    let mut tutor = super::tutor("", &[step]);
    let why = tutor.feed("HSET m b 2 c 3").record.why;
    assert_eq!(why, Some(Why::SoFar(vec![b"m".into()])));
}

#[test]
fn whoever_has_lost_the_watch_hears_it_when_a_line_is_queued() {
    let step = "kind = \"goal\"\ngoal = \"g\"\ndo = [\"WATCH n\", \"MULTI\", \"DECR n\"]\nwords = [\"WATCH\"]";
    let mut tutor = tutor("setup = [\"SET n 1\"]", &[step]);
    for line in ["WATCH n", "MULTI", "INCR n", "DISCARD", "MULTI"] {
        tutor.feed(line);
    }
    let text = said(&mut tutor, "DECR n");
    assert!(text.contains("Nothing is watched now"), "{text}");
}

/// A step with a watch, a look, and a transaction that is only queued, or run.
fn careful(last: &str) -> rediscover::tutor::Tutor {
    let step = format!(
        "kind = \"goal\"\ngoal = \"g\"\ndo = [\"WATCH n\", \"GET n\", \"MULTI\", \"DECR n\"{last}]\n\
         words = [\"WATCH\", \"GET\", \"MULTI\"]\nhint = [\"a\", \"b\"]\n\
         wrong = [{{ cmd = [\"WATCH n\", \"MULTI\", \"DECR n\"], say = \"no look\" }}]"
    );
    let setup = "setup = [\"SET n 5\", \"SET m 1\"]";
    open(&format!("{HEAD}{setup}\n[[step]]\n{step}\n"))
}

/// What is said of the last of these lines.
fn said_at_last(tutor: &mut rediscover::tutor::Tutor, lines: &[&str]) -> String {
    let (last, before) = lines.split_last().unwrap();
    for line in before {
        tutor.feed(line);
    }
    said(tutor, last)
}

#[test]
fn a_transaction_that_a_change_has_spoilt_reaches_no_goal() {
    let lines = ["WATCH n", "GET n", "SET n 5"];
    let mut tutor = careful("");
    let lost = "A watched key has changed since WATCH";
    let text = said_at_last(&mut tutor, &lines);
    assert!(text.contains(lost), "{text}");
    let text = said_at_last(&mut tutor, &["MULTI", "DECR n"]);
    assert!(text.contains(lost), "{text}");
    for line in ["DISCARD", "WATCH n", "GET n", "MULTI"] {
        tutor.feed(line);
    }
    assert_eq!(tutor.feed("DECR n").record.verdict, VerdictKind::Pass);
}

#[test]
fn a_watch_on_another_key_is_named_at_the_end() {
    let mut tutor = careful("");
    let text = said_at_last(
        &mut tutor,
        &["WATCH m", "WATCH n", "GET n", "MULTI", "DECR n"],
    );
    assert!(text.contains("Nobody has asked to watch this"), "{text}");
    assert!(text.contains(": m."), "{text}");
}

#[test]
fn what_runs_without_a_watch_reaches_no_goal() {
    let mut tutor = careful(", \"EXEC\"");
    let lines = ["WATCH n", "GET n", "UNWATCH", "MULTI", "DECR n", "EXEC"];
    let text = said_at_last(&mut tutor, &lines);
    assert!(text.contains("Nothing was watched when EXEC ran"), "{text}");
}

#[test]
fn a_foreseen_sentence_is_not_told_where_what_it_misses_was_typed_earlier() {
    let lines = ["WATCH n", "MULTI", "DECR n"];
    assert!(said_at_last(&mut careful(""), &lines).contains("no look"));
    let lines = ["GET n", "WATCH n", "MULTI", "DECR n"];
    let text = said_at_last(&mut careful(""), &lines);
    assert!(
        text.contains("their order counts here: WATCH n, GET n, MULTI"),
        "{text}"
    );
}

#[test]
fn two_transactions_are_not_the_one_that_is_asked_for_and_a_second_try_is() {
    let step = "kind = \"goal\"\ngoal = \"g\"\n\
                do = [\"MULTI\", \"INCR a\", \"INCR b\", \"EXEC\"]\nwords = [\"MULTI\", \"EXEC\"]";
    let mut tutor = tutor("", &[step]);
    let two = ["MULTI", "INCR a", "EXEC", "MULTI", "INCR b", "EXEC"];
    let text = said_at_last(&mut tutor, &two);
    assert!(text.contains("in one transaction"), "{text}");
    let mut tutor = super::tutor("", &[step]);
    for line in [
        "MULTI", "INCR a", "GET", "EXEC", "MULTI", "INCR a", "INCR b",
    ] {
        tutor.feed(line);
    }
    assert_eq!(tutor.feed("EXEC").record.verdict, VerdictKind::Pass);
}

#[test]
fn a_number_that_was_counted_past_or_away_can_be_taken_back_and_one_on_its_way_need_not() {
    let setup = "setup = [\"SET n 5\", \"HSET h f 5\", \"ZADD z 5 m\"]";
    for (solution, past, away, nearer) in [
        ("INCRBY n 10", "INCRBY n 15", "DECRBY n 1", "INCRBY n 3"),
        (
            "HINCRBY h f 10",
            "HINCRBY h f 11",
            "HINCRBY h f -10",
            "HINCRBY h f 9",
        ),
        (
            "ZINCRBY z 10 m",
            "ZINCRBY z 20 m",
            "ZINCRBY z -10 m",
            "ZINCRBY z 2 m",
        ),
    ] {
        let step = format!("kind = \"goal\"\ngoal = \"g\"\ndo = [\"{solution}\"]");
        for (line, is_offered) in [(past, true), (away, true), (nearer, false)] {
            let mut tutor = tutor(setup, &[&step]);
            assert_eq!(offers_undo(&mut tutor, line), is_offered, "{line}");
        }
    }
}

#[test]
fn a_command_that_is_still_to_come_is_no_other_way() {
    let step = "kind = \"goal\"\ngoal = \"g\"\ndo = [\"ZADD z 2 a 1 b\", \"ZPOPMIN z\"]\nuses = [\"ZPOPMIN\"]";
    let mut tutor = tutor("", &[step]);
    let text = said(&mut tutor, "ZADD z 2 a");
    let missing = "z looks as it is to look in the end, but b has not been in it yet.";
    assert_eq!(text, missing);
    tutor.feed("ZADD z 1 b");
    assert_eq!(tutor.feed("ZPOPMIN z").record.verdict, VerdictKind::Pass);
}

#[test]
fn a_number_that_is_asked_for_may_be_written_in_another_way() {
    let step = "kind = \"goal\"\ngoal = \"g\"\ndo = [\"ZINCRBY z 15 a\"]\nwords = [\"15\"]";
    for line in ["ZINCRBY z +15 a", "ZINCRBY z 15.0 a"] {
        let mut tutor = tutor("", &[step]);
        assert_eq!(tutor.feed(line).record.verdict, VerdictKind::Pass, "{line}");
    }
}

#[test]
fn only_a_watch_that_is_asked_for_matters() {
    let step = "kind = \"goal\"\ngoal = \"g\"\ndo = [\"INCR n\", \"INCR m\"]";
    let mut tutor = tutor("", &[step]);
    for line in ["WATCH n", "INCR n"] {
        assert!(!said(&mut tutor, line).contains("watched"), "{line}");
    }
    assert_eq!(tutor.feed("INCR m").record.verdict, VerdictKind::Pass);
    let text = said(&mut careful(""), "WATCH m");
    assert!(text.contains("m is not the key that is meant"), "{text}");
    let lines = ["WATCH n", "GET m", "MULTI", "DECR n"];
    let text = said_at_last(&mut careful(""), &lines);
    assert!(
        text.contains("belongs before MULTI and is missing: GET n."),
        "{text}"
    );
}

#[test]
fn a_transaction_that_is_to_stay_open_has_no_more_in_it_than_is_asked_for() {
    let lines = ["WATCH n", "GET n", "MULTI", "PING", "DECR n"];
    let text = said_at_last(&mut careful(""), &lines);
    assert!(
        text.contains("PING is queued, and is not asked for"),
        "{text}"
    );
    let lines = ["WATCH n", "GET n", "MULTI", "GET n"];
    let text = said_at_last(&mut careful(""), &lines);
    assert!(
        text.contains("GET n is queued, and is not asked for"),
        "{text}"
    );
    let lines = ["WATCH n", "GET n", "MULTI", "DECR m", "DECR n"];
    let text = said_at_last(&mut careful(""), &lines);
    assert!(
        text.contains("DECR m is queued, and is not asked for"),
        "{text}"
    );
}

#[test]
fn what_was_thrown_away_counts_no_more_and_an_exec_that_ran_nothing_says_why() {
    let lines = ["WATCH n", "GET n", "MULTI", "DECR n", "DISCARD"];
    let mut tutor = careful(", \"EXEC\"");
    let text = said_at_last(&mut tutor, &lines);
    assert!(text.starts_with("What was queued is thrown away"), "{text}");
    let text = said_at_last(&mut tutor, &["WATCH n", "MULTI", "DECR n", "EXEC"]);
    assert!(text.contains("use GET"), "{text}");
    let lines = ["WATCH n", "GET n", "SET n 5", "MULTI", "DECR n", "EXEC"];
    let text = said_at_last(&mut careful(", \"EXEC\""), &lines);
    assert!(text.starts_with("EXEC ran nothing"), "{text}");
}

#[test]
fn a_line_in_place_of_the_one_that_is_practised_hears_it_at_once() {
    let step =
        "kind = \"goal\"\ngoal = \"g\"\ndo = [\"SETNX k me\", \"EXPIRE k 5\"]\nuses = [\"SETNX\"]";
    let mut tutor = tutor("", &[step]);
    assert!(said(&mut tutor, "SET k me NX").contains("use SETNX"));
    let mut tutor = super::tutor("", &[step]);
    assert!(said(&mut tutor, "SETNX k me").starts_with("Right so far"));
}

#[test]
fn a_right_beginning_is_right_so_far_and_words_that_change_nothing_are_named() {
    let step = "kind = \"goal\"\ngoal = \"g\"\ndo = [\"DEL c\", \"RPUSH c a b\"]";
    let mut tutor = tutor("setup = [\"SET c x\"]", &[step]);
    let text = said(&mut tutor, "DEL c d");
    assert_eq!(
        text,
        "Right so far. Still to do: c. It works without d, too: Redis took it for one more key, and there is \
         none of that name."
    );
    assert!(said(&mut tutor, "RPUSH c a").starts_with("Right so far"));
}

#[test]
fn what_did_not_end_a_watch_throws_nothing_away() {
    for stray in ["EXEC", "DISCARD"] {
        let mut tutor = careful(", \"EXEC\"");
        let lines = ["WATCH n", "GET n", stray, "MULTI", "DECR n"];
        for line in lines {
            tutor.feed(line);
        }
        let verdict = tutor.feed("EXEC").record.verdict;
        assert_eq!(verdict, VerdictKind::Pass, "{stray}");
    }
}

#[test]
fn what_ran_unwatched_reaches_no_goal_by_another_line_either() {
    let step = "kind = \"goal\"\ngoal = \"g\"\ndo = [\"WATCH n\", \"MULTI\", \"DECR n\", \"EXEC\"]";
    let mut tutor = tutor("setup = [\"SET n 5\"]", &[step]);
    for line in ["MULTI", "DECR n", "EXEC"] {
        tutor.feed(line);
    }
    assert_ne!(tutor.feed("PING").record.verdict, VerdictKind::Pass);
}

#[test]
fn a_look_that_could_have_stored_counts_for_the_words_of_a_step() {
    let step =
        "kind = \"goal\"\ngoal = \"g\"\ndo = [\"SORT l ALPHA\", \"SET k v\"]\nwords = [\"SORT\"]";
    let mut tutor = tutor("setup = [\"RPUSH l b a\"]", &[step]);
    tutor.feed("SORT l DESC ALPHA");
    assert_eq!(tutor.feed("SET k v").record.verdict, VerdictKind::Pass);
}

#[test]
fn two_commands_in_a_line_are_not_the_one_that_is_asked_for() {
    let step = "kind = \"goal\"\ngoal = \"g\"\ndo = [\"DEL a\", \"DEL b\"]";
    let mut tutor = tutor("setup = [\"SET a 1\", \"SET b 1\"]", &[step]);
    let text = said(&mut tutor, "DEL a PING");
    assert!(text.starts_with("One line is one command"), "{text}");
}

#[test]
fn lines_of_a_way_in_another_order_are_right_so_far() {
    let step = "kind = \"goal\"\ngoal = \"g\"\ndo = [\"HINCRBY h a 2\", \"HINCRBY h b -1\"]";
    let mut tutor = tutor("setup = [\"HSET h a 1 b 5\"]", &[step]);
    assert!(said(&mut tutor, "HINCRBY h b -1").starts_with("Right so far"));
    assert_eq!(
        tutor.feed("HINCRBY h a 2").record.verdict,
        VerdictKind::Pass
    );
}

#[test]
fn a_value_with_another_deadline_is_not_right_so_far() {
    let step = "kind = \"goal\"\ngoal = \"g\"\ndo = [\"SET k v EX 60\", \"SET l w\"]";
    let mut tutor = tutor("", &[step]);
    assert!(said(&mut tutor, "SET k v EX 5").starts_with("5 is not what is asked for as seconds"));
}

#[test]
fn a_transaction_that_changed_nothing_is_none() {
    let step = "kind = \"goal\"\ngoal = \"g\"\ndo = [\"MULTI\", \"DEL a\", \"DEL b\", \"EXEC\"]\n\
                words = [\"MULTI\", \"EXEC\"]";
    let mut tutor = tutor("setup = [\"SET a 1\", \"SET b 1\"]", &[step]);
    let lines = ["MULTI", "DEL c", "EXEC", "MULTI", "DEL a", "DEL b"];
    for line in lines {
        tutor.feed(line);
    }
    assert_eq!(tutor.feed("EXEC").record.verdict, VerdictKind::Pass);
}

#[test]
fn what_was_overwritten_is_told_and_how_a_number_was_written_and_that_only_the_time_is_open() {
    let step = "kind = \"goal\"\ngoal = \"g\"\ndo = [\"HINCRBY h f 1\", \"EXPIRE h 900\"]\n\
                uses = [\"HINCRBY\"]\nwords = [\"1\"]";
    for (lines, told) in [
        (
            &["SET h x"][..],
            "h held a hash, and this line has put a string",
        ),
        (&["HSET h f +1"][..], "That set it to +1."),
        (
            &["HINCRBY h f 1", "PERSIST h"][..],
            "is only the time to live",
        ),
    ] {
        let mut tutor = tutor("setup = [\"HSET h f 2\"]", &[step]);
        let text = said_at_last(&mut tutor, lines);
        assert!(text.contains(told), "{lines:?}: {text}");
    }
}

#[test]
fn a_sentence_on_lines_is_told_though_idle_ones_stand_between_them_and_not_of_what_stays() {
    let step = "kind = \"goal\"\ngoal = \"g\"\ndo = [\"RPUSH l d\", \"LSET l 1 x\"]\nhint = [\"a\", \"b\"]\n\
                wrong = [{ cmd = [\"RPUSH l d\", \"LTRIM l 0 1\"], say = \"short\" },\n\
                { cmd = \"LSET l 2 x\", say = \"c is gone\" }]";
    for (lines, told) in [
        (&["RPUSH l d", "LRANGE l 0 -1", "LTRIM l 0 1"][..], "short"),
        (&["LSET l 2 x"], "c is gone"),
        (&["LPUSH l e", "LSET l 2 x"], ""),
    ] {
        let setup = "setup = [\"RPUSH l a b c\"]";
        let mut tutor = open(&format!("{HEAD}{setup}\n[[step]]\n{step}\n"));
        let text = said_at_last(&mut tutor, lines);
        assert!(text.contains(told), "{lines:?}: {text}");
        assert_eq!(text.contains("c is gone"), told == "c is gone", "{text}");
    }
}

#[test]
fn lines_of_a_transaction_that_cancel_out_have_changed_something() {
    let step = "kind = \"goal\"\ngoal = \"g\"\ndo = [\"ZADD z 3 b\", \"ZMPOP 1 z MIN\"]\n\
                uses = [\"ZMPOP\", \"ZPOPMIN\"]\nwords = [\"b\", \"3\"]";
    let mut tutor = tutor("setup = [\"ZADD z 5 a\"]", &[step]);
    for line in ["MULTI", "ZADD z 3 b", "ZPOPMIN z"] {
        assert!(!said(&mut tutor, line).contains("another way"), "{line}");
    }
    assert_eq!(tutor.feed("EXEC").record.verdict, VerdictKind::Pass);
}

#[test]
fn what_a_transaction_has_run_counts_where_no_way_has_one() {
    let step = "kind = \"goal\"\ngoal = \"g\"\ndo = [\"HINCRBY h a 1\", \"HINCRBY h b -1\"]\n\
                uses = [\"HINCRBY\"]\nwords = [\"1\", \"-1\"]";
    let setup = "setup = [\"HSET h a 1 b 1\"]";
    let mut open = tutor(setup, &[step]);
    for line in ["MULTI", "HINCRBY h a 1", "HINCRBY h b -1"] {
        assert!(!said(&mut open, line).contains("another way"), "{line}");
    }
    assert_eq!(open.feed("EXEC").record.verdict, VerdictKind::Pass);
    let mut thrown = tutor(setup, &[step]);
    let lines = ["MULTI", "HINCRBY h a 1", "HINCRBY h b -1", "DISCARD"];
    said_at_last(&mut thrown, &lines);
    assert_ne!(
        thrown.feed("HSET h a 2 b 0").record.verdict,
        VerdictKind::Pass
    );
}

#[test]
fn a_right_line_counts_also_behind_one_that_was_worked_out() {
    let step =
        "kind = \"goal\"\ngoal = \"g\"\ndo = \"SUNIONSTORE c a b\"\nuses = [\"SUNIONSTORE\"]";
    let mut tutor = tutor("setup = [\"SADD a x\", \"SADD b y\"]", &[step]);
    let text = said(&mut tutor, "SADD c x y");
    assert!(text.contains("use SUNIONSTORE"), "{text}");
    assert_eq!(
        tutor.feed("SUNIONSTORE c b a").record.verdict,
        VerdictKind::Pass
    );
}

#[test]
fn of_all_lines_in_the_wrong_order_it_is_said_that_the_order_counts() {
    let step =
        "kind = \"goal\"\ngoal = \"g\"\ndo = [\"DECR n\", \"DEL m\"]\nwords = [\"n\", \"m\"]";
    let mut tutor = tutor("setup = [\"SET n 5\", \"SET m 1\"]", &[step]);
    let text = said_at_last(&mut tutor, &["DEL m", "DECR n"]);
    assert!(text.contains("their order counts"), "{text}");
}

#[test]
fn what_a_step_forbids_is_no_way_to_its_goal() {
    let step = "kind = \"goal\"\ngoal = \"g\"\ndo = \"INCRBY n 5\"\nuses = [\"INCR\", \"INCRBY\"]\n\
                never = [\"SET *\", \"DEL n\"]";
    let mut tutor = tutor("setup = [\"SET n 5\"]", &[step]);
    let text = said_at_last(&mut tutor, &["INCR n", "SET n 10"]);
    assert!(text.contains("is to be done without SET"), "{text}");
    tutor.feed(":reset");
    assert_eq!(tutor.feed("INCRBY n 5").record.verdict, VerdictKind::Pass);
}

#[test]
fn pushes_that_leave_no_room_between_them_are_not_right_so_far() {
    let step = "kind = \"goal\"\ngoal = \"g\"\ndo = \"RPUSH l a b c\"";
    for (line, so_far) in [
        ("RPUSH l a b", true),
        ("RPUSH l b", true),
        ("RPUSH l a c", false),
    ] {
        let text = said(&mut tutor("", &[step]), line);
        assert_eq!(text.starts_with("Right so far"), so_far, "{line}: {text}");
    }
}

#[test]
fn a_transaction_without_lines_and_another_deadline_are_told() {
    let text = said_at_last(
        &mut careful(", \"EXEC\""),
        &["WATCH n", "GET n", "MULTI", "EXEC"],
    );
    assert!(text.starts_with("Nothing was queued"), "{text}");
    let step = "kind = \"goal\"\ngoal = \"g\"\ndo = [\"SET k v\", \"EXPIRE k 60\"]";
    let text = said(&mut tutor("", &[step]), "SETEX k 6 v");
    assert!(text.contains("is not the one that is wanted"), "{text}");
}

#[test]
fn what_goes_back_on_the_way_is_not_right_so_far() {
    let step =
        "kind = \"goal\"\ngoal = \"g\"\ndo = [\"SADD a x\", \"SADD b y\", \"SUNIONSTORE c a b\"]";
    let text = said_at_last(&mut tutor("", &[step]), &["SADD a x", "SADD b y", "DEL b"]);
    assert_eq!(text, "Not there yet. Still to do: b, c.");
}

#[test]
fn a_key_that_is_nearly_the_one_that_is_open_is_named() {
    let step = "kind = \"goal\"\ngoal = \"g\"\ndo = \"DEL a board:len\"";
    let setup = "setup = [\"SET a 1\", \"SET board:len 2\"]";
    let text = said(&mut tutor(setup, &[step]), "DEL a board:lens");
    assert!(
        text.contains("board:lens is not the key that is meant"),
        "{text}"
    );
}

/// A goal step, with more of its keys behind its solution.
pub(crate) fn goal(solution: &str, more: &str) -> String {
    format!("kind = \"goal\"\ngoal = \"g\"\ndo = {solution}\n{more}")
}

/// Plays lines at a goal step; what is said of the last one begins so.
pub(crate) fn check(setup: &str, step: &str, rows: &[(&[&str], &str)]) {
    for (lines, wanted) in rows {
        let mut tutor = tutor(&format!("setup = [{setup}]"), &[step]);
        let text = said_at_last(&mut tutor, lines);
        assert!(text.starts_with(wanted), "{lines:?}: {text}");
    }
}

#[test]
fn zadd_with_incr_is_zincrby_where_that_is_not_taught() {
    let step = goal(
        "\"ZINCRBY z 1 a\"",
        "uses = [\"ZINCRBY\"]\nwords = [\"ZINCRBY\"]",
    );
    for (more, line, verdict) in [
        ("", "ZADD z INCR 1 a", VerdictKind::Pass),
        ("", "zadd z incr 1 a", VerdictKind::Pass),
        ("", "ZADD z 1 a", VerdictKind::Partial),
        (
            "\nteach = [\"ZINCRBY\"]",
            "ZADD z INCR 1 a",
            VerdictKind::Partial,
        ),
    ] {
        let mut tutor = tutor("", &[&format!("{step}{more}")]);
        assert_eq!(tutor.feed(line).record.verdict, verdict, "{line}{more}");
    }
}

#[test]
fn of_a_right_result_it_is_said_why_it_does_not_count() {
    let step = goal("\"ZINCRBY z 25 a\"", "words = [\"25\"]");
    let in_parts =
        "The number is right, but it was counted in parts. Redis is to count 25 in one line";
    check(
        "\"ZADD z 5 a\"",
        &step,
        &[
            (&["ZINCRBY z 20 a", "ZINCRBY z 5 a"], in_parts),
            (
                &["ZADD z 30 a"],
                "The result is right, but you worked it out yourself. Redis is to do that: use ZINCRBY.",
            ),
            (
                &["ZINCRBY z 20 a"],
                "20 is not what is asked for as increment.",
            ),
        ],
    );
    let by_hand = "The result is right, but you worked it out yourself. Redis is to do that: use";
    let step = goal("\"HINCRBY h n -1\"", "uses = [\"HINCRBY\"]");
    check("\"HSET h n 3\"", &step, &[(&["HSET h n 2"], by_hand)]);
    let step = goal("\"SINTERSTORE c a b\"", "words = [\"SINTERSTORE\"]");
    check(
        "\"SADD a x y\", \"SADD b y\"",
        &step,
        &[(&["SADD c y"], by_hand)],
    );
    // What stores nothing computed is another way.
    let step = goal("\"SETNX k v\"", "uses = [\"SETNX\"]");
    check(
        "",
        &step,
        &[(
            &["SET k v"],
            "The result is right. This step practises another way: use SETNX.",
        )],
    );
}

#[test]
fn a_key_that_is_to_come_last_is_asked_for_behind_all_else() {
    let step = goal(
        "[\"DECR n\", \"DEL lock\"]",
        "also = [[\"MULTI\", \"DECR n\", \"DEL lock\", \"EXEC\"]]\nlast = \"lock\"",
    );
    let setup = "\"SET n 5\", \"SET lock me\"";
    let undo = "The order counts: lock comes last here, when all else is done. :undo";
    let reset = "The order counts: lock comes last here, when all else is done. :reset";
    check(
        setup,
        &step,
        &[
            (&["DEL lock"], undo),
            (&["UNLINK lock"], undo),
            (&["DEL lock", "DECR n"], reset),
            // Nor does it help to remove once more what is gone.
            (&["DEL lock", "DECR n", "DEL lock"], reset),
            // A transaction counts line by line.
            (
                &["MULTI", "DEL lock"],
                &format!("Queued: EXEC runs it. {undo}"),
            ),
            (
                &["MULTI", "DEL lock", "DECR n"],
                &format!("Queued: EXEC runs it. {reset}"),
            ),
            (&["MULTI", "DEL lock", "DECR n", "EXEC"], reset),
        ],
    );
    for lines in [
        &["DECR n", "DEL lock"][..],
        &["DECR n", "UNLINK lock"],
        &["DEL lock", "SET lock me", "DECR n", "DEL lock"],
        &["MULTI", "DECR n", "DEL lock", "EXEC"],
    ] {
        let mut tutor = tutor(&format!("setup = [{setup}]"), &[&step]);
        assert_eq!(
            super::verdicts(&mut tutor, lines).last(),
            Some(&VerdictKind::Pass),
            "{lines:?}"
        );
    }
}

#[test]
fn a_result_that_was_computed_too_early_is_computed_once_more() {
    let step = goal(
        "[\"SREM a x\", \"SREM b x\", \"SINTERSTORE c a b\"]",
        "uses = [\"SINTERSTORE\"]\nlast = \"c\"",
    );
    let setup = "setup = [\"SADD a x y\", \"SADD b x y z\", \"SADD c x y\"]";
    let mut tutor = tutor(setup, &[&step]);
    let text = said_at_last(&mut tutor, &["SREM a x", "SREM b x", "SREM c x"]);
    assert!(
        text.starts_with("The result is right, but you worked it out"),
        "{text}"
    );
    let by_hand = ["SINTERSTORE c a b", "SREM a x", "SREM b x", "SREM c x"];
    let mut tutor = super::tutor(setup, &[&step]);
    let text = said_at_last(&mut tutor, &by_hand);
    assert!(text.ends_with("Type its line once more."), "{text}");
    let verdict = tutor.feed("SINTERSTORE c a b").record.verdict;
    assert_eq!(verdict, VerdictKind::Pass);
    let mut tutor = super::tutor(setup, &[&step]);
    let text = said_at_last(&mut tutor, &["SREM a x", "SINTERSTORE c a b", "SREM b x"]);
    assert!(text.ends_with("Type its line once more."), "{text}");
    assert_eq!(
        tutor.feed("SINTERSTORE c a b").record.verdict,
        VerdictKind::Pass
    );
}

#[test]
fn what_a_watch_was_for_is_begun_anew_when_it_has_ended() {
    let step = goal(
        "[\"WATCH n\", \"GET n\", \"UNWATCH\"]",
        "words = [\"WATCH\", \"GET\", \"UNWATCH\"]",
    );
    let order = "The lines are right, but their order counts here: WATCH n, GET n, UNWATCH.";
    check(
        "\"SET n 1\"",
        &step,
        &[
            (
                &["WATCH n", "UNWATCH", "GET n", "WATCH n", "UNWATCH"],
                order,
            ),
            (&["UNWATCH"], "Still to be typed: WATCH, GET."),
            (
                &["WATCH n", "GET n", "MULTI", "EXEC", "UNWATCH"],
                "Still to be typed: WATCH, GET.",
            ),
            (
                &["WATCH n", "MULTI"],
                "No transaction is needed here. :undo takes MULTI back.",
            ),
            (
                &["WATCH n", "GET n", "MULTI", "UNWATCH"],
                "Queued: EXEC runs it. UNWATCH does nothing in a transaction",
            ),
            (
                &["EXEC"],
                "No transaction is open, so EXEC has nothing to end. None is needed here.",
            ),
        ],
    );
    let mut tutor = tutor("setup = [\"SET n 1\"]", &[&step]);
    let lines = ["WATCH n", "UNWATCH", "WATCH n", "GET n", "UNWATCH"];
    assert_eq!(super::verdicts(&mut tutor, &lines)[4], VerdictKind::Pass);
    let step = goal("[\"MULTI\", \"DEL n\", \"EXEC\"]", "words = [\"EXEC\"]");
    check(
        "\"SET n 1\"",
        &step,
        &[(
            &["EXEC"],
            "No transaction is open, so EXEC has nothing to end. MULTI opens one.",
        )],
    );
}

#[test]
fn words_that_did_nothing_are_named_where_a_goal_is_reached() {
    let setup = "\"SADD s a b\", \"SET d 1\", \"HSET h f 1 g 2\", \"SADD t b c\"";
    for (solution, line, remark) in [
        (
            "SREM s a",
            "SREM s a ghost",
            "It works without ghost, too: Redis took it for one more member, and there is none of that name.",
        ),
        (
            "SREM s a",
            "SREM s ghost a a",
            "It works without ghost, too: Redis took it for one more member, and there is none of that name. Once is enough: a.",
        ),
        ("SADD s c", "SADD s c c", "Once is enough: c."),
        (
            "DEL d s",
            "DEL s = d",
            "It works without =, too: Redis took it for one more key, and there is none of that name.",
        ),
        ("HSET h f 5", "HSET h f 5 g 2", "It works without g 2, too."),
        (
            "SDIFFSTORE u s t",
            "SDIFFSTORE u s t ghost",
            "It works without ghost, too: Redis took it for one more key, and there is none of that name.",
        ),
        ("SET d 2", "SET d 2 XX", "It works without XX, too."),
        // What a way has is not needless, whatever it does.
        ("SREM s a ghost", "SREM s a ghost", ""),
        ("SET d 2 XX", "SET d 2 XX", ""),
        ("SADD s c c", "SADD s c c", ""),
    ] {
        let step = goal(&format!("\"{solution}\""), "");
        let mut tutor = tutor(&format!("setup = [{setup}]"), &[&step]);
        let fed = tutor.feed(line);
        assert_eq!(fed.record.verdict, VerdictKind::Pass, "{line}");
        let style = rediscover::view::Style::default();
        let english = rediscover::text::Words::new(rediscover::text::Language::En);
        let text = rediscover::view::screen(&fed.outputs, &style, &english);
        let is_said = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(is_said.contains(remark), "{line}: {text}");
        let is_remark = is_said.contains("It works without") || is_said.contains("Once is enough");
        assert_eq!(is_remark, !remark.is_empty(), "{line}: {text}");
    }
}

#[test]
fn a_key_that_is_named_twice_does_not_count_for_two() {
    let mut tutor = tutor(
        "setup = [\"HSET h f 1 g 2\"]",
        &["goal = \"g\"\ndo = \"HLEN h\""],
    );
    assert_eq!(tutor.feed("EXISTS h h").record.verdict, VerdictKind::Look);
    assert_eq!(tutor.feed("HLEN h").record.verdict, VerdictKind::Pass);
}

#[test]
fn a_key_that_is_gone_and_still_needed_is_not_right_so_far() {
    let step = goal(
        "[\"RENAME cart order\", \"PERSIST order\"]",
        "also = [[\"PERSIST cart\", \"RENAME cart order\"]]",
    );
    let gone = "cart is gone, and what is still to be done needs it: :undo brings it back.";
    let at_once = format!("With a deadline of 0 or in the past, cart is gone at once. {gone}");
    check(
        "\"HSET cart fern 3\", \"EXPIRE cart 900\"",
        &step,
        &[
            (&["EXPIRE cart 0"], &at_once),
            (&["UNLINK cart"], gone),
            (&["RENAME cart odrer"], "odrer is not the key that is meant"),
            (&["RENAME cart order"], "Right so far."),
        ],
    );
    // What is only to go may go in any way.
    let step = goal("[\"DEL a\", \"DEL b\"]", "");
    check(
        "\"SET a 1\", \"SET b 2\"",
        &step,
        &[(&["EXPIRE a 0"], "Right so far. Still to do: b.")],
    );
}

#[test]
fn a_sentence_on_what_is_not_done_yet_is_not_told_where_it_is_done_by_hand() {
    let step = "kind = \"goal\"\ngoal = \"g\"\ndo = [\"DECR n\", \"DEL lock\"]\nuses = [\"DECR\"]\n\
                hint = [\"a\", \"b\"]\nwrong = [{ cmd = \"DEL lock\", say = \"Not sold yet.\" }]";
    let setup = "setup = [\"SET n 1\", \"SET lock me\"]";
    let mut tutor = open(&format!("{HEAD}{setup}\n[[step]]\n{step}\n"));
    assert_eq!(said(&mut tutor, "DEL lock"), "Not sold yet.");
    tutor.feed(":undo");
    let text = said_at_last(&mut tutor, &["SET n 0", "DEL lock"]);
    assert!(
        text.starts_with("The result is right, but you worked it out"),
        "{text}"
    );
}

#[test]
fn what_is_wrong_in_a_queue_is_named() {
    let step = goal(
        "[\"WATCH n\", \"GET n\", \"MULTI\", \"DECR n\"]",
        "words = [\"WATCH\", \"GET\"]",
    );
    let lines = |last: &[&'static str]| [&["WATCH n", "MULTI"], last].concat();
    let twice = "Queued: EXEC runs it. DECR n is queued twice now, and once is asked for: :undo";
    check(
        "\"SET n 5\"",
        &step,
        &[
            (&lines(&["DECR n", "DECR n"]), twice),
            (
                &lines(&["DECR m"]),
                "Queued: EXEC runs it. If EXEC came now, this would still be open: n.",
            ),
        ],
    );
    let step = goal(
        "[\"MULTI\", \"SET sold 1\", \"EXEC\"]",
        "words = [\"EXEC\"]",
    );
    check(
        "",
        &step,
        &[
            (
                &["MULTI", "SET sold 2"],
                "Queued: EXEC runs it. 2 is not what is asked for as value.",
            ),
            (
                &["MULTI", "EXEC"],
                "Nothing was queued, so EXEC has run nothing.",
            ),
        ],
    );
}

#[test]
fn an_error_inside_exec_is_told_with_its_line() {
    let ran = "EXEC ran what was queued, and Redis refused this line:";
    for (setup, solution, lines, sentence) in [
        (
            "ZADD z 62 a",
            "ZADD z 61 a",
            &["MULTI", "ZADD z a 61", "EXEC"][..],
            "ZADD z a 61 a and 61 stand in each other's place.",
        ),
        (
            "ZADD z 62 a",
            "ZADD z 61 a",
            &["MULTI", "PING", "LPUSH z 61", "EXEC"],
            "LPUSH z 61 z holds a sorted set",
        ),
    ] {
        let step = goal(&format!("\"{solution}\""), "");
        check(
            &format!("\"{setup}\""),
            &step,
            &[(lines, &format!("{ran} {sentence}"))],
        );
    }
}

#[test]
fn a_line_that_is_nearly_a_ways_own_is_told_as_elsewhere() {
    let setup = "\"SADD a x y\", \"SADD b y\", \"HSET h f 1\"";
    for (solution, line, sentence) in [
        (
            "\"HSET h color blue\"",
            "HSET color h blue",
            "color and h stand in each other's place.",
        ),
        (
            "\"HSET h color blue\"",
            "HSET h blue color",
            "blue and color stand in each other's place.",
        ),
        (
            "\"HSET h color blue\"",
            "HSET h colour blue",
            "colour is nearly what is asked for",
        ),
        (
            "\"HSET h item tea qty 2\"",
            "HSET h item tea qyt 2",
            "qyt is not what is asked for as field.",
        ),
        (
            "\"HSET h item tea qty 2\"",
            "HSET h item tea",
            "Right so far.",
        ),
        // Pairs may come in any order.
        (
            "\"HSET h color blue item \\\"x y\\\"\"",
            "HSET h item x_y color blue",
            "x_y is not what is asked for as value.",
        ),
        (
            "\"ZADD z 1 ann 2 bob\"",
            "ZADD z 5 bob 1 ann",
            "5 is not what is asked for as score.",
        ),
        // Of two lines the one with the same names is meant.
        (
            "[\"ZINCRBY z 10 zoe\", \"ZINCRBY z 15 lou\"]",
            "ZINCRBY z 15 zoe",
            "15 is not what is asked for as increment.",
        ),
        (
            "[\"HINCRBY h cola 1\", \"HINCRBY h sold -1\"]",
            "HINCRBY h sold 1",
            "increment is 1, which has the wrong sign.",
        ),
        (
            "\"SDIFFSTORE c a b\"",
            "SDIFFSTORE c b a",
            "b and a stand in each other's place.",
        ),
        (
            "\"SDIFFSTORE c a b\"",
            "SDIFFSTORE a b c",
            "The values are right, their order is not.",
        ),
        (
            "\"SET k v EX 60\"",
            "SET k v EX 6",
            "6 is not what is asked for as seconds.",
        ),
        (
            "[\"INCRBY n 10\", \"DEL a\"]",
            "INCRBY n 3",
            "Not there yet.",
        ),
        (
            "[\"INCRBY n 10\", \"DEL a\"]",
            "INCRBY n -10",
            "increment is -10, which has the wrong sign.",
        ),
        (
            "[\"SADD a z\", \"SADD b z\"]",
            "SADD a z ghost",
            "ghost is one word too many.",
        ),
        (
            "[\"SADD a z\", \"SINTERSTORE c a b\"]",
            "SINTERSTORE c a",
            "A key is missing.",
        ),
    ] {
        check(setup, &goal(solution, ""), &[(&[line], sentence)]);
    }
}

#[test]
fn a_number_that_is_to_be_added_counts_only_in_a_line_that_adds() {
    let step = goal("\"ZINCRBY z 25 a\"", "words = [\"25\"]");
    check(
        "\"ZADD z 50 a\"",
        &step,
        &[(
            &["ZADD z 25 a", "ZADD z 75 a"],
            "The result is right, but you worked it out yourself. Redis is to do that: use ZINCRBY.",
        )],
    );
}

#[test]
fn lines_are_called_right_but_for_their_order_only_where_they_are_a_ways() {
    let step = goal("[\"RPUSH l a\", \"RPUSH l b\"]", "words = [\"a\", \"b\"]");
    check(
        "",
        &step,
        &[(
            &["LPUSH l b", "LPUSH l a"],
            "The result is right. In this step the lines are to have these in this order: a, b.",
        )],
    );
}

#[test]
fn a_key_that_is_gone_is_not_needed_where_all_else_is_there() {
    let step = goal("[\"RENAME a b\", \"PERSIST b\"]", "");
    check(
        "\"SET a 1 EX 60\"",
        &step,
        &[
            (&["COPY a b", "DEL a"], "Right so far. Still to do: b."),
            (
                &["DEL a"],
                "a is gone, and what is still to be done needs it",
            ),
        ],
    );
}

#[test]
fn what_leaves_no_line_for_what_is_practised_is_told_at_once() {
    let step = goal(
        "[\"HINCRBY h a 1\", \"HINCRBY h b -1\"]",
        "uses = [\"HINCRBY\"]\nwords = [\"-1\", \"1\"]",
    );
    check(
        "\"HSET h a 1 b 5\"",
        &step,
        &[
            (
                &["HSET h b 4"],
                "You are putting in by hand what Redis is to work out: use HINCRBY.",
            ),
            (&["HINCRBY h b -1"], "Right so far."),
        ],
    );
    let step = goal("\"INCRBY n 5\"", "never = [\"SET *\"]");
    check(
        "\"SET n 5\"",
        &step,
        &[(
            &["SET n 7", "INCR n"],
            "This step is to be done without SET",
        )],
    );
}

#[test]
fn a_line_that_ran_in_place_of_being_queued_is_told_and_so_is_one_that_came_too_late() {
    let step = goal(
        "[\"SET n 1\", \"WATCH n\", \"MULTI\", \"SET m 1\"]",
        "words = [\"WATCH\"]",
    );
    let at_once =
        "SET m 1 has run at once, and it is to be queued behind MULTI: :undo takes it back.";
    let before = "Queued: EXEC runs it. SET n 1 belongs before MULTI: :undo takes lines back";
    check(
        "",
        &step,
        &[
            (&["SET n 1", "WATCH n", "SET m 1"], at_once),
            (&["MULTI", "SET n 1"], before),
            (
                &["SET n 1", "WATCH n", "MULTI", "SET m 2"],
                "Queued: EXEC runs it. 2 is not what",
            ),
        ],
    );
}

#[test]
fn a_key_that_a_way_names_was_not_misspelt() {
    let step = goal("[\"SET o:2 x\", \"SET o:2:info y\"]", "");
    let mut tutor = tutor("", &[&step]);
    assert_eq!(
        said(&mut tutor, "SET o:2:info y"),
        "Right so far. Still to do: o:2."
    );
}

#[test]
fn a_line_that_leads_on_is_not_spoilt_though_all_lines_were_typed() {
    let step = goal("[\"ZADD z 2 a\", \"ZINCRBY z 3 a\"]", "");
    let mut tutor = tutor("", &[&step]);
    tutor.feed("ZINCRBY z 3 a");
    let fed = tutor.feed("ZADD z 2 a");
    let is_offer = |output: &Output| matches!(output, Output::Notice(Notice::CanReset));
    assert!(!fed.outputs.iter().any(is_offer), "{:?}", fed.record.why);
    assert_eq!(
        tutor.feed("ZINCRBY z 3 a").record.verdict,
        VerdictKind::Pass
    );
}

#[test]
fn a_sentence_on_looks_is_told_though_the_data_are_as_wanted_already() {
    let step = "kind = \"goal\"\ngoal = \"g\"\ndo = [\"SET n 1\", \"WATCH n\", \"GET n\", \"MULTI\"]\n\
                words = [\"WATCH\", \"GET\", \"MULTI\"]\nhint = [\"a\", \"b\"]\n\
                wrong = [{ cmd = [\"GET n\", \"WATCH n\"], say = \"Watch first.\" }]";
    let mut tutor = open(&format!("{HEAD}[[step]]\n{step}\n"));
    let text = said_at_last(&mut tutor, &["SET n 1", "GET n", "WATCH n"]);
    assert_eq!(text, "Watch first.");
}

#[test]
fn what_could_have_changed_data_is_no_way_to_look() {
    for (solution, line) in [
        ("ZSCORE z a", "ZINCRBY z 0 a"),
        ("SISMEMBER s y", "SMOVE s z y"),
        ("EXISTS no", "DEL no"),
    ] {
        let setup = "setup = [\"ZADD z 5 a\", \"SADD s x\"]";
        let mut tutor = tutor(setup, &[&format!("goal = \"g\"\ndo = \"{solution}\"")]);
        assert_ne!(tutor.feed(line).record.verdict, VerdictKind::Pass, "{line}");
        assert_eq!(
            tutor.feed(solution).record.verdict,
            VerdictKind::Pass,
            "{solution}"
        );
    }
}

#[test]
fn a_number_that_redis_has_computed_by_another_command_was_not_worked_out() {
    let step = goal("[\"HINCRBY h f -1\", \"SET k v\"]", "uses = [\"HINCRBY\"]");
    let another = "The result is right. This step practises another way: use HINCRBY.";
    let lines: &[&str] = &["HINCRBYFLOAT h f -1", "SET k v"];
    let setup = "\"HSET h f 9\"";
    let in_place = "The result is right, but in place of HINCRBYFLOAT h f -1 a line with HINCRBY";
    check(setup, &step, &[(&lines[..1], another), (lines, in_place)]);
    let by_hand = "The result is right, but you worked it out yourself.";
    check(setup, &step, &[(&["HSET h f 8", "SET k v"], by_hand)]);
    let mut tutor = tutor(&format!("setup = [{setup}]"), &[&step]);
    assert!(offers_undo(&mut tutor, lines[0]));
}

#[test]
fn the_line_at_fault_is_named_where_the_last_one_is_right() {
    let step = goal(
        "[\"LPUSH l d\", \"LTRIM l 0 2\"]",
        "words = [\"LTRIM\", \"2\"]",
    );
    let in_place = "The result is right, but in place of LTRIM l 0 1 a line with 2 is asked for";
    let lines: &[&str] = &["LTRIM l 0 1", "LPUSH l d"];
    check("\"RPUSH l c b a\"", &step, &[(lines, in_place)]);
}

#[test]
fn what_redis_is_to_compute_is_not_put_in_by_hand() {
    let step = goal(
        "[\"SINTERSTORE r a b\", \"EXPIRE r 60\"]",
        "uses = [\"SINTERSTORE\"]",
    );
    let setup = "\"SADD a x y z\", \"SADD b x y\"";
    let by_hand = "You are putting in by hand what Redis is to work out: use SINTERSTORE.";
    check(setup, &step, &[(&["SADD r x"], by_hand)]);
    check(setup, &step, &[(&["SINTERSTORE r a"], "A key is missing.")]);
    check(setup, &step, &[(&["SINTERSTORE r a b"], "Right so far.")]);
}

#[test]
fn a_line_that_does_as_well_as_a_ways_own_has_no_slip() {
    let step = goal(
        "\"LSET l 1 c\"",
        "also = [[\"LINSERT l AFTER b c\", \"LREM l 1 b\"]]",
    );
    let setup = "\"RPUSH l a b\"";
    check(
        setup,
        &step,
        &[(&["LREM l 0 b"], "Not there yet. Still to do: l.")],
    );
    check(
        setup,
        &step,
        &[(&["LSET l 0 c"], "index is 0, which is off by one")],
    );
}

#[test]
fn a_foreseen_sentence_speaks_of_nothing_that_is_gone() {
    let step = "kind = \"goal\"\ngoal = \"g\"\ndo = \"LINSERT l AFTER a x\"\nhint = [\"a\", \"b\"]\n\
                wrong = [{ cmd = \"LPUSH l x\", say = \"x stands before a now.\" }]";
    let text = |lines: &[&str]| {
        let head = format!("{HEAD}setup = [\"RPUSH l a b\"]\n[[step]]\n{step}");
        said_at_last(&mut open(&head), lines)
    };
    assert_eq!(text(&["LPUSH l x"]), "x stands before a now.");
    assert!(!text(&["LPOP l", "LPUSH l x"]).contains("before a"));
}

#[test]
fn a_queued_line_in_place_of_another_one_is_to_be_taken_back() {
    let step = goal(
        "[\"WATCH n\", \"GET n\", \"MULTI\", \"DECR n\"]",
        "words = [\"WATCH\", \"GET\"]",
    );
    let lines = |last: &[&'static str]| [&["WATCH n", "GET n", "MULTI"], last].concat();
    let another = "Queued: EXEC runs it. What is queued has the right effect, but one line is to \
                   be another: use DECR. :undo takes lines back";
    let stranger = |line: &str| {
        format!("Queued: EXEC runs it. {line} is queued, and is not asked for there: :undo")
    };
    check(
        "\"SET n 5\"",
        &step,
        &[
            (&lines(&["SET n 4"]), another),
            (&lines(&["SET n 4", "DECR n"]), &stranger("SET n 4")),
            (&lines(&["DECR m", "DECR n"]), &stranger("DECR m")),
        ],
    );
    let step = goal("[\"MULTI\", \"DEL k\"]", "words = [\"DEL\"]");
    let lines: &[&str] = &["MULTI", "UNLINK k"];
    check(
        "\"SET k v\"",
        &step,
        &[(lines, &another.replace("DECR", "DEL"))],
    );
}

#[test]
fn a_line_that_makes_what_nobody_wants_is_named_in_a_queue() {
    let step = goal("[\"MULTI\", \"DEL n\", \"EXEC\"]", "words = [\"EXEC\"]");
    let lines = ["MULTI", "SET x 1", "DEL n"];
    let stranger = "Queued: EXEC runs it. SET x 1 is queued, and is not asked for there: :undo";
    check("\"SET n 5\"", &step, &[(&lines, stranger)]);
}

#[test]
fn what_belongs_before_a_transaction_is_named_when_it_is_missing() {
    let step = goal(
        "[\"WATCH n\", \"GET n\", \"MULTI\", \"DEL n\", \"EXEC\"]",
        "words = [\"WATCH\", \"GET\", \"MULTI\", \"EXEC\"]",
    );
    let missing = |line: &str| format!("This belongs before MULTI and is missing: {line}. Now");
    let queued = |line: &str| format!("Queued: EXEC runs it. {}", missing(line));
    check(
        "\"SET n 5\"",
        &step,
        &[
            (&["WATCH n"], "Right so far."),
            (&["WATCH n", "MULTI"], &missing("GET n")),
            (&["WATCH n", "MULTI", "DEL n"], &queued("GET n")),
            (&["WATCH m", "GET n", "MULTI"], &missing("WATCH n")),
            (&["WATCH m", "GET n", "MULTI", "DEL n"], &queued("WATCH n")),
        ],
    );
}

#[test]
fn a_wrong_value_is_not_right_so_far() {
    let step = goal("[\"HSET h f 1 g 22\", \"EXPIRE h 600\"]", "");
    check(
        "",
        &step,
        &[
            (
                &["HSET h f 1 g 23", "EXPIRE h 600"],
                "Not there yet. Still to do: h.",
            ),
            (&["HSET h f 1", "EXPIRE h 600"], "Right so far."),
        ],
    );
    let step = goal("[\"HSET h f 1\", \"EXPIRE h 60\"]", "");
    check(
        "\"HSET h f 0\"",
        &step,
        &[
            (&["EXPIRE h 60"], "Right so far."),
            (&["HSET h f 3", "EXPIRE h 60"], "Not there yet."),
        ],
    );
}

#[test]
fn a_slip_in_a_look_is_told_and_it_stays_a_look() {
    let step = goal(
        "[\"ZRANGEBYSCORE delay 0 6\", \"ZREM delay a\"]",
        "also = [\"ZREM delay a\"]",
    );
    for (line, sentence) in [
        (
            "ZRANGEBYSCORE delay 6 0",
            Some("6 and 0 stand in each other's place."),
        ),
        (
            "ZRANGEBYSCORE delai 0 6",
            Some("delai is not the key that is meant"),
        ),
        ("ZRANGEBYSCORE delay 0 7", None),
    ] {
        let mut tutor = tutor("setup = [\"ZADD delay 5 a\"]", &[&step]);
        let text = super::screen(&mut tutor, line);
        let is_said = sentence.map_or(!text.contains('·'), |sentence| text.contains(sentence));
        assert!(is_said, "{line}: {text}");
        tutor.feed(":undo");
        let verdict = tutor.feed(line).record.verdict;
        assert_eq!(verdict, VerdictKind::Look, "{line}");
    }
}

#[test]
fn of_what_discard_ends_only_what_was_there_is_told() {
    let step = goal("[\"WATCH n\", \"DECR n\"]", "");
    let over = "The transaction is over";
    for (lines, sentence) in [
        (
            &["WATCH n", "MULTI", "INCR n", "DISCARD"][..],
            "What was queued is thrown away, and what was watched is forgotten.",
        ),
        (
            &["MULTI", "INCR n", "DISCARD"],
            "What was queued is thrown away.",
        ),
        (
            &["WATCH n", "MULTI", "DISCARD"],
            &format!("{over}, and what was watched is forgotten."),
        ),
        (
            &["MULTI", "DISCARD"],
            &format!("{over}. Nothing was queued in it."),
        ),
    ] {
        check("\"SET n 5\"", &step, &[(lines, sentence)]);
    }
}

#[test]
fn an_error_inside_exec_is_remarked_on_where_the_goal_is_reached() {
    let step = goal("[\"MULTI\", \"ZADD z 4 a\", \"EXEC\"]", "");
    let mut tutor = tutor("", &[&step]);
    let lines = ["MULTI", "ZADD z a 4", "ZADD z 4 a", "EXEC"];
    let text = said_at_last(&mut tutor, &lines);
    let remark = "In EXEC, Redis refused this: ZADD z a 4. The other lines ran all the same.";
    assert!(text.ends_with(remark), "{text}");
    // What a way has refused itself is no news.
    let step = goal("[\"MULTI\", \"INCR s\", \"DEL n\", \"EXEC\"]", "");
    let mut tutor = super::tutor("setup = [\"SET s x\", \"SET n 1\"]", &[&step]);
    let text = said_at_last(&mut tutor, &["MULTI", "INCR s", "DEL n", "EXEC"]);
    assert!(!text.contains("refused"), "{text}");
}

#[test]
fn what_is_computed_anew_in_a_queue_is_not_queued_twice() {
    let step = goal(
        "[\"SREM a x\", \"SREM b x\", \"SINTERSTORE c a b\"]",
        "uses = [\"SINTERSTORE\"]\nlast = \"c\"",
    );
    let mut tutor = tutor("setup = [\"SADD a x y\", \"SADD b x y\"]", &[&step]);
    let again = "SINTERSTORE c a b";
    let lines = ["MULTI", again, "SREM a x", "SREM b x", again];
    assert_eq!(said_at_last(&mut tutor, &lines), "Queued: EXEC runs it.");
    assert_eq!(tutor.feed("EXEC").record.verdict, VerdictKind::Pass);
}

#[test]
fn what_an_earlier_line_has_spoilt_is_not_right_so_far() {
    let step = goal(
        "[\"LPOP till\", \"HINCRBY h n -1\", \"SADD s a\"]",
        "also = [[\"SADD s a\", \"HINCRBY h n -1\", \"LPOP till\"]]",
    );
    check(
        "\"RPUSH till a b c d\", \"HSET h n 5\", \"HSET other n 5\"",
        &step,
        &[
            (&["LPOP till", "SADD s a"], "Right so far."),
            (&["RPOP till", "LPOP till", "SADD s a"], "Not there yet."),
            (&["SADD s a b", "LPOP till"], "Not there yet."),
            (&["HINCRBY other n -1", "LPOP till"], "Not there yet."),
            // Of a field that nobody wants counting makes nothing.
            (&["HINCRBY h m -1", "LPOP till"], "Not there yet."),
        ],
    );
}

#[test]
fn a_line_that_changed_nothing_behind_a_right_effect_is_told_as_what_it_is() {
    let step = goal("\"SET code 9 XX\"", "words = [\"XX\"]");
    check(
        "\"SET code 5\"",
        &step,
        &[
            (
                &["SET code 9", "SET coed 9 XX"],
                "Nothing has changed. coed is not the key that is meant",
            ),
            (
                &["SET code 9", "SET m 9 XX"],
                "Nothing has changed. It comes to the same this time, but nothing was checked.",
            ),
        ],
    );
}

#[test]
fn an_exec_that_made_too_much_is_to_be_taken_back() {
    let step = goal(
        "[\"MULTI\", \"INCR n\", \"EXEC\"]",
        "words = [\"MULTI\", \"EXEC\"]",
    );
    let lines = ["MULTI", "INCR m", "INCR n", "EXEC"];
    let much = "EXEC has run, and nobody has asked for this: m. :undo takes EXEC back";
    check("", &step, &[(&lines, much)]);
    // What was refused in it is told.
    let lines = ["MULTI", "LPUSH n 1", "INCR n", "EXEC"];
    let refused = "EXEC ran what was queued, and Redis refused this line: INCR n EXEC has run";
    check("", &step, &[(&lines, refused)]);
    // No line belongs before a transaction that the solution has not.
    let step = goal(
        "[\"HINCRBY h n -1\", \"SADD s a\"]",
        "words = [\"-1\"]\n\
         also = [[\"MULTI\", \"HINCRBY h n -1\", \"SADD s a\", \"EXEC\"]]",
    );
    let lines = ["MULTI", "HSET h n 4", "SADD s a"];
    let other = "Queued: EXEC runs it. What is queued has the right effect, but one line is to be \
                 another: use -1.";
    check("\"HSET h n 5\"", &step, &[(&lines, other)]);
}

#[test]
fn a_key_that_is_to_go_is_not_still_needed_where_another_one_is() {
    let step = goal("[\"DEL a\", \"EXPIRE b 60\"]", "");
    check(
        "\"SET a 1\", \"SET b 2\"",
        &step,
        &[(&["FLUSHALL"], "Not there yet. Still to do: b.")],
    );
}

#[test]
fn whoever_has_only_to_go_on_is_offered_no_way_back_and_whoever_cannot_is() {
    let step = goal(
        "[\"ZADD z 5 a 3 b\", \"ZPOPMIN z\"]",
        "uses = [\"ZPOPMIN\"]\nwords = [\"b\"]",
    );
    let mut tutor = tutor("", &[&step]);
    assert!(!offers_undo(&mut tutor, "ZADD z 5 a"));
    let step = goal("[\"HSET h f 1 g 22\", \"EXPIRE h 600\"]", "");
    let mut tutor = super::tutor("", &[&step]);
    tutor.feed("HSET h f 1 g 23");
    let is_offer = |output: &Output| matches!(output, Output::Notice(Notice::CanReset));
    let outputs = tutor.feed("EXPIRE h 600").outputs;
    assert!(outputs.iter().any(is_offer));
    // What nobody wants is left there, though the line is a way's own.
    let mut tutor = super::tutor("", &[&step]);
    tutor.feed("SET x 1");
    assert!(tutor.feed("HSET h f 1 g 22").outputs.iter().any(is_offer));
}

#[test]
fn a_key_with_which_all_is_done_is_not_the_one_that_is_meant() {
    let step = goal("[\"SREM mon x\", \"SUNIONSTORE all mon\"]", "");
    let lines = ["SREM mon x", "SREM all x"];
    check(
        "\"SADD mon x y\", \"SADD all z\"",
        &step,
        &[
            (&lines, "Nothing has changed. Not there yet."),
            (&lines[1..], "Nothing has changed. all exists, but"),
        ],
    );
}

#[test]
fn of_a_time_to_live_that_is_to_go_it_is_said() {
    let step = goal("[\"RENAME cart order\", \"PERSIST order\"]", "");
    let to_go = "Right so far. Still to do: order. A time to live is still set there";
    check(
        "\"HSET cart fern 3\", \"EXPIRE cart 900\"",
        &step,
        &[(&["RENAME cart order"], to_go)],
    );
}

#[test]
fn what_was_wrong_before_a_queue_is_not_too_much_in_it() {
    let step = goal(
        "[\"SET n 1\", \"WATCH n\", \"MULTI\", \"DECR n\"]",
        "words = [\"WATCH\"]",
    );
    let mut tutor = tutor("setup = [\"SET n 0\"]", &[&step]);
    for line in ["SET n 2", "WATCH n", "MULTI"] {
        tutor.feed(line);
    }
    let text = super::screen(&mut tutor, "DECR n");
    assert!(text.contains("this would still be open: n."), "{text}");
    assert!(text.contains(":reset starts the step anew"), "{text}");
}

#[test]
fn what_nobody_has_asked_for_is_in_no_turn() {
    let step = goal("[\"DECR n\", \"DEL lock\"]", "last = \"lock\"");
    let setup = "\"SET n 5\", \"SET lock me\"";
    let lines: &[&str] = &["DECR m", "DECR n", "DEL lock"];
    check(setup, &step, &[(lines, "Nobody has asked for this: m.")]);
    let mut tutor = tutor(&format!("setup = [{setup}]"), &[&step]);
    said_at_last(&mut tutor, lines);
    assert_eq!(tutor.feed("DEL m").record.verdict, VerdictKind::Pass);
}

#[test]
fn what_was_read_before_discard_is_to_be_read_again() {
    let step = goal(
        "[\"WATCH n\", \"GET n\", \"MULTI\", \"DEL n\", \"EXEC\"]",
        "words = [\"WATCH\", \"GET\", \"EXEC\"]",
    );
    let lines = ["WATCH n", "GET n", "MULTI", "DISCARD", "WATCH n", "MULTI"];
    let missing = "This belongs before MULTI and is missing: GET n.";
    check("\"SET n 5\"", &step, &[(&lines, missing)]);
}

#[test]
fn whoever_worked_a_number_out_before_a_transaction_of_a_way_hears_the_way_back() {
    let step = goal(
        "[\"DECR n\", \"DEL lock\"]",
        "uses = [\"DECR\"]\nalso = [[\"MULTI\", \"DECR n\", \"DEL lock\", \"EXEC\"]]",
    );
    let mut tutor = tutor("setup = [\"SET n 1\", \"SET lock me\"]", &[&step]);
    tutor.feed("SET n 0");
    assert!(offers_undo(&mut tutor, "DEL lock"));
}

#[test]
fn who_has_changed_what_is_watched_is_told_to_take_that_back() {
    let step = goal(
        "[\"WATCH n\", \"MULTI\", \"DECR n\"]",
        "words = [\"WATCH\"]",
    );
    let own =
        "You have changed a watched key yourself since WATCH, so EXEC will run nothing. :undo";
    check(
        "\"SET n 5\"",
        &step,
        &[(&["WATCH n", "DECR n", "MULTI"], own)],
    );
}

#[test]
fn a_sentence_on_a_line_that_does_nothing_is_not_said_where_it_has_done_something() {
    let step = "kind = \"goal\"\ngoal = \"g\"\ndo = [\"LPUSH p d\", \"LTRIM p 0 2\"]\n\
                hint = [\"a\", \"b\"]\nwrong = [{ cmd = \"LTRIM p 0 2\", say = \"This cut nothing.\" }]";
    let setup = "setup = [\"RPUSH p c b a\"]";
    let fresh = || open(&format!("{HEAD}{setup}\n[[step]]\n{step}\n"));
    assert!(said(&mut fresh(), "LTRIM p 0 2").starts_with("This cut nothing."));
    let mut tutor = fresh();
    tutor.feed("LPUSH p d e");
    assert!(!said(&mut tutor, "LTRIM p 0 2").contains("This cut nothing."));
}

#[test]
fn a_pop_that_comes_too_early_is_told_of_the_key_that_it_pops_from() {
    let step = "kind = \"goal\"\ngoal = \"g\"\ndo = [\"RPUSH q a b\", \"LPOP q\"]";
    let mut tutor = super::tutor("", &[step]);
    let said = said_at_last(&mut tutor, &["RPUSH q a", "LPOP q"]);
    assert!(said.contains("stood in q"), "{said}");
    let step = "kind = \"goal\"\ngoal = \"g\"\n\
        do = [\"RPUSH q1 a\", \"RPUSH q2 b\", \"LPOP q1\", \"LPOP q2\"]";
    let mut tutor = super::tutor("", &[step]);
    let said = said_at_last(&mut tutor, &["RPUSH q2 b", "LPOP q2"]);
    assert!(!said.contains("stood in"), "{said}");
}

#[test]
fn a_second_transaction_that_does_nothing_more_is_sent_back_to_the_start() {
    let step = "kind = \"goal\"\ngoal = \"g\"\nwords = [\"WATCH\", \"GET\", \"MULTI\", \"EXEC\"]\n\
        do = [\"WATCH k\", \"GET k\", \"MULTI\", \"DEL k\", \"EXEC\"]";
    let mut tutor = super::tutor("setup = [\"SET k v\"]", &[step]);
    let first = ["GET k", "MULTI", "DEL k", "EXEC"];
    let lines = [&first[..], &["WATCH k", "GET k", "MULTI", "DEL k", "EXEC"]].concat();
    let said = said_at_last(&mut tutor, &lines);
    assert!(said.contains("EXEC has changed nothing"), "{said}");
    assert!(said.contains(":reset"), "{said}");
}

#[test]
fn a_fault_is_not_called_right_so_far() {
    let step = "kind = \"goal\"\ngoal = \"g\"\ndo = [\"EXPIRE k 600\", \"SET w v\"]";
    let mut tutor = super::tutor("setup = [\"SET k v\"]", &[step]);
    let said = said_at_last(&mut tutor, &["EXPIRE k 60", "SET w v"]);
    assert!(said.contains("Not there yet"), "{said}");
}
