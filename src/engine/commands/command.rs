//! COMMAND: the command table about itself. What is said of each row is made in [`super::describe`].

use super::describe;
use crate::engine::{
    Args, Bytes, Command, Context, Error, Group, Order, Reply, Result,
    args::c_string,
    flag::{LOADING, NO_MANDATORY_KEYS, STALE},
    glob,
};

/// The rows of this command.
pub const COMMANDS: &[Command] = &[
    Command {
        name: "command",
        group: Group::Server,
        since: "2.8.13",
        replaced_by: None,
        syntax: "[subcommand]",
        summary: "answers what there is to know of every command",
        complexity: "O(N): the commands",
        flags: LOADING | STALE,
        order: Order::Random,
        example: &[("COMMAND INFO nosuch", "[(nil)]")],
        run: command,
    },
    Command {
        name: "command|count",
        group: Group::Server,
        since: "2.8.13",
        replaced_by: None,
        syntax: "",
        summary: "answers how many commands there are",
        complexity: "O(1)",
        flags: LOADING | STALE,
        order: Order::Random,
        example: &[("COMMAND COUNT", "(integer) 240")],
        run: command_count,
    },
    Command {
        name: "command|docs",
        group: Group::Server,
        since: "7.0.0",
        replaced_by: None,
        syntax: "[command-name [command-name ...]]",
        summary: "answers what commands do and what they take",
        complexity: "O(N): the commands asked for",
        flags: LOADING | STALE,
        order: Order::Random,
        example: &[("COMMAND DOCS nosuch", "(empty array)")],
        run: command_docs,
    },
    Command {
        name: "command|getkeys",
        group: Group::Server,
        since: "2.8.13",
        replaced_by: None,
        syntax: "command arg [arg ...]",
        summary: "answers which words of a call are keys",
        complexity: "O(N): the words",
        flags: LOADING | STALE,
        order: Order::Exact,
        example: &[("COMMAND GETKEYS MSET a 1 b 2", "[\"a\", \"b\"]")],
        run: command_getkeys,
    },
    Command {
        name: "command|getkeysandflags",
        group: Group::Server,
        since: "7.0.0",
        replaced_by: None,
        syntax: "command arg [arg ...]",
        summary: "answers which words of a call are keys and how they are used",
        complexity: "O(N): the words",
        flags: LOADING | STALE,
        order: Order::Exact,
        example: &[(
            "COMMAND GETKEYSANDFLAGS RENAME a b",
            "[[\"a\", [RW, access, delete]], [\"b\", [OW, update]]]",
        )],
        run: command_getkeysandflags,
    },
    Command {
        name: "command|help",
        group: Group::Server,
        since: "5.0.0",
        replaced_by: None,
        syntax: "",
        summary: "answers what COMMAND can do",
        complexity: "O(1)",
        flags: LOADING | STALE,
        order: Order::Exact,
        example: &[],
        run: command_help,
    },
    Command {
        name: "command|info",
        group: Group::Server,
        since: "2.8.13",
        replaced_by: None,
        syntax: "[command-name [command-name ...]]",
        summary: "answers arity, flags and key positions of commands",
        complexity: "O(N): the commands asked for",
        flags: LOADING | STALE,
        order: Order::Random,
        example: &[("COMMAND INFO nosuch", "[(nil)]")],
        run: command_info,
    },
    Command {
        name: "command|list",
        group: Group::Server,
        since: "7.0.0",
        replaced_by: None,
        syntax: "[FILTERBY <MODULE module-name|ACLCAT category|PATTERN pattern>]",
        summary: "answers the names of commands",
        complexity: "O(N): the commands",
        flags: LOADING | STALE,
        order: Order::Any,
        example: &[("COMMAND LIST FILTERBY PATTERN getd*", "[\"getdel\"]")],
        run: command_list,
    },
];

/// Something that has a name in the table: a row, a container, or both.
#[derive(Debug, Clone)]
struct Named {
    name: &'static str,
    row: Option<&'static Command>,
    subcommands: Vec<&'static Command>,
}

impl Named {
    fn find(name: &[u8]) -> Option<Named> {
        let row = super::find(name);
        let subcommands = std::str::from_utf8(name)
            .map(super::subcommands)
            .unwrap_or_default();
        let container = subcommands.first().map(|sub| sub.words().0);
        let name = row.map(|row| row.name).or(container)?;
        Some(Named {
            name,
            row,
            subcommands,
        })
    }

    /// All commands, without subcommands of their own.
    fn all() -> Vec<Named> {
        let mut names: Vec<&str> = super::all().iter().map(|row| row.words().0).collect();
        names.dedup();
        names.sort_unstable();
        names.dedup();
        names
            .iter()
            .filter_map(|name| Named::find(name.as_bytes()))
            .collect()
    }

    fn info(&self) -> Reply {
        describe::info(self.name, self.row, &self.subcommands)
    }

    fn docs(&self) -> (Reply, Reply) {
        (
            Reply::bulk(self.name.as_bytes()),
            describe::docs(self.row, &self.subcommands),
        )
    }
}

