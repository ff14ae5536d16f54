//! How Redis reads and writes numbers: strict 64-bit integers, C doubles, scores with 17 significant digits.

use crate::engine::Bytes;

/// A signed 64-bit integer exactly as Redis prints one: no plus sign, no spaces, no leading zeros, no `-0`.
#[must_use]
pub fn parse_int(text: &[u8]) -> Option<i64> {
    let (negative, digits) = match text.split_first()? {
        (b'-', rest) => (true, rest),
        _ => (false, text),
    };
    match digits {
        [b'0'] if !negative => return Some(0),
        [b'1'..=b'9', ..] if digits.len() <= 19 => {}
        _ => return None,
    }
    let mut magnitude: u64 = 0;
    for digit in digits {
        if !digit.is_ascii_digit() {
            return None;
        }
        magnitude = magnitude
            .checked_mul(10)?
            .checked_add(u64::from(digit - b'0'))?;
    }
    if negative {
        0i64.checked_sub_unsigned(magnitude)
    } else {
        i64::try_from(magnitude).ok()
    }
}

/// An integer in decimal digits.
#[must_use]
pub fn format_int(number: i64) -> Bytes {
    Bytes::from(itoa::Buffer::new().format(number).as_bytes())
}

/// A double as Redis reads an argument: as [`read_double`], but what is too large or too small for one is refused.
#[must_use]
pub fn parse_double(text: &[u8]) -> Option<f64> {
    // Most are whole numbers, and up to here these are exact.
    if text.len() <= 15
        && let Some(whole) = parse_int(text)
    {
        return Some(whole as f64);
    }
    let value = read_double(text)?;
    let says_infinite = || text.iter().any(|byte| byte | 32 == b'i');
    let in_range = (value.is_finite() || says_infinite()) && (value != 0.0 || says_zero(text));
    in_range.then_some(value)
}

/// Whether all digits before the exponent are 0.
fn says_zero(text: &[u8]) -> bool {
    let (digits, mark) = match text.iter().position(|byte| byte | 32 == b'x') {
        Some(at) => (&text[at + 1..], b'p'),
        None => (text, b'e'),
    };
    let mut digits = digits.iter().take_while(|byte| **byte | 32 != mark);
    digits.all(|byte| *byte == b'0' || !byte.is_ascii_hexdigit())
}

/// A double as C's `strtod` reads the whole text: decimal or hexadecimal, `inf`, `infinity`; what is too large is
/// infinite, what is too small is 0; NaN, an empty text and surrounding space are refused.
#[must_use]
pub fn read_double(text: &[u8]) -> Option<f64> {
    let text = std::str::from_utf8(text).ok()?;
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let value = match unsigned.get(..2) {
        Some("0x" | "0X") => parse_hexadecimal(&unsigned[2..])?,
        _ => {
            let first = *unsigned.as_bytes().first()?;
            let infinite =
                unsigned.eq_ignore_ascii_case("inf") || unsigned.eq_ignore_ascii_case("infinity");
            if !(first.is_ascii_digit() || first == b'.' || infinite) {
                return None;
            }
            unsigned.parse::<f64>().ok()?
        }
    };
    Some(if text.starts_with('-') { -value } else { value })
}

