//! Tables and boxes: the only place that knows comfy-table. Widths come from the contents, which are cut before.

use comfy_table::{
    Cell, CellAlignment, ContentArrangement, ContentLineStyle, LineStyle, Table, TableStyle,
};

use super::{
    layout::Block,
    style::{Glyphs, Ink, Style},
};

/// Where a column's contents stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// At its left edge.
    Left,
    /// At its right edge.
    Right,
}

/// Rows without borders, columns so far apart.
#[must_use]
pub fn rows(rows: &[Vec<String>], align: &[Align], gap: u16) -> Block {
    let mut table = Table::new();
    table
        .load_style(TableStyle::new())
        .set_content_arrangement(ContentArrangement::Disabled);
    for row in rows {
        // Cells that a row lacks are empty.
        table.add_row(row.iter().zip(align).map(|(text, align)| {
            Cell::new(text).set_alignment(match align {
                Align::Left => CellAlignment::Left,
                Align::Right => CellAlignment::Right,
            })
        }));
    }
    for column in table.column_iter_mut() {
        column.set_padding((0, gap));
    }
    table
        .lines()
        .map(|line| line.trim_end().to_owned())
        .collect()
}

/// A row of cells in one box with lines between them; each is as wide as its text and a space on either side.
#[must_use]
pub fn cells(cells: &[String], style: &Style) -> Block {
    boxed(
        cells,
        style,
        match style.glyphs {
            Glyphs::Unicode => TableStyle::new()
                .top_border(LineStyle::new('╭', '─', '┬', '╮'))
                .content_lines(ContentLineStyle::new('│', '│', '│'))
                .bottom_border(LineStyle::new('╰', '─', '┴', '╯')),
            Glyphs::Ascii => TableStyle::new()
                .top_border(LineStyle::new('+', '-', '+', '+'))
                .content_lines(ContentLineStyle::new('|', '|', '|'))
                .bottom_border(LineStyle::new('+', '-', '+', '+')),
        },
    )
}

/// Lines in a bag: a box with a dashed border, since nothing in it has a place of its own.
#[must_use]
pub fn bag(lines: &[String], style: &Style) -> Block {
    boxed(
        &[lines.join("\n")],
        style,
        match style.glyphs {
            Glyphs::Unicode => TableStyle::new()
                .top_border(LineStyle::new('╭', '╌', '╌', '╮'))
                .content_lines(ContentLineStyle::new('┆', ' ', '┆'))
                .bottom_border(LineStyle::new('╰', '╌', '╌', '╯')),
            Glyphs::Ascii => TableStyle::new().content_lines(ContentLineStyle::new('{', ' ', '}')),
        },
    )
}

fn boxed(cells: &[String], style: &Style, borders: TableStyle) -> Block {
    let mut table = Table::new();
    table
        .load_style(borders)
        .set_content_arrangement(ContentArrangement::Disabled);
    table.add_row(cells.iter().map(Cell::new));
    table
        .lines()
        .map(|line| dim_borders(&line, style))
        .collect()
}

/// Runs of box-drawing characters, dimmed.
fn dim_borders(line: &str, style: &Style) -> String {
    let is_border = |c: char| ('\u{2500}'..='\u{257f}').contains(&c);
    let mut text = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(start) = rest.find(is_border) {
        text.push_str(&rest[..start]);
        let run = &rest[start..];
        let end = run.find(|c| !is_border(c)).unwrap_or(run.len());
        text.push_str(&style.paint(Ink::Dim, &run[..end]));
        rest = &run[end..];
    }
    text + rest
}
