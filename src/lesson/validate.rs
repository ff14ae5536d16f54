//! What can be said of a lesson by reading it alone; what its lines do is found out by rehearsing it.

use std::collections::HashMap;

use crate::engine::commands;

use super::{
    Lesson, Library, LoadError, Mistake, Problem, Severity, Stage, Step, StepKind,
    problem::{SourceText, nearest},
    read::TableReader,
};

/// A lesson that is comfortably played in one sitting.
const FEWEST: usize = 6;
const MOST: usize = 14;

/// Checks one lesson while its tables are at hand, so that each problem has its place.
pub(super) fn lesson(lesson: &Lesson, root: &TableReader<'_>) {
    if lesson.steps.is_empty() {
        root.sink().error(
            0..0,
            "the lesson has no step",
            Some("add [[step]] with goal, do and hint".to_owned()),
        );
    } else if !(FEWEST..=MOST).contains(&lesson.steps.len()) {
        let message = format!(
            "the lesson has {} steps; {FEWEST} to {MOST} fit a sitting",
            lesson.steps.len()
        );
        root.sink().warning(0..0, message, None);
    }
    if let Some(value) = root.get("step") {
        for (step, place) in lesson.steps.iter().zip(TableReader::items(value)) {
            let start = place.span().start;
            check_step(
                step,
                lesson,
                &|severity: Severity, message: String, help: Option<&str>| {
                    let span = start..start + 1;
                    match severity {
                        Severity::Error => {
                            root.sink().error(span, message, help.map(str::to_owned));
                        }
                        Severity::Warning => {
                            root.sink().warning(span, message, help.map(str::to_owned));
                        }
                    }
                },
            );
        }
    }
}

type Report<'a> = &'a dyn Fn(Severity, String, Option<&str>);

fn check_step(step: &Step, lesson: &Lesson, report: Report<'_>) {
    let id = &step.id;
    let error = |message: String, help: Option<&str>| report(Severity::Error, message, help);
    if step.kind == StepKind::Quiz {
        if lesson.question(step).is_none() {
            let help = "write question = \"…\" with the id of a [[quiz]] of this lesson";
            error(
                format!("step `{id}` asks no question of the lesson"),
                Some(help),
            );
        }
        return;
    }
    if step.kind != StepKind::Read && !(2..=3).contains(&step.hints.len()) {
        let message = format!("step `{id}` has {} hints", step.hints.len());
        error(
            message,
            Some("a step has 2 or 3, from a nudge to the answer"),
        );
    }
    if step.kind != StepKind::Read && step.wrong.is_empty() {
        error(
            format!("step `{id}` foresees no wrong line"),
            Some("add wrong = [{ cmd = \"…\", say = \"…\" }]"),
        );
    }
    if step.stage == Stage::Faded && step.blank.is_none() && step.kind != StepKind::Predict {
        error(
            format!("step `{id}` is faded and has no `blank`"),
            Some("add blank = \"LPUSH ____ a\""),
        );
    }
    if step.advance > 0 && !lesson.manual_clock {
        error(
            format!("step `{id}` moves the clock"),
            Some("add clock = \"manual\" to the lesson"),
        );
    }
    check_actors(step, lesson, report);
    for name in &step.uses {
        if commands::find(name.to_lowercase().replace(' ', "|").as_bytes()).is_none() {
            let near =
                nearest(name, commands::all().iter().map(|row| row.name)).map(str::to_uppercase);
            error(
                format!("step `{id}` uses `{name}`, which is no command"),
                near.as_deref(),
            );
        }
    }
    let answers = step
        .wrong
        .iter()
        .any(|wrong| matches!(wrong.when, Mistake::Answer(_)));
    if answers && step.kind != StepKind::Predict {
        error(
            format!("step `{id}` has wrong answers, but asks for no answer"),
            Some("wrong lines are written cmd = \"…\""),
        );
    }
}

fn check_actors(step: &Step, lesson: &Lesson, report: Report<'_>) {
    for line in step.before.iter().chain(&step.during).chain(&step.after) {
        match &line.actor {
            Some(name) if !lesson.actors.contains(name) => {
                let message = format!(
                    "step `{}` lets {name} act, who is no actor of the lesson",
                    step.id
                );
                report(
                    Severity::Error,
                    message,
                    Some("add actors = [\"…\"] to the lesson"),
                );
            }
            _ => {}
        }
    }
}

/// Checks a whole pack: its table of contents, and every lesson. Nothing stops at the first problem.
#[must_use]
pub fn validate(library: &Library) -> Vec<Problem> {
    let mut problems = library.problems().to_vec();
    let mut after: HashMap<String, Vec<String>> = HashMap::new();
    for id in library.lessons() {
        match library.read_lesson(id) {
            Ok((lesson, more)) => {
                problems.extend(more);
                problems.extend(references(&lesson, library));
                after.insert(id.to_owned(), lesson.after.clone());
            }
            Err(error) => problems.push(in_pack(library, id, &error)),
        }
    }
    problems.extend(cycles(library, &after));
    problems
}

/// A problem that belongs to the table of contents, at the place where `word` stands in it.
fn pack_problem(library: &Library, word: &str, message: String) -> Problem {
    let file = library.source_text("pack.toml").unwrap_or(SourceText {
        name: String::new(),
        text: String::new(),
    });
    let at = file.text.find(&format!("\"{word}\"")).unwrap_or(0);
    let span = at..(at + word.len() + 2).min(file.text.len());
    Problem {
        severity: Severity::Error,
        file: file.into(),
        span,
        message,
        help: None,
    }
}

fn in_pack(library: &Library, id: &str, error: &LoadError) -> Problem {
    pack_problem(
        library,
        id,
        format!("lesson `{id}` cannot be read: {error}"),
    )
}

/// Lessons that a lesson points to must exist, and its own id must be its place in the pack.
fn references(lesson: &Lesson, library: &Library) -> Vec<Problem> {
    let known: Vec<&str> = library.lessons().collect();
    let reviews = lesson
        .steps
        .iter()
        .filter_map(|step| step.review.as_deref());
    let named = lesson.after.iter().map(String::as_str).chain(reviews);
    let missing = named.filter(|id| !known.contains(id)).map(|id| {
        pack_problem(
            library,
            &lesson.id,
            format!(
                "lesson `{}` points to lesson `{id}`, which the pack does not have",
                lesson.id
            ),
        )
    });
    let mut problems: Vec<Problem> = missing.collect();
    if !known.contains(&lesson.id.as_str()) {
        problems.push(pack_problem(
            library,
            &lesson.id,
            format!(
                "a lesson calls itself `{}`, which the pack does not list",
                lesson.id
            ),
        ));
    }
    problems
}

/// Lessons that must come before themselves.
fn cycles(library: &Library, after: &HashMap<String, Vec<String>>) -> Vec<Problem> {
    let mut done: Vec<&str> = Vec::new();
    let mut left: Vec<&str> = library
        .lessons()
        .filter(|id| after.contains_key(*id))
        .collect();
    // What has only lessons before it that are done is done; what never gets there is in a cycle.
    loop {
        let before = left.len();
        left.retain(|id| {
            let ready = after[*id]
                .iter()
                .all(|needed| !after.contains_key(needed) || done.contains(&needed.as_str()));
            if ready {
                done.push(id);
            }
            !ready
        });
        if left.len() == before {
            break;
        }
    }
    let cyclic = left.into_iter().map(|id| {
        pack_problem(
            library,
            id,
            format!("lesson `{id}` must come after itself, by way of `after`"),
        )
    });
    cyclic.collect()
}
