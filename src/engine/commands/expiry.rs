//! Deadlines: the EXPIRE and TTL families, and what SET and GETEX say about deadlines ([`Lifetime`]).
//!
//! The file is longer than most because it is a catalogue of rows; the functions start below them.

use crate::engine::{
    Args, Bytes, Class, Command, Context, Error, Group, Order, Reply, Result,
    args::c_string,
    error::one_line,
    flag::{FAST, READ, WRITE},
    number,
};

/// The rows of this group.
pub const COMMANDS: &[Command] = &[
    Command {
        name: "expire",
        group: Group::Generic,
        since: "1.0.0",
        replaced_by: None,
        syntax: "key seconds [NX|XX|GT|LT]",
        summary: "gives a key a time to live, in seconds from now",
        complexity: "O(1)",
        flags: WRITE | FAST,
        order: Order::Exact,
        example: &[
            ("SET code x1", "OK"),
            ("EXPIRE code 60", "(integer) 1"),
            ("TTL code", "(integer) 60"),
            ("EXPIRE nobody 60", "(integer) 0"),
        ],
        run: expire,
    },
    Command {
        name: "expireat",
        group: Group::Generic,
        since: "1.2.0",
        replaced_by: None,
        syntax: "key unix-time-seconds [NX|XX|GT|LT]",
        summary: "lets a key live until a second of Unix time",
        complexity: "O(1)",
        flags: WRITE | FAST,
        order: Order::Exact,
        example: &[
            ("SET code x1", "OK"),
            ("EXPIREAT code 33177117420", "(integer) 1"),
            ("EXPIRETIME code", "(integer) 33177117420"),
        ],
        run: expireat,
    },
    Command {
        name: "expiretime",
        group: Group::Generic,
        since: "7.0.0",
        replaced_by: None,
        syntax: "key",
        summary: "answers the second of Unix time until which a key lives",
        complexity: "O(1)",
        flags: READ | FAST,
        order: Order::Exact,
        example: &[
            ("SET code x1", "OK"),
            ("EXPIRETIME code", "(integer) -1"),
            ("EXPIREAT code 33177117420", "(integer) 1"),
            ("EXPIRETIME code", "(integer) 33177117420"),
        ],
        run: expiretime,
    },
    Command {
        name: "persist",
        group: Group::Generic,
        since: "2.2.0",
        replaced_by: None,
        syntax: "key",
        summary: "takes the deadline off a key",
        complexity: "O(1)",
        flags: WRITE | FAST,
        order: Order::Exact,
        example: &[
            ("SET code x1 EX 60", "OK"),
            ("PERSIST code", "(integer) 1"),
            ("TTL code", "(integer) -1"),
        ],
        run: persist,
    },
    Command {
        name: "pexpire",
        group: Group::Generic,
        since: "2.6.0",
        replaced_by: None,
        syntax: "key milliseconds [NX|XX|GT|LT]",
        summary: "gives a key a time to live, in milliseconds from now",
        complexity: "O(1)",
        flags: WRITE | FAST,
        order: Order::Exact,
        example: &[
            ("SET code x1", "OK"),
            ("PEXPIRE code 1500", "(integer) 1"),
            ("PTTL code", "(integer) 1500"),
        ],
        run: pexpire,
    },
    Command {
        name: "pexpireat",
        group: Group::Generic,
        since: "2.6.0",
        replaced_by: None,
        syntax: "key unix-time-milliseconds [NX|XX|GT|LT]",
        summary: "lets a key live until a millisecond of Unix time",
        complexity: "O(1)",
        flags: WRITE | FAST,
        order: Order::Exact,
        example: &[
            ("SET code x1", "OK"),
            ("PEXPIREAT code 33177117420000", "(integer) 1"),
            ("EXPIRETIME code", "(integer) 33177117420"),
        ],
        run: pexpireat,
    },
    Command {
        name: "pexpiretime",
        group: Group::Generic,
        since: "7.0.0",
        replaced_by: None,
        syntax: "key",
        summary: "answers the millisecond of Unix time until which a key lives",
        complexity: "O(1)",
        flags: READ | FAST,
        order: Order::Exact,
        example: &[
            ("SET code x1", "OK"),
            ("EXPIREAT code 33177117420", "(integer) 1"),
            ("PEXPIRETIME code", "(integer) 33177117420000"),
        ],
        run: pexpiretime,
    },
    Command {
        name: "pttl",
        group: Group::Generic,
        since: "2.6.0",
        replaced_by: None,
        syntax: "key",
        summary: "answers how many milliseconds a key has to live",
        complexity: "O(1)",
        flags: READ | FAST,
        order: Order::Exact,
        example: &[
            ("SET code x1 PX 1500", "OK"),
            ("PTTL code", "(integer) 1500"),
            ("PTTL nobody", "(integer) -2"),
        ],
        run: pttl,
    },
    Command {
        name: "ttl",
        group: Group::Generic,
        since: "1.0.0",
        replaced_by: None,
        syntax: "key",
        summary: "answers how many seconds a key has to live, rounded",
        complexity: "O(1)",
        flags: READ | FAST,
        order: Order::Exact,
        example: &[
            ("SET code x1", "OK"),
            ("TTL code", "(integer) -1"),
            ("EXPIRE code 60", "(integer) 1"),
            ("TTL code", "(integer) 60"),
            ("TTL nobody", "(integer) -2"),
        ],
        run: ttl,
    },
];

