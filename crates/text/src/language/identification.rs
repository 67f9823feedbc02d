//! The tables by which the language of a text is identified: scripts, and the commonest words of languages that share one.

use crate::hash::{KeyMap, key};
use crate::table::{Line, Table, TableError};
use crate::{Words, fold};
use std::ops::RangeInclusive;
use std::path::Path;

/// The tables by which the language of a text is identified.
#[derive(Clone, Debug)]
pub struct Identification {
    languages: Vec<String>,
    /// The languages that have each word among their commonest, a bit each.
    common_words: KeyMap<u64>,
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

/// No more languages fit into the bits of a word.
const MOST_LANGUAGES: usize = 64;

/// The letters of Latin script, with those that its languages add.
const LATIN: RangeInclusive<char> = 'A'..='\u{24f}';

impl Identification {
    /// Reads `common-words.tsv` (columns `language` and `words`, separated by spaces) and `scripts.tsv` (columns `script`,
    /// `first` and `last`, which are hexadecimal code points, `language`, `mixed_with`, a script further up, and `languages`).
    ///
    /// # Errors
    /// At the first line that does not hold this.
    pub fn read(common_words: &str, scripts: &str) -> Result<Self, TableError> {
        let mut own = Identification { languages: Vec::new(), common_words: KeyMap::default(), scripts: Vec::new() };
        each_line("common-words.tsv", common_words, &["language", "words"], |line| own.add_language(line))?;
        let columns = ["script", "first", "last", "language", "mixed_with", "languages"];
        each_line("scripts.tsv", scripts, &columns, |line| own.add_script(line))?;
        Ok(own)
    }

    fn add_language(&mut self, line: &Line<'_>) -> Result<(), TableError> {
        let language = line.get("language");
        if language.is_empty() || self.languages.iter().any(|known| known == language) {
            return Err(line.error(format!("the language {language:?} is empty or stands twice")));
        }
        if self.languages.len() == MOST_LANGUAGES {
            return Err(line.error(format!("there are more than {MOST_LANGUAGES} languages")));
        }
        let bit = 1 << self.languages.len();
        for word in line.get("words").split(' ') {
            let folded = fold(word);
            if folded.is_empty() {
                return Err(line.error(format!("{word:?} is not a word")));
            }
            *self.common_words.entry(key(&folded)).or_default() |= bit;
        }
        self.languages.push(language.to_owned());
        Ok(())
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

    /// BCP 47 tags of the languages with common words.
    pub fn languages(&self) -> &[String] {
        &self.languages
    }

    /// The languages that have the word at a token among their commonest: a bit for each index in
    /// [`Identification::languages`].
    pub fn languages_of_word(&self, words: &Words, at: usize) -> u64 {
        self.common_words.get(&words.key(at)).copied().unwrap_or(0)
    }

    /// The scripts.
    pub fn scripts(&self) -> &[Script] {
        &self.scripts
    }

    /// Index of the script of a letter in [`Identification::scripts`]; `None` for Latin and scripts that are not listed.
    pub fn script_of(&self, letter: char) -> Option<usize> {
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

/// Hands each line of a table of `data/languages/` to `read`.
fn each_line(
    file: &str,
    text: &str,
    columns: &[&str],
    mut read: impl FnMut(&Line<'_>) -> Result<(), TableError>,
) -> Result<(), TableError> {
    let mut table = Table::new(&Path::new("data/languages").join(file), text.into(), columns)?;
    while let Some(line) = table.next_line() {
        read(&line?)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::Identification;

    const WORDS: &str = "language\twords\nen\tthe of\nfr\tété de\n";
    const SCRIPTS: &str = "script\tfirst\tlast\tlanguage\tmixed_with\tlanguages\nHani\t4e00\t9fff\tzh\t\tzh ja\nKana\t3040\t30ff\tja\tHani\tja\n";

    #[test]
    fn scripts_are_found_by_their_letters() {
        let tables = Identification::read(WORDS, SCRIPTS).expect("sound");
        assert_eq!(tables.languages(), ["en", "fr"]);
        assert_eq!((tables.script_of('東'), tables.script_of('ア'), tables.script_of('a')), (Some(0), Some(1), None));
        assert_eq!(tables.scripts()[1].mixed_with, Some(0));
    }

    #[test]
    fn languages_write_the_letters_of_their_scripts() {
        let tables = Identification::read(WORDS, SCRIPTS).expect("sound");
        assert!(tables.writes("ja", '東') && tables.writes("ja", 'ア') && tables.writes("fr", 'é'));
        assert!(!tables.writes("zh", 'ア') && !tables.writes("zh", 'a') && !tables.writes("fr", '東'));
    }

    #[test]
    fn a_wrong_line_is_an_error_with_file_and_line() {
        for (words, scripts, reason) in [
            ("language\twords\nen\tthe\nen\tof\n", SCRIPTS, "common-words.tsv:3: the language \"en\""),
            ("language\twords\nen\tthe  of\n", SCRIPTS, "common-words.tsv:2: \"\" is not a word"),
            (
                WORDS,
                "script\tfirst\tlast\tlanguage\tmixed_with\tlanguages\nHani\t4e00\tx\tzh\t\tzh\n",
                "scripts.tsv:2: last is \"x\"",
            ),
            (
                WORDS,
                "script\tfirst\tlast\tlanguage\tmixed_with\tlanguages\nKana\t3040\t30ff\tja\tHani\tja\n",
                "no script \"Hani\"",
            ),
        ] {
            let error = Identification::read(words, scripts).expect_err("wrong").to_string();
            assert!(error.contains(reason), "{error}");
        }
    }
}
