//! An attempt and a step: is it right? Judged by effect, on a fork: what is typed runs in one copy of the world, the
//! solution in another, and replies and states are compared.

use crate::engine::{Bytes, commands};
use crate::lesson::{Line, Mistake, Step, WantedState};
use crate::notation::{Answer, Literal, read_answer};

use super::{
    compare::{answer_fits, differences, reply_fits},
    diagnose,
    output::{VerdictKind, Why},
    practice::{has_words, lacking, uses_command},
    world::{Happening, Ran, World, only_looks},
};

/// What was found out about an attempt.
#[derive(Debug, Clone)]
pub struct Judged {
    /// The verdict.
    pub kind: VerdictKind,
    /// Why.
    pub why: Vec<Why>,
    /// What came of the line on the fork.
    pub ran: Ran,
    /// The fork after the attempt.
    pub world: World,
}

/// The solution's effect from a step's starting point.
#[derive(Debug, Clone)]
pub struct Effect {
    /// The replies of its lines.
    pub replies: Vec<Option<Literal>>,
    /// What happened beside them.
    pub happenings: Vec<Happening>,
    /// The world afterwards.
    pub world: World,
}

/// Plays lines on a fork of a world.
#[must_use]
pub fn effect(base: &World, lines: &[Line], during: &[Line]) -> Effect {
    let mut world = base.clone();
    let (mut replies, mut happenings) = (Vec::new(), Vec::new());
    for line in lines {
        let ran = world.run(&line.argv, during);
        replies.push(ran.reply);
        happenings.extend(ran.happenings);
    }
    Effect {
        replies,
        happenings,
        world,
    }
}

/// Judges a line in a `command` step that started from `base`; `text` is the line as it was typed.
#[must_use]
pub fn command(step: &Step, base: &World, text: &str, argv: &[Bytes]) -> Judged {
    let mut world = base.clone();
    let ran = world.run(argv, &step.during);
    let attempt = Attempt {
        step,
        base,
        text,
        argv,
        ran: &ran,
        world: &world,
    };
    let (kind, why) = attempt.verdict();
    Judged {
        kind,
        why,
        ran,
        world,
    }
}

/// One attempt at a command step.
struct Attempt<'a> {
    step: &'a Step,
    base: &'a World,
    text: &'a str,
    argv: &'a [Bytes],
    ran: &'a Ran,
    world: &'a World,
}

