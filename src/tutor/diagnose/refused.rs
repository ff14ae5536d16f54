//! A line that Redis refused, or took otherwise because a part is missing: what the error and the solution tell of it.

use crate::engine::{Bytes, Command, Group, Part, commands, number, value::Type};
use crate::notation::Literal;

use super::{
    Case, Diagnosis, MissingPart, argument_names, counts,
    key::{self, in_place_of_the_key},
    names_same_command,
    spelling::unknown,
    synonyms::column_of,
    syntax::{misfit, missing_part, not_a_number, skipped_part, two_of_a_kind, with_its_option},
    words::{alike, lines, same_lines},
};

/// An error reply, explained.
pub(super) fn refused(case: &Case<'_>, row: &'static Command, text: &str) -> Option<Diagnosis> {
    other_key(case, row)
        .or_else(|| unit(case, row))
        .or_else(|| other_type(case, row))
        .or_else(|| left_out(case, row))
        .or_else(|| displaced_key(case, row).filter(|_| is_of_places(text)))
        .or_else(|| lone_minus(case))
        .or_else(|| filler(case))
        .or_else(|| too_much(case))
        .or_else(|| by_error(case, row, text))
}

fn is_syntax_error(text: &str) -> bool {
    text.starts_with("ERR syntax error") || text.starts_with("ERR Unsupported option")
}

/// Whether an error may come of words that stand in each other's place.
fn is_of_places(text: &str) -> bool {
    is_syntax_error(text) || text.starts_with("ERR value is not")
}

/// The right command on a key of another type, while its own is no other's.
fn other_key(case: &Case<'_>, row: &Command) -> Option<Diagnosis> {
    wrong_type(case, row)?;
    let key = |argv: &'_ [Bytes]| argv.get(*row.keys(argv).first()?).cloned();
    let typed = key(case.argv)?;
    let mut meant = same_command(case).filter_map(key);
    let meant = meant.find(|meant| *meant != typed)?;
    let slip = key::slip_of(case, &typed, &meant);
    Some(Diagnosis::OtherKey { typed, meant, slip })
}

/// A key that holds another type than the command works on, where Redis minds that.
pub(super) fn other_type(case: &Case<'_>, row: &Command) -> Option<Diagnosis> {
    let Some(Literal::Error(text)) = case.reply else {
        return None;
    };
    // A step may want just that error.
    let mut own = same_command(case);
    let is_wanted =
        own.any(|meant| meant.get(1) == case.argv.get(1)) && !text.starts_with("WRONGTYPE");
    if !is_wanted && (text.starts_with("WRONGTYPE") || minds_type(row)) {
        wrong_type(case, row)
    } else {
        None
    }
}

/// What a client may not do now, whatever the line says: it listens to channels, or has a transaction open, or none.
pub(super) fn not_now(case: &Case<'_>, row: &Command, text: &str) -> Option<Diagnosis> {
    if text.contains("are allowed in this context") {
        return Some(Diagnosis::WhileSubscribed {
            command: row.title(),
        });
    }
    of_transaction(case, row, text)
}

