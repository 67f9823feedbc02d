//! The formats, read by GDAL (Debian: gdal-bin), which CI installs. Where it is missing these tests are skipped.

use crate::support::{features, toponym};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The formats that GDAL reads, with the name of the layer of places where GDAL needs it.
const FORMATS: &[(&str, Option<&str>)] = &[
    ("geojson", None),
    ("geojsonl", None),
    ("geojsons", None),
    ("csv", None),
    ("kml", None),
    ("fgb", None),
    ("gpkg", Some("places")),
];

/// A document with a value for every field, and text that needs escaping.
const DOCUMENT: &str = r#"{"id": "a,\"b\"", "text": "Shells fell on Aleppo — حلب 😀 — in \"Syria\", <b>&amp;</b>\nand more.",
    "meta": {"title": "Přílohy & \"co\"", "date": "2016-03-12", "url": "https://example.org/?a=1&b=2", "author": "A. Writer",
    "site": "The Example", "domain": "example.org", "desk": "=1+1"}}"#;

fn has_gdal() -> bool {
    let found = Command::new("ogrinfo").arg("--version").output().is_ok();
    if !found {
        assert!(std::env::var_os("CI").is_none(), "ogrinfo is not installed");
        eprintln!("skipped: ogrinfo is not installed (Debian: gdal-bin)");
    }
    found
}

fn run(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output().expect("GDAL runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{program} {arguments:?}: {said}");
    assert!(!said.contains("ERROR"), "{program} {arguments:?}: {said}");
    String::from_utf8(output.stdout).expect("GDAL writes UTF-8")
}

/// The document in a format.
fn written(folder: &Path, extension: &str) -> PathBuf {
    let input = folder.join("in.jsonl");
    std::fs::write(&input, DOCUMENT.replace('\n', " ")).expect("written");
    let path = folder.join(format!("out.{extension}"));
    toponym().arg("tag").arg(&input).arg("-o").arg(&path).assert().success();
    path
}

/// The features that GDAL reads of a layer, as GeoJSON, sorted by name.
fn read(path: &Path, layer: Option<&str>) -> Vec<Value> {
    let path = path.to_str().expect("a path of letters");
    let mut arguments = vec!["-f", "GeoJSON", "/vsistdout/", path];
    arguments.extend(layer);
    let mut read = features(&run("ogr2ogr", &arguments));
    read.sort_by_key(|feature| property(feature, "name"));
    read
}

/// A property as text, whatever type the format gives it and whatever case its name has.
fn property(feature: &Value, name: &str) -> String {
    let properties = feature["properties"].as_object().expect("properties");
    let found =
        properties.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map_or(&Value::Null, |(_, value)| value);
    let text = match found {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    };
    // Where a date is a date and time, a day is its midnight.
    let text = text.trim_end_matches('Z').trim_end_matches("T00:00:00");
    text.trim_end_matches(".0").replace("2016/03/12", "2016-03-12")
}

/// Checks that the features equal those of the GeoJSON, field by field.
fn check(what: &str, read: &[Value], wanted: &[Value]) {
    assert_eq!(read.len(), wanted.len(), "{what}");
    for (read, wanted) in read.iter().zip(wanted) {
        let [one, other] =
            [read, wanted].map(|f| [0, 1].map(|axis| f["geometry"]["coordinates"][axis].as_f64().expect("a number")));
        assert!((one[0] - other[0]).abs() < 1e-6 && (one[1] - other[1]).abs() < 1e-6, "{what}: {one:?} {other:?}");
        for name in wanted["properties"].as_object().expect("properties").keys() {
            assert_eq!(property(read, name), property(wanted, name), "{what}: {name}");
        }
    }
}

