//! The short words for reasons.

use super::Why;

impl Why {
    /// The short word for it in JSON and in the journal.
    // An arm for each, so that the compiler misses none.
    #[allow(clippy::too_many_lines)]
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Why::Author(_) => "author",
            Why::Diagnosis(found) => found.code(),
            Why::Meaning(_) => "meaning",
            Why::OtherWay(_) | Why::Needless(_) | Why::NeedlessNames { .. } | Why::Twice(_) => {
                "other-way"
            }
            Why::LooksAt(_) | Why::OnlyLooks => "looks-at",
            Why::MustUse(_)
            | Why::MustUseCommand(_)
            | Why::StillToUse(_)
            | Why::MustName(_)
            | Why::StillToName(_)
            | Why::StillToType(_)
            | Why::WorkedOut(_)
            | Why::WorkingOut(_)
            | Why::InPlaceOf { .. }
            | Why::InParts(_)
            | Why::AddsOther(_)
            | Why::SetNotAdded(_)
            | Why::NeverThere { .. }
            | Why::PoppedEarly { .. }
            | Why::WordsInOrder(_)
            | Why::Forbidden(_)
            | Why::ForbiddenHere(_)
            | Why::OtherLine
            | Why::OtherOrder(_)
            | Why::OtherWordOrder(_)
            | Why::OneTransaction
            | Why::RanInPart(_)
            | Why::RanTooMuch(_) => "must-use",
            Why::TooManyLines(_) => "too-many-lines",
            Why::StillOpen(_)
            | Why::SoFar(_)
            | Why::OnlyDeadlineOpen
            | Why::OtherDeadline
            | Why::DeadlineToGo => "still-open",
            Why::NothingHasChanged => "nothing-has-changed",
            Why::Queued
            | Why::TransactionOpened
            | Why::NotQueued
            | Why::QueuedInVain
            | Why::NotWatched
            | Why::WatchLost { .. }
            | Why::AlsoWatched(_)
            | Why::RanUnwatched
            | Why::RanNothing
            | Why::ThrownAway { .. }
            | Why::LacksBefore(_)
            | Why::QueuedOther(_)
            | Why::QueuedTooMuch
            | Why::QueuedStranger(_)
            | Why::RanEmpty { .. }
            | Why::RanInVain
            | Why::QueuedTwice(_)
            | Why::UnwatchQueued
            | Why::RanAtOnce(_)
            | Why::BelongsBefore(_)
            | Why::NoTransactionNeeded
            | Why::LacksAfterExec(_)
            | Why::OpenAfterExec(_) => "queued",
            Why::OtherTypeNow { .. } => "wrongtype",
            Why::Overwritten { .. } => "overwritten",
            Why::Refused | Why::RefusedInExec(_) | Why::SomeRefused(_) => "refused",
            Why::OtherAnswer { .. }
            | Why::OtherNumber
            | Why::OtherUnit
            | Why::Translated
            | Why::WrittenAsError
            | Why::OtherNotation
            | Why::NothingIsWritten
            | Why::EmptyTextComes
            | Why::SomethingComes(_)
            | Why::NoneNotNil
            | Why::OtherCount { .. }
            | Why::OtherElementOrder
            | Why::OtherElements(_)
            | Why::OtherElement(_)
            | Why::Shifted { .. }
            | Why::OfAnotherLine(_)
            | Why::NoCursor
            | Why::OtherOutcome
            | Why::OrALetter { .. }
            | Why::OtherChoice
            | Why::NotTheAnswer
            | Why::NotPrinted
            | Why::GivesBytes
            | Why::LetterCase
            | Why::WordNotNumber
            | Why::OtherReply { .. }
            | Why::NotThisReply { .. }
            | Why::ComesOtherwise(_)
            | Why::Instead { .. }
            | Why::InVain(_)
            | Why::AlikeOnlyHere
            | Why::ByLuck(_)
            | Why::NotSent
            | Why::OneCommand
            | Why::MayChange(_)
            | Why::LinesMissing(_)
            | Why::DivideCommands
            | Why::RefusedThen { .. }
            | Why::LeavesThen(_) => "other-answer",
            Why::OtherShape(_)
            | Why::PythonsB
            | Why::OtherSigns
            | Why::InFull(_)
            | Why::WholeNumber
            | Why::NumberInQuotes
            | Why::Backslashes
            | Why::Undivided
            | Why::PythonShows
            | Why::ArrayOfOne
            | Why::NilNotNone
            | Why::OnlyTheNumber => "other-shape",
            Why::MoreToCome(_) => "more-to-come",
            Why::MustNotCome(_) | Why::NotAsked(_) | Why::Surplus(_) => "not-asked",
            Why::StillMissing(_) => "still-missing",
            Why::SeveralTrips => "several-trips",
            Why::DoneBefore(_) => "done-before",
            Why::OtherCommand { .. } => "other-command",
            Why::OtherState => "other-state",
            Why::OtherDatabase { .. } => "other-database",
            Why::SameConnection(_) => "same-connection",
            Why::TooEarly(_) | Why::NotLast { .. } => "reordered",
            Why::StillNeeded(_) => "still-needed",
        }
    }
}
