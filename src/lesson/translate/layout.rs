//! Where the tables and comments of a translation file stand: an author's own comments are kept with what they belong
//! to, those that were written here are written anew.

use std::ops::Range;

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::text::Group;

/// In front of an original that has no translation yet.
pub const OPEN: &str = "#? ";
/// In front of an original that has changed since it was translated.
pub const CHANGED: &str = "#! ";

/// A comment.
#[derive(Debug)]
pub(super) struct Remark {
    /// Its place, without the line break.
    pub span: Range<usize>,
    /// Whether nothing else stands on its line.
    pub is_alone: bool,
    /// Whether it was written here.
    pub is_ours: bool,
}

/// A file's tables and comments.
#[derive(Debug, Default)]
pub(super) struct Layout<'t> {
    text: &'t str,
    /// All comments.
    pub remarks: Vec<Remark>,
    /// Where tables begin, with the comments above them; ascending.
    starts: Vec<usize>,
    /// Where things stand that a comment can belong to; ascending.
    anchors: Vec<usize>,
    /// The places of values that hold texts.
    values: Vec<Range<usize>>,
}

impl<'t> Layout<'t> {
    /// Looks through a file.
    pub fn new(text: &'t str, root: &DeTable<'_>, groups: &[Group]) -> Layout<'t> {
        let mut layout = Layout {
            text,
            remarks: remarks(text, root),
            ..Layout::default()
        };
        layout.measure(groups);
        layout
    }

    fn measure(&mut self, groups: &[Group]) {
        self.starts = groups
            .iter()
            .map(|group| self.start(group.span.start))
            .collect();
        self.starts.sort_unstable();
        for group in groups {
            self.anchors.push(group.span.start);
            for field in &group.fields {
                self.values.push(field.value.clone());
                self.anchors.push(field.value.start);
                self.anchors
                    .extend(field.texts.iter().map(|text| text.place().start));
            }
        }
        self.anchors.sort_unstable();
        self.anchors.dedup();
    }

    /// Where a table begins, with the comments that stand directly above its header.
    fn start(&self, header: usize) -> usize {
        let mut start = header;
        for remark in self.remarks.iter().rev() {
            let gap = self.text.get(remark.span.end..start);
            let is_above =
                gap.is_some_and(|gap| gap.trim().is_empty() && gap.matches('\n').count() == 1);
            if remark.is_alone && is_above {
                start = remark.span.start;
            }
        }
        start
    }

    /// Whether a place has comments that were written here.
    pub fn is_marked(&self, span: &Range<usize>) -> bool {
        let mut ours = self.remarks.iter().filter(|remark| remark.is_ours);
        ours.any(|remark| span.contains(&remark.span.start))
    }

    /// The place of a table with the comments above it, up to the next one.
    pub fn span(&self, group: &Group) -> Range<usize> {
        let start = self.start(group.span.start);
        start..self.end(start)
    }

    /// Where the table around a place ends.
    fn end(&self, at: usize) -> usize {
        let next = self.starts.iter().find(|next| **next > at);
        next.copied().unwrap_or(self.text.len())
    }

    /// The author's comments that belong to what stands at a place.
    pub fn above(&self, anchor: usize, indent: &str) -> String {
        let belongs = |remark: &&Remark| !remark.is_ours && self.anchor(remark) == Some(anchor);
        let found = self.remarks.iter().filter(belongs);
        found
            .map(|remark| format!("{indent}{}\n", &self.text[remark.span.clone()]))
            .collect()
    }

    /// What a comment belongs to: what it stands behind on a line, or else what follows in its table.
    pub fn anchor(&self, remark: &Remark) -> Option<usize> {
        let after = self
            .anchors
            .partition_point(|anchor| *anchor < remark.span.start);
        if !remark.is_alone {
            return after.checked_sub(1).map(|at| self.anchors[at]);
        }
        let around = self
            .values
            .iter()
            .find(|value| value.contains(&remark.span.start));
        let end = match around {
            Some(value) => value.end,
            None => self.end(remark.span.start),
        };
        match self.anchors.get(after).copied() {
            Some(anchor) if anchor < end => Some(anchor),
            // At the end of an array it belongs to the last element.
            _ => around.map(|_| self.anchors[after.saturating_sub(1)]),
        }
    }
}

/// All comments of a file.
fn remarks(text: &str, root: &DeTable<'_>) -> Vec<Remark> {
    let mut quoted = Vec::new();
    leaves(root, &mut quoted);
    quoted.sort_by_key(|span| span.start);
    let mut remarks = Vec::new();
    let mut at = 0;
    quoted.push(text.len()..text.len());
    for leaf in quoted {
        // What stands between two values holds no texts in quotes.
        while let Some(found) = text.get(at..leaf.start).and_then(|gap| gap.find('#')) {
            let start = at + found;
            let end = text[start..]
                .find('\n')
                .map_or(text.len(), |end| start + end);
            remarks.push(remark(text, start..end));
            at = end;
        }
        at = at.max(leaf.end);
    }
    remarks
}

fn remark(text: &str, span: Range<usize>) -> Remark {
    let line = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
    let said = &text[span.clone()];
    Remark {
        is_alone: text[line..span.start].trim().is_empty(),
        is_ours: [OPEN, CHANGED]
            .iter()
            .any(|mark| said.starts_with(mark.trim_end())),
        span: span.start..span.start + said.trim_end().len(),
    }
}

/// The places of all keys, and of all values that hold no others.
fn leaves(table: &DeTable<'_>, found: &mut Vec<Range<usize>>) {
    for (key, value) in table {
        found.push(key.span());
        leaf(value, found);
    }
}

fn leaf(value: &Spanned<DeValue<'_>>, found: &mut Vec<Range<usize>>) {
    match value.get_ref() {
        DeValue::Table(table) => leaves(table, found),
        DeValue::Array(array) => array.iter().for_each(|item| leaf(item, found)),
        _ => found.push(value.span()),
    }
}

/// Lines of TOML behind a mark. Only the first is indented: behind the mark the others stand as they were.
pub(super) fn marked(mark: &str, indent: &str, toml: &str) -> String {
    let mut lines = toml.lines().map(|line| format!("{mark}{line}"));
    let first = lines.next().unwrap_or_default();
    let lines = [format!("{indent}{}", first.trim_end())]
        .into_iter()
        .chain(lines.map(|line| line.trim_end().to_owned()));
    lines.map(|line| line + "\n").collect()
}
