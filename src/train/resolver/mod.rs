//! Training of the resolver: a forest for each round, each on what the ones before made of documents that they were not
//! trained on.

mod boost;
mod lessons;
mod run;
mod validate;

pub use run::{Division, Trained, train};

use crate::probability::{self, logit};
use crate::resolve::features::{PROBABILITY, Row};
use crate::resolve::model::{LOGIT_MARGIN, Model, softmax};
use boost::{Gradients, Growth, Matrix};
use lessons::{Lesson, RIGHT_KM, Target};
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use validate::Table;

/// Rounds of choosing.
const ROUNDS: usize = 3;

/// Parts into which documents are divided so that a round learns from what the one before makes of unseen documents.
const PARTS: usize = 5;

/// How the forests that choose are grown.
const CHOICE: Growth = Growth { trees: 140, depth: 5, rate: 0.18, caution: 4.0, features: 0.5 };

/// How the forest that tells how sure a choice is is grown.
const CERTAINTY: Growth = Growth { trees: 60, depth: 4, rate: 0.12, caution: 12.0, features: 0.6 };

/// How much the id that the annotators give counts against what is near it.
const SAME_SHARE: f32 = 0.5;

/// Candidates of a group that are learned from, the likeliest and the right ones: the others are easily told.
const CANDIDATES: usize = 10;

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

/// Learns a model from the lessons, and scores how each part of them was answered by what was learned from the others.
///
/// In every round each part is answered by a forest that was grown on the others, and the next round learns from these
/// answers; those of the last round are scored.
fn learn(lessons: &mut [Lesson<'_>], division: Division) -> (Model, Table) {
    let part_of = parts(lessons, division);
    let count = part_of.iter().max().map_or(0, |last| last + 1);
    let mut model = Model::default();
    lessons.iter_mut().for_each(|lesson| lesson.scene.begin());
    for round in 0..ROUNDS {
        if round > 0 {
            lessons.iter_mut().for_each(|lesson| lesson.scene.look_round());
        }
        let examples = Examples::of(lessons);
        let matrix = Matrix::of(&examples.rows);
        model.rounds.push(examples.learn(&matrix, |_| true));
        for part in 0..count {
            let forest = examples.learn(&matrix, |lesson| part_of[lesson] != part);
            for (lesson, _) in lessons.iter_mut().zip(&part_of).filter(|(_, of)| **of == part) {
                for group in &mut lesson.scene.groups {
                    group.probabilities = softmax(&forest.scores(&group.rows), |_| 0.0);
                }
            }
        }
    }
    let mut table = Table::new();
    for part in 0..count {
        let (own, others): (Vec<_>, Vec<_>) = lessons.iter().zip(&part_of).partition(|(_, of)| **of == part);
        let [own, others] = [own, others].map(|side| side.into_iter().map(|(lesson, _)| lesson).collect::<Vec<_>>());
        let names: HashSet<&str> = others.iter().flat_map(|lesson| &lesson.names).map(String::as_str).collect();
        let held_out = Model { rounds: Vec::new(), certainty: certainty(&others) };
        validate::score(&own, &names, &held_out, &mut table);
    }
    model.certainty = certainty(&lessons.iter().collect::<Vec<_>>());
    (model, table)
}

/// Answers lessons with a model learned from others, and scores them.
fn test(lessons: &mut [Lesson<'_>], model: &Model, learned: &[Lesson<'_>]) -> Table {
    let mut table = Table::new();
    for lesson in lessons.iter_mut() {
        lesson.scene.begin();
        model.rounds.iter().for_each(|_| lesson.scene.round(model));
    }
    let names: HashSet<&str> = learned.iter().flat_map(|lesson| &lesson.names).map(String::as_str).collect();
    validate::score(&lessons.iter().collect::<Vec<_>>(), &names, model, &mut table);
    table
}

/// The part of each lesson.
fn parts(lessons: &[Lesson<'_>], division: Division) -> Vec<usize> {
    let mut corpora: Vec<&str> = lessons.iter().map(|lesson| lesson.corpus.as_str()).collect();
    corpora.sort_unstable();
    corpora.dedup();
    let part = |lesson: &Lesson<'_>| match division {
        Division::Kin => crc32fast::hash(lesson.kin.as_bytes()) as usize % PARTS,
        Division::Corpus => corpora.partition_point(|corpus| *corpus < lesson.corpus.as_str()),
    };
    lessons.iter().map(part).collect()
}

impl Examples {
    fn of(lessons: &[Lesson<'_>]) -> Self {
        let mut examples = Examples { rows: Vec::new(), groups: Vec::new() };
        // A name that stands in many documents would be learned by heart.
        let mut documents: HashMap<&str, f32> = HashMap::new();
        for lesson in lessons {
            for group in &lesson.scene.groups {
                *documents.entry(&lesson.names[group.spots[0]]).or_insert(0.0) += lesson.weight;
            }
        }
        for (at, lesson) in lessons.iter().enumerate() {
            for (group, gold) in lesson.scene.groups.iter().zip(lesson.gold_of_groups()) {
                let Some(target) = Target::of(group, &gold).filter(|_| group.candidates.len() > 1) else { continue };
                let (rows, target) = target.among(group, CANDIDATES);
                let first = examples.rows.len();
                examples.rows.extend(rows);
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
        let mut probabilities = scores.to_vec();
        probability::softmax(&mut probabilities, 1.0);
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
fn certainty(lessons: &[&Lesson<'_>]) -> crate::resolve::forest::Forest {
    let (mut rows, mut right, mut weights) = (Vec::new(), Vec::new(), Vec::new());
    for lesson in lessons {
        for (group, gold) in lesson.scene.groups.iter().zip(lesson.gold_of_groups()) {
            let Some(best) = group.best().filter(|_| !gold.is_empty()) else { continue };
            let near = gold.iter().filter(|gold| gold.km(&group.candidates[best].place) <= RIGHT_KM).count();
            let mut row = group.rows[best];
            row[PROBABILITY] = logit(group.probabilities[best], LOGIT_MARGIN) as f32;
            rows.push(row);
            right.push(near as f32 / gold.len() as f32);
            weights.push(lesson.weight * (gold.len().min(5) as f32).sqrt());
        }
    }
    let matrix = Matrix::of(&rows);
    let all = 0..rows.len();
    boost::grow(&matrix, std::slice::from_ref(&all), CERTAINTY, |scores, gradients| {
        for (at, score) in scores.iter().enumerate() {
            let p = probability::sigmoid(*score);
            gradients.slope[at] = weights[at] * (p - right[at]);
            gradients.curvature[at] = weights[at] * (p * (1.0 - p)).max(1e-3);
        }
    })
}
