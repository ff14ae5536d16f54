//! Why a line is wrong, what it has come to, and what is still to be done.

use std::collections::BTreeMap;

use insta::assert_snapshot;
use rediscover::{
    engine::value::Type,
    lesson::WantedState,
    notation::Literal,
    text::Language,
    tutor::{
        Compared, Contrast, Diagnosis, Disorder, Form, KeySlip, Meaning, Mend, Missing,
        MissingPart, NameKind, Output, Shape, VerdictKind, Why,
    },
};

use super::{
    lessons::{texts, verdict},
    scene::{Keys, NOW, all, ascii, at, bytes, changed, coloured, drawn, plain, sheet},
};

#[test]
fn wrong_attempt_beside_what_is_wanted() {
    let would_be = Keys::new().list("orders", &["o3", "o2", "o1"]);
    let wanted = Keys::new().list("orders", &["o1", "o2", "o3"]);
    let outputs = [
        Output::Reply(Literal::Int(3)),
        verdict(
            VerdictKind::Wrong,
            vec![Why::Diagnosis(Diagnosis::Sibling {
                typed: "LPUSH".to_owned(),
                contrast: Contrast::LeftNotRight,
            })],
            2,
        ),
        Output::Comparison {
            line: Compared::Refused,
            would_be: would_be.0,
            wanted: wanted.0,
            keys: vec![bytes("orders")],
            db: 0,
            now: NOW,
        },
    ];
    let styles = [
        ("80", at(80)),
        ("40", at(40)),
        ("ascii", ascii(80)),
        ("coloured", coloured(80)),
        ("plain", plain()),
    ];
    assert_snapshot!(sheet(&outputs, &styles, Language::En));
}

#[test]
fn comparisons_of_every_type() {
    let would_be = Keys::new()
        .list("bus", &["zoo", "park", "hill", "end"])
        .hash(
            "user:1",
            &[("name", "ana"), ("age", "15"), ("town", "Linz")],
        )
        .members("tags", &["a", "b", "c"])
        .scores("heroes", &[("guanyu", 70.0), ("liubei", 90.0)])
        .string("greeting", "helo")
        .string("kind", "a string")
        .list("extra", &["x"])
        .string("code", "1234")
        .lives("code", Some(10_000));
    let wanted = Keys::new()
        .list("bus", &["park", "hill", "pier", "end", "sea"])
        .hash("user:1", &[("name", "ana"), ("age", "16")])
        .members("tags", &["b", "d"])
        .scores(
            "heroes",
            &[("guanyu", 71.5), ("liubei", 90.0), ("zhaoyun", 80.0)],
        )
        .string("greeting", "hello")
        .list("kind", &["a", "list"])
        .string("code", "1234")
        .lives("code", Some(60_000));
    let compared = |keys: &[&str]| Output::Comparison {
        line: Compared::Refused,
        would_be: would_be.0.clone(),
        wanted: wanted.0.clone(),
        keys: keys.iter().map(|key| bytes(key)).collect(),
        db: 0,
        now: NOW,
    };
    let outputs = [
        compared(&["bus", "user:1", "tags"]),
        compared(&["heroes", "greeting", "kind"]),
        compared(&["extra", "code"]),
        compared(&["bus", "user:1", "tags", "heroes", "code"]),
    ];
    assert_snapshot!(all(&outputs));
}

#[test]
fn an_element_with_a_space_reads_as_one_in_a_comparison() {
    let outputs = [Output::Comparison {
        line: Compared::Refused,
        would_be: Keys::new().list("orders", &["o1", "o2 o3"]).0,
        wanted: Keys::new().list("orders", &["o1", "o2", "o3"]).0,
        keys: vec![bytes("orders")],
        db: 0,
        now: NOW,
    }];
    let text = drawn(&outputs, &at(80), Language::En);
    assert!(text.contains("o1  \"o2 o3\""), "{text}");
}

