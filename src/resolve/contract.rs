//! What a model's features depend on, as one number: a model is refused if it was trained on anything else.

use super::features::{NAME_KINDS, NAMES, PLACE_CLASSES};
use crate::candidate::Form;
use toponym_languages::languages;

/// Tables of the default language's pack that features are read from: the texts that models are trained on are in that language.
const TABLES: [&str; 2] = ["containers.tsv", "words/generic-types.tsv"];

/// A checksum of the features' names, of what the numbers of the enumerated ones stand for, and of the tables that they are read
/// from, without comments.
pub fn fingerprint() -> u32 {
    let language = languages().default_language();
    let lines = TABLES.iter().flat_map(|table| language.file(table).unwrap_or_default().lines());
    let forms = Form::ALL.map(|form| form.to_string());
    let names = NAMES.iter().chain(&PLACE_CLASSES).chain(&NAME_KINDS).copied().chain(forms.iter().map(String::as_str));
    let mut hasher = crc32fast::Hasher::new();
    for line in names.chain(lines.filter(|line| !line.starts_with('#'))) {
        hasher.update(line.as_bytes());
        hasher.update(b"\n");
    }
    hasher.finalize()
}

#[cfg(test)]
mod tests {
    use super::{TABLES, fingerprint};
    use toponym_languages::languages;

    #[test]
    fn every_table_is_there() {
        assert!(TABLES.iter().all(|table| languages().default_language().file(table).is_some()));
        assert_eq!(fingerprint(), fingerprint());
    }
}
