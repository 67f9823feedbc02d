//! Requests as the clients of other services send them: CLIFF's, and OpenRefine's. `scripts/check-clients` lets the
//! clients themselves ask.

use super::client::Service;
use serde_json::{Value, json};

const FORM: &str = "application/x-www-form-urlencoded";

/// A text as forms and addresses write it.
fn encoded(text: &str) -> String {
    let byte = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(byte).collect()
}

#[test]
fn cliff_is_answered_as_cliff_answers() {
    let service = Service::start(&[]);
    let text = "🎈 Shells fell in Aleppo and Homs in Syria; Turkish troops left Aleppo.";
    let form = format!("q={}&replaceAllDemonyms=false&language=EN", encoded(text));
    let posted = service.post("/cliff-2.6.1/parse/text", FORM, form.as_bytes());
    assert_eq!(posted.status, 200, "{}", posted.text());
    let answer = posted.json();
    let gotten = service.get(&format!("/parse/text?q={}", encoded(text))).json();
    assert_eq!(answer["results"], gotten["results"]);
    assert_eq!(answer["status"], "ok");
    let places = &answer["results"]["places"];
    let mentions = places["mentions"].as_array().expect("a list");
    let named: Vec<_> = mentions.iter().map(|mention| mention["source"]["string"].as_str().expect("text")).collect();
    assert_eq!(named, ["Aleppo", "Homs", "Syria", "Aleppo"], "peoples count only when asked for");
    // Java counts the balloon as two.
    assert_eq!(mentions[0]["source"]["charIndex"], 18);
    let aleppo = &mentions[0];
    for (field, value) in [
        ("id", json!(170063)),
        ("countryCode", json!("SY")),
        ("countryGeoNameId", json!("163843")),
        ("stateGeoNameId", json!("170062")),
        ("featureClass", json!("P")),
        ("featureCode", json!("PPLA")),
    ] {
        assert_eq!(aleppo[field], value, "{field}: {aleppo}");
    }
    assert_eq!(
        (&places["focus"]["cities"][0]["id"], &places["focus"]["cities"][0]["score"]),
        (&json!(170063), &json!(2))
    );
    assert_eq!(places["focus"]["countries"][0]["countryCode"], "SY");
    assert_eq!(places["focus"]["states"][0]["featureCode"], "ADM1");
    let form = format!("q={}&replaceAllDemonyms=true", encoded(text));
    let peoples = service.post("/parse/text", FORM, form.as_bytes()).json();
    let countries = peoples["results"]["places"]["mentions"].as_array().expect("a list");
    assert!(countries.iter().any(|mention| mention["countryCode"] == "TR"), "{peoples}");
    let empty = service.get("/parse/text?q=").json();
    assert_eq!(empty["results"]["places"]["focus"]["countries"], json!([]));
    let without = service.get("/parse/text");
    assert!(without.status == 400 && without.text().contains("give the text"), "{}", without.text());
}

/// The answers to some queries, as OpenRefine sends them.
fn reconcile(service: &Service, queries: &Value) -> Value {
    let form = format!("queries={}", encoded(&queries.to_string()));
    let answer = service.post("/reconcile", FORM, form.as_bytes());
    assert_eq!(answer.status, 200, "{}", answer.text());
    let gotten = service.get(&format!("/reconcile?queries={}", encoded(&queries.to_string())));
    assert_eq!(answer.text(), gotten.text());
    answer.json()
}

#[test]
fn the_manifest_leads_to_services_that_answer() {
    let service = Service::start(&[]);
    let manifest = service.get("/reconcile").json();
    assert_eq!(manifest["versions"], json!(["0.2"]));
    assert!(manifest["identifierSpace"].is_string() && manifest["schemaSpace"].is_string());
    let host = format!("http://{}", service.address);
    let path = |address: &Value| {
        let address = address.as_str().expect("an address").replace("localhost", &host["http://".len()..]);
        address.strip_prefix(&host).unwrap_or_else(|| panic!("{address} is not {host}")).to_owned()
    };
    for (kind, typed, id) in
        [("entity", "Alepp", "geonames:170063"), ("property", "coun", "country"), ("type", "town", "P")]
    {
        let told = &manifest["suggest"][kind];
        let at = path(&told["service_url"]) + told["service_path"].as_str().expect("a path");
        let found = service.get(&format!("{at}?prefix={typed}")).json();
        assert_eq!(found["result"][0]["id"], id, "{found}");
        assert!(found["result"][0]["name"].is_string());
        let beyond = service.get(&format!("{at}?prefix={typed}&cursor=90")).json();
        assert_eq!(beyond["result"], json!([]));
    }
    let preview = path(&manifest["preview"]["url"]).replace("{{id}}", "geonames%3A170063");
    let page = service.get(&preview);
    assert!(
        page.head.contains("content-type: text/html") && page.head.contains("frame-ancestors 'none'"),
        "{}",
        page.head
    );
    assert!(page.text().contains("<h1>Aleppo</h1>") && page.text().contains("Aleppo Governorate"), "{}", page.text());
    assert_eq!(service.get("/reconcile/preview?id=%3Cscript%3E").status, 404);
    let framed = Service::start(&["--allow-origin", "http://127.0.0.1:3333"]);
    let page = framed.get("/reconcile/preview?id=geonames:170063");
    assert!(page.head.contains("frame-ancestors http://127.0.0.1:3333"), "{}", page.head);
}

