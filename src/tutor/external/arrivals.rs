//! What visitors of a lesson's server send: it is run in the lesson's world, told as it arrives, and kept to be judged.

use std::{collections::BTreeMap, rc::Rc};

use crate::engine::{
    Bytes, Command, Delivery, Error, Group, Origin, Outcome, Reply, commands, flag,
};
use crate::lesson::Step;
use crate::notation::{Literal, join};
use crate::tutor::{
    Fed, Happening, Heard, Notice, Output, Record, Tutor, VerdictKind, heard::happening,
};

use super::{PYTHON, SETTLE, Sent, counts, is_connection, meant::without_needless, visit::Sender};

/// So many commands of a burst are shown, and as many times what came to others of the commands that are not: these are
/// counted.
const SHOWN: usize = 40;

/// What has arrived and is not yet told.
#[derive(Debug, Clone, Default)]
pub(in crate::tutor) struct Ear {
    told: Vec<Told>,
    burst: Burst,
    /// When the last one was told, or the step began (the shell's clock).
    last: Option<i64>,
    /// Whether something has come since it was last looked.
    fresh: bool,
    /// Whether something has come that is not yet judged.
    open: bool,
    /// Whether the silence was remarked on.
    prompted: bool,
    /// The step in which it was said that a look at the prompt is not what it waits for.
    pub(super) pointed: Option<usize>,
    /// The step in which it was said that Python belongs elsewhere.
    pub(super) sent_away: Option<usize>,
    /// The step that the above is about.
    at: usize,
    /// How many trips of each visitor's have come.
    trips: BTreeMap<u64, u64>,
}

/// What comes between two things that the learner does, and in a step of a program between two judgements.
#[derive(Debug, Clone, Copy, Default)]
struct Burst {
    /// How many commands have come.
    commands: usize,
    /// How often more was told than commands that are shown.
    news: usize,
    /// How many commands are not shown and not yet told of.
    more: usize,
    /// Whether that was told though the learner did nothing: once is enough.
    summed_up: bool,
    /// The visitor whose command was refused last: of several in a row the first is told.
    refused: Option<u64>,
}

/// A command as it is told, with what came of it; without a line what came by itself.
#[derive(Debug, Clone)]
struct Told {
    line: String,
    verdict: VerdictKind,
    reply: Option<Literal>,
    outputs: Vec<Output>,
}

/// What was heard from visitors: a command, or a verdict on several.
#[derive(Debug, Clone)]
pub struct Overheard {
    /// The command as it would be typed; nothing with a verdict.
    pub line: String,
    /// What is to be shown, and what it came to.
    pub fed: Fed,
    /// Whether it is to be kept: a program has done its part of the step, or missed.
    pub keep: bool,
}

impl Tutor {
    /// The port at which the lesson's server listens.
    pub fn set_port(&mut self, port: Option<u16>) {
        self.port = port;
    }

    /// Lets in a client that has come over the lesson's server.
    pub fn admit(&mut self, origin: Origin) -> u64 {
        self.now.world.admit(origin)
    }

    /// Lets it go.
    pub fn dismiss(&mut self, visitor: u64) {
        self.ear.trips.remove(&visitor);
        self.now.world.dismiss(visitor);
    }

    /// What has been left for visitors.
    pub fn take_outbox(&mut self) -> Vec<Delivery> {
        let outbox = self.now.world.take_outbox();
        self.messages.note(&outbox);
        outbox
    }

    /// Lets the time be over for which a visitor's command waits, as the clock of its program shows it.
    pub fn time_out(&mut self, visitor: u64) {
        let happenings = self.now.world.time_out(visitor);
        self.ear.note(happenings);
    }

    /// A visitor has sent something anew: what is served of it up to the next time came in one trip.
    pub fn receive(&mut self, visitor: u64) {
        *self.ear.trips.entry(visitor).or_default() += 1;
    }

