//! The journal's file: read as a whole at the start, then only appended to, under a lock, a line in one write.
//!
//! A line that cannot be written (a full disk) waits in memory with all that follow it, and is tried again with the
//! next one: when there is room again, nothing is missing and nothing stands there twice.

use std::{
    collections::VecDeque,
    fmt,
    fs::{self, File, OpenOptions},
    io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

use etcetera::{BaseStrategy, choose_base_strategy};

use super::{Entry, Progress, VERSION};

/// Why the journal cannot be read or written, with its path.
#[derive(Debug)]
pub struct StoreError {
    /// The file.
    pub path: PathBuf,
    /// Whether it was to be written.
    pub writing: bool,
    /// The system's reason.
    pub source: io::Error,
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = if self.writing { "written" } else { "read" };
        write!(
            f,
            "the journal {} cannot be {what}: {}",
            self.path.display(),
            self.source
        )
    }
}

impl std::error::Error for StoreError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}

/// Where a learner's journal lies: the platform's state folder.
#[must_use]
pub fn default_path() -> Option<PathBuf> {
    let strategy = choose_base_strategy().ok()?;
    let folder = strategy.state_dir().unwrap_or_else(|| strategy.data_dir());
    Some(folder.join("rediscover").join("journal.jsonl"))
}

/// An opened journal. Without a file it keeps nothing, and everything else goes on as usual.
#[derive(Debug, Default)]
pub struct Journal {
    file: Option<(PathBuf, File)>,
    /// Lines that are not in the file yet, oldest first; empty unless the last attempt to write failed.
    waiting: VecDeque<String>,
}

/// So many lines wait for room; then the journal is given up.
const MOST_WAITING: usize = 10_000;

/// The longest line that is read; a longer one is none of ours.
const LONGEST: u64 = 1 << 20;

impl Journal {
    /// A journal that keeps nothing.
    #[must_use]
    pub fn none() -> Journal {
        Journal::default()
    }

    /// Reads what a journal comes to, and opens it for more. A missing file is made, with its folder.
    pub fn open(path: &Path) -> Result<(Journal, Progress), StoreError> {
        let failed = |writing: bool| {
            move |source| StoreError {
                path: path.to_owned(),
                writing,
                source,
            }
        };
        let progress = match File::open(path) {
            Ok(file) => read(&file).map_err(failed(false))?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Progress::default(),
            Err(error) => return Err(failed(false)(error)),
        };
        let file = open_for_append(path);
        match file {
            Ok(file) => Ok((
                Journal {
                    file: Some((path.to_owned(), file)),
                    waiting: VecDeque::new(),
                },
                progress,
            )),
            // What is there can still be read: progress is shown, and new progress is not kept.
            Err(source) => Err(StoreError {
                path: path.to_owned(),
                writing: true,
                source,
            }),
        }
    }

    /// Reads what a journal comes to, without opening it for more.
    pub fn read(path: &Path) -> Result<Progress, StoreError> {
        match File::open(path) {
            Ok(file) => read(&file).map_err(|source| StoreError {
                path: path.to_owned(),
                writing: false,
                source,
            }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Progress::default()),
            Err(source) => Err(StoreError {
                path: path.to_owned(),
                writing: false,
                source,
            }),
        }
    }

    /// Appends an entry. When this returns, a killed process loses nothing of it; [`Journal::sync`] makes that true of
    /// a lost machine too. After an error the entry waits, and is written before the next one.
    pub fn append(&mut self, mut entry: Entry) -> Result<(), StoreError> {
        let Some((path, file)) = &mut self.file else {
            return Ok(());
        };
        entry.v = VERSION;
        let mut line = serde_json::to_string(&entry).expect("an entry is plain data");
        line.push('\n');
        self.waiting.push_back(line);
        while let Some(line) = self.waiting.front() {
            if let Err(source) = write_line(file, line) {
                let path = path.clone();
                if self.waiting.len() >= MOST_WAITING {
                    *self = Journal::none();
                }
                return Err(StoreError {
                    path,
                    writing: true,
                    source,
                });
            }
            self.waiting.pop_front();
        }
        Ok(())
    }

    /// Whether there is a file to keep entries in.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.file.is_some()
    }

    /// Whether lines wait for room.
    #[must_use]
    pub fn is_behind(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// Makes sure that what was appended is on the disk.
    pub fn sync(&mut self) -> Result<(), StoreError> {
        let Some((path, file)) = &self.file else {
            return Ok(());
        };
        file.sync_data()
            .or_else(no_disk)
            .map_err(|source| StoreError {
                path: path.clone(),
                writing: true,
                source,
            })
    }
}

/// Pipes and devices cannot be synchronised, and need not be.
fn no_disk(error: io::Error) -> io::Result<()> {
    if error.kind() == io::ErrorKind::InvalidInput {
        Ok(())
    } else {
        Err(error)
    }
}

fn read(file: &File) -> io::Result<Progress> {
    let mut progress = Progress::default();
    // A device may never end.
    if !file.metadata()?.is_file() {
        return Ok(progress);
    }
    let mut reader = BufReader::new(file);
    let mut line = Vec::new();
    loop {
        line.clear();
        if reader.by_ref().take(LONGEST).read_until(b'\n', &mut line)? == 0 {
            return Ok(progress);
        }
        let text = String::from_utf8_lossy(&line);
        if !text.trim().is_empty() {
            progress.add(text.trim());
        }
    }
}

fn open_for_append(path: &Path) -> io::Result<File> {
    if let Some(folder) = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    {
        fs::create_dir_all(folder)?;
    }
    let mut options = OpenOptions::new();
    options.read(true).append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Writes a line in one piece while no other terminal writes; a line that a crash has torn is ended first. When the
/// disk takes only a part of the line, that part is taken back.
fn write_line(file: &mut File, line: &str) -> io::Result<()> {
    let locked = file.lock().is_ok();
    let result = torn(file).and_then(|torn| {
        let text = if torn {
            format!("\n{line}")
        } else {
            line.to_owned()
        };
        let length = file.metadata()?.len();
        file.write_all(text.as_bytes()).inspect_err(|_| {
            // Where this fails too, the next line ends the torn one.
            if locked {
                let _ = file.set_len(length);
            }
        })
    });
    if locked {
        let _ = file.unlock();
    }
    result
}

/// Whether the file ends within a line.
fn torn(file: &mut File) -> io::Result<bool> {
    if file.metadata()?.len() == 0 {
        return Ok(false);
    }
    file.seek(SeekFrom::End(-1))?;
    let mut last = [0];
    Ok(file.read(&mut last)? == 1 && last != *b"\n")
}
