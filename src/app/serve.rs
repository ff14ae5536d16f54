//! `serve`: the engine for real clients.

use std::{
    fs,
    net::SocketAddr,
    path::Path,
    rc::Rc,
    time::{SystemTime, UNIX_EPOCH},
};

use crate::cli::{Global, Serve};
use crate::engine::{Bytes, Engine, Options as EngineOptions, Origin, Outcome, Reply};
use crate::error::{AppError, ErrorKind};
use crate::notation;
use crate::server::{BindError, Notice, Options, Reason, Server};
use crate::text::{Value, Words};

use super::{End, shell};

/// The port that Redis' clients try first.
const PORT: u16 = 6379;

/// Serves until Ctrl-C, SIGTERM or SHUTDOWN.
pub fn serve(global: &Global, options: &Serve) -> Result<End, AppError> {
    let words = Rc::new(shell::words(global));
    let mut engine = engine(global, options);
    if let Some(path) = &options.load {
        load(&mut engine, path, &words)?;
    }
    configure(&mut engine, options, &words)?;
    let port = options.port.or(options.unix.is_none().then_some(PORT));
    let log = Rc::clone(&words);
    let mut server = Server::bind(
        &mut engine,
        &Options {
            address: port.map(|port| SocketAddr::new(options.bind, port)),
            unix: options.unix.clone(),
            split: |line| notation::split(line).ok(),
        },
        Box::new(move |notice| shell::complain(&told(notice, &log))),
    )
    .map_err(|error| refused(&error, &words))?;
    let stopper = server.stopper();
    ctrlc::set_handler(move || stopper.stop())
        .map_err(|error| AppError::new(ErrorKind::Terminal, error.to_string()))?;
    let places = server.places().join(&words.say("comma"));
    let listens = words.with("serve-listens", &[("places", places.into())]);
    shell::tell(&format!("{listens}\n{}\n", words.say("serve-memory")))?;
    server.run(&mut engine)?;
    Ok(End::Done)
}

fn engine(global: &Global, options: &Serve) -> Engine {
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    let now = i64::try_from(now.as_millis()).unwrap_or(i64::MAX);
    let default = EngineOptions::default();
    Engine::new(&EngineOptions {
        now,
        seed: global.seed.unwrap_or(now.unsigned_abs()),
        databases: usize::from(options.databases),
        max_value: options.max_value.unwrap_or(default.max_value),
        keeps_events: false,
        process_id: std::process::id(),
        system: std::env::consts::OS,
        ..default
    })
}

/// Makes the settings that the arguments name. What the file of --load has set stays where they name none.
fn configure(engine: &mut Engine, options: &Serve, words: &Words) -> Result<(), AppError> {
    if let Some(bytes) = options.max_value {
        engine.limit_value(bytes);
    }
    let clients = options.max_clients.map(|count| count.to_string());
    let clients = clients.map(|count| ("maxclients", count));
    let password = options.password.clone();
    let password = password.map(|password| ("requirepass", password));
    for (name, value) in clients.into_iter().chain(password) {
        let (name, value) = (Bytes::from(name.as_bytes()), Bytes::from(value.as_bytes()));
        engine
            .change_settings(&[(&name, &value)])
            .map_err(|error| {
                let values = [("error", error.to_string().into())];
                let text = words.with("serve-setting-refused", &values);
                AppError::new(ErrorKind::Listen, text)
            })?;
    }
    Ok(())
}

/// Runs the lines of a file. All that fail are told; then nothing is served, because half a class's data would be
/// worse than none.
fn load(engine: &mut Engine, path: &Path, words: &Words) -> Result<(), AppError> {
    let file = path.display().to_string();
    let text = fs::read(path).map_err(|error| {
        let values = [
            ("file", file.clone().into()),
            ("error", error.to_string().into()),
        ];
        AppError::new(
            ErrorKind::File,
            words.with("serve-load-unreadable", &values),
        )
        .hint(words.say("serve-load-unreadable-hint"))
    })?;
    let client = engine.connect(Origin::default());
    let mut failed = 0;
    for (at, line) in text.split(|byte| *byte == b'\n').enumerate() {
        if let Err(error) = run_line(engine, client, line, words) {
            failed += 1;
            let values = [
                ("file", file.clone().into()),
                ("line", (at + 1).to_string().into()),
                ("error", printable(&error).into()),
            ];
            shell::complain(&words.with("serve-line-failed", &values));
        }
    }
    engine.disconnect(client);
    engine.take_deliveries();
    if failed == 0 {
        return Ok(());
    }
    let values = [("file", file.into()), ("n", failed.into())];
    Err(
        AppError::new(ErrorKind::Content, words.with("serve-load-failed", &values))
            .hint(words.say("serve-load-failed-hint")),
    )
}

