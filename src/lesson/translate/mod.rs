//! Translations: a file beside a lesson with texts only, laid over the lesson. Each text carries the fingerprint of
//! the one that it translates, so that what is out of date is reported.
//!
//! [`pack`] and [`lesson`] lay a translation over what learners see. `refresh` writes the file for its author, and
//! `compare` tells what it lacks and what it says differently; both stand on the texts of the two files (`text`), held
//! against each other (`pair`). An empty text counts as missing.

mod compare;
mod layout;
mod pair;
mod refresh;
mod text;

use std::rc::Rc;

use toml::de::{DeTable, DeValue};

pub use refresh::{Dropped, Refreshed};
pub(super) use text::Contents;

use super::{
    Lesson, Mistake, Pack, Problem, Severity, SourceText, Wrong,
    read::{Sink, TableReader, Value},
};
use text::Group;

/// The fingerprint of a text: FNV-1a, 32 bits, in hexadecimal.
#[must_use]
pub fn fingerprint(text: &str) -> String {
    let hash = text.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    format!("{hash:08x}")
}

/// A file in the pack's own language, with what was read of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Original<'a> {
    /// The file.
    pub source: &'a SourceText,
    /// The lesson; none of a table of contents.
    pub lesson: Option<&'a Lesson>,
}

impl Original<'_> {
    fn contents(&self) -> Contents {
        match self.lesson {
            Some(_) => Contents::Lesson,
            None => Contents::Pack,
        }
    }

    fn groups(&self) -> Vec<Group> {
        let text = &self.source.text;
        let (root, _) = DeTable::parse_recoverable(text);
        match self.lesson {
            Some(lesson) => text::of_lesson(root.get_ref(), text, lesson),
            None => text::of_pack(root.get_ref(), text),
        }
    }
}

/// A translation file brought up to date, or made where there is none; refused where it cannot be read as a whole, as
/// something of it would be lost.
pub(super) fn refresh(
    own: Original<'_>,
    old: Option<SourceText>,
    language: &str,
) -> Result<Refreshed, Vec<Problem>> {
    let groups = own.groups();
    let original = (own.source.text.as_str(), groups.as_slice());
    let Some(old) = old.map(Rc::new) else {
        return Ok(refresh::refresh(original, None, language));
    };
    let (root, errors) = DeTable::parse_recoverable(&old.text);
    let (translated, mut odd) = text::read(root.get_ref(), &old.text, own.contents());
    odd.extend(errors.iter().map(|error| {
        let message = error.message().trim().to_owned();
        (error.span().unwrap_or(0..0), message)
    }));
    // The place of a table in an array on one line is not that of a header.
    let is_inline = |group: &&Group| !old.text[group.span.clone()].starts_with("[[");
    let inline = translated.iter().skip(1).filter(is_inline);
    odd.extend(inline.map(|group| {
        let message = format!("this table has no header [[{}]]", group.list);
        (group.span.clone(), message)
    }));
    if !odd.is_empty() {
        let problem = |(span, message)| Problem {
            severity: Severity::Error,
            file: Rc::clone(&old),
            span,
            message,
            help: Some("mend it, then translate again; until then the file stays".to_owned()),
        };
        return Err(odd.into_iter().map(problem).collect());
    }
    let old = refresh::Old {
        text: &old.text,
        root: root.get_ref(),
        groups: &translated,
    };
    Ok(refresh::refresh(original, Some(&old), language))
}

/// What a translation lacks, and what it names that its original does not, or the other way round.
pub(super) fn compare(own: Original<'_>, translation: SourceText, language: &str) -> Vec<Problem> {
    let groups = own.groups();
    let file = Rc::new(translation);
    let sink = Sink::new(Rc::clone(&file));
    let (root, _) = DeTable::parse_recoverable(&file.text);
    let (translated, _) = text::read(root.get_ref(), &file.text, own.contents());
    compare::compare(&groups, &translated, &file.text, language, &sink);
    sink.into_problems()
}