#[test]
fn names_are_reconciled_with_country_and_nearness() {
    let service = Service::start(&[]);
    let country = |value: Value| json!([{"pid": "country", "v": value}]);
    let near = |value: &str| json!([{"pid": "near", "v": value}]);
    let answers = reconcile(
        &service,
        &json!({
            "known": {"query": "Aleppo"},
            "code": {"query": "Tripoli", "type": "P", "properties": country(json!("LB")), "limit": 3},
            "name": {"query": "Tripoli", "properties": country(json!("Libya"))},
            "id": {"query": "Tripoli", "properties": country(json!({"id": "geonames:272103", "name": "Lebanon"}))},
            "near": {"query": "Springfield", "properties": near("42.1, -72.6")},
            "far": {"query": "Springfield", "properties": near("Point(-93.3 37.2)")},
            "division": {"query": "Aleppo", "type": ["A", "A.ADM1"]},
            "slip": {"query": "Barcelonna"},
            "unsure": {"query": "Springfield"},
            "unknown": {"query": "Qqqqzzzz"},
            "empty": {"query": "  ", "properties": near("")},
            "long": {"query": "x".repeat(5000)},
        }),
    );
    let first = |key: &str| answers[key]["result"][0].clone();
    for (key, country, sure) in [("known", "SY", true), ("code", "LB", true), ("name", "LY", true), ("id", "LB", true)]
    {
        let best = first(key);
        let described = best["description"].as_str().expect("a description");
        assert!(described.split(", ").any(|part| part == country), "{key}: {best}");
        assert_eq!(best["match"], sure, "{key}: {}", answers[key]);
    }
    assert!(answers["code"]["result"].as_array().expect("a list").len() <= 3);
    assert!(
        first("near")["description"].as_str().is_some_and(|told| told.contains("Massachusetts")),
        "{}",
        first("near")
    );
    assert!(first("far")["description"].as_str().is_some_and(|told| told.contains("Missouri")), "{}", first("far"));
    assert_eq!(first("division")["type"][0]["id"], "A");
    assert_eq!(first("slip")["name"], "Barcelona");
    assert_eq!(first("unsure")["match"], false, "many towns are called so: {}", answers["unsure"]);
    for key in ["unknown", "empty", "long"] {
        assert_eq!(answers[key]["result"], json!([]), "{key}");
    }
    for result in answers.as_object().expect("an object").values().flat_map(|answer| answer["result"].as_array()) {
        let scores: Vec<f64> = result.iter().map(|place| place["score"].as_f64().expect("a number")).collect();
        assert!(scores.iter().all(|score| (0.0..=100.0).contains(score)), "{scores:?}");
        assert!(scores.windows(2).all(|pair| pair[0] >= pair[1]), "{scores:?}");
    }
}

#[test]
fn wrong_queries_say_which_and_what_to_send() {
    let service = Service::start(&[]);
    let many: serde_json::Map<String, Value> = (0..101).map(|at| (format!("q{at}"), json!({"query": "Ulm"}))).collect();
    for (queries, says) in [
        ("nonsense".to_owned(), "give an object"),
        (json!({"q0": {"name": "Ulm"}}).to_string(), "query"),
        (json!({"q7": {"query": "Ulm", "limit": 0}}).to_string(), "q7: limit"),
        (json!({"q7": {"query": "Ulm", "properties": [{"pid": "P17", "v": "DE"}]}}).to_string(), "country or near"),
        (Value::Object(many).to_string(), "at most 100"),
    ] {
        let answer = service.post("/reconcile", FORM, format!("queries={}", encoded(&queries)).as_bytes());
        assert!(answer.status == 400 && answer.text().contains(says), "{says}: {}", answer.text());
    }
    let answer = service.get("/reconcile/suggest/entity?prefix=");
    assert!(answer.status == 400 && answer.text().contains("beginning of a name"), "{}", answer.text());
}
