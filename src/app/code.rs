//! `:code FILE`: a lesson's program, written to a file of the learner's choice.

use std::{
    env, fs,
    io::ErrorKind,
    path::{Path, PathBuf, absolute},
};

use crate::lesson::fingerprint;
use crate::tutor::{Notice, PROGRAM_HEADER, Unwritten};
use crate::view;

/// Writes a program to a file that is new, or that a lesson wrote and nobody has changed.
pub fn write(file: &str, text: &str, whole: bool) -> Notice {
    let path = at_home(file);
    let place = shown(&path);
    match put(&path, text) {
        Ok(()) => Notice::Written { file: place, whole },
        Err(why) => Notice::NotWritten { file: place, why },
    }
}

/// What a shell makes of a name: `~` is the home of whoever types it.
fn at_home(file: &str) -> PathBuf {
    let behind = file
        .strip_prefix('~')
        .and_then(|rest| rest.strip_prefix(['/', '\\']));
    match behind.zip(env::home_dir()) {
        Some((behind, home)) => home.join(behind),
        None => PathBuf::from(file),
    }
}

/// A file with its whole path: the second terminal may be in another folder.
fn shown(path: &Path) -> String {
    let path = absolute(path).unwrap_or_else(|_| path.to_owned());
    path.display().to_string()
}

fn put(path: &Path, text: &str) -> Result<(), Unwritten> {
    if path.is_dir() {
        return Err(Unwritten::IsFolder);
    }
    if let Some(module) = hidden_module(path) {
        return Err(Unwritten::Hides(module.to_owned()));
    }
    if let Some(folder) = missing_folder(path) {
        return Err(Unwritten::NoFolder(shown(folder)));
    }
    if !may_write(path) {
        return Err(Unwritten::IsAnother);
    }
    fs::write(path, marked(&view::source_file(text))).map_err(|error| {
        if error.kind() == ErrorKind::PermissionDenied {
            return Unwritten::Denied;
        }
        let error = error.to_string();
        let reason = error.split(" (os error").next().unwrap_or_default();
        Unwritten::Failed(reason.to_owned())
    })
}

/// The module that programs of the lessons need and Python would not find any more: it looks in the program's folder first.
fn hidden_module(path: &Path) -> Option<&str> {
    const NEEDED: [&str; 14] = [
        "asyncio",
        "copy",
        "datetime",
        "json",
        "logging",
        "queue",
        "random",
        "redis",
        "socket",
        "string",
        "threading",
        "time",
        "types",
        "uuid",
    ];
    let name = path.file_name()?.to_str()?.strip_suffix(".py")?;
    NEEDED.contains(&name).then_some(name)
}

/// The folder that a file is to lie in, where there is none.
fn missing_folder(path: &Path) -> Option<&Path> {
    let is_folder = path.as_os_str().as_encoded_bytes().ends_with(b"/");
    let folder = if is_folder { path } else { path.parent()? };
    (!folder.as_os_str().is_empty() && !folder.is_dir()).then_some(folder)
}

/// A program whose first line tells what stands beneath it.
fn marked(program: &str) -> String {
    let (title, code) = program.split_once('\n').unwrap_or((program, ""));
    format!("{title} {}\n{code}", fingerprint(code))
}

/// Whether there is nothing under this name, or a program as a lesson wrote it. What cannot be read is left alone.
fn may_write(path: &Path) -> bool {
    let Ok(metadata) = fs::metadata(path) else {
        return fs::symlink_metadata(path).is_err();
    };
    let is_unchanged = |program: String| {
        let (title, code) = program.split_once('\n').unwrap_or((&program, ""));
        title.starts_with(PROGRAM_HEADER) && title.ends_with(&fingerprint(code))
    };
    metadata.is_file() && fs::read_to_string(path).is_ok_and(is_unchanged)
}
