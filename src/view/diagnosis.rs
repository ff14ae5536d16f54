//! Why an attempt is wrong, in words: the misconception is named, the answer is not.

use crate::engine::{Command, commands, value::Type};
use crate::notation::join;
use crate::text::{Value, Words};
use crate::tutor::{Contrast, Diagnosis, Disorder, KeySlip, MissingPart, Shape};

use super::{
    argument::{
        missing_option, missing_values, of_argument, part_taken, syntax_part, unwanted_word,
    },
    cell::{self, as_typed, joined, listed},
    help,
    key_slip::about_keys,
    layout::{clean_line, cut},
    sign,
    style::Style,
};

/// What was typed, in a sentence: harmless and not too long, and in quotes where it would not be told from the sentence.
fn typed(text: &str, style: &Style) -> Value<'static> {
    if text.is_empty() {
        return "\"\"".into();
    }
    as_typed(cut(&clean_line(text), 40, style)).into()
}

fn in_sentence(bytes: &[u8], style: &Style) -> String {
    as_typed(cell::in_sentence(bytes, style))
}

fn title(name: &str) -> String {
    commands::find(name.as_bytes()).map_or_else(|| name.to_uppercase(), Command::title)
}

/// The diagnosis as a sentence.
#[must_use]
pub fn sentence(diagnosis: &Diagnosis, style: &Style, words: &Words) -> String {
    let text = |text: &str| typed(text, style);
    match diagnosis {
        Diagnosis::UnknownCommand { typed, near } => nearly(
            "unknown-command",
            "unknown-command-near",
            near.as_deref(),
            &[("typed", text(typed))],
            style,
            words,
        ),
        Diagnosis::KeyFirst { typed } => words.with("key-first", &[("typed", text(typed))]),
        Diagnosis::OnlyTheGap { typed } => words.with("only-the-gap", &[("typed", text(typed))]),
        Diagnosis::Subcommand { command, known } => words.with(
            "subcommand",
            &[
                ("command", text(command)),
                ("known", known.join(&words.say("and-comma")).into()),
            ],
        ),
        Diagnosis::Absent { name } => words.with("absent", &[("name", text(name))]),
        Diagnosis::Arity {
            command,
            missing: None,
        } => words.with("arity", &[("command", title(command).into())]),
        Diagnosis::Arity {
            command,
            missing: Some(part),
        } => missing_part(command, part, style, words),
        Diagnosis::UnknownOption {
            typed,
            command,
            near,
            ..
        } => {
            let values = [("typed", text(typed)), ("command", title(command).into())];
            nearly(
                "unknown-option",
                "unknown-option-near",
                near.as_deref(),
                &values,
                style,
                words,
            )
        }
        Diagnosis::Exclusive { first, second } => words.with(
            "exclusive",
            &[("first", text(first)), ("second", text(second))],
        ),
        Diagnosis::KeyCount { typed } => words.with("key-count", &[("typed", text(typed))]),
        Diagnosis::NotANumber { typed, whole } => {
            words.with(not_a_number(typed, *whole), &[("typed", text(typed))])
        }
        Diagnosis::WrongType { .. } => wrong_type(diagnosis, style, words),
        Diagnosis::Sibling { typed, contrast } => {
            words.with(contrast_id(*contrast), &[("typed", text(typed))])
        }
        Diagnosis::OtherCommand {
            command,
            kind,
            changes,
        } => other_command(command, *kind, *changes, words),
        Diagnosis::Swapped { first, second } => words.with(
            "swapped",
            &[
                ("first", in_sentence(first, style).into()),
                ("second", in_sentence(second, style).into()),
            ],
        ),
        _ => about_lines(diagnosis, style, words),
    }
}

/// The part of a command's syntax that a line lacks, or the values of an option that need each other.
fn missing_part(command: &str, part: &MissingPart, style: &Style, words: &Words) -> String {
    let names: Vec<&str> = part.name.split(' ').collect();
    let id = match names[..] {
        [_] => "arity-missing",
        _ => "arity-missing-one",
    };
    let parts = names.iter().map(|name| syntax_part(name, words));
    let values = [
        ("command", title(command).into()),
        ("part", joined(parts, style, words).into()),
    ];
    words.with(id, &values)
}