    /// A visitor's command.
    pub fn serve(&mut self, visitor: u64, argv: &[Bytes]) -> Outcome {
        if let Some(error) = self.refusal(visitor, argv) {
            return Outcome::Reply(error.into());
        }
        let lesson = Rc::clone(&self.lesson);
        let step = lesson.steps.get(self.now.at);
        let step = step.filter(|step| step.program.is_some() && counts(step, argv));
        let step = step.filter(|_| !self.listens_again(argv));
        let db = self.now.world.database_of(visitor);
        let sender = Sender { visitor, db };
        let mut elsewhere = None;
        if let Some(step) = step {
            self.begin_anew(step, argv);
            elsewhere = self.elsewhere(step, sender, argv);
        }
        let keeps = step.is_some() && self.now.visit.astray.is_none();
        let before = keeps.then(|| self.now.world.clone());
        let (outcome, happenings) = self.now.world.visit(visitor, argv);
        self.messages.note_answer(visitor, &outcome);
        if !is_connection(argv) || step.is_some() {
            let kind = match step {
                Some(step) => {
                    let reply = reply_of(&outcome);
                    let needless = before.as_ref().filter(|_| elsewhere.is_none());
                    let needless = needless.and_then(|before| {
                        let ways = self.ways(step);
                        let next = self.now.visit.reach.next(&ways);
                        let worlds = (before, &self.now.world);
                        without_needless(step, next, visitor, argv, reply.as_ref(), worlds)
                    });
                    let sent = Sent {
                        argv,
                        sender,
                        reply,
                        elsewhere,
                        needless,
                    };
                    self.follow(step, &sent, before)
                }
                None => VerdictKind::Look,
            };
            self.ear.hear(argv, kind, db, &outcome);
        }
        self.ear.note(happenings);
        outcome
    }

    /// Whether a program only listens to what an earlier step's has listened to: a new one has to.
    pub(super) fn listens_again(&self, argv: &[Bytes]) -> bool {
        let row = commands::of_line(argv);
        let before = self.lesson.steps[..self.now.at].iter();
        let mut lines = before.flat_map(|step| &step.solution);
        let is_own = |step: &Step| step.solution.iter().any(|line| line.is_same(argv));
        row.is_some_and(|row| ["subscribe", "psubscribe", "ssubscribe"].contains(&row.name))
            && lines.any(|line| line.is_same(argv))
            && !self.step().is_some_and(is_own)
    }

    /// Why a visitor's command is not run: it would spoil a step that is done at the prompt, or end the lesson.
    fn refusal(&mut self, visitor: u64, argv: &[Bytes]) -> Option<Error> {
        let row = commands::of_line(argv)?;
        if row.name == "shutdown" {
            return Some(Error::Fixed("ERR this server ends with its lesson"));
        }
        if self.step().is_some_and(|step| step.program.is_some()) {
            return None;
        }
        let error = if row.name == "exec"
            && self.now.world.queued(visitor).iter().any(|it| spoils(it))
        {
            // As with every EXEC that is refused, the transaction is over.
            let discard = Bytes::from(b"DISCARD".as_slice());
            self.now.world.visit(visitor, &[discard]);
            "EXECABORT Transaction discarded because of: this step of the lesson is done at the lesson's own prompt; \
             programs may only read now"
        } else if spoils(argv) {
            "ERR this step of the lesson is done at the lesson's own prompt; programs may only read now"
        } else {
            return None;
        };
        let is_done = self.is_done();
        self.ear.refuse(visitor, argv, is_done);
        Some(Error::Fixed(error))
    }

    /// When [`Tutor::overhear`] has something to say next, if nothing more arrives (the shell's clock, ms).
    #[must_use]
    pub fn next_alarm(&self) -> Option<i64> {
        let last = self.ear.last?;
        if self.ear.open {
            return Some(last + SETTLE);
        }
        let program = self.step()?.program.as_ref()?;
        (!self.ear.prompted && !self.now.visit.asked).then(|| last.saturating_add(program.patience))
    }

