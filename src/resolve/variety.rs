//! The country whose variety of its language a text is written in: words for what only its people have or call so.

use crate::text::language::CountryCode;
use crate::text::{Characters, Words, hash};
use rustc_hash::{FxHashMap, FxHashSet};

/// Log-odds from which on the words of a country tell it, and by how much they must exceed those of the next.
const TELLS: f32 = 3.0;
const AHEAD: f32 = 1.5;

/// The country that the words of a text tell; `None` where they are too few or at odds.
pub fn country_told(words: &Words<'_>) -> Option<CountryCode> {
    let varieties = words.language().varieties();
    if varieties.is_empty() {
        return None;
    }
    let mut seen: FxHashSet<u64> = FxHashSet::default();
    let mut told: FxHashMap<CountryCode, f32> = FxHashMap::default();
    let mut at = 0;
    while at < words.tokens.len() {
        let phrase = varieties.longest((at..words.tokens.len()).map(|at| key(words, at)));
        // Each phrase counts once.
        for &(country, weight) in phrase.filter(|phrase| seen.insert(phrase.key)).map_or(&[][..], |own| own.countries) {
            *told.entry(country).or_default() += weight;
        }
        at += phrase.map_or(1, |phrase| phrase.words);
    }
    let mut told: Vec<(CountryCode, f32)> = told.into_iter().collect();
    told.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let next = told.get(1).map_or(0.0, |(_, weight)| *weight);
    told.first().filter(|(_, weight)| *weight >= TELLS && weight - next >= AHEAD).map(|(country, _)| *country)
}

/// The key of a word in the table, where "0" stands for any number.
fn key(words: &Words<'_>, at: usize) -> u64 {
    if !words.has(at, Characters::Digit) {
        return words.key(at);
    }
    let mut pattern = String::new();
    for letter in words.folded(at).chars().map(|c| if c.is_ascii_digit() { '0' } else { c }) {
        if letter != '0' || !pattern.ends_with('0') {
            pattern.push(letter);
        }
    }
    hash(&pattern)
}

#[cfg(test)]
mod tests {
    use super::country_told;
    use crate::text::{Words, tokenise};
    use toponym_languages::languages;

    fn told(tag: &str, text: &str) -> Option<String> {
        let tokens = tokenise(text, languages());
        let words = Words::new(text, &tokens, languages().for_tag(tag));
        country_told(&words).map(|code| String::from_utf8_lossy(&code).into_owned())
    }

    #[test]
    fn institutions_and_spellings_tell_the_country() {
        let told = |text: &str| told("en", text);
        let some = |code: &str| Some(code.to_owned());
        assert_eq!(told("Parish councillors in Ludlow want the A49 to have a new crossing."), some("GB"));
        assert_eq!(told("Sheriff's deputies in Ludlow arrested a driver on a felony charge."), some("US"));
        assert_eq!(told("Gardaí in Trim are looking for the driver."), some("IE"));
        assert_eq!(told("The iwi and the district council disagree on the bridge."), some("NZ"));
        assert_eq!(told("The panchayat has asked for ₹3 lakh."), some("IN"));
    }

    #[test]
    fn few_or_contrary_words_tell_nothing() {
        assert_eq!(told("en", "A councillor in Perth spoke of the harbour."), None);
        assert_eq!(told("en", "The parish council wrote to the county sheriff's office."), None);
        assert_eq!(told("en", "Rain fell."), None);
    }
}
