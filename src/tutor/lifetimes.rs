//! How long each key was given to live when its deadline was set. Redis forgets that; a drawing of the time left needs
//! it, for half of an hour and half of a minute look alike only beside the whole.

use std::{collections::BTreeMap, sync::Arc};

use crate::engine::{Bytes, Keyspace};

/// The deadlines of keys, with the whole time from the moment at which each was set.
#[derive(Debug, Clone, Default)]
pub struct Lifetimes(Arc<BTreeMap<(usize, Bytes), Lifetime>>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Lifetime {
    deadline: i64,
    whole: i64,
}

impl Lifetimes {
    /// Takes note of the deadlines that are new at this moment, and forgets those that are over.
    pub fn note(&mut self, keyspace: &Keyspace, now: i64) {
        let known = |db: usize, key: &Bytes, deadline: i64| {
            let found = self.0.get(&(db, key.clone())).copied();
            found.filter(|lifetime| lifetime.deadline == deadline)
        };
        let mut deadlines = keyspace.deadlines();
        if self.0.len() == keyspace.deadlines().count()
            && deadlines.all(|(db, key, deadline)| known(db, key, deadline).is_some())
        {
            return;
        }
        let noted = keyspace.deadlines().map(|(db, key, deadline)| {
            let fresh = Lifetime {
                deadline,
                whole: deadline - now,
            };
            let lifetime = known(db, key, deadline).unwrap_or(fresh);
            ((db, key.clone()), lifetime)
        });
        self.0 = Arc::new(noted.collect());
    }

    /// The whole time in milliseconds that a key was given when this deadline was set, where that is known.
    #[must_use]
    pub fn whole(&self, db: usize, key: &Bytes, deadline: i64) -> Option<i64> {
        let found = self.0.get(&(db, key.clone()))?;
        (found.deadline == deadline).then_some(found.whole)
    }
}
