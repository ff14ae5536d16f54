//! What of a value a line has read, told from its command and its reply, for a drawing to mark.

use std::ops::Range;

use crate::engine::{Bytes, commands, number, value::Value};
use crate::notation::Literal;

use super::world::World;

/// The parts of a value that a line has read: not all of it, and not none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Whose value it is.
    pub key: Bytes,
    /// Positions in the value's own order (a list's indexes, a sorted set's ranks), 0-based, ascending.
    pub places: Vec<Range<usize>>,
    /// Whether the line counts the ranks of a sorted set from its highest score.
    pub from_highest: bool,
}

/// So many of the names that a reply holds are looked up, from either end: more than are ever drawn there.
const NAMES: usize = 100;
/// In a hash or a set a name is looked for among so many.
const ENTRIES: usize = 4_000;

/// What a line has read, when it has read a part of one key's value.
#[must_use]
pub fn of(world: &World, argv: &[Bytes], reply: &Literal) -> Option<Reading> {
    let row = commands::of_line(argv)?;
    let key = argv.get(1)?;
    let keyspace = world.engine.keyspace();
    let value = &keyspace.get(world.db(), key)?.value;
    let (mut places, len) = match value {
        Value::List(list) => (in_list(row.name, argv, reply, list.len()), list.len()),
        Value::SortedSet(zset) => {
            let names = names(row.name, argv, reply, || counted(world, argv));
            let places = names.iter().filter_map(|name| zset.rank(name));
            (places.map(one).collect(), zset.len())
        }
        Value::Hash(hash) => {
            let place = |name: &Bytes| {
                let mut fields = hash.iter().take(ENTRIES);
                fields.position(|(field, _)| field == name)
            };
            let names = names(row.name, argv, reply, || None);
            (
                names.iter().filter_map(place).map(one).collect(),
                hash.len(),
            )
        }
        Value::Set(set) => {
            let place = |name: &Bytes| set.iter().take(ENTRIES).position(|member| member == *name);
            let names = names(row.name, argv, reply, || None);
            (names.iter().filter_map(place).map(one).collect(), set.len())
        }
        Value::String(_) => return None,
    };
    places.retain(|place| !place.is_empty());
    places.sort_by_key(|place| place.start);
    places.dedup();
    let read: usize = places.iter().map(ExactSizeIterator::len).sum();
    (read > 0 && read < len).then(|| Reading {
        key: key.clone(),
        places,
        from_highest: counts_from_highest(row.name, argv),
    })
}

/// Whether a line's own ranks begin at the highest score.
fn counts_from_highest(name: &str, argv: &[Bytes]) -> bool {
    let says = |word: &[u8]| argv.iter().any(|arg| arg.eq_ignore_ascii_case(word));
    match name {
        "zrevrank" | "zrevrange" => true,
        "zrange" => says(b"REV") && !says(b"BYSCORE") && !says(b"BYLEX"),
        _ => false,
    }
}

fn one(at: usize) -> Range<usize> {
    at..at + 1
}

/// The indexes of a list that a line has read.
fn in_list(name: &str, argv: &[Bytes], reply: &Literal, len: usize) -> Vec<Range<usize>> {
    let index = |at: usize| {
        let index = number::parse_int(argv.get(at)?)?;
        Some(if index < 0 {
            index.saturating_add_unsigned(len as u64)
        } else {
            index
        })
    };
    let within = |at: i64| usize::try_from(at.max(0)).map_or(len, |at| at.min(len));
    match name {
        "lrange" => {
            let (Some(start), Some(stop)) = (index(2), index(3)) else {
                return Vec::new();
            };
            let (start, end) = (within(start), within(stop.saturating_add(1)));
            std::iter::once(start..end.max(start)).collect()
        }
        "lindex" if matches!(reply, Literal::Bulk(_)) => {
            index(2).map(within).map(one).into_iter().collect()
        }
        "lpos" => {
            let found = match reply {
                Literal::Array(found) => found.as_slice(),
                one => std::slice::from_ref(one),
            };
            let place = |at: &Literal| match at {
                Literal::Int(at) => usize::try_from(*at).ok().map(one),
                _ => None,
            };
            found.iter().filter_map(place).collect()
        }
        _ => Vec::new(),
    }
}

