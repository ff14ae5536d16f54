//! A line whose first word is no command: which one was probably meant.

use crate::engine::{Bytes, Command, commands};
use crate::lesson::{Step, nearest};

use super::{Diagnosis, WORDS};

/// A line that no command of ours can take.
pub(super) fn unknown(step: &Step, argv: &[Bytes]) -> Diagnosis {
    let typed = argv
        .first()
        .map(|word| String::from_utf8_lossy(word).into_owned())
        .unwrap_or_default();
    if let Some(absent) = commands::absent(typed.as_bytes()) {
        return Diagnosis::Absent {
            name: absent.name.to_uppercase(),
            group: absent.group.to_owned(),
        };
    }
    // A word of the tutor's own without its colon.
    let word = typed.to_lowercase();
    if WORDS.contains(&word.as_str()) {
        let near = Some(format!(":{word}"));
        return Diagnosis::UnknownCommand { typed, near };
    }
    let family = commands::subcommands(&word);
    if let (false, Some(second)) = (family.is_empty(), argv.get(1)) {
        let typed = format!("{} {}", typed, String::from_utf8_lossy(second)).to_uppercase();
        let titles: Vec<String> = family.iter().map(|row| row.title()).collect();
        let near = nearest(&typed, titles.iter().map(String::as_str)).map(str::to_owned);
        return Diagnosis::UnknownCommand { typed, near };
    }
    let near = near(&typed, step);
    Diagnosis::UnknownCommand { typed, near }
}

/// The command that was probably meant: of the groups that the step works with. One of another group must be a plain
/// slip of the fingers, for a learner who is asked for a string's length is not helped by a command for lists.
fn near(typed: &str, step: &Step) -> Option<String> {
    let groups: Vec<_> = step
        .solution
        .iter()
        .filter_map(|line| commands::of_line(&line.argv))
        .map(|row| row.group)
        .collect();
    let is_own = |row: &&Command| groups.is_empty() || groups.contains(&row.group);
    let rows = || commands::all().iter().copied();
    let names = |row: &Command| row.words().0;
    glued(typed, rows().filter(is_own)).or_else(|| {
        nearest(typed, rows().filter(is_own).map(names))
            .or_else(|| {
                let others = rows().filter(|row| is_slip(typed, row.words().0));
                nearest(typed, others.map(names))
            })
            .map(str::to_uppercase)
    })
}

/// Shorter words are near too many names.
const LONG_ENOUGH: usize = 5;

fn is_slip(typed: &str, name: &str) -> bool {
    let first = |word: &str| word.bytes().next().map(|byte| byte.to_ascii_lowercase());
    typed.len() >= LONG_ENOUGH && first(typed) == first(name)
}

/// A command with one of its options glued to it: `SETXX`.
fn glued<'a>(typed: &str, rows: impl Iterator<Item = &'a Command>) -> Option<String> {
    let typed = typed.to_uppercase();
    let mut rows = rows.filter(|row| row.words().1.is_none());
    rows.find_map(|row| {
        let rest = typed.strip_prefix(row.title().as_str())?;
        let is_option = row.grammar().words().contains(&rest);
        is_option.then(|| format!("{} ... {rest}", row.title()))
    })
}
