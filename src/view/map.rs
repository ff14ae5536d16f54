//! The map of a course, and what has been done of it.

use crate::text::Words;

use super::{
    layout::{Block, clean_line, cut, pad, width, wrap},
    step::{self, dot},
    style::{Ink, Style},
};

/// A course with how far the learner is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MapView {
    /// The course's title.
    pub title: String,
    /// Its units in order.
    pub units: Vec<MapUnit>,
    /// The lesson that Enter leads to: id and title; none when every lesson is done.
    pub next: Option<(String, String)>,
    /// Whether nothing was ever done: the program introduces itself then.
    pub first: bool,
    /// The ways through the course.
    pub routes: Vec<MapRoute>,
}

/// A way through a course.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MapRoute {
    /// Its name, as in `:route tutorial`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Whom it is for.
    pub about: String,
    /// Whether it is followed.
    pub followed: bool,
}

/// A unit of a course.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MapUnit {
    /// `3`
    pub id: String,
    /// `lists`, as in `learn lists`.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// Its lessons in order.
    pub lessons: Vec<MapLesson>,
}

/// A lesson of a unit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MapLesson {
    /// `3.1`
    pub id: String,
    /// How far it is.
    pub state: LessonState,
    /// Whether Enter leads to it.
    pub here: bool,
    /// Whether it is not on the route that is followed.
    pub off: bool,
}

/// How far a lesson is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LessonState {
    /// Not begun.
    #[default]
    Open,
    /// Begun.
    Begun,
    /// Done.
    Done,
}

/// What a learner has done of a course.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProgressView {
    /// The course.
    pub map: MapView,
    /// The lessons that were finished.
    pub finished: usize,
    /// The lessons that there are.
    pub lessons: usize,
    /// The steps that were done.
    pub steps: usize,
    /// On how many days in a row something was done.
    pub streak: usize,
    /// The questions answered right at the first try.
    pub right: usize,
    /// The questions answered.
    pub questions: usize,
    /// The steps that took several tries: misses, the lesson's id, the goal.
    pub weak: Vec<(usize, String, String)>,
}

/// The map: welcome or where one is, a line for each unit, the way on.
#[must_use]
pub fn map(view: &MapView, style: &Style, words: &Words) -> Block {
    let mut lines = if view.first {
        welcome(style, words)
    } else {
        where_one_is(view, style, words)
    };
    lines.push(String::new());
    lines.extend(unit_lines(view, style, words));
    lines.push(String::new());
    lines.extend(ways_on(view, style, words));
    lines.extend(routes(view, style, words));
    lines
}

/// `  Routes: tutorial, types, all   (:route tutorial)`
fn routes(view: &MapView, style: &Style, words: &Words) -> Block {
    let Some(first) = view.routes.iter().find(|route| !route.followed) else {
        return Block::new();
    };
    let names: Vec<String> = view.routes.iter().map(|it| clean_line(&it.id)).collect();
    let values = [
        ("routes", names.join(&words.say("comma")).into()),
        ("example", clean_line(&first.id).into()),
    ];
    let said = wrap(&words.with("map-routes", &values), style, step::INDENT);
    said.iter()
        .map(|line| style.paint(Ink::Dim, line))
        .collect()
}

/// The routes, each with whom it is for.
#[must_use]
pub fn route_list(view: &MapView, style: &Style, words: &Words) -> Block {
    let mut lines = Block::new();
    for route in &view.routes {
        let mark = if route.followed {
            dot(true, style)
        } else {
            dot(false, style)
        };
        let name = format!(
            "  {mark} {}   {}",
            clean_line(&route.id),
            clean_line(&route.title)
        );
        lines.push(style.paint(Ink::Strong, &name));
        lines.extend(wrap(&clean_line(&route.about), style, 4));
    }
    if lines.is_empty() {
        return wrap(&words.say("no-routes"), style, step::INDENT);
    }
    if view.routes.iter().any(|route| route.followed) {
        let said = wrap(&words.say("route-none"), style, step::INDENT);
        lines.extend(said.iter().map(|line| style.paint(Ink::Dim, line)));
    }
    lines
}

fn welcome(style: &Style, words: &Words) -> Block {
    let mut lines = vec![
        format!(
            "  {}   {}",
            style.paint(Ink::Strong, "rediscover"),
            words.say("tagline")
        ),
        String::new(),
    ];
    lines.extend(wrap(&words.say("promise"), style, step::INDENT));
    lines
}

fn where_one_is(view: &MapView, style: &Style, words: &Words) -> Block {
    let lessons = view.units.iter().flat_map(|unit| &unit.lessons);
    let lessons = || lessons.clone().filter(|lesson| !lesson.off);
    let done = lessons()
        .filter(|lesson| lesson.state == LessonState::Done)
        .count();
    let said = words.with(
        "lessons-done",
        &[("n", done.into()), ("of", lessons().count().into())],
    );
    let room = style.text_columns().saturating_sub(width(&said) + 5);
    let route = view.routes.iter().find(|route| route.followed);
    let title = match route {
        Some(route) => format!(
            "{}{}{}",
            clean_line(&view.title),
            words.say("colon"),
            clean_line(&route.title)
        ),
        None => clean_line(&view.title),
    };
    let title = cut(&title, room, style);
    vec![format!(
        "  {}   {}",
        style.paint(Ink::Strong, &title),
        style.paint(Ink::Dim, &said)
    )]
}

