//! The pack that `pack new` writes: one small lesson that passes, to be changed by its author.

/// A file of the new pack.
#[derive(Debug, Clone, Copy)]
pub struct ScaffoldFile {
    /// Its name in the pack's folder.
    pub name: &'static str,
    /// Its text.
    pub text: &'static str,
}

/// The files of a new pack.
pub const SCAFFOLD: &[ScaffoldFile] = &[
    ScaffoldFile {
        name: "pack.toml",
        text: include_str!("scaffold/pack.toml"),
    },
    ScaffoldFile {
        name: "1.1.toml",
        text: include_str!("scaffold/1.1.toml"),
    },
];