/// Lays the translation of a table of contents over it.
pub(super) fn pack(root: &TableReader<'_>, pack: &mut Pack) {
    root.text("lang");
    let of = root.table("of");
    overlay(root, of.as_ref(), "title", &mut pack.title);
    for table in root.tables("unit") {
        let id = table.required("id");
        let of = table.table("of");
        match pack.units.iter_mut().find(|unit| unit.id == id) {
            Some(unit) => {
                overlay(&table, of.as_ref(), "title", &mut unit.title);
                overlay(&table, of.as_ref(), "about", &mut unit.about);
            }
            None => table.sink().error(
                table.place("id"),
                format!("the pack has no unit `{id}`"),
                None,
            ),
        }
        table.finish();
    }
    for table in root.tables("route") {
        route(table, pack);
    }
}

fn route(table: TableReader<'_>, pack: &mut Pack) {
    let id = table.required("id");
    let of = table.table("of");
    match pack.routes.iter_mut().find(|route| route.id == id) {
        Some(route) => {
            overlay(&table, of.as_ref(), "title", &mut route.title);
            overlay(&table, of.as_ref(), "about", &mut route.about);
        }
        None => {
            let message = format!("the pack has no route `{id}`");
            table.sink().error(table.place("id"), message, None);
        }
    }
    table.finish();
}

/// Lays the translation of a lesson over it.
pub(super) fn lesson(root: &TableReader<'_>, lesson: &mut Lesson) {
    root.text("lang");
    let of = root.table("of");
    overlay(root, of.as_ref(), "title", &mut lesson.title);
    overlay(root, of.as_ref(), "intro", &mut lesson.intro);
    overlay(root, of.as_ref(), "method", &mut lesson.method);
    overlay(root, of.as_ref(), "scene", &mut lesson.scene);
    overlay_all(root, of.as_ref(), "goals", &mut lesson.goals);
    for table in root.tables("step") {
        step(table, lesson);
    }
    for table in root.tables("quiz") {
        question(table, lesson);
    }
}

fn step(table: TableReader<'_>, lesson: &mut Lesson) {
    let id = table.required("id");
    let Some(step) = lesson.steps.iter_mut().find(|step| step.id == id) else {
        table.sink().error(
            table.place("id"),
            format!("the lesson has no step `{id}`"),
            None,
        );
        return;
    };
    let of = table.table("of");
    overlay(&table, of.as_ref(), "goal", &mut step.goal);
    overlay_option(&table, of.as_ref(), "explain", &mut step.explain);
    overlay_option(&table, of.as_ref(), "note", &mut step.note);
    if let Some(program) = &mut step.program {
        overlay_option(&table, of.as_ref(), "question", &mut program.question);
    }
    overlay_all(&table, of.as_ref(), "hint", &mut step.hints);
    for entry in table.tables("wrong") {
        wrong(entry, &mut step.wrong);
    }
    table.finish();
}

fn wrong(entry: TableReader<'_>, wrong: &mut [Wrong]) {
    let lines = entry.lines("cmd");
    let (answer, kind) = (entry.text("answer"), entry.text("when"));
    let program = entry.text("code");
    let found = wrong.iter_mut().find(|candidate| match &candidate.when {
        Mistake::Lines(own) => !lines.is_empty() && *own == lines,
        Mistake::Answer(own) => answer.as_ref() == Some(own),
        Mistake::Kind(own) => kind.as_ref() == Some(own),
        Mistake::Code { code, .. } => program.as_ref() == Some(code),
    });
    match found {
        Some(found) => overlay_flat(&entry, "say", &mut found.say),
        None => entry
            .sink()
            .error(entry.span.clone(), "the step has no such wrong line", None),
    }
    entry.finish();
}

fn question(table: TableReader<'_>, lesson: &mut Lesson) {
    let id = table.required("id");
    let Some(question) = lesson.quiz.iter_mut().find(|question| question.id == id) else {
        table.sink().error(
            table.place("id"),
            format!("the lesson has no question `{id}`"),
            None,
        );
        return;
    };
    let of = table.table("of");
    overlay(&table, of.as_ref(), "want", &mut question.want);
    overlay(&table, of.as_ref(), "text", &mut question.text);
    overlay(&table, of.as_ref(), "why", &mut question.why);
    overlay_options(&table, of.as_ref(), question);
    for entry in table.tables("wrong") {
        wrong_answer(&entry, question);
        entry.finish();
    }
    table.finish();
}

