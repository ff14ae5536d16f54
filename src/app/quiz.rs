//! Quizzes at the prompt.

use crate::error::{AppError, ErrorKind};
use crate::journal::{Entry, Kind};
use crate::lesson::Target;
use crate::repl::{Read, Scene};
use crate::tutor::{Item, Output, Quiz, Signal, VerdictKind, bare_word, signal_of};
use crate::view;

use super::{End, course, json, lesson, progress, shell::Shell};

/// So many questions make a quiz.
const COUNT: usize = 10;

/// `quiz [WHAT]`.
pub fn quiz(
    shell: &mut Shell,
    what: Option<&str>,
    count: usize,
    free: bool,
) -> Result<End, AppError> {
    let (items, remark) = match what {
        Some(what) => items_of(shell, what)?,
        None => items_learned(shell),
    };
    if items.is_empty() {
        let what = what.unwrap_or("this");
        return Err(AppError::new(
            ErrorKind::NotFound,
            format!("there are no questions on `{what}`"),
        ));
    }
    let manner = Manner {
        count,
        choices: !free,
        ..Manner::USUAL
    };
    tell(shell, remark)?;
    let asked = ask(shell, items, manner)?;
    match asked.wanted {
        Some(id) => course::learn(shell, Some(&id)),
        None if asked.passed => Ok(End::Done),
        None => Ok(End::NotPassed),
    }
}

/// A quiz within a session, on what is named; the lesson that it was left for.
pub fn inside(shell: &mut Shell, what: &str) -> Result<Option<String>, AppError> {
    match items_of(shell, what) {
        Ok((items, _)) if items.is_empty() => shell.say("no-questions").map(|()| None),
        Ok((items, remark)) => {
            tell(shell, remark)?;
            ask(shell, items, Manner::USUAL).map(|asked| asked.wanted)
        }
        Err(error) => shell.print_error(&error).map(|()| None),
    }
}

/// A quiz within a session, on what was learned; the lesson that it was left for.
pub fn learned(shell: &mut Shell) -> Result<Option<String>, AppError> {
    let (items, remark) = items_learned(shell);
    tell(shell, remark)?;
    ask(shell, items, Manner::USUAL).map(|asked| asked.wanted)
}

/// Questions, and the message that says beforehand what they are on where that is not what one expects.
type Found = (Vec<Item>, Option<&'static str>);

fn items_of(shell: &Shell, what: &str) -> Result<Found, AppError> {
    let mut remark = None;
    let ids: Vec<String> = match shell.library.find(what)? {
        Target::Lesson(id) => {
            let own = items(shell, std::slice::from_ref(&id));
            if !own.is_empty() {
                return Ok((own, None));
            }
            remark = Some("quiz-of-the-unit");
            // A lesson without questions of its own has those of its unit.
            let unit = shell
                .library
                .pack
                .units
                .iter()
                .find(|unit| unit.lessons.contains(&id));
            unit.map(|unit| unit.lessons.clone()).unwrap_or_default()
        }
        Target::Unit(id) => {
            let unit = shell.library.pack.units.iter().find(|unit| unit.id == id);
            unit.map(|unit| unit.lessons.clone()).unwrap_or_default()
        }
    };
    Ok((items(shell, &ids), remark))
}

/// The questions of finished lessons; of the first units when none is finished yet.
fn items_learned(shell: &Shell) -> Found {
    let finished: Vec<String> = shell
        .library
        .lessons()
        .filter(|id| progress::is_finished(shell, id))
        .map(str::to_owned)
        .collect();
    let learned = items(shell, &finished);
    if !learned.is_empty() {
        return (learned, None);
    }
    let first = shell
        .library
        .pack
        .units
        .iter()
        .take(2)
        .flat_map(|unit| unit.lessons.clone());
    let first = items(shell, &first.collect::<Vec<_>>());
    let remark = (!first.is_empty()).then_some("quiz-unlearned");
    (first, remark)
}

/// What is said before the questions; JSON has no place for it.
fn tell(shell: &mut Shell, remark: Option<&str>) -> Result<(), AppError> {
    let Some(remark) = remark.filter(|_| !shell.json) else {
        return Ok(());
    };
    shell.say(remark)?;
    shell.part()
}

fn items(shell: &Shell, ids: &[String]) -> Vec<Item> {
    let mut items = Vec::new();
    for id in ids {
        // A lesson that is refused does not stop the questions of the others.
        let Ok(lesson) = shell.library.lesson(id) else {
            continue;
        };
        let unit = shell
            .library
            .pack
            .units
            .iter()
            .find(|unit| unit.lessons.contains(id));
        let subject = unit.map(|unit| unit.title.clone()).unwrap_or_default();
        items.extend(lesson.quiz.iter().map(|question| Item {
            lesson: id.clone(),
            subject: subject.clone(),
            question: question.clone(),
        }));
    }
    items
}

/// How a quiz ended.
struct Asked {
    /// Whether every question was answered, or told.
    done: bool,
    /// Whether everything was right at the first try.
    passed: bool,
    /// The lesson that it was left for.
    wanted: Option<String>,
    /// Whether it was left for good.
    quits: bool,
}

/// How many questions are asked, and how.
#[derive(Debug, Clone, Copy)]
struct Manner {
    /// The most questions.
    count: usize,
    /// Whether choices are offered; else every answer is typed.
    choices: bool,
    /// Whether Enter leaves it.
    optional: bool,
}

impl Manner {
    /// Questions with choices, which are left by their words only.
    const USUAL: Manner = Manner {
        count: COUNT,
        choices: true,
        optional: false,
    };
}

/// What came of the question before a lesson.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spaced {
    /// It was answered, left out, or there was none.
    Done,
    /// It was left for a lesson.
    Learn(String),
    /// It was left for good.
    Quit,
}

