//! A step that a program of the learner's does, in another terminal, against the lesson's server.
//!
//! Commands come one by one and nobody says where an attempt ends. So each is shown as it arrives, and judged once
//! nothing more has come for a moment: then the step is done, or goes on, or what has arrived was a mistake, which is
//! explained and taken back. What a program prints is not to be seen from here; where it matters the step asks for it.
//!
//! Reading order: `arrivals` takes in what visitors send, this file judges it, `prompt` is what the learner types
//! beside it, and `printed` compares what Python prints. `visit` is what is kept of an attempt.

mod arrivals;
mod printed;
mod prompt;
mod visit;

pub use arrivals::Overheard;
pub use prompt::HEADER;

pub(super) use arrivals::Ear;
pub(super) use visit::Visit;

use crate::engine::{Bytes, Command, commands};
use crate::lesson::{Line, Mistake, Program, Step, StepKind, WantedState, fits};
use crate::notation::join;

use super::{
    Heard, Moment, Notice, Output, Tutor, VerdictKind, Why, attempt,
    compare::{differences, same_value},
    diagnose,
    judge::{Effect, effect_of, names_same_command},
    world::World,
};
use arrivals::{fed_at, shortened};
use visit::{Astray, Came, Reach, Way};

/// After so many milliseconds without a further command, what has arrived is judged.
pub const SETTLE: i64 = 300;

/// So many commands are kept to be judged: no step of a lesson needs more.
const KEPT: usize = 1000;

/// The name under which a program's commands are shown.
const PYTHON: &str = "python";

impl Tutor {
    /// Follows a command along the step, and says whether it is a part of it.
    fn follow(&mut self, step: &Step, argv: &[Bytes], before: Option<World>) -> VerdictKind {
        let ways = Way::all(step);
        let visit = &mut self.now.visit;
        let at = visit.seen.len();
        if at < KEPT {
            visit.seen.push(Came {
                argv: shortened(argv),
                along: false,
            });
        }
        let mut never = step.program.iter().flat_map(|program| &program.never);
        if never.any(|line| fits(line, argv)) {
            visit.forbidden.get_or_insert_with(|| shortened(argv));
        }
        if visit.asked {
            return VerdictKind::Look;
        }
        if visit.reach.go_on(&ways, argv) {
            if let Some(came) = visit.seen.get_mut(at) {
                came.along = true;
            }
            return VerdictKind::Partial;
        }
        let mut lines = ways.iter().flat_map(|way| &way.lines);
        if (!reads(argv) || lines.any(|line| names_same_command(&line.argv, argv)))
            && let Some(before) = before
        {
            visit.astray = Some(Box::new(Astray {
                argv: shortened(argv),
                before: before.snapshot(),
                seen: at,
                reach: visit.reach.clone(),
            }));
        }
        VerdictKind::Look
    }

    /// Whoever does not go on where they were, but sends the first command again, runs the whole program once more.
    fn begin_anew(&mut self, step: &Step, argv: &[Bytes]) {
        let visit = &mut self.now.visit;
        if !std::mem::take(&mut visit.judged) || visit.asked || !visit.reach.has_begun() {
            return;
        }
        let ways = Way::all(step);
        if !visit.reach.leads_on(&ways, argv) && Reach::default().leads_on(&ways, argv) {
            self.reset();
        }
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
        let is_same = step.state == Some(WantedState::Any) || same_data(&self.now.world, &wanted);
        if visit.asked {
            self.now.visit = Visit::new(true);
            if visit.forbidden.is_some() {
                self.miss();
                let why = self
                    .foreseen(&step, &visit, &wanted)
                    .unwrap_or_else(|| self.explain(&step, &visit));
                heard.decide(VerdictKind::Wrong, vec![why], self.hints_left(&step));
            }
            // Whoever runs it once more, to see what it prints, spoils nothing.
            if !is_same {
                self.now.world.go_to(wanted.snapshot());
            }
            return (!heard.outputs.is_empty()).then(|| fed_at(place, String::new(), heard));
        }
        let has_all = visit.reach.is_complete(&Way::all(&step));
        let complete = has_all && visit.forbidden.is_none() && is_same;
        let complete = complete && !(program.observe.is_empty() && visit.seen.is_empty());
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
        if let Some(question) = program.question.clone() {
            self.now.visit.asked = true;
            heard.decide(VerdictKind::Partial, Vec::new(), 0);
            heard.extend(self.draw(step, Some(&before), None));
            return heard.say(Output::Ask(question));
        }
        heard.decide(VerdictKind::Pass, Vec::new(), 0);
        heard.extend(self.draw(step, Some(&before), None));
        self.finish(step, heard);
    }

