//! How a command is written: its usage in lines, with the part underlined that a diagnosis is about.

use crate::engine::{Command, commands};
use crate::tutor::{Diagnosis, MissingPart};

use super::{
    layout::{Block, width},
    style::{Ink, Style},
};

/// The command's usage with the part in question underlined, where a diagnosis is about the syntax.
#[must_use]
pub fn usage(diagnosis: &Diagnosis, style: &Style) -> Block {
    let (command, part) = match diagnosis {
        Diagnosis::Arity { command, missing } => (*command, missing.clone()),
        Diagnosis::UnknownOption {
            command,
            near,
            earlier,
            ..
        } => {
            let earlier = *earlier;
            let part = |name| MissingPart { name, earlier };
            (*command, near.clone().map(part))
        }
        _ => return Block::new(),
    };
    let Some(row) = commands::find(command.as_bytes()) else {
        return Block::new();
    };
    let mut lines = vec![String::new()];
    lines.extend(marked_usage(row, part.as_ref(), style));
    lines
}

/// The command's usage on one line, where a diagnosis is about the syntax.
#[must_use]
pub fn plain_usage(diagnosis: &Diagnosis) -> Option<String> {
    match diagnosis {
        Diagnosis::Arity { command, .. } | Diagnosis::UnknownOption { command, .. } => {
            commands::find(command.as_bytes()).map(Command::usage)
        }
        _ => None,
    }
}

/// A usage stands so far to the right; where it goes on, a little further.
const INDENT: usize = 6;

/// A command's usage in lines; `part` is underlined among its arguments.
#[must_use]
pub fn marked_usage(row: &Command, part: Option<&MissingPart>, style: &Style) -> Block {
    let usage = row.usage();
    let start = row.title().len();
    let place = part.and_then(|part| place_of(&usage, start, part));
    let mut lines = Block::new();
    for (from, line) in broken(&usage, style.columns().saturating_sub(INDENT + 2)) {
        let margin = if from == 0 { INDENT } else { INDENT + 2 };
        lines.push(format!(
            "{}{}",
            " ".repeat(margin),
            style.paint(Ink::Code, line)
        ));
        if let Some((at, len)) = place.filter(|(at, _)| (from..from + line.len()).contains(at)) {
            let under = " ".repeat(margin + at - from);
            lines.push(format!(
                "{under}{}",
                style.paint(Ink::Gone, &"~".repeat(len.min(from + line.len() - at)))
            ));
        }
    }
    lines
}

/// Where a part stands as a word of its own.
fn place_of(usage: &str, start: usize, part: &MissingPart) -> Option<(usize, usize)> {
    let MissingPart { name, earlier } = part;
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let is_whole = |at: &usize| {
        let before = usage[..*at].chars().next_back().is_some_and(is_word);
        let after = usage[at + name.len()..].chars().next().is_some_and(is_word);
        !before && !after
    };
    let found = usage[start..].match_indices(name.as_str());
    let places = found.map(|(at, _)| at + start).filter(is_whole);
    // One that may be repeated stands in the syntax once.
    let place = places.take(earlier + 1).last();
    place.map(|at| (at, name.len()))
}

/// An ASCII text broken at spaces, else behind a bar, each line with its place in the text.
fn broken(text: &str, columns: usize) -> Vec<(usize, &str)> {
    let mut lines = Vec::new();
    let mut start = 0;
    while width(&text[start..]) > columns {
        let head = &text[start..start + columns];
        let space = head.rfind(' ').filter(|at| *at > 0);
        let (end, next) = match (space, head.rfind('|')) {
            (Some(space), _) => (space, space + 1),
            (None, Some(bar)) => (bar + 1, bar + 1),
            (None, None) => (columns, columns),
        };
        lines.push((start, &head[..end]));
        start += next;
    }
    lines.push((start, &text[start..]));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(name: &str, earlier: usize) -> MissingPart {
        MissingPart {
            name: name.to_owned(),
            earlier,
        }
    }

    #[test]
    fn of_parts_with_one_name_the_missing_one_is_underlined() {
        let row = commands::find(b"lmove").unwrap();
        let under = |earlier| {
            let lines = marked_usage(row, Some(&part("LEFT|RIGHT", earlier)), &Style::default());
            let under = lines[1].find('~').unwrap();
            assert_eq!(&lines[0][under..under + 10], "LEFT|RIGHT");
            under
        };
        assert!(under(0) < under(1));
    }

    #[test]
    fn the_part_in_question_is_underlined() {
        let row = commands::find(b"lrange").unwrap();
        let lines = marked_usage(row, Some(&part("stop", 0)), &Style::default());
        let at = lines[0].find("stop").unwrap();
        assert_eq!(lines[1], format!("{}~~~~", " ".repeat(at)));
    }

    #[test]
    fn a_usage_that_is_too_wide_goes_on_in_the_next_line() {
        let row = commands::find(b"set").unwrap();
        let style = Style {
            width: 30,
            ..Style::default()
        };
        let lines = marked_usage(row, Some(&part("KEEPTTL", 0)), &style);
        assert!(
            lines.len() > 3 && lines.iter().all(|line| width(line) <= 30),
            "{lines:#?}"
        );
        assert_eq!(
            lines.last().map(|line| line.trim()),
            Some("~~~~~~~"),
            "{lines:#?}"
        );
    }
}
