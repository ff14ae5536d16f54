//! Signs in a line that Redis takes for a part of a word, words that it takes for keys, and numbers near the right one.

use rediscover::{
    engine::Bytes,
    tutor::{Diagnosis, VerdictKind, Why},
};

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

#[test]
fn a_word_that_is_taken_for_one_more_key_is_told() {
    let setup = "setup = [\"SET a 1\", \"SET b 2\", \"SADD s x\"]";
    for (solution, line, extra) in [
        ("EXISTS a", "EXISTS a c", &["c"][..]),
        ("DEL a b", "DEL a and b", &["and"]),
        ("SDIFF s t", "SDIFF s - t", &["-"]),
    ] {
        let mut tutor = tutor(setup, &[&format!("goal = \"g\"\ndo = \"{solution}\"")]);
        let typed = extra.iter().map(|word| Bytes::from(word.as_bytes()));
        let wanted = Diagnosis::ExtraKeys {
            typed: typed.collect(),
        };
        assert_eq!(diagnosis(&mut tutor, line), wanted, "{line}");
    }
    // In another order, or by a way of the author's, keys are as good.
    let step = "goal = \"g\"\ndo = \"DEL a b\"\nalso = [\"DEL a b c\"]";
    for line in ["DEL b a", "DEL a b c"] {
        let mut tutor = tutor(setup, &[step]);
        let verdict = tutor.feed(line).record.verdict;
        assert_eq!(verdict, VerdictKind::Pass, "{line}");
    }
}

#[test]
fn a_space_inside_the_quotes_and_an_element_that_is_not_there_are_told() {
    let setup = "setup = [\"RPUSH l a b\"]";
    let mut wide = tutor(setup, &["goal = \"g\"\ndo = 'SET k \"a b\"'"]);
    let found = diagnosis(&mut wide, "SET k \" a b\"");
    assert!(
        matches!(found, Diagnosis::SpaceInQuotes { .. }),
        "{found:?}"
    );
    let mut pivot = tutor(setup, &["goal = \"g\"\ndo = \"LINSERT l AFTER a x\""]);
    let found = diagnosis(&mut pivot, "LINSERT l AFTER c x");
    assert!(matches!(found, Diagnosis::NoPivot { .. }), "{found:?}");
}

#[test]
fn a_value_or_an_option_with_a_commands_name_is_no_second_command() {
    for (solution, line) in [
        ("SET a 1 NX", "SET a 1 NX GET"),
        ("EXISTS a", "EXISTS a hello"),
        ("SADD s x", "SADD s x echo"),
    ] {
        let mut tutor = tutor("", &[&format!("goal = \"g\"\ndo = \"{solution}\"")]);
        let found = diagnosis(&mut tutor, line);
        assert!(
            !matches!(found, Diagnosis::TwoCommands { .. }),
            "{line}: {found:?}"
        );
    }
    let mut tutor = tutor("", &["goal = \"g\"\ndo = \"SET a 1\""]);
    let found = diagnosis(&mut tutor, "SET a 1 GET a");
    assert!(matches!(found, Diagnosis::TwoCommands { .. }), "{found:?}");
}

#[test]
fn the_end_of_a_list_and_forever_are_no_neighbours_of_a_number() {
    let setup = "setup = [\"RPUSH l a b\"]";
    for (step, line, told) in [
        (
            "do = \"LSET l 0 x\"",
            "LSET l -1 x",
            "-1 is not what is asked for as index.",
        ),
        (
            "do = \"BLPOP l 1\"\nwords = [\"1\"]",
            "BLPOP l 0",
            "0 is not what is asked for as timeout. Nothing has changed.",
        ),
        // A neighbour is told to be one.
        (
            "do = \"LSET l 1 x\"",
            "LSET l 0 x",
            "index is 0, which is off by one.",
        ),
    ] {
        let mut tutor = tutor(setup, &[&format!("goal = \"g\"\n{step}")]);
        assert_eq!(super::said(&mut tutor, line), told, "{line}");
    }
}

