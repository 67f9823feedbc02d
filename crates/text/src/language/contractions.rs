//! Words that hold the article of the name behind them: `contractions.tsv`.

use super::PackFiles;
use crate::fold;
use crate::table::TableError;

/// Folded words, each with the article that the name behind it begins with: the "le" of Le Mans in "au Mans".
#[derive(Clone, Debug, Default)]
pub struct Contractions(Vec<(String, String)>);

impl Contractions {
    /// Reads `contractions.tsv` with the columns `word` and `article`. Empty if the pack lacks the table.
    ///
    /// # Errors
    /// At the first line whose words are empty or not folded.
    pub fn read(files: &PackFiles) -> Result<Self, TableError> {
        let mut contractions = Vec::new();
        files.each_line("contractions.tsv", &["word", "article"], |line| {
            let (word, article) = (line.get("word"), line.get("article"));
            if let Some(word) = [word, article].into_iter().find(|word| word.is_empty() || fold(word) != **word) {
                return Err(line.error(format!("{word:?} is not a folded word; folded it is {:?}", fold(word))));
            }
            contractions.push((word.to_owned(), article.to_owned()));
            Ok(())
        })?;
        Ok(Contractions(contractions))
    }

    /// The article in a folded word.
    pub fn article(&self, word: &str) -> Option<&str> {
        self.0.iter().find_map(|(contraction, article)| (contraction == word).then_some(article.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use crate::language::Languages;

    #[test]
    fn a_contraction_holds_an_article() {
        let languages = Languages::with_tables(&[("contractions.tsv", "word\tarticle\nau\tle\n")]);
        let article = |word| languages.default_language().contractions.article(word);
        assert_eq!((article("au"), article("a")), (Some("le"), None));
        let unfolded = Languages::try_with_tables(&[("contractions.tsv", "word\tarticle\nÀu\tle\n")]);
        assert!(unfolded.err().is_some_and(|error| error.to_string().contains("contractions.tsv:2: \"Àu\"")));
    }
}
