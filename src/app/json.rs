//! The tutor's answers as JSON: one object for every input line. Scripts and graders rely on its fields.

use serde_json::{Map, Value, json};

use crate::lesson::{Picture, Pictured, WantedState};
use crate::notation::{Escape, Literal, to_one_line};
use crate::tutor::{Fed, Output, Play, Tutor, World};
use crate::view::{self, LessonState, ProgressView};

use super::shell::Shell;

/// What a line came to.
pub fn line(shell: &Shell, tutor: &Tutor, line: &str, fed: &Fed) -> Value {
    let record = &fed.record;
    json!({
        "lesson": tutor.lesson().id,
        "step": record.number,
        "id": record.step,
        "line": line,
        "verdict": record.verdict.name(),
        "reply": reply(record.reply.as_ref()),
        "state": state(tutor.world()),
        "why": why(shell, fed),
        "next": tutor.open_step().map(|(number, _)| number),
    })
}

/// Where an external step listens.
pub fn listens(tutor: &Tutor, number: usize, id: &str, port: u16) -> Value {
    let lesson = tutor.lesson();
    json!({
        "lesson": lesson.id,
        "step": number,
        "id": id,
        "listen": format!("redis://127.0.0.1:{port}/{}", lesson.db),
    })
}

/// What a line of free play came to.
pub fn played(shell: &Shell, play: &Play, line: &str, fed: &Fed) -> Value {
    json!({
        "line": line,
        "verdict": fed.record.verdict.name(),
        "reply": reply(fed.record.reply.as_ref()),
        "state": state(play.world()),
        "why": why(shell, fed),
    })
}

/// What an answer came to.
pub fn answered(shell: &Shell, line: &str, fed: &Fed) -> Value {
    json!({ "question": fed.record.step, "line": line, "verdict": fed.record.verdict.name(), "why": why(shell, fed) })
}

/// A line that was no text.
pub fn unreadable(shell: &Shell, tutor: &Tutor) -> Value {
    let open = tutor.open_step();
    json!({
        "lesson": tutor.lesson().id,
        "step": open.map(|(number, _)| number),
        "id": open.map(|(_, id)| id),
        "line": null,
        "verdict": "aside",
        "reply": null,
        "state": state(tutor.world()),
        "why": { "code": "not-text", "text": shell.words.say("line-not-text") },
        "next": open.map(|(number, _)| number),
    })
}

/// The lesson's totals: the last object.
pub fn totals(tutor: &Tutor) -> Value {
    let (done, skipped, misses) = tutor.totals();
    json!({
        "lesson": tutor.lesson().id,
        "steps": tutor.lesson().steps.len(),
        "done": done,
        "skipped": skipped,
        "wrong": misses,
        "finished": tutor.is_done(),
    })
}

/// What is done and what is weak.
pub fn progress(view: &ProgressView) -> Value {
    let lessons = view.map.units.iter().flat_map(|unit| &unit.lessons);
    let of = |state: LessonState| -> Vec<&str> {
        let lessons = lessons.clone().filter(|lesson| lesson.state == state);
        lessons.map(|lesson| lesson.id.as_str()).collect()
    };
    let weak = view.weak.iter();
    json!({
        "lessons": view.lessons,
        "done": of(LessonState::Done),
        "begun": of(LessonState::Begun),
        "steps": view.steps,
        "streak": view.streak,
        "questions": view.questions,
        "right": view.right,
        "weak": weak.map(|(misses, lesson, goal)| json!({ "lesson": lesson, "goal": goal, "wrong": misses })).collect::<Vec<_>>(),
    })
}

fn reply(reply: Option<&Literal>) -> Value {
    reply.map_or(Value::Null, |reply| {
        Value::String(to_one_line(reply, Escape::Text))
    })
}

fn why(shell: &Shell, fed: &Fed) -> Value {
    if let Some(why) = &fed.record.why {
        // The first reason gives the code, and all of them the text.
        let said = fed.outputs.iter().find_map(|output| match output {
            Output::Verdict(verdict) => Some(verdict.why.as_slice()),
            _ => None,
        });
        let said = said.unwrap_or(std::slice::from_ref(why)).iter();
        let said = said.map(|why| view::why_text(why, &shell.style, &shell.words));
        let text = said.collect::<Vec<_>>().join(&shell.words.say("space"));
        return json!({ "code": why.code(), "text": text });
    }
    // A line that was not taken says why as well.
    let refused = fed.outputs.iter().find_map(|output| match output {
        Output::Notice(notice) => Some((notice.refusal()?, notice)),
        _ => None,
    });
    refused.map_or(Value::Null, |(code, notice)| {
        json!({ "code": code, "text": view::notice_text(notice, &shell.style, &shell.words) })
    })
}

/// The learner's database: each key with its value as lesson files write it.
fn state(world: &World) -> Value {
    let state = WantedState::of(world.engine.keyspace(), world.db(), world.engine.now());
    let WantedState::Keys(keys) = state else {
        return Value::Null;
    };
    let keys = keys
        .iter()
        .map(|(key, pictured)| (text(key), with_deadline(pictured)));
    Value::Object(keys.collect::<Map<_, _>>())
}

fn with_deadline(pictured: &Pictured) -> Value {
    let value = picture(&pictured.value);
    match pictured.left {
        Some(left) => json!({ "value": value, "ttl": left as f64 / 1000.0 }),
        None => value,
    }
}

fn picture(picture: &Picture) -> Value {
    match picture {
        Picture::String(bytes) => Value::String(text(bytes)),
        Picture::List(items) => items.iter().map(|item| text(item)).collect(),
        Picture::Hash(fields) => Value::Object(
            fields
                .iter()
                .map(|(f, v)| (text(f), Value::String(text(v))))
                .collect(),
        ),
        Picture::Set(members) => {
            json!({ "set": members.iter().map(|member| text(member)).collect::<Vec<_>>() })
        }
        Picture::SortedSet(scores) => {
            let scores = scores
                .iter()
                .map(|(member, score)| (text(member), number(*score)));
            json!({ "zset": scores.collect::<Map<_, _>>() })
        }
    }
}

/// JSON has no infinity: it is written as Redis writes it.
fn number(score: f64) -> Value {
    serde_json::Number::from_f64(score)
        .map_or_else(|| Value::String(score.to_string()), Value::Number)
}

/// Bytes that are no text are shown as in a quoted reply, without the quotes.
fn text(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => crate::notation::quoted(bytes, Escape::Text)
            .trim_matches('"')
            .to_owned(),
    }
}
