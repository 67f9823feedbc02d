//! The formats of archives, newsrooms and search engines, read back by what is at hand; `scripts/check-archive-formats` has the tools of
//! each.

use crate::support::{root, toponym};
use predicates::str::contains;
use serde_json::Value;
use std::collections::BTreeSet;

const TEXT: &str = "In Žižkov 😀 rain fell.\nSnow fell 20 km north of Aleppo, said \"A & B\" of <Damascus>.\n\nTurkish troops left Homs; Xyzzyplugh stayed.";

/// Three articles, of which one has a title, a date and an address, and one has no place.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let lines = [
        serde_json::json!({"id": "a 1", "text": TEXT, "title": "Fire & rain in Hama", "date": "2016-03-12T18:40:00Z",
            "url": "https://paper.example/a?b=1&c=ü", "author": "N. N.", "site": "The Paper"}),
        serde_json::json!({"id": "b", "text": "Rain fell on Aleppo in Syria.", "date": "2016-02-01"}),
        serde_json::json!({"id": "c", "text": "Nothing was said of it."}),
    ];
    let lines: String = lines.iter().map(|line| format!("{line}\n")).collect();
    std::fs::write(folder.path().join("in.jsonl"), lines).expect("written");
    folder
}

fn written(folder: &tempfile::TempDir, format: &str) -> Vec<u8> {
    let arguments = ["tag", "in.jsonl", "--format", format];
    toponym().current_dir(folder).args(arguments).assert().success().get_output().stdout.clone()
}

fn text(format: &str) -> String {
    String::from_utf8(written(&folder(), format)).expect("UTF-8")
}

#[test]
fn annotations_quote_the_text_at_positions_that_browsers_count() {
    let collection: Value = serde_json::from_str(&text("web-annotation")).expect("JSON");
    assert_eq!(
        (&collection["@context"], &collection["type"]),
        (&"http://www.w3.org/ns/anno.jsonld".into(), &"AnnotationCollection".into())
    );
    let items = collection["first"]["items"].as_array().expect("annotations");
    assert_eq!(collection["total"].as_u64(), Some(items.len() as u64));
    let ids: BTreeSet<_> = items.iter().map(|item| item["id"].as_str().expect("an IRI")).collect();
    assert_eq!(ids.len(), items.len(), "each has an id of its own");
    let units: Vec<u16> = TEXT.encode_utf16().collect();
    let mut quoted = Vec::new();
    for item in items.iter().filter(|item| item["target"]["source"] == "https://paper.example/a?b=1&c=%C3%BC") {
        let selectors = item["target"]["selector"].as_array().expect("selectors");
        let quote = selectors.iter().find(|selector| selector["type"] == "TextQuoteSelector").expect("a quotation");
        let part = |name: &str| quote[name].as_str().expect("text").to_owned();
        let position = selectors.iter().find(|selector| selector["type"] == "TextPositionSelector");
        let place = if position.is_some() { TEXT } else { "Fire & rain in Hama" };
        assert!(place.contains(&(part("prefix") + &part("exact") + &part("suffix"))), "{quote}");
        if let Some(position) = position {
            let at = |name: &str| position[name].as_u64().and_then(|at| usize::try_from(at).ok()).expect("a number");
            assert_eq!(String::from_utf16_lossy(&units[at("start")..at("end")]), part("exact"));
        }
        quoted.push(part("exact"));
    }
    for name in ["Hama", "Žižkov", "20 km north of Aleppo", "Aleppo", "Homs"] {
        assert!(quoted.iter().any(|text| text == name), "{name} in {quoted:?}");
    }
    let aleppo = items.iter().find(|item| item.to_string().contains("https://sws.geonames.org/170063/"));
    let bodies = aleppo.expect("found")["body"].as_array().expect("bodies").clone();
    assert_eq!((&bodies[0]["purpose"], &bodies[1]["value"]), (&"identifying".into(), &"Aleppo".into()));
    let point: Value = serde_json::from_str(bodies[2]["value"].as_str().expect("text")).expect("GeoJSON");
    assert_eq!(point["coordinates"], serde_json::json!([37.1612, 36.2012]));
    assert!(
        items.iter().any(|item| item["body"][0]["source"].as_str().is_some_and(|iri| iri.starts_with("geo:36.38")))
    );
}

