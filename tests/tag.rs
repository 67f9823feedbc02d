//! `toponym tag`: good and bad inputs, outputs, exit codes.

use crate::support::{features, toponym};
use predicates::prelude::*;
use predicates::str::contains;
use std::path::Path;

const GOOD: &str = "Shells fell on Aleppo in Syria.";

/// A folder with `good.txt` and the files that `make` adds.
fn folder(make: impl Fn(&Path)) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(folder.path().join("good.txt"), GOOD).expect("written");
    make(folder.path());
    folder
}

/// Tags `bad` together with a good file: the error names the bad one and what to do, the good one is written, the exit
/// code is 1.
fn check_bad(folder: &tempfile::TempDir, bad: &str, message: &str) {
    let output = toponym()
        .current_dir(folder)
        .args(["tag", bad, "good.txt"])
        .assert()
        .code(1)
        .stderr(contains(bad).and(contains(message)))
        .get_output()
        .stdout
        .clone();
    assert_eq!(features(&String::from_utf8(output).expect("UTF-8")).len(), 2, "the good file is written");
}

#[test]
fn bad_inputs_are_named_and_leave_the_good_ones() {
    let folder = folder(|path| {
        std::fs::create_dir(path.join("directory")).expect("made");
        std::fs::write(path.join("binary.txt"), [0, 159, 146, 150, 0, 1]).expect("written");
        std::fs::write(path.join("article.pdf"), b"%PDF-1.7\n%\xe2\xe3").expect("written");
        std::fs::write(path.join("broken.jsonl"), "{\"text\": \n").expect("written");
    });
    check_bad(&folder, "missing.txt", "no such file");
    check_bad(&folder, "directory", "holds no file");
    check_bad(&folder, "binary.txt", "binary data");
    check_bad(&folder, "article.pdf", "pdftotext");
    check_bad(&folder, "broken.jsonl", "broken.jsonl:1");
}

#[cfg(unix)]
#[test]
fn an_unreadable_file_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder(|path| {
        std::fs::write(path.join("locked.txt"), GOOD).expect("written");
        std::fs::set_permissions(path.join("locked.txt"), std::fs::Permissions::from_mode(0o000)).expect("locked");
    });
    if std::fs::read(folder.path().join("locked.txt")).is_ok() {
        eprintln!("skipped: this user may read every file");
        return;
    }
    check_bad(&folder, "locked.txt", "permissions");
}

#[test]
fn empty_and_undecodable_files_are_texts() {
    let folder = folder(|path| {
        std::fs::write(path.join("empty.txt"), "").expect("written");
        std::fs::write(path.join("latin1.txt"), b"S\xe3o Paulo et Aleppo, d\xe9j\xe0 vu \xe0 Orl\xe9ans")
            .expect("written");
        std::fs::write(path.join("invalid.txt"), b"Aleppo \xff\xfe\xfd and Homs in Syria \xc3").expect("written");
        std::fs::write(
            path.join("utf16.txt"),
            "\u{feff}Aleppo in Syria".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>(),
        )
        .expect("written");
    });
    for (file, least) in [("empty.txt", 0), ("latin1.txt", 3), ("invalid.txt", 3), ("utf16.txt", 2)] {
        let output = toponym().current_dir(&folder).args(["tag", file]).assert().success().get_output().stdout.clone();
        let found = features(&String::from_utf8(output).expect("UTF-8")).len();
        assert!(found >= least && (least > 0 || found == 0), "{file}: {found}");
    }
}

#[test]
fn a_line_of_a_hundred_megabytes_is_read() {
    let folder = folder(|path| {
        let mut line =
            "The convoy went on without a word and nobody knew why it had turned back again. ".repeat(1_310_000);
        line.push_str("It reached Aleppo in Syria.");
        std::fs::write(path.join("long.txt"), line).expect("written");
    });
    // Larger than a document may be unless its reader says so.
    let tag = ["tag", "--max-document", "200000000", "long.txt"];
    let output = toponym().current_dir(&folder).args(tag).assert().success().get_output().stdout.clone();
    assert_eq!(features(&String::from_utf8(output).expect("UTF-8")).len(), 2);
}

