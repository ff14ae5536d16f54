//! Sorted sets: what several have in common, together, or apart. Sets may take part; their members score 1.

use super::pair;
use crate::engine::{
    Args, Bytes, Command, Context, Error, Group, Order, Reply, Result,
    flag::{DENY_OOM, MOVABLE_KEYS, READ, WRITE},
    value::{Set, SortedSet, Type, Value, dense::Dense},
};

/// The rows of this file.
pub const COMMANDS: &[Command] = &[
    Command {
        name: "zdiff",
        group: Group::SortedSet,
        since: "6.2.0",
        replaced_by: None,
        syntax: "numkeys key [key ...] [WITHSCORES]",
        summary: "answers the members of the first sorted set that are in none of the others",
        complexity: "O(N*log N), N being the members of all sets",
        flags: READ | MOVABLE_KEYS,
        order: Order::Exact,
        example: &[
            ("ZADD left 1 a 2 b", "(integer) 2"),
            ("ZADD right 5 b", "(integer) 1"),
            ("ZDIFF 2 left right WITHSCORES", "[\"a\", \"1\"]"),
        ],
        run: zdiff,
    },
    Command {
        name: "zdiffstore",
        group: Group::SortedSet,
        since: "6.2.0",
        replaced_by: None,
        syntax: "destination numkeys key [key ...]",
        summary: "stores the members of the first sorted set that are in none of the others",
        complexity: "O(N*log N), N being the members of all sets",
        flags: WRITE | DENY_OOM | MOVABLE_KEYS,
        order: Order::Exact,
        example: &[
            ("ZADD left 1 a 2 b", "(integer) 2"),
            ("ZADD right 5 b", "(integer) 1"),
            ("ZDIFFSTORE result 2 left right", "(integer) 1"),
        ],
        run: zdiffstore,
    },
    Command {
        name: "zinter",
        group: Group::SortedSet,
        since: "6.2.0",
        replaced_by: None,
        syntax: "numkeys key [key ...] [WEIGHTS weight [weight ...]] [AGGREGATE <SUM|MIN|MAX>] [WITHSCORES]",
        summary: "answers the members that all sorted sets share, with their scores put together",
        complexity: "O(N*K + M*log M), N being the members of the smallest set, K the sets and M the members answered",
        flags: READ | MOVABLE_KEYS,
        order: Order::Exact,
        example: &[
            ("ZADD left 1 a 2 b", "(integer) 2"),
            ("ZADD right 5 b", "(integer) 1"),
            ("ZINTER 2 left right WITHSCORES", "[\"b\", \"7\"]"),
        ],
        run: zinter,
    },
    Command {
        name: "zintercard",
        group: Group::SortedSet,
        since: "7.0.0",
        replaced_by: None,
        syntax: "numkeys key [key ...] [LIMIT limit]",
        summary: "answers how many members all sorted sets share, counting up to a limit if one is given",
        complexity: "O(N*K), N being the members of the smallest set and K the sets",
        flags: READ | MOVABLE_KEYS,
        order: Order::Exact,
        example: &[
            ("ZADD left 1 a 2 b", "(integer) 2"),
            ("ZADD right 5 b", "(integer) 1"),
            ("ZINTERCARD 2 left right", "(integer) 1"),
        ],
        run: zintercard,
    },
    Command {
        name: "zinterstore",
        group: Group::SortedSet,
        since: "2.0.0",
        replaced_by: None,
        syntax: "destination numkeys key [key ...] [WEIGHTS weight [weight ...]] [AGGREGATE <SUM|MIN|MAX>]",
        summary: "stores the members that all sorted sets share, with their scores put together",
        complexity: "O(N*K + M*log M), N being the members of the smallest set, K the sets and M the members stored",
        flags: WRITE | DENY_OOM | MOVABLE_KEYS,
        order: Order::Exact,
        example: &[
            ("ZADD left 1 a 2 b", "(integer) 2"),
            ("ZADD right 5 b", "(integer) 1"),
            (
                "ZINTERSTORE result 2 left right WEIGHTS 10 1",
                "(integer) 1",
            ),
            ("ZSCORE result b", "\"25\""),
        ],
        run: zinterstore,
    },
    Command {
        name: "zunion",
        group: Group::SortedSet,
        since: "6.2.0",
        replaced_by: None,
        syntax: "numkeys key [key ...] [WEIGHTS weight [weight ...]] [AGGREGATE <SUM|MIN|MAX>] [WITHSCORES]",
        summary: "answers the members of all sorted sets together, with their scores put together",
        complexity: "O(N*log N), N being the members of all sets",
        flags: READ | MOVABLE_KEYS,
        order: Order::Exact,
        example: &[
            ("ZADD left 1 a 2 b", "(integer) 2"),
            ("ZADD right 5 b", "(integer) 1"),
            (
                "ZUNION 2 left right AGGREGATE MAX WITHSCORES",
                "[\"a\", \"1\", \"b\", \"5\"]",
            ),
        ],
        run: zunion,
    },
    Command {
        name: "zunionstore",
        group: Group::SortedSet,
        since: "2.0.0",
        replaced_by: None,
        syntax: "destination numkeys key [key ...] [WEIGHTS weight [weight ...]] [AGGREGATE <SUM|MIN|MAX>]",
        summary: "stores the members of all sorted sets together, with their scores put together",
        complexity: "O(N*log N), N being the members of all sets",
        flags: WRITE | DENY_OOM | MOVABLE_KEYS,
        order: Order::Exact,
        example: &[
            ("ZADD left 1 a 2 b", "(integer) 2"),
            ("ZADD right 5 b", "(integer) 1"),
            ("ZUNIONSTORE result 2 left right", "(integer) 2"),
        ],
        run: zunionstore,
    },
];

