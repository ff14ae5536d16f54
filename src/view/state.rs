//! Several keys: side by side where they fit, and no more lines than a screen has beside a step.

use std::sync::Arc;

use crate::engine::Bytes;
use crate::text::Words;
use crate::tutor::StateView;

use super::{
    algebra, comparison,
    key::{self, Scene},
    layout::{Block, beside, indented},
    style::{Ink, Style},
};

/// A drawing takes about so many lines at most, that a step fits on a screen with it.
pub const MOST_LINES: usize = 13;
/// What changed is drawn even when that takes a little more.
const FOR_CHANGES: usize = 10;
/// The lines that a value may take where room is scarce.
const LEAST_ROWS: usize = 4;
/// So many keys are drawn at most.
const MOST_KEYS: usize = 24;

/// The keys of a view, and the grid of its set operation, in about so many lines; where there is no room at all, without
/// the grid.
#[must_use]
pub fn block(view: &StateView, room: usize, style: &Style, words: &Words) -> Block {
    let margin = 2;
    let columns = style.drawing_columns() - margin;
    let scene = Scene {
        style,
        words,
        columns,
        rows: 12,
        db: view.db,
        now: view.now,
        beside: comparison::WOULD_BE,
        line: &view.line,
        lifetimes: Some(&view.lifetimes),
        reading: view.reading.as_ref(),
    };
    let mut lines = grid(
        view,
        &Scene {
            rows: if room == 0 {
                0
            } else {
                room.saturating_sub(2).clamp(1, 12)
            },
            ..scene
        },
    );
    let keys: Vec<&Bytes> = view
        .keys
        .iter()
        .take(MOST_KEYS)
        .filter(|key| lines.is_empty() || room >= LEAST_ROWS || has_changed(key, view))
        .filter(|key| !is_in_grid(key, view))
        .collect();
    let room = if lines.is_empty() {
        room
    } else {
        room.saturating_sub(lines.len() + 1).max(1)
    };
    let drawn = fitting(&keys, view, &scene, room);
    if !lines.is_empty() && !drawn.is_empty() {
        lines.push(String::new());
    }
    lines.extend(drawn);
    let hidden = view.keys.len().saturating_sub(MOST_KEYS);
    if hidden > 0 {
        let more = words.with("more-keys", &[("n", hidden.into())]);
        lines.push(style.paint(Ink::Dim, &style.spelled(&more)));
    }
    if view.keys.is_empty() && view.algebra.is_none() {
        lines.push(style.paint(Ink::Dim, &words.say("no-keys")));
    }
    indented(lines, margin)
}

fn grid(view: &StateView, scene: &Scene<'_>) -> Block {
    let sources = view.before.as_ref().unwrap_or(&view.after);
    let algebra = view.algebra.as_ref().filter(|_| scene.rows > 0);
    algebra
        .map(|grid| algebra::block(grid, sources, scene))
        .unwrap_or_default()
}

/// Whether a key is a source of the grid and has not changed.
#[must_use]
pub fn is_in_grid(key: &Bytes, view: &StateView) -> bool {
    view.algebra
        .as_ref()
        .is_some_and(|grid| grid.sources.contains(key))
        && !has_changed(key, view)
}

/// Whether a key is another than before; not, when there is no before.
fn has_changed(key: &Bytes, view: &StateView) -> bool {
    let Some(before) = &view.before else {
        return false;
    };
    match (before.get(view.db, key), view.after.get(view.db, key)) {
        (Some(old), Some(new)) => !Arc::ptr_eq(old, new),
        (None, None) => false,
        _ => true,
    }
}

/// Whether a line has run and changed none of these keys; of a set operation there may be a grid.
#[must_use]
pub fn changes_nothing(view: &StateView) -> bool {
    view.before.is_some() && !view.keys.iter().any(|key| has_changed(key, view))
}

/// The keys in as much detail as there is room for.
fn fitting(keys: &[&Bytes], view: &StateView, scene: &Scene<'_>, room: usize) -> Block {
    for rows in [12, 9, 6, LEAST_ROWS] {
        let lines = beside(
            keys.iter()
                .map(|key| drawn(key, view, rows, scene))
                .collect(),
            scene.columns,
        );
        if lines.len() <= room {
            return lines;
        }
    }
    part_drawn(keys, view, scene, room)
}

/// What changed is drawn; the others get a line each, a second one where parts of them have no room on the first, and a
/// drawing, as far as there is room. Where there is hardly any, what changed gets a line too.
fn part_drawn(keys: &[&Bytes], view: &StateView, scene: &Scene<'_>, room: usize) -> Block {
    let line =
        |key, may_be_two| key::line(key, view.before.as_ref(), &view.after, may_be_two, scene);
    let mut blocks: Vec<Block> = keys.iter().map(|key| line(key, false)).collect();
    let mut for_changes = if room < LEAST_ROWS + 1 {
        0
    } else {
        FOR_CHANGES
    };
    // What may be larger, and whether it becomes a drawing or two lines.
    for (changed, is_drawn) in [(true, true), (false, false), (false, true)] {
        for (at, key) in keys.iter().enumerate() {
            if has_changed(key, view) != changed {
                continue;
            }
            let block = if is_drawn {
                drawn(key, view, LEAST_ROWS, scene)
            } else {
                line(key, true)
            };
            let needed = block.len();
            let smaller = std::mem::replace(&mut blocks[at], block);
            let has_room = beside(blocks.clone(), scene.columns).len() <= room;
            if changed && needed <= for_changes {
                for_changes -= needed;
            } else if !has_room {
                blocks[at] = smaller;
            }
        }
    }
    beside(blocks, scene.columns)
}

fn drawn(key: &Bytes, view: &StateView, rows: usize, scene: &Scene<'_>) -> Block {
    key::block(
        key,
        view.before.as_ref(),
        &view.after,
        &Scene { rows, ..*scene },
    )
}
