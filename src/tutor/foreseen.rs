//! Whether what an author says of foreseen lines is true of another line, too.

use crate::engine::{Bytes, number};
use crate::lesson::Line;
use crate::notation::Literal;

use super::diagnose;

/// Whether a sentence on foreseen lines is one on this line, too: the arguments that it names were typed.
pub(super) fn tells_of(say: &str, lines: &[Line], typed: &[Bytes]) -> bool {
    let foreseen: Vec<&Bytes> = lines.iter().flat_map(|line| &line.argv[1..]).collect();
    let typed: Vec<&Bytes> = typed.iter().collect();
    let has = |words: &[&Bytes], sign: u8| words.iter().any(|word| word.contains(&sign));
    let mut named = foreseen.iter().filter(|arg| names_word(say, arg));
    let is_shouted = |word: &Bytes| !word.iter().any(u8::is_ascii_lowercase);
    // Options may be written in any case, names may not.
    let is_same = |word: &Bytes, arg: &Bytes| {
        word == arg || is_shouted(arg) && word.eq_ignore_ascii_case(arg)
    };
    named.all(|arg| typed.iter().any(|word| is_same(word, arg)))
        && signs_named(say).all(|sign| has(&foreseen, sign) == has(&typed, sign))
}

/// The signs that a text speaks of: what it says is true of lines that have them, or have them not, as well.
fn signs_named(text: &str) -> impl Iterator<Item = u8> {
    const SIGNS: &[(u8, &[&str], &str)] = &[
        (b',', &["comma", "commas"], "逗号"),
        (b'*', &["star", "stars", "*"], "星号"),
        (b'(', &["bracket", "brackets", "("], "括号"),
        (b'[', &["bracket", "brackets", "["], "括号"),
        (b':', &["colon", "colons"], "冒号"),
    ];
    let is_named = move |(_, names, chinese): &&(u8, &[&str], &str)| {
        let mut names = names.iter();
        names.any(|name| names_word(text, name.as_bytes())) || text.contains(chinese)
    };
    SIGNS.iter().filter(is_named).map(|(sign, _, _)| *sign)
}

/// Whether a word stands in a text, with no letter or digit of ASCII at its sides, nor a colon that joins it to one.
pub(super) fn names_word(text: &str, word: &[u8]) -> bool {
    let Ok(word) = std::str::from_utf8(word) else {
        return false;
    };
    let is_letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let goes_on = |next: Option<char>, after: Option<char>| {
        is_letter(next) || next == Some(':') && is_letter(after)
    };
    let mut places = text.match_indices(word).filter(|_| !word.is_empty());
    places.any(|(at, _)| {
        let mut before = text[..at].chars().rev();
        let mut behind = text[at + word.len()..].chars();
        !goes_on(before.next(), before.next()) && !goes_on(behind.next(), behind.next())
    })
}

/// Whether what is said of the one line may be true of the other: as many words, and the same but for plain numbers.
pub(super) fn is_built_alike(a: &[Bytes], b: &[Bytes]) -> bool {
    let named = |argv: &[Bytes]| {
        let is_word = |arg: &&Bytes| number::parse_double(arg).is_none();
        let words = argv.iter().filter(is_word).map(Bytes::to_ascii_lowercase);
        let mut named: Vec<Bytes> = words.chain(diagnose::bounds(argv)).collect();
        named.sort();
        named
    };
    a.len() == b.len() && named(a) == named(b)
}

/// Whether few lines give such a reply: it is not what comes when nothing is found.
pub(super) fn is_distinctive(reply: &Literal) -> bool {
    match reply {
        Literal::Nil | Literal::Int(0) => false,
        Literal::Bulk(text) => !text.is_empty(),
        Literal::Array(items) => items.iter().any(is_distinctive),
        _ => true,
    }
}
