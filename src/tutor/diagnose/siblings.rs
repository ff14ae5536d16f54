//! Another command than the solution's: how the two differ.

use crate::engine::{Bytes, Command, commands, flag, number};
use crate::lesson::Compare;

use super::{
    Case, Contrast, Diagnosis, KeySlip,
    effects::{by_effect, right_data},
    key, names_same_command, type_of,
};

/// Pairs of commands that differ in one thing, and what the first of them is.
const CONTRASTS: &[(&str, &str, Contrast, Contrast)] = &[
    (
        "lpush",
        "rpush",
        Contrast::LeftNotRight,
        Contrast::RightNotLeft,
    ),
    (
        "lpushx",
        "rpushx",
        Contrast::LeftNotRight,
        Contrast::RightNotLeft,
    ),
    (
        "lpop",
        "rpop",
        Contrast::LeftNotRight,
        Contrast::RightNotLeft,
    ),
    (
        "blpop",
        "brpop",
        Contrast::LeftNotRight,
        Contrast::RightNotLeft,
    ),
    (
        "zpopmin",
        "zpopmax",
        Contrast::LowNotHigh,
        Contrast::HighNotLow,
    ),
    (
        "bzpopmin",
        "bzpopmax",
        Contrast::LowNotHigh,
        Contrast::HighNotLow,
    ),
    (
        "zrange",
        "zrevrange",
        Contrast::LowNotHigh,
        Contrast::HighNotLow,
    ),
    (
        "zrank",
        "zrevrank",
        Contrast::LowNotHigh,
        Contrast::HighNotLow,
    ),
    (
        "zrangebyscore",
        "zrevrangebyscore",
        Contrast::LowNotHigh,
        Contrast::HighNotLow,
    ),
    (
        "sinterstore",
        "sinter",
        Contrast::StoresNotAnswers,
        Contrast::AnswersNotStores,
    ),
    (
        "sunionstore",
        "sunion",
        Contrast::StoresNotAnswers,
        Contrast::AnswersNotStores,
    ),
    (
        "sdiffstore",
        "sdiff",
        Contrast::StoresNotAnswers,
        Contrast::AnswersNotStores,
    ),
    (
        "zinterstore",
        "zinter",
        Contrast::StoresNotAnswers,
        Contrast::AnswersNotStores,
    ),
    (
        "zunionstore",
        "zunion",
        Contrast::StoresNotAnswers,
        Contrast::AnswersNotStores,
    ),
    (
        "zdiffstore",
        "zdiff",
        Contrast::StoresNotAnswers,
        Contrast::AnswersNotStores,
    ),
    (
        "zrangestore",
        "zrange",
        Contrast::StoresNotAnswers,
        Contrast::AnswersNotStores,
    ),
    (
        "spop",
        "srandmember",
        Contrast::TakesNotLooks,
        Contrast::LooksNotTakes,
    ),
    (
        "lpop",
        "lindex",
        Contrast::TakesNotLooks,
        Contrast::LooksNotTakes,
    ),
    (
        "rpop",
        "lindex",
        Contrast::TakesNotLooks,
        Contrast::LooksNotTakes,
    ),
    (
        "getdel",
        "get",
        Contrast::TakesNotLooks,
        Contrast::LooksNotTakes,
    ),
    (
        "expire",
        "pexpire",
        Contrast::SecondsNotMilliseconds,
        Contrast::MillisecondsNotSeconds,
    ),
    (
        "expireat",
        "pexpireat",
        Contrast::SecondsNotMilliseconds,
        Contrast::MillisecondsNotSeconds,
    ),
    (
        "setex",
        "psetex",
        Contrast::SecondsNotMilliseconds,
        Contrast::MillisecondsNotSeconds,
    ),
    (
        "ttl",
        "pttl",
        Contrast::SecondsNotMilliseconds,
        Contrast::MillisecondsNotSeconds,
    ),
    ("incr", "decr", Contrast::UpNotDown, Contrast::DownNotUp),
    ("incrby", "decrby", Contrast::UpNotDown, Contrast::DownNotUp),
];

