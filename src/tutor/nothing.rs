//! The words for a reply that has nothing in it, and an answer as plain words.

use crate::notation::{Answer, Literal};

/// What TYPE answers for a key that is not there.
pub(super) const NONE: &str = "none";

/// What learners call a reply that has nothing in it.
const NOTHING: [&str; 59] = [
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
    "空的",
    "是空的",
    "什么都没有",
    "什么也没有",
];

pub(super) fn tells_nothing(typed: &str, reply: &Literal) -> bool {
    let is_nothing = match reply {
        Literal::Array(items) => items.is_empty(),
        reply => *reply == Literal::Nil,
    };
    is_nothing && NOTHING.contains(&typed)
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
