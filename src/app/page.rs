//! What was printed since the last line that was typed: programs may talk for hours meanwhile, so of much only the end
//! is kept.

/// At least so many bytes are kept, if there are as many; at most twice as many.
const KEPT: usize = 256 << 10;

/// A page for the pager.
#[derive(Debug, Default)]
pub struct Page(String);

impl Page {
    /// Adds a text at the end.
    pub fn add(&mut self, text: &str) {
        self.0.push_str(text);
        if self.0.len() > 2 * KEPT {
            let cut = self.0.len() - KEPT;
            let end = self.0.as_bytes()[cut..].iter().position(|it| *it == b'\n');
            // Behind the last line nothing would be left.
            let line = end.map(|end| cut + end + 1).filter(|at| *at < self.0.len());
            let kept =
                line.or_else(|| (cut..=self.0.len()).find(|at| self.0.is_char_boundary(*at)));
            self.0.drain(..kept.unwrap_or(cut));
        }
    }

    /// Takes what is there, and begins anew.
    pub fn take(&mut self) -> String {
        std::mem::take(&mut self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_much_the_last_whole_lines_are_kept() {
        let mut page = Page::default();
        let mut longest = 0;
        for number in 0..200_000 {
            page.add(&format!("行 {number}\n"));
            longest = longest.max(page.0.len());
        }
        assert!(longest <= 2 * KEPT, "{longest}");
        let kept = page.take();
        assert!(kept.starts_with("行 ") && kept.ends_with("行 199999\n"));
        assert!(page.take().is_empty());
    }

    #[test]
    fn a_line_without_end_is_bounded_too() {
        let mut page = Page::default();
        for _ in 0..100_000 {
            page.add("很长的一行");
        }
        assert!(page.0.len() <= 2 * KEPT);
        page.add(&format!("{}\n", "x".repeat(3 * KEPT)));
        assert!(
            (KEPT..=2 * KEPT).contains(&page.0.len()),
            "{}",
            page.0.len()
        );
    }
}
