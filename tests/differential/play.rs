//! Plays steps to both sides and finds the first difference.

use rediscover::{
    engine::{
        Bytes, Class, Command, Engine, Options, Origin, Outcome, Protocol, Reply, commands,
        value::Value,
    },
    notation::{self, Escape, Literal},
};

use crate::{
    compare,
    server::{Client, Server},
    wire::{self, Answer},
};

/// A step of a stream.
#[derive(Debug, Clone)]
pub enum Step {
    /// A command line.
    Line(Vec<Bytes>),
    /// This key of the selected database is given a deadline that passes at once.
    Expire(Bytes),
}

/// How far ahead [`Step::Expire`] puts a deadline, in milliseconds.
const SOON: i64 = 3;
/// Deadlines nearer than this are not asked for otherwise, in milliseconds.
const FAR: i64 = 10_000_000;
/// The databases that streams use.
const DATABASES: [&str; 4] = ["0", "1", "2", "15"];

/// The two sides.
pub struct Stage<'a> {
    server: &'a Server,
    client: Client,
    watcher: Client,
    events: Vec<(String, Bytes)>,
    engine: Engine,
    id: u64,
    protocol: Protocol,
}

/// A line with what the engine answered, to be compared with the server's answer.
struct Sent {
    line: Vec<Bytes>,
    reply: Answer,
}

