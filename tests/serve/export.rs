//! Lines that were answered, corrected and written in every format; and the page that does so.

use super::client::Service;
use serde_json::{Value, json};

const TEXT: &str = "Turkish shells fell 20 km north of Aleppo, and in Idlib. 🎈 Springfield is quiet.";
const LINES: &str = "application/x-ndjson";

#[test]
fn uncorrected_lines_say_what_the_program_says() {
    let service = Service::start(&[]);
    let parse = "/v1/parse?format=jsonl&keep-text=true&geometry=area&offsets=utf16";
    let lines = service.post(parse, "text/plain", TEXT.as_bytes()).body;
    for query in [
        "format=geojson",
        "format=csv&by=mention",
        "format=kml&geometry=area",
        "format=html",
        "format=geojsonl&by=document",
    ] {
        let exported = service.post(&format!("/v1/export?{query}&offsets=utf16"), LINES, &lines);
        assert_eq!(exported.status, 200, "{}", exported.text());
        let parsed = service.post(&format!("/v1/parse?{query}&offsets=utf16"), "text/plain", TEXT.as_bytes());
        assert_eq!(exported.text(), parsed.text(), "{query}");
    }
    let as_json = service.post("/v1/export?format=csv&offsets=utf16", "application/json", &lines).text();
    assert_eq!(as_json, service.post("/v1/export?format=csv&offsets=utf16", LINES, &lines).text());
    let gpkg = service.post("/v1/export?format=gpkg&offsets=utf16", LINES, &lines);
    assert!(gpkg.body.starts_with(b"SQLite format 3\0"));
    let people = service.post("/v1/export?format=geojson&kinds=demonym&offsets=utf16", LINES, &lines).json();
    assert_eq!(people["features"].as_array().map(Vec::len), Some(1), "{people}");
}

#[test]
fn corrected_places_are_written() {
    let service = Service::start(&[]);
    let mut line = service.post("/v1/parse?format=jsonl&keep-text=true", "text/plain", TEXT.as_bytes()).json();
    let mentions = line["mentions"].as_array_mut().expect("a list");
    let at = |mentions: &[Value], text: &str| {
        mentions.iter().position(|mention| mention["text"] == text).unwrap_or_else(|| panic!("{text}"))
    };
    let springfield = at(mentions, "Springfield");
    mentions[springfield]["place"] = service.get("/v1/lookup?name=Springfield,%20Oregon").json()["places"][0].clone();
    mentions[springfield]["confidence"] = json!(1);
    let idlib = at(mentions, "Idlib");
    mentions[idlib]["place"] = json!({"id": "point:35.9,36.6", "name": "Idlib camp", "lat": 35.9, "lon": 36.6});
    let turkish = at(mentions, "Turkish");
    mentions.remove(turkish);
    let exported = service.post("/v1/export?format=geojson", LINES, format!("{line}\n").as_bytes()).json();
    let features = exported["features"].as_array().expect("a list");
    let named = |name: &str| features.iter().find(|feature| feature["properties"]["name"] == name);
    assert_eq!(named("Springfield").expect("one")["properties"]["admin1"], "Oregon");
    let camp = named("Idlib camp").expect("one");
    assert_eq!(
        (&camp["geometry"]["coordinates"], &camp["properties"]["place_id"]),
        (&json!([36.6, 35.9]), &json!("point:35.9,36.6"))
    );
    assert!(camp["properties"]["sentence"].as_str().is_some_and(|sentence| sentence.ends_with("in Idlib.")));
    assert!(named("Turkey").is_none(), "{exported}");
    for (body, says) in
        [("nonsense", "line 1"), ("{\"text\": \"a\", \"mentions\": [{\"start\": 0, \"end\": 9}]}", "0..9")]
    {
        let answer = service.post("/v1/export", LINES, body.as_bytes());
        assert!(answer.status == 422 && answer.text().contains(says), "{}", answer.text());
    }
    assert_eq!(service.post("/v1/export?format=html&by=place", LINES, b"").status, 400);
}

#[test]
fn the_page_runs_nothing_but_its_own_script_and_asks_nobody_else() {
    let service = Service::start(&["--token", "secret"]);
    let page = service.get("/");
    assert_eq!(page.status, 200, "it holds nothing that a token guards");
    let text = page.text();
    for part in ["text/html", "default-src 'none'", "connect-src 'self'", "frame-ancestors 'none'"] {
        assert!(page.head.contains(part), "{part}: {}", page.head);
    }
    assert!(!page.head.contains("sandbox"), "a sandboxed page could keep nothing");
    for needed in ["id=\"canvas\"", "geonames.org", "indexedDB"] {
        assert!(text.contains(needed) || needed == "{needed}");
    }
    assert!(!text.contains(" src=\"") && !text.contains("@import"), "all stands in the page");
}
