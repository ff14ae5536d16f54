//! What a step practises beside its effect: words that must stand in the line, commands of which one must be used.

use crate::engine::{Bytes, Command, commands, flag, number};
use crate::lesson::{Line, Step, fits};
use crate::notation::join;

use super::{
    Why,
    diagnose::by_options,
    likeness::{counts, keys},
    numbers::with_plain_numbers,
};

/// Whether lines have all that a step practises, and nothing that it forbids.
#[must_use]
pub fn practises(step: &Step, lines: &[&[Bytes]]) -> bool {
    has_words(step, lines)
        && uses_command(step, lines)
        && is_together(step, lines)
        && forbidden(step, lines).is_none()
}

/// The first line that the step forbids; of a command that it forbids altogether, only the name.
#[must_use]
pub fn forbidden(step: &Step, lines: &[&[Bytes]]) -> Option<String> {
    lines.iter().find_map(|argv| {
        let forbids = |line: &&Line| fits(line, argv);
        let altogether = |line: &Line| line.argv[1..].iter().all(|word| word == b"*".as_slice());
        let is_altogether = step.never.iter().find(forbids).map(altogether)?;
        let row = commands::of_line(argv).filter(|_| is_altogether);
        Some(row.map_or_else(|| join(argv), Command::title))
    })
}

/// Whether the lines hold every word that the step asks for, in its order.
#[must_use]
fn has_words(step: &Step, lines: &[&[Bytes]]) -> bool {
    let has = |word: &String| lines.iter().any(|argv| mentions(step, argv, word));
    step.words.iter().all(has) && are_in_order(step, lines)
}

/// Whether lines hold the words in the order in which the step names them, where its solution does so.
fn are_in_order(step: &Step, lines: &[&[Bytes]]) -> bool {
    let follow = |lines: &[&[Bytes]]| {
        let mut at = 0;
        step.words.iter().all(|word| {
            let next = lines[at..]
                .iter()
                .position(|argv| mentions(step, argv, word));
            at += next.unwrap_or(0);
            next.is_some()
        })
    };
    let solution: Vec<&[Bytes]> = step.solution.iter().map(|line| &*line.argv).collect();
    follow(lines) || !follow(&solution)
}

/// Whether one of the lines starts with a command that the step asks for.
#[must_use]
pub fn uses_command(step: &Step, lines: &[&[Bytes]]) -> bool {
    step.uses.is_empty()
        || step
            .uses
            .iter()
            .any(|name| lines.iter().any(|argv| does(step, argv, name)))
}

/// Whether the lines change data only in transactions, and in no more of them than the solution does, where the step asks
/// for EXEC and its solution has all changes in transactions.
#[must_use]
pub fn is_together(step: &Step, lines: &[&[Bytes]]) -> bool {
    let typed = places_written(lines);
    asked_together(step).is_none_or(|asked| !typed.alone && typed.transactions <= asked)
}

/// Whether there may be one more transaction behind these lines that changes data.
#[must_use]
pub fn may_go_on_together(step: &Step, lines: &[&[Bytes]]) -> bool {
    let typed = places_written(lines);
    asked_together(step).is_none_or(|asked| !typed.alone && typed.transactions < asked)
}

/// How many transactions change the data, where the step asks for all changes in transactions.
fn asked_together(step: &Step) -> Option<usize> {
    let asks = step.words.iter().any(|word| word == "EXEC");
    let solution: Vec<&[Bytes]> = step.solution.iter().map(|line| &*line.argv).collect();
    let asked = places_written(&solution);
    (asks && !asked.alone).then_some(asked.transactions)
}

/// Where lines change data.
#[derive(Default)]
struct Writes {
    /// One does so outside of a transaction.
    alone: bool,
    /// So many transactions that were run do.
    transactions: usize,
}

fn places_written(lines: &[&[Bytes]]) -> Writes {
    let mut found = Writes::default();
    // The transaction that is open, and whether something in it writes.
    let mut open: Option<bool> = None;
    for row in lines.iter().filter_map(|argv| commands::of_line(argv)) {
        match row.name {
            "multi" => open = Some(false),
            "exec" => found.transactions += usize::from(open.take() == Some(true)),
            "discard" => open = None,
            _ if row.has(flag::WRITE) => match &mut open {
                Some(writes) => *writes = true,
                None => found.alone = true,
            },
            _ => {}
        }
    }
    found
}

