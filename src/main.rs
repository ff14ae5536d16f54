//! The `rediscover` program.

fn main() {}
