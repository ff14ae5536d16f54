//! Lists: what looks at elements, adds and changes them; [`pop`] has what takes them.

pub mod pop;

use crate::engine::{
    Args, Bytes, Class, Command, Context, Error, Group, Order, Reply, Result,
    flag::{DENY_OOM, FAST, READ, WRITE},
    number,
    value::List,
};

/// The rows of this file.
pub const COMMANDS: &[Command] = &[
    Command {
        name: "lindex",
        group: Group::List,
        since: "1.0.0",
        replaced_by: None,
        syntax: "key index",
        summary: "answers the element at an index, 0 being the left end and -1 the right one",
        complexity: "O(log N)",
        flags: READ,
        order: Order::Exact,
        example: &[
            ("RPUSH queue a b c", "(integer) 3"),
            ("LINDEX queue -1", "\"c\""),
        ],
        run: lindex,
    },
    Command {
        name: "linsert",
        group: Group::List,
        since: "2.2.0",
        replaced_by: None,
        syntax: "key <BEFORE|AFTER> pivot element",
        summary: "puts an element beside the first one that equals the pivot",
        complexity: "O(N): the way to the pivot",
        flags: WRITE | DENY_OOM,
        order: Order::Exact,
        example: &[
            ("RPUSH queue a c", "(integer) 2"),
            ("LINSERT queue BEFORE c b", "(integer) 3"),
            ("LRANGE queue 0 -1", "[\"a\", \"b\", \"c\"]"),
        ],
        run: linsert,
    },
    Command {
        name: "llen",
        group: Group::List,
        since: "1.0.0",
        replaced_by: None,
        syntax: "key",
        summary: "answers how many elements a list has",
        complexity: "O(1)",
        flags: READ | FAST,
        order: Order::Exact,
        example: &[
            ("RPUSH queue a b", "(integer) 2"),
            ("LLEN queue", "(integer) 2"),
        ],
        run: llen,
    },
    Command {
        name: "lpos",
        group: Group::List,
        since: "6.0.6",
        replaced_by: None,
        syntax: "key element [RANK rank] [COUNT num-matches] [MAXLEN len]",
        summary: "answers where in a list an element is found",
        complexity: "O(N)",
        flags: READ,
        order: Order::Exact,
        example: &[
            ("RPUSH queue a b a", "(integer) 3"),
            ("LPOS queue a RANK -1", "(integer) 2"),
        ],
        run: lpos,
    },
    Command {
        name: "lpush",
        group: Group::List,
        since: "1.0.0",
        replaced_by: None,
        syntax: "key element [element ...]",
        summary: "puts elements at the left end, one after the other, and answers the length",
        complexity: "O(1) for each element",
        flags: WRITE | DENY_OOM | FAST,
        order: Order::Exact,
        example: &[
            ("LPUSH queue a b", "(integer) 2"),
            ("LRANGE queue 0 -1", "[\"b\", \"a\"]"),
        ],
        run: lpush,
    },
    Command {
        name: "lpushx",
        group: Group::List,
        since: "2.2.0",
        replaced_by: None,
        syntax: "key element [element ...]",
        summary: "puts elements at the left end of a list that exists",
        complexity: "O(1) for each element",
        flags: WRITE | DENY_OOM | FAST,
        order: Order::Exact,
        example: &[
            ("LPUSHX queue a", "(integer) 0"),
            ("EXISTS queue", "(integer) 0"),
        ],
        run: lpushx,
    },
    Command {
        name: "lrange",
        group: Group::List,
        since: "1.0.0",
        replaced_by: None,
        syntax: "key start stop",
        summary: "answers the elements from one index to another, both included",
        complexity: "O(log N + M), M being the elements answered",
        flags: READ,
        order: Order::Exact,
        example: &[
            ("RPUSH queue a b c", "(integer) 3"),
            ("LRANGE queue 0 1", "[\"a\", \"b\"]"),
        ],
        run: lrange,
    },
    Command {
        name: "lrem",
        group: Group::List,
        since: "1.0.0",
        replaced_by: None,
        syntax: "key count element",
        summary: "removes elements that equal the given one: the first ones, the last ones for a negative count, all for 0",
        complexity: "O(N)",
        flags: WRITE,
        order: Order::Exact,
        example: &[
            ("RPUSH queue a b a", "(integer) 3"),
            ("LREM queue 0 a", "(integer) 2"),
            ("LRANGE queue 0 -1", "[\"b\"]"),
        ],
        run: lrem,
    },
    Command {
        name: "lset",
        group: Group::List,
        since: "1.0.0",
        replaced_by: None,
        syntax: "key index element",
        summary: "replaces the element at an index",
        complexity: "O(log N)",
        flags: WRITE | DENY_OOM,
        order: Order::Exact,
        example: &[
            ("RPUSH queue a b", "(integer) 2"),
            ("LSET queue 0 x", "OK"),
            ("LRANGE queue 0 -1", "[\"x\", \"b\"]"),
        ],
        run: lset,
    },
    Command {
        name: "ltrim",
        group: Group::List,
        since: "1.0.0",
        replaced_by: None,
        syntax: "key start stop",
        summary: "keeps the elements from one index to another and removes all others",
        complexity: "O(M), M being the elements removed",
        flags: WRITE,
        order: Order::Exact,
        example: &[
            ("RPUSH queue a b c", "(integer) 3"),
            ("LTRIM queue 0 1", "OK"),
            ("LRANGE queue 0 -1", "[\"a\", \"b\"]"),
        ],
        run: ltrim,
    },
    Command {
        name: "rpush",
        group: Group::List,
        since: "1.0.0",
        replaced_by: None,
        syntax: "key element [element ...]",
        summary: "puts elements at the right end, one after the other, and answers the length",
        complexity: "O(1) for each element",
        flags: WRITE | DENY_OOM | FAST,
        order: Order::Exact,
        example: &[
            ("RPUSH queue a b", "(integer) 2"),
            ("LRANGE queue 0 -1", "[\"a\", \"b\"]"),
        ],
        run: rpush,
    },
    Command {
        name: "rpushx",
        group: Group::List,
        since: "2.2.0",
        replaced_by: None,
        syntax: "key element [element ...]",
        summary: "puts elements at the right end of a list that exists",
        complexity: "O(1) for each element",
        flags: WRITE | DENY_OOM | FAST,
        order: Order::Exact,
        example: &[
            ("RPUSHX queue a", "(integer) 0"),
            ("EXISTS queue", "(integer) 0"),
        ],
        run: rpushx,
    },
];

