//! Names inside the name of something else: "Aleppo University".

use super::{Form, Sense};
use crate::gazetteer::{Gazetteer, NameKind};
use crate::mention::Mention;
use crate::text::lexicon::Roles;
use crate::text::{Words, tokenise};
use std::ops::Range;
use toponym_languages::languages;

/// Words of a mention at which names may begin.
const MOST_WORDS: usize = 12;

/// Words of a name, at most.
const LONGEST: usize = 5;

/// Senses of a mention that are kept, the most prominent.
const MOST_SENSES: usize = 12;

/// The places whose names stand in a mention, each word in the longest name only. `apart` is the mention's text with its words
/// apart, without a possessive.
pub fn senses<'g>(gazetteer: &'g Gazetteer, words: &Words<'_>, mention: &Mention<'g>, apart: &str) -> Vec<Sense<'g>> {
    let Mention { start, end, first, last, .. } = *mention;
    let written = words.text.get(start..end).unwrap_or("");
    let token_ends = |at: usize| words.tokens.get(at).map(|token| (token.start, token.end));
    let whole = token_ends(first).is_some_and(|(first, _)| first == start)
        && token_ends(last).is_some_and(|(_, last)| last <= end);
    if whole && written.contains(apart) {
        return in_words(gazetteer, words, first..last + 1);
    }
    // Words run together, or parts of words, are no words of the document.
    let tokens = tokenise(apart, languages());
    in_words(gazetteer, &Words::new(apart, &tokens, words.language()), 0..tokens.list.len())
}

/// The places whose names stand among some tokens, which are a mention.
fn in_words<'g>(gazetteer: &'g Gazetteer, words: &Words<'_>, tokens: Range<usize>) -> Vec<Sense<'g>> {
    let at: Vec<usize> = tokens.filter(|&at| words.tokens[at].is_word()).collect();
    let mut senses = Vec::new();
    let mut first = 0;
    while first < at.len().min(MOST_WORDS) {
        let longest = (first + 1..=at.len().min(first + LONGEST)).rev().find_map(|end| {
            // The whole mention has been looked up, and names begin with a capital.
            if end - first == at.len() || !words.has_capital(at[first]) {
                return None;
            }
            let bare = end == first + 1 && words.roles(at[first]).any(Roles::ORDINARY | Roles::ORG_AFTER);
            let name = words.folded_phrase(at[first]..at[end - 1] + 1);
            let found: Vec<_> = gazetteer.named(&name).filter(|_| !bare).collect();
            (!found.is_empty()).then_some((end, found))
        });
        let Some((end, found)) = longest else {
            first += 1;
            continue;
        };
        let share = (end - first) as f32 / at.len() as f32;
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
    use super::in_words;
    use crate::text::{Words, tokenise};
    use toponym_languages::languages;

    #[test]
    fn names_stand_in_other_names() {
        let gazetteer = crate::embedded().expect("opens");
        let names = |written: &str| {
            let tokens = tokenise(written, languages());
            let words = Words::new(written, &tokens, languages().default_language());
            let senses = in_words(&gazetteer, &words, 0..tokens.list.len());
            senses.iter().map(|sense| sense.place.name().to_owned()).collect::<Vec<_>>()
        };
        let some = |name: &str| name.to_owned();
        assert!(names("Aleppo University").contains(&some("Aleppo")));
        assert!(names("University of West Virginia Press").contains(&some("West Virginia")));
        assert!(!names("University of West Virginia Press").contains(&some("Virginia")), "the longest name holds");
        assert!(names("a417").is_empty());
    }
}
