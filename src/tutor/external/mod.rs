//! A step that a program of the learner's does, in another terminal, against the lesson's server.
//!
//! Commands come one by one and nobody says where an attempt ends. So each is shown as it arrives, and judged once
//! nothing more has come for a moment: then the step is done, or goes on, or what has arrived was a mistake, which is
//! explained and taken back, with all that came at one go with it. What a program prints is not to be seen from here; where
//! it matters the step asks for it.
//!
//! Reading order: `arrivals` takes in what visitors send, `meant` compares it with what is wanted, this file judges it,
//! `explain` says what is wrong with it, `prompt` is what the learner types beside it, `printed` compares what Python
//! prints, `values` what is in it, and `messages` is what came to programs that listen. `visit` is what is kept of an
//! attempt.

mod arrivals;
mod explain;
mod meant;
mod messages;
mod printed;
mod prompt;
mod values;
mod visit;

pub use arrivals::Overheard;
pub use prompt::HEADER;

pub(super) use arrivals::Ear;
pub(super) use messages::Messages;
pub(super) use visit::Visit;

use crate::engine::{Bytes, Command, commands};
use crate::lesson::{Line, Program, Step, WantedState};
use crate::notation::Literal;

use super::{
    Compared, Heard, Moment, Notice, Output, Tutor, VerdictKind, Why, attempt,
    compare::{differences, reply_fits, same_value},
    judge::{Effect, effect_of},
    likeness::names_same_command,
    needless::with_numbers,
    world::World,
};
use arrivals::{fed_at, shortened};
use explain::{looked_at, looked_instead};
use meant::{Needless, is_meant};
use visit::{Astray, Came, Elsewhere, Expected, Reach, Right, Sender, Way, is_about_data};

/// After so many milliseconds without a further command, what has arrived is judged.
pub const SETTLE: i64 = 300;

/// So many groups of words are remarked on that were not needed.
const NEEDLESS: usize = 16;

/// So many commands are kept to be judged: no step of a lesson needs more.
const KEPT: usize = 1000;

/// The name under which a program's commands are shown.
const PYTHON: &str = "python";

/// A command as it has come.
struct Sent<'a> {
    argv: &'a [Bytes],
    sender: Sender,
    /// What it was answered; nothing while it waits.
    reply: Option<Literal>,
    elsewhere: Option<Elsewhere>,
    /// What is not needed in it.
    needless: Option<Needless>,
}

impl Tutor {
    /// The ways of a step.
    fn ways(&self, step: &Step) -> Vec<Way> {
        Way::all(step, self.lesson.db)
    }

    /// Whether a command comes to a database in which it is not wanted: where the step wants it, or where it wants
    /// nothing.
    fn elsewhere(&self, step: &Step, sender: Sender, argv: &[Bytes]) -> Option<Elsewhere> {
        if !is_about_data(argv) {
            return None;
        }
        let (is, ways) = (sender.db, self.ways(step));
        let next: Vec<&Expected> = self.now.visit.reach.next(&ways).collect();
        let meant: Vec<&&Expected> = next.iter().filter(|next| next.fits(argv)).collect();
        if let Some(first) = meant.first() {
            let wanted = first.db;
            let is_right = meant.iter().any(|meant| meant.db == is);
            return (!is_right).then_some(Elsewhere { is, wanted });
        }
        let home = self.lesson.db;
        let mut lines = ways.iter().flat_map(|way| &way.lines);
        let is_used = is == home || lines.any(|line| line.db == is);
        let wanted = next.first().map_or(home, |next| next.db);
        (!is_used).then_some(Elsewhere { is, wanted })
    }

