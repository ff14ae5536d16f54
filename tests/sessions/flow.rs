//! Does a session lead where it should: verdicts, undo, hints, time, other clients?

use rediscover::{
    notation::{Escape, to_one_line},
    tutor::{Meaning, Mode, Notice, Output, Tutor, Why},
};

use super::{
    HEAD,
    VerdictKind::{Aside, Look, Partial, Pass, Skip, Wrong},
    ask, diagnosis, open, said, screen, tutor, verdicts,
};

#[test]
fn another_line_with_the_same_effect_passes() {
    let mut tutor = tutor("", &["goal = \"g\"\ndo = \"RPUSH l a b\""]);
    assert_eq!(
        verdicts(&mut tutor, &["LPUSH l a b", "LPUSH l b a"]),
        [Wrong, Pass]
    );
    assert_eq!(ask(&tutor, "LRANGE l 0 -1"), "[\"a\", \"b\"]");
}

#[test]
fn looking_around_never_counts() {
    let mut tutor = tutor(
        "setup = [\"RPUSH l a b\"]",
        &["goal = \"g\"\ndo = \"LPOP l\""],
    );
    assert_eq!(
        verdicts(
            &mut tutor,
            &["LRANGE l 0 -1", "TYPE l", "", "RPOP l", "LPOP l"]
        ),
        [Look, Look, Aside, Wrong, Pass]
    );
}

#[test]
fn words_that_a_step_practises_are_asked_for() {
    let mut tutor = tutor("", &["goal = \"g\"\ndo = \"SET k v NX\"\nwords = [\"NX\"]"]);
    let fed = tutor.feed("SET k v");
    assert_eq!(fed.record.why, Some(Why::MustUse(vec!["NX".to_owned()])));
    assert_eq!(verdicts(&mut tutor, &["set k v nx"]), [Pass]);
}

#[test]
fn a_goal_step_keeps_its_lines_until_it_is_reset() {
    let mut tutor = tutor(
        "",
        &["kind = \"goal\"\ngoal = \"g\"\ndo = [\"RPUSH l a\", \"RPUSH l b\"]"],
    );
    assert_eq!(verdicts(&mut tutor, &["RPUSH l b"]), [Partial]);
    assert_eq!(ask(&tutor, "LLEN l"), "(integer) 1");
    tutor.feed(":reset");
    assert_eq!(ask(&tutor, "LLEN l"), "(integer) 0");
    assert_eq!(
        verdicts(&mut tutor, &["LPUSH l b", "LPUSH l a"]),
        [Partial, Pass]
    );
}

#[test]
fn a_prediction_is_compared_as_a_value() {
    let mut tutor = tutor(
        "setup = [\"RPUSH l a b\"]",
        &["kind = \"predict\"\ngoal = \"g\"\nask = \"LRANGE l 0 -1\""],
    );
    assert_eq!(tutor.mode(), Mode::Predict);
    assert_eq!(
        verdicts(&mut tutor, &["b a", "LLEN l", "a b"]),
        [Wrong, Aside, Pass]
    );
}

#[test]
fn an_error_is_predicted_by_its_first_words() {
    let mut tutor = tutor(
        "setup = [\"SET s x\"]",
        &["kind = \"predict\"\ngoal = \"g\"\nask = \"LPUSH s y\""],
    );
    assert_eq!(
        verdicts(&mut tutor, &["(error) ERR", "(error) WRONGTYPE"]),
        [Wrong, Pass]
    );
}

#[test]
fn half_a_quoted_prediction_is_not_counted() {
    let mut tutor = tutor(
        "setup = [\"RPUSH l a b\"]",
        &["kind = \"predict\"\ngoal = \"g\"\nask = \"LRANGE l 0 -1\""],
    );
    assert_eq!(
        verdicts(&mut tutor, &["\"a\" \"b", "b a", "\"a\" \"b\""]),
        [Aside, Wrong, Pass]
    );
}

