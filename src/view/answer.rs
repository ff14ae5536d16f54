//! Why what was typed as an answer is not the one: what comes, and how it is written.

use crate::lesson::WantedState;
use crate::notation::{Literal, to_one_line};
use crate::text::{Value, Words};
use crate::tutor::{Shape, Why};

use super::{
    layout::{clean_line, cut},
    quiz,
    style::Style,
    verdict::{of_line, of_texts},
};

/// Such a reason as a sentence.
pub fn sentence(why: &Why, style: &Style, words: &Words) -> String {
    match why {
        Why::OtherAnswer { got, wanted } => other_answer(*got, *wanted, words),
        Why::NothingIsWritten => words.say("nothing-is-written"),
        Why::OtherCount { got, wanted } => other_count(*got, *wanted, words),
        Why::OtherElementOrder => words.say("other-element-order"),
        Why::OtherElements(n) => words.with("other-elements", &[("n", (*n).into())]),
        Why::OtherOutcome => words.say("other-answer"),
        Why::OtherShape => words.say("other-shape"),
        Why::WholeNumber => words.say("whole-number"),
        Why::OnlyTheNumber => words.say("only-the-number"),
        Why::NumberInQuotes => words.say("number-in-quotes"),
        Why::Backslashes => words.say("backslashes"),
        Why::Undivided => words.say("undivided"),
        Why::NilNotNone => words.say("nil-not-none"),
        Why::NoneNotNil => words.say("none-not-nil"),
        Why::OtherChoice => words.say("other-choice"),
        Why::NotTheAnswer => words.say("not-the-answer"),
        Why::NotPrinted => words.say("not-what-was-printed"),
        Why::LetterCase => words.say("letter-case"),
        Why::OtherSigns => words.say("other-signs"),
        Why::InFull(printed) => of_line("in-full", printed, words),
        Why::WordNotNumber => words.say("word-not-number"),
        Why::OtherReply { line, reply } => {
            of_reply("answered-otherwise", line, reply, style, words)
        }
        Why::NotThisReply { line, reply } => of_reply("not-this-reply", line, reply, style, words),
        Why::ComesOtherwise(reply) => {
            words.with("comes-otherwise", &[reply_in_sentence(reply, style)])
        }
        Why::Instead { reply, leaves } => instead(reply, leaves.as_ref(), style, words),
        Why::InVain(reply) => words.with("instead-in-vain", &[reply_in_sentence(reply, style)]),
        Why::AlikeOnlyHere => words.say("alike-only-here"),
        Why::MayChange(command) => words.with("may-change", &[("command", command.into())]),
        Why::LinesMissing(n) => words.with("lines-missing", &[("n", (*n).into())]),
        Why::DivideCommands => words.say("divide-commands"),
        Why::RefusedThen { line, error } => {
            of_texts("refused-then", [("line", line), ("error", error)], words)
        }
        Why::LeavesThen(state) => leaves_then(state, style, words),
        _ => String::new(),
    }
}

/// What is said of a line and what it was answered.
fn of_reply(id: &str, line: &str, reply: &Literal, style: &Style, words: &Words) -> String {
    let line = cut(&clean_line(line), LONGEST, style);
    words.with(
        id,
        &[("line", line.into()), reply_in_sentence(reply, style)],
    )
}

/// What a line comes to that is not the answer.
fn instead(reply: &Literal, leaves: Option<&WantedState>, style: &Style, words: &Words) -> String {
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
fn leaves_then(state: &WantedState, style: &Style, words: &Words) -> String {
    if is_empty(state) {
        return words.say("leaves-then-none");
    }
    let state = cut_state(state, style, words).into();
    words.with("leaves-then", &[("state", state)])
}

/// How many elements come, and how many were predicted.
fn other_count(got: usize, wanted: usize, words: &Words) -> String {
    let values = [("got", got.into()), ("wanted", wanted.into())];
    words.with("other-count", &values)
}

/// A reply in a sentence.
fn reply_in_sentence(reply: &Literal, style: &Style) -> (&'static str, Value<'static>) {
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

/// What comes, and what was thought to come, by what they look like.
fn other_answer(got: Shape, wanted: Shape, words: &Words) -> String {
    let shape = |shape: Shape| {
        words
            .with("shape", &[("shape", shape.name().into())])
            .into()
    };
    let id = match wanted {
        _ if got == wanted => "other-answer-same",
        Shape::Integer | Shape::Text | Shape::Array | Shape::Several => "other-answer-shape",
        // Of these the kind is the answer already.
        Shape::Status | Shape::Nil | Shape::Error => "other-answer-not",
    };
    words.with(id, &[("got", shape(got)), ("wanted", shape(wanted))])
}
