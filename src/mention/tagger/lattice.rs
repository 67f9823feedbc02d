//! Inference in the linear chain of labels over a segment of tokens: the best chain, and the probability of each label.

use super::labels::{LABELS, LANES, LabelSet, OUTSIDE, may_follow};

/// The scores of the labels of a token, in log-odds.
pub type Scores = [f32; LANES];

/// The scores of one label after another.
#[derive(Clone)]
pub struct Transitions {
    /// `log[a][b]` is the score of `b` after `a`, in log-odds.
    pub log: [[f32; LANES]; LABELS],
    /// The exponentials of `log`.
    plain: [[f32; LANES]; LABELS],
    /// The transpose of `plain`: `transposed[b][a]` is for `b` after `a`.
    transposed: [Scores; LABELS],
}

impl Transitions {
    /// Transitions with these scores; those that [`may_follow`] rules out are made impossible.
    pub fn new(log: [[f32; LANES]; LABELS]) -> Self {
        let none = [[0.0; LANES]; LABELS];
        let mut transitions = Transitions { log, plain: none, transposed: none };
        transitions.update();
        transitions
    }

    /// Recomputes the exponentials after `log` was changed.
    pub fn update(&mut self) {
        for (a, (log, plain)) in self.log.iter_mut().zip(&mut self.plain).enumerate() {
            for (b, (log, plain)) in log.iter_mut().zip(plain).enumerate() {
                let possible = b < LABELS && may_follow(a, b);
                *plain = if possible { log.exp() } else { 0.0 };
                if !possible {
                    *log = f32::NEG_INFINITY;
                }
            }
        }
        for (b, row) in self.transposed.iter_mut().enumerate() {
            row.iter_mut().zip(&self.plain).for_each(|(transposed, plain)| *transposed = plain[b]);
        }
    }
}

/// Forward and backward sums over the chains of a segment whose neighbours on both sides are outside any name. The buffers are
/// reused from segment to segment.
#[derive(Default)]
pub struct Lattice {
    emissions: Vec<Scores>,
    forward: Vec<Scores>,
    backward: Vec<Scores>,
    /// The factors of the sum over all chains: the best score of each token, the sum by which each token was normalised, and the
    /// sum at the end.
    parts: Vec<f32>,
    /// The scores of the best chains up to before each token, by the label of the token before.
    reached: Vec<Scores>,
}

impl Lattice {
    /// Computes the sums from the tokens' scores; with `allowed`, over the chains of allowed labels only.
    pub fn run(&mut self, scores: &[Scores], transitions: &Transitions, allowed: Option<&[LabelSet]>) {
        let length = scores.len();
        for table in [&mut self.emissions, &mut self.forward, &mut self.backward] {
            table.clear();
            table.resize(length, [0.0; LANES]);
        }
        self.parts.clear();
        for (at, (own, emission)) in scores.iter().zip(&mut self.emissions).enumerate() {
            let best = own[..LABELS].iter().copied().fold(f32::MIN, f32::max);
            let set = allowed.map_or(LabelSet::MAX, |allowed| allowed[at]);
            for (label, (score, plain)) in own[..LABELS].iter().zip(emission.iter_mut()).enumerate() {
                *plain = if set >> label & 1 == 1 { (score - best).exp() } else { 0.0 };
            }
            self.parts.push(best);
        }
        let mut before = [0.0; LANES];
        before[OUTSIDE] = 1.0;
        for (own, emission) in self.forward.iter_mut().zip(&self.emissions) {
            for (weight, row) in before.iter().zip(&transitions.plain).filter(|(weight, _)| **weight > 0.0) {
                own.iter_mut().zip(row).for_each(|(sum, step)| *sum += weight * step);
            }
            own.iter_mut().zip(emission).for_each(|(sum, plain)| *sum *= plain);
            let total: f32 = own[..LABELS].iter().sum();
            let scale = 1.0 / total.max(f32::MIN_POSITIVE);
            own.iter_mut().for_each(|sum| *sum *= scale);
            self.parts.push(total.max(f32::MIN_POSITIVE));
            before = *own;
        }
        let mut after = transitions.transposed[OUTSIDE];
        let end: f32 = before.iter().zip(&after).map(|(weight, step)| weight * step).sum();
        self.parts.push(end.max(f32::MIN_POSITIVE));
        for at in (0..length).rev() {
            let total: f32 = after[..LABELS].iter().sum();
            let scale = 1.0 / total.max(f32::MIN_POSITIVE);
            after.iter_mut().for_each(|weight| *weight *= scale);
            self.backward[at] = after;
            let mut weighted = after;
            weighted.iter_mut().zip(&self.emissions[at]).for_each(|(weight, plain)| *weight *= plain);
            after = [0.0; LANES];
            for (weight, row) in weighted.iter().zip(&transitions.transposed) {
                after.iter_mut().zip(row).for_each(|(sum, step)| *sum += step * weight);
            }
        }
    }

