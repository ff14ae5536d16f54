//! What nobody can beat: a server that does not think. It lets a real one answer the first request of each connection;
//! from then on it only counts bytes, because redis-benchmark sends the same request again and again. How often it is
//! asked is the most that the client can do, and the time that it takes is that of the system.

use std::{
    collections::HashMap,
    io::{self, ErrorKind, Read, Write},
    net::TcpStream as BlockingStream,
};

use mio::{
    Events, Interest, Poll, Token,
    net::{TcpListener, TcpStream},
};

/// How many answers lie ready in one piece.
const READY: usize = 64;
/// Where clients come in.
const DOOR: Token = Token(usize::MAX);

struct Connection {
    stream: TcpStream,
    /// The length of a request; 0 when none has come.
    request: usize,
    /// The bytes of a request that has not come to its end.
    begun: usize,
    /// The answer, [`READY`] times.
    answers: Vec<u8>,
}

/// Serves until it is killed, with the answers of the server at this port.
pub fn serve(answering: u16) -> io::Result<()> {
    let mut door = TcpListener::bind(([127, 0, 0, 1], 0).into())?;
    println!("127.0.0.1:{}", door.local_addr()?.port());
    let mut poll = Poll::new()?;
    let mut events = Events::with_capacity(1024);
    poll.registry()
        .register(&mut door, DOOR, Interest::READABLE)?;
    let mut connections: HashMap<Token, Connection> = HashMap::new();
    let mut input = vec![0; 64 << 10];
    let mut asked = Vec::new();
    for next in 0.. {
        poll.poll(&mut events, None)?;
        for (place, event) in events.iter().enumerate() {
            if event.token() == DOOR {
                let mut more = 0;
                while let Ok((mut stream, _)) = door.accept() {
                    stream.set_nodelay(true)?;
                    let token = Token((next << 20) + (place << 10) + more);
                    poll.registry()
                        .register(&mut stream, token, Interest::READABLE)?;
                    connections.insert(token, Connection::new(stream));
                    more += 1;
                }
            } else if let Some(connection) = connections.get_mut(&event.token()) {
                match connection.read(&mut input, answering) {
                    Ok(count) => asked.push((event.token(), count)),
                    Err(_) => drop(connections.remove(&event.token())),
                }
            }
        }
        for (token, count) in asked.drain(..) {
            let answered = connections.get_mut(&token).map(|it| it.answer(count));
            if let Some(Err(_)) = answered {
                connections.remove(&token);
            }
        }
    }
    Ok(())
}

impl Connection {
    fn new(stream: TcpStream) -> Connection {
        Connection {
            stream,
            request: 0,
            begun: 0,
            answers: Vec::new(),
        }
    }

    /// Reads what has come and counts the requests.
    fn read(&mut self, input: &mut [u8], answering: u16) -> io::Result<usize> {
        let mut requests = 0;
        loop {
            let count = match self.stream.read(input) {
                Ok(0) => return Err(ErrorKind::UnexpectedEof.into()),
                Ok(count) => count,
                Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(requests),
                Err(error) => return Err(error),
            };
            if self.request == 0 {
                self.learn(&input[..count], answering)?;
            }
            self.begun += count;
            requests += self.begun / self.request;
            self.begun %= self.request;
            if count < input.len() {
                return Ok(requests);
            }
        }
    }

    /// Finds the length of a request and asks for its answer.
    fn learn(&mut self, input: &[u8], answering: u16) -> io::Result<()> {
        let next = input.windows(3).position(|it| it == b"\r\n*");
        // Before it measures, redis-benchmark asks for two settings on a connection of their own: all in one.
        let settings = input.windows(6).any(|it| it == b"CONFIG");
        let end = next.filter(|_| !settings).map(|at| at + 2);
        self.request = end.unwrap_or(input.len());
        let mut server = BlockingStream::connect(("127.0.0.1", answering))?;
        server.write_all(&input[..self.request])?;
        // The answer is whole when that of the next request is there.
        server.write_all(b"*1\r\n$4\r\nPING\r\n")?;
        let mut answer = Vec::new();
        let mut piece = [0; 4096];
        while !answer.ends_with(b"+PONG\r\n") {
            let count = server.read(&mut piece)?;
            answer.extend_from_slice(&piece[..count]);
        }
        answer.truncate(answer.len() - b"+PONG\r\n".len());
        self.answers = answer.repeat(READY);
        Ok(())
    }

    fn answer(&mut self, mut count: usize) -> io::Result<()> {
        while count > 0 {
            let now = count.min(READY);
            let mut left = &self.answers[..self.answers.len() / READY * now];
            while !left.is_empty() {
                match self.stream.write(left) {
                    Ok(written) => left = &left[written..],
                    Err(error) if error.kind() == ErrorKind::WouldBlock => {
                        std::thread::yield_now();
                    }
                    Err(error) => return Err(error),
                }
            }
            count -= now;
        }
        Ok(())
    }
}
