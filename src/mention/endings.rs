//! Endings of words of a language: the table `endings.tsv` of its pack.

use crate::embedded::english_table;
use crate::text::table::{Table, TableError};
use std::path::Path;
use std::sync::OnceLock;

/// Endings of words of a language, each list in the order of the table.
#[derive(Debug, Default)]
pub struct Endings {
    /// Endings of forms of verbs and nouns, with the numbers that they have in features, 1 to 7.
    pub forms: Vec<(String, u32)>,
    /// Endings of adverbs.
    pub adverbs: Vec<String>,
    /// Endings that are cut off to get a stem.
    pub stems: Vec<String>,
    /// Endings of the plurals of adjectives and peoples.
    pub plurals: Vec<String>,
    /// Words that annotated corpora have as tokens of their own, but that are written together with the word before.
    pub clitics: Vec<String>,
}

/// The table's path in the language pack.
const PATH: &str = "endings.tsv";

impl Endings {
    /// The endings of English.
    pub fn english() -> &'static Self {
        static READ: OnceLock<Endings> = OnceLock::new();
        READ.get_or_init(|| {
            Endings::read(english_table(PATH))
                .unwrap_or_else(|error| unreachable!("a test reads the same table: {error}"))
        })
    }

    /// Reads a table with the columns `use`, `ending` and `number`.
    fn read(text: &str) -> Result<Self, TableError> {
        let mut table = Table::new(Path::new(PATH), text.as_bytes().to_vec(), &["use", "ending", "number"])?;
        let mut endings = Endings::default();
        while let Some(line) = table.next_line() {
            let line = line?;
            let ending = line.get("ending").to_owned();
            match line.get("use") {
                // The number has three bits of a feature.
                "form" => endings.forms.push((ending, line.number("number", 1.0..=7.0)? as u32)),
                "adverb" => endings.adverbs.push(ending),
                "stem" => endings.stems.push(ending),
                "plural" => endings.plurals.push(ending),
                "clitic" => endings.clitics.push(ending),
                other => {
                    let reason = format!("{other:?} is not one of form, adverb, stem, plural, clitic");
                    return Err(line.error(reason));
                }
            }
        }
        Ok(endings)
    }
}

#[cfg(test)]
mod tests {
    use super::{Endings, english_table};

    #[test]
    fn the_table_of_english_is_sound() {
        let endings = Endings::read(english_table("endings.tsv")).unwrap_or_else(|error| panic!("{error}"));
        assert!(!endings.forms.is_empty() && !endings.stems.is_empty() && !endings.plurals.is_empty());
    }

    #[test]
    fn mistakes_are_named_with_file_and_line() {
        for (row, message) in
            [("verb\ted\t", "endings.tsv:2: \"verb\" is not one of"), ("form\ted\t9", "endings.tsv:2: number is \"9\"")]
        {
            let error = Endings::read(&format!("use\tending\tnumber\n{row}\n")).err().map(|error| error.to_string());
            assert!(error.as_ref().is_some_and(|error| error.starts_with(message)), "{error:?}");
        }
    }
}
