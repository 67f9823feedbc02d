//! Answers in the formats of the program, and the options that choose what stands in them.

use crate::problem::Problem;
use axum::http::StatusCode;
use toponym::export::{By, Exporter, Format, Renderer, Shape};
use toponym::{Annotations, Document, Kind};

/// An answer that is being written.
pub struct Output {
    exporter: Box<dyn Exporter>,
    renderer: Renderer,
    bytes: Vec<u8>,
}

impl Output {
    /// An answer without documents.
    pub fn new(format: Format, shape: Shape, keep_text: bool) -> Self {
        let exporter = format.exporter(shape, keep_text);
        Output { renderer: exporter.renderer(), exporter, bytes: Vec::new() }
    }

    /// Adds a document.
    ///
    /// # Errors
    /// 500 when the format cannot be written.
    pub fn write(&mut self, document: &Document, annotations: &Annotations) -> Result<(), Problem> {
        let piece = (self.renderer)(document, annotations);
        self.exporter.write(piece, &mut self.bytes).map_err(|error| cannot_write(&error))
    }

    /// The whole answer.
    ///
    /// # Errors
    /// 500 when the format cannot be written.
    pub fn finish(mut self) -> Result<Vec<u8>, Problem> {
        self.exporter.finish(&mut self.bytes).map_err(|error| cannot_write(&error))?;
        Ok(self.bytes)
    }
}

fn cannot_write(error: &std::io::Error) -> Problem {
    Problem::new(StatusCode::INTERNAL_SERVER_ERROR, error.to_string())
}

/// What features stand for.
///
/// # Errors
/// When it is told of a format that has several layers.
pub fn layer(format: Format, by: Option<By>) -> Result<By, Problem> {
    match by {
        Some(by) if !format.can_be(by) => {
            Err(Problem::bad_request("by is for formats of one layer; leave it out, or ask for another format"))
        }
        by => Ok(by.unwrap_or_default()),
    }
}

/// The kinds in a list with commas between.
///
/// # Errors
/// When one of them is none.
pub fn kinds(list: Option<&str>) -> Result<Vec<Kind>, Problem> {
    let kinds = list.into_iter().flat_map(|list| list.split(',')).map(str::parse::<Kind>);
    kinds.collect::<Result<_, _>>().map_err(|form| Problem::bad_request(format!("kinds: {form}")))
}

/// The media type of a format, with the character set of texts.
pub fn content_type(format: Format) -> String {
    let own = format.media_type();
    if own.starts_with("text/") { format!("{own}; charset=utf-8") } else { own.to_owned() }
}
