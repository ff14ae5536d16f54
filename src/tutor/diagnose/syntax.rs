//! A line that does not fit its command's syntax: which part is missing, which word or number is none.

use crate::engine::{Bytes, Command, Kind, Part, commands, number};

use super::{
    Case, Diagnosis, MissingPart, argument_names,
    key::in_place_of_the_key,
    keys, names_same_command,
    options::options,
    unknown_words::{behind_counted_keys, longer_option, unknown_option, unknown_word},
    walk::{Stop, is_word, walk, words_of},
    words::{lines, same_lines},
};

/// The first part of a syntax that a line leaves out. Of all ways to give the words their places, in order, the one
/// counts in which they fit best: numbers where numbers are needed, keys that exist where keys are.
pub(super) fn missing_part(case: &Case<'_>, row: &Command) -> Option<MissingPart> {
    let args = case.argv.get(row.name_len()..).unwrap_or_default();
    let grammar = row.grammar();
    let parts: Vec<&Part> = grammar
        .parts
        .iter()
        .filter(|part| part.least() > 0)
        .collect();
    if args.len() >= parts.len() {
        // A pair that lacks its second half (HSET key field): the last value named in the syntax.
        let odd = grammar.parts.iter().rev().find_map(|part| match part {
            Part::Value { name, .. } => Some(name.clone()),
            _ => None,
        });
        let odd = odd.filter(|_| row.arity() < 0 && row.syntax.contains("..."));
        return odd.map(MissingPart::first);
    }
    if let Some(name) = value_for_key(case, row, &parts) {
        return Some(MissingPart::first(name));
    }
    let places = Places {
        case,
        parts: &parts,
        args,
        words: grammar.words(),
        meant: meant(case),
    };
    let fit = places.best(0, 0);
    let left_out = fit.and_then(|fit| fit.left_out).unwrap_or(args.len());
    let name = name_of(parts.get(left_out)?);
    let before = parts[..left_out].iter();
    let earlier = before.filter(|part| name_of(part) == name).count();
    Some(MissingPart { name, earlier })
}

/// The name of the one key that a line leaves out, where a value stands in its place: `ZREM ann`, `ZINCRBY ann 10`.
fn value_for_key(case: &Case<'_>, row: &Command, parts: &[&Part]) -> Option<String> {
    let at = row.name_len();
    let has_one = row.key_range() == (1, 1, 1) && row.keys(case.argv) == [at];
    let word = case.argv.get(at).filter(|_| has_one)?;
    let names_key = |argv: &[Bytes]| keys(argv).iter().any(|key| case.argv.contains(key));
    let is_value = case.is_value(word) && !lines(case).any(names_key);
    let name = parts.first().map(|part| name_of(part));
    name.filter(|_| is_value && !case.has_key(word))
}

/// The arguments of the solution's line with the same command.
pub(super) fn meant<'a>(case: &Case<'a>) -> &'a [Bytes] {
    let mut lines = case.step.solution.iter();
    let same = lines.find(|line| names_same_command(&line.argv, case.argv));
    let name = commands::of_line(case.argv).map_or(1, Command::name_len);
    let arguments = same.and_then(|line| line.argv.get(name..));
    arguments.unwrap_or_default()
}

/// Whether a word of the syntax stands in a line, in any case.
pub(super) fn is_in(line: &[Bytes], word: &str) -> bool {
    line.iter()
        .any(|arg| arg.eq_ignore_ascii_case(word.as_bytes()))
}

/// The words of a line and the places that they may take.
struct Places<'a> {
    case: &'a Case<'a>,
    parts: &'a [&'a Part],
    args: &'a [Bytes],
    words: Vec<&'a str>,
    meant: &'a [Bytes],
}

/// How well words fit their places, and the first place that is left out.
#[derive(Debug, Clone, Copy)]
struct Fit {
    score: i32,
    left_out: Option<usize>,
}

