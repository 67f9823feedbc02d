//! Inputs as byte streams: opened, decompressed, transcoded to UTF-8.

use super::bounds::Proportionate;
use super::decode::encoding_of;
use ruzstd::decoding::{FrameDecoder, StreamingDecoder};
use std::io::{self, BufRead, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// The number of bytes by which the format of an input is recognised.
const HEAD: usize = 64 << 10;

/// A stream with its first bytes read ahead.
pub(super) struct Stream {
    /// The first 64 KiB of it, or all if it is shorter; of JSON lines on a pipe what has come when the first line is whole.
    pub head: Vec<u8>,
    rest: Box<dyn Read>,
}

impl Stream {
    /// Reads the beginning of an input and, if it is packed with gzip or zstd, unpacks it on the way, as far as that is in
    /// proportion. `done` is told how many bytes of the input itself have been read.
    pub fn open(input: impl Read + 'static, done: &Arc<AtomicU64>) -> io::Result<Self> {
        let packed = Arc::new(AtomicU64::new(0));
        let counted = Counted { input, done: [done.clone(), packed.clone()] };
        let stream = Stream::beginning(BufReader::with_capacity(HEAD, counted))?;
        if stream.head.starts_with(b"\x1f\x8b") {
            let unpacked = flate2::bufread::MultiGzDecoder::new(BufReader::with_capacity(HEAD, stream));
            return Stream::beginning(Proportionate::new(unpacked, packed));
        }
        if stream.head.starts_with(b"\x28\xb5\x2f\xfd") {
            let unpacked = Frames { packed: Some(BufReader::with_capacity(HEAD, stream)), frame: None };
            return Stream::beginning(Proportionate::new(unpacked, packed));
        }
        Ok(stream)
    }

    fn beginning(mut rest: impl Read + 'static) -> io::Result<Self> {
        let mut head = Vec::new();
        let failed = match read_head(&mut rest, &mut head) {
            Ok(()) => None,
            // Documents that stand before the damage are read; it is told by who comes to it.
            Err(error) if !head.is_empty() && is_damage(&error) => Some(error),
            Err(error) => return Err(error),
        };
        let known = io::Cursor::new(head.clone());
        Ok(Stream { head, rest: Box::new(known.chain(Failing(failed)).chain(rest)) })
    }

    /// The stream, which fails where it is longer than so many bytes.
    pub fn at_most(self, bytes: u64) -> Self {
        Stream { head: self.head, rest: Box::new(Bounded { input: self.rest, left: bytes, most: bytes }) }
    }

    /// The stream transcoded to UTF-8, if its beginning shows another character set.
    pub fn in_utf8(self) -> Self {
        let encoding = encoding_of(&self.head);
        if encoding == encoding_rs::UTF_8 {
            return self;
        }
        let decoded = encoding_rs_io::DecodeReaderBytesBuilder::new().encoding(Some(encoding)).build(self.rest);
        Stream { head: self.head, rest: Box::new(decoded) }
    }
}

/// Reads the first bytes of an input. One that begins with a line of JSON is known by it: who writes lines to a pipe may wait for
/// the answer to the first before writing the second.
fn read_head(input: &mut impl Read, head: &mut Vec<u8>) -> io::Result<()> {
    let mut piece = vec![0; HEAD];
    while head.len() < HEAD && !begins_with_line_of_json(head) {
        match input.read(&mut piece[..HEAD - head.len()]) {
            Ok(0) => break,
            Ok(count) => head.extend(&piece[..count]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Whether the first line is there to its end and is an object of JSON.
fn begins_with_line_of_json(head: &[u8]) -> bool {
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let line = text.iter().position(|&byte| byte == b'\n').and_then(|end| text.get(..end)).unwrap_or_default();
    line.starts_with(b"{") && serde_json::from_slice::<serde::de::IgnoredAny>(line).is_ok()
}

impl Read for Stream {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.rest.read(buffer)
    }
}

/// Whether packed data is damaged, as opposed to too large or not to be had.
fn is_damage(error: &io::Error) -> bool {
    use io::ErrorKind::{InvalidData, InvalidInput, UnexpectedEof};
    matches!(error.kind(), InvalidData | InvalidInput | UnexpectedEof)
}

/// A reader that fails once, and is empty if there is nothing to fail with.
struct Failing(Option<io::Error>);

impl Read for Failing {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

/// A reader that fails where its input is longer than allowed.
struct Bounded {
    input: Box<dyn Read>,
    left: u64,
    most: u64,
}

impl Read for Bounded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.input.read(buffer)?;
        let Some(left) = self.left.checked_sub(count as u64) else {
            let message = format!("it is larger than {} bytes when unpacked", self.most);
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, message));
        };
        self.left = left;
        Ok(count)
    }
}

/// A reader that counts the bytes read from it.
struct Counted<R> {
    input: R,
    done: [Arc<AtomicU64>; 2],
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.input.read(buffer)?;
        for done in &self.done {
            done.fetch_add(count as u64, Ordering::Relaxed);
        }
        Ok(count)
    }
}

