//! The `rediscover` program: arguments in, exit status out.

use std::process::ExitCode;

use clap::Parser;
use rediscover::{app, cli::Cli};

fn main() -> ExitCode {
    app::run(&Cli::parse())
}
