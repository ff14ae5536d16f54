//! Commands survive every way of cutting the input, replies can be read back, and garbage does no harm.

use proptest::prelude::*;

use super::*;
use crate::engine::{Bytes, Error, Protocol, Reply};
use crate::notation;

const RULES: Rules = Rules {
    max_bulk: 512 << 20,
    authenticated: true,
    split: |line| notation::split(line).ok(),
};

type Commands = Vec<Vec<Bytes>>;

/// The commands in pieces of input, and what ended it.
fn decode<'a>(
    pieces: impl IntoIterator<Item = &'a [u8]>,
    rules: &Rules,
) -> (Commands, Option<ProtocolError>) {
    let mut decoder = Decoder::default();
    let mut commands = Commands::new();
    for mut piece in pieces {
        loop {
            match decoder.advance(&mut piece, rules) {
                Ok(true) => commands.push(decoder.argv().to_vec()),
                Ok(false) => {
                    assert!(piece.is_empty(), "all input is consumed");
                    break;
                }
                Err(error) => return (commands, Some(error)),
            }
        }
    }
    (commands, None)
}

/// Cuts input behind each of these places.
fn cut<'a>(input: &'a [u8], places: &[usize]) -> Vec<&'a [u8]> {
    let mut places: Vec<usize> = places
        .iter()
        .map(|place| place % (input.len() + 1))
        .collect();
    places.extend([0, input.len()]);
    places.sort_unstable();
    places
        .windows(2)
        .map(|ends| &input[ends[0]..ends[1]])
        .collect()
}

fn refusal(input: &[u8]) -> String {
    let (_, error) = decode([input], &RULES);
    let mut text = Vec::new();
    error.expect("this is refused").encode(&mut text);
    String::from_utf8_lossy(&text).into_owned()
}

#[test]
fn what_is_no_command_is_refused_in_redis_words() {
    let long = "1".repeat(65_537);
    for (input, text) in [
        ("*x\r\n", "invalid multibulk length"),
        ("*2147483648\r\n", "invalid multibulk length"),
        ("*01\r\n", "invalid multibulk length"),
        ("*1\r\n$-5\r\n", "invalid bulk length"),
        ("*1\r\n$536870913\r\n", "invalid bulk length"),
        ("*1\r\n*1\r\n", "expected '$', got '*'"),
        ("*1\r\n\r\n", "expected '$', got ' '"),
        ("SET a \"b\r\n", "unbalanced quotes in request"),
        (long.as_str(), "too big inline request"),
        (&format!("*{long}"), "too big mbulk count string"),
        (&format!("*1\r\n${long}"), "too big bulk count string"),
    ] {
        let wanted = format!("-ERR Protocol error: {text}\r\n");
        assert_eq!(refusal(input.as_bytes()), wanted, "{input:.40}");
    }
}

#[test]
fn little_may_be_sent_before_the_password() {
    let rules = Rules {
        authenticated: false,
        ..RULES
    };
    let refused = |input: &[u8]| decode([input], &rules).1;
    assert_eq!(
        refused(b"*11\r\n"),
        Some(ProtocolError::UnauthenticatedMultibulk)
    );
    assert_eq!(
        refused(b"*1\r\n$16385\r\n"),
        Some(ProtocolError::UnauthenticatedBulk)
    );
    assert_eq!(refused(b"*10\r\n$16384\r\n"), None);
}

#[test]
fn nothing_is_kept_by_a_number_in_the_input() {
    let mut decoder = Decoder::default();
    let mut input: &[u8] = b"*1000000000\r\n$536870912\r\nabc";
    assert_eq!(decoder.advance(&mut input, &RULES), Ok(false));
    assert_eq!(decoder.held(), 3);
}

#[test]
fn a_line_with_a_zero_byte_never_ends() {
    assert_eq!(
        decode([b"\0PING\r\nPING\r\n".as_slice()], &RULES).0.len(),
        0
    );
    let more = vec![b'x'; 65_536];
    let (commands, error) = decode([b"*\x001\r\n".as_slice(), &more], &RULES);
    assert_eq!(
        (commands.len(), error),
        (0, Some(ProtocolError::MultibulkLine))
    );
}

