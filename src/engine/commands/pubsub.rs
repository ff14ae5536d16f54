//! Publish and subscribe: rows and functions. Who listens to what is kept in [`crate::engine::pubsub`].

use crate::engine::{
    Args, Bytes, Command, Context, Group, Order, Reply, Result, commands,
    flag::{
        ALLOWED_SUBSCRIBED, ALWAYS_ANSWERS, FAST, LOADING, MAY_REPLICATE, NO_SCRIPT, PUBSUB, STALE,
    },
    glob,
    pubsub::{Kind, Subscriptions},
};

/// The flags of what begins and ends listening.
const LISTENING: u32 = PUBSUB | NO_SCRIPT | LOADING | STALE | ALLOWED_SUBSCRIBED | ALWAYS_ANSWERS;
/// The flags of what looks at the channels.
const ASKING: u32 = PUBSUB | LOADING | STALE;

/// The rows of this group.
pub const COMMANDS: &[Command] = &[
    Command {
        name: "psubscribe",
        group: Group::PubSub,
        since: "2.0.0",
        replaced_by: None,
        syntax: "pattern [pattern ...]",
        summary: "listens to all channels that match a pattern",
        complexity: "O(N), N being the client's patterns",
        flags: LISTENING,
        order: Order::Exact,
        example: &[(
            "PSUBSCRIBE news.*",
            "[\"psubscribe\", \"news.*\", (integer) 1]",
        )],
        run: psubscribe,
    },
    Command {
        name: "publish",
        group: Group::PubSub,
        since: "2.0.0",
        replaced_by: None,
        syntax: "channel message",
        summary: "sends a message to all who listen to a channel, and answers how many times it was delivered",
        complexity: "O(N + M), N being the listeners and M all patterns",
        flags: PUBSUB | LOADING | STALE | FAST | MAY_REPLICATE,
        order: Order::Exact,
        example: &[("PUBLISH news hello", "(integer) 0")],
        run: publish,
    },
    Command {
        name: "pubsub|channels",
        group: Group::PubSub,
        since: "2.8.0",
        replaced_by: None,
        syntax: "[pattern]",
        summary: "answers the channels to which anybody listens by name",
        complexity: "O(N): all channels",
        flags: ASKING,
        order: Order::Any,
        example: &[("PUBSUB CHANNELS", "[]")],
        run: pubsub_channels,
    },
    Command {
        name: "pubsub|help",
        group: Group::PubSub,
        since: "6.2.0",
        replaced_by: None,
        syntax: "",
        summary: "explains PUBSUB",
        complexity: "O(1)",
        flags: LOADING | STALE,
        order: Order::Exact,
        example: &[],
        run: pubsub_help,
    },
    Command {
        name: "pubsub|numpat",
        group: Group::PubSub,
        since: "2.8.0",
        replaced_by: None,
        syntax: "",
        summary: "answers how many patterns anybody listens to",
        complexity: "O(1)",
        flags: ASKING,
        order: Order::Exact,
        example: &[("PUBSUB NUMPAT", "(integer) 0")],
        run: pubsub_numpat,
    },
    Command {
        name: "pubsub|numsub",
        group: Group::PubSub,
        since: "2.8.0",
        replaced_by: None,
        syntax: "[channel [channel ...]]",
        summary: "answers how many listen to each of these channels by name",
        complexity: "O(N), N being the channels named",
        flags: ASKING,
        order: Order::Exact,
        example: &[("PUBSUB NUMSUB news", "[\"news\", (integer) 0]")],
        run: pubsub_numsub,
    },
    Command {
        name: "pubsub|shardchannels",
        group: Group::PubSub,
        since: "7.0.0",
        replaced_by: None,
        syntax: "[pattern]",
        summary: "answers the shard channels to which anybody listens",
        complexity: "O(N): all shard channels",
        flags: ASKING,
        order: Order::Any,
        example: &[("PUBSUB SHARDCHANNELS", "[]")],
        run: pubsub_shardchannels,
    },
    Command {
        name: "pubsub|shardnumsub",
        group: Group::PubSub,
        since: "7.0.0",
        replaced_by: None,
        syntax: "[channel [channel ...]]",
        summary: "answers how many listen to each of these shard channels",
        complexity: "O(N), N being the shard channels named",
        flags: ASKING,
        order: Order::Exact,
        example: &[("PUBSUB SHARDNUMSUB orders", "[\"orders\", (integer) 0]")],
        run: pubsub_shardnumsub,
    },
    Command {
        name: "punsubscribe",
        group: Group::PubSub,
        since: "2.0.0",
        replaced_by: None,
        syntax: "[pattern [pattern ...]]",
        summary: "stops listening to patterns, or to all of them",
        complexity: "O(N), N being the patterns named",
        flags: LISTENING,
        order: Order::Exact,
        example: &[("PUNSUBSCRIBE", "[\"punsubscribe\", (nil), (integer) 0]")],
        run: punsubscribe,
    },
    Command {
        name: "spublish",
        group: Group::PubSub,
        since: "7.0.0",
        replaced_by: None,
        syntax: "shardchannel message",
        summary: "sends a message to all who listen to a shard channel, and answers how many times it was delivered",
        complexity: "O(N), N being the listeners",
        flags: PUBSUB | LOADING | STALE | FAST | MAY_REPLICATE,
        order: Order::Exact,
        example: &[("SPUBLISH orders hello", "(integer) 0")],
        run: spublish,
    },
    Command {
        name: "ssubscribe",
        group: Group::PubSub,
        since: "7.0.0",
        replaced_by: None,
        syntax: "shardchannel [shardchannel ...]",
        summary: "listens to shard channels",
        complexity: "O(N), N being the shard channels named",
        flags: LISTENING,
        order: Order::Exact,
        example: &[(
            "SSUBSCRIBE orders",
            "[\"ssubscribe\", \"orders\", (integer) 1]",
        )],
        run: ssubscribe,
    },
    Command {
        name: "subscribe",
        group: Group::PubSub,
        since: "2.0.0",
        replaced_by: None,
        syntax: "channel [channel ...]",
        summary: "listens to channels: what is published there arrives from now on",
        complexity: "O(N), N being the channels named",
        flags: LISTENING,
        order: Order::Exact,
        example: &[("SUBSCRIBE news", "[\"subscribe\", \"news\", (integer) 1]")],
        run: subscribe,
    },
    Command {
        name: "sunsubscribe",
        group: Group::PubSub,
        since: "7.0.0",
        replaced_by: None,
        syntax: "[shardchannel [shardchannel ...]]",
        summary: "stops listening to shard channels",
        complexity: "O(N), N being the shard channels named",
        flags: LISTENING,
        order: Order::Exact,
        example: &[("SUNSUBSCRIBE", "[\"sunsubscribe\", (nil), (integer) 0]")],
        run: sunsubscribe,
    },
    Command {
        name: "unsubscribe",
        group: Group::PubSub,
        since: "2.0.0",
        replaced_by: None,
        syntax: "[channel [channel ...]]",
        summary: "stops listening to channels, or to all of them",
        complexity: "O(N), N being the channels named",
        flags: LISTENING,
        order: Order::Exact,
        example: &[(
            "UNSUBSCRIBE news",
            "[\"unsubscribe\", \"news\", (integer) 0]",
        )],
        run: unsubscribe,
    },
];

