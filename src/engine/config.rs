//! The settings of CONFIG: one row each, with its default, what it may be set to, and what it may not.
//!
//! A setting that means something here has a typed field in [`Config`], which the engine or its server reads. The
//! others are there because clients ask for them; they tell the truth about this engine and cannot be changed.

use std::{collections::BTreeMap, sync::Arc};

use crate::engine::{Bytes, Error, Options, Result, events::Classes, number, value::Limits};

/// How much of what it was sent a client may leave unread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutputLimit {
    /// The bytes at which it is dropped at once; 0 is no limit.
    pub hard: u64,
    /// The bytes at which it is dropped after a while; 0 is no limit.
    pub soft: u64,
    /// How many seconds that while has.
    pub seconds: u64,
}

/// The settings that mean something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// The keyspace events that are published.
    pub events: Classes,
    /// What AUTH asks for.
    pub password: Option<Bytes>,
    /// The bytes that keys and values may take; `usize::MAX` is no limit.
    pub max_memory: usize,
    /// The bytes that one string may have.
    pub max_value: usize,
    /// How many clients a server serves at once.
    pub max_clients: usize,
    /// After how many idle seconds a server drops a client; 0 is never.
    pub idle_seconds: u64,
    /// The most of its input that a client may leave unfinished, in bytes.
    pub max_query: usize,
    /// For clients that listen to no channel.
    pub normal_output: OutputLimit,
    /// For clients that listen to channels.
    pub pubsub_output: OutputLimit,
    /// Up to which sizes collections keep the encodings of small ones.
    pub small: Limits,
    /// The most that `maxmemory` and `proto-max-bulk-len` can be.
    ceiling: (usize, usize),
    /// What was set to something else than the default, by name, as CONFIG GET shows it.
    changed: Arc<BTreeMap<&'static str, Bytes>>,
}

/// A row: a setting.
struct Setting {
    name: &'static str,
    /// The name of Redis before 7.0, which still works.
    alias: Option<&'static str>,
    default: &'static str,
    kind: Kind,
}

