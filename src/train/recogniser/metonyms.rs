//! Names annotated as standing for people -> the model of metonymy, by logistic regression.

use super::folds::{DocumentNames, Name};
use crate::mention::Metonyms;
use crate::probability::sigmoid;
use std::collections::BTreeMap;
use std::ops::Range;

/// Smallest number of names annotated as standing for people from which a model is learned.
const FEWEST: usize = 50;

/// Number of folds of the documents for cross-validation.
const PARTS: usize = 10;

/// Number of passes over the names.
const PASSES: usize = 200;

/// Learning rate of AdaGrad.
const RATE: f64 = 0.2;

/// L2 regularisation, for each name.
const DECAY: f64 = 3e-4;

/// Weights nearer to 0 than this are left out.
const LEAST: f64 = 0.04;

/// Smallest precision in cross-validation; the threshold is the one with the highest recall that reaches it.
const PRECISION: f64 = 0.65;

/// Learns a model of metonymy; an empty one if there is too little to learn from. `step` is called with precision and recall in
/// cross-validation.
pub fn learn(documents: &[DocumentNames], step: &mut dyn FnMut(&str)) -> Metonyms {
    let annotated: usize = documents.iter().map(|document| document.annotated).sum();
    if annotated < FEWEST {
        return Metonyms::default();
    }
    let mut answers: Vec<(f32, bool)> = Vec::new();
    for part in 0..PARTS {
        let held_out = |at: usize| at % PARTS == part;
        let rest = documents.iter().enumerate().filter(|(at, _)| !held_out(*at));
        let model = weigh(&rest.map(|(_, document)| document).collect::<Vec<_>>());
        for (_, document) in documents.iter().enumerate().filter(|(at, _)| held_out(*at)) {
            // The lexicon decides without the model.
            let odds = |name: &Name| if name.listed { f32::MAX } else { model.log_odds(&name.features) };
            answers.extend(document.found.iter().map(|name| (odds(name), name.metonymic == Some(true))));
        }
    }
    answers.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut right = 0;
    let mut best = (f32::INFINITY, 0, 0);
    for ((odds, metonymic), predicted) in answers.iter().zip(1..) {
        right += usize::from(*metonymic);
        if *metonymic && right as f64 >= PRECISION * f64::from(predicted) {
            best = (*odds, right, predicted);
        }
    }
    let (odds, right, predicted) = best;
    if predicted == 0 {
        return Metonyms::default();
    }
    step(&format!(
        "of {predicted} names told to stand for people {right} do, of {annotated} annotated, in documents not learned from"
    ));
    let all: Vec<&DocumentNames> = documents.iter().collect();
    let weights = weigh(&all).weights;
    Metonyms { weights, threshold: odds - 1e-4 }
}

/// The weights learned from documents.
fn weigh(documents: &[&DocumentNames]) -> Metonyms {
    let mut numbers: BTreeMap<u32, usize> = BTreeMap::new();
    let mut names: Vec<(Range<usize>, f64)> = Vec::new();
    let mut features: Vec<usize> = Vec::new();
    for name in documents.iter().flat_map(|document| &document.found) {
        let Some(metonymic) = name.metonymic else { continue };
        let start = features.len();
        for feature in &name.features {
            let next = numbers.len();
            features.push(*numbers.entry(*feature).or_insert(next));
        }
        names.push((start..features.len(), f64::from(u8::from(metonymic))));
    }
    let (mut weights, mut squares) = (vec![0.0; numbers.len()], vec![0.0; numbers.len()]);
    let (mut gradient, decay) = (vec![0.0; numbers.len()], DECAY * names.len() as f64);
    for _ in 0..PASSES {
        gradient.iter_mut().zip(&weights).for_each(|(slope, weight)| *slope = -decay * weight);
        for (own, metonymic) in &names {
            let odds: f64 = features[own.clone()].iter().map(|&feature| weights[feature]).sum();
            let error = metonymic - sigmoid(odds);
            features[own.clone()].iter().for_each(|&feature| gradient[feature] += error);
        }
        for ((weight, square), slope) in weights.iter_mut().zip(&mut squares).zip(&gradient) {
            *square += slope * slope;
            *weight += RATE * slope / (*square + 1e-6f64).sqrt();
        }
    }
    // The weights are not known more precisely than to two decimals.
    let rounded = |(feature, number): (u32, usize)| (feature, ((weights[number] * 100.0f64).round() / 100.0) as f32);
    let all = numbers.into_iter().map(rounded);
    Metonyms { weights: all.filter(|(_, weight)| f64::from(weight.abs()) >= LEAST).collect(), threshold: 0.0 }
}

#[cfg(test)]
mod tests {
    use super::{DocumentNames, Name, learn};

    #[test]
    fn features_that_tell_are_learned_from_enough_names() {
        let document = |at: u32| {
            let name = |feature, metonymic| Name {
                features: vec![0, feature, 100 + at],
                listed: false,
                metonymic: Some(metonymic),
            };
            DocumentNames { found: vec![name(1, true), name(2, false), name(2, false)], annotated: 1 }
        };
        let documents: Vec<DocumentNames> = (0..60).map(document).collect();
        let mut said = String::new();
        let model = learn(&documents, &mut |step| said.push_str(step));
        assert!(model.log_odds(&[0, 1]) > 0.0 && model.log_odds(&[0, 2]) < model.threshold, "{model:?}");
        assert!(
            said.ends_with("60 names told to stand for people 60 do, of 60 annotated, in documents not learned from"),
            "{said}"
        );
        assert!(learn(&documents[..49], &mut |_| {}).weights.is_empty(), "too few to learn from");
        let none: Vec<DocumentNames> =
            documents.into_iter().map(|each| DocumentNames { found: Vec::new(), ..each }).collect();
        assert!(learn(&none, &mut |_| {}).weights.is_empty(), "nothing found");
    }
}
