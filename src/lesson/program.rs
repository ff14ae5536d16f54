//! The program of an `external` step: what the learner writes in another terminal, and what is to arrive of it.

use crate::engine::{Bytes, commands};

use super::Line;

/// What an `external` step has beside the others.
#[derive(Debug, Clone, Default)]
pub struct Program {
    /// What the code stands on: imports, the connection, functions of earlier steps.
    pub given: String,
    /// What it stands on where nothing of the steps before is there: in a file, in a Python that was just started.
    pub alone: String,
    /// The author's solution.
    pub code: String,
    /// What it prints.
    pub output: String,
    /// What must arrive, in this order; others in between are allowed.
    pub observe: Vec<Line>,
    /// Whether that must be sent at once, as a pipeline does.
    pub one_trip: bool,
    /// What is asked when everything has arrived: what a program prints is not to be seen from here.
    pub question: Option<String>,
    /// The accepted answers.
    pub answer: Vec<String>,
    /// After so many milliseconds without a command a hint is given.
    pub patience: i64,
}

/// What stands for the port in a lesson's code.
const PORT: &str = "PORT";

impl Program {
    /// What it prints, as it may be typed: the answers to its question; where it has none, the whole or the last line.
    pub fn prints(&self) -> impl Iterator<Item = &str> {
        let all = self.output.trim();
        let output = [all, all.lines().last().unwrap_or_default()];
        let output = output.into_iter().filter(|_| self.question.is_none());
        let answer = self.answer.iter().filter(|_| self.question.is_some());
        answer.map(String::as_str).chain(output)
    }

    /// A text of the program with the port in its place.
    #[must_use]
    pub fn with_port(text: &str, port: Option<u16>) -> String {
        match port {
            Some(port) => replace_word(text, PORT, &port.to_string()),
            None => text.to_owned(),
        }
    }
}

/// Puts another word in the place of one, but not inside longer words.
fn replace_word(text: &str, word: &str, other: &str) -> String {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let mut replaced = String::with_capacity(text.len());
    let mut done = 0;
    for (at, _) in text.match_indices(word) {
        let end = at + word.len();
        if !text[..at].ends_with(is_part) && !text[end..].starts_with(is_part) {
            replaced.push_str(&text[done..at]);
            replaced.push_str(other);
            done = end;
        }
    }
    replaced + &text[done..]
}

/// Whether a command is the one that a line of `observe` or `never` describes: `*` stands for one or more arguments,
/// and the options behind a command's fixed arguments come in any order, as libraries differ in that (redis-py 7 sends
/// `EX 10 NX`, redis-py 8 `NX EX 10`).
#[must_use]
pub fn fits(pattern: &Line, argv: &[Bytes]) -> bool {
    if pattern.is_same(argv) {
        return true;
    }
    let wanted = &pattern.argv;
    let name = |argv: &[Bytes]| argv.first().map(Bytes::to_ascii_lowercase);
    if name(wanted) != name(argv) {
        return false;
    }
    if wanted.iter().any(is_star) {
        return matches(&wanted[1..], &argv[1..]);
    }
    has_same_options(wanted, argv)
}

fn is_star(word: &Bytes) -> bool {
    word.as_slice() == b"*"
}

/// Matches words with `*` among them. Where a word does not fit, the last star takes one more: what the stars before it
/// took need never be thought over, so that the time is that of both lengths' product.
fn matches(wanted: &[Bytes], argv: &[Bytes]) -> bool {
    let (mut at, mut own) = (0, 0);
    // Behind the last star: in the pattern, and in the arguments.
    let mut star = None;
    while own < argv.len() {
        match (wanted.get(at), star) {
            (Some(word), _) if is_star(word) => {
                (at, own) = (at + 1, own + 1);
                star = Some((at, own));
            }
            (Some(word), _) if *word == argv[own] => (at, own) = (at + 1, own + 1),
            (_, Some((behind, taken))) => {
                (at, own) = (behind, taken + 1);
                star = Some((at, own));
            }
            (_, None) => return false,
        }
    }
    at == wanted.len()
}

/// Whether two lines have the same fixed arguments in front, and behind them the same options in any order.
fn has_same_options(wanted: &[Bytes], argv: &[Bytes]) -> bool {
    let Some(row) = commands::of_line(wanted) else {
        return false;
    };
    let grammar = row.grammar();
    let words = grammar.words();
    let options = |argv: &[Bytes]| -> Option<(Vec<Bytes>, Vec<Vec<Bytes>>)> {
        let is_word = |word: &Bytes| {
            words
                .iter()
                .any(|known| word.eq_ignore_ascii_case(known.as_bytes()))
        };
        let first = argv.iter().skip(1).position(is_word)? + 1;
        let mut groups: Vec<Vec<Bytes>> = Vec::new();
        for word in &argv[first..] {
            match groups.last_mut() {
                Some(group) if !is_word(word) => group.push(word.clone()),
                _ => groups.push(vec![word.to_ascii_uppercase()]),
            }
        }
        groups.sort();
        Some((argv[1..first].to_vec(), groups))
    };
    match (options(wanted), options(argv)) {
        (Some(wanted), Some(argv)) => wanted == argv,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn does_fit(pattern: &str, line: &str) -> bool {
        let line = Line::parse(line).unwrap();
        fits(&Line::parse(pattern).unwrap(), &line.argv)
    }

    #[test]
    fn options_come_in_any_order() {
        assert!(does_fit("SET k v NX EX 10", "SET k v EX 10 NX"));
        assert!(does_fit("SET k v NX EX 10", "set k v ex 10 nx"));
        assert!(!does_fit("SET k v NX EX 10", "SET k v EX 11 NX"));
        assert!(!does_fit("SET k v NX EX 10", "SET k v NX"));
        assert!(!does_fit("SET k v NX", "SET k w NX"));
    }

    #[test]
    fn a_star_is_one_or_more_arguments() {
        assert!(does_fit("SETEX user:1 3600 *", "SETEX user:1 3600 {}"));
        assert!(!does_fit("SETEX user:1 3600 *", "SETEX user:1 3600"));
        assert!(does_fit("GET *", "GET a"));
        assert!(does_fit("SADD s * z", "SADD s a b z"));
        assert!(!does_fit("GET *", "SET a b"));
        assert!(does_fit("SADD s * b * z", "SADD s b b b z z"));
        assert!(!does_fit("SADD s * b * z", "SADD s a b z"));
        assert!(!does_fit("SADD s * *", "SADD s a"));
    }

    #[test]
    fn many_stars_take_no_time() {
        let pattern = format!("SADD s{} z", " * a".repeat(10));
        let line = format!("SADD s{}", " a".repeat(1000));
        assert!(!does_fit(&pattern, &line));
        assert!(does_fit(&pattern, &(line + " z")));
    }

    #[test]
    fn the_port_is_put_in() {
        assert_eq!(Program::with_port("port=PORT)", Some(6390)), "port=6390)");
        for text in ["IMPORTANT", "PORTS", "MY_PORT", "\"IMPORT\"", "éPORT"] {
            assert_eq!(Program::with_port(text, Some(6390)), text);
        }
        assert_eq!(Program::with_port("PORT,PORT", Some(1)), "1,1");
        assert_eq!(Program::with_port("PORT", None), "PORT");
    }
}
