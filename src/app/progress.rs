//! What is done and what is weak.

use crate::error::AppError;
use crate::lesson::Route;
use crate::view::{self, LessonState, MapLesson, MapRoute, MapUnit, MapView, ProgressView};

use super::{End, json, shell::Shell};

/// `progress`.
pub fn command(shell: &mut Shell) -> Result<End, AppError> {
    if shell.json {
        Shell::print_json(&json::progress(&progress_of(shell)))?;
        return Ok(End::Done);
    }
    progress(shell)
}

/// `:progress`; nothing in JSON, where each line has one object already.
pub fn progress(shell: &mut Shell) -> Result<End, AppError> {
    let view = progress_of(shell);
    let text = view::render_progress(&view, &shell.style, &shell.words);
    shell.print(&text)?;
    Ok(End::Done)
}

fn progress_of(shell: &Shell) -> ProgressView {
    let pack = shell.library.pack.id.clone();
    let ids: Vec<String> = shell.library.lessons().map(str::to_owned).collect();
    let known = |id: &String| shell.progress.lesson(&pack, id);
    let mut weak = Vec::new();
    for id in &ids {
        let Some(progress) = known(id) else { continue };
        let Ok(lesson) = shell.library.lesson(id) else {
            continue;
        };
        for step in &lesson.steps {
            let misses = progress.misses.get(&step.id).copied().unwrap_or(0);
            if misses > 1 {
                weak.push((misses, id.clone(), step.goal.clone()));
            }
        }
    }
    weak.sort_by_key(|(misses, ..)| std::cmp::Reverse(*misses));
    weak.truncate(8);
    let asked = shell
        .progress
        .questions
        .iter()
        .filter(|((of, _), _)| *of == pack);
    let (right, questions) = asked.fold((0, 0), |(right, of), (_, score)| {
        (right + score.0, of + score.1)
    });
    ProgressView {
        map: map(shell, None),
        finished: ids.iter().filter(|id| is_finished(shell, id)).count(),
        lessons: ids.len(),
        steps: ids
            .iter()
            .filter_map(known)
            .map(|progress| progress.steps.len())
            .sum(),
        streak: shell.progress.streak(shell.now().div_euclid(86_400_000)),
        right,
        questions,
        weak,
    }
}

/// Whether a lesson was ever finished.
pub fn is_finished(shell: &Shell, id: &str) -> bool {
    shell
        .progress
        .lesson(&shell.library.pack.id, id)
        .is_some_and(|progress| progress.finished)
}

/// The map of the pack, with what is done; `here` is the lesson to go on with.
pub fn map(shell: &Shell, here: Option<&str>) -> MapView {
    let pack = &shell.library.pack;
    let path = shell.library.path();
    let lesson = |id: &String| {
        let progress = shell.progress.lesson(&pack.id, id);
        let state = match progress {
            Some(progress) if progress.finished => LessonState::Done,
            Some(progress) if !progress.steps.is_empty() || progress.open().is_some() => {
                LessonState::Begun
            }
            _ => LessonState::Open,
        };
        MapLesson {
            id: id.clone(),
            state,
            here: here == Some(id),
            off: !path.contains(&id.as_str()),
        }
    };
    let units = pack.units.iter().map(|unit| MapUnit {
        id: unit.id.clone(),
        slug: unit.slug.clone(),
        title: unit.title.clone(),
        lessons: unit.lessons.iter().map(lesson).collect(),
    });
    MapView {
        title: pack.title.clone(),
        units: units.collect(),
        next: here.map(|id| {
            let title = shell
                .library
                .lesson(id)
                .map(|lesson| lesson.title.clone())
                .unwrap_or_default();
            (id.to_owned(), title)
        }),
        first: shell.progress.lessons.is_empty(),
        routes: routes(shell),
    }
}

/// The routes of the pack.
fn routes(shell: &Shell) -> Vec<MapRoute> {
    let followed = shell.library.route().map(|route| &route.id);
    let routes = shell.library.pack.routes.iter();
    let route = |route: &Route| MapRoute {
        id: route.id.clone(),
        title: route.title.clone(),
        about: route.about.clone(),
        followed: followed == Some(&route.id),
    };
    routes.map(route).collect()
}

/// The lesson to go on with: the one that was left open last, else the first that is not done.
pub fn next_open(shell: &Shell) -> Option<String> {
    let pack = &shell.library.pack.id;
    let last = shell
        .progress
        .last
        .as_ref()
        .filter(|(of, _)| of == pack)
        .map(|(_, id)| id.as_str());
    let left = last.filter(|id| {
        shell
            .progress
            .lesson(pack, id)
            .is_some_and(|it| it.open().is_some())
    });
    let left = left.filter(|id| shell.library.lessons().any(|known| known == *id));
    let path = shell.library.path().into_iter();
    let mut open = path.filter(|id| !is_finished(shell, id));
    left.or_else(|| open.next()).map(str::to_owned)
}
