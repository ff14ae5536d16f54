//! Whether lines that end alike in the question's own data do so in other data, too, where these tell the two apart.

use crate::engine::{Bytes, Command, commands, flag};
use crate::lesson::{Compare, Line, Question};
use crate::notation::Literal;

use super::{
    ending::{end, looks, same_world},
    question::{START, world_of},
};
use crate::tutor::{
    compare::{reply_fits, same_data},
    diagnose::surplus,
    likeness::names_same_command,
    more::{add_around, add_more, reads_by_name},
    world::World,
};

/// Whether lines that end alike here are alike in other data, too: none does more than is asked for, and where the
/// right ones do nothing here, or would wait elsewhere, neither do the others.
pub(super) fn same_elsewhere(question: &Question, wanted: &[Line], typed: &[Line]) -> bool {
    if has_surplus(wanted, typed) {
        return false;
    }
    let is_own = wanted.len() == typed.len()
        && wanted
            .iter()
            .zip(typed)
            .all(|(own, line)| own.is_same(&line.argv));
    if looks(wanted) {
        return looks(typed) && (is_own || is_alike_in_more(question, wanted, typed));
    }
    let is = |line: &Line, flag| commands::of_line(&line.argv).is_some_and(|row| row.has(flag));
    let any_is = |flag| wanted.iter().any(|line| is(line, flag));
    let start = world_of(question);
    let does_nothing = same_world(&start, &end(&start, wanted).1);
    if does_nothing && !any_is(flag::WRITE) {
        // What is sent to others leaves no trace by which it could be told.
        let mut pairs = wanted.iter().zip(typed);
        return wanted.len() == typed.len() && pairs.all(|(own, line)| own.is_same(&line.argv));
    }
    let is_alike = |start: &World| {
        let ((reply, world), (got, other)) = (end(start, wanted), end(start, typed));
        same_world(&world, &other) && (!same_data(start, &world) || reply == got)
    };
    let has_more = || is_alike(&with_bystanders(&start, wanted, typed));
    if does_nothing || any_is(flag::BLOCKING) {
        let empty = World::empty(1, start.engine.now());
        return is_alike(&empty) && has_more();
    }
    has_more() && (is_own || is_alike_in_more(question, wanted, typed))
}

/// Whether lines end alike also where there is more in the question's keys, the numbers are others, and so are the times
/// to live and the clock. Where the right lines fail there, nothing can be told.
fn is_alike_in_more(question: &Question, wanted: &[Line], typed: &[Line]) -> bool {
    // Who counts from the end of a list counts on its length.
    let is_negative = |word: &Bytes| word.starts_with(b"-") && word.len() > 1;
    let has_negative = |lines: &[Line]| lines.iter().any(|line| line.argv.iter().any(is_negative));
    let longer = has_negative(wanted) || !has_negative(typed);
    let mut lines = wanted.iter().chain(typed);
    let by_name = lines.any(|line| reads_by_name(&line.argv));
    let mut start = with_more(question, longer, by_name);
    let lines: Vec<&[Bytes]> = wanted.iter().chain(typed).map(|line| &*line.argv).collect();
    add_around(&mut start, &lines);
    let (reply, world) = end(&start, wanted);
    let (got, other) = end(&start, typed);
    let (Some(reply), Some(got), Some(line)) = (reply, got, wanted.last()) else {
        return true;
    };
    if matches!(reply, Literal::Error(_)) {
        return true;
    }
    same_world(&world, &other)
        && (!same_data(&start, &world) || reply_fits(&Compare::Row, line, &reply, &got))
}

/// So much later another world begins.
const LATER: i64 = 5_000_000;

/// The question's keys at another time, each with more in it, lists only where they may be `longer`.
fn with_more(question: &Question, longer: bool, by_name: bool) -> World {
    let mut world = World::empty(1, START + LATER);
    for line in &question.setup {
        world.play(line);
    }
    add_more(&mut world, longer, by_name);
    world
}

/// Whether a line has, beside all words of a right one, others that are no options: a key or a field too many.
fn has_surplus(wanted: &[Line], typed: &[Line]) -> bool {
    let is_own = |line: &&Line| wanted.iter().any(|own| own.is_same(&line.argv));
    let mut others = typed.iter().filter(|line| !is_own(line));
    others.any(|line| {
        let grammar = commands::of_line(&line.argv).map(Command::grammar);
        let is_option = |arg: &Bytes| {
            let mut words = grammar.iter().flat_map(|grammar| grammar.words());
            words.any(|word| arg.eq_ignore_ascii_case(word.as_bytes()))
        };
        let same = wanted.iter();
        let mut same = same.filter(|own| names_same_command(&own.argv, &line.argv));
        same.any(|own| {
            surplus(&line.argv, &own.argv).is_some_and(|words| !words.iter().any(is_option))
        })
    })
}

/// A world in which there is more than what is asked about: a key of which nothing is said, and those that are typed
/// without being asked for.
fn with_bystanders(start: &World, wanted: &[Line], typed: &[Line]) -> World {
    let mut world = start.clone();
    let is_asked = |word: &Bytes| wanted.iter().any(|line| line.argv.contains(word));
    let mut keys = vec![Bytes::from(BYSTANDER)];
    for line in typed {
        let places = commands::of_line(&line.argv).map(|row| row.keys(&line.argv));
        let places = places.unwrap_or_default().into_iter();
        let typed = places.filter_map(|at| line.argv.get(at).cloned());
        keys.extend(typed.filter(|key| !is_asked(key)));
    }
    for key in keys {
        world.ask(&[b"SET".into(), key, b"".into(), b"NX".into()]);
    }
    world
}

/// A key that no question asks about.
const BYSTANDER: &[u8] = b"another key";
