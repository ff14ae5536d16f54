//! A reply that is written down before it comes: is it right, and has the author foreseen it? What else is said of a wrong
//! one, `unlike` knows.

use crate::lesson::{Mistake, Step};
use crate::notation::{Answer, Literal, leaves, read_answer};

use super::{
    Notice,
    compare::answer_fits,
    judge::{Effect, effect},
    nothing::{NONE, names_error, tells_empty, tells_nothing, unadorned},
    unanswered::{Asked, first_alone, no_answer},
    unlike::{is_told_as_error, other_answer},
    why::Why,
    world::World,
};

/// What was found out about a prediction.
#[derive(Debug, Clone)]
pub struct Predicted {
    /// Whether it is the reply that is asked for.
    pub right: bool,
    /// Why not, or what there is to say of a right one.
    pub why: Vec<Why>,
    /// That it is no answer yet, which costs nothing.
    pub notice: Option<Notice>,
    /// The effect of the lines asked about.
    pub effect: Effect,
}

/// Judges the reply that a learner predicts. What is asked for is what comes in the learner's world; but where `programs`
/// of theirs take part, which come and go as they like, it is what the lesson tells, the same in every run.
#[must_use]
pub fn predict(step: &Step, base: &World, programs: bool, typed: &str) -> Predicted {
    let effect = effect(base, &step.solution, &step.during);
    let comes = effect.replies.last().and_then(Option::as_ref);
    let told = step.replies.last().filter(|_| programs);
    let answer = read_answer(typed);
    // What waits answers nothing yet.
    let reply = told.or(comes).unwrap_or(&Literal::Nil);
    let right = answer.is(reply, &|reply, answer| answer_fits(step, reply, answer));
    let asked = Asked {
        lines: &step.solution,
        replies: &effect.replies,
        reply,
        base,
    };
    let why = if right {
        let fits = |comes: &Literal| answer_fits(step, reply, comes);
        let otherwise = comes.filter(|comes| !fits(comes)).cloned();
        let otherwise = otherwise.map(Why::ComesOtherwise);
        otherwise
            .into_iter()
            .chain(remark(&answer, reply))
            .collect()
    } else {
        vec![wrong_answer(step, typed, &answer, &asked)]
    };
    let is_told = matches!(&why[..], [Why::Author(_) | Why::NothingIsWritten]);
    let unanswered = || {
        let found = first_alone(reply, &answer);
        // The command's name may stand in front of what it answers.
        let typed = answer.meant().text();
        found.or_else(|| (!is_told).then(|| no_answer(&asked, typed)).flatten())
    };
    let notice = (!right).then(unanswered).flatten();
    Predicted {
        right,
        why,
        notice,
        effect,
    }
}

/// What is said of a right answer: of words that stand for another reply, too.
pub(super) fn remark(answer: &Answer, reply: &Literal) -> Option<Why> {
    let answer = answer.meant();
    let is_none = unadorned(answer.text()) == NONE;
    if *reply == Literal::Nil && is_none {
        return Some(Why::NilNotNone);
    }
    let is_one = reply.items().is_some_and(|items| items.len() == 1);
    (is_one && !answer.is_written_as_array()).then_some(Why::ArrayOfOne)
}

