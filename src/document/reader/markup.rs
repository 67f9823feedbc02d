//! Markup as it is written, well formed or not: a tokeniser for feeds and pages that parsers of XML refuse, or that must be
//! looked at before a tree is made of them.

use std::io::{self, BufRead};

/// A piece of markup.
#[derive(Debug, PartialEq, Eq)]
pub enum Token {
    /// Text between tags, its references as they are written.
    Text(String),
    /// The content of a CDATA section.
    CData(String),
    /// A start tag.
    Start {
        /// Its name, in small letters.
        name: String,
        /// The whole tag, as it is written.
        raw: String,
        /// Whether it ends with `/>`.
        empty: bool,
    },
    /// An end tag.
    End {
        /// Its name, in small letters.
        name: String,
        /// The whole tag, as it is written.
        raw: String,
    },
}

/// Which rules hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// Values of attributes hold no `<`, so that a quote that is not closed costs one tag.
    Xml,
    /// Values of attributes hold anything; comments end as those of HTML do.
    Html,
}

/// Reads tokens from a stream of UTF-8. What is no markup, such as the `<` of `5 < 6`, is text.
pub struct Tokeniser<R> {
    input: R,
    dialect: Dialect,
    buffer: Vec<u8>,
    /// The first byte of the buffer that no token has taken.
    at: usize,
    ended: bool,
    /// Whether comments, and sections of CDATA, are known to end nowhere in what is left.
    unclosed: [bool; 2],
}

/// Bytes that are taken off the buffer at once.
const STEP: usize = 64 << 10;

impl<R: BufRead> Tokeniser<R> {
    /// Begins at the beginning of `input`.
    pub fn new(input: R, dialect: Dialect) -> Self {
        Tokeniser { input, dialect, buffer: Vec::new(), at: 0, ended: false, unclosed: [false; 2] }
    }

    /// What the markup is read from.
    pub fn input(&mut self) -> &mut R {
        &mut self.input
    }

    /// The next token; `None` at the end. Comments, declarations and processing instructions are passed over.
    ///
    /// # Errors
    /// Those of the input.
    pub fn next(&mut self) -> io::Result<Option<Token>> {
        loop {
            // What is left is moved once for every byte taken, at most.
            if self.at >= STEP && self.at * 2 >= self.buffer.len() {
                self.buffer.drain(..self.at);
                self.at = 0;
            }
            let start = self.markup()?;
            if start > self.at {
                return Ok(Some(Token::Text(self.take(start))));
            }
            if !self.has(start + 1)? {
                return Ok(None);
            }
            let rest = &self.buffer[start..];
            match () {
                () if rest.starts_with(b"<!--") => match self.end_of(start, 0, b"<!--", b"-->")? {
                    Some(end) => self.at = end + 3,
                    None if self.dialect == Dialect::Html => self.at = self.buffer.len(),
                    None => return Ok(Some(self.stray(start + 4))),
                },
                () if rest.starts_with(b"<![CDATA[") => match self.end_of(start, 1, b"<![CDATA[", b"]]>")? {
                    Some(end) => {
                        self.at = start + 9;
                        let content = self.take(end);
                        self.at += 3;
                        return Ok(Some(Token::CData(content)));
                    }
                    None => return Ok(Some(self.stray(start + 9))),
                },
                () if matches!(rest.get(1), Some(b'!' | b'?')) => self.skip(start + 2, b">")?,
                () => {
                    let end = self.tag_end(start)?.unwrap_or(start + 1);
                    return Ok(Some(tag(self.take(end))));
                }
            }
        }
    }

