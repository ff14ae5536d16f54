//! Sorted sets: ZRANGE and the older commands that are forms of it.

use std::ops::Range;

use super::{bounds, pair};
use crate::engine::{
    Args, Bytes, Command, Context, Error, Group, Order, Reply, Result, commands,
    flag::{DENY_OOM, READ, WRITE},
    value::{LexBound, ScoreBound, SortedSet},
};

/// The rows of this file.
pub const COMMANDS: &[Command] = &[
    Command {
        name: "zrange",
        group: Group::SortedSet,
        since: "1.2.0",
        replaced_by: None,
        syntax: "key start stop [BYSCORE|BYLEX] [REV] [LIMIT offset count] [WITHSCORES]",
        summary: "answers the members between two places, scores or, with equal scores, texts",
        complexity: "O(log N + M), M being the members answered",
        flags: READ,
        order: Order::Exact,
        example: &[
            ("ZADD race 12 ann 15 bob 17 eve", "(integer) 3"),
            (
                "ZRANGE race 0 1 WITHSCORES",
                "[\"ann\", \"12\", \"bob\", \"15\"]",
            ),
            ("ZRANGE race +inf (12 BYSCORE REV", "[\"eve\", \"bob\"]"),
        ],
        run: zrange,
    },
    Command {
        name: "zrangebylex",
        group: Group::SortedSet,
        since: "2.8.9",
        replaced_by: Some("ZRANGE with the BYLEX argument"),
        syntax: "key min max [LIMIT offset count]",
        summary: "answers the members between two texts, when all scores are equal",
        complexity: "O(log N + M), M being the members answered",
        flags: READ,
        order: Order::Exact,
        example: &[
            ("ZADD names 0 ann 0 bob 0 eve", "(integer) 3"),
            ("ZRANGEBYLEX names [b +", "[\"bob\", \"eve\"]"),
        ],
        run: zrangebylex,
    },
    Command {
        name: "zrangebyscore",
        group: Group::SortedSet,
        since: "1.0.5",
        replaced_by: Some("ZRANGE with the BYSCORE argument"),
        syntax: "key min max [WITHSCORES] [LIMIT offset count]",
        summary: "answers the members between two scores, the lowest first",
        complexity: "O(log N + M), M being the members answered",
        flags: READ,
        order: Order::Exact,
        example: &[
            ("ZADD race 12 ann 15 bob 17 eve", "(integer) 3"),
            ("ZRANGEBYSCORE race (12 +inf LIMIT 0 1", "[\"bob\"]"),
        ],
        run: zrangebyscore,
    },
    Command {
        name: "zrangestore",
        group: Group::SortedSet,
        since: "6.2.0",
        replaced_by: None,
        syntax: "dst src min max [BYSCORE|BYLEX] [REV] [LIMIT offset count]",
        summary: "stores the members that ZRANGE would answer, with their scores",
        complexity: "O(log N + M), M being the members stored",
        flags: WRITE | DENY_OOM,
        order: Order::Exact,
        example: &[
            ("ZADD race 12 ann 15 bob 17 eve", "(integer) 3"),
            ("ZRANGESTORE podium race 0 1", "(integer) 2"),
        ],
        run: zrangestore,
    },
    Command {
        name: "zrevrange",
        group: Group::SortedSet,
        since: "1.2.0",
        replaced_by: Some("ZRANGE with the REV argument"),
        syntax: "key start stop [WITHSCORES]",
        summary: "answers the members between two places counted from the highest score",
        complexity: "O(log N + M), M being the members answered",
        flags: READ,
        order: Order::Exact,
        example: &[
            ("ZADD race 12 ann 15 bob 17 eve", "(integer) 3"),
            ("ZREVRANGE race 0 0 WITHSCORES", "[\"eve\", \"17\"]"),
        ],
        run: zrevrange,
    },
    Command {
        name: "zrevrangebylex",
        group: Group::SortedSet,
        since: "2.8.9",
        replaced_by: Some("ZRANGE with the REV and BYLEX arguments"),
        syntax: "key max min [LIMIT offset count]",
        summary: "answers the members between two texts, the highest first, when all scores are equal",
        complexity: "O(log N + M), M being the members answered",
        flags: READ,
        order: Order::Exact,
        example: &[
            ("ZADD names 0 ann 0 bob 0 eve", "(integer) 3"),
            ("ZREVRANGEBYLEX names + [b", "[\"eve\", \"bob\"]"),
        ],
        run: zrevrangebylex,
    },
    Command {
        name: "zrevrangebyscore",
        group: Group::SortedSet,
        since: "2.2.0",
        replaced_by: Some("ZRANGE with the REV and BYSCORE arguments"),
        syntax: "key max min [WITHSCORES] [LIMIT offset count]",
        summary: "answers the members between two scores, the highest first",
        complexity: "O(log N + M), M being the members answered",
        flags: READ,
        order: Order::Exact,
        example: &[
            ("ZADD race 12 ann 15 bob 17 eve", "(integer) 3"),
            ("ZREVRANGEBYSCORE race +inf (12", "[\"eve\", \"bob\"]"),
        ],
        run: zrevrangebyscore,
    },
];

