//! Does every layer know only what it may? Reads the `use` lines and paths of the sources.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// Each layer with the layers of ours that it may name.
const MAY: &[(&str, &[&str])] = &[
    ("engine", &[]),
    ("notation", &["engine"]),
    ("lesson", &["engine", "notation"]),
    ("tutor", &["engine", "notation", "lesson"]),
    ("journal", &[]),
    ("assist", &["engine", "notation"]),
    ("text", &[]),
    ("view", &["engine", "notation", "lesson", "tutor", "text"]),
    ("resp", &["engine"]),
    ("repl", &["engine", "assist", "tutor"]),
    ("server", &["engine", "resp"]),
];

/// Crates that belong to one layer alone.
const ALONE: &[(&str, &[&str])] = &[
    ("comfy_table", &["view"]),
    ("owo_colors", &["view"]),
    ("fluent_bundle", &["text"]),
    ("rustyline", &["repl"]),
    ("clap", &["cli", "main"]),
    ("annotate_snippets", &["lesson"]),
    ("mio", &["server"]),
    ("slab", &["engine", "server"]),
    ("rustix", &["server"]),
    ("ctrlc", &["app"]),
    ("mlua", &["engine"]),
];

/// What the pure layers must not touch: clocks, files, environment, terminals, sockets.
const IMPURE: &[&str] = &[
    "std::env",
    "std::net",
    "std::io::stdout",
    "SystemTime::now",
    "Instant::now",
    "std::process",
    "println!",
    "eprintln!",
];
const PURE: &[&str] = &[
    "engine", "notation", "resp", "lesson", "tutor", "assist", "view", "text", "journal",
];
/// The files that may read and write files.
const FILES: &[&str] = &["lesson/load.rs", "journal/store.rs"];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder)
        .expect("the sources are there")
        .flatten()
    {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs")
            && !path.ends_with("tests.rs")
        {
            found.push(path);
        }
    }
}

/// Every source file: its path below `src`, its layer, and its text without comments and tests.
fn files() -> Vec<(String, String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    sources(&root, &mut paths);
    let files = paths.into_iter().map(|path| {
        let name = path
            .strip_prefix(&root)
            .expect("it lies below")
            .to_string_lossy()
            .replace('\\', "/");
        let layer = name
            .split('/')
            .next()
            .unwrap_or_default()
            .trim_end_matches(".rs")
            .to_owned();
        let text = fs::read_to_string(&path).expect("sources are text");
        let code = text
            .split("#[cfg(test)]\nmod tests")
            .next()
            .unwrap_or_default();
        let lines = code
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"));
        (name, layer, lines.collect::<Vec<_>>().join("\n"))
    });
    files.collect()
}

fn names(code: &str, layer: &str) -> bool {
    let nested = code.contains("crate::{")
        && code.split("crate::{").skip(1).any(|rest| {
            rest.split(';').next().is_some_and(|list| {
                list.split([',', '{', '}', ':'])
                    .any(|word| word.trim() == layer)
            })
        });
    code.contains(&format!("crate::{layer}::"))
        || code.contains(&format!("crate::{layer};"))
        || nested
}

#[test]
fn no_layer_knows_one_that_it_must_not() {
    let layers: Vec<&str> = MAY
        .iter()
        .map(|(layer, _)| *layer)
        .chain(["app", "cli", "error"])
        .collect();
    let mut breaches = Vec::new();
    for (name, layer, code) in files() {
        let Some((_, may)) = MAY.iter().find(|(own, _)| *own == layer) else {
            continue;
        };
        for other in layers
            .iter()
            .filter(|other| **other != layer && !may.contains(other))
        {
            if names(&code, other) {
                breaches.push(format!("{name} names {other}"));
            }
        }
    }
    assert!(breaches.is_empty(), "{}", breaches.join("\n"));
}

#[test]
fn crates_stay_in_their_layer() {
    let mut breaches = Vec::new();
    for (name, layer, code) in files() {
        for (krate, layers) in ALONE {
            if code.contains(&format!("{krate}::")) && !layers.contains(&layer.as_str()) {
                breaches.push(format!("{name} uses {krate}"));
            }
        }
    }
    assert!(breaches.is_empty(), "{}", breaches.join("\n"));
}

#[test]
fn the_core_is_pure() {
    let mut breaches = Vec::new();
    for (name, layer, code) in files()
        .into_iter()
        .filter(|(_, layer, _)| PURE.contains(&layer.as_str()))
    {
        let _ = layer;
        for impure in IMPURE {
            if code.contains(impure) {
                breaches.push(format!("{name} uses {impure}"));
            }
        }
        if !FILES.contains(&name.as_str())
            && (code.contains("std::fs") || code.contains("fs::read"))
        {
            breaches.push(format!("{name} reads files"));
        }
    }
    assert!(breaches.is_empty(), "{}", breaches.join("\n"));
}

#[test]
fn every_file_says_what_it_is() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    sources(&root, &mut paths);
    let silent: Vec<_> = paths
        .iter()
        .filter(|path| {
            !fs::read_to_string(path)
                .expect("sources are text")
                .starts_with("//!")
        })
        .collect();
    assert!(silent.is_empty(), "without a header: {silent:?}");
}
