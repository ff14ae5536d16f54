//! Sorted sets: ZADD with its conditions, and ZINCRBY, which is one of its forms.

use std::iter;

use crate::engine::{
    Args, Bytes, Class, Command, Context, Error, Group, Order, Reply, Result,
    flag::{DENY_OOM, FAST, WRITE},
    number,
    value::{Small, SortedSet},
};

/// The rows of this file.
pub const COMMANDS: &[Command] = &[
    Command {
        name: "zadd",
        group: Group::SortedSet,
        since: "1.2.0",
        replaced_by: None,
        syntax: "key [NX|XX] [GT|LT] [CH] [INCR] score member [score member ...]",
        summary: "gives members their scores, adding those that are new",
        complexity: "O(log N) for each member",
        flags: WRITE | DENY_OOM | FAST,
        order: Order::Exact,
        example: &[
            ("ZADD race 12 ann 15 bob", "(integer) 2"),
            ("ZADD race CH 11 bob 20 eve", "(integer) 2"),
            ("ZRANGE race 0 -1", "[\"bob\", \"ann\", \"eve\"]"),
        ],
        run: zadd,
    },
    Command {
        name: "zincrby",
        group: Group::SortedSet,
        since: "1.2.0",
        replaced_by: None,
        syntax: "key increment-float member",
        summary: "adds a number to a member's score and answers the sum",
        complexity: "O(log N)",
        flags: WRITE | DENY_OOM | FAST,
        order: Order::Exact,
        example: &[
            ("ZINCRBY race 2 ann", "\"2\""),
            ("ZINCRBY race 1.5 ann", "\"3.5\""),
        ],
        run: zincrby,
    },
];

/// The words before the pairs.
#[derive(Debug, Clone, Copy, Default)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "one for each of Redis' words"
)]
struct Options {
    /// NX: only members that are new.
    only_new: bool,
    /// XX: only members that are there.
    only_old: bool,
    /// GT: only to a greater score.
    only_up: bool,
    /// LT: only to a lesser score.
    only_down: bool,
    /// CH: answer what changed, not only what is new.
    count_changes: bool,
    /// INCR: add to the score.
    add: bool,
}

/// What one pair did.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Done {
    Added(f64),
    Updated(f64),
    /// The score was the same.
    Same(f64),
    /// A condition stopped it.
    Refused,
}

impl Options {
    fn read(&mut self, args: &mut Args<'_>) {
        loop {
            let option = if args.word("NX") {
                &mut self.only_new
            } else if args.word("XX") {
                &mut self.only_old
            } else if args.word("GT") {
                &mut self.only_up
            } else if args.word("LT") {
                &mut self.only_down
            } else if args.word("CH") {
                &mut self.count_changes
            } else if args.word("INCR") {
                &mut self.add
            } else {
                return;
            };
            *option = true;
        }
    }

    fn check(self, pairs: usize) -> Result<()> {
        const NX_XX: &str = "ERR XX and NX options at the same time are not compatible";
        const GT_LT: &str = "ERR GT, LT, and/or NX options at the same time are not compatible";
        const ONE: &str = "ERR INCR option supports a single increment-element pair";
        let conditions = [self.only_up, self.only_down, self.only_new];
        if self.only_new && self.only_old {
            Err(Error::Fixed(NX_XX))
        } else if conditions.into_iter().filter(|it| *it).count() > 1 {
            Err(Error::Fixed(GT_LT))
        } else if self.add && pairs > 1 {
            Err(Error::Fixed(ONE))
        } else {
            Ok(())
        }
    }

    /// Whether every pair simply takes effect.
    fn is_plain(self) -> bool {
        !(self.only_new || self.only_old || self.only_up || self.only_down || self.add)
    }

    /// Gives one member its score, as far as the conditions let it.
    #[allow(clippy::float_cmp)]
    fn apply(self, set: &mut SortedSet, score: f64, member: &Bytes, small: Small) -> Result<Done> {
        const NO_NUMBER: Error = Error::Fixed("ERR resulting score is not a number (NaN)");
        if self.is_plain() {
            return Ok(match set.insert(member.clone(), score, small) {
                None => Done::Added(score),
                Some(old) if old == score => Done::Same(score),
                Some(_) => Done::Updated(score),
            });
        }
        let Some(old) = set.score(member) else {
            if self.only_old {
                return Ok(Done::Refused);
            }
            set.insert(member.clone(), score, small);
            return Ok(Done::Added(score));
        };
        let new = if self.add { old + score } else { score };
        if self.only_new {
            return Ok(Done::Refused);
        }
        if new.is_nan() {
            return Err(NO_NUMBER);
        }
        if self.only_down && new >= old || self.only_up && new <= old {
            return Ok(Done::Refused);
        }
        if new == old {
            return Ok(Done::Same(new));
        }
        set.insert(member.clone(), new, small);
        Ok(Done::Updated(new))
    }
}

fn zadd(ctx: &mut Context<'_>, args: Args<'_>) -> Result<Reply> {
    add(ctx, args, Options::default())
}

fn zincrby(ctx: &mut Context<'_>, args: Args<'_>) -> Result<Reply> {
    let options = Options {
        add: true,
        ..Options::default()
    };
    add(ctx, args, options)
}

fn add(ctx: &mut Context<'_>, mut args: Args<'_>, mut options: Options) -> Result<Reply> {
    let key = args.next()?;
    options.read(&mut args);
    let (pairs, odd) = args.rest().as_chunks::<2>();
    if pairs.is_empty() || !odd.is_empty() {
        return Err(Error::Syntax);
    }
    options.check(pairs.len())?;
    let score = |[score, _]: &[Bytes; 2]| number::parse_double(score).ok_or(Error::NotFloat);
    // All scores are read before any takes effect. The first apart: mostly it is the only one, and needs no vector.
    let first = score(&pairs[0])?;
    let others = pairs[1..].iter().map(score).collect::<Result<Vec<_>>>()?;
    let scores = iter::once(first).chain(others);
    if options.only_old && ctx.read::<SortedSet>(key)?.is_none() {
        return Ok(if options.add {
            Reply::Nil
        } else {
            Reply::Int(0)
        });
    }
    let (mut added, mut updated) = (0, 0);
    let small = ctx.limits().sorted_set;
    let last = ctx.edit_or_create(key, |set: &mut SortedSet| {
        let mut last = Done::Refused;
        for ([_, member], score) in pairs.iter().zip(scores) {
            last = options.apply(set, score, member, small)?;
            added += usize::from(matches!(last, Done::Added(_)));
            updated += usize::from(matches!(last, Done::Updated(_)));
        }
        Ok(last)
    })??;
    if added + updated > 0 {
        let event = if options.add { "zincr" } else { "zadd" };
        ctx.changed(Class::SortedSet, event, key);
    }
    Ok(match last {
        Done::Added(score) | Done::Updated(score) | Done::Same(score) if options.add => {
            Reply::Double(score)
        }
        Done::Refused if options.add => Reply::Nil,
        _ if options.count_changes => Reply::count(added + updated),
        _ => Reply::count(added),
    })
}
