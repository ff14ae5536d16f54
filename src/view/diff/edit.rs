//! What a line does to a list, told from its command: beside equal elements the two lists alone do not say at which of
//! them it worked.

use crate::engine::{Bytes, number, value::List};

use super::list::{ALIGNED, Run, RunKind, SCAN, runs, same};

/// A part of a list: what became of so many elements.
type Part = (RunKind, usize);

/// A line that ran, and the key of the list that is drawn.
#[derive(Debug, Clone, Copy)]
pub struct Work<'a> {
    /// The words of the line; none where no line is known.
    pub line: &'a [Bytes],
    /// The key.
    pub key: &'a [u8],
}

/// An end of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Left,
    Right,
}

impl Work<'_> {
    /// The stretches that the line made of a list; none where it does not account for what became of it.
    pub fn runs(&self, before: &List, after: &List) -> Option<Vec<Run>> {
        let runs = runs(self.parts(before, after)?);
        accounts_for(&runs, before, after).then_some(runs)
    }

    fn parts(&self, before: &List, after: &List) -> Option<Vec<Part>> {
        let (old, new) = (before.len(), after.len());
        let name = self.line.first()?.to_ascii_lowercase();
        let put = |end| Some(at_end(end, (RunKind::New, new.checked_sub(old)?), old));
        let taken = |end| Some(at_end(end, (RunKind::Gone, old.checked_sub(new)?), new));
        match name.as_slice() {
            b"lpush" | b"lpushx" => put(End::Left),
            b"rpush" | b"rpushx" => put(End::Right),
            b"lpop" | b"blpop" => taken(End::Left),
            b"rpop" | b"brpop" => taken(End::Right),
            b"lmpop" | b"blmpop" => taken(self.line.iter().find_map(end)?),
            b"rpoplpush" | b"brpoplpush" => self.moved(End::Right, End::Left, old, new),
            b"lmove" | b"blmove" => {
                self.moved(end(self.line.get(3)?)?, end(self.line.get(4)?)?, old, new)
            }
            b"ltrim" => self.trimmed(old, new),
            b"linsert" => self.inserted(before),
            b"lrem" => self.removed(before, old.checked_sub(new)?),
            _ => None,
        }
    }

    /// One element went from an end of the first list to an end of the second, which may be the same.
    fn moved(&self, from: End, to: End, old: usize, new: usize) -> Option<Vec<Part>> {
        let [_, source, destination, ..] = self.line else {
            return None;
        };
        if source != destination {
            return Some(if source.as_slice() == self.key {
                at_end(from, (RunKind::Gone, old.checked_sub(new)?), new)
            } else {
                at_end(to, (RunKind::New, new.checked_sub(old)?), old)
            });
        }
        let stays = (RunKind::Same, old.checked_sub(1)?);
        let (gone, come) = ((RunKind::Gone, 1), (RunKind::New, 1));
        match (from, to) {
            _ if stays.1 == 0 => None,
            (End::Left, End::Right) => Some(vec![gone, stays, come]),
            (End::Right, End::Left) => Some(vec![come, stays, gone]),
            _ => None,
        }
    }

    /// Only what stands from the first index on is kept.
    fn trimmed(&self, old: usize, new: usize) -> Option<Vec<Part>> {
        let start = number::parse_int(self.line.get(2)?)?;
        let left = if start < 0 {
            old.saturating_sub(usize::try_from(start.unsigned_abs()).ok()?)
        } else {
            usize::try_from(start).ok()?
        };
        let right = old.checked_sub(left)?.checked_sub(new)?;
        let (left, right) = ((RunKind::Gone, left), (RunKind::Gone, right));
        Some(vec![left, (RunKind::Same, new), right])
    }

    /// One element came to stand beside the first one that equals the pivot.
    fn inserted(&self, before: &List) -> Option<Vec<Part>> {
        let pivot = self.line.get(3)?;
        let at = before.iter().take(SCAN).position(|it| it == pivot)?;
        let is_after = self.line.get(2)?.eq_ignore_ascii_case(b"after");
        let left = at + usize::from(is_after);
        let right = before.len() - left;
        Some(vec![
            (RunKind::Same, left),
            (RunKind::New, 1),
            (RunKind::Same, right),
        ])
    }

    /// So many equal elements went, counted from the end that the command began at.
    fn removed(&self, before: &List, gone: usize) -> Option<Vec<Part>> {
        let from_right = number::parse_int(self.line.get(2)?)? < 0;
        let element = self.line.get(3)?;
        let kind = |it: &Bytes| {
            if it == element {
                RunKind::Gone
            } else {
                RunKind::Same
            }
        };
        let mut found = 0;
        let mut parts: Vec<Part> = Vec::new();
        let mut add = |it| {
            parts.push((kind(it), 1));
            found += usize::from(it == element);
            found == gone
        };
        let found_all = if from_right {
            before.iter().rev().take(SCAN).any(&mut add)
        } else {
            before.iter().take(SCAN).any(&mut add)
        };
        if !found_all || gone > ALIGNED {
            return None;
        }
        parts.push((RunKind::Same, before.len() - parts.len()));
        if from_right {
            parts.reverse();
        }
        Some(parts)
    }
}

