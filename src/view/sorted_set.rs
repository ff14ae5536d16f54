//! A sorted set: rank, member, score, and a bar for the score; moved members tell where they come from.

use crate::engine::{Bytes, number, value::SortedSet};

use super::{
    bar::{bar, bar_leftwards},
    cell::cell,
    diff::{self, Change, Was},
    hash::{joined, sign, was_and_is},
    key::Scene,
    layout::{Block, block_width},
    style::{Ink, Style},
    table::{self, Align},
    window::{Seen, window, with_gaps},
};

/// A line of the table.
#[derive(Debug, Clone)]
enum Line {
    Member(Member),
    Gap(usize),
}

#[derive(Debug, Clone)]
struct Member {
    rank: Option<usize>,
    name: Bytes,
    score: f64,
    change: Change<f64>,
    old_rank: Option<usize>,
    /// Whether the member before it has the same score.
    tied: bool,
}

/// What is said behind a member: where it comes from, or that equal scores are ordered by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Remarks {
    /// In words.
    Long,
    /// An arrow and the old rank.
    Short,
    /// Nothing.
    None,
}

/// The forms of the table from the fullest to the narrowest, with the columns of a bar.
const FORMS: &[(Remarks, usize)] = &[
    (Remarks::Long, 12),
    (Remarks::Long, 8),
    (Remarks::Short, 12),
    (Remarks::Short, 8),
    (Remarks::Short, 4),
    (Remarks::Short, 0),
    (Remarks::None, 0),
];

/// The drawing, in the fullest form that fits.
#[must_use]
pub fn block(was: Was<'_, SortedSet>, zset: &SortedSet, scene: &Scene<'_>) -> Block {
    let lines = lines(was, zset, scene);
    let counts_from_highest = scene.reading.is_some_and(|reading| reading.from_highest);
    let last = (counts_from_highest && matches!(was, Was::Read(_))).then(|| zset.len() - 1);
    let forms = FORMS
        .iter()
        .map(|(remarks, columns)| draw(&lines, last, (*remarks, *columns), scene));
    let mut narrowest = Block::new();
    for block in forms {
        if block_width(&block) <= scene.columns {
            return block;
        }
        narrowest = block;
    }
    narrowest
}

/// About so many members with their scores on a line.
#[must_use]
pub fn brief(
    was: Was<'_, SortedSet>,
    zset: &SortedSet,
    most: usize,
    scene: &Scene<'_>,
) -> Vec<String> {
    let rows = most + 1;
    let lines = lines(was, zset, &Scene { rows, ..*scene });
    let part = |line: &Line| match line {
        Line::Gap(n) => joined(&gap(*n, scene)),
        Line::Member(member) => joined(&without_rank(member, scene)),
    };
    lines.iter().map(part).collect()
}

fn lines(was: Was<'_, SortedSet>, zset: &SortedSet, scene: &Scene<'_>) -> Vec<Line> {
    let gone = diff::gone(was, zset);
    let room = scene.rows.saturating_sub(gone.len() + 1).max(2);
    let shown = window(zset.len(), &diff::changed(was, zset), room);
    let mut lines: Vec<Line> = with_gaps(&shown, zset.len())
        .into_iter()
        .filter_map(|seen| match seen {
            Seen::Gap(n) => Some(Line::Gap(n)),
            Seen::At(rank) => member(was, zset, rank).map(Line::Member),
        })
        .collect();
    for (name, score) in gone.into_iter().take(scene.rows) {
        let behind = |line: &Line| matches!(line, Line::Member(other) if (other.score, &other.name) > (score, &name));
        let at = lines.iter().position(behind).unwrap_or(lines.len());
        let gone = Member {
            rank: None,
            name,
            score,
            change: Change::Gone,
            old_rank: None,
            tied: false,
        };
        lines.insert(at, Line::Member(gone));
    }
    lines
}

fn member(was: Was<'_, SortedSet>, zset: &SortedSet, rank: usize) -> Option<Member> {
    let (name, score) = zset.at(rank)?;
    let old_rank = match was {
        Was::Value(before) => before.rank(name),
        _ => None,
    };
    let above = rank.checked_sub(1).and_then(|above| zset.at(above));
    Some(Member {
        rank: Some(rank),
        name: name.clone(),
        score,
        change: diff::entry(was, rank, name, &score),
        old_rank: old_rank.filter(|old| *old != rank),
        tied: above.is_some_and(|(_, above)| above.total_cmp(&score).is_eq()),
    })
}

/// The columns of the table: sign, rank, rank from the highest, member, score, bar, remark.
const ALIGN: [Align; 7] = [
    Align::Left,
    Align::Right,
    Align::Right,
    Align::Left,
    Align::Right,
    Align::Left,
    Align::Left,
];

