//! Lines that are typed in answer to a question: how they are read, what is no answer yet, and what is said of a wrong one.

use crate::engine::commands;
use crate::lesson::{GAP, Line, Question, QuestionKind, Step, WantedState};
use crate::notation::{Literal, first_wide, in_ascii, read_answer, split};

use super::{
    ending::{is_sent, looks, only_deadline, same_end},
    question::{judge, replies, run, world_of},
};
use crate::tutor::{
    Diagnosis, Notice, Why, World,
    compare::same_data,
    diagnose::{self, Case},
    judge::effect,
    likeness::names_same_command,
    local,
    unanswered::{self, Asked},
    world::only_looks,
};

/// The lines of a typed answer; several are divided by semicolons, also by those of a Chinese keyboard.
pub(super) fn typed_lines(text: &str) -> Option<Vec<Line>> {
    let lines = divided(text).into_iter();
    lines.map(|line| Line::parse(line).ok()).collect()
}

/// Whether each line of a text is one of a command that there is.
pub(super) fn are_commands(text: &str) -> bool {
    let is_command = |line: &Line| commands::of_line(&line.argv).is_some();
    typed_lines(text).is_some_and(|lines| !lines.is_empty() && lines.iter().all(is_command))
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

/// An answer without the semicolon behind it, where it belongs in a gap.
pub(super) fn answer_in<'a>(question: &Question, text: &'a str) -> &'a str {
    match (question.kind, divided(text).as_slice()) {
        (QuestionKind::Blank, [fill]) => fill,
        _ => text,
    }
}