#[test]
fn a_big_value_comes_in_small_pieces() {
    let value = vec![b'v'; 3 << 20];
    let mut input = format!("*2\r\n$4\r\nECHO\r\n${}\r\n", value.len()).into_bytes();
    input.extend(&value);
    input.extend(b"\r\n");
    let (commands, error) = decode(input.chunks(7), &RULES);
    assert_eq!(error, None);
    assert_eq!(commands[0][1], value);
}

fn encoded(reply: &Reply, protocol: Protocol) -> String {
    let mut out = Vec::new();
    encode(reply, protocol, usize::MAX, &mut out);
    String::from_utf8(out).expect("these replies are text")
}

#[test]
fn each_protocol_has_its_shapes() {
    let pair = || vec![(Reply::bulk(b"m"), Reply::Double(1.5))];
    let one = || vec![Reply::Int(-12)];
    for (reply, resp2, resp3) in [
        (Reply::OK, "+OK\r\n", "+OK\r\n"),
        (Reply::Nil, "$-1\r\n", "_\r\n"),
        (Reply::NilArray, "*-1\r\n", "_\r\n"),
        (
            Reply::Int(i64::MIN),
            ":-9223372036854775808\r\n",
            ":-9223372036854775808\r\n",
        ),
        (Reply::Double(3.0), "$1\r\n3\r\n", ",3\r\n"),
        (Reply::Double(-0.0), "$2\r\n-0\r\n", ",-0\r\n"),
        (
            Reply::Double(0.1),
            "$19\r\n0.10000000000000001\r\n",
            ",0.10000000000000001\r\n",
        ),
        (Reply::Double(1e17), "$5\r\n1e+17\r\n", ",1e+17\r\n"),
        (
            Reply::Double(f64::NEG_INFINITY),
            "$4\r\n-inf\r\n",
            ",-inf\r\n",
        ),
        (
            Reply::Map(pair()),
            "*2\r\n$1\r\nm\r\n$3\r\n1.5\r\n",
            "%1\r\n$1\r\nm\r\n,1.5\r\n",
        ),
        (
            Reply::Pairs(pair()),
            "*2\r\n$1\r\nm\r\n$3\r\n1.5\r\n",
            "*1\r\n*2\r\n$1\r\nm\r\n,1.5\r\n",
        ),
        (Reply::Set(one()), "*1\r\n:-12\r\n", "~1\r\n:-12\r\n"),
        (Reply::Push(one()), "*1\r\n:-12\r\n", ">1\r\n:-12\r\n"),
        (
            Reply::Verbatim(Bytes::from(b"ab")),
            "$2\r\nab\r\n",
            "=6\r\ntxt:ab\r\n",
        ),
        (
            Reply::Array(vec![Reply::Many(one()), Reply::None]),
            "*2\r\n:-12\r\n",
            "*2\r\n:-12\r\n",
        ),
        (
            Error::composed("ERR two\r\nlines").into(),
            "-ERR two  lines\r\n",
            "-ERR two  lines\r\n",
        ),
    ] {
        assert_eq!(encoded(&reply, Protocol::Resp2), resp2, "{reply:?}");
        assert_eq!(encoded(&reply, Protocol::Resp3), resp3, "{reply:?}");
    }
}

#[test]
fn a_reply_beyond_the_limit_is_cut_short() {
    let huge = Reply::bulks(vec![Bytes::from(vec![b'x'; 1000]); 1000]);
    let mut out = Vec::new();
    encode(&huge, Protocol::Resp2, 10_000, &mut out);
    assert!((10_000..12_000).contains(&out.len()), "{}", out.len());
}