/// Runs one line of a file; blank ones and remarks are nothing to run.
fn run_line(engine: &mut Engine, client: u64, line: &[u8], words: &Words) -> Result<(), String> {
    if line.trim_ascii_start().starts_with(b"#") {
        return Ok(());
    }
    let argv = notation::split(line).map_err(|error| error.to_string())?;
    if argv.is_empty() {
        return Ok(());
    }
    match engine.execute(client, &argv) {
        Outcome::Reply(reply) => first_error(&reply).map_or(Ok(()), Err),
        Outcome::Waiting { .. } => {
            engine.abandon(client);
            Err(words.say("serve-line-waits"))
        }
    }
}

/// The error that a reply is, or has in it (EXEC).
fn first_error(reply: &Reply) -> Option<String> {
    match reply {
        Reply::Error(error) => Some(error.to_string()),
        Reply::Array(items) => items.iter().find_map(first_error),
        _ => None,
    }
}

/// A line of the log.
pub(super) fn told(notice: &Notice, words: &Words) -> String {
    let bytes = |bytes: usize| [("bytes", Value::from(bytes))];
    match notice {
        Notice::Dropped { client, reason } => {
            let reason = match reason {
                Reason::Attack => words.say("serve-attack"),
                Reason::Protocol(error) => {
                    words.with("serve-protocol", &[("error", error.clone().into())])
                }
                Reason::Output { bytes: n } => words.with("serve-slow", &bytes(*n)),
                Reason::Input { bytes: n } => words.with("serve-flood", &bytes(*n)),
            };
            let values = [("client", client.clone().into()), ("reason", reason.into())];
            words.with("serve-dropped", &values)
        }
        Notice::NotAccepted(error) => {
            words.with("serve-not-accepted", &[("error", error.to_string().into())])
        }
        Notice::Full => words.say("serve-full"),
        Notice::Outsider { client } => {
            words.with("serve-outsider", &[("client", client.clone().into())])
        }
    }
}

/// Why it does not listen, and what to do about it.
pub(super) fn refused(error: &BindError, words: &Words) -> AppError {
    let path = |path: &Path| vec![("path", Value::from(path.display().to_string()))];
    let (id, hint, values) = match error {
        BindError::InUse(place) => (
            "serve-in-use",
            "serve-in-use-hint",
            vec![("place", place.clone().into())],
        ),
        BindError::Privileged(port) => (
            "serve-privileged",
            "serve-privileged-hint",
            vec![("port", port.to_string().into())],
        ),
        BindError::NoSuchAddress(address) => (
            "serve-no-address",
            "serve-no-address-hint",
            vec![("address", address.clone().into())],
        ),
        BindError::Exposed(place) => (
            "serve-exposed",
            "serve-exposed-hint",
            vec![("place", place.to_string().into())],
        ),
        BindError::NoPermission(at) => {
            ("serve-no-permission", "serve-no-permission-hint", path(at))
        }
        BindError::NoFolder(at) => ("serve-no-folder", "serve-no-folder-hint", path(at)),
        BindError::TooLong(at) => ("serve-too-long", "serve-too-long-hint", path(at)),
        BindError::NoSocket(at) => ("serve-no-socket", "serve-no-socket-hint", path(at)),
        BindError::NoUnixSockets => (
            "serve-no-unix-sockets",
            "serve-no-unix-sockets-hint",
            Vec::new(),
        ),
        BindError::System(error) => (
            "serve-system",
            "serve-system-hint",
            vec![("error", error.to_string().into())],
        ),
    };
    AppError::new(ErrorKind::Listen, words.with(id, &values)).hint(words.say(hint))
}

/// A text that may hold what a file holds, without what a terminal would obey.
fn printable(text: &str) -> String {
    let shown = |c: char| if c.is_control() { '\u{fffd}' } else { c };
    text.chars().map(shown).collect()
}
