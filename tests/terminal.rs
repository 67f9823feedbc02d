//! What the program shows on a terminal, which `script` of util-linux emulates.

use std::process::{Command, Stdio};

/// What a terminal shows of `toponym tag` with these arguments, if the system has `script`; `typed` is what its user
/// types.
fn shown(arguments: &str, typed: &str) -> Option<String> {
    let program = assert_cmd::cargo::cargo_bin("toponym");
    let command = format!("'{}' tag {arguments}", program.display());
    let mut terminal = Command::new("script");
    terminal.args(["-qec", &command, "/dev/null"]).env("TERM", "xterm").stdin(Stdio::piped()).stdout(Stdio::piped());
    let Ok(mut child) = terminal.spawn() else {
        eprintln!("skipped: there is no `script` (Debian: bsdutils)");
        return None;
    };
    // The process may have ended without reading it.
    let _ = std::io::Write::write_all(&mut child.stdin.take()?, typed.as_bytes());
    let output = child.wait_with_output().expect("ended");
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

#[test]
fn who_is_waited_for_is_told() {
    let Some(shown) = shown("--format jsonl", "Shells fell on Homs.\n\u{4}") else { return };
    assert!(shown.contains("Ctrl-D") && shown.contains("toponym tag FILE"), "{shown}");
    assert!(shown.contains("\"name\":\"Homs\""), "{shown}");
}

#[test]
fn a_bar_shows_documents_speed_and_time_left() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("in.jsonl");
    let line = "{\"text\": \"Shells fell on Homs, and the road to Aleppo was closed.\"}\n";
    std::fs::write(&path, line.repeat(40_000)).expect("written");
    let arguments = format!("'{}' -o '{}'", path.display(), folder.path().join("out.jsonl").display());
    let Some(shown) = shown(&arguments, "") else { return };
    for part in ["█", "documents", "MB/s", "left"] {
        assert!(shown.contains(part), "{part:?} in {shown:?}");
    }
    let quiet = self::shown(&format!("{arguments} --quiet"), "").unwrap_or_default();
    assert_eq!(quiet, "");
}