/// So many lessons ago a lesson was finished of which a question is asked again.
const AGO: [usize; 3] = [1, 3, 7];

/// One question of what was finished some lessons ago, before a lesson is begun: that it is not forgotten.
pub fn spaced(shell: &mut Shell, id: &str) -> Result<Spaced, AppError> {
    let begun = shell.progress.lesson(&shell.library.pack.id, id);
    if !shell.is_interactive() || begun.is_some_and(|it| it.open().is_some()) {
        return Ok(Spaced::Done);
    }
    let Some(item) = item_to_repeat(shell, id) else {
        return Ok(Spaced::Done);
    };
    let values = [
        ("id", id.to_owned().into()),
        ("lesson", item.lesson.clone().into()),
    ];
    let offer = shell.words.with("spaced-offer", &values);
    let offer = view::render_text(&offer, &shell.style);
    shell.part()?;
    shell.print(&offer)?;
    let manner = Manner {
        count: 1,
        optional: true,
        ..Manner::USUAL
    };
    let asked = ask(shell, vec![item], manner)?;
    Ok(match asked.wanted {
        Some(wanted) => Spaced::Learn(wanted),
        None if asked.quits => Spaced::Quit,
        None if asked.done => read_on(shell, id)?,
        None => Spaced::Done,
    })
}

/// What was said of the answer is read before the lesson's first screen takes its place.
fn read_on(shell: &mut Shell, id: &str) -> Result<Spaced, AppError> {
    let values = [("id", id.to_owned().into())];
    let said = shell.words.with("spaced-go-on", &values);
    let said = view::render_text(&said, &shell.style);
    shell.part()?;
    shell.print(&said)?;
    loop {
        let line = match shell.read("> ", Scene::default())? {
            Read::Line(line) => line,
            Read::Dropped | Read::NotText => continue,
            Read::End => return Ok(Spaced::Quit),
        };
        if line.trim().is_empty() {
            return Ok(Spaced::Done);
        }
        match bare_word(line.trim()).and_then(|word| signal_of(&word)) {
            Some(Signal::Quit) => return Ok(Spaced::Quit),
            Some(Signal::Pager) => shell.pager()?,
            Some(Signal::Learn(what)) => match course::wanted(shell, &what) {
                Ok(id) => return Ok(Spaced::Learn(id)),
                Err(error) => shell.print_error(&error)?,
            },
            _ => shell.print(&said)?,
        }
    }
}

