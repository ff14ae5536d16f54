//! What a learner means by a name: a lesson, a unit, or a command that a lesson teaches.

use crate::engine::commands;

use super::{Lesson, Library, LoadError, problem::nearest};

/// What a name such as `3.1`, `lists` or `LMPOP` leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A lesson, by id.
    Lesson(String),
    /// The lessons of a unit, by the unit's id.
    Unit(String),
}

impl Library {
    /// Finds what a learner means: a lesson's or unit's id or slug, a unit's title, a command, which leads to the lesson
    /// that teaches it, or a part of a unit's title, singular or plural (`list`, `keys`). Titles count in every language
    /// of the pack.
    pub fn find(&self, what: &str) -> Result<Target, LoadError> {
        let asked = what.trim().to_lowercase();
        if let Some(id) = self.lessons().find(|id| *id == asked) {
            return Ok(Target::Lesson(id.to_owned()));
        }
        if let Some(unit) = self.unit_called(&asked) {
            return Ok(Target::Unit(unit));
        }
        if let Some(id) = self.teaching(&asked) {
            return Ok(Target::Lesson(id));
        }
        if let Some(unit) = self.unit_about(&asked) {
            return Ok(Target::Unit(unit));
        }
        Err(LoadError::NoSuchLesson {
            asked: what.to_owned(),
            near: self.near(&asked),
        })
    }

    fn unit_called(&self, asked: &str) -> Option<String> {
        let own = self.pack.units.iter();
        let own = own.flat_map(|unit| [&unit.id, &unit.slug, &unit.title].map(|name| (unit, name)));
        let found = own
            .filter(|(_, name)| is_name(name, asked))
            .map(|(unit, _)| unit.id.clone())
            .next();
        let titles = || self.titles().into_iter();
        found.or_else(|| {
            let found = titles().find(|(_, title)| is_name(title, asked));
            found.map(|(id, _)| id)
        })
    }

    fn unit_about(&self, asked: &str) -> Option<String> {
        let asked = singular(asked);
        let units = self.pack.units.iter();
        let slugs = units.map(|unit| (unit.id.clone(), unit.slug.clone()));
        let mut names = slugs.chain(self.titles());
        let about = |name: &str| parts(name).any(|part| singular(&part) == asked);
        names.find(|(_, name)| about(name)).map(|(id, _)| id)
    }

    /// The first lesson that teaches a command, or has this slug.
    #[must_use]
    pub fn teaching(&self, asked: &str) -> Option<String> {
        let asked = asked.replace(['-', '_', '|'], " ").to_uppercase();
        let teaches = |lesson: &Lesson| {
            lesson.slug.replace('-', " ").to_uppercase() == asked
                || lesson
                    .steps
                    .iter()
                    .flat_map(|step| &step.teach)
                    .any(|name| *name == asked)
        };
        let found = self
            .lessons()
            .find(|id| self.peek(id).is_some_and(|lesson| teaches(&lesson)));
        found.map(str::to_owned)
    }

    /// The lessons that teach a command, or one of its options: their ids and titles, in order.
    #[must_use]
    pub fn teachers(&self, command: &str) -> Vec<(String, String)> {
        let names = |taught: &str| {
            let rest = taught.strip_prefix(command);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        };
        let teaches = |lesson: &Lesson| {
            let mut taught = lesson.steps.iter().flat_map(|step| &step.teach);
            taught.any(|taught| names(taught))
        };
        self.lessons()
            .filter_map(|id| self.peek(id))
            .filter(|lesson| teaches(lesson))
            .map(|lesson| (lesson.id.clone(), lesson.title.clone()))
            .collect()
    }

    fn near(&self, asked: &str) -> Option<String> {
        let units = self.pack.units.iter().map(|unit| unit.slug.as_str());
        // A real command that the engine lacks is no typo.
        if commands::absent(asked.as_bytes()).is_some() {
            return None;
        }
        let command = || {
            let near = nearest(asked, commands::all().iter().map(|row| row.name))?;
            self.teaching(near).map(|_| near.to_uppercase())
        };
        nearest(asked, units.chain(self.lessons()))
            .map(str::to_owned)
            .or_else(command)
    }
}

fn is_name(name: &str, asked: &str) -> bool {
    let name = name.to_lowercase();
    name == asked || name.replace(' ', "-") == asked
}

/// What a title names one by one: `strings` and `keys`.
fn parts(title: &str) -> impl Iterator<Item = String> {
    let spaced = title
        .to_lowercase()
        .replace(['与', '和', '、', '，', ','], " and ");
    let parts: Vec<String> = spaced
        .split(" and ")
        .map(|part| part.trim().to_owned())
        .filter(|part| !part.is_empty())
        .collect();
    parts.into_iter()
}

/// An English word without the ending of its plural.
fn singular(word: &str) -> String {
    let word = word.replace('-', " ");
    let stem = ["sh", "ch", "x", "ss"].iter().find_map(|end| {
        word.strip_suffix(&format!("{end}es"))
            .map(|stem| format!("{stem}{end}"))
    });
    stem.unwrap_or_else(|| word.strip_suffix('s').unwrap_or(&word).to_owned())
}
