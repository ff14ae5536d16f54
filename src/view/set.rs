//! A set: a bag. It has no order, so it is drawn sorted, the same every time.

use crate::engine::{Bytes, number, value::Set};

use super::{
    cell::cell,
    diff::{self, Change, Was},
    hash::sign,
    key::Scene,
    layout::{Block, width},
    style::Ink,
    table,
    window::window,
};

/// Between two members.
const GAP: &str = "   ";

/// So many lines of members are drawn at most.
const LINES: usize = 5;

/// The drawing: as many members as there is room for.
#[must_use]
pub fn block(was: Was<'_, Set>, set: &Set, scene: &Scene<'_>) -> Block {
    let columns = scene.columns.saturating_sub(4);
    let (changed, gone) = (diff::changed(was, set), diff::gone(was, set));
    let mut drawn = Vec::new();
    for room in [60, 48, 36, 28, 20, 14, 10, 6] {
        let shown = window(set.len(), &changed, room);
        drawn = lines(&members(was, set, &shown, &gone, scene), columns);
        if drawn.len() <= LINES.min(scene.rows.saturating_sub(2)).max(2) {
            break;
        }
    }
    table::bag(&drawn, scene.style)
}

/// About so many members on a line.
#[must_use]
pub fn brief(was: Was<'_, Set>, set: &Set, most: usize, scene: &Scene<'_>) -> Vec<String> {
    let shown = window(set.len(), &diff::changed(was, set), most);
    members(was, set, &shown, &diff::gone(was, set), scene)
}

/// The members at these positions and those that are gone with their signs, sorted, and how many there are besides.
fn members(
    was: Was<'_, Set>,
    set: &Set,
    shown: &[usize],
    gone: &[(Bytes, ())],
    scene: &Scene<'_>,
) -> Vec<String> {
    let style = scene.style;
    let kept = shown.iter().filter_map(|at| {
        let member = set.at(*at)?;
        let change = diff::entry(was, *at, &member, &());
        Some((member, change))
    });
    let gone = gone
        .iter()
        .map(|(member, ())| (member.clone(), Change::Gone));
    let mut members: Vec<(Bytes, Change<()>)> = kept.chain(gone).collect();
    members.sort_by(|(a, _), (b, _)| order(a).cmp(&order(b)));
    let widest = scene.columns.saturating_sub(8).min(30);
    let signed = members.iter().map(|(member, change)| {
        let (sign, ink) = sign(change, style);
        style.paint(
            ink,
            format!("{sign} {}", cell(member, widest, style)).trim_start(),
        )
    });
    let hidden = set.len() - shown.len();
    let more = (hidden > 0).then(|| {
        let more = scene.words.with("more", &[("n", hidden.into())]);
        style.paint(Ink::Dim, &style.spelled(&more))
    });
    signed.chain(more).collect()
}

/// The order in which members are shown: numbers by size, before other members by their bytes.
#[must_use]
pub fn order(member: &[u8]) -> (bool, i64, &[u8]) {
    match number::parse_int(member) {
        Some(number) => (false, number, member),
        None => (true, 0, member),
    }
}

/// Words in lines of at most so many columns.
fn lines(words: &[String], columns: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words {
        match lines.last_mut() {
            Some(line) if width(line) + GAP.len() + width(word) <= columns => {
                line.push_str(GAP);
                line.push_str(word);
            }
            _ => lines.push(word.clone()),
        }
    }
    lines
}
