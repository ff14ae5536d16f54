//! Lua scripts: what EVAL and its companions run.
//!
//! [`Scripts`] are plain data: texts by the SHA-1 that names them, so that a fork of the engine has them too.
//! [`machine`] holds a Lua 5.1 with what Redis 7.0 gives to a script and nothing else: no files, no clock, no
//! environment. Scripts leave no trace in it: all that they can reach is read-only or made anew for each one.
//!
//! Invariant: a script ends. It has a budget of steps ([`BUDGET`]) and of memory ([`MEMORY`]), and both count the same
//! on every machine. Redis instead lets a script run for ever and others be told `BUSY`; what this one wrote before it
//! was stopped stays. What they cannot see is the time that one instruction of Lua takes: comparing long strings, reading
//! them as numbers, `next` in a large table that was emptied, a table that is laid out anew, and long strings with one
//! hash. A script made for that is as slow here as in Redis.

mod call;
mod client;
mod convert;
mod decode;
mod encode;
mod library;
mod machine;
mod pattern;
mod strings;
mod tables;
#[cfg(test)]
mod tests;

use std::{
    collections::{HashMap, VecDeque},
    sync::Arc,
};

use foldhash::fast::FixedState;
use sha1_smol::Sha1;

use crate::engine::{Bytes, Error, Result};

pub(super) use machine::{Run, check, run};

/// How many steps a script may take: instructions of Lua's machine, and what the functions that it calls do beside.
/// Some tenths of a second's worth; unit tests have less patience, and less memory.
const BUDGET: u64 = if cfg!(test) { 10_000_000 } else { 50_000_000 };

/// How many bytes a script's own values may take.
const MEMORY: usize = if cfg!(test) { 16 << 20 } else { 64 << 20 };

/// How many bytes all kept scripts together may take.
const TEXTS: usize = if cfg!(test) { 1 << 20 } else { 32 << 20 };
/// What a script takes beside its text: its name, twice, and its places in the tables.
const SCRIPT: usize = 2 * (size_of::<Name>() + 40) + size_of::<Script>() + 16;

/// The name of a script: the SHA-1 of its text in lower-case hexadecimal digits.
pub(super) type Name = String;

/// The scripts that were loaded or have run. Redis 7.0 keeps all; here, as in Redis 7.4, those that EVAL has brought go
/// when there are too many, the oldest first, and those of SCRIPT LOAD stay.
#[derive(Debug, Clone, Default)]
pub(super) struct Scripts {
    by_name: Arc<HashMap<Name, Script, FixedState>>,
    /// Those that EVAL has brought, in the order in which they came. One that was loaded later is passed over.
    brought: Arc<VecDeque<Name>>,
    bytes: usize,
    /// The state of `math.random`, which goes on from script to script.
    random: Random,
}

/// A state of `math.random`; every server begins with the same.
#[derive(Debug, Clone, Copy)]
struct Random(u64);

impl Default for Random {
    fn default() -> Random {
        Random(0x1234_abcd_330e)
    }
}

/// A script.
#[derive(Debug, Clone)]
pub(super) struct Script {
    /// Its text.
    pub text: Bytes,
    /// What its first line says of it.
    pub flags: Flags,
    /// Whether SCRIPT LOAD has brought it, so that it stays.
    loaded: bool,
}

/// What the first line of a script may say: `#!lua flags=no-writes,allow-oom`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Flags {
    /// Whether there is such a line; without it everything is allowed.
    pub given: bool,
    /// It never writes.
    pub no_writes: bool,
    /// It runs at the memory limit too.
    pub allow_oom: bool,
}

impl Scripts {
    /// A script by its name, in any case.
    pub fn get(&self, name: &[u8]) -> Option<(Name, Script)> {
        let name = std::str::from_utf8(name).ok()?.to_ascii_lowercase();
        let script = self.by_name.get(&name)?.clone();
        Some((name, script))
    }

    /// What a text's first line declares, if it is a script's.
    pub fn declared(text: &[u8]) -> Option<Flags> {
        Flags::read(text).ok()
    }

    /// How many are kept, and the bytes that they take.
    pub fn kept(&self) -> (usize, usize) {
        (self.by_name.len(), self.bytes)
    }

    /// A script that compiles, for EVAL. It is kept as far as there is room.
    pub fn bring(&mut self, text: &Bytes) -> Result<(Name, Script)> {
        let (name, script) = self.known_or_checked(text)?;
        if !self.by_name.contains_key(&name) && self.make_room(script.weight()) {
            Arc::make_mut(&mut self.brought).push_back(name.clone());
            self.keep(name.clone(), script.clone());
        }
        Ok((name, script))
    }