#[test]
fn gdal_reads_every_format_as_it_reads_geojson() {
    if !has_gdal() {
        return;
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    let wanted = read(&written(folder.path(), "geojson"), None);
    assert_eq!(wanted.len(), 2);
    assert_eq!(property(&wanted[0], "texts"), "Aleppo; حلب");
    for (extension, layer) in FORMATS {
        check(extension, &read(&written(folder.path(), extension), *layer), &wanted);
    }
}

#[test]
fn ogr2ogr_makes_each_format_of_each() {
    if !has_gdal() {
        return;
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    let targets = [("GeoJSON", "json"), ("GPKG", "gpkg"), ("FlatGeobuf", "fgb"), ("CSV", "csv"), ("KML", "kml")];
    for (extension, layer) in FORMATS {
        let from = written(folder.path(), extension);
        for (driver, other) in targets {
            let to = folder.path().join(format!("{extension}-to.{other}"));
            let [from, to] = [&from, &to].map(|path| path.to_str().expect("a path of letters"));
            let mut arguments = vec!["-f", driver, to, from, "-nln", "made"];
            // GDAL writes a CSV without its geometry unless it is asked to.
            arguments.extend((driver == "CSV").then_some(["-lco", "GEOMETRY=AS_XY"]).into_iter().flatten());
            arguments.extend(*layer);
            run("ogr2ogr", &arguments);
            let report = run("ogrinfo", &["-al", "-so", to]);
            assert!(report.contains("Feature Count: 2"), "{extension} to {driver}: {report}");
        }
    }
}

#[test]
fn columns_have_types() {
    if !has_gdal() {
        return;
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    let wanted = [("name", "String"), ("population", "Integer"), ("confidence", "Real"), ("mentions", "Integer")];
    for (extension, layer) in FORMATS.iter().filter(|(extension, _)| *extension != "csv") {
        let path = written(folder.path(), extension);
        let mut arguments = vec!["-so", path.to_str().expect("a path of letters")];
        arguments.push(layer.unwrap_or("-al"));
        let report = run("ogrinfo", &arguments);
        assert!(report.contains("WGS 84"), "{extension}: {report}");
        for (column, kind) in wanted {
            let typed = |line: &str| line.to_lowercase().starts_with(&format!("{column}: {kind}").to_lowercase());
            assert!(report.lines().any(typed), "{extension}: {column} is no {kind} in\n{report}");
        }
    }
}

#[test]
fn dates_are_moments_and_what_cannot_be_read_is_text() {
    if !has_gdal() {
        return;
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    let input = folder.path().join("in.jsonl");
    let lines = [
        r#"{"text": "Rain in Oslo.", "meta": {"date": "2016-12-31"}}"#,
        r#"{"text": "Rain in Rouen.", "meta": {"date": "2016-12-31T23:30:00-05:00"}}"#,
        r#"{"text": "Rain in Homs.", "meta": {"Published_At": "4/6/2016"}}"#,
        r#"{"text": "Rain in Nairobi."}"#,
    ];
    std::fs::write(&input, lines.join("\n")).expect("written");
    for (extension, layer, rouen) in
        [("gpkg", Some("places"), "2017-01-01T04:30:00"), ("fgb", None, "2016-12-31T23:30:00-05:00")]
    {
        let path = folder.path().join(format!("out.{extension}"));
        toponym().arg("tag").arg(&input).arg("-o").arg(&path).assert().success();
        let report = run("ogrinfo", &["-so", "-al", path.to_str().expect("a path of letters")]);
        assert!(report.contains("\ndate: DateTime") && report.contains("\ndate_text: String"), "{report}");
        let read = read(&path, layer);
        let dates = |name| read.iter().map(|feature| property(feature, name)).collect::<Vec<_>>();
        assert_eq!(dates("name"), ["Homs", "Nairobi", "Oslo", "Rouen"]);
        assert_eq!(dates("date"), ["", "", "2016-12-31", rouen], "{extension}");
        assert_eq!(dates("date_text"), ["4/6/2016", "", "", ""], "{extension}");
    }
}

#[test]
fn an_output_without_features_is_read() {
    if !has_gdal() {
        return;
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    let input = folder.path().join("empty.txt");
    std::fs::write(&input, "Nothing happened anywhere.").expect("written");
    // To GDAL, a file without lines or placemarks has no layer.
    let layered = |extension: &str| !["geojsonl", "geojsons", "kml"].contains(&extension);
    for (extension, _) in FORMATS.iter().filter(|(extension, _)| layered(extension)) {
        let path = folder.path().join(format!("none.{extension}"));
        toponym().arg("tag").arg(&input).arg("-o").arg(&path).assert().success();
        let report = run("ogrinfo", &["-al", "-so", path.to_str().expect("a path of letters")]);
        assert!(report.contains("Feature Count: 0"), "{extension}: {report}");
    }
}

#[test]
fn layers_are_joined_by_keys_and_found_through_their_r_tree() {
    if !has_gdal() {
        return;
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = written(folder.path(), "gpkg");
    let path = path.to_str().expect("a path of letters");
    let joined = "SELECT d.title, p.name, count(*) AS uses FROM mentions m JOIN places p ON m.place_fid = p.fid JOIN documents d \
                  ON m.document_fid = d.fid GROUP BY p.fid";
    let report = run("ogrinfo", &[path, "-sql", joined]);
    assert!(report.contains("Feature Count: 2") && report.contains("uses (Integer) = 2"), "{report}");
    // Changing a row fires the triggers of the R-tree, which use functions of GDAL.
    run("ogrinfo", &[path, "-sql", "UPDATE places SET geom = NULL WHERE name = 'Syria'"]);
    let report = run("ogrinfo", &["-so", "-spat", "36", "34", "39", "37", path, "places"]);
    assert!(report.contains("Feature Count: 1"), "{report}");
}
