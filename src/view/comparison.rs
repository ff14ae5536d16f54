//! What a line has made of the keys, or a wrong attempt would have made, beside what is wanted, the differences marked.

use crate::engine::{
    Bytes, Entry, Keyspace, number,
    value::{List, Str, Value},
};

use crate::lesson::Picture;

use super::{
    cell::{apart, cell},
    diff::{self, Entries, Run, RunKind},
    key::{Scene, type_name},
    layout::{Block, center, cut, indented, width},
    set::order,
    style::{Ink, Mark},
    table::{self, Align},
    time,
    window::{Seen, window, with_gaps},
};

/// The name of what a wrong attempt would make, or EXEC.
pub const WOULD_BE: &str = "would-be";
/// The name of what is there.
pub const IS_NOW: &str = "is-there";

/// So many keys are compared.
const MOST_KEYS: usize = 3;
/// So many elements, fields or members of a key.
const MOST_ROWS: usize = 8;

/// The comparison of these keys, under a line that introduces it.
#[must_use]
pub fn block(
    intro: Option<String>,
    (would_be, wanted): (&Keyspace, &Keyspace),
    keys: &[Bytes],
    scene: &Scene<'_>,
) -> Block {
    let mut lines = Block::new();
    lines.extend(intro.into_iter().flat_map(|line| [line, String::new()]));
    for (at, key) in keys.iter().take(MOST_KEYS).enumerate() {
        if at > 0 {
            lines.push(String::new());
        }
        lines.extend(of_key(
            key,
            would_be.get(scene.db, key),
            wanted.get(scene.db, key),
            scene,
        ));
    }
    if keys.len() > MOST_KEYS {
        let more = scene
            .words
            .with("more-keys", &[("n", (keys.len() - MOST_KEYS).into())]);
        lines.push(scene.style.paint(Ink::Dim, &scene.style.spelled(&more)));
    }
    indented(lines, 2)
}

type Found<'a> = Option<&'a std::sync::Arc<Entry>>;

fn of_key(key: &Bytes, would_be: Found<'_>, wanted: Found<'_>, scene: &Scene<'_>) -> Block {
    let mut lines = vec![
        scene
            .style
            .paint(Ink::Strong, &cell(key, scene.columns / 2, scene.style)),
    ];
    // Where only the time left differs, that alone is shown.
    let pair = would_be.zip(wanted);
    let is_same = |(a, b): (&std::sync::Arc<Entry>, &std::sync::Arc<Entry>)| {
        Picture::of(&a.value) == Picture::of(&b.value)
    };
    if !pair.is_some_and(is_same) {
        lines.extend(indented(values(would_be, wanted, scene), 2));
    }
    let (Some(a), Some(b)) = (would_be, wanted) else {
        return lines;
    };
    if a.deadline != b.deadline {
        let label = scene.words.say("time-left-label");
        lines.push(format!("  {}", scene.style.paint(Ink::Dim, &label)));
        let (a, b) = times_left(a.deadline, b.deadline, scene);
        lines.extend(indented(two_lines(&a, &b, scene), 4));
    }
    lines
}

/// Two times left that differ: exactly, where they look alike in large units.
fn times_left(a: Option<i64>, b: Option<i64>, scene: &Scene<'_>) -> (String, String) {
    let say = |said: &dyn Fn(i64) -> String| {
        [a, b].map(|deadline| match deadline {
            Some(deadline) => said(deadline - scene.now),
            None => scene.words.say("no-deadline"),
        })
    };
    let [mut of_a, mut of_b] = say(&|left| time::duration(left, scene.words));
    if of_a == of_b {
        [of_a, of_b] = say(&|left| time::exactly(left, scene.words));
    }
    (of_a, of_b)
}

/// What a key holds and how long, in a sentence.
#[must_use]
pub fn told_with_time(found: Found<'_>, scene: &Scene<'_>) -> String {
    let told = told(found, scene);
    let Some(deadline) = found.and_then(|entry| entry.deadline) else {
        return told;
    };
    let time = time::duration(deadline - scene.now, scene.words);
    format!(
        "{told}{}{}",
        scene.words.say("comma"),
        scene.words.with("time-left", &[("time", time.into())])
    )
}

