//! Options: flags win over the environment, which wins over `toponym.toml`. Completions and manual pages.

use crate::support::toponym;
use predicates::prelude::*;
use predicates::str::contains;

fn folder(toml: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::create_dir(folder.path().join("within")).expect("made");
    std::fs::write(folder.path().join("toponym.toml"), toml).expect("written");
    std::fs::write(folder.path().join("within/in.txt"), "Shells fell on Aleppo.").expect("written");
    folder
}

/// The program, run in a folder below that of the file.
fn within(folder: &tempfile::TempDir) -> assert_cmd::Command {
    let mut command = toponym();
    command.current_dir(folder.path().join("within"));
    command
}

#[test]
fn flags_win_over_the_environment_and_that_over_the_file() {
    let folder = folder("[tag]\nformat = \"jsonl\"\noffsets = \"utf16\"\nquiet = true\n");
    let tag = |folder: &_| {
        let mut command = within(folder);
        command.args(["tag", "in.txt"]);
        command
    };
    tag(&folder).assert().success().stdout(contains("\"mentions\""));
    tag(&folder).env("TOPONYM_FORMAT", "geojson").assert().success().stdout(contains("FeatureCollection"));
    let flag = ["--format", "jsonl"];
    tag(&folder).env("TOPONYM_FORMAT", "geojson").args(flag).assert().success().stdout(contains("\"mentions\""));
    tag(&folder).env("TOPONYM_CONFIG", "").assert().success().stdout(contains("FeatureCollection"));
    let shown = within(&folder).arg("config").env("TOPONYM_JOBS", "3").assert().success();
    shown.stdout(
        contains("format = \"jsonl\"  # ")
            .and(contains("toponym.toml"))
            .and(contains("jobs = 3  # TOPONYM_JOBS"))
            .and(contains("quiet = true  # "))
            .and(contains("keep-text = false  # default"))
            .and(contains("# errors is not set")),
    );
}

#[test]
fn what_config_shows_is_a_file_that_it_reads() {
    let folder = folder("offsets = \"bytes\"\n");
    let shown = within(&folder).arg("config").assert().success().get_output().stdout.clone();
    std::fs::write(folder.path().join("within/toponym.toml"), shown).expect("written");
    within(&folder).args(["tag", "in.txt"]).assert().success().stdout(contains("Aleppo"));
    for command in ["lookup", "near", "eval"] {
        within(&folder).args(["config", command]).assert().success().stdout(contains(format!("[{command}]")));
    }
}

#[test]
fn paths_count_from_the_file_and_mistakes_are_named() {
    let paths = folder("gazetteer = [\"none.toponym\"]\n");
    let assert = within(&paths).args(["tag", "in.txt"]).assert().code(1);
    assert.stderr(contains(paths.path().join("none.toponym").to_string_lossy().as_ref()));
    for (toml, message) in [
        ("[tag]\nforma = \"jsonl\"\n", "`tag` has no option forma"),
        ("colour = 1\n", "no command has an option colour"),
        ("[tag]\nquiet = \"yes\"\n", "quiet cannot be"),
        ("[tag]\nformat = \"docx\"\n", "toponym.toml: invalid value 'docx'"),
        ("[tag\n", "is no TOML"),
    ] {
        let folder = folder(toml);
        let assert = within(&folder).args(["tag", "in.txt"]).assert().code(2);
        assert.stderr(contains("toponym.toml").and(contains(message)));
    }
}

#[test]
fn shells_and_manuals_are_served() {
    for shell in ["bash", "zsh", "fish", "powershell"] {
        toponym().args(["completions", shell]).assert().success().stdout(contains("given-mentions"));
    }
    toponym().arg("man").assert().success().stdout(contains(".TH toponym"));
    let folder = tempfile::tempdir().expect("a temporary folder");
    toponym().arg("man").arg(folder.path().join("man1")).assert().success();
    let page = std::fs::read_to_string(folder.path().join("man1/toponym-tag.1")).expect("a page for every command");
    assert!(page.contains("resume"));
    let mut pages = std::fs::read_dir(folder.path().join("man1")).expect("listed").flatten();
    assert!(!pages.any(|page| page.file_name().to_string_lossy().contains("help")), "only commands have pages");
}

#[test]
fn the_options_of_every_command_are_shown() {
    for command in ["tag", "lookup", "near", "eval", "serve", "mcp"] {
        let shown = toponym().args(["config", command]).assert().success();
        shown.stdout(predicates::str::starts_with(format!("[{command}]")));
    }
}