/// Another command than the solution's: how the two differ.
pub(super) fn other_command(
    case: &Case<'_>,
    row: &'static Command,
    solution: &[Bytes],
) -> Diagnosis {
    let Some(meant) = commands::of_line(solution) else {
        return by_effect(case);
    };
    // That the data are right is worth more than how the two differ, where the replies show it.
    let right = right_data(case);
    // Of several replies that fit no kind can be named.
    let is_one = !matches!(case.step.compare, Compare::OneOf(_));
    if let Some(Diagnosis::RightData { got, wanted }) = right
        && got != wanted
        && is_one
    {
        return Diagnosis::RightData { got, wanted };
    }
    let does_the_same = row.group == meant.group && row.has(flag::WRITE) == meant.has(flag::WRITE);
    contrast(case, row, meant)
        .or_else(|| other_key_of(case, row, meant, solution).filter(|_| row.group == meant.group))
        .unwrap_or_else(|| Diagnosis::OtherCommand {
            command: row.name,
            kind: type_of(meant.group).filter(|_| !does_the_same),
            changes: meant.has(flag::WRITE),
        })
}

/// A command of a pair, where the other one with the very arguments that were typed is a solution.
pub(super) fn contrasting(
    case: &Case<'_>,
    row: &Command,
    solutions: &[&[Bytes]],
) -> Option<Diagnosis> {
    // Where the command that was typed is the one that is practised, it is no other command's fault.
    let mut lines = case.step.solution.iter();
    if case.is_allowed(row) || lines.any(|line| names_same_command(&line.argv, case.argv)) {
        return None;
    }
    let same_arguments = solutions
        .iter()
        .filter(|argv| argv.get(1..) == case.argv.get(1..));
    let mut meant = same_arguments.filter_map(|argv| commands::of_line(argv));
    meant.find_map(|meant| contrast(case, row, meant))
}

/// A command that only shows what the wanted one would store, under a key that does not hold it yet.
#[must_use]
pub fn only_shows(
    argv: &[Bytes],
    wanted: &[Bytes],
    is_done: impl Fn(&Bytes) -> bool,
) -> Option<Diagnosis> {
    let (row, meant) = (commands::of_line(argv)?, commands::of_line(wanted)?);
    let contrast = contrast_of(row, meant).filter(|it| *it == Contrast::AnswersNotStores)?;
    let target = wanted.get(1)?;
    (!is_done(target)).then(|| Diagnosis::Sibling {
        typed: row.title(),
        contrast,
    })
}

/// How a command differs from another one of a pair.
fn contrast_of(row: &Command, meant: &Command) -> Option<Contrast> {
    let (typed, wanted) = (row.name, meant.name);
    CONTRASTS.iter().find_map(|(a, b, first, second)| {
        if (typed, wanted) == (*a, *b) {
            Some(*first)
        } else {
            ((typed, wanted) == (*b, *a)).then_some(*second)
        }
    })
}

/// Whether two commands differ in one thing only.
pub(super) fn are_pair(a: &Command, b: &Command) -> bool {
    contrast_of(a, b).is_some()
}

/// How two commands of a family differ.
fn contrast(case: &Case<'_>, row: &Command, meant: &Command) -> Option<Diagnosis> {
    let contrast = contrast_of(row, meant)?;
    let counts = matches!(contrast, Contrast::UpNotDown | Contrast::DownNotUp);
    let is_negative = |arg: &Bytes| number::parse_int(arg).is_some_and(|number| number < 0);
    if counts && case.argv.iter().any(is_negative) {
        // Down by a negative number is up.
        return None;
    }
    Some(Diagnosis::Sibling {
        typed: row.title(),
        contrast,
    })
}

/// Another command on another key: the key is the plainer slip when it does not exist at all.
fn other_key_of(
    case: &Case<'_>,
    row: &Command,
    meant: &Command,
    solution: &[Bytes],
) -> Option<Diagnosis> {
    let typed = case.argv.get(*row.keys(case.argv).first()?)?;
    let wanted = solution.get(*meant.keys(solution).first()?)?;
    let slip = key::slip_of(case, typed, wanted);
    (typed != wanted && matches!(slip, KeySlip::Case | KeySlip::Letter)).then(|| {
        Diagnosis::OtherKey {
            typed: typed.clone(),
            meant: wanted.clone(),
            slip,
        }
    })
}
