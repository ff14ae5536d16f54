//! The right command with wrong arguments: which, and how.

use crate::engine::{Bytes, Command, Kind, number};
use crate::tutor::compare;

use super::{
    Case, Diagnosis, Disorder, KeySlip, Missing, key, misspelt_key,
    options::{by_options, more_of, options, shared_options},
    signs::needs_quotes,
    spelling::{is_chosen, spelling_slip},
    walk::{is_word, names},
    words::alike,
};

/// The right command with wrong arguments: what is wrong with them.
pub(super) fn arguments(case: &Case<'_>, row: &Command, solution: &[Bytes]) -> Option<Diagnosis> {
    let skip = row.name_len();
    let (typed, meant) = (case.argv.get(skip..)?, solution.get(skip..)?);
    key::fewer(case, row, solution)
        .or_else(|| key::other(case, row, solution))
        .or_else(|| swapped(typed, meant))
        .or_else(|| reordered(row, typed, meant))
        .or_else(|| options(row, typed, meant))
        .or_else(|| twice(typed, meant))
        .or_else(|| needs_quotes(typed, meant))
        .or_else(|| {
            let (all, wanted) = (by_options(row, typed), by_options(row, meant));
            amount(row, &all, &wanted).or_else(|| {
                let [typed, meant] = shared_options(row, [typed, meant]);
                single(case, row, &typed, &meant)
            })
        })
}

/// Two arguments that stand in each other's place.
pub(super) fn swapped(typed: &[Bytes], meant: &[Bytes]) -> Option<Diagnosis> {
    if typed.len() != meant.len() {
        return None;
    }
    let different: Vec<usize> = (0..typed.len())
        .filter(|at| !typed[*at].eq_ignore_ascii_case(&meant[*at]))
        .collect();
    match different.as_slice() {
        [a, b] if typed[*a] == meant[*b] && typed[*b] == meant[*a] => Some(Diagnosis::Swapped {
            first: typed[*a].clone(),
            second: typed[*b].clone(),
        }),
        _ => None,
    }
}

/// A line that is the solution's but for upper and lower case.
pub(super) fn other_case(case: &Case<'_>, row: &Command, solution: &[Bytes]) -> Option<Diagnosis> {
    let skip = row.name_len();
    alike(case.argv, solution)
        .then(|| {
            key::other(case, row, solution)
                .or_else(|| single(case, row, &case.argv[skip..], &solution[skip..]))
        })
        .flatten()
}

/// The same arguments in another order.
fn reordered(row: &Command, typed: &[Bytes], meant: &[Bytes]) -> Option<Diagnosis> {
    let (mut a, mut b) = (typed.to_vec(), meant.to_vec());
    a.sort();
    b.sort();
    if a != b || typed == meant {
        return None;
    }
    let from = typed.iter().zip(meant).take_while(|(a, b)| a == b).count();
    let reversed = typed[from..].iter().rev().eq(&meant[from..])
        || typed[1..].iter().rev().eq(meant[1..].iter());
    // A field and its value, a score and its member: the first that differ may be the second of a pair.
    let has_pairs = row.grammar().repeated_names().len() == 2;
    let is_second = has_pairs && (typed.len() - from) % 2 == 1;
    let from = if is_second {
        from.saturating_sub(1)
    } else {
        from
    };
    let pairs = |args: &[Bytes]| -> Vec<Vec<Bytes>> {
        let pairs = args[from..].chunks(2).filter(|_| has_pairs);
        pairs.map(<[Bytes]>::to_vec).collect()
    };
    let (mut typed, mut meant) = (pairs(typed), pairs(meant));
    let mut together = typed.iter().zip(&meant);
    let is_swapped = |(typed, meant): (&Vec<Bytes>, &Vec<Bytes>)| typed.iter().rev().eq(meant);
    let disorder = if reversed {
        Disorder::Reversed
    } else if has_pairs && together.all(is_swapped) {
        Disorder::PairsReversed
    } else {
        typed.sort();
        meant.sort();
        if typed == meant {
            Disorder::Other
        } else {
            Disorder::OtherPairs
        }
    };
    Some(Diagnosis::Reordered(disorder))
}

