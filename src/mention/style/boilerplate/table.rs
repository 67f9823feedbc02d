//! The words of boilerplate: `data/languages/en/boilerplate.tsv`.

use crate::text::{fold, tokenise};
use rustc_hash::FxHashMap;
use std::ops::BitOr;
use std::sync::LazyLock;
use toponym_languages::languages;

/// What a phrase is in a page's boilerplate.
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
        Parts::of(phrase).any(self.into())
    }
}

/// What a phrase may be, as a set; a word also knows the phrases that begin with it, and those that end with it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Parts(u32);

/// The bits of a phrase's own parts, before those of the phrases that begin with it, and of those that end with it.
const OWN: u32 = 9;

impl Parts {
    /// Of a phrase, the folded words of which are joined by blanks.
    pub fn of(phrase: &str) -> Parts {
        TABLE.get(phrase).copied().unwrap_or_default()
    }

    /// Whether any of `wanted` is among these.
    pub fn any(self, wanted: Parts) -> bool {
        self.0 & wanted.0 != 0
    }

    /// Whether a phrase that is any of `wanted` begins with this word.
    pub fn begin(self, wanted: Parts) -> bool {
        self.0 >> OWN & wanted.0 != 0
    }

    /// Whether a phrase that is any of `wanted` ends with this word.
    pub fn end(self, wanted: Parts) -> bool {
        self.0 >> (2 * OWN) & wanted.0 != 0
    }
}

impl From<Part> for Parts {
    fn from(part: Part) -> Parts {
        Parts(1 << part as u32)
    }
}

impl BitOr for Part {
    type Output = Parts;

    fn bitor(self, other: Part) -> Parts {
        Parts(Parts::from(self).0 | Parts::from(other).0)
    }
}

static TABLE: LazyLock<FxHashMap<String, Parts>> = LazyLock::new(|| {
    let mut table: FxHashMap<String, Parts> = FxHashMap::default();
    let rows = crate::embedded::english_table("boilerplate.tsv").lines().skip(1);
    for (phrase, part) in rows.filter_map(|row| row.split_once('\t')) {
        let (phrase, Some(part)) = (words(phrase), Part::named(part).map(Parts::from)) else { continue };
        let (first, last) = (phrase.split(' ').next(), phrase.rsplit(' ').next());
        for (word, shift) in [(Some(&*phrase), 0), (first, OWN), (last, 2 * OWN)] {
            table.entry(word.unwrap_or_default().to_owned()).or_default().0 |= part.0 << shift;
        }
    }
    table
});

/// A phrase as the words of a text are: without its marks and the `'s` of a possessive.
fn words(phrase: &str) -> String {
    let tokens = tokenise(phrase, languages()).list;
    let words: Vec<_> = tokens.iter().filter(|token| token.is_word()).map(|token| fold(token.of(phrase))).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, Part, Parts, TABLE};

    #[test]
    fn every_row_has_a_part_that_is_known() {
        for row in crate::embedded::english_table("boilerplate.tsv").lines().skip(1) {
            let part = row.split_once('\t').and_then(|(_, part)| Part::named(part));
            assert!(part.is_some(), "{row:?}");
        }
        assert!(TABLE.keys().all(|phrase| phrase.split(' ').count() <= LONGEST));
        assert!(Parts::of("editor").begin(Part::Label.into()) && !Parts::of("editor").end(Part::Label.into()));
        assert!(Part::Label.is("editor picks") && Part::Section.is("us canada") && !Part::Menu.is("goma"));
    }
}
