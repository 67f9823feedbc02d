//! `--by name`: one layer over all documents; and `--qml`, the style beside a file.

use crate::support::{features, tag, toponym};
use predicates::str::contains;
use serde_json::Value;

/// Three articles, one without date and title.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let lines = [
        serde_json::json!({"id": "a", "text": "Rain fell on Aleppo. Aleppo waits.", "title": "Rain; and wind", "date": "2016-03-12"}),
        serde_json::json!({"id": "b", "text": "Rain fell on Aleppo and Homs.", "title": "More rain", "date": "2016-02-01T10:00:00Z"}),
        serde_json::json!({"id": "c", "text": "Snow fell 20 km north of Aleppo."}),
    ];
    let lines: String = lines.iter().map(|line| format!("{line}\n")).collect();
    std::fs::write(folder.path().join("in.jsonl"), lines).expect("written");
    folder
}

fn written(folder: &tempfile::TempDir, out: &str, more: &[&str]) {
    let arguments = ["tag", "in.jsonl", "--by", "name", "-o", out];
    toponym().current_dir(folder).args(arguments).args(more).assert().success();
}

#[test]
fn a_place_is_one_feature_whatever_documents_mention_it() {
    let folder = folder();
    written(&folder, "out.geojson", &[]);
    let found = features(&std::fs::read_to_string(folder.path().join("out.geojson")).expect("written"));
    let names: Vec<_> =
        found.iter().map(|feature| feature["properties"]["name"].as_str().unwrap_or_default()).collect();
    assert_eq!(names, ["Aleppo", "Homs", "20 km north of Aleppo"], "those of most documents first");
    let aleppo = &found[0]["properties"];
    let told = ["documents", "mentions"].map(|name| aleppo[name].as_u64());
    assert_eq!(told, [Some(3), Some(4)]);
    let told =
        ["place_id", "first_date", "last_date", "titles", "texts"].map(|name| aleppo[name].as_str().unwrap_or("-"));
    assert_eq!(
        told,
        ["geonames:170063", "2016-02-01T10:00:00Z", "2016-03-12", "Rain; and wind; More rain; c", "Aleppo"]
    );
    assert!(aleppo["document"].is_null() && aleppo["confidence"].is_f64(), "{aleppo}");
    let relative = &found[2]["properties"];
    assert_eq!((&relative["first_date"], &relative["country"]), (&Value::Null, &"SY".into()));
}

#[test]
fn every_format_of_one_layer_has_it() {
    let folder = folder();
    for out in ["out.geojsonl", "out.csv", "out.kml", "out.fgb"] {
        written(&folder, out, &[]);
        let bytes = std::fs::read(folder.path().join(out)).expect("written");
        let text = String::from_utf8_lossy(&bytes);
        assert!(text.contains("Rain; and wind; More rain; c"), "{out}");
    }
    let kml = std::fs::read_to_string(folder.path().join("out.kml")).expect("written");
    assert!(kml.contains("<TimeSpan><begin>2016-02-01T10:00:00Z</begin><end>2016-03-12</end></TimeSpan>"), "{kml}");
    written(&folder, "out.gpkg", &[]);
    let database = rusqlite::Connection::open(folder.path().join("out.gpkg")).expect("opens");
    let one = |query: &str| database.query_row(query, [], |row| row.get::<_, String>(0)).expect(query);
    assert_eq!(one("SELECT group_concat(table_name) FROM gpkg_geometry_columns"), "names");
    let aleppo = "SELECT name || documents || mentions || first_date FROM names ORDER BY documents DESC LIMIT 1";
    assert_eq!(one(aleppo), "Aleppo342016-02-01T10:00:00.000Z");
    let table = tag("Rain fell on Aleppo.", &["--by", "name", "--format", "table"]);
    assert!(table.starts_with("PLACE ") && table.contains("DOCUMENTS") && table.lines().count() == 2, "{table}");
    toponym().args(["tag", "-", "--by", "name", "--format", "jsonl"]).assert().code(2).stderr(contains("--by"));
}

#[test]
fn titles_are_listed_up_to_a_hundred() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let line =
        |nr: usize| format!("{}\n", serde_json::json!({"text": "Rain fell on Aleppo.", "title": format!("Day {nr}")}));
    std::fs::write(folder.path().join("in.jsonl"), (0..130).map(line).collect::<String>()).expect("written");
    written(&folder, "out.geojson", &[]);
    let found = features(&std::fs::read_to_string(folder.path().join("out.geojson")).expect("written"));
    let aleppo = found.iter().find(|feature| feature["properties"]["name"] == "Aleppo").expect("found");
    assert_eq!(aleppo["properties"]["documents"], 130);
    let titles = aleppo["properties"]["titles"].as_str().unwrap_or_default();
    assert!(titles.split("; ").count() == 101 && titles.ends_with("Day 99; …"), "{titles}");
}

#[test]
fn a_style_stands_beside_the_file_that_it_is_for() {
    let folder = folder();
    for (by, colour, time) in [("name", "confidence", "first_date"), ("document", "score", "date")] {
        let arguments = ["tag", "in.jsonl", "-o", "map.geojson", "--qml", "--by", by];
        toponym().current_dir(&folder).args(arguments).assert().success();
        let style = std::fs::read_to_string(folder.path().join("map.qml")).expect("written");
        let style = roxmltree::Document::parse_with_options(
            &style,
            roxmltree::ParsingOptions { allow_dtd: true, ..roxmltree::ParsingOptions::default() },
        );
        let style = style.expect("XML");
        let find = |tag: &str| style.descendants().find(|node| node.has_tag_name(tag)).expect("there");
        assert_eq!(find("renderer-v2").attribute("attr"), Some(colour));
        assert_eq!(find("temporal").attribute("startField"), Some(time));
        assert!(find("mapTip").text().is_some_and(|tip| tip.contains("attribute('sentence')")));
        assert!(!style.input_text().contains(['{', '}']), "all is filled in");
    }
    for (arguments, message) in [
        (&["-o", "map.gpkg", "--qml"][..], "--qml"),
        (&["--qml"], "--output"),
        (&["-o", "in.qml", "--format", "csv", "--qml"], "one file"),
    ] {
        toponym()
            .current_dir(&folder)
            .args(["tag", "in.jsonl"])
            .args(arguments)
            .assert()
            .code(2)
            .stderr(contains(message));
    }
}

#[test]
fn what_is_relative_carries_its_country_in_json_lines_too() {
    let line: Value =
        serde_json::from_str(&tag("Snow fell 20 km north of Aleppo.", &["--format", "jsonl"])).expect("JSON");
    let place = &line["mentions"][0]["place"];
    assert_eq!((&place["country"], &place["admin1"]), (&"SY".into(), &"Aleppo Governorate".into()), "{place}");
}
