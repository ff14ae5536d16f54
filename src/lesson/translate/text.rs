//! The texts of a file, by the table that they stand in: of a lesson or table of contents, and of its translation.
//! Both sides are read into the same [`Group`]s, each text with its place, so that they can be held against each other.

use std::ops::Range;

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use crate::lesson::{Lesson, QuestionKind};

/// What kind of file has texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::lesson) enum Contents {
    /// `pack.toml`
    Pack,
    /// `3.1.toml`
    Lesson,
}

/// The texts of one table: of the file's top, a step, a question, a unit, a route.
#[derive(Debug)]
pub(super) struct Group {
    /// The array of tables that it is one of; empty for the file's top.
    pub list: &'static str,
    /// Its id; of a translation's top the language.
    pub id: String,
    /// Its place; for one with a header the header's.
    pub span: Range<usize>,
    /// Its texts in the order of the file.
    pub fields: Vec<Field>,
    /// The fingerprints of a translation.
    pub of: Prints,
    /// Everything that it says, whoever reads it.
    pub says: String,
    /// The same without what learners read: lines, replies, programs.
    pub runs: String,
}

/// A key that holds texts.
#[derive(Debug)]
pub(super) struct Field {
    /// `goal`
    pub key: &'static str,
    /// The place of its value.
    pub value: Range<usize>,
    /// Whether its texts are elements of an array.
    pub form: Form,
    /// Its texts.
    pub texts: Vec<Text>,
    /// Whether it is a line with a gap: the same in all languages, unless a translation says otherwise.
    pub is_line: bool,
}

/// How a key holds its texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// One text.
    One,
    /// An array of texts.
    Many,
    /// An array of tables, each with a text `say` and what it is said to.
    Wrong,
}

/// A text.
#[derive(Debug, Clone)]
pub(super) struct Text {
    /// What it says.
    pub text: String,
    /// The place of its value.
    pub span: Range<usize>,
    /// Of a wrong line: what it is said to.
    pub entry: Option<Entry>,
}

/// What a text of a wrong line is said to.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    /// The key that names the mistake.
    pub by: &'static str,
    /// What it names, for comparing.
    pub name: String,
    /// The place of that value.
    pub value: Range<usize>,
    /// The place of the whole table.
    pub span: Range<usize>,
    /// The fingerprint of a translation.
    pub of: Option<String>,
}

/// Fingerprints by key: one, or one for each element.
pub(super) type Prints = Vec<(String, Vec<String>)>;

const TOP: &[(&str, Form)] = &[
    ("title", Form::One),
    ("intro", Form::One),
    ("goals", Form::Many),
    ("method", Form::One),
    ("scene", Form::One),
];
const STEP: &[(&str, Form)] = &[
    ("explain", Form::One),
    ("goal", Form::One),
    ("question", Form::One),
    ("hint", Form::Many),
    ("wrong", Form::Wrong),
    ("note", Form::One),
];
const QUIZ: &[(&str, Form)] = &[
    ("text", Form::One),
    ("want", Form::One),
    ("options", Form::Many),
    ("wrong", Form::Wrong),
    ("why", Form::One),
];
const PACK: &[(&str, Form)] = &[("title", Form::One)];
const PART: &[(&str, Form)] = &[("title", Form::One), ("about", Form::One)];

