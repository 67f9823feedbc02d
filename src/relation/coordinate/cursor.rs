//! A place in a text from which figures are read.

/// A text and a byte in it; a copy is a way back.
#[derive(Clone, Copy)]
pub struct Cursor<'t> {
    text: &'t str,
    /// The byte that is read next.
    pub at: usize,
}

/// A number as it is written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Number {
    /// Its value.
    pub value: f64,
    /// Figures behind the point.
    pub decimals: usize,
    /// Whether it has a sign.
    pub signed: bool,
}

impl<'t> Cursor<'t> {
    /// At a byte of a text.
    pub fn new(text: &'t str, at: usize) -> Self {
        Cursor { text, at }
    }

    /// What is left of the text.
    pub fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or("")
    }

    /// What stands before.
    pub fn before(&self) -> &'t str {
        self.text.get(..self.at).unwrap_or("")
    }

    /// The next character.
    pub fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Takes the next character if it is as wanted.
    pub fn take(&mut self, wanted: impl Fn(char) -> bool) -> Option<char> {
        let next = self.peek().filter(|&c| wanted(c))?;
        self.at += next.len_utf8();
        Some(next)
    }

    /// Takes the characters as long as they are as wanted.
    pub fn take_while(&mut self, wanted: impl Fn(char) -> bool) -> &'t str {
        let rest = self.rest();
        let end = rest.find(|c| !wanted(c)).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    /// Takes one of these words or signs, the first that stands here; a word must end here.
    pub fn take_any(&mut self, wanted: &[&str]) -> bool {
        let rest = self.rest();
        let found = wanted.iter().find(|word| {
            let behind = rest.get(word.len()..).and_then(|behind| behind.chars().next());
            let letters = word.ends_with(char::is_alphabetic);
            rest.starts_with(**word) && !(letters && behind.is_some_and(char::is_alphabetic))
        });
        self.at += found.map_or(0, |word| word.len());
        found.is_some()
    }

    /// Passes over blanks within the line.
    pub fn skip_blanks(&mut self) {
        self.take_while(|c| matches!(c, ' ' | '\t' | '\u{a0}' | '\u{202f}'));
    }

    /// Takes a number; none that a further point or group of figures goes on from, as in dates and versions.
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

    /// Whether a letter, a figure or a sign that makes figures something else stands right before.
    pub fn touches_word(&self) -> bool {
        let mut before = self.before().chars().rev();
        match before.next() {
            Some('.' | ',' | ':' | '/' | '-' | '–') => before.next().is_some_and(|c| c.is_ascii_digit()),
            Some(c) => c.is_alphanumeric() || matches!(c, '$' | '€' | '£' | '¥' | '#' | '_'),
            None => false,
        }
    }
}

/// Whether a text begins with a character and a figure behind it.
fn followed(text: &str, mark: char) -> bool {
    text.strip_prefix(mark).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}
