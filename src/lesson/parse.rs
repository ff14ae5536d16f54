//! A lesson file and a pack file, read into the model. Nothing here fails: what cannot be read is reported and left
//! at its default.

use toml::de::{DeTable, DeValue};

use crate::engine::{Bytes, commands};

use super::{
    Compare, Lesson, Mistake, Pack, Question, QuestionKind, Stage, Step, StepKind, Unit, Wrong,
    WrongAnswer,
    line::parse_duration,
    problem::nearest,
    read::{Sink, TableReader},
};

/// The pack format that this program reads.
const FORMAT: i64 = 1;

/// Parses TOML: what can be read of it, and every syntax error as a problem.
pub(super) fn document<'t>(text: &'t str, sink: &Sink) -> toml::Spanned<DeTable<'t>> {
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        sink.error(
            error.span().unwrap_or(0..0),
            error.message().trim().to_owned(),
            None,
        );
    }
    table
}

/// Reads `pack.toml`.
pub(super) fn pack(root: &TableReader<'_>) -> Pack {
    let format = root.integer("format");
    if format != Some(FORMAT) {
        let help = "this program reads format = 1";
        root.sink().error(
            root.place("format"),
            "`format` is not 1",
            Some(help.to_owned()),
        );
    }
    let language = root.text("language").unwrap_or_else(|| "en".to_owned());
    let mut languages = root.texts("languages");
    if languages.is_empty() {
        languages.push(language.clone());
    }
    let pack = Pack {
        id: root.required("id"),
        version: root.text("version").unwrap_or_else(|| "0".to_owned()),
        title: root.required("title"),
        language,
        languages,
        units: root.tables("unit").into_iter().map(unit).collect(),
    };
    if pack.units.is_empty() {
        let help = "add [[unit]] with id, slug, title and lessons = [\"1.1\"]";
        root.sink()
            .error(0..0, "the pack has no unit", Some(help.to_owned()));
    }
    pack
}

fn unit(table: TableReader<'_>) -> Unit {
    let unit = Unit {
        id: table.required("id"),
        slug: table.text("slug").unwrap_or_default(),
        title: table.required("title"),
        about: table.text("about").unwrap_or_default(),
        lessons: table.texts("lessons"),
    };
    for (id, span) in table.spanned_texts("lessons") {
        if !is_file_name(&id) {
            table.sink().error(
                span,
                format!("`{id}` is no lesson id"),
                Some("letters, digits, `.`, `-` and `_`".into()),
            );
        }
    }
    table.finish();
    unit
}

/// Lesson ids name files, so they hold nothing that leads elsewhere.
pub(super) fn is_file_name(id: &str) -> bool {
    !id.is_empty()
        && id.len() <= 64
        && !id.starts_with('.')
        && id
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_'))
}

/// Reads a lesson file.
pub(super) fn lesson(root: &TableReader<'_>) -> Lesson {
    let (now, manual_clock) = clock(root);
    let mut lesson = Lesson {
        id: root.required("id"),
        slug: root.text("slug").unwrap_or_default(),
        title: root.required("title"),
        intro: root.text("intro").unwrap_or_default(),
        goals: root.texts("goals"),
        after: root.texts("after"),
        method: root.text("method").unwrap_or_default(),
        scene: root.text("scene").unwrap_or_default(),
        setup: root.lines("setup"),
        show: keys(root, "show"),
        db: database(root),
        now,
        manual_clock,
        actors: root.texts("actors"),
        steps: Vec::new(),
        quiz: Vec::new(),
    };
    // For instructors only: the sections of a source that a lesson covers, and what it needs beside the prompt.
    root.texts("covers");
    root.texts("needs");
    lesson.steps = root.tables("step").into_iter().map(step).collect();
    lesson.quiz = root.tables("quiz").into_iter().map(question).collect();
    name_steps(&mut lesson, root);
    lesson
}

fn clock(root: &TableReader<'_>) -> (Option<i64>, bool) {
    let manual = root.choice("clock", &[("real", false), ("manual", true)]);
    let Some(value) = root.get("now") else {
        return (None, manual);
    };
    let now = value.get_ref().as_datetime().and_then(milliseconds);
    if now.is_none() {
        let help = "write now = 2026-01-01T00:00:00Z";
        root.sink().error(
            value.span(),
            "expected a date and time in UTC",
            Some(help.to_owned()),
        );
    }
    (now, manual)
}

