//! Translations of packs: written, refreshed, checked.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::home::{Home, status, text};

/// A new pack, and the calls that a translator makes.
struct Desk {
    home: Home,
    pack: PathBuf,
}

impl Desk {
    fn new() -> Desk {
        let home = Home::new();
        let pack = home.path("pack");
        let desk = Desk { home, pack };
        desk.run(&["pack", "new", desk.name()]);
        desk
    }

    fn name(&self) -> &str {
        self.pack.to_str().expect("text")
    }

    /// Status, output and error output.
    fn run(&self, args: &[&str]) -> (i32, String, String) {
        let output = self.home.run(args, b"");
        (status(&output), text(&output.stdout), text(&output.stderr))
    }

    fn translate(&self, language: &str) -> String {
        let (status, shown, errors) = self.run(&["pack", "translate", language, self.name()]);
        assert_eq!(status, 0, "{shown}{errors}");
        shown
    }

    fn check(&self) -> String {
        self.run(&["pack", "check", self.name()]).1
    }

    fn read(&self, file: &str) -> String {
        fs::read_to_string(self.pack.join(file)).expect("it is there")
    }

    fn change(&self, file: &str, from: &str, to: &str) {
        let old = self.read(file);
        assert!(old.contains(from), "{file} has no {from}:\n{old}");
        fs::write(self.pack.join(file), old.replacen(from, to, 1)).expect("it can be written");
    }

    /// A pack with a language in which every text reads as in the original.
    fn translated() -> Desk {
        let desk = Desk::new();
        desk.change(
            "pack.toml",
            "\n\n[[unit]]",
            "\nlanguages = [\"en\", \"de\"]\n\n[[unit]]",
        );
        desk.translate("de");
        for file in ["pack.de.toml", "1.1.de.toml"] {
            let open = desk.read(file);
            fs::write(desk.pack.join(file), open.replace("#? ", "")).expect("it can be written");
        }
        desk
    }
}

fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let entries = fs::read_dir(folder).expect("it is there").flatten();
    let mut files: Vec<_> = entries
        .map(|entry| (entry.path(), fs::read(entry.path()).expect("it is a file")))
        .collect();
    files.sort();
    files
}

#[test]
fn a_new_translation_lies_open_and_passes_when_it_is_filled_in() {
    let desk = Desk::new();
    let shown = desk.translate("de");
    assert!(
        shown.contains("1.1.de.toml: 0 kept, 0 outdated, "),
        "{shown}"
    );
    assert!(
        shown.contains("write languages = [\"en\", \"de\"] in"),
        "{shown}"
    );
    let open = desk.read("1.1.de.toml");
    assert!(open.starts_with("lang = \"de\"\n#? title = \"A queue at a counter\"\n"));
    assert!(
        open.contains(
            "#? goal = \"The first order, o1, joins the list orders at the right end.\"\n"
        ),
        "{open}"
    );
    let files_before = files(&desk.pack);
    let shown = desk.translate("de");
    assert!(shown.contains("0 files written, 2 up to date"), "{shown}");
    assert_eq!(files(&desk.pack), files_before, "nothing is touched");

    desk.change(
        "pack.toml",
        "\n\n[[unit]]",
        "\nlanguages = [\"en\", \"de\"]\n\n[[unit]]",
    );
    let checked = desk.check();
    assert!(
        checked.contains("warning: `goal` of step `first-order` is not translated"),
        "{checked}"
    );
    assert!(checked.contains("0 errors"), "{checked}");
    let checked = Desk::translated().check();
    assert!(checked.contains("0 errors, 0 warnings"), "{checked}");
}

#[test]
fn a_pack_is_played_in_every_language_that_it_has() {
    let desk = Desk::translated();
    desk.change(
        "1.1.de.toml",
        "title = \"A queue at a counter\"",
        "title = \"Eine Schlange\"",
    );
    let play = |options: &[&str], typed: &str| {
        let args = [
            &["learn", "1.1", "--no-journal", "--pack", desk.name()],
            options,
        ]
        .concat();
        let output = desk.home.run(&args, typed.as_bytes());
        (
            status(&output),
            text(&output.stdout) + &text(&output.stderr),
        )
    };
    let german = play(&["--lang", "de"], "").1;
    assert!(german.contains("Eine Schlange"), "{german}");
    // What the interface says itself is in one of its own languages.
    assert!(german.contains("1 of "), "{german}");
    let near = play(&["--lang", "de-AT"], "").1;
    assert!(near.contains("Eine Schlange"), "{near}");
    let changed = play(&["--lang", "en"], ":lang de\n:lang fr\n").1;
    assert!(changed.contains("A queue at a counter") && changed.contains("Eine Schlange"));
    assert!(changed.contains("there are: en, de, zh"), "{changed}");
    let (code, refused) = play(&["--lang", "fr"], "");
    assert_eq!(code, 3, "{refused}");
    assert!(
        refused.contains("in the language `fr`\n  there are: en, de, zh"),
        "{refused}"
    );
}