/// How a deadline is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Unit {
    /// The milliseconds in one.
    milliseconds: i64,
    /// From 1970 rather than from now.
    absolute: bool,
}

const SECONDS: Unit = unit(1000, false);
const MILLISECONDS: Unit = unit(1, false);
const UNIX_SECONDS: Unit = unit(1000, true);
const UNIX_MILLISECONDS: Unit = unit(1, true);

/// The words by which SET and GETEX name them.
const UNITS: [(&str, Unit); 4] = [
    ("EX", SECONDS),
    ("PX", MILLISECONDS),
    ("EXAT", UNIX_SECONDS),
    ("PXAT", UNIX_MILLISECONDS),
];

const fn unit(milliseconds: i64, absolute: bool) -> Unit {
    Unit {
        milliseconds,
        absolute,
    }
}

/// How long a string is to live, as SET and its kind are told: an amount that is not read yet, and its unit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lifetime<'a> {
    unit: Unit,
    amount: &'a Bytes,
}

impl<'a> Lifetime<'a> {
    /// A number of seconds from now.
    pub fn seconds(amount: &'a Bytes) -> Lifetime<'a> {
        Lifetime {
            unit: SECONDS,
            amount,
        }
    }

    /// A number of milliseconds from now.
    pub fn milliseconds(amount: &'a Bytes) -> Lifetime<'a> {
        Lifetime {
            unit: MILLISECONDS,
            amount,
        }
    }

    /// Takes `EX seconds` and its kind from the arguments. The same word may come again and then counts, another one
    /// may not.
    pub fn take(args: &mut Args<'a>, lifetime: &mut Option<Lifetime<'a>>) -> bool {
        for (word, unit) in UNITS {
            let fits = lifetime.is_none_or(|lifetime| lifetime.unit == unit);
            if fits && args.len() >= 2 && args.word(word) {
                *lifetime = args.next().ok().map(|amount| Lifetime { unit, amount });
                return true;
            }
        }
        false
    }

    /// Whether it is a point in time, which may be past.
    pub fn is_absolute(&self) -> bool {
        self.unit.absolute
    }

    /// The Unix time in milliseconds at which it ends; zero, negative and overflowing ones are refused.
    pub fn deadline(&self, ctx: &Context<'_>) -> Result<i64> {
        let amount = number::parse_int(self.amount).ok_or(Error::NotInteger)?;
        let start = if self.unit.absolute { 0 } else { ctx.now() };
        Some(amount)
            .filter(|amount| *amount > 0)
            .and_then(|amount| amount.checked_mul(self.unit.milliseconds))
            .and_then(|amount| amount.checked_add(start))
            .ok_or(Error::InvalidExpire {
                command: ctx.command.name,
            })
    }
}

/// Removes a key whose new deadline is not in the future; whether it did.
pub(super) fn delete_if_past(ctx: &mut Context<'_>, key: &Bytes, deadline: i64) -> bool {
    let past = deadline <= ctx.now();
    if past && ctx.remove(key).is_some() {
        ctx.changed(Class::Generic, "del", key);
    }
    past
}

/// The conditions of EXPIRE.
#[derive(Debug, Default, Clone, Copy)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each stands for one option word, and any may be given"
)]
struct Conditions {
    /// NX: only without a deadline.
    none: bool,
    /// XX: only with one.
    some: bool,
    /// GT: only to a later one; none is the latest.
    later: bool,
    /// LT: only to an earlier one.
    earlier: bool,
}