    /// Passes over the text of an element whose content is no markup, such as a script.
    ///
    /// # Errors
    /// Those of the input.
    pub fn skip_raw_text(&mut self, name: &str) -> io::Result<()> {
        let mut from = self.at;
        while let Some(end) = self.find(from, b"</")? {
            self.has(end + 2 + name.len())?;
            if self.buffer[end + 2..].get(..name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name.as_bytes())) {
                self.at = end;
                return Ok(());
            }
            from = end + 2;
        }
        self.at = self.buffer.len();
        Ok(())
    }

    /// Where the next markup begins, or the end.
    fn markup(&mut self) -> io::Result<usize> {
        let mut from = self.at;
        while let Some(start) = self.find(from, b"<")? {
            self.has(start + 9)?;
            let begins = match self.buffer[start + 1..] {
                [b'!' | b'?', ..] => true,
                [b'/', letter, ..] | [letter, ..] if letter.is_ascii_alphabetic() => self.tag_end(start)?.is_some(),
                _ => false,
            };
            if begins {
                return Ok(start);
            }
            from = start + 1;
        }
        Ok(self.buffer.len())
    }

    /// Behind the `>` of the tag that begins at `start`; `None` if it is no tag.
    fn tag_end(&mut self, start: usize) -> io::Result<Option<usize>> {
        let (mut at, mut quote, mut before, mut inside) = (start + 1, None, b'<', None);
        while self.has(at + 1)? {
            let byte = self.buffer[at];
            match (quote, byte) {
                (None, b'>') => return Ok(Some(at + 1)),
                (_, b'<') if self.dialect == Dialect::Xml => return Ok(inside),
                (None, b'"' | b'\'') if before == b'=' => quote = Some(byte),
                (Some(open), _) if open == byte => quote = None,
                (Some(_), b'>') => inside = inside.or(Some(at + 1)),
                _ => {}
            }
            if !byte.is_ascii_whitespace() {
                before = byte;
            }
            at += 1;
        }
        // HTML takes the rest for the tag.
        Ok(if self.dialect == Dialect::Html { Some(self.buffer.len()) } else { inside })
    }

    /// Where the section that begins at `start` with `open` ends with `close`; `None` if it does not. One that is not closed costs its
    /// beginning, not all that follows it.
    fn end_of(&mut self, start: usize, kind: usize, open: &[u8], close: &[u8]) -> io::Result<Option<usize>> {
        if self.unclosed[kind] {
            return Ok(None);
        }
        let end = self.find(start + open.len(), close)?;
        self.unclosed[kind] = end.is_none();
        Ok(end)
    }

    /// The beginning of a section that does not end, up to `end`, as a bare `<`: as it is written a reader of HTML would take all that
    /// follows for the section.
    fn stray(&mut self, end: usize) -> Token {
        self.at = end;
        Token::Text("< ".to_owned())
    }

    /// Goes on behind `end`, or at the end of the input.
    fn skip(&mut self, from: usize, end: &[u8]) -> io::Result<()> {
        self.at = self.find(from, end)?.map_or(self.buffer.len(), |found| found + end.len());
        Ok(())
    }

    /// Where `needle` stands in the buffer, from `from` on.
    fn find(&mut self, mut from: usize, needle: &[u8]) -> io::Result<Option<usize>> {
        loop {
            let rest = self.buffer.get(from..).unwrap_or(&[]);
            let found = memchr::memmem::find(rest, needle);
            if let Some(found) = found {
                return Ok(Some(from + found));
            }
            from = from.max((self.buffer.len() + 1).saturating_sub(needle.len()));
            if !self.fill()? {
                return Ok(None);
            }
        }
    }

    /// Whether the buffer has so many bytes, of which more are read as needed.
    fn has(&mut self, count: usize) -> io::Result<bool> {
        while self.buffer.len() < count {
            if !self.fill()? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn fill(&mut self) -> io::Result<bool> {
        if self.ended {
            return Ok(false);
        }
        let more = self.input.fill_buf()?;
        let count = more.len();
        self.buffer.extend_from_slice(more);
        self.input.consume(count);
        self.ended = count == 0;
        Ok(count > 0)
    }

    fn take(&mut self, end: usize) -> String {
        let taken = String::from_utf8_lossy(&self.buffer[self.at..end]).into_owned();
        self.at = end;
        taken
    }
}

fn tag(raw: String) -> Token {
    let inner = raw.trim_start_matches(['<', '/']);
    let end = inner.find(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/')).unwrap_or(inner.len());
    let name = inner[..end].to_lowercase();
    if raw.starts_with("</") {
        Token::End { name, raw }
    } else {
        Token::Start { name, empty: raw.ends_with("/>"), raw }
    }
}

/// The value of an attribute of a start tag, as it is written.
pub fn attribute<'t>(raw: &'t str, name: &str) -> Option<&'t str> {
    let mut rest = raw.split_once(|c: char| c.is_ascii_whitespace())?.1;
    loop {
        let (key, after) = rest.split_once('=')?;
        let after = after.trim_start();
        let (value, behind) = match after.chars().next() {
            Some(quote @ ('"' | '\'')) => after[1..].split_once(quote)?,
            _ => after.split_once([' ', '\t', '\n', '\r', '>']).unwrap_or((after, "")),
        };
        if key.trim().rsplit(char::is_whitespace).next().is_some_and(|key| key.eq_ignore_ascii_case(name)) {
            return Some(value);
        }
        rest = behind;
    }
}

#[cfg(test)]
mod tests {
    use super::{Dialect, Token, Tokeniser, attribute};

    fn tokens(markup: &str, dialect: Dialect) -> String {
        // A small buffer, so that tokens are cut in all places.
        let mut tokeniser = Tokeniser::new(std::io::BufReader::with_capacity(3, markup.as_bytes()), dialect);
        let mut shown = String::new();
        while let Some(token) = tokeniser.next().expect("read") {
            match token {
                Token::Text(text) => shown += &format!("[{text}]"),
                Token::CData(text) => shown += &format!("{{{text}}}"),
                Token::Start { name, empty: true, .. } => shown += &format!("{name}/ "),
                Token::Start { name, .. } => shown += &format!("{name} "),
                Token::End { name, .. } => shown += &format!("/{name} "),
            }
        }
        shown
    }

    #[test]
    fn what_is_no_markup_is_text() {
        for (markup, xml) in [
            ("<a>5 < 6 & 7 <8</a>", "a [5 < 6 & 7 <8]/a "),
            ("<?xml x?><!DOCTYPE y><A B='c>d'/><!-- <b> -->e", "a/ [e]"),
            ("<a><![CDATA[<b>]]></a>", "a {<b>}/a "),
            ("<a href=\"x>y</a><b>z", "a [y]/a b [z]"),
            ("one <two and <b>three", "[one <two and ]b [three]"),
            ("cut <a", "[cut <a]"),
            ("<", "[<]"),
            ("é<ü>", "[é<ü>]"),
            ("<![CDATA[open <b>c</b>", "[< ][open ]b [c]/b "),
            ("a<!-- b <c><!-- d --><e>f<!-- g <h>", "[a]e [f][< ][ g ]h "),
        ] {
            assert_eq!(tokens(markup, Dialect::Xml), xml, "{markup}");
        }
        assert_eq!(tokens("<div title='a < b > c'>d</div>", Dialect::Html), "div [d]/div ");
    }

    #[test]
    fn attributes() {
        let raw = "<link rel = 'self'\n href=\"a?b=1&amp;c\" bare=x checked>";
        for (name, value) in [("rel", Some("self")), ("HREF", Some("a?b=1&amp;c")), ("bare", Some("x")), ("b", None)] {
            assert_eq!(attribute(raw, name), value, "{name}");
        }
        assert_eq!(attribute("<link>", "href"), None);
    }
}
