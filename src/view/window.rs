//! What of a long row is shown: its ends, what changed, and what stands beside that.

/// The positions to show of `total`, ascending, about `room` of them; `changed` are the ones that matter.
#[must_use]
pub fn window(total: usize, changed: &[usize], room: usize) -> Vec<usize> {
    if total <= room {
        return (0..total).collect();
    }
    let mut shown = Vec::new();
    let mut add = |at: usize| {
        if shown.len() < room && at < total && !shown.contains(&at) {
            shown.push(at);
        }
    };
    // Of many changes not all can be seen, and then the ends tell more.
    if changed.len() <= room {
        changed.iter().copied().for_each(&mut add);
    }
    add(0);
    add(total - 1);
    changed.iter().copied().for_each(&mut add);
    for at in changed {
        add(at.saturating_sub(1));
        add(at + 1);
    }
    for step in 1..=room {
        add(step);
        if step.is_multiple_of(2) {
            add(total - 1 - step / 2);
        }
    }
    shown.sort_unstable();
    without_single_gaps(&shown)
}

/// A gap of one position costs as much as the position itself, so it is shown.
fn without_single_gaps(shown: &[usize]) -> Vec<usize> {
    let mut filled = Vec::with_capacity(shown.len());
    for at in shown {
        if filled.last().is_some_and(|last| last + 2 == *at) {
            filled.push(at - 1);
        }
        filled.push(*at);
    }
    filled
}

/// A shown position, or a number of positions that are not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// This position.
    At(usize),
    /// So many are left out here.
    Gap(usize),
}

/// Shown positions with the gaps between them; of a row of `total`.
#[must_use]
pub fn with_gaps(shown: &[usize], total: usize) -> Vec<Seen> {
    let mut seen = Vec::with_capacity(shown.len() + 3);
    let mut next = 0;
    for at in shown.iter().copied() {
        if at > next {
            seen.push(Seen::Gap(at - next));
        }
        seen.push(Seen::At(at));
        next = at + 1;
    }
    if total > next {
        seen.push(Seen::Gap(total - next));
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_and_changes_are_always_seen() {
        assert_eq!(window(4, &[], 6), [0, 1, 2, 3]);
        assert_eq!(window(10_000, &[], 6), [0, 1, 2, 3, 9_998, 9_999]);
        let shown = window(10_000, &[5_000], 8);
        assert!(
            [0, 4_999, 5_000, 5_001, 9_999]
                .iter()
                .all(|at| shown.contains(at)),
            "{shown:?}"
        );
    }

    #[test]
    fn where_room_is_short_changes_come_first_if_all_of_them_fit() {
        assert_eq!(window(5, &[1, 2, 3], 3), [1, 2, 3]);
        assert_eq!(window(10, &[2, 4, 6, 8], 2), [0, 9]);
    }

    #[test]
    fn what_is_left_out_is_counted() {
        assert_eq!(
            with_gaps(&[0, 1, 9], 10),
            [Seen::At(0), Seen::At(1), Seen::Gap(7), Seen::At(9)]
        );
        assert_eq!(with_gaps(&[0], 3), [Seen::At(0), Seen::Gap(2)]);
    }
}
