//! Quizzes: what is asked again, and when an answer is right.

use super::{question::judge, *};
use crate::lesson::Line;

fn question(kind: QuestionKind) -> Question {
    Question {
        id: "q".to_owned(),
        kind,
        why: "Because.".to_owned(),
        ..Question::default()
    }
}

fn lines(texts: &[&str]) -> Vec<Line> {
    texts
        .iter()
        .map(|text| Line::parse(text).unwrap())
        .collect()
}

fn quiz_of(count: usize) -> Quiz {
    let item = |number: usize| {
        let mut question = question(QuestionKind::Choice);
        question.id = format!("q{number}");
        question.options = vec!["yes".to_owned(), "no".to_owned()];
        question.answer = vec!["yes".to_owned()];
        Item {
            lesson: "1.1".to_owned(),
            subject: "Lists".to_owned(),
            question,
        }
    };
    Quiz::new((0..count).map(item).collect(), count, false, 7)
}

/// The items in the order in which they are asked, when all are answered so.
fn asked_in_order(quiz: &mut Quiz, line: &str) -> Vec<String> {
    let mut order = Vec::new();
    while !quiz.is_done() {
        order.push(quiz.feed(line).record.step);
    }
    order
}

#[test]
fn a_hint_takes_a_wrong_choice_away_before_it_gives_the_answer() {
    let mut quiz = quiz_of(2);
    for item in &mut quiz.items {
        item.question.options.push("perhaps".to_owned());
    }
    quiz.lay_out();
    let fed = quiz.feed(":hint");
    let [Output::Notice(Notice::NotThisOne { letter })] = fed.outputs.as_slice() else {
        panic!("{:?}", fed.outputs);
    };
    let at = usize::from(u8::try_from(*letter).unwrap() - b'a');
    assert!(!quiz.sheet.options[at].right);
    let fed = quiz.feed(":hint");
    assert!(matches!(
        fed.outputs.first(),
        Some(Output::Notice(Notice::RightChoice { .. }))
    ));
}

#[test]
fn a_wrong_answer_says_how_many_hints_are_left() {
    let mut question = question(QuestionKind::ChooseCommand);
    question.right = vec![lines(&["INCR n"])];
    let item = Item {
        lesson: "1.1".to_owned(),
        subject: "Strings".to_owned(),
        question,
    };
    let mut quiz = Quiz::new(vec![item], 1, false, 7);
    let mut left = |line: &str| {
        let outputs = quiz.feed(line).outputs;
        outputs.iter().find_map(|output| match output {
            Output::Verdict(verdict) => Some(verdict.hints_left),
            _ => None,
        })
    };
    assert_eq!(left("DECR n"), Some(2));
    assert_eq!(left(":hint"), None);
    assert_eq!(left("DECR n"), Some(1));
}

#[test]
fn where_a_letter_is_wanted_anything_else_is_no_answer() {
    let mut quiz = quiz_of(1);
    for line in ["1", "GET k", "z"] {
        let fed = quiz.feed(line);
        assert_eq!(fed.record.verdict, VerdictKind::Aside);
        assert!(matches!(
            fed.outputs.as_slice(),
            [Output::Notice(Notice::TypeALetter { last: 'b' })]
        ));
    }
    assert_eq!(quiz.feed("yes").record.verdict, VerdictKind::Pass);
    assert_eq!(quiz.score(), (1, 1));
}

#[test]
fn a_wrong_choice_without_a_remark_is_told_to_fit_less_well() {
    let fed = quiz_of(1).feed("no");
    assert_eq!(fed.record.why, Some(Why::OtherChoice));
}

#[test]
fn what_comes_again_is_not_counted_among_the_questions() {
    let mut quiz = quiz_of(3);
    let mut places = Vec::new();
    for line in ["no", "yes", "yes", "yes", "yes"] {
        for output in quiz.feed(line).outputs {
            if let Output::Question(view) = output {
                places.push((view.number, view.of, view.again));
            }
        }
    }
    assert_eq!(places[0], (2, 3, false));
    assert_eq!(places[1], (2, 3, true));
    assert!(places.contains(&(3, 3, false)), "{places:?}");
}