    /// Tells what has arrived, and judges it once nothing more comes. `now` is the shell's clock.
    pub fn overhear(&mut self, now: i64) -> Vec<Overheard> {
        if self.ear.at != self.now.at || self.ear.last.is_none() {
            let told = std::mem::take(&mut self.ear.told);
            self.ear = Ear {
                fresh: self.ear.fresh,
                told,
                burst: self.ear.burst,
                pointed: self.ear.pointed,
                sent_away: self.ear.sent_away,
                at: self.now.at,
                trips: std::mem::take(&mut self.ear.trips),
                last: Some(now),
                ..Ear::default()
            };
        }
        let mut overheard = self.tell(now);
        let quiet = now - self.ear.last.unwrap_or(now);
        let settles = self.ear.open && quiet >= SETTLE;
        self.ear.open &= !settles;
        let Some(program) = self.program() else {
            overheard.extend(settles.then(|| self.sum_up()).flatten());
            return overheard;
        };
        if settles {
            overheard.extend(self.settle(&program));
        } else if !self.ear.open
            && !self.ear.prompted
            && !self.now.visit.asked
            && quiet >= program.patience
        {
            self.ear.prompted = true;
            let mut heard = Heard::default();
            // A beginning that nothing follows may be a whole program that is foreseen.
            if let Some(why) = self.ends_too_early() {
                heard.decide(VerdictKind::Partial, vec![why], 0);
            }
            heard.say(Output::Notice(Notice::Silence {
                arrived: !self.now.visit.seen.is_empty(),
            }));
            overheard.push(self.fed(String::new(), heard));
        }
        overheard
    }

    fn tell(&mut self, now: i64) -> Vec<Overheard> {
        let told = std::mem::take(&mut self.ear.told);
        if std::mem::take(&mut self.ear.fresh) {
            self.ear.last = Some(now);
            self.ear.open = true;
            self.ear.prompted = false;
        }
        let tell = |told: Told| {
            let heard = Heard {
                outputs: told.outputs,
                verdict: Some(told.verdict),
                reply: told.reply,
                ..Heard::default()
            };
            self.fed(told.line, heard)
        };
        told.into_iter().map(tell).collect()
    }

    /// How many commands were not shown, where nothing is judged.
    fn sum_up(&mut self) -> Option<Overheard> {
        if self.ear.burst.summed_up {
            return None;
        }
        let mut heard = Heard::default();
        heard.say(self.ear.flood()?);
        self.ear.burst.summed_up = true;
        Some(self.fed(String::new(), heard))
    }

    fn fed(&self, line: String, heard: Heard) -> Overheard {
        let place = self.open_step().map(|(number, id)| (number, id.to_owned()));
        fed_at(place.unwrap_or_default(), line, heard)
    }
}

impl Ear {
    /// In which trip of a visitor's comes what is served of it now.
    pub(super) fn trip_of(&self, visitor: u64) -> u64 {
        self.trips.get(&visitor).copied().unwrap_or_default()
    }

    /// Takes note of what has come to others than the one whose command was run.
    pub(in crate::tutor) fn note(&mut self, happenings: Vec<Happening>) {
        if self.burst.more > 0 && !happenings.is_empty() {
            self.burst.news += 1;
            if self.burst.news > SHOWN {
                return;
            }
        }
        let outputs = happenings.into_iter().map(happening);
        match self.told.last_mut() {
            Some(last) => last.outputs.extend(outputs),
            None if outputs.len() == 0 => {}
            None => self.told.push(Told {
                line: String::new(),
                verdict: VerdictKind::Aside,
                reply: None,
                outputs: outputs.collect(),
            }),
        }
    }

    /// What is not told when the learner does something: with that a burst ends.
    pub(in crate::tutor) fn untold(&mut self) -> impl Iterator<Item = Output> + use<> {
        let told = std::mem::take(&mut self.told).into_iter();
        let more = self.end_burst();
        told.flat_map(|told| told.outputs).chain(more)
    }

