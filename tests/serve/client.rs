//! A running service, and a client that writes its requests byte by byte where a library would not let it.

use crate::support::root;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, ChildStderr, Command, Stdio};
use std::time::Duration;

/// `toponym serve` on a free port; it ends with this value.
pub struct Service {
    pub process: Child,
    pub address: SocketAddr,
    /// What it says on standard error from now on.
    pub errors: BufReader<ChildStderr>,
}

/// An answer.
pub struct Answer {
    pub status: u16,
    /// The head in small letters.
    pub head: String,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

impl Service {
    pub fn start(arguments: &[&str]) -> Self {
        Self::from_command(Command::new(assert_cmd::cargo::cargo_bin("toponym")).current_dir(root("")), arguments)
    }

    /// The same, where the command may have another folder and other variables.
    pub fn from_command(command: &mut Command, arguments: &[&str]) -> Self {
        let command = command.args(["serve", "--listen", "127.0.0.1:0"]).args(arguments);
        let mut process = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
        let mut errors = BufReader::new(process.stderr.take().expect("piped"));
        let line = errors.by_ref().lines().map_while(Result::ok).find(|line| line.contains("http://"));
        let line = line.expect("it says where it listens");
        let address = line.rsplit("http://").next().and_then(|address| address.parse().ok()).expect("an address");
        Service { process, address, errors }
    }

    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).expect("connected");
        stream.set_read_timeout(Some(Duration::from_secs(60))).expect("set");
        stream
    }

    /// Sends a request with these header lines, and reads the answer.
    pub fn send(&self, request: &str, headers: &[&str], body: &[u8]) -> Answer {
        let mut stream = self.connect();
        let headers: String = headers.iter().map(|line| format!("{line}\r\n")).collect();
        let length = body.len();
        let head = format!(
            "{request} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n"
        );
        stream.write_all(head.as_bytes()).expect("sent");
        // A body that is refused is not read to its end.
        let _ = stream.write_all(body);
        answer(stream)
    }

    pub fn get(&self, path: &str) -> Answer {
        self.send(&format!("GET {path}"), &[], b"")
    }

    pub fn post(&self, path: &str, media_type: &str, body: &[u8]) -> Answer {
        self.send(&format!("POST {path}"), &[&format!("Content-Type: {media_type}")], body)
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Reads an answer to the end of its connection.
pub fn answer(mut stream: TcpStream) -> Answer {
    let mut bytes = Vec::new();
    // A connection that is closed with unread bytes may be reset behind the answer.
    let _ = stream.read_to_end(&mut bytes);
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").unwrap_or_else(|| {
        panic!("no answer: {:?}", String::from_utf8_lossy(&bytes));
    });
    let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
    let body = &bytes[end + 4..];
    let body = if head.contains("transfer-encoding: chunked") { unchunked(body) } else { body.to_vec() };
    Answer { status, head, body }
}

/// The chunks of a body, put together.
fn unchunked(mut body: &[u8]) -> Vec<u8> {
    let mut whole = Vec::new();
    while let Some(end) = body.windows(2).position(|window| window == b"\r\n") {
        let length = std::str::from_utf8(&body[..end]).ok().and_then(|length| usize::from_str_radix(length, 16).ok());
        let length = length.expect("the length of a chunk");
        whole.extend_from_slice(&body[end + 2..end + 2 + length]);
        body = &body[end + 4 + length..];
    }
    whole
}
