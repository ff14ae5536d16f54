//! Which answers stand for a reply.

use super::*;

fn accepts(reply: &str, typed: &str) -> bool {
    read_answer(typed).is(&parse::one_line(reply).unwrap(), &|a, b| a == b)
}

#[test]
fn short_forms_are_accepted() {
    for (reply, typed) in [
        ("(integer) 5", "5"),
        ("(integer) 5", "(integer) 5"),
        ("(integer) 5", "I think 5"),
        ("(integer) 5", "the integer 5"),
        ("(integer) 5", "5 as an integer"),
        ("(integer) 5", "5, integer"),
        ("(integer) 5", "(integer) = 5"),
        ("\"a b\"", "a b, I think"),
        ("[\"a\", (nil)]", "[\"a\", (空)]"),
        ("[(integer) 1, (error) ERR a]", "1，(出错)"),
        ("[(integer) 1, (error) ERR a]", "1; error"),
        ("[\"OK\", (error) ERR a, \"OK\"]", "OK，(error)，OK"),
        ("[\"a\", \"\"]", "[a, (empty)]"),
        ("[\"a\", \"b\"]", "a then b"),
        ("(empty array)", "(empty  array)"),
        ("(empty array)", "I think the empty list"),
        ("(error) ERR a", "错误 (error)"),
        ("(error) ERR a", "index error"),
        ("(error) ERR a", "it will fail"),
        ("(nil)", "nil"),
        ("\"5\"", "5"),
        ("\"a b\"", "a b"),
        ("\"a\"", "\"a\""),
        ("[\"a\", \"b\"]", "a b"),
        ("[\"a\", \"b\"]", "\"a\" \"b\""),
        ("[\"a\", \"b\"]", "[a, b]"),
        ("[\"a\", \"b\"]", "1) \"a\" 2) \"b\""),
        ("[\"a\", (nil)]", "a nil"),
        ("[(integer) 1, (integer) 0]", "1 0"),
        ("[\"a\", \"b\"]", "(a, b)"),
        ("[\"a\", (nil)]", "[a, (nil)"),
        ("[\"a\", (nil)]", "(a, nil)"),
        ("[\"a\", (nil)]", "(a,nil)"),
        ("[\"a\", (nil)]", "（a，nil）"),
        ("[\"a\", \"b\"]", "a and b"),
        ("[\"a\", \"b\", \"c\"]", "a, b, and c"),
        ("[\"a\"]", "a"),
        ("[\"mail\", [[\"fay\", \"9\"]]]", "[mail, [[fay, 9]]]"),
        ("[\"mail\", [[\"fay\", \"9\"]]]", "mail [[fay 9]]"),
        ("[\"0\", [\"dora\", \"0\"]]", "[\"0\", [\"dora\", 0]]"),
        ("[[\"a\", \"b\"]]", "[[a, b]]"),
        ("[\"a[\", \"b, c\"]", "[\"a[\", \"b, c\"]"),
        ("(empty array)", "[]"),
        ("[\"0\", (empty array)]", "1) \"0\" 2) (empty array)"),
        ("[\"0\", (empty array)]", "\"0\" []"),
        ("(integer) 12", "１２"),
        (
            "(error) EXECABORT Transaction discarded because of previous errors.",
            "Transaction discarded because of previous errors.",
        ),
        ("(integer) 12", "12。"),
        ("(nil)", "（nil）"),
        ("[\"a\", \"b\"]", "【“a”，“b”】"),
        ("\"好，a\"", "好，a"),
        ("OK", "ok"),
        ("[(integer) 71, (error) ERR value]", "[71, (error)]"),
        ("(error) ERR syntax error", "(error)"),
        ("[(integer) 71, (error) ERR no a]", "71 (error)"),
        (
            "[(integer) 1, (error) ERR no a, (integer) 3]",
            "(integer) 1 (error) ERR no a (integer) 3",
        ),
        (
            "[(integer) 1, (error) WRONGTYPE x, (integer) 3]",
            "1, WRONGTYPE, 3",
        ),
        (
            "[(integer) 1, (error) ERR no a, (integer) 3]",
            "[1, (error) ERR no a, 3]",
        ),
        (
            "[(integer) 1, (error) ERR no a, (integer) 3]",
            "1) 1 2) (error) ERR no a 3) 3",
        ),
        (
            "[(integer) 1, (error) ERR no a, (integer) 3]",
            "1 (error) 3",
        ),
    ] {
        assert!(accepts(reply, typed), "{reply} for {typed}");
    }
}

