//! Downloads over HTTPS that go on where they stopped.

use crate::messages::tell;
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::time::{Duration, Instant};
use ureq::http::{Response, StatusCode, header};
use ureq::{Agent, Body};

/// Tries of a file, each of which goes on where the one before stopped.
const TRIES: u32 = 3;

/// Bytes of a body that are read at once.
const PIECE: usize = 1 << 16;

/// The time between two reports of progress.
const REPORT_EVERY: Duration = Duration::from_secs(5);

/// What downloads files into a folder.
pub struct Downloader {
    agent: Agent,
    folder: PathBuf,
    /// The longest wait for a connection, an answer, or more of it.
    patience: Duration,
}

/// Why a try failed.
enum Failure {
    /// Another try may succeed.
    Passing(String),
    /// No other try will.
    Lasting(String),
}

impl Downloader {
    /// A downloader into a folder, which it makes.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn new(folder: PathBuf, patience: Duration) -> Result<Self, String> {
        std::fs::create_dir_all(&folder).map_err(|error| format!("{}: cannot be made: {error}", folder.display()))?;
        let tls = ureq::tls::TlsConfig::builder().root_certs(ureq::tls::RootCerts::PlatformVerifier).build();
        let config = Agent::config_builder()
            .tls_config(tls)
            .http_status_as_error(false)
            .timeout_resolve(Some(patience))
            .timeout_connect(Some(patience))
            .timeout_recv_response(Some(patience))
            .user_agent(concat!("toponym/", env!("CARGO_PKG_VERSION")))
            .build();
        Ok(Downloader { agent: config.into(), folder, patience })
    }

    /// Downloads a file and returns its path. What an earlier run has downloaded of it is kept, if the server still has the same file.
    ///
    /// # Errors
    /// A message that names the address, what happened, and what to do.
    pub fn get(&self, url: &str, name: &str) -> Result<PathBuf, String> {
        let target = self.folder.join(name);
        if target.is_file() {
            return Ok(target);
        }
        let mut tries = 1;
        loop {
            match self.attempt(url, &target) {
                Ok(()) => return Ok(target),
                Err(Failure::Passing(reason)) if tries < TRIES => {
                    tell!("{url}: {reason}; try {} of {TRIES}", tries + 1);
                    std::thread::sleep(Duration::from_millis(500) * tries);
                    tries += 1;
                }
                Err(Failure::Passing(reason)) => {
                    return Err(format!(
                        "{url}: {reason}; the same command goes on where it stopped, --from names a mirror"
                    ));
                }
                Err(Failure::Lasting(reason)) => return Err(format!("{url}: {reason}")),
            }
        }
    }

    fn attempt(&self, url: &str, target: &Path) -> Result<(), Failure> {
        let mut part = Part::open(target).map_err(|error| disk(target, &error))?;
        let mut request = self.agent.get(url).header(header::ACCEPT_ENCODING, "identity");
        if let Some(validator) = part.validator.as_ref().filter(|_| part.length > 0) {
            request =
                request.header(header::RANGE, format!("bytes={}-", part.length)).header(header::IF_RANGE, validator);
        }
        let response = request.call().map_err(|error| Failure::Passing(error.to_string()))?;
        let status = response.status();
        match status {
            StatusCode::OK => part.restart(&response).map_err(|error| disk(target, &error))?,
            StatusCode::PARTIAL_CONTENT if goes_on(&response, part.length) => {}
            StatusCode::PARTIAL_CONTENT | StatusCode::RANGE_NOT_SATISFIABLE => {
                part.discard().map_err(|error| disk(target, &error))?;
                return Err(Failure::Passing("the server has another file now".to_owned()));
            }
            StatusCode::NOT_FOUND | StatusCode::GONE => {
                return Err(Failure::Lasting(
                    "the server has no such file (404); check the country, or --from".to_owned(),
                ));
            }
            _ if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS => {
                return Err(Failure::Passing(format!("the server answers {status}")));
            }
            _ => return Err(Failure::Lasting(format!("the server answers {status}; check --from"))),
        }
        let length = response.headers().get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
        let whole = length.map(|rest: u64| part.length + rest);
        self.copy(response.into_body(), &mut part, whole, target)?;
        match whole {
            Some(whole) if part.length < whole => {
                Err(Failure::Passing(format!("it was cut short after {} of {whole} bytes", part.length)))
            }
            _ => part.finish(target).map_err(|error| disk(target, &error)),
        }
    }

    /// Appends a body to the part. A thread reads it, so that a server that says nothing more is noticed.
    fn copy(&self, body: Body, part: &mut Part, whole: Option<u64>, target: &Path) -> Result<(), Failure> {
        let (send, pieces) = sync_channel::<io::Result<Vec<u8>>>(4);
        std::thread::spawn(move || {
            let mut reader = body.into_reader();
            loop {
                let mut piece = vec![0; PIECE];
                let read = reader.read(&mut piece);
                let is_last = !matches!(read, Ok(1..));
                let sent = send.send(read.map(|count| {
                    piece.truncate(count);
                    piece
                }));
                if is_last || sent.is_err() {
                    return;
                }
            }
        });
        let name = target.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let mut told = Instant::now();
        loop {
            let piece = match pieces.recv_timeout(self.patience) {
                Ok(piece) => piece.map_err(|error| Failure::Passing(format!("the connection broke: {error}")))?,
                Err(RecvTimeoutError::Timeout) => {
                    let seconds = self.patience.as_secs();
                    return Err(Failure::Passing(format!("the server has sent nothing for {seconds} s")));
                }
                Err(RecvTimeoutError::Disconnected) => Vec::new(),
            };
            if piece.is_empty() {
                return Ok(());
            }
            part.append(&piece).map_err(|error| disk(target, &error))?;
            if told.elapsed() >= REPORT_EVERY {
                let of = whole.map_or(String::new(), |whole| format!(" of {:.1}", whole as f64 / 1e6));
                tell!("{name}: {:.1}{of} MB", part.length as f64 / 1e6);
                told = Instant::now();
            }
        }
    }
}

