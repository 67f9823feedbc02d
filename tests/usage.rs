//! How the program answers mistakes, and what its help is like.

use crate::support::toponym;
use predicates::prelude::*;
use predicates::str::contains;

/// What a command prints as help.
fn help(arguments: &[&str]) -> String {
    let output = toponym().args(arguments).assert().success().get_output().stdout.clone();
    String::from_utf8(output).expect("UTF-8")
}

#[test]
fn commands_that_there_are_not_lead_to_those_that_are_meant() {
    for (written, meant) in [
        ("tga", "toponym tag"),
        ("tagg", "'tag'"),
        ("lokup", "'lookup'"),
        ("gazeteer", "'gazetteer'"),
        ("search", "toponym lookup"),
        ("geocode", "toponym lookup"),
        ("geoparse", "toponym tag"),
        ("reverse", "toponym near"),
        ("build", "toponym gazetteer build"),
        ("Cargo.toml", "toponym tag Cargo.toml"),
        ("https://paper.example/rain", "toponym tag https://paper.example/rain"),
    ] {
        toponym().arg(written).assert().code(2).stderr(contains("tip: ").and(contains(meant)));
    }
    toponym().arg("xqzw").assert().code(2).stderr(contains("unrecognized subcommand").and(contains("tip:").not()));
    toponym().args(["tag", "--fromat", "csv"]).assert().code(2).stderr(contains("'--format'"));
    toponym().args(["tag", "--format", "gejson"]).assert().code(2).stderr(contains("'geojson'"));
}

#[test]
fn options_of_the_file_that_there_are_not_lead_to_those_that_are_meant() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (toml, meant) in
        [("[tag]\nfromat = \"csv\"\n", "did you mean format?"), ("gazeteer = [\"own\"]\n", "did you mean gazetteer?")]
    {
        std::fs::write(folder.path().join("toponym.toml"), toml).expect("written");
        toponym().current_dir(&folder).args(["tag", "-"]).assert().code(2).stderr(contains(meant));
    }
}

#[test]
fn an_address_says_how_the_page_is_saved() {
    for address in ["https://paper.example/a?id=1", "www.paper.example/a.html"] {
        let told = contains(address).and(contains("curl -L")).and(contains("Ctrl+S"));
        toponym().args(["tag", address]).assert().code(1).stderr(told);
    }
}

#[test]
fn short_help_is_short_and_long_help_has_groups_and_examples() {
    let (short, long) = (help(&["tag", "-h"]), help(&["tag", "--help"]));
    assert!(short.lines().count() <= 60, "{} lines", short.lines().count());
    for group in ["Input:", "Output:", "Mentions and places:", "Gazetteers:", "The run:"] {
        assert!(short.contains(group) && long.contains(group), "{group}");
    }
    assert!(!short.contains("--max-document") && long.contains("--max-document"), "rare options are in the long help");
    for command in [
        &["tag"][..],
        &["lookup"],
        &["near"],
        &["eval"],
        &["serve"],
        &["gazetteer", "build"],
        &["gazetteer", "get"],
        &[],
    ] {
        let long = help(&[command, &["--help"]].concat());
        assert!(long.contains("Examples:") && long.contains("toponym "), "{command:?}");
    }
}

#[test]
fn the_examples_of_the_help_are_commands_that_there_are() {
    for command in ["tag", "lookup", "near"] {
        let help = help(&[command, "--help"]);
        let examples = help.split("Examples:").nth(1).expect("examples");
        let options = examples.split([' ', '\n']).filter(|word| word.starts_with("--"));
        for option in options {
            assert!(help.split("Examples:").next().is_some_and(|options| options.contains(option)), "{option}");
        }
    }
}

#[test]
fn an_option_that_was_renamed_is_known_by_its_old_name() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(folder.path().join("t.csv"), "name,lat,lon\nTell Asad,35,36\n").expect("written");
    let here = || {
        let mut command = toponym();
        command.current_dir(&folder);
        command
    };
    here().args(["gazetteer", "build", "t.csv", "-o", "own.toponym"]).assert().success().stderr(contains(" 1 row,"));
    let lookup = || {
        let mut command = here();
        command.args(["lookup", "Aleppo"]);
        command
    };
    for option in ["--only-given-gazetteers", "--only"] {
        lookup().args(["-g", "own.toponym", option]).assert().code(1);
    }
    lookup().args(["-g", "own.toponym"]).env("TOPONYM_ONLY", "1").assert().code(1);
    for key in ["only", "only-given-gazetteers"] {
        std::fs::write(folder.path().join("toponym.toml"), format!("gazetteer = [\"own.toponym\"]\n{key} = true\n"))
            .expect("written");
        lookup().assert().code(1);
        here().args(["config", "lookup"]).assert().success().stdout(contains("only-given-gazetteers = true  # "));
    }
    assert!(!help(&["tag", "--help"]).contains("--only "), "the old name is not shown");
}

#[test]
fn a_format_that_one_command_has_is_no_mistake_of_another() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let lookup = || {
        let mut command = toponym();
        command.current_dir(&folder).args(["lookup", "Aleppo"]);
        command
    };
    lookup().env("TOPONYM_FORMAT", "gpkg").assert().success();
    lookup().env("TOPONYM_FORMAT", "json").assert().success().stdout(contains("\"match\""));
    lookup().env("TOPONYM_FORMAT", "docx").assert().code(2).stderr(contains("docx"));
    std::fs::write(folder.path().join("toponym.toml"), "format = \"gpkg\"\n").expect("written");
    lookup().assert().success();
    std::fs::write(folder.path().join("toponym.toml"), "[lookup]\nformat = \"gpkg\"\n").expect("written");
    lookup().assert().code(2).stderr(contains("gpkg"));
}
