//! Lines that are typed in answer to a question: how they are read, what is no answer yet, and what is said of a wrong one.

use crate::engine::commands;
use crate::lesson::{GAP, Line, Question, QuestionKind, Step, WantedState};
use crate::notation::{Literal, first_wide, in_ascii, split};

use super::question::{judge, replies, run, world_of};
use crate::tutor::{
    Diagnosis, Notice, Why, World,
    compare::same_data,
    diagnose::{self, Case},
    judge::effect,
    likeness::names_same_command,
    unanswered::{self, Asked},
};

/// The lines of a typed answer; several are divided by semicolons, also by those of a Chinese keyboard.
pub(super) fn typed_lines(text: &str) -> Option<Vec<Line>> {
    let lines = divided(text).into_iter();
    lines.map(|line| Line::parse(line).ok()).collect()
}

/// No command has a longer name.
const LONGEST_NAME: usize = 32;

/// A text divided at the semicolons that stand outside of quotes.
fn divided(text: &str) -> Vec<&str> {
    let (mut quote, mut escaped) = (None, false);
    // Where no command follows at once, such a sign is a part of a word.
    let begins = |behind: &str| {
        let word = behind.split_whitespace().next().unwrap_or_default();
        word.is_empty()
            || commands::find(word.as_bytes()).is_some()
            || word.len() <= LONGEST_NAME && !commands::subcommands(word).is_empty()
    };
    let mut at = 0;
    let parts = text.split(|c: char| {
        at += c.len_utf8();
        let divides = quote.is_none()
            && matches!(c, ';' | '；')
            && (begins(&text[at..]) || text[at..].starts_with(' '));
        match quote {
            _ if escaped => escaped = false,
            Some(_) if c == '\\' => escaped = true,
            Some(open) if c == open => quote = None,
            None if matches!(c, '"' | '\'') => quote = Some(c),
            _ => {}
        }
        divides
    });
    let parts = parts.map(str::trim);
    parts.filter(|part| !part.is_empty()).collect()
}

/// Whether a text is these lines.
pub(super) fn is_same_lines(lines: &[Line], text: &str) -> bool {
    typed_lines(text).is_some_and(|typed| {
        typed.len() == lines.len()
            && lines
                .iter()
                .zip(&typed)
                .all(|(line, typed)| line.is_same(&typed.argv))
    })
}

/// A line with its gaps filled: one after the other while there are words for each, the whole text in a single one.
pub(super) fn fill_gaps(text: &str, fill: &str) -> String {
    let gaps = text.matches(GAP).count();
    if gaps <= 1 {
        return text.replace(GAP, fill);
    }
    if fill.split_whitespace().count() > gaps {
        return text.to_owned();
    }
    fill.split_whitespace()
        .fold(text.to_owned(), |text, word| text.replacen(GAP, word, 1))
}

/// What is said of a text that is no answer yet and does not count as one: half a quoted word, the whole line where its
/// gap is to be filled, the line that is to be corrected.
pub(super) fn no_answer(question: &Question, text: &str) -> Option<Notice> {
    let unclosed = |text: &str| split(text.as_bytes()).err();
    match question.kind {
        QuestionKind::PredictReply => {
            let replies = replies(question);
            let reply = replies.last().cloned().flatten();
            let asked = Asked {
                lines: &question.lines,
                replies: &replies,
                reply: reply.as_ref().unwrap_or(&Literal::Nil),
            };
            unanswered::no_answer(&asked, text)
        }
        QuestionKind::Blank if is_whole_line(question, text) => Some(Notice::OnlyTheGap),
        QuestionKind::Mistake if is_same_lines(&question.lines, text) => Some(Notice::SameLine),
        QuestionKind::Blank | QuestionKind::ChooseCommand | QuestionKind::Mistake => {
            let mut errors = divided(text).into_iter().filter_map(unclosed);
            errors.next().map(Notice::BadLine)
        }
        _ => None,
    }
}