/// The Unix time in milliseconds of a TOML date-time in UTC.
fn milliseconds(datetime: &toml::value::Datetime) -> Option<i64> {
    let (date, time) = (datetime.date?, datetime.time?);
    let (year, month, day) = (
        i64::from(date.year),
        i64::from(date.month),
        i64::from(date.day),
    );
    // Days since 1970 by counting years from March, so that the leap day is the last of its year.
    let (year, month) = if month <= 2 {
        (year - 1, month + 9)
    } else {
        (year, month - 3)
    };
    let era_days = 365 * year + year / 4 - year / 100 + year / 400;
    let days = era_days + (153 * month + 2) / 5 + day - 1 - 719_468;
    let seconds = i64::from(time.hour) * 3600
        + i64::from(time.minute) * 60
        + i64::from(time.second.unwrap_or(0));
    Some((days * 86_400 + seconds) * 1000 + i64::from(time.nanosecond.unwrap_or(0) / 1_000_000))
}

fn database(root: &TableReader<'_>) -> usize {
    let db = root.number("db").unwrap_or(0);
    if db > 15 {
        root.sink()
            .error(root.place("db"), "there are databases 0 to 15", None);
        return 0;
    }
    db
}

fn keys(table: &TableReader<'_>, key: &'static str) -> Vec<Bytes> {
    table
        .texts(key)
        .iter()
        .map(|text| Bytes::from(text.as_bytes()))
        .collect()
}

fn step(table: TableReader<'_>) -> Step {
    const KINDS: &[(&str, StepKind)] = &[
        ("command", StepKind::Command),
        ("goal", StepKind::Goal),
        ("predict", StepKind::Predict),
        ("read", StepKind::Read),
        ("quiz", StepKind::Quiz),
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
        teach: taught(&table),
        review: table.text("review"),
        explain: table.text("explain"),
        goal: if kind == StepKind::Quiz {
            table.text("goal").unwrap_or_default()
        } else {
            table.required("goal")
        },
        question: table.text("question"),
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
        uses: table.texts("uses"),
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
    };
    table.finish();
    step
}

