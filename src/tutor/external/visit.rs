//! How far an external step has come: what has arrived, and how far along each accepted way that has led.

use crate::engine::{Bytes, Group, commands};
use crate::lesson::{Line, Step, fits};
use crate::notation::Literal;
use crate::tutor::{likeness::names_same_command, world::World};

use super::{counts, is_connection, meant::is_meant, reads};

/// How far the open external step has come.
#[derive(Debug, Clone, Default)]
pub(in crate::tutor) struct Visit {
    /// What has arrived.
    pub(super) seen: Vec<Came>,
    /// How far along each way of the step that has led.
    pub(super) reach: Reach,
    /// How things stood when all that had been judged was right: what a mistake that comes later leads back to.
    pub(super) right: Option<Box<Right>>,
    /// The first command that led away from every way.
    pub(super) astray: Option<Box<Astray>>,
    /// What came although it must not.
    pub(super) forbidden: Option<Vec<Bytes>>,
    /// What had arrived when it was judged last, if it is not among what counts: it was all there, or was wrong. What
    /// Python has printed is of that.
    pub(super) last: Vec<Came>,
    /// Everything has arrived; the answer is still open.
    pub asked: bool,
    /// Whether what has arrived was judged: what comes next may be a whole program once more.
    pub(super) judged: bool,
    /// The words that have come and were not needed, in groups that belong together.
    pub(super) needless: Vec<Vec<Bytes>>,
    /// What the last line of the solution was answered.
    pub(super) reply: Option<Literal>,
}

/// A command that has arrived.
#[derive(Debug, Clone)]
pub(super) struct Came {
    pub argv: Vec<Bytes>,
    pub sender: Sender,
    /// In which trip of its sender's: those with the same number were sent at once.
    pub trip: u64,
    /// Whether it leads along a way of the step.
    pub along: bool,
}

/// Whence a command comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sender {
    /// The visitor, one for each connection.
    pub visitor: u64,
    /// The database that it has selected.
    pub db: usize,
}

/// What was right of a step, and how things stood behind it.
#[derive(Debug, Clone)]
pub(super) struct Right {
    pub world: World,
    pub seen: usize,
    pub reach: Reach,
}

/// A command that led away from the solution, and how things stood before it.
#[derive(Debug, Clone)]
pub(super) struct Astray {
    pub argv: Vec<Bytes>,
    pub before: World,
    pub reach: Reach,
    pub elsewhere: Option<Elsewhere>,
}

/// A command came to another database than the one that it belongs in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Elsewhere {
    pub is: usize,
    pub wanted: usize,
}

impl Visit {
    /// Whether a command came to a database that it does not belong in.
    pub(super) fn is_elsewhere(&self) -> bool {
        let astray = self.astray.as_ref();
        astray.is_some_and(|astray| astray.elsewhere.is_some())
    }

    /// Whether all that has arrived leads along a way of the step.
    pub(super) fn is_on_its_way(&self) -> bool {
        !self.seen.is_empty() && self.seen.iter().all(|came| came.along)
    }

    /// Whether what leads along a way was sent at once.
    pub(super) fn came_in_one_trip(&self) -> bool {
        let along = self.seen.iter().filter(|it| it.along);
        let mut trips = along.map(|it| (it.sender.visitor, it.trip));
        let first = trips.next();
        trips.all(|trip| Some(trip) == first)
    }

    /// Whether a part of what is wanted has arrived, and nothing that leads away from it.
    pub(super) fn is_right_so_far(&self) -> bool {
        self.reach.has_begun() && self.astray.is_none() && self.forbidden.is_none()
    }

    /// The step's program has been done in the learner's stead: all that it sends has come.
    pub(super) fn has_performed(&mut self, step: &Step, home: usize, reply: Option<Literal>) {
        let lines = Expected::all(step, &step.solution, home).into_iter();
        let came = lines.map(|Expected { line, db }| Came {
            argv: line.argv,
            sender: Sender { visitor: 0, db },
            trip: 0,
            along: true,
        });
        self.seen = came.collect();
        self.reply = reply;
    }

    /// Something has come and was refused, and it is not known any more what.
    pub(super) fn was_refused_unseen(&mut self) {
        self.last = vec![Came {
            argv: Vec::new(),
            sender: Sender { visitor: 0, db: 0 },
            trip: 0,
            along: false,
        }];
    }

    /// What arrived last, whether it counts or not.
    pub(super) fn arrived(&self) -> &[Came] {
        if self.last.is_empty() {
            &self.seen
        } else {
            &self.last
        }
    }

    /// Whether what arrived last does not count.
    pub(super) fn is_refused(&self) -> bool {
        !self.asked && !self.last.is_empty()
    }

