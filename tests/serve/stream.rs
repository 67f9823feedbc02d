//! JSON lines in and out, one by one.

use super::client::{Service, answer};
use std::io::{BufRead, BufReader, Read, Write};

const LINES: &str = "application/x-ndjson";

/// The head of a request whose body comes in chunks.
const HEAD: &str = "POST /v1/parse HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/x-ndjson\r\n\
    Accept: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n";

fn chunk(text: &str) -> String {
    format!("{:x}\r\n{text}\r\n", text.len())
}

#[test]
fn a_line_is_answered_before_the_next_is_sent() {
    let service = Service::start(&[]);
    let mut stream = service.connect();
    stream.write_all(HEAD.as_bytes()).expect("sent");
    let mut answers = BufReader::new(stream.try_clone().expect("cloned"));
    let mut line = || {
        let mut line = String::new();
        while !line.starts_with('{') {
            line.clear();
            assert_ne!(answers.read_line(&mut line).expect("read"), 0, "the stream ended");
        }
        serde_json::from_str::<serde_json::Value>(&line).expect("JSON")
    };
    for (text, name) in [("Shells fell in Aleppo.", "Aleppo"), ("It rained in Lyon.", "Lyon")] {
        let sent = format!("{}\n", serde_json::json!({"id": name, "text": text}));
        stream.write_all(chunk(&sent).as_bytes()).expect("sent");
        let answered = line();
        assert_eq!((&answered["id"], &answered["mentions"][0]["text"]), (&name.into(), &name.into()));
    }
    stream.write_all(b"0\r\n\r\n").expect("sent");
    let mut rest = String::new();
    answers.read_to_string(&mut rest).expect("the answer ends");
}

#[test]
fn a_stream_is_longer_than_a_body_may_be_and_says_what_the_program_says() {
    let service = Service::start(&["--max-body", "2000", "--jobs", "2"]);
    let line = |at: usize| format!("{}\n", serde_json::json!({"text": format!("Day {at}: rain in Ulm, Germany.")}));
    let lines: String = (0..500).map(line).collect();
    assert!(lines.len() > 20_000);
    let answered = service.post("/v1/parse?format=jsonl", LINES, lines.as_bytes());
    assert_eq!(answered.status, 200);
    assert!(answered.head.contains("content-type: application/x-ndjson"), "{}", answered.head);
    let written = crate::support::tag(&lines, &["--format", "jsonl"]);
    let mut stream = service.connect();
    let chunked: String = lines.as_bytes().chunks(777).map(|part| chunk(&String::from_utf8_lossy(part))).collect();
    stream.write_all(format!("{HEAD}{chunked}0\r\n\r\n").as_bytes()).expect("sent");
    for body in [answered.text(), answer(stream).text()] {
        assert_eq!(body, written, "in the order of the lines");
    }
}

#[test]
fn a_bad_line_is_named_and_leaves_the_others() {
    let service = Service::start(&["--max-body", "2000"]);
    let long = format!("{{\"text\": \"{}\"}}", "Aleppo. ".repeat(1000));
    let lines = format!(
        "{{\"text\": \"Aleppo\"}}\n\nnonsense\n{{\"id\": 7}}\n{long}\n{{\"id\": \"last\", \"text\": \"Homs\"}}"
    );
    let body = service.post("/v1/parse?format=jsonl", LINES, lines.as_bytes()).text();
    let answers: Vec<serde_json::Value> = body.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(answers.len(), 5, "{body}");
    assert_eq!((&answers[0]["id"], &answers[4]["id"]), (&"-:1".into(), &"last".into()));
    for (answer, line, says) in
        [(&answers[1], 3, "send an object"), (&answers[2], 4, "text"), (&answers[3], 5, "too long")]
    {
        assert_eq!((&answer["line"], &answer["error"]["status"]), (&line.into(), &422.into()));
        assert!(answer["error"]["detail"].as_str().is_some_and(|detail| detail.contains(says)), "{answer}");
    }
    let given = "{\"text\": \"aleppo\", \"toponyms\": [{\"start\": 0, \"end\": 6}]}\n{\"text\": \"homs\"}\n";
    let body = service.post("/v1/resolve", LINES, given.as_bytes()).text();
    assert!(body.lines().next().is_some_and(|line| line.contains("geonames:170063")), "{body}");
    assert!(body.lines().nth(1).is_some_and(|line| line.contains("toponyms")), "{body}");
}

#[test]
fn a_stream_that_stops_ends_and_frees_its_place() {
    let service = Service::start(&["--jobs", "1", "--queue", "0", "--timeout", "1"]);
    let mut stream = service.connect();
    stream.write_all(format!("{HEAD}{}", chunk("{\"text\": \"Aleppo\"}\n{\"te")).as_bytes()).expect("sent");
    let stopped = answer(stream).text();
    assert!(stopped.contains("geonames:170063") && stopped.contains("no bytes came in time"), "{stopped}");
    // A client that goes away without a word frees its place, too.
    let mut gone = service.connect();
    gone.write_all(format!("{HEAD}{}", chunk("{\"text\": \"Aleppo\"}\n")).as_bytes()).expect("sent");
    drop(gone);
    let answered = std::iter::repeat_with(|| service.post("/v1/parse", "text/plain", b"Aleppo"))
        .find(|answer| answer.status != 429)
        .expect("an answer");
    assert_eq!(answered.status, 200);
}
