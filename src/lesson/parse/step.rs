//! A `[[step]]`: its kind, its solution, how it is compared, and its wrong lines.

use toml::de::DeValue;

use crate::engine::{Bytes, commands};
use crate::notation::Literal;

use super::{alternatives, keys};
use crate::lesson::{
    Compare, Line, Mistake, Program, Stage, Step, StepKind, Wrong, line::parse_duration,
    problem::nearest, read::TableReader,
};

/// Reads a step.
pub(super) fn step(table: TableReader<'_>, given: &str) -> Step {
    const KINDS: &[(&str, StepKind)] = &[
        ("command", StepKind::Command),
        ("goal", StepKind::Goal),
        ("predict", StepKind::Predict),
        ("read", StepKind::Read),
        ("quiz", StepKind::Quiz),
        ("external", StepKind::External),
    ];
    const STAGES: &[(&str, Stage)] = &[
        ("solo", Stage::Solo),
        ("worked", Stage::Worked),
        ("faded", Stage::Faded),
        ("review", Stage::Review),
    ];
    let kind = table.choice("kind", KINDS);
    let step = Step {
        id: table.text("id").unwrap_or_default(),
        kind,
        stage: table.choice("stage", STAGES),
        teach: taught(&table, kind),
        review: table.text("review"),
        explain: table.text("explain"),
        goal: if kind == StepKind::Quiz {
            table.text("goal").unwrap_or_default()
        } else {
            table.required("goal")
        },
        question: (kind == StepKind::Quiz)
            .then(|| table.text("question"))
            .flatten(),
        advance: advance(&table),
        before: table.lines("before"),
        during: table.lines("during"),
        after: table.lines("after"),
        solution: solution(&table, kind),
        blank: table.text("blank"),
        also: alternatives(&table, "also"),
        replies: table.replies("reply"),
        compare: compare(&table),
        state: table.state("state"),
        expect: expect(&table),
        words: table.texts("words"),
        never: table.lines("never"),
        uses: table.texts("uses"),
        last: table.text("last").map(|key| Bytes::from(key.as_bytes())),
        exact_line: table.flag("line"),
        max_lines: table.number("max_lines"),
        show: if kind == StepKind::Read {
            Vec::new()
        } else {
            keys(&table, "show")
        },
        hints: table.texts("hint"),
        wrong: table
            .tables("wrong")
            .into_iter()
            .filter_map(wrong)
            .collect(),
        note: table.text("note"),
        program: (kind == StepKind::External).then(|| program(&table, given)),
    };
    table.finish();
    step
}

/// The lines of a step's solution, by its kind.
fn solution(table: &TableReader<'_>, kind: StepKind) -> Vec<Line> {
    let (key, help) = match kind {
        StepKind::Command => ("do", "add do = \"LPUSH key element\""),
        StepKind::Goal => ("do", "add do = [\"LPUSH key element\", \"…\"]"),
        StepKind::Predict => ("ask", "add ask = \"LRANGE key 0 -1\""),
        StepKind::Read => ("show", ""),
        StepKind::External => ("do", "add do = [\"SET key value\"]: what the program sends"),
        StepKind::Quiz => return Vec::new(),
    };
    let lines = table.lines(key);
    if lines.is_empty() && kind != StepKind::Read && table.get(key).is_none() {
        table.sink().error(
            table.span.clone(),
            format!("the step has no `{key}`"),
            Some(help.to_owned()),
        );
    }
    if kind == StepKind::Command && lines.len() > 1 {
        let help = "a step of several lines has kind = \"goal\"";
        table.sink().error(
            table.place(key),
            "a command step has one line",
            Some(help.to_owned()),
        );
    }
    lines
}

fn taught(table: &TableReader<'_>, kind: StepKind) -> Vec<String> {
    let spanned = table.spanned_texts("teach");
    if kind == StepKind::External {
        // Names of a library.
        return spanned.into_iter().map(|(name, _)| name).collect();
    }
    for (name, span) in &spanned {
        known_command(table, name, span.clone());
    }
    spanned
        .into_iter()
        .map(|(name, _)| name.to_uppercase())
        .collect()
}

/// Reports a command name that the engine does not know; `SET NX` names SET.
fn known_command(table: &TableReader<'_>, name: &str, span: std::ops::Range<usize>) {
    let words: Vec<Bytes> = name
        .split(' ')
        .map(|word| Bytes::from(word.as_bytes()))
        .collect();
    let is_container = !commands::subcommands(&name.to_lowercase()).is_empty();
    if commands::of_line(&words).is_none() && !is_container {
        let names = commands::all().iter().map(|row| row.name);
        let help =
            nearest(name, names).map(|near| format!("did you mean `{}`?", near.to_uppercase()));
        table
            .sink()
            .error(span, format!("`{name}` is no command of this engine"), help);
    }
}

fn advance(table: &TableReader<'_>) -> i64 {
    duration(table, "advance").unwrap_or(0)
}

/// A duration in milliseconds.
fn duration(table: &TableReader<'_>, key: &'static str) -> Option<i64> {
    let text = table.text(key)?;
    let duration = parse_duration(&text);
    if duration.is_none() {
        let help = "write a number and ms, s, m, h or d: \"20s\"";
        table.sink().error(
            table.place(key),
            format!("`{text}` is no duration"),
            Some(help.to_owned()),
        );
    }
    duration
}

