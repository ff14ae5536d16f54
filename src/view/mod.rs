//! What the learner sees: data in, text at an explicit width out. Never prints, asks no terminal, reads no clock.
//!
//! Start at [`screen`], which lays out what one line of the learner's came to; [`render`] does one [`Output`].
//! A value is drawn by the file of its type, with what changed marked by a sign as well as by a colour ([`diff`]).
//! Bytes reach a drawing only through [`cell`], texts of lessons through [`layout::clean`]: nothing in them can
//! command the terminal. Every text ends with a line break.

pub mod algebra;
mod bar;
pub mod cell;
mod comparison;
mod diagnosis;
pub mod diff;
mod hash;
mod help;
mod key;
pub mod layout;
mod list;
mod map;
mod notice;
mod plain;
mod program;
mod quiz;
mod set;
mod sorted_set;
mod state;
mod step;
mod string;
mod style;
mod summary;
mod table;
mod time;
mod verdict;
mod window;

use std::sync::Arc;

use crate::lesson::Problem;
use crate::notation::Literal;
use crate::text::Words;
use crate::tutor::{Diagnosis, Notice, Output, Place, StateView, StepView, VerdictKind, Why};

pub use map::{LessonState, MapLesson, MapRoute, MapUnit, MapView, ProgressView};
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

/// Everything that a line came to: blocks divided by empty lines, a wrong attempt with the way on beneath it.
///
/// A drawing that stands there already is not drawn again for the next step.
#[must_use]
pub fn screen(outputs: &[Output], style: &Style, words: &Words) -> String {
    if style.plain {
        return plain_screen(outputs, style, words);
    }
    let mut pieces = pieces(outputs, style, words);
    if let Some(again) = again(outputs, words) {
        let line = style.paint(Ink::Dim, &format!("  {again}"));
        pieces.push(Piece::Text(true, vec![line]));
    }
    let texts = pieces.iter().filter(|piece| !piece.is_drawing());
    let page = if page(texts, 0, style, words).fits() {
        fitting(&mut pieces, style, words)
    } else {
        drop_what_stays(&mut pieces);
        page(&pieces, LEAST_ROOM, style, words)
    };
    if !page.fits() && pieces.iter().any(Piece::can_be_shortened) {
        return shortened(&pieces, style, words).finish();
    }
    page.finish()
}

/// The page of a program that was skipped, where there is no room for all: what is to be read next comes first. So the
/// drawings are left out, then of the log and of the code all but the first lines and the last.
fn shortened(pieces: &[Piece<'_>], style: &Style, words: &Words) -> Page {
    let texts = || pieces.iter().filter(|piece| !piece.is_drawing());
    let at = |(log, code): (usize, usize)| {
        let mut page = Page::default();
        for piece in texts() {
            match piece {
                Piece::Log(block) => page.put(false, step::shortened(block, log, style, words)),
                Piece::Code(block) => page.put(true, step::shortened(block, code, style, words)),
                Piece::Text(spacious, block) => page.put(*spacious, block.clone()),
                Piece::Gap | Piece::Keys(_) => page.gap(),
            }
        }
        page
    };
    let logs = [usize::MAX, 9, 7, 5, 4].map(|log| (log, usize::MAX));
    let codes = [usize::MAX, 12, 10, 8, 7, 6, 5, 4].map(|code| (3, code));
    let found = logs.into_iter().chain(codes).map(at).find(Page::fits);
    found.unwrap_or_else(|| at((3, 3)))
}

/// The page with drawings as large as there is room for; where there is hardly any, without those in which nothing
/// changed.
fn fitting(pieces: &mut Vec<Piece<'_>>, style: &Style, words: &Words) -> Page {
    let full = page(&*pieces, state::MOST_LINES, style, words);
    if full.fits() {
        return full;
    }
    drop_what_stays(pieces);
    let sizes = ROOMS.iter().map(|room| page(&*pieces, *room, style, words));
    let moving = pieces.iter().filter(|piece| !piece.shows_no_change());
    let without = std::iter::once_with(|| page(moving, 1, style, words));
    let mut smaller = sizes.chain(without);
    let found = smaller.find(Page::fits);
    found.unwrap_or_else(|| page(&*pieces, LEAST_ROOM, style, words))
}

/// The lines that each drawing may take, tried in turn until everything stays on the screen.
const ROOMS: [usize; 9] = [11, 9, 8, 7, LEAST_ROOM, 4, 3, 2, 1];
/// The lines for a drawing where too much is said for a screen anyhow.
const LEAST_ROOM: usize = 6;

/// The pieces one below the other, each drawing in about so many lines.
fn page<'a>(
    pieces: impl IntoIterator<Item = &'a Piece<'a>>,
    room: usize,
    style: &Style,
    words: &Words,
) -> Page {
    let mut page = Page::default();
    for piece in pieces {
        match piece {
            Piece::Text(spacious, block) => page.put(*spacious, block.clone()),
            Piece::Log(block) => page.put(false, block.clone()),
            Piece::Code(block) => page.put(true, block.clone()),
            Piece::Gap => page.gap(),
            Piece::Keys(view) => page.put(true, state::block(view, room, style, words)),
        }
    }
    page
}

