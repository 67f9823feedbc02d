//! The words of a grammar as numbers, and its phrases.

use crate::hash::{KeyMap, hash};

/// A word of a grammar by its number: numbers are quicker to compare than words.
pub type Word = u16;

/// Stands for every word that the grammar lacks.
pub const OTHER: Word = 0;

/// Stands for the mark of the genitive, which tables write `'s`.
pub const POSSESSIVE: Word = 1;

/// How tables write the mark of the genitive.
pub(super) const POSSESSIVE_MARK: &str = "'s";

/// The words of a grammar, numbered behind [`POSSESSIVE`].
#[derive(Default)]
pub(super) struct Vocabulary(KeyMap<Word>);

impl Vocabulary {
    /// The number of a folded word of a table, a new one if it has none yet.
    pub(super) fn add(&mut self, word: &str) -> Word {
        if word == POSSESSIVE_MARK {
            return POSSESSIVE;
        }
        let next = self.len() as Word;
        *self.0.entry(hash(word)).or_insert(next)
    }

    /// The number of the word with this [`crate::key`]; [`OTHER`] if the grammar lacks it.
    pub(super) fn number(&self, key: u64) -> Word {
        self.0.get(&key).copied().unwrap_or(OTHER)
    }

    /// One more than the greatest number.
    pub(super) fn len(&self) -> usize {
        usize::from(POSSESSIVE) + 1 + self.0.len()
    }
}

/// Phrases of a few words, each with a value, by the numbers of their first words; the longest come first.
pub struct Phrases<T>(Vec<Vec<Phrase<T>>>);

/// A phrase without its first word.
pub struct Phrase<T> {
    /// The words after the first.
    pub rest: Vec<Word>,
    /// What the phrase stands for.
    pub value: T,
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Phrases(Vec::new())
    }
}

impl<T: Copy> Phrases<T> {
    pub(super) fn add(&mut self, phrase: &str, value: T, vocabulary: &mut Vocabulary) {
        let mut words = phrase.split(' ').map(|word| usize::from(vocabulary.add(word)));
        let first = words.next().unwrap_or_default();
        let rest = words.map(|word| word as Word).collect();
        self.0.resize_with(self.0.len().max(first + 1), Vec::new);
        let own = &mut self.0[first];
        own.push(Phrase { rest, value });
        own.sort_by_key(|phrase| std::cmp::Reverse(phrase.rest.len()));
    }

    /// Whether there is no phrase.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What a single word stands for.
    pub fn get(&self, word: Word) -> Option<T> {
        self.beginning(word).iter().find(|phrase| phrase.rest.is_empty()).map(|phrase| phrase.value)
    }

    /// Whether a single word is one of the phrases.
    pub fn contains(&self, word: Word) -> bool {
        self.get(word).is_some()
    }

    /// The phrases that begin with a word, the longest first.
    pub fn beginning(&self, word: Word) -> &[Phrase<T>] {
        self.0.get(usize::from(word)).map_or(&[], Vec::as_slice)
    }
}
