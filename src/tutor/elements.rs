//! How a list that was written down differs from the one that comes.

use crate::engine::{Order, commands};
use crate::notation::{Answer, Escape, Literal, leaves, to_one_line};

use super::{shape::Form, unanswered::Asked, unlike::is_grouped_alike, why::Why};

/// How a list that was written down differs from the one that comes: in how many elements it has, or in their order, or in
/// some of them.
pub(super) fn other_elements(asked: &Asked<'_>, answer: &Answer) -> Option<Why> {
    let Literal::Array(wanted) = asked.reply else {
        return None;
    };
    let lists = answer.readings.iter().filter(|it| it.items().is_some());
    let values_wanted = leaves(asked.reply);
    let mut as_python = lists.filter(|reading| {
        !is_grouped_alike(reading, asked.reply)
            && is_same_but_for_points(&leaves(reading), &values_wanted)
    });
    let is_flat = wanted.iter().all(|item| item.items().is_none());
    if is_flat && as_python.next().is_some() {
        return Some(Why::PythonShows);
    }
    let several = |reading: &Literal| match reading {
        Literal::Array(items) if items.len() > 1 || wanted.len() == 1 => Some(items.clone()),
        Literal::Array(items)
            if answer.is_listed() || items.iter().any(|item| wanted.contains(item)) =>
        {
            Some(items.clone())
        }
        _ => None,
    };
    let typed = answer.readings.iter().find_map(several);
    let typed = typed.filter(|_| !wanted.is_empty())?;
    if typed.len() != wanted.len() {
        return Some(Why::OtherCount {
            got: typed.len(),
            wanted: wanted.len(),
        });
    }
    // Their kinds do not matter here: a bare 5 may be a number.
    let values = |items: &[Literal]| -> Vec<Vec<Vec<u8>>> { items.iter().map(leaves).collect() };
    // A bare (error) stands for the one that comes.
    let mut errors = wanted
        .iter()
        .filter(|item| matches!(item, Literal::Error(_)));
    let told = |item: &Literal| match item {
        Literal::Error(text) if text.is_empty() => errors.next().unwrap_or(item).clone(),
        item => item.clone(),
    };
    let typed: Vec<Literal> = typed.iter().map(told).collect();
    let (values_typed, values_wanted) = (values(&typed), values(wanted));
    if is_same_but_for_points(&values_typed.concat(), &values_wanted.concat()) {
        return Some(Why::WholeNumber);
    }
    let (mut others, mut rest) = (Vec::new(), values_wanted.clone());
    for (item, value) in typed.iter().zip(&values_typed) {
        match rest.iter().position(|other| other == value) {
            Some(at) => drop(rest.swap_remove(at)),
            None => others.push(item),
        }
    }
    if others.is_empty() {
        return Some(Why::OtherElementOrder);
    }
    let order = asked
        .lines
        .last()
        .and_then(|line| commands::of_line(&line.argv));
    if order.is_none_or(|row| row.order == Order::Exact) {
        if let Some(why) = shifted(asked, &values_typed, &values_wanted) {
            return Some(why);
        }
        let pairs = typed.iter().zip(values_typed.iter().zip(&values_wanted));
        let differing = pairs.filter(|(_, (typed, wanted))| typed != wanted);
        others = differing.map(|(item, _)| item).collect();
    }
    // One that was written twice is not told by what it is.
    let is_twice = |other: &Literal| typed.iter().filter(|item| *item == other).count() > 1;
    Some(match others.as_slice() {
        [other] if is_twice(other) => Why::OtherElements(1),
        [Literal::Bulk(text)] if !text.trim_ascii().is_empty() => {
            Why::OtherElement(String::from_utf8_lossy(text).into_owned())
        }
        [other] => Why::OtherElement(to_one_line(other, Escape::Text)),
        others => Why::OtherElements(others.len()),
    })
}

