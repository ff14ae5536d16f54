//! One question: its right answers, its choices, and whether an answer is right. Computed by the engine wherever it can.

use crate::engine::{Order, commands};
use crate::lesson::{Compare, Line, Question, QuestionKind, WantedState, WrongAnswer, written};
use crate::notation::{Escape, Literal, one_line, read_answer, to_one_line};

use super::{
    Answer, MOST_CHOICES,
    ending::{ends_right, fills_gap, only_deadline, same_end},
    typed::{alike_only_here, fill_gaps, instead, is_same_lines, is_same_text, slip, typed_lines},
};
use crate::tutor::{
    Asks, Choice, StateView, Why,
    compare::{begins_error, reply_fits, same_data},
    play::view_of,
    predict,
    unanswered::Asked,
    unlike::other_answer,
    world::World,
};

pub(super) fn asks(question: &Question) -> Asks {
    match question.kind {
        QuestionKind::PredictReply => Asks::Reply,
        QuestionKind::PredictState => Asks::State,
        QuestionKind::ChooseCommand => Asks::Command,
        QuestionKind::Blank => Asks::Gap,
        QuestionKind::Order => Asks::Order,
        QuestionKind::Mistake if question.right.iter().any(|fix| fix.len() > 1) => {
            Asks::Corrections
        }
        QuestionKind::Mistake => Asks::Correction,
        QuestionKind::Datatype => Asks::Type,
        QuestionKind::Choice => Asks::Option,
    }
}

/// What is said of a wrong answer that the author has not foreseen; `text` is what was typed, where that is no letter
/// of a choice.
pub(super) fn unforeseen(question: &Question, text: Option<&str>) -> Why {
    match (asks(question), text) {
        (Asks::Reply, Some(text)) => {
            let (replies, _) = run_all(question, &question.lines);
            let asked = Asked {
                lines: &question.lines,
                replies: &replies,
                reply: &reply_of(question),
                base: &world_of(question),
            };
            other_answer(&asked, &read_answer(text))
        }
        (Asks::Reply | Asks::State, _) => Why::OtherOutcome,
        (Asks::Option | Asks::Type, _) => Why::OtherChoice,
        (Asks::Command | Asks::Gap | Asks::Correction | Asks::Corrections, Some(text)) => {
            slip(question, text)
                .or_else(|| alike_only_here(question, text))
                .or_else(|| instead(question, text))
                .unwrap_or(Why::NotTheAnswer)
        }
        _ => Why::NotTheAnswer,
    }
}

/// What lines come to in an order that is not the right one.
pub(super) fn in_that_order(question: &Question, order: &[usize]) -> Why {
    let mut world = world_of(question);
    for line in lines_in(question, order) {
        if let Some(Literal::Error(error)) = world.run(&line.argv, &[]).reply {
            let line = line.text.clone();
            return Why::RefusedThen { line, error };
        }
    }
    let wanted = run(question, &question.lines).1;
    if let Some(why) = only_deadline(&world, &wanted) {
        return why;
    }
    Why::LeavesThen(WantedState::of(
        world.engine.keyspace(),
        world.db(),
        world.engine.now(),
    ))
}

/// A question's lines by their numbers.
fn lines_in<'a>(question: &'a Question, order: &'a [usize]) -> impl Iterator<Item = &'a Line> {
    order.iter().filter_map(|at| question.lines.get(at - 1))
}

/// When a question starts.
pub(super) const START: i64 = 1_767_225_600_000;

/// The world in which a question starts.
pub(super) fn world_of(question: &Question) -> World {
    let mut world = World::empty(1, START);
    for line in &question.setup {
        world.play(line);
    }
    world
}

pub(super) fn starting_state(question: &Question) -> Option<StateView> {
    let world = world_of(question);
    let view = view_of(&world, &[]);
    (!view.keys.is_empty()).then_some(view)
}

/// The reply of the last line and the world, after lines have run from a question's start.
pub(super) fn run(question: &Question, lines: &[Line]) -> (Option<Literal>, World) {
    let (replies, world) = run_all(question, lines);
    (replies.into_iter().next_back().flatten(), world)
}

fn run_all(question: &Question, lines: &[Line]) -> (Vec<Option<Literal>>, World) {
    let mut world = world_of(question);
    let mut reply = |line: &Line| world.run(&line.argv, &[]).reply;
    let replies = lines.iter().map(&mut reply).collect();
    (replies, world)
}

/// What each of the question's lines answers.
pub(super) fn replies(question: &Question) -> Vec<Option<Literal>> {
    run_all(question, &question.lines).0
}

/// What is said of a right answer, beside that it is right.
pub(super) fn remark(question: &Question, text: &str) -> Option<Why> {
    let is_reply = question.kind == QuestionKind::PredictReply;
    let found = is_reply.then(|| predict::remark(&read_answer(text), &reply_of(question)));
    found.flatten()
}

/// The reply that is asked for.
fn reply_of(question: &Question) -> Literal {
    run(question, &question.lines).0.unwrap_or(Literal::Nil)
}

