//! Evidence from the name itself: how well known its places are, how ordinary a word it is, how it is written.

use super::context::MatchContext;
use crate::gazetteer::{NameKind, PlaceRef};
use crate::mention::style::Style;
use crate::text::lexicon::Roles;
use crate::text::{Case, Kind};

/// Prominence of a place of which neither the population nor anything else is known: a hamlet, a stream, a park. Large gazetteers
/// are full of them, and their names of ordinary words.
const UNKNOWN: f64 = 2.0;

/// Prominence from which a place, a country or a large city, is known without a capital too.
const WELL_KNOWN: f64 = 6.0;

/// Prominence from which a name of three letters or fewer is no chance hit.
const KNOWN_BY_SHORT_NAME: f64 = 5.5;

impl MatchContext<'_, '_> {
    /// The log-odds of the name by itself. `senses` are the places that it may name as it is written.
    pub(super) fn name_log_odds(&self, senses: &[(PlaceRef<'_>, NameKind)]) -> f64 {
        let (words, name) = (self.words, self.name);
        let known = senses.iter().map(|(place, _)| place.prominence()).fold(0.0, f64::max);
        let mut log_odds = if known <= UNKNOWN { -3.0 } else { (known - 4.0).clamp(-1.0, 3.5) };
        // "US" is not "us".
        let abbreviation = senses.iter().any(|(_, kind)| kind.is_abbreviated()) && self.style != Style::Capitals;
        let roles = if abbreviation { Roles::default() } else { self.roles };
        if !self.is_single() {
            log_odds += 1.0;
        }
        log_odds -= self.word_penalty(roles, senses);
        log_odds -= self.person_penalty(roles, known);
        let small = self.style == Style::Small
            || words.tokens[name.first].case == Case::Lower && words.is_behind(name.first, "#");
        if small {
            log_odds -= small_penalty(roles, known);
        }
        let latin = name.name.is_ascii();
        if latin && name.name.chars().count() <= 3 && known < KNOWN_BY_SHORT_NAME && !abbreviation {
            log_odds -= 2.5;
        }
        let capitals = words.tokens[name.first].case == Case::Upper && self.style == Style::Normal;
        if capitals && self.is_single() && latin {
            log_odds = self.less_capitals(log_odds, abbreviation, senses);
        }
        log_odds
    }

    /// What an ordinary word of the language costs.
    fn word_penalty(&self, roles: Roles, senses: &[(PlaceRef<'_>, NameKind)]) -> f64 {
        let doubtful_capital = self.words.tokens[self.name.first].opens || self.style != Style::Normal;
        if roles.any(Roles::ORDINARY | Roles::MAYBE_WORD) {
            match () {
                () if self.container_follows(senses) => 0.0,
                () if roles.any(Roles::PLACE_FIRST) && !doubtful_capital => 0.0,
                () if roles.any(Roles::PLACE_FIRST | Roles::MAYBE_PERSON) => 1.5,
                // "from Nice", "to Bend": a capital that nothing else explains.
                () if roles.any(Roles::MAYBE_WORD) && !doubtful_capital && self.place_cue_before() => 1.5,
                () if roles.any(Roles::MAYBE_WORD) => 4.0,
                () => 7.0,
            }
        } else if roles.any(Roles::ENGLISH) && self.is_single() {
            match doubtful_capital {
                true if roles.any(Roles::PLACE_FIRST) => 2.0,
                true => 4.0,
                false => 1.0,
            }
        } else {
            0.0
        }
    }

    /// What the name of a person costs.
    fn person_penalty(&self, roles: Roles, known: f64) -> f64 {
        let person = roles.any(Roles::MAYBE_PERSON | Roles::SURNAME | Roles::GIVEN) && !roles.any(Roles::PLACE_FIRST);
        match person && self.is_single() {
            true if known >= WELL_KNOWN => 0.7,
            true => 2.0,
            false => 0.0,
        }
    }

    /// The log-odds of a word in capitals among words that are not.
    fn less_capitals(&self, mut log_odds: f64, abbreviation: bool, senses: &[(PlaceRef<'_>, NameKind)]) -> f64 {
        let (words, name) = (self.words, self.name);
        let letters = name.name.chars().count();
        if !abbreviation && letters <= 5 && !self.is_dateline() {
            log_odds -= 3.0;
        }
        // "OK", "AK-47": two letters are a state behind its town's name only, unless they have their stops, "B.C."
        let stopped = words.text[words.tokens[name.first].start..words.tokens[name.first].end].contains('.');
        let comma = stopped || self.comma_before().is_some();
        if abbreviation && letters == 2 && !comma && senses.iter().all(|(place, _)| place.is_division1()) {
            log_odds -= 4.5;
        }
        // "US$ 10 million", "780 MT".
        let dollars = words.text[words.tokens[name.last].end..].starts_with('$');
        let amount = words.previous(name.first).is_some_and(|at| words.tokens[at].kind == Kind::Number);
        if dollars || amount && letters == 2 {
            log_odds -= 6.0;
        }
        log_odds
    }
}

/// What a name without a capital costs: it must be well known, and no word of the language.
fn small_penalty(roles: Roles, known: f64) -> f64 {
    let word = roles.any(Roles::ENGLISH | Roles::ORDINARY);
    let person = roles.any(Roles::GIVEN | Roles::SURNAME);
    match word || person && known < WELL_KNOWN {
        true => 5.5,
        false => 1.5 + 2.0 * (5.0 - known).clamp(0.0, 2.0),
    }
}
