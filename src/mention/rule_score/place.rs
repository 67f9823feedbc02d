//! Evidence that a name is a place's, a street's or part of an organisation's, from the words round it.

use super::context::MatchContext;
use crate::gazetteer::{NameKind, PlaceRef};
use crate::mention::enumeration;
use crate::mention::style::Style;
use crate::text::lexicon::Roles;

/// Words with a capital behind a name among which the type of an organisation is looked for: "Washington State University
/// Hospital".
const ORGANISATION_REACH: usize = 3;

impl MatchContext<'_, '_> {
    /// The log-odds, at least 0, that the words round the name add to its being a place's.
    pub(super) fn place_log_odds(&self, senses: &[(PlaceRef<'_>, NameKind)]) -> f64 {
        let (words, name) = (self.words, self.name);
        let mut log_odds = 0.0;
        if self.place_cue_before() {
            log_odds += 2.0;
        } else if words.phrase_before(name.first, Roles::WEAK_BEFORE).is_some() {
            log_odds += 0.7;
        }
        let typed = words.next(name.last).is_some_and(|after| words.roles(after).is_place_type());
        if typed || enumeration::plural_behind(words, name.last).is_some() {
            log_odds += 1.5;
        }
        if self.is_dateline() {
            log_odds += 3.0;
        }
        if self.container_follows(senses) {
            log_odds += 4.5;
        }
        log_odds
    }

    /// Whether a street, road or bridge is called by the name.
    pub(super) fn is_street(&self) -> bool {
        let after = self.words.next(self.name.last).filter(|&after| self.words.has_capital(after));
        after.is_some_and(|after| self.words.roles(after).is_street_type())
    }

    /// Whether the name stands inside the name of an organisation, a team or a building: "Aleppo University".
    pub(super) fn is_inside_organisation(&self) -> bool {
        let (words, name) = (self.words, self.name);
        let mut at = name.last;
        // Where every word has a capital, only the next one is evidence.
        let reach = if self.style == Style::Normal { ORGANISATION_REACH } else { 1 };
        for _ in 0..reach {
            let Some(after) = words.next(at).filter(|&after| words.has_capital(after)) else { break };
            if words.phrase_at(after, Roles::ORG_AFTER) > 0 {
                return true;
            }
            at = after;
        }
        words.phrase_before(name.first, Roles::ORG_BEFORE).is_some_and(|first| words.has_capital(first))
    }
}
