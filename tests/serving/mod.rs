//! The program as a server on a free port, and clients that speak raw bytes to it. Whoever waits, waits with patience
//! and never sleeps.

#![allow(dead_code, reason = "each test binary uses a part of it")]

use std::{
    io::{BufRead, BufReader, ErrorKind, Read, Write},
    net::{Shutdown, TcpStream},
    os::unix::net::UnixStream,
    path::PathBuf,
    process::{Child, Command, ExitStatus, Output, Stdio},
    sync::mpsc::{Receiver, channel},
    time::Duration,
};

use rustix::process::{Pid, Signal, kill_process};

/// Nothing that is waited for takes longer, on the slowest machine.
pub const PATIENCE: Duration = Duration::from_mins(1);

/// The program, without the surroundings of whoever runs the tests.
pub fn program(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rediscover"));
    command
        .arg("serve")
        .args(args)
        .args(["--no-journal", "--lang", "en"])
        .env_clear()
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// Runs the program where it is to end by itself.
pub fn run(args: &[&str]) -> Output {
    program(args).output().expect("the program starts")
}

/// What the program wrote to its error output.
pub fn complaint(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A running server.
pub struct Serving {
    child: Child,
    /// Its first line.
    pub line: String,
    /// Its port.
    pub port: u16,
    log: Receiver<String>,
    folder: tempfile::TempDir,
}

impl Serving {
    /// Starts on a free port, and returns when it listens.
    pub fn start(args: &[&str]) -> Serving {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut child = program(&["--port", "0"])
            .args(args)
            .current_dir(folder.path())
            .spawn()
            .expect("the program starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("it was piped"))
            .read_line(&mut line)
            .expect("it says where it listens");
        let errors = BufReader::new(child.stderr.take().expect("it was piped"));
        let (sender, log) = channel();
        std::thread::spawn(move || {
            for line in errors.lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    break;
                }
            }
        });
        let digits = line.split("127.0.0.1:").nth(1).unwrap_or_default();
        let digits: String = digits.chars().take_while(char::is_ascii_digit).collect();
        let port = digits
            .parse()
            .unwrap_or_else(|_| panic!("it says {line:?}"));
        Serving {
            child,
            line,
            port,
            log,
            folder,
        }
    }

    /// A path in its folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A new connection.
    pub fn client(&self) -> Client<TcpStream> {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).expect("it listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("a timeout");
        stream.set_nodelay(true).expect("an option of TCP");
        Client { stream }
    }

    /// A new connection at its Unix socket.
    pub fn local_client(&self, name: &str) -> Client<UnixStream> {
        let stream = UnixStream::connect(self.path(name)).expect("it listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("a timeout");
        Client { stream }
    }

    /// The next line of its log.
    pub fn logged(&self) -> String {
        self.log.recv_timeout(PATIENCE).expect("a line of the log")
    }

    /// Whether it has logged nothing that was not asked for.
    pub fn log_is_empty(&self) -> bool {
        self.log.try_recv().is_err()
    }

    /// Sends it a signal.
    pub fn signal(&self, signal: Signal) {
        let pid = i32::try_from(self.child.id()).expect("a process number");
        kill_process(Pid::from_raw(pid).expect("a process number"), signal).expect("it runs");
    }

    /// Waits for its end.
    pub fn wait(&mut self) -> ExitStatus {
        self.child.wait().expect("it ends")
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A connection that sends bytes and waits for bytes.
pub struct Client<S> {
    pub stream: S,
}

impl<S: Read + Write> Client<S> {
    /// Sends bytes.
    pub fn send(&mut self, bytes: impl AsRef<[u8]>) -> &mut Self {
        self.stream.write_all(bytes.as_ref()).expect("it reads");
        self
    }

    /// Waits for exactly these bytes.
    #[track_caller]
    pub fn expect(&mut self, wanted: impl AsRef<[u8]>) -> &mut Self {
        let wanted = wanted.as_ref();
        let mut got = vec![0; wanted.len()];
        let mut filled = 0;
        while filled < got.len() && got[..filled] == wanted[..filled] {
            match self.stream.read(&mut got[filled..]) {
                Ok(0) => break,
                Ok(count) => filled += count,
                // With a time limit a read is not begun again by itself.
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => panic!(
                    "{error} after {:?}, where {:?} is wanted",
                    shown(&got[..filled]),
                    shown(wanted)
                ),
            }
        }
        assert_eq!(shown(&got[..filled]), shown(wanted));
        self
    }

    /// Waits for the end of the connection.
    #[track_caller]
    pub fn expect_end(&mut self) {
        let mut rest = Vec::new();
        match self.stream.read_to_end(&mut rest) {
            Ok(_) => assert_eq!(shown(&rest), ""),
            Err(error) => assert_eq!(error.kind(), ErrorKind::ConnectionReset),
        }
    }

    /// Sends a command and waits for its reply.
    #[track_caller]
    pub fn call(&mut self, line: &str, wanted: &str) -> &mut Self {
        self.send(format!("{line}\r\n")).expect(wanted)
    }
}

impl Client<TcpStream> {
    /// Sends bytes and no more, and gives everything that comes back.
    pub fn exchange(mut self, bytes: &[u8]) -> Vec<u8> {
        // The server may have ended the connection before it has read everything.
        let _ = self.stream.write_all(bytes);
        let _ = self.stream.shutdown(Shutdown::Write);
        let mut answer = Vec::new();
        let mut buffer = [0; 4096];
        while let Ok(count @ 1..) = self.stream.read(&mut buffer) {
            answer.extend_from_slice(&buffer[..count]);
        }
        answer
    }
}

/// Bytes as one can read them; of many, the beginning.
pub fn shown(bytes: &[u8]) -> String {
    let shown = bytes[..bytes.len().min(300)].escape_ascii().to_string();
    match bytes.len() {
        0..=300 => shown,
        length => format!("{shown}… ({length} bytes)"),
    }
}
