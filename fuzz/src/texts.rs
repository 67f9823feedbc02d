//! Texts, and what is written of them.

use super::as_text;
use geo::Validation;
use std::sync::LazyLock;
use toponym::document::{Meta, Offsets, Part, Unit};
use toponym::export::{By, Format, Geometries, Shape};
use toponym::{Document, Geoparser, Span};

static GEOPARSER: LazyLock<Geoparser> = LazyLock::new(|| Geoparser::embedded().expect("what is embedded opens"));

/// Bytes of the longest text.
const MOST: usize = 2_000;

/// Annotates a document and checks what holds of every answer; writes it in every format.
fn annotate(document: &Document, shapes: &[Shape]) {
    let annotations = GEOPARSER.annotate(document);
    for mention in &annotations.mentions {
        assert!(mention.span.slice(&document.text).is_some_and(|text| !text.is_empty()), "{:?}", mention.span);
        assert!((0.0..=1.0).contains(&mention.confidence));
        if let Some(area) = mention.relative.as_ref().and_then(|relative| relative.area.as_ref()) {
            assert!((**area).is_valid(), "{}", mention.text(document));
        }
    }
    for &shape in shapes {
        for format in [
            Format::Geojson,
            Format::Geojsonl,
            Format::Geojsonseq,
            Format::Jsonl,
            Format::Csv,
            Format::Kml,
            Format::Html,
            Format::Fgb,
            Format::Gpkg,
            Format::WebAnnotation,
            Format::Tei,
            Format::Lpf,
            Format::LpTsv,
            Format::Gkg,
            Format::Ftm,
            Format::EsBulk,
            Format::Table,
        ] {
            let mut exporter = format.exporter(shape, false);
            let mut out = Vec::new();
            exporter.document(document, &annotations, &mut out).expect("written");
            exporter.finish(&mut out).expect("finished");
            if matches!(format, Format::Geojson | Format::Jsonl) {
                serde_json::from_slice::<serde_json::Value>(&out).expect("JSON");
            }
        }
    }
}

/// Any text, written in every format.
pub fn text(data: &[u8]) {
    let title = data.first().is_some_and(|byte| byte & 1 == 1).then(|| as_text(&data[1..], 50));
    let meta = Meta { title, ..Meta::default() };
    let shape = |by| Shape { by, geometry: Geometries::Area, offsets: Unit::Utf16 };
    annotate(&Document::titled("d", as_text(data, MOST), meta), &[shape(By::Place), shape(By::Mention)]);
}

/// Words of the grammar of relative places, in the order of the bytes.
pub fn relations(data: &[u8]) {
    const WORDS: [&str; 48] = [
        "20",
        "km",
        "miles",
        "north",
        "south-west",
        "of",
        "from",
        "to",
        "the",
        "and",
        "between",
        "Aleppo",
        "Homs",
        "Syria",
        "Turkish",
        "border",
        "coast",
        "near",
        "around",
        "outside",
        "northern",
        "eastern",
        "half",
        "two hours",
        "drive",
        "away",
        "off",
        "along",
        "Euphrates",
        "River",
        ",",
        ".",
        "Fiji",
        "Chukotka",
        "Antarctica",
        "New Zealand",
        "Moscow",
        "city",
        "province",
        "(",
        ")",
        "1,000",
        "0",
        "west",
        "metres",
        "Alaska",
        "suburbs",
        "within",
    ];
    let words = data.iter().take(200).map(|byte| WORDS[usize::from(*byte) % WORDS.len()]);
    annotate(&Document::new("d", words.collect::<Vec<_>>().join(" ")), &[]);
}

/// Figures and signs of coordinates, in the order of the bytes.
pub fn coordinates(data: &[u8]) {
    const PIECES: [&str; 40] = [
        "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "36", "37", "90", "180", ".", ",", "-", "+", "°", "'", "\"",
        "′", "″", "N", "S", "E", "W", " ", " ", "geo:", "37S", "BA", "lat", "long", "8FW4", "V75V+", ";", "/", "deg",
        "\n",
    ];
    let text: String = data.iter().take(300).map(|byte| PIECES[usize::from(*byte) % PIECES.len()]).collect();
    annotate(&Document::new("d", text), &[]);
}

/// Spans anywhere, which are answered in their order.
pub fn given(data: &[u8]) {
    let (spans, text) = data.split_at(data.len().min(20));
    let document = Document::new("d", as_text(text, MOST));
    let spans: Vec<Span> =
        spans.chunks_exact(2).map(|pair| Span::new(usize::from(pair[0]), usize::from(pair[1]))).collect();
    let annotations = GEOPARSER.resolve(&document, &spans);
    let answers = annotations.mentions.iter().filter(|mention| mention.relative.is_none());
    assert_eq!(answers.map(|mention| mention.span).collect::<Vec<_>>(), spans);
}

/// Offsets in three units, and back.
pub fn offsets(data: &[u8]) {
    let text = as_text(data, MOST);
    let document = Document::titled("d", text, Meta { title: Some("é😀 title".into()), ..Meta::default() });
    let ends: Vec<usize> = document.text.char_indices().map(|(at, _)| at).chain([document.text.len()]).collect();
    for pair in data.chunks_exact(2).take(50) {
        let [a, b] = [pair[0], pair[1]].map(|byte| ends[usize::from(byte) * 7 % ends.len()]);
        let span = Span::new(a.min(b), a.max(b));
        for unit in [Unit::Chars, Unit::Bytes, Unit::Utf16] {
            let (part, range) = Offsets::new(&document, unit).range(span);
            let (whole, from) = match part {
                Part::Title => (document.text.as_str(), 0),
                Part::Text => (document.text_proper(), document.body),
            };
            let length = |text: &str| match unit {
                Unit::Bytes => text.len(),
                Unit::Chars => text.chars().count(),
                _ => text.encode_utf16().count(),
            };
            assert_eq!(range.start, length(&whole[..span.start - from]));
            assert_eq!(range.len(), length(&document.text[span.start..span.end]));
        }
    }
}
