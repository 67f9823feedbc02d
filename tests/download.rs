//! `toponym gazetteer get`, against a server of our own that breaks off, stalls, errs and changes its files.

use crate::support::toponym;
use predicates::prelude::*;
use predicates::str::contains;
use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// How the server answers a request.
#[derive(Clone, Copy)]
enum Answer {
    /// As asked.
    Right,
    /// As asked, but the connection ends after so many bytes of the body.
    Cut(usize),
    /// As asked, but nothing comes after so many bytes of the body.
    Stalled(usize),
    /// The whole file, though a part is asked for.
    Whole,
    /// With this status.
    Status(u16),
    /// The sign-in page of a network.
    Page,
}

/// The path and the range of a request.
type Request = (String, Option<String>);

/// A server of files that answers as it is told, then rightly.
struct Server {
    address: String,
    answers: Arc<Mutex<Vec<Answer>>>,
    files: Arc<Mutex<HashMap<String, Vec<u8>>>>,
    requests: Arc<Mutex<Vec<Request>>>,
}

impl Server {
    fn start(files: &[(&str, Vec<u8>)]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = format!("http://{}/export/dump", listener.local_addr().expect("an address"));
        let files = files.iter().map(|(name, bytes)| (format!("/export/dump/{name}"), bytes.clone())).collect();
        let server =
            Server { address, answers: Arc::default(), files: Arc::new(Mutex::new(files)), requests: Arc::default() };
        let (answers, files, requests) = (server.answers.clone(), server.files.clone(), server.requests.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let mut answers = answers.lock().expect("answers");
                let answer = if answers.is_empty() { Answer::Right } else { answers.remove(0) };
                let (files, requests) = (files.clone(), requests.clone());
                std::thread::spawn(move || {
                    let files = files.lock().expect("files").clone();
                    let _ = serve(&stream, answer, &files, &requests);
                });
            }
        });
        server
    }

    fn answer(&self, answers: &[Answer]) {
        *self.answers.lock().expect("answers") = answers.to_vec();
        self.requests.lock().expect("requests").clear();
    }

    /// Runs `gazetteer get` with its data in a folder.
    fn get(&self, data: &Path, countries: &[&str]) -> assert_cmd::assert::Assert {
        let mut command = toponym();
        command.env("TOPONYM_DATA_DIR", data).args(["gazetteer", "get", "--timeout", "1", "--from", &self.address]);
        command.args(countries).assert()
    }
}

fn serve(
    mut stream: &TcpStream,
    answer: Answer,
    files: &HashMap<String, Vec<u8>>,
    requests: &Mutex<Vec<Request>>,
) -> std::io::Result<()> {
    let lines: Vec<String> =
        BufReader::new(stream).lines().map_while(Result::ok).take_while(|l| !l.is_empty()).collect();
    let path = lines.first().and_then(|line| line.split(' ').nth(1)).unwrap_or_default().to_owned();
    let field = |name: &str| {
        let values = lines.iter().filter_map(|line| line.split_once(": "));
        values.filter(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.to_owned()).next()
    };
    let range = field("range");
    requests.lock().expect("requests").push((path.clone(), range.clone()));
    let Some(file) = files.get(&path).filter(|_| !matches!(answer, Answer::Status(_))) else {
        let status = if let Answer::Status(status) = answer { status } else { 404 };
        return write!(stream, "HTTP/1.1 {status} No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    };
    if matches!(answer, Answer::Page) {
        let page = "<html><p>Sign in to the network</p></html>";
        let length = page.len();
        return write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{page}");
    }
    let tag =
        format!("\"{}-{:08x}\"", file.len(), file.iter().fold(0u32, |sum, byte| sum.rotate_left(5) ^ u32::from(*byte)));
    let from = range.and_then(|range| range.strip_prefix("bytes=")?.strip_suffix('-')?.parse::<usize>().ok());
    let from = from.filter(|_| field("if-range").as_ref() == Some(&tag) && !matches!(answer, Answer::Whole));
    let body = &file[from.unwrap_or(0)..];
    let head = match from {
        Some(from) => format!("206 Partial Content\r\nContent-Range: bytes {from}-{}/{}", file.len() - 1, file.len()),
        None => "200 OK".to_owned(),
    };
    let length = body.len();
    write!(stream, "HTTP/1.1 {head}\r\nETag: {tag}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n")?;
    match answer {
        Answer::Cut(bytes) => stream.write_all(&body[..bytes.min(length)]),
        Answer::Stalled(bytes) => {
            stream.write_all(&body[..bytes.min(length)])?;
            stream.flush()?;
            std::thread::sleep(Duration::from_secs(20));
            Ok(())
        }
        _ => stream.write_all(body),
    }
}

/// An archive as GeoNames makes them.
fn archive(name: &str, text: &str) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new_stream(Vec::new());
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, text) in [("readme.txt", "What this is."), (name, text)] {
        zip.start_file(name, options).expect("begun");
        zip.write_all(text.as_bytes()).expect("written");
    }
    zip.finish().expect("written").into_inner()
}