#[test]
fn tei_has_the_text_as_it_was_with_its_places() {
    let text = text("tei");
    let corpus = roxmltree::Document::parse(&text).expect("XML");
    let texts: Vec<_> = corpus.descendants().filter(|node| node.has_tag_name("TEI")).collect();
    assert_eq!(texts.len(), 3);
    let whole = |node: roxmltree::Node<'_, '_>| -> String {
        node.descendants().filter_map(|n| n.is_text().then(|| n.text())?).collect()
    };
    let paragraphs: Vec<String> = texts[0]
        .descendants()
        .filter(|node| node.has_tag_name("p") && node.ancestors().any(|a| a.has_tag_name("body")))
        .map(whole)
        .collect();
    assert_eq!(paragraphs.join("\n\n"), TEXT);
    let head = texts[0].descendants().find(|node| node.has_tag_name("head")).expect("a title");
    assert_eq!(whole(head), "Fire & rain in Hama");
    let relative = texts[0].descendants().find(|node| node.has_tag_name("rs")).expect("a relative place");
    assert_eq!((relative.attribute("type"), whole(relative).as_str()), (Some("relative"), "20 km north of Aleppo"));
    let inner = relative.children().find(|node| node.has_tag_name("placeName")).expect("its anchor lies in it");
    assert_eq!(inner.attribute("ref"), Some("https://sws.geonames.org/170063/"));
    let listed: Vec<_> = texts[0]
        .descendants()
        .filter(|node| node.has_tag_name("idno") && node.attribute("type") == Some("URI"))
        .filter_map(|n| n.text())
        .collect();
    for reference in texts[0].descendants().filter_map(|node| node.attribute("ref")) {
        assert!(listed.contains(&reference), "{reference} in {listed:?}");
    }
    let geo = texts[1].descendants().find(|node| node.has_tag_name("geo")).expect("a point");
    assert_eq!(geo.text(), Some("36.2012 37.1612"));
    let date = texts[0].descendants().find(|node| node.has_tag_name("date")).expect("a date");
    assert_eq!(date.attribute("when"), Some("2016-03-12"));
}

#[test]
fn linked_places_are_records_of_places() {
    let collection: Value = serde_json::from_str(&text("lpf")).expect("JSON");
    assert!(collection["@context"].as_str().is_some_and(|iri| iri.ends_with("linkedplaces-context-v1.3.jsonld")));
    let records = collection["features"].as_array().expect("records");
    let ids: BTreeSet<_> = records.iter().map(|record| record["@id"].as_str().expect("an IRI")).collect();
    assert_eq!(ids.len(), records.len(), "a place is one record");
    let aleppo = &records[0];
    assert_eq!(aleppo["properties"]["title"], "Aleppo");
    assert_eq!(aleppo["properties"]["ccodes"], serde_json::json!(["SY"]));
    let span = serde_json::json!({"timespans": [{"start": {"in": "2016-02-01"}, "end": {"in": "2016-03-12"}}]});
    assert_eq!((&aleppo["when"], &aleppo["names"][0]["when"]), (&span, &span));
    assert_eq!(aleppo["links"], serde_json::json!([{"type": "exactMatch", "identifier": "gn:170063"}]));
    let relative =
        records.iter().find(|record| record["properties"]["title"] == "20 km north of Aleppo").expect("there");
    assert!(relative["geometry"]["approximation"]["tolerance"].is_f64(), "{relative}");

    let table = text("lp-tsv");
    let mut lines = table.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    let head = lines.next().expect("a head");
    let rows: Vec<_> = lines.collect();
    assert_eq!(rows.len(), records.len());
    assert!(rows.iter().all(|row| row.len() == head.len()), "{table}");
    let cell = |name: &str| rows[0][head.iter().position(|head| *head == name).expect(name)];
    let told = ["title", "fclasses", "attestation_year", "ccodes", "matches"].map(cell);
    assert_eq!(told, ["Aleppo", "P", "2016", "SY", "gn:170063"]);
    toponym().args(["tag", "-", "--format", "lpf", "--by", "mention"]).assert().code(2).stderr(contains("--by"));
}

