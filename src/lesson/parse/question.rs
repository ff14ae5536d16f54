//! A `[[quiz]]` item: what is asked, what is right, and why others are wrong.

use super::alternatives;
use crate::lesson::{Question, QuestionKind, WantedState, WrongAnswer, read::TableReader};

/// Reads a question.
pub(super) fn question(table: TableReader<'_>) -> Question {
    const KINDS: &[(&str, QuestionKind)] = &[
        ("predict-reply", QuestionKind::PredictReply),
        ("predict-state", QuestionKind::PredictState),
        ("choose-command", QuestionKind::ChooseCommand),
        ("blank", QuestionKind::Blank),
        ("order", QuestionKind::Order),
        ("mistake", QuestionKind::Mistake),
        ("datatype", QuestionKind::Datatype),
        ("choice", QuestionKind::Choice),
    ];
    let kind = table.choice("kind", KINDS);
    let lines = match kind {
        QuestionKind::Mistake => table.lines("code"),
        QuestionKind::Order => table.lines("lines"),
        _ => table.lines("ask"),
    };
    let mut right = alternatives(&table, "right");
    right.extend(
        alternatives(&table, "fix")
            .into_iter()
            .reduce(|mut all, more| {
                all.extend(more);
                all
            }),
    );
    let (answer, answer_state) = question_answer(&table, kind);
    let question = Question {
        id: table.text("id").unwrap_or_default(),
        kind,
        setup: table.lines("setup"),
        text: table.text("text").unwrap_or_default(),
        want: table.text("want").unwrap_or_default(),
        lines,
        right,
        sent: table.flag("sent"),
        answer,
        answer_state,
        replies: table.replies("reply"),
        options: table.texts("options"),
        wrong: table
            .tables("wrong")
            .into_iter()
            .map(|entry| wrong_answer(entry, kind))
            .collect(),
        why: table.required("why"),
        tags: table.texts("tags"),
    };
    // What Redis holds there, for the reader; orders that are right beside the one that stands.
    table.state("state");
    table.get("also");
    table.finish();
    question
}

fn question_answer(
    table: &TableReader<'_>,
    kind: QuestionKind,
) -> (Vec<String>, Option<WantedState>) {
    match kind {
        QuestionKind::PredictState => (Vec::new(), table.state("answer")),
        _ => (table.texts("answer"), None),
    }
}

fn wrong_answer(table: TableReader<'_>, kind: QuestionKind) -> WrongAnswer {
    let lines = table.lines("cmd");
    let state = (kind == QuestionKind::PredictState)
        .then(|| table.state("answer"))
        .flatten();
    let answer = match (&state, lines.is_empty()) {
        (Some(_), _) => String::new(),
        (None, false) => lines
            .iter()
            .map(|line| line.text.clone())
            .collect::<Vec<_>>()
            .join("; "),
        (None, true) => table.required("answer"),
    };
    let say = table.text("say").unwrap_or_default();
    table.get("reply");
    table.finish();
    WrongAnswer {
        answer,
        lines,
        state,
        say,
    }
}
