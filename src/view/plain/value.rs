//! Keys and values in sentences.

use crate::engine::{
    Bytes, Keyspace, number,
    value::{Hash, List, Set, SortedSet, Str, Value},
};
use crate::text::Words;
use crate::tutor::{Algebra, Compared, StateView};
use crate::view::{
    algebra,
    cell::in_sentence,
    comparison,
    diff::{self, Change, Entries, RunKind, Was, Work},
    key::{Scene, size, type_name},
    layout::clean_line,
    sorted_set::shown,
    state::is_in_grid,
    style::Style,
    time,
    window::window,
};

use super::{MOST, and_more, joined};

fn scene<'a>(style: &'a Style, words: &'a Words, db: usize, now: i64) -> Scene<'a> {
    Scene {
        style,
        words,
        columns: 120,
        rows: MOST,
        db,
        now,
        beside: comparison::WOULD_BE,
        line: &[],
        lifetimes: None,
        reading: None,
    }
}

/// The keys of a view, a sentence each.
#[must_use]
pub fn state(view: &StateView, style: &Style, words: &Words) -> Vec<String> {
    let scene = Scene {
        line: &view.line,
        reading: view.reading.as_ref(),
        ..scene(style, words, view.db, view.now)
    };
    let mut lines = Vec::new();
    if let Some(grid) = &view.algebra {
        lines.push(clean_line(&grid.line));
        let (rows, _) = algebra::rows(grid, view.before.as_ref().unwrap_or(&view.after), view.db);
        lines.extend(
            rows.iter()
                .take(MOST)
                .map(|row| grid_row(row, grid, &scene)),
        );
    }
    lines.extend(
        view.keys
            .iter()
            .filter(|key| !is_in_grid(key, view))
            .take(MOST)
            .map(|key| told_key(key, view.before.as_ref(), &view.after, &scene)),
    );
    if view.keys.is_empty() && view.algebra.is_none() {
        lines.push(words.say("no-keys"));
    }
    lines
}

fn grid_row(row: &algebra::Row, grid: &Algebra, scene: &Scene<'_>) -> String {
    let member = in_sentence(&row.member, scene.style);
    let sources = grid.sources.iter().zip(&row.of);
    let sources =
        sources.filter_map(|(key, score)| Some((in_sentence(key, scene.style), (*score)?)));
    if grid.scores.is_some() {
        let words = scene.words;
        let within = |(set, score): (String, f64)| {
            words.with(
                "plain-score-in",
                &[("set", set.into()), ("score", shown(score).into())],
            )
        };
        let result = row
            .result
            .map(|score| words.with("plain-score-result", &[("score", shown(score).into())]));
        let sets: Vec<String> = sources.map(within).chain(result).collect();
        let values = [
            ("member", member.into()),
            ("sets", sets.join(&words.say("comma")).into()),
        ];
        return words.with("plain-member-scores", &values);
    }
    let sets = sources.map(|(key, _)| key);
    let id = if row.result.is_some() {
        "plain-member-in-result"
    } else {
        "plain-member-in"
    };
    let sets = sets.collect::<Vec<_>>().join(&scene.words.say("and-comma"));
    scene
        .words
        .with(id, &[("member", member.into()), ("sets", sets.into())])
}

/// A key in a sentence, with what changed since `before`.
fn told_key(key: &Bytes, before: Option<&Keyspace>, after: &Keyspace, scene: &Scene<'_>) -> String {
    let Scene { style, words, .. } = scene;
    let name = in_sentence(key, style);
    let old = before.and_then(|before| before.get(scene.db, key));
    let Some(entry) = after.get(scene.db, key) else {
        let id = if old.is_some() {
            "plain-gone-key"
        } else {
            "plain-missing-key"
        };
        return words.with(id, &[("key", name.into())]);
    };
    let marked = before.is_some();
    let read = scene.read(key);
    let said = match &entry.value {
        Value::String(value) => string(&name, Was::of(marked, old, entry, read), value, scene),
        Value::List(value) => listing(
            &name,
            &entry.value,
            &list_items(
                Was::of(marked, old, entry, read),
                value,
                scene.work(key),
                scene,
            ),
            scene,
        ),
        Value::Hash(value) => listing(
            &name,
            &entry.value,
            &hash_items(Was::of(marked, old, entry, read), value, scene),
            scene,
        ),
        Value::Set(value) => listing(
            &name,
            &entry.value,
            &set_items(Was::of(marked, old, entry, read), value, scene),
            scene,
        ),
        Value::SortedSet(value) => listing(
            &name,
            &entry.value,
            &zset_items(Was::of(marked, old, entry, read), value, scene),
            scene,
        ),
    };
    let space = words.say("space");
    let deadline = deadline(
        marked,
        old.and_then(|old| old.deadline),
        entry.deadline,
        scene,
    );
    deadline.map_or(said.clone(), |deadline| format!("{said}{space}{deadline}"))
}

