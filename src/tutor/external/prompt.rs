//! What is typed while a program is waited for, and what is done in its stead.

use crate::engine::{Bytes, Command, Group, commands};
use crate::lesson::{Line, Program, Stage, Step, Wrong};
use crate::notation::{LineError, Literal, split, unworded};
use crate::tutor::{
    Arrived, Heard, Notice, Output, Signal, Trouble, Tutor, VerdictKind, Why, compare::reply_fits,
    heard::happening, local::is_program, show::code_of, world::only_looks,
};

use super::{
    PYTHON,
    printed::{
        exception, is_from_traceback, not_printed, printed_by_mistake, printed_of, prints,
        sends_nothing,
    },
    values::is_short,
    visit::Expected,
};

/// How a file that a lesson wrote begins: such a file may be written again.
pub const HEADER: &str = "# rediscover program:";

impl Tutor {
    /// A line at the prompt while a program is waited for: an answer, what Python printed, or a look around.
    pub(in crate::tutor) fn beside_program(&mut self, line: &str, heard: &mut Heard) {
        // Of a pasted traceback only the last line tells anything.
        if is_from_traceback(line) {
            let is_prompt = line.trim_start().starts_with(">>>");
            if is_prompt && self.ear.sent_away.replace(self.now.at) != Some(self.now.at) {
                heard.say(Output::Notice(Notice::PythonElsewhere));
            }
            return;
        }
        let text = line.trim();
        let Some((step, program)) = self.step().cloned().zip(self.program()) else {
            return;
        };
        if self.now.visit.asked {
            return self.answer(&step, &program, text, heard);
        }
        let mut outputs = program.prints();
        let is_answer = outputs.any(|output| prints(output, text) || is_short(output, text));
        if let Some(wrong) = self.of_output(&step, text) {
            // What has come is a miss when it is judged; what never comes is one now.
            if sends_nothing(wrong) {
                self.miss();
            }
            let why = Why::Author(wrong.say.clone());
            heard.decide(VerdictKind::Wrong, vec![why], self.hints_left(&step));
            let visit = self.now.visit.clone();
            if !visit.is_right_so_far() {
                // What has come of that attempt is no part of the next one.
                self.take_back(&step, &visit, heard);
            }
            return heard.extend(self.offer(&step));
        }
        if let Some(trouble) = Trouble::of(text).filter(|_| !is_answer) {
            return heard.say(Output::Notice(Notice::Trouble(trouble)));
        }
        if is_answer {
            let arrived = match &self.now.visit {
                visit if visit.is_refused() => Arrived::Refused,
                visit if visit.reach.has_begun() => Arrived::Part,
                _ => Arrived::Nothing,
            };
            return heard.say(Output::Notice(Notice::RunItFirst(arrived)));
        }
        if is_program(text) || is_of_a_shell(text) {
            return heard.say(Output::Notice(Notice::PythonElsewhere));
        }
        if self.look_around(text, heard) {
            if self.ear.pointed.replace(self.now.at) != Some(self.now.at) {
                heard.say(Output::Notice(Notice::WaitsForProgram));
            }
        } else {
            let notice = if self.now.visit.is_refused() && !is_command_line(text) {
                Notice::NotCounted
            } else {
                Notice::ByProgram
            };
            heard.say(Output::Notice(notice));
        }
    }

