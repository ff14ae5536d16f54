//! The tutor's own words (`:hint`) and those that redis-cli has for itself (`help`, `clear`, `5 incr x`).

use crate::engine::{Bytes, Command, commands, number};
use crate::lesson::{Stage, Step, StepKind, nearest};
use crate::notation::{in_ascii, join};

use super::{
    Heard, Notice, Output, Place, Tutor, VerdictKind, diagnose, heard::happening, judge, quiz,
};

/// What the shell is asked to do: it is not the lesson's business.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Signal {
    /// Leave.
    Quit,
    /// Clear the screen.
    Clear,
    /// Show the map of the course.
    Map,
    /// Change the language, to this when one is named.
    Language(String),
    /// Go to a lesson or unit.
    Learn(String),
    /// The same in a quiz.
    Quiz(String),
    /// Follow a route through the course, or leave it; show them when nothing is named.
    Route(String),
    /// To free play.
    Play,
    /// Show what has been done.
    Progress,
    /// Page through the last output.
    Pager,
    /// Write a program to a file.
    Write {
        /// Its name.
        file: String,
        /// What it holds.
        text: String,
        /// Whether it can be run as it is, and needs no lines of the learner's own.
        whole: bool,
    },
}

/// The words that start with a colon.
pub const WORDS: &[&str] = &[
    "hint", "skip", "back", "undo", "redo", "reset", "show", "goal", "map", "lesson", "help",
    "quit", "learn", "quiz", "play", "progress", "lang", "clear", "more", "code", "route",
];

/// The most repeats of a line.
pub const MOST_REPEATS: usize = 1000;

/// A local word with the rest of its line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Without its colon, lower case.
    pub name: String,
    /// What stands behind it.
    pub rest: String,
}

