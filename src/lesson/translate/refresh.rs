//! Writes a translation file anew: what is still true stays as it stands, what has changed stays beneath its new
//! original, what is missing is left open, and what has no original any more is dropped and told.
//!
//! A table in which nothing is to be changed is copied byte for byte; a file of such tables is left alone.

use std::ops::Range;

use toml::de::DeTable;
use unicode_width::UnicodeWidthStr;

use super::{
    fingerprint,
    layout::{CHANGED, Layout, OPEN, Remark, marked},
    pair::{Orphan, Pair, PairedField, PairedGroup, Standing, option, pair},
    text::{Form, Group, Text},
};

/// What has become of a translation file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Refreshed {
    /// The new text; none when the file can stay as it is.
    pub text: Option<String>,
    /// So many texts are translated.
    pub kept: usize,
    /// So many are translated by what translates an earlier text.
    pub outdated: usize,
    /// So many are not translated.
    pub missing: usize,
    /// What the new text lacks of the old one.
    pub dropped: Vec<Dropped>,
}

/// A text or comment of a translation that has no place any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dropped {
    /// Its line in the old file, from 1.
    pub line: usize,
    /// What it was: its table and its key.
    pub what: String,
    /// What it said.
    pub text: String,
}

/// A file as it is, with its tables.
pub(super) struct Old<'t> {
    /// Its text.
    pub text: &'t str,
    /// What was parsed of it.
    pub root: &'t DeTable<'t>,
    /// Its texts.
    pub groups: &'t [Group],
}

/// Brings a translation up to date with an original.
pub(super) fn refresh(own: (&str, &[Group]), old: Option<&Old<'_>>, language: &str) -> Refreshed {
    let (groups, orphans) = pair(own.1, old.map_or(&[], |old| old.groups));
    let writer = Writer {
        own: own.0,
        old: old.map_or("", |old| old.text),
        layout: old.map_or_else(Layout::default, |old| {
            Layout::new(old.text, old.root, old.groups)
        }),
    };
    let mut refreshed = Refreshed::default();
    for pair in groups
        .iter()
        .flat_map(|group| &group.fields)
        .flat_map(|field| &field.pairs)
    {
        match pair.standing() {
            Standing::Kept => refreshed.kept += 1,
            Standing::Outdated => refreshed.outdated += 1,
            Standing::Missing => refreshed.missing += 1,
        }
    }
    let is_up_to_date = old.is_some_and(|old| {
        groups.len() == old.groups.len()
            && groups
                .iter()
                .all(|group| writer.stands(group, &orphans, language))
            && groups.is_sorted_by_key(|group| group.old.map(|old| old.span.start))
    });
    if is_up_to_date {
        return refreshed;
    }
    let tables = groups.iter().map(|group| {
        if writer.stands(group, &orphans, language) {
            writer.chunk(group).trim_end().to_owned()
        } else {
            writer.group(group, language).trim_end().to_owned()
        }
    });
    let text = tables.collect::<Vec<_>>().join("\n\n") + "\n";
    refreshed.dropped = writer.dropped(&groups, &orphans);
    refreshed.text = (text != writer.old).then_some(text);
    refreshed
}

/// Both files at hand.
struct Writer<'t> {
    own: &'t str,
    old: &'t str,
    layout: Layout<'t>,
}

