//! Asking and scoring. Answers are computed by the engine wherever it can: a command is right when it ends as the
//! author's does, a reply when it is the one that comes.

mod choice;
mod elsewhere;
mod ending;
mod fault;
mod question;
mod typed;
mod weigh;

use std::collections::VecDeque;

use crate::lesson::{Line, Question, QuestionKind};

pub(super) use question::faults;

use question::{asks, choices, remark, starting_state};
use typed::answer_in;
use weigh::{rung, solution, told, weigh, why, wrong_choice};

use super::{
    Choice, Fed, Heard, Notice, Output, Place, QuestionView, Record, VerdictKind, Why, local,
};

/// A question with where it comes from.
#[derive(Debug, Clone)]
pub struct Item {
    /// The id of its lesson.
    pub lesson: String,
    /// What it is about, as shown: the unit's title.
    pub subject: String,
    /// The question.
    pub question: Question,
}

impl Item {
    /// The name under which its answers are kept.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{}/{}", self.lesson, self.question.id)
    }
}

/// A quiz being played.
#[derive(Debug, Clone)]
pub struct Quiz {
    items: Vec<Item>,
    /// Positions of the items still to come; the first is asked now.
    queue: VecDeque<usize>,
    asked: usize,
    total: usize,
    /// For each item how often it was missed.
    missed: Vec<usize>,
    /// For each item how often it came again since it was missed last.
    returned: Vec<usize>,
    answered: Vec<bool>,
    tried: bool,
    /// Whether the rung before the answer was shown.
    helped: bool,
    /// Whether choices are offered; else every answer is typed.
    choices: bool,
    random: fastrand::Rng,
    /// The question that is asked, as it is laid out.
    sheet: Sheet,
}

/// A question as it is laid out: its choices, and its lines where these are to be put in order, both shuffled.
#[derive(Debug, Clone, Default)]
struct Sheet {
    options: Vec<Answer>,
    /// For each place which of the question's lines stands there.
    order: Vec<usize>,
    /// The options that were chosen and are wrong.
    tried: Vec<usize>,
}

impl Sheet {
    fn new(question: &Question, has_options: bool, random: &mut fastrand::Rng) -> Sheet {
        let mut sheet = Sheet::default();
        if has_options || !is_typed(question.kind) {
            sheet.options = choices(question);
            random.shuffle(&mut sheet.options);
        }
        if question.kind == QuestionKind::Order {
            sheet.order = (0..question.lines.len()).collect();
            random.shuffle(&mut sheet.order);
            if sheet.order.len() > 1 && sheet.order.is_sorted() {
                // The right order as it stands would be no question.
                sheet.order.rotate_left(1);
            }
        }
        sheet
    }
}

/// Whether there is more to a question's answer than its choices.
fn is_typed(kind: QuestionKind) -> bool {
    !matches!(
        kind,
        QuestionKind::Datatype | QuestionKind::Choice | QuestionKind::PredictState
    )
}

/// A possible answer.
#[derive(Debug, Clone)]
struct Answer {
    shown: Choice,
    right: bool,
    say: String,
}

/// A missed item comes again after so many others, the first, second and third time; missed again, from the start.
const AGAIN_AFTER: [usize; 3] = [1, 3, 7];
/// An item that was missed so often is let go: nobody is held up by it.
const MOST_MISSES: usize = 4;
/// The most choices of a question.
const MOST_CHOICES: usize = 4;

impl Quiz {
    /// A quiz of these items in an order that follows from the seed, at most `most` of them.
    #[must_use]
    pub fn new(mut items: Vec<Item>, most: usize, choices: bool, seed: u64) -> Quiz {
        let mut random = fastrand::Rng::with_seed(seed);
        random.shuffle(&mut items);
        items.truncate(most);
        let total = items.len();
        let mut quiz = Quiz {
            queue: (0..total).collect(),
            asked: 0,
            total,
            missed: vec![0; total],
            returned: vec![0; total],
            answered: vec![false; total],
            tried: false,
            helped: false,
            choices,
            random,
            sheet: Sheet::default(),
            items,
        };
        quiz.lay_out();
        quiz
    }

    /// Begins: the first question.
    pub fn begin(&mut self) -> Vec<Output> {
        self.ask()
    }

