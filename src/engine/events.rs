//! What commands report beside their replies: keyspace events, by class, in Redis' order; and which of them are
//! published (`notify-keyspace-events`).

use std::fmt;

use crate::engine::{Bytes, Command, Delivery, Engine, Reply};

/// The class of an event, as `notify-keyspace-events` names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// `g`: commands for keys of any type.
    Generic,
    /// `$`
    String,
    /// `l`
    List,
    /// `h`
    Hash,
    /// `s`
    Set,
    /// `z`
    SortedSet,
    /// `x`: a key's time is over.
    Expired,
    /// `n`: a key is made. Reported only when it is published.
    New,
    /// `m`: a key was looked for in vain. Reported only when it is published.
    Missed,
}

/// Something that happened to a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Its class.
    pub class: Class,
    /// Its name: `lpush`, `del`, `expired`.
    pub name: &'static str,
    /// The database.
    pub db: usize,
    /// The key.
    pub key: Bytes,
}

/// A choice of classes, with the two kinds of channels on which they are published.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Classes(u16);

/// The letters in the order in which Redis shows them.
const LETTERS: &str = "g$lshzxetdnKEm";
/// How many of them `A` stands for, from the first on.
const ALL: usize = 10;

fn bit(letter: char) -> Option<u16> {
    LETTERS.find(letter).map(|at| 1 << at)
}

impl Classes {
    /// Reads letters such as `KEA`; none for one that there is not.
    #[must_use]
    pub fn parse(letters: &[u8]) -> Option<Classes> {
        let mut classes = 0;
        for letter in letters {
            classes |= match char::from(*letter) {
                'A' => (1 << ALL) - 1,
                letter => bit(letter)?,
            };
        }
        Some(Classes(classes))
    }

    /// Whether events of a class are published on channels at all.
    #[inline]
    #[must_use]
    pub fn publishes(self, class: Class) -> bool {
        // Nearly always there are none, and this is asked for every key that is looked up.
        self.0 != 0 && self.chooses(class)
    }

    fn chooses(self, class: Class) -> bool {
        self.has(letter(class)) && (self.has('K') || self.has('E'))
    }

    fn has(self, letter: char) -> bool {
        bit(letter).is_some_and(|bit| self.0 & bit != 0)
    }
}

impl fmt::Display for Classes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all = (1 << ALL) - 1;
        let behind = LETTERS.find('K').unwrap_or_default();
        let (classes, rest) = LETTERS.split_at(behind);
        if self.0 & all == all {
            f.write_str("A")?;
        } else {
            let chosen = classes.chars().filter(|letter| self.has(*letter));
            f.write_str(&chosen.collect::<String>())?;
        }
        let chosen = rest.chars().filter(|letter| self.has(*letter));
        f.write_str(&chosen.collect::<String>())
    }
}

fn letter(class: Class) -> char {
    match class {
        Class::Generic => 'g',
        Class::String => '$',
        Class::List => 'l',
        Class::Hash => 'h',
        Class::Set => 's',
        Class::SortedSet => 'z',
        Class::Expired => 'x',
        Class::New => 'n',
        Class::Missed => 'm',
    }
}

/// The names of the events that reach the command's own client behind the reply: Redis 7.0 writes the replies of these
/// commands before it notifies. All other events come in front.
pub(super) fn behind(command: &Command, argv: &[Bytes]) -> &'static [&'static str] {
    let gets = || {
        argv.iter()
            .skip(3)
            .any(|word| word.eq_ignore_ascii_case(b"get"))
    };
    match command.name {
        "set" if gets() => &["new", "set", "expire"],
        "getset" => &["new", "set"],
        "getex" => &["expire", "persist", "del"],
        "expire" | "pexpire" | "expireat" | "pexpireat" => &["expire"],
        "lpush" | "rpush" | "lpushx" | "rpushx" => &["lpush", "rpush"],
        "lpop" | "rpop" | "lmpop" | "lmove" | "rpoplpush" | "blpop" | "brpop" | "blmpop"
        | "blmove" | "brpoplpush" => &["lpop", "rpop", "del"],
        "lset" => &["lset"],
        "hset" | "hmset" | "hsetnx" => &["hset"],
        "hincrby" | "hincrbyfloat" => &["hincrby", "hincrbyfloat"],
        "getdel" | "spop" | "zpopmin" | "zpopmax" | "zmpop" | "bzpopmin" | "bzpopmax"
        | "bzmpop" => &["del"],
        "sinterstore" => &["sinterstore"],
        "sunionstore" | "sdiffstore" => &["sunionstore", "sdiffstore", "del"],
        "zadd" | "zincrby" => &["zadd", "zincr"],
        "zrangestore" => &["zrangestore", "del"],
        "zunionstore" | "zinterstore" | "zdiffstore" => {
            &["zunionstore", "zinterstore", "zdiffstore", "del"]
        }
        _ => &[],
    }
}

