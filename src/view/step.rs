//! A lesson's beginning, a step, and what happens around it: time, scripted clients, hints.

use crate::engine::Bytes;
use crate::notation::{Literal, to_text};
use crate::text::Words;
use crate::tutor::{Shown, StepView};

use super::layout::clean;
use super::{
    cell::listed,
    layout::{Block, clean_line, cut, indented, pad, width, wrap, wrap_between},
    program,
    style::{Ink, Style},
    time,
};

/// Texts stand so far to the right.
pub const INDENT: usize = 2;
/// Lines to be typed stand so far to the right.
const CODE: usize = 6;
/// A reply beside its line stands so far from it.
const GAP: usize = 4;

/// A lesson's title with how many steps it has, and its introduction.
#[must_use]
pub fn lesson(
    id: &str,
    title: &str,
    intro: &str,
    steps: usize,
    style: &Style,
    words: &Words,
) -> Block {
    let mut lines = vec![title_line(
        id,
        title,
        &words.with("steps", &[("n", steps.into())]),
        style,
    )];
    lines.extend(introduction(intro, style));
    lines
}

/// A lesson's introduction under its title.
#[must_use]
pub fn introduction(intro: &str, style: &Style) -> Block {
    let mut lines = Block::new();
    if !intro.trim().is_empty() {
        lines.push(String::new());
        lines.extend(wrap(&clean(intro), style, INDENT));
    }
    lines
}

/// `3.1  Two open ends                      ●○○○○○○○○  1 of 9`
#[must_use]
pub fn title_line(id: &str, title: &str, right: &str, style: &Style) -> String {
    let columns = style.text_columns();
    let room = columns.saturating_sub(width(right) + 3);
    let left = cut(
        &format!("{}  {}", clean_line(id), clean_line(title)),
        room,
        style,
    );
    let gap = columns.saturating_sub(width(&left) + width(right));
    format!(
        "{}{}{}",
        style.paint(Ink::Strong, &left),
        " ".repeat(gap),
        style.paint(Ink::Dim, right)
    )
}

/// `●○○○○○○○○  1 of 9`
fn progress(step: &StepView, style: &Style, words: &Words) -> String {
    let said = words.with(
        "step-of",
        &[("n", step.number.into()), ("of", step.done.len().into())],
    );
    let dots: String = step.done.iter().map(|done| dot(*done, style)).collect();
    if width(&dots) + 30 > style.text_columns() {
        said
    } else {
        format!("{dots}  {said}")
    }
}

/// `●` for what is done, `○` for what is open.
#[must_use]
pub fn dot(done: bool, style: &Style) -> &'static str {
    match (done, style.glyphs) {
        (true, super::Glyphs::Unicode) => "●",
        (false, super::Glyphs::Unicode) => "○",
        (true, super::Glyphs::Ascii) => "*",
        (false, super::Glyphs::Ascii) => ".",
    }
}

/// The first line of a step: with the lesson's title, or only where in the lesson one is.
#[must_use]
pub fn head(step: &StepView, style: &Style, words: &Words) -> String {
    let right = progress(step, style, words);
    if step.header {
        let title = format!("{}  {}", step.lesson.0, step.lesson.1);
        let has_room = width(&title) + 3 + width(&right) <= style.text_columns();
        let right = if has_room {
            right
        } else {
            format!("{}/{}", step.number, step.done.len())
        };
        return title_line(&step.lesson.0, &step.lesson.1, &right, style);
    }
    style.paint(
        Ink::Dim,
        &format!("{}  {right}", clean_line(&step.lesson.0)),
    )
}

/// What a step says beneath its first line: explanation, goal, what of the solution is shown. Where a program goes on is
/// not in it.
#[must_use]
pub fn body(step: &StepView, style: &Style, words: &Words) -> Block {
    let mut parts: Vec<Block> = Vec::new();
    if let Some(explain) = step
        .explain
        .as_deref()
        .filter(|text| !text.trim().is_empty())
    {
        parts.push(wrap(&clean(explain), style, INDENT));
    }
    if !step.goal.trim().is_empty() {
        let goal = wrap(&clean(&step.goal), style, INDENT);
        parts.push(
            goal.iter()
                .map(|line| style.paint(Ink::Strong, line))
                .collect(),
        );
    }
    // A goal that asks already is not followed by the same question in other words.
    let asks = step.goal.contains(['?', '？']);
    parts.extend(shown(&step.shown, asks, style, words));
    let mut lines = Block::new();
    for part in parts {
        lines.push(String::new());
        lines.extend(part);
    }
    lines
}

