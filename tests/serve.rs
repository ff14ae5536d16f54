//! Do real clients get what redis-server would give them? The binary on a free port, spoken to in raw bytes: whatever
//! a client does, the others are served.

#![cfg(unix)]

mod serving;

use std::{fs, os::unix::net::UnixListener};

use proptest::prelude::*;
use rediscover::{
    engine::{Engine, Options, Origin, Protocol},
    notation,
    resp::{Decoder, Rules, encode},
};
use rustix::process::{Resource, Signal, getrlimit, setrlimit};

use serving::{Serving, complaint, run};

/// A command as clients send it.
fn multibulk(words: &[&str]) -> Vec<u8> {
    let mut bytes = format!("*{}\r\n", words.len());
    for word in words {
        bytes.push_str(&format!("${}\r\n{word}\r\n", word.len()));
    }
    bytes.into_bytes()
}

// ---- how commands arrive

#[test]
fn commands_come_in_pipelines_in_halves_and_byte_by_byte() {
    let serving = Serving::start(&[]);
    let mut client = serving.client();
    let (set, get) = (multibulk(&["SET", "k", "v"]), multibulk(&["GET", "k"]));
    client
        .send([&set[..], &get, &get].concat())
        .expect("+OK\r\n$1\r\nv\r\n$1\r\nv\r\n");
    client.send(&set[..7]).send(&set[7..]).expect("+OK\r\n");
    for byte in &get {
        client.send([*byte]);
    }
    client.expect("$1\r\nv\r\n");
    client.send("GET k\r\nECHO \"a \\x41\"\r\n");
    client.expect("$1\r\nv\r\n$3\r\na A\r\n");
}

#[test]
fn a_long_pipeline_is_answered_in_order() {
    let serving = Serving::start(&[]);
    let mut client = serving.client();
    let count = 50_000;
    let mut input = Vec::new();
    let mut wanted = String::new();
    for number in 1..=count {
        input.extend(multibulk(&["INCR", "n"]));
        wanted.push_str(&format!(":{number}\r\n"));
    }
    let mut reader = client.stream.try_clone().expect("a second handle");
    let writer = std::thread::spawn(move || std::io::Write::write_all(&mut reader, &input));
    client.expect(wanted);
    writer.join().expect("it ends").expect("it is read");
}

#[test]
fn big_values_come_and_go() {
    let serving = Serving::start(&[]);
    let mut client = serving.client();
    let value = "v".repeat(64 << 20);
    client
        .send(multibulk(&["SET", "big", &value]))
        .expect("+OK\r\n");
    client.call("STRLEN big", ":67108864\r\n");
    client.send("GET big\r\n");
    client.expect(format!("${}\r\n{value}\r\n", value.len()));
}

#[test]
fn values_above_the_limit_are_refused() {
    let serving = Serving::start(&["--max-value", "1kb"]);
    let mut client = serving.client();
    client.send("*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$1025\r\n");
    client.expect("-ERR Protocol error: invalid bulk length\r\n");
    client.expect_end();
}

// ---- what is no command

#[test]
fn garbage_ends_its_own_connection_only() {
    let serving = Serving::start(&[]);
    let mut other = serving.client();
    other.call("SET k v", "+OK\r\n");
    for (input, error) in [
        ("*1000000000\r\n$-5\r\n", "invalid bulk length"),
        ("*99999999999\r\n", "invalid multibulk length"),
        ("*1\r\n*1\r\n$4\r\nPING\r\n", "expected '$', got '*'"),
        ("SET \"k\r\n", "unbalanced quotes in request"),
        (&"x".repeat(70_000), "too big inline request"),
    ] {
        let mut client = serving.client();
        client.send(input);
        client.expect(format!("-ERR Protocol error: {error}\r\n"));
        client.expect_end();
        assert!(serving.logged().contains(error), "{error}");
        other.call("GET k", "$1\r\nv\r\n");
    }
}

#[test]
fn a_request_of_a_web_page_is_hung_up_on() {
    let serving = Serving::start(&[]);
    for request in [
        "POST / HTTP/1.1\r\nHost: localhost\r\n\r\nFLUSHALL\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
    ] {
        let mut client = serving.client();
        client.send(request).expect_end();
        assert!(serving.logged().contains("POST or Host:"));
    }
}

