//! Does a session flow? Whole lessons through the tutor, without a terminal.

use std::{fs, rc::Rc};

use rediscover::{
    lesson::{Lesson, Library, Source},
    notation::{Escape, to_one_line},
    text::{Language, Words},
    tutor::{Diagnosis, Fed, Item, Quiz, Start, Tutor, VerdictKind, Why},
    view::{self, Style},
};

mod answers;
mod flow;
mod goal_words;
mod goals;
mod programs;
mod quiz_lines;
mod quizzes;
mod signs;
mod slips;
mod told;

const HEAD: &str = "id = \"1.1\"\ntitle = \"T\"\n";
const TAIL: &str =
    "hint = [\"a\", \"b\"]\nwrong = [{ cmd = \"DEL nothing\", say = \"Not that.\" }]\n";

/// A tutor for a lesson of these steps; each gets hints and a wrong line.
fn tutor(head: &str, steps: &[&str]) -> Tutor {
    let steps: String = steps
        .iter()
        .map(|step| format!("[[step]]\n{step}\n{TAIL}"))
        .collect();
    open(&format!("{HEAD}{head}\n{steps}"))
}

fn open(text: &str) -> Tutor {
    let folder = tempfile::tempdir().unwrap();
    let pack = "id = \"p\"\nformat = 1\ntitle = \"P\"\n[[unit]]\nid = \"1\"\ntitle = \"U\"\nlessons = [\"1.1\"]\n";
    fs::write(folder.path().join("pack.toml"), pack).unwrap();
    fs::write(folder.path().join("1.1.toml"), text).unwrap();
    let library = Library::open(Source::Folder(folder.path().to_owned()), "en").unwrap();
    let lesson: Rc<Lesson> = library
        .lesson("1.1")
        .unwrap_or_else(|error| panic!("{error}"));
    let mut tutor = Tutor::new(
        lesson,
        None,
        Start {
            seed: 1,
            now: 1_767_225_600_000,
        },
    );
    tutor.begin();
    tutor
}

/// What comes of an answer to a question of the course, with letters to choose from or typed in full.
fn answer(lesson: &str, id: &str, line: &str, choices: bool) -> Fed {
    let library = Library::open(Source::BuiltIn, "en").unwrap();
    let read = library.lesson(lesson).unwrap();
    let question = read.quiz.iter().find(|question| question.id == id);
    let item = Item {
        lesson: lesson.to_owned(),
        subject: "S".to_owned(),
        question: question.expect("a question of the lesson").clone(),
    };
    Quiz::new(vec![item], 1, choices, 7).feed(line)
}

/// The course's own lesson, led to a step from 1.
fn at_step(lesson: &str, step: usize) -> Tutor {
    let library = Library::open(Source::BuiltIn, "en").unwrap();
    let mut tutor = Tutor::new(library.lesson(lesson).unwrap(), None, Start::default());
    tutor.begin();
    while tutor.open_step().is_some_and(|(open, _)| open < step) {
        tutor.feed(":skip");
    }
    tutor
}

fn verdicts(tutor: &mut Tutor, lines: &[&str]) -> Vec<VerdictKind> {
    lines
        .iter()
        .map(|line| tutor.feed(line).record.verdict)
        .collect()
}

fn ask(tutor: &Tutor, line: &str) -> String {
    let argv = rediscover::notation::split(line.as_bytes()).unwrap();
    to_one_line(&tutor.world().clone().ask(&argv).unwrap(), Escape::Text)
}

fn diagnosis(tutor: &mut Tutor, line: &str) -> Diagnosis {
    match tutor.feed(line).record.why {
        Some(Why::Diagnosis(found)) => found,
        other => panic!("{line}: {other:?}"),
    }
}

/// What a line gives on the screen, in English.
fn screen(tutor: &mut Tutor, line: &str) -> String {
    let fed = tutor.feed(line);
    view::screen(&fed.outputs, &Style::default(), &Words::new(Language::En))
}

/// The sentence behind the verdict on a line.
fn said(tutor: &mut Tutor, line: &str) -> String {
    let text = screen(tutor, line);
    let verdict = text
        .split("\n\n")
        .find(|part| part.contains(['✓', '✗', '·']));
    let verdict = verdict.unwrap_or_else(|| panic!("no verdict on {line}: {text}"));
    let at = verdict.find(['✓', '✗', '·']).unwrap_or_default();
    let words: Vec<&str> = verdict[at..].split_whitespace().skip(1).collect();
    words.join(" ")
}
