//! Signs in a line that Redis takes for a part of a word, and lines that begin with the key.

use rediscover::tutor::Diagnosis;

use super::{diagnosis, tutor};

/// The word and the sign in it that are told of a line.
fn sign(solution: &str, line: &str) -> Option<(String, char)> {
    let setup = "setup = [\"ZADD z 5 a 6 b\"]";
    let mut tutor = tutor(setup, &[&format!("goal = \"g\"\ndo = '{solution}'")]);
    match diagnosis(&mut tutor, line) {
        Diagnosis::Punctuation { typed, sign } => {
            Some((String::from_utf8_lossy(&typed).into_owned(), sign))
        }
        _ => None,
    }
}

#[test]
fn a_sign_that_became_a_part_of_a_word_is_named() {
    for (solution, line, word, wanted) in [
        ("INCRBY cups 5", "INCRBY cups=5", "cups=5", '='),
        ("INCRBY cups 5", "INCRBY cups, 5", "cups,", ','),
        ("DECRBY cups 5", "DECRBY cups-5", "cups-5", '-'),
        ("GETRANGE code 5 12", "GETRANGE code 5-12", "5-12", '-'),
        ("MSET a:1 x b:2 y", "MSET a:1:x b:2:y", "a:1:x", ':'),
        ("SADD s sea sun", "SADD s [sea sun]", "[sea", '['),
        ("SADD s sea sun", "SADD s (sea, sun)", "(sea,", '('),
        ("SADD s a b c", "SADD s a/b/c", "a/b/c", '/'),
    ] {
        let wanted = Some((word.to_owned(), wanted));
        assert_eq!(sign(solution, line), wanted, "{line}");
    }
    // A bracket alone is a bound of its own, and a sign in front of a number makes it another one.
    for (solution, line) in [
        ("ZCOUNT z 5 9", "ZCOUNT z (5 9"),
        ("INCRBY cups 5", "INCRBY cups -5"),
        ("SET a:b c", "SET a:b d"),
    ] {
        assert_eq!(sign(solution, line), None, "{line}");
    }
}

#[test]
fn a_backslash_before_a_space_wants_quotes() {
    let mut tutor = tutor("", &["goal = \"g\"\ndo = 'SET sign \"no entry\"'"]);
    let found = diagnosis(&mut tutor, "SET sign no\\ entry");
    assert!(matches!(found, Diagnosis::NeedsQuotes { .. }), "{found:?}");
}

#[test]
fn a_line_that_begins_with_the_key_lacks_its_command() {
    for line in ["cups=5", "cups + 5", "cups", "cups: 5"] {
        let mut tutor = tutor("", &["goal = \"g\"\ndo = \"INCRBY cups 5\""]);
        let found = diagnosis(&mut tutor, line);
        assert!(
            matches!(found, Diagnosis::KeyFirst { .. }),
            "{line}: {found:?}"
        );
    }
    let mut tutor = tutor("", &["goal = \"g\"\ndo = \"INCRBY cups 5\""]);
    let found = diagnosis(&mut tutor, "cupsize 5");
    assert!(
        matches!(found, Diagnosis::UnknownCommand { .. }),
        "{found:?}"
    );
}
