//! Why an attempt is wrong, found out by comparing it with the solution: its command, its keys, its arguments, and
//! what became of the data. Author's sentences for the very line have been tried before this.

use crate::engine::{Bytes, Command, Kind, commands, number};
use crate::lesson::{Line, Step, StepKind};
use crate::notation::{Literal, leaves};

mod arguments;
mod effects;
mod key;
mod options;
mod refused;
mod siblings;
mod signs;
mod spelling;
mod synonyms;
mod syntax;
mod unknown_words;
mod walk;
mod wide;
mod words;

pub(super) use arguments::argument_names;
use arguments::arguments;
use effects::by_effect;
use refused::{left_out_key, not_now, other_type, refused, type_of};
pub use siblings::only_shows;
use siblings::{are_pair, contrasting, other_command};
pub use spelling::{no_such_key, no_such_key_of, own_word};
use spelling::{spelling_slip, unknown};
use wide::wide_sign;
pub(super) use words::surplus;

use super::{
    compare::{differences, same_data},
    diagnosis::Diagnosis,
    judge::effect,
    likeness::{counts, keys, names_same_command},
    local::WORDS,
    shape::Shape,
    slip::{Contrast, Disorder, KeySlip, Missing, MissingPart},
    world::World,
};

/// An attempt that is wrong, with everything that is known of it.
#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    /// The step.
    pub step: &'a Step,
    /// Its starting point.
    pub base: &'a World,
    /// The line.
    pub argv: &'a [Bytes],
    /// What came back.
    pub reply: Option<&'a Literal>,
    /// The world after it.
    pub world: &'a World,
    /// The world after the solution.
    pub wanted: &'a World,
    /// What the solution answers.
    pub wanted_reply: Option<&'a Literal>,
}

impl Case<'_> {
    /// Whether Redis would take a line in place of the one that was typed.
    fn runs(&self, line: &[Bytes]) -> bool {
        self.base.takes(line, &self.step.during)
    }

    /// Whether a line would have done the same in place of the one that was typed.
    fn does_as_well(&self, line: &[Bytes]) -> bool {
        let mut world = self.base.clone();
        let reply = world.run(line, &self.step.during).reply;
        reply.as_ref() == self.reply && same_data(&world, self.world)
    }

    /// Whether there is such a key at the step's starting point.
    fn has_key(&self, key: &[u8]) -> bool {
        let keyspace = self.base.engine.keyspace();
        keyspace.get(self.base.db(), key).is_some()
    }

    /// Whether a word stands in the ways' lines, and never for a key.
    fn is_value(&self, word: &Bytes) -> bool {
        let mut own = self.step.ways().flatten();
        let is_key = own.any(|line| keys(&line.argv).contains(&word));
        let mut own = self.step.ways().flatten();
        !is_key && own.any(|line| line.argv.contains(word))
    }

    /// Whether the typed command is one that the step practises beside its solution's.
    fn is_allowed(&self, row: &Command) -> bool {
        let mut uses = self.step.uses.iter();
        uses.any(|name| name.eq_ignore_ascii_case(row.name))
    }

    /// Whether Redis would take a line in which two words are exchanged, and one of them then stands where a solution
    /// has it; without a solution that it is taken is all that can be told.
    fn mends(&self, exchanged: &[Bytes], places: [usize; 2]) -> bool {
        let solutions = solutions(self).into_iter();
        let same = solutions.filter(|argv| names_same_command(argv, exchanged));
        let same: Vec<&[Bytes]> = same.collect();
        let stands = |argv: &&[Bytes]| places.iter().any(|at| argv.get(*at) == exchanged.get(*at));
        self.runs(exchanged) && (same.is_empty() || same.iter().any(stands))
    }
}

/// Finds the first thing that explains the difference, from the plainest to the most general.
#[must_use]
pub fn diagnose(case: &Case<'_>) -> Diagnosis {
    let Some(row) = commands::of_line(case.argv) else {
        let found = words::divided_otherwise(case);
        return found.unwrap_or_else(|| unknown(case.step, case.argv));
    };
    let error = match case.reply {
        Some(Literal::Error(text)) => Some(text.as_str()),
        _ => None,
    };
    if let Some(found) = error.and_then(|text| not_now(case, row, text)) {
        return found;
    }
    let solutions = solutions(case);
    if let Some(found) = certain(case).or_else(|| contrasting(case, row, &solutions)) {
        return found;
    }
    let is_same = |argv: &&[Bytes]| names_same_command(argv, case.argv);
    let is_practised = solutions.iter().any(is_same) || case.is_allowed(row);
    if let (false, Some(solution)) = (is_practised, solutions.first()) {
        return other_type(case, row).unwrap_or_else(|| other_command(case, row, solution));
    }
    error
        .and_then(|text| refused(case, row, text))
        .or_else(|| left_out_key(case, row))
        .or_else(|| of_arguments(case))
        .unwrap_or_else(|| by_effect(case))
}

