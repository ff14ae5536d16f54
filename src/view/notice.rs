//! What is said about the session, not about the lesson's content.

use crate::engine::commands;
use crate::notation::LineError;
use crate::text::Words;
use crate::tutor::{Arrived, Choice, Fault, Notice, Place, Trouble, Unwritten};

use super::{
    help,
    layout::{Block, clean_line, cut, width, wrap},
    quiz, step,
    style::{Ink, Style},
};

/// The notice.
#[must_use]
pub fn block(notice: &Notice, style: &Style, words: &Words) -> Block {
    match notice {
        Notice::Help(place) => help::overview(*place, style, words),
        Notice::Command { name, taught } => match commands::find(name.as_bytes()) {
            Some(row) => help::command(row, taught, style, words),
            None => Block::new(),
        },
        Notice::CommandGroup(group) => help::group(*group, style, words),
        Notice::Pasted { clean } => {
            with_lines(&words.say("pasted"), std::slice::from_ref(clean), style)
        }
        Notice::Skipped(lines) if lines.is_empty() => {
            wrap(&words.say("nothing-to-type"), style, step::INDENT)
        }
        Notice::Skipped(lines) => with_lines(&words.say("skipped-by"), lines, style),
        Notice::Answer(lines) => with_lines(&words.say("answer-is"), lines, style),
        Notice::RightChoice { letter, shown } => {
            let line = right_choice(*letter, shown, style, words);
            with_lines(&words.say("answer-is"), &[line], style)
        }
        Notice::Written { file, .. } => {
            let file = clean_line(file);
            let is_plain = |c: char| c.is_alphanumeric() || "._-/\\:~".contains(c);
            let run = if file.chars().all(is_plain) {
                format!("python3 {file}")
            } else {
                format!("python3 '{file}'")
            };
            let mut block = wrap(&sentence(notice, style, words), style, step::INDENT);
            // Broken over lines it could not be copied.
            block.push(style.paint(Ink::Code, &format!("      {run}")));
            block
        }
        other => wrap(&sentence(other, style, words), style, step::INDENT),
    }
}

fn with_lines(said: &str, lines: &[String], style: &Style) -> Block {
    let mut block = wrap(said, style, step::INDENT);
    block.extend(step::code(lines, style));
    block
}

/// A word with a colon that is none of ours.
fn no_such_word(word: &str, near: Option<&str>, style: &Style, words: &Words) -> String {
    let short = |text: &str| cut(&clean_line(text), 40, style);
    let word = ("word", short(word).into());
    match near {
        Some(near) => words.with("no-such-word-near", &[word, ("near", short(near).into())]),
        None => words.with("no-such-word", &[word]),
    }
}