/// A whole step.
#[must_use]
pub fn step(step: &StepView, style: &Style, words: &Words) -> Block {
    let mut lines = vec![head(step, style, words)];
    lines.extend(body(step, style, words));
    let goes_on = program::goes_on(&step.shown, style, words);
    if !goes_on.is_empty() {
        lines.push(String::new());
        lines.extend(goes_on);
    }
    lines
}

fn shown(shown: &Shown, asks: bool, style: &Style, words: &Words) -> Vec<Block> {
    match shown {
        Shown::Nothing => Vec::new(),
        Shown::Lines(lines) => vec![code(lines, style)],
        Shown::Blank(line) => vec![code(std::slice::from_ref(line), style)],
        Shown::Predict(lines) if asks => vec![code(lines, style)],
        Shown::Predict(lines) => {
            let id = if lines.len() > 1 {
                "predict-many"
            } else {
                "predict-one"
            };
            vec![code(lines, style), wrap(&words.say(id), style, INDENT)]
        }
        Shown::Program { given, code, port } => {
            program::shown(given.as_deref(), code.as_deref(), *port, style, words)
        }
        Shown::Read(lines) => {
            let mut read = lines_and_replies(lines, style);
            read.push(format!(
                "  {}",
                style.paint(Ink::Dim, &words.say("read-on"))
            ));
            vec![read]
        }
    }
}

/// Lines to be typed; a long one goes on in the next row.
#[must_use]
pub fn code(lines: &[String], style: &Style) -> Block {
    let margin = " ".repeat(CODE);
    let others = " ".repeat(CODE + 2);
    let wide = Style {
        width: style.columns(),
        ..*style
    };
    lines
        .iter()
        .flat_map(|line| wrap_between(&clean(line), &wide, &margin, &others))
        .map(|line| style.paint(Ink::Code, &line))
        .collect()
}

/// Lines that ran with what they answered: beside each other where every reply is short, that the whole step stays on
/// the screen.
fn lines_and_replies(lines: &[(String, Literal)], style: &Style) -> Block {
    let pairs: Vec<(Block, Block)> = lines
        .iter()
        .map(|(line, reply)| {
            (
                code(std::slice::from_ref(line), style),
                reply_lines(reply, style),
            )
        })
        .collect();
    let widest = |blocks: &mut dyn Iterator<Item = &Block>| {
        blocks.map(super::layout::block_width).max().unwrap_or(0)
    };
    let left = widest(&mut pairs.iter().map(|(line, _)| line)) + GAP;
    let right = widest(&mut pairs.iter().map(|(_, reply)| reply));
    let are_short = pairs
        .iter()
        .all(|(line, reply)| line.len() == 1 && reply.len() == 1);
    let one = |(line, reply): (Block, Block)| {
        if are_short && left + right <= style.text_columns() {
            return vec![format!("{}{}", pad(&line[0], left), reply[0])];
        }
        line.into_iter().chain(indented(reply, CODE)).collect()
    };
    pairs.into_iter().flat_map(one).collect()
}

/// A reply as redis-cli prints it, in lines. A long error goes on at a word in the next line.
#[must_use]
pub fn reply_lines(reply: &Literal, style: &Style) -> Block {
    if let Literal::Error(_) = reply {
        let text = clean(&to_text(reply, style.escape));
        return wrap_between(&text, style, "", "  ");
    }
    let text = clean(&to_text(reply, style.escape));
    text.lines().map(str::to_owned).collect()
}

/// `11 seconds pass.      lock:item expired`
#[must_use]
pub fn time_passed(milliseconds: i64, expired: &[Bytes], style: &Style, words: &Words) -> Block {
    let passes = format!("  {}", time::passes(milliseconds, words));
    if expired.is_empty() {
        return vec![style.paint(Ink::Dim, &passes)];
    }
    let gone = went(expired, style, words);
    if width(&passes) + 6 + width(&gone) <= style.columns() {
        let gone = style.paint(Ink::Gone, &gone);
        return vec![format!("{}      {gone}", style.paint(Ink::Dim, &passes))];
    }
    let mut lines = vec![style.paint(Ink::Dim, &passes)];
    lines.extend(self::expired(expired, style, words));
    lines
}

/// `- lock:item expired`
fn went(keys: &[Bytes], style: &Style, words: &Words) -> String {
    let gone = words.with("expired", &[("keys", listed(keys, style, words).into())]);
    format!("- {gone}")
}

