//! `docs/OUTPUT.md`, held against the output of the program.

use crate::support::{features, root, tag};
use serde_json::Value;
use toponym::export::By;
use toponym::export::schema::FIELDS;

/// The table of fields, as the page must have it.
fn table() -> String {
    let mut table = String::from(
        "| field | type | place | mention | document | name | what it tells |\n|---|---|:-:|:-:|:-:|:-:|---|\n",
    );
    for field in FIELDS {
        let [place, mention, document, over_all] =
            [By::Place, By::Mention, By::Document, By::Name].map(|layer| if field.is_in(layer) { "•" } else { "" });
        let (name, kind, doc) = (field.name, field.kind.name(), field.doc);
        table += &format!("| `{name}` | {kind} | {place} | {mention} | {document} | {over_all} | {doc} |\n");
    }
    table
}

#[test]
fn the_documentation_lists_the_schema() {
    let written = std::fs::read_to_string(root("docs/OUTPUT.md")).expect("docs/OUTPUT.md");
    assert!(written.contains(&table()), "docs/OUTPUT.md must have this table:\n{}", table());
}

#[test]
fn every_feature_has_every_field_of_its_layer_in_order() {
    for (name, layer) in
        [("place", By::Place), ("mention", By::Mention), ("document", By::Document), ("name", By::Name)]
    {
        let written = tag("Shells fell on Aleppo in Syria.", &["--by", name]);
        let wanted: Vec<&str> = FIELDS.iter().filter(|field| field.is_in(layer)).map(|field| field.name).collect();
        for feature in features(&written) {
            assert_eq!(feature["properties"].as_object().expect("an object").len(), wanted.len());
        }
        let line = written.lines().nth(1).expect("a feature");
        let at: Vec<usize> = wanted.iter().map(|field| line.find(&format!("\"{field}\":")).expect(field)).collect();
        assert!(at.is_sorted(), "{line}");
    }
}

#[test]
fn lines_and_sequences_hold_the_features_of_the_collection() {
    let text = "Shells fell on Aleppo in Syria.";
    let collection = features(&tag(text, &[]));
    let parse = |line: &str| serde_json::from_str::<Value>(line).expect("JSON");
    let lines = tag(text, &["--format", "geojsonl"]);
    assert_eq!(lines.lines().map(parse).collect::<Vec<_>>(), collection);
    let sequence = tag(text, &["--format", "geojsonseq"]);
    let texts = sequence.strip_prefix('\u{1e}').expect("RFC 8142: a separator before each text").split('\u{1e}');
    let texts: Vec<Value> = texts.map(|text| parse(text.strip_suffix('\n').expect("a line feed after each"))).collect();
    assert_eq!(texts, collection);
}
