//! A set operation as a grid: a line for each member, a column for each set, and one for the result.

use std::collections::BTreeSet;

use crate::engine::{Bytes, Keyspace, value::Set};

use super::{
    cell::cell,
    key::Scene,
    layout::{Block, center, clean_line, cut, pad, width},
    style::Ink,
};
use crate::tutor::Algebra;

/// A member, which sets have it, and whether the result has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The member.
    pub member: Bytes,
    /// For each source whether it has the member.
    pub of: Vec<bool>,
    /// Whether the result has it.
    pub result: bool,
}

/// So many members of each set are looked at.
const LOOKED_AT: usize = 1_000;

/// The grid's rows, sorted, and how many members there are that were not looked at.
#[must_use]
pub fn rows(algebra: &Algebra, keyspace: &Keyspace, db: usize) -> (Vec<Row>, usize) {
    let sets: Vec<Option<&Set>> = algebra
        .sources
        .iter()
        .map(|key| keyspace.read::<Set>(db, key).ok().flatten())
        .collect();
    let some = |set: &Set| {
        (0..set.len().min(LOOKED_AT))
            .filter_map(|at| set.at(at))
            .collect::<Vec<_>>()
    };
    let members: BTreeSet<Bytes> = sets.iter().copied().flatten().flat_map(some).collect();
    let unseen = sets
        .iter()
        .copied()
        .flatten()
        .map(|set| set.len().saturating_sub(LOOKED_AT))
        .sum();
    let rows = members.into_iter().map(|member| {
        let of: Vec<bool> = sets
            .iter()
            .map(|set| set.is_some_and(|set| set.contains(&member)))
            .collect();
        let result = match algebra.operation {
            "SINTER" => of.iter().all(|has| *has),
            "SDIFF" => of.first() == Some(&true) && !of[1..].contains(&true),
            _ => of.contains(&true),
        };
        Row { member, of, result }
    });
    (rows.collect(), unseen)
}

/// The drawing.
#[must_use]
pub fn block(algebra: &Algebra, keyspace: &Keyspace, scene: &Scene<'_>) -> Block {
    let style = scene.style;
    let (rows, unseen) = rows(algebra, keyspace, scene.db);
    let room = match scene.rows.max(3) {
        // That one is left out costs as much as that one.
        room if rows.len() == room + 1 && unseen == 0 => room + 1,
        room => room,
    };
    let names = rows
        .iter()
        .take(room)
        .map(|row| width(&cell(&row.member, scene.columns / 3, style)));
    let first = names.max().unwrap_or(0) + 6;
    let heads = heads(algebra, scene.columns.saturating_sub(first), scene);
    let mut lines = heading(algebra, &heads, first, scene);
    let first = match lines.as_slice() {
        [only] => width(only) - heads_width(&heads),
        _ => first,
    };
    lines.extend(
        rows.iter()
            .take(room)
            .map(|row| grid_line(row, &heads, first, scene)),
    );
    lines.extend(remark(&rows, room, unseen, scene));
    lines
}

/// Between two columns of the grid.
const GAP: &str = "   ";

fn heads_width(heads: &[String]) -> usize {
    heads
        .iter()
        .map(|head| width(head) + GAP.len())
        .sum::<usize>()
        - GAP.len()
}

/// The line as typed and the columns' names, on one line where there is room.
fn heading(algebra: &Algebra, heads: &[String], first: usize, scene: &Scene<'_>) -> Block {
    let style = scene.style;
    let line = clean_line(&algebra.line);
    let names = style.paint(Ink::Dim, &heads.join(GAP));
    let together = (width(&line) + 4).max(first);
    if together + heads_width(heads) <= scene.columns {
        return vec![format!(
            "{}{names}",
            style.paint(Ink::Strong, &pad(&line, together))
        )];
    }
    let line = style.paint(Ink::Strong, &cut(&line, scene.columns, style));
    vec![line, format!("{}{names}", " ".repeat(first))]
}

/// What is not shown, or that the result is empty.
fn remark(rows: &[Row], room: usize, unseen: usize, scene: &Scene<'_>) -> Option<String> {
    let hidden = rows.len().saturating_sub(room) + unseen;
    let said = if hidden > 0 {
        scene
            .style
            .spelled(&scene.words.with("more", &[("n", hidden.into())]))
    } else if rows.iter().any(|row| row.result) {
        return None;
    } else {
        scene.words.say("algebra-none")
    };
    Some(scene.style.paint(Ink::Dim, &format!("  {said}")))
}

fn grid_line(row: &Row, heads: &[String], first: usize, scene: &Scene<'_>) -> String {
    let style = scene.style;
    let dot = |has: bool| {
        if has {
            style.pick("●", "*")
        } else {
            style.pick("·", ".")
        }
    };
    let in_result = if row.result { Ink::New } else { Ink::Normal };
    let inks = row
        .of
        .iter()
        .map(|has| if *has { Ink::Normal } else { Ink::Dim })
        .chain([in_result]);
    let cells = row
        .of
        .iter()
        .copied()
        .chain([row.result])
        .zip(heads)
        .zip(inks);
    let cells: Vec<String> = cells
        .map(|((has, head), ink)| style.paint(ink, &center(dot(has), width(head))))
        .collect();
    let name = format!("  {}", cell(&row.member, scene.columns / 3, style));
    format!(
        "{}{}",
        style.paint(in_result, &pad(&name, first)),
        cells.join(GAP)
    )
    .trim_end()
    .to_owned()
}

/// The columns' names: what the keys do not have in common, and what the result is. Numbers alone would read like
/// members: of those the whole key is named where there is room, else its colon too.
fn heads(algebra: &Algebra, columns: usize, scene: &Scene<'_>) -> Vec<String> {
    let common = common_beginning(&algebra.sources);
    if algebra.sources.iter().all(|key| tells(&key[common..])) {
        return named(algebra, common, scene);
    }
    let whole = named(algebra, 0, scene);
    if heads_width(&whole) <= columns {
        return whole;
    }
    named(algebra, common.saturating_sub(1), scene)
}

fn named(algebra: &Algebra, common: usize, scene: &Scene<'_>) -> Vec<String> {
    let short = |key: &Bytes| {
        cell(
            &key[common..],
            if scene.columns < 60 { 6 } else { 12 },
            scene.style,
        )
    };
    let mut heads: Vec<String> = algebra.sources.iter().map(short).collect();
    let first = heads.first().cloned().unwrap_or_default();
    let count = algebra.sources.len();
    heads.push(match algebra.operation {
        "SINTER" => scene.words.with("algebra-inter", &[("n", count.into())]),
        "SDIFF" => scene.words.with("algebra-diff", &[("key", first.into())]),
        _ => scene.words.say("algebra-union"),
    });
    heads
}

/// Whether what is left of a key still reads like a name.
fn tells(name: &[u8]) -> bool {
    name.iter().any(|byte| !byte.is_ascii_digit())
}

/// The length of the keys' common beginning up to a colon: `likes:` of `likes:ana` and `likes:ben`.
fn common_beginning(keys: &[Bytes]) -> usize {
    let Some(first) = keys.first() else { return 0 };
    let colon = first
        .iter()
        .rposition(|byte| *byte == b':')
        .map_or(0, |at| at + 1);
    let shared = keys
        .iter()
        .all(|key| key.len() > colon && key[..colon] == first[..colon]);
    if shared { colon } else { 0 }
}
