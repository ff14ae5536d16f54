//! A key with what it holds: a line with name, type, size and the time left, and the drawing of the value.

use std::{ops::Range, sync::Arc};

use crate::engine::{
    Bytes, Entry, Keyspace,
    value::{Type, Typed, Value},
};
use crate::text::Words;
use crate::tutor::{Lifetimes, Reading};

use super::{
    cell::cell,
    diff::{Was, Work},
    hash,
    layout::{Block, cut, indented, width},
    list, set, sorted_set, string,
    style::{Ink, Style},
    time,
};

/// Where and how keys are drawn.
#[derive(Debug, Clone, Copy)]
pub struct Scene<'a> {
    /// How.
    pub style: &'a Style,
    /// In which language.
    pub words: &'a Words,
    /// The columns that one key may take.
    pub columns: usize,
    /// The lines that the value of one key may take, about.
    pub rows: usize,
    /// The database.
    pub db: usize,
    /// The clock, Unix ms.
    pub now: i64,
    /// The name of what stands beside what is wanted, where two states are compared.
    pub beside: &'static str,
    /// The words of the line that ran, where there was one.
    pub line: &'a [Bytes],
    /// How long keys were given to live, where that is known.
    pub lifetimes: Option<&'a Lifetimes>,
    /// The part of a value that the line has read.
    pub reading: Option<&'a Reading>,
}

impl<'a> Scene<'a> {
    /// The positions of a key's value that the line has read.
    #[must_use]
    pub fn read(&self, key: &[u8]) -> Option<&'a [Range<usize>]> {
        let reading = self.reading.filter(|reading| reading.key == key);
        reading.map(|reading| reading.places.as_slice())
    }

    /// The line, seen from a key.
    #[must_use]
    pub fn work(&self, key: &'a [u8]) -> Work<'a> {
        Work {
            line: self.line,
            key,
        }
    }
}

/// A key drawn, with what changed since `before`.
#[must_use]
pub fn block(key: &Bytes, before: Option<&Keyspace>, after: &Keyspace, scene: &Scene<'_>) -> Block {
    let old = before.and_then(|before| before.get(scene.db, key));
    match after.get(scene.db, key) {
        Some(entry) => {
            let shown = Shown::of(key, before, entry, scene);
            let mut lines = header(&shown, scene);
            lines.extend(indented(body(&shown, scene), INDENT));
            lines
        }
        None => vec![absent(key, old.is_some(), scene)],
    }
}

/// A key that is drawn.
#[derive(Clone, Copy)]
struct Shown<'a> {
    key: &'a Bytes,
    /// Whether what changed is marked.
    marked: bool,
    /// What the key held before.
    old: Option<&'a Arc<Entry>>,
    /// What a line has read of it.
    read: Option<&'a [Range<usize>]>,
    entry: &'a Arc<Entry>,
}

impl<'a> Shown<'a> {
    fn of(
        key: &'a Bytes,
        before: Option<&'a Keyspace>,
        entry: &'a Arc<Entry>,
        scene: &Scene<'a>,
    ) -> Shown<'a> {
        Shown {
            key,
            marked: before.is_some(),
            old: before.and_then(|before| before.get(scene.db, key)),
            read: scene.read(key),
            entry,
        }
    }

    /// What a drawing of the value is compared with.
    fn was<T: Typed>(&self) -> Was<'a, T> {
        Was::of(self.marked, self.old, self.entry, self.read)
    }
}

/// The value stands so far to the right of the key.
const INDENT: usize = 2;

/// `orders   gone`
fn absent(key: &Bytes, was_there: bool, scene: &Scene<'_>) -> String {
    let name = cell(key, scene.columns / 2, scene.style);
    if was_there {
        let sign = scene.style.paint(
            Ink::Gone,
            &format!("- {name}   {}", scene.words.say("key-gone")),
        );
        return sign;
    }
    format!(
        "{name}   {}",
        scene.style.paint(Ink::Dim, &scene.words.say("key-missing"))
    )
}

/// `user:1   hash, 3 fields   58 s left ▕███████▌ ▏`; what has no room moves to a line of its own.
fn header(shown: &Shown<'_>, scene: &Scene<'_>) -> Block {
    let style = scene.style;
    let name = style.paint(Ink::Strong, &cell(shown.key, scene.columns / 2, style));
    let what = style.paint(Ink::Dim, &what_it_holds(shown.entry, scene));
    let mut lines = vec![format!("{name}   {what}")];
    let others = [was_of_type(shown, scene), time_left(shown, scene)];
    for other in others.into_iter().flatten() {
        let last = lines.last_mut().expect("there is the first line");
        if width(last) + 3 + width(&other) <= scene.columns {
            last.push_str(&format!("   {other}"));
        } else {
            lines.push(format!("  {other}"));
        }
    }
    lines
}

