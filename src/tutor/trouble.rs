//! What a message of Python or of the shell says about why nothing arrives.

/// What is wrong on the learner's side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// There is no Python, or not under that name.
    NoPython,
    /// Python is there, redis-py is not.
    NoLibrary,
    /// Nobody listens where the program looks.
    NotReached,
    /// The library is older than the method that is called.
    TooOld,
    /// A name is used that only an earlier program defined.
    NotDefined,
}

impl Trouble {
    /// What a pasted message tells.
    #[must_use]
    pub fn of(text: &str) -> Option<Trouble> {
        const KNOWN: [(&str, Trouble); 12] = [
            ("No module named 'redis'", Trouble::NoLibrary),
            ("No module named redis", Trouble::NoLibrary),
            ("python3: command not found", Trouble::NoPython),
            ("python: command not found", Trouble::NoPython),
            ("python3: not found", Trouble::NoPython),
            ("python: not found", Trouble::NoPython),
            ("is not recognized as", Trouble::NoPython),
            ("Connection refused", Trouble::NotReached),
            ("redis.exceptions.ConnectionError", Trouble::NotReached),
            ("unexpected keyword argument", Trouble::TooOld),
            ("object has no attribute", Trouble::TooOld),
            ("NameError: name", Trouble::NotDefined),
        ];
        let found = KNOWN.iter().find(|(known, _)| text.contains(known));
        found.map(|(_, trouble)| *trouble)
    }
}
