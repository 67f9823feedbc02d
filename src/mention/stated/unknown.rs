//! Names that no gazetteer knows, of which the words beside them say that they are places: "Kawumu, Uganda", "the hamlet of Xyzzy".

use super::contained::{NEAR, is_division};
use super::{Found, sentences};
use crate::gazetteer::Gazetteer;
use crate::mention::gap::Gap;
use crate::mention::tagger::{Class, Tagged};
use crate::mention::{Kind, Mention, tagged};
use crate::text::language::{FeatureTypes, generic_types::suffixes};
use crate::text::lexicon::Roles;
use crate::text::{self, Case};
use std::ops::Range;

/// Words of an unknown name, at most, and the probability that they name a place if what stands beside them does.
const UNKNOWN_WORDS: usize = 3;
const UNKNOWN_TOKENS: usize = 7;
pub const UNKNOWN: f64 = 0.8;

/// Probability that an unknown name is a place's if the words before it say so.
const TYPED: f64 = 0.85;

impl<'g> Found<'_, '_, 'g> {
    /// Unknown words that open a line and have a country or division behind a comma: "Kawumu, Uganda". Where nothing else stands in the
    /// line, they are nobody's name.
    pub fn add_unknown_headings(&mut self, gazetteer: &'g Gazetteer) {
        for Range { start: first, end } in sentences(self.words) {
            let comma = |at: &usize| self.words.tokens[*at].kind == text::Kind::Comma;
            let Some(comma) = (first..end).take(UNKNOWN_TOKENS).find(comma) else { continue };
            let name = self.name_before(comma).filter(|name| name.start == first && self.is_nobody(name));
            let Some(last) = name.map(|name| name.end - 1) else { continue };
            let container = if comma + 1 < end { self.mention_at(comma + 1) } else { None };
            let Some(container) = container.filter(|own| is_division(own)) else { continue };
            let whole_line = (container.last + 1..end).all(|at| !self.words.tokens[at].is_word());
            // "Qaryat al-Hashmal, Yemen: no doctor"
            let colon =
                self.words.tokens.get(container.last + 1).is_some_and(|next| next.slice(self.words.text) == ":");
            let probability = container.probability * UNKNOWN;
            if (whole_line || colon) && !self.is_mentioned(first, last) || self.is_free(first, last) {
                self.add_unknown(gazetteer, first, last, probability);
            } else if whole_line || colon {
                self.raise(first, last, probability);
            }
        }
    }

    /// Unknown names of which the words before them say what they are ("the hamlet of Xyzzy"), or those before them that something
    /// happened there and those behind them in or near which place they lie ("Families fled Xyzzy in Tamil Nadu").
    pub fn add_unknown_objects(&mut self, gazetteer: &'g Gazetteer) {
        let count = self.words.tokens.len();
        let mut first = 0;
        while first < count {
            let bare = |at: usize| self.words.tokens[at].is_word() && !self.words.has_capital(at);
            let begins = first.checked_sub(1).is_some_and(bare) && !self.words.tokens[first].opens;
            let sentence = self.words.tokens[first].sentence;
            let capital = |at: &usize| self.words.has_capital(*at) && self.words.tokens[*at].sentence == sentence;
            let run = (first..count).take_while(capital).count();
            if !begins || run == 0 {
                first += run.max(1);
                continue;
            }
            let last = first + run - 1;
            // What begins as names of places do may be one in another spelling: "Tal Tamr".
            let is_spelled = self.words.roles(first).any(Roles::NAME_HEAD);
            let nobody = !is_spelled && self.is_nobody(&(first..last + 1)) && self.is_free(first, last);
            // "City of Rocks" is called so.
            let is_name = |at: usize| !self.words.has_capital(at) || !self.words.roles(first).any(Roles::ENGLISH);
            let typed =
                self.type_before(first).intersects(FeatureTypes::SETTLEMENT) && is_name(first.saturating_sub(2));
            if run <= UNKNOWN_WORDS && (nobody || typed && !self.is_mentioned(first, last)) {
                let probability = match typed {
                    true => Some(TYPED),
                    false => self.place_of_object(gazetteer, first, last).map(|place| place * UNKNOWN),
                };
                if let Some(probability) = probability {
                    self.add_unknown(gazetteer, first, last, probability);
                }
            }
            first = last + 1;
        }
    }

    /// The type that two words before a name state of it: "hamlet of".
    pub fn type_before(&self, first: usize) -> FeatureTypes {
        let Some(start) = first.checked_sub(2).filter(|&at| self.words.tokens[at].is_word()) else {
            return FeatureTypes::default();
        };
        let phrase: Vec<u64> = (start..first).map(|at| self.words.key(at)).collect();
        self.words.language().generic_types.stated(&suffixes(&phrase)[1..], &[])
    }

    /// The probability of the place in or near which the object of a verb lies.
    fn place_of_object(&self, gazetteer: &'g Gazetteer, first: usize, last: usize) -> Option<f64> {
        // What somebody accuses, or whose title it is, is no place; abbreviations are none ("2 GW in China").
        let person = Roles::PERSON_TITLE | Roles::KIN | Roles::ACTED_ON;
        let before = self.words.roles(first - 1);
        let capitalised = self.words.tokens[first].case == Case::Capitalised;
        let in_it = before.any(Roles::PLACE_BEFORE | Roles::WEAK_BEFORE);
        if first != last && !in_it || !capitalised || before.any(person) || before.ends(person) {
            return None;
        }
        let end = self.mention_at.len().min(last + 1 + NEAR);
        let place = (last + 1..end).find_map(|at| self.mention_at(at)).filter(|own| own.kind == Kind::Place)?;
        let own = self.unknown(gazetteer, first, last, 0.0)?;
        let gap = Gap::new(self.words, &own, place);
        let inside = gap.is_outright_behind() && is_division(place);
        (inside || gap.near > 0.0 && gap.separator.is_none()).then_some(place.probability)
    }

    pub fn unknown(
        &self,
        gazetteer: &'g Gazetteer,
        first: usize,
        last: usize,
        probability: f64,
    ) -> Option<Mention<'g>> {
        let name = Tagged { first, last, class: Class::Place, probability };
        tagged::mention(self.words, self.matches, gazetteer, &name, Kind::Place)
    }

    pub fn add_unknown(&mut self, gazetteer: &'g Gazetteer, first: usize, last: usize, probability: f64) {
        let own = self.unknown(gazetteer, first, last, probability);
        own.into_iter().for_each(|own| self.add(own));
    }
}
