//! `toponym tag` on every format of input.

use crate::support::toponym;
use predicates::prelude::*;
use predicates::str::contains;
use serde_json::Value;
use std::io::Write;
use std::path::Path;

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

fn write(folder: &tempfile::TempDir, name: &str, bytes: impl AsRef<[u8]>) {
    let path = folder.path().join(name);
    std::fs::create_dir_all(path.parent().unwrap_or(Path::new("."))).expect("made");
    std::fs::write(path, bytes).expect("written");
}

/// The documents that `tag` writes as JSON lines.
fn tagged(folder: &tempfile::TempDir, arguments: &[&str]) -> Vec<Value> {
    let mut command = toponym();
    let output = command.current_dir(folder).args(["tag", "--format", "jsonl", "--keep-text"]).args(arguments);
    let output = output.assert().success().get_output().stdout.clone();
    let text = String::from_utf8(output).expect("UTF-8");
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

/// The names of the places of a document, each with the part of the document that it stands in.
fn names(document: &Value) -> Vec<(&str, &str)> {
    let mentions = document["mentions"].as_array().expect("a list");
    mentions
        .iter()
        .filter_map(|mention| Some((mention["part"].as_str()?, mention["place"]["name"].as_str()?)))
        .collect()
}

const TEXT: &str = "Shells fell on Aleppo on Saturday, and the road to Homs was closed for the whole of the day.";

fn page(body: &str) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><head><title>Rain in Hama</title><meta property=\"article:published_time\" \
         content=\"2016-06-04T10:00:00Z\"></head><body><nav><a href=\"/\">Paris</a></nav><article><h1>Rain in Hama</h1>{}\
         </article><footer>Tokyo</footer></body></html>",
        format!("<p>{body} It was said by those who had come from there that nothing more was known.</p>").repeat(6)
    )
}

#[test]
fn a_title_has_offsets_of_its_own_in_every_unit() {
    let folder = folder();
    let line = serde_json::json!({"id": 1, "title": "😀 Rain in Hama", "text": "Zürich 😀, then Aleppo.", "beat": "x"});
    write(&folder, "in.jsonl", line.to_string());
    for (unit, hama, aleppo) in [("chars", 10, 15), ("bytes", 13, 19), ("utf16", 11, 16)] {
        let documents = tagged(&folder, &["in.jsonl", "--offsets", unit]);
        let starts: Vec<_> = ["Hama", "Aleppo"]
            .iter()
            .map(|name| {
                let mention =
                    documents[0]["mentions"].as_array().and_then(|all| all.iter().find(|m| m["text"] == *name));
                let mention = mention.unwrap_or_else(|| panic!("{name}: {}", documents[0]));
                (mention["part"].as_str().expect("a part"), mention["start"].as_u64().expect("a number"))
            })
            .collect();
        assert_eq!(starts, [("title", hama), ("text", aleppo)], "{unit}");
        assert_eq!(documents[0]["text"], "Zürich 😀, then Aleppo.");
    }
}

#[test]
fn given_mentions_count_from_the_text_proper() {
    let folder = folder();
    let line = serde_json::json!({"title": "Rain in Hama", "text": "In Homs.", "toponyms": [{"start": 3, "end": 7}]});
    write(&folder, "in.jsonl", line.to_string());
    let documents = tagged(&folder, &["in.jsonl", "--given-mentions"]);
    let mention = &documents[0]["mentions"][0];
    assert_eq!(
        (&mention["place"]["name"], &mention["start"], &mention["part"]),
        (&"Homs".into(), &3.into(), &"text".into())
    );
}

#[test]
fn every_sort_of_file_in_a_folder_is_read() {
    let folder = folder();
    let gzip = |text: &str| {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all(text.as_bytes()).and_then(|()| packed.finish()).expect("packed")
    };
    let zstd =
        |text: &str| ruzstd::encoding::compress_to_vec(text.as_bytes(), ruzstd::encoding::CompressionLevel::Fastest);
    write(&folder, "in/01.txt", TEXT);
    write(&folder, "in/02.txt.gz", gzip(TEXT));
    write(&folder, "in/03.md", format!("---\ntitle: Rain in Hama\n---\n{}", TEXT.replace("Aleppo", "**Aleppo**")));
    write(&folder, "in/04.html", page(TEXT));
    write(&folder, "in/05.jsonl.zst", zstd(&serde_json::json!({"text": TEXT}).to_string()));
    write(&folder, "in/06.csv", format!("id,text,beat\na,\"{TEXT}\",north\n"));
    write(
        &folder,
        "in/07.xml",
        format!(
            "<rss><channel><item><title>Rain in Hama</title><description>{TEXT}</description></item></channel></rss>"
        ),
    );
    write(
        &folder,
        "in/08.eml",
        format!("Subject: Rain in Hama\r\nDate: Sat, 4 Jun 2016 12:00:00 +0000\r\n\r\n{TEXT}\r\n"),
    );
    let http = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{}", page(TEXT));
    write(
        &folder,
        "in/09.warc.gz",
        gzip(&format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://paper.example/a\r\nContent-Type: application/http\r\n\
         Content-Length: {}\r\n\r\n{http}\r\n\r\n",
            http.len()
        )),
    );
    write(&folder, "in/picture.png", b"\x89PNG");
    let documents = tagged(&folder, &["in"]);
    assert_eq!(documents.len(), 9, "{documents:#?}");
    for document in &documents {
        let names = names(document);
        for name in ["Aleppo", "Homs"] {
            assert!(names.contains(&("text", name)), "{name} in {document:#}");
        }
        assert!(!names.iter().any(|(_, name)| ["Paris", "Tokyo"].contains(name)), "{document:#}");
    }
    for titled in [2, 3, 6, 7, 8] {
        assert!(names(&documents[titled]).contains(&("title", "Hama")), "{:#}", documents[titled]);
    }
    for dated in [3, 7, 8] {
        assert!(documents[dated]["date"].as_str().is_some_and(|date| date.starts_with("2016-06-04T")), "{dated}");
    }
    assert_eq!((&documents[5]["id"], &documents[8]["id"]), (&"a".into(), &"https://paper.example/a".into()));
    // Offsets in Markdown count in the text with its markup.
    let source = std::fs::read_to_string(folder.path().join("in/03.md")).expect("there");
    let aleppo = documents[2]["mentions"].as_array().and_then(|all| all.iter().find(|m| m["text"] == "Aleppo"));
    assert_eq!(aleppo.expect("found")["start"].as_u64(), source.find("Aleppo").map(|at| at as u64));
}

