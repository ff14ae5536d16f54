//! The members of a sorted set with their scores, at places that never move.
//!
//! A place that was left is taken by the next new member. The order lives elsewhere and names members by place.

use hashbrown::{HashTable, hash_table::Entry};

use crate::engine::{Bytes, value::dense::hash};

/// Members by place and by name.
#[derive(Debug, Clone, Default)]
pub(super) struct Members {
    places: Vec<Scored>,
    free: Vec<u32>,
    index: HashTable<u32>,
}

/// A member with its score. A place that is free has a score that is no number.
#[derive(Debug, Clone)]
struct Scored {
    member: Bytes,
    score: f64,
}

impl Members {
    pub fn len(&self) -> usize {
        self.index.len()
    }

    /// The member at a place, and its score.
    pub fn at(&self, place: u32) -> (&Bytes, f64) {
        let Scored { member, score } = &self.places[place as usize];
        (member, *score)
    }

    /// The place of a member.
    pub fn find(&self, member: &[u8]) -> Option<u32> {
        self.index
            .find(hash(member), |at| {
                self.places[*at as usize].member.as_slice() == member
            })
            .copied()
    }

    /// The place of a member that was there, or the place that a new one now has.
    pub fn find_or_add(&mut self, member: Bytes, score: f64) -> Result<u32, u32> {
        let places = &self.places;
        let entry = self.index.entry(
            hash(&member),
            |at| places[*at as usize].member.as_slice() == member.as_slice(),
            |at| hash(&places[*at as usize].member),
        );
        let vacant = match entry {
            Entry::Occupied(at) => return Ok(*at.get()),
            Entry::Vacant(vacant) => vacant,
        };
        let scored = Scored { member, score };
        let place = if let Some(place) = self.free.pop() {
            self.places[place as usize] = scored;
            place
        } else {
            self.places.push(scored);
            u32::try_from(self.places.len() - 1).expect("members are fewer than four billion")
        };
        vacant.insert(place);
        Err(place)
    }

    pub fn set_score(&mut self, place: u32, score: f64) {
        self.places[place as usize].score = score;
    }

    /// Takes out the member at a place.
    pub fn remove(&mut self, place: u32) -> (Bytes, f64) {
        let free = Scored {
            member: Bytes::new(),
            score: f64::NAN,
        };
        let Scored { member, score } = std::mem::replace(&mut self.places[place as usize], free);
        let entry = self.index.find_entry(hash(&member), |at| *at == place);
        entry.expect("every member is in the index").remove();
        self.free.push(place);
        (member, score)
    }

    /// Some members, and the cursor to go on with, as [`super::dense::Dense::scan`] has it.
    pub fn scan(&self, cursor: u64, count: usize) -> (u64, Vec<(&Bytes, f64)>) {
        let end = match usize::try_from(cursor) {
            Ok(cursor) if cursor > 0 => cursor.min(self.places.len()),
            _ => self.places.len(),
        };
        let (mut next, mut found) = (end, Vec::new());
        while next > 0 && found.len() < count {
            next -= 1;
            let Scored { member, score } = &self.places[next];
            if !score.is_nan() {
                found.push((member, *score));
            }
        }
        (next as u64, found)
    }
}
