//! The words that learners write around a reply: `it answers 5`, `(float) 5`, `= 5`, `返回 5`.

use super::listed::is_nil;

/// An answer without the words around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Worded<'a> {
    /// What is left.
    pub rest: &'a str,
    /// What its words say that it is.
    pub kind: Kind,
}

/// What an answer is said to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Nothing is said, or only that it is a number.
    Any,
    /// A text, whatever it looks like; Redis sends a number with a decimal point as one.
    Text,
    /// Several values.
    List,
    /// An error.
    Error,
}

/// What words in front of an answer do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Word {
    /// They may stand in front of others.
    Leads,
    /// An answer follows.
    Tells,
    /// An answer of such a kind follows.
    Names(Kind),
}

/// What may stand in front of an answer; where one begins another, the longer is first.
const WORDS: [(&str, Word); 143] = {
    use Kind::{Any, Error, List, Text};
    use Word::{Leads, Names, Tells};
    [
        ("it's", Tells),
        ("it'll", Leads),
        ("it", Leads),
        ("this", Leads),
        ("that", Leads),
        ("redis", Leads),
        ("python", Leads),
        ("the values", Tells),
        ("the value", Tells),
        ("the elements", Tells),
        ("the element", Tells),
        ("the members", Tells),
        ("the member", Tells),
        ("the fields", Tells),
        ("the field", Tells),
        ("the word", Tells),
        ("the", Leads),
        ("last", Leads),
        ("line", Leads),
        ("command", Leads),
        ("i'd", Leads),
        ("i", Leads),
        ("my", Leads),
        ("say", Tells),
        ("think", Tells),
        ("guess", Tells),
        ("believe", Tells),
        ("so", Tells),
        ("still", Tells),
        ("then", Leads),
        ("will", Leads),
        ("would", Leads),
        ("should", Leads),
        ("must", Leads),
        ("probably", Tells),
        ("perhaps", Tells),
        ("maybe", Tells),
        ("value", Leads),
        ("old", Leads),
        ("new", Leads),
        ("just", Tells),
        ("only", Tells),
        ("be", Tells),
        ("is", Tells),
        ("answers", Tells),
        ("answer", Tells),
        ("replies", Tells),
        ("reply", Tells),
        ("returns", Tells),
        ("return", Tells),
        ("result", Tells),
        ("response", Tells),
        ("responds", Tells),
        ("output", Tells),
        ("outputs", Tells),
        ("gives", Tells),
        ("prints", Tells),
        ("printed", Tells),
        ("shows", Tells),
        ("says", Tells),
        ("with", Tells),
        ("=>", Tells),
        ("=", Tells),
        ("->", Tells),
        ("→", Tells),
        ("⇒", Tells),
        ("(float)", Names(Text)),
        ("float", Names(Text)),
        ("(double)", Names(Text)),
        ("double", Names(Text)),
        ("a number", Names(Any)),
        ("(number)", Names(Any)),
        ("number", Names(Any)),
        ("(status)", Names(Any)),
        ("status", Names(Any)),
        ("（浮点数）", Names(Text)),
        ("浮点数", Names(Text)),
        ("数字", Names(Any)),
        ("状态", Names(Any)),
        ("a string", Names(Text)),
        ("a text", Names(Text)),
        ("(string)", Names(Text)),
        ("string", Names(Text)),
        ("(text)", Names(Text)),
        ("text", Names(Text)),
        ("（字符串）", Names(Text)),
        ("字符串", Names(Text)),
        ("文本", Names(Text)),
        ("an array of", Names(List)),
        ("a list of", Names(List)),
        ("(array)", Names(List)),
        ("array of", Names(List)),
        ("array", Names(List)),
        ("(list)", Names(List)),
        ("list of", Names(List)),
        ("list", Names(List)),
        ("数组", Names(List)),
        ("列表", Names(List)),
        ("an error", Names(Error)),
        ("(error)", Names(Error)),
        ("error", Names(Error)),
        ("（错误）", Names(Error)),
        ("错误", Names(Error)),
        ("我", Leads),
        ("觉得", Leads),
        ("认为", Leads),
        ("想", Leads),
        ("猜", Leads),
        ("应该", Leads),
        ("应当", Leads),
        ("可能", Leads),
        ("将", Leads),
        ("它", Leads),
        ("最后", Leads),
        ("一行", Leads),
        ("这", Leads),
        ("该", Leads),
        ("命令", Leads),
        ("一个", Leads),
        ("的", Leads),
        ("会", Tells),
        ("返回值", Tells),
        ("返回", Tells),
        ("回复", Tells),
        ("回答", Tells),
        ("答案", Tells),
        ("答", Tells),
        ("结果", Tells),
        ("输出", Tells),
        ("打印", Tells),
        ("得到", Tells),
        ("显示", Tells),
        ("等于", Tells),
        ("旧值", Tells),
        ("新值", Tells),
        ("只有", Tells),
        ("还剩", Tells),
        ("剩下", Tells),
        ("剩余", Tells),
        ("剩", Tells),
        ("弹出", Tells),
        ("取出", Tells),
        ("是", Tells),
    ]
};