/// What is made of the sources.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operation {
    Union,
    Inter,
    Diff,
}

/// How scores of one member are put together.
#[derive(Debug, Clone, Copy)]
enum Aggregate {
    Sum,
    Min,
    Max,
}

impl Aggregate {
    fn of(self, a: f64, b: f64) -> f64 {
        match self {
            Aggregate::Sum => number_or_zero(a + b),
            Aggregate::Min => {
                if b < a {
                    b
                } else {
                    a
                }
            }
            Aggregate::Max => {
                if b > a {
                    b
                } else {
                    a
                }
            }
        }
    }
}

/// Infinity times 0, and infinity less infinity, are 0 here.
fn number_or_zero(score: f64) -> f64 {
    if score.is_nan() { 0.0 } else { score }
}

/// What a key gives to the operation.
#[derive(Debug, Clone, Copy)]
enum Members<'a> {
    None,
    Set(&'a Set),
    Sorted(&'a SortedSet),
}

#[derive(Debug, Clone, Copy)]
struct Source<'a> {
    members: Members<'a>,
    weight: f64,
}

impl Source<'_> {
    fn len(&self) -> usize {
        match self.members {
            Members::None => 0,
            Members::Set(set) => set.len(),
            Members::Sorted(set) => set.len(),
        }
    }

    fn score(&self, member: &[u8]) -> Option<f64> {
        match self.members {
            Members::None => None,
            Members::Set(set) => set.contains(member).then_some(1.0),
            Members::Sorted(set) => set.score(member),
        }
    }

    /// Hands over all members with their scores, until told to stop.
    fn each(&self, mut with: impl FnMut(Bytes, f64) -> bool) {
        match self.members {
            Members::None => true,
            Members::Set(set) => set.iter().all(|member| with(member, 1.0)),
            Members::Sorted(set) => set
                .iter()
                .all(|(member, score)| with(member.clone(), score)),
        };
    }
}

/// The words behind the keys.
struct Options {
    aggregate: Aggregate,
    with_scores: bool,
    limit: usize,
}

