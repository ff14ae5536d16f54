//! Words that are nearly others: a key or a value, and a first word that is no command, with the one that was meant.

use crate::engine::{Bytes, Command, commands, number};
use crate::lesson::{GAP, Step, nearest};
use crate::notation::{first_wide, in_ascii, leaves, wide_as_spaces};

use super::{Case, Diagnosis, KeySlip, WORDS, World, keys, synonyms::other_name, words::lines};

/// How a word differs from the one that is meant, where it is nearly the same.
pub(super) fn spelling_slip(typed: &Bytes, meant: &Bytes) -> Option<KeySlip> {
    let text = |word| String::from_utf8_lossy(word).into_owned();
    if typed.eq_ignore_ascii_case(meant) {
        return Some(KeySlip::Case);
    }
    if typed.len().max(meant.len()) > LONGEST_WORD {
        return None;
    }
    let (typed, meant) = (text(typed), text(meant));
    // A part of the name: `winner` for winner:w1, `er` for er2.
    let is_part = |part: &str, whole: &str| {
        let rest = whole.strip_prefix(part).filter(|_| !part.is_empty());
        rest.is_some_and(|rest| {
            rest.starts_with(':') || rest.len() == 1 && rest.as_bytes()[0].is_ascii_digit()
        })
    };
    if is_part(&typed, &meant) || is_part(&meant, &typed) {
        return Some(KeySlip::Letter);
    }
    let letters = typed.chars().count().max(meant.chars().count());
    let most = match letters {
        0..=3 => 0,
        4..=5 => 1,
        _ => 2,
    };
    (strsim::damerau_levenshtein(&typed, &meant) <= most).then_some(KeySlip::Letter)
}

/// Whether a word was chosen and not misspelt: the step's text or a line of its ways has it, or only its digits differ
/// from what is meant.
pub(super) fn is_chosen(case: &Case<'_>, typed: &Bytes, meant: &Bytes) -> bool {
    let text = String::from_utf8_lossy(typed);
    let is_end = |c: char| c.is_whitespace() || ",.;!?()，。；：！？（）、".contains(c);
    let mut told = case.step.goal.split(is_end);
    let letters = |word: &Bytes| -> Vec<u8> {
        let letters = word.iter().copied();
        letters.filter(|byte| !byte.is_ascii_digit()).collect()
    };
    let has_digits = |word: &Bytes| word.iter().any(u8::is_ascii_digit);
    let other_digits = typed != meant
        && has_digits(typed)
        && has_digits(meant)
        && letters(typed) == letters(meant);
    other_digits || told.any(|word| word == text) || lines(case).flatten().any(|word| word == typed)
}

/// Longer words are not compared letter by letter: that takes the product of both lengths.
const LONGEST_WORD: usize = 256;

/// The first key of a line that is not there, with one that is and has nearly its name.
#[must_use]
pub fn no_such_key(base: &World, row: &Command, argv: &[Bytes]) -> Option<Diagnosis> {
    let places = row.keys(argv).into_iter();
    let mut named = places.filter_map(|at| argv.get(at));
    named.find_map(|key| no_such_key_of(base, key))
}

/// A key that is not there, with one that is and has nearly its name, or ends with it behind a colon.
#[must_use]
pub fn no_such_key_of(base: &World, key: &Bytes) -> Option<Diagnosis> {
    let keys = base.engine.keyspace().database(base.db());
    if keys.get(key).is_some() {
        return None;
    }
    let names = || keys.iter().map(|(name, _)| name);
    let is_end = |name: &&Bytes| {
        let before = name.strip_suffix(&key[..]).unwrap_or_default();
        before.ends_with(b":")
    };
    let near = names().find(|name| spelling_slip(key, name).is_some());
    Some(Diagnosis::NoSuchKey {
        key: key.clone(),
        near: near.or_else(|| names().find(is_end)).cloned(),
    })
}

