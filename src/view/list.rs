//! A list: a row of cells with indexes from the left above and from the right below, head and tail marked.
//!
//! A row that is too wide goes on in a second one; what does not fit into that is left out in the middle. What was
//! taken out keeps its place in the row, without an index. Where room is scarce, a row has its indexes from the left
//! alone.

use crate::engine::value::List;

use super::{
    cell::cell,
    diff::{self, Run, RunKind, Was, Work},
    hash::{read_sign, was_and_is},
    key::Scene,
    layout::{Block, center, width},
    style::Ink,
    table,
    window::{Seen, window, with_gaps},
};

/// A cell as it is drawn.
#[derive(Debug, Clone)]
struct Slot {
    text: String,
    ink: Ink,
    index: Option<usize>,
}

/// The drawing.
#[must_use]
pub fn block(was: Was<'_, List>, list: &List, work: Work<'_>, scene: &Scene<'_>) -> Block {
    let row = Row::of(was, list, work);
    let rows = fitting(&row, scene);
    let last = rows.len() - 1;
    let draw =
        |(at, slots): (usize, &Vec<Slot>)| draw(slots, list.len(), (at == 0, at == last), scene);
    rows.iter().enumerate().flat_map(draw).collect()
}

/// A list with what changed in it.
struct Row<'a> {
    runs: Vec<Run>,
    before: &'a List,
    after: &'a List,
}

