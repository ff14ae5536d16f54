//! Plays a lesson as a perfect student, by every alternative, and by every foreseen mistake: what an author promises
//! must be so. Each finding names the step, so that it can be shown at its place in the file.

use std::{collections::BTreeSet, rc::Rc};

use crate::lesson::{Lesson, Line, Mistake, Step, StepKind, WantedState, written};
use crate::notation::{Escape, Literal, to_one_line};

use super::{
    Start, Tutor, VerdictKind, Why,
    compare::{differences, reply_fits},
    judge::{self, effect},
    quiz,
    world::World,
};

/// Something that is not as the author says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The id of the step or question.
    pub place: String,
    /// Whether it is a question's.
    pub question: bool,
    /// Its place among the steps or questions, from 0.
    pub at: usize,
    /// The key that it concerns.
    pub key: &'static str,
    /// The element of that key's array, from 0, where one alone is meant.
    pub element: Option<usize>,
    /// What is wrong.
    pub message: String,
    /// What the author probably wants to write.
    pub help: Option<String>,
}

/// Plays a lesson and tells what is not as its author says.
#[must_use]
pub fn rehearse(lesson: &Rc<Lesson>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let start = Start { seed: 1, now: NOW };
    let mut tutor = Tutor::new(Rc::clone(lesson), None, start);
    tutor.begin();
    for (at, step) in lesson.steps.iter().enumerate() {
        let mut told = StepFindings {
            step,
            at,
            findings: &mut findings,
        };
        if tutor.open_step().is_none_or(|(_, id)| id != step.id) {
            told.add(
                "do",
                "is not reached: the step before it is not passed by its own solution".to_owned(),
                None,
            );
            break;
        }
        told.pinned(tutor.world());
        told.mistakes(&tutor);
        told.alternatives(&tutor);
        if !told.solution(&mut tutor) {
            tutor.feed(":skip");
        }
    }
    let failed: BTreeSet<usize> = findings.iter().map(|finding| finding.at).collect();
    let luck = luck(lesson).into_iter();
    findings.extend(luck.filter(|finding| !failed.contains(&finding.at)));
    for (at, question) in lesson.quiz.iter().enumerate() {
        findings.extend(quiz::faults(question).into_iter().map(|fault| Finding {
            place: question.id.clone(),
            question: true,
            at,
            key: fault.key,
            element: None,
            message: fault.message,
            help: fault.help,
        }));
    }
    findings
}

/// Two days on which a lesson must go alike, with two seeds.
const NOW: i64 = 1_767_225_600_000;
const LATER: i64 = NOW + 90_061_000;

struct StepFindings<'a> {
    step: &'a Step,
    at: usize,
    findings: &'a mut Vec<Finding>,
}

