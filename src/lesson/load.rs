//! Where packs come from: the binary itself, or a folder. The only place that reads files of lessons.

use std::{
    borrow::Cow,
    cell::RefCell,
    fmt, fs, io,
    path::{Path, PathBuf},
    rc::Rc,
};

use include_dir::{Dir, include_dir};

use crate::engine::commands;

use super::{
    Lesson, Pack, Problem, Route, parse,
    problem::SourceText,
    read::{Sink, TableReader},
    translate::{self, Refreshed},
    validate,
};

/// The course that is built into the binary.
static COURSE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/lessons/course");

/// A lesson of a megabyte is no lesson.
const LARGEST: u64 = 1 << 20;

/// Where a pack lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// In the binary.
    BuiltIn,
    /// In a folder.
    Folder(PathBuf),
}

/// Why a file of a pack could not be had at all; problems of its content are [`Problem`]s.
#[derive(Debug)]
pub enum LoadError {
    /// There is no such folder or file.
    Missing(PathBuf),
    /// It is a file, not a folder.
    NoFolder(PathBuf),
    /// The folder is there, but it is no pack.
    NoPack(PathBuf),
    /// It could not be read.
    Unreadable(PathBuf, io::Error),
    /// It is larger than any lesson.
    TooLarge(PathBuf, u64),
    /// It is no text.
    NotText(PathBuf),
    /// The pack has no such lesson or unit.
    NoSuchLesson {
        /// What was asked for.
        asked: String,
        /// A near name.
        near: Option<String>,
    },
    /// Its content has problems that forbid playing it.
    Refused(Vec<Problem>),
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LoadError::Missing(path) => write!(f, "there is no {}", path.display()),
            LoadError::NoFolder(path) => {
                write!(f, "{} is a file, and a pack is a folder", path.display())
            }
            LoadError::NoPack(path) => {
                write!(f, "{} is no pack: it has no pack.toml", path.display())
            }
            LoadError::Unreadable(path, error) => {
                write!(f, "{} cannot be read: {error}", path.display())
            }
            LoadError::TooLarge(path, size) => {
                write!(
                    f,
                    "{} has {size} bytes; a file of a pack has at most {LARGEST}",
                    path.display()
                )
            }
            LoadError::NotText(path) => write!(f, "{} is not UTF-8 text", path.display()),
            LoadError::NoSuchLesson {
                asked,
                near: Some(near),
            } => {
                write!(
                    f,
                    "there is no lesson or unit `{asked}`; did you mean `{near}`?"
                )
            }
            LoadError::NoSuchLesson { asked, near: None } => {
                write!(f, "there is no lesson or unit `{asked}`")?;
                match commands::absent(asked.to_lowercase().as_bytes()) {
                    Some(absent) => write!(
                        f,
                        ": it is a real command of Redis ({}), but this program does not have it",
                        absent.group
                    ),
                    None => Ok(()),
                }
            }
            LoadError::Refused(problems) => {
                f.write_str(super::render_problems(problems, false).trim_end())
            }
        }
    }
}

impl std::error::Error for LoadError {}

impl Source {
    /// The text of a file of the pack; none when there is no such file.
    fn read(&self, name: &str) -> Result<Option<Cow<'static, str>>, LoadError> {
        match self {
            Source::BuiltIn => Ok(COURSE
                .get_file(name)
                .and_then(|file| file.contents_utf8())
                .map(Cow::Borrowed)),
            Source::Folder(folder) => {
                read_file(&folder.join(name)).map(|text| text.map(Cow::Owned))
            }
        }
    }

    /// A file's name as problems show it.
    fn shown(&self, name: &str) -> String {
        match self {
            Source::BuiltIn => format!("lessons/course/{name}"),
            Source::Folder(folder) => folder.join(name).display().to_string(),
        }
    }
}

fn read_file(path: &Path) -> Result<Option<String>, LoadError> {
    let unreadable = |error| LoadError::Unreadable(path.to_owned(), error);
    let metadata = match fs::metadata(path) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(unreadable(error)),
    };
    if metadata.len() > LARGEST {
        return Err(LoadError::TooLarge(path.to_owned(), metadata.len()));
    }
    let bytes = fs::read(path).map_err(unreadable)?;
    String::from_utf8(bytes)
        .map(Some)
        .map_err(|_| LoadError::NotText(path.to_owned()))
}

/// An opened pack: its table of contents. Lessons are read when they are asked for, so that starting costs nothing.
#[derive(Debug)]
pub struct Library {
    source: Source,
    language: String,
    /// The table of contents, in the learner's language.
    pub pack: Pack,
    problems: Vec<Problem>,
    /// The place of the route that is followed.
    route: Option<usize>,
    read: RefCell<Vec<(String, Rc<Lesson>)>>,
}