#[test]
fn a_language_without_files_is_told_where_it_is_named() {
    let desk = Desk::new();
    desk.change(
        "pack.toml",
        "\n\n[[unit]]",
        "\nlanguages = [\"en\", \"de\"]\n\n[[unit]]",
    );
    let checked = desk.check();
    assert!(
        checked.contains("there is no pack.de.toml, 1.1.de.toml"),
        "{checked}"
    );
    assert!(
        checked.contains("rediscover pack translate de DIR"),
        "{checked}"
    );
}

#[test]
fn what_changed_is_shown_above_its_translation_until_that_is_mended() {
    let desk = Desk::translated();
    let before = desk.read("1.1.de.toml");
    desk.change(
        "1.1.toml",
        "How many orders are waiting?",
        "How many are waiting?",
    );
    let shown = desk.translate("de");
    assert!(shown.contains("1 outdated, 0 missing"), "{shown}");
    assert!(shown.contains("1 text changed, behind `#! `"), "{shown}");
    let refreshed = desk.read("1.1.de.toml");
    let marked: Vec<&str> = refreshed
        .lines()
        .filter(|line| line.starts_with("#!"))
        .collect();
    let [line] = marked.as_slice() else {
        panic!("{refreshed}");
    };
    assert!(line.starts_with("#! goal = \"How many are waiting?\", of = \""));
    assert_eq!(
        refreshed.replace(&format!("{line}\n"), ""),
        before,
        "all else stands as it stood"
    );
    assert!(desk.check().contains("has changed since"));
    assert!(desk.translate("de").contains("0 files written"));

    let new = line
        .trim_end_matches('"')
        .rsplit('"')
        .next()
        .expect("a fingerprint");
    let old = "of = { goal = \"";
    let at = refreshed.find("id = \"how-many\"").expect("the step");
    let at = at + refreshed[at..].find(old).expect("its prints") + old.len();
    let mended = format!("{}{new}{}", &refreshed[..at], &refreshed[at + new.len()..]);
    fs::write(desk.pack.join("1.1.de.toml"), mended).expect("it can be written");
    assert!(desk.translate("de").contains("0 outdated"));
    assert!(!desk.read("1.1.de.toml").contains("#!"));
    assert!(desk.check().contains("0 warnings"));
}

#[test]
fn steps_hints_and_wrong_lines_follow_the_lesson() {
    let desk = Desk::translated();
    let (new, hint) = (
        "id = \"length-of-it\"",
        "\"The length of a list is LLEN.\", ",
    );
    desk.change("1.1.toml", "id = \"how-many\"", new);
    desk.change("1.1.toml", hint, &format!("\"Count.\", {hint}"));
    desk.change(
        "1.1.toml",
        "cmd = \"RPOP orders\"",
        "cmd = \"RPOP orders 1\"",
    );
    desk.change(
        "1.1.de.toml",
        "[[step]]\nid = \"how-many\"",
        "# mine\n[[step]]\nid = \"how-many\"",
    );
    let shown = desk.translate("de");
    // What is kept of a step with another id is what its texts are the translations of.
    assert!(shown.contains("0 outdated, 1 missing"), "{shown}");
    assert!(
        shown.contains("1.1.de.toml:") && shown.contains("comment: # mine"),
        "{shown}"
    );
    let refreshed = desk.read("1.1.de.toml");
    assert!(refreshed.contains("{ cmd = \"RPOP orders 1\", say = \"That takes"));
    assert!(!refreshed.contains("how-many"), "{refreshed}");
    assert!(
        refreshed
            .contains("hint = [\n  #? \"Count.\"\n  \"\",\n  \"The length of a list is LLEN.\","),
        "{refreshed}"
    );
    assert!(
        desk.check()
            .contains("1 of 3 texts of `hint` of step `length-of-it`")
    );
    assert!(desk.translate("de").contains("0 files written"));
}

