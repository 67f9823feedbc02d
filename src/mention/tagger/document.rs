//! How a document uses each of its words: what one sentence leaves open, another may tell.

use crate::mention::matcher::GazetteerMatch;
use crate::mention::style::Style;
use crate::text::Words;
use crate::text::lexicon::Roles;
use crate::text::{Case, Kind};

/// Ways in which a word is used somewhere in the document, a bit each.
const AFTER_PLACE_WORD: u32 = 1;
const AFTER_TITLE: u32 = 1 << 1;
const AFTER_GIVEN_NAME: u32 = 1 << 2;
const BEFORE_ORGANISATION_WORD: u32 = 1 << 3;
const WITHOUT_CAPITAL: u32 = 1 << 4;
const BEFORE_CONTAINER: u32 = 1 << 5;
const IN_LONGER_RUN: u32 = 1 << 6;
const ALONE: u32 = 1 << 7;
const SURELY_PLACE: u32 = 1 << 8;
const SURELY_NOT: u32 = 1 << 9;
const BEFORE_SURNAME: u32 = 1 << 10;

/// How many bits there are.
pub const BITS: u32 = 11;

/// What the rules must say, in log-odds, to be sure.
const SURE: f64 = 2.0;

/// How a document uses each of its words.
pub struct Uses(Vec<u32>);

impl Uses {
    /// Looks at all words of a document.
    pub fn of(words: &Words, styles: &[Style], found: &[GazetteerMatch<'_>], odds: &[f64]) -> Self {
        let mut uses = vec![0; words.distinct()];
        for (at, token) in words.tokens.iter().enumerate().filter(|(_, token)| token.kind == Kind::Word) {
            let own = &mut uses[words.which(at)];
            if token.case == Case::Lower {
                *own |= WITHOUT_CAPITAL;
                continue;
            }
            if styles.get(token.sentence) != Some(&Style::Normal) {
                continue;
            }
            let before = words.previous(at);
            let capital_before = before.filter(|&at| words.has_capital(at));
            let roles = before.map_or(Roles::default(), |at| words.roles(at));
            let next = words.next(at).filter(|&at| words.has_capital(at));
            let next_roles = next.map_or(Roles::default(), |at| words.roles(at));
            let mut note = |bit: u32, holds: bool| *own |= if holds { bit } else { 0 };
            note(AFTER_PLACE_WORD, roles.any(Roles::PLACE_BEFORE));
            note(AFTER_TITLE, roles.any(Roles::PERSON_TITLE));
            note(AFTER_GIVEN_NAME, capital_before.is_some() && roles.any(Roles::GIVEN));
            note(BEFORE_ORGANISATION_WORD, next_roles.any(Roles::ORG_AFTER));
            note(BEFORE_SURNAME, next_roles.any(Roles::SURNAME) && words.roles(at).any(Roles::GIVEN));
            note(IN_LONGER_RUN, capital_before.is_some() || next.is_some());
            note(ALONE, capital_before.is_none() && next.is_none() && !token.opens);
        }
        // "ALEPPO" and "Aleppo" are one word in this.
        for (at, (name, odds)) in found.iter().zip(odds).enumerate() {
            let contained = found
                .get(at + 1)
                .is_some_and(|next| next.first == name.last + 2 && words.tokens[name.last + 1].kind == Kind::Comma);
            for token in name.first..=name.last {
                let own = &mut uses[words.which(token)];
                *own |= if contained { BEFORE_CONTAINER } else { 0 };
                *own |= if *odds > SURE { SURELY_PLACE } else { 0 };
                *own |= if *odds < -SURE { SURELY_NOT } else { 0 };
            }
        }
        Uses(uses)
    }

    /// The ways in which a word is used.
    pub fn of_word(&self, which: usize) -> u32 {
        self.0.get(which).copied().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::{AFTER_GIVEN_NAME, AFTER_PLACE_WORD, ALONE, Uses, WITHOUT_CAPITAL};
    use crate::mention::style;
    use crate::text::Words;
    use crate::text::tokenise;
    use toponym_languages::languages;

    #[test]
    fn uses_of_a_word_add_up() {
        let text = "The troops came back in Jordan that evening. Later on Michael Jordan had to reach for the reach.";
        let tokens = tokenise(text, languages());
        let words = Words::new(text, &tokens, languages().default_language());
        let uses = Uses::of(&words, &style::sentence_styles(&words), &[], &[]);
        let of = |word: &str| {
            let at = (0..tokens.list.len()).find(|&at| words.folded(at) == word).expect("a word of the text");
            uses.of_word(words.which(at))
        };
        for bit in [AFTER_PLACE_WORD, AFTER_GIVEN_NAME, ALONE] {
            assert_ne!(of("jordan") & bit, 0, "{bit}");
        }
        assert_eq!(of("reach"), WITHOUT_CAPITAL);
    }
}
