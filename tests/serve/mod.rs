//! `toponym serve`, over its port.

mod client;
mod compatible;
mod deploy;
mod export;
mod private;
mod stream;

use crate::support::{root, tag};
use client::{Service, answer};
use std::io::Write;

const TEXT: &str = "Turkish shells fell 20 km north of Aleppo, and in Idlib. Ulm, Germany is quiet.";

#[test]
fn every_format_is_what_the_program_writes() {
    let service = Service::start(&[]);
    for format in ["geojson", "geojsonl", "geojsonseq", "jsonl", "csv", "kml", "fgb", "html"] {
        let answer = service.post(&format!("/v1/parse?format={format}"), "text/plain", TEXT.as_bytes());
        let written = crate::support::toponym().args(["tag", "--format", format]).write_stdin(TEXT).output();
        assert_eq!(answer.status, 200, "{}", answer.text());
        assert!(answer.body == written.expect("run").stdout, "{format}");
    }
    let gpkg = service.post("/v1/parse?format=gpkg", "text/plain", TEXT.as_bytes());
    assert!(gpkg.body.starts_with(b"SQLite format 3\0"));
    for (accept, begins) in [
        ("application/geo+json", "{"),
        ("text/csv", "document"),
        ("text/html;q=0.5, application/vnd.google-earth.kml+xml", "<?xml"),
    ] {
        let answer = service.send("POST /v1/parse", &[&format!("Accept: {accept}")], TEXT.as_bytes());
        assert!(answer.text().trim_start().starts_with(begins), "{accept}: {}", answer.text());
    }
}

#[test]
fn options_are_those_of_the_program() {
    let service = Service::start(&[]);
    for (query, arguments) in [
        ("by=mention&kinds=place,demonym", &["--by", "mention", "--kinds", "place,demonym"][..]),
        ("literal=true&geometry=area", &["--literal", "--geometry", "area"]),
        ("focus=US&min-place-confidence=0.9", &["--focus", "US", "--min-place-confidence", "0.9"]),
        ("min-confidence=0.99&by=document", &["--min-confidence", "0.99", "--by", "document"]),
        ("format=jsonl&offsets=utf16&keep-text=true", &["--format", "jsonl", "--offsets", "utf16", "--keep-text"]),
    ] {
        let answer = service.post(&format!("/v1/parse?{query}"), "text/plain", TEXT.as_bytes());
        assert_eq!(answer.text(), tag(TEXT, arguments), "{query}");
    }
}