/// A word that stands in the place of another one and in its own.
fn twice(typed: &[Bytes], meant: &[Bytes]) -> Option<Diagnosis> {
    let (extra, missing) = (more_of(typed, meant), more_of(meant, typed));
    let is_number = |word: &Bytes| number::parse_double(word).is_some();
    let [word] = extra.as_slice() else {
        return None;
    };
    let is_twice = typed.len() == meant.len() && missing.len() == 1 && meant.contains(word);
    (is_twice && !is_number(word)).then(|| Diagnosis::Twice {
        typed: word.clone(),
    })
}

/// Values that are missing or too many.
fn amount(row: &Command, typed: &[Bytes], meant: &[Bytes]) -> Option<Diagnosis> {
    let (extra, missing) = (more_of(typed, meant), more_of(meant, typed));
    if typed.len() < meant.len() && extra.is_empty() {
        return Some(missing_values(row, typed, meant));
    }
    (typed.len() > meant.len() && missing.is_empty())
        .then_some(Diagnosis::ExtraValues { typed: extra })
}

/// The word that was taken for the first part that is missing.
fn taken<'a>(row: &Command, typed: &'a [Bytes], meant: &[Bytes]) -> Option<&'a Bytes> {
    let at = typed.iter().zip(meant).position(|(a, b)| a != b)?;
    let [got, wanted] = [typed, meant].map(|args| argument_names(row, args));
    (got.get(at)? == wanted.get(at)?).then(|| &typed[at])
}

/// What the missing values are by their names in the syntax.
fn missing_values(row: &Command, typed: &[Bytes], meant: &[Bytes]) -> Diagnosis {
    let named = argument_names(row, meant);
    let missing = named.iter().zip(meant);
    let missing: Vec<&(String, Kind)> = missing
        .filter(|(_, arg)| !typed.contains(arg))
        .map(|(named, _)| named)
        .collect();
    let count = meant.len() - typed.len();
    if let ([(name, kind)], Some(by)) = (missing.as_slice(), taken(row, typed, meant))
        && *kind != Kind::Key
        && !row.grammar().repeated_names().contains(&name.as_str())
        && argument_names(row, typed)
            .iter()
            .any(|(other, _)| other == name)
    {
        let (name, by) = (name.clone(), by.clone());
        return Diagnosis::PartTaken { name, by };
    }
    // What belongs together is missing together: a field with its value, a score with its member.
    let grammar = row.grammar();
    let group = grammar.repeated_names();
    if group.len() > 1 && count.is_multiple_of(group.len()) {
        return Diagnosis::MissingValues {
            count: count / group.len(),
            what: Missing::Groups(group.join(" ")),
        };
    }
    // An option that stands behind another value that differs.
    let words = grammar.words();
    let mut options = missing
        .iter()
        .filter(|(name, _)| is_word(&words, name.as_bytes()));
    if let Some((word, _)) = options.next() {
        let (word, count) = (word.clone(), 1 + options.count());
        return Diagnosis::MissingOption { count, word };
    }
    let what = match missing.split_first() {
        Some(((name, kind), rest)) if rest.iter().all(|(other, _)| other == name) => {
            if *kind == Kind::Key {
                Missing::Keys
            } else if group == [name.as_str()] {
                Missing::More(name.clone())
            } else {
                Missing::Part(name.clone())
            }
        }
        _ => Missing::Values,
    };
    Diagnosis::MissingValues { count, what }
}

