//! The clusters that something can be learned from, and the forest that makes their right candidates probable.

use super::boost::{self, Gradients, Growth, Matrix};
use super::documents::TrainingDocument;
use super::target::Target;
use crate::probability::softmax;
use crate::resolve::features::Row;
use crate::resolve::forest::Forest;
use std::collections::HashMap;
use std::ops::Range;

/// How the forests that choose are grown.
const GROWTH: Growth = Growth { trees: 140, depth: 5, rate: 0.18, caution: 16.0, features: 0.5 };

/// How much the id that the annotators give counts against their point.
const ID_SHARE: f32 = 0.5;

/// The likeliest candidates of a cluster that are learned from, besides the right ones: the others are easily told apart.
const CANDIDATES: usize = 10;

/// More mentions of a cluster than this do not make it count more.
const MOST_MENTIONS: usize = 5;

/// Clusters of training documents.
pub struct Examples {
    rows: Vec<Row>,
    clusters: Vec<Example>,
}

struct Example {
    /// Index of the document.
    document: usize,
    /// The rows of its candidates.
    rows: Range<usize>,
    target: Target,
    weight: f32,
}

impl Examples {
    /// The clusters with more than one candidate of which one is right.
    pub fn new(documents: &[TrainingDocument<'_>]) -> Self {
        let mut examples = Examples { rows: Vec::new(), clusters: Vec::new() };
        // A name that is in many documents counts less in each, so that it is not learned by heart.
        let mut frequency: HashMap<&str, f32> = HashMap::new();
        for document in documents {
            for cluster in &document.context.clusters {
                *frequency.entry(document.name_of(cluster)).or_insert(0.0) += document.weight;
            }
        }
        for (at, document) in documents.iter().enumerate() {
            for (cluster, gold) in document.context.clusters.iter().zip(document.gold_by_cluster()) {
                let target = Target::new(cluster, &gold).filter(|_| cluster.candidates.len() > 1);
                let Some(target) = target else { continue };
                let (rows, target) = target.reduced(cluster, CANDIDATES);
                let first = examples.rows.len();
                examples.rows.extend(rows);
                let often = frequency[document.name_of(cluster)].max(1.0);
                let weight = document.weight * (target.mentions.min(MOST_MENTIONS) as f32).sqrt() / often.sqrt();
                let rows = first..examples.rows.len();
                examples.clusters.push(Example { document: at, rows, target, weight });
            }
        }
        examples
    }

    /// The rows, binned.
    pub fn matrix(&self) -> Matrix {
        Matrix::new(&self.rows)
    }

    /// A forest for the clusters of the documents whose index `takes` accepts.
    pub fn learn(&self, matrix: &Matrix, takes: impl Fn(usize) -> bool) -> Forest {
        let clusters: Vec<&Example> = self.clusters.iter().filter(|example| takes(example.document)).collect();
        let ranges: Vec<Range<usize>> = clusters.iter().map(|example| example.rows.clone()).collect();
        boost::grow(matrix, &ranges, GROWTH, |scores, gradients| {
            clusters.iter().for_each(|example| example.gradients(scores, gradients));
        })
    }
}

impl Example {
    /// Writes the derivatives of the loss, the cross entropy between the softmax of the scores and the target, by the scores.
    fn gradients(&self, scores: &[f32], gradients: &mut Gradients) {
        let mut probabilities = scores[self.rows.clone()].to_vec();
        softmax(&mut probabilities, 1.0);
        let near: f32 = probabilities.iter().zip(&self.target.near).map(|(p, near)| p * near).sum();
        let same: f32 = self.target.same.iter().sum();
        let share = if same > 0.0 { ID_SHARE } else { 0.0 };
        for (at, p) in probabilities.iter().enumerate() {
            let by_near = p * self.target.near[at] / near.max(1e-9);
            let by_id = if same > 0.0 { self.target.same[at] / same } else { 0.0 };
            let wanted = share * by_id + (1.0 - share) * by_near;
            let row = self.rows.start + at;
            gradients.slope[row] = self.weight * (p - wanted);
            gradients.curvature[row] = self.weight * (p * (1.0 - p)).max(1e-3);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Example, Target};
    use crate::train::resolver::boost::Gradients;

    #[test]
    fn scores_are_drawn_to_the_right_candidates() {
        let target = Target { same: vec![0.0, 1.0, 0.0], near: vec![0.0, 0.5, 0.5], mentions: 1 };
        let example = Example { document: 0, rows: 0..3, target, weight: 2.0 };
        let mut gradients = Gradients { slope: vec![0.0; 3], curvature: vec![0.0; 3] };
        example.gradients(&[0.0; 3], &mut gradients);
        assert!(gradients.slope[0] > 0.0, "a wrong one falls");
        assert!(gradients.slope[1] < 0.0, "the very place rises");
        assert!(gradients.slope[1] < gradients.slope[2], "more than what is only near");
        assert!(gradients.slope.iter().sum::<f32>().abs() < 1e-5);
    }
}