impl StepFindings<'_> {
    fn add(&mut self, key: &'static str, message: String, help: Option<String>) {
        self.add_at(key, None, message, help);
    }

    fn add_at(
        &mut self,
        key: &'static str,
        element: Option<usize>,
        message: String,
        help: Option<String>,
    ) {
        self.findings.push(Finding {
            place: self.step.id.clone(),
            question: false,
            at: self.at,
            key,
            element,
            message,
            help,
        });
    }

    /// The solution, typed, must pass.
    fn solution(&mut self, tutor: &mut Tutor) -> bool {
        let before = tutor.open_step().map(|(number, _)| number);
        for line in solution(tutor.lesson(), self.step) {
            tutor.feed(&line);
        }
        let passed = tutor.open_step().map(|(number, _)| number) != before;
        if !passed {
            let waits = self.step.kind == StepKind::Command
                && effect(tutor.world(), &self.step.solution, &self.step.during)
                    .replies
                    .iter()
                    .any(Option::is_none);
            let message = if waits {
                "its solution waits for ever"
            } else {
                "its own solution does not pass it"
            };
            let help = waits.then(|| {
                "give the command a timeout, or let another client act with `during`".to_owned()
            });
            self.add("do", message.to_owned(), help);
        }
        passed
    }

    /// Pinned replies and states must be those that come.
    fn pinned(&mut self, base: &World) {
        let got = effect(base, &self.step.solution, &self.step.during);
        let lines: Vec<&Line> = self.step.solution.iter().collect();
        let skip = lines.len().saturating_sub(self.step.replies.len());
        let pinned = self
            .step
            .replies
            .iter()
            .zip(lines.into_iter().zip(&got.replies).skip(skip));
        for (pinned, (line, reply)) in pinned {
            let reply = reply.clone().unwrap_or(Literal::Nil);
            let fits = reply_fits(&self.step.compare, line, pinned, &reply)
                || (self.step.kind == StepKind::Goal
                    && reply_fits(&crate::lesson::Compare::Row, line, pinned, &reply));
            if !fits {
                let is = to_one_line(&reply, Escape::Text);
                let message = format!(
                    "`{}` answers {is}, not {}",
                    line.text,
                    to_one_line(pinned, Escape::Text)
                );
                self.add("reply", message, Some(format!("reply = {}", written(&is))));
            }
        }
        if self.step.replies.is_empty()
            && matches!(self.step.kind, StepKind::Command | StepKind::Predict)
        {
            let is = to_one_line(
                &got.replies
                    .last()
                    .cloned()
                    .flatten()
                    .unwrap_or(Literal::Nil),
                Escape::Text,
            );
            self.add(
                "reply",
                "the reply is not pinned".to_owned(),
                Some(format!("reply = {}", written(&is))),
            );
        }
        let is = WantedState::of(
            got.world.engine.keyspace(),
            got.world.db(),
            got.world.engine.now(),
        );
        match &self.step.state {
            Some(WantedState::Keys(_)) if self.step.state.as_ref() != Some(&is) => {
                self.add(
                    "state",
                    "the pinned state is not what comes".to_owned(),
                    Some(format!("state = {}", is.to_toml())),
                );
            }
            _ => {}
        }
    }

    /// Each accepted alternative must pass, and must leave behind what the solution does.
    fn alternatives(&mut self, tutor: &Tutor) {
        let wanted = effect(tutor.world(), &self.step.solution, &self.step.during).world;
        for (at, lines) in self.step.also.iter().enumerate() {
            let ends = effect(tutor.world(), lines, &self.step.during).world;
            let same = differences(ends.engine.keyspace(), wanted.engine.keyspace()).is_empty();
            if !same && self.step.state != Some(WantedState::Any) {
                let text = lines
                    .iter()
                    .map(|line| line.text.as_str())
                    .collect::<Vec<_>>()
                    .join("; ");
                self.add_at(
                    "also",
                    Some(at),
                    format!(
                        "the alternative `{text}` is not accepted: it leaves other keys behind"
                    ),
                    None,
                );
                continue;
            }
            let mut tutor = tutor.clone();
            let before = tutor.open_step().map(|(number, _)| number);
            for line in inputs(self.step, lines) {
                tutor.feed(&line);
            }
            if tutor.open_step().map(|(number, _)| number) == before {
                let text = lines
                    .iter()
                    .map(|line| line.text.as_str())
                    .collect::<Vec<_>>()
                    .join("; ");
                self.add_at(
                    "also",
                    Some(at),
                    format!("the alternative `{text}` is not accepted"),
                    None,
                );
            }
        }
    }

    /// Each foreseen mistake must be refused, and must get its own sentence.
    fn mistakes(&mut self, tutor: &Tutor) {
        for (at, wrong) in self.step.wrong.iter().enumerate() {
            let lines = match &wrong.when {
                Mistake::Lines(lines) => lines.iter().map(|line| line.text.clone()).collect(),
                Mistake::Answer(answer) => vec![answer.clone()],
                Mistake::Kind(_) => continue,
            };
            let mut tutor = tutor.clone();
            let (mut passed, mut said) = (false, false);
            for line in &lines {
                let fed = tutor.feed(line);
                passed |= fed.record.verdict == VerdictKind::Pass;
                said |= fed.record.why == Some(Why::Author(wrong.say.clone()));
            }
            let text = lines.join("; ");
            if passed {
                self.add_at(
                    "wrong",
                    Some(at),
                    format!("the wrong line `{text}` is accepted"),
                    None,
                );
            } else if !said {
                self.add_at(
                    "wrong",
                    Some(at),
                    format!("the wrong line `{text}` does not get its own sentence"),
                    None,
                );
            }
        }
    }
}

/// What a perfect student types.
fn solution(lesson: &Lesson, step: &Step) -> Vec<String> {
    match lesson.question(step) {
        Some(question) => quiz::right_answers(question).into_iter().take(1).collect(),
        None => inputs(step, &step.solution),
    }
}

/// What a student types for lines of a step: the lines, or the reply of the last.
fn inputs(step: &Step, lines: &[Line]) -> Vec<String> {
    match step.kind {
        StepKind::Read => vec![String::new()],
        StepKind::Predict => match step.replies.last() {
            Some(reply) => vec![to_one_line(reply, Escape::Text)],
            // That the reply is missing is said elsewhere.
            None => vec![":skip".to_owned()],
        },
        _ => lines.iter().map(|line| line.text.clone()).collect(),
    }
}

/// Steps whose check depends on the seed or on today's date; those that are wrong on any day are among them.
fn luck(lesson: &Rc<Lesson>) -> Vec<Finding> {
    let mut other = Tutor::new(
        Rc::clone(lesson),
        None,
        Start {
            seed: 99,
            now: LATER,
        },
    );
    other.begin();
    let mut findings = Vec::new();
    for (at, step) in lesson.steps.iter().enumerate() {
        if step.kind == StepKind::Predict
            && let Some(reply) = step.replies.last()
            && !judge::predict(step, other.world(), &to_one_line(reply, Escape::Text)).right
        {
            findings.push(Finding {
                place: step.id.clone(),
                question: false,
                at,
                key: "reply",
                element: None,
                message: "the reply depends on luck or on the date".to_owned(),
                help: Some(
                    "compare it by what is certain: compare = { one_of = […] }, \"any\", … "
                        .to_owned(),
                ),
            });
        }
        for line in solution(lesson, step) {
            other.feed(&line);
        }
        if other.open_step().is_some_and(|(_, id)| id == step.id) {
            findings.push(Finding {
                place: step.id.clone(),
                question: false,
                at,
                key: "do",
                element: None,
                message: "the solution passes only by luck or on one day".to_owned(),
                help: None,
            });
            other.feed(":skip");
        }
    }
    findings
}
