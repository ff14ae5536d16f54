//! Bars of blocks, an eighth of a column exact; `#` in ASCII.

use super::{
    layout::pad,
    style::{Glyphs, Style},
};

const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/// A bar that fills a part of so many columns, without what is left of them; a positive part is never invisible.
#[must_use]
pub fn bar(part: f64, columns: usize, style: &Style) -> String {
    let part = part.clamp(0.0, 1.0);
    match style.glyphs {
        Glyphs::Unicode => {
            let eighths = (part * columns as f64 * 8.0).round() as usize;
            let eighths = if part > 0.0 { eighths.max(1) } else { 0 };
            format!("{}{}", "█".repeat(eighths / 8), EIGHTHS[eighths % 8])
        }
        Glyphs::Ascii => {
            let full = (part * columns as f64).round() as usize;
            "#".repeat(if part > 0.0 { full.max(1) } else { 0 })
        }
    }
}

/// A bar that grows to the left, in whole and half columns, filled up to so many columns.
#[must_use]
pub fn bar_leftwards(part: f64, columns: usize, style: &Style) -> String {
    let halves = (part.clamp(0.0, 1.0) * columns as f64 * 2.0).round() as usize;
    let halves = if part > 0.0 { halves.max(1) } else { 0 };
    let drawn = match style.glyphs {
        Glyphs::Unicode => format!(
            "{}{}",
            if halves % 2 == 1 { "▐" } else { "" },
            "█".repeat(halves / 2)
        ),
        Glyphs::Ascii => "#".repeat(halves.div_ceil(2)),
    };
    super::layout::pad_left(&drawn, columns)
}

/// A bar in a frame: `▕███▌ ▏`.
#[must_use]
pub fn gauge(part: f64, columns: usize, style: &Style) -> String {
    format!(
        "{}{}{}",
        style.pick("▕", "["),
        pad(&bar(part, columns, style), columns),
        style.pick("▏", "]")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_fills_its_part() {
        let style = Style::default();
        assert_eq!(bar(0.5, 8, &style), "████");
        assert_eq!(bar(0.97, 8, &style), "███████▊");
        assert_eq!(bar(0.001, 8, &style), "▏");
        assert_eq!(bar(0.0, 8, &style), "");
        assert_eq!(gauge(0.5, 4, &style), "▕██  ▏");
        assert_eq!(bar_leftwards(0.25, 4, &style), "   █");
        let ascii = Style {
            glyphs: Glyphs::Ascii,
            ..style
        };
        assert_eq!(gauge(0.5, 4, &ascii), "[##  ]");
    }
}
