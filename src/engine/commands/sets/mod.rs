//! Sets: members; [`algebra`] has what puts sets together and [`pick`] random choice and the scan.

pub mod algebra;
pub mod pick;

use crate::engine::{
    Args, Bytes, Class, Command, Context, Group, Order, Reply, Result,
    flag::{DENY_OOM, FAST, READ, WRITE},
    value::Set,
};

/// The rows of this file.
pub const COMMANDS: &[Command] = &[
    Command {
        name: "sadd",
        group: Group::Set,
        since: "1.0.0",
        replaced_by: None,
        syntax: "key member [member ...]",
        summary: "adds members and answers how many are new",
        complexity: "O(1) for each member",
        flags: WRITE | DENY_OOM | FAST,
        order: Order::Exact,
        example: &[
            ("SADD fruit apple pear", "(integer) 2"),
            ("SADD fruit pear plum", "(integer) 1"),
        ],
        run: sadd,
    },
    Command {
        name: "scard",
        group: Group::Set,
        since: "1.0.0",
        replaced_by: None,
        syntax: "key",
        summary: "answers how many members a set has",
        complexity: "O(1)",
        flags: READ | FAST,
        order: Order::Exact,
        example: &[
            ("SADD fruit apple pear", "(integer) 2"),
            ("SCARD fruit", "(integer) 2"),
        ],
        run: scard,
    },
    Command {
        name: "sismember",
        group: Group::Set,
        since: "1.0.0",
        replaced_by: None,
        syntax: "key member",
        summary: "answers whether something is a member of a set",
        complexity: "O(1)",
        flags: READ | FAST,
        order: Order::Exact,
        example: &[
            ("SADD fruit apple", "(integer) 1"),
            ("SISMEMBER fruit apple", "(integer) 1"),
        ],
        run: sismember,
    },
    Command {
        name: "smembers",
        group: Group::Set,
        since: "1.0.0",
        replaced_by: None,
        syntax: "key",
        summary: "answers all members of a set",
        complexity: "O(N)",
        flags: READ,
        order: Order::Any,
        example: &[
            ("SADD fruit apple pear", "(integer) 2"),
            ("SMEMBERS fruit", "[\"apple\", \"pear\"]"),
        ],
        run: smembers,
    },
    Command {
        name: "smismember",
        group: Group::Set,
        since: "6.2.0",
        replaced_by: None,
        syntax: "key member [member ...]",
        summary: "answers for each of several things whether it is a member of a set",
        complexity: "O(1) for each member",
        flags: READ | FAST,
        order: Order::Exact,
        example: &[
            ("SADD fruit apple", "(integer) 1"),
            ("SMISMEMBER fruit apple stone", "[(integer) 1, (integer) 0]"),
        ],
        run: smismember,
    },
    Command {
        name: "smove",
        group: Group::Set,
        since: "1.0.0",
        replaced_by: None,
        syntax: "source destination member",
        summary: "moves a member from one set to another",
        complexity: "O(1)",
        flags: WRITE | FAST,
        order: Order::Exact,
        example: &[
            ("SADD fruit apple", "(integer) 1"),
            ("SMOVE fruit basket apple", "(integer) 1"),
        ],
        run: smove,
    },
    Command {
        name: "srem",
        group: Group::Set,
        since: "1.0.0",
        replaced_by: None,
        syntax: "key member [member ...]",
        summary: "removes members and answers how many were there",
        complexity: "O(1) for each member",
        flags: WRITE | FAST,
        order: Order::Exact,
        example: &[
            ("SADD fruit apple pear", "(integer) 2"),
            ("SREM fruit pear stone", "(integer) 1"),
        ],
        run: srem,
    },
];

fn sadd(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let key = args.next()?;
    let small = ctx.limits().set;
    let added = ctx.edit_or_create(key, |set: &mut Set| {
        let added = |member: &&Bytes| set.insert((*member).clone(), small);
        args.rest().iter().filter(added).count()
    })?;
    if added > 0 {
        ctx.changed(Class::Set, "sadd", key);
    }
    Ok(Reply::count(added))
}

fn srem(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let key = args.next()?;
    let removed = ctx.edit(key, |set: &mut Set| {
        let removed = |member: &&Bytes| set.remove(member);
        args.rest().iter().filter(removed).count()
    })?;
    let removed = removed.unwrap_or(0);
    if removed > 0 {
        ctx.changed(Class::Set, "srem", key);
    }
    Ok(Reply::count(removed))
}

fn smove(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let (source, destination, member) = (args.next()?, args.next()?, args.next()?);
    if ctx.entry(source).is_none() {
        return Ok(Reply::Int(0));
    }
    let is_member = ctx
        .read::<Set>(source)?
        .is_some_and(|set| set.contains(member));
    ctx.read::<Set>(destination)?;
    if source == destination || !is_member {
        return Ok(Reply::flag(is_member));
    }
    ctx.edit(source, |set: &mut Set| set.remove(member))?;
    ctx.changed(Class::Set, "srem", source);
    let small = ctx.limits().set;
    let is_new = ctx.edit_or_create(destination, |set: &mut Set| {
        set.insert(member.clone(), small)
    })?;
    if is_new {
        ctx.changed(Class::Set, "sadd", destination);
    }
    Ok(Reply::Int(1))
}

fn scard(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let set = ctx.read::<Set>(args.next()?)?;
    Ok(Reply::count(set.map_or(0, Set::len)))
}

fn sismember(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let set = ctx.read::<Set>(args.next()?)?;
    let member = args.next()?;
    Ok(Reply::flag(set.is_some_and(|set| set.contains(member))))
}

fn smismember(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let set = ctx.read::<Set>(args.next()?)?;
    let is_member = |member: &Bytes| set.is_some_and(|set| set.contains(member));
    let flags = args.rest().iter().map(is_member).map(Reply::flag);
    Ok(Reply::Array(flags.collect()))
}

fn smembers(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let set = ctx.read::<Set>(args.next()?)?;
    let members = set.into_iter().flat_map(Set::iter);
    Ok(Reply::Set(members.map(Reply::Bulk).collect()))
}
