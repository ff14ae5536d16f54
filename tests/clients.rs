//! What do several clients of one server receive? Replays `tests/spec/clients.txt`, recorded from redis-server, through
//! the engine and the encoder of the protocol.

use std::{
    collections::{BTreeMap, VecDeque},
    fs,
    path::Path,
};

use rediscover::{
    engine::{Bytes, Delivery, Engine, Options, Origin, Outcome, Protocol, Reply},
    notation::{self, Escape, Literal},
    resp,
};

const NOW: i64 = 1_700_000_000_000;

/// A client: its number, and what was sent to it.
struct Client {
    id: u64,
    sent: Vec<u8>,
    closed: bool,
    /// What it has sent while a command of its was waiting.
    later: VecDeque<Vec<Bytes>>,
}

struct World {
    engine: Engine,
    clients: BTreeMap<char, Client>,
}

impl World {
    fn new() -> World {
        let options = Options {
            now: NOW,
            ..Options::default()
        };
        World {
            engine: Engine::new(&options),
            clients: BTreeMap::new(),
        }
    }

    fn send(&mut self, name: char, line: &str) {
        let engine = &mut self.engine;
        let client = self.clients.entry(name).or_insert_with(|| Client {
            id: engine.connect(Origin::default()),
            sent: Vec::new(),
            closed: false,
            later: VecDeque::new(),
        });
        let id = client.id;
        let line = self
            .clients
            .iter()
            .fold(line.to_owned(), |line, (name, client)| {
                line.replace(&format!("${name}"), &client.id.to_string())
            });
        let argv = notation::split(line.as_bytes()).expect("the recorded line can be split");
        if self.engine.is_waiting(id) {
            let client = self.clients.get_mut(&name).expect("it was just found");
            client.later.push_back(argv);
        } else {
            self.execute(id, &argv);
            self.go_on();
        }
    }

    fn execute(&mut self, id: u64, argv: &[Bytes]) {
        let outcome = self.engine.execute(id, argv);
        let closes = self.deliver();
        if let Outcome::Reply(reply) = outcome {
            self.write(id, &reply);
        }
        self.close(&closes);
    }

    /// Runs what clients have sent while they waited, as far as they do not wait any more.
    fn go_on(&mut self) {
        loop {
            let engine = &self.engine;
            let mut clients = self.clients.values_mut();
            let next = clients.find(|it| !it.later.is_empty() && !engine.is_waiting(it.id));
            let Some((id, argv)) = next.and_then(|it| Some((it.id, it.later.pop_front()?))) else {
                return;
            };
            self.execute(id, &argv);
        }
    }

    fn pass(&mut self, milliseconds: i64) {
        let end = self.engine.now() + milliseconds;
        while let Some(next) = self.engine.next_deadline().filter(|next| *next <= end) {
            self.move_to(next);
        }
        self.move_to(end);
    }

    fn move_to(&mut self, now: i64) {
        self.engine.set_now(now);
        let closes = self.deliver();
        self.close(&closes);
        self.go_on();
    }

    /// Hands over what the engine has left, and gives the clients whose connections end.
    fn deliver(&mut self) -> Vec<u64> {
        let mut closes = Vec::new();
        for delivery in self.engine.take_deliveries() {
            match delivery {
                Delivery::Answer { client, reply } | Delivery::Message { client, reply } => {
                    self.write(client, &reply);
                }
                Delivery::Close { client } => closes.push(client),
                Delivery::Shutdown => {}
            }
        }
        closes
    }

    fn write(&mut self, id: u64, reply: &Reply) {
        let protocol = self
            .engine
            .session(id)
            .map_or(Protocol::Resp2, |session| session.protocol);
        let mut clients = self.clients.values_mut();
        if let Some(client) = clients.find(|client| client.id == id) {
            resp::encode(reply, protocol, usize::MAX, &mut client.sent);
        }
    }

    fn close(&mut self, ids: &[u64]) {
        for id in ids {
            self.engine.disconnect(*id);
            for client in self.clients.values_mut().filter(|client| client.id == *id) {
                client.closed = true;
            }
        }
    }

    /// What the clients have received since the last call, as the file shows it.
    fn received(&mut self) -> Vec<String> {
        let mut lines = Vec::new();
        for (name, client) in &mut self.clients {
            let mut rest = client.sent.as_slice();
            while !rest.is_empty() {
                let shown = show(&mut rest);
                let number = format!("\"id\", (integer) {}", client.id);
                let shown = shown.replace(&number, &format!("\"id\", ${name}"));
                lines.push(format!("{name} {}", without_time(&shown)));
            }
            client.sent.clear();
            if std::mem::take(&mut client.closed) {
                lines.push(format!("{name} (closed)"));
            }
        }
        lines
    }
}

