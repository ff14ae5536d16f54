//! The author's sentence for the lines at a goal: were they, or what they have come to, foreseen?

use crate::engine::{Bytes, Command, Order, commands};
use crate::lesson::{Line, Mistake};
use crate::notation::Literal;

use super::{Lines, Typed, entry, transaction::is_named, typed::Came};
use crate::tutor::{
    compare::{names_missing, same_data},
    foreseen::{is_built_alike, names_word, tells_of},
    judge::effect,
    likeness::{keys, names_same_command, options},
    practice::is_together,
    why::Why,
    world::{World, is_refusal, only_looks},
};

impl Lines<'_> {
    /// The author's sentence for the lines that were typed, or that those before the last one are in its way.
    pub(super) fn why_foreseen(&self, on_the_way: bool) -> Option<Why> {
        let last = self.typed.len().saturating_sub(1);
        let before = self.counted_of(&self.typed[..last]);
        let were_alone = self.is_too_late(&before, self.before);
        let say = self.foreseen_line(on_the_way, were_alone);
        let why = say.map(|say| Why::Author(say.to_owned()));
        why.or_else(|| were_alone.then_some(Why::OneTransaction))
    }

    /// The author's sentence for the very lines that were typed last. `were_alone`: lines before the last one have changed
    /// data outside of the transaction that is asked for, so only what tells of that is true.
    fn foreseen_line(&self, on_the_way: bool, were_alone: bool) -> Option<&str> {
        let typed = self.lines();
        let done = self.lines_but_idle();
        let is_meant = |lines: &[Line], say: &str| {
            // A line that would be wrong by itself may be a right one of a transaction.
            let goes_on = self.ran.is_queued() || self.typed.len() > 1 && self.changed();
            let is_part = lines.len() == 1 && goes_on && on_the_way;
            let argv: Vec<&[Bytes]> = lines.iter().map(|line| &*line.argv).collect();
            let tells_all = !were_alone || !is_together(self.step, &argv);
            // What is not done yet behind the foreseen lines may be done here by others.
            let is_done = self.has_wanted_data(self.world) && {
                let foreseen = effect(self.base, lines, &self.step.during).world;
                !same_data(&foreseen, self.base) && !self.has_wanted_data(&foreseen)
            };
            // What was typed before as well may be there already, though the sentence misses it.
            let is_typed = [&typed, &done].into_iter().any(|typed| {
                let old = typed.len().saturating_sub(lines.len());
                let is_old = |line: &Line| typed[..old].iter().any(|argv| line.is_same(argv));
                let is_left_out = |line: &&Line| self.is_left_out(line, lines);
                let mut missed = self.ways().flatten().filter(is_left_out);
                let is_known = lines.len() > 1 && (lines.iter().any(is_old) || missed.any(is_old));
                ends_with(typed, lines) && !is_known
            });
            // That nothing is watched is not said where something is.
            let has_watch = lines.iter().any(|line| line.command() == "WATCH");
            let misses_watch = say.contains("WATCH") && !has_watch && self.before.watches();
            let misses_watch = misses_watch && self.is_about_watching();
            // What is said of lines that change nothing is not said where they have changed something.
            let is_idle = || {
                let after = |lines| effect(self.base, lines, &self.step.during).world;
                let before = lines.split_last().map_or(&[][..], |(_, before)| before);
                same_data(&after(before), &after(lines))
            };
            let is_other = self.changed() && !self.ran.is_queued() && is_idle();
            is_typed
                && !is_other
                && !misses_watch
                && !is_part
                && tells_all
                && !is_done
                && !self.tells_of_what_is_gone(say, lines)
                && !self.tells_of_what_stays(say, lines)
                && self.is_answered_as(lines)
        };
        // Whoever has typed all that is wanted has typed something too much: only a sentence on the whole tells what.
        let has_all = |way: &[Line]| are_among(way, &typed, Line::is_same);
        let is_too_much = self.ways().any(has_all);
        let mut foreseen = self.foreseen().into_iter();
        let found = foreseen.find(|(lines, say)| {
            (!is_too_much || lines.len() == typed.len()) && is_meant(lines, say)
        });
        found.map(|(_, say)| say)
    }

    /// Whether a sentence on foreseen lines names what they leave there, and lines before them have taken it away.
    fn tells_of_what_is_gone(&self, say: &str, lines: &[Line]) -> bool {
        let foreseen = effect(self.base, lines, &self.step.during).world;
        let named = lines.iter().flat_map(|line| keys(&line.argv));
        let mut named = named.map(|key| (self.world.db(), key.clone()));
        named.any(|key| {
            let left = entry(&foreseen, &key);
            let gone = left.map_or(Vec::new(), |left| {
                names_missing(entry(self.world, &key), left)
            });
            gone.iter().any(|name| names_word(say, name))
        })
    }

    /// All lines but those before the last one that have changed nothing.
    fn lines_but_idle(&self) -> Vec<&[Bytes]> {
        let last = self.typed.len().saturating_sub(1);
        let is_idle = |line: &Typed| matches!(line.came, Came::Unchanged | Came::InVain);
        let lines = self.typed.iter().enumerate();
        let lines = lines.filter(|(at, line)| *at == last || !is_idle(line));
        lines.map(|(_, line)| line.argv.as_slice()).collect()
    }

    /// Whether a sentence names what a foreseen line takes away by itself, and behind the lines before it takes away
    /// something else.
    fn tells_of_what_stays(&self, say: &str, lines: &[Line]) -> bool {
        let [line] = lines else {
            return false;
        };
        let foreseen = effect(self.base, lines, &self.step.during).world;
        let named = keys(&line.argv).into_iter();
        let mut named = named.map(|key| (self.world.db(), key.clone()));
        named.any(|key| {
            let lost = |before: &World, after: &World| {
                let before = entry(before, &key);
                before.map_or(Vec::new(), |it| names_missing(entry(after, &key), it))
            };
            let now = lost(self.before, self.world);
            let mut lost = lost(self.base, &foreseen).into_iter();
            lost.any(|name| names_word(say, &name) && !now.contains(&name))
        })
    }

    /// Whether a way has this line between the first and the last one of those that an author has foreseen, and they have
    /// not.
    fn is_left_out(&self, line: &Line, foreseen: &[Line]) -> bool {
        let is_foreseen = |own: &Line| foreseen.iter().any(|line| line.is_same(&own.argv));
        !is_foreseen(line)
            && self.ways().any(|way| {
                let at = way.iter().position(|own| own.is_same(&line.argv));
                let first = way.iter().position(is_foreseen);
                let last = way.iter().rposition(is_foreseen);
                at > first && first.is_some() && at < last
            })
    }

    /// The author's sentence for lines that have come to the same as those that were typed.
    pub(super) fn foreseen_end(&self) -> Option<&str> {
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

    /// The author's wrong lines with their sentences. Of two that end alike, the longer one tells more of what was
    /// typed.
    pub(super) fn foreseen(&self) -> Vec<(&[Line], &str)> {
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
            && lines.last().is_some_and(|line| {
                names_same_command(&line.argv, self.last())
                    && is_alike_but_for_conditions(&line.argv, self.last())
            })
            && are_among(lines, typed, |line, argv| {
                names_same_command(&line.argv, argv)
            })
    }
}

/// Whether two lines have the same options and words; where both come to the same, it is luck when one of two ZADD has
/// options that only tell when it is to change something.
fn is_alike_but_for_conditions(a: &[Bytes], b: &[Bytes]) -> bool {
    const CONDITIONS: [&[u8]; 5] = [b"NX", b"XX", b"GT", b"LT", b"CH"];
    let plain = |argv: &[Bytes]| -> Vec<Bytes> {
        let is_zadd = is_named(argv, b"ZADD");
        let is_condition = |word: &Bytes| {
            let mut known = CONDITIONS.iter();
            is_zadd && known.any(|known| word.eq_ignore_ascii_case(known))
        };
        let words = argv.iter().enumerate();
        let kept = words.filter(|(at, word)| *at < 2 || !is_condition(word));
        kept.map(|(_, word)| word.clone()).collect()
    };
    let [a, b] = [a, b].map(plain);
    options(&a) == options(&b) && is_built_alike(&a, &b)
}

/// Whether the last lines are these.
pub(super) fn ends_with(typed: &[&[Bytes]], lines: &[Line]) -> bool {
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
