//! JSON lines on a pipe that stays open.

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::sync::mpsc::channel;
use std::time::Duration;

/// How long an answer is waited for before the test fails rather than hangs.
const PATIENCE: Duration = Duration::from_secs(120);

/// Writes lines one by one, each when the line before has its answer, and returns the answers.
fn converse(arguments: &[&str], lines: &[String]) -> Vec<String> {
    let program = assert_cmd::cargo::cargo_bin("toponym");
    let mut command = Command::new(program);
    command.arg("tag").args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().expect("starts");
    let mut input = child.stdin.take().expect("piped");
    let output = BufReader::new(child.stdout.take().expect("piped"));
    let (send, answers) = channel();
    std::thread::spawn(move || output.lines().map_while(Result::ok).try_for_each(|line| send.send(line)));
    let mut answered = Vec::new();
    for line in lines {
        input.write_all(line.as_bytes()).and_then(|()| input.flush()).expect("written");
        let answer = answers.recv_timeout(PATIENCE);
        if answer.is_err() {
            child.kill().expect("killed");
        }
        answered.push(answer.expect("an answer while the pipe is open"));
    }
    drop(input);
    assert!(child.wait().expect("ended").success());
    assert!(answers.recv().is_err(), "no more answers than lines");
    answered
}

fn line(id: usize, text: &str) -> String {
    format!("{}\n", serde_json::json!({"id": id, "text": text}))
}

#[test]
fn lines_are_answered_as_they_come() {
    let texts = ["Rain fell on Aleppo.", "Žižkov, Prague.", "Nothing.", "Shells fell on Homs."];
    let lines: Vec<String> = texts.iter().enumerate().map(|(id, text)| line(id, text)).collect();
    for jobs in ["1", "4"] {
        let answers = converse(&["--format", "jsonl", "--jobs", jobs], &lines);
        for (id, answer) in answers.iter().enumerate() {
            let document: serde_json::Value = serde_json::from_str(answer).expect("JSON");
            assert_eq!(document["id"], id.to_string());
        }
        assert!(answers[0].contains("geonames:170063"), "{}", answers[0]);
    }
    // A line of one feature a document, with the format of the input stated, and behind a line that is empty.
    let lines = [format!("\n{}", line(1, "Rain fell on Aleppo.")), line(2, "Rain fell on Homs.")];
    let answers = converse(&["--format", "geojsonl", "--input", "jsonl"], &lines);
    assert!(answers[1].contains("\"name\":\"Homs\""), "{}", answers[1]);
}

#[test]
fn a_reader_that_ends_early_ends_the_run_though_the_input_stays_open() {
    let program = assert_cmd::cargo::cargo_bin("toponym");
    let mut command = Command::new(program);
    let mut child = command
        .args(["tag", "--format", "jsonl"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("starts");
    let mut input = child.stdin.take().expect("piped");
    drop(child.stdout.take());
    input.write_all(line(1, "Rain fell on Aleppo.").as_bytes()).expect("written");
    let (send, ended) = channel();
    std::thread::spawn(move || send.send(child.wait().expect("ended").success()));
    assert_eq!(ended.recv_timeout(PATIENCE), Ok(true), "it ends while its input is open");
    drop(input);
}
