//! Help: the tutor's own words, a command, the commands of a group.

use crate::engine::{Command, Group, commands};
use crate::text::{Language, Words};
use crate::tutor::Place;

use super::{
    layout::{Block, clean_line, width, wrap, wrap_between},
    step,
    style::{Ink, Style},
    table::{self, Align},
    usage::marked_usage,
};

/// The tutor's words with the messages that explain them, and where they are good for something.
const WORDS: &[(&str, &str, &[Place])] = &[
    (":hint", "help-hint", &[Place::Lesson, Place::Quiz]),
    (":skip", "help-skip", &[Place::Lesson]),
    (":skip", "help-skip-quiz", &[Place::Quiz]),
    (":goal", "help-goal", &[Place::Lesson, Place::Quiz]),
    (":code", "help-code", &[Place::Programs]),
    (":show", "help-show", &[Place::Lesson, Place::Play]),
    (":undo", "help-undo", &[Place::Lesson, Place::Play]),
    (":redo", "help-redo", &[Place::Lesson, Place::Play]),
    (":reset", "help-reset", &[Place::Lesson]),
    (":back", "help-back", &[Place::Lesson]),
    (":lesson", "help-lesson", &[Place::Lesson]),
    (":map", "help-map", EVERYWHERE),
    (":learn", "help-learn", EVERYWHERE),
    (":route", "help-route", EVERYWHERE),
    (":quiz", "help-quiz", &[Place::Lesson, Place::Play]),
    (":play", "help-play", &[Place::Lesson]),
    (":progress", "help-progress", EVERYWHERE),
    (":lang", "help-lang", EVERYWHERE),
    (":more", "help-more", EVERYWHERE),
    (":clear", "help-clear", EVERYWHERE),
    (":quit", "help-quit", EVERYWHERE),
];
const EVERYWHERE: &[Place] = &[Place::Lesson, Place::Play, Place::Quiz];

/// `:help`: every word that is good for something here, with what it does.
#[must_use]
pub fn overview(place: Place, style: &Style, words: &Words) -> Block {
    let intro = match place {
        Place::Lesson | Place::Programs => "help-intro",
        Place::Play => "help-intro-play",
        Place::Quiz => "help-intro-quiz",
    };
    let is_here = |of: &Place| *of == place || *of == Place::Lesson && place == Place::Programs;
    let here = WORDS
        .iter()
        .filter(|(.., places)| places.iter().any(is_here));
    let here: Vec<(&str, &str)> = here.map(|(word, id, _)| (*word, *id)).collect();
    let mut lines = wrap(&words.say(intro), style, step::INDENT);
    lines.push(String::new());
    lines.extend(in_pairs(&here, style, words));
    if place != Place::Quiz {
        lines.push(String::new());
        lines.extend(wrap(&words.say("help-commands"), style, step::INDENT));
    }
    lines
}

/// Words with what they do; two on a line where both are short, that all of them stay on a screen.
fn in_pairs(entries: &[(&str, &str)], style: &Style, words: &Words) -> Block {
    let half = (style.text_columns() - step::INDENT) / 2;
    let mut lines = Block::new();
    let mut rest = entries;
    while let [first, others @ ..] = rest {
        let beside = others
            .first()
            .map(|second| [first, second].map(|it| word_line(it, words)));
        // Read aloud, a line has one word.
        let fits = |line: &String| !style.plain && width(line) + 2 <= half;
        let beside = beside.filter(|both| both.iter().all(fits));
        if let Some([left, right]) = beside {
            let left = super::layout::pad(&left, half);
            lines.push(format!("  {}{}", inked(&left, style), inked(&right, style)));
            rest = &others[1..];
        } else {
            lines.extend(word_lines(first, style, words));
            rest = others;
        }
    }
    lines
}

/// The columns of a word.
const WORD: usize = 11;

/// A word with what it does, on one line.
fn word_line((word, id): &(&str, &str), words: &Words) -> String {
    format!("{word:WORD$}{}", words.say(id))
}

/// A word's line, the word in its ink.
fn inked(line: &str, style: &Style) -> String {
    let (word, rest) = line.split_at(WORD);
    format!("{}{rest}", style.paint(Ink::Code, word))
}

/// The same on lines of its own.
fn word_lines(entry: &(&str, &str), style: &Style, words: &Words) -> Block {
    let margin = " ".repeat(step::INDENT);
    let others = " ".repeat(step::INDENT + WORD);
    let mut lines = wrap_between(&words.say(entry.1), style, &others, &others);
    if let Some(first) = lines.first_mut() {
        let word = format!("{:WORD$}", entry.0);
        let rest = first.trim_start();
        *first = format!("{margin}{}{rest}", style.paint(Ink::Code, &word));
    }
    lines
}

/// What a command does, in a line; in the row's own words where a language has none.
#[must_use]
pub fn summary(row: &Command, words: &Words) -> String {
    own_summary(row, words).unwrap_or_else(|| row.summary.to_owned())
}