impl<'a> Row<'a> {
    fn of(was: Was<'a, List>, list: &'a List, work: Work<'_>) -> Row<'a> {
        let before = match was {
            Was::Value(before) => before,
            _ => list,
        };
        Row {
            runs: diff::list(was, list, work),
            before,
            after: list,
        }
    }
}

/// About so many elements on a line.
#[must_use]
pub fn brief(
    was: Was<'_, List>,
    list: &List,
    work: Work<'_>,
    most: usize,
    scene: &Scene<'_>,
) -> Vec<String> {
    let row = Row::of(was, list, work);
    slots(&row, most, WIDEST / 2, scene)
        .iter()
        .map(|slot| scene.style.paint(slot.ink, &slot.text))
        .collect()
}

/// So many rows of cells are drawn at most.
const ROWS: usize = 2;
/// A row of cells takes so many lines.
const ROW_HEIGHT: usize = 6;
/// No element takes more columns.
const WIDEST: usize = 24;
/// Elements are cut to so few columns before a change is left out.
const NARROW: usize = 8;

/// The most cells that fit, in rows.
fn fitting(row: &Row<'_>, scene: &Scene<'_>) -> Vec<Vec<Slot>> {
    let widest = scene.columns.saturating_sub(8).min(WIDEST);
    let allowed = (scene.rows / ROW_HEIGHT).clamp(1, ROWS);
    let total = diff::total(&row.runs);
    let most = total.min(scene.columns / 4 * ROWS).max(2);
    let wide = (5..=most).rev().map(|room| (room, widest));
    let narrow = (2..=most.min(4)).rev().flat_map(|room| {
        [widest, widest.min(12), widest.min(NARROW)].map(|columns| (room, columns))
    });
    let mut rows = Vec::new();
    for (room, columns) in wide.chain(narrow) {
        rows = in_rows(slots(row, room, columns, scene), row.after.len(), scene);
        if rows.len() <= allowed {
            break;
        }
    }
    rows
}

/// The cells to draw when there is room for about so many, each of so many columns.
fn slots(row: &Row<'_>, room: usize, columns: usize, scene: &Scene<'_>) -> Vec<Slot> {
    let total = diff::total(&row.runs);
    let shown = window(total, &diff::changed_places(&row.runs, room), room);
    let id = if columns > NARROW {
        "more"
    } else {
        "more-short"
    };
    let gap = |n: usize| Slot {
        text: scene
            .style
            .spelled(&scene.words.with(id, &[("n", n.into())])),
        ink: Ink::Dim,
        index: None,
    };
    let seen = with_gaps(&shown, total).into_iter();
    seen.filter_map(|seen| match seen {
        Seen::Gap(n) => Some(gap(n)),
        Seen::At(at) => slot(row, at, columns, scene),
    })
    .collect()
}

/// The cell at a drawn position.
fn slot(row: &Row<'_>, position: usize, columns: usize, scene: &Scene<'_>) -> Option<Slot> {
    let (kind, before, after) = diff::place(&row.runs, position)?;
    let old = |columns: usize| {
        row.before
            .get(before)
            .map(|element| cell(element, columns, scene.style))
    };
    let new = |columns: usize| {
        row.after
            .get(after)
            .map(|element| cell(element, columns, scene.style))
    };
    let (ink, text) = match kind {
        RunKind::Same => (Ink::Normal, new(columns)?),
        RunKind::Read => {
            let sign = read_sign(scene.style);
            (Ink::Read, format!("{sign} {}", new(columns)?))
        }
        RunKind::New => (Ink::New, format!("+ {}", new(columns)?)),
        RunKind::Gone => (Ink::Gone, format!("- {}", old(columns)?)),
        RunKind::Changed => {
            let both = was_and_is(&old(columns / 2)?, &new(columns / 2)?, scene.style);
            (Ink::Changed, format!("~ {both}"))
        }
    };
    Some(Slot {
        text,
        ink,
        index: (kind != RunKind::Gone).then_some(after),
    })
}

/// The width of a cell between its lines; its indexes stand above and below.
fn slot_width(slot: &Slot, len: usize) -> usize {
    index_width(slot, len).max(width(&slot.text) + 2).max(4)
}

/// Cells in rows that are no wider than the drawing may be.
fn in_rows(slots: Vec<Slot>, len: usize, scene: &Scene<'_>) -> Vec<Vec<Slot>> {
    let mut rows: Vec<Vec<Slot>> = Vec::new();
    let mut used = 1;
    for slot in slots {
        let wide = slot_width(&slot, len) + 1;
        match rows.last_mut() {
            Some(row) if used + wide <= scene.columns => {
                used += wide;
                row.push(slot);
            }
            _ => {
                used = 1 + wide;
                rows.push(vec![slot]);
            }
        }
    }
    rows
}

/// One row: indexes, cells, indexes from the end, and the ends' names under the first and the last.
fn draw(row: &[Slot], len: usize, (first, last): (bool, bool), scene: &Scene<'_>) -> Block {
    let style = scene.style;
    let widths: Vec<usize> = row.iter().map(|slot| slot_width(slot, len)).collect();
    let cells: Vec<String> = row
        .iter()
        .zip(&widths)
        .map(|(slot, wide)| style.paint(slot.ink, &center(&slot.text, wide - 2)))
        .collect();
    let labels = |label: &dyn Fn(usize) -> String| {
        let label = |slot: &Slot| slot.index.map(label).unwrap_or_default();
        let over = |(slot, wide): (&Slot, &usize)| format!(" {}", center(&label(slot), *wide));
        let line: Vec<String> = row.iter().zip(&widths).map(over).collect();
        style.paint(Ink::Dim, line.concat().trim_end())
    };
    let mut lines = vec![labels(&|at| at.to_string())];
    lines.extend(table::cells(&cells, style));
    if scene.rows < ROW_HEIGHT {
        return lines;
    }
    lines.push(labels(&|at| format!("-{}", len - at)));
    let ends = labels(&|at| match at {
        _ if len == 1 => String::new(),
        0 if first => scene.words.say("head"),
        at if last && at + 1 == len => scene.words.say("tail"),
        _ => String::new(),
    });
    if !ends.is_empty() {
        lines.push(ends);
    }
    lines
}

/// An index below has one more column than the one above.
fn index_width(slot: &Slot, len: usize) -> usize {
    slot.index.map_or(0, |at| {
        at.to_string().len().max((len - at).to_string().len() + 1)
    })
}
