//! Adjectives and peoples in languages that decline them: `declined-demonyms.tsv` and `declensions.tsv`.

use super::PackFiles;
use crate::fold;
use crate::table::TableError;
use std::collections::HashMap;

/// Letters of the shortest stem.
const SHORTEST_STEM: usize = 2;

/// The demonyms of a language, as stems with the endings that each may have.
#[derive(Clone, Debug, Default)]
pub struct DeclinedDemonyms {
    /// By folded stem.
    stems: HashMap<String, Vec<Stem>>,
    declensions: Vec<Declension>,
}

#[derive(Clone, Debug)]
struct Stem {
    place: String,
    /// Whether it is written with a capital wherever it stands.
    capital: bool,
    /// The index of its declension.
    declension: usize,
}

/// The forms of a class of words.
#[derive(Clone, Debug)]
struct Declension {
    class: String,
    /// Whether it is the first half of a compound: the "polsko" of "polsko-ukraiński".
    half: bool,
    /// Folded.
    endings: Vec<String>,
}

/// A demonym that a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Demonym<'l> {
    /// The id of its place.
    pub place: &'l str,
    /// Whether it is written with a capital wherever it stands: "Russe", but "russisch".
    pub capital: bool,
    /// Whether a hyphen must follow: "polsko-".
    pub half: bool,
}

impl DeclinedDemonyms {
    /// Reads `declensions.tsv` (`class`, `kind`, `endings`) and `declined-demonyms.tsv` (`stem`, `class`, `place`, `source`). Endings are
    /// separated by bars, and an empty one is "-". The class `prefix` is that of first halves of compounds. Empty if the pack lacks the tables.
    ///
    /// # Errors
    /// At the first line with a class or a kind that there is not, with too short a stem, or without a place.
    pub fn read(files: &PackFiles) -> Result<Self, TableError> {
        let mut own = DeclinedDemonyms::default();
        files.each_line("declensions.tsv", &["class", "kind", "endings"], |line| {
            let kind = line.get("kind");
            if !["adjective", "people"].contains(&kind) {
                return Err(line.error(format!("{kind:?} is not a kind; the kinds are adjective and people")));
            }
            let endings =
                line.get("endings").split('|').map(|ending| if ending == "-" { String::new() } else { fold(ending) });
            let class = line.get("class").to_owned();
            own.declensions.push(Declension { half: class == PREFIX, class, endings: endings.collect() });
            Ok(())
        })?;
        files.each_line("declined-demonyms.tsv", &["stem", "class", "place", "source"], |line| {
            let (stem, class, place) = (line.get("stem"), line.get("class"), line.get("place"));
            let Some(declension) = own.declensions.iter().position(|known| known.class == class) else {
                return Err(line.error(format!("{class:?} is not a class of declensions.tsv")));
            };
            if stem.chars().count() < SHORTEST_STEM || place.is_empty() {
                return Err(line.error("the stem is too short, or the place is missing".to_owned()));
            }
            let capital = stem.starts_with(char::is_uppercase);
            own.stems.entry(fold(stem)).or_default().push(Stem { place: place.to_owned(), capital, declension });
            Ok(())
        })?;
        Ok(own)
    }

    /// Whether the language declines none.
    pub fn is_empty(&self) -> bool {
        self.stems.is_empty()
    }

    /// The demonyms that a folded word is, those with the longest stem first.
    pub fn of_word<'l>(&'l self, folded: &str) -> impl Iterator<Item = Demonym<'l>> {
        let shortest = folded.char_indices().nth(SHORTEST_STEM).map_or(folded.len(), |(at, _)| at);
        let cuts = (shortest..=folded.len()).rev().filter(|&cut| folded.is_char_boundary(cut));
        cuts.flat_map(move |cut| {
            let (stem, ending) = folded.split_at(cut);
            self.stems.get(stem).into_iter().flatten().filter_map(move |stem| {
                let declension = &self.declensions[stem.declension];
                let demonym = Demonym { place: &stem.place, capital: stem.capital, half: declension.half };
                declension.endings.iter().any(|known| known == ending).then_some(demonym)
            })
        })
    }
}

/// The class of first halves of compounds.
const PREFIX: &str = "prefix";

#[cfg(test)]
mod tests {
    use crate::language::Languages;

    const DECLENSIONS: &str = "class\tkind\tendings\nadj\tadjective\t-|e|er\ne\tpeople\te|en\nprefix\tadjective\to\n";
    const DEMONYMS: &str = "stem\tclass\tplace\tsource\nrussisch\tadj\tgeonames:2017370\tx\nRuss\te\tgeonames:2017370\tx\nrusk\tprefix\tgeonames:2017370\tx\n";

    #[test]
    fn words_are_stems_with_an_ending_of_their_class() {
        let languages =
            Languages::with_tables(&[("declensions.tsv", DECLENSIONS), ("declined-demonyms.tsv", DEMONYMS)]);
        let demonyms = languages.default_language().demonyms();
        let of = |word: &str| demonyms.of_word(word).map(|found| (found.capital, found.half)).collect::<Vec<_>>();
        assert_eq!(of("russischer"), [(false, false)]);
        assert_eq!(of("russen"), [(true, false)]);
        assert_eq!(of("rusko"), [(false, true)]);
        assert!(of("russ").is_empty() && of("russischt").is_empty());
    }

    #[test]
    fn unknown_classes_are_refused() {
        let table = "stem\tclass\tplace\tsource\nrussisch\todd\tgeonames:1\tx\n";
        let pack = [("declensions.tsv", DECLENSIONS), ("declined-demonyms.tsv", table)];
        let error =
            Languages::try_with_tables(&pack).ok().map(|languages| languages.default_language().demonyms().is_empty());
        assert_eq!(error, Some(true), "the build refuses it; a program reads none");
    }
}