fn lpush(ctx: &mut Context<'_>, args: Args<'_>) -> Result<Reply> {
    push(ctx, args, "lpush", List::push_front)
}

fn rpush(ctx: &mut Context<'_>, args: Args<'_>) -> Result<Reply> {
    push(ctx, args, "rpush", List::push_back)
}

fn lpushx(ctx: &mut Context<'_>, args: Args<'_>) -> Result<Reply> {
    push_existing(ctx, args, "lpush", List::push_front)
}

fn rpushx(ctx: &mut Context<'_>, args: Args<'_>) -> Result<Reply> {
    push_existing(ctx, args, "rpush", List::push_back)
}

fn push(
    ctx: &mut Context<'_>,
    mut args: Args<'_>,
    event: &'static str,
    add: fn(&mut List, Bytes),
) -> Result<Reply> {
    let key = args.next()?;
    let length = ctx.edit_or_create(key, |list| add_all(list, args.rest(), add))?;
    ctx.changed(Class::List, event, key);
    Ok(Reply::count(length))
}

fn push_existing(
    ctx: &mut Context<'_>,
    mut args: Args<'_>,
    event: &'static str,
    add: fn(&mut List, Bytes),
) -> Result<Reply> {
    let key = args.next()?;
    let Some(length) = ctx.edit(key, |list| add_all(list, args.rest(), add))? else {
        return Ok(Reply::Int(0));
    };
    ctx.changed(Class::List, event, key);
    Ok(Reply::count(length))
}

fn add_all(list: &mut List, elements: &[Bytes], add: fn(&mut List, Bytes)) -> usize {
    for element in elements {
        add(list, element.clone());
    }
    list.len()
}

fn llen(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let list = ctx.read::<List>(args.next()?)?;
    Ok(Reply::count(list.map_or(0, List::len)))
}

fn lindex(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let Some(list) = ctx.read::<List>(args.next()?)? else {
        return Ok(Reply::Nil);
    };
    let at = super::position(args.int()?, list.len());
    Ok(Reply::bulk_or_nil(at.and_then(|at| list.get(at)).cloned()))
}

fn lrange(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let key = args.next()?;
    let (start, stop) = (args.int()?, args.int()?);
    let Some(list) = ctx.read::<List>(key)? else {
        return Ok(Reply::Array(Vec::new()));
    };
    let range = super::range(start, stop, list.len());
    Ok(Reply::bulks(list.range(range).cloned()))
}

fn lset(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let key = args.next()?;
    let list = ctx.read::<List>(key)?.ok_or(Error::NoSuchKey)?;
    let at = super::position(args.int()?, list.len()).ok_or(Error::IndexOutOfRange)?;
    let element = args.next()?.clone();
    ctx.edit(key, |list: &mut List| list.set(at, element))?;
    ctx.changed(Class::List, "lset", key);
    Ok(Reply::OK)
}