type Packed = BufReader<Stream>;

/// zstd data of one or more frames.
struct Frames {
    /// Between two frames.
    packed: Option<Packed>,
    /// In one.
    frame: Option<StreamingDecoder<Packed, FrameDecoder>>,
}

impl Read for Frames {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if let Some(frame) = &mut self.frame {
                let count = frame.read(buffer)?;
                if count > 0 || buffer.is_empty() {
                    return Ok(count);
                }
                self.packed = self.frame.take().map(StreamingDecoder::into_inner);
            }
            let Some(mut packed) = self.packed.take() else { return Ok(0) };
            if packed.fill_buf()?.is_empty() {
                return Ok(0);
            }
            self.frame = Some(StreamingDecoder::new(packed).map_err(|error| io::Error::other(error.to_string()))?);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Stream;
    use std::io::{Cursor, Read, Write};

    fn read(bytes: Vec<u8>) -> std::io::Result<String> {
        let mut text = String::new();
        Stream::open(Cursor::new(bytes), &Default::default())?.in_utf8().read_to_string(&mut text)?;
        Ok(text)
    }

    /// A reader that gives these pieces, one at a time, and panics where it is asked for more.
    struct Pieces(Vec<&'static str>);

    impl Read for Pieces {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let piece = self.0.remove(0).as_bytes();
            buffer[..piece.len()].copy_from_slice(piece);
            Ok(piece.len())
        }
    }

    #[test]
    fn a_first_line_of_json_is_not_kept_waiting_for_more() {
        let lines = ["\u{feff}\n{\"text\": ", "\"Homs\"}\n"];
        let stream = Stream::open(Pieces(lines.to_vec()), &Default::default()).expect("opens");
        assert_eq!(stream.head, lines.concat().into_bytes());
        // What begins otherwise is told by more of it.
        for pieces in [["{ \"a\":\n", "1}", ""], ["In Homs.\n", "{}\n", ""], ["{ In Homs }\n", "x", ""]] {
            let stream = Stream::open(Pieces(pieces.to_vec()), &Default::default()).expect("opens");
            assert_eq!(stream.head, pieces.concat().into_bytes());
        }
    }

    fn zstd(text: &str) -> Vec<u8> {
        ruzstd::encoding::compress_to_vec(text.as_bytes(), ruzstd::encoding::CompressionLevel::Fastest)
    }

    fn gzip(text: &str) -> Vec<u8> {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all(text.as_bytes()).and_then(|()| packed.finish()).expect("packed")
    }

    #[test]
    fn packed_streams_of_several_parts_are_read_to_their_end() {
        let long = "Aleppo, Homs, Hama. ".repeat(10_000);
        for pack in [zstd, gzip] {
            let bytes = [pack(&long), pack("Idlib")].concat();
            assert_eq!(read(bytes).expect("unpacked"), format!("{long}Idlib"));
        }
        let mut cut = gzip(&long);
        cut.truncate(cut.len() / 2);
        assert!(read(cut).is_err(), "a file cut off is no whole file");
    }

    #[test]
    fn other_character_sets_become_utf8() {
        let utf16: Vec<u8> = "\u{feff}Zürich".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(read(utf16).expect("decoded"), "Zürich");
        let declared = read(b"<?xml version=\"1.0\" encoding=\"iso-8859-1\"?>Z\xfcrich".to_vec()).expect("decoded");
        assert!(declared.ends_with("?>Zürich"), "{declared}");
        assert_eq!(read("\u{feff}Homs".into()).expect("decoded").trim_start_matches('\u{feff}'), "Homs");
    }
}
