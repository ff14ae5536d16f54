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

/// The steps that a journal keeps as passed; a line that was torn is none.
fn passed(home: &Home) -> usize {
    let kept = fs::read(home.journal()).unwrap_or_default();
    text(&kept)
        .lines()
        .filter(|line| line.contains("\"verdict\":\"pass\"") && line.ends_with('}'))
        .count()
}

/// Where the first lesson goes on, from 1.
fn resumed_at(home: &Home) -> i64 {
    let journal = home.journal();
    let journal = journal.to_str().expect("text");
    let output = home.run(&["learn", "--json", "--journal", journal], b":goal\n");
    objects(&output)[0]["step"].as_i64().expect("a number")
}

/// Kills five hundred runs as soon as a step was shown as done, and as many at random moments while lines come in.
#[test]
fn nothing_that_was_shown_as_done_is_lost_by_a_kill() {
    const LINES: [&str; 3] = ["PING", "SET greeting hello", "GET greeting"];
    let mut seed = 1_u64;
    for round in 0..1000 {
        let home = Home::new();
        let mut child = home.command(&["learn"]).spawn().expect("it starts");
        let mut input = child.stdin.take().expect("it was piped");
        let mut shown = std::io::BufReader::new(child.stdout.take().expect("it was piped"));
        let mut line = String::new();
        let mut read = move || {
            line.clear();
            let count = std::io::BufRead::read_line(&mut shown, &mut line).expect("text");
            (count > 0).then(|| line.starts_with('✓'))
        };
        let mut done = 0;
        if round % 2 == 0 {
            let wanted = round / 2 % (LINES.len() + 1);
            for line in &LINES[..wanted] {
                writeln!(input, "{line}").expect("it reads");
            }
            while done < wanted {
                done += usize::from(read().expect("it answers every line"));
            }
        } else {
            writeln!(input, "{}", LINES.join("\n")).expect("it reads");
            seed = seed.wrapping_mul(6_364_136_223_846_793_005) + 1;
            std::thread::sleep(std::time::Duration::from_micros(seed >> 32 & 0x7fff));
        }
        child.kill().expect("it can be killed");
        child.wait().expect("it ends");
        // What it had printed before it died was shown as well.
        while let Some(success) = read() {
            done += usize::from(success);
        }
        let kept = passed(&home);
        assert!(kept >= done, "round {round}: {done} shown, {kept} kept");
        if round % 50 < 2 {
            assert_eq!(
                resumed_at(&home),
                kept as i64 + 1,
                "the lesson is where it was"
            );
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
    let shown = terminals.iter_mut().map(|terminal| {
        let output = terminal.stdout.take().expect("it was piped");
        std::io::BufRead::lines(std::io::BufReader::new(output))
    });
    let mut shown: Vec<_> = shown.collect();
    let mut wait_for = |at: usize, text: &str| {
        let found = shown[at].any(|line| line.is_ok_and(|line| line.contains(text)));
        assert!(found, "{text}");
    };
    // Both are in the lesson before either goes on; each skips a step, which leaves both at the second one.
    for at in 0..2 {
        wait_for(at, "1 of 9");
    }
    for (at, terminal) in terminals.iter_mut().enumerate() {
        let input = terminal.stdin.as_mut().expect("it was piped");
        writeln!(input, ":skip").expect("it reads");
        wait_for(at, "2 of 9");
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
