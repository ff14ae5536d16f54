//! The lines of a goal step: is the goal reached, and what is to be said of the last line? Every line stays, so what
//! it did is told apart from what is still to be done.

use crate::engine::Bytes;
use crate::lesson::{Line, Mistake, Step, WantedState};
use crate::notation::Literal;

use super::{
    compare::differences,
    diagnose,
    diagnosis::Diagnosis,
    judge::{effect, expectations_hold, names_same_command},
    practice::{has_words, lacking, uses_command},
    why::Why,
    world::{Ran, World},
};

/// What a goal step's lines have come to.
#[derive(Debug, Clone, Default)]
pub struct Progress {
    /// Whether the goal is reached.
    pub reached: bool,
    /// Why not yet.
    pub why: Vec<Why>,
    /// Whether the last line was a miss: it is no part of a way to the goal, and there is a reason to give.
    pub missed: bool,
    /// Whether the last line took away what was right already.
    pub broke: bool,
    /// Whether the last line changed anything.
    pub changed: bool,
}

/// A goal step and the lines that were typed towards it.
#[derive(Debug, Clone, Copy)]
pub struct Lines<'a> {
    /// The step.
    pub step: &'a Step,
    /// Where it started.
    pub base: &'a World,
    /// The lines; the last has just run.
    pub typed: &'a [Vec<Bytes>],
    /// Before the last line.
    pub before: &'a World,
    /// What came of it.
    pub ran: &'a Ran,
    /// After it.
    pub world: &'a World,
}