/// C's hexadecimal floating point notation behind its `0x`: digits, an optional point, an optional binary exponent.
fn parse_hexadecimal(text: &str) -> Option<f64> {
    let (digits, exponent) = match text.split_once(['p', 'P']) {
        Some((digits, exponent)) => (digits, exponent.parse::<i32>().ok()?),
        None => (text, 0),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let mut value = 0.0f64;
    for digit in whole.chars().chain(fraction.chars()) {
        value = value * 16.0 + f64::from(digit.to_digit(16)?);
    }
    let shift = exponent.checked_sub(4i32.checked_mul(i32::try_from(fraction.len()).ok()?)?)?;
    Some(value * 2f64.powi(shift))
}

/// A double as Redis prints scores: C's `%.17g`, `inf`, `-inf`; whole numbers without a point.
#[must_use]
pub fn format_double(value: f64) -> Bytes {
    if value.is_infinite() {
        return Bytes::from(if value > 0.0 {
            &b"inf"[..]
        } else {
            &b"-inf"[..]
        });
    }
    if value.is_nan() {
        return Bytes::from(&b"nan"[..]);
    }
    if value == 0.0 {
        return Bytes::from(if value.is_sign_negative() {
            &b"-0"[..]
        } else {
            &b"0"[..]
        });
    }
    if value.fract() == 0.0 && value.abs() < 1e17 {
        return Bytes::from(format!("{}", value as i64).into_bytes());
    }
    Bytes::from(general(value, 17).into_bytes())
}

/// C's `%g` with so many significant digits for a finite, non-zero number: trailing zeros dropped, an exponent when it
/// is below -4 or at least the number of digits.
pub(super) fn general(value: f64, significant: usize) -> String {
    let scientific = format!("{value:.*e}", significant - 1);
    let (mantissa, exponent) = scientific
        .split_once('e')
        .expect("LowerExp writes an exponent");
    let exponent: i32 = exponent.parse().expect("LowerExp writes a whole exponent");
    let (sign, mantissa) = match mantissa.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", mantissa),
    };
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.trim_end_matches('0');
    if (-4..significant as i32).contains(&exponent) {
        let places =
            usize::try_from(exponent.unsigned_abs()).expect("a double's exponent is small");
        if exponent < 0 {
            return format!("{sign}0.{}{digits}", "0".repeat(places - 1));
        }
        let whole = places + 1;
        if digits.len() <= whole {
            return format!("{sign}{digits}{}", "0".repeat(whole - digits.len()));
        }
        return format!("{sign}{}.{}", &digits[..whole], &digits[whole..]);
    }
    let (first, rest) = digits.split_at(1);
    let point = if rest.is_empty() { "" } else { "." };
    let direction = if exponent < 0 { '-' } else { '+' };
    format!(
        "{sign}{first}{point}{rest}e{direction}{:02}",
        exponent.abs()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_are_read_strictly() {
        for (text, value) in [
            ("0", Some(0)),
            ("-1", Some(-1)),
            ("9223372036854775807", Some(i64::MAX)),
            ("-9223372036854775808", Some(i64::MIN)),
            ("9223372036854775808", None),
            ("-0", None),
            ("+5", None),
            ("007", None),
            (" 5", None),
            ("5 ", None),
            ("", None),
            ("-", None),
        ] {
            assert_eq!(parse_int(text.as_bytes()), value, "{text:?}");
        }
    }

    #[test]
    fn doubles_out_of_range_are_refused() {
        for text in ["1e999", "1e-999", "0x1p-2000", "nan", "", " 1", "1 "] {
            assert_eq!(parse_double(text.as_bytes()), None, "{text:?}");
        }
        for (text, value) in [
            ("0e5", 0.0),
            ("-0", 0.0),
            ("0x0p3", 0.0),
            ("inf", f64::INFINITY),
            ("1e-320", 1e-320),
        ] {
            assert_eq!(parse_double(text.as_bytes()), Some(value), "{text:?}");
        }
        assert_eq!(read_double(b"1e999"), Some(f64::INFINITY));
    }

    #[test]
    fn scores_print_as_redis_prints_them() {
        for (value, text) in [
            (3.0, "3"),
            (0.1 + 3.0, "3.1000000000000001"),
            (0.1 + 0.2, "0.30000000000000004"),
            (1e20, "1e+20"),
            (1e18, "1e+18"),
            (1e16, "10000000000000000"),
            (1.5e-7, "1.4999999999999999e-07"),
            (f64::NEG_INFINITY, "-inf"),
        ] {
            assert_eq!(format_double(value), text.as_bytes(), "{value}");
        }
    }
}