impl Writer<'_> {
    fn chunk(&self, group: &PairedGroup<'_>) -> &str {
        group.old.map_or("", |old| &self.old[self.layout.span(old)])
    }

    /// Whether a table can be copied.
    fn stands(&self, group: &PairedGroup<'_>, orphans: &[Orphan<'_>], language: &str) -> bool {
        let Some(old) = group.old else {
            return false;
        };
        let options = group.fields.iter().find(|field| field.own.key == "options");
        let names_language = !old.list.is_empty() || old.id == language;
        let has_prints =
            |field: &PairedField<'_>| field.pairs.iter().all(|pair| pair.print.is_some());
        names_language
            && group.fields.iter().all(has_prints)
            && group
                .fields
                .iter()
                .all(|field| self.field_stands(field, options))
            && !orphans.iter().any(|orphan| orphan.group.span == old.span)
            && !self.layout.is_marked(&self.layout.span(old))
    }

    /// Whether a key's value can be copied.
    fn field_stands(&self, field: &PairedField<'_>, options: Option<&PairedField<'_>>) -> bool {
        let Some(old) = field.old else {
            return false;
        };
        let is_copied = |pair: &Pair<'_>| {
            pair.standing() == Standing::Kept
                && pair.found.is_some_and(|found| {
                    old.value.contains(&found.span.start) && is_named(pair.own, found, options)
                })
        };
        field.pairs.len() == old.texts.len()
            && field.pairs.iter().all(is_copied)
            && field
                .pairs
                .is_sorted_by_key(|pair| pair.found.map(|found| found.span.start))
            && !self.layout.is_marked(&old.value)
    }

    /// A table, written anew.
    fn group(&self, group: &PairedGroup<'_>, language: &str) -> String {
        let list = group.own.list;
        let mut text = group
            .old
            .map_or_else(String::new, |old| self.layout.above(old.span.start, ""));
        if list.is_empty() {
            text += &format!("lang = {}\n", quoted(language));
        } else {
            text += &format!("[[{list}]]\nid = {}\n", quoted(&group.own.id));
        }
        let options = group.fields.iter().find(|field| field.own.key == "options");
        let fields = in_order(&group.fields);
        for field in &fields {
            text += &self.field(field, options);
        }
        text += &prints(&fields);
        if let Some(old) = group.old {
            text += &self.tail(old, &fields);
        }
        text
    }

    fn field(&self, field: &PairedField<'_>, options: Option<&PairedField<'_>>) -> String {
        let key = field.own.key;
        let above = field
            .old
            .map_or_else(String::new, |old| self.layout.above(old.value.start, ""));
        let value = field.old.map_or("", |old| &self.old[old.value.clone()]);
        // The place of an array of `[[…]]` tables is not that of a value.
        let is_value =
            field.own.form != Form::Wrong || (value.starts_with('[') && !value.starts_with("[["));
        if is_value && self.field_stands(field, options) {
            return format!("{above}{key} = {value}\n");
        }
        let all_missing = field
            .pairs
            .iter()
            .all(|pair| pair.standing() == Standing::Missing);
        match field.own.form {
            Form::Many if all_missing => {
                let value = &self.own[field.own.value.clone()];
                above + &marked(OPEN, "", &format!("{key} = {value}"))
            }
            Form::One => {
                above
                    + &field
                        .pairs
                        .iter()
                        .map(|pair| self.one(key, pair))
                        .collect::<String>()
            }
            Form::Many => {
                let items = field.pairs.iter().map(|pair| self.item(pair));
                let items = items.collect::<Vec<_>>();
                format!("{above}{key} = {}\n", array(key, &items))
            }
            Form::Wrong => {
                let entries: String = field
                    .pairs
                    .iter()
                    .map(|pair| self.entry(pair, options))
                    .collect();
                format!("{above}{key} = [\n{entries}]\n")
            }
        }
    }

    fn one(&self, key: &str, pair: &Pair<'_>) -> String {
        let own = &self.own[pair.own.span.clone()];
        match pair.found {
            None => marked(OPEN, "", &format!("{key} = {own}")),
            Some(found) => {
                let changed = changed("", &format!("{key} = {own}"), pair);
                format!("{changed}{key} = {}\n", &self.old[found.span.clone()])
            }
        }
    }

    fn item(&self, pair: &Pair<'_>) -> String {
        let own = &self.own[pair.own.span.clone()];
        match pair.found {
            None => marked(OPEN, "  ", own) + "  \"\",\n",
            Some(found) => {
                let above = self.layout.above(found.span.start, "  ");
                let changed = changed("  ", own, pair);
                format!("{above}{changed}  {},\n", &self.old[found.span.clone()])
            }
        }
    }

    fn entry(&self, pair: &Pair<'_>, options: Option<&PairedField<'_>>) -> String {
        let own = &self.own[pair.own.span.clone()];
        let Some(entry) = &pair.own.entry else {
            return String::new();
        };
        // An answer that is one of the options is named as the translation names it.
        let option = options.and_then(|options| {
            let mut pairs = options.pairs.iter();
            pairs.find(|pair| pair.own.text == entry.name)?.found
        });
        let name = option.map_or_else(
            || &self.own[entry.value.clone()],
            |option| &self.old[option.span.clone()],
        );
        let table = |say: &str| {
            let (by, of) = (entry.by, pair.new_print());
            format!("{{ {by} = {name}, say = {say}, of = \"{of}\" }},")
        };
        let Some(found) = pair.found else {
            return marked(OPEN, "  ", &table(own));
        };
        let above = self.layout.above(found.place().start, "  ");
        let changed = changed("  ", &format!("say = {own}"), pair);
        let as_it_stands = &self.old[found.place()];
        let is_same = is_named(pair.own, found, options) && pair.print.is_some();
        if is_same && as_it_stands.starts_with('{') {
            return format!("{above}{changed}  {as_it_stands},\n");
        }
        format!(
            "{above}{changed}  {}\n",
            table(&self.old[found.span.clone()])
        )
    }

    /// The comments of a table that are not written yet: those behind its last text, and those of texts that are gone.
    fn tail(&self, old: &Group, fields: &[&PairedField<'_>]) -> String {
        let span = self.layout.span(old);
        let mut written = vec![old.span.start];
        for field in fields {
            written.extend(field.old.map(|old| old.value.start));
            let found = field.pairs.iter().filter_map(|pair| pair.found);
            written.extend(found.map(|found| found.place().start));
        }
        let is_left = |remark: &&Remark| {
            span.contains(&remark.span.start)
                && !remark.is_ours
                && self
                    .layout
                    .anchor(remark)
                    .is_none_or(|anchor| !written.contains(&anchor))
        };
        let left = self.layout.remarks.iter().filter(is_left);
        left.map(|remark| format!("{}\n", &self.old[remark.span.clone()]))
            .collect()
    }

    /// Texts without an original, and the comments of tables without one.
    fn dropped(&self, groups: &[PairedGroup<'_>], orphans: &[Orphan<'_>]) -> Vec<Dropped> {
        let line = |at: usize| self.old[..at].matches('\n').count() + 1;
        let texts = orphans.iter().map(|orphan| Dropped {
            line: line(orphan.text.span.start),
            what: format!("{}{}", orphan.group.name(), orphan.key),
            text: orphan.text.text.clone(),
        });
        let kept: Vec<Range<usize>> = groups
            .iter()
            .filter_map(|group| Some(self.layout.span(group.old?)))
            .collect();
        let is_gone = |remark: &&Remark| {
            !remark.is_ours && !kept.iter().any(|span| span.contains(&remark.span.start))
        };
        let comments = self
            .layout
            .remarks
            .iter()
            .filter(is_gone)
            .map(|remark| Dropped {
                line: line(remark.span.start),
                what: "comment".to_owned(),
                text: self.old[remark.span.clone()].to_owned(),
            });
        let mut dropped: Vec<Dropped> = texts.chain(comments).collect();
        dropped.sort_by_key(|dropped| dropped.line);
        dropped
    }
}

