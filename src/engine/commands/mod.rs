//! The command table: one file per group, each with its rows and one function per row.

#![allow(
    clippy::unnecessary_wraps,
    reason = "the functions of all rows have one signature"
)]

mod absent;
mod bits;
mod blocking;
mod client;
mod command;
mod config;
mod connection;
mod describe;
mod expiry;
mod hashes;
mod info;
mod keys;
mod lcs;
mod lists;
mod monitor;
mod pubsub;
mod sampling;
mod scan;
mod scanning;
#[cfg(feature = "scripting")]
pub(super) mod scripting;
mod server;
mod sets;
mod sort;
mod sorted_sets;
mod strings;
mod transactions;

pub use absent::{Absent, absent};

use std::{collections::HashMap, sync::LazyLock};

use foldhash::fast::FixedState;

use crate::engine::{Args, Bytes, Command, Context, Error, Reply, Result};

/// The groups' rows.
const GROUPS: &[&[Command]] = &[
    bits::COMMANDS,
    client::COMMANDS,
    client::tracking::COMMANDS,
    command::COMMANDS,
    config::COMMANDS,
    connection::COMMANDS,
    expiry::COMMANDS,
    hashes::COMMANDS,
    hashes::count::COMMANDS,
    hashes::pick::COMMANDS,
    info::COMMANDS,
    keys::COMMANDS,
    lcs::COMMANDS,
    lists::COMMANDS,
    lists::pop::COMMANDS,
    monitor::COMMANDS,
    pubsub::COMMANDS,
    scan::COMMANDS,
    #[cfg(feature = "scripting")]
    scripting::COMMANDS,
    server::COMMANDS,
    sets::COMMANDS,
    sets::algebra::COMMANDS,
    sets::pick::COMMANDS,
    sort::COMMANDS,
    sorted_sets::COMMANDS,
    sorted_sets::add::COMMANDS,
    sorted_sets::algebra::COMMANDS,
    sorted_sets::bounds::COMMANDS,
    sorted_sets::pick::COMMANDS,
    sorted_sets::pop::COMMANDS,
    sorted_sets::range::COMMANDS,
    strings::COMMANDS,
    strings::counters::COMMANDS,
    strings::ranges::COMMANDS,
    transactions::COMMANDS,
];

/// Every row, sorted by name.
static TABLE: LazyLock<Vec<&'static Command>> = LazyLock::new(|| {
    let mut rows: Vec<&'static Command> = GROUPS.iter().copied().flatten().collect();
    rows.sort_by_key(|row| row.name);
    rows
});

/// What a line's first word leads to.
#[derive(Debug)]
pub(super) struct Named {
    /// The word, in lower or in upper case.
    spelling: String,
    name: &'static str,
    row: Option<Row>,
    is_container: bool,
}

/// A row with what every call of it needs, so that its texts are read once and not each time.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    pub command: &'static Command,
    /// Where it stands in [`all`].
    pub at: usize,
    arity: i32,
    name_len: usize,
}

impl Named {
    /// The row, if a line begins with this very word and may be so long.
    #[inline]
    fn again(&self, argv: &[Bytes]) -> Option<&Row> {
        let same = argv.first()?.as_slice() == self.spelling.as_bytes() && !self.is_container;
        self.row
            .as_ref()
            .filter(|row| same && row.takes(argv.len()))
    }
}

impl Row {
    /// Whether a line may have so many words.
    fn takes(&self, words: usize) -> bool {
        let words = i32::try_from(words).unwrap_or(i32::MAX);
        if self.arity > 0 {
            words == self.arity
        } else {
            words >= -self.arity
        }
    }

    /// What stands behind the name in a line that was resolved to this row.
    pub fn args(self, argv: &[Bytes]) -> Args<'_> {
        Args::new(&argv[self.name_len..])
    }
}