impl Places<'_> {
    /// The best way to place the words from `arg` on in the places from `part` on.
    fn best(&self, part: usize, arg: usize) -> Option<Fit> {
        let (places, words) = (self.parts.len() - part, self.args.len() - arg);
        if words > places {
            return None;
        }
        if places == 0 {
            return Some(Fit {
                score: 0,
                left_out: None,
            });
        }
        let taken = self.args.get(arg).and_then(|word| {
            let fits = self.fits(part, word)?;
            let rest = self.best(part + 1, arg + 1)?;
            Some(Fit {
                score: rest.score + fits,
                ..rest
            })
        });
        let left = self.best(part + 1, arg).map(|rest| Fit {
            left_out: Some(part),
            ..rest
        });
        match (taken, left) {
            (Some(taken), Some(left)) if left.score > taken.score => Some(left),
            (Some(taken), _) => Some(taken),
            (None, left) => left,
        }
    }

    /// How well a word fits a place; none when it cannot stand there.
    fn fits(&self, part: usize, word: &Bytes) -> Option<i32> {
        let is_number = number::parse_double(word).is_some();
        let exists = || self.case.has_key(word);
        let own = match self.parts[part] {
            Part::Value { kind, .. } => match kind {
                Kind::Key if exists() => 2,
                Kind::Key if !is_word(&self.words, word) => -i32::from(is_number),
                Kind::Integer | Kind::NumKeys | Kind::Float => is_number.then_some(2)?,
                Kind::Key => -2,
                Kind::Bound | Kind::Pattern | Kind::Text if is_word(&self.words, word) => -2,
                Kind::Bound | Kind::Pattern | Kind::Text => 0,
            },
            words => is_word(&words_of(words), word).then_some(3)?,
        };
        let as_meant = self.meant.get(part) == Some(word);
        Some(own + if as_meant { 4 } else { 0 })
    }
}

/// All names of an option's values, where a part is one of several: `offset count`.
pub(super) fn with_its_option(row: &Command, name: String) -> String {
    let grammar = row.grammar();
    let choices = grammar.parts.iter().filter_map(|part| match part {
        Part::Optional { choices, .. } => Some(choices),
        _ => None,
    });
    let names = |choice: &Vec<Part>| -> Vec<String> {
        let values = choice.iter().skip(1);
        values.map(name_of).collect()
    };
    let options = choices
        .flatten()
        .filter(|choice| is_word_with_values(choice));
    let mut groups = options.map(names);
    let group = groups.find(|names| names.len() > 1 && names.contains(&name));
    group.map_or(name, |names| names.join(" "))
}

/// The names of two places or bounds side by side, one of which is missing: which one, only the learner knows.
pub(super) fn two_of_a_kind(row: &Command, args: &[Bytes], at: usize) -> Option<String> {
    let names = argument_names(row, args);
    let (name, kind) = names
        .get(at)
        .filter(|(_, kind)| matches!(kind, Kind::Integer | Kind::Bound))?;
    let is_alike = |it: &&(String, Kind)| it.1 == *kind;
    if let Some((next, _)) = names.get(at + 1).filter(is_alike) {
        return Some(format!("{name} {next}"));
    }
    let (before, _) = names.get(at.checked_sub(1)?).filter(is_alike)?;
    Some(format!("{before} {name}"))
}

/// `LIMIT offset count`, say: an option with values that stand there once.
fn is_word_with_values(choice: &[Part]) -> bool {
    let is_value = |part: &Part| matches!(part, Part::Value { .. });
    matches!(choice, [Part::Word(_), values @ ..] if values.iter().all(is_value))
}

fn name_of(part: &Part) -> String {
    match part {
        Part::Value { name, .. } => name.clone(),
        words => words_of(words).join("|"),
    }
}

/// A part in whose place a word of the syntax stands that belongs further behind: `SCAN MATCH *` has no cursor.
pub(super) fn skipped_part(row: &Command, argv: &[Bytes]) -> Option<String> {
    let grammar = row.grammar();
    let words = grammar.words();
    let args = argv.get(row.name_len()..)?;
    let mut places = grammar.parts.iter().zip(args);
    let skipped = places.find_map(|(part, arg)| match part {
        Part::Value {
            kind: Kind::Key, ..
        } => None,
        Part::Value { name, .. } => is_word(&words, arg).then(|| Some(name.clone())),
        // Behind the first word any may stand.
        _ => Some(None),
    });
    skipped.flatten()
}