/// What a setting may be set to.
#[derive(Clone, Copy)]
enum Kind {
    /// A whole number between two others.
    Int(i64, i64),
    /// A number of bytes, at least so many: `100mb`.
    Memory(i64),
    /// Classes of keyspace events.
    Events,
    /// Any text.
    Text,
    /// `client-output-buffer-limit`.
    Output,
    /// Redis cannot change it either.
    Immutable,
    /// Here it is what it is, for this reason.
    Fixed(&'static str),
}

const NO_DISK: Kind = Kind::Fixed("this server keeps nothing on disk");
const NO_REPLICA: Kind = Kind::Fixed("this server has no replicas");
const SIZE: Kind = Kind::Int(0, i64::MAX);
const ONE_WAY: Kind = Kind::Fixed("this server knows no other way");
const UINT: i64 = u32::MAX as i64;
const INT: i64 = i32::MAX as i64;

const fn row(name: &'static str, default: &'static str, kind: Kind) -> Setting {
    Setting {
        name,
        alias: None,
        default,
        kind,
    }
}

const fn old(
    name: &'static str,
    alias: &'static str,
    default: &'static str,
    kind: Kind,
) -> Setting {
    Setting {
        name,
        alias: Some(alias),
        default,
        kind,
    }
}

/// The settings, sorted by name.
const SETTINGS: &[Setting] = &[
    row("appendfilename", "appendonly.aof", Kind::Immutable),
    row("appendfsync", "everysec", NO_DISK),
    row("appendonly", "no", NO_DISK),
    row("bind", "", Kind::Immutable),
    old("busy-reply-threshold", "lua-time-limit", "5000", ONE_WAY),
    row(
        "client-output-buffer-limit",
        "normal 0 0 0 slave 268435456 67108864 60 pubsub 33554432 8388608 60",
        Kind::Output,
    ),
    row(
        "client-query-buffer-limit",
        "1073741824",
        Kind::Memory(1 << 20),
    ),
    row("cluster-enabled", "no", Kind::Immutable),
    row("databases", "16", Kind::Immutable),
    row("dbfilename", "", NO_DISK),
    row("dir", "", NO_DISK),
    row("enable-debug-command", "no", Kind::Immutable),
    old(
        "hash-max-listpack-entries",
        "hash-max-ziplist-entries",
        "512",
        SIZE,
    ),
    old(
        "hash-max-listpack-value",
        "hash-max-ziplist-value",
        "64",
        Kind::Memory(0),
    ),
    row("io-threads", "1", Kind::Immutable),
    row("lazyfree-lazy-user-del", "no", ONE_WAY),
    // Nothing that a client can see follows from these two: every list of Redis 7.0 is a quicklist.
    row("list-compress-depth", "0", Kind::Int(0, INT)),
    old(
        "list-max-listpack-size",
        "list-max-ziplist-size",
        "-2",
        Kind::Int(i32::MIN as i64, INT),
    ),
    row("maxclients", "10000", Kind::Int(1, UINT)),
    row("maxmemory", "0", Kind::Memory(0)),
    row(
        "maxmemory-policy",
        "noeviction",
        Kind::Fixed("this server never evicts keys"),
    ),
    row("notify-keyspace-events", "", Kind::Events),
    row("port", "0", Kind::Fixed("restart the server with --port")),
    row(
        "protected-mode",
        "yes",
        Kind::Fixed("restart the server with --password and --bind"),
    ),
    row("proto-max-bulk-len", "536870912", Kind::Memory(1 << 20)),
    old("replica-read-only", "slave-read-only", "yes", NO_REPLICA),
    old("replicaof", "slaveof", "", Kind::Immutable),
    row("requirepass", "", Kind::Text),
    row("save", "", NO_DISK),
    row("set-max-intset-entries", "512", SIZE),
    row(
        "slowlog-log-slower-than",
        "-1",
        Kind::Fixed("this server measures no times"),
    ),
    row("tcp-keepalive", "300", ONE_WAY),
    row("timeout", "0", Kind::Int(0, INT)),
    row("unixsocket", "", Kind::Immutable),
    old(
        "zset-max-listpack-entries",
        "zset-max-ziplist-entries",
        "128",
        SIZE,
    ),
    old(
        "zset-max-listpack-value",
        "zset-max-ziplist-value",
        "64",
        Kind::Memory(0),
    ),
];

/// How far transactions and scripts that began below the memory limit may go beyond it. Redis stops them nowhere.
const OVERDRAFT: usize = 64 << 20;

impl Config {
    /// The bytes that nothing may pass, once begun.
    pub(super) fn most_memory(&self) -> usize {
        let most = self.max_memory.saturating_add(OVERDRAFT);
        most.min(self.ceiling.0)
    }

    pub(super) fn new(options: &Options) -> Config {
        let limit = |hard, soft, seconds| OutputLimit {
            hard,
            soft,
            seconds,
        };
        let mut config = Config {
            events: Classes::default(),
            password: None,
            max_memory: options.max_memory,
            max_value: options.max_value,
            max_clients: 10_000,
            idle_seconds: 0,
            max_query: 1 << 30,
            normal_output: limit(0, 0, 0),
            pubsub_output: limit(32 << 20, 8 << 20, 60),
            small: Limits::REDIS,
            ceiling: if options.guarded {
                (options.max_memory, options.max_value)
            } else {
                (usize::MAX, usize::MAX)
            },
            changed: Arc::default(),
        };
        let memory = Some(options.max_memory).filter(|limit| *limit != usize::MAX);
        config.note("maxmemory", memory.unwrap_or(0).to_string());
        config.note("proto-max-bulk-len", options.max_value.to_string());
        config.note("databases", options.databases.max(1).to_string());
        config
    }

