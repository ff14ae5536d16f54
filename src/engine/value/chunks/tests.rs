//! The chunked sequence against a plain one.

use proptest::prelude::*;

use super::*;

impl Element for u8 {
    type Mark = u8;
    fn mark(&self) -> u8 {
        *self
    }
}

#[derive(Debug, Clone)]
enum Step {
    PushFront(u8),
    PushBack(u8),
    PopFront,
    PopBack,
    Insert(usize, u8),
    Remove(usize),
    RemoveWhere(usize, bool, u8),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        3 => any::<u8>().prop_map(Step::PushFront),
        3 => any::<u8>().prop_map(Step::PushBack),
        2 => Just(Step::PopFront),
        2 => Just(Step::PopBack),
        6 => (any::<usize>(), any::<u8>()).prop_map(|(at, it)| Step::Insert(at, it)),
        4 => any::<usize>().prop_map(Step::Remove),
        1 => (0..4usize, any::<bool>(), any::<u8>())
            .prop_map(|(limit, back, it)| Step::RemoveWhere(limit, back, it)),
    ];
    proptest::collection::vec(step, 0..400)
}

fn take(chunks: &mut Chunks<u8, 8>, model: &mut Vec<u8>, step: Step) {
    match step {
        Step::PushFront(it) => {
            chunks.push_front(it);
            model.insert(0, it);
        }
        Step::PushBack(it) => {
            chunks.push_back(it);
            model.push(it);
        }
        Step::PopFront => {
            let first = (!model.is_empty()).then(|| model.remove(0));
            assert_eq!(chunks.pop_front(), first);
        }
        Step::PopBack => assert_eq!(chunks.pop_back(), model.pop()),
        Step::Insert(at, it) => {
            let at = at % (model.len() + 1);
            chunks.insert(at, it);
            model.insert(at, it);
        }
        Step::Remove(at) => {
            let at = at % (model.len() + 1);
            let gone = (at < model.len()).then(|| model.remove(at));
            assert_eq!(chunks.remove(at), gone);
        }
        Step::RemoveWhere(limit, back, it) => {
            let mut gone = 0;
            chunks.remove_where(limit, back, |other| other % 8 == it % 8, |_| gone += 1);
            for _ in 0..limit {
                let wanted = |other: &u8| other % 8 == it % 8;
                let found = if back {
                    model.iter().rposition(wanted)
                } else {
                    model.iter().position(wanted)
                };
                let Some(at) = found else { break };
                model.remove(at);
                gone -= 1;
            }
            assert_eq!(gone, 0);
        }
    }
}

proptest! {
    #[test]
    fn chunks_behave_as_a_vector(steps in steps(), from in 0..40usize, len in 0..40usize) {
        let (mut chunks, mut model) = (Chunks::default(), Vec::new());
        for step in steps {
            take(&mut chunks, &mut model, step);
            prop_assert_eq!(chunks.len(), model.len());
        }
        prop_assert!(chunks.iter().eq(model.iter()));
        prop_assert!(chunks.iter().rev().eq(model.iter().rev()));
        let range = from.min(model.len())..(from + len).min(model.len());
        prop_assert!(chunks.range(range.clone()).eq(&model[range.clone()]));
        prop_assert!(chunks.range(range.clone()).rev().eq(model[range].iter().rev()));
        for (at, it) in model.iter().enumerate() {
            prop_assert_eq!(chunks.get(at), Some(it));
        }
        prop_assert_eq!(chunks.get(model.len()), None);
    }

    #[test]
    fn sorted_chunks_find_every_place(items in proptest::collection::vec(0..200u8, 0..300), wanted in 0..200u8) {
        let (mut chunks, mut model) = (Chunks::<u8, 8>::default(), Vec::new());
        for item in items {
            chunks.insert_at(chunks.search(|other| other < item), item);
            model.insert(model.partition_point(|other| *other < item), item);
        }
        prop_assert!(chunks.iter().eq(model.iter()));
        let place = chunks.search(|other| other < wanted);
        prop_assert_eq!(chunks.position_of(place), model.partition_point(|other| *other < wanted));
        let place = chunks.search(|other| other <= wanted);
        prop_assert_eq!(chunks.position_of(place), model.partition_point(|other| *other <= wanted));
    }
}

#[test]
fn a_queue_takes_no_more_room_than_its_length_needs() {
    let mut chunks = Chunks::<u8, 8>::default();
    for it in (0..100_000).map(|it: u32| it as u8) {
        chunks.push_back(it);
        if chunks.len() > 100 {
            assert_eq!(chunks.pop_front(), Some(it.wrapping_sub(100)));
        }
    }
    assert!(chunks.counts.tree_len() < 100);
}
