//! What goes wrong round a run: outputs that are inputs, two runs into one output, full disks, closed standard error.

use crate::support::{root, toponym};
use predicates::prelude::*;
use predicates::str::contains;
use std::path::Path;
use std::process::{Command, Stdio};

const TEXT: &str = "Shells fell on Aleppo.";

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::create_dir(folder.path().join("d")).expect("made");
    for name in ["a.txt", "b.txt", "d/c.txt"] {
        std::fs::write(folder.path().join(name), TEXT).expect("written");
    }
    std::fs::write(folder.path().join("list"), "a.txt\n./d/../b.txt\n").expect("written");
    std::fs::write(folder.path().join("s.csv"), "name,lat,lon\nTell Brak,36.667,41.059\n").expect("written");
    folder
}

/// The names and contents of all files.
fn contents(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let files = walkdir(folder);
    files.into_iter().map(|path| (path.display().to_string(), std::fs::read(&path).expect("read"))).collect()
}

fn walkdir(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).expect("listed").flatten() {
        match entry.path() {
            path if path.is_dir() => files.extend(walkdir(&path)),
            path => files.push(path),
        }
    }
    files.sort();
    files
}

#[test]
fn nothing_that_is_read_is_written() {
    let folder = folder();
    toponym().current_dir(&folder).args(["gazetteer", "build", "s.csv", "-o", "g.toponym"]).assert().success();
    std::fs::hard_link(folder.path().join("a.txt"), folder.path().join("hard.txt")).expect("linked");
    let before = contents(folder.path());
    for arguments in [
        "tag a.txt -f jsonl -o a.txt",
        "tag a.txt -f jsonl -o ./d/../a.txt",
        "tag a.txt -f jsonl -o hard.txt",
        "tag *.txt -f jsonl -o b.txt",
        "tag --files-from list -f jsonl -o b.txt",
        "tag --files-from list -f jsonl -o list",
        "tag --files-from list --errors list",
        "tag a.txt --errors a.txt",
        "tag d --errors d/e.jsonl",
        "tag d -o d/e.jsonl",
        "tag a.txt -g g.toponym -f jsonl -o g.toponym",
        "tag a.txt -g g.toponym --errors g.toponym",
        "tag a.txt -o x.jsonl --errors x.jsonl",
        "tag a.txt -o x.jsonl --errors d/../x.jsonl",
        "tag a.txt --recogniser b.txt -f jsonl -o b.txt",
    ] {
        // The pattern is resolved by the program, not by a shell.
        let run = toponym().current_dir(&folder).args(arguments.split(' ')).assert().code(2);
        run.stderr(contains("choose another")).stdout("");
        assert!(contents(folder.path()) == before, "{arguments} has changed a file");
    }
    for arguments in [
        "gazetteer build s.csv -o s.csv",
        "gazetteer build ./d/../s.csv -o s.csv",
        "gazetteer merge g.toponym g.toponym -o g.toponym",
    ] {
        let run = toponym().current_dir(&folder).args(arguments.split(' ')).assert().code(1);
        run.stderr(contains("choose another OUT"));
        assert!(contents(folder.path()) == before, "{arguments} has changed a file");
    }
}

/// A run into `out.jsonl` that waits for its standard input.
#[cfg(unix)]
fn waiting(folder: &Path) -> std::process::Child {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin("toponym"));
    command.current_dir(folder).args(["tag", "-", "-o", "out.jsonl", "--quiet"]).stdin(Stdio::piped());
    let child = command.spawn().expect("starts");
    while !folder.join(".toponym-out.jsonl.part").exists() {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    child
}

#[cfg(unix)]
#[test]
fn the_second_run_into_one_output_refuses_and_the_next_cleans_up() {
    let folder = folder();
    let mut first = waiting(folder.path());
    for arguments in [&["tag", "a.txt", "-o", "out.jsonl"][..], &["gazetteer", "build", "s.csv", "-o", "out.jsonl"]] {
        let second = toponym().current_dir(&folder).args(arguments).assert().code(1);
        second.stderr(contains("out.jsonl").and(contains("another run is writing it")));
    }
    first.kill().and_then(|()| first.wait()).expect("killed");
    assert!(folder.path().join(".toponym-out.jsonl.part").exists(), "a killed run leaves its part");
    toponym().current_dir(&folder).args(["tag", "a.txt", "-o", "out.jsonl"]).assert().success();
    let names = walkdir(folder.path());
    assert!(!names.iter().any(|name| name.to_string_lossy().contains(".toponym-")), "{names:?}");
}

