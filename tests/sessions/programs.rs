//! Steps that a program does: what arrives, when it is judged, and what is said of it.

use rediscover::{
    engine::{Bytes, Delivery, Origin, Outcome, Reply},
    notation::{Literal, split},
    tutor::{
        Arrived, Diagnosis, Missing, Notice, Output, Overheard, SETTLE, Shown, Trouble, Tutor,
        VerdictKind, VerdictKind::*, Why, rehearse,
    },
};

use crate::{ask, at_step, open};

/// A program beside a lesson: a connection, and the clock by which silence is measured.
pub struct Program {
    pub tutor: Tutor,
    pub client: u64,
    pub now: i64,
}

pub const LESSON: &str = r#"
id = "1.1"
title = "T"
setup = ["RPUSH l a"]
[[step]]
id = "push"
kind = "external"
goal = "g"
code = "r.rpush('l', 'b'); print(r.llen('l'))"
do = ["RPUSH l b", "LLEN l"]
output = "2"
hint = ["a", "b"]
wrong = [
  { code = "r.lpush('l', 'b')", do = ["LPUSH l b"], output = "2", say = "The other end." },
  { code = "r.rpsh('l')", do = [], output = "AttributeError: no rpsh", say = "A letter is missing." },
]
[[step]]
id = "typed"
goal = "g"
do = "SET k v"
hint = ["a", "b"]
wrong = [{ cmd = "SET k w", say = "v." }]
[[step]]
id = "asked"
kind = "external"
goal = "g"
code = "print(r.set('k', 'w', nx=True, ex=10))"
do = ["SET k w EX 10 NX"]
output = "None"
never = ["DEL *"]
question = "What did it print?"
answer = "None"
hint = ["a", "b"]
wrong = [{ code = "print(r.set('k', 'w'))", do = ["SET k w"], output = "True", say = "Only if it is free." }]
"#;

fn argv(line: &str) -> Vec<Bytes> {
    split(line.as_bytes()).expect("a line that splits")
}

impl Program {
    fn new() -> Program {
        Program::of(LESSON)
    }

    pub fn of(lesson: &str) -> Program {
        Program::beside(open(lesson))
    }

    pub fn beside(mut tutor: Tutor) -> Program {
        tutor.overhear(0);
        let client = tutor.admit(Origin::default());
        Program {
            tutor,
            client,
            now: 0,
        }
    }

    pub fn send(&mut self, line: &str) -> Outcome {
        self.tutor.serve(self.client, &argv(line))
    }

    /// Sends lines, and waits until they are judged.
    pub fn run(&mut self, lines: &[&str]) -> Vec<Overheard> {
        for line in lines {
            self.send(line);
        }
        let mut heard = self.tutor.overhear(self.now);
        self.now += SETTLE;
        heard.extend(self.tutor.overhear(self.now));
        heard
    }

    pub fn verdict(&mut self, lines: &[&str]) -> VerdictKind {
        let heard = self.run(lines);
        let judged = heard.last().expect("something was heard");
        judged.fed.record.verdict
    }

    pub fn step(&self) -> usize {
        self.tutor.open_step().map_or(0, |(number, _)| number)
    }
}

#[test]
fn a_program_passes_when_all_has_arrived_and_nothing_more_comes() {
    let mut program = Program::new();
    for line in [
        "HELLO 3",
        "CLIENT SETINFO LIB-NAME redis-py",
        "RPUSH l b",
        "LLEN l",
    ] {
        program.send(line);
    }
    let heard = program.tutor.overhear(0);
    assert_eq!(
        heard.len(),
        2,
        "what libraries send by themselves is not told"
    );
    assert_eq!(program.step(), 1, "more may come");
    program.tutor.overhear(SETTLE - 1);
    assert_eq!(program.step(), 1);
    assert_eq!(program.tutor.next_alarm(), Some(SETTLE));
    program.tutor.overhear(SETTLE);
    assert_eq!(program.step(), 2);
}

#[test]
fn a_mistake_is_explained_and_taken_back() {
    let mut program = Program::new();
    let heard = program.run(&["LPUSH l b"]);
    let why = heard.last().and_then(|it| it.fed.record.why.clone());
    assert_eq!(why, Some(Why::Author("The other end.".to_owned())));
    assert_eq!(ask(&program.tutor, "LRANGE l 0 -1"), "[\"a\"]");
    assert_eq!(program.verdict(&["RPUSH l b", "LLEN l"]), Pass);
}

#[test]
fn who_types_line_by_line_goes_on_from_what_was_right() {
    let mut program = Program::new();
    assert_eq!(program.verdict(&["RPUSH l b"]), Partial);
    assert_eq!(program.verdict(&["LLEN L"]), Wrong);
    assert_eq!(ask(&program.tutor, "LRANGE l 0 -1"), "[\"a\", \"b\"]");
    assert_eq!(program.verdict(&["LLEN l"]), Pass);
}

#[test]
fn of_a_transaction_that_went_wrong_nothing_stays() {
    let lesson = LESSON.replacen(
        "\"RPUSH l b\", \"LLEN l\"",
        "\"MULTI\", \"RPUSH l b\", \"EXEC\"",
        1,
    );
    let mut program = Program::of(&lesson);
    assert_eq!(program.verdict(&["MULTI", "RPUSH l x", "EXEC"]), Wrong);
    assert_eq!(ask(&program.tutor, "LRANGE l 0 -1"), "[\"a\"]");
    // Without MULTI it is not the rest of the one that is gone.
    assert_ne!(program.verdict(&["RPUSH l b"]), Partial);
    assert_eq!(program.verdict(&["MULTI", "RPUSH l b", "EXEC"]), Pass);
}

#[test]
fn who_runs_the_whole_program_again_begins_anew() {
    let mut program = Program::new();
    assert_eq!(program.verdict(&["RPUSH l b", "LLEN L"]), Wrong);
    assert_eq!(program.verdict(&["RPUSH l b", "LLEN l"]), Pass);
    assert_eq!(ask(&program.tutor, "LRANGE l 0 -1"), "[\"a\", \"b\"]");
}

#[test]
fn a_program_that_went_wrong_is_no_beginning_of_another() {
    let mut program = Program::new();
    assert_eq!(program.verdict(&["RPUSH l b", "LLEN L"]), Wrong);
    assert_eq!(ask(&program.tutor, "LRANGE l 0 -1"), "[\"a\"]");
    assert_eq!(program.verdict(&["LLEN l"]), Wrong, "it lacks the push");
    // What was right before it stays, and nothing else.
    assert_eq!(program.verdict(&["RPUSH l b"]), Partial);
    assert_eq!(program.verdict(&["SET x 1", "LLEN L"]), Wrong);
    assert_eq!(ask(&program.tutor, "KEYS *"), "[\"l\"]");
    assert_eq!(program.verdict(&["LLEN l"]), Pass);
}

fn begins_anew(heard: &[Overheard]) -> bool {
    let mut outputs = heard.iter().flat_map(|it| &it.fed.outputs);
    outputs.any(|output| matches!(output, Output::Notice(Notice::BeginsAnew)))
}

#[test]
fn the_next_program_may_go_on_where_one_has_ended_and_nothing_else() {
    let begun = || {
        let mut program = Program::new();
        assert_eq!(program.verdict(&["RPUSH l b"]), Partial);
        program.tutor.dismiss(program.client);
        program.client = program.tutor.admit(Origin::default());
        assert_eq!(program.verdict(&["TYPE l"]), Partial, "a look harms nobody");
        program
    };
    let mut program = begun();
    let heard = program.run(&["LLEN l"]);
    assert_eq!(heard.last().unwrap().fed.record.verdict, Pass);
    assert!(!begins_anew(&heard));
    let mut program = begun();
    let heard = program.run(&["LLEN L"]);
    assert_eq!(heard.last().unwrap().fed.record.verdict, Wrong);
    assert!(begins_anew(&heard), "it is told");
    assert_eq!(ask(&program.tutor, "LRANGE l 0 -1"), "[\"a\"]");
    // So does a second connection of a program that is still there.
    assert_eq!(program.verdict(&["RPUSH l b"]), Partial);
    program.client = program.tutor.admit(Origin::default());
    assert_eq!(program.verdict(&["LLEN l"]), Pass);
}