#[test]
fn what_has_no_original_any_more_is_told_with_its_place() {
    let desk = Desk::translated();
    desk.change(
        "1.1.toml",
        "\ngoals = [\"put elements",
        "\n# goals = [\"put elements",
    );
    desk.change(
        "1.1.toml",
        "{ cmd = \"RPUSH orders o3 o2\", say = \"o2 came first.\" },",
        "",
    );
    let shown = desk.translate("de");
    let lines: Vec<&str> = shown
        .lines()
        .filter(|line| line.contains("dropped"))
        .collect();
    assert_eq!(lines.len(), 4, "{shown}");
    assert!(
        lines[0].contains("1.1.de.toml:4: goals: put elements"),
        "{shown}"
    );
    assert!(
        lines[3].ends_with("step `two-more` wrong: o2 came first."),
        "{shown}"
    );
    assert!(desk.check().contains("0 errors, 0 warnings"));
}

#[test]
fn an_authors_comments_stay_where_they_stand() {
    let desk = Desk::translated();
    for (from, to) in [
        ("lang =", "# by Ada\nlang ="),
        (
            "[[step]]\nid = \"how-many\"",
            "# a question\n[[step]]\nid = \"how-many\"",
        ),
        ("goal = \"How many", "# polite form\ngoal = \"How many"),
        (
            "  { cmd = \"LLEN order\"",
            "  # short\n  { cmd = \"LLEN order\"",
        ),
        (
            "  { cmd = \"RPUSH orders o3",
            "  # first\n  { cmd = \"RPUSH orders o3",
        ),
        (
            "[[step]]\nid = \"close-up\"",
            "# so much for LLEN\n\n[[step]]\nid = \"close-up\"",
        ),
    ] {
        desk.change("1.1.de.toml", from, to);
    }
    let before = desk.read("1.1.de.toml");
    desk.change("1.1.toml", "How many orders", "Say how many orders");
    desk.change("1.1.toml", "o2 came first.", "o2 came before.");
    desk.translate("de");
    let refreshed = desk.read("1.1.de.toml");
    for wanted in [
        "\n# polite form\n#! goal = \"Say how many",
        "\n  # first\n  #! say = \"o2 came before.\", of = \"",
    ] {
        assert!(refreshed.contains(wanted), "{wanted}:\n{refreshed}");
    }
    let without: String = refreshed
        .split_inclusive('\n')
        .filter(|line| !line.trim_start().starts_with("#!"))
        .collect();
    let tail = "# so much for LLEN\n\n";
    assert_eq!(without.replace(tail, "\n"), before.replace(tail, ""));
    assert!(refreshed.contains("# so much for LLEN\n"), "{refreshed}");
    desk.translate("de");
    assert_eq!(desk.read("1.1.de.toml"), refreshed);
}

#[test]
fn what_cannot_be_translated_is_refused_with_the_next_action() {
    let desk = Desk::new();
    let other = desk.home.path("nothing");
    let other = other.to_str().expect("text");
    let name = desk.name().to_owned();
    let refused = |language: &str, dir: &str, wanted: i32, said: &str| {
        let (status, shown, errors) = desk.run(&["pack", "translate", language, dir]);
        assert_eq!(status, wanted, "{shown}{errors}");
        assert!(errors.contains(said), "{said}:\n{errors}");
    };
    refused(
        "en",
        &name,
        5,
        "is written in `en` itself\n  name the language",
    );
    for odd in ["", "../x", "DE", "d", "de_AT", "de-", "german"] {
        refused(odd, &name, 2, "a language tag such as de, fr or pt-BR");
    }
    refused("de", other, 3, "there is no");
    fs::create_dir(other).expect("it can be made");
    refused("de", other, 3, "no pack.toml");
    desk.change("pack.toml", "[\"1.1\"]", "[\"1.1\", \"1.1.de\"]");
    fs::copy(desk.pack.join("1.1.toml"), desk.pack.join("1.1.de.toml")).expect("it can be copied");
    refused(
        "de",
        &name,
        5,
        "1.1.de.toml is a lesson, and would be overwritten",
    );
    desk.change("pack.toml", "\"1.1.de\"", "\"1.2\"");
    refused("fr", &name, 3, "1.2.toml\n  write that lesson");
}

#[cfg(unix)]
#[test]
fn nothing_is_written_into_a_folder_without_the_mark_for_it() {
    let desk = Desk::new();
    let writable = fs::metadata(&desk.pack).expect("it is there").permissions();
    let mut readable = writable.clone();
    readable.set_readonly(true);
    fs::set_permissions(&desk.pack, readable).expect("it is ours");
    let (status, _, errors) = desk.run(&["pack", "translate", "de", desk.name()]);
    fs::set_permissions(&desk.pack, writable).expect("it is ours");
    assert_eq!(status, 4, "{errors}");
    assert!(
        errors.contains("pack.de.toml cannot be written") && errors.contains("make the folder"),
        "{errors}"
    );
    assert_eq!(files(&desk.pack).len(), 2);
}

