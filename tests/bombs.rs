//! Files made to end a batch: each costs one line on standard error, and the others are read.

use crate::support::toponym;
use predicates::str::contains;
use std::io::Write;
use std::path::Path;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(bytes).and_then(|()| packed.finish()).expect("packed")
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

fn docx(xml: &str) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).expect("begun");
    archive.write_all(xml.as_bytes()).expect("written");
    archive.finish().expect("finished").into_inner()
}

/// Tags a folder of bad files and a good one at its end, in an address space of 3 GB; returns standard error.
fn tag(folder: &Path, bad: usize) -> String {
    std::fs::write(folder.join("zz.txt"), "Shells fell on Aleppo.").expect("written");
    let mut command = assert_cmd::Command::new("sh");
    let program = toponym().get_program().to_owned();
    let limited = "ulimit -v 3000000; exec \"$0\" tag . --jobs 2 --format jsonl";
    let assert = command.current_dir(folder).args(["-c", limited]).arg(program).assert();
    let output = assert.code(1).stdout(contains("Aleppo")).get_output().clone();
    let told = String::from_utf8(output.stderr).expect("UTF-8");
    assert_eq!(told.lines().filter(|line| line.starts_with("toponym: ")).count(), bad, "{told}");
    told
}

#[test]
fn nesting_without_end_costs_a_line_each() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, content: String| std::fs::write(folder.path().join(name), content).expect("written");
    let deep = ["<b>", "<table><tr><td>", "<div>", "<svg><g>", "<ul><li>", "<x-y a='1'>"];
    for (at, piece) in deep.iter().enumerate() {
        write(&format!("{at}.html"), format!("<html><body>{}Homs", piece.repeat(26_500)));
    }
    write("a.eml", format!("Subject: a\r\n{}Homs", "Content-Type: message/rfc822\r\n\r\n".repeat(32_700)));
    let multipart: String =
        (0..5_000).map(|at| format!("Content-Type: multipart/mixed; boundary=b{at}\r\n\r\n--b{at}\r\n")).collect();
    write("b.eml", format!("Subject: b\r\n{multipart}\r\nHoms"));
    write("c.jsonl", format!("{{\"text\": \"Homs\", \"x\": {}}}\n", "[".repeat(500_000)));
    write("d.rss", format!("<rss><item><description>{}</description></item></rss>", "&lt;b&gt;".repeat(26_500)));
    let page = "<i>".repeat(26_500);
    let http = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page}");
    let head = "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\n";
    write("e.warc", format!("{head}Content-Length: {}\r\n\r\n{http}\r\n\r\n", http.len()));
    let told = tag(folder.path(), deep.len() + 5);
    for name in ["0.html: ", "a.eml: ", "b.eml: ", "c.jsonl:1: ", "d.rss:1: ", "e.warc:1: "] {
        assert!(told.contains(name), "{name}: {told}");
    }
}

#[test]
fn markup_that_is_deep_but_harmless_is_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, content: String| std::fs::write(folder.path().join(name), content).expect("written");
    write("a.md", format!("{}In Homs", ">".repeat(50_000)));
    write("b.md", format!("{}In Homs", "[".repeat(50_000)));
    write("c.html", format!("<html><body><p>In Homs{}", "<p>a<br>b".repeat(20_000)));
    write("d.html", format!("<html><body>{}In Homs", "<div>".repeat(200)));
    let output = toponym().current_dir(&folder).args(["tag", ".", "--format", "jsonl"]).assert().success();
    let lines = String::from_utf8(output.get_output().stdout.clone()).expect("UTF-8");
    assert_eq!(lines.lines().count(), 4);
    assert!(lines.lines().all(|line| line.contains("\"Homs\"")), "{lines}");
}

