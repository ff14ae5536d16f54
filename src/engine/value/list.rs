//! Lists.

use std::ops::Range;

use crate::engine::{
    Bytes,
    value::chunks::{Chunks, Element},
};

/// A list of elements with two open ends: chunks of 256, so that neither the ends nor the middle of a long list is
/// slow, and no room is lost to doubling.
#[derive(Debug, Clone, Default)]
pub struct List {
    elements: Chunks<Bytes, 256>,
    bytes: usize,
}

/// Nobody searches a list by halving.
impl Element for Bytes {
    type Mark = ();

    fn mark(&self) {}
}

/// What each element costs beside its bytes.
const ELEMENT: usize = size_of::<Bytes>();

impl List {
    /// How many elements there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.elements.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.elements.len() == 0
    }

    /// See [`super::Typed::weight`].
    #[must_use]
    pub fn weight(&self) -> usize {
        self.bytes + self.elements.len() * ELEMENT
    }

    /// What `OBJECT ENCODING` answers.
    #[must_use]
    #[allow(clippy::unused_self)]
    pub fn encoding(&self) -> &'static str {
        "quicklist"
    }

    /// The element at an index, 0-based from the left.
    #[must_use]
    pub fn get(&self, index: usize) -> Option<&Bytes> {
        self.elements.get(index)
    }

    /// The elements from the left.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Bytes> + ExactSizeIterator {
        self.elements.iter()
    }

    /// The elements at these indexes, found without passing those before them.
    pub fn range(
        &self,
        range: Range<usize>,
    ) -> impl DoubleEndedIterator<Item = &Bytes> + ExactSizeIterator {
        self.elements.range(range)
    }

    /// The index of the first element that equals this one.
    #[must_use]
    pub fn index_of(&self, element: &[u8]) -> Option<usize> {
        self.elements.position(|other| other.as_slice() == element)
    }

    /// Adds an element at the left end.
    pub fn push_front(&mut self, element: Bytes) {
        self.bytes += element.len();
        self.elements.push_front(element);
    }

    /// Adds an element at the right end.
    pub fn push_back(&mut self, element: Bytes) {
        self.bytes += element.len();
        self.elements.push_back(element);
    }

    /// Takes the element at the left end.
    pub fn pop_front(&mut self) -> Option<Bytes> {
        let element = self.elements.pop_front()?;
        self.bytes -= element.len();
        Some(element)
    }

    /// Takes the element at the right end.
    pub fn pop_back(&mut self) -> Option<Bytes> {
        let element = self.elements.pop_back()?;
        self.bytes -= element.len();
        Some(element)
    }

    /// Replaces the element at an index; `false` when there is none.
    pub fn set(&mut self, index: usize, element: Bytes) -> bool {
        let Some(old) = self.elements.get_mut(index) else {
            return false;
        };
        self.bytes = self.bytes - old.len() + element.len();
        *old = element;
        true
    }

    /// Puts an element before the one at an index; at the right end when there is none.
    pub fn insert(&mut self, index: usize, element: Bytes) {
        self.bytes += element.len();
        self.elements.insert(index, element);
    }

    /// Takes out at most `limit` elements that equal this one, from the left or from the right, and says how many.
    pub fn remove_equal(&mut self, element: &[u8], limit: usize, from_right: bool) -> usize {
        let before = self.len();
        let bytes = &mut self.bytes;
        self.elements.remove_where(
            limit,
            from_right,
            |other| other.as_slice() == element,
            |gone| *bytes -= gone.len(),
        );
        before - self.len()
    }

    /// Keeps only the elements at these indexes.
    pub fn keep(&mut self, range: Range<usize>) {
        if range.is_empty() {
            *self = List::default();
            return;
        }
        while self.len() > range.end {
            self.pop_back();
        }
        for _ in 0..range.start {
            self.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weight_follows_every_change() {
        let mut list = List::default();
        for element in ["one", "two", "three", "two"] {
            list.push_back(Bytes::from(element.as_bytes()));
        }
        list.insert(1, Bytes::from(b"half"));
        assert!(list.set(0, Bytes::from(b"first")));
        assert_eq!(list.remove_equal(b"two", 1, true), 1);
        list.keep(1..3);
        let left: Vec<_> = list.iter().cloned().collect();
        assert_eq!(left, [&b"half"[..], b"two"]);
        assert_eq!(list.weight(), 7 + 2 * ELEMENT);
        list.keep(0..0);
        assert_eq!(list.weight(), 0);
    }
}
