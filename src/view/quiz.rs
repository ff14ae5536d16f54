//! A question with its state, its lines and its choices; the score at the end.

use crate::lesson::{GAP, Picture, WantedState};
use crate::notation::to_one_line;
use crate::text::Words;
use crate::tutor::{Asks, Choice, QuestionView};

use super::{
    cell::cell,
    layout::{Block, clean, clean_line, width, wrap, wrap_between},
    state, step,
    style::{Ink, Style},
    time,
};

/// A question, with the keys that it starts from.
#[must_use]
pub fn question(question: &QuestionView, style: &Style, words: &Words) -> Block {
    let keys = question.state.as_ref();
    let keys = keys.map(|view| state::block(view, state::MOST_LINES, style, words));
    let parts = [
        head(question, style, words),
        keys.unwrap_or_default(),
        asked(question, style, words),
    ];
    let parts: Vec<Block> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(&String::new())
}

/// Which question it is.
#[must_use]
pub fn head(question: &QuestionView, style: &Style, words: &Words) -> Block {
    let values = [
        ("subject", clean_line(&question.subject).into()),
        ("n", question.number.into()),
        ("of", question.of.into()),
    ];
    let place = if question.again {
        "question-again"
    } else {
        "question-of"
    };
    vec![format!(
        "  {}",
        style.paint(Ink::Dim, &words.with(place, &values))
    )]
}

/// What is asked, and the choices.
#[must_use]
pub fn asked(question: &QuestionView, style: &Style, words: &Words) -> Block {
    let mut parts = texts(question, style, words);
    if !question.options.is_empty() {
        parts.push(options(&question.options, style, words));
    }
    parts.retain(|part| !part.is_empty());
    parts.join(&String::new())
}

/// What is asked, in the author's words, ours where there are none; and the lines.
fn texts(question: &QuestionView, style: &Style, words: &Words) -> Vec<Block> {
    let mut parts = Vec::new();
    let said = |text: &str| wrap(&clean(text), style, step::INDENT);
    let gap = question.text.contains(GAP) && !question.want.is_empty();
    if gap {
        // The text is the line with the gap; what is to be reached is said before it.
        parts.push(said(&question.want));
        parts.push(step::code(std::slice::from_ref(&question.text), style));
    } else {
        parts.push(said(&question.text));
        parts.push(said(&question.want));
    }
    parts.push(match question.asks {
        Asks::Order => numbered(&question.lines, style),
        _ => step::code(&question.lines, style),
    });
    let asked = question.text.contains(['?', '？']) || gap;
    if !asked {
        let id = match question.asks {
            Asks::Reply if question.lines.len() == 1 => "asks-reply-one",
            asked => asks(asked),
        };
        parts.push(said(&words.say(id)));
    }
    parts
}

/// The question in our own words.
#[must_use]
pub fn asks(asks: Asks) -> &'static str {
    match asks {
        Asks::Reply => "asks-reply",
        Asks::State => "asks-state",
        Asks::Command => "asks-command",
        Asks::Gap => "asks-gap",
        Asks::Order => "asks-order",
        Asks::Correction => "asks-correction",
        Asks::Corrections => "asks-corrections",
        Asks::Option => "asks-option",
        Asks::Type => "asks-type",
    }
}

fn numbered(lines: &[String], style: &Style) -> Block {
    let line = |(at, line): (usize, &String)| {
        format!(
            "    {}  {}",
            at + 1,
            style.paint(Ink::Code, &clean_line(line))
        )
    };
    lines.iter().enumerate().map(line).collect()
}

