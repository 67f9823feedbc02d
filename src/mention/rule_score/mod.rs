//! Rule scores: how strongly rules hold that a gazetteer match names a place.
//!
//! Each rule adds log-odds; the sum gives the probability. The weights were set by hand and checked on news articles; the words that
//! rules look for are data of the language packs. The trained recogniser takes the scores as features, and where there is none they
//! decide.

mod context;
mod longer_name;
mod mention;
mod name;
mod person;
mod place;

pub use mention::{mention, mentions};

use super::matcher::GazetteerMatch;
use super::people::NamePart;
use super::style::Style;
use crate::gazetteer::NameKind;
use crate::text::Words;
use context::MatchContext;
use rustc_hash::FxHashMap;

/// A mention less probable than this, 0 to 1, is dropped.
pub const ACCEPT: f64 = 0.5;

/// The log-odds of every adjective and people of the gazetteer: "Turkish", "Turks".
const DEMONYM_LOG_ODDS: f64 = 2.5;

/// What the rules hold of a gazetteer match.
#[derive(Clone, Copy, Debug)]
pub struct RuleScore {
    /// That it names a place, in log-odds.
    pub log_odds: f64,
    /// Whether it does so as an adjective or people.
    pub demonym: bool,
    /// Whether it stands inside the name of an organisation, a team or a building.
    pub inside: bool,
    /// Whether a street, road or bridge is called by it.
    pub street: bool,
}

/// The rule score of each gazetteer match. `people` holds the parts of the names of people in the document, folded.
pub fn rule_scores(
    words: &Words,
    styles: &[Style],
    people: &FxHashMap<String, NamePart>,
    matches: &[GazetteerMatch<'_>],
) -> Vec<RuleScore> {
    let score = |at: usize| {
        let context = MatchContext::new(words, styles, people, matches, at);
        let senses = &matches[at].fitting;
        let demonym = senses.iter().any(|(_, kind)| *kind == NameKind::Demonym);
        let log_odds = match demonym {
            true => DEMONYM_LOG_ODDS,
            false => {
                context.name_log_odds(senses)
                    + context.person_log_odds()
                    + context.longer_name_log_odds()
                    + context.place_log_odds(senses)
            }
        };
        RuleScore { log_odds, demonym, inside: context.is_inside_organisation(), street: context.is_street() }
    };
    (0..matches.len()).map(score).collect()
}

#[cfg(test)]
mod tests {
    use super::{RuleScore, rule_scores};
    use crate::mention::{matcher, people, style};
    use crate::text::{Words, tokenise};
    use toponym_languages::languages;

    /// The rule score of the only match of `name` in a text.
    fn score(text: &str, name: &str) -> RuleScore {
        let gazetteer = crate::embedded().expect("the embedded gazetteer");
        let tokens = tokenise(text, languages());
        let words = Words::new(text, &tokens, languages().default_language());
        let styles = style::sentence_styles(&words);
        let matches = matcher::longest_matches(&words, &styles, &gazetteer);
        let people = people::name_parts(&words, &matches);
        let scores = rule_scores(&words, &styles, &people, &matches);
        let at = matches.iter().position(|m| &text[tokens.list[m.first].start..tokens.list[m.last].end] == name);
        scores[at.unwrap_or_else(|| panic!("no {name} in {text}"))]
    }

    /// Asserts that the first text speaks more for its name as a place than the second for the same name.
    fn assert_rises(name: &str, more: &str, less: &str) {
        let (more_odds, less_odds) = (score(more, name).log_odds, score(less, name).log_odds);
        assert!(more_odds > less_odds, "{name}: {more_odds} in {more:?}, {less_odds} in {less:?}");
    }

    #[test]
    fn cues_of_places_raise_the_score() {
        assert_rises("Reading", "They moved to a house in Reading.", "They said Reading.");
        assert_rises("Reading", "They moved. Reading, England, was cold.", "They moved. Reading was cold.");
        let (listed, bare) = ("They left Orange and Lincoln counties.", "They left Orange and Lincoln early.");
        assert_rises("Orange", listed, bare);
        assert_rises("ALEPPO", "ALEPPO, Syria — Shells fell on the city.", "The shells fell on ALEPPO in the city.");
    }

    #[test]
    fn cues_of_people_lower_the_score() {
        assert_rises("Jordan", "They left Jordan.", "They left Kevin Jordan.");
        assert_rises("Lincoln", "They saw Lincoln.", "They saw President Lincoln.");
        assert_rises("Jordan", "They came by bus, Jordan said.", "They came with her son, Jordan.");
        let (other, own) = ("Rain fell on Jordan. Kevin Smith came.", "Rain fell on Jordan. Kevin Jordan came.");
        assert_rises("Jordan", other, own);
    }

    #[test]
    fn pieces_of_longer_names_score_less() {
        assert_rises("Denver", "They left Denver.", "They left New Denver.");
        assert_rises("Aleppo", "They left Aleppo in rain.", "They joined Aleppo al-Sham in rain.");
    }

    #[test]
    fn adjectives_streets_and_organisations_are_told() {
        assert!(score("Turkish soldiers came.", "Turkish").demonym);
        assert!(score("They met on Aleppo Street.", "Aleppo").street);
        assert!(score("They met at Aleppo University.", "Aleppo").inside);
        assert!(score("They met at the Bank of Aleppo.", "Aleppo").inside);
        let city = score("They met in Aleppo.", "Aleppo");
        assert!(!city.demonym && !city.street && !city.inside);
    }
}