    /// Whether a program that sends these lines may be the one that has come.
    pub(super) fn may_be_of(&self, lines: &[Expected], ways: &[Way]) -> bool {
        let came = self.arrived();
        let mut left = came.iter();
        let has_sent = |line: &Expected| left.by_ref().any(|came| line.is(came));
        // What leads along a way, or has the name of what does, is told of where a sentence is about it.
        let is_told = |came: &&Came| {
            let mut wanted = ways.iter().flat_map(|way| &way.lines);
            came.along || wanted.any(|own| names_same_command(&own.line.argv, &came.argv))
        };
        let is_of = |came: &Came| lines.iter().any(|line| line.is(came));
        lines.is_empty() == came.is_empty()
            && lines.iter().all(has_sent)
            && came.iter().filter(|came| is_told(came)).all(is_of)
    }

    /// Whether these lines are what has arrived; looks at what has come of them may stand between them or not.
    pub(super) fn is_of(&self, lines: &[Expected], may_look: bool) -> bool {
        let is_own = |came: &Came| lines.iter().any(|line| line.fits(&came.argv));
        let counts = |came: &&Came| !may_look || !reads(&came.argv) || is_own(came);
        let seen: Vec<&Came> = self.seen.iter().filter(counts).collect();
        let mut connections = Connections::default();
        let mut is_line = |(line, came): (&Expected, &Came)| {
            let takes = line.takes(&came.argv, came.sender, &connections);
            connections.note(&line.line, came.sender);
            takes
        };
        !lines.is_empty() && lines.len() == seen.len() && lines.iter().zip(seen).all(&mut is_line)
    }

