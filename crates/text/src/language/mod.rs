//! Language packs: the tables of a folder of `data/languages/`, parsed.
//!
//! A pack comes as the texts of its files, so that this crate reads no data of its own. The build script of
//! `toponym-languages` reads every pack through [`Languages::read`], so that a mistake in a table ends the build with file
//! and line.

mod about;
mod case_endings;
mod classifier;
pub mod containers;
mod coordinates;
mod country;
mod dates;
mod declined_demonyms;
mod endings;
pub mod generic_types;
mod identification;
mod list;
mod phrase_roles;
mod phrases;
pub mod relations;
mod roles_of_words;
mod short_words;
mod varieties;
mod word_pairs;

pub use about::About;
pub use case_endings::CaseEndings;
pub use classifier::{Classifier, Scores, parts_of_word};
pub use containers::ContainerCues;
pub use coordinates::CoordinateWords;
pub use country::{CountryCode, country_code};
pub use dates::DateWords;
pub use declined_demonyms::{DeclinedDemonyms, Demonym};
pub use endings::Endings;
pub use generic_types::{FeatureTypes, GenericTypes};
pub use identification::{Identification, Script};
pub use list::WordList;
pub use phrase_roles::{BearerRole, BoilerplateRole, FunctionRole, RoadRole};
pub use phrases::{PhraseRole, PhraseTable};
pub use relations::RelationGrammar;
pub use roles_of_words::compile_words;
pub use short_words::ShortWords;
pub use varieties::{Varieties, VarietyPhrase};
pub use word_pairs::WordPairs;

use crate::lexicon::{Lexicon, Roles};
use crate::table::{Line as TableLine, Table, TableError};
use std::path::PathBuf;
use std::sync::OnceLock;

/// The files of a language pack.
#[derive(Clone, Copy)]
pub struct PackFiles {
    /// BCP 47 tag of the language, which is also the folder's name.
    pub tag: &'static str,
    /// Path in the folder and text of each table.
    pub files: &'static [(&'static str, &'static str)],
    /// The words of `words/` with their roles, as [`crate::lexicon::compile`] writes them.
    pub lexicon: &'static [u8],
}

impl PackFiles {
    /// The text of a table by its path in the folder, such as `words/context.tsv`.
    pub fn file(&self, path: &str) -> Option<&'static str> {
        self.files.iter().find(|(known, _)| *known == path).map(|(_, text)| *text)
    }

    /// Where a table lies, for messages.
    pub fn path(&self, file: &str) -> PathBuf {
        PathBuf::from("data/languages").join(self.tag).join(file)
    }

    /// A table with these columns, in any order and among others; `None` if the pack lacks it.
    ///
    /// # Errors
    /// When a column is missing.
    pub fn table(&self, file: &str, columns: &[&str]) -> Result<Option<Table>, TableError> {
        let Some(text) = self.file(file) else { return Ok(None) };
        Table::new(&self.path(file), text.into(), columns).map(Some)
    }

    /// Hands each line of a table with these columns, in any order and among others, to `read`; none if the pack lacks the table.
    ///
    /// # Errors
    /// When a column is missing or a line has another number of columns than the header, and what `read` returns.
    pub fn each_line(
        &self,
        file: &str,
        columns: &[&str],
        mut read: impl FnMut(&TableLine<'_>) -> Result<(), TableError>,
    ) -> Result<(), TableError> {
        let Some(mut table) = self.table(file, columns)? else { return Ok(()) };
        while let Some(line) = table.next_line() {
            read(&line?)?;
        }
        Ok(())
    }
}

