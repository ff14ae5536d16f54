//! `pack translate`: the translation files of a pack, written or brought up to date.

use std::{
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use crate::cli::Global;
use crate::error::{AppError, ErrorKind};
use crate::lesson::{Library, LoadError, Refreshed, Source};

use super::{End, check::counted, shell};

/// Brings every file of a language up to date. Nothing is written before everything has been read.
pub fn translate(global: &Global, language: &str, dir: Option<&Path>) -> Result<End, AppError> {
    let dir = dir.or(global.pack.as_deref()).unwrap_or(Path::new("."));
    let library = open(dir)?;
    refuse(&library, language, dir)?;
    let mut totals = Totals::default();
    let (mut written, mut up_to_date) = (Vec::new(), 0);
    let mut refused = Vec::new();
    for id in files(&library) {
        let path = dir.join(format!("{}.{language}.toml", id.unwrap_or("pack")));
        match library.refresh(id, language) {
            Ok(refreshed) => {
                totals.add(&refreshed);
                match refreshed.text {
                    Some(_) => written.push((path, refreshed)),
                    None => up_to_date += 1,
                }
            }
            Err(LoadError::Refused(problems)) => refused.extend(problems),
            Err(error) => return Err(unread(error)),
        }
    }
    for (path, refreshed) in &written {
        write(path, refreshed.text.as_deref().unwrap_or_default())?;
        shell::tell(&told(path, refreshed))?;
    }
    let files = counted(written.len(), "file");
    shell::tell(&format!("{files} written, {up_to_date} up to date\n"))?;
    let style = shell::style(global);
    shell::tell(&crate::view::render_problems(&refused, &style))?;
    if !refused.is_empty() {
        let problems = counted(refused.len(), "problem");
        shell::tell(&format!("{problems} kept files from being translated\n"))?;
    }
    shell::tell(&next(&library, language, dir, &totals))?;
    Ok(if refused.is_empty() {
        End::Done
    } else {
        End::NotPassed
    })
}

/// Opens a pack in its own language.
fn open(dir: &Path) -> Result<Library, AppError> {
    let source = Source::Folder(dir.to_owned());
    let library = Library::open(source.clone(), "")?;
    let own = library.pack.language.clone();
    Ok(Library::open(source, &own)?)
}

/// A lesson that is not there is another thing than a pack that is not.
fn unread(error: LoadError) -> AppError {
    match error {
        LoadError::Missing(_) => AppError::new(ErrorKind::NotFound, error.to_string())
            .hint("write that lesson, or take its id out of pack.toml"),
        error => error.into(),
    }
}

/// Refuses what would overwrite a lesson.
fn refuse(library: &Library, language: &str, dir: &Path) -> Result<(), AppError> {
    let dir = dir.display();
    if language.eq_ignore_ascii_case(&library.pack.language) {
        let message = format!("{dir} is written in `{language}` itself");
        return Err(
            AppError::new(ErrorKind::Content, message).hint("name the language to translate into")
        );
    }
    let errors = library.problems().iter();
    let mut errors = errors.filter(|problem| problem.severity == crate::lesson::Severity::Error);
    if let Some(problem) = errors.next() {
        let text = crate::lesson::render_problems(std::slice::from_ref(problem), false);
        return Err(AppError::new(ErrorKind::Content, text.trim_end())
            .hint(format!("`rediscover pack check {dir}` shows everything")));
    }
    let is_lesson = |name: &str| library.lessons().any(|id| id == name);
    let mut names = files(library)
        .into_iter()
        .map(|id| format!("{}.{language}", id.unwrap_or("pack")));
    if let Some(name) = names.find(|name| is_lesson(name)) {
        let message = format!("{dir}/{name}.toml is a lesson, and would be overwritten");
        return Err(AppError::new(ErrorKind::Content, message)
            .hint("give that lesson another id, without the language at its end"));
    }
    Ok(())
}

/// The lessons of a pack, each once, behind its table of contents.
fn files(library: &Library) -> Vec<Option<&str>> {
    let mut files = vec![None];
    for id in library.lessons() {
        if !files.contains(&Some(id)) {
            files.push(Some(id));
        }
    }
    files
}

/// Puts a text into a file at once: whoever reads it, or pulls the plug, finds the old text or the new one.
fn write(path: &Path, text: &str) -> Result<(), AppError> {
    let failed = |error: io::Error| {
        let message = format!("{} cannot be written: {error}", path.display());
        AppError::new(ErrorKind::File, message)
            .hint("make the folder writable, or copy the pack to one that is")
    };
    // A link stays one.
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let mut name = target.clone().into_os_string();
    name.push(format!(".{}.tmp", std::process::id()));
    let temporary = PathBuf::from(name);
    let permissions_of = |path: &Path| fs::metadata(path).map(|data| data.permissions());
    let permissions = permissions_of(&target);
    // On Windows a folder's mark says how it is shown.
    let folder = target.parent().filter(|_| cfg!(unix)).map(permissions_of);
    // A file without a mark to write it is not replaced, although its folder would let it be.
    let mut marks = permissions.iter().chain(folder.iter().flatten());
    if marks.any(fs::Permissions::readonly) {
        return Err(failed(io::Error::from(io::ErrorKind::PermissionDenied)));
    }
    let write = || {
        let mut file = fs::File::create(&temporary)?;
        file.write_all(text.as_bytes())?;
        if let Ok(permissions) = permissions {
            file.set_permissions(permissions)?;
        }
        // On Windows only who may write to a file may have it written out.
        file.sync_all()?;
        drop(file);
        fs::rename(&temporary, &target)
    };
    write().map_err(|error| {
        let _ = fs::remove_file(&temporary);
        failed(error)
    })
}

/// What has become of a file: its counts, and what it lost.
fn told(path: &Path, refreshed: &Refreshed) -> String {
    let path = path.display();
    let Refreshed {
        kept,
        outdated,
        missing,
        ..
    } = refreshed;
    let mut text = format!("{path}: {kept} kept, {outdated} outdated, {missing} missing\n");
    for dropped in &refreshed.dropped {
        let (line, what) = (dropped.line, &dropped.what);
        let said = crate::view::printable(&dropped.text);
        text.push_str(&format!(
            "  dropped, was at {path}:{line}: {what}: {said}\n"
        ));
    }
    text
}

/// The texts of all files.
#[derive(Debug, Default)]
struct Totals {
    outdated: usize,
    missing: usize,
}

impl Totals {
    fn add(&mut self, refreshed: &Refreshed) {
        self.outdated += refreshed.outdated;
        self.missing += refreshed.missing;
    }
}

/// What is to be done next.
fn next(library: &Library, language: &str, dir: &Path, totals: &Totals) -> String {
    let mut steps = Vec::new();
    if totals.missing > 0 {
        let texts = counted(totals.missing, "text");
        steps.push(format!(
            "{texts} to translate, behind `#? `: put the translation in its place and take the mark away"
        ));
    }
    if totals.outdated > 0 {
        let texts = counted(totals.outdated, "text");
        steps.push(format!(
            "{texts} changed, behind `#! `: mend the translation beneath, and put the fingerprint into its `of`"
        ));
    }
    let dir = dir.display();
    if !library.pack.languages.iter().any(|known| known == language) {
        let mut languages = library.pack.languages.clone();
        languages.push(language.to_owned());
        let languages: Vec<String> = languages.iter().map(|tag| format!("\"{tag}\"")).collect();
        let languages = languages.join(", ");
        steps.push(format!(
            "write languages = [{languages}] in {dir}/pack.toml, that `pack check` looks at the files"
        ));
    }
    if steps.is_empty() {
        return String::new();
    }
    steps.push(format!("rediscover pack check {dir} shows what is left"));
    let steps: String = steps.iter().map(|step| format!("  {step}\n")).collect();
    format!("\nnext:\n{steps}")
}
