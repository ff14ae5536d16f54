//! Whether what was typed ends as an accepted answer does: by reply and state, in the question's own data, and in other
//! data where the question's cannot tell the two apart.

use crate::engine::{Bytes, Command, commands, flag};
use crate::lesson::{Compare, Line, Question};
use crate::notation::Literal;

use super::{
    question::{run, world_of},
    typed::{fill_gaps, typed_lines},
};
use crate::tutor::{
    Diagnosis, Why,
    compare::{differences, reply_fits, same_data, same_value},
    diagnose::surplus,
    likeness::names_same_command,
    world::{World, only_looks},
};

/// Whether a typed command ends as an accepted one does.
pub(super) fn ends_right(question: &Question, text: &str) -> bool {
    let Some(typed) = typed_lines(text).filter(|lines| !lines.is_empty()) else {
        return false;
    };
    question
        .right
        .iter()
        .any(|right| same_end(question, right, &typed) && same_elsewhere(question, right, &typed))
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

/// Whether lines that end alike here are alike in other data, too: none does more than is asked for, and where the
/// right ones do nothing here, or would wait elsewhere, neither do the others.
fn same_elsewhere(question: &Question, wanted: &[Line], typed: &[Line]) -> bool {
    if has_surplus(wanted, typed) {
        return false;
    }
    if looks(wanted) {
        return looks(typed);
    }
    let is = |line: &Line, flag| commands::of_line(&line.argv).is_some_and(|row| row.has(flag));
    let any_is = |flag| wanted.iter().any(|line| is(line, flag));
    let start = world_of(question);
    let does_nothing = same_world(&start, &end(&start, wanted).1);
    if does_nothing && !any_is(flag::WRITE) {
        // What is sent to others leaves no trace by which it could be told.
        let mut pairs = wanted.iter().zip(typed);
        return wanted.len() == typed.len() && pairs.all(|(own, line)| own.is_same(&line.argv));
    }
    let is_alike = |start: &World| {
        let ((reply, world), (got, other)) = (end(start, wanted), end(start, typed));
        same_world(&world, &other) && (!same_data(start, &world) || reply == got)
    };
    let has_more = || is_alike(&with_bystanders(&start, wanted, typed));
    if does_nothing || any_is(flag::BLOCKING) {
        let empty = World::empty(1, start.engine.now());
        return is_alike(&empty) && has_more();
    }
    has_more()
}

/// Whether no line can change anything.
pub(super) fn looks(lines: &[Line]) -> bool {
    lines.iter().all(|line| only_looks(&line.argv))
}

/// Whether a line has, beside all words of a right one, others that are no options: a key or a field too many.
fn has_surplus(wanted: &[Line], typed: &[Line]) -> bool {
    let is_own = |line: &&Line| wanted.iter().any(|own| own.is_same(&line.argv));
    let mut others = typed.iter().filter(|line| !is_own(line));
    others.any(|line| {
        let grammar = commands::of_line(&line.argv).map(Command::grammar);
        let is_option = |arg: &Bytes| {
            let mut words = grammar.iter().flat_map(|grammar| grammar.words());
            words.any(|word| arg.eq_ignore_ascii_case(word.as_bytes()))
        };
        let same = wanted.iter();
        let mut same = same.filter(|own| names_same_command(&own.argv, &line.argv));
        same.any(|own| {
            surplus(&line.argv, &own.argv).is_some_and(|words| !words.iter().any(is_option))
        })
    })
}

/// A world in which there is more than what is asked about: a key of which nothing is said, and those that are typed
/// without being asked for.
fn with_bystanders(start: &World, wanted: &[Line], typed: &[Line]) -> World {
    let mut world = start.clone();
    let is_asked = |word: &Bytes| wanted.iter().any(|line| line.argv.contains(word));
    let mut keys = vec![Bytes::from(BYSTANDER)];
    for line in typed {
        let places = commands::of_line(&line.argv).map(|row| row.keys(&line.argv));
        let places = places.unwrap_or_default().into_iter();
        let typed = places.filter_map(|at| line.argv.get(at).cloned());
        keys.extend(typed.filter(|key| !is_asked(key)));
    }
    for key in keys {
        world.ask(&[b"SET".into(), key, b"".into(), b"NX".into()]);
    }
    world
}

/// A key that no question asks about.
const BYSTANDER: &[u8] = b"another key";

/// The last reply and the world after lines have run.
fn end(start: &World, lines: &[Line]) -> (Option<Literal>, World) {
    let mut world = start.clone();
    let mut reply = None;
    for line in lines {
        reply = world.run(&line.argv, &[]).reply;
    }
    (reply, world)
}

fn same_world(a: &World, b: &World) -> bool {
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
