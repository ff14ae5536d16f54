//! A string: its text, its beginning and end when it is long, and what it was.

use crate::engine::value::Str;

use super::{
    cell::ends,
    diff::Was,
    key::Scene,
    layout::{Block, width},
    style::Ink,
};

/// The value on a line; a changed one beside its old text, or under it where there is no room.
#[must_use]
pub fn block(was: Was<'_, Str>, value: &Str, scene: &Scene<'_>) -> Block {
    let style = scene.style;
    let Was::Value(old) = was else {
        let shown = shown(&value.bytes(), scene);
        return match was {
            Was::Absent => vec![style.paint(Ink::New, &format!("+ {shown}"))],
            _ => vec![format!("  {shown}")],
        };
    };
    let (old, new) = (old.bytes(), value.bytes());
    if old == new {
        return vec![format!("  {}", shown(&new, scene))];
    }
    let at = first_difference(&old, &new);
    let (old, new) = (around(&old, at, scene), around(&new, at, scene));
    let line = format!("~ {old} {} {new}", style.pick("→", "->"));
    if width(&line) <= scene.columns {
        return vec![style.paint(Ink::Changed, &line)];
    }
    vec![
        style.paint(Ink::Gone, &format!("- {old}")),
        style.paint(Ink::New, &format!("+ {new}")),
    ]
}

/// So many bytes are compared.
const SCAN: usize = 1 << 20;

fn first_difference(old: &[u8], new: &[u8]) -> usize {
    old.iter()
        .zip(new)
        .take(SCAN)
        .take_while(|(a, b)| a == b)
        .count()
}

fn more(n: usize, scene: &Scene<'_>) -> String {
    scene
        .style
        .spelled(&scene.words.with("more-bytes", &[("n", n.into())]))
}

/// A text with its beginning and end.
fn shown(bytes: &[u8], scene: &Scene<'_>) -> String {
    ends(
        bytes,
        scene.columns.saturating_sub(2),
        |n| more(n, scene),
        scene.style,
    )
}

/// A text as seen from the place where it changed.
fn around(bytes: &[u8], at: usize, scene: &Scene<'_>) -> String {
    let columns = scene.columns.saturating_sub(2);
    // As long as the change lies in the beginning that is shown anyway, nothing need be left out before it.
    if bytes.len() <= columns || at < columns / 4 {
        return shown(bytes, scene);
    }
    let start = at.min(bytes.len()).saturating_sub(8);
    let before = more(start, scene);
    let room = columns.saturating_sub(width(&before) + 1);
    format!(
        "{before} {}",
        ends(&bytes[start..], room, |n| more(n, scene), scene.style)
    )
}
