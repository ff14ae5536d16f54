//! A hash: fields and values, a line each.

use crate::engine::{Bytes, value::Hash};

use super::{
    cell::cell,
    diff::{self, Change, Was},
    key::Scene,
    layout::Block,
    style::{Ink, Style},
    table::{self, Align},
    window::{Seen, window, with_gaps},
};

/// The drawing: a sign, the field, the value.
#[must_use]
pub fn block(was: Was<'_, Hash>, hash: &Hash, scene: &Scene<'_>) -> Block {
    let rows = rows(was, hash, scene);
    table::rows(&rows, &[Align::Left, Align::Left, Align::Left], 1)
}

fn rows(was: Was<'_, Hash>, hash: &Hash, scene: &Scene<'_>) -> Vec<Vec<String>> {
    let gone = diff::gone(was, hash);
    let room = scene.rows.saturating_sub(gone.len()).max(2);
    let shown = window(hash.len(), &diff::changed(was, hash), room);
    let mut rows: Vec<Vec<String>> = with_gaps(&shown, hash.len())
        .into_iter()
        .filter_map(|seen| match seen {
            Seen::Gap(n) => Some(gap(n, scene)),
            Seen::At(at) => hash.at(at).map(|(field, value)| {
                line(&diff::entry(was, at, field, value), field, value, scene)
            }),
        })
        .collect();
    rows.extend(
        gone.iter()
            .take(scene.rows)
            .map(|(field, value)| line(&Change::Gone, field, value, scene)),
    );
    rows
}

/// About so many fields with their values on a line.
#[must_use]
pub fn brief(was: Was<'_, Hash>, hash: &Hash, most: usize, scene: &Scene<'_>) -> Vec<String> {
    let rows = rows(
        was,
        hash,
        &Scene {
            rows: most,
            ..*scene
        },
    );
    rows.iter().map(|row| joined(row)).collect()
}

/// The cells of a row as one text.
#[must_use]
pub fn joined(row: &[String]) -> String {
    let cells: Vec<&str> = row
        .iter()
        .map(|cell| cell.trim())
        .filter(|cell| !cell.is_empty())
        .collect();
    cells.join(" ")
}

fn line(change: &Change<Bytes>, field: &Bytes, value: &Bytes, scene: &Scene<'_>) -> Vec<String> {
    let (field_room, value_room) = rooms(scene);
    // What was and what is share the room, with an arrow between them.
    let half = (value_room / 2).saturating_sub(2);
    let style = scene.style;
    let field = cell(field, field_room, style);
    let value = match change {
        Change::Changed(old) => {
            was_and_is(&cell(old, half, style), &cell(value, half, style), style)
        }
        _ => cell(value, value_room, style),
    };
    let (sign, ink) = sign(change, style);
    vec![
        style.paint(ink, sign),
        format!("{}  ", style.paint(ink, &field)),
        style.paint(ink, &value),
    ]
}

/// The columns for fields and for values.
fn rooms(scene: &Scene<'_>) -> (usize, usize) {
    let free = scene.columns.saturating_sub(8);
    (free / 3, free - free / 3)
}

fn gap(n: usize, scene: &Scene<'_>) -> Vec<String> {
    let more = scene
        .style
        .spelled(&scene.words.with("more", &[("n", n.into())]));
    vec![
        String::new(),
        scene.style.paint(Ink::Dim, &more),
        String::new(),
    ]
}

/// The sign of a change, and its ink.
#[must_use]
pub fn sign<V>(change: &Change<V>, style: &Style) -> (&'static str, Ink) {
    match change {
        Change::Same => (" ", Ink::Normal),
        Change::Read => (read_sign(style), Ink::Read),
        Change::New => ("+", Ink::New),
        Change::Gone => ("-", Ink::Gone),
        Change::Changed(_) => ("~", Ink::Changed),
    }
}

/// The sign of what a line has read.
#[must_use]
pub fn read_sign(style: &Style) -> &'static str {
    style.pick("›", ">")
}

/// `15 → 16`
#[must_use]
pub fn was_and_is(old: &str, new: &str, style: &Style) -> String {
    format!("{old} {} {new}", style.pick("→", "->"))
}
