//! Gradient boosting: each tree is fitted to what the ones before it leave to be explained.

use crate::resolve::features::{COUNT, Row};
use crate::resolve::forest::{Forest, Tree};
use std::ops::Range;

/// How a forest is grown.
#[derive(Clone, Copy, Debug)]
pub struct Growth {
    /// Number of trees.
    pub trees: usize,
    /// Questions a tree asks.
    pub depth: usize,
    /// The share of each tree's answer that is taken.
    pub rate: f32,
    /// How much a leaf needs behind it to say something.
    pub caution: f32,
    /// The share of the features that each tree may ask about.
    pub features: f32,
}

/// Thresholds that a feature may be compared with.
const BINS: usize = 48;

/// Rows, each feature's values replaced by the number of thresholds below them.
pub struct Matrix {
    columns: Vec<Vec<u8>>,
    thresholds: Vec<Vec<f32>>,
}

impl Matrix {
    /// Bins rows.
    pub fn of(rows: &[Row]) -> Self {
        let mut columns = Vec::with_capacity(COUNT);
        let mut all_thresholds = Vec::with_capacity(COUNT);
        for feature in 0..COUNT {
            let step = (rows.len() / 20_000).max(1);
            let mut values: Vec<f32> = rows.iter().step_by(step).map(|row| row[feature]).collect();
            values.sort_by(f32::total_cmp);
            let mut thresholds: Vec<f32> =
                (1..BINS).filter_map(|q| values.get(q * values.len() / BINS).copied()).collect();
            // Values that are few in number but told apart: halfway between each two.
            values.dedup();
            if values.len() <= BINS {
                thresholds = values.windows(2).map(|pair| pair[0] + (pair[1] - pair[0]) / 2.0).collect();
            }
            thresholds.dedup();
            columns.push(rows.iter().map(|row| thresholds.partition_point(|t| row[feature] > *t) as u8).collect());
            all_thresholds.push(thresholds);
        }
        Matrix { columns, thresholds: all_thresholds }
    }
}

/// Slope and curvature of the loss, by row.
pub struct Gradients {
    /// First derivative.
    pub slope: Vec<f32>,
    /// Second derivative.
    pub curvature: Vec<f32>,
}

/// Grows a forest on the rows of these ranges. `gradients` is asked before each tree, with the scores so far.
pub fn grow(
    matrix: &Matrix,
    ranges: &[Range<usize>],
    growth: Growth,
    mut gradients: impl FnMut(&[f32], &mut Gradients),
) -> Forest {
    let count = matrix.columns.first().map_or(0, Vec::len);
    let rows: Vec<u32> = ranges.iter().flat_map(|range| range.clone().map(|row| row as u32)).collect();
    let mut scores = vec![0.0f32; count];
    let mut leaf_of = vec![0u8; count];
    let mut of = Gradients { slope: vec![0.0; count], curvature: vec![0.0; count] };
    let mut random = fastrand::Rng::with_seed(7);
    let mut trees = Vec::with_capacity(growth.trees);
    for _ in 0..growth.trees {
        gradients(&scores, &mut of);
        let asked: Vec<usize> = (0..COUNT).filter(|_| random.f32() < growth.features).collect();
        rows.iter().for_each(|&row| leaf_of[row as usize] = 0);
        let mut questions: Vec<(u8, f32)> = Vec::with_capacity(growth.depth);
        for bit in 0..growth.depth {
            let best = asked.iter().filter_map(|&feature| {
                let (gain, bin) = best_split(matrix, &rows, &leaf_of, &of, feature, 1 << bit, growth.caution)?;
                Some((gain, feature, bin))
            });
            let Some((_, feature, bin)) = best.max_by(|a, b| a.0.total_cmp(&b.0)) else { break };
            questions.push((feature as u8, matrix.thresholds[feature][bin]));
            let column = &matrix.columns[feature];
            for &row in &rows {
                leaf_of[row as usize] |= u8::from(usize::from(column[row as usize]) > bin) << bit;
            }
        }
        let leaves = answers(&rows, &leaf_of, &of, 1 << questions.len(), growth);
        rows.iter().for_each(|&row| scores[row as usize] += leaves[usize::from(leaf_of[row as usize])]);
        trees.push(Tree { questions, leaves });
    }
    Forest::new(trees)
}

/// The best threshold of a feature: by how much it lowers the loss, and its number.
fn best_split(
    matrix: &Matrix,
    rows: &[u32],
    leaf_of: &[u8],
    of: &Gradients,
    feature: usize,
    leaves: usize,
    caution: f32,
) -> Option<(f32, usize)> {
    let bins = matrix.thresholds[feature].len() + 1;
    let column = &matrix.columns[feature];
    let mut sums = vec![(0.0f32, 0.0f32); leaves * bins];
    for &row in rows {
        let row = row as usize;
        let sum = &mut sums[usize::from(leaf_of[row]) * bins + usize::from(column[row])];
        sum.0 += of.slope[row];
        sum.1 += of.curvature[row];
    }
    let mut gains = vec![0.0f32; bins - 1];
    for leaf in sums.chunks(bins) {
        let total = leaf.iter().fold((0.0, 0.0), |sum, bin| (sum.0 + bin.0, sum.1 + bin.1));
        let worth = |(slope, curvature): (f32, f32)| slope * slope / (curvature + caution);
        let mut below = (0.0, 0.0);
        for (gain, bin) in gains.iter_mut().zip(leaf) {
            below = (below.0 + bin.0, below.1 + bin.1);
            *gain += worth(below) + worth((total.0 - below.0, total.1 - below.1)) - worth(total);
        }
    }
    let best = gains.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1));
    best.map(|(bin, gain)| (*gain, bin)).filter(|(gain, _)| *gain > 1e-6)
}

/// What a tree says in each leaf.
fn answers(rows: &[u32], leaf_of: &[u8], of: &Gradients, leaves: usize, growth: Growth) -> Vec<f32> {
    let mut sums = vec![(0.0f32, 0.0f32); leaves];
    for &row in rows {
        let row = row as usize;
        let sum = &mut sums[usize::from(leaf_of[row])];
        sum.0 += of.slope[row];
        sum.1 += of.curvature[row];
    }
    sums.iter().map(|(slope, curvature)| -growth.rate * slope / (curvature + growth.caution)).collect()
}
