//! What can be said of a lesson by reading it alone; what its lines do is found out by rehearsing it.

use std::{collections::HashMap, ops::Range, rc::Rc};

use toml::Spanned;

use crate::engine::commands;
use crate::notation::Literal;

use super::{
    Lesson, Library, LoadError, Mistake, Problem, Severity, Stage, Step, StepKind,
    place::{place_of, place_of_key},
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
            let table = place.get_ref().as_table();
            let report = |key: &str, message: String, help: Option<String>| {
                let start = place.span().start;
                let value = table.and_then(|table| table.get(key));
                let span = value.map_or(start..start + 1, Spanned::span);
                root.sink().error(span, message, help);
            };
            check_step(step, lesson, &report);
        }
    }
}

/// Reports an error at a key of the step that is checked.
type Report<'a> = &'a dyn Fn(&str, String, Option<String>);

fn check_step(step: &Step, lesson: &Lesson, report: Report<'_>) {
    let id = &step.id;
    let error = |key: &str, message: String, help: &str| {
        report(key, message, Some(help.to_owned()));
    };
    if step.kind == StepKind::Quiz {
        if lesson.question(step).is_none() {
            error(
                "question",
                format!("step `{id}` asks no question of the lesson"),
                "write question = \"…\" with the id of a [[quiz]] of this lesson",
            );
        }
        return;
    }
    if step.kind != StepKind::Read && !(2..=3).contains(&step.hints.len()) {
        error(
            "hint",
            format!("step `{id}` has {} hints", step.hints.len()),
            "a step has 2 or 3, from a nudge to the answer",
        );
    }
    if step.kind != StepKind::Read && step.wrong.is_empty() {
        error(
            "wrong",
            format!("step `{id}` foresees no wrong line"),
            "add wrong = [{ cmd = \"…\", say = \"…\" }]",
        );
    }
    if step.stage == Stage::Faded && step.blank.is_none() && step.kind != StepKind::Predict {
        error(
            "stage",
            format!("step `{id}` is faded and has no `blank`"),
            "add blank = \"LPUSH ____ a\"",
        );
    }
    if step.advance > 0 && !lesson.manual_clock {
        error(
            "advance",
            format!("step `{id}` moves the clock"),
            "add clock = \"manual\" to the lesson",
        );
    }
    let answers = step
        .wrong
        .iter()
        .any(|wrong| matches!(wrong.when, Mistake::Answer(_)));
    if answers && step.kind != StepKind::Predict {
        error(
            "wrong",
            format!("step `{id}` has wrong answers, but asks for no answer"),
            "wrong lines are written cmd = \"…\"",
        );
    }
    if let Some(last) = &step.last {
        let mut lines = step.solution.iter();
        let is_named = lines.any(|line| line.argv[1..].contains(last));
        if step.kind != StepKind::Goal || !is_named {
            error(
                "last",
                format!("step `{id}` has a last key that no line of its solution names"),
                "write last = \"…\" with the key that a goal step changes last",
            );
        }
    }
    check_programs(step, report);
    check_actors(step, lesson, report);
    check_commands(step, report);
}

/// Wrong lines of an `external` step are programs, and only of those.
fn check_programs(step: &Step, report: Report<'_>) {
    let is_external = step.kind == StepKind::External;
    let other = step
        .wrong
        .iter()
        .find(|wrong| matches!(wrong.when, Mistake::Code { .. }) != is_external);
    if other.is_some() {
        let message = format!(
            "step `{}` has a wrong line of another kind of step",
            step.id
        );
        let help = if is_external {
            "the wrong lines of an external step are written code = '…', do = […], output = \"…\""
        } else {
            "only external steps have wrong lines with `code`"
        };
        report("wrong", message, Some(help.to_owned()));
    }
}

fn check_actors(step: &Step, lesson: &Lesson, report: Report<'_>) {
    let acting = [
        ("before", &step.before),
        ("during", &step.during),
        ("after", &step.after),
    ];
    for (key, lines) in acting {
        for name in lines.iter().filter_map(|line| line.actor.as_ref()) {
            if !lesson.actors.contains(name) {
                report(
                    key,
                    format!(
                        "step `{}` lets {name} act, who is no actor of the lesson",
                        step.id
                    ),
                    Some(format!("add actors = [\"{name}\"] to the lesson")),
                );
            }
        }
    }
}

