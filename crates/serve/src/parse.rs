//! Documents in, options, an output: what `toponym tag` does, for a body.

use crate::metrics::Metrics;
use crate::output::{self, Output, content_type};
use crate::problem::Problem;
use axum::http::StatusCode;
use serde::Deserialize;
use std::io::{Cursor, ErrorKind};
use toponym::document::{self, Columns, Document, Inputs, ReadOptions, Unit};
use toponym::export::{By, Format, Geometries, Shape};
use toponym::{Geoparser, Hint, Selection};

/// The options of a request: those of `toponym tag`, by the same names.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Options {
    /// Output format; that of the header `Accept` where it is absent.
    pub format: Option<Format>,
    /// Input format; that of the header `Content-Type` where it is absent.
    pub input: Option<document::Format>,
    by: Option<By>,
    #[serde(default)]
    geometry: Geometries,
    #[serde(default)]
    literal: bool,
    kinds: Option<String>,
    #[serde(default)]
    given_mentions: bool,
    focus: Option<String>,
    min_confidence: Option<f64>,
    min_place_confidence: Option<f64>,
    #[serde(default)]
    offsets: Unit,
    #[serde(default)]
    keep_text: bool,
    text_column: Option<String>,
    id_column: Option<String>,
    title_column: Option<String>,
    date_column: Option<String>,
}

/// The options, checked.
pub struct Request {
    format: Format,
    shape: Shape,
    keep_text: bool,
    selection: Selection,
    geoparser: Geoparser,
    read: ReadOptions,
    json: bool,
    most: usize,
}

/// The bounds on what a request sends, in bytes.
#[derive(Clone, Copy)]
pub struct Bounds {
    /// What the body unpacks to.
    pub body: usize,
    /// A document of it.
    pub document: u64,
}

impl Options {
    /// The same, resolving given mentions.
    pub fn given(self) -> Self {
        Options { given_mentions: true, ..self }
    }

    /// Checks the options. `json` says whether the body is one JSON value.
    ///
    /// # Errors
    /// When one is out of its range or does not fit another.
    pub fn check(self, geoparser: &Geoparser, format: Format, json: bool, most: Bounds) -> Result<Request, Problem> {
        let by = output::layer(format, self.by)?;
        if self.keep_text && format != Format::Jsonl {
            return Err(Problem::bad_request("keep-text is for JSON lines; add format=jsonl"));
        }
        let share = |name: &str, value: Option<f64>| match value {
            Some(value) if !(0.0..=1.0).contains(&value) => {
                Err(Problem::bad_request(format!("{name}: give a number from 0 to 1")))
            }
            _ => Ok(value),
        };
        let least = share("min-place-confidence", self.min_place_confidence)?;
        let kinds = output::kinds(self.kinds.as_deref())?;
        let focus = self.focus.as_deref().map(str::parse::<Hint>).transpose();
        let focus = focus.map_err(|form| Problem::bad_request(format!("focus: {form}")))?;
        let geoparser = geoparser.clone().with_min_place_confidence(least).with_hint(focus);
        let geoparser = match share("min-confidence", self.min_confidence)? {
            Some(least) => geoparser.with_min_confidence(Some(least)),
            None => geoparser,
        };
        Ok(Request {
            format,
            shape: Shape { by, geometry: self.geometry, offsets: self.offsets },
            keep_text: self.keep_text,
            selection: Selection { kinds, literal: self.literal, given_mentions: self.given_mentions },
            geoparser,
            read: ReadOptions {
                format: if json { Some(document::Format::Jsonl) } else { self.input },
                columns: Columns {
                    text: self.text_column,
                    id: self.id_column,
                    title: self.title_column,
                    date: self.date_column,
                },
                max_document: most.document,
            },
            json,
            most: most.body,
        })
    }
}

impl Request {
    /// The media type of the answer.
    pub fn media_type(&self) -> String {
        content_type(self.format)
    }

    /// Answers a body. One document that fails fails the request, so that nothing is lost in silence.
    ///
    /// # Errors
    /// 413 when it unpacks to too much, 422 when a document cannot be read or holds nothing to be resolved.
    pub fn answer(self, body: Vec<u8>, metrics: &Metrics) -> Result<Vec<u8>, Problem> {
        let body = if self.json { json_lines(&body)? } else { body };
        let mut output = Output::new(self.format, self.shape, self.keep_text);
        // Documents of standard input have the name `-` too.
        for pending in Inputs::from_reader(Cursor::new(body), "-", self.most as u64, self.read) {
            let document: Document = pending.read().map_err(|error| match &error {
                document::DocumentError::Unreadable { source, .. }
                    if matches!(source.kind(), ErrorKind::FileTooLarge | ErrorKind::QuotaExceeded) =>
                {
                    Problem::new(StatusCode::PAYLOAD_TOO_LARGE, format!("the body: {source}; send it in parts"))
                }
                document::DocumentError::TooLarge { .. } => {
                    Problem::new(StatusCode::PAYLOAD_TOO_LARGE, error.to_string())
                }
                _ => unprocessable(error.to_string()),
            })?;
            let annotations = self.selection.answer(&self.geoparser, &document);
            let annotations = annotations.map_err(|reason| unprocessable(format!("{}: {reason}", document.id)))?;
            metrics.document(annotations.mentions.len());
            output.write(&document, &annotations)?;
        }
        output.finish()
    }

    /// Whether answers are lines of JSON, each of which stands for itself.
    pub fn answers_in_lines(&self) -> bool {
        self.format == Format::Jsonl
    }

    /// Answers a line of JSON, the `number`th of its stream, by a line.
    ///
    /// # Errors
    /// 422 when it is no document, or holds nothing to be resolved.
    pub fn answer_line(&self, line: &[u8], number: usize, metrics: &Metrics) -> Result<Vec<u8>, Problem> {
        let line = line.strip_prefix("\u{feff}".as_bytes()).unwrap_or(line);
        let document = serde_json::from_slice::<Document>(line);
        let mut document = document.map_err(|error| unprocessable(format!("no document: {error}; {DOCUMENT_FORM}")))?;
        if document.id.is_empty() {
            document.id = format!("-:{number}");
        }
        let annotations = self.selection.answer(&self.geoparser, &document);
        let annotations = annotations.map_err(|reason| unprocessable(format!("{}: {reason}", document.id)))?;
        metrics.document(annotations.mentions.len());
        let mut output = Output::new(self.format, self.shape, self.keep_text);
        output.write(&document, &annotations)?;
        output.finish()
    }
}

/// The form of a document as JSON.
const DOCUMENT_FORM: &str = "send an object such as {\"text\": \"...\"}";

fn unprocessable(detail: String) -> Problem {
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, detail)
}

/// A JSON object, or an array of them, as JSON lines.
///
/// # Errors
/// When it is no JSON, or one has no text.
pub fn json_lines(body: &[u8]) -> Result<Vec<u8>, Problem> {
    let form = format!("{DOCUMENT_FORM}, or an array of them");
    let value: serde_json::Value =
        serde_json::from_slice(body).map_err(|error| Problem::bad_request(format!("no JSON: {error}; {form}")))?;
    let documents = match value {
        serde_json::Value::Array(documents) => documents,
        one => vec![one],
    };
    if let Some(at) = documents.iter().position(|document| !document["text"].is_string()) {
        return Err(unprocessable(format!("document {} has no text; {form}", at + 1)));
    }
    Ok(documents.iter().map(|document| format!("{document}\n")).collect::<String>().into_bytes())
}
