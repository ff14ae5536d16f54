//! What is wrong with a lesson file, where, and what to do about it.

use std::{ops::Range, rc::Rc};

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet, renderer::DecorStyle};

/// A file as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceText {
    /// Its name as shown.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// How serious a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The lesson works; the author should look.
    Warning,
    /// The lesson is refused.
    Error,
}

/// A problem of a pack. The place is a span of bytes in its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// How serious it is.
    pub severity: Severity,
    /// The file.
    pub file: Rc<SourceText>,
    /// The place in it.
    pub span: Range<usize>,
    /// What is wrong, in lower case, without a final period.
    pub message: String,
    /// What is expected, or what the author probably wants to write.
    pub help: Option<String>,
}

impl Problem {
    /// Line and column of its place, both from 1; columns count characters.
    #[must_use]
    pub fn position(&self) -> (usize, usize) {
        let mut start = self.span.start.min(self.file.text.len());
        while !self.file.text.is_char_boundary(start) {
            start -= 1;
        }
        let before = &self.file.text[..start];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        (
            before.matches('\n').count() + 1,
            before[line_start..].chars().count() + 1,
        )
    }
}

/// So many problems are shown with their excerpts; the others are counted.
const SHOWN: usize = 50;
/// Longer lines of a file are not excerpted whole.
const WIDTH: usize = 120;

/// The problems as text, the gravest file order kept; each with an excerpt and its place underlined.
#[must_use]
pub fn render(problems: &[Problem], colour: bool) -> String {
    let renderer = if colour {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let renderer = renderer.decor_style(DecorStyle::Ascii).term_width(WIDTH);
    let mut text = String::new();
    for problem in problems.iter().take(SHOWN) {
        text.push_str(&renderer.render(&[report(problem)]));
        text.push_str("\n\n");
    }
    if problems.len() > SHOWN {
        text.push_str(&format!("… and {} more problems\n", problems.len() - SHOWN));
    }
    text
}

fn report(problem: &Problem) -> annotate_snippets::Group<'_> {
    let level = match problem.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let (start, end) = excerpt(problem);
    let source = &problem.file.text[start..end];
    let (line, _) = problem.position();
    let first = problem.span.start.clamp(start, end) - start;
    let last = problem.span.end.clamp(start + first, end) - start;
    let snippet = Snippet::source(source)
        .line_start(line)
        .path(problem.file.name.as_str())
        .annotation(AnnotationKind::Primary.span(first..last.max(first)));
    let group = level
        .primary_title(problem.message.as_str())
        .element(snippet);
    match &problem.help {
        Some(help) => group.element(Level::HELP.message(help.as_str())),
        None => group,
    }
}

/// The line of the problem's start: a problem is shown by its first line.
fn excerpt(problem: &Problem) -> (usize, usize) {
    let text = &problem.file.text;
    let mut at = problem.span.start.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[at..]
        .find('\n')
        .map_or(text.len(), |newline| at + newline);
    (start, end)
}

/// A near name among those allowed, for "did you mean".
#[must_use]
pub fn nearest<'a>(typed: &str, allowed: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    /// No name is as long, and to compare letters takes the product of both lengths.
    const LONGEST: usize = 256;
    let lower = typed.to_lowercase();
    if lower.len() > LONGEST {
        return None;
    }
    allowed
        .into_iter()
        .map(|name| {
            (
                strsim::damerau_levenshtein(&lower, &name.to_lowercase()),
                name,
            )
        })
        .filter(|(distance, name)| {
            *distance <= 1 + name.chars().count().min(typed.chars().count()) / 4
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}