#[test]
fn geoparquet_has_columns_and_says_what_its_geometry_is() {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::RowAccessor;
    let folder = folder();
    let arguments = ["tag", "in.jsonl", "-o", "out.parquet", "--geometry", "area"];
    toponym().current_dir(&folder).args(arguments).assert().success();
    let file = std::fs::File::open(folder.path().join("out.parquet")).expect("written");
    let reader = SerializedFileReader::new(file).expect("Parquet");
    let pairs = reader.metadata().file_metadata().key_value_metadata().expect("metadata").clone();
    let geo = pairs.iter().find(|pair| pair.key == "geo").and_then(|pair| pair.value.clone()).expect("GeoParquet");
    let geo: Value = serde_json::from_str(&geo).expect("JSON");
    assert_eq!((&geo["version"], &geo["primary_column"]), (&"1.1.0".into(), &"geometry".into()));
    assert_eq!(geo["columns"]["geometry"]["encoding"], "WKB");
    let [west, south, east, north] =
        [0, 1, 2, 3].map(|at| geo["columns"]["geometry"]["bbox"][at].as_f64().expect("degrees"));
    assert!(west < 15.0 && east >= 38.0 && south < 36.0 && north > 50.0, "{geo}");
    let names: Vec<String> =
        reader.metadata().file_metadata().schema().get_fields().iter().map(|field| field.name().to_owned()).collect();
    let column = |name: &str| names.iter().position(|known| known == name).expect(name);
    let rows: Vec<_> = reader.get_row_iter(None).expect("rows").map(|row| row.expect("a row")).collect();
    let aleppo = rows.iter().find(|row| row.get_string(column("document")).is_ok_and(|id| id == "b")).expect("there");
    assert_eq!(aleppo.get_string(column("place_id")).expect("text"), "geonames:170063");
    assert_eq!(aleppo.get_timestamp_millis(column("date")).expect("a date"), 1_454_284_800_000);
    let blob = aleppo.get_bytes(column("geometry")).expect("bytes").data().to_vec();
    assert_eq!((blob.len(), &blob[..5]), (21, &[1, 1, 0, 0, 0][..]));
    assert_eq!(f64::from_le_bytes(blob[5..13].try_into().expect("eight bytes")), 37.1612);
    let around = aleppo.get_group(column("bbox")).expect("a box");
    assert_eq!(
        [0, 1, 2, 3].map(|edge| around.get_double(edge).expect("degrees")),
        [37.1612, 36.2012, 37.1612, 36.2012]
    );
    let areas = rows.iter().filter(|row| row.get_bytes(column("geometry")).is_ok_and(|blob| blob.data()[1] == 6));
    assert_eq!(areas.count(), 1, "the relative place is an area");
}

#[test]
fn gdelt_records_have_their_columns_and_locations() {
    let text = text("gkg");
    let records: Vec<Vec<&str>> = text.lines().map(|line| line.split('\t').collect()).collect();
    assert_eq!(records.iter().map(Vec::len).collect::<Vec<_>>(), [27, 27, 27]);
    assert_eq!(
        records[0][..5],
        ["20160312184000-1", "20160312184000", "1", "paper.example", "https://paper.example/a?b=1&c=ü"]
    );
    assert_eq!((records[1][2], records[1][4]), ("2", "b"));
    assert!(records[2][9].is_empty() && records[2][10].is_empty());
    assert!(
        records[1][9].split(';').any(|block| block == "4#Aleppo, Aleppo Governorate#SY#SY09#36.2012#37.1612#"),
        "{}",
        records[1][9]
    );
    assert!(records[1][9].contains("1#Syria#SY#SY#35#38#SY"), "{}", records[1][9]);
    let whole: Vec<char> = format!("Fire & rain in Hama\n\n{TEXT}").chars().collect();
    let mut homs = false;
    for block in records[0][10].split(';') {
        let fields: Vec<&str> = block.split('#').collect();
        assert_eq!(fields.len(), 9, "{block}");
        let at: usize = fields[8].parse().expect("an offset");
        homs |= fields[1].starts_with("Homs") && whole[at..].starts_with(&['H', 'o', 'm', 's']);
    }
    assert!(homs, "{}", records[0][10]);
}

