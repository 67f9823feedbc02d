//! What the program shows on a terminal, which `script` of util-linux emulates.

use std::process::{Command, Stdio};

/// What a terminal shows of `toponym` with these arguments, if the system has `script`; `typed` is what its user types.
fn shown(arguments: &str, typed: &str) -> Option<String> {
    let program = assert_cmd::cargo::cargo_bin("toponym");
    let command = format!("'{}' {arguments}", program.display());
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
    let Some(shown) = shown("tag --format jsonl", "Shells fell on Homs.\n\u{4}") else { return };
    assert!(shown.contains("Ctrl-D") && shown.contains("toponym tag FILE"), "{shown}");
    assert!(shown.contains("\"name\":\"Homs\""), "{shown}");
}

#[test]
fn a_bar_shows_documents_speed_and_time_left() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("in.jsonl");
    let line = "{\"text\": \"Shells fell on Homs, and the road to Aleppo was closed.\"}\n";
    std::fs::write(&path, line.repeat(40_000)).expect("written");
    let arguments = format!("tag '{}' -o '{}'", path.display(), folder.path().join("out.jsonl").display());
    let Some(shown) = shown(&arguments, "") else { return };
    for part in ["█", "documents", "MB/s", "left"] {
        assert!(shown.contains(part), "{part:?} in {shown:?}");
    }
    assert!(shown.contains("80,000 places in 40,000 documents -> "), "{shown:?}");
    let quiet = self::shown(&format!("{arguments} --quiet"), "").unwrap_or_default();
    assert_eq!(quiet, "");
}

/// A folder with two articles.
fn articles() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let page = |title: &str, text: &str| format!("---\ntitle: {title}\ndate: 2016-06-04\n---\n{text}\n");
    let one = page("Rain in the north", "Rain fell on Aleppo and Žižkov, Prague. In Aleppo the road was closed.");
    std::fs::write(folder.path().join("one.md"), one).expect("written");
    std::fs::write(folder.path().join("two.md"), page("Nothing", "Nothing was said of it.")).expect("written");
    folder
}

#[test]
fn a_table_is_shown_where_people_read_and_geojson_written_elsewhere() {
    let folder = articles();
    let path = folder.path().display();
    let Some(shown) = shown(&format!("tag '{path}'"), "") else { return };
    for part in
        ["one.md  2016-06-04  Rain in the north", "two.md  2016-06-04  Nothing", "no place", "3 places in 2 documents"]
    {
        assert!(shown.contains(part), "{part:?} in {shown}");
    }
    let column = |line: &str, text: &str| {
        let line = shown.lines().find(|shown| shown.contains(line)).unwrap_or_else(|| panic!("{line} in {shown}"));
        line.split(text).next().expect("a first part").chars().count()
    };
    assert_eq!(column("PLACE", "LAT,LON"), column("P.PPLA ", "36.2012,37.1612"), "{shown}");
    assert_eq!(column("PLACE", "LAT,LON"), column("Žižkov", "50."), "{shown}");
    assert!(!shown.contains("FeatureCollection"), "{shown}");
    let stated = self::shown(&format!("tag '{path}' --format geojson"), "").expect("script is there");
    assert!(stated.contains("FeatureCollection") && !stated.contains("PLACE"), "{stated}");
    let mentions = self::shown(&format!("tag '{path}' --by mention"), "").expect("script is there");
    assert_eq!(mentions.matches("36.2012,37.1612").count(), 2, "{mentions}");
    let asked = crate::support::tag("Rain fell on Aleppo.", &["--format", "table"]);
    assert!(asked.starts_with("PLACE ") && asked.contains("\nAleppo "), "{asked}");
}

#[test]
fn a_run_ends_with_what_it_found_and_where_that_is() {
    let folder = articles();
    std::fs::write(folder.path().join("bad.jsonl"), "{}\n").expect("written");
    let path = folder.path().display();
    let run = |more: &str| shown(&format!("tag '{path}' -o '{path}/map.kml' {more}"), "");
    let Some(shown) = run("") else { return };
    let last = shown.trim_end().lines().last().unwrap_or_default();
    assert!(last.contains(&format!("3 places in 2 documents -> {path}/map.kml, ")), "{shown:?}");
    assert!(last.ends_with("; 1 document failed"), "{shown:?}");
    // A name without a position is told of, and what tells more of it.
    let unplaced = self::shown("tag --min-place-confidence 1", "Rain fell on Aleppo.\n\u{4}").expect("script is there");
    assert!(unplaced.contains("; 1 name without a position: --explain"), "{unplaced:?}");
    assert!(!run("--quiet").expect("script is there").contains("places in"), "quiet says nothing of it");
}

#[test]
fn look_ups_are_tables_for_people_and_lines_for_shells() {
    let Some(found) = shown("lookup Springfield -n 3", "") else { return };
    let lines: Vec<&str> = found.lines().collect();
    assert!(lines.len() == 4 && lines[0].starts_with("PLACE ") && !found.contains('\t'), "{found}");
    let at = |line: &str, text: &str| line.find(text).unwrap_or_else(|| panic!("{text} in {line}"));
    assert!(lines[1..].iter().all(|line| at(line, "geonames:") == at(lines[0], "ID")), "{found}");
    let near = shown("near 36.2,37.16 -n 3", "").expect("script is there");
    assert!(near.trim_start().starts_with("KM ") && near.lines().count() == 4, "{near}");
    let lines = shown("lookup Springfield -n 3 --format tsv", "").expect("script is there");
    assert!(lines.contains("\tgeonames:"), "{lines:?}");
}