#[test]
fn a_missed_item_comes_again_after_one_three_and_seven_others() {
    let mut quiz = quiz_of(14);
    let missed = quiz.feed("no").record.step;
    quiz.feed("yes");
    let order = asked_in_order(&mut quiz, "yes");
    let places = order
        .iter()
        .enumerate()
        .filter(|(_, step)| **step == missed);
    let places: Vec<usize> = places.map(|(at, _)| at).collect();
    assert_eq!(places, [1, 5, 13], "{order:?}");
    assert_eq!(quiz.score(), (13, 14));
}

#[test]
fn a_quiz_ends_whatever_is_answered() {
    let mut quiz = quiz_of(3);
    quiz.feed("no");
    quiz.feed("yes");
    assert!(asked_in_order(&mut quiz, "yes").len() < 10);
    assert_eq!(quiz.score(), (2, 3));
    // What is given up comes again once.
    assert_eq!(asked_in_order(&mut quiz_of(3), ":skip").len(), 6);
}

#[test]
fn a_command_is_right_when_it_ends_alike() {
    let mut question = question(QuestionKind::ChooseCommand);
    question.setup = lines(&["RPUSH l a b c"]);
    question.right = vec![lines(&["RPUSH l d"])];
    assert!(judge(&question, "rpush l d").0);
    assert!(!judge(&question, "LPUSH l d").0);
}

/// A quiz of one question.
fn quiz_on(question: Question, seed: u64) -> Quiz {
    let item = Item {
        lesson: "1.1".to_owned(),
        subject: "Strings".to_owned(),
        question,
    };
    Quiz::new(vec![item], 1, false, seed)
}

#[test]
fn lines_to_be_put_in_order_never_stand_in_order_and_are_named_by_the_numbers_they_stand_at() {
    for seed in 0..20 {
        let mut question = question(QuestionKind::Order);
        let right = ["MULTI", "SET a 1", "EXEC", "INCR a"];
        question.lines = lines(&right);
        let mut quiz = quiz_on(question, seed);
        let Some(Output::Question(view)) = quiz.begin().pop() else {
            panic!("a question is asked");
        };
        assert_ne!(view.lines, right, "{seed}");
        for part in ["1 2", "1 2 3 3", "12345", "x"] {
            assert_eq!(quiz.feed(part).record.verdict, VerdictKind::Aside, "{part}");
        }
        let shown = view
            .lines
            .iter()
            .map(|line| right.iter().position(|it| it == line));
        let shown: Vec<usize> = shown.map(|at| at.expect("one of them")).collect();
        let place = |line: usize| {
            shown
                .iter()
                .position(|at| *at == line)
                .map_or(0, |at| at + 1)
        };
        let answer: Vec<String> = (0..right.len())
            .map(|line| place(line).to_string())
            .collect();
        let mut skipped = quiz.clone();
        let told = skipped.feed(":skip").outputs;
        let Some(Output::Notice(Notice::Answer(told))) = told.first() else {
            panic!("the answer is told: {told:?}");
        };
        assert_eq!(told, &[answer.join(" ")], "{seed}");
        assert_eq!(
            quiz.feed(&answer.concat()).record.verdict,
            VerdictKind::Pass,
            "{seed}"
        );
    }
}

fn unknown(typed: &str, near: Option<&str>) -> Why {
    Why::Diagnosis(crate::tutor::Diagnosis::UnknownCommand {
        typed: typed.to_owned(),
        near: near.map(str::to_owned),
    })
}

