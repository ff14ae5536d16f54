//! Sentences in place of boxes, to be read aloud: the same information, one line for each thing.

mod value;

use crate::engine::Bytes;
use crate::notation::Literal;
use crate::text::Words;
use crate::tutor::{Output, QuestionView, Shown, StepView, Summary, Verdict, VerdictKind, Why};

use super::{
    block,
    cell::{in_sentence, listed},
    layout::{clean_line, text},
    map::{LessonState, MapUnit, MapView, ProgressView, totals},
    notice, quiz,
    style::Style,
    summary, time, usage, verdict,
};

/// So many elements are said before the others are counted.
const MOST: usize = 12;

/// One output as sentences, each on its line; `announced` when the lesson's title was just said.
#[must_use]
pub fn output(output: &Output, announced: bool, style: &Style, words: &Words) -> String {
    let lines = match output {
        Output::Lesson {
            id, title, intro, ..
        } => vec![
            words.with(
                "plain-lesson",
                &[
                    ("id", clean_line(id).into()),
                    ("title", clean_line(title).into()),
                ],
            ),
            clean_line(intro),
        ],
        Output::Step(view) => step(view, announced, style, words),
        Output::TimePassed {
            milliseconds,
            expired,
        } => vec![time_passed(*milliseconds, expired, style, words)],
        Output::Expired(keys) => {
            vec![words.with("expired", &[("keys", listed(keys, style, words).into())])]
        }
        Output::Actor { name, line, reply } => actor(name, line, reply.as_ref(), style, words),
        Output::Arrived { name, reply } => vec![arrived(name.as_deref(), reply, style, words)],
        Output::Reply(reply) => vec![words.with(
            "plain-answered",
            &[("reply", spoken(reply, style, words).into())],
        )],
        Output::Verdict(verdict) => said_verdict(verdict, style, words),
        Output::State(view) => value::state(view, style, words),
        Output::Comparison {
            line,
            would_be,
            wanted,
            keys,
            db,
            now,
        } => value::compared((would_be, wanted), keys, *line, (*db, *now), style, words),
        Output::Question(view) => question(view, style, words),
        Output::Summary(view) => finished(view, words),
        Output::Notice(notice) if !notice::sentence(notice, style, words).is_empty() => {
            vec![notice::sentence(notice, style, words)]
        }
        // These are sentences already.
        other => block(other, style, words)
            .iter()
            .map(|line| line.trim_start().to_owned())
            .collect(),
    };
    lines
        .iter()
        .filter(|line| !line.trim().is_empty())
        .fold(String::new(), |text, line| text + line.trim() + "\n")
}

fn step(view: &StepView, announced: bool, style: &Style, words: &Words) -> Vec<String> {
    let mut lines = Vec::new();
    if view.header && !announced {
        let (id, title) = &view.lesson;
        lines.push(words.with(
            "plain-lesson",
            &[
                ("id", clean_line(id).into()),
                ("title", clean_line(title).into()),
            ],
        ));
    }
    let number = words.with(
        "plain-step",
        &[("n", view.number.into()), ("of", view.done.len().into())],
    );
    let explain = view.explain.as_deref().map(clean_line).unwrap_or_default();
    lines.push(format!("{number} {explain} {}", clean_line(&view.goal)).replace("  ", " "));
    let line = |id: &str, line: &str| words.with(id, &[("line", clean_line(line).into())]);
    match &view.shown {
        Shown::Nothing => {}
        Shown::Lines(typed) => {
            let ids = std::iter::once("plain-type").chain(std::iter::repeat("plain-then"));
            lines.extend(typed.iter().zip(ids).map(|(typed, id)| line(id, typed)));
        }
        Shown::Blank(blank) => lines.push(line("plain-gap", blank)),
        Shown::Predict(asked) => {
            lines.push(line("plain-predict", &asked.join(&words.say("semicolon"))));
        }
        Shown::Program { given, code, port } => {
            lines.extend(program(given.as_deref(), code.as_deref(), *port, words));
        }
        Shown::Read(read) => {
            lines.extend(read.iter().map(|(typed, reply)| {
                format!("{}: {}", clean_line(typed), spoken(reply, style, words))
            }));
            lines.push(words.say("read-on"));
        }
    }
    lines
}

