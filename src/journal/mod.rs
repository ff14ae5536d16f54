//! What happened, append-only, and what follows from it: progress and resuming are folds over the journal's lines.
//!
//! Files are read and written in `store.rs` only. A line is one JSON object; lines that cannot be read (torn by a
//! crash, or written by a later version) are counted and left alone.

mod store;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

pub use store::{Journal, StoreError, default_path};

/// The version of the journal's lines that this program writes.
pub const VERSION: u32 = 1;

/// One line of a journal.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// The version of the line's form.
    pub v: u32,
    /// What kind of line it is.
    pub kind: Kind,
    /// When it was written, Unix ms.
    pub at: i64,
    /// The pack's id.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub pack: String,
    /// The pack's version.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub version: String,
    /// The lesson's id.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub lesson: String,
    /// The step's id, or a question's.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub step: String,
    /// What was typed; the language of a setting.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub line: String,
    /// The verdict's name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub verdict: String,
    /// The lesson's clock before the line, Unix ms.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub now: i64,
    /// The lesson's seed.
    #[serde(default, skip_serializing_if = "is_zero_seed")]
    pub seed: u64,
    /// Which run of the program wrote the line: two terminals may play one lesson at once.
    #[serde(default, skip_serializing_if = "is_zero_seed")]
    pub run: u64,
}

#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_zero(number: &i64) -> bool {
    *number == 0
}

#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_zero_seed(seed: &u64) -> bool {
    *seed == 0
}

/// What kind of line it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A lesson was begun anew.
    Begin,
    /// A lesson was gone on with where it had been left.
    Resume,
    /// A line was typed in a lesson.
    #[default]
    Line,
    /// A program did its part of a step, or missed.
    Arrived,
    /// A lesson was finished.
    Done,
    /// A question was answered.
    Answer,
    /// The language was chosen.
    Language,
    /// A route through a pack was chosen.
    Route,
}

/// How a lesson stands.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LessonProgress {
    /// Whether it was ever finished.
    pub finished: bool,
    /// The steps that were ever passed or skipped.
    pub steps: BTreeSet<String>,
    /// Wrong attempts at each step.
    pub misses: BTreeMap<String, usize>,
    /// What the last runs that played it have typed since it was begun; the one that typed last stands last.
    runs: Vec<Run>,
}

/// A run of the program in a lesson.
#[derive(Debug, Clone, PartialEq)]
struct Run {
    id: u64,
    open: Open,
    /// Whether another run has gone on from here; when this one types again, it counts again.
    is_left: bool,
}

/// So many runs are told apart in one lesson; the oldest is forgotten.
const MOST_RUNS: usize = 4;

/// A lesson that was begun and not finished: what it takes to be where it was.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Open {
    /// Its seed.
    pub seed: u64,
    /// Its clock at the beginning.
    pub now: i64,
    /// What happened, each with the clock at which it did.
    pub lines: Vec<(i64, Past)>,
}

/// What happened in a lesson.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Past {
    /// This was typed.
    Typed(String),
    /// A program came.
    Arrived {
        /// Whether it was wrong; or else it did its part of the step.
        is_miss: bool,
    },
}

impl Past {
    fn of(entry: &Entry) -> Past {
        let is_miss = entry.verdict == "wrong";
        let arrived = match (entry.kind, entry.line.as_str()) {
            (Kind::Arrived, _) => true,
            // So it was kept before it had a kind of its own.
            (_, ":arrived") => matches!(entry.verdict.as_str(), "pass" | "partial"),
            (_, "") => is_miss,
            _ => false,
        };
        if arrived {
            Past::Arrived { is_miss }
        } else {
            Past::Typed(entry.line.clone())
        }
    }
}

/// What a journal comes to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Progress {
    /// Lessons by pack and id.
    pub lessons: BTreeMap<(String, String), LessonProgress>,
    /// Questions by pack and name: right answers at the first try, and all.
    pub questions: BTreeMap<(String, String), (usize, usize)>,
    /// The language that was chosen last.
    pub language: Option<String>,
    /// The routes that were chosen last, by pack.
    pub routes: BTreeMap<String, String>,
    /// Finished lessons, by pack and id, in the order in which they were last finished.
    pub finished: Vec<(String, String)>,
    /// The lesson that was worked on last: pack and id.
    pub last: Option<(String, String)>,
    /// The days (since 1970, UTC) on which a step was done.
    pub days: BTreeSet<i64>,
    /// Lines that could not be read.
    pub unread: usize,
    /// Lines of a later version.
    pub later: usize,
}

