//! The average of several runs. What one has learned by the chance of its order, and of what it left out, the others have not, so that
//! unknown names are told apart better than by any of them; the model is of the same size and as fast.

use super::optimise::{Data, Trained, Weights, optimise, worth};
use super::{Settings, threads};
use crate::mention::tagger::labels::LANES;
use crate::mention::tagger::lattice::Transitions;
use std::collections::HashMap;

/// Each run keeps this many times the features that are wanted, since no two keep the same.
const ROOM: f64 = 1.5;

/// Learns the weights from all texts in as many runs as the settings say, as many at a time as there are processors, and averages them.
pub fn averaged(data: &Data, settings: &Settings, random: &mut fastrand::Rng, step: &mut dyn FnMut(&str)) -> Trained {
    if settings.runs <= 1 {
        return optimise(data, None, settings, random, step);
    }
    let roomy = &Settings { features: (ROOM * settings.features as f64) as usize, ..settings.clone() };
    let mut chances: Vec<fastrand::Rng> = (0..settings.runs).map(|_| random.fork()).collect();
    let mut begun = 0;
    let mut begin = |some: &[fastrand::Rng]| {
        step(&format!("run {} to {} of {}", begun + 1, begun + some.len(), settings.runs));
        begun += some.len();
    };
    let runs = threads::each(&mut chances, &mut begin, |chance| optimise(data, None, roomy, chance, &mut |_| {}));
    Trained { features: features(data, &runs, settings.features), transitions: transitions(&runs) }
}

/// The `most` features that are worth most, with their average weights, sorted by hash. A run that lacks a feature gives it none.
fn features(data: &Data, runs: &[Trained], most: usize) -> Vec<(u32, Weights)> {
    let mut averages: HashMap<u32, Weights> = HashMap::new();
    for (feature, weights) in runs.iter().flat_map(|run| &run.features) {
        let average = averages.entry(*feature).or_insert([0.0; LANES]);
        average.iter_mut().zip(weights).for_each(|(average, weight)| *average += weight / runs.len() as f32);
    }
    let mut features: Vec<(u32, Weights)> = averages.into_iter().collect();
    let worth = |(feature, weights): &(u32, Weights)| worth(weights, data.count(*feature));
    features.sort_unstable_by(|a, b| worth(b).total_cmp(&worth(a)).then(a.0.cmp(&b.0)));
    features.truncate(most);
    features.sort_unstable_by_key(|(feature, _)| *feature);
    features
}

/// The average scores of one label after another; what is impossible in each run is so in their average.
fn transitions(runs: &[Trained]) -> Transitions {
    let average = |label: usize, next: usize| {
        runs.iter().map(|run| run.transitions.log[label][next]).sum::<f32>() / runs.len() as f32
    };
    Transitions::new(std::array::from_fn(|label| std::array::from_fn(|next| average(label, next))))
}

#[cfg(test)]
mod tests {
    use super::super::Settings;
    use super::super::example::{Example, Mark, Scheme};
    use super::super::optimise::Data;
    use super::averaged;
    use crate::mention::tagger::Class;

    #[test]
    fn runs_are_averaged_and_a_seed_decides_everything() {
        let gazetteer = crate::embedded().expect("the embedded gazetteer");
        let mut data = Data::default();
        for (text, name) in [("Rain fell in Zubrowka today.", "Zubrowka"), ("They left Zubrowka in May.", "Zubrowka")] {
            let start = text.find(name).expect("in the text");
            let marks = vec![Mark::labelled(start..start + name.len(), Class::Place)];
            let scheme = Scheme::Names { absent: 0, embedded: true };
            data.add(&gazetteer, &Example { text: text.to_owned(), marks, scheme, language: None }, None);
        }
        let train = |runs| {
            let settings = Settings { runs, epochs: 4, features: 20, ..Settings::default() };
            averaged(&data, &settings, &mut fastrand::Rng::with_seed(3), &mut |_| {}).features
        };
        let three = train(3);
        assert_eq!(three.len(), 20, "no more features than asked for");
        assert!(three.is_sorted_by_key(|(feature, _)| *feature));
        assert!(three == train(3) && three != train(1));
    }
}
