//! Which text of a translation translates which of the original: by place and fingerprint, so that a text that was
//! only moved keeps its translation.

use std::ops::Range;

use super::{
    fingerprint,
    text::{Entry, Field, Form, Group, Text},
};

/// How a text of the original is translated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// It is.
    Kept,
    /// By a text that translates an earlier one.
    Outdated,
    /// Not at all.
    Missing,
}

/// A text of the original with its translation.
#[derive(Debug)]
pub(super) struct Pair<'g> {
    /// The original.
    pub own: &'g Text,
    /// Its translation.
    pub found: Option<&'g Text>,
    /// The fingerprint that the translation carries.
    pub print: Option<String>,
}

/// A key's texts with their translations, in the original's order.
#[derive(Debug)]
pub(super) struct PairedField<'g> {
    /// The original's field.
    pub own: &'g Field,
    /// The translation's, where it has one.
    pub old: Option<&'g Field>,
    /// One for each text of the original.
    pub pairs: Vec<Pair<'g>>,
}

/// A table's texts with their translations.
#[derive(Debug)]
pub(super) struct PairedGroup<'g> {
    /// The original's table.
    pub own: &'g Group,
    /// The translation's, where it has one.
    pub old: Option<&'g Group>,
    /// One for each key of the original, in its order.
    pub fields: Vec<PairedField<'g>>,
}

/// A text of a translation whose original is gone.
#[derive(Debug)]
pub(super) struct Orphan<'g> {
    /// Its table.
    pub group: &'g Group,
    /// Its key.
    pub key: &'static str,
    /// The text.
    pub text: &'g Text,
    print: Option<String>,
}

impl Pair<'_> {
    /// How the text is translated. A translation without a fingerprint counts as one of this text.
    pub fn standing(&self) -> Standing {
        match (&self.found, &self.print) {
            (None, _) => Standing::Missing,
            (Some(_), Some(print)) if *print != fingerprint(&self.own.text) => Standing::Outdated,
            (Some(_), _) => Standing::Kept,
        }
    }

    /// The fingerprint that stands beside the translation from now on.
    pub fn new_print(&self) -> String {
        match (&self.print, self.standing()) {
            (Some(print), Standing::Outdated) => print.clone(),
            _ => fingerprint(&self.own.text),
        }
    }
}

/// Pairs all texts of an original with those of its translation; what is left over of the translation is told.
pub(super) fn pair<'g>(
    own: &'g [Group],
    old: &'g [Group],
) -> (Vec<PairedGroup<'g>>, Vec<Orphan<'g>>) {
    let mut orphans = Vec::new();
    let mut used: Vec<Range<usize>> = Vec::new();
    let mut paired: Vec<PairedGroup<'g>> = own
        .iter()
        .map(|group| {
            let is_top = group.list.is_empty();
            let is_same =
                |other: &&Group| other.list == group.list && (is_top || other.id == group.id);
            // Of two with the same id the later one is what learners see.
            let old = old.iter().rfind(is_same);
            used.extend(old.map(|old| old.span.clone()));
            pair_group(group, old, &mut orphans)
        })
        .collect();
    for group in old.iter().filter(|group| !used.contains(&group.span)) {
        for field in &group.fields {
            orphans.extend(left(group, field, field.texts.iter().enumerate()));
        }
    }
    adopt(&mut paired, &mut orphans);
    orphans.retain(|orphan| !orphan.text.text.is_empty());
    orphans.sort_by_key(|orphan| orphan.text.span.start);
    (paired, orphans)
}

fn pair_group<'g>(
    own: &'g Group,
    old: Option<&'g Group>,
    orphans: &mut Vec<Orphan<'g>>,
) -> PairedGroup<'g> {
    let mut fields: Vec<PairedField<'g>> = Vec::new();
    let is_same_without =
        |field: &&Field| field.is_line && old.is_none_or(|old| old.field(field.key).is_none());
    let translated = own.fields.iter().filter(|field| !is_same_without(field));
    // Options come first: wrong answers name them.
    let (options, others): (Vec<&Field>, Vec<&Field>) =
        translated.partition(|field| field.key == "options");
    for field in options.into_iter().chain(others) {
        let options = fields.iter().find(|field| field.own.key == "options");
        let paired = pair_field(field, old, options, orphans);
        fields.push(paired);
    }
    fields.sort_by_key(|field| field.own.value.start);
    let is_gone = |field: &&Field| own.field(field.key).is_none();
    if let Some(old) = old {
        for field in old.fields.iter().filter(is_gone) {
            orphans.extend(left(old, field, field.texts.iter().enumerate()));
        }
    }
    PairedGroup { own, old, fields }
}