/// So many of them are taken off.
const MOST_WORDS: usize = 16;

/// With what a sentence ends.
const ENDS: [char; 7] = ['.', '。', '!', '！', '?', '？', ' '];

/// A text without the words around it, where there are any: `it prints 5`.
#[must_use]
pub fn unworded(text: &str) -> Option<&str> {
    without_words(text).map(|worded| worded.rest)
}

/// What is left of an answer when the words in front of it are taken off, and the signs with which sentences end.
pub(super) fn without_words(text: &str) -> Option<Worded<'_>> {
    let whole = text.trim();
    let (mut rest, mut kind, mut tells) = (behind_command(whole), Kind::Any, false);
    for _ in 0..MOST_WORDS {
        let Some((length, word)) = first_word(rest) else {
            break;
        };
        let behind = &rest[length..];
        tells |= [": ", "：", " : "]
            .iter()
            .any(|colon| behind.starts_with(colon));
        let behind = behind.trim_start_matches([' ', ':', '：', ',', '，']);
        if let Word::Names(named) = word {
            // A kind without a value is what is left; or the word goes on, as in 列表长度.
            let goes_on = rest[length..].chars().next().is_some_and(is_chinese_letter);
            if behind.chars().all(|sign| ENDS.contains(&sign)) || goes_on {
                break;
            }
            kind = named;
        }
        tells |= word != Word::Leads;
        rest = behind;
    }
    if !tells {
        let said = without_remark(whole);
        (rest, kind) = (behind_is(said).unwrap_or(said), Kind::Any);
    }
    let ended = rest.trim_end_matches(ENDS);
    let inner = ended
        .strip_prefix('`')
        .and_then(|rest| rest.strip_suffix('`'));
    let rest = without_remark(inner.unwrap_or(ended).trim());
    (!rest.is_empty() && rest != whole).then_some(Worded { rest, kind })
}

/// What stands behind the name of a command in capitals where a verb follows: `TTL 返回 -1`.
fn behind_command(text: &str) -> &str {
    let name = text.bytes().take_while(u8::is_ascii_uppercase).count();
    let behind = text[name..].trim_start();
    let is_verb = matches!(first_word(behind), Some((_, Word::Tells)));
    if name > 1 && is_verb { behind } else { text }
}

fn is_chinese_letter(sign: char) -> bool {
    !sign.is_ascii() && sign.is_alphabetic()
}

/// What stands behind the verb of a sentence whose other words are none of these: `its length is 5`, `长度为 5`.
fn behind_is(text: &str) -> Option<&str> {
    const DENIALS: [&str; 9] = [
        "not", "never", "no", "none", "nothing", "isn't", "won't", "cannot", "can't",
    ];
    let mut verbs = [" is ", "是", "为"].into_iter();
    let (before, behind) = verbs.find_map(|verb| text.split_once(verb))?;
    let denies = |word: &str| {
        DENIALS
            .iter()
            .any(|denial| word.eq_ignore_ascii_case(denial))
    };
    let is_denied = before.contains(['不', '因', '没', '别', '非', '未'])
        || before.split_whitespace().any(denies)
        || before.contains(|sign: char| sign.is_ascii_digit())
        || behind.starts_with("not ");
    (!is_denied && !before.is_empty()).then(|| behind.trim_start())
}

