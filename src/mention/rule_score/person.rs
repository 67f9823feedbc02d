//! Evidence that a name is a person's, from the words round it.

use super::context::MatchContext;
use crate::gazetteer::NameKind;
use crate::mention::matcher::GazetteerMatch;
use crate::mention::people::{NamePart, is_given_name, is_surname};
use crate::mention::style::Style;
use crate::text::Kind;
use crate::text::lexicon::Roles;

impl MatchContext<'_, '_> {
    /// The log-odds, at most 0, that the words round the name leave it of being a place's and not a person's.
    pub(super) fn person_log_odds(&self) -> f64 {
        let mut log_odds = -self.person_before();
        log_odds -= self.person_after();
        if self.is_single() {
            // "Israel" stays a country although a sergeant is called so.
            log_odds -= match self.people.get(&*self.name.name) {
                Some(NamePart::Surname | NamePart::Titled) if self.roles.any(Roles::MAYBE_PERSON) => 4.5,
                Some(NamePart::Surname | NamePart::Titled) => 2.5,
                Some(NamePart::Given) => 3.0,
                None => 0.0,
            };
        }
        log_odds
    }

    /// What the words before the name cost: titles, given names, kin, the head of a longer name.
    fn person_before(&self) -> f64 {
        let (words, name, single) = (self.words, self.name, self.is_single());
        let title = || words.phrase_before(name.first, Roles::PERSON_TITLE).is_some();
        if let Some(before) = words.previous(name.first).filter(|&at| words.has_capital(at)) {
            let spaced = words.tokens[name.first - 1].kind != Kind::Hyphen;
            match () {
                // "Syrian Aleppo".
                () if self.before.is_some_and(is_demonym) => 0.0,
                () if title() && spaced => {
                    if single {
                        5.0
                    } else {
                        2.0
                    }
                }
                () if spaced && is_given_name(words, before) => 4.0,
                // "In Aleppo", "Northern Aleppo".
                () if words.phrase_before(name.first, Roles::PLACE_BEFORE | Roles::WEAK_BEFORE).is_some() => 0.0,
                // The tail of a longer name that the gazetteer lacks: "Ahrar al-Bab".
                () if !words.roles(before).any(Roles::ENGLISH) && spaced => {
                    if self.style == Style::Normal {
                        4.5
                    } else {
                        2.0
                    }
                }
                () => 0.0,
            }
        } else if single && title() {
            3.0
        } else if single && self.is_kin() {
            8.0
        } else {
            0.0
        }
    }

    /// Whether a relative is named: "by her son, Jordan".
    fn is_kin(&self) -> bool {
        let relative = self.comma_before().and_then(|comma| self.words.previous(comma));
        relative.is_some_and(|at| self.words.roles(at).any(Roles::KIN))
    }

    /// What the word behind the name costs: a surname, a verb of people.
    fn person_after(&self) -> f64 {
        let (words, name) = (self.words, self.name);
        let Some(after) = words.next(name.last) else { return 0.0 };
        let (roles, single) = (words.roles(after), self.is_single());
        if !words.has_capital(after) {
            return if roles.any(Roles::PERSON_VERB) { 1.5 } else { 0.0 };
        }
        let given = single && self.roles.any(Roles::GIVEN);
        let normal = self.style == Style::Normal;
        match () {
            () if after != name.last + 1 => 0.0,
            () if given && is_surname(words, after) && !roles.is_place_type() => 4.0,
            () if single && roles.any(Roles::SURNAME) && !roles.any(Roles::ENGLISH) => 2.0,
            () if normal && !roles.any(Roles::ENGLISH | Roles::ORG_AFTER) && !roles.is_place_type() => 1.0,
            () => 0.0,
        }
    }
}

/// Whether some place bears the name as an adjective or people.
fn is_demonym(name: &GazetteerMatch<'_>) -> bool {
    name.senses.iter().any(|(_, kind)| *kind == NameKind::Demonym)
}
