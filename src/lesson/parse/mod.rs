//! A lesson file and a pack file, read into the model; [`step`] and [`question`] read what a lesson consists of.
//! Nothing here fails: what cannot be read is reported and left at its default.

mod question;
mod step;

use std::collections::BTreeSet;

use toml::de::DeTable;

use crate::engine::Bytes;

use super::{
    Lesson, Line, NO_ROUTE, Pack, Route, Unit,
    read::{Sink, TableReader},
};

/// The pack format that this program reads.
const FORMAT: i64 = 1;

/// Parses TOML: what can be read of it, and every syntax error as a problem.
pub(super) fn document<'t>(text: &'t str, sink: &Sink) -> toml::Spanned<DeTable<'t>> {
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        sink.error(
            error.span().unwrap_or(0..0),
            error.message().trim().to_owned(),
            None,
        );
    }
    table
}

/// Reads `pack.toml`.
pub(super) fn pack(root: &TableReader<'_>) -> Pack {
    let format = root.integer("format");
    if format != Some(FORMAT) {
        let help = "this program reads format = 1";
        root.sink().error(
            root.place("format"),
            "`format` is not 1",
            Some(help.to_owned()),
        );
    }
    let language = root.text("language").unwrap_or_else(|| "en".to_owned());
    let mut languages = root.texts("languages");
    if languages.is_empty() {
        languages.push(language.clone());
    }
    let mut known = BTreeSet::new();
    let units = root.tables("unit").into_iter();
    let pack = Pack {
        id: root.required("id"),
        version: root.text("version").unwrap_or_else(|| "0".to_owned()),
        title: root.required("title"),
        language,
        languages,
        units: units.map(|table| unit(table, &mut known)).collect(),
        routes: Vec::new(),
    };
    let routes = root.tables("route").into_iter();
    let pack = Pack {
        routes: routes.map(|table| route(table, &pack)).collect(),
        ..pack
    };
    if pack.units.is_empty() {
        let help = "add [[unit]] with id, slug, title and lessons = [\"1.1\"]";
        root.sink()
            .error(0..0, "the pack has no unit", Some(help.to_owned()));
    }
    pack
}

/// A unit. A lesson is in one of them, and in that once; `known` has those of the units before.
fn unit(table: TableReader<'_>, known: &mut BTreeSet<String>) -> Unit {
    let mut lessons = Vec::new();
    for (id, span) in table.spanned_texts("lessons") {
        if !is_file_name(&id) {
            table.sink().error(
                span.clone(),
                format!("`{id}` is no lesson id"),
                Some("letters, digits, `.`, `-` and `_`".into()),
            );
        }
        if known.insert(id.clone()) {
            lessons.push(id);
        } else {
            let message = format!("the pack has lesson `{id}` already");
            table.sink().error(span, message, None);
        }
    }
    let unit = Unit {
        id: table.required("id"),
        slug: table.text("slug").unwrap_or_default(),
        title: table.required("title"),
        about: table.text("about").unwrap_or_default(),
        lessons,
    };
    table.finish();
    unit
}

/// A way through the pack. A unit's id stands for its lessons. Each is there once, that the way has an end.
fn route(table: TableReader<'_>, pack: &Pack) -> Route {
    let mut lessons: Vec<String> = Vec::new();
    for (id, span) in table.spanned_texts("lessons") {
        let mut units = pack.units.iter();
        let named = if let Some(unit) = units.find(|unit| unit.id == id) {
            unit.lessons.as_slice()
        } else if pack.units.iter().any(|unit| unit.lessons.contains(&id)) {
            std::slice::from_ref(&id)
        } else {
            let message = format!("the pack has no lesson or unit `{id}`");
            table.sink().error(span, message, None);
            continue;
        };
        for lesson in named {
            if lessons.contains(lesson) {
                let message = format!("the route has lesson `{lesson}` already");
                table.sink().error(span.clone(), message, None);
            } else {
                lessons.push(lesson.clone());
            }
        }
    }
    if table.text("id").as_deref() == Some(NO_ROUTE) {
        let help = "`:route none` leaves a route; name this one otherwise";
        let message = format!("no route can have the id `{NO_ROUTE}`");
        table
            .sink()
            .error(table.place("id"), message, Some(help.to_owned()));
    }
    let route = Route {
        id: table.required("id"),
        title: table.required("title"),
        about: table.text("about").unwrap_or_default(),
        lessons,
    };
    table.finish();
    route
}

/// Lesson ids name files, so they hold nothing that leads elsewhere.
pub(super) fn is_file_name(id: &str) -> bool {
    !id.is_empty()
        && id.len() <= 64
        && !id.starts_with('.')
        && id
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_'))
}