#[test]
fn standard_input_is_told_by_its_beginning_or_by_input() {
    let line = serde_json::json!({"id": "a", "text": TEXT}).to_string();
    let cases = [(line.as_str(), None), (TEXT, None), ("Nr;Text\n1;Aleppo\n", Some("csv"))];
    for (text, sort) in cases {
        let mut command = toponym();
        command.args(["tag", "--format", "jsonl"]).args(sort.map(|sort| format!("--input={sort}")));
        let output = command.write_stdin(text).assert().success().get_output().stdout.clone();
        let document: Value = serde_json::from_slice(&output).expect("one document");
        assert!(names(&document).contains(&("text", "Aleppo")), "{document}");
    }
}

#[test]
fn lists_and_patterns_name_files() {
    let folder = folder();
    for name in ["a.txt", "b.txt", "c.md"] {
        write(&folder, name, TEXT);
    }
    write(&folder, "list", "b.txt\n\nc.md\n");
    let ids = |arguments: &[&str]| {
        let documents = tagged(&folder, arguments);
        documents.iter().map(|document| document["id"].as_str().unwrap_or("").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(ids(&["a.txt", "--files-from", "list"]), ["a.txt", "b.txt", "c.md"]);
    assert_eq!(ids(&["*.txt"]), ["a.txt", "b.txt"]);
}

#[test]
fn tables_say_which_column_is_missing() {
    let folder = folder();
    write(&folder, "t.csv", "Nr,Meldung\n1,Aleppo\n");
    let run = |arguments: &[&str]| toponym().current_dir(&folder).args(["tag", "t.csv"]).args(arguments).assert();
    run(&[]).code(1).stderr(contains("t.csv").and(contains("Nr, Meldung")).and(contains("--text-column")));
    run(&["--text-column", "Meldung"]).success().stdout(contains("\"Aleppo\""));
}

#[test]
fn a_saved_page_gives_its_date_to_every_feature() {
    let folder = folder();
    write(
        &folder,
        "page.txt",
        format!("icon homeicon share\n4 Jun, 2016 12:11\n\nRain falls on Hama again\n\n{TEXT}\n"),
    );
    let output =
        toponym().current_dir(&folder).args(["tag", "page.txt"]).assert().success().get_output().stdout.clone();
    let features = crate::support::features(&String::from_utf8(output).expect("UTF-8"));
    assert!(features.len() >= 3);
    assert!(features.iter().all(|feature| feature["properties"]["date"] == "2016-06-04T12:11:00"), "{features:?}");
}

#[test]
fn the_shared_article_is_dated() {
    let Some(path) = crate::support::shared("articles/aleppo-2016-06-04.txt") else { return };
    let output = toponym().arg("tag").arg(path).assert().success().get_output().stdout.clone();
    let features = crate::support::features(&String::from_utf8(output).expect("UTF-8"));
    assert!(features.iter().all(|feature| feature["properties"]["date"] == "2016-06-04T12:11:00"));
}

#[test]
fn damaged_files_are_named_with_a_way_out() {
    let folder = folder();
    write(&folder, "good.txt", TEXT);
    write(&folder, "cut.jsonl.gz", b"\x1f\x8b\x08\x00\x00\x00\x00\x00");
    write(&folder, "no.xml", "<articles><article/></articles>");
    write(&folder, "no.docx", "no archive");
    write(&folder, "old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
    std::fs::create_dir(folder.path().join("empty")).expect("made");
    for (file, message) in [
        ("cut.jsonl.gz", "whole"),
        ("no.xml", "no items"),
        ("no.docx", "plain text"),
        ("old.doc", "save it as .docx"),
        ("empty", "holds no file"),
        ("none-*.txt", "holds no file"),
    ] {
        let assert = toponym().current_dir(&folder).args(["tag", file, "good.txt"]).assert();
        assert.code(1).stderr(contains(file).and(contains(message))).stdout(contains("Aleppo"));
    }
}