/// Where there is no room for all, drawings in which a line has changed nothing go before the next step's.
fn drop_what_stays(pieces: &mut Vec<Piece<'_>>) {
    let last = pieces.iter().rposition(Piece::is_drawing).unwrap_or(0);
    let mut places = 0..;
    pieces.retain(|piece| places.next() >= Some(last) || !piece.shows_no_change());
}

/// A part of a screen.
enum Piece<'a> {
    /// Lines, and whether they stand apart from others.
    Text(bool, Block),
    /// What the program of a skipped step has sent.
    Log(Block),
    /// Its code, and what it prints.
    Code(Block),
    /// An empty line.
    Gap,
    /// A drawing, which takes the room that the texts leave.
    Keys(&'a StateView),
}

impl Piece<'_> {
    fn is_drawing(&self) -> bool {
        matches!(self, Piece::Keys(_))
    }

    fn can_be_shortened(&self) -> bool {
        matches!(self, Piece::Log(_) | Piece::Code(_))
    }

    /// Whether it draws keys after a line that has changed none of them.
    fn shows_no_change(&self) -> bool {
        matches!(self, Piece::Keys(view) if state::shows_no_change(view))
    }
}

fn pieces<'a>(outputs: &'a [Output], style: &Style, words: &Words) -> Vec<Piece<'a>> {
    let mut pieces = Vec::new();
    let mut drawn: Option<&StateView> = None;
    let mut opening: Option<&str> = None;
    let mut scene = Block::new();
    for (at, output) in outputs.iter().enumerate() {
        match output {
            // The lesson's introduction stands between the first step's title line and the step.
            Output::Lesson { intro, .. } if next_is_headed(outputs, output) => {
                opening = Some(intro);
            }
            Output::Step(step) => {
                let opening = opening.take().map(|intro| step::introduction(intro, style));
                let above = [opening.unwrap_or_default(), std::mem::take(&mut scene)];
                let block = step_block(step, above, style, words);
                pieces.push(Piece::Text(true, block));
            }
            // So does what happens before it.
            happening if opening.is_some() && is_happening(happening) => {
                scene.extend(block(happening, style, words));
            }
            Output::State(view) => {
                if !drawn.is_some_and(|before| shows_the_same(before, view)) {
                    pieces.push(Piece::Keys(view));
                }
                drawn = Some(view);
            }
            Output::Performed(_) | Output::Printed(_) => {
                pieces.push(Piece::Code(block(output, style, words)));
            }
            sent if is_of_program(outputs, at) => {
                let block = block(sent, style, words);
                match pieces.last_mut() {
                    Some(Piece::Log(log)) => log.extend(block),
                    _ => pieces.push(Piece::Log(block)),
                }
            }
            Output::Question(view) => {
                pieces.push(Piece::Text(true, quiz::head(view, style, words)));
                pieces.extend(view.state.as_ref().map(Piece::Keys));
                pieces.push(Piece::Text(true, quiz::asked(view, style, words)));
            }
            other => {
                if leads_to_a_step(outputs, at) {
                    pieces.push(Piece::Gap);
                }
                pieces.push(Piece::Text(is_spacious(other), block(other, style, words)));
            }
        }
    }
    pieces
}

fn plain_screen(outputs: &[Output], style: &Style, words: &Words) -> String {
    let mut text = String::new();
    let mut announced = false;
    for output in outputs {
        text.push_str(&plain::output(output, announced, style, words));
        announced = matches!(output, Output::Lesson { .. });
    }
    text + &again(outputs, words)
        .map(|again| again + "\n")
        .unwrap_or_default()
}

/// The lines of the screens that are reckoned with, without the typed one above, the empty one below and the prompt.
const SCREEN: usize = 21;

