//! The words and patterns of a language: `data/languages/en/relations.tsv`, which documents itself.

use super::pattern::Patterns;
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// The grammar of one language.
#[derive(Default)]
pub struct Grammar {
    /// Bearings in degrees, as nouns: "north of".
    pub directions: Phrases<f64>,
    /// Bearings in degrees, as adjectives: "northern".
    pub sides: Phrases<f64>,
    /// Numbers in words.
    pub numbers: Phrases<Count>,
    /// Kilometres to a unit of length.
    pub units: Phrases<f64>,
    /// Hours to a unit of time.
    pub times: Phrases<f64>,
    /// Kilometres an hour, by the way one travels.
    pub travels: Phrases<f64>,
    /// The same where the way is not told.
    pub untold: f64,
    /// What may stand before a quantity.
    pub about: Phrases<()>,
    /// What a place is, before its name.
    pub kinds: Phrases<()>,
    /// The kinds whose "of" names what they are the seat of.
    pub capitals: Phrases<()>,
    /// What may stand before a name and leave its place as it is.
    pub epithets: Phrases<()>,
    /// What ends what leads up to a name.
    pub not_adjective: Phrases<()>,
    /// What says that "between" is not meant on the ground.
    pub not_between: Phrases<()>,
    /// What a pattern may begin with that is no part of the place's name.
    pub leads: Phrases<()>,
    /// The patterns.
    pub patterns: Patterns,
    /// By word: whether a pattern may begin with it.
    begins: Vec<bool>,
    vocabulary: Vocabulary,
}

/// A word of the grammar by its number: numbers are quicker to compare than words.
pub type Word = u16;

/// Stands for every word that the grammar does not have.
pub const OTHER: Word = 0;

/// The words of a grammar, numbered from 1.
#[derive(Default)]
pub struct Vocabulary(FxHashMap<&'static str, Word>);

impl Vocabulary {
    /// The number of a word, a new one if it has none.
    pub fn add(&mut self, word: &'static str) -> Word {
        let next = self.0.len() as Word + 1;
        *self.0.entry(word).or_insert(next)
    }
}

/// A number and whether it is a loose one: "a few".
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Count {
    /// How many.
    pub value: f64,
    /// Whether it is said loosely.
    pub loose: bool,
}

/// Phrases of a few words with what they stand for, by the numbers of their first words; the longest first.
pub struct Phrases<T>(Vec<Vec<Phrase<T>>>);

/// A phrase behind its first word.
pub struct Phrase<T> {
    /// The words that follow.
    pub rest: Vec<Word>,
    /// What it stands for.
    pub value: T,
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Phrases(Vec::new())
    }
}

impl<T: Copy> Phrases<T> {
    fn add(&mut self, phrase: &'static str, value: Option<T>, vocabulary: &mut Vocabulary) {
        let mut words = phrase.split(' ').map(|word| vocabulary.add(word));
        let (Some(first), Some(value)) = (words.next(), value) else { return };
        let first = usize::from(first);
        self.0.resize_with(self.0.len().max(first + 1), Vec::new);
        let own = &mut self.0[first];
        own.push(Phrase { rest: words.collect(), value });
        own.sort_by_key(|phrase| std::cmp::Reverse(phrase.rest.len()));
    }

    /// What a single word stands for.
    pub fn get(&self, word: Word) -> Option<T> {
        self.beginning(word).iter().find(|phrase| phrase.rest.is_empty()).map(|phrase| phrase.value)
    }

    /// The phrases that begin with a word, the longest first.
    pub fn beginning(&self, word: Word) -> &[Phrase<T>] {
        self.0.get(usize::from(word)).map_or(&[], Vec::as_slice)
    }
}

