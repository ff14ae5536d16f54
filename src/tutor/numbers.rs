//! Numbers that may be written in several ways: `40.0` for 40, `INF` for +inf.

use crate::engine::{Bytes, Kind, commands, number};

use super::diagnose::argument_names;

/// A line with its numbers in one way of writing, where its command's syntax has numbers with a point or bounds.
#[must_use]
pub fn with_plain_numbers(argv: &[Bytes]) -> Vec<Bytes> {
    let Some(row) = commands::of_line(argv) else {
        return argv.to_vec();
    };
    // Texts are no numbers, though they may look so.
    let is_of_texts =
        row.name.ends_with("lex") || argv.iter().any(|arg| arg.eq_ignore_ascii_case(b"BYLEX"));
    let by_score = argv.iter().any(|arg| arg.eq_ignore_ascii_case(b"BYSCORE"));
    let (name, args) = argv.split_at(row.name_len().min(argv.len()));
    // ZRANGE's places are bounds then.
    let kinds = argument_names(row, args).into_iter();
    let kinds = kinds.map(|(name, kind)| match name.as_str() {
        "start" | "stop" | "min" | "max" if by_score => Kind::Bound,
        _ => kind,
    });
    let plain = |(arg, kind): (&Bytes, Kind)| match kind {
        Kind::Float => plain_number(arg),
        Kind::Bound if !is_of_texts => match arg.split_first() {
            Some((b'(', rest)) => [b"(".as_slice(), &plain_number(&Bytes::from(rest))]
                .concat()
                .into(),
            _ => plain_number(arg),
        },
        _ => arg.clone(),
    };
    name.iter()
        .cloned()
        .chain(args.iter().zip(kinds).map(plain))
        .collect()
}

fn plain_number(arg: &Bytes) -> Bytes {
    let number = number::parse_double(arg);
    number.map_or_else(
        || arg.clone(),
        |number| format!("{number}").as_bytes().into(),
    )
}
