//! Does a session flow? Whole lessons through the tutor, without a terminal.

use std::{fs, rc::Rc};

use rediscover::{
    lesson::{Lesson, Library, Source},
    notation::{Escape, to_one_line},
    tutor::{Diagnosis, Mode, Notice, Output, Start, Tutor, VerdictKind, Why},
};

const HEAD: &str = "id = \"1.1\"\ntitle = \"T\"\n";
const TAIL: &str =
    "hint = [\"a\", \"b\"]\nwrong = [{ cmd = \"DEL nothing\", say = \"Not that.\" }]\n";

/// A tutor for a lesson of these steps; each gets hints and a wrong line.
fn tutor(head: &str, steps: &[&str]) -> Tutor {
    let steps: String = steps
        .iter()
        .map(|step| format!("[[step]]\n{step}\n{TAIL}"))
        .collect();
    open(&format!("{HEAD}{head}\n{steps}"))
}

fn open(text: &str) -> Tutor {
    let folder = tempfile::tempdir().unwrap();
    let pack = "id = \"p\"\nformat = 1\ntitle = \"P\"\n[[unit]]\nid = \"1\"\ntitle = \"U\"\nlessons = [\"1.1\"]\n";
    fs::write(folder.path().join("pack.toml"), pack).unwrap();
    fs::write(folder.path().join("1.1.toml"), text).unwrap();
    let library = Library::open(Source::Folder(folder.path().to_owned()), "en").unwrap();
    let lesson: Rc<Lesson> = library
        .lesson("1.1")
        .unwrap_or_else(|error| panic!("{error}"));
    let mut tutor = Tutor::new(
        lesson,
        None,
        Start {
            seed: 1,
            now: 1_767_225_600_000,
        },
    );
    tutor.begin();
    tutor
}

fn verdicts(tutor: &mut Tutor, lines: &[&str]) -> Vec<VerdictKind> {
    lines
        .iter()
        .map(|line| tutor.feed(line).record.verdict)
        .collect()
}

fn ask(tutor: &Tutor, line: &str) -> String {
    let argv = rediscover::notation::split(line.as_bytes()).unwrap();
    to_one_line(&tutor.world().clone().ask(&argv).unwrap(), Escape::Text)
}

fn diagnosis(tutor: &mut Tutor, line: &str) -> Diagnosis {
    match tutor.feed(line).record.why {
        Some(Why::Diagnosis(found)) => found,
        other => panic!("{line}: {other:?}"),
    }
}

use VerdictKind::{Aside, Look, Partial, Pass, Skip, Wrong};

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
fn what_another_client_brought_is_not_called_nothing() {
    let mut tutor = tutor(
        "actors = [\"B\"]",
        &["goal = \"g\"\ndo = \"BLPOP l 5\"\nduring = [\"B> RPUSH l x\"]"],
    );
    assert_eq!(tutor.feed("BLPOP l 5").record.why, None);
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
fn a_misspelt_key_is_not_taken_for_a_foreseen_mistake_that_finds_nothing_either() {
    let mut tutor = open(&format!(
        "{HEAD}setup = [\"SET greeting hello\"]\n[[step]]\ngoal = \"g\"\ndo = \"GET greeting\"\n\
         hint = [\"a\", \"b\"]\nwrong = [{{ cmd = \"GET hello\", say = \"That is the value.\" }}]\n"
    ));
    assert_eq!(diagnosis(&mut tutor, "GET greetin").code(), "other-key");
    let fed = tutor.feed("get hello");
    assert_eq!(
        fed.record.why,
        Some(Why::Author("That is the value.".to_owned()))
    );
}

#[test]
fn a_word_of_the_tutor_without_its_colon_is_recognised() {
    let mut tutor = tutor("", &["goal = \"g\"\ndo = \"RPUSH list d\""]);
    let wanted = Diagnosis::UnknownCommand {
        typed: "Hint".to_owned(),
        near: Some(":hint".to_owned()),
    };
    assert_eq!(diagnosis(&mut tutor, "Hint"), wanted);
}

#[test]
fn the_missing_part_of_a_line_is_named() {
    for (solution, line, part) in [
        ("RPUSH list d", "RPUSH list", "element"),
        (
            "LINSERT list BEFORE b x",
            "LINSERT list b x",
            "BEFORE|AFTER",
        ),
        (
            "LINSERT list BEFORE b x",
            "LINSERT list BEFORE b",
            "element",
        ),
        ("HSET h f v", "HSET h f", "value"),
    ] {
        let mut tutor = tutor("", &[&format!("goal = \"g\"\ndo = '{solution}'")]);
        match diagnosis(&mut tutor, line) {
            Diagnosis::Arity { missing, .. } => {
                assert_eq!(missing.as_deref(), Some(part), "{line}");
            }
            other => panic!("{line}: {other:?}"),
        }
    }
}

#[test]
fn slips_are_told_apart() {
    let fresh = |solution: &str| {
        tutor(
            "setup = [\"RPUSH list a b c\", \"ZADD z 1 a 2 b\", \"SET s x\"]",
            &[&format!("goal = \"g\"\ndo = '{solution}'")],
        )
    };
    let found = |solution: &str, line: &str| diagnosis(&mut fresh(solution), line).code();
    for (solution, line, code) in [
        ("RPUSH list d", "LPUSH list d", "sibling"),
        ("RPUSH list d", "RPUSH lst d", "other-key"),
        ("RPUSH list d", "RPUSH LIST d", "other-key"),
        ("RPUSH list d", "RPUSH list", "arity"),
        ("RPUSH list d", "RPUSHH list d", "unknown-command"),
        ("RPUSH list d", "XADD list * a b", "absent-command"),
        ("RPUSH list d", "RPUSH s d", "wrongtype"),
        ("RPUSH list d e", "RPUSH list e d", "swapped"),
        ("RPUSH list d e f", "RPUSH list f e d", "swapped"),
        ("RPUSH list d e", "RPUSH list d", "missing-values"),
        ("RPUSH list d", "RPUSH list d e", "extra-values"),
        (
            "LINSERT list BEFORE b x",
            "LINSERT list BEFOR b x",
            "syntax",
        ),
        ("LSET list 0 x", "LSET list x 0", "swapped"),
        ("ZADD z 5 d", "ZADD z d 5", "swapped"),
        ("RPUSH list d e f g", "RPUSH list g f e d", "reversed"),
        ("RPUSH list d e f", "RPUSH list e f d", "reordered"),
        ("OBJECT ENCODING s", "OBJECT ENCODNG s", "unknown-command"),
        ("LTRIM list 0 1", "LTRIM list 0 2", "off-by-one"),
        ("LTRIM list 0 1", "LTRIM list 0 -1", "sign"),
        ("ZREMRANGEBYSCORE z (1 2", "ZREMRANGEBYSCORE z 1 2", "bound"),
        ("ZADD z NX 5 a", "ZADD z 5 a", "missing-option"),
        ("SET s \"two words\"", "SET s two words", "needs-quotes"),
        ("SET s hello", "SET s Hello", "other-value"),
    ] {
        assert_eq!(found(solution, line), code, "{line} for {solution}");
    }
}