    /// The logarithm of the sum over all chains, for training.
    #[cfg(any(feature = "train", test))]
    pub fn log_sum(&self) -> f64 {
        let (bests, totals) = self.parts.split_at(self.forward.len());
        let bests = bests.iter().fold(0.0, |sum, best| sum + f64::from(*best));
        totals.iter().fold(bests, |sum, total| sum + f64::from(*total).ln())
    }

    /// The probability of each label at a token.
    pub fn marginal(&self, at: usize) -> Scores {
        let mut product = [0.0; LANES];
        let both = self.forward[at].iter().zip(&self.backward[at]);
        product.iter_mut().zip(both).for_each(|(product, (a, b))| *product = a * b);
        let total: f32 = product.iter().sum();
        product.iter_mut().for_each(|share| *share /= total.max(f32::MIN_POSITIVE));
        product
    }

    /// Adds `weight` times the probability of each pair of neighbouring labels to `sums`, for training.
    #[cfg(any(feature = "train", test))]
    pub fn add_pairs(&self, transitions: &Transitions, weight: f32, sums: &mut [[f32; LANES]; LABELS]) {
        let mut outside = [0.0; LANES];
        outside[OUTSIDE] = 1.0;
        for at in 0..=self.forward.len() {
            let before = at.checked_sub(1).map_or(&outside, |before| &self.forward[before]);
            let mut after = outside;
            if let Some(own) = self.backward.get(at) {
                after = *own;
                after.iter_mut().zip(&self.emissions[at]).for_each(|(after, plain)| *after *= plain);
            }
            let mut total = 0.0;
            let mut pairs = [[0.0; LANES]; LABELS];
            for ((pair, row), a) in pairs.iter_mut().zip(&transitions.plain).zip(before) {
                for ((pair, step), b) in pair.iter_mut().zip(row).zip(&after) {
                    *pair = a * step * b;
                    total += *pair;
                }
            }
            let scale = weight / total.max(f32::MIN_POSITIVE);
            for (sum, pair) in sums.iter_mut().zip(&pairs) {
                sum.iter_mut().zip(pair).for_each(|(sum, pair)| *sum += scale * pair);
            }
        }
    }

    /// The probability that a name with the labels `begin` and `inside` begins at token `first` and ends at token `last`.
    pub fn span_probability(
        &self,
        transitions: &Transitions,
        first: usize,
        last: usize,
        begin: usize,
        inside: usize,
    ) -> f32 {
        let mut path = self.marginal(first)[begin];
        let mut label = begin;
        for at in first + 1..=last + 1 {
            // The probability of each label after the one before, up to a factor, given what follows.
            let mut after = [0.0; LANES];
            match (self.backward.get(at), self.emissions.get(at)) {
                (Some(backward), Some(emission)) => {
                    let each = transitions.plain[label].iter().zip(backward.iter().zip(emission));
                    after.iter_mut().zip(each).for_each(|(after, (step, (b, e)))| *after = step * b * e);
                }
                _ => after[OUTSIDE] = 1.0,
            }
            let total: f32 = after.iter().sum();
            let goes_on = after[inside] / total.max(f32::MIN_POSITIVE);
            path *= if at <= last { goes_on } else { 1.0 - goes_on };
            label = inside;
        }
        path
    }

    /// Writes the best chain of labels between two tokens outside any name into `labels`.
    pub fn best(&mut self, scores: &[Scores], transitions: &Transitions, labels: &mut Vec<u8>) {
        let mut before = [f32::NEG_INFINITY; LANES];
        before[OUTSIDE] = 0.0;
        self.reached.clear();
        for own in scores {
            self.reached.push(before);
            let mut best = [f32::NEG_INFINITY; LANES];
            for (reached, row) in before.iter().zip(&transitions.log) {
                for (best, step) in best.iter_mut().zip(row) {
                    let score = reached + step;
                    *best = if score > *best { score } else { *best };
                }
            }
            best.iter_mut().zip(own).for_each(|(best, own)| *best += own);
            before = best;
        }
        let end = (0..LABELS).max_by(|&a, &b| {
            let [a_score, b_score] = [a, b].map(|label| before[label] + transitions.log[label][OUTSIDE]);
            a_score.total_cmp(&b_score).then(b.cmp(&a))
        });
        let mut label = end.unwrap_or(OUTSIDE);
        labels.clear();
        // The predecessor of a label is computed on the way back, only for the one label that needs it.
        for before in self.reached.iter().rev() {
            labels.push(label as u8);
            let (mut best, next) = (f32::NEG_INFINITY, std::mem::replace(&mut label, OUTSIDE));
            for (a, (reached, row)) in before.iter().zip(&transitions.log).enumerate() {
                let score = reached + row[next];
                if score > best {
                    (best, label) = (score, a);
                }
            }
        }
        labels.reverse();
    }
}

