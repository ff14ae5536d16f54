//! The interface's own words: one Fluent message file per language, and nothing worded elsewhere.
//!
//! A message is looked up by its id with the values that it names; one that a language lacks is said in English.
//! Values come from learners and lessons, so whoever passes one has made it harmless to print before.

use std::fmt;

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

/// A language of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// English.
    #[default]
    En,
    /// Chinese, simplified.
    Zh,
}

/// All languages with their message files.
const FILES: [(Language, &str); 2] = [
    (Language::En, include_str!("en.ftl")),
    (Language::Zh, include_str!("zh.ftl")),
];
/// What the commands do. English has no such file: the commands' rows speak English.
const COMMANDS: [(Language, &str); 1] = [(Language::Zh, include_str!("commands.zh.ftl"))];

impl Language {
    /// The language that a tag such as `zh-CN` or `zh_CN.UTF-8` names; English for every other.
    #[must_use]
    pub fn of_tag(tag: &str) -> Language {
        let first = tag.split(['-', '_', '.', '@']).next().unwrap_or_default();
        if first.eq_ignore_ascii_case("zh") {
            Language::Zh
        } else {
            Language::En
        }
    }

    /// Its tag: `en`, `zh`.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Language::En => "en",
            Language::Zh => "zh",
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

/// A value in a message: made `from` a text or a number.
pub type Value<'a> = FluentValue<'a>;

type Bundle = FluentBundle<FluentResource>;

/// The words of one language.
pub struct Words {
    language: Language,
    own: Bundle,
    english: Bundle,
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Words")
            .field("language", &self.language)
            .finish_non_exhaustive()
    }
}

impl Words {
    /// The words of a language.
    #[must_use]
    pub fn new(language: Language) -> Words {
        Words {
            language,
            own: bundle(language),
            english: bundle(Language::En),
        }
    }

    /// The language.
    #[must_use]
    pub fn language(&self) -> Language {
        self.language
    }

    /// A message without values.
    #[must_use]
    pub fn say(&self, id: &str) -> String {
        self.with(id, &[])
    }

    /// What a command does, in a line: by its row's name. None in English, where the row itself says it.
    #[must_use]
    pub fn summary(&self, row: &str) -> Option<String> {
        let id = format!("summary-{}", row.replace('|', "-"));
        format(&self.own, &id, &FluentArgs::new())
    }

    /// A message with its values; the id itself when no language has it.
    #[must_use]
    pub fn with(&self, id: &str, values: &[(&str, Value<'_>)]) -> String {
        let is_chinese = self.language == Language::Zh;
        let values: FluentArgs<'_> = values
            .iter()
            .map(|(name, value)| match value {
                Value::String(text) if is_chinese => (*name, with_edges(text).into()),
                value => (*name, value.clone()),
            })
            .collect();
        let found = [&self.own, &self.english]
            .into_iter()
            .find_map(|bundle| format(bundle, id, &values));
        let found = found.unwrap_or_else(|| id.to_owned());
        if is_chinese {
            without_edges(&found)
        } else {
            found
        }
    }
}

/// Stands where a value in Chinese quotes begins or ends, while a message is put together; no text has it.
const EDGE: char = '\u{fdd0}';

/// A value with an edge beside its Chinese quotes.
fn with_edges(value: &str) -> String {
    let value = value.replace(EDGE, "");
    let edge = |is_quoted: bool| {
        if is_quoted {
            EDGE.to_string()
        } else {
            String::new()
        }
    };
    let (begins, ends) = (value.starts_with('“'), value.ends_with('”'));
    format!("{}{value}{}", edge(begins), edge(ends))
}

/// A message without the spaces beside such edges: around its own quotes Chinese has none. Those in the values stay.
fn without_edges(message: &str) -> String {
    let before = format!(" {EDGE}“");
    let behind = format!("”{EDGE} ");
    let message = message.replace(&before, "“").replace(&behind, "”");
    message.replace(EDGE, "")
}

fn format(bundle: &Bundle, id: &str, values: &FluentArgs<'_>) -> Option<String> {
    let pattern = bundle.get_message(id)?.value()?;
    Some(
        bundle
            .format_pattern(pattern, Some(values), &mut Vec::new())
            .into_owned(),
    )
}

fn bundle(language: Language) -> Bundle {
    let identifier: LanguageIdentifier = language
        .tag()
        .parse()
        .expect("the tags of our languages are well formed");
    let mut bundle = FluentBundle::new(vec![identifier]);
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(|value, _| match value {
        FluentValue::Number(number) => Some(grouped(number.value)),
        _ => None,
    }));
    let sources = FILES
        .iter()
        .chain(&COMMANDS)
        .filter(|(of, _)| *of == language);
    for (_, source) in sources {
        // A test holds that the files are without errors; what could be read of one that is not is used all the same.
        let resource =
            FluentResource::try_new((*source).to_owned()).unwrap_or_else(|(resource, _)| resource);
        let _ = bundle.add_resource(resource);
    }
    bundle
}

/// A number with its thousands divided: `9,994`.
fn grouped(number: f64) -> String {
    let text = number.to_string();
    let (whole, fraction) = text
        .split_once('.')
        .map_or((text.as_str(), None), |(whole, rest)| (whole, Some(rest)));
    let (sign, digits) = whole
        .strip_prefix('-')
        .map_or(("", whole), |digits| ("-", digits));
    let mut grouped = String::from(sign);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if let Some(fraction) = fraction {
        grouped.push('.');
        grouped.push_str(fraction);
    }
    grouped
}

#[cfg(test)]
mod tests;