fn values(would_be: Found<'_>, wanted: Found<'_>, scene: &Scene<'_>) -> Block {
    let (Some(a), Some(b)) = (would_be, wanted) else {
        return two_lines(&told(would_be, scene), &told(wanted, scene), scene);
    };
    match (&a.value, &b.value) {
        (Value::List(a), Value::List(b)) => lists(a, b, scene),
        (Value::Hash(a), Value::Hash(b)) => entries(
            &pairings(&**a, &**b),
            "field",
            |value| cell(value, scene.columns / 4, scene.style),
            scene,
        ),
        (Value::Set(a), Value::Set(b)) => {
            let mut all = pairings(&**a, &**b);
            all.sort_by(|(a, ..), (b, ..)| order(a).cmp(&order(b)));
            entries(
                &all,
                "member",
                |()| scene.style.pick("●", "*").to_owned(),
                scene,
            )
        }
        (Value::SortedSet(a), Value::SortedSet(b)) => {
            let mut all = pairings(&**a, &**b);
            let score = |(_, a, b): &Pairing<f64>| b.or(*a).unwrap_or(0.0);
            all.sort_by(|a, b| score(a).total_cmp(&score(b)));
            entries(&all, "member", |score| score_text(*score), scene)
        }
        (Value::String(a), Value::String(b)) if a.bytes() == b.bytes() => Block::new(),
        (Value::String(a), Value::String(b)) => {
            let show = |value: &Str| {
                cell(
                    &value.bytes(),
                    scene.columns.saturating_sub(label_width(scene) + 8),
                    scene.style,
                )
            };
            two_lines(&show(a), &show(b), scene)
        }
        _ => two_lines(&told(would_be, scene), &told(wanted, scene), scene),
    }
}

fn score_text(score: f64) -> String {
    String::from_utf8_lossy(&number::format_double(score)).into_owned()
}

/// The width of the labels "would be" and "wanted".
fn label_width(scene: &Scene<'_>) -> usize {
    width(&scene.words.say(scene.beside)).max(width(&scene.words.say("wanted"))) + 3
}

fn labels(scene: &Scene<'_>) -> (String, String) {
    let wide = label_width(scene);
    let dim = |id: &str| scene.style.paint(Ink::Dim, &super::layout::pad(id, wide));
    (
        dim(&scene.words.say(scene.beside)),
        dim(&scene.words.say("wanted")),
    )
}

fn two_lines(would_be: &str, wanted: &str, scene: &Scene<'_>) -> Block {
    let style = scene.style;
    let (first, second) = labels(scene);
    // Of one value beside another nobody needs to be told that it differs; only that it is wrong.
    let mark = if scene.beside == WOULD_BE {
        format!("  {}", mark(scene))
    } else {
        String::new()
    };
    vec![
        format!("{first}{}{mark}", style.paint(ink(scene), would_be)),
        format!("{second}{wanted}"),
    ]
}

/// The sign of a difference: what is still to be done is other, but not wrong.
fn mark(scene: &Scene<'_>) -> String {
    if scene.beside == WOULD_BE {
        scene.style.mark(Mark::Wrong)
    } else {
        let sign = scene.style.pick("≠", "!=");
        scene.style.paint(Ink::Changed, sign)
    }
}

/// The ink of what differs.
fn ink(scene: &Scene<'_>) -> Ink {
    if scene.beside == WOULD_BE {
        Ink::Gone
    } else {
        Ink::Changed
    }
}

/// What a key holds, on one line, with its type.
fn told(found: Found<'_>, scene: &Scene<'_>) -> String {
    let Some(entry) = found else {
        return scene.words.say("not-there");
    };
    let (mut items, len) = some_items(&entry.value, scene);
    if items.len() < len {
        items.push(scene.style.pick("…", "...").to_owned());
    }
    let values = [
        ("kind", type_name(entry.value.kind(), scene.words).into()),
        ("items", items.join(&scene.words.say("and-comma")).into()),
    ];
    let columns = scene.columns.saturating_sub(label_width(scene) + 6);
    cut(&scene.words.with("told", &values), columns, scene.style)
}

/// So many elements are told.
const TOLD: usize = 8;