fn by_error(case: &Case<'_>, row: &'static Command, text: &str) -> Option<Diagnosis> {
    if let Some(found) = not_now(case, row, text) {
        return Some(found);
    }
    if text.contains("wrong number of arguments") {
        return Some(Diagnosis::Arity {
            command: row.name,
            missing: missing_part(case, row),
        });
    }
    if text.contains("LIMIT is only supported") {
        return Some(Diagnosis::LimitByRank);
    }
    if text.contains("WITHSCORES not supported") {
        return Some(Diagnosis::ScoresByName);
    }
    let misfit = is_syntax_error(text).then(|| misfit(case, row));
    if let Some(Diagnosis::UnknownOption { .. }) = misfit {
        return misfit;
    }
    if let Some(found) = astray(case, row, "cursor") {
        return Some(found);
    }
    if let Some(name) = skipped_part(row, case.argv) {
        return Some(Diagnosis::Arity {
            command: row.name,
            missing: Some(MissingPart::first(name)),
        });
    }
    if misfit.is_some() {
        return misfit;
    }
    if text.contains("must be positive") {
        let is_below = |arg: &&Bytes| number::parse_int(arg).is_some_and(|number| number < 0);
        let typed = case
            .argv
            .iter()
            .find(is_below)
            .map(|arg| String::from_utf8_lossy(arg).into_owned());
        let below = typed.map(|typed| Diagnosis::NotPositive { typed, least: 0 });
        return below.or_else(|| not_a_number(case, row, true));
    }
    if let Some(found) = astray(case, row, "numkeys")
        .filter(|_| text.contains("numkeys") || text.contains("not an integer"))
    {
        return Some(found);
    }
    if text.contains("not an integer") || text.contains("can't be negative") {
        return not_a_number(case, row, true).or_else(|| holds_no_number(case, row, true));
    }
    if text.starts_with("ERR invalid cursor") && same_command(case).next().is_some() {
        let is_missing = same_command(case).any(|meant| meant.len() > case.argv.len());
        let missing = is_missing.then(|| MissingPart::first("cursor".to_owned()));
        let command = row.name;
        return match missing {
            None => not_a_number(case, row, true),
            missing => Some(Diagnosis::Arity { command, missing }),
        };
    }
    if text.contains("not a valid float") || text.contains("is not a float") {
        return not_a_number(case, row, false).or_else(|| holds_no_number(case, row, false));
    }
    if text.starts_with("ERR unknown subcommand") {
        return Some(unknown(case.step, case.argv));
    }
    None
}

/// A value of the solution's that stands further behind than it does there: itself, or what is in front of it.
fn astray(case: &Case<'_>, row: &Command, name: &str) -> Option<Diagnosis> {
    let meant = same_command(case).next()?;
    let named = argument_names(row, meant.get(row.name_len()..)?);
    let place = row.name_len() + named.iter().position(|(own, _)| own == name)?;
    let at = case.argv.iter().rposition(|word| *word == meant[place])?;
    let is_there = case.argv.get(place) == Some(&meant[place]);
    // Further behind it may stand rightly, too.
    if at <= place || is_there || meant.get(at) == Some(&meant[place]) {
        return None;
    }
    let between = &case.argv[place..at];
    let without = [&case.argv[..place], &case.argv[at..]].concat();
    if !between.iter().any(|word| meant.contains(word)) && case.runs(&without) {
        return Some(Diagnosis::ExtraValues {
            typed: between.to_vec(),
        });
    }
    let typed = vec![meant[place].clone()];
    Some(Diagnosis::Misplaced { typed })
}

/// The first key of a line of the ways that stands further behind, and a word in its place that is no key of theirs.
fn displaced_key(case: &Case<'_>, row: &Command) -> Option<Diagnosis> {
    let same = || same_lines(case);
    let is_key = |word: &Bytes| {
        let mut keys =
            same().flat_map(|meant| row.keys(meant).into_iter().map(move |at| &meant[at]));
        keys.any(|key| key == word)
    };
    same().find_map(|meant| {
        let at = *row.keys(meant).first()?;
        let key = &meant[at];
        case.argv.get(at).filter(|word| !is_key(word))?;
        let behind = case.argv.iter().skip(at + 1).position(|word| word == key)?;
        Some(in_place_of_the_key(case, at, at + 1 + behind))
    })
}

/// A unit behind a time, which no command takes.
fn unit(case: &Case<'_>, row: &Command) -> Option<Diagnosis> {
    const UNITS: [&str; 25] = [
        "s",
        "sec",
        "secs",
        "second",
        "seconds",
        "m",
        "min",
        "mins",
        "minute",
        "minutes",
        "h",
        "hour",
        "hours",
        "d",
        "day",
        "days",
        "ms",
        "milliseconds",
        "秒",
        "秒钟",
        "秒后",
        "分钟",
        "小时",
        "天",
        "毫秒",
    ];
    let named = argument_names(row, case.argv.get(row.name_len()..)?);
    let mut times = named.iter().map(|(name, _)| name.as_str());
    let time = times.position(|name| matches!(name, "seconds" | "milliseconds"))?;
    let milliseconds = named[time].0 == "milliseconds";
    let at = row.name_len() + time;
    let text = |word: &Bytes| String::from_utf8_lossy(word).into_owned();
    let is_unit = |text: &str| UNITS.contains(&text.to_lowercase().as_str());
    let mut without = case.argv.to_vec();
    // As a word of its own, or at the number's end.
    let number = text(case.argv.get(at)?);
    let digits = number.trim_start_matches(|sign: char| sign.is_ascii_digit());
    let digits = number.len() - digits.len();
    let unit = if digits > 0 && is_unit(&number[digits..]) {
        without[at] = Bytes::from(&number.as_bytes()[..digits]);
        number[digits..].to_owned()
    } else {
        text(case.argv.get(at + 1)?)
    };
    if is_unit(&unit) && digits == number.len() {
        without.remove(at + 1);
    }
    (is_unit(&unit) && case.runs(&without)).then(|| Diagnosis::Unit {
        typed: Bytes::from(unit.as_bytes()),
        milliseconds,
    })
}

