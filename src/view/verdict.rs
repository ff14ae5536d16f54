//! What has come of a line: a sign and why. Everything but the sign stands two columns to the right, so that it looks
//! different from what Redis says.

use crate::engine::{Bytes, Command, commands, value::Type};
use crate::notation::join;
use crate::text::Words;
use crate::tutor::{Meaning, Mend, Verdict, VerdictKind, Why};

use super::{
    answer::{
        self, instead, leaves_then, of_reply, other_answer, other_count, other_form,
        reply_in_sentence,
    },
    cell::{as_typed, in_sentence, joined, listed},
    diagnosis, help,
    layout::{Block, clean, clean_line, cut, wrap, wrap_between},
    meaning, step,
    style::{Mark, Style},
    usage,
};

/// The verdict; nothing for what needs no word.
#[must_use]
pub fn block(verdict: &Verdict, style: &Style, words: &Words) -> Block {
    let mark = match verdict.kind {
        VerdictKind::Pass => Mark::Right,
        VerdictKind::Wrong => Mark::Wrong,
        VerdictKind::Partial | VerdictKind::Look => Mark::Neutral,
        VerdictKind::Aside | VerdictKind::Skip => return Block::new(),
    };
    // Another way is told behind what the learner's own line came to.
    let (others, own): (Vec<&Why>, Vec<&Why>) = verdict.why.iter().partition(|why| {
        matches!(
            why,
            Why::OtherWay(_)
                | Why::SomeRefused(_)
                | Why::Needless(_)
                | Why::NeedlessNames { .. }
                | Why::Twice(_)
        )
    });
    let meanings: Vec<&Meaning> = own.iter().filter_map(|why| as_meaning(why)).collect();
    let mut said: Block = own
        .iter()
        .filter(|why| as_meaning(why).is_none())
        .flat_map(|why| explained(why, style, words))
        .collect();
    said.extend(self::said(&meaning::told(&meanings, style, words), style));
    said.extend(others.iter().flat_map(|why| explained(why, style, words)));
    if said.is_empty() {
        return if mark == Mark::Neutral {
            said
        } else {
            vec![style.mark(mark)]
        };
    }
    marked(mark, said, style)
}

fn as_meaning(why: &Why) -> Option<&Meaning> {
    match why {
        Why::Meaning(meaning) => Some(meaning),
        _ => None,
    }
}

/// Lines behind a sign.
#[must_use]
pub fn marked(mark: Mark, mut lines: Block, style: &Style) -> Block {
    if let Some(first) = lines.first_mut() {
        *first = format!("{} {}", style.mark(mark), first.trim_start());
    }
    lines
}

/// The room for the sign: the first line is wrapped as if it stood there.
fn said(text: &str, style: &Style) -> Block {
    let sign = " ".repeat(style.pick("✓", "ok").chars().count() + 1);
    wrap_between(text, style, &sign, &" ".repeat(step::INDENT))
}

/// One reason.
#[must_use]
pub fn explained(why: &Why, style: &Style, words: &Words) -> Block {
    match why {
        Why::Diagnosis(found) => {
            let mut lines = said(&diagnosis::sentence(found, style, words), style);
            let usage = usage::usage(found, style);
            if !usage.is_empty() {
                lines.extend(usage);
                lines.push(String::new());
            }
            lines
        }
        Why::OtherWay(line) => other_way(line, style, words),
        other => said(&sentence(other, style, words), style),
    }
}

/// On the same line where there is room.
fn other_way(line: &str, style: &Style, words: &Words) -> Block {
    let label = words.say("other-way");
    let one = wrap(
        &format!("{label}  {}", clean_line(line)),
        style,
        step::INDENT,
    );
    if one.len() == 1 {
        return one;
    }
    let mut lines = said(&label, style);
    lines.extend(step::code(&[line.to_owned()], style));
    lines
}