/// The choices: on one line where they fit, else one below the other.
fn options(options: &[Choice], style: &Style, words: &Words) -> Block {
    let letter = |at: usize| char::from(b'a' + u8::try_from(at.min(25)).unwrap_or(25));
    let texts: Vec<String> = options
        .iter()
        .map(|option| choice(option, style, words))
        .collect();
    let line: Vec<String> = texts
        .iter()
        .enumerate()
        .map(|(at, text)| format!("{}  {text}", letter(at)))
        .collect();
    let line = format!("    {}", line.join("        "));
    if width(&line) <= style.text_columns() {
        return vec![line];
    }
    let wrapped = texts.iter().enumerate().flat_map(|(at, text)| {
        let first = format!("    {}  ", letter(at));
        wrap_between(text, style, &first, "       ")
    });
    wrapped.collect()
}

/// A choice as text.
#[must_use]
pub fn choice(choice: &Choice, style: &Style, words: &Words) -> String {
    match choice {
        Choice::Text(text) => clean_line(text),
        Choice::Reply(reply) => clean_line(&to_one_line(reply, style.escape)),
        Choice::State(state) => state_line(state, style, words),
    }
}

/// A state on a line: `log: e1 e2 e3`.
#[must_use]
pub fn state_line(state: &WantedState, style: &Style, words: &Words) -> String {
    let WantedState::Keys(keys) = state else {
        return style.pick("…", "...").to_owned();
    };
    let keys: Vec<String> = keys
        .iter()
        .map(|(key, pictured)| {
            let left = pictured.left.map_or_else(String::new, |left| {
                format!(" ({})", time::duration(left, words))
            });
            let value = picture_line(&pictured.value, style);
            format!("{}: {value}{left}", apart(key, 20, style))
        })
        .collect();
    if keys.is_empty() {
        words.say("no-keys-at-all")
    } else {
        keys.join("   ")
    }
}

/// A value among others: in quotes where it would be taken for several, or for a sign between them.
fn apart(bytes: &[u8], columns: usize, style: &Style) -> String {
    let shown = cell(bytes, columns, style);
    let divides = |c: char| c.is_whitespace() || ",;={}".contains(c);
    if shown.contains(divides) && !shown.starts_with('"') {
        format!("\"{shown}\"")
    } else {
        shown
    }
}

fn picture_line(picture: &Picture, style: &Style) -> String {
    let show = |bytes: &[u8]| apart(bytes, 16, style);
    let score = |score: &f64| {
        String::from_utf8_lossy(&crate::engine::number::format_double(*score)).into_owned()
    };
    match picture {
        Picture::String(bytes) => cell(bytes, 16, style),
        // Nothing has none of these, but a wrong choice may.
        Picture::List(items) if items.is_empty() => "[]".to_owned(),
        Picture::Hash(fields) if fields.is_empty() => "{}".to_owned(),
        Picture::SortedSet(scores) if scores.is_empty() => "{}".to_owned(),
        Picture::List(items) => items
            .iter()
            .map(|item| show(item))
            .collect::<Vec<_>>()
            .join(" "),
        Picture::Hash(fields) => fields
            .iter()
            .map(|(field, value)| format!("{}={}", show(field), show(value)))
            .collect::<Vec<_>>()
            .join(" "),
        Picture::Set(members) => {
            format!(
                "{{{}}}",
                members
                    .iter()
                    .map(|member| show(member))
                    .collect::<Vec<_>>()
                    .join(" ")
            )
        }
        Picture::SortedSet(scores) => scores
            .iter()
            .map(|(member, at)| format!("{} {}", show(member), score(at)))
            .collect::<Vec<_>>()
            .join(", "),
    }
}

/// The end of a quiz.
#[must_use]
pub fn score(right: usize, of: usize, weak: &[String], style: &Style, words: &Words) -> Block {
    let mut lines = wrap(
        &words.with("score-of", &[("right", right.into()), ("of", of.into())]),
        style,
        step::INDENT,
    );
    if !weak.is_empty() {
        lines.extend(wrap(
            &words.with(
                "weak-lessons",
                &[("lessons", clean_line(&weak.join("  ")).into())],
            ),
            style,
            step::INDENT,
        ));
    }
    lines
}