/// The new original of a translation that is out of date, with its fingerprint.
fn changed(indent: &str, own: &str, pair: &Pair<'_>) -> String {
    if pair.standing() != Standing::Outdated {
        return String::new();
    }
    let of = fingerprint(&pair.own.text);
    marked(CHANGED, indent, &format!("{own}, of = \"{of}\""))
}

/// Whether a translation of a wrong line names the same mistake.
fn is_named(own: &Text, found: &Text, options: Option<&PairedField<'_>>) -> bool {
    match (&own.entry, &found.entry) {
        (Some(own), Some(found)) => {
            let name = options.and_then(|options| option(options, &own.name));
            own.by == found.by && found.of.is_some() && found.name == name.unwrap_or(&own.name)
        }
        _ => true,
    }
}

/// The keys in the order of the translation; one that it lacks follows the key that it follows in the original.
fn in_order<'a, 'g>(fields: &'a [PairedField<'g>]) -> Vec<&'a PairedField<'g>> {
    let mut ordered: Vec<&PairedField<'g>> =
        fields.iter().filter(|field| field.old.is_some()).collect();
    ordered.sort_by_key(|field| field.old.map(|old| old.value.start));
    for (at, field) in fields
        .iter()
        .enumerate()
        .filter(|(_, field)| field.old.is_none())
    {
        let before = at.checked_sub(1).map(|before| fields[before].own.key);
        let place = ordered
            .iter()
            .position(|other| Some(other.own.key) == before);
        ordered.insert(place.map_or(0, |place| place + 1), field);
    }
    ordered
}

/// `of = { goal = "…", hint = ["…", "…"] }`
fn prints(fields: &[&PairedField<'_>]) -> String {
    let one = |field: &&&PairedField<'_>| {
        let prints = field
            .pairs
            .iter()
            .map(|pair| format!("\"{}\"", pair.new_print()));
        let prints = prints.collect::<Vec<_>>().join(", ");
        match field.own.form {
            Form::One => format!("{} = {prints}", field.own.key),
            _ => format!("{} = [{prints}]", field.own.key),
        }
    };
    let flat = fields.iter().filter(|field| field.own.form != Form::Wrong);
    let all: Vec<String> = flat.map(|field| one(&field)).collect();
    if all.is_empty() {
        return String::new();
    }
    format!("of = {{ {} }}\n", all.join(", "))
}

/// An array of the lines of its elements: on one line where it fits and holds no comments.
fn array(key: &str, items: &[String]) -> String {
    const WIDTH: usize = 100;
    let flat: Vec<&str> = items
        .iter()
        .map(|item| item.trim().trim_end_matches(','))
        .collect();
    let line = format!("[{}]", flat.join(", "));
    let has_lines = flat
        .iter()
        .any(|item| item.contains('\n') || item.starts_with('#'));
    if !has_lines && line.width() + key.len() + " = ".len() <= WIDTH {
        return line;
    }
    format!("[\n{}]", items.concat())
}

/// A text as TOML.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}
