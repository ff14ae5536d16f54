//! What has been counted since the start, or since CONFIG RESETSTAT.

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
}

impl Stats {
    pub(super) fn reset(&mut self) {
        *self = Stats {
            changes: self.changes,
            ..Stats::default()
        };
    }
}
