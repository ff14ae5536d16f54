//! Lessons, verdicts, quizzes, the map, help. The file is long because it is a catalogue of screens.

use std::collections::BTreeMap;

use insta::assert_snapshot;
use rediscover::{
    engine::{Group, value::Type},
    lesson::WantedState,
    notation::{LineError, Literal},
    text::{Language, Words},
    tutor::{
        Asks, Choice, Fault, Meaning, Notice, Output, Place, QuestionView, Shown, StepView,
        Summary, Verdict, VerdictKind, Why,
    },
    view::{
        self, LessonState, MapLesson, MapUnit, MapView, ProgressView, Style, render_error,
        render_help, render_map, render_progress,
    },
};

use super::scene::{Keys, all, ascii, at, bytes, changed, now, plain, sheet};

const INTRO: &str = "At a noodle bar new orders join a queue at one end and are cooked from the other. In Redis such a \
row of values is a list; the values in it are called its elements. A list has a left end and a right end, and values \
can be pushed in at both. Queues, the last ten searches and message inboxes are lists.";

fn step(number: usize, header: bool, shown: Shown) -> Output {
    Output::Step(StepView {
        lesson: ("3.1".to_owned(), "Two open ends".to_owned()),
        number,
        done: (1..=9).map(|at| at < number).collect(),
        header,
        explain: Some(
            "RPUSH puts a value at the right end of a list (R for right). Write RPUSH, then the key, then the value. \
             The reply is how long the list is then."
                .to_owned(),
        ),
        goal: "The first order comes in: push o1 at the right end of the list orders.".to_owned(),
        shown,
    })
}

fn bulk(text: &str) -> Literal {
    Literal::Bulk(bytes(text))
}

pub fn texts(items: &[&str]) -> Vec<String> {
    items.iter().map(|item| (*item).to_owned()).collect()
}

pub fn verdict(kind: VerdictKind, why: Vec<Why>, hints_left: usize) -> Output {
    Output::Verdict(Verdict {
        kind,
        why,
        hints_left,
    })
}

#[test]
fn lesson_begins() {
    let outputs = [
        Output::Lesson {
            id: "3.1".to_owned(),
            title: "Two open ends".to_owned(),
            intro: INTRO.to_owned(),
            steps: 9,
        },
        step(1, true, Shown::Lines(texts(&["RPUSH orders o1"]))),
    ];
    assert_snapshot!(all(&outputs));
}

#[test]
fn step_fits_on_a_screen_with_its_drawing() {
    let keys = Keys::new().list("orders", &["o1", "o2", "o3"]);
    let outputs = [
        step(4, true, Shown::Blank("RPUSH orders ____ ____".to_owned())),
        Output::State(now(&keys, &["orders"])),
    ];
    let text = all(&outputs);
    let first = text.split("===").nth(1).unwrap_or_default();
    assert!(first.lines().count() <= 24, "{first}");
    assert_snapshot!(text);
}

#[test]
fn success_and_the_next_step() {
    let before = Keys::new().list("orders", &["o1"]);
    let after = before.clone().list("orders", &["o1", "o2", "o3"]);
    let holds = Meaning::Holds {
        key: bytes("orders"),
        kind: Type::List,
        size: 3,
    };
    let outputs = [
        Output::Reply(Literal::Int(3)),
        verdict(
            VerdictKind::Pass,
            vec![
                Why::OtherWay("RPUSH orders o2 o3".to_owned()),
                Why::Meaning(holds),
            ],
            2,
        ),
        Output::State(changed(&before, &after, &["orders"])),
        Output::Note("Orders that come later stand further to the right.".to_owned()),
        step(3, false, Shown::Nothing),
        Output::State(now(&after, &["orders"])),
    ];
    assert_snapshot!(all(&outputs));
}

