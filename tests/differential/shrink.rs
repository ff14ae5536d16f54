//! Makes a differing stream as short as it gets, and prints it as a scenario of `tests/spec`.

use rediscover::notation::{self, Escape};

use crate::play::{Stage, Step};

/// The shortest part of the stream that still differs, with the server's replies.
pub fn scenario(stage: &mut Stage<'_>, steps: Vec<Step>) -> String {
    let (steps, difference) = shrink(stage, steps);
    let mut text = format!("== {}\n", difference.lines().next().unwrap_or_default());
    let replies = stage.record(&steps);
    for (step, reply) in steps.iter().zip(replies) {
        let line = notation::join(&Stage::line_of(step));
        let reply = notation::to_text(&reply, Escape::Bytes);
        text.extend(["> ", &line, "\n", &reply, "\n"]);
    }
    format!("{text}\n# {}\n", difference.replace('\n', "\n# "))
}

fn differs(stage: &mut Stage<'_>, steps: &[Step]) -> Option<String> {
    stage.reset();
    stage.play(steps).err()
}

/// Takes out larger and then smaller parts as long as a difference remains (delta debugging).
fn shrink(stage: &mut Stage<'_>, mut steps: Vec<Step>) -> (Vec<Step>, String) {
    let Some(mut difference) = differs(stage, &steps) else {
        return (
            steps,
            "the difference does not come again when the stream is repeated".to_owned(),
        );
    };
    let mut size = steps.len() / 2;
    while size > 0 {
        let mut at = 0;
        while at < steps.len() {
            let end = (at + size).min(steps.len());
            let shorter = [&steps[..at], &steps[end..]].concat();
            match differs(stage, &shorter) {
                Some(still) => (steps, difference) = (shorter, still),
                None => at = end,
            }
        }
        size /= 2;
    }
    (steps, difference)
}