impl Grammar {
    /// The grammar of English.
    pub fn english() -> &'static Grammar {
        static READ: OnceLock<Grammar> = OnceLock::new();
        READ.get_or_init(|| Grammar::read(crate::embedded::english_table("relations.tsv")))
    }

    /// Reads a table; the tests see to it that every line of ours is understood.
    fn read(table: &'static str) -> Grammar {
        let mut grammar = Grammar::default();
        let lines = table.lines().filter(|line| !line.starts_with('#'));
        for (sort, rest) in lines.filter_map(|line| line.split_once('\t')) {
            let (phrase, value) = rest.split_once('\t').unwrap_or((rest, ""));
            grammar.add(sort, phrase, value);
        }
        grammar.patterns.sort();
        grammar.note_beginnings();
        grammar
    }

    /// Adds a line of the table.
    fn add(&mut self, sort: &str, phrase: &'static str, value: &'static str) {
        let words = &mut self.vocabulary;
        let number = value.trim_end_matches('~').parse().ok();
        match sort {
            "direction" => self.directions.add(phrase, number, words),
            "side" => self.sides.add(phrase, number, words),
            "number" => {
                let count = number.map(|number| Count { value: number, loose: value.ends_with('~') });
                self.numbers.add(phrase, count, words);
            }
            "unit" => self.units.add(phrase, number, words),
            "time" => self.times.add(phrase, number, words),
            "travel" => self.travels.add(phrase, number, words),
            "untold" => self.untold = number.unwrap_or_default(),
            "about" => self.about.add(phrase, Some(()), words),
            "kind" => self.kinds.add(phrase, Some(()), words),
            "capital" => self.capitals.add(phrase, Some(()), words),
            "epithet" => self.epithets.add(phrase, Some(()), words),
            "not-adjective" => self.not_adjective.add(phrase, Some(()), words),
            "not-between" => self.not_between.add(phrase, Some(()), words),
            "lead" => self.leads.add(phrase, Some(()), words),
            "pattern" => self.patterns.add(phrase, value, words),
            _ => {}
        }
    }

    /// Whether a pattern may begin with this word, by itself or as the first of a quantity, a direction or a side.
    pub fn begins(&self, word: Word) -> bool {
        self.begins.get(usize::from(word)) == Some(&true)
    }

    /// Notes which words a pattern may begin with.
    fn note_beginnings(&mut self) {
        let may_begin = |word: Word| {
            self.patterns.begin_with(word)
                || !self.directions.beginning(word).is_empty()
                || !self.sides.beginning(word).is_empty()
                || !self.numbers.beginning(word).is_empty()
                || !self.about.beginning(word).is_empty()
        };
        self.begins = (0..=self.vocabulary.0.len()).map(|word| may_begin(word as Word)).collect();
    }

    /// The number of a folded word, [`OTHER`] if the grammar does not have it.
    pub fn number(&self, word: &str) -> Word {
        self.vocabulary.0.get(word).copied().unwrap_or(OTHER)
    }
}

#[cfg(test)]
mod tests {
    use super::Grammar;
    use crate::relation::shape::Shape;

    #[test]
    fn every_line_of_the_table_is_understood() {
        let table = crate::embedded::english_table("relations.tsv");
        for line in table.lines().skip(1).filter(|line| !line.starts_with('#')) {
            let fields: Vec<_> = line.split('\t').collect();
            let [sort, phrase, value] = fields[..] else { panic!("{line}: three columns") };
            match sort {
                "direction" | "side" | "unit" | "time" | "travel" | "untold" => {
                    assert!(value.parse::<f64>().is_ok(), "{line}")
                }
                "number" => assert!(value.trim_end_matches('~').parse::<f64>().is_ok(), "{line}"),
                "about" | "kind" | "capital" | "epithet" | "not-adjective" | "not-between" | "lead" => {
                    assert_eq!(crate::text::fold(phrase), phrase, "{line}")
                }
                "pattern" => {
                    let shape = value.split_once(" -> ").map(|(_, shape)| shape).unwrap_or_default();
                    assert!(Shape::named(shape).is_some(), "{line}: {shape}");
                    let balanced = value.matches('(').count() == value.matches(')').count();
                    assert!(balanced, "{line}");
                }
                _ => panic!("{line}: {sort}"),
            }
        }
        let grammar = Grammar::english();
        assert_eq!(grammar.directions.get(grammar.number("northwest")), Some(315.0));
    }
}
