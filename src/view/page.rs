//! What one line came to as one page: what belongs together, what stands apart, and how large drawings may be for all of
//! it to stay on a screen.

use std::sync::Arc;

use crate::text::Words;
use crate::tutor::{Notice, Output, StateView, StepView, VerdictKind};

use super::{
    block,
    layout::{Block, text, wrap},
    notice, plain, program, quiz, state, step,
    style::{Ink, Style},
};

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
    let mut page = laid_out(&mut pieces, style, words);
    if !page.fits() && pieces.iter().any(Piece::can_be_shortened) {
        page = shortened(&pieces, style, words);
    } else if !page.fits() {
        pieces.retain(|piece| !piece.is_known());
        page = laid_out(&mut pieces, style, words);
        if !page.fits() {
            pieces.iter_mut().for_each(Piece::shorten);
            page = laid_out(&mut pieces, style, words);
        }
    }
    page.finish()
}

/// The page with all of its texts.
fn laid_out(pieces: &mut Vec<Piece<'_>>, style: &Style, words: &Words) -> Page {
    let texts = pieces.iter().filter(|piece| !piece.is_drawing());
    if page(texts, 0, style, words).fits() {
        fitting(pieces, style, words)
    } else {
        drop_what_stays(pieces);
        page(&*pieces, LEAST_ROOM, style, words)
    }
}