#[test]
fn the_output_file_appears_whole_or_not_at_all() {
    let folder = folder(|_| {});
    let run = |out: &str| toponym().current_dir(&folder).args(["tag", "good.txt", "-o", out]).assert();
    run("out.geojson").success().stdout("");
    let whole = std::fs::read_to_string(folder.path().join("out.geojson")).expect("written");
    assert_eq!(features(&whole).len(), 2);
    assert_eq!(std::fs::read_dir(folder.path()).expect("listed").count(), 2, "no temporary file is left");
    run("no/such/folder/out.geojson").code(1).stderr(contains("no/such/folder/out.geojson"));
    run("out.docx").code(2).stderr(contains(".docx").and(contains("--format")));
    std::fs::create_dir(folder.path().join("taken.geojson")).expect("made");
    run("taken.geojson").code(1).stderr(contains("taken.geojson"));
}

#[cfg(unix)]
#[test]
fn links_devices_and_permissions_are_respected() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder(|path| {
        std::fs::write(path.join("real.geojson"), "old").expect("written");
        std::fs::set_permissions(path.join("real.geojson"), std::fs::Permissions::from_mode(0o640)).expect("set");
        std::os::unix::fs::symlink("real.geojson", path.join("link.geojson")).expect("linked");
    });
    toponym().current_dir(&folder).args(["tag", "good.txt", "-o", "link.geojson"]).assert().success();
    let real = folder.path().join("real.geojson");
    assert_eq!(features(&std::fs::read_to_string(&real).expect("written")).len(), 2, "the link is followed");
    assert_eq!(std::fs::metadata(&real).expect("there").permissions().mode() & 0o777, 0o640, "the mode stays");
    toponym().current_dir(&folder).args(["tag", "good.txt", "-o", "/dev/stdout", "-f", "geojson"]).assert().success();
}

#[test]
fn an_input_is_never_overwritten() {
    let folder = folder(|_| {});
    let run = |arguments: &[&str]| toponym().current_dir(&folder).arg("tag").args(arguments).assert();
    run(&["good.txt", "-o", "./good.txt", "-f", "geojson"]).code(2).stderr(contains("is an input"));
    assert_eq!(std::fs::read_to_string(folder.path().join("good.txt")).expect("there"), GOOD);
    run(&["good.txt", "-f", "jsonl", "--by", "mention"]).code(2).stderr(contains("--by"));
}

#[cfg(target_os = "linux")]
#[test]
fn a_killed_run_leaves_the_old_output_alone() {
    let folder = folder(|path| std::fs::write(path.join("out.geojson"), "old").expect("written"));
    let program = assert_cmd::cargo::cargo_bin("toponym");
    let mut child = std::process::Command::new(program)
        .current_dir(&folder)
        .args(["tag", "-", "-o", "out.geojson"])
        .stdin(std::process::Stdio::piped())
        .spawn()
        .expect("starts");
    std::thread::sleep(std::time::Duration::from_millis(300));
    child.kill().expect("killed");
    child.wait().expect("ended");
    assert_eq!(std::fs::read_to_string(folder.path().join("out.geojson")).expect("there"), "old");
}

#[test]
fn json_lines_give_every_mention() {
    let lines = "{\"id\": \"a\", \"text\": \"Shells fell on Aleppo.\"}\n{\"id\": 7, \"text\": \"Nothing.\"}\n";
    let folder = folder(|path| std::fs::write(path.join("in.jsonl"), lines).expect("written"));
    toponym().current_dir(&folder).args(["tag", "in.jsonl", "-o", "out.jsonl"]).assert().success();
    let written = std::fs::read_to_string(folder.path().join("out.jsonl")).expect("written");
    let documents: Vec<serde_json::Value> = written.lines().map(|l| serde_json::from_str(l).expect("JSON")).collect();
    assert_eq!(documents.len(), 2);
    let mention = &documents[0]["mentions"][0];
    assert_eq!((&mention["text"], &mention["start"], &mention["end"]), (&"Aleppo".into(), &15.into(), &21.into()));
    assert_eq!(mention["place"]["id"], "geonames:170063");
    assert_eq!(documents[0]["focus"]["name"], "Aleppo");
    assert_eq!((&documents[1]["id"], &documents[1]["focus"]), (&"7".into(), &serde_json::Value::Null));
}