/// That there is no number where one is to be counted up or down. In a line that goes wrong by its last word alone, the
/// place is the one that is meant.
fn holds_no_number(case: &Case<'_>, row: &Command, whole: bool) -> Option<Diagnosis> {
    let place = |argv: &[Bytes]| argv.split_last().map(|(_, place)| place.to_vec());
    let is_meant =
        same_command(case).any(|meant| meant.len() > 2 && place(meant) == place(case.argv));
    (counts(row) && !is_meant).then_some(Diagnosis::HoldsNoNumber { whole })
}

/// What may not be in a transaction, or not outside of one.
fn of_transaction(case: &Case<'_>, row: &Command, text: &str) -> Option<Diagnosis> {
    let command = row.title();
    // EXEC with something behind it is refused so as well.
    if text.starts_with("EXECABORT") && !text.contains("wrong number of arguments") {
        return Some(Diagnosis::Aborted);
    }
    if text.contains("without MULTI") {
        let mut own = case.step.ways().flatten();
        let opens = case.step.solution.is_empty() || own.any(|line| line.command() == "MULTI");
        return Some(Diagnosis::NoTransaction { command, opens });
    }
    let is_nested = text.contains("can not be nested") || text.contains("inside MULTI");
    is_nested.then_some(Diagnosis::InTransaction { command })
}

/// The lines of the solution that have the command that was typed.
fn same_command<'a>(case: &'a Case<'_>) -> impl Iterator<Item = &'a [Bytes]> {
    let lines = case.step.solution.iter().map(|line| line.argv.as_slice());
    lines.filter(|argv| names_same_command(argv, case.argv))
}

/// The key of the solution that the line leaves out, so that another word stands in its place.
pub(super) fn left_out_key(case: &Case<'_>, row: &'static Command) -> Option<Diagnosis> {
    let lacks = |meant: &&[Bytes]| {
        let key = row.keys(meant).first().and_then(|at| meant.get(*at));
        key.is_some_and(|key| !case.argv.contains(key))
    };
    // Of several keys each may be done by itself.
    let has_one = row.key_range() == (1, 1, 1);
    let mut lines = same_command(case).filter(|meant| has_one && lacks(meant));
    lines.find_map(|meant| left_out_of(meant, case, row))
}

/// The one word of the solution that the line leaves out.
fn left_out(case: &Case<'_>, row: &'static Command) -> Option<Diagnosis> {
    same_command(case).find_map(|meant| left_out_of(meant, case, row))
}

/// The same of one of its lines.
fn left_out_of(meant: &[Bytes], case: &Case<'_>, row: &'static Command) -> Option<Diagnosis> {
    if meant.len() != case.argv.len() + 1 {
        return None;
    }
    let is_left_out = |at: &usize| {
        alike(&case.argv[..*at], &meant[..*at]) && alike(&case.argv[*at..], &meant[at + 1..])
    };
    // Of equal neighbours the last one was not typed yet.
    let at = (row.name_len()..meant.len()).rfind(is_left_out)?;
    let mut names = argument_names(row, &meant[row.name_len()..]);
    names.truncate(at + 1 - row.name_len());
    let (name, _) = names.pop()?;
    let is_option = meant[at].eq_ignore_ascii_case(name.as_bytes())
        && !row.grammar().parts.contains(&Part::Word(name.clone()));
    if is_option {
        return Some(Diagnosis::MissingOption {
            count: 1,
            word: name,
        });
    }
    let is_refused = matches!(case.reply, Some(Literal::Error(_)));
    if let Some(by) = case
        .argv
        .get(at)
        .filter(|_| !is_refused && !name.is_empty())
    {
        let by = by.clone();
        return Some(Diagnosis::PartTaken { name, by });
    }
    let name = two_of_a_kind(row, &meant[row.name_len()..], at - row.name_len())
        .unwrap_or_else(|| with_its_option(row, name));
    let earlier = names.iter().filter(|(other, _)| *other == name).count();
    (!name.is_empty()).then_some(Diagnosis::Arity {
        command: row.name,
        missing: Some(MissingPart { name, earlier }),
    })
}

