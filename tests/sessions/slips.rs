//! Is a wrong line explained by what is wrong with it?

use rediscover::{
    engine::Bytes,
    tutor::{Diagnosis, Missing, VerdictKind, Why},
};

use super::{HEAD, diagnosis, open, said, tutor};

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
fn where_one_line_only_will_do_a_foreseen_line_with_its_effect_is_meant_by_its_words_alone() {
    let step = "goal = \"g\"\ndo = \"LPOP van 2\"\nline = true\nhint = [\"a\", \"b\"]\n\
                wrong = [{ cmd = \"LPOP van 3\", say = \"You asked for three.\" }]";
    let setup = "setup = [\"RPUSH van a b\"]";
    let mut tutor = open(&format!("{HEAD}{setup}\n[[step]]\n{step}\n"));
    assert!(!said(&mut tutor, "LPOP van 9").contains("You asked for three."));
    assert!(said(&mut tutor, "lpop van 3").starts_with("You asked for three."));
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
    let setup = "setup = [\"RPUSH todo tea soup\", \"RPUSH doing rice\", \"SET code A\"]";
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
        ("LINSERT list BEFORE b x", "LINSERT list BEFORE x", "pivot"),
        ("HSET h f v", "HSET h f", "value"),
        ("INCRBYFLOAT n 0.5", "INCRBYFLOAT n", "increment"),
        ("LREM doing 1 soup", "LREM doing soup", "count"),
        ("LREM doing 1 soup", "LREM 1 soup", "key"),
        (
            "LMOVE todo doing LEFT RIGHT",
            "LMOVE todo LEFT RIGHT",
            "destination",
        ),
        (
            "LMOVE todo doing LEFT RIGHT",
            "LMOVE todo doing LEFT",
            "LEFT|RIGHT",
        ),
        ("GETRANGE code 3 6", "GETRANGE 3 6", "key"),
        ("SETEX code 60 1234", "SETEX code 1234", "seconds"),
        ("SCAN 0 MATCH c*", "SCAN MATCH c*", "cursor"),
        ("LPOS todo soup RANK -1", "LPOS todo RANK -1", "element"),
    ] {
        let mut tutor = tutor(setup, &[&format!("goal = \"g\"\ndo = '{solution}'")]);
        match diagnosis(&mut tutor, line) {
            Diagnosis::Arity { missing, .. } => {
                assert_eq!(
                    missing.map(|missing| missing.name).as_deref(),
                    Some(part),
                    "{line}"
                );
            }
            other => panic!("{line}: {other:?}"),
        }
    }
}

#[test]
fn the_word_that_is_wrong_is_named_behind_keys_that_are_counted() {
    let setup = "setup = [\"ZADD phone 1 a\", \"ZADD mail 2 b\", \"RPUSH l a b\", \"RPUSH m c\"]";
    for (solution, line, sentence) in [
        (
            "ZUNION 2 phone mail WITHSCORES",
            "ZUNION 2 phone mail WITHSCORE",
            "WITHSCORE is not a word that ZUNION knows: did you mean WITHSCORES?",
        ),
        (
            "SET phone 2 XX",
            "SET phone 2 X",
            "X is not a word that SET knows: did you mean XX?",
        ),
        (
            "ZMPOP 2 phone mail MIN",
            "ZMPOP 2 phone mail",
            "ZMPOP needs more: MIN|MAX is missing.",
        ),
        (
            "ZMPOP 2 phone mail MIN",
            "ZMPOP 2 phone mail LOW",
            "LOW is not a word that ZMPOP knows.",
        ),
        (
            "ZMPOP 2 phone mail MIN",
            "ZMPOP 1 phone mail MIN",
            "1 says how many keys stand behind it: count them.",
        ),
        (
            "ZUNION 2 phone mail WEIGHTS 1 2",
            "ZUNION 2 phone mail WEIGHTS 2",
            "ZUNION needs more: weight is missing.",
        ),
        (
            "ZADD phone NX 60 zoe",
            "ZADD NX phone 60 zoe",
            "NX and phone stand in each other's place.",
        ),
        (
            "ZUNION 2 phone mail WITHSCORES",
            "ZUNION 2 phone mail SCORES",
            "SCORES is not a word that ZUNION knows: did you mean WITHSCORES?",
        ),
        (
            "ZUNION 2 phone mail WITHSCORES",
            "ZUNION 2 phone mail WITHVALUES",
            "WITHVALUES is not a word that ZUNION knows: did you mean WITHSCORES?",
        ),
        (
            "ZRANGEBYSCORE phone 0 9 LIMIT 1 2",
            "ZRANGEBYSCORE phone 0 9 LIMIT 1",
            "ZRANGEBYSCORE needs these together: offset, count.",
        ),
        (
            "ZRANGEBYSCORE phone 0 9 LIMIT 1 2",
            "ZRANGEBYSCORE phone 0 9 LIMIT 2",
            "ZRANGEBYSCORE needs these together: offset, count.",
        ),
        (
            "ZUNION 2 phone mail",
            "ZUNION 2 phone phone",
            "phone stands in the line twice: in one of the places another word is wanted.",
        ),
        (
            "ZUNIONSTORE all 2 phone mail",
            "ZUNIONSTORE all 2 mails phone",
            "mails is not the key that is meant: look at its spelling.",
        ),
        (
            "LMOVE l m RIGHT LEFT",
            "LMOVE l m RIGHT RIGHT",
            "The second RIGHT is not the word that is wanted in its place.",
        ),
        (
            "LMOVE l m LEFT RIGHT",
            "LMOVE l m RIGHT RIGHT",
            "The first RIGHT is not the word that is wanted in its place.",
        ),
        (
            "SET k ben NX",
            "SET k NX",
            "value is missing, so Redis took NX for it.",
        ),
        (
            "RPUSH m x y",
            "RPUSH x y",
            "key is missing, so Redis took x for it.",
        ),
        (
            "SET k \"a b\"",
            "SET k \"so a b\"",
            "\"so a b\" is not what is asked for as value.",
        ),
    ] {
        let mut tutor = tutor(setup, &[&format!("goal = \"g\"\ndo = '{solution}'")]);
        let said = said(&mut tutor, line);
        assert!(said.starts_with(sentence), "{line}: {said}");
    }
}

#[test]
fn values_that_are_missing_are_told_by_what_they_are() {
    let missing = |solution: &str, line: &str| {
        let mut tutor = tutor(
            "setup = [\"MSET a 1 b 2 c 3\", \"RPUSH van x y\"]",
            &[&format!("goal = \"g\"\ndo = '{solution}'")],
        );
        match diagnosis(&mut tutor, line) {
            Diagnosis::MissingValues { count, what } => (count, what),
            other => panic!("{line}: {other:?}"),
        }
    };
    assert_eq!(missing("DEL a b c", "DEL a c"), (1, Missing::Keys));
    assert_eq!(
        missing("MSETNX x 1 y 2", "MSETNX x 1"),
        (1, Missing::Groups("key value".to_owned()))
    );
    assert_eq!(
        missing("ZADD z 1 m 2 n 3 o", "ZADD z 1 m"),
        (2, Missing::Groups("score member".to_owned()))
    );
    let more = |name: &str| Missing::More(name.to_owned());
    assert_eq!(missing("RPUSH l x y", "RPUSH l x"), (1, more("element")));
    assert_eq!(missing("HMGET h f g", "HMGET h f"), (1, more("field")));
    assert_eq!(
        missing("SMISMEMBER s a b", "SMISMEMBER s a"),
        (1, more("member"))
    );
    let count = Missing::Part("count".to_owned());
    assert_eq!(missing("LPOP van 2", "LPOP van"), (1, count));
}