/// Whether a text is one that is shown: what belongs in a gap and commands but for the case of command and option
/// words, code as it is, a sentence whatever its case.
pub(super) fn is_same_text(question: &Question, shown: &str, text: &str) -> bool {
    let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (shown, text) = (squeezed(shown), squeezed(text));
    if shown == text {
        return true;
    }
    match question.kind {
        QuestionKind::Blank => {
            let line = Line::parse(&fill_gaps(&question.text, &shown));
            let typed = split(fill_gaps(&question.text, &text).as_bytes());
            line.is_ok_and(|line| typed.is_ok_and(|typed| line.is_same(&typed)))
        }
        QuestionKind::ChooseCommand => {
            typed_lines(&shown).is_some_and(|lines| is_same_lines(&lines, &text))
        }
        _ => {
            let line = Line::parse(&shown).ok();
            let command = line.filter(|line| commands::of_line(&line.argv).is_some());
            let is_sentence = shown.contains(' ') || shown.chars().all(char::is_lowercase);
            match command {
                Some(command) => is_same_lines(&[command], &text),
                None => is_sentence && shown.to_lowercase() == text.to_lowercase(),
            }
        }
    }
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
    if is_line(question.kind) && is_of_another_language(text) {
        return Some(Notice::Python);
    }
    match question.kind {
        QuestionKind::PredictReply => {
            let replies = replies(question);
            let reply = replies.last().cloned().flatten();
            let asked = Asked {
                lines: &question.lines,
                replies: &replies,
                reply: reply.as_ref().unwrap_or(&Literal::Nil),
                base: &world_of(question),
            };
            let first = unanswered::first_alone(asked.reply, &read_answer(text));
            first.or_else(|| unanswered::no_answer(&asked, text))
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

/// Whether a line of Redis, or a part of one, answers questions of a kind.
fn is_line(kind: QuestionKind) -> bool {
    matches!(
        kind,
        QuestionKind::Blank | QuestionKind::ChooseCommand | QuestionKind::Mistake
    )
}

/// Whether a text is a line of a programming language, or has a dict in it that Redis' quotes do not allow.
fn is_of_another_language(text: &str) -> bool {
    let begins_dict = || text.split_whitespace().any(|word| word.starts_with('{'));
    local::is_program(text) || begins_dict() && split(text.as_bytes()).is_err()
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
    if let Some(found) = in_several(&ways, &typed) {
        return Some(found);
    }
    let divided_rightly = || judge(question, &text.replace("&&", ";")).0;
    let whole = one_line_of(question, text).filter(|_| typed.len() > 1);
    let mut found = ways.iter().filter_map(|way| {
        let step = step_of(way, &ways);
        let is_one = way.len() == 1;
        let base = || world_of(question);
        let of_whole = || {
            let line = whole.as_ref().filter(|_| is_one)?;
            of_lines(&step, base(), std::slice::from_ref(line))
                .filter(|found| matches!(found, Diagnosis::Punctuation { .. }))
        };
        let found = of_whole().or_else(|| of_lines(&step, base(), &typed))?;
        Some(match found {
            Diagnosis::TwoCommands { .. } if !is_one || divided_rightly() => Why::DivideCommands,
            found => Why::Diagnosis(found),
        })
    });
    found.next()
}

/// Lines of which several are asked for, and some were typed.
fn in_several(ways: &[Vec<Line>], typed: &[Line]) -> Option<Why> {
    let mut missing = ways.iter().filter_map(|way| {
        let begins = way.len() > typed.len();
        let mut pairs = way.iter().zip(typed);
        let is_own = begins && pairs.all(|(own, line)| own.is_same(&line.argv));
        is_own.then(|| way.len() - typed.len())
    });
    missing.next().map(Why::LinesMissing)
}

/// A text with semicolons in it as one line, where what stands behind one is no command.
fn one_line_of(question: &Question, text: &str) -> Option<Line> {
    let is_typed_whole = question.kind != QuestionKind::Blank;
    let mut others = divided(text).into_iter().skip(1).filter_map(|part| {
        let line = Line::parse(part).ok()?;
        commands::of_line(&line.argv).is_none().then_some(())
    });
    others.next().filter(|()| is_typed_whole)?;
    Line::parse(&text.replace('；', ";")).ok()
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
        let refused = || {
            let found = diagnose::refusal(step, &base, argv, reply.as_ref()?);
            found.filter(|found| is_practised || found.is_of_form())
        };
        let found = diagnose::certain(&case)
            .or_else(refused)
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

/// Lines that end as what a call sends does, and are not what it sends.
fn not_sent(question: &Question, text: &str) -> Option<Why> {
    let typed = meant_lines(question, text).filter(|_| question.sent)?;
    let mut ways = question.right.iter();
    ways.any(|way| same_end(question, way, &typed) && !is_sent(way, &typed))
        .then_some(Why::NotSent)
}

/// Several lines, where one is wanted.
fn several(question: &Question, text: &str) -> Option<Why> {
    let ways = accepted(question);
    let is_one = !ways.is_empty() && ways.iter().all(|way| way.len() == 1);
    let are_several = typed_lines(text).is_some_and(|lines| lines.len() > 1);
    (is_one && are_several && are_commands(text)).then_some(Why::OneCommand)
}

/// What is said of lines that end here as accepted ones do, and are wrong all the same.
pub(super) fn alike_only_here(question: &Question, text: &str) -> Option<Why> {
    match alike(question, text) {
        found @ Some(Why::Diagnosis(_) | Why::MayChange(_)) => found,
        found => {
            let other = not_sent(question, text).or_else(|| several(question, text));
            other.or(found)
        }
    }
}

fn alike(question: &Question, text: &str) -> Option<Why> {
    let typed = meant_lines(question, text)?;
    let ways = accepted(question);
    let way = ways.iter().find(|way| same_end(question, way, &typed))?;
    if let (true, Some(line)) = (
        looks(way),
        typed.iter().find(|line| !only_looks(&line.argv)),
    ) {
        let command = commands::of_line(&line.argv)?.title();
        return Some(Why::MayChange(command));
    }
    let of_arguments = || {
        let [line] = typed.as_slice() else {
            return None;
        };
        let step = step_of(way, &ways);
        let base = world_of(question);
        let wanted = effect(&base, way, &[]);
        let mut world = base.clone();
        let reply = world.run(&line.argv, &[]).reply;
        diagnose::of_arguments(&Case {
            step: &step,
            base: &base,
            argv: &line.argv,
            reply: reply.as_ref(),
            world: &world,
            wanted: &wanted.world,
            wanted_reply: wanted.replies.last().and_then(Option::as_ref),
        })
    };
    // That a bound or a place is another one would not tell why it is wrong, where all comes to the same here.
    let tells = |found: &Diagnosis| {
        use Diagnosis::{OffByOne, OtherValue, Sign};
        let (OtherValue { argument, .. } | OffByOne { argument, .. } | Sign { argument, .. }) =
            found
        else {
            return true;
        };
        let bounds = ["start", "stop", "end", "index", "min", "max"];
        !bounds.contains(&argument.as_str())
    };
    let found = of_arguments().filter(tells).map(Why::Diagnosis);
    Some(found.unwrap_or(Why::AlikeOnlyHere))
}

/// A step that asks for a way to answer a question.
fn step_of(way: &[Line], ways: &[Vec<Line>]) -> Step {
    Step {
        solution: way.to_vec(),
        also: ways.to_vec(),
        ..Step::default()
    }
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
    let is_refused = matches!(reply, Some(Literal::Error(_)));
    let ways = accepted(question).into_iter();
    let ends: Vec<World> = ways.map(|way| run(question, &way).1).collect();
    let is_to_change = !ends.is_empty() && !ends.iter().any(|end| same_data(&before, end));
    if is_to_change && !is_refused && !looks(&lines) {
        let deadline = ends.iter().find_map(|end| only_deadline(&world, end));
        match (writes, deadline) {
            (true, Some(why)) => return Some(why),
            (true, None) => {}
            (false, _) => return Some(Why::InVain(reply?)),
        }
    }
    let state = || WantedState::of(world.engine.keyspace(), world.db(), world.engine.now());
    Some(Why::Instead {
        reply: reply?,
        leaves: writes.then(state),
    })
}
