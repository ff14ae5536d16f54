//! What is typed while a program is waited for, and what is done in its stead.

use crate::engine::commands;
use crate::lesson::{Program, Step};
use crate::notation::split;
use crate::tutor::{
    Heard, Notice, Output, Signal, Trouble, Tutor, VerdictKind, Why, heard::happening,
    show::code_of, world::only_looks,
};

use super::{
    PYTHON,
    printed::{is_from_traceback, printed_by_mistake, prints},
};

/// How a file that a lesson wrote begins: such a file may be written again.
pub const HEADER: &str = "# rediscover program:";

impl Tutor {
    /// A line at the prompt while a program is waited for: an answer, what Python printed, or a look around.
    pub(in crate::tutor) fn beside_program(&mut self, line: &str, heard: &mut Heard) {
        // Of a pasted traceback only the last line tells anything.
        if is_from_traceback(line) {
            return;
        }
        let text = line.trim();
        let Some((step, program)) = self.step().cloned().zip(self.program()) else {
            return;
        };
        if self.now.visit.asked {
            return self.answer(&step, &program, text, heard);
        }
        if let Some(why) = printed_by_mistake(&step, text, self.now.visit.seen.is_empty()) {
            self.miss();
            // What has come of that attempt is no part of the next one.
            self.reset();
            heard.decide(VerdictKind::Wrong, vec![why], self.hints_left(&step));
            return heard.extend(self.offer(&step));
        }
        if let Some(trouble) = Trouble::of(text) {
            return heard.say(Output::Notice(Notice::Trouble(trouble)));
        }
        if program.question.is_some() && program.answer.iter().any(|answer| prints(answer, text)) {
            return heard.say(Output::Notice(Notice::RunItFirst));
        }
        match split(text.as_bytes()) {
            Ok(argv) if commands::of_line(&argv).is_some() && only_looks(&argv) => {
                let ran = self.now.world.clone().run(&argv, &[]);
                heard.run(&ran);
                heard.decide(VerdictKind::Look, Vec::new(), 0);
            }
            _ => heard.say(Output::Notice(Notice::ByProgram)),
        }
    }

    /// The answer to what the step asks when everything has arrived.
    fn answer(&mut self, step: &Step, program: &Program, text: &str, heard: &mut Heard) {
        if program.answer.iter().any(|answer| prints(answer, text)) {
            self.remember();
            heard.decide(VerdictKind::Pass, Vec::new(), 0);
            return self.finish(step, heard);
        }
        let why = printed_by_mistake(step, text, false).unwrap_or(Why::NotTheAnswer);
        self.miss();
        heard.decide(VerdictKind::Wrong, vec![why], self.hints_left(step));
        heard.extend(self.offer(step));
    }

    /// Does an external step in the learner's stead: what the program sends, what comes back, what it prints.
    pub(in crate::tutor) fn perform(&mut self, step: &Step, heard: &mut Heard) {
        let effect = self.performance(step);
        let before = self.now.base.engine.keyspace().clone();
        self.now.world = effect.world;
        for (line, reply) in step.solution.iter().zip(effect.replies) {
            heard.reply.clone_from(&reply);
            let (name, line) = (PYTHON.to_owned(), line.text.clone());
            heard.say(Output::Actor { name, line, reply });
        }
        heard.extend(effect.happenings.into_iter().map(happening));
        if let Some(program) = step
            .program
            .as_ref()
            .filter(|it| !it.output.trim().is_empty())
        {
            heard.say(Output::Printed(program.output.clone()));
        }
        heard.extend(self.draw(step, Some(&before), None));
    }

    /// Takes what a journal has of a program: what it did, or did wrong, is done in its stead.
    pub fn resume(&mut self, is_miss: bool) {
        let Some((step, program)) = self.step().cloned().zip(self.program()) else {
            return;
        };
        if is_miss {
            self.miss();
        } else if !self.now.visit.asked {
            let mut heard = Heard::default();
            self.perform(&step, &mut heard);
            self.do_part(&step, &program, &mut heard);
        }
    }

    /// `:code`: a program to start from, or into a file.
    pub(in crate::tutor) fn code(&mut self, file: &str, heard: &mut Heard) {
        let Some((step, program)) = self.step().cloned().zip(self.program()) else {
            return heard.say(Output::Notice(Notice::NoProgram));
        };
        let text = self.source(&step, &program);
        if file.is_empty() {
            return heard.say(Output::Source(text));
        }
        let title = format!("{HEADER} {} {}\n", self.lesson.id, step.id);
        heard.signal = Some(Signal::Write {
            file: file.to_owned(),
            text: title + &text,
        });
    }

    /// A whole program: what is given, and as much of the code as the step shows.
    fn source(&self, step: &Step, program: &Program) -> String {
        let code = code_of(step, program);
        let goal = step
            .goal
            .lines()
            .map(|line| format!("# {line}\n"))
            .collect::<String>();
        let body = code.unwrap_or_default();
        let text = format!("{}\n{goal}{body}\n", program.given.trim_end());
        self.ready(&text)
    }

    /// Code with the lesson's port in it.
    pub(in crate::tutor) fn ready(&self, code: &str) -> String {
        Program::with_port(code, self.port)
    }
}
