//! The options of a line: in one order, missing, too many, or others than are wanted.

use crate::engine::{Bytes, Command, Part};

use super::{
    Contrast, Diagnosis,
    walk::{is_option, is_word, words_of},
};

/// Arguments with the options behind them in the order of their names: that of the line means nothing.
pub(super) fn by_options(row: &Command, args: &[Bytes]) -> Vec<Bytes> {
    let Some((head, groups)) = divided(row, args) else {
        return args.to_vec();
    };
    head.iter()
        .cloned()
        .chain(groups.into_iter().flatten())
        .collect()
}

/// The arguments of two lines in that order, with the options alone that both have.
pub(super) fn shared_options(row: &Command, lines: [&[Bytes]; 2]) -> [Vec<Bytes>; 2] {
    let [Some((_, a)), Some((_, b))] = lines.map(|line| divided(row, line)) else {
        return lines.map(|line| by_options(row, line));
    };
    let is_in = |groups: &[Vec<Bytes>], group: &[Bytes]| {
        let mut groups = groups.iter();
        groups.any(|other| other[0].eq_ignore_ascii_case(&group[0]))
    };
    let shared = |line: &[Bytes], others: &[Vec<Bytes>]| {
        let (head, groups) = divided(row, line).unwrap_or_default();
        let groups = groups.into_iter().filter(|group| is_in(others, group));
        head.iter().cloned().chain(groups.flatten()).collect()
    };
    [shared(lines[0], &b), shared(lines[1], &a)]
}

/// A line's arguments in front of its options, and the options with their values, by their names; none where the command
/// has no options behind a fixed beginning.
fn divided<'a>(row: &Command, args: &'a [Bytes]) -> Option<(&'a [Bytes], Vec<Vec<Bytes>>)> {
    let grammar = row.grammar();
    let fixed = |part: &Part| !matches!(part, Part::Optional { .. });
    let head = grammar.parts.iter().take_while(|part| fixed(part)).count();
    let words = grammar.words();
    // More values of the same kind are no options.
    if head == 0 || head > args.len() || !grammar.parts[head..].iter().all(is_option) {
        return None;
    }
    let (head, rest) = args.split_at(head);
    // What goes on with a value is no option, but more of what stands in front: fields and their values.
    if rest.first().is_some_and(|arg| !is_word(&words, arg)) {
        return None;
    }
    let mut groups: Vec<Vec<Bytes>> = Vec::new();
    for arg in rest {
        match groups.last_mut() {
            Some(group) if !is_word(&words, arg) => group.push(arg.clone()),
            _ => groups.push(vec![arg.clone()]),
        }
    }
    groups.sort_by_key(|group| group[0].to_ascii_uppercase());
    Some((head, groups))
}

/// Options that are missing or too much.
pub(super) fn options(row: &Command, typed: &[Bytes], meant: &[Bytes]) -> Option<Diagnosis> {
    let grammar = row.grammar();
    let words = grammar.words();
    let used = |args: &[Bytes]| -> Vec<String> {
        let upper = args
            .iter()
            .map(|arg| String::from_utf8_lossy(arg).to_uppercase());
        upper.filter(|arg| words.contains(&arg.as_str())).collect()
    };
    let args = (typed, meant);
    let (typed, meant) = (used(typed), used(meant));
    let surplus = more_of(&typed, &meant);
    let mut missing = more_of(&meant, &typed);
    // A word that only stands behind an option goes with it.
    let alone: Vec<String> = missing
        .iter()
        .filter(|word| begins_option(row, word))
        .cloned()
        .collect();
    if !alone.is_empty() {
        missing = alone;
    }
    // Which of several is the wrong one, where the lines are equally long.
    let nth = |word: &str| {
        let is_it = |arg: &Bytes| arg.eq_ignore_ascii_case(word.as_bytes());
        let places: Vec<usize> = (0..args.0.len()).filter(|at| is_it(&args.0[*at])).collect();
        let is_wrong = |at: &usize| args.1.get(*at).is_some_and(|arg| !is_it(arg));
        let comparable = places.len() > 1 && args.0.len() == args.1.len();
        let wrong = places.iter().position(is_wrong).filter(|_| comparable);
        wrong.map(|at| at + 1)
    };
    let surplus = surplus.into_iter().next();
    if let (Some(typed), [wanted]) = (&surplus, &missing[..])
        && let Some(contrast) = other_unit(typed, wanted)
    {
        let typed = typed.clone();
        return Some(Diagnosis::Sibling { typed, contrast });
    }
    match (surplus, missing.len()) {
        (None, 0) => None,
        // A value that differs before the option's place comes first: the line may be right without the option.
        (None, _) if other_value_first(args, &words) => None,
        (None, count) => Some(Diagnosis::MissingOption {
            count,
            word: missing.into_iter().next().unwrap_or_default(),
        }),
        (Some(typed), 0) => Some(Diagnosis::ExtraOption { typed }),
        (Some(typed), _) => Some(Diagnosis::OtherWord {
            nth: nth(&typed),
            typed,
        }),
    }
}

/// How an option counts the time otherwise than the one that is wanted.
fn other_unit(typed: &str, wanted: &str) -> Option<Contrast> {
    match (typed, wanted) {
        ("PX", "EX") | ("PXAT", "EXAT") => Some(Contrast::MillisecondsNotSeconds),
        ("EX", "PX") | ("EXAT", "PXAT") => Some(Contrast::SecondsNotMilliseconds),
        _ => None,
    }
}

/// Whether a word is an option's first.
fn begins_option(row: &Command, word: &str) -> bool {
    let grammar = row.grammar();
    let options = grammar.parts.iter().filter(|part| is_option(part));
    options.into_iter().any(|part| match part {
        Part::Optional { choices, .. } => choices
            .iter()
            .any(|choice| words_of(&choice[0]).iter().any(|own| own == word)),
        _ => false,
    })
}

/// Whether the first difference of two lines is between values.
fn other_value_first((typed, meant): (&[Bytes], &[Bytes]), words: &[&str]) -> bool {
    let mut pairs = typed.iter().zip(meant);
    pairs
        .find(|(a, b)| !a.eq_ignore_ascii_case(b))
        .is_some_and(|(a, b)| !is_word(words, a) && !is_word(words, b))
}

/// What there is more of in the one than in the other.
pub(super) fn more_of<T: PartialEq + Clone>(of: &[T], than: &[T]) -> Vec<T> {
    let mut rest = than.to_vec();
    let mut more = Vec::new();
    for item in of {
        match rest.iter().position(|other| other == item) {
            Some(at) => drop(rest.swap_remove(at)),
            None => more.push(item.clone()),
        }
    }
    more
}
