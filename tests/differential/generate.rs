//! Makes command lines from the grammars of the rows: valid ones, nearly valid ones, extreme numbers, binary values,
//! few keys so that types collide.

use fastrand::Rng;
use rediscover::engine::{Bytes, Command, Group, Kind, Order, Part, commands, flag};

use crate::play::{Step, words};

/// Makes the streams of one seed.
pub struct Generator {
    random: Rng,
    /// Whether numbers may be as large as they like.
    wild: bool,
}

/// What the streams never ask for: replies that are about the program itself, or that only chance determines.
const LEFT_OUT: [&str; 21] = [
    "auth",
    "client",
    "command",
    "config",
    "eval",
    "eval_ro",
    "evalsha",
    "evalsha_ro",
    "hello",
    "info",
    "memory",
    "monitor",
    "psubscribe",
    "punsubscribe",
    "quit",
    "reset",
    "script",
    "shutdown",
    "subscribe",
    "time",
    "unsubscribe",
];
/// Commands of which a few are enough.
const RARE: [&str; 4] = ["flushall", "flushdb", "swapdb", "select"];
/// Those that are taken most often, so that they meet again.
const FEW: [&[u8]; 8] = [b"a", b"b", b"c", b"d", b"1", b"2", b"3", b"4"];
const TEXTS: [&[u8]; 22] = [
    b"a",
    b"b",
    b"c",
    b"d",
    b"e",
    b"1",
    b"2",
    b"3",
    b"10",
    b"-7",
    b"3.5",
    b"hello",
    b"Hello world",
    b"",
    b"\xff\x00\r\n",
    b" 5",
    b"5 ",
    b"007",
    b"9223372036854775807",
    b"1e3",
    b"[a",
    b"(b",
];
const INTEGERS: [&str; 16] = [
    "9223372036854775807",
    "-9223372036854775808",
    "9223372036854775808",
    "-9223372036854775807",
    "4294967296",
    "2147483647",
    "-2147483649",
    "abc",
    "1.5",
    "",
    " 1",
    "1 ",
    "+1",
    "007",
    "-0",
    "0x10",
];
const FLOATS: [&str; 14] = [
    "0",
    "1",
    "-1",
    "2",
    "1.5",
    "-0",
    "3.0e3",
    ".5",
    "1.",
    "0.1",
    "inf",
    "-inf",
    "0x10",
    "17976931348623157e292",
];
const WRONG_FLOATS: [&str; 8] = ["nan", "1e400", "-1e400", "1e-400", "abc", "", " 1", "1 "];
const SCORES: [&str; 14] = [
    "-inf", "-inf", "-5", "-2", "(-3", "0", "(0", "1", "(1", "3", "(3", "+inf", "+inf", "(inf",
];
const LEXES: [&str; 12] = [
    "-", "-", "[0", "(1", "[3", "[a", "(b", "[c", "(d", "[e", "+", "+",
];
const WRONG_BOUNDS: [&str; 7] = ["[", "(", "abc", "(nan", "", "[(", "1 "];
const PATTERNS: [&str; 14] = [
    "*", "?", "l*", "[a-c]", "[^a]", "h?llo", "*1", "s[12]", "\\*", "", "w_*", "h*->f", "#",
    "nosort",
];
/// Amounts of time: far away or past, never near.
const SECONDS: [&str; 6] = [
    "0",
    "-1",
    "-100000",
    "9223372036854775",
    "9223372036854775807",
    "-9223372036854775808",
];
const UNIX_SECONDS: [&str; 5] = ["1", "1000000000", "33177117420", "33177117421", "-5"];
const UNIX_MILLISECONDS: [&str; 5] = [
    "1",
    "1000000000000",
    "33177117420000",
    "33177117420001",
    "-5",
];

impl Generator {
    /// A generator whose streams follow from the seed.
    pub fn new(seed: u64) -> Generator {
        Generator {
            random: Rng::with_seed(seed),
            wild: false,
        }
    }

    /// A generator whose streams no server with a gigabyte to spare would survive.
    pub fn wild(seed: u64) -> Generator {
        Generator {
            wild: true,
            ..Generator::new(seed)
        }
    }

