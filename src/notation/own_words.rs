//! Errors that a learner tells in words of their own: `wrong type`, `not a number`, `no transaction is open`.

/// What learners call errors that have such words in them; those that might stand for another reply, only behind a word
/// for an error.
const NAMES: [(&str, bool, &[&str]); 8] = [
    (
        "WRONGTYPE",
        true,
        &[
            "wrong type",
            "wrong kind",
            "wrong kind of value",
            "类型不对",
            "类型错误",
            "错误类型",
        ],
    ),
    (
        "not an integer",
        true,
        &[
            "not a number",
            "no number",
            "not a whole number",
            "no whole number",
            "not integer",
            "no integer",
            "不是整数",
            "不是数字",
        ],
    ),
    (
        "not a valid float",
        true,
        &[
            "not a number",
            "no number",
            "not a float",
            "no float",
            "不是数字",
        ],
    ),
    (
        "syntax error",
        true,
        &[
            "error of syntax",
            "wrong syntax",
            "bad syntax",
            "invalid syntax",
            "语法错误",
            "语法不对",
        ],
    ),
    (
        "without MULTI",
        true,
        &[
            "no transaction",
            "no open transaction",
            "no transaction is open",
            "no multi",
            "没有事务",
            "没有开启事务",
            "没有 multi",
        ],
    ),
    (
        "EXECABORT",
        true,
        &[
            "aborted",
            "discarded",
            "transaction aborted",
            "事务被取消",
            "事务被放弃",
        ],
    ),
    (
        "no such key",
        false,
        &[
            "no key",
            "there is no key",
            "there is no such key",
            "key not found",
            "key does not exist",
            "the key does not exist",
            "键不存在",
            "没有这个键",
        ],
    ),
    (
        "out of range",
        true,
        &["outside the range", "not in range", "超出范围", "越界"],
    ),
];

/// Whether a text tells an error by what learners call it.
pub(super) fn calls_error(error: &str, typed: &str) -> bool {
    let own = NAMES.iter().filter(|(told, ..)| error.contains(told));
    own.into_iter()
        .any(|(_, alone, names)| is_one_of(names, typed, *alone))
}

/// Whether a text tells some error so, whichever it is.
#[must_use]
pub fn calls_some_error(typed: &str) -> bool {
    let mut all = NAMES.iter();
    all.any(|(_, alone, names)| is_one_of(names, typed, *alone))
}

/// Whether a text is one of these names, with no more around it than the words that lead to it; it may be `alone` without
/// a word for an error.
fn is_one_of(names: &[&str], typed: &str, alone: bool) -> bool {
    const FOR_ERRORS: [&str; 6] = ["error", "err", "fails", "refused", "报错", "错误"];
    const LEADS: [&str; 24] = [
        "a",
        "an",
        "the",
        "it",
        "it's",
        "its",
        "is",
        "was",
        "value",
        "hash",
        "field",
        "text",
        "index",
        "transaction",
        "key",
        "redis",
        "says",
        "answers",
        "because",
        "since",
        "that",
        "因为",
        "值",
        "是",
    ];
    let is_sign = |sign: char| sign.is_whitespace() || "():;,.!：，。；！".contains(sign);
    let lower = typed.to_lowercase();
    let words: Vec<&str> = lower
        .split(is_sign)
        .filter(|word| !word.is_empty())
        .collect();
    let text = format!(" {} ", words.join(" "));
    names.iter().any(|name| {
        let is_word = name.is_ascii();
        let name = if is_word {
            format!(" {name} ")
        } else {
            (*name).to_owned()
        };
        let Some((before, behind)) = text.split_once(&name) else {
            return false;
        };
        let mut rest: Vec<&str> = before.split(' ').chain(behind.split(' ')).collect();
        rest.retain(|word| !word.is_empty());
        let told = rest.iter().any(|word| FOR_ERRORS.contains(word));
        let mut others = rest.iter().filter(|word| !FOR_ERRORS.contains(word));
        (alone || told) && others.all(|word| LEADS.contains(word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TYPE: &str = "WRONGTYPE Operation against a key holding the wrong kind of value";

    #[test]
    fn an_error_is_told_in_own_words_by_its_kind() {
        for (error, typed) in [
            (TYPE, "wrong type"),
            (TYPE, "(error) wrong type"),
            (TYPE, "an error: the wrong type"),
            (TYPE, "错误：类型不对"),
            (
                "ERR value is not an integer or out of range",
                "it is not a number",
            ),
            (
                "ERR value is not an integer or out of range",
                "error, because it is not a number",
            ),
            (
                "ERR hash value is not an integer",
                "the value is not a whole number",
            ),
            ("ERR syntax error", "an error of syntax"),
            ("ERR DISCARD without MULTI", "error: no transaction is open"),
            ("ERR no such key", "error: key does not exist"),
        ] {
            assert!(
                calls_error(error, typed) && calls_some_error(typed),
                "{typed}"
            );
        }
        for (error, typed) in [
            (TYPE, "type"),
            (TYPE, "not a number"),
            (TYPE, "wrong type of 5"),
            ("ERR value is not an integer or out of range", "wrong type"),
            // Without a word for an error it may be meant for (nil).
            ("ERR no such key", "key does not exist"),
            ("ERR no such key", "(nil), no key"),
        ] {
            assert!(!calls_error(error, typed), "{typed}");
        }
    }
}