/// A line that no command of ours can take.
pub(super) fn unknown(step: &Step, argv: &[Bytes]) -> Diagnosis {
    let typed = argv
        .first()
        .map(|word| String::from_utf8_lossy(word).into_owned())
        .unwrap_or_default();
    if let Some(absent) = commands::absent(typed.as_bytes()) {
        return Diagnosis::Absent {
            name: absent.name.to_uppercase(),
        };
    }
    let plain = in_ascii(&typed);
    if is_reply(&plain, &argv[argv.len().min(1)..]) {
        return Diagnosis::ReplyTyped {
            typed: whole_line(argv),
        };
    }
    let names_command = |word: &str| commands::find(word.to_lowercase().as_bytes()).is_some();
    // SORT_RO is the only kind of name with such a sign.
    let underlined = plain.replace('-', "_");
    if underlined != plain && names_command(&underlined) {
        let near = Some(underlined.to_uppercase());
        return Diagnosis::UnknownCommand { typed, near };
    }
    if let Some(line) = called(argv) {
        let near = Some(line);
        let typed = whole_line(argv);
        return Diagnosis::UnknownCommand { typed, near };
    }
    if let Some((sign, ascii)) = first_wide(&typed).filter(|_| names_command(&plain)) {
        return Diagnosis::WideSign { sign, ascii };
    }
    let spaced = wide_as_spaces(&typed);
    if let (Some((sign, _)), Some((first, rest))) = (first_wide(&typed), spaced.split_once(' '))
        && names_command(first)
    {
        if rest.trim().is_empty() && argv.len() == 1 {
            let typed = Bytes::from(typed.as_bytes());
            return Diagnosis::Punctuation { typed, sign };
        }
        return Diagnosis::WideSign { sign, ascii: ' ' };
    }
    if begins_with_a_key(step, &typed) {
        return Diagnosis::KeyFirst { typed };
    }
    // A word of the tutor's own without its colon.
    let word = typed.to_lowercase();
    if let Some(own) = own_word(&word) {
        let near = Some(format!(":{own}"));
        return Diagnosis::UnknownCommand { typed, near };
    }
    if fills_the_gap(step, argv) {
        return Diagnosis::OnlyTheGap {
            typed: whole_line(argv),
        };
    }
    let family = commands::subcommands(&word);
    if !family.is_empty() {
        return subcommand(step, &family, argv);
    }
    if is_answer(step, argv) {
        return Diagnosis::AnswerTyped {
            typed: whole_line(argv),
        };
    }
    let near = near(&typed, step);
    if typed.is_empty() {
        let typed = "\"\"".to_owned();
        return Diagnosis::UnknownCommand { typed, near };
    }
    Diagnosis::UnknownCommand { typed, near }
}

/// The tutor's word that is meant by one without a colon, or by its name in Chinese.
pub fn own_word(typed: &str) -> Option<&str> {
    const CHINESE: [(&str, &str); 6] = [
        ("提示", "hint"),
        ("跳过", "skip"),
        ("帮助", "help"),
        ("撤销", "undo"),
        ("重来", "reset"),
        ("退出", "quit"),
    ];
    let chinese = CHINESE.iter().find(|(name, _)| *name == typed);
    let own = chinese.map(|(_, own)| *own);
    own.or_else(|| WORDS.contains(&typed).then_some(typed))
}

/// A command that is called as a function is elsewhere, as it is written here: `STRLEN(code)`.
fn called(argv: &[Bytes]) -> Option<String> {
    let line = in_ascii(&whole_line(argv));
    let (name, args) = line.strip_suffix(')')?.split_once('(')?;
    let row = commands::find(name.trim().to_lowercase().as_bytes())?;
    let args = args.replace(',', " ");
    let args = args.split_whitespace();
    Some(
        std::iter::once(row.title().as_str())
            .chain(args)
            .collect::<Vec<_>>()
            .join(" "),
    )
}

