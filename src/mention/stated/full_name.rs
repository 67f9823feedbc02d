//! The full names of countries and divisions: "Democratic Republic of the Congo".

use super::{FULL_NAME, Found, SENSES};
use crate::gazetteer::{NameKind, PlaceRef};
use crate::mention::matcher::GazetteerMatch;
use crate::mention::{Kind, Mention};
use crate::text::lexicon::Roles;

/// Words of a name that is a country's or division's and nothing else, and of one that is so if a part of it is a place.
const FULL_NAME_WORDS: usize = 3;
const PART_NAME_WORDS: usize = 2;

impl Found<'_, '_, '_> {
    /// The full names of countries and first-level divisions, of which the tagger may have found a part: "Democratic Republic of the
    /// Congo", "British Columbia".
    pub fn add_full_names(&mut self) {
        for name in self.matches {
            let (first, last) = (name.first, name.last);
            let is_words = (first..=last).filter(|&at| self.words.tokens[at].is_word()).count();
            let division = |(place, kind): &(PlaceRef<'_>, NameKind)| {
                *kind != NameKind::Demonym && (place.is_country() || place.is_division1())
            };
            let longer = self.words.phrase_at(first, Roles::NOT_A_PLACE) > last - first + 1;
            let few = is_words < FULL_NAME_WORDS && !(is_words == PART_NAME_WORDS && self.has_part(name));
            if few || longer || !name.senses.iter().take(SENSES).any(division) {
                continue;
            }
            let inside = |own: &Mention<'_>| first <= own.first && own.last <= last;
            let whole = |own: &Mention<'_>| (own.first, own.last) == (first, last);
            let parts: Vec<usize> = (first..=last).filter_map(|at| self.mention_at[at]).collect();
            let mut own = parts.iter().filter_map(|&at| self.mentions[at].as_ref());
            // Without a part the words are free, or those of somebody's name.
            let free = !parts.is_empty() || self.is_free(first, last);
            if free && own.all(|own| inside(own) && !whole(own)) {
                parts.iter().for_each(|&at| self.mentions[at] = None);
                self.add_name(name, FULL_NAME);
            }
        }
    }

    /// Whether one of two capitalised words is another place for the tagger ("Nazi Germany" is Germany), and no longer name goes on behind
    /// them.
    fn has_part(&self, name: &GazetteerMatch<'_>) -> bool {
        let (first, last) = (name.first, name.last);
        let best = |senses: &[(PlaceRef<'_>, NameKind)]| senses.first().map(|(place, _)| place.key());
        let other = |at: usize| {
            let part = self.mention_at(at);
            part.is_some_and(|own| own.kind == Kind::Place && best(&own.senses) != best(&name.senses))
        };
        self.ends_name(last)
            && self.words.has_capital(first)
            && self.words.has_capital(last)
            && (first..=last).any(other)
    }
}
