//! Nothing of a request is kept or logged, and no request reaches a file.

use super::client::Service;
use crate::support::root;
use std::io::Read;
use std::process::Command;

/// A word that stands in every request.
const SECRET: &str = "Zyxwvutopolis";

/// The files and folders below a folder.
fn files(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    entries
        .flat_map(|path| if path.is_dir() { [vec![path.clone()], files(&path)].concat() } else { vec![path] })
        .collect()
}

#[test]
#[cfg(unix)]
fn nothing_of_a_request_is_kept_or_logged() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut command = Command::new(assert_cmd::cargo::cargo_bin("toponym"));
    let command = command.current_dir(folder.path()).env("HOME", folder.path()).env("TMPDIR", folder.path());
    let mut service = Service::from_command(command, &["--max-body", "20000"]);
    let text = format!("Rain fell in {SECRET}, near Aleppo.");
    for format in ["geojson", "jsonl&keep-text=true", "gpkg", "fgb", "html", "kml", "csv"] {
        let answer = service.post(&format!("/v1/parse?format={format}"), "text/plain", text.as_bytes());
        assert_eq!(answer.status, 200, "{format}: {}", answer.text());
    }
    let lines = service.post("/v1/parse?format=jsonl&keep-text=true", "text/plain", text.as_bytes());
    assert_eq!(service.post("/v1/export?format=gpkg", "application/x-ndjson", &lines.body).status, 200);
    // What fails is not logged either.
    for (path, media_type, body) in [
        ("/v1/parse", "application/json", format!("{{\"text\": \"{SECRET}")),
        ("/v1/parse", "application/x-ndjson", format!("{SECRET}\n")),
        (
            "/v1/parse?format=geojson",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            SECRET.into(),
        ),
        ("/v1/resolve", "application/json", format!("{{\"text\": \"{SECRET}\"}}")),
        ("/v1/parse", "text/plain", SECRET.repeat(20_000)),
        ("/v1/parse?focus=Zyxwvutopolis", "text/plain", SECRET.into()),
    ] {
        service.post(path, media_type, body.as_bytes());
    }
    service.get(&format!("/v1/lookup?name={SECRET}"));
    service.get(&format!("/parse/text?q={SECRET}"));
    assert!(!service.get("/v1/metrics").text().contains(SECRET));
    let id = service.process.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &id]).status().expect("run").success());
    assert!(service.process.wait().expect("ended").success());
    let (mut said, mut written) = (String::new(), String::new());
    service.errors.read_to_string(&mut said).expect("read");
    service.process.stdout.take().expect("piped").read_to_string(&mut written).expect("read");
    assert_eq!((said.contains(SECRET), written.as_str()), (false, ""), "{said}");
    assert_eq!(files(folder.path()), Vec::<std::path::PathBuf>::new());
}

#[test]
fn no_request_reaches_a_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("secret.txt");
    std::fs::write(&file, format!("Rain fell in {SECRET}.")).expect("written");
    let path = file.to_str().expect("UTF-8");
    let service = Service::start(&[]);
    let up = "../".repeat(root("").components().count() + 2);
    let encoded = path.replace('/', "%2F");
    for asked in [
        path.to_owned(),
        format!("/{up}{path}"),
        format!("/v1/{}{encoded}", up.replace('/', "%2F")),
        format!("/v1/parse/{encoded}"),
        format!("/v1/openapi.yaml/../{path}"),
        format!("//localhost{path}"),
        format!("/?file={encoded}"),
        format!("/v1/lookup?name={encoded}"),
        format!("/reconcile/preview?id={encoded}"),
    ] {
        let answer = service.get(&asked);
        assert!(!answer.text().contains(SECRET), "{asked}: {}", answer.text());
        assert!(matches!(answer.status, 200 | 400 | 404), "{asked}: {}", answer.status);
    }
    for option in ["file", "input", "gazetteer", "g", "recogniser", "output", "o", "out", "config"] {
        assert_eq!(service.post(&format!("/v1/parse?{option}={encoded}"), "text/plain", b"x").status, 400, "{option}");
    }
    let documents = [
        format!(r#"{{"text": "", "id": "{path}", "file": "{path}", "path": "{path}", "url": "file://{path}"}}"#),
        format!(r#"{{"text": "@{path}", "meta": {{"url": "file://{path}", "file": "{path}"}}}}"#),
    ];
    for document in documents {
        let answer = service.post("/v1/parse?format=jsonl", "application/json", document.as_bytes());
        assert!(answer.status == 200 && !answer.text().contains(SECRET), "{}", answer.text());
    }
    for page in [
        format!(
            r#"<html><head><link rel="import" href="file://{path}"></head><body><iframe src="file://{path}"></iframe><p>Rain.</p></body></html>"#
        ),
        format!(r#"<!DOCTYPE html [<!ENTITY x SYSTEM "file://{path}">]><html><body><p>&x;</p></body></html>"#),
    ] {
        let answer = service.post("/v1/parse?format=jsonl&keep-text=true", "text/html", page.as_bytes());
        assert!(!answer.text().contains(SECRET), "{}", answer.text());
    }
    let feed = format!(
        r#"<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file://{path}">]><rss version="2.0"><channel><item><title>&x;</title><description>Rain in Lyon.</description></item></channel></rss>"#
    );
    let answer = service.post("/v1/parse?format=jsonl&keep-text=true", "application/rss+xml", feed.as_bytes());
    assert!(!answer.text().contains(SECRET), "{}", answer.text());
}

#[test]
#[cfg(unix)]
fn formats_that_need_a_temporary_file_say_so_where_there_is_no_folder_for_it() {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin("toponym"));
    let service = Service::from_command(command.env("TMPDIR", root("no such folder")), &[]);
    for (format, status) in [("geojson", 200), ("jsonl", 200), ("html", 200), ("gpkg", 500), ("fgb", 500)] {
        let answer = service.post(&format!("/v1/parse?format={format}"), "text/plain", b"Rain fell in Lyon.");
        assert_eq!(answer.status, status, "{format}");
        assert!(status == 200 || answer.text().contains("set TMPDIR to a folder"), "{}", answer.text());
    }
}