impl Lines<'_> {
    /// Judges the lines.
    #[must_use]
    pub fn judge(&self) -> Progress {
        let typed: Vec<&[Bytes]> = self.typed.iter().map(Vec::as_slice).collect();
        let right_effect = self.ways().any(|way| self.has_effect_of(way));
        if right_effect && has_words(self.step, &typed) && uses_command(self.step, &typed) {
            return Progress {
                reached: true,
                ..Progress::default()
            };
        }
        let on_the_way = self.ways().any(|way| self.is_on(way));
        let why = self.why(&typed, right_effect, on_the_way);
        let is_miss =
            |why: &Why| !matches!(why, Why::StillOpen(_) | Why::Queued | Why::OpenAfterExec(_));
        Progress {
            reached: false,
            missed: !on_the_way && why.iter().any(is_miss),
            broke: !on_the_way && self.broke(),
            changed: self.changed() || !self.before.same_clients(self.world),
            why,
        }
    }

    /// The ways that the author knows.
    fn ways(&self) -> impl Iterator<Item = &[Line]> {
        let all = std::iter::once(&self.step.solution).chain(&self.step.also);
        all.map(Vec::as_slice)
    }

    fn has_effect_of(&self, way: &[Line]) -> bool {
        let wanted = effect(self.base, way, &self.step.during);
        (self.step.state == Some(WantedState::Any) || same_data(self.world, &wanted.world))
            && self.world.same_clients(&wanted.world)
            && expectations_hold(self.step, self.world)
    }

    /// Whether the last line is a part of this way: the way's own line behind those before it, or with their effect.
    fn is_on(&self, way: &[Line]) -> bool {
        let mut at = 0;
        let mut last = false;
        for argv in self.typed {
            last = way.get(at).is_some_and(|line| line.is_same(argv));
            at += usize::from(last);
        }
        let ends_like = |lines: &[Line]| {
            let world = effect(self.base, lines, &self.step.during).world;
            same_data(self.world, &world) && self.world.learner().agrees(world.learner())
        };
        last || self.changed() && (1..way.len()).any(|len| ends_like(&way[..len]))
    }

    fn changed(&self) -> bool {
        !same_data(self.before, self.world)
    }

    fn why(&self, typed: &[&[Bytes]], right_effect: bool, on_the_way: bool) -> Vec<Why> {
        let foreseen = self.foreseen();
        let queued = is_queued(self.ran.reply.as_ref());
        // A line that would be wrong by itself may be a right one of a transaction.
        let is_meant =
            |lines: &[Line]| ends_with(typed, lines) && !(lines.len() == 1 && queued && on_the_way);
        let by_text = foreseen.iter().find(|(lines, _)| is_meant(lines));
        if let Some((_, say)) = by_text {
            return vec![Why::Author((*say).to_owned())];
        }
        match &self.ran.reply {
            _ if queued => return self.why_queued(typed, on_the_way),
            // What a refused line has come to is what the lines before it have: there is nothing else to say of it.
            Some(reply @ Literal::Error(_)) if !on_the_way => {
                let argv = typed.last().copied().unwrap_or_default();
                let found = diagnose::refusal(self.step, self.before, argv, reply);
                return vec![found.map_or(Why::Refused, Why::Diagnosis)];
            }
            _ => {}
        }
        let by_effect = foreseen
            .iter()
            .find(|(lines, _)| self.changed() && self.has_come_to(lines, typed));
        if let Some((_, say)) = by_effect {
            return vec![Why::Author((*say).to_owned())];
        }
        if right_effect && !on_the_way {
            return vec![lacking(self.step, typed)];
        }
        let wanted = effect(self.base, &self.step.solution, &self.step.during).world;
        let open = differences(self.world.engine.keyspace(), wanted.engine.keyspace());
        if let Some(found) = self.misspelt(&open, &wanted).filter(|_| !on_the_way) {
            return vec![Why::Diagnosis(found)];
        }
        let keys: Vec<Bytes> = open.into_iter().map(|(_, key)| key).collect();
        (!keys.is_empty())
            .then_some(Why::StillOpen(keys))
            .into_iter()
            .collect()
    }

    /// That a line is queued, and what all that is queued will leave open.
    fn why_queued(&self, typed: &[&[Bytes]], on_the_way: bool) -> Vec<Why> {
        let executed = |mut world: World| {
            world.run(&[Bytes::from(&b"EXEC"[..])], &self.step.during);
            world
        };
        let wanted = effect(self.base, &self.step.solution, &self.step.during).world;
        let (world, wanted) = (executed(self.world.clone()), executed(wanted));
        let open = differences(world.engine.keyspace(), wanted.engine.keyspace());
        let open: Vec<Bytes> = open.into_iter().map(|(_, key)| key).collect();
        let practised = has_words(self.step, typed) && uses_command(self.step, typed);
        let more = match open.as_slice() {
            [] if on_the_way || practised => None,
            [] => Some(lacking(self.step, typed)),
            _ => Some(Why::OpenAfterExec(open)),
        };
        std::iter::once(Why::Queued).chain(more).collect()
    }

    /// A key that the last line made and nobody wants, where a wanted one has nearly its name.
    fn misspelt(&self, open: &[(usize, Bytes)], wanted: &World) -> Option<Diagnosis> {
        let has = |world: &World, (db, key): &(usize, Bytes)| {
            world.engine.keyspace().get(*db, key).is_some()
        };
        let (meant, surplus): (Vec<_>, Vec<_>) = open.iter().partition(|key| has(wanted, key));
        let mut made = surplus.into_iter().filter(|key| !has(self.before, key));
        made.find_map(|(_, typed)| {
            let mut meant = meant.iter();
            meant.find_map(|(_, meant)| diagnose::misspelt_key(typed, meant))
        })
    }

    /// The author's wrong lines with their sentences. Of two that end alike, the longer one tells more of what was
    /// typed.
    fn foreseen(&self) -> Vec<(&[Line], &str)> {
        let wrong = self.step.wrong.iter();
        let mut foreseen: Vec<(&[Line], &str)> = wrong
            .filter_map(|wrong| match &wrong.when {
                Mistake::Lines(lines) => Some((lines.as_slice(), wrong.say.as_str())),
                _ => None,
            })
            .filter(|(lines, _)| !lines.is_empty())
            .collect();
        foreseen.sort_by_key(|(lines, _)| std::cmp::Reverse(lines.len()));
        foreseen
    }

    /// Whether all lines have come to what these would, with the same commands among them.
    fn has_come_to(&self, lines: &[Line], typed: &[&[Bytes]]) -> bool {
        let foreseen = effect(self.base, lines, &self.step.during).world;
        !same_data(&foreseen, self.base)
            && same_data(&foreseen, self.world)
            && are_among(lines, typed)
    }

    /// Whether the last line took a key that is wanted, or changed one that was as wanted.
    fn broke(&self) -> bool {
        let wanted = effect(self.base, &self.step.solution, &self.step.during).world;
        let keys = |world: &World| differences(world.engine.keyspace(), wanted.engine.keyspace());
        let (open, open_now) = (keys(self.before), keys(self.world));
        let has = |world: &World, (db, key): &(usize, Bytes)| {
            world.engine.keyspace().get(*db, key).is_some()
        };
        open_now.iter().any(|key| {
            let taken = has(self.before, key) && !has(self.world, key) && has(&wanted, key);
            taken || !open.contains(key)
        })
    }
}

fn same_data(a: &World, b: &World) -> bool {
    differences(a.engine.keyspace(), b.engine.keyspace()).is_empty()
}

/// Whether a transaction has taken a line.
#[must_use]
pub fn is_queued(reply: Option<&Literal>) -> bool {
    matches!(reply, Some(Literal::Status(status)) if status == "QUEUED")
}

/// Whether the last lines are these.
fn ends_with(typed: &[&[Bytes]], lines: &[Line]) -> bool {
    let tail = typed.len().checked_sub(lines.len()).map(|at| &typed[at..]);
    tail.is_some_and(|tail| {
        let mut pairs = lines.iter().zip(tail);
        pairs.all(|(line, argv)| line.is_same(argv))
    })
}

/// Whether the commands of these lines were typed in this order, whatever stood between them: a sentence on a push and
/// a pop is not meant for a push that ends alike.
fn are_among(lines: &[Line], typed: &[&[Bytes]]) -> bool {
    let mut typed = typed.iter();
    lines
        .iter()
        .all(|line| typed.any(|argv| names_same_command(&line.argv, argv)))
}
