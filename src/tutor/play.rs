//! Free play: every line is run, and what it changed is drawn.

use std::collections::BTreeSet;

use crate::engine::{Bytes, Keyspace, commands};
use crate::notation::split;

use super::{
    Fed, Heard, Notice, Output, Place, Record, StateView, VerdictKind, Why, algebra,
    compare::{differences, same_data},
    diagnose, local,
    world::{World, has_run},
};

/// An empty engine to try things on.
#[derive(Debug, Clone)]
pub struct Play {
    world: World,
    /// The lines that changed something, with the worlds before them.
    undo: Vec<(String, World)>,
    redo: Vec<(String, World)>,
}

/// So many keys are drawn after a line.
const MOST_KEYS: usize = 6;

impl Play {
    /// An empty engine.
    #[must_use]
    pub fn new(seed: u64, now: i64) -> Play {
        Play {
            world: World::empty(seed, now),
            undo: Vec::new(),
            redo: Vec::new(),
        }
    }

    /// The world as it is.
    #[must_use]
    pub fn world(&self) -> &World {
        &self.world
    }

    /// Tells the time.
    pub fn set_now(&mut self, now: i64) {
        self.world.engine.set_now(now);
    }

    /// Takes a line.
    pub fn feed(&mut self, line: &str) -> Fed {
        let mut heard = Heard::default();
        self.hear(line, &mut heard);
        let record = Record {
            number: 0,
            step: String::new(),
            verdict: heard.verdict.unwrap_or(VerdictKind::Aside),
            reply: heard.reply,
            why: heard.why,
        };
        Fed {
            outputs: heard.outputs,
            record,
            signal: heard.signal,
        }
    }

    fn hear(&mut self, line: &str, heard: &mut Heard) {
        if line.len() > super::LONGEST_LINE {
            return heard.say(Output::Notice(Notice::LineTooLong {
                most: super::LONGEST_LINE,
            }));
        }
        if let Some(word) = local::word(line.trim()) {
            return self.local(&word, heard);
        }
        if local::is_program(line) {
            return heard.say(Output::Notice(Notice::Python));
        }
        let argv = match split(line.as_bytes()) {
            Ok(argv) => argv,
            Err(error) => return heard.say(Output::Notice(Notice::BadLine(error))),
        };
        let (times, argv) = local::repeat(argv);
        if argv.is_empty() {
            return;
        }
        if times > local::MOST_REPEATS {
            return heard.say(Output::Notice(Notice::RepeatTooLarge {
                most: local::MOST_REPEATS,
            }));
        }
        if let Some(clean) = local::pasted(&argv) {
            return heard.say(Output::Notice(Notice::Pasted { clean }));
        }
        let before = self.world.clone();
        for _ in 0..times {
            let ran = self.world.run(&argv, &[]);
            heard.run(&ran);
        }
        let same = |a: &World, b: &World| same_data(a, b) && a.same_clients(b);
        if !same(&before, &self.world) {
            self.undo.push((line.trim().to_owned(), before.clone()));
            self.redo.clear();
        }
        self.tell(&before, &argv, heard);
    }

    /// What the line has changed, or why it was refused.
    fn tell(&self, before: &World, argv: &[Bytes], heard: &mut Heard) {
        if let Some(found) = heard
            .reply
            .as_ref()
            .and_then(|reply| diagnose::explain_error(before, argv, reply))
        {
            heard.decide(VerdictKind::Look, vec![Why::Diagnosis(found)], 0);
            return;
        }
        let db = self.world.db();
        let (was, is) = (before.engine.keyspace(), self.world.engine.keyspace());
        let keys = in_line_order(changed_keys(was, is, db), argv);
        let has_run = has_run(heard.reply.as_ref());
        let algebra = has_run.then(|| algebra::of(&self.world, argv)).flatten();
        if !keys.is_empty() || algebra.is_some() {
            heard.say(Output::State(StateView {
                before: Some(was.clone()),
                after: is.clone(),
                keys,
                line: argv.to_vec(),
                db,
                now: self.world.engine.now(),
                lifetimes: self.world.lifetimes.clone(),
                algebra,
                reading: None,
            }));
        }
    }

