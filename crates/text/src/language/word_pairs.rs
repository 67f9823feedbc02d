//! Tables of pairs of words: `word-forms.tsv`, `contractions.tsv`.

use super::PackFiles;
use crate::fold;
use crate::table::TableError;

/// Pairs of folded words.
#[derive(Clone, Debug, Default)]
pub struct WordPairs(Vec<(String, String)>);

impl WordPairs {
    /// Reads a table with these two columns. Empty if the pack lacks the table.
    ///
    /// # Errors
    /// At the first line whose words are empty or not folded.
    pub fn read(files: &PackFiles, file: &str, columns: [&str; 2]) -> Result<Self, TableError> {
        let mut pairs = Vec::new();
        files.each_line(file, &columns, |line| {
            let [first, second] = columns.map(|column| line.get(column));
            if let Some(word) = [first, second].into_iter().find(|word| word.is_empty() || fold(word) != **word) {
                return Err(line.error(format!("{word:?} is not a folded word; folded it is {:?}", fold(word))));
            }
            pairs.push((first.to_owned(), second.to_owned()));
            Ok(())
        })?;
        Ok(WordPairs(pairs))
    }

    /// The second word of the pair that begins with a folded word.
    pub fn second(&self, word: &str) -> Option<&str> {
        self.0.iter().find_map(|(first, second)| (first == word).then_some(second.as_str()))
    }

    /// The other word of the pair that has a folded word.
    pub fn other(&self, word: &str) -> Option<&str> {
        self.0.iter().find_map(|(first, second)| match word {
            _ if word == first => Some(second.as_str()),
            _ if word == second => Some(first.as_str()),
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::language::Languages;

    #[test]
    fn forms_are_found_both_ways() {
        let languages = Languages::with_tables(&[("word-forms.tsv", "long\tshort\nsaint\tst\n")]);
        let other = |word| languages.other_word_form(word);
        assert_eq!((other("saint"), other("st"), other("aleppo")), (Some("st"), Some("saint"), None));
        let unfolded = Languages::try_with_tables(&[("word-forms.tsv", "long\tshort\nSaint\tst\n")]);
        assert!(unfolded.err().is_some_and(|error| error.to_string().contains("word-forms.tsv:2: \"Saint\"")));
    }

    #[test]
    fn a_contraction_holds_an_article() {
        let languages = Languages::with_tables(&[("contractions.tsv", "word\tarticle\nau\tle\n")]);
        let article = |word| languages.default_language().contractions.second(word);
        assert_eq!((article("au"), article("a")), (Some("le"), None));
        let unfolded = Languages::try_with_tables(&[("contractions.tsv", "word\tarticle\nÀu\tle\n")]);
        assert!(unfolded.err().is_some_and(|error| error.to_string().contains("contractions.tsv:2: \"Àu\"")));
    }
}