#[test]
fn of_a_wrong_line_it_is_said_what_it_comes_to() {
    let mut question = question(QuestionKind::ChooseCommand);
    question.setup = lines(&["SET n 5"]);
    question.right = vec![lines(&["INCR n"])];
    let mut quiz = quiz_on(question, 7);
    let mut why = |line: &str| quiz.feed(line).record.why;
    assert!(matches!(
        why("GET n"),
        Some(Why::Instead { leaves: None, .. })
    ));
    assert!(matches!(
        why("DECR n"),
        Some(Why::Instead {
            leaves: Some(_),
            ..
        })
    ));
    assert!(matches!(
        why("LPUSH n 1"),
        Some(Why::Instead {
            reply: crate::notation::Literal::Error(_),
            ..
        })
    ));
    assert_eq!(why("DEL n n2 ; what"), Some(unknown("what", None)));
    assert_eq!(why("INRC n"), Some(unknown("INRC", Some("INCR"))));
}

#[test]
fn two_settings_are_told_apart_by_what_they_set() {
    let mut question = question(QuestionKind::ChooseCommand);
    question.right = vec![lines(&["CONFIG SET notify-keyspace-events Ex"])];
    for (line, verdict) in [
        ("CONFIG SET maxmemory 0", VerdictKind::Wrong),
        ("CONFIG SET notify-keyspace-events KEA", VerdictKind::Wrong),
        ("CONFIG SET notify-keyspace-events xE", VerdictKind::Pass),
    ] {
        let record = quiz_on(question.clone(), 7).feed(line).record;
        assert_eq!(record.verdict, verdict, "{line}");
    }
}

#[test]
fn of_a_wrong_order_it_is_said_what_it_comes_to() {
    let mut question = question(QuestionKind::Order);
    question.lines = lines(&["SET n a", "DEL n", "RPUSH n b"]);
    let mut quiz = quiz_on(question, 7);
    // The sheet of this seed, read from the question that it asks.
    let asked = quiz.begin();
    let Some(Output::Question(view)) = asked.first() else {
        panic!("a question is asked: {asked:?}");
    };
    let number = |line: &str| {
        let at = view.lines.iter().position(|shown| shown == line).unwrap();
        (at + 1).to_string()
    };
    let order = |lines: [&str; 3]| lines.map(number).join("、");
    let refused = order(["SET n a", "RPUSH n b", "DEL n"]);
    let why = quiz.feed(&refused).record.why;
    let Some(Why::RefusedThen { line, error }) = why else {
        panic!("{why:?}");
    };
    assert_eq!(line, "RPUSH n b");
    assert!(error.starts_with("WRONGTYPE"), "{error}");
    let other = order(["DEL n", "RPUSH n b", "SET n a"]);
    let why = quiz.feed(&other).record.why;
    let Some(Why::LeavesThen(crate::lesson::WantedState::Keys(keys))) = why else {
        panic!("{why:?}");
    };
    assert_eq!(keys.len(), 1);
    let right = order(["SET n a", "DEL n", "RPUSH n b"]);
    assert_eq!(quiz.feed(&right).record.verdict, VerdictKind::Pass);
}

#[test]
fn signs_that_only_look_like_ascii_name_a_choice_and_are_named_in_a_line() {
    let mut question = question(QuestionKind::ChooseCommand);
    question.setup = lines(&["SET n 5"]);
    question.right = vec![lines(&["INCRBY n 2"])];
    let mut quiz = quiz_on(question.clone(), 7);
    let found = quiz.feed("INCRBY n ２").record.why;
    assert!(
        matches!(&found, Some(Why::Diagnosis(found)) if found.code() == "wide-sign"),
        "{found:?}"
    );
    question.kind = QuestionKind::Choice;
    question.options = vec!["one".to_owned(), "two".to_owned()];
    question.answer = vec!["two".to_owned()];
    let mut quiz = quiz_on(question, 7);
    let verdicts = ["Ａ", "Ｂ"].map(|letter| quiz.feed(letter).record.verdict);
    assert!(verdicts.contains(&VerdictKind::Pass), "{verdicts:?}");
}

