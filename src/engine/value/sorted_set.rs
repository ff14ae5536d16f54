//! Sorted sets.
//!
//! Redis keeps a hash table for scores and a skip list for the order. Here the order is one sorted sequence in chunks
//! of 256 with sums over their sizes ([`Chunks`]), so that ranks and positions need no walk; an entry is the member's
//! place in [`Members`] and its score in single precision, which decides most comparisons without touching the member.

use std::ops::Range;

use crate::engine::{
    Bytes,
    value::{
        Small,
        chunks::{Chunks, Element},
        members::Members,
    },
};

/// Members in the order of their scores; those of equal score in the order of their bytes.
#[derive(Debug, Clone, Default)]
pub struct SortedSet {
    members: Members,
    order: Chunks<Ranked, 256>,
    bytes: usize,
    large: bool,
}

/// A member's entry in the order.
#[derive(Debug, Clone, Copy)]
struct Ranked {
    /// See [`prefix`].
    prefix: u32,
    place: u32,
}

impl Element for Ranked {
    type Mark = Ranked;

    fn mark(&self) -> Ranked {
        *self
    }
}

/// Where a score interval begins or ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ScoreBound {
    /// The score.
    pub score: f64,
    /// Whether members of just this score are outside.
    pub exclusive: bool,
}

/// Where a lexicographic interval begins or ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LexBound {
    /// `-`: before every member.
    Lowest,
    /// `+`: behind every member.
    Highest,
    /// `[member`: this member is inside.
    Inclusive(Bytes),
    /// `(member`: this member is outside.
    Exclusive(Bytes),
}

impl LexBound {
    /// Whether a member is not below this bound, taken as a minimum.
    fn lets_begin(&self, member: &[u8]) -> bool {
        match self {
            LexBound::Lowest => true,
            LexBound::Highest => false,
            LexBound::Inclusive(bound) => member >= bound.as_slice(),
            LexBound::Exclusive(bound) => member > bound.as_slice(),
        }
    }

    /// Whether a member is not above this bound, taken as a maximum.
    fn lets_end(&self, member: &[u8]) -> bool {
        match self {
            LexBound::Lowest => false,
            LexBound::Highest => true,
            LexBound::Inclusive(bound) => member <= bound.as_slice(),
            LexBound::Exclusive(bound) => member < bound.as_slice(),
        }
    }
}

/// What each member costs beside its bytes.
const MEMBER: usize = size_of::<(Bytes, f64)>() + 16;

/// A score in single precision, its bits turned so that their order is the scores' order. Rounding keeps that order
/// and tells whole scores up to 16 million apart; scores that round to the same number have the same prefix.
fn prefix(score: f64) -> u32 {
    // -0 is 0.
    let bits = (score as f32 + 0.0).to_bits();
    if bits >> 31 == 1 {
        !bits
    } else {
        bits | 1 << 31
    }
}

impl SortedSet {
    /// As the commands that store a set operation make one: its size is known before its encoding is chosen.
    #[must_use]
    pub fn of_members(members: Vec<(Bytes, f64)>, small: Small) -> SortedSet {
        let mut set = SortedSet::for_members(members.len(), small);
        set.large |= members.iter().any(|(member, _)| member.len() > small.value);
        for (member, score) in members {
            set.insert(member, score, small);
        }
        set
    }

    /// How many members there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// See [`super::Typed::weight`].
    #[must_use]
    pub fn weight(&self) -> usize {
        self.bytes + self.len() * MEMBER
    }