/// The message on a text where a number is needed.
fn not_a_number(typed: &str, whole: bool) -> &'static str {
    let is_whole = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let digits = typed.strip_prefix('-').unwrap_or(typed);
    let is_decimal = typed
        .split_once('.')
        .is_some_and(|(a, b)| is_whole(a) && is_whole(b));
    match typed.strip_prefix('+') {
        _ if !whole => "not-a-number",
        Some(number) if is_whole(number) => "not-whole-plus",
        _ if typed == "-0" => "not-whole-minus",
        _ if digits.starts_with('0') && is_whole(digits) => "not-whole-zero",
        _ if is_decimal => "not-whole-point",
        _ => "not-whole",
    }
}

/// A diagnosis that is about how a line is divided into words, or about a transaction.
fn about_lines(diagnosis: &Diagnosis, style: &Style, words: &Words) -> String {
    let text = |text: &str| typed(text, style);
    match diagnosis {
        Diagnosis::Misplaced { typed } => words.with(
            "misplaced",
            &[("typed", text(&join(typed))), ("n", typed.len().into())],
        ),
        Diagnosis::OneWord { word } => {
            words.with("one-word", &[("word", in_sentence(word, style).into())])
        }
        Diagnosis::TwoWords {
            typed,
            first,
            second,
        } => {
            let shown = |word| in_sentence(word, style).into();
            let args = [
                ("typed", shown(typed)),
                ("first", shown(first)),
                ("second", shown(second)),
            ];
            words.with("two-words", &args)
        }
        Diagnosis::NoQuotes { typed } => {
            words.with("no-quotes", &[("typed", in_sentence(typed, style).into())])
        }
        Diagnosis::TwoCommands { one: true, .. } => words.say("two-commands-for-one"),
        Diagnosis::TwoCommands { second, .. } => {
            words.with("two-commands", &[("second", text(second))])
        }
        Diagnosis::InTransaction { command } => {
            words.with("in-transaction", &[("command", text(command))])
        }
        Diagnosis::NoTransaction { command, opens } => {
            let id = if *opens {
                "no-transaction"
            } else {
                "no-transaction-needed-here"
            };
            words.with(id, &[("command", text(command))])
        }
        Diagnosis::Aborted => words.say("aborted"),
        _ => about_words(diagnosis, style, words),
    }
}

/// A diagnosis of what Redis took words for.
fn about_words(diagnosis: &Diagnosis, style: &Style, words: &Words) -> String {
    let text = |text: &str| typed(text, style);
    match diagnosis {
        Diagnosis::AnswerTyped { typed } => words.with("answer-typed", &[("typed", text(typed))]),
        Diagnosis::ReplyTyped { typed } => words.with("reply-typed", &[("typed", text(typed))]),
        Diagnosis::Unit {
            typed,
            milliseconds,
        } => {
            let id = if *milliseconds {
                "unit-milliseconds"
            } else {
                "unit-seconds"
            };
            words.with(id, &[("typed", in_sentence(typed, style).into())])
        }
        Diagnosis::PatternAsKey { typed } => words.with(
            "pattern-as-key",
            &[("typed", in_sentence(typed, style).into())],
        ),
        Diagnosis::NotABound { typed } => words.with("not-a-bound", &[("typed", text(typed))]),
        Diagnosis::LimitByRank => words.say("limit-by-rank"),
        Diagnosis::ScoresByName => words.say("scores-by-name"),
        Diagnosis::HoldsNoNumber { whole: true } => words.say("holds-no-whole-number"),
        Diagnosis::HoldsNoNumber { .. } => words.say("holds-no-number"),
        Diagnosis::NotPositive { typed, least } => words.with(
            "not-positive",
            &[
                ("typed", text(typed)),
                ("least", usize::from(*least).into()),
            ],
        ),
        Diagnosis::NoPivot { typed } => {
            words.with("no-pivot", &[("typed", in_sentence(typed, style).into())])
        }
        Diagnosis::SpaceInQuotes { typed } => words.with(
            "space-in-quotes",
            &[("typed", in_sentence(typed, style).into())],
        ),
        _ => about_keys(diagnosis, style, words)
            .unwrap_or_else(|| about_values(diagnosis, style, words)),
    }
}