#[test]
fn time_passes_and_others_act() {
    let outputs = [
        Output::TimePassed {
            milliseconds: 11_000,
            expired: vec![bytes("lock:item")],
        },
        Output::TimePassed {
            milliseconds: 1_500,
            expired: Vec::new(),
        },
        Output::Expired(vec![bytes("lock:item"), bytes("ticket:7")]),
        Output::Actor {
            name: "B".to_owned(),
            line: "SET lock:item t-b NX EX 10".to_owned(),
            reply: Some(Literal::Status("OK".to_owned())),
        },
        Output::Actor {
            name: "B".to_owned(),
            line: "BLPOP jobs 0".to_owned(),
            reply: None,
        },
        Output::Waiting,
        Output::Arrived {
            name: Some("B".to_owned()),
            reply: Literal::Array(vec![bulk("jobs"), bulk("poster")]),
        },
        Output::Reply(Literal::Array(vec![
            bulk("jobs"),
            bulk("北京"),
            Literal::Nil,
        ])),
        Output::Arrived {
            name: None,
            reply: Literal::Array(vec![bulk("message"), bulk("news"), bulk("hi\u{1b}[0m")]),
        },
        Output::Hint {
            number: 1,
            of: 2,
            text: "R for right.".to_owned(),
        },
        Output::HintOffer { left: 1 },
    ];
    assert_snapshot!(all(&outputs));
}

#[test]
fn prediction_and_reading() {
    let outputs = [
        step(
            4,
            false,
            Shown::Predict(texts(&["LPUSH orders x1 x2", "LRANGE orders 0 -1"])),
        ),
        step(
            5,
            false,
            Shown::Read(vec![("LLEN orders".to_owned(), Literal::Int(3))]),
        ),
    ];
    assert_snapshot!(all(&outputs));
}

fn question(asks: Asks, text: &str, want: &str, lines: &[&str], options: Vec<Choice>) -> Output {
    Output::Question(QuestionView {
        again: false,
        subject: "Lists".to_owned(),
        number: 3,
        of: 10,
        state: Some(now(
            &Keys::new().list("log", &["e1", "e2", "e3", "e4", "e5"]),
            &["log"],
        )),
        text: text.to_owned(),
        want: want.to_owned(),
        lines: texts(lines),
        asks,
        options,
    })
}

#[test]
fn questions() {
    let choices = |choices: &[&str]| {
        choices
            .iter()
            .map(|choice| Choice::Text((*choice).to_owned()))
            .collect()
    };
    let outputs = [
        question(
            Asks::Gap,
            "LTRIM log ____",
            "Keep only the last three.",
            &[],
            choices(&["-3 -1", "0 2", "3 5", "-1 -3"]),
        ),
        question(
            Asks::Reply,
            "",
            "",
            &["LPOP log", "LLEN log"],
            vec![Choice::Reply(Literal::Int(4)), Choice::Reply(Literal::Nil)],
        ),
        question(
            Asks::Order,
            "",
            "The log ends with e6.",
            &["RPUSH log e6", "RPOP log"],
            Vec::new(),
        ),
        question(
            Asks::Option,
            "Which type fits a leaderboard?",
            "",
            &[],
            choices(&[
                "a list, with the best player always pushed at the left end",
                "a sorted set, with the points as scores",
            ]),
        ),
        Output::Score {
            right: 8,
            of: 10,
            weak: texts(&["3.1", "3.4"]),
        },
    ];
    let styles = [("80", at(80)), ("40", at(40)), ("plain", plain())];
    assert_snapshot!(sheet(&outputs, &styles, Language::En));
}

#[test]
fn lesson_ends() {
    let summary = |again: &[&str], next: Option<(&str, &str)>| {
        Output::Summary(Summary {
            id: "3.1".to_owned(),
            title: "Two open ends".to_owned(),
            steps: 9,
            first_try: 7,
            skipped: 1,
            taught: texts(&["RPUSH", "LPUSH", "LRANGE", "RPUSHX"]),
            again: texts(again),
            next: next.map(|(id, title)| (id.to_owned(), title.to_owned())),
        })
    };
    let outputs = [
        summary(
            &[
                "Push o2 and o3 at the right end.",
                "Read the list without its first and its last element, in one command.",
            ],
            Some(("3.2", "Looking in")),
        ),
        summary(&[], None),
    ];
    assert_snapshot!(all(&outputs));
    assert_snapshot!(
        "lesson_ends_in_chinese",
        sheet(&outputs, &[("80", at(80))], Language::Zh)
    );
}

