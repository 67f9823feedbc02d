//! What holds of every text: offsets in three units, valid polygons, and results that depend on nothing but the input.

use geo::Validation;
use proptest::prelude::*;
use std::sync::LazyLock;
use toponym::document::{Meta, Offsets, Part, Unit};
use toponym::export::{By, Format, Geometries, Shape};
use toponym::{Document, Geoparser};

static GEOPARSER: LazyLock<Geoparser> = LazyLock::new(|| Geoparser::embedded().expect("what is embedded opens"));

/// Texts of names, words of place, figures, and characters of every length and direction.
fn texts() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => prop::sample::select(vec![
            "Aleppo", "Homs", "Paris, Texas", "Fiji", "the Turkish border", "New Zealand", "Алеппо", "حلب", "北京", "Zürich", "Chukotka",
            "Springfield", "Washington, D.C.",
        ]),
        4 => prop::sample::select(vec![
            "20 km north of", "between", "and", "northern", "along the coast of", "two hours' drive from", "outside", "36.2 N 37.1 E",
            "37SBA1234567890", "the south-west of", "5 miles from",
        ]),
        1 => prop::sample::select(vec![". ", ".\n\n", ", ", "😀", "\u{301}", "\u{202e}", "\u{0}", "“", "’s ", "(", "\t"]),
    ];
    prop::collection::vec(piece, 1..25).prop_map(|pieces| pieces.join(" "))
}

fn titled(text: &str) -> Document {
    Document::titled("d", text, Meta { title: Some("Rain 😀 in Zürich".to_owned()), ..Meta::default() })
}

/// The part of a text between two offsets.
fn slice(text: &str, unit: Unit, start: usize, end: usize) -> String {
    match unit {
        Unit::Bytes => text.get(start..end).expect("at the ends of characters").to_owned(),
        Unit::Chars => text.chars().skip(start).take(end - start).collect(),
        _ => String::from_utf16(&text.encode_utf16().collect::<Vec<_>>()[start..end]).expect("whole characters"),
    }
}

/// What a format writes of some documents.
fn written(geoparser: &Geoparser, format: Format, documents: &[Document]) -> Vec<u8> {
    let mut exporter =
        format.exporter(Shape { by: By::Mention, geometry: Geometries::Area, offsets: Unit::Chars }, false);
    let mut out = Vec::new();
    for document in documents {
        exporter.document(document, &geoparser.annotate(document), &mut out).expect("written");
    }
    exporter.finish(&mut out).expect("finished");
    out
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn offsets_name_their_text_and_polygons_are_valid(text in texts()) {
        let document = titled(&text);
        let annotations = GEOPARSER.annotate(&document);
        for mention in &annotations.mentions {
            for unit in [Unit::Chars, Unit::Bytes, Unit::Utf16] {
                let (part, range) = Offsets::new(&document, unit).range(mention.span);
                let whole = match part {
                    Part::Title => document.title_before().expect("a title"),
                    Part::Text => document.text_proper(),
                };
                prop_assert_eq!(slice(whole, unit, range.start, range.end), mention.text(&document));
            }
            if let Some(area) = mention.relative.as_ref().and_then(|relative| relative.area.as_ref()) {
                prop_assert!((**area).is_valid(), "{}", mention.text(&document));
            }
        }
    }

    #[test]
    fn the_same_input_gives_the_same_bytes_whatever_came_before_it(first in texts(), second in texts()) {
        let (first, second) = (titled(&first), titled(&second));
        let fresh = Geoparser::embedded().expect("what is embedded opens");
        for format in [Format::Geojson, Format::Jsonl, Format::Csv, Format::Kml, Format::Fgb] {
            // One has answered many documents, the other these two in the other order.
            let behind = written(&fresh, format, std::slice::from_ref(&second));
            prop_assert_eq!(&behind, &written(&GEOPARSER, format, std::slice::from_ref(&second)));
            let one = written(&GEOPARSER, format, std::slice::from_ref(&first));
            prop_assert_eq!(&one, &written(&fresh, format, std::slice::from_ref(&first)));
        }
        // Lines are those of the documents, in their order.
        let both = written(&fresh, Format::Jsonl, &[first.clone(), second.clone()]);
        let apart = [&first, &second].map(|document| written(&GEOPARSER, Format::Jsonl, std::slice::from_ref(document)));
        prop_assert_eq!(both, apart.concat());
    }
}

/// Texts end in the middle of a name, a list or a bracket: every text of the cases is read up to and from each of its words and marks.
#[test]
fn a_text_may_begin_and_end_anywhere() {
    for text in ["capitals", "choices", "languages", "names", "recognition", "refusals"].into_iter().flat_map(texts_of)
    {
        let edges = text.char_indices().filter(|(_, character)| !character.is_alphanumeric());
        for edge in edges.flat_map(|(at, character)| [at, at + character.len_utf8()]) {
            for part in [&text[..edge], &text[edge..]] {
                let document = Document::new("d", part);
                for mention in &GEOPARSER.annotate(&document).mentions {
                    assert!(!mention.text(&document).is_empty(), "{part:?}");
                }
            }
        }
    }
}

fn texts_of(file: &str) -> impl Iterator<Item = String> {
    crate::support::cases::read(&format!("{file}.txt")).into_iter().map(|case| case.text)
}
