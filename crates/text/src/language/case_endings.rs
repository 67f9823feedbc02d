//! How names bend: `case-endings.tsv`.

use super::PackFiles;
use crate::fold;
use crate::table::TableError;

/// Endings of bent names, each with the ending of the name as gazetteers have it.
#[derive(Clone, Debug, Default)]
pub struct CaseEndings(Vec<(String, String)>);

/// Letters that a word must keep when an ending is cut off; shorter stems fit too many names. One less is enough where a long ending is put
/// in the place of the other: "Києві", "Київ".
const SHORTEST_STEM: usize = 3;
const SHORTEST_CHANGED: usize = 4;

impl CaseEndings {
    /// Reads `case-endings.tsv` with the columns `bent` and `base`, both folded; either may be empty. Empty if the pack lacks the table.
    ///
    /// # Errors
    /// At the first line whose endings are the same or not folded.
    pub fn read(files: &PackFiles) -> Result<Self, TableError> {
        let mut endings = Vec::new();
        files.each_line("case-endings.tsv", &["bent", "base"], |line| {
            let (bent, base) = (line.get("bent"), line.get("base"));
            if bent == base || fold(bent) != bent || fold(base) != base {
                return Err(line.error(format!("{bent:?} and {base:?} are the same, or not folded")));
            }
            endings.push((bent.to_owned(), base.to_owned()));
            Ok(())
        })?;
        Ok(CaseEndings(endings))
    }

    /// Whether names of the language do not bend.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Calls `each` with every word that may be the base of a bent word, both folded, in the order of the table.
    pub fn bases(&self, word: &str, mut each: impl FnMut(&str)) {
        let mut base = String::new();
        for (bent, ending) in &self.0 {
            let Some(stem) = word.strip_suffix(bent.as_str()) else { continue };
            base.clear();
            base.push_str(stem);
            base.push_str(ending);
            let fits = |word: &str, shortest: usize| word.chars().nth(shortest - 1).is_some();
            if fits(stem, SHORTEST_STEM) || fits(stem, SHORTEST_STEM - 1) && fits(&base, SHORTEST_CHANGED) {
                each(&base);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::language::Languages;

    const TABLE: &str = "bent\tbase\nе\tа\nои\tа\nе\t\n";

    /// The bases of a folded word, in which "й" is "и".
    fn bases(word: &str) -> Vec<String> {
        let languages = Languages::with_tables(&[("case-endings.tsv", TABLE)]);
        let mut all = Vec::new();
        languages.default_language().case_endings.bases(word, |base| all.push(base.to_owned()));
        all
    }

    #[test]
    fn endings_are_undone_in_the_order_of_the_table() {
        assert_eq!(bases("москве"), ["москва", "москв"]);
        assert_eq!(bases("москвои"), ["москва"]);
        assert!(bases("оше").is_empty(), "two letters are no stem");
    }

    #[test]
    fn rows_that_change_nothing_are_refused() {
        let error = Languages::try_with_tables(&[("case-endings.tsv", "bent\tbase\nа\tа\n")]).err();
        assert!(error.is_some_and(|error| error.to_string().contains("case-endings.tsv:2")));
    }
}