/// The page of a program that was skipped, where there is no room for all: the drawings are left out, then its log and
/// what it prints take as few lines as they may, then the log is shortened and left out. The code comes last: it is left
/// out where the step has shown it. Of a long one the first lines and the last are shown, where these have room; else it
/// is whole, though one has to scroll back to it.
fn shortened(pieces: &[Piece<'_>], style: &Style, words: &Words) -> Page {
    let texts = || pieces.iter().filter(|piece| !piece.is_drawing());
    let at = |room: &Room| {
        let mut page = Page::default();
        for piece in texts() {
            match piece {
                Piece::Log(_) if room.log == 0 => {}
                Piece::Log(sent) => {
                    let lines = sent.iter().flat_map(|sent| brief(sent, style, words));
                    page.put(
                        false,
                        step::shortened(&lines.collect(), room.log, style, words),
                    );
                }
                Piece::Code(output) if room.above && stands_above(output) => {
                    page.put(false, program::performed_above(style, words));
                }
                Piece::Code(output) => {
                    let lines = brief(output, style, words);
                    page.put(false, step::shortened(&lines, room.code, style, words));
                }
                Piece::Known(_) if !room.known => {}
                Piece::Known(block) => page.put(true, block.clone()),
                Piece::Text(spacious, block) | Piece::Long(spacious, block, _) => {
                    page.put(*spacious, block.clone());
                }
                Piece::Gap | Piece::Keys(_) => page.gap(),
            }
        }
        page
    };
    let whole = page(texts(), 0, style, words);
    let briefer = Room::all().map(|room| at(&room));
    let found = std::iter::once(whole).chain(briefer).find(Page::fits);
    found.unwrap_or_else(|| at(&Room::LAST))
}

/// What of a skipped program has room.
struct Room {
    /// So many lines of its log.
    log: usize,
    /// So many lines of its code.
    code: usize,
    /// Whether code that the step has shown is only named.
    above: bool,
    /// Whether what learners know is said again.
    known: bool,
}

impl Room {
    const FIRST: Room = Room {
        log: usize::MAX,
        code: usize::MAX,
        above: false,
        known: true,
    };
    /// Where nothing helps.
    const LAST: Room = Room {
        log: 0,
        known: false,
        ..Room::FIRST
    };

    /// One after the other, as they are tried.
    fn all() -> impl Iterator<Item = Room> {
        let logs = [usize::MAX, 9, 7, 5, 3, 0];
        let of_log = move |above| {
            logs.map(|log| Room {
                log,
                above,
                ..Room::FIRST
            })
        };
        let without = [false, true].map(|above| Room {
            above,
            ..Room::LAST
        });
        let codes = [12, 11, 10, 9, 8].map(|code| Room { code, ..Room::LAST });
        let logs = [false, true].into_iter().flat_map(of_log);
        logs.chain(without).chain(codes)
    }
}

/// Whether it is code that the step has shown.
fn stands_above(output: &Output) -> bool {
    matches!(output, Output::Performed { code, stands_above: true } if code.trim().contains('\n'))
}

/// A part of a program that was skipped in as few lines as it may take.
fn brief(output: &Output, style: &Style, words: &Words) -> Block {
    let found = match output {
        Output::Actor { name, line, reply } => {
            step::actor_beside(name, line, reply.as_ref(), style)
        }
        Output::Performed { code, .. } => program::performed_beside(code, style, words),
        Output::Printed(text) => program::printed_beside(text, style, words),
        _ => None,
    };
    found.map_or_else(|| block(output, style, words), |line| vec![line])
}

/// The page with drawings as large as there is room for; where there is hardly any, without those in which nothing
/// changed: what a set operation answers stands above its grid, and what it stores below.
fn fitting(pieces: &mut Vec<Piece<'_>>, style: &Style, words: &Words) -> Page {
    let full = page(&*pieces, state::MOST_LINES, style, words);
    if full.fits() {
        return full;
    }
    drop_what_stays(pieces);
    let sizes = ROOMS.iter().map(|room| page(&*pieces, *room, style, words));
    let moving = pieces.iter().filter(|piece| !piece.changes_nothing());
    let without = std::iter::once_with(|| page(moving, 1, style, words));
    let only_keys = std::iter::once_with(|| page(&*pieces, 0, style, words));
    let mut smaller = sizes.chain(without).chain(only_keys);
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
            Piece::Text(spacious, block) | Piece::Long(spacious, block, _) => {
                page.put(*spacious, block.clone());
            }
            Piece::Log(sent) => {
                let lines = sent.iter().flat_map(|sent| block(sent, style, words));
                page.put(false, lines.collect());
            }
            Piece::Code(output) => page.put(true, block(output, style, words)),
            Piece::Known(block) => page.put(true, block.clone()),
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
    pieces.retain(|piece| places.next() >= Some(last) || !piece.only_stays());
}

/// A part of a screen.
enum Piece<'a> {
    /// Lines, and whether they stand apart from others.
    Text(bool, Block),
    /// The same, with what takes its place where there is no room.
    Long(bool, Block, Block),
    /// What the program of a skipped step has sent.
    Log(Vec<&'a Output>),
    /// Its code, or what it prints.
    Code(&'a Output),
    /// What learners have been told before.
    Known(Block),
    /// An empty line.
    Gap,
    /// A drawing, which takes the room that the texts leave.
    Keys(&'a StateView),
}

impl Piece<'_> {
    fn is_drawing(&self) -> bool {
        matches!(self, Piece::Keys(_))
    }

    /// Takes as few lines as it may.
    fn shorten(&mut self) {
        if let Piece::Long(spacious, _, short) = self {
            *self = Piece::Text(*spacious, std::mem::take(short));
        }
    }

    fn can_be_shortened(&self) -> bool {
        matches!(self, Piece::Log(_) | Piece::Code(_))
    }

    fn is_known(&self) -> bool {
        matches!(self, Piece::Known(_))
    }

    /// Whether it draws nothing but keys, and a line has changed none of them.
    fn only_stays(&self) -> bool {
        matches!(self, Piece::Keys(view) if view.algebra.is_none()) && self.changes_nothing()
    }

    /// Whether a line has changed none of its keys; it may be the grid of a set operation.
    fn changes_nothing(&self) -> bool {
        matches!(self, Piece::Keys(view) if state::changes_nothing(view))
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
                pieces.push(Piece::Known(program::goes_on(&step.shown, style, words)));
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
            Output::Performed { .. } | Output::Printed(_) => {
                pieces.push(Piece::Code(output));
            }
            sent if is_of_program(outputs, at) => match pieces.last_mut() {
                Some(Piece::Log(log)) => log.push(sent),
                _ => pieces.push(Piece::Log(vec![sent])),
            },
            Output::Question(view) => {
                pieces.push(Piece::Text(true, quiz::head(view, style, words)));
                pieces.extend(view.state.as_ref().map(Piece::Keys));
                pieces.push(Piece::Text(true, quiz::asked(view, style, words)));
            }
            other => {
                if leads_to_a_step(outputs, at) {
                    pieces.push(Piece::Gap);
                }
                let full = block(other, style, words);
                pieces.push(match short(other, style, words) {
                    Some(short) => Piece::Long(is_spacious(other), full, short),
                    None => Piece::Text(is_spacious(other), full),
                });
            }
        }
    }
    pieces
}

/// What takes fewer lines where there is no room: what others do with its answer beside it, the lines that do a step in
/// one.
fn short(output: &Output, style: &Style, words: &Words) -> Option<Block> {
    match output {
        Output::Actor { .. } => Some(brief(output, style, words)),
        Output::Notice(told @ Notice::Skipped(lines)) if !lines.is_empty() => {
            let sentence = notice::sentence(told, style, words);
            Some(wrap(&sentence, style, step::INDENT))
        }
        _ => None,
    }
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
pub const SCREEN: usize = 21;

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
    is_happening(&outputs[at]) && matches!(behind, Some(Output::Performed { .. }))
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
