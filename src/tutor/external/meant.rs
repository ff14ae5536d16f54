//! The command that is meant by one that has come: numbers may be written in several ways, and an option may change nothing.

use crate::engine::{Bytes, Kind, commands, number};
use crate::lesson::{Line, Mistake, Step, fits};
use crate::notation::Literal;
use crate::tutor::{
    diagnose::{argument_names, surplus},
    judge::{keys, names_same_command},
    world::{World, has_run},
};

use super::{arrivals::reply_of, same_data, visit::Expected};

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

/// A line with its numbers as Redis writes them, where its command's syntax has numbers with a point.
fn with_plain_numbers(argv: &[Bytes]) -> Vec<Bytes> {
    let Some(row) = commands::of_line(argv) else {
        return argv.to_vec();
    };
    // Texts are no numbers, though they may look so.
    let is_of_texts = row.name.ends_with("lex") || has_word(argv, "BYLEX");
    let (name, args) = argv.split_at(row.name_len().min(argv.len()));
    let kinds = argument_names(row, args).into_iter().map(|(_, kind)| kind);
    let plain = |(arg, kind): (&Bytes, Kind)| match kind {
        Kind::Float => plain_number(arg),
        Kind::Bound if !is_of_texts => match arg.split_first() {
            Some((b'(', rest)) => [b"(".as_slice(), &plain_number(&Bytes::from(rest))]
                .concat()
                .into(),
            _ => plain_number(arg),
        },
        _ => arg.clone(),
    };
    name.iter()
        .cloned()
        .chain(args.iter().zip(kinds).map(plain))
        .collect()
}

fn plain_number(arg: &Bytes) -> Bytes {
    let number = number::parse_double(arg);
    number.map_or_else(
        || arg.clone(),
        |number| format!("{number}").as_bytes().into(),
    )
}

fn has_word(argv: &[Bytes], word: &str) -> bool {
    argv.iter()
        .any(|arg| arg.eq_ignore_ascii_case(word.as_bytes()))
}

/// A command that would do without some of its words.
pub(super) struct Needless {
    /// The command without them, which is wanted.
    pub argv: Vec<Bytes>,
    /// The words.
    pub words: Vec<Bytes>,
}

/// What a command has beside one that is wanted next: options without which it comes to the same from `before`, where
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
    let is_option = |words: &Vec<Bytes>| known.iter().any(|known| has_word(&words[..1], known));
    next.find_map(|wanted| {
        let wanted = &wanted.line.argv;
        let is_same = names_same_command(wanted, argv) && keys(wanted) == keys(argv);
        let words = surplus(argv, wanted).filter(|words| is_same && is_option(words))?;
        let mut world = before.clone();
        let (outcome, _) = world.visit(visitor, wanted);
        let comes_to_the_same = reply_of(&outcome).as_ref() == reply && same_data(&world, after);
        comes_to_the_same.then(|| Needless {
            argv: wanted.clone(),
            words,
        })
    })
}
