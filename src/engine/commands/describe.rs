//! What COMMAND says of a row: everything that `COMMAND INFO` and `COMMAND DOCS` answer, derived from the row and its
//! grammar. The few facts that a row does not carry (how a command uses its keys, tips for cluster clients) stand in
//! the tables at the end, which make this file long.

use crate::engine::{
    Bytes, Command, Grammar, Group, Kind, Part, Reply,
    flag::{
        ADMIN, BLOCKING, DANGEROUS, DENY_OOM, FAST, LOADING, MOVABLE_KEYS, NO_AUTH,
        NO_MANDATORY_KEYS, NO_MULTI, NO_SCRIPT, PUBSUB, READ, SKIP_MONITOR, STALE, WRITE,
    },
};

/// A command as `COMMAND INFO` tells it; `subcommands` are those of a container, which may have no row itself.
pub(super) fn info(name: &str, row: Option<&Command>, subcommands: &[&'static Command]) -> Reply {
    let (first, last, step) = row.map_or((0, 0, 0), Command::key_range);
    let number = |n: i32| Reply::Int(i64::from(n));
    let subcommands = subcommands.iter().map(|sub| info(sub.name, Some(sub), &[]));
    Reply::Array(vec![
        text(name),
        number(row.map_or(-2, Command::arity)),
        statuses(row.map(flags).unwrap_or_default()),
        number(first),
        number(last),
        number(step),
        statuses(row.map_or_else(|| vec!["@slow"], categories)),
        Reply::Set(tips(name).iter().map(|tip| text(tip)).collect()),
        Reply::Set(row.map(key_specs).unwrap_or_default()),
        Reply::Set(subcommands.collect()),
    ])
}

/// A command as `COMMAND DOCS` tells it.
pub(super) fn docs(row: Option<&Command>, subcommands: &[&'static Command]) -> Reply {
    let mut facts = match row {
        Some(row) => row_docs(row),
        None => container_docs(subcommands),
    };
    if !subcommands.is_empty() {
        let entries = subcommands
            .iter()
            .map(|sub| (text(sub.name), docs(Some(sub), &[])));
        facts.push((text("subcommands"), Reply::Map(entries.collect())));
    }
    Reply::Map(facts)
}

fn row_docs(row: &Command) -> Vec<(Reply, Reply)> {
    let mut facts = vec![
        (text("summary"), text(row.summary)),
        (text("since"), text(row.since)),
        (text("group"), text(row.group.name())),
        (text("complexity"), text(row.complexity)),
    ];
    if let Some(replacement) = row.replaced_by {
        facts.push((text("doc_flags"), statuses(vec!["deprecated"])));
        facts.push((text("replaced_by"), text(replacement)));
    }
    let arguments = arguments(&row.grammar().parts, &mut 0);
    if !arguments.is_empty() {
        facts.push((text("arguments"), Reply::Array(arguments)));
    }
    facts
}

fn container_docs(subcommands: &[&'static Command]) -> Vec<(Reply, Reply)> {
    let Some(first) = subcommands.first() else {
        return Vec::new();
    };
    let summary = format!("a container of {} commands", subcommands.len());
    vec![
        (text("summary"), text(&summary)),
        (text("since"), text(first.since)),
        (text("group"), text(first.group.name())),
        (text("complexity"), text("depends on the subcommand")),
    ]
}

/// The arguments of a grammar; `keys` counts the keys met so far.
fn arguments(parts: &[Part], keys: &mut i64) -> Vec<Reply> {
    let mut all = Vec::new();
    let mut rest = parts;
    while let Some((part, behind)) = rest.split_first() {
        rest = behind;
        // `x [x ...]` is one argument that may be given several times.
        let multiple = matches!(behind.first(), Some(Part::Optional { repeats: true, .. }))
            && !part.is_count();
        let described = argument(part, keys, multiple);
        if multiple && matches!(part, Part::Value { .. }) {
            rest = &behind[1..];
        }
        all.extend(described.map(Reply::Map));
    }
    all
}

type Facts = Vec<(Reply, Reply)>;

fn argument(part: &Part, keys: &mut i64, multiple: bool) -> Option<Facts> {
    let mut flags = Vec::new();
    let mut facts = match part {
        Part::Value { name, kind } => {
            let mut facts = named(name, kind_name(name, *kind));
            if *kind == Kind::Key {
                facts.push((text("key_spec_index"), Reply::Int(*keys)));
                *keys += 1;
            }
            facts
        }
        Part::Word(word) => token(word),
        Part::OneOf(choices) => one_of(choices, keys),
        Part::Optional { choices, repeats } => {
            flags.push("optional");
            flags.extend(repeats.then_some("multiple"));
            match choices.as_slice() {
                [] => return None,
                [sequence] => sequence_facts(sequence, keys),
                several => one_of(several, keys),
            }
        }
    };
    if multiple && flags.is_empty() {
        flags.push("multiple");
    }
    if !flags.is_empty() {
        facts.push((text("flags"), statuses(flags)));
    }
    Some(facts)
}

/// Words that stand behind each other: a word with its value is one argument, more are a block.
fn sequence_facts(sequence: &[Part], keys: &mut i64) -> Facts {
    match sequence {
        [part] => argument(part, keys, false).unwrap_or_default(),
        [Part::Word(word), value @ Part::Value { .. }, ..] => {
            let mut facts = argument(value, keys, false).unwrap_or_default();
            facts.push((text("token"), text(word)));
            facts
        }
        several => {
            let mut facts = named("block", "block");
            facts.push((text("arguments"), Reply::Array(arguments(several, keys))));
            facts
        }
    }
}

fn one_of(choices: &[Vec<Part>], keys: &mut i64) -> Facts {
    let mut facts = named("choice", "oneof");
    let choices = choices
        .iter()
        .map(|sequence| Reply::Map(sequence_facts(sequence, keys)));
    facts.push((text("arguments"), Reply::Array(choices.collect())));
    facts
}

fn token(word: &str) -> Facts {
    let mut facts = named(&word.to_ascii_lowercase(), "pure-token");
    facts.push((text("token"), text(word)));
    facts
}

fn named(name: &str, kind: &str) -> Facts {
    vec![(text("name"), text(name)), (text("type"), text(kind))]
}

fn kind_name(name: &str, kind: Kind) -> &'static str {
    match kind {
        Kind::Key => "key",
        Kind::Integer if name.starts_with("unix-time") => "unix-time",
        Kind::Integer | Kind::NumKeys => "integer",
        Kind::Float => "double",
        Kind::Pattern => "pattern",
        Kind::Bound | Kind::Text => "string",
    }
}

/// The flags in the order in which Redis names them.
fn flags(row: &Command) -> Vec<&'static str> {
    const NAMES: [(u32, &str); 15] = [
        (WRITE, "write"),
        (READ, "readonly"),
        (DENY_OOM, "denyoom"),
        (ADMIN, "admin"),
        (PUBSUB, "pubsub"),
        (NO_SCRIPT, "noscript"),
        (BLOCKING, "blocking"),
        (LOADING, "loading"),
        (STALE, "stale"),
        (SKIP_MONITOR, "skip_monitor"),
        (FAST, "fast"),
        (NO_AUTH, "no_auth"),
        (NO_MULTI, "no_multi"),
        (NO_MANDATORY_KEYS, "no_mandatory_keys"),
        (MOVABLE_KEYS, "movablekeys"),
    ];
    let mut all = named_flags(row, &NAMES);
    all.extend((row.name == "exec").then_some("skip_slowlog"));
    all.extend(
        ALLOWED_WHILE_BUSY
            .contains(&row.name)
            .then_some("allow_busy"),
    );
    all
}

fn named_flags(row: &Command, names: &[(u32, &'static str)]) -> Vec<&'static str> {
    names
        .iter()
        .filter(|(flag, _)| row.has(*flag))
        .map(|(_, name)| *name)
        .collect()
}

/// The ACL categories, `@` in front, in the order in which Redis names them.
pub(super) fn categories(row: &Command) -> Vec<&'static str> {
    let container = row.words().0;
    let sort = container == "sort" || container == "sort_ro";
    let keyspace = match row.group {
        Group::Generic => !sort && container != "wait",
        Group::Server => container != "memory" && row.flags & (READ | WRITE) != 0,
        _ => false,
    };
    let mut all = Vec::new();
    all.extend(keyspace.then_some("@keyspace"));
    if row.group != Group::Scripting {
        all.extend(named_flags(row, &[(READ, "@read"), (WRITE, "@write")]));
    }
    match row.group {
        Group::Set => all.push("@set"),
        Group::SortedSet => all.push("@sortedset"),
        Group::List => all.push("@list"),
        Group::Hash => all.push("@hash"),
        Group::String => all.push("@string"),
        Group::PubSub if row.has(PUBSUB) => all.push("@pubsub"),
        Group::Bitmap => all.push("@bitmap"),
        Group::Generic if sort => all.extend(["@set", "@sortedset", "@list"]),
        _ => {}
    }
    all.extend(named_flags(row, &[(ADMIN, "@admin")]));
    all.push(if row.has(FAST) { "@fast" } else { "@slow" });
    all.extend(named_flags(row, &[(BLOCKING, "@blocking")]));
    all.extend((row.flags & (DANGEROUS | ADMIN) != 0).then_some("@dangerous"));
    all.extend((row.group == Group::Connection || container == "command").then_some("@connection"));
    all.extend((row.group == Group::Transactions).then_some("@transaction"));
    all.extend((row.group == Group::Scripting).then_some("@scripting"));
    all
}

/// Where keys stand and what is done to them, one map for each group of keys.
fn key_specs(row: &Command) -> Vec<Reply> {
    let uses = key_uses(row);
    let mut places = places(&row.grammar(), row.name_len());
    if places.len() > uses.len() {
        // Keys that are used alike are one group.
        let more = places.len() - uses.len();
        places.truncate(uses.len());
        for place in &mut places {
            place.last += more as i64;
        }
    }
    let found = places
        .iter()
        .zip(uses)
        .map(|(place, uses)| place.spec(uses));
    // Further groups cannot be told by position: what SORT looks up and where it stores.
    let unknown = uses.iter().skip(places.len()).map(|uses| {
        let nowhere = || kind_and_spec("unknown", Vec::new());
        spec(uses, nowhere(), nowhere())
    });
    found.chain(unknown).collect()
}

/// How a call's keys are used, for `COMMAND GETKEYSANDFLAGS`: the words for the key that is named `nth`, from 0.
pub(super) fn key_flags(row: &Command, nth: usize) -> Reply {
    let uses = key_uses(row);
    let words = uses.get(nth).or(uses.last()).copied().unwrap_or_default();
    statuses(words.split(' ').collect())
}

/// A group of keys.
struct Place {
    /// The position of the first, or of their number when they are counted.
    begin: i64,
    /// The last one, seen from the first; negative from the end of the call.
    last: i64,
    step: i64,
    counted: bool,
}

impl Place {
    fn spec(&self, uses: &'static str) -> Reply {
        let int = |name: &str, number: i64| (text(name), Reply::Int(number));
        let begin = kind_and_spec("index", vec![int("index", self.begin)]);
        let step = int("keystep", self.step);
        let find = if self.counted {
            kind_and_spec(
                "keynum",
                vec![int("keynumidx", 0), int("firstkey", 1), step],
            )
        } else {
            kind_and_spec(
                "range",
                vec![int("lastkey", self.last), step, int("limit", 0)],
            )
        };
        spec(uses, begin, find)
    }
}

fn spec(uses: &'static str, begin: Reply, find: Reply) -> Reply {
    Reply::Map(vec![
        (text("flags"), statuses(uses.split(' ').collect())),
        (text("begin_search"), begin),
        (text("find_keys"), find),
    ])
}

fn kind_and_spec(kind: &str, spec: Vec<(Reply, Reply)>) -> Reply {
    Reply::Map(vec![
        (text("type"), text(kind)),
        (text("spec"), Reply::Map(spec)),
    ])
}

fn places(grammar: &Grammar, name_len: usize) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    let mut counted = None;
    let parts = grammar.mandatory();
    for (index, part) in parts.iter().enumerate() {
        let begin = (index + name_len) as i64;
        match part {
            Part::Value {
                kind: Kind::NumKeys,
                ..
            } => counted = Some(begin),
            Part::Value {
                kind: Kind::Key, ..
            } => places.push(Place {
                begin: counted.unwrap_or(begin),
                last: 0,
                step: 1,
                counted: counted.is_some(),
            }),
            Part::Optional {
                choices,
                repeats: true,
            } if choices.iter().flatten().any(Part::is_key) => {
                if let (None, Some(begin)) = (places.last(), counted) {
                    places.push(Place {
                        begin,
                        last: 0,
                        step: 1,
                        counted: true,
                    });
                } else if let Some(place) = places.last_mut() {
                    let behind: usize = parts[index + 1..].iter().map(Part::least).sum();
                    place.last = -1 - behind as i64;
                    place.step = choices.first().map_or(1, Vec::len) as i64;
                }
            }
            _ => {}
        }
    }
    places
}

fn key_uses(row: &Command) -> &'static [&'static str] {
    if !row.takes_keys() {
        return &[];
    }
    let listed = KEY_USES
        .iter()
        .find(|(_, names)| names.split(' ').any(|name| name == row.name));
    match listed {
        Some((uses, _)) => uses,
        None if row.has(READ) => &["RO access"],
        None if row.has(WRITE) => &["RW update"],
        None => &["RO"],
    }
}

fn tips(name: &str) -> &'static [&'static str] {
    let listed = TIPS
        .iter()
        .find(|(_, names)| names.split(' ').any(|listed| listed == name));
    listed.map_or(&[], |(tips, _)| tips)
}