/// Longer openings are not replayed: the lesson starts anew.
const MOST_LINES: usize = 20_000;

impl Progress {
    /// Takes a line of the journal in.
    pub fn add(&mut self, text: &str) {
        let Ok(entry) = serde_json::from_str::<Entry>(text) else {
            let version = serde_json::from_str::<serde_json::Value>(text)
                .ok()
                .and_then(|value| value["v"].as_u64());
            let is_later = version.is_some_and(|version| version > u64::from(VERSION));
            self.later += usize::from(is_later);
            self.unread += usize::from(!is_later);
            return;
        };
        self.later += usize::from(entry.v > VERSION);
        self.take(entry);
    }

    /// Takes an entry in.
    pub fn take(&mut self, entry: Entry) {
        if entry.kind == Kind::Language {
            self.language = Some(entry.line);
            return;
        }
        if entry.kind == Kind::Answer {
            let score = self.questions.entry((entry.pack, entry.step)).or_default();
            score.0 += usize::from(entry.verdict == "pass");
            score.1 += 1;
            return;
        }
        if entry.kind == Kind::Route {
            self.routes.insert(entry.pack, entry.line);
            return;
        }
        let name = (entry.pack.clone(), entry.lesson.clone());
        if entry.kind == Kind::Done {
            self.finished.retain(|other| *other != name);
            self.finished.push(name.clone());
        }
        self.last = Some(name.clone());
        let lesson = self.lessons.entry(name).or_default();
        match entry.kind {
            Kind::Begin => lesson.begin(
                entry.run,
                Open {
                    seed: entry.seed,
                    now: entry.now,
                    lines: Vec::new(),
                },
            ),
            Kind::Resume => {
                if let Some(open) = lesson.open().cloned() {
                    lesson.begin(entry.run, open);
                }
            }
            Kind::Done => {
                lesson.finished = true;
                lesson.runs.retain(|run| run.id != entry.run);
            }
            _ => lesson.line(&entry),
        }
        if matches!(entry.verdict.as_str(), "pass" | "skip") {
            self.days.insert(entry.at.div_euclid(86_400_000));
        }
    }

    /// How a lesson stands.
    #[must_use]
    pub fn lesson(&self, pack: &str, lesson: &str) -> Option<&LessonProgress> {
        self.lessons.get(&(pack.to_owned(), lesson.to_owned()))
    }

    /// The days in a row, up to `today`, on which a step was done.
    #[must_use]
    pub fn streak(&self, today: i64) -> usize {
        let last = if self.days.contains(&today) {
            today
        } else {
            today - 1
        };
        let days = i64::try_from(self.days.len()).unwrap_or(i64::MAX);
        (0..days)
            .take_while(|back| self.days.contains(&(last - back)))
            .count()
    }
}

impl LessonProgress {
    /// The lesson where it was left: by the run that typed last, unless it was finished.
    #[must_use]
    pub fn open(&self) -> Option<&Open> {
        let mut open = self.runs.iter().rev().filter(|run| !run.is_left);
        open.next().map(|run| &run.open)
    }

    fn begin(&mut self, id: u64, open: Open) {
        self.runs.retain(|run| run.id != id);
        if self.runs.len() == MOST_RUNS {
            self.runs.remove(0);
        }
        for run in &mut self.runs {
            run.is_left = true;
        }
        self.runs.push(Run {
            id,
            open,
            is_left: false,
        });
    }

