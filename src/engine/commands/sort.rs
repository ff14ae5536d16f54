//! SORT and `SORT_RO`: the elements of a list, set or sorted set in another order, or what other keys say of them.
//!
//! Start at [`run`]. A [`Plan`] is what the words ask for; [`elements`] come in the value's own order, [`arrange`]
//! brings them into the wanted one, [`pick`] looks up what is answered for each.

use std::cmp::Ordering;

use crate::engine::{
    Args, Bytes, Class, Command, Context, Error, Group, Order, Reply, Result,
    args::c_string,
    flag::{DANGEROUS, DENY_OOM, MOVABLE_KEYS, READ, WRITE},
    number,
    value::{Hash, List, SortedSet, Str, Type, Typed, Value},
};

/// The rows of these commands.
pub const COMMANDS: &[Command] = &[
    Command {
        name: "sort",
        group: Group::Generic,
        since: "1.0.0",
        replaced_by: None,
        syntax: "key [BY pattern] [LIMIT offset count] [GET pattern [GET pattern ...]] [ASC|DESC] [ALPHA] [STORE destination]",
        summary: "answers or stores the elements of a list, set or sorted set in order",
        complexity: "O(N+M*log(M)): the elements, and those answered",
        flags: WRITE | DENY_OOM | MOVABLE_KEYS | DANGEROUS,
        order: Order::Exact,
        example: &[
            ("RPUSH marks 3 10 2", "(integer) 3"),
            ("SORT marks", "[\"2\", \"3\", \"10\"]"),
            ("SORT marks DESC LIMIT 0 2", "[\"10\", \"3\"]"),
            ("SORT marks ALPHA STORE words", "(integer) 3"),
            ("LRANGE words 0 -1", "[\"10\", \"2\", \"3\"]"),
        ],
        run: sort,
    },
    Command {
        name: "sort_ro",
        group: Group::Generic,
        since: "7.0.0",
        replaced_by: None,
        syntax: "key [BY pattern] [LIMIT offset count] [GET pattern [GET pattern ...]] [ASC|DESC] [ALPHA]",
        summary: "answers the elements of a list, set or sorted set in order and stores nothing",
        complexity: "O(N+M*log(M)): the elements, and those answered",
        flags: READ | MOVABLE_KEYS | DANGEROUS,
        order: Order::Exact,
        example: &[
            ("RPUSH ids 2 1", "(integer) 2"),
            ("MSET name_1 rain name_2 snow", "OK"),
            (
                "SORT_RO ids GET # GET name_*",
                "[\"1\", \"rain\", \"2\", \"snow\"]",
            ),
        ],
        run: sort_ro,
    },
];

/// What the words behind the key ask for.
#[derive(Debug, Default)]
struct Plan<'a> {
    descending: bool,
    alphabetic: bool,
    /// LIMIT's offset and count; a negative count is all.
    limit: Option<(i64, i64)>,
    by: Option<&'a Bytes>,
    get: Vec<&'a Bytes>,
    store: Option<&'a Bytes>,
}

