//! More data than a learner sees: lines that come to the same in what is there, and do something else, differ there.

use crate::engine::{Bytes, commands};
use crate::notation::Literal;

use super::world::World;

/// Puts more into each key of a world, into lists only where they may be `longer`, and into a sorted set of one score no
/// other scores where members are read `by_name`. What has a time to live gets more of it.
pub fn add_more(world: &mut World, longer: bool, by_name: bool) {
    let keys = ask(world, &[b"KEYS", b"*"]);
    for key in texts(keys.as_ref()) {
        match ask(world, &[b"TYPE", &key]) {
            Some(Literal::Status(kind)) if longer || kind != "list" => {
                add_to(world, &key, &kind, by_name);
            }
            _ => {}
        }
        if let Some(Literal::Int(left @ 1..)) = ask(world, &[b"PTTL", &key]) {
            let left = (left + 7777).to_string();
            ask(world, &[b"PEXPIRE", &key, left.as_bytes()]);
        }
    }
}

/// Puts in what tells lines apart that read the same by chance: names around the bounds by which they read, and a weight for
/// each element by which SORT sorts.
pub fn add_around(world: &mut World, lines: &[&[Bytes]]) {
    for line in lines {
        if reads_by_name(line) {
            add_names(world, line);
        }
        add_weights(world, line);
    }
}

/// Puts names beside the bounds of a line, so many beside each that their numbers do not make up for one another.
fn add_names(world: &mut World, line: &[Bytes]) {
    let Some(key) = line.get(1) else {
        return;
    };
    let first = texts(ask(world, &[b"ZRANGE", key, b"0", b"0", b"WITHSCORES"]).as_ref());
    let Some(score) = first.get(1) else {
        return;
    };
    let bounds = line.iter().skip(2).filter_map(|word| {
        let name = word.strip_prefix(b"[").or_else(|| word.strip_prefix(b"("));
        name.filter(|name| !name.is_empty())
    });
    let mut add = |name: &[u8]| ask(world, &[b"ZADD", key, b"NX", score, name]);
    add(b"!");
    for (at, name) in bounds.take(BOUNDS).enumerate() {
        for length in 0..=3 * at + 1 {
            add(&[name, "!".repeat(length).as_bytes()].concat());
        }
        let below = name
            .split_last()
            .map(|(last, before)| (last.saturating_sub(1), before));
        if let Some((last, before)) = below {
            add(&[before, &[last], b"~"].concat());
        }
    }
}

/// A line has no more bounds than these.
const BOUNDS: usize = 2;

/// Puts a value for each element where a SORT looks for its weight: in an order that is none of the elements' own.
fn add_weights(world: &mut World, line: &[Bytes]) {
    let is = |word: &Bytes, name: &[u8]| word.eq_ignore_ascii_case(name);
    let sorts = line
        .first()
        .is_some_and(|name| is(name, b"SORT") || is(name, b"SORT_RO"));
    let by = line.iter().position(|word| is(word, b"BY"));
    let pattern = by.and_then(|at| line.get(at + 1)).filter(|_| sorts);
    let pattern = pattern.and_then(|pattern| std::str::from_utf8(pattern).ok());
    let (Some(key), Some((before, behind))) = (
        line.get(1),
        pattern.and_then(|pattern| pattern.split_once('*')),
    ) else {
        return;
    };
    let mut elements = texts(ask(world, &[b"SORT", key, b"ALPHA", b"DESC"]).as_ref());
    elements.dedup();
    let (name, field) = behind.split_once("->").unwrap_or((behind, ""));
    for (at, element) in elements.iter().enumerate() {
        // Every other one from the end.
        let weight = if at % 2 == 0 { at } else { FARTHEST - at }.to_string();
        let place = [before.as_bytes(), element, name.as_bytes()].concat();
        if place == key.as_slice() {
            continue;
        }
        let line: &[&[u8]] = match field {
            "" => &[b"SET", &place, weight.as_bytes()],
            field => &[b"HSET", &place, field.as_bytes(), weight.as_bytes()],
        };
        ask(world, line);
    }
}

/// More than a key has elements.
const FARTHEST: usize = 1 << 30;

/// Whether what a line answers hangs on what it asks for alone, and not on chance or on how a table is laid out.
#[must_use]
pub fn is_steady(argv: &[Bytes]) -> bool {
    commands::of_line(argv).is_some_and(|row| {
        !row.name.ends_with("scan") && !row.name.contains("rand") && row.name != "spop"
    })
}

/// So many elements and members come: more than round numbers that stand for all of them.
const MANY: usize = 130;
/// A score lies beyond the highest one's thousandfold by this.
const FAR: i64 = 1_000_003;
/// So many members get neighbours by score.
const BESIDE: usize = 16;

/// Whether a line reads members of a sorted set by name, which Redis does rightly only where all have one score.
#[must_use]
pub fn reads_by_name(argv: &[Bytes]) -> bool {
    argv.iter().any(|word| word.eq_ignore_ascii_case(b"BYLEX"))
        || commands::of_line(argv).is_some_and(|row| row.name.contains("lex"))
}