    /// Keeps a script that compiles until SCRIPT FLUSH.
    pub fn load(&mut self, text: &Bytes) -> Result<Name> {
        let (name, mut script) = self.known_or_checked(text)?;
        if script.loaded {
            return Ok(name);
        }
        script.loaded = true;
        let known = self.by_name.contains_key(&name);
        if !known && !self.make_room(script.weight()) {
            return Err(Error::composed(format!(
                "OOM the loaded scripts take {} MB already; SCRIPT FLUSH forgets them",
                TEXTS >> 20
            )));
        }
        self.keep(name.clone(), script);
        Ok(name)
    }

    fn known_or_checked(&self, text: &Bytes) -> Result<(Name, Script)> {
        let name = sha1(text);
        if let Some(script) = self.by_name.get(&name) {
            return Ok((name, script.clone()));
        }
        let script = Script {
            text: text.clone(),
            flags: Flags::read(text)?,
            loaded: false,
        };
        check(&name, &script)?;
        Ok((name, script))
    }

    fn keep(&mut self, name: Name, script: Script) {
        self.bytes += script.weight();
        if let Some(old) = Arc::make_mut(&mut self.by_name).insert(name, script) {
            self.bytes -= old.weight();
        }
    }

    /// Lets scripts that EVAL has brought go until there is room for so many bytes; `false` when that is not enough.
    fn make_room(&mut self, bytes: usize) -> bool {
        if bytes > TEXTS {
            return false;
        }
        while self.bytes + bytes > TEXTS {
            let Some(name) = Arc::make_mut(&mut self.brought).pop_front() else {
                return false;
            };
            if self.by_name.get(&name).is_some_and(|it| !it.loaded)
                && let Some(old) = Arc::make_mut(&mut self.by_name).remove(&name)
            {
                self.bytes -= old.weight();
            }
        }
        true
    }

    /// Forgets all.
    pub fn clear(&mut self) {
        (self.by_name, self.brought, self.bytes) = Default::default();
    }
}

impl Script {
    /// The bytes that it takes.
    fn weight(&self) -> usize {
        SCRIPT + self.text.len()
    }

    /// Its text without the first line's words, which are none of Lua's; the line's end stays, so that lines keep
    /// their numbers.
    fn body(&self) -> &[u8] {
        let skipped = if self.flags.given {
            self.text.iter().position(|byte| *byte == b'\n')
        } else {
            None
        };
        &self.text[skipped.unwrap_or(0)..]
    }
}

impl Flags {
    /// Whether it declares so much that it cannot run at the memory limit.
    pub fn needs_room(self) -> bool {
        self.given && !self.no_writes && !self.allow_oom
    }

    fn read(text: &[u8]) -> Result<Flags> {
        if !text.starts_with(b"#!") {
            return Ok(Flags::default());
        }
        let end = text.iter().position(|byte| *byte == b'\n');
        let line = &text[..end.ok_or(Error::Fixed("ERR Invalid script shebang"))?];
        let words = words(line).ok_or(Error::Fixed("ERR Invalid engine in script shebang"))?;
        let (engine, options) = words
            .split_first()
            .ok_or(Error::Fixed("ERR Invalid engine in script shebang"))?;
        if engine != "#!lua" {
            return Err(odd("Unexpected engine in script shebang:", engine));
        }
        let mut flags = Flags {
            given: true,
            ..Flags::default()
        };
        for option in options {
            let Some(names) = option.strip_prefix("flags=") else {
                return Err(odd("Unknown lua shebang option:", option));
            };
            let names = names.split(',');
            for name in names.filter(|_| option != "flags=") {
                match name {
                    "no-writes" => flags.no_writes = true,
                    "allow-oom" => flags.allow_oom = true,
                    "allow-stale" | "no-cluster" | "allow-cross-slot-keys" => {}
                    other => return Err(odd("Unexpected flag in script shebang:", other)),
                }
            }
        }
        Ok(flags)
    }
}

fn odd(what: &str, word: &str) -> Error {
    Error::composed(format!("ERR {what} {}", word.replace(['\r', '\n'], " ")))
}

/// The words of a line, which may be quoted; none when a quote is left open.
fn words(line: &[u8]) -> Option<Vec<String>> {
    let line = String::from_utf8_lossy(line);
    let mut words = Vec::new();
    let mut rest = line.trim_start();
    while let Some(first) = rest.chars().next() {
        let quoted = matches!(first, '"' | '\'');
        let (word, behind) = if quoted {
            rest[1..].split_once(first)?
        } else {
            let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
            rest.split_at(end)
        };
        words.push(word.to_owned());
        rest = behind.trim_start();
    }
    Some(words)
}

/// The SHA-1 of some bytes in hexadecimal digits.
pub(super) fn sha1(bytes: &[u8]) -> String {
    Sha1::from(bytes).digest().to_string()
}