#[test]
fn documents_come_in_many_formats() {
    let service = Service::start(&[]);
    let names = |media_type: &str, body: &str| {
        let answer = service.post("/v1/parse?format=jsonl", media_type, body.as_bytes());
        assert_eq!(answer.status, 200, "{media_type}: {}", answer.text());
        let lines = answer.text();
        let documents = lines.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON"));
        let names = documents.map(|document| {
            let names =
                document["mentions"].as_array().expect("a list").iter().map(|mention| mention["text"].to_string());
            names.collect::<Vec<_>>().join(" ")
        });
        names.collect::<Vec<_>>()
    };
    let (one, two) = ("Shells fell in Aleppo, Syria.", "Rain fell in Lyon, France.");
    let both = [r#""Aleppo" "Syria""#, r#""Lyon" "France""#];
    assert_eq!(names("application/json", &format!("{{\n \"text\": \"{one}\"\n}}")), both[..1]);
    assert_eq!(names("application/json", &format!("[{{\"text\": \"{one}\"}}, {{\"text\": \"{two}\"}}]")), both);
    assert_eq!(names("application/x-ndjson", &format!("{{\"text\": \"{one}\"}}\n{{\"text\": \"{two}\"}}\n")), both);
    assert_eq!(names("text/csv", &format!("id,text\n1,\"{one}\"\n2,\"{two}\"\n")), both);
    assert_eq!(names("text/html; charset=utf-8", &format!("<html><body><p>{one}</p></body></html>")), both[..1]);
    assert_eq!(names("message/rfc822", &format!("From: a@b.example\r\nSubject: Hello\r\n\r\n{one}\r\n")), both[..1]);
    let given = r#"{"text": "aleppo and xyzzy", "toponyms": [{"start": 0, "end": 6}]}"#;
    let answer = service.post("/v1/resolve", "application/json", given.as_bytes()).json();
    assert_eq!(answer["mentions"][0]["place"]["id"], "geonames:170063");
}

#[test]
fn places_are_found_by_name_and_point() {
    let service = Service::start(&[]);
    let found = service.get("/v1/lookup?name=Tripoli,%20Lebanon&limit=3").json();
    assert_eq!((&found["places"][0]["country"], &found["places"][0]["match"]), (&"LB".into(), &"exact".into()));
    assert_eq!(service.get("/v1/lookup?name=Barcelonna").json()["places"][0]["match"], "similar");
    let near = service.get("/v1/near?lat=36.2&lon=37.16&km=20").json();
    let places = near["places"].as_array().expect("a list");
    let km: Vec<f64> = places.iter().map(|place| place["km"].as_f64().expect("a number")).collect();
    assert!(places.iter().any(|place| place["name"] == "Aleppo") && km.is_sorted() && km.iter().all(|km| *km <= 20.0));
    let boxed = service.get("/v1/near?bbox=36,35,38,37&limit=5").json();
    assert_eq!(boxed["places"].as_array().map(Vec::len), Some(5));
    assert_eq!(service.get("/v1/health").json()["status"], "ok");
    let metrics = service.get("/v1/metrics").text();
    assert!(metrics.contains("toponym_http_requests_total{route=\"/v1/lookup\",status=\"200\"} 2"), "{metrics}");
}

#[test]
fn what_is_wrong_is_a_problem_with_a_way_out() {
    let service = Service::start(&["--max-body", "20000"]);
    let long = "Aleppo. ".repeat(50_000);
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    let bomb = packed.write_all(long.as_bytes()).and_then(|()| packed.finish()).expect("packed");
    let post = |path: &str, media_type: &str, body: &[u8]| service.post(path, media_type, body);
    for (answer, status, says) in [
        (post("/v1/parse?fromat=csv", "text/plain", b"x"), 400, "unknown field"),
        (post("/v1/parse?kinds=town", "text/plain", b"x"), 400, "demonym"),
        (post("/v1/parse?focus=9", "text/plain", b"x"), 400, "a country's code"),
        (post("/v1/parse?min-confidence=2", "text/plain", b"x"), 400, "from 0 to 1"),
        (post("/v1/parse?format=html&by=place", "text/plain", b"x"), 400, "leave it out"),
        (post("/v1/parse?keep-text=true", "text/plain", b"x"), 400, "format=jsonl"),
        (post("/v1/parse", "application/json", b"{\"text\": "), 400, "send an object"),
        (post("/v1/parse", "application/json", b"[{\"text\": \"a\"}, 7]"), 422, "document 2"),
        (post("/v1/parse", "application/x-ndjson", b"{\"text\": \"a\"}\nnonsense\n"), 422, "-:2"),
        (post("/v1/parse", "text/plain", b"%PDF-1.7"), 422, "pdftotext"),
        (post("/v1/resolve", "application/json", b"{\"text\": \"a\"}"), 422, "toponyms"),
        (post("/v1/parse", "image/png", b"x"), 415, "text/plain"),
        (service.send("POST /v1/parse", &["Content-Encoding: br"], b"x"), 415, "gzip"),
        (service.send("POST /v1/parse", &["Accept: image/png"], b"x"), 406, "application/geo+json"),
        (post("/v1/parse", "text/plain", long.as_bytes()), 413, "20000 bytes"),
        (post("/v1/parse", "text/plain", &bomb), 413, "unpacked"),
        (service.get("/v1/lookup"), 400, "name"),
        (service.get("/v1/lookup?name=a&limit=1000"), 400, "from 1 to 100"),
        (service.get("/v1/near?lat=91&lon=0"), 400, "-90 to 90"),
        (service.get("/v1/near?bbox=1,2"), 400, "west, south"),
        (service.get("/v1/parse"), 405, "openapi"),
        (service.get("/v1/../../etc/passwd"), 404, "openapi"),
    ] {
        let text = answer.text();
        assert_eq!(answer.status, status, "{text}");
        assert!(answer.head.contains("application/problem+json") && text.contains(says), "{says}: {text}");
        assert_eq!(answer.json()["status"], status);
    }
}

#[test]
fn tokens_origins_and_headers() {
    let open = Service::start(&[]);
    let answer = open.send("GET /v1/lookup?name=Ulm", &["Origin: https://news.example"], b"");
    assert!(!answer.head.contains("access-control") && answer.head.contains("x-content-type-options: nosniff"));
    assert!(answer.head.contains("content-security-policy: default-src 'none'"));
    let service = Service::start(&["--token", "secret", "--allow-origin", "https://news.example"]);
    for (token, status) in [("", 401), ("Bearer secre", 401), ("Bearer secretly", 401), ("Bearer secret", 200)] {
        let header = format!("Authorization: {token}");
        assert_eq!(service.send("GET /v1/lookup?name=Ulm", &[&header], b"").status, status, "{token}");
        assert_eq!(service.send("GET /v1/nothing", &[&header], b"").status, if status == 200 { 404 } else { status });
    }
    assert_eq!(service.get("/v1/health").status, 200);
    let preflight = |origin: &str| service.send("OPTIONS /v1/parse", &[&format!("Origin: {origin}")], b"");
    let allowed = preflight("https://news.example");
    assert!(allowed.status == 204 && allowed.head.contains("access-control-allow-origin: https://news.example"));
    assert!(!preflight("https://other.example").head.contains("access-control-allow-origin"));
}

#[test]
fn slow_and_crowding_clients_are_refused_and_the_rest_is_served() {
    let service = Service::start(&["--jobs", "1", "--queue", "0", "--timeout", "2"]);
    let half = |length: usize| {
        let mut stream = service.connect();
        let head =
            format!("POST /v1/parse HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n");
        stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(b"Aleppo")).expect("sent");
        stream
    };
    let slow = half(1000);
    let mut headless = service.connect();
    headless.write_all(b"POST /v1/par").expect("sent");
    let idle: Vec<_> = (0..200).map(|_| service.connect()).collect();
    // Wait until the slow request has its place.
    let refused = std::iter::repeat_with(|| service.post("/v1/parse", "text/plain", b"Aleppo"))
        .find(|answer| answer.status != 200)
        .expect("an answer");
    assert!(refused.status == 429 && refused.head.contains("retry-after: 1"), "{}", refused.text());
    assert_eq!(service.get("/v1/health").status, 200);
    assert_eq!(answer(slow).status, 408);
    let mut end = Vec::new();
    let _ = std::io::Read::read_to_end(&mut headless, &mut end);
    assert!(!String::from_utf8_lossy(&end).contains("200 OK"), "half a head is no request");
    drop(idle);
    assert_eq!(service.post("/v1/parse", "text/plain", b"Aleppo").status, 200);
}