    /// Follows a command along the step, and says whether it is a part of it.
    fn follow(&mut self, step: &Step, sent: &Sent<'_>, before: Option<World>) -> VerdictKind {
        let ways = self.ways(step);
        let needless = sent.needless.as_ref();
        let argv = needless.map_or(sent.argv, |needless| &needless.argv);
        let visit = &mut self.now.visit;
        if !visit.asked {
            visit.last.clear();
        }
        let at = visit.seen.len();
        if at < KEPT {
            visit.seen.push(Came {
                argv: shortened(argv),
                sender: sent.sender,
                trip: self.ear.trip_of(sent.sender.visitor),
                along: false,
            });
        }
        let is_here = sent.elsewhere.is_none();
        if is_here && step.never.iter().any(|line| is_meant(line, argv)) {
            visit.forbidden.get_or_insert_with(|| shortened(argv));
        }
        let last = step.solution.last();
        let is_last = is_here && last.is_some_and(|line| is_meant(line, argv));
        // Of a call that was made twice the one that was answered as is told has printed the answer.
        let is_told = |reply: &Option<Literal>| {
            let pinned = last.zip(step.replies.last()).zip(reply.as_ref());
            pinned.is_some_and(|((line, pinned), reply)| {
                reply_fits(&step.compare, line, pinned, reply)
            })
        };
        if is_last && !is_told(&visit.reply) {
            visit.reply.clone_from(&sent.reply);
        }
        if is_here && visit.reach.go_on(&ways, argv, sent.sender) {
            if let Some(came) = visit.seen.get_mut(at) {
                came.along = true;
            }
            let words = needless.map(|it| with_numbers(sent.argv, &it.words));
            let words = words.into_iter().flatten();
            for words in words {
                if visit.needless.len() < NEEDLESS && !visit.needless.contains(&words) {
                    visit.needless.push(words);
                }
            }
            return if visit.asked {
                VerdictKind::Look
            } else {
                VerdictKind::Partial
            };
        }
        if !visit.asked
            && (!is_here || leads_away(&ways, argv))
            && let Some(before) = before
        {
            visit.astray = Some(Box::new(Astray {
                argv: shortened(argv),
                before: before.snapshot(),
                reach: visit.reach.clone(),
                elsewhere: sent.elsewhere,
            }));
        }
        VerdictKind::Look
    }

    /// Whoever does not go on where they were, but sends the first command again, runs the whole program once more: it
    /// finds what it found the first time, at the question, too. So does a program that comes when the one before has
    /// gone, and does not go on where that one ended; the beginning of a transaction is gone with its connection. Either
    /// is told.
    fn begin_anew(&mut self, step: &Step, argv: &[Bytes]) {
        let ways = self.ways(step);
        let visit = &mut self.now.visit;
        let judged = std::mem::take(&mut visit.judged);
        let has_begun = visit.reach.has_begun();
        let is_idle = visit.asked && !has_begun && visit.forbidden.is_none();
        let may_begin = judged && has_begun || is_idle;
        if !may_begin {
            return;
        }
        let world = &self.now.world;
        let mut right = visit.seen.iter().filter(|came| came.along);
        let has_gone = has_begun && !right.any(|came| world.is_here(came.sender.visitor));
        let is_first = Reach::default().leads_on(&ways, argv);
        let leads_on = has_begun && visit.reach.leads_on(&ways, argv);
        let goes_on = leads_on && (is_first || !ends_with_connection(step));
        let is_other = has_gone && leads_away(&ways, argv) && !goes_on;
        let begins = is_first && !leads_on;
        if !is_other && !begins {
            return;
        }
        let changed = !alike_but_for_delay(&self.now.world, &self.now.base);
        if self.now.visit.asked {
            self.now.visit = self.now.visit.at_question();
            self.now.world = self.at_base();
        } else {
            self.reset();
        }
        if changed || is_other {
            self.ear.say(Output::Notice(Notice::BeginsAnew));
        }
    }

    /// Whether a part of the open step's program has arrived, which is no line that can be taken back.
    pub(super) fn has_begun_a_program(&self) -> bool {
        self.program().is_some() && !self.now.visit.asked && self.now.visit.reach.has_begun()
    }