/// Makes what a run leaves that was killed between the renaming of its output and the removal of its journal.
fn finished_with_journal(folder: &Path, arguments: &[&str]) {
    toponym().current_dir(folder).args(arguments).assert().success();
    let output = std::fs::metadata(folder.join("out.jsonl")).expect("written").len();
    // The journal's first line is what a run that is resumed expects; the program tells it in its refusal.
    let journal = folder.join("out.jsonl.toponym-resume");
    std::fs::write(&journal, "{\"run\":[]}\n").expect("written");
    let refused = toponym().current_dir(folder).args(arguments).arg("--resume").assert().code(1);
    let message = String::from_utf8_lossy(&refused.get_output().stderr).into_owned();
    let told = message.split("was another: ").nth(1).and_then(|rest| rest.split("; give the same").next());
    let run = told.expect("the differences").split(", ").filter_map(|pair| pair.split_once(" is ")).collect::<Vec<_>>();
    let end = format!("{{\"documents\":1,\"failures\":0,\"bytes\":{output},\"error_bytes\":0,\"is_whole\":true}}");
    let head = serde_json::json!({ "run": run });
    std::fs::write(&journal, format!("{head}\n{end}\n")).expect("written");
}

#[test]
fn a_run_killed_after_its_output_was_named_is_done() {
    let folder = folder();
    let arguments = ["tag", "a.txt", "-o", "out.jsonl"];
    finished_with_journal(folder.path(), &arguments);
    let before = std::fs::read(folder.path().join("out.jsonl")).expect("read");
    toponym().current_dir(&folder).args(arguments).arg("--resume").assert().success();
    assert_eq!(std::fs::read(folder.path().join("out.jsonl")).expect("read"), before);
    assert!(!folder.path().join("out.jsonl.toponym-resume").exists());
}

