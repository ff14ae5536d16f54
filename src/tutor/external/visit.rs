//! How far an external step has come: what has arrived, and how far along each accepted way that has led.

use crate::engine::Bytes;
use crate::lesson::{Line, Step, fits};
use crate::notation::Literal;
use crate::tutor::world::World;

use super::counts;

/// How far the open external step has come.
#[derive(Debug, Clone, Default)]
pub(in crate::tutor) struct Visit {
    /// What has arrived.
    pub(super) seen: Vec<Came>,
    /// How far along each way of the step that has led.
    pub(super) reach: Reach,
    /// The first command that led away from every way.
    pub(super) astray: Option<Box<Astray>>,
    /// What came although it must not.
    pub(super) forbidden: Option<Vec<Bytes>>,
    /// Everything has arrived; the answer is still open.
    pub asked: bool,
    /// Whether what has arrived was judged: what comes next may be a whole program once more.
    pub(super) judged: bool,
    /// Whether the last that arrived was refused and taken back.
    pub(super) refused: bool,
    /// Whether anything has been sent that the answer may be about.
    pub(super) sent: bool,
    /// What the last line of the solution was answered.
    pub(super) reply: Option<Literal>,
}

/// A command that has arrived.
#[derive(Debug, Clone)]
pub(super) struct Came {
    pub argv: Vec<Bytes>,
    /// Whether it leads along a way of the step.
    pub along: bool,
}

/// A command that led away from the solution, and how things stood before it.
#[derive(Debug, Clone)]
pub(super) struct Astray {
    pub argv: Vec<Bytes>,
    pub before: World,
    pub seen: usize,
    pub reach: Reach,
    /// The database that it came to, where that is not the lesson's.
    pub database: Option<usize>,
}

impl Visit {
    /// The database that a command came to which is not the lesson's.
    pub(super) fn elsewhere(&self) -> Option<usize> {
        self.astray.as_ref().and_then(|astray| astray.database)
    }

    /// Whether all that has arrived leads along a way of the step.
    pub(super) fn is_on_its_way(&self) -> bool {
        !self.seen.is_empty() && self.seen.iter().all(|came| came.along)
    }

    /// Whether these lines are what has arrived.
    pub(super) fn is_of(&self, lines: &[Line]) -> bool {
        let mut pairs = lines.iter().zip(&self.seen);
        lines.len() == self.seen.len() && pairs.all(|(line, came)| fits(line, &came.argv))
    }

    /// The same with nothing arrived but what the answer is about.
    pub(super) fn at_question(&self) -> Visit {
        Visit {
            asked: true,
            sent: self.sent,
            reply: self.reply.clone(),
            ..Visit::default()
        }
    }

    /// Nothing has come; `asked` where nothing will, so that only the answer is open.
    pub fn new(asked: bool) -> Visit {
        Visit {
            asked,
            ..Visit::default()
        }
    }
}

/// A way in which a step may be done: the author's, or one that is as good.
#[derive(Debug, Clone)]
pub(super) struct Way {
    /// What must arrive, in this order; others in between are allowed.
    pub observe: Vec<Line>,
    /// What the author's program sends in this way.
    pub lines: Vec<Line>,
}

impl Way {
    /// The ways of a step, the author's own first.
    pub fn all(step: &Step) -> Vec<Way> {
        let counted = |lines: &[Line]| -> Vec<Line> {
            let lines = lines.iter().filter(|line| counts(step, &line.argv));
            lines.cloned().collect()
        };
        let own = step.program.as_ref().map(|program| Way {
            observe: program.observe.clone(),
            lines: counted(&step.solution),
        });
        let others = step.also.iter().map(|lines| Way {
            observe: counted(lines),
            lines: counted(lines),
        });
        own.into_iter().chain(others).collect()
    }
}

/// How far along a way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Place {
    /// How many of the lines to be observed have come.
    pub met: usize,
    /// How many lines have come, one behind the other.
    pub along: usize,
}

/// How far along each way of a step.
#[derive(Debug, Clone, Default)]
pub(super) struct Reach(Vec<Place>);

impl Reach {
    /// Goes on by a command, and says whether it leads along any way.
    pub fn go_on(&mut self, ways: &[Way], argv: &[Bytes]) -> bool {
        self.0.resize(ways.len(), Place::default());
        let mut leads = false;
        for (place, way) in self.0.iter_mut().zip(ways) {
            let fits_at =
                |lines: &[Line], at: usize| lines.get(at).is_some_and(|line| fits(line, argv));
            let observed = fits_at(&way.observe, place.met);
            let along = fits_at(&way.lines, place.along);
            place.met += usize::from(observed);
            place.along += usize::from(observed || along);
            leads |= observed || along;
        }
        leads
    }

    /// The way along which it has come furthest, the author's before others, and how far.
    pub fn furthest<'a>(&self, ways: &'a [Way]) -> Option<(&'a Way, Place)> {
        let placed = ways.iter().enumerate().map(|(at, way)| (way, self.at(at)));
        placed.rev().max_by_key(|(_, place)| place.along)
    }

    /// Whether all that is to be observed of one way has come.
    pub fn is_complete(&self, ways: &[Way]) -> bool {
        let mut placed = ways.iter().enumerate();
        placed.any(|(at, way)| !way.observe.is_empty() && self.at(at).met == way.observe.len())
    }

    /// Whether anything has come along a way.
    pub fn has_begun(&self) -> bool {
        self.0.iter().any(|place| place.along > 0)
    }

    /// Whether a command goes on along a way from here.
    pub fn leads_on(&self, ways: &[Way], argv: &[Bytes]) -> bool {
        let next = |(at, way): (usize, &Way)| {
            let line = way.lines.get(self.at(at).along);
            line.is_some_and(|line| fits(line, argv))
        };
        ways.iter().enumerate().any(next)
    }

    fn at(&self, way: usize) -> Place {
        self.0.get(way).copied().unwrap_or_default()
    }
}
