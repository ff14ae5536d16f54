//! Answers to the course's own questions and predictions, in the ways in which learners write them.

use rediscover::{
    text::{Language, Words},
    tutor::{Notice, Output, VerdictKind, Why},
    view::{self, Style},
};

use super::{answer, at_step};

fn verdict(lesson: &str, id: &str, line: &str) -> VerdictKind {
    answer(lesson, id, line, false).record.verdict
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
        let record = answer(lesson, id, line, false).record;
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
    let fed = answer("5.4", "target-first", "sinterstore a b c", false);
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
        ("11.5", "sort-words", "LIMIT 0 -1 ALPHA", VerdictKind::Pass),
        ("11.5", "sort-words", "LIMIT 0 9 ALPHA", VerdictKind::Wrong),
    ] {
        assert_eq!(verdict(lesson, id, line), wanted, "{line}");
    }
}

#[test]
fn a_command_is_no_prediction_and_costs_nothing() {
    let fed = answer("1.1", "incrby-negative", "INCRBY n 2", false);
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
        ("[a, b, d]", Why::OtherElement("d".to_owned())),
    ] {
        let mut tutor = super::tutor("setup = [\"RPUSH l a b c\"]", &[step]);
        assert_eq!(tutor.feed(typed).record.why, Some(why), "{typed}");
    }
}

#[test]
fn few_words_for_nothing_are_the_idea_and_words_behind_a_right_value_do_no_harm() {
    let step = "kind = \"predict\"\ngoal = \"g\"\nask = \"GET k\"";
    for typed in ["nothing", "no number", "not a member", "没有执行"] {
        let why = super::tutor("", &[step]).feed(typed).record.why;
        assert_eq!(why, Some(Why::NothingIsWritten), "{typed}");
    }
    // Of an empty array a foreseen (nil) says less.
    let wrong = "wrong = [{ answer = '(nil)', say = \"An array.\" }]";
    let step = format!("kind = \"predict\"\ngoal = \"g\"\nask = \"SMEMBERS k\"\n{wrong}");
    let author = Some(Why::Author("An array.".to_owned()));
    for (typed, why) in [
        ("none", Some(Why::NothingIsWritten)),
        ("没有", Some(Why::NothingIsWritten)),
        ("nil", author),
    ] {
        let step = format!("[[step]]\nid = \"s\"\n{step}\nhint = [\"a\", \"b\"]\n");
        let mut tutor = super::open(&format!("{}{step}", super::HEAD));
        assert_eq!(tutor.feed(typed).record.why, why, "{typed}");
    }
    // What is told behind a right value does not make it wrong.
    for typed in ["\"v\", a hit", "\"v\", B has it"] {
        let (verdict, text) = predicted("'SET k v'", "\"GET k\"", typed);
        assert_eq!(verdict, VerdictKind::Pass, "{typed}: {text}");
    }
}

#[test]
fn what_was_written_is_told_by_what_it_is() {
    let (_, text) = predicted("'SET k v'", "\"GET k\"", "[a, b]");
    assert!(text.contains("not an array"), "{text}");
    // A number with a point is a number all the same, and not the kind that comes.
    let (_, text) = predicted("'SET n 2'", "\"INCR n\"", "(integer) 2.5");
    assert!(text.contains("not one with decimals"), "{text}");
}

/// What a prediction of what these lines answer comes to: its verdict, and the sentence.
fn predicted(setup: &str, ask: &str, typed: &str) -> (VerdictKind, String) {
    let step = format!("kind = \"predict\"\ngoal = \"g\"\nask = {ask}");
    let mut tutor = super::tutor(&format!("setup = [{setup}]"), &[&step]);
    let fed = tutor.feed(typed);
    let shown = view::screen(&fed.outputs, &Style::default(), &Words::new(Language::En));
    let words: Vec<&str> = shown.split_whitespace().collect();
    (fed.record.verdict, words.join(" "))
}