/// The question that was asked least, of the lessons that were finished 1, 3 and 7 lessons ago.
fn item_to_repeat(shell: &Shell, id: &str) -> Option<Item> {
    let pack = &shell.library.pack.id;
    let finished = shell.progress.finished.iter().rev();
    let finished: Vec<&String> = finished
        .filter(|(of, _)| of == pack)
        .map(|(_, it)| it)
        .collect();
    let ago = AGO.iter().filter_map(|ago| finished.get(ago - 1));
    let ids: Vec<String> = ago
        .filter(|it| **it != id)
        .map(|it| (*it).clone())
        .collect();
    let times = |item: &Item| {
        let name = (pack.clone(), item.name());
        shell
            .progress
            .questions
            .get(&name)
            .map_or(0, |(_, asked)| *asked)
    };
    items(shell, &ids).into_iter().min_by_key(times)
}

/// Asks until all is answered or the learner leaves.
fn ask(shell: &mut Shell, items: Vec<Item>, manner: Manner) -> Result<Asked, AppError> {
    let (mut wanted, mut quits) = (None, false);
    let mut quiz = Quiz::new(items, manner.count.max(1), manner.choices, shell.seed());
    let outputs = quiz.begin();
    shell.show(&outputs)?;
    let mut first_try = true;
    while !quiz.is_done() {
        let line = match shell.read("quiz> ", Scene::default())? {
            Read::Line(line) => line,
            Read::Dropped => continue,
            Read::NotText => {
                shell.say("line-not-text")?;
                continue;
            }
            Read::End => {
                // Nobody who leaves the question before a lesson wants the lesson.
                quits = manner.optional;
                break;
            }
        };
        if manner.optional && line.trim().is_empty() {
            break;
        }
        let fed = quiz.feed(&line);
        let verdict = fed.record.verdict;
        if first_try
            && matches!(
                verdict,
                VerdictKind::Pass | VerdictKind::Wrong | VerdictKind::Skip
            )
        {
            let (step, verdict) = (fed.record.step.clone(), verdict.name().to_owned());
            shell.record(Entry {
                kind: Kind::Answer,
                step,
                line: line.clone(),
                verdict,
                ..Entry::default()
            });
        }
        first_try = match verdict {
            VerdictKind::Pass | VerdictKind::Skip => true,
            VerdictKind::Wrong => false,
            _ => first_try,
        };
        if shell.json {
            let object = json::answered(shell, &line, &fed);
            Shell::print_json(&object)?;
        }
        let is_score = |output: &&Output| matches!(output, Output::Score { .. });
        let outputs = fed.outputs.iter();
        // One question alone is no quiz to be scored.
        let outputs = outputs.filter(|output| !(manner.optional && is_score(output)));
        shell.show(&outputs.cloned().collect::<Vec<_>>())?;
        shell.sync();
        match fed.signal {
            Some(Signal::Quit) => {
                quits = true;
                break;
            }
            Some(Signal::Learn(what)) => match course::wanted(shell, &what) {
                Ok(id) => {
                    wanted = Some(id);
                    break;
                }
                Err(error) => shell.print_error(&error)?,
            },
            Some(Signal::Map) => {
                let map = progress::map(shell, None);
                let text = view::render_map(&map, &shell.style, &shell.words);
                shell.print(&text)?;
            }
            Some(Signal::Progress) => {
                progress::progress(shell)?;
            }
            Some(Signal::Play | Signal::Quiz(_)) => shell.say("not-here-quiz")?,
            Some(Signal::Route(route)) => {
                course::follow(shell, &route)?;
            }
            Some(Signal::Clear) => shell.clear()?,
            Some(Signal::Pager) => shell.pager()?,
            Some(Signal::Language(tag)) => {
                lesson::speak(shell, &tag)?;
            }
            Some(Signal::Write { .. }) | None => {}
        }
    }
    let (done, (right, of)) = (quiz.is_done(), quiz.score());
    if shell.json {
        Shell::print_json(&serde_json::json!({ "done": done, "right": right, "of": of }))?;
    }
    Ok(Asked {
        done,
        passed: done && right == of,
        wanted,
        quits,
    })
}
