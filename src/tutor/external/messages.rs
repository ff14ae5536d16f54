//! The messages that programs have got which listen to channels. They cannot be taken back: a program that reads on prints
//! also those that came of a mistake.

use crate::engine::{Bytes, Delivery, Outcome, Reply};

use super::printed::prints;

/// So many are kept, of these lengths at most: a lesson is about a few.
const KEPT: usize = 200;
const LONGEST: usize = 200;

/// What has come to each program, in order.
#[derive(Debug, Clone, Default)]
pub(in crate::tutor) struct Messages(Vec<Message>);

#[derive(Debug, Clone)]
struct Message {
    /// Who got it.
    visitor: u64,
    data: Data,
    /// Whether it came before a question about messages that is answered.
    is_old: bool,
}

/// What redis-py gives as a message's data.
#[derive(Debug, Clone)]
enum Data {
    /// What was published.
    Text(String),
    /// Of the confirmation of a subscription, to how many things its program listens.
    Count(i64),
}

impl Messages {
    /// Takes note of what is on its way to programs.
    pub fn note(&mut self, outbox: &[Delivery]) {
        self.extend(outbox.iter().filter_map(message));
    }

    /// Takes note of how a program's command was answered: a subscription is confirmed by messages.
    pub fn note_answer(&mut self, visitor: u64, outcome: &Outcome) {
        let replies = match outcome {
            Outcome::Reply(Reply::Many(replies)) => replies.as_slice(),
            Outcome::Reply(reply) => std::slice::from_ref(reply),
            Outcome::Waiting { .. } => &[],
        };
        self.extend(
            replies
                .iter()
                .filter_map(|reply| confirmation(visitor, reply)),
        );
    }

    fn extend(&mut self, messages: impl Iterator<Item = Message>) {
        self.0.extend(messages);
        self.0.drain(..self.0.len().saturating_sub(KEPT));
    }

    /// A question about messages is answered: the next one is about those that come from here on.
    pub fn answered(&mut self) {
        for message in &mut self.0 {
            message.is_old = true;
        }
    }

    /// Whether a text is what a program prints of its messages instead of the author's answer: of one message another that
    /// came to the same program, of a list all the last ones, with those of the answer among them.
    pub fn print(&self, answer: &str, text: &str) -> bool {
        let is_new = |message: &&Message, text: &str| {
            let is_it = matches!(&message.data, Data::Text(data) if prints(data, text));
            is_it && !message.is_old
        };
        let mut of_answer = self.0.iter().filter(|message| is_new(message, answer));
        let is_one = of_answer.any(|wanted| {
            let own = self.of(wanted.visitor);
            own.iter().any(|message| is_new(message, text))
        });
        is_one
            || self.visitors().any(|visitor| {
                // A program may leave the confirmations out.
                let all = self.of(visitor);
                let texts = all
                    .iter()
                    .copied()
                    .filter(|it| matches!(it.data, Data::Text(_)));
                let texts: Vec<&Message> = texts.collect();
                are_last(&all, answer, text) || are_last(&texts, answer, text)
            })
    }

    fn visitors(&self) -> impl Iterator<Item = u64> {
        let mut visitors: Vec<u64> = self.0.iter().map(|message| message.visitor).collect();
        visitors.sort_unstable();
        visitors.dedup();
        visitors.into_iter()
    }

    fn of(&self, visitor: u64) -> Vec<&Message> {
        let own = self.0.iter().filter(|message| message.visitor == visitor);
        own.collect()
    }
}

/// Whether a text is the list of the last of these messages, and those that an answer lists are among them.
fn are_last(messages: &[&Message], answer: &str, text: &str) -> bool {
    // Nobody prints more by hand than a screen holds.
    let messages = &messages[messages.len().saturating_sub(LISTED)..];
    let tails = (0..messages.len()).map(|from| &messages[from..]);
    let mut tails = tails.filter(|tail| prints(&list(tail), text));
    tails.any(|tail| {
        let ends = (0..=tail.len()).flat_map(|end| (0..end).map(move |from| (from, end)));
        let mut parts = ends.map(|(from, end)| &tail[from..end]);
        parts.any(|part| prints(&list(part), answer))
    })
}

/// So many messages are looked for in a list.
const LISTED: usize = 24;

