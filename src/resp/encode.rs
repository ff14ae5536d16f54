//! Replies to bytes, in the shapes of the client's protocol; [`Reply`] says what differs.

use crate::engine::{Error, Protocol, Reply, number};

/// Writes a reply behind what `out` has. Once `out` is longer than `limit`, the rest is left out: whoever sees that
/// has to give up on the client. A reply can be far longer than the values that it is made of.
pub fn encode(reply: &Reply, protocol: Protocol, limit: usize, out: &mut Vec<u8>) {
    match (reply, protocol) {
        // What most writes answer, in one go.
        (Reply::Status("OK"), _) => out.extend_from_slice(b"+OK\r\n"),
        (Reply::Status(text), _) => line(b'+', text.as_bytes(), out),
        (Reply::Line(text), _) => line(b'+', text, out),
        (Reply::Error(error), _) => error_line(error, out),
        (Reply::Int(number), _) => int(b':', *number, out),
        (Reply::Bulk(bytes), _) | (Reply::Verbatim(bytes), Protocol::Resp2) => {
            bulk(bytes, limit, out);
        }
        (Reply::Verbatim(bytes), Protocol::Resp3) => verbatim(bytes, limit, out),
        (Reply::Nil, Protocol::Resp2) => out.extend_from_slice(b"$-1\r\n"),
        (Reply::NilArray, Protocol::Resp2) => out.extend_from_slice(b"*-1\r\n"),
        (Reply::Nil | Reply::NilArray, Protocol::Resp3) => out.extend_from_slice(b"_\r\n"),
        (Reply::Double(value), Protocol::Resp2) => double_as_bulk(*value, out),
        (Reply::Double(value), Protocol::Resp3) => double(*value, out),
        (Reply::Array(items), _) | (Reply::Set(items) | Reply::Push(items), Protocol::Resp2) => {
            sequence(b'*', items, protocol, limit, out);
        }
        (Reply::Set(items), Protocol::Resp3) => sequence(b'~', items, protocol, limit, out),
        (Reply::Push(items), Protocol::Resp3) => sequence(b'>', items, protocol, limit, out),
        (Reply::Many(items), _) => {
            for item in items {
                encode(item, protocol, limit, out);
            }
        }
        (Reply::Map(pairs), Protocol::Resp3) => {
            int(b'%', pairs.len() as i64, out);
            all_pairs(pairs, b"", protocol, limit, out);
        }
        (Reply::Pairs(pairs), Protocol::Resp3) => {
            int(b'*', pairs.len() as i64, out);
            all_pairs(pairs, b"*2\r\n", protocol, limit, out);
        }
        (Reply::Map(pairs) | Reply::Pairs(pairs), Protocol::Resp2) => {
            int(b'*', 2 * pairs.len() as i64, out);
            all_pairs(pairs, b"", protocol, limit, out);
        }
        (Reply::None, _) => {}
    }
}

/// Pairs, each behind `before`.
fn all_pairs(
    pairs: &[(Reply, Reply)],
    before: &[u8],
    protocol: Protocol,
    limit: usize,
    out: &mut Vec<u8>,
) {
    for (first, second) in pairs {
        if out.len() > limit {
            break;
        }
        out.extend_from_slice(before);
        encode(first, protocol, limit, out);
        encode(second, protocol, limit, out);
    }
}

#[cold]
fn error_line(error: &Error, out: &mut Vec<u8>) {
    let start = out.len();
    out.push(b'-');
    error.write_to(out);
    one_line(&mut out[start..]);
    out.extend_from_slice(b"\r\n");
}

fn sequence(mark: u8, items: &[Reply], protocol: Protocol, limit: usize, out: &mut Vec<u8>) {
    int(mark, items.len() as i64, out);
    for item in items {
        match item {
            // Most elements are strings.
            Reply::Bulk(bytes) => bulk(bytes, limit, out),
            other => encode(other, protocol, limit, out),
        }
        if out.len() > limit {
            break;
        }
    }
}

fn line(mark: u8, text: &[u8], out: &mut Vec<u8>) {
    out.reserve(text.len() + 3);
    out.push(mark);
    out.extend_from_slice(text);
    out.extend_from_slice(b"\r\n");
}

fn bulk(bytes: &[u8], limit: usize, out: &mut Vec<u8>) {
    if out.len() > limit {
        return;
    }
    out.reserve(bytes.len() + 26);
    int(b'$', bytes.len() as i64, out);
    out.extend_from_slice(bytes);
    out.extend_from_slice(b"\r\n");
}

fn verbatim(bytes: &[u8], limit: usize, out: &mut Vec<u8>) {
    if out.len() > limit {
        return;
    }
    int(b'=', bytes.len() as i64 + 4, out);
    out.extend_from_slice(b"txt:");
    out.extend_from_slice(bytes);
    out.extend_from_slice(b"\r\n");
}

/// A mark and a number.
#[inline]
fn int(mark: u8, number: i64, out: &mut Vec<u8>) {
    // One digit, the usual length of a count.
    if (0..10).contains(&number) {
        out.extend_from_slice(&[mark, b'0' + number as u8, b'\r', b'\n']);
    } else {
        line(mark, itoa::Buffer::new().format(number).as_bytes(), out);
    }
}

/// The whole number that a double is, if it prints as one.
fn whole(value: f64) -> Option<i64> {
    let whole = value as i64;
    // To the bit, which leaves -0 out as well.
    let same = (whole as f64).to_bits() == value.to_bits();
    (same && value.abs() < 1e17).then_some(whole)
}

fn double_as_bulk(value: f64, out: &mut Vec<u8>) {
    match whole(value) {
        Some(whole) => bulk(
            itoa::Buffer::new().format(whole).as_bytes(),
            usize::MAX,
            out,
        ),
        None => bulk(&number::format_double(value), usize::MAX, out),
    }
}

fn double(value: f64, out: &mut Vec<u8>) {
    match whole(value) {
        Some(whole) => int(b',', whole, out),
        None => line(b',', &number::format_double(value), out),
    }
}

/// An error that quotes a client's bytes stays one line.
fn one_line(text: &mut [u8]) {
    for byte in text {
        if matches!(byte, b'\r' | b'\n') {
            *byte = b' ';
        }
    }
}
