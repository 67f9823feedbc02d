//! Tokens and sentences.

use super::fold::{NON_JOINER, is_apostrophe, is_arabic, is_mark, is_unspaced, is_zero_width};
use super::row::is_row;
use crate::language::Languages;
use crate::line_hyphen;
use std::ops::Range;

/// A word, number or mark of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Byte offset of its beginning in the text.
    pub start: usize,
    /// Byte offset of its end, exclusive.
    pub end: usize,
    /// Its kind.
    pub kind: Kind,
    /// The case of its letters.
    pub case: Case,
    /// Index of its sentence in [`Tokens::sentences`].
    pub sentence: usize,
    /// Whether it is the first word of its sentence or of a quotation in it, where every word is capitalised.
    pub opens: bool,
}

/// The kind of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Letters, with any digits and inner apostrophes: `Sana'a`, `U.S.`, `T4`.
    Word,
    /// One character of a script written without spaces: `阿`, `ガ`, `ก`.
    Unspaced,
    /// Digits with their separators: `2,000`, `11:12`.
    Number,
    /// `'s` or `’s` at the end of a word.
    Possessive,
    /// A hyphen or dash, or the zero-width non-joiner of Persian.
    Hyphen,
    /// A full stop, question or exclamation mark.
    Stop,
    /// A comma of any script.
    Comma,
    /// Any other character that is not white space, and the white space between two cells of a row.
    Mark,
}

/// The case of a word's letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// `aleppo`
    Lower,
    /// `Aleppo`, `McKinley`, `A`
    Capitalised,
    /// `ALEPPO`, `U.S.`
    Upper,
    /// No letter of the token has a case: `حلب`, `42`.
    None,
}

/// A text's tokens and the byte ranges of its sentences.
#[derive(Clone, Debug, Default)]
pub struct Tokens {
    /// The tokens, in the order of the text.
    pub list: Vec<Token>,
    /// Byte ranges of the sentences, in order, without surrounding white space.
    pub sentences: Vec<Range<usize>>,
}

impl Token {
    /// The token's text.
    #[inline]
    pub fn slice<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.start..self.end).unwrap_or("")
    }

    /// The token's text, or a bar for the white space between two cells of a row.
    #[inline]
    pub fn mark<'t>(&self, text: &'t str) -> &'t str {
        let written = self.slice(text);
        if written.starts_with([' ', '\t']) { "|" } else { written }
    }

    /// Whether the token can be part of a name by itself.
    #[inline]
    pub fn is_word(&self) -> bool {
        matches!(self.kind, Kind::Word | Kind::Unspaced | Kind::Number)
    }
}

/// Cuts a text into tokens and sentences.
///
/// A sentence ends at a full stop, question or exclamation mark that white space and anything but a lower-case letter follow, unless
/// it is the stop of an abbreviation of some language (`words/abbreviations.txt` of its pack); at an empty line; and at the end of
/// a short line, which is taken for a heading, or of a row whose cells white space separates.
///
/// ```
/// use toponym_text::tokenise;
/// use toponym_languages::languages;
/// let text = "Gen. Smith left Sana'a's airport. It rained.";
/// let tokens = tokenise(text, languages());
/// let words: Vec<_> = tokens.list.iter().map(|t| t.slice(text)).collect();
/// assert_eq!(words, ["Gen", ".", "Smith", "left", "Sana'a", "'s", "airport", ".", "It", "rained", "."]);
/// assert_eq!(tokens.sentences.len(), 2);
/// ```
pub fn tokenise(text: &str, languages: &Languages) -> Tokens {
    let tokens = Tokens { list: Vec::with_capacity(text.len() / LONG), sentences: Vec::new() };
    let mut cutter = Cutter { text, languages, at: 0, tokens, opens: true, line_start: 0, is_row: None };
    cutter.run();
    cutter.tokens
}

struct Cutter<'t> {
    text: &'t str,
    languages: &'t Languages,
    at: usize,
    tokens: Tokens,
    opens: bool,
    line_start: usize,
    /// Whether the line is a row of cells; `None` until it is asked.
    is_row: Option<bool>,
}

/// Bytes from one token to the next, at least, in most texts: how much room to reserve.
const LONG: usize = 6;

/// A line shorter than this, in bytes, is a heading or a list entry when the next begins with a capital.
const SHORT_LINE: usize = 48;