/// What lines with the right effect lack of what the step practises: one thing at a time.
#[must_use]
pub fn lacking(step: &Step, lines: &[&[Bytes]]) -> Why {
    if let Some(command) = forbidden(step, lines) {
        return Why::Forbidden(command);
    }
    if !uses_command(step, lines) {
        let is_part = |argv: &&[Bytes]| {
            let mut solution = step.solution.iter();
            solution.any(|line| starts_with(argv, &line.command()))
        };
        let is_begun = lines.len() < step.solution.len() && lines.iter().all(is_part);
        let missing = if is_begun {
            Why::StillToUse
        } else {
            Why::MustUseCommand
        };
        return missing(step.uses.clone());
    }
    if let Some(why) = missing_words(step, lines) {
        return why;
    }
    if !are_in_order(step, lines) {
        let is_own = |argv: &&[Bytes]| step.ways().flatten().any(|line| line.is_same(argv));
        let mut named = lines
            .iter()
            .filter(|argv| step.words.iter().any(|word| mentions(step, argv, word)));
        return if named.all(is_own) {
            Why::OtherOrder(in_order(step, lines))
        } else {
            Why::OtherWordOrder(step.words.clone())
        };
    }
    if !is_together(step, lines) {
        return Why::OneTransaction;
    }
    let commands: Vec<String> = step.solution.iter().map(Line::command).collect();
    let used = |name: &String| lines.iter().any(|argv| does(step, argv, name));
    let unused: Vec<String> = commands.into_iter().filter(|name| !used(name)).collect();
    if unused.is_empty() {
        Why::OtherLine
    } else {
        Why::MustUse(unused)
    }
}

/// The lines of a way that were typed, in its order, with the words that are still to come; without such a way the lines
/// that hold the words.
fn in_order(step: &Step, lines: &[&[Bytes]]) -> Vec<String> {
    let is_typed = |own: &Line| lines.iter().any(|argv| own.is_same(argv));
    let has_word = |own: &Line| {
        step.words
            .iter()
            .any(|word| mentions(step, &own.argv, word))
    };
    let is_known = |way: &&[Line]| {
        lines
            .iter()
            .all(|argv| way.iter().any(|own| own.is_same(argv)))
    };
    if let Some(way) = step.ways().find(is_known) {
        let own = way.iter().filter(|own| is_typed(own) || has_word(own));
        return own.map(|own| join(&own.argv)).collect();
    }
    let mut ordered: Vec<String> = Vec::new();
    for word in &step.words {
        let line = lines.iter().find(|argv| mentions(step, argv, word));
        let line = line.map_or_else(|| word.clone(), |argv| join(argv));
        if !ordered.contains(&line) {
            ordered.push(line);
        }
    }
    ordered
}

/// The commands, words or values that lines lack of what a step practises.
#[must_use]
pub fn lacking_words(step: &Step, lines: &[&[Bytes]]) -> Option<Why> {
    if !uses_command(step, lines) {
        return Some(Why::MustUseCommand(step.uses.clone()));
    }
    missing_words(step, lines)
}

fn missing_words(step: &Step, lines: &[&[Bytes]]) -> Option<Why> {
    let is_missing = |word: &&String| !lines.iter().any(|argv| mentions(step, argv, word));
    let missing = step.words.iter().filter(is_missing).cloned();
    let (words, values): (Vec<String>, Vec<String>) =
        missing.partition(|word| is_of_redis(step, word));
    if !words.is_empty() {
        return Some(Why::MustUse(words));
    }
    (!values.is_empty()).then_some(Why::MustName(values))
}

/// Whether a word is a command's or an option's, and not a key or a value.
fn is_of_redis(step: &Step, word: &str) -> bool {
    let is_option = |line: &Line| {
        commands::of_line(&line.argv).is_some_and(|row| {
            row.grammar()
                .words()
                .contains(&word.to_uppercase().as_str())
        })
    };
    commands::find(word.to_lowercase().as_bytes()).is_some() || step.solution.iter().any(is_option)
}