/// Reads a lesson file.
pub(super) fn lesson(root: &TableReader<'_>) -> Lesson {
    let (now, manual_clock) = clock(root);
    let mut lesson = Lesson {
        id: root.required("id"),
        slug: root.text("slug").unwrap_or_default(),
        title: root.required("title"),
        intro: root.text("intro").unwrap_or_default(),
        goals: root.texts("goals"),
        after: root.texts("after"),
        method: root.text("method").unwrap_or_default(),
        scene: root.text("scene").unwrap_or_default(),
        setup: root.lines("setup"),
        show: keys(root, "show"),
        db: database(root),
        now,
        manual_clock,
        actors: root.texts("actors"),
        steps: Vec::new(),
        quiz: Vec::new(),
    };
    // For instructors only: the sections of a source that a lesson covers, and what it needs beside the prompt.
    root.texts("covers");
    root.texts("needs");
    let given = root.text("given").unwrap_or_default();
    let steps = root.tables("step").into_iter();
    lesson.steps = steps.map(|table| step::step(table, &given)).collect();
    lesson.quiz = root
        .tables("quiz")
        .into_iter()
        .map(question::question)
        .collect();
    name_steps(&mut lesson, root);
    lesson
}

fn clock(root: &TableReader<'_>) -> (Option<i64>, bool) {
    let manual = root.choice("clock", &[("real", false), ("manual", true)]);
    let Some(value) = root.get("now") else {
        return (None, manual);
    };
    let now = value.get_ref().as_datetime().and_then(milliseconds);
    if now.is_none() {
        let help = "write now = 2026-01-01T00:00:00Z";
        root.sink().error(
            value.span(),
            "expected a date and time in UTC",
            Some(help.to_owned()),
        );
    }
    (now, manual)
}

/// The Unix time in milliseconds of a TOML date-time in UTC.
fn milliseconds(datetime: &toml::value::Datetime) -> Option<i64> {
    let (date, time) = (datetime.date?, datetime.time?);
    let (year, month, day) = (
        i64::from(date.year),
        i64::from(date.month),
        i64::from(date.day),
    );
    // Days since 1970 by counting years from March, so that the leap day is the last of its year.
    let (year, month) = if month <= 2 {
        (year - 1, month + 9)
    } else {
        (year, month - 3)
    };
    let era_days = 365 * year + year / 4 - year / 100 + year / 400;
    let days = era_days + (153 * month + 2) / 5 + day - 1 - 719_468;
    let seconds = i64::from(time.hour) * 3600
        + i64::from(time.minute) * 60
        + i64::from(time.second.unwrap_or(0));
    Some((days * 86_400 + seconds) * 1000 + i64::from(time.nanosecond.unwrap_or(0) / 1_000_000))
}

fn database(root: &TableReader<'_>) -> usize {
    let db = root.number("db").unwrap_or(0);
    if db > 15 {
        root.sink()
            .error(root.place("db"), "there are databases 0 to 15", None);
        return 0;
    }
    db
}

fn keys(table: &TableReader<'_>, key: &'static str) -> Vec<Bytes> {
    table
        .texts(key)
        .iter()
        .map(|text| Bytes::from(text.as_bytes()))
        .collect()
}

/// Solutions, each a line or an array of lines.
fn alternatives(table: &TableReader<'_>, key: &'static str) -> Vec<Vec<Line>> {
    let Some(value) = table.get(key) else {
        return Vec::new();
    };
    TableReader::items(value)
        .into_iter()
        .map(|item| table.lines_of(item))
        .filter(|lines| !lines.is_empty())
        .collect()
}

/// Gives steps and questions without an id one that is made from their command, and reports those that occur twice.
fn name_steps(lesson: &mut Lesson, root: &TableReader<'_>) {
    let mut taken: Vec<String> = lesson
        .steps
        .iter()
        .map(|step| step.id.clone())
        .filter(|id| !id.is_empty())
        .collect();
    for (at, id) in taken.iter().enumerate() {
        if taken[..at].contains(id) {
            let help = "progress is kept under a step's id, so each is unique in its lesson";
            root.sink().error(
                root.place("step"),
                format!("the step id `{id}` occurs twice"),
                Some(help.to_owned()),
            );
        }
    }
    for step in lesson.steps.iter_mut().filter(|step| step.id.is_empty()) {
        let base = step
            .solution
            .first()
            .map_or_else(|| "read".to_owned(), |line| line.command().to_lowercase());
        step.id = unique(&base, &taken);
        taken.push(step.id.clone());
    }
    let mut asked: Vec<String> = lesson
        .quiz
        .iter()
        .map(|question| question.id.clone())
        .collect();
    for question in lesson
        .quiz
        .iter_mut()
        .filter(|question| question.id.is_empty())
    {
        question.id = unique("question", &asked);
        asked.push(question.id.clone());
    }
}

fn unique(base: &str, taken: &[String]) -> String {
    let numbered = (2..).map(|n| format!("{base}-{n}"));
    std::iter::once(base.to_owned())
        .chain(numbered)
        .find(|id| !taken.contains(id))
        .expect("there are more numbers than ids")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_become_unix_time() {
        let at = |text: &str| milliseconds(&text.parse().unwrap());
        assert_eq!(at("1970-01-01T00:00:00Z"), Some(0));
        assert_eq!(at("2026-01-01T00:00:00Z"), Some(1_767_225_600_000));
        assert_eq!(at("2024-02-29T12:00:01Z"), Some(1_709_208_001_000));
    }
}