// ---- clients that do others harm

#[test]
fn a_thousand_idle_clients_are_no_burden() {
    // This process has both ends of none of them, but one file for each.
    let mut files = getrlimit(Resource::Nofile);
    files.current = files.maximum;
    setrlimit(Resource::Nofile, files).expect("the limit can be raised");
    let serving = Serving::start(&[]);
    let mut clients: Vec<_> = (0..1000).map(|_| serving.client()).collect();
    for client in &mut clients {
        client.call("INCR n", "").expect(":");
    }
    serving.client().call("GET n", "$4\r\n1000\r\n");
}

#[test]
fn one_client_too_many_is_told_so() {
    let serving = Serving::start(&["--max-clients", "1"]);
    let mut first = serving.client();
    first.call("PING", "+PONG\r\n");
    let mut second = serving.client();
    second
        .expect("-ERR max number of clients reached\r\n")
        .expect_end();
    first.call("PING", "+PONG\r\n");
}

#[test]
fn a_client_that_never_reads_is_dropped() {
    let serving = Serving::start(&[]);
    let mut client = serving.client();
    let limit = "client-output-buffer-limit \"normal 1mb 0 0\"";
    client.call(&format!("CONFIG SET {limit}"), "+OK\r\n");
    let value = "v".repeat(100_000);
    client
        .send(multibulk(&["SET", "big", &value]))
        .expect("+OK\r\n");
    let mut deaf = serving.client();
    deaf.send("GET big\r\n".repeat(1000));
    assert!(serving.logged().contains("does not read"));
    client.call("STRLEN big", ":100000\r\n");
}

#[test]
fn a_reply_that_is_far_longer_than_its_values_is_not_made() {
    let serving = Serving::start(&[]);
    let mut client = serving.client();
    let limit = "client-output-buffer-limit \"normal 1mb 0 0\"";
    client.call(&format!("CONFIG SET {limit}"), "+OK\r\n");
    let value = "v".repeat(100_000);
    client
        .send(multibulk(&["SET", "k", &value]))
        .expect("+OK\r\n");
    let line = format!("MGET{}", " k".repeat(30_000));
    client.send(format!("{line}\r\n"));
    assert!(serving.logged().contains("does not read"));
    serving.client().call("STRLEN k", ":100000\r\n");
}

#[test]
fn a_client_may_die_anywhere() {
    let serving = Serving::start(&[]);
    let mut dying = serving.client();
    dying
        .call("MULTI", "+OK\r\n")
        .call("SET k dead", "+QUEUED\r\n");
    drop(dying);
    // The pong is sent when both commands have run, so that the client waits by then.
    let mut dying = serving.client();
    dying.send("PING\r\nBLPOP q 0\r\n").expect("+PONG\r\n");
    drop(dying);
    // When the system delivers the hang-up is its own affair.
    let nobody_waits = || {
        let told = serving.client().exchange(b"INFO clients\r\nQUIT\r\n");
        String::from_utf8_lossy(&told).contains("blocked_clients:0")
    };
    while !nobody_waits() {}
    let mut half = serving.client();
    half.send("*3\r\n$3\r\nSET\r\n$1\r\nk");
    drop(half);
    let mut waiting = serving.client();
    waiting.send("PING\r\nBLPOP q 0\r\n").expect("+PONG\r\n");
    let mut client = serving.client();
    client.call("RPUSH q first", ":1\r\n");
    waiting.expect("*2\r\n$1\r\nq\r\n$5\r\nfirst\r\n");
    client.call("EXISTS k", ":0\r\n");
}

// ---- waiting, and time

#[test]
fn who_waited_first_is_served_first() {
    let serving = Serving::start(&[]);
    let mut waiting: Vec<_> = (0..3).map(|_| serving.client()).collect();
    for client in &mut waiting {
        client.send("PING\r\nBLPOP q 0\r\n").expect("+PONG\r\n");
    }
    serving.client().call("RPUSH q a b c", ":3\r\n");
    for (client, element) in waiting.iter_mut().zip(["a", "b", "c"]) {
        client.expect(format!("*2\r\n$1\r\nq\r\n$1\r\n{element}\r\n"));
    }
}

