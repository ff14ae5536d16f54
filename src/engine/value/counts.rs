//! Prefix sums over the sizes of chunks: a Fenwick tree that may also grow at its front.

/// The sizes of a row of chunks. Chunks are numbered from 0; the sizes themselves are not kept, only their sums.
#[derive(Debug, Clone, Default)]
pub(super) struct Counts {
    /// 1-based: `tree[i]` is the sum of the `lowest_bit(i)` slots that end at `i`.
    tree: Vec<u32>,
    /// Empty slots before chunk 0, so that a chunk can be put in front without moving the others.
    lead: usize,
}

fn lowest_bit(i: usize) -> usize {
    i & i.wrapping_neg()
}

impl Counts {
    fn slots(&self) -> usize {
        self.tree.len().saturating_sub(1)
    }

    /// How long the tree is.
    #[cfg(test)]
    pub fn tree_len(&self) -> usize {
        self.tree.len()
    }

    /// How many elements are in the chunks before this one.
    pub fn before(&self, chunk: usize) -> usize {
        let mut at = self.lead + chunk;
        let mut sum = 0;
        while at > 0 {
            sum += self.tree[at] as usize;
            at -= lowest_bit(at);
        }
        sum
    }

    /// The chunk that has the element at this position, and the element's offset in it. The position must be one.
    pub fn find(&self, position: usize) -> (usize, usize) {
        let (mut at, mut rest) = (0, position);
        let mut step = (self.slots() + 1).next_power_of_two() / 2;
        while step > 0 {
            if let Some(sum) = self.tree.get(at + step)
                && *sum as usize <= rest
            {
                at += step;
                rest -= *sum as usize;
            }
            step /= 2;
        }
        (at - self.lead, rest)
    }

    /// One element more in this chunk.
    pub fn increment(&mut self, chunk: usize) {
        self.add(self.lead + chunk, 1);
    }

    /// One element less in this chunk.
    pub fn decrement(&mut self, chunk: usize) {
        self.add(self.lead + chunk, u32::MAX);
    }

    /// A new chunk with one element behind the `chunks` that there are.
    pub fn push_back(&mut self, chunks: impl ExactSizeIterator<Item = usize>) {
        let slot = self.lead + chunks.len();
        if slot < self.slots() {
            self.add(slot, 1);
        } else if self.lead > chunks.len() {
            self.rebuild(chunks.chain([1]), 0);
        } else {
            self.append(1);
        }
    }

    /// A new chunk with one element before the `chunks` that there are.
    pub fn push_front(&mut self, chunks: impl ExactSizeIterator<Item = usize>) {
        if self.lead == 0 {
            let lead = chunks.len().max(2);
            self.rebuild([1].into_iter().chain(chunks), lead);
        } else {
            self.lead -= 1;
            self.add(self.lead, 1);
        }
    }

    /// The first chunk, which is empty, goes.
    pub fn pop_front(&mut self) {
        self.lead += 1;
    }

    /// Takes over the sizes of the chunks from this one on, after chunks came or went there.
    pub fn reset_from(&mut self, chunk: usize, chunks: impl ExactSizeIterator<Item = usize>) {
        if self.lead > chunks.len() {
            return self.rebuild(chunks, 0);
        }
        self.tree.truncate(self.lead + chunk + 1);
        for size in chunks.skip(chunk) {
            self.append(u32::try_from(size).expect("chunks are small"));
        }
    }

    fn rebuild(&mut self, chunks: impl Iterator<Item = usize>, lead: usize) {
        self.lead = lead;
        self.tree.clear();
        self.tree.resize(lead + 1, 0);
        self.tree
            .extend(chunks.map(|size| u32::try_from(size).expect("chunks are small")));
        for at in 1..self.tree.len() {
            let sum = self.tree[at];
            if let Some(parent) = self.tree.get_mut(at + lowest_bit(at)) {
                *parent += sum;
            }
        }
    }

    fn append(&mut self, size: u32) {
        if self.tree.is_empty() {
            self.tree.push(0);
        }
        let at = self.tree.len();
        let mut child = at - 1;
        let mut sum = size;
        while child > at - lowest_bit(at) {
            sum += self.tree[child];
            child -= lowest_bit(child);
        }
        self.tree.push(sum);
    }

    fn add(&mut self, slot: usize, change: u32) {
        let mut at = slot + 1;
        while let Some(sum) = self.tree.get_mut(at) {
            *sum = sum.wrapping_add(change);
            at += lowest_bit(at);
        }
    }
}
