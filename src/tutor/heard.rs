//! What a line gathers on its way: outputs, a verdict, the reply.

use super::{Happening, Notice, Output, Signal, Verdict, VerdictKind, Why, world::Ran};
use crate::notation::Literal;

/// A happening as it is shown.
pub(super) fn happening(happening: Happening) -> Output {
    match happening {
        Happening::Acted { name, line, reply } => Output::Actor { name, line, reply },
        Happening::Arrived { name, reply } => Output::Arrived { name, reply },
        Happening::Passed {
            milliseconds,
            expired,
        } => Output::TimePassed {
            milliseconds,
            expired,
        },
        Happening::Waiting => Output::Waiting,
        Happening::GaveUp => Output::Notice(Notice::GaveUp),
    }
}

/// What a line gathers while it is heard.
#[derive(Debug, Default)]
pub(super) struct Heard {
    pub(super) outputs: Vec<Output>,
    pub(super) verdict: Option<VerdictKind>,
    pub(super) reply: Option<Literal>,
    pub(super) why: Option<Why>,
    pub(super) signal: Option<Signal>,
}

impl Heard {
    /// Adds an output.
    pub(super) fn say(&mut self, output: Output) {
        self.outputs.push(output);
    }

    /// Adds several.
    pub(super) fn extend(&mut self, outputs: impl IntoIterator<Item = Output>) {
        self.outputs.extend(outputs);
    }

    /// The line was run: what happened meanwhile, and the reply.
    pub(super) fn run(&mut self, ran: &Ran) {
        self.outputs
            .extend(ran.happenings.iter().cloned().map(happening));
        if let Some(reply) = &ran.reply {
            self.outputs.push(Output::Reply(reply.clone()));
            self.reply = Some(reply.clone());
        }
    }

    /// The verdict, with its reasons.
    pub(super) fn decide(&mut self, kind: VerdictKind, why: Vec<Why>, hints_left: usize) {
        self.verdict = Some(kind);
        self.why = why.first().cloned();
        self.outputs.push(Output::Verdict(Verdict {
            kind,
            why,
            hints_left,
        }));
    }
}
