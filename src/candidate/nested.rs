//! Names inside the name of something else.

use super::{Form, Sense};
use crate::gazetteer::{Gazetteer, NameKind};
use crate::text::lexicon::Roles;
use crate::text::{fold, tokenise};
use toponym_languages::languages;

/// Names inside a mention that are looked at; a longer mention is no name.
const MOST_WORDS: usize = 12;

/// Places that one mention may be called after; the least prominent are left out.
const MOST_SENSES: usize = 12;

/// The places whose names stand in the mention, each word in the longest only.
pub fn senses<'g>(gazetteer: &'g Gazetteer, written: &str) -> Vec<Sense<'g>> {
    let apart = super::respelled::apart(written);
    let tokens = tokenise(&apart, languages());
    let words: Vec<&str> = tokens.list.iter().filter(|token| token.is_word()).map(|token| token.of(&apart)).collect();
    let folded: Vec<String> = words.iter().map(|word| fold(word)).collect();
    let mut senses = Vec::new();
    let mut first = 0;
    while first < words.len().min(MOST_WORDS) {
        let last = words.len().min(first + 5);
        let longest = (first + 1..=last).rev().find_map(|end| {
            // The whole mention has been looked up, and names begin with a capital.
            let whole = end - first == words.len();
            if whole || !words[first].chars().next().is_some_and(char::is_uppercase) {
                return None;
            }
            let name = folded[first..end].join(" ");
            let bare =
                end == first + 1 && languages().default_language().roles(&name).any(Roles::ORDINARY | Roles::ORG_AFTER);
            let found: Vec<_> = gazetteer.named(&name).filter(|_| !bare).collect();
            (!found.is_empty()).then_some((end, found))
        });
        let Some((end, found)) = longest else {
            first += 1;
            continue;
        };
        let share = (end - first) as f32 / words.len() as f32;
        let found = found.into_iter().filter(|(_, kind)| *kind != NameKind::Shortening);
        senses.extend(Sense::all(found, Form::Nested, share));
        first = end;
    }
    senses.sort_by(|a, b| b.place.prominence().total_cmp(&a.place.prominence()));
    senses.truncate(MOST_SENSES);
    senses
}

#[cfg(test)]
mod tests {
    use super::senses;

    #[test]
    fn names_stand_in_other_names() {
        let gazetteer = crate::embedded().expect("opens");
        let names = |written| senses(&gazetteer, written).iter().map(|sense| sense.place.name()).collect::<Vec<_>>();
        assert!(names("Aleppo University").contains(&"Aleppo"));
        assert!(names("University of West Virginia Press").contains(&"West Virginia"));
        assert!(!names("University of West Virginia Press").contains(&"Virginia"), "the longest name holds");
        assert!(names("a417").is_empty());
    }
}