fn command(_: &mut Context<'_>, _: Args<'_>) -> Result<Reply> {
    Ok(Reply::Array(Named::all().iter().map(Named::info).collect()))
}

fn command_info(_: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    if args.is_empty() {
        return Ok(Reply::Array(Named::all().iter().map(Named::info).collect()));
    }
    let infos = args
        .rest()
        .iter()
        .map(|name| Named::find(name).map_or(Reply::Nil, |named| named.info()));
    Ok(Reply::Array(infos.collect()))
}

fn command_docs(_: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    if args.is_empty() {
        return Ok(Reply::Map(Named::all().iter().map(Named::docs).collect()));
    }
    let named = args.rest().iter().filter_map(|name| Named::find(name));
    Ok(Reply::Map(named.map(|named| named.docs()).collect()))
}

fn command_count(_: &mut Context<'_>, _: Args<'_>) -> Result<Reply> {
    Ok(Reply::count(Named::all().len()))
}

fn command_list(_: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let names = |keep: &dyn Fn(&str, Option<&Command>) -> bool| {
        let containers = Named::all()
            .into_iter()
            .map(|named| (named.name, named.row));
        let subcommands = super::all().iter().filter(|row| row.words().1.is_some());
        let all = containers.chain(subcommands.map(|row| (row.name, Some(*row))));
        let kept = all
            .filter(|(name, row)| keep(name, *row))
            .map(|(name, _)| Bytes::from(name.as_bytes()));
        Ok(Reply::bulks(kept))
    };
    if args.is_empty() {
        return names(&|_, _| true);
    }
    if args.len() != 3 || !args.word("FILTERBY") {
        return Err(Error::Syntax);
    }
    if args.word("MODULE") {
        names(&|_, _| false)
    } else if args.word("ACLCAT") {
        let category = [b"@", c_string(args.next()?)].concat().to_ascii_lowercase();
        let slow = category == b"@slow";
        names(&|_, row| match row {
            Some(row) => describe::categories(row)
                .iter()
                .any(|name| name.as_bytes() == category),
            None => slow,
        })
    } else if args.word("PATTERN") {
        let pattern = args.next()?.to_ascii_lowercase();
        names(&|name, _| glob::matches(&pattern, name.as_bytes()))
    } else {
        Err(Error::Syntax)
    }
}

fn command_getkeys(_: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let call = args.rest();
    let (_, keys) = keys_of(call)?;
    Ok(Reply::bulks(keys.into_iter().map(|at| call[at].clone())))
}

fn command_getkeysandflags(_: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let call = args.rest();
    let (row, keys) = keys_of(call)?;
    let described = keys.into_iter().enumerate().map(|(nth, at)| {
        Reply::Array(vec![
            Reply::Bulk(call[at].clone()),
            describe::key_flags(row, nth),
        ])
    });
    Ok(Reply::Array(described.collect()))
}

/// The row of a call and the positions of its keys.
fn keys_of(argv: &[Bytes]) -> Result<(&'static Command, Vec<usize>)> {
    let row = match super::resolve(argv) {
        Ok(row) => row,
        Err(Error::Arity { command }) => {
            let keyless = super::find(command.as_bytes()).is_none_or(|row| !row.takes_keys());
            return Err(Error::Fixed(if keyless {
                "ERR The command has no key arguments"
            } else {
                "ERR Invalid number of arguments specified for command"
            }));
        }
        Err(_) => return Err(Error::Fixed("ERR Invalid command specified")),
    };
    // Shard channels stand where keys do, but are none.
    if !row.takes_keys() || row.group == Group::PubSub {
        return Err(Error::Fixed("ERR The command has no key arguments"));
    }
    let keys = row.keys(argv);
    if keys.is_empty() || keys.len() < row.named_keys(argv) {
        if row.has(NO_MANDATORY_KEYS) {
            return Ok((row, Vec::new()));
        }
        return Err(Error::Fixed("ERR Invalid arguments specified for command"));
    }
    Ok((row, keys))
}

fn command_help(_: &mut Context<'_>, _: Args<'_>) -> Result<Reply> {
    Ok(super::help(
        "COMMAND <subcommand> [<arg> [value] [opt] ...]. Subcommands are:",
        &[
            "(no subcommand)",
            "    Return details about all Redis commands.",
            "COUNT",
            "    Return the total number of commands in this Redis server.",
            "LIST",
            "    Return a list of all commands in this Redis server.",
            "INFO [<command-name> ...]",
            "    Return details about multiple Redis commands.",
            "    If no command names are given, documentation details for all",
            "    commands are returned.",
            "DOCS [<command-name> ...]",
            "    Return documentation details about multiple Redis commands.",
            "    If no command names are given, documentation details for all",
            "    commands are returned.",
            "GETKEYS <full-command>",
            "    Return the keys from a full Redis command.",
            "GETKEYSANDFLAGS <full-command>",
            "    Return the keys and the access flags from a full Redis command.",
        ],
    ))
}
