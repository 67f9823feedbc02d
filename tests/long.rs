//! Documents of any length: no step takes time that grows with the square of the mentions.

use std::time::{Duration, Instant};
use toponym::export::{By, Exporter, JsonLines, Shape};
use toponym::gazetteer::LatLonBox;
use toponym::{Document, Geoparser};

/// Ten megabytes with 50,000 mentions of 5,000 names, some in no gazetteer, and where they stand in code points.
fn long_document(gazetteer: &toponym::Gazetteer) -> (Document, Vec<std::ops::Range<usize>>) {
    let europe = LatLonBox { west: -10.0, south: 36.0, east: 30.0, north: 60.0 };
    let names: Vec<&str> = gazetteer.within(&europe).iter().map(|place| place.name()).take(4_900).collect();
    let names: Vec<String> =
        names.into_iter().map(str::to_owned).chain((0..100).map(|at| format!("Xyzzy{at} Street"))).collect();
    let filler = "The report goes on and on about matters that have no place at all in it, as reports do. ".repeat(2);
    let (mut text, mut chars, mut spans) = (String::new(), 0, Vec::new());
    for at in 0..50_000 {
        let name = &names[at * 7 % names.len()];
        text.push_str("Rain fell on ");
        chars += 13;
        let end = chars + name.chars().count();
        spans.push(chars..end);
        text.push_str(name);
        text.push_str(". ");
        text.push_str(&filler);
        chars = end + 2 + filler.len();
    }
    (Document::new("long", text), spans)
}

#[test]
fn ten_megabytes_with_fifty_thousand_mentions_take_seconds() {
    let gazetteer = toponym::embedded().expect("the embedded gazetteer opens");
    let (document, spans) = long_document(&gazetteer);
    assert!(document.text.len() > 9_000_000);
    let start = Instant::now();
    let parsed = Geoparser::new(&gazetteer).resolve_given(&document, &spans);
    let taken = start.elapsed();
    assert_eq!(parsed.places.len() + parsed.unplaced.len(), spans.len(), "each is answered");
    println!("{} mentions of {} MB in {taken:?}", spans.len(), document.text.len() / 1_000_000);
    // Some five seconds on an idle machine; a step that were quadratic would take hours.
    assert!(taken < Duration::from_secs(120), "{taken:?}");
}

#[test]
fn six_megabytes_of_relative_places_are_found_and_written_in_seconds() {
    let gazetteer = toponym::embedded().expect("the embedded gazetteer opens");
    let sentence = "Shells fell on Aleppo and Homs while many people were moving towards the border with Turkey. ";
    let document = Document::new("long", sentence.repeat(60_000));
    let start = Instant::now();
    let parsed = Geoparser::new(&gazetteer).parse(&document);
    let mut written = Vec::new();
    JsonLines::new(Shape::from(By::Mention)).document(&parsed, &mut written).expect("written");
    let taken = start.elapsed();
    assert!(parsed.places.len() >= 180_000 && parsed.relations.len() >= 60_000, "{}", parsed.relations.len());
    println!("{} places, {} relative ones in {taken:?}", parsed.places.len(), parsed.relations.len());
    assert!(taken < Duration::from_secs(120), "{taken:?}");
}
