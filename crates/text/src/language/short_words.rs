//! Words of names that are written short: "Ft. Worth", "N. Carolina".

use super::PackFiles;
use crate::fold;
use crate::table::TableError;
use std::collections::HashMap;

/// Short words with the words that they may stand for.
#[derive(Clone, Debug, Default)]
pub struct ShortWords(HashMap<String, Vec<String>>);

impl ShortWords {
    /// The short words of a pack; none if it lacks the table.
    ///
    /// # Errors
    /// At the first line whose words are not folded, or that has no word to stand for.
    pub fn read(files: &PackFiles) -> Result<Self, TableError> {
        let mut words = HashMap::new();
        files.each_line("short-words.tsv", &["short", "long"], |line| {
            let short = line.get("short");
            let long: Vec<String> = line.list("long").map(str::to_owned).collect();
            if let Some(word) = long.iter().map(String::as_str).chain([short]).find(|word| fold(word) != **word) {
                return Err(line.error(format!("{word:?} is not folded; write {:?}", fold(word))));
            }
            if short.is_empty() || long.is_empty() {
                return Err(line.error("a short word needs a word that it stands for".to_owned()));
            }
            words.insert(short.to_owned(), long);
            Ok(())
        })?;
        Ok(ShortWords(words))
    }

    /// The words, folded, that a folded word may stand for.
    pub fn long(&self, short: &str) -> &[String] {
        self.0.get(short).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::ShortWords;
    use crate::language::PackFiles;

    #[test]
    fn short_words_have_long_ones() {
        let read = |text: &'static str| {
            let files: &[_] = vec![("short-words.tsv", text)].leak();
            ShortWords::read(&PackFiles { tag: "xx", files, lexicon: &[] }).map_err(|error| error.to_string())
        };
        let words = read("short\tlong\npt\tpoint|port\n").expect("a sound table");
        assert_eq!((words.long("pt"), words.long("aleppo").len()), (&["point".to_owned(), "port".to_owned()][..], 0));
        assert!(read("short\tlong\npt\tPoint\n").is_err_and(|error| error.contains("short-words.tsv:2: \"Point\"")));
        assert!(read("short\tlong\npt\t\n").is_err());
    }
}