#[test]
fn a_program_may_be_run_twice_where_its_command_is_wanted_twice() {
    let lesson = LESSON.replacen("\"RPUSH l b\", \"LLEN l\"", "\"INCR n\", \"INCR n\"", 1);
    let mut program = Program::of(&lesson);
    assert_eq!(program.verdict(&["INCR n"]), Partial);
    program.tutor.dismiss(program.client);
    program.client = program.tutor.admit(Origin::default());
    let heard = program.run(&["INCR n"]);
    assert_eq!(heard.last().unwrap().fed.record.verdict, Pass);
    assert!(!begins_anew(&heard));
}

#[test]
fn looking_around_from_a_program_does_not_count() {
    let mut program = Program::new();
    assert_eq!(program.verdict(&["KEYS *", "TYPE l"]), Look);
    assert_eq!(program.tutor.totals().2, 0);
}

#[test]
fn a_step_that_is_typed_is_not_spoilt_by_a_program() {
    let mut program = Program::new();
    program.run(&["RPUSH l b", "LLEN l"]);
    let outcome = program.send("SET k w");
    assert!(
        matches!(outcome, Outcome::Reply(Reply::Error(_))),
        "{outcome:?}"
    );
    let outcome = program.send("SHUTDOWN NOSAVE");
    assert!(
        matches!(outcome, Outcome::Reply(Reply::Error(_))),
        "{outcome:?}"
    );
    assert!(matches!(program.send("GET k"), Outcome::Reply(Reply::Nil)));
    assert_eq!(program.tutor.feed("SET k v").record.verdict, Pass);
}

#[test]
fn a_program_that_may_only_read_is_told_of_once() {
    let told = |heard: &[Overheard]| -> Vec<String> {
        let outputs = heard.iter().flat_map(|it| &it.fed.outputs);
        let lines = outputs.filter_map(|output| match output {
            Output::Notice(Notice::OnlyReads {
                line,
                is_done: false,
            }) => Some(line.clone()),
            _ => None,
        });
        lines.collect()
    };
    let mut program = Program::new();
    program.run(&["RPUSH l b", "LLEN l"]);
    let heard = program.run(&["GET k", "SET k w", "SET k x"]);
    assert_eq!(told(&heard), ["SET k w"]);
    assert!(told(&program.run(&["SET k w"])).is_empty(), "said already");
    // Another program does not know; and who has done something may have forgotten.
    program.client = program.tutor.admit(Origin::default());
    assert_eq!(told(&program.run(&["DEL k"])), ["DEL k"]);
    program.tutor.feed(":goal");
    assert_eq!(told(&program.run(&["DEL k"])), ["DEL k"]);
    for _ in 0..1000 {
        program.client = program.tutor.admit(Origin::default());
        program.send("DEL k");
    }
    let heard = program.run(&[]);
    assert!(
        (30..50).contains(&told(&heard).len()),
        "a flood is cut short"
    );
    program.tutor.feed(":skip");
    program.tutor.feed(":skip");
    assert!(says(
        &program.run(&["DEL k"]),
        &Notice::OnlyReads {
            line: "DEL k".to_owned(),
            is_done: true
        }
    ));
}

/// At the step that asks what was printed.
fn at_the_question() -> Program {
    let mut program = Program::new();
    program.run(&["RPUSH l b", "LLEN l"]);
    program.tutor.feed("SET k v");
    program
}

#[test]
fn what_only_the_output_tells_is_asked_for() {
    let mut program = at_the_question();
    let early = program.tutor.feed("None");
    assert!(matches!(
        early.outputs[..],
        [Output::Notice(Notice::RunItFirst(_))]
    ));
    let heard = program.run(&["SET k w NX EX 10"]);
    let asks = |it: &Overheard| it.fed.outputs.iter().any(|it| matches!(it, Output::Ask(_)));
    assert!(heard.iter().any(asks));
    // A program that has not come cannot have printed it; one that has come can.
    let why = program.tutor.feed("True").record.why;
    assert_eq!(why, Some(Why::NotPrinted));
    let heard = program.run(&["SET k w"]);
    assert!(says(&heard, &Notice::BesideQuestion));
    let why = program.tutor.feed("True").record.why;
    assert_eq!(why, Some(Why::Author("Only if it is free.".to_owned())));
    assert_eq!(program.tutor.feed(" 'None' ").record.verdict, Pass);
    assert!(program.tutor.is_done());
}

#[test]
fn a_sentence_on_what_was_printed_is_for_a_program_that_sent_nothing_else_of_the_step() {
    let mut program = at_the_question();
    program.run(&["SET j w", "SET k w"]);
    let why = program.tutor.feed("True").record.why;
    assert_ne!(why, Some(Why::Author("Only if it is free.".to_owned())));
    program.run(&["SET k w"]);
    let why = program.tutor.feed("True").record.why;
    assert_eq!(why, Some(Why::Author("Only if it is free.".to_owned())));
}

#[test]
fn what_must_not_come_is_told() {
    let mut program = at_the_question();
    let heard = program.run(&["DEL k", "SET k w NX EX 10"]);
    let why = heard.last().and_then(|it| it.fed.record.why.clone());
    assert_eq!(why, Some(Why::MustNotCome("DEL k".to_owned())));
    assert_eq!(ask(&program.tutor, "GET k"), "\"v\"");
}

#[test]
fn a_pasted_error_gets_the_sentence_of_its_mistake() {
    let mut program = Program::new();
    for line in [
        "Traceback (most recent call last):",
        "  File \"<stdin>\", line 1",
        "    r.rpsh('l')",
    ] {
        assert!(program.tutor.feed(line).outputs.is_empty(), "{line}");
    }
    let why = program
        .tutor
        .feed("AttributeError: no rpsh. Did you mean: 'rpush'?")
        .record
        .why;
    assert_eq!(why, Some(Why::Author("A letter is missing.".to_owned())));
    let missing = program
        .tutor
        .feed("ModuleNotFoundError: No module named 'redis'");
    assert!(matches!(
        missing.outputs[..],
        [Output::Notice(Notice::Trouble(_))]
    ));
}

#[test]
fn a_flood_is_cut_short_and_the_lesson_goes_on() {
    let mut program = Program::new();
    for number in 0..100_000 {
        program.send(&format!("SET flood:{number} x"));
    }
    let heard = program.tutor.overhear(0);
    assert!(heard.len() < 100, "{} commands are shown", heard.len());
    let heard = program.tutor.overhear(SETTLE);
    let flood = |output: &Output| matches!(output, Output::Notice(Notice::Flood { more }) if *more > 99_000);
    assert!(heard.iter().any(|it| it.fed.outputs.iter().any(flood)));
    assert_eq!(ask(&program.tutor, "DBSIZE"), "(integer) 1");
    program.now = SETTLE;
    assert_eq!(program.verdict(&["RPUSH l b", "LLEN l"]), Pass);
}

#[test]
fn another_database_is_named() {
    let mut program = Program::new();
    program.send("SELECT 3");
    let heard = program.run(&["RPUSH l b", "LLEN l"]);
    let named =
        |output: &Output| matches!(output, Output::Actor { name, .. } if name == "python[3]");
    assert!(heard[0].fed.outputs.iter().any(named));
    assert_eq!(program.step(), 1, "the list of database 0 was meant");
    assert_eq!(ask(&program.tutor, "LRANGE l 0 -1"), "[\"a\"]");
}

#[test]
fn silence_is_remarked_on_once() {
    let mut program = Program::new();
    let alarm = program.tutor.next_alarm().expect("silence is noticed");
    let silent = |heard: &[Overheard]| {
        let silence = |output: &Output| matches!(output, Output::Notice(Notice::Silence { .. }));
        heard.iter().any(|it| it.fed.outputs.iter().any(silence))
    };
    assert!(silent(&program.tutor.overhear(alarm)));
    assert_eq!(program.tutor.next_alarm(), None);
    assert!(!silent(&program.tutor.overhear(alarm * 10)));
}

