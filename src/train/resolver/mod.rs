//! Training of the resolver: a forest for each round, each on what the ones before made of documents that they were not
//! trained on.

mod boost;
mod lessons;
mod validate;

pub use boost::Growth;
pub use lessons::{Gold, Lesson, lessons_of};
pub use validate::{Figures, Table, cross_validate, leave_out, reliability, score, table};

use crate::resolve::features::{PROBABILITY, Row};
use crate::resolve::model::{Model, logit, softmax};
use crate::resolve::scene::Scene;
use boost::{Gradients, Matrix};
use lessons::{RIGHT_KM, Target};
use std::collections::HashMap;
use std::ops::Range;

/// Rounds of choosing.
const ROUNDS: usize = 3;

/// Parts into which documents are divided so that a round learns from what the one before makes of unseen documents.
const FOLDS: usize = 4;

/// How the forests that choose are grown.
const CHOICE: Growth = Growth { trees: 220, depth: 5, rate: 0.12, caution: 4.0, features: 0.6 };

/// How the forest that tells how sure a choice is is grown.
const CERTAINTY: Growth = Growth { trees: 60, depth: 4, rate: 0.12, caution: 12.0, features: 0.6 };

/// How much the id that the annotators give counts against what is near it.
const SAME_SHARE: f32 = 0.5;

/// The groups of lessons that something can be learned from.
struct Examples {
    rows: Vec<Row>,
    groups: Vec<Example>,
}

struct Example {
    lesson: usize,
    rows: Range<usize>,
    target: Target,
    weight: f32,
}

/// Learns a model from the lessons at these places. Their scenes are left as the last round found them.
pub fn train(lessons: &mut [Lesson<'_>], of: &[usize]) -> Model {
    let mut model = Model::default();
    let folds = folds(lessons, of, FOLDS);
    of.iter().for_each(|&at| lessons[at].scene.begin());
    for round in 0..ROUNDS {
        if round > 0 {
            of.iter().for_each(|&at| lessons[at].scene.look_round());
        }
        let examples = Examples::of(lessons, of);
        let matrix = Matrix::of(&examples.rows);
        model.rounds.push(examples.learn(&matrix, |_| true));
        for fold in 0..FOLDS {
            let forest = examples.learn(&matrix, |lesson| folds[&lesson] != fold);
            for &at in of.iter().filter(|at| folds[at] == fold) {
                for group in &mut lessons[at].scene.groups {
                    group.probabilities = softmax(&forest, &group.rows);
                }
            }
        }
    }
    model.certainty = certainty(lessons, of);
    model
}

/// The fold of each lesson: kin together.
fn folds(lessons: &[Lesson<'_>], of: &[usize], count: usize) -> HashMap<usize, usize> {
    of.iter().map(|&at| (at, crc32fast::hash(lessons[at].kin.as_bytes()) as usize % count)).collect()
}

impl Examples {
    fn of(lessons: &[Lesson<'_>], of: &[usize]) -> Self {
        let mut examples = Examples { rows: Vec::new(), groups: Vec::new() };
        // A name that stands in many documents would be learned by heart.
        let mut documents: HashMap<&str, f32> = HashMap::new();
        for &at in of {
            for group in &lessons[at].scene.groups {
                *documents.entry(&lessons[at].names[group.spots[0]]).or_insert(0.0) += lessons[at].weight;
            }
        }
        for &at in of {
            let lesson = &lessons[at];
            for (group, gold) in lesson.scene.groups.iter().zip(lesson.gold_of_groups()) {
                let Some(target) = Target::of(group, &gold).filter(|_| group.candidates.len() > 1) else { continue };
                let first = examples.rows.len();
                examples.rows.extend_from_slice(&group.rows);
                let often = documents[lesson.names[group.spots[0]].as_str()].max(1.0);
                let weight = lesson.weight * (target.mentions.min(5) as f32).sqrt() / often.sqrt();
                let rows = first..examples.rows.len();
                examples.groups.push(Example { lesson: at, rows, target, weight });
            }
        }
        examples
    }

    /// A forest for the groups of some lessons: it makes what is right probable.
    fn learn(&self, matrix: &Matrix, takes: impl Fn(usize) -> bool) -> crate::resolve::forest::Forest {
        let groups: Vec<&Example> = self.groups.iter().filter(|example| takes(example.lesson)).collect();
        let ranges: Vec<Range<usize>> = groups.iter().map(|example| example.rows.clone()).collect();
        boost::grow(matrix, &ranges, CHOICE, |scores, gradients| {
            groups.iter().for_each(|example| example.gradients(scores, gradients));
        })
    }
}

impl Example {
    fn gradients(&self, scores: &[f32], gradients: &mut Gradients) {
        let scores = &scores[self.rows.clone()];
        let best = scores.iter().copied().fold(f32::MIN, f32::max);
        let mut probabilities: Vec<f32> = scores.iter().map(|score| (score - best).exp()).collect();
        let sum: f32 = probabilities.iter().sum();
        probabilities.iter_mut().for_each(|p| *p /= sum);
        let near: f32 = probabilities.iter().zip(&self.target.near).map(|(p, near)| p * near).sum();
        let same: f32 = self.target.same.iter().sum();
        let share = if same > 0.0 { SAME_SHARE } else { 0.0 };
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

/// Learns how probable it is that a choice is right.
fn certainty(lessons: &[Lesson<'_>], of: &[usize]) -> crate::resolve::forest::Forest {
    let (mut rows, mut right, mut weights) = (Vec::new(), Vec::new(), Vec::new());
    for &at in of {
        for (group, gold) in lessons[at].scene.groups.iter().zip(lessons[at].gold_of_groups()) {
            let Some(best) = group.best().filter(|_| !gold.is_empty()) else { continue };
            let near = gold.iter().filter(|gold| gold.km(&group.candidates[best].place) <= RIGHT_KM).count();
            let mut row = group.rows[best];
            row[PROBABILITY] = logit(group.probabilities[best]) as f32;
            rows.push(row);
            right.push(near as f32 / gold.len() as f32);
            weights.push(lessons[at].weight * (gold.len().min(5) as f32).sqrt());
        }
    }
    let matrix = Matrix::of(&rows);
    boost::grow(&matrix, &[0..rows.len()], CERTAINTY, |scores, gradients| {
        for (at, score) in scores.iter().enumerate() {
            let p = 1.0 / (1.0 + (-score).exp());
            gradients.slope[at] = weights[at] * (p - right[at]);
            gradients.curvature[at] = weights[at] * (p * (1.0 - p)).max(1e-3);
        }
    })
}

/// Runs a model on a scene from its beginning.
fn run(scene: &mut Scene<'_>, model: &Model) {
    scene.begin();
    model.rounds.iter().for_each(|_| scene.round(model));
}
