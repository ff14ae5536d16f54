//! What Redis is to compute: a number that it counts, a result that it stores. The learner may have worked it out by hand,
//! counted something else, or let another command store another result.

use crate::engine::{Bytes, commands, number};
use crate::lesson::Line;

use super::{
    Lines, entry, has, is_number, is_relative,
    typed::{Came, Typed},
};
use crate::tutor::{
    algebra::target,
    compare::{numbers, same_data, same_value},
    diagnosis::Diagnosis,
    likeness::{distinct, keys},
    practice::{adds, is_same_number, lacking},
    why::Why,
};

impl Lines<'_> {
    /// What the lines lack that have the right effect, and why they do not count.
    pub(super) fn lacks(&self) -> Why {
        self.with_place(self.lacks_of(&self.counted()))
    }

    /// The same of these lines, wherever it is missing.
    pub(super) fn lacks_of(&self, lines: &[&[Bytes]]) -> Why {
        let asks_for_nothing_new = || {
            let wanted = self.wanted();
            same_data(self.base, &wanted) && self.base.same_sessions(&wanted)
        };
        match lacking(self.step, lines) {
            Why::MustUse(words) if asks_for_nothing_new() => Why::StillToType(words),
            Why::MustUse(words) if words.len() == 1 && self.is_to_compute(&words, lines) => {
                Why::WorkedOut(words)
            }
            Why::MustUseCommand(words) if self.is_to_compute(&words, lines) => {
                Why::WorkedOut(words)
            }
            // A line before the last one does not go by itself.
            Why::Forbidden(line) if lines.len() > 1 => Why::ForbiddenHere(line),
            other => self.not_counted(other),
        }
    }

    /// What the lines lack; where the last line is a way's own, with the one before it that stands in the place of one that has it.
    pub(super) fn with_place(&self, why: Why) -> Why {
        let (Why::MustUse(words) | Why::MustUseCommand(words) | Why::MustName(words)) = &why else {
            return why;
        };
        let is_typed = |own: &&Line| self.typed.iter().any(|line| own.is_same(&line.argv));
        let replaces = |line: &&Typed| {
            let key = keys(&line.argv).first().copied();
            let missing = self.ways().flatten().filter(|own| !is_typed(own));
            let mut missing = missing.filter_map(|own| keys(&own.argv).first().copied());
            line.came == Came::Changed
                && !self.is_own(&line.argv)
                && key.is_some_and(|key| missing.any(|own| own == key))
        };
        let found = self.typed.iter().rev().find(replaces);
        let found = found.filter(|_| self.is_own(self.last()));
        found.map_or(why.clone(), |line| Why::InPlaceOf {
            line: line.argv.clone(),
            words: words.clone(),
        })
    }

    /// The commands that are to compute what a key will hold, where the last line puts it in by hand.
    pub(super) fn works_out(&self) -> Option<Vec<String>> {
        let words = &self.step.uses;
        let is_store = |word: &String| word.ends_with("STORE");
        let is_asked = !words.is_empty() && words.iter().all(is_store);
        let own = self.ways().flatten();
        let own = own.filter(|line| words.contains(&line.command()));
        let mut made = own.filter_map(|line| keys(&line.argv).first().copied());
        let key = keys(self.last()).first().copied()?;
        let at = (self.world.db(), key.clone());
        let puts_in = || {
            let now = entry(self.world, &at);
            let before = entry(self.before, &at);
            let is_same = before.zip(now).is_some_and(|(a, b)| same_value(a, b));
            now.is_some() && !is_same && !has(self.base, &at)
        };
        let is_by_hand = is_asked
            && made.any(|own| own == key)
            && !self.is_own(self.last())
            && puts_in()
            && self.is_to_compute(words, &self.counted());
        is_by_hand.then(|| words.clone())
    }

    /// Whether all these words are commands by which Redis counts or computes, and none of the lines has let it do so with
    /// the keys that they are for.
    fn is_to_compute(&self, words: &[String], lines: &[&[Bytes]]) -> bool {
        let is_one = |word: &String| is_computing(&[Bytes::from(word.as_bytes())]);
        let own = self.ways().flatten();
        let own = own.filter(|line| words.contains(&line.command()));
        let made: Vec<&Bytes> = own
            .filter_map(|line| keys(&line.argv).first().copied())
            .collect();
        let computes = |argv: &&[Bytes]| {
            is_computing(argv) && keys(argv).first().is_some_and(|key| made.contains(key))
        };
        words.iter().all(is_one) && !lines.iter().any(computes)
    }

    /// Whether a number was counted to what it is by several lines with the last one's command.
    fn counts_in_parts(&self) -> bool {
        let changed = |line: &&Typed| matches!(line.came, Came::Changed | Came::Queued);
        let alike = |line: &&Typed| {
            let words = line.argv.iter().zip(self.last());
            line.argv.len() == self.last().len()
                && words
                    .filter(|(a, b)| a != b)
                    .all(|(a, b)| is_number(a) && is_number(b))
        };
        is_relative(self.last()) && self.typed.iter().filter(changed).filter(alike).count() > 1
    }

    /// Where numbers are missing in the lines that the ways add: that they were counted in parts, that another number was
    /// added, or that the learner has worked the result out.
    pub(super) fn not_counted(&self, why: Why) -> Why {
        let Why::MustName(words) = why else {
            return why;
        };
        if self.counts_in_parts() {
            return Why::InParts(words);
        }
        let has = |line: &Line, word: &str| line.argv.iter().any(|arg| is_same_number(arg, word));
        let is_added = |word: &String| {
            let mut own = self
                .ways()
                .flatten()
                .filter(|line| has(line, word))
                .peekable();
            own.peek().is_some() && own.all(|line| adds(&line.argv))
        };
        if !words.iter().all(is_added) {
            return Why::MustName(words);
        }
        let has_it = |line: &Typed| {
            let mut words = words.iter();
            words.any(|word| line.argv.iter().any(|arg| is_same_number(arg, word)))
        };
        if self.is_own(self.last()) && !self.typed.iter().any(has_it) {
            // Another line stands in the place of the one with the number.
            return Why::MustName(words);
        }
        if adds(self.last()) {
            return Why::AddsOther(words);
        }
        let own = self.step.solution.iter();
        let own = own.filter(|line| words.iter().any(|word| has(line, word)));
        Why::WorkedOut(distinct(own.map(Line::command)))
    }

    /// The number to which the last line has set what the ways add it to.
    pub(super) fn set_not_added(&self) -> Option<Bytes> {
        if !self.changed() || adds(self.last()) {
            return None;
        }
        let key = keys(self.last()).first().copied()?;
        let at = (self.world.db(), key.clone());
        let wanted = self.wanted();
        let [was, now, wanted] = [self.before, self.world, &wanted]
            .map(|world| entry(world, &at).map(numbers).unwrap_or_default());
        let own = self.ways().flatten();
        let mut own = own.filter(|line| adds(&line.argv) && keys(&line.argv).first() == Some(&key));
        own.find_map(|line| {
            let set = line.argv.iter().skip(2).find(|arg| {
                let Some(number) = number::parse_double(arg) else {
                    return false;
                };
                let is_set = |(name, is): (&Bytes, &f64)| {
                    let changed = was.get(name).is_some_and(|was| was.total_cmp(is).is_ne());
                    let is_named = name.is_empty() || line.argv.contains(name);
                    let is_other = wanted
                        .get(name)
                        .is_some_and(|wanted| wanted.total_cmp(is).is_ne());
                    is.total_cmp(&number).is_eq() && changed && is_named && is_other
                };
                now.iter().any(is_set)
            });
            // As it was typed.
            let number = String::from_utf8_lossy(set?);
            let is_it = |word: &&Bytes| is_same_number(word, &number);
            self.last().iter().skip(2).find(is_it).cloned()
        })
    }

    /// A command that has stored another result where the step asks for one that stores.
    pub(super) fn other_store(&self) -> Option<Diagnosis> {
        let row = commands::of_line(self.last())?;
        let copies = row.name == "copy";
        let made = target(self.last()).or_else(|| self.last().get(2).filter(|_| copies))?;
        let asked = |line: &&Line| {
            let command = line.command();
            let is_asked = self.step.uses.contains(&command) || self.step.words.contains(&command);
            is_asked && target(&line.argv) == Some(made)
        };
        let is_asked = self.ways().flatten().any(|line| asked(&line));
        let title = row.title();
        let is_own = self.has_command(self.last()) || self.step.uses.contains(&title);
        let changes = self.changed() && is_asked && !is_own && !self.ran.is_queued();
        changes.then_some(Diagnosis::OtherCommand {
            command: row.name,
            kind: None,
            changes: true,
        })
    }
}

/// Whether a line counts, or stores what it computes from keys.
fn is_computing(argv: &[Bytes]) -> bool {
    commands::of_line(argv).is_some_and(|row| is_relative(argv) || row.name.ends_with("store"))
}
