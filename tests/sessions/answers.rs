//! What is typed at the prompt while a program is waited for, or about what it has printed.

use rediscover::{
    engine::Origin,
    lesson::{Library, Source, Step, StepKind},
    text::{Language, Words},
    tutor::{
        Arrived, Notice, Output, Overheard, Trouble,
        VerdictKind::{Look, Partial, Pass, Wrong},
        Why,
    },
    view::{self, Style},
};

use crate::{
    ask, at_step,
    programs::{LESSON, Program},
    said, screen,
};

/// A program beside the course's own lesson, led to a step from 1.
fn beside(lesson: &str, step: usize) -> Program {
    Program::beside(at_step(lesson, step))
}

/// The author's sentence on a line, if it got one.
fn author(program: &mut Program, text: &str) -> Option<String> {
    match program.tutor.feed(text).record.why {
        Some(Why::Author(say)) => Some(say),
        _ => None,
    }
}

/// The notice that a line got and nothing else.
fn notice(program: &mut Program, text: &str) -> Notice {
    match &program.tutor.feed(text).outputs[..] {
        [Output::Notice(notice)] => notice.clone(),
        other => panic!("{text}: {other:?}"),
    }
}

/// What a line gives on the screen, without its line breaks.
fn words(program: &mut Program, text: &str) -> String {
    let screen = screen(&mut program.tutor, text);
    screen.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn what_was_printed_is_no_foreseen_mistake_that_has_not_come() {
    for (lesson, step, lines, text) in [
        ("8.1", 2, &["SET foo Bar", "GET Foo"][..], "None"),
        ("8.1", 7, &["SET only6 x", "EXISTS only6"], "1"),
        ("8.4", 6, &["ZADD jifenbang 30 eric"], "0"),
        ("9.2", 1, &["GET user:1002"], "{'name': 'rain', 'age': 22}"),
    ] {
        let mut program = beside(lesson, step);
        if lesson == "9.2" {
            program.send("SELECT 6");
        }
        program.run(lines);
        for _ in 0..2 {
            let said = notice(&mut program, text);
            assert_eq!(said, Notice::NotCounted, "{lesson} {step} {text}");
        }
    }
    // A mistake that has come is told, also once it is taken back, and also line by line.
    let mut program = beside("8.4", 6);
    assert_eq!(program.verdict(&["ZADD jifenbang 30 rain"]), Wrong);
    let said = author(&mut program, "0").expect("it is foreseen");
    assert!(said.contains("grow by 30"), "{said}");
    assert_eq!(program.tutor.totals().2, 1, "it is one mistake");
    let mut program = beside("8.1", 2);
    assert_eq!(program.verdict(&["SET foo Bar"]), Partial);
    let said = author(&mut program, "True").expect("it is foreseen");
    assert!(said.contains("what set gives"), "{said}");
    // Of the only program that ends so and has sent what has come, the name of its error is enough.
    let mut other = beside("8.2", 6);
    assert_eq!(other.verdict(&["INCRBY info 1"]), Wrong);
    let said = author(&mut other, "ResponseError").expect("it is foreseen");
    assert!(said.contains("info is a hash"), "{said}");
    // An error of Python's own tells for itself, whatever has come before it; its name alone is of many mistakes.
    let said = notice(&mut program, "NameError");
    assert_eq!(said, Notice::Trouble(Trouble::Named));
    let said = author(&mut program, "NameError: name 'foo' is not defined");
    assert!(said.is_some_and(|said| said.contains("Without quotes")));
}

#[test]
fn an_answer_is_matched_in_the_database_that_its_line_came_to() {
    let mut program = beside("8.1", 7);
    let first = program.client;
    program.client = program.tutor.admit(Origin::default());
    program.send("SELECT 6");
    program.send("SET only6 x");
    assert_eq!(program.verdict(&["EXISTS only6"]), Wrong);
    let said = author(&mut program, "1").expect("it is foreseen");
    assert!(said.contains("database 6"), "{said}");
    program.send("SET only6 x");
    program.client = first;
    assert_eq!(program.verdict(&["EXISTS only6"]), Partial);
    assert_eq!(author(&mut program, "1"), None, "it asked database 0");
}

#[test]
fn what_the_right_program_prints_is_said_to_be_so_before_it_has_come() {
    let mut program = beside("9.2", 2);
    let early = |arrived| Notice::RunItFirst(arrived);
    program.send("SELECT 6");
    let said = author(&mut program, "rain").expect("nothing has come");
    assert!(said.contains("That is the database"), "{said}");
    program.run(&["GET user:1001", "SET user:1001 x"]);
    assert_eq!(notice(&mut program, "rain"), early(Arrived::Refused));
    let text = words(&mut program, "rain");
    assert!(text.contains("not right yet") && text.contains("run it again"));
    // One that is foreseen gets its sentence still.
    let text = r#"SET user:1001 "{'name': 'rain', 'age': 22}" EX 3600"#;
    program.run(&["GET user:1001", text]);
    let said = author(&mut program, "rain").expect("it is foreseen");
    assert!(said.contains("single quotes"), "{said}");
    let mut program = beside("9.7", 6);
    assert_eq!(notice(&mut program, "[1, 1, 1]"), early(Arrived::Nothing));
}

/// At the question of a step whose lines have come.
fn asked(lesson: &str, step: usize, lines: &[&str]) -> Program {
    let mut program = beside(lesson, step);
    assert_eq!(program.verdict(lines), Partial);
    program
}

#[test]
fn a_list_in_short_is_an_answer_and_is_shown_in_full() {
    for (lesson, step, lines, text) in [
        (
            "8.3",
            6,
            &["SREM name_set lisi", "SMEMBERS name_set"][..],
            "wangwu, zhangsan",
        ),
        ("8.4", 2, &["ZRANGE jifenbang 0 -1"], "rain eric yuan alvin"),
        ("8.4", 4, &["ZREVRANGE jifenbang 0 1"], "[alvin, yuan]"),
        ("8.3", 9, &["LRANGE scores -2 -1"], "80 60"),
        (
            "8.5",
            2,
            &["SET x 1", "SET y 2", "SET z 3"],
            "True True True",
        ),
        (
            "8.3",
            6,
            &["SREM name_set lisi", "SMEMBERS name_set"],
            "it prints wangwu, zhangsan",
        ),
    ] {
        let fed = asked(lesson, step, lines).tutor.feed(text);
        assert_eq!(fed.record.verdict, Pass, "{text}");
        assert!(matches!(fed.record.why, Some(Why::InFull(_))), "{text}");
        let shown = words(&mut asked(lesson, step, lines), text);
        assert!(shown.contains("Python writes it like this: ["), "{shown}");
    }
}

#[test]
fn the_right_values_in_signs_that_mean_something_else_are_told_apart() {
    let lines = &["ZRANGEBYSCORE jifenbang 40 80 LIMIT 0 1"][..];
    let watch = &[
        "WATCH acc:a",
        "GET acc:a",
        "MULTI",
        "DECRBY acc:a 50",
        "EXEC",
    ][..];
    let said = author(&mut asked("8.4", 5, lines), "eric").expect("it is foreseen");
    assert!(said.contains("taken out of a list"), "{said}");
    for (lesson, step, lines, text) in [
        ("8.3", 9, &["LRANGE scores -2 -1"][..], "[80, 60]"),
        ("8.4", 4, &["ZREVRANGE jifenbang 0 1"], "(alvin, yuan)"),
        ("8.4", 5, lines, "(eric)"),
        ("8.5", 3, watch, "(20)"),
    ] {
        let fed = asked(lesson, step, lines).tutor.feed(text);
        assert_eq!(fed.record.why, Some(Why::OtherSigns), "{text}");
    }
    assert_eq!(
        asked("8.4", 4, &["ZREVRANGE jifenbang 0 1"])
            .tutor
            .feed("yuan alvin")
            .record
            .why,
        Some(Why::NotPrinted)
    );
}

#[test]
fn what_was_printed_is_taken_out_of_a_sentence() {
    let lines = &["ZINCRBY jifenbang 30 rain"][..];
    for text in [
        "it printed 50.0",
        "输出 50.0",
        "50.0.",
        "`50.0`",
        "float 50.0",
    ] {
        let record = asked("8.4", 6, lines).tutor.feed(text).record;
        assert_eq!(record.verdict, Pass, "{text}");
    }
    let said = author(&mut asked("8.4", 6, lines), "it printed 50").expect("it is foreseen");
    assert!(said.contains("printed with a point"), "{said}");
    let why = asked("8.4", 6, lines)
        .tutor
        .feed("it printed 51.0")
        .record
        .why;
    assert_eq!(why, Some(Why::NotPrinted));
}

#[test]
fn a_number_counts_however_it_is_written() {
    let mut program = asked("8.4", 7, &["ZADD jifenbang GT 40.0 eric"]);
    assert_eq!(program.tutor.feed("0").record.verdict, Pass);
    asked("8.4", 5, &["ZRANGEBYSCORE jifenbang 40.0 8e1 LIMIT 0 1"]);
    asked("8.4", 6, &["ZINCRBY jifenbang 30.0 rain"]);
    let mut program = beside("8.4", 7);
    assert_eq!(program.verdict(&["ZADD jifenbang GT 40.5 eric"]), Wrong);
    // A text that looks like a number is none.
    let lesson = LESSON.replace("RPUSH l b", "RPUSH l 1");
    assert_eq!(
        Program::of(&lesson).verdict(&["RPUSH l 1.0", "LLEN l"]),
        Wrong
    );
}

#[test]
fn an_option_that_changes_nothing_is_remarked_on() {
    let needless = |heard: &[Overheard]| match &heard.last().unwrap().fed.record.why {
        Some(Why::Needless(words)) => rediscover::notation::join(&words.concat()),
        other => panic!("{other:?}"),
    };
    let mut program = beside("8.5", 6);
    let heard = program.run(&["SCAN 0 MATCH acc:* COUNT 100"]);
    assert_eq!(needless(&heard), "COUNT 100");
    let answer = "['acc:a', 'acc:b']";
    assert_eq!(program.tutor.feed(answer).record.verdict, Pass);
    let mut program = beside("8.1", 2);
    let heard = program.run(&["SET foo Bar NX", "GET foo"]);
    assert_eq!(needless(&heard), "NX");
    // One that changes the outcome, that is foreseen, or that is only queued is none.
    let verdict = |lesson, step, line| beside(lesson, step).verdict(&[line]);
    assert_eq!(verdict("8.1", 2, "SET foo Bar EX 10"), Wrong);
    assert_eq!(verdict("8.1", 2, "SET foo Bar XX"), Wrong);
    assert_eq!(verdict("8.4", 2, "ZRANGE jifenbang 0 100 BYSCORE"), Wrong);
    let lines = r#""MULTI", "SET k v", "EXEC""#;
    let lesson = LESSON.replacen(r#""RPUSH l b", "LLEN l""#, lines, 1);
    let mut program = Program::of(&lesson);
    assert_eq!(program.verdict(&["MULTI", "SET k v NX", "EXEC"]), Wrong);
}

#[test]
fn a_look_at_the_prompt_is_told_apart_from_what_the_step_waits_for() {
    let waits = |program: &mut Program, line: &str| {
        let fed = program.tutor.feed(line);
        assert_eq!(fed.record.verdict, Look, "{line}");
        let is_said = |it: &Output| matches!(it, Output::Notice(Notice::WaitsForProgram));
        fed.outputs.iter().any(is_said)
    };
    let mut program = beside("8.1", 1);
    assert!(waits(&mut program, "PING"));
    assert!(!waits(&mut program, "PING"), "once is enough");
    assert!(waits(&mut beside("8.1", 2), "get foo"));
    let mut program = asked("8.1", 3, &["GET foo"]);
    assert!(!waits(&mut program, "GET foo"), "it has come");
}

#[test]
fn a_word_is_no_command_where_it_may_be_an_answer() {
    let mut program = beside("9.7", 4);
    assert_eq!(notice(&mut program, "hello"), Notice::ByProgram);
    for text in ["hello", "hello 3", "echo a", "PING", "keys"] {
        let mut program = asked("8.1", 3, &["GET foo"]);
        assert_eq!(program.tutor.feed(text).record.verdict, Wrong, "{text}");
    }
    for text in ["ECHO a", "keys *", "type foo"] {
        let mut program = asked("8.1", 3, &["GET foo"]);
        assert_eq!(program.tutor.feed(text).record.verdict, Look, "{text}");
    }
}

#[test]
fn a_listener_that_is_still_there_is_told_with_the_question() {
    let mut program = beside("9.7", 10);
    let listener = program.tutor.admit(Origin::default());
    for line in ["SUBSCRIBE fm104.5", "PSUBSCRIBE fm*"] {
        let argv = rediscover::notation::split(line.as_bytes()).unwrap();
        program.tutor.serve(listener, &argv);
    }
    let said = |program: &mut Program| {
        let heard = program.run(&["PUBLISH fm104.5 bye"]);
        let outputs = heard.into_iter().flat_map(|it| it.fed.outputs);
        let outputs: Vec<Output> = outputs.collect();
        let screen = view::screen(&outputs, &Style::default(), &Words::new(Language::En));
        screen.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    for _ in 0..2 {
        let text = said(&mut program);
        assert!(text.contains("was answered with (integer) 2"), "{text}");
        assert!(text.contains("Close it first"), "{text}");
        assert!(text.contains("Which number did publish give?"), "{text}");
    }
    program.tutor.dismiss(listener);
    let text = said(&mut program);
    assert!(!text.contains("was answered with"), "{text}");
    assert_eq!(program.tutor.feed("0").record.verdict, Pass);
}

#[test]
fn a_wrong_line_in_a_transaction_is_said_not_to_stay_in_the_queue() {
    let mut tutor = at_step("7.1", 2);
    let text = said(&mut tutor, "DECRBY bank:b 30");
    assert!(
        text.contains("from bank:b") && text.contains("not stay in the queue"),
        "{text}"
    );
    assert!(!said(&mut tutor, "DECRBY bank:a 30").contains("not stay"));
    // A look is queued by Redis, too, and does not stay.
    assert!(said(&mut tutor, "TYPE bank:b").contains("not stay in the queue"));
    tutor.feed("INCRBY bank:b 30");
    tutor.feed("EXEC");
    assert_eq!(ask(&tutor, "MGET bank:a bank:b"), "[\"70\", \"50\"]");
}

#[test]
fn a_remark_behind_a_program_points_at_nothing_that_a_skipped_step_does_not_show() {
    for language in ["en", "zh"] {
        let library = Library::open(Source::BuiltIn, language).unwrap();
        for id in ["8.1", "8.2", "8.3", "8.4", "8.5", "9.2", "9.6", "9.7"] {
            let lesson = library.lesson(id).unwrap();
            let of_programs = |step: &&Step| step.kind == StepKind::External;
            for step in lesson.steps.iter().filter(of_programs) {
                let note = step.note.as_deref().unwrap_or_default();
                for word in ["above", "that arrived", "上面", "收到的命令"] {
                    assert!(!note.contains(word), "{id} {}: {note}", step.id);
                }
            }
        }
    }
}

#[test]
fn a_lesson_that_is_resumed_counts_what_was_typed_about_its_programs_alike() {
    let mut program = beside("9.2", 2);
    let mut again = at_step("9.2", 2);
    program.send("SELECT 6");
    for heard in program.run(&["GET user:1001", "SET user:1001 x"]) {
        if heard.keep {
            again.resume(heard.fed.record.verdict == Wrong);
        }
    }
    for (text, told) in [
        ("rain", Notice::RunItFirst(Arrived::Refused)),
        ("None", Notice::NotCounted),
        (
            "NameError: name 'x' is not defined",
            Notice::Trouble(Trouble::NotDefined),
        ),
    ] {
        assert_eq!(notice(&mut program, text), told, "{text}");
        let fed = again.feed(text);
        let is_told = matches!(&fed.outputs[..], [Output::Notice(said)] if *said == told);
        assert!(is_told, "{text}: {:?}", fed.outputs);
        // One step was skipped, and one program was wrong.
        assert_eq!(program.tutor.totals(), (1, 1, 1), "{text}");
        assert_eq!(again.totals(), (1, 1, 1), "{text}");
    }
}
