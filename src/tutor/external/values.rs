//! The values in what Python prints, without the signs around them: a text may have the same ones in other signs.

use crate::notation::in_ascii;

/// A value as it stands in a text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Value {
    text: String,
    quoted: bool,
}

const OPENING: [char; 3] = ['[', '(', '{'];
const CLOSING: [char; 3] = [']', ')', '}'];
const QUOTES: [char; 2] = ['\'', '"'];

/// Whether a text has the values that were printed, but for the signs around them.
pub(super) fn has_values(output: &str, text: &str) -> bool {
    let texts = |text: &str| -> Option<Vec<String>> {
        let values = values(&in_ascii(text))?.into_iter();
        // Without quotes a value of several words is several.
        let words = values.flat_map(|value| words(&value.text));
        Some(words.collect()).filter(|words: &Vec<String>| !words.is_empty())
    };
    let typed = texts(text);
    typed.is_some() && typed == texts(output)
}

/// Whether a text is a printed list in short, as nothing else is written: several values without the brackets around
/// them, or words in brackets without their quotes. So are lists read that are predicted, too. Numbers in brackets are
/// numbers, and one value by itself is no list.
pub(super) fn is_short(output: &str, text: &str) -> bool {
    let (output, text) = (in_ascii(output), in_ascii(text));
    let (Some(inner), Some(mut typed)) = (list(&output), values(&text)) else {
        return false;
    };
    let Some(mut printed) = values(inner) else {
        return false;
    };
    let is_bare_word = |value: &Value| !value.quoted && !is_literal(&value.text);
    let is_short = match list(&text) {
        Some(_) => text.trim()[..1] == output.trim()[..1] && typed.iter().any(is_bare_word),
        None => typed.len() > 1 && !text.contains(OPENING) && !text.contains(CLOSING),
    };
    if output.starts_with('{') {
        typed.sort();
        printed.sort();
    }
    let is_same = |(typed, printed): (&Value, &Value)| {
        typed.text == printed.text && (!typed.quoted || printed.quoted)
    };
    is_short && typed.len() == printed.len() && typed.iter().zip(&printed).all(is_same)
}

/// What stands in the brackets of a list, a tuple or a set without others inside.
fn list(text: &str) -> Option<&str> {
    let inner = text.trim().strip_prefix(OPENING)?.strip_suffix(CLOSING)?;
    let is_dict = text.trim().starts_with('{') && inner.contains(": ");
    (!is_dict && !inner.contains(OPENING) && !inner.contains(CLOSING)).then_some(inner)
}

/// Whether a word is a number, or one of Python's own.
fn is_literal(word: &str) -> bool {
    word.parse::<f64>().is_ok() || ["True", "False", "None"].contains(&word)
}

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

/// The values of a text in order; nothing where a quote is not closed.
fn values(text: &str) -> Option<Vec<Value>> {
    let divides = |sign: char| {
        sign.is_whitespace() || sign == ',' || OPENING.contains(&sign) || CLOSING.contains(&sign)
    };
    let mut values = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(divides);
        let Some(first) = rest.chars().next() else {
            return Some(values);
        };
        let quoted = QUOTES.contains(&first);
        let (value, behind) = if quoted {
            rest[1..].split_once(first)?
        } else {
            rest.split_at(rest.find(divides).unwrap_or(rest.len()))
        };
        // Behind the name of a field a colon stands.
        let text = if quoted {
            value
        } else {
            value.trim_end_matches(':')
        };
        let text = text.to_owned();
        values.push(Value { text, quoted });
        rest = behind.strip_prefix(':').unwrap_or(behind);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_in_short_is_told_from_what_python_prints_of_something_else() {
        for (output, text) in [
            ("['rain', 'eric']", "rain eric"),
            ("['rain', 'eric']", "rain, eric"),
            ("['rain', 'eric']", "'rain', 'eric'"),
            ("['rain', 'eric']", "[rain, eric]"),
            ("['rain', 'eric']", "【rain，eric】"),
            ("['eric']", "[eric]"),
            ("['120', '100']", "120 100"),
            ("[True, False]", "True False"),
            ("{'a', 'b'}", "b a"),
            ("['acc:a', 'acc:b']", "acc:a acc:b"),
        ] {
            assert!(is_short(output, text), "{output} {text}");
        }
        for (output, text) in [
            ("['eric']", "eric"),
            ("[20]", "20"),
            ("['120', '100']", "[120, 100]"),
            ("[1, 2]", "'1', '2'"),
            ("['rain', 'eric']", "eric rain"),
            ("['rain', 'eric']", "{rain, eric}"),
            ("['a b', 'c']", "a b c"),
            ("b'Bar'", "Bar"),
            ("[('rain', 20.0)]", "rain 20.0"),
            ("{'name': 'rain'}", "name rain"),
            ("['rain', 'eric']", "[[rain, eric]]"),
            ("22", "21"),
            ("['it', 's']", "it's"),
        ] {
            assert!(!is_short(output, text), "{output} {text}");
        }
    }

    #[test]
    fn values_are_known_in_other_signs() {
        for (output, text) in [
            ("[20]", "20"),
            ("['120', '100']", "[120, 100]"),
            ("['a b', 'c']", "a b c"),
            ("{'name': 'rain', 'age': '22'}", "name: rain, age: 22"),
            ("[('rain', 20.0)]", "[[rain, 20.0]]"),
            ("22", "[22]"),
        ] {
            assert!(has_values(output, text), "{output} {text}");
        }
        for (output, text) in [
            ("b'Bar'", "Bar"),
            ("50.0", "50"),
            ("['a', 'b']", "b a"),
            ("[]", ""),
            ("['a']", "'a"),
        ] {
            assert!(!has_values(output, text), "{output} {text}");
        }
    }
}
