//! The people that a document names, so that "Jordan" after "Michael Jordan" is not taken for the country.
//!
//! News calls a person by the surname once introduced: after "Jordan Smith", "Jordan" alone may well be the country.

use super::matcher::GazetteerMatch;
use crate::text::lexicon::Roles;
use crate::text::{Kind, Words};
use rustc_hash::{FxHashMap, FxHashSet};

/// What a word is in a person's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NamePart {
    /// The given name.
    Given,
    /// What stands behind a title: a surname, or what the title is of ("Gov. Lincoln", "the head of Belgorod Oblast" in Russian).
    Titled,
    /// The surname, by which the document goes on to call the person.
    Surname,
}

/// Tokens behind the first name after a title among which the surname is looked for.
const SURNAME_REACH: usize = 2;

/// The folded words that are part of a person's name somewhere in the document. Words inside longer gazetteer matches are not.
pub fn name_parts(words: &Words, matches: &[GazetteerMatch]) -> FxHashMap<String, NamePart> {
    let inside_longer_name: FxHashSet<usize> =
        matches.iter().filter(|name| name.last > name.first).flat_map(|name| name.first..=name.last).collect();
    let mut people = FxHashMap::default();
    let mut add = |at: usize, part: NamePart| {
        let known = people.entry(words.folded(at).to_owned()).or_insert(part);
        *known = part.max(*known);
    };
    for at in 0..words.tokens.len() {
        let Some(surname) = words.next(at).filter(|&next| words.has_capital(next)) else { continue };
        // "Syrian-Turkish" and "Jordan-Israel" name no people.
        let hyphenated = words.tokens[at + 1].kind == Kind::Hyphen;
        if !words.has_capital(at) || hyphenated || inside_longer_name.contains(&surname) {
            continue;
        }
        if is_given_name(words, at) && is_surname(words, surname) {
            add(at, NamePart::Given);
            add(surname, NamePart::Surname);
        } else if words.roles(at).any(Roles::PERSON_TITLE) && !words.roles(surname).is_place_type() {
            // "President Jordan Smith", "Sen. Cleveland": the last word with a capital is the surname.
            let mut last = surname;
            while let Some(next) =
                words.next(last).filter(|&next| words.has_capital(next) && last < surname + SURNAME_REACH)
            {
                last = next;
            }
            add(last, NamePart::Titled);
        }
    }
    people
}

/// Whether a word is a given name; not one that is also a word of the language where every word has a capital.
pub fn is_given_name(words: &Words, at: usize) -> bool {
    let roles = words.roles(at);
    roles.any(Roles::GIVEN) && !(roles.any(Roles::ENGLISH) && words.tokens[at].opens)
}

/// Whether a word may be a surname: a known one, or one that no list of words has.
pub fn is_surname(words: &Words, at: usize) -> bool {
    let roles = words.roles(at);
    let other = Roles::ENGLISH | Roles::ORG_AFTER | Roles::PLACE_AFTER | Roles::NOT_A_PLACE | Roles::PERSON_TITLE;
    roles.any(Roles::SURNAME) && !roles.is_organisation_type() || !roles.any(other)
}

#[cfg(test)]
mod tests {
    use super::{NamePart, name_parts};
    use crate::text::{Words, tokenise};
    use toponym_languages::languages;

    fn people(text: &str) -> Vec<(String, NamePart)> {
        let tokens = tokenise(text, languages());
        let words = Words::new(text, &tokens, languages().default_language());
        let mut people: Vec<_> = name_parts(&words, &[]).into_iter().collect();
        people.sort();
        people
    }

    fn given(name: &str) -> (String, NamePart) {
        (name.to_owned(), NamePart::Given)
    }

    fn surname(name: &str) -> (String, NamePart) {
        (name.to_owned(), NamePart::Surname)
    }

    #[test]
    fn given_names_and_titles_introduce_people() {
        assert_eq!(people("Fans cheered Michael Jordan."), [surname("jordan"), given("michael")]);
        let titled = |name: &str| [(name.to_owned(), NamePart::Titled)];
        assert_eq!(people("They asked Gen. Lincoln about it."), titled("lincoln"));
        assert_eq!(people("They asked President Bashar Smith about it."), [given("bashar"), surname("smith")]);
        assert_eq!(people("They asked President Xyzzy Plugh about it."), titled("plugh"));
        assert!(people("Troops left Jordan on Monday.").is_empty());
    }

    #[test]
    fn places_and_hyphenated_pairs_are_no_people() {
        assert!(people("They met the Governor County officials.").is_empty());
        assert!(people("The Michael-Jordan match was drawn.").is_empty());
    }
}
