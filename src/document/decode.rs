//! Bytes to text: character sets.

use encoding_rs::Encoding;
use std::borrow::Cow;
use toponym_text::encoding::{begins_as_utf8, detect};

/// Decodes a text whose character set is not declared: by its byte order mark, as UTF-8 if it is valid, else as the most
/// probable of the encodings of the web. Never fails; an undecodable byte becomes U+FFFD.
pub fn decode(bytes: &[u8]) -> Cow<'_, str> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[mark..]).0;
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    detect(bytes).decode_without_bom_handling(bytes).0
}

/// The character set of an input, given its first bytes: by its byte order mark, by its declaration in XML or HTML, else as
/// [`decode`] guesses it.
pub(super) fn encoding_of(head: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(head) {
        return encoding;
    }
    if begins_as_utf8(head) {
        return encoding_rs::UTF_8;
    }
    declared(head).unwrap_or_else(|| detect(head))
}

/// The character set that the beginning of a page or of XML declares. Declarations are wrong too often to be trusted where the
/// bytes are valid UTF-8.
fn declared(head: &[u8]) -> Option<&'static Encoding> {
    let start = String::from_utf8_lossy(&head[..head.len().min(2048)]).to_ascii_lowercase();
    if !start.trim_start().starts_with('<') {
        return None;
    }
    let at = ["charset=", "encoding="].iter().find_map(|key| Some(start.find(key)? + key.len()))?;
    let label = start[at..].trim_start_matches(['"', '\'']).split(['"', '\'', ' ', ';', '>', '?', '/']).next()?;
    Encoding::for_label(label.as_bytes()).filter(|encoding| *encoding != encoding_rs::UTF_8)
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn byte_order_marks_are_heeded_and_dropped() {
        assert_eq!(decode("Алеппо".as_bytes()), "Алеппо");
        assert_eq!(decode(b"Alep\xe9"), "Alepé");
        assert_eq!(decode("\u{feff}Aleppo".as_bytes()), "Aleppo");
        assert_eq!(decode(b"\xff\xfeA\0l\0"), "Al");
        assert_eq!(decode(b"\xfe\xff\0A\0l"), "Al");
    }

    #[test]
    fn other_encodings_are_detected() {
        let (windows_1251, ..) = encoding_rs::WINDOWS_1251.encode("Боевики отступили из района Шейх-Максуд в Алеппо.");
        assert!(decode(&windows_1251).contains("Алеппо"));
        let (windows_1256, ..) =
            encoding_rs::WINDOWS_1256.encode("انسحبت القوات من حي الشيخ مقصود في مدينة حلب شمال سوريا");
        assert!(decode(&windows_1256).contains("حلب"));
    }

    #[test]
    fn damaged_utf8_stays_utf8() {
        let mut bytes = "Алеппо и Дамаск, Сирия".as_bytes().to_vec();
        bytes[12] = 0xff;
        assert!(decode(&bytes).contains("Дамаск"));
        for text in [
            "Zürich, \u{0}",
            "In Ürümqi \u{0}",
            "حلب\u{0}",
            "\u{0}北",
            "Kyōto \u{0} Ōsaka",
            "a\u{0}, Zürich in\u{0} Genève",
        ] {
            let bytes: Vec<u8> = text.bytes().map(|byte| if byte == 0 { 0xff } else { byte }).collect();
            assert_eq!(decode(&bytes), text.replace('\u{0}', "\u{fffd}"));
        }
    }

    #[test]
    fn short_texts_of_other_encodings_are_not_taken_for_damaged_utf8() {
        for (encoding, text) in [
            (encoding_rs::WINDOWS_1252, "Café in Genève und Zürich"),
            (encoding_rs::WINDOWS_1251, "Боевики в Алеппо"),
            (encoding_rs::GBK, "北京今天下雨了"),
            (encoding_rs::SHIFT_JIS, "東京で雨が降った"),
            (encoding_rs::EUC_KR, "서울에 비가 왔다"),
            (encoding_rs::BIG5, "臺北今天下雨了"),
        ] {
            let (bytes, ..) = encoding.encode(text);
            assert!(!decode(&bytes).contains(char::REPLACEMENT_CHARACTER), "{text}: {}", decode(&bytes));
        }
    }
}
