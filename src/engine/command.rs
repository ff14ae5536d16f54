//! The row of a command: the one place where everything about it is said.
//!
//! Dispatch, arity, usage, hints, completion, key positions, `COMMAND`, coverage and random test lines are derived
//! from the row and from the grammar inside it ([`Grammar`]). Adding a command is one row and one function in a file
//! of `commands/`.

use crate::engine::{
    Args, Bytes, Context, Grammar, Kind, Part, Reply, Result, grammar::FLOAT, number,
};

/// What a command function looks like. Arity is checked before it runs; everything else is its own business.
pub type Handler = fn(&mut Context<'_>, Args<'_>) -> Result<Reply>;

/// The data type or area that a command belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Group {
    /// Keys of any type, expiry, SCAN, SORT.
    Generic,
    /// Strings and counters.
    String,
    /// Lists.
    List,
    /// Hashes.
    Hash,
    /// Sets.
    Set,
    /// Sorted sets.
    SortedSet,
    /// Messages.
    PubSub,
    /// MULTI and its companions.
    Transactions,
    /// What concerns one client.
    Connection,
    /// What concerns the whole server.
    Server,
    /// Bits of strings.
    Bitmap,
    /// Lua scripts.
    Scripting,
}

impl Group {
    /// The name that `COMMAND DOCS` uses.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Group::Generic => "generic",
            Group::String => "string",
            Group::List => "list",
            Group::Hash => "hash",
            Group::Set => "set",
            Group::SortedSet => "sorted-set",
            Group::PubSub => "pubsub",
            Group::Transactions => "transactions",
            Group::Connection => "connection",
            Group::Server => "server",
            Group::Bitmap => "bitmap",
            Group::Scripting => "scripting",
        }
    }
}

/// What of a reply is determined, and so how two replies of the command compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Everything.
    Exact,
    /// The elements, not their order (SMEMBERS, KEYS).
    Any,
    /// Pairs of elements, not their order (HGETALL).
    Pairs,
    /// A cursor, then elements without an order (SCAN).
    Scan,
    /// A cursor, then pairs without an order (HSCAN, ZSCAN).
    ScanPairs,
    /// Nothing but the shape (SPOP, SRANDMEMBER, TIME).
    Random,
}

/// Facts about a command, to be combined with `|`.
pub mod flag {
    /// May change data.
    pub const WRITE: u32 = 1;
    /// Reads data and never changes any.
    pub const READ: u32 = 1 << 1;
    /// May need more memory, so it is refused at the memory limit.
    pub const DENY_OOM: u32 = 1 << 2;
    /// Constant or logarithmic time.
    pub const FAST: u32 = 1 << 3;
    /// May wait.
    pub const BLOCKING: u32 = 1 << 4;
    /// Not allowed in scripts.
    pub const NO_SCRIPT: u32 = 1 << 5;
    /// Concerns messages; allowed while subscribed.
    pub const PUBSUB: u32 = 1 << 6;
    /// For administrators.
    pub const ADMIN: u32 = 1 << 7;
    /// Allowed while data is loading.
    pub const LOADING: u32 = 1 << 8;
    /// Allowed on a stale replica.
    pub const STALE: u32 = 1 << 9;
    /// Runs at once inside MULTI instead of being queued.
    pub const AT_ONCE: u32 = 1 << 10;
    /// Allowed before AUTH.
    pub const NO_AUTH: u32 = 1 << 11;
    /// Its key positions can only be found by reading its arguments.
    pub const MOVABLE_KEYS: u32 = 1 << 12;
    /// Never shown by MONITOR.
    pub const SKIP_MONITOR: u32 = 1 << 13;
    /// ACL category "dangerous".
    pub const DANGEROUS: u32 = 1 << 14;
    /// Refused inside MULTI.
    pub const NO_MULTI: u32 = 1 << 15;
    /// Allowed while subscribed under RESP2.
    pub const ALLOWED_SUBSCRIBED: u32 = 1 << 16;
    /// May change data without being a write itself (PUBLISH, EVAL); a pause of writes holds it up.
    pub const MAY_REPLICATE: u32 = 1 << 17;
    /// May be called without a key although it takes keys.
    pub const NO_MANDATORY_KEYS: u32 = 1 << 18;
    /// Its replies are sent whatever CLIENT REPLY says.
    pub const ALWAYS_ANSWERS: u32 = 1 << 19;
}

