//! `pack check`: everything that is wrong with a pack, at its place.

use std::{path::Path, rc::Rc};

use crate::cli::Global;
use crate::error::AppError;
use crate::lesson::{
    Library, LoadError, Problem, Severity, Source, place_of, place_of_key, render_problems,
    validate,
};
use crate::tutor::{Finding, rehearse};
use crate::view::Color;

use super::{End, fit, shell};

/// Reads every file, then plays every lesson that can be read.
pub fn check(global: &Global, dir: Option<&Path>) -> Result<End, AppError> {
    let dir = dir.or(global.pack.as_deref());
    let source = dir.map_or(Source::BuiltIn, |dir| Source::Folder(dir.to_owned()));
    let mut library = Library::open(source.clone(), "")?;
    let own = library.pack.language.clone();
    library = Library::open(source.clone(), &own)?;
    let mut problems = validate(&library);
    let (mut lessons, mut steps, mut questions) = (0, 0, 0);
    for id in library.lessons() {
        let Ok((lesson, found)) = library.read_lesson(id) else {
            continue;
        };
        lessons += 1;
        steps += lesson.steps.len();
        questions += lesson.quiz.len();
        if found
            .iter()
            .all(|problem| problem.severity == Severity::Warning)
        {
            let lesson = Rc::new(lesson);
            let findings = rehearse(&lesson);
            problems.extend(
                findings
                    .iter()
                    .filter_map(|finding| place(&library, id, finding)),
            );
            problems.extend(fit::check(&library, &lesson));
        }
    }
    problems.extend(translations(&library, &source)?);
    problems.sort_by(|a, b| (&a.file.name, a.span.start).cmp(&(&b.file.name, b.span.start)));
    problems.dedup();
    let colour = shell::style(global).color == Color::Ansi;
    shell::tell(&render_problems(&problems, colour))?;
    let errors = problems
        .iter()
        .filter(|problem| problem.severity == Severity::Error)
        .count();
    let warnings = problems.len() - errors;
    shell::tell(&format!(
        "{}, {}, {}: {}, {}\n",
        counted(lessons, "lesson"),
        counted(steps, "step"),
        counted(questions, "question"),
        counted(errors, "error"),
        counted(warnings, "warning"),
    ))?;
    Ok(if errors == 0 {
        End::Done
    } else {
        End::NotPassed
    })
}

/// A number of things: `1 lesson`, `2 lessons`.
pub(super) fn counted(number: usize, thing: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {thing}{plural}")
}

/// The problems of the texts in other languages.
fn translations(library: &Library, source: &Source) -> Result<Vec<Problem>, LoadError> {
    let mut problems = Vec::new();
    for language in library
        .pack
        .languages
        .iter()
        .filter(|language| **language != library.pack.language)
    {
        let translated = Library::open(source.clone(), language)?;
        problems.extend(translated.problems().to_vec());
        problems.extend(library.compare(None, language)?);
        for id in translated.lessons() {
            if let Ok((lesson, found)) = translated.read_lesson(id) {
                problems.extend(found);
                problems.extend(library.compare(Some(id), language).unwrap_or_default());
                problems.extend(fit::check(&translated, &Rc::new(lesson)));
            }
        }
        problems.extend(untranslated(library, language));
    }
    Ok(problems)
}

/// The files that have no translation at all, told at the language's name.
fn untranslated(library: &Library, language: &str) -> Option<Problem> {
    let files = std::iter::once(None).chain(library.lessons().map(Some));
    let lacking: Vec<&str> = files
        .filter(|id| !library.is_translated(*id, language))
        .map(|id| id.unwrap_or("pack"))
        .collect();
    if lacking.is_empty() {
        return None;
    }
    let file = library.source_text("pack.toml")?;
    let languages = &library.pack.languages;
    let at = languages.iter().position(|known| known == language);
    let names: Vec<String> = lacking
        .iter()
        .map(|name| format!("{name}.{language}.toml"))
        .collect();
    Some(Problem {
        severity: Severity::Warning,
        span: place_of_key(&file.text, "languages", at),
        file: Rc::new(file),
        message: format!("there is no {}", names.join(", ")),
        help: Some(format!(
            "`rediscover pack translate {language} DIR` makes what is missing"
        )),
    })
}

/// A finding as a problem at its place in the lesson's file.
fn place(library: &Library, id: &str, finding: &Finding) -> Option<Problem> {
    let file = library.source_text(&format!("{id}.toml"))?;
    let (list, what) = if finding.question {
        ("quiz", "question")
    } else {
        ("step", "step")
    };
    let keys = match finding.key {
        // The lines of a step that predicts, and of one that reads.
        "do" => ["do", "ask", "show"].as_slice(),
        key => &[key],
    };
    let place = |key: &str| place_of(&file.text, list, finding.at, key, finding.element);
    let table = place("");
    let found = keys
        .iter()
        .map(|key| place(key))
        .find(|span| *span != table);
    let span = found.unwrap_or(table);
    let message = format!("{what} `{}` {}", finding.place, finding.message);
    Some(Problem {
        severity: Severity::Error,
        file: Rc::new(file),
        span,
        message,
        help: finding.help.clone(),
    })
}
