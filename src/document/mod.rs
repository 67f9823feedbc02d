//! Documents: what the user gave, as text.

mod decode;
mod reader;

pub use decode::decode;
pub use reader::{DocumentError, read_bytes, read_file};

use serde::Deserialize;

/// A text to be mapped.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Document {
    /// What the output calls it: a file's path, or the `id` of a line of JSON.
    #[serde(default, deserialize_with = "string_or_number")]
    pub id: String,
    /// The text. All offsets point into it.
    pub text: String,
    /// The mentions that another recogniser has found, if it has.
    #[serde(default)]
    pub toponyms: Option<Vec<Span>>,
}

/// A stretch of a text, as JSON gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct Span {
    /// Code points before it.
    pub start: usize,
    /// Code points before its end.
    pub end: usize,
}

/// An `id` that is a number is as good as one that is a string.
fn string_or_number<'de, D: serde::Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    Ok(match serde_json::Value::deserialize(from)? {
        serde_json::Value::String(id) => id,
        serde_json::Value::Null => String::new(),
        other => other.to_string(),
    })
}

impl Document {
    /// A document of this text.
    pub fn new(id: impl Into<String>, text: impl Into<String>) -> Self {
        Document { id: id.into(), text: text.into(), toponyms: None }
    }
}