/// What the two ends of a range are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    Rank,
    Score,
    Lex,
}

/// What a command leaves to the words behind the range, and what it settles itself.
#[derive(Debug, Clone, Copy, Default)]
struct Form {
    by: Option<By>,
    reverse: Option<bool>,
    /// The outcome is stored, so that no scores can be asked for.
    stores: bool,
}

/// The two ends, read.
enum Ends {
    Ranks(i64, i64),
    Scores(ScoreBound, ScoreBound),
    Lex(LexBound, LexBound),
}

/// A range with everything that was said about it.
struct Query {
    ends: Ends,
    reverse: bool,
    offset: i64,
    limit: i64,
    with_scores: bool,
}

fn zrange(ctx: &mut Context<'_>, args: Args<'_>) -> Result<Reply> {
    answer(ctx, args, Form::default())
}

fn zrevrange(ctx: &mut Context<'_>, args: Args<'_>) -> Result<Reply> {
    answer(ctx, args, form(By::Rank, true))
}

fn zrangebyscore(ctx: &mut Context<'_>, args: Args<'_>) -> Result<Reply> {
    answer(ctx, args, form(By::Score, false))
}

fn zrevrangebyscore(ctx: &mut Context<'_>, args: Args<'_>) -> Result<Reply> {
    answer(ctx, args, form(By::Score, true))
}

fn zrangebylex(ctx: &mut Context<'_>, args: Args<'_>) -> Result<Reply> {
    answer(ctx, args, form(By::Lex, false))
}

fn zrevrangebylex(ctx: &mut Context<'_>, args: Args<'_>) -> Result<Reply> {
    answer(ctx, args, form(By::Lex, true))
}

fn form(by: By, reverse: bool) -> Form {
    Form {
        by: Some(by),
        reverse: Some(reverse),
        stores: false,
    }
}

fn answer(ctx: &mut Context<'_>, mut args: Args<'_>, form: Form) -> Result<Reply> {
    let key = args.next()?;
    let query = Query::read(args, form)?;
    let Some(set) = ctx.read::<SortedSet>(key)? else {
        return Ok(Reply::Array(Vec::new()));
    };
    let members = set.range(query.ranks(set));
    Ok(match (query.with_scores, query.reverse) {
        (true, false) => Reply::Pairs(members.map(pair).collect()),
        (true, true) => Reply::Pairs(members.rev().map(pair).collect()),
        (false, false) => Reply::bulks(members.map(|(member, _)| member.clone())),
        (false, true) => Reply::bulks(members.rev().map(|(member, _)| member.clone())),
    })
}

