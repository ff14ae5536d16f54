//! A redis-server of our own on a unix socket, and a blocking client for it.

use std::{
    io::{BufReader, ErrorKind, Write},
    os::unix::net::UnixStream,
    process::{Child, Command, Stdio},
    time::Duration,
};

use rediscover::{
    engine::Bytes,
    notation::{self, Literal},
};

use crate::wire::{self, Answer};

/// The channel on which a connection is told that no more events come.
const END: &str = "end";

/// A running server; it ends with this value.
pub struct Server {
    child: Child,
    folder: tempfile::TempDir,
}

impl Server {
    /// Starts one; `None` when there is no redis-server 7.0 here.
    pub fn start() -> Option<Server> {
        let version = Command::new("redis-server")
            .arg("--version")
            .output()
            .ok()?;
        if !String::from_utf8_lossy(&version.stdout).contains("v=7.0.") {
            return None;
        }
        let folder = tempfile::tempdir().expect("a temporary folder");
        let child = Command::new("redis-server")
            .args([
                "--port",
                "0",
                "--save",
                "",
                "--appendonly",
                "no",
                "--unixsocket",
            ])
            .arg(folder.path().join("socket"))
            .arg("--dir")
            .arg(folder.path())
            // SORT compares text as the locale says.
            .env("LC_ALL", "C")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("redis-server starts");
        Some(Server { child, folder })
    }

    /// A connection, once the server listens.
    pub fn connect(&self) -> Client {
        let path = self.folder.path().join("socket");
        for _ in 0..500 {
            if let Ok(stream) = UnixStream::connect(&path) {
                return Client::new(stream);
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("redis-server does not listen");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A connection.
pub struct Client {
    stream: UnixStream,
    replies: BufReader<UnixStream>,
    /// Set once a reply did not come: then none is waited for any more.
    hangs: bool,
}

impl Client {
    fn new(stream: UnixStream) -> Client {
        stream
            .set_read_timeout(Some(Duration::from_secs(3)))
            .expect("a timeout");
        let replies = BufReader::new(stream.try_clone().expect("a second handle"));
        Client {
            stream,
            replies,
            hangs: false,
        }
    }

    /// Sends command lines at once and reads their replies.
    pub fn pipeline(&mut self, lines: &[Vec<Bytes>]) -> Vec<Answer> {
        // Small portions, so that neither side waits with a full buffer for the other.
        let portions = lines.chunks(50);
        portions.flat_map(|portion| self.portion(portion)).collect()
    }

    fn portion(&mut self, lines: &[Vec<Bytes>]) -> Vec<Answer> {
        let mut request = Vec::new();
        for line in lines {
            request.extend(format!("*{}\r\n", line.len()).into_bytes());
            for word in line {
                request.extend(format!("${}\r\n", word.len()).into_bytes());
                request.extend_from_slice(word);
                request.extend(b"\r\n");
            }
        }
        let mut stream = self.stream.try_clone().expect("a second handle");
        std::thread::scope(|scope| {
            scope.spawn(move || stream.write_all(&request).expect("the server reads"));
            lines.iter().map(|line| self.read(line)).collect()
        })
    }

    /// Sends one command line.
    pub fn call(&mut self, words: &[&str]) -> Literal {
        let line = words
            .iter()
            .map(|word| Bytes::from(word.as_bytes()))
            .collect();
        self.pipeline(&[line]).remove(0).said
    }

    /// From now on this connection gets the keyspace events of all databases.
    pub fn watch_events(&mut self) {
        self.call(&["CONFIG", "SET", "notify-keyspace-events", "EA"]);
        self.call(&["PSUBSCRIBE", "__keyevent@*__:*"]);
        self.call(&["SUBSCRIBE", END]);
    }

    /// The events that came until `other` says that there are no more, as `(channel, key)`.
    pub fn events(&mut self, other: &mut Client) -> Vec<(String, Bytes)> {
        other.call(&["PUBLISH", END, ""]);
        let mut events = Vec::new();
        loop {
            match self.read(&[]).said {
                Literal::Array(parts) => match parts.as_slice() {
                    [_, _, Literal::Bulk(channel), Literal::Bulk(key)] => {
                        events.push((String::from_utf8_lossy(channel).into_owned(), key.clone()));
                    }
                    _ => return events,
                },
                other => panic!("a message is {other:?}"),
            }
        }
    }

    /// The server's clock, Unix time in milliseconds.
    pub fn now(&mut self) -> i64 {
        let time = self.call(&["TIME"]);
        let part = |at: usize| match time.items().and_then(|parts| parts.get(at)) {
            Some(Literal::Bulk(text)) => String::from_utf8_lossy(text)
                .parse::<i64>()
                .expect("a number"),
            other => panic!("TIME answers {other:?}"),
        };
        part(0) * 1000 + part(1) / 1000
    }

    pub fn read(&mut self, line: &[Bytes]) -> Answer {
        if !self.hangs {
            match wire::read(&mut self.replies) {
                Ok(answer) => return answer,
                Err(error) if error.kind() == ErrorKind::UnexpectedEof => {
                    panic!("the server is gone at {}", notation::join(line))
                }
                Err(_) => self.hangs = true,
            }
        }
        Answer {
            said: Literal::Error("no reply".to_owned()),
            shape: "-".to_owned(),
        }
    }
}
