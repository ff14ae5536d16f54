//! What was before a line, so that it can be taken back, and what was behind it, so that it can be done again.

use crate::engine::Bytes;

use super::{Heard, Mark, Notice, Output, Tutor, external::Visit, goal::Typed, world::World};

/// A moment to which `:undo` leads back.
#[derive(Debug, Clone)]
pub struct Moment {
    /// The step, 0-based.
    pub at: usize,
    /// The world.
    pub world: World,
    /// The world in which the step began.
    pub base: World,
    /// The lines that were typed towards a goal.
    pub typed: Vec<Typed>,
    /// How each step went.
    pub marks: Vec<Mark>,
    /// Keys that expired before the step and would give its answer away: they are told with it.
    pub held: Vec<Bytes>,
    /// How far an external step has come.
    pub visit: Visit,
}

/// A line that changed something, and the moment on its other side: before it for `:undo`, after it for `:redo`.
#[derive(Debug, Clone)]
pub struct Turn {
    /// What was typed; nothing for what a program has done.
    pub line: Option<String>,
    /// The moment.
    pub moment: Moment,
}

/// So many lines can be undone.
const UNDO: usize = 200;

impl Tutor {
    /// Keeps the moment before a line that changes something.
    pub(super) fn remember(&mut self) {
        let moment = Moment {
            world: self.now.world.snapshot(),
            ..self.now.clone()
        };
        self.remember_as(Some(self.line.clone()), moment);
    }

    /// Keeps a moment, under the line that leads away from it.
    pub(super) fn remember_as(&mut self, line: Option<String>, moment: Moment) {
        self.redo.clear();
        self.missed = false;
        if self.undo.len() == UNDO {
            self.undo.remove(0);
        }
        self.undo.push(Turn { line, moment });
    }

    /// Goes to another moment, and gives the one that is left.
    fn go_to(&mut self, moment: Moment) -> Moment {
        if moment.at != self.now.at {
            self.leave();
        }
        let mut left = std::mem::replace(&mut self.now, moment);
        let snapshot = left.world.snapshot();
        let world = std::mem::replace(&mut left.world, snapshot);
        let moment = std::mem::replace(&mut self.now.world, world);
        self.now.world.go_to(moment);
        left
    }

    /// `:undo`.
    pub(super) fn step_back_in_time(&mut self, heard: &mut Heard) {
        if self.missed {
            // The lines before it in this step can be taken back, by one word more.
            let is_own = |turn: &&Turn| turn.moment.at == self.now.at;
            let own = self.undo.last().filter(is_own);
            let line = own.and_then(|turn| turn.line.clone());
            self.missed = line.is_none();
            return heard.say(Output::Notice(Notice::ChangedNothing { line }));
        }
        if self.has_begun_a_program() {
            self.reset();
            heard.say(Output::Notice(Notice::UndoneProgram));
            return heard.extend(self.show_step(false));
        }
        let Some(turn) = self.undo.pop() else {
            return heard.say(Output::Notice(Notice::NothingToUndo));
        };
        let told = match turn.line.clone() {
            Some(line) => Notice::Undone { line },
            None => Notice::UndoneProgram,
        };
        let turn = self.take(turn, told, heard);
        self.redo.push(turn);
    }

    /// `:redo`.
    pub(super) fn step_forward_in_time(&mut self, heard: &mut Heard) {
        let Some(turn) = self.redo.pop() else {
            return heard.say(Output::Notice(Notice::NothingToRedo));
        };
        let told = match turn.line.clone() {
            Some(line) => Notice::Redone { line },
            None => Notice::RedoneProgram,
        };
        let turn = self.take(turn, told, heard);
        self.undo.push(turn);
    }

    /// Goes to the other side of a line, tells so, and gives the way back.
    fn take(&mut self, turn: Turn, told: Notice, heard: &mut Heard) -> Turn {
        let moment = self.go_to(turn.moment);
        heard.say(Output::Notice(told));
        heard.extend(self.show_step(false));
        Turn {
            line: turn.line,
            moment,
        }
    }
}
