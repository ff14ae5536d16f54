//! The arguments, as types.

use std::{
    net::{IpAddr, Ipv4Addr},
    path::PathBuf,
};

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Learn Redis by typing it: real commands at a prompt, checked, explained and drawn. No server, no network, nothing
/// to break.
#[derive(Debug, Parser)]
#[command(
    name = "rediscover",
    version,
    max_term_width = 96,
    after_help = "Without a command: the course, where you left it. Inside, :help shows the words that help."
)]
pub struct Cli {
    /// What holds for every command.
    #[command(flatten)]
    pub global: Global,
    /// What to do.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// Options of every command.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Options of every command")]
pub struct Global {
    /// Open another pack of lessons instead of the built-in course
    #[arg(long, global = true, value_name = "DIR")]
    pub pack: Option<PathBuf>,
    /// The language of lessons and messages: en, zh, or another that the pack has
    #[arg(long, global = true, value_name = "LANG")]
    pub lang: Option<String>,
    /// The width of drawings in columns
    #[arg(long, global = true, value_name = "COLUMNS", value_parser = clap::value_parser!(u16).range(20..=400))]
    pub width: Option<u16>,
    /// Draw with ASCII characters only
    #[arg(long, global = true)]
    pub ascii: bool,
    /// Show bytes outside ASCII as redis-cli does, "\xe5\x8c\x97"
    #[arg(long, global = true)]
    pub escape: bool,
    /// Sentences in place of drawings, for screen readers
    #[arg(long, global = true)]
    pub plain: bool,
    /// Use colours: when a terminal shows them, always or never
    #[arg(
        long,
        global = true,
        value_name = "auto|always|never",
        default_value = "auto",
        hide_possible_values = true,
        hide_default_value = true
    )]
    pub color: When,
    /// Keep no progress, and start named lessons at their first step
    #[arg(long, global = true, conflicts_with = "journal")]
    pub no_journal: bool,
    /// Keep progress in this file
    #[arg(long, global = true, value_name = "FILE")]
    pub journal: Option<PathBuf>,
    /// What random choices follow from
    #[arg(long, global = true, value_name = "NUMBER")]
    pub seed: Option<u64>,
    /// The time at which lessons start, in Unix milliseconds
    #[arg(long, global = true, value_name = "MS")]
    pub now: Option<i64>,
    /// One JSON object for every input line, for scripts and graders
    #[arg(long, global = true)]
    pub json: bool,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum When {
    /// When a terminal shows them.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The commands of the program.
#[derive(Debug, Clone, Subcommand)]
pub enum Command {
    /// Play a lesson or a unit: `learn 3.1`, `learn lists`, `learn LMPOP`
    #[command(
        after_help = "rediscover learn           goes on where you left off\nrediscover learn lists     opens the first open lesson on lists\nrediscover learn LMPOP     opens the lesson that teaches LMPOP\nrediscover learn --route tutorial   follows the shortest route through the course\n\nInside, :help shows the words that help, and :quit leaves."
    )]
    Learn {
        /// A lesson's number, a unit's name, or a command; where you left off when left out
        what: Option<String>,
        /// Follow this route through the course from now on; `none` leaves it
        #[arg(long, value_name = "ROUTE")]
        route: Option<String>,
    },
    /// Answer questions: `quiz lists`
    #[command(
        after_help = "rediscover quiz            asks about the lessons that you have finished\nrediscover quiz lists      asks about lists\n\nAn answer is a letter, or the answer itself. What you miss comes again."
    )]
    Quiz {
        /// A unit or lesson; what you have learned so far when left out
        what: Option<String>,
        /// How many questions
        #[arg(long, value_name = "N", default_value_t = 10)]
        count: usize,
        /// Type the answers where that is possible, instead of choosing among several
        #[arg(long)]
        free: bool,
    },
    /// Try commands on an empty Redis, drawn after every line
    #[command(
        after_help = "Nothing can break and nothing is kept. :undo takes a line back, help LPUSH explains a command, :quit leaves."
    )]
    Play,
    /// Show what is done and what is weak
    Progress,
    /// Answer real clients (redis-py, redis-cli and friends) as redis-server does
    Serve(Serve),
    /// Write your own lessons
    #[command(subcommand)]
    Pack(Pack),
}