#[test]
fn undo_redo_back_and_skip_lead_where_they_say() {
    let mut tutor = tutor(
        "",
        &[
            "goal = \"g\"\ndo = \"RPUSH l a\"",
            "goal = \"h\"\ndo = \"RPUSH l b\"",
            "goal = \"i\"\ndo = \"RPUSH l c\"",
        ],
    );
    verdicts(&mut tutor, &["RPUSH l a", "RPUSH l b"]);
    tutor.feed(":undo");
    assert_eq!(
        (tutor.open_step().unwrap().0, ask(&tutor, "LLEN l").as_str()),
        (2, "(integer) 1")
    );
    tutor.feed(":redo");
    assert_eq!(
        (tutor.open_step().unwrap().0, ask(&tutor, "LLEN l").as_str()),
        (3, "(integer) 2")
    );
    tutor.feed(":back");
    assert_eq!(
        (tutor.open_step().unwrap().0, ask(&tutor, "LLEN l").as_str()),
        (2, "(integer) 1")
    );
    assert_eq!(verdicts(&mut tutor, &[":skip", ":skip"]), [Skip, Skip]);
    assert!(tutor.is_done());
}

#[test]
fn hints_come_in_rungs_and_are_offered_after_three_misses() {
    let mut tutor = tutor("", &["goal = \"g\"\ndo = \"RPUSH l a\""]);
    let offers = |tutor: &mut Tutor| {
        let fed = tutor.feed("RPUSH l z");
        fed.outputs
            .iter()
            .any(|output| matches!(output, Output::HintOffer { .. }))
    };
    assert_eq!(
        [offers(&mut tutor), offers(&mut tutor), offers(&mut tutor)],
        [false, false, true]
    );
    let rung = |tutor: &mut Tutor| match tutor.feed(":hint").outputs.first() {
        Some(Output::Hint { number, .. }) => *number,
        other => panic!("{other:?}"),
    };
    assert_eq!(
        [rung(&mut tutor), rung(&mut tutor), rung(&mut tutor)],
        [1, 2, 2]
    );
}

#[test]
fn time_stands_still_until_a_step_moves_it() {
    let steps = [
        "goal = \"g\"\ndo = \"SET k v EX 10\"",
        "goal = \"h\"\nadvance = \"11s\"\ndo = \"EXISTS k\"",
    ];
    let mut tutor = tutor("clock = \"manual\"\nnow = 2026-01-01T00:00:00Z", &steps);
    tutor.set_now(i64::MAX);
    let fed = tutor.feed("SET k v PX 10000");
    let passed = fed
        .outputs
        .iter()
        .any(|output| matches!(output, Output::TimePassed { expired, .. } if expired.len() == 1));
    assert!(passed, "the key is seen to expire: {:?}", fed.outputs.len());
    assert_eq!(ask(&tutor, "EXISTS k"), "(integer) 0");
}

#[test]
fn a_scripted_client_fills_what_the_learner_waits_for() {
    let step = "goal = \"g\"\ndo = \"BLPOP jobs 5\"\nduring = [\"B> RPUSH jobs poster\"]";
    let mut tutor = tutor("actors = [\"B\"]", &[step]);
    let fed = tutor.feed("BLPOP jobs 5");
    assert_eq!(fed.record.verdict, Pass);
    assert_eq!(
        to_one_line(&fed.record.reply.unwrap(), Escape::Text),
        "[\"jobs\", \"poster\"]"
    );
}

#[test]
fn what_another_client_brought_is_told_as_come_and_gone() {
    let mut tutor = tutor(
        "actors = [\"B\"]",
        &["goal = \"g\"\ndo = \"BLPOP l 5\"\nduring = [\"B> RPUSH l x\"]"],
    );
    let why = tutor.feed("BLPOP l 5").record.why;
    assert!(
        matches!(why, Some(Why::Meaning(Meaning::CameAndWent { .. }))),
        "{why:?}"
    );
}

