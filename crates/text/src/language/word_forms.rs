//! Words of names that have a full and a short form: `word-forms.tsv`.

use super::PackFiles;
use crate::fold;
use crate::table::TableError;

/// Pairs of folded words, long and short.
#[derive(Clone, Debug, Default)]
pub struct WordForms(Vec<(String, String)>);

impl WordForms {
    /// Reads `word-forms.tsv` with the columns `long` and `short`. Empty if the pack lacks the table.
    ///
    /// # Errors
    /// At the first line whose words are empty or not folded.
    pub fn read(files: &PackFiles) -> Result<Self, TableError> {
        let mut forms = Vec::new();
        files.each_line("word-forms.tsv", &["long", "short"], |line| {
            let (long, short) = (line.get("long"), line.get("short"));
            if let Some(word) = [long, short].into_iter().find(|word| word.is_empty() || fold(word) != **word) {
                return Err(line.error(format!("{word:?} is not a folded word; folded it is {:?}", fold(word))));
            }
            forms.push((long.to_owned(), short.to_owned()));
            Ok(())
        })?;
        Ok(WordForms(forms))
    }

    /// The other form of a folded word, if it has two.
    pub fn other(&self, word: &str) -> Option<&str> {
        self.0.iter().find_map(|(long, short)| match word {
            _ if word == long => Some(short.as_str()),
            _ if word == short => Some(long.as_str()),
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
}
