//! The people a document names, so that "Jordan" after "Michael Jordan" is he.

use super::matcher::Found;
use super::phrases::Words;
use crate::text::lexicon::Roles;
use std::collections::HashSet;

/// The folded words that are, somewhere in the document, part of a person's name.
pub fn named(words: &Words, found: &[Found]) -> HashSet<String> {
    let inside_longer_name: HashSet<usize> =
        found.iter().filter(|name| name.last > name.first).flat_map(|name| name.first..=name.last).collect();
    let mut people = HashSet::new();
    for at in 0..words.tokens.len() {
        let Some(surname) = words.next(at).filter(|&next| words.has_capital(next)) else { continue };
        // "Syrian-Turkish", "Jordan-Israel" are no people.
        let hyphenated = surname > at + 1;
        if !words.has_capital(at) || hyphenated || inside_longer_name.contains(&surname) {
            continue;
        }
        if is_first_name(words, at) && is_surname(words, surname) {
            people.insert(words.folded(at).to_owned());
            people.insert(words.folded(surname).to_owned());
        } else if words.roles(at).any(Roles::PERSON_TITLE) && !words.roles(surname).any(Roles::PLACE_AFTER) {
            // "President Jordan Smith", "Sen. Cleveland": the last of the words with a capital is the surname.
            let mut last = surname;
            while let Some(next) = words.next(last).filter(|&next| words.has_capital(next) && last < surname + 2) {
                last = next;
            }
            people.insert(words.folded(last).to_owned());
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
    use crate::mention::phrases::Words;
    use crate::text::tokenise;

    fn people(text: &str) -> Vec<String> {
        let tokens = tokenise(text);
        let mut people: Vec<_> = super::named(&Words::of(text, &tokens), &[]).into_iter().collect();
        people.sort();
        people
    }

    #[test]
    fn first_names_and_titles_make_people() {
        assert_eq!(people("Fans cheered Michael Jordan."), ["jordan", "michael"]);
        assert_eq!(people("They asked Gen. Lincoln about it."), ["lincoln"]);
        assert!(people("Troops left Jordan on Monday.").is_empty());
    }
}