#[test]
fn given_mentions_are_resolved_as_they_stand_and_in_order() {
    let text = "Über Aleppo’s reading: Rapides, the city of Homs, xyzzy, Sheikh Maqsood.";
    let at = |part: &str| {
        let start = text.split(part).next().expect("a first part").chars().count();
        serde_json::json!({"start": start, "end": start + part.chars().count()})
    };
    let parts = ["xyzzy", "Sheikh Maqsood", "the city of Homs", "Aleppo’s", "Rapides", "Homs"];
    let mut spans: Vec<_> = parts.iter().map(|part| at(part)).collect();
    spans.extend([serde_json::json!({"start": 70, "end": 700}), serde_json::json!({"start": 9, "end": 9})]);
    let lines =
        format!("{}\n{{\"text\": \"Nothing.\"}}\n", serde_json::json!({"id": "a", "text": text, "toponyms": spans}));
    let folder = folder(|path| std::fs::write(path.join("in.jsonl"), &lines).expect("written"));
    let arguments = ["tag", "in.jsonl", "--given-mentions", "--format", "jsonl"];
    let assert = toponym().current_dir(&folder).args(arguments).assert();
    let output = assert.code(1).stderr(contains("in.jsonl:2").and(contains("toponyms"))).get_output().stdout.clone();
    let document: serde_json::Value = serde_json::from_slice(&output).expect("one line of JSON");
    let mentions = document["mentions"].as_array().expect("a list");
    assert_eq!(mentions.len(), spans.len(), "each is answered");
    for (mention, span) in mentions.iter().zip(&spans) {
        assert_eq!((&mention["start"], &mention["end"]), (&span["start"], &span["end"]), "in its order");
    }
    let names: Vec<_> = mentions.iter().map(|mention| mention["place"]["name"].as_str()).collect();
    let homs = Some("Homs");
    assert_eq!(names[1..], [Some("Sheikh Maqsoud"), homs, Some("Aleppo"), Some("Rapides Parish"), homs, None, None]);
    assert!(
        names[0].is_some() && mentions[0]["why"][0].as_str().is_some_and(|why| why.contains("not in the gazetteer"))
    );
    for (at, reason) in [(6, "outside-text"), (7, "outside-text")] {
        assert_eq!(mentions[at]["reason"], reason, "{}", mentions[at]);
        assert!(mentions[at]["place"].is_null());
    }
}

#[test]
fn usage_errors_end_with_code_2() {
    toponym().args(["tag", "--by", "country"]).assert().code(2).stderr(contains("possible values"));
    toponym().args(["label"]).assert().code(2);
    toponym().assert().code(2).stderr(contains("Usage"));
}

/// Processor time is measured, which the shell counts for its children, so that a busy machine makes no difference.
#[cfg(unix)]
#[test]
fn a_line_of_text_takes_50_ms_from_the_start() {
    let folder = folder(|_| ());
    let script = "for run in 1 2 3 4 5 6 7 8; do \"$0\" tag good.txt > out || exit; done; times";
    let program = assert_cmd::cargo::cargo_bin("toponym");
    let milliseconds = || {
        let mut shell = std::process::Command::new("sh");
        let output =
            shell.current_dir(&folder).env("LC_ALL", "C").args(["-c", script]).arg(&program).output().expect("runs");
        let said = String::from_utf8(output.stdout).expect("UTF-8");
        // Two lines, of the shell and of its children, each with user and system time:
        // "0m0.050000s".
        let times = said.lines().nth(1).unwrap_or_else(|| panic!("{said:?}")).split_whitespace();
        let seconds = times.map(|time| {
            let (minutes, seconds) = time.trim_end_matches('s').split_once('m').expect("minutes");
            60.0 * minutes.parse::<f64>().expect("a number") + seconds.parse::<f64>().expect("a number")
        });
        (seconds.sum::<f64>() * 1000.0 / 8.0).round() as u64
    };
    let best = (0..3).map(|_| milliseconds()).min().expect("three times");
    assert!(best < 50, "{best} ms");
}