/// A notice that is a sentence.
#[must_use]
pub fn sentence(notice: &Notice, style: &Style, words: &Words) -> String {
    let short = |text: &str| cut(&clean_line(text), 40, style);
    // A line without words is Enter at a step that is only read.
    let of_line = |id: &str, line: &str| {
        let line = if line.is_empty() {
            words.say("enter-key")
        } else {
            short(line)
        };
        words.with(id, &[("line", line.into())])
    };
    match notice {
        Notice::Absent { name, group } => words.with(
            "absent",
            &[("name", short(name).into()), ("group", short(group).into())],
        ),
        Notice::NoSuchWord { word, near } => no_such_word(word, near.as_deref(), style, words),
        Notice::BadLine(error) => bad_line(*error, words),
        Notice::LineTooLong { most } => words.with("line-too-long", &[("n", (*most).into())]),
        Notice::Python => words.say("python-here"),
        Notice::LessonDone(true) => words.say("lesson-is-done"),
        Notice::LessonDone(false) => words.say("last-lesson-is-done"),
        Notice::RepeatTooLarge { most } => words.with("repeat-too-large", &[("n", (*most).into())]),
        Notice::Undone { line } => of_line("undone", line),
        Notice::UndoneProgram => words.say("undone-program"),
        Notice::ChangedNothing { line: None } => words.say("changed-nothing"),
        Notice::ChangedNothing { line: Some(line) } => words.with(
            "changed-nothing-before",
            &[("line", clean_line(line).into())],
        ),
        Notice::CanUndo => words.say("can-undo"),
        Notice::CanReset => words.say("can-reset"),
        Notice::NothingToUndo => words.say("nothing-to-undo"),
        Notice::Redone { line } => of_line("redone", line),
        Notice::RedoneProgram => words.say("redone-program"),
        Notice::NothingToRedo => words.say("nothing-to-redo"),
        Notice::Reset => words.say("reset-done"),
        Notice::NoStepBefore => words.say("no-step-before"),
        Notice::NoMoreHints => words.say("no-more-hints"),
        Notice::ReadOnly => words.say("read-only-step"),
        Notice::NotHere(Place::Play) => words.say("not-here-play"),
        Notice::NotHere(_) => words.say("not-here-quiz"),
        Notice::GaveUp => words.say("gave-up"),
        Notice::PredictFirst => words.say("predict-first"),
        Notice::ReplyTyped { typed } => {
            words.with("reply-typed", &[("typed", clean_line(typed).into())])
        }
        Notice::NotKnown => words.say("not-known"),
        Notice::InDigits => words.say("in-digits"),
        Notice::OnlyTheKind => words.say("only-the-kind"),
        Notice::OnOneLine => words.say("on-one-line"),
        Notice::OnlyTheLast { line } => of_line("only-the-last", line),
        Notice::Pasted { clean } => format!("{} {}", words.say("pasted"), clean_line(clean)),
        Notice::OnlyTheGap
        | Notice::SameLine
        | Notice::TypeAllNumbers { .. }
        | Notice::TypeALetter { .. }
        | Notice::NotThisOne { .. }
        | Notice::BeginsWith { .. }
        | Notice::Fault(_)
        | Notice::RightChoice { .. } => of_question(notice, style, words),
        Notice::Answer(lines) => format!(
            "{}{}{}",
            words.say("answer-is"),
            words.say("space"),
            clean_line(&lines.join("; "))
        ),
        Notice::Skipped(lines) => format!(
            "{}{}{}",
            words.say("skipped-by"),
            words.say("space"),
            clean_line(&lines.join("; "))
        ),
        Notice::Silence { arrived: false } => words.say("silence"),
        Notice::Silence { arrived: true } => words.say("silence-after"),
        Notice::Flood { more } => words.with("flood", &[("n", (*more).into())]),
        Notice::OnlyReads { line, is_done } => {
            let id = if *is_done {
                "only-reads-behind"
            } else {
                "only-reads"
            };
            of_line(id, line)
        }
        Notice::SetBack => words.say("set-back"),
        Notice::OnlyLooksHere => words.say("only-looks-here"),
        Notice::BesideQuestion => words.say("beside-question"),
        Notice::BeginsAnew => words.say("begins-anew"),
        Notice::RightSoFar => words.say("right-so-far"),
        Notice::Trouble(trouble) => words.say(trouble_id(*trouble)),
        Notice::RunItFirst(arrived) => words.say(first_id(*arrived)),
        Notice::WaitsForProgram => words.say("waits-for-program"),
        Notice::NotCounted => words.say("not-counted"),
        Notice::ByProgram => words.say("by-program"),
        Notice::PythonElsewhere => words.say("python-elsewhere"),
        Notice::NoProgram => words.say("no-program"),
        Notice::Written { file, whole: true } => of_file("program-written", file, words),
        Notice::Written { file, .. } => of_file("program-begun", file, words),
        Notice::NotWritten { file, why } => not_written(file, why, words),
        Notice::Help(_) | Notice::Command { .. } | Notice::CommandGroup(_) => String::new(),
    }
}

/// Why a program was not written, and what to do.
fn not_written(file: &str, why: &Unwritten, words: &Words) -> String {
    match why {
        Unwritten::IsAnother => of_file("program-is-another", file, words),
        Unwritten::IsFolder => of_file("program-is-folder", file, words),
        Unwritten::NoFolder(folder) => words.with(
            "program-no-folder",
            &[("folder", clean_line(folder).into())],
        ),
        Unwritten::Hides(module) => words.with(
            "program-hides",
            &[
                ("file", clean_line(file).into()),
                ("module", clean_line(module).into()),
            ],
        ),
        Unwritten::Denied => of_file("program-denied", file, words),
        Unwritten::Failed(error) => words.with(
            "program-failed",
            &[
                ("file", clean_line(file).into()),
                ("error", clean_line(error).into()),
            ],
        ),
    }
}