/// Whether a partial answer begins where the part ends.
fn goes_on(response: &Response<Body>, length: u64) -> bool {
    let range = response.headers().get(header::CONTENT_RANGE).and_then(|value| value.to_str().ok());
    range.is_some_and(|range| range.trim().starts_with(&format!("bytes {length}-")))
}

fn disk(target: &Path, error: &io::Error) -> Failure {
    Failure::Lasting(format!(
        "{} cannot be written: {error}; free some space, or set TOPONYM_DATA_DIR",
        target.display()
    ))
}

/// What has been downloaded of a file so far.
struct Part {
    path: PathBuf,
    file: File,
    /// Its length in bytes.
    length: u64,
    /// What tells whether the server still has the same file: its entity tag, or when it was changed.
    validator: Option<String>,
}

impl Part {
    fn open(target: &Path) -> io::Result<Self> {
        let path = with_ending(target, ".part");
        let mut file = OpenOptions::new().create(true).append(true).open(&path)?;
        let length = file.seek(io::SeekFrom::End(0))?;
        let validator = std::fs::read_to_string(with_ending(target, ".validator")).ok();
        Ok(Part { path, file, length, validator })
    }

    /// Begins anew with an answer.
    fn restart(&mut self, response: &Response<Body>) -> io::Result<()> {
        self.discard()?;
        let tag = |name| response.headers().get(name).and_then(|value| value.to_str().ok());
        // A weak tag does not tell that the bytes are the same.
        let strong = tag(header::ETAG).filter(|tag| !tag.starts_with("W/"));
        if let Some(validator) = strong.or_else(|| tag(header::LAST_MODIFIED)) {
            std::fs::write(self.path.with_extension("validator"), validator)?;
        }
        Ok(())
    }

    fn discard(&mut self) -> io::Result<()> {
        self.file.set_len(0)?;
        self.length = 0;
        self.forget_validator()
    }

    fn forget_validator(&self) -> io::Result<()> {
        match std::fs::remove_file(self.path.with_extension("validator")) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    fn append(&mut self, piece: &[u8]) -> io::Result<()> {
        self.file.write_all(piece)?;
        self.length += piece.len() as u64;
        Ok(())
    }

    fn finish(mut self, target: &Path) -> io::Result<()> {
        self.file.sync_all()?;
        std::fs::rename(&self.path, target)?;
        self.length = 0;
        self.forget_validator()
    }
}

/// A path with something behind its name.
fn with_ending(target: &Path, ending: &str) -> PathBuf {
    let mut name = target.file_name().unwrap_or_default().to_owned();
    name.push(ending);
    target.with_file_name(name)
}