fn course(first: bool) -> MapView {
    let unit = |id: &str, slug: &str, title: &str, states: &[LessonState]| MapUnit {
        id: id.to_owned(),
        slug: slug.to_owned(),
        title: title.to_owned(),
        lessons: states
            .iter()
            .enumerate()
            .map(|(at, state)| MapLesson {
                id: format!("{id}.{}", at + 1),
                state: if first { LessonState::Open } else { *state },
                here: if first {
                    id == "0" && at == 0
                } else {
                    id == "3" && at == 1
                },
                off: false,
            })
            .collect(),
    };
    let (done, begun, open) = (LessonState::Done, LessonState::Begun, LessonState::Open);
    MapView {
        title: "Redis at the prompt".to_owned(),
        units: vec![
            unit("0", "first-steps", "First steps", &[done, done]),
            unit("1", "strings-and-keys", "Strings and keys", &[done; 5]),
            unit(
                "3",
                "lists",
                "Lists",
                &[done, begun, open, open, open, open, open],
            ),
            unit("6", "sorted-sets", "Sorted sets", &[open; 8]),
        ],
        next: Some(if first {
            ("0.1".to_owned(), "The prompt, a key, a reply".to_owned())
        } else {
            ("3.2".to_owned(), "Looking in".to_owned())
        }),
        routes: Vec::new(),
        first,
    }
}

/// A text of the shell's in several styles.
fn texts_at(styles: &[(&str, Style)], draw: impl Fn(&Style) -> String) -> String {
    let part = |(name, style): &(&str, Style)| {
        let text = draw(style);
        for line in text.lines().filter(|_| !style.plain) {
            assert!(
                view::layout::width(line) <= style.width,
                "too wide for {}: {line}",
                style.width
            );
        }
        format!("=== {name}\n{text}")
    };
    styles.iter().map(part).collect()
}