#[test]
fn a_state_is_told_by_its_letter() {
    let mut question = question(QuestionKind::PredictState);
    question.lines = lines(&["SET n 5"]);
    let state = |text: &str| {
        let mut world = crate::tutor::World::empty(1, 0);
        world.play(&Line::parse(text).unwrap());
        crate::lesson::WantedState::of(world.engine.keyspace(), 0, 0)
    };
    question.wrong = vec![crate::lesson::WrongAnswer {
        state: Some(state("SET n 6")),
        answer: String::new(),
        lines: Vec::new(),
        say: "No.".to_owned(),
    }];
    let mut quiz = quiz_on(question, 7);
    let told = quiz.clone().feed(":skip").outputs;
    let Some(Output::Notice(Notice::RightChoice { letter, .. })) = told.first() else {
        panic!("the answer is told: {told:?}");
    };
    // Written out as it is shown, a choice is named, too.
    for (answer, verdict) in [
        ("n: 5", VerdictKind::Pass),
        ("n:  6", VerdictKind::Wrong),
        ("n: 7", VerdictKind::Aside),
    ] {
        let fed = quiz.clone().feed(answer);
        assert_eq!(fed.record.verdict, verdict, "{answer}");
    }
    let fed = quiz.feed(&letter.to_string());
    assert_eq!(fed.record.verdict, VerdictKind::Pass);
}

#[test]
fn a_question_that_cannot_be_answered_is_a_fault_and_no_panic() {
    let keys = |question: &Question| -> Vec<&str> {
        let found = super::faults(question).into_iter();
        found.map(|fault| fault.key).collect()
    };
    let order = question(QuestionKind::Order);
    quiz_on(order.clone(), 7).begin();
    assert!(asked(&order, "Strings", (1, 1)).lines.is_empty());
    assert!(keys(&order).contains(&"lines"));
    let mut state = question(QuestionKind::PredictState);
    state.lines = lines(&["SET n 5"]);
    assert!(keys(&state).contains(&"wrong"));
}

/// A question for the reply of a line, with replies that are foreseen as wrong.
fn reply_question(setup: &[&str], line: &str, wrong: &[&str]) -> Question {
    let mut question = question(QuestionKind::PredictReply);
    question.setup = lines(setup);
    question.lines = lines(&[line]);
    let foreseen = wrong.iter().map(|answer| crate::lesson::WrongAnswer {
        answer: (*answer).to_owned(),
        lines: Vec::new(),
        state: None,
        say: "No.".to_owned(),
    });
    question.wrong = foreseen.collect();
    question
}

#[test]
fn a_reply_that_may_be_meant_rightly_is_right_unless_it_is_the_foreseen_one() {
    let question = reply_question(&["SET n 10"], "INCRBY n -3", &["\"7\""]);
    assert!(judge(&question, "7").0);
    assert_eq!(judge(&question, "\"7\""), (false, "No.".to_owned()));
    let wrongtype = "(error) WRONGTYPE Operation against a key holding the wrong kind of value";
    let question = reply_question(&["HSET u n abc"], "HINCRBY u n 1", &[wrongtype]);
    for typed in ["error", "(error)", "ERR", "(error) ERR", "报错"] {
        assert!(judge(&question, typed).0, "{typed}");
    }
    for typed in ["WRONGTYPE", "(error) WRONGTYPE", wrongtype] {
        assert_eq!(
            judge(&question, typed),
            (false, "No.".to_owned()),
            "{typed}"
        );
    }
}

/// The notice on an answer that does not count.
fn notice(question: &Question, line: &str) -> Notice {
    let fed = quiz_on(question.clone(), 7).feed(line);
    assert_eq!(fed.record.verdict, VerdictKind::Aside, "{line}");
    match fed.outputs.into_iter().next() {
        Some(Output::Notice(notice)) => notice,
        outputs => panic!("{line}: {outputs:?}"),
    }
}

fn gap_question() -> Question {
    let mut question = question(QuestionKind::Blank);
    question.setup = lines(&["SADD online zoe"]);
    question.text = "____ online zoe".to_owned();
    question.answer = vec!["SISMEMBER".to_owned()];
    question
}