#[test]
fn a_skipped_wait_shows_who_ended_it() {
    let mut tutor = tutor(
        "actors = [\"B\"]",
        &["goal = \"g\"\ndo = \"BLPOP l 5\"\nduring = [\"B> RPUSH l x\"]"],
    );
    let fed = tutor.feed(":skip");
    let acted = |output: &Output| matches!(output, Output::Actor { name, .. } if name == "B");
    assert!(fed.outputs.iter().any(acted), "{:?}", fed.outputs);
}

#[test]
fn a_command_that_would_wait_for_ever_is_given_up() {
    let mut tutor = tutor("", &["goal = \"g\"\ndo = \"RPUSH l a\""]);
    let fed = tutor.feed("BLPOP nothing 0");
    assert!(
        fed.outputs
            .iter()
            .any(|output| matches!(output, Output::Notice(Notice::GaveUp)))
    );
    assert_eq!(verdicts(&mut tutor, &["RPUSH l a"]), [Pass]);
}

#[test]
fn an_open_transaction_of_a_wrong_attempt_leaves_nothing_behind() {
    let mut tutor = tutor("", &["goal = \"g\"\ndo = \"WATCH k\"\nline = true"]);
    assert_eq!(
        verdicts(&mut tutor, &["MULTI", "SELECT 3", "watch k"]),
        [Wrong, Wrong, Pass]
    );
    assert_eq!(
        (
            tutor.world().db(),
            tutor.world().learner().transaction.is_none()
        ),
        (0, true)
    );
}

#[test]
fn a_step_may_ask_a_question() {
    let quiz = "[[quiz]]\nid = \"q\"\nkind = \"predict-reply\"\nsetup = [\"RPUSH l a b\"]\nask = \"LLEN l\"\nwhy = \"Two.\"\nwrong = [{ answer = \"(integer) 1\", say = \"Both count.\" }]\n";
    let mut tutor = open(&format!(
        "{HEAD}[[step]]\nkind = \"quiz\"\nquestion = \"q\"\n{quiz}"
    ));
    assert_eq!(tutor.mode(), Mode::Question);
    let fed = tutor.feed("1");
    assert_eq!(fed.record.why, Some(Why::Author("Both count.".to_owned())));
    assert_eq!(verdicts(&mut tutor, &["2"]), [Pass]);
}

#[test]
fn undo_says_that_a_wrong_line_changed_nothing() {
    let mut tutor = tutor(
        "",
        &[
            "goal = \"g\"\ndo = \"RPUSH l a\"",
            "goal = \"h\"\ndo = \"RPUSH l b\"",
        ],
    );
    verdicts(&mut tutor, &["RPUSH l a", "RPUSH l z", "LLEN l"]);
    let fed = tutor.feed(":undo");
    assert!(matches!(
        fed.outputs.as_slice(),
        [Output::Notice(Notice::ChangedNothing { line: None })]
    ));
    assert_eq!(tutor.open_step().unwrap().0, 2);
    verdicts(&mut tutor, &["RPUSH l b", ":undo"]);
    assert_eq!(tutor.open_step().unwrap().0, 2);
    tutor.feed(":undo");
    assert_eq!(tutor.open_step().unwrap().0, 1);
}

#[test]
fn an_answer_at_a_command_prompt_is_no_repeat() {
    let mut tutor = tutor("", &["goal = \"g\"\ndo = \"INCRBY n 2\""]);
    assert_eq!(diagnosis(&mut tutor, "4711 nil").code(), "unknown-command");
    let step = "kind = \"goal\"\ngoal = \"g\"\ndo = [\"INCR n\", \"INCR n\"]";
    assert_eq!(
        verdicts(&mut super::tutor("", &[step]), &["2 incr n"]),
        [Pass]
    );
}

