//! Hashes.

use crate::engine::{
    Bytes,
    value::{Small, dense::Dense},
};

/// Fields with their values. As in Redis, a small hash keeps its fields in the order in which they came; one that
/// grew large, or got a long field or value, no longer promises an order, and never becomes small again.
#[derive(Debug, Clone, Default)]
pub struct Hash {
    fields: Dense<Bytes>,
    bytes: usize,
    large: bool,
}

/// What each field costs beside its bytes and its value's.
const FIELD: usize = 2 * size_of::<Bytes>() + 8;

impl Hash {
    /// How many fields there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.fields.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// See [`super::Typed::weight`].
    #[must_use]
    pub fn weight(&self) -> usize {
        self.bytes + self.len() * FIELD
    }

    /// What `OBJECT ENCODING` answers.
    #[must_use]
    pub fn encoding(&self) -> &'static str {
        if self.large { "hashtable" } else { "listpack" }
    }

    /// A field's value.
    #[must_use]
    pub fn get(&self, field: &[u8]) -> Option<&Bytes> {
        self.fields.get(field)
    }

    /// The field and value at a position, 0-based, in the order of [`Hash::iter`].
    #[must_use]
    pub fn at(&self, position: usize) -> Option<(&Bytes, &Bytes)> {
        self.fields.at(position)
    }

    /// All fields with their values.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&Bytes, &Bytes)> + ExactSizeIterator {
        self.fields.iter()
    }

    /// Some fields, and the cursor to go on with; see [`Dense::scan`]. A small hash answers everything at once.
    pub fn scan(&self, cursor: u64, count: usize) -> (u64, impl Iterator<Item = (&Bytes, &Bytes)>) {
        self.fields.scan_or_all(cursor, count, !self.large)
    }

    /// Sets a field and gives back the value that it had; a field that is there keeps its place. `small` is what the hash
    /// may have to stay small.
    pub fn insert(&mut self, field: Bytes, value: Bytes, small: Small) -> Option<Bytes> {
        self.large |= field.len() > small.value || value.len() > small.value;
        let (name, new) = (field.len(), value.len());
        let old = self.fields.insert(field, value);
        self.bytes += new;
        match &old {
            Some(old) => self.bytes -= old.len(),
            None => self.bytes += name,
        }
        self.large |= self.len() > small.entries;
        old
    }

    /// Takes a field out and gives back its value; in a small hash the others keep their order.
    pub fn remove(&mut self, field: &[u8]) -> Option<Bytes> {
        let (field, value) = if self.large {
            self.fields.swap_remove(field)?
        } else {
            self.fields.shift_remove(field)?
        };
        self.bytes -= field.len() + value.len();
        Some(value)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::engine::value::Limits;

    const SMALL: Small = Limits::REDIS.hash;

    fn bytes(number: u8) -> Bytes {
        Bytes::from(number.to_string().as_bytes())
    }

    proptest! {
        #[test]
        fn a_small_hash_is_a_list_of_pairs(steps in proptest::collection::vec((0..3u8, 0..40u8, any::<u8>()), 0..300)) {
            let (mut hash, mut model) = (Hash::default(), Vec::<(Bytes, Bytes)>::new());
            for (kind, field, value) in steps {
                let (field, value) = (bytes(field), bytes(value));
                let at = model.iter().position(|(name, _)| *name == field);
                if kind == 0 {
                    prop_assert_eq!(hash.remove(&field), at.map(|at| model.remove(at).1));
                    continue;
                }
                let old = hash.insert(field.clone(), value.clone(), SMALL);
                match at {
                    Some(at) => prop_assert_eq!(old, Some(std::mem::replace(&mut model[at].1, value))),
                    None => model.push((field, value)),
                }
            }
            prop_assert!(hash.iter().eq(model.iter().map(|(field, value)| (field, value))));
            let weight: usize = model.iter().map(|(field, value)| field.len() + value.len() + FIELD).sum();
            prop_assert_eq!(hash.weight(), weight);
        }
    }

    #[test]
    fn a_hash_becomes_large_once_and_for_ever() {
        let mut hash = Hash::default();
        for number in 0..=u8::MAX {
            hash.insert(bytes(number), Bytes::new(), SMALL);
        }
        assert_eq!(hash.encoding(), "listpack");
        hash.insert(bytes(0), Bytes::from([b'x'; 65].as_slice()), SMALL);
        hash.insert(bytes(0), Bytes::new(), SMALL);
        assert_eq!(hash.encoding(), "hashtable");
    }
}
