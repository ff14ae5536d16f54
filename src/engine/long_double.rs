//! C's `long double` on x86, with which INCRBYFLOAT and HINCRBYFLOAT reckon: 64 bits of precision, read by `strtold`
//! and written by `%.17Lf` without the zeros at the end.
//!
//! Invariant: a [`LongDouble`] is never NaN. It may be infinite, because Redis reads `inf` and refuses the sum.

use num_bigint::BigUint;
use rustc_apfloat::{Float, ieee::X87DoubleExtended};

use crate::engine::Bytes;

/// A number of the 80-bit extended format.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LongDouble(X87DoubleExtended);

/// Longer texts are no numbers to Redis 7.0 (`MAX_LONG_DOUBLE_CHARS`).
const LONGEST: usize = 5 * 1024;
/// The bits of the fraction behind the binary point of a significand.
const FRACTION_BITS: i32 = 63;
/// What is added to an exponent where it is stored.
const BIAS: i32 = 16383;
/// The decimal places that are written.
const PLACES: usize = 17;

impl LongDouble {
    /// Nothing.
    #[must_use]
    pub fn zero() -> LongDouble {
        LongDouble(X87DoubleExtended::ZERO)
    }

    /// Reads the whole of a text as `strtold` does: decimal, hexadecimal or `inf`; NaN, space and what is too large
    /// or too small for the format are refused.
    #[must_use]
    pub fn parse(text: &[u8]) -> Option<LongDouble> {
        if text.len() >= LONGEST {
            return None;
        }
        let (negative, unsigned) = match text.split_first()? {
            (b'-', rest) => (true, rest),
            (b'+', rest) => (false, rest),
            _ => (false, text),
        };
        let magnitude = if unsigned.eq_ignore_ascii_case(b"inf")
            || unsigned.eq_ignore_ascii_case(b"infinity")
        {
            X87DoubleExtended::INFINITY
        } else {
            parse_finite(unsigned)?
        };
        Some(LongDouble(if negative { -magnitude } else { magnitude }))
    }

    /// Whether it is neither of the infinities.
    #[must_use]
    pub fn is_finite(self) -> bool {
        self.0.is_finite()
    }

    /// The sum, when that is a finite number.
    #[must_use]
    pub fn plus(self, other: LongDouble) -> Option<LongDouble> {
        let sum = (self.0 + other.0).value;
        sum.is_finite().then_some(LongDouble(sum))
    }

    /// As C's `%.17Lf` prints it, without zeros at the end and without the sign of a zero. Infinity is `inf`.
    #[must_use]
    pub fn to_bytes(self) -> Bytes {
        let sign = if self.0.is_negative() { "-" } else { "" };
        if !self.is_finite() {
            return Bytes::from(format!("{sign}inf").into_bytes());
        }
        let digits = self.scaled().to_string();
        let digits = format!("{digits:0>width$}", width = PLACES + 1);
        let (whole, fraction) = digits.split_at(digits.len() - PLACES);
        let fraction = fraction.trim_end_matches('0');
        let point = if fraction.is_empty() { "" } else { "." };
        let text = format!("{sign}{whole}{point}{fraction}");
        Bytes::from(if text == "-0" {
            &b"0"[..]
        } else {
            text.as_bytes()
        })
    }

    /// The magnitude times ten to the power of [`PLACES`], rounded to the nearest, halves to the even one.
    fn scaled(self) -> BigUint {
        let bits = self.0.to_bits();
        let significand = bits as u64;
        let stored = (bits >> 64) as i32 & 0x7fff;
        let shift = stored.max(1) - BIAS - FRACTION_BITS;
        let scaled = BigUint::from(significand) * BigUint::from(10u32).pow(PLACES as u32);
        if shift >= 0 {
            return scaled << shift;
        }
        let places = -i64::from(shift);
        let whole: BigUint = &scaled >> places;
        let half = BigUint::from(1u32) << (places - 1);
        let rest = scaled - (&whole << places);
        let odd = whole.bit(0);
        if rest > half || (rest == half && odd) {
            whole + 1u32
        } else {
            whole
        }
    }
}