#[test]
fn what_redis_refuses_is_told_by_its_cause() {
    let setup = "setup = [\"HSET h name ann n 1\", \"RPUSH l a\", \"SET k 1\"]";
    let at = |solution: &str, line: &str| {
        let mut tutor = tutor(setup, &[&format!("goal = \"g\"\ndo = \"{solution}\"")]);
        diagnosis(&mut tutor, line)
    };
    let bytes = |text: &str| Bytes::from(text.as_bytes());
    let field = Diagnosis::FieldInKey {
        key: bytes("h"),
        field: bytes("n"),
    };
    assert_eq!(at("HINCRBY h n 1", "HINCRBY h:n n 1"), field);
    assert_eq!(
        at("HINCRBY h n 1", "HINCRBY h name 1"),
        Diagnosis::HoldsNoNumber { whole: true }
    );
    let below = |typed: &str, least| Diagnosis::NotPositive {
        typed: typed.to_owned(),
        least,
    };
    assert_eq!(at("LPOP l 1", "LPOP l -1"), below("-1", 0));
    assert_eq!(at("SCAN 0 COUNT 9", "SCAN 0 COUNT 0"), below("0", 1));
    let misplaced = |word: &str| Diagnosis::Misplaced {
        typed: vec![bytes(word)],
    };
    let extra = |word: &str| Diagnosis::ExtraValues {
        typed: vec![bytes(word)],
    };
    let scan = "SCAN 0 MATCH a*";
    assert_eq!(at(scan, "SCAN cursor 0 MATCH a*"), extra("cursor"));
    assert_eq!(at(scan, "SCAN MATCH a* 0"), misplaced("0"));
    let elsewhere = |key: &str, instead: &str| Diagnosis::KeyElsewhere {
        key: bytes(key),
        instead: bytes(instead),
    };
    assert_eq!(at("SET k v", "SET v = k"), elsewhere("k", "v"));
    assert_eq!(at("GETEX k EX 9", "GETEX 9 k"), elsewhere("k", "9"));
    let unit = Diagnosis::Unit {
        typed: bytes("min"),
        milliseconds: false,
    };
    assert_eq!(at("EXPIRE k 300", "EXPIRE k 5 min"), unit);
    let pattern = at("KEYS ?", "KEYS ??");
    assert!(
        matches!(pattern, Diagnosis::OtherValue { .. }),
        "{pattern:?}"
    );
    let by_score = "ZRANGEBYSCORE z 0 9 LIMIT 0 1";
    assert_eq!(
        at(by_score, "ZRANGE z 0 9 LIMIT 0 1"),
        Diagnosis::LimitByRank
    );
    assert_eq!(
        at("ZRANGEBYLEX z - +", "ZRANGE z - + BYLEX WITHSCORES"),
        Diagnosis::ScoresByName
    );
    assert_eq!(
        at("HSCAN h 0 COUNT 9", "HSCAN h 0 COUNT -1"),
        below("-1", 1)
    );
    let keep = at("SET k 2 KEEPTTL", "SET k 2 KEEP");
    assert!(
        matches!(keep, Diagnosis::UnknownOption { near: Some(_), .. }),
        "{keep:?}"
    );
    let again = at("HDEL h name n", "HDEL h name HDEL h n");
    assert!(matches!(again, Diagnosis::TwoCommands { .. }), "{again:?}");
    let comma = at("SCAN 0 MATCH a* COUNT 9", "SCAN 0, MATCH a*");
    assert!(
        matches!(comma, Diagnosis::Punctuation { sign: ',', .. }),
        "{comma:?}"
    );
}

#[test]
fn a_look_where_a_change_is_asked_for_is_told_to_be_one() {
    let mut tutor = tutor("setup = [\"SET k 1\"]", &["goal = \"g\"\ndo = \"INCR k\""]);
    let record = tutor.feed("GET k").record;
    assert_eq!(
        (record.verdict, record.why),
        (VerdictKind::Look, Some(Why::OnlyLooks))
    );
}

