//! The words of page furniture: `data/words/furniture.tsv`.

use crate::text::{fold, tokenise};
use std::collections::HashMap;
use std::sync::LazyLock;

/// What a phrase is in a page's furniture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// A part of the world as a heading of a menu: `Middle East`.
    Section,
    /// Another entry of a menu: `Markets`.
    Menu,
    /// Stands before a link or over a list of them: `Read more:`.
    Label,
    /// Begins the heading of a list of links: `More from Africa`.
    More,
    /// Begins a link to what else there is: `Read more about`.
    Pointer,
    /// Begins what asks the reader to do something: `Sign up for`.
    Call,
    /// What such a line wants him to read or use: `newsletter`.
    Medium,
    /// Begins or ends the line that names who wrote: `Reporting by`.
    Credit,
    /// A word without a capital that stands in such a line.
    CreditWord,
}

/// No phrase of the table has more words.
pub const LONGEST: usize = 5;

impl Part {
    fn named(key: &str) -> Option<Part> {
        Some(match key {
            "section" => Part::Section,
            "menu" => Part::Menu,
            "label" => Part::Label,
            "more" => Part::More,
            "pointer" => Part::Pointer,
            "call" => Part::Call,
            "medium" => Part::Medium,
            "credit" => Part::Credit,
            "credit-word" => Part::CreditWord,
            _ => return None,
        })
    }

    /// Whether a phrase, the folded words of which are joined by blanks, is this.
    pub fn is(self, phrase: &str) -> bool {
        TABLE.get(phrase).is_some_and(|parts| parts.contains(&self))
    }
}

static TABLE: LazyLock<HashMap<String, Vec<Part>>> = LazyLock::new(|| {
    let mut table: HashMap<String, Vec<Part>> = HashMap::new();
    let rows = include_str!("../../../../data/words/furniture.tsv").lines().skip(1);
    for (phrase, part) in rows.filter_map(|row| row.split_once('\t')) {
        table.entry(words(phrase)).or_default().extend(Part::named(part));
    }
    table
});

/// A phrase as the words of a text are: without its marks and the `'s` of a possessive.
fn words(phrase: &str) -> String {
    let tokens = tokenise(phrase).list;
    let words: Vec<_> = tokens.iter().filter(|token| token.is_word()).map(|token| fold(token.of(phrase))).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, Part, TABLE};

    #[test]
    fn every_row_has_a_part_that_is_known() {
        for row in include_str!("../../../../data/words/furniture.tsv").lines().skip(1) {
            let part = row.split_once('\t').and_then(|(_, part)| Part::named(part));
            assert!(part.is_some(), "{row:?}");
        }
        assert!(TABLE.keys().all(|phrase| phrase.split(' ').count() <= LONGEST));
        assert!(Part::Label.is("editor picks") && Part::Section.is("us canada") && !Part::Menu.is("goma"));
    }
}