/// The local word that a line starts with, if it is one.
#[must_use]
pub fn word(line: &str) -> Option<Word> {
    let (first, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let rest = rest.trim().to_owned();
    if let Some(name) = first.strip_prefix([':', '：']) {
        let name = match name.to_lowercase().as_str() {
            "state" => "show".to_owned(),
            "exit" => "quit".to_owned(),
            name => name.to_owned(),
        };
        return Some(Word { name, rest });
    }
    let plain = first.to_lowercase();
    let alone = matches!(plain.as_str(), "quit" | "exit" | "clear") && rest.is_empty();
    let asks = matches!(plain.as_str(), "?" | "？");
    (alone || plain == "help" || asks).then(|| Word {
        name: if asks { "help".to_owned() } else { plain },
        rest,
    })
}

/// The same where a colon is not needed, because nothing else can be meant.
#[must_use]
pub fn bare_word(line: &str) -> Option<Word> {
    let first = line.split_whitespace().next()?.to_lowercase();
    let is_word = WORDS.contains(&first.as_str());
    word(line).or_else(|| is_word.then(|| word(&format!(":{line}"))).flatten())
}

/// Takes redis-cli's repeat prefix off a line: `5 INCR x`. A number before anything but a command is no prefix: it is
/// an answer typed where a command is asked for.
#[must_use]
pub fn repeat(mut argv: Vec<Bytes>) -> (usize, Vec<Bytes>) {
    let times = argv
        .first()
        .and_then(|first| number::parse_int(first))
        .filter(|times| *times > 0);
    match times {
        Some(times) if is_command(&argv[1..]) => {
            argv.remove(0);
            (usize::try_from(times).unwrap_or(usize::MAX), argv)
        }
        _ => (1, argv),
    }
}

/// Whether a line starts with a command of Redis.
fn is_command(argv: &[Bytes]) -> bool {
    commands::of_line(argv).is_some()
        || argv
            .first()
            .is_some_and(|word| commands::absent(word).is_some())
}

/// Whether a line is one of a programming language or of SQL, and so was meant for another prompt: an import, a block, a
/// call of a method or of a command as if it were one, or its result kept, a query.
#[must_use]
pub fn is_program(line: &str) -> bool {
    const QUERIES: [&str; 2] = ["insert into ", "delete from "];
    const DECLARATIONS: [&str; 3] = ["const ", "let ", "var "];
    let line = line.trim();
    let is_name = |text: &str| {
        let is_letter = |c: char| c.is_ascii_alphanumeric() || c == '_';
        !text.is_empty() && text.chars().all(is_letter)
    };
    let calls_method = |text: &str| {
        let head = text.split_once('(').map(|(head, _)| head.trim());
        head.is_some_and(|head| head.contains('.') && head.split('.').all(is_name))
    };
    // Without quotes it is told how the command is written.
    let calls_command = |text: &str| {
        let head = text.strip_suffix(')').and_then(|text| text.split_once('('));
        let has_quotes = text.contains(['"', '\'']);
        has_quotes
            && head
                .is_some_and(|(head, _)| commands::find(head.to_lowercase().as_bytes()).is_some())
    };
    let begins_block = |text: &str| {
        const HEADS: [&str; 5] = ["def ", "for ", "while ", "with ", "try:"];
        text.ends_with(':') && HEADS.iter().any(|head| text.starts_with(head))
    };
    let keeps = |(name, value): (&str, &str)| is_name(name.trim()) && calls_method(value.trim());
    let lower = line.to_lowercase();
    let begins = |head: &&str| lower.starts_with(*head);
    let is_query = lower.starts_with("select ") && lower.contains(" from ");
    line.starts_with("import ")
        || QUERIES.iter().any(begins)
        || DECLARATIONS.iter().any(begins) && line.contains('=')
        || begins(&"await ") && line.contains('(')
        || is_query
        || line.starts_with("from ") && line.contains(" import ")
        || line.starts_with("print(")
        || begins_block(line)
        || calls_method(line)
        || calls_command(line)
        || line.split_once('=').is_some_and(keeps)
}

/// The line to type instead of one that was pasted with a prompt in front or a remark behind.
#[must_use]
pub fn pasted(argv: &[Bytes]) -> Option<String> {
    if commands::of_line(argv).is_none()
        && let Some(prompt) = argv
            .iter()
            .take(PROMPT_WORDS)
            .position(|arg| is_prompt(arg))
        && prompt + 1 < argv.len()
    {
        return Some(join(&argv[prompt + 1..]));
    }
    if argv.len() > 1 && argv[0].eq_ignore_ascii_case(b"redis-cli") {
        let options = argv[1..].iter().take_while(|arg| arg.starts_with(b"-"));
        let rest = &argv[1 + options.count()..];
        return commands::of_line(rest).map(|_| join(rest));
    }
    let hash = argv
        .iter()
        .position(|arg| arg.starts_with(b"#") && (arg.len() == 1 || arg.len() > 7))?;
    let sorts = commands::of_line(argv).is_some_and(|row| row.name.starts_with("sort"));
    (hash > 0 && !sorts && commands::of_line(argv).is_some()).then(|| join(&argv[..hash]))
}

/// A prompt has so many words at most: `11.1 redis>`.
const PROMPT_WORDS: usize = 3;

/// Whether a word is a prompt, or the end of one: `127.0.0.1:6379>`, `redis(TX)>`, `>`.
fn is_prompt(word: &[u8]) -> bool {
    let begins = |start: &[u8]| word.starts_with(start);
    word == b">"
        || word.ends_with(b">")
            && (word.contains(&b':') || begins(b"redis") || begins(b"rediscover"))
}

/// What `help …` is about: a command, a group, or what there is at this place.
#[must_use]
pub fn help(topic: &str, place: Place) -> Notice {
    if topic.is_empty() {
        return Notice::Help(place);
    }
    help_on(topic)
}

/// Help on a command or a group.
#[must_use]
pub fn help_on(topic: &str) -> Notice {
    let topic = topic.trim_start_matches('@').to_lowercase();
    let name = topic.split_whitespace().collect::<Vec<_>>().join("|");
    if let Some(row) = commands::find(name.as_bytes()) {
        return about(row);
    }
    if let Some(row) = commands::subcommands(&topic).first() {
        return about(row);
    }
    let groups = commands::all().iter().map(|row| row.group);
    let is_called = |group: &crate::engine::Group| {
        let name = group.name();
        [
            name.to_owned(),
            format!("{name}s"),
            name.replace('-', " "),
            name.replace('-', "_"),
        ]
        .contains(&topic)
            || (topic == "zset" && name == "sorted-set")
            || topic.trim_end_matches('s') == name
    };
    if let Some(group) = groups.into_iter().find(is_called) {
        return Notice::CommandGroup(group);
    }
    if let Some(absent) = commands::absent(topic.as_bytes()) {
        return Notice::Absent {
            name: absent.name.to_uppercase(),
            group: absent.group.to_owned(),
        };
    }
    let near = nearest(&topic, commands::all().iter().map(|row| row.name)).map(str::to_uppercase);
    Notice::NoSuchWord { word: topic, near }
}

fn about(row: &Command) -> Notice {
    Notice::Command {
        name: row.name,
        taught: Vec::new(),
    }
}

/// The words that mean the same in a lesson, a quiz and free play.
#[must_use]
pub fn common(word: &Word) -> Option<Signal> {
    Some(match word.name.as_str() {
        "quit" | "exit" | "q" => Signal::Quit,
        "clear" => Signal::Clear,
        "map" => Signal::Map,
        "lang" => Signal::Language(word.rest.clone()),
        "learn" => Signal::Learn(word.rest.clone()),
        "quiz" => Signal::Quiz(word.rest.clone()),
        "play" => Signal::Play,
        "route" | "routes" => Signal::Route(word.rest.clone()),
        "progress" => Signal::Progress,
        "more" => Signal::Pager,
        _ => return None,
    })
}

/// A word that nobody knows.
#[must_use]
pub fn no_such_word(word: &Word) -> Notice {
    let plain = in_ascii(&word.name).to_lowercase();
    let plain = plain.trim_end_matches(|sign: char| !sign.is_alphanumeric());
    let near = diagnose::own_word(plain).or_else(|| nearest(plain, WORDS.iter().copied()));
    let near = near.map(|near| format!(":{near}"));
    Notice::NoSuchWord {
        word: format!(":{}", word.name),
        near,
    }
}

impl Tutor {
    /// Does what a local word says.
    pub(super) fn local(&mut self, word: Word, heard: &mut Heard) {
        if let Some(signal) = common(&word) {
            heard.signal = Some(signal);
            return;
        }
        match word.name.as_str() {
            "help" => heard.say(Output::Notice(help(&word.rest, self.place()))),
            "hint" => self.hint(heard),
            "skip" => self.skip(heard),
            "back" => self.back(heard),
            "undo" => self.step_back_in_time(heard),
            "redo" => self.step_forward_in_time(heard),
            "reset" if self.is_done() => {
                heard.say(Output::Notice(Notice::LessonDone(self.next.is_some())));
            }
            "reset" => {
                self.reset();
                heard.say(Output::Notice(Notice::Reset));
                heard.extend(self.show_step(false));
            }
            "show" => self.show(&word.rest, heard),
            "code" => self.code(&word.rest, heard),
            "goal" => heard.extend(self.show_step(false)),
            "lesson" => {
                heard.say(Output::Lesson {
                    id: self.lesson.id.clone(),
                    title: self.lesson.title.clone(),
                    intro: self.lesson.intro.clone(),
                    steps: self.lesson.steps.len(),
                });
                heard.extend(self.show_step(true));
            }
            _ => heard.say(Output::Notice(no_such_word(&word))),
        }
    }

    fn place(&self) -> Place {
        if self.lesson.has_programs() {
            Place::Programs
        } else {
            Place::Lesson
        }
    }

    fn hint(&mut self, heard: &mut Heard) {
        let Some(step) = self.step().cloned() else {
            return heard.say(Output::Notice(Notice::LessonDone(self.next.is_some())));
        };
        if step.kind == StepKind::Read {
            return heard.say(Output::Notice(Notice::ReadOnly));
        }
        let mark = &mut self.now.marks[self.now.at];
        let at = mark.hints.min(step.hints.len().saturating_sub(1));
        match step.hints.get(at) {
            Some(text) => {
                mark.hints = (mark.hints + 1).min(step.hints.len());
                heard.say(Output::Hint {
                    number: at + 1,
                    of: step.hints.len(),
                    text: text.clone(),
                });
            }
            None => heard.say(Output::Notice(Notice::NoMoreHints)),
        }
    }

    fn skip(&mut self, heard: &mut Heard) {
        let Some(step) = self.step().cloned() else {
            return heard.extend(self.summary());
        };
        if step.kind == StepKind::Read {
            // It has been shown already: going on is all that there is to do.
            return self.read(heard);
        }
        self.remember();
        if step.program.is_some() {
            return self.skip_program(&step, heard);
        }
        let before = self.now.world.clone();
        let effect = judge::effect(&self.at_base(), &step.solution, &step.during);
        self.now.world = effect.world;
        self.now.marks[self.now.at].skipped = true;
        heard.verdict = Some(VerdictKind::Skip);
        heard.reply = effect.replies.last().cloned().flatten();
        heard.say(Output::Notice(match self.lesson.question(&step) {
            Some(question) => quiz::told_answer(question),
            // The lines stand on the screen already, and what they answer follows.
            None if step.kind == StepKind::Predict && heard.reply.is_some() => {
                Notice::Answer(Vec::new())
            }
            None => Notice::Skipped(step.solution.iter().map(|line| line.text.clone()).collect()),
        }));
        heard.extend(self.told_late());
        heard.extend(effect.happenings.into_iter().map(happening));
        heard.extend(heard.reply.clone().map(Output::Reply));
        let line = step.solution.last().map(|line| line.argv.as_slice());
        let line = line.map(|argv| (argv, heard.reply.as_ref()));
        let drawn = self.draw(&step, Some(before.engine.keyspace()), line);
        heard.extend(drawn);
        self.finish(&step, heard);
    }

    /// A skipped program is told: what it is, what it sends, what it prints.
    fn skip_program(&mut self, step: &Step, heard: &mut Heard) {
        self.now.marks[self.now.at].skipped = true;
        heard.verdict = Some(VerdictKind::Skip);
        if let Some(program) = &step.program {
            heard.say(Output::Performed {
                code: self.ready(&program.code),
                stands_above: step.stage == Stage::Worked,
            });
        }
        self.perform(step, heard);
        self.finish(step, heard);
    }

    fn back(&mut self, heard: &mut Heard) {
        let Some(at) = self.now.at.checked_sub(1) else {
            return heard.say(Output::Notice(Notice::NoStepBefore));
        };
        let Some(base) = self.bases[at].clone() else {
            return heard.say(Output::Notice(Notice::NoStepBefore));
        };
        self.remember();
        self.leave();
        self.now.at = at;
        self.now.base = base.world;
        self.now.held = base.held;
        self.reset();
        heard.extend(self.show_step(true));
    }

    /// Draws all keys, or those that are named.
    fn show(&self, rest: &str, heard: &mut Heard) {
        let named: Vec<Bytes> = rest
            .split_whitespace()
            .map(|key| Bytes::from(key.as_bytes()))
            .collect();
        heard.say(Output::State(super::play::view_of(&self.now.world, &named)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notation::split;

    fn argv(line: &str) -> Vec<Bytes> {
        split(line.as_bytes()).unwrap()
    }

    #[test]
    fn a_pasted_prompt_or_remark_is_noticed() {
        assert_eq!(
            pasted(&argv("127.0.0.1:6379> GET k")).as_deref(),
            Some("GET k")
        );
        assert_eq!(pasted(&argv("redis> GET k")).as_deref(), Some("GET k"));
        assert_eq!(
            pasted(&argv("LPUSH l a # the first")).as_deref(),
            Some("LPUSH l a")
        );
        for line in [
            "11.1 redis> GET k",
            "redis(TX)> GET k",
            "redis-cli GET k",
            "redis-cli --raw GET k",
        ] {
            assert_eq!(pasted(&argv(line)).as_deref(), Some("GET k"), "{line}");
        }
        assert_eq!(pasted(&argv("SET k redis> v")), None);
        assert_eq!(pasted(&argv("SORT l GET #")), None);
        assert_eq!(pasted(&argv("SET colour #ff0000")), None);
    }

    #[test]
    fn a_repeat_prefix_is_taken_off() {
        assert_eq!(repeat(argv("5 INCR x")), (5, argv("INCR x")));
        assert_eq!(repeat(argv("5")), (1, argv("5")));
        assert_eq!(repeat(argv("0 INCR x")), (1, argv("0 INCR x")));
        assert_eq!(repeat(argv("4711 nil")), (1, argv("4711 nil")));
    }
}