/// Where a program is to be run, and its lines, one by one.
fn program(
    given: Option<&str>,
    code: Option<&str>,
    port: Option<u16>,
    words: &Words,
) -> Vec<String> {
    let place = port.map(|port| format!("127.0.0.1:{port}"));
    let begin = match (place, given) {
        (None, _) => words.say("program-no-server"),
        (Some(place), Some(_)) => words.with("program-begin", &[("place", place.into())]),
        (Some(place), None) => words.with("program-waits", &[("place", place.into())]),
    };
    let mut lines = vec![begin];
    let texts = given.into_iter().chain(code);
    lines.extend(texts.flat_map(str::lines).map(clean_line));
    lines
}

fn time_passed(milliseconds: i64, expired: &[Bytes], style: &Style, words: &Words) -> String {
    let passes = time::passes(milliseconds, words);
    if expired.is_empty() {
        return passes;
    }
    format!(
        "{passes} {}",
        words.with("expired", &[("keys", listed(expired, style, words).into())])
    )
}

fn actor(
    name: &str,
    line: &str,
    reply: Option<&Literal>,
    style: &Style,
    words: &Words,
) -> Vec<String> {
    let name = clean_line(name);
    let mut lines = vec![words.with(
        "plain-sent",
        &[
            ("name", name.clone().into()),
            ("line", clean_line(line).into()),
        ],
    )];
    lines.extend(reply.map(|reply| {
        words.with(
            "plain-got",
            &[
                ("name", name.into()),
                ("reply", spoken(reply, style, words).into()),
            ],
        )
    }));
    lines
}

fn arrived(name: Option<&str>, reply: &Literal, style: &Style, words: &Words) -> String {
    let reply = spoken(reply, style, words);
    match name {
        Some(name) => words.with(
            "plain-got",
            &[("name", clean_line(name).into()), ("reply", reply.into())],
        ),
        None => words.with("plain-you-got", &[("reply", reply.into())]),
    }
}

/// A reply in words.
#[must_use]
pub fn spoken(reply: &Literal, style: &Style, words: &Words) -> String {
    match reply {
        Literal::Status(text) => clean_line(text),
        Literal::Error(text) => words.with("plain-error", &[("text", clean_line(text).into())]),
        Literal::Int(n) => words.with("plain-integer", &[("n", n.to_string().into())]),
        Literal::Bulk(bytes) => in_sentence(bytes, style),
        Literal::Nil => words.say("plain-nil"),
        Literal::Array(items) if items.is_empty() => words.say("plain-empty-array"),
        Literal::Array(items) => {
            let item = |(at, item): (usize, &Literal)| {
                words.with(
                    "plain-item",
                    &[
                        ("n", (at + 1).into()),
                        ("item", spoken(item, style, words).into()),
                    ],
                )
            };
            let mut said: Vec<String> = items.iter().take(MOST).enumerate().map(item).collect();
            said.extend(and_more(items.len().saturating_sub(MOST), words));
            words.with(
                "plain-array",
                &[
                    ("n", items.len().into()),
                    ("items", joined(&said, words).into()),
                ],
            )
        }
    }
}

/// Items of a list that is read: `a; b; c`.
fn joined(items: &[String], words: &Words) -> String {
    items.join(&words.say("semicolon"))
}

fn and_more(n: usize, words: &Words) -> Option<String> {
    (n > 0).then(|| words.with("plain-and-more", &[("n", n.into())]))
}

fn is_refused(why: &[Why]) -> bool {
    matches!(why.first(), Some(Why::Diagnosis(_) | Why::Refused))
}

fn said_verdict(verdict: &Verdict, style: &Style, words: &Words) -> Vec<String> {
    let word = match verdict.kind {
        VerdictKind::Pass => words.say("plain-right"),
        VerdictKind::Wrong => words.say("plain-wrong"),
        // A line that was refused is heard as such, though the goal is as near as it was.
        VerdictKind::Partial if is_refused(&verdict.why) => words.say("plain-wrong"),
        VerdictKind::Partial => words.say("plain-on"),
        VerdictKind::Skip => words.say("plain-skip"),
        VerdictKind::Look | VerdictKind::Aside => String::new(),
    };
    let is_way = |why: &&Why| matches!(why, Why::OtherWay(_) | Why::Needless(_) | Why::Twice(_));
    let sentence = |why: &Why| verdict::sentence(why, style, words);
    let said = verdict.why.iter().filter(|why| !is_way(why)).map(sentence);
    let mut lines = vec![
        std::iter::once(word)
            .chain(said)
            .collect::<Vec<_>>()
            .join(&words.say("space")),
    ];
    lines.extend(verdict.why.iter().filter(is_way).map(sentence));
    let usage = |why: &Why| match why {
        Why::Diagnosis(found) => usage::plain_usage(found),
        _ => None,
    };
    lines.extend(verdict.why.iter().filter_map(usage));
    lines
}

