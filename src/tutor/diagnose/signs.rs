//! Signs that became a part of a word, and values that want quotes or have a space too much in them.

use crate::engine::{Bytes, Command, Kind, number};

use super::{Case, Diagnosis, argument_names};

/// A value that is the solution's but for a space at its beginning or end.
pub(super) fn space_in_quotes(typed: &[Bytes], meant: &[Bytes]) -> Option<Diagnosis> {
    let mut pairs = typed.iter().zip(meant);
    let is_wider = |typed: &Bytes, meant: &Bytes| {
        typed != meant && typed.trim_ascii() == &meant[..] && !meant.is_empty()
    };
    let (typed, _) = pairs.find(|(typed, meant)| is_wider(typed, meant))?;
    Some(Diagnosis::SpaceInQuotes {
        typed: typed.clone(),
    })
}

/// Words that together are one value of the solution.
pub(super) fn needs_quotes(typed: &[Bytes], meant: &[Bytes]) -> Option<Diagnosis> {
    let with_space = meant.iter().find(|arg| arg.trim_ascii().contains(&b' '))?;
    // Before a space a backslash says elsewhere that the value goes on.
    let bare = |arg: &Bytes| {
        let text = String::from_utf8_lossy(arg);
        text.strip_suffix('\\').unwrap_or(&text).to_owned()
    };
    let joined = typed.iter().map(bare).collect::<Vec<_>>().join(" ");
    let value = String::from_utf8_lossy(with_space).into_owned();
    let is_in_quotes = |arg: &Bytes| String::from_utf8_lossy(arg).contains(&value);
    (joined.contains(&value) && !typed.iter().any(is_in_quotes))
        .then_some(Diagnosis::NeedsQuotes { typed: value })
}

/// Signs that Redis takes for a part of a word: at its ends, or between two words of the solution.
pub(super) fn punctuation(typed: &[Bytes], meant: &[Bytes]) -> Option<Diagnosis> {
    let is_closed = closes_brackets(typed);
    let mut left = meant;
    let mut found = None;
    for word in typed {
        let (count, sign) = words_within(word, left, is_closed)?;
        left = &left[count..];
        found = found.or_else(|| sign.map(|sign| (word, sign)));
    }
    let (word, sign) = found.filter(|_| left.is_empty())?;
    Some(Diagnosis::Punctuation {
        typed: word.clone(),
        sign: char::from(sign),
    })
}

/// A word of the solution with such a sign at its end or around it, in a line that is another one otherwise, too.
pub(super) fn stuck_sign(typed: &[Bytes], meant: &[Bytes]) -> Option<Diagnosis> {
    let is_closed = closes_brackets(typed);
    typed
        .iter()
        .filter(|word| !meant.contains(word))
        .find_map(|word| {
            let own = |own: &Bytes| words_within(word, std::slice::from_ref(own), is_closed);
            // A name with its number, whichever of the two comes first in the command.
            let is_meant = |half: &[u8]| meant.iter().any(|word| word == half);
            let is_number = |half: &[u8]| number::parse_double(half).is_some();
            let joint = b"=:".iter().find(|sign| {
                let halves: Vec<&[u8]> = word.split(|byte| byte == *sign).collect();
                halves.len() == 2
                    && halves.iter().all(|half| is_meant(half))
                    && halves.iter().any(|half| is_number(half))
            });
            // As other languages take a part of a list: `bus[0:2]`.
            let is_part = |own: &Bytes| {
                let rest = word.strip_prefix(&own[..]).unwrap_or_default();
                rest.starts_with(b"[") && rest.ends_with(b"]") && !is_pattern(own)
            };
            let (_, sign) = if let Some(sign) = joint {
                (2, Some(*sign))
            } else if meant.iter().any(is_part) {
                (1, Some(b'['))
            } else {
                meant.iter().find_map(own)?
            };
            Some(Diagnosis::Punctuation {
                typed: word.clone(),
                sign: char::from(sign?),
            })
        })
}

/// A bound that is written as other languages compare: `>10`, `<=30`, `(10)`.
pub(super) fn comparison(case: &Case<'_>, row: &Command) -> Option<Diagnosis> {
    let args = case.argv.get(row.name_len()..).unwrap_or_default();
    let by_score = args.iter().any(|arg| arg.eq_ignore_ascii_case(b"BYSCORE"));
    let names = argument_names(row, args).into_iter();
    let takes_bound = |name: &str, kind: Kind| {
        kind == Kind::Bound || by_score && matches!(name, "start" | "stop")
    };
    let bounds = names
        .zip(args)
        .filter(|((name, kind), _)| takes_bound(name, *kind));
    let is_number = |text: &[u8]| number::parse_double(text).is_some();
    let compares = |word: &&Bytes| {
        let rest = word.strip_prefix(b">").or_else(|| word.strip_prefix(b"<"));
        let rest = rest.map(|rest| rest.strip_prefix(b"=").unwrap_or(rest));
        let inner = word.strip_prefix(b"(");
        let inner = inner.and_then(|inner| inner.strip_suffix(b")"));
        rest.is_some_and(|rest| rest.is_empty() || is_number(rest)) || inner.is_some_and(is_number)
    };
    let word = bounds.map(|(_, arg)| arg).find(compares)?;
    Some(Diagnosis::NotABound {
        typed: String::from_utf8_lossy(word).into_owned(),
    })
}

/// Whether a word ends with a bracket that closes.
fn closes_brackets(typed: &[Bytes]) -> bool {
    typed
        .iter()
        .any(|word| word.last().is_some_and(|last| b")]}".contains(last)))
}

/// Whether a word has signs that mean something in a pattern.
fn is_pattern(word: &Bytes) -> bool {
    word.iter().any(|sign| b"*?[".contains(sign))
}

/// How many of the words that are meant a typed one consists of, and the first sign beside or between them. A bracket
/// that opens is such a sign where one closes.
fn words_within(word: &Bytes, meant: &[Bytes], is_closed: bool) -> Option<(usize, Option<u8>)> {
    let is_pattern = meant.iter().any(is_pattern);
    let is_beside = |sign: u8| {
        b",;:=)}.!<>'\"".contains(&sign)
            || !is_pattern && b"?]".contains(&sign)
            || is_closed && (b"({".contains(&sign) || !is_pattern && sign == b'[')
    };
    let is_between = |sign: u8| is_beside(sign) || b"-/|+".contains(&sign);
    let (mut rest, mut count, mut found) = (&word[..], 0, None);
    let mut is_divided = true;
    while let Some(sign) = rest.first() {
        let next = meant.get(count).filter(|next| {
            let begins = rest.get(..next.len());
            is_divided
                && !next.is_empty()
                && begins.is_some_and(|begin| next.eq_ignore_ascii_case(begin))
        });
        if let Some(next) = next {
            (rest, count, is_divided) = (&rest[next.len()..], count + 1, false);
        } else if is_beside(*sign) || count > 0 && rest.len() > 1 && is_between(*sign) {
            (rest, found, is_divided) = (&rest[1..], found.or(Some(*sign)), true);
        } else {
            return None;
        }
    }
    (count > 0).then_some((count, found))
}
