//! The GeoJSON, checked against RFC 7946 and with the `geojson` crate.

use crate::support::{features, tag, toponym};
use proptest::prelude::*;
use serde_json::Value;

/// Checks what RFC 7946 requires of a FeatureCollection of points, by section.
fn check(geojson: &str) -> Vec<Value> {
    let collection: Value = serde_json::from_str(geojson).expect("section 2: a JSON text");
    assert_eq!(collection["type"], "FeatureCollection", "section 3.3");
    for forbidden in ["crs", "coordinates", "geometries", "geometry", "properties"] {
        assert!(collection.get(forbidden).is_none(), "sections 4 and 7.1: no {forbidden}");
    }
    let features = features(geojson);
    for feature in &features {
        assert_eq!(feature["type"], "Feature", "section 3.2");
        assert!(feature["properties"].is_object(), "section 3.2: properties");
        assert_eq!(feature["geometry"]["type"], "Point", "section 3.1.2");
        let position = feature["geometry"]["coordinates"].as_array().expect("section 3.1.1: a position");
        assert_eq!(position.len(), 2, "section 3.1.1");
        let [lon, lat] = [0, 1].map(|at| position[at].as_f64().expect("section 3.1.1: numbers"));
        assert!((-180.0..=180.0).contains(&lon) && (-90.0..=90.0).contains(&lat), "section 4: longitude first");
        for (key, value) in feature["properties"].as_object().expect("an object") {
            assert!(!value.is_object() && !value.is_array(), "{key} is not flat");
        }
    }
    assert!(
        ::geojson::FeatureCollection::try_from(geojson.parse::<::geojson::GeoJson>().expect("geojson reads it"))
            .is_ok()
    );
    features
}

#[test]
fn every_view_is_valid() {
    for by in ["place", "mention", "document"] {
        let output = toponym().args(["tag", "examples/aleppo-truce.txt", "--by", by]).output().expect("runs");
        let features = check(&String::from_utf8(output.stdout).expect("UTF-8"));
        assert_eq!(features.len() > 1, by != "document", "{by}");
    }
}

#[test]
fn a_text_without_places_gives_an_empty_collection() {
    for text in ["", " \n", "Nothing happened anywhere.", "\u{feff}"] {
        assert_eq!(check(&tag(text, &[])).len(), 0);
    }
}

#[test]
fn offsets_count_code_points() {
    let text = "Žižkov 😀 — Алеппо и 阿勒颇, ￼ Aleppo\u{301}.";
    let characters: Vec<char> = text.chars().collect();
    let features = check(&tag(text, &["--by", "mention"]));
    assert!(features.len() >= 2);
    for feature in features {
        let [start, end] = ["start", "end"].map(|key| feature["properties"][key].as_u64().expect("a number") as usize);
        let found: String = characters[start..end].iter().collect();
        assert_eq!(feature["properties"]["text"], Value::String(found));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn hostile_text_stays_valid(text in "(?s)[\\PC\\n\"\\\\</>\u{0}-\u{1f}]{0,80}", tail in "(Aleppo|in Syria|حلب)?") {
        let geoparser = toponym::Geoparser::embedded().expect("what is embedded opens");
        let document = toponym::Document::new("\"\\\u{1}😀", format!("{text} {tail}"));
        let annotations = geoparser.annotate(&document);
        use toponym::export::Exporter;
        for by in [toponym::export::By::Place, toponym::export::By::Mention, toponym::export::By::Document] {
            let (mut exporter, mut out) = (toponym::export::GeoJson::new(by), Vec::new());
            exporter.document(&document, &annotations, &mut out).expect("writes to memory");
            exporter.finish(&mut out).expect("writes to memory");
            check(&String::from_utf8(out).expect("UTF-8"));
        }
    }
}
