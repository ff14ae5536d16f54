//! A set operation as a grid: a line for each member, a column for each set, and one for the result. Of sorted sets it
//! has the scores.

use std::collections::{BTreeMap, BTreeSet};

use crate::engine::{
    Bytes, Keyspace,
    value::{Set, SortedSet, Value},
};

use super::{
    cell::cell,
    key::Scene,
    layout::{Block, center, clean_line, cut, pad, width},
    sorted_set::shown,
    style::Ink,
};
use crate::tutor::Algebra;

/// A member, what it has in each set, and in the result.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The member.
    pub member: Bytes,
    /// For each source its score there, where that has it; 1 in a set, as sorted sets are combined with sets.
    pub of: Vec<Option<f64>>,
    /// Its score in the result, where that has it.
    pub result: Option<f64>,
}

/// So many members of each set are looked at.
const LOOKED_AT: usize = 1_000;

/// A source of an operation: a sorted set or a set.
#[derive(Clone, Copy)]
enum Source<'a> {
    Sorted(&'a SortedSet),
    Plain(&'a Set),
}

impl<'a> Source<'a> {
    fn of(key: &[u8], keyspace: &'a Keyspace, db: usize) -> Option<Source<'a>> {
        match &keyspace.get(db, key)?.value {
            Value::SortedSet(zset) => Some(Source::Sorted(zset)),
            Value::Set(set) => Some(Source::Plain(set)),
            _ => None,
        }
    }

    fn len(self) -> usize {
        match self {
            Source::Sorted(zset) => zset.len(),
            Source::Plain(set) => set.len(),
        }
    }

    fn some(self) -> Vec<Bytes> {
        match self {
            Source::Sorted(zset) => {
                let members = zset.iter().take(LOOKED_AT);
                members.map(|(member, _)| member.clone()).collect()
            }
            Source::Plain(set) => set.iter().take(LOOKED_AT).collect(),
        }
    }

    fn score(self, member: &[u8]) -> Option<f64> {
        match self {
            Source::Sorted(zset) => zset.score(member),
            Source::Plain(set) => set.contains(member).then_some(1.0),
        }
    }
}

/// The grid's rows and how many members there are that were not looked at. Rows are sorted by member; of sorted sets the
/// result's come first, in its order.
#[must_use]
pub fn rows(algebra: &Algebra, keyspace: &Keyspace, db: usize) -> (Vec<Row>, usize) {
    let source = |key: &Bytes| Source::of(key, keyspace, db);
    let sources: Vec<Option<Source<'_>>> = algebra.sources.iter().map(source).collect();
    let there = || sources.iter().copied().flatten();
    let members: BTreeSet<Bytes> = there().flat_map(Source::some).collect();
    let unseen = there().map(|source| source.len().saturating_sub(LOOKED_AT));
    let unseen = unseen.sum();
    let scores = algebra.scores.iter().flatten();
    let places: BTreeMap<&Bytes, (usize, f64)> = (0..)
        .zip(scores)
        .map(|(place, (member, score))| (member, (place, *score)))
        .collect();
    let mut rows: Vec<Row> = members
        .into_iter()
        .map(|member| {
            let of: Vec<Option<f64>> = sources
                .iter()
                .map(|source| source.and_then(|source| source.score(&member)))
                .collect();
            let has = |at: usize| of.get(at).is_some_and(Option::is_some);
            let result = match algebra.operation {
                "SINTER" => of.iter().all(Option::is_some).then_some(1.0),
                "SDIFF" => (has(0) && !(1..of.len()).any(has)).then_some(1.0),
                "SUNION" => Some(1.0),
                _ => places.get(&member).map(|(_, score)| *score),
            };
            Row { member, of, result }
        })
        .collect();
    rows.sort_by_key(|row| {
        places
            .get(&row.member)
            .map_or(usize::MAX, |(place, _)| *place)
    });
    (rows, unseen)
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
    let hidden = rows.len().saturating_sub(room) + unseen;
    let rows = most_telling(rows, room);
    let names = rows
        .iter()
        .map(|row| width(&cell(&row.member, scene.columns / 3, style)));
    let first = names.max().unwrap_or(0) + 6;
    let mut heads = heads(
        algebra,
        scene.columns.saturating_sub(first),
        keyspace,
        scene,
    );
    let mut cells: Vec<Vec<String>> = rows.iter().map(|row| cells(row, algebra, scene)).collect();
    align(&mut heads, &mut cells);
    narrow(
        &mut heads,
        &mut cells,
        scene.columns.saturating_sub(first),
        scene,
    );
    let mut lines = heading(algebra, &heads, first, scene);
    let first = match lines.as_slice() {
        [only] => width(only) - heads_width(&heads),
        _ => first,
    };
    let drawn = rows.iter().zip(&cells);
    lines.extend(drawn.map(|(row, cells)| grid_line(row, cells, first, scene)));
    lines.extend(remark(&rows, hidden, scene));
    lines
}

/// As many rows as there is room for, in their order: one for each choice of sources that have a member before others, and
/// those of the result before those that are not in it.
fn most_telling(rows: Vec<Row>, room: usize) -> Vec<Row> {
    let mut seen: BTreeSet<Vec<bool>> = BTreeSet::new();
    let mut ranked: Vec<(bool, bool, usize, Row)> = rows
        .into_iter()
        .enumerate()
        .map(|(place, row)| {
            let is_new = seen.insert(row.of.iter().map(Option::is_some).collect());
            (!is_new, row.result.is_none(), place, row)
        })
        .collect();
    ranked.sort_by_key(|(is_known, is_left_out, place, _)| (*is_known, *is_left_out, *place));
    ranked.truncate(room);
    ranked.sort_by_key(|(_, _, place, _)| *place);
    ranked.into_iter().map(|(_, _, _, row)| row).collect()
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
fn remark(rows: &[Row], hidden: usize, scene: &Scene<'_>) -> Option<String> {
    let said = if hidden > 0 {
        scene
            .style
            .spelled(&scene.words.with("more", &[("n", hidden.into())]))
    } else if rows.iter().any(|row| row.result.is_some()) {
        return None;
    } else {
        scene.words.say("algebra-none")
    };
    Some(scene.style.paint(Ink::Dim, &format!("  {said}")))
}

/// What stands in a row's columns, the sources' and the result's: dots, or scores.
fn cells(row: &Row, algebra: &Algebra, scene: &Scene<'_>) -> Vec<String> {
    let style = scene.style;
    let cell = |score: Option<f64>| match score {
        None => style.pick("·", ".").to_owned(),
        Some(score) if algebra.scores.is_some() => shown(score),
        Some(_) => style.pick("●", "*").to_owned(),
    };
    let scores = row.of.iter().copied().chain([row.result]);
    scores.map(cell).collect()
}

/// Makes columns of heads and cells: a column's cells end below one another, in its middle.
fn align(heads: &mut [String], rows: &mut [Vec<String>]) {
    for (at, head) in heads.iter_mut().enumerate() {
        let widest = rows.iter().map(|row| width(&row[at])).max().unwrap_or(0);
        let columns = widest.max(width(head));
        *head = center(head, columns);
        for cell in rows.iter_mut().map(|row| &mut row[at]) {
            let indent = " ".repeat(widest - width(cell));
            *cell = center(&format!("{indent}{cell}"), columns);
        }
    }
}

/// Leaves out the last sources where there is no room for all: a column of dots stands for them.
fn narrow(heads: &mut Vec<String>, rows: &mut [Vec<String>], room: usize, scene: &Scene<'_>) {
    let dots = scene.style.pick("…", "...");
    let mut is_cut = false;
    while heads_width(heads) > room && heads.len() > 1 + usize::from(is_cut) {
        let at = heads.len() - 2;
        for line in std::iter::once(&mut *heads).chain(rows.iter_mut()) {
            if is_cut {
                line.remove(at - 1);
            } else {
                dots.clone_into(&mut line[at]);
            }
        }
        is_cut = true;
    }
}

fn grid_line(row: &Row, cells: &[String], first: usize, scene: &Scene<'_>) -> String {
    let style = scene.style;
    let in_result = if row.result.is_some() {
        Ink::New
    } else {
        Ink::Normal
    };
    let has = |score: &Option<f64>| score.map_or(Ink::Dim, |_| Ink::Normal);
    // The last cell is the result's, however many sources are shown.
    let (result, sources) = cells
        .split_last()
        .map_or(("", cells), |(last, of)| (last, of));
    let sources = sources.iter().zip(row.of.iter().map(has));
    let mut cells: Vec<String> = sources.map(|(cell, ink)| style.paint(ink, cell)).collect();
    cells.push(style.paint(in_result, result));
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
/// members, and a rest that is itself the name of a key like that key: then the whole key is named where there is room, else
/// its colon too.
fn heads(algebra: &Algebra, columns: usize, keyspace: &Keyspace, scene: &Scene<'_>) -> Vec<String> {
    let common = common_beginning(&algebra.sources);
    let is_clear = |key: &Bytes| {
        let name = &key[common..];
        tells(name) && (common == 0 || keyspace.get(scene.db, name).is_none())
    };
    if algebra.sources.iter().all(is_clear) {
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
        _ if algebra.scores.is_some() => scene.words.say("algebra-result"),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_member_of_each_kind_is_shown_before_others() {
        let row = |name: &str, of: [bool; 2]| Row {
            member: Bytes::from(name.as_bytes()),
            of: of.map(|has| has.then_some(1.0)).to_vec(),
            result: (of == [true, true]).then_some(1.0),
        };
        let rows = || {
            let (both, left, right) = ([true, true], [true, false], [false, true]);
            let rows = [
                ("1", both),
                ("2", left),
                ("3", both),
                ("4", both),
                ("5", right),
            ];
            rows.map(|(name, of)| row(name, of)).to_vec()
        };
        let shown = |room| -> Vec<String> {
            let rows = most_telling(rows(), room).into_iter();
            rows.map(|row| String::from_utf8_lossy(&row.member).into_owned())
                .collect()
        };
        assert_eq!(shown(3), ["1", "2", "5"]);
        assert_eq!(shown(4), ["1", "2", "3", "5"]);
        assert_eq!(shown(9), ["1", "2", "3", "4", "5"]);
    }
}
