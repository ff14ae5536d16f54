//! What kind of fault a line has that is to be corrected, as far as its words tell.

use crate::engine::Bytes;
use crate::lesson::Question;
use crate::notation::join;

use crate::tutor::{Fault, likeness::names_same_command};

/// The kind of fault, where the command that is on the screen stays.
pub(super) fn fault(question: &Question) -> Option<Fault> {
    let [line] = question.lines.as_slice() else {
        return None;
    };
    let fix = question.right.first()?;
    let first = fix
        .first()
        .filter(|fix| names_same_command(&fix.argv, &line.argv))?;
    if fix.len() > 1 {
        return Some(Fault::Lines(fix.len()));
    }
    let (own, wanted) = (line.argv.get(1..)?, first.argv.get(1..)?);
    let surplus = without(own, wanted);
    let missing = without(wanted, own);
    Some(match (surplus.is_empty(), missing.is_empty()) {
        (true, true) => Fault::Order,
        (true, false) => Fault::Missing(missing.len()),
        (false, true) => Fault::Surplus(surplus.len()),
        (false, false) => Fault::Words(join(&surplus)),
    })
}

/// Words that others lack, each as often as it stands there more.
fn without(words: &[Bytes], others: &[Bytes]) -> Vec<Bytes> {
    let mut others = others.to_vec();
    let mut rest = words.to_vec();
    rest.retain(|word| match others.iter().position(|other| other == word) {
        Some(at) => {
            others.swap_remove(at);
            false
        }
        None => true,
    });
    rest
}