/// A line for each unit.
fn unit_lines(view: &MapView, style: &Style, words: &Words) -> Block {
    let widest = view
        .units
        .iter()
        .map(|unit| width(&unit_name(unit)))
        .max()
        .unwrap_or(0);
    let dots = view
        .units
        .iter()
        .map(|unit| unit.lessons.len())
        .max()
        .unwrap_or(0);
    let room = style.text_columns().saturating_sub(dots + 6);
    view.units
        .iter()
        .map(|unit| unit_line(unit, view, widest.min(room), style, words))
        .collect()
}

fn unit_name(unit: &MapUnit) -> String {
    format!("{:>2}  {}", clean_line(&unit.id), clean_line(&unit.title))
}

/// ` 3  Lists               ●●◐○○○○   you are here`
fn unit_line(
    unit: &MapUnit,
    view: &MapView,
    widest: usize,
    style: &Style,
    words: &Words,
) -> String {
    let here = unit.lessons.iter().any(|lesson| lesson.here);
    let name = pad(&cut(&unit_name(unit), widest, style), widest);
    let name = if here {
        style.paint(Ink::Strong, &name)
    } else {
        name
    };
    let dots: String = unit
        .lessons
        .iter()
        .map(|lesson| lesson_dot(lesson, style))
        .collect();
    let line = format!("  {name}   {dots}");
    let remark = if view.first {
        words.say("start-here")
    } else {
        words.say("you-are-here")
    };
    if here && width(&line) + width(&remark) + 3 <= style.text_columns() {
        return format!("{line}   {}", style.paint(Ink::Dim, &remark));
    }
    line
}

fn lesson_dot(lesson: &MapLesson, style: &Style) -> String {
    match lesson.state {
        LessonState::Open if lesson.off => style.paint(Ink::Dim, style.pick("·", "-")),
        LessonState::Done => style.paint(Ink::New, dot(true, style)),
        LessonState::Begun => style.paint(Ink::Changed, style.pick("◐", "+")),
        LessonState::Open => style.paint(Ink::Dim, dot(false, style)),
    }
}

/// What Enter does.
#[must_use]
pub fn way_on(view: &MapView, words: &Words) -> String {
    match &view.next {
        Some((id, _)) if view.first => words.with("begins", &[("id", clean_line(id).into())]),
        Some((id, title)) => words.with(
            "goes-on-with",
            &[
                ("id", clean_line(id).into()),
                ("title", clean_line(title).into()),
            ],
        ),
        None => words.say("all-done"),
    }
}

fn ways_on(view: &MapView, style: &Style, words: &Words) -> Block {
    let on = way_on(view, words);
    let ways = ways(view, style, words);
    let one = format!("  {on}   {}", style.paint(Ink::Dim, &ways));
    if width(&one) <= style.text_columns() {
        return vec![one];
    }
    let mut lines = wrap(&on, style, step::INDENT);
    lines.extend(
        wrap(&ways, style, step::INDENT)
            .iter()
            .map(|line| style.paint(Ink::Dim, line)),
    );
    lines
}

/// The words that lead elsewhere, with a unit of this pack as an example: lists where there is such a one.
#[must_use]
pub fn ways(view: &MapView, style: &Style, words: &Words) -> String {
    let named = |unit: &&MapUnit| !unit.slug.is_empty();
    let lists = view.units.iter().find(|unit| unit.slug == "lists");
    let unit = lists.or_else(|| view.units.iter().find(named));
    let unit = unit.map(|unit| clean_line(&unit.slug)).unwrap_or_default();
    words.with(
        style.pick("map-ways", "map-ways-ascii"),
        &[("unit", unit.into())],
    )
}

/// What is done, unit by unit, and what is weak.
#[must_use]
pub fn progress(view: &ProgressView, style: &Style, words: &Words) -> Block {
    let map = &view.map;
    let mut lines = vec![format!(
        "  {}",
        style.paint(Ink::Strong, &clean_line(&map.title))
    )];
    lines.extend(
        totals(view, words)
            .iter()
            .flat_map(|said| wrap(said, style, step::INDENT)),
    );
    lines.push(String::new());
    lines.extend(unit_lines(map, style, words));
    if !view.weak.is_empty() {
        lines.push(String::new());
        lines.push(format!(
            "  {}",
            style.paint(Ink::Dim, &words.say("worth-another-look"))
        ));
        // As many as the screen has room for, the most often missed first.
        let room = super::page::SCREEN
            .saturating_sub(lines.len())
            .max(LEAST_WEAK);
        let weak = view.weak.iter().take(room);
        lines.extend(weak.map(|weak| weak_line(weak, style, words)));
    }
    lines
}

/// So many weak steps are told at least.
const LEAST_WEAK: usize = 3;

/// The totals as sentences.
#[must_use]
pub fn totals(view: &ProgressView, words: &Words) -> Vec<String> {
    let mut said = vec![words.with(
        "lessons-done",
        &[("n", view.finished.into()), ("of", view.lessons.into())],
    )];
    said.push(words.with("steps-done", &[("n", view.steps.into())]));
    if view.questions > 0 {
        said.push(words.with(
            "questions-right",
            &[("n", view.right.into()), ("of", view.questions.into())],
        ));
    }
    if view.streak > 1 {
        said.push(words.with("streak", &[("n", view.streak.into())]));
    }
    vec![said.join(&words.say("comma"))]
}

/// `    3.1  Push o2 and o3 at the right end.   3 misses`
fn weak_line((misses, id, goal): &(usize, String, String), style: &Style, words: &Words) -> String {
    let misses = words.with("misses", &[("n", (*misses).into())]);
    let room = style.text_columns().saturating_sub(width(&misses) + 7);
    let goal = cut(
        &format!("{}  {}", clean_line(id), clean_line(goal)),
        room.max(8),
        style,
    );
    format!("    {goal}   {}", style.paint(Ink::Dim, &misses))
}
