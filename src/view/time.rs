//! Durations in words, and the time that a key has left.

use crate::text::Words;

use super::{bar::gauge, style::Style};

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// A duration in the two largest units that say something: `58 s`, `5 min 30 s`, `3 h`.
#[must_use]
pub fn duration(milliseconds: i64, words: &Words) -> String {
    let ms = milliseconds.max(0);
    if ms < SECOND {
        return words.with("time-ms", &[("n", ms.into())]);
    }
    // Up to two minutes a learner counts seconds: EXPIRE k 90 has 90 s left.
    if ms <= 2 * MINUTE {
        return words.with(
            "time-s",
            &[("n", ((ms as f64 / 100.0).round() / 10.0).into())],
        );
    }
    let units = [
        ("time-d", DAY),
        ("time-h", HOUR),
        ("time-min", MINUTE),
        ("time-s", SECOND),
    ];
    let parts = units.iter().scan(ms, |left, (id, size)| {
        let n = *left / size;
        *left %= size;
        Some((*id, n))
    });
    let said = parts
        .skip_while(|(_, n)| *n == 0)
        .take(2)
        .filter(|(_, n)| *n > 0);
    said.map(|(id, n)| words.with(id, &[("n", n.into())]))
        .collect::<Vec<_>>()
        .join(" ")
}

/// A duration to the millisecond.
#[must_use]
pub fn exactly(milliseconds: i64, words: &Words) -> String {
    if milliseconds % SECOND == 0 {
        return words.with("time-s", &[("n", (milliseconds / SECOND).into())]);
    }
    words.with("time-ms", &[("n", milliseconds.into())])
}

/// The time left in words.
#[must_use]
pub fn left_in_words(milliseconds: i64, words: &Words) -> String {
    words.with(
        "time-left",
        &[("time", duration(milliseconds, words).into())],
    )
}

/// The time left with a bar: of the whole time that was given, where that is known, else of the minute, the hour, the
/// day, the month that it lies in.
#[must_use]
pub fn left(milliseconds: i64, whole: Option<i64>, style: &Style, words: &Words) -> String {
    let scale = whole.filter(|whole| *whole > 0).or_else(|| {
        let scales = [MINUTE, HOUR, DAY, 30 * DAY];
        scales.into_iter().find(|scale| milliseconds <= *scale)
    });
    let part = scale.map_or(1.0, |scale| milliseconds.max(0) as f64 / scale as f64);
    let said = left_in_words(milliseconds, words);
    format!("{said} {}", gauge(part, 8, style))
}

/// That time passes, as a sentence.
#[must_use]
pub fn passes(milliseconds: i64, words: &Words) -> String {
    let whole = |unit: i64| {
        (milliseconds % unit == 0 && milliseconds >= unit).then_some(milliseconds / unit)
    };
    if let Some(n) = whole(HOUR) {
        words.with("hours-pass", &[("n", n.into())])
    } else if let Some(n) = whole(MINUTE) {
        words.with("minutes-pass", &[("n", n.into())])
    } else if let Some(n) = whole(SECOND) {
        words.with("seconds-pass", &[("n", n.into())])
    } else {
        words.with(
            "time-passes",
            &[("time", duration(milliseconds, words).into())],
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    #[test]
    fn durations_are_said_in_units_that_fit() {
        let words = Words::new(Language::En);
        for (ms, said) in [
            (0, "0 ms"),
            (800, "800 ms"),
            (58_000, "58 s"),
            (1_500, "1.5 s"),
            (90_000, "90 s"),
            (330_000, "5 min 30 s"),
            (7_200_000, "2 h"),
            (86_400_000, "1 day"),
            (90_061_000, "1 day 1 h"),
        ] {
            assert_eq!(duration(ms, &words), said);
        }
        let chinese = Words::new(Language::Zh);
        assert_eq!(left_in_words(300_000, &chinese), "剩 5 分钟");
        assert_eq!(passes(11_000, &words), "11 seconds pass.");
        assert_eq!(passes(1_500, &words), "1.5 s pass.");
        assert_eq!(passes(60_000, &words), "1 minute passes.");
    }
}
