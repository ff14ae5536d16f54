//! Replies as they come over the wire, in RESP2 and RESP3.

use std::io::{self, BufRead};

use rediscover::{
    engine::{Protocol, Reply},
    notation::Literal,
    resp,
};

/// A reply: what it says, and its types without what they hold, such as `%1($:)`.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    pub said: Literal,
    pub shape: String,
}

/// The engine's reply as a client of this protocol gets it.
pub fn answer(reply: &Reply, protocol: Protocol) -> Answer {
    let mut bytes = Vec::new();
    resp::encode(reply, protocol, usize::MAX, &mut bytes);
    read(&mut bytes.as_slice()).expect("the encoder writes whole replies")
}

/// The next reply of a stream.
pub fn read(stream: &mut impl BufRead) -> io::Result<Answer> {
    let mut shape = String::new();
    let said = read_into(stream, &mut shape)?;
    Ok(Answer { said, shape })
}

fn read_into(stream: &mut impl BufRead, shape: &mut String) -> io::Result<Literal> {
    let mut head = Vec::new();
    stream.read_until(b'\n', &mut head)?;
    if head.len() < 3 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    let text = String::from_utf8_lossy(&head[1..head.len() - 2]).into_owned();
    let number = || text.parse::<i64>().expect("a number");
    shape.push(char::from(head[0]));
    Ok(match head[0] {
        b'+' => Literal::Status(text),
        b'-' => Literal::Error(text),
        b':' => Literal::Int(number()),
        b',' => Literal::Bulk(text.as_bytes().into()),
        b'_' => Literal::Nil,
        b'$' | b'*' if number() < 0 => {
            shape.push('-');
            Literal::Nil
        }
        b'$' | b'=' => {
            let mut bytes = vec![0; usize::try_from(number()).expect("a length") + 2];
            stream.read_exact(&mut bytes)?;
            bytes.truncate(bytes.len() - 2);
            Literal::Bulk(bytes.into())
        }
        b'*' | b'~' | b'%' | b'>' => {
            let count = number() * if head[0] == b'%' { 2 } else { 1 };
            shape.push_str(&format!("{count}("));
            let items = (0..count).map(|_| read_into(stream, shape));
            let items = items.collect::<io::Result<Vec<Literal>>>()?;
            shape.push(')');
            Literal::Array(items)
        }
        other => panic!("a reply starts with {other}"),
    })
}
