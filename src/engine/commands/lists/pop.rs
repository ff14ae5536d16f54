//! Lists: what takes elements from the ends, and what waits for them.

use crate::engine::{
    Args, Bytes, Class, Command, Context, Error, Group, Order, Reply, Result,
    commands::blocking::{self, Several},
    flag::{BLOCKING, DENY_OOM, FAST, MOVABLE_KEYS, NO_SCRIPT, WRITE},
    value::List,
};

/// The rows of this file.
pub const COMMANDS: &[Command] = &[
    Command {
        name: "blmove",
        group: Group::List,
        since: "6.2.0",
        replaced_by: None,
        syntax: "source destination <LEFT|RIGHT> <LEFT|RIGHT> timeout",
        summary: "moves an element from one list to another, waiting for one if need be",
        complexity: "O(1)",
        flags: WRITE | DENY_OOM | BLOCKING | NO_SCRIPT,
        order: Order::Exact,
        example: &[
            ("RPUSH queue a b", "(integer) 2"),
            ("BLMOVE queue done LEFT RIGHT 1", "\"a\""),
        ],
        run: blmove,
    },
    Command {
        name: "blmpop",
        group: Group::List,
        since: "7.0.0",
        replaced_by: None,
        syntax: "timeout numkeys key [key ...] <LEFT|RIGHT> [COUNT count]",
        summary: "takes elements from the first list that has any, waiting for some if need be",
        complexity: "O(K + M), K being the keys and M the elements taken",
        flags: WRITE | BLOCKING | MOVABLE_KEYS,
        order: Order::Exact,
        example: &[
            ("RPUSH queue a b c", "(integer) 3"),
            (
                "BLMPOP 1 2 empty queue LEFT COUNT 2",
                "[\"queue\", [\"a\", \"b\"]]",
            ),
        ],
        run: blmpop,
    },
    Command {
        name: "blpop",
        group: Group::List,
        since: "2.0.0",
        replaced_by: None,
        syntax: "key [key ...] timeout",
        summary: "takes the left element of the first list that has any, waiting for one if need be",
        complexity: "O(K), K being the keys",
        flags: WRITE | BLOCKING | NO_SCRIPT,
        order: Order::Exact,
        example: &[
            ("RPUSH queue a b", "(integer) 2"),
            ("BLPOP empty queue 1", "[\"queue\", \"a\"]"),
        ],
        run: blpop,
    },
    Command {
        name: "brpop",
        group: Group::List,
        since: "2.0.0",
        replaced_by: None,
        syntax: "key [key ...] timeout",
        summary: "takes the right element of the first list that has any, waiting for one if need be",
        complexity: "O(K), K being the keys",
        flags: WRITE | BLOCKING | NO_SCRIPT,
        order: Order::Exact,
        example: &[
            ("RPUSH queue a b", "(integer) 2"),
            ("BRPOP empty queue 1", "[\"queue\", \"b\"]"),
        ],
        run: brpop,
    },
    Command {
        name: "brpoplpush",
        group: Group::List,
        since: "2.2.0",
        replaced_by: Some("BLMOVE with the RIGHT and LEFT arguments"),
        syntax: "source destination timeout",
        summary: "moves the right element of a list to the left end of another, waiting for one if need be",
        complexity: "O(1)",
        flags: WRITE | DENY_OOM | BLOCKING | NO_SCRIPT,
        order: Order::Exact,
        example: &[
            ("RPUSH queue a b", "(integer) 2"),
            ("BRPOPLPUSH queue done 1", "\"b\""),
        ],
        run: brpoplpush,
    },
    Command {
        name: "lmove",
        group: Group::List,
        since: "6.2.0",
        replaced_by: None,
        syntax: "source destination <LEFT|RIGHT> <LEFT|RIGHT>",
        summary: "moves an element from one end of a list to one end of another, or of the same",
        complexity: "O(1)",
        flags: WRITE | DENY_OOM,
        order: Order::Exact,
        example: &[
            ("RPUSH queue a b c", "(integer) 3"),
            ("LMOVE queue queue LEFT RIGHT", "\"a\""),
            ("LRANGE queue 0 -1", "[\"b\", \"c\", \"a\"]"),
        ],
        run: lmove,
    },
    Command {
        name: "lmpop",
        group: Group::List,
        since: "7.0.0",
        replaced_by: None,
        syntax: "numkeys key [key ...] <LEFT|RIGHT> [COUNT count]",
        summary: "takes elements from the first list that has any",
        complexity: "O(K + M), K being the keys and M the elements taken",
        flags: WRITE | MOVABLE_KEYS,
        order: Order::Exact,
        example: &[
            ("RPUSH queue a b c", "(integer) 3"),
            (
                "LMPOP 2 empty queue RIGHT COUNT 2",
                "[\"queue\", [\"c\", \"b\"]]",
            ),
        ],
        run: lmpop,
    },
    Command {
        name: "lpop",
        group: Group::List,
        since: "1.0.0",
        replaced_by: None,
        syntax: "key [count]",
        summary: "takes the left element of a list, or several",
        complexity: "O(M), M being the elements taken",
        flags: WRITE | FAST,
        order: Order::Exact,
        example: &[
            ("RPUSH queue a b c", "(integer) 3"),
            ("LPOP queue", "\"a\""),
            ("LPOP queue 5", "[\"b\", \"c\"]"),
        ],
        run: lpop,
    },
    Command {
        name: "rpop",
        group: Group::List,
        since: "1.0.0",
        replaced_by: None,
        syntax: "key [count]",
        summary: "takes the right element of a list, or several",
        complexity: "O(M), M being the elements taken",
        flags: WRITE | FAST,
        order: Order::Exact,
        example: &[
            ("RPUSH queue a b c", "(integer) 3"),
            ("RPOP queue", "\"c\""),
            ("RPOP queue 5", "[\"b\", \"a\"]"),
        ],
        run: rpop,
    },
    Command {
        name: "rpoplpush",
        group: Group::List,
        since: "1.2.0",
        replaced_by: Some("LMOVE with the RIGHT and LEFT arguments"),
        syntax: "source destination",
        summary: "moves the right element of a list to the left end of another",
        complexity: "O(1)",
        flags: WRITE | DENY_OOM,
        order: Order::Exact,
        example: &[
            ("RPUSH queue a b", "(integer) 2"),
            ("RPOPLPUSH queue done", "\"b\""),
        ],
        run: rpoplpush,
    },
];

