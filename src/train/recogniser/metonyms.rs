//! Names that annotators tell to stand for people -> weights of what stands round them, by logistic regression.

use super::folds::{Name, Names};
use crate::mention::Metonyms;
use crate::mention::calibration::probability;
use std::collections::BTreeMap;
use std::ops::Range;

/// Annotated names that stand for people, at least: fewer teach nothing.
const FEWEST: usize = 50;

/// Parts of the documents of which each is answered by what was learned from the others.
const PARTS: usize = 10;

/// Passes over the names.
const PASSES: usize = 200;

/// Steps of the first update.
const RATE: f64 = 0.2;

/// How strongly weights are held near 0, for each name.
const DECAY: f64 = 3e-4;

/// A weight nearer to 0 than this is left out.
const LEAST: f64 = 0.04;

/// Of the names told to stand for people at least this share must, in documents not learned from; what is told is then as much
/// as may be.
const PRECISION: f64 = 0.65;

/// Learns to tell them. `step` is told how well that goes in documents not learned from.
pub fn learn(documents: &[Names], step: &mut dyn FnMut(&str)) -> Metonyms {
    let wanted: usize = documents.iter().map(|document| document.wanted).sum();
    if wanted < FEWEST {
        return Metonyms::default();
    }
    let mut answers: Vec<(f32, bool)> = Vec::new();
    for part in 0..PARTS {
        let own = |at: usize| at % PARTS == part;
        let learned: Vec<&Names> = documents.iter().enumerate().filter(|(at, _)| !own(*at)).map(|(_, d)| d).collect();
        let model = weigh(&learned);
        for document in documents.iter().enumerate().filter(|(at, _)| own(*at)).map(|(_, d)| d) {
            // What the lists say is told in any case.
            let odds = |name: &Name| if name.listed { f32::MAX } else { model.log_odds(&name.features) };
            answers.extend(document.found.iter().map(|name| (odds(name), name.is == Some(true))));
        }
    }
    answers.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut right = 0;
    let mut best = (f32::INFINITY, 0, 0);
    for ((odds, is), told) in answers.iter().zip(1..) {
        right += usize::from(*is);
        if *is && right as f64 >= PRECISION * f64::from(told) {
            best = (*odds, right, told);
        }
    }
    let (odds, right, told) = best;
    if told == 0 {
        return Metonyms::default();
    }
    step(&format!(
        "of {told} names told to stand for people {right} do, of {wanted} annotated, in documents not learned from"
    ));
    let all: Vec<&Names> = documents.iter().collect();
    let weights = weigh(&all).weights;
    Metonyms { weights, threshold: odds - 1e-4 }
}

/// The weights that documents teach.
fn weigh(documents: &[&Names]) -> Metonyms {
    let mut numbers: BTreeMap<u32, usize> = BTreeMap::new();
    let mut names: Vec<(Range<usize>, f64)> = Vec::new();
    let mut features: Vec<usize> = Vec::new();
    for name in documents.iter().flat_map(|document| &document.found) {
        let Some(is) = name.is else { continue };
        let start = features.len();
        for feature in &name.features {
            let next = numbers.len();
            features.push(*numbers.entry(*feature).or_insert(next));
        }
        names.push((start..features.len(), f64::from(u8::from(is))));
    }
    let (mut weights, mut squares) = (vec![0.0; numbers.len()], vec![0.0; numbers.len()]);
    let (mut slopes, decay) = (vec![0.0; numbers.len()], DECAY * names.len() as f64);
    for _ in 0..PASSES {
        slopes.iter_mut().zip(&weights).for_each(|(slope, weight)| *slope = -decay * weight);
        for (own, is) in &names {
            let odds: f64 = features[own.clone()].iter().map(|&feature| weights[feature]).sum();
            let slope = is - probability(odds);
            features[own.clone()].iter().for_each(|&feature| slopes[feature] += slope);
        }
        for ((weight, square), slope) in weights.iter_mut().zip(&mut squares).zip(&slopes) {
            *square += slope * slope;
            *weight += RATE * slope / (*square + 1e-6f64).sqrt();
        }
    }
    // Two decimals are all that such a weight is known to.
    let told = |(feature, number): (u32, usize)| (feature, ((weights[number] * 100.0f64).round() / 100.0) as f32);
    let all = numbers.into_iter().map(told);
    Metonyms { weights: all.filter(|(_, weight)| f64::from(weight.abs()) >= LEAST).collect(), threshold: 0.0 }
}

#[cfg(test)]
mod tests {
    use super::{Name, Names, learn};

    #[test]
    fn what_tells_is_learned_and_what_does_not_is_no_model() {
        let document = |at: u32| {
            let name = |feature, is| Name { features: vec![0, feature, 100 + at], listed: false, is: Some(is) };
            Names { found: vec![name(1, true), name(2, false), name(2, false)], wanted: 1 }
        };
        let documents: Vec<Names> = (0..60).map(document).collect();
        let mut said = String::new();
        let model = learn(&documents, &mut |step| said.push_str(step));
        assert!(model.log_odds(&[0, 1]) > 0.0 && model.log_odds(&[0, 2]) < model.threshold, "{model:?}");
        assert!(
            said.ends_with("60 names told to stand for people 60 do, of 60 annotated, in documents not learned from"),
            "{said}"
        );
        assert!(learn(&documents[..49], &mut |_| {}).weights.is_empty(), "too few to learn from");
        let none: Vec<Names> = documents.into_iter().map(|each| Names { found: Vec::new(), ..each }).collect();
        assert!(learn(&none, &mut |_| {}).weights.is_empty(), "nothing found, nothing told");
    }
}