/// The names in lower and in upper case, as nearly all clients write them.
static BY_NAME: LazyLock<HashMap<Vec<u8>, Named, FixedState>> = LazyLock::new(|| {
    let mut names = HashMap::default();
    for (at, command) in TABLE.iter().copied().enumerate() {
        let row = Row {
            command,
            at,
            arity: command.arity(),
            name_len: command.name_len(),
        };
        enter(&mut names, command.name, |named| named.row = Some(row));
        if let (container, Some(_)) = command.words() {
            enter(&mut names, container, |named| named.is_container = true);
        }
    }
    names
});

fn enter(
    names: &mut HashMap<Vec<u8>, Named, FixedState>,
    name: &'static str,
    note: impl Fn(&mut Named),
) {
    for spelling in [name.to_owned(), name.to_ascii_uppercase()] {
        let new = Named {
            spelling: spelling.clone(),
            name,
            row: None,
            is_container: false,
        };
        note(names.entry(spelling.into_bytes()).or_insert(new));
    }
}

/// All rows, sorted by name.
#[must_use]
pub fn all() -> &'static [&'static Command] {
    &TABLE
}

/// The row with this name, in any case; a subcommand's is written `container|subcommand`.
#[must_use]
pub fn find(name: &[u8]) -> Option<&'static Command> {
    named(name)?.row.map(|row| row.command)
}

/// The row that a line names by its first word or words, whatever its arguments; none for an unknown one.
#[must_use]
pub fn of_line(argv: &[Bytes]) -> Option<&'static Command> {
    let named = named(argv.first()?)?;
    let row = match argv.get(1) {
        Some(sub) if named.is_container => subcommand(named.name, sub).or(named.row.as_ref()),
        _ => named.row.as_ref(),
    };
    row.map(|row| row.command)
}

/// Whether two lines are the same but for the case of command and option words, and of a setting's name.
#[must_use]
pub fn is_same_line(a: &[Bytes], b: &[Bytes]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let row = of_line(a);
    let name = row.map_or(1, Command::name_len);
    let grammar = row.map(Command::grammar);
    let words: Vec<&str> = grammar.as_ref().map(|it| it.words()).unwrap_or_default();
    let is_word = |arg: &Bytes| {
        words
            .iter()
            .any(|word| arg.eq_ignore_ascii_case(word.as_bytes()))
    };
    let names_setting =
        |at: usize| at == name && row.is_some_and(|row| row.name.starts_with("config|"));
    let is_alike = |at: usize, a: &Bytes| at < name || is_word(a) || names_setting(at);
    let mut pairs = a.iter().zip(b).enumerate();
    pairs.all(|(at, (a, b))| a == b || is_alike(at, a) && a.eq_ignore_ascii_case(b))
}

/// The subcommands of a container, such as `object`; empty when it is none.
#[must_use]
pub fn subcommands(container: &str) -> Vec<&'static Command> {
    let container = container.to_ascii_lowercase();
    all()
        .iter()
        .copied()
        .filter(|row| row.words().0 == container && row.words().1.is_some())
        .collect()
}

/// Finds the row of a line and checks the number of its arguments.
pub(super) fn resolve(argv: &[Bytes]) -> Result<&'static Command> {
    resolve_again(argv, &mut None).map(|row| row.command)
}

/// The same for a client that has sent a line before: it often sends the same command again.
#[inline]
pub(super) fn resolve_again(
    argv: &[Bytes],
    recent: &mut Option<&'static Named>,
) -> Result<&'static Row> {
    match recent.and_then(|recent| recent.again(argv)) {
        Some(row) => Ok(row),
        None => resolve_anew(argv, recent),
    }
}

