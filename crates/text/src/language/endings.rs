//! Endings of words: `endings.tsv`.

use super::PackFiles;
use crate::table::TableError;

/// Endings of words of a language, each list in the order of the table.
#[derive(Clone, Debug, Default)]
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

impl Endings {
    /// Reads `endings.tsv` with the columns `use`, `ending` and `number`. Empty if the pack lacks the table.
    ///
    /// # Errors
    /// At the first line whose use is unknown or whose number does not fit it.
    pub fn read(files: &PackFiles) -> Result<Self, TableError> {
        let mut endings = Endings::default();
        files.each_line("endings.tsv", &["use", "ending", "number"], |line| {
            let ending = line.get("ending").to_owned();
            match line.get("use") {
                // The number has three bits of a feature.
                "form" => endings.forms.push((ending, line.number("number", 1.0..=7.0)? as u32)),
                "adverb" => endings.adverbs.push(ending),
                "stem" => endings.stems.push(ending),
                "plural" => endings.plurals.push(ending),
                "clitic" => endings.clitics.push(ending),
                other => return Err(line.error(format!("{other:?} is not one of form, adverb, stem, plural, clitic"))),
            }
            Ok(())
        })?;
        Ok(endings)
    }
}

#[cfg(test)]
mod tests {
    use crate::language::Languages;

    #[test]
    fn mistakes_are_named_with_file_and_line() {
        for (row, message) in [("verb\ted\t", "\"verb\" is not one of"), ("form\ted\t9", "number is \"9\"")] {
            let table = format!("use\tending\tnumber\n{row}\n").leak();
            let error = Languages::try_with_tables(&[("endings.tsv", table)]).err().map(|error| error.to_string());
            let wanted = format!("data/languages/en/endings.tsv:2: {message}");
            assert!(error.as_ref().is_some_and(|error| error.starts_with(&wanted)), "{error:?}");
        }
    }
}
