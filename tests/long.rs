//! Documents of any length: no step takes time that grows with the square of the mentions.

use toponym::export::{By, Exporter, JsonLines, Shape};
use toponym::gazetteer::LatLonBox;
use toponym::{Document, Gazetteer, Geoparser, Span};

/// A document with mentions of 5,000 names, some in no gazetteer, with much text between them; and their spans.
fn long_document(gazetteer: &Gazetteer, mentions: usize) -> (Document, Vec<Span>) {
    let europe = LatLonBox { west: -10.0, south: 36.0, east: 30.0, north: 60.0 };
    let names = gazetteer.within(&europe).into_iter().map(|place| place.name().to_owned()).take(4_900);
    let names: Vec<String> = names.chain((0..100).map(|at| format!("Xyzzy{at} Street"))).collect();
    let filler = "The report goes on and on about matters that have no place at all in it, as reports do. ".repeat(2);
    let (mut text, mut spans) = (String::new(), Vec::new());
    for at in 0..mentions {
        let name = &names[at * 7 % names.len()];
        text.push_str("Rain fell on ");
        spans.push(Span::new(text.len(), text.len() + name.len()));
        text.push_str(name);
        text.push_str(". ");
        text.push_str(&filler);
    }
    (Document::new("long", text), spans)
}

#[test]
fn ten_megabytes_with_fifty_thousand_mentions_take_eight_times_as_long_as_an_eighth_of_them() {
    let geoparser = Geoparser::embedded().expect("what is embedded opens");
    let gazetteer = geoparser.resources().gazetteer();
    let long = long_document(gazetteer, 50_000);
    assert!(long.0.text.len() > 9_000_000);
    let short = long_document(gazetteer, 50_000 / 8);
    crate::support::growth::check("given mentions", &short, &long, |(document, spans)| {
        let annotations = geoparser.resolve(document, spans);
        let answers = annotations.mentions.iter().filter(|mention| mention.relative.is_none());
        assert_eq!(answers.count(), spans.len(), "each is answered");
    });
}

#[test]
fn six_megabytes_of_relative_places_are_found_and_written_in_eight_times_an_eighth_of_the_time() {
    let geoparser = Geoparser::embedded().expect("what is embedded opens");
    let sentence = "Shells fell on Aleppo and Homs while many people were moving towards the border with Turkey. ";
    let document = |sentences: usize| (sentences, Document::new("long", sentence.repeat(sentences)));
    crate::support::growth::check("relative places", &document(7_500), &document(60_000), |(sentences, document)| {
        let annotations = geoparser.annotate(document);
        let mut written = Vec::new();
        JsonLines::new(Shape::from(By::Mention)).document(document, &annotations, &mut written).expect("written");
        let relative = annotations.mentions.iter().filter(|mention| mention.relative.is_some()).count();
        assert!(annotations.mentions.len() - relative >= 3 * sentences && relative >= *sentences);
    });
}
