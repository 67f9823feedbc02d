//! Names that are doubtful by themselves but are said to lie in a place.

use super::{Found, SENSES, SHOWN};
use crate::gazetteer::{Gazetteer, NameKind, PlaceRef};
use crate::mention::gap::{COMMA, Gap, is_postal};
use crate::mention::matcher::GazetteerMatch;
use crate::mention::tagger::{Class, Tagged};
use crate::mention::{Kind, Mention, postcode, rule_score, tagged};
use crate::probability::{logit, sigmoid};
use crate::text;
use crate::text::language::FeatureTypes;
use crate::text::lexicon::Roles;

/// What a container beside a name adds to its log-odds.
const CONTAINED: f64 = 2.0;

/// The log-odds of a probability are taken this far from 0 and 1.
const MARGIN: f64 = 1e-6;

/// Probability that a name is a place's of which a container is said to have one.
const POSSESSED: f64 = 0.7;

/// Probability that two names are places of which the second stands behind the first, in brackets or as a code, and has a place of its
/// name.
const BRACKETED: f64 = 0.8;
const CODED: f64 = 0.95;

/// Prominence from which on a place with a code behind it is one although its name is also a word or somebody's.
const CODED_NAME: f64 = 4.0;

/// Tokens between a name and its container, at most.
pub const NEAR: usize = 5;

impl<'g> Found<'_, '_, 'g> {
    /// Names that are doubtful by themselves but are said to lie in a country or division: "Families fled Xyzzy in Tamil Nadu",
    /// "Ohio's Kent".
    pub fn add_contained(&mut self, gazetteer: &'g Gazetteer, weak: &[Tagged]) {
        for name in weak.iter().filter(|name| name.class == Class::Place) {
            if !self.is_free(name.first, name.last) {
                continue;
            }
            let Some(own) = tagged::mention(self.words, self.matches, gazetteer, name, Kind::Place) else { continue };
            if self.is_said_to_lie_behind(&own) || self.is_said_to_lie_before(&own) {
                let probability = sigmoid(logit(name.probability, MARGIN) + CONTAINED);
                self.add(Mention { probability, ..own });
            }
        }
    }

    /// Whether the place behind a name is its container: "Xyzzy in Tamil Nadu".
    fn is_said_to_lie_behind(&self, own: &Mention<'g>) -> bool {
        let end = self.mention_at.len().min(own.last + 1 + NEAR);
        let Some(container) = (own.last + 1..end).find_map(|at| self.mention_at(at)) else { return false };
        let gap = Gap::new(self.words, own, container);
        is_division(container) && (gap.behind >= COMMA || gap.is_outright_behind())
    }

    /// Whether the place before a name is its container and has a place of that name: "Ohio's Kent".
    fn is_said_to_lie_before(&self, own: &Mention<'g>) -> bool {
        let container = (own.first.saturating_sub(NEAR)..own.first).rev().find_map(|at| self.mention_at(at));
        let Some(container) = container.filter(|container| is_division(container)) else { return false };
        Gap::new(self.words, container, own).is_outright_before() && holds(&container.senses, &own.senses)
    }

    /// Names between a word of place and the division that has a place of the name, although they are words or somebody's: "near Hope,
    /// Arkansas", "from Progress in Pennsylvania".
    pub fn add_before_containers(&mut self) {
        for name in self.matches {
            if self.is_mentioned(name.first, name.last) || !self.words.has_capital(name.first) {
                continue;
            }
            let container = (name.last + 2..name.last + 4).find_map(|at| self.mention_at(at));
            let Some(container) = container.filter(|own| is_division(own) && holds(&own.senses, &name.senses)) else {
                continue;
            };
            let gap = Gap::new(self.words, &rule_score::mention(self.words, name, Kind::Place, 0.0), container);
            let lies_in = gap.behind >= COMMA || gap.is_outright_behind();
            if lies_in && self.words.phrase_before(name.first, Roles::PLACE_BEFORE).is_some() {
                let probability = container.probability * SHOWN;
                self.add_name(name, probability);
            }
        }
    }

    /// Names of which a country or division is said to have the place: "Ohio's Kent", "the Ohio town of Kent".
    pub fn add_possessed(&mut self) {
        for name in self.matches {
            if name.first == 0 || !self.is_free(name.first, name.last) && !self.is_lone_person(name) {
                continue;
            }
            let own = rule_score::mention(self.words, name, Kind::Place, 0.0);
            // "The U.S. Department of Justice" is in no Justice.
            let typed = || self.type_before(name.first).intersects(FeatureTypes::SETTLEMENT);
            let possessive = self.words.tokens[name.first - 1].kind == text::Kind::Possessive;
            if (possessive || typed()) && self.is_said_to_lie_before(&own) {
                self.add(Mention { probability: POSSESSED, ..own });
            }
        }
    }

