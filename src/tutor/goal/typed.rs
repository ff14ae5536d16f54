//! The lines that were typed towards a goal: what each has come to when it ran, and which of them count.

use crate::engine::{Bytes, commands, flag};
use crate::lesson::{Line, Step};
use crate::notation::Literal;

use super::{
    Lines,
    transaction::{has_open, is_named},
};
use crate::tutor::{
    compare::differences,
    judge::effect,
    likeness::names_same_command,
    world::{Ran, World, is_exec, is_in_vain, only_looks},
};

/// A line that was typed towards a goal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed {
    /// Its words.
    pub argv: Vec<Bytes>,
    /// What it came to when it ran.
    pub came: Came,
    /// What it was answered.
    pub reply: Option<Literal>,
    /// The keys that it changed.
    pub changed: Vec<Bytes>,
    /// Whether it was an EXEC that ran while nothing was watched.
    pub unwatched: bool,
    /// Whether it changed nothing, and would do a part of what is wanted from the step's starting point.
    would_do: bool,
    /// The lines that it has run, each with what it came to.
    pub ran: Vec<Typed>,
}

/// What a line came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Came {
    /// Nothing: it was refused, or it was an EXEC and a watched key had changed.
    InVain,
    /// Nothing, as it does in a way.
    InVainAsWanted,
    /// It waits for EXEC.
    Queued,
    /// It changed data.
    Changed,
    /// It ran and changed none.
    Unchanged,
}

impl Typed {
    /// A line that has run, in a step that started from `base`.
    #[must_use]
    pub fn of(argv: &[Bytes], ran: &Ran, step: &Step, [base, before, world]: [&World; 3]) -> Typed {
        let changed = differences(before.engine.keyspace(), world.engine.keyspace());
        let runs = is_exec(argv) && !is_in_vain(argv, ran.reply.as_ref());
        let parts = if runs {
            run_by_exec(step, base, before)
        } else {
            Vec::new()
        };
        // What one line has done another may have taken back.
        let has_changed = || parts.iter().any(|part| part.came == Came::Changed);
        let came = match ran.reply.as_ref() {
            reply if is_in_vain(argv, reply) && is_to_be_in_vain(step, base, argv) => {
                Came::InVainAsWanted
            }
            reply if is_in_vain(argv, reply) => Came::InVain,
            _ if ran.is_queued() => Came::Queued,
            _ if changed.is_empty() && !has_changed() => Came::Unchanged,
            _ => Came::Changed,
        };
        Typed {
            argv: argv.to_vec(),
            came,
            reply: ran.reply.clone(),
            changed: changed.into_iter().map(|(_, key)| key).collect(),
            unwatched: is_exec(argv) && has_open(before) && !before.watches(),
            would_do: came == Came::Unchanged && writes(argv) && would_do(step, base, argv),
            ran: if came == Came::Changed {
                parts
            } else {
                Vec::new()
            },
        }
    }

    /// The line, or those that it has run where it is EXEC.
    pub(super) fn parts(&self) -> &[Typed] {
        if self.ran.is_empty() {
            std::slice::from_ref(self)
        } else {
            &self.ran
        }
    }
}

/// Whether a line does a part of what is wanted from a step's starting point: it makes keys, and all of them as they are
/// to be.
fn would_do(step: &Step, base: &World, argv: &[Bytes]) -> bool {
    let wanted = effect(base, &step.solution, &step.during).world;
    let mut world = base.clone();
    world.run(argv, &step.during);
    let world = world.engine.keyspace();
    let made = differences(base.engine.keyspace(), world);
    let open = differences(world, wanted.engine.keyspace());
    !made.is_empty() && made.iter().all(|key| !open.contains(key))
}