#[test]
fn what_is_still_to_do_stands_beside_what_is_wanted() {
    let before = Keys::new().string("city", "Paris");
    let now = before.clone().without("city").list("q", &["a", "b"]);
    let wanted = Keys::new()
        .list("city", &["London", "Oslo"])
        .list("q", &["b", "c"]);
    let open = vec![bytes("city"), bytes("q")];
    let outputs = [
        Output::Reply(Literal::Int(1)),
        verdict(VerdictKind::Partial, vec![Why::StillOpen(open.clone())], 2),
        Output::State(changed(&before, &now, &["city", "q"])),
        Output::Comparison {
            line: Compared::Stays,
            would_be: now.0,
            wanted: wanted.0,
            keys: open,
            db: 0,
            now: NOW,
        },
    ];
    assert_snapshot!(all(&outputs));
    assert_snapshot!(
        "what_is_still_to_do_in_chinese",
        sheet(&outputs, &[("80", at(80))], Language::Zh)
    );
}

/// Every diagnosis once.
fn diagnoses() -> Vec<Diagnosis> {
    let text = |text: &str| text.to_owned();
    let other_key = |slip: KeySlip| Diagnosis::OtherKey {
        typed: bytes("Orders"),
        meant: bytes("orders"),
        slip,
    };
    vec![
        Diagnosis::UnknownCommand {
            typed: text("RPUHS"),
            near: Some(text("RPUSH")),
        },
        Diagnosis::UnknownCommand {
            typed: text("hello"),
            near: None,
        },
        Diagnosis::Absent { name: text("XADD") },
        Diagnosis::Arity {
            command: "lrange",
            missing: Some(MissingPart::first(text("stop"))),
        },
        Diagnosis::Arity {
            command: "lrange",
            missing: None,
        },
        Diagnosis::UnknownOption {
            typed: text("PX10"),
            command: "set",
            near: Some(text("PX")),
            earlier: 0,
        },
        Diagnosis::UnknownOption {
            typed: text("RIGTH"),
            command: "lmove",
            near: Some(text("RIGHT")),
            earlier: 1,
        },
        Diagnosis::UnknownOption {
            typed: text("soon"),
            command: "set",
            near: None,
            earlier: 0,
        },
        Diagnosis::Exclusive {
            first: text("EX"),
            second: text("PX"),
        },
        Diagnosis::NotANumber {
            typed: text("three"),
            whole: true,
        },
        Diagnosis::NotANumber {
            typed: text("1,5"),
            whole: false,
        },
        Diagnosis::WrongType {
            key: bytes("achievements"),
            found: Type::SortedSet,
            wanted: Type::List,
            command: text("LPUSH"),
            works: texts(&["ZRANGE", "ZADD"]),
        },
        Diagnosis::Sibling {
            typed: text("RPUSH"),
            contrast: Contrast::RightNotLeft,
        },
        Diagnosis::Sibling {
            typed: text("ZPOPMIN"),
            contrast: Contrast::LowNotHigh,
        },
        Diagnosis::Sibling {
            typed: text("ZPOPMAX"),
            contrast: Contrast::HighNotLow,
        },
        Diagnosis::Sibling {
            typed: text("SINTERSTORE"),
            contrast: Contrast::StoresNotAnswers,
        },
        Diagnosis::Sibling {
            typed: text("SINTER"),
            contrast: Contrast::AnswersNotStores,
        },
        Diagnosis::Sibling {
            typed: text("SPOP"),
            contrast: Contrast::TakesNotLooks,
        },
        Diagnosis::Sibling {
            typed: text("SRANDMEMBER"),
            contrast: Contrast::LooksNotTakes,
        },
        Diagnosis::Sibling {
            typed: text("EXPIRE"),
            contrast: Contrast::SecondsNotMilliseconds,
        },
        Diagnosis::Sibling {
            typed: text("PEXPIRE"),
            contrast: Contrast::MillisecondsNotSeconds,
        },
        Diagnosis::Sibling {
            typed: text("INCR"),
            contrast: Contrast::UpNotDown,
        },
        Diagnosis::Sibling {
            typed: text("DECR"),
            contrast: Contrast::DownNotUp,
        },
        Diagnosis::OtherCommand {
            command: "lindex",
            kind: Some(Type::List),
            changes: true,
        },
        Diagnosis::OtherCommand {
            command: "sadd",
            kind: Some(Type::List),
            changes: false,
        },
        Diagnosis::OtherCommand {
            command: "rpop",
            kind: None,
            changes: true,
        },
        other_key(KeySlip::Case),
        other_key(KeySlip::Letter),
        other_key(KeySlip::Neighbour),
        other_key(KeySlip::Other),
        Diagnosis::Swapped {
            first: bytes("hill"),
            second: bytes("lake"),
        },
        Diagnosis::KeyElsewhere {
            key: bytes("code"),
            instead: bytes("3"),
        },
        Diagnosis::Reordered(Disorder::Reversed),
        Diagnosis::Reordered(Disorder::PairsReversed),
        Diagnosis::Reordered(Disorder::OtherPairs),
        Diagnosis::Reordered(Disorder::Other),
        Diagnosis::OffByOne {
            typed: text("3"),
            argument: text("stop"),
        },
        Diagnosis::OffByOne {
            typed: text("3"),
            argument: String::new(),
        },
        Diagnosis::Sign {
            typed: text("1"),
            argument: text("start"),
        },
        Diagnosis::Sign {
            typed: text("1"),
            argument: String::new(),
        },
        Diagnosis::Bound {
            typed: text("70"),
            should_exclude: true,
        },
        Diagnosis::Bound {
            typed: text("(70"),
            should_exclude: false,
        },
        Diagnosis::MissingOption {
            count: 1,
            word: text("NX"),
        },
        Diagnosis::MissingOption {
            count: 2,
            word: text("WITHSCORES"),
        },
        Diagnosis::KeyCount { typed: text("3") },
        Diagnosis::Punctuation {
            typed: bytes("name:"),
            sign: ':',
        },
        Diagnosis::BareBound { typed: text("b") },
        Diagnosis::NoKeyYet { key: bytes("n") },
        Diagnosis::NotAKey {
            typed: bytes("moss"),
            key: bytes("cart:5"),
            removes: Some("DEL".to_owned()),
        },
        Diagnosis::NotAKey {
            typed: bytes("blue"),
            key: bytes("r1"),
            removes: None,
        },
        Diagnosis::OnlyIfThere {
            command: "RPUSHX".to_owned(),
            key: bytes("log"),
        },
        Diagnosis::UnderOneKey {
            typed: bytes("member:2:name"),
            meant: bytes("member:2"),
        },
        Diagnosis::NoSuchKey {
            key: bytes("cart5:"),
            near: None,
        },
        Diagnosis::NoSuchKey {
            key: bytes("cart5:"),
            near: Some(bytes("cart:5")),
        },
        Diagnosis::OnlyTheGap {
            typed: text("AFTER"),
        },
        Diagnosis::Subcommand {
            command: text("OBJECT"),
            known: texts(&["ENCODING", "FREQ", "IDLETIME", "REFCOUNT"]),
        },
        Diagnosis::ExtraOption { typed: text("NX") },
        Diagnosis::OtherWord {
            typed: text("XX"),
            nth: None,
        },
        Diagnosis::OtherWord {
            typed: text("RIGHT"),
            nth: Some(2),
        },
        Diagnosis::Twice { typed: bytes("r1") },
        Diagnosis::PartTaken {
            name: text("value"),
            by: bytes("NX"),
        },
        Diagnosis::Unit {
            typed: bytes("min"),
            milliseconds: false,
        },
        Diagnosis::PatternAsKey {
            typed: bytes("box:*"),
        },
        Diagnosis::NotABound { typed: text("max") },
        Diagnosis::LimitByRank,
        Diagnosis::ScoresByName,
        Diagnosis::MissingValues {
            count: 1,
            what: Missing::Values,
        },
        Diagnosis::MissingValues {
            count: 3,
            what: Missing::Values,
        },
        Diagnosis::MissingValues {
            count: 1,
            what: Missing::Keys,
        },
        Diagnosis::MissingValues {
            count: 2,
            what: Missing::Keys,
        },
        Diagnosis::MissingValues {
            count: 1,
            what: Missing::Part(text("count")),
        },
        Diagnosis::MissingValues {
            count: 1,
            what: Missing::More(text("member")),
        },
        Diagnosis::MissingValues {
            count: 2,
            what: Missing::More(text("member")),
        },
        Diagnosis::MissingValues {
            count: 1,
            what: Missing::Groups(text("key value")),
        },
        Diagnosis::MissingValues {
            count: 2,
            what: Missing::Groups(text("score member")),
        },
        Diagnosis::ExtraValues {
            typed: vec![bytes("o4")],
        },
        Diagnosis::ExtraValues {
            typed: vec![bytes("o4"), bytes("two words")],
        },
        Diagnosis::OtherValue {
            typed: bytes("o5"),
            argument: text("element"),
            slip: None,
        },
        Diagnosis::OtherValue {
            typed: bytes("o5"),
            argument: String::new(),
            slip: None,
        },
        Diagnosis::OtherValue {
            typed: bytes("Hello"),
            argument: text("value"),
            slip: Some(KeySlip::Case),
        },
        Diagnosis::OtherValue {
            typed: bytes("hell"),
            argument: text("value"),
            slip: Some(KeySlip::Letter),
        },
        Diagnosis::NeedsQuotes {
            typed: text("two words"),
        },
        Diagnosis::RightData {
            got: Shape::Status,
            wanted: Shape::Integer,
        },
        Diagnosis::RightData {
            got: Shape::Text,
            wanted: Shape::Array,
        },
        Diagnosis::RightData {
            got: Shape::Nil,
            wanted: Shape::Nil,
        },
        Diagnosis::OtherReply,
        Diagnosis::OtherState {
            keys: vec![bytes("orders"), bytes("user:1")],
        },
        Diagnosis::NothingChanged,
        Diagnosis::OtherDeadline {
            key: bytes("code"),
            wanted: true,
        },
        Diagnosis::OtherDeadline {
            key: bytes("code"),
            wanted: false,
        },
        Diagnosis::ReplyTyped {
            typed: "(integer) 3".to_owned(),
        },
    ]
}

