//! Lua's patterns. Lua's own matcher may take time beyond all bounds or recurse as deep as a pattern is long; this one
//! counts its steps and its depth, and answers the same.

/// How deep the parts of a pattern may nest in a match.
const DEPTH: usize = 200;
/// How many captures a pattern may have.
const CAPTURES: usize = 32;

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Trouble {
    /// The pattern is wrong; the text says how.
    Pattern(&'static str),
    /// It would take too many steps.
    Steps,
    /// It would take too much memory.
    Memory,
}

type Answer<T> = Result<T, Trouble>;

/// What a capture caught.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Capture {
    /// Bytes from one position to another.
    Range(usize, usize),
    /// A position, counted from 1.
    Position(usize),
}

#[derive(Debug, Clone, Copy)]
enum Length {
    Open,
    Position,
    Closed(usize),
}

/// A pattern on its way through a text.
pub(super) struct Matcher<'a> {
    text: &'a [u8],
    pattern: &'a [u8],
    captures: Vec<(usize, Length)>,
    depth: usize,
    /// How many steps were taken.
    pub steps: u64,
    limit: u64,
}

impl<'a> Matcher<'a> {
    /// A matcher that may take so many steps. A pattern ends at its first zero byte.
    pub fn new(text: &'a [u8], pattern: &'a [u8], limit: u64) -> Matcher<'a> {
        let end = pattern.iter().position(|byte| *byte == 0);
        Matcher {
            text,
            pattern: &pattern[..end.unwrap_or(pattern.len())],
            captures: Vec::new(),
            depth: 0,
            steps: 0,
            limit,
        }
    }

    /// The end of the match that starts at `at`, for the pattern from `from` on.
    pub fn match_at(&mut self, at: usize, from: usize) -> Answer<Option<usize>> {
        self.captures.clear();
        self.depth = 0;
        self.matches(at, from)
    }

    /// How many captures the last match has.
    pub fn count(&self) -> usize {
        self.captures.len()
    }

    /// A capture of the last match, which went from `start` to `end`; the first one of a pattern without captures is
    /// the whole match.
    pub fn capture(&self, index: usize, start: usize, end: usize) -> Answer<Capture> {
        match self.captures.get(index) {
            Some((_, Length::Open)) => Err(Trouble::Pattern("unfinished capture")),
            Some((at, Length::Position)) => Ok(Capture::Position(at + 1)),
            Some((at, Length::Closed(len))) => Ok(Capture::Range(*at, at + len)),
            None if index == 0 => Ok(Capture::Range(start, end)),
            None => Err(Trouble::Pattern("invalid capture index")),
        }
    }

    fn step(&mut self) -> Answer<()> {
        self.spend(0)
    }

    /// A step over so many bytes of a class: a long set costs more than a letter.
    fn spend(&mut self, bytes: usize) -> Answer<()> {
        self.steps += 1 + bytes as u64 / 8;
        if self.steps > self.limit {
            return Err(Trouble::Steps);
        }
        Ok(())
    }

    fn matches(&mut self, at: usize, from: usize) -> Answer<Option<usize>> {
        if self.depth >= DEPTH {
            return Err(Trouble::Pattern("pattern too complex"));
        }
        self.depth += 1;
        let end = self.matches_here(at, from);
        self.depth -= 1;
        end
    }

    fn matches_here(&mut self, mut at: usize, mut from: usize) -> Answer<Option<usize>> {
        loop {
            self.step()?;
            let Some(&first) = self.pattern.get(from) else {
                return Ok(Some(at));
            };
            let second = self.pattern.get(from + 1).copied();
            match (first, second) {
                (b'(', Some(b')')) => return self.open(at, from + 2, Length::Position),
                (b'(', _) => return self.open(at, from + 1, Length::Open),
                (b')', _) => return self.close(at, from + 1),
                (b'$', None) => return Ok((at == self.text.len()).then_some(at)),
                (b'%', Some(b'b')) => match self.balance(at, from + 2)? {
                    Some(end) => (at, from) = (end, from + 4),
                    None => return Ok(None),
                },
                (b'%', Some(b'f')) => {
                    from += 2;
                    if self.pattern.get(from) != Some(&b'[') {
                        return Err(Trouble::Pattern("missing '[' after '%f' in pattern"));
                    }
                    let end = self.class_end(from)?;
                    self.spend(end - from)?;
                    let before = at.checked_sub(1).map_or(0, |before| self.text[before]);
                    let here = self.text.get(at).copied().unwrap_or(0);
                    if self.in_set(before, from, end - 1) || !self.in_set(here, from, end - 1) {
                        return Ok(None);
                    }
                    from = end;
                }
                (b'%', Some(digit @ b'0'..=b'9')) => match self.again(at, digit)? {
                    Some(end) => (at, from) = (end, from + 2),
                    None => return Ok(None),
                },
                _ => {
                    let end = self.class_end(from)?;
                    self.spend(end - from)?;
                    let fits = self.fits(at, from, end);
                    match self.pattern.get(end) {
                        Some(b'?') => {
                            if fits && let Some(found) = self.matches(at + 1, end + 1)? {
                                return Ok(Some(found));
                            }
                            from = end + 1;
                        }
                        Some(b'*') => return self.most(at, from, end),
                        Some(b'+') if fits => return self.most(at + 1, from, end),
                        Some(b'+') => return Ok(None),
                        Some(b'-') => return self.least(at, from, end),
                        _ if fits => (at, from) = (at + 1, end),
                        _ => return Ok(None),
                    }
                }
            }
        }
    }

    /// As many as fit, then the rest of the pattern.
    fn most(&mut self, at: usize, from: usize, end: usize) -> Answer<Option<usize>> {
        let mut count = 0;
        while self.fits(at + count, from, end) {
            count += 1;
            self.spend(end - from)?;
        }
        for count in (0..=count).rev() {
            if let Some(found) = self.matches(at + count, end + 1)? {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    /// As few as will do.
    fn least(&mut self, mut at: usize, from: usize, end: usize) -> Answer<Option<usize>> {
        loop {
            if let Some(found) = self.matches(at, end + 1)? {
                return Ok(Some(found));
            }
            self.spend(end - from)?;
            if !self.fits(at, from, end) {
                return Ok(None);
            }
            at += 1;
        }
    }

    fn open(&mut self, at: usize, from: usize, length: Length) -> Answer<Option<usize>> {
        if self.captures.len() >= CAPTURES {
            return Err(Trouble::Pattern("too many captures"));
        }
        let level = self.captures.len();
        self.captures.push((at, length));
        let found = self.matches(at, from)?;
        if found.is_none() {
            self.captures.truncate(level);
        }
        Ok(found)
    }

    fn close(&mut self, at: usize, from: usize) -> Answer<Option<usize>> {
        let open = |(_, length): &(usize, Length)| matches!(length, Length::Open);
        let Some(level) = self.captures.iter().rposition(open) else {
            return Err(Trouble::Pattern("invalid pattern capture"));
        };
        self.captures[level].1 = Length::Closed(at - self.captures[level].0);
        let found = self.matches(at, from)?;
        if found.is_none() {
            self.captures[level].1 = Length::Open;
        }
        Ok(found)
    }

    /// `%bxy`.
    fn balance(&mut self, at: usize, from: usize) -> Answer<Option<usize>> {
        let (Some(&open), Some(&close)) = (self.pattern.get(from), self.pattern.get(from + 1))
        else {
            return Err(Trouble::Pattern("unbalanced pattern"));
        };
        if self.text.get(at) != Some(&open) {
            return Ok(None);
        }
        let mut depth = 1;
        for (index, byte) in self.text.iter().enumerate().skip(at + 1) {
            self.step()?;
            if *byte == close {
                depth -= 1;
                if depth == 0 {
                    return Ok(Some(index + 1));
                }
            } else if *byte == open {
                depth += 1;
            }
        }
        Ok(None)
    }

    /// `%1`: what a capture caught, once more.
    fn again(&mut self, at: usize, digit: u8) -> Answer<Option<usize>> {
        let capture = usize::from(digit).checked_sub(usize::from(b'1'));
        let capture = capture.and_then(|index| self.captures.get(index)).copied();
        let Some((start, Length::Closed(len))) = capture else {
            return Err(Trouble::Pattern("invalid capture index"));
        };
        self.steps += len as u64;
        let caught = &self.text[start..start + len];
        Ok(self.text[at..].starts_with(caught).then_some(at + len))
    }

    /// Where the class that starts at `from` ends.
    fn class_end(&self, from: usize) -> Answer<usize> {
        const OPEN: Trouble = Trouble::Pattern("malformed pattern (missing ']')");
        let byte = |at: usize| self.pattern.get(at).copied();
        match byte(from) {
            Some(b'%') if from + 1 < self.pattern.len() => Ok(from + 2),
            Some(b'%') => Err(Trouble::Pattern("malformed pattern (ends with '%')")),
            Some(b'[') => {
                let mut at = from + 1 + usize::from(byte(from + 1) == Some(b'^'));
                loop {
                    let escapes = byte(at).ok_or(OPEN)? == b'%';
                    at += 1 + usize::from(escapes && byte(at + 1).is_some());
                    if byte(at) == Some(b']') {
                        return Ok(at + 1);
                    }
                }
            }
            _ => Ok(from + 1),
        }
    }

    /// Whether the byte at `at` is one of the class from `from` to `end`.
    fn fits(&self, at: usize, from: usize, end: usize) -> bool {
        let Some(&byte) = self.text.get(at) else {
            return false;
        };
        match self.pattern[from] {
            b'.' => true,
            b'%' => in_class(byte, self.pattern[from + 1]),
            b'[' => self.in_set(byte, from, end - 1),
            same => same == byte,
        }
    }

    /// Whether a byte is in the set between `[` at `from` and `]` at `last`.
    fn in_set(&self, byte: u8, from: usize, last: usize) -> bool {
        let negated = self.pattern.get(from + 1) == Some(&b'^');
        let mut at = from + 1 + usize::from(negated);
        while at < last {
            let first = self.pattern[at];
            if first == b'%' {
                at += 1;
                if in_class(byte, self.pattern[at]) {
                    return !negated;
                }
            } else if self.pattern.get(at + 1) == Some(&b'-') && at + 2 < last {
                at += 2;
                if (first..=self.pattern[at]).contains(&byte) {
                    return !negated;
                }
            } else if first == byte {
                return !negated;
            }
            at += 1;
        }
        negated
    }
}

/// Whether a byte is of the class that a letter names; a capital names the opposite, anything else itself.
fn in_class(byte: u8, class: u8) -> bool {
    let found = match class.to_ascii_lowercase() {
        b'a' => byte.is_ascii_alphabetic(),
        b'c' => byte.is_ascii_control(),
        b'd' => byte.is_ascii_digit(),
        b'l' => byte.is_ascii_lowercase(),
        b'p' => byte.is_ascii_punctuation(),
        b's' => matches!(byte, b' ' | 9..=13),
        b'u' => byte.is_ascii_uppercase(),
        b'w' => byte.is_ascii_alphanumeric(),
        b'x' => byte.is_ascii_hexdigit(),
        b'z' => byte == 0,
        _ => return class == byte,
    };
    found != class.is_ascii_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(text: &str, pattern: &str) -> Answer<Option<(usize, usize)>> {
        let mut matcher = Matcher::new(text.as_bytes(), pattern.as_bytes(), 10_000);
        for at in 0..=text.len() {
            if let Some(end) = matcher.match_at(at, 0)? {
                return Ok(Some((at, end)));
            }
        }
        Ok(None)
    }

    #[test]
    fn patterns_match_as_luas_do() {
        assert_eq!(find("hello world", "o w"), Ok(Some((4, 7))));
        assert_eq!(find("key:42:x", "%d+"), Ok(Some((4, 6))));
        assert_eq!(find("f(a(b)c)d", "%b()"), Ok(Some((1, 8))));
        assert_eq!(find("THE (quick) fox", "%f[%a]%a+%f[%A]"), Ok(Some((0, 3))));
        assert_eq!(find("abcabc", "(abc)%1"), Ok(Some((0, 6))));
        assert_eq!(find("[x]", "[]x]"), Ok(Some((1, 2))));
        assert_eq!(find("a-b", "[a%-]-b$"), Ok(Some((0, 3))));
    }

    #[test]
    fn a_pattern_that_blows_up_is_stopped() {
        let text = "a".repeat(40);
        let pattern = "a-".repeat(40) + "b";
        assert_eq!(find(&text, &pattern), Err(Trouble::Steps));
        let deep = Trouble::Pattern("pattern too complex");
        assert_eq!(find(&"a".repeat(400), &"a?".repeat(400)), Err(deep));
    }

    #[test]
    fn malformed_patterns_are_told() {
        for (pattern, text) in [
            ("[a", "malformed pattern (missing ']')"),
            ("a%", "malformed pattern (ends with '%')"),
            ("(a", "unfinished capture"),
            ("%1", "invalid capture index"),
        ] {
            let mut matcher = Matcher::new(b"a", pattern.as_bytes(), 100);
            let end = matcher.match_at(0, 0);
            let told = end.and_then(|end| matcher.capture(0, 0, end.unwrap_or(0)));
            assert_eq!(told, Err(Trouble::Pattern(text)), "{pattern}");
        }
    }
}
