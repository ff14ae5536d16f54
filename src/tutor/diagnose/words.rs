//! The words of a line beside those of a solution: split or glued together, in quotes, too many, in other places.

use std::ops::Range;

use crate::engine::{Bytes, Command, Part, commands};
use crate::lesson::{Line, StepKind};

use super::{Case, Diagnosis, arguments, names_same_command, options::more_of};

/// What is wrong with how a line is divided into words, where there is no doubt: mended, it is a line of a solution.
pub(super) fn divided_otherwise(case: &Case<'_>) -> Option<Diagnosis> {
    // What is a word of another line was not torn off one of this.
    let is_known = |word: &Bytes| lines(case).flatten().any(|known| known == word);
    let is_torn = |meant: &&[Bytes]| {
        let mut pieces = case.argv.iter().filter(|word| !meant.contains(word));
        !pieces.any(is_known)
    };
    let find = |slip: fn(&[Bytes], &[Bytes]) -> Option<Diagnosis>| {
        lines(case).find_map(|meant| slip(case.argv, meant))
    };
    let torn = || {
        lines(case)
            .filter(is_torn)
            .find_map(|meant| split(case.argv, meant))
    };
    two_commands(case)
        .or_else(torn)
        .or_else(|| lines(case).find_map(|meant| torn_apart(case, meant)))
        .or_else(|| find(glued).filter(|found| !names_a_key(case, found)))
        .or_else(|| find(quoted))
}

/// Whether the word that seems to be two is a key that is there: then it was chosen.
fn names_a_key(case: &Case<'_>, found: &Diagnosis) -> bool {
    let Diagnosis::TwoWords { typed, .. } = found else {
        return false;
    };
    case.has_key(typed)
}

/// The lines of all ways that the author knows.
pub(super) fn lines<'a>(case: &Case<'a>) -> impl Iterator<Item = &'a [Bytes]> {
    let lines = case.step.ways().flatten();
    lines.map(|line| line.argv.as_slice())
}

/// The solution, and the other ways of one line.
pub(super) fn short_ways<'a>(case: &'a Case<'_>) -> impl Iterator<Item = &'a Vec<Line>> {
    let others = case.step.also.iter().filter(|way| way.len() == 1);
    std::iter::once(&case.step.solution).chain(others)
}

/// Of the lines of all ways those that have the command that was typed.
pub(super) fn same_lines<'a>(case: &'a Case<'_>) -> impl Iterator<Item = &'a [Bytes]> {
    lines(case).filter(|meant| names_same_command(meant, case.argv))
}

/// Whether two lines are the same but for upper and lower case.
pub(super) fn alike(a: &[Bytes], b: &[Bytes]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.eq_ignore_ascii_case(b))
}

