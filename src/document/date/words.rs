//! A written date cut into words, numbers and marks, and what its words mean: `dates.tsv` of the language packs.

use toponym_languages::languages;
use toponym_text::language::DateWords;

/// A part of a written date.
#[derive(Debug, PartialEq)]
pub enum Word {
    /// A run of digits.
    Digits(String),
    /// A run of letters, in lower case.
    Letters(String),
    /// Any other character but white space.
    Mark(char),
}

/// Cuts a written date into its parts; white space only separates them.
pub fn split(written: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut spaced = true;
    for c in written.chars().flat_map(char::to_lowercase).filter(|c| *c != DOT_ABOVE).map(western) {
        match (words.last_mut(), c) {
            (Some(Word::Digits(digits)), '0'..='9') if !spaced => digits.push(c),
            (_, '0'..='9') => words.push(Word::Digits(c.to_string())),
            (Some(Word::Letters(letters)), c) if (c.is_alphabetic() || DEVANAGARI_SIGNS.contains(&c)) && !spaced => {
                letters.push(c);
            }
            (_, c) if c.is_alphabetic() => words.push(Word::Letters(c.to_string())),
            (_, c) if c.is_whitespace() => {}
            _ => words.push(Word::Mark(c)),
        }
        spaced = c.is_whitespace();
    }
    words
}

/// What is left of the dot of a Turkish capital İ in small letters.
const DOT_ABOVE: char = '\u{307}';

/// The nukta and the virama, which stand inside words: "मार्च".
const DEVANAGARI_SIGNS: [char; 2] = ['\u{93c}', '\u{94d}'];

/// The noughts of Arabic, Persian and Devanagari digits; the other digits follow them.
const NOUGHTS: [char; 3] = ['٠', '۰', '०'];

/// A digit as the Western ones; any other character as it is.
fn western(c: char) -> char {
    let value =
        NOUGHTS.iter().filter_map(|nought| u32::from(c).checked_sub(u32::from(*nought))).find(|value| *value < 10);
    value.and_then(|value| char::from_digit(value, 10)).unwrap_or(c)
}

/// The number that a part is, if it has this many digits.
pub fn number(word: Option<&Word>, digits: std::ops::RangeInclusive<usize>) -> Option<u32> {
    match word {
        Some(Word::Digits(number)) if digits.contains(&number.len()) => number.parse().ok(),
        _ => None,
    }
}

/// Whether a part is one of these marks.
pub fn is_mark(word: Option<&Word>, marks: &[char]) -> bool {
    matches!(word, Some(Word::Mark(mark)) if marks.contains(mark))
}

/// What the words of dates mean in any language: a date may be read before the language of its text is known.
fn in_any_language<T>(meaning: impl Fn(&DateWords) -> Option<T>) -> Option<T> {
    languages().packs().iter().find_map(|pack| meaning(&pack.dates))
}

/// The month, from 1, that a word names in full or by a beginning of three letters or more.
pub fn month(word: &str) -> Option<u32> {
    in_any_language(|dates| dates.month(word))
}

/// The hours from UTC of the zone that a word names.
pub fn zone(word: &str) -> Option<i32> {
    in_any_language(|dates| dates.zone(word))
}

/// The hours that a half of the day adds to those of a clock of twelve.
pub fn half(word: &str) -> Option<u32> {
    in_any_language(|dates| dates.half(word))
}

/// Whether a word may stand between the numbers of a date, as "of" and the endings of ordinals do.
pub fn stands_between(word: &str) -> bool {
    in_any_language(|dates| dates.stands_between(word).then_some(())).is_some()
}

/// Whether a word says that what follows is when the text was changed.
pub fn is_revision(word: &str) -> bool {
    in_any_language(|dates| dates.is_revision(word).then_some(())).is_some()
}

/// Whether a word may stand beside a date on a line that says nothing else.
pub fn stands_beside(word: &str) -> bool {
    in_any_language(|dates| dates.stands_beside(word).then_some(())).is_some()
}
