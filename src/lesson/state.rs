//! The state of keys as lesson files write it, and as plain data that can be compared.

use std::collections::{BTreeMap, BTreeSet};

use toml::de::DeTable;

use crate::engine::{Bytes, Keyspace, number, value::Value as Stored};

use super::read::{self, Sink, Value};

/// A value as plain data: what two states are compared by, and what is written in lesson files and JSON.
#[derive(Debug, Clone, PartialEq)]
pub enum Picture {
    /// A string.
    String(Bytes),
    /// A list from left to right.
    List(Vec<Bytes>),
    /// A hash; the order of fields means nothing.
    Hash(BTreeMap<Bytes, Bytes>),
    /// A set.
    Set(BTreeSet<Bytes>),
    /// A sorted set: scores by member.
    SortedSet(BTreeMap<Bytes, f64>),
}

/// What a key holds and for how long.
#[derive(Debug, Clone, PartialEq)]
pub struct Pictured {
    /// The value.
    pub value: Picture,
    /// Milliseconds left.
    pub left: Option<i64>,
}

/// The state that a step wants.
#[derive(Debug, Clone, PartialEq)]
pub enum WantedState {
    /// Any: luck decides.
    Any,
    /// Exactly these keys.
    Keys(BTreeMap<Bytes, Pictured>),
}

impl Picture {
    /// The picture of a stored value.
    #[must_use]
    pub fn of(value: &Stored) -> Picture {
        match value {
            Stored::String(string) => Picture::String(string.bytes()),
            Stored::List(list) => Picture::List(list.iter().cloned().collect()),
            Stored::Hash(hash) => {
                Picture::Hash(hash.iter().map(|(f, v)| (f.clone(), v.clone())).collect())
            }
            Stored::Set(set) => Picture::Set(set.iter().collect()),
            Stored::SortedSet(zset) => Picture::SortedSet(
                zset.iter()
                    .map(|(member, score)| (member.clone(), score))
                    .collect(),
            ),
        }
    }

    /// The picture in the notation of lesson files, on one line.
    #[must_use]
    pub fn to_toml(&self) -> String {
        let text = |bytes: &Bytes| toml_text(bytes);
        let list = |items: Vec<String>| format!("[{}]", items.join(", "));
        match self {
            Picture::String(bytes) => text(bytes),
            Picture::List(items) => list(items.iter().map(text).collect()),
            Picture::Hash(fields) => {
                let pairs = fields
                    .iter()
                    .map(|(f, v)| format!("{} = {}", toml_key(f), text(v)));
                let inner = format!("{{ {} }}", pairs.collect::<Vec<_>>().join(", "));
                let ambiguous = fields
                    .keys()
                    .any(|field| MARKS.iter().any(|mark| **field == *mark.as_bytes()));
                if ambiguous {
                    format!("{{ hash = {inner} }}")
                } else {
                    inner
                }
            }
            Picture::Set(members) => {
                format!("{{ set = {} }}", list(members.iter().map(text).collect()))
            }
            Picture::SortedSet(scores) => {
                let pairs = scores.iter().map(|(m, s)| {
                    format!(
                        "{} = {}",
                        toml_key(m),
                        String::from_utf8_lossy(&number::format_double(*s))
                    )
                });
                format!(
                    "{{ zset = {{ {} }} }}",
                    pairs.collect::<Vec<_>>().join(", ")
                )
            }
        }
    }
}

/// The keys of a table that mark what it is.
const MARKS: [&str; 6] = ["value", "ttl", "set", "zset", "hash", "list"];

impl WantedState {
    /// All keys of a database as they are.
    #[must_use]
    pub fn of(keyspace: &Keyspace, db: usize, now: i64) -> WantedState {
        let keys = keyspace.database(db).iter().map(|(key, entry)| {
            let left = entry.deadline.map(|deadline| deadline - now);
            (
                key.clone(),
                Pictured {
                    value: Picture::of(&entry.value),
                    left,
                },
            )
        });
        WantedState::Keys(keys.collect())
    }

    /// The state in the notation of lesson files, on one line.
    #[must_use]
    pub fn to_toml(&self) -> String {
        let WantedState::Keys(keys) = self else {
            return "\"any\"".to_owned();
        };
        let keys: Vec<String> = keys
            .iter()
            .map(|(key, pictured)| {
                let value = pictured.value.to_toml();
                match pictured.left {
                    Some(left) => format!(
                        "{} = {{ value = {value}, ttl = {} }}",
                        toml_key(key),
                        left as f64 / 1000.0
                    ),
                    None => format!("{} = {value}", toml_key(key)),
                }
            })
            .collect();
        if keys.is_empty() {
            "{}".to_owned()
        } else {
            format!("{{ {} }}", keys.join(", "))
        }
    }
}

/// A text as it is written in a lesson file, in the quotes that suit it.
#[must_use]
pub fn written(text: &str) -> String {
    if text.contains('\'') {
        toml::Value::String(text.to_owned()).to_string()
    } else {
        format!("'{text}'")
    }
}

