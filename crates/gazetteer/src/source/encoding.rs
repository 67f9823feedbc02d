//! The encodings of sources.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use std::io::{self, Read};
use toponym_text::encoding::begins_as_utf8;

/// The encoding of a text that begins with `sample`. UTF-16 without a byte order mark is told by its zero bytes.
pub fn detect(sample: &[u8]) -> &'static Encoding {
    let start = &sample[..sample.len().min(1024)];
    let zeros = |offset: usize| start.iter().skip(offset).step_by(2).filter(|&&byte| byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    if Encoding::for_bom(sample).is_none() && start.len() >= 8 && even + odd > start.len() / 8 {
        return if odd > even { UTF_16LE } else { UTF_16BE };
    }
    if begins_as_utf8(sample) { UTF_8 } else { toponym_text::encoding::detect(sample) }
}

/// A text in UTF-8 without the byte order mark that it may begin with.
pub struct WithoutMark<R> {
    input: R,
    /// The bytes at the beginning that are not yet passed on; `None` before the first read.
    start: Option<io::Cursor<Vec<u8>>>,
}

impl<R: Read> WithoutMark<R> {
    /// The text of `input`.
    pub fn new(input: R) -> Self {
        WithoutMark { input, start: None }
    }
}

impl<R: Read> Read for WithoutMark<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let start = match &mut self.start {
            Some(start) => start,
            None => {
                let mut first = Vec::new();
                self.input.by_ref().take(3).read_to_end(&mut first)?;
                if first == b"\xef\xbb\xbf" {
                    first.clear();
                }
                self.start.insert(io::Cursor::new(first))
            }
        };
        match start.read(buffer)? {
            0 => self.input.read(buffer),
            count => Ok(count),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf16_is_told_by_its_zero_bytes() {
        let words = |bytes: fn(u16) -> [u8; 2]| {
            "name,lat,lon\nHoms,34,36\n".encode_utf16().flat_map(bytes).collect::<Vec<u8>>()
        };
        assert_eq!(detect(&words(u16::to_le_bytes)), UTF_16LE);
        assert_eq!(detect(&words(u16::to_be_bytes)), UTF_16BE);
        assert_eq!(detect(b"\xfe\xff\0n"), UTF_16BE);
        assert_eq!(detect("name,lat\nZürich,47".as_bytes()), encoding_rs::UTF_8);
    }

    #[test]
    fn the_byte_order_mark_is_dropped_and_nothing_else() {
        for text in ["\u{feff}name,lat", "na", "", "\u{feff}", "\u{feff}\u{feff}x"] {
            let mut read = String::new();
            WithoutMark::new(text.as_bytes()).read_to_string(&mut read).expect("read");
            assert_eq!(read, text.strip_prefix('\u{feff}').unwrap_or(text));
        }
    }
}
