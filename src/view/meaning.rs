//! What a line has come to, in words: what of its keys is another now.

use crate::engine::Bytes;
use crate::text::Words;
use crate::tutor::Meaning;

use super::{
    cell::{in_sentence, listed},
    key::sized,
    style::Style,
    time,
};

/// What a line has come to, in one text: what is told of a key's deadline after its value does not name it again.
#[must_use]
pub fn told(meanings: &[&Meaning], style: &Style, words: &Words) -> String {
    let tell = |(at, meaning): (usize, &&Meaning)| match meaning {
        Meaning::Expires { left, .. } if at > 0 => words.with(
            "expires-too",
            &[("time", time::duration(*left, words).into())],
        ),
        Meaning::Stays { .. } if at > 0 => words.say("stays-too"),
        meaning => sentence(meaning, style, words),
    };
    let told: Vec<String> = meanings.iter().enumerate().map(tell).collect();
    told.join(&words.say("space"))
}

/// What a reply means.
#[must_use]
pub fn sentence(meaning: &Meaning, style: &Style, words: &Words) -> String {
    let two = |id: &str, a: (&str, &Bytes), b: (&str, &Bytes)| {
        let value = |bytes| in_sentence(bytes, style).into();
        words.with(id, &[(a.0, value(a.1)), (b.0, value(b.1))])
    };
    let one = |id: &str, key| words.with(id, &[("key", in_sentence(key, style).into())]);
    let of_keys =
        |id: &str, keys: &[Bytes]| words.with(id, &[("keys", listed(keys, style, words).into())]);
    match meaning {
        Meaning::Holds { key, kind, size } => {
            holding("holds", key, sized(*kind, *size, words), style, words)
        }
        Meaning::OtherContent { key, kind, size } => {
            holding("holds-other", key, sized(*kind, *size, words), style, words)
        }
        Meaning::Is { key, value } => two("is-now", ("key", key), ("value", value)),
        Meaning::Gone { key } => one("is-gone", key),
        Meaning::AllGone { keys } => of_keys("are-gone", keys),
        Meaning::AllNew { keys } => of_keys("are-new", keys),
        Meaning::Changed { keys } => of_keys("keys-changed", keys),
        Meaning::Unchanged => words.say("unchanged"),
        Meaning::NothingCame => words.say("nothing-came"),
        Meaning::Renamed { from, to } => two("renamed", ("from", from), ("to", to)),
        Meaning::CameAndWent { key, values } => words.with(
            "came-and-went",
            &[
                ("key", in_sentence(key, style).into()),
                ("n", values.len().into()),
                ("values", listed(values, style, words).into()),
            ],
        ),
        Meaning::InDatabase { key, db } => words.with(
            "in-database",
            &[
                ("key", in_sentence(key, style).into()),
                ("db", db.to_string().into()),
            ],
        ),
        Meaning::Expires { key, left } => words.with(
            "expires",
            &[
                ("key", in_sentence(key, style).into()),
                ("time", time::duration(*left, words).into()),
            ],
        ),
        Meaning::Stays { key } => one("stays", key),
        Meaning::OtherOrder { key } => one("other-order", key),
        part => of_part(part, style, words),
    }
}

/// How much a key holds.
fn holding(id: &str, key: &Bytes, size: String, style: &Style, words: &Words) -> String {
    let key = in_sentence(key, style);
    words.with(id, &[("key", key.into()), ("size", size.into())])
}

/// The one part of a value that is another now.
fn of_part(meaning: &Meaning, style: &Style, words: &Words) -> String {
    let shown = |bytes: &Bytes| in_sentence(bytes, style).into();
    match meaning {
        Meaning::ElementIs { key, index, value } => words.with(
            "element-is",
            &[
                ("key", shown(key)),
                ("index", index.to_string().into()),
                ("value", shown(value)),
            ],
        ),
        Meaning::FieldIs { key, field, value } => words.with(
            "field-is",
            &[
                ("key", shown(key)),
                ("field", shown(field)),
                ("value", shown(value)),
            ],
        ),
        Meaning::ScoreIs { key, member, score } => words.with(
            "score-is",
            &[
                ("key", shown(key)),
                ("member", shown(member)),
                ("score", shown(score)),
            ],
        ),
        Meaning::Went { value, from, to } => words.with(
            "went",
            &[
                ("value", shown(value)),
                ("from", shown(from)),
                ("to", shown(to)),
            ],
        ),
        _ => String::new(),
    }
}