fn question(view: &QuestionView, style: &Style, words: &Words) -> Vec<String> {
    let values = [
        ("subject", clean_line(&view.subject).into()),
        ("n", view.number.into()),
        ("of", view.of.into()),
    ];
    let mut lines = vec![words.with("question-of", &values)];
    lines.extend(
        view.state
            .iter()
            .flat_map(|view| value::state(view, style, words)),
    );
    lines.push(clean_line(&view.want));
    lines.push(clean_line(&view.text));
    lines.extend(
        view.lines
            .iter()
            .enumerate()
            .map(|(at, line)| format!("{}. {}", at + 1, clean_line(line))),
    );
    lines.push(words.say(quiz::asks(view.asks)));
    lines.extend(view.options.iter().enumerate().map(|(at, option)| {
        let letter = char::from(b'a' + u8::try_from(at.min(25)).unwrap_or(25));
        words.with(
            "plain-option",
            &[
                ("letter", letter.to_string().into()),
                ("text", quiz::choice(option, style, words).into()),
            ],
        )
    }));
    lines
}

fn finished(view: &Summary, words: &Words) -> Vec<String> {
    let mut lines = vec![format!(
        "{}  {}: {}",
        clean_line(&view.id),
        clean_line(&view.title),
        summary::totals(view, words)
    )];
    if !view.taught.is_empty() {
        lines.push(format!(
            "{} {}",
            words.say("new-to-you"),
            clean_line(&view.taught.join(&words.say("and-comma")))
        ));
    }
    if !view.again.is_empty() {
        lines.push(format!(
            "{} {}",
            words.say("worth-another-look"),
            clean_line(&view.again.join(" "))
        ));
    }
    lines.push(match &view.next {
        Some((id, title)) => words.with(
            "goes-on-to",
            &[
                ("id", clean_line(id).into()),
                ("title", clean_line(title).into()),
            ],
        ),
        None => words.say("course-end"),
    });
    lines
}

/// The map, a line for each unit.
#[must_use]
pub fn map(view: &MapView, style: &Style, words: &Words) -> String {
    let mut lines = if view.first {
        vec![
            format!("rediscover: {}", words.say("tagline")),
            words.say("promise"),
        ]
    } else {
        vec![clean_line(&view.title)]
    };
    lines.extend(view.units.iter().map(|unit| told_unit(unit, words)));
    lines.push(super::map::way_on(view, words));
    lines.push(super::map::ways(view, style, words));
    text(&lines)
}

/// What is done and what is weak.
#[must_use]
pub fn progress(view: &ProgressView, words: &Words) -> String {
    let mut lines = totals(view, words);
    lines.extend(view.map.units.iter().map(|unit| told_unit(unit, words)));
    if !view.weak.is_empty() {
        lines.push(words.say("worth-another-look"));
    }
    lines.extend(view.weak.iter().map(|(misses, id, goal)| {
        let misses = words.with("misses", &[("n", (*misses).into())]);
        format!(
            "{}{}{misses}{}{}",
            clean_line(id),
            words.say("comma"),
            words.say("semicolon"),
            clean_line(goal)
        )
    }));
    text(&lines)
}

fn told_unit(unit: &MapUnit, words: &Words) -> String {
    let done = unit
        .lessons
        .iter()
        .filter(|lesson| lesson.state == LessonState::Done)
        .count();
    words.with(
        "plain-unit",
        &[
            ("id", clean_line(&unit.id).into()),
            ("title", clean_line(&unit.title).into()),
            ("done", done.into()),
            ("of", unit.lessons.len().into()),
        ],
    )
}