    /// What `OBJECT ENCODING` answers.
    #[must_use]
    pub fn encoding(&self) -> &'static str {
        if self.large { "skiplist" } else { "listpack" }
    }

    /// An empty set that is to get so many members: a large one is large from the start.
    #[must_use]
    pub fn for_members(count: usize, small: Small) -> SortedSet {
        SortedSet {
            large: count > small.entries,
            ..SortedSet::default()
        }
    }

    /// Takes the encoding of a large one for good, whatever its size.
    pub fn enlarge(&mut self) {
        self.large = true;
    }

    /// A member's score.
    #[must_use]
    pub fn score(&self, member: &[u8]) -> Option<f64> {
        self.members
            .find(member)
            .map(|place| self.members.at(place).1)
    }

    /// A member's rank: 0 is the lowest.
    #[must_use]
    pub fn rank(&self, member: &[u8]) -> Option<usize> {
        let place = self.members.find(member)?;
        let (member, score) = self.members.at(place);
        let found = self.order.search(before(&self.members, member, score));
        Some(self.order.position_of(found))
    }

    /// The member with a rank, and its score.
    #[must_use]
    pub fn at(&self, rank: usize) -> Option<(&Bytes, f64)> {
        self.order
            .get(rank)
            .map(|ranked| self.members.at(ranked.place))
    }

    /// All members with their scores, the lowest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&Bytes, f64)> + ExactSizeIterator {
        self.range(0..self.len())
    }

    /// The members of these ranks with their scores, found without passing those before them.
    pub fn range(
        &self,
        ranks: Range<usize>,
    ) -> impl DoubleEndedIterator<Item = (&Bytes, f64)> + ExactSizeIterator {
        self.order
            .range(ranks)
            .map(|ranked| self.members.at(ranked.place))
    }

    /// The ranks of the members whose scores lie between two bounds.
    #[must_use]
    pub fn ranks_by_score(&self, min: ScoreBound, max: ScoreBound) -> Range<usize> {
        let start = self.below(min.score, min.exclusive);
        start..self.below(max.score, !max.exclusive).max(start)
    }

    /// The ranks of the members between two bounds, when all have one score, but for the first `skip` of them.
    #[must_use]
    pub fn ranks_by_lex(&self, min: &LexBound, max: &LexBound, skip: usize) -> Range<usize> {
        if !self.large {
            return self.looked_through(min, max, skip);
        }
        let start = self.count_while(|member| !min.lets_begin(member));
        let end = self.count_while(|member| max.lets_end(member));
        start.saturating_add(skip).min(end)..end
    }

    /// As [`SortedSet::ranks_by_lex`], from the end: the last `skip` are left out.
    #[must_use]
    pub fn ranks_by_lex_from_end(
        &self,
        min: &LexBound,
        max: &LexBound,
        skip: usize,
    ) -> Range<usize> {
        if !self.large {
            return self.looked_through_from_end(min, max, skip);
        }
        let start = self.count_while(|member| !min.lets_begin(member));
        let end = self.count_while(|member| max.lets_end(member));
        start..end.saturating_sub(skip).max(start)
    }

    /// Redis looks through a small set from its lowest member, and passes over `skip` members unseen. With different
    /// scores this shows: what is found is then not all that lies between the bounds.
    fn looked_through(&self, min: &LexBound, max: &LexBound, skip: usize) -> Range<usize> {
        let ends = |(member, _): (&Bytes, f64)| max.lets_end(member);
        let first = self.iter().position(|(member, _)| min.lets_begin(member));
        let first = first
            .filter(|first| self.may_lie_between(min, max) && self.at(*first).is_some_and(ends));
        let start = first.map_or(self.len(), |first| {
            first.saturating_add(skip).min(self.len())
        });
        let inside = self.range(start..self.len()).take_while(|it| ends(*it));
        start..start + inside.count()
    }

    fn looked_through_from_end(&self, min: &LexBound, max: &LexBound, skip: usize) -> Range<usize> {
        let begins = |(member, _): (&Bytes, f64)| min.lets_begin(member);
        let last = self.iter().rposition(|(member, _)| max.lets_end(member));
        let last = last
            .filter(|last| self.may_lie_between(min, max) && self.at(*last).is_some_and(begins));
        let end = last.map_or(0, |last| (last + 1).saturating_sub(skip));
        let outside = self.range(0..end).rposition(|it| !begins(it));
        outside.map_or(0, |rank| rank + 1)..end
    }

    /// Whether the ends of the order let anything lie between two bounds.
    fn may_lie_between(&self, min: &LexBound, max: &LexBound) -> bool {
        let (first, last) = (
            self.at(0),
            self.len().checked_sub(1).and_then(|last| self.at(last)),
        );
        last.is_some_and(|(member, _)| min.lets_begin(member))
            && first.is_some_and(|(member, _)| max.lets_end(member))
    }

    /// Some members, and the cursor to go on with, as [`super::dense::Dense::scan`] has it. A small set answers
    /// everything at once, in order.
    #[must_use]
    pub fn scan(&self, cursor: u64, count: usize) -> (u64, Vec<(&Bytes, f64)>) {
        if self.large {
            self.members.scan(cursor, count)
        } else {
            (0, self.iter().collect())
        }
    }

    /// Gives a member a score, and back the one it had. The score must be a number. `small` is what the set may have to
    /// stay small when it gets a new member.
    pub fn insert(&mut self, member: Bytes, score: f64, small: Small) -> Option<f64> {
        let is_large = member.len() > small.value || self.len() >= small.entries;
        self.large = self.large || is_large && self.score(&member).is_none();
        // Redis stores whole scores of small sets as integers, which have no negative zero.
        let score = if self.large { score } else { score + 0.0 };
        let length = member.len();
        match self.members.find_or_add(member, score) {
            Err(place) => {
                self.bytes += length;
                self.enter(place);
                None
            }
            Ok(place) => {
                let (_, old) = self.members.at(place);
                #[allow(clippy::float_cmp)]
                if old != score {
                    self.leave(place);
                    self.members.set_score(place, score);
                    self.enter(place);
                }
                Some(old)
            }
        }
    }

    /// Takes a member out and gives back its score.
    pub fn remove(&mut self, member: &[u8]) -> Option<f64> {
        let place = self.members.find(member)?;
        self.leave(place);
        let (member, score) = self.members.remove(place);
        self.bytes -= member.len();
        Some(score)
    }

    /// Takes out the member with a rank.
    pub fn remove_at(&mut self, rank: usize) -> Option<(Bytes, f64)> {
        let ranked = if rank == 0 {
            self.order.pop_front()
        } else {
            self.order.remove(rank)
        };
        let gone = self.members.remove(ranked?.place);
        self.bytes -= gone.0.len();
        Some(gone)
    }

    /// How many members have a score below this one, or up to and with it.
    fn below(&self, score: f64, and_equal: bool) -> usize {
        let wanted = prefix(score);
        let place = self.order.search(|ranked| {
            if ranked.prefix == wanted {
                let (_, other) = self.members.at(ranked.place);
                other < score || and_equal && other <= score
            } else {
                ranked.prefix < wanted
            }
        });
        self.order.position_of(place)
    }

    /// How many members from the lowest on have a property that only lower ones have.
    fn count_while(&self, has: impl Fn(&[u8]) -> bool) -> usize {
        let place = self
            .order
            .search(|ranked| has(self.members.at(ranked.place).0));
        self.order.position_of(place)
    }

    fn enter(&mut self, place: u32) {
        let (member, score) = self.members.at(place);
        let at = self.order.search(before(&self.members, member, score));
        let prefix = prefix(score);
        self.order.insert_at(at, Ranked { prefix, place });
    }

    fn leave(&mut self, place: u32) {
        let (member, score) = self.members.at(place);
        let at = self.order.search(before(&self.members, member, score));
        let gone = self.order.remove_at(at);
        debug_assert!(gone.is_some_and(|gone| gone.place == place));
    }
}

