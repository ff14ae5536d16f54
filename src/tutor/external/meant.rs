//! The command that is meant by one that has come: numbers may be written in several ways, and an option may change
//! nothing.

use crate::engine::{Bytes, commands};
use crate::lesson::{Line, Mistake, Step, fits};
use crate::notation::Literal;
use crate::tutor::{
    diagnose::surplus,
    likeness::{keys, names_same_command},
    numbers::with_plain_numbers,
    world::{World, has_run},
};

use super::{alike_but_for_delay, arrivals::reply_of, visit::Expected};

/// Whether a command is the one that a line describes; what Redis reads as a number counts as such.
pub(super) fn is_meant(line: &Line, argv: &[Bytes]) -> bool {
    let by_numbers = || {
        let line = Line {
            argv: with_plain_numbers(&line.argv),
            ..line.clone()
        };
        fits(&line, &with_plain_numbers(argv))
    };
    fits(line, argv) || names_same_command(&line.argv, argv) && by_numbers()
}

/// A command that would do without some of its words.
pub(super) struct Needless {
    /// The command without them, which is wanted.
    pub argv: Vec<Bytes>,
    /// The words.
    pub words: Vec<Bytes>,
}

/// What a command has beside one that is wanted next: an option and what may follow it, without which it comes to the same from `before`, where
/// neither the step forbids it nor its author has foreseen it.
pub(super) fn without_needless<'a>(
    step: &Step,
    mut next: impl Iterator<Item = &'a Expected>,
    visitor: u64,
    argv: &[Bytes],
    reply: Option<&Literal>,
    (before, after): (&World, &World),
) -> Option<Needless> {
    let row = commands::of_line(argv)?;
    let foreseen = step.wrong.iter().flat_map(|wrong| match &wrong.when {
        Mistake::Code { lines, .. } => lines.as_slice(),
        _ => &[],
    });
    if !has_run(reply) || foreseen.chain(&step.never).any(|line| is_meant(line, argv)) {
        return None;
    }
    let grammar = row.grammar();
    let known = grammar.words();
    let is_word = |word: &Bytes| {
        known
            .iter()
            .any(|known| word.eq_ignore_ascii_case(known.as_bytes()))
    };
    let is_option = |words: &Vec<Bytes>| words.first().is_some_and(is_word);
    next.find_map(|wanted| {
        let wanted = &wanted.line.argv;
        let is_same = names_same_command(wanted, argv) && keys(wanted) == keys(argv);
        let words = surplus(argv, wanted).filter(|words| is_same && is_option(words))?;
        let mut world = before.clone();
        let (outcome, _) = world.visit(visitor, wanted);
        let comes_to_the_same =
            reply_of(&outcome).as_ref() == reply && alike_but_for_delay(&world, after);
        comes_to_the_same.then(|| Needless {
            argv: wanted.clone(),
            words,
        })
    })
}