/// A line of MONITOR without the moment and the address.
fn without_time(line: &str) -> String {
    let timed = line.split_once(" [").filter(|(time, _)| {
        time.split_once('.')
            .is_some_and(|(_, micros)| micros.len() == 6 && micros.parse::<u32>().is_ok())
    });
    match timed.and_then(|(_, rest)| Some((rest.split_once(' ')?.0, rest.split_once(']')?.1))) {
        Some((db, rest)) => format!("TIME [{db}]{rest}"),
        None => line.to_owned(),
    }
}

/// The next reply of a stream, in one-line notation.
fn show(rest: &mut &[u8]) -> String {
    let end = rest.iter().position(|byte| *byte == b'\n').expect("a line");
    let (kind, text) = (
        rest[0],
        String::from_utf8_lossy(&rest[1..end - 1]).into_owned(),
    );
    *rest = &rest[end + 1..];
    let quoted = |bytes: &[u8]| {
        let literal = Literal::Bulk(bytes.into());
        notation::to_one_line(&literal, Escape::Bytes)
    };
    match kind {
        b'+' => text,
        b'-' => format!("(error) {text}"),
        b':' => format!("(integer) {text}"),
        b'_' => "(nil)".to_owned(),
        b'$' | b'*' if text == "-1" => "(nil)".to_owned(),
        b',' => quoted(text.as_bytes()),
        b'$' | b'=' => {
            let size: usize = text.parse().expect("a length");
            let body = &rest[..size];
            *rest = &rest[size + 2..];
            quoted(if kind == b'=' { &body[4..] } else { body })
        }
        b'*' | b'~' | b'>' | b'%' => {
            let count: usize = text.parse().expect("a length");
            let count = if kind == b'%' { 2 * count } else { count };
            let items: Vec<String> = (0..count).map(|_| show(rest)).collect();
            let mark = if kind == b'>' { ">" } else { "" };
            if items.is_empty() {
                format!("{mark}(empty array)")
            } else {
                format!("{mark}[{}]", items.join(", "))
            }
        }
        other => panic!("a reply begins with {other}"),
    }
}

/// The client and the command of a line such as `A> GET k`.
fn command(line: &str) -> Option<(char, &str)> {
    let (name, command) = line.split_once("> ")?;
    let name = name.parse::<char>().ok()?;
    name.is_ascii_uppercase().then_some((name, command))
}

#[test]
fn several_clients_receive_what_redis_sends_them() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/spec/clients.txt");
    let text = fs::read_to_string(file).expect("the transcript is there");
    let mut lines = text.lines().enumerate().peekable();
    let (mut world, mut count, mut differences) = (World::new(), 0, Vec::new());
    while let Some((number, line)) = lines.next() {
        let pause = line
            .strip_prefix("+ ")
            .and_then(|time| time.strip_suffix("ms"));
        if line.starts_with("== ") {
            world = World::new();
            continue;
        }
        if let Some((name, line)) = command(line) {
            world.send(name, line);
        } else if let Some(time) = pause {
            world.pass(time.parse::<i64>().expect("milliseconds") + 1);
        } else {
            continue;
        }
        count += 1;
        let mut wanted = Vec::new();
        while let Some((_, reply)) = lines.next_if(|(_, line)| {
            line.as_bytes().get(1) == Some(&b' ') && line.as_bytes()[0].is_ascii_uppercase()
        }) {
            wanted.push(reply.to_owned());
        }
        let got = world.received();
        if got != wanted {
            differences.push(format!(
                "{}: {line}\n  redis  {}\n  engine {}",
                number + 1,
                wanted.join("\n         "),
                got.join("\n         ")
            ));
        }
    }
    assert!(count > 400, "only {count} commands were read");
    assert!(
        differences.is_empty(),
        "{} of {count} differ:\n{}",
        differences.len(),
        differences.join("\n")
    );
}

#[test]
fn monitor_names_the_socket_of_a_local_client_without_a_port() {
    for (address, shown) in [
        ("127.0.0.1:50000", "127.0.0.1:50000"),
        ("/tmp/redis.sock:0", "unix:/tmp/redis.sock"),
        ("redis.sock:0", "unix:redis.sock"),
    ] {
        let mut engine = Engine::new(&Options::default());
        let watcher = engine.connect(Origin::default());
        engine.execute(watcher, &[Bytes::from(b"MONITOR")]);
        let client = engine.connect(Origin {
            address: address.to_owned(),
            local: address.to_owned(),
        });
        engine.execute(client, &[Bytes::from(b"PING")]);
        let lines: Vec<Reply> = engine
            .take_deliveries()
            .into_iter()
            .filter_map(Delivery::reply)
            .collect();
        let wanted = format!("0.000000 [0 {shown}] \"PING\"");
        let wanted = Reply::Line(Bytes::from(wanted.as_bytes()).into_owned());
        assert_eq!(lines, [wanted], "{address}");
    }
}
