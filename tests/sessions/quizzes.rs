//! Answers to the course's own questions and predictions, in the ways in which learners write them.

use rediscover::{
    lesson::{Library, Source},
    tutor::{Fed, Item, Notice, Output, Quiz, VerdictKind, Why},
};

use super::at_step;

/// What comes of an answer to a question of the course, when every answer is typed.
fn answer(lesson: &str, id: &str, line: &str) -> Fed {
    let library = Library::open(Source::BuiltIn, "en").unwrap();
    let read = library.lesson(lesson).unwrap();
    let question = read.quiz.iter().find(|question| question.id == id);
    let item = Item {
        lesson: lesson.to_owned(),
        subject: "S".to_owned(),
        question: question.expect("a question of the lesson").clone(),
    };
    Quiz::new(vec![item], 1, false, 7).feed(line)
}

fn verdict(lesson: &str, id: &str, line: &str) -> VerdictKind {
    answer(lesson, id, line).record.verdict
}

#[test]
fn a_right_reply_counts_though_its_text_or_another_error_is_foreseen() {
    for line in ["7", "integer 7", "(integer) 7", "７"] {
        assert_eq!(
            verdict("1.1", "incrby-negative", line),
            VerdictKind::Pass,
            "{line}"
        );
    }
    assert_eq!(
        verdict("1.1", "incrby-negative", "\"7\""),
        VerdictKind::Wrong
    );
    for line in ["error", "(error)", "ERR", "（错误）"] {
        assert_eq!(
            verdict("4.4", "hincrby-on-word", line),
            VerdictKind::Pass,
            "{line}"
        );
    }
    assert_eq!(
        verdict("4.4", "hincrby-on-word", "WRONGTYPE"),
        VerdictKind::Wrong
    );
}

#[test]
fn a_fix_that_only_happens_to_end_alike_is_told_what_it_lacks() {
    for (lesson, id, line) in [
        ("5.4", "target-first", "SADD c 2"),
        ("11.5", "sort-store-order", "SORT l ALPHA STORE s"),
    ] {
        let record = answer(lesson, id, line).record;
        assert!(
            matches!(record.why, Some(Why::Author(_))),
            "{line}: {record:?}"
        );
    }
    for (lesson, id, line) in [
        ("5.4", "target-first", "SINTERSTORE c b a"),
        ("11.5", "sort-store-order", "SORT l ASC STORE s"),
    ] {
        assert_eq!(verdict(lesson, id, line), VerdictKind::Pass, "{line}");
    }
    let fed = answer("5.4", "target-first", "sinterstore a b c");
    let same = Output::Notice(Notice::SameLine);
    assert!(
        fed.outputs
            .iter()
            .any(|output| format!("{output:?}") == format!("{same:?}"))
    );
}

#[test]
fn a_quoted_nil_in_a_predicted_list_is_a_text() {
    let verdict = |line: &str| at_step("1.3", 3).feed(line).record.verdict;
    for line in [
        "red nil",
        "[\"red\", null]",
        "[red, None]",
        "1) red 2) (nil)",
    ] {
        assert_eq!(verdict(line), VerdictKind::Pass, "{line}");
    }
    for line in ["red \"nil\"", "[red, \"nil\"]"] {
        assert_eq!(verdict(line), VerdictKind::Wrong, "{line}");
    }
}

#[test]
fn what_ends_alike_without_the_option_that_is_asked_for_fills_no_gap() {
    for (lesson, id, line, wanted) in [
        ("1.2", "only-if-free", "KEEPTTL", VerdictKind::Wrong),
        ("1.2", "only-if-free", "nx", VerdictKind::Pass),
        ("11.5", "sort-words", "LIMIT 0 9 ALPHA", VerdictKind::Pass),
    ] {
        assert_eq!(verdict(lesson, id, line), wanted, "{line}");
    }
}

#[test]
fn a_command_is_no_prediction_and_costs_nothing() {
    let fed = answer("1.1", "incrby-negative", "INCRBY n 2");
    let is_notice = |output: &Output| matches!(output, Output::Notice(Notice::PredictFirst));
    assert!(fed.outputs.iter().any(is_notice));
    assert_ne!(fed.record.verdict, VerdictKind::Wrong);
}

#[test]
fn of_a_list_it_is_said_how_it_differs() {
    let step = "kind = \"predict\"\ngoal = \"g\"\nask = \"LRANGE l 0 -1\"";
    for (typed, why) in [
        ("a b", Why::OtherCount { got: 2, wanted: 3 }),
        ("a c b", Why::OtherElementOrder),
        ("[a, b, d]", Why::OtherElements(1)),
    ] {
        let mut tutor = super::tutor("setup = [\"RPUSH l a b c\"]", &[step]);
        assert_eq!(tutor.feed(typed).record.why, Some(why), "{typed}");
    }
    let step = "kind = \"predict\"\ngoal = \"g\"\nask = \"GET k\"";
    let why = super::tutor("", &[step]).feed("nothing").record.why;
    assert_eq!(why, Some(Why::NothingIsWritten));
}
