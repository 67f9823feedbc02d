//! Identifiers for the web of data: IRIs of places and documents, and short ids made of texts.

use crate::document::Document;
use std::fmt::Write;

/// The IRI of a place by its id, `source:id`: that of GeoNames or Wikidata for theirs, else a name in a space of our own.
pub fn of_place(id: &str) -> String {
    match id.split_once(':') {
        Some(("geonames", number)) if is_number(number) => format!("https://sws.geonames.org/{number}/"),
        Some(("wikidata", item)) if item.strip_prefix('Q').is_some_and(is_number) => {
            format!("http://www.wikidata.org/entity/{item}")
        }
        _ => format!("urn:toponym:{}", encoded(id)),
    }
}

/// The IRI of a point that is told relative to places or in coordinates: RFC 5870, with the uncertainty in metres.
pub fn of_point(lat: f64, lon: f64, uncertainty_km: f64) -> String {
    format!("geo:{lat},{lon};u={}", (uncertainty_km * 1000.0).ceil())
}

/// The IRI of a document: its address, or else a name in a space of our own.
pub fn of_document(document: &Document) -> String {
    let is_web = |url: &&String| url.starts_with("http://") || url.starts_with("https://");
    match document.meta.url.as_ref().filter(is_web) {
        Some(url) => {
            url.chars().map(|c| if is_plain_in_url(c) { c.to_string() } else { encoded(&c.to_string()) }).collect()
        }
        None => format!("urn:toponym:document:{}", encoded(&document.id)),
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a character may stand in a URL as it is (RFC 3986).
fn is_plain_in_url(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-._~:/?#[]@!$&'()*+,;=%".contains(c)
}

/// A text in the characters that every part of a URI may have (RFC 3986, section 2.3), and colons and slashes.
fn encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~:/".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a string does not fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

/// An id of 32 characters that is the same for the same texts (FNV-1a, 128 bits).
pub fn digest(parts: &[&str]) -> String {
    let mut hash = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d_u128;
    // A byte that UTF-8 has not stands between two parts.
    let bytes = parts.iter().flat_map(|part| part.bytes().chain([0xff]));
    for byte in bytes {
        hash = (hash ^ u128::from(byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b);
    }
    format!("{hash:032x}")
}

#[cfg(test)]
mod tests {
    use super::{digest, of_document, of_place, of_point};
    use crate::document::Document;

    #[test]
    fn places_and_documents_have_iris() {
        assert_eq!(of_place("geonames:170063"), "https://sws.geonames.org/170063/");
        assert_eq!(of_place("wikidata:Q41183"), "http://www.wikidata.org/entity/Q41183");
        assert_eq!(of_place("höfe:a b"), "urn:toponym:h%C3%B6fe:a%20b");
        assert_eq!(of_place("geonames:x\""), "urn:toponym:geonames:x%22");
        assert_eq!(of_point(36.5, -1.25, 7.5), "geo:36.5,-1.25;u=7500");
        let mut document = Document::new("news/été 1.txt", "");
        assert_eq!(of_document(&document), "urn:toponym:document:news/%C3%A9t%C3%A9%201.txt");
        document.meta.url = Some("https://paper.example/a?b=\"ü\"".to_owned());
        assert_eq!(of_document(&document), "https://paper.example/a?b=%22%C3%BC%22");
    }

    #[test]
    fn digests_tell_texts_apart() {
        assert_eq!(digest(&["a", "b"]), digest(&["a", "b"]));
        assert_ne!(digest(&["a", "b"]), digest(&["ab"]));
        assert_eq!(digest(&[]).len(), 32);
    }
}