fn text(text: &str) -> Reply {
    Reply::Bulk(Bytes::from(text.as_bytes()))
}

fn statuses(words: Vec<&'static str>) -> Reply {
    Reply::Set(words.into_iter().map(Reply::Status).collect())
}

/// How commands use their keys, group by group; the others read theirs, or change them when they write.
const KEY_USES: &[(&[&str], &str)] = &[
    (
        &["RO"],
        "exists hexists hlen hstrlen llen memory|usage object|encoding object|freq object|idletime object|refcount scard sismember \
         strlen touch type watch zcard",
    ),
    (
        &["RW access delete"],
        "blmpop blpop brpop bzmpop bzpopmax bzpopmin getdel lmpop lpop rpop spop zmpop zpopmax zpopmin",
    ),
    (
        &["RW delete"],
        "hdel lrem ltrim srem zrem zremrangebylex zremrangebyrank zremrangebyscore",
    ),
    (
        &["RW access update"],
        "decr decrby eval evalsha getex getset hincrby hincrbyfloat incr incrby incrbyfloat move setbit zincrby",
    ),
    (&["RW access update variable_flags"], "set"),
    (
        &["RW insert"],
        "append hsetnx linsert lpush lpushx rpush rpushx sadd",
    ),
    (
        &["OW update", "RO access"],
        "bitop sdiffstore sunionstore zdiffstore zinterstore zrangestore zunionstore",
    ),
    (&["RW update", "RO access"], "sinterstore"),
    (
        &["RW access delete", "RW insert"],
        "blmove brpoplpush lmove rpoplpush smove",
    ),
    (&["RW access delete", "OW update"], "rename"),
    (&["RW access delete", "OW insert"], "renamenx"),
    (&["RO access", "OW update"], "copy"),
    (&["RO access", "RO access", "OW update"], "sort"),
    (&["RO access", "RO access"], "sort_ro"),
    (&["OW update"], "mset psetex setex"),
    (&["OW insert"], "msetnx setnx"),
    (&["RM delete"], "del unlink"),
    (&["not_key"], "spublish ssubscribe sunsubscribe"),
];

