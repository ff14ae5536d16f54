//! Where clients come in: listening sockets, and why one cannot be had.

use std::{
    fmt, io,
    net::SocketAddr,
    path::{Path, PathBuf},
};

#[cfg(unix)]
use mio::net::UnixListener;
use mio::{Interest, Registry, Token, event::Source, net::TcpListener};

use crate::engine::{Engine, Origin};

use super::connection::Stream;

/// After how much silence a client is asked whether it is there (Redis 7.0: `tcp-keepalive`).
#[cfg(any(target_os = "linux", target_os = "macos"))]
const KEEPALIVE: std::time::Duration = std::time::Duration::from_mins(5);

/// Why a server does not listen.
#[derive(Debug)]
pub enum BindError {
    /// Something else listens there.
    InUse(String),
    /// Ports below 1024 need a right that this user does not have.
    Privileged(u16),
    /// No interface of this machine has the address.
    NoSuchAddress(String),
    /// The path lies where this user must not write.
    NoPermission(PathBuf),
    /// The path's folder does not exist.
    NoFolder(PathBuf),
    /// The path is longer than the system takes for a socket.
    TooLong(PathBuf),
    /// Something that is no socket lies at the path.
    NoSocket(PathBuf),
    /// The address can be reached from other machines and there is no password.
    Exposed(SocketAddr),
    /// There are no Unix sockets here.
    NoUnixSockets,
    /// The system refuses in another way.
    System(io::Error),
}

impl fmt::Display for BindError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:?}")
    }
}

impl std::error::Error for BindError {}

/// A listening socket.
pub(super) enum Door {
    Tcp(TcpListener, SocketAddr),
    #[cfg(unix)]
    Unix(UnixListener, PathBuf),
}

/// Listens on TCP; without a password on this machine only.
pub(super) fn tcp(address: SocketAddr, guarded: bool) -> Result<Door, BindError> {
    if !guarded && !address.ip().is_loopback() {
        return Err(BindError::Exposed(address));
    }
    let listener = TcpListener::bind(address).map_err(|error| match error.kind() {
        io::ErrorKind::AddrInUse => BindError::InUse(address.to_string()),
        io::ErrorKind::PermissionDenied => BindError::Privileged(address.port()),
        io::ErrorKind::AddrNotAvailable => BindError::NoSuchAddress(address.ip().to_string()),
        _ => BindError::System(error),
    })?;
    let address = listener.local_addr().map_err(BindError::System)?;
    keep_alive(&listener);
    Ok(Door::Tcp(listener, address))
}

/// Lets the system ask clients that say nothing whether they are still there, and end those that are not. Accepted
/// sockets take this over from the listening one.
fn keep_alive(listener: &TcpListener) {
    #[cfg(any(target_os = "linux", target_os = "macos"))]
    {
        use rustix::net::sockopt;
        // Where the system refuses, clients that vanish stay connected, and nothing else is missing.
        let _ = sockopt::set_socket_keepalive(listener, true);
        let _ = sockopt::set_tcp_keepidle(listener, KEEPALIVE);
        let _ = sockopt::set_tcp_keepintvl(listener, KEEPALIVE / 3);
        let _ = sockopt::set_tcp_keepcnt(listener, 3);
    }
    #[cfg(not(any(target_os = "linux", target_os = "macos")))]
    let _ = listener;
}

/// Listens at a path. What a server that has ended left there is removed.
#[cfg(unix)]
pub(super) fn unix(path: &Path) -> Result<Door, BindError> {
    use std::os::unix::fs::FileTypeExt;

    if let Ok(found) = std::fs::symlink_metadata(path) {
        if !found.file_type().is_socket() {
            return Err(BindError::NoSocket(path.to_owned()));
        }
        match std::os::unix::net::UnixStream::connect(path) {
            Ok(_) => return Err(BindError::InUse(path.display().to_string())),
            Err(error) if error.kind() == io::ErrorKind::ConnectionRefused => {
                std::fs::remove_file(path).map_err(|_| BindError::NoPermission(path.to_owned()))?;
            }
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
                return Err(BindError::NoPermission(path.to_owned()));
            }
            Err(error) => return Err(BindError::System(error)),
        }
    }
    let listener = UnixListener::bind(path).map_err(|error| match error.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            BindError::NoPermission(path.to_owned())
        }
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => {
            BindError::NoFolder(path.to_owned())
        }
        io::ErrorKind::InvalidInput => BindError::TooLong(path.to_owned()),
        io::ErrorKind::AddrInUse => BindError::InUse(path.display().to_string()),
        _ => BindError::System(error),
    })?;
    Ok(Door::Unix(listener, path.to_owned()))
}