/// Whether a line is made of values that the step's line answers, or is a number.
fn is_answer(step: &Step, argv: &[Bytes]) -> bool {
    let bare = |word: &Bytes| {
        word.strip_suffix(b",")
            .map_or_else(|| word.clone(), Bytes::from)
    };
    let answers: Vec<Vec<u8>> = step.replies.iter().flat_map(leaves).collect();
    let is_of_reply = |word: &Bytes| {
        let word = bare(word);
        !word.is_empty()
            && answers
                .iter()
                .any(|answer| word.eq_ignore_ascii_case(answer))
    };
    let is_number = |word: &Bytes| number::parse_double(&bare(word)).is_some();
    let are_numbers = argv.iter().all(is_number) && !step.solution.is_empty();
    !argv.is_empty() && (argv.iter().all(is_of_reply) || are_numbers)
}

/// The words of a line as they were typed, but for their quotes.
fn whole_line(argv: &[Bytes]) -> String {
    let line = argv.iter().map(|arg| String::from_utf8_lossy(arg));
    line.collect::<Vec<_>>().join(" ")
}

/// Whether a line is a reply as redis-cli prints it: its kind or an element's number stands in front, or it is a word that
/// Redis answers and nothing stands behind it.
fn is_reply(first: &str, behind: &[Bytes]) -> bool {
    const KINDS: [&str; 7] = [
        "(integer", "(nil", "(error", "(empty", "(float", "(double", "(string",
    ];
    let lower = first.to_lowercase();
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let numbered = lower.split_once(')').map(|(number, _)| number);
    let is_number = |word: &Bytes| number::parse_double(word).is_some();
    let is_short = match lower.as_str() {
        "ok" | "nil" | "null" | "queued" | "pong" => behind.is_empty(),
        "integer" | "int" => behind.iter().all(is_number),
        _ => false,
    };
    // Brackets are put around a command, too.
    let in_list = lower.strip_prefix('[').is_some_and(|rest| {
        let word = rest.trim_end_matches([']', ',']);
        !word.is_empty() && commands::find(word.as_bytes()).is_none()
    });
    is_short
        || in_list
        || numbered.is_some_and(is_digits)
        || KINDS.iter().any(|kind| lower.starts_with(kind))
}

/// Whether a word is a key of the solution's, alone or with a sign behind it: `desk`, `desk=5`, `desk[0]`.
fn begins_with_a_key(step: &Step, typed: &str) -> bool {
    let mut keys = step.solution.iter().flat_map(|line| keys(&line.argv));
    keys.any(|key| {
        let behind = typed.as_bytes().strip_prefix(&key[..]);
        behind.is_some_and(|rest| rest.first().is_none_or(|sign| b"=:+-,.[".contains(sign)))
    })
}

/// Whether the words alone make the solution of the line with gaps that the step shows.
fn fills_the_gap(step: &Step, argv: &[Bytes]) -> bool {
    let Some(blank) = &step.blank else {
        return false;
    };
    let mut typed = argv.iter();
    let filled: Vec<Bytes> = blank
        .split_whitespace()
        .filter_map(|word| match word {
            GAP => typed.next().cloned(),
            word => Some(Bytes::from(word.as_bytes())),
        })
        .collect();
    typed.next().is_none() && step.solution.iter().any(|line| line.is_same(&filled))
}