/// A goal step that takes several lines, with a sentence on one of them.
const SALE: &str = "setup = [\"HSET cart fern 3 moss 1\", \"SET code 1\"]\n[[step]]\nkind = \"goal\"\n\
     goal = \"g\"\ndo = [\"HDEL cart moss\", \"EXPIRE cart 900\", \"DEL code\"]\nhint = [\"a\", \"b\"]\n\
     wrong = [{ cmd = [\"HDEL cart moss\", \"EXPIRE cart 900\"], say = \"The code is left.\" },\n\
     { cmd = \"EXPIRE cart 15\", say = \"Those are 15 seconds.\" }]\n";

fn misses(tutor: &Tutor) -> usize {
    tutor.totals().2
}

#[test]
fn a_part_of_the_way_to_a_goal_is_no_miss() {
    let mut tutor = open(&format!("{HEAD}{SALE}"));
    assert!(said(&mut tutor, "hdel cart moss").starts_with("Right so far."));
    assert_eq!(said(&mut tutor, "EXPIRE cart 900"), "The code is left.");
    tutor.feed("DEL code");
    assert!(tutor.is_done());
    assert_eq!(misses(&tutor), 0);
}

#[test]
fn a_refused_line_towards_a_goal_is_explained_whatever_came_before() {
    let mut tutor = open(&format!("{HEAD}{SALE}"));
    assert_eq!(said(&mut tutor, "EXPIRE cart 15"), "Those are 15 seconds.");
    assert!(said(&mut tutor, "SETEX cart 900").starts_with("SETEX needs more: value is missing."));
    assert!(said(&mut tutor, "COPY cart cart").starts_with("Redis refused this line"));
    assert_eq!(misses(&tutor), 3);
}

#[test]
fn a_line_that_takes_away_what_is_wanted_is_told_how_to_come_back() {
    let back = ":undo takes this line back";
    let mut tutor = open(&format!("{HEAD}{SALE}"));
    assert!(screen(&mut tutor, "DEL cart").contains(back));
    tutor.feed(":undo");
    assert!(!screen(&mut tutor, "DEL code").contains(back));
    assert!(screen(&mut tutor, "SET code 2").contains(back));
}

#[test]
fn a_line_in_a_transaction_is_told_to_be_queued() {
    let step = "kind = \"goal\"\ngoal = \"g\"\ndo = [\"MULTI\", \"INCR a\", \"EXEC\"]";
    let mut tutor = tutor("", &[step]);
    tutor.feed("MULTI");
    assert_eq!(said(&mut tutor, "INCR a"), "Queued: EXEC runs it.");
    assert_eq!(said(&mut tutor, "GET a"), "Queued: EXEC runs it.");
    tutor.feed("EXEC");
    assert_eq!((tutor.is_done(), misses(&tutor)), (true, 0));
}

#[test]
fn a_queued_line_tells_what_exec_would_leave_open() {
    let step = "kind = \"goal\"\ngoal = \"g\"\ndo = [\"MULTI\", \"DECRBY a 3\", \"INCRBY b 3\", \"EXEC\"]\n\
                hint = [\"h\", \"i\"]\nwrong = [{ cmd = \"DECRBY a 3\", say = \"Outside a transaction.\" }]";
    let setup = "setup = [\"SET a 9\", \"SET b 1\"]";
    let mut tutor = open(&format!("{HEAD}{setup}\n[[step]]\n{step}\n"));
    let still = |keys: &str| {
        format!("Queued: EXEC runs it. If EXEC came now, this would still be open: {keys}.")
    };
    assert_eq!(said(&mut tutor, "DECRBY a 3"), "Outside a transaction.");
    tutor.feed(":undo");
    tutor.feed("MULTI");
    // The line that is wrong by itself is right here, and not scolded.
    assert_eq!(said(&mut tutor, "DECRBY a 3"), still("b"));
    assert_eq!(said(&mut tutor, "INCRBY b 3"), "Queued: EXEC runs it.");
    assert_eq!(said(&mut tutor, "SET b 7"), still("b"));
    assert_eq!(said(&mut tutor, "INCRBY b -3"), "Queued: EXEC runs it.");
    tutor.feed("EXEC");
    assert!(tutor.is_done());
}