fn linsert(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let key = args.next()?;
    let behind = if args.word("AFTER") {
        1
    } else if args.word("BEFORE") {
        0
    } else {
        return Err(Error::Syntax);
    };
    let (pivot, element) = (args.next()?, args.next()?.clone());
    let Some(list) = ctx.read::<List>(key)? else {
        return Ok(Reply::Int(0));
    };
    let Some(at) = list.index_of(pivot) else {
        return Ok(Reply::Int(-1));
    };
    let length = list.len() + 1;
    ctx.edit(key, |list: &mut List| list.insert(at + behind, element))?;
    ctx.changed(Class::List, "linsert", key);
    Ok(Reply::count(length))
}

fn lrem(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let key = args.next()?;
    let (count, element) = (args.int()?, args.next()?);
    let limit = match usize::try_from(count.unsigned_abs()) {
        Ok(0) | Err(_) => usize::MAX,
        Ok(limit) => limit,
    };
    let removed = ctx.edit(key, |list: &mut List| {
        list.remove_equal(element, limit, count < 0)
    })?;
    let removed = removed.unwrap_or(0);
    if removed > 0 {
        ctx.changed(Class::List, "lrem", key);
    }
    Ok(Reply::count(removed))
}

fn ltrim(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let key = args.next()?;
    let (start, stop) = (args.int()?, args.int()?);
    let trimmed = ctx.edit(key, |list: &mut List| {
        list.keep(super::range(start, stop, list.len()));
    })?;
    if trimmed.is_some() {
        ctx.changed(Class::List, "ltrim", key);
    }
    Ok(Reply::OK)
}

/// What LPOS looks for, beside the element.
struct Search {
    /// Which match is the first to count; negative from the right.
    rank: i64,
    /// COUNT: how many matches to answer, 0 being all.
    count: Option<i64>,
    /// MAXLEN: how many elements to look at, 0 being all.
    most: i64,
}

impl Search {
    fn options(mut args: Args<'_>) -> Result<Search> {
        const ZERO: Error = Error::Fixed(
            "ERR RANK can't be zero: use 1 to start from the first match, 2 from the second ... or use negative to \
             start from the end of the list",
        );
        let mut search = Search {
            rank: 1,
            count: None,
            most: 0,
        };
        while !args.is_empty() {
            if args.len() < 2 {
                return Err(Error::Syntax);
            }
            if args.word("RANK") {
                search.rank = args.int()?;
                if search.rank == 0 {
                    return Err(ZERO);
                }
            } else if args.word("COUNT") {
                search.count = Some(not_negative(&mut args, "ERR COUNT can't be negative")?);
            } else if args.word("MAXLEN") {
                search.most = not_negative(&mut args, "ERR MAXLEN can't be negative")?;
            } else {
                return Err(Error::Syntax);
            }
        }
        Ok(search)
    }

    /// The indexes of the matches, in the order in which they are found.
    fn run(&self, list: &List, element: &[u8]) -> Vec<usize> {
        let most = match usize::try_from(self.most) {
            Ok(0) | Err(_) => usize::MAX,
            Ok(most) => most,
        };
        // Redis 7.0 counts with wrapping 64-bit numbers, which shows at the lowest rank.
        let rank = if self.rank < 0 {
            self.rank.wrapping_neg()
        } else {
            self.rank
        };
        let rightmost = list.len().saturating_sub(1);
        let found = |at: usize| {
            let at = if self.rank < 0 { rightmost - at } else { at };
            list.get(at)
                .is_some_and(|other| other == element)
                .then_some(at)
        };
        let mut indexes = Vec::new();
        let mut matches = 0i64;
        for at in (0..list.len().min(most)).filter_map(found) {
            matches += 1;
            if matches < rank {
                continue;
            }
            indexes.push(at);
            let enough = self.count.unwrap_or(1);
            if self.count.is_none()
                || enough > 0 && matches.wrapping_sub(rank).wrapping_add(1) >= enough
            {
                break;
            }
        }
        indexes
    }
}

fn not_negative(args: &mut Args<'_>, text: &'static str) -> Result<i64> {
    number::parse_int(args.next()?)
        .filter(|number| *number >= 0)
        .ok_or(Error::Fixed(text))
}

fn lpos(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let (key, element) = (args.next()?, args.next()?);
    let search = Search::options(args)?;
    let found = match ctx.read::<List>(key)? {
        Some(list) => search.run(list, element),
        None => Vec::new(),
    };
    let mut found = found.into_iter().map(Reply::count);
    Ok(match search.count {
        Some(_) => Reply::Array(found.collect()),
        None => found.next().unwrap_or(Reply::Nil),
    })
}