    /// Countries and divisions that are said to have the place behind them: "NJ's Wallington".
    pub fn add_possessors(&mut self) {
        for name in self.matches {
            let is = |at: usize, kind| self.words.tokens.get(at).is_some_and(|token| token.kind == kind);
            // The stop of "Ill.'s".
            let mark = name.last + 1 + usize::from(is(name.last + 1, text::Kind::Stop));
            if !is(mark, text::Kind::Possessive) || !self.is_free(name.first, name.last) {
                continue;
            }
            let Some(own) = self.mention_at(mark + 1).filter(|own| own.kind == Kind::Place) else { continue };
            if holds(&name.senses, &own.senses) {
                let probability = own.probability * SHOWN;
                self.add_name(name, probability);
            }
        }
    }

    /// Whether a name of one word is somebody's for the tagger, but stands by itself and does nothing that people do.
    fn is_lone_person(&self, name: &GazetteerMatch<'g>) -> bool {
        let words = self.words;
        let next = name.last + 1;
        let is_word = words.tokens.get(next).is_some_and(|token| token.is_word());
        let acts = is_word && (words.has_capital(next) || words.roles(next).any(Roles::PERSON_VERB));
        let titled = words.previous(name.first).is_some_and(|before| words.roles(before).any(Roles::PERSON_TITLE));
        name.first == name.last && !self.is_mentioned(name.first, name.last) && !acts && !titled
    }

    /// Names with the country or division in brackets that has a place of that name: "Willoughby (Ohio)", "Logan (UT)".
    pub fn add_bracketed(&mut self) {
        let reads = |at: usize, mark: &str| self.words.tokens.get(at).is_some_and(|t| t.slice(self.words.text) == mark);
        for pair in self.matches.windows(2) {
            let [name, container] = pair else { continue };
            // The stop of "(Calif.)".
            let stop = usize::from(reads(container.last + 1, "."));
            let closes = reads(container.last + 1 + stop, ")");
            let bracketed = name.last + 2 == container.first && reads(name.last + 1, "(") && closes;
            if !bracketed
                || !holds(&container.senses, &name.senses)
                || !self.is_free(name.first, name.last) && !self.is_lone_person(name)
            {
                continue;
            }
            let known = self.mention_at(container.first);
            let probability = match known {
                Some(known) if known.kind == Kind::Place => known.probability,
                None if self.is_free(container.first, container.last) => BRACKETED,
                _ => continue,
            };
            if known.is_none() {
                self.add_name(container, probability);
            }
            self.add_name(name, probability * SHOWN);
        }
    }

    /// Names of towns with a postcode beside them of a country that has such a town: "51 High Street, Lincoln LN2 1AP".
    pub fn add_with_postcode(&mut self) {
        for name in self.matches {
            let bytes = self.words.tokens[name.first].start..self.words.tokens[name.last].end;
            let Some(country) = postcode::country(self.words.text, bytes) else { continue };
            let town = |(place, kind): &(PlaceRef<'_>, NameKind)| {
                *kind != NameKind::Demonym && place.class() == 'P' && place.country() == country
            };
            if name.senses.iter().any(town) {
                self.add_or_raise(name, CODED);
            }
        }
    }

    /// Names with the code of the division behind them that has a place of that name: "Paris TX".
    pub fn add_coded(&mut self) {
        for pair in self.matches.windows(2) {
            let [name, code] = pair else { continue };
            if !is_postal(self.words, (name.last, &name.senses), (code.first..=code.last, &code.senses)) {
                continue;
            }
            // "Vincent AL, Ma W, Gramer MR" are authors.
            let roles = self.words.roles(name.first);
            let is_word = roles.any(Roles::GIVEN | Roles::SURNAME | Roles::ENGLISH) && name.first == name.last;
            let known = |place: &PlaceRef<'_>| place.prominence() >= CODED_NAME;
            let coded = code.senses.iter().filter(|(own, _)| own.is_division1());
            let held = coded.flat_map(|(own, _)| name.senses.iter().filter(|(place, _)| own.contains(place)));
            if is_word && !held.into_iter().any(|(place, _)| known(place)) {
                continue;
            }
            self.add_or_raise(name, CODED);
            self.add_or_raise(code, CODED);
        }
    }
}

/// Whether a mention may be a country or a division.
pub fn is_division(mention: &Mention<'_>) -> bool {
    let division = |(place, kind): &(PlaceRef<'_>, NameKind)| *kind != NameKind::Demonym && place.class() == 'A';
    mention.kind == Kind::Place && mention.senses.iter().take(SENSES).any(division)
}

/// Whether a country or division that a name may be contains one of the places that another may be.
pub fn holds(container: &[(PlaceRef<'_>, NameKind)], senses: &[(PlaceRef<'_>, NameKind)]) -> bool {
    let wholes = container.iter().take(SENSES).filter(|(whole, _)| whole.class() == 'A');
    wholes.into_iter().any(|(whole, _)| senses.iter().any(|(part, _)| whole.contains(part)))
}
