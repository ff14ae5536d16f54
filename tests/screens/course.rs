//! The whole course, skipped through: whatever is drawn of it has room at every width, in both languages.

use rediscover::{
    lesson::{Library, Source, Stage, Step, StepKind},
    notation::{Escape, to_text},
    text::{Language, Words},
    tutor::{Output, Start, Tutor},
};

use super::scene::{NOW, ascii, at, drawn};

/// What our own words and drawings are made of; what Redis answers and what a program prints stand as they come, however
/// long.
fn is_ours(output: &Output) -> bool {
    !matches!(
        output,
        Output::Reply(_) | Output::Actor { .. } | Output::Arrived { .. } | Output::Printed(_)
    )
}

#[test]
fn every_step_has_room_at_every_width() {
    for language in [Language::En, Language::Zh] {
        let library = Library::open(Source::BuiltIn, language.tag()).expect("the course opens");
        for id in library.lessons() {
            let lesson = library.lesson(id).expect("it can be played");
            let start = Start { seed: 1, now: NOW };
            let mut tutor = Tutor::new(lesson, None, start);
            let mut outputs = tutor.begin();
            while !tutor.is_done() {
                for line in [":hint", "FLUSHALL", "NONSENSE", ":skip"] {
                    outputs.extend(tutor.feed(line).outputs);
                }
            }
            outputs.retain(is_ours);
            for style in [at(40), ascii(40), at(80), at(120)] {
                drawn(&outputs, &style, language);
            }
        }
    }
}

/// What is typed at a step that is done as it should be: a line, an answer, Enter.
fn typed(step: &Step, tutor: &Tutor) -> Vec<String> {
    match step.kind {
        StepKind::Read => vec![String::new()],
        StepKind::Predict => {
            let answer = tutor.clone().feed(":skip").outputs;
            let reply = answer.iter().find_map(|output| match output {
                Output::Reply(reply) => Some(to_text(reply, Escape::Text)),
                _ => None,
            });
            vec![reply.unwrap_or_default()]
        }
        _ => step.solution.iter().map(|line| line.text.clone()).collect(),
    }
}

/// Does every lesson as it should be done, and shows what each typed line comes to.
pub fn done_well(language: Language, mut see: impl FnMut(&str, &[Output])) {
    let library = Library::open(Source::BuiltIn, language.tag()).expect("the course opens");
    for id in library.lessons() {
        let lesson = library.lesson(id).expect("it can be played");
        let start = Start { seed: 1, now: NOW };
        let mut tutor = Tutor::new(lesson.clone(), None, start);
        see(id, &tutor.begin());
        for (at, step) in lesson.steps.iter().enumerate() {
            for line in typed(step, &tutor) {
                let place = format!("{id}, step {}: {line}", at + 1);
                see(&place, &tutor.feed(&line).outputs);
            }
            if tutor.open_step().is_some_and(|(open, _)| open == at + 1) {
                tutor.feed(":skip");
            }
        }
    }
}

#[test]
fn behind_a_skipped_step_the_next_one_has_room_on_a_screen() {
    for language in [Language::En, Language::Zh] {
        let library = Library::open(Source::BuiltIn, language.tag()).expect("the course opens");
        for id in library.lessons() {
            let lesson = library.lesson(id).expect("it can be played");
            let start = Start { seed: 1, now: NOW };
            let mut tutor = Tutor::new(lesson.clone(), None, start);
            tutor.begin();
            tutor.set_port(Some(6390));
            for step in &lesson.steps {
                let outputs = tutor.feed(":skip").outputs;
                let text = drawn(&outputs, &at(80), language);
                assert!(text.lines().count() + 2 <= 24, "{id}, {}\n{text}", step.id);
                if step.program.is_none() {
                    continue;
                }
                let code = step.program.iter().flat_map(|program| program.code.lines());
                let code: Vec<&str> = code.filter(|line| !line.trim().is_empty()).collect();
                let above = Words::new(language).say("skipped-above");
                let stands_above = step.stage == Stage::Worked && text.contains(&above);
                let shows = |line: &&str| {
                    let begin: String = line.trim().chars().take(30).collect();
                    text.contains(&begin.replace("PORT", "6390"))
                };
                assert!(
                    code.len() > 8 || stands_above || code.iter().all(shows),
                    "{id}, {}: a line of the code is left out\n{text}",
                    step.id
                );
            }
        }
    }
}

#[test]
fn an_answer_and_the_next_step_have_room_on_a_screen() {
    for language in [Language::En, Language::Zh] {
        done_well(language, |place, outputs| {
            let text = drawn(outputs, &at(80), language);
            assert!(text.lines().count() + 2 <= 24, "{place}\n{text}");
        });
    }
}
