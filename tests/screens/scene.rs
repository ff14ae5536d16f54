//! States to draw, and ways to draw them.

use rediscover::{
    engine::{
        Bytes, Entry, Keyspace,
        value::{Hash, Limits, List, Set, SortedSet, Str, Typed, Value},
    },
    notation::Escape,
    text::{Language, Words},
    tutor::{Lifetimes, Output, StateView},
    view::{Color, Glyphs, Style, layout::width, screen},
};

/// The clock of every screen, Unix ms.
pub const NOW: i64 = 1_767_225_600_000;

pub fn bytes(text: &str) -> Bytes {
    Bytes::from(text.as_bytes())
}

/// Keys being written down.
#[derive(Clone)]
pub struct Keys(pub Keyspace);

impl Keys {
    pub fn new() -> Keys {
        Keys(Keyspace::new(16))
    }

    fn set(mut self, key: &str, value: Value) -> Keys {
        let deadline = self
            .0
            .get(0, key.as_bytes())
            .and_then(|entry| entry.deadline);
        self.0.set(0, bytes(key), Entry { value, deadline });
        self
    }

    pub fn string(self, key: &str, value: &str) -> Keys {
        self.set(key, Value::String(Str::new(bytes(value))))
    }

    pub fn list(self, key: &str, elements: &[&str]) -> Keys {
        let mut list = List::default();
        for element in elements {
            list.push_back(bytes(element));
        }
        self.set(key, list.into_value())
    }

    pub fn hash(self, key: &str, fields: &[(&str, &str)]) -> Keys {
        let mut hash = Hash::default();
        for (field, value) in fields {
            hash.insert(bytes(field), bytes(value), Limits::REDIS.hash);
        }
        self.set(key, hash.into_value())
    }

    pub fn members(self, key: &str, members: &[&str]) -> Keys {
        let mut set = Set::default();
        for member in members {
            set.insert(bytes(member), Limits::REDIS.set);
        }
        self.set(key, set.into_value())
    }

    pub fn scores(self, key: &str, scores: &[(&str, f64)]) -> Keys {
        let mut zset = SortedSet::default();
        for (member, score) in scores {
            zset.insert(bytes(member), *score, Limits::REDIS.sorted_set);
        }
        self.set(key, zset.into_value())
    }

    /// A key's time to live in milliseconds; none for ever.
    pub fn lives(mut self, key: &str, left: Option<i64>) -> Keys {
        self.0
            .set_deadline(0, key.as_bytes(), left.map(|left| NOW + left));
        self
    }

    pub fn without(mut self, key: &str) -> Keys {
        self.0.remove(0, key.as_bytes());
        self
    }
}

/// A view of keys without marks.
pub fn now(keys: &Keys, names: &[&str]) -> StateView {
    StateView {
        before: None,
        after: keys.0.clone(),
        keys: names.iter().map(|name| bytes(name)).collect(),
        line: Vec::new(),
        db: 0,
        now: NOW,
        lifetimes: Lifetimes::default(),
        algebra: None,
        reading: None,
    }
}

/// A view of keys with what changed.
pub fn changed(before: &Keys, after: &Keys, names: &[&str]) -> StateView {
    StateView {
        before: Some(before.0.clone()),
        ..now(after, names)
    }
}

pub fn at(width: usize) -> Style {
    Style {
        width,
        ..Style::default()
    }
}

pub fn ascii(width: usize) -> Style {
    Style {
        glyphs: Glyphs::Ascii,
        ..at(width)
    }
}

pub fn coloured(width: usize) -> Style {
    Style {
        color: Color::Ansi,
        ..at(width)
    }
}

pub fn plain() -> Style {
    Style {
        plain: true,
        ..at(80)
    }
}

pub fn escaped(width: usize) -> Style {
    Style {
        escape: Escape::Bytes,
        ..at(width)
    }
}

/// A screen; none of its lines may be wider than it.
pub fn drawn(outputs: &[Output], style: &Style, language: Language) -> String {
    let text = screen(outputs, style, &Words::new(language));
    if !style.plain {
        for line in text.lines() {
            assert!(
                width(line) <= style.width,
                "too wide for {}: {line}",
                style.width
            );
        }
    }
    visible(&text)
}

/// Colour codes as words.
fn visible(text: &str) -> String {
    let names = [
        ("\u{1b}[1m", "‹b›"),
        ("\u{1b}[2m", "‹dim›"),
        ("\u{1b}[31m", "‹red›"),
        ("\u{1b}[32m", "‹green›"),
        ("\u{1b}[33m", "‹yellow›"),
        ("\u{1b}[36m", "‹cyan›"),
        ("\u{1b}[0m", "‹›"),
        ("\u{1b}[39m", "‹›"),
    ];
    let text = names.iter().fold(text.to_owned(), |text, (code, name)| {
        text.replace(code, name)
    });
    assert!(!text.contains('\u{1b}'), "a stray escape: {text:?}");
    text
}

/// The same outputs in several styles, one below the other.
pub fn sheet(outputs: &[Output], styles: &[(&str, Style)], language: Language) -> String {
    let part =
        |(name, style): &(&str, Style)| format!("=== {name}\n{}", drawn(outputs, style, language));
    styles.iter().map(part).collect()
}

/// At three widths, in ASCII, and read aloud.
pub fn all(outputs: &[Output]) -> String {
    let styles = [
        ("80", at(80)),
        ("40", at(40)),
        ("120", at(120)),
        ("80, ascii", ascii(80)),
        ("plain", plain()),
    ];
    sheet(outputs, &styles, Language::En)
}
