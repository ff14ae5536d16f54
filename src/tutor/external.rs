//! A step that a program of the learner's does, in another terminal, against the lesson's server.
//!
//! Commands come one by one and nobody says where an attempt ends. So each is shown as it arrives, and judged once
//! nothing more has come for a moment: then the step is done, or goes on, or what has arrived was a mistake, which is
//! explained and taken back. What a program prints is not to be seen from here; where it matters the step asks for it.

use crate::engine::{Bytes, Command, Error, Origin, Outcome, Reply, commands, flag};
use crate::lesson::{Line, Mistake, Program, Step, StepKind, WantedState, fits};
use crate::notation::{Literal, join, split};

use super::{
    Fed, Heard, Mode, Notice, Output, Record, Signal, Trouble, Tutor, VerdictKind, Why,
    compare::differences,
    diagnose,
    heard::happening,
    judge::Effect,
    world::{World, only_looks},
};

/// After so many milliseconds without a further command, what has arrived is judged.
pub const SETTLE: i64 = 300;
/// So many commands are shown until they are judged; of a flood the others are counted.
const SHOWN: usize = 40;
/// So many commands are kept to be judged: no step of a lesson needs more.
const KEPT: usize = 1000;

/// The line that stands in a journal for a program that has done an external step.
pub const ARRIVED: &str = ":arrived";

/// How far the open external step has come.
#[derive(Debug, Clone, Default)]
pub(super) struct Visit {
    /// What has arrived.
    seen: Vec<Vec<Bytes>>,
    /// How many of the lines to be observed have come.
    met: usize,
    /// How many lines of the solution have come, one behind the other.
    along: usize,
    /// The first command that led away from the solution.
    astray: Option<Box<Astray>>,
    /// What came although it must not.
    forbidden: Option<Vec<Bytes>>,
    /// Everything has arrived; the answer is still open.
    pub asked: bool,
    /// Whether what has arrived was judged: what comes next may be a whole program once more.
    judged: bool,
}

/// A command that led away from the solution, and how things stood before it.
#[derive(Debug, Clone)]
struct Astray {
    argv: Vec<Bytes>,
    before: World,
    seen: usize,
    met: usize,
    along: usize,
}

impl Visit {
    /// Nothing has come; `asked` where nothing will, so that only the answer is open.
    pub fn new(asked: bool) -> Visit {
        Visit {
            asked,
            ..Visit::default()
        }
    }
}

/// What has arrived and is not yet told.
#[derive(Debug, Clone, Default)]
pub(super) struct Ear {
    told: Vec<(String, VerdictKind, Option<Literal>, Vec<Output>)>,
    /// How many have come since the last judgement.
    count: usize,
    /// When the last one was told, or the step began (the shell's clock).
    last: Option<i64>,
    /// Whether something has come since it was last looked.
    fresh: bool,
    /// Whether something has come that is not yet judged.
    open: bool,
    /// Whether the silence was remarked on.
    prompted: bool,
    /// The step that the above is about.
    at: usize,
}

