//! Documents: the texts to be parsed, and how they are read from files of many formats.

mod bounds;
mod date;
mod decode;
mod error;
mod format;
mod head;
mod inputs;
mod meta;
mod offsets;
mod reader;
mod stream;

pub use bounds::MAX_DOCUMENT;
pub use error::DocumentError;
pub use format::Format;
pub use inputs::Inputs;
pub use meta::Meta;
pub use offsets::{Offsets, Part, Unit};
pub use reader::{Columns, Documents, Pending, ReadOptions};

use crate::text::Span;
#[cfg(feature = "readers")]
use date::iso_date;
pub(crate) use decode::decode;
use serde::Deserialize;
use serde_json::{Map, Value};

/// A text to be parsed, with its metadata.
///
/// As JSON it is `{"id", "text", "lang", "meta": {"title", "date", ...}, "toponyms": [{"start", "end"}]}`, of which
/// only `text` must be there. Other members count as if they stood in `meta`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "JsonDocument")]
pub struct Document {
    /// The name of the document in the output: a file's path, or the `id` of a line of JSON.
    pub id: String,
    /// The text. If the title is not part of it: the title, an empty line, and the text proper.
    pub text: String,
    /// Byte offset at which the text proper begins; the title precedes it if this is not 0.
    pub body: usize,
    /// Language as a BCP 47 tag such as `en`, if known.
    pub lang: Option<String>,
    /// Title, date, publisher and the like.
    pub meta: Meta,
    /// The mentions that another recogniser has found, if it has, in bytes of `text`. JSON gives them in code points of
    /// the text proper.
    pub toponyms: Option<Vec<Span>>,
    /// What is amiss in the source, although it could be read: a sentence each, which begins with the input.
    pub flaws: Vec<String>,
}

/// The separator of title and text proper.
const BETWEEN: &str = "\n\n";

impl Document {
    /// A document of this text.
    pub fn new(id: impl Into<String>, text: impl Into<String>) -> Self {
        Document { id: id.into(), text: text.into(), ..Document::default() }
    }

    /// A document of this text with metadata. The title is put before the text, so that its places are found, unless
    /// the text begins with it. If the metadata have no date, it is taken from the dateline.
    ///
    /// ```
    /// use toponym::document::{Document, Meta};
    /// let titled = |text| Document::titled("1", text, Meta { title: Some("Fire in Homs".into()), ..Meta::default() });
    /// assert_eq!(titled("It began at night.").text, "Fire in Homs\n\nIt began at night.");
    /// assert_eq!(titled("It began at night.").body, 14);
    /// assert_eq!(titled("Fire in  Homs. It began at night.").body, 0);
    /// ```
    pub fn titled(id: impl Into<String>, text: impl Into<String>, meta: Meta) -> Self {
        let mut document = Document { meta, ..Document::new(id, text) };
        if document.meta.date.is_none() {
            document.meta.date = head::dateline(&document.text, &document.id, &document.meta);
        }
        let title = document.meta.title.as_deref().map(|title| title.split_whitespace().collect::<Vec<_>>().join(" "));
        if let Some(title) = title.filter(|title| !title.is_empty() && !begins_with(&document.text, title)) {
            document.body = title.len() + BETWEEN.len();
            document.text.insert_str(0, BETWEEN);
            document.text.insert_str(0, &title);
        }
        document
    }

    /// The text without the title before it: the text as given, in which offsets count.
    pub fn text_proper(&self) -> &str {
        self.text.get(self.body..).unwrap_or("")
    }

    /// The title before the text proper, if there is one.
    pub fn title_before(&self) -> Option<&str> {
        self.text.get(..self.body.checked_sub(BETWEEN.len())?)
    }
}

/// Whether a text begins with these words, ignoring white space and case.
fn begins_with(text: &str, title: &str) -> bool {
    let mut words = text.split_whitespace();
    title.split(' ').all(|word| {
        words.next().is_some_and(|other| {
            let bare = |word: &str| word.trim_end_matches(['.', ',', ':', ';', '-', '–', '—']).to_lowercase();
            bare(other) == bare(word)
        })
    })
}

/// A stretch of the text proper in code points, as JSON gives it.
#[derive(Deserialize)]
struct CodePoints {
    start: usize,
    end: usize,
}

/// A document as JSON writes it.
#[derive(Deserialize)]
struct JsonDocument {
    #[serde(default)]
    id: Value,
    text: String,
    #[serde(default)]
    lang: Option<String>,
    #[serde(default)]
    meta: Option<Map<String, Value>>,
    #[serde(default)]
    toponyms: Option<Vec<CodePoints>>,
    #[serde(flatten)]
    others: Map<String, Value>,
}

impl From<JsonDocument> for Document {
    fn from(json: JsonDocument) -> Self {
        let mut members = json.meta.unwrap_or_default();
        for (key, value) in json.others {
            members.entry(key).or_insert(value);
        }
        // An `id` that is a number is as good as one that is a string.
        let id = match json.id {
            Value::String(id) => id,
            Value::Null => String::new(),
            other => other.to_string(),
        };
        let document = Document::titled(id, json.text, Meta::from(members));
        let spans = |spans: Vec<CodePoints>| document.byte_spans(spans.iter().map(|span| (span.start, span.end)));
        let toponyms = json.toponyms.map(spans);
        Document { lang: json.lang, toponyms, ..document }
    }
}

#[cfg(test)]
mod tests {
    use super::Document;

    #[test]
    fn json_gives_title_date_and_whatever_else_it_says() {
        let line =
            r#"{"id": 7, "text": "Rain.", "date": "2016-06-04", "meta": {"title": "Homs", "dltime": 1, "beat": "x"}}"#;
        let document: Document = serde_json::from_str(line).expect("a document");
        assert_eq!((document.id.as_str(), document.text.as_str(), document.body), ("7", "Homs\n\nRain.", 6));
        assert_eq!((document.text_proper(), document.title_before()), ("Rain.", Some("Homs")));
        assert_eq!(document.meta.date.as_deref(), Some("2016-06-04"));
        assert_eq!(document.meta.other["beat"], "x");
        let untitled: Document = serde_json::from_str(r#"{"text": "Homs", "meta": null, "lang": null}"#).expect("one");
        assert_eq!((untitled.title_before(), untitled.text_proper()), (None, "Homs"));
    }

    #[test]
    fn a_title_in_the_text_is_not_put_there_again() {
        for text in ["FIRE IN HOMS\nIt began.", "Fire in Homs - It began."] {
            let line = serde_json::json!({"text": text, "title": "Fire  in Homs"});
            let document: Document = serde_json::from_value(line).expect("a document");
            assert_eq!((document.text.as_str(), document.body), (text, 0));
        }
    }
}
