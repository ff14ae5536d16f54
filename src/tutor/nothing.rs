//! The words for a reply that has nothing in it, and an answer as plain words.

use crate::notation::{Answer, Literal};

/// What TYPE answers for a key that is not there.
pub(super) const NONE: &str = "none";

/// What learners call a reply that has nothing in it.
const NOTHING: [&str; 70] = [
    "nothing",
    "nothing comes",
    "nothing at all",
    "nothing happens",
    "no rank",
    "no score",
    "key does not exist",
    "the key does not exist",
    "no value",
    "no reply",
    "none at all",
    "not there",
    "not set",
    "does not exist",
    "doesn't exist",
    "missing",
    "empty",
    "it does not exist",
    "it doesn't exist",
    "there is nothing",
    "there's nothing",
    "blank",
    "void",
    "undefined",
    "not found",
    "key not found",
    "no such key",
    "nil value",
    "null value",
    "a nil",
    "a null",
    "expired",
    "it expired",
    "it has expired",
    "gone",
    "it is gone",
    "it's gone",
    "deleted",
    "no key",
    "键不存在",
    "没有返回",
    "没有返回值",
    "没有值可返回",
    "什么都不返回",
    "什么也不返回",
    "没存",
    "没存成",
    "没有存",
    "什么也没等到",
    "没等到",
    "没有元素",
    "没有成员",
    "没有了",
    "没有这个键",
    "没有这个字段",
    "一个也没有",
    "一个都没有",
    "消失",
    "消失了",
    "不存在了",
    "空",
    "空值",
    "没有",
    "没有值",
    "无",
    "不存在",
    "空的",
    "是空的",
    "什么都没有",
    "什么也没有",
];

/// Whether words stand for a reply with nothing in it, which this one is.
pub(super) fn tells_nothing(typed: &str, reply: &Literal) -> bool {
    // Where a value comes or none, the word stands for none.
    let is_none = typed == NONE && *reply != Literal::Nil;
    is_nothing(reply) && (is_none || NOTHING.contains(&typed))
}

/// Whether words stand for something that is empty, which this reply is: an array or a text.
pub(super) fn tells_empty(typed: &str, reply: &Literal) -> bool {
    const EMPTY: [&str; 5] = ["empty", "blank", "空", "空的", "是空的"];
    match reply {
        Literal::Array(_) => tells_nothing(typed, reply),
        Literal::Bulk(text) => text.is_empty() && EMPTY.contains(&typed),
        _ => false,
    }
}

/// Whether a few words deny whatever there might be, where nothing comes: `no number`, `not run`, `没执行`.
pub(super) fn denies(typed: &str, reply: &Literal) -> bool {
    const FIRST: [&str; 3] = ["no", "not", "nothing"];
    const FIRST_IN_CHINESE: [&str; 5] = ["没", "不存在", "什么都没", "什么也没", "什么都不"];
    const FEW: usize = 4;
    const FEW_IN_CHINESE: usize = 8;
    let words: Vec<&str> = typed.split(' ').collect();
    // That nothing comes may be denied, too.
    let is_twice = ["nil", "null", "empty", "nothing"].contains(words.last().unwrap_or(&""));
    let is_denied = (2..=FEW).contains(&words.len()) && FIRST.contains(&words[0]) && !is_twice;
    // A name may stand beside it: 没有 box:11, 字段不存在.
    let is_chinese = |sign: &char| !sign.is_ascii();
    let is_short = typed.chars().filter(is_chinese).count() <= FEW_IN_CHINESE && words.len() <= 2;
    let mut begins = FIRST_IN_CHINESE.iter();
    let is_told = begins.any(|first| typed.starts_with(first)) || typed.ends_with("不存在");
    is_nothing(reply) && (is_denied || is_short && is_told)
}

/// Whether a reply has nothing in it.
fn is_nothing(reply: &Literal) -> bool {
    match reply {
        Literal::Array(items) => items.is_empty(),
        reply => *reply == Literal::Nil,
    }
}

/// Whether an answer says that it is an error, whatever the words of that are.
pub(super) fn names_error(answer: &Answer) -> bool {
    matches!(answer.meant().readings.first(), Some(Literal::Error(_)))
}

/// An answer without the brackets that redis-cli puts around what is no text: `(nil)` is meant by `nil`, too.
pub(super) fn unadorned(answer: &str) -> String {
    let words = answer.replace("(integer) ", "").replace(['(', ')'], "");
    words
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase()
}