/// One argument that differs: how.
fn single(case: &Case<'_>, row: &Command, typed: &[Bytes], meant: &[Bytes]) -> Option<Diagnosis> {
    let grammar = row.grammar();
    let words = grammar.words();
    let same = |a: &Bytes, b: &Bytes| a == b || a.eq_ignore_ascii_case(b) && is_word(&words, a);
    let mut different =
        (0..typed.len().min(meant.len())).filter(|at| !same(&typed[*at], &meant[*at]));
    let first = different.next()?;
    let second = different.next();
    let is_only_one = second.is_none();
    // Where more than a word of the syntax differs, that is not what it is about.
    let at = second
        .filter(|_| is_word(&words, &typed[first]))
        .unwrap_or(first);
    let (got, wanted) = (&typed[at], &meant[at]);
    let (argument, kind) = argument_names(row, typed)
        .get(at)
        .cloned()
        .unwrap_or((String::new(), Kind::Text));
    let argument = told_name(row, typed, argument);
    let text = String::from_utf8_lossy(got).into_owned();
    // A text that happens to consist of digits is no number: 2024 beside 2025 is another text.
    let is_number = is_only_one && !matches!(kind, Kind::Text | Kind::Key | Kind::Pattern);
    // A negative index counts from the end: it is another place, not a wrong sign.
    let is_index = matches!(argument.as_str(), "start" | "stop" | "end" | "index");
    // At the end of a list, and where 0 is for ever, the next number is no neighbour.
    let is_meant = |got: i64, wanted: i64| {
        is_index && (got < 0) != (wanted < 0) && got.checked_neg() != Some(wanted)
            || argument == "timeout" && got == 0
    };
    if let (true, Some(got), Some(wanted)) =
        (is_number, number::parse_int(got), number::parse_int(wanted))
        && !is_meant(got, wanted)
    {
        if (!is_index || wanted < 0) && got.checked_neg() == Some(wanted) {
            return Some(Diagnosis::Sign {
                typed: text,
                argument,
            });
        }
        if got.abs_diff(wanted) == 1 {
            return Some(Diagnosis::OffByOne {
                typed: text,
                argument,
            });
        }
    }
    // Only sorted sets are read between bounds.
    let is_bound = kind == Kind::Bound || is_index || matches!(argument.as_str(), "min" | "max");
    let is_bound = is_bound && row.name.starts_with('z');
    if let Some(found) = bound(got, wanted).filter(|_| is_bound) {
        return Some(found);
    }
    let is_word = number::parse_double(got).is_none() && number::parse_double(wanted).is_none();
    let slip = spelling_slip(got, wanted).filter(|slip| is_word || *slip == KeySlip::Case);
    // What is there as well was chosen, and not misspelt; nor was another word of the line, nor a pattern.
    let is_pattern = kind == Kind::Pattern && slip != Some(KeySlip::Case);
    let is_chosen = is_pattern
        || meant.contains(got)
        || holds(case, row, got)
        || slip == Some(KeySlip::Letter) && is_chosen(case, got, wanted);
    let slip = slip.filter(|_| !is_chosen);
    // What stands elsewhere in the line as it should is not told apart from that.
    let stands_rightly = typed.iter().zip(meant).any(|pair| pair == (got, got));
    if stands_rightly && kind != Kind::Integer {
        return None;
    }
    Some(Diagnosis::OtherValue {
        typed: got.clone(),
        argument,
        slip,
    })
}

/// A word that is nearly the one of a line which has the same words otherwise: a value, or a key that is not there.
pub(super) fn misspelt(case: &Case<'_>, row: &Command, meant: &[Bytes]) -> Option<Diagnosis> {
    let typed = case.argv;
    if typed.len() != meant.len() {
        return None;
    }
    let different = (row.name_len()..typed.len())
        .filter(|at| !typed[*at].eq_ignore_ascii_case(&meant[*at]))
        .collect::<Vec<_>>();
    let [at] = different[..] else { return None };
    let is_key = row.keys(typed).contains(&at);
    let (typed, meant) = (&typed[at], &meant[at]);
    if is_chosen(case, typed, meant) {
        return None;
    }
    if is_key {
        return misspelt_key(typed, meant).filter(|_| !case.has_key(typed));
    }
    let is_number = number::parse_double(typed).is_some() || number::parse_double(meant).is_some();
    if is_number || holds(case, row, typed) {
        return None;
    }
    spelling_slip(typed, meant).map(|slip| Diagnosis::OtherValue {
        typed: typed.clone(),
        argument: String::new(),
        slip: Some(slip),
    })
}

