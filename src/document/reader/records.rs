//! Tables cut into rows, so that a quote that is not closed costs its own row and not those that follow.

use crate::document::stream::Stream;
use std::io::{self, Read};

/// A row as it is written.
#[derive(Debug, PartialEq, Eq)]
pub enum Record {
    /// A row, which may go over many lines within quotes.
    Row {
        /// Its bytes, without the end of the line.
        bytes: Vec<u8>,
        /// Whether a quote stands in a quoted cell that should be doubled.
        stray: bool,
    },
    /// A line with a quote that is not closed. The lines behind it are read as if it were not there.
    Unclosed,
    /// A row that is larger than allowed.
    TooLarge,
}

/// The rows of a table.
pub struct Records {
    input: Stream,
    delimiter: u8,
    most: usize,
    buffer: Vec<u8>,
    at: usize,
    ended: bool,
    /// The line that the next row begins in, from 1.
    line: usize,
}

/// Bytes that are read at once.
const STEP: usize = 64 << 10;

/// Where in a row a byte stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    /// At the beginning of a cell.
    Begin,
    /// In a cell without quotes.
    Bare,
    /// In a quoted cell.
    Quoted,
    /// Behind a quote in a quoted cell.
    Quote,
}

/// How a row ends.
enum End {
    /// Here, and so many bytes end the line; whether a quote in it was stray.
    Row(usize, bool),
    Unclosed,
    TooLarge,
    Input,
}

impl Records {
    /// The rows of a stream, each of at most so many bytes, with this byte between cells.
    pub fn new(input: Stream, delimiter: u8, most: u64) -> Self {
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        Records { input, delimiter, most, buffer: Vec::new(), at: 0, ended: false, line: 1 }
    }

    /// The next row, and the line it begins in; `None` at the end. Empty lines are passed over.
    ///
    /// # Errors
    /// Those of the input.
    pub fn next(&mut self) -> io::Result<Option<(usize, Record)>> {
        loop {
            if self.at >= STEP && self.at * 2 >= self.buffer.len() {
                self.buffer.drain(..self.at);
                self.at = 0;
            }
            let line = self.line;
            let record = match self.end()? {
                End::Input => return Ok(None),
                End::Row(end, stray) => {
                    let bytes = self.buffer[self.at..end].to_vec();
                    self.advance(end)?;
                    if bytes.is_empty() {
                        continue;
                    }
                    Record::Row { bytes, stray }
                }
                End::Unclosed => {
                    let end = self.line_end(self.at)?;
                    self.advance(end)?;
                    Record::Unclosed
                }
                End::TooLarge => {
                    self.skip_line()?;
                    Record::TooLarge
                }
            };
            return Ok(Some((line, record)));
        }
    }

    /// Where the row ends that begins here.
    fn end(&mut self) -> io::Result<End> {
        let (mut at, mut state, mut stray, mut lines) = (self.at, At::Begin, false, 0);
        loop {
            if at - self.at > self.most {
                // A quote that is not closed is looked for no further.
                return Ok(if state == At::Quoted && lines > 0 { End::Unclosed } else { End::TooLarge });
            }
            let Some(&byte) = self.buffer.get(at) else {
                if self.fill()? {
                    continue;
                }
                return Ok(match state {
                    _ if at == self.at => End::Input,
                    At::Quoted => End::Unclosed,
                    _ => End::Row(at, stray),
                });
            };
            let ends = matches!(byte, b'\n' | b'\r');
            state = match state {
                At::Quoted if byte == b'"' => At::Quote,
                At::Quoted => {
                    lines += usize::from(byte == b'\n');
                    At::Quoted
                }
                At::Quote if byte == b'"' => At::Quoted,
                _ if ends => return Ok(End::Row(at, stray)),
                _ if byte == self.delimiter => At::Begin,
                At::Begin if byte == b'"' => At::Quoted,
                // In one line that is a quote that should be doubled. Over lines it begins the cell of another row.
                At::Quote if lines > 0 => return Ok(End::Unclosed),
                At::Quote => {
                    stray = true;
                    At::Bare
                }
                At::Begin | At::Bare => At::Bare,
            };
            at += 1;
        }
    }

