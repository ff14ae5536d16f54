//! Lua scripts: rows and functions. What runs them is the [`script`](crate::engine::script) layer.

use crate::engine::{
    Args, Bytes, Command, Context, Delivery, Engine, Error, Group, Order, Reply, Result,
    commands::help,
    flag::{
        DENY_OOM, LOADING, MAY_REPLICATE, MOVABLE_KEYS, NO_MANDATORY_KEYS, NO_SCRIPT, READ,
        SKIP_MONITOR, STALE, WRITE,
    },
    script::{self, Name, Run, Script, Scripts},
};

const RUNS: u32 = NO_SCRIPT | STALE | SKIP_MONITOR | NO_MANDATORY_KEYS | MOVABLE_KEYS;

/// The rows of this group.
pub const COMMANDS: &[Command] = &[
    Command {
        name: "eval",
        group: Group::Scripting,
        since: "2.6.0",
        replaced_by: None,
        syntax: "script numkeys [key ...] [arg ...]",
        summary: "runs a Lua script, with nothing between its commands",
        complexity: "that of the script",
        flags: RUNS | MAY_REPLICATE,
        order: Order::Exact,
        example: &[
            (
                "EVAL \"return redis.call('INCRBY', KEYS[1], ARGV[1])\" 1 n 5",
                "(integer) 5",
            ),
            (
                "EVAL \"return {1, 'two', false}\" 0",
                "[(integer) 1, \"two\", (nil)]",
            ),
        ],
        run: eval,
    },
    Command {
        name: "eval_ro",
        group: Group::Scripting,
        since: "7.0.0",
        replaced_by: None,
        syntax: "script numkeys [key ...] [arg ...]",
        summary: "runs a Lua script that does not write",
        complexity: "that of the script",
        flags: RUNS | READ,
        order: Order::Exact,
        example: &[
            ("SET k v", "OK"),
            ("EVAL_RO \"return redis.call('GET', KEYS[1])\" 1 k", "\"v\""),
        ],
        run: eval,
    },
    Command {
        name: "evalsha",
        group: Group::Scripting,
        since: "2.6.0",
        replaced_by: None,
        syntax: "sha1 numkeys [key ...] [arg ...]",
        summary: "runs a loaded Lua script by its SHA-1",
        complexity: "that of the script",
        flags: RUNS | MAY_REPLICATE,
        order: Order::Exact,
        example: &[
            (
                "SCRIPT LOAD \"return 1\"",
                "\"e0e1f9fabfc9d4800c877a703b823ac0578ff8db\"",
            ),
            (
                "EVALSHA e0e1f9fabfc9d4800c877a703b823ac0578ff8db 0",
                "(integer) 1",
            ),
        ],
        run: evalsha,
    },
    Command {
        name: "evalsha_ro",
        group: Group::Scripting,
        since: "7.0.0",
        replaced_by: None,
        syntax: "sha1 numkeys [key ...] [arg ...]",
        summary: "runs a loaded Lua script that does not write",
        complexity: "that of the script",
        flags: RUNS | READ,
        order: Order::Exact,
        example: &[
            (
                "SCRIPT LOAD \"return 1\"",
                "\"e0e1f9fabfc9d4800c877a703b823ac0578ff8db\"",
            ),
            (
                "EVALSHA_RO e0e1f9fabfc9d4800c877a703b823ac0578ff8db 0",
                "(integer) 1",
            ),
        ],
        run: evalsha,
    },
    Command {
        name: "script|debug",
        group: Group::Scripting,
        since: "3.2.0",
        replaced_by: None,
        syntax: "<YES|SYNC|NO>",
        summary: "would start a debugger, which this server does not have",
        complexity: "O(1)",
        flags: NO_SCRIPT,
        order: Order::Exact,
        example: &[("SCRIPT DEBUG NO", "OK")],
        run: script_debug,
    },
    Command {
        name: "script|exists",
        group: Group::Scripting,
        since: "2.6.0",
        replaced_by: None,
        syntax: "sha1 [sha1 ...]",
        summary: "answers which scripts are loaded",
        complexity: "O(N) with N scripts",
        flags: NO_SCRIPT,
        order: Order::Exact,
        example: &[
            (
                "SCRIPT LOAD \"return 1\"",
                "\"e0e1f9fabfc9d4800c877a703b823ac0578ff8db\"",
            ),
            (
                "SCRIPT EXISTS e0e1f9fabfc9d4800c877a703b823ac0578ff8db nothing",
                "[(integer) 1, (integer) 0]",
            ),
        ],
        run: script_exists,
    },
    Command {
        name: "script|flush",
        group: Group::Scripting,
        since: "2.6.0",
        replaced_by: None,
        syntax: "[ASYNC|SYNC]",
        summary: "forgets all scripts",
        complexity: "O(N) with N scripts",
        flags: NO_SCRIPT,
        order: Order::Exact,
        example: &[("SCRIPT FLUSH", "OK")],
        run: script_flush,
    },
    Command {
        name: "script|help",
        group: Group::Scripting,
        since: "5.0.0",
        replaced_by: None,
        syntax: "",
        summary: "answers how SCRIPT is used",
        complexity: "O(1)",
        flags: LOADING | STALE,
        order: Order::Exact,
        example: &[],
        run: script_help,
    },
    Command {
        name: "script|kill",
        group: Group::Scripting,
        since: "2.6.0",
        replaced_by: None,
        syntax: "",
        summary: "would stop a running script; here none runs on while others wait",
        complexity: "O(1)",
        flags: NO_SCRIPT,
        order: Order::Exact,
        example: &[(
            "SCRIPT KILL",
            "(error) NOTBUSY No scripts in execution right now.",
        )],
        run: script_kill,
    },
    Command {
        name: "script|load",
        group: Group::Scripting,
        since: "2.6.0",
        replaced_by: None,
        syntax: "script",
        summary: "keeps a script and answers its SHA-1, for EVALSHA",
        complexity: "O(N): the script's length",
        flags: NO_SCRIPT | STALE,
        order: Order::Exact,
        example: &[(
            "SCRIPT LOAD \"return 1\"",
            "\"e0e1f9fabfc9d4800c877a703b823ac0578ff8db\"",
        )],
        run: script_load,
    },
];