#[test]
fn a_subscriber_that_never_leaves_hears_and_harms_nobody() {
    let mut program = at_the_question();
    program.send("HELLO 3");
    program.send("SUBSCRIBE news");
    program.run(&[]);
    program.tutor.feed(":back");
    program.tutor.feed(":undo");
    program.tutor.feed("PUBLISH news hi");
    let mut program = Program {
        now: 10_000,
        ..program
    };
    let heard = program.verdict(&["SET k w EX 10 NX"]);
    assert_eq!(heard, Partial, "the same connection goes on");
    program.tutor.dismiss(program.client);
    assert_eq!(program.tutor.feed("None").record.verdict, Pass);
}

#[test]
fn a_program_that_came_during_a_step_is_answered_after_it_was_skipped() {
    let mut program = Program::new();
    let other = program.tutor.admit(Origin::default());
    program.tutor.feed(":skip");
    for client in [program.client, other] {
        let outcome = program.tutor.serve(client, &argv("LLEN l"));
        assert_eq!(outcome, Outcome::Reply(Reply::Int(2)));
    }
    let number = |outcome| match outcome {
        Outcome::Reply(Reply::Int(number)) => number,
        other => panic!("{other:?}"),
    };
    let own = number(program.send("CLIENT ID"));
    let of_other = number(program.tutor.serve(other, &argv("CLIENT ID")));
    assert_ne!(own, of_other);
}

#[test]
fn a_second_run_at_the_question_leaves_the_program_connected() {
    let mut program = at_the_question();
    program.client = program.tutor.admit(Origin::default());
    program.run(&["SET k w NX EX 10"]);
    program.run(&["SET k x"]);
    assert_eq!(program.send("PING"), Outcome::Reply(Reply::Status("PONG")));
    assert_eq!(ask(&program.tutor, "GET k"), "\"v\"");
}

#[test]
fn who_connects_after_an_undo_is_not_taken_for_who_was_there_before() {
    let mut program = Program::new();
    program.tutor.feed(":skip");
    program.tutor.feed(":undo");
    let later = program.tutor.admit(Origin::default());
    program.tutor.feed(":redo");
    for client in [program.client, later] {
        let outcome = program.tutor.serve(client, &argv("LLEN l"));
        assert_eq!(outcome, Outcome::Reply(Reply::Int(2)));
    }
}

/// The replies that are on their way to a client.
fn late(program: &mut Program, client: u64) -> Vec<Reply> {
    let outbox = program.tutor.take_outbox().into_iter();
    let own = outbox.filter(|delivery| delivery.client() == Some(client));
    own.filter_map(Delivery::reply).collect()
}

/// Lets the clock go on.
fn pass(program: &mut Program, milliseconds: i64) {
    let now = program.tutor.world().engine.now();
    program.tutor.set_now(now + milliseconds);
}

#[test]
fn a_program_that_waits_is_answered_when_its_time_is_over() {
    let mut program = Program::new();
    let client = program.client;
    let outcome = program.send("BLPOP nothing 1");
    assert!(matches!(outcome, Outcome::Waiting { .. }), "{outcome:?}");
    pass(&mut program, 999);
    assert_eq!(late(&mut program, client), []);
    pass(&mut program, 1);
    assert_eq!(late(&mut program, client), [Reply::NilArray]);
    assert_eq!(program.send("LLEN l"), Outcome::Reply(Reply::Int(1)));
}

#[test]
fn where_the_clock_stands_a_program_waits_by_its_own() {
    let mut program = Program {
        tutor: open(&LESSON.replace("setup", "now = 2026-01-01T00:00:00Z\nsetup")),
        ..Program::new()
    };
    program.client = program.tutor.admit(Origin::default());
    let client = program.client;
    program.send("BLPOP nothing 1");
    pass(&mut program, 5000);
    assert_eq!(late(&mut program, client), []);
    program.tutor.time_out(client);
    assert_eq!(late(&mut program, client), [Reply::NilArray]);
    program.tutor.time_out(client);
    assert_eq!(late(&mut program, client), []);
}

#[test]
fn what_comes_late_is_there_once_after_the_step_was_begun_anew() {
    let mut program = Program::new();
    let client = program.client;
    let other = program.tutor.admit(Origin::default());
    program.send("BLPOP nothing 1");
    pass(&mut program, 1000);
    program.tutor.feed(":reset");
    assert_eq!(late(&mut program, client), [Reply::NilArray]);
    program.send("BLPOP nothing 10");
    program.tutor.feed(":reset");
    program
        .tutor
        .serve(other, &argv("RPUSH nothing something more"));
    assert_eq!(late(&mut program, client).len(), 1);
    pass(&mut program, 10_000);
    assert_eq!(late(&mut program, client), []);
}

#[test]
fn what_a_pause_holds_up_is_answered_once_after_the_step_was_begun_anew() {
    let mut program = Program::new();
    let client = program.client;
    let other = program.tutor.admit(Origin::default());
    program.tutor.serve(other, &argv("CLIENT PAUSE 1000 WRITE"));
    let outcome = program.send("RPUSH l b");
    assert!(matches!(outcome, Outcome::Waiting { .. }), "{outcome:?}");
    program.tutor.feed(":reset");
    assert_eq!(late(&mut program, client), [Reply::Int(2)]);
    assert_eq!(ask(&program.tutor, "LLEN l"), "(integer) 1");
    pass(&mut program, 1000);
    assert_eq!(late(&mut program, client), []);
}

#[test]
fn what_a_program_began_before_does_not_change_a_step_that_is_typed() {
    let mut program = Program::new();
    let waits = program.tutor.admit(Origin::default());
    program.tutor.serve(waits, &argv("BLPOP k2 0"));
    for line in ["MULTI", "SET k w", "EXEC", "MULTI", "SET k w"] {
        program.send(line);
    }
    program.tutor.feed(":skip");
    let interrupted = late(&mut program, waits);
    let is_unblocked =
        |reply: &Reply| matches!(reply, Reply::Error(error) if error.code() == "UNBLOCKED");
    assert!(interrupted.len() == 1 && is_unblocked(&interrupted[0]));
    let outcome = program.send("EXEC");
    let is_aborted = |outcome: &Outcome| matches!(outcome, Outcome::Reply(Reply::Error(error)) if error.code() == "EXECABORT");
    assert!(is_aborted(&outcome), "{outcome:?}");
    assert_eq!(program.send("PING"), Outcome::Reply(Reply::Status("PONG")));
    assert_eq!(ask(&program.tutor, "GET k"), "(nil)");
    for line in [
        "CLIENT PAUSE 10000",
        "CLIENT KILL TYPE normal",
        "CLIENT UNBLOCK 1",
        "EVAL 'return 1' 0",
        "SCRIPT FLUSH",
    ] {
        let outcome = program.send(line);
        assert!(
            matches!(outcome, Outcome::Reply(Reply::Error(_))),
            "{line}: {outcome:?}"
        );
    }
    for line in ["MULTI", "GET k"] {
        program.send(line);
    }
    let outcome = program.send("EXEC");
    assert_eq!(outcome, Outcome::Reply(Reply::Array(vec![Reply::Nil])));
}

#[test]
fn a_pause_ends_with_the_step_of_the_program_that_began_it() {
    let mut program = Program::new();
    let other = program.tutor.admit(Origin::default());
    let now = program.tutor.world().engine.now();
    program.tutor.serve(other, &argv("CLIENT PAUSE 10000 ALL"));
    program.send("RPUSH l x");
    program.tutor.feed(":skip");
    let client = program.client;
    assert_eq!(late(&mut program, client).len(), 1);
    assert_eq!(program.tutor.feed("SET k v").record.verdict, Pass);
    assert_eq!(program.tutor.world().engine.now(), now, "nobody waited");
    assert_eq!(ask(&program.tutor, "LRANGE l 0 -1"), "[\"a\", \"b\"]");
}