/// A second command behind a line of a solution, or behind another one with a sign between them that divides commands
/// elsewhere.
pub(super) fn two_commands(case: &Case<'_>) -> Option<Diagnosis> {
    if lines(case).any(|line| commands::is_same_line(line, case.argv)) {
        return None;
    }
    let typed = &divided_at_commands(case.argv)[..];
    // The line before a word, without the sign that divides it from that word, and whether there is such a sign.
    let first = |at: usize| -> Option<(Vec<Bytes>, bool, bool)> {
        let (last, before) = typed[..at].split_last()?;
        let word = match last.as_slice() {
            b"&&" | b"|" => Some(&b""[..]),
            word => word.strip_suffix(b";").or_else(|| word.strip_suffix(b",")),
        };
        let is_divided = word.is_some();
        // A comma divides words as well.
        let is_comma = last.ends_with(b",");
        let word = word.unwrap_or(last);
        let word = (!word.is_empty()).then(|| Bytes::from(word));
        let line = before.iter().cloned().chain(word).collect();
        Some((line, is_divided, is_comma))
    };
    // A value or an option may have a command's name: a command is written as the first one is, and with what it needs.
    let is_shouted = |word: &Bytes| word.iter().all(|byte| !byte.is_ascii_lowercase());
    let options = commands::of_line(typed).map(Command::grammar);
    let is_meant = |at: usize| {
        let word = &typed[at];
        let is_option = options.iter().flat_map(|grammar| grammar.words());
        let mut is_option = is_option.filter(|option| word.eq_ignore_ascii_case(option.as_bytes()));
        let row = commands::of_line(&typed[at..]);
        let is_whole =
            row.is_none_or(|row| typed.len() - at >= row.arity().unsigned_abs() as usize);
        let needs_nothing =
            commands::of_line(&typed[at..]).is_none_or(|row| row.arity().abs() == 1);
        let is_twice = word.eq_ignore_ascii_case(&typed[0]) && at + 1 == typed.len();
        !is_twice
            && is_shouted(word) == is_shouted(&typed[0])
            && (is_option.next().is_none() || at + 1 < typed.len() && !takes_value(typed, word))
            && is_whole
            && (!needs_nothing || is_shouted(word))
    };
    // The command once more, with its key.
    let is_again = |at: usize| {
        let again = typed.get(at..at + 2);
        at > 2 && again.is_some_and(|again| alike(again, &typed[..2]))
    };
    let is_first = |at: usize| {
        // A line without such a sign at its end must be as long as one of a way.
        let is_divided = |last: &Bytes| matches!(last.last(), Some(b';' | b',' | b'&' | b'|'));
        if !is_divided(&typed[at - 1]) && !lines(case).any(|line| line.len() == at) {
            return is_again(at);
        }
        first(at).is_some_and(|(first, is_divided, is_comma)| {
            let is_own = lines(case).any(|line| alike(line, &first));
            let runs = || commands::of_line(&first).is_some() && case.runs(&first);
            let is_divided = is_divided && (!is_comma || is_meant(at));
            is_own && is_meant(at) || is_divided && runs() || is_again(at)
        })
    };
    let is_command = |word: &Bytes| commands::find(&word.to_ascii_lowercase()).is_some();
    let at = (1..typed.len()).find(|at| is_command(&typed[*at]) && is_first(*at))?;
    Some(Diagnosis::TwoCommands {
        second: String::from_utf8_lossy(&typed[at]).to_uppercase(),
        one: case.step.kind == StepKind::Command && case.step.solution.len() == 1,
    })
}

/// A line with a space behind every sign that stands between a word and the name of a command: `LPUSH k v，LTRIM k 0 1`,
/// `MULTI；EXEC`.
fn divided_at_commands(argv: &[Bytes]) -> Vec<Bytes> {
    let is_sign = |sign: char| ",;，；、。".contains(sign);
    let is_command = |word: &str| commands::find(word.to_ascii_lowercase().as_bytes()).is_some();
    let divided = |word: &Bytes| -> Option<Vec<Bytes>> {
        let text = std::str::from_utf8(word)
            .ok()
            .filter(|it| it.contains(is_sign))?;
        let parts: Vec<&str> = text.split(is_sign).collect();
        let (first, rest) = parts.split_first()?;
        let ends_wide = rest == [""] && !text.is_ascii();
        if text == "；" {
            return Some(vec![Bytes::from(b";".as_slice())]);
        }
        if first.is_empty() || !ends_wide && !rest.iter().all(|part| is_command(part)) {
            return None;
        }
        let words = text.split_inclusive(is_sign).filter_map(|part| {
            let word = part.trim_end_matches(is_sign);
            // A comma may also divide values.
            let sign = match part.chars().last() {
                Some(',' | '，' | '、') => ",",
                Some(';' | '；' | '。') => ";",
                _ => "",
            };
            (!word.is_empty()).then(|| Bytes::from([word, sign].concat().into_bytes()))
        });
        Some(words.collect())
    };
    argv.iter()
        .flat_map(|word| divided(word).unwrap_or_else(|| vec![word.clone()]))
        .collect()
}

/// Whether a word is an option of a line's command with a value behind it: `GET pattern` of SORT.
fn takes_value(line: &[Bytes], word: &Bytes) -> bool {
    let Some(row) = commands::of_line(line) else {
        return false;
    };
    let grammar = row.grammar();
    let options = grammar.parts.iter().filter_map(|part| match part {
        Part::Optional { choices, .. } => Some(choices),
        _ => None,
    });
    let is_it = |choice: &&Vec<Part>| matches!(choice.first(), Some(Part::Word(name)) if word.eq_ignore_ascii_case(name.as_bytes()));
    options
        .flatten()
        .filter(is_it)
        .any(|choice| choice.len() > 1)
}

