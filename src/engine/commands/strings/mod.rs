//! Strings as wholes: stored, answered, exchanged, one or several. [`ranges`] has what reads and writes parts of them,
//! [`counters`] those that are numbers; LCS has a file of its own, [`super::lcs`].

pub mod counters;
pub mod ranges;

use super::expiry::{Lifetime, delete_if_past};
use crate::engine::{
    Args, Bytes, Class, Command, Context, Error, Group, Order, Reply, Result,
    flag::{DENY_OOM, FAST, READ, WRITE},
    value::{Str, Typed},
};

/// The rows of this file.
pub const COMMANDS: &[Command] = &[
    Command {
        name: "get",
        group: Group::String,
        since: "1.0.0",
        replaced_by: None,
        syntax: "key",
        summary: "answers the string that a key holds",
        complexity: "O(1)",
        flags: READ | FAST,
        order: Order::Exact,
        example: &[
            ("SET name rain", "OK"),
            ("GET name", "\"rain\""),
            ("GET nobody", "(nil)"),
        ],
        run: get,
    },
    Command {
        name: "getdel",
        group: Group::String,
        since: "6.2.0",
        replaced_by: None,
        syntax: "key",
        summary: "answers the string that a key holds and removes the key",
        complexity: "O(1)",
        flags: WRITE | FAST,
        order: Order::Exact,
        example: &[
            ("SET token x1", "OK"),
            ("GETDEL token", "\"x1\""),
            ("EXISTS token", "(integer) 0"),
        ],
        run: getdel,
    },
    Command {
        name: "getex",
        group: Group::String,
        since: "6.2.0",
        replaced_by: None,
        syntax: "key [EX seconds|PX milliseconds|EXAT unix-time-seconds|PXAT unix-time-milliseconds|PERSIST]",
        summary: "answers the string that a key holds and sets or clears its deadline",
        complexity: "O(1)",
        flags: WRITE | FAST,
        order: Order::Exact,
        example: &[
            ("SET session x1", "OK"),
            ("GETEX session EX 60", "\"x1\""),
            ("TTL session", "(integer) 60"),
            ("GETEX session PERSIST", "\"x1\""),
            ("TTL session", "(integer) -1"),
        ],
        run: getex,
    },
    Command {
        name: "getset",
        group: Group::String,
        since: "1.0.0",
        replaced_by: Some("SET with GET"),
        syntax: "key value",
        summary: "stores a string and answers the one before",
        complexity: "O(1)",
        flags: WRITE | DENY_OOM | FAST,
        order: Order::Exact,
        example: &[
            ("SET lamp off", "OK"),
            ("GETSET lamp on", "\"off\""),
            ("GET lamp", "\"on\""),
        ],
        run: getset,
    },
    Command {
        name: "mget",
        group: Group::String,
        since: "1.0.0",
        replaced_by: None,
        syntax: "key [key ...]",
        summary: "answers the strings that several keys hold",
        complexity: "O(N): the keys named",
        flags: READ | FAST,
        order: Order::Exact,
        example: &[
            ("MSET a 1 b 2", "OK"),
            ("MGET a b c", "[\"1\", \"2\", (nil)]"),
        ],
        run: mget,
    },
    Command {
        name: "mset",
        group: Group::String,
        since: "1.0.1",
        replaced_by: None,
        syntax: "key value [key value ...]",
        summary: "stores several strings at once",
        complexity: "O(N): the keys named",
        flags: WRITE | DENY_OOM,
        order: Order::Exact,
        example: &[("MSET a 1 b 2", "OK"), ("GET b", "\"2\"")],
        run: mset,
    },
    Command {
        name: "msetnx",
        group: Group::String,
        since: "1.0.1",
        replaced_by: None,
        syntax: "key value [key value ...]",
        summary: "stores several strings when none of the keys exists",
        complexity: "O(N): the keys named",
        flags: WRITE | DENY_OOM,
        order: Order::Exact,
        example: &[
            ("MSETNX a 1 b 2", "(integer) 1"),
            ("MSETNX b 3 c 4", "(integer) 0"),
            ("EXISTS c", "(integer) 0"),
        ],
        run: msetnx,
    },
    Command {
        name: "psetex",
        group: Group::String,
        since: "2.6.0",
        replaced_by: None,
        syntax: "key milliseconds value",
        summary: "stores a string that lives for some milliseconds",
        complexity: "O(1)",
        flags: WRITE | DENY_OOM,
        order: Order::Exact,
        example: &[
            ("PSETEX code 1500 x1", "OK"),
            ("PTTL code", "(integer) 1500"),
        ],
        run: psetex,
    },
    Command {
        name: "set",
        group: Group::String,
        since: "1.0.0",
        replaced_by: None,
        syntax: "key value [NX|XX] [GET] [EX seconds|PX milliseconds|EXAT unix-time-seconds|PXAT unix-time-milliseconds|KEEPTTL]",
        summary: "stores a string under a key",
        complexity: "O(1)",
        flags: WRITE | DENY_OOM,
        order: Order::Exact,
        example: &[
            ("SET name rain", "OK"),
            ("GET name", "\"rain\""),
            ("SET name snow NX", "(nil)"),
            ("SET code x1 EX 60", "OK"),
            ("TTL code", "(integer) 60"),
        ],
        run: set,
    },
    Command {
        name: "setex",
        group: Group::String,
        since: "2.0.0",
        replaced_by: None,
        syntax: "key seconds value",
        summary: "stores a string that lives for some seconds",
        complexity: "O(1)",
        flags: WRITE | DENY_OOM,
        order: Order::Exact,
        example: &[("SETEX code 60 x1", "OK"), ("TTL code", "(integer) 60")],
        run: setex,
    },
    Command {
        name: "setnx",
        group: Group::String,
        since: "1.0.0",
        replaced_by: None,
        syntax: "key value",
        summary: "stores a string when the key does not exist",
        complexity: "O(1)",
        flags: WRITE | DENY_OOM | FAST,
        order: Order::Exact,
        example: &[
            ("SETNX lock me", "(integer) 1"),
            ("SETNX lock you", "(integer) 0"),
            ("GET lock", "\"me\""),
        ],
        run: setnx,
    },
];

