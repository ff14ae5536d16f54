//! Bytes as Python writes them: `b'tea'`.

/// A text without the b in front of such bytes.
#[must_use]
pub fn without_b(text: &str) -> String {
    let is_quote = |sign: char| matches!(sign, '\'' | '"');
    let (mut open, mut before) = (None, ' ');
    let mut signs = text.chars();
    let mut plain = String::new();
    while let Some(sign) = signs.next() {
        // What ends a word with a b is none of them.
        let begins = open.is_none() && !before.is_alphanumeric() && sign == 'b';
        before = sign;
        let mut ahead = signs.clone();
        let quote = ahead.next().filter(|next| is_quote(*next));
        if begins && quote.is_some_and(|quote| ahead.any(|sign| sign == quote)) {
            continue;
        }
        match open {
            Some(quote) if quote == sign => open = None,
            None if is_quote(sign) => open = Some(sign),
            _ => {}
        }
        plain.push(sign);
    }
    plain
}

/// Whether a text has such bytes in it.
#[must_use]
pub fn has_b(text: &str) -> bool {
    without_b(text) != text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_b_that_stands_before_quotes_goes() {
        for (text, plain) in [
            ("b'tea'", "'tea'"),
            ("[b'a', b\"b\"]", "['a', \"b\"]"),
            ("{b'k': b'v'}", "{'k': 'v'}"),
            ("ab'c'", "ab'c'"),
            ("'b' b", "'b' b"),
            ("'it b' b'x'", "'it b' 'x'"),
            ("b's token", "b's token"),
        ] {
            assert_eq!(without_b(text), plain, "{text}");
        }
    }
}
