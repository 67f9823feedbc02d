//! What an input may be: the size of a document, and what packed data may unpack to.

use std::io::{self, BufRead, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// The greatest size of a document in bytes, unless a caller sets another: 16 MiB. A document is a file, or a line, row, item or
/// record of one, as it is when unpacked.
pub const MAX_DOCUMENT: u64 = 16 << 20;

/// How many times as large as the greatest text a page, a mail or a Word document may be, with its markup and attachments.
pub const MARKUP: u64 = 4;

/// What packed data may unpack to, as a multiple of its size. Text seldom packs to a twentieth.
const MOST_RATIO: u64 = 200;
/// The number of unpacked bytes up to which the ratio does not count.
const SMALL: u64 = 16 << 20;

/// Unpacked data, which fails where it is out of proportion to what it was unpacked from.
pub struct Proportionate<R> {
    input: R,
    packed: Arc<AtomicU64>,
    unpacked: u64,
}

impl<R> Proportionate<R> {
    /// The data that `input` unpacks from `packed` bytes, a number that grows as they are read.
    pub fn new(input: R, packed: Arc<AtomicU64>) -> Self {
        Proportionate { input, packed, unpacked: 0 }
    }
}

impl<R: Read> Read for Proportionate<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.input.read(buffer)?;
        self.unpacked += count as u64;
        if self.unpacked > SMALL && self.unpacked / MOST_RATIO > self.packed.load(Ordering::Relaxed) {
            let message = format!(
                "it unpacks to more than {MOST_RATIO} times its size, as no text does; unpack it yourself if it is sound"
            );
            return Err(io::Error::new(io::ErrorKind::QuotaExceeded, message));
        }
        Ok(count)
    }
}

/// All bytes of an input; `None` if there are more than `most`.
///
/// # Errors
/// Those of the input.
pub fn read_whole(input: &mut impl Read, most: u64) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    input.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(Some(bytes).filter(|bytes| bytes.len() as u64 <= most))
}

/// A line that was read.
pub enum Line {
    /// The line, with its end.
    Whole(Vec<u8>),
    /// There were more than `most` bytes, and they were passed over.
    TooLong,
}

/// The next line of an input, up to `\n`; `None` at the end.
///
/// # Errors
/// Those of the input.
pub fn read_line(input: &mut impl BufRead, most: u64) -> io::Result<Option<Line>> {
    let mut line = Vec::new();
    input.by_ref().take(most.saturating_add(1)).read_until(b'\n', &mut line)?;
    if line.len() as u64 <= most {
        return Ok(Some(Line::Whole(line)).filter(|line| !matches!(line, Line::Whole(line) if line.is_empty())));
    }
    if line.last() != Some(&b'\n') {
        input.skip_until(b'\n')?;
    }
    Ok(Some(Line::TooLong))
}

/// A stream that fails where a reader takes more than so many bytes of it for one document.
#[cfg(feature = "readers")]
pub struct Metered<R> {
    input: R,
    left: u64,
    most: u64,
}

/// Bytes of the next document that readers take with one.
#[cfg(feature = "readers")]
const AHEAD: u64 = 64 << 10;

#[cfg(feature = "readers")]
impl<R> Metered<R> {
    /// The stream at its beginning.
    pub fn new(input: R, most: u64) -> Self {
        Metered { input, left: most.saturating_add(AHEAD), most }
    }

    /// Begins the next document.
    pub fn begin(&mut self) {
        self.left = self.most.saturating_add(AHEAD);
    }
}

#[cfg(feature = "readers")]
impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.input.read(buffer)?;
        self.left = self.left.checked_sub(count as u64).ok_or(io::ErrorKind::FileTooLarge)?;
        Ok(count)
    }
}

#[cfg(all(test, feature = "readers"))]
mod tests {
    use super::{Line, Metered, Proportionate, read_line, read_whole};
    use std::io::{Cursor, Read, repeat};

    #[test]
    fn lines_that_are_too_long_leave_the_others() {
        let mut input = Cursor::new(b"12345\n123456\n1234567\n\n12345678".to_vec());
        let mut lines = Vec::new();
        while let Some(line) = read_line(&mut input, 6).expect("read") {
            lines.push(match line {
                Line::Whole(line) => String::from_utf8(line).expect("UTF-8"),
                Line::TooLong => "too long".to_owned(),
            });
        }
        assert_eq!(lines, ["12345\n", "too long", "too long", "\n", "too long"]);
    }

    #[test]
    fn bounds_are_exact_and_nothing_is_read_far_beyond_them() {
        assert_eq!(read_whole(&mut &b"12345"[..], 5).expect("read").as_deref(), Some(&b"12345"[..]));
        assert_eq!(read_whole(&mut repeat(1), 5).expect("read"), None);
        let mut metered = Metered::new(repeat(1), 5);
        assert!(io_read(&mut metered, super::AHEAD + 5) && !io_read(&mut metered, 1));
        metered.begin();
        assert!(io_read(&mut metered, 5));
        let packed = std::sync::Arc::new(1_000_000.into());
        let read = Proportionate::new(repeat(1).take(1 << 30), packed).read_to_end(&mut Vec::new());
        assert!(read.is_err_and(|error| error.to_string().contains("200 times")));
    }

    fn io_read(input: &mut impl Read, bytes: u64) -> bool {
        std::io::copy(&mut input.take(bytes), &mut std::io::sink()).is_ok()
    }
}
