//! When two replies to a line agree: as the row's order says, and more loosely where only chance decides.

use crate::wire::Answer;
use rediscover::{
    engine::{Bytes, Command, Order},
    notation::Literal,
};

/// How far apart two replies may be that tell a time, in milliseconds or in seconds.
const TOLERANCE: u64 = 5000;

/// Whether the engine's reply agrees with the server's.
pub fn agree(line: &[Bytes], row: Option<&Command>, ours: &Literal, real: &Literal) -> bool {
    let Some(row) = row else {
        return ours == real;
    };
    match (row.name, ours, real) {
        (_, Literal::Error(_), _) | (_, _, Literal::Error(_)) => ours == real,
        ("ttl" | "pttl" | "expiretime" | "pexpiretime", Literal::Int(ours), Literal::Int(real))
            if *real > 0 =>
        {
            ours.abs_diff(*real) <= TOLERANCE
        }
        // Redis counts keys that are due until somebody looks at them.
        ("dbsize", Literal::Int(ours), Literal::Int(real)) => ours <= real,
        ("sort" | "sort_ro", ..) => sorted_alike(line, ours, real),
        _ if matches!(row.order, Order::Scan | Order::ScanPairs) => {
            scanned_alike(line, row.order, ours, real)
        }
        _ => ours.agrees(real, row.order),
    }
}

/// Whether two replies have the same types at the same places, where that is determined.
pub fn alike(row: Option<&Command>, ours: &Answer, real: &Answer) -> bool {
    let loose = |row: &Command| {
        matches!(row.order, Order::Scan | Order::ScanPairs) || row.words().0.starts_with("sort")
    };
    row.is_some_and(loose) || ours.shape == real.shape
}

/// What SORT answers is not determined where it keeps a hash table's order (BY nosort), nor for elements of equal
/// weight under BY and ALPHA: then the elements are compared without order, and with LIMIT only their number.
fn sorted_alike(line: &[Bytes], ours: &Literal, real: &Literal) -> bool {
    let has = |word: &[u8]| line.iter().any(|arg| arg.eq_ignore_ascii_case(word));
    let loose = has(b"BY");
    match (loose, has(b"LIMIT")) {
        (false, _) => ours == real,
        (true, false) => ours.agrees(real, Order::Any),
        (true, true) => ours.items().map(<[_]>::len) == real.items().map(<[_]>::len),
    }
}

/// A scan's cursor means nothing to another server, so only whole scans in one call can be compared.
fn scanned_alike(line: &[Bytes], order: Order, ours: &Literal, real: &Literal) -> bool {
    let done = |reply: &Literal| {
        reply.items().and_then(<[_]>::first) == Some(&Literal::Bulk(Bytes::from(&b"0"[..])))
    };
    let from_start = line.contains(&Bytes::from(&b"0"[..]));
    if from_start && done(ours) && done(real) {
        ours.agrees(real, order)
    } else {
        ours.items().map(<[_]>::len) == real.items().map(<[_]>::len)
    }
}

/// The reply without `notes` and what follows each.
pub fn without_notes(reply: &Literal) -> Literal {
    let Literal::Array(items) = reply else {
        return reply.clone();
    };
    let notes = Literal::Bulk(Bytes::from(&b"notes"[..]));
    let mut kept = Vec::new();
    let mut rest = items.iter();
    while let Some(item) = rest.next() {
        if *item == notes {
            rest.next();
        } else {
            kept.push(without_notes(item));
        }
    }
    Literal::Array(kept)
}
