//! Arity, keys and groups that follow from a syntax.

use super::*;

fn keys(syntax: &str, line: &str) -> Vec<usize> {
    let args: Vec<Bytes> = line
        .split(' ')
        .map(|word| Bytes::from(word.as_bytes()))
        .collect();
    Grammar::parse(syntax).keys(&args)
}

#[test]
fn arity_follows_from_the_syntax() {
    assert_eq!(least_words("key element [element ...]"), (2, true));
    assert_eq!(least_words("key <BEFORE|AFTER> pivot element"), (4, false));
    assert_eq!(
        least_words("key [NX|XX] [GT|LT] [CH] [INCR] score member [score member ...]"),
        (3, true)
    );
    assert_eq!(least_words(""), (0, false));
}

#[test]
fn keys_are_found_by_the_names_of_arguments() {
    assert_eq!(keys("key element [element ...]", "k a b"), [0]);
    assert_eq!(keys("key [key ...]", "a b c"), [0, 1, 2]);
    assert_eq!(keys("key value [key value ...]", "a 1 b 2"), [0, 2]);
    assert_eq!(keys("key [key ...] timeout", "a b 0"), [0, 1]);
    assert_eq!(
        keys(
            "numkeys key [key ...] <LEFT|RIGHT> [COUNT count]",
            "2 a b LEFT"
        ),
        [1, 2]
    );
    assert_eq!(
        keys("timeout numkeys key [key ...] <MIN|MAX>", "0 1 a MIN"),
        [2]
    );
    assert_eq!(
        keys("destination numkeys key [key ...]", "d 2 a b"),
        [0, 2, 3]
    );
    assert_eq!(
        keys("key [ALPHA] [STORE destination]", "l ALPHA STORE d"),
        [0, 3]
    );
    assert_eq!(
        keys("script numkeys [key ...] [arg ...]", "s 2 a b c"),
        [2, 3]
    );
    assert!(keys("script numkeys [key ...] [arg ...]", "s 0 a").is_empty());
    let sort = "key [BY pattern] [GET pattern [GET pattern ...]] [STORE destination]";
    assert_eq!(keys(sort, "a store b store c by store"), [0, 4]);
    assert_eq!(keys(sort, "a get store get x"), [0]);
}

#[test]
fn a_repeated_group_is_recognised() {
    let grammar = Grammar::parse("score member [score member ...]");
    assert!(
        matches!(&grammar.parts[2], Part::Optional { repeats: true, choices } if choices[0].len() == 2)
    );
    assert_eq!(grammar.repeated_names(), ["score", "member"]);
}