    /// The program of the open step.
    fn program(&self) -> Option<Program> {
        self.step().and_then(|step| step.program.clone())
    }

    /// Judges what has arrived.
    fn settle(&mut self, program: &Program) -> Option<Overheard> {
        let step = self.step().cloned()?;
        let place = (self.now.at + 1, step.id.clone());
        let mut heard = Heard::default();
        heard.extend(self.ear.end_burst());
        let wanted = self.wanted(&step);
        let visit = self.now.visit.clone();
        let is_same =
            step.state == Some(WantedState::Any) || alike_but_for_delay(&self.now.world, &wanted);
        let has_all = visit.reach.is_complete(&self.ways(&step)) && !visit.seen.is_empty();
        let is_together = !program.one_trip || visit.came_in_one_trip();
        let complete = has_all && visit.forbidden.is_none() && is_same && is_together;
        if visit.asked {
            self.settle_beside_question(&step, program, &wanted, complete, &mut heard);
            return (!heard.outputs.is_empty()).then(|| fed_at(place, String::new(), heard));
        }
        self.now.visit.judged = true;
        if complete {
            self.do_part(&step, program, &mut heard);
        } else if !visit.seen.is_empty() {
            self.not_yet(&step, &visit, &wanted, &mut heard);
        }
        let says = heard.verdict.is_some() || !heard.outputs.is_empty();
        says.then(|| {
            let mut overheard = fed_at(place, String::new(), heard);
            overheard.keep |= complete;
            overheard
        })
    }

    /// What has arrived while the answer is open: whoever runs it once more, to see what it prints, spoils nothing.
    fn settle_beside_question(
        &mut self,
        step: &Step,
        program: &Program,
        wanted: &World,
        complete: bool,
        heard: &mut Heard,
    ) {
        let visit = self.now.visit.clone();
        if visit.forbidden.is_none() && !complete && visit.is_on_its_way() {
            self.now.visit.judged = true;
            return;
        }
        self.now.visit = visit.at_question();
        if !visit.seen.is_empty() {
            self.now.visit.last.clone_from(&visit.seen);
        }
        let why = match &visit.forbidden {
            Some(_) => {
                let foreseen = self.foreseen(step, &visit, wanted);
                Some(foreseen.unwrap_or_else(|| self.explain(step, &visit)))
            }
            // Where the right program sends nothing, what comes is a try all the same.
            None => self
                .said_of(step, &visit)
                .filter(|_| program.observe.is_empty()),
        };
        let is_wrong = why.is_some();
        if let Some(why) = why {
            self.miss();
            heard.decide(VerdictKind::Wrong, vec![why], self.hints_left(step));
        }
        let is_put_back = self.bring_to(step, wanted);
        if is_put_back && !is_wrong {
            heard.say(Output::Notice(Notice::BesideQuestion));
        }
        if complete {
            let other = self.is_answered_otherwise(step, program);
            if !other.is_empty() {
                heard.decide(VerdictKind::Partial, other, 0);
            }
            heard.extend(program.question.clone().map(Output::Ask));
        }
    }

    /// Puts the data that is wanted in the place of what a program has left; whether it was another.
    fn bring_to(&mut self, step: &Step, wanted: &World) -> bool {
        let fits = step.state == Some(WantedState::Any);
        let is_other = !fits && !alike_but_for_delay(&self.now.world, wanted);
        if is_other {
            self.now.world.go_to(wanted.snapshot());
        }
        is_other
    }

    /// What the step's solution makes of where the step began.
    fn wanted(&self, step: &Step) -> World {
        self.performance(step).world
    }

    /// What the program of a step answers and leaves behind, from where the step began.
    fn performance(&self, step: &Step) -> Effect {
        let mut world = self.at_base();
        // What programs wait for would take what is meant for the solution.
        world.interrupt();
        effect_of(&world, &step.solution, |world, line| {
            world.run_program(line)
        })
    }

