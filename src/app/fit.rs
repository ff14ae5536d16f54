//! Whether the texts of a lesson fit on a screen of 80 columns and 24 lines, as they are drawn.
//!
//! What must be read together must be seen together: a step with the prompt beneath it, and what is said of a line
//! beside the drawings that it speaks of.

use std::rc::Rc;

use crate::lesson::{Lesson, Library, Problem, Severity, place_of_text};
use crate::text::{Language, Words};
use crate::tutor::{Output, sights};
use crate::view::{Style, render, render_text};

/// The lines of a screen.
const SCREEN: usize = 24;
/// A step's first line, its explanation, its goal and what it shows of the solution: an empty line and the prompt
/// follow.
const STEP: usize = SCREEN - 2;
/// A title with an introduction: half a screen, for the first step begins on the same one.
const INTRO: usize = SCREEN / 2;
/// What is said in passing: a hint, a sentence on a wrong line, a remark, a reason. The data stands beneath it. One
/// with line breaks of its own shows a program, and may be as long as a step.
const SAID: usize = 6;

/// The texts of a lesson that are too long, each at its place; in a translation those that it has.
pub fn check(library: &Library, lesson: &Rc<Lesson>) -> Vec<Problem> {
    let language = library.language();
    let name = if library.pack.language == language {
        format!("{}.toml", lesson.id)
    } else {
        format!("{}.{language}.toml", lesson.id)
    };
    let Some(file) = library.source_text(&name) else {
        return Vec::new();
    };
    let file = Rc::new(file);
    let problem = |long: Long| {
        Some(Problem {
            severity: Severity::Warning,
            file: Rc::clone(&file),
            // A text that a translation lacks is told in the original.
            span: place_of_text(&file.text, &long.text)?,
            message: format!(
                "{} {} lines at 80 columns; {} fit a screen of {SCREEN}",
                long.what, long.lines, long.most
            ),
            help: Some(long.help.to_owned()),
        })
    };
    let words = Words::new(Language::of_tag(language));
    let long = drawn(lesson, &words).into_iter().chain(said(lesson));
    long.filter_map(problem).collect()
}

/// A text that is too long.
struct Long {
    text: String,
    /// What takes so many lines, with the verb.
    what: String,
    lines: usize,
    most: usize,
    help: &'static str,
}

/// The introduction and the steps that take too many lines, with what they show beside their texts.
fn drawn(lesson: &Rc<Lesson>, words: &Words) -> Vec<Long> {
    let style = Style::default();
    let long = |output: Output| {
        let lines = render(&output, &style, words).lines().count();
        let (text, what, most, help) = match output {
            Output::Lesson { intro, .. } => (
                intro,
                "title and introduction take".to_owned(),
                INTRO,
                "say less, or say it in the steps",
            ),
            Output::Step(view) => (
                view.explain.unwrap_or(view.goal),
                format!("step {} takes", view.number),
                STEP,
                "shorten it or divide the step, that it stays in sight above the prompt",
            ),
            _ => return None,
        };
        (lines > most).then_some(Long {
            text,
            what,
            lines,
            most,
            help,
        })
    };
    sights(lesson).into_iter().filter_map(long).collect()
}

/// Hints, sentences on wrong lines, remarks and reasons that are too long.
fn said(lesson: &Lesson) -> Vec<Long> {
    let steps = lesson.steps.iter().flat_map(|step| {
        let wrong = step.wrong.iter().map(|wrong| &wrong.say);
        step.hints.iter().chain(wrong).chain(&step.note)
    });
    let questions = lesson.quiz.iter().flat_map(|question| {
        let wrong = question.wrong.iter().map(|wrong| &wrong.say);
        wrong.chain([&question.why])
    });
    let long = |text: &String| {
        let lines = render_text(text, &Style::default()).lines().count();
        let is_program = text.trim().contains('\n');
        let most = if is_program { STEP } else { SAID };
        (lines > most).then(|| Long {
            text: text.clone(),
            what: "this text takes".to_owned(),
            lines,
            most,
            help: "say one thing in it",
        })
    };
    steps.chain(questions).filter_map(long).collect()
}