/// A line that is no sentence of its command's syntax: the word that is none, the part that is missing, or the count
/// that is wrong. A usage alone where every word has a place, but not together with the others.
pub(super) fn misfit(case: &Case<'_>, row: &'static Command) -> Diagnosis {
    if let Some(found) = option_before_key(case, row) {
        return found;
    }
    let grammar = row.grammar();
    let args = case.argv.get(row.name_len()..).unwrap_or_default();
    // A key that is asked for is one, though it may not be there.
    let is_asked_for = |key: &Bytes| same_lines(case).any(|meant| keys(meant).contains(&key));
    let exists = |key: &Bytes| case.has_key(key) || is_asked_for(key);
    if let Some(found) = longer_option(case, row, args) {
        return found;
    }
    let text = |at: usize| String::from_utf8_lossy(&args[at]).into_owned();
    let missing = match walk(&grammar.parts, &grammar.words(), args, exists) {
        Some(Stop::Unknown(at, _)) if is_word(&grammar.words(), &args[at]) => {
            let typed = vec![args[at].clone()];
            return Diagnosis::Misplaced { typed };
        }
        Some(Stop::Unknown(at, words)) => {
            if let Some(found) = blamed_before(case, row, at) {
                return found;
            }
            return unknown_option(case, row, at, &words);
        }
        Some(Stop::Count(at)) => {
            return behind_counted_keys(case, args, at)
                .filter(|at| exists(&args[at - 1]) && !exists(&args[*at]))
                .and_then(|at| unknown_word(case, row, at))
                .unwrap_or_else(|| Diagnosis::KeyCount { typed: text(at) });
        }
        stop => {
            let part = match stop {
                Some(Stop::Missing(part)) => Some(part),
                _ => None,
            };
            if let Some(found) = exclusive(row, args, part.is_some()) {
                return found;
            }
            if let Some(typed) = no_count(row, args).filter(|_| part.is_none()) {
                return Diagnosis::NotPositive { typed, least: 1 };
            }
            part
        }
    };
    Diagnosis::Arity {
        command: row.name,
        missing: missing.map(|name| MissingPart::first(with_its_option(row, name))),
    }
}

/// What is to blame for a word that finds no place, where it stands in front of it: a word too many, a text for a number,
/// an option that nobody wants; or that a word of the ways has left its own place.
fn blamed_before(case: &Case<'_>, row: &'static Command, at: usize) -> Option<Diagnosis> {
    let same = || same_lines(case);
    let is_own = |word: &Bytes| same().any(|meant| meant.contains(word));
    let skip = row.name_len();
    let (place, behind) = (skip + at, case.argv.get(skip + at)?);
    let keys = row.keys(case.argv);
    let first = keys.first().map_or(skip, |key| key + 1);
    let blamed = (first..place).find(|at| !is_own(&case.argv[*at]));
    let blamed = blamed.filter(|_| is_own(behind));
    if let Some(blamed) = blamed {
        let mut without = case.argv.to_vec();
        let typed = vec![without.remove(blamed)];
        if case.runs(&without) {
            return Some(Diagnosis::ExtraValues { typed });
        }
    }
    let args = &case.argv[skip..place];
    let mut named = argument_names(row, args).into_iter().zip(args);
    let is_text = |((_, kind), arg): &((String, Kind), &Bytes)| {
        *kind == Kind::Integer && number::parse_double(arg).is_none() && !is_own(arg)
    };
    if let Some((_, text)) = named.find(is_text) {
        return Some(Diagnosis::NotANumber {
            typed: String::from_utf8_lossy(text).into_owned(),
            whole: true,
        });
    }
    if let Some(blamed) = blamed {
        let typed = String::from_utf8_lossy(&case.argv[blamed]).to_uppercase();
        let is_option = is_word(&row.grammar().words(), typed.as_bytes());
        return is_option.then_some(Diagnosis::OtherWord { typed, nth: None });
    }
    let own = same().filter_map(|meant| meant.iter().position(|word| word == behind));
    let is_free = |at: &usize| *at < place && case.argv[*at] != *behind;
    let typed = vec![behind.clone()];
    let is_misplaced = own.into_iter().any(|at| is_free(&at));
    is_misplaced.then_some(Diagnosis::Misplaced { typed })
}

/// Two options of which a command takes one: `EX 1500 PX`. Where the second `lacks` its value, the line ends with it.
fn exclusive(row: &Command, args: &[Bytes], lacks: bool) -> Option<Diagnosis> {
    let mut named = argument_names(row, args);
    named.retain(|(name, _)| !name.is_empty());
    let choices = |part: &Part| match part {
        Part::Optional {
            choices,
            repeats: false,
        } => choices
            .iter()
            .filter_map(|choice| choice.first())
            .flat_map(words_of)
            .collect(),
        _ => Vec::new(),
    };
    let grammar = row.grammar();
    let mut typed = grammar
        .parts
        .iter()
        .map(choices)
        .filter_map(|own: Vec<String>| {
            let mut used = named.iter().filter(|(name, _)| own.contains(name));
            let (first, _) = used.next()?;
            let (second, _) = used.find(|(name, _)| name != first)?;
            let is_last = || named.last().is_some_and(|(name, _)| name == second);
            (!lacks || is_last()).then(|| (first.clone(), second.clone()))
        });
    let (first, second) = typed.next()?;
    Some(Diagnosis::Exclusive { first, second })
}

/// A count below 1, which Redis calls an error of syntax: `SCAN 0 COUNT 0`.
fn no_count(row: &Command, args: &[Bytes]) -> Option<String> {
    let names = argument_names(row, args).into_iter().zip(args);
    let mut counts = names.filter(|((name, _), _)| name == "count");
    let below = |arg: &Bytes| number::parse_int(arg).is_some_and(|count| count < 1);
    let (_, count) = counts.find(|(_, arg)| below(arg))?;
    Some(String::from_utf8_lossy(count).into_owned())
}

