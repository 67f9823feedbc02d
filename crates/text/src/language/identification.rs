//! What the language of a text is identified by: scripts, and for scripts of several languages a classifier of words.

use super::classifier::{Classifier, classifiers};
use crate::table::{Line, Table, TableError};
use std::ops::RangeInclusive;
use std::path::Path;

/// What the language of a text is identified by.
#[derive(Clone, Debug)]
pub struct Identification {
    classifiers: Vec<Classifier>,
    scripts: Vec<Script>,
}

/// A script other than Latin.
#[derive(Clone, Debug)]
pub struct Script {
    /// ISO 15924 code.
    pub code: String,
    letters: RangeInclusive<char>,
    /// BCP 47 tag of the language that texts in this script are in, if it is mostly one.
    pub language: Option<String>,
    /// Index of the script that the language of this one is written in too: Chinese characters, for kana.
    pub mixed_with: Option<usize>,
    /// Language codes of all that write it.
    languages: Vec<String>,
}

/// The letters of Latin script, with those that its languages add.
const LATIN: RangeInclusive<char> = 'A'..='\u{24f}';

impl Identification {
    /// Reads `identification.bin`, the classifiers, and `scripts.tsv` (columns `script`, `first` and `last`, which are hexadecimal code
    /// points, `language`, `mixed_with`, a script further up, and `languages`).
    ///
    /// # Errors
    /// At the first byte or line that does not hold this.
    pub fn read(classifier_file: &'static [u8], scripts: &str) -> Result<Self, TableError> {
        let path = Path::new("data/languages");
        let classifiers = classifiers(classifier_file)
            .map_err(|source| TableError::Read { path: path.join("identification.bin"), source })?;
        let mut own = Identification { classifiers, scripts: Vec::new() };
        let columns = ["script", "first", "last", "language", "mixed_with", "languages"];
        let mut table = Table::new(&path.join("scripts.tsv"), scripts.into(), &columns)?;
        while let Some(line) = table.next_line() {
            own.add_script(&line?)?;
        }
        Ok(own)
    }

    fn add_script(&mut self, line: &Line<'_>) -> Result<(), TableError> {
        let letter = |column: &str| {
            let letter = u32::from_str_radix(line.get(column), 16).ok().and_then(char::from_u32);
            letter.ok_or_else(|| line.error(format!("{column} is {:?}, not a code point", line.get(column))))
        };
        let text = |column: &str| Some(line.get(column)).filter(|text| !text.is_empty()).map(str::to_owned);
        let at = |code: &str| self.scripts.iter().position(|script| script.code == code);
        let code = text("script").filter(|code| at(code).is_none());
        let code = code.ok_or_else(|| line.error("the script is missing or stands twice".into()))?;
        let mixed_with = match text("mixed_with") {
            Some(other) => Some(at(&other).ok_or_else(|| line.error(format!("there is no script {other:?} above")))?),
            None => None,
        };
        let letters = letter("first")?..=letter("last")?;
        let languages = line.get("languages").split_whitespace().map(str::to_owned).collect();
        self.scripts.push(Script { code, letters, language: text("language"), mixed_with, languages });
        Ok(())
    }

    /// The classifier of the words in a script (ISO 15924 code), if it tells languages apart in it.
    pub fn classifier(&self, script: &str) -> Option<&Classifier> {
        self.classifiers.iter().find(|classifier| classifier.script() == script)
    }

    /// BCP 47 tags of the languages that are told apart by their words.
    pub fn languages(&self) -> impl Iterator<Item = &str> {
        self.classifiers.iter().flat_map(Classifier::languages).map(String::as_str)
    }

    /// The scripts.
    pub fn scripts(&self) -> &[Script] {
        &self.scripts
    }

    /// Index of the script of a letter in [`Identification::scripts`]; `None` for Latin and scripts that are not listed.
    pub fn script_of(&self, letter: char) -> Option<usize> {
        if LATIN.contains(&letter) {
            return None;
        }
        self.scripts.iter().position(|script| script.letters.contains(&letter))
    }

    /// Whether a letter is one of the script of a language (ISO 639 code): Latin, for a language that no script names.
    pub fn writes(&self, language: &str, letter: char) -> bool {
        match self.script_of(letter) {
            Some(script) => self.scripts[script].is_of(language),
            None => LATIN.contains(&letter) && !self.scripts.iter().any(|script| script.is_of(language)),
        }
    }
}

impl Script {
    fn is_of(&self, language: &str) -> bool {
        self.languages.iter().any(|known| known == language)
    }
}

#[cfg(test)]
mod tests {
    use super::Identification;

    const SCRIPTS: &str = "script\tfirst\tlast\tlanguage\tmixed_with\tlanguages\nHani\t4e00\t9fff\tzh\t\tzh ja\nKana\t3040\t30ff\tja\tHani\tja\n";

    #[test]
    fn scripts_are_found_by_their_letters() {
        let tables = Identification::read(&[], SCRIPTS).expect("sound");
        assert_eq!((tables.script_of('東'), tables.script_of('ア'), tables.script_of('a')), (Some(0), Some(1), None));
        assert_eq!(tables.scripts()[1].mixed_with, Some(0));
    }

    #[test]
    fn languages_write_the_letters_of_their_scripts() {
        let tables = Identification::read(&[], SCRIPTS).expect("sound");
        assert!(tables.writes("ja", '東') && tables.writes("ja", 'ア') && tables.writes("fr", 'é'));
        assert!(!tables.writes("zh", 'ア') && !tables.writes("zh", 'a') && !tables.writes("fr", '東'));
    }

    #[test]
    fn a_wrong_line_is_an_error_with_file_and_line() {
        for (scripts, reason) in [
            (
                "script\tfirst\tlast\tlanguage\tmixed_with\tlanguages\nHani\t4e00\tx\tzh\t\tzh\n",
                "scripts.tsv:2: last is \"x\"",
            ),
            (
                "script\tfirst\tlast\tlanguage\tmixed_with\tlanguages\nKana\t3040\t30ff\tja\tHani\tja\n",
                "no script \"Hani\"",
            ),
        ] {
            let error = Identification::read(&[], scripts).expect_err("wrong").to_string();
            assert!(error.contains(reason), "{error}");
        }
    }
}
