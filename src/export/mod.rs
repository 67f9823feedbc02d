//! Places -> features: what the user takes away.

mod features;
mod geojson;
mod jsonl;
mod output;

pub use self::geojson::{GeoJson, Geometries};
pub use features::By;
pub use jsonl::JsonLines;
pub use output::Output;

use crate::geoparser::Parsed;
use std::io::{self, Write};

/// An output format: told of each document in turn, then that there are no more.
pub trait Exporter {
    /// Writes what one document gives.
    ///
    /// # Errors
    /// When `out` cannot be written.
    fn document(&mut self, parsed: &Parsed<'_, '_>, out: &mut dyn Write) -> io::Result<()>;

    /// Writes what closes the output. Called once, after the last document, and also when there was none.
    ///
    /// # Errors
    /// When `out` cannot be written.
    fn finish(&mut self, out: &mut dyn Write) -> io::Result<()>;
}