#[test]
fn who_connects_again_in_a_goal_need_not_be_the_next_to_connect() {
    let goal = "kind = \"goal\"\ndo = [\"CLIENT KILL TYPE normal SKIPME no\", \"SET k v\"]";
    let lesson = LESSON.replace("do = \"SET k v\"", goal);
    let mut program = Program {
        tutor: open(&lesson),
        ..Program::new()
    };
    program.tutor.feed(":skip");
    program.tutor.admit(Origin::default());
    program.tutor.feed("CLIENT KILL TYPE normal SKIPME no");
    program.tutor.feed(":reset");
    program.tutor.feed("CLIENT KILL TYPE normal SKIPME no");
    assert_eq!(program.tutor.feed("SET k v").record.verdict, Pass);
}

#[test]
fn a_learner_whose_connection_a_program_ends_is_in_the_lessons_database_again() {
    let lesson = LESSON.replace("setup", "db = 3\nsetup");
    let mut program = Program {
        tutor: open(&lesson),
        ..Program::new()
    };
    program.client = program.tutor.admit(Origin::default());
    program.send("CLIENT KILL TYPE normal SKIPME yes");
    assert_eq!(program.tutor.world().db(), 3);
    program.tutor.feed(":skip");
    assert_eq!(program.tutor.feed("SET k v").record.verdict, Pass);
}

/// How many commands a burst was cut short by, if it was.
fn cut(outputs: &[Output]) -> Option<usize> {
    outputs.iter().find_map(|output| match output {
        Output::Notice(Notice::Flood { more }) => Some(*more),
        _ => None,
    })
}

#[test]
fn beside_a_step_that_is_typed_each_burst_is_shown_anew() {
    let mut program = Program::new();
    program.run(&["RPUSH l b", "LLEN l"]);
    let burst = |program: &mut Program, count| {
        let heard = program.run(&vec!["GET k"; count]);
        let shown = heard.iter().filter(|it| it.line == "GET k").count();
        let cut: Vec<usize> = heard.iter().filter_map(|it| cut(&it.fed.outputs)).collect();
        (shown, cut)
    };
    assert_eq!(burst(&mut program, 352), (40, vec![312]));
    assert_eq!(program.tutor.next_alarm(), None);
    assert_eq!(burst(&mut program, 5), (0, vec![]), "said once");
    assert_eq!(cut(&program.tutor.feed(":goal").outputs), Some(5));
    assert_eq!(burst(&mut program, 30), (30, vec![]));
    assert_eq!(burst(&mut program, 20), (10, vec![10]));
}

#[test]
fn what_a_flood_brings_the_learner_is_told() {
    let lesson = LESSON
        .replace("SET k v", "SUBSCRIBE news")
        .replace("SET k w\",", "SUBSCRIBE old\",");
    let mut program = Program {
        tutor: open(&lesson),
        ..Program::new()
    };
    program.client = program.tutor.admit(Origin::default());
    program.tutor.feed(":skip");
    program.tutor.feed("SUBSCRIBE news");
    let mut lines = vec!["GET k"; 100];
    lines.extend(["PUBLISH news hi"; 1000]);
    let heard = program.run(&lines);
    let outputs = heard.iter().flat_map(|it| &it.fed.outputs);
    let arrived = outputs.filter(|output| matches!(output, Output::Arrived { name: None, .. }));
    assert_eq!(arrived.count(), 40);
}

#[test]
fn what_a_program_has_done_is_taken_back_and_done_again() {
    let mut program = Program::new();
    program.run(&["RPUSH l b", "LLEN l"]);
    let fed = program.tutor.feed(":undo");
    assert!(matches!(
        fed.outputs[0],
        Output::Notice(Notice::UndoneProgram)
    ));
    assert_eq!(program.step(), 1);
    assert_eq!(ask(&program.tutor, "LRANGE l 0 -1"), "[\"a\"]");
    assert_eq!(program.verdict(&["RPUSH l b"]), Partial, "nothing has come");
    let fed = program.tutor.feed(":redo");
    assert!(matches!(
        fed.outputs[0],
        Output::Notice(Notice::RedoneProgram)
    ));
    assert_eq!(program.step(), 2);
    assert_eq!(ask(&program.tutor, "LRANGE l 0 -1"), "[\"a\", \"b\"]");
}

#[test]
fn what_a_program_has_done_is_taken_back_behind_its_question() {
    let mut program = at_the_question();
    program.run(&["SET k w NX EX 10"]);
    program.tutor.feed("None");
    assert!(program.tutor.is_done());
    program.tutor.feed(":undo");
    let wrong = program.tutor.feed("True");
    assert_eq!(wrong.record.verdict, Wrong, "the question is open");
    // A miss is no line to take back.
    program.tutor.feed(":skip");
    program.tutor.feed(":undo");
    program.tutor.feed(":undo");
    let early = program.tutor.feed("None");
    assert!(matches!(
        early.outputs[..],
        [Output::Notice(Notice::RunItFirst(_))]
    ));
}

/// A lesson in which what is kept is taken in once more by another.
struct Twins {
    program: Program,
    again: Tutor,
}

impl Twins {
    fn types(&mut self, line: &str) {
        self.program.tutor.feed(line);
        self.again.feed(line);
        self.stand_alike(line);
    }

    fn sends(&mut self, lines: &[&str]) {
        for heard in self.program.run(lines) {
            if heard.keep {
                self.again.resume(heard.fed.record.verdict == Wrong);
            }
        }
        self.stand_alike(&lines.join("; "));
    }

    fn stand_alike(&self, after: &str) {
        let (own, again) = (&self.program.tutor, &self.again);
        assert_eq!(own.open_step(), again.open_step(), "{after}");
        assert_eq!(own.totals(), again.totals(), "{after}");
        for line in ["LRANGE l 0 -1", "GET k"] {
            assert_eq!(ask(own, line), ask(again, line), "{after}: {line}");
        }
    }
}

#[test]
fn a_lesson_is_resumed_with_what_programs_have_done() {
    let mut twins = Twins {
        program: Program::new(),
        again: open(LESSON),
    };
    twins.sends(&["LPUSH l b"]);
    twins.types(":undo");
    twins.sends(&["RPUSH l b", "LLEN l"]);
    twins.types("SET k w");
    twins.types("SET k v");
    twins.types(":undo");
    twins.types(":undo");
    twins.sends(&["RPUSH l b", "LLEN l"]);
    twins.types(":undo");
    twins.types(":redo");
    twins.types("SET k v");
    twins.sends(&["SET k w NX EX 10"]);
    twins.types("True");
    twins.sends(&["DEL k"]);
    twins.types("None");
    twins.types(":undo");
    twins.types(":undo");
    twins.types(":undo");
}

#[test]
fn a_skipped_program_is_told_with_what_it_prints() {
    let mut program = Program::new();
    let fed = program.tutor.feed(":skip");
    let sent = fed
        .outputs
        .iter()
        .filter(|output| matches!(output, Output::Actor { .. }));
    assert_eq!(sent.count(), 2);
    let printed = |output: &Output| matches!(output, Output::Printed(text) if text == "2");
    assert!(fed.outputs.iter().any(printed));
    assert_eq!(program.step(), 2);
}

#[test]
fn of_a_large_argument_only_the_beginning_is_kept() {
    let mut program = Program::new();
    let large = format!("SET large {}", "x".repeat(1 << 20));
    let heard = program.run(&[&large]);
    assert!(heard[0].line.len() < 3000, "{}", heard[0].line.len());
    assert_eq!(program.verdict(&["RPUSH l b", "LLEN l"]), Pass);
}

/// The lesson with another way through its first step.
fn with_another_way(also: &str) -> String {
    LESSON.replacen("hint", &format!("also = [[{also}]]\nhint"), 1)
}

/// What is not as the author says of the other way.
fn fault_of_other_way(program: &Program) -> String {
    let findings = rehearse(program.tutor.lesson());
    let found = findings.iter().find(|finding| finding.key == "also");
    found.map(|it| it.message.clone()).unwrap_or_default()
}