/// A language as the geoparser reads it.
pub struct Language {
    files: PackFiles,
    lexicon: Lexicon<&'static [u8]>,
    /// What the language is.
    pub about: About,
    /// Words whose full stop does not end a sentence, as written.
    pub abbreviations: WordList,
    /// Endings that are written behind an apostrophe, folded: the "nın" of "Bursa'nın".
    pub apostrophe_endings: WordList,
    /// How names bend: endings that are undone to look a name up.
    pub case_endings: CaseEndings,
    /// Folded words that are written with an apostrophe before the next word: the "l" of "l'Angleterre".
    pub elisions: WordList,
    /// What makes of a place its people, as it is written behind the name in scripts without spaces; words that begin alike and do not have
    /// a "!" before them.
    pub demonym_endings: WordList,
    /// Words that hold the article of the name behind them, each with that article: the "au" of "au Mans" with "le".
    pub contractions: WordPairs,
    /// The words of dates.
    pub dates: DateWords,
    /// Endings of words.
    pub endings: Endings,
    /// Folded words that the search for what governs a name passes over: "and", "the".
    pub passed_words: WordList,
    /// Folded articles that names keep, in the script of the language and romanised: the "al" of "Deir al-Balah".
    pub articles: WordList,
    /// The phrases of a web page's boilerplate.
    pub boilerplate: PhraseTable<BoilerplateRole>,
    /// Words that say of a name beside them who or what bears it.
    pub bearers: PhraseTable<BearerRole>,
    /// Words that link other words.
    pub function_words: PhraseTable<FunctionRole>,
    /// Endings of plurals, folded: the "s" of "counties".
    pub plural_endings: WordList,
    /// Folded words that are written in one with the word behind them: the "and" of `وحلب`.
    pub proclitics: WordList,
    /// The words of the names of numbered roads.
    pub roads: PhraseTable<RoadRole>,
    /// Words of names that are written in full and short: "saint" and "st".
    pub word_forms: WordPairs,
    /// The common nouns of place names.
    pub generic_types: GenericTypes,
    /// Words that names are written short with, and words that they stand for.
    pub short_words: ShortWords,
    /// Words of hosts of newspapers beside the names of their towns: "tribune".
    pub outlet_words: WordList,
    /// What stands between two names and says that one place contains the other.
    pub containers: ContainerCues,
    /// Words in and around coordinates.
    pub coordinates: CoordinateWords,
    /// The grammar of relative places, such as "north of"; `None` for a language that has none yet.
    pub relations: Option<RelationGrammar>,
    /// Read when they are first asked for, since most runs read few languages.
    demonyms: OnceLock<DeclinedDemonyms>,
    varieties: OnceLock<Varieties>,
}

impl Language {
    /// Parses a pack.
    ///
    /// # Errors
    /// At the first line of a table that does not hold what it should.
    pub fn read(files: PackFiles) -> Result<Self, TableError> {
        let error =
            |_| TableError::Line { path: files.path("words"), line: 0, reason: "is no compiled lexicon".into() };
        Ok(Language {
            files,
            lexicon: Lexicon::open(files.lexicon).map_err(error)?,
            about: About::read(&files)?,
            abbreviations: WordList::read(&files, "words/abbreviations.txt"),
            apostrophe_endings: WordList::read(&files, "apostrophe-endings.txt"),
            articles: WordList::read(&files, "articles.txt"),
            boilerplate: PhraseTable::read(&files, "boilerplate.tsv")?,
            case_endings: CaseEndings::read(&files)?,
            contractions: WordPairs::read(&files, "contractions.tsv", ["word", "article"])?,
            dates: DateWords::read(&files)?,
            elisions: WordList::read(&files, "elisions.txt"),
            endings: Endings::read(&files)?,
            passed_words: WordList::read(&files, "passed-words.txt"),
            bearers: PhraseTable::read(&files, "bearers.tsv")?,
            function_words: PhraseTable::read(&files, "function-words.tsv")?,
            plural_endings: WordList::read(&files, "plural-endings.txt"),
            demonym_endings: WordList::read(&files, "demonym-endings.txt"),
            proclitics: WordList::read(&files, "proclitics.txt"),
            roads: PhraseTable::read(&files, "roads.tsv")?,
            word_forms: WordPairs::read(&files, "word-forms.tsv", ["long", "short"])?,
            generic_types: GenericTypes::read(&files)?,
            short_words: ShortWords::read(&files)?,
            outlet_words: WordList::read(&files, "outlet-words.txt"),
            containers: ContainerCues::read(&files)?,
            coordinates: CoordinateWords::read(&files)?,
            relations: RelationGrammar::read(&files)?,
            demonyms: OnceLock::new(),
            varieties: OnceLock::new(),
        })
    }

    /// BCP 47 tag.
    pub fn tag(&self) -> &'static str {
        self.files.tag
    }

    /// The words and phrases with their roles.
    pub fn lexicon(&self) -> &Lexicon<&'static [u8]> {
        &self.lexicon
    }

    /// Adjectives and peoples, where they are words of the language rather than names of the gazetteer. The build has read the tables before.
    pub fn demonyms(&self) -> &DeclinedDemonyms {
        self.demonyms.get_or_init(|| DeclinedDemonyms::read(&self.files).unwrap_or_default())
    }

    /// What tells in which country a text was written. The build has read the tables before.
    pub fn varieties(&self) -> &Varieties {
        self.varieties.get_or_init(|| Varieties::read(&self.files).unwrap_or_default())
    }

    /// The roles of a folded phrase; none for an unknown one.
    pub fn roles(&self, folded: &str) -> Roles {
        self.lexicon.roles(folded)
    }

    /// The text of a table by its path in the pack's folder.
    pub fn file(&self, path: &str) -> Option<&'static str> {
        self.files.file(path)
    }

    /// Whether the pack holds words with roles, so that texts of the language can be read by it.
    fn has_words(&self) -> bool {
        self.files.files.iter().any(|(path, _)| path.starts_with("words/"))
    }
}

/// The tag of the language that others fall back on, and whose pack has every table.
pub const DEFAULT_LANGUAGE: &str = "en";

/// All language packs.
pub struct Languages {
    packs: Vec<Language>,
    default: usize,
}

