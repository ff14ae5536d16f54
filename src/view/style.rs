//! How a view is drawn: width, colour, glyphs. Everything is a parameter; nothing asks the terminal.

use owo_colors::OwoColorize;

use crate::notation::Escape;

/// Whether colours are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Color {
    /// None.
    #[default]
    None,
    /// ANSI escape codes of the sixteen colours that every terminal has.
    Ansi,
}

/// The characters that drawings are made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Glyphs {
    /// Box drawing, blocks, arrows.
    #[default]
    Unicode,
    /// ASCII alone; values and lesson texts stay as they are.
    Ascii,
}

/// How a view is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Columns; narrower than [`Style::NARROWEST`] is drawn as that.
    pub width: usize,
    /// Whether colours are used.
    pub color: Color,
    /// The characters of drawings.
    pub glyphs: Glyphs,
    /// Sentences in place of boxes, to be read aloud.
    pub plain: bool,
    /// How values that are no ASCII are shown.
    pub escape: Escape,
}

impl Default for Style {
    fn default() -> Style {
        Style {
            width: 80,
            color: Color::None,
            glyphs: Glyphs::Unicode,
            plain: false,
            escape: Escape::Text,
        }
    }
}

/// What a piece of text is, and so how it is coloured. A sign always stands beside the colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// As it is.
    Normal,
    /// Names and titles.
    Strong,
    /// Borders, indexes, remarks.
    Dim,
    /// New, right.
    New,
    /// Gone, wrong.
    Gone,
    /// Changed.
    Changed,
    /// Read by a line.
    Read,
    /// A line to be typed.
    Code,
}

/// A sign in front of a line of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// It was right.
    Right,
    /// It was wrong.
    Wrong,
    /// Neither.
    Neutral,
}

impl Style {
    /// The least width that is drawn for.
    pub const NARROWEST: usize = 20;
    /// Texts are never wider than this.
    pub const TEXT: usize = 76;
    /// Drawings leave so many columns free on a wide screen.
    const MARGIN: usize = 4;

    /// The columns that drawings may take.
    #[must_use]
    pub fn columns(&self) -> usize {
        self.width.clamp(Style::NARROWEST, 400)
    }

    /// The columns that a drawing of keys may take: as many as a text, and on a wide screen all but a margin.
    #[must_use]
    pub fn drawing_columns(&self) -> usize {
        self.columns()
            .saturating_sub(Style::MARGIN)
            .max(self.text_columns())
    }

    /// The columns that texts may take.
    #[must_use]
    pub fn text_columns(&self) -> usize {
        self.columns().min(Style::TEXT)
    }

    /// A text in an ink.
    #[must_use]
    pub fn paint(&self, ink: Ink, text: &str) -> String {
        if self.color == Color::None || text.is_empty() {
            return text.to_owned();
        }
        match ink {
            Ink::Normal => text.to_owned(),
            Ink::Strong => text.bold().to_string(),
            Ink::Dim => text.dimmed().to_string(),
            Ink::New => text.green().to_string(),
            Ink::Gone => text.red().to_string(),
            Ink::Changed => text.yellow().to_string(),
            Ink::Read | Ink::Code => text.cyan().to_string(),
        }
    }

    /// The one of two texts that these glyphs allow.
    #[must_use]
    pub fn pick<'a>(&self, unicode: &'a str, ascii: &'a str) -> &'a str {
        match self.glyphs {
            Glyphs::Unicode => unicode,
            Glyphs::Ascii => ascii,
        }
    }

    /// A sign, coloured.
    #[must_use]
    pub fn mark(&self, mark: Mark) -> String {
        match mark {
            Mark::Right => self.paint(Ink::New, self.pick("✓", "ok")),
            Mark::Wrong => self.paint(Ink::Gone, self.pick("✗", "x")),
            Mark::Neutral => self.paint(Ink::Dim, self.pick("·", "-")),
        }
    }

    /// Our own words in the glyphs that are allowed: typographic signs become ASCII.
    #[must_use]
    pub fn spelled(&self, text: &str) -> String {
        match self.glyphs {
            Glyphs::Unicode => text.to_owned(),
            Glyphs::Ascii => text
                .replace('…', "...")
                .replace('→', "->")
                .replace('↑', "^")
                .replace('↓', "v")
                .replace('·', ","),
        }
    }
}