/// Options are texts, and the answers that name them are translated with them.
fn overlay_options(
    table: &TableReader<'_>,
    of: Option<&TableReader<'_>>,
    question: &mut super::Question,
) {
    let own = question.options.clone();
    overlay_all(table, of, "options", &mut question.options);
    let translated = |text: &mut String| {
        if let Some(at) = own.iter().position(|option| option == text) {
            text.clone_from(&question.options[at]);
        }
    };
    question.answer.iter_mut().for_each(translated);
    question
        .wrong
        .iter_mut()
        .map(|wrong| &mut wrong.answer)
        .for_each(translated);
}

fn wrong_answer(entry: &TableReader<'_>, question: &mut super::Question) {
    let lines = entry.lines("cmd");
    let value = entry.get("answer");
    let state = value
        .filter(|value| matches!(value.get_ref(), DeValue::Table(_)))
        .and_then(|_| entry.state("answer"));
    let text = value.and_then(|value| value.get_ref().as_str());
    let own = question.options.clone();
    let found = question.wrong.iter_mut().find(|wrong| {
        (!lines.is_empty() && wrong.lines == lines)
            || (state.is_some() && wrong.state == state)
            || (text.is_some_and(|text| {
                wrong.answer == text
                    || own
                        .iter()
                        .any(|option| option == text && wrong.answer == *option)
            }))
    });
    match found {
        Some(found) => overlay_flat(entry, "say", &mut found.say),
        // A wrong option may be named in the pack's own language; its sentence then has no place of its own.
        None => {
            entry.text("say");
            entry.get("of");
            entry.sink().warning(
                entry.span.clone(),
                "the question has no such wrong answer",
                None,
            );
        }
    }
}

/// Replaces a text by its translation, and reports one that translates another text.
fn overlay(
    table: &TableReader<'_>,
    of: Option<&TableReader<'_>>,
    key: &'static str,
    text: &mut String,
) {
    let value = table.get(key);
    let print = of.and_then(|of| of.text(key));
    if let Some(translated) = table.text(key).filter(|text| !text.is_empty()) {
        check(table, value, text, print.as_deref());
        *text = translated;
    }
}

fn overlay_option(
    table: &TableReader<'_>,
    of: Option<&TableReader<'_>>,
    key: &'static str,
    text: &mut Option<String>,
) {
    match text {
        Some(text) => overlay(table, of, key, text),
        None => {
            if let Some(value) = table.get(key) {
                table.sink().warning(
                    value.span(),
                    format!("the step has no `{key}` to translate"),
                    None,
                );
            }
        }
    }
}

/// As [`overlay`], with the fingerprint beside the text.
fn overlay_flat(table: &TableReader<'_>, key: &'static str, text: &mut String) {
    let value = table.get(key);
    let print = table.text("of");
    if let Some(translated) = table.text(key).filter(|text| !text.is_empty()) {
        check(table, value, text, print.as_deref());
        *text = translated;
    }
}

fn overlay_all(
    table: &TableReader<'_>,
    of: Option<&TableReader<'_>>,
    key: &'static str,
    texts: &mut [String],
) {
    let translated = table.spanned_texts(key);
    let prints = of.map(|of| of.texts(key)).unwrap_or_default();
    if table.get(key).is_some() && translated.len() != texts.len() {
        let message = format!("{} texts translate {}", translated.len(), texts.len());
        table.sink().warning(table.place(key), message, None);
    }
    let pairs = texts.iter_mut().zip(translated).enumerate();
    for (at, (own, (text, span))) in pairs.filter(|(_, (_, (text, _)))| !text.is_empty()) {
        if prints
            .get(at)
            .is_some_and(|print| !print.is_empty() && *print != fingerprint(own))
        {
            outdated(table, span, own);
        }
        *own = text;
    }
}

fn check(table: &TableReader<'_>, value: Option<Value<'_>>, own: &str, print: Option<&str>) {
    if let (Some(value), Some(print)) = (value, print.filter(|print| !print.is_empty()))
        && print != fingerprint(own)
    {
        outdated(table, value.span(), own);
    }
}

fn outdated(table: &TableReader<'_>, span: std::ops::Range<usize>, own: &str) {
    let help = format!(
        "translate anew, then set its fingerprint to \"{}\"",
        fingerprint(own)
    );
    table.sink().warning(
        span,
        "this translates a text that has changed since",
        Some(help),
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_is_fnv_1a() {
        assert_eq!(fingerprint(""), "811c9dc5");
        assert_eq!(fingerprint("a"), "e40c292c");
    }
}
