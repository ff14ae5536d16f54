//! Replies and states in sentences: what comes in place of what was typed as an answer.

use crate::lesson::WantedState;
use crate::notation::{Literal, to_one_line};
use crate::text::{Value, Words};
use crate::tutor::{Form, Shape};

use super::{
    layout::{clean_line, cut},
    quiz,
    style::Style,
};

/// What is said of a line and what it was answered.
pub fn of_reply(id: &str, line: &str, reply: &Literal, style: &Style, words: &Words) -> String {
    let line = cut(&clean_line(line), LONGEST, style);
    words.with(
        id,
        &[("line", line.into()), reply_in_sentence(reply, style)],
    )
}

/// What a line comes to that is not the answer.
pub fn instead(
    reply: &Literal,
    leaves: Option<&WantedState>,
    style: &Style,
    words: &Words,
) -> String {
    if let Literal::Error(error) = reply {
        return words.with("instead-refused", &[("error", clean_line(error).into())]);
    }
    let answers = reply_in_sentence(reply, style);
    match leaves {
        None => words.with("instead-answers", &[answers]),
        Some(state) if is_empty(state) => words.with("instead-leaves-none", &[answers]),
        Some(state) => {
            let state = cut_state(state, style, words).into();
            words.with("instead-leaves", &[answers, ("state", state)])
        }
    }
}

/// What the lines leave in the order that was typed.
pub fn leaves_then(state: &WantedState, style: &Style, words: &Words) -> String {
    if is_empty(state) {
        return words.say("leaves-then-none");
    }
    let state = cut_state(state, style, words).into();
    words.with("leaves-then", &[("state", state)])
}

/// How many elements come, and how many were predicted.
pub fn other_count(got: usize, wanted: usize, words: &Words) -> String {
    let values = [("got", got.into()), ("wanted", wanted.into())];
    words.with("other-count", &values)
}

/// A reply in a sentence.
pub fn reply_in_sentence(reply: &Literal, style: &Style) -> (&'static str, Value<'static>) {
    let reply = clean_line(&to_one_line(reply, style.escape));
    ("reply", cut(&reply, LONGEST, style).into())
}

/// Whether a state has no keys.
fn is_empty(state: &WantedState) -> bool {
    matches!(state, WantedState::Keys(keys) if keys.is_empty())
}

/// A state in a sentence.
fn cut_state(state: &WantedState, style: &Style, words: &Words) -> String {
    cut(&quiz::state_line(state, style, words), LONGEST, style)
}

/// A reply or a state in a sentence takes so many columns at most.
pub const LONGEST: usize = 48;

/// In what right values differ from those that come.
pub fn other_form(form: Form, words: &Words) -> String {
    words.say(match form {
        Form::Quoted(Shape::Integer) => "number-quoted",
        Form::Quoted(_) => "quoted",
        Form::InBrackets => "in-brackets",
        Form::Numbered => "numbered",
        Form::AsNumber => "as-number",
        Form::Alone => "without-array",
        Form::Quotes => "other-quotes",
        Form::Brackets => "other-brackets",
        Form::Filled => "array-is-empty",
        Form::Both => "other-shape",
    })
}

/// That something comes where nothing was predicted.
#[must_use]
pub fn something_comes(wanted: Shape, words: &Words) -> String {
    match wanted {
        // The data may be empty all the same, and the number may be 0.
        Shape::Integer => words.say("number-comes"),
        Shape::Decimal | Shape::Text | Shape::Array | Shape::Several => {
            let shape = words.with("shape", &[("shape", wanted.name().into())]);
            words.with("something-comes", &[("wanted", shape.into())])
        }
        // Of these the kind is the answer already.
        Shape::Status | Shape::Nil | Shape::Error => words.say("something-comes-here"),
    }
}

/// What comes, and what was thought to come, by what they look like.
#[must_use]
pub fn other_answer(got: Shape, wanted: Shape, words: &Words) -> String {
    let shape = |shape: Shape| {
        words
            .with("shape", &[("shape", shape.name().into())])
            .into()
    };
    let id = match wanted {
        Shape::Error if got == wanted => "other-answer-error",
        _ if got == wanted => "other-answer-same",
        Shape::Integer | Shape::Decimal | Shape::Text | Shape::Array | Shape::Several => {
            "other-answer-shape"
        }
        // Of these the kind is the answer already.
        Shape::Status | Shape::Nil | Shape::Error => "other-answer-not",
    };
    words.with(id, &[("got", shape(got)), ("wanted", shape(wanted))])
}
