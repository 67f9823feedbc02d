//! Bytes -> text.

use std::borrow::Cow;

/// Decodes a text whose character set is not told: by its byte order mark, as UTF-8 if it is valid, else as the
/// likeliest of the encodings of the web. Never fails; a byte that has no meaning becomes U+FFFD.
///
/// ```
/// use toponym::document::decode;
/// assert_eq!(decode("Алеппо".as_bytes()), "Алеппо");
/// assert_eq!(decode(b"Alep\xe9"), "Alepé");
/// ```
pub fn decode(bytes: &[u8]) -> Cow<'_, str> {
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[mark..]).0;
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    // A text that is UTF-8 but for a few bytes is damaged UTF-8, not another encoding.
    let lossy = String::from_utf8_lossy(bytes);
    let (mut damaged, mut good) = (0, 0);
    for c in lossy.chars().filter(|c| !c.is_ascii()) {
        *if c == char::REPLACEMENT_CHARACTER { &mut damaged } else { &mut good } += 1;
    }
    if good > 4 * damaged {
        return lossy;
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, chardetng::Utf8Detection::Allow);
    encoding.decode_without_bom_handling(bytes).0
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn byte_order_marks_are_heeded_and_dropped() {
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
    }
}