    /// Whether every item was answered.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.queue.is_empty()
    }

    /// Right at the first try, and asked so far.
    #[must_use]
    pub fn score(&self) -> (usize, usize) {
        let right = self
            .answered
            .iter()
            .zip(&self.missed)
            .filter(|(answered, missed)| **answered && **missed == 0)
            .count();
        (right, self.total)
    }

    /// Takes an answer.
    pub fn feed(&mut self, line: &str) -> Fed {
        let item = self.queue.front().map(|at| self.items[*at].clone());
        let mut heard = Heard::default();
        let text = line.trim();
        match (local::word(text), item.as_ref()) {
            (Some(word), item) => self.local(&word, item, &mut heard),
            (None, None) => heard.extend(self.ask()),
            (None, Some(_)) if text.is_empty() => heard.extend(self.ask()),
            (None, Some(item)) => self.answer(&item.question, text, &mut heard),
        }
        let record = Record {
            number: self.asked,
            step: item.map(|item| item.name()).unwrap_or_default(),
            verdict: heard.verdict.unwrap_or(VerdictKind::Aside),
            reply: None,
            why: heard.why,
        };
        Fed {
            outputs: heard.outputs,
            record,
            signal: heard.signal,
        }
    }

    fn local(&mut self, word: &local::Word, item: Option<&Item>, heard: &mut Heard) {
        if let Some(signal) = local::common(word) {
            heard.signal = Some(signal);
            return;
        }
        match (word.name.as_str(), item) {
            ("help", _) => heard.say(Output::Notice(local::help(&word.rest, Place::Quiz))),
            ("hint", Some(item)) if self.rung(&item.question, heard) => self.tried = true,
            ("skip" | "hint", Some(item)) => {
                heard.say(Output::Notice(told(&item.question, &self.sheet)));
                heard.verdict = Some(VerdictKind::Skip);
                heard.say(Output::Note(item.question.why.clone()));
                self.give_up();
                heard.extend(self.next());
            }
            ("goal" | "show" | "lesson", _) => heard.extend(self.ask()),
            ("undo" | "redo" | "back" | "reset", _) => {
                heard.say(Output::Notice(Notice::NotHere(Place::Quiz)));
            }
            _ => heard.say(Output::Notice(local::no_such_word(word))),
        }
    }

    /// The one rung before the answer: a wrong choice less, or how the answer begins. False when there is none.
    fn rung(&mut self, question: &Question, heard: &mut Heard) -> bool {
        if std::mem::replace(&mut self.helped, true) {
            return false;
        }
        let Some(rung) = rung(question, &self.sheet) else {
            return false;
        };
        heard.say(Output::Notice(rung));
        true
    }

    /// How often `:hint` helps: with the rung before the answer, where there is one, and with the answer.
    fn hints_left(&self, question: &Question) -> usize {
        let rung = !self.helped && rung(question, &self.sheet).is_some();
        1 + usize::from(rung)
    }

    fn answer(&mut self, question: &Question, text: &str, heard: &mut Heard) {
        let text = answer_in(question, text);
        let (right, say) = match weigh(question, &self.sheet, text) {
            Ok(weighed) => weighed,
            Err(notice) => return heard.say(Output::Notice(notice)),
        };
        if right {
            heard.decide(
                VerdictKind::Pass,
                remark(question, text).into_iter().collect(),
                0,
            );
            heard.say(Output::Note(question.why.clone()));
            if let Some(at) = self.queue.front() {
                self.answered[*at] = true;
            }
            if self.tried {
                self.miss();
            } else {
                self.know();
            }
            heard.extend(self.next());
            return;
        }
        let why = why(question, &self.sheet, text, say);
        self.sheet
            .tried
            .extend(wrong_choice(question, &self.sheet, text));
        heard.decide(VerdictKind::Wrong, why, self.hints_left(question));
        self.tried = true;
    }

    /// The item was missed, however it was answered then: it comes again a little later.
    fn miss(&mut self) {
        let Some(at) = self.queue.pop_front() else {
            return;
        };
        self.missed[at] += 1;
        self.returned[at] = 0;
        if self.missed[at] < MOST_MISSES {
            self.come_again(at);
        }
    }

    /// The answer was told. It comes again once: whoever gives it up a second time does not want it.
    fn give_up(&mut self) {
        if let Some(at) = self.queue.front().filter(|at| self.missed[**at] > 0) {
            self.missed[*at] = MOST_MISSES;
        }
        self.miss();
    }

    /// The item was known at the first try: for good, or once more of those times for which a missed one comes again.
    fn know(&mut self) {
        let Some(at) = self.queue.pop_front() else {
            return;
        };
        self.returned[at] += 1;
        // Without another item in between there is nothing to remember it over.
        if self.missed[at] > 0 && !self.queue.is_empty() {
            self.come_again(at);
        }
    }

    fn come_again(&mut self, at: usize) {
        if let Some(after) = AGAIN_AFTER.get(self.returned[at]) {
            self.queue.insert((*after).min(self.queue.len()), at);
        }
    }

    fn next(&mut self) -> Vec<Output> {
        self.tried = false;
        self.helped = false;
        self.asked += 1;
        self.lay_out();
        self.ask()
    }

    fn ask(&self) -> Vec<Output> {
        let Some(at) = self.queue.front() else {
            return self.finished();
        };
        let item = &self.items[*at];
        let is_new = |at: usize| self.missed[at] == 0 && !self.answered[at];
        let behind = self.queue.iter().skip(1).filter(|at| is_new(**at)).count();
        let mut view = view(
            &item.question,
            &item.subject,
            (self.total - behind, self.total),
            &self.sheet,
        );
        view.again = !is_new(*at);
        vec![Output::Question(view)]
    }

    fn finished(&self) -> Vec<Output> {
        let (right, of) = self.score();
        let weak = self
            .items
            .iter()
            .zip(&self.missed)
            .filter(|(_, missed)| **missed > 0)
            .map(|(item, _)| item.lesson.clone());
        let mut weak: Vec<String> = weak.collect();
        weak.sort();
        weak.dedup();
        vec![Output::Score { right, of, weak }]
    }

    fn lay_out(&mut self) {
        self.sheet = match self.queue.front() {
            Some(at) => Sheet::new(&self.items[*at].question, self.choices, &mut self.random),
            None => Sheet::default(),
        };
    }
}

