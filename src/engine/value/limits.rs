//! Up to which sizes collections keep the encodings that Redis gives to small ones.

/// The limits of all types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Of hashes: `hash-max-listpack-entries` and `-value`.
    pub hash: Small,
    /// Of sets of whole numbers: `set-max-intset-entries`.
    pub set: usize,
    /// Of sorted sets: `zset-max-listpack-entries` and `-value`.
    pub sorted_set: Small,
}

/// What a small collection of one type may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Small {
    /// So many elements.
    pub entries: usize,
    /// Elements of so many bytes.
    pub value: usize,
}

impl Limits {
    /// Those of Redis 7.0.
    pub const REDIS: Limits = Limits {
        hash: Small {
            entries: 512,
            value: 64,
        },
        set: 512,
        sorted_set: Small {
            entries: 128,
            value: 64,
        },
    };
}
