//! Where something stands in a lesson file, for problems that are found by playing the lesson.

use std::ops::Range;

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

/// The place of a key's value in the table that is number `at` (from 0) of an array of tables such as `step`; of one
/// element of that value where `element` is given; of the table's first line where the key is missing.
#[must_use]
pub fn place_of(
    text: &str,
    list: &str,
    at: usize,
    key: &str,
    element: Option<usize>,
) -> Range<usize> {
    let (document, _) = DeTable::parse_recoverable(text);
    let tables = document.get_ref().get(list).map(Spanned::get_ref);
    let Some(table) = tables
        .and_then(|tables| tables.as_array())
        .and_then(|tables| tables.get(at))
    else {
        return 0..0;
    };
    let value = table.get_ref().as_table().and_then(|table| table.get(key));
    let Some(value) = value else {
        return first_line(text, table.span());
    };
    let element = element.and_then(|at| value.get_ref().as_array()?.get(at));
    element.map_or_else(|| value.span(), Spanned::span)
}

/// The place of a value, or of one element of it, that stands at the top of a file.
#[must_use]
pub fn place_of_key(text: &str, key: &str, element: Option<usize>) -> Range<usize> {
    let (document, _) = DeTable::parse_recoverable(text);
    let Some(value) = document.get_ref().get(key) else {
        return 0..0;
    };
    let element = element.and_then(|at| value.get_ref().as_array()?.get(at));
    element.map_or_else(|| value.span(), Spanned::span)
}

/// The place of a text, wherever in the file it stands first.
#[must_use]
pub fn place_of_text(text: &str, said: &str) -> Option<Range<usize>> {
    let (document, _) = DeTable::parse_recoverable(text);
    said_in(document.get_ref(), said)
}

fn said_in(table: &DeTable<'_>, said: &str) -> Option<Range<usize>> {
    table.iter().find_map(|(_, value)| said_at(value, said))
}

fn said_at(value: &Spanned<DeValue<'_>>, said: &str) -> Option<Range<usize>> {
    match value.get_ref() {
        DeValue::String(text) => (text == said).then(|| value.span()),
        DeValue::Array(items) => items.iter().find_map(|item| said_at(item, said)),
        DeValue::Table(table) => said_in(table, said),
        _ => None,
    }
}

fn first_line(text: &str, span: Range<usize>) -> Range<usize> {
    let line = text[span.clone()].lines().next().unwrap_or_default();
    span.start..span.start + line.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "id = \"1\"\n[[step]]\ndo = \"PING\"\n[[step]]\nwrong = [\n  \"a\",\n  \"b\",\n]\n";

    #[test]
    fn a_key_an_element_and_a_missing_key_have_their_places() {
        let at = |at, key, element| &TEXT[place_of(TEXT, "step", at, key, element)];
        assert_eq!(at(0, "do", None), "\"PING\"");
        assert_eq!(at(1, "wrong", Some(1)), "\"b\"");
        assert_eq!(at(1, "reply", None), "[[step]]");
        assert_eq!(at(9, "reply", None), "");
        assert_eq!(&TEXT[place_of_key(TEXT, "id", None)], "\"1\"");
        let said = place_of_text(TEXT, "b").map(|span| &TEXT[span]);
        assert_eq!(said, Some("\"b\""));
        assert_eq!(place_of_text(TEXT, "c"), None);
    }
}