/// The first elements, fields or members, and how many there are.
fn some_items(value: &Value, scene: &Scene<'_>) -> (Vec<String>, usize) {
    let short = |bytes: &Bytes| apart(bytes, 16, scene.style);
    match value {
        Value::String(value) => (vec![cell(&value.bytes(), scene.columns, scene.style)], 1),
        Value::List(list) => (list.iter().take(TOLD).map(short).collect(), list.len()),
        Value::Hash(hash) => {
            let pair =
                |(field, value): (&Bytes, &Bytes)| format!("{} {}", short(field), short(value));
            (hash.iter().take(TOLD).map(pair).collect(), hash.len())
        }
        Value::Set(set) => {
            let mut members: Vec<Bytes> = set.iter().take(TOLD * TOLD).collect();
            members.sort_by(|a, b| order(a).cmp(&order(b)));
            (members.iter().take(TOLD).map(short).collect(), set.len())
        }
        Value::SortedSet(zset) => {
            let pair =
                |(member, score): (&Bytes, f64)| format!("{} {}", short(member), score_text(score));
            (zset.iter().take(TOLD).map(pair).collect(), zset.len())
        }
    }
}

/// A place in two lists: what stands there in the one and in the other.
#[derive(Debug, Clone)]
enum Place {
    Pair(Option<Bytes>, Option<Bytes>),
    Gap(usize),
}

/// So many bands of places are drawn at most.
const BANDS: usize = 2;

/// Two lists under each other, element under element, in a second band where one is too narrow.
fn lists(would_be: &List, wanted: &List, scene: &Scene<'_>) -> Block {
    let widest = (scene.columns / 5).clamp(4, 16);
    let pairs = Pairs::of(would_be, wanted);
    let mut drawn = Vec::new();
    for room in (2..=scene.columns / 4 * BANDS).rev() {
        drawn = bands(&places(&pairs, room), widest, scene);
        if drawn.len() <= BANDS {
            break;
        }
    }
    drawn.concat()
}

/// The elements of two lists in pairs.
struct Pairs<'a> {
    would_be: &'a List,
    wanted: &'a List,
    /// Their stretches; none where they are compared place by place.
    runs: Option<Vec<Run>>,
}

impl<'a> Pairs<'a> {
    /// Lists of the same length are compared place by place, others are aligned, and so are those that then differ in
    /// fewer places.
    fn of(would_be: &'a List, wanted: &'a List) -> Pairs<'a> {
        let runs = diff::lists(would_be, wanted);
        let changed = runs.iter().filter(|run| run.kind != RunKind::Same);
        let aligned: usize = changed.map(|run| run.len).sum();
        let by_place = Pairs {
            would_be,
            wanted,
            runs: None,
        };
        let is_better = would_be.len() == wanted.len() && by_place.differing().count() <= aligned;
        let runs = (!is_better).then_some(runs);
        Pairs { runs, ..by_place }
    }

    fn total(&self) -> usize {
        let aligned = self.runs.as_ref().map(|runs| diff::total(runs));
        aligned.unwrap_or(self.wanted.len())
    }

    fn at(&self, position: usize) -> (Option<&Bytes>, Option<&Bytes>) {
        let Some(runs) = &self.runs else {
            return (self.would_be.get(position), self.wanted.get(position));
        };
        match diff::place(runs, position) {
            Some((RunKind::Gone, a, _)) => (self.would_be.get(a), None),
            Some((RunKind::New, _, b)) => (None, self.wanted.get(b)),
            Some((_, a, b)) => (self.would_be.get(a), self.wanted.get(b)),
            None => (None, None),
        }
    }

    /// The positions at which the lists differ, as far as it is looked.
    fn differing(&self) -> impl Iterator<Item = usize> {
        (0..self.total().min(LOOKED_AT)).filter(|position| {
            let (a, b) = self.at(*position);
            a != b
        })
    }
}

/// The places that are shown when there is room for about so many.
fn places(pairs: &Pairs<'_>, room: usize) -> Vec<Place> {
    let differing: Vec<usize> = pairs.differing().take(room).collect();
    let shown = window(pairs.total(), &differing, room);
    let place = |seen| match seen {
        Seen::Gap(n) => Place::Gap(n),
        Seen::At(position) => {
            let (a, b) = pairs.at(position);
            Place::Pair(a.cloned(), b.cloned())
        }
    };
    with_gaps(&shown, pairs.total())
        .into_iter()
        .map(place)
        .collect()
}

/// So many places or entries are looked at.
const LOOKED_AT: usize = 1_000;