#[test]
fn what_comes_behind_a_wait_is_answered_behind_it() {
    let serving = Serving::start(&[]);
    let mut waiting = serving.client();
    waiting
        .send("PING\r\nBLPOP q 0\r\nECHO a\r\n")
        .expect("+PONG\r\n");
    waiting.send("ECHO b\r\nBLPOP q 0\r\nECHO c\r\n");
    let mut client = serving.client();
    client.call("RPUSH q 1", ":1\r\n");
    waiting.expect("*2\r\n$1\r\nq\r\n$1\r\n1\r\n$1\r\na\r\n$1\r\nb\r\n");
    client.call("RPUSH q 2", ":1\r\n");
    waiting.expect("*2\r\n$1\r\nq\r\n$1\r\n2\r\n$1\r\nc\r\n");
}

#[test]
fn waits_end_while_nobody_sends() {
    let serving = Serving::start(&[]);
    let mut client = serving.client();
    client.call("SET k v PX 20", "+OK\r\n");
    client
        .call("BLPOP q 0.05", "*-1\r\n")
        .call("EXISTS k", ":0\r\n");
}

// ---- beginning and end

#[test]
fn it_ends_cleanly_when_it_is_told_to() {
    for signal in [Signal::TERM, Signal::INT] {
        let mut serving = Serving::start(&["--unix", "socket"]);
        serving.local_client("socket").call("SET k v", "+OK\r\n");
        serving.client().call("GET k", "$1\r\nv\r\n");
        serving.signal(signal);
        assert!(serving.wait().success(), "{signal:?}");
        assert!(!serving.path("socket").exists(), "{signal:?}");
    }
}

#[test]
fn a_socket_that_was_left_behind_is_taken_over() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("socket");
    drop(UnixListener::bind(&path).expect("a socket"));
    let path = path.to_string_lossy().into_owned();
    let serving = Serving::start(&["--unix", &path]);
    assert!(serving.line.contains(&path), "{}", serving.line);
    let output = run(&["--unix", &path]);
    assert_eq!(output.status.code(), Some(7));
    assert!(complaint(&output).contains("in use"));
}

#[test]
fn a_place_that_cannot_be_had_is_explained() {
    let serving = Serving::start(&[]);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("file");
    fs::write(&file, "precious").expect("a file");
    let (file, none) = (file.to_string_lossy(), folder.path().join("none/socket"));
    let port = serving.port.to_string();
    for (args, status, words) in [
        (vec!["--port", &port], 7, "--port 0"),
        (vec!["--unix", &file], 7, "no socket"),
        (vec!["--unix", &none.to_string_lossy()], 7, "no folder"),
        (vec!["--port", "0", "--bind", "0.0.0.0"], 7, "--password"),
        (vec!["--port", "0", "--bind", "::"], 7, "--password"),
        (vec!["--port", "0", "--bind", "example"], 2, "127.0.0.1"),
        (vec!["--port", "65536"], 2, "65536"),
        (vec!["--max-value", "much"], 2, "512mb"),
        (vec!["--load", "/no/such/file"], 4, "cannot be read"),
    ] {
        let output = run(&args);
        assert_eq!(output.status.code(), Some(status), "{args:?}");
        assert!(complaint(&output).contains(words), "{}", complaint(&output));
        assert!(output.stdout.is_empty(), "it does not listen");
    }
    assert_eq!(fs::read_to_string(&*file).expect("it is there"), "precious");
}

#[test]
fn a_file_of_commands_is_run_first() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("class.redis");
    fs::write(&path, "# orders\nRPUSH orders o1 \"o 2\"\r\n\n  SET k v\n").expect("a file");
    let path = path.to_string_lossy().into_owned();
    let serving = Serving::start(&["--load", &path]);
    let mut client = serving.client();
    client.call("LRANGE orders 0 -1", "*2\r\n$2\r\no1\r\n$3\r\no 2\r\n");
    client.call("GET k", "$1\r\nv\r\n");
}