#[test]
fn bounds_count_by_their_value_and_another_commands_luck_does_not() {
    let setup = "setup = [\"ZADD z 1 a 2 b 3 c\"]";
    let step = |line: &str| format!("goal = \"g\"\ndo = \"{line}\"\nwords = [\"(1\", \"+inf\"]");
    for line in ["ZCOUNT z (1.0 INF", "ZCOUNT z (1 +infinity"] {
        let mut tutor = tutor(setup, &[&step("ZCOUNT z (1 +inf")]);
        assert_eq!(tutor.feed(line).record.verdict, VerdictKind::Pass, "{line}");
    }
    let mut exact = tutor(setup, &["goal = \"g\"\ndo = \"ZCOUNT z 1 2\"\nline = true"]);
    assert_eq!(
        exact.feed("ZCOUNT z 1.0 2").record.verdict,
        VerdictKind::Pass
    );
    let mut luck = tutor(setup, &["goal = \"g\"\ndo = \"ZREVRANK z a\""]);
    assert_eq!(luck.feed("ZRANK z c").record.verdict, VerdictKind::Look);
}

#[test]
fn an_answer_in_place_of_a_command_and_a_deadline_in_the_past_are_told() {
    let setup = "setup = [\"SET k 5\"]";
    let mut answer = tutor(setup, &["goal = \"g\"\ndo = \"STRLEN k\""]);
    let found = diagnosis(&mut answer, "1");
    assert!(matches!(found, Diagnosis::AnswerTyped { .. }), "{found:?}");
    let mut past = tutor(setup, &["goal = \"g\"\ndo = \"EXPIRE k 60\""]);
    let found = diagnosis(&mut past, "EXPIRE k 0");
    assert!(
        matches!(found, Diagnosis::ExpiredAtOnce { .. }),
        "{found:?}"
    );
}

#[test]
fn options_have_no_order_and_words_that_are_none_are_too_many() {
    let setup = "setup = [\"ZADD z 1 a 2 b\", \"HSET h f 1\"]";
    let step = "goal = \"g\"\ndo = \"ZRANGE z 0 9 BYSCORE LIMIT 0 1\"\nline = true";
    let mut tutor_of_order = tutor(setup, &[step]);
    let record = tutor_of_order.feed("ZRANGE z 0 9 LIMIT 0 1 BYSCORE").record;
    assert_eq!(record.verdict, VerdictKind::Pass);
    for (solution, line) in [("ZREM z a", "ZREM z = a"), ("HDEL h f", "HDEL h f now")] {
        let mut tutor = tutor(setup, &[&format!("goal = \"g\"\ndo = \"{solution}\"")]);
        let found = diagnosis(&mut tutor, line);
        assert!(
            matches!(found, Diagnosis::ExtraValues { .. }),
            "{line}: {found:?}"
        );
    }
}

#[test]
fn a_field_that_is_joined_to_its_key_is_said_to_be_a_word_of_its_own() {
    let setup = "setup = [\"HSET m:1 name ann rank C\"]";
    for (solution, line, field) in [
        ("HGET m:1 rank", "HGET m:1:rank", "rank"),
        ("HSETNX m:1 mail x", "HSETNX m:1:mail x", "mail"),
        ("HINCRBY m:1 n 3", "HINCRBY m:1:n 3", "n"),
        ("HDEL m:1 name rank", "HDEL m:1:name rank", "name"),
        ("HDEL m:1 name rank", "HDEL m:1:rank", "rank"),
        ("HMGET m:1 name rank", "HMGET m:1:name m:1:rank", "name"),
    ] {
        // A look that finds nothing is nothing wrong where a goal is to be reached.
        let kinds = ["command", "goal"].into_iter();
        for kind in kinds.filter(|kind| *kind == "command" || !line.starts_with("HMGET")) {
            let step = format!("kind = \"{kind}\"\ngoal = \"g\"\ndo = \"{solution}\"");
            let said = super::said(&mut tutor(setup, &[&step]), line);
            let wanted =
                format!("{field} is a field: it stands as a word of its own behind the key m:1,");
            assert!(said.starts_with(&wanted), "{line}: {said}");
        }
    }
    // Of other types it is said that words are divided by spaces.
    let mut tutor = tutor(
        "setup = [\"SADD s a\"]",
        &["goal = \"g\"\ndo = \"SISMEMBER s a\""],
    );
    assert_eq!(diagnosis(&mut tutor, "SISMEMBER s:a").code(), "punctuation");
}