/// A line with its options in the order of their names, for that of the line means nothing.
#[must_use]
pub fn by_options(argv: &[Bytes]) -> Vec<Bytes> {
    let Some(row) = commands::of_line(argv) else {
        return argv.to_vec();
    };
    let (name, args) = argv.split_at(row.name_len().min(argv.len()));
    [name.to_vec(), options::by_options(row, args)].concat()
}

/// The bounds and patterns of a line.
#[must_use]
pub fn bounds(argv: &[Bytes]) -> Vec<Bytes> {
    let Some(row) = commands::of_line(argv) else {
        return Vec::new();
    };
    let args = argv.get(row.name_len()..).unwrap_or_default();
    let named = argument_names(row, args).into_iter().zip(args);
    let bounds = named.filter(|((_, kind), _)| matches!(kind, Kind::Bound | Kind::Pattern));
    bounds.map(|(_, arg)| arg.clone()).collect()
}

/// A slip that leaves no doubt, because with it mended the line is the solution's: a value without quotes, two
/// arguments in each other's place, a comma too many, upper and lower case; or because what came of it tells: a missing
/// pivot, a deadline in the past.
#[must_use]
pub fn certain(case: &Case<'_>) -> Option<Diagnosis> {
    let row = commands::of_line(case.argv)?;
    // There is no slip in a line of the solution's own.
    if words::lines(case).any(|line| line == case.argv) {
        return None;
    }
    let same_command: Vec<&[Bytes]> = words::short_ways(case)
        .flatten()
        .map(|line| line.argv.as_slice())
        .filter(|argv| names_same_command(argv, case.argv))
        .collect();
    let find = |slip: &dyn Fn(&[Bytes]) -> Option<Diagnosis>| {
        same_command.iter().find_map(|argv| slip(argv))
    };
    wide_sign(case)
        .or_else(|| find(&|argv| signs::space_in_quotes(case.argv, argv)))
        .or_else(|| words::divided_otherwise(case))
        .or_else(|| signs::comparison(case, row))
        .or_else(|| find(&|argv| key::glued_field(case, row, argv)))
        .or_else(|| find(&|argv| signs::punctuation(case.argv, argv)))
        .or_else(|| find(&|argv| signs::needs_quotes(case.argv, argv)))
        .or_else(|| find(&|argv| arguments::other_case(case, row, argv)))
        .or_else(|| {
            find(&|argv| {
                arguments::swapped(case.argv, argv)
                    .filter(|_| case.step.kind != StepKind::Goal || matters(case, argv))
            })
        })
        .or_else(|| words::misplaced(case, row))
        .or_else(|| words::too_many(case))
        .or_else(|| find(&|argv| signs::stuck_sign(case.argv, argv)))
        .or_else(|| no_pivot(case, row))
        .or_else(|| expired_at_once(case, row))
}

/// A deadline that has passed already, where the key is to stay.
fn expired_at_once(case: &Case<'_>, row: &Command) -> Option<Diagnosis> {
    let key = case.argv.get(1).filter(|_| row.name.contains("expire"))?;
    let has = |world: &World| world.engine.keyspace().get(world.db(), key).is_some();
    let is_gone = has(case.base) && !has(case.world) && has(case.wanted);
    is_gone.then(|| Diagnosis::ExpiredAtOnce { key: key.clone() })
}

/// An element that is not there, beside which LINSERT was to put one.
fn no_pivot(case: &Case<'_>, row: &Command) -> Option<Diagnosis> {
    let is_missing = row.name == "linsert" && case.reply == Some(&Literal::Int(-1));
    let pivot = case.argv.get(3).filter(|_| is_missing)?;
    Some(Diagnosis::NoPivot {
        typed: pivot.clone(),
    })
}

/// Whether a line comes to something else than the one that is meant: of two keys to be deleted any may come first.
fn matters(case: &Case<'_>, meant: &[Bytes]) -> bool {
    let mut wanted = case.base.clone();
    let reply = wanted.run(meant, &case.step.during).reply;
    !same_data(&wanted, case.world) || reply.as_ref() != case.reply
}

/// The same in a goal step, where every line of the solution may be meant: also a word that is nearly the one of a
/// line, which otherwise is as typed.
#[must_use]
pub fn slip(case: &Case<'_>) -> Option<Diagnosis> {
    let lines = &case.step.solution;
    if lines.iter().any(|line| line.is_same(case.argv)) {
        return None;
    }
    certain(case).or_else(|| {
        let row = commands::of_line(case.argv)?;
        let same = lines.iter().map(|line| line.argv.as_slice());
        let mut same = same.filter(|argv| names_same_command(argv, case.argv));
        let misspelt = same.find_map(|argv| {
            let whole = arguments::misspelt(case, row, argv);
            whole.or_else(|| arguments::misspelt_part(case, row, argv))
        });
        misspelt.or_else(|| left_out_key(case, row))
    })
}