impl Cutter<'_> {
    fn run(&mut self) {
        while let Some(c) = self.peek() {
            let start = self.at;
            match c {
                '\n' => self.newline(),
                ' ' | '\t' => self.blanks(),
                _ if c.is_whitespace() => self.at += c.len_utf8(),
                _ if c.is_ascii_digit() || c.is_numeric() => self.number(),
                _ if is_unspaced(c) => self.unspaced(c),
                _ if c.is_alphabetic() || is_mark(c) => self.word(),
                _ => self.mark(c),
            }
            debug_assert!(self.at > start);
        }
        self.end_sentence();
    }

    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn push(&mut self, start: usize, kind: Kind, case: Case) {
        let wordlike = matches!(kind, Kind::Word | Kind::Unspaced | Kind::Number);
        let sentence = self.tokens.sentences.len();
        self.tokens.list.push(Token { start, end: self.at, kind, case, sentence, opens: self.opens && wordlike });
        self.opens &= !wordlike;
    }

    /// Reads blanks, which separate cells if the line is a row.
    fn blanks(&mut self) {
        let (start, rest) = (self.at, &self.text[self.at..]);
        let behind = rest.trim_start_matches([' ', '\t']);
        let width = rest.len() - behind.len();
        self.at += width;
        let tab = rest[..width].contains('\t');
        if width == 1 && !tab || behind.is_empty() || behind.starts_with(['\n', '\r']) || !self.in_sentence() {
            return;
        }
        let line_start = self.line_start;
        let text = self.text;
        if *self.is_row.get_or_insert_with(|| is_row(text[line_start..].lines().next().unwrap_or(""))) {
            self.push(start, Kind::Mark, Case::None);
            self.opens = true;
        }
    }

    /// Whether the sentence has begun.
    fn in_sentence(&self) -> bool {
        self.tokens.list.last().is_some_and(|last| last.sentence == self.tokens.sentences.len())
    }

    fn newline(&mut self) {
        let line = self.text[self.line_start..self.at].trim();
        self.at += 1;
        self.line_start = self.at;
        let next = self.text[self.at..].trim_start_matches([' ', '\t', '\r']);
        let begins = next.chars().next();
        let heading = line.len() < SHORT_LINE && begins.is_some_and(|c| !c.is_lowercase());
        let row = self.is_row.take() == Some(true);
        let ends = line.ends_with(['.', '!', '?', ':', '”', '"', '。']);
        if begins == Some('\n') || line.is_empty() || heading || row || ends {
            self.end_sentence();
        }
    }

    fn end_sentence(&mut self) {
        let sentence = self.tokens.sentences.len();
        let first = self.tokens.list.iter().rev().take_while(|t| t.sentence == sentence).last();
        if let (Some(first), Some(last)) = (first, self.tokens.list.last()) {
            self.tokens.sentences.push(first.start..last.end);
            self.opens = true;
        }
    }

    fn number(&mut self) {
        let start = self.at;
        let mut letters = false;
        while let Some(c) = self.peek() {
            let next = self.text[self.at + c.len_utf8()..].chars().next();
            let separator = matches!(c, '.' | ',' | ':') && next.is_some_and(|n| n.is_ascii_digit()) && !letters;
            if !(c.is_numeric() || separator || (c.is_alphabetic() && !is_unspaced(c))) {
                break;
            }
            letters |= c.is_alphabetic();
            self.at += c.len_utf8();
        }
        let kind = if letters { Kind::Word } else { Kind::Number };
        self.push(start, kind, case_of(&self.text[start..self.at]));
    }

    fn unspaced(&mut self, c: char) {
        let start = self.at;
        self.at += c.len_utf8();
        while let Some(mark) = self.peek().filter(|&m| is_mark(m)) {
            self.at += mark.len_utf8();
        }
        self.push(start, Kind::Unspaced, Case::None);
    }

    fn word(&mut self) {
        let start = self.at;
        let bytes = self.text.as_bytes();
        loop {
            // Most words.
            self.at += bytes[self.at..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
            let Some(c) = self.peek() else { break };
            let next = || self.text[self.at + c.len_utf8()..].chars().next();
            let letter = (c.is_alphanumeric() && !is_unspaced(c)) || is_mark(c) || ('\u{300}'..='\u{36f}').contains(&c);
            let inner = || next().is_some_and(char::is_alphabetic);
            let apostrophe = is_apostrophe(c) && inner() && !self.possessive_at(self.at);
            let parts_words = c == NON_JOINER && self.text[start..self.at].ends_with(is_arabic);
            if let Some(length) = line_hyphen::length(&self.text[self.at..]).filter(|_| self.at > start + 1) {
                self.at += length;
                self.line_start = self.at;
                self.is_row = None;
                continue;
            }
            if !(letter || apostrophe || is_zero_width(c) && inner() && !parts_words) {
                break;
            }
            self.at += c.len_utf8();
        }
        // "U.S.", "D.C.", "p.m.": single letters each with its stop, two or more.
        if self.at == start + 1 && bytes.get(self.at) == Some(&b'.') {
            let mut end = self.at + 1;
            let mut letters = 1;
            while bytes.get(end).is_some_and(u8::is_ascii_alphabetic) {
                letters += 1;
                match bytes.get(end + 1) {
                    Some(b'.') => end += 2,
                    Some(b) if b.is_ascii_alphanumeric() => {
                        letters = 0;
                        break;
                    }
                    _ => {
                        end += 1;
                        break;
                    }
                }
            }
            if letters > 1 {
                self.at = end;
            }
        }
        self.push(start, Kind::Word, case_of(&self.text[start..self.at]));
        if self.possessive_at(self.at) {
            let start = self.at;
            let apostrophe = self.peek().map_or(0, char::len_utf8);
            self.at += apostrophe + 1;
            self.push(start, Kind::Possessive, Case::Lower);
        }
    }

    /// Whether `'s` stands at byte `at` with no letter after it.
    fn possessive_at(&self, at: usize) -> bool {
        let mut chars = self.text[at..].chars();
        chars.next().is_some_and(is_apostrophe)
            && matches!(chars.next(), Some('s' | 'S'))
            && !chars.next().is_some_and(char::is_alphanumeric)
    }

    fn mark(&mut self, c: char) {
        let start = self.at;
        self.at += c.len_utf8();
        match c {
            '.' | '!' | '?' | '。' | '！' | '？' | '؟' | '…' | '।' | '॥' => {
                self.push(start, Kind::Stop, Case::None);
                self.after_stop(c);
            }
            ',' | '،' | '、' | '，' => self.push(start, Kind::Comma, Case::None),
            '-' | '‐' | '‑' | '–' | '—' | '−' | NON_JOINER => self.push(start, Kind::Hyphen, Case::None),
            _ => {
                self.push(start, Kind::Mark, Case::None);
                self.opens |= matches!(c, '“' | '"' | '«' | '„' | '「' | '•' | '|');
            }
        }
    }

    fn after_stop(&mut self, stop: char) {
        // Closing quotes and brackets belong to the sentence.
        while let Some(c) = self.peek().filter(|c| matches!(c, '”' | '"' | '’' | '\'' | ')' | ']' | '»' | '」')) {
            let start = self.at;
            self.at += c.len_utf8();
            self.push(start, Kind::Mark, Case::None);
        }
        let rest = &self.text[self.at..];
        let spaced = rest.chars().next().is_none_or(char::is_whitespace);
        let small = rest.trim_start().chars().next().is_some_and(char::is_lowercase);
        let wide = matches!(stop, '。' | '！' | '？');
        if wide || spaced && !small && !(stop == '.' && self.abbreviates()) {
            self.end_sentence();
        }
    }

    /// Whether the stop just pushed belongs to an abbreviation: `Gen.`, `St.`, an initial.
    fn abbreviates(&self) -> bool {
        let [.., word, stop] = self.tokens.list.as_slice() else { return false };
        let text = word.slice(self.text);
        let initial = text.len() == 1 && word.case == Case::Capitalised;
        word.kind == Kind::Word && word.end == stop.start && (initial || self.languages.is_abbreviation(text))
    }
}

