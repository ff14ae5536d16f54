//! What is said of a key that is not the one that is meant, or is none.

use crate::text::{Value, Words};
use crate::tutor::{Diagnosis, KeySlip};

use super::{
    cell::{as_typed, in_sentence, listed},
    diagnosis::nearly,
    style::Style,
};

/// A diagnosis that is about keys; none for another one.
pub(super) fn about_keys(found: &Diagnosis, style: &Style, words: &Words) -> Option<String> {
    let shown = |word| -> Value<'static> { as_typed(in_sentence(word, style)).into() };
    Some(match found {
        Diagnosis::OtherKey { typed, slip, .. } => {
            words.with(slip_id(*slip), &[("typed", shown(typed))])
        }
        Diagnosis::NoSuchKey { key, near } => {
            let near = near.as_ref().map(|near| in_sentence(near, style));
            nearly(
                "no-such-key",
                "no-such-key-near",
                near.as_deref(),
                &[("typed", shown(key))],
                style,
                words,
            )
        }
        Diagnosis::NoKeyYet { key } => words.with("no-key-yet", &[("key", shown(key))]),
        Diagnosis::NotAKey {
            typed,
            key,
            removes,
        } => {
            let is_none = words.with("not-a-key", &[("typed", shown(typed)), ("key", shown(key))]);
            removes.as_ref().map_or(is_none.clone(), |command| {
                let removes = words.with("removes-keys", &[("command", command.clone().into())]);
                format!("{is_none}{}{removes}", words.say("space"))
            })
        }
        Diagnosis::OnlyIfThere { command, key } => words.with(
            "only-if-there",
            &[("command", command.clone().into()), ("key", shown(key))],
        ),
        Diagnosis::UnderOneKey { typed, meant } => words.with(
            "under-one-key",
            &[("typed", shown(typed)), ("meant", shown(meant))],
        ),
        Diagnosis::ExtraKeys { typed } => words.with(
            "extra-keys",
            &[
                ("n", typed.len().into()),
                ("typed", listed(typed, style, words).into()),
            ],
        ),
        Diagnosis::FieldInKey { key, field } => words.with(
            "field-in-key",
            &[("key", shown(key)), ("field", shown(field))],
        ),
        Diagnosis::ExpiredAtOnce { key } => words.with("expired-at-once", &[("key", shown(key))]),
        _ => return None,
    })
}

fn slip_id(slip: KeySlip) -> &'static str {
    match slip {
        KeySlip::Case => "key-case",
        KeySlip::Letter => "key-letter",
        KeySlip::Neighbour => "key-neighbour",
        KeySlip::Other => "key-other",
    }
}