/// A reason as a sentence.
// An arm for each, so that the compiler misses none.
#[allow(clippy::too_many_lines)]
#[must_use]
pub fn sentence(why: &Why, style: &Style, words: &Words) -> String {
    match why {
        Why::Author(text) => clean(text),
        Why::Diagnosis(found) => diagnosis::sentence(found, style, words),
        Why::Meaning(meaning) => meaning::sentence(meaning, style, words),
        Why::OtherWay(line) => format!("{} {}", words.say("other-way"), clean_line(line)),
        Why::Needless(surplus) => needless(surplus, style, words),
        Why::NeedlessNames { typed, kind } => words.with(
            "needless-names",
            &[
                ("typed", listed(typed, style, words).into()),
                ("n", typed.len().into()),
                ("kind", kind.name().into()),
            ],
        ),
        Why::Twice(typed) => of_list("once-enough", "typed", typed, style, words),
        Why::LooksAt(name) => looks_at(name, words),
        Why::MustUse(wanted) if wanted.iter().all(|word| is_condition(word)) => {
            of_words("must-use-condition", wanted, "and-comma", words)
        }
        Why::MustUse(wanted) => of_words("must-use", wanted, "and-comma", words),
        Why::MustUseCommand(wanted) => of_words("must-use", wanted, "or", words),
        Why::StillToUse(wanted) => of_words("still-to-use", wanted, "or", words),
        Why::MustName(wanted) => of_words("must-name", wanted, "and-comma", words),
        Why::StillToName(wanted) => of_words("still-to-name", wanted, "and-comma", words),
        Why::OtherLine => words.say("other-line"),
        Why::StillToType(wanted) => of_words("still-to-type", wanted, "and-comma", words),
        Why::WorkedOut(wanted) => of_words("worked-out", wanted, "or", words),
        Why::WorkingOut(wanted) => of_words("working-out", wanted, "or", words),
        Why::InPlaceOf {
            line,
            words: wanted,
        } => in_place_of(line, wanted, words),
        Why::InParts(wanted) => of_words("in-parts", wanted, "and-comma", words),
        Why::AddsOther(wanted) => of_words("adds-other", wanted, "and-comma", words),
        Why::SetNotAdded(number) => of_list(
            "set-not-added",
            "number",
            std::slice::from_ref(number),
            style,
            words,
        ),
        Why::PoppedEarly { key, names } => words.with(
            "popped-early",
            &[
                ("key", in_sentence(key, style).into()),
                ("names", listed(names, style, words).into()),
            ],
        ),
        Why::NeverThere { key, names } => words.with(
            "never-there",
            &[
                ("key", in_sentence(key, style).into()),
                ("n", names.len().into()),
                ("names", listed(names, style, words).into()),
            ],
        ),
        Why::WordsInOrder(wanted) => of_words("words-to-be-in-order", wanted, "and-comma", words),
        Why::TransactionOpened => words.say("transaction-opened"),
        Why::NotLast { key, mend } => {
            let id = match mend {
                Mend::Undo => "not-last-undo",
                Mend::Reset => "not-last-reset",
                Mend::Again => "not-last-again",
            };
            words.with(id, &[("key", in_sentence(key, style).into())])
        }
        Why::OtherOrder(wanted) => of_words("words-in-order", wanted, "and-comma", words),
        Why::OtherWordOrder(wanted) => of_words("other-word-order", wanted, "and-comma", words),
        Why::Forbidden(line) => of_line("forbidden", line, words),
        Why::ForbiddenHere(line) => of_line("forbidden-here", line, words),
        Why::StillNeeded(key) => {
            words.with("still-needed", &[("key", in_sentence(key, style).into())])
        }
        Why::OneTransaction => words.say("one-transaction"),
        Why::TooManyLines(most) => words.with("too-many-lines", &[("n", (*most).into())]),
        Why::Surplus(keys) => of_list("surplus", "keys", keys, style, words),
        Why::SoFar(keys) => of_list("so-far", "keys", keys, style, words),
        Why::OnlyDeadlineOpen => words.say("only-deadline-open"),
        Why::DeadlineToGo => words.say("deadline-to-go"),
        Why::OtherDeadline => words.say("other-deadline-there"),
        Why::OnlyLooks => words.say("only-looks"),
        Why::StillOpen(keys) => of_list("still-open", "keys", keys, style, words),
        Why::NothingHasChanged => words.say("nothing-has-changed"),
        Why::OtherAnswer { got, wanted } => other_answer(*got, *wanted, words),
        Why::RanInVain => words.say("ran-in-vain"),
        Why::WrittenAsError => words.say("written-as-error"),
        Why::Translated => words.say("translated"),
        Why::OtherUnit => words.say("other-unit"),
        Why::OtherNotation => words.say("other-notation"),
        Why::OtherNumber => words.say("other-number"),
        Why::NothingIsWritten => words.say("nothing-is-written"),
        Why::EmptyTextComes => words.say("empty-text-comes"),
        Why::SomethingComes(wanted) => answer::something_comes(*wanted, words),
        Why::OtherCount { got, wanted } => other_count(*got, *wanted, words),
        Why::OtherElementOrder => words.say("other-element-order"),
        Why::OtherElements(n) => words.with("other-elements", &[("n", (*n).into())]),
        Why::OtherOutcome => words.say("other-answer"),
        Why::OtherElement(typed) => {
            let typed = cut(&clean_line(typed), answer::LONGEST, style);
            words.with("other-element", &[("typed", typed.into())])
        }
        Why::Shifted { on } => words.say(if *on { "shifted-on" } else { "shifted-back" }),
        Why::OfAnotherLine(line) => of_line("of-another-line", line, words),
        Why::NoCursor => words.say("no-cursor"),
        Why::PythonsB => words.say("pythons-b"),
        Why::OtherShape(form) => other_form(*form, words),
        Why::WholeNumber => words.say("whole-number"),
        Why::OnlyTheNumber => words.say("only-the-number"),
        Why::NumberInQuotes => words.say("number-in-quotes"),
        Why::Backslashes => words.say("backslashes"),
        Why::Undivided => words.say("undivided"),
        Why::PythonShows => words.say("python-shows"),
        Why::ArrayOfOne => words.say("array-of-one"),
        Why::NilNotNone => words.say("nil-not-none"),
        Why::NoneNotNil => words.say("none-not-nil"),
        Why::OrALetter { last } => words.with("or-a-letter", &[("last", last.to_string().into())]),
        Why::OtherChoice => words.say("other-choice"),
        Why::NotTheAnswer => words.say("not-the-answer"),
        Why::NotPrinted => words.say("not-what-was-printed"),
        Why::GivesBytes => words.say("gives-bytes"),
        Why::LetterCase => words.say("letter-case"),
        Why::OtherSigns => words.say("other-signs"),
        Why::InFull(printed) => of_line("in-full", printed, words),
        Why::WordNotNumber => words.say("word-not-number"),
        Why::OtherReply { line, reply } => {
            of_reply("answered-otherwise", line, reply, style, words)
        }
        Why::NotThisReply { line, reply } => of_reply("not-this-reply", line, reply, style, words),
        Why::ComesOtherwise(reply) => {
            words.with("comes-otherwise", &[reply_in_sentence(reply, style)])
        }
        Why::Instead { reply, leaves } => instead(reply, leaves.as_ref(), style, words),
        Why::InVain(reply) => words.with("instead-in-vain", &[reply_in_sentence(reply, style)]),
        Why::AlikeOnlyHere => words.say("alike-only-here"),
        Why::ByLuck(keys) => of_list("by-luck", "keys", keys, style, words),
        Why::NotSent => words.say("not-sent"),
        Why::OneCommand => words.say("one-command"),
        Why::MayChange(command) => words.with("may-change", &[("command", command.into())]),
        Why::LinesMissing(n) => words.with("lines-missing", &[("n", (*n).into())]),
        Why::DivideCommands => words.say("divide-commands"),
        Why::RefusedThen { line, error } => {
            of_texts("refused-then", [("line", line), ("error", error)], words)
        }
        Why::LeavesThen(state) => leaves_then(state, style, words),
        Why::MoreToCome(left) => words.with("more-to-come", &[("n", (*left).into())]),
        Why::MustNotCome(line) => of_line("must-not-come", line, words),
        Why::StillMissing(line) => of_line("still-missing", line, words),
        Why::SeveralTrips => words.say("several-trips"),
        Why::NotAsked(line) => of_line("not-asked", line, words),
        Why::DoneBefore(line) => of_line("done-before", line, words),
        Why::OtherCommand { came, wanted } => {
            of_texts("other-command", [("came", came), ("wanted", wanted)], words)
        }
        Why::OtherState => words.say("data-differs"),
        Why::SameConnection(line) => of_line("same-connection", line, words),
        Why::TooEarly(line) => of_line("too-early", line, words),
        Why::OtherDatabase { line, is, wanted } => words.with(
            "other-database",
            &[
                (
                    "line",
                    cut(&clean_line(line), answer::LONGEST, style).into(),
                ),
                ("is", is.to_string().into()),
                ("wanted", wanted.to_string().into()),
            ],
        ),
        Why::OtherTypeNow { key, kind } => {
            of_types("other-type-now", key, [("kind", *kind)], style, words)
        }
        Why::Overwritten { key, was, kind } => {
            let types = [("was", *was), ("kind", *kind)];
            of_types("overwritten", key, types, style, words)
        }
        Why::Refused => words.say("refused"),
        Why::QueuedInVain => words.say("queued-in-vain"),
        Why::NotWatched => words.say("not-watched"),
        Why::WatchLost { own: true } => words.say("watch-lost-by-own"),
        Why::WatchLost { own: false } => words.say("watch-lost"),
        Why::AlsoWatched(keys) => of_list("also-watched", "keys", keys, style, words),
        Why::RanNothing => words.say("ran-nothing"),
        Why::ThrownAway { queued, watched } => words.say(match (queued, watched) {
            (true, true) => "thrown-away",
            (true, false) => "thrown-away-unwatched",
            (false, true) => "ended-watched",
            (false, false) => "ended-empty",
        }),
        Why::LacksBefore(lines) => of_words("lacks-before", lines, "and-comma", words),
        Why::QueuedOther(wanted) => of_words("queued-other", wanted, "or", words),
        Why::SomeRefused(lines) => of_words("some-refused", lines, "and-comma", words),
        Why::RanEmpty { watched: true } => words.say("ran-empty"),
        Why::RanEmpty { watched: false } => words.say("ran-empty-unwatched"),
        Why::QueuedTwice(line) => of_line("queued-twice", &join(line), words),
        Why::RanAtOnce(line) => of_line("ran-at-once", &join(line), words),
        Why::BelongsBefore(line) => of_line("belongs-before", &join(line), words),
        Why::UnwatchQueued => words.say("unwatch-queued"),
        Why::NoTransactionNeeded => words.say("no-transaction-needed"),
        Why::RefusedInExec(line) => of_line("refused-in-exec", &join(line), words),
        Why::QueuedTooMuch => words.say("queued-too-much"),
        Why::QueuedStranger(line) => of_line("queued-stranger", &join(line), words),
        Why::RanUnwatched => words.say("ran-unwatched"),
        Why::LacksAfterExec(wanted) => of_words("lacks-after-exec", wanted, "and-comma", words),
        Why::Queued => words.say("queued"),
        Why::NotQueued => words.say("not-queued"),
        Why::OpenAfterExec(keys) => of_list("open-after-exec", "keys", keys, style, words),
        Why::RanTooMuch(keys) => of_list("ran-too-much", "keys", keys, style, words),
        Why::RanInPart(keys) => of_list("ran-in-part", "keys", keys, style, words),
    }
}