#[test]
fn arguments_in_each_others_place_are_named_also_where_redis_refuses_them() {
    let setup = "setup = [\"SET ticket blue\", \"SET code ABCDEFG\", \"RPUSH tracks a b\"]";
    let at = |solution: &str, line: &str| {
        let mut tutor = tutor(setup, &[&format!("goal = \"g\"\ndo = '{solution}'")]);
        diagnosis(&mut tutor, line)
    };
    let swapped = |first: &str, second: &str| Diagnosis::Swapped {
        first: Bytes::from(first.as_bytes()),
        second: Bytes::from(second.as_bytes()),
    };
    for solution in ["EXPIRE ticket 60", "EXPIRE ticket 90"] {
        assert_eq!(at(solution, "EXPIRE 60 ticket"), swapped("60", "ticket"));
    }
    assert_eq!(
        at("LINDEX tracks 1", "LINDEX 0 tracks"),
        swapped("0", "tracks")
    );
    assert_eq!(
        at("APPEND code /A", "APPEND /A code"),
        swapped("/A", "code")
    );
    assert_eq!(
        at("GETRANGE code 3 6", "GETRANGE 3 6 code"),
        Diagnosis::KeyElsewhere {
            key: Bytes::from(&b"code"[..]),
            instead: Bytes::from(&b"3"[..])
        }
    );
}

