//! Why what has arrived is wrong: in the author's words where they have foreseen it, else in the tutor's own.

use crate::engine::{Bytes, commands};
use crate::lesson::{Line, Mistake, Step, StepKind};
use crate::notation::join;
use crate::tutor::{
    Tutor, Why, diagnose,
    likeness::{keys, names_same_command},
    world::{World, only_looks},
};

use super::{
    alike_but_for_delay, reads,
    visit::{Came, Elsewhere, Expected, Visit, Way},
};

impl Tutor {
    /// The author's sentence for what has arrived: for the very lines of a foreseen mistake, or for what it makes of the
    /// data, if that is not what is wanted.
    pub(super) fn foreseen(&self, step: &Step, visit: &Visit, wanted: &World) -> Option<Why> {
        self.said_of(step, visit)
            .or_else(|| self.foreseen_end(step, visit, wanted))
    }

    /// The author's sentence for the very lines that have arrived.
    pub(super) fn said_of(&self, step: &Step, visit: &Visit) -> Option<Why> {
        let said = |may_look| {
            sentence(step, |lines| {
                visit.is_of(&Expected::all(step, lines, self.lesson.db), may_look)
            })
        };
        said(false).or_else(|| said(true))
    }

    /// The author's sentence for what has become of the data.
    pub(super) fn foreseen_end(&self, step: &Step, visit: &Visit, wanted: &World) -> Option<Why> {
        if visit.is_elsewhere() {
            return None;
        }
        let (base, world) = (&self.now.base, &self.now.world);
        // Data is emptied in many ways: a sentence is about a command that has come.
        let has_come = |line: &Line| {
            let mut seen = visit.seen.iter();
            !reads(&line.argv) && seen.any(|came| names_same_command(&came.argv, &line.argv))
        };
        sentence(step, |lines| {
            if !lines.iter().any(has_come) {
                return false;
            }
            let mut ends = base.clone();
            for line in lines {
                ends.run_program(line);
            }
            !alike_but_for_delay(&ends, base)
                && !alike_but_for_delay(&ends, wanted)
                && alike_but_for_delay(&ends, world)
        })
    }

    /// Whether a command is one of an earlier step's program, as whoever keeps all steps in one file sends it again.
    fn was_done_before(&self, ways: &[Way], argv: &[Bytes]) -> bool {
        let before = self.lesson.steps[..self.now.at].iter();
        let mut lines = before
            .filter(|step| step.program.is_some())
            .flat_map(|step| &step.solution);
        let mut own = ways.iter().flat_map(|way| &way.lines);
        !reads(argv) && lines.any(|line| line.is_same(argv)) && !own.any(|own| own.fits(argv))
    }

    /// The author's sentence for a right beginning after which nothing more comes.
    pub(super) fn ends_too_early(&self) -> Option<Why> {
        self.said_of(self.step()?, &self.now.visit)
    }

    /// Why what has arrived is wrong, by itself.
    pub(super) fn explain(&self, step: &Step, visit: &Visit) -> Why {
        if let Some(argv) = &visit.forbidden {
            return Why::MustNotCome(join(argv));
        }
        let ways = self.ways(step);
        let Some(astray) = &visit.astray else {
            return self.explain_end(step, visit, &ways);
        };
        let argv = &astray.argv;
        if let Some(Elsewhere { is, wanted }) = astray.elsewhere {
            let line = join(argv);
            return Why::OtherDatabase { line, is, wanted };
        }
        let left = astray.reach.left_for(&ways, argv);
        let next = left.and_then(<[Expected]>::split_first);
        // Where nothing else has come for the line that is wanted, this one was meant for it.
        let is_surplus = next.is_none_or(|(next, _)| {
            let is_named = names_same_command(&next.line.argv, argv);
            !is_named || visit.seen.iter().any(|came| next.fits(&came.argv))
        });
        if is_surplus && self.was_done_before(&ways, argv) {
            return Why::DoneBefore(join(argv));
        }
        let Some((next, later)) = next else {
            return Why::NotAsked(join(argv));
        };
        if next.fits(argv) {
            return Why::SameConnection(join(argv));
        }
        let (before, next) = (&astray.before, &next.line);
        if !names_same_command(&next.argv, argv) {
            return Why::OtherCommand {
                came: join(argv),
                wanted: next.command(),
            };
        }
        if later.iter().any(|later| later.fits(argv)) {
            return Why::TooEarly(join(argv));
        }
        differs(step, next, argv, before)
    }

