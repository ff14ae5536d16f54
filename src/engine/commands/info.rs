//! What tells about the server as a whole, and ends it: INFO, MEMORY, SHUTDOWN.

use std::fmt::Write as _;

use crate::engine::{
    Args, Bytes, Command, Context, Delivery, Engine, Error, Group, Order, Reply, Result,
    commands::{self, connection},
    flag::{ADMIN, DANGEROUS, LOADING, NO_MULTI, NO_SCRIPT, READ, STALE},
};

/// The rows of this file.
pub const COMMANDS: &[Command] = &[
    Command {
        name: "info",
        group: Group::Server,
        since: "1.0.0",
        replaced_by: None,
        syntax: "[section [section ...]]",
        summary: "answers facts and counts about the server",
        complexity: "O(1)",
        flags: LOADING | STALE | DANGEROUS,
        order: Order::Random,
        example: &[("INFO keyspace", "\"# Keyspace\\r\\n\"")],
        run: info,
    },
    Command {
        name: "memory|help",
        group: Group::Server,
        since: "4.0.0",
        replaced_by: None,
        syntax: "",
        summary: "explains MEMORY",
        complexity: "O(1)",
        flags: LOADING | STALE,
        order: Order::Exact,
        example: &[],
        run: memory_help,
    },
    Command {
        name: "memory|usage",
        group: Group::Server,
        since: "4.0.0",
        replaced_by: None,
        syntax: "key [SAMPLES count]",
        summary: "answers about how many bytes a key and its value take",
        complexity: "O(1)",
        flags: READ,
        order: Order::Random,
        example: &[("SET k v", "OK"), ("MEMORY USAGE k", "(integer) 56")],
        run: memory_usage,
    },
    Command {
        name: "shutdown",
        group: Group::Server,
        since: "1.0.0",
        replaced_by: None,
        syntax: "[NOSAVE|SAVE] [NOW] [FORCE] [ABORT]",
        summary: "ends the server",
        complexity: "O(1)",
        flags: ADMIN | NO_SCRIPT | LOADING | STALE | NO_MULTI,
        order: Order::Exact,
        example: &[("SHUTDOWN ABORT", "(error) ERR No shutdown in progress.")],
        run: shutdown,
    },
];