/// A list of data as Python prints it.
fn list(messages: &[&Message]) -> String {
    let shown = |message: &&Message| match &message.data {
        Data::Text(text) => repr(text),
        Data::Count(count) => count.to_string(),
    };
    let items: Vec<String> = messages.iter().map(shown).collect();
    format!("[{}]", items.join(", "))
}

/// A text as Python shows it within a list: in single quotes, unless it has such and no double ones.
fn repr(text: &str) -> String {
    let quote = if text.contains('\'') && !text.contains('"') {
        '"'
    } else {
        '\''
    };
    let mut shown = String::from(quote);
    for sign in text.chars() {
        match sign {
            '\n' => shown.push_str("\\n"),
            '\r' => shown.push_str("\\r"),
            '\t' => shown.push_str("\\t"),
            '\\' => shown.push_str("\\\\"),
            sign if sign == quote => shown.extend(['\\', sign]),
            sign if sign.is_ascii_control() => {
                shown.push_str(&format!("\\x{:02x}", u32::from(sign)));
            }
            sign => shown.push(sign),
        }
    }
    shown.push(quote);
    shown
}

/// The message in what is sent to a client, if it is one: `message`, its channel, its data; for `pmessage` the pattern
/// stands before the channel.
fn message(delivery: &Delivery) -> Option<Message> {
    let Delivery::Message { client, reply } = delivery else {
        return None;
    };
    let (Reply::Push(parts) | Reply::Array(parts)) = reply else {
        return None;
    };
    let kind = parts.first().and_then(text)?;
    let is_message = ["message", "pmessage", "smessage"].contains(&kind.as_str());
    let data = parts.last().filter(|_| is_message).and_then(text)?;
    (data.len() <= LONGEST).then_some(Message {
        visitor: *client,
        data: Data::Text(data),
        is_old: false,
    })
}

/// The confirmation of a subscription in a reply, if it is one: `subscribe`, the channel, a number.
fn confirmation(visitor: u64, reply: &Reply) -> Option<Message> {
    let (Reply::Push(parts) | Reply::Array(parts)) = reply else {
        return None;
    };
    let kind = parts.first().and_then(text)?;
    let Reply::Int(count) = parts.last()? else {
        return None;
    };
    kind.ends_with("subscribe").then_some(Message {
        visitor,
        data: Data::Count(*count),
        is_old: false,
    })
}

fn text(part: &Reply) -> Option<String> {
    match part {
        Reply::Bulk(bytes) => Some(lossy(bytes)),
        _ => None,
    }
}

fn lossy(bytes: &Bytes) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_may_have_the_confirmations_in_it() {
        let bulk = |text: &str| Reply::Bulk(Bytes::from(text.as_bytes()));
        let confirmed = |count| Reply::Push(vec![bulk("subscribe"), bulk("c"), Reply::Int(count)]);
        let said = |data| Delivery::Message {
            client: 1,
            reply: Reply::Push(vec![bulk("message"), bulk("c"), bulk(data)]),
        };
        let mut messages = Messages::default();
        messages.note_answer(1, &Outcome::Reply(Reply::Many(vec![confirmed(1)])));
        messages.note(&[said("one")]);
        messages.note_answer(1, &Outcome::Reply(confirmed(2)));
        messages.note(&[said("two")]);
        let answer = "['two']";
        for text in [
            "['one', 'two']",
            "['one', 2, 'two']",
            "[1, 'one', 2, 'two']",
        ] {
            assert!(messages.print(answer, text), "{text}");
        }
        for text in ["[3, 'two']", "['one', 1, 'two']", "2"] {
            assert!(!messages.print(answer, text), "{text}");
        }
        assert!(!messages.print("two", "2"), "it is no message");
    }

    #[test]
    fn texts_are_shown_as_python_shows_them() {
        // What repr() of Python 3 gives.
        for (text, shown) in [
            ("one", "'one'"),
            ("it's", "\"it's\""),
            ("say \"hi\"", "'say \"hi\"'"),
            ("'\"", "'\\'\"'"),
            ("a\\b\n\t\u{1}", "'a\\\\b\\n\\t\\x01'"),
            ("你好", "'你好'"),
        ] {
            assert_eq!(repr(text), shown);
        }
    }
}
