//! The pieces of a written date, and what words mean in it: `data/languages/en/dates.tsv`.

use std::sync::LazyLock;

/// A piece of a date.
#[derive(Debug, PartialEq)]
pub enum Word {
    Digits(String),
    /// In small letters.
    Letters(String),
    Mark(char),
}

/// The pieces of what is written, without the white space between them.
pub fn of(written: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut spaced = true;
    for c in written.chars().flat_map(char::to_lowercase) {
        match (words.last_mut(), c) {
            (Some(Word::Digits(digits)), '0'..='9') if !spaced => digits.push(c),
            (_, '0'..='9') => words.push(Word::Digits(c.to_string())),
            (Some(Word::Letters(letters)), c) if c.is_alphabetic() && !spaced => letters.push(c),
            (_, c) if c.is_alphabetic() => words.push(Word::Letters(c.to_string())),
            (_, c) if c.is_whitespace() => {}
            _ => words.push(Word::Mark(c)),
        }
        spaced = c.is_whitespace();
    }
    words
}

/// The number that a piece is, if it has so many digits.
pub fn number(word: Option<&Word>, digits: std::ops::RangeInclusive<usize>) -> Option<u32> {
    match word {
        Some(Word::Digits(number)) if digits.contains(&number.len()) => number.parse().ok(),
        _ => None,
    }
}

/// Whether a piece is one of these marks.
pub fn is_mark(word: Option<&Word>, marks: &[char]) -> bool {
    matches!(word, Some(Word::Mark(mark)) if marks.contains(mark))
}

/// The month, from 1, that a word names in full or by a beginning of three letters or more.
pub fn month(word: &str) -> Option<u32> {
    let mut months = TABLE.iter().filter(|row| row.what == "month");
    let row = months.find(|row| word.len() >= 3 && row.word.starts_with(word))?;
    row.value.parse().ok()
}

/// The hours from UTC of the zone that a word names.
pub fn zone(word: &str) -> Option<i32> {
    TABLE.iter().find(|row| row.what == "zone" && row.word == word)?.value.parse().ok()
}

/// Whether a word may stand beside a date on a line that says nothing else.
pub fn stands_beside(word: &str) -> bool {
    TABLE.iter().any(|row| row.what == "beside" && row.word == word)
}

struct Row {
    word: &'static str,
    what: &'static str,
    value: &'static str,
}

static TABLE: LazyLock<Vec<Row>> = LazyLock::new(|| {
    let rows = crate::embedded::english_table("dates.tsv").lines().skip(1);
    let rows = rows.filter_map(|row| {
        let mut fields = row.split('\t');
        Some(Row { word: fields.next()?, what: fields.next()?, value: fields.next().unwrap_or("") })
    });
    rows.collect()
});

#[cfg(test)]
mod tests {
    use super::{TABLE, month, stands_beside, zone};

    #[test]
    fn every_row_says_what_its_word_means() {
        for row in TABLE.iter() {
            let meant = match row.what {
                "month" => month(row.word).is_some_and(|month| (1..=12).contains(&month)),
                "zone" => zone(row.word).is_some_and(|hours| hours.abs() <= 14),
                "beside" => stands_beside(row.word),
                _ => false,
            };
            assert!(meant, "{}", row.word);
        }
        assert_eq!((month("ma"), month("jun"), month("sept"), month("juniper")), (None, Some(6), Some(9), None));
    }
}