/// The case of a word's letters.
pub fn case_of(word: &str) -> Case {
    // Most words.
    if word.bytes().all(|byte| byte.is_ascii_lowercase()) && !word.is_empty() {
        return Case::Lower;
    }
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    let Some(first) = letters.next() else { return Case::None };
    if first.is_lowercase() {
        // "Côte d'Ivoire": an article cut short before a capital.
        let mut behind = word.chars().skip(1);
        let elided = matches!(behind.next(), Some('\'' | '’')) && behind.next().is_some_and(char::is_uppercase);
        return if elided { Case::Capitalised } else { Case::Lower };
    }
    if !first.is_uppercase() {
        return Case::None;
    }
    let mut rest = letters.peekable();
    if rest.peek().is_some() && rest.all(char::is_uppercase) { Case::Upper } else { Case::Capitalised }
}

#[cfg(test)]
mod tests {
    use super::{Case, Kind, Tokens, case_of};
    use crate::language::Languages;

    fn tokenise(text: &str) -> Tokens {
        super::tokenise(text, &Languages::with_tables(&[("words/abbreviations.txt", "Gen\nSt")]))
    }

    fn words(text: &str) -> Vec<&str> {
        tokenise(text).list.iter().map(|t| t.slice(text)).collect()
    }

    fn sentences(text: &str) -> Vec<&str> {
        tokenise(text).sentences.iter().map(|s| &text[s.clone()]).collect()
    }