#[test]
fn a_run_is_resumed_only_over_what_it_read() {
    let folder = folder();
    toponym().current_dir(&folder).args(["gazetteer", "build", "s.csv", "-o", "g.toponym"]).assert().success();
    let changes: [(&str, &dyn Fn()); 3] = [
        ("d", &|| std::fs::write(folder.path().join("d/new.txt"), TEXT).expect("written")),
        ("d/c.txt", &|| std::fs::write(folder.path().join("d/c.txt"), "In Homs.").expect("written")),
        ("g.toponym", &|| {
            std::fs::write(folder.path().join("s.csv"), "name,lat,lon\nTell Leilan,36.9,41.5\n").expect("written");
            toponym().current_dir(&folder).args(["gazetteer", "build", "s.csv", "-o", "g.toponym"]).assert().success();
        }),
    ];
    let arguments = ["tag", "d", "-g", "g.toponym", "-o", "out.jsonl"];
    for (what, change) in changes {
        finished_with_journal(folder.path(), &arguments);
        change();
        let refused = toponym().current_dir(&folder).args(arguments).arg("--resume").assert().code(1);
        refused.stderr(contains("the run to be resumed was another"));
        assert!(folder.path().join("out.jsonl.toponym-resume").exists(), "{what}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn full_disks_and_closed_streams_are_no_panic() {
    let folder = folder();
    let full = || std::fs::File::options().write(true).open("/dev/full").expect("Linux has it");
    let program = || {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin("toponym"));
        command.current_dir(folder.path());
        command
    };
    // Standard error is full: the run goes on and its exit code tells.
    let output = program().args(["tag", "a.txt", "none.txt", "-f", "jsonl"]).stderr(full()).output().expect("runs");
    assert_eq!((output.status.code(), output.stdout.is_empty()), (Some(1), false));
    let output = program().args(["gazetteer", "build", "s.csv", "-o", "g.toponym"]).stderr(full()).status();
    assert_eq!(output.expect("runs").code(), Some(0));
    // Outputs are full: the error names them.
    let run = program().args(["tag", "a.txt", "-f", "jsonl"]).stdout(full()).output().expect("runs");
    let message = String::from_utf8_lossy(&run.stderr).into_owned();
    assert!(run.status.code() == Some(1) && message.contains("standard output cannot be written"), "{message}");
    for arguments in ["tag a.txt -f jsonl -o /dev/full", "gazetteer build s.csv -o /dev/full"] {
        let run = program().args(arguments.split(' ')).output().expect("runs");
        let message = String::from_utf8_lossy(&run.stderr).into_owned();
        assert!(run.status.code() == Some(1) && message.contains("/dev/full: cannot be written"), "{message}");
    }
    let run = program().args(["tag", "none.txt", "--errors", "/dev/full"]).output().expect("runs");
    let message = String::from_utf8_lossy(&run.stderr).into_owned();
    assert!(run.status.code() == Some(1) && message.contains("/dev/full: cannot be written"), "{message}");
    assert!(!message.contains("panicked"), "{message}");
}

#[test]
fn absurd_numbers_of_jobs_are_refused() {
    for jobs in ["0", "1025", "18446744073709551615", "18446744073709551616", "-1"] {
        let run = toponym().args(["tag", "-", &format!("--jobs={jobs}")]).write_stdin(TEXT).assert().code(2);
        run.stderr(contains("1 to 1024"));
    }
    toponym().args(["tag", "-", "--jobs=1024"]).write_stdin(TEXT).assert().success().stdout(contains("Aleppo"));
}

#[cfg(unix)]
#[test]
fn names_do_not_command_the_terminal() {
    let name = "a\u{1b}]0;owned\u{7}\u{202e}.txt";
    let run = toponym().current_dir(root("")).args(["tag", name]).assert().code(1);
    let message = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
    assert!(message.contains("a\\u{1b}]0;owned\\u{7}\\u{202e}.txt"), "{message:?}");
    assert!(!message.contains(['\u{1b}', '\u{7}', '\u{202e}']));
}

/// `cp new.toponym g.toponym` and `: > g.toponym` under a running batch; and a rename, which harms nothing.
#[cfg(unix)]
#[test]
fn an_index_that_changes_under_a_run_is_told() {
    use std::io::Write;
    let folder = folder();
    let path = |name: &str| folder.path().join(name);
    let build = |out: &str| {
        toponym().current_dir(&folder).args(["gazetteer", "build", "s.csv", "-o", out]).assert().success();
    };
    let changes: [(&dyn Fn(), bool); 3] = [
        (
            &|| {
                std::fs::copy(path("new.toponym"), path("g.toponym")).expect("copied");
            },
            true,
        ),
        (&|| drop(std::fs::File::create(path("g.toponym")).expect("cut off")), true),
        (&|| std::fs::rename(path("new.toponym"), path("g.toponym")).expect("renamed"), false),
    ];
    for (change, harms) in changes {
        build("g.toponym");
        build("new.toponym");
        let mut command = Command::new(assert_cmd::cargo::cargo_bin("toponym"));
        command.current_dir(folder.path()).args(["tag", "-g", "g.toponym", "--input", "jsonl", "-o", "out.jsonl"]);
        let mut child = command.stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("starts");
        let mut input = child.stdin.take().expect("piped");
        // So many documents that some are answered and written before the input ends.
        let line = |at: usize| format!("{{\"id\": \"{at}\", \"text\": \"They left Tell Brak.\"}}\n");
        input.write_all((0..3_000).map(line).collect::<String>().as_bytes()).expect("read");
        // One that is being answered at the moment of the change cannot be told: all are waited for.
        let length = || std::fs::metadata(path(".toponym-out.jsonl.part")).map_or(0, |part| part.len());
        let mut before = 0;
        while before == 0 || length() != before {
            before = length();
            std::thread::sleep(std::time::Duration::from_secs(1));
        }
        change();
        input.write_all(line(3_000).as_bytes()).expect("read");
        drop(input);
        let ended = child.wait_with_output().expect("ends");
        let told = String::from_utf8_lossy(&ended.stderr).into_owned();
        assert_eq!(ended.status.code(), Some(i32::from(harms)), "{told}");
        assert_eq!(told.contains("a gazetteer was written over while it was in use"), harms, "{told}");
    }
}

/// Every bit of the header, and bits all over the file: opening it or `--verify` says so.
#[test]
fn every_flipped_bit_of_an_index_is_found() {
    let folder = folder();
    toponym().current_dir(&folder).args(["gazetteer", "build", "s.csv", "-o", "g.toponym"]).assert().success();
    let bytes = std::fs::read(folder.path().join("g.toponym")).expect("read");
    let is_right =
        |bytes: Vec<u8>| toponym::gazetteer::Index::from_vec(bytes).is_ok_and(|index| index.verify().is_ok());
    assert!(is_right(bytes.clone()));
    for bit in 0..bytes.len() * 8 {
        let mut flipped = bytes.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        assert!(!is_right(flipped), "bit {} of byte {}", bit % 8, bit / 8);
    }
    for length in 0..bytes.len() {
        assert!(!is_right(bytes[..length].to_vec()), "cut to {length} bytes");
    }
    assert!(!is_right([&bytes[..], b"\0"].concat()), "a byte too many");
}