    /// Takes note of what is to be said before what comes next.
    pub(super) fn say(&mut self, output: Output) {
        self.told.push(Told {
            line: String::new(),
            verdict: VerdictKind::Aside,
            reply: None,
            outputs: vec![output],
        });
    }

    /// Takes note of a command that programs may not send now: of several of a program's the first.
    fn refuse(&mut self, visitor: u64, argv: &[Bytes], is_done: bool) {
        if self.burst.refused.replace(visitor) == Some(visitor) {
            return;
        }
        self.burst.commands += 1;
        if self.burst.commands > SHOWN {
            self.fresh = true;
            self.burst.more += 1;
            return;
        }
        let line = join(&shortened(argv));
        self.say(Output::Notice(Notice::OnlyReads { line, is_done }));
    }

    fn hear(&mut self, argv: &[Bytes], verdict: VerdictKind, db: usize, outcome: &Outcome) {
        self.fresh = true;
        self.burst.commands += 1;
        if self.burst.commands > SHOWN {
            self.burst.more += 1;
            return;
        }
        let reply = reply_of(outcome);
        let line = join(&shortened(argv));
        let name = if db == 0 {
            PYTHON.to_owned()
        } else {
            format!("{PYTHON}[{db}]")
        };
        let output = Output::Actor {
            name,
            line: line.clone(),
            reply: reply.clone(),
        };
        self.told.push(Told {
            line,
            verdict,
            reply,
            outputs: vec![output],
        });
    }

    /// What to say of the commands that were not shown; what comes next may be shown again.
    pub(super) fn end_burst(&mut self) -> Option<Output> {
        let flood = self.flood();
        self.burst = Burst::default();
        flood
    }

    fn flood(&mut self) -> Option<Output> {
        let more = std::mem::take(&mut self.burst.more);
        (more > 0).then_some(Output::Notice(Notice::Flood { more }))
    }
}

/// What a command is answered; nothing while it waits.
pub(super) fn reply_of(outcome: &Outcome) -> Option<Literal> {
    match outcome {
        Outcome::Reply(Reply::Many(replies)) => replies.last().cloned().map(Literal::from),
        Outcome::Reply(Reply::None) | Outcome::Waiting { .. } => None,
        Outcome::Reply(reply) => Some(Literal::from(reply.clone())),
    }
}

/// Whether a command could change the data of a step that is typed, or its course.
fn spoils(argv: &[Bytes]) -> bool {
    const OTHERS: [&str; 8] = [
        "publish",
        "spublish",
        "client|kill",
        "client|pause",
        "client|unblock",
        "client|unpause",
        "config|set",
        "script|flush",
    ];
    let scripts = |row: &Command| row.group == Group::Scripting && row.has(flag::MAY_REPLICATE);
    commands::of_line(argv)
        .is_some_and(|row| row.has(flag::WRITE) || scripts(row) || OTHERS.contains(&row.name))
}

pub(super) fn fed_at((number, step): (usize, String), line: String, heard: Heard) -> Overheard {
    let record = Record {
        number,
        step,
        verdict: heard.verdict.unwrap_or(VerdictKind::Aside),
        reply: heard.reply,
        why: heard.why,
    };
    let fed = Fed {
        outputs: heard.outputs,
        record,
        signal: heard.signal,
    };
    Overheard {
        line,
        keep: fed.record.verdict == VerdictKind::Wrong,
        fed,
    }
}

/// A command as it is kept and shown: of a long argument its beginning, for a program may send megabytes.
pub(super) fn shortened(argv: &[Bytes]) -> Vec<Bytes> {
    const LONGEST: usize = 2000;
    const MOST: usize = 200;
    let shorten = |word: &Bytes| match word.get(..LONGEST) {
        Some(start) => Bytes::from([start, "…".as_bytes()].concat()),
        None => word.clone(),
    };
    argv.iter().take(MOST).map(shorten).collect()
}