/// The members or fields that a line has read; `counted` are those that it has counted.
fn names(
    name: &str,
    argv: &[Bytes],
    reply: &Literal,
    counted: impl FnOnce() -> Option<Literal>,
) -> Vec<Bytes> {
    let says = |word: &str| {
        let options = argv.iter().skip(2);
        options
            .into_iter()
            .any(|option| option.eq_ignore_ascii_case(word.as_bytes()))
    };
    match name {
        "hget" | "hexists" | "hstrlen" | "sismember" | "zscore" | "zrank" | "zrevrank"
        | "hmget" | "smismember" | "zmscore" => argv[2..].to_vec(),
        "zrange" | "zrevrange" | "zrangebyscore" | "zrevrangebyscore" | "zrangebylex"
        | "zrevrangebylex" | "zrandmember" => bulks(reply, says("withscores")),
        "zcount" | "zlexcount" => counted().map_or_else(Vec::new, |reply| bulks(&reply, false)),
        "hrandfield" => bulks(reply, says("withvalues")),
        "srandmember" => bulks(reply, false),
        "hscan" | "sscan" | "zscan" => match reply {
            Literal::Array(parts) if parts.len() == 2 => bulks(&parts[1], name != "sscan"),
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// The texts of a reply; every other one where each is followed by its value.
fn bulks(reply: &Literal, with_values: bool) -> Vec<Bytes> {
    let items = match reply {
        Literal::Array(items) => items.as_slice(),
        one => std::slice::from_ref(one),
    };
    let text = |item: &Literal| match item {
        Literal::Bulk(text) => Some(text.clone()),
        _ => None,
    };
    let named = items.iter().step_by(if with_values { 2 } else { 1 });
    let count = named.len();
    let ends = named
        .enumerate()
        .filter(|(at, _)| *at < NAMES || at + NAMES >= count);
    ends.filter_map(|(_, item)| text(item)).collect()
}

/// What ZCOUNT and ZLEXCOUNT have counted: what the command for the same range answers.
fn counted(world: &World, argv: &[Bytes]) -> Option<Literal> {
    let name = if argv.first()?.eq_ignore_ascii_case(b"zcount") {
        "ZRANGEBYSCORE"
    } else {
        "ZRANGEBYLEX"
    };
    let range: Vec<Bytes> = std::iter::once(Bytes::from(name.as_bytes()))
        .chain(argv[1..].iter().cloned())
        .collect();
    world.clone().run(&range, &[]).reply
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notation::split;
    use crate::tutor::Play;

    fn argv(line: &str) -> Vec<Bytes> {
        split(line.as_bytes()).expect("a line")
    }

    /// The positions that a line reads of a value which the lines before it have made.
    fn places(made: &[&str], line: &str) -> Vec<usize> {
        let mut play = Play::new(1, 0);
        for line in made {
            play.feed(line);
        }
        let world = play.world();
        let reply = world.clone().run(&argv(line), &[]).reply.expect("a reply");
        let reading = of(world, &argv(line), &reply);
        reading.map_or_else(Vec::new, |reading| {
            reading.places.into_iter().flatten().collect()
        })
    }

    #[test]
    fn a_part_of_a_value_that_a_line_reads_is_told_by_its_positions() {
        let list = ["RPUSH k a b a c d"];
        let zset = ["ZADD k 1 a 2 b 3 c 4 d"];
        let hash = ["HSET k name ada age 36 city 36"];
        for (made, line, read) in [
            (&list[..], "LRANGE k 1 3", vec![1, 2, 3]),
            (&list, "lrange k -2 99", vec![3, 4]),
            (&list, "LRANGE k -99 0", vec![0]),
            (&list, "LRANGE k 3 1", vec![]),
            (&list, "LRANGE k 7 9", vec![]),
            (&list, "LINDEX k -1", vec![4]),
            (&list, "LINDEX k 9", vec![]),
            (&list, "LPOS k a COUNT 0", vec![0, 2]),
            (&list, "LPOS k z", vec![]),
            // All of it stands out no more than nothing does.
            (&list, "LRANGE k 0 -1", vec![]),
            (&zset, "ZRANGE k 1 2", vec![1, 2]),
            (&zset, "ZREVRANGE k 0 1 WITHSCORES", vec![2, 3]),
            (&zset, "ZRANGE k (1 3 BYSCORE LIMIT 0 1", vec![1]),
            (&zset, "ZCOUNT k 2 +inf", vec![1, 2, 3]),
            (&["ZADD k 0 a 0 b 0 c"], "ZLEXCOUNT k - (b", vec![0]),
            (&zset, "ZSCORE k c", vec![2]),
            (&zset, "ZMSCORE k d x a", vec![0, 3]),
            (&zset, "ZREVRANK k d", vec![3]),
            // The value of one field is the name of none.
            (&hash, "HGET k city", vec![2]),
            (&hash, "HMGET k age name", vec![0, 1]),
            (&["SADD k x"], "SISMEMBER k y", vec![]),
            (&list, "LPUSH k z", vec![]),
            (&["SET k text"], "GETRANGE k 0 1", vec![]),
        ] {
            assert_eq!(places(made, line), read, "{line}");
        }
    }
}