fn row(id: u32, name: &str, country: &str) -> String {
    format!("{id}\t{name}\t{name}\t\t12.05\t24.88\tP\tPPL\t{country}\t\t49\t\t\t\t90000\t\t600\tx\t2024-01-01\n")
}

fn sudan() -> Server {
    let rows: String = (2..400).map(|id| row(id, &format!("Village {id}"), "SD")).collect();
    let names = "9\t1\tar\tكلمة الجديدة\t1\n";
    Server::start(&[
        ("SD.zip", archive("SD.txt", &(row(1, "New Kalma", "SD") + &rows))),
        ("alternatenames/SD.zip", archive("SD.txt", names)),
        ("SS.zip", archive("SS.txt", &row(7, "New Yambio", "SS"))),
        ("alternatenames/SS.zip", archive("SS.txt", "9\t7\tar\tيامبيو\n")),
        ("cities500.zip", archive("cities500.txt", &row(8, "New Bahri", "SD"))),
        ("admin1CodesASCII.txt", b"SD.49\tSouth Darfur\tSouth Darfur\t4\n".to_vec()),
        ("admin2Codes.txt", b"SD.49.4901\tNyala\tNyala\t5\n".to_vec()),
    ])
}

fn lookup(data: &Path, gazetteer: &str, name: &str) -> String {
    let mut command = toponym();
    command.env("TOPONYM_DATA_DIR", data).args(["lookup", "-g", gazetteer, "--only", name]);
    String::from_utf8(command.output().expect("runs").stdout).expect("UTF-8")
}

#[test]
fn countries_are_downloaded_and_found_by_name() {
    let (server, data) = (sudan(), tempfile::tempdir().expect("a folder"));
    let got = server.get(data.path(), &["SD", "south-sudan", "cities"]).success();
    got.stderr(contains("use it with -g sudan").and(contains("-g south-sudan")).and(contains("-g cities")));
    for name in ["sudan", "SD", "sd", "Soudan"] {
        assert!(lookup(data.path(), name, "New Kalma").contains("geonames:1"), "{name}");
    }
    assert!(lookup(data.path(), "sudan", "كلمة الجديدة").starts_with("New Kalma"));
    assert!(lookup(data.path(), "south-sudan", "New Yambio").contains("geonames:7"));
    assert!(lookup(data.path(), "cities", "New Bahri").contains("South Darfur"));
    let left: Vec<_> = std::fs::read_dir(data.path().join("downloads")).expect("listed").collect();
    assert!(left.is_empty(), "{left:?}");
    // A project names it too, from any folder.
    let project = tempfile::tempdir().expect("a folder");
    std::fs::write(project.path().join("toponym.toml"), "gazetteer = [\"sudan\"]\n").expect("written");
    let mut command = toponym();
    command.current_dir(&project).env_remove("TOPONYM_CONFIG").env("TOPONYM_DATA_DIR", data.path());
    command.args(["lookup", "New Kalma"]).assert().success().stdout(contains("geonames:1\t"));
}

