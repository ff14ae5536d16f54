//! A step as it is shown: its text, its keys with what a line has changed, and the summary behind the last one.

use std::{rc::Rc, sync::Arc};

use crate::engine::{Bytes, Keyspace};
use crate::lesson::{Lesson, Program, Stage, Step, StepKind};
use crate::notation::Literal;

use super::{
    Output, Shown, Start, StateView, StepView, Summary, Tutor, algebra, judge, play, quiz, reading,
    world::{has_run, only_looks},
};

/// Whether a step's keys are drawn before the learner's line: not where they would give an answer away, nor where the
/// lines that it shows have changed them.
fn has_drawing(step: &Step) -> bool {
    match step.kind {
        StepKind::Predict => !step.show.is_empty(),
        StepKind::Read => step.solution.iter().all(|line| only_looks(&line.argv)),
        _ => true,
    }
}

/// As much of a program's code as its step shows.
pub(super) fn code_of(step: &Step, program: &Program) -> Option<String> {
    match step.stage {
        Stage::Worked => Some(program.code.clone()),
        Stage::Faded => step.blank.clone(),
        _ => None,
    }
}

/// The introduction and each step as a learner sees it first, who skips from one to the next.
#[must_use]
pub fn sights(lesson: &Rc<Lesson>) -> Vec<Output> {
    /// Any port is as long as another in a text.
    const PORT: u16 = 6390;
    let mut tutor = Tutor::new(Rc::clone(lesson), None, Start::default());
    tutor.set_port(Some(PORT));
    let mut outputs = tutor.begin();
    for _ in &lesson.steps {
        outputs.extend(tutor.feed(":skip").outputs);
    }
    outputs.retain(|output| matches!(output, Output::Lesson { .. } | Output::Step(_)));
    outputs
}

impl Tutor {
    /// The step as it is shown; with the lesson's header at the first step.
    pub(super) fn show_step(&self, header: bool) -> Vec<Output> {
        let Some(step) = self.step() else {
            return self.summary();
        };
        let mut outputs = vec![Output::Step(StepView {
            lesson: (self.lesson.id.clone(), self.lesson.title.clone()),
            number: self.now.at + 1,
            done: self.now.marks.iter().map(|mark| mark.done).collect(),
            header,
            explain: step.explain.clone(),
            goal: step.goal.clone(),
            shown: self.shown(step),
        })];
        if let Some(question) = self.lesson.question(step) {
            outputs.push(Output::Question(quiz::asked(
                question,
                &self.lesson.title,
                (1, 1),
            )));
        } else if has_drawing(step) {
            outputs.extend(self.draw(step, None, None));
        }
        if self.now.visit.asked {
            let program = step.program.as_ref();
            let question = program.and_then(|program| program.question.clone());
            outputs.extend(question.map(Output::Ask));
        }
        outputs
    }

    /// What a step shows of its solution.
    pub(super) fn shown(&self, step: &Step) -> Shown {
        let lines = || step.solution.iter().map(|line| line.text.clone()).collect();
        match (step.kind, step.stage) {
            (StepKind::Predict, _) => Shown::Predict(lines()),
            (StepKind::Read, _) => {
                let effect = judge::effect(&self.now.world, &step.solution, &[]);
                let replies = effect
                    .replies
                    .into_iter()
                    .map(|reply| reply.unwrap_or(Literal::Nil));
                Shown::Read(
                    step.solution
                        .iter()
                        .map(|line| line.text.clone())
                        .zip(replies)
                        .collect(),
                )
            }
            (StepKind::External, _) => self.shown_program(step),
            (_, Stage::Worked) => Shown::Lines(lines()),
            (_, Stage::Faded) => step.blank.clone().map_or(Shown::Nothing, Shown::Blank),
            _ => Shown::Nothing,
        }
    }

    fn shown_program(&self, step: &Step) -> Shown {
        let Some(program) = &step.program else {
            return Shown::Nothing;
        };
        // In a Python prompt that is left open, what the steps of this sitting have shown is there.
        let sitting = self.sitting.min(self.now.at);
        let before = self.lesson.steps[sitting..self.now.at].iter();
        let before: Vec<&Program> = before.filter_map(|step| step.program.as_ref()).collect();
        let known = before
            .iter()
            .flat_map(|known| known.given.lines().chain(known.code.lines()));
        let mut lines = program.given.lines();
        let given = if before.is_empty() {
            Some(&program.alone)
        } else if lines.any(|line| !known.clone().any(|known| known == line)) {
            Some(&program.given)
        } else {
            None
        };
        let ready = |text: &str| self.ready(text.trim_end());
        Shown::Program {
            given: given
                .filter(|given| !given.trim().is_empty())
                .map(|given| ready(given)),
            code: code_of(step, program).map(|code| ready(&code)),
            port: self.port,
        }
    }

    /// The keys of a step, with what a line has changed and what its reply tells of them.
    pub(super) fn draw(
        &self,
        step: &Step,
        before: Option<&Keyspace>,
        line: Option<(&[Bytes], Option<&Literal>)>,
    ) -> Option<Output> {
        let argv = line.map(|(argv, _)| argv);
        let line = line.filter(|(_, reply)| has_run(*reply));
        let world = &self.now.world;
        let db = world.db();
        let after = world.engine.keyspace();
        let mut keys = if step.show.is_empty() {
            self.lesson.show.clone()
        } else {
            step.show.clone()
        };
        if keys.is_empty() {
            keys = play::keys_to_draw(before, after, db, argv);
        }
        keys.retain(|key| {
            after.get(db, key).is_some()
                || before.is_some_and(|before| before.get(db, key).is_some())
        });
        // Of several lines that ran at once the last may have found other sources than stood there before the first.
        let stays = |key: &Bytes| {
            let old = before.and_then(|before| before.get(db, key));
            match (old, after.get(db, key)) {
                (Some(old), Some(new)) => Arc::ptr_eq(old, new),
                (old, new) => old.is_none() && new.is_none(),
            }
        };
        let algebra = line.and_then(|(argv, _)| {
            let found = algebra::of(world, argv)?;
            let target = algebra::target(argv);
            let mut sources = found.sources.iter();
            let are_there =
                before.is_none() || sources.all(|key| target == Some(key) || stays(key));
            are_there.then_some(found)
        });
        if keys.is_empty() && algebra.is_none() {
            return None;
        }
        Some(Output::State(StateView {
            before: before.cloned(),
            after: after.clone(),
            keys,
            line: argv.map(<[Bytes]>::to_vec).unwrap_or_default(),
            db,
            now: world.engine.now(),
            lifetimes: world.lifetimes.clone(),
            algebra,
            reading: line.and_then(|(argv, reply)| reading::of(world, argv, reply?)),
        }))
    }

    /// How the lesson went.
    pub(super) fn summary(&self) -> Vec<Output> {
        let steps = &self.lesson.steps;
        let marks = || steps.iter().zip(&self.now.marks);
        let mut taught: Vec<String> = steps.iter().flat_map(|step| step.teach.clone()).collect();
        taught.dedup();
        let again = marks()
            .filter(|(_, mark)| mark.misses > 1 || mark.skipped)
            .map(|(step, _)| step.goal.clone());
        vec![Output::Summary(Summary {
            id: self.lesson.id.clone(),
            title: self.lesson.title.clone(),
            steps: steps.len(),
            first_try: marks()
                .filter(|(_, mark)| mark.done && mark.misses == 0 && !mark.skipped)
                .count(),
            skipped: marks().filter(|(_, mark)| mark.skipped).count(),
            taught,
            again: again.take(3).collect(),
            next: self.next.clone(),
        })]
    }
}