impl Lines<'_> {
    /// All lines.
    pub(super) fn lines(&self) -> Vec<&[Bytes]> {
        self.typed.iter().map(|line| line.argv.as_slice()).collect()
    }

    /// The lines that count.
    pub(super) fn counted(&self) -> Vec<&[Bytes]> {
        self.counted_of(self.typed)
    }

    /// Of these lines those that came to something, and those that come to nothing in a way too; without what was thrown
    /// away since WATCH or MULTI, and without what is only queued where nothing is to be.
    pub(super) fn counted_of<'t>(&self, typed: &'t [Typed]) -> Vec<&'t [Bytes]> {
        let counted = self.counted_lines(typed).into_iter();
        counted.map(|line| &*line.argv).collect()
    }

    /// The same, with what they came to.
    pub(super) fn counted_lines<'t>(&self, typed: &'t [Typed]) -> Vec<&'t Typed> {
        let mut counted: Vec<&Typed> = Vec::new();
        // What counts when EXEC has run it.
        let mut queued: Vec<&Typed> = Vec::new();
        let mut is_open = has_open(self.base);
        let mut begun = (is_open || self.base.watches()).then_some(0);
        for (at, line) in typed.iter().enumerate() {
            let row = commands::of_line(&line.argv);
            let name = row.map_or("", |row| row.name);
            let has_run = !matches!(
                line.came,
                Came::InVain | Came::InVainAsWanted | Came::Queued
            );
            let throws_away = match name {
                "discard" => has_run && !self.has_command(&line.argv),
                // What a way's own UNWATCH has ended without reaching the goal is to be begun again.
                "unwatch" => {
                    let is_behind = at + 1 < typed.len() && self.only_ends(&line.argv);
                    has_run && !is_open && (is_behind || !self.has_command(&line.argv))
                }
                "exec" => {
                    let ends_watch = self.is_about_watching() && !self.has_command(&line.argv);
                    let is_idle = ends_watch && line.came == Came::Unchanged;
                    let is_vain = line.came == Came::InVain || wrote_nothing(line, &counted);
                    is_open && (is_vain || is_idle)
                }
                _ => false,
            };
            if throws_away {
                let kept = begun.take().unwrap_or(counted.len());
                let thrown = counted.split_off(kept).into_iter();
                counted.extend(thrown.filter(|line| line.came == Came::Changed));
            } else if self.counts(line) {
                if matches!(name, "watch" | "multi") {
                    begun.get_or_insert(counted.len());
                }
                if line.came == Came::Changed {
                    counted.append(&mut queued);
                }
                counted.push(line);
            } else if line.came == Came::Queued {
                queued.push(line);
            }
            if matches!(name, "multi" | "discard" | "exec") {
                queued.clear();
            }
            match name {
                "multi" => is_open |= has_run,
                "discard" => is_open &= !has_run,
                "exec" => {
                    is_open = false;
                    begun = begun.filter(|_| !has_run && !throws_away);
                }
                _ => {}
            }
        }
        counted
    }

    /// Whether a line counts that was not thrown away.
    fn counts(&self, line: &Typed) -> bool {
        let queues = || self.has_command(&[Bytes::from(&b"MULTI"[..])]);
        let is_own = || self.ways().flatten().any(|own| own.is_same(&line.argv));
        match line.came {
            Came::InVain => false,
            Came::Queued => queues() || has_open(self.base),
            Came::Unchanged => {
                only_looks(&line.argv) || !writes(&line.argv) || is_own() || line.would_do
            }
            Came::Changed | Came::InVainAsWanted => true,
        }
    }

    /// Whether ways have this command only in their last lines.
    fn only_ends(&self, argv: &[Bytes]) -> bool {
        let is_same = |line: &Line| names_same_command(&line.argv, argv);
        let before = |way: &[Line]| {
            way.split_last()
                .is_some_and(|(_, rest)| rest.iter().any(is_same))
        };
        self.has_command(argv) && !self.ways().any(before)
    }

    /// Whether a way has a line with this command.
    pub(super) fn has_command(&self, argv: &[Bytes]) -> bool {
        let mut lines = self.ways().flatten();
        lines.any(|line| names_same_command(&line.argv, argv))
    }
}

/// What the lines that wait for EXEC in a world come to, one by one.
fn run_by_exec(step: &Step, base: &World, before: &World) -> Vec<Typed> {
    let transaction = before.learner().transaction.as_ref();
    let queue = transaction.map_or(Vec::new(), |it| it.queue.clone());
    let mut world = before.clone();
    world.run(&[Bytes::from(&b"DISCARD"[..])], &step.during);
    let run = |argv: Vec<Bytes>| {
        let before = world.clone();
        let ran = world.run(&argv, &step.during);
        Typed::of(&argv, &ran, step, [base, &before, &world])
    };
    queue.into_iter().map(run).collect()
}

/// Whether EXEC has run lines that write, and they came to nothing.
fn wrote_nothing(exec: &Typed, counted: &[&Typed]) -> bool {
    let writes = |line: &&Typed| line.came == Came::Queued && writes(&line.argv);
    let is_multi = |line: &&Typed| is_named(&line.argv, b"MULTI");
    let opened = counted.iter().rposition(is_multi).unwrap_or(0);
    exec.came == Came::Unchanged && counted[opened..].iter().any(writes)
}

/// Whether a line is one that comes to nothing in a way.
fn is_to_be_in_vain(step: &Step, base: &World, argv: &[Bytes]) -> bool {
    step.ways().any(|way| {
        let replies = effect(base, way, &step.during).replies;
        let mut ends = way.iter().zip(replies);
        ends.any(|(line, reply)| line.is_same(argv) && is_in_vain(argv, reply.as_ref()))
    })
}

/// Whether a line's command can change data.
pub(super) fn writes(argv: &[Bytes]) -> bool {
    commands::of_line(argv).is_some_and(|row| row.has(flag::WRITE))
}
