//! A long sequence in short chunks, with sums over their sizes: constant time at both ends, logarithmic time by
//! position anywhere.
//!
//! A chunk grows to `SIZE` elements and is then halved; one that shrank below a quarter is joined to a neighbour that
//! has room. Invariant: no chunk is empty, and sums and marks agree with the chunks.

use std::{
    collections::{VecDeque, vec_deque},
    fmt,
    ops::Range,
};

use crate::engine::value::counts::Counts;

/// What can be put into chunks.
pub(super) trait Element {
    /// What is kept at hand of the first element of each chunk, so that a search touches only one chunk.
    type Mark: Copy + fmt::Debug;
    /// Its mark.
    fn mark(&self) -> Self::Mark;
}

/// A sequence; see the module's text.
#[derive(Debug, Clone)]
pub(super) struct Chunks<T: Element, const SIZE: usize> {
    chunks: VecDeque<VecDeque<T>>,
    marks: VecDeque<T::Mark>,
    counts: Counts,
    len: usize,
}

/// Where an element is, or where one would be put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    chunk: usize,
    offset: usize,
}

impl<T: Element, const SIZE: usize> Default for Chunks<T, SIZE> {
    fn default() -> Chunks<T, SIZE> {
        Chunks {
            chunks: VecDeque::new(),
            marks: VecDeque::new(),
            counts: Counts::default(),
            len: 0,
        }
    }
}

fn sizes<T>(chunks: &VecDeque<VecDeque<T>>) -> impl ExactSizeIterator<Item = usize> {
    chunks.iter().map(VecDeque::len)
}

impl<T: Element, const SIZE: usize> Chunks<T, SIZE> {
    pub fn len(&self) -> usize {
        self.len
    }

    pub fn get(&self, position: usize) -> Option<&T> {
        let Place { chunk, offset } = self.place(position)?;
        Some(&self.chunks[chunk][offset])
    }

    pub fn get_mut(&mut self, position: usize) -> Option<&mut T> {
        let Place { chunk, offset } = self.place(position)?;
        Some(&mut self.chunks[chunk][offset])
    }