impl Attempt<'_> {
    fn verdict(&self) -> (VerdictKind, Vec<Why>) {
        let solutions = std::iter::once(&self.step.solution).chain(&self.step.also);
        let mut right_effect = false;
        for lines in solutions {
            if self.has_effect_of(lines) {
                right_effect = true;
                if self.uses_what_is_practised(lines) {
                    return (VerdictKind::Pass, self.other_way());
                }
            }
        }
        // The author's own sentence comes before anything that the tutor finds out by itself.
        if let Some(say) = self.authors_sentence() {
            return (VerdictKind::Wrong, vec![Why::Author(say)]);
        }
        if right_effect {
            return (VerdictKind::Wrong, vec![lacking(self.step, &[self.argv])]);
        }
        let same_command = self.practises_command();
        if only_looks(self.argv) && !same_command && self.base.same_clients(self.world) {
            return (VerdictKind::Look, self.look());
        }
        let wanted = effect(self.base, &self.step.solution, &self.step.during);
        let found = diagnose::diagnose(&diagnose::Case {
            step: self.step,
            base: self.base,
            argv: self.argv,
            reply: self.ran.reply.as_ref(),
            world: self.world,
            wanted: &wanted.world,
            wanted_reply: wanted.replies.last().and_then(Option::as_ref),
        });
        (VerdictKind::Wrong, vec![Why::Diagnosis(found)])
    }

    /// Whether reply and state are as after these lines.
    fn has_effect_of(&self, lines: &[Line]) -> bool {
        let wanted = effect(self.base, lines, &self.step.during);
        let (Some(line), Some(Some(reply)), Some(got)) =
            (lines.last(), wanted.replies.last(), &self.ran.reply)
        else {
            return false;
        };
        reply_fits(&self.step.compare, line, reply, got)
            && self.state_fits(&wanted.world)
            && self.world.same_clients(&wanted.world)
            && expectations_hold(self.step, self.world)
    }

    fn state_fits(&self, wanted: &World) -> bool {
        self.step.state == Some(WantedState::Any)
            || differences(self.world.engine.keyspace(), wanted.engine.keyspace()).is_empty()
    }

    /// Whether the line has the words and the command that the step practises.
    fn uses_what_is_practised(&self, lines: &[Line]) -> bool {
        let line = std::slice::from_ref(&self.argv);
        has_words(self.step, line)
            && uses_command(self.step, line)
            && (!self.step.exact_line || lines.last().is_some_and(|line| line.is_same(self.argv)))
    }

    /// What to say of a right line that is not the author's.
    fn other_way(&self) -> Vec<Why> {
        match self.step.solution.as_slice() {
            [line] if !has_same_words(&line.argv, self.argv) => {
                vec![Why::OtherWay(line.text.clone())]
            }
            _ => Vec::new(),
        }
    }

    /// Whether the line's command is one that the step asks for, or is foreseen as an attempt.
    fn practises_command(&self) -> bool {
        let accepted = self
            .step
            .solution
            .iter()
            .chain(self.step.also.iter().flatten());
        let mut accepted = accepted.map(|line| &line.argv);
        accepted.any(|argv| names_same_command(argv, self.argv))
    }

    /// What a look answers, or why it was refused.
    fn look(&self) -> Vec<Why> {
        let refused = self
            .ran
            .reply
            .as_ref()
            .and_then(|reply| diagnose::refusal(self.step, self.base, self.argv, reply));
        if let Some(found) = refused {
            return vec![Why::Diagnosis(found)];
        }
        let reads = self.step.solution.iter().all(|line| only_looks(&line.argv));
        let row = commands::of_line(self.argv);
        match row {
            Some(row) if reads => vec![Why::LooksAt(row.name.to_owned())],
            _ => Vec::new(),
        }
    }

    fn authors_sentence(&self) -> Option<String> {
        let lines = |mistake: &Mistake, same: &dyn Fn(&Line) -> bool| match mistake {
            // Of several lines the first already goes the wrong way.
            Mistake::Lines(lines) => lines.first().is_some_and(same),
            _ => false,
        };
        let find = |same: &dyn Fn(&Line) -> bool| {
            self.step
                .wrong
                .iter()
                .find(|wrong| lines(&wrong.when, same))
        };
        let found = find(&|line| line.text == self.text)
            .or_else(|| find(&|line| line.is_same(self.argv)))
            .or_else(|| {
                self.step
                    .wrong
                    .iter()
                    .find(|wrong| self.is_like(&wrong.when))
            });
        found.map(|wrong| wrong.say.clone())
    }

    /// Whether the attempt has the effect of a foreseen wrong line, or is a mistake of a foreseen kind.
    fn is_like(&self, mistake: &Mistake) -> bool {
        match mistake {
            Mistake::Lines(lines) => self.ends_like(lines),
            Mistake::Kind(kind) => diagnose::is_kind(
                kind,
                self.ran.reply.as_ref(),
                self.argv,
                self.step,
                self.base,
                self.world,
            ),
            Mistake::Answer(_) => false,
        }
    }

    fn ends_like(&self, lines: &[Line]) -> bool {
        let foreseen = effect(self.base, lines, &self.step.during);
        let same_reply = foreseen
            .replies
            .last()
            .is_some_and(|reply| *reply == self.ran.reply);
        let errors = matches!(self.ran.reply, Some(Literal::Error(_)));
        let same_state = differences(
            self.world.engine.keyspace(),
            foreseen.world.engine.keyspace(),
        )
        .is_empty();
        let changes =
            !differences(self.world.engine.keyspace(), self.base.engine.keyspace()).is_empty();
        // A sentence is about a command. Where nothing changes, many lines end alike (every missing key gives (nil)):
        // only the same command on the same keys then means the same mistake.
        let same_mistake = lines.last().is_some_and(|line| {
            names_same_command(&line.argv, self.argv)
                && (changes || keys(&line.argv) == keys(self.argv))
        });
        same_reply && same_state && !errors && same_mistake
    }
}

/// Whether two lines have the same words, in any order and case.
fn has_same_words(a: &[Bytes], b: &[Bytes]) -> bool {
    let words = |argv: &[Bytes]| {
        let mut words: Vec<Bytes> = argv.iter().map(Bytes::to_ascii_lowercase).collect();
        words.sort();
        words
    };
    words(a) == words(b)
}

/// The keys that a line names.
fn keys(argv: &[Bytes]) -> Vec<&Bytes> {
    let places = commands::of_line(argv).map(|row| row.keys(argv));
    let places = places.unwrap_or_default().into_iter();
    places.filter_map(|at| argv.get(at)).collect()
}

/// Whether two lines name the same command.
#[must_use]
pub fn names_same_command(a: &[Bytes], b: &[Bytes]) -> bool {
    match (commands::of_line(a), commands::of_line(b)) {
        (Some(a), Some(b)) => a.name == b.name,
        _ => false,
    }
}

/// Whether the silent lines of a step give their replies.
#[must_use]
pub fn expectations_hold(step: &Step, world: &World) -> bool {
    let mut world = world.clone();
    step.expect.iter().all(|(line, wanted)| {
        world
            .ask(&line.argv)
            .is_some_and(|got| reply_fits(&crate::lesson::Compare::Row, line, wanted, &got))
    })
}

/// What a goal step's lines have come to.
#[derive(Debug, Clone)]
pub struct Progress {
    /// Whether the goal is reached.
    pub reached: bool,
    /// Why not yet, or by which other way.
    pub why: Vec<Why>,
}