/// What differs in a line that has nearly all the words of a way's own, where a goal step asks for it.
#[must_use]
pub fn near(case: &Case<'_>) -> Option<Diagnosis> {
    let row = commands::of_line(case.argv)?;
    if words::lines(case).any(|line| commands::is_same_line(line, case.argv)) {
        return None;
    }
    let same = words::lines(case).filter(|argv| names_same_command(argv, case.argv));
    let near = same.filter(|argv| words::is_near(case.argv, argv));
    // Of two that are as near, the one with the same names is meant, whatever the numbers.
    let nearest = near.min_by_key(|argv| {
        let is_name = |word: &Bytes| number::parse_double(word).is_none();
        let pairs = argv.iter().zip(case.argv);
        let alike = pairs.filter(|(a, b)| a == b && is_name(a));
        let differing = distance(&by_options(argv), &by_options(case.argv));
        (differing, std::cmp::Reverse(alike.count()))
    })?;
    if case.does_as_well(nearest) {
        return None;
    }
    let argv = words::in_order_of(row, case.argv, nearest);
    let case = &Case {
        argv: &argv,
        ..*case
    };
    let is_known = |word: &Bytes| words::lines(case).any(|line| line.contains(word));
    arguments(case, row, nearest).filter(|found| match found {
        // A learner may divide a line into several, but not one that stores what it computes of all its keys.
        Diagnosis::MissingValues { .. } => row.name.ends_with("store"),
        Diagnosis::ExtraValues { typed } => !typed.iter().any(is_known),
        // It is told with the keys that are still to be dealt with.
        Diagnosis::OtherKey { slip, .. } => *slip != KeySlip::Other,
        _ => true,
    })
}

/// What is wrong with the arguments of the right command; none when they cannot tell.
#[must_use]
pub fn of_arguments(case: &Case<'_>) -> Option<Diagnosis> {
    let row = commands::of_line(case.argv)?;
    let solutions = solutions(case).into_iter();
    let same = solutions.filter(|argv| {
        // Where both of a pair will do, the one is written like the other.
        let is_pair = || commands::of_line(argv).is_some_and(|meant| are_pair(row, meant));
        names_same_command(argv, case.argv) || case.is_allowed(row) && is_pair()
    });
    let nearest = same.min_by_key(|argv| {
        let [meant, typed] = [argv, case.argv]
            .map(|line| options::by_options(row, line.get(row.name_len()..).unwrap_or_default()));
        let others =
            options::more_of(&typed, &meant).len() + options::more_of(&meant, &typed).len();
        (others, distance(&meant, &typed))
    })?;
    if let Some(line) = in_its_order(case, nearest) {
        let argv = line.as_slice();
        return arguments(&Case { argv, ..*case }, row, nearest);
    }
    arguments(case, row, nearest)
}

/// A line in the order of the one that is meant, where it has one other word than that and with the right one it comes to
/// the same in its own order: of two keys or pairs any may stand first.
fn in_its_order(case: &Case<'_>, meant: &[Bytes]) -> Option<Vec<Bytes>> {
    let extra = options::more_of(case.argv, meant);
    let missing = options::more_of(meant, case.argv);
    let ([word], [wanted]) = (extra.as_slice(), missing.as_slice()) else {
        return None;
    };
    let put = |line: &[Bytes], from: &Bytes, to: &Bytes| -> Vec<Bytes> {
        let words = line.iter();
        words
            .map(|it| if it == from { to.clone() } else { it.clone() })
            .collect()
    };
    let own = put(meant, wanted, word);
    let mended = put(case.argv, word, wanted);
    if own == case.argv || mended == meant {
        return None;
    }
    let mut world = case.base.clone();
    let reply = world.run(&mended, &case.step.during).reply;
    let values = |reply: Option<&Literal>| {
        let mut values = reply.map(leaves).unwrap_or_default();
        values.sort();
        values
    };
    let comes_to_the_same =
        same_data(&world, case.wanted) && values(reply.as_ref()) == values(case.wanted_reply);
    comes_to_the_same.then_some(own)
}

/// The last line of every way that the author knows.
fn solutions<'a>(case: &Case<'a>) -> Vec<&'a [Bytes]> {
    let ends = case.step.ways().filter_map(<[Line]>::last);
    ends.map(|line| line.argv.as_slice()).collect()
}