#[test]
fn entities_follow_the_money() {
    let text = text("ftm");
    let entities: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let of = |schema: &str| entities.iter().filter(|entity| entity["schema"] == schema).collect::<Vec<_>>();
    let (articles, addresses, links) = (of("Article"), of("Address"), of("Documentation"));
    assert_eq!((articles.len(), addresses.len()), (3, links.len()));
    let aleppo: BTreeSet<_> = addresses
        .iter()
        .filter(|address| address["properties"]["name"][0] == "Aleppo")
        .map(|address| address["id"].as_str())
        .collect();
    assert_eq!(aleppo.len(), 1, "one id in all documents");
    for link in links {
        let is = |name: &str, among: &[&Value]| among.iter().any(|entity| entity["id"] == link["properties"][name][0]);
        assert!(is("document", &articles) && is("entity", &addresses), "{link}");
    }
    let first = &articles[0]["properties"];
    assert_eq!((&first["publishedAt"][0], &first["bodyText"][0]), (&"2016-03-12".into(), &TEXT.into()));
    assert!(
        first["locationMentioned"].as_array().is_some_and(|all| all.contains(&"Homs, Homs Governorate, SY".into())),
        "{first}"
    );
}

#[test]
fn a_bulk_request_fits_its_mapping() {
    let mapping = std::fs::read_to_string(root("docs/elasticsearch-mapping.json")).expect("the mapping");
    let mapping: Value = serde_json::from_str(&mapping).expect("JSON");
    assert_eq!(
        mapping,
        toponym::export::elasticsearch::mapping(),
        "docs/elasticsearch-mapping.json must be:\n{:#}",
        toponym::export::elasticsearch::mapping()
    );
    let known = mapping["mappings"]["properties"].as_object().expect("fields");
    let folder = folder();
    let mut ids = BTreeSet::new();
    let mut documents = 0;
    for by in ["place", "mention", "document", "name"] {
        let run = || {
            let arguments = ["tag", "in.jsonl", "--format", "es-bulk", "--by", by];
            String::from_utf8(toponym().current_dir(&folder).args(arguments).output().expect("runs").stdout)
                .expect("UTF-8")
        };
        let text = run();
        assert_eq!(text, run(), "sent again it is the same");
        let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
        assert!(lines.len().is_multiple_of(2) && !lines.is_empty());
        for pair in lines.chunks(2) {
            documents += 1;
            ids.insert(format!("{by} {}", pair[0]["index"]["_id"].as_str().expect("an id")));
            assert!(
                pair[1].as_object().expect("a document").keys().all(|name| known.contains_key(name)),
                "{}",
                pair[1]
            );
            assert!(pair[1]["location"]["lat"].is_f64(), "{}", pair[1]);
        }
    }
    assert_eq!(ids.len(), documents, "each has an id of its own");
}

#[test]
fn what_strangers_write_breaks_no_format() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let hostile = "\t\"'<b>&;#\u{1}\r\n\u{2028}]]>😀 Aleppo \u{202e}, Homs\n\n\n\u{feff}Damascus";
    let line = |id: &str| serde_json::json!({"id": id, "text": hostile, "title": hostile, "author": hostile, "url": format!("https://x.example/{hostile}")});
    std::fs::write(folder.path().join("in.jsonl"), format!("{}\n{}\n", line(hostile), line("b"))).expect("written");
    let text = |format: &str| String::from_utf8(written(&folder, format)).expect("UTF-8");
    for format in ["web-annotation", "lpf"] {
        serde_json::from_str::<Value>(&text(format)).unwrap_or_else(|error| panic!("{format}: {error}"));
    }
    for format in ["ftm", "es-bulk"] {
        text(format).lines().for_each(|line| drop(serde_json::from_str::<Value>(line).expect(format)));
    }
    let tei = text("tei");
    roxmltree::Document::parse(&tei).unwrap_or_else(|error| panic!("{error}: {tei}"));
    assert!(text("gkg").lines().all(|line| line.split('\t').count() == 27));
    let table = text("lp-tsv");
    assert!(table.lines().all(|line| line.split('\t').count() == 16), "{table:?}");
    assert!(written(&folder, "parquet").ends_with(b"PAR1"));
}

#[test]
fn an_output_without_documents_is_whole() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(folder.path().join("in.jsonl"), "").expect("written");
    let text = |format: &str| String::from_utf8(written(&folder, format)).expect("UTF-8");
    let collection: Value = serde_json::from_str(&text("web-annotation")).expect("JSON");
    assert_eq!(collection["total"], 0);
    assert_eq!(serde_json::from_str::<Value>(&text("lpf")).expect("JSON")["features"], serde_json::json!([]));
    roxmltree::Document::parse(&text("tei")).expect("XML");
    assert_eq!((text("gkg"), text("ftm"), text("es-bulk")), (String::new(), String::new(), String::new()));
    assert!(written(&folder, "parquet").ends_with(b"PAR1"));
}