/// An end of a list.
#[derive(Debug, Clone, Copy)]
enum End {
    Left,
    Right,
}

impl End {
    fn read(args: &mut Args<'_>) -> Result<End> {
        if args.word("LEFT") {
            Ok(End::Left)
        } else if args.word("RIGHT") {
            Ok(End::Right)
        } else {
            Err(Error::Syntax)
        }
    }

    fn pop(self, list: &mut List) -> Option<Bytes> {
        match self {
            End::Left => list.pop_front(),
            End::Right => list.pop_back(),
        }
    }

    fn push(self, list: &mut List, element: Bytes) {
        match self {
            End::Left => list.push_front(element),
            End::Right => list.push_back(element),
        }
    }

    fn popped(self) -> &'static str {
        match self {
            End::Left => "lpop",
            End::Right => "rpop",
        }
    }

    fn pushed(self) -> &'static str {
        match self {
            End::Left => "lpush",
            End::Right => "rpush",
        }
    }
}

fn lpop(ctx: &mut Context<'_>, args: Args<'_>) -> Result<Reply> {
    pop(ctx, args, End::Left)
}

fn rpop(ctx: &mut Context<'_>, args: Args<'_>) -> Result<Reply> {
    pop(ctx, args, End::Right)
}

fn pop(ctx: &mut Context<'_>, mut args: Args<'_>, end: End) -> Result<Reply> {
    let key = args.next()?;
    match args.len() {
        0 => Ok(Reply::bulk_or_nil(take_one(ctx, key, end)?)),
        1 => {
            let count = args.positive()?;
            if ctx.read::<List>(key)?.is_none() {
                return Ok(Reply::NilArray);
            }
            Ok(Reply::bulks(take(ctx, key, end, count as usize)?))
        }
        _ => Err(Error::Arity {
            command: ctx.command.name,
        }),
    }
}

/// Takes up to `count` elements from one end of a list.
fn take(ctx: &mut Context<'_>, key: &Bytes, end: End, count: usize) -> Result<Vec<Bytes>> {
    if count == 0 {
        return Ok(Vec::new());
    }
    let taken = ctx.edit(key, |list: &mut List| {
        (0..count.min(list.len()))
            .filter_map(|_| end.pop(list))
            .collect()
    })?;
    if taken.is_some() {
        ctx.changed(Class::List, end.popped(), key);
    }
    Ok(taken.unwrap_or_default())
}

