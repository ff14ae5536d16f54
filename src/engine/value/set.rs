//! Sets.

use crate::engine::{
    Bytes, number,
    value::dense::{self, Dense},
};

/// Members without an order. As in Redis, up to 512 whole numbers lie in ascending order; any other member, or one
/// more, makes it a table for ever.
#[derive(Debug, Clone)]
pub struct Set {
    members: Members,
    bytes: usize,
}

#[derive(Debug, Clone)]
enum Members {
    Numbers(Vec<i64>),
    Table(Dense<()>),
}

/// What each member costs beside its bytes.
const MEMBER: usize = size_of::<Bytes>() + 8;

impl Default for Set {
    fn default() -> Set {
        Set {
            members: Members::Numbers(Vec::new()),
            bytes: 0,
        }
    }
}

impl Set {
    /// A set of these members; see [`Set::insert`].
    pub fn of_members(members: impl IntoIterator<Item = Bytes>, small: usize) -> Set {
        let mut set = Set::default();
        for member in members {
            set.insert(member, small);
        }
        set
    }

    /// How many members there are.
    #[must_use]
    pub fn len(&self) -> usize {
        match &self.members {
            Members::Numbers(numbers) => numbers.len(),
            Members::Table(table) => table.len(),
        }
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// See [`super::Typed::weight`].
    #[must_use]
    pub fn weight(&self) -> usize {
        match &self.members {
            Members::Numbers(numbers) => numbers.len() * size_of::<i64>(),
            Members::Table(table) => self.bytes + table.len() * MEMBER,
        }
    }

    /// What `OBJECT ENCODING` answers.
    #[must_use]
    pub fn encoding(&self) -> &'static str {
        match self.members {
            Members::Numbers(_) => "intset",
            Members::Table(_) => "hashtable",
        }
    }

    /// Whether this is a member.
    #[must_use]
    pub fn contains(&self, member: &[u8]) -> bool {
        match &self.members {
            Members::Numbers(numbers) => number::parse_int(member)
                .is_some_and(|number| numbers.binary_search(&number).is_ok()),
            Members::Table(table) => table.position(member).is_some(),
        }
    }

    /// The member at a position, 0-based, in the order of [`Set::iter`].
    #[must_use]
    pub fn at(&self, position: usize) -> Option<Bytes> {
        match &self.members {
            Members::Numbers(numbers) => numbers.get(position).copied().map(number::format_int),
            Members::Table(table) => table.at(position).map(|(member, ())| member.clone()),
        }
    }

    /// All members.
    pub fn iter(&self) -> impl Iterator<Item = Bytes> {
        let (numbers, table) = match &self.members {
            Members::Numbers(numbers) => (numbers.as_slice(), None),
            Members::Table(table) => (&[][..], Some(table)),
        };
        numbers
            .iter()
            .copied()
            .map(number::format_int)
            .chain(table.into_iter().flat_map(dense::keys))
    }

    /// Some members, and the cursor to go on with; see [`Dense::scan`]. A set of numbers answers everything at once.
    #[must_use]
    pub fn scan(&self, cursor: u64, count: usize) -> (u64, Vec<Bytes>) {
        match &self.members {
            Members::Numbers(_) => (0, self.iter().collect()),
            Members::Table(table) => {
                let (next, found) = table.scan(cursor, count);
                (next, found.map(|(member, ())| member.clone()).collect())
            }
        }
    }

    /// Adds a member; `false` when it was there. A set of more than `small` whole numbers is a table.
    pub fn insert(&mut self, member: Bytes, small: usize) -> bool {
        if let Members::Numbers(numbers) = &mut self.members {
            if let Some(number) = number::parse_int(&member) {
                let Err(at) = numbers.binary_search(&number) else {
                    return false;
                };
                numbers.insert(at, number);
                if numbers.len() > small {
                    self.make_table();
                }
                return true;
            }
            self.make_table();
        }
        let Members::Table(table) = &mut self.members else {
            unreachable!("it was just made a table");
        };
        let length = member.len();
        let new = table.insert_new(member, ());
        if new {
            self.bytes += length;
        }
        new
    }

    /// Takes a member out; `false` when it was not there.
    pub fn remove(&mut self, member: &[u8]) -> bool {
        match &mut self.members {
            Members::Numbers(numbers) => {
                let at = number::parse_int(member)
                    .and_then(|number| numbers.binary_search(&number).ok());
                at.map(|at| numbers.remove(at)).is_some()
            }
            Members::Table(table) => {
                let gone = table.swap_remove(member);
                self.bytes -= gone.as_ref().map_or(0, |(member, ())| member.len());
                gone.is_some()
            }
        }
    }

    /// Takes out the member at a position.
    pub fn remove_at(&mut self, position: usize) -> Option<Bytes> {
        match &mut self.members {
            Members::Numbers(numbers) => {
                (position < numbers.len()).then(|| number::format_int(numbers.remove(position)))
            }
            Members::Table(table) => {
                let (member, ()) = table.swap_remove_at(position)?;
                self.bytes -= member.len();
                Some(member)
            }
        }
    }

    fn make_table(&mut self) {
        let mut table = Dense::default();
        for member in self.iter() {
            table.insert_new(member, ());
        }
        self.bytes = dense::keys(&table).map(|member| member.len()).sum();
        self.members = Members::Table(table);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;
    use crate::engine::value::Limits;

    const SMALL: usize = Limits::REDIS.set;

    proptest! {
        #[test]
        fn a_set_holds_what_was_added_and_not_removed(
            steps in proptest::collection::vec((0..3u8, -30..30i64, any::<bool>()), 0..200),
            letters in any::<bool>(),
        ) {
            let (mut set, mut model) = (Set::default(), BTreeSet::new());
            for (kind, number, by_place) in steps {
                let text = if letters && number > 0 { format!("n{number}") } else { number.to_string() };
                let member = Bytes::from(text.as_bytes());
                match kind {
                    0 if by_place && !set.is_empty() => {
                        let gone = set.remove_at(number.unsigned_abs() as usize % set.len());
                        prop_assert!(model.remove(&gone.expect("the place is inside")));
                    }
                    0 => prop_assert_eq!(set.remove(&member), model.remove(&member)),
                    _ => prop_assert_eq!(set.insert(member.clone(), SMALL), model.insert(member)),
                }
                prop_assert_eq!(set.len(), model.len());
            }
            prop_assert!(model.iter().all(|member| set.contains(member)));
            prop_assert_eq!(set.iter().collect::<BTreeSet<_>>(), model.clone());
            if set.encoding() == "hashtable" {
                let weight: usize = model.iter().map(|member| member.len() + MEMBER).sum();
                prop_assert_eq!(set.weight(), weight);
            }
        }
    }

    #[test]
    fn numbers_ascend_until_there_are_too_many() {
        let numbers = (0..512).rev().map(number::format_int);
        let mut set = Set::of_members(numbers, SMALL);
        assert_eq!(set.encoding(), "intset");
        assert!(set.iter().eq((0..512).map(number::format_int)));
        set.insert(number::format_int(512), SMALL);
        assert_eq!(set.encoding(), "hashtable");
        assert_eq!(set.len(), 513);
    }
}