    /// What has arrived is not all, or is wrong.
    fn not_yet(&mut self, step: &Step, visit: &Visit, wanted: &World, heard: &mut Heard) {
        let is_prefix = visit.astray.is_none() && visit.forbidden.is_none();
        let ways = Way::all(step);
        let furthest = visit.reach.furthest(&ways);
        let left = furthest.map_or(0, |(way, place)| {
            way.lines.len().saturating_sub(place.along)
        });
        let waits = is_prefix && left > 0;
        let has_begun = visit.reach.has_begun();
        let foreseen = self.foreseen(step, visit, wanted);
        if waits && !has_begun && foreseen.is_none() {
            // Only looked around.
            self.now.visit = Visit::default();
            return heard.decide(VerdictKind::Look, Vec::new(), 0);
        }
        if waits && has_begun {
            return heard.decide(VerdictKind::Partial, vec![Why::MoreToCome(left)], 0);
        }
        self.miss();
        let why = foreseen.unwrap_or_else(|| self.explain(step, visit));
        heard.decide(VerdictKind::Wrong, vec![why], self.hints_left(step));
        heard.extend(self.compare_with_base(wanted));
        self.take_back(visit, heard);
        heard.extend(self.offer(step));
    }

    /// Takes a mistake back. What came before it and was right stays, for whoever types line by line.
    fn take_back(&mut self, visit: &Visit, heard: &mut Heard) {
        let right = visit.astray.as_ref().filter(|it| it.reach.has_begun());
        if let Some(right) = right.filter(|_| visit.forbidden.is_none()) {
            self.now.world.go_to(right.before.clone());
            self.now.visit = Visit {
                seen: visit.seen[..right.seen.min(visit.seen.len())].to_vec(),
                reach: right.reach.clone(),
                judged: true,
                ..Visit::default()
            };
            return heard.say(Output::Notice(Notice::RightSoFar));
        }
        let changed = !same_data(&self.now.world, &self.now.base);
        self.reset();
        if changed {
            heard.say(Output::Notice(Notice::SetBack));
        }
    }

    fn compare_with_base(&self, wanted: &World) -> Option<Output> {
        let changed = !same_data(&self.now.world, &self.now.base);
        attempt::comparison(&self.now.world, wanted, true).filter(|_| changed)
    }

    /// The author's sentence for what has arrived: for the very lines of a foreseen mistake, or for what it makes of the
    /// data, if that is not what is wanted.
    fn foreseen(&self, step: &Step, visit: &Visit, wanted: &World) -> Option<Why> {
        let (base, world) = (&self.now.base, &self.now.world);
        let programs = || {
            step.wrong.iter().filter_map(|wrong| match &wrong.when {
                Mistake::Code { lines, .. } if !lines.is_empty() => Some((lines, &wrong.say)),
                _ => None,
            })
        };
        let same_lines = |lines: &[Line]| {
            lines.len() == visit.seen.len()
                && lines
                    .iter()
                    .zip(&visit.seen)
                    .all(|(line, came)| fits(line, &came.argv))
        };
        let same_end = |lines: &[Line]| {
            let mut ends = base.clone();
            for line in lines {
                ends.run_program(line);
            }
            !same_data(&ends, base) && !same_data(&ends, wanted) && same_data(&ends, world)
        };
        let found = programs()
            .find(|(lines, _)| same_lines(lines))
            .or_else(|| programs().find(|(lines, _)| same_end(lines)));
        found.map(|(_, say)| Why::Author(say.clone()))
    }

    /// Why what has arrived is wrong, by itself.
    fn explain(&self, step: &Step, visit: &Visit) -> Why {
        if let Some(argv) = &visit.forbidden {
            return Why::MustNotCome(join(argv));
        }
        let ways = Way::all(step);
        let Some(astray) = &visit.astray else {
            let furthest = visit.reach.furthest(&ways);
            let missing = furthest.and_then(|(way, place)| way.observe.get(place.met));
            return missing.map_or(Why::OtherState, |line| Why::StillMissing(line.text.clone()));
        };
        let Astray { before, argv, .. } = astray.as_ref();
        let furthest = astray.reach.furthest(&ways);
        let Some(next) = furthest.and_then(|(way, place)| way.lines.get(place.along)) else {
            return Why::NotAsked(join(argv));
        };
        if !names_same_command(&next.argv, argv) {
            return Why::OtherCommand {
                came: join(argv),
                wanted: next.command(),
            };
        }
        let (mut world, mut wanted) = (before.clone(), before.clone());
        let typed = Line {
            argv: argv.clone(),
            text: join(argv),
            actor: next.actor.clone(),
        };
        let reply = world.run_program(&typed).reply;
        let wanted_reply = wanted.run_program(next).reply;
        let alone = Step {
            kind: StepKind::Command,
            solution: vec![next.clone()],
            ..step.clone()
        };
        Why::Diagnosis(diagnose::diagnose(&diagnose::Case {
            step: &alone,
            base: before,
            argv,
            reply: reply.as_ref(),
            world: &world,
            wanted: &wanted,
            wanted_reply: wanted_reply.as_ref(),
        }))
    }
}

/// Whether a command is about the connection, which libraries send by themselves.
fn is_connection(argv: &[Bytes]) -> bool {
    const NAMES: [&[u8]; 9] = [
        b"hello", b"auth", b"client", b"select", b"ping", b"quit", b"reset", b"command", b"info",
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
    let programs = step.program.iter();
    let mut lines = programs.flat_map(|program| program.observe.iter().chain(&program.never));
    !is_connection(argv) || lines.any(named)
}

/// Whether two worlds hold the same data. Their deadlines were given at different moments, so they are compared by the
/// time that was given.
fn same_data(a: &World, b: &World) -> bool {
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