/// Blocks gathered to a text.
#[derive(Debug, Default)]
struct Page {
    lines: Block,
    /// Whether an empty line is due before what follows.
    due: bool,
}

impl Page {
    fn put(&mut self, spacious: bool, block: Block) {
        if block.is_empty() {
            return;
        }
        if self.due || spacious {
            self.gap();
        }
        self.lines.extend(block);
        self.due = spacious;
    }

    /// One empty line, but not at the top and never two.
    fn gap(&mut self) {
        if self.lines.last().is_some_and(|line| !line.is_empty()) {
            self.lines.push(String::new());
        }
    }

    fn fits(&self) -> bool {
        self.lines.len() <= SCREEN
    }

    /// The prompt stands apart from everything above it.
    fn finish(mut self) -> String {
        self.gap();
        text(&self.lines)
    }
}

/// Whether it is what others do, or time.
fn is_happening(output: &Output) -> bool {
    matches!(
        output,
        Output::Actor { .. }
            | Output::Arrived { .. }
            | Output::TimePassed { .. }
            | Output::Expired(_)
    )
}

/// Whether it is what a skipped program sends: that stands right behind its code.
fn is_of_program(outputs: &[Output], at: usize) -> bool {
    let mut above = outputs[..at].iter().rev();
    let behind = above.find(|output| !is_happening(output));
    is_happening(&outputs[at]) && matches!(behind, Some(Output::Performed(_)))
}

/// Whether what happens before the next step begins here; it stands apart from the answer to the line.
fn leads_to_a_step(outputs: &[Output], at: usize) -> bool {
    let is_first = at == 0 || !is_happening(&outputs[at - 1]);
    let next = outputs[at..].iter().find(|output| !is_happening(output));
    is_first && is_happening(&outputs[at]) && matches!(next, Some(Output::Step(_)))
}

/// Whether an output stands apart: what Redis says and our verdict on it belong together.
fn is_spacious(output: &Output) -> bool {
    !is_happening(output)
        && !matches!(
            output,
            Output::Reply(_) | Output::Verdict(_) | Output::Waiting
        )
}

fn next_is_headed(outputs: &[Output], lesson: &Output) -> bool {
    let at = outputs
        .iter()
        .position(|output| std::ptr::eq(output, lesson));
    let rest = at.map_or(&[][..], |at| &outputs[at + 1..]);
    rest.iter()
        .any(|output| matches!(output, Output::Step(StepView { header: true, .. })))
}

/// A step with what stands between its first line and its text: the lesson's introduction, what happens before it.
fn step_block(
    step: &StepView,
    [opening, scene]: [Block; 2],
    style: &Style,
    words: &Words,
) -> Block {
    let mut lines = vec![step::head(step, style, words)];
    lines.extend(opening);
    if !scene.is_empty() {
        lines.push(String::new());
        lines.extend(scene);
    }
    lines.extend(step::body(step, style, words));
    lines
}

/// Whether a drawing would repeat the one above it, but for its marks.
fn shows_the_same(drawn: &StateView, view: &StateView) -> bool {
    let same = |key: &_| match (drawn.after.get(drawn.db, key), view.after.get(view.db, key)) {
        (Some(a), Some(b)) => Arc::ptr_eq(a, b),
        (None, None) => true,
        _ => false,
    };
    view.algebra.is_none()
        && drawn.db == view.db
        && drawn.now == view.now
        && view
            .keys
            .iter()
            .all(|key| drawn.keys.contains(key) && same(key))
}

/// That one may try again: after a wrong attempt where no hint was offered or given.
fn again(outputs: &[Output], words: &Words) -> Option<String> {
    let offered = outputs
        .iter()
        .any(|output| matches!(output, Output::HintOffer { .. } | Output::Hint { .. }));
    outputs.iter().find_map(|output| match output {
        Output::Verdict(verdict)
            if verdict.kind == VerdictKind::Wrong && verdict.hints_left > 0 && !offered =>
        {
            Some(words.with("again", &[("n", verdict.hints_left.into())]))
        }
        _ => None,
    })
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
            stays,
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
                beside: if *stays {
                    comparison::IS_NOW
                } else {
                    comparison::WOULD_BE
                },
                line: &[],
                lifetimes: None,
                reading: None,
            };
            comparison::block(would_be, wanted, keys, &scene)
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
        Output::Performed(code) => program::performed(code, style, words),
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
            format!(
                "{text} {}",
                diagnosis::plain_usage(found).unwrap_or_default()
            )
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
