//! `/v1/export`: what JSON lines with their text hold, perhaps corrected, in any other format.

use crate::output::{self, Output};
use crate::problem::Problem;
use axum::http::StatusCode;
use serde::Deserialize;
use toponym::document::Unit;
use toponym::export::{By, Format, Geometries, Shape, read_json_line};
use toponym::{Gazetteer, Kind};

/// The options of a request, by the names that `toponym tag` has.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Options {
    /// Output format; that of the header `Accept` where it is absent.
    pub format: Option<Format>,
    by: Option<By>,
    #[serde(default)]
    geometry: Geometries,
    /// What the offsets of the lines count, and those of the answer.
    #[serde(default)]
    offsets: Unit,
    #[serde(default)]
    literal: bool,
    kinds: Option<String>,
}

impl Options {
    /// The output for these lines.
    ///
    /// # Errors
    /// 400 when an option is wrong, 422 when a line cannot be read; the message names it.
    pub fn answer(self, format: Format, body: &[u8], gazetteer: &Gazetteer) -> Result<Vec<u8>, Problem> {
        let unprocessable = |detail: String| Problem::new(StatusCode::UNPROCESSABLE_ENTITY, detail);
        let by = output::layer(format, self.by)?;
        let kinds: Vec<Kind> = output::kinds(self.kinds.as_deref())?;
        let mut answer = Output::new(format, Shape { by, geometry: self.geometry, offsets: self.offsets }, true);
        let text =
            std::str::from_utf8(body).map_err(|error| unprocessable(format!("the body is not UTF-8: {error}")))?;
        for (line, number) in text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty()) {
            let read = read_json_line(line, self.offsets, gazetteer);
            let (document, mut annotations) = read.map_err(|error| unprocessable(format!("line {number}: {error}")))?;
            if !kinds.is_empty() {
                annotations.keep_kinds(&kinds);
            }
            if self.literal {
                annotations.keep_literal();
            }
            answer.write(&document, &annotations)?;
        }
        answer.finish()
    }
}
