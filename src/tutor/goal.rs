//! The lines of a goal step: is the goal reached, and what is to be said of the last line? Every line stays, so what
//! it did is told apart from what is still to be done.

use crate::engine::{Bytes, Command, Order, commands, flag};
use crate::lesson::{Line, Mistake, Step, WantedState};
use crate::notation::Literal;

use super::{
    compare::{differences, lack},
    diagnose,
    diagnosis::Diagnosis,
    judge::{effect, expectations_hold, names_same_command, tells_of},
    practice::{is_together, lacking, practises},
    why::Why,
    world::{Ran, World, is_refusal, only_looks},
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
    /// Whether the last line took away what was right already, or put in what does not belong there.
    pub broke: bool,
    /// Whether the last line changed anything.
    pub changed: bool,
    /// Whether the last line only looked.
    pub looked: bool,
    /// Whether the last line was refused for what earlier lines of the step have left: from its start it would run.
    pub spoilt: bool,
}

/// A line that was typed towards a goal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed {
    /// Its words.
    pub argv: Vec<Bytes>,
    /// Whether Redis refused it when it ran.
    pub refused: bool,
}

/// A goal step and the lines that were typed towards it.
#[derive(Debug, Clone, Copy)]
pub struct Lines<'a> {
    /// The step.
    pub step: &'a Step,
    /// Where it started.
    pub base: &'a World,
    /// The lines; the last has just run.
    pub typed: &'a [Typed],
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
        let right_effect = self.ways().any(|way| self.has_effect_of(way));
        if right_effect && self.practises() {
            return Progress {
                reached: true,
                ..Progress::default()
            };
        }
        let on_the_way = self.ways().any(|way| self.is_on(way))
            && (!self.ran.is_refused() || self.is_to_be_refused(self.last()));
        if only_looks(self.last()) && !self.ran.is_refused() && !self.ran.is_queued() {
            return Progress {
                looked: true,
                why: self.why_look(on_the_way),
                ..Progress::default()
            };
        }
        let why = self.why(right_effect, on_the_way);
        let is_miss = |why: &Why| {
            !matches!(
                why,
                Why::StillOpen(_)
                    | Why::SoFar(_)
                    | Why::Surplus(_)
                    | Why::NothingHasChanged
                    | Why::Queued
                    | Why::OpenAfterExec(_)
            )
        };
        let changed = self.changed() || !self.before.same_clients(self.world);
        let is_slip = |why: &Why| matches!(why, Why::Diagnosis(_));
        let leads_away = || self.leads_away() || changed && why.iter().any(is_slip);
        Progress {
            missed: !on_the_way && why.iter().any(is_miss),
            broke: !on_the_way && leads_away(),
            changed,
            spoilt: self.is_spoilt(on_the_way),
            why,
            ..Progress::default()
        }
    }

    /// The line that has just run.
    fn last(&self) -> &[Bytes] {
        let last = self.typed.last();
        last.map(|line| line.argv.as_slice()).unwrap_or_default()
    }

    /// All lines.
    fn lines(&self) -> Vec<&[Bytes]> {
        self.typed.iter().map(|line| line.argv.as_slice()).collect()
    }

    /// The lines that count: those that Redis took, and those that the solution wants to be refused.
    fn counted(&self) -> Vec<&[Bytes]> {
        let lines = self.typed.iter();
        let counted = lines.filter(|line| !line.refused || self.is_to_be_refused(&line.argv));
        counted.map(|line| line.argv.as_slice()).collect()
    }

    /// Whether the lines have the words and commands that the step practises.
    fn practises(&self) -> bool {
        practises(self.step, &self.counted())
    }

    fn lacks(&self) -> Why {
        lacking(self.step, &self.counted())
    }

    /// Whether a line is one that a way wants to be refused.
    fn is_to_be_refused(&self, argv: &[Bytes]) -> bool {
        self.ways().any(|way| {
            let replies = effect(self.base, way, &self.step.during).replies;
            let mut ends = way.iter().zip(replies);
            ends.any(|(line, reply)| line.is_same(argv) && is_refusal(reply.as_ref()))
        })
    }

    /// Whether an earlier line stands in the way of the last one: it is refused and would run at the step's start, or it
    /// is right and leads nowhere.
    fn is_spoilt(&self, on_the_way: bool) -> bool {
        if on_the_way {
            let stands = self.ways().any(|way| self.stands_on(way));
            return self.changed() && !stands && !self.ran.is_queued();
        }
        let runs = || self.base.takes(self.last(), &self.step.during);
        self.ran.is_refused() && !same_data(self.base, self.world) && runs()
    }

    /// The ways that the author knows.
    fn ways(&self) -> impl Iterator<Item = &[Line]> {
        let all = std::iter::once(&self.step.solution).chain(&self.step.also);
        all.map(Vec::as_slice)
    }

    fn has_effect_of(&self, way: &[Line]) -> bool {
        let wanted = effect(self.base, way, &self.step.during);
        let ends_refused = is_refusal(wanted.replies.last().and_then(Option::as_ref));
        // What was there before a refused line was not reached by it.
        (!self.ran.is_refused() || ends_refused)
            && (self.step.state == Some(WantedState::Any) || same_data(self.world, &wanted.world))
            && self.world.same_clients(&wanted.world)
            && expectations_hold(self.step, self.world)
    }

    /// Whether the last line is a part of this way: the way's own line behind those before it, or with their effect.
    fn is_on(&self, way: &[Line]) -> bool {
        is_next_of(way, self.typed)
            || is_next_of(way, &self.typed[self.begun_anew()..])
            || self.changed() && self.stands_on(way)
    }

    /// Whether all lines have come to what the first ones of this way come to.
    fn stands_on(&self, way: &[Line]) -> bool {
        (1..way.len()).any(|len| {
            let world = effect(self.base, &way[..len], &self.step.during).world;
            same_data(self.world, &world) && self.world.learner().agrees(world.learner())
        })
    }

    /// Whether the last line could have changed data, and has not.
    fn does_nothing(&self) -> bool {
        let writes = |row: &Command| row.has(flag::WRITE);
        !self.changed()
            && !self.ran.is_refused()
            && self.before.same_clients(self.world)
            && commands::of_line(self.last()).is_some_and(writes)
    }

    /// How many of the lines have come to nothing in the end: a transaction that was thrown away, for one.
    fn begun_anew(&self) -> usize {
        let mut world = self.base.clone();
        let lines = self.typed.iter().zip(1..);
        let nothing = lines.filter(|(line, _)| {
            world.run(&line.argv, &self.step.during);
            same_data(&world, self.base) && world.same_clients(self.base)
        });
        nothing.last().map_or(0, |(_, count)| count)
    }

    fn changed(&self) -> bool {
        !same_data(self.before, self.world)
    }

    fn why(&self, right_effect: bool, on_the_way: bool) -> Vec<Why> {
        let lines = self.lines();
        let before = lines.split_last().map_or(&[][..], |(_, before)| before);
        let were_alone = !on_the_way && !is_together(self.step, before);
        if let Some(say) = self.foreseen_line(on_the_way, were_alone) {
            return vec![Why::Author(say.to_owned())];
        }
        if were_alone {
            return vec![Why::OneTransaction];
        }
        match &self.ran.reply {
            _ if self.ran.is_queued() => return self.why_queued(on_the_way),
            // What a refused line has come to is what the lines before it have: there is nothing else to say of it.
            Some(reply @ Literal::Error(_)) if !on_the_way => {
                let found = diagnose::refusal(self.step, self.before, self.last(), reply);
                return vec![found.map_or(Why::Refused, Why::Diagnosis)];
            }
            _ => {}
        }
        if self.changed() && !is_together(self.step, &[self.last()]) {
            return vec![Why::OneTransaction];
        }
        if let Some(say) = self.foreseen_end() {
            return vec![Why::Author(say.to_owned())];
        }
        let stands_on_a_way = self.ways().any(|way| self.stands_on(way));
        if right_effect && !stands_on_a_way {
            return vec![self.lacks()];
        }
        let wanted = self.wanted();
        let open = differences(self.world.engine.keyspace(), wanted.engine.keyspace());
        let slip = self.slip(&wanted).or_else(|| self.misspelt(&open, &wanted));
        if let Some(found) = slip.filter(|_| !on_the_way) {
            return vec![Why::Diagnosis(found)];
        }
        let (open, surplus) = self.divided(open, &wanted);
        // On the way to a goal there are keys that are gone at its end.
        let surplus = surplus.filter(|_| !stands_on_a_way);
        let so_far = on_the_way && stands_on_a_way;
        let open = open.map(if so_far { Why::SoFar } else { Why::StillOpen });
        if open.is_some() && self.does_nothing() {
            let first = [Why::NothingHasChanged];
            return first.into_iter().chain(open).collect();
        }
        let why: Vec<Why> = open.into_iter().chain(surplus.map(Why::Surplus)).collect();
        if !why.is_empty() {
            return why;
        }
        // The data are right, and yet the goal is not reached: by another way, perhaps, and with a watch left behind.
        if self.changed() && !on_the_way {
            return vec![self.lacks()];
        }
        Vec::new()
    }

    /// The author's sentence for the very lines that were typed last. `were_alone`: lines before the last one have changed
    /// data outside of the transaction that is asked for, so only what tells of that is true.
    fn foreseen_line(&self, on_the_way: bool, were_alone: bool) -> Option<&str> {
        let typed = self.lines();
        let is_meant = |lines: &[Line]| {
            // A line that would be wrong by itself may be a right one of a transaction.
            let is_part = lines.len() == 1 && self.ran.is_queued() && on_the_way;
            let argv: Vec<&[Bytes]> = lines.iter().map(|line| &*line.argv).collect();
            let tells_all = !were_alone || !is_together(self.step, &argv);
            ends_with(&typed, lines) && !is_part && tells_all && self.is_answered_as(lines)
        };
        // Whoever has typed all that is wanted has typed something too much.
        let has_all = |way: &[Line]| are_among(way, &typed, Line::is_same);
        if self.ways().any(has_all) {
            return None;
        }
        let mut foreseen = self.foreseen().into_iter();
        let found = foreseen.find(|(lines, _)| is_meant(lines));
        found.map(|(_, say)| say)
    }

    /// The author's sentence for lines that have come to the same as those that were typed.
    fn foreseen_end(&self) -> Option<&str> {
        let typed = self.lines();
        let is_own = |line: &Line| line.is_same(self.last());
        if !self.changed() || self.ways().flatten().any(is_own) {
            return None;
        }
        let words: Vec<Bytes> = typed.iter().copied().flatten().cloned().collect();
        let mut foreseen = self.foreseen().into_iter();
        let found = foreseen
            .find(|(lines, say)| self.has_come_to(lines, &typed) && tells_of(say, lines, &words));
        found.map(|(_, say)| say)
    }

    /// The keys that differ from what is wanted: those that are still to become so, and those that were made and nobody
    /// asked for.
    fn divided(
        &self,
        open: Vec<(usize, Bytes)>,
        wanted: &World,
    ) -> (Option<Vec<Bytes>>, Option<Vec<Bytes>>) {
        let (surplus, open): (Vec<_>, Vec<_>) = open
            .into_iter()
            .partition(|key| !has(wanted, key) && !has(self.base, key));
        let keys = |of: Vec<(usize, Bytes)>| {
            let keys: Vec<Bytes> = of.into_iter().map(|(_, key)| key).collect();
            (!keys.is_empty()).then_some(keys)
        };
        (keys(open), keys(surplus))
    }

    /// Whether the last line was answered as the lines that an author has foreseen are: what is said of a pop that finds
    /// one element is not true of the next. How much a number says depends on the lines before; what others see is not
    /// what the sentence is about.
    fn is_answered_as(&self, foreseen: &[Line]) -> bool {
        let ends = effect(self.base, foreseen, &self.step.during).replies;
        let (Some(Some(wanted)), Some(got)) = (ends.last(), &self.ran.reply) else {
            return true;
        };
        match (wanted, got) {
            (Literal::Error(_), _) | (_, Literal::Error(_)) => {
                is_refusal(Some(wanted)) == is_refusal(Some(got))
            }
            (Literal::Int(wanted), Literal::Int(got)) => (*wanted == 0) == (*got == 0),
            _ => {
                let is_luck = |row: &Command| row.order == Order::Random;
                only_looks(self.last())
                    || commands::of_line(self.last()).is_some_and(is_luck)
                    || wanted == got
            }
        }
    }

    /// What is to be said of a look around: what the author has foreseen, or that the step stores what it shows.
    fn why_look(&self, on_the_way: bool) -> Vec<Why> {
        if on_the_way {
            return Vec::new();
        }
        let typed = self.lines();
        let foreseen = self.foreseen().into_iter();
        let mut by_text = foreseen.filter(|(lines, _)| ends_with(&typed, lines));
        if let Some((_, say)) = by_text.next() {
            return vec![Why::Author(say.to_owned())];
        }
        let is_there = |key: &Bytes| has(self.world, &(self.world.db(), key.clone()));
        let mut lines = self.ways().flatten();
        let found = lines.find_map(|line| diagnose::only_shows(self.last(), &line.argv, is_there));
        found.map(Why::Diagnosis).into_iter().collect()
    }

    /// That a line is queued, and what all that is queued will leave open.
    fn why_queued(&self, on_the_way: bool) -> Vec<Why> {
        if self.is_doomed() {
            return vec![Why::QueuedInVain];
        }
        let (before, world) = (self.executed(self.before), self.executed(self.world));
        let wanted = self.executed(&self.wanted());
        let run = Lines {
            before: &before,
            world: &world,
            ..*self
        };
        let open = differences(world.engine.keyspace(), wanted.engine.keyspace());
        let slip = run.slip(&wanted).or_else(|| run.misspelt(&open, &wanted));
        if let Some(found) = slip.filter(|_| !on_the_way) {
            return vec![Why::Queued, Why::Diagnosis(found)];
        }
        let (open, surplus) = self.divided(open, &wanted);
        // What EXEC would complete lacks words of the step's, perhaps.
        let exec = [Bytes::from(&b"EXEC"[..])];
        let mut lines = self.counted();
        lines.push(&exec);
        let is_all = open.is_none() && surplus.is_none() && !on_the_way;
        let lacks = (is_all && !practises(self.step, &lines)).then(|| lacking(self.step, &lines));
        let open = open.map(Why::OpenAfterExec);
        let surplus = surplus.filter(|_| !on_the_way).map(Why::Surplus);
        let more = open.into_iter().chain(surplus).chain(lacks);
        std::iter::once(Why::Queued).chain(more).collect()
    }

    /// A slip of the fingers in a line of the solution.
    fn slip(&self, wanted: &World) -> Option<Diagnosis> {
        diagnose::slip(&diagnose::Case {
            step: self.step,
            base: self.before,
            argv: self.last(),
            reply: self.ran.reply.as_ref(),
            world: self.world,
            wanted,
            wanted_reply: None,
        })
    }

    /// A key that the last line made and nobody wants, where a wanted one has nearly its name.
    fn misspelt(&self, open: &[(usize, Bytes)], wanted: &World) -> Option<Diagnosis> {
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
            && lines
                .last()
                .is_some_and(|line| names_same_command(&line.argv, self.last()))
            && are_among(lines, typed, |line, argv| {
                names_same_command(&line.argv, argv)
            })
    }

    /// Whether the last line, or what it has queued, leads away from what is wanted.
    fn leads_away(&self) -> bool {
        let wanted = self.wanted();
        if !self.ran.is_queued() {
            return self.broke(&wanted);
        }
        let (before, world) = (self.executed(self.before), self.executed(self.world));
        let run = Lines {
            before: &before,
            world: &world,
            ..*self
        };
        run.broke(&self.executed(&wanted))
    }

    /// Whether the last line took away from a wanted key what was right, or put into one what does not belong there.
    fn broke(&self, wanted: &World) -> bool {
        let keys = |world: &World| differences(world.engine.keyspace(), wanted.engine.keyspace());
        let (open, open_now) = (keys(self.before), keys(self.world));
        let lack = |world: &World, (db, key): &(usize, Bytes)| {
            let entry = |of: &World| of.engine.keyspace().get(*db, key).cloned();
            entry(wanted).map(|wanted| lack(entry(world).as_deref(), &wanted))
        };
        open_now.iter().any(|key| {
            let was_right = !open.contains(key);
            match (lack(self.before, key), lack(self.world, key)) {
                (Some(before), Some(now)) => {
                    let grew = now.surplus > before.surplus || now.missing > before.missing;
                    was_right || grew
                }
                // It is to be gone.
                _ => was_right && has(self.base, key),
            }
        })
    }

    /// The world after the solution.
    fn wanted(&self) -> World {
        effect(self.base, &self.step.solution, &self.step.during).world
    }

    /// Whether EXEC will run nothing of what is queued, for a line was refused.
    fn is_doomed(&self) -> bool {
        let mut world = self.world.clone();
        let reply = world
            .run(&[Bytes::from(&b"EXEC"[..])], &self.step.during)
            .reply;
        matches!(reply, Some(Literal::Error(error)) if error.starts_with("EXECABORT"))
    }

    /// A world after all that is queued in it.
    fn executed(&self, world: &World) -> World {
        let mut world = world.clone();
        world.run(&[Bytes::from(&b"EXEC"[..])], &self.step.during);
        world
    }
}

