//! LCS: the longest common subsequence of two strings.

use crate::engine::{
    Args, Bytes, Command, Context, Error, Group, Order, Reply, Result, flag::READ, value::Str,
};

/// The row of this command.
pub const COMMANDS: &[Command] = &[Command {
    name: "lcs",
    group: Group::String,
    since: "7.0.0",
    replaced_by: None,
    syntax: "key1 key2 [LEN] [IDX] [MINMATCHLEN len] [WITHMATCHLEN]",
    summary: "answers the longest text that two strings have in common, gaps allowed",
    complexity: "O(N*M): the lengths of both strings",
    flags: READ,
    order: Order::Exact,
    example: &[
        ("MSET a ohmytext b mynewtext", "OK"),
        ("LCS a b", "\"mytext\""),
        ("LCS a b LEN", "(integer) 6"),
        (
            "LCS a b IDX MINMATCHLEN 4",
            "[\"matches\", [[[(integer) 4, (integer) 7], [(integer) 5, (integer) 8]]], \"len\", (integer) 6]",
        ),
    ],
    run: lcs,
}];

#[derive(Debug, Default)]
struct Options {
    ranges: bool,
    length: bool,
    range_length: bool,
    shortest: usize,
}

impl Options {
    fn parse(mut args: Args<'_>) -> Result<Options> {
        let mut options = Options::default();
        while !args.is_empty() {
            if args.word("IDX") {
                options.ranges = true;
            } else if args.word("LEN") {
                options.length = true;
            } else if args.word("WITHMATCHLEN") {
                options.range_length = true;
            } else if args.len() >= 2 && args.word("MINMATCHLEN") {
                options.shortest = usize::try_from(args.int()?).unwrap_or(0);
            } else {
                return Err(Error::Syntax);
            }
        }
        if options.ranges && options.length {
            return Err(Error::Fixed(
                "ERR If you want both the length and indexes, please just use IDX.",
            ));
        }
        Ok(options)
    }
}

fn lcs(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let (a, b) = (args.next()?, args.next()?);
    let (Ok(a), Ok(b)) = (ctx.read::<Str>(a), ctx.read::<Str>(b)) else {
        return Err(Error::Fixed(
            "ERR The specified keys must contain string values",
        ));
    };
    let text = |string: Option<&Str>| string.map(Str::bytes).unwrap_or_default();
    let (a, b) = (text(a), text(b));
    let options = Options::parse(args)?;
    check_size(ctx, a.len(), b.len())?;
    let table = Table::new(&a, &b);
    if options.length {
        return Ok(Reply::count(table.best(a.len(), b.len())));
    }
    let (common, ranges) = trace(&table, &a, &b);
    if !options.ranges {
        return Ok(Reply::bulk(common));
    }
    let wanted = ranges
        .iter()
        .filter(|range| range.length >= options.shortest);
    let matches = wanted
        .map(|range| range.reply(options.range_length))
        .collect();
    Ok(Reply::Map(vec![
        (Reply::bulk(&b"matches"[..]), Reply::Array(matches)),
        (Reply::bulk(&b"len"[..]), Reply::count(common.len())),
    ]))
}

/// Redis refuses a table that is larger than a string may be; the memory limit holds for it too.
fn check_size(ctx: &Context<'_>, a: usize, b: usize) -> Result<()> {
    let size = (a + 1)
        .checked_mul(b + 1)
        .and_then(|cells| cells.checked_mul(size_of::<u32>()));
    match size {
        Some(size) if size <= ctx.max_value() => ctx.room_for(size).map_err(|_| {
            Error::Fixed("ERR Insufficient memory, failed allocating transient memory for LCS")
        }),
        _ => Err(Error::Fixed(
            "ERR Insufficient memory, transient memory for LCS exceeds proto-max-bulk-len",
        )),
    }
}

/// The lengths of the longest common subsequences of all pairs of prefixes.
struct Table {
    width: usize,
    cells: Vec<u32>,
}

impl Table {
    fn new(a: &[u8], b: &[u8]) -> Table {
        let width = b.len() + 1;
        let mut cells = vec![0u32; width * (a.len() + 1)];
        for (i, left) in a.iter().enumerate() {
            let (above, row) = cells[i * width..].split_at_mut(width);
            for (j, right) in b.iter().enumerate() {
                row[j + 1] = if left == right {
                    above[j] + 1
                } else {
                    above[j + 1].max(row[j])
                };
            }
        }
        Table { width, cells }
    }

    /// The length for the first `i` bytes of one and the first `j` of the other.
    fn best(&self, i: usize, j: usize) -> usize {
        self.cells[i * self.width + j] as usize
    }
}

/// A run of bytes that both strings have in one piece.
#[derive(Debug, Clone, Copy)]
struct Range {
    a: usize,
    b: usize,
    length: usize,
}

impl Range {
    fn reply(self, with_length: bool) -> Reply {
        let ends = |start: usize| {
            Reply::Array(vec![
                Reply::count(start),
                Reply::count(start + self.length - 1),
            ])
        };
        let mut parts = vec![ends(self.a), ends(self.b)];
        if with_length {
            parts.push(Reply::count(self.length));
        }
        Reply::Array(parts)
    }
}

/// Walks the table back from its end: the common text, and its runs from the last to the first.
fn trace(table: &Table, a: &[u8], b: &[u8]) -> (Bytes, Vec<Range>) {
    let (mut i, mut j) = (a.len(), b.len());
    let mut common = Vec::new();
    let mut ranges: Vec<Range> = Vec::new();
    while i > 0 && j > 0 {
        if a[i - 1] != b[j - 1] {
            // Redis 7.0: of two equal ways the one along the second string.
            if table.best(i - 1, j) > table.best(i, j - 1) {
                i -= 1;
            } else {
                j -= 1;
            }
            continue;
        }
        common.push(a[i - 1]);
        match ranges.last_mut() {
            Some(range) if range.a == i && range.b == j => {
                *range = Range {
                    a: i - 1,
                    b: j - 1,
                    length: range.length + 1,
                };
            }
            _ => ranges.push(Range {
                a: i - 1,
                b: j - 1,
                length: 1,
            }),
        }
        (i, j) = (i - 1, j - 1);
    }
    common.reverse();
    (Bytes::from(common), ranges)
}