/// The answers that count as right, written down; the author's first.
#[must_use]
pub(in crate::tutor) fn right_answers(question: &Question) -> Vec<String> {
    let joined = |lines: &Vec<Line>| {
        lines
            .iter()
            .map(|line| line.text.clone())
            .collect::<Vec<_>>()
            .join("; ")
    };
    match question.kind {
        QuestionKind::PredictReply => {
            let reply = reply_of(question);
            vec![to_one_line(&reply, Escape::Text)]
        }
        QuestionKind::PredictState => vec![wanted_state(question).to_toml()],
        QuestionKind::ChooseCommand | QuestionKind::Mistake => {
            question.right.iter().map(joined).collect()
        }
        QuestionKind::Order => vec![
            (1..=question.lines.len())
                .map(|n| n.to_string())
                .collect::<Vec<_>>()
                .join(" "),
        ],
        QuestionKind::Blank | QuestionKind::Datatype | QuestionKind::Choice => {
            question.answer.clone()
        }
    }
}

pub(super) fn wanted_state(question: &Question) -> WantedState {
    let world = run(question, &question.lines).1;
    WantedState::of(world.engine.keyspace(), world.db(), world.engine.now())
}

/// The choices of a question: the right answer and the author's wrong ones.
pub(super) fn choices(question: &Question) -> Vec<Answer> {
    if matches!(question.kind, QuestionKind::Datatype | QuestionKind::Choice) {
        let say = |option: &String| {
            question
                .wrong
                .iter()
                .find(|wrong| wrong.answer == *option)
                .map(|wrong| wrong.say.clone())
        };
        let options = question.options.iter().map(|option| Answer {
            shown: Choice::Text(option.clone()),
            right: question.answer.contains(option),
            say: say(option).unwrap_or_default(),
        });
        return options.collect();
    }
    // A line that is to be mended is typed: the wrong ones are foreseen, not shown.
    let is_only_typed = matches!(question.kind, QuestionKind::Order | QuestionKind::Mistake);
    if is_only_typed || question.wrong.is_empty() {
        return Vec::new();
    }
    let right = match question.kind {
        QuestionKind::PredictReply => Choice::Reply(reply_of(question)),
        QuestionKind::PredictState => Choice::State(wanted_state(question)),
        _ => Choice::Text(
            right_answers(question)
                .into_iter()
                .next()
                .unwrap_or_default(),
        ),
    };
    let wrong = question.wrong.iter().map(|wrong| Answer {
        shown: shown(question, wrong),
        right: false,
        say: wrong.say.clone(),
    });
    let mut answers: Vec<Answer> = wrong.take(MOST_CHOICES - 1).collect();
    answers.push(Answer {
        shown: right,
        right: true,
        say: String::new(),
    });
    answers
}

pub(super) fn shown(question: &Question, wrong: &WrongAnswer) -> Choice {
    match (&wrong.state, question.kind) {
        (Some(state), _) => Choice::State(state.clone()),
        (None, QuestionKind::PredictReply) => match one_line(&wrong.answer) {
            Ok(reply) => Choice::Reply(reply),
            Err(_) => Choice::Text(wrong.answer.clone()),
        },
        _ => Choice::Text(wrong.answer.clone()),
    }
}

/// Whether a typed answer is right, and what a wrong one deserves to hear.
#[must_use]
pub(super) fn judge(question: &Question, text: &str) -> (bool, String) {
    // What the author calls wrong is wrong, even where it ends alike: SET n 42 is no INCR. A reply that may be meant
    // rightly is right, though: 7 stands for (integer) 7, too, where "7" is foreseen.
    let is_meant_right = question.kind == QuestionKind::PredictReply && is_reply(question, text);
    let foreseen = question
        .wrong
        .iter()
        .find(|wrong| wrong.answer == text || !is_meant_right && is_wrong(question, wrong, text));
    if let Some(wrong) = foreseen {
        return (false, wrong.say.clone());
    }
    let right = match question.kind {
        QuestionKind::PredictReply => is_meant_right,
        QuestionKind::PredictState => text == wanted_state(question).to_toml(),
        QuestionKind::ChooseCommand | QuestionKind::Mistake => ends_right(question, text),
        QuestionKind::Blank => fills_gap(question, text),
        QuestionKind::Order => in_order(question, text),
        QuestionKind::Datatype | QuestionKind::Choice => {
            let mut answers = question.answer.iter();
            answers.any(|answer| is_same_text(question, answer, text))
        }
    };
    (right, String::new())
}

pub(super) fn is_reply(question: &Question, text: &str) -> bool {
    let (Some(reply), _) = run(question, &question.lines) else {
        return false;
    };
    let Some(line) = question.lines.last() else {
        return false;
    };
    read_answer(text).is(&reply, &|wanted, got| {
        reply_fits(&Compare::Row, line, wanted, got) || begins_error(wanted, got)
    })
}

