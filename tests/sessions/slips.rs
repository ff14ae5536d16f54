//! Is a wrong line explained by what is wrong with it?

use rediscover::tutor::{Diagnosis, Why};

use super::{HEAD, diagnosis, open, tutor};

#[test]
fn a_misspelt_key_is_not_taken_for_a_foreseen_mistake_that_finds_nothing_either() {
    let mut tutor = open(&format!(
        "{HEAD}setup = [\"SET greeting hello\"]\n[[step]]\ngoal = \"g\"\ndo = \"GET greeting\"\n\
         hint = [\"a\", \"b\"]\nwrong = [{{ cmd = \"GET hello\", say = \"That is the value.\" }}]\n"
    ));
    assert_eq!(diagnosis(&mut tutor, "GET greetin").code(), "other-key");
    let fed = tutor.feed("get hello");
    assert_eq!(
        fed.record.why,
        Some(Why::Author("That is the value.".to_owned()))
    );
}

#[test]
fn a_word_of_the_tutor_without_its_colon_is_recognised() {
    let mut tutor = tutor("", &["goal = \"g\"\ndo = \"RPUSH list d\""]);
    let wanted = Diagnosis::UnknownCommand {
        typed: "Hint".to_owned(),
        near: Some(":hint".to_owned()),
    };
    assert_eq!(diagnosis(&mut tutor, "Hint"), wanted);
}

#[test]
fn the_missing_part_of_a_line_is_named() {
    for (solution, line, part) in [
        ("RPUSH list d", "RPUSH list", "element"),
        (
            "LINSERT list BEFORE b x",
            "LINSERT list b x",
            "BEFORE|AFTER",
        ),
        (
            "LINSERT list BEFORE b x",
            "LINSERT list BEFORE b",
            "element",
        ),
        ("HSET h f v", "HSET h f", "value"),
    ] {
        let mut tutor = tutor("", &[&format!("goal = \"g\"\ndo = '{solution}'")]);
        match diagnosis(&mut tutor, line) {
            Diagnosis::Arity { missing, .. } => {
                assert_eq!(missing.as_deref(), Some(part), "{line}");
            }
            other => panic!("{line}: {other:?}"),
        }
    }
}

#[test]
fn slips_are_told_apart() {
    let fresh = |solution: &str| {
        tutor(
            "setup = [\"RPUSH list a b c\", \"ZADD z 1 a 2 b\", \"SET s x\"]",
            &[&format!("goal = \"g\"\ndo = '{solution}'")],
        )
    };
    let found = |solution: &str, line: &str| diagnosis(&mut fresh(solution), line).code();
    for (solution, line, code) in [
        ("RPUSH list d", "LPUSH list d", "sibling"),
        ("RPUSH list d", "RPUSH lst d", "other-key"),
        ("RPUSH list d", "RPUSH LIST d", "other-key"),
        ("RPUSH list d", "RPUSH list", "arity"),
        ("RPUSH list d", "RPUSHH list d", "unknown-command"),
        ("RPUSH list d", "XADD list * a b", "absent-command"),
        ("RPUSH list d", "RPUSH s d", "wrongtype"),
        ("RPUSH list d e", "RPUSH list e d", "swapped"),
        ("RPUSH list d e f", "RPUSH list f e d", "swapped"),
        ("RPUSH list d e", "RPUSH list d", "missing-values"),
        ("RPUSH list d", "RPUSH list d e", "extra-values"),
        (
            "LINSERT list BEFORE b x",
            "LINSERT list BEFOR b x",
            "syntax",
        ),
        ("LSET list 0 x", "LSET list x 0", "swapped"),
        ("ZADD z 5 d", "ZADD z d 5", "swapped"),
        ("RPUSH list d e f g", "RPUSH list g f e d", "reversed"),
        ("RPUSH list d e f", "RPUSH list e f d", "reordered"),
        ("OBJECT ENCODING s", "OBJECT ENCODNG s", "unknown-command"),
        ("LTRIM list 0 1", "LTRIM list 0 2", "off-by-one"),
        ("LTRIM list 0 1", "LTRIM list 0 -1", "sign"),
        ("ZREMRANGEBYSCORE z (1 2", "ZREMRANGEBYSCORE z 1 2", "bound"),
        ("ZADD z NX 5 a", "ZADD z 5 a", "missing-option"),
        ("SET s \"two words\"", "SET s two words", "needs-quotes"),
        ("SET s hello", "SET s Hello", "other-value"),
    ] {
        assert_eq!(found(solution, line), code, "{line} for {solution}");
    }
}

#[test]
fn a_foreseen_mistake_is_told_of_its_own_command_only() {
    let mut tutor = open(&format!(
        "{HEAD}setup = [\"SET memo x EX 100\"]\n[[step]]\ngoal = \"g\"\ndo = \"EXPIREAT memo 4102444800\"\n\
         hint = [\"a\", \"b\"]\nwrong = [{{ cmd = \"EXPIREAT memo 2100\", say = \"Long ago.\" }}]\n"
    ));
    assert_eq!(diagnosis(&mut tutor, "DEL memo").code(), "sibling");
    let author = Some(Why::Author("Long ago.".to_owned()));
    assert_eq!(tutor.feed("EXPIREAT memo 1970").record.why, author);
}