fn eval(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    show(ctx);
    let text = args.next()?;
    let (keys, args) = keys_and_args(&mut args)?;
    let (name, script) = ctx.engine.scripts.bring(text)?;
    run(ctx, &name, &script, keys, args)
}

fn evalsha(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    const UNKNOWN: Error = Error::Fixed("NOSCRIPT No matching script. Please use EVAL.");
    show(ctx);
    let name = args.next()?;
    if name.len() != 40 {
        return Err(UNKNOWN);
    }
    let (keys, args) = keys_and_args(&mut args)?;
    let (name, script) = ctx.engine.scripts.get(name).ok_or(UNKNOWN)?;
    run(ctx, &name, &script, keys, args)
}

/// The flags of a call: a script that declares what it does has others than its row (Redis: `scriptFlagsToCmdFlags`).
pub(in crate::engine) fn flags_of(engine: &Engine, command: &Command, argv: &[Bytes]) -> u32 {
    let scripts = &engine.scripts;
    let declared = match (command.name, argv.get(1)) {
        ("eval" | "eval_ro", Some(text)) => Scripts::declared(text),
        ("evalsha" | "evalsha_ro", Some(name)) => scripts.get(name).map(|(_, it)| it.flags),
        _ => None,
    };
    let Some(declared) = declared.filter(|flags| flags.given) else {
        return command.flags;
    };
    let mut flags = command.flags & !(STALE | DENY_OOM | WRITE | MAY_REPLICATE);
    if declared.needs_room() {
        flags |= DENY_OOM;
    }
    if !declared.no_writes {
        flags |= WRITE;
    }
    flags
}