#[test]
fn a_transaction_that_lacks_a_word_of_the_goal_says_so_when_a_line_is_queued() {
    let step = "kind = \"goal\"\ngoal = \"g\"\ndo = [\"WATCH a\", \"GET a\", \"MULTI\", \"DEL a\"]\n\
                words = [\"WATCH\", \"GET\"]";
    let mut tutor = tutor("setup = [\"SET a 9\"]", &[step]);
    tutor.feed("WATCH a");
    tutor.feed("MULTI");
    let said = said(&mut tutor, "DEL a");
    assert!(
        said.starts_with("Queued: EXEC runs it. ") && said.contains("GET"),
        "{said}"
    );
}

#[test]
fn undo_takes_back_the_last_line_that_changed_something_and_names_it() {
    let mut tutor = open(&format!("{HEAD}{SALE}"));
    for line in ["HDEL cart moss", "INCRBY cart 1", "HDEL cart oak"] {
        tutor.feed(line);
    }
    let text = screen(&mut tutor, ":undo");
    assert!(
        text.contains("changed nothing") && text.contains("HDEL cart moss"),
        "{text}"
    );
    assert!(screen(&mut tutor, ":undo").starts_with("  Taken back: HDEL cart moss"));
    assert_eq!(ask(&tutor, "HGET cart moss"), "\"1\"");
    assert!(screen(&mut tutor, ":redo").starts_with("  Done again: HDEL cart moss"));
    let goal = "kind = \"goal\"\ngoal = \"h\"\ndo = [\"LPUSH l b\", \"LPUSH l c\"]";
    let mut tutor = super::tutor("", &["goal = \"g\"\ndo = \"RPUSH l a\"", goal]);
    verdicts(&mut tutor, &["RPUSH l a", "LPUSH"]);
    assert!(screen(&mut tutor, ":undo").contains("The last line changed nothing"));
    assert_eq!(tutor.open_step().unwrap().0, 2);
}

#[test]
fn a_refused_line_neither_reaches_a_goal_nor_counts_towards_it() {
    let step =
        "kind = \"goal\"\ngoal = \"g\"\ndo = [\"MULTI\", \"INCR n\", \"EXEC\"]\nwords = [\"EXEC\"]";
    let mut tutor = tutor("", &[step]);
    for line in ["MULTI", "INCR x", "DISCARD", "INCR n", "EXEC"] {
        tutor.feed(line);
    }
    tutor.feed("GET n");
    assert!(!tutor.is_done(), "EXEC was refused");
    tutor.feed(":reset");
    for line in ["MULTI", "INCR n", "EXEC"] {
        tutor.feed(line);
    }
    assert!(tutor.is_done());
}

#[test]
fn what_earlier_lines_have_spoilt_is_told_from_what_the_line_does() {
    let step = "kind = \"goal\"\ngoal = \"g\"\ndo = [\"RPUSH l a b\"]\nhint = [\"h\", \"i\"]\n\
                wrong = [{ cmd = \"LPUSH l a b\", say = \"Now b stands on the left.\" }]";
    let mut tutor = open(&format!("{HEAD}[[step]]\n{step}\n"));
    tutor.feed("SADD l a b");
    let shown = screen(&mut tutor, "LPUSH l a b");
    assert!(!shown.contains("on the left"), "{shown}");
    assert!(
        shown.contains("left from an earlier line of this step"),
        "{shown}"
    );
    let shown = screen(&mut tutor, "RPUSH l a b");
    assert!(
        shown.contains("left from an earlier line of this step"),
        "{shown}"
    );
    tutor.feed(":reset");
    assert!(said(&mut tutor, "LPUSH l a b").contains("on the left"));
}