impl From<i64> for LongDouble {
    fn from(value: i64) -> LongDouble {
        LongDouble(X87DoubleExtended::from_i128(i128::from(value)).value)
    }
}

/// A number without a sign; `None` when it is none, too large, or so small that it would be read as nothing.
fn parse_finite(text: &[u8]) -> Option<X87DoubleExtended> {
    let text = std::str::from_utf8(text).ok()?;
    let hexadecimal = text
        .get(..2)
        .is_some_and(|mark| mark.eq_ignore_ascii_case("0x"));
    let (digits, radix, mark) = if hexadecimal {
        (&text[2..], 16, ['p', 'P'])
    } else {
        (text, 10, ['e', 'E'])
    };
    let (digits, exponent) = match digits.split_once(mark) {
        Some((digits, exponent)) => (digits, bounded_exponent(exponent)?),
        None => (digits, 0),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let is_digit = |c: char| c.is_digit(radix);
    if whole.len() + fraction.len() == 0 || !whole.chars().chain(fraction.chars()).all(is_digit) {
        return None;
    }
    if whole.chars().chain(fraction.chars()).all(|c| c == '0') {
        return Some(X87DoubleExtended::ZERO);
    }
    let plain = if hexadecimal {
        format!("0x{whole}.{fraction}p{exponent}")
    } else {
        format!("{whole}.{fraction}e{exponent}")
    };
    let value = plain.parse::<X87DoubleExtended>().ok()?;
    (value.is_finite() && value.is_non_zero()).then_some(value)
}

/// An exponent's digits with an optional sign; what lies far beyond every text's reach is cut to that.
fn bounded_exponent(text: &str) -> Option<i32> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let magnitude = digits.parse::<i32>().unwrap_or(i32::MAX).min(100_000);
    Some(if text.starts_with('-') {
        -magnitude
    } else {
        magnitude
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(a: &str, b: &str) -> Option<String> {
        let sum = LongDouble::parse(a.as_bytes())?.plus(LongDouble::parse(b.as_bytes())?)?;
        Some(String::from_utf8_lossy(&sum.to_bytes()).into_owned())
    }

    #[test]
    fn sums_print_as_redis_prints_them() {
        for (a, b, text) in [
            ("0.1", "0.2", "0.3"),
            ("0.3", "5.0e3", "5000.29999999999999982"),
            ("3", "-0x1.8p1", "0"),
            ("-0", "-0", "0"),
            ("10.5", ".1", "10.6"),
            ("1.", "1", "2"),
            ("9223372036854775807", "1", "9223372036854775808"),
            ("1e-4940", "0", "0"),
            ("-1e-18", "0", "0"),
        ] {
            assert_eq!(sum(a, b).as_deref(), Some(text), "{a} + {b}");
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in [
            "",
            "-",
            "+",
            ".",
            "e5",
            "1e",
            "1e+",
            "abc",
            " 1",
            "1 ",
            "nan",
            "0x",
            "0x.p1",
            "1e5000",
            "1e-5000",
            "1e99999999999999999999",
            "--1",
            "+-1",
            "1_0",
            "0x1p",
        ] {
            assert_eq!(LongDouble::parse(text.as_bytes()), None, "{text:?}");
        }
        assert!(LongDouble::parse(b"0e99999999999").is_some());
        assert!(LongDouble::parse(&b"1".repeat(LONGEST)).is_none());
    }

    #[test]
    fn a_sum_that_is_infinite_or_no_number_is_refused() {
        assert_eq!(sum("inf", "1"), None);
        assert_eq!(sum("inf", "-inf"), None);
        assert_eq!(sum("1e4932", "1e4932"), None);
    }
}