/// Reads a reply back, as a client of RESP3 does.
fn read(input: &mut &[u8]) -> Reply {
    let end = input
        .iter()
        .position(|byte| *byte == b'\r')
        .expect("a line ends");
    let (mark, line) = (input[0], Bytes::from(&input[1..end]));
    *input = &input[end + 2..];
    let number = || {
        std::str::from_utf8(&line)
            .expect("a number")
            .parse::<i64>()
            .expect("a number")
    };
    let mut many = |count: i64| (0..count).map(|_| read(input)).collect::<Vec<_>>();
    match mark {
        b'+' => Reply::Line(line),
        b'-' => Error::composed(String::from_utf8_lossy(&line)).into(),
        b':' => Reply::Int(number()),
        b'_' => Reply::Nil,
        b',' => Reply::Double(crate::engine::number::read_double(&line).expect("a double")),
        b'*' => Reply::Array(many(number())),
        b'~' => Reply::Set(many(number())),
        b'>' => Reply::Push(many(number())),
        b'%' => {
            let mut items = many(2 * number()).into_iter();
            let mut pairs = Vec::new();
            while let (Some(key), Some(value)) = (items.next(), items.next()) {
                pairs.push((key, value));
            }
            Reply::Map(pairs)
        }
        b'$' | b'=' => {
            let (text, rest) = input.split_at(number() as usize);
            assert_eq!(&rest[..2], b"\r\n");
            *input = &rest[2..];
            match mark {
                b'$' => Reply::bulk(text),
                _ => Reply::Verbatim(Bytes::from(text.strip_prefix(b"txt:").expect("a format"))),
            }
        }
        other => panic!("no reply begins with {}", char::from(other)),
    }
}

/// Replies that read back as themselves.
fn replies() -> impl Strategy<Value = Reply> {
    let bytes = prop::collection::vec(any::<u8>(), 0..40).prop_map(Bytes::from);
    let leaf = prop_oneof![
        any::<i64>().prop_map(Reply::Int),
        bytes.clone().prop_map(Reply::Bulk),
        bytes.prop_map(Reply::Verbatim),
        Just(Reply::Nil),
        "[a-zA-Z ]{0,20}".prop_map(|text| Reply::Line(Bytes::from(text.into_bytes()))),
        "[A-Z]{3} [a-z ]{0,20}".prop_map(|text| Error::composed(text).into()),
        prop_oneof![
            any::<f64>().prop_filter("NaN is no reply", |value| !value.is_nan()),
            any::<i32>().prop_map(f64::from),
        ]
        .prop_map(Reply::Double),
    ];
    leaf.prop_recursive(4, 64, 8, |inner| {
        let some = prop::collection::vec(inner.clone(), 0..8);
        prop_oneof![
            some.clone().prop_map(Reply::Array),
            some.clone().prop_map(Reply::Set),
            some.prop_map(Reply::Push),
            prop::collection::vec((inner.clone(), inner), 0..4).prop_map(Reply::Map),
        ]
    })
}

/// Input as clients send it: commands, and now and then something else.
fn inputs() -> impl Strategy<Value = Vec<u8>> {
    let argument = prop_oneof![
        prop::collection::vec(any::<u8>(), 0..40),
        (1000..3000usize).prop_map(|length| vec![b'x'; length]),
    ];
    let multibulk = prop::collection::vec(argument, 1..5).prop_map(|argv| {
        let mut bytes = format!("*{}\r\n", argv.len()).into_bytes();
        for argument in argv {
            bytes.extend(format!("${}\r\n", argument.len()).bytes());
            bytes.extend(argument);
            bytes.extend(b"\r\n");
        }
        bytes
    });
    let inline =
        "[a-z]{1,5}( [a-z0-9]{1,5}| \"[a-z ]{0,5}\"){0,3}\r?\n".prop_map(String::into_bytes);
    let garbage = prop_oneof![
        r#"[*$\r\n0-9 "'\\xPING\x00-]{0,12}"#.prop_map(String::into_bytes),
        prop::collection::vec(any::<u8>(), 0..12),
    ];
    let piece = prop_oneof![6 => multibulk, 3 => inline, 1 => garbage];
    prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn cutting_the_input_changes_nothing(
        input in inputs(),
        places in prop::collection::vec(any::<usize>(), 0..20),
    ) {
        let whole = decode([input.as_slice()], &RULES);
        prop_assert_eq!(&decode(cut(&input, &places), &RULES), &whole);
        prop_assert_eq!(&decode(input.chunks(1), &RULES), &whole);
    }

    #[test]
    fn replies_can_be_read_back(reply in replies()) {
        let mut out = Vec::new();
        encode(&reply, Protocol::Resp3, usize::MAX, &mut out);
        let mut rest = out.as_slice();
        prop_assert_eq!(read(&mut rest), reply);
        prop_assert!(rest.is_empty());
    }
}