#[test]
fn a_command_is_suggested_from_what_the_step_works_with() {
    let near = |solution: &str, line: &str| {
        let mut tutor = tutor("", &[&format!("goal = \"g\"\ndo = '{solution}'")]);
        match diagnosis(&mut tutor, line) {
            Diagnosis::UnknownCommand { near, .. } => near,
            other => panic!("{line}: {other:?}"),
        }
    };
    assert_eq!(near("INCR n", "ICNR n").as_deref(), Some("INCR"));
    assert_eq!(near("INCRBY n 2", "INCRY n 2").as_deref(), Some("INCRBY"));
    assert_eq!(near("INCR n", "RPUHS l a").as_deref(), Some("RPUSH"));
    assert_eq!(
        near("SET k v XX", "SETXX k v").as_deref(),
        Some("SET ... XX")
    );
    for (solution, line, meant) in [
        ("STRLEN code", "LEN code", Some("STRLEN")),
        ("INCR n", "ADD n", Some("INCR")),
        ("LPUSH l a", "LADD l a", Some("LPUSH")),
        ("DBSIZE", "COUNT", None),
    ] {
        assert_eq!(near(solution, line).as_deref(), meant, "{line}");
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
        ("RPUSH list d", "RPUSH s d", "other-key"),
        ("RPUSH list d", "SADD list d", "wrongtype"),
        ("GETRANGE s 0 1", "GET RANGE s 0 1", "divided-otherwise"),
        ("INCR stamps:ann", "INCR stamps : ann", "divided-otherwise"),
        (
            "LINSERT list BEFORE t1:a t2:b",
            "LINSERT list BEFORE t1 a t2 b",
            "divided-otherwise",
        ),
        (
            "ZUNION 2 z y WEIGHTS 1 2",
            "ZUNION 2 WEIGHTS 1 2 z y",
            "misplaced",
        ),
        ("LLEN list", "L LEN list", "divided-otherwise"),
        ("RPUSH tag:a d", "RPUSH tag a d", "divided-otherwise"),
        ("SET n v NX EX 9", "SET n v NXEX 9", "divided-otherwise"),
        (
            "RPUSH list d",
            "RPUSH list d; LLEN list",
            "divided-otherwise",
        ),
        ("RPUSH list d e", "RPUSH list \"d e\"", "needs-quotes"),
        ("SMOVE a b m", "SMOVE a TO b m", "extra-values"),
        ("EXPIRE s 60", "EXPIRE s in 60", "extra-values"),
        ("RPUSH list d", "RPUSH list onto d", "extra-values"),
        ("SET n v EX 9", "SET n EX 9 v", "misplaced"),
        (
            "ZRANGE z 0 1 WITHSCORES",
            "ZRANGE z WITHSCORES 0 1",
            "misplaced",
        ),
        (
            "ZUNION 2 z y AGGREGATE MAX",
            "ZUNION 2 z y WITHSCORES MAX",
            "misplaced",
        ),
        ("ZRANGE z 0 1 WITHSCORES", "ZRANGE z 0 0", "off-by-one"),
        ("ZADD z 5 d", "ZADD z (5 d", "not-a-number"),
        ("RPUSH list d", "RPUSH list ｄ", "wide-sign"),
        ("RPUSH list d", "RPUSH　list　d", "wide-sign"),
        ("RPUSH list d", "RPUSH list，d", "wide-sign"),
        ("LREM list 1 a", "LREM list 1 b", "other-value"),
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
        ("LTRIM list 0 1", "LTRIM list 0 -1", "other-value"),
        ("ZREMRANGEBYSCORE z (1 2", "ZREMRANGEBYSCORE z 1 2", "bound"),
        ("ZADD z NX 5 a", "ZADD z 5 a", "missing-option"),
        ("SET s \"two words\"", "SET s two words", "needs-quotes"),
        ("SET s hello", "SET s Hello", "other-value"),
        ("SET s 2025", "SET s 2024", "other-value"),
        ("SET n v NX", "SET n v XX", "other-option"),
        ("SCAN 0 MATCH l* COUNT 9", "SCAN 0 MATCH l.", "other-value"),
        ("SCAN 0 COUNT 5", "SCAN 0 MATCH 5", "other-option"),
        (
            "LINSERT list BEFORE b x",
            "LINSERT list AFTER b x",
            "other-option",
        ),
        (
            "LMOVE list list RIGHT RIGHT",
            "LMOVE list list RIGHT LEFT",
            "other-option",
        ),
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

#[test]
fn a_slip_in_a_line_comes_before_a_sentence_on_another_line_that_finds_nothing_either() {
    let mut tutor = open(&format!(
        "{HEAD}setup = [\"HSET lost:1 color red\"]\n[[step]]\ngoal = \"g\"\ndo = \"HEXISTS lost:1 color\"\n\
         hint = [\"a\", \"b\"]\nwrong = [{{ cmd = \"HEXISTS lost:1 red\", say = \"That is the value.\" }}]\n"
    ));
    assert_eq!(
        said(&mut tutor, "HEXISTS lost:1 Color"),
        "Color is right but for upper and lower case: to Redis those are two different words."
    );
    assert!(
        said(&mut tutor, "HEXISTS lost:1 shape")
            .starts_with("shape is not what is asked for as field")
    );
    assert!(said(&mut tutor, "HEXISTS lost:1 red").starts_with("That is the value."));
}

#[test]
fn where_one_line_only_will_do_its_arguments_say_what_is_wrong() {
    let setup = "setup = [\"HSET machine price 1.5\"]";
    let step =
        "goal = \"g\"\ndo = \"HINCRBY machine price 0.5\"\nuses = [\"HINCRBY\"]\nline = true";
    let mut tutor = tutor(setup, &[step]);
    assert_eq!(
        diagnosis(&mut tutor, "HINCRBY price machine 0.5").code(),
        "swapped"
    );
    let code = diagnosis(&mut tutor, "HINCRBY machine price 7").code();
    assert_eq!(code, "other-value");
}

/// What is said of a line at a step that wants another one.
fn told_of(setup: &str, solution: &str, line: &str) -> String {
    let mut tutor = tutor(
        &format!("setup = [{setup}]"),
        &[&format!("goal = \"g\"\ndo = '{solution}'")],
    );
    said(&mut tutor, line)
}

#[test]
fn another_command_is_told_by_what_it_does_and_the_wanted_one_by_its_kind() {
    let setup = "\"HSET cart fern 3\"";
    let wanted = "Wanted here is another command, one that changes hashes.";
    let told = told_of(setup, "HINCRBY cart fern 1", "DEL cart");
    assert!(
        told.starts_with("DEL removes") && told.contains(wanted),
        "{told}"
    );
    // Of a command that changes hashes, too, that would tell nothing.
    let told = told_of(setup, "HINCRBY cart fern 1", "HMSET cart fern 5");
    assert!(
        told.starts_with("HMSET ") && told.contains("Wanted here is another command."),
        "{told}"
    );
}

#[test]
fn what_is_missing_is_named_in_pairs_and_by_what_it_does() {
    for (solution, line, sentence) in [
        (
            "HSET h a 1 b 1",
            "HSET h a 1",
            "One more of these is missing: field value.",
        ),
        (
            "ZRANGE z 0 -1 WITHSCORES",
            "ZRANGE z 0 -1",
            "An option is missing. It is one that shows the scores, too.",
        ),
        (
            "ZUNION 2 z y AGGREGATE MAX WITHSCORES",
            "ZUNION 2 z y AGGREGATE MIN WITHSCORES",
            "MIN is not the word that is wanted in this place.",
        ),
    ] {
        let told = told_of("\"ZADD z 1 m\", \"ZADD y 2 m\"", solution, line);
        assert!(told.starts_with(sentence), "{line}: {told}");
    }
}

#[test]
fn a_comma_or_a_bare_bound_is_seen() {
    for (solution, line, sentence) in [
        (
            "HSET h name zoe",
            "HSET h name: zoe",
            "The sign : became a part of the word name:.",
        ),
        (
            "DEL z i",
            "DEL z, i",
            "The sign , became a part of the word z,.",
        ),
        (
            "ZRANGE z [b [d BYLEX",
            "ZRANGE z b [d BYLEX",
            "b is a text as a bound: it needs a [ in front",
        ),
        (
            "ZRANGE z [b [d BYLEX",
            "ZRANGE z (b [d BYLEX",
            "(b leaves its own value out.",
        ),
    ] {
        let told = told_of("\"ZADD z 0 b 0 c 0 d\"", solution, line);
        assert!(told.starts_with(sentence), "{line}: {told}");
    }
}

#[test]
fn words_that_are_no_line_are_told_from_unknown_commands() {
    let setup = "\"SET plate 1\", \"RPUSH bus hill\"";
    let told = told_of(setup, "OBJECT ENCODING plate", "OBJECT plate");
    assert!(
        told.starts_with("OBJECT needs one of these words behind it: ENCODING"),
        "{told}"
    );
    let step = "stage = \"faded\"\ngoal = \"g\"\ndo = \"LINSERT bus AFTER hill lake\"\n\
                blank = \"LINSERT bus ____ hill lake\"";
    let mut tutor = tutor(&format!("setup = [{setup}]"), &[step]);
    assert_eq!(
        said(&mut tutor, "after"),
        "after belongs in the gap. Type the whole line."
    );
}

/// What is said first of wrong lines at a lesson's own step.
fn at_step(lesson: &str, step: usize, told: &[(&str, &str)]) {
    let mut tutor = super::at_step(lesson, step);
    for (line, sentence) in told {
        let told = said(&mut tutor, line);
        assert!(told.starts_with(sentence), "{lesson}, {line}: {told}");
    }
}

#[test]
fn another_type_or_a_word_too_much_is_no_swap() {
    let told =
        "arcade holds a sorted set; HINCRBY is for hashes. For sorted sets there is ZINCRBY.";
    at_step("6.4", 1, &[("HINCRBY arcade 30 lou", told)]);
    for (solution, line, sentence) in [
        ("BLPOP jobs 5", "BLPOP jobs 1 x", "x is one word too many."),
        ("BZPOPMIN z 5", "BZPOPMIN z 5 x", "x is one word too many."),
        (
            "SET greeting hello",
            "SET greeting hello x",
            "x is one word too many.",
        ),
        (
            "ZUNIONSTORE sum 2 z y WEIGHTS 1 2",
            "ZUNIONSTORE 2 z y WEIGHTS 1 2",
            "ZUNIONSTORE needs more: destination is missing.",
        ),
        (
            "ZUNIONSTORE sum 2 z y WEIGHTS 1 2",
            "ZUNIONSTORE 2 z y WEIGHTS 1 3",
            "z stands where a whole number is needed.",
        ),
        (
            "LMOVE todo todo LEFT RIGHT",
            "LMOVE Todo todo LEFT RIGHT",
            "Todo is not the key that is meant: upper and lower case make different keys.",
        ),
        (
            "LMOVE todo todo LEFT RIGHT",
            "LMOVE Todo todo LEFT LEFT",
            "Todo is not the key that is meant: upper and lower case make different keys.",
        ),
    ] {
        let setup = "\"RPUSH todo a b\", \"RPUSH jobs a\", \"ZADD z 1 m\", \"ZADD y 2 m\"";
        let told = told_of(setup, solution, line);
        assert!(told.starts_with(sentence), "{line}: {told}");
    }
}

#[test]
fn another_type_is_told_with_the_command_that_does_the_same_to_it() {
    let setup = "\"RPUSH tracks a b\", \"SADD mon ann ben\"";
    for (solution, line, sentence) in [
        (
            "LLEN tracks",
            "SCARD tracks",
            "tracks holds a list; SCARD is for sets. For lists there is LLEN.",
        ),
        (
            "SREM mon ben",
            "LREM mon ben",
            "mon holds a set; LREM is for lists. For sets there is SREM.",
        ),
    ] {
        assert!(
            told_of(setup, solution, line).starts_with(sentence),
            "{line}"
        );
    }
}

#[test]
fn what_an_argument_is_follows_from_the_count_of_keys() {
    let setup = "\"ZADD r1 1 m 2 n 3 o\", \"ZADD r2 2 m\"";
    for (solution, line, sentence) in [
        (
            "ZUNION 2 r1 r2 WEIGHTS 1 2 WITHSCORES",
            "ZUNION 2 r1 r2 WEIGHTS 1 5 WITHSCORES",
            "5 is not what is asked for as weight.",
        ),
        (
            "BZMPOP 5 2 r1 r2 MIN COUNT 1",
            "BZMPOP 5 2 r1 r2 MIN COUNT 3",
            "3 is not what is asked for as count.",
        ),
        (
            "HSET h f blue",
            "HSET h f red",
            "red is not what is asked for as value.",
        ),
    ] {
        let told = told_of(setup, solution, line);
        assert!(told.starts_with(sentence), "{line}: {told}");
    }
}

#[test]
fn the_one_word_that_a_line_leaves_out_is_named() {
    let setup = "\"HSET h fern 1\", \"RPUSH l 1 2\", \"ZADD z 0 b 0 c\", \"SET board 1\"";
    let option = "An option is missing.";
    for (solution, line, sentence) in [
        (
            "SET board 3 EX 10",
            "SET board 3 10",
            "An option is missing. It is one that gives a time to live in seconds.",
        ),
        ("HSCAN h 0 MATCH f*", "HSCAN h 0 f*", option),
        ("LPOS l 1 RANK -1", "LPOS l 1 -1", option),
        ("SORT l LIMIT 0 5", "SORT l 0 5", option),
        ("ZRANGE z [b (c BYLEX", "ZRANGE z [b (c", option),
        (
            "ZADD z NX 60 zoe",
            "ZADD z NX zoe",
            "ZADD needs more: score is missing.",
        ),
    ] {
        let told = told_of(setup, solution, line);
        assert!(told.starts_with(sentence), "{line}: {told}");
    }
}

#[test]
fn that_another_command_is_wanted_comes_before_how_the_typed_one_is_written() {
    let setup = "\"HSET member:1 name ann\"";
    for (solution, line, does) in [
        (
            "HSET member:1 name lin",
            "SET member:1 name lin",
            "SET stores a string",
        ),
        ("SET greeting hello", "HSET greeting hello", "HSET "),
    ] {
        let told = told_of(setup, solution, line);
        assert!(
            told.starts_with(does) && told.contains("Wanted here is another command"),
            "{line}: {told}"
        );
    }
}

#[test]
fn the_other_unit_of_time_is_told_before_its_number() {
    let told = "PEXPIRE counts in milliseconds. Seconds are asked for.";
    at_step("2.1", 4, &[("PEXPIRE ticket:7 300", told)]);
    at_step("2.1", 7, &[("PEXPIRE ticket:7 10", told)]);
}

#[test]
fn a_misspelt_key_is_seen_in_a_goal_step_too() {
    let told = "Abc is not the key that is meant: upper and lower case make different keys.";
    at_step("3.1", 6, &[("RPUSH Abc a b c", told)]);
    let told = "There is no key cart5:. Did you mean cart:5?";
    at_step("4.5", 9, &[("RENAME cart5: order:5", told)]);
}

#[test]
fn a_value_with_a_letter_too_few_is_told_to_be_misspelt() {
    let nearly = "hell is nearly what is asked for: look at its spelling.";
    for (solution, line, sentence) in [
        ("SET greeting hello", "SET greeting hell", nearly),
        (
            "SET year 2025",
            "SET year 2024",
            "2024 is not what is asked for as value.",
        ),
    ] {
        assert!(told_of("", solution, line).starts_with(sentence), "{line}");
    }
}

#[test]
fn two_words_are_said_to_be_exchanged_only_where_exchanging_them_helps() {
    let setup = "setup = [\"SET lock 1\", \"SET stock 5\"]";
    let one = |solution: &str, line: &str| {
        let mut tutor = tutor(setup, &[&format!("goal = \"g\"\ndo = \"{solution}\"")]);
        said(&mut tutor, line)
    };
    let swapped = "stand in each other's place";
    assert!(one("DEL lock", "DEL stock lock").starts_with("stock is one word too many."));
    assert!(!one("SET lock 7 GET", "SET GET lock 7").contains(swapped));
    assert!(one("SETEX code 60 A", "SETEX 60 code A").contains(swapped));
}

#[test]
fn a_sign_that_is_a_whole_word_is_not_nearly_another_one() {
    let mut tutor = tutor("", &["goal = \"g\"\ndo = \"SETNX lock me\""]);
    assert!(!said(&mut tutor, "SETNX lock 我").contains("spelling"));
    assert!(said(&mut tutor, "SETNX lokc me").contains("spelling"));
}

#[test]
fn a_predicted_nil_or_error_is_told_from_a_text() {
    let step = "kind = \"predict\"\ngoal = \"g\"\nask = \"GET a\"";
    let mut tutor = tutor("setup = [\"SET a x\"]", &[step]);
    assert_eq!(said(&mut tutor, "nil"), "What comes is a text, not (nil).");
    assert_eq!(
        said(&mut tutor, "error"),
        "What comes is a text, not an error."
    );
    assert!(said(&mut tutor, "y").contains("too, but another one"));
}

#[test]
fn a_line_of_another_language_is_told_to_be_one() {
    let python = "This is a line of another language.";
    let mut tutor = tutor("", &["goal = \"g\"\ndo = \"TTL a\""]);
    for line in [
        "r.ttl(\"a\")",
        "x = r.get('a')",
        "import redis",
        "from redis import Redis",
        "print(r.ttl('a'))",
        "r = redis.Redis(port=6390)",
        "console.log(a)",
        "await client.ttl(a)",
        "const a = 1",
        "SELECT ttl FROM a",
        "INSERT INTO a VALUES (1)",
    ] {
        assert!(super::screen(&mut tutor, line).contains(python), "{line}");
    }
    for line in [
        "SET a.b (1)",
        "SET x = y.z(",
        "GET print(x)",
        "EVAL redis.call('x') 0",
    ] {
        assert!(!super::screen(&mut tutor, line).contains(python), "{line}");
    }
}

#[test]
fn a_line_behind_the_last_step_is_not_answered_by_the_summary_again() {
    let mut tutor = tutor("", &["goal = \"g\"\ndo = \"TTL a\""]);
    tutor.feed("TTL a");
    let shown = super::screen(&mut tutor, "GET a");
    assert!(shown.contains("This lesson is finished"), "{shown}");
    assert!(!shown.contains("New to you"), "{shown}");
}

#[test]
fn a_full_width_sign_or_a_curved_quote_is_named_with_the_plain_one() {
    let setup = "setup = [\"SET box:1 a\", \"SET box:2 b\"]";
    let one = |solution: &str, line: &str| {
        let mut tutor = tutor(setup, &[&format!("goal = \"g\"\ndo = '{solution}'")]);
        said(&mut tutor, line)
    };
    for (solution, line, sentence) in [
        (
            "SET note \"good day\"",
            "SET note “good day”",
            "“ is not the \" that Redis knows",
        ),
        (
            "INCR n:anna",
            "INCR n：anna",
            "： is not the : that Redis knows",
        ),
        (
            "KEYS box:?",
            "KEYS box:？",
            "？ is not the ? that Redis knows",
        ),
        (
            "INCRBYFLOAT n 0.5",
            "INCRBYFLOAT n 0。5",
            "。 is not the . that Redis knows",
        ),
        (
            "DEL box:1 box:2",
            "DEL box:1，box:2",
            "Words are divided by spaces here, not by ，",
        ),
        (
            "DEL box:1 box:2",
            "DEL box:1、box:2",
            "Words are divided by spaces here, not by 、",
        ),
    ] {
        let said = one(solution, line);
        assert!(said.starts_with(sentence), "{line}: {said}");
    }
    // Where the rest is wrong, too, the sign is not what is talked about.
    assert!(!one("SET note 你好", "SET not 你好，").contains("，"));
}

#[test]
fn down_by_a_negative_number_is_not_called_down() {
    let step = "goal = \"g\"\ndo = \"DECRBY n 1\"\nalso = [\"INCRBY n -1\"]";
    let mut tutor = tutor("setup = [\"SET n 5\"]", &[step]);
    assert!(!said(&mut tutor, "DECRBY n -1").contains("counts down"));
    assert!(said(&mut tutor, "INCRBY n 1").contains("counts up"));
}

#[test]
fn of_two_keys_with_nearly_one_name_the_other_one_is_not_called_misspelt() {
    let setup = "setup = [\"SET bank:a 5\", \"SET bank:b 5\"]";
    let mut tutor = tutor(setup, &["goal = \"g\"\ndo = \"DECRBY bank:b 3\""]);
    assert_eq!(
        said(&mut tutor, "DECRBY bank:a 3").split(". ").next(),
        Some("bank:a exists, but this line is to name another key.")
    );
    assert!(said(&mut tutor, "DECRBY bank:c 3").contains("look at its spelling"));
}

#[test]
fn a_command_that_is_refused_while_listening_is_explained() {
    let steps = [
        "goal = \"g\"\ndo = \"SUBSCRIBE news\"",
        "goal = \"h\"\ndo = \"UNSUBSCRIBE news\"",
    ];
    let mut tutor = tutor("", &steps);
    tutor.feed("SUBSCRIBE news");
    assert!(said(&mut tutor, "GET foo").starts_with("Whoever listens to channels"));
}

#[test]
fn the_command_itself_is_no_prediction() {
    let step = "kind = \"predict\"\ngoal = \"g\"\nask = \"TYPE a\"";
    let mut tutor = tutor("setup = [\"SET a x\"]", &[step]);
    let shown = super::screen(&mut tutor, "type");
    assert!(!shown.contains('✗'), "{shown}");
    assert!(super::screen(&mut tutor, "list").contains('✗'));
}

#[test]
fn a_foreseen_answer_is_recognised_without_the_brackets_around_an_error() {
    let step = "kind = \"predict\"\ngoal = \"g\"\nask = \"MGET a b\"\nhint = [\"a\", \"b\"]\n\
                wrong = [{ answer = \"1 (error)\", say = \"There is no error.\" }]";
    let mut tutor = open(&format!("{HEAD}setup = [\"SET a 1\"]\n[[step]]\n{step}\n"));
    assert_eq!(said(&mut tutor, "1 error"), "There is no error.");
}

#[test]
fn plain_words_are_no_list_and_no_status() {
    let step = "kind = \"predict\"\ngoal = \"g\"\nask = \"GET a\"";
    let mut tutor = tutor("", &[step]);
    assert_eq!(
        said(&mut tutor, "good morning"),
        "What comes is not several words."
    );
    assert_eq!(said(&mut tutor, "rain"), "What comes is not a text.");
}

#[test]
fn a_sentence_on_a_line_is_not_given_to_one_with_another_option() {
    let step = "goal = \"g\"\ndo = \"SET seat ann XX\"\nhint = [\"a\", \"b\"]\n\
                wrong = [{ cmd = \"SET seat mia\", say = \"That overwrites whoever sits there.\" }]";
    let mut tutor = open(&format!("{HEAD}[[step]]\n{step}\n"));
    assert!(!said(&mut tutor, "SET seat mia NX").contains("overwrites"));
    assert!(said(&mut tutor, "SET seat mia").contains("overwrites"));
}

#[test]
fn a_command_is_suggested_by_its_beginning_but_not_by_a_distant_likeness() {
    let near = |solution: &str, line: &str| {
        let mut tutor = tutor("", &[&format!("goal = \"g\"\ndo = '{solution}'")]);
        match diagnosis(&mut tutor, line) {
            Diagnosis::UnknownCommand { near, .. } => near,
            other => panic!("{line}: {other:?}"),
        }
    };
    assert_eq!(
        near("PUBLISH radio hi", "PUB radio hi").as_deref(),
        Some("PUBLISH")
    );
    assert_eq!(near("EXEC", "EXECUTE").as_deref(), Some("EXEC"));
    assert_eq!(near("SADD s a", "START s"), None);
}

#[test]
fn numbers_are_compared_where_nothing_else_differs_and_indexes_have_no_sign() {
    let setup = "setup = [\"RPUSH l a b c d e\", \"ZADD z 0 ann 0 bob\"]";
    let one = |solution: &str, line: &str| {
        let mut tutor = tutor(setup, &[&format!("goal = \"g\"\ndo = '{solution}'")]);
        said(&mut tutor, line)
    };
    assert!(!one("LRANGE l 0 1", "LRANGE l 0 -1").contains("sign"));
    assert!(!one("LRANGE l -3 -1", "LRANGE l -2 0").contains("off by one"));
    assert!(one("LRANGE l 0 1", "LRANGE l 0 2").contains("off by one"));
    assert!(one("INCRBY n 3", "INCRBY n -3").contains("sign"));
    assert!(!one("ZRANGEBYLEX z [bob +", "ZRANGEBYLEX z [bob [+").contains("own value"));
    assert!(one("HINCRBY h age 1", "INCR h age").contains("INCR"));
}

#[test]
fn of_foreseen_lines_that_end_alike_the_nearest_one_speaks() {
    let step = "goal = \"g\"\ndo = \"LTRIM l 0 1\"\nhint = [\"a\", \"b\"]\n\
                wrong = [{ cmd = \"LTRIM l 0 0\", say = \"One.\" }, { cmd = \"LTRIM l 0 -3\", say = \"Two.\" }]";
    let setup = "setup = [\"RPUSH l a b c\"]";
    let mut tutor = open(&format!("{HEAD}{setup}\n[[step]]\n{step}\n"));
    assert!(said(&mut tutor, "LTRIM l -3 -3").starts_with("Two."));
    assert!(said(&mut tutor, "LTRIM l -9 0").starts_with("One."));
}

#[test]
fn what_players_of_sets_and_sorted_sets_typed_is_explained_truly() {
    let setup = "setup = [\"ZADD pace 1 ann 2 bob\", \"SADD hat amy bob\", \"RPUSH l a\"]";
    let one = |step: &str, line: &str| {
        let mut tutor = tutor(setup, &[step]);
        said(&mut tutor, line)
    };
    let command =
        |solution: &str, line: &str| one(&format!("goal = \"g\"\ndo = '{solution}'"), line);
    // A bracket in front is a bound where sorted sets are read only.
    assert!(!command("SADD photo sea sun", "SADD photo [sea sun").contains("own value"));
    // -1 is the other end, whatever the other command would do with it.
    let step = "goal = \"g\"\ndo = \"ZRANGE pace 0 0\"\nalso = [\"ZREVRANGE pace -1 -1\"]";
    assert!(!one(step, "ZRANGE pace -1 -1").contains("starts at the lowest"));
    // Exchanged, the line would run, and still be another.
    let pairs = command(
        "ZADD z 62 xiaohong 83 xiaobai 54 xiaoqing",
        "ZADD z 62 83 54 xiaohong xiaobai xiaoqing",
    );
    assert!(!pairs.contains("each other's place"), "{pairs}");
    assert!(
        command("ZRANGE pace 0 0", "ZRANGE pace 0").contains("needs these together: start, stop")
    );
    assert!(!command("SREM hat bob", "SREM hat amy").contains("spelling"));
    assert!(command("SMOVE hat cap amy", "LMOVE hat cap LEFT RIGHT").contains("SMOVE"));
    assert!(command("SADD s x", "ＳADD s x").contains("the plain S is meant"));
    assert!(command("SADD s x", "SADD s　x").starts_with("The space between the words"));
    // What luck has drawn is nobody's wish.
    let step = "goal = \"g\"\ndo = \"SPOP hat 1\"\nstate = \"any\"\nwords = [\"1\"]";
    let mut tutor = tutor(setup, &[step]);
    assert!(!super::screen(&mut tutor, "SREM hat amy").contains("wanted"));
}

#[test]
fn one_word_is_an_array_of_one() {
    let step = "kind = \"predict\"\ngoal = \"g\"\nask = \"LRANGE l 0 0\"";
    let mut tutor = tutor("setup = [\"RPUSH l a\"]", &[step]);
    assert_eq!(said(&mut tutor, "b"), "One element is wrong: b");
}

#[test]
fn a_very_long_word_is_refused_at_once() {
    let mut tutor = tutor("", &["goal = \"g\"\ndo = \"SET k v\""]);
    let word = "x".repeat(60_000);
    assert!(said(&mut tutor, &word).ends_with("is not a command."));
    assert!(!said(&mut tutor, &format!("SET k {word}")).contains("spelling"));
}

#[test]
fn where_both_ends_will_do_a_pop_at_the_other_end_is_looked_at_by_its_arguments() {
    let step = "goal = \"g\"\ndo = \"LPOP l 2\"\nuses = [\"LPOP\", \"RPOP\"]";
    let mut tutor = tutor("setup = [\"RPUSH l b c\"]", &[step]);
    let found = diagnosis(&mut tutor, "RPOP l");
    assert!(
        matches!(found, Diagnosis::MissingValues { .. }),
        "{found:?}"
    );
}

#[test]
fn a_comma_is_named_wherever_it_divides_words() {
    for line in ["HDEL h a,b", "HDEL h a, b", "HDEL h a, b,", "HDEL h, a b"] {
        let mut tutor = tutor(
            "setup = [\"HSET h a 1 b 2 c 3\"]",
            &["goal = \"g\"\ndo = \"HDEL h a b\""],
        );
        let found = diagnosis(&mut tutor, line);
        assert!(
            matches!(found, Diagnosis::Punctuation { .. }),
            "{line}: {found:?}"
        );
    }
}

#[test]
fn of_a_refused_look_it_is_said_what_its_command_does() {
    let step = "goal = \"g\"\ndo = \"SSCAN stock 0\"";
    let mut tutor = tutor("setup = [\"SADD stock a b\"]", &[step]);
    let text = said(&mut tutor, "SCAN stock 0");
    assert!(text.starts_with("Redis refused this line"), "{text}");
    assert!(
        text.contains("That was SCAN: it answers some of the keys"),
        "{text}"
    );
}

#[test]
fn a_full_width_sign_is_named_where_it_alone_makes_redis_refuse_the_line() {
    let step = "goal = \"g\"\ndo = \"ZRANGEBYLEX names [ben (cara\"";
    let mut tutor = tutor("setup = [\"ZADD names 0 ben 0 bob 0 cara\"]", &[step]);
    let found = diagnosis(&mut tutor, "ZRANGEBYLEX names （ben （cara");
    assert_eq!(found.code(), "wide-sign");
}

#[test]
fn what_may_not_stand_in_a_transaction_or_outside_of_one_is_said_so() {
    let mut tutor = tutor(
        "",
        &["kind = \"goal\"\ngoal = \"g\"\ndo = [\"MULTI\", \"INCR n\", \"EXEC\"]"],
    );
    assert_eq!(diagnosis(&mut tutor, "EXEC").code(), "transaction");
    tutor.feed("MULTI");
    let nested = diagnosis(&mut tutor, "MULTI");
    let command = "MULTI".to_owned();
    assert_eq!(nested, Diagnosis::InTransaction { command });
    tutor.feed("INC n");
    assert_eq!(tutor.feed("INCR n").record.why, Some(Why::QueuedInVain));
    assert_eq!(diagnosis(&mut tutor, "EXEC"), Diagnosis::Aborted);
}

#[test]
fn a_sentence_that_names_a_word_is_not_said_of_a_line_without_it() {
    let step = "goal = \"g\"\ndo = \"RPUSH l a b\"\nhint = [\"a\", \"b\"]\n\
                wrong = [{ cmd = \"RPUSH l c\", say = \"c is no letter of mine.\" },\n\
                { cmd = \"LREM k -3 a\", say = \"Minus three removes three of them.\" },\n\
                { cmd = \"LREM k 0 a\", say = \"Count 0 removes every a.\" }]";
    let head = format!("{HEAD}setup = [\"RPUSH k a a a\"]\n[[step]]\n{step}\n");
    let mut tutor = open(&head);
    assert!(said(&mut tutor, "LREM k 0 a").starts_with("Count 0"));
    assert!(!said(&mut tutor, "LREM k 3 a").contains("Count 0"));
}

#[test]
fn of_a_right_line_with_words_too_many_it_is_said_that_it_does_without() {
    let mut needless = tutor("", &["goal = \"g\"\ndo = \"SET a 1\""]);
    let record = needless.feed("SET a 1 KEEPTTL").record;
    assert_eq!(record.verdict, VerdictKind::Pass);
    let word = |word: &str| Bytes::from(word.as_bytes());
    assert_eq!(record.why, Some(Why::Needless(vec![vec![word("KEEPTTL")]])));
}

/// Solutions, lines that are typed for them, and what is to be said.
fn assert_told(cases: &[(&str, &str, &str)]) {
    let setup =
        "\"SET k v\", \"ZADD z 1 a\", \"HSET h f 1 g 2\", \"SADD s a b\", \"RPUSH l b a c\"";
    for (solution, line, sentence) in cases {
        let told = told_of(setup, solution, line);
        assert!(told.contains(sentence), "{line}: {told}");
    }
}

#[test]
fn the_name_of_a_setting_has_no_case() {
    let step = "goal = \"g\"\nline = true\ndo = 'CONFIG SET maxmemory 1'";
    let mut tutor = tutor("", &[step]);
    let fed = tutor.feed("CONFIG SET MAXMEMORY 1");
    assert_eq!(fed.record.verdict, VerdictKind::Pass);
}

#[test]
fn a_right_word_is_not_blamed_for_one_in_front_of_it() {
    let cases = [
        (
            "SINTERCARD 2 s t",
            "SINTERCARD 1 s t",
            "1 says how many keys stand behind it",
        ),
        (
            "ZUNION 2 z y WITHSCORES",
            "ZUNION 2 z y WITHSCORE",
            "did you mean WITHSCORES?",
        ),
        (
            "ZRANGE z 30 -inf BYSCORE REV LIMIT 0 1",
            "ZRANGE z 30 -inf BYSCORE REV LIMIT 0 one",
            "one stands where a whole number is needed",
        ),
        ("EXPIRE k 30 LT", "EXPIRE k < 30", "< is one word too many"),
        ("DEL h l", "DEL l hh", "hh is not the key that is meant"),
        (
            "ZUNIONSTORE all 2 z y",
            "ZUNIONSTORE all 2 y x",
            "x is not the key that is meant",
        ),
        (
            "MSET aa 1 bb 2",
            "MSET bb 2 aa 5",
            "5 is not what is asked for as value",
        ),
        ("DEL k s", "DEL s kk", "kk is not the key that is meant"),
        (
            "LPOS l tea RANK 2",
            "LPOS RANK 2 l tea",
            "These words do not belong in this place: RANK 2.",
        ),
        (
            "EXPIRE k 300",
            "EXPIRE k three hundred",
            "three stands where a whole number is needed",
        ),
        (
            "ZREVRANGE z 0 0",
            "ZREVRANGE z LIMIT 0 1",
            "LIMIT stands where a whole number is needed",
        ),
        (
            "LPOS l tea COUNT 0",
            "LPOS l 0 tea",
            "tea does not belong in this place",
        ),
        (
            "GETRANGE k 0 1",
            "GETRANGE k[0:2]",
            "The sign [ became a part of the word k[0:2].",
        ),
        (
            "SET k 9 EX 60",
            "SET k 9 KEEPTTL 60",
            "KEEPTTL is not the word that is wanted in this place.",
        ),
        (
            "ZADD z 6 cat",
            "ZADD z cat:6",
            "The sign : became a part of the word cat:6",
        ),
        (
            "LMPOP 2 l m LEFT",
            "LMPOP l m 2 LEFT",
            "2 does not belong in this place.",
        ),
        ("INCRBY n -30", "INCRBY n - 30", "-30 is one word."),
        ("LINDEX l -1", "LINDEX l minus 1", "-1 is one word."),
        (
            "DEL k",
            "HDEL k f",
            "k holds a string; HDEL is for hashes. Another",
        ),
        ("HDEL h f", "HDEL h f f", "Once is enough: f."),
    ];
    assert_told(&cases);
}

#[test]
fn the_word_that_is_wrong_is_blamed() {
    let cases = [
        ("ZCOUNT z (5 9", "ZCOUNT z （5） 9", "the plain ( is meant"),
        ("SORT_RO l", "SORT—RO l", "Did you mean SORT_RO"),
        (
            "SORT l ALPHA GET d:*",
            "SORT l ALPHA, GET d:*",
            "The sign , became a part of the word ALPHA,",
        ),
        (
            "SORT l ALPHA GET d:*",
            "SORT l ALPHA GET d:* GET #",
            "GET, #",
        ),
        (
            "SORT l BY w:* DESC LIMIT 0 1",
            "SORT l DESC LIMIT 0 1",
            "An option is missing.",
        ),
        (
            "ZRANGE z [a [b BYLEX",
            "ZRANGE z [a [b BYSCORE",
            "BYSCORE is not the word",
        ),
        (
            "ZRANGE z [a [b BYLEX",
            "ZRANGE z [a [b",
            "An option is missing",
        ),
        (
            "ZUNION 2 z y AGGREGATE MAX WITHSCORES",
            "ZUNION 2 z y",
            "2 options are missing",
        ),
        (
            "ZCOUNT z 5 +inf",
            "ZCOUNT z 5 max",
            "max is no bound. A bound is a number",
        ),
        (
            "ZINTERSTORE to 2 z y",
            "ZINTER to 2 z y",
            "ZINTER only shows its result.",
        ),
        (
            "ZADD z NX 6 c",
            "ZADD z new 6 c",
            "new is not a word that ZADD knows",
        ),
        (
            "ZADD z 6 cat",
            "ZADD z cat=6",
            "The sign = became a part of the word cat=6",
        ),
        ("HMGET h f g", "HMGET h g", "One more field is missing"),
        ("HMGET h f g", "1, 2", "1, 2 may be the answer"),
        ("LCS k n", "COMMON k n", "COMMON is not a command."),
        ("SET k v", "SET k to v", "to is one word too many"),
        ("PUBLISH c hi", "PUBLISH hi on c", "on is one word too many"),
        (
            "SETEX k 60 tea-8",
            "SETEX k 60 tea-9",
            "tea-9 is not what is asked for",
        ),
        ("DECRBY n 3", "SUB n 3", "Did you mean DECRBY?"),
        (
            "ZRANGEBYSCORE z 0 9 LIMIT 0 1",
            "ZRANGEBYSCORE z LIMIT 0 1",
            "min is missing",
        ),
        ("MSET a:b 1 c 2", "MSET a b 1 c 2", "a:b is one word"),
        ("MSET a:b 1 c:d 2", "MSET a b 1 d 2", "a:b is one word"),
        (
            "DEL k z",
            "DEL k:*",
            "k:* is no key: patterns are for KEYS and SCAN.",
        ),
        (
            "ZSCORE z a",
            "HGET z a",
            "z holds a sorted set; HGET is for hashes. Another command is wanted here.",
        ),
        (
            "ZREMRANGEBYRANK z 0 1",
            "ZREMRANGEBYINDEX z 0 1",
            "Did you mean ZREMRANGEBYRANK?",
        ),
        (
            "OBJECT ENCODING k",
            "OBJECT_ENCODING k",
            "Did you mean OBJECT ENCODING?",
        ),
    ];
    assert_told(&cases);
}

#[test]
fn what_was_meant_is_found_whatever_the_slip() {
    let cases = [
        // A value with a space needs its quotes, whatever else is wrong with it.
        (
            "SET k \"good morning\"",
            "SET k \"Good morning\"",
            "upper and lower case",
        ),
        ("GETDEL k", "DELGET k", "Did you mean GETDEL?"),
        ("ZREVRANK z a", "ZRANKREV z a", "Did you mean ZREVRANK?"),
        ("TYPE k", "GETTYPE k", "Did you mean TYPE?"),
        ("DEL k", "REMOVE k", "Did you mean DEL?"),
        ("ZREM z a", "DELETE z a", "Did you mean ZREM?"),
        (
            "PUBSUB NUMSUB c",
            "PUBSUB NUM c",
            "Did you mean PUBSUB NUMSUB?",
        ),
        (
            "ZADD z GT CH 5 a",
            "ZADD z GT CHANGED 5 a",
            "did you mean CH?",
        ),
        ("HMGET h f g", "HMGET f g", "key is missing"),
        ("SSCAN s 0 MATCH b*", "SSCAN s b*", "cursor is missing"),
        ("GET k", "GET k; GET x", "One line is one command"),
        (
            "ZADD champs CH 7 a",
            "ZADD champs 7 a b",
            "member is missing",
        ),
        ("OBJECT ENCODING k", "OBJECT", "needs one of these words"),
        (
            "SCAN 0",
            "SCAN O",
            "O stands where a whole number is needed",
        ),
        ("SCARD s", "SCARD（s）", "Did you mean SCARD s?"),
        ("SCARD s", "SCARD(s)", "Did you mean SCARD s?"),
        (
            "SORT l BY w:* DESC LIMIT 0 1 ALPHA",
            "SORT l ALPHA LIMIT 0 2 BY w:* DESC",
            "count",
        ),
    ];
    assert_told(&cases);
}

#[test]
fn a_subcommand_in_lower_case_is_the_same_line() {
    let step = "goal = \"g\"\ndo = \"CONFIG SET timeout 0\"\nline = true\nstate = \"any\"";
    let mut tutor = tutor("", &[step]);
    let verdict = tutor.feed("config set timeout 0").record.verdict;
    assert_eq!(verdict, VerdictKind::Pass);
}

#[test]
fn the_part_that_is_missing_is_the_one_that_is_blamed() {
    assert_told(&[
        ("ZREM z a", "ZREM a", "key is missing"),
        ("ZINCRBY z 5 a", "ZINCRBY a 5", "key is missing"),
        (
            "LMOVE l l LEFT RIGHT",
            "LMOVE l RIGHT LEFT",
            "destination is missing",
        ),
        ("ZDIFF 2 z s", "ZDIFF 1 z", "A key is missing"),
        ("ZDIFFSTORE d 2 z s", "ZDIFFSTORE d 1 z", "A key is missing"),
        (
            "HSET u name sun age 4",
            "HSET u nick sun age 4",
            "nick is not what is asked for",
        ),
        (
            "HSET u name sun age 4",
            "HSET u age 4 nick sun",
            "nick is not what is asked for",
        ),
        ("EXISTS h:f", "HGET h f", "That was HGET"),
    ]);
}

#[test]
fn what_other_languages_write_is_told_in_redis_words() {
    assert_told(&[
        ("ZCOUNT z (1 3", "ZCOUNT z >1 <=3", ">1 is no bound"),
        ("ZCOUNT z 1 3", "ZCOUNT z >= 1 3", ">= is no bound"),
        ("ZCOUNT z (1 3", "ZCOUNT z (1) 3", "(1) is no bound"),
        ("EXPIRE k 60", "EXPIRE k 60s", "no unit such as s here"),
        ("EXPIRE k 60", "EXPIRE k 60秒", "no unit such as “秒” here"),
        ("EXPIRE k 60", "EXPIRE k \"\"", "\"\" stands where"),
        ("GET k", "读取 k", "Did you mean GET?"),
        ("PERSIST k", "NOEXPIRE k", "Did you mean PERSIST?"),
        ("HINCRBY h f 2", "HADD h f 2", "Did you mean HINCRBY?"),
        (
            "SINTERSTORE d s s",
            "STORE d s s",
            "Did you mean SINTERSTORE?",
        ),
        ("LINDEX l 0", "READ l 0", "Did you mean LINDEX?"),
        ("PING", "提示", "Did you mean :hint?"),
        ("PING", "ping。", "at the end became a part of"),
        ("SET k hello", "SET k hello.", "at the end became a part of"),
    ]);
}

#[test]
fn two_commands_are_told_apart_whatever_sign_joins_them() {
    for line in [
        "RPUSH l c，LTRIM l 0 1",
        "RPUSH l c,LTRIM l 0 1",
        "RPUSH l c；LTRIM l 0 1",
        "RPUSH l c; LTRIM l 0 1",
        "RPUSH l c；LLEN l；LTRIM l 0 1",
    ] {
        assert_told(&[("RPUSH l c", line, "One line is one command")]);
    }
}

#[test]
fn values_that_are_names_of_commands_stand_in_a_line_by_right() {
    for line in [
        "SET fields name,type",
        "SADD dates date,time",
        "RPUSH jobs size;sort",
    ] {
        let step = format!("kind = \"command\"\ngoal = \"g\"\ndo = \"{line}\"");
        let fed = tutor("", &[&step]).feed(line);
        assert_eq!(fed.record.verdict, VerdictKind::Pass, "{line}");
    }
    // Nor are they two commands where another line is asked for.
    let told = told_of("", "SET fields name", "SET fields name,type");
    assert!(!told.contains("One line is one command"), "{told}");
}

#[test]
fn a_member_that_looks_like_a_comparison_is_no_bound() {
    let told = told_of("\"ZADD z 1 a\"", "ZSCORE z a", "ZSCORE z <3");
    assert!(!told.contains("bound"), "{told}");
    for line in [
        "ZRANGE z >1 9 BYSCORE",
        "ZRANGEBYSCORE z >1 9",
        "ZCOUNT z >1 9",
    ] {
        let solution = line.replace('>', "");
        let told = told_of("\"ZADD z 1 a\"", &solution, line);
        assert!(told.contains("bound"), "{line}: {told}");
    }
}

#[test]
fn right_values_in_another_order_are_told_by_how_they_stand() {
    for (solution, typed, sentence) in [
        ("HSET h f 1 g 2", "HSET h 1 f 2 g", "have changed places"),
        (
            "HSET h f 1 g 2 i 3",
            "HSET h f 2 g 3 i 1",
            "others of them belong together",
        ),
        ("RPUSH l a b c d", "RPUSH l b a d c", "their order is not"),
        (
            "RPUSH l a b c d e",
            "RPUSH l b a d c e",
            "their order is not",
        ),
        ("RPUSH l a b c d", "RPUSH l d c b a", "reverse"),
    ] {
        let said = told_of("", solution, typed);
        assert!(said.contains(sentence), "{typed}: {said}");
    }
}

#[test]
fn a_key_that_is_missing_is_named_where_an_option_was_taken_for_it() {
    let said = told_of(
        "\"ZADD a 1 x\", \"ZADD b 2 y\"",
        "ZUNION 2 a b WITHSCORES",
        "ZUNION 2 a WITHSCORES",
    );
    assert!(said.contains("A key is missing"), "{said}");
    let said = told_of("", "SET k v EX 10", "SET k v PX 10");
    assert!(said.contains("PX counts in milliseconds"), "{said}");
    let said = told_of("\"ZADD z 20 a\"", "ZCOUNT z 10 30", "ZCOUNT (10 30 z");
    assert!(said.contains("z is the key"), "{said}");
}