    fn line(&mut self, entry: &Entry) {
        match entry.verdict.as_str() {
            "pass" | "skip" => {
                self.steps.insert(entry.step.clone());
            }
            "wrong" => *self.misses.entry(entry.step.clone()).or_default() += 1,
            _ => {}
        }
        let Some(at) = self.runs.iter().position(|run| run.id == entry.run) else {
            return;
        };
        let mut run = self.runs.remove(at);
        run.is_left = false;
        if run.open.lines.len() < MOST_LINES {
            run.open.lines.push((entry.now, Past::of(entry)));
        }
        self.runs.push(run);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(kind: Kind, step: &str, line: &str, verdict: &str) -> Entry {
        Entry {
            v: VERSION,
            kind,
            pack: "course".to_owned(),
            lesson: "3.1".to_owned(),
            step: step.to_owned(),
            line: line.to_owned(),
            verdict: verdict.to_owned(),
            ..Entry::default()
        }
    }

    #[test]
    fn an_open_lesson_keeps_its_lines_until_it_is_done() {
        let mut progress = Progress::default();
        progress.take(entry(Kind::Begin, "", "", ""));
        progress.take(entry(Kind::Line, "a", "LPUSH l x", "wrong"));
        progress.take(entry(Kind::Line, "a", "RPUSH l x", "pass"));
        let lesson = progress.lesson("course", "3.1").unwrap();
        assert_eq!(lesson.open().unwrap().lines.len(), 2);
        assert_eq!((lesson.steps.len(), lesson.misses["a"]), (1, 1));
        progress.take(entry(Kind::Done, "", "", ""));
        let lesson = progress.lesson("course", "3.1").unwrap();
        assert!(lesson.finished && lesson.open().is_none());
    }

    #[test]
    fn what_arrived_is_told_apart_from_what_was_typed() {
        for (kind, line, verdict, past) in [
            (Kind::Arrived, "", "partial", Some(false)),
            (Kind::Arrived, "", "wrong", Some(true)),
            (Kind::Line, ":arrived", "aside", None),
            (Kind::Line, "", "pass", None),
            // Of journals that knew no such kind.
            (Kind::Line, ":arrived", "pass", Some(false)),
            (Kind::Line, "", "wrong", Some(true)),
        ] {
            let entry = entry(kind, "a", line, verdict);
            let wanted = match past {
                Some(is_miss) => Past::Arrived { is_miss },
                None => Past::Typed(line.to_owned()),
            };
            assert_eq!(Past::of(&entry), wanted, "{entry:?}");
        }
    }

    #[test]
    fn two_runs_in_one_lesson_do_not_mix_their_lines() {
        let by = |run: u64, kind: Kind, line: &str| Entry {
            run,
            ..entry(kind, "a", line, "pass")
        };
        let mut progress = Progress::default();
        for entry in [
            by(1, Kind::Begin, ""),
            by(1, Kind::Line, "first"),
            by(2, Kind::Resume, ""),
            by(1, Kind::Line, "of 1"),
            by(2, Kind::Line, "of 2"),
        ] {
            progress.take(entry);
        }
        let typed = |progress: &Progress| -> Option<Vec<String>> {
            let open = progress.lesson("course", "3.1")?.open()?;
            let lines = open.lines.iter().map(|(_, past)| match past {
                Past::Typed(line) => line.clone(),
                Past::Arrived { .. } => panic!("only lines were typed"),
            });
            Some(lines.collect())
        };
        assert_eq!(typed(&progress).unwrap(), ["first", "of 2"]);
        progress.take(by(2, Kind::Done, ""));
        assert_eq!(typed(&progress).unwrap(), ["first", "of 1"]);
        progress.take(by(1, Kind::Done, ""));
        assert_eq!(typed(&progress), None);
    }

    #[test]
    fn a_lesson_that_was_gone_on_with_and_finished_is_not_open() {
        let by = |run: u64, kind: Kind| Entry {
            run,
            ..entry(kind, "a", "line", "pass")
        };
        let mut progress = Progress::default();
        for entry in [
            by(1, Kind::Begin),
            by(1, Kind::Line),
            by(2, Kind::Resume),
            by(2, Kind::Line),
            by(2, Kind::Done),
        ] {
            progress.take(entry);
        }
        let lesson = progress.lesson("course", "3.1").unwrap();
        assert!(lesson.finished && lesson.open().is_none());
    }

    #[test]
    fn torn_and_later_lines_are_counted_and_skipped() {
        let mut progress = Progress::default();
        progress.add("{\"v\":1,\"kind\":\"li");
        progress.add("{\"v\":7,\"kind\":\"dream\",\"at\":1}");
        assert_eq!((progress.unread, progress.later), (1, 1));
    }

    #[test]
    fn a_streak_counts_days_in_a_row() {
        let progress = Progress {
            days: BTreeSet::from([10, 11, 13, 14]),
            ..Progress::default()
        };
        assert_eq!(
            (
                progress.streak(14),
                progress.streak(15),
                progress.streak(16)
            ),
            (2, 2, 0)
        );
    }
}