/// An option in the place of the key, and the key behind it: `ZADD NX board 60 zoe`.
fn option_before_key(case: &Case<'_>, row: &Command) -> Option<Diagnosis> {
    let grammar = row.grammar();
    let place = *row.keys(case.argv).first()?;
    let option = case.argv.get(place)?;
    let is_key = |arg: &&Bytes| case.has_key(arg) || meant(case).first() == Some(*arg);
    if !is_word(&grammar.words(), option) || is_key(&option) {
        return None;
    }
    let behind = case.argv.get(place + 1..)?;
    let key = behind.iter().position(|arg| is_key(&arg))?;
    Some(in_place_of_the_key(case, place, place + 1 + key))
}

/// A text where a number is needed: perhaps the number stands elsewhere.
pub(super) fn not_a_number(case: &Case<'_>, row: &Command, whole: bool) -> Option<Diagnosis> {
    let args = case.argv.get(row.name_len()..)?;
    let names = argument_names(row, args);
    let is_bad = |at: &usize| match names[*at].1 {
        Kind::Integer | Kind::NumKeys => {
            number::parse_int(&args[*at]).is_none_or(|number| number < 0 && !whole)
        }
        Kind::Float => number::parse_double(&args[*at]).is_none(),
        Kind::Bound => {
            let bound = args[*at].strip_prefix(b"(").unwrap_or(&args[*at]);
            number::parse_double(bound).is_none()
        }
        _ => false,
    };
    let mut bad = (0..args.len().min(names.len())).filter(is_bad);
    // A word of the ways stands there rightly.
    let is_own = |at: &usize| same_lines(case).any(|meant| meant.contains(&args[*at]));
    let first = bad.next()?;
    let bad = Some(first)
        .filter(|at| !is_own(at))
        .or_else(|| bad.find(|at| !is_own(at)));
    let bad = bad.unwrap_or(first);
    if let Some(found) = text_for_number(case, row, args, &names, bad) {
        return Some(found);
    }
    // It stands so in a line of a way: an option is what is missing or wrong.
    let looks_like_bound = |arg: &Bytes| arg.first().is_some_and(|sign| b"([+-".contains(sign));
    let mut own = same_lines(case).filter(|_| looks_like_bound(&args[bad]));
    let own = own.find(|meant| meant.contains(&args[bad]));
    if let Some(meant) = own
        && let Some(found) = options(row, args, &meant[row.name_len()..])
    {
        return Some(found);
    }
    let bad_at = row.name_len() + bad;
    let is_key = |at: &usize| *at < bad_at && meant(case).first() == Some(&args[bad]);
    if let Some(at) = row.keys(case.argv).first().copied().filter(is_key) {
        return Some(in_place_of_the_key(case, at, bad_at));
    }
    if names[bad].1 == Kind::Bound && !whole {
        return Some(Diagnosis::NotABound {
            typed: String::from_utf8_lossy(&args[bad]).into_owned(),
        });
    }
    Some(Diagnosis::NotANumber {
        typed: String::from_utf8_lossy(&args[bad]).into_owned(),
        whole,
    })
}

/// A text that stands where a number belongs while a number stands where a text belongs. Where a word is missing or too
/// much, all behind it stand in other places, so the line must be as long as it should be.
fn text_for_number(
    case: &Case<'_>,
    row: &Command,
    args: &[Bytes],
    names: &[(String, Kind)],
    bad: usize,
) -> Option<Diagnosis> {
    let is_text = |at: &usize| matches!(names[*at].1, Kind::Key | Kind::Text | Kind::Pattern);
    let is_number = |at: &usize| number::parse_double(&args[*at]).is_some();
    let meant = meant(case).len();
    let has_its_length = if meant > 0 {
        args.len() == meant
    } else {
        row.arity() > 0
    };
    if number::parse_double(&args[bad]).is_some() || !has_its_length {
        return None;
    }
    let number = (0..names.len()).find(|at| is_text(at) && is_number(at))?;
    let is_a_key = case.has_key(&args[bad]);
    let skip = row.name_len();
    if names[number].1 == Kind::Key && number < bad && is_a_key {
        return Some(in_place_of_the_key(case, skip + number, skip + bad));
    }
    let mut exchanged = case.argv.to_vec();
    exchanged.swap(skip + number, skip + bad);
    let places = [skip + number, skip + bad];
    case.mends(&exchanged, places).then(|| Diagnosis::Swapped {
        first: args[number.min(bad)].clone(),
        second: args[number.max(bad)].clone(),
    })
}