    /// Everything has arrived: the step is done, or asks its question. Taken back, it begins anew.
    fn do_part(&mut self, step: &Step, program: &Program, heard: &mut Heard) {
        let fresh = Moment {
            world: self.now.base.clone(),
            typed: Vec::new(),
            visit: Visit::default(),
            ..self.now.clone()
        };
        self.remember_as(None, fresh);
        let before = self.now.base.engine.keyspace().clone();
        let needless = std::mem::take(&mut self.now.visit.needless);
        let remark = (!needless.is_empty()).then_some(Why::Needless(needless));
        let remark: Vec<Why> = remark.into_iter().collect();
        if let Some(question) = program.question.clone() {
            self.now.visit = self.now.visit.at_question();
            let other = self.is_answered_otherwise(step, program);
            heard.decide(
                VerdictKind::Partial,
                remark.into_iter().chain(other).collect(),
                0,
            );
            heard.extend(self.draw(step, Some(&before), None));
            return heard.say(Output::Ask(question));
        }
        heard.decide(VerdictKind::Pass, remark, 0);
        heard.extend(self.draw(step, Some(&before), None));
        self.finish(step, heard);
    }

    /// What has arrived is not all, or is wrong.
    fn not_yet(&mut self, step: &Step, visit: &Visit, wanted: &World, heard: &mut Heard) {
        let is_prefix = visit.astray.is_none() && visit.forbidden.is_none();
        let ways = self.ways(step);
        let furthest = visit.reach.furthest(&ways);
        let left = furthest.map_or(0, |(way, place)| {
            way.lines.len().saturating_sub(place.along)
        });
        let has_begun = visit.reach.has_begun();
        // What is to come in one trip is all there, or does not count.
        let is_one_trip = step
            .program
            .as_ref()
            .is_some_and(|program| program.one_trip);
        let waits = is_prefix && left > 0 && !(is_one_trip && has_begun);
        let said = self.said_of(step, visit);
        if waits && has_begun && (said.is_none() || visit.is_on_its_way()) {
            self.now.visit.right = Some(Box::new(Right {
                world: self.now.world.snapshot(),
                seen: visit.seen.len(),
                reach: visit.reach.clone(),
            }));
            let instead = looked_instead(visit, &ways).map(Why::LooksAt);
            let why = [Why::MoreToCome(left)].into_iter().chain(instead);
            return heard.decide(VerdictKind::Partial, why.collect(), 0);
        }
        let foreseen = said.or_else(|| self.foreseen_end(step, visit, wanted));
        if waits && foreseen.is_none() {
            // Only looked around.
            self.now.visit = Visit::default();
            self.now.visit.last.clone_from(&visit.seen);
            return heard.decide(VerdictKind::Look, looked_at(visit).into_iter().collect(), 0);
        }
        self.miss();
        let why = foreseen.unwrap_or_else(|| self.explain(step, visit));
        heard.decide(VerdictKind::Wrong, vec![why], self.hints_left(step));
        heard.extend(
            self.compare_with_base(wanted)
                .filter(|_| !visit.is_elsewhere()),
        );
        self.take_back(step, visit, heard);
        heard.extend(self.offer(step));
    }

    /// Takes a mistake back with the whole of what was sent at one go: it is one program, and its next try is another.
    /// What was right before stays, for whoever types line by line; but not the beginning of a transaction, which nobody
    /// can go on with, nor a part of what is to come in one trip, of which none is kept.
    pub(super) fn take_back(&mut self, step: &Step, visit: &Visit, heard: &mut Heard) {
        if let Some(right) = visit.right.as_ref().filter(|_| !has_transaction(step)) {
            self.now.world.go_to(right.world.clone());
            self.now.visit = Visit {
                seen: visit.seen[..right.seen.min(visit.seen.len())].to_vec(),
                reach: right.reach.clone(),
                right: Some(right.clone()),
                judged: true,
                last: visit.arrived().to_vec(),
                ..Visit::default()
            };
            return heard.say(Output::Notice(Notice::RightSoFar));
        }
        let changed = !alike_but_for_delay(&self.now.world, &self.now.base);
        self.reset();
        self.now.visit.last = visit.arrived().to_vec();
        if changed || visit.reach.has_begun() {
            heard.say(Output::Notice(Notice::SetBack));
        }
    }