    /// Goes on behind the end of the line at `end`, counting lines.
    fn advance(&mut self, end: usize) -> io::Result<()> {
        if end + 2 > self.buffer.len() {
            self.fill()?;
        }
        let length = match self.buffer.get(end..) {
            Some([b'\r', b'\n', ..]) => 2,
            Some([_, ..]) => 1,
            _ => 0,
        };
        self.line += lines(&self.buffer[self.at..end + length]);
        self.at = end + length;
        Ok(())
    }

    /// Where the line ends that begins at `from`.
    fn line_end(&mut self, mut from: usize) -> io::Result<usize> {
        loop {
            if let Some(end) = memchr::memchr2(b'\n', b'\r', &self.buffer[from..]) {
                return Ok(from + end);
            }
            from = self.buffer.len();
            if !self.fill()? {
                return Ok(from);
            }
        }
    }

    /// Goes on behind the next end of a line, however far it is.
    fn skip_line(&mut self) -> io::Result<()> {
        let mut from = self.at + self.most.min(self.buffer.len() - self.at);
        loop {
            if let Some(end) = memchr::memchr2(b'\n', b'\r', &self.buffer[from..]) {
                return self.advance(from + end);
            }
            self.line += lines(&self.buffer[self.at..]);
            self.buffer.clear();
            (self.at, from) = (0, 0);
            if !self.fill()? {
                return Ok(());
            }
        }
    }

    fn fill(&mut self) -> io::Result<bool> {
        if self.ended {
            return Ok(false);
        }
        let length = self.buffer.len();
        self.buffer.resize(length + STEP, 0);
        let read = loop {
            match self.input.read(&mut self.buffer[length..]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                read => break read,
            }
        };
        self.buffer.truncate(length + *read.as_ref().unwrap_or(&0));
        self.ended = read? == 0;
        Ok(!self.ended)
    }
}

/// Ends of lines: `\n`, `\r\n` or `\r`.
fn lines(bytes: &[u8]) -> usize {
    let returns = memchr::memchr_iter(b'\r', bytes).filter(|&at| bytes.get(at + 1) != Some(&b'\n')).count();
    memchr::memchr_iter(b'\n', bytes).count() + returns
}

#[cfg(test)]
mod tests {
    use super::{Record, Records};
    use crate::document::stream::Stream;

    fn read(table: &str, most: u64) -> String {
        let stream = Stream::open(std::io::Cursor::new(table.to_owned()), &Default::default()).expect("opened");
        let mut records = Records::new(stream, b',', most);
        let mut shown = String::new();
        while let Some((line, record)) = records.next().expect("read") {
            shown += &match record {
                Record::Row { bytes, stray } => {
                    let stray = if stray { "!" } else { "" };
                    format!("{line}[{}]{stray} ", String::from_utf8_lossy(&bytes))
                }
                Record::Unclosed => format!("{line}:unclosed "),
                Record::TooLarge => format!("{line}:large "),
            };
        }
        shown
    }

    #[test]
    fn rows_end_where_their_quotes_allow_it() {
        for (table, rows) in [
            ("a,b\r\n\r\nc,\"d\ne\"\n\"f\"\"g\"", "1[a,b] 3[c,\"d\ne\"] 5[\"f\"\"g\"] "),
            ("a,b\rc,d\r", "1[a,b] 2[c,d] "),
            ("a \"b\" c,d\ne", "1[a \"b\" c,d] 2[e] "),
            ("\"a \"b\" c\",d\ne", "1[\"a \"b\" c\",d]! 2[e] "),
            ("a,\"open\nb,\"c\"\nd,e\n", "1:unclosed 2[b,\"c\"] 3[d,e] "),
            ("a,\"open\nb,c\nd,e\n", "1:unclosed 2[b,c] 3[d,e] "),
            ("a,\"\n", "1:unclosed "),
            ("", ""),
        ] {
            assert_eq!(read(table, 1000), rows, "{table:?}");
        }
        let long = "x".repeat(200_000);
        assert_eq!(read(&format!("{long}\na\n"), 100), "1:large 2[a] ");
        assert_eq!(read(&format!("\"{long}\"\na\n"), 100), "1:large 2[a] ");
        assert_eq!(read(&format!("\"open\na,b\n{long}\nc\n"), 100), "1:unclosed 2[a,b] 3:large 4[c] ");
        assert_eq!(read(&format!("{long}\n"), 200_000), format!("1[{long}] "));
    }
}