/// Name and country of the places of a text that `tag` finds with further arguments.
fn chosen(text: &str, arguments: &[&str]) -> Vec<String> {
    let assert = toponym().args(["tag", "--format", "jsonl"]).args(arguments).write_stdin(text).assert().success();
    let document: serde_json::Value = serde_json::from_slice(&assert.get_output().stdout).expect("one line of JSON");
    let mentions = document["mentions"].as_array().expect("a list");
    mentions.iter().map(|mention| format!("{} {}", mention["place"]["name"], mention["place"]["country"])).collect()
}

#[test]
fn a_hint_says_where_documents_are_about() {
    let text = "The mayor of Tripoli met the press.";
    assert_eq!(chosen(text, &["--focus", "LB"]), ["\"Tripoli\" \"LB\""]);
    assert_eq!(chosen(text, &["--focus", "LY"]), ["\"Tripoli\" \"LY\""]);
    assert_eq!(chosen(text, &["--focus", "33.9,35.5"]), ["\"Tripoli\" \"LB\""], "near Beirut");
    assert_eq!(chosen(text, &["--focus", "10,25,20,33"]), ["\"Tripoli\" \"LY\""], "in a box");
    toponym().args(["tag", "--focus", "Lebanon"]).write_stdin(text).assert().code(2).stderr(contains("LAT,LON"));
}

#[test]
fn explanations_name_the_alternatives_and_what_decided() {
    let text = "Storms hit Paris, Dallas and Waco, Texas.";
    let said = contains("Paris").and(contains("for it:")).and(contains("FR")).and(contains("TX").or(contains("Texas")));
    toponym().args(["tag", "--explain"]).write_stdin(text).assert().success().stderr(said);
    toponym().args(["tag"]).write_stdin(text).assert().success().stderr(contains("for it:").not());
}

#[test]
fn a_name_that_nothing_is_known_of_has_a_reason() {
    let line = serde_json::json!({"text": "He saw Xyzzy.", "toponyms": [{"start": 7, "end": 12}]}).to_string();
    let folder = folder(|path| std::fs::write(path.join("in.jsonl"), &line).expect("written"));
    let arguments = ["tag", "in.jsonl", "--given-mentions", "--format", "jsonl"];
    let assert = toponym().current_dir(&folder).args(arguments).assert().success();
    let document: serde_json::Value = serde_json::from_slice(&assert.get_output().stdout).expect("one line of JSON");
    let mention = &document["mentions"][0];
    assert_eq!((&mention["place"], &mention["reason"]), (&serde_json::Value::Null, &"not-in-gazetteer".into()));
}

#[test]
fn what_is_not_sure_enough_has_a_reason_instead_of_a_place() {
    let arguments = ["tag", "--format", "jsonl", "--min-place-confidence", "1"];
    let assert = toponym().args(arguments).write_stdin("He lives in Springfield.").assert().success();
    let document: serde_json::Value = serde_json::from_slice(&assert.get_output().stdout).expect("one line of JSON");
    let mention = &document["mentions"][0];
    assert_eq!((&mention["place"], &mention["reason"]), (&serde_json::Value::Null, &"ambiguous".into()));
    toponym().args(["tag", "--min-place-confidence", "2"]).assert().code(2).stderr(contains("from 0 to 1"));
}