    fn compare_with_base(&self, wanted: &World) -> Option<Output> {
        let changed = !alike_but_for_delay(&self.now.world, &self.now.base);
        attempt::comparison(&self.now.world, wanted, Compared::Stays).filter(|_| changed)
    }
}

/// Whether a step has a transaction in it.
fn has_transaction(step: &Step) -> bool {
    has_one_of(step, &["MULTI", "EXEC", "WATCH"])
}

/// Whether what a step's program has begun is gone with its connection: a transaction, or what it was to hear.
fn ends_with_connection(step: &Step) -> bool {
    has_transaction(step) || has_one_of(step, &["SUBSCRIBE", "PSUBSCRIBE", "SSUBSCRIBE"])
}

fn has_one_of(step: &Step, names: &[&str]) -> bool {
    let mut lines = step.ways().flatten();
    lines.any(|line| names.contains(&line.command().as_str()))
}

/// Whether a command that is no part of a step leads away from it: it is more than a look around.
fn leads_away(ways: &[Way], argv: &[Bytes]) -> bool {
    let mut lines = ways.iter().flat_map(|way| &way.lines);
    !reads(argv) || lines.any(|line| names_same_command(&line.line.argv, argv))
}

/// Whether a command is about the connection, which libraries send by themselves.
fn is_connection(argv: &[Bytes]) -> bool {
    const NAMES: [&[u8]; 10] = [
        b"hello", b"auth", b"client", b"select", b"ping", b"quit", b"reset", b"command", b"info",
        // redis-py sends it where a pipeline ends.
        b"unwatch",
    ];
    let name = argv
        .first()
        .map(Bytes::to_ascii_lowercase)
        .unwrap_or_default();
    NAMES.contains(&name.as_slice())
}

/// Whether a command only reads data.
fn reads(argv: &[Bytes]) -> bool {
    commands::of_line(argv).is_some_and(Command::is_read_only)
}

/// Whether a command counts in a step: those about the connection only where the step names them.
fn counts(step: &Step, argv: &[Bytes]) -> bool {
    let named = |line: &Line| {
        let name = |argv: &[Bytes]| argv.first().map(Bytes::to_ascii_lowercase);
        name(&line.argv) == name(argv)
    };
    let observed = step.program.iter().flat_map(|program| &program.observe);
    let mut lines = observed.chain(&step.never);
    !is_connection(argv) || lines.any(named)
}

/// Whether two worlds hold the same data, though a program was on its way for a moment: deadlines are compared by the
/// time that was given.
fn alike_but_for_delay(a: &World, b: &World) -> bool {
    /// A program is so long on its way at most.
    const LEEWAY: i64 = 2000;
    let differing = differences(a.engine.keyspace(), b.engine.keyspace());
    differing.iter().all(|(db, key)| {
        let (x, y) = (
            a.engine.keyspace().get(*db, key),
            b.engine.keyspace().get(*db, key),
        );
        let (Some(x), Some(y)) = (x, y) else {
            return false;
        };
        let given = |world: &World, deadline: i64| world.lifetimes.whole(*db, key, deadline);
        let same_deadline = match (x.deadline, y.deadline) {
            (None, None) => true,
            (Some(x), Some(y)) => match (given(a, x), given(b, y)) {
                (Some(x), Some(y)) => (x - y).abs() <= LEEWAY / 2,
                _ => (x - y).abs() <= LEEWAY,
            },
            _ => false,
        };
        same_deadline && same_value(x, y)
    })
}
