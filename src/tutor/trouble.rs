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
    /// An object is asked for what it does not have.
    NoMethod,
    /// A method is given an option that it does not have.
    NoOption,
    /// A method is named and not called.
    NotCalled,
    /// A name is used that only an earlier program defined.
    NotDefined,
    /// Python cannot read what was typed.
    Unreadable,
    /// A sign of another keyboard stands in the code.
    OtherSign,
    /// A file of the learner's is called as the library is, and hides it.
    Hidden,
    /// True, False or None is written in small letters.
    SmallLetters,
    /// An exception of redis-py's is named without the module.
    OfModule,
    /// A pipeline was taken for the result of what it collects.
    Collected,
    /// A generator was printed in place of what it gives.
    NotGone,
    /// A list, a dict or None was to be sent as one value.
    NoValue,
    /// A dict is asked for a key that it does not have.
    NoKey,
    /// The program ended with an error of its own.
    Stopped,
    /// Of an error just its name was told.
    Named,
}

impl Trouble {
    /// What a pasted message tells.
    #[must_use]
    pub fn of(text: &str) -> Option<Trouble> {
        const KNOWN: [(&str, Trouble); 38] = [
            ("invalid character", Trouble::OtherSign),
            ("invalid non-printable character", Trouble::OtherSign),
            ("externally-managed-environment", Trouble::NoLibrary),
            ("command not found: py", Trouble::NoPython),
            ("不是内部或外部命令", Trouble::NoPython),
            ("Python was not found", Trouble::NoPython),
            ("No module named 'redis'", Trouble::NoLibrary),
            ("No module named redis", Trouble::NoLibrary),
            ("python3: command not found", Trouble::NoPython),
            ("python: command not found", Trouble::NoPython),
            ("python3: not found", Trouble::NoPython),
            ("python: not found", Trouble::NoPython),
            ("is not recognized as", Trouble::NoPython),
            ("Connection refused", Trouble::NotReached),
            ("redis.exceptions.ConnectionError", Trouble::NotReached),
            ("unexpected keyword argument", Trouble::NoOption),
            ("partially initialized module", Trouble::Hidden),
            ("NameError: name 'true'", Trouble::SmallLetters),
            ("NameError: name 'false'", Trouble::SmallLetters),
            ("NameError: name 'none'", Trouble::SmallLetters),
            ("NameError: name 'null'", Trouble::SmallLetters),
            ("NameError: name 'WatchError'", Trouble::OfModule),
            ("NameError: name 'DataError'", Trouble::OfModule),
            ("NameError: name 'ResponseError'", Trouble::OfModule),
            ("<redis.client.Pipeline", Trouble::Collected),
            ("not 'Pipeline'", Trouble::Collected),
            ("<generator object", Trouble::NotGone),
            ("Invalid input of type: ", Trouble::NoValue),
            ("'function' object has no attribute", Trouble::NotCalled),
            ("'method' object has no attribute", Trouble::NotCalled),
            ("'Pipeline' object has no attribute", Trouble::TooOld),
            ("object has no attribute", Trouble::NoMethod),
            ("<bound method", Trouble::NotCalled),
            ("NameError: name", Trouble::NotDefined),
            ("KeyError: ", Trouble::NoKey),
            ("SyntaxError: ", Trouble::Unreadable),
            ("IndentationError: ", Trouble::Unreadable),
            ("TabError: ", Trouble::Unreadable),
        ];
        if of_client(text) {
            return Some(Trouble::TooOld);
        }
        let found = KNOWN.iter().find(|(known, _)| text.contains(known));
        let found = found.map(|(_, trouble)| *trouble);
        found.or_else(|| match text.split_once(':') {
            Some((name, _)) => is_exception(name).then_some(Trouble::Stopped),
            None => is_exception(text).then_some(Trouble::Named),
        })
    }
}

/// Whether a client of redis-py lacks a method, and not one that another object has.
fn of_client(text: &str) -> bool {
    const OF_OTHERS: [&str; 7] = [
        "execute",
        "multi",
        "subscribe",
        "psubscribe",
        "unsubscribe",
        "listen",
        "get_message",
    ];
    let lacks = text.split_once("'Redis' object has no attribute '");
    lacks.is_some_and(|(_, behind)| {
        let name = behind.split('\'').next().unwrap_or_default();
        !OF_OTHERS.contains(&name)
    })
}

/// Whether a name is that of an error: the last line that Python prints begins with it, and a colon behind it.
fn is_exception(name: &str) -> bool {
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_');
    let is_kind = name.ends_with("Error") || name.ends_with("Exception");
    name.chars().all(is_name) && is_kind
}