/// Whether an entry comes before a member with a score.
#[allow(clippy::float_cmp)]
fn before<'a>(members: &'a Members, member: &'a [u8], score: f64) -> impl Fn(Ranked) -> bool + 'a {
    let wanted = prefix(score);
    move |ranked| {
        if ranked.prefix != wanted {
            return ranked.prefix < wanted;
        }
        let (other, its) = members.at(ranked.place);
        if its == score {
            other.as_slice() < member
        } else {
            its < score
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;
    use crate::engine::value::Limits;

    const SMALL: Small = Limits::REDIS.sorted_set;

    fn member(number: u16) -> Bytes {
        Bytes::from(number.to_string().as_bytes())
    }

    fn sorted(model: &BTreeMap<Bytes, f64>) -> Vec<(Bytes, f64)> {
        let mut sorted: Vec<_> = model.iter().map(|(m, s)| (m.clone(), *s)).collect();
        sorted.sort_by(|a, b| a.1.total_cmp(&b.1).then_with(|| a.0.cmp(&b.0)));
        sorted
    }

    fn score() -> impl Strategy<Value = f64> {
        prop_oneof![
            (-3i8..3).prop_map(f64::from),
            (0..1000u32).prop_map(|n| 1.0 + f64::from(n) * 1e-15),
            Just(f64::INFINITY),
            Just(f64::NEG_INFINITY),
        ]
    }

    proptest! {
        #[test]
        fn a_sorted_set_is_a_map_and_its_sorted_pairs(
            steps in proptest::collection::vec((0..4u8, 0..400u16, score()), 0..800),
            low in score(), high in score(), exclusive in any::<(bool, bool)>(),
        ) {
            let (mut set, mut model) = (SortedSet::default(), BTreeMap::new());
            for (kind, number, score) in steps {
                match kind {
                    0 if number % 2 == 0 && !model.is_empty() => {
                        let rank = usize::from(number) % model.len();
                        let gone = set.remove_at(rank).expect("the rank is inside");
                        prop_assert_eq!(&gone, &sorted(&model)[rank]);
                        model.remove(&gone.0);
                    }
                    0 => prop_assert_eq!(set.remove(&member(number)), model.remove(&member(number))),
                    _ => prop_assert_eq!(set.insert(member(number), score, SMALL), model.insert(member(number), score)),
                }
                prop_assert_eq!(set.len(), model.len());
            }
            let pairs = sorted(&model);
            prop_assert!(set.iter().map(|(m, s)| (m.clone(), s)).eq(pairs.iter().cloned()));
            for (rank, (member, score)) in pairs.iter().enumerate() {
                prop_assert_eq!(set.rank(member), Some(rank));
                prop_assert_eq!(set.at(rank), Some((member, *score)));
            }
            let (min, max) = (
                ScoreBound { score: low, exclusive: exclusive.0 },
                ScoreBound { score: high, exclusive: exclusive.1 },
            );
            let inside = pairs.iter().filter(|(_, score)| {
                (*score > low || !min.exclusive && *score >= low) && (*score < high || !max.exclusive && *score <= high)
            });
            prop_assert_eq!(set.ranks_by_score(min, max).len(), inside.count());
            let weight: usize = pairs.iter().map(|(member, _)| member.len() + MEMBER).sum();
            prop_assert_eq!(set.weight(), weight);
        }

        #[test]
        fn lexicographic_ranges_follow_the_bytes(count in 1..300u16, low in 0..300u16, high in 0..300u16) {
            let mut set = SortedSet::default();
            for number in 0..count {
                set.insert(member(number), 0.0, SMALL);
            }
            let (min, max) = (LexBound::Inclusive(member(low)), LexBound::Exclusive(member(high)));
            let inside: Vec<_> = set.iter().map(|(member, _)| member.clone())
                .filter(|it| *it >= member(low) && *it < member(high)).collect();
            for ranks in [set.ranks_by_lex(&min, &max, 0), set.ranks_by_lex_from_end(&min, &max, 0)] {
                prop_assert!(set.range(ranks).map(|(member, _)| member.clone()).eq(inside.iter().cloned()));
            }
            prop_assert_eq!(set.ranks_by_lex(&LexBound::Lowest, &LexBound::Highest, 0), 0..set.len());
            prop_assert_eq!(set.ranks_by_lex_from_end(&LexBound::Highest, &LexBound::Lowest, 0).len(), 0);
        }
    }

    #[test]
    fn a_large_set_is_scanned_completely_while_members_come_and_go() {
        let mut set = SortedSet::default();
        (0..500).for_each(|number| {
            set.insert(member(number), f64::from(number), SMALL);
        });
        let (mut seen, mut cursor) = (Vec::new(), 0);
        for step in 0u16.. {
            let (next, found) = set.scan(cursor, 10);
            seen.extend(found.into_iter().map(|(member, _)| member.clone()));
            if next == 0 {
                break;
            }
            cursor = next;
            set.remove(&member(step * 2));
            set.insert(member(1000 + step), 0.0, SMALL);
        }
        assert!((100..500).all(|number| seen.contains(&member(number))));
    }
}
