//! The journal: nothing that was shown as done is lost, and every fault is told while the lesson goes on.

#![allow(clippy::print_stderr)]

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value;

use crate::home::{Home, objects, text};

#[test]
fn nothing_that_was_shown_as_done_is_lost_by_a_kill() {
    let lines = ["PING", "SET greeting hello", "GET greeting"];
    for round in 0..1000 {
        let home = Home::new();
        let mut child = home
            .command(&["learn", "--journal", home.journal().to_str().expect("text")])
            .spawn()
            .expect("it starts");
        let mut input = child.stdin.take().expect("it was piped");
        let mut shown = std::io::BufReader::new(child.stdout.take().expect("it was piped"));
        let wanted = round % (lines.len() + 1);
        for line in &lines[..wanted] {
            writeln!(input, "{line}").expect("it reads");
        }
        // Read until so many steps were shown as done, then kill without warning.
        let mut done = 0;
        let mut buffer = String::new();
        while done < wanted {
            buffer.clear();
            assert!(
                std::io::BufRead::read_line(&mut shown, &mut buffer).expect("text") > 0,
                "round {round} ended early"
            );
            done += usize::from(buffer.starts_with('✓'));
        }
        child.kill().expect("it can be killed");
        child.wait().expect("it ends");
        let kept = fs::read_to_string(home.journal()).unwrap_or_default();
        let passed = kept
            .lines()
            .filter(|line| line.contains("\"verdict\":\"pass\""))
            .count();
        assert!(
            passed >= wanted,
            "round {round}: {wanted} shown, {passed} kept"
        );
        if round % 100 == 3 {
            let output = home.run(
                &[
                    "learn",
                    "--json",
                    "--journal",
                    home.journal().to_str().expect("text"),
                ],
                b"",
            );
            assert_eq!(objects(&output)[0]["done"], 3, "the lesson is where it was");
        }
    }
}

#[test]
fn a_torn_line_is_tolerated_and_mended() {
    let home = Home::new();
    home.run(&["learn"], b"PING\n");
    let mut kept = fs::read_to_string(home.journal()).expect("it was made");
    kept.push_str("{\"v\":1,\"kind\":\"line\",\"at\":17");
    fs::write(home.journal(), kept).expect("it can be written");
    let output = home.run(&["learn"], b"SET greeting hello\n");
    assert!(text(&output.stdout).contains('✓'));
    let kept = fs::read_to_string(home.journal()).expect("it is there");
    let readable = kept
        .lines()
        .filter(|line| serde_json::from_str::<Value>(line).is_ok())
        .count();
    assert_eq!(
        readable + 1,
        kept.lines().count(),
        "only the torn line is unreadable:\n{kept}"
    );
}

#[test]
fn a_full_disk_is_told_and_the_lesson_goes_on() {
    if !Path::new("/dev/full").exists() {
        eprintln!("not run, for want of /dev/full");
        return;
    }
    let output = Home::new().run(
        &["learn", "--journal", "/dev/full"],
        b"PING\nSET greeting hello\n",
    );
    assert_eq!(
        text(&output.stdout).matches('✓').count(),
        2,
        "{}",
        text(&output.stdout)
    );
    assert_eq!(
        text(&output.stderr).matches("cannot be written").count(),
        1,
        "{}",
        text(&output.stderr)
    );
}

#[test]
fn a_journal_that_cannot_be_opened_is_told_and_the_lesson_goes_on() {
    let home = Home::new();
    fs::create_dir_all(home.path("state/rediscover/journal.jsonl")).expect("a folder in its place");
    let output = home.run(&["learn"], b"PING\n");
    assert!(text(&output.stdout).contains('✓'));
    assert!(
        text(&output.stderr).contains("journal.jsonl"),
        "{}",
        text(&output.stderr)
    );
}

#[test]
fn a_journal_of_a_later_version_is_left_alone() {
    let home = Home::new();
    home.run(&["learn"], b"PING\n");
    let mut kept = fs::read_to_string(home.journal()).expect("it was made");
    kept.push_str("{\"v\":9,\"kind\":\"dream\",\"at\":1}\n");
    fs::write(home.journal(), &kept).expect("it can be written");
    let output = home.run(&["learn"], b"SET greeting hello\n");
    assert!(text(&output.stdout).contains('✓'));
    assert!(
        text(&output.stderr).contains("later"),
        "{}",
        text(&output.stderr)
    );
    assert!(
        fs::read_to_string(home.journal())
            .expect("it is there")
            .starts_with(&kept),
        "nothing was rewritten"
    );
}