#[cfg(test)]
mod tests {
    use super::super::labels::{Class, LABELS, LANES};
    use super::{Lattice, Transitions};

    fn transitions() -> Transitions {
        let mut log = [[0.0; LANES]; LABELS];
        for (a, row) in log.iter_mut().enumerate() {
            for (b, step) in row.iter_mut().enumerate() {
                *step = ((a * 7 + b * 3) % 5) as f32 / 5.0 - 0.4;
            }
        }
        Transitions::new(log)
    }

    fn scores() -> Vec<[f32; LANES]> {
        let token = |seed: usize| std::array::from_fn(|label| ((label * 5 + seed * 11) % 7) as f32 / 3.0);
        (0..4).map(token).collect()
    }

    /// Every chain with its weight.
    fn chains() -> Vec<(Vec<usize>, f64)> {
        let (scores, transitions) = (scores(), transitions());
        let mut all = vec![(Vec::new(), 0usize, 0.0f64)];
        for own in &scores {
            all = all
                .into_iter()
                .flat_map(|(chain, last, sum)| {
                    let transitions = &transitions;
                    (0..LABELS).map(move |label| {
                        let chain: Vec<usize> = chain.iter().copied().chain([label]).collect();
                        (chain, label, sum + f64::from(transitions.log[last][label]) + f64::from(own[label]))
                    })
                })
                .filter(|(_, _, sum)| sum.is_finite())
                .collect();
        }
        let end = |last: usize| f64::from(transitions.log[last][0]);
        all.into_iter().map(|(chain, last, sum)| (chain, (sum + end(last)).exp())).collect()
    }

    #[test]
    fn sums_and_shares_are_those_of_all_chains() {
        let (mut lattice, transitions) = (Lattice::default(), transitions());
        lattice.run(&scores(), &transitions, None);
        let chains = chains();
        let total: f64 = chains.iter().map(|(_, weight)| weight).sum();
        assert!((lattice.log_sum() - total.ln()).abs() < 1e-4);
        let share = |wanted: &dyn Fn(&[usize]) -> bool| {
            chains.iter().filter(|(chain, _)| wanted(chain)).map(|(_, weight)| weight).sum::<f64>() / total
        };
        let (begin, inside) = (Class::Place.begin(), Class::Place.inside());
        let marginal = f64::from(lattice.marginal(2)[begin]);
        assert!((marginal - share(&|chain| chain[2] == begin)).abs() < 1e-4);
        let span = f64::from(lattice.span_probability(&transitions, 1, 2, begin, inside));
        let wanted = share(&|chain| chain[1] == begin && chain[2] == inside && chain[3] != inside);
        assert!((span - wanted).abs() < 1e-4, "{span} {wanted}");
        let mut pairs = [[0.0; LANES]; LABELS];
        lattice.add_pairs(&transitions, 1.0, &mut pairs);
        let wanted: f64 = (0..3).map(|at| share(&|chain| chain[at] == begin && chain[at + 1] == inside)).sum();
        assert!((f64::from(pairs[begin][inside]) - wanted).abs() < 1e-4);
    }

    #[test]
    fn the_best_chain_is_the_heaviest() {
        let mut labels = Vec::new();
        Lattice::default().best(&scores(), &transitions(), &mut labels);
        let chains = chains();
        let heaviest = chains.iter().max_by(|a, b| a.1.total_cmp(&b.1)).expect("chains");
        let weight = |labels: &[usize]| chains.iter().find(|(chain, _)| chain == labels).map(|(_, weight)| *weight);
        let found = weight(&labels.iter().map(|&label| usize::from(label)).collect::<Vec<_>>()).expect("a chain");
        assert!((found / heaviest.1 - 1.0).abs() < 1e-5);
    }

    #[test]
    fn only_allowed_labels_count() {
        let mut lattice = Lattice::default();
        let place = Class::Place.both();
        lattice.run(&scores(), &transitions(), Some(&[1, place, place, 1]));
        assert_eq!(lattice.marginal(0)[0], 1.0);
        assert_eq!(lattice.marginal(1)[Class::Place.begin()], 1.0);
    }
}