/// The arrays of tables that hold texts, with the keys of each.
type Lists = [(&'static str, &'static [(&'static str, Form)]); 2];

impl Contents {
    fn top(self) -> &'static [(&'static str, Form)] {
        match self {
            Contents::Pack => PACK,
            Contents::Lesson => TOP,
        }
    }

    fn lists(self) -> Lists {
        match self {
            Contents::Pack => [("unit", PART), ("route", PART)],
            Contents::Lesson => [("step", STEP), ("quiz", QUIZ)],
        }
    }
}

impl Text {
    /// Its place; of what is said to a wrong line that of the whole table.
    pub fn place(&self) -> Range<usize> {
        let entry = self.entry.as_ref().map(|entry| entry.span.clone());
        entry.unwrap_or_else(|| self.span.clone())
    }
}

impl Group {
    /// The field of a key.
    pub fn field(&self, key: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.key == key)
    }

    /// What it is called in messages, such as step rpush; nothing for the file's top.
    pub fn name(&self) -> String {
        // The blank behind it divides it from a key.
        let what = match self.list {
            "" => return String::new(),
            "quiz" => "question",
            list => list,
        };
        format!("{what} `{}` ", self.id)
    }
}

/// A place of a translation that is none of what one may hold, and what is wrong there.
pub(super) type Oddity = (Range<usize>, String);

/// The texts of a lesson; ids that its file leaves out are those that the lesson was given.
pub(super) fn of_lesson(root: &DeTable<'_>, text: &str, lesson: &Lesson) -> Vec<Group> {
    let (mut groups, _) = read(root, text, Contents::Lesson);
    let steps = lesson.steps.iter().map(|step| &step.id);
    let questions = lesson.quiz.iter().map(|question| &question.id);
    for (group, id) in groups.iter_mut().skip(1).zip(steps.chain(questions)) {
        group.id.clone_from(id);
    }
    for (group, step) in groups.iter_mut().skip(1).zip(&lesson.steps) {
        // Of other steps it is the id of a question.
        if step.program.is_none() {
            group.fields.retain(|field| field.key != "question");
        }
    }
    let questions = groups.iter_mut().skip(1 + lesson.steps.len());
    for (group, question) in questions.zip(&lesson.quiz) {
        let has_line = question.kind == QuestionKind::Blank;
        for field in &mut group.fields {
            field.is_line = has_line && field.key == "text";
        }
    }
    without_empty(groups)
}

/// The texts of a table of contents.
pub(super) fn of_pack(root: &DeTable<'_>, text: &str) -> Vec<Group> {
    without_empty(read(root, text, Contents::Pack).0)
}

/// An original without the texts that say nothing.
fn without_empty(mut groups: Vec<Group>) -> Vec<Group> {
    for group in &mut groups {
        for field in &mut group.fields {
            if field.form != Form::Many {
                field.texts.retain(|text| !text.text.is_empty());
            }
        }
        group.fields.retain(|field| !field.texts.is_empty());
    }
    groups
}

/// The texts of a file: of its top first, then of its tables.
pub(super) fn read(
    root: &DeTable<'_>,
    text: &str,
    contents: Contents,
) -> (Vec<Group>, Vec<Oddity>) {
    let mut odd = Vec::new();
    let mut groups = vec![group("", root, 0..0, contents, text, &mut odd)];
    for (list, _) in contents.lists() {
        for table in root.get(list).map(items).unwrap_or_default() {
            match table.get_ref().as_table() {
                Some(own) => {
                    groups.push(group(list, own, table.span(), contents, text, &mut odd));
                }
                None => odd.push((table.span(), "expected a table".to_owned())),
            }
        }
    }
    (groups, odd)
}

fn group(
    list: &'static str,
    table: &DeTable<'_>,
    span: Range<usize>,
    contents: Contents,
    text: &str,
    odd: &mut Vec<Oddity>,
) -> Group {
    let lists = contents.lists();
    let own = lists.iter().find(|(name, _)| *name == list);
    let known = own.map_or(contents.top(), |(_, keys)| keys);
    let id = table.get(if own.is_some() { "id" } else { "lang" });
    let id = id.and_then(as_text).unwrap_or_default();
    let mut fields = Vec::new();
    for (key, value) in table {
        let name = key.get_ref().as_ref();
        if let Some((key, form)) = known.iter().find(|(known, _)| *known == name) {
            match field(key, *form, value, text, odd) {
                Some(field) => fields.push(field),
                None => odd.push((value.span(), format!("`{key}` holds no text"))),
            }
            continue;
        }
        let is_known = match own {
            Some(_) => ["id", "of"].contains(&name),
            None => ["lang", "of"].contains(&name) || lists.iter().any(|(list, _)| *list == name),
        };
        if !is_known {
            odd.push((key.span(), format!("unknown key `{name}`")));
        }
    }
    fields.sort_by_key(|field| field.value.start);
    Group {
        list,
        id: id.to_owned(),
        span,
        fields,
        of: table.get("of").map(prints).unwrap_or_default(),
        says: strings(table, &|_| true),
        runs: strings(table, &|key| !is_told(key)),
    }
}

/// Whether a key holds what learners read, not what is run.
fn is_told(key: &str) -> bool {
    let mut all = [TOP, STEP, QUIZ, PART].into_iter().flatten();
    key != "wrong" && all.any(|(told, _)| *told == key) || key == "say"
}

/// All texts in a table, and the names of its keys, one on each line.
fn strings(table: &DeTable<'_>, counts: &dyn Fn(&str) -> bool) -> String {
    let mut found = String::new();
    for (key, value) in table.iter().filter(|(key, _)| counts(key.get_ref())) {
        found += key.get_ref();
        found.push('\n');
        collect(value, counts, &mut found);
    }
    found
}

fn collect(value: &Spanned<DeValue<'_>>, counts: &dyn Fn(&str) -> bool, found: &mut String) {
    match value.get_ref() {
        DeValue::Table(table) => found.push_str(&strings(table, counts)),
        DeValue::Array(array) => array.iter().for_each(|item| collect(item, counts, found)),
        DeValue::String(text) => found.push_str(text),
        DeValue::Integer(number) => found.push_str(number.as_str()),
        DeValue::Float(number) => found.push_str(number.as_str()),
        DeValue::Boolean(_) | DeValue::Datetime(_) => {}
    }
    found.push('\n');
}

/// The texts of a key; none where it holds something else.
fn field(
    key: &'static str,
    form: Form,
    value: &Spanned<DeValue<'_>>,
    text: &str,
    odd: &mut Vec<Oddity>,
) -> Option<Field> {
    let texts: Option<Vec<Text>> = match form {
        Form::One => Some(vec![plain(value)?]),
        Form::Many => items(value).into_iter().map(plain).collect(),
        Form::Wrong => items(value)
            .into_iter()
            .map(|item| said(item, text, odd))
            .collect(),
    };
    Some(Field {
        key,
        value: value.span(),
        form,
        texts: texts?,
        is_line: false,
    })
}

fn plain(value: &Spanned<DeValue<'_>>) -> Option<Text> {
    Some(Text {
        text: as_text(value)?.to_owned(),
        span: value.span(),
        entry: None,
    })
}

/// What is said to a wrong line, or to a wrong answer.
fn said(item: &Spanned<DeValue<'_>>, text: &str, odd: &mut Vec<Oddity>) -> Option<Text> {
    const BY: [&str; 4] = ["code", "cmd", "when", "answer"];
    let table = item.get_ref().as_table()?;
    let by = BY.into_iter().find(|by| table.contains_key(*by))?;
    let value = table.get(by)?;
    for key in table.keys() {
        let name = key.get_ref().as_ref();
        if ![by, "say", "of"].contains(&name) {
            odd.push((key.span(), format!("unknown key `{name}`")));
        }
    }
    let say = table.get("say");
    Some(Text {
        text: say.and_then(as_text).unwrap_or_default().to_owned(),
        span: say.map_or_else(|| item.span(), Spanned::span),
        entry: Some(Entry {
            by,
            name: name(value, text),
            value: value.span(),
            span: item.span(),
            of: table.get("of").and_then(as_text).map(str::to_owned),
        }),
    })
}

/// What names a mistake, in a form that can be compared: lines, an answer, or a state however it is spaced.
fn name(value: &Spanned<DeValue<'_>>, text: &str) -> String {
    let texts: Option<Vec<&str>> = items(value).into_iter().map(as_text).collect();
    texts.map_or_else(
        || text[value.span()].split_whitespace().collect(),
        |texts| texts.join("\n"),
    )
}

fn prints(value: &Spanned<DeValue<'_>>) -> Prints {
    let Some(table) = value.get_ref().as_table() else {
        return Prints::new();
    };
    let all = |value| {
        items(value)
            .into_iter()
            .map(|item| as_text(item).unwrap_or_default().to_owned())
    };
    table
        .iter()
        .map(|(key, value)| (key.get_ref().to_string(), all(value).collect()))
        .collect()
}

/// The elements of an array, or the value itself when it is none.
pub(super) fn items<'t, 'a>(value: &'t Spanned<DeValue<'a>>) -> Vec<&'t Spanned<DeValue<'a>>> {
    match value.get_ref().as_array() {
        Some(array) => array.iter().collect(),
        None => vec![value],
    }
}

fn as_text<'t>(value: &'t Spanned<DeValue<'_>>) -> Option<&'t str> {
    value.get_ref().as_str()
}