fn other_answer(got: Shape, wanted: Shape) -> Why {
    Why::OtherAnswer { got, wanted }
}

fn wrong(diagnosis: Diagnosis) -> Output {
    verdict(VerdictKind::Wrong, vec![Why::Diagnosis(diagnosis)], 0)
}

#[test]
fn diagnoses_in_english() {
    let outputs: Vec<Output> = diagnoses().into_iter().map(wrong).collect();
    assert_snapshot!(sheet(
        &outputs,
        &[("80", at(80)), ("40", at(40))],
        Language::En
    ));
}

#[test]
fn diagnoses_in_chinese() {
    let outputs: Vec<Output> = diagnoses().into_iter().map(wrong).collect();
    assert_snapshot!(sheet(&outputs, &[("80", at(80))], Language::Zh));
}

#[test]
fn other_reasons_and_meanings() {
    let keys = || vec![bytes("orders"), bytes("user:1")];
    let outputs = vec![
        verdict(VerdictKind::Look, vec![Why::LooksAt("lrange".to_owned())], 0),
        verdict(VerdictKind::Look, Vec::new(), 0),
        verdict(VerdictKind::Partial, vec![Why::StillOpen(keys())], 2),
        verdict(VerdictKind::Partial, vec![Why::OpenAfterExec(keys())], 2),
        verdict(
            VerdictKind::Partial,
            vec![Why::StillOpen(keys()), Why::Surplus(keys())],
            2,
        ),
        verdict(VerdictKind::Partial, Vec::new(), 2),
        verdict(VerdictKind::Wrong, vec![Why::MustUse(texts(&["NX"]))], 0),
        verdict(
            VerdictKind::Wrong,
            vec![Why::MustUseCommand(texts(&["EXPIRE", "PEXPIRE"]))],
            0,
        ),
        verdict(VerdictKind::Wrong, vec![Why::MustName(texts(&["jobs", "0"]))], 0),
        verdict(VerdictKind::Wrong, vec![Why::OtherLine], 0),
        verdict(VerdictKind::Wrong, vec![Why::TooManyLines(2)], 0),
        verdict(VerdictKind::Wrong, vec![Why::OtherOutcome], 0),
        verdict(VerdictKind::Wrong, vec![other_answer(Shape::Integer, Shape::Integer)], 0),
        verdict(VerdictKind::Wrong, vec![other_answer(Shape::Text, Shape::Integer)], 0),
        verdict(VerdictKind::Wrong, vec![other_answer(Shape::Integer, Shape::Nil)], 0),
        verdict(VerdictKind::Wrong, vec![Why::OtherShape(Form::Both)], 0),
        verdict(VerdictKind::Wrong, vec![Why::OtherShape(Form::Quoted(Shape::Integer))], 0),
        verdict(VerdictKind::Wrong, vec![Why::OtherShape(Form::Quoted(Shape::Nil))], 0),
        verdict(VerdictKind::Wrong, vec![Why::OtherShape(Form::InBrackets)], 0),
        verdict(VerdictKind::Wrong, vec![Why::OtherShape(Form::AsNumber)], 0),
        verdict(VerdictKind::Wrong, vec![Why::OtherShape(Form::Alone)], 0),
        verdict(VerdictKind::Wrong, vec![Why::OtherShape(Form::Quotes)], 0),
        verdict(VerdictKind::Wrong, vec![Why::OtherShape(Form::Brackets)], 0),
        verdict(VerdictKind::Wrong, vec![Why::OtherElement("tea".to_owned())], 0),
        verdict(VerdictKind::Wrong, vec![Why::Shifted { on: true }], 0),
        verdict(VerdictKind::Wrong, vec![Why::Shifted { on: false }], 0),
        verdict(VerdictKind::Wrong, vec![Why::OfAnotherLine("APPEND k !".to_owned())], 0),
        verdict(VerdictKind::Wrong, vec![Why::NoCursor], 0),
        verdict(VerdictKind::Wrong, vec![Why::PythonsB], 0),
        verdict(VerdictKind::Wrong, vec![other_answer(Shape::Error, Shape::Error)], 0),
        verdict(VerdictKind::Wrong, vec![Why::NotSent, Why::OrALetter { last: 'd' }], 0),
        verdict(VerdictKind::Wrong, vec![Why::OneCommand], 0),
        verdict(VerdictKind::Wrong, vec![Why::WholeNumber], 0),
        verdict(VerdictKind::Wrong, vec![Why::OnlyTheNumber], 0),
        verdict(VerdictKind::Wrong, vec![other_answer(Shape::Several, Shape::Integer)], 0),
        verdict(VerdictKind::Wrong, vec![other_answer(Shape::Several, Shape::Nil)], 0),
        verdict(VerdictKind::Wrong, vec![Why::OtherCount { got: 2, wanted: 1 }], 0),
        verdict(VerdictKind::Wrong, vec![Why::NumberInQuotes], 0),
        verdict(VerdictKind::Wrong, vec![Why::Backslashes], 0),
        verdict(VerdictKind::Wrong, vec![Why::Undivided], 0),
        verdict(VerdictKind::Wrong, vec![Why::NoneNotNil], 0),
        verdict(VerdictKind::Pass, vec![Why::NilNotNone], 0),
        verdict(VerdictKind::Wrong, vec![Why::PythonShows], 0),
        verdict(VerdictKind::Pass, vec![Why::ArrayOfOne], 0),
        verdict(
            VerdictKind::Wrong,
            vec![Why::Instead { reply: Literal::Int(1), leaves: Some(WantedState::Keys(BTreeMap::new())) }],
            0,
        ),
        verdict(VerdictKind::Wrong, vec![Why::LeavesThen(WantedState::Keys(BTreeMap::new()))], 0),
        verdict(VerdictKind::Wrong, vec![Why::OtherChoice], 0),
        verdict(VerdictKind::Wrong, vec![Why::NotTheAnswer], 0),
        verdict(VerdictKind::Partial, vec![Why::Queued], 0),
        verdict(VerdictKind::Partial, vec![Why::Refused], 0),
        verdict(
            VerdictKind::Wrong,
            vec![Why::Author(
                "LPUSH puts them in one at a time, each in front of the last: x2 ends up first.\u{1b}[2J".to_owned(),
            )],
            0,
        ),
        verdict(VerdictKind::Pass, Vec::new(), 0),
        verdict(VerdictKind::Pass, vec![Why::Meaning(Meaning::Is { key: bytes("age"), value: bytes("16") })], 0),
        verdict(VerdictKind::Pass, vec![Why::Meaning(Meaning::Gone { key: bytes("age") })], 0),
        verdict(VerdictKind::Pass, vec![Why::Meaning(Meaning::Changed { keys: keys() })], 0),
        verdict(VerdictKind::Pass, vec![Why::Meaning(Meaning::Unchanged)], 0),
        verdict(VerdictKind::Pass, vec![Why::Meaning(Meaning::Expires { key: bytes("code"), left: 60_000 })], 0),
        verdict(
            VerdictKind::Pass,
            vec![
                Why::Meaning(Meaning::Is { key: bytes("code"), value: bytes("1234") }),
                Why::Meaning(Meaning::Expires { key: bytes("code"), left: 60_000 }),
            ],
            0,
        ),
        verdict(VerdictKind::Pass, vec![Why::Meaning(Meaning::Stays { key: bytes("code") })], 0),
        verdict(
            VerdictKind::Pass,
            vec![
                Why::Meaning(Meaning::Is { key: bytes("code"), value: bytes("1234") }),
                Why::Meaning(Meaning::Stays { key: bytes("code") }),
            ],
            0,
        ),
        verdict(
            VerdictKind::Pass,
            vec![Why::Meaning(Meaning::ElementIs { key: bytes("bus"), index: 0, value: bytes("safari") })],
            0,
        ),
        verdict(
            VerdictKind::Pass,
            vec![Why::Meaning(Meaning::FieldIs { key: bytes("user:1"), field: bytes("age"), value: bytes("16") })],
            0,
        ),
        verdict(
            VerdictKind::Pass,
            vec![Why::Meaning(Meaning::ScoreIs { key: bytes("heroes"), member: bytes("liubei"), score: bytes("90") })],
            0,
        ),
        verdict(VerdictKind::Pass, vec![Why::Meaning(Meaning::OtherOrder { key: bytes("bus") })], 0),
        verdict(
            VerdictKind::Pass,
            vec![Why::Meaning(Meaning::Renamed { from: bytes("crate:1"), to: bytes("box:11") })],
            0,
        ),
        verdict(
            VerdictKind::Pass,
            vec![Why::Meaning(Meaning::CameAndWent { key: bytes("jobs"), values: vec![bytes("poster")] })],
            0,
        ),
        verdict(
            VerdictKind::Pass,
            vec![Why::Meaning(Meaning::CameAndWent { key: bytes("jobs"), values: keys() })],
            0,
        ),
        verdict(VerdictKind::Pass, vec![Why::Meaning(Meaning::AllGone { keys: keys() })], 0),
        verdict(VerdictKind::Pass, vec![Why::Meaning(Meaning::AllNew { keys: keys() })], 0),
        verdict(VerdictKind::Pass, vec![Why::Meaning(Meaning::InDatabase { key: bytes("plate"), db: 5 })], 0),
        verdict(
            VerdictKind::Pass,
            vec![Why::Meaning(Meaning::Went { value: bytes("soup"), from: bytes("todo"), to: bytes("doing") })],
            0,
        ),
        verdict(
            VerdictKind::Pass,
            vec![Why::Meaning(Meaning::OtherContent { key: bytes("sum"), kind: Type::SortedSet, size: 4 })],
            0,
        ),
        verdict(VerdictKind::Wrong, vec![Why::Author("It is so.".to_owned()), Why::NothingHasChanged], 0),
        verdict(VerdictKind::Pass, vec![Why::Meaning(Meaning::NothingCame)], 0),
    ];
    assert_snapshot!(all(&outputs));
    assert_snapshot!(
        "other_reasons_in_chinese",
        sheet(&outputs, &[("80", at(80))], Language::Zh)
    );
}

