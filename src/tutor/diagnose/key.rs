//! The right command with another key than is meant, with too few of them, or with the key in another place.

use crate::engine::{Bytes, Command, Kind};
use crate::lesson::Picture;

use super::{
    Case, Diagnosis, KeySlip, Missing,
    arguments::argument_names,
    misspelt_key,
    spelling::{is_chosen, spelling_slip},
    walk::is_word,
};

/// Keys that are missing where their number is told in front of them, which is right for those that are there.
pub(super) fn fewer(case: &Case<'_>, row: &Command, solution: &[Bytes]) -> Option<Diagnosis> {
    let keys = |argv: &[Bytes]| -> Vec<Bytes> {
        let places = row.keys(argv).into_iter();
        places.filter_map(|at| argv.get(at).cloned()).collect()
    };
    let (mut typed, meant) = (keys(case.argv), keys(solution));
    // An option was taken for one.
    let grammar = row.grammar();
    let words = grammar.words();
    typed.retain(|key| !is_word(&words, key) || meant.contains(key));
    let args = case.argv.get(row.name_len()..)?;
    let named = argument_names(row, args);
    let is_counted = named.iter().any(|(_, kind)| *kind == Kind::NumKeys);
    let is_part = !typed.is_empty() && typed.iter().all(|key| meant.contains(key));
    (is_counted && is_part && typed.len() < meant.len()).then(|| Diagnosis::MissingValues {
        count: meant.len() - typed.len(),
        what: Missing::Keys,
    })
}

/// A key that is not the one that is meant.
pub(super) fn other(case: &Case<'_>, row: &Command, solution: &[Bytes]) -> Option<Diagnosis> {
    let typed = row
        .keys(case.argv)
        .into_iter()
        .filter_map(|at| case.argv.get(at));
    let meant: Vec<&Bytes> = row
        .keys(solution)
        .into_iter()
        .filter_map(|at| solution.get(at))
        .collect();
    let typed: Vec<&Bytes> = typed.collect();
    let are_among = |some: &[&Bytes], all: &[&Bytes]| some.iter().all(|key| all.contains(key));
    let same = typed.len() == meant.len() && are_among(&typed, &meant);
    let too_many = typed.len() > meant.len() && are_among(&meant, &typed);
    if same || too_many {
        return None;
    }
    let (wrong, right) = typed
        .iter()
        .zip(&meant)
        .find(|(typed, meant)| typed != meant)?;
    if meant.contains(wrong) {
        return None;
    }
    if !case.has_key(wrong) {
        if wrong.iter().any(|sign| b"*?".contains(sign)) {
            let typed = (*wrong).clone();
            return Some(Diagnosis::PatternAsKey { typed });
        }
        // The name of another key, nearly, and not a word that stands for this one.
        let others = meant.iter().filter(|key| *key != right);
        let mut missing = others.filter(|key| !typed.contains(key));
        if let Some(found) = missing.find_map(|key| misspelt_key(wrong, key)) {
            return Some(found);
        }
    }
    if let Some(found) = key_elsewhere(case, solution, wrong, right) {
        return Some(found);
    }
    if let Some(found) = field_in_key(case, wrong, right) {
        return Some(found);
    }
    Some(Diagnosis::OtherKey {
        typed: (*wrong).clone(),
        meant: (*right).clone(),
        slip: slip_of(case, wrong, right),
    })
}

/// A key with one of its hash's fields behind a colon.
fn field_in_key(case: &Case<'_>, typed: &Bytes, meant: &Bytes) -> Option<Diagnosis> {
    let field = typed.strip_prefix(&meant[..])?.strip_prefix(b":")?;
    let entry = case.base.engine.keyspace().get(case.base.db(), meant)?;
    let Picture::Hash(fields) = Picture::of(&entry.value) else {
        return None;
    };
    fields.contains_key(field).then(|| Diagnosis::FieldInKey {
        key: meant.clone(),
        field: Bytes::from(field),
    })
}

/// A key with one of the fields behind a colon that stand behind it in the solution as words of their own, whether the
/// hash has it already or not.
pub(super) fn glued_field(case: &Case<'_>, row: &Command, meant: &[Bytes]) -> Option<Diagnosis> {
    let first_key = |argv: &[Bytes]| argv.get(*row.keys(argv).first()?).cloned();
    let (typed, key) = (first_key(case.argv)?, first_key(meant)?);
    let field = typed.strip_prefix(&key[..])?.strip_prefix(b":")?;
    let args = meant.get(row.name_len()..)?;
    let names = argument_names(row, args);
    let mut named = names.iter().zip(args);
    let is_field = named.any(|((name, _), arg)| name == "field" && arg == field);
    (is_field && !case.has_key(&typed)).then(|| Diagnosis::FieldInKey {
        key,
        field: Bytes::from(field),
    })
}

/// The key that is meant, further behind in the line than the word in its place, where the solution does not have it.
fn key_elsewhere(
    case: &Case<'_>,
    solution: &[Bytes],
    typed: &Bytes,
    meant: &Bytes,
) -> Option<Diagnosis> {
    let at = case.argv.iter().position(|arg| arg == typed)?;
    let is_astray = |at: &usize| case.argv[*at] == *meant && solution.get(*at) != Some(meant);
    let key_at = (0..case.argv.len()).find(is_astray)?;
    (at < key_at).then(|| in_place_of_the_key(case, at, key_at))
}

/// A word in the place of a key that stands further behind. That both stand in each other's place is said of
/// neighbours with which, exchanged, the line runs.
pub(super) fn in_place_of_the_key(case: &Case<'_>, at: usize, key_at: usize) -> Diagnosis {
    let mut exchanged = case.argv.to_vec();
    exchanged.swap(at, key_at);
    let (instead, key) = (case.argv[at].clone(), case.argv[key_at].clone());
    if key_at == at + 1 && case.mends(&exchanged, [at, key_at]) {
        Diagnosis::Swapped {
            first: instead,
            second: key,
        }
    } else {
        Diagnosis::KeyElsewhere { key, instead }
    }
}

/// How a key differs from the one that is meant.
pub(super) fn slip_of(case: &Case<'_>, typed: &Bytes, meant: &Bytes) -> KeySlip {
    let exists = || case.has_key(typed);
    match spelling_slip(typed, meant) {
        Some(KeySlip::Case) => KeySlip::Case,
        // Of two keys with nearly one name, both there, the other one was taken.
        _ if exists() => KeySlip::Neighbour,
        Some(KeySlip::Letter) if is_chosen(case, typed, meant) => KeySlip::Other,
        slip => slip.unwrap_or(KeySlip::Other),
    }
}
