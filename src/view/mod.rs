//! What the learner sees: data in, text at an explicit width out. Never prints, asks no terminal, reads no clock.
//!
//! Start at [`screen`], which lays out what one line of the learner's came to; [`render`] does one [`Output`].
//! A value is drawn by the file of its type, with what changed marked by a sign as well as by a colour ([`diff`]).
//! Bytes reach a drawing only through [`cell`], texts of lessons through [`layout::clean`]: nothing in them can
//! command the terminal. Every text ends with a line break.

pub mod algebra;
mod answer;
mod argument;
mod bar;
pub mod cell;
mod comparison;
mod diagnosis;
pub mod diff;
mod hash;
mod help;
mod key;
mod key_slip;
pub mod layout;
mod list;
mod map;
mod meaning;
mod notice;
mod page;
mod plain;
mod program;
mod quiz;
mod set;
mod sign;
mod sorted_set;
mod state;
mod step;
mod string;
mod style;
mod summary;
mod table;
mod time;
mod usage;
mod verdict;
mod window;

use crate::lesson::Problem;
use crate::notation::Literal;
use crate::text::Words;
use crate::tutor::{Compared, Diagnosis, Notice, Output, Place, Why};

pub use map::{LessonState, MapLesson, MapRoute, MapUnit, MapView, ProgressView};
pub use page::screen;
pub use style::{Color, Glyphs, Ink, Mark, Style};

use key::Scene;
use layout::{Block, text, wrap};

/// One output as text.
#[must_use]
pub fn render(output: &Output, style: &Style, words: &Words) -> String {
    if style.plain {
        return plain::output(output, false, style, words);
    }
    text(&block(output, style, words))
}

/// One output as lines.
fn block(output: &Output, style: &Style, words: &Words) -> Block {
    match output {
        Output::Lesson {
            id,
            title,
            intro,
            steps,
        } => step::lesson(id, title, intro, *steps, style, words),
        Output::Step(view) => step::step(view, style, words),
        Output::TimePassed {
            milliseconds,
            expired,
        } => step::time_passed(*milliseconds, expired, style, words),
        Output::Expired(keys) => step::expired(keys, style, words),
        Output::Actor { name, line, reply } => {
            step::actor(name, line, reply.as_ref(), style, words)
        }
        Output::Arrived { name, reply } => step::arrived(name.as_deref(), reply, style, words),
        Output::Waiting => vec![style.paint(
            Ink::Dim,
            &style.spelled(&format!("  {}", words.say("waiting"))),
        )],
        Output::Reply(reply) => step::reply_lines(reply, style),
        Output::Verdict(verdict) => verdict::block(verdict, style, words),
        Output::State(view) => state::block(view, state::MOST_LINES, style, words),
        Output::Comparison {
            line,
            would_be,
            wanted,
            keys,
            db,
            now,
        } => {
            let scene = Scene {
                style,
                words,
                columns: style.drawing_columns() - 2,
                rows: 8,
                db: *db,
                now: *now,
                beside: match line {
                    Compared::Stays => comparison::IS_NOW,
                    Compared::Refused | Compared::Queued => comparison::WOULD_BE,
                },
                line: &[],
                lifetimes: None,
                reading: None,
            };
            let intro = (*line == Compared::Refused).then(|| words.say("compare-intro"));
            comparison::block(intro, (would_be, wanted), keys, &scene)
        }
        Output::Hint { number, of, text } => step::hint(*number, *of, text, style, words),
        Output::HintOffer { left } => wrap(
            &words.with("hint-offer", &[("n", (*left).into())]),
            style,
            step::INDENT,
        ),
        Output::Note(text) => step::note(text, style),
        Output::Question(view) => quiz::question(view, style, words),
        Output::Summary(view) => summary::block(view, style, words),
        Output::Score { right, of, weak } => quiz::score(*right, *of, weak, style, words),
        Output::Ask(question) => program::ask(question, style, words),
        Output::Performed { code, .. } => program::performed(code, style, words),
        Output::Printed(text) => program::printed(text, style, words),
        Output::Source(text) => program::source(text, style),
        Output::Notice(notice) => notice::block(notice, style, words),
    }
}

/// A text with its control characters escaped, on one line.
#[must_use]
pub fn printable(text: &str) -> String {
    layout::clean_line(text)
}

/// A reason as a sentence, for JSON; with the command's usage, where the sentence leads to it.
#[must_use]
pub fn why_text(why: &Why, style: &Style, words: &Words) -> String {
    let text = verdict::sentence(why, style, words);
    match why {
        Why::Diagnosis(found @ Diagnosis::Arity { missing: None, .. }) => {
            format!("{text} {}", usage::plain_usage(found).unwrap_or_default())
        }
        _ => text,
    }
}

/// A notice as a sentence, for JSON.
#[must_use]
pub fn notice_text(notice: &Notice, style: &Style, words: &Words) -> String {
    notice::sentence(notice, style, words)
}

/// A text of the interface's own, wrapped.
#[must_use]
pub fn render_text(said: &str, style: &Style) -> String {
    text(&layout::wrap(said, style, 0))
}

/// A program as it is written to a file: its long comments wrapped, its code as it is.
#[must_use]
pub fn source_file(source: &str) -> String {
    text(&program::commented(source))
}

/// A reply as redis-cli prints it.
#[must_use]
pub fn render_reply(reply: &Literal, style: &Style) -> String {
    text(&step::reply_lines(reply, style))
}

/// The map of a course: the welcome at the first start, where one left off later.
#[must_use]
pub fn render_map(view: &MapView, style: &Style, words: &Words) -> String {
    if style.plain {
        plain::map(view, style, words)
    } else {
        text(&map::map(view, style, words))
    }
}

/// The routes through a course.
#[must_use]
pub fn render_routes(view: &MapView, style: &Style, words: &Words) -> String {
    text(&map::route_list(view, style, words))
}

/// What is done and what is weak.
#[must_use]
pub fn render_progress(view: &ProgressView, style: &Style, words: &Words) -> String {
    if style.plain {
        plain::progress(view, words)
    } else {
        text(&map::progress(view, style, words))
    }
}

/// `:help`.
#[must_use]
pub fn render_help(place: Place, style: &Style, words: &Words) -> String {
    text(&help::overview(place, style, words))
}

/// An error of the program with what may help.
#[must_use]
pub fn render_error(message: &str, hints: &[String], style: &Style, words: &Words) -> String {
    let mut lines = labelled("error-label", Ink::Gone, message, style, words);
    for hint in hints {
        lines.extend(labelled("hint-label", Ink::Dim, hint, style, words));
    }
    text(&lines)
}

/// A label in its ink, and a text that goes on beneath itself.
fn labelled(id: &str, ink: Ink, message: &str, style: &Style, words: &Words) -> Block {
    let label = words.say(id);
    let margin = " ".repeat(layout::width(&label) + 1);
    let mut lines = layout::wrap_between(&layout::clean(message), style, &margin, &margin);
    if let Some(first) = lines.first_mut() {
        *first = format!("{} {}", style.paint(ink, &label), first.trim_start());
    }
    lines
}

/// The problems of a pack, each with its place underlined.
#[must_use]
pub fn render_problems(problems: &[Problem], style: &Style) -> String {
    crate::lesson::render_problems(problems, style.color == Color::Ansi)
}
