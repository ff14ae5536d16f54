//! What a line has made of the data, where nothing can be told from its words.

use crate::engine::Bytes;

use super::{Case, Diagnosis, Shape, differences};

/// The data are as they should become, and only the reply is not.
pub(super) fn right_data(case: &Case<'_>) -> Option<Diagnosis> {
    let (base, world, wanted) = (
        case.base.engine.keyspace(),
        case.world.engine.keyspace(),
        case.wanted.engine.keyspace(),
    );
    if differences(base, wanted).is_empty() || !differences(world, wanted).is_empty() {
        return None;
    }
    Some(Diagnosis::RightData {
        got: Shape::of(case.reply?),
        wanted: Shape::of(case.wanted_reply?),
    })
}

/// What became of the data, when nothing can be told from the line.
pub(super) fn by_effect(case: &Case<'_>) -> Diagnosis {
    let (base, world, wanted) = (
        case.base.engine.keyspace(),
        case.world.engine.keyspace(),
        case.wanted.engine.keyspace(),
    );
    let open = differences(world, wanted);
    if open.is_empty() {
        return right_data(case).unwrap_or(Diagnosis::OtherReply);
    }
    if differences(base, world).is_empty() {
        return Diagnosis::NothingChanged;
    }
    let deadline = |db: usize, key: &Bytes, side: &crate::engine::Keyspace| {
        side.get(db, key).and_then(|entry| entry.deadline)
    };
    let (db, key) = &open[0];
    if world.get(*db, key).is_some()
        && wanted.get(*db, key).is_some()
        && deadline(*db, key, world) != deadline(*db, key, wanted)
    {
        return Diagnosis::OtherDeadline {
            key: key.clone(),
            wanted: deadline(*db, key, wanted).is_some(),
        };
    }
    Diagnosis::OtherState {
        keys: open.into_iter().map(|(_, key)| key).collect(),
    }
}
