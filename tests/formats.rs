//! Every format, read back with a reader of its own: hostile text comes back unchanged, areas and titles are in their
//! places.

use geo::{MultiPolygon, polygon};
use proptest::prelude::*;
use serde_json::Value;
use std::collections::HashMap;
use toponym::export::{
    By, Csv, Exporter, FlatGeobuf, GeoJson, GeoJsonLines, GeoPackage, Geometries, Html, JsonLines, Kml, Shape,
};
use toponym::gazetteer::{Gazetteer, Index, IndexBuilder};
use toponym::{Annotations, Document, Geoparser, Resources, Span};

/// The fields that hold the hostile text.
const FIELDS: [&str; 4] = ["document", "title", "author", "sentence"];

/// A document and what was found in it.
struct Parsed {
    document: Document,
    annotations: Annotations,
}

fn parse(document: Document) -> Parsed {
    let annotations = Geoparser::embedded().expect("what is embedded opens").annotate(&document);
    Parsed { document, annotations }
}

fn write(mut exporter: impl Exporter, parsed: &Parsed) -> Vec<u8> {
    let mut out = Vec::new();
    exporter.document(&parsed.document, &parsed.annotations, &mut out).expect("writes to memory");
    exporter.finish(&mut out).expect("writes to memory");
    out
}

fn letters(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).expect("UTF-8")
}

type Read = fn(&Parsed) -> HashMap<String, String>;

/// The fields of the first feature in each format, read back as its users would read them.
fn readers() -> Vec<(&'static str, Read)> {
    vec![
        ("geojson", |parsed| {
            let collection: Value = serde_json::from_slice(&write(GeoJson::new(By::Place), parsed)).expect("JSON");
            of_json(&collection["features"][0]["properties"])
        }),
        ("geojsonl", |parsed| {
            let lines = letters(write(GeoJsonLines::lines(By::Place), parsed));
            of_json(
                &serde_json::from_str::<Value>(lines.split('\n').next().expect("a line")).expect("JSON")["properties"],
            )
        }),
        ("geojsonseq", |parsed| {
            let texts = letters(write(GeoJsonLines::sequence(By::Place), parsed));
            of_json(
                &serde_json::from_str::<Value>(texts.split('\u{1e}').nth(1).expect("a text")).expect("JSON")["properties"],
            )
        }),
        ("csv", |parsed| {
            let written = write(Csv::new(By::Place), parsed);
            let mut reader = csv::Reader::from_reader(&*written);
            let names = reader.headers().expect("a line of names").clone();
            let record = reader.records().next().expect("a record").expect("a record of as many cells");
            let cell =
                |(name, cell): (&str, &str)| (name.to_owned(), cell.strip_prefix('\'').unwrap_or(cell).to_owned());
            names.iter().zip(record.iter()).map(cell).collect()
        }),
        ("kml", |parsed| {
            let written = letters(write(Kml::new(By::Place), parsed));
            let kml = roxmltree::Document::parse(&written).expect("XML");
            let place = kml.descendants().find(|node| node.has_tag_name("Placemark")).expect("a placemark");
            let data = place.descendants().filter(|node| node.has_tag_name("SimpleData"));
            data.map(|node| (node.attribute("name").unwrap_or("").to_owned(), node.text().unwrap_or("").to_owned()))
                .collect()
        }),
        ("fgb", |parsed| {
            use flatgeobuf::{FallibleStreamingIterator, FeatureProperties, FgbReader};
            let written = write(FlatGeobuf::new(By::Place), parsed);
            let mut features =
                FgbReader::open(std::io::Cursor::new(written)).expect("a header").select_all().expect("features");
            features.next().expect("a feature").expect("a feature").properties().expect("its fields")
        }),
        ("gpkg", |parsed| {
            let file = tempfile::NamedTempFile::new().expect("a temporary file");
            std::fs::write(&file, write(GeoPackage::new(By::Place), parsed)).expect("written");
            let database = rusqlite::Connection::open(file.path()).expect("opens");
            let row = |field: &str| {
                database
                    .query_row(&format!("SELECT {field} FROM places"), [], |row| row.get::<_, String>(0))
                    .expect(field)
            };
            FIELDS.iter().map(|field| ((*field).to_owned(), row(field))).collect()
        }),
        ("jsonl", |parsed| {
            let line: Value = serde_json::from_slice(&write(JsonLines::default(), parsed)).expect("JSON");
            let mut fields = of_json(&line["meta"]);
            fields.insert("document".to_owned(), line["id"].as_str().expect("an id").to_owned());
            fields
        }),
        ("html", |parsed| {
            let page = letters(write(Html::new(Geometries::Point), parsed));
            let begin = "<script type=\"application/json\" class=\"document\">";
            let block = page.split(begin).nth(1).and_then(|rest| rest.split("</script>").next()).expect("a block");
            of_json(&serde_json::from_str(block).expect("JSON"))
        }),
    ]
}

fn of_json(object: &Value) -> HashMap<String, String> {
    let fields = object.as_object().expect("an object");
    fields.iter().filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned()))).collect()
}