    /// The foreseen mistake that prints such a text, if it may be the program that has come. One that sends nothing may
    /// be it where nothing has come; or it has ended with an error, which tells for itself.
    fn of_output<'a>(&self, step: &'a Step, text: &str) -> Option<&'a Wrong> {
        let program = step.program.as_ref();
        let is_silent = program.is_some_and(|it| it.observe.is_empty());
        let ways = self.ways(step);
        printed_by_mistake(step, text, |lines, output| {
            let mut lines = Expected::all(step, lines, self.lesson.db);
            lines.retain(|it| !self.listens_again(&it.line.argv));
            let is_told = is_silent || exception(output).is_some();
            lines.is_empty() && is_told || self.now.visit.may_be_of(&lines, &ways)
        })
    }

    /// The author's sentence on it.
    fn said_of_output(&self, step: &Step, text: &str) -> Option<Why> {
        let wrong = self.of_output(step, text);
        wrong.map(|wrong| Why::Author(wrong.say.clone()))
    }

    /// Runs a line that only looks; whether it is one. A word may be meant as an answer, though a command is called so:
    /// in lower case one that is not about data, and any one alone where a question is open.
    fn look_around(&self, text: &str, heard: &mut Heard) -> bool {
        let asked = self.now.visit.asked;
        let is_meant = |row: &Command, argv: &[Bytes]| {
            let is_upper = !argv[0].iter().any(u8::is_ascii_lowercase);
            let is_of_data = !matches!(row.group, Group::Connection | Group::Server);
            (argv.len() > 1 || !asked) && (is_upper || is_of_data)
        };
        let looks = |argv: &Vec<Bytes>| {
            commands::of_line(argv).is_some_and(|row| is_meant(row, argv)) && only_looks(argv)
        };
        let Some(argv) = split(text.as_bytes()).ok().filter(looks) else {
            return false;
        };
        let ran = self.now.world.clone().run(&argv, &[]);
        heard.run(&ran);
        heard.decide(VerdictKind::Look, Vec::new(), 0);
        true
    }

    /// A text without the words around it, where only that is an answer, or is foreseen.
    fn meant_text<'a>(&self, step: &Step, program: &Program, text: &'a str) -> &'a str {
        let is_known = |text: &str| {
            let mut answers = program.answer.iter();
            answers.any(|answer| prints(answer, text) || is_short(answer, text))
                || self.is_of_messages(program, text)
                || self.said_of_output(step, text).is_some()
        };
        let rest = unworded(text).filter(|rest| !is_known(text) && is_known(rest));
        rest.unwrap_or(text)
    }

    /// The answer to what the step asks when everything has arrived.
    fn answer(&mut self, step: &Step, program: &Program, text: &str, heard: &mut Heard) {
        let text = self.meant_text(step, program, text);
        let mut answers = program.answer.iter();
        let is_printed = answers.any(|answer| prints(answer, text));
        let mut answers = program.answer.iter();
        let in_full = answers.find(|answer| is_short(answer, text));
        // What stands there letter for letter is meant before what may be read alike.
        let in_full = in_full.filter(|_| !is_printed && self.said_of_output(step, text).is_none());
        let is_answer = is_printed || in_full.is_some() || self.is_of_messages(program, text);
        let otherwise = self.replied_otherwise(step, program, text);
        if is_answer && otherwise.is_empty() {
            if self.now.visit.reach.has_begun() {
                // Whoever was about to run it once more leaves that unfinished.
                let wanted = self.wanted(step);
                self.bring_to(step, &wanted);
            }
            self.remember();
            let remark = in_full.map(|answer| Why::InFull(answer.clone()));
            heard.decide(VerdictKind::Pass, remark.into_iter().collect(), 0);
            if program.observe.is_empty() {
                self.messages.answered();
            }
            return self.finish(step, heard);
        }
        if !is_answer && is_program(text) {
            return heard.say(Output::Notice(Notice::PythonElsewhere));
        }
        let mut why = otherwise;
        if why.is_empty() {
            let foreseen = self.said_of_output(step, text);
            if foreseen.is_none() {
                if let Some(trouble) = Trouble::of(text) {
                    return heard.say(Output::Notice(Notice::Trouble(trouble)));
                }
                if self.look_around(text, heard) {
                    return;
                }
                if is_command_line(text) {
                    return heard.say(Output::Notice(Notice::OnlyLooksHere));
                }
            }
            why = vec![foreseen.unwrap_or_else(|| not_printed(program, text))];
        }
        // Where nothing is waited for, the next answer is about what comes from here on.
        if program.observe.is_empty() {
            self.now.visit.last.clear();
        }
        self.miss();
        heard.decide(VerdictKind::Wrong, why, self.hints_left(step));
        heard.extend(self.offer(step));
    }

    /// Whether a text is what the learner's program prints of the messages that it has got, where a step asks about such.
    fn is_of_messages(&self, program: &Program, text: &str) -> bool {
        let mut answers = program.answer.iter();
        program.observe.is_empty() && answers.any(|answer| self.messages.print(answer, text))
    }

    /// Why the author's answer is not that of the learner's program: it is what the last line was to be answered, and
    /// that line was answered otherwise.
    fn replied_otherwise(&self, step: &Step, program: &Program, text: &str) -> Vec<Why> {
        let is_told = last_output(program).is_some_and(|output| prints(output, text));
        let other = self.other_reply(step, program).filter(|_| is_told);
        let why = other.as_ref().map(|(line, reply)| Why::OtherReply {
            line: line.text.clone(),
            reply: reply.clone(),
        });
        let author = other.and_then(|(_, reply)| self.said_of_reply(step, &reply));
        why.into_iter().chain(author).collect()
    }

    /// The same before the answer is asked for.
    pub(super) fn is_answered_otherwise(&self, step: &Step, program: &Program) -> Vec<Why> {
        let Some((line, reply)) = self.other_reply(step, program) else {
            return Vec::new();
        };
        let author = self.said_of_reply(step, &reply);
        let line = line.text.clone();
        let why = Why::NotThisReply { line, reply };
        std::iter::once(why).chain(author).collect()
    }

    /// The last line and what it was answered, where the program prints just that, or the list of all replies, and
    /// another reply is wanted.
    fn other_reply(&self, step: &Step, program: &Program) -> Option<(Line, Literal)> {
        let (line, pinned) = step.solution.last().zip(step.replies.last())?;
        let reply = self.now.visit.reply.as_ref()?;
        let output = last_output(program)?;
        let printed = printed_of(reply)?;
        let prints_last = printed_of(pinned).is_some_and(|pinned| prints(output, &pinned));
        let all: Option<Vec<String>> = step.replies.iter().map(printed_of).collect();
        let prints_all = all.is_some_and(|all| prints(output, &format!("[{}]", all.join(", "))));
        let prints_pinned = prints_last || prints_all;
        let differs = !reply_fits(&step.compare, line, pinned, reply) && !prints(output, &printed);
        (prints_pinned && differs).then(|| (line.clone(), reply.clone()))
    }

    fn said_of_reply(&self, step: &Step, reply: &Literal) -> Option<Why> {
        printed_of(reply).and_then(|printed| self.said_of_output(step, &printed))
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

    /// The lesson is gone on with in another sitting: whatever Python knew before is gone.
    pub fn sit_down_again(&mut self) {
        self.sitting = self.now.at;
    }

    /// Takes what a journal has of a program: what it did, or did wrong, is done in its stead.
    pub fn resume(&mut self, is_miss: bool) {
        let Some((step, program)) = self.step().cloned().zip(self.program()) else {
            return;
        };
        if is_miss {
            self.miss();
            self.now.visit.was_refused_unseen();
        } else if !self.now.visit.asked {
            let mut heard = Heard::default();
            self.perform(&step, &mut heard);
            self.now
                .visit
                .has_performed(&step, self.lesson.db, heard.reply.take());
            self.do_part(&step, &program, &mut heard);
        }
    }

    /// `:code`: a program to start from, or into a file.
    pub(in crate::tutor) fn code(&mut self, file: &str, heard: &mut Heard) {
        let Some((step, program)) = self.step().cloned().zip(self.program()) else {
            return heard.say(Output::Notice(Notice::NoProgram));
        };
        let file = match unquoted(file) {
            Ok(file) => file,
            Err(quote) => {
                let at = self
                    .line
                    .chars()
                    .position(|sign| sign == quote)
                    .unwrap_or_default();
                return heard.say(Output::Notice(Notice::BadLine(LineError::Unclosed {
                    quote,
                    at,
                })));
            }
        };
        let text = self.source(&step, &program);
        if file.is_empty() {
            return heard.say(Output::Source(text));
        }
        let title = format!("{HEADER} {} {}\n", self.lesson.id, step.id);
        heard.signal = Some(Signal::Write {
            file: file.to_owned(),
            text: title + &text,
            whole: step.stage == Stage::Worked,
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
        let text = format!("{}\n{goal}{body}\n", program.alone.trim_end());
        self.ready(&text)
    }

    /// Code with the lesson's port in it.
    pub(in crate::tutor) fn ready(&self, code: &str) -> String {
        Program::with_port(code, self.port)
    }
}

/// Whether a text is a command of Redis as it is typed, with arguments: in capitals, so that no answer is taken for one.
fn is_command_line(text: &str) -> bool {
    split(text.as_bytes()).is_ok_and(|argv| {
        let is_upper = |name: &Bytes| !name.iter().any(u8::is_ascii_lowercase);
        argv.len() > 1 && is_upper(&argv[0]) && commands::of_line(&argv).is_some()
    })
}

/// The last line that a program prints.
fn last_output(program: &Program) -> Option<&str> {
    program.output.trim_end().lines().last()
}

/// The name of a file without the quotes that a shell wants around a space; or the one that does not end.
fn unquoted(file: &str) -> Result<&str, char> {
    match file.chars().next() {
        Some(quote @ ('"' | '\'')) => {
            let inner = file[1..].strip_suffix(quote);
            inner.map(str::trim).ok_or(quote)
        }
        _ => Ok(file),
    }
}

/// Whether a line is one for the shell of the other terminal.
fn is_of_a_shell(text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or_default();
    matches!(
        first,
        "python" | "python3" | "py" | "pip" | "pip3" | "cd" | "ls"
    )
}