/// Commands that the engine does not know, where no error is wanted.
fn check_commands(step: &Step, report: Report<'_>) {
    let guess = |name: &str| {
        let near = nearest(name, commands::all().iter().map(|row| row.name));
        near.map(|near| format!("did you mean `{}`?", near.to_uppercase()))
    };
    for name in &step.uses {
        if commands::find(name.to_lowercase().replace(' ', "|").as_bytes()).is_none() {
            let message = format!("step `{}` uses `{name}`, which is no command", step.id);
            report("uses", message, guess(name));
        }
    }
    let wants_it = step
        .replies
        .iter()
        .any(|reply| matches!(reply, Literal::Error(text) if text.starts_with("ERR unknown")));
    if wants_it {
        return;
    }
    let solution = match step.kind {
        StepKind::Predict => "ask",
        StepKind::Read => "show",
        _ => "do",
    };
    let lines = [
        (solution, step.solution.as_slice()),
        ("before", &step.before),
        ("during", &step.during),
        ("after", &step.after),
    ];
    let lines = lines
        .into_iter()
        .chain(step.also.iter().map(|lines| ("also", lines.as_slice())));
    for (key, line) in lines.flat_map(|(key, lines)| lines.iter().map(move |line| (key, line))) {
        if commands::of_line(&line.argv).is_none() {
            let name = line.command();
            let message = format!("step `{}` has `{name}`, which is no command", step.id);
            report(key, message, guess(&name));
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
                problems.extend(references(id, &lesson, library));
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

/// Lessons that a lesson points to must exist, and its own id must be the name of its file.
fn references(file: &str, lesson: &Lesson, library: &Library) -> Vec<Problem> {
    let Some(source) = library.source_text(&format!("{file}.toml")) else {
        return Vec::new();
    };
    let source = Rc::new(source);
    let problem = |span: Range<usize>, message: String, help: Option<String>| Problem {
        severity: Severity::Error,
        file: Rc::clone(&source),
        span,
        message,
        help,
    };
    let known: Vec<&str> = library.lessons().collect();
    let is_missing = |id: &str| !known.contains(&id);
    let points = |id: &str, span: Range<usize>| {
        let near = nearest(id, known.iter().copied());
        problem(
            span,
            format!("there is no lesson `{id}` in the pack"),
            near.map(|near| format!("did you mean `{near}`?")),
        )
    };
    let mut problems = Vec::new();
    for (at, id) in lesson
        .after
        .iter()
        .enumerate()
        .filter(|(_, id)| is_missing(id))
    {
        problems.push(points(id, place_of_key(&source.text, "after", Some(at))));
    }
    for (at, step) in lesson.steps.iter().enumerate() {
        if let Some(id) = step.review.as_deref().filter(|id| is_missing(id)) {
            problems.push(points(
                id,
                place_of(&source.text, "step", at, "review", None),
            ));
        }
    }
    if lesson.id != file {
        problems.push(problem(
            place_of_key(&source.text, "id", None),
            format!(
                "the lesson calls itself `{}`, its file {file}.toml",
                lesson.id
            ),
            Some(format!("id = \"{file}\"")),
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
    // What only waits for a cycle is not in it.
    loop {
        let needed: Vec<&String> = left.iter().flat_map(|id| &after[*id]).collect();
        let before = left.len();
        let in_cycle = |id: &&str| needed.iter().any(|needed| needed.as_str() == *id);
        left = left.iter().copied().filter(in_cycle).collect();
        if left.len() == before {
            break;
        }
    }
    let Some(first) = left.first() else {
        return Vec::new();
    };
    let Some(source) = library.source_text(&format!("{first}.toml")) else {
        return Vec::new();
    };
    vec![Problem {
        severity: Severity::Error,
        span: place_of_key(&source.text, "after", None),
        file: source.into(),
        message: format!(
            "lesson `{first}` must come after itself, by way of `after` in {}",
            left.join(", ")
        ),
        help: Some("take one of these lessons out of an `after`".to_owned()),
    }]
}