#[test]
fn idle_connections_keep_nobody_out_and_those_that_are_answered_stay() {
    let service = Service::start(&["--connections", "20"]);
    let mut begun = service.connect();
    let head =
        format!("POST /v1/parse HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {}\r\n\r\n", TEXT.len());
    begun.write_all(head.as_bytes()).and_then(|()| begun.write_all(&TEXT.as_bytes()[..10])).expect("sent");
    while !service.get("/v1/metrics").text().contains("/v1/metrics") {}
    let idle: Vec<_> = (0..200).map(|_| service.connect()).collect();
    for _ in 0..30 {
        assert_eq!(service.get("/v1/health").status, 200);
    }
    begun.write_all(&TEXT.as_bytes()[10..]).expect("sent");
    assert_eq!(answer(begun).status, 200);
    drop(idle);
}

#[test]
#[cfg(unix)]
fn a_request_that_has_begun_is_answered_before_the_end() {
    let mut service = Service::start(&[]);
    let mut stream = service.connect();
    let body = TEXT.as_bytes();
    let head = format!("POST /v1/parse HTTP/1.1\r\nHost: x\r\nContent-Length: {}\r\n\r\n", body.len());
    stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&body[..10])).expect("sent");
    while !service.get("/v1/metrics").text().contains("/v1/metrics") {}
    let id = service.process.id().to_string();
    assert!(std::process::Command::new("kill").args(["-TERM", &id]).status().expect("run").success());
    // New connections are refused once the signal has come.
    while std::net::TcpStream::connect(service.address).is_ok() {}
    stream.write_all(&body[10..]).expect("sent");
    assert_eq!(answer(stream).status, 200);
    assert!(service.process.wait().expect("ended").success());
}