#[test]
fn downloads_go_on_where_they_stopped() {
    let (server, data) = (sudan(), tempfile::tempdir().expect("a folder"));
    // Three tries of a run, each of which gets a little further, then another run.
    server.answer(&[Answer::Cut(5000), Answer::Cut(5000), Answer::Stalled(5000)]);
    let failed = server.get(data.path(), &["SD"]).code(1);
    failed.stderr(
        contains("cut short after 5000 of")
            .or(contains("connection broke"))
            .and(contains("goes on where it stopped"))
            .and(contains("--from")),
    );
    server.answer(&[]);
    server.get(data.path(), &["SD"]).success();
    let requests = server.requests.lock().expect("requests").clone();
    assert_eq!(requests[0], ("/export/dump/SD.zip".to_owned(), Some("bytes=15000-".to_owned())));
    assert!(lookup(data.path(), "sd", "Village 399").contains("geonames:399"));
}

#[test]
fn another_file_on_the_server_is_downloaded_anew() {
    for answer in [Answer::Right, Answer::Whole] {
        let (server, data) = (sudan(), tempfile::tempdir().expect("a folder"));
        server.answer(&[Answer::Cut(9000); 3]);
        server.get(data.path(), &["SD"]).code(1);
        let renewed = archive("SD.txt", &(1..500).map(|id| row(id, &format!("Hamlet {id}"), "SD")).collect::<String>());
        server.files.lock().expect("files").insert("/export/dump/SD.zip".to_owned(), renewed);
        server.answer(&[answer]);
        server.get(data.path(), &["SD"]).success();
        assert!(lookup(data.path(), "sd", "Hamlet 1").contains("geonames:1"));
    }
}

#[test]
fn servers_that_err_are_named_and_nothing_is_left() {
    for (answers, told) in [
        (&[Answer::Status(503); 3][..], &["SD.zip", "503", "try 2 of 3", "--from"][..]),
        (&[Answer::Status(404)], &["SD.zip", "no such file (404)"]),
        (&[Answer::Status(403)], &["SD.zip", "403", "--from"]),
        (&[Answer::Stalled(0); 3], &["SD.zip", "sent nothing for 1 s"]),
        (&[Answer::Page], &["SD.zip", "<html>", "download it again"]),
    ] {
        let (server, data) = (sudan(), tempfile::tempdir().expect("a folder"));
        server.answer(answers);
        let failed = server.get(data.path(), &["SD"]).code(1);
        let message = String::from_utf8_lossy(&failed.get_output().stderr).into_owned();
        for word in told {
            assert!(message.contains(word), "{message:?} does not tell {word:?}");
        }
        assert!(!data.path().join("sd.toponym").exists());
        server.answer(&[]);
        server.get(data.path(), &["SD"]).success();
    }
    let (server, data) = (sudan(), tempfile::tempdir().expect("a folder"));
    server.answer(&[Answer::Status(503)]);
    server.get(data.path(), &["SD"]).success().stderr(contains("try 2 of 3"));
}

#[test]
fn what_is_not_there_is_told_with_what_to_do() {
    let data = tempfile::tempdir().expect("a folder");
    let mut command = toponym();
    command.env("TOPONYM_DATA_DIR", data.path()).args(["gazetteer", "get", "XQ"]);
    command.assert().code(1).stderr(contains("\"XQ\" is no country").and(contains("SD")));
    let mut command = toponym();
    command.env("TOPONYM_DATA_DIR", data.path()).args([
        "gazetteer",
        "get",
        "SD",
        "--timeout",
        "2",
        "--from",
        "http://127.0.0.1:9/",
    ]);
    command.assert().code(1).stderr(contains("127.0.0.1:9/SD.zip").and(contains("--from names a mirror")));
    for (name, told) in [("sudan", "toponym gazetteer get SD"), ("nowhere", "toponym gazetteer get COUNTRY")] {
        let mut command = toponym();
        command.env("TOPONYM_DATA_DIR", data.path()).args(["lookup", "-g", name, "Nyala"]);
        command.assert().code(1).stderr(contains(name).and(contains(told)));
    }
}
