//! A position in a text from which figures and words are read.

/// A text and a byte in it; a copy allows to go back.
#[derive(Clone, Copy)]
pub struct Cursor<'t> {
    text: &'t str,
    /// The next byte.
    pub at: usize,
}

/// A number as it is written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Number {
    /// Its value.
    pub value: f64,
    /// Number of figures behind the point.
    pub decimals: usize,
    /// Whether it has a sign.
    pub signed: bool,
}

impl<'t> Cursor<'t> {
    /// A cursor at a byte of a text.
    pub fn new(text: &'t str, at: usize) -> Self {
        Cursor { text, at }
    }

    /// The rest of the text.
    pub fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or("")
    }

    /// The text before the cursor.
    pub fn before(&self) -> &'t str {
        self.text.get(..self.at).unwrap_or("")
    }

    /// The next character.
    pub fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Takes the next character if `wanted` accepts it.
    pub fn take(&mut self, wanted: impl Fn(char) -> bool) -> Option<char> {
        let next = self.peek().filter(|&c| wanted(c))?;
        self.at += next.len_utf8();
        Some(next)
    }

    /// Takes characters as long as `wanted` accepts them.
    pub fn take_while(&mut self, wanted: impl Fn(char) -> bool) -> &'t str {
        let rest = self.rest();
        let end = rest.find(|c| !wanted(c)).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    /// Takes the first of some signs or symbols that stands here as it is written. One that ends with a letter has to end here.
    pub fn take_sign(&mut self, signs: &[&str]) -> bool {
        let rest = self.rest();
        let found = signs.iter().find(|sign| rest.starts_with(**sign) && ends(rest, sign.len(), sign));
        self.at += found.map_or(0, |sign| sign.len());
        found.is_some()
    }

    /// Takes the first of some words, which are in small letters, that stands here in whatever case. A word has to end here.
    pub fn take_word(&mut self, words: &[String]) -> bool {
        let rest = self.rest();
        let found = words.iter().find_map(|word| {
            let mut behind = rest.chars();
            let same = |letter: char| behind.next().is_some_and(|c| c.to_lowercase().eq([letter]));
            let same = word.chars().all(same);
            let end = rest.len() - behind.as_str().len();
            (same && ends(rest, end, word)).then_some(end)
        });
        self.at += found.unwrap_or_default();
        found.is_some()
    }

    /// Skips blanks within the line.
    pub fn skip_blanks(&mut self) {
        self.take_while(|c| matches!(c, ' ' | '\t' | '\u{a0}' | '\u{202f}'));
    }

    /// Takes a number, unless it goes on with a further point or group of figures, as in dates and versions.
    pub fn number(&mut self) -> Option<Number> {
        let mut ahead = *self;
        let sign = ahead.take(|c| matches!(c, '-' | '−' | '+'));
        let start = ahead.at;
        let whole = ahead.take_while(|c| c.is_ascii_digit());
        if whole.is_empty() || whole.len() > 3 {
            return None;
        }
        let mut point = ahead;
        let decimals = match point.take(|c| c == '.') {
            Some(_) => point.take_while(|c| c.is_ascii_digit()).len(),
            None => 0,
        };
        if decimals > 0 {
            ahead = point;
        }
        if ahead.rest().starts_with(|c: char| c.is_ascii_digit()) || followed(ahead.rest(), '.') {
            return None;
        }
        let value: f64 = ahead.text.get(start..ahead.at)?.parse().ok()?;
        *self = ahead;
        let value = if matches!(sign, Some('-' | '−')) { -value } else { value };
        Some(Number { value, decimals, signed: sign.is_some_and(|sign| sign != '+') })
    }

    /// Whether a letter, a figure or a sign that makes figures something other than coordinates stands right before.
    pub fn touches_word(&self) -> bool {
        let mut before = self.before().chars().rev();
        match before.next() {
            Some('.' | ',' | ':' | '/' | '-' | '–') => before.next().is_some_and(|c| c.is_ascii_digit()),
            Some(c) => c.is_alphanumeric() || matches!(c, '$' | '€' | '£' | '¥' | '#' | '_'),
            None => false,
        }
    }
}

/// Whether a text no longer goes on with letters at byte `end`, where a word or sign that stands at its beginning ends.
fn ends(text: &str, end: usize, word: &str) -> bool {
    let next = text.get(end..).and_then(|rest| rest.chars().next());
    !(word.ends_with(char::is_alphabetic) && next.is_some_and(char::is_alphabetic))
}

/// Whether a text begins with a character followed by a figure.
fn followed(text: &str, mark: char) -> bool {
    text.strip_prefix(mark).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}