fn what_it_holds(entry: &Arc<Entry>, scene: &Scene<'_>) -> String {
    let words = scene.words;
    let values = [
        ("kind", type_name(entry.value.kind(), words).into()),
        ("size", size(&entry.value, words).into()),
    ];
    words.with("holds-what", &values)
}

fn was_of_type(shown: &Shown<'_>, scene: &Scene<'_>) -> Option<String> {
    let Shown {
        marked, old, entry, ..
    } = *shown;
    let Scene { style, words, .. } = scene;
    let was = old.map(|old| old.value.kind());
    let was = was.filter(|was| marked && *was != entry.value.kind())?;
    let said = words.with("key-was-type", &[("kind", type_name(was, words).into())]);
    Some(style.paint(Ink::Changed, &format!("~ {said}")))
}

fn time_left(shown: &Shown<'_>, scene: &Scene<'_>) -> Option<String> {
    let Shown {
        key,
        marked,
        old,
        entry,
        ..
    } = *shown;
    let Scene {
        style, words, now, ..
    } = scene;
    let was = old.and_then(|old| old.deadline);
    let whole = |deadline| scene.lifetimes?.whole(scene.db, key, deadline);
    let left = entry
        .deadline
        .map(|deadline| time::left(deadline - now, whole(deadline), style, words));
    if !marked || was == entry.deadline {
        return left;
    }
    Some(match (was, left) {
        (None, Some(left)) => style.paint(Ink::New, &format!("+ {left}")),
        (Some(was), Some(left)) => {
            let was = words.with(
                "deadline-was",
                &[("time", time::duration(was - now, words).into())],
            );
            let said = format!("~ {left} {was}");
            // The bar goes first where there is no room.
            let said = match entry.deadline {
                Some(deadline) if width(&said) + INDENT > scene.columns => {
                    format!("~ {} {was}", time::left_in_words(deadline - now, words))
                }
                _ => said,
            };
            style.paint(Ink::Changed, &said)
        }
        (_, None) => style.paint(Ink::Gone, &format!("- {}", words.say("deadline-gone"))),
    })
}

/// The drawing of a value.
fn body(shown: &Shown<'_>, scene: &Scene<'_>) -> Block {
    let scene = &Scene {
        columns: scene.columns.saturating_sub(INDENT),
        ..*scene
    };
    match &shown.entry.value {
        Value::String(value) => string::block(shown.was(), value, scene),
        Value::List(value) => list::block(shown.was(), value, scene.work(shown.key), scene),
        Value::Hash(value) => hash::block(shown.was(), value, scene),
        Value::Set(value) => set::block(shown.was(), value, scene),
        Value::SortedSet(value) => sorted_set::block(shown.was(), value, scene),
    }
}

/// A key on one line, where there is no room for more: parts of its value follow its size, as many as fit. What changed
/// goes on a second line, where it has no room on the first; what has not, only where there `may_be_two`.
#[must_use]
pub fn line(
    key: &Bytes,
    before: Option<&Keyspace>,
    after: &Keyspace,
    may_be_two: bool,
    scene: &Scene<'_>,
) -> Block {
    let old = before.and_then(|before| before.get(scene.db, key));
    let Some(entry) = after.get(scene.db, key) else {
        return vec![absent(key, old.is_some(), scene)];
    };
    let shown = Shown::of(key, before, entry, scene);
    let first = line_header(&shown, scene);
    let beside = |columns| parts(&shown, columns, scene);
    let room = scene.columns.saturating_sub(width(&first) + GAP.len());
    let is_other = shown.marked && old.is_none_or(|old| !Arc::ptr_eq(old, entry));
    let has_marks = is_other || shown.read.is_some();
    let beneath = || beside(scene.columns.saturating_sub(INDENT));
    let marked = beneath().filter(|_| has_marks);
    match (beside(room), marked) {
        // A line of its own shows more of what is marked.
        (Some(short), Some(long)) if width(&long) > width(&short) => {
            vec![first, format!("  {long}")]
        }
        (Some(parts), _) => vec![format!("{first}{GAP}{parts}")],
        (None, Some(parts)) if is_other => vec![first, format!("  {parts}")],
        (None, _) => match beneath().filter(|_| may_be_two) {
            Some(parts) => vec![first, format!("  {parts}")],
            None => vec![with_ellipsis(&first, scene)],
        },
    }
}

