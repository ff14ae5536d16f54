//! Whether what was typed ends as an accepted answer does: by reply and state in the question's own data.

use crate::engine::commands;
use crate::lesson::{Compare, Line, Question};
use crate::notation::Literal;

use super::{
    elsewhere::same_elsewhere,
    question::{run, world_of},
    typed::{fill_gaps, typed_lines},
};
use crate::tutor::{
    Diagnosis, Why,
    compare::{differences, reply_fits, same_data, same_value},
    practice::is_same_but_for_numbers,
    world::{World, only_looks},
};

/// Whether a typed command ends as an accepted one does.
pub(super) fn ends_right(question: &Question, text: &str) -> bool {
    let Some(typed) = typed_lines(text).filter(|lines| !lines.is_empty()) else {
        return false;
    };
    question.right.iter().any(|right| {
        same_end(question, right, &typed)
            && same_elsewhere(question, right, &typed)
            && (!question.sent || is_sent(right, &typed))
    })
}

/// Whether lines send what others send: the same commands with the same words, options in any order.
pub(super) fn is_sent(wanted: &[Line], typed: &[Line]) -> bool {
    let mut pairs = wanted.iter().zip(typed);
    wanted.len() == typed.len() && pairs.all(|(own, line)| is_same_but_for_numbers(own, &line.argv))
}

/// Whether lines end alike by reply and state from where a question starts.
pub(super) fn same_end(question: &Question, wanted: &[Line], typed: &[Line]) -> bool {
    let start = world_of(question);
    let (reply, world) = end(&start, wanted);
    let (got, other) = end(&start, typed);
    let (Some(reply), Some(got), Some(line)) = (reply, got, wanted.last()) else {
        return false;
    };
    // What matters of a write is what it leaves behind; of a read, what it answers.
    same_world(&world, &other)
        && (!same_data(&start, &world) || reply_fits(&Compare::Row, line, &reply, &got))
}

/// Whether no line can change anything.
pub(super) fn looks(lines: &[Line]) -> bool {
    lines.iter().all(|line| only_looks(&line.argv))
}

/// The last reply and the world after lines have run.
pub(super) fn end(start: &World, lines: &[Line]) -> (Option<Literal>, World) {
    let mut world = start.clone();
    let mut reply = None;
    for line in lines {
        reply = world.run(&line.argv, &[]).reply;
    }
    (reply, world)
}

pub(super) fn same_world(a: &World, b: &World) -> bool {
    same_data(a, b)
        && a.same_clients(b)
        && a.engine.config() == b.engine.config()
        // Who waits for ever has not waited for a second.
        && a.engine.now() == b.engine.now()
}

/// Whether what fills the gap ends as an accepted answer does.
pub(super) fn fills_gap(question: &Question, text: &str) -> bool {
    let filled = |fill: &str| {
        let line = Line::parse(&fill_gaps(&question.text, fill));
        line.ok().map(|line| vec![line])
    };
    let is_same = |answer: &String| match (filled(answer), filled(text)) {
        (Some(wanted), Some(typed)) => wanted[0].is_same(&typed[0].argv),
        _ => answer.eq_ignore_ascii_case(text),
    };
    if question.answer.iter().any(is_same) {
        return true;
    }
    let Some(typed) = filled(text) else {
        return false;
    };
    let valid = |lines: &[Line]| !matches!(run(question, lines).0, Some(Literal::Error(_)) | None);
    question.answer.iter().any(|answer| {
        filled(answer).is_some_and(|wanted| {
            let (reply, got) = (run(question, &wanted).0, run(question, &typed).0);
            let ends_alike = reply == got && same_end(question, &wanted, &typed);
            valid(&typed)
                && ends_alike
                && same_elsewhere(question, &wanted, &typed)
                && has_conditions(&wanted, answer, text)
        })
    })
}

/// Whether a text has the conditions of an answer: without NX, what ends alike here would not elsewhere.
fn has_conditions(lines: &[Line], answer: &str, text: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let words = text.split_whitespace();
        words.map(str::to_uppercase).collect()
    };
    let typed = words(text);
    let is_condition = |word: &String| {
        let mut rows = lines
            .iter()
            .filter_map(|line| commands::of_line(&line.argv));
        matches!(word.as_str(), "NX" | "XX" | "GT" | "LT")
            && rows.any(|row| row.grammar().words().contains(&word.as_str()))
    };
    let mut conditions = words(answer).into_iter().filter(is_condition);
    conditions.all(|condition| typed.contains(&condition))
}

/// What is said of data that are as wanted but for a deadline.
pub(super) fn only_deadline(world: &World, wanted: &World) -> Option<Why> {
    let (is, meant) = (world.engine.keyspace(), wanted.engine.keyspace());
    let mut first = None;
    for (db, key) in differences(is, meant) {
        let (own, other) = (is.get(db, &key)?, meant.get(db, &key)?);
        if !same_value(own, other) {
            return None;
        }
        let found = match (own.deadline, other.deadline) {
            (None, Some(_)) => Diagnosis::NoDeadline { key },
            (_, other) => Diagnosis::OtherDeadline {
                key,
                wanted: other.is_some(),
            },
        };
        first = first.or(Some(found));
    }
    first.map(Why::Diagnosis)
}
