//! Reading a parsed TOML table key by key: every key that is asked for is taken note of, so that what nobody asked
//! for is reported at the end; every value of another kind than expected is a [`Problem`] at its own place.

use std::{cell::RefCell, ops::Range, rc::Rc};

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use crate::notation::{Literal, transcript};

use super::{
    Line, Problem, Severity, WantedState,
    problem::{SourceText, nearest},
    state,
};

/// Where problems of one file are collected.
#[derive(Debug)]
pub(super) struct Sink {
    file: Rc<SourceText>,
    problems: RefCell<Vec<Problem>>,
}

/// A file with more problems than this is not a lesson.
const MOST: usize = 20_000;

impl Sink {
    pub fn new(file: Rc<SourceText>) -> Sink {
        Sink {
            file,
            problems: RefCell::default(),
        }
    }

    pub fn error(&self, span: Range<usize>, message: impl Into<String>, help: Option<String>) {
        self.push(Severity::Error, span, message.into(), help);
    }

    pub fn warning(&self, span: Range<usize>, message: impl Into<String>, help: Option<String>) {
        self.push(Severity::Warning, span, message.into(), help);
    }

    fn push(&self, severity: Severity, span: Range<usize>, message: String, help: Option<String>) {
        let mut problems = self.problems.borrow_mut();
        if problems.len() < MOST {
            problems.push(Problem {
                severity,
                file: Rc::clone(&self.file),
                span,
                message,
                help,
            });
        }
    }

    pub fn into_problems(self) -> Vec<Problem> {
        self.problems.into_inner()
    }
}

/// A table that is being read.
#[derive(Debug)]
pub(super) struct TableReader<'t> {
    table: &'t DeTable<'t>,
    /// Its place.
    pub span: Range<usize>,
    sink: &'t Sink,
    asked: RefCell<Vec<&'static str>>,
}

/// A value with its place.
pub(super) type Value<'t> = &'t Spanned<DeValue<'t>>;

impl<'t> TableReader<'t> {
    pub fn new(table: &'t DeTable<'t>, span: Range<usize>, sink: &'t Sink) -> TableReader<'t> {
        TableReader {
            table,
            span,
            sink,
            asked: RefCell::default(),
        }
    }

    /// Where problems go.
    pub fn sink(&self) -> &'t Sink {
        self.sink
    }