/// A change at one end of a list of which so many elements stay.
fn at_end(end: End, change: Part, stay: usize) -> Vec<Part> {
    let stay = (RunKind::Same, stay);
    match end {
        End::Left => vec![change, stay],
        End::Right => vec![stay, change],
    }
}

/// The end that a word names.
fn end(word: &Bytes) -> Option<End> {
    match word.to_ascii_lowercase().as_slice() {
        b"left" => Some(End::Left),
        b"right" => Some(End::Right),
        _ => None,
    }
}

/// Whether stretches lead from the one list to the other; of long ones the ends are looked at.
fn accounts_for(runs: &[Run], before: &List, after: &List) -> bool {
    let count = |other: RunKind| -> usize {
        let kept = runs.iter().filter(|run| run.kind != other);
        kept.map(|run| run.len).sum()
    };
    let agree = |run: &Run| {
        let old = || before.range(run.before..run.before + run.len);
        let new = || after.range(run.after..run.after + run.len);
        let looked = run.len.min(SCAN);
        same(old(), new()) == looked && same(old().rev(), new().rev()) == looked
    };
    count(RunKind::New) == before.len()
        && count(RunKind::Gone) == after.len()
        && runs
            .iter()
            .filter(|run| run.kind == RunKind::Same)
            .all(agree)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(elements: &str) -> List {
        let mut list = List::default();
        for element in elements.split_whitespace() {
            list.push_back(Bytes::from(element.as_bytes()));
        }
        list
    }

    /// The drawn row: `+` before what is new, `-` before what is gone.
    fn row(line: &str, key: &str, before: &str, after: &str) -> Option<String> {
        let line: Vec<Bytes> = line
            .split(' ')
            .map(|word| Bytes::from(word.as_bytes()))
            .collect();
        let work = Work {
            line: &line,
            key: key.as_bytes(),
        };
        let (before, after) = (list(before), list(after));
        let drawn = |run: &Run| {
            let (sign, list, start) = match run.kind {
                RunKind::New => ("+", &after, run.after),
                RunKind::Gone => ("-", &before, run.before),
                RunKind::Same | RunKind::Read | RunKind::Changed => ("", &after, run.after),
            };
            list.range(start..start + run.len)
                .map(|element| format!("{sign}{}", String::from_utf8_lossy(element)))
                .collect::<Vec<_>>()
                .join(" ")
        };
        let runs = work.runs(&before, &after)?;
        Some(runs.iter().map(drawn).collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn beside_equal_elements_the_mark_stands_where_the_command_worked() {
        for (line, key, before, after, drawn) in [
            ("LPUSH k a", "k", "a a", "a a a", "+a a a"),
            ("RPUSH k a", "k", "a a", "a a a", "a a +a"),
            ("lpop k", "k", "a a", "a", "-a a"),
            ("RPOP k", "k", "a a", "a", "a -a"),
            ("LMPOP 1 k LEFT COUNT 2", "k", "a a a", "a", "-a -a a"),
            ("LINSERT u BEFORE x x", "u", "x y", "x x y", "+x x y"),
            ("LINSERT u AFTER x x", "u", "x x", "x x x", "x +x x"),
            ("LREM k 1 a", "k", "a a b", "a b", "-a a b"),
            ("LREM k -1 a", "k", "b a a", "b a", "b a -a"),
            ("LREM k 0 a", "k", "a b a", "b", "-a b -a"),
            ("LTRIM k 1 -2", "k", "a a a a", "a a", "-a a a -a"),
            ("LMOVE k k RIGHT LEFT", "k", "a a", "a a", "+a a -a"),
            ("LMOVE k k LEFT RIGHT", "k", "t t s", "t s t", "-t t s +t"),
            ("RPOPLPUSH a b", "b", "x x", "x x x", "+x x x"),
            ("RPOPLPUSH a b", "a", "x x", "x", "x -x"),
        ] {
            assert_eq!(
                row(line, key, before, after).as_deref(),
                Some(drawn),
                "{line}"
            );
        }
    }

    #[test]
    fn a_line_that_does_not_account_for_the_change_tells_nothing() {
        for (line, before, after) in [
            ("LPUSH k a", "a b", "a b a"),
            ("LPOP k", "a b", "a b c"),
            ("LTRIM k 9 9", "a", ""),
            ("LMOVE k k LEFT RIGHT", "a", "a"),
            ("EXEC", "a", "a a"),
            ("LREM k x", "a", ""),
        ] {
            assert_eq!(row(line, "k", before, after), None, "{line}");
        }
    }
}