/// Whether a line has a word. Of a command that looks at keys or watches them it must be one of the solution's.
fn mentions(step: &Step, argv: &[Bytes], word: &str) -> bool {
    let is_of_redis = is_of_redis(step, word);
    let is_word = |arg: &Bytes| {
        arg == word.as_bytes() || is_of_redis && arg.eq_ignore_ascii_case(word.as_bytes())
    };
    let has_word = argv
        .iter()
        .any(|arg| is_word(arg) || is_same_number(arg, word));
    does(step, argv, word) && is_on_its_keys(step, argv)
        || has_word && !starts_with(argv, word) && counts_as_asked(step, argv, word)
}

/// Whether a line with a number counts up or down by it, where the ways do nothing else with it.
fn counts_as_asked(step: &Step, argv: &[Bytes], word: &str) -> bool {
    let has_word = |line: &&Line| line.argv.iter().any(|arg| is_same_number(arg, word));
    let mut own = step.ways().flatten().filter(has_word).peekable();
    let is_asked = own.peek().is_some() && own.all(|line| adds(&line.argv));
    number::parse_double(word.as_bytes()).is_none() || !is_asked || adds(argv)
}

/// Whether a line adds to what is there, or takes from it; ZADD does so with INCR.
#[must_use]
pub fn adds(argv: &[Bytes]) -> bool {
    let has_incr = || argv.iter().any(|arg| arg.eq_ignore_ascii_case(b"incr"));
    commands::of_line(argv).is_some_and(|row| counts(row) || row.name == "zadd" && has_incr())
}

/// Whether a line that looks at keys or watches them names no other ones than the ways do with its command.
fn is_on_its_keys(step: &Step, argv: &[Bytes]) -> bool {
    let Some(row) = commands::of_line(argv) else {
        return true;
    };
    let lines = step.ways().flatten();
    let same = lines.filter(|line| starts_with(argv, &line.command()));
    let asked: Vec<&Bytes> = same.flat_map(|line| keys(&line.argv)).collect();
    let only_looks = row.is_read_only() || row.name == "watch";
    !only_looks || asked.is_empty() || keys(argv).iter().all(|key| asked.contains(key))
}

/// Whether a number or a bound was written in another way: `+15`, `15.0`, `(10.0`, `INF`.
#[must_use]
pub fn is_same_number(arg: &[u8], word: &str) -> bool {
    let number = |text: &[u8]| {
        let inner = text.strip_prefix(b"(");
        let value = inner.unwrap_or(text);
        let value = value.strip_prefix(b"+").unwrap_or(value);
        number::parse_double(value).map(|value| (inner.is_some(), value))
    };
    let arg = number(arg);
    arg.is_some() && arg == number(word.as_bytes())
}

/// Whether a line is the author's but for how its numbers are written, and the order of its options.
#[must_use]
pub fn is_same_but_for_numbers(line: &Line, argv: &[Bytes]) -> bool {
    let plain = |argv: &[Bytes]| by_options(&with_plain_numbers(argv));
    commands::is_same_line(&plain(&line.argv), &plain(argv))
}

/// Whether a line has this command, or does the same with another one. Where a command is taught, it is to be typed.
fn does(step: &Step, argv: &[Bytes], name: &str) -> bool {
    let is_taught = || step.teach.iter().any(|taught| taught == name);
    starts_with(argv, name) || stands_for(argv) == Some(name) && !is_taught()
}

/// The command of which a line has the effect and the reply, where its conditions let it do anything: with INCR "ZADD
/// acts like ZINCRBY" (Redis).
fn stands_for(argv: &[Bytes]) -> Option<&'static str> {
    const OPTIONS: [&str; 6] = ["NX", "XX", "GT", "LT", "CH", "INCR"];
    let [name, _, options @ .., _, _] = argv else {
        return None;
    };
    let is = |option: &Bytes, name: &str| option.eq_ignore_ascii_case(name.as_bytes());
    let is_option = |option: &Bytes| OPTIONS.iter().any(|name| is(option, name));
    let is_incr = is(name, "ZADD")
        && options.iter().all(is_option)
        && options.iter().any(|option| is(option, "INCR"));
    is_incr.then_some("ZINCRBY")
}

fn starts_with(argv: &[Bytes], name: &str) -> bool {
    name.split(' ')
        .zip(argv)
        .all(|(word, arg)| arg.eq_ignore_ascii_case(word.as_bytes()))
}