#[test]
fn the_description_lists_every_route_and_option() {
    let yaml = std::fs::read_to_string(root("crates/serve/openapi.yaml")).expect("read");
    let routes = std::fs::read_to_string(root("crates/serve/src/routes.rs")).expect("read");
    let routed = routes.split(".route(\"").skip(1).map(|rest| rest.split('"').next().expect("a path").to_owned());
    let described = yaml.lines().filter_map(|line| line.strip_prefix("  /")?.strip_suffix(':'));
    let described: Vec<String> = described.map(|path| format!("/{path}")).collect();
    assert_eq!(routed.collect::<Vec<_>>(), described);
    // The service names its options when it is asked for an unknown one.
    let service = Service::start(&[]);
    for (path, method) in [("/v1/parse", "POST"), ("/v1/export", "POST"), ("/v1/lookup", "GET"), ("/v1/near", "GET")] {
        let name = if path == "/v1/lookup" { "name=x&" } else { "" };
        let told = service.send(&format!("{method} {path}?{name}zzz=1"), &[], b"x").json()["detail"].to_string();
        let options: Vec<&str> = told.split("expected").nth(1).expect("a list").split('`').skip(1).step_by(2).collect();
        let own =
            section(&yaml, path).lines().filter_map(|line| line.trim().strip_prefix("- {name: ")?.split(',').next());
        let mut own: Vec<&str> = own.collect();
        let mut options = options;
        own.sort_unstable();
        options.sort_unstable();
        assert_eq!(own, options, "{path}");
    }
    // What resolves has the options of what finds.
    assert!(
        yaml.contains("parameters: &options\n") && section(&yaml, "/v1/resolve").contains("parameters: *options\n")
    );
    for path in &described {
        for method in ["GET", "POST", "PUT", "DELETE", "PATCH"] {
            let told = section(&yaml, path).contains(&format!("\n    {}:", method.to_lowercase()));
            let status = service.send(&format!("{method} {path}"), &[], b"").status;
            assert_eq!(status != 405, told, "{method} {path}: {status}");
        }
    }
    // Every format is one of the answers' media types.
    let answers = section(&yaml, "/v1/parse").split("responses:").nth(1).expect("answers").to_owned();
    for media_type in toponym::export::Format::media_types() {
        assert!(answers.contains(&format!("\n            {media_type}: {{}}\n")), "{media_type} is not described");
    }
    assert_eq!(service.get("/v1/openapi.yaml").text(), yaml);
}

/// What the description says of a path.
fn section<'a>(yaml: &'a str, path: &str) -> &'a str {
    let begins = format!("\n  {path}:");
    let section = &yaml[yaml.find(&begins).expect("a path") + begins.len()..];
    section.split("\n  /").next().and_then(|own| own.split("\ncomponents:").next()).expect("its lines")
}
