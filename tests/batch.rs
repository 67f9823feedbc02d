//! Many documents: order, failures, bounded memory, interruption, resuming.

use crate::support::toponym;
use predicates::prelude::*;
use predicates::str::contains;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// A folder with `in.jsonl`, which holds short documents; if `bad`, every hundredth line is not a document.
fn folder(documents: usize, bad: bool) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let places = ["Aleppo", "Homs", "Hama", "Idlib", "Damascus", "Latakia", "Mosul"];
    let lines = (0..documents).map(|at| {
        let (here, there) = (places[at % places.len()], places[at / 7 % places.len()]);
        match bad && at % 100 == 99 {
            true => "no document\n".to_owned(),
            false => format!(
                "{{\"id\": \"d{at}\", \"text\": \"Shells fell on {here}, and the road to {there} was closed.\"}}\n"
            ),
        }
    });
    std::fs::write(folder.path().join("in.jsonl"), lines.collect::<String>()).expect("written");
    folder
}

fn read(folder: &tempfile::TempDir, name: &str) -> String {
    std::fs::read_to_string(folder.path().join(name)).expect("written")
}

#[test]
fn the_output_is_the_same_however_many_answer() {
    let folder = folder(1500, true);
    for jobs in ["1", "2", "7"] {
        let out = format!("{jobs}.jsonl");
        toponym().current_dir(&folder).args(["tag", "in.jsonl", "-o", &out, "--jobs", jobs]).assert().code(1);
        assert_eq!(read(&folder, &out).lines().count(), 1485);
        assert_eq!(read(&folder, &out), read(&folder, "1.jsonl"), "{jobs} jobs");
    }
}

#[test]
fn a_bad_document_costs_one_line_of_the_report() {
    let folder = folder(300, true);
    let run = |arguments: &[&str]| {
        toponym().current_dir(&folder).args(["tag", "in.jsonl", "-f", "jsonl"]).args(arguments).assert()
    };
    run(&["--errors", "bad.jsonl"]).code(1).stderr(contains("in.jsonl:100:").and(contains("in.jsonl:300:")));
    let report: Vec<serde_json::Value> =
        read(&folder, "bad.jsonl").lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(report.len(), 3);
    assert_eq!((&report[1]["input"], &report[1]["line"]), (&"in.jsonl".into(), &200.into()));
    assert!(report[1]["reason"].as_str().is_some_and(|reason| reason.starts_with("is not a document")));
    run(&["--fail-fast", "-o", "out.jsonl"])
        .code(1)
        .stderr(contains("in.jsonl:100:").and(contains("in.jsonl:200:").not()));
    let mut left: Vec<_> = std::fs::read_dir(folder.path()).expect("listed").flatten().map(|e| e.file_name()).collect();
    left.sort();
    assert_eq!(left, ["bad.jsonl", "in.jsonl"], "nothing is left of a run that failed");
}

fn start(folder: &tempfile::TempDir, arguments: &[&str]) -> Child {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin("toponym"));
    command.current_dir(folder).arg("tag").args(arguments).stderr(Stdio::null()).stdout(Stdio::piped());
    command.spawn().expect("starts")
}