    /// All settings with their values, old names included; the glob patterns of CONFIG GET are matched against them.
    pub(super) fn all(&self) -> impl Iterator<Item = (&'static str, Bytes)> {
        SETTINGS.iter().flat_map(|setting| {
            let value = self.changed.get(setting.name).cloned();
            let value = value.unwrap_or_else(|| Bytes::from(setting.default.as_bytes()));
            let names = [setting.name].into_iter().chain(setting.alias);
            names.map(move |name| (name, value.clone()))
        })
    }

    /// Sets several settings, all or none.
    pub(super) fn set_all(&mut self, pairs: &[(&Bytes, &Bytes)]) -> Result<()> {
        let mut settings = Vec::new();
        for (name, _) in pairs {
            let setting = find(name).ok_or_else(|| unknown(name))?;
            settings.push(setting);
        }
        for (at, setting) in settings.iter().enumerate() {
            if settings[..at]
                .iter()
                .any(|other| other.name == setting.name)
            {
                return Err(failed(pairs[at].0, "duplicate parameter"));
            }
        }
        let mut changed = self.clone();
        for (setting, (name, value)) in settings.iter().zip(pairs) {
            changed
                .apply(setting, value)
                .map_err(|reason| failed(name, &reason))?;
        }
        *self = changed;
        Ok(())
    }

    /// Takes note of a setting that was decided outside, such as the port.
    pub(super) fn note(&mut self, name: &'static str, value: impl Into<String>) {
        let value = Bytes::from(value.into().into_bytes());
        Arc::make_mut(&mut self.changed).insert(name, value);
    }

    fn apply(&mut self, setting: &Setting, value: &Bytes) -> Result<(), String> {
        let shown = match setting.kind {
            Kind::Immutable => return Err("can't set immutable config".to_owned()),
            Kind::Fixed(reason) => {
                let current = self.all().find(|(name, _)| *name == setting.name);
                if current.is_some_and(|(_, current)| current == *value) {
                    return Ok(());
                }
                return Err(reason.to_owned());
            }
            Kind::Int(least, most) => {
                let number = int(value, least, most)?;
                self.take_number(setting.name, number);
                number.to_string().into_bytes()
            }
            Kind::Memory(least) => {
                let bytes = memory(value, least)?;
                self.take_number(setting.name, bytes);
                bytes.to_string().into_bytes()
            }
            Kind::Events => {
                self.events = Classes::parse(value)
                    .ok_or("Invalid event class character. Use 'Ag$lshzxeKEtmdn'.")?;
                self.events.to_string().into_bytes()
            }
            Kind::Text => {
                self.password = Some(value.clone()).filter(|password| !password.is_empty());
                value.to_vec()
            }
            Kind::Output => {
                self.take_output_limits(value)?;
                self.output_limits().into_bytes()
            }
        };
        Arc::make_mut(&mut self.changed).insert(setting.name, Bytes::from(shown));
        Ok(())
    }

    fn take_number(&mut self, name: &str, number: i64) {
        let size = usize::try_from(number).unwrap_or(usize::MAX);
        match name {
            "maxmemory" => {
                let size = if size == 0 { usize::MAX } else { size };
                self.max_memory = size.min(self.ceiling.0);
            }
            "proto-max-bulk-len" => self.max_value = size.min(self.ceiling.1),
            "maxclients" => self.max_clients = size,
            "timeout" => self.idle_seconds = number.unsigned_abs(),
            "client-query-buffer-limit" => self.max_query = size,
            "hash-max-listpack-entries" => self.small.hash.entries = size,
            "hash-max-listpack-value" => self.small.hash.value = size,
            "set-max-intset-entries" => self.small.set = size,
            "zset-max-listpack-entries" => self.small.sorted_set.entries = size,
            "zset-max-listpack-value" => self.small.sorted_set.value = size,
            _ => {}
        }
    }

