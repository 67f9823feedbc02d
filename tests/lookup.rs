//! `toponym lookup` and the library's lookup.

use crate::support::toponym;
use predicates::str::contains;
use toponym::gazetteer::Match;

#[test]
fn a_spelling_that_no_row_has_is_found_by_its_sound() {
    let gazetteer = toponym::gazetteer::embedded().expect("opens");
    for spelling in ["Sheikh Maqsood", "Shaikh Maqsoud", "Sheik Maqsoud", "Sheikh Maksood"] {
        let best = &gazetteer.lookup(spelling)[0];
        assert!(best.found != Match::Exact, "{spelling} is in a row");
        assert_eq!(best.place.id(), "toponym:aleppo-sheikh-maqsoud", "{spelling}");
    }
    toponym().args(["lookup", "Sheikh Maqsood"]).assert().success().stdout(contains("Sheikh Maqsoud\tP.PPLX\tAleppo"));
}

#[test]
fn the_best_known_place_of_a_name_comes_first() {
    let gazetteer = toponym::gazetteer::embedded().expect("opens");
    for (name, id) in [
        ("paris", "geonames:2988507"),
        ("ALEPPO", "geonames:170063"),
        ("حلب", "geonames:170063"),
        ("Алеппо", "geonames:170063"),
        ("Halab", "geonames:170063"),
    ] {
        assert_eq!(gazetteer.lookup(name)[0].place.id(), id, "{name}");
    }
    assert!(gazetteer.lookup("Springfield").len() > 10);
}

#[test]
fn limits_and_misses() {
    let lines = |arguments: &[&str]| {
        let output = toponym().arg("lookup").args(arguments).assert().success().get_output().stdout.clone();
        String::from_utf8(output).expect("UTF-8").lines().count()
    };
    assert_eq!(lines(&["Springfield", "-n", "3"]), 3);
    assert_eq!(lines(&["New", "York", "-n", "1"]), 1, "a name of two words needs no quotes");
    toponym().args(["lookup", "Xyzzyplugh"]).assert().code(1).stderr(contains("Xyzzyplugh"));
    toponym().args(["lookup", ""]).assert().code(1);
}

#[test]
fn programs_get_json() {
    let json = |arguments: &[&str]| -> serde_json::Value {
        let output = toponym().args(arguments).args(["--format", "json"]).output().expect("runs").stdout;
        serde_json::from_slice(&output).expect("JSON")
    };
    let paris = &json(&["lookup", "Paris, Texas"])[0];
    assert_eq!((&paris["name"], &paris["country"], &paris["match"]), (&"Paris".into(), &"US".into(), &"exact".into()));
    let similar = &json(&["lookup", "Barcelonna"])[0];
    let told = ["name", "match", "matched_name"].map(|name| similar[name].as_str().unwrap_or_default().to_owned());
    assert_eq!(told, ["Barcelona", "similar", "barcelona"]);
    let near = json(&["near", "36.2,37.16", "-n", "2"]);
    assert_eq!(near.as_array().map(Vec::len), Some(2));
    assert!(near[0]["km"].as_f64() < near[1]["km"].as_f64() && near[1]["lat"].is_f64(), "{near}");
    for nothing in [&["lookup", "Xyzzyplugh"][..], &["near", "-48.9,-123.4"]] {
        assert_eq!(json(nothing), serde_json::json!([]));
    }
}
