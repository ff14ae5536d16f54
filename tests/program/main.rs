//! Does the program behave? The binary itself, in a pipe: lessons, JSON, exit statuses, packs, and a journal that
//! meets every fault.

mod home;
mod journal;
mod lessons;
mod packs;
mod translations;
#[cfg(unix)]
mod visitors;