impl Library {
    /// Opens a pack in a language; texts that are missing in it stay in the pack's own.
    pub fn open(source: Source, language: &str) -> Result<Library, LoadError> {
        if let Source::Folder(folder) = &source
            && !folder.is_dir()
        {
            return Err(if folder.exists() {
                LoadError::NoFolder(folder.clone())
            } else {
                LoadError::Missing(folder.clone())
            });
        }
        let Some(text) = source.read("pack.toml")? else {
            return Err(match &source {
                Source::Folder(folder) => LoadError::NoPack(folder.clone()),
                Source::BuiltIn => LoadError::NoPack(PathBuf::from("lessons/course")),
            });
        };
        let (mut pack, mut problems) = parse_file(&source, "pack.toml", &text, parse::pack);
        if language != pack.language
            && let Some(text) = source.read(&format!("pack.{language}.toml"))?
        {
            let name = format!("pack.{language}.toml");
            let ((), more) = parse_file(&source, &name, &text, |root| {
                translate::pack(root, &mut pack);
            });
            problems.extend(more);
        }
        Ok(Library {
            source,
            language: language.to_owned(),
            pack,
            problems,
            route: None,
            read: RefCell::default(),
        })
    }

    /// What is wrong with the table of contents.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// The language that texts are in.
    #[must_use]
    pub fn language(&self) -> &str {
        &self.language
    }

    /// A file of the pack as problems show it, when it can be read.
    #[must_use]
    pub fn source_text(&self, name: &str) -> Option<SourceText> {
        self.file(name).ok().flatten()
    }

    /// Where the pack lies.
    #[must_use]
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// The ids of all lessons, in order.
    pub fn lessons(&self) -> impl Iterator<Item = &str> {
        self.pack
            .units
            .iter()
            .flat_map(|unit| &unit.lessons)
            .map(String::as_str)
    }

    /// Follows a route from here on, or none; `false` when the pack has no such route.
    pub fn follow(&mut self, route: Option<&str>) -> bool {
        let named = |id: &str| self.pack.routes.iter().position(|route| route.id == id);
        match route.map(named) {
            Some(None) => return false,
            Some(found) => self.route = found,
            None => self.route = None,
        }
        true
    }

    /// The route that is followed, if there is one.
    #[must_use]
    pub fn route(&self) -> Option<&Route> {
        self.pack.routes.get(self.route?)
    }

    /// The ids of the lessons on the way: those of the route, or all.
    #[must_use]
    pub fn path(&self) -> Vec<&str> {
        match self.route() {
            Some(route) => route.lessons.iter().map(String::as_str).collect(),
            None => self.lessons().collect(),
        }
    }

    /// The id of the lesson after this one: on the route, if it is on it.
    #[must_use]
    pub fn next(&self, id: &str) -> Option<&str> {
        let path = self.path();
        match path.iter().position(|lesson| *lesson == id) {
            Some(at) => path.get(at + 1).copied(),
            None => self.lessons().skip_while(|lesson| *lesson != id).nth(1),
        }
    }

    /// A lesson that can be played. One with errors is refused with all its problems; the others stay playable.
    pub fn lesson(&self, id: &str) -> Result<Rc<Lesson>, LoadError> {
        if let Some((_, lesson)) = self.read.borrow().iter().find(|(read, _)| read == id) {
            return Ok(Rc::clone(lesson));
        }
        let (lesson, problems) = self.read_lesson(id)?;
        let errors: Vec<Problem> = problems
            .into_iter()
            .filter(|problem| problem.severity == super::Severity::Error)
            .collect();
        if !errors.is_empty() {
            return Err(LoadError::Refused(errors));
        }
        let lesson = Rc::new(lesson);
        self.read
            .borrow_mut()
            .push((id.to_owned(), Rc::clone(&lesson)));
        Ok(lesson)
    }

    /// A lesson for a look: one that was not read yet is not kept either, so that looking through all costs no memory.
    pub(super) fn peek(&self, id: &str) -> Option<Rc<Lesson>> {
        let kept = self.read.borrow();
        if let Some((_, lesson)) = kept.iter().find(|(read, _)| read == id) {
            return Some(Rc::clone(lesson));
        }
        self.read_lesson(id).ok().map(|(lesson, _)| Rc::new(lesson))
    }

    /// Reads a lesson and everything that is wrong with it.
    pub fn read_lesson(&self, id: &str) -> Result<(Lesson, Vec<Problem>), LoadError> {
        let no_such = || LoadError::NoSuchLesson {
            asked: id.to_owned(),
            near: None,
        };
        if !parse::is_file_name(id) {
            return Err(no_such());
        }
        let name = format!("{id}.toml");
        let Some(text) = self.source.read(&name)? else {
            return Err(match &self.source {
                Source::BuiltIn => no_such(),
                Source::Folder(folder) => LoadError::Missing(folder.join(&name)),
            });
        };
        let (mut lesson, mut problems) = parse_file(&self.source, &name, &text, |root| {
            let lesson = parse::lesson(root);
            validate::lesson(&lesson, root);
            lesson
        });
        if self.language != self.pack.language {
            problems.extend(self.translate(id, &mut lesson)?);
        }
        Ok((lesson, problems))
    }

