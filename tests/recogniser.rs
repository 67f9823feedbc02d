//! `toponym train recogniser`, and `toponym tag` with the model that it makes.

use crate::support::toponym;
use std::fmt::Write;
use std::path::Path;
use toponym::{Document, Geoparser, Resources, Span};

/// Sentences, repeated, in which "Zubrowka" is a place and "Corvane" a person.
fn labelled() -> String {
    let mut text = String::new();
    for number in 0..60 {
        let verb = ["left", "reached", "likes", "paints"][number % 4];
        let _ = write!(
            text,
            "# newdoc\nMrs\tO\nCorvane\tB-PER\n{verb}\tO\nthe\tO\nhills\tO\nof\tO\nZubrowka\tB-LOC\n.\tO\n\n"
        );
        let _ = write!(
            text,
            "It\tO\nrained\tO\nin\tO\nNorth\tB-LOC\nZubrowka\tI-LOC\nand\tO\nin\tO\nParis\tB-LOC\n.\tO\n\n"
        );
    }
    text
}

fn train(folder: &Path, out: &str, seed: &str) -> Vec<u8> {
    toponym()
        .current_dir(folder)
        .args(["train", "recogniser", "--out", out, "--seed", seed, "names.tsv"])
        .assert()
        .success();
    std::fs::read(folder.join(out)).expect("the model was written")
}

fn mentions(output: &[u8]) -> Vec<serde_json::Value> {
    let line: serde_json::Value = serde_json::from_slice(output).expect("a line of JSON");
    line["mentions"].as_array().expect("mentions").clone()
}

fn tagged(folder: &Path, args: &[&str]) -> Vec<serde_json::Value> {
    let mut command = toponym();
    command.current_dir(folder).args(["tag", "article.txt", "--format", "jsonl"]).args(args);
    mentions(&command.assert().success().get_output().stdout)
}

#[test]
fn what_is_trained_is_used_and_the_same_again() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let folder = folder.path();
    std::fs::write(folder.join("names.tsv"), labelled()).expect("written");
    std::fs::write(folder.join("article.txt"), "Mrs Corvane left the hills of Zubrowka.").expect("written");
    let first = train(folder, "a.model", "1");
    assert_eq!(first, train(folder, "b.model", "1"), "one seed, one model");
    let found = tagged(folder, &["--recogniser", "a.model"]);
    let texts: Vec<_> = found.iter().map(|mention| mention["text"].as_str().unwrap_or("")).collect();
    assert_eq!(texts, ["Zubrowka"]);
    assert!(found[0]["place"].is_null() && found[0]["reason"].is_string(), "no gazetteer has it: {found:?}");
}

#[test]
fn bad_sources_and_models_are_named() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(folder.path().join("bad.tsv"), "Paris B-LOC\n").expect("written");
    let run = |args: &[&str]| {
        let output = toponym().current_dir(&folder).args(args).assert().failure().get_output().stderr.clone();
        String::from_utf8(output).expect("UTF-8")
    };
    let message = run(&["train", "recogniser", "--out", "m", "bad.tsv"]);
    assert!(message.contains("bad.tsv:1: \"Paris B-LOC\" is not a token, a tab"), "{message}");
    let message = run(&["train", "recogniser", "--out", "m", "none.tsv"]);
    assert!(message.contains("none.tsv: cannot be read"), "{message}");
    let message = run(&["tag", "--recogniser", "bad.tsv", "bad.tsv"]);
    assert!(message.contains("bad.tsv: not a recogniser's model"), "{message}");
}

#[test]
fn kinds_and_confidence_choose_among_mentions() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let folder = folder.path();
    let text = "French troops left Damascus for Homs. The University of Aleppo was closed, officials in Damascus said.";
    std::fs::write(folder.join("article.txt"), text).expect("written");
    let kinds = |args: &[&str]| {
        let found = tagged(folder, args);
        let kinds: std::collections::BTreeSet<_> =
            found.iter().filter_map(|mention| mention["kind"].as_str().map(str::to_owned)).collect();
        (kinds.into_iter().collect::<Vec<_>>(), found.len())
    };
    let (all, count) = kinds(&[]);
    assert!(all.contains(&"place".to_owned()) && all.contains(&"demonym".to_owned()), "{all:?}");
    let (places, fewer) = kinds(&["--kinds", "place"]);
    assert_eq!(places, ["place"]);
    assert!(fewer < count);
    assert_eq!(kinds(&["--kinds", "demonym"]), (vec!["demonym".to_owned()], 1));
    assert!(kinds(&["--min-confidence", "0.999"]).1 < count, "not all is certain");
    assert!(kinds(&["--min-confidence", "0"]).1 >= count);
    for args in [["--kinds", "towns"], ["--min-confidence", "2"]] {
        toponym().current_dir(folder).args(["tag", "article.txt"]).args(args).assert().code(2);
    }
}

/// The spans and confidences of the mentions found with this threshold.
fn found(text: &str, least: Option<f64>) -> Vec<(Span, f64)> {
    let geoparser = Geoparser::embedded().expect("what is embedded opens").with_min_confidence(least);
    let annotations = geoparser.annotate(&Document::new("1", text));
    let named = annotations.mentions.iter().filter(|mention| mention.relative.is_none());
    named.map(|mention| (mention.span, mention.confidence)).collect()
}

#[test]
fn nothing_less_probable_than_the_least_confidence_is_kept() {
    let text = "French troops left Damascus for Homs. Reading is nice, officials in Jordan told the Aleppo Post. Austin and \
        Chelsea met at Marigny Square near Lake Placid; Georgia said so. Troops reached Qalaat Marwan, and Paris phoned.";
    let all = found(text, None);
    let cuts = all.iter().map(|(_, confidence)| *confidence).chain([0.5, 0.9, 0.97]);
    // What the recogniser's own threshold leaves out comes only to those who ask for less.
    for least in cuts.filter(|least| *least > 0.4) {
        let sure: Vec<_> = all.iter().copied().filter(|(_, confidence)| *confidence >= least).collect();
        assert_eq!(found(text, Some(least)), sure, "{least}");
    }
    assert!(found(text, Some(0.0)).len() >= all.len());
    let resources = Resources::embedded().expect("what is embedded opens");
    let threshold = resources.recogniser().expect("there is one").threshold();
    assert_eq!(found(text, None), found(text, Some(threshold)), "the model's own least");
}

#[test]
fn another_language_is_told() {
    let tagged = |text: &str| {
        let mut command = toponym();
        let run = command.args(["tag", "--format", "jsonl"]).write_stdin(text).assert().success();
        let output = run.get_output();
        let line: serde_json::Value = serde_json::from_slice(&output.stdout).expect("a line of JSON");
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        (line["language"].to_string(), line["recogniser"].to_string(), told)
    };
    let (language, recogniser, told) = tagged("Kapinalliset ovat jo lähteneet, mutta Aleppo on myös ollut heidän.");
    assert_eq!((language.as_str(), recogniser.as_str()), ("\"fi\"", "\"dictionary\""));
    assert!(told.contains("1 document not in a language that the recogniser was trained on (fi)"), "{told}");
    let (language, recogniser, told) = tagged("Les rebelles ont quitté Alep.");
    assert_eq!((language.as_str(), recogniser.as_str()), ("\"fr\"", "\"trained\""));
    assert!(!told.contains("not in a language"), "{told}");
}