/// The keys that expired, on lines of their own.
#[must_use]
pub fn expired(keys: &[Bytes], style: &Style, words: &Words) -> Block {
    wrap(&went(keys, style, words), style, INDENT)
        .iter()
        .map(|line| style.paint(Ink::Gone, line))
        .collect()
}

/// What is left of the screen behind so many columns.
fn beside(columns: usize, style: &Style) -> Style {
    Style {
        width: style.text_columns().saturating_sub(columns),
        ..*style
    }
}

/// `B> SET lock:item t-b NX EX 10` and what it got.
#[must_use]
pub fn actor(
    name: &str,
    line: &str,
    reply: Option<&Literal>,
    style: &Style,
    words: &Words,
) -> Block {
    let prompt = format!("{}> ", clean_line(name));
    let mut lines = vec![format!(
        "  {}{}",
        style.paint(Ink::Dim, &prompt),
        style.paint(Ink::Code, &clean_line(line))
    )];
    let indent = INDENT + width(&prompt);
    let answer = match reply {
        Some(reply) => reply_lines(reply, &beside(indent, style)),
        None => vec![style.paint(Ink::Dim, &style.spelled(&words.say("waiting")))],
    };
    lines.extend(indented(answer, indent));
    lines
}

/// The same on one line, where it has room there: `python> GET a    (nil)`.
#[must_use]
pub fn actor_beside(
    name: &str,
    line: &str,
    reply: Option<&Literal>,
    style: &Style,
) -> Option<String> {
    let prompt = format!("{}> ", clean_line(name));
    let line = clean_line(line);
    let answer = reply_lines(reply?, style);
    let [answer] = answer.as_slice() else {
        return None;
    };
    let columns = INDENT + width(&prompt) + width(&line) + GAP + width(answer);
    (columns <= style.columns()).then(|| {
        let (prompt, line) = (
            style.paint(Ink::Dim, &prompt),
            style.paint(Ink::Code, &line),
        );
        format!("  {prompt}{line}{}{answer}", " ".repeat(GAP))
    })
}

/// At most so many lines of a block: the first ones, how many are left out, and the last.
#[must_use]
pub fn shortened(block: &Block, most: usize, style: &Style, words: &Words) -> Block {
    if block.len() <= most {
        return block.clone();
    }
    let (first, rest) = block.split_at(most.saturating_sub(2));
    let left_out = words.with("more-lines", &[("n", (rest.len() - 1).into())]);
    let left_out = style.spelled(&format!("{}{left_out}", " ".repeat(CODE)));
    let mut shortened = first.to_vec();
    shortened.push(style.paint(Ink::Dim, &left_out));
    shortened.extend(rest.last().cloned());
    shortened
}

/// What arrived for a scripted client, or for the learner.
#[must_use]
pub fn arrived(name: Option<&str>, reply: &Literal, style: &Style, words: &Words) -> Block {
    let name = match name {
        Some(name) => clean_line(name),
        // What came of itself is told from what was asked for.
        None if is_message(reply) => words.say("you"),
        None => return reply_lines(reply, style),
    };
    let prompt = format!("{name}< ");
    let indent = INDENT + width(&prompt);
    let mut lines = indented(reply_lines(reply, &beside(indent, style)), indent);
    if let Some(first) = lines.first_mut() {
        *first = format!("  {}{}", style.paint(Ink::Dim, &prompt), first.trim_start());
    }
    lines
}

/// Whether a reply is a message of a channel.
fn is_message(reply: &Literal) -> bool {
    const KINDS: [&[u8]; 3] = [b"message", b"pmessage", b"smessage"];
    let kind = match reply {
        Literal::Array(items) => items.first(),
        _ => None,
    };
    matches!(kind, Some(Literal::Bulk(kind)) if KINDS.contains(&kind.as_slice()))
}

/// A rung of the hints.
#[must_use]
pub fn hint(number: usize, of: usize, text: &str, style: &Style, words: &Words) -> Block {
    let label = words.with("hint-of", &[("n", number.into()), ("of", of.into())]);
    // A program keeps its lines together.
    let space = if text.trim().contains('\n') {
        "\n".to_owned()
    } else {
        words.say("space")
    };
    wrap(&format!("{label}{space}{}", clean(text)), style, INDENT)
}

/// An author's remark.
#[must_use]
pub fn note(text: &str, style: &Style) -> Block {
    wrap(&clean(text), style, INDENT)
}
