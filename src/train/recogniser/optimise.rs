//! Examples -> weights, by AdaGrad on the likelihood of the chains of labels that the annotations allow.

use super::Settings;
use super::constraints;
use super::example::{Example, Scheme};
use crate::gazetteer::Gazetteer;
use crate::mention::tagger::labels::{LABELS, LANES, LabelSet};
use crate::mention::tagger::lattice::{Lattice, Scores, Transitions};
use crate::mention::{TextAnalysis, read_tokens, read_words};
use std::collections::HashMap;
use std::ops::Range;

/// The weights of a feature, one for each label, in log-odds.
pub type Weights = [f32; LANES];

/// The tokens of all examples with their features and allowed labels.
#[derive(Default)]
pub struct Data {
    segments: Vec<Segment>,
    /// The features of all tokens, as indices of distinct features.
    features: Vec<u32>,
    /// For each token where its features end.
    ends: Vec<usize>,
    /// For each token the labels that it may have.
    allowed: Vec<LabelSet>,
    /// For each distinct feature its index, by its hash.
    numbers: HashMap<u32, u32>,
    /// For each distinct feature how often it occurs.
    counts: Vec<u32>,
}

/// A segment of a text.
struct Segment {
    tokens: Range<usize>,
    /// The fold of its text; `None` if it is never held out.
    fold: Option<usize>,
    /// Which weights are its own, beside those that all texts share.
    habit: Habit,
}

/// The habit of annotation of a text: token-labelled corpora differ from annotated documents in whether streets, the people of a place or
/// places inside other names are marked. What they have in common is learned by weights that all texts share, and their habits by weights
/// of their own (Daumé, "Frustratingly easy domain adaptation", 2007). Answers are mentions as in documents, with [`OTHERS`] of the other
/// habit, so that the model needs only the sums.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Habit {
    /// That of token-labelled files.
    Other = 1,
    /// That of annotated documents.
    Own = 2,
}

/// Weights of each feature: those that all texts share, and those of each [`Habit`].
const PARTS: usize = 3;

/// Where the weights of a feature are that a habit uses.
fn parts(number: u32, habit: Habit) -> [usize; 2] {
    [PARTS * number as usize, PARTS * number as usize + habit as usize]
}

/// The weights learned.
pub struct Trained {
    /// Hashes of features with their weights, sorted by hash.
    pub features: Vec<(u32, Weights)>,
    /// The scores of one label after another.
    pub transitions: Transitions,
}

/// Share of the habits of token-labelled files in answers: documents are few, and other corpora know words that none of them has.
const OTHERS: f32 = 0.3;

/// Features that occur less often than this get no weight.
const SEEN: u32 = 2;

/// Learning rate of AdaGrad in the first pass.
const RATE: f32 = 0.12;

/// L2 regularisation, for each update.
const DECAY: f32 = 2e-5;

/// Number of passes at the end that only go over the features that the model keeps.
const LAST_PASSES: usize = 2;

impl Data {
    /// Adds an example of a fold; `None` if it is never held out.
    pub fn add(&mut self, gazetteer: &Gazetteer, example: &Example, fold: Option<usize>) {
        let (tokens, language) = read_tokens(&example.text, example.language.as_deref());
        let (words, _) = read_words(&example.text, &tokens, Some(&language));
        let analysis = TextAnalysis::new(&words, gazetteer);
        let inside: Vec<bool> = analysis.rule_scores.iter().map(|score| score.inside).collect();
        let allowed = constraints::allowed(example, analysis.words, &analysis.matches, &inside);
        let view = analysis.view();
        let habit = match example.scheme {
            Scheme::Names { embedded: false, .. } => Habit::Other,
            Scheme::Names { embedded: true, .. } | Scheme::Places { .. } => Habit::Own,
        };
        let mut features = Vec::new();
        for segment in view.segments() {
            let first = self.ends.len();
            let own = constraints::begin_afresh(&allowed[segment.clone()]);
            for at in segment.clone() {
                features.clear();
                view.features(at, &mut features);
                for &feature in &features {
                    let next = self.counts.len() as u32;
                    let number = *self.numbers.entry(feature).or_insert(next);
                    if number == next {
                        self.counts.push(0);
                    }
                    self.counts[number as usize] += 1;
                    self.features.push(number);
                }
                self.ends.push(self.features.len());
            }
            self.allowed.extend(own);
            self.segments.push(Segment { tokens: first..self.ends.len(), fold, habit });
        }
    }

    /// The number of segments.
    pub fn segments(&self) -> usize {
        self.segments.len()
    }