#[test]
fn of_two_places_for_a_word_the_one_that_is_meant_is_underlined() {
    let setup = "setup = [\"RPUSH a x\"]";
    let usage = "      LMOVE source destination <LEFT|RIGHT> <LEFT|RIGHT>";
    for (line, place) in [
        ("LMOVE a b LEFT RIGTH", usage.rfind("RIGHT")),
        ("LMOVE a b LEFT RIGHTT", usage.rfind("RIGHT")),
        ("LMOVE a b LEFFT RIGHT", usage.find("LEFT")),
        ("LMOVE a b RIGTH LEFT", usage.find("RIGHT")),
    ] {
        let mut tutor = tutor(setup, &["goal = \"g\"\ndo = \"LMOVE a b LEFT RIGHT\""]);
        let shown = super::screen(&mut tutor, line);
        let mut lines = shown.lines().skip_while(|line| *line != usage).skip(1);
        let under = lines.next().and_then(|line| line.find('~'));
        assert_eq!(under, place, "{line}: {shown}");
    }
}

#[test]
fn of_two_options_that_exclude_each_other_both_are_named() {
    let setup = "setup = [\"ZADD z 1 a\"]";
    for (solution, line, pair) in [
        ("SET k v PX 1500", "SET k v EX 1500 PX", Some("EX and PX")),
        ("SET k v PX 1500", "SET q r EX 1500 PX", Some("EX and PX")),
        ("GETEX k EX 9", "GETEX q PERSIST EX", Some("PERSIST and EX")),
        ("SET k v PX 1500", "SET k v PX", None),
    ] {
        let mut tutor = tutor(setup, &[&format!("goal = \"g\"\ndo = \"{solution}\"")]);
        let said = super::said(&mut tutor, line);
        let wanted = pair.map(|pair| format!("{pair} stand in the line together"));
        let is_said = wanted.is_none_or(|wanted| said.starts_with(&wanted));
        assert!(
            is_said && said.contains("together") == pair.is_some(),
            "{line}: {said}"
        );
    }
}

#[test]
fn a_count_that_takes_more_than_is_there_is_right_by_luck() {
    let mut tutor = super::at_step("3.6", 5);
    for line in ["LPOP jobs 2", "RPOP jobs 2"] {
        let said = super::said(&mut tutor, line);
        assert!(
            said.contains("only with what is there now"),
            "{line}: {said}"
        );
    }
    for line in [
        "LPOP jobs",
        "RPOP jobs",
        "LPOP jobs 1",
        "RPOP jobs 1",
        "BRPOP jobs 1",
    ] {
        let mut tutor = super::at_step("3.6", 5);
        assert_eq!(
            super::verdicts(&mut tutor, &[line]),
            [VerdictKind::Pass],
            "{line}"
        );
    }
}

#[test]
fn what_reads_alike_by_chance_alone_is_no_other_way() {
    let setup = "setup = [\"RPUSH l b a\", \"ZADD z 0 b 0 bea 0 c 0 d\", \"RPUSH n 1 2 3\", \"MSET w_1 30 w_2 20 w_3 10\"]";
    for (solution, right, wrong) in [
        ("ZLEXCOUNT z [b (c", "ZLEXCOUNT z [b (c", "ZLEXCOUNT z - (c"),
        (
            "ZRANGEBYLEX z [b +",
            "ZRANGEBYLEX z [b +",
            "ZRANGEBYLEX z - +",
        ),
        ("SORT n BY w_*", "SORT n BY w_*", "SORT n DESC"),
        ("SORT n DESC", "SORT n DESC", "SORT n BY w_*"),
        ("SORT l ALPHA", "SORT l ALPHA ASC", "SORT l BY x*"),
        ("SORT l ALPHA", "SORT l ALPHA", "SORT l BY k:*->f"),
        (
            "ZRANGEBYLEX z [c +",
            "ZRANGE z [c + BYLEX",
            "ZRANGEBYLEX z [c + LIMIT 0 99",
        ),
        (
            "ZLEXCOUNT z [b (c",
            "ZLEXCOUNT z [b (c",
            "ZLEXCOUNT z [b] [c",
        ),
    ] {
        let step = format!("goal = \"g\"\ndo = \"{solution}\"");
        let verdict = |line| super::tutor(setup, &[&step]).feed(line).record.verdict;
        assert_eq!(verdict(right), VerdictKind::Pass, "{right}");
        assert_eq!(verdict(wrong), VerdictKind::Wrong, "{wrong}");
    }
}