#[test]
fn a_value_in_a_sentence_is_an_answer() {
    for (ask, typed) in [
        ("\"STRLEN k\"", "it answers 3"),
        ("\"STRLEN k\"", "Redis answers: (integer) 3."),
        ("\"STRLEN k\"", "the reply is 3"),
        ("\"STRLEN k\"", "返回 3"),
        ("\"STRLEN k\"", "答：3"),
        ("\"STRLEN k\"", "`3`"),
        ("\"GET k\"", "the value is tea"),
        ("\"GET k\"", "字符串：tea。"),
        ("\"GET none\"", "返回空"),
        ("\"TTL k\"", "minus 1"),
        ("\"TTL k\"", "-1（永不过期）"),
        ("\"TTL k\"", "-1 (it stays)"),
        ("\"GET none\"", "nil, because it is not there"),
        ("\"LRANGE l 0 0\"", "(a)"),
        ("\"LRANGE l 0 -1\"", "the list a b"),
        ("\"INCR k\"", "error: ERR value is not an integer"),
    ] {
        let (verdict, said) = predicted("\"SET k tea\", \"RPUSH l a b\"", ask, typed);
        assert_eq!(verdict, VerdictKind::Pass, "{typed}: {said}");
    }
    // What is said to be a text is none of the numbers, and the words around a wrong value do not make it right.
    for typed in [
        "the text 3",
        "(string) 3",
        "(float) 3",
        "it answers \"3\"",
        "it answers 4",
        "an array of 3",
    ] {
        let (verdict, said) = predicted("\"SET k tea\"", "\"STRLEN k\"", typed);
        assert_eq!(verdict, VerdictKind::Wrong, "{typed}: {said}");
    }
}