impl<'a> Stage<'a> {
    /// Two empty sides that speak this protocol.
    pub fn new(server: &'a Server, protocol: Protocol) -> Stage<'a> {
        let mut watcher = server.connect();
        watcher.watch_events();
        let mut stage = Stage {
            server,
            client: server.connect(),
            watcher,
            events: Vec::new(),
            engine: Engine::new(&Options::default()),
            id: 0,
            protocol,
        };
        stage.reset();
        stage
    }

    /// Empties both sides; the engine's clock is the server's.
    pub fn reset(&mut self) {
        self.client = self.server.connect();
        self.client.call(&["FLUSHALL"]);
        self.forget_events();
        let now = self.client.now();
        self.engine = Engine::new(&Options {
            now,
            seed: 7,
            ..Options::default()
        });
        self.id = self.engine.connect(Origin::default());
        if self.protocol == Protocol::Resp3 {
            self.client.call(&["HELLO", "3"]);
            self.engine.execute(self.id, &words(&[b"HELLO", b"3"]));
        }
    }

    fn db(&self) -> usize {
        self.engine.session(self.id).map_or(0, |session| session.db)
    }

    /// Plays a block and compares the replies and then the state.
    pub fn play(&mut self, steps: &[Step]) -> Result<(), String> {
        let mut sent = Vec::new();
        let now = self.client.now();
        self.engine.set_now(now);
        for step in steps {
            match step {
                Step::Line(line) => self.run(line, &mut sent),
                Step::Expire(key) => {
                    self.compare_replies(&mut sent)?;
                    self.compare_events()?;
                    self.expire(key)?;
                    // Had the server been slow, the deadline was past when it came, and the key "deleted".
                    self.forget_events();
                }
            }
        }
        self.compare_replies(&mut sent)?;
        self.compare_events()?;
        self.compare_state()
    }

    /// What the server answers to each of these steps, from an empty start.
    pub fn record(&mut self, steps: &[Step]) -> Vec<Literal> {
        self.reset();
        let lines: Vec<_> = steps.iter().map(|step| Stage::line_of(step)).collect();
        lines
            .iter()
            .map(|line| {
                self.client
                    .pipeline(std::slice::from_ref(line))
                    .remove(0)
                    .said
            })
            .collect()
    }

    /// The command line of a step; an expiry's is a deadline in the past, which says it in one line.
    pub fn line_of(step: &Step) -> Vec<Bytes> {
        match step {
            Step::Line(line) => line.clone(),
            Step::Expire(key) => words(&[b"PEXPIREAT", key, b"1"]),
        }
    }

    /// Runs a line in the engine and keeps it to be sent; what would wait is not.
    fn run(&mut self, line: &[Bytes], sent: &mut Vec<Sent>) {
        if self.is_undetermined(line) || self.ends_soon(line) {
            return;
        }
        self.send(line, sent);
    }

    fn send(&mut self, line: &[Bytes], sent: &mut Vec<Sent>) {
        let row = commands::of_line(line);
        if row.is_some_and(|row| row.words().0.starts_with("sort")) {
            // SORT of Redis 7.0 takes an error of an earlier command for its own; reading a cursor clears it.
            self.run(&words(&[b"SCAN", b"0"]), sent);
        }
        let outcome = self.engine.execute(self.id, line);
        let events = self
            .engine
            .take_events()
            .into_iter()
            .filter(|event| event.class != Class::Expired);
        self.events.extend(events.map(|event| {
            (
                format!("__keyevent@{}__:{}", event.db, event.name),
                event.key,
            )
        }));
        match outcome {
            Outcome::Waiting { .. } => {
                self.engine.abandon(self.id);
            }
            Outcome::Reply(reply) => {
                let took =
                    row.is_some_and(|row| row.name == "spop") && !matches!(reply, Reply::Error(_));
                let reply = wire::answer(&reply, self.protocol);
                sent.push(Sent {
                    line: line.to_vec(),
                    reply,
                });
                let dated = line[1..]
                    .iter()
                    .skip(1)
                    .any(|word| word.to_ascii_lowercase().ends_with(b"xat"));
                if dated && line.len() > 1 {
                    // A key that is due goes when it is looked at; until then Redis may report it as deleted.
                    self.run(&words(&[b"EXISTS", &line[1]]), sent);
                }
                if took {
                    self.run(&words(&[b"DEL", &line[1]]), sent);
                }
            }
        }
    }

    /// Whether a line, made wrong in the right way, lets a key live for a moment only.
    fn ends_soon(&self, line: &[Bytes]) -> bool {
        if !commands::of_line(line).is_some_and(|row| row.syntax.contains("seconds")) {
            return false;
        }
        let mut engine = self.engine.fork();
        engine.execute(self.id, line);
        engine
            .next_deadline()
            .is_some_and(|deadline| deadline < engine.now() + FAR)
    }

    /// Whether a line asks for an interval by name among members of different scores, where Redis calls the outcome
    /// unspecified: a skip list's random levels decide, and LIMIT passes members without looking at them.
    fn is_undetermined(&self, line: &[Bytes]) -> bool {
        let limited = line.iter().any(|word| word.eq_ignore_ascii_case(b"LIMIT"));
        let by_lex = |word: &Bytes| {
            word.to_ascii_lowercase()
                .windows(3)
                .any(|part| part == b"lex")
        };
        let mixed = |key: &Bytes| {
            let entry = self.engine.keyspace().get(self.db(), key);
            match entry.map(|entry| &entry.value) {
                Some(Value::SortedSet(set)) => {
                    let mut scores = set.iter().map(|(_, score)| score);
                    let first = scores.next();
                    (limited || set.encoding() == "skiplist")
                        && scores.any(|score| Some(score) != first)
                }
                _ => false,
            }
        };
        line.iter().any(by_lex) && line.iter().any(mixed)
    }

    fn compare_replies(&mut self, sent: &mut Vec<Sent>) -> Result<(), String> {
        let sent = std::mem::take(sent);
        let lines: Vec<Vec<Bytes>> = sent.iter().map(|sent| sent.line.clone()).collect();
        let replies = self.client.pipeline(&lines);
        for (sent, real) in sent.iter().zip(replies) {
            let row = commands::of_line(&sent.line);
            let agree = compare::agree(&sent.line, row, &sent.reply.said, &real.said);
            if !agree || !compare::alike(row, &sent.reply, &real) {
                let shown = |reply: &Answer| {
                    let said = notation::to_one_line(&reply.said, Escape::Bytes);
                    format!("{said}   {}", reply.shape)
                };
                return Err(format!(
                    "{}\n   redis: {}\n  engine: {}",
                    notation::join(&sent.line),
                    shown(&real),
                    shown(&sent.reply)
                ));
            }
        }
        Ok(())
    }

    fn forget_events(&mut self) {
        self.watcher.events(&mut self.client);
        self.events.clear();
    }

    /// Compares the keyspace events since the last time. When a key expires is a matter of when Redis looks at it.
    fn compare_events(&mut self) -> Result<(), String> {
        let ours = std::mem::take(&mut self.events);
        let mut real = self.watcher.events(&mut self.client);
        real.retain(|(channel, _)| !channel.ends_with(":expired"));
        let at = ours
            .iter()
            .zip(&real)
            .take_while(|(ours, real)| ours == real)
            .count();
        if at == ours.len() && at == real.len() {
            return Ok(());
        }
        Err(format!(
            "the events differ:\n   redis: {:?}\n  engine: {:?}",
            real.get(at),
            ours.get(at)
        ))
    }

    /// Lets a key's time pass on both sides.
    fn expire(&mut self, key: &Bytes) -> Result<(), String> {
        let deadline = self.client.now() + SOON;
        self.engine.set_now(deadline - SOON);
        let mut sent = Vec::new();
        self.send(
            &words(&[b"PEXPIREAT", key, deadline.to_string().as_bytes()]),
            &mut sent,
        );
        self.compare_replies(&mut sent)?;
        while self.client.now() <= deadline {
            std::thread::sleep(std::time::Duration::from_millis(1));
        }
        let now = self.client.now();
        self.engine.set_now(now);
        self.run(&words(&[b"EXISTS", key]), &mut sent);
        self.compare_replies(&mut sent)
    }

    /// Asks both sides for everything they hold.
    fn compare_state(&mut self) -> Result<(), String> {
        let db = self.db().to_string();
        let mut sent = Vec::new();
        for database in DATABASES {
            self.run(&words(&[b"SELECT", database.as_bytes()]), &mut sent);
            self.run(&words(&[b"KEYS", b"*"]), &mut sent);
            let held = self.engine.keyspace().database(self.db());
            let keys: Vec<_> = held
                .iter()
                .map(|(key, entry)| (key.clone(), entry.value.kind().name()))
                .collect();
            for (key, kind) in keys {
                self.run(&words(&[b"OBJECT", b"ENCODING", &key]), &mut sent);
                self.run(&words(&[b"PEXPIRETIME", &key]), &mut sent);
                self.run(&whole_value(kind, &key), &mut sent);
            }
        }
        self.run(&words(&[b"SELECT", db.as_bytes()]), &mut sent);
        self.compare_replies(&mut sent)
            .map_err(|difference| format!("the state differs: {difference}"))
    }
}

/// The command that answers all that a key holds.
fn whole_value(kind: &str, key: &Bytes) -> Vec<Bytes> {
    match kind {
        "list" => words(&[b"LRANGE", key, b"0", b"-1"]),
        "hash" => words(&[b"HGETALL", key]),
        "set" => words(&[b"SMEMBERS", key]),
        "zset" => words(&[b"ZRANGE", key, b"0", b"-1", b"WITHSCORES"]),
        _ => words(&[b"GET", key]),
    }
}

/// A command line.
pub fn words(words: &[&[u8]]) -> Vec<Bytes> {
    words.iter().map(|word| Bytes::from(*word)).collect()
}

/// Where `COMMAND INFO` of a row is not what the server says; notes on key specifications, which are prose, aside.
pub fn compare_command_info(server: &Server) -> Vec<String> {
    let mut client = server.connect();
    let mut engine = Engine::new(&Options::default());
    let ours = engine.connect(Origin::default());
    let mut differs = |row: &&Command| {
        let line = words(&[b"COMMAND", b"INFO", row.name.as_bytes()]);
        let ours = Literal::from(engine.execute(ours, &line).reply());
        let real = client.pipeline(&[line]).remove(0).said;
        let shown =
            |reply: &Literal| notation::to_one_line(&compare::without_notes(reply), Escape::Bytes);
        let (ours, real) = (shown(&ours), shown(&real));
        (ours != real).then(|| format!("redis:  {real}\nengine: {ours}"))
    };
    let rows = commands::all().iter().copied();
    // COMMAND has a subcommand more for every command that it has.
    rows.filter(|row| row.name != "command")
        .filter_map(|row| differs(&row))
        .collect()
}