    /// All elements from the front.
    pub fn iter(&self) -> Iter<'_, T> {
        self.range(0..self.len)
    }

    /// The elements at these positions; what lies beyond the end is left out.
    pub fn range(&self, range: Range<usize>) -> Iter<'_, T> {
        let end = range.end.min(self.len);
        let mut iter = Iter {
            left: end.saturating_sub(range.start),
            ..Iter::default()
        };
        if iter.left == 0 {
            return iter;
        }
        let (first, start) = self.counts.find(range.start);
        let (last, stop) = self.counts.find(end - 1);
        if first == last {
            iter.front = self.chunks[first].range(start..=stop);
        } else {
            iter.front = self.chunks[first].range(start..);
            iter.between = self.chunks.range(first + 1..last);
            iter.back = self.chunks[last].range(..=stop);
        }
        iter
    }

    /// The position of the first element that is wanted.
    pub fn position(&self, wanted: impl Fn(&T) -> bool) -> Option<usize> {
        let mut before = 0;
        for chunk in &self.chunks {
            if let Some(offset) = chunk.iter().position(&wanted) {
                return Some(before + offset);
            }
            before += chunk.len();
        }
        None
    }

    /// The place of the first element that is not `less`; in a sorted sequence, by halving.
    pub fn search(&self, less: impl Fn(T::Mark) -> bool) -> Place {
        let after = self.marks.partition_point(|mark| less(*mark));
        let start_of = |chunk| Place { chunk, offset: 0 };
        let Some(chunk) = after.checked_sub(1) else {
            return start_of(0);
        };
        let offset = first_not(&self.chunks[chunk], &less);
        if offset == self.chunks[chunk].len() && after < self.chunks.len() {
            return start_of(after);
        }
        Place { chunk, offset }
    }

    /// The position of a place.
    pub fn position_of(&self, place: Place) -> usize {
        if self.chunks.is_empty() {
            0
        } else {
            self.counts.before(place.chunk) + place.offset
        }
    }

    pub fn push_front(&mut self, element: T) {
        let mark = element.mark();
        match self.chunks.front_mut() {
            Some(chunk) if chunk.len() < SIZE => {
                chunk.push_front(element);
                self.marks[0] = mark;
                self.counts.increment(0);
            }
            _ => {
                self.counts.push_front(sizes(&self.chunks));
                let chunk = self.new_chunk(element);
                self.chunks.push_front(chunk);
                self.marks.push_front(mark);
            }
        }
        self.len += 1;
    }

    pub fn push_back(&mut self, element: T) {
        let chunks = self.chunks.len();
        match self.chunks.back_mut() {
            Some(chunk) if chunk.len() < SIZE => {
                chunk.push_back(element);
                self.counts.increment(chunks - 1);
            }
            _ => {
                self.counts.push_back(sizes(&self.chunks));
                self.marks.push_back(element.mark());
                let chunk = self.new_chunk(element);
                self.chunks.push_back(chunk);
            }
        }
        self.len += 1;
    }

    pub fn pop_front(&mut self) -> Option<T> {
        let chunk = self.chunks.front_mut()?;
        let element = chunk.pop_front()?;
        let first = chunk.front().map(Element::mark);
        self.counts.decrement(0);
        match first {
            Some(first) => self.marks[0] = first,
            None => {
                self.chunks.pop_front();
                self.marks.pop_front();
                self.counts.pop_front();
            }
        }
        self.len -= 1;
        Some(element)
    }

    pub fn pop_back(&mut self) -> Option<T> {
        let chunk = self.chunks.back_mut()?;
        let element = chunk.pop_back()?;
        let emptied = chunk.is_empty();
        self.counts.decrement(self.chunks.len() - 1);
        if emptied {
            self.chunks.pop_back();
            self.marks.pop_back();
        }
        self.len -= 1;
        Some(element)
    }

    /// Puts an element before the one at a position; at the end when there is none.
    pub fn insert(&mut self, position: usize, element: T) {
        match self.place(position) {
            Some(place) => self.insert_at(place, element),
            None => self.push_back(element),
        }
    }

    /// Puts an element at a place that [`Chunks::search`] gave.
    pub fn insert_at(&mut self, place: Place, element: T) {
        let Place { chunk, offset } = place;
        let last = self.chunks.len().saturating_sub(1);
        if chunk == last && offset == self.chunks.back().map_or(0, VecDeque::len) {
            return self.push_back(element);
        }
        if chunk == 0 && offset == 0 {
            return self.push_front(element);
        }
        self.len += 1;
        if self.chunks[chunk].len() < SIZE {
            self.chunks[chunk].insert(offset, element);
            self.marks[chunk] = self.chunks[chunk][0].mark();
            self.counts.increment(chunk);
            return;
        }
        let mut right = self.chunks[chunk].split_off(SIZE / 2);
        match offset.checked_sub(SIZE / 2) {
            Some(offset) => right.insert(offset, element),
            None => self.chunks[chunk].insert(offset, element),
        }
        self.marks[chunk] = self.chunks[chunk][0].mark();
        self.marks.insert(chunk + 1, right[0].mark());
        self.chunks.insert(chunk + 1, right);
        self.counts.reset_from(chunk, sizes(&self.chunks));
    }

    /// Takes out the element at a position.
    pub fn remove(&mut self, position: usize) -> Option<T> {
        self.place(position).and_then(|place| self.remove_at(place))
    }

    /// Takes out the element at a place that [`Chunks::search`] gave.
    pub fn remove_at(&mut self, place: Place) -> Option<T> {
        let Place { chunk, offset } = place;
        let at = self.chunks.get_mut(chunk)?;
        let element = at.remove(offset)?;
        let left = at.len();
        if let Some(first) = at.front() {
            self.marks[chunk] = first.mark();
        }
        self.len -= 1;
        self.counts.decrement(chunk);
        if left < SIZE / 4 {
            self.join(chunk);
        }
        Some(element)
    }

    /// Takes out at most `limit` of the elements that are wanted: the first ones, or the last ones.
    pub fn remove_where(
        &mut self,
        limit: usize,
        from_back: bool,
        wanted: impl Fn(&T) -> bool,
        mut gone: impl FnMut(T),
    ) {
        let chunks = self.chunks.len();
        let mut left = limit;
        for step in 0..chunks {
            if left == 0 {
                break;
            }
            let at = if from_back { chunks - 1 - step } else { step };
            let chunk = &mut self.chunks[at];
            let found = chunk.iter().filter(|element| wanted(element)).count();
            let taken = found.min(left);
            if taken == 0 {
                continue;
            }
            let spared = if from_back { found - taken } else { 0 };
            let mut seen = 0;
            for element in std::mem::take(chunk) {
                let is_wanted = wanted(&element);
                seen += usize::from(is_wanted);
                if is_wanted && (spared + 1..=spared + taken).contains(&seen) {
                    gone(element);
                } else {
                    chunk.push_back(element);
                }
            }
            left -= taken;
        }
        if left < limit {
            self.len -= limit - left;
            self.chunks.retain(|chunk| !chunk.is_empty());
            self.marks = self.chunks.iter().map(|chunk| chunk[0].mark()).collect();
            self.counts.reset_from(0, sizes(&self.chunks));
        }
    }

    /// Where the element at a position is.
    fn place(&self, position: usize) -> Option<Place> {
        (position < self.len).then(|| {
            let (chunk, offset) = self.counts.find(position);
            Place { chunk, offset }
        })
    }

    /// A chunk with one element. One that follows a full one will be full as well, and needs no room to double in.
    fn new_chunk(&self, element: T) -> VecDeque<T> {
        let room = if self.chunks.is_empty() { 1 } else { SIZE };
        let mut chunk = VecDeque::with_capacity(room);
        chunk.push_back(element);
        chunk
    }

    /// Joins a small chunk to a neighbour that has room, or drops it when it is empty.
    fn join(&mut self, chunk: usize) {
        let changed = if self.chunks[chunk].is_empty() {
            self.chunks.remove(chunk);
            self.marks.remove(chunk);
            chunk
        } else {
            let has_room = |at: usize| self.chunks.get(at).is_some_and(|it| it.len() <= SIZE / 2);
            let left = match (chunk.checked_sub(1), chunk + 1) {
                (Some(left), _) if has_room(left) => left,
                (_, right) if has_room(right) => chunk,
                _ => return,
            };
            let mut right = self.chunks.remove(left + 1).expect("it was just seen");
            self.chunks[left].append(&mut right);
            self.marks.remove(left + 1);
            left
        };
        self.counts.reset_from(changed, sizes(&self.chunks));
    }
}