fn subscribe(ctx: &mut Context<'_>, args: Args<'_>) -> Result<Reply> {
    begin(ctx, args, Kind::Channel)
}

fn psubscribe(ctx: &mut Context<'_>, args: Args<'_>) -> Result<Reply> {
    begin(ctx, args, Kind::Pattern)
}

fn ssubscribe(ctx: &mut Context<'_>, args: Args<'_>) -> Result<Reply> {
    begin(ctx, args, Kind::Shard)
}

fn begin(ctx: &mut Context<'_>, mut args: Args<'_>, kind: Kind) -> Result<Reply> {
    let names = args.rest();
    let bytes = names.iter().map(|name| Subscriptions::weight(name)).sum();
    ctx.engine.may_keep(ctx.session, bytes)?;
    let confirm = |name| ctx.engine.subscribe(ctx.session, kind, name);
    Ok(Reply::Many(names.iter().map(confirm).collect()))
}

fn unsubscribe(ctx: &mut Context<'_>, args: Args<'_>) -> Result<Reply> {
    Ok(end(ctx, args, Kind::Channel))
}

fn punsubscribe(ctx: &mut Context<'_>, args: Args<'_>) -> Result<Reply> {
    Ok(end(ctx, args, Kind::Pattern))
}

fn sunsubscribe(ctx: &mut Context<'_>, args: Args<'_>) -> Result<Reply> {
    Ok(end(ctx, args, Kind::Shard))
}