/// A diagnosis that is about values.
fn about_values(diagnosis: &Diagnosis, style: &Style, words: &Words) -> String {
    let text = |text: &str| typed(text, style);
    match diagnosis {
        Diagnosis::KeyElsewhere { key, instead } => words.with(
            "key-elsewhere",
            &[
                ("key", in_sentence(key, style).into()),
                ("instead", in_sentence(instead, style).into()),
            ],
        ),
        Diagnosis::Reordered(disorder) => words.say(match disorder {
            Disorder::Reversed => "reversed",
            Disorder::PairsReversed => "pairs-reversed",
            Disorder::OtherPairs => "other-pairs",
            Disorder::Other => "reordered",
        }),
        Diagnosis::OffByOne { typed, argument } => of_argument(
            "off-by-one",
            "off-by-one-bare",
            text(typed),
            argument,
            words,
        ),
        Diagnosis::Sign { typed, argument } => {
            of_argument("sign", "sign-bare", text(typed), argument, words)
        }
        Diagnosis::Bound {
            typed,
            should_exclude,
        } => {
            let id = if *should_exclude {
                "bound-should-exclude"
            } else {
                "bound-should-include"
            };
            words.with(id, &[("typed", text(typed))])
        }
        Diagnosis::MissingOption { count, word } => missing_option(*count, word, words),
        Diagnosis::Punctuation { typed, sign } => sign::punctuation(typed, *sign, style, words),
        Diagnosis::WideSign { sign, ascii } => sign::wide(*sign, *ascii, words),
        Diagnosis::WhileSubscribed { command } => {
            words.with("while-subscribed", &[("command", command.clone().into())])
        }
        Diagnosis::BareBound { typed } => words.with("bare-bound", &[("typed", text(typed))]),
        Diagnosis::ExtraOption { typed } => unwanted_word("extra-option", typed, words),
        Diagnosis::OtherWord { typed, nth } => {
            let does = unwanted_word("other-word", typed, words);
            let values = |nth: usize| [("typed", text(typed)), ("nth", nth.into())];
            nth.map_or(does, |nth| words.with("other-word-nth", &values(nth)))
        }
        Diagnosis::Twice { typed } => {
            words.with("twice", &[("typed", in_sentence(typed, style).into())])
        }
        Diagnosis::PartTaken { name, by } => part_taken(name, in_sentence(by, style), words),
        Diagnosis::MissingValues { count, what } => missing_values(*count, what, words),
        Diagnosis::ExtraValues { typed } => words.with(
            "extra-values",
            &[
                ("n", typed.len().into()),
                ("typed", listed(typed, style, words).into()),
            ],
        ),
        Diagnosis::OtherValue {
            typed,
            argument,
            slip,
        } => {
            let typed = in_sentence(typed, style).into();
            match slip {
                Some(KeySlip::Case) => words.with("other-value-case", &[("typed", typed)]),
                Some(_) => words.with("other-value-letter", &[("typed", typed)]),
                None => of_argument("other-value", "other-value-bare", typed, argument, words),
            }
        }
        Diagnosis::NeedsQuotes { typed } => words.with("needs-quotes", &[("typed", text(typed))]),
        Diagnosis::OtherState { keys } => words.with(
            "other-state",
            &[("keys", listed(keys, style, words).into())],
        ),
        Diagnosis::NothingChanged => words.say("nothing-changed"),
        Diagnosis::NoDeadline { key } => words.with(
            "no-deadline-then",
            &[("key", in_sentence(key, style).into())],
        ),
        Diagnosis::OtherDeadline { key, wanted } => {
            let id = if *wanted {
                "deadline-wanted"
            } else {
                "deadline-unwanted"
            };
            words.with(id, &[("key", in_sentence(key, style).into())])
        }
        Diagnosis::RightData { got, wanted } => right_data(*got, *wanted, words),
        _ => words.say("other-reply"),
    }
}