/// Which of the words behind the keys a command knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Purpose {
    Answer,
    Store,
    Count,
}

fn zunion(ctx: &mut Context<'_>, args: Args<'_>) -> Result<Reply> {
    answer(ctx, args, Operation::Union)
}

fn zinter(ctx: &mut Context<'_>, args: Args<'_>) -> Result<Reply> {
    answer(ctx, args, Operation::Inter)
}

fn zdiff(ctx: &mut Context<'_>, args: Args<'_>) -> Result<Reply> {
    answer(ctx, args, Operation::Diff)
}

fn zunionstore(ctx: &mut Context<'_>, args: Args<'_>) -> Result<Reply> {
    store(ctx, args, Operation::Union, "zunionstore")
}

fn zinterstore(ctx: &mut Context<'_>, args: Args<'_>) -> Result<Reply> {
    store(ctx, args, Operation::Inter, "zinterstore")
}

fn zdiffstore(ctx: &mut Context<'_>, args: Args<'_>) -> Result<Reply> {
    store(ctx, args, Operation::Diff, "zdiffstore")
}

fn zintercard(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let (mut sources, options) = read(ctx, &mut args, Operation::Inter, Purpose::Count)?;
    let mut count = 0;
    intersect(&mut sources, Aggregate::Sum, |_, _| {
        count += 1;
        count != options.limit
    });
    Ok(Reply::count(count))
}

fn answer(ctx: &mut Context<'_>, mut args: Args<'_>, operation: Operation) -> Result<Reply> {
    let (sources, options) = read(ctx, &mut args, operation, Purpose::Answer)?;
    let outcome = operate(sources, operation, options.aggregate);
    Ok(if options.with_scores {
        let pairs = outcome.iter().map(|(member, score)| pair((member, *score)));
        Reply::Pairs(pairs.collect())
    } else {
        Reply::bulks(outcome.into_iter().map(|(member, _)| member))
    })
}

fn store(
    ctx: &mut Context<'_>,
    mut args: Args<'_>,
    operation: Operation,
    event: &'static str,
) -> Result<Reply> {
    let destination = args.next()?;
    let (sources, options) = read(ctx, &mut args, operation, Purpose::Store)?;
    let outcome = operate(sources, operation, options.aggregate);
    let outcome = SortedSet::of_members(outcome, ctx.limits().sorted_set);
    let len = outcome.len();
    Ok(ctx.store(destination, outcome, len, event))
}

/// Reads `numkeys key [key ...]` and the words behind, to the end.
fn read<'a>(
    ctx: &'a Context<'_>,
    args: &mut Args<'_>,
    operation: Operation,
    purpose: Purpose,
) -> Result<(Vec<Source<'a>>, Options)> {
    let numkeys = args.int()?;
    if numkeys < 1 {
        let name = ctx.command.name;
        return Err(Error::composed(format!(
            "ERR at least 1 input key is needed for '{name}' command"
        )));
    }
    let keys = args.take(numkeys as usize)?;
    let mut sources = keys
        .iter()
        .map(|key| source(ctx, key))
        .collect::<Result<Vec<_>>>()?;
    let options = options(args, &mut sources, operation, purpose)?;
    Ok((sources, options))
}

fn source<'a>(ctx: &'a Context<'_>, key: &Bytes) -> Result<Source<'a>> {
    let members = match ctx.entry(key).map(|entry| &entry.value) {
        None => Members::None,
        Some(Value::Set(set)) => Members::Set(set),
        Some(Value::SortedSet(set)) => Members::Sorted(set),
        Some(other) => {
            return Err(Error::WrongType {
                key: key.clone(),
                found: other.kind(),
                wanted: Type::SortedSet,
            });
        }
    };
    Ok(Source {
        members,
        weight: 1.0,
    })
}

