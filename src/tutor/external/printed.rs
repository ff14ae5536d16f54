//! What a Python program prints, as the lesson tells it and as a learner types or pastes it.

use crate::lesson::{Mistake, Step};
use crate::tutor::Why;

/// The author's sentence for what a foreseen mistake prints; first of one that sends nothing, if nothing has come.
pub(super) fn printed_by_mistake(step: &Step, text: &str, silent: bool) -> Option<Why> {
    let programs = || {
        step.wrong.iter().filter_map(|wrong| match &wrong.when {
            Mistake::Code { lines, output, .. } if prints(output, text) => {
                Some((lines, &wrong.say))
            }
            _ => None,
        })
    };
    let found = programs()
        .find(|(lines, _)| lines.is_empty() == silent)
        .or_else(|| programs().next());
    found.map(|(_, say)| Why::Author(say.clone()))
}

/// Whether a text is what a program prints: space and the kind of quotes do not matter, nor the order of a Python set.
pub(super) fn prints(output: &str, text: &str) -> bool {
    let output = bare(output);
    !output.is_empty() && output == bare(text)
}

/// Whether a line stands above the last one of an error that Python prints, or is a warning of a library.
pub(super) fn is_from_traceback(line: &str) -> bool {
    line.starts_with("Traceback (most recent")
        || line.starts_with("  File \"")
        || line.starts_with("    ")
        || line.contains("DeprecationWarning:")
        || line.starts_with(">>>")
}

/// What counts of a text that Python printed, or that somebody typed from it.
fn bare(text: &str) -> String {
    let text = text.trim();
    let quotes = ['"', '\''];
    let inner = text
        .strip_prefix(quotes)
        .and_then(|rest| rest.strip_suffix(quotes));
    let text = inner
        .filter(|inner| !inner.contains(quotes))
        .unwrap_or(text);
    // What newer versions of Python guess behind an error.
    let text = text.split(". Did you mean").next().unwrap_or(text);
    let text: String = text
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| if c == '"' { '\'' } else { c })
        .collect();
    let set = text
        .strip_prefix('{')
        .and_then(|rest| rest.strip_suffix('}'));
    match set.filter(|items| !items.contains(':')) {
        Some(items) => {
            let mut items: Vec<&str> = items.split(',').collect();
            items.sort_unstable();
            format!("{{{}}}", items.join(","))
        }
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_may_differ_from_what_was_printed() {
        for (output, text) in [
            ("['a', 'b']", "[\"a\",\"b\"]"),
            ("Bar", "'Bar'"),
            ("{'a', 'b'}", "{'b', 'a'}"),
            (
                "NameError: name 'x'",
                "NameError: name 'x'. Did you mean: 'y'?",
            ),
        ] {
            assert!(prints(output, text), "{output} {text}");
        }
        for (output, text) in [("['a', 'b']", "['b', 'a']"), ("1", "11"), ("", "")] {
            assert!(!prints(output, text), "{output} {text}");
        }
    }
}