impl<'a> Plan<'a> {
    fn parse(mut args: Args<'a>, may_store: bool) -> Result<Plan<'a>> {
        let mut plan = Plan::default();
        while !args.is_empty() {
            if args.word("ASC") {
                plan.descending = false;
            } else if args.word("DESC") {
                plan.descending = true;
            } else if args.word("ALPHA") {
                plan.alphabetic = true;
            } else if args.len() >= 3 && args.word("LIMIT") {
                plan.limit = Some((args.int()?, args.int()?));
            } else if may_store && args.len() >= 2 && args.word("STORE") {
                plan.store = Some(args.next()?);
            } else if args.len() >= 2 && args.word("BY") {
                plan.by = Some(args.next()?);
            } else if args.len() >= 2 && args.word("GET") {
                plan.get.push(args.next()?);
            } else {
                return Err(Error::Syntax);
            }
        }
        Ok(plan)
    }

    /// Whether BY names no key for an element (`BY nosort`), so that nothing is sorted.
    fn keeps_order(&self) -> bool {
        self.by.is_some_and(|by| !c_string(by).contains(&b'*'))
    }

    /// The part of `length` elements that is answered. Redis 7.0: an offset beyond the end gives nothing.
    fn range(&self, length: usize) -> std::ops::Range<usize> {
        let (offset, count) = self.limit.unwrap_or((0, -1));
        let start = usize::try_from(offset.max(0)).unwrap_or(length).min(length);
        let count = usize::try_from(count).unwrap_or(length);
        start..start.saturating_add(count).min(length)
    }
}

fn sort(ctx: &mut Context<'_>, args: Args<'_>) -> Result<Reply> {
    run(ctx, args, true)
}

fn sort_ro(ctx: &mut Context<'_>, args: Args<'_>) -> Result<Reply> {
    run(ctx, args, false)
}

fn run(ctx: &mut Context<'_>, mut args: Args<'_>, may_store: bool) -> Result<Reply> {
    let key = args.next()?;
    let mut plan = Plan::parse(args, may_store)?;
    let (mut elements, is_set) = match ctx.entry(key).map(|entry| &entry.value) {
        None => (Vec::new(), false),
        Some(value) => (elements(key, value)?, value.kind() == Type::Set),
    };
    if matches!(ctx.entry(key).map(|entry| &entry.value), Some(Value::SortedSet(set)) if set.encoding() == "listpack")
    {
        // Redis 7.0: sorting converts the sorted set itself, and for good.
        ctx.edit(key, SortedSet::enlarge)?;
    }
    let keeps_order = plan.keeps_order();
    if keeps_order && is_set && plan.store.is_some() {
        // Redis 7.0: what is stored must not depend on the order of a hash table.
        (plan.alphabetic, plan.by) = (true, None);
        arrange(ctx, &mut elements, &plan)?;
    } else if !keeps_order {
        arrange(ctx, &mut elements, &plan)?;
    } else if plan.descending && !is_set {
        elements.reverse();
    }
    let elements = &elements[plan.range(elements.len())];
    ctx.room_for(
        elements
            .len()
            .saturating_mul(plan.get.len())
            .saturating_mul(size_of::<Reply>()),
    )?;
    let answers = elements
        .iter()
        .flat_map(|element| pick(ctx, &plan, element));
    match plan.store {
        None => Ok(Reply::Array(answers.map(Reply::bulk_or_nil).collect())),
        Some(target) => {
            let list = answers.map(Option::unwrap_or_default).collect();
            store(ctx, target, list)
        }
    }
}

/// The elements in the value's own order.
fn elements(key: &Bytes, value: &Value) -> Result<Vec<Bytes>> {
    match value {
        Value::List(list) => Ok(list.iter().cloned().collect()),
        Value::Set(set) => Ok(set.iter().collect()),
        Value::SortedSet(set) => Ok(set.iter().map(|(member, _)| member.clone()).collect()),
        Value::String(_) | Value::Hash(_) => Err(Error::WrongType {
            key: key.clone(),
            found: value.kind(),
            wanted: Type::List,
        }),
    }
}

/// What an element is compared by.
#[derive(Debug, Clone)]
enum Weight {
    Number(f64),
    /// What BY found for ALPHA; nothing comes before everything.
    Text(Option<Bytes>),
}

/// Sorts as the plan says; an element whose weight is no number is an error.
fn arrange(ctx: &Context<'_>, elements: &mut Vec<Bytes>, plan: &Plan<'_>) -> Result<()> {
    let mut weighed = Vec::with_capacity(elements.len());
    for element in elements.drain(..) {
        weighed.push((weigh(ctx, plan, &element)?, element));
    }
    // What is only answered is compared as C strings, what is stored as bytes.
    let text = |bytes: &Bytes| match plan.store {
        Some(_) => bytes.clone(),
        None => bytes.slice_ref(c_string(bytes)),
    };
    weighed.sort_by(|(a, left), (b, right)| {
        let order = match (a, b) {
            (Weight::Number(a), Weight::Number(b)) => a
                .partial_cmp(b)
                .unwrap_or(Ordering::Equal)
                .then_with(|| left.cmp(right)),
            (Weight::Text(a), Weight::Text(b)) => a.as_ref().map(text).cmp(&b.as_ref().map(text)),
            _ => Ordering::Equal,
        };
        if plan.descending {
            order.reverse()
        } else {
            order
        }
    });
    elements.extend(weighed.into_iter().map(|(_, element)| element));
    Ok(())
}

fn weigh(ctx: &Context<'_>, plan: &Plan<'_>, element: &Bytes) -> Result<Weight> {
    let by = match plan.by {
        Some(pattern) => look_up(ctx, pattern, element),
        None => Some(element.clone()),
    };
    if plan.alphabetic {
        return Ok(Weight::Text(by));
    }
    by.map_or(Some(0.0), |text| score(&text))
        .map(Weight::Number)
        .ok_or(Error::Fixed(
            "ERR One or more scores can't be converted into double",
        ))
}

/// A number as C's `strtod` reads one from the start of a text: space before it is allowed, an empty text is 0, what
/// does not fit a double is refused.
fn score(text: &[u8]) -> Option<f64> {
    let text = c_string(text);
    if text.is_empty() {
        return Some(0.0);
    }
    let text = text.trim_ascii_start();
    let score = number::parse_double(text)?;
    let spelled = !text.iter().any(u8::is_ascii_digit);
    let zero = score == 0.0 && !text.iter().any(|byte| matches!(byte, b'1'..=b'9'));
    (score.is_normal() || zero || spelled).then_some(score)
}

/// The answers for one element: itself, or what each GET finds.
fn pick(ctx: &Context<'_>, plan: &Plan<'_>, element: &Bytes) -> Vec<Option<Bytes>> {
    if plan.get.is_empty() {
        return vec![Some(element.clone())];
    }
    let found = plan
        .get
        .iter()
        .map(|pattern| look_up(ctx, pattern, element));
    found.collect()
}

/// What a pattern of BY or GET leads to for an element: `#` to itself, `k_*` to a string, `k_*->f` to a hash's field.
fn look_up(ctx: &Context<'_>, pattern: &Bytes, element: &Bytes) -> Option<Bytes> {
    let text = c_string(pattern);
    if text == b"#" {
        return Some(element.clone());
    }
    let star = text.iter().position(|byte| *byte == b'*')?;
    let arrow = text[star + 1..]
        .windows(2)
        .position(|pair| pair == b"->")
        .map(|at| star + 1 + at);
    // Redis 7.0: an arrow with nothing behind it belongs to the key's name.
    let arrow = arrow.filter(|at| at + 2 < text.len());
    let end = arrow.unwrap_or(pattern.len());
    let key = [&pattern[..star], element, &pattern[star + 1..end]].concat();
    match arrow {
        Some(at) => ctx
            .read::<Hash>(&key)
            .ok()??
            .get(&pattern[at + 2..])
            .cloned(),
        None => ctx.read::<Str>(&key).ok()?.map(Str::bytes),
    }
}

fn store(ctx: &mut Context<'_>, target: &Bytes, elements: Vec<Bytes>) -> Result<Reply> {
    let length = elements.len();
    if length == 0 {
        if ctx.remove(target).is_some() {
            ctx.changed(Class::Generic, "del", target);
        }
        return Ok(Reply::Int(0));
    }
    let mut list = List::default();
    for element in elements {
        list.push_back(element);
    }
    ctx.room_for(list.weight())?;
    ctx.set(target, list.into_value(), None);
    ctx.changed(Class::List, "sortstore", target);
    Ok(Reply::count(length))
}