/// MONITOR shows a script before its commands.
fn show(ctx: &mut Context<'_>) {
    if ctx.engine.is_monitored() {
        let line = ctx.engine.show_to_monitors(ctx.session, ctx.argv);
        if ctx.session.monitors {
            ctx.engine.deliveries.push(Delivery::Message {
                client: ctx.session.id,
                reply: Reply::Line(line),
            });
        }
    }
}

fn keys_and_args<'a>(args: &mut Args<'a>) -> Result<(&'a [Bytes], &'a [Bytes])> {
    let count = args.int()?;
    let rest = args.rest();
    let Ok(count) = usize::try_from(count) else {
        return Err(Error::Fixed("ERR Number of keys can't be negative"));
    };
    rest.split_at_checked(count).ok_or(Error::Fixed(
        "ERR Number of keys can't be greater than number of args",
    ))
}

fn run(
    ctx: &mut Context<'_>,
    name: &Name,
    script: &Script,
    keys: &[Bytes],
    args: &[Bytes],
) -> Result<Reply> {
    let flags = script.flags;
    let read_only = ctx.command.is_read_only();
    if read_only && flags.given && !flags.no_writes {
        return Err(Error::Fixed(
            "ERR Can not execute a script with write flag using *_ro command.",
        ));
    }
    if flags.needs_room() && ctx.engine.short {
        return Err(Error::Fixed(
            "OOM allow-oom flag is not set on the script, can not run it when used memory > 'maxmemory'",
        ));
    }
    let run = Run {
        name,
        script,
        keys,
        args,
        read_only: read_only || flags.no_writes,
        allow_oom: flags.allow_oom,
    };
    Ok(script::run(ctx, &run))
}

fn script_load(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let name = ctx.engine.scripts.load(args.next()?)?;
    Ok(Reply::bulk(name.into_bytes()))
}

fn script_exists(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let scripts = &ctx.engine.scripts;
    let known = args.rest().iter().map(|name| scripts.get(name).is_some());
    Ok(Reply::Array(known.map(Reply::flag).collect()))
}

fn script_flush(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let known = args.is_empty() || args.word("SYNC") || args.word("ASYNC");
    if !known || !args.is_empty() {
        return Err(Error::Fixed(
            "ERR SCRIPT FLUSH only support SYNC|ASYNC option",
        ));
    }
    ctx.engine.scripts.clear();
    Ok(Reply::OK)
}

fn script_kill(_: &mut Context<'_>, _: Args<'_>) -> Result<Reply> {
    Err(Error::Fixed("NOTBUSY No scripts in execution right now."))
}

fn script_debug(_: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    if args.word("NO") {
        Ok(Reply::OK)
    } else if args.word("YES") || args.word("SYNC") {
        Err(Error::Fixed(
            "ERR SCRIPT DEBUG is not available: this server has no debugger",
        ))
    } else {
        Err(Error::Fixed("ERR Use SCRIPT DEBUG YES/SYNC/NO"))
    }
}

fn script_help(_: &mut Context<'_>, _: Args<'_>) -> Result<Reply> {
    Ok(help(
        "SCRIPT <subcommand> [<arg> [value] [opt] ...]. Subcommands are:",
        &[
            "DEBUG (YES|SYNC|NO)",
            "    Set the debug mode for subsequent scripts executed.",
            "EXISTS <sha1> [<sha1> ...]",
            "    Return information about the existence of the scripts in the script cache.",
            "FLUSH [ASYNC|SYNC]",
            "    Flush the Lua scripts cache. Very dangerous on replicas.",
            "    When called without the optional mode argument, the behavior is determined by the",
            "    lazyfree-lazy-user-flush configuration directive. Valid modes are:",
            "    * ASYNC: Asynchronously flush the scripts cache.",
            "    * SYNC: Synchronously flush the scripts cache.",
            "KILL",
            "    Kill the currently executing Lua script.",
            "LOAD <script>",
            "    Load a script into the scripts cache without executing it.",
        ],
    ))
}