/// A text with the characters that XML cannot hold replaced.
fn in_xml(text: &str) -> String {
    let holds = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..);
    text.chars().map(|c| if holds(c) { c } else { '\u{fffd}' }).collect()
}

fn check(hostile: &str) {
    let mut document = Document::new(hostile, format!("Shells fell on Aleppo {hostile}"));
    document.meta.title = Some(hostile.to_owned());
    document.meta.author = Some(hostile.to_owned());
    let parsed = parse(document);
    let first = parsed.annotations.mentions.iter().find_map(|mention| mention.place.as_ref());
    if first.is_none_or(|place| place.name() != "Aleppo") {
        return;
    }
    for (format, read) in readers() {
        let fields = read(&parsed);
        for name in ["document", "title", "author"] {
            let wanted = if format == "kml" { in_xml(hostile) } else { hostile.to_owned() };
            assert_eq!(fields.get(name), Some(&wanted), "{format}: {name}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn hostile_text_comes_back_from_every_format(
        text in "(?s)(</script>|<!--|\\]\\]>|'|\"|=1|\u{2028}|\r\n|,;|😀|&amp;|[\\PC\n\t\u{1}-\u{1f}]){1,24}"
    ) {
        check(&text);
    }
}

#[test]
fn long_and_odd_texts_come_back_from_every_format() {
    check(&"long 漢 ".repeat(50_000));
    for odd in [
        "=HYPERLINK(\"x\")",
        "'=1",
        "''",
        "-1",
        "@a",
        "\r",
        "\t",
        "</script><script>",
        "]]>",
        "\u{10ffff}",
        "\u{7f}\u{85}",
    ] {
        check(odd);
    }
}

/// A document with a relative place, whose area is made simple.
fn with_relative() -> Parsed {
    let mut parsed = parse(Document::new("a", "Shells fell 20 km north of Aleppo."));
    let relative = parsed.annotations.mentions.iter_mut().find_map(|mention| mention.relative.as_mut()).expect("found");
    let area = polygon![(x: 37.0, y: 36.3), (x: 37.4, y: 36.3), (x: 37.4, y: 36.5), (x: 37.0, y: 36.3)];
    (relative.lat, relative.lon, relative.uncertainty_km) = (36.4, 37.2, 7.5);
    relative.area = Some(MultiPolygon(vec![area]).into());
    parsed
}

#[test]
fn a_relative_place_is_a_point_or_an_area() {
    let parsed = with_relative();
    let area = Shape { by: By::Mention, geometry: Geometries::Area, ..Shape::default() };
    let geojson = |shape| {
        let collection: Value = serde_json::from_slice(&write(GeoJson::new(shape), &parsed)).expect("JSON");
        collection["features"].as_array().expect("features").clone()
    };
    let features = geojson(By::Mention.into());
    assert_eq!(features.len(), 2);
    let (first, properties) = (&features[0], &features[0]["properties"]);
    assert_eq!(first["geometry"]["coordinates"], serde_json::json!([37.2, 36.4]));
    let told = ["kind", "relation", "name", "anchor_ids", "text"].map(|name| properties[name].as_str().unwrap_or(""));
    let name = "20 km north of Aleppo";
    assert_eq!(told, ["relative", "distance", name, "geonames:170063", name]);
    assert_eq!((&properties["place_id"], &properties["uncertainty_km"]), (&Value::Null, &7.5.into()));
    assert_eq!(features[1]["properties"]["name"], "Aleppo");
    assert_eq!(geojson(area)[0]["geometry"]["type"], "MultiPolygon");
    assert_eq!(geojson(By::Place.into()).len(), 2, "it is a place of its own");

    let written = letters(write(Csv::new(area), &parsed));
    assert!(written.contains(",36.4,37.2,\"MULTIPOLYGON (((37 36.3, 37.4 36.3, 37.4 36.5, 37 36.3)))\""), "{written}");
    let written = letters(write(Kml::new(area), &parsed));
    assert!(written.contains("<LinearRing><coordinates>37,36.3 37.4,36.3"), "{written}");
    let line: Value = serde_json::from_slice(&write(JsonLines::new(area), &parsed)).expect("JSON");
    assert_eq!(line["mentions"][0]["place"]["area"]["type"], "MultiPolygon");
    assert_eq!(line["mentions"][0]["place"]["id"], Value::Null);
}

#[test]
fn offsets_of_a_title_are_its_own() {
    let mut document = Document::new("a", "Žižkov waits for Geneva\n\nShells fell on Aleppo.");
    document.body = "Žižkov waits for Geneva\n\n".len();
    let parsed = parse(document);
    let collection: Value = serde_json::from_slice(&write(GeoJson::new(By::Mention), &parsed)).expect("JSON");
    let at = |name: &str| {
        let features = collection["features"].as_array().expect("features");
        let properties = &features.iter().find(|f| f["properties"]["name"] == name).expect(name)["properties"];
        (properties["part"].as_str().unwrap_or("").to_owned(), properties["start"].as_u64(), properties["end"].as_u64())
    };
    assert_eq!(at("Geneva"), ("title".to_owned(), Some(17), Some(23)));
    assert_eq!(at("Aleppo"), ("text".to_owned(), Some(15), Some(21)));
}

#[test]
fn mentions_without_a_place_are_in_the_package_without_geometry() {
    let mut credited = IndexBuilder::new("nothing");
    credited.credit("A source", "CC BY 4.0");
    let credited = Index::from_vec(credited.finish().expect("an index of nothing")).expect("opens");
    let gazetteer = Gazetteer::new(vec![credited]).over(toponym::gazetteer::embedded().expect("opens"));
    let geoparser = Geoparser::new(Resources::new(gazetteer).expect("the models open")).with_min_place_confidence(0.9);
    let document = Document::new("a", "aleppo and xyzzy");
    let annotations = geoparser.resolve(&document, &[Span::new(11, 16), Span::new(0, 6)]);
    let parsed = Parsed { document, annotations };
    let file = tempfile::NamedTempFile::new().expect("a temporary file");
    let exporter = GeoPackage::new(By::Place);
    std::fs::write(&file, write(exporter, &parsed)).expect("written");
    let database = rusqlite::Connection::open(file.path()).expect("opens");
    let one = |query: &str| database.query_row(query, [], |row| row.get::<_, String>(0)).expect(query);
    assert_eq!(one("SELECT reason FROM mentions WHERE geom IS NULL"), "not-in-gazetteer");
    assert_eq!(one("SELECT text FROM mentions WHERE place_fid IS NULL"), "xyzzy");
    assert_eq!(one("SELECT p.name FROM mentions m JOIN places p ON p.fid = m.place_fid"), "Aleppo");
    assert!(one("SELECT metadata FROM gpkg_metadata").starts_with("A source, CC BY 4.0; GeoNames"));
    assert_eq!(one("PRAGMA integrity_check"), "ok");
    assert!(
        one("SELECT styleQML FROM layer_styles WHERE f_table_name = 'places' AND useAsDefault")
            .contains("graduatedSymbol")
    );
}

#[test]
fn areas_are_a_layer_of_the_package() {
    let parsed = with_relative();
    let file = tempfile::NamedTempFile::new().expect("a temporary file");
    let area = Shape { geometry: Geometries::Area, ..Shape::default() };
    std::fs::write(&file, write(GeoPackage::new(area), &parsed)).expect("written");
    let database = rusqlite::Connection::open(file.path()).expect("opens");
    let one = |query: &str| database.query_row(query, [], |row| row.get::<_, String>(0)).expect(query);
    let joined = "SELECT p.name FROM areas a JOIN places p ON p.fid = a.place_fid WHERE a.geom IS NOT NULL";
    assert_eq!(one(joined), "20 km north of Aleppo");
    assert_eq!(one("SELECT group_concat(DISTINCT length(geom)) FROM places"), "29", "all of them are points");
    let areas = "SELECT geometry_type_name FROM gpkg_geometry_columns WHERE table_name = 'areas'";
    assert_eq!(one(areas), "MULTIPOLYGON");
}

/// The output of an exporter, which continues `before` if that is not empty.
fn resumed(mut exporter: Box<dyn Exporter>, before: &[u8], parsed: &Parsed, last: bool) -> Vec<u8> {
    let mut out = before.to_vec();
    if !out.is_empty() {
        exporter.resume(&mut &*before).expect("read from memory");
    }
    exporter.document(&parsed.document, &parsed.annotations, &mut out).expect("writes to memory");
    if last {
        exporter.finish(&mut out).expect("writes to memory");
    }
    out
}

#[test]
fn an_output_that_was_cut_off_is_gone_on_with() {
    // Both are near Aleppo, whose surroundings the page holds once.
    let [one, other] = [("a", "Shells fell on Aleppo."), ("b", "Talks in Geneva. Shells fell on Azaz near Aleppo.")];
    let [one, other] = [one, other].map(|(id, text)| parse(Document::new(id, text)));
    let makers: [fn() -> Box<dyn Exporter>; 7] = [
        || Box::new(GeoJson::new(By::Place)),
        || Box::new(GeoJsonLines::lines(By::Place)),
        || Box::new(GeoJsonLines::sequence(By::Place)),
        || Box::new(JsonLines::default()),
        || Box::new(Csv::new(By::Place)),
        || Box::new(Kml::new(By::Place)),
        || Box::new(Html::new(Geometries::Point)),
    ];
    for (at, make) in makers.iter().enumerate() {
        assert!(make().appends());
        let (mut exporter, mut whole) = (make(), Vec::new());
        for parsed in [&one, &other] {
            exporter.document(&parsed.document, &parsed.annotations, &mut whole).expect("writes to memory");
        }
        exporter.finish(&mut whole).expect("writes to memory");
        let cut = resumed(make(), &[], &one, false);
        assert!(resumed(make(), &cut, &other, true) == whole, "format {at}");
    }
    assert!(!FlatGeobuf::new(By::Place).appends());
}
