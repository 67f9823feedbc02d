//! Generic types: the common nouns of place names ("county", "city of"), and the feature types that they state.

use super::PackFiles;
use crate::fold;
use crate::hash::{KeyMap, joined, key};
use crate::table::{Line, TableError};

/// A set of feature types.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FeatureTypes(u16);

macro_rules! feature_types {
    ($($(#[$doc:meta])* $name:ident = $bit:literal, $letter:literal;)*) => {
        impl FeatureTypes {
            $($(#[$doc])* pub const $name: FeatureTypes = FeatureTypes(1 << $bit);)*

            /// The set that a table writes with a letter for each type; `None` if a letter is unknown.
            pub fn from_letters(letters: &str) -> Option<Self> {
                letters.chars().try_fold(FeatureTypes::default(), |set, letter| match letter {
                    $($letter => Some(FeatureTypes(set.0 | 1 << $bit)),)*
                    _ => None,
                })
            }
        }
    };
}

feature_types! {
    /// A country.
    COUNTRY = 0, 'n';
    /// A first-level division.
    DIVISION1 = 1, '1';
    /// A second-level or smaller division.
    DIVISION2 = 2, '2';
    /// A settlement.
    SETTLEMENT = 3, 's';
    /// A part of a settlement.
    QUARTER = 4, 'q';
    /// A water.
    WATER = 5, 'w';
    /// A landform or an island.
    LANDFORM = 6, 'l';
    /// A region without borders of its own.
    REGION = 7, 'r';
    /// A building or a site.
    SITE = 8, 'b';
    /// A street.
    STREET = 9, 't';
}

impl FeatureTypes {
    /// Whether the set has no type.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether a division is among them, of the first level or another.
    pub fn has_division(self) -> bool {
        self.intersects(FeatureTypes::DIVISION1) || self.intersects(FeatureTypes::DIVISION2)
    }

    /// Whether the sets have a type in common.
    pub fn intersects(self, other: FeatureTypes) -> bool {
        self.0 & other.0 != 0
    }
}

/// The generic types of a language.
#[derive(Clone, Debug, Default)]
pub struct GenericTypes {
    /// By the key of a phrase: the types of a name behind it, and of one before it.
    types: KeyMap<(FeatureTypes, FeatureTypes)>,
    /// Phrases behind a name that speak for a place, sorted.
    behind: Vec<String>,
    /// Those that make a full name out of one that places bear bare too.
    extending: Vec<String>,
    /// The same before a name.
    extending_before: Vec<String>,
    /// Those behind a name of a first-level division.
    of_divisions: Vec<String>,
}

/// Words of the longest phrase.
pub const LONGEST_PHRASE: usize = 3;

impl GenericTypes {
    /// The generic types of a pack; none if it lacks the table.
    ///
    /// # Errors
    /// At the first line whose phrase is not folded or has too many words, or whose side, types or uses are unknown.
    pub fn read(files: &PackFiles) -> Result<Self, TableError> {
        let mut generic = GenericTypes::default();
        files.each_line("words/generic-types.tsv", &["phrase", "side", "types", "use"], |line| generic.add(line))?;
        generic.behind.sort_unstable();
        let of_division = |phrase: &&String| generic.behind(key(phrase)).intersects(FeatureTypes::DIVISION1);
        generic.of_divisions = generic.behind.iter().filter(of_division).cloned().collect();
        Ok(generic)
    }

    fn add(&mut self, line: &Line<'_>) -> Result<(), TableError> {
        let (phrase, side, letters) = (line.get("phrase"), line.get("side"), line.get("types"));
        if phrase.is_empty() || fold(phrase) != phrase || phrase.split(' ').count() > LONGEST_PHRASE {
            return Err(line.error(format!("{phrase:?} is not a folded phrase of up to {LONGEST_PHRASE} words")));
        }
        let unknown = || line.error(format!("types are {letters:?}, of which a letter is unknown"));
        let types = FeatureTypes::from_letters(letters).ok_or_else(unknown)?;
        // No feature of a gazetteer is a street.
        let street = types == FeatureTypes::STREET;
        let (before_name, behind_name) = self.types.entry(key(phrase)).or_default();
        match side {
            "before" | "behind" if street => {}
            "before" => *before_name = types,
            "behind" => *behind_name = types,
            _ => return Err(line.error(format!("side is {side:?}, not before or behind"))),
        }
        for use_ in line.list("use") {
            match use_ {
                // Also a role of the lexicon, which is compiled from the same table.
                "cue" if side == "behind" && !street => self.behind.push(phrase.to_owned()),
                "cue" => {}
                "extends" if side == "behind" => self.extending.push(phrase.to_owned()),
                "extends" => self.extending_before.push(phrase.to_owned()),
                _ => return Err(line.error(format!("{use_:?} is not a use"))),
            }
        }
        Ok(())
    }

    /// The types that the words beside or in a name state: `before` and `behind` are the keys of the phrases there of one word, of
    /// two, and so on. The longest phrase holds, and of equally long ones the one behind the name.
    pub fn stated(&self, before: &[u64], behind: &[u64]) -> FeatureTypes {
        let types = |phrases: &[u64], at: usize| self.types.get(phrases.get(at)?).copied();
        let sides = (0..before.len().max(behind.len()))
            .rev()
            .flat_map(|at| [types(behind, at).map(|(_, behind)| behind), types(before, at).map(|(before, _)| before)]);
        sides.flatten().find(|types| !types.is_empty()).unwrap_or_default()
    }

    /// The number of words of the generic type that a name of these words begins with, and of the one that it ends with; 0 for none.
    pub fn around(&self, name: &[u64]) -> (usize, usize) {
        let longest = |phrases: Vec<u64>, types: fn(&Self, u64) -> FeatureTypes| {
            phrases.iter().rposition(|phrase| !types(self, *phrase).is_empty()).map_or(0, |at| at + 1)
        };
        (longest(prefixes(name), Self::before), longest(suffixes(name), Self::behind))
    }

    /// The types that the phrase with this key states of the name behind it.
    pub fn before(&self, key: u64) -> FeatureTypes {
        self.types.get(&key).map_or(FeatureTypes::default(), |(before, _)| *before)
    }

    /// The types that the phrase with this key states of the name before it.
    pub fn behind(&self, key: u64) -> FeatureTypes {
        self.types.get(&key).map_or(FeatureTypes::default(), |(_, behind)| *behind)
    }

    /// The phrases that speak for a place, but no street, where they stand behind a name, sorted.
    pub fn phrases_behind(&self) -> &[String] {
        &self.behind
    }

    /// Those of them that state a first-level division, sorted.
    pub fn phrases_of_divisions(&self) -> &[String] {
        &self.of_divisions
    }

    /// The phrases that make a full name out of one that places bear bare too: "Suffolk" may be Suffolk County.
    pub fn extending(&self) -> &[String] {
        &self.extending
    }

    /// Those that do so before a name: "Clare" may be County Clare.
    pub fn extending_before(&self) -> &[String] {
        &self.extending_before
    }
}

/// The keys of the phrases of one word, of two, and so on that a sequence of words begins with.
pub fn prefixes(words: &[u64]) -> Vec<u64> {
    let mut phrase: Option<u64> = None;
    let prefix = |word: &u64| {
        let longer = phrase.map_or(*word, |phrase| joined(phrase, *word));
        phrase = Some(longer);
        longer
    };
    words.iter().take(LONGEST_PHRASE).map(prefix).collect()
}

/// The keys of the phrases of one word, of two, and so on that a sequence of words ends with.
pub fn suffixes(words: &[u64]) -> Vec<u64> {
    let suffix = |length: usize| prefixes(&words[words.len() - length..]).last().copied();
    (1..=words.len().min(LONGEST_PHRASE)).filter_map(suffix).collect()
}

#[cfg(test)]
mod tests {
    use super::{FeatureTypes, GenericTypes, prefixes, suffixes};
    use crate::language::PackFiles;
    use crate::{hash, key};

    fn read(lines: &str) -> Result<GenericTypes, String> {
        let text: &str = format!("phrase\tside\ttypes\tuse\n{lines}").leak();
        let files: &[_] = vec![("words/generic-types.tsv", text)].leak();
        GenericTypes::read(&PackFiles { tag: "xx", files, lexicon: &[] }).map_err(|error| error.to_string())
    }

    #[test]
    fn the_longest_phrase_holds() {
        let lines = "city\tbehind\ts\tcue|extends\nport city of\tbefore\ts\tcue\ncounty of\tbefore\t2\t\n\
                     counties\tbehind\t2\t\nhills\tbehind\t\tcue\nroad\tbehind\tt\tcue\n";
        let generic = read(lines).expect("a sound table");
        let words = |text: &str| text.split(' ').map(hash).collect::<Vec<_>>();
        let stated = |before: &str, behind: &str| generic.stated(&suffixes(&words(before)), &prefixes(&words(behind)));
        assert_eq!(stated("in the port city of", "fell"), FeatureTypes::SETTLEMENT);
        assert_eq!(stated("the county of", "city council"), FeatureTypes::DIVISION2, "two words hold against one");
        assert_eq!(stated("the county", "hills"), FeatureTypes::default());
        assert_eq!(generic.extending(), ["city"]);
        assert_eq!(generic.phrases_behind(), ["city", "hills"]);
        assert_eq!(generic.behind(key("counties")), FeatureTypes::DIVISION2);
    }

    #[test]
    fn wrong_lines_are_named() {
        for (lines, reason) in [
            ("City\tbehind\ts\t\n", "generic-types.tsv:2: \"City\" is not a folded phrase"),
            ("city\tafter\ts\t\n", "generic-types.tsv:2: side is \"after\""),
            ("city\tbehind\tx\t\n", "generic-types.tsv:2: types are \"x\""),
            ("city\tbehind\ts\tqueue\n", "generic-types.tsv:2: \"queue\" is not a use"),
        ] {
            let error = read(lines).err().unwrap_or_default();
            assert!(error.contains(reason), "{error}");
        }
    }
}