/// The same, for a line that Redis refused in a goal step, where no single line is wanted.
#[must_use]
pub fn refusal(step: &Step, base: &World, argv: &[Bytes], reply: &Literal) -> Option<Diagnosis> {
    let Literal::Error(text) = reply else {
        return None;
    };
    let case = Case {
        step,
        base,
        argv,
        reply: Some(reply),
        world: base,
        wanted: base,
        wanted_reply: None,
    };
    let Some(row) = commands::of_line(argv) else {
        let found = words::divided_otherwise(&case);
        return Some(found.unwrap_or_else(|| unknown(step, argv)));
    };
    let found = certain(&case).or_else(|| {
        let found = refused(&case, row, text);
        let is_of_form = found.as_ref().is_some_and(Diagnosis::is_of_form);
        let other = is_of_form.then(|| of_another_type(&case, row)).flatten();
        other.or(found)
    });
    found.or_else(|| {
        let lacks_key = text.starts_with("ERR no such key");
        lacks_key.then(|| no_such_key(base, row, argv)).flatten()
    })
}

/// A command of another type than all those of the ways: how it is written does not matter, then.
fn of_another_type(case: &Case<'_>, row: &'static Command) -> Option<Diagnosis> {
    let lines = case.step.ways().flatten();
    let own: Vec<_> = lines
        .filter_map(|line| commands::of_line(&line.argv))
        .collect();
    let kind = type_of(own.first()?.group)?;
    let is_of_one = own.iter().all(|own| type_of(own.group) == Some(kind));
    let is_other = type_of(row.group).is_some_and(|other| other != kind);
    (is_of_one && is_other && !case.is_allowed(row)).then(|| Diagnosis::OtherCommand {
        command: row.name,
        kind: Some(kind),
        changes: own.iter().any(|own| own.has(crate::engine::flag::WRITE)),
    })
}

/// A second command in a line that is one of a solution but for that.
#[must_use]
pub fn second_command(step: &Step, base: &World, argv: &[Bytes]) -> Option<Diagnosis> {
    words::two_commands(&Case {
        step,
        base,
        argv,
        reply: None,
        world: base,
        wanted: base,
        wanted_reply: None,
    })
}

/// A key of which the name is nearly that of the one that is meant.
#[must_use]
pub fn misspelt_key(typed: &Bytes, meant: &Bytes) -> Option<Diagnosis> {
    spelling_slip(typed, meant).map(|slip| Diagnosis::OtherKey {
        typed: typed.clone(),
        meant: meant.clone(),
        slip,
    })
}

/// A key that was made, of which the name is nearly that of the one that is meant, or goes on behind it.
#[must_use]
pub fn misnamed_key(typed: &Bytes, meant: &Bytes) -> Option<Diagnosis> {
    let behind = typed.strip_prefix(&meant[..]).unwrap_or_default();
    if behind.starts_with(b":") {
        let (typed, meant) = (typed.clone(), meant.clone());
        return Some(Diagnosis::UnderOneKey { typed, meant });
    }
    misspelt_key(typed, meant)
}

/// What can be said of a line without any step: in free play.
#[must_use]
pub fn explain_error(world: &World, argv: &[Bytes], reply: &Literal) -> Option<Diagnosis> {
    refusal(&Step::default(), world, argv, reply)
}

/// Whether a mistake is of a kind that authors name in `when`.
#[must_use]
pub fn is_kind(
    kind: &str,
    reply: Option<&Literal>,
    argv: &[Bytes],
    step: &Step,
    base: &World,
    world: &World,
) -> bool {
    let error = match reply {
        Some(Literal::Error(text)) => text.as_str(),
        _ => "",
    };
    match kind {
        "arity" => error.starts_with("ERR wrong number of arguments"),
        "wrongtype" => error.starts_with("WRONGTYPE"),
        "syntax" => error.starts_with("ERR syntax error"),
        "unknown" => error.starts_with("ERR unknown"),
        "not-integer" => error.starts_with("ERR value is not an integer"),
        "not-float" => error.starts_with("ERR value is not a valid float"),
        "nothing-changed" => same_data(base, world),
        "other-key" => {
            let wanted = effect(base, &step.solution, &step.during).world;
            let touched = differences(base.engine.keyspace(), world.engine.keyspace());
            let meant = differences(base.engine.keyspace(), wanted.engine.keyspace());
            argv.len() > 1 && touched.iter().any(|key| !meant.contains(key))
        }
        _ => false,
    }
}

/// How many words two lines differ by.
#[must_use]
pub fn distance(a: &[Bytes], b: &[Bytes]) -> usize {
    a.len().abs_diff(b.len())
        + a.iter()
            .zip(b)
            .filter(|(a, b)| !a.eq_ignore_ascii_case(b))
            .count()
}