fn same_data(a: &World, b: &World) -> bool {
    differences(a.engine.keyspace(), b.engine.keyspace()).is_empty()
}

/// Whether the last of these lines is the way's own behind those before it.
fn is_next_of(way: &[Line], typed: &[Typed]) -> bool {
    let mut at = 0;
    let mut last = false;
    for typed in typed {
        last = way.get(at).is_some_and(|line| line.is_same(&typed.argv));
        at += usize::from(last);
    }
    last
}

/// Whether a world has a key.
fn has(world: &World, (db, key): &(usize, Bytes)) -> bool {
    world.engine.keyspace().get(*db, key).is_some()
}

/// Whether the last lines are these.
fn ends_with(typed: &[&[Bytes]], lines: &[Line]) -> bool {
    let tail = typed.len().checked_sub(lines.len()).map(|at| &typed[at..]);
    tail.is_some_and(|tail| {
        let mut pairs = lines.iter().zip(tail);
        pairs.all(|(line, argv)| line.is_same(argv))
    })
}

/// Whether these lines were typed in this order, whatever stood between them: a sentence on a push and a pop is not meant
/// for a push that ends alike.
fn are_among(
    lines: &[Line],
    typed: &[&[Bytes]],
    is_same: impl Fn(&Line, &[Bytes]) -> bool,
) -> bool {
    let mut typed = typed.iter();
    lines
        .iter()
        .all(|line| typed.any(|argv| is_same(line, argv)))
}