/// What SET may be told behind its value.
#[derive(Debug, Default)]
struct SetOptions<'a> {
    /// Store only when the key exists (`true`) or does not (`false`).
    exists: Option<bool>,
    get: bool,
    keep_deadline: bool,
    lifetime: Option<Lifetime<'a>>,
}

impl<'a> SetOptions<'a> {
    fn parse(mut args: Args<'a>) -> Result<SetOptions<'a>> {
        let mut options = SetOptions::default();
        while !args.is_empty() {
            if options.exists != Some(true) && args.word("NX") {
                options.exists = Some(false);
            } else if options.exists != Some(false) && args.word("XX") {
                options.exists = Some(true);
            } else if args.word("GET") {
                options.get = true;
            } else if options.lifetime.is_none() && args.word("KEEPTTL") {
                options.keep_deadline = true;
            } else if options.keep_deadline || !Lifetime::take(&mut args, &mut options.lifetime) {
                return Err(Error::Syntax);
            }
        }
        Ok(options)
    }
}

fn set(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let (key, value) = (args.next()?, args.next()?);
    let options = SetOptions::parse(args)?;
    let deadline = options
        .lifetime
        .map(|lifetime| lifetime.deadline(ctx))
        .transpose()?;
    let old = if options.get {
        ctx.read::<Str>(key)?.map(Str::bytes)
    } else {
        None
    };
    if let Some(exists) = options.exists
        && exists != ctx.entry(key).is_some()
    {
        return Ok(Reply::bulk_or_nil(old));
    }
    let kept = if options.keep_deadline {
        ctx.entry(key).and_then(|entry| entry.deadline)
    } else {
        None
    };
    store(ctx, key, value, deadline.or(kept));
    if deadline.is_some() {
        ctx.changed(Class::Generic, "expire", key);
    }
    Ok(if options.get {
        Reply::bulk_or_nil(old)
    } else {
        Reply::OK
    })
}

/// Puts a string in the place of whatever a key held.
fn store(ctx: &mut Context<'_>, key: &Bytes, value: &Bytes, deadline: Option<i64>) {
    ctx.set(key, Str::new(value.clone()).into_value(), deadline);
    ctx.changed(Class::String, "set", key);
}

fn setnx(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let (key, value) = (args.next()?, args.next()?);
    let free = ctx.entry(key).is_none();
    if free {
        store(ctx, key, value, None);
    }
    Ok(Reply::flag(free))
}

fn setex(ctx: &mut Context<'_>, args: Args<'_>) -> Result<Reply> {
    set_with_lifetime(ctx, args, Lifetime::seconds)
}

fn psetex(ctx: &mut Context<'_>, args: Args<'_>) -> Result<Reply> {
    set_with_lifetime(ctx, args, Lifetime::milliseconds)
}

fn set_with_lifetime<'a>(
    ctx: &mut Context<'_>,
    mut args: Args<'a>,
    lifetime: fn(&'a Bytes) -> Lifetime<'a>,
) -> Result<Reply> {
    let (key, amount, value) = (args.next()?, args.next()?, args.next()?);
    let deadline = lifetime(amount).deadline(ctx)?;
    store(ctx, key, value, Some(deadline));
    ctx.changed(Class::Generic, "expire", key);
    Ok(Reply::OK)
}

fn get(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    Ok(match ctx.read::<Str>(args.next()?)? {
        Some(string) => Reply::Bulk(string.bytes()),
        None => Reply::Nil,
    })
}

fn getset(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let (key, value) = (args.next()?, args.next()?);
    let old = ctx.read::<Str>(key)?.map(Str::bytes);
    store(ctx, key, value, None);
    Ok(Reply::bulk_or_nil(old))
}

fn getdel(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let key = args.next()?;
    let old = ctx.read::<Str>(key)?.map(Str::bytes);
    if ctx.remove(key).is_some() {
        ctx.changed(Class::Generic, "del", key);
    }
    Ok(Reply::bulk_or_nil(old))
}

fn getex(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let key = args.next()?;
    let (mut persist, mut lifetime) = (false, None);
    while !args.is_empty() {
        if lifetime.is_none() && args.word("PERSIST") {
            persist = true;
        } else if persist || !Lifetime::take(&mut args, &mut lifetime) {
            return Err(Error::Syntax);
        }
    }
    let Some(value) = ctx.read::<Str>(key)?.map(Str::bytes) else {
        return Ok(Reply::Nil);
    };
    if let Some(lifetime) = lifetime {
        let deadline = lifetime.deadline(ctx)?;
        if !(lifetime.is_absolute() && delete_if_past(ctx, key, deadline)) {
            ctx.set_deadline(key, Some(deadline));
            ctx.changed(Class::Generic, "expire", key);
        }
    } else if persist && ctx.set_deadline(key, None) {
        ctx.changed(Class::Generic, "persist", key);
    }
    Ok(Reply::Bulk(value))
}

fn mget(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let value = |key: &Bytes| ctx.read::<Str>(key).ok().flatten().map(Str::bytes);
    let values = args.rest().iter().map(|key| Reply::bulk_or_nil(value(key)));
    Ok(Reply::Array(values.collect()))
}

fn mset(ctx: &mut Context<'_>, args: Args<'_>) -> Result<Reply> {
    let pairs = pairs(ctx, args)?;
    for [key, value] in pairs {
        store(ctx, key, value, None);
    }
    Ok(Reply::OK)
}

fn msetnx(ctx: &mut Context<'_>, args: Args<'_>) -> Result<Reply> {
    let pairs = pairs(ctx, args)?;
    if pairs.iter().any(|[key, _]| ctx.entry(key).is_some()) {
        return Ok(Reply::flag(false));
    }
    for [key, value] in pairs {
        store(ctx, key, value, None);
    }
    Ok(Reply::flag(true))
}

/// The keys and values of MSET; one without the other is an arity error.
fn pairs<'a>(ctx: &Context<'_>, mut args: Args<'a>) -> Result<&'a [[Bytes; 2]]> {
    let (pairs, odd) = args.rest().as_chunks::<2>();
    if odd.is_empty() {
        Ok(pairs)
    } else {
        Err(Error::Arity {
            command: ctx.command.name,
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::{Bytes, Engine, Options, Origin, Reply};

    /// Plays lines of plain words to an engine with limits and answers the last reply.
    fn play(options: &Options, lines: &[&str]) -> Reply {
        let mut engine = Engine::new(options);
        let client = engine.connect(Origin::default());
        let mut last = Reply::None;
        for line in lines {
            let words = line.split(' ').map(|word| Bytes::from(word.as_bytes()));
            last = engine.execute(client, &words.collect::<Vec<_>>()).reply();
        }
        last
    }

    fn error(reply: Reply) -> String {
        match reply {
            Reply::Error(error) => error.to_string(),
            other => panic!("{other:?} is no error"),
        }
    }

    #[test]
    fn setrange_beyond_the_memory_limit_is_refused_before_it_allocates() {
        let options = Options {
            max_memory: 1 << 20,
            ..Options::default()
        };
        let reply = play(&options, &["SETRANGE k 536870911 x"]);
        assert!(error(reply).starts_with("OOM "));
    }

    #[test]
    fn a_string_longer_than_the_limit_is_refused() {
        let options = Options {
            max_value: 10,
            ..Options::default()
        };
        let text = "ERR string exceeds maximum allowed size (proto-max-bulk-len)";
        assert_eq!(error(play(&options, &["SETRANGE k 10 x"])), text);
        assert_eq!(
            error(play(&options, &["SET k 12345678", "APPEND k 901"])),
            text
        );
        assert_eq!(
            play(&options, &["SET k 12345678", "APPEND k 90"]),
            Reply::Int(10)
        );
    }

    #[test]
    fn a_deadline_in_the_past_is_over_at_once() {
        let options = Options {
            now: 5000,
            ..Options::default()
        };
        assert_eq!(play(&options, &["SET k v EXAT 1", "DBSIZE"]), Reply::Int(0));
        assert_eq!(
            play(&options, &["SET k v", "GETEX k EXAT 1", "EXISTS k"]),
            Reply::Int(0)
        );
    }
}