/// How long a key has left, and how that changed.
fn deadline(marked: bool, was: Option<i64>, is: Option<i64>, scene: &Scene<'_>) -> Option<String> {
    let words = scene.words;
    let told = |deadline: i64| time::duration(deadline - scene.now, words);
    let left = is.map(|is| words.with("time-left", &[("time", told(is).into())]));
    let change = match was {
        _ if !marked || was == is => Change::Same,
        None => Change::New,
        Some(was) => Change::Changed(told(was)),
    };
    match left {
        Some(left) => Some(words.with(
            "plain-left",
            &[("left", changed(left, &change, words).into())],
        )),
        None if change == Change::Same => None,
        None => Some(words.with("plain-left", &[("left", words.say("deadline-gone").into())])),
    }
}

fn string(name: &str, was: Was<'_, Str>, value: &Str, scene: &Scene<'_>) -> String {
    let Scene { style, words, .. } = scene;
    let shown = in_sentence(&value.bytes(), style);
    let change = match was {
        Was::Same | Was::Read(_) => Change::Same,
        Was::Absent => Change::New,
        Was::Value(old) if old.bytes() == value.bytes() => Change::Same,
        Was::Value(old) => Change::Changed(in_sentence(&old.bytes(), style)),
    };
    words.with(
        "plain-string",
        &[
            ("key", name.into()),
            ("value", changed(shown, &change, words).into()),
        ],
    )
}

/// An item with what became of it.
fn changed(item: String, change: &Change<String>, words: &Words) -> String {
    match change {
        Change::Same => item,
        Change::Read => format!("{item}{}{}", words.say("comma"), words.say("plain-read")),
        Change::New => format!("{item}{}{}", words.say("comma"), words.say("plain-new")),
        Change::Gone => words.with("plain-gone", &[("item", item.into())]),
        Change::Changed(old) => format!(
            "{item}{}{}",
            words.say("comma"),
            words.with("plain-was", &[("old", old.clone().into())])
        ),
    }
}

/// `The list orders has 1 element: index 0, o1, new.`
fn listing(name: &str, value: &Value, items: &[String], scene: &Scene<'_>) -> String {
    let words = scene.words;
    words.with(
        "plain-key",
        &[
            ("kind", type_name(value.kind(), words).into()),
            ("key", name.into()),
            ("size", size(value, words).into()),
            ("items", joined(items, words).into()),
        ],
    )
}

fn list_items(was: Was<'_, List>, list: &List, work: Work<'_>, scene: &Scene<'_>) -> Vec<String> {
    let words = scene.words;
    let before = match was {
        Was::Value(before) => before,
        _ => list,
    };
    let runs = diff::list(was, list, work);
    let total = diff::total(&runs);
    let shown = window(total, &diff::changed_places(&runs, MOST), MOST);
    let show = |element: Option<&Bytes>| {
        element
            .map(|element| in_sentence(element, scene.style))
            .unwrap_or_default()
    };
    let item = |(kind, old, new): (RunKind, usize, usize)| {
        let placed = || {
            words.with(
                "plain-index",
                &[
                    ("n", new.to_string().into()),
                    ("value", show(list.get(new)).into()),
                ],
            )
        };
        match kind {
            RunKind::Same => placed(),
            RunKind::Read => changed(placed(), &Change::Read, words),
            RunKind::New => changed(placed(), &Change::New, words),
            RunKind::Gone => changed(show(before.get(old)), &Change::Gone, words),
            RunKind::Changed => changed(placed(), &Change::Changed(show(before.get(old))), words),
        }
    };
    let items = shown
        .iter()
        .filter_map(|at| diff::place(&runs, *at))
        .map(item);
    items.chain(and_more(total - shown.len(), words)).collect()
}

