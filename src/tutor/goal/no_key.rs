//! A line that meets no key where it looks for one: what is there instead, or is still to be made.

use crate::engine::{Bytes, Command, Entry, commands, value::Type};
use crate::lesson::Line;
use crate::notation::Literal;

use super::{Lines, entry, has};
use crate::tutor::{
    algebra::target, compare::holds, diagnose, diagnosis::Diagnosis, judge::effect, likeness::keys,
};

/// Signs with which names are joined that want a space between them.
const JOINTS: &[u8] = b",;+&|/";

impl Lines<'_> {
    /// What is to be said of a word of the last line that stands for a key and is none.
    pub(super) fn no_key(&self) -> Option<Diagnosis> {
        let row = commands::of_line(self.last())?;
        let typed = keys(self.last());
        if let Some(found) = typed.iter().find_map(|word| self.joined_keys(word)) {
            return Some(found);
        }
        let named = typed
            .into_iter()
            .filter(|key| target(self.last()) != Some(*key));
        let mut missing = named.filter(|key| !self.is_there(key)).peekable();
        let key = (*missing.peek()?).clone();
        let stores = row.name.ends_with("store");
        let removes = matches!(row.name, "del" | "unlink");
        if self.does_nothing() || removes || stores {
            let found = missing.find_map(|word| self.inside_of_a_key(word, row));
            if found.is_some() {
                return found;
            }
        }
        if !self.does_nothing() {
            let is_known = self.is_key_of_a_way(&key);
            return diagnose::no_such_key(self.before, row, self.last())
                .filter(|_| stores && !is_known);
        }
        if matches!(row.name, "lpushx" | "rpushx") {
            let command = row.title();
            return Some(Diagnosis::OnlyIfThere { command, key });
        }
        if row.name == "set" && matches!(self.ran.reply, Some(Literal::Status(_))) {
            return Some(Diagnosis::ExpiredAtOnce { key });
        }
        if self.is_still_to_be_made(&key) {
            return Some(Diagnosis::NoKeyYet { key });
        }
        diagnose::no_such_key_of(self.before, &key)
    }

    /// Keys of the ways that a sign makes one word of.
    fn joined_keys(&self, word: &Bytes) -> Option<Diagnosis> {
        let is_joint = |sign: &u8| JOINTS.contains(sign);
        let sign = *word.iter().find(|sign| is_joint(sign))?;
        let mut parts = word
            .split(is_joint)
            .filter(|part| !part.is_empty())
            .peekable();
        parts.peek()?;
        let are_keys = parts.all(|part| self.is_key_of_a_way(&Bytes::from(part)));
        (are_keys && !self.is_key_of_a_way(word)).then(|| Diagnosis::Punctuation {
            typed: word.clone(),
            sign: char::from(sign),
        })
    }

    /// That a word is no key but in one that the ways name.
    fn inside_of_a_key(&self, word: &Bytes, row: &Command) -> Option<Diagnosis> {
        if self.is_key_of_a_way(word) {
            return None;
        }
        let db = self.before.db();
        let named = self.ways().flatten().flat_map(|line| keys(&line.argv));
        let mut named = named.filter_map(|key| {
            let entry = entry(self.before, &(db, key.clone()))?;
            Some((key, entry))
        });
        named.find_map(|(key, entry)| {
            let field = word.strip_prefix(&[&key[..], b":"].concat()[..]);
            let field = field.map(Bytes::from).filter(|field| holds(entry, field));
            let removes = matches!(row.name, "del" | "unlink").then(|| row.title());
            let key = key.clone();
            // Behind the key DEL would take the field for one more key.
            let is_hash = entry.value.kind() == Type::Hash && removes.is_none();
            let typed = match field {
                Some(field) if is_hash => return Some(Diagnosis::FieldInKey { key, field }),
                Some(field) => field,
                None if holds(entry, word) => word.clone(),
                None => return None,
            };
            Some(Diagnosis::NotAKey {
                typed,
                key,
                removes,
            })
        })
    }

    /// Whether a key is there before the last line.
    fn is_there(&self, key: &Bytes) -> bool {
        has(self.before, &(self.before.db(), key.clone()))
    }

    /// Whether a word is a key that a way names as one.
    pub(super) fn is_key_of_a_way(&self, word: &Bytes) -> bool {
        self.ways()
            .flatten()
            .any(|line| keys(&line.argv).contains(&word))
    }

    /// Whether a way makes a key that was not there at the step's start, and no line has made it yet.
    fn is_still_to_be_made(&self, key: &Bytes) -> bool {
        let at = (self.before.db(), key.clone());
        let makes = |way: &[Line]| {
            (1..=way.len()).any(|len| {
                has(
                    &effect(self.base, &way[..len], &self.step.during).world,
                    &at,
                )
            })
        };
        let was_made = self.typed.iter().any(|line| line.changed.contains(key));
        !has(self.base, &at) && !was_made && self.ways().any(makes)
    }

    /// Whether Redis has refused the last line for what its keys hold, and each of them holds a type that it has on a way.
    pub(super) fn is_refused_for_a_right_type(&self) -> bool {
        let is_of_type =
            matches!(&self.ran.reply, Some(Literal::Error(text)) if text.starts_with("WRONGTYPE"));
        let db = self.before.db();
        let named = keys(self.last()).into_iter();
        let mut named = named
            .map(|key| (db, key.clone()))
            .filter(|key| has(self.before, key));
        is_of_type && named.all(|key| self.has_type_of_a_way(&key))
    }

    /// Whether a key holds a type that it has on a way.
    fn has_type_of_a_way(&self, key: &(usize, Bytes)) -> bool {
        let kind = |entry: &Entry| entry.value.kind();
        let now = entry(self.before, key).map(kind);
        self.ways().any(|way| {
            (0..=way.len()).any(|len| {
                let stage = effect(self.base, &way[..len], &self.step.during).world;
                entry(&stage, key).map(kind) == now
            })
        })
    }
}