    /// The number of tokens.
    pub fn tokens(&self) -> usize {
        self.ends.len()
    }

    /// The number of distinct features.
    pub fn features(&self) -> usize {
        self.counts.len()
    }

    /// How often a feature occurs, by its hash.
    pub fn count(&self, feature: u32) -> u32 {
        self.numbers.get(&feature).map_or(0, |&number| self.counts[number as usize])
    }

    fn of_token(&self, at: usize) -> &[u32] {
        let start = if at == 0 { 0 } else { self.ends[at - 1] };
        &self.features[start..self.ends[at]]
    }
}

/// Learns the weights from all texts but those of the fold held out. `step` is called with the loss of each pass.
pub fn optimise(
    data: &Data,
    held_out: Option<usize>,
    settings: &Settings,
    random: &mut fastrand::Rng,
    step: &mut dyn FnMut(&str),
) -> Trained {
    let mut learner = Learner::new(data, settings.dropout);
    let learned = |at: &usize| held_out.is_none() || data.segments[*at].fold != held_out;
    let mut order: Vec<usize> = (0..data.segments.len()).filter(learned).collect();
    for epoch in 1..=settings.epochs {
        if epoch + LAST_PASSES == settings.epochs + 1 {
            learner.keep(data, settings.features);
        }
        // The rate falls linearly to a fifth of the first.
        learner.rate = RATE * (1.0 - 0.8 * (epoch - 1) as f32 / settings.epochs as f32);
        random.shuffle(&mut order);
        let mut loss = 0.0;
        for &at in &order {
            loss += learner.learn(data, &data.segments[at], random);
        }
        step(&format!("pass {epoch} of {}: {:.4} a token", settings.epochs, loss / data.tokens().max(1) as f64));
    }
    let kept = data.numbers.iter().filter(|(_, number)| learner.kept[**number as usize]);
    let mut features: Vec<(u32, Weights)> =
        kept.map(|(feature, number)| (*feature, learner.answering(*number))).collect();
    features.sort_unstable_by_key(|(feature, _)| *feature);
    Trained { features, transitions: learner.transitions }
}

/// What a feature that occurs so often is worth: its largest weight, the more the more often it occurs.
pub fn worth(weights: &Weights, count: u32) -> f32 {
    weights.iter().fold(0f32, |largest, weight| largest.max(weight.abs())) * (count as f32).powf(0.25)
}

struct Learner {
    weights: Vec<Weights>,
    /// Sums of squared gradients.
    squares: Vec<Weights>,
    /// For each distinct feature whether it has weights.
    kept: Vec<bool>,
    transitions: Transitions,
    transition_squares: [Weights; LABELS],
    rate: f32,
    dropout: f64,
    scores: Vec<Scores>,
    active: Vec<u32>,
    ends: Vec<usize>,
    all: Lattice,
    possible: Lattice,
}

impl Learner {
    fn new(data: &Data, dropout: f64) -> Self {
        Learner {
            weights: vec![[0.0; LANES]; PARTS * data.counts.len()],
            squares: vec![[0.0; LANES]; PARTS * data.counts.len()],
            kept: data.counts.iter().map(|&count| count >= SEEN).collect(),
            transitions: Transitions::new([[0.0; LANES]; LABELS]),
            transition_squares: [[0.0; LANES]; LABELS],
            rate: RATE,
            dropout,
            scores: Vec::new(),
            active: Vec::new(),
            ends: Vec::new(),
            all: Lattice::default(),
            possible: Lattice::default(),
        }
    }

    /// The weights of a feature in answers: to these all features of a token add, of which learning left out a share, so that they count the
    /// less (Srivastava et al., "Dropout", 2014).
    fn answering(&self, number: u32) -> Weights {
        let [mut sum, own] = parts(number, Habit::Own).map(|at| self.weights[at]);
        let [_, other] = parts(number, Habit::Other).map(|at| self.weights[at]);
        let heard = 1.0 - self.dropout as f32;
        sum.iter_mut()
            .zip(own.iter().zip(&other))
            .for_each(|(sum, (own, other))| *sum = heard * (*sum + own + OTHERS * other));
        sum
    }

    /// Drops all features but the `most` that are worth most.
    fn keep(&mut self, data: &Data, most: usize) {
        let worth = |number: usize| worth(&self.answering(number as u32), data.counts[number]);
        let kept = (0..self.kept.len()).filter(|&number| self.kept[number]);
        let mut order: Vec<(f32, usize)> = kept.map(|number| (worth(number), number)).collect();
        order.sort_unstable_by(|(a, one), (b, other)| b.total_cmp(a).then(one.cmp(other)));
        for &(_, number) in order.iter().skip(most) {
            self.kept[number] = false;
            self.weights[PARTS * number..PARTS * (number + 1)].fill([0.0; LANES]);
        }
    }