/// The texts of a field that are left over.
fn left<'g>(
    group: &'g Group,
    field: &'g Field,
    texts: impl Iterator<Item = (usize, &'g Text)>,
) -> Vec<Orphan<'g>> {
    let orphan = |(at, text)| Orphan {
        group,
        key: field.key,
        text,
        print: print_of(group, field, at),
    };
    texts.map(orphan).collect()
}

/// The fingerprint beside a text of a translation.
fn print_of(group: &Group, field: &Field, at: usize) -> Option<String> {
    let print = match &field.texts[at].entry {
        Some(entry) => entry.of.clone(),
        None => {
            let prints = group.of.iter().find(|(key, _)| key == field.key);
            prints.and_then(|(_, prints)| prints.get(at).cloned())
        }
    };
    print.filter(|print| !print.is_empty())
}

fn pair_field<'g>(
    own: &'g Field,
    group: Option<&'g Group>,
    options: Option<&PairedField<'g>>,
    orphans: &mut Vec<Orphan<'g>>,
) -> PairedField<'g> {
    let old = group.and_then(|group| Some((group, group.field(own.key)?)));
    let mut places: Vec<Option<usize>> = vec![None; own.texts.len()];
    if let Some((group, old)) = old {
        let is_named = |entry: &Entry, other: &Entry| {
            let translated = options.and_then(|options| option(options, &entry.name));
            entry.by == other.by
                && (entry.name == other.name || translated == Some(other.name.as_str()))
        };
        let has_print = |at: usize, text: &Text| {
            print_of(group, old, at).is_some_and(|print| print == fingerprint(&text.text))
        };
        match own.form {
            Form::One => places[0] = Some(0),
            Form::Wrong => claim(&mut places, own, old, |_, text, _, other| {
                match (&text.entry, &other.entry) {
                    (Some(entry), Some(other)) => is_named(entry, other),
                    _ => false,
                }
            }),
            Form::Many => claim(&mut places, own, old, |at, text, other, _| {
                at == other && has_print(other, text)
            }),
        }
        claim(&mut places, own, old, |_, text, at, _| has_print(at, text));
        if own.form == Form::Many {
            // What is left translates what stood there before, as far as can be told.
            claim(&mut places, own, old, |_, _, _, _| true);
        }
        let unclaimed = old.texts.iter().enumerate();
        let unclaimed = unclaimed.filter(|(at, _)| !places.contains(&Some(*at)));
        orphans.extend(left(group, old, unclaimed));
    }
    let pairs = own.texts.iter().zip(places).map(|(text, place)| {
        let found = old
            .zip(place)
            .map(|((group, old), at)| (&old.texts[at], print_of(group, old, at)))
            .filter(|(found, _)| !found.text.is_empty());
        let (found, print) = found.unzip();
        Pair {
            own: text,
            found,
            print: print.flatten(),
        }
    });
    PairedField {
        own,
        old: old.map(|(_, field)| field),
        pairs: pairs.collect(),
    }
}

/// Gives texts of the original that have no translation yet the first free one that fits.
fn claim(
    places: &mut [Option<usize>],
    own: &Field,
    old: &Field,
    fits: impl Fn(usize, &Text, usize, &Text) -> bool,
) {
    for (at, text) in own.texts.iter().enumerate() {
        if places[at].is_some() {
            continue;
        }
        let mut free = (0..old.texts.len()).filter(|other| !places.contains(&Some(*other)));
        places[at] = free.find(|other| fits(at, text, *other, &old.texts[*other]));
    }
}

/// The translation of an option.
pub(super) fn option<'a>(options: &'a PairedField<'_>, name: &str) -> Option<&'a str> {
    let pair = options.pairs.iter().find(|pair| pair.own.text == name)?;
    Some(pair.found?.text.as_str())
}

/// Gives what has no translation one whose original said the same under the same key in another place.
fn adopt<'g>(groups: &mut [PairedGroup<'g>], orphans: &mut Vec<Orphan<'g>>) {
    for field in groups.iter_mut().flat_map(|group| &mut group.fields) {
        let key = field.own.key;
        for pair in field.pairs.iter_mut().filter(|pair| pair.found.is_none()) {
            let print = fingerprint(&pair.own.text);
            let says_it = |orphan: &Orphan<'_>| {
                orphan.key == key
                    && orphan.print.as_ref() == Some(&print)
                    && !orphan.text.text.is_empty()
            };
            if let Some(at) = orphans.iter().position(says_it) {
                let orphan = orphans.remove(at);
                pair.found = Some(orphan.text);
                pair.print = orphan.print;
            }
        }
    }
}