#[test]
fn a_slip_in_a_line_of_a_goal_is_explained_as_elsewhere() {
    let step = "kind = \"goal\"\ngoal = \"g\"\ndo = [\"HDEL cart moss\", \"DEL till invite\"]";
    let setup = "setup = [\"HSET cart moss 1 fern 2\", \"SET till 1\", \"SET invite 2\"]";
    let one = |line: &str| {
        let mut tutor = tutor(setup, &[step]);
        said(&mut tutor, line)
    };
    assert!(one("HDEL cart mos").contains("mos is nearly"));
    assert!(one("DEL till, invite").contains(','));
    assert!(one("HDEL cart Moss").contains("upper and lower case"));
    assert!(one("HDEL cart fern").starts_with("fern is not what is asked for as field"));
}

#[test]
fn behind_the_last_step_words_need_no_colon_and_nothing_starts_anew() {
    let mut tutor = tutor("", &["goal = \"g\"\ndo = \"INCR a\""]);
    tutor.feed("INCR a");
    assert!(tutor.feed("quiz").signal.is_some());
    assert!(tutor.feed("PLAY").signal.is_some());
    assert!(screen(&mut tutor, ":reset").contains("This lesson is finished"));
    assert!(tutor.is_done());
}

#[test]
fn right_data_by_another_way_are_not_passed_over_in_silence() {
    let step = "kind = \"goal\"\ngoal = \"g\"\ndo = [\"WATCH a\", \"MULTI\", \"DEL a\", \"EXEC\"]\n\
                words = [\"MULTI\", \"EXEC\"]";
    let mut tutor = tutor("setup = [\"SET a 9\"]", &[step]);
    tutor.feed("WATCH a");
    let said = said(&mut tutor, "UNLINK a");
    assert!(said.contains("MULTI") && said.contains("EXEC"), "{said}");
}

#[test]
fn a_key_that_nobody_asked_for_is_not_called_still_to_do() {
    let mut tutor = tutor(
        "",
        &["kind = \"goal\"\ngoal = \"g\"\ndo = [\"SET cache 1\", \"SET other 2\"]"],
    );
    let said = said(&mut tutor, "SET strange 1");
    assert!(
        said.starts_with(
            "Not there yet. Still to do: cache, other. Nobody has asked for this: strange."
        ),
        "{said}"
    );
}

#[test]
fn the_keys_that_a_solution_makes_on_its_way_are_not_called_unwanted() {
    let step = "kind = \"goal\"\ngoal = \"g\"\ndo = [\"SET a 1\", \"RENAME a b\"]";
    let mut tutor = tutor("", &[step]);
    let said = said(&mut tutor, "SET a 1");
    assert!(
        said.contains("Still to do: b.") && !said.contains("Nobody"),
        "{said}"
    );
}

#[test]
fn a_line_that_was_refused_when_it_ran_is_asked_for_still() {
    let step =
        "kind = \"goal\"\ngoal = \"g\"\ndo = [\"MULTI\", \"INCR n\", \"EXEC\"]\nwords = [\"EXEC\"]";
    let mut tutor = tutor("", &[step]);
    tutor.feed("EXEC");
    let said = said(&mut tutor, "INCR n");
    assert!(said.contains("EXEC"), "{said}");
}

#[test]
fn a_line_that_has_not_run_is_drawn_without_marks_and_grids() {
    let setup = "setup = [\"RPUSH l a b c\", \"ZADD z 1 a\", \"ZADD y 1 b\"]";
    let step = "kind = \"goal\"\ngoal = \"g\"\ndo = [\"MULTI\", \"LRANGE l 0 1\", \"ZUNION 2 z y\", \"EXEC\"]";
    let mut tutor = tutor(setup, &[step]);
    assert!(screen(&mut tutor, "LRANGE l 0 1 9").contains("(error)"));
    tutor.feed("MULTI");
    for line in ["LRANGE l 0 1", "ZUNION 2 z y"] {
        let shown = screen(&mut tutor, line);
        assert!(shown.contains("QUEUED"), "{shown}");
        assert!(!shown.contains('›') && !shown.contains("result"), "{shown}");
    }
}