    /// Reads `class hard soft seconds`, repeated.
    fn take_output_limits(&mut self, value: &[u8]) -> Result<(), String> {
        let text = String::from_utf8_lossy(value).into_owned();
        let words: Vec<&str> = text.split_whitespace().collect();
        if words.is_empty() || !words.len().is_multiple_of(4) {
            return Err("Wrong number of arguments in buffer limit configuration.".to_owned());
        }
        for parts in words.chunks(4) {
            let bytes = |at: usize| memory(parts[at].as_bytes(), 0).map(i64::unsigned_abs);
            let wrong =
                "Error in hard, soft or soft_seconds setting in buffer limit configuration.";
            let limit = OutputLimit {
                hard: bytes(1).map_err(|_| wrong)?,
                soft: bytes(2).map_err(|_| wrong)?,
                seconds: parts[3].parse().map_err(|_| wrong)?,
            };
            match parts[0].to_ascii_lowercase().as_str() {
                "normal" => self.normal_output = limit,
                "pubsub" => self.pubsub_output = limit,
                "slave" | "replica" => {}
                _ => {
                    return Err(
                        "Invalid client class specified in buffer limit configuration.".to_owned(),
                    );
                }
            }
        }
        Ok(())
    }

    fn output_limits(&self) -> String {
        let shown = |limit: OutputLimit| format!("{} {} {}", limit.hard, limit.soft, limit.seconds);
        format!(
            "normal {} slave 268435456 67108864 60 pubsub {}",
            shown(self.normal_output),
            shown(self.pubsub_output)
        )
    }
}

fn find(name: &[u8]) -> Option<&'static Setting> {
    SETTINGS.iter().find(|setting| {
        [Some(setting.name), setting.alias]
            .into_iter()
            .flatten()
            .any(|known| known.as_bytes().eq_ignore_ascii_case(name))
    })
}

fn unknown(name: &[u8]) -> Error {
    Error::composed(format!(
        "ERR Unknown option or number of arguments for CONFIG SET - '{}'",
        String::from_utf8_lossy(name)
    ))
}

fn failed(name: &[u8], reason: &str) -> Error {
    Error::composed(format!(
        "ERR CONFIG SET failed (possibly related to argument '{}') - {reason}",
        String::from_utf8_lossy(name)
    ))
}

fn int(value: &[u8], least: i64, most: i64) -> Result<i64, String> {
    let number = number::parse_int(value).ok_or("argument couldn't be parsed into an integer")?;
    if (least..=most).contains(&number) {
        Ok(number)
    } else {
        Err(format!(
            "argument must be between {least} and {most} inclusive"
        ))
    }
}

/// Redis 7.0: `k`, `m`, `g` are powers of a thousand, `kb`, `mb`, `gb` of 1,024.
fn memory(value: &[u8], least: i64) -> Result<i64, String> {
    const WRONG: &str = "argument must be a memory value";
    let text = String::from_utf8_lossy(value).to_ascii_lowercase();
    let digits = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let factor: i64 = match unit {
        "" | "b" => 1,
        "k" => 1000,
        "kb" => 1 << 10,
        "m" => 1_000_000,
        "mb" => 1 << 20,
        "g" => 1_000_000_000,
        "gb" => 1 << 30,
        _ => return Err(WRONG.to_owned()),
    };
    let bytes = number
        .parse::<i64>()
        .ok()
        .and_then(|number| number.checked_mul(factor));
    let bytes = bytes.ok_or(WRONG)?;
    if bytes < least {
        return Err(format!(
            "argument must be between {least} and {} inclusive",
            i64::MAX
        ));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_sorted_and_named_once() {
        assert!(SETTINGS.windows(2).all(|pair| pair[0].name < pair[1].name));
    }

    #[test]
    fn memory_is_read_with_its_unit() {
        assert_eq!(memory(b"100mb", 0), Ok(104_857_600));
        assert_eq!(memory(b"2K", 0), Ok(2000));
        assert!(memory(b"-1", 0).is_err() && memory(b"9999999999999gb", 0).is_err());
    }
}