/// A section of INFO: its name, and what writes it.
type Section = (&'static str, fn(&Engine, &mut String));

/// The section that INFO gives only to those who ask for it or for all.
const COMMANDSTATS: &str = "Commandstats";

const SECTIONS: &[Section] = &[
    ("Server", server),
    ("Clients", clients),
    ("Memory", memory),
    ("Persistence", persistence),
    ("Stats", stats),
    ("Replication", replication),
    (COMMANDSTATS, commandstats),
    ("Cluster", cluster),
    ("Keyspace", keyspace),
];

fn info(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let wanted = args.rest();
    let names = |name: &str| {
        wanted
            .iter()
            .any(|word| word.eq_ignore_ascii_case(name.as_bytes()))
    };
    let is_default = wanted.is_empty() || names("default");
    let is_wanted = |name: &str| {
        let usual = is_default && name != COMMANDSTATS;
        usual || ["all", "everything", name].into_iter().any(names)
    };
    let mut text = String::new();
    for (name, write) in SECTIONS.iter().filter(|(name, _)| is_wanted(name)) {
        if !text.is_empty() {
            text.push_str("\r\n");
        }
        let _ = write!(text, "# {name}\r\n");
        write(ctx.engine, &mut text);
    }
    Ok(Reply::Verbatim(Bytes::from(text.into_bytes())))
}

/// Lines `name:value` in the form of Redis.
fn lines<const N: usize>(text: &mut String, facts: [(&str, String); N]) {
    for (name, value) in facts {
        let _ = write!(text, "{name}:{value}\r\n");
    }
}

fn setting(engine: &Engine, name: &str) -> String {
    let value = engine.config().all().find(|(known, _)| *known == name);
    value.map_or_else(String::new, |(_, value)| {
        String::from_utf8_lossy(&value).into_owned()
    })
}

fn server(engine: &Engine, text: &mut String) {
    let uptime = (engine.now() - engine.started).max(0) / 1000;
    lines(
        text,
        [
            ("redis_version", connection::VERSION.to_owned()),
            ("redis_mode", "standalone".to_owned()),
            ("os", engine.identity.system.to_owned()),
            ("arch_bits", usize::BITS.to_string()),
            ("process_id", engine.identity.process_id.to_string()),
            ("run_id", engine.identity.run_id.clone()),
            ("tcp_port", setting(engine, "port")),
            ("server_time_usec", (engine.now() * 1000).to_string()),
            ("uptime_in_seconds", uptime.to_string()),
            ("uptime_in_days", (uptime / 86_400).to_string()),
            ("server_name", "rediscover".to_owned()),
        ],
    );
}

fn clients(engine: &Engine, text: &mut String) {
    lines(
        text,
        [
            ("connected_clients", engine.connected().to_string()),
            ("maxclients", engine.config().max_clients.to_string()),
            ("blocked_clients", engine.waiting.len().to_string()),
            ("tracking_clients", "0".to_owned()),
        ],
    );
}

fn memory(engine: &Engine, text: &mut String) {
    let (used, dataset) = (engine.used() as u64, engine.keyspace().used());
    let peak = engine.stats().peak.max(engine.used()) as u64;
    let limit = setting(engine, "maxmemory");
    let human = bytes_for_people(limit.parse().unwrap_or_default());
    lines(
        text,
        [
            ("used_memory", used.to_string()),
            ("used_memory_human", bytes_for_people(used)),
            ("used_memory_peak", peak.to_string()),
            ("used_memory_peak_human", bytes_for_people(peak)),
            ("used_memory_dataset", dataset.to_string()),
            ("mem_clients_normal", (used - dataset as u64).to_string()),
            ("maxmemory", limit),
            ("maxmemory_human", human),
            ("maxmemory_policy", setting(engine, "maxmemory-policy")),
        ],
    );
    #[cfg(feature = "scripting")]
    {
        let (count, bytes) = engine.scripts.kept();
        lines(
            text,
            [
                ("used_memory_scripts_eval", bytes.to_string()),
                ("number_of_cached_scripts", count.to_string()),
            ],
        );
    }
}

/// Bytes as Redis shows them to people: `1.50K`.
fn bytes_for_people(bytes: u64) -> String {
    const UNITS: [(u64, char); 4] = [
        (1 << 40, 'T'),
        (1 << 30, 'G'),
        (1 << 20, 'M'),
        (1 << 10, 'K'),
    ];
    match UNITS.iter().find(|(size, _)| bytes >= *size) {
        Some((size, unit)) => format!("{:.2}{unit}", bytes as f64 / *size as f64),
        None => format!("{bytes}B"),
    }
}

fn persistence(engine: &Engine, text: &mut String) {
    lines(
        text,
        [
            ("loading", "0".to_owned()),
            ("async_loading", "0".to_owned()),
            (
                "rdb_changes_since_last_save",
                engine.stats().changes.to_string(),
            ),
            ("rdb_bgsave_in_progress", "0".to_owned()),
            ("rdb_last_save_time", (engine.started / 1000).to_string()),
            ("rdb_last_bgsave_status", "ok".to_owned()),
            ("aof_enabled", "0".to_owned()),
            ("aof_rewrite_in_progress", "0".to_owned()),
        ],
    );
}

fn stats(engine: &Engine, text: &mut String) {
    use crate::engine::pubsub::Kind;
    let stats = engine.stats();
    let names = |kind: Kind| engine.pubsub.names(kind).count().to_string();
    lines(
        text,
        [
            ("total_connections_received", stats.connections.to_string()),
            ("total_commands_processed", stats.commands.to_string()),
            ("expired_keys", stats.expired.to_string()),
            ("evicted_keys", "0".to_owned()),
            ("keyspace_hits", stats.hits.to_string()),
            ("keyspace_misses", stats.misses.to_string()),
            ("pubsub_channels", names(Kind::Channel)),
            ("pubsub_patterns", names(Kind::Pattern)),
            ("pubsubshard_channels", names(Kind::Shard)),
            ("total_error_replies", stats.errors.to_string()),
        ],
    );
}

fn replication(_: &Engine, text: &mut String) {
    lines(
        text,
        [
            ("role", "master".to_owned()),
            ("connected_slaves", "0".to_owned()),
            ("master_repl_offset", "0".to_owned()),
        ],
    );
}

fn cluster(_: &Engine, text: &mut String) {
    lines(text, [("cluster_enabled", "0".to_owned())]);
}

fn keyspace(engine: &Engine, text: &mut String) {
    let keyspace = engine.keyspace();
    for db in 0..keyspace.count() {
        let keys = keyspace.database(db).len();
        if keys > 0 {
            let (expires, ttl) = lifetimes(engine, db);
            let _ = write!(
                text,
                "db{db}:keys={keys},expires={expires},avg_ttl={ttl}\r\n"
            );
        }
    }
}

/// How many keys of a database have a deadline, and how many milliseconds they have left on average. Redis estimates.
fn lifetimes(engine: &Engine, db: usize) -> (i64, i64) {
    let deadlines = engine.keyspace().deadlines().filter(|(at, ..)| *at == db);
    let (count, sum) = deadlines.fold((0, 0), |(count, sum), (.., deadline)| {
        (
            count + 1,
            sum + i128::from(deadline) - i128::from(engine.now()),
        )
    });
    let average = sum / i128::from(count).max(1);
    (count, i64::try_from(average).unwrap_or(i64::MAX))
}

/// This engine has no clock to time commands by, and tells 0 where clients expect a time.
fn commandstats(engine: &Engine, text: &mut String) {
    for (name, calls) in engine.stats().calls() {
        let _ = write!(
            text,
            "cmdstat_{name}:calls={},usec=0,usec_per_call=0.00,rejected_calls={},failed_calls={}\r\n",
            calls.ran, calls.rejected, calls.failed
        );
    }
}

fn memory_usage(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let key = args.next()?;
    while !args.is_empty() {
        // The reckoning is exact, so there is nothing to sample.
        if args.len() < 2 || !args.word("SAMPLES") {
            return Err(Error::Syntax);
        }
        if args.int()? < 0 {
            return Err(Error::Syntax);
        }
    }
    Ok(match ctx.entry(key) {
        Some(entry) => Reply::count(entry.weight(key)),
        None => Reply::Nil,
    })
}

fn memory_help(_: &mut Context<'_>, _: Args<'_>) -> Result<Reply> {
    Ok(commands::help(
        "MEMORY <subcommand> [<arg> [value] [opt] ...]. Subcommands are:",
        &[
            "DOCTOR",
            "    Return memory problems reports.",
            "MALLOC-STATS",
            "    Return internal statistics report from the memory allocator.",
            "PURGE",
            "    Attempt to purge dirty pages for reclamation by the allocator.",
            "STATS",
            "    Return information about the memory usage of the server.",
            "USAGE <key> [SAMPLES <count>]",
            "    Return memory in bytes used by <key> and its value. Nested values are",
            "    sampled up to <count> times (default: 5, 0 means sample all).",
        ],
    ))
}

fn shutdown(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let (mut save, mut nosave, mut abort, mut others) = (false, false, false, false);
    while !args.is_empty() {
        if args.word("SAVE") {
            save = true;
        } else if args.word("NOSAVE") {
            nosave = true;
        } else if args.word("ABORT") {
            abort = true;
        } else if args.word("NOW") || args.word("FORCE") {
            others = true;
        } else {
            return Err(Error::Syntax);
        }
    }
    if save && nosave || abort && (save || nosave || others) {
        return Err(Error::Syntax);
    }
    if abort {
        return Err(Error::Fixed("ERR No shutdown in progress."));
    }
    if save {
        // Redis refuses to end when it cannot save.
        return Err(Error::Fixed(
            "ERR Errors trying to SHUTDOWN. This server keeps nothing on disk; SHUTDOWN NOSAVE ends it",
        ));
    }
    ctx.engine.deliveries.push(Delivery::Shutdown);
    Ok(Reply::None)
}

#[cfg(test)]
mod tests {
    use crate::engine::{Bytes, Engine, Options, Origin, Reply};

    fn play(engine: &mut Engine, client: u64, lines: &[&str]) -> String {
        let mut last = Reply::None;
        for line in lines {
            let argv: Vec<Bytes> = line.split(' ').map(|it| it.as_bytes().into()).collect();
            last = engine.execute(client, &argv).reply();
        }
        match last {
            Reply::Verbatim(text) => String::from_utf8_lossy(&text).into_owned(),
            other => panic!("{other:?} is no text"),
        }
    }

    fn world() -> (Engine, u64) {
        let mut engine = Engine::new(&Options::default());
        let client = engine.connect(Origin::default());
        (engine, client)
    }

    /// As redis-server 7.0.15 counts the same lines.
    #[test]
    fn calls_are_counted_by_command() {
        let (mut engine, client) = world();
        let lines = [
            "SET k v",
            "GET k",
            "GET",
            "LPUSH k v",
            "NOTHING",
            "CONFIG GET x",
            "MULTI",
            "GET k",
            "SET",
            "EXEC",
            "MULTI",
            "GET k",
            "EXEC",
            "EXEC",
            "INFO commandstats",
        ];
        let shown: Vec<String> = play(&mut engine, client, &lines)
            .lines()
            .map(|line| line.replace(",usec=0,usec_per_call=0.00", ""))
            .collect();
        let wanted = [
            "# Commandstats",
            "cmdstat_config|get:calls=1,rejected_calls=0,failed_calls=0",
            "cmdstat_exec:calls=3,rejected_calls=0,failed_calls=2",
            "cmdstat_get:calls=2,rejected_calls=1,failed_calls=0",
            "cmdstat_lpush:calls=1,rejected_calls=0,failed_calls=1",
            "cmdstat_multi:calls=2,rejected_calls=0,failed_calls=0",
            "cmdstat_set:calls=1,rejected_calls=1,failed_calls=0",
        ];
        assert_eq!(shown, wanted);
    }

    #[test]
    fn commandstats_are_for_those_who_ask() {
        let (mut engine, client) = world();
        for (line, given) in [
            ("INFO", false),
            ("INFO default", false),
            ("INFO memory", false),
            ("INFO all", true),
            ("INFO everything", true),
            ("INFO default COMMANDSTATS", true),
        ] {
            let text = play(&mut engine, client, &["PING", line]);
            assert_eq!(text.contains("cmdstat_ping:"), given, "{line}");
        }
    }

    #[test]
    fn lifetimes_are_averaged() {
        let (mut engine, client) = world();
        let lines = ["SET a 1 PX 1000", "SET b 1 PX 3000", "SET c 1"];
        play(
            &mut engine,
            client,
            &[&lines[..], &["INFO keyspace"]].concat(),
        );
        engine.set_now(500);
        let text = play(&mut engine, client, &["INFO keyspace"]);
        assert_eq!(text, "# Keyspace\r\ndb0:keys=3,expires=2,avg_ttl=1500\r\n");
    }

    #[test]
    fn the_peak_of_memory_stays() {
        let (mut engine, client) = world();
        let value = format!("SET k {}", "x".repeat(5200));
        let text = play(&mut engine, client, &[&value, "DEL k", "INFO memory"]);
        assert!(text.contains("used_memory:0\r\n") && text.contains("used_memory_peak_human:5."));
    }
}