fn end(ctx: &mut Context<'_>, mut args: Args<'_>, kind: Kind) -> Reply {
    Reply::Many(ctx.engine.unsubscribe(ctx.session, kind, args.rest()))
}

fn publish(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let (channel, message) = (args.next()?, args.next()?);
    Ok(Reply::count(ctx.engine.publish(channel, message)))
}

fn spublish(ctx: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    let (channel, message) = (args.next()?, args.next()?);
    Ok(Reply::count(ctx.engine.publish_to_shard(channel, message)))
}

fn pubsub_channels(ctx: &mut Context<'_>, args: Args<'_>) -> Result<Reply> {
    channels(ctx, args, Kind::Channel)
}

fn pubsub_shardchannels(ctx: &mut Context<'_>, args: Args<'_>) -> Result<Reply> {
    channels(ctx, args, Kind::Shard)
}

fn channels(ctx: &mut Context<'_>, mut args: Args<'_>, kind: Kind) -> Result<Reply> {
    let pattern = match args.rest() {
        [] => None,
        [pattern] => Some(pattern),
        _ => return Err(commands::misused(ctx)),
    };
    let fits = |name: &&Bytes| pattern.is_none_or(|pattern| glob::matches(pattern, name));
    Ok(Reply::bulks(
        ctx.engine.pubsub.names(kind).filter(fits).cloned(),
    ))
}

fn pubsub_numsub(ctx: &mut Context<'_>, args: Args<'_>) -> Result<Reply> {
    Ok(listeners(ctx, args, Kind::Channel))
}

fn pubsub_shardnumsub(ctx: &mut Context<'_>, args: Args<'_>) -> Result<Reply> {
    Ok(listeners(ctx, args, Kind::Shard))
}

fn listeners(ctx: &Context<'_>, mut args: Args<'_>, kind: Kind) -> Reply {
    let counted = args.rest().iter().flat_map(|name| {
        let count = ctx.engine.pubsub.count(kind, name);
        [Reply::Bulk(name.clone()), Reply::count(count)]
    });
    Reply::Array(counted.collect())
}

fn pubsub_numpat(ctx: &mut Context<'_>, _: Args<'_>) -> Result<Reply> {
    Ok(Reply::count(ctx.engine.pubsub.names(Kind::Pattern).count()))
}

fn pubsub_help(_: &mut Context<'_>, _: Args<'_>) -> Result<Reply> {
    Ok(commands::help(
        "PUBSUB <subcommand> [<arg> [value] [opt] ...]. Subcommands are:",
        &[
            "CHANNELS [<pattern>]",
            "    Return the currently active channels matching a <pattern> (default: '*').",
            "NUMPAT",
            "    Return number of subscriptions to patterns.",
            "NUMSUB [<channel> ...]",
            "    Return the number of subscribers for the specified channels, excluding",
            "    pattern subscriptions(default: no channels).",
            "SHARDCHANNELS [<pattern>]",
            "    Return the currently active shard level channels matching a <pattern> (default: '*').",
            "SHARDNUMSUB [<shardchannel> ...]",
            "    Return the number of subscribers for the specified shard level channel(s)",
        ],
    ))
}
