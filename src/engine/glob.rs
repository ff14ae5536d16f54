//! Glob patterns as KEYS, SCAN, PSUBSCRIBE and CONFIG GET read them: `*`, `?`, `[ab]`, `[^a]`, `[a-c]` and `\` before
//! a character that is meant literally.
//!
//! Every part of a pattern but `*` takes exactly one byte, so it is enough to come back to the last star: no
//! recursion, and at most pattern length times text length steps.

/// Whether the whole text matches the pattern, byte by byte and with upper and lower case distinct.
#[must_use]
pub fn matches(pattern: &[u8], text: &[u8]) -> bool {
    // Redis 7.0: the lone star takes everything; any other pattern is not even tried on an empty text.
    if pattern == b"*" {
        return true;
    }
    if text.is_empty() {
        return pattern.is_empty();
    }
    let (mut at, mut read) = (0, 0);
    let mut star = None;
    while read < text.len() {
        if pattern.get(at) == Some(&b'*') {
            at += 1;
            star = Some((at, read));
        } else if let Some(width) = take(&pattern[at..], text[read]) {
            at += width;
            read += 1;
        } else if let Some((behind, from)) = star {
            star = Some((behind, from + 1));
            (at, read) = (behind, from + 1);
        } else {
            return false;
        }
    }
    pattern[at..].iter().all(|byte| *byte == b'*')
}

/// How many bytes of the pattern stand for this one byte of the text; none when they do not match it.
fn take(pattern: &[u8], byte: u8) -> Option<usize> {
    match pattern {
        [b'?', ..] => Some(1),
        [b'[', class @ ..] => take_class(class, byte).map(|width| width + 1),
        [b'\\', literal, ..] => (*literal == byte).then_some(2),
        [literal, ..] => (*literal == byte).then_some(1),
        [] => None,
    }
}

/// As [`take`], behind the opening bracket. Redis lets the end of the pattern close a class, and compares the ends of
/// a range as signed bytes, in either order.
fn take_class(class: &[u8], byte: u8) -> Option<usize> {
    let negated = class.first() == Some(&b'^');
    let mut at = usize::from(negated);
    let mut found = false;
    loop {
        match &class[at..] {
            [b'\\', literal, ..] => {
                found |= *literal == byte;
                at += 2;
            }
            [b']', ..] => {
                at += 1;
                break;
            }
            [] => break,
            [from, b'-', to, ..] => {
                let (from, to, byte) = (*from as i8, *to as i8, byte as i8);
                found |= (from.min(to)..=from.max(to)).contains(&byte);
                at += 3;
            }
            [literal, ..] => {
                found |= *literal == byte;
                at += 1;
            }
        }
    }
    (found != negated).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_as_in_redis() {
        for (pattern, text, expected) in [
            ("*", "", true),
            ("**", "", false),
            ("", "", true),
            ("h*llo", "hello", true),
            ("h*llo", "hllo", true),
            ("h*o*", "hello", true),
            ("h?llo", "hllo", false),
            ("h[ae]llo", "hallo", true),
            ("h[^e]llo", "hello", false),
            ("h[a-c]", "hb", true),
            ("h[c-a]", "hb", true),
            ("h\\*", "h*", true),
            ("h\\*", "hx", false),
            ("[a-]", "]", true),
            ("[ab", "a", true),
            ("[^", "x", true),
            ("[\\]]", "]", true),
            ("a\\", "a\\", true),
            ("*?", "a", true),
            ("a*?", "a", false),
            ("*a*b", "xaybzb", true),
            ("*a*b", "xaybz", false),
        ] {
            assert_eq!(
                matches(pattern.as_bytes(), text.as_bytes()),
                expected,
                "{pattern:?} {text:?}"
            );
        }
    }

    #[test]
    fn many_stars_do_not_take_for_ever() {
        let pattern = "a*".repeat(200) + "b";
        assert!(!matches(pattern.as_bytes(), "a".repeat(20_000).as_bytes()));
    }
}
