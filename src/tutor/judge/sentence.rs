//! The author's sentence for an attempt at a command step: whether it is this line of which it was foreseen.

use crate::lesson::{Line, Mistake, Wrong};

use super::{Attempt, Effect, effect};
use crate::tutor::{
    Why,
    compare::same_data,
    diagnose,
    foreseen::{is_built_alike, is_distinctive, tells_of},
    likeness::{keys, names_same_command, options},
};

impl Attempt<'_> {
    /// The author's sentence for this very line.
    pub(super) fn own_sentence(&self) -> Option<Why> {
        self.find_sentence(|wrong| Self::begins(wrong, |line| line.text == self.text))
            .or_else(|| {
                self.find_sentence(|wrong| Self::begins(wrong, |line| line.is_same(self.argv)))
            })
    }

    /// Whether foreseen lines begin with such a one: of several lines the first already goes the wrong way.
    fn begins(wrong: &Wrong, is_such: impl Fn(&Line) -> bool) -> bool {
        matches!(&wrong.when, Mistake::Lines(lines) if lines.first().is_some_and(is_such))
    }

    /// The author's sentence for this line, or a slip that leaves no doubt: of both that which knows more of the line.
    /// Its very words come first, then what it has changed or the error that it got. Of a line that changed nothing
    /// and answers 0 or (nil), as many do, a slip in it knows more than its outcome.
    pub(super) fn sentence(&self, case: &diagnose::Case<'_>) -> Option<Why> {
        self.own_sentence()
            .or_else(|| self.find_sentence(|wrong| self.is_like(wrong, true)))
            .or_else(|| diagnose::certain(case).map(Why::Diagnosis))
            .or_else(|| self.find_sentence(|wrong| self.is_like(wrong, false)))
    }

    /// The sentence of a mistake of such a kind: of several, that with the most words of the line.
    fn find_sentence(&self, is_such: impl Fn(&Wrong) -> bool) -> Option<Why> {
        let far = |mistake: &Mistake| match mistake {
            Mistake::Lines(lines) => lines
                .last()
                .map_or(usize::MAX, |line| diagnose::distance(&line.argv, self.argv)),
            _ => 0,
        };
        let alike = self.step.wrong.iter().filter(|wrong| is_such(wrong));
        let found = alike.min_by_key(|wrong| far(&wrong.when));
        found.map(|wrong| Why::Author(wrong.say.clone()))
    }

    /// Whether the attempt has the effect of a foreseen wrong line, or is a mistake of a foreseen kind: by what it
    /// changed or the error that it got, or else by less.
    fn is_like(&self, wrong: &Wrong, plainly: bool) -> bool {
        let say = wrong.say.as_str();
        match &wrong.when {
            Mistake::Lines(lines) => {
                self.changes() == plainly
                    && self.ends_like(lines)
                    && tells_of(say, lines, self.argv)
            }
            Mistake::Kind(kind) => {
                self.ran.is_refused() == plainly
                    && diagnose::is_kind(
                        kind,
                        self.ran.reply.as_ref(),
                        self.argv,
                        self.step,
                        self.base,
                        self.world,
                    )
            }
            Mistake::Answer(_) | Mistake::Code { .. } => false,
        }
    }

    fn ends_as_wanted(&self, foreseen: &Effect) -> bool {
        let wanted = effect(self.base, &self.step.solution, &self.step.during);
        wanted.replies.last() == foreseen.replies.last()
            && same_data(&wanted.world, &foreseen.world)
    }

    fn ends_like(&self, lines: &[Line]) -> bool {
        let foreseen = effect(self.base, lines, &self.step.during);
        // Where one line only will do, a foreseen line that ends like that is wrong for its words alone.
        if self.step.exact_line && self.ends_as_wanted(&foreseen) {
            return false;
        }
        let same_reply = foreseen
            .replies
            .last()
            .is_some_and(|reply| *reply == self.ran.reply);
        let same_state = same_data(self.world, &foreseen.world);
        // A sentence is about a command. Where nothing changes, many lines end alike (every missing key gives (nil)):
        // only the same command on the same keys with a reply of its own then means the same mistake.
        let same_mistake = lines.last().is_some_and(|line| {
            names_same_command(&line.argv, self.argv)
                && options(&line.argv) == options(self.argv)
                && is_built_alike(&line.argv, self.argv)
                && (self.changes()
                    || keys(&line.argv) == keys(self.argv)
                        && self.ran.reply.as_ref().is_some_and(is_distinctive))
        });
        same_reply && same_state && !self.ran.is_refused() && same_mistake
    }
}