/// A text without what is remarked behind it: `-1 (not found)`, `0, because it is there`. A single word in brackets may
/// be a value.
fn without_remark(text: &str) -> &str {
    const REASONS: [&str; 6] = [
        ", because",
        " because",
        " since ",
        "，因为",
        ",因为",
        " 因为",
    ];
    /// What is said of the answer, and not what it is.
    const ASIDES: [&str; 9] = [
        "i think",
        "i guess",
        "i believe",
        "i hope",
        "maybe",
        "probably",
        "perhaps",
        "in any order",
        "any order",
    ];
    /// So many of them are taken off.
    const MOST_ASIDES: usize = 3;
    let mut text = text;
    for _ in 0..MOST_ASIDES {
        let before = ASIDES.iter().find_map(|aside| {
            let at = text.len().checked_sub(aside.len())?;
            let tail = text.get(at..)?;
            tail.eq_ignore_ascii_case(aside).then(|| &text[..at])
        });
        let before = before.filter(|it| it.len() > 1 && it.ends_with([' ', ',', '(']));
        match before {
            Some(before) => text = before.trim_end_matches([' ', ',', '(']),
            None => break,
        }
    }
    let reason = REASONS.iter().filter_map(|reason| text.find(reason)).min();
    let text = text[..reason.unwrap_or(text.len())].trim_end();
    if let Some(value) = value_before_words(text) {
        return value;
    }
    let in_brackets = |open, close| text.strip_suffix(close)?.rsplit_once::<char>(open);
    let remark = in_brackets('(', ')').or_else(|| in_brackets('（', '）'));
    let is_remark = |remark: &str| {
        let is_sentence = remark.contains(' ') || !remark.is_ascii();
        is_sentence
            && !is_nil(remark)
            && !remark.contains([',', '，', ')'])
            && !remark.starts_with('空')
    };
    match remark {
        Some((value, remark)) if is_remark(remark) && !value.trim().is_empty() => value.trim(),
        _ => text,
    }
}

/// A value as Redis prints it, behind which a few words stand: `(nil), it is gone`.
fn value_before_words(text: &str) -> Option<&str> {
    let quoted = || Some(text.strip_prefix('"')?.find('"')? + 2);
    let number = || {
        let number = text.strip_prefix("(integer) ").unwrap_or(text);
        let is_part = |c: char| c.is_ascii_digit() || c == '-';
        let behind = number.trim_start_matches(is_part);
        (behind.len() < number.len()).then(|| text.len() - behind.len())
    };
    let is_nil = text.starts_with("(nil)");
    // A bare text is told from a list by how the words begin.
    let plain = || {
        let (text, said) = text.split_once([',', '，'])?;
        let mut begins = ["a ", "an ", "it ", "it's ", "the ", "still ", "as "].into_iter();
        let said = said.trim_start();
        let are_words = begins.any(|first| said.starts_with(first));
        (are_words && !text.contains([' ', '(', '[', '{'])).then_some(text.len())
    };
    let length = if is_nil {
        "(nil)".len()
    } else {
        quoted().or_else(number).or_else(plain)?
    };
    let (value, behind) = text.split_at(length);
    let said = behind.strip_prefix([',', '，', ';', '；']);
    // Behind other values a word without a sign may belong to them.
    let said = said.or_else(|| behind.strip_prefix(' ').filter(|_| is_nil))?;
    let said = said.trim();
    let is_plain = |c: char| c.is_alphabetic() || c == ' ' || c == '\'';
    let is_reason = is_nil && ["expired", "gone", "missing", "deleted", "removed"].contains(&said);
    // What is joined to it is another value.
    let first = said.split(' ').next().unwrap_or_default();
    let joins = ["or", "then", "and", "minus", "plus"].contains(&first)
        || ["或", "和", "还是"]
            .iter()
            .any(|word| said.starts_with(word));
    // Two Chinese signs may be another value.
    let is_clause = !said.is_ascii() && (is_nil || said.chars().count() > 2);
    let are_words = is_reason || said.contains(' ') || is_clause;
    let are_words = are_words && !joins;
    (are_words && said.chars().all(is_plain)).then_some(value)
}

