//! Plain text, also of saved pages.

use crate::document::{Document, Meta, decode, head};

/// Reads a text. Its title, if its head shows one, stands in it already, so that offsets count in the file as it is.
pub fn document(bytes: &[u8], name: &str) -> Document {
    let text = decode(bytes);
    let (date, title) = head::date_and_title(&text);
    let title = title.or_else(|| head::headline(&text));
    let document = Document::titled(name, text, Meta { date, ..Meta::default() });
    Document { meta: Meta { title, ..document.meta }, ..document }
}