#[test]
fn two_terminals_may_write_at_once() {
    let home = Home::new();
    let journal = home.journal();
    let journal = journal.to_str().expect("text");
    let input = "PING x\n".repeat(200);
    let children: Vec<_> = (0..2)
        .map(|_| {
            let mut child = home
                .command(&["learn", "--journal", journal])
                .spawn()
                .expect("it starts");
            let mut stdin = child.stdin.take().expect("it was piped");
            let input = input.clone();
            std::thread::spawn(move || {
                let _ = stdin.write_all(input.as_bytes());
                drop(stdin);
                child.wait_with_output().expect("it ends")
            })
        })
        .collect();
    for child in children {
        child.join().expect("no panic");
    }
    let kept = fs::read_to_string(journal).expect("it was made");
    assert!(
        kept.lines()
            .all(|line| serde_json::from_str::<Value>(line).is_ok()),
        "every line is whole"
    );
    assert!(kept.lines().count() >= 400, "{}", kept.lines().count());
}

#[test]
fn two_terminals_in_one_lesson_each_leave_it_where_they_were() {
    let home = Home::new();
    let journal = home.journal();
    let args = ["learn", "--journal", journal.to_str().expect("text")];
    let mut terminals: Vec<_> = (0..2)
        .map(|_| home.command(&args).spawn().expect("it starts"))
        .collect();
    // Each skips a step while the other one waits, which leaves both at the second step.
    for terminal in &mut terminals {
        let input = terminal.stdin.as_mut().expect("it was piped");
        writeln!(input, ":skip").expect("it reads");
        let shown = std::io::BufReader::new(terminal.stdout.as_mut().expect("it was piped"));
        let mut lines = std::io::BufRead::lines(shown);
        assert!(lines.any(|line| line.is_ok_and(|line| line.contains("2 of 9"))));
    }
    for terminal in terminals {
        terminal.wait_with_output().expect("it ends");
    }
    let output = home.run(&[&args[..], &["--json"]].concat(), b":goal\n");
    assert_eq!(objects(&output)[0]["step"], 2, "no line was played twice");
}

#[cfg(unix)]
#[test]
fn the_journal_is_the_learners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let home = Home::new();
    home.run(&["learn"], b"PING\n");
    let mode = fs::metadata(home.journal())
        .expect("it was made")
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
}

/// A disk of four pages in memory, which needs the right to mount; unmounted when it is dropped.
struct SmallDisk {
    folder: PathBuf,
}

impl SmallDisk {
    /// None where this machine does not let us mount, which is said.
    fn mount(folder: PathBuf, test: &str) -> Option<SmallDisk> {
        fs::create_dir_all(&folder).expect("a folder to mount on");
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=16k", "tmpfs"])
            .arg(&folder)
            .output()
            .is_ok_and(|output| output.status.success());
        if !mounted {
            eprintln!("{test} was not run, for want of the right to mount a tmpfs");
        }
        mounted.then_some(SmallDisk { folder })
    }

    fn journal(&self) -> PathBuf {
        self.folder.join("journal.jsonl")
    }

    /// Takes all the room that is left.
    fn fill(&self) {
        let mut file = fs::File::create(self.folder.join("full")).expect("it can be made");
        while file.write_all(&[b'x'; 512]).is_ok() {}
    }

    fn make_room(&self) {
        fs::remove_file(self.folder.join("full")).expect("it was made");
    }

    fn make_read_only(&self) {
        let remounted = Command::new("mount")
            .args(["-o", "remount,ro"])
            .arg(&self.folder)
            .status();
        assert!(remounted.is_ok_and(|status| status.success()));
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.folder).status();
    }
}

/// The journal's lines, each of which must be whole.
fn kept(journal: &Path) -> Vec<Value> {
    let kept = fs::read_to_string(journal).expect("it was made");
    kept.lines()
        .map(|line| serde_json::from_str(line).expect("every line is whole"))
        .collect()
}

