//! Places -> features: what the user takes away.

mod features;
mod geojson;
mod jsonl;
mod output;

pub use self::geojson::GeoJson;
pub use features::By;
pub use jsonl::JsonLines;
pub use output::Output;

use crate::geoparser::Parsed;
use std::io::{self, Write};

/// An output format. Each document is rendered, which several threads may do at once, and what was rendered is written
/// in order by one; at the end the output is closed.
pub trait Exporter {
    /// What renders documents for this output; it knows nothing of what has been written.
    fn renderer(&self) -> Renderer;

    /// Writes what one document gave.
    ///
    /// # Errors
    /// When `out` cannot be written.
    fn write(&mut self, piece: Piece, out: &mut dyn Write) -> io::Result<()>;

    /// Writes what closes the output. Called once, after the last document, and also when there was none.
    ///
    /// # Errors
    /// When `out` cannot be written.
    fn finish(&mut self, out: &mut dyn Write) -> io::Result<()>;

    /// Whether an output that was cut off behind a document can be gone on with by writing more behind it.
    fn appends(&self) -> bool {
        false
    }

    /// Tells one that appends that it goes on with an output: what stands before the first document is written.
    fn resume(&mut self) {}

    /// Renders and writes a document.
    ///
    /// # Errors
    /// When `out` cannot be written.
    fn document(&mut self, parsed: &Parsed<'_, '_>, out: &mut dyn Write) -> io::Result<()> {
        let piece = (self.renderer())(parsed);
        self.write(piece, out)
    }
}

/// Turns a document into what an [`Exporter`] writes of it.
pub type Renderer = Box<dyn Fn(&Parsed<'_, '_>) -> Piece + Send + Sync>;

/// What a document gives to an output, ready to be written.
pub struct Piece(Vec<u8>);