fn styles() -> [(&'static str, Style); 4] {
    [
        ("80", at(80)),
        ("40", at(40)),
        ("80, ascii", ascii(80)),
        ("plain", plain()),
    ]
}

#[test]
fn map_at_the_first_start_and_later() {
    let english = Words::new(Language::En);
    assert_snapshot!(
        "map_first",
        texts_at(&styles(), |style| render_map(
            &course(true),
            style,
            &english
        ))
    );
    assert_snapshot!(
        "map_later",
        texts_at(&styles(), |style| render_map(
            &course(false),
            style,
            &english
        ))
    );
    let chinese = Words::new(Language::Zh);
    assert_snapshot!(
        "map_in_chinese",
        texts_at(&styles(), |style| render_map(
            &course(true),
            style,
            &chinese
        ))
    );
    let mut done = MapView {
        next: None,
        ..course(false)
    };
    for unit in &mut done.units {
        for lesson in &mut unit.lessons {
            (lesson.state, lesson.here) = (LessonState::Done, false);
        }
    }
    assert_snapshot!(
        "map_when_all_is_done",
        texts_at(&styles(), |style| render_map(&done, style, &english))
    );
}

#[test]
fn progress_tells_what_is_done_and_what_is_weak() {
    let view = ProgressView {
        map: course(false),
        finished: 8,
        lessons: 22,
        steps: 71,
        streak: 4,
        right: 17,
        questions: 20,
        weak: vec![(
            3,
            "3.1".to_owned(),
            "Push o2 and o3 at the right end of the list orders, in one command, and then look."
                .to_owned(),
        )],
    };
    let english = Words::new(Language::En);
    assert_snapshot!(texts_at(&styles(), |style| render_progress(
        &view, style, &english
    )));
}

#[test]
fn help_in_both_languages() {
    for language in [Language::En, Language::Zh] {
        let words = Words::new(language);
        assert_snapshot!(
            format!("help_{language}"),
            texts_at(&styles(), |style| {
                [Place::Lesson, Place::Play, Place::Quiz]
                    .map(|place| render_help(place, style, &words))
                    .join("\n")
            })
        );
    }
}

#[test]
fn help_on_a_command_and_a_group() {
    let taught = [("0.2", "Ask what is there"), ("3.1", "Two open ends")];
    let about = Notice::Command {
        name: "lpush",
        taught: taught
            .map(|(id, title)| (id.to_owned(), title.to_owned()))
            .to_vec(),
    };
    let group = Notice::CommandGroup(Group::Transactions);
    for language in [Language::En, Language::Zh] {
        assert_snapshot!(
            format!("help_on_a_command_{language}"),
            sheet(&[Output::Notice(about.clone())], &styles(), language)
        );
        assert_snapshot!(
            format!("help_on_a_group_{language}"),
            sheet(&[Output::Notice(group.clone())], &styles(), language)
        );
    }
}

#[test]
fn notices() {
    let outputs: Vec<Output> = [
        Notice::NoSuchWord {
            word: ":hnt".to_owned(),
            near: Some(":hint".to_owned()),
        },
        Notice::NoSuchWord {
            word: ":x\u{7}".to_owned(),
            near: None,
        },
        Notice::Absent {
            name: "XADD".to_owned(),
            group: "stream".to_owned(),
        },
        Notice::BadLine(LineError::Unclosed { quote: '"', at: 4 }),
        Notice::BadLine(LineError::Glued { quote: '\'', at: 9 }),
        Notice::BadLine(LineError::Within { quote: '"', at: 9 }),
        Notice::BadLine(LineError::Mixed { quote: '"', at: 9 }),
        Notice::BadLine(LineError::Sign { sign: ';', at: 9 }),
        Notice::LineTooLong { most: 65_536 },
        Notice::RepeatTooLarge { most: 1_000 },
        Notice::Pasted {
            clean: "GET k".to_owned(),
        },
        Notice::Undone {
            line: "DEL cart:5".to_owned(),
        },
        Notice::Undone {
            line: String::new(),
        },
        Notice::ChangedNothing { line: None },
        Notice::ChangedNothing {
            line: Some("DEL a".to_owned()),
        },
        Notice::NothingToUndo,
        Notice::Redone {
            line: "DEL cart:5".to_owned(),
        },
        Notice::NothingToRedo,
        Notice::Reset,
        Notice::NoStepBefore,
        Notice::NoMoreHints,
        Notice::NotHere(Place::Play),
        Notice::NotHere(Place::Quiz),
        Notice::GaveUp,
        Notice::PredictFirst,
        Notice::NotKnown,
        Notice::InDigits,
        Notice::OnlyTheKind,
        Notice::OnOneLine,
        Notice::Fault(Fault::Order),
        Notice::Fault(Fault::Missing(1)),
        Notice::Fault(Fault::Surplus(2)),
        Notice::Fault(Fault::Words("tmp:*".to_owned())),
        Notice::Fault(Fault::Lines(2)),
        Notice::OnlyTheLast {
            line: "TTL code:kim".to_owned(),
        },
        Notice::ReplyTyped {
            typed: "[\"a\"]".to_owned(),
        },
        Notice::CanUndo,
        Notice::TypeALetter { last: 'd' },
        Notice::NotThisOne { letter: 'b' },
        Notice::BeginsWith {
            begins: "HSET".to_owned(),
        },
        Notice::Answer(texts(&["GET k"])),
        Notice::RightChoice {
            letter: 'b',
            shown: Choice::Reply(Literal::Int(7)),
        },
        Notice::RightChoice {
            letter: 'c',
            shown: Choice::State(WantedState::Keys(BTreeMap::new())),
        },
        Notice::RightChoice {
            letter: 'a',
            shown: Choice::Text("long ".repeat(12)),
        },
        Notice::OnlyTheGap,
        Notice::SameLine,
        Notice::Skipped(texts(&["RPUSH orders o1", "LRANGE orders 0 -1"])),
        Notice::Skipped(Vec::new()),
    ]
    .into_iter()
    .map(Output::Notice)
    .collect();
    assert_snapshot!(sheet(
        &outputs,
        &[("80", at(80)), ("plain", plain())],
        Language::En
    ));
    assert_snapshot!(
        "notices_in_chinese",
        sheet(&outputs, &[("80", at(80))], Language::Zh)
    );
}

#[test]
fn errors_of_the_program() {
    let words = Words::new(Language::En);
    let hints = texts(&["`rediscover pack check DIR` shows everything"]);
    let message = "the pack at `lessons/broken` has no file `pack.toml`, or it cannot be read by this user at this time";
    assert_snapshot!(texts_at(&styles(), |style| render_error(
        message, &hints, style, &words
    )));
}

#[test]
fn what_others_do_before_a_step_stands_apart() {
    let pushes = |line: &str| Output::Actor {
        name: "B".to_owned(),
        line: line.to_owned(),
        reply: Some(Literal::Int(1)),
    };
    let begins = [
        Output::Lesson {
            id: "3.1".to_owned(),
            title: "Two open ends".to_owned(),
            intro: INTRO.to_owned(),
            steps: 9,
        },
        pushes("RPUSH orders o0"),
        step(1, true, Shown::Nothing),
    ];
    let goes_on = [
        Output::Reply(Literal::Int(1)),
        verdict(VerdictKind::Pass, Vec::new(), 0),
        pushes("RPUSH orders o2"),
        pushes("RPUSH orders o3"),
        step(2, false, Shown::Nothing),
    ];
    let told = [
        verdict(VerdictKind::Pass, Vec::new(), 0),
        pushes("RPUSH orders o4"),
        Output::Reply(bulk("o4")),
        step(3, false, Shown::Nothing),
    ];
    let screens = [&begins[..], &goes_on[..], &told[..]];
    let screens = screens.map(|outputs| sheet(outputs, &[("80", at(80))], Language::En));
    assert_snapshot!(screens.concat());
}

#[test]
fn a_title_has_room_on_a_narrow_screen_too() {
    let begins = Output::Step(StepView {
        lesson: ("0.1".to_owned(), "提示符、键和回复".to_owned()),
        number: 1,
        done: vec![false; 9],
        header: true,
        explain: None,
        goal: "存一个值。".to_owned(),
        shown: Shown::Nothing,
    });
    let text = sheet(&[begins], &[("40", at(40))], Language::Zh);
    assert!(text.contains("0.1  提示符、键和回复"), "{text}");
    assert!(text.contains("  1/9\n"), "{text}");
}

#[test]
fn help_fits_on_a_screen() {
    for language in [Language::En, Language::Zh] {
        let help = render_help(Place::Lesson, &at(80), &Words::new(language));
        assert!(help.lines().count() <= 21, "{help}");
        assert!(help.contains(":undo") && help.contains(":redo"), "{help}");
    }
}

#[test]
fn a_skipped_program_leaves_room_for_the_next_step() {
    let sends = |at: usize| Output::Actor {
        name: "python".to_owned(),
        line: format!("RPUSH l {at}"),
        reply: Some(Literal::Int(i64::try_from(at).unwrap_or_default())),
    };
    let code: Vec<String> = (1..=6).map(|at| format!("r.rpush('l', {at})")).collect();
    let mut outputs = vec![Output::Performed {
        code: code.join("\n"),
        stands_above: false,
    }];
    outputs.extend((1..=6).map(sends));
    outputs.push(Output::Printed("6".to_owned()));
    let keys = Keys::new().list("l", &["1", "2", "3", "4", "5", "6"]);
    outputs.push(Output::State(now(&keys, &["l"])));
    outputs.push(step(2, false, Shown::Nothing));
    assert_snapshot!(sheet(&outputs, &[("80", at(80))], Language::En));
}

#[test]
fn a_long_error_in_the_log_goes_on_at_a_word() {
    let error = "WRONGTYPE Operation against a key holding the wrong kind of value";
    let reply = Literal::Error(error.to_owned());
    let outputs = [
        Output::Actor {
            name: "python[6]".to_owned(),
            line: "GET info".to_owned(),
            reply: Some(reply.clone()),
        },
        Output::Arrived {
            name: Some("B".to_owned()),
            reply,
        },
    ];
    let styles = [("80", at(80)), ("40", at(40))];
    assert_snapshot!(sheet(&outputs, &styles, Language::En));
}