/// A TOML string; bytes that are no text are shown by the replacement character.
fn toml_text(bytes: &Bytes) -> String {
    toml::Value::String(String::from_utf8_lossy(bytes).into_owned()).to_string()
}

fn toml_key(bytes: &Bytes) -> String {
    let bare = !bytes.is_empty()
        && bytes
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    if bare {
        String::from_utf8_lossy(bytes).into_owned()
    } else {
        toml_text(bytes)
    }
}

/// Reads `state = …`.
pub(super) fn read(value: Value<'_>, sink: &Sink) -> Option<WantedState> {
    if value.get_ref().as_str() == Some("any") {
        return Some(WantedState::Any);
    }
    let Some(table) = value.get_ref().as_table() else {
        let help = "write state = { key = [\"a\"] } with every key that shall be there, or \"any\"";
        sink.error(
            value.span(),
            format!(
                "expected a table of keys, found {}",
                value.get_ref().type_str()
            ),
            Some(help.into()),
        );
        return None;
    };
    let mut keys = BTreeMap::new();
    for (name, value) in table {
        // `absent = ["k"]` is a reminder for the reader: what is not named is absent anyway.
        if name.get_ref() == "absent" && value.get_ref().as_array().is_some() {
            continue;
        }
        keys.insert(bytes(name.get_ref()), read_key(value, sink)?);
    }
    Some(WantedState::Keys(keys))
}

fn read_key(value: Value<'_>, sink: &Sink) -> Option<Pictured> {
    let table = value.get_ref().as_table();
    let Some(inner) = table
        .and_then(|table| table.get("value"))
        .filter(|_| has_only(table, &["value", "ttl"]))
    else {
        return Some(Pictured {
            value: read_value(value, sink)?,
            left: None,
        });
    };
    let left = table
        .and_then(|table| table.get("ttl"))
        .and_then(read::float)
        .map(|seconds| (seconds * 1000.0).round() as i64);
    Some(Pictured {
        value: read_value(inner, sink)?,
        left,
    })
}

fn has_only(table: Option<&DeTable<'_>>, names: &[&str]) -> bool {
    table.is_some_and(|table| {
        table
            .keys()
            .all(|key| names.contains(&key.get_ref().as_ref()))
    })
}

fn read_value(value: Value<'_>, sink: &Sink) -> Option<Picture> {
    let found = value.get_ref();
    if let Some(text) = found.as_str() {
        return Some(Picture::String(bytes(text)));
    }
    if found.is_integer() || found.is_float() {
        let help = format!(
            "values of keys are texts: \"{}\"",
            read::integer(value).map_or_else(|| "…".to_owned(), |n| n.to_string())
        );
        sink.error(value.span(), "expected a text in quotes", Some(help));
        return None;
    }
    if found.as_array().is_some() {
        return Some(Picture::List(read_texts(value, sink)?));
    }
    let table = found.as_table()?;
    let marked = |name: &str| table.get(name).filter(|_| table.len() == 1);
    if let Some(members) = marked("set").filter(|value| value.get_ref().is_array()) {
        return Some(Picture::Set(
            read_texts(members, sink)?.into_iter().collect(),
        ));
    }
    if let Some(items) = marked("list").filter(|value| value.get_ref().is_array()) {
        return Some(Picture::List(read_texts(items, sink)?));
    }
    if let Some(scores) = marked("zset").and_then(|value| value.get_ref().as_table()) {
        return read_scores(scores, sink);
    }
    let fields = marked("hash")
        .and_then(|value| value.get_ref().as_table())
        .unwrap_or(table);
    read_fields(fields, sink)
}

fn read_texts(value: Value<'_>, sink: &Sink) -> Option<Vec<Bytes>> {
    value
        .get_ref()
        .as_array()?
        .iter()
        .map(|item| read_text(item, sink))
        .collect()
}

fn read_text(value: Value<'_>, sink: &Sink) -> Option<Bytes> {
    let text = value.get_ref().as_str();
    if text.is_none() {
        sink.error(
            value.span(),
            format!(
                "expected a text in quotes, found {}",
                value.get_ref().type_str()
            ),
            None,
        );
    }
    text.map(bytes)
}

fn read_scores(table: &DeTable<'_>, sink: &Sink) -> Option<Picture> {
    let mut scores = BTreeMap::new();
    for (member, score) in table {
        let Some(score_value) = read::float(score) else {
            sink.error(score.span(), "expected a score: a number", None);
            return None;
        };
        scores.insert(bytes(member.get_ref()), score_value);
    }
    Some(Picture::SortedSet(scores))
}

fn read_fields(table: &DeTable<'_>, sink: &Sink) -> Option<Picture> {
    let fields: Option<BTreeMap<Bytes, Bytes>> = table
        .iter()
        .map(|(field, value)| Some((bytes(field.get_ref()), read_text(value, sink)?)))
        .collect();
    fields.map(Picture::Hash)
}

/// A lesson file's text as bytes: `\xff` escapes stand for single bytes, since TOML has text only.
fn bytes(text: &str) -> Bytes {
    Bytes::from(text.as_bytes())
}
