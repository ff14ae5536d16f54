//! Lines from a pipe or a file.

use std::io::{self, BufRead, Read as _};

use crate::tutor::LONGEST_LINE;

use super::{Input, Read, Scene};

/// Reads lines from any reader. A line that is too long is cut where the tutor refuses it, however long it is.
#[derive(Debug)]
pub struct Pipe<R> {
    reader: R,
}

impl<R: BufRead> Pipe<R> {
    /// Lines of a reader.
    pub fn new(reader: R) -> Pipe<R> {
        Pipe { reader }
    }

    /// Goes on to the end of an overlong line.
    fn skip_line(&mut self) -> io::Result<()> {
        loop {
            let (used, done) = {
                let buffer = self.reader.fill_buf()?;
                match buffer.iter().position(|byte| *byte == b'\n') {
                    Some(at) => (at + 1, true),
                    None => (buffer.len(), buffer.is_empty()),
                }
            };
            self.reader.consume(used);
            if done {
                return Ok(());
            }
        }
    }
}

impl<R: BufRead> Input for Pipe<R> {
    fn read(&mut self, _prompt: &str, _scene: Scene) -> io::Result<Read> {
        let mut line = Vec::new();
        let most = LONGEST_LINE as u64 + 2;
        if self
            .reader
            .by_ref()
            .take(most)
            .read_until(b'\n', &mut line)?
            == 0
        {
            return Ok(Read::End);
        }
        if !line.ends_with(b"\n") && line.len() as u64 == most {
            self.skip_line()?;
            // The cut may have divided a character.
            return Ok(Read::Line(String::from_utf8_lossy(&line).into_owned()));
        }
        while line
            .last()
            .is_some_and(|byte| matches!(byte, b'\n' | b'\r'))
        {
            line.pop();
        }
        Ok(String::from_utf8(line).map_or(Read::NotText, Read::Line))
    }

    fn is_interactive(&self) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_overlong_line_is_one_line() {
        let text = format!("{}\nPING\n", "x".repeat(LONGEST_LINE * 3));
        let mut pipe = Pipe::new(text.as_bytes());
        assert!(
            matches!(pipe.read("", Scene::default()), Ok(Read::Line(line)) if line.len() > LONGEST_LINE)
        );
        assert_eq!(
            pipe.read("", Scene::default()).unwrap(),
            Read::Line("PING".to_owned())
        );
        assert_eq!(pipe.read("", Scene::default()).unwrap(), Read::End);
    }

    #[test]
    fn an_overlong_line_may_be_cut_within_a_character() {
        let text = format!("x{}", "京".repeat(LONGEST_LINE));
        let mut pipe = Pipe::new(text.as_bytes());
        assert!(matches!(
            pipe.read("", Scene::default()),
            Ok(Read::Line(line)) if line.len() > LONGEST_LINE
        ));
    }

    #[test]
    fn bytes_that_are_no_text_are_told_so() {
        let mut pipe = Pipe::new(&b"\xff\xfe\nPING"[..]);
        assert_eq!(pipe.read("", Scene::default()).unwrap(), Read::NotText);
        assert_eq!(
            pipe.read("", Scene::default()).unwrap(),
            Read::Line("PING".to_owned())
        );
    }
}
