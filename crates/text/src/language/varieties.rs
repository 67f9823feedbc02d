//! Words by which a text shows in which country it was written: "gardaí", "parish council", "sheriff's deputies".

use super::PackFiles;
use super::country::{CountryCode, country_code};
use crate::fold;
use crate::hash::{KeyMap, joined, key};
use crate::table::TableError;

/// The phrases of a language that its varieties do not share, with the countries that use them.
#[derive(Clone, Debug, Default)]
pub struct Varieties {
    /// What each phrase adds to the log-odds of each country; nothing for one that only begins others.
    phrases: KeyMap<Vec<(CountryCode, f32)>>,
    /// Words of the longest phrase.
    longest: usize,
}

/// A phrase in a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct VarietyPhrase<'v> {
    /// Its key: see [`crate::key`].
    pub key: u64,
    /// Its number of words.
    pub words: usize,
    /// What it adds to the log-odds of each country.
    pub countries: &'v [(CountryCode, f32)],
}

impl Varieties {
    /// The phrases of a pack; none if it lacks the table.
    ///
    /// # Errors
    /// At the first line whose phrase is not folded, whose countries are no codes, or that repeats a country of a phrase.
    pub fn read(files: &PackFiles) -> Result<Self, TableError> {
        let mut varieties = Varieties::default();
        files.each_line("varieties.tsv", &["phrase", "countries", "weight"], |line| {
            let (phrase, weight) = (line.get("phrase"), line.number("weight", 0.0..=10.0)? as f32);
            let is_sign = phrase.chars().all(|c| !c.is_alphanumeric());
            if phrase.is_empty() || !is_sign && fold(phrase) != phrase {
                return Err(line.error(format!("{phrase:?} is not folded; folded it is {:?}", fold(phrase))));
            }
            for country in line.get("countries").split(' ') {
                let code =
                    country_code(country).ok_or_else(|| line.error(format!("{country:?} is no code of a country")))?;
                if !varieties.insert(phrase, code, weight) {
                    return Err(line.error(format!("{phrase:?} has {country} twice")));
                }
            }
            Ok(())
        })?;
        Ok(varieties)
    }

    /// Adds a country to a phrase; `false` if it has it already.
    fn insert(&mut self, phrase: &str, country: CountryCode, weight: f32) -> bool {
        let words: Vec<u64> = phrase.split(' ').map(key).collect();
        self.longest = self.longest.max(words.len());
        for count in 1..words.len() {
            let beginning = words[..count].iter().copied().reduce(joined).unwrap_or(0);
            self.phrases.entry(beginning).or_default();
        }
        let countries = self.phrases.entry(key(phrase)).or_default();
        let new = countries.iter().all(|(known, _)| *known != country);
        countries.push((country, weight));
        new
    }

    /// Whether the language has no such phrases.
    pub fn is_empty(&self) -> bool {
        self.phrases.is_empty()
    }

    /// The longest phrase that begins a sequence of words, given by their keys.
    pub fn longest(&self, words: impl IntoIterator<Item = u64>) -> Option<VarietyPhrase<'_>> {
        let mut words = words.into_iter();
        let (mut phrase, mut longest) = (words.next()?, None);
        for count in 1..=self.longest {
            let Some(countries) = self.phrases.get(&phrase) else { break };
            if !countries.is_empty() {
                longest = Some(VarietyPhrase { key: phrase, words: count, countries });
            }
            let Some(word) = words.next() else { break };
            phrase = joined(phrase, word);
        }
        longest
    }
}

#[cfg(test)]
mod tests {
    use super::Varieties;
    use crate::hash::key;
    use crate::language::PackFiles;

    fn read(rows: &str) -> Result<Varieties, String> {
        let text: &str = format!("phrase\tcountries\tweight\n{rows}").leak();
        let files: &[_] = vec![("varieties.tsv", text)].leak();
        Varieties::read(&PackFiles { tag: "xx", files, lexicon: &[] }).map_err(|error| error.to_string())
    }

    #[test]
    fn the_longest_phrase_counts() {
        let varieties = read("county\tUS\t1\ncounty council\tGB IE\t2\n£\tGB\t2\n").expect("a sound table");
        let longest = |words: &str| {
            let phrase = varieties.longest(words.split(' ').map(key));
            phrase.map(|phrase| phrase.countries.iter().map(|(code, weight)| (code.as_slice(), *weight)).collect())
        };
        assert_eq!(longest("county council said"), Some(vec![(&b"GB"[..], 2.0), (b"IE", 2.0)]));
        assert_eq!(longest("county fair"), Some(vec![(&b"US"[..], 1.0)]));
        assert_eq!((longest("£ 300"), longest("council")), (Some(vec![(&b"GB"[..], 2.0)]), None));
    }

    #[test]
    fn wrong_lines_are_named() {
        for (rows, reason) in [
            ("Garda\tIE\t3\n", "varieties.tsv:2: \"Garda\" is not folded"),
            ("garda\tEire\t3\n", "varieties.tsv:2: \"Eire\" is no code"),
            ("garda\tIE\t3\ngarda\tIE\t2\n", "varieties.tsv:3: \"garda\" has IE twice"),
            ("garda\tIE\tmuch\n", "varieties.tsv:2"),
        ] {
            let error = read(rows).err().unwrap_or_default();
            assert!(error.contains(reason), "{error}");
        }
    }
}