fn of_file(id: &str, file: &str, words: &Words) -> String {
    words.with(id, &[("file", clean_line(file).into())])
}

/// What is said of how a question is answered.
fn of_question(notice: &Notice, style: &Style, words: &Words) -> String {
    match notice {
        Notice::OnlyTheGap => words.say("only-what-is-missing"),
        Notice::SameLine => words.say("same-line"),
        Notice::TypeAllNumbers { last } => {
            words.with("type-all-numbers", &[("last", (*last).into())])
        }
        Notice::TypeALetter { last } => {
            words.with("type-a-letter", &[("last", last.to_string().into())])
        }
        Notice::NotThisOne { letter } => {
            words.with("not-this-one", &[("letter", letter.to_string().into())])
        }
        Notice::Fault(fault) => match fault {
            Fault::Order => words.say("fault-order"),
            Fault::Missing(n) => words.with("fault-missing", &[("n", (*n).into())]),
            Fault::Surplus(n) => words.with("fault-surplus", &[("n", (*n).into())]),
            Fault::Words(typed) => {
                words.with("fault-words", &[("typed", clean_line(typed).into())])
            }
            Fault::Lines(n) => words.with("fault-lines", &[("n", (*n).into())]),
        },
        Notice::BeginsWith { begins } => words.with(
            "begins-with",
            &[("begins", cut(&clean_line(begins), 40, style).into())],
        ),
        Notice::RightChoice { letter, shown } => format!(
            "{}{}{}",
            words.say("answer-is"),
            words.say("space"),
            right_choice(*letter, shown, style, words)
        ),
        _ => String::new(),
    }
}

/// A choice by its letter, and what it is where that is short.
fn right_choice(letter: char, shown: &Choice, style: &Style, words: &Words) -> String {
    /// A line of code is indented, and the letter stands before it.
    const BEFORE: usize = 10;
    let text = quiz::choice(shown, style, words);
    if width(&text) + BEFORE <= style.text_columns() {
        format!("{letter}  {text}")
    } else {
        letter.to_string()
    }
}

/// The message on what is wrong on the learner's side.
fn trouble_id(trouble: Trouble) -> &'static str {
    match trouble {
        Trouble::NoPython => "trouble-no-python",
        Trouble::NoLibrary => "trouble-no-library",
        Trouble::NotReached => "trouble-not-reached",
        Trouble::TooOld => "trouble-too-old",
        Trouble::NoMethod => "trouble-no-method",
        Trouble::NoOption => "trouble-no-option",
        Trouble::NotCalled => "trouble-not-called",
        Trouble::NotDefined => "trouble-not-defined",
        Trouble::OtherSign => "trouble-other-sign",
        Trouble::Unreadable => "trouble-unreadable",
        Trouble::Hidden => "trouble-hidden",
        Trouble::SmallLetters => "trouble-small-letters",
        Trouble::OfModule => "trouble-of-module",
        Trouble::Collected => "trouble-collected",
        Trouble::NotGone => "trouble-not-gone",
        Trouble::NoValue => "trouble-no-value",
        Trouble::NoKey => "trouble-no-key",
        Trouble::Stopped => "trouble-stopped",
        Trouble::Named => "trouble-named",
    }
}

/// The message on an answer that came too early.
fn first_id(arrived: Arrived) -> &'static str {
    match arrived {
        Arrived::Nothing => "run-it-first",
        Arrived::Part => "run-it-on",
        Arrived::Refused => "run-it-again",
    }
}

/// Columns are told from 1.
fn bad_line(error: LineError, words: &Words) -> String {
    let (id, quote, at) = match error {
        LineError::Unclosed { quote, at } => ("quote-unclosed", quote, at),
        LineError::Within { quote, at } => ("quote-within", quote, at),
        LineError::Mixed { quote, at } => ("quote-mixed", quote, at),
        LineError::Begun { quote, at } => ("quote-begun", quote, at),
        LineError::Sign { sign, at } => ("quote-sign", sign, at),
        LineError::Glued { quote, at } => ("quote-glued", quote, at),
    };
    let name = match error {
        LineError::Sign { .. } => "sign",
        _ => "quote",
    };
    words.with(
        id,
        &[(name, quote.to_string().into()), ("at", (at + 1).into())],
    )
}