#[test]
fn what_a_file_sets_stays_unless_an_argument_says_otherwise() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("class.redis");
    let lines = "CONFIG SET maxclients 7 proto-max-bulk-len 2mb\n";
    fs::write(&path, lines).expect("a file");
    let path = path.to_string_lossy().into_owned();
    let told = |args: &[&str], setting: &str, value: &str| {
        let serving = Serving::start(&[&["--load", &path], args].concat());
        let (names, values) = (setting.len(), value.len());
        let reply = format!("*2\r\n${names}\r\n{setting}\r\n${values}\r\n{value}\r\n");
        serving
            .client()
            .call(&format!("CONFIG GET {setting}"), &reply);
    };
    told(&[], "maxclients", "7");
    told(&["--max-clients", "9"], "maxclients", "9");
    told(&[], "proto-max-bulk-len", "2097152");
    told(&["--max-value", "1kb"], "proto-max-bulk-len", "1024");
}

#[test]
fn every_failing_line_of_a_file_is_told() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("class.redis");
    fs::write(&path, "SET k v\nLPUSH k a\n\nGET\nSET \"k\nBLPOP q 0\n").expect("a file");
    let output = run(&["--port", "0", "--load", &path.to_string_lossy()]);
    assert_eq!(output.status.code(), Some(5));
    let told = complaint(&output);
    for (line, words) in [
        (2, "WRONGTYPE"),
        (4, "wrong number"),
        (5, "quote"),
        (6, "waits"),
    ] {
        let line = told
            .lines()
            .find(|told| told.contains(&format!("class.redis, line {line}:")));
        assert!(line.is_some_and(|line| line.contains(words)), "{told}");
    }
    assert!(told.contains("4 lines"), "{told}");
}

// ---- anything at all

/// A stream of commands in which some bytes were changed.
fn streams() -> impl Strategy<Value = Vec<u8>> {
    let word = prop_oneof![
        "[a-c]",
        "-?[0-9]{1,3}",
        prop::sample::select(vec!["NX", "EX", "0", "-1", "(1", "LEFT", "COUNT", "*"])
            .prop_map(str::to_owned),
    ];
    let name = prop::sample::select(vec![
        "SET", "GET", "LPUSH", "LRANGE", "BLPOP", "MULTI", "EXEC", "WATCH", "SADD", "SPOP", "ZADD",
        "ZRANGE", "HSET", "HGETALL", "SELECT", "SORT", "COMMAND", "EXPIRE", "COPY", "LCS",
    ]);
    let command = (name, prop::collection::vec(word, 0..4)).prop_map(|(name, words)| {
        let mut argv = vec![name];
        argv.extend(words.iter().map(String::as_str));
        multibulk(&argv)
    });
    let changes = prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6);
    (prop::collection::vec(command, 1..12), changes).prop_map(|(commands, changes)| {
        let mut stream = commands.concat();
        for (place, byte) in changes {
            let at = place.index(stream.len());
            stream[at] = byte;
        }
        stream
    })
}

proptest! {
    #[test]
    fn no_stream_harms_the_engine(streams in prop::collection::vec(streams(), 1..4)) {
        let mut engine = Engine::new(&Options::default());
        let rules = Rules {
            max_bulk: 1 << 20,
            authenticated: true,
            split: |line| notation::split(line).ok(),
        };
        for stream in &streams {
            let client = engine.connect(Origin::default());
            let mut decoder = Decoder::default();
            let mut input = stream.as_slice();
            let mut out = Vec::new();
            while let Ok(true) = decoder.advance(&mut input, &rules) {
                let reply = engine.execute(client, decoder.argv()).reply();
                encode(&reply, Protocol::Resp2, 1 << 20, &mut out);
                for delivery in engine.take_deliveries() {
                    encode(&delivery.reply().unwrap_or(rediscover::engine::Reply::None), Protocol::Resp3, 1 << 20, &mut out);
                }
                if engine.is_waiting(client) {
                    engine.abandon(client);
                }
            }
            prop_assert!(out.is_empty() || out.ends_with(b"\r\n"));
        }
    }
}