#[test]
fn what_unpacks_to_too_much_costs_a_line_each() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, content: Vec<u8>| std::fs::write(folder.path().join(name), content).expect("written");
    let long = "Aleppo. ".repeat(40 << 17);
    let xml = format!("<w:document><w:p><w:t>{long}{long}</w:t></w:p></w:document>");
    write("a.txt.gz", gzip(long.as_bytes()));
    write("b.docx", docx(&xml));
    write("c.eml.gz", gzip(format!("Subject: a\r\n\r\n{long}").as_bytes()));
    let length = long.len();
    let record = "WARC/1.0\r\nWARC-Type: conversion\r\nContent-Type: text/plain\r\nContent-Length: ";
    write("d.warc.gz", gzip(format!("{record}{length}\r\n\r\n{long}\r\n\r\n").as_bytes()));
    write("e.csv.zst", zstd(format!("id,text\n1,\"{long}\"\n").as_bytes()));
    write("f.jsonl.zst", zstd(format!("{{\"text\": \"{long}\"}}\n").as_bytes()));
    write("g.rss.gz", gzip(format!("<rss><item><title>{long}").as_bytes()));
    for packed in std::fs::read_dir(folder.path()).expect("read") {
        let file = packed.expect("an entry");
        assert!(file.metadata().expect("a file").len() < 1_000_000, "{:?}", file.path());
    }
    let told = tag(folder.path(), 7);
    for name in ["a.txt.gz", "b.docx", "c.eml.gz", "d.warc.gz", "e.csv.zst", "f.jsonl.zst", "g.rss.gz"] {
        assert!(told.contains(name), "{name}: {told}");
    }
}

#[test]
fn a_document_over_the_bound_is_named_and_the_others_are_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, content: String| std::fs::write(folder.path().join(name), content).expect("written");
    let long = "Homs. ".repeat(2_000);
    write("a.txt", long.clone());
    write("b.jsonl", format!("{{\"text\": \"{long}\"}}\n{{\"text\": \"In Hama.\"}}\n"));
    write("c.csv", format!("text\n\"{long}\"\nIn Hama.\n"));
    write("d.json", format!("[{{\"text\": \"{long}\"}}, {{\"text\": \"In Hama.\"}}]"));
    let run = |most: &str| {
        let mut command = toponym();
        command.current_dir(&folder).args(["tag", "a.txt", "b.jsonl", "c.csv", "d.json", "--max-document", most]);
        let output = command.args(["--format", "jsonl"]).output().expect("runs");
        let lines = String::from_utf8(output.stdout).expect("UTF-8").lines().count();
        (output.status.code(), lines, String::from_utf8(output.stderr).expect("UTF-8"))
    };
    let (code, lines, told) = run("10000");
    assert_eq!((code, lines), (Some(1), 3), "{told}");
    for name in ["a.txt: ", "b.jsonl:1: ", "c.csv:2: ", "d.json:1: "] {
        assert!(told.contains(&format!("{name}is larger than 10000 bytes")), "{name}: {told}");
    }
    assert_eq!(run("1000000").1, 7);
    let help = toponym().args(["tag", "--help"]).output().expect("runs").stdout;
    assert!(String::from_utf8_lossy(&help).contains("[default: 16777216]"));
}

#[test]
fn a_row_that_does_not_fit_into_an_index_costs_a_row() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, content: String| std::fs::write(folder.path().join(name), content).expect("written");
    let long = "x".repeat(70_000);
    write("long.csv", format!("id,name,lat,lon,names\n1,{long},1,1,\n2,Xyzzy,2,2,\n3,Plugh,3,3,{long}\n"));
    let prefixes: String = (0..200).map(|at| format!("p{at}:1,Place {at},1,1\n")).collect();
    write("prefixes.csv", format!("id,name,lat,lon\n{prefixes}"));
    let build = |source: &str, bad: &str, rows: &str| {
        let mut command = toponym();
        command.current_dir(&folder).args(["gazetteer", "build", source, "-o", "out.toponym"]);
        command.assert().success().stderr(contains(bad)).stderr(contains(rows));
    };
    build("long.csv", "long.csv:2: ", "2 rows could not be read");
    build("prefixes.csv", "128 prefixes of ids", "72 rows could not be read");
}
