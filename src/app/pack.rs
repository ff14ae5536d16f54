//! `pack new`: a pack to begin with.

use std::{fs, io, path::Path};

use crate::error::{AppError, ErrorKind};
use crate::lesson::SCAFFOLD;

use super::End;

/// Writes the files of a new pack into a folder that is empty or not there yet.
pub fn new(dir: &Path) -> Result<End, AppError> {
    let failed = |error: io::Error| {
        AppError::new(
            ErrorKind::File,
            format!("{} cannot be made: {error}", dir.display()),
        )
        .hint("name a folder that you may write to")
    };
    if fs::read_dir(dir).is_ok_and(|mut files| files.next().is_some()) {
        return Err(
            AppError::new(ErrorKind::File, format!("{} is not empty", dir.display()))
                .hint("name a new folder"),
        );
    }
    fs::create_dir_all(dir).map_err(failed)?;
    for file in SCAFFOLD {
        fs::write(dir.join(file.name), file.text).map_err(failed)?;
    }
    let path = dir.display();
    let (check, learn) = (
        format!("rediscover pack check {path}"),
        format!("rediscover --pack {path} learn 1.1"),
    );
    let width = learn.chars().count() + 3;
    super::shell::tell(&format!(
        "made {path} with one lesson, 1.1.toml\n\n  {check:width$}checks it\n  {learn:width$}plays it\n"
    ))?;
    Ok(End::Done)
}