/// Whether a text is the question's line, with something in the place of its gap.
fn is_whole_line(question: &Question, text: &str) -> bool {
    let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let typed = squeezed(text).to_lowercase();
    let line = squeezed(&question.text).to_lowercase();
    let frame = line
        .split_once(GAP)
        .filter(|(_, behind)| !behind.contains(GAP));
    let is_framed = |(before, behind): (&str, &str)| {
        let filled = typed.strip_prefix(before);
        let filled = filled.and_then(|rest| rest.strip_suffix(behind));
        filled.is_some_and(|filled| !filled.trim().is_empty()) && line.trim() != GAP
    };
    let filled = accepted(question);
    frame.is_some_and(is_framed) || filled.iter().any(|lines| is_same_lines(lines, text))
}

/// The lines that count as right, those with a gap filled in.
fn accepted(question: &Question) -> Vec<Vec<Line>> {
    match question.kind {
        QuestionKind::Blank => {
            let answers = question.answer.iter();
            let filled = answers.map(|answer| typed_lines(&fill_gaps(&question.text, answer)));
            filled.flatten().collect()
        }
        _ => question.right.clone(),
    }
}

/// The lines that were typed, those with a gap filled in.
fn meant_lines(question: &Question, text: &str) -> Option<Vec<Line>> {
    let lines = match question.kind {
        QuestionKind::Blank => typed_lines(&fill_gaps(&question.text, text)),
        _ => typed_lines(text),
    };
    lines.filter(|lines| !lines.is_empty())
}

/// What the diagnosis of lessons knows of a typed line: that its command is none, that a slip in it leaves no doubt,
/// or why Redis refuses it, where its command is the right one.
pub(super) fn slip(question: &Question, text: &str) -> Option<Why> {
    if let Some(found) = wide_sign(question, text) {
        return Some(found);
    }
    let typed = meant_lines(question, text)?;
    let ways = accepted(question);
    let mut found = ways.iter().filter_map(|way| {
        let step = Step {
            solution: way.clone(),
            also: ways.clone(),
            ..Step::default()
        };
        of_lines(&step, world_of(question), &typed)
    });
    found.next().map(Why::Diagnosis)
}

/// The first thing that is known of lines beside those of a step.
fn of_lines(step: &Step, mut base: World, typed: &[Line]) -> Option<Diagnosis> {
    let wanted = effect(&base, &step.solution, &[]);
    for line in typed {
        let argv = line.argv.as_slice();
        let mut world = base.clone();
        let reply = world.run(argv, &[]).reply;
        if commands::of_line(argv).is_none() {
            return diagnose::refusal(step, &base, argv, reply.as_ref()?);
        }
        let case = Case {
            step,
            base: &base,
            argv,
            reply: reply.as_ref(),
            world: &world,
            wanted: &wanted.world,
            wanted_reply: wanted.replies.last().and_then(Option::as_ref),
        };
        let mut own = step.solution.iter();
        let is_right = step.solution.iter().any(|own| own.is_same(argv));
        let is_practised = own.any(|own| names_same_command(&own.argv, argv));
        let refused = reply.as_ref().filter(|_| is_practised);
        let found = diagnose::certain(&case)
            .or_else(|| diagnose::refusal(step, &base, argv, refused?))
            .filter(|_| !is_right);
        if found.is_some() {
            return found;
        }
        base = world;
    }
    None
}

/// A sign that looks like ASCII, where with ASCII in its place the line is right.
fn wide_sign(question: &Question, text: &str) -> Option<Why> {
    // This one divides lines as it is.
    let text = text.replace('；', ";");
    let (sign, ascii) = first_wide(&text)?;
    let (right, _) = judge(question, &in_ascii(&text));
    right.then_some(Why::Diagnosis(Diagnosis::WideSign { sign, ascii }))
}

/// What a typed line comes to in place of what is asked for.
pub(super) fn instead(question: &Question, text: &str) -> Option<Why> {
    let lines = meant_lines(question, text)?;
    let is_command = |line: &Line| commands::of_line(&line.argv).is_some();
    if !lines.iter().all(is_command) {
        return None;
    }
    let (reply, world) = run(question, &lines);
    let before = world_of(question);
    let writes = !same_data(&before, &world);
    let state = || WantedState::of(world.engine.keyspace(), world.db(), world.engine.now());
    Some(Why::Instead {
        reply: reply?,
        leaves: writes.then(state),
    })
}