/// The length of the first of these words, and what it does.
fn first_word(text: &str) -> Option<(usize, Word)> {
    let begins = |word: &str| {
        let begin = text.get(..word.len());
        let behind = text.get(word.len()..).and_then(|rest| rest.chars().next());
        let ends = |last: char| {
            !last.is_ascii_alphanumeric() || behind.is_none_or(|next| !next.is_ascii_alphanumeric())
        };
        begin.is_some_and(|begin| begin.eq_ignore_ascii_case(word))
            && word.chars().next_back().is_some_and(ends)
    };
    let found = WORDS.iter().find(|(word, _)| begins(word));
    found.map(|(word, does)| (word.len(), *does))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_around_an_answer_are_taken_off() {
        for (text, rest, kind) in [
            ("it answers 5", "5", Kind::Any),
            ("Redis answers: (integer) 5.", "(integer) 5", Kind::Any),
            ("the reply is \"5\"", "\"5\"", Kind::Any),
            ("I think it will be 5?", "5", Kind::Any),
            ("= -1", "-1", Kind::Any),
            ("-> OK", "OK", Kind::Any),
            ("(float) 5", "5", Kind::Text),
            ("`5`", "5", Kind::Any),
            ("5.", "5", Kind::Any),
            ("返回 5", "5", Kind::Any),
            ("答：5。", "5", Kind::Any),
            ("我觉得会返回空", "空", Kind::Any),
            ("它返回一个字符串 5", "5", Kind::Text),
            ("(string) 5", "5", Kind::Text),
            ("the list a b", "a b", Kind::List),
            ("error: WRONGTYPE", "WRONGTYPE", Kind::Error),
            ("an error: syntax error", "syntax error", Kind::Error),
            ("just 5", "5", Kind::Any),
            ("it returns a number", "a number", Kind::Any),
            ("它返回一个数字", "数字", Kind::Any),
            ("-1 (not found)", "-1", Kind::Any),
            ("-1（永不过期）", "-1", Kind::Any),
            ("(nil), it is gone", "(nil)", Kind::Any),
            ("(nil) it is gone", "(nil)", Kind::Any),
            ("(nil), expired", "(nil)", Kind::Any),
            ("tea-8, a hit", "tea-8", Kind::Any),
            ("\"tea-8\", a hit", "\"tea-8\"", Kind::Any),
            ("(integer) 1, B's lock", "(integer) 1", Kind::Any),
            ("0, B still has it", "0", Kind::Any),
            ("nil，因为大小写不同", "nil", Kind::Any),
            ("the old value: tea-8", "tea-8", Kind::Any),
            ("还剩 40", "40", Kind::Any),
            ("its length is 5", "5", Kind::Any),
            ("I think 5", "5", Kind::Any),
            ("TTL 返回 -1", "-1", Kind::Any),
            ("EXEC returns nil", "nil", Kind::Any),
            ("5, I think", "5", Kind::Any),
            ("still 5", "5", Kind::Any),
            ("the value tea", "tea", Kind::Any),
            ("I'd say 5", "5", Kind::Any),
            ("a b, in any order", "a b", Kind::Any),
            ("长度为 5", "5", Kind::Any),
        ] {
            assert_eq!(without_words(text), Some(Worded { rest, kind }), "{text}");
        }
        for text in [
            "5",
            "the last",
            "it",
            "answers",
            "island",
            "listing a",
            "\"a\", b",
            "red, blue green",
            "苹果，梨",
            "tea，苹果",
            "(nil), tea",
            "1，苹果",
            "1, or maybe two",
            "(nil) or an error",
            "5, minus one",
            ">= 1",
            "it never is 5",
            "不应该是 5",
            "4, no it is 5",
            "1, 2 and 3",
            "-1",
            "这",
        ] {
            assert_eq!(without_words(text), None, "{text}");
        }
    }
}