fn options(
    args: &mut Args<'_>,
    sources: &mut [Source<'_>],
    operation: Operation,
    purpose: Purpose,
) -> Result<Options> {
    const WEIGHT: Error = Error::Fixed("ERR weight value is not a float");
    const NEGATIVE: Error = Error::Fixed("ERR LIMIT can't be negative");
    let weighs = operation != Operation::Diff && purpose != Purpose::Count;
    let mut options = Options {
        aggregate: Aggregate::Sum,
        with_scores: false,
        limit: 0,
    };
    while !args.is_empty() {
        if weighs && args.len() > sources.len() && args.word("WEIGHTS") {
            for source in &mut *sources {
                source.weight = args.float().map_err(|_| WEIGHT)?;
            }
        } else if weighs && args.len() > 1 && args.word("AGGREGATE") {
            options.aggregate = aggregate(args)?;
        } else if purpose == Purpose::Answer && args.word("WITHSCORES") {
            options.with_scores = true;
        } else if purpose == Purpose::Count && args.len() > 1 && args.word("LIMIT") {
            options.limit = args.positive().map_err(|_| NEGATIVE)? as usize;
        } else {
            return Err(Error::Syntax);
        }
    }
    Ok(options)
}

fn aggregate(args: &mut Args<'_>) -> Result<Aggregate> {
    if args.word("SUM") {
        Ok(Aggregate::Sum)
    } else if args.word("MIN") {
        Ok(Aggregate::Min)
    } else if args.word("MAX") {
        Ok(Aggregate::Max)
    } else {
        Err(Error::Syntax)
    }
}

/// The outcome in the order of a sorted set. It is none yet, because a small one would turn -0 into 0.
fn operate(
    mut sources: Vec<Source<'_>>,
    operation: Operation,
    aggregate: Aggregate,
) -> Vec<(Bytes, f64)> {
    let mut outcome = match operation {
        Operation::Union => unite(&mut sources, aggregate),
        Operation::Inter => {
            let mut shared = Vec::new();
            intersect(&mut sources, aggregate, |member, score| {
                shared.push((member, score));
                true
            });
            shared
        }
        Operation::Diff => differ(&sources),
    };
    outcome.sort_unstable_by(|(a, x), (b, y)| {
        x.partial_cmp(y)
            .unwrap_or_else(|| x.total_cmp(y))
            .then_with(|| a.cmp(b))
    });
    outcome
}

/// Sums of doubles depend on their order: Redis takes the smallest source first.
fn unite(sources: &mut [Source<'_>], aggregate: Aggregate) -> Vec<(Bytes, f64)> {
    sources.sort_by_key(Source::len);
    let mut united = Dense::<f64>::default();
    for source in sources {
        source.each(|member, score| {
            let score = number_or_zero(score * source.weight);
            match united.get_mut(&member) {
                Some(sum) => *sum = aggregate.of(*sum, score),
                None => {
                    united.insert(member, score);
                }
            }
            true
        });
    }
    united
        .iter()
        .map(|(member, score)| (member.clone(), *score))
        .collect()
}

fn intersect(
    sources: &mut [Source<'_>],
    aggregate: Aggregate,
    mut found: impl FnMut(Bytes, f64) -> bool,
) {
    sources.sort_by_key(Source::len);
    let Some((smallest, others)) = sources.split_first() else {
        return;
    };
    smallest.each(|member, score| {
        let mut sum = number_or_zero(score * smallest.weight);
        for other in others {
            let Some(score) = other.score(&member) else {
                return true;
            };
            sum = aggregate.of(sum, score * other.weight);
        }
        found(member, sum)
    });
}

fn differ(sources: &[Source<'_>]) -> Vec<(Bytes, f64)> {
    let Some((first, others)) = sources.split_first() else {
        return Vec::new();
    };
    let mut left = Vec::new();
    first.each(|member, score| {
        if !others.iter().any(|other| other.score(&member).is_some()) {
            left.push((member, score));
        }
        true
    });
    left
}
