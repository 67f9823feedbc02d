//! Lists of words, one a line.

use super::PackFiles;

/// Words in the order of their list.
#[derive(Clone, Debug, Default)]
pub struct WordList(Vec<&'static str>);

impl WordList {
    /// The words of a file, one a line; lines that begin with `#` are comments. Empty if the pack lacks the file.
    pub fn read(files: &PackFiles, file: &str) -> Self {
        let lines = files.file(file).unwrap_or_default().lines();
        WordList(lines.filter(|line| !line.starts_with('#') && !line.is_empty()).collect())
    }

    /// The words, in the order of the list.
    pub fn iter(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.0.iter().copied()
    }

    /// Whether it has no word.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What stands behind each word of the list that a text begins with, with that word.
    pub fn behind<'t>(&self, text: &'t str) -> impl Iterator<Item = (&'static str, &'t str)> {
        self.iter().filter_map(move |word| Some((word, text.strip_prefix(word)?)))
    }

    /// Whether a text begins with a word of the list, and with none of those that the list has with a "!" before them.
    pub fn begins(&self, text: &str) -> bool {
        let but = |word: &str| word.strip_prefix('!').is_some_and(|word| text.starts_with(word));
        self.iter().any(|word| text.starts_with(word)) && !self.iter().any(but)
    }

    /// Whether a word is in the list, letter by letter.
    pub fn contains(&self, word: &str) -> bool {
        self.0.contains(&word)
    }
}