/// A word in two or more pieces, with or without the colons between them.
fn split(typed: &[Bytes], meant: &[Bytes]) -> Option<Diagnosis> {
    let letters = |words: &[Bytes]| -> Vec<u8> {
        let bytes = words
            .iter()
            .flat_map(|word| word.to_ascii_lowercase().to_vec());
        bytes.filter(|byte| *byte != b':').collect()
    };
    if typed.len() <= meant.len() || letters(typed) != letters(meant) {
        return None;
    }
    let mut pairs = typed.iter().zip(meant);
    let (_, word) = pairs.find(|(typed, meant)| !typed.eq_ignore_ascii_case(meant))?;
    Some(Diagnosis::OneWord { word: word.clone() })
}

/// Two neighbours that with a colon between them are a word of the line, which lacks it. Of another command it must be one
/// that then runs: `HSET voucher bob 5` is no line for `voucher:bob` in whatever words.
fn torn_apart(case: &Case<'_>, meant: &[Bytes]) -> Option<Diagnosis> {
    let typed = case.argv;
    let joined = |pair: &[Bytes]| Bytes::from([&pair[0][..], b":", &pair[1][..]].concat());
    let mut words = typed.windows(2).map(joined).enumerate();
    let (at, word) = words.find(|(_, word)| meant.contains(word) && !typed.contains(word))?;
    let runs = || {
        let mut line = typed.to_vec();
        line.splice(at..at + 2, [word.clone()]);
        case.runs(&line)
    };
    (names_same_command(typed, meant) || runs()).then_some(Diagnosis::OneWord { word })
}

/// A word that is two.
fn glued(typed: &[Bytes], meant: &[Bytes]) -> Option<Diagnosis> {
    let (at, pair) = two_for_one(meant, typed)?;
    let word = typed.get(at)?;
    let is_glued = word.eq_ignore_ascii_case(&[&pair[0][..], &pair[1]].concat());
    is_glued.then(|| Diagnosis::TwoWords {
        typed: word.clone(),
        first: word.slice(..pair[0].len()),
        second: word.slice(pair[0].len()..),
    })
}

/// Where two words of one line stand in the place of one of another, which is the same otherwise.
fn two_for_one<'a>(longer: &'a [Bytes], line: &[Bytes]) -> Option<(usize, &'a [Bytes])> {
    let mut pairs = longer.iter().zip(line);
    let at = pairs.position(|(a, b)| !a.eq_ignore_ascii_case(b))?;
    let pair = longer.get(at..at + 2)?;
    alike(&longer[at + 2..], &line[at + 1..]).then_some((at, pair))
}

/// Several words in quotes, which make one of them.
fn quoted(typed: &[Bytes], meant: &[Bytes]) -> Option<Diagnosis> {
    let words = |line: &[Bytes]| -> Vec<Bytes> {
        let words = line
            .iter()
            .flat_map(|word| word.split(|byte| *byte == b' '));
        words
            .filter(|word| !word.is_empty())
            .map(Bytes::from)
            .collect()
    };
    let is_wanted = |word: &Bytes| {
        let mut spaced = meant.iter().filter(|word| word.contains(&b' '));
        spaced.any(|wanted| {
            words(std::slice::from_ref(wanted))
                .iter()
                .zip(words(std::slice::from_ref(word)))
                .all(|(a, b)| a.eq_ignore_ascii_case(&b))
        })
    };
    let has_words = |word: &Bytes| words(std::slice::from_ref(word)).len() > 1;
    let has_space = |word: &&Bytes| has_words(word) && !is_wanted(word);
    let word = typed.iter().find(has_space)?;
    alike(&words(typed), &words(meant)).then(|| Diagnosis::NoQuotes {
        typed: word.clone(),
    })
}

/// Words without which the line is one of a solution, or the only one there with its command: of several lines that a
/// learner may divide a push into, each may have what the others lack.
pub(super) fn too_many(case: &Case<'_>) -> Option<Diagnosis> {
    let same = |line: &&Line| names_same_command(&line.argv, case.argv);
    let typed =
        short_ways(case).find_map(
            |way| match way.iter().filter(same).collect::<Vec<_>>()[..] {
                [line] => surplus(case.argv, &line.argv),
                _ => None,
            },
        )?;
    Some(Diagnosis::ExtraValues { typed })
}