#[test]
fn the_whole_line_in_place_of_what_belongs_in_its_gap_does_not_count() {
    let question = gap_question();
    assert_eq!(
        notice(&question, "sismember  online zoe"),
        Notice::OnlyTheGap
    );
    let why = |line: &str| quiz_on(question.clone(), 7).feed(line).record.why;
    let meant = unknown("ISMEMBER", Some("SISMEMBER"));
    assert_eq!(why("ISMEMBER"), Some(meant));
    assert!(matches!(why("SREM"), Some(Why::Instead { .. })));
    assert!(judge(&question, "SISMEMBER").0);
}

#[test]
fn half_a_quoted_word_is_no_answer() {
    let mut question = question(QuestionKind::ChooseCommand);
    question.right = vec![lines(&["SET n \"a b\""])];
    let unclosed = |notice| {
        let quote = crate::notation::LineError::Unclosed { quote: '"', at: 6 };
        notice == Notice::BadLine(quote)
    };
    assert!(unclosed(notice(&question, "SET n \"a b")));
    let reply = reply_question(&["SET n abc"], "GET n", &[]);
    assert!(matches!(notice(&reply, "\"ab"), Notice::BadLine(_)));
}

#[test]
fn a_slip_that_leaves_no_doubt_is_named() {
    let code = |right: &str, typed: &str| {
        let mut question = question(QuestionKind::ChooseCommand);
        question.setup = lines(&["SET Draft x", "SET n 1"]);
        question.right = vec![lines(&[right])];
        let why = quiz_on(question, 7).feed(typed).record.why;
        why.map_or("none", |why| why.code())
    };
    assert_eq!(code("MSET a 1 b 2", "MSET a 1, b 2"), "punctuation");
    assert_eq!(code("DEL Draft", "DEL draft"), "other-key");
    assert_eq!(code("SET n \"a b\"", "SET n a b"), "needs-quotes");
    assert_eq!(code("SETEX k 10 v", "SETEX k v 10"), "swapped");
    assert_eq!(code("DEL n", "DELETE n"), "unknown-command");
    assert_eq!(code("SETEX k 10 v", "SETEX k 10"), "arity");
    assert_eq!(code("SET k v NX", "SET k v NXX"), "syntax");
}

#[test]
fn lines_are_divided_by_semicolons_of_either_width_outside_of_quotes() {
    let mut question = question(QuestionKind::Mistake);
    question.lines = lines(&["SET a 1 b 2"]);
    question.right = vec![lines(&["SET a 1", "SET b \";\""])];
    assert!(judge(&question, "SET a 1；SET b \";\"").0);
    assert!(judge(&question, "SET a 1; SET b ';'").0);
    assert_eq!(notice(&question, "set a 1 b 2"), Notice::SameLine);
}

#[test]
fn a_fix_that_ends_alike_only_here_is_foreseen_and_not_shown() {
    let mut question = question(QuestionKind::Mistake);
    question.setup = lines(&["SADD a 1 2", "SADD b 2 3"]);
    question.lines = lines(&["SINTERSTORE a b c"]);
    question.right = vec![lines(&["SINTERSTORE c a b"])];
    let foreseen = |line: &str| crate::lesson::WrongAnswer {
        answer: line.to_owned(),
        lines: lines(&[line]),
        state: None,
        say: "By hand.".to_owned(),
    };
    question.wrong = vec![foreseen("SADD c 2")];
    assert_eq!(judge(&question, "sadd c 2"), (false, "By hand.".to_owned()));
    assert!(judge(&question, "SINTERSTORE c b a").0);
    assert!(super::faults(&question).is_empty());
    assert!(asked(&question, "Sets", (1, 1)).options.is_empty());
    question.wrong = vec![foreseen("SINTERSTORE c a b")];
    assert!(!super::faults(&question).is_empty());
}