fn resolve_anew(argv: &[Bytes], recent: &mut Option<&'static Named>) -> Result<&'static Row> {
    let Some(name) = argv.first() else {
        return Err(Error::Fixed(
            "ERR unknown command '', with args beginning with: ",
        ));
    };
    let unknown = || match absent(name) {
        // Redis 7.0, where cluster support is off.
        Some(absent) if absent.group == "cluster" => {
            Error::Fixed("ERR This instance has cluster support disabled")
        }
        Some(absent) => Error::Absent {
            name: Box::new(name.clone()),
            reason: absent.reason(),
        },
        None => Error::UnknownCommand { line: argv.into() },
    };
    let named = named(name).ok_or_else(unknown)?;
    *recent = Some(named);
    let container = named.name;
    let row = match argv.get(1) {
        _ if !named.is_container => named.row.as_ref().ok_or_else(unknown)?,
        None => {
            let alone = named.row.as_ref();
            alone.ok_or(Error::Arity { command: container })?
        }
        Some(sub) => subcommand(container, sub).ok_or_else(|| Error::UnknownSubcommand {
            container,
            name: Box::new(sub.clone()),
        })?,
    };
    if row.takes(argv.len()) {
        Ok(row)
    } else {
        Err(Error::Arity {
            command: row.command.name,
        })
    }
}

/// The positions that two of Redis' indexes name in a sequence of `len`: negative ones count from the end, both ends
/// are included, what lies outside is cut off.
pub(super) fn range(start: i64, stop: i64, len: usize) -> std::ops::Range<usize> {
    let len = i64::try_from(len).unwrap_or(i64::MAX);
    let absolute = |index: i64| {
        if index < 0 {
            index.saturating_add(len)
        } else {
            index
        }
    };
    let (start, stop) = (absolute(start).max(0), absolute(stop).min(len - 1));
    if start > stop {
        0..0
    } else {
        start as usize..stop as usize + 1
    }
}

/// What Redis answers where a subcommand checks the number of its arguments by itself.
pub(super) fn misused(ctx: &Context<'_>) -> Error {
    let container = ctx.command.words().0.to_ascii_uppercase();
    let typed = ctx.argv.get(1).map(|word| String::from_utf8_lossy(word));
    Error::composed(format!(
        "ERR unknown subcommand or wrong number of arguments for '{}'. Try {container} HELP.",
        typed.unwrap_or_default()
    ))
}

/// What a HELP subcommand answers: a heading, the subcommands, and what every one of them ends with.
pub(super) fn help(heading: &'static str, lines: &[&'static str]) -> Reply {
    let end = ["HELP", "    Prints this help."];
    let lines = [heading]
        .into_iter()
        .chain(lines.iter().copied())
        .chain(end);
    Reply::Array(lines.map(Reply::Status).collect())
}

/// The position that one of Redis' indexes names in a sequence of `len`; negative ones count from the end.
pub(super) fn position(index: i64, len: usize) -> Option<usize> {
    let from_end = || len.checked_sub(usize::try_from(index.unsigned_abs()).ok()?);
    let position = usize::try_from(index).ok().or_else(from_end)?;
    (position < len).then_some(position)
}

fn subcommand(container: &str, sub: &[u8]) -> Option<&'static Row> {
    let mut full = container.as_bytes().to_vec();
    full.push(b'|');
    full.extend_from_slice(sub);
    named(&full)?.row.as_ref()
}

fn named(name: &[u8]) -> Option<&'static Named> {
    if let Some(named) = BY_NAME.get(name) {
        return Some(named);
    }
    // In mixed case, or none of ours.
    let mut lower = [0; LONGEST];
    let lower = lower.get_mut(..name.len())?;
    lower.copy_from_slice(name);
    lower.make_ascii_lowercase();
    BY_NAME.get(&*lower)
}

/// No command's name is longer.
const LONGEST: usize = 32;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_lower_case() {
        let names: Vec<_> = all().iter().map(|row| row.name).collect();
        assert!(
            names.windows(2).all(|pair| pair[0] < pair[1]),
            "a name occurs twice"
        );
        assert!(names.iter().all(|name| *name == name.to_ascii_lowercase()));
    }

    #[test]
    fn every_row_is_documented_and_has_an_example() {
        for row in all() {
            assert!(
                !row.summary.is_empty() && !row.summary.ends_with('.'),
                "{}",
                row.name
            );
            assert!(
                !row.complexity.is_empty()
                    && (!row.example.is_empty() || row.name.ends_with("|help")),
                "{}",
                row.name
            );
        }
    }
}