/// What was heard from visitors: a command, or a verdict on several.
#[derive(Debug, Clone)]
pub struct Overheard {
    /// The command as it would be typed; nothing with a verdict.
    pub line: String,
    /// What is to be shown, and what it came to.
    pub fed: Fed,
    /// Whether a program has done its part of the step: the line that is to be kept for it.
    pub keep: Option<&'static str>,
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
        self.now.world.dismiss(visitor);
    }

    /// What has been left for visitors.
    pub fn take_outbox(&mut self) -> Vec<crate::engine::Delivery> {
        self.now.world.take_outbox()
    }

    /// A visitor's command.
    pub fn serve(&mut self, visitor: u64, argv: &[Bytes]) -> Outcome {
        if let Some(error) = self.refusal(argv) {
            return Outcome::Reply(error.into());
        }
        let program = self.program();
        let counts = program.as_ref().is_some_and(|it| counts(it, argv));
        if let Some(program) = program.as_ref().filter(|_| counts) {
            self.begin_anew(program, argv);
        }
        let before = (counts && self.now.visit.astray.is_none()).then(|| self.now.world.clone());
        let db = self.now.world.database_of(visitor);
        let (outcome, happenings) = self.now.world.visit(visitor, argv);
        let told = happenings.into_iter().map(happening).collect();
        if !is_connection(argv) || counts {
            let kind = match &program {
                Some(program) if counts => self.follow(program, argv, before),
                _ => VerdictKind::Look,
            };
            self.ear.hear(argv, kind, db, &outcome, told);
        } else if !told.is_empty() {
            self.ear
                .told
                .push((String::new(), VerdictKind::Aside, None, told));
        }
        outcome
    }

    /// Why a visitor's command is not run: it would spoil a step that is done at the prompt, or end the lesson.
    fn refusal(&self, argv: &[Bytes]) -> Option<Error> {
        let row = commands::of_line(argv)?;
        if row.name == "shutdown" {
            return Some(Error::Fixed("ERR this server ends with its lesson"));
        }
        let changes = row.has(flag::WRITE) || matches!(row.name, "eval" | "evalsha" | "config|set");
        let waits = self.step().is_some_and(|step| step.program.is_some());
        (changes && !waits).then_some(Error::Fixed(
            "ERR this step of the lesson is done at the lesson's own prompt; programs may only read now",
        ))
    }

    /// Follows a command along the step, and says whether it is a part of it.
    fn follow(&mut self, program: &Program, argv: &[Bytes], before: Option<World>) -> VerdictKind {
        let solution = self.expected(program);
        let visit = &mut self.now.visit;
        if visit.seen.len() < KEPT {
            visit.seen.push(shortened(argv));
        }
        if program.never.iter().any(|line| fits(line, argv)) {
            visit.forbidden.get_or_insert_with(|| shortened(argv));
        }
        if visit.asked {
            return VerdictKind::Look;
        }
        let observed = program
            .observe
            .get(visit.met)
            .is_some_and(|line| fits(line, argv));
        let along = solution
            .get(visit.along)
            .is_some_and(|line| fits(line, argv));
        visit.met += usize::from(observed);
        if along || observed {
            visit.along += 1;
            return VerdictKind::Partial;
        }
        let is_named = |line: &Line| super::judge::names_same_command(&line.argv, argv);
        if (!reads(argv) || solution.iter().any(is_named))
            && let Some(before) = before
        {
            visit.astray = Some(Box::new(Astray {
                argv: shortened(argv),
                before,
                seen: visit.seen.len() - 1,
                met: visit.met,
                along: visit.along,
            }));
        }
        VerdictKind::Look
    }

    /// The lines of the open step's solution that are looked for.
    fn expected(&self, program: &Program) -> Vec<Line> {
        let solution = self.step().map(|step| step.solution.clone());
        let mut solution = solution.unwrap_or_default();
        solution.retain(|line| counts(program, &line.argv));
        solution
    }

    /// Whoever does not go on where they were, but sends the first command again, runs the whole program once more.
    fn begin_anew(&mut self, program: &Program, argv: &[Bytes]) {
        let visit = &mut self.now.visit;
        if !std::mem::take(&mut visit.judged) || visit.asked || visit.along == 0 {
            return;
        }
        let along = visit.along;
        let expected = self.expected(program);
        let comes_at = |at: usize| expected.get(at).is_some_and(|line| fits(line, argv));
        if !comes_at(along) && comes_at(0) {
            self.reset();
        }
    }

    /// The program of the open step.
    fn program(&self) -> Option<Program> {
        self.step().and_then(|step| step.program.clone())
    }

    /// When [`Tutor::overhear`] has something to say next, if nothing more arrives (the shell's clock, ms).
    #[must_use]
    pub fn next_alarm(&self) -> Option<i64> {
        let program = self.step()?.program.as_ref()?;
        let last = self.ear.last?;
        if self.ear.open {
            return Some(last + SETTLE);
        }
        (!self.ear.prompted && !self.now.visit.asked).then(|| last.saturating_add(program.patience))
    }

    /// Tells what has arrived, and judges it once nothing more comes. `now` is the shell's clock.
    pub fn overhear(&mut self, now: i64) -> Vec<Overheard> {
        if self.ear.at != self.now.at || self.ear.last.is_none() {
            let told = std::mem::take(&mut self.ear.told);
            self.ear = Ear {
                fresh: self.ear.fresh,
                told,
                at: self.now.at,
                last: Some(now),
                ..Ear::default()
            };
        }
        let mut overheard = self.tell(now);
        let Some(program) = self.program() else {
            return overheard;
        };
        let quiet = now - self.ear.last.unwrap_or(now);
        if self.ear.open && quiet >= SETTLE {
            self.ear.open = false;
            overheard.extend(self.settle(&program));
        } else if !self.ear.open
            && !self.ear.prompted
            && !self.now.visit.asked
            && quiet >= program.patience
        {
            self.ear.prompted = true;
            let mut heard = Heard::default();
            heard.say(Output::Notice(Notice::Silence {
                arrived: !self.now.visit.seen.is_empty(),
            }));
            overheard.push(self.fed(String::new(), heard, None));
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
        let tell = |(line, verdict, reply, outputs)| {
            let heard = Heard {
                outputs,
                verdict: Some(verdict),
                reply,
                ..Heard::default()
            };
            self.fed(line, heard, None)
        };
        told.into_iter().map(tell).collect()
    }

    fn fed(&self, line: String, heard: Heard, keep: Option<&'static str>) -> Overheard {
        let place = self.open_step().map(|(number, id)| (number, id.to_owned()));
        fed_at(place.unwrap_or_default(), line, heard, keep)
    }

    /// Judges what has arrived.
    fn settle(&mut self, program: &Program) -> Option<Overheard> {
        let step = self.step().cloned()?;
        let place = (self.now.at + 1, step.id.clone());
        let mut heard = Heard::default();
        heard.extend(self.ear.flood());
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
                self.now.world.go_to(wanted);
            }
            return (!heard.outputs.is_empty()).then(|| fed_at(place, String::new(), heard, None));
        }
        let complete = visit.met == program.observe.len() && visit.forbidden.is_none() && is_same;
        let mut keep = None;
        self.now.visit.judged = true;
        if complete && !(program.observe.is_empty() && visit.seen.is_empty()) {
            keep = Some(ARRIVED);
            self.remember();
            self.arrived(&step, program, &mut heard);
        } else if !visit.seen.is_empty() {
            self.not_yet(&step, &visit, &wanted, &mut heard);
        }
        let says = heard.verdict.is_some() || !heard.outputs.is_empty();
        says.then(|| fed_at(place, String::new(), heard, keep))
    }

    /// What the step's solution makes of where the step began.
    fn wanted(&self, step: &Step) -> World {
        self.performance(step).world
    }

    /// What the program of a step answers and leaves behind, from where the step began.
    pub(super) fn performance(&self, step: &Step) -> Effect {
        let mut world = self.now.base.clone();
        let (mut replies, mut happenings) = (Vec::new(), Vec::new());
        for line in &step.solution {
            let ran = world.run_program(line, self.lesson.db);
            replies.push(ran.reply);
            happenings.extend(ran.happenings);
        }
        Effect {
            replies,
            happenings,
            world,
        }
    }

    /// Everything has arrived: the step is done, or asks its question.
    fn arrived(&mut self, step: &Step, program: &Program, heard: &mut Heard) {
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
        let wanted_lines = step
            .program
            .as_ref()
            .map_or(0, |it| self.expected(it).len());
        let waits = is_prefix && visit.along < wanted_lines;
        let foreseen = self.foreseen(step, visit, wanted);
        if waits && visit.along == 0 && foreseen.is_none() {
            // Only looked around.
            self.now.visit = Visit::default();
            return heard.decide(VerdictKind::Look, Vec::new(), 0);
        }
        if waits && visit.along > 0 {
            let left = wanted_lines - visit.along;
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
        let right = visit.astray.as_ref().filter(|it| it.along > 0);
        if let Some(right) = right.filter(|_| visit.forbidden.is_none()) {
            self.now.world.go_to(right.before.snapshot());
            self.now.visit = Visit {
                seen: visit.seen[..right.seen.min(visit.seen.len())].to_vec(),
                met: right.met,
                along: right.along,
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
        super::attempt::comparison(&self.now.world, wanted, true).filter(|_| changed)
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
                    .all(|(line, argv)| fits(line, argv))
        };
        let same_end = |lines: &[Line]| {
            let mut ends = base.clone();
            for line in lines {
                ends.run_program(line, self.lesson.db);
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
        let Some(astray) = &visit.astray else {
            let missing = step
                .program
                .as_ref()
                .and_then(|it| it.observe.get(visit.met));
            return missing.map_or(Why::OtherState, |line| Why::StillMissing(line.text.clone()));
        };
        let Astray { before, argv, .. } = astray.as_ref();
        let expected = step.program.as_ref().map(|it| self.expected(it));
        let Some(next) = expected.iter().flatten().nth(astray.along) else {
            return Why::NotAsked(join(argv));
        };
        if !super::judge::names_same_command(&next.argv, argv) {
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
        let reply = world.run_program(&typed, self.lesson.db).reply;
        let wanted_reply = wanted.run_program(next, self.lesson.db).reply;
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

    /// A line at the prompt while a program is waited for: an answer, what Python printed, or a look around.
    pub(super) fn beside_program(&mut self, line: &str, heard: &mut Heard) {
        // Of a pasted traceback only the last line tells anything.
        if is_from_traceback(line) {
            return;
        }
        let text = line.trim();
        let Some((step, program)) = self.step().cloned().zip(self.program()) else {
            return;
        };
        if self.now.visit.asked {
            return self.answer(&step, &program, text, heard);
        }
        if let Some(why) = printed_by_mistake(&step, text, self.now.visit.seen.is_empty()) {
            self.miss();
            // What has come of that attempt is no part of the next one.
            self.reset();
            heard.decide(VerdictKind::Wrong, vec![why], self.hints_left(&step));
            return heard.extend(self.offer(&step));
        }
        if let Some(trouble) = Trouble::of(text) {
            return heard.say(Output::Notice(Notice::Trouble(trouble)));
        }
        if program.question.is_some() && program.answer.iter().any(|answer| prints(answer, text)) {
            return heard.say(Output::Notice(Notice::RunItFirst));
        }
        match split(text.as_bytes()) {
            Ok(argv) if commands::of_line(&argv).is_some() && only_looks(&argv) => {
                let ran = self.now.world.clone().run(&argv, &[]);
                heard.run(&ran);
                heard.decide(VerdictKind::Look, Vec::new(), 0);
            }
            _ => heard.say(Output::Notice(Notice::ByProgram)),
        }
    }

    /// The answer to what the step asks when everything has arrived.
    fn answer(&mut self, step: &Step, program: &Program, text: &str, heard: &mut Heard) {
        if program.answer.iter().any(|answer| prints(answer, text)) {
            self.remember();
            heard.decide(VerdictKind::Pass, Vec::new(), 0);
            return self.finish(step, heard);
        }
        let why = printed_by_mistake(step, text, false).unwrap_or(Why::NotTheAnswer);
        self.miss();
        heard.decide(VerdictKind::Wrong, vec![why], self.hints_left(step));
        heard.extend(self.offer(step));
    }

    /// Does an external step in the learner's stead: what the program sends, what comes back, what it prints.
    pub(super) fn perform(&mut self, step: &Step, heard: &mut Heard) {
        let effect = self.performance(step);
        let before = self.now.base.engine.keyspace().clone();
        self.now.world.go_to(effect.world);
        for (line, reply) in step.solution.iter().zip(effect.replies) {
            heard.reply.clone_from(&reply);
            let (name, line) = (PYTHON.to_owned(), line.text.clone());
            heard.say(Output::Actor { name, line, reply });
        }
        heard.extend(effect.happenings.into_iter().map(happening));
        if let Some(program) = step
            .program
            .as_ref()
            .filter(|it| !it.output.trim().is_empty())
        {
            heard.say(Output::Printed(program.output.clone()));
        }
        heard.extend(self.draw(step, Some(&before), None));
    }

    /// Takes a line of a journal: as [`Tutor::feed`], but that a program's part is done in its stead.
    pub fn resume(&mut self, line: &str) {
        let is_external = matches!(self.mode(), Mode::External) && !self.now.visit.asked;
        if line != ARRIVED {
            self.feed(line);
        } else if let Some((step, program)) = self.step().cloned().zip(self.program())
            && is_external
        {
            let mut heard = Heard::default();
            self.perform(&step, &mut heard);
            self.arrived(&step, &program, &mut heard);
        }
    }

    /// `:code`: a program to start from, or into a file.
    pub(super) fn code(&mut self, file: &str, heard: &mut Heard) {
        let Some((step, program)) = self.step().cloned().zip(self.program()) else {
            return heard.say(Output::Notice(Notice::NoProgram));
        };
        let text = self.source(&step, &program);
        if file.is_empty() {
            return heard.say(Output::Source(text));
        }
        let title = format!("{HEADER} {} {}\n", self.lesson.id, step.id);
        heard.signal = Some(Signal::Write {
            file: file.to_owned(),
            text: title + &text,
        });
    }

    /// A whole program: what is given, and as much of the code as the step shows.
    fn source(&self, step: &Step, program: &Program) -> String {
        let code = super::show::code_of(step, program);
        let goal = step
            .goal
            .lines()
            .map(|line| format!("# {line}\n"))
            .collect::<String>();
        let body = code.unwrap_or_default();
        let text = format!("{}\n{goal}{body}\n", program.given.trim_end());
        self.ready(&text)
    }

    /// Code with the lesson's port in it.
    pub(super) fn ready(&self, code: &str) -> String {
        Program::with_port(code, self.port)
    }
}

/// How a file that a lesson wrote begins: such a file may be written again.
pub const HEADER: &str = "# rediscover program:";

/// The name under which a program's commands are shown.
const PYTHON: &str = "python";

impl Ear {
    fn hear(
        &mut self,
        argv: &[Bytes],
        kind: VerdictKind,
        db: usize,
        outcome: &Outcome,
        mut told: Vec<Output>,
    ) {
        self.count += 1;
        self.fresh = true;
        if self.count > SHOWN {
            return;
        }
        let reply = match outcome {
            Outcome::Reply(Reply::Many(replies)) => replies.last().cloned().map(Literal::from),
            Outcome::Reply(Reply::None) | Outcome::Waiting { .. } => None,
            Outcome::Reply(reply) => Some(Literal::from(reply.clone())),
        };
        let line = join(&shortened(argv));
        let name = if db == 0 {
            PYTHON.to_owned()
        } else {
            format!("{PYTHON}[{db}]")
        };
        told.insert(
            0,
            Output::Actor {
                name,
                line: line.clone(),
                reply: reply.clone(),
            },
        );
        self.told.push((line, kind, reply, told));
    }

    /// What to say of the commands that were not shown.
    fn flood(&mut self) -> Option<Output> {
        let more = std::mem::take(&mut self.count).saturating_sub(SHOWN);
        (more > 0).then_some(Output::Notice(Notice::Flood { more }))
    }
}

fn fed_at(
    (number, step): (usize, String),
    line: String,
    heard: Heard,
    keep: Option<&'static str>,
) -> Overheard {
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
    Overheard { line, fed, keep }
}

/// A command as it is kept and shown: of a long argument its beginning, for a program may send megabytes.
fn shortened(argv: &[Bytes]) -> Vec<Bytes> {
    const LONGEST: usize = 2000;
    const MOST: usize = 200;
    let shorten = |word: &Bytes| match word.get(..LONGEST) {
        Some(start) => Bytes::from([start, "…".as_bytes()].concat()),
        None => word.clone(),
    };
    argv.iter().take(MOST).map(shorten).collect()
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
fn counts(program: &Program, argv: &[Bytes]) -> bool {
    let named = |line: &Line| {
        let name = |argv: &[Bytes]| argv.first().map(Bytes::to_ascii_lowercase);
        name(&line.argv) == name(argv)
    };
    !is_connection(argv) || program.observe.iter().chain(&program.never).any(named)
}

/// The author's sentence for what a foreseen mistake prints; first of one that sends nothing, if nothing has come.
fn printed_by_mistake(step: &Step, text: &str, silent: bool) -> Option<Why> {
    let programs = || {
        step.wrong.iter().filter_map(|wrong| match &wrong.when {
            Mistake::Code { lines, output, .. } if prints(output, text) => {
                Some((lines, &wrong.say))
            }
            _ => None,
        })
    };
    let found = programs()
        .find(|(lines, _)| lines.is_empty() == silent)
        .or_else(|| programs().next());
    found.map(|(_, say)| Why::Author(say.clone()))
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
        same_deadline && super::compare::same_value(x, y)
    })
}

/// Whether a text is what a program prints: space and the kind of quotes do not matter, nor the order of a Python set.
fn prints(output: &str, text: &str) -> bool {
    let output = bare(output);
    !output.is_empty() && output == bare(text)
}

/// Whether a line stands above the last one of an error that Python prints, or is a warning of a library.
fn is_from_traceback(line: &str) -> bool {
    line.starts_with("Traceback (most recent")
        || line.starts_with("  File \"")
        || line.starts_with("    ")
        || line.contains("DeprecationWarning:")
        || line.starts_with(">>>")
}

/// What counts of a text that Python printed, or that somebody typed from it.
fn bare(text: &str) -> String {
    let text = text.trim();
    let quotes = ['"', '\''];
    let inner = text
        .strip_prefix(quotes)
        .and_then(|rest| rest.strip_suffix(quotes));
    let text = inner
        .filter(|inner| !inner.contains(quotes))
        .unwrap_or(text);
    // What newer versions of Python guess behind an error.
    let text = text.split(". Did you mean").next().unwrap_or(text);
    let text: String = text
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| if c == '"' { '\'' } else { c })
        .collect();
    let set = text
        .strip_prefix('{')
        .and_then(|rest| rest.strip_suffix('}'));
    match set.filter(|items| !items.contains(':')) {
        Some(items) => {
            let mut items: Vec<&str> = items.split(',').collect();
            items.sort_unstable();
            format!("{{{}}}", items.join(","))
        }
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_may_differ_from_what_was_printed() {
        for (output, text) in [
            ("['a', 'b']", "[\"a\",\"b\"]"),
            ("Bar", "'Bar'"),
            ("{'a', 'b'}", "{'b', 'a'}"),
            (
                "NameError: name 'x'",
                "NameError: name 'x'. Did you mean: 'y'?",
            ),
        ] {
            assert!(prints(output, text), "{output} {text}");
        }
        for (output, text) in [("['a', 'b']", "['b', 'a']"), ("1", "11"), ("", "")] {
            assert!(!prints(output, text), "{output} {text}");
        }
    }
}