    /// The same with nothing arrived but what the answer is about.
    pub(super) fn at_question(&self) -> Visit {
        Visit {
            asked: true,
            last: if self.asked && !self.last.is_empty() {
                self.last.clone()
            } else {
                self.seen.clone()
            },
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

/// A line that is to arrive.
#[derive(Debug, Clone)]
pub(super) struct Expected {
    pub line: Line,
    /// The database in which it is to run.
    pub db: usize,
}

impl Expected {
    /// The lines of a program that count in a step. A connection works in `home`, until it selects another database.
    pub fn all(step: &Step, lines: &[Line], home: usize) -> Vec<Expected> {
        let selected = |line: &Line| -> Option<usize> {
            let is_select = line.argv[0].eq_ignore_ascii_case(b"select");
            let number = line.argv.get(1).filter(|_| is_select)?;
            String::from_utf8_lossy(number).parse().ok()
        };
        let database = |at: usize| {
            let own = |line: &&Line| line.actor == lines[at].actor;
            let mut before = lines[..at].iter().rev().filter(own);
            before.find_map(selected).unwrap_or(home)
        };
        let expected = lines.iter().enumerate().map(|(at, line)| Expected {
            line: line.clone(),
            db: database(at),
        });
        expected.filter(|it| counts(step, &it.line.argv)).collect()
    }

    pub fn fits(&self, argv: &[Bytes]) -> bool {
        is_meant(&self.line, argv)
    }

    /// Whether a command that has come is this one.
    fn is(&self, came: &Came) -> bool {
        self.fits(&came.argv) && (self.db == came.sender.db || !is_about_data(&came.argv))
    }

    /// Whether it is a command that comes from there.
    fn takes(&self, argv: &[Bytes], sender: Sender, connections: &Connections) -> bool {
        let is_here = self.db == sender.db || !is_about_data(argv);
        self.fits(argv) && is_here && connections.allow(&self.line, sender)
    }
}

/// Which of a program's connections its lines have come on.
#[derive(Debug, Clone, Default)]
struct Connections(Vec<(Option<String>, u64)>);

impl Connections {
    fn note(&mut self, line: &Line, sender: Sender) {
        self.0.push((line.actor.clone(), sender.visitor));
    }

    /// Whether a line may come from there: what two connections are to send does not come on one.
    fn allow(&self, line: &Line, sender: Sender) -> bool {
        let mut known = self.0.iter();
        known.all(|(name, visitor)| *visitor != sender.visitor || *name == line.actor)
    }
}

/// Whether a command is about the data of the database that its connection has selected.
pub(super) fn is_about_data(argv: &[Bytes]) -> bool {
    let row = commands::of_line(argv);
    !is_connection(argv) && row.is_none_or(|row| row.group != Group::PubSub)
}

/// A way in which a step may be done: the author's, or one that is as good.
#[derive(Debug, Clone)]
pub(super) struct Way {
    /// What must arrive, in this order; others in between are allowed.
    pub observe: Vec<Expected>,
    /// What the author's program sends in this way.
    pub lines: Vec<Expected>,
}

impl Way {
    /// The ways of a step, the author's own first.
    pub fn all(step: &Step, home: usize) -> Vec<Way> {
        let own = step.program.as_ref().map(|program| {
            let lines = Expected::all(step, &step.solution, home);
            // A line to be observed comes whence the program's own line comes that it describes.
            let mut behind = lines.iter();
            let described = |line: &Line| {
                let is_own = |own: &&Expected| fits(line, &own.line.argv);
                let own = behind.find(is_own).or_else(|| lines.iter().find(is_own));
                Expected {
                    line: Line {
                        actor: own.and_then(|own| own.line.actor.clone()),
                        ..line.clone()
                    },
                    db: own.map_or(home, |own| own.db),
                }
            };
            Way {
                observe: program.observe.iter().map(described).collect(),
                lines,
            }
        });
        let others = step.also.iter().map(|lines| {
            let lines = Expected::all(step, lines, home);
            Way {
                observe: lines.clone(),
                lines,
            }
        });
        own.into_iter().chain(others).collect()
    }
}

/// How far along a way.
#[derive(Debug, Clone, Default)]
pub(super) struct Place {
    /// How many of the lines to be observed have come.
    pub met: usize,
    /// How many lines have come, one behind the other.
    pub along: usize,
    /// The client that has sent a MULTI to be observed, behind which no end of it has come.
    open: Option<u64>,
    connections: Connections,
}

impl Place {
    /// A transaction ends before all of it has come that is to be observed: it has to come once more, as a whole.
    fn leave_transaction(&mut self, way: &Way) {
        let met = &way.observe[..self.met.min(way.observe.len())];
        let begun = met.iter().rposition(|it| it.line.command() == "MULTI");
        if let Some(at) = begun {
            self.along -= (self.met - at).min(self.along);
            self.met = at;
        }
        self.open = None;
    }
}

/// Whether a command ends a transaction.
fn is_end(argv: &[Bytes]) -> bool {
    let mut ends = [b"EXEC".as_slice(), b"DISCARD"].into_iter();
    argv.first()
        .is_some_and(|name| ends.any(|end| name.eq_ignore_ascii_case(end)))
}

/// How far along each way of a step.
#[derive(Debug, Clone, Default)]
pub(super) struct Reach(Vec<Place>);

impl Reach {
    /// Goes on by a command, and says whether it leads along any way.
    pub fn go_on<'a>(&mut self, ways: &'a [Way], argv: &[Bytes], sender: Sender) -> bool {
        self.0.resize(ways.len(), Place::default());
        let mut leads = false;
        for (place, way) in self.0.iter_mut().zip(ways) {
            let next = |lines: &'a [Expected], at: usize| {
                let next = lines.get(at);
                next.filter(|next| next.takes(argv, sender, &place.connections))
            };
            let observed = next(&way.observe, place.met);
            let along = next(&way.lines, place.along);
            if observed.is_some() {
                place.met += 1;
                if is_end(argv) {
                    place.open = None;
                } else if observed.is_some_and(|it| it.line.command() == "MULTI") {
                    place.open = Some(sender.visitor);
                }
            }
            if let Some(taken) = observed.or(along) {
                place.along += 1;
                place.connections.note(&taken.line, sender);
                leads = true;
            } else if is_end(argv) && place.open == Some(sender.visitor) {
                place.leave_transaction(way);
            }
        }
        leads
    }

    /// The way along which it has come furthest, the author's before others, and how far.
    pub fn furthest<'a>(&self, ways: &'a [Way]) -> Option<(&'a Way, Place)> {
        let placed = ways.iter().enumerate().map(|(at, way)| (way, self.at(at)));
        placed.rev().max_by_key(|(_, place)| place.along)
    }

    /// What is still to come along the way that has led furthest. Of several that have led as far, along the one that goes
    /// on with the command of this line, if any does.
    pub fn left_for<'a>(&self, ways: &'a [Way], argv: &[Bytes]) -> Option<&'a [Expected]> {
        let (_, furthest) = self.furthest(ways)?;
        let placed = ways.iter().enumerate();
        let far = placed.filter(|(at, _)| self.at(*at).along == furthest.along);
        let left = far.map(|(_, way)| &way.lines[furthest.along.min(way.lines.len())..]);
        let left: Vec<&[Expected]> = left.collect();
        let is_named = |left: &&&[Expected]| {
            let next = left.first();
            next.is_some_and(|next| names_same_command(&next.line.argv, argv))
        };
        left.iter().find(is_named).or(left.first()).copied()
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
        self.next(ways).any(|next| next.fits(argv))
    }

    /// What comes next along each way.
    pub fn next<'a>(&'a self, ways: &'a [Way]) -> impl Iterator<Item = &'a Expected> {
        let placed = ways.iter().enumerate();
        placed.filter_map(|(at, way)| way.lines.get(self.at(at).along))
    }

    fn at(&self, way: usize) -> Place {
        self.0.get(way).cloned().unwrap_or_default()
    }
}