/// What a command does in the learner's language, if somebody has said it in that. The rows speak English.
#[must_use]
pub fn own_summary(row: &Command, words: &Words) -> Option<String> {
    match words.language() {
        Language::En => Some(row.summary.to_owned()),
        Language::Zh => words.summary(row.name),
    }
}

/// A command: how it is written, what it does and costs, since when, an example, which lessons (id and title) teach it.
#[must_use]
pub fn command(row: &Command, taught: &[(String, String)], style: &Style, words: &Words) -> Block {
    let mut lines = marked_usage(row, None, style)
        .iter()
        .map(|line| line.replacen("      ", "  ", 1))
        .collect::<Block>();
    lines.push(String::new());
    lines.extend(wrap(&summary(row, words), style, step::INDENT));
    lines.push(String::new());
    lines.extend(facts(row, taught, style, words));
    if !row.example.is_empty() {
        lines.push(String::new());
        lines.push(format!(
            "  {}",
            style.paint(Ink::Dim, &words.say("help-example"))
        ));
        lines.extend(row.example.iter().flat_map(|(line, reply)| {
            [
                format!("    {}", style.paint(Ink::Code, line)),
                format!("    {reply}"),
            ]
        }));
    }
    lines
}

/// What a command costs. The row explains its formula in English; in other languages the formula stands alone.
fn cost(row: &Command, words: &Words) -> Option<String> {
    if words.language() == Language::En {
        return Some(row.complexity.to_owned());
    }
    let mut depth = 0;
    let closes = |c: char| {
        depth += i32::from(c == '(') - i32::from(c == ')');
        c == ')' && depth == 0
    };
    let (formula, rest) = row.complexity.split_at(row.complexity.find(closes)? + 1);
    let what = rest
        .strip_prefix(" for each ")
        .filter(|what| matches!(*what, "element" | "member" | "key"));
    let each = what.map(|what| {
        let values = [("formula", formula.into()), ("what", what.into())];
        words.with("help-cost-each", &values)
    });
    Some(each.unwrap_or_else(|| formula.to_owned()))
}

fn facts(row: &Command, taught: &[(String, String)], style: &Style, words: &Words) -> Block {
    let cost = cost(row, words).map(|cost| (words.say("help-cost"), cost));
    let since = (words.say("help-since"), format!("Redis {}", row.since));
    let mut facts: Vec<(String, String)> = cost.into_iter().chain([since]).collect();
    for (at, (id, title)) in taught.iter().enumerate() {
        let label = if at == 0 {
            words.say("help-taught")
        } else {
            String::new()
        };
        let way = format!(":learn {}  {}", clean_line(id), clean_line(title));
        facts.push((label, way));
    }
    let wide = facts
        .iter()
        .map(|(label, _)| width(label))
        .max()
        .unwrap_or(0)
        + 2;
    let margin = " ".repeat(wide + step::INDENT);
    let mut lines = Block::new();
    for (label, text) in &facts {
        let wrapped = wrap_between(text, style, &margin, &margin);
        lines.extend(wrapped.into_iter().enumerate().map(|(at, line)| match at {
            0 => format!(
                "  {}{}",
                style.paint(Ink::Dim, &super::layout::pad(label, wide)),
                line.trim_start()
            ),
            _ => line,
        }));
    }
    if let Some(command) = row.replaced_by {
        lines.extend(wrap(
            &words.with("help-replaced", &[("command", command.into())]),
            style,
            step::INDENT,
        ));
    }
    lines
}

/// The commands of a group with what they do.
#[must_use]
pub fn group(group: Group, style: &Style, words: &Words) -> Block {
    let found: Vec<&Command> = commands::all()
        .iter()
        .copied()
        .filter(|row| row.group == group)
        .collect();
    let name = words.with("group-name", &[("group", group.name().into())]);
    let count = words.with("help-group", &[("n", found.len().into())]);
    let mut lines = vec![
        format!(
            "  {}   {}",
            style.paint(Ink::Strong, &name),
            style.paint(Ink::Dim, &count)
        ),
        String::new(),
    ];
    let names = found.iter().map(|row| row.title().len()).max().unwrap_or(0);
    let rows: Vec<Vec<String>> = found
        .iter()
        .map(|row| {
            let room = style.text_columns().saturating_sub(names + 5);
            let summary = super::layout::cut(&summary(row, words), room, style);
            vec![
                style.paint(Ink::Code, &format!("  {}", row.title())),
                summary,
            ]
        })
        .collect();
    lines.extend(table::rows(&rows, &[Align::Left, Align::Left], 2));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_of_the_table_says_in_chinese_what_it_does() {
        let words = Words::new(Language::Zh);
        let silent: Vec<&str> = commands::all()
            .iter()
            .filter(|row| own_summary(row, &words).is_none())
            .map(|row| row.name)
            .collect();
        assert!(silent.is_empty(), "text/commands.zh.ftl lacks {silent:?}");
    }
}