/// What an `external` step has beside the others.
fn program(table: &TableReader<'_>, given: &str) -> Program {
    let solution = table.lines("do");
    let observe = match table.get("observe") {
        Some(_) => table.lines("observe"),
        None => solution,
    };
    let own = table.text("given").unwrap_or_else(|| given.to_owned());
    let alone = match table.text("alone") {
        // What steps before have made is made once more, behind what the lesson gives.
        Some(alone) => format!("{given}{alone}"),
        None if own.trim().is_empty() => given.to_owned(),
        None => own.clone(),
    };
    let program = Program {
        alone,
        given: own,
        code: table.required("code"),
        output: table.text("output").unwrap_or_default(),
        observe,
        one_trip: table.flag("one_trip"),
        question: table.text("question"),
        answer: table.texts("answer"),
        patience: patience(table),
    };
    if program.question.is_some() && program.answer.is_empty() {
        table.sink().error(
            table.place("question"),
            "the question has no `answer`",
            Some("add answer = \"…\"".to_owned()),
        );
    }
    if program.observe.is_empty() && program.question.is_none() {
        table.sink().error(
            table.span.clone(),
            "nothing arrives in this step and nothing is asked, so it cannot be passed",
            Some("add a `question` and its `answer`".to_owned()),
        );
    }
    program
}

/// After how long without a command a hint is given.
fn patience(table: &TableReader<'_>) -> i64 {
    const USUAL: i64 = 45_000;
    const MOST: i64 = 3_600_000;
    let patience = duration(table, "timeout").unwrap_or(USUAL);
    if patience > MOST {
        let help = "the hint comes while somebody still waits for it: write at most \"1h\"";
        table.sink().error(
            table.place("timeout"),
            "the `timeout` is longer than an hour",
            Some(help.to_owned()),
        );
    }
    patience
}

fn expect(table: &TableReader<'_>) -> Vec<(Line, Literal)> {
    let Some(value) = table.get("expect") else {
        return Vec::new();
    };
    let pairs = TableReader::items(value)
        .into_iter()
        .filter_map(|pair| match TableReader::items(pair).as_slice() {
            [line, reply] => Some((table.line_of(line)?, table.reply_of(reply)?)),
            _ => {
                let help = "write expect = [[\"SCARD hat\", \"(integer) 3\"]]";
                table.sink().error(
                    pair.span(),
                    "expected a line and its reply",
                    Some(help.to_owned()),
                );
                None
            }
        });
    pairs.collect()
}

fn compare(table: &TableReader<'_>) -> Compare {
    let Some(value) = table.get("compare") else {
        return Compare::Row;
    };
    match value.get_ref() {
        DeValue::String(_) => {
            const MODES: [(&str, u8); 4] =
                [("exact", 0), ("any_order", 1), ("pairs", 2), ("any", 3)];
            [
                Compare::Row,
                Compare::AnyOrder,
                Compare::Pairs,
                Compare::Any,
            ][usize::from(table.choice("compare", &MODES))]
            .clone()
        }
        _ => table
            .table("compare")
            .map(compare_table)
            .unwrap_or_default(),
    }
}

fn compare_table(table: TableReader<'_>) -> Compare {
    let compare = if let Some(pattern) = table.text("pattern") {
        if let Err(error) = regex_lite::Regex::new(&pattern) {
            table.sink().error(
                table.place("pattern"),
                format!("the pattern cannot be read: {error}"),
                None,
            );
        }
        Compare::Pattern(pattern)
    } else if table.get("one_of").is_some() {
        Compare::OneOf(table.replies("one_of"))
    } else if let Some(subset) = table.table("subset") {
        let compare = Compare::Subset {
            of: subset.replies("of"),
            count: subset.number("count").unwrap_or(1),
        };
        subset.finish();
        compare
    } else if let Some(value) = table.integer("near") {
        Compare::Near {
            value,
            within: table.integer("within").unwrap_or(0),
        }
    } else if let Some(prefix) = table.text("error") {
        Compare::Error(prefix)
    } else {
        Compare::Row
    };
    table.finish();
    compare
}

fn wrong(table: TableReader<'_>) -> Option<Wrong> {
    const KINDS: [&str; 8] = [
        "arity",
        "wrongtype",
        "syntax",
        "unknown",
        "not-integer",
        "not-float",
        "nothing-changed",
        "other-key",
    ];
    let say = table.required("say");
    let when = if table.get("code").is_some() {
        Mistake::Code {
            code: table.required("code"),
            lines: table.lines("do"),
            output: table.text("output").unwrap_or_default(),
        }
    } else if table.get("cmd").is_some() {
        Mistake::Lines(table.lines("cmd"))
    } else if let Some(kind) = table.text("when") {
        if !KINDS.contains(&kind.as_str()) {
            let help = format!("one of {}", KINDS.join(", "));
            table.sink().error(
                table.place("when"),
                format!("`{kind}` is no kind of mistake"),
                Some(help),
            );
        }
        Mistake::Kind(kind)
    } else {
        Mistake::Answer(table.required("answer"))
    };
    table.finish();
    (!say.is_empty()).then_some(Wrong { when, say })
}
