//! What the fuzz targets do with bytes. Each function takes any bytes, and must not panic, hang, or break what it asserts.

mod config;
mod documents;
mod gazetteers;
mod texts;

pub use config::config;
pub use documents::{docx, feed, html, jsonl, mail, markdown, packed, pending, table, warc};
pub use gazetteers::{geojson, geonames, index, merge, patched_index, places};
pub use texts::{coordinates, given, offsets, relations, text};

/// A piece of the bytes as text, at most so many bytes, so that one input takes milliseconds.
fn as_text(data: &[u8], most: usize) -> String {
    String::from_utf8_lossy(&data[..data.len().min(most)]).into_owned()
}
