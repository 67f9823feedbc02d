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
    /// The text. With a title that does not stand in it: the title, an empty line, and the text proper.
    pub text: String,
    /// Where the text proper begins, in bytes; before it stands the title, if this is not 0.
    #[serde(skip)]
    pub body: usize,
    /// Its language as a BCP 47 tag such as `en`, if that is known.
    #[serde(default)]
    pub lang: Option<String>,
    /// What is known of it beside its text.
    #[serde(default)]
    pub meta: Meta,
    /// The mentions that another recogniser has found, if it has.
    #[serde(default)]
    pub toponyms: Option<Vec<Span>>,
}

/// What is known of a document beside its text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Meta {
    /// Its headline.
    pub title: Option<String>,
    /// The publisher's host name, such as `www.example.org`.
    pub domain: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// When it was published, as the source writes it.
    pub date: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// The publication's name.
    pub site: Option<String>,
    /// Whatever else the source says, to be carried to the output.
    #[serde(flatten)]
    pub other: serde_json::Map<String, serde_json::Value>,
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
        Document { id: id.into(), text: text.into(), ..Document::default() }
    }
}
