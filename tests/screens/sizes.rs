//! Very large values: what is shown of them, and that it costs no more than of small ones.

use insta::assert_snapshot;
use rediscover::{
    engine::value::{Limits, List, SortedSet, Typed, Value},
    engine::{Bytes, Entry},
    text::Language,
    tutor::Output,
};

use super::scene::{Keys, at, bytes, changed, drawn};

const LARGE: usize = 300_000;

fn put(mut keys: Keys, key: &str, value: Value) -> Keys {
    let deadline = None;
    keys.0.set(0, bytes(key), Entry { value, deadline });
    keys
}

fn element(n: usize) -> Bytes {
    bytes(&format!("e{n}"))
}

fn large_list() -> List {
    let mut list = List::default();
    (0..LARGE).for_each(|n| list.push_back(element(n)));
    list
}

fn list_after(edit: impl Fn(&mut List)) -> String {
    let list = large_list();
    let mut edited = list.clone();
    edit(&mut edited);
    let before = put(Keys::new(), "long", list.into_value());
    let after = put(Keys::new(), "long", edited.into_value());
    let view = changed(&before, &after, &["long"]);
    drawn(&[Output::State(view)], &at(80), Language::En)
}

#[test]
fn changes_at_the_ends_of_a_long_list_are_found() {
    let screens = [
        list_after(|list| list.push_front(bytes("new"))),
        list_after(|list| list.push_back(bytes("new"))),
        list_after(|list| {
            list.pop_front();
            list.pop_front();
        }),
        list_after(|list| {
            list.pop_back();
        }),
        list_after(|list| {
            list.set(LARGE - 3, bytes("other"));
        }),
        list_after(|list| {
            let last = list.pop_back().expect("it has elements");
            list.push_front(last);
        }),
    ];
    assert_snapshot!(screens.join("\n"));
}

#[test]
fn changes_in_a_large_sorted_set_are_found() {
    let mut zset = SortedSet::default();
    (0..LARGE).for_each(|n| {
        zset.insert(element(n), n as f64, Limits::REDIS.sorted_set);
    });
    let mut edited = zset.clone();
    edited.insert(element(LARGE / 2), 3.5, Limits::REDIS.sorted_set);
    let before = put(Keys::new(), "board", zset.into_value());
    let after = put(Keys::new(), "board", edited.into_value());
    let view = changed(&before, &after, &["board"]);
    assert_snapshot!(drawn(&[Output::State(view)], &at(80), Language::En));
}
