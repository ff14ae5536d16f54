//! Is what the learner is told true, and of use?

use super::{said, screen, tutor};

#[test]
fn a_success_says_what_has_become_of_the_key() {
    let setup = "setup = [\"SET ticket blue\", \"SET lamp on EX 9\", \"RPUSH bus zoo park\", \"HSET user name a\", \"ZADD z 1 m 2 n\"]";
    for (line, sentence) in [
        ("EXPIRE ticket 60", "ticket has 60 s to live."),
        ("GETEX ticket EX 60", "ticket has 60 s to live."),
        ("PERSIST lamp", "lamp has no deadline any more."),
        (
            "SET lamp off",
            "lamp is now off. It has no deadline any more.",
        ),
        (
            "SETEX code 60 1234",
            "code is now 1234. It has 60 s to live.",
        ),
        (
            "LSET bus 0 safari",
            "At index 0 of bus there is safari now.",
        ),
        (
            "LMOVE bus bus LEFT RIGHT",
            "The elements of bus stand in another order now.",
        ),
        ("RPUSH bus hill", "bus has 3 elements now."),
        ("HSET user name b", "The field name of user is b now."),
        ("ZINCRBY z 5 m", "m has the score 6 in z now."),
        ("RENAME ticket card", "ticket is called card now."),
        ("COPY ticket card", "card is now blue."),
        ("LMOVE bus tram LEFT LEFT", "Changed: bus, tram."),
        ("SETNX ticket red", "Nothing was changed."),
    ] {
        let mut tutor = tutor(setup, &[&format!("goal = \"g\"\ndo = \"{line}\"")]);
        assert_eq!(said(&mut tutor, line), sentence, "{line}");
    }
}

#[test]
fn what_came_into_a_list_and_was_taken_at_once_is_told() {
    let step = |during: &str| format!("goal = \"g\"\ndo = \"BLPOP jobs 5\"\nduring = [{during}]");
    let mut served = tutor("actors = [\"B\"]", &[&step("\"B> RPUSH jobs poster\"")]);
    assert_eq!(
        said(&mut served, "BLPOP jobs 5"),
        "poster came into jobs and was taken out at once."
    );
    let mut waits = tutor("actors = [\"B\"]", &[&step("")]);
    assert_eq!(
        said(&mut waits, "BLPOP jobs 5"),
        "Nothing came in that time."
    );
}

#[test]
fn an_explanation_is_shown_where_something_new_is_taught() {
    let step = |more: &str| {
        format!("stage = \"solo\"\nexplain = \"Up by one.\"\n{more}goal = \"g\"\ndo = \"INCR n\"")
    };
    let shown = |more: &str| screen(&mut tutor("", &[&step(more)]), ":goal").contains("Up by one.");
    assert!(shown("teach = [\"INCR\"]\n"));
    assert!(!shown(""), "nobody is told what they are to remember");
}