/// A field, member or element that is nearly one of a longer line, of which everything else that was typed is a part.
pub(super) fn misspelt_part(case: &Case<'_>, row: &Command, meant: &[Bytes]) -> Option<Diagnosis> {
    let name = row.name_len();
    let keys = row.keys(case.argv);
    let (typed, meant) = (case.argv.get(name..)?, meant.get(name..)?);
    let (extra, missing) = (more_of(typed, meant), more_of(meant, typed));
    let [word] = extra.as_slice() else {
        return None;
    };
    let is_key = keys.iter().any(|at| case.argv.get(*at) == Some(word));
    let is_number = number::parse_double(word).is_some();
    if typed.len() >= meant.len() || is_key || is_number || holds(case, row, word) {
        return None;
    }
    let slip = missing
        .iter()
        .find_map(|wanted| spelling_slip(word, wanted))?;
    Some(Diagnosis::OtherValue {
        typed: word.clone(),
        argument: String::new(),
        slip: Some(slip),
    })
}

/// Whether a key of the line has an element, field or member of this name.
fn holds(case: &Case<'_>, row: &Command, word: &Bytes) -> bool {
    let (keyspace, db) = (case.base.engine.keyspace(), case.base.db());
    let keys = row.keys(case.argv).into_iter();
    let mut entries = keys.filter_map(|at| keyspace.get(db, case.argv.get(at)?));
    entries.any(|entry| compare::names(entry).contains(word))
}

/// The right value of a bound with the wrong sign in front, or without one where texts need one.
fn bound(got: &Bytes, wanted: &Bytes) -> Option<Diagnosis> {
    let value = |bound: &Bytes| match bound.first() {
        Some(b'(' | b'[') => bound.slice(1..),
        _ => bound.clone(),
    };
    let signed = |bound: &Bytes| matches!(bound.first(), Some(b'(' | b'['));
    let is_endless = |bound: &Bytes| {
        matches!(
            value(bound).to_ascii_lowercase().as_slice(),
            b"+" | b"-" | b"+inf" | b"-inf"
        )
    };
    if got == wanted || value(got) != value(wanted) || !signed(got) && !signed(wanted) {
        return None;
    }
    // Behind the ends of all there is nothing to take in or leave out.
    if is_endless(wanted) {
        return None;
    }
    let typed = String::from_utf8_lossy(got).into_owned();
    if !signed(got) && number::parse_double(got).is_none() {
        return Some(Diagnosis::BareBound { typed });
    }
    Some(Diagnosis::Bound {
        typed,
        should_exclude: wanted.starts_with(b"("),
    })
}

/// The name and kind of each argument, as far as the syntax tells.
#[must_use]
pub(in crate::tutor) fn argument_names(row: &Command, args: &[Bytes]) -> Vec<(String, Kind)> {
    let grammar = row.grammar();
    names(&grammar.parts, &grammar.words(), args)
}

/// An argument's name, and that of a bound where it is no place: in a range by scores or names.
fn told_name(row: &Command, args: &[Bytes], name: String) -> String {
    let has = |word: &[u8]| args.iter().any(|arg| arg.eq_ignore_ascii_case(word));
    if !row.name.starts_with("zrange") || !has(b"BYSCORE") && !has(b"BYLEX") {
        return name;
    }
    match (name.as_str(), has(b"REV")) {
        ("start", false) | ("stop", true) => "min".to_owned(),
        ("start", true) | ("stop", false) => "max".to_owned(),
        _ => name,
    }
}