/// The offset of the first element that is not `less`. Sixteen ways at a time, because a chunk is seldom in a cache:
/// looking at fifteen elements costs hardly more than looking at one, and what is left mostly came along with them.
fn first_not<T: Element>(chunk: &VecDeque<T>, less: impl Fn(T::Mark) -> bool) -> usize {
    const WAYS: usize = 16;
    let (mut from, mut to) = (0, chunk.len());
    while to - from > WAYS {
        let step = (to - from) / WAYS;
        let at = |way: usize| from + way * step;
        let below = (1..WAYS).filter(|way| less(chunk[at(*way)].mark())).count();
        if below + 1 < WAYS {
            to = at(below + 1);
        }
        from = at(below);
    }
    from + chunk
        .range(from..to)
        .take_while(|element| less(element.mark()))
        .count()
}

/// Elements at a range of positions.
#[derive(Debug, Clone)]
pub(super) struct Iter<'a, T> {
    front: vec_deque::Iter<'a, T>,
    /// The chunks that neither end has reached.
    between: vec_deque::Iter<'a, VecDeque<T>>,
    back: vec_deque::Iter<'a, T>,
    left: usize,
}

impl<T> Default for Iter<'_, T> {
    fn default() -> Self {
        Iter {
            front: vec_deque::Iter::default(),
            between: vec_deque::Iter::default(),
            back: vec_deque::Iter::default(),
            left: 0,
        }
    }
}

impl<'a, T> Iterator for Iter<'a, T> {
    type Item = &'a T;

    fn next(&mut self) -> Option<&'a T> {
        self.left = self.left.checked_sub(1)?;
        loop {
            if let Some(element) = self.front.next() {
                return Some(element);
            }
            match self.between.next() {
                Some(chunk) => self.front = chunk.iter(),
                None => return self.back.next(),
            }
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }

    /// Chunk by chunk, which is faster than element by element.
    fn fold<B, F: FnMut(B, &'a T) -> B>(self, init: B, mut f: F) -> B {
        let mut sum = self.front.fold(init, &mut f);
        for chunk in self.between {
            sum = chunk.iter().fold(sum, &mut f);
        }
        self.back.fold(sum, f)
    }
}

impl<T> DoubleEndedIterator for Iter<'_, T> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.left = self.left.checked_sub(1)?;
        loop {
            if let Some(element) = self.back.next_back() {
                return Some(element);
            }
            match self.between.next_back() {
                Some(chunk) => self.back = chunk.iter(),
                None => return self.front.next_back(),
            }
        }
    }
}

impl<T> ExactSizeIterator for Iter<'_, T> {}

#[cfg(test)]
mod tests;
