//! The words that the search for what governs a name passes over: the table `metonymy.tsv` of a language pack.

use crate::embedded::english_table;
use crate::text::table::{Table, TableError};
use std::path::Path;
use std::sync::OnceLock;

/// The table's path in the language pack.
const PATH: &str = "metonymy.tsv";

/// Whether a folded word is passed over: what joins names, and what stands between a name and what governs it.
pub fn is_passed(folded: &str) -> bool {
    static READ: OnceLock<Vec<String>> = OnceLock::new();
    let words = READ.get_or_init(|| {
        read(english_table(PATH)).unwrap_or_else(|error| unreachable!("a test reads the same table: {error}"))
    });
    words.iter().any(|word| word == folded)
}

/// Reads a table with the columns `use` and `word`.
fn read(text: &str) -> Result<Vec<String>, TableError> {
    let mut table = Table::new(Path::new(PATH), text.as_bytes().to_vec(), &["use", "word"])?;
    let mut words = Vec::new();
    while let Some(line) = table.next_line() {
        let line = line?;
        match line.get("use") {
            "passed" => words.push(line.get("word").to_owned()),
            other => return Err(line.error(format!("{other:?} is not `passed`"))),
        }
    }
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::{english_table, is_passed, read};

    #[test]
    fn the_table_of_english_is_sound() {
        let words = read(english_table("metonymy.tsv")).unwrap_or_else(|error| panic!("{error}"));
        assert!(words.iter().all(|word| crate::text::fold(word) == *word && is_passed(word)), "{words:?}");
        assert!(!is_passed("denied"));
    }

    #[test]
    fn mistakes_are_named_with_file_and_line() {
        let error = read("use\tword\npast\tand\n").err().map(|error| error.to_string());
        assert!(error.as_ref().is_some_and(|error| error.starts_with("metonymy.tsv:2: \"past\"")), "{error:?}");
    }
}