/// The lines of a step's solution, by its kind.
fn solution(table: &TableReader<'_>, kind: StepKind) -> Vec<super::Line> {
    let (key, help) = match kind {
        StepKind::Command => ("do", "add do = \"LPUSH key element\""),
        StepKind::Goal => ("do", "add do = [\"LPUSH key element\", \"…\"]"),
        StepKind::Predict => ("ask", "add ask = \"LRANGE key 0 -1\""),
        StepKind::Read => ("show", ""),
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

fn taught(table: &TableReader<'_>) -> Vec<String> {
    let spanned = table.spanned_texts("teach");
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
    let Some(text) = table.text("advance") else {
        return 0;
    };
    parse_duration(&text).unwrap_or_else(|| {
        let help = "write a number and ms, s, m, h or d: \"20s\"";
        table.sink().error(
            table.place("advance"),
            format!("`{text}` is no duration"),
            Some(help.to_owned()),
        );
        0
    })
}

/// Solutions, each a line or an array of lines.
fn alternatives(table: &TableReader<'_>, key: &'static str) -> Vec<Vec<super::Line>> {
    let Some(value) = table.get(key) else {
        return Vec::new();
    };
    TableReader::items(value)
        .into_iter()
        .map(|item| table.lines_of(item))
        .filter(|lines| !lines.is_empty())
        .collect()
}

fn expect(table: &TableReader<'_>) -> Vec<(super::Line, crate::notation::Literal)> {
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
    let when = if table.get("cmd").is_some() {
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

fn question(table: TableReader<'_>) -> Question {
    const KINDS: &[(&str, QuestionKind)] = &[
        ("predict-reply", QuestionKind::PredictReply),
        ("predict-state", QuestionKind::PredictState),
        ("choose-command", QuestionKind::ChooseCommand),
        ("blank", QuestionKind::Blank),
        ("order", QuestionKind::Order),
        ("mistake", QuestionKind::Mistake),
        ("datatype", QuestionKind::Datatype),
        ("choice", QuestionKind::Choice),
    ];
    let kind = table.choice("kind", KINDS);
    let lines = match kind {
        QuestionKind::Mistake => table.lines("code"),
        QuestionKind::Order => table.lines("lines"),
        _ => table.lines("ask"),
    };
    let mut right = alternatives(&table, "right");
    right.extend(
        alternatives(&table, "fix")
            .into_iter()
            .reduce(|mut all, more| {
                all.extend(more);
                all
            }),
    );
    let (answer, answer_state) = question_answer(&table, kind);
    let question = Question {
        id: table.text("id").unwrap_or_default(),
        kind,
        setup: table.lines("setup"),
        text: table.text("text").unwrap_or_default(),
        want: table.text("want").unwrap_or_default(),
        lines,
        right,
        answer,
        answer_state,
        options: table.texts("options"),
        wrong: table
            .tables("wrong")
            .into_iter()
            .map(|entry| wrong_answer(entry, kind))
            .collect(),
        why: table.required("why"),
        tags: table.texts("tags"),
    };
    // What Redis answers and holds there, pinned for the reader; orders that are right beside the one that stands.
    table.replies("reply");
    table.state("state");
    table.get("also");
    table.finish();
    question
}

fn question_answer(
    table: &TableReader<'_>,
    kind: QuestionKind,
) -> (Vec<String>, Option<super::WantedState>) {
    match kind {
        QuestionKind::PredictState => (Vec::new(), table.state("answer")),
        _ => (table.texts("answer"), None),
    }
}

fn wrong_answer(table: TableReader<'_>, kind: QuestionKind) -> WrongAnswer {
    let lines = table.lines("cmd");
    let state = (kind == QuestionKind::PredictState)
        .then(|| table.state("answer"))
        .flatten();
    let answer = match (&state, lines.is_empty()) {
        (Some(_), _) => String::new(),
        (None, false) => lines
            .iter()
            .map(|line| line.text.clone())
            .collect::<Vec<_>>()
            .join("; "),
        (None, true) => table.required("answer"),
    };
    let say = table.text("say").unwrap_or_default();
    table.get("reply");
    table.finish();
    WrongAnswer {
        answer,
        lines,
        state,
        say,
    }
}

/// Gives steps and questions without an id one that is made from their command, and reports those that occur twice.
fn name_steps(lesson: &mut Lesson, root: &TableReader<'_>) {
    let mut taken: Vec<String> = lesson
        .steps
        .iter()
        .map(|step| step.id.clone())
        .filter(|id| !id.is_empty())
        .collect();
    for (at, id) in taken.iter().enumerate() {
        if taken[..at].contains(id) {
            let help = "progress is kept under a step's id, so each is unique in its lesson";
            root.sink().error(
                root.place("step"),
                format!("the step id `{id}` occurs twice"),
                Some(help.to_owned()),
            );
        }
    }
    for step in lesson.steps.iter_mut().filter(|step| step.id.is_empty()) {
        let base = step
            .solution
            .first()
            .map_or_else(|| "read".to_owned(), |line| line.command().to_lowercase());
        step.id = unique(&base, &taken);
        taken.push(step.id.clone());
    }
    let mut asked: Vec<String> = lesson
        .quiz
        .iter()
        .map(|question| question.id.clone())
        .collect();
    for question in lesson
        .quiz
        .iter_mut()
        .filter(|question| question.id.is_empty())
    {
        question.id = unique("question", &asked);
        asked.push(question.id.clone());
    }
}

fn unique(base: &str, taken: &[String]) -> String {
    let numbered = (2..).map(|n| format!("{base}-{n}"));
    std::iter::once(base.to_owned())
        .chain(numbered)
        .find(|id| !taken.contains(id))
        .expect("there are more numbers than ids")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_become_unix_time() {
        let at = |text: &str| milliseconds(&text.parse().unwrap());
        assert_eq!(at("1970-01-01T00:00:00Z"), Some(0));
        assert_eq!(at("2026-01-01T00:00:00Z"), Some(1_767_225_600_000));
        assert_eq!(at("2024-02-29T12:00:01Z"), Some(1_709_208_001_000));
    }
}
