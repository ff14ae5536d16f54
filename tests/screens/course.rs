//! The whole course, skipped through: whatever is drawn of it has room at every width, in both languages.

use rediscover::{
    lesson::{Library, Source},
    text::Language,
    tutor::{Output, Start, Tutor},
};

use super::scene::{NOW, ascii, at, drawn};

/// What our own words and drawings are made of; what Redis answers is printed as it comes, however long.
fn is_ours(output: &Output) -> bool {
    !matches!(
        output,
        Output::Reply(_) | Output::Actor { .. } | Output::Arrived { .. }
    )
}

#[test]
fn every_step_has_room_at_every_width() {
    for language in [Language::En, Language::Zh] {
        let library = Library::open(Source::BuiltIn, language.tag()).expect("the course opens");
        for id in library.lessons() {
            let lesson = library.lesson(id).expect("it can be played");
            let start = Start { seed: 1, now: NOW };
            let mut tutor = Tutor::new(lesson, None, start);
            let mut outputs = tutor.begin();
            while !tutor.is_done() {
                for line in [":hint", "FLUSHALL", "NONSENSE", ":skip"] {
                    outputs.extend(tutor.feed(line).outputs);
                }
            }
            outputs.retain(is_ours);
            for style in [at(40), ascii(40), at(80), at(120)] {
                drawn(&outputs, &style, language);
            }
        }
    }
}