/// Puts more into a key: elements that sets have in common and some that they have alone, another number or text.
fn add_to(world: &mut World, key: &[u8], kind: &str, by_name: bool) {
    let number = |text: &[u8]| std::str::from_utf8(text).ok()?.parse::<i64>().ok();
    let other = |text: &[u8]| match number(text) {
        Some(number) => number.saturating_add(5).to_string().into_bytes(),
        None => [text, "~".repeat(MANY).as_bytes()].concat(),
    };
    let own = [key, b"~"].concat();
    match kind {
        "string" => {
            if let Some(Literal::Bulk(text)) = ask(world, &[b"GET", key]) {
                ask(world, &[b"SET", key, &other(&text), b"KEEPTTL"]);
            }
        }
        "list" => {
            let items = texts(ask(world, &[b"LRANGE", key, b"0", b"-1"]).as_ref());
            let are_numbers = items.iter().all(|item| number(item).is_some());
            let last: &[u8] = if are_numbers { b"7777" } else { b"more~" };
            // What is there is there once more, too.
            let again = items.iter().map(Vec::as_slice);
            let many = std::iter::repeat_n(last, MANY);
            let line = [&b"RPUSH"[..], key].into_iter().chain(again).chain(many);
            ask(world, &line.collect::<Vec<_>>());
        }
        "hash" => {
            let fields = texts(ask(world, &[b"HGETALL", key]).as_ref());
            for pair in fields.chunks_exact(2) {
                if number(&pair[1]).is_some() {
                    ask(world, &[b"HSET", key, &pair[0], &other(&pair[1])]);
                }
            }
            ask(world, &[b"HSET", key, b"another field", b"x"]);
        }
        "set" => {
            let both = (0..MANY).map(|at| format!("both~{at}"));
            let members: Vec<Vec<u8>> = both.map(String::into_bytes).chain([own]).collect();
            let members = members.iter().map(Vec::as_slice);
            let line: Vec<&[u8]> = [&b"SADD"[..], key].into_iter().chain(members).collect();
            ask(world, &line);
        }
        "zset" => {
            let pairs = texts(ask(world, &[b"ZRANGE", key, b"0", b"-1", b"WITHSCORES"]).as_ref());
            let pairs: Vec<&[Vec<u8>]> = pairs.chunks_exact(2).collect();
            let is_lexical = pairs.len() > 1 && pairs.iter().all(|pair| pair[1] == pairs[0][1]);
            if is_lexical && by_name {
                for pair in pairs {
                    let longer = [&pair[0][..], b"~"].concat();
                    ask(world, &[b"ZADD", key, &pair[1], &longer]);
                }
                let Some(score) =
                    texts(ask(world, &[b"ZRANGE", key, b"0", b"0", b"WITHSCORES"]).as_ref()).pop()
                else {
                    return;
                };
                for at in 0..MANY {
                    let name = format!("~{at}");
                    ask(world, &[b"ZADD", key, &score, name.as_bytes()]);
                }
                return;
            }
            let scores: Vec<i64> = pairs.iter().filter_map(|pair| number(&pair[1])).collect();
            let low = scores.iter().min().copied().unwrap_or_default();
            let high = scores.iter().max().copied().unwrap_or_default();
            // Where nothing is below 0, nothing is to come there.
            let least = if low < 0 { low.saturating_sub(9) } else { 0 };
            let beside = scores
                .iter()
                .take(BESIDE)
                .flat_map(|score| [score.saturating_sub(1), score.saturating_add(1)]);
            let beside = beside.filter(|score| *score >= least && !scores.contains(score));
            let far = high.max(0).saturating_mul(1000).saturating_add(FAR);
            let new = [least, high.saturating_add(9), far]
                .into_iter()
                .chain(beside);
            for (at, score) in new.enumerate() {
                let member = [&own[..], at.to_string().as_bytes()].concat();
                ask(
                    world,
                    &[b"ZADD", key, score.to_string().as_bytes(), &member],
                );
            }
            let both = high.saturating_add(7).to_string();
            for at in 0..MANY {
                let member = format!("both~{at}");
                ask(world, &[b"ZADD", key, both.as_bytes(), member.as_bytes()]);
            }
        }
        _ => {}
    }
}

fn ask(world: &mut World, words: &[&[u8]]) -> Option<Literal> {
    let words: Vec<Bytes> = words.iter().map(|word| Bytes::from(*word)).collect();
    world.ask(&words)
}

/// The texts in an array.
fn texts(reply: Option<&Literal>) -> Vec<Vec<u8>> {
    let items = reply.and_then(Literal::items).unwrap_or_default();
    let texts = items.iter().filter_map(|item| match item {
        Literal::Bulk(text) => Some(text.to_vec()),
        _ => None,
    });
    texts.collect()
}