#[cfg(not(unix))]
pub(super) fn unix(_: &Path) -> Result<Door, BindError> {
    Err(BindError::NoUnixSockets)
}

/// Lets the process have as many open files as so many clients need, as far as the system goes.
pub(super) fn allow_files(clients: usize) {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, getrlimit, setrlimit};
        // Redis 7.0 adds 32 for files of its own.
        let wanted = clients as u64 + 32;
        let mut limit = getrlimit(Resource::Nofile);
        if limit.current.is_some_and(|current| current < wanted) {
            let most = limit.maximum.unwrap_or(wanted);
            limit.current = Some(wanted.min(most));
            // With fewer files there are fewer clients: each that is refused is told of.
            let _ = setrlimit(Resource::Nofile, limit);
        }
    }
    #[cfg(not(unix))]
    let _ = clients;
}

impl Door {
    /// Where it is, as clients write it.
    pub fn place(&self) -> String {
        match self {
            Door::Tcp(_, address) => address.to_string(),
            #[cfg(unix)]
            Door::Unix(_, path) => path.display().to_string(),
        }
    }

    /// Lets the engine tell clients where it is (CONFIG GET, INFO).
    pub fn note(&self, engine: &mut Engine) {
        match self {
            Door::Tcp(_, address) => {
                engine.note_setting("port", address.port().to_string());
                engine.note_setting("bind", address.ip().to_string());
            }
            #[cfg(unix)]
            Door::Unix(_, path) => engine.note_setting("unixsocket", path.display().to_string()),
        }
    }

    /// The next client, and where it comes from; the address of one that came over the network.
    pub fn accept(&self) -> io::Result<(Stream, Origin, Option<SocketAddr>)> {
        match self {
            Door::Tcp(listener, local) => {
                let (stream, peer) = listener.accept()?;
                // Replies are written in one go, so waiting for more only delays them.
                let _ = stream.set_nodelay(true);
                let local = stream.local_addr().unwrap_or(*local);
                let origin = Origin {
                    address: peer.to_string(),
                    local: local.to_string(),
                };
                Ok((Stream::Tcp(stream), origin, Some(peer)))
            }
            #[cfg(unix)]
            Door::Unix(listener, path) => {
                let (stream, _) = listener.accept()?;
                // Redis shows the socket's path on both sides, with a port of 0.
                let path = format!("{}:0", path.display());
                let origin = Origin {
                    address: path.clone(),
                    local: path,
                };
                Ok((Stream::Unix(stream), origin, None))
            }
        }
    }
}

impl Drop for Door {
    fn drop(&mut self) {
        #[cfg(unix)]
        if let Door::Unix(_, path) = self {
            // Whoever has removed it before us wanted it gone.
            let _ = std::fs::remove_file(path);
        }
    }
}

impl Source for Door {
    fn register(&mut self, registry: &Registry, token: Token, to: Interest) -> io::Result<()> {
        match self {
            Door::Tcp(listener, _) => listener.register(registry, token, to),
            #[cfg(unix)]
            Door::Unix(listener, _) => listener.register(registry, token, to),
        }
    }

    fn reregister(&mut self, registry: &Registry, token: Token, to: Interest) -> io::Result<()> {
        match self {
            Door::Tcp(listener, _) => listener.reregister(registry, token, to),
            #[cfg(unix)]
            Door::Unix(listener, _) => listener.reregister(registry, token, to),
        }
    }

    fn deregister(&mut self, registry: &Registry) -> io::Result<()> {
        match self {
            Door::Tcp(listener, _) => listener.deregister(registry),
            #[cfg(unix)]
            Door::Unix(listener, _) => listener.deregister(registry),
        }
    }
}
