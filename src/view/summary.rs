//! The end of a lesson: how it went, what was new, what is worth another look, what comes next.

use crate::text::Words;
use crate::tutor::Summary;

use super::{
    layout::{Block, clean_line, cut, width, wrap, wrap_between},
    step,
    style::{Ink, Mark, Style},
};

/// The summary.
#[must_use]
pub fn block(summary: &Summary, style: &Style, words: &Words) -> Block {
    let mut parts = vec![head(summary, style, words)];
    let mut told = Block::new();
    if !summary.taught.is_empty() {
        told.extend(labelled(
            &words.say("new-to-you"),
            &[clean_line(&summary.taught.join("  "))],
            style,
        ));
    }
    if !summary.again.is_empty() {
        // A line for each goal: they are to be recognised.
        let columns = style.text_columns().saturating_sub(step::INDENT + 2);
        let goals = summary.again.iter();
        let goals: Vec<String> = goals
            .map(|goal| cut_at_a_word(&clean_line(goal), columns, style))
            .collect();
        told.extend(labelled(&words.say("worth-another-look"), &goals, style));
    }
    parts.push(told);
    let next = match &summary.next {
        Some((id, title)) => words.with(
            "goes-on-to",
            &[
                ("id", clean_line(id).into()),
                ("title", clean_line(title).into()),
            ],
        ),
        None => words.say("course-end"),
    };
    parts.push(wrap(&next, style, step::INDENT));
    parts.retain(|part| !part.is_empty());
    parts.join(&String::new())
}

/// A text of so many columns, cut behind a whole word.
fn cut_at_a_word(text: &str, columns: usize, style: &Style) -> String {
    let ellipsis = style.pick("…", "...");
    let shown = cut(text, columns, style);
    let rest = shown.strip_suffix(ellipsis).filter(|_| shown != text);
    let Some((rest, behind)) = rest.and_then(|rest| Some((rest, text.strip_prefix(rest)?))) else {
        return shown;
    };
    let is_of_a_word = |sign: char| sign.is_ascii_graphic();
    let whole = rest.trim_end_matches(is_of_a_word);
    if whole.is_empty() || !behind.starts_with(is_of_a_word) {
        return shown;
    }
    format!("{whole}{ellipsis}")
}

/// `✓ 3.1  Two open ends   9 steps, 7 at the first try`; the totals beneath where there is no room.
fn head(summary: &Summary, style: &Style, words: &Words) -> Block {
    let totals = totals(summary, words);
    let title = format!(
        "{}  {}",
        clean_line(&summary.id),
        clean_line(&summary.title)
    );
    let mark = style.mark(Mark::Right);
    let margin = step::INDENT + width(&mark) + 1;
    let columns = style.text_columns();
    let title = cut(&title, columns.saturating_sub(margin), style);
    let first = format!("  {mark} {}", style.paint(Ink::Strong, &title));
    if width(&first) + 3 + width(&totals) <= columns {
        return vec![format!("{first}   {}", style.paint(Ink::Dim, &totals))];
    }
    let mut lines = vec![first];
    lines.extend(
        wrap(&totals, style, margin)
            .iter()
            .map(|line| style.paint(Ink::Dim, line)),
    );
    lines
}

/// `9 steps, 7 at the first try, 1 skipped`
#[must_use]
pub fn totals(summary: &Summary, words: &Words) -> String {
    let mut said = vec![
        words.with("steps", &[("n", summary.steps.into())]),
        words.with("first-tries", &[("n", summary.first_try.into())]),
    ];
    if summary.skipped > 0 {
        said.push(words.with("skipped-steps", &[("n", summary.skipped.into())]));
    }
    said.join(&words.say("comma"))
}

/// A label with texts behind it, each on its own line.
fn labelled(label: &str, texts: &[String], style: &Style) -> Block {
    let margin = " ".repeat(step::INDENT);
    if let [text] = texts
        && width(label) + width(text) + step::INDENT + 2 <= style.text_columns()
    {
        return vec![format!("{margin}{}  {text}", style.paint(Ink::Dim, label))];
    }
    let mut lines = vec![format!("{margin}{}", style.paint(Ink::Dim, label))];
    for text in texts {
        lines.extend(wrap_between(text, style, "    ", "    "));
    }
    lines
}
