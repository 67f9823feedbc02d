//! The place of a headline: a short text that has no other mention is seldom about no place at all.

use super::Found;
use super::listed::is_well_known;
use crate::gazetteer::Gazetteer;
use crate::mention::tagger::{Class, Tagged};
use crate::mention::{Kind, Mention, tagged};
use crate::text::lexicon::Roles;

/// Words of a headline, at most.
const LONGEST: usize = 12;

/// Probability that a name is a place's if nothing but its being a headline's only one speaks for it.
const ONLY: f64 = 0.6;

impl<'g> Found<'_, '_, 'g> {
    /// In a text of one short line without mentions and a mark at its end the most probable name of a place, or else the first well-known one that is
    /// nobody's and no word.
    pub fn add_place_of_headline(&mut self, gazetteer: &'g Gazetteer, weak: &[Tagged]) {
        let (words, tokens) = (self.words, &self.words.tokens);
        let count = tokens.iter().filter(|token| token.is_word()).count();
        let one_sentence =
            tokens.first().zip(tokens.last()).is_some_and(|(first, last)| first.sentence == last.sentence);
        // What ends with a mark is a sentence of something else.
        let is_closed = tokens.last().is_some_and(|last| !last.is_word());
        if !one_sentence || is_closed || count > LONGEST || self.mentions.iter().any(Option::is_some) {
            return;
        }
        let other = Roles::ENGLISH | Roles::ORDINARY | Roles::GIVEN | Roles::SURNAME;
        let plain = |first: usize, last: usize| first < last || !words.roles(first).any(other);
        let likely = weak.iter().filter(|name| name.class == Class::Place && plain(name.first, name.last));
        let likely = likely.max_by(|one, other| one.probability.total_cmp(&other.probability));
        let likely = likely.and_then(|name| tagged::mention(words, self.matches, gazetteer, name, Kind::Place));
        let known = |own: &Mention<'g>| own.kind == Kind::Place && !own.senses.is_empty();
        if let Some(own) = likely.filter(known) {
            self.add(Mention { probability: own.probability.max(ONLY), ..own });
            return;
        }
        let name = self.matches.iter().find(|name| {
            is_well_known(name)
                && self.is_plain(name)
                && plain(name.first, name.last)
                && self.is_free(name.first, name.last)
        });
        name.into_iter().for_each(|name| self.add_name(name, ONLY));
    }
}