fn zrangestore(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let (destination, source) = (args.next()?, args.next()?);
    let form = Form {
        stores: true,
        ..Form::default()
    };
    let query = Query::read(args, form)?;
    let mut outcome = SortedSet::default();
    let small = ctx.limits().sorted_set;
    if let Some(set) = ctx.read::<SortedSet>(source)? {
        let ranks = query.ranks(set);
        if matches!(query.ends, Ends::Ranks(..)) {
            // Redis 7.0: of a range by rank the size is known before the encoding is chosen.
            outcome = SortedSet::for_members(ranks.len(), small);
        }
        for (member, score) in set.range(ranks) {
            outcome.insert(member.clone(), score, small);
        }
    }
    let len = outcome.len();
    Ok(ctx.store(destination, outcome, len, "zrangestore"))
}

impl Query {
    fn read(mut args: Args<'_>, form: Form) -> Result<Query> {
        const LIMIT: Error = Error::Fixed(
            "ERR syntax error, LIMIT is only supported in combination with either BYSCORE or BYLEX",
        );
        const WITH_SCORES: Error =
            Error::Fixed("ERR syntax error, WITHSCORES not supported in combination with BYLEX");
        let (first, second) = (args.next()?, args.next()?);
        let (mut by, mut reverse) = (form.by, form.reverse);
        let (mut offset, mut limit, mut with_scores) = (0, -1, false);
        while !args.is_empty() {
            if !form.stores && args.word("WITHSCORES") {
                with_scores = true;
            } else if args.len() > 2 && args.word("LIMIT") {
                (offset, limit) = (args.int()?, args.int()?);
            } else if reverse.is_none() && args.word("REV") {
                reverse = Some(true);
            } else if by.is_none() && args.word("BYLEX") {
                by = Some(By::Lex);
            } else if by.is_none() && args.word("BYSCORE") {
                by = Some(By::Score);
            } else {
                return Err(Error::Syntax);
            }
        }
        let (by, reverse) = (by.unwrap_or(By::Rank), reverse.unwrap_or(false));
        if limit != -1 && by == By::Rank {
            return Err(LIMIT);
        }
        if with_scores && by == By::Lex {
            return Err(WITH_SCORES);
        }
        Ok(Query {
            ends: Ends::read(by, reverse, first, second)?,
            reverse,
            offset: if by == By::Rank { 0 } else { offset },
            limit,
            with_scores,
        })
    }

    /// The ranks of the members that are answered, as they are counted from the lowest.
    fn ranks(&self, set: &SortedSet) -> Range<usize> {
        // A negative offset passes over everything; a negative limit is none.
        let skip = usize::try_from(self.offset).unwrap_or(usize::MAX);
        let (found, skip) = match &self.ends {
            Ends::Ranks(start, stop) => (self.ranks_between(*start, *stop, set.len()), skip),
            Ends::Scores(min, max) => (set.ranks_by_score(*min, *max), skip),
            Ends::Lex(min, max) if self.reverse => (set.ranks_by_lex_from_end(min, max, skip), 0),
            Ends::Lex(min, max) => (set.ranks_by_lex(min, max, skip), 0),
        };
        let passed = skip.min(found.len());
        let left = found.len() - passed;
        let taken = usize::try_from(self.limit).map_or(left, |limit| limit.min(left));
        if self.reverse {
            let end = found.end - passed;
            end - taken..end
        } else {
            let start = found.start + passed;
            start..start + taken
        }
    }

    fn ranks_between(&self, start: i64, stop: i64, len: usize) -> Range<usize> {
        let range = commands::range(start, stop, len);
        if self.reverse {
            len - range.end..len - range.start
        } else {
            range
        }
    }
}

impl Ends {
    fn read(by: By, reverse: bool, first: &Bytes, second: &Bytes) -> Result<Ends> {
        // A reversed range names its higher end first; ranks are counted from the other end instead.
        let (min, max) = if reverse && by != By::Rank {
            (second, first)
        } else {
            (first, second)
        };
        match by {
            By::Rank => {
                let ends = [min.clone(), max.clone()];
                let mut ends = Args::new(&ends);
                Ok(Ends::Ranks(ends.int()?, ends.int()?))
            }
            By::Score => bounds::scores(min, max).map(|(min, max)| Ends::Scores(min, max)),
            By::Lex => bounds::texts(min, max).map(|(min, max)| Ends::Lex(min, max)),
        }
    }
}
