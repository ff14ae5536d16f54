//! A home to run the binary in, and what came out of it.

use std::{
    io::Write,
    path::PathBuf,
    process::{Command, Output, Stdio},
};

use serde_json::Value;

/// A home of its own, without a terminal, in English.
pub struct Home {
    folder: tempfile::TempDir,
}

impl Home {
    pub fn new() -> Home {
        Home {
            folder: tempfile::tempdir().expect("a temporary folder"),
        }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rediscover"));
        command
            .args(args)
            .env_clear()
            .env("HOME", self.folder.path())
            .env("XDG_STATE_HOME", self.path("state"))
            // The same on Windows, where no program runs without its system's folder.
            .env("APPDATA", self.path("state"))
            .env("LOCALAPPDATA", self.path("state"))
            .envs(std::env::var("SystemRoot").map(|root| ("SystemRoot", root)))
            .env("LANG", "C.UTF-8")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    pub fn run(&self, args: &[&str], input: &[u8]) -> Output {
        let mut child = self.command(args).spawn().expect("the program starts");
        // The program may end before it has read everything.
        let _ = child.stdin.take().expect("it was piped").write_all(input);
        child.wait_with_output().expect("the program ends")
    }

    pub fn journal(&self) -> PathBuf {
        self.path("state/rediscover/journal.jsonl")
    }
}

pub fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

pub fn objects(output: &Output) -> Vec<Value> {
    text(&output.stdout)
        .lines()
        .map(|line| serde_json::from_str(line).expect("every line is an object"))
        .collect()
}

pub fn status(output: &Output) -> i32 {
    output.status.code().expect("the program was not killed")
}
