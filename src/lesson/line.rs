//! A command line in a lesson file: its text, its arguments, and the scripted client that sends it.

use crate::engine::{Bytes, commands};
use crate::notation::{LineError, split};

/// A command line, split.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line {
    /// As it stands in the file, without the client's name.
    pub text: String,
    /// Its words.
    pub argv: Vec<Bytes>,
    /// The scripted client of `B> SET k v`; none for the learner.
    pub actor: Option<String>,
}

impl Line {
    /// Reads a line. A leading name and `>` makes it a scripted client's.
    pub fn parse(text: &str) -> Result<Line, LineError> {
        let (actor, command) = match text.split_once("> ") {
            Some((name, command)) if is_actor(name) => (Some(name.to_owned()), command),
            _ => (None, text),
        };
        Ok(Line {
            text: command.to_owned(),
            argv: split(command.as_bytes())?,
            actor,
        })
    }

    /// The command's words in upper case, as far as they name it: `LPUSH`.
    #[must_use]
    pub fn command(&self) -> String {
        self.argv
            .first()
            .map(|word| String::from_utf8_lossy(word).to_uppercase())
            .unwrap_or_default()
    }

    /// Whether another line is the same but for space, quotes and the case of command and option words.
    #[must_use]
    pub fn is_same(&self, argv: &[Bytes]) -> bool {
        commands::is_same_line(&self.argv, argv)
    }
}

/// Scripted clients have short upper-case names.
fn is_actor(name: &str) -> bool {
    (1..=8).contains(&name.len())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

/// Milliseconds of a duration such as `20s`, `5m`, `1h`, `1500ms`, `2d`.
#[must_use]
pub fn parse_duration(text: &str) -> Option<i64> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let number: i64 = text[..digits].parse().ok()?;
    let unit = match &text[digits..] {
        "ms" => 1,
        "s" => 1000,
        "m" => 60_000,
        "h" => 3_600_000,
        "d" => 86_400_000,
        _ => return None,
    };
    number.checked_mul(unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scripted_client_is_named_in_front() {
        let line = Line::parse("B> SET k v").unwrap();
        assert_eq!(
            (line.actor.as_deref(), line.text.as_str(), line.argv.len()),
            (Some("B"), "SET k v", 3)
        );
        assert_eq!(Line::parse("ECHO 'a> b'").unwrap().actor, None);
    }

    #[test]
    fn durations_have_units() {
        assert_eq!(parse_duration("1500ms"), Some(1500));
        assert_eq!(parse_duration("2h"), Some(7_200_000));
        assert_eq!(parse_duration("10"), None);
        assert_eq!(parse_duration("99999999999999999d"), None);
    }
}
