//! A step that a program does: where to run it, what it stands on, its code, what it prints.

use crate::text::Words;
use crate::tutor::Shown;

use super::{
    layout::{Block, clean_line, width, wrap, wrap_between},
    step::INDENT,
    style::{Ink, Style},
};

/// What a step shows of its program.
#[must_use]
pub fn shown(
    given: Option<&str>,
    code: Option<&str>,
    port: Option<u16>,
    style: &Style,
    words: &Words,
) -> Vec<Block> {
    let mut blocks = Vec::new();
    let Some(port) = port else {
        blocks.push(wrap(&words.say("program-no-server"), style, INDENT));
        blocks.extend(code.map(|code| source(code, style)));
        return blocks;
    };
    let place = format!("127.0.0.1:{port}");
    if let Some(given) = given {
        let said = words.with("program-begin", &[("place", place.into())]);
        blocks.push(wrap(&said, style, INDENT));
        blocks.push(source(given, style));
        if let Some(code) = code {
            blocks.push(wrap(&words.say("program-then"), style, INDENT));
            blocks.push(source(code, style));
        }
    } else {
        blocks.extend(code.map(|code| source(code, style)));
    }
    blocks
}

/// Where a step goes on that gives nothing to stand on: learners have seen it before.
#[must_use]
pub fn goes_on(shown: &Shown, style: &Style, words: &Words) -> Block {
    let Shown::Program {
        given: None,
        port: Some(port),
        ..
    } = shown
    else {
        return Block::new();
    };
    let place = format!("127.0.0.1:{port}");
    let said = words.with("program-waits", &[("place", place.into())]);
    let said = wrap(&said, style, INDENT);
    let said = said.iter().map(|line| style.paint(Ink::Dim, line));
    said.collect()
}

/// Code: its lines stay as they are, for Python's indentation means something.
#[must_use]
pub fn source(text: &str, style: &Style) -> Block {
    const MARGIN: &str = "      ";
    let shown = |line: &str| -> Block {
        let body = line.trim_start_matches(' ');
        let margin = format!("{MARGIN}{}", " ".repeat(line.len() - body.len()));
        let body = clean_line(body);
        if width(&margin) + width(&body) <= style.columns() {
            return vec![format!("{margin}{body}").trim_end().to_owned()];
        }
        // Within brackets, where long lines have their spaces, Python goes on in the next line.
        let wide = Style {
            width: style.columns(),
            ..*style
        };
        let again = if body.starts_with('#') { "# " } else { "  " };
        wrap_between(&body, &wide, &margin, &format!("{margin}{again}"))
    };
    let lines = text.trim_matches('\n').lines().flat_map(shown);
    lines.map(|line| style.paint(Ink::Code, &line)).collect()
}

/// A program whose long comments go on in lines of their own; its code stays as it is.
#[must_use]
pub fn commented(text: &str) -> Block {
    let page = Style {
        width: 76,
        ..Style::default()
    };
    let lines = |line: &str| match line.strip_prefix("# ") {
        Some(said) if width(line) > page.width => wrap_between(said, &page, "# ", "# "),
        _ => vec![line.to_owned()],
    };
    text.lines().flat_map(lines).collect()
}

/// The code that does a step which was skipped.
#[must_use]
pub fn performed(code: &str, style: &Style, words: &Words) -> Block {
    let mut block = wrap(&words.say("skipped-by"), style, INDENT);
    block.extend(source(code, style));
    block
}

/// The same on one line, where it has room there.
#[must_use]
pub fn performed_beside(code: &str, style: &Style, words: &Words) -> Option<String> {
    beside("skipped-by", code, style, words)
}

/// The same of a program that the step has shown.
#[must_use]
pub fn performed_above(style: &Style, words: &Words) -> Block {
    wrap(&words.say("skipped-above"), style, INDENT)
}

/// What a program prints.
#[must_use]
pub fn printed(text: &str, style: &Style, words: &Words) -> Block {
    let mut block = wrap(&words.say("program-prints"), style, INDENT);
    block.extend(source(text, style));
    block
}

/// The same on one line, where it has room there.
#[must_use]
pub fn printed_beside(text: &str, style: &Style, words: &Words) -> Option<String> {
    beside("program-prints", text, style, words)
}

/// One line of code or of what it prints, behind the words for it.
fn beside(id: &str, text: &str, style: &Style, words: &Words) -> Option<String> {
    let said = words.say(id);
    let text = text.trim_matches('\n');
    let margin = " ".repeat(INDENT);
    let line = format!("{margin}{said}{}{}", words.say("space"), clean_line(text));
    (!text.contains('\n') && width(&line) <= style.columns()).then(|| {
        let text = style.paint(Ink::Code, &clean_line(text));
        format!("{margin}{said}{}{text}", words.say("space"))
    })
}

/// The question about what a program printed.
#[must_use]
pub fn ask(question: &str, style: &Style, words: &Words) -> Block {
    let question = wrap(&super::layout::clean(question), style, INDENT);
    let mut block: Block = question
        .iter()
        .map(|line| style.paint(Ink::Strong, line))
        .collect();
    let how = wrap(&words.say("type-what-it-printed"), style, INDENT);
    block.extend(how.iter().map(|line| style.paint(Ink::Dim, line)));
    block
}
