//! The language one is spoken to in: of the argument, else of the journal, else of the system.
//!
//! Lessons speak every language that their pack has texts in; the interface speaks those of its message files, and
//! English beside lessons in another.

use crate::cli::Global;
use crate::error::{AppError, ErrorKind};
use crate::journal::Progress;
use crate::lesson::{Library, Source};
use crate::text::Language;
use crate::view;

/// The tag of the language that is wished for; as an argument or a system names it.
pub fn wished(global: &Global, progress: &Progress) -> String {
    let chosen = global.lang.clone().or_else(|| progress.language.clone());
    let chosen = chosen.or_else(sys_locale::get_locale);
    chosen.unwrap_or_else(|| Language::En.tag().to_owned())
}

/// Opens a pack in the language that is wished for, or in the nearest that there is.
pub fn open(source: Source, global: &Global, wished: &str) -> Result<Library, AppError> {
    // What is wished for may be any text: only a language that there is becomes a file's name.
    let library = Library::open(source, Language::En.tag())?;
    let spoken = match (spoken(&library, wished), &global.lang) {
        (Some(spoken), _) => spoken,
        (None, None) => Language::of_tag(wished).tag().to_owned(),
        (None, Some(asked)) => return Err(not_spoken(&library, asked)),
    };
    if spoken == library.language() {
        return Ok(library);
    }
    Ok(Library::open(library.source().clone(), &spoken)?)
}

/// The language that a word names here; the one after the present one when it names none.
pub fn named(library: &Library, tag: &str) -> Result<String, AppError> {
    if !tag.is_empty() {
        return spoken(library, tag).ok_or_else(|| not_spoken(library, tag));
    }
    let all = all(library);
    let now = all.iter().position(|tag| tag == library.language());
    let next = now.map_or(0, |at| (at + 1) % all.len());
    Ok(all.into_iter().nth(next).unwrap_or_default())
}

/// All languages that texts or messages are there in: the pack's own first.
fn all(library: &Library) -> Vec<String> {
    let pack = &library.pack;
    let messages = [Language::En, Language::Zh].map(|language| language.tag().to_owned());
    let known = std::iter::once(&pack.language).chain(&pack.languages);
    let mut all: Vec<String> = Vec::new();
    for tag in known.cloned().chain(messages) {
        if !all.contains(&tag) {
            all.push(tag);
        }
    }
    all
}

/// The one that a tag such as `zh`, `zh-CN` or `zh_CN.UTF-8` names: itself, else one that begins alike.
fn spoken(library: &Library, wished: &str) -> Option<String> {
    let end = wished.find(['.', '@']).unwrap_or(wished.len());
    let wished = wished[..end].replace('_', "-");
    let first = |tag: &str| tag.split('-').next().unwrap_or_default().to_lowercase();
    let all = all(library);
    let itself = all.iter().find(|tag| tag.eq_ignore_ascii_case(&wished));
    let alike = || all.iter().find(|tag| first(tag) == first(&wished));
    itself.or_else(alike).cloned()
}

fn not_spoken(library: &Library, asked: &str) -> AppError {
    let asked = view::printable(asked);
    let said = format!("neither lessons nor messages are there in the language `{asked}`");
    let known = all(library).join(", ");
    AppError::new(ErrorKind::NotFound, said).hint(format!("there are: {}", view::printable(&known)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_found_by_its_tag_a_locale_or_its_beginning() {
        let library = Library::open(Source::BuiltIn, "en").expect("the course opens");
        for (wished, found) in [
            ("zh", Some("zh")),
            ("zh_CN.UTF-8", Some("zh")),
            ("ZH-Hant", Some("zh")),
            ("en_GB@euro", Some("en")),
            ("fr_FR.UTF-8", None),
            ("C", None),
            ("", None),
        ] {
            assert_eq!(spoken(&library, wished).as_deref(), found, "{wished}");
        }
    }

    #[test]
    fn without_a_name_the_next_language_is_meant() {
        let next = |tag: &str| {
            let library = Library::open(Source::BuiltIn, tag).expect("the course opens");
            named(&library, "").expect("a language")
        };
        assert_eq!((next("en").as_str(), next("zh").as_str()), ("zh", "en"));
    }
}