    /// Why the step is not done though nothing has led away from it.
    fn explain_end(&self, step: &Step, visit: &Visit, ways: &[Way]) -> Why {
        let along: Vec<&Came> = visit.seen.iter().filter(|came| came.along).collect();
        let is_apart = along.len() < 2 || !visit.came_in_one_trip();
        if is_apart && step.program.as_ref().is_some_and(|it| it.one_trip) {
            return Why::SeveralTrips;
        }
        let Some((way, place)) = visit.reach.furthest(ways) else {
            return Why::OtherState;
        };
        if let Some(missing) = way.observe.get(place.met) {
            return Why::StillMissing(missing.line.text.clone());
        }
        // What is observed may leave open what a line is to have in it.
        let Some((own, came)) = unlike(way, &along) else {
            return Why::OtherState;
        };
        let mut before = self.at_base();
        let mut lines = step.solution.iter();
        let at = lines.position(|line| line.is_same(&own.argv));
        for line in &step.solution[..at.unwrap_or_default()] {
            before.run_program(line);
        }
        differs(step, own, &came.argv, &before)
    }
}

/// A line of a way that has not come, and a command that has come in its place: with its keys, if there is one.
fn unlike<'a>(way: &'a Way, along: &[&'a Came]) -> Option<(&'a Line, &'a Came)> {
    let fits = |own: &Expected| along.iter().any(|came| own.fits(&came.argv));
    let is_known = |came: &Came| way.lines.iter().any(|own| own.fits(&came.argv));
    let others = || along.iter().copied().filter(|came| !is_known(came));
    let mut missing = way.lines.iter().filter(|own| !fits(own));
    missing.find_map(|own| {
        let named = |came: &&Came| names_same_command(&own.line.argv, &came.argv);
        let of_keys = |came: &&Came| keys(&came.argv) == keys(&own.line.argv);
        let found = others().filter(named).find(of_keys);
        Some((&own.line, found.or_else(|| others().find(named))?))
    })
}

/// How a command differs from the line that is wanted, on what is there before it.
fn differs(step: &Step, next: &Line, argv: &[Bytes], before: &World) -> Why {
    let (mut world, mut wanted) = (before.clone(), before.clone());
    let typed = Line {
        argv: argv.to_vec(),
        text: join(argv),
        actor: next.actor.clone(),
    };
    let reply = world.run_program(&typed).reply;
    let wanted_reply = wanted.run_program(next).reply;
    let alone = Step {
        kind: StepKind::Command,
        solution: vec![next.clone()],
        also: Vec::new(),
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

/// The author's sentence for a foreseen program that sends such lines.
fn sentence(step: &Step, alike: impl Fn(&[Line]) -> bool) -> Option<Why> {
    let mut wrong = step.wrong.iter();
    let found = wrong.find(|wrong| match &wrong.when {
        Mistake::Code { lines, .. } => !lines.is_empty() && alike(lines),
        _ => false,
    });
    found.map(|wrong| Why::Author(wrong.say.clone()))
}

/// What came last, where that only looked: it is no part of the step.
pub(super) fn looked_at(visit: &Visit) -> Option<Why> {
    let last = visit.seen.last()?;
    let row = commands::of_line(&last.argv).filter(|row| row.is_read_only())?;
    Some(Why::LooksAt(row.name.to_owned()))
}

/// The command that came last, where it has looked at the key of the one that is wanted next.
pub(super) fn looked_instead(visit: &Visit, ways: &[Way]) -> Option<String> {
    let last = visit.seen.last().filter(|came| !came.along)?;
    let row = commands::of_line(&last.argv).filter(|row| row.is_read_only())?;
    let looked_at = keys(&last.argv);
    let mut next = visit.reach.next(ways).map(|next| &next.line.argv);
    let is_instead = |argv: &&Vec<Bytes>| only_looks(argv) && keys(argv) == looked_at;
    (!looked_at.is_empty() && next.find(is_instead).is_some()).then(|| row.name.to_owned())
}