/// The words that a line has beside all those of another one, in its order.
pub(in crate::tutor) fn surplus(typed: &[Bytes], meant: &[Bytes]) -> Option<Vec<Bytes>> {
    let mut left = meant;
    let mut surplus = Vec::new();
    for word in typed {
        match left.split_first() {
            Some((next, rest)) if word.eq_ignore_ascii_case(next) => left = rest,
            _ => surplus.push(word.clone()),
        }
    }
    (left.is_empty() && !surplus.is_empty()).then_some(surplus)
}

/// Whether a line has all words of another one but for one, and no more than one in its place; an option comes with its
/// value.
pub(super) fn is_near(typed: &[Bytes], meant: &[Bytes]) -> bool {
    more_of(typed, meant).len() <= 1 && more_of(meant, typed).len() <= 2
}

/// A line with its pairs in the order in which another one has them: fields, members and keys may come in any.
pub(super) fn in_order_of(row: &Command, typed: &[Bytes], meant: &[Bytes]) -> Vec<Bytes> {
    let (from, name_at) = match row.name {
        "hset" | "hmset" => (2, 0),
        "zadd" => (2 + typed.len() % 2, 1),
        "mset" | "msetnx" => (1, 0),
        _ => return typed.to_vec(),
    };
    let (Some(pairs), Some(own)) = (typed.get(from..), meant.get(from..)) else {
        return typed.to_vec();
    };
    let (mut pairs, own): (Vec<&[Bytes]>, Vec<&[Bytes]>) =
        (pairs.chunks(2).collect(), own.chunks(2).collect());
    if typed.len() != meant.len() || pairs.iter().any(|pair| pair.len() < 2) {
        return typed.to_vec();
    }
    let same_name = |a: &[Bytes], b: &[Bytes]| a.get(name_at) == b.get(name_at);
    // A pair with another name stands for the one that is missing.
    let mut placed: Vec<Option<&[Bytes]>> = own
        .iter()
        .map(|own| {
            let at = pairs.iter().position(|pair| same_name(pair, own))?;
            Some(pairs.remove(at))
        })
        .collect();
    let mut rest = pairs.into_iter();
    for place in &mut placed {
        *place = place.or_else(|| rest.next());
    }
    let placed: Vec<&[Bytes]> = placed.into_iter().flatten().collect();
    [&typed[..from], &placed.concat()].concat()
}

/// One word, or a few that belong together, in another place than in a solution, where Redis minds that: it refuses the
/// line, or takes other words for its keys.
pub(super) fn misplaced(case: &Case<'_>, row: &Command) -> Option<Diagnosis> {
    let keys = |argv: &[Bytes]| -> Vec<Bytes> {
        let places = row.keys(argv).into_iter();
        places.filter_map(|at| argv.get(at).cloned()).collect()
    };
    let is_refused = matches!(case.reply, Some(crate::notation::Literal::Error(_)));
    let mut same = same_lines(case);
    same.find_map(|meant| {
        let matters = is_refused || keys(case.argv) != keys(meant);
        let is_moved = matters && arguments::swapped(case.argv, meant).is_none();
        // Of a key more can be said: what stands in its place.
        let words = is_moved.then(|| moved(case.argv, meant, &keys(meant)));
        words.flatten().map(|typed| Diagnosis::Misplaced { typed })
    })
}

/// So many words belong together at most.
const BLOCK: usize = 3;

/// The fewest neighbours that only stand in another place and are no keys; none where a key alone does.
fn moved(typed: &[Bytes], meant: &[Bytes], keys: &[Bytes]) -> Option<Vec<Bytes>> {
    if typed.len() != meant.len() || alike(typed, meant) {
        return None;
    }
    let blocks = (1..=BLOCK)
        .flat_map(|len| (1..(typed.len() + 1).saturating_sub(len)).map(move |at| at..at + len));
    let is_moved = |block: &Range<usize>| {
        let mut rest = typed.to_vec();
        let words: Vec<Bytes> = rest.drain(block.clone()).collect();
        (1..=rest.len()).any(|to| {
            let mut line = rest.clone();
            line.splice(to..to, words.iter().cloned());
            alike(&line, meant)
        })
    };
    let has_key = |words: &[Bytes]| keys.iter().any(|key| words.contains(key));
    let mut moved = blocks.filter(is_moved).map(|block| &typed[block]);
    let fewest = moved.next()?;
    if !has_key(fewest) {
        return Some(fewest.to_vec());
    }
    let other = (fewest.len() > 1).then(|| moved.find(|words| !has_key(words)));
    other.flatten().map(<[Bytes]>::to_vec)
}