/// Judges a `goal` step after the learner's lines have run in `world`.
#[must_use]
pub fn goal(step: &Step, base: &World, lines: &[Vec<Bytes>], world: &World) -> Progress {
    let typed: Vec<&[Bytes]> = lines.iter().map(Vec::as_slice).collect();
    let mut right_effect = false;
    for solution in std::iter::once(&step.solution).chain(&step.also) {
        let wanted = effect(base, solution, &step.during);
        let fits = step.state == Some(WantedState::Any)
            || differences(world.engine.keyspace(), wanted.world.engine.keyspace()).is_empty();
        right_effect |= fits
            && world.learner().agrees(wanted.world.learner())
            && expectations_hold(step, world);
    }
    if right_effect && has_words(step, &typed) && uses_command(step, &typed) {
        return Progress {
            reached: true,
            why: Vec::new(),
        };
    }
    Progress {
        reached: false,
        why: goal_why(step, base, &typed, world, right_effect),
    }
}

fn goal_why(
    step: &Step,
    base: &World,
    typed: &[&[Bytes]],
    world: &World,
    right_effect: bool,
) -> Vec<Why> {
    if let Some(say) = goal_mistake(step, base, typed, world) {
        return vec![Why::Author(say)];
    }
    if right_effect {
        return vec![lacking(step, typed)];
    }
    let wanted = effect(base, &step.solution, &step.during);
    let open = differences(world.engine.keyspace(), wanted.world.engine.keyspace());
    if open.is_empty() {
        Vec::new()
    } else {
        vec![Why::StillOpen(
            open.into_iter().map(|(_, key)| key).collect(),
        )]
    }
}

/// The author's sentence for the lines of a goal step: by the last line, or by what all lines have come to.
fn goal_mistake(step: &Step, base: &World, typed: &[&[Bytes]], world: &World) -> Option<String> {
    let by_text = |lines: &[Line]| {
        let tail = typed.len().checked_sub(lines.len()).map(|at| &typed[at..]);
        tail.is_some_and(|tail| {
            lines
                .iter()
                .zip(tail)
                .all(|(line, argv)| line.is_same(argv))
        })
    };
    let by_effect = |lines: &[Line]| {
        let foreseen = effect(base, lines, &step.during);
        let changed =
            !differences(foreseen.world.engine.keyspace(), base.engine.keyspace()).is_empty();
        changed
            && differences(foreseen.world.engine.keyspace(), world.engine.keyspace()).is_empty()
            && are_among(lines, typed)
    };
    let lines_of = |mistake: &Mistake| match mistake {
        Mistake::Lines(lines) => lines.clone(),
        _ => Vec::new(),
    };
    let mut foreseen: Vec<(Vec<Line>, &String)> = step
        .wrong
        .iter()
        .map(|wrong| (lines_of(&wrong.when), &wrong.say))
        .filter(|(lines, _)| !lines.is_empty())
        .collect();
    // Of two that end alike, the longer one tells more of what was typed.
    foreseen.sort_by_key(|(lines, _)| std::cmp::Reverse(lines.len()));
    let found = foreseen
        .iter()
        .find(|(lines, _)| by_text(lines))
        .or_else(|| foreseen.iter().find(|(lines, _)| by_effect(lines)));
    found.map(|(_, say)| (*say).clone())
}

/// Whether the commands of these lines were typed in this order, whatever stood between them: a sentence on a push and
/// a pop is not meant for a push that ends alike.
fn are_among(lines: &[Line], typed: &[&[Bytes]]) -> bool {
    let mut typed = typed.iter();
    lines
        .iter()
        .all(|line| typed.any(|argv| names_same_command(&line.argv, argv)))
}

/// What was found out about a prediction.
#[derive(Debug, Clone)]
pub struct Predicted {
    /// Whether it is the reply that comes.
    pub right: bool,
    /// Why not.
    pub why: Vec<Why>,
    /// The effect of the lines asked about.
    pub effect: Effect,
}

/// Judges the reply that a learner predicts.
#[must_use]
pub fn predict(step: &Step, base: &World, typed: &str) -> Predicted {
    let effect = effect(base, &step.solution, &step.during);
    let Some(Some(reply)) = effect.replies.last() else {
        let nothing = Literal::Nil;
        let right = read_answer(typed).is(&nothing, |a, b| a == b);
        return Predicted {
            right,
            why: vec![Why::OtherAnswer],
            effect,
        };
    };
    let answer = read_answer(typed);
    let right = answer.is(reply, |reply, answer| answer_fits(step, reply, answer));
    let why = if right {
        Vec::new()
    } else {
        vec![wrong_answer(step, typed, &answer)]
    };
    Predicted { right, why, effect }
}

fn wrong_answer(step: &Step, typed: &str, answer: &Answer) -> Why {
    let means = |own: &str| {
        own.trim() == typed.trim()
            || read_answer(own)
                .readings
                .first()
                .is_some_and(|own| answer.is(own, |own, typed| answer_fits(step, own, typed)))
    };
    let found = step
        .wrong
        .iter()
        .find(|wrong| matches!(&wrong.when, Mistake::Answer(own) if means(own)));
    found.map_or(Why::OtherAnswer, |wrong| Why::Author(wrong.say.clone()))
}