/// Options of `serve`.
#[derive(Debug, Clone, Args)]
pub struct Serve {
    /// The TCP port; 0 takes a free one. 6379 when neither this nor --unix is given
    #[arg(long, value_name = "N")]
    pub port: Option<u16>,
    /// Listen at this path, alone or beside a port
    #[arg(long, value_name = "PATH")]
    pub unix: Option<PathBuf>,
    /// The address to listen on; one that other machines reach needs a password
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1", value_parser = address)]
    pub bind: IpAddr,
    /// What clients must give with AUTH
    #[arg(long, value_name = "PASSWORD", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    pub password: Option<String>,
    /// How many databases there are
    #[arg(long, value_name = "N", default_value_t = 16, value_parser = clap::value_parser!(u16).range(1..))]
    pub databases: u16,
    /// Run the commands of this file first, one on each line
    #[arg(long, value_name = "FILE")]
    pub load: Option<PathBuf>,
    /// The largest value: 512mb, 64k [default: 512mb]
    #[arg(long, value_name = "SIZE", value_parser = size)]
    pub max_value: Option<usize>,
    /// The most clients at once [default: 10000]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub max_clients: Option<u32>,
}

/// An IP address, or this machine's name for itself.
fn address(text: &str) -> Result<IpAddr, String> {
    if text.eq_ignore_ascii_case("localhost") {
        return Ok(IpAddr::V4(Ipv4Addr::LOCALHOST));
    }
    let wanted = "an address such as 127.0.0.1, ::1 or 0.0.0.0 is wanted";
    text.parse().map_err(|_| wanted.to_owned())
}

/// A number of bytes as redis.conf writes it: `64k` is 64,000 bytes, `64kb` 65,536.
fn size(text: &str) -> Result<usize, String> {
    let digits = text.trim_end_matches(|c: char| !c.is_ascii_digit());
    let unit = match text[digits.len()..].to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "k" => 1_000,
        "kb" => 1 << 10,
        "m" => 1_000_000,
        "mb" => 1 << 20,
        "g" => 1_000_000_000,
        "gb" => 1 << 30,
        _ => 0,
    };
    let number: Option<usize> = digits.parse().ok();
    number
        .and_then(|number| number.checked_mul(unit))
        .filter(|bytes| *bytes > 0)
        .ok_or_else(|| "a size such as 512mb, 64kb or 1000 is wanted".to_owned())
}

/// Commands for authors.
#[derive(Debug, Clone, Subcommand)]
pub enum Pack {
    /// Make a pack with one small lesson that passes
    New {
        /// The folder to make
        dir: PathBuf,
    },
    /// Check a pack: read it, and play every lesson right and wrong
    Check {
        /// The pack's folder; the built-in course when left out
        dir: Option<PathBuf>,
    },
    /// Write or refresh the translation of a pack: what is still true stays
    #[command(
        after_help = "Beside each lesson it writes a file such as 1.1.de.toml, with nothing but texts. Behind `#? ` stands a text that is not translated yet: put the translation in its place and take the mark away. Behind `#! ` stands a text that has changed: mend the translation beneath it, and put its fingerprint into `of`."
    )]
    Translate {
        /// The language: de, fr, pt-BR
        #[arg(value_name = "LANG", value_parser = language)]
        language: String,
        /// The pack's folder; that of --pack, or this folder, when left out
        dir: Option<PathBuf>,
    },
}

/// A language tag that can be part of a file's name: two or three small letters, then parts such as `BR` or `Hant`.
fn language(text: &str) -> Result<String, String> {
    let mut parts = text.split('-');
    let first = parts.next().unwrap_or_default();
    let is_language =
        (2..=3).contains(&first.len()) && first.bytes().all(|byte| byte.is_ascii_lowercase());
    let is_part = |part: &str| {
        (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    if is_language && parts.all(is_part) {
        Ok(text.to_owned())
    } else {
        Err("a language tag such as de, fr or pt-BR is wanted".to_owned())
    }
}