fn right_data(got: Shape, wanted: Shape, words: &Words) -> String {
    if got == wanted {
        return words.say("right-data");
    }
    let shape = |shape: Shape| words.with("shape", &[("shape", shape.name().into())]);
    words.with(
        "right-data-shape",
        &[("got", shape(got).into()), ("wanted", shape(wanted).into())],
    )
}

/// One message without a near word, another with it.
pub(super) fn nearly(
    plain: &str,
    with_near: &str,
    near: Option<&str>,
    values: &[(&str, Value<'static>)],
    style: &Style,
    words: &Words,
) -> String {
    let Some(near) = near else {
        return words.with(plain, values);
    };
    let values: Vec<_> = values
        .iter()
        .cloned()
        .chain([("near", typed(near, style))])
        .collect();
    words.with(with_near, &values)
}

fn wrong_type(diagnosis: &Diagnosis, style: &Style, words: &Words) -> String {
    let Diagnosis::WrongType {
        key,
        found,
        wanted,
        command,
        works,
    } = diagnosis
    else {
        return String::new();
    };
    let named = |id: &str, kind: Type| -> Value<'static> {
        words.with(id, &[("kind", kind.name().into())]).into()
    };
    words.with(
        "wrong-type",
        &[
            ("key", in_sentence(key, style).into()),
            ("found", named("type-one", *found)),
            ("founds", named("type-many", *found)),
            ("wanted", named("type-many", *wanted)),
            ("command", typed(command, style)),
            ("n", works.len().into()),
            ("works", works.join(&words.say("and-comma")).into()),
        ],
    )
}

/// What the command that was typed does, and of what kind the wanted one is.
fn other_command(name: &str, kind: Option<Type>, changes: bool, words: &Words) -> String {
    let wanted = match (kind, changes) {
        (None, _) => words.say("wanted-command"),
        (Some(kind), changes) => {
            let id = if changes {
                "wanted-changes"
            } else {
                "wanted-reads"
            };
            let kind = words.with("type-many", &[("kind", kind.name().into())]);
            words.with(id, &[("types", kind.into())])
        }
    };
    let summary = commands::find(name.as_bytes()).and_then(|row| help::own_summary(row, words));
    let Some(summary) = summary else {
        return wanted;
    };
    let does = words.with(
        "command-does",
        &[("command", title(name).into()), ("summary", summary.into())],
    );
    format!("{does}{}{wanted}", words.say("space"))
}

fn contrast_id(contrast: Contrast) -> &'static str {
    match contrast {
        Contrast::LeftNotRight => "left-not-right",
        Contrast::RightNotLeft => "right-not-left",
        Contrast::LowNotHigh => "low-not-high",
        Contrast::HighNotLow => "high-not-low",
        Contrast::StoresNotAnswers => "stores-not-answers",
        Contrast::AnswersNotStores => "answers-not-stores",
        Contrast::TakesNotLooks => "takes-not-looks",
        Contrast::LooksNotTakes => "looks-not-takes",
        Contrast::SecondsNotMilliseconds => "seconds-not-milliseconds",
        Contrast::MillisecondsNotSeconds => "milliseconds-not-seconds",
        Contrast::UpNotDown => "up-not-down",
        Contrast::DownNotUp => "down-not-up",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tutor::Missing;

    #[test]
    fn chinese_names_arguments_by_its_own_words() {
        let words = Words::new(crate::text::Language::Zh);
        let said = |found: &Diagnosis| sentence(found, &Style::default(), &words);
        let missing = |count, what| said(&Diagnosis::MissingValues { count, what });
        let more = Missing::More("element".to_owned());
        assert_eq!(missing(2, more), "还少 2 个元素。");
        let groups = Missing::Groups("score member".to_owned());
        assert_eq!(missing(1, groups), "还少一组：分数 成员。");
        let off = |argument: &str| {
            said(&Diagnosis::OffByOne {
                typed: "3".to_owned(),
                argument: argument.to_owned(),
            })
        };
        assert_eq!(off("increment"), "增量写成了 3，差 1。");
        assert_eq!(off("stop"), "终点写成了 3，差 1。");
        let typed = vec![crate::engine::Bytes::from(b"2".as_slice())];
        assert_eq!(said(&Diagnosis::ExtraValues { typed }), "多写了 2。");
    }
}