#[test]
fn what_is_wrong_with_an_answer_is_told_by_what_was_written() {
    let setup = r#""SET k tea", "RPUSH l a b", 'SET p "a\\b"', "SET n 1", "ZADD z 1 ann 2 bob", "RPUSH w 1 2", "SET e ''", "HSET s f ''""#;
    for (ask, typed, sentence) in [
        ("STRLEN k", "(integer) \"3\"", "no value has both"),
        ("GET n", "(integer) \"1\"", "no value has both"),
        ("STRLEN k", "(string)", "a number, not a text"),
        ("STRLEN k", "length 3", "Write only the number, no words"),
        ("STRLEN k", "int(3)", "Write only the number, no words"),
        ("STRLEN k", "a b c", "a number, not several words"),
        ("GET none", "a b c", "not several words"),
        ("GET none", "\"\"", "not a text"),
        ("GET none", "nothing comes", "That is the idea"),
        ("TYPE none", "(nil)", "TYPE answers with a word"),
        ("LRANGE l 0 -1", "ab", "Write a space between"),
        ("LRANGE l 0 -1", "a->b", "Write a space between"),
        ("HGETALL s", "{\"f\": \"\"}", "Write a space between"),
        ("GET none", "the key does not exist", "That is the idea"),
        ("LRANGE l 0 -1", "A B", "right but for upper and lower case"),
        ("LRANGE l 0 -1", "a", "has 2 elements, and you wrote 1"),
        ("LRANGE l 0 0", "b", "One element is wrong"),
        ("STRLEN k", "3.5", "a number, not one with decimals"),
        ("STRLEN k", "3 (letters)", "Write only the number, no words"),
        ("GET n", "1.0", "write it without a decimal point"),
        (
            "ZRANGE z 0 -1 WITHSCORES",
            "ann 1.0 bob 2.0",
            "write it without a decimal point",
        ),
        (
            "ZRANGE z 0 -1 WITHSCORES",
            "ann: 1, bob: 2",
            "Write a space",
        ),
        (
            "ZRANGE z 0 -1 WITHSCORES",
            "[('ann', 1), ('bob', 2)]",
            "grouped in another way",
        ),
        (
            "LRANGE w 0 -1",
            "(integer) 1 (integer) 2",
            "mind the quotes",
        ),
        ("HGETALL missing", "0", "an array, not a number"),
        ("LRANGE l 0 0", "a b", "has 1 element, and you wrote 2"),
        (
            "LRANGE l 0 -1",
            r#"["a b"]"#,
            "has 2 elements, and you wrote 1",
        ),
        (
            "LRANGE l 0 -1",
            r#"["A", "b"]"#,
            "A is right but for upper and lower",
        ),
        (
            "STRLEN k",
            "(integer) 3.0",
            "write it without a decimal point",
        ),
        ("GET none", "OK (nil)", "not several words"),
        ("GET none", "it doesn't exist", "That is the idea"),
        ("GET e", "(error)", "a text, not an error"),
        ("SCAN 0 MATCH x*", r#"[[], "0"]"#, "come in another order"),
        (
            "SCAN 0 MATCH x*",
            r#"["0", [], []]"#,
            "has 2 elements, and you wrote 3",
        ),
        ("MGET k none", "tea nothing", "That is the idea"),
        ("GET p", r#""a\b""#, "Mind the backslashes"),
        ("GET p", r"a\\b", "Mind the backslashes"),
    ] {
        let (verdict, said) = predicted(setup, &format!("\"{ask}\""), typed);
        assert_eq!(verdict, VerdictKind::Wrong, "{ask}: {typed}: {said}");
        assert!(said.contains(sentence), "{ask}: {typed}: {said}");
    }
    for typed in [r"a\b", r#""a\\b""#] {
        let (verdict, said) = predicted(setup, "\"GET p\"", typed);
        assert_eq!(verdict, VerdictKind::Pass, "{typed}: {said}");
    }
    for (ask, typed) in [
        ("GET none", "nil;"),
        ("STRLEN k", "3;"),
        ("LRANGE l 0 -1", r#""a", "b"]"#),
        ("MGET k none", "(\"tea\", (nil))"),
        ("LRANGE l 0 0", "(\"a\")"),
        ("LRANGE l 0 -1", "a和b"),
        ("LRANGE none 0 -1", "an empty list"),
        ("GET k", "「tea」"),
        ("LPUSH k x", "an error occurs"),
        ("SETRANGE k -1 x", "the offset is out of range"),
    ] {
        let (verdict, said) = predicted(setup, &format!("\"{ask}\""), typed);
        assert_eq!(verdict, VerdictKind::Pass, "{ask}: {typed}: {said}");
    }
}

#[test]
fn what_is_no_answer_yet_costs_nothing_and_is_told_what_it_lacks() {
    let two = r#"["SET n 7", "GET n"]"#;
    let three = r#"["RPUSH l a", "RPUSH l b", "LRANGE l 0 -1"]"#;
    for (ask, typed, sentence) in [
        ("\"STRLEN k\"", "(integer)", "Write its value, too."),
        (
            "\"STRLEN k\"",
            "it returns a number",
            "Write its value, too.",
        ),
        ("\"STRLEN k\"", "整数", "Write its value, too."),
        (
            "\"STRLEN k\"",
            "(integer) three",
            "Write the number in digits.",
        ),
        (
            "\"STRLEN k\"",
            "three letters",
            "Write the number in digits.",
        ),
        ("\"STRLEN k\"", "三", "Write the number in digits."),
        ("\"STRLEN k\"", "I don't know", "A guess is enough."),
        ("\"STRLEN k\"", "不知道", "A guess is enough."),
        (
            two,
            "OK \"7\"",
            "Write only what the last line answers: GET n",
        ),
        (two, "ok; 8", "Write only what the last line answers: GET n"),
        (
            three,
            "1, 2, [a, b]",
            "Write only what the last line answers: LRANGE l 0 -1",
        ),
        (
            three,
            "1 2 a b",
            "Write only what the last line answers: LRANGE l 0 -1",
        ),
    ] {
        let (verdict, said) = predicted("\"SET k tea\"", ask, typed);
        assert_eq!(verdict, VerdictKind::Aside, "{typed}: {said}");
        assert!(said.contains(sentence), "{typed}: {said}");
    }
    let (verdict, said) = predicted("", two, "eight");
    assert_eq!(verdict, VerdictKind::Aside, "{said}");
    assert!(said.contains("Write the number in digits"), "{said}");
}

#[test]
fn none_in_the_place_of_nil_is_right_and_is_told_apart() {
    let (verdict, said) = predicted("", "\"GET k\"", "none");
    assert_eq!(verdict, VerdictKind::Pass, "{said}");
    assert!(
        said.contains("The word none is what TYPE answers."),
        "{said}"
    );
    assert!(!predicted("", "\"GET k\"", "nil").1.contains("TYPE"));
    assert_eq!(predicted("", "\"TYPE k\"", "none").0, VerdictKind::Pass);
}

#[test]
fn the_numbers_that_redis_cli_prints_are_read_on_one_line() {
    for (typed, wanted) in [
        ("1) \"mail\" 2) 1) 1) \"fay\" 2) \"9\"", VerdictKind::Pass),
        ("1) mail 2) 1) 1) fay 2) 9", VerdictKind::Pass),
        ("1) \"mail\" 2) 1) \"fay\" 2) \"9\"", VerdictKind::Wrong),
        ("1) \"mail\" 2) 1) 1) \"fay\" 2) \"8\"", VerdictKind::Wrong),
    ] {
        let record = at_step("11.2", 3).feed(typed).record;
        assert_eq!(record.verdict, wanted, "{typed}");
    }
}

#[test]
fn a_foreseen_error_is_not_meant_by_an_empty_text() {
    let said = super::said(&mut at_step("7.2", 7), "\"\"");
    assert_eq!(said, "What comes is not a text.");
}

#[test]
fn a_reply_at_a_command_is_told_to_be_none() {
    for typed in [
        "(integer) 3",
        "(nil)",
        "OK",
        "1) \"a\"",
        "[\"a\", \"b\"]",
        "[a]",
        "(error) ERR x",
        "（nil）",
        "nil",
        "integer 3",
    ] {
        let mut tutor = super::tutor("", &["goal = \"g\"\ndo = \"SET a 1\""]);
        let shown = super::screen(&mut tutor, typed);
        let words: Vec<&str> = shown.split_whitespace().collect();
        let shown = words.join(" ");
        assert!(
            shown.contains("is a reply, not a command."),
            "{typed}: {shown}"
        );
        assert!(shown.contains("type a command."), "{typed}: {shown}");
    }
    for typed in ["[GET a]", "OKAY", "int a b", "(a) b"] {
        let mut tutor = super::tutor("", &["goal = \"g\"\ndo = \"SET a 1\""]);
        let shown = super::screen(&mut tutor, typed);
        assert!(shown.contains("is not a command."), "{typed}: {shown}");
    }
}

#[test]
fn of_right_values_only_that_is_said_which_is_other() {
    let setup = r#""SET k tea", "RPUSH l a", "RPUSH m a b c d", "ZADD z 1 ann", "SET n x""#;
    for (ask, typed, sentence) in [
        (
            "\"STRLEN k\"",
            "\"3\"",
            "The number is right; it comes without quotes.",
        ),
        (
            "\"STRLEN k\"",
            "'3'",
            "The number is right; it comes without quotes.",
        ),
        ("\"STRLEN k\"", "[3]", "it comes without brackets"),
        ("\"STRLEN k\"", "empty", "What comes is a number"),
        ("\"GET none\"", "'(nil)'", "it comes without quotes"),
        ("\"GET none\"", "nill", "look at its spelling"),
        ("\"GET none\"", "不存在了", "That is the idea"),
        ("\"GET k\"", "b'tea'", "without Python's b"),
        (
            "\"LRANGE l 0 0\"",
            "nothing",
            "It is not empty: what comes is an array",
        ),
        ("\"LRANGE l 0 0\"", "OK", "an array, not a word such as OK"),
        ("\"LRANGE m 0 1\"", "it fails", "an array, not an error"),
        (
            "\"LRANGE m 0 1\"",
            "QUEUED",
            "an array, not a word such as OK",
        ),
        ("\"LRANGE m 1 2\"", "c d", "begins one element earlier"),
        ("\"LRANGE m 1 2\"", "a b", "begins one element later"),
        ("\"LRANGE m 1 2\"", "b x", "One element is wrong: x"),
        (
            "\"ZSCAN z 0\"",
            "[ann, 1]",
            "The cursor stands in front of them.",
        ),
        (
            "\"INCR n\"",
            "(error) wrong type",
            "(error) alone is enough",
        ),
        ("\"INCR n\"", "wrong type", "(error) alone is enough"),
        (
            "\"STRLEN k\"",
            "not a number",
            "What comes is a number, not an error",
        ),
        (
            "\"ZRANGE z 0 -1 WITHSCORES\"",
            "[(\"ann\", 1.0)]",
            "that is how Python shows them",
        ),
        (
            "\"ZRANGE z 0 -1 WITHSCORES\"",
            "[[\"ann\", 1.0]]",
            "that is how Python shows them",
        ),
        (
            "\"ZRANGE z 0 -1 WITHSCORES\"",
            "[\"ann\", 1.0]",
            "It comes as a whole number",
        ),
        ("\"LPOS l a COUNT 0\"", "[\"0\"]", "mind the quotes"),
        (
            "[\"APPEND k !\", \"TTL k\"]",
            "4",
            "what APPEND k ! answers",
        ),
    ] {
        let (verdict, said) = predicted(setup, ask, typed);
        assert_eq!(verdict, VerdictKind::Wrong, "{ask}: {typed}: {said}");
        assert!(said.contains(sentence), "{ask}: {typed}: {said}");
    }
    for (ask, typed, sentence) in [
        (
            "\"LRANGE m 0 1\"",
            "1) \"a\"",
            "Write all elements on one line.",
        ),
        ("\"STRLEN k\"", "三个字节", "Write the number in digits."),
    ] {
        let (verdict, said) = predicted(setup, ask, typed);
        assert_eq!(verdict, VerdictKind::Aside, "{ask}: {typed}: {said}");
        assert!(said.contains(sentence), "{ask}: {typed}: {said}");
    }
}

#[test]
fn numbers_in_quotes_are_texts_also_beside_what_stands_without() {
    let lines = "[\"MULTI\", \"INCR n\", \"LPUSH n x\", \"INCR n\", \"EXEC\"]";
    let setup = "\"SET n 1\"";
    for typed in [
        "[\"2\", (error), \"3\"]",
        "[2, (error), \"3\"]",
        "['2', error, 3]",
        "1) \"2\" 2) (error) 3) \"3\"",
    ] {
        let (verdict, said) = predicted(setup, lines, typed);
        assert_eq!(verdict, VerdictKind::Wrong, "{typed}: {said}");
        assert!(said.contains("mind the quotes"), "{typed}: {said}");
    }
    for typed in ["[2, (error), 3]", "2 error 3", "2, wrong type, 3"] {
        let (verdict, said) = predicted(setup, lines, typed);
        assert_eq!(verdict, VerdictKind::Pass, "{typed}: {said}");
    }
    let mixed = "[\"MULTI\", \"GET n\", \"STRLEN n\", \"EXEC\"]";
    let (verdict, said) = predicted(setup, mixed, "[\"1\", 1]");
    assert_eq!(verdict, VerdictKind::Pass, "{said}");
    // The sentence on other numbers is told whatever quotes stand around them.
    let mut tutor = super::open(&format!(
        "{}setup = [{setup}]\n[[step]]\nkind = \"predict\"\ngoal = \"g\"\nask = {lines}\nhint = [\"a\", \"b\"]\n\
         wrong = [{{ answer = \"[(integer) 1, (error), (integer) 1]\", say = \"Both run.\" }}]\n",
        super::HEAD
    ));
    assert_eq!(
        super::said(&mut tutor, "[\"1\", (error), \"1\"]"),
        "Both run."
    );
    assert!(super::said(&mut tutor, "[\"2\", (error), \"3\"]").contains("mind the quotes"));
}

#[test]
fn an_error_may_be_told_in_own_words() {
    for (ask, typed) in [
        ("\"INCR k\"", "it is an error"),
        ("\"INCR k\"", "error: not an integer"),
        ("\"INCR k\"", "it is not a number"),
        ("\"INCR k\"", "error, because it is a text"),
        ("\"INCR k\"", "it refuses"),
        ("\"INCR k\"", "错误：不是整数"),
        ("\"LPUSH k x\"", "wrong type"),
        ("\"LPUSH k x\"", "error: wrong type"),
        ("\"LPUSH k x\"", "类型错误"),
        ("\"DISCARD\"", "error: no transaction is open"),
        ("\"LSET none 0 x\"", "error: the key does not exist"),
    ] {
        let (verdict, said) = predicted("\"SET k tea\"", ask, typed);
        assert_eq!(verdict, VerdictKind::Pass, "{ask}: {typed}: {said}");
    }
    for (ask, typed) in [
        ("\"INCR k\"", "wrong type"),
        ("\"LPUSH k x\"", "not a number"),
        ("\"LSET none 0 x\"", "the key does not exist"),
        ("\"GET none\"", "wrong type"),
        ("\"GET k\"", "wrong type"),
    ] {
        let (verdict, said) = predicted("\"SET k tea\"", ask, typed);
        assert_eq!(verdict, VerdictKind::Wrong, "{ask}: {typed}: {said}");
    }
}

#[test]
fn an_array_of_one_may_be_told_by_its_element() {
    let remark = "An array with one element comes";
    for (ask, typed, is_remarked) in [
        ("\"LRANGE l 0 0\"", "a", true),
        ("\"LRANGE l 0 0\"", "\"a\"", true),
        ("\"LPOS l a COUNT 0\"", "0", true),
        ("\"LPOS l a COUNT 0\"", "(integer) 0", true),
        ("\"LRANGE l 0 0\"", "[\"a\"]", false),
        ("\"LRANGE l 0 0\"", "1) \"a\"", false),
        ("\"LRANGE l 0 0\"", "(a)", false),
    ] {
        let (verdict, said) = predicted("\"RPUSH l a b\"", ask, typed);
        assert_eq!(verdict, VerdictKind::Pass, "{typed}: {said}");
        assert_eq!(said.contains(remark), is_remarked, "{typed}: {said}");
    }
    for (ask, typed) in [
        ("\"LRANGE l 0 0\"", "\"b\""),
        ("\"LPOS l a COUNT 0\"", "\"0\""),
        ("\"LINDEX l 0\"", "[\"a\"]"),
    ] {
        let (verdict, said) = predicted("\"RPUSH l a b\"", ask, typed);
        assert_eq!(verdict, VerdictKind::Wrong, "{typed}: {said}");
    }
}

#[test]
fn a_choice_is_named_by_its_letter_or_in_words_of_ones_own() {
    for (lesson, id, line) in [
        ("6.3", "reminders", "a sorted set"),
        ("3.6", "print-jobs", "Lists."),
        ("9.7", "only-who-is-connected", "pub/sub"),
        ("3.1", "lpush-several", "k: [\"c\", \"b\", \"a\"]"),
        ("3.1", "lpush-several", "{\"k\": [\"c\", \"b\", \"a\"]}"),
        ("3.1", "lpush-several", "c b a"),
        ("4.1", "hsetnx-twice", "u: b=3 a=1"),
        ("10.1", "emptied-types", "l2: [a]"),
        ("9.5", "order-of-release", "WATCH,GET,MULTI,DEL,EXEC"),
        ("9.5", "order-of-release", "watch get multi del exec"),
        ("9.5", "order-of-release", "watch, get, multi, del and exec"),
        ("9.8", "announce-expired", "\"Ex\""),
        ("9.8", "announce-expired", "xE"),
        (
            "7.1",
            "error-in-the-middle",
            "[(integer) 2, (error) WRONGTYPE, (integer) 3]",
        ),
    ] {
        let verdict = answer(lesson, id, line, true).record.verdict;
        assert_eq!(verdict, VerdictKind::Pass, "{id}: {line}");
    }
    for line in ["multi and incr n", "MULTI, INCR n", "multi incr n"] {
        let fed = answer("8.5", "pipeline-collects", line, true);
        assert_eq!(fed.record.verdict, VerdictKind::Wrong, "{line}");
        let said = "Both are sent by execute(), together with EXEC.";
        assert_eq!(fed.record.why, Some(Why::Author(said.to_owned())), "{line}");
    }
    // Braces make a set of it, and there is none.
    let fed = answer("10.1", "emptied-types", "l2: {a}", true);
    assert_eq!(fed.record.verdict, VerdictKind::Aside);
    for letter in ["a", "b", "c", "d"] {
        let why = |line: &str| {
            let record = answer("8.2", "setex-call", line, true).record;
            (record.verdict, record.why)
        };
        for line in ["x)", "(x)", "x.", "X", "option x"] {
            let line = line
                .replace('x', letter)
                .replace('X', &letter.to_uppercase());
            assert_eq!(why(&line), why(letter), "{line}");
        }
    }
}

#[test]
fn a_line_that_is_none_of_the_choices_is_told_what_it_comes_to() {
    for (lesson, id, line, sentence) in [
        ("8.2", "setex-call", "GET k", "That line answers (nil)"),
        ("3.4", "lrem-reply", "3", "a number, too, but another one"),
        ("3.4", "keep-last-three", "3", "LTRIM needs more"),
    ] {
        let fed = answer(lesson, id, line, true);
        assert_eq!(fed.record.verdict, VerdictKind::Wrong, "{line}");
        let shown = view::screen(&fed.outputs, &Style::default(), &Words::new(Language::En));
        let shown: Vec<&str> = shown.split_whitespace().collect();
        let shown = shown.join(" ");
        assert!(shown.contains(sentence), "{line}: {shown}");
        assert!(
            shown.contains("You can also type a letter"),
            "{line}: {shown}"
        );
    }
}

#[test]
fn what_is_not_empty_is_told_to_be_something() {
    for (ask, typed, sentence) in [
        (
            "\"GET k\"",
            "empty",
            "It is not empty: what comes is a text",
        ),
        ("\"STRLEN k\"", "nothing", "What comes is a number"),
        (
            "\"TYPE k\"",
            "empty",
            "It is not empty: Redis answers something",
        ),
        ("\"GET none\"", "empty", "That is the idea"),
    ] {
        let (verdict, said) = predicted("\"SET k tea\"", ask, typed);
        assert_eq!(verdict, VerdictKind::Wrong, "{typed}: {said}");
        assert!(said.contains(sentence), "{ask} {typed}: {said}");
    }
}

#[test]
fn a_letter_beyond_the_choices_costs_nothing_however_it_is_written() {
    for line in ["e", "e)", "(e)", "Option e", "answer: e", "答案：e"] {
        let fed = answer("8.2", "setex-call", line, true);
        assert_eq!(fed.record.verdict, VerdictKind::Aside, "{line}");
    }
    for letter in ["a", "b", "c", "d"] {
        let why = |line: &str| {
            let record = answer("8.2", "setex-call", line, true).record;
            (record.verdict, record.why)
        };
        for line in ["Option x", "答案：x", "答案: x", "Answer: x"] {
            let line = line.replace('x', letter);
            assert_eq!(why(&line), why(letter), "{line}");
        }
    }
}

#[test]
fn an_empty_text_is_meant_by_words_for_nothing_and_is_written_as_such() {
    for typed in ["blank", "void", "没有返回值"] {
        let (verdict, said) = predicted("", "\"GETRANGE none 0 1\"", typed);
        assert_eq!(verdict, VerdictKind::Wrong, "{typed}: {said}");
        assert!(
            said.contains("That is the idea: an empty text comes"),
            "{typed}: {said}"
        );
    }
}

#[test]
fn what_is_meant_by_an_answer_is_told_where_it_is_written_otherwise() {
    let setup = "'SET k \"\"', 'EXPIRE k 3600'";
    for (ask, typed, sentence) in [
        (
            "\"LSET none 0 x\"",
            "没有这个键",
            "Redis makes an error of it",
        ),
        ("\"TTL k\"", "60 minutes", "counts no minutes"),
        ("\"TTL k\"", "3600 s", "Write only the number"),
        ("\"MGET k\"", "[空]", "an empty text comes"),
        ("\"GET none\"", "键 box:1 不存在", "not several words"),
        ("\"GET none\"", "没有 box:1", "That is the idea"),
        ("\"GET none\"", "字段不存在", "That is the idea"),
        ("\"GET none\"", "not nil", "not several words"),
    ] {
        let (verdict, said) = predicted(setup, ask, typed);
        assert_eq!(verdict, VerdictKind::Wrong, "{typed}: {said}");
        assert!(said.contains(sentence), "{ask} {typed}: {said}");
    }
    for typed in [
        "TTL returns 3600",
        "TTL 返回 3600",
        "still 3600",
        "3600, I think",
    ] {
        let (verdict, said) = predicted(setup, "\"TTL k\"", typed);
        assert_eq!(verdict, VerdictKind::Pass, "{typed}: {said}");
    }
}