#[test]
fn what_a_full_disk_refuses_is_kept_as_soon_as_there_is_room() {
    let home = Home::new();
    let Some(disk) = SmallDisk::mount(home.path("disk"), "the full disk") else {
        return;
    };
    let journal = disk.journal();
    let name = journal.to_str().expect("text").to_owned();
    home.run(&["learn", "--journal", &name], b"PING\n");
    disk.fill();
    let before = kept(&journal).len();

    let mut child = home
        .command(&["learn", "--journal", &name])
        .spawn()
        .expect("it starts");
    let mut input = child.stdin.take().expect("it was piped");
    let mut shown = std::io::BufReader::new(child.stdout.take().expect("it was piped"));
    let mut wait_for_success = || {
        let mut line = String::new();
        while !line.starts_with('✓') {
            line.clear();
            let read = std::io::BufRead::read_line(&mut shown, &mut line).expect("text");
            assert!(read > 0, "the lesson went on");
        }
    };
    // The last page has room for some lines, and then for a part of one.
    for _ in 0..40 {
        writeln!(input, "GET nothing").expect("it reads");
    }
    writeln!(input, "SET greeting hello").expect("it reads");
    wait_for_success();
    let during = kept(&journal).len();
    assert!(during < before + 42, "the disk was full");

    disk.make_room();
    writeln!(input, "GET greeting").expect("it reads");
    wait_for_success();
    drop((input, shown));
    let told = text(&child.wait_with_output().expect("it ends").stderr);
    for once in [&name, "Make room", "nothing of this lesson is missing"] {
        assert_eq!(told.matches(once).count(), 1, "{once}:\n{told}");
    }
    assert_eq!(
        kept(&journal).len(),
        before + 43,
        "that it went on, and each line once"
    );
    let output = home.run(&["learn", "--json", "--journal", &name], b":goal\n");
    assert_eq!(objects(&output)[0]["step"], 4, "the lesson is where it was");
}

#[test]
fn a_disk_that_stays_full_loses_nothing_that_was_kept_before() {
    let home = Home::new();
    let Some(disk) = SmallDisk::mount(home.path("disk"), "the disk that stays full") else {
        return;
    };
    let journal = disk.journal();
    let name = journal.to_str().expect("text").to_owned();
    home.run(&["learn", "--journal", &name], b"PING\n");
    disk.fill();
    let lines = "GET nothing\n".repeat(40) + "SET greeting hello\n";
    let output = home.run(&["learn", "--journal", &name], lines.as_bytes());
    assert!(text(&output.stdout).contains('✓'));
    let told = text(&output.stderr);
    assert!(told.contains(&name) && told.contains("not kept"), "{told}");
    let output = home.run(&["learn", "--json", "--journal", &name], b"");
    assert_eq!(
        objects(&output)[0]["done"],
        1,
        "what was told to be lost is, and nothing else"
    );
}

#[test]
fn a_read_only_folder_is_told_progress_is_shown_and_the_lesson_goes_on() {
    let home = Home::new();
    let Some(disk) = SmallDisk::mount(home.path("disk"), "the read-only folder") else {
        return;
    };
    let journal = disk.journal();
    let name = journal.to_str().expect("text").to_owned();
    home.run(&["learn", "--journal", &name], b"PING\n");
    disk.make_read_only();
    let output = home.run(&["learn", "--journal", &name], b"SET greeting hello\n");
    let (shown, told) = (text(&output.stdout), text(&output.stderr));
    assert!(
        shown.contains("2 of 9") && shown.contains('✓'),
        "the lesson goes on at its second step:\n{shown}"
    );
    assert!(
        told.contains(&name) && told.contains("Read-only") && told.contains("--journal FILE"),
        "{told}"
    );
    assert_eq!(told.matches(&name).count(), 1, "{told}");
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_written_is_told_and_the_lesson_goes_on() {
    use std::os::unix::fs::PermissionsExt;
    let home = Home::new();
    let folder = home.path("state");
    fs::create_dir_all(&folder).expect("it can be made");
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o500)).expect("it is ours");
    if fs::write(folder.join("x"), b"x").is_ok() {
        eprintln!(
            "the folder without the right to write was not run: this user may write everywhere"
        );
        return;
    }
    let output = home.run(&["learn"], b"PING\n");
    let told = text(&output.stderr);
    assert!(text(&output.stdout).contains('✓'));
    assert!(
        told.contains("journal.jsonl") && told.contains("--journal FILE"),
        "{told}"
    );
}