impl Engine {
    /// A key is made, which is an event of its own only for those who ask for it.
    pub(super) fn made(&mut self, db: usize, key: &Bytes) {
        if self.config.events.publishes(Class::New) {
            self.events.push(Event {
                class: Class::New,
                name: "new",
                db,
                key: key.clone(),
            });
        }
    }

    /// Publishes the events that were not yet looked at, as far as that is asked for.
    #[inline]
    pub(super) fn publish_events(&mut self) {
        let from = std::mem::replace(&mut self.published, self.events.len());
        if self.config.events != Classes::default() {
            self.publish_from(from);
        }
    }

    #[cold]
    fn publish_from(&mut self, from: usize) {
        for at in from..self.events.len() {
            let event = self.events[at].clone();
            self.publish_event(&event);
        }
    }

    /// The same for the events of a client's own command: what it hears itself of those with these names is not sent
    /// but given back.
    #[cold]
    pub(super) fn publish_around(&mut self, client: u64, behind: &[&str]) -> Vec<Reply> {
        let from = std::mem::replace(&mut self.published, self.events.len());
        let mut heard = Vec::new();
        for at in from..self.events.len() {
            let event = self.events[at].clone();
            let before = self.deliveries.len();
            self.publish_event(&event);
            if behind.contains(&event.name) {
                heard.append(&mut self.take_messages(client, before));
            }
        }
        heard
    }

    /// Takes back the messages for a client among the deliveries from `from` on.
    pub(super) fn take_messages(&mut self, client: u64, from: usize) -> Vec<Reply> {
        let is_own =
            |it: &mut Delivery| matches!(it, Delivery::Message { client: to, .. } if *to == client);
        let messages = self.deliveries.extract_if(from.., is_own);
        messages.filter_map(Delivery::reply).collect()
    }

    fn publish_event(&mut self, event: &Event) {
        let classes = self.config.events;
        if !classes.publishes(event.class) {
            return;
        }
        let name = Bytes::from(event.name.as_bytes());
        if classes.has('K') {
            let channel = [format!("__keyspace@{}__:", event.db).as_bytes(), &event.key].concat();
            self.publish(&Bytes::from(channel), &name);
        }
        if classes.has('E') {
            let channel = format!("__keyevent@{}__:{}", event.db, event.name);
            self.publish(&Bytes::from(channel.into_bytes()), &event.key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{Options, Origin};

    #[test]
    fn classes_are_shown_in_redis_order() {
        let shown = |letters: &str| Classes::parse(letters.as_bytes()).map(|it| it.to_string());
        assert_eq!(shown("KEA").as_deref(), Some("AKE"));
        assert_eq!(shown("K$lshzxe").as_deref(), Some("$lshzxeK"));
        assert_eq!(shown("KEAmn").as_deref(), Some("AKEm"));
        assert_eq!(shown("").as_deref(), Some(""));
        assert_eq!(shown("Q"), None);
    }

    #[test]
    fn an_engine_that_keeps_no_events_publishes_them() {
        let mut engine = Engine::new(&Options {
            keeps_events: false,
            ..Options::default()
        });
        let client = engine.connect(Origin::default());
        let mut play = |line: &str| {
            let argv: Vec<Bytes> = line.split(' ').map(|it| it.as_bytes().into()).collect();
            engine.execute(client, &argv);
            (engine.take_events().len(), engine.take_deliveries().len())
        };
        assert_eq!(play("RPUSH list a"), (0, 0));
        play("HELLO 3");
        play("SUBSCRIBE __keyevent@0__:del");
        assert_eq!(play("CONFIG SET notify-keyspace-events KEA"), (0, 0));
        assert_eq!(play("LPUSH list b"), (1, 0));
        assert_eq!(play("DEL list"), (1, 1));
    }
}
