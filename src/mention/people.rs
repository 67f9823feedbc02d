//! The people a document names, so that "Jordan" after "Michael Jordan" is he.
//!
//! News calls a person by the surname once introduced: after "Jordan Smith", "Jordan" alone may well be the country.

use super::matcher::GazetteerMatch;
use crate::text::Kind;
use crate::text::Words;
use crate::text::lexicon::Roles;
use rustc_hash::{FxHashMap, FxHashSet};

/// What a word is in a person's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The first name.
    Given,
    /// The surname, by which the document will go on to call the person.
    Surname,
}

/// The folded words that are, somewhere in the document, part of a person's name.
pub fn named(words: &Words, found: &[GazetteerMatch]) -> FxHashMap<String, Part> {
    let inside_longer_name: FxHashSet<usize> =
        found.iter().filter(|name| name.last > name.first).flat_map(|name| name.first..=name.last).collect();
    let mut people = FxHashMap::default();
    for at in 0..words.tokens.len() {
        let Some(surname) = words.next(at).filter(|&next| words.has_capital(next)) else { continue };
        // "Syrian-Turkish", "Jordan-Israel" are no people.
        let hyphenated = words.tokens[at + 1].kind == Kind::Hyphen;
        if !words.has_capital(at) || hyphenated || inside_longer_name.contains(&surname) {
            continue;
        }
        if is_first_name(words, at) && is_surname(words, surname) {
            people.entry(words.folded(at).to_owned()).or_insert(Part::Given);
            people.insert(words.folded(surname).to_owned(), Part::Surname);
        } else if words.roles(at).any(Roles::PERSON_TITLE) && !words.roles(surname).any(Roles::PLACE_AFTER) {
            // "President Jordan Smith", "Sen. Cleveland": the last of the words with a capital is the surname.
            let mut last = surname;
            while let Some(next) = words.next(last).filter(|&next| words.has_capital(next) && last < surname + 2) {
                last = next;
            }
            people.insert(words.folded(last).to_owned(), Part::Surname);
        }
    }
    people
}

/// Whether the word is a first name and not, where every word has a capital, just a word.
pub fn is_first_name(words: &Words, at: usize) -> bool {
    let roles = words.roles(at);
    roles.any(Roles::GIVEN) && !(roles.any(Roles::ENGLISH) && words.tokens[at].opens)
}

/// Whether the word may be a surname: a known one, or a name that no dictionary has.
pub fn is_surname(words: &Words, at: usize) -> bool {
    let roles = words.roles(at);
    let word = Roles::ENGLISH | Roles::ORG_AFTER | Roles::PLACE_AFTER | Roles::NOT_A_PLACE | Roles::PERSON_TITLE;
    roles.any(Roles::SURNAME) && !roles.any(Roles::ORG_AFTER) || !roles.any(word)
}

#[cfg(test)]
mod tests {
    use super::Part;
    use crate::text::Words;
    use crate::text::tokenise;
    use toponym_languages::languages;

    fn people(text: &str) -> Vec<(String, Part)> {
        let tokens = tokenise(text, languages());
        let mut people: Vec<_> =
            super::named(&Words::new(text, &tokens, languages().default_language()), &[]).into_iter().collect();
        people.sort();
        people
    }

    #[test]
    fn first_names_and_titles_make_people() {
        let surname = |name: &str| (name.to_owned(), Part::Surname);
        assert_eq!(people("Fans cheered Michael Jordan."), [surname("jordan"), ("michael".to_owned(), Part::Given)]);
        assert_eq!(people("They asked Gen. Lincoln about it."), [surname("lincoln")]);
        assert!(people("Troops left Jordan on Monday.").is_empty());
    }
}