impl Conditions {
    fn parse(mut args: Args<'_>) -> Result<Conditions> {
        let mut conditions = Conditions::default();
        while !args.is_empty() {
            if args.word("NX") {
                conditions.none = true;
            } else if args.word("XX") {
                conditions.some = true;
            } else if args.word("GT") {
                conditions.later = true;
            } else if args.word("LT") {
                conditions.earlier = true;
            } else {
                let option = one_line(c_string(args.next()?));
                return Err(Error::composed(format!("ERR Unsupported option {option}")));
            }
        }
        if conditions.none && (conditions.some || conditions.later || conditions.earlier) {
            return Err(Error::Fixed(
                "ERR NX and XX, GT or LT options at the same time are not compatible",
            ));
        }
        if conditions.later && conditions.earlier {
            return Err(Error::Fixed(
                "ERR GT and LT options at the same time are not compatible",
            ));
        }
        Ok(conditions)
    }

    /// Whether a deadline may take the place of the present one.
    fn allow(self, old: Option<i64>, new: i64) -> bool {
        !(self.none && old.is_some()
            || self.some && old.is_none()
            || self.later && old.is_none_or(|old| new <= old)
            || self.earlier && old.is_some_and(|old| new >= old))
    }
}

fn expire(ctx: &mut Context<'_>, args: Args<'_>) -> Result<Reply> {
    give_deadline(ctx, args, SECONDS)
}

fn pexpire(ctx: &mut Context<'_>, args: Args<'_>) -> Result<Reply> {
    give_deadline(ctx, args, MILLISECONDS)
}

fn expireat(ctx: &mut Context<'_>, args: Args<'_>) -> Result<Reply> {
    give_deadline(ctx, args, UNIX_SECONDS)
}

fn pexpireat(ctx: &mut Context<'_>, args: Args<'_>) -> Result<Reply> {
    give_deadline(ctx, args, UNIX_MILLISECONDS)
}

fn give_deadline(ctx: &mut Context<'_>, mut args: Args<'_>, unit: Unit) -> Result<Reply> {
    let (key, amount) = (args.next()?, args.next()?);
    let conditions = Conditions::parse(args)?;
    let amount = number::parse_int(amount).ok_or(Error::NotInteger)?;
    let start = if unit.absolute { 0 } else { ctx.now() };
    let deadline = amount
        .checked_mul(unit.milliseconds)
        .and_then(|amount| amount.checked_add(start))
        .ok_or(Error::InvalidExpire {
            command: ctx.command.name,
        })?;
    let Some(old) = ctx.entry(key).map(|entry| entry.deadline) else {
        return Ok(Reply::flag(false));
    };
    if !conditions.allow(old, deadline) {
        return Ok(Reply::flag(false));
    }
    if !delete_if_past(ctx, key, deadline) {
        ctx.set_deadline(key, Some(deadline));
        ctx.changed(Class::Generic, "expire", key);
    }
    Ok(Reply::flag(true))
}

fn persist(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let key = args.next()?;
    let changed = ctx.set_deadline(key, None);
    if changed {
        ctx.changed(Class::Generic, "persist", key);
    }
    Ok(Reply::flag(changed))
}

fn ttl(ctx: &mut Context<'_>, args: Args<'_>) -> Result<Reply> {
    answer_deadline(ctx, args, SECONDS)
}

fn pttl(ctx: &mut Context<'_>, args: Args<'_>) -> Result<Reply> {
    answer_deadline(ctx, args, MILLISECONDS)
}

fn expiretime(ctx: &mut Context<'_>, args: Args<'_>) -> Result<Reply> {
    answer_deadline(ctx, args, UNIX_SECONDS)
}

fn pexpiretime(ctx: &mut Context<'_>, args: Args<'_>) -> Result<Reply> {
    answer_deadline(ctx, args, UNIX_MILLISECONDS)
}

/// A key's deadline in a unit, seconds rounded to the nearest; -2 without a key, -1 without a deadline.
fn answer_deadline(ctx: &mut Context<'_>, mut args: Args<'_>, unit: Unit) -> Result<Reply> {
    let Some(entry) = ctx.entry(args.next()?) else {
        return Ok(Reply::Int(-2));
    };
    let Some(deadline) = entry.deadline else {
        return Ok(Reply::Int(-1));
    };
    let start = if unit.absolute { 0 } else { ctx.now() };
    let left = deadline.saturating_sub(start).max(0).cast_unsigned();
    let unit = unit.milliseconds.cast_unsigned();
    Ok(Reply::Int((left + unit / 2).div_euclid(unit).cast_signed()))
}