#[test]
fn words_for_replies_and_pythons_lists_are_accepted() {
    for (reply, typed) in [
        ("(integer) 0", "( integer ) 0"),
        ("(integer) -5", "integer −5"),
        ("(integer) -5", "minus 5"),
        ("(integer) -5", "负5"),
        ("\"\"", "an empty text"),
        (
            "(error) ERR value is not an integer or out of range",
            "err not an integer",
        ),
        ("(error) ERR syntax error", "it fails"),
        (
            "(error) ERR syntax error, LIMIT is only",
            "(error) syntax error",
        ),
        ("[\"0\", (empty array)]", "[\"0\", empty array]"),
        ("[\"0\", (empty array)]", "0, empty array"),
        ("[\"a\", \"\"]", "a (empty string)"),
        ("[\"a\", \"\"]", "a empty"),
        ("[\"0\", [\"dora\", \"0\"]]", "0 (dora 0)"),
        ("[\"0\", [\"dora\", \"0\"]]", "[0, (dora, 0)]"),
        ("[\"10\", \"20\"]", "1. 10 2. 20"),
        ("[(integer) 1, (error) ERR no a]", "1, an error"),
        (
            "[(integer) 1, (error) WRONGTYPE x]",
            "[(integer) 1, (error) WRONGTYPE]",
        ),
        ("QUEUED", "queued"),
        ("(nil)", "空"),
        ("(nil)", "没有值"),
        (
            "[(integer) 71, (error) ERR no a, (integer) 51]",
            "71 错误 51",
        ),
        ("(nil)", "（空值）"),
        ("\"空\"", "空"),
        ("(error) ERR syntax error", "（错误）"),
        ("(error) ERR syntax error", "报错"),
        ("(empty array)", "空数组"),
        ("(empty array)", "空集"),
        ("(empty array)", "set()"),
        ("[\"0\", (empty array)]", "0 和 空列表"),
        ("[\"0\", (empty array)]", "[0, {}]"),
        ("[\"bob\"]", "(bob)"),
        ("[\"normal\", [\"n5\"]]", "(normal, (n5))"),
        ("[[\"a\", \"1\"], [\"b\", \"2\"]]", "[('a', 1), ('b', 2)]"),
        ("(empty array)", "空列表"),
        ("(empty array)", "{}"),
        ("\"\"", "空字符串"),
        ("\"空字符串\"", "空字符串"),
        ("[\"a\", (nil)]", "[a, None]"),
        ("[\"a\", (nil)]", "[a, null]"),
        ("[\"a\", \"nil\"]", "a nil"),
        ("[\"10\", \"20\"]", "{10,20}"),
        ("[\"3\"]", "{ 3 }"),
        ("[\"{u}:a\", \"{u}:b\"]", "{u}:a {u}:b"),
        ("[\"normal\", [\"n5\"]]", "1) \"normal\" 2) 1) \"n5\""),
        ("[\"a\", [\"b\"], \"c\"]", "1) a 2) 1) b 3) c"),
        ("[\"0\", [\"a\", \"b\"]]", "1) \"0\" 2) 1) \"a\" 2) \"b\""),
        // Whether b is the inner list's second element or the outer one's cannot be told.
        ("[[\"a\", \"b\"]]", "1) 1) a 2) b"),
        ("[[\"a\"], \"b\"]", "1) 1) a 2) b"),
        (
            "[\"mail\", [[\"fay\", \"9\"]]]",
            "1) \"mail\" 2) 1) 1) \"fay\" 2) \"9\"",
        ),
    ] {
        assert!(accepts(reply, typed), "{reply} for {typed}");
    }
}

#[test]
fn the_right_values_in_another_shape_are_told_apart() {
    let values = |reply: &str, typed: &str| {
        read_answer(typed).has_values_of(&parse::one_line(reply).unwrap())
    };
    assert!(values("[\"mail\", [[\"fay\", \"9\"]]]", "[mail, [fay, 9]]"));
    assert!(values("(integer) 5", "\"5\""));
    assert!(!values("[\"a\", \"b\"]", "b a"));
    assert!(!values("(empty array)", "0"));
}

#[test]
fn signs_of_full_width_are_read_as_ascii_first() {
    let first = |typed: &str| read_answer(typed).readings.remove(0);
    assert_eq!(first("（nil）"), Literal::Nil);
    assert!(matches!(first("[71，(error)，51]"), Literal::Array(items) if items.len() == 3));
}

#[test]
fn an_error_is_named_by_its_code_alone() {
    let first = read_answer("WRONGTYPE").readings.remove(0);
    assert_eq!(first, Literal::Error("WRONGTYPE".to_owned()));
}

#[test]
fn other_values_are_refused() {
    for (reply, typed) in [
        ("(integer) 5", "6"),
        ("(integer) 5", "不会是 5"),
        ("(integer) 5", "> 5"),
        ("(integer) 1", "1, or maybe two"),
        ("(nil)", "(nil) or an error"),
        ("(nil)", "no key is nil"),
        ("\"a\"", "\"a\", then b"),
        ("(error) ERR a", "no error"),
        ("(error) ERR a", "it returns no error"),
        ("(error) ERR a", "没有 error"),
        ("(nil)", "0"),
        ("[\"a\", \"b\"]", "b a"),
        ("\"a\"", "A"),
        ("[\"mail\", [[\"fay\", \"9\"]]]", "[mail, [fay, 9]]"),
        ("[\"a\"]", "[[[a"),
        ("OK", ""),
        ("[\"a\", (nil)]", "\"a\" \"nil\""),
        ("[\"a\", (nil)]", "[a, \"nil\"]"),
        ("\"5\"", "integer 5"),
        ("(integer) 5", "'5'"),
        ("[(integer) 1, (integer) 2]", "['1', '2']"),
        ("\"\"", "empty"),
        ("[\"1\", \"2\"]", "(integer) 1 (integer) 2"),
        ("(empty array)", "5)"),
        ("[(integer) 1, (error) ERR no a]", "[1, (error) ERR other]"),
    ] {
        assert!(!accepts(reply, typed), "{reply} for {typed}");
    }
}

#[test]
fn long_answers_of_words_are_read_at_once() {
    for words in [
        "5 maybe ",
        "list ",
        "it is ",
        "(empty) ; ",
        "still ",
        "a then ",
    ] {
        let text = words.repeat(16_384 / words.len());
        for text in [text.clone(), text + &".".repeat(8_000)] {
            assert!(!read_answer(&text).readings.is_empty(), "{words}");
        }
    }
}
