//! The forest for the probability that a choice is right.

use super::boost::{self, Growth, Matrix};
use super::documents::TrainingDocument;
use crate::probability::{logit, sigmoid};
use crate::resolve::features::PROBABILITY;
use crate::resolve::forest::Forest;
use crate::resolve::model::LOGIT_MARGIN;

/// How the forest is grown.
const GROWTH: Growth = Growth { trees: 60, depth: 4, rate: 0.12, caution: 12.0, features: 0.6 };

/// More mentions of a cluster than this do not make it count more.
const MOST_MENTIONS: usize = 5;

/// Learns from the choices of documents, as their contexts stand, how probable it is that a choice is right.
pub fn certainty(documents: &[&TrainingDocument<'_>]) -> Forest {
    let (mut rows, mut right, mut weights) = (Vec::new(), Vec::new(), Vec::new());
    for document in documents {
        for (cluster, gold) in document.context.clusters.iter().zip(document.gold_by_cluster()) {
            let Some(best) = cluster.best().filter(|_| !gold.is_empty()) else { continue };
            let near = gold.iter().filter(|gold| gold.is_near(&cluster.candidates[best].place)).count();
            let mut row = cluster.rows[best];
            row[PROBABILITY] = logit(cluster.probabilities[best], LOGIT_MARGIN) as f32;
            rows.push(row);
            right.push(near as f32 / gold.len() as f32);
            weights.push(document.weight * (gold.len().min(MOST_MENTIONS) as f32).sqrt());
        }
    }
    let all = 0..rows.len();
    boost::grow(&Matrix::new(&rows), std::slice::from_ref(&all), GROWTH, |scores, gradients| {
        for (at, score) in scores.iter().enumerate() {
            let p = sigmoid(*score);
            gradients.slope[at] = weights[at] * (p - right[at]);
            gradients.curvature[at] = weights[at] * (p * (1.0 - p)).max(1e-3);
        }
    })
}