/// Whether elements stand one place before or behind those that come, in the list or sorted set that they are taken of.
fn shifted(asked: &Asked<'_>, typed: &[Vec<Vec<u8>>], wanted: &[Vec<Vec<u8>>]) -> Option<Why> {
    let (line, before) = asked.lines.split_last()?;
    let [name, key, ..] = line.argv.as_slice() else {
        return None;
    };
    let name = String::from_utf8_lossy(name).to_ascii_uppercase();
    let all = match (name.as_str(), line.argv.len()) {
        ("LRANGE", 4) | ("LPOP", 3) => "LRANGE",
        ("ZRANGE" | "ZREVRANGE", 4) => name.as_str(),
        _ => return None,
    };
    let mut world = asked.base.clone();
    for line in before {
        world.run(&line.argv, &[]);
    }
    let words = [
        all.as_bytes().into(),
        key.clone(),
        b"0".into(),
        b"-1".into(),
    ];
    let all = world.ask(&words)?;
    let all: Vec<Vec<Vec<u8>>> = all.items()?.iter().map(leaves).collect();
    let place = |of: &[Vec<Vec<u8>>]| all.windows(of.len()).position(|part| part == of);
    let length = wanted.len();
    let (typed, wanted) = (place(typed)?, place(wanted)?);
    // Of a single one it is told which it is.
    let is_next = typed.abs_diff(wanted) == 1 && length > 1;
    is_next.then_some(Why::Shifted { on: typed > wanted })
}

/// Whether values are others only in that whole numbers have a decimal point.
fn is_same_but_for_points(typed: &[Vec<u8>], wanted: &[Vec<u8>]) -> bool {
    let is_pointed = |typed: &[u8], wanted: &[u8]| {
        let typed = typed.strip_prefix(wanted).unwrap_or_default();
        let decimals = typed.strip_prefix(b".").unwrap_or_default();
        !decimals.is_empty() && decimals.iter().all(|digit| *digit == b'0')
    };
    let mut differing = typed
        .iter()
        .zip(wanted)
        .filter(|(typed, wanted)| typed != wanted);
    typed.len() == wanted.len()
        && typed != wanted
        && differing.all(|(typed, wanted)| is_pointed(typed, wanted))
}

/// What is said of the values that come where other signs than spaces and commas stand between them, or none: `ab`,
/// `a -> b`, `a: b`.
pub(super) fn other_signs(answer: &Answer, reply: &Literal) -> Option<Why> {
    let items = reply.items().filter(|items| items.len() > 1)?;
    let signs = |text: &str| -> String {
        let own = text.chars().filter(|sign| sign.is_alphanumeric());
        own.collect::<String>().to_lowercase()
    };
    let values = leaves(reply).into_iter();
    let values: Vec<String> = values
        .map(|value| signs(&String::from_utf8_lossy(&value)))
        .collect();
    let is_flat = !items.iter().any(|item| item.items().is_some());
    let divides = |sign: char| !sign.is_alphanumeric() && !sign.is_whitespace();
    // Spaces, commas, brackets and quotes divide as they should.
    let is_other = |sign: char| divides(sign) && !"[](){}\"',".contains(sign);
    let parts = answer.text().split([' ', ',']);
    let parts = parts.filter(|part| !part.is_empty()).count();
    let has_others =
        parts < values.len() && !answer.text().contains(' ') || answer.text().contains(is_other);
    // What is empty can only be told by its quotes.
    let empty = values.iter().filter(|value| value.is_empty()).count();
    let quoted = ["\"\"", "''"].map(|quotes| answer.text().matches(quotes).count());
    // Elements that stand there as such come in another order.
    let sorted = |reply: &Literal| {
        let mut values = leaves(reply);
        values.sort();
        values
    };
    let is_own = |reading: &Literal| {
        reading
            .items()
            .is_some_and(|typed| typed.len() == items.len())
            && sorted(reading) == sorted(reply)
    };
    if is_flat && answer.readings.iter().any(is_own) {
        return None;
    }
    let is_told = empty <= quoted.iter().sum()
        && empty < values.len()
        && stand_in_order(answer.text(), reply)
        && signs(answer.text()) == values.concat()
        && has_others;
    is_told.then_some(if is_flat {
        Why::Undivided
    } else {
        Why::OtherShape(Form::Both)
    })
}

/// Whether all values of a reply stand in a text as they are, one behind the other.
fn stand_in_order(text: &str, reply: &Literal) -> bool {
    let lower = text.to_lowercase();
    let mut rest = lower.as_str();
    leaves(reply).iter().all(|value| {
        let value = String::from_utf8_lossy(value).to_lowercase();
        let behind = rest.split_once(value.as_str()).map(|(_, behind)| behind);
        rest = behind.unwrap_or_default();
        behind.is_some()
    })
}