/// A message about a key and types of values.
fn of_types<const N: usize>(
    id: &str,
    key: &Bytes,
    types: [(&'static str, Type); N],
    style: &Style,
    words: &Words,
) -> String {
    let mut told = vec![("key", in_sentence(key, style).into())];
    for (name, kind) in types {
        let kind = words.with("type-one", &[("kind", kind.name().into())]);
        told.push((name, kind.into()));
    }
    words.with(id, &told)
}

/// A message about two texts.
fn of_texts<const N: usize>(id: &str, texts: [(&'static str, &str); N], words: &Words) -> String {
    words.with(
        id,
        &texts.map(|(name, text)| (name, clean_line(text).into())),
    )
}

fn of_line(id: &str, line: &str, words: &Words) -> String {
    words.with(id, &[("line", clean_line(line).into())])
}

/// A message about keys or other words of a line.
fn of_list(id: &str, name: &'static str, of: &[Bytes], style: &Style, words: &Words) -> String {
    words.with(id, &[(name, listed(of, style, words).into())])
}

/// Whether a word lets a command write under a condition only.
fn is_condition(word: &str) -> bool {
    matches!(word, "NX" | "XX" | "GT" | "LT")
}

/// Words that do nothing, in groups.
fn needless(groups: &[Vec<Bytes>], style: &Style, words: &Words) -> String {
    let shown = |group: &Vec<Bytes>| {
        let shown: Vec<String> = group.iter().map(|word| in_sentence(word, style)).collect();
        as_typed(shown.join(" "))
    };
    let typed = joined(groups.iter().map(shown), style, words);
    words.with("needless", &[("typed", typed.into())])
}

/// A message about words, joined by another one.
fn of_words(id: &str, listed: &[String], joint: &str, words: &Words) -> String {
    // Of three that may do, the last alone has the word in front.
    let (last, rest) = listed
        .split_last()
        .map_or(("", &[][..]), |(last, rest)| (last, rest));
    let rest = rest.join(&words.say("and-comma"));
    let listed = if rest.is_empty() {
        last.to_owned()
    } else {
        format!("{rest}{}{last}", words.say(joint))
    };
    words.with(id, &[("words", clean_line(&listed).into())])
}

/// The line that is to be another one, and what that is to have.
fn in_place_of(line: &[Bytes], wanted: &[String], words: &Words) -> String {
    let line = clean_line(&join(line));
    let wanted = clean_line(&wanted.join(&words.say("and-comma")));
    words.with(
        "in-place-of",
        &[("line", line.into()), ("words", wanted.into())],
    )
}

/// What the line that was typed answers, where there are words for it.
fn looks_at(name: &str, words: &Words) -> String {
    let row = commands::find(name.as_bytes());
    let title = row.map_or_else(|| clean_line(name), Command::title);
    match row.and_then(|row| help::own_summary(row, words)) {
        Some(summary) => words.with(
            "looks-at",
            &[("command", title.into()), ("summary", summary.into())],
        ),
        None => words.with("looks-at-unknown", &[("command", title.into())]),
    }
}