    /// So many steps: some values to work on, then anything.
    pub fn block(&mut self, count: usize) -> Vec<Step> {
        let rows: Vec<&Command> = commands::all()
            .iter()
            .copied()
            .filter(|row| is_played(row))
            .collect();
        let writes: Vec<&Command> = rows
            .iter()
            .copied()
            .filter(|row| row.has(flag::WRITE))
            .collect();
        let mut steps: Vec<Step> = (0..count / 6).map(|_| Step::Line(self.value())).collect();
        while steps.len() < count {
            if self.one_in(100) {
                steps.push(Step::Line(self.unknown()));
                continue;
            }
            let rows = if self.random.bool() { &writes } else { &rows };
            let row = rows[self.random.usize(..rows.len())];
            if RARE.contains(&row.words().0) && !self.one_in(10) {
                continue;
            }
            steps.push(Step::Line(self.line(row)));
        }
        if self.one_in(2) {
            let at = self.random.usize(..steps.len());
            let key = self.key(Group::Generic);
            steps.insert(at, Step::Expire(key));
        }
        steps
    }

    fn one_in(&mut self, n: usize) -> bool {
        self.random.usize(..n) == 0
    }

    fn pick<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        from[self.random.usize(..from.len())]
    }

    /// A line that makes a value of some type and size, on both sides of the sizes where encodings change.
    fn value(&mut self) -> Vec<Bytes> {
        let group = [
            Group::String,
            Group::List,
            Group::Hash,
            Group::Set,
            Group::SortedSet,
        ][self.random.usize(..5)];
        let key = self.key(group);
        let count = if self.one_in(12) {
            self.random.usize(120..520)
        } else {
            self.random.usize(1..6)
        };
        let numbers = self.random.bool();
        let command: &[u8] = match group {
            Group::List => b"RPUSH",
            Group::Hash => b"HSET",
            Group::Set => b"SADD",
            Group::SortedSet => b"ZADD",
            _ => b"SET",
        };
        let group = if commands::find(command).is_some() {
            group
        } else {
            Group::String
        };
        let command: &[u8] = if group == Group::String {
            b"SET"
        } else {
            command
        };
        let mut line = words(&[command, &key]);
        for n in 0..if group == Group::String { 1 } else { count } {
            let element = if numbers {
                Bytes::from(n.to_string().into_bytes())
            } else {
                self.text()
            };
            match group {
                Group::Hash => line.extend([element, self.text()]),
                Group::SortedSet => line.extend([
                    Bytes::from(self.random.i32(-5..5).to_string().into_bytes()),
                    element,
                ]),
                _ => line.push(element),
            }
        }
        line
    }

    /// A line that no server knows.
    fn unknown(&mut self) -> Vec<Bytes> {
        let names: [&[u8]; 8] = [
            b"FOO",
            b"lpushh",
            b"",
            b" GET",
            b"GET\0",
            b"\r\n'",
            &[b'x'; 130],
            b"OBJECT",
        ];
        let mut line = words(&[self.pick(&names)]);
        for _ in 0..self.random.usize(..12) {
            line.push(self.text());
        }
        line
    }

    fn line(&mut self, row: &Command) -> Vec<Bytes> {
        let mut line: Vec<Bytes> = row
            .title()
            .split(' ')
            .map(|word| Bytes::from(word.as_bytes()))
            .collect();
        self.parts(row, &row.grammar().parts, &mut line);
        self.count_keys(row, &mut line);
        if row.name == "zrange" || row.name == "zrangestore" {
            self.fit_ends(&mut line);
        }
        if self.one_in(10) {
            self.spoil(&mut line);
        }
        if !self.wild {
            bound(row, &mut line);
        }
        line
    }

    /// Makes the number of keys right where it is counted, most of the time.
    fn count_keys(&mut self, row: &Command, line: &mut [Bytes]) {
        let parts = row.grammar().parts;
        let counted = parts.iter().position(|part| {
            matches!(
                part,
                Part::Value {
                    kind: Kind::NumKeys,
                    ..
                }
            )
        });
        if let Some(at) = counted
            && !self.one_in(12)
        {
            let at = at + row.name_len();
            let is_key = |word: &&Bytes| {
                word.len() == 2 && word[1].is_ascii_digit() && word[0].is_ascii_lowercase()
            };
            let keys = line[at + 1..].iter().take_while(is_key).count();
            line[at] = Bytes::from(keys.to_string().into_bytes());
        }
    }

    fn parts(&mut self, row: &Command, parts: &[Part], line: &mut Vec<Bytes>) {
        for part in parts {
            match part {
                Part::Value { name, kind } => {
                    let word = self.word(row, name, *kind);
                    line.push(word);
                }
                Part::Word(word) => {
                    let word = if self.random.bool() {
                        word.clone()
                    } else {
                        word.to_lowercase()
                    };
                    line.push(Bytes::from(word.into_bytes()));
                }
                Part::OneOf(choices) => {
                    let choice = self.random.usize(..choices.len());
                    self.parts(row, &choices[choice], line);
                }
                Part::Optional { choices, repeats } => {
                    let times = if *repeats {
                        self.random.usize(..4)
                    } else {
                        usize::from(self.one_in(3))
                    };
                    for _ in 0..times {
                        let choice = self.random.usize(..choices.len());
                        self.parts(row, &choices[choice], line);
                    }
                }
            }
        }
    }

    fn word(&mut self, row: &Command, name: &str, kind: Kind) -> Bytes {
        let text = match (name, kind) {
            ("type", _) => self
                .pick(&["string", "list", "set", "zset", "hash", "stream", "LIST"])
                .to_owned(),
            ("db" | "destination-db" | "index1" | "index2", _) => self
                .pick(&[
                    "0",
                    "1",
                    "2",
                    "15",
                    "0",
                    "1",
                    "16",
                    "-1",
                    "abc",
                    "99999999999",
                ])
                .to_owned(),
            ("index", _) if row.name == "select" => self
                .pick(&["0", "1", "2", "15", "0", "16", "-1", "x"])
                .to_owned(),
            ("seconds" | "milliseconds", _) if self.one_in(4) => self.pick(&SECONDS).to_owned(),
            ("seconds", _) => self.random.i64(100_000..1_000_000_000).to_string(),
            ("milliseconds", _) => self.random.i64(100_000_000..1_000_000_000_000).to_string(),
            ("unix-time-seconds", _) => self.pick(&UNIX_SECONDS).to_owned(),
            ("unix-time-milliseconds", _) => self.pick(&UNIX_MILLISECONDS).to_owned(),
            ("cursor", _) => self
                .pick(&[
                    "0",
                    "0",
                    "0",
                    "",
                    "abc",
                    "-1",
                    "+0",
                    " 0",
                    "18446744073709551616",
                ])
                .to_owned(),
            ("timeout", _) => self
                .pick(&["0", "1", "0.1", "-1", "abc", "inf", "1e30", "nan"])
                .to_owned(),
            ("numkeys", _) => self
                .pick(&["0", "1", "2", "3", "-1", "abc", "99"])
                .to_owned(),
            ("bit", _) => self.pick(&["0", "0", "1", "1", "2", "-1", "x"]).to_owned(),
            ("value", _) if row.name == "setbit" => {
                self.pick(&["0", "1", "1", "2", "x"]).to_owned()
            }
            ("offset" | "start" | "end", _) if row.group == Group::Bitmap && self.one_in(3) => {
                self.random.i32(-40..80).to_string()
            }
            (_, Kind::Key) => return self.key(row.group),
            (_, Kind::Integer) if self.one_in(12) => self.pick(&INTEGERS).to_owned(),
            (_, Kind::Integer | Kind::NumKeys) => self.random.i32(-6..13).to_string(),
            (_, Kind::Float) if self.one_in(12) => self.pick(&WRONG_FLOATS).to_owned(),
            (_, Kind::Float) if self.one_in(4) => format!("{:e}", self.random.f64() * 1e6),
            (_, Kind::Float) => self.pick(&FLOATS).to_owned(),
            (_, Kind::Bound) => self.bound_of(row.name.contains("lex")).to_owned(),
            (_, Kind::Pattern) => self.pick(&PATTERNS).to_owned(),
            (_, Kind::Text) => return self.text(),
        };
        Bytes::from(text.into_bytes())
    }

    /// An end of an interval of scores or of names.
    fn bound_of(&mut self, lex: bool) -> &'static str {
        match (self.one_in(16), lex) {
            (true, _) => self.pick(&WRONG_BOUNDS),
            (false, true) => self.pick(&LEXES),
            (false, false) => self.pick(&SCORES),
        }
    }

    /// Gives ZRANGE the ends that its words ask for.
    fn fit_ends(&mut self, line: &mut [Bytes]) {
        let has =
            |line: &[Bytes], word: &[u8]| line.iter().any(|arg| arg.eq_ignore_ascii_case(word));
        let (lex, score) = (has(line, b"BYLEX"), has(line, b"BYSCORE"));
        let at = 2 + usize::from(line[0].eq_ignore_ascii_case(b"ZRANGESTORE"));
        if self.one_in(8) || line.len() < at + 2 {
            return;
        }
        for end in &mut line[at..at + 2] {
            *end = if lex || score {
                Bytes::from(self.bound_of(lex).as_bytes())
            } else {
                Bytes::from(self.random.i32(-5..9).to_string().into_bytes())
            };
        }
    }

    /// One of few keys, mostly of those that hold values of the group.
    fn key(&mut self, group: Group) -> Bytes {
        let letters = match group {
            Group::String | Group::Bitmap => "s",
            Group::List => "l",
            Group::Hash => "h",
            Group::Set => "e",
            Group::SortedSet => "z",
            _ => "slhez",
        };
        let letters = if self.one_in(6) { "slhez" } else { letters };
        let letter = letters.as_bytes()[self.random.usize(..letters.len())];
        Bytes::from(&[letter, b'1' + self.random.u8(..3)][..])
    }

    fn text(&mut self) -> Bytes {
        match self.random.usize(..24) {
            0 => Bytes::from(b"x".repeat(self.random.usize(40..70))),
            1 => Bytes::from(self.random.i64(..).to_string().into_bytes()),
            2 => Bytes::from(format!("{}", self.random.f64()).into_bytes()),
            3..12 => Bytes::from(self.pick(&FEW)),
            _ => Bytes::from(self.pick(&TEXTS)),
        }
    }

    /// Makes a line slightly wrong.
    fn spoil(&mut self, line: &mut Vec<Bytes>) {
        let at = self.random.usize(1..=line.len());
        match self.random.usize(..5) {
            0 if at < line.len() => {
                line.remove(at);
            }
            1 => {
                let text = self.text();
                line.insert(at, text);
            }
            2 if at < line.len() => line[at] = self.text(),
            3 if at < line.len() => line.insert(at, line[at].clone()),
            _ => {
                let other = self.random.usize(..line.len());
                if at < line.len() && other > 0 {
                    line.swap(at, other);
                }
            }
        }
    }
}

/// Keeps a line from what would only show how much memory the server has, or what chance decides.
fn bound(row: &Command, line: &mut Vec<Bytes>) {
    let large = |word: &Bytes| {
        let number = std::str::from_utf8(word)
            .ok()
            .and_then(|text| text.trim().parse::<i64>().ok());
        number.is_some_and(|number| number.unsigned_abs() > 1000)
    };
    if row.order == Order::Random || matches!(row.name, "setrange" | "setbit") {
        for word in line.iter_mut().skip(2).filter(|word| large(word)) {
            *word = Bytes::from(&b"7"[..]);
        }
    }
    let at = |word: &[u8]| line.iter().position(|arg| arg.eq_ignore_ascii_case(word));
    if row.name == "sort" && at(b"BY").is_some() && at(b"STORE").is_some() {
        // The order of equal elements would be stored.
        line.retain(|word| !word.eq_ignore_ascii_case(b"ALPHA"));
    }
}

/// Whether streams use a row.
fn is_played(row: &Command) -> bool {
    let left_out = LEFT_OUT.contains(&row.words().0) || row.name.ends_with("|help");
    !left_out && !matches!(row.group, Group::PubSub | Group::Transactions)
}
