//! The set operation of a line, to be drawn as a grid.

use crate::engine::{Bytes, commands, number, value::SortedSet};
use crate::notation::{Literal, join};

use super::{Algebra, world::World};

/// The operation that a line is, seen in the world after it.
#[must_use]
pub fn of(world: &World, argv: &[Bytes]) -> Option<Algebra> {
    let row = commands::of_line(argv)?;
    let (operation, stores) = match row.name {
        // What is counted has no scores.
        "sinter" | "sintercard" | "zintercard" => ("SINTER", false),
        "sunion" => ("SUNION", false),
        "sdiff" => ("SDIFF", false),
        "sinterstore" => ("SINTER", true),
        "sunionstore" => ("SUNION", true),
        "sdiffstore" => ("SDIFF", true),
        "zinter" => ("ZINTER", false),
        "zunion" => ("ZUNION", false),
        "zdiff" => ("ZDIFF", false),
        "zinterstore" => ("ZINTER", true),
        "zunionstore" => ("ZUNION", true),
        "zdiffstore" => ("ZDIFF", true),
        _ => return None,
    };
    let keys = row.keys(argv);
    let named = keys.into_iter().filter_map(|at| argv.get(at).cloned());
    let sources: Vec<Bytes> = named.skip(usize::from(stores)).collect();
    if sources.len() < 2 {
        return None;
    }
    let scores = match (operation.starts_with('Z'), stores) {
        (false, _) => None,
        (true, true) => Some(stored(world, argv.get(1)?)),
        (true, false) => Some(answered(world, operation, argv)),
    };
    Some(Algebra {
        operation,
        line: join(argv),
        sources,
        scores,
    })
}

/// The key that a set operation stores its result under.
#[must_use]
pub fn target(argv: &[Bytes]) -> Option<&Bytes> {
    let stores = commands::of_line(argv).is_some_and(|row| row.name.ends_with("store"));
    argv.get(1).filter(|_| stores)
}

/// What an operation has stored.
fn stored(world: &World, key: &Bytes) -> Vec<(Bytes, f64)> {
    let keyspace = world.engine.keyspace();
    let stored = keyspace.read::<SortedSet>(world.db(), key).ok().flatten();
    let members = stored.into_iter().flat_map(SortedSet::iter);
    members
        .map(|(member, score)| (member.clone(), score))
        .collect()
}

/// What an operation that only reads answers, with the scores, which the line may not have asked for.
fn answered(world: &World, operation: &str, argv: &[Bytes]) -> Vec<(Bytes, f64)> {
    let word = |word: &str| Bytes::from(word.as_bytes());
    let keys = commands::of_line(argv).map_or(0, |row| row.keys(argv).len());
    let options = argv.get(keys + 2..).unwrap_or_default();
    let asks_scores = |word: &Bytes| word.eq_ignore_ascii_case(b"withscores");
    let mut line = vec![word(operation)];
    line.extend(argv.iter().skip(1).cloned());
    if !options.iter().any(asks_scores) {
        line.push(word("WITHSCORES"));
    }
    let Some(Literal::Array(items)) = world.clone().run(&line, &[]).reply else {
        return Vec::new();
    };
    let scored = items.chunks(2).filter_map(|pair| match pair {
        [Literal::Bulk(member), Literal::Bulk(score)] => {
            Some((member.clone(), number::parse_double(score)?))
        }
        _ => None,
    });
    scored.collect()
}

#[cfg(test)]
mod tests {
    use crate::tutor::{Output, Play};

    /// What the grid of the last line says is the result.
    fn scores(line: &str) -> Option<Vec<(String, f64)>> {
        let mut play = Play::new(1, 0);
        for line in [
            "ZADD r1 10 red 7 blue",
            "ZADD r2 5 red 9 pink",
            "SADD s blue",
        ] {
            play.feed(line);
        }
        let outputs = play.feed(line).outputs;
        let grid = outputs.into_iter().find_map(|output| match output {
            Output::State(view) => view.algebra,
            _ => None,
        });
        let scores = grid?.scores?.into_iter();
        let named =
            scores.map(|(member, score)| (String::from_utf8_lossy(&member).into_owned(), score));
        Some(named.collect())
    }

    #[test]
    fn the_result_of_sorted_sets_has_its_scores_whatever_the_line_asks_for() {
        let result = |of: &[(&str, f64)]| {
            Some(
                of.iter()
                    .map(|(member, score)| ((*member).to_owned(), *score))
                    .collect(),
            )
        };
        for (line, expected) in [
            (
                "ZUNION 2 r1 r2",
                result(&[("blue", 7.0), ("pink", 9.0), ("red", 15.0)]),
            ),
            (
                "ZINTER 2 r1 r2 WEIGHTS 1 2 WITHSCORES",
                result(&[("red", 20.0)]),
            ),
            ("ZDIFF 2 r1 r2", result(&[("blue", 7.0)])),
            // A count has no scores.
            ("ZINTERCARD 2 r1 s LIMIT 1", None),
            // The result has taken the place of a source.
            (
                "ZUNIONSTORE r1 2 r1 r2 AGGREGATE MAX",
                result(&[("blue", 7.0), ("pink", 9.0), ("red", 10.0)]),
            ),
            (
                "ZUNION 2 r1 withscores",
                result(&[("blue", 7.0), ("red", 10.0)]),
            ),
            ("ZUNION 2 r1 s WITHSCORES x", None),
            ("ZUNION 1 r1", None),
            ("SUNION s s2", None),
        ] {
            assert_eq!(scores(line), expected, "{line}");
        }
    }
}
