//! JSON lines in, JSON lines out, each answered as it comes, so that a stream may be longer than any memory.

use crate::gate::Gate;
use crate::metrics::Metrics;
use crate::parse::Request;
use crate::problem::Problem;
use axum::body::{Body, Bytes};
use axum::http::StatusCode;
use http_body_util::BodyExt;
use http_body_util::channel::{Channel, Sender};
use serde_json::json;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};
use tokio::task::JoinHandle;

/// What a stream needs of the service.
pub struct Stream {
    pub gate: Arc<Gate>,
    pub metrics: Arc<Metrics>,
    pub request: Arc<Request>,
    /// The lines that are answered side by side; few, so that a stream leaves turns to others.
    pub jobs: usize,
    /// The bytes of lines that are held at once, and of one line, at most.
    pub most: usize,
    /// The time within which some bytes must come.
    pub timeout: Duration,
}

/// A line's answer to come, and the bytes that the line holds.
type Promise = (JoinHandle<Bytes>, OwnedSemaphorePermit);

impl Stream {
    /// The body of the answers. `place` is held until the last of them is written or the client has gone away.
    pub fn answer(self, body: Body, place: OwnedSemaphorePermit) -> Body {
        let (sender, answers) = Channel::<Bytes, Infallible>::new(1);
        // Lines are answered side by side; the order of the promises is that of the lines.
        let (promise, promises) = mpsc::channel::<Promise>(self.jobs.max(1));
        tokio::spawn(self.read(body, promise));
        tokio::spawn(async move {
            let _place = place;
            write(promises, sender).await;
        });
        Body::new(answers)
    }

    /// Cuts the body into lines and has each answered, until it ends or nobody listens.
    async fn read(self, mut body: Body, promises: mpsc::Sender<Promise>) {
        let held = Arc::new(Semaphore::new(self.most.min(Semaphore::MAX_PERMITS)));
        let mut lines = Lines { most: self.most, ..Lines::default() };
        loop {
            let frame = tokio::select! {
                frame = tokio::time::timeout(self.timeout, body.frame()) => frame,
                // The client has gone away.
                () = promises.closed() => return,
            };
            let (cut, ended) = match frame {
                Ok(Some(Ok(frame))) => (lines.cut(&frame.into_data().unwrap_or_default()), false),
                Ok(None) => (lines.rest(), true),
                Ok(Some(Err(_))) => (vec![(lines.number + 1, Err("the body ended early; send it again"))], true),
                Err(_) => (vec![(lines.number + 1, Err("no bytes came in time; send them faster"))], true),
            };
            for (number, line) in cut {
                let bytes = line.as_ref().map_or(0, Vec::len) as u32;
                let Ok(held) = held.clone().acquire_many_owned(bytes).await else { return };
                let working = self.work(number, line);
                if promises.send((tokio::spawn(working), held)).await.is_err() {
                    return;
                }
            }
            if ended {
                return;
            }
        }
    }

    /// The answer of a line, or what is wrong with it, as a line.
    fn work(&self, number: usize, line: Line) -> impl Future<Output = Bytes> + Send + use<> {
        let (gate, metrics, request) = (self.gate.clone(), self.metrics.clone(), self.request.clone());
        async move {
            let answered = match line {
                Err(detail) => Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, detail)),
                Ok(line) => {
                    let working = gate.run(move || request.answer_line(&line, number, &metrics)).await;
                    working.unwrap_or_else(Err)
                }
            };
            answered.map_or_else(|problem| error_line(number, &problem), Bytes::from)
        }
    }
}

/// Writes the answers in their order.
async fn write(mut promises: mpsc::Receiver<Promise>, mut sender: Sender<Bytes, Infallible>) {
    while let Some((answer, held)) = promises.recv().await {
        let Ok(answer) = answer.await else { return };
        drop(held);
        if sender.send_data(answer).await.is_err() {
            return;
        }
    }
}

fn error_line(number: usize, problem: &Problem) -> Bytes {
    format!("{}\n", json!({"line": number, "error": problem.json()})).into()
}

/// A line, or why it is none.
type Line = Result<Vec<u8>, &'static str>;

/// Cuts bytes into lines.
#[derive(Default)]
struct Lines {
    /// The beginning of the next line.
    begun: Vec<u8>,
    /// Whether the line is too long, and what is left of it is thrown away.
    skips: bool,
    /// The lines so far.
    number: usize,
    most: usize,
}

impl Lines {
    /// The lines that end in these bytes, with their numbers from 1; empty ones are left out.
    fn cut(&mut self, bytes: &[u8]) -> Vec<(usize, Line)> {
        let mut cut = Vec::new();
        for part in bytes.split_inclusive(|&byte| byte == b'\n') {
            if self.begun.len() + part.len() > self.most && !self.skips {
                self.skips = true;
                self.begun = Vec::new();
                cut.push((self.number + 1, Err("the line is too long; send the document in parts")));
            }
            if !self.skips {
                self.begun.extend_from_slice(part);
            }
            if part.ends_with(b"\n") {
                self.number += 1;
                let line = std::mem::take(&mut self.begun);
                if !std::mem::take(&mut self.skips) && !line.trim_ascii().is_empty() {
                    cut.push((self.number, Ok(line)));
                }
            }
        }
        cut
    }

    /// The last line, if it has no end of its own.
    fn rest(&mut self) -> Vec<(usize, Line)> {
        if self.begun.is_empty() { Vec::new() } else { self.cut(b"\n") }
    }
}

#[cfg(test)]
mod tests {
    use super::Lines;

    #[test]
    fn lines_are_cut_wherever_the_bytes_are() {
        let mut lines = Lines { most: 9, ..Lines::default() };
        let mut cut = Vec::new();
        for bytes in ["one\n\nt", "wo\r", "\nfar too lo", "ng a line\nfo", "ur"] {
            cut.extend(lines.cut(bytes.as_bytes()));
        }
        cut.extend(lines.rest());
        let numbers: Vec<_> = cut.iter().map(|(number, line)| (*number, line.as_deref().ok())).collect();
        assert_eq!(numbers, [(1, Some(&b"one\n"[..])), (3, Some(b"two\r\n")), (4, None), (5, Some(b"four\n")),]);
    }
}
