//! The encoding of a text that does not declare it.

use encoding_rs::{Encoding, UTF_8};

/// The encoding of a text: by its byte order mark, as UTF-8 if it is valid, or valid but for a few bad bytes, else the most
/// probable of the encodings of the web.
pub fn detect(bytes: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding;
    }
    // A text that is UTF-8 but for a few bytes is damaged UTF-8, not another encoding.
    if std::str::from_utf8(bytes).is_ok() || is_mostly_utf8(bytes) {
        return UTF_8;
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, chardetng::Utf8Detection::Allow)
}

/// Whether the beginning of a text is valid UTF-8, but for a last character that may be cut.
pub fn begins_as_utf8(head: &[u8]) -> bool {
    std::str::from_utf8(head).map_or_else(|error| error.error_len().is_none(), |_| true)
}

/// Whether half of the characters beyond ASCII are whole: in other encodings few happen to be.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > 0 && good >= bad
}

#[cfg(test)]
mod tests {
    use super::{begins_as_utf8, detect};
    use encoding_rs::{UTF_8, UTF_16LE, WINDOWS_1251, WINDOWS_1252};

    #[test]
    fn encodings_are_told_by_their_bytes() {
        let western = "name;lat\nZürich;47\nGenève;46\nMünchen;48";
        let cyrillic = "имя;lat\nАлеппо;36\nДамаск;33\nХомс;34";
        for (bytes, encoding) in [
            (western.as_bytes().to_vec(), UTF_8),
            (WINDOWS_1252.encode(western).0.into_owned(), WINDOWS_1252),
            (WINDOWS_1251.encode(cyrillic).0.into_owned(), WINDOWS_1251),
            (b"Alep\xe9".to_vec(), WINDOWS_1252),
            (b"\xff\xfeA\0l\0".to_vec(), UTF_16LE),
            ([cyrillic.as_bytes(), b"\xff"].concat(), UTF_8),
        ] {
            assert_eq!(detect(&bytes), encoding, "{}", String::from_utf8_lossy(&bytes));
        }
    }

    #[test]
    fn the_last_character_of_a_beginning_may_be_cut() {
        assert!(begins_as_utf8(&"Zürich".as_bytes()[..2]));
        assert!(begins_as_utf8("Zürich".as_bytes()));
        assert!(!begins_as_utf8(b"Z\xfcrich"));
    }
}
