//! Does the content work? The built-in course is read, rehearsed and held against the command table.

use std::rc::Rc;

use rediscover::engine::{Group, commands};
use rediscover::lesson::{
    Library, Severity, Source, Target, WantedState, render_problems, validate,
};
use rediscover::tutor::{Start, Tutor, rehearse};

fn course(language: &str) -> Library {
    Library::open(Source::BuiltIn, language).expect("the built-in course opens")
}

#[test]
fn the_course_has_no_problems_in_any_language() {
    for language in ["en", "zh"] {
        let library = course(language);
        let problems = validate(&library);
        assert!(
            problems.is_empty(),
            "{language}:\n{}",
            render_problems(&problems, false)
        );
    }
}

#[test]
fn the_translation_lacks_nothing_and_names_what_the_original_names() {
    let library = course("en");
    let ids = std::iter::once(None).chain(library.lessons().map(Some));
    let problems: Vec<_> = ids
        .flat_map(|id| {
            let found = library.compare(id, "zh");
            found.expect("both files can be read")
        })
        .collect();
    assert!(problems.is_empty(), "{}", render_problems(&problems, false));
}

#[test]
fn a_unit_is_found_in_the_singular_and_the_plural_and_in_either_language() {
    for language in ["en", "zh"] {
        let library = course(language);
        for (asked, unit) in [
            ("strings", "1"),
            ("String", "1"),
            ("list", "3"),
            ("lists", "3"),
            ("hash", "4"),
            ("sorted set", "6"),
            ("sorted-sets", "6"),
            ("列表", "3"),
            ("字符串", "1"),
        ] {
            let found = library.find(asked).expect("a unit is called so");
            assert_eq!(found, Target::Unit(unit.to_owned()), "{language}: {asked}");
        }
        let set = library.find("set").expect("a lesson teaches SET");
        assert!(matches!(set, Target::Lesson(_)), "SET is a command");
    }
}

#[test]
fn every_lesson_passes_its_rehearsal() {
    let library = course("en");
    let mut findings = Vec::new();
    for id in library.lessons() {
        let lesson = library.lesson(id).expect("the lesson can be played");
        for finding in rehearse(&Rc::clone(&lesson)) {
            findings.push(format!(
                "{id} {}: {} {}",
                finding.place,
                finding.message,
                finding.help.unwrap_or_default()
            ));
        }
    }
    assert!(
        findings.is_empty(),
        "{} findings:\n{}",
        findings.len(),
        findings.join("\n")
    );
}

#[test]
fn every_command_of_the_data_types_is_taught() {
    let library = course("en");
    let groups = [
        Group::String,
        Group::List,
        Group::Hash,
        Group::Set,
        Group::SortedSet,
    ];
    let untaught: Vec<&str> = commands::all()
        .iter()
        .filter(|row| groups.contains(&row.group))
        .filter(|row| library.teaching(row.name).is_none())
        .map(|row| row.name)
        .collect();
    assert!(untaught.is_empty(), "no step teaches {untaught:?}");
}

#[test]
fn a_translation_names_the_same_commands() {
    let (english, chinese) = (course("en"), course("zh"));
    for id in english.lessons() {
        let (own, translated) = (
            english.lesson(id).expect("readable"),
            chinese.lesson(id).expect("readable"),
        );
        assert_ne!(own.title, translated.title, "{id} is not translated");
        for (step, other) in own.steps.iter().zip(&translated.steps) {
            assert_ne!(step.goal, other.goal, "{id} {} is not translated", step.id);
            assert_eq!(step.hints.len(), other.hints.len(), "{id} {}", step.id);
        }
    }
    assert!(
        validate(&chinese)
            .iter()
            .all(|problem| problem.severity == Severity::Warning)
    );
}

/// The state that a lesson ends in when each step is skipped, and the verdicts on the way, with a seed and a date.
fn ends(id: &str, seed: u64) -> String {
    let lesson = course("en").lesson(id).expect("the lesson can be played");
    let now = 1_767_225_600_000 + i64::try_from(seed).expect("a small number") * 1_000;
    let mut tutor = Tutor::new(lesson, None, Start { seed, now });
    tutor.begin();
    let mut replies = Vec::new();
    while !tutor.is_done() {
        replies.push(format!("{:?}", tutor.feed(":skip").record.reply));
    }
    let world = tutor.world();
    let state = WantedState::of(world.engine.keyspace(), world.db(), world.engine.now());
    format!("{}\n{}", replies.join("\n"), state.to_toml())
}

#[test]
fn lessons_with_clocks_and_waiting_clients_go_alike_a_thousand_times() {
    for id in ["3.6", "9.5"] {
        let first = ends(id, 0);
        for seed in 1..1_000 {
            assert_eq!(ends(id, seed), first, "{id} with seed {seed}");
        }
    }
}