#[test]
fn another_program_that_is_as_good_passes() {
    let lesson = with_another_way(r#""LINSERT l AFTER a b", "LLEN l""#);
    let mut program = Program::of(&lesson);
    assert_eq!(fault_of_other_way(&program), "");
    assert_eq!(program.verdict(&["LINSERT l AFTER a b"]), Partial);
    let heard = program.run(&["LLEN L"]);
    assert_eq!(heard.last().unwrap().fed.record.verdict, Wrong);
    assert_eq!(program.verdict(&["LLEN l"]), Pass);
    let mut program = Program::of(&lesson);
    assert_eq!(program.verdict(&["RPUSH l b", "LLEN l"]), Pass);
    let mut program = Program::of(&lesson);
    assert_eq!(program.verdict(&["LINSERT l BEFORE a b", "LLEN l"]), Wrong);
}

#[test]
fn another_program_must_be_as_good_as_its_author_says() {
    let told = |also: &str| fault_of_other_way(&Program::of(&with_another_way(also)));
    let keys = told(r#""RPUSH l c", "LLEN l""#);
    assert!(keys.ends_with("it leaves other keys behind"), "{keys}");
    assert_eq!(told(r#""RPUSH l x", "LSET l 1 b", "LLEN l""#), "");
}

/// What is said of the last of what was heard.
fn why(heard: &[Overheard]) -> Option<Why> {
    heard.last().and_then(|it| it.fed.record.why.clone())
}

fn author(say: &str) -> Why {
    Why::Author(say.to_owned())
}

#[test]
fn a_program_in_another_database_is_told_where_it_works() {
    let lesson = LESSON.replace("setup", "db = 6\nsetup");
    let other = |line: &str| {
        let line = line.to_owned();
        let (is, wanted) = (0, 6);
        Some(Why::OtherDatabase { line, is, wanted })
    };
    for lines in [&["LLEN l"][..], &["RPUSH l b", "LLEN l"], &["KEYS *"]] {
        let mut program = Program::of(&lesson);
        let heard = program.run(lines);
        assert_eq!(why(&heard), other(lines[0]), "{lines:?}");
        assert_eq!(program.step(), 1, "{lines:?}");
        program.send("SELECT 6");
        assert_eq!(program.verdict(&["RPUSH l b", "LLEN l"]), Pass);
    }
    // What was right before stays, and a channel is in no database.
    let mut program = Program::of(&lesson);
    program.send("SELECT 6");
    assert_eq!(program.verdict(&["RPUSH l b"]), Partial);
    program.send("SELECT 0");
    let heard = program.run(&["PUBLISH c m"]);
    assert!(!matches!(why(&heard), Some(Why::OtherDatabase { .. })));
    assert_eq!(why(&program.run(&["LLEN l"])), other("LLEN l"));
    program.send("SELECT 6");
    assert_eq!(program.verdict(&["LLEN l"]), Pass);
}

#[test]
fn a_read_that_is_not_asked_for_is_named_where_a_read_is_asked_for() {
    let lesson = LESSON.replace("\"RPUSH l b\", \"LLEN l\"", "\"LLEN l\"");
    let mut program = Program::of(&lesson);
    let heard = program.run(&["LRANGE l 0 -1"]);
    assert_eq!(heard.last().unwrap().fed.record.verdict, Look);
    assert_eq!(why(&heard), Some(Why::LooksAt("lrange".to_owned())));
    assert_eq!(program.tutor.totals().2, 0);
    let heard = Program::new().run(&["LRANGE l 0 -1"]);
    assert_eq!(
        why(&heard),
        Some(Why::LooksAt("lrange".to_owned())),
        "before a write"
    );
}

#[test]
fn what_is_to_be_sent_in_one_trip_is_not_sent_one_by_one() {
    let lesson = LESSON.replacen("code = ", "one_trip = true\ncode = ", 1);
    let apart = Some(Why::SeveralTrips);
    let mut program = Program::of(&lesson);
    program.send("RPUSH l b");
    program.tutor.receive(program.client);
    assert_eq!(why(&program.run(&["LLEN l"])), apart);
    assert_eq!(ask(&program.tutor, "LLEN l"), "(integer) 1", "taken back");
    program.tutor.receive(program.client);
    assert_eq!(program.verdict(&["RPUSH l b", "LLEN l"]), Pass);
    // Of what comes by itself nothing is kept, so that all can come at once behind it.
    let lesson = lesson.replacen("\"RPUSH l b\", \"LLEN l\"", "\"INCR n\", \"INCR n\"", 1);
    let mut program = Program::of(&lesson);
    for _ in 0..2 {
        program.tutor.receive(program.client);
        assert_eq!(why(&program.run(&["INCR n"])), apart);
    }
    program.tutor.receive(program.client);
    assert_eq!(program.verdict(&["INCR n", "INCR n"]), Pass);
}

#[test]
fn what_an_earlier_step_has_done_is_named_where_it_is_sent_again() {
    let mut program = Program::new();
    assert_eq!(program.verdict(&["RPUSH l b", "LLEN l"]), Pass);
    program.tutor.feed(":skip");
    let before = Why::DoneBefore("RPUSH l b".to_owned());
    assert_eq!(why(&program.run(&["RPUSH l b"])), Some(before.clone()));
    // Of the command that is wanted only where that comes, too.
    let lesson = LESSON
        .replace("SET k w EX 10 NX", "RPUSH l c")
        .replace("SET k w", "RPUSH l w");
    let mut program = Program::of(&lesson);
    assert_eq!(program.verdict(&["RPUSH l b", "LLEN l"]), Pass);
    program.tutor.feed(":skip");
    let other = why(&program.run(&["RPUSH l b"]));
    assert!(matches!(other, Some(Why::Diagnosis(_))), "{other:?}");
    assert_eq!(why(&program.run(&["RPUSH l b", "RPUSH l c"])), Some(before));
}

#[test]
fn a_look_behind_a_foreseen_program_changes_nothing_of_its_sentence() {
    for lines in [&["LPUSH l b"][..], &["LPUSH l b", "LRANGE l 0 -1"]] {
        let said = why(&Program::new().run(lines));
        assert_eq!(said, Some(author("The other end.")), "{lines:?}");
    }
}

#[test]
fn a_value_that_is_not_observed_is_named_where_it_is_another() {
    let observe = "observe = [\"RPUSH l *\", \"LLEN l\"]\ncode = ";
    let mut program = Program::of(&LESSON.replacen("code = ", observe, 1));
    let other = why(&program.run(&["RPUSH l x", "LLEN l"]));
    let is_named = matches!(
        &other,
        Some(Why::Diagnosis(Diagnosis::OtherValue { typed, .. })) if typed == &b"x"[..]
    );
    assert!(is_named, "{other:?}");
    // Of two lines with one command the one is meant that did not come.
    let observe = "observe = [\"SET * *\", \"SET * *\"]\ncode = ";
    let lesson = LESSON.replacen("code = ", observe, 1);
    let lesson = lesson.replacen("\"RPUSH l b\", \"LLEN l\"", "\"SET x 1\", \"SET y 2\"", 1);
    let other = why(&Program::of(&lesson).run(&["SET x 1", "SET y 3"]));
    let is_named = matches!(
        &other,
        Some(Why::Diagnosis(Diagnosis::OtherValue { typed, .. })) if typed == &b"3"[..]
    );
    assert!(is_named, "{other:?}");
}

#[test]
fn a_program_may_not_publish_while_a_step_is_typed() {
    let mut program = Program::new();
    program.run(&["RPUSH l b", "LLEN l"]);
    for line in ["PUBLISH c m", "SPUBLISH c m"] {
        let outcome = program.send(line);
        let is_refused = matches!(outcome, Outcome::Reply(Reply::Error(_)));
        assert!(is_refused, "{line}: {outcome:?}");
    }
}

/// The lesson whose first step foresees two more programs.
fn with_foreseen_beginnings() -> String {
    let wrong = r#"wrong = [
  { code = "r.type('l')", do = ["RPUSH l b", "TYPE l"], output = "list", say = "Its length." },
  { code = "r.rpush('l', 'b')", do = ["RPUSH l b"], output = "2x", say = "Ask for it." },"#;
    LESSON.replacen("wrong = [", wrong, 1)
}

#[test]
fn a_foreseen_program_gets_its_sentence_though_it_begins_well() {
    let mut program = Program::of(&with_foreseen_beginnings());
    assert_eq!(
        why(&program.run(&["RPUSH l b", "TYPE l"])),
        Some(author("Its length."))
    );
    assert_eq!(ask(&program.tutor, "LLEN l"), "(integer) 1", "taken back");
    assert_eq!(program.verdict(&["RPUSH l b", "LLEN l"]), Pass);
    // Line by line the beginning stays.
    let mut program = Program::of(&with_foreseen_beginnings());
    assert_eq!(program.verdict(&["RPUSH l b"]), Partial);
    assert_eq!(program.verdict(&["TYPE l"]), Wrong);
    assert_eq!(program.verdict(&["LLEN l"]), Pass);
}

#[test]
fn a_sentence_for_what_becomes_of_the_data_is_about_a_command_that_has_come() {
    let wrong = r#"wrong = [
  { code = "r.flushdb()", do = ["FLUSHDB"], output = "True", say = "All is gone." },"#;
    let lesson = LESSON.replacen("wrong = [", wrong, 1).replacen(
        "\"RPUSH l b\", \"LLEN l\"",
        "\"DEL l\", \"SET l 1\"",
        1,
    );
    let mut program = Program::of(&lesson);
    assert_eq!(
        why(&program.run(&["FLUSHDB"])),
        Some(author("All is gone."))
    );
    assert_eq!(program.verdict(&["DEL l"]), Partial);
    let heard = program.run(&["SET x 1", "DEL x"]);
    assert_ne!(why(&heard), Some(author("All is gone.")));
}

#[test]
fn a_beginning_that_nothing_follows_gets_its_sentence() {
    let mut program = Program::of(&with_foreseen_beginnings());
    assert_eq!(program.verdict(&["RPUSH l b"]), Partial);
    let alarm = program.tutor.next_alarm().expect("silence is noticed");
    assert_eq!(
        why(&program.tutor.overhear(alarm)),
        Some(author("Ask for it."))
    );
    program.now = alarm;
    assert_eq!(program.verdict(&["LLEN l"]), Pass);
}

fn says(heard: &[Overheard], notice: &Notice) -> bool {
    let mut outputs = heard.iter().flat_map(|it| &it.fed.outputs);
    outputs.any(|output| matches!(output, Output::Notice(said) if said == notice))
}

fn asks(heard: &[Overheard]) -> bool {
    let mut outputs = heard.iter().flat_map(|it| &it.fed.outputs);
    outputs.any(|output| matches!(output, Output::Ask(_)))
}

#[test]
fn a_program_that_is_run_again_finds_what_it_found_and_is_asked_about_again() {
    let lesson = LESSON
        .replace("SET k w EX 10 NX", "INCR n\", \"GET n")
        .replace("SET k w", "DECR n");
    let mut program = Program::of(&lesson);
    program.run(&["RPUSH l b", "LLEN l"]);
    program.tutor.feed(":skip");
    let heard = program.run(&["INCR n", "GET n"]);
    assert!(asks(&heard) && !begins_anew(&heard));
    assert_eq!(program.tutor.feed("1").record.verdict, Wrong);
    for _ in 0..2 {
        let heard = program.run(&["INCR n"]);
        assert!(!asks(&heard), "it is on its way");
        assert!(begins_anew(&heard), "that the data was restored is told");
        let bulk = |text: &str| Outcome::Reply(Reply::Bulk(Bytes::from(text.as_bytes())));
        assert_eq!(program.send("GET n"), bulk("1"));
        assert!(asks(&program.run(&[])));
    }
    program.send("INCR n");
    assert_eq!(program.send("INCR n"), Outcome::Reply(Reply::Int(2)));
    assert!(!asks(&program.run(&[])), "that is another program");
    assert_eq!(ask(&program.tutor, "GET n"), "\"1\"");
    program.run(&["INCR n"]);
    assert_eq!(program.tutor.feed("None").record.verdict, Pass);
}

#[test]
fn an_early_answer_is_told_what_has_come() {
    let mut program = at_the_question();
    let arrived = |program: &mut Program| match program.tutor.feed("None").outputs[..] {
        [Output::Notice(Notice::RunItFirst(arrived))] => arrived,
        ref other => panic!("{other:?}"),
    };
    assert_eq!(arrived(&mut program), Arrived::Nothing);
    assert_eq!(program.verdict(&["SET k w"]), Wrong);
    assert_eq!(arrived(&mut program), Arrived::Refused);
    assert_eq!(program.verdict(&["SET k w NX EX 10"]), Partial);
    assert_eq!(program.tutor.feed("None").record.verdict, Pass);
}

/// At a step that asks what its last line is answered.
fn at_a_number() -> Program {
    let lesson = LESSON
        .replace("do = [\"SET k w EX 10 NX\"]", "do = [\"DEL gone\", \"PUBLISH c m\"]\nreply = [\"(integer) 0\", \"(integer) 0\"]\nobserve = [\"PUBLISH c m\"]")
        .replace("never = [\"DEL *\"]", "")
        .replace("\"None\"", "\"0\"")
        .replace("do = [\"SET k w\"], output = \"True\"", "do = [\"PUBLISH c m\"], output = \"1\"");
    let mut program = Program::of(&lesson);
    program.run(&["RPUSH l b", "LLEN l"]);
    program.tutor.feed("SET k v");
    program
}

#[test]
fn an_answer_must_be_what_the_program_was_answered() {
    let mut program = at_a_number();
    let listener = program.tutor.admit(Origin::default());
    program.tutor.serve(listener, &argv("SUBSCRIBE c"));
    assert!(asks(&program.run(&["PUBLISH c m"])));
    let fed = program.tutor.feed("0");
    assert_eq!(fed.record.verdict, Wrong);
    assert!(matches!(fed.record.why, Some(Why::OtherReply { .. })));
    assert_eq!(
        program.tutor.feed("1").record.why,
        Some(author("Only if it is free."))
    );
    program.tutor.dismiss(listener);
    assert!(asks(&program.run(&["PUBLISH c m"])));
    assert_eq!(program.tutor.feed("0").record.verdict, Pass);
    assert!(asks(&at_a_number().run(&["DEL gone", "PUBLISH c m"])));
}

#[test]
fn where_nothing_is_sent_an_answer_is_about_what_came() {
    let lesson = LESSON
        .replace("do = [\"SET k w EX 10 NX\"]", "do = []")
        .replace(
            "wrong = [{ code = \"print(r.set('k', 'w'))\",",
            "wrong = [{ code = \"r.get('k')\", do = [\"GET k\"], output = \"True\", say = \"No key.\" },\n{ code = \"p\", do = [], output = \"True\", say = \"Read before.\" },\n{ code = \"print(r.set('k', 'w'))\",",
        );
    let mut program = Program::of(&lesson);
    program.run(&["RPUSH l b", "LLEN l"]);
    program.tutor.feed("SET k v");
    let said = |program: &mut Program| program.tutor.feed("True").record.why;
    assert_eq!(said(&mut program), Some(author("Read before.")));
    program.run(&["GET k"]);
    assert_eq!(said(&mut program), Some(author("No key.")));
    assert_eq!(said(&mut program), Some(author("Read before.")));
    assert_eq!(program.tutor.feed("None").record.verdict, Pass);
}

#[test]
fn python_at_the_lessons_prompt_belongs_elsewhere() {
    let elsewhere = |program: &mut Program, line: &str| {
        let fed = program.tutor.feed(line);
        let is_said = |it: &Output| matches!(it, Output::Notice(Notice::PythonElsewhere));
        assert!(fed.outputs.iter().any(is_said), "{line}: {:?}", fed.outputs);
    };
    let mut program = Program::new();
    for line in ["import redis", "r.set(\"a\", 1)", "def f(x):", "print(1)"] {
        elsewhere(&mut program, line);
    }
    let mut program = at_the_question();
    program.run(&["SET k w NX EX 10"]);
    elsewhere(&mut program, "print(r.get(\"k\"))");
    assert_eq!(program.tutor.totals().2, 0);
}

#[test]
fn a_command_comes_from_the_connection_that_is_to_send_it() {
    let lesson = LESSON.replacen(
        "\"RPUSH l b\", \"LLEN l\"",
        "\"LLEN l\", \"B> RPUSH l b\"",
        1,
    );
    let mut program = Program::of(&lesson);
    let heard = program.run(&["LLEN l", "RPUSH l b"]);
    assert_eq!(
        why(&heard),
        Some(Why::SameConnection("RPUSH l b".to_owned()))
    );
    assert_eq!(ask(&program.tutor, "LRANGE l 0 -1"), "[\"a\"]");
    program.send("LLEN l");
    program.client = program.tutor.admit(Origin::default());
    assert_eq!(program.verdict(&["RPUSH l b"]), Pass);
}

#[test]
fn each_command_is_wanted_in_the_database_that_its_client_selects() {
    let lesson = LESSON.replacen(
        "do = [\"RPUSH l b\", \"LLEN l\"]",
        "do = [\"B> SELECT 6\", \"B> SET x 1\", \"LLEN l\"]\nobserve = [\"SET x 1\", \"LLEN l\"]",
        1,
    );
    let other = |line: &str, is, wanted| {
        let line = line.to_owned();
        Some(Why::OtherDatabase { line, is, wanted })
    };
    let mut program = Program::of(&lesson);
    let first = program.client;
    assert_eq!(why(&program.run(&["SET x 1"])), other("SET x 1", 0, 6));
    for (db, lines, said) in [
        (5, &["SET x 1"][..], other("SET x 1", 5, 6)),
        (5, &["GET y"], other("GET y", 5, 6)),
        (6, &["SET x 1", "LLEN l"], other("LLEN l", 6, 0)),
    ] {
        program.client = program.tutor.admit(Origin::default());
        program.send(&format!("SELECT {db}"));
        assert_eq!(why(&program.run(lines)), said, "{lines:?}");
    }
    program.send("SET x 1");
    program.client = first;
    assert_eq!(program.verdict(&["LLEN l"]), Pass);
}

#[test]
fn commands_in_another_order_are_told_so() {
    let lesson = LESSON.replacen(
        "\"RPUSH l b\", \"LLEN l\"",
        "\"PUBLISH c 1\", \"PUBLISH c 2\"",
        1,
    );
    let heard = Program::of(&lesson).run(&["PUBLISH c 2", "PUBLISH c 1"]);
    assert_eq!(why(&heard), Some(Why::TooEarly("PUBLISH c 2".to_owned())));
}

#[test]
fn a_program_is_told_of_its_values_what_they_are() {
    let lesson = LESSON.replacen(
        "\"RPUSH l b\", \"LLEN l\"",
        "\"INCRBY n 5\", \"HGET h f\", \"RPUSH l b c\"",
        1,
    );
    let found = |lines: &[&str]| match why(&Program::of(&lesson).run(lines)) {
        Some(Why::Diagnosis(found)) => found,
        other => panic!("{other:?}"),
    };
    let argument = "increment".to_owned();
    let typed = "4".to_owned();
    assert_eq!(
        found(&["INCRBY n 4"]),
        Diagnosis::OffByOne { typed, argument }
    );
    assert_eq!(
        found(&["INCRBY n 5", "HGET h rain"]),
        Diagnosis::OtherValue {
            typed: b"rain".into(),
            argument: "field".to_owned(),
            slip: None
        }
    );
    let (count, what) = (1, Missing::More("element".to_owned()));
    assert_eq!(
        found(&["INCRBY n 5", "HGET h f", "RPUSH l b"]),
        Diagnosis::MissingValues { count, what }
    );
}

#[test]
fn a_look_where_an_answer_is_asked_for_is_no_answer() {
    let mut program = at_the_question();
    program.run(&["SET k w NX EX 10"]);
    for line in ["GET k", "LRANGE l 0 -1", "TYPE k"] {
        let fed = program.tutor.feed(line);
        assert_eq!(fed.record.verdict, Look, "{line}");
        assert!(fed.record.reply.is_some(), "{line}");
    }
    // What would change something is sent by a program, and costs nothing here.
    let fed = program.tutor.feed("PUBLISH c back");
    assert!(matches!(
        fed.outputs[..],
        [Output::Notice(Notice::OnlyLooksHere)]
    ));
    assert_eq!(program.tutor.totals().2, 0);
    assert_eq!(program.tutor.feed("exists").record.verdict, Wrong);
    assert_eq!(program.tutor.feed("None").record.verdict, Pass);
}

/// At a step that asks what a listener has heard, with what has been published before.
fn listening(answer: &str, published: &[&str]) -> Program {
    let lesson = LESSON
        .replace("do = [\"SET k w EX 10 NX\"]", "do = []")
        .replace("answer = \"None\"", &format!("answer = \"{answer}\""));
    let mut program = Program::of(&lesson);
    let listener = program.tutor.admit(Origin::default());
    program.run(&["RPUSH l b", "LLEN l"]);
    program.tutor.feed("SET k v");
    program.tutor.serve(listener, &argv("SUBSCRIBE c"));
    for text in published {
        program.send(&format!("PUBLISH c {text}"));
        program.tutor.take_outbox();
    }
    program.run(&[]);
    program
}

#[test]
fn what_a_program_has_truly_heard_is_an_answer() {
    let verdict = |answer: &str, published: &[&str], text: &str| {
        let mut program = listening(answer, published);
        program.tutor.feed(text).record.verdict
    };
    assert_eq!(verdict("back", &["Back", "back"], "Back"), Pass);
    assert_eq!(verdict("back", &["Back"], "Back"), Wrong, "back was wanted");
    assert_eq!(verdict("back", &["back"], "Back"), Wrong, "nobody sent it");
    let sent = ["x", "one", "three", "one", "two", "y"];
    let list = "['one', 'two']";
    assert_eq!(verdict(list, &sent, "['three', 'one', 'two', 'y']"), Pass);
    assert_eq!(verdict(list, &sent, "['one', 'two']"), Pass);
    for text in [
        "['two', 'y']",
        "['x', 'one', 'two', 'y']",
        "['three', 'one', 'two']",
    ] {
        assert_eq!(verdict(list, &sent, text), Wrong, "{text}");
    }
}

#[test]
fn a_prediction_is_of_what_the_lesson_tells_whatever_has_become_of_the_program() {
    let predict = "[[step]]\nid = \"foretold\"\nkind = \"predict\"\ngoal = \"g\"\nask = \"PUBLISH c x\"\nreply = \"(integer) 1\"\nhint = [\"a\", \"b\"]\nwrong = [{ answer = \"0\", say = \"One listens.\" }]\n";
    let lesson = LESSON
        .replacen("\"RPUSH l b\", \"LLEN l\"", "\"P> SUBSCRIBE c\"", 1)
        .replacen(
            "[[step]]\nid = \"typed\"",
            &format!("{predict}[[step]]\nid = \"typed\""),
            1,
        );
    for has_ended in [false, true] {
        let mut program = Program::of(&lesson);
        assert_eq!(program.verdict(&["SUBSCRIBE c"]), Pass);
        if has_ended {
            program.tutor.dismiss(program.client);
        }
        assert_eq!(program.tutor.feed("0").record.verdict, Wrong);
        let fed = program.tutor.feed("1");
        assert_eq!(fed.record.verdict, Pass);
        let otherwise = Why::ComesOtherwise(Literal::Int(0));
        assert_eq!(fed.record.why, has_ended.then_some(otherwise));
    }
}

/// What a step gives to stand on, as it is shown.
fn given(outputs: &[Output]) -> Option<String> {
    outputs.iter().find_map(|output| match output {
        Output::Step(step) => match &step.shown {
            Shown::Program { given, .. } => given.clone(),
            _ => None,
        },
        _ => None,
    })
}

#[test]
fn another_sitting_begins_with_what_a_new_python_needs() {
    let mut tutor = at_step("9.7", 3);
    tutor.set_port(Some(6390));
    assert_eq!(given(&tutor.feed(":goal").outputs), None);
    tutor.sit_down_again();
    let shown = given(&tutor.feed(":goal").outputs).expect("it is shown");
    for needed in ["import redis", "port=6390", "p.subscribe", "r.publish"] {
        assert!(shown.contains(needed), "{shown}");
    }
    let next = tutor.feed(":skip").outputs;
    assert_eq!(given(&next), None, "this sitting has shown it");
}

#[test]
fn a_new_program_may_listen_again() {
    let mut tutor = at_step("9.7", 4);
    tutor.overhear(0);
    let client = tutor.admit(Origin::default());
    let mut program = Program {
        tutor,
        client,
        now: 0,
    };
    for line in ["HELLO 3", "SUBSCRIBE fm104.5"] {
        program.send(line);
    }
    assert_eq!(program.verdict(&["PUBLISH fm104.5 back"]), Partial);
    assert_eq!(program.tutor.feed("1").record.verdict, Pass);
}

#[test]
fn a_message_that_nobody_hears_is_told_before_the_answer() {
    let mut tutor = at_step("9.7", 4);
    tutor.overhear(0);
    let client = tutor.admit(Origin::default());
    let mut program = Program {
        tutor,
        client,
        now: 0,
    };
    let verdict = program.verdict(&["PUBLISH fm104.5 back"]);
    assert_eq!(verdict, Partial);
    assert_eq!(program.tutor.feed("0").record.verdict, Wrong);
}

#[test]
fn what_is_right_so_far_stays_whatever_is_said_of_the_output() {
    let lesson = LESSON
        .replace("SET k w EX 10 NX", "INCR n\", \"GET n")
        .replace("SET k w", "INCR n");
    let mut program = Program::of(&lesson);
    program.run(&["RPUSH l b", "LLEN l"]);
    program.tutor.feed(":skip");
    program.run(&["INCR n"]);
    assert_eq!(program.tutor.feed("True").record.verdict, Wrong);
    assert_eq!(ask(&program.tutor, "GET n"), "\"1\"");
    assert!(asks(&program.run(&["GET n"])));
}

#[test]
fn what_a_program_has_begun_is_taken_back_before_what_stands_above_it() {
    let mut program = Program::of(&LESSON.replace("SET k w EX 10 NX", "INCR n\", \"GET n"));
    program.run(&["RPUSH l b", "LLEN l"]);
    program.tutor.feed(":skip");
    program.run(&["INCR n"]);
    let fed = program.tutor.feed(":undo");
    assert!(matches!(
        fed.outputs[0],
        Output::Notice(Notice::UndoneProgram)
    ));
    assert_ne!(ask(&program.tutor, "GET n"), "\"1\"");
    assert!(asks(&program.run(&["INCR n", "GET n"])));
}

#[test]
fn an_error_of_python_s_is_known_whatever_it_is() {
    let errors = [
        ("SyntaxError: '(' was never closed", Trouble::Unreadable),
        ("IndentationError: unexpected indent", Trouble::Unreadable),
        (
            "SyntaxError: invalid character '，' (U+FF0C)",
            Trouble::OtherSign,
        ),
        ("zsh: command not found: python3", Trouble::NoPython),
        (
            "'python3' 不是内部或外部命令，也不是可运行的程序",
            Trouble::NoPython,
        ),
        ("error: externally-managed-environment", Trouble::NoLibrary),
        (
            "AttributeError: 'Redis' object has no attribute 'multi'",
            Trouble::NoMethod,
        ),
        ("KeyError: 1001", Trouble::NoKey),
        ("redis.exceptions.ResponseError: wrong", Trouble::Stopped),
        ("redis.exceptions.ResponseError", Trouble::Named),
        ("ValueError", Trouble::Named),
        (
            "AttributeError: 'Redis' object has no attribute 'hmgetall'",
            Trouble::TooOld,
        ),
        (
            "AttributeError: 'Redis' object has no attribute 'psubscribe'",
            Trouble::NoMethod,
        ),
        (
            "AttributeError: 'dict' object has no attribute 'age'",
            Trouble::NoMethod,
        ),
        (
            "TypeError: set() got an unexpected keyword argument 'limit'",
            Trouble::NoOption,
        ),
        ("<bound method Redis.ping of <redis>>", Trouble::NotCalled),
        (
            "AttributeError: partially initialized module 'redis' has no attribute 'Redis'",
            Trouble::Hidden,
        ),
        (
            "NameError: name 'true' is not defined",
            Trouble::SmallLetters,
        ),
        (
            "NameError: name 'WatchError' is not defined",
            Trouble::OfModule,
        ),
        ("NameError: name 'r' is not defined", Trouble::NotDefined),
        ("<redis.client.Pipeline(<redis>)>", Trouble::Collected),
        ("<generator object scan_iter at 0x7f>", Trouble::NotGone),
        (
            "redis.exceptions.DataError: Invalid input of type: 'tuple'.",
            Trouble::NoValue,
        ),
        (
            "AttributeError: 'function' object has no attribute 'set'",
            Trouble::NotCalled,
        ),
    ];
    // Before anything has come, and beside the question.
    for arrives in [false, true] {
        let mut program = at_the_question();
        if arrives {
            program.run(&["SET k w NX EX 10"]);
        }
        for (text, trouble) in errors {
            let outputs = program.tutor.feed(text).outputs;
            let is_told =
                matches!(outputs[..], [Output::Notice(Notice::Trouble(told))] if told == trouble);
            assert!(is_told, "{text}: {outputs:?}");
        }
    }
}

#[test]
fn bytes_in_place_of_text_are_told_by_their_cause() {
    let lesson = LESSON.replace("answer = \"None\"", "answer = \"['rain', 'eric']\"");
    let mut program = Program::of(&lesson);
    program.run(&["RPUSH l b", "LLEN l"]);
    program.tutor.feed("SET k v");
    program.run(&["SET k w NX EX 10"]);
    let why = program.tutor.feed("[b'rain', b'eric']").record.why;
    assert_eq!(why, Some(Why::GivesBytes));
}

#[test]
fn a_list_of_replies_that_came_otherwise_is_not_the_answer() {
    let lesson = LESSON
        .replace(
            "do = [\"SET k w EX 10 NX\"]",
            "do = [\"SADD s a\", \"SADD s b\"]\nreply = [\"(integer) 1\", \"(integer) 1\"]",
        )
        .replace("output = \"None\"", "output = \"[1, 1]\"")
        .replace("answer = \"None\"", "answer = \"[1, 1]\"")
        .replace(
            "setup = [\"RPUSH l a\"]",
            "setup = [\"RPUSH l a\", \"SADD s b\"]",
        );
    let mut program = Program::of(&lesson);
    program.run(&["RPUSH l b", "LLEN l"]);
    program.tutor.feed("SET k v");
    program.run(&["SADD s a", "SADD s b"]);
    let fed = program.tutor.feed("[1, 1]");
    assert_eq!(fed.record.verdict, Wrong);
    assert!(
        matches!(fed.record.why, Some(Why::OtherReply { .. })),
        "{:?}",
        fed.record.why
    );
}

#[test]
fn calls_that_belong_in_one_transaction_do_not_count_in_two() {
    let lesson = LESSON.replace(
        "do = [\"SET k w EX 10 NX\"]",
        "do = [\"MULTI\", \"SET k w\", \"SET j w\", \"EXEC\"]\n\
         observe = [\"MULTI\", \"SET k w\", \"SET j w\", \"EXEC\"]",
    );
    let at = || {
        let mut program = Program::of(&lesson);
        program.run(&["RPUSH l b", "LLEN l"]);
        program.tutor.feed("SET k v");
        program
    };
    let asks = |heard: &[Overheard]| {
        let mut outputs = heard.iter().flat_map(|it| &it.fed.outputs);
        outputs.any(|it| matches!(it, Output::Ask(_)))
    };
    assert!(asks(&at().run(&["MULTI", "SET k w", "SET j w", "EXEC"])));
    let mut program = at();
    let two = ["MULTI", "SET k w", "EXEC", "MULTI", "SET j w", "EXEC"];
    assert!(!asks(&program.run(&two)));
    assert!(asks(&program.run(&["MULTI", "SET k w", "SET j w", "EXEC"])));
}
