//! Plays a lesson as a perfect student, by every alternative, and by every foreseen mistake: what an author promises
//! must be so. Each finding names the step, so that it can be shown at its place in the file.

use std::{collections::BTreeSet, rc::Rc};

use crate::engine::{Bytes, Delivery, Origin, Outcome, Reply};
use crate::lesson::{Lesson, Line, Mistake, Step, StepKind, WantedState, written};
use crate::notation::{Escape, Literal, to_one_line};

use super::{
    Start, Tutor, VerdictKind, Why,
    compare::{reply_fits, same_data},
    judge::{Effect, effect},
    predict, quiz,
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
    let mut stage = Stage::new(lesson, start);
    for (at, step) in lesson.steps.iter().enumerate() {
        let mut told = StepFindings {
            step,
            at,
            findings: &mut findings,
        };
        if !stage.at(step) {
            told.add(
                "do",
                "is not reached: the step before it is not passed by its own solution".to_owned(),
                None,
            );
            break;
        }
        told.pinned(&stage);
        told.mistakes(&stage);
        told.alternatives(&stage);
        if !told.solution(&mut stage) {
            stage.tutor.feed(":skip");
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
    fn solution(&mut self, stage: &mut Stage) -> bool {
        stage.solve(self.step);
        let passed = !stage.at(self.step);
        let tutor = &stage.tutor;
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
    fn pinned(&mut self, stage: &Stage) {
        let got = match &self.step.program {
            Some(_) => stage.clone().performed(&self.step.solution),
            None => effect(stage.tutor.world(), &self.step.solution, &self.step.during),
        };
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
                || (matches!(self.step.kind, StepKind::Goal | StepKind::External)
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
    fn alternatives(&mut self, stage: &Stage) {
        let effect_of = |lines: &[Line]| match &self.step.program {
            Some(_) => stage.clone().performed(lines),
            None => effect(stage.tutor.world(), lines, &self.step.during),
        };
        let wanted = effect_of(&self.step.solution).world;
        for (at, lines) in self.step.also.iter().enumerate() {
            let ends = effect_of(lines).world;
            let same = same_data(&ends, &wanted);
            let leaves_other_keys = !same && self.step.state != Some(WantedState::Any);
            let mut stage = stage.clone();
            if !leaves_other_keys {
                stage.solve_by(self.step, lines);
            }
            if leaves_other_keys || stage.at(self.step) {
                let texts: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
                let text = texts.join("; ");
                let why = if leaves_other_keys {
                    ": it leaves other keys behind"
                } else {
                    ""
                };
                let message = format!("the alternative `{text}` is not accepted{why}");
                let help = self.step.program.is_some().then(|| {
                    "write all that another program sends: also = [[\"UNLINK key\", \"GET key\"]]"
                        .to_owned()
                });
                self.add_at("also", Some(at), message, help);
            }
        }
    }

    /// Each foreseen mistake must be refused, and must get its own sentence.
    fn mistakes(&mut self, stage: &Stage) {
        for (at, wrong) in self.step.wrong.iter().enumerate() {
            let lines = match &wrong.when {
                Mistake::Lines(lines) => lines.iter().map(|line| line.text.clone()).collect(),
                Mistake::Answer(answer) => vec![answer.clone()],
                Mistake::Kind(_) => continue,
                Mistake::Code {
                    lines,
                    output,
                    code,
                } => {
                    let mut stage = stage.clone();
                    let (passed, said) = stage.mistake(lines, output, &wrong.say);
                    self.refused(at, code, passed, said);
                    continue;
                }
            };
            let mut tutor = stage.tutor.clone();
            let (mut passed, mut said) = (false, false);
            for line in &lines {
                let fed = tutor.feed(line);
                passed |= fed.record.verdict == VerdictKind::Pass;
                said |= fed.record.why == Some(Why::Author(wrong.say.clone()));
            }
            self.refused(at, &lines.join("; "), passed, said);
        }
    }

    fn refused(&mut self, at: usize, text: &str, passed: bool, said: bool) {
        let text = text.trim();
        if passed {
            let message = format!("the wrong line `{text}` is accepted");
            self.add_at("wrong", Some(at), message, None);
        } else if !said {
            let message = format!("the wrong line `{text}` does not get its own sentence");
            self.add_at("wrong", Some(at), message, None);
        }
    }
}

/// A lesson on its way, with the connections of the program that its external steps are done by.
#[derive(Debug, Clone)]
struct Stage {
    tutor: Tutor,
    connections: Vec<(String, u64)>,
    /// The shell's clock.
    now: i64,
}

impl Stage {
    fn new(lesson: &Rc<Lesson>, start: Start) -> Stage {
        let mut tutor = Tutor::new(Rc::clone(lesson), None, start);
        tutor.begin();
        tutor.overhear(0);
        Stage {
            tutor,
            connections: Vec::new(),
            now: 0,
        }
    }

    fn at(&self, step: &Step) -> bool {
        self.tutor.open_step().is_some_and(|(_, id)| id == step.id)
    }

    /// Does a step as a perfect student does.
    fn solve(&mut self, step: &Step) {
        self.solve_by(step, &step.solution);
    }

    /// Does a step by these lines.
    fn solve_by(&mut self, step: &Step, lines: &[Line]) {
        match &step.program {
            Some(program) => {
                self.run(lines);
                if self.at(step) && program.question.is_some() {
                    self.tutor
                        .feed(program.answer.first().map_or("", String::as_str));
                }
            }
            None => {
                for line in typed(&self.tutor.lesson().clone(), step, lines) {
                    self.tutor.feed(&line);
                }
            }
        }
        self.tutor.overhear(self.now);
    }

    /// What a program's lines answer and leave behind.
    fn performed(mut self, lines: &[Line]) -> Effect {
        Effect {
            replies: lines.iter().map(|line| self.send(line)).collect(),
            happenings: Vec::new(),
            world: self.tutor.world().clone(),
        }
    }

    /// Sends a program's lines, and waits until they are judged.
    fn run(&mut self, lines: &[Line]) -> Vec<super::Overheard> {
        for line in lines {
            self.send(line);
        }
        let mut heard = self.tutor.overhear(self.now);
        self.now += super::SETTLE;
        heard.extend(self.tutor.overhear(self.now));
        heard
    }

    fn send(&mut self, line: &Line) -> Option<Literal> {
        let client = self.connection(line.actor.as_deref().unwrap_or_default());
        let reply = match self.tutor.serve(client, &line.argv) {
            Outcome::Reply(Reply::Many(mut replies)) => replies.pop().map(Literal::from),
            Outcome::Reply(reply) => Some(Literal::from(reply)),
            Outcome::Waiting { .. } => None,
        };
        let ended = |it: &Delivery| matches!(it, Delivery::Close { .. });
        if self.tutor.take_outbox().iter().any(ended) {
            self.connections.retain(|(_, other)| *other != client);
            self.tutor.dismiss(client);
        }
        reply
    }

    fn connection(&mut self, name: &str) -> u64 {
        if let Some((_, client)) = self.connections.iter().find(|(known, _)| known == name) {
            return *client;
        }
        let client = self.tutor.admit(Origin::default());
        let db = self.tutor.lesson().db.to_string();
        for words in [["HELLO", "3"], ["SELECT", db.as_str()]] {
            let argv = words.map(|word| Bytes::from(word.as_bytes()));
            self.tutor.serve(client, &argv);
        }
        self.connections.push((name.to_owned(), client));
        client
    }

    /// Makes a foreseen mistake of an external step: whether it passes, and whether it gets its sentence.
    fn mistake(&mut self, lines: &[Line], output: &str, say: &str) -> (bool, bool) {
        let step = self.tutor.open_step().map(|(number, _)| number);
        let wanted = Why::Author(say.to_owned());
        // Unlike the lines of a solution those of a mistake do not come at once.
        for line in lines {
            let client = self.connection(line.actor.as_deref().unwrap_or_default());
            self.tutor.receive(client);
            self.send(line);
        }
        let heard = self.run(&[]);
        let mut said = heard
            .iter()
            .any(|it| it.fed.record.why.as_ref() == Some(&wanted));
        if !said && !output.is_empty() {
            let fed = self.tutor.feed(output.lines().last().unwrap_or_default());
            said = fed.record.why == Some(wanted);
        }
        (
            self.tutor.open_step().map(|(number, _)| number) != step,
            said,
        )
    }
}

/// What a perfect student types, who does a step by these lines.
fn typed(lesson: &Lesson, step: &Step, lines: &[Line]) -> Vec<String> {
    match lesson.question(step) {
        Some(question) => quiz::answer_to(question),
        None => inputs(step, lines),
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
    let start = Start {
        seed: 99,
        now: LATER,
    };
    let mut other = Stage::new(lesson, start);
    let mut findings = Vec::new();
    for (at, step) in lesson.steps.iter().enumerate() {
        if step.kind == StepKind::Predict
            && let Some(reply) = step.replies.last()
            && !predict::predict(
                step,
                other.tutor.world(),
                false,
                &to_one_line(reply, Escape::Text),
            )
            .right
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
        other.solve(step);
        if other.at(step) {
            findings.push(Finding {
                place: step.id.clone(),
                question: false,
                at,
                key: "do",
                element: None,
                message: "the solution passes only by luck or on one day".to_owned(),
                help: None,
            });
            other.tutor.feed(":skip");
        }
    }
    findings
}
