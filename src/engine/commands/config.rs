//! CONFIG: rows and functions. The settings themselves stand in [`crate::engine::config`].

use crate::engine::{
    Args, Bytes, Command, Context, Error, Group, Order, Reply, Result, commands,
    flag::{ADMIN, LOADING, NO_SCRIPT, STALE},
    glob,
};

const FLAGS: u32 = ADMIN | NO_SCRIPT | LOADING | STALE;

/// The rows of this file.
pub const COMMANDS: &[Command] = &[
    Command {
        name: "config|get",
        group: Group::Server,
        since: "2.0.0",
        replaced_by: None,
        syntax: "parameter [parameter ...]",
        summary: "answers the settings whose names match, with their values",
        complexity: "O(N * M), N being the settings and M the patterns",
        flags: FLAGS,
        order: Order::Pairs,
        example: &[("CONFIG GET notify-*", "[\"notify-keyspace-events\", \"\"]")],
        run: get,
    },
    Command {
        name: "config|help",
        group: Group::Server,
        since: "5.0.0",
        replaced_by: None,
        syntax: "",
        summary: "explains CONFIG",
        complexity: "O(1)",
        flags: LOADING | STALE,
        order: Order::Exact,
        example: &[],
        run: help,
    },
    Command {
        name: "config|resetstat",
        group: Group::Server,
        since: "2.0.0",
        replaced_by: None,
        syntax: "",
        summary: "sets the counts of INFO back to 0",
        complexity: "O(1)",
        flags: FLAGS,
        order: Order::Exact,
        example: &[("CONFIG RESETSTAT", "OK")],
        run: resetstat,
    },
    Command {
        name: "config|rewrite",
        group: Group::Server,
        since: "2.8.0",
        replaced_by: None,
        syntax: "",
        summary: "would write the settings to the configuration file, of which there is none here",
        complexity: "O(1)",
        flags: FLAGS,
        order: Order::Exact,
        example: &[(
            "CONFIG REWRITE",
            "(error) ERR The server is running without a config file",
        )],
        run: rewrite,
    },
    Command {
        name: "config|set",
        group: Group::Server,
        since: "2.0.0",
        replaced_by: None,
        syntax: "parameter value [parameter value ...]",
        summary: "changes settings, all or none of those named",
        complexity: "O(N), N being the settings named",
        flags: FLAGS,
        order: Order::Exact,
        example: &[
            ("CONFIG SET notify-keyspace-events Ex", "OK"),
            (
                "CONFIG GET notify-keyspace-events",
                "[\"notify-keyspace-events\", \"xE\"]",
            ),
        ],
        run: set,
    },
];

fn get(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let patterns: Vec<Vec<u8>> = args
        .rest()
        .iter()
        .map(|pattern| pattern.as_slice().to_ascii_lowercase())
        .collect();
    let fits = |name: &str| {
        patterns
            .iter()
            .any(|pattern| glob::matches(pattern, name.as_bytes()))
    };
    let settings = ctx.engine.config().all();
    let pairs = settings
        .filter(|(name, _)| fits(name))
        .map(|(name, value)| (Reply::bulk(name.as_bytes()), Reply::Bulk(value)));
    Ok(Reply::Map(pairs.collect()))
}

fn set(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    if !args.len().is_multiple_of(2) {
        return Err(Error::Syntax);
    }
    let words = args.rest();
    let pairs: Vec<(&Bytes, &Bytes)> = words.chunks(2).map(|pair| (&pair[0], &pair[1])).collect();
    ctx.engine.change_settings(&pairs)?;
    Ok(Reply::OK)
}

fn resetstat(ctx: &mut Context<'_>, _: Args<'_>) -> Result<Reply> {
    ctx.engine.reset_stats();
    Ok(Reply::OK)
}

fn rewrite(_: &mut Context<'_>, _: Args<'_>) -> Result<Reply> {
    Err(Error::Fixed(
        "ERR The server is running without a config file",
    ))
}

fn help(_: &mut Context<'_>, _: Args<'_>) -> Result<Reply> {
    Ok(commands::help(
        "CONFIG <subcommand> [<arg> [value] [opt] ...]. Subcommands are:",
        &[
            "GET <pattern>",
            "    Return parameters matching the glob-like <pattern> and their values.",
            "SET <directive> <value>",
            "    Set the configuration <directive> to <value>.",
            "RESETSTAT",
            "    Reset statistics reported by the INFO command.",
            "REWRITE",
            "    Rewrite the configuration file.",
        ],
    ))
}