/// A minus that stands apart from its number, as a sign or as a word.
fn lone_minus(case: &Case<'_>) -> Option<Diagnosis> {
    let is_minus = |word: &Bytes| word == b"-".as_slice() || word.eq_ignore_ascii_case(b"minus");
    let at = case.argv.iter().position(is_minus)?;
    let digits = case.argv.get(at + 1)?;
    number::parse_int(digits).filter(|number| *number >= 0)?;
    let word = Bytes::from([b"-", &digits[..]].concat());
    let mut joined = case.argv.to_vec();
    joined.splice(at..at + 2, [word.clone()]);
    // Alone it is the lowest bound of all where members are read by name.
    case.runs(&joined).then_some(Diagnosis::OneWord { word })
}

/// A small word of English without which the line would run: `SET sold to 1`.
fn filler(case: &Case<'_>) -> Option<Diagnosis> {
    const FILLERS: [&[u8]; 14] = [
        b"to", b"on", b"in", b"of", b"the", b"with", b"from", b"into", b"is", b"as", b"a", b"an",
        b"and", b"for",
    ];
    let is_filler = |word: &Bytes| FILLERS.contains(&&word.to_ascii_lowercase()[..]);
    let is_meant = |word: &Bytes| lines(case).any(|meant| meant.contains(word));
    let typed: Vec<Bytes> = case
        .argv
        .iter()
        .skip(1)
        .filter(|word| is_filler(word) && !is_meant(word))
        .cloned()
        .collect();
    let without: Vec<Bytes> = case
        .argv
        .iter()
        .filter(|word| !typed.contains(word))
        .cloned()
        .collect();
    (!typed.is_empty() && case.runs(&without)).then_some(Diagnosis::ExtraValues { typed })
}

/// Words behind a line that would run without them, where the solution has no more than that.
fn too_much(case: &Case<'_>) -> Option<Diagnosis> {
    if same_command(case).any(|meant| meant.len() >= case.argv.len()) {
        return None;
    }
    let shorter = same_command(case).map(<[Bytes]>::len);
    let end = shorter
        .filter(|len| *len < case.argv.len())
        .find(|len| case.runs(&case.argv[..*len]))?;
    let typed = case.argv[end..].to_vec();
    let is_needed = |word: &Bytes| {
        same_command(case).any(|meant| meant.contains(word) && !case.argv[..end].contains(word))
    };
    (!typed.iter().any(is_needed)).then_some(Diagnosis::ExtraValues { typed })
}

/// Whether a command can do nothing with a key that holds another type, whatever else is wrong with its line.
fn minds_type(row: &Command) -> bool {
    row.key_range() == (1, 1, 1) && !matches!(row.name, "set" | "setnx" | "setex" | "psetex")
}

fn wrong_type(case: &Case<'_>, row: &Command) -> Option<Diagnosis> {
    let db = case.base.db();
    let keys = row
        .keys(case.argv)
        .into_iter()
        .filter_map(|at| case.argv.get(at));
    let wanted = type_of(row.group)?;
    let held =
        keys.filter_map(|key| Some((key, case.base.engine.keyspace().get(db, key)?.value.kind())));
    // Sorted sets are combined with sets, too.
    let combines = ["union", "inter", "diff"]
        .iter()
        .any(|word| row.name.contains(word));
    let fits = |found: Type| found == wanted || combines && found == Type::Set;
    let (key, found) = held.into_iter().find(|(_, found)| !fits(*found))?;
    let works = what_works(case, row, found);
    Some(Diagnosis::WrongType {
        key: key.clone(),
        found,
        wanted,
        command: row.title(),
        works,
    })
}

