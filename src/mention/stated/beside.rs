//! Names among places of their neighbourhood, in a list, and behind the adjective of their country: "Trim and Kells", "Bodrum, Marmaris and
//! Fethiye", "the Dutch Nijmegen".

use super::listed::least;
use super::{Found, SENSES};
use crate::candidate;
use crate::gazetteer::{Gazetteer, NameKind, PlaceRef};
use crate::mention::gap::Separator;
use crate::mention::{Kind, Mention, rule_score};
use crate::text::lexicon::Roles;

/// Probability that a name is a place's if that beside which it stands is one, and lies near it.
const BESIDE: f64 = 0.85;

/// Kilometres within which places are of one neighbourhood.
const NEIGHBOURHOOD_KM: f64 = 120.0;

/// The best-known senses of a name, near one of which another place may lie.
const BEST: usize = 4;

/// Probability that a name behind an adjective is that of a place in the country, if it has one.
const OF_COUNTRY: f64 = 0.7;

/// The least prominence of such a place.
const LEAST_KNOWN: f64 = 3.5;

impl<'g> Found<'_, '_, 'g> {
    /// Names beside places of a list near which a place of the name lies: beside two if the name is also a word, beside two or a
    /// conjunction if it is also somebody's.
    pub fn add_beside(&mut self, gazetteer: &'g Gazetteer) {
        for name in self.matches {
            if self.is_mentioned(name.first, name.last) || !self.is_whole(name) {
                continue;
            }
            let roles = self.words.roles(name.first);
            let single = name.first == name.last;
            // "North and South Carolina" is nothing for a town called so.
            let required = match single {
                true if roles.any(Roles::NAME_HEAD) => continue,
                true if roles.any(Roles::ENGLISH | Roles::ORDINARY) => 2,
                _ => 1,
            };
            let own = rule_score::mention(self.words, name, Kind::Place, 0.0);
            let before: Vec<_> =
                std::iter::successors(self.before(&own), |(other, _)| self.before(other)).take(2).collect();
            let behind: Vec<_> =
                std::iter::successors(self.behind(&own), |(other, _)| self.behind(other)).take(2).collect();
            let conjunction = [&before, &behind].into_iter().filter_map(|list| list.first());
            let conjunction = conjunction.into_iter().any(|(_, separator)| *separator == Separator::Conjunction);
            let somebody = single && roles.any(Roles::GIVEN | Roles::SURNAME);
            let places: Vec<&Mention<'g>> = before.iter().chain(&behind).map(|(other, _)| *other).collect();
            let sure = !somebody || conjunction || places.len() > 1;
            if places.len() >= required && sure && self.is_near_one(gazetteer, &own, &places) {
                self.add_name(name, least(&places) * BESIDE);
            }
        }
    }

    /// Whether a place of a name, in full or not, lies near one of the best-known places of the others.
    fn is_near_one(&self, gazetteer: &'g Gazetteer, own: &Mention<'g>, others: &[&Mention<'g>]) -> bool {
        let senses = others.iter().flat_map(|other| other.senses.iter().take(BEST)).map(|(place, _)| *place);
        let others: Vec<_> = senses.filter(|place| !place.is_country()).collect();
        let candidates = candidate::candidates(gazetteer, self.words, own);
        let near = |place: &_| others.iter().any(|other| other.km_from(place) < NEIGHBOURHOOD_KM);
        candidates.iter().take(SENSES).any(|own| matches!(own.place.class(), 'A' | 'P') && near(&own.place))
    }

    /// Names right behind the adjective of a country that has a place of the name.
    pub fn add_behind_adjectives(&mut self) {
        for pair in self.matches.windows(2) {
            let [adjective, name] = pair else { continue };
            let country = adjective.senses.iter().find(|(_, kind)| *kind == NameKind::Demonym).map(|(place, _)| place);
            let roles = Roles::ORDINARY | Roles::GIVEN | Roles::SURNAME;
            let doubtful = name.first == name.last && self.words.roles(name.first).any(roles);
            let adjacent = adjective.last + 1 == name.first
                && self.words.tokens[adjective.last].end < self.words.tokens[name.first].start;
            if !adjacent || doubtful || !self.is_free(name.first, name.last) || !self.ends_name(name.last) {
                continue;
            }
            let of_country = |(place, kind): &(PlaceRef<'_>, NameKind)| {
                *kind != NameKind::Demonym
                    && place.class() == 'P'
                    && place.prominence() >= LEAST_KNOWN
                    && country.is_some_and(|country| country.is_country() && place.country() == country.country())
            };
            if name.senses.iter().take(SENSES).any(of_country) {
                self.add_name(name, OF_COUNTRY);
            }
        }
    }
}
