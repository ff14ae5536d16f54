//! Does it survive? Damaged lesson files and arbitrary lines: no panic, and no consequence of a wrong attempt.

use std::{fs, rc::Rc};

use proptest::prelude::*;
use rediscover::{
    lesson::{Library, Severity, Source},
    tutor::{Mode, Start, Tutor, VerdictKind, differences, rehearse},
};

const LESSON: &str = include_str!("../src/lesson/scaffold/1.1.toml");
const PACK: &str = include_str!("../src/lesson/scaffold/pack.toml");

/// What may happen to a file: a piece is cut out, doubled, or replaced by something that means something in TOML.
#[derive(Debug, Clone)]
enum Damage {
    Cut(usize, usize),
    Double(usize, usize),
    Put(usize, String),
}

fn damage() -> impl Strategy<Value = Damage> {
    let pieces = prop_oneof![
        Just("[[step]]\n".to_owned()),
        Just("\"".to_owned()),
        Just("= [".to_owned()),
        Just("9223372036854775808".to_owned()),
        Just("advance = \"99999999999d\"\n".to_owned()),
        Just("now = 9999-12-31T23:59:60Z\n".to_owned()),
        Just("B> BLPOP x 0".to_owned()),
        Just("SETRANGE orders 4294967295 x".to_owned()),
        Just("BLPOP orders 0".to_owned()),
        "\\PC{0,8}",
    ];
    prop_oneof![
        (0..LESSON.len(), 0..80usize).prop_map(|(at, len)| Damage::Cut(at, len)),
        (0..LESSON.len(), 0..400usize).prop_map(|(at, len)| Damage::Double(at, len)),
        (0..LESSON.len(), pieces).prop_map(|(at, text)| Damage::Put(at, text)),
    ]
}

fn apply(text: &str, damages: &[Damage]) -> String {
    damages.iter().fold(text.to_owned(), |text, damage| {
        let boundary = |at: usize| {
            (0..=at.min(text.len()))
                .rev()
                .find(|at| text.is_char_boundary(*at))
                .unwrap_or(0)
        };
        match damage {
            Damage::Cut(at, len) => {
                format!("{}{}", &text[..boundary(*at)], &text[boundary(at + len)..])
            }
            Damage::Double(at, len) => {
                format!("{}{}", &text[..boundary(at + len)], &text[boundary(*at)..])
            }
            Damage::Put(at, piece) => format!(
                "{}{piece}{}",
                &text[..boundary(*at)],
                &text[boundary(*at)..]
            ),
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_lesson_file_makes_it_panic(damages in prop::collection::vec(damage(), 1..4)) {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("pack.toml"), PACK).unwrap();
        fs::write(folder.path().join("1.1.toml"), apply(LESSON, &damages)).unwrap();
        let library = Library::open(Source::Folder(folder.path().to_owned()), "en").unwrap();
        if let Ok((lesson, problems)) = library.read_lesson("1.1") {
            let _ = rediscover::lesson::render_problems(&problems, true);
            if problems.iter().all(|problem| problem.severity == Severity::Warning) {
                let _ = rehearse(&Rc::new(lesson));
            }
        }
    }

    #[test]
    fn no_pack_file_makes_it_panic(damages in prop::collection::vec(damage(), 1..4)) {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("pack.toml"), apply(PACK, &damages)).unwrap();
        fs::write(folder.path().join("1.1.toml"), LESSON).unwrap();
        if let Ok(library) = Library::open(Source::Folder(folder.path().to_owned()), "en") {
            let _ = rediscover::lesson::validate(&library);
        }
    }
}

/// Lines as learners and scripts may type them: words of commands, keys of the course, numbers, options, oddities.
fn line() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        Just("orders"),
        Just("tracks"),
        Just("heroes"),
        Just("o1"),
        Just("x"),
        Just("0"),
        Just("-1"),
        Just("5"),
        Just("9223372036854775807"),
        Just("-9223372036854775808"),
        Just("(1"),
        Just("+inf"),
        Just("[a"),
        Just("NX"),
        Just("COUNT"),
        Just("LIMIT"),
        Just("BYSCORE"),
        Just("STORE"),
        Just("WITHSCORES"),
        Just("\"a b\""),
        Just("\"\\xff\""),
        Just("北京"),
        Just("'"),
        Just("\""),
        Just("#"),
        Just("*"),
        Just("nan"),
        Just("1e400"),
    ];
    let names: Vec<String> = rediscover::engine::commands::all()
        .iter()
        .map(|row| row.title())
        .collect();
    let command = prop::sample::select(names);
    let local = prop::sample::select(vec![
        ":hint",
        ":skip",
        ":back",
        ":undo",
        ":redo",
        ":reset",
        ":show",
        ":goal",
        ":lesson",
        ":help",
        ":nonsense",
        "",
        "help LPUSH",
        "help",
        "3 INCR n",
        "999999999 PING",
        "127.0.0.1:6379> PING",
        "nil",
        "(integer) 3",
        "[\"a\"",
    ]);
    prop_oneof![
        6 => (command, prop::collection::vec(word, 0..6)).prop_map(|(name, words)| format!("{name} {}", words.join(" "))),
        3 => local.prop_map(str::to_owned),
        1 => "\\PC{0,40}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn no_line_makes_a_lesson_panic_and_no_wrong_attempt_changes_it(
        lesson in prop::sample::select(vec!["0.1", "1.5", "2.2", "3.1", "3.6", "4.4", "5.4", "6.8", "10.2", "11.3"]),
        lines in prop::collection::vec(line(), 1..40),
    ) {
        let library = Library::open(Source::BuiltIn, "en").unwrap();
        let mut tutor = Tutor::new(library.lesson(lesson).unwrap(), None, Start { seed: 5, now: 1_767_225_600_000 });
        tutor.begin();
        for line in lines {
            let (before, mode) = (tutor.world().clone(), tutor.mode());
            let fed = tutor.feed(&line);
            if matches!(fed.record.verdict, VerdictKind::Wrong | VerdictKind::Look) && mode == Mode::Command {
                let goal = tutor.open_step().is_some_and(|(number, _)| {
                    tutor.lesson().steps[number - 1].kind == rediscover::lesson::StepKind::Goal
                });
                let after = tutor.world();
                prop_assert!(goal || differences(before.engine.keyspace(), after.engine.keyspace()).is_empty(), "{line}");
                prop_assert!(goal || before.same_clients(after), "{line}");
            }
        }
    }
}