/// Waits until a run has written a state to its journal; `false` if it ended before.
fn noted(folder: &tempfile::TempDir, child: &mut Child, journal: &str) -> bool {
    let journal = folder.path().join(journal);
    while child.try_wait().expect("known").is_none() {
        if std::fs::read_to_string(&journal).is_ok_and(|text| text.lines().count() > 1) {
            return child.try_wait().expect("known").is_none();
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    false
}

fn leftovers(folder: &Path) -> usize {
    let names = std::fs::read_dir(folder).expect("listed").flatten().map(|entry| entry.file_name());
    names
        .filter(|name| {
            name.to_string_lossy().contains(".toponym-") || name.to_string_lossy().contains("toponym-resume")
        })
        .count()
}

/// Kills runs until one has written a state, resumes that run, and compares the output with that of an undisturbed run.
fn check_resumed(kill: impl Fn(&mut Child), extension: &str) {
    let folder = folder(60_000, true);
    let out = format!("out.{extension}");
    let arguments = ["in.jsonl", "-o", out.as_str(), "--errors", "bad.jsonl"];
    let mut child = start(&folder, &[&arguments[..], &["--jobs", "1"]].concat());
    assert!(noted(&folder, &mut child, &format!("{out}.toponym-resume")), "the run is too short to be killed");
    kill(&mut child);
    child.wait().expect("ended");
    assert!(!folder.path().join(&out).exists(), "an unfinished output has not its name");
    let resumed = toponym().current_dir(&folder).arg("tag").args(arguments).args(["--resume", "--jobs", "2"]).assert();
    resumed.code(1).stderr(contains("goes on behind document"));
    assert_eq!(leftovers(folder.path()), 0);
    let whole = format!("whole.{extension}");
    let arguments = ["in.jsonl", "-o", whole.as_str(), "--errors", "whole-bad.jsonl"];
    toponym().current_dir(&folder).arg("tag").args(arguments).assert().code(1);
    assert!(read(&folder, &out) == read(&folder, &whole), "the resumed output differs");
    assert!(read(&folder, "bad.jsonl") == read(&folder, "whole-bad.jsonl"), "the report differs");
}

#[test]
fn a_killed_run_goes_on() {
    check_resumed(|child| child.kill().expect("killed"), "jsonl");
}

#[cfg(unix)]
fn interrupt(child: &Child) {
    let sent = Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("runs");
    assert!(sent.success());
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_goes_on() {
    check_resumed(|child| interrupt(child), "geojson");
}

#[cfg(unix)]
#[test]
fn an_interrupted_stream_is_whole() {
    let folder = folder(200_000, false);
    let mut child = start(&folder, &["in.jsonl", "--quiet"]);
    // Once something is written, the run is at work; it cannot end before the rest of its output is read.
    let mut read = vec![0];
    let mut output = child.stdout.take().expect("piped");
    output.read_exact(&mut read).expect("a byte");
    interrupt(&child);
    output.read_to_end(&mut read).expect("read");
    assert_eq!(child.wait().expect("ended").code(), Some(130));
    let features = crate::support::features(&String::from_utf8(read).expect("UTF-8"));
    assert!(features.len() < 400_000);
}

#[test]
fn a_reader_that_has_had_enough_ends_the_run_quietly() {
    let folder = folder(100_000, false);
    let mut command = Command::new(assert_cmd::cargo::cargo_bin("toponym"));
    command.current_dir(&folder).args(["tag", "in.jsonl", "-f", "jsonl"]).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("starts");
    let mut first = String::new();
    let mut lines = BufReader::new(child.stdout.take().expect("piped"));
    lines.read_line(&mut first).expect("a line");
    drop(lines);
    let output = child.wait_with_output().expect("ended");
    assert!(first.starts_with('{') && first.ends_with("}\n"));
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
}

#[test]
fn only_the_same_run_is_resumed() {
    let folder = folder(60_000, false);
    let mut child = start(&folder, &["in.jsonl", "-o", "out.jsonl", "--jobs", "1"]);
    assert!(noted(&folder, &mut child, "out.jsonl.toponym-resume"), "the run is too short to be killed");
    child.kill().expect("killed");
    child.wait().expect("ended");
    let resume =
        |arguments: &[&str]| toponym().current_dir(&folder).arg("tag").args(arguments).arg("--resume").assert();
    let other = resume(&["in.jsonl", "-o", "out.jsonl", "--offsets", "bytes"]);
    other.code(1).stderr(contains("offsets was \"chars\"").and(contains("without --resume")));
    resume(&["in.jsonl"]).code(1).stderr(contains("-o"));
    resume(&["-o", "out.jsonl"]).code(2).stderr(contains("standard input"));
    // A new run replaces what was left.
    std::fs::write(folder.path().join("in.jsonl"), "{\"text\": \"Homs\"}\n").expect("written");
    toponym().current_dir(&folder).args(["tag", "in.jsonl", "-o", "out.jsonl"]).assert().success();
    assert_eq!((read(&folder, "out.jsonl").lines().count(), leftovers(folder.path())), (1, 0));
}

#[cfg(target_os = "linux")]
#[test]
fn memory_stays_as_it_is_however_many_documents_come() {
    let folder = folder(120_000, false);
    let mut child = start(&folder, &["in.jsonl", "-f", "jsonl", "--jobs", "2", "--quiet"]);
    let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines();
    // The run is still at work: far more of the output is left than fits into a pipe.
    let mut peak = |documents: usize| -> u64 {
        assert_eq!(lines.by_ref().take(documents).filter(Result::is_ok).count(), documents);
        let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).expect("it runs");
        let line = status.lines().find(|line| line.starts_with("VmHWM:")).expect("told");
        line.split_whitespace().nth(1).and_then(|kb| kb.parse().ok()).expect("a number")
    };
    let (few, many) = (peak(4_000), peak(115_000));
    assert_eq!(lines.count(), 1_000);
    assert!(child.wait().expect("ended").success());
    assert!(many < few + 40_000, "{few} kB for 4,000 documents, {many} kB for 119,000");
}