/// The table. `last`: the last rank, where the ranks from the highest score are shown, too.
fn draw(
    lines: &[Line],
    last: Option<usize>,
    (remarks, columns): (Remarks, usize),
    scene: &Scene<'_>,
) -> Block {
    let scale = Scale::of(lines, columns);
    let head = |id: &str| {
        scene
            .style
            .paint(Ink::Dim, &format!(" {}", scene.words.say(id)))
    };
    let mut titles = vec![
        String::new(),
        scene.style.paint(Ink::Dim, &scene.words.say("rank")),
    ];
    titles.extend(last.map(|_| head("rank-from-highest")));
    titles.extend([head("member"), head("score")]);
    let mut rows = vec![titles];
    let mut tie_told = false;
    rows.extend(lines.iter().map(|line| match line {
        Line::Gap(n) => {
            let mut gap = gap(*n, scene);
            gap.splice(1..1, last.map(|_| String::new()));
            gap
        }
        Line::Member(member) => row(
            (member, last),
            &scale,
            &remark(member, remarks, &mut tie_told, scene),
            scene,
        ),
    }));
    let mut align = ALIGN.to_vec();
    if last.is_none() {
        align.remove(1);
    }
    table::rows(&rows, &align, 1)
}

fn row(
    (member, last): (&Member, Option<usize>),
    scale: &Scale,
    remark: &str,
    scene: &Scene<'_>,
) -> Vec<String> {
    let style = scene.style;
    let (_, ink) = sign(&member.change, style);
    let shown = |rank: Option<usize>| {
        let rank = rank.map_or(String::new(), |rank| rank.to_string());
        style.paint(ink, &rank)
    };
    let mut row = without_rank(member, scene);
    let from_highest = last.map(|last| shown(member.rank.map(|rank| last - rank)));
    row.splice(
        1..1,
        std::iter::once(shown(member.rank)).chain(from_highest),
    );
    if scale.columns > 0 {
        row.push(style.paint(ink, &format!(" {}", scale.bar(member.score, style))));
    }
    if !remark.is_empty() {
        row.push(style.paint(Ink::Dim, &format!(" {remark}")));
    }
    row
}

/// Sign, name and score.
fn without_rank(member: &Member, scene: &Scene<'_>) -> Vec<String> {
    let style = scene.style;
    let (sign, ink) = sign(&member.change, style);
    let score = match &member.change {
        Change::Changed(old) => was_and_is(&shown(*old), &shown(member.score), style),
        _ => shown(member.score),
    };
    let name = cell(&member.name, (scene.columns / 3).max(8), style);
    vec![
        style.paint(ink, sign),
        format!(" {}", style.paint(ink, &name)),
        format!(" {}", style.paint(ink, &score)),
    ]
}

/// A score as Redis prints it.
#[must_use]
pub fn shown(score: f64) -> String {
    String::from_utf8_lossy(&number::format_double(score)).into_owned()
}

/// Where a member comes from; or that equal scores are ordered by name, said once.
fn remark(member: &Member, remarks: Remarks, tie_told: &mut bool, scene: &Scene<'_>) -> String {
    if remarks == Remarks::None {
        return String::new();
    }
    if let (Some(old), Some(rank)) = (member.old_rank, member.rank) {
        let arrow = if rank < old { "↑" } else { "↓" };
        let old = old.to_string();
        let said = if remarks == Remarks::Long {
            scene.words.with("was-rank", &[("n", old.into())])
        } else {
            old
        };
        return scene.style.spelled(&format!("{arrow} {said}"));
    }
    if member.tied && !*tie_told && remarks == Remarks::Long {
        *tie_told = true;
        return scene.words.say("same-score");
    }
    String::new()
}

fn gap(n: usize, scene: &Scene<'_>) -> Vec<String> {
    let more = scene
        .style
        .spelled(&scene.words.with("more", &[("n", n.into())]));
    let cell = scene.style.paint(Ink::Dim, &format!(" {more}"));
    vec![String::new(), String::new(), cell]
}

/// How long bars are.
#[derive(Debug, Clone, Copy)]
struct Scale {
    /// The greatest finite score without its sign.
    most: f64,
    /// Whether there are negative scores, so that bars start in the middle.
    both: bool,
    /// The columns of a bar.
    columns: usize,
}

impl Scale {
    fn of(lines: &[Line], columns: usize) -> Scale {
        let scores = || {
            lines.iter().filter_map(|line| match line {
                Line::Member(member) => Some(member.score),
                Line::Gap(_) => None,
            })
        };
        let finite = scores().filter(|score| score.is_finite());
        let most = finite.fold(0.0f64, |most, score| most.max(score.abs()));
        Scale {
            most,
            both: scores().any(|score| score < 0.0),
            columns,
        }
    }

    /// The part of a whole bar that a score fills.
    fn part(&self, score: f64) -> f64 {
        match score.abs() {
            size if size.is_infinite() => 1.0,
            size if self.most > 0.0 => size / self.most,
            _ => 0.0,
        }
    }

    fn bar(&self, score: f64, style: &Style) -> String {
        let columns = if self.both {
            self.columns / 2
        } else {
            self.columns
        };
        let room = columns - usize::from(score.is_infinite());
        let axis = if self.both {
            style.pick("│", "|")
        } else {
            ""
        };
        if score < 0.0 {
            let end = if score.is_infinite() {
                style.pick("◀", "<")
            } else {
                ""
            };
            return format!(
                "{end}{}{axis}",
                bar_leftwards(self.part(score), room, style)
            );
        }
        let before = if self.both {
            " ".repeat(columns)
        } else {
            String::new()
        };
        let end = if score.is_infinite() {
            style.pick("▶", ">")
        } else {
            ""
        };
        format!("{before}{axis}{}{end}", bar(self.part(score), room, style))
    }
}