    fn local(&mut self, word: &local::Word, heard: &mut Heard) {
        if let Some(signal) = local::common(word) {
            heard.signal = Some(signal);
            return;
        }
        match word.name.as_str() {
            "help" => heard.say(Output::Notice(local::help(&word.rest, Place::Play))),
            "show" => {
                let named: Vec<Bytes> = word
                    .rest
                    .split_whitespace()
                    .map(|key| Bytes::from(key.as_bytes()))
                    .collect();
                heard.say(Output::State(view_of(&self.world, &named)));
            }
            "undo" => match self.undo.pop() {
                Some((line, world)) => {
                    let world = std::mem::replace(&mut self.world, world);
                    heard.say(Output::Notice(Notice::Undone { line: line.clone() }));
                    self.redo.push((line, world));
                }
                None => heard.say(Output::Notice(Notice::NothingToUndo)),
            },
            "redo" => match self.redo.pop() {
                Some((line, world)) => {
                    let world = std::mem::replace(&mut self.world, world);
                    heard.say(Output::Notice(Notice::Redone { line: line.clone() }));
                    self.undo.push((line, world));
                }
                None => heard.say(Output::Notice(Notice::NothingToRedo)),
            },
            "hint" | "skip" | "back" | "reset" | "goal" | "lesson" => {
                heard.say(Output::Notice(Notice::NotHere(Place::Play)));
            }
            _ => heard.say(Output::Notice(local::no_such_word(word))),
        }
    }
}

/// A view of the named keys, or of all.
#[must_use]
pub fn view_of(world: &World, named: &[Bytes]) -> StateView {
    let db = world.db();
    let keyspace = world.engine.keyspace();
    let keys = if named.is_empty() {
        sorted_keys(keyspace, db)
    } else {
        named.to_vec()
    };
    StateView {
        before: None,
        after: keyspace.clone(),
        keys,
        line: Vec::new(),
        db,
        now: world.engine.now(),
        lifetimes: world.lifetimes.clone(),
        algebra: None,
        reading: None,
    }
}

fn sorted_keys(keyspace: &Keyspace, db: usize) -> Vec<Bytes> {
    let mut keys: Vec<Bytes> = keyspace
        .database(db)
        .iter()
        .take(100)
        .map(|(key, _)| key.clone())
        .collect();
    keys.sort();
    keys
}

fn changed_keys(before: &Keyspace, after: &Keyspace, db: usize) -> Vec<Bytes> {
    let changed = differences(before, after)
        .into_iter()
        .filter(|(at, _)| *at == db);
    changed.map(|(_, key)| key).take(MOST_KEYS).collect()
}

/// The keys that a lesson draws when it names none: those that the line names or changed, else all while they are few.
pub(super) fn keys_to_draw(
    before: Option<&Keyspace>,
    after: &Keyspace,
    db: usize,
    argv: Option<&[Bytes]>,
) -> Vec<Bytes> {
    let all = sorted_keys(after, db);
    let few = if all.len() <= 3 { all } else { Vec::new() };
    let changed = before
        .map(|before| changed_keys(before, after, db))
        .unwrap_or_default();
    let mut keys = argv.map(named_keys).unwrap_or_default();
    keys.extend(few.into_iter().chain(changed));
    let mut keys = each_once(keys);
    keys.truncate(MOST_KEYS);
    keys
}

/// The keys that a line names, in its order.
pub(super) fn named_keys(argv: &[Bytes]) -> Vec<Bytes> {
    let Some(row) = commands::of_line(argv) else {
        return Vec::new();
    };
    let places = row.keys(argv).into_iter();
    places.filter_map(|at| argv.get(at).cloned()).collect()
}

/// Keys in the order in which a line names them, before those that it does not name.
fn in_line_order(keys: Vec<Bytes>, argv: &[Bytes]) -> Vec<Bytes> {
    let mut ordered = named_keys(argv);
    ordered.retain(|key| keys.contains(key));
    ordered.extend(keys);
    each_once(ordered)
}

fn each_once(mut keys: Vec<Bytes>) -> Vec<Bytes> {
    let mut seen = BTreeSet::new();
    keys.retain(|key| seen.insert(key.clone()));
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_drawn_in_the_order_of_the_line() {
        let mut play = Play::new(1, 0);
        play.feed("RPUSH todo soup rice");
        let moved = play.feed("LMOVE todo doing LEFT RIGHT").outputs;
        let drawn = moved.iter().find_map(|output| match output {
            Output::State(view) => Some(view.keys.clone()),
            _ => None,
        });
        let keys = ["todo", "doing"].map(|key| Bytes::from(key.as_bytes()));
        assert_eq!(drawn.as_deref(), Some(&keys[..]));
        let after = play.world().engine.keyspace();
        let line =
            ["LMOVE", "todo", "doing", "LEFT", "RIGHT"].map(|word| Bytes::from(word.as_bytes()));
        assert_eq!(keys_to_draw(None, after, 0, Some(&line)), keys);
    }
}