/// What a key's line begins with: where its size leaves no room for the time left, its type alone.
fn line_header(shown: &Shown<'_>, scene: &Scene<'_>) -> String {
    let Scene { style, words, .. } = scene;
    let mut header = header(shown, scene).into_iter();
    let first = header.next().unwrap_or_default();
    let (Some(deadline), Some(_)) = (shown.entry.deadline, header.next()) else {
        return first;
    };
    let name = style.paint(Ink::Strong, &cell(shown.key, scene.columns / 2, style));
    let kind = style.paint(Ink::Dim, &type_name(shown.entry.value.kind(), words));
    let left = time::left_in_words(deadline - scene.now, words);
    let was = shown.old.map(|old| old.deadline);
    let left = match was {
        _ if !shown.marked || was == Some(shown.entry.deadline) => left,
        Some(Some(_)) => style.paint(Ink::Changed, &format!("~ {left}")),
        _ => style.paint(Ink::New, &format!("+ {left}")),
    };
    format!("{name}{GAP}{kind}{GAP}{left}")
}

/// A line behind which something is left out.
fn with_ellipsis(line: &str, scene: &Scene<'_>) -> String {
    let ellipsis = scene.style.pick(" …", " ...");
    if width(line) + width(ellipsis) <= scene.columns {
        return format!("{line}{ellipsis}");
    }
    cut(
        &super::layout::without_colour(line),
        scene.columns,
        scene.style,
    )
}

/// The most parts of a value that fit into so many columns; none where hardly anything would be seen.
fn parts(shown: &Shown<'_>, columns: usize, scene: &Scene<'_>) -> Option<String> {
    let scene = &Scene { columns, ..*scene };
    let some = |most| brief(shown, most, scene).join(GAP);
    // A part of which hardly a letter is left says nothing.
    let is_seen = |parts: &String| {
        let mut parts = parts.split(GAP);
        let ellipsis = scene.style.pick("…", "...");
        !parts.any(|part| part.ends_with(ellipsis) && width(part) <= LEAST_SEEN)
    };
    (LEAST_PARTS..=MOST_PARTS)
        .rev()
        .map(some)
        .find(|parts| width(parts) <= columns)
        .filter(is_seen)
}

/// A part that is cut shows more columns than these.
const LEAST_SEEN: usize = 3;

/// Between the parts of a key's line.
const GAP: &str = "   ";
/// So many parts of a value are shown on one line at most.
const MOST_PARTS: usize = 12;
/// Fewer say nothing.
const LEAST_PARTS: usize = 2;

/// The parts of a value, those that changed with their signs, about so many.
fn brief(shown: &Shown<'_>, most: usize, scene: &Scene<'_>) -> Vec<String> {
    match &shown.entry.value {
        Value::String(value) => {
            let lines = string::block(shown.was(), value, scene);
            lines.iter().map(|line| line.trim().to_owned()).collect()
        }
        Value::List(value) => list::brief(shown.was(), value, scene.work(shown.key), most, scene),
        Value::Hash(value) => hash::brief(shown.was(), value, most, scene),
        Value::Set(value) => set::brief(shown.was(), value, most, scene),
        Value::SortedSet(value) => sorted_set::brief(shown.was(), value, most, scene),
    }
}

/// A type in words: `sorted set`.
#[must_use]
pub fn type_name(kind: Type, words: &Words) -> String {
    words.with("type-name", &[("kind", kind.name().into())])
}

/// How much a value holds: `3 fields`.
#[must_use]
pub fn size(value: &Value, words: &Words) -> String {
    let n = match value {
        Value::String(value) => value.len(),
        Value::List(value) => value.len(),
        Value::Hash(value) => value.len(),
        Value::Set(value) => value.len(),
        Value::SortedSet(value) => value.len(),
    };
    sized(value.kind(), n, words)
}

/// So many elements, fields, members or bytes.
#[must_use]
pub fn sized(kind: Type, n: usize, words: &Words) -> String {
    words.with("size", &[("kind", kind.name().into()), ("n", n.into())])
}
