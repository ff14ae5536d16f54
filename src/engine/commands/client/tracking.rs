//! CLIENT TRACKING and its companions: this server does not tell clients which of the keys that they keep have changed,
//! and so tracking is always off.

use super::{OWN, row};
use crate::engine::{Args, Command, Context, Error, Reply, Result};

/// The rows of this file.
pub const COMMANDS: &[Command] = &[
    Command {
        example: &[(
            "CLIENT CACHING YES",
            "(error) ERR CLIENT CACHING can be called only when the client is in tracking mode with OPTIN or OPTOUT \
             mode enabled",
        )],
        run: caching,
        ..row(
            "client|caching",
            "6.0.0",
            "<YES|NO>",
            "says whether the keys of the next command are tracked; tracking is always off here",
            OWN,
        )
    },
    Command {
        example: &[("CLIENT GETREDIR", "(integer) -1")],
        run: getredir,
        ..row(
            "client|getredir",
            "6.0.0",
            "",
            "answers the connection to which tracking is redirected; -1 when tracking is off",
            OWN,
        )
    },
    Command {
        example: &[("CLIENT TRACKING OFF", "OK")],
        run: tracking,
        ..row(
            "client|tracking",
            "6.0.0",
            "<ON|OFF> [REDIRECT client-id] [PREFIX prefix [PREFIX prefix ...]] [BCAST] [OPTIN] [OPTOUT] [NOLOOP]",
            "tells a client which of the keys that it keeps have changed; not available here",
            OWN,
        )
    },
    Command {
        example: &[(
            "CLIENT TRACKINGINFO",
            "[\"flags\", [\"off\"], \"redirect\", (integer) -1, \"prefixes\", []]",
        )],
        run: trackinginfo,
        ..row(
            "client|trackinginfo",
            "6.2.0",
            "",
            "answers how this connection is tracked",
            OWN,
        )
    },
];

fn caching(_: &mut Context<'_>, _: Args<'_>) -> Result<Reply> {
    Err(Error::Fixed(
        "ERR CLIENT CACHING can be called only when the client is in tracking mode with OPTIN or OPTOUT mode enabled",
    ))
}

fn getredir(_: &mut Context<'_>, _: Args<'_>) -> Result<Reply> {
    Ok(Reply::Int(-1))
}

fn tracking(_: &mut Context<'_>, mut args: Args<'_>) -> Result<Reply> {
    if super::on_or_off(&mut args)? {
        return Err(Error::Fixed(
            "ERR CLIENT TRACKING is not available: this server does not track keys for clients",
        ));
    }
    Ok(Reply::OK)
}

fn trackinginfo(_: &mut Context<'_>, _: Args<'_>) -> Result<Reply> {
    let text = |text: &str| Reply::bulk(text.as_bytes());
    Ok(Reply::Map(vec![
        (text("flags"), Reply::Set(vec![text("off")])),
        (text("redirect"), Reply::Int(-1)),
        (text("prefixes"), Reply::Array(Vec::new())),
    ]))
}