    /// The value of a key, if it is there.
    pub fn get(&self, key: &'static str) -> Option<Value<'t>> {
        self.asked.borrow_mut().push(key);
        self.table.get(key)
    }

    /// The place of a key's value, or of the table where it is missing.
    pub fn place(&self, key: &str) -> Range<usize> {
        self.table
            .get(key)
            .map_or_else(|| self.span.clone(), Spanned::span)
    }

    fn wrong_kind(&self, value: Value<'_>, expected: &str) {
        let found = value.get_ref().type_str();
        self.sink.error(
            value.span(),
            format!("expected {expected}, found {found}"),
            None,
        );
    }

    /// A text.
    pub fn text(&self, key: &'static str) -> Option<String> {
        let value = self.get(key)?;
        let text = value.get_ref().as_str();
        if text.is_none() {
            self.wrong_kind(value, "a text in quotes");
        }
        text.map(str::to_owned)
    }

    /// A text that must be there.
    pub fn required(&self, key: &'static str) -> String {
        if self.table.get(key).is_none() {
            let end = (self.span.start + 1).min(self.span.end);
            self.sink.error(
                self.span.start..end,
                format!("`{key}` is missing"),
                Some(format!("add {key} = \"…\"")),
            );
        }
        self.text(key).unwrap_or_default()
    }

    /// Texts in an array; one text alone counts as an array of it.
    pub fn texts(&self, key: &'static str) -> Vec<String> {
        self.spanned_texts(key)
            .into_iter()
            .map(|(text, _)| text)
            .collect()
    }

    /// As [`TableReader::texts`], each with its place.
    pub fn spanned_texts(&self, key: &'static str) -> Vec<(String, Range<usize>)> {
        let Some(value) = self.get(key) else {
            return Vec::new();
        };
        let texts = Self::items(value).into_iter().filter_map(|item| {
            let text = item.get_ref().as_str();
            if text.is_none() {
                self.wrong_kind(item, "a text in quotes");
            }
            text.map(|text| (text.to_owned(), item.span()))
        });
        texts.collect()
    }

    /// The elements of an array, or the value itself when it is none.
    pub fn items(value: Value<'t>) -> Vec<Value<'t>> {
        match value.get_ref().as_array() {
            Some(array) => array.iter().collect(),
            None => vec![value],
        }
    }

    /// A yes or no; no when it is missing.
    pub fn flag(&self, key: &'static str) -> bool {
        let Some(value) = self.get(key) else {
            return false;
        };
        let flag = value.get_ref().as_bool();
        if flag.is_none() {
            self.wrong_kind(value, "true or false");
        }
        flag.unwrap_or_default()
    }

    /// A whole number that is not negative.
    pub fn number(&self, key: &'static str) -> Option<usize> {
        let value = self.get(key)?;
        let number = integer(value).and_then(|number| usize::try_from(number).ok());
        if number.is_none() {
            self.wrong_kind(value, "a whole number from 0");
        }
        number
    }

    /// A whole number.
    pub fn integer(&self, key: &'static str) -> Option<i64> {
        let value = self.get(key)?;
        let number = integer(value);
        if number.is_none() {
            self.wrong_kind(value, "a whole number");
        }
        number
    }

    /// Command lines.
    pub fn lines(&self, key: &'static str) -> Vec<Line> {
        self.get(key)
            .map(|value| self.lines_of(value))
            .unwrap_or_default()
    }

    /// Command lines of a value: one text or an array of them.
    pub fn lines_of(&self, value: Value<'t>) -> Vec<Line> {
        Self::items(value)
            .into_iter()
            .filter_map(|item| self.line_of(item))
            .collect()
    }

    /// The command line of a value.
    pub fn line_of(&self, value: Value<'t>) -> Option<Line> {
        let Some(text) = value.get_ref().as_str() else {
            self.wrong_kind(value, "a command line in quotes");
            return None;
        };
        match Line::parse(text) {
            Ok(line) if line.argv.is_empty() => {
                self.sink
                    .error(value.span(), "the command line is empty", None);
                None
            }
            Ok(line) => Some(line),
            Err(error) => {
                self.sink.error(
                    value.span(),
                    format!("the command line cannot be read: {error}"),
                    None,
                );
                None
            }
        }
    }

    /// Replies: one, or one for each line.
    pub fn replies(&self, key: &'static str) -> Vec<Literal> {
        let Some(value) = self.get(key) else {
            return Vec::new();
        };
        Self::items(value)
            .into_iter()
            .filter_map(|item| self.reply_of(item))
            .collect()
    }

    /// The reply of a value, in either notation.
    pub fn reply_of(&self, value: Value<'t>) -> Option<Literal> {
        let Some(text) = value.get_ref().as_str() else {
            self.wrong_kind(value, "a reply in quotes, such as '(integer) 3'");
            return None;
        };
        match transcript(text) {
            Ok(reply) => Some(reply),
            Err(error) => {
                let help = "replies are written OK, (integer) 3, \"x\", (nil), [\"a\", (nil)], (empty array), (error) ERR …";
                self.sink.error(
                    value.span(),
                    format!("this is no reply: {error}"),
                    Some(help.to_owned()),
                );
                None
            }
        }
    }

    /// A wanted state.
    pub fn state(&self, key: &'static str) -> Option<WantedState> {
        self.get(key)
            .and_then(|value| state::read(value, self.sink))
    }

    /// The tables of an array of tables, `[[step]]`, or of an array of inline tables.
    pub fn tables(&self, key: &'static str) -> Vec<TableReader<'t>> {
        let Some(value) = self.get(key) else {
            return Vec::new();
        };
        Self::items(value)
            .into_iter()
            .filter_map(|item| self.table_of(item))
            .collect()
    }

    /// A table.
    pub fn table(&self, key: &'static str) -> Option<TableReader<'t>> {
        self.get(key).and_then(|value| self.table_of(value))
    }

    fn table_of(&self, value: Value<'t>) -> Option<TableReader<'t>> {
        let table = value.get_ref().as_table();
        if table.is_none() {
            self.wrong_kind(value, "a table");
        }
        table.map(|table| TableReader::new(table, value.span(), self.sink))
    }

    /// One of several words; the first is what a missing key means.
    pub fn choice<T: Copy>(&self, key: &'static str, choices: &[(&str, T)]) -> T {
        let default = choices[0].1;
        let Some(text) = self.text(key) else {
            return default;
        };
        if let Some((_, choice)) = choices.iter().find(|(name, _)| *name == text) {
            return *choice;
        }
        let names = choices.iter().map(|(name, _)| *name);
        let help = nearest(&text, names.clone()).map_or_else(
            || format!("one of {}", names.collect::<Vec<_>>().join(", ")),
            |name| format!("did you mean `{name}`?"),
        );
        self.sink
            .error(self.place(key), format!("`{text}` is no {key}"), Some(help));
        default
    }

    /// Reports the keys that nobody asked for.
    pub fn finish(self) {
        let asked = self.asked.borrow();
        for key in self.table.keys() {
            let name = key.get_ref().as_ref();
            if !asked.contains(&name) {
                let help = nearest(name, asked.iter().copied())
                    .map(|near| format!("did you mean `{near}`?"));
                self.sink
                    .error(key.span(), format!("unknown key `{name}`"), help);
            }
        }
    }
}

/// A TOML integer as a number.
pub(super) fn integer(value: Value<'_>) -> Option<i64> {
    let integer = value.get_ref().as_integer()?;
    i64::from_str_radix(&integer.as_str().replace('_', ""), integer.radix()).ok()
}

/// A TOML number as a float.
pub(super) fn float(value: Value<'_>) -> Option<f64> {
    if let Some(number) = integer(value) {
        return Some(number as f64);
    }
    crate::engine::number::parse_double(
        value
            .get_ref()
            .as_float()?
            .as_str()
            .replace('_', "")
            .as_bytes(),
    )
}