/// One command, or one subcommand (`object|encoding`).
#[derive(Debug)]
pub struct Command {
    /// Lower case; a subcommand's row is named `container|subcommand`.
    pub name: &'static str,
    /// Where it belongs.
    pub group: Group,
    /// The Redis version that brought it.
    pub since: &'static str,
    /// What replaced it, when it is an old form.
    pub replaced_by: Option<&'static str>,
    /// Its arguments in the notation of Redis' documentation, for example `key [NX|XX] score member [score member ...]`.
    pub syntax: &'static str,
    /// One line on what it does.
    pub summary: &'static str,
    /// Its cost.
    pub complexity: &'static str,
    /// Facts, combined from [`flag`].
    pub flags: u32,
    /// What of its reply is determined.
    pub order: Order,
    /// Lines with their replies in one-line notation, on an empty engine: its documentation and its first test.
    pub example: &'static [(&'static str, &'static str)],
    /// Runs it.
    pub run: Handler,
}

impl Command {
    /// Whether it never changes data, so that a learner may use it to look around.
    #[must_use]
    pub fn is_read_only(&self) -> bool {
        self.flags & flag::READ != 0
    }

    /// Whether all these facts hold.
    #[must_use]
    pub fn has(&self, flags: u32) -> bool {
        self.flags & flags == flags
    }

    /// The container and subcommand words, or the name and nothing.
    #[must_use]
    pub fn words(&self) -> (&'static str, Option<&'static str>) {
        match self.name.split_once('|') {
            Some((container, sub)) => (container, Some(sub)),
            None => (self.name, None),
        }
    }

    /// The name as one types it: `LPUSH`, `OBJECT ENCODING`.
    #[must_use]
    pub fn title(&self) -> String {
        self.name.to_ascii_uppercase().replace('|', " ")
    }

    /// How it is written: its title and its arguments.
    #[must_use]
    pub fn usage(&self) -> String {
        format!("{} {}", self.title(), self.syntax.replace(FLOAT, ""))
            .trim_end()
            .to_owned()
    }

    /// How many words of a line name the command (1, or 2 for a subcommand).
    #[must_use]
    pub fn name_len(&self) -> usize {
        1 + usize::from(self.name.contains('|'))
    }

    /// The arguments' grammar, parsed from [`Command::syntax`].
    #[must_use]
    pub fn grammar(&self) -> Grammar {
        Grammar::parse(self.syntax)
    }

    /// Redis' arity: the number of words of a call with its name, negative when that is only the least number.
    #[must_use]
    pub const fn arity(&self) -> i32 {
        let (least, open) = crate::engine::grammar::least_words(self.syntax);
        let words = least + 1 + has_bar(self.name) as i32;
        if open { -words } else { words }
    }

    /// The positions of the first and the last key and the step between them, as Redis' command table gives them:
    /// 0 is the command's name, a negative last one counts from the end, zeros are unknown or none.
    #[must_use]
    pub fn key_range(&self) -> (i32, i32, i32) {
        let shift = i32::from(self.name.contains('|'));
        match self.grammar().key_range() {
            (0, 0, 0) => (0, 0, 0),
            (first, last, step) if last < 0 => (first + shift, last, step),
            (first, last, step) => (first + shift, last + shift, step),
        }
    }

    /// Whether its calls name keys.
    #[must_use]
    pub fn takes_keys(&self) -> bool {
        let names_keys = |part: &Part| part.is_key() || part.is_keys();
        self.grammar().mandatory().iter().any(names_keys)
    }

    /// How many keys a call says that it names, for commands that count them; 0 for others.
    #[must_use]
    pub fn named_keys(&self, argv: &[Bytes]) -> usize {
        let counted = |part: &Part| {
            matches!(
                part,
                Part::Value {
                    kind: Kind::NumKeys,
                    ..
                }
            )
        };
        let place = self.grammar().parts.iter().position(counted);
        let count = place.and_then(|at| argv.get(at + self.name_len()));
        let count = count.and_then(|count| number::parse_int(count));
        count
            .and_then(|count| usize::try_from(count).ok())
            .unwrap_or(0)
    }

    /// The positions of the keys in `argv` (0 is the command's name); empty when the line is incomplete.
    #[must_use]
    pub fn keys(&self, argv: &[Bytes]) -> Vec<usize> {
        let first = self.name_len().min(argv.len());
        self.grammar()
            .keys(&argv[first..])
            .into_iter()
            .map(|at| at + first)
            .collect()
    }
}

/// Whether a name is a subcommand's.
const fn has_bar(name: &str) -> bool {
    let bytes = name.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] == b'|' {
            return true;
        }
        at += 1;
    }
    false
}