/// The items of a value with named entries: what changed, then the others while there is room.
fn entry_items<E: Entries>(
    was: Was<'_, E>,
    entries: &E,
    scene: &Scene<'_>,
    show: impl Fn(usize, &Bytes, &E::Value) -> String,
    old: impl Fn(&E::Value) -> String,
) -> (Vec<String>, Vec<String>) {
    let shown = window(entries.count(), &diff::changed(was, entries), MOST);
    let named = shown
        .iter()
        .filter_map(|at| entries.entry(*at).map(|(name, value)| (*at, name, value)));
    let items = named.map(|(at, name, value)| {
        let change = match diff::entry(was, at, &name, &value) {
            Change::Changed(before) => Change::Changed(old(&before)),
            Change::New => Change::New,
            Change::Gone => Change::Gone,
            Change::Same => Change::Same,
            Change::Read => Change::Read,
        };
        changed(show(at, &name, &value), &change, scene.words)
    });
    let gone = diff::gone(was, entries).into_iter();
    let gone =
        gone.map(|(name, _)| changed(in_sentence(&name, scene.style), &Change::Gone, scene.words));
    let rest = gone.chain(and_more(entries.count() - shown.len(), scene.words));
    (items.collect(), rest.collect())
}

fn hash_items(was: Was<'_, Hash>, hash: &Hash, scene: &Scene<'_>) -> Vec<String> {
    let show = |_: usize, field: &Bytes, value: &Bytes| {
        let values = [
            ("field", in_sentence(field, scene.style).into()),
            ("value", in_sentence(value, scene.style).into()),
        ];
        scene.words.with("plain-field", &values)
    };
    let (items, rest) = entry_items(was, hash, scene, show, |value| {
        in_sentence(value, scene.style)
    });
    [items, rest].concat()
}

fn set_items(was: Was<'_, Set>, set: &Set, scene: &Scene<'_>) -> Vec<String> {
    let show = |_: usize, member: &Bytes, (): &()| in_sentence(member, scene.style);
    let (mut items, rest) = entry_items(was, set, scene, show, |()| String::new());
    // A set has no order; the one that is read stays the same from time to time.
    items.sort_unstable();
    [items, rest].concat()
}

fn zset_items(was: Was<'_, SortedSet>, zset: &SortedSet, scene: &Scene<'_>) -> Vec<String> {
    let score = |score: f64| String::from_utf8_lossy(&number::format_double(score)).into_owned();
    let show = |rank: usize, member: &Bytes, at: &f64| {
        let values = [
            ("n", rank.to_string().into()),
            ("member", in_sentence(member, scene.style).into()),
            ("score", score(*at).into()),
        ];
        scene.words.with("plain-rank", &values)
    };
    let (items, rest) = entry_items(was, zset, scene, show, |old| score(*old));
    [items, rest].concat()
}

/// What a line has made of keys, or would make, and what is wanted.
#[must_use]
pub fn compared(
    (would_be, wanted): (&Keyspace, &Keyspace),
    keys: &[Bytes],
    line: Compared,
    (db, now): (usize, i64),
    style: &Style,
    words: &Words,
) -> Vec<String> {
    let scene = &scene(style, words, db, now);
    let (mut lines, id) = match line {
        Compared::Stays => (Vec::new(), "plain-compared-now"),
        Compared::Queued => (Vec::new(), "plain-compared"),
        Compared::Refused => (vec![words.say("unchanged")], "plain-compared"),
    };
    for key in keys.iter().take(3) {
        let told = |keyspace: &Keyspace| comparison::told_with_time(keyspace.get(db, key), scene);
        let values = [
            ("key", in_sentence(key, style).into()),
            ("would", told(would_be).into()),
            ("wanted", told(wanted).into()),
        ];
        lines.push(words.with(id, &values));
    }
    lines
}
