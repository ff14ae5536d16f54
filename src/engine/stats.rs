//! What has been counted since the start, or since CONFIG RESETSTAT, and what tells one run from another.

use crate::engine::{Options, commands};

/// Counts, as INFO tells them.
#[derive(Debug, Clone, Default)]
pub struct Stats {
    /// Clients that came.
    pub connections: u64,
    /// Commands that ran.
    pub commands: u64,
    /// Keys whose time was over.
    pub expired: u64,
    /// Keys that a reading command looked for and found.
    pub hits: u64,
    /// Keys that a reading command looked for in vain.
    pub misses: u64,
    /// Replies that were errors.
    pub errors: u64,
    /// Changes of keys; not set back.
    pub changes: u64,
    /// The most bytes that counted to `maxmemory` behind a command; not set back.
    pub peak: usize,
    /// How often each command was called, by its place in [`commands::all`]; as long as the last of them needs.
    calls: Vec<Calls>,
}

/// How often a command was called.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Calls {
    /// Calls that ran.
    pub ran: u64,
    /// Calls that were refused before they ran.
    pub rejected: u64,
    /// Calls that ran and answered an error.
    pub failed: u64,
}

impl Stats {
    /// The commands that were called, by name.
    #[must_use]
    pub fn calls(&self) -> Vec<(&'static str, Calls)> {
        let calls = commands::all().iter().zip(self.calls.iter());
        let named = calls.map(|(command, calls)| (command.name, *calls));
        named.filter(|(_, it)| *it != Calls::default()).collect()
    }

    /// The command at a place in [`commands::all`] has run.
    #[inline]
    pub(super) fn count(&mut self, at: usize, failed: bool) {
        self.commands += 1;
        self.errors += u64::from(failed);
        let calls = self.calls_of(at);
        calls.ran += 1;
        calls.failed += u64::from(failed);
    }

    /// A line was refused before it ran.
    pub(super) fn count_refusal(&mut self, command: Option<&'static str>) {
        self.errors += 1;
        let place = |name| commands::all().binary_search_by_key(&name, |row| row.name);
        if let Some(Ok(at)) = command.map(place) {
            self.calls_of(at).rejected += 1;
        }
    }

    #[inline]
    fn calls_of(&mut self, at: usize) -> &mut Calls {
        if at >= self.calls.len() {
            self.calls.resize(at + 1, Calls::default());
        }
        &mut self.calls[at]
    }

    pub(super) fn reset(&mut self) {
        *self = Stats {
            changes: self.changes,
            peak: self.peak,
            ..Stats::default()
        };
    }
}

/// What tells a run from others.
#[derive(Debug, Clone)]
pub(super) struct Identity {
    /// The number of the process; 0 is none.
    pub process_id: u32,
    /// The system that it runs on.
    pub system: &'static str,
    /// Forty hexadecimal digits that follow from the seed and the time.
    pub run_id: String,
}

impl Identity {
    pub fn new(options: &Options) -> Identity {
        let seed = options.seed ^ options.now.unsigned_abs().rotate_left(32);
        let mut random = fastrand::Rng::with_seed(seed ^ u64::from(options.process_id));
        let digit = |_| char::from_digit(random.u32(..16), 16).unwrap_or('0');
        Identity {
            process_id: options.process_id,
            system: options.system,
            run_id: (0..40).map(digit).collect(),
        }
    }
}