/// A command that needs a second word: the near one, else all that there are.
fn subcommand(step: &Step, family: &[&'static Command], argv: &[Bytes]) -> Diagnosis {
    let titles: Vec<String> = family.iter().map(|row| row.title()).collect();
    let typed: Vec<String> = argv
        .iter()
        .take(2)
        .map(|word| String::from_utf8_lossy(word).to_uppercase())
        .collect();
    let typed = typed.join(" ");
    let wanted: Vec<String> = commands_of(step).map(Command::title).collect();
    let begins =
        |title: &&String| argv.len() > 1 && title.starts_with(&typed) && wanted.contains(*title);
    let own = titles.iter().find(begins).map(String::as_str);
    let own = own.or_else(|| {
        let own = titles.iter().filter(|title| wanted.contains(*title));
        nearest(&typed, own.map(String::as_str))
    });
    if let Some(near) = own.or_else(|| nearest(&typed, titles.iter().map(String::as_str))) {
        let near = Some(near.to_owned());
        return Diagnosis::UnknownCommand { typed, near };
    }
    let second = |title: &String| title.split_whitespace().nth(1).map(str::to_owned);
    Diagnosis::Subcommand {
        command: typed.split(' ').next().unwrap_or_default().to_owned(),
        known: titles.iter().filter_map(second).collect(),
    }
}

/// The command that was probably meant: one of the solution, else of the groups that the step works with. One of another
/// group must be a plain slip of the fingers, for a learner who is asked for a string's length is not helped by a command
/// for lists.
fn near(typed: &str, step: &Step) -> Option<String> {
    let groups: Vec<_> = commands_of(step).map(|row| row.group).collect();
    let is_own = |row: &&Command| groups.is_empty() || groups.contains(&row.group);
    let rows = || commands::all().iter().copied();
    let names = |row: &Command| row.words().0;
    let wanted = || commands_of(step).map(names);
    let lower = typed.to_lowercase();
    // The second word of a command without its first: `NUMSUB`.
    if let Some(row) = commands_of(step).find(|row| row.words().1 == Some(lower.as_str())) {
        return Some(row.title());
    }
    let by_parts = || {
        let mut own = wanted().chain(rows().filter(is_own).map(names));
        own.find(|name| has_its_parts(&lower, name))
    };
    // A title with another sign in place of its space: `OBJECT_ENCODING`.
    let spaced = lower.replace(['_', '.', '-', ':'], " ");
    if let Some(row) =
        rows().find(|row| row.words().1.is_some() && row.title().to_lowercase() == spaced)
    {
        return Some(row.title());
    }
    // A name without its first letter, or with another: `INSERT` for LINSERT, `ZISMEMBER` for SISMEMBER.
    let behind_first = |name: &&str| {
        let rest = name.get(1..);
        lower.len() > LONG_ENOUGH && (rest == Some(&lower) || rest == lower.get(1..))
    };
    let turned = wanted().find(|name| has_its_letters(&lower, name) || behind_first(name));
    if let Some(name) = turned {
        return Some(name.to_uppercase());
    }
    with_an_option(typed, rows().filter(is_own)).or_else(|| {
        other_name(&lower, &commands_of(step).collect::<Vec<_>>())
            .or_else(|| nearest(typed, wanted()).filter(|name| is_close(&lower, name)))
            .or_else(|| {
                let is_alike = |name: &&str| {
                    is_shortened(&lower, name)
                        || ends_alike(&lower, name)
                        || begins_alike(&lower, name)
                };
                wanted().find(is_alike)
            })
            .or_else(by_parts)
            .or_else(|| close(typed, wanted()))
            .or_else(|| close(typed, rows().filter(is_own).map(names)))
            .or_else(|| {
                // Of another type only a name that is one slip away.
                let others = rows().map(names).filter(|name| is_slip(typed, name));
                nearest(typed, others).filter(|name| strsim::damerau_levenshtein(&lower, name) == 1)
            })
            .map(str::to_uppercase)
    })
}

/// Whether a word is a command's name with its parts exchanged, or has it at its end: `DELGET` for GETDEL, `ZRANKREV` for
/// ZREVRANK, `GETTYPE` for TYPE, `SETM` for MSET.
fn has_its_parts(typed: &str, name: &str) -> bool {
    let is_long = name.len() > SHORTEST_BEGINNING;
    // The one letter in front of a name at its end, or the other way round: `SETM` for MSET.
    let is_turned = || {
        let (first, rest) = name.split_at(1);
        let (begin, last) = name.split_at(name.len() - 1);
        typed == format!("{rest}{first}") || typed == format!("{last}{begin}")
    };
    if is_long && name.is_ascii() && is_turned() {
        return true;
    }
    let is_behind = typed.len() > name.len() && typed.ends_with(name);
    is_long && is_behind || has_its_letters(typed, name)
}

/// Whether a word has the letters of a long name in another order: `DELGET` for GETDEL.
fn has_its_letters(typed: &str, name: &str) -> bool {
    let letters = |word: &str| {
        let mut letters: Vec<u8> = word.bytes().collect();
        letters.sort_unstable();
        letters
    };
    name.len() >= LONG_ENOUGH && typed.len() == name.len() && letters(typed) == letters(name)
}

/// Whether a name is near for a word's length.
fn is_close(typed: &str, name: &str) -> bool {
    typed.len() <= LONGEST_WORD && strsim::damerau_levenshtein(typed, name) * 3 <= typed.len()
}

/// Whether a word has another beginning of the same length than a name: `GETLEN` for STRLEN.
fn ends_alike(typed: &str, name: &str) -> bool {
    let end = typed.get(typed.len() / 2..);
    let is_alike = typed.len() > LONG_ENOUGH && typed.len() == name.len();
    is_alike && end.is_some_and(|end| name.ends_with(end))
}

/// Whether a word is a long name with another end: `ZREMRANGEBYINDEX` for ZREMRANGEBYRANK.
fn begins_alike(typed: &str, name: &str) -> bool {
    let same = typed.bytes().zip(name.bytes()).take_while(|(a, b)| a == b);
    let same = same.count();
    same > LONG_ENOUGH && same * 3 >= typed.len() * 2
}

/// Whether a word is a long name with letters left out: `ZREMBYLEX` for ZREMRANGEBYLEX.
fn is_shortened(typed: &str, name: &str) -> bool {
    let mut letters = name.chars();
    typed.len() > LONG_ENOUGH
        && typed.len() * 2 >= name.len()
        && typed.len() < name.len()
        && typed
            .chars()
            .all(|typed| letters.any(|letter| letter == typed))
}

/// The name that is nearest, where it is near for its length, or else one of which the one begins with the other:
/// `EXECUTE` for EXEC, `PUB` for PUBLISH.
fn close<'a>(typed: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let names: Vec<&str> = names.collect();
    if typed.len() > LONGEST_WORD {
        return None;
    }
    let lower = typed.to_lowercase();
    let begins = |name: &&&str| {
        let (short, long) = if lower.len() < name.len() {
            (lower.as_str(), **name)
        } else {
            (**name, lower.as_str())
        };
        short.len() >= SHORTEST_BEGINNING && long.starts_with(short)
    };
    nearest(typed, names.iter().copied())
        .filter(|name| is_close(&lower, name))
        .or_else(|| names.iter().find(begins).copied())
}

/// Fewer letters begin too many names.
const SHORTEST_BEGINNING: usize = 3;

/// The commands of the step's solution.
fn commands_of(step: &Step) -> impl Iterator<Item = &'static Command> {
    let lines = step.solution.iter();
    lines.filter_map(|line| commands::of_line(&line.argv))
}

/// Shorter words are near too many names.
const LONG_ENOUGH: usize = 5;

fn is_slip(typed: &str, name: &str) -> bool {
    let first = |word: &str| word.bytes().next().map(|byte| byte.to_ascii_lowercase());
    typed.len() >= LONG_ENOUGH && first(typed) == first(name)
}

/// A command with one of its options glued to it: `SETXX`.
fn with_an_option<'a>(typed: &str, rows: impl Iterator<Item = &'a Command>) -> Option<String> {
    let typed = typed.to_uppercase();
    let mut rows = rows.filter(|row| row.words().1.is_none());
    rows.find_map(|row| {
        let rest = typed.strip_prefix(row.title().as_str())?;
        let is_option = row.grammar().words().contains(&rest);
        is_option.then(|| format!("{} ... {rest}", row.title()))
    })
}