    #[test]
    fn dotted_abbreviations_are_one_word() {
        assert_eq!(words("The U.S. and D.C. at 5 p.m."), ["The", "U.S.", "and", "D.C.", "at", "5", "p.m."]);
        assert_eq!(words("the US’s request"), ["the", "US", "’s", "request"]);
        assert_eq!(words("J.Smith"), ["J", ".", "Smith"]);
    }

    #[test]
    fn characters_without_a_width_stay_inside_words() {
        assert_eq!(words("Sprach\u{ad}raum"), ["Sprach\u{ad}raum"]);
        assert_eq!(words("विश्\u{200d}वविद्यालय"), ["विश्\u{200d}वविद्यालय"]);
        assert_eq!(words("خرم\u{200c}آباد"), ["خرم", "\u{200c}", "آباد"], "in Persian it parts words");
    }

    #[test]
    fn apostrophes_stay_inside_names() {
        assert_eq!(words("Sana'a’s O'Hare, Xi'an"), ["Sana'a", "’s", "O'Hare", ",", "Xi'an"]);
        assert_eq!(words("'Aleppo'"), ["'", "Aleppo", "'"]);
    }

    #[test]
    fn sentences_end_at_stops_but_not_at_abbreviations() {
        assert_eq!(sentences("He left St. Louis. She stayed."), ["He left St. Louis.", "She stayed."]);
        assert_eq!(sentences("“It fell.” Then U.S. forces came."), ["“It fell.”", "Then U.S. forces came."]);
        assert_eq!(sentences("Rain in Aleppo\n\nIt rained\nall day."), ["Rain in Aleppo", "It rained\nall day."]);
        assert_eq!(sentences("Aleppo news\nThe city fell."), ["Aleppo news", "The city fell."]);
        assert_eq!(sentences(" \n \n"), [""; 0]);
    }

    #[test]
    fn wide_blanks_separate_the_cells_of_a_row() {
        let marks = |text: &str| {
            let tokens = tokenise(text).list;
            tokens.iter().map(|t| t.mark(text).to_owned()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(marks("3 June  Kant, India  Town Hall"), "3 June | Kant , India | Town Hall");
        assert_eq!(marks("Homs\t12\t"), "Homs | 12");
        assert_eq!(marks("Hama    Syria"), "Hama | Syria");
        assert_eq!(marks("They left  Homs."), "They left Homs .", "a slip");
        assert_eq!(marks("It  fell.  Then  the army  left."), "It fell . Then the army left .", "justified");
        assert_eq!(
            sentences("Left in June  Aleppo  the old town and the market\nHoms  all"),
            ["Left in June  Aleppo  the old town and the market\nHoms  all"]
        );
        assert_eq!(
            sentences("3 June  Kant, India, and beyond  The Town Hall in Market Square\n4 June"),
            ["3 June  Kant, India, and beyond  The Town Hall in Market Square", "4 June"]
        );
    }

    #[test]
    fn an_article_before_a_capital_is_part_of_a_name() {
        assert_eq!(case_of("d'Ivoire"), Case::Capitalised);
        assert_eq!(case_of("d’Alene"), Case::Capitalised);
        assert_eq!(case_of("iPhone"), Case::Lower);
        assert_eq!(case_of("d'oro"), Case::Lower);
    }

    #[test]
    fn case_and_opening_words() {
        let tokens = tokenise("NATO said “Aleppo” in 17 حلب").list;
        let cases: Vec<_> = tokens.iter().filter(|t| t.is_word()).map(|t| (t.case, t.opens)).collect();
        assert_eq!(
            cases,
            [
                (Case::Upper, true),
                (Case::Lower, false),
                (Case::Capitalised, true),
                (Case::Lower, false),
                (Case::None, false),
                (Case::None, false)
            ]
        );
    }

    #[test]
    fn unspaced_scripts_give_a_token_a_character() {
        let tokens = tokenise("在阿勒颇。东京").list;
        assert_eq!(tokens.iter().filter(|t| t.kind == Kind::Unspaced).count(), 6);
        assert_eq!(tokens.last().map(|t| t.sentence), Some(1));
    }

    proptest::proptest! {
        #[test]
        fn tokens_cover_everything_but_white_space(text in "(?s).{0,60}") {
            let tokens = tokenise(&text);
            let mut at = 0;
            for token in &tokens.list {
                proptest::prop_assert!(token.start >= at && token.end > token.start);
                proptest::prop_assert!(text[at..token.start].trim().is_empty());
                proptest::prop_assert!(token.sentence < tokens.sentences.len());
                at = token.end;
            }
            proptest::prop_assert!(text[at..].trim().is_empty());
        }
    }
}
