//! What SCAN, HSCAN, SSCAN and ZSCAN share: the cursor, MATCH, COUNT and the shape of the reply.

use crate::engine::{Args, Bytes, Error, Reply, Result, glob};

/// The options of a scan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Scan {
    /// MATCH: what is answered of what is visited.
    pattern: Option<Bytes>,
    /// COUNT: how many to visit; at least 1.
    pub count: usize,
    /// TYPE, which only SCAN has: a word as it was typed.
    pub kind: Option<Bytes>,
}

impl Scan {
    /// Reads `[MATCH pattern] [COUNT count]`, and `[TYPE type]` where it is allowed, to the end.
    pub fn options(mut args: Args<'_>, with_type: bool) -> Result<Scan> {
        let mut scan = Scan {
            pattern: None,
            count: 10,
            kind: None,
        };
        while !args.is_empty() {
            if args.len() < 2 {
                return Err(Error::Syntax);
            }
            if args.word("COUNT") {
                let count = args.int()?;
                scan.count = usize::try_from(count)
                    .ok()
                    .filter(|count| *count > 0)
                    .ok_or(Error::Syntax)?;
            } else if args.word("MATCH") {
                scan.pattern = Some(args.next()?.clone());
            } else if with_type && args.word("TYPE") {
                scan.kind = Some(args.next()?.clone());
            } else {
                return Err(Error::Syntax);
            }
        }
        Ok(scan)
    }

    /// Whether MATCH lets this through.
    #[must_use]
    pub fn wants(&self, text: &[u8]) -> bool {
        self.pattern
            .as_ref()
            .is_none_or(|pattern| glob::matches(pattern, text))
    }
}

/// Reads a cursor as C's `strtoul` does: digits with an optional sign; nothing at all is 0.
pub(super) fn cursor(text: &[u8]) -> Result<u64> {
    const INVALID: Error = Error::Fixed("ERR invalid cursor");
    let (negative, digits) = match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, text),
    };
    if text.is_empty() {
        return Ok(0);
    }
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return Err(INVALID);
    }
    let number: u64 = std::str::from_utf8(digits)
        .ok()
        .and_then(|digits| digits.parse().ok())
        .ok_or(INVALID)?;
    Ok(if negative {
        number.wrapping_neg()
    } else {
        number
    })
}

/// The reply of a scan: where to go on, and what was found.
pub(super) fn reply(next: u64, found: Vec<Reply>) -> Reply {
    Reply::Array(vec![
        Reply::bulk(next.to_string().into_bytes()),
        Reply::Array(found),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cursors_are_read_as_strtoul_reads_them() {
        for (text, expected) in [
            ("0", Some(0)),
            ("", Some(0)),
            ("+7", Some(7)),
            ("-1", Some(u64::MAX)),
            (" 1", None),
            ("1 ", None),
            ("abc", None),
            ("-", None),
            ("18446744073709551616", None),
        ] {
            assert_eq!(cursor(text.as_bytes()).ok(), expected, "{text:?}");
        }
    }
}