#[test]
fn a_translation_that_cannot_be_read_as_a_whole_stays() {
    for (from, to, said) in [
        ("title =", "titel =", "unknown key `titel`"),
        ("say =", "sey = \"x\", say =", "unknown key `sey`"),
        ("lang = \"de\"", "lang = \"de", "1.1.de.toml:1:"),
        ("goal = \"How", "goal = 3 # \"How", "`goal` holds no text"),
    ] {
        let desk = Desk::translated();
        desk.change("1.1.de.toml", from, to);
        desk.change("1.1.toml", "How many orders", "Say how many orders");
        let before = desk.read("1.1.de.toml");
        let (status, shown, _) = desk.run(&["pack", "translate", "de", desk.name()]);
        assert_eq!(status, 1, "{shown}");
        assert!(
            shown.contains(said) && shown.contains("mend it"),
            "{said}:\n{shown}"
        );
        assert_eq!(desk.read("1.1.de.toml"), before);
    }
}

#[test]
fn a_check_finds_names_that_only_one_of_both_texts_has() {
    for (from, to, said) in [
        (
            "LPUSH lets",
            "LPOP lets",
            "`LPUSH` is in the original, but not here",
        ),
        (
            "LPUSH lets",
            "LPUSH o2:x lets",
            "`o2:x` is not in the original",
        ),
        (
            "One is still there.",
            "One of 17.",
            "`17` is not in the original",
        ),
        (
            "One is still there.",
            "还剩 ordres。",
            "`ordres` is not in the original",
        ),
        (
            "goal = \"How many",
            "goal = \"\" # \"How many",
            "`goal` of step `how-many` is not",
        ),
    ] {
        let desk = Desk::translated();
        desk.change("1.1.de.toml", from, to);
        let checked = desk.check();
        assert!(checked.contains(said), "{said}:\n{checked}");
        assert!(checked.contains("0 errors"), "{checked}");
    }
}

#[test]
fn a_check_finds_texts_that_a_screen_has_no_room_for() {
    let long = "A word more. ".repeat(60);
    for (from, said) in [
        ("intro = \"", "title and introduction take "),
        ("goal = \"How many", "this text takes "),
        ("say = \"One", "this text takes "),
    ] {
        let desk = Desk::translated();
        let place = if from.starts_with("goal") {
            "hint = [\"The length".to_owned()
        } else {
            from.to_owned()
        };
        let (key, word) = place.split_at(place.find('"').expect("a quote") + 1);
        desk.change("1.1.de.toml", &place, &format!("{key}{long}{word}"));
        let checked = desk.check();
        assert!(checked.contains(said), "{said}:\n{checked}");
        assert!(checked.contains("1.1.de.toml:"), "{checked}");
        assert!(checked.contains("1 warning\n"), "{checked}");
    }
    let desk = Desk::new();
    let goal = format!("goal = \"{}How many", long.repeat(3));
    desk.change("1.1.toml", "goal = \"How many", &goal);
    let checked = desk.check();
    assert!(checked.contains("step 5 takes "), "{checked}");
    assert!(checked.contains("22 fit a screen of 24"), "{checked}");
}

/// The built-in course, copied.
fn course(desk: &Desk) -> PathBuf {
    let copy = desk.home.path("course");
    fs::create_dir(&copy).expect("it can be made");
    let course = Path::new(env!("CARGO_MANIFEST_DIR")).join("lessons/course");
    for (path, bytes) in files(&course) {
        let name = path.file_name().expect("a name");
        fs::write(copy.join(name), bytes).expect("it can be written");
    }
    copy
}

#[test]
fn the_course_is_up_to_date_and_is_written_as_it_stands() {
    let desk = Desk::new();
    let copy = course(&desk);
    let before = files(&copy);
    let translate = || desk.run(&["pack", "translate", "zh", copy.to_str().expect("text")]);
    let (status, shown, _) = translate();
    assert_eq!(status, 0, "{shown}");
    assert!(shown.starts_with("0 files written, "), "{shown}");
    assert!(files(&copy) == before, "the course is as it was");

    // Without its fingerprints every table has to be written anew.
    for (path, bytes) in &before {
        if path.to_string_lossy().ends_with(".zh.toml") {
            let lines = String::from_utf8_lossy(bytes).into_owned();
            let bare: String = lines
                .split_inclusive('\n')
                .filter(|line| !line.starts_with("of = "))
                .collect();
            fs::write(path, bare).expect("it can be written");
        }
    }
    let (status, shown, _) = translate();
    assert_eq!(status, 0, "{shown}");
    for ((path, now), (_, then)) in files(&copy).iter().zip(&before) {
        assert!(now == then, "{} reads differently", path.display());
    }
}