    /// Brings the translation of a lesson up to date, or that of the table of contents where `id` is none. Nothing is
    /// written; the text that is to be written is handed back. Refused where the original or the translation has
    /// errors that something of it would be lost by.
    pub fn refresh(&self, id: Option<&str>, language: &str) -> Result<Refreshed, LoadError> {
        let (source, lesson) = self.original(id)?;
        let name = format!("{}.{language}.toml", id.unwrap_or("pack"));
        let old = self.file(&name)?;
        let original = translate::Original {
            source: &source,
            lesson: lesson.as_ref(),
        };
        translate::refresh(original, old, language).map_err(LoadError::Refused)
    }

    /// What the translation of a lesson into the language lacks or says differently; that of the table of contents
    /// where `id` is none. Nothing where there is no such file.
    pub fn compare(&self, id: Option<&str>, language: &str) -> Result<Vec<Problem>, LoadError> {
        let name = format!("{}.{language}.toml", id.unwrap_or("pack"));
        let Some(translation) = self.file(&name)? else {
            return Ok(Vec::new());
        };
        let (source, lesson) = self.original(id)?;
        let original = translate::Original {
            source: &source,
            lesson: lesson.as_ref(),
        };
        Ok(translate::compare(original, translation, language))
    }

    /// A file in the pack's own language, and the lesson that was read of it.
    fn original(&self, id: Option<&str>) -> Result<(SourceText, Option<Lesson>), LoadError> {
        let name = format!("{}.toml", id.unwrap_or("pack"));
        let missing = || LoadError::Missing(PathBuf::from(self.source.shown(&name)));
        let source = self.file(&name)?.ok_or_else(missing)?;
        if id.is_none() {
            return Ok((source, None));
        }
        let (lesson, problems) = parse_file(&self.source, &name, &source.text, parse::lesson);
        let is_error = |problem: &Problem| problem.severity == super::Severity::Error;
        let errors: Vec<Problem> = problems.into_iter().filter(is_error).collect();
        if errors.is_empty() {
            Ok((source, Some(lesson)))
        } else {
            Err(LoadError::Refused(errors))
        }
    }

    /// A file of the pack; none when there is no such file.
    fn file(&self, name: &str) -> Result<Option<SourceText>, LoadError> {
        let text = self.source.read(name)?;
        Ok(text.map(|text| SourceText {
            name: self.source.shown(name),
            text: text.into_owned(),
        }))
    }

    /// Whether there is a translation of a lesson into a language; of the table of contents where `id` is none.
    #[must_use]
    pub fn is_translated(&self, id: Option<&str>, language: &str) -> bool {
        let name = format!("{}.{language}.toml", id.unwrap_or("pack"));
        self.source.read(&name).is_ok_and(|text| text.is_some())
    }

    fn translate(&self, id: &str, lesson: &mut Lesson) -> Result<Vec<Problem>, LoadError> {
        let name = format!("{id}.{}.toml", self.language);
        let Some(text) = self.source.read(&name)? else {
            return Ok(Vec::new());
        };
        let ((), problems) = parse_file(&self.source, &name, &text, |root| {
            translate::lesson(root, lesson);
        });
        Ok(problems)
    }

    /// The units' titles in all languages of the pack, each with its unit's id.
    pub(super) fn titles(&self) -> Vec<(String, String)> {
        let Ok(Some(text)) = self.source.read("pack.toml") else {
            return Vec::new();
        };
        let (own, _) = parse_file(&self.source, "pack.toml", &text, parse::pack);
        let mut titles = Vec::new();
        for language in &self.pack.languages {
            let mut pack = own.clone();
            let name = format!("pack.{language}.toml");
            if let Ok(Some(text)) = self.source.read(&name) {
                parse_file(&self.source, &name, &text, |root| {
                    translate::pack(root, &mut pack);
                });
            }
            titles.extend(pack.units.into_iter().map(|unit| (unit.id, unit.title)));
        }
        titles
    }
}

/// Parses one file of a pack with `read`, and collects its problems.
fn parse_file<T>(
    source: &Source,
    name: &str,
    text: &str,
    read: impl FnOnce(&TableReader<'_>) -> T,
) -> (T, Vec<Problem>) {
    let sink = Sink::new(Rc::new(SourceText {
        name: source.shown(name),
        text: text.to_owned(),
    }));
    let table = parse::document(text, &sink);
    let root = TableReader::new(table.get_ref(), 0..text.len(), &sink);
    let result = read(&root);
    root.finish();
    drop(table);
    (result, sink.into_problems())
}