fn wrong_answer(step: &Step, typed: &str, answer: &Answer, asked: &Asked<'_>) -> Why {
    let reply = asked.reply;
    let words = [typed, answer.meant().text()].map(unadorned);
    let reads = |answer: &Answer, own: &str| {
        read_answer(own).readings.first().is_some_and(|own| {
            answer.is(own, &|own, typed| {
                own == typed || answer_fits(step, own, typed)
            })
        })
    };
    let means = |own: &str| reads(answer, own);
    // Numbers in quotes mean what they would without, where that is no right list.
    let bare = read_answer(&typed.replace(['"', '\''], ""));
    let is_right = || bare.is(reply, &|reply, typed| answer_fits(step, reply, typed));
    let means_bare =
        |own: &str| answer.quotes_numbers_of(reply) && !is_right() && reads(&bare, own);
    let find = |is_own: &dyn Fn(&str) -> bool| {
        let mut foreseen = step.wrong.iter();
        foreseen.find(|wrong| matches!(&wrong.when, Mistake::Answer(own) if is_own(own)))
    };
    // What stands there letter for letter is meant before what may be read alike.
    let found = find(&|own| own == typed);
    let found = found.or_else(|| find(&|own| words.contains(&unadorned(own))));
    // A word for nothing stands for what is empty, too, and not only for what an author writes as (nil).
    let is_idea = words.iter().any(|own| tells_empty(own, reply));
    let found = found.or_else(|| find(&means).filter(|_| !is_idea));
    let found = found.or_else(|| find(&means_bare));
    // What is said of (nil), or of an empty array, is said of words for it, too.
    let tells_nil = || words.iter().any(|own| tells_nothing(own, &Literal::Nil));
    let is_nil = |own: &str| {
        let own = read_answer(own);
        let first = own.readings.first();
        first.is_some_and(|own| *own == Literal::Nil || *own == Literal::Array(Vec::new()))
    };
    let found = found.or_else(|| {
        let is_other = *reply == Literal::Nil || is_idea || is_told_as_error(answer.meant(), reply);
        let is_meant = !is_other && tells_nil();
        find(&is_nil).filter(|_| is_meant)
    });
    match found {
        Some(wrong) => Why::Author(wrong.say.clone()),
        None if words.iter().any(|own| tells_nothing(own, reply)) && !names_error(answer) => {
            Why::NothingIsWritten
        }
        None if has_nothings(answer.meant(), reply) => Why::NothingIsWritten,
        None if has_empty_texts(answer.meant(), reply) => Why::EmptyTextComes,
        None => other_answer(asked, answer),
    }
}

/// Whether a list is the one that comes but for such a word in the place of (nil).
fn has_nothings(answer: &Answer, reply: &Literal) -> bool {
    let Literal::Array(wanted) = reply else {
        return false;
    };
    if answer.has_values_of(reply) {
        return false;
    }
    let is = |typed: &Literal, item: &Literal| {
        let texts = leaves(typed);
        // 空 is read as (nil), and may be meant of an array.
        if *typed == Literal::Nil && item.items().is_some_and(<[Literal]>::is_empty) {
            return answer.text().contains('空');
        }
        let word = texts.first().map(|text| String::from_utf8_lossy(text));
        let is_word = word.is_some_and(|word| tells_nothing(&unadorned(&word), item));
        texts == leaves(item) || texts.len() == 1 && is_word
    };
    answer.readings.iter().any(|reading| {
        let items = reading.items().unwrap_or_default();
        let mut pairs = items.iter().zip(wanted);
        !items.is_empty()
            && items.len() == wanted.len()
            && pairs.all(|(typed, item)| is(typed, item))
    })
}

/// Whether a list is the one that comes but for a word for nothing, other than Redis's own, in the place of an empty text.
fn has_empty_texts(answer: &Answer, reply: &Literal) -> bool {
    let mut words = answer.text().split(|sign: char| !sign.is_alphanumeric());
    let names_nil = words.any(|word| word.eq_ignore_ascii_case("nil"));
    let is_empty = |item: &Literal| matches!(item, Literal::Bulk(text) if text.is_empty());
    let Some(wanted) = reply.items().filter(|_| !names_nil) else {
        return false;
    };
    answer.readings.iter().any(|reading| {
        let typed = reading.items().unwrap_or_default();
        let pairs = || typed.iter().zip(wanted);
        let is_meant = |(typed, item): (&Literal, &Literal)| {
            *typed == Literal::Nil && is_empty(item) || leaves(typed) == leaves(item)
        };
        typed.len() == wanted.len()
            && pairs().all(is_meant)
            && pairs().any(|(typed, _)| *typed == Literal::Nil)
    })
}