    /// Updates the weights by one segment and returns its loss before the update.
    fn learn(&mut self, data: &Data, segment: &Segment, random: &mut fastrand::Rng) -> f64 {
        self.scores.clear();
        self.active.clear();
        self.ends.clear();
        for at in segment.tokens.clone() {
            let mut sums = [0.0; LANES];
            for &number in data.of_token(at) {
                if self.kept[number as usize] && random.f64() >= self.dropout {
                    self.active.push(number);
                    for at in parts(number, segment.habit) {
                        sums.iter_mut().zip(&self.weights[at]).for_each(|(sum, weight)| *sum += weight);
                    }
                }
            }
            self.scores.push(sums);
            self.ends.push(self.active.len());
        }
        let allowed = &data.allowed[segment.tokens.clone()];
        self.all.run(&self.scores, &self.transitions, None);
        self.possible.run(&self.scores, &self.transitions, Some(allowed));
        let loss = self.all.log_sum() - self.possible.log_sum();
        if loss < 1e-3 {
            return loss;
        }
        let mut start = 0;
        for (at, &end) in self.ends.iter().enumerate() {
            let (wanted, had) = (self.possible.marginal(at), self.all.marginal(at));
            let mut gradient = [0.0; LANES];
            gradient.iter_mut().zip(wanted.iter().zip(&had)).for_each(|(g, (wanted, had))| *g = wanted - had);
            let relevant = gradient.iter().any(|g| g.abs() > 1e-4);
            let active = self.active[start..end].iter().filter(|_| relevant);
            for at in active.flat_map(|&number| parts(number, segment.habit)) {
                let (weights, squares) = (&mut self.weights[at], &mut self.squares[at]);
                for ((weight, square), g) in weights.iter_mut().zip(squares).zip(&gradient) {
                    let g = g - DECAY * *weight;
                    *square += g * g;
                    *weight += self.rate * g / (*square + 0.05).sqrt();
                }
            }
            start = end;
        }
        let mut pairs = [[0.0; LANES]; LABELS];
        self.possible.add_pairs(&self.transitions, 1.0, &mut pairs);
        self.all.add_pairs(&self.transitions, -1.0, &mut pairs);
        let rows = self.transitions.log.iter_mut().zip(&mut self.transition_squares).zip(&pairs);
        for ((log, squares), gradients) in rows {
            for ((score, square), g) in log.iter_mut().zip(squares).zip(gradients) {
                if score.is_finite() {
                    *square += g * g;
                    *score += self.rate * g / (*square + 1.0).sqrt();
                }
            }
        }
        self.transitions.update();
        loss
    }
}

#[cfg(test)]
mod tests {
    use super::super::Settings;
    use super::super::example::{Example, Mark, Scheme};
    use super::{Data, optimise};
    use crate::mention::tagger::Class;

    fn example(text: &str, name: &str, class: Class) -> Example {
        let start = text.find(name).expect("in the text");
        let marks = vec![Mark::labelled(start..start + name.len(), class)];
        Example { text: text.to_owned(), marks, scheme: Scheme::Names { absent: 0, embedded: true }, language: None }
    }

    #[test]
    fn the_loss_falls_and_a_seed_decides_everything() {
        let gazetteer = crate::embedded().expect("the embedded gazetteer");
        let mut data = Data::default();
        for number in 0..4 {
            data.add(&gazetteer, &example("Rain fell in Zubrowka today.", "Zubrowka", Class::Place), Some(number));
            data.add(&gazetteer, &example("Then Mrs Corvane slept.", "Corvane", Class::Person), None);
        }
        assert!(data.segments() >= 8 && data.tokens() >= data.segments() && data.features() > 100);
        let settings = Settings { epochs: 6, features: 100, ..Settings::default() };
        let train = |held_out| {
            let mut losses: Vec<f64> = Vec::new();
            let trained = optimise(&data, held_out, &settings, &mut fastrand::Rng::with_seed(3), &mut |step| {
                losses.extend(step.split(' ').nth(4).and_then(|loss| loss.parse::<f64>().ok()));
            });
            (trained.features, losses)
        };
        let (features, losses) = train(None);
        assert!(losses.len() == 6 && losses[5] < losses[0] / 2.0, "{losses:?}");
        assert_eq!(features.len(), 100, "no more features than asked for");
        assert!(features == train(None).0);
        assert!(features != train(Some(1)).0, "a fold held out is not learned from");
    }
}