/// The commands for what a key holds that are of use: the wanted one that does the same, or where nothing is wanted from
/// this key those that one begins with.
fn what_works(case: &Case<'_>, row: &Command, found: Type) -> Vec<String> {
    let wanted: Vec<&Command> = lines(case).filter_map(commands::of_line).collect();
    let is_of_type = |row: &&&Command| type_of(row.group) == Some(found);
    let is_wanted = |name: &str| wanted.iter().any(|row| row.title() == name);
    let same = counterpart(row.name, found);
    // The right command: what the key holds has to go first.
    if wanted.iter().any(|own| own.name == row.name) {
        return vec!["DEL".to_owned()];
    }
    let is_named = case
        .argv
        .iter()
        .skip(1)
        .any(|word| lines(case).flatten().any(|own| own == word));
    if wanted.iter().any(|row| is_of_type(&row)) || is_named && !wanted.is_empty() {
        let own = same.filter(|name| is_wanted(name));
        return own.map(str::to_owned).into_iter().collect();
    }
    let readers = || {
        readers(found)
            .iter()
            .map(|name| (*name).to_owned())
            .collect()
    };
    same.map_or_else(readers, |name| vec![name.to_owned()])
}

/// The type that a group's commands work on.
pub(super) fn type_of(group: Group) -> Option<Type> {
    match group {
        Group::String => Some(Type::String),
        Group::List => Some(Type::List),
        Group::Hash => Some(Type::Hash),
        Group::Set => Some(Type::Set),
        Group::SortedSet => Some(Type::SortedSet),
        _ => None,
    }
}

/// Commands that do the same to strings, lists, hashes, sets and sorted sets.
const COUNTERPARTS: &[[&str; 5]] = &[
    ["STRLEN", "LLEN", "HLEN", "SCARD", "ZCARD"],
    ["INCRBY", "", "HINCRBY", "", "ZINCRBY"],
    ["INCR", "", "HINCRBY", "", "ZINCRBY"],
    ["DECR", "", "HINCRBY", "", "ZINCRBY"],
    ["DECRBY", "", "HINCRBY", "", "ZINCRBY"],
    ["", "LMOVE", "", "SMOVE", ""],
    ["", "", "", "SINTER", "ZINTER"],
    ["", "", "", "SINTERCARD", "ZINTERCARD"],
    ["", "", "", "SINTERSTORE", "ZINTERSTORE"],
    ["", "", "", "SUNION", "ZUNION"],
    ["", "", "", "SUNIONSTORE", "ZUNIONSTORE"],
    ["", "", "", "SDIFF", "ZDIFF"],
    ["", "", "", "SDIFFSTORE", "ZDIFFSTORE"],
    ["INCRBYFLOAT", "", "HINCRBYFLOAT", "", "ZINCRBY"],
    ["", "LREM", "HDEL", "SREM", "ZREM"],
    ["", "LPOP", "", "SPOP", "ZPOPMIN"],
    ["", "", "HEXISTS", "SISMEMBER", "ZSCORE"],
    ["", "", "HRANDFIELD", "SRANDMEMBER", "ZRANDMEMBER"],
    ["", "", "HSCAN", "SSCAN", "ZSCAN"],
    ["", "", "HMGET", "SMISMEMBER", "ZMSCORE"],
    ["GETRANGE", "LRANGE", "HGETALL", "SMEMBERS", "ZRANGE"],
    ["SET", "RPUSH", "HSET", "SADD", "ZADD"],
];

/// The command that does to this type what another one does to its own.
fn counterpart(name: &str, kind: Type) -> Option<&'static str> {
    let same = |row: &&[&str; 5]| row.iter().any(|title| title.eq_ignore_ascii_case(name));
    let row = COUNTERPARTS.iter().find(same)?;
    Some(row[column_of(kind)]).filter(|title| !title.is_empty())
}

/// The commands that a learner reads and fills a type with first.
fn readers(kind: Type) -> &'static [&'static str] {
    match kind {
        Type::String => &["GET", "SET"],
        Type::List => &["LRANGE", "RPUSH"],
        Type::Hash => &["HGETALL", "HSET"],
        Type::Set => &["SMEMBERS", "SADD"],
        Type::SortedSet => &["ZRANGE", "ZADD"],
    }
}
