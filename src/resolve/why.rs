//! The reasons for a choice, in words.

use super::features::{self as f, Row};
use super::forest::Forest;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A reason for a place against another.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Why {
    /// The kind of reason.
    pub topic: Topic,
    /// By how much it raised the place's log-odds.
    pub strength: f64,
    /// The number that it states: kilometres or a share, by topic.
    pub value: f64,
}

/// Kinds of reasons for a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Topic {
    /// No other place bears the name.
    Alone,
    /// How well known it is.
    Prominence,
    /// What kind of name it is for the place.
    Name,
    /// The words in or beside the name state such a feature type.
    Level,
    /// An adjacent mention contains it, or is contained in it.
    Beside,
    /// The publisher, or the reader's hint.
    Home,
    /// The share of the document's places in its country.
    Country,
    /// The share of the document's places in its division, or a mention of what contains it.
    Division,
    /// Kilometres to the document's nearest place.
    Nearness,
    /// The same name is likely this place elsewhere in the document.
    Elsewhere,
    /// It is not named; the document puts the mention there.
    Locality,
}

/// The features of each topic.
static TOPICS: [(Topic, &[usize]); 9] = [
    (Topic::Prominence, &[f::PROMINENCE, f::PEOPLE, f::NAME_COUNT, f::RANK, f::ORDER, f::LEAD, f::PRIOR_SHARE]),
    (Topic::Name, &[f::NAME_KIND, f::FORM, f::LIKENESS]),
    (Topic::Level, &[f::FEATURE_TYPE, f::CLASS]),
    (
        Topic::Beside,
        &[f::CONTAINER_BEHIND, f::CONTAINER_BEFORE, f::HOLDS_PRECEDING, f::CONTAINER_LEAD, f::STATED_CONTAINER],
    ),
    (Topic::Home, &[f::HINTED, f::HOME_COUNTRY, f::HOME_DIVISION, f::HOME_KM, f::HOME_LEAD]),
    (Topic::Country, &[f::COUNTRY, f::COUNTRY_LEAD, f::ADJACENT_COUNTRY, f::COMPATRIOTS]),
    (Topic::Division, &[f::DIVISION, f::DIVISION_LEAD, f::ADJACENT_DIVISION, f::CONTAINER, f::CONTAINS]),
    (
        Topic::Nearness,
        &[f::NEAREST_KM, f::SECOND_KM, f::NEARNESS, f::NEARNESS_LEAD, f::ADJACENT_KM, f::ADJACENT_LEAD, f::FIRST_KM],
    ),
    (Topic::Elsewhere, &[f::ELSEWHERE]),
];

/// The least strength of a reason.
const LEAST: f64 = 0.2;

/// Reasons of a choice, at most.
const MOST: usize = 4;

/// The reasons for the first against the second of each pair of rows, the strongest first: by how much its score falls when it has
/// the other's features of a topic.
pub fn between(forest: &Forest, pairs: &[(Row, Row)]) -> Vec<Vec<Why>> {
    let mut rows = Vec::new();
    for (own, rival) in pairs {
        rows.push(*own);
        for (_, features) in topics(own, rival) {
            let mut row = *own;
            features.iter().for_each(|&feature| row[feature] = rival[feature]);
            rows.push(row);
        }
    }
    let mut scores = forest.scores(&rows).into_iter();
    let each = pairs.iter().map(|(own, rival)| {
        let score = scores.next().unwrap_or_default();
        let reasons = topics(own, rival).zip(scores.by_ref()).map(|((topic, _), without)| Why {
            topic: *topic,
            strength: f64::from(score - without),
            value: value(*topic, own),
        });
        let mut reasons: Vec<Why> = reasons.filter(|why| why.strength >= LEAST && why.says_something()).collect();
        reasons.sort_by(|a, b| b.strength.total_cmp(&a.strength));
        reasons.truncate(MOST);
        reasons
    });
    each.collect()
}

/// The topics of the features in which two candidates differ: the others speak for neither.
fn topics(own: &Row, rival: &Row) -> impl Iterator<Item = &'static (Topic, &'static [usize])> {
    TOPICS.iter().filter(|(_, features)| features.iter().any(|&feature| own[feature] != rival[feature]))
}

/// The reason for a place without a rival.
pub fn alone(topic: Topic) -> Vec<Why> {
    vec![Why { topic, strength: 0.0, value: 0.0 }]
}

fn value(topic: Topic, row: &Row) -> f64 {
    let km = |log: f32| f64::from(log).exp() - 1.0;
    match topic {
        Topic::Home if row[f::HOME_KM] >= 0.0 => km(row[f::HOME_KM]),
        Topic::Home => -1.0,
        Topic::Country => f64::from(row[f::COUNTRY]),
        Topic::Division => f64::from(row[f::DIVISION].max(0.0)),
        Topic::Nearness => km(row[f::NEAREST_KM].min(row[f::ADJACENT_KM])),
        _ => 0.0,
    }
}

impl Why {
    /// Whether it is a reason in words: that none of the other places is in a country is none.
    fn says_something(&self) -> bool {
        !matches!(self.topic, Topic::Country | Topic::Division) || self.value >= 0.05
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let percent = 100.0 * self.value;
        match self.topic {
            Topic::Alone => f.write_str("no other place bears the name"),
            Topic::Prominence => f.write_str("how well known it is"),
            Topic::Name => f.write_str("how well the name fits"),
            Topic::Level => f.write_str("the kind of place that the words beside the name call for"),
            Topic::Beside => f.write_str("what is named right beside it"),
            Topic::Home if self.value >= 0.0 => write!(f, "{:.0} km from where the document comes from", self.value),
            Topic::Home => f.write_str("the country that the document comes from"),
            Topic::Country => write!(f, "{percent:.0} % of the other places are in its country"),
            Topic::Division => write!(f, "{percent:.0} % of the other places are in its division"),
            Topic::Nearness if self.value < 3000.0 => write!(f, "{:.0} km from another place named", self.value),
            Topic::Nearness => f.write_str("how far it is from the other places"),
            Topic::Elsewhere => f.write_str("the name is this place elsewhere in the document"),
            Topic::Locality => f.write_str("not in the gazetteer; the document seems to put it there"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Topic, between};
    use crate::resolve::features::{COUNT, COUNTRY, LEAD};
    use crate::resolve::forest::{Forest, Tree};

    #[test]
    fn the_features_that_differ_are_the_reasons() {
        let tree = |feature, leaves: [f32; 2]| Tree { questions: vec![(feature as u8, 0.5)], leaves: leaves.to_vec() };
        let forest = Forest::new(vec![tree(COUNTRY, [0.0, 2.0]), tree(LEAD, [0.0, 1.0])]);
        let (mut own, rival) = ([0.0; COUNT], [0.0; COUNT]);
        (own[COUNTRY], own[LEAD]) = (0.75, 1.0);
        let [reasons, against] = &between(&forest, &[(own, rival), (rival, own)])[..] else { panic!("one for each") };
        assert_eq!(reasons.iter().map(|why| why.topic).collect::<Vec<_>>(), [Topic::Country, Topic::Prominence]);
        assert_eq!(reasons[0].to_string(), "75 % of the other places are in its country");
        assert!(against.is_empty(), "nothing speaks for the other");
    }
}