pub(super) fn in_order(question: &Question, text: &str) -> bool {
    let separators = |c: char| !c.is_ascii_digit();
    let order: Vec<usize> = text
        .split(separators)
        .filter_map(|number| number.parse().ok())
        .collect();
    let mut sorted = order.clone();
    sorted.sort_unstable();
    if !sorted.iter().copied().eq(1..=question.lines.len()) {
        return false;
    }
    let mut world = world_of(question);
    let fails = lines_in(question, &order)
        .any(|line| matches!(world.run(&line.argv, &[]).reply, Some(Literal::Error(_))));
    let wanted = run(question, &question.lines).1;
    !fails && same_data(&world, &wanted)
}

pub(super) fn is_wrong(question: &Question, wrong: &WrongAnswer, text: &str) -> bool {
    match question.kind {
        QuestionKind::PredictReply => one_line(&wrong.answer).is_ok_and(|reply| {
            read_answer(text).is(&reply, &|wanted, got| {
                wanted == got || begins_error(wanted, got)
            })
        }),
        _ if !wrong.lines.is_empty() => is_same_lines(&wrong.lines, text),
        _ => false,
    }
}

/// The pinned reply and the one that comes, in notation, where the two differ and luck has no part in it.
fn pinned_reply(question: &Question) -> Option<(String, String)> {
    let pinned = question.replies.last()?;
    let lines = match question.kind {
        QuestionKind::PredictReply => question.lines.clone(),
        QuestionKind::Blank => typed_lines(&fill_gaps(&question.text, question.answer.first()?))?,
        _ => question.right.first()?.clone(),
    };
    let line = lines.last()?;
    if commands::of_line(&line.argv).is_some_and(|row| row.order == Order::Random) {
        return None;
    }
    let is = run(question, &lines).0.unwrap_or(Literal::Nil);
    let written = |reply: &Literal| to_one_line(reply, Escape::Text);
    (!reply_fits(&Compare::Row, line, pinned, &is)).then(|| (written(pinned), written(&is)))
}

/// Something that is not as a question's author says.
#[derive(Debug, Clone)]
pub(in crate::tutor) struct Fault {
    /// The key that it concerns.
    pub key: &'static str,
    /// What is wrong.
    pub message: String,
    /// What the author probably wants to write.
    pub help: Option<String>,
}

/// What is wrong with a question, for the check of a pack.
#[must_use]
pub(in crate::tutor) fn faults(question: &Question) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut add = |key, message, help| faults.push(Fault { key, message, help });
    let typed = right_answers(question);
    // What the engine says, before the author's wrong answers are looked at.
    let engine = Question {
        wrong: Vec::new(),
        ..question.clone()
    };
    if typed.is_empty() {
        add("answer", "has no answer".to_owned(), None);
    }
    if question.kind == QuestionKind::Order && question.lines.len() < 2 {
        add("lines", "has no lines to be put in order".to_owned(), None);
    }
    if question.kind == QuestionKind::PredictState && question.wrong.is_empty() {
        add("wrong", "has no other state to choose".to_owned(), None);
    }
    if question.kind != QuestionKind::PredictState {
        let refused = |answer: &&String| !judge(&engine, answer).0 || !judge(question, answer).0;
        for answer in typed.iter().filter(refused) {
            add("answer", format!("refuses its own answer `{answer}`"), None);
        }
        let is_right = |wrong: &&WrongAnswer| match question.kind {
            // Of two fixes that end alike, one may only do so here.
            QuestionKind::Mistake => {
                let mut fixes = question.right.iter();
                fixes.any(|fix| is_same_lines(fix, &wrong.answer))
            }
            _ => judge(&engine, &wrong.answer).0,
        };
        for wrong in question.wrong.iter().filter(is_right) {
            add(
                "wrong",
                format!(
                    "offers `{}` as a wrong answer, and it is right",
                    wrong.answer
                ),
                None,
            );
        }
    }
    if let Some((pinned, is)) = pinned_reply(question) {
        let message = format!("pins the reply {pinned}, but the answer is {is}");
        add("reply", message, Some(format!("reply = {}", written(&is))));
    }
    if let Some(state) = &question.answer_state
        && *state != wanted_state(question)
    {
        let is = wanted_state(question).to_toml();
        let help = format!("answer = {is}");
        add(
            "answer",
            "pins another state than comes".to_owned(),
            Some(help),
        );
    }
    for state in question
        .wrong
        .iter()
        .filter_map(|wrong| wrong.state.as_ref())
    {
        if *state == wanted_state(question) {
            let state = state.to_toml();
            add(
                "wrong",
                format!("offers the right state as a wrong one: {state}"),
                None,
            );
        }
    }
    if matches!(question.kind, QuestionKind::Datatype | QuestionKind::Choice)
        && !question
            .answer
            .first()
            .is_some_and(|answer| question.options.contains(answer))
    {
        add(
            "answer",
            "has an answer that is none of its options".to_owned(),
            None,
        );
    }
    if question.kind == QuestionKind::Mistake
        && question
            .right
            .iter()
            .any(|fix| same_end(question, fix, &question.lines))
    {
        add(
            "code",
            "shows code that ends as its correction does".to_owned(),
            None,
        );
    }
    faults
}
