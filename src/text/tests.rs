//! The message files agree with each other and with the code that names their messages.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use fluent_bundle::FluentResource;

use super::*;

fn resource(source: &str) -> FluentResource {
    FluentResource::try_new(source.to_owned())
        .map_err(|(_, errors)| errors)
        .expect("a message file compiles")
}

/// The messages of a file with the variables that each names.
fn messages(source: &str) -> BTreeMap<String, BTreeSet<String>> {
    resource(source);
    let mut messages: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut current = String::new();
    for line in source
        .lines()
        .filter(|line| !line.starts_with('#') && !line.trim().is_empty())
    {
        if !line.starts_with([' ', '}']) {
            let id = line
                .split_once('=')
                .expect("a message starts with its id")
                .0
                .trim()
                .to_owned();
            assert!(
                messages.insert(id.clone(), BTreeSet::new()).is_none(),
                "{id} stands there twice"
            );
            current = id;
        }
        let variables = line.match_indices('$').map(|(at, _)| {
            line[at + 1..]
                .chars()
                .take_while(|c| c.is_ascii_alphanumeric() || *c == '-')
                .collect::<String>()
        });
        messages
            .get_mut(&current)
            .expect("a line belongs to a message")
            .extend(variables);
    }
    messages
}

#[test]
fn every_language_has_the_same_messages_with_the_same_variables() {
    let english = messages(FILES[0].1);
    for (language, source) in &FILES[1..] {
        let other = messages(source);
        let ids = |messages: &BTreeMap<String, BTreeSet<String>>| {
            messages.keys().cloned().collect::<Vec<_>>()
        };
        assert_eq!(ids(&english), ids(&other), "{language}");
        for (id, variables) in &english {
            // A language without plurals need not name the number that it does not show.
            assert!(
                other[id].is_subset(variables),
                "{language}: {id} names {:?}",
                other[id]
            );
            let lacking: Vec<&String> = variables
                .difference(&other[id])
                .filter(|name| *name != "n")
                .collect();
            assert!(lacking.is_empty(), "{language}: {id} lacks {lacking:?}");
        }
    }
}

#[test]
fn messages_stand_in_the_same_order_in_every_language() {
    let order = |source: &str| -> Vec<String> {
        let heads = source
            .lines()
            .filter(|line| !line.starts_with(['#', ' ', '}']) && line.contains(" ="));
        heads
            .filter_map(|line| line.split_once(" ="))
            .map(|(id, _)| id.to_owned())
            .collect()
    };
    assert_eq!(order(FILES[0].1), order(FILES[1].1));
}

fn sources(folder: &Path, found: &mut String) {
    for entry in std::fs::read_dir(folder).expect("the sources are there") {
        let path = entry.expect("the folder can be read").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs")
            && !path.ends_with("text/tests.rs")
        {
            found.push_str(&std::fs::read_to_string(path).expect("a source is text"));
        }
    }
}

#[test]
fn every_message_is_used_and_every_used_message_exists() {
    let mut code = String::new();
    sources(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &mut code,
    );
    let messages = messages(FILES[0].1);
    let unused: Vec<&String> = messages
        .keys()
        .filter(|id| !code.contains(&format!("\"{id}\"")))
        .collect();
    assert!(unused.is_empty(), "nothing says {unused:?}");
    for call in [".say(", ".with("] {
        for (at, _) in code.match_indices(call) {
            let rest = code[at + call.len()..].trim_start();
            let Some(id) = rest
                .strip_prefix('"')
                .and_then(|rest| rest.split_once('"'))
                .map(|(id, _)| id)
            else {
                continue;
            };
            assert!(messages.contains_key(id), "there is no message {id}");
        }
    }
}

#[test]
fn plurals_are_right_in_english() {
    let words = Words::new(Language::En);
    let size = |kind: &'static str, n: usize| {
        words.with("size", &[("kind", kind.into()), ("n", n.into())])
    };
    assert_eq!(size("list", 1), "1 element");
    assert_eq!(size("list", 9_994), "9,994 elements");
    assert_eq!(size("zset", 2), "2 members");
    assert_eq!(
        Words::new(Language::Zh).with("size", &[("kind", "list".into()), ("n", 1.into())]),
        "1 个元素"
    );
}

#[test]
fn values_stand_in_a_message_as_they_are() {
    let words = Words::new(Language::En);
    let text = words.with("key-gone", &[]);
    assert_eq!(text, "gone");
    assert_eq!(
        words.with("is-now", &[("key", "k".into()), ("value", "{ $x }".into())]),
        "k is now { $x }."
    );
    assert_eq!(words.say("no-message-of-ours"), "no-message-of-ours");
}

#[test]
fn a_tag_names_a_language() {
    for tag in ["zh", "zh-CN", "zh_CN.UTF-8", "ZH-Hant"] {
        assert_eq!(Language::of_tag(tag), Language::Zh, "{tag}");
    }
    for tag in ["en", "C", "", "de_DE.UTF-8", "zho"] {
        assert_eq!(Language::of_tag(tag), Language::En, "{tag}");
    }
}

#[test]
fn numbers_are_grouped() {
    assert_eq!(grouped(999.0), "999");
    assert_eq!(grouped(1_234_567.0), "1,234,567");
    assert_eq!(grouped(-1_234.5), "-1,234.5");
}

#[test]
fn what_commands_do_is_said_in_chinese_too() {
    for (_, source) in COMMANDS {
        assert!(messages(source).keys().all(|id| id.starts_with("summary-")));
    }
    let summary = |language, row| Words::new(language).summary(row);
    assert_eq!(
        summary(Language::Zh, "llen").as_deref(),
        Some("返回列表里元素的个数")
    );
    assert!(summary(Language::Zh, "object|encoding").is_some());
    assert_eq!(summary(Language::En, "llen"), None);
}

#[test]
fn around_values_in_chinese_quotes_no_space_stands_and_within_them_all_stay() {
    let words = Words::new(Language::Zh);
    let said = |key: &str| words.with("no-such-key", &[("typed", key.into())]);
    assert_eq!(said("cup"), "没有键 cup。");
    assert_eq!(said("“杯子”"), "没有键“杯子”。");
    assert_eq!(said("a “b” c"), "没有键 a “b” c。");
    assert_eq!(said("“杯 “子” 大”"), "没有键“杯 “子” 大”。");
}