/// A question as it is shown.
fn view(
    question: &Question,
    subject: &str,
    (number, of): (usize, usize),
    sheet: &Sheet,
) -> QuestionView {
    let lines: Vec<&Line> = if sheet.order.is_empty() {
        question.lines.iter().collect()
    } else {
        sheet.order.iter().map(|at| &question.lines[*at]).collect()
    };
    QuestionView {
        subject: subject.to_owned(),
        number,
        of,
        again: false,
        state: starting_state(question),
        text: if question.text.is_empty() {
            question.want.clone()
        } else {
            question.text.clone()
        },
        want: if question.text.is_empty() {
            String::new()
        } else {
            question.want.clone()
        },
        lines: lines.iter().map(|line| line.text.clone()).collect(),
        asks: asks(question),
        options: sheet
            .options
            .iter()
            .map(|option| option.shown.clone())
            .collect(),
    }
}

/// A question that a step of a lesson asks, laid out in a way that never changes.
#[must_use]
pub(super) fn asked(question: &Question, subject: &str, place: (usize, usize)) -> QuestionView {
    view(question, subject, place, &settled(question))
}

/// Whether an answer to such a question is right, and why not or what there is to say of it; or that a letter is wanted.
pub(super) fn answered(question: &Question, text: &str) -> Result<(bool, Vec<Why>), Notice> {
    let sheet = settled(question);
    let text = answer_in(question, text);
    let (right, say) = weigh(question, &sheet, text)?;
    let why = if right {
        remark(question, text).into_iter().collect()
    } else {
        why(question, &sheet, text, say)
    };
    Ok((right, why))
}

/// The answer to such a question, told to whoever skips it.
#[must_use]
pub(super) fn told_answer(question: &Question) -> Notice {
    told(question, &settled(question))
}

/// The answer to such a question, as it can be typed.
#[must_use]
pub(super) fn answer_to(question: &Question) -> Vec<String> {
    solution(question, &settled(question))
}

fn settled(question: &Question) -> Sheet {
    let seed = question.id.bytes().fold(0, |seed: u64, byte| {
        seed.wrapping_mul(31).wrapping_add(u64::from(byte))
    });
    Sheet::new(question, true, &mut fastrand::Rng::with_seed(seed))
}

#[cfg(test)]
mod tests;