impl Languages {
    /// Parses packs.
    ///
    /// # Errors
    /// At the first line of a table that does not hold what it should, or if there is no pack of [`DEFAULT_LANGUAGE`].
    pub fn read(packs: impl IntoIterator<Item = PackFiles>) -> Result<Self, TableError> {
        let packs = packs.into_iter().map(Language::read).collect::<Result<Vec<_>, _>>()?;
        let default = packs.iter().position(|pack| pack.tag() == DEFAULT_LANGUAGE).ok_or_else(|| TableError::Line {
            path: PathBuf::from("data/languages"),
            line: 0,
            reason: format!("there is no pack {DEFAULT_LANGUAGE}"),
        })?;
        Ok(Languages { packs, default })
    }

    /// The packs, by their tags.
    pub fn packs(&self) -> &[Language] {
        &self.packs
    }

    /// The language that others fall back on.
    pub fn default_language(&self) -> &Language {
        &self.packs[self.default]
    }

    /// Whether the stop behind a word belongs to it in some language: "Gen.", and in capitals "GEN.". Sentences are cut before the
    /// language of a text is known.
    pub fn is_abbreviation(&self, word: &str) -> bool {
        let capitals = word.bytes().all(|byte| byte.is_ascii_uppercase());
        let is = |known: &str| known == word || capitals && known.eq_ignore_ascii_case(word);
        self.packs.iter().flat_map(|pack| pack.abbreviations.iter()).any(is)
    }

    /// The other form of a folded word of names that some language writes in full and short.
    pub fn other_word_form(&self, folded: &str) -> Option<&str> {
        self.packs.iter().find_map(|pack| pack.word_forms.other(folded))
    }

    /// Whether a folded word is an article that names of some language keep: names are also quoted in texts of other languages.
    pub fn is_article(&self, folded: &str) -> bool {
        self.packs.iter().any(|pack| pack.articles.contains(folded))
    }

    /// What stands behind each proclitic of some language that a folded word begins with, with the proclitic.
    pub fn behind_proclitics<'t>(&self, folded: &'t str) -> impl Iterator<Item = (&'static str, &'t str)> {
        self.packs.iter().flat_map(move |pack| pack.proclitics.behind(folded))
    }

    /// The pack of a language, given its BCP 47 tag, of which only the primary subtag counts; `None` if there is no such pack.
    pub fn pack(&self, tag: &str) -> Option<&Language> {
        self.packs.iter().find(|pack| pack.tag() == primary_subtag(tag))
    }

    /// The pack by which texts of a language are read, given its BCP 47 tag: its own if that has words, else the default.
    pub fn for_tag(&self, tag: &str) -> &Language {
        self.pack(tag).filter(|pack| pack.has_words()).unwrap_or(self.default_language())
    }
}

/// The language of a BCP 47 tag, without script, region and variants, in small letters: "en" of "en-GB".
pub fn primary_subtag(tag: &str) -> String {
    tag.split(['-', '_']).next().unwrap_or("").to_lowercase()
}

#[cfg(test)]
impl Languages {
    /// The default language with some tables and no words that have roles.
    pub(crate) fn with_tables(files: &[(&'static str, &'static str)]) -> Self {
        Self::try_with_tables(files).unwrap_or_else(|error| panic!("{error}"))
    }

    pub(crate) fn try_with_tables(files: &[(&'static str, &'static str)]) -> Result<Self, TableError> {
        let about = "tag = 'en'\nname = 'English'\nscript = 'Latn'\ncapitals = true\nspaces = true\ncountries = []";
        let files = [files, &[(About::FILE, about)]].concat();
        let lexicon = crate::lexicon::compile(&std::collections::BTreeMap::new()).expect("no phrases").leak();
        let pack = PackFiles { tag: DEFAULT_LANGUAGE, files: files.leak(), lexicon };
        Languages::read([pack])
    }
}

#[cfg(test)]
mod tests {
    use super::Languages;

    #[test]
    fn stops_abbreviate_as_written_or_in_capitals() {
        let languages = Languages::with_tables(&[("words/abbreviations.txt", "# titles\nGen\nSt\n")]);
        for (word, is) in [("Gen", true), ("GEN", true), ("gen", false), ("# titles", false), ("Aleppo", false)] {
            assert_eq!(languages.is_abbreviation(word), is, "{word}");
        }
    }

    #[test]
    fn languages_without_words_are_read_by_the_default() {
        let languages = Languages::with_tables(&[]);
        assert_eq!(languages.for_tag("xx").tag(), "en");
    }

    #[test]
    fn a_pack_serves_the_regions_of_its_language() {
        let languages = Languages::with_tables(&[("words/abbreviations.txt", "Gen")]);
        for tag in ["en", "en-GB", "EN_us", ""] {
            assert_eq!(languages.for_tag(tag).tag(), "en", "{tag}");
        }
    }
}