/// What Redis still runs while a script has gone on for too long.
const ALLOWED_WHILE_BUSY: [&str; 10] = [
    "auth",
    "discard",
    "hello",
    "multi",
    "quit",
    "reset",
    "script|kill",
    "shutdown",
    "unwatch",
    "watch",
];

/// What clients of a cluster may want to know.
const TIPS: &[(&[&str], &str)] = &[
    (
        &["nondeterministic_output_order"],
        "command command|docs command|info command|list hgetall hkeys hvals sdiff sinter smembers sunion",
    ),
    (
        &["nondeterministic_output"],
        "client|info client|list hrandfield hscan object|encoding object|freq object|idletime object|refcount pttl spop \
         srandmember sscan time ttl zrandmember zscan",
    ),
    (
        &["nondeterministic_output", "request_policy:special"],
        "scan",
    ),
    (
        &["request_policy:all_shards", "nondeterministic_output_order"],
        "keys",
    ),
    (
        &["request_policy:all_shards", "nondeterministic_output"],
        "randomkey",
    ),
    (&["request_policy:multi_shard"], "mget"),
    (
        &[
            "request_policy:all_shards",
            "response_policy:agg_logical_and",
        ],
        "script|exists",
    ),
    (
        &["request_policy:all_shards", "response_policy:one_succeeded"],
        "script|kill",
    ),
    (
        &[
            "request_policy:multi_shard",
            "response_policy:all_succeeded",
        ],
        "mset",
    ),
    (
        &["request_policy:multi_shard", "response_policy:agg_min"],
        "msetnx",
    ),
    (
        &["request_policy:multi_shard", "response_policy:agg_sum"],
        "del exists touch unlink",
    ),
    (
        &["request_policy:all_shards", "response_policy:all_succeeded"],
        "flushall flushdb ping",
    ),
    (
        &["request_policy:all_shards", "response_policy:agg_sum"],
        "dbsize",
    ),
    (
        &["request_policy:all_nodes", "response_policy:all_succeeded"],
        "config|set script|flush script|load",
    ),
    (
        &[
            "nondeterministic_output",
            "request_policy:all_shards",
            "response_policy:special",
        ],
        "info",
    ),
];