#[test]
fn lists_of_one_length_are_aligned_where_that_marks_less() {
    let compared = |would_be: &[&str], wanted: &[&str]| {
        [Output::Comparison {
            line: Compared::Refused,
            would_be: Keys::new().list("q", would_be).0,
            wanted: Keys::new().list("q", wanted).0,
            keys: vec![bytes("q")],
            db: 0,
            now: NOW,
        }]
    };
    let screens = [
        compared(&["a", "b", "c", "d"], &["b", "c", "d", "e"]),
        compared(&["x", "a", "b", "c"], &["a", "b", "c", "x"]),
        compared(&["o3", "o2", "o1"], &["o1", "o2", "o3"]),
    ];
    let screens = screens.map(|outputs| drawn(&outputs, &at(80), Language::En));
    assert_snapshot!(screens.join("\n"));
}

/// What is said of lines at goal steps: what comes too early, what does not count, what a transaction is not to have.
fn reasons_at_goals() -> Vec<Output> {
    let line = |words: &[&str]| words.iter().map(|word| bytes(word)).collect::<Vec<_>>();
    let not_last = |mend: Mend| Why::NotLast {
        key: bytes("lock"),
        mend,
    };
    let no_transaction = |opens: bool| {
        Why::Diagnosis(Diagnosis::NoTransaction {
            command: "EXEC".to_owned(),
            opens,
        })
    };
    let reasons = vec![
        vec![Why::StillToType(texts(&["WATCH", "GET"]))],
        vec![Why::WorkedOut(texts(&["DECR", "DECRBY"]))],
        vec![Why::WorkingOut(texts(&["SINTERSTORE"]))],
        vec![Why::InPlaceOf {
            line: line(&["HSET", "h", "n", "5"]),
            words: texts(&["-1"]),
        }],
        vec![Why::InParts(texts(&["25"]))],
        vec![Why::AddsOther(texts(&["25"]))],
        vec![Why::SetNotAdded(bytes("25"))],
        vec![Why::NeverThere {
            key: bytes("pile"),
            names: line(&["3"]),
        }],
        vec![Why::NeverThere {
            key: bytes("q"),
            names: line(&["a", "b"]),
        }],
        vec![Why::WordsInOrder(texts(&["add", "pick"]))],
        vec![Why::TransactionOpened],
        vec![not_last(Mend::Undo)],
        vec![not_last(Mend::Reset)],
        vec![not_last(Mend::Again)],
        vec![Why::StillNeeded(bytes("cart:5"))],
        vec![Why::OtherOrder(texts(&["WATCH n", "GET n"]))],
        vec![Why::ForbiddenHere("SET".to_owned())],
        vec![no_transaction(true)],
        vec![no_transaction(false)],
        vec![Why::RanEmpty { watched: true }],
        vec![Why::RanEmpty { watched: false }],
        vec![Why::Queued, Why::QueuedTwice(line(&["DECR", "n"]))],
        vec![Why::Queued, Why::UnwatchQueued],
        vec![Why::Queued, Why::BelongsBefore(line(&["GET", "n"]))],
        vec![Why::RanAtOnce(line(&["DECR", "n"]))],
        vec![Why::NoTransactionNeeded],
        vec![Why::WatchLost { own: true }],
        vec![Why::WatchLost { own: false }],
        vec![Why::ByLuck(vec![bytes("urgent"), bytes("jobs")])],
        vec![Why::PoppedEarly {
            key: bytes("q"),
            names: vec![bytes("a"), bytes("b")],
        }],
        vec![Why::GivesBytes],
        vec![Why::EmptyTextComes],
        vec![
            Why::RefusedInExec(line(&["ZADD", "z", "a", "1"])),
            Why::Refused,
        ],
    ];
    let names = [
        (NameKind::Key, vec!["and"]),
        (NameKind::Field, vec!["1"]),
        (NameKind::Member, vec!["x", "y"]),
    ];
    let needless = names.map(|(kind, typed)| {
        let typed = line(&typed);
        verdict(
            VerdictKind::Pass,
            vec![Why::NeedlessNames { typed, kind }],
            0,
        )
    });
    let verdicts = reasons.into_iter();
    verdicts
        .map(|why| verdict(VerdictKind::Partial, why, 0))
        .chain(needless)
        .chain([verdict(
            VerdictKind::Pass,
            vec![
                Why::Needless(vec![line(&["ghost"])]),
                Why::Twice(line(&["a"])),
            ],
            0,
        )])
        .collect()
}

#[test]
fn what_is_said_at_goal_steps() {
    let styles = [("80", at(80))];
    assert_snapshot!(sheet(&reasons_at_goals(), &styles, Language::En));
    assert_snapshot!(sheet(&reasons_at_goals(), &styles, Language::Zh));
}