fn take_one(ctx: &mut Context<'_>, key: &Bytes, end: End) -> Result<Option<Bytes>> {
    let taken = ctx.edit(key, |list: &mut List| end.pop(list))?.flatten();
    if taken.is_some() {
        ctx.changed(Class::List, end.popped(), key);
    }
    Ok(taken)
}

fn lmpop(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let several = Several::read(&mut args, End::read)?;
    Ok(pop_several(ctx, &several)?.unwrap_or(Reply::NilArray))
}

fn blmpop(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let timeout = args.next()?;
    let several = Several::read(&mut args, End::read)?;
    let until = blocking::until(ctx, timeout)?;
    Ok(match pop_several(ctx, &several)? {
        Some(reply) => reply,
        None => ctx.wait_for(several.keys, until, Reply::NilArray),
    })
}

fn pop_several(ctx: &mut Context<'_>, several: &Several<'_, End>) -> Result<Option<Reply>> {
    let Some(key) = blocking::first_filled::<List>(ctx, several.keys)? else {
        return Ok(None);
    };
    let elements = take(ctx, &key, several.end, several.count)?;
    Ok(Some(Reply::Array(vec![
        Reply::Bulk(key),
        Reply::bulks(elements),
    ])))
}

fn blpop(ctx: &mut Context<'_>, args: Args<'_>) -> Result<Reply> {
    pop_or_wait(ctx, args, End::Left)
}

fn brpop(ctx: &mut Context<'_>, args: Args<'_>) -> Result<Reply> {
    pop_or_wait(ctx, args, End::Right)
}

fn pop_or_wait(ctx: &mut Context<'_>, args: Args<'_>, end: End) -> Result<Reply> {
    let (keys, until) = blocking::keys_and_timeout(ctx, args)?;
    let Some(key) = blocking::first_filled::<List>(ctx, keys)? else {
        return Ok(ctx.wait_for(keys, until, Reply::NilArray));
    };
    let element = take_one(ctx, &key, end)?;
    Ok(Reply::bulks([Some(key), element].into_iter().flatten()))
}

fn lmove(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let (source, destination) = (args.next()?, args.next()?);
    let (from, to) = (End::read(&mut args)?, End::read(&mut args)?);
    Ok(Reply::bulk_or_nil(shift(
        ctx,
        source,
        destination,
        from,
        to,
    )?))
}

fn rpoplpush(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let (source, destination) = (args.next()?, args.next()?);
    let moved = shift(ctx, source, destination, End::Right, End::Left)?;
    Ok(Reply::bulk_or_nil(moved))
}

fn blmove(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let (source, destination) = (args.next()?, args.next()?);
    let (from, to) = (End::read(&mut args)?, End::read(&mut args)?);
    shift_or_wait(ctx, source, destination, (from, to), args)
}

fn brpoplpush(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let (source, destination) = (args.next()?, args.next()?);
    shift_or_wait(ctx, source, destination, (End::Right, End::Left), args)
}

fn shift_or_wait(
    ctx: &mut Context<'_>,
    source: &Bytes,
    destination: &Bytes,
    (from, to): (End, End),
    mut args: Args<'_>,
) -> Result<Reply> {
    let until = blocking::until(ctx, args.next()?)?;
    let sources = std::slice::from_ref(source);
    if blocking::first_filled::<List>(ctx, sources)?.is_some() {
        let moved = shift(ctx, source, destination, from, to)?;
        return Ok(Reply::bulk_or_nil(moved));
    }
    // Redis 7.0 answers the absent value where it cannot wait, and the absent array when the time is over.
    if !ctx.may_wait() {
        return Ok(Reply::Nil);
    }
    Ok(ctx.wait_for(sources, until, Reply::NilArray))
}

/// Moves an element from an end of one list to an end of another, which may be the same.
fn shift(
    ctx: &mut Context<'_>,
    source: &Bytes,
    destination: &Bytes,
    from: End,
    to: End,
) -> Result<Option<Bytes>> {
    if ctx.read::<List>(source)?.is_none() {
        return Ok(None);
    }
    ctx.read::<List>(destination)?;
    let element = ctx.edit(source, |list: &mut List| {
        let element = from.pop(list)?;
        if source == destination {
            to.push(list, element.clone());
        }
        Some(element)
    })?;
    let Some(element) = element.flatten() else {
        return Ok(None);
    };
    if source != destination {
        ctx.edit_or_create(destination, |list: &mut List| {
            to.push(list, element.clone());
        })?;
    }
    ctx.changed(Class::List, to.pushed(), destination);
    ctx.changed(Class::List, from.popped(), source);
    Ok(Some(element))
}