/// Bands of three lines: the one list, the other, and marks.
fn bands(places: &[Place], widest: usize, scene: &Scene<'_>) -> Vec<Block> {
    let style = scene.style;
    let (first, second) = labels(scene);
    let start = [first, second, " ".repeat(label_width(scene))];
    let mut bands = vec![start.clone()];
    for place in places {
        let (a, b, differs) = place_texts(place, widest, scene);
        let wide = width(&a).max(width(&b)).max(2);
        let last = bands.last().expect("there is always a band");
        if width(&last[1]) + wide + 4 > scene.columns {
            bands.push(start.clone());
        }
        let lines = bands.last_mut().expect("there is always a band");
        let ink = if differs { ink(scene) } else { Ink::Normal };
        let mark = if differs { mark(scene) } else { String::new() };
        lines[0] += &style.paint(ink, &center(&a, wide));
        lines[1] += &center(&b, wide);
        lines[2] += &center(&mark, wide);
        for line in lines {
            line.push_str("  ");
        }
    }
    let trimmed = |lines: [String; 3]| {
        lines
            .iter()
            .map(|line| line.trim_end().to_owned())
            .filter(|line| !line.is_empty())
            .collect()
    };
    bands.into_iter().map(trimmed).collect()
}

/// What stands in the two lists, and whether it differs.
fn place_texts(place: &Place, widest: usize, scene: &Scene<'_>) -> (String, String, bool) {
    match place {
        Place::Gap(n) => {
            let more = scene
                .style
                .spelled(&scene.words.with("more-short", &[("n", (*n).into())]));
            (more.clone(), more, false)
        }
        Place::Pair(a, b) => {
            let nothing = || scene.style.pick("·", "-").to_owned();
            let show = |bytes: &Option<Bytes>| {
                bytes
                    .as_ref()
                    .map_or_else(nothing, |bytes| apart(bytes, widest, scene.style))
            };
            (show(a), show(b), a != b)
        }
    }
}

fn more(n: usize, scene: &Scene<'_>) -> String {
    scene
        .style
        .spelled(&scene.words.with("more", &[("n", n.into())]))
}

/// An entry's name, and what it has here and there.
type Pairing<V> = (Bytes, Option<V>, Option<V>);

/// The entries of two values by name: in the order of what is wanted, the others behind them.
fn pairings<E: Entries>(would_be: &E, wanted: &E) -> Vec<Pairing<E::Value>> {
    let names = |entries: &E| -> Vec<Bytes> {
        let some = (0..entries.count().min(LOOKED_AT)).filter_map(|at| entries.entry(at));
        some.map(|(name, _)| name).collect()
    };
    let others = names(would_be)
        .into_iter()
        .filter(|name| wanted.find(name).is_none());
    let names = names(wanted).into_iter().chain(others);
    let pairing = |name: Bytes| (would_be.find(&name), wanted.find(&name), name);
    names
        .map(pairing)
        .map(|(a, b, name)| (name, a, b))
        .collect()
}

/// Two values with named entries: a line each for those that differ and some that do not.
fn entries<V: PartialEq>(
    all: &[Pairing<V>],
    head: &str,
    show: impl Fn(&V) -> String,
    scene: &Scene<'_>,
) -> Block {
    let style = scene.style;
    let differing: Vec<usize> = (0..all.len())
        .filter(|at| all[*at].1 != all[*at].2)
        .collect();
    if differing.is_empty() {
        return Block::new();
    }
    let dim = |id: &str| style.paint(Ink::Dim, &scene.words.say(id));
    let mut rows = vec![vec![dim(head), dim(scene.beside), dim("wanted")]];
    let nothing = || style.pick("·", "-").to_owned();
    let shown = window(all.len(), &differing, MOST_ROWS);
    rows.extend(
        with_gaps(&shown, all.len())
            .into_iter()
            .map(|seen| match seen {
                Seen::Gap(n) => vec![style.paint(Ink::Dim, &more(n, scene))],
                Seen::At(at) => {
                    let (name, a, b) = &all[at];
                    let ink = if a == b { Ink::Normal } else { ink(scene) };
                    let mark = if a == b { String::new() } else { mark(scene) };
                    let would_be = a.as_ref().map_or_else(nothing, &show);
                    let wanted = b.as_ref().map_or_else(nothing, &show);
                    vec![
                        cell(name, scene.columns / 4, style),
                        style.paint(ink, &would_be),
                        wanted,
                        mark,
                    ]
                }
            }),
    );
    table::rows(&rows, &[Align::Left; 4], 3)
}
