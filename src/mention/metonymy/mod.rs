//! Metonymy: names that stand for the people of a place: "Washington says", "talks with Ankara".
//!
//! The lexicon decides the plainest cases: by the verb behind the name, which only governments, armies or teams do, and by the words
//! before it (`acts` and `acted-on` in `data/languages/en/words/context.tsv`). A model that was trained on annotated texts finds more of
//! them by what else stands round the name.

mod features;
mod survey;

pub(crate) use features::{PlaceType, REVISION, Template, TokenKind};
pub(crate) use survey::Survey;

use super::Mention;
use crate::text::Words;
use serde::{Deserialize, Serialize};

/// A logistic regression that finds names that stand for people of a place.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Metonyms {
    /// Features with their weights in log-odds, sorted by the feature.
    pub weights: Vec<(u32, f32)>,
    /// A name stands for people if the weights of its features add up to more than this.
    pub threshold: f32,
}

impl Metonyms {
    /// The log-odds that a name with these features stands for people.
    pub fn log_odds(&self, features: &[u32]) -> f32 {
        let weight = |feature: &u32| {
            let at = self.weights.binary_search_by_key(feature, |(feature, _)| *feature).ok()?;
            Some(self.weights[at].1)
        };
        features.iter().filter_map(weight).sum()
    }
}

/// Which features may have a weight: a Bloom filter with one bit for each value of their upper halves. Most have none.
struct Filter(Vec<u64>);

impl Filter {
    fn new(model: &Metonyms) -> Self {
        let mut bits = vec![0; 1 << 10];
        for (feature, _) in &model.weights {
            bits[(feature >> 22) as usize] |= 1u64 << (feature >> 16 & 63);
        }
        Filter(bits)
    }

    fn may_contain(&self, feature: u32) -> bool {
        self.0[(feature >> 22) as usize] >> (feature >> 16 & 63) & 1 == 1
    }
}

/// Sets [`Mention::metonymic`] of the mentions that stand for people: by the lexicon, and by `model` if it has weights.
pub fn mark(words: &Words, mentions: &mut [Mention], model: Option<&Metonyms>) {
    let model = model.filter(|model| !model.weights.is_empty()).map(|model| (model, Filter::new(model)));
    let survey = Survey::new(words, mentions);
    let mut features = Vec::new();
    let mut by_model = |at: usize| {
        model.as_ref().is_some_and(|(model, filter)| {
            features.clear();
            survey.features(at, &mut features);
            features.retain(|&feature| filter.may_contain(feature));
            model.log_odds(&features) > model.threshold
        })
    };
    let metonymic: Vec<(usize, bool)> = survey.candidates().map(|(at, listed)| (at, listed || by_model(at))).collect();
    metonymic.into_iter().for_each(|(at, metonymic)| mentions[at].metonymic = metonymic);
}

#[cfg(test)]
mod tests {
    use super::{Filter, Metonyms};
    use crate::mention::find;
    use crate::mention::read_words;
    use crate::text::tokenise;
    use toponym_languages::languages;

    fn metonymic(text: &str) -> Vec<(String, bool)> {
        let gazetteer = crate::embedded().expect("the embedded gazetteer");
        let tokens = tokenise(text, languages());
        let (words, _) = read_words(text, &tokens, Some("en"));
        let found = find(&words, &gazetteer, None, Some(0.1));
        found.list.iter().map(|m| (text[m.start..m.end].to_owned(), m.metonymic)).collect()
    }

    #[test]
    fn verbs_and_dealings_tell() {
        let is = |name: &str, metonymic| (name.to_owned(), metonymic);
        assert_eq!(metonymic("Moscow denied it."), [is("Moscow", true)]);
        assert_eq!(metonymic("The talks with Ankara failed."), [is("Ankara", true)]);
        assert_eq!(metonymic("A man in Moscow denied it."), [is("Moscow", false)]);
        assert_eq!(metonymic("Rain fell in Ankara."), [is("Ankara", false)]);
    }

    #[test]
    fn weights_add_up_over_the_known_features() {
        let model = Metonyms { weights: vec![(7, 0.5), (0xABCD_0000, -2.0)], threshold: 0.0 };
        assert_eq!(model.log_odds(&[7, 8, 0xABCD_0000, 7]), -1.0);
        let filter = Filter::new(&model);
        assert!(filter.may_contain(7) && filter.may_contain(0xABCD_0000) && !filter.may_contain(0xABCE_0000));
    }
}
