//! Gradient boosting: each tree is fitted to the gradients of the loss that the trees before it leave.

use crate::resolve::features::{COUNT, Row};
use crate::resolve::forest::{Forest, Tree};
use std::ops::Range;

/// How a forest is grown.
#[derive(Clone, Copy, Debug)]
pub struct Growth {
    /// Number of trees.
    pub trees: usize,
    /// Questions of a tree.
    pub depth: usize,
    /// Learning rate: the share of each tree's answer that is taken.
    pub rate: f32,
    /// Regularisation: added to the curvature of each leaf.
    pub caution: f32,
    /// The share of the features that each tree may ask about.
    pub features: f32,
}

/// Bins of a feature, at most.
const BINS: usize = 48;

/// Rows, each feature's values replaced by the number of thresholds below them.
pub struct Matrix {
    columns: Vec<Vec<u8>>,
    thresholds: Vec<Vec<f32>>,
}

impl Matrix {
    /// Bins rows.
    pub fn new(rows: &[Row]) -> Self {
        let mut columns = Vec::with_capacity(COUNT);
        let mut all_thresholds = Vec::with_capacity(COUNT);
        for feature in 0..COUNT {
            let step = (rows.len() / 20_000).max(1);
            let mut values: Vec<f32> = rows.iter().step_by(step).map(|row| row[feature]).collect();
            values.sort_by(f32::total_cmp);
            let mut thresholds: Vec<f32> =
                (1..BINS).filter_map(|q| values.get(q * values.len() / BINS).copied()).collect();
            // Few distinct values: halfway between each two.
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

/// Derivatives of the loss by the score of each row.
pub struct Gradients {
    /// First derivative.
    pub slope: Vec<f32>,
    /// Second derivative.
    pub curvature: Vec<f32>,
}

/// Grows a forest on the rows of these ranges. Before each tree `gradients` is called with the scores so far, and writes the
/// derivatives. Which features a tree may ask about is drawn at random, with a fixed seed.
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
    let mut derivatives = Gradients { slope: vec![0.0; count], curvature: vec![0.0; count] };
    let mut random = fastrand::Rng::with_seed(7);
    let mut trees = Vec::with_capacity(growth.trees);
    for _ in 0..growth.trees {
        gradients(&scores, &mut derivatives);
        let asked: Vec<usize> = (0..COUNT).filter(|_| random.f32() < growth.features).collect();
        rows.iter().for_each(|&row| leaf_of[row as usize] = 0);
        let mut questions: Vec<(u8, f32)> = Vec::with_capacity(growth.depth);
        for bit in 0..growth.depth {
            let best = asked.iter().filter_map(|&feature| {
                let (gain, bin) = best_split(matrix, &rows, &leaf_of, &derivatives, feature, 1 << bit, growth.caution)?;
                Some((gain, feature, bin))
            });
            let Some((_, feature, bin)) = best.max_by(|a, b| a.0.total_cmp(&b.0)) else { break };
            questions.push((feature as u8, matrix.thresholds[feature][bin]));
            let column = &matrix.columns[feature];
            for &row in &rows {
                leaf_of[row as usize] |= u8::from(usize::from(column[row as usize]) > bin) << bit;
            }
        }
        let leaves = answers(&rows, &leaf_of, &derivatives, 1 << questions.len(), growth);
        rows.iter().for_each(|&row| scores[row as usize] += leaves[usize::from(leaf_of[row as usize])]);
        trees.push(Tree { questions, leaves });
    }
    Forest::new(trees)
}

/// The best threshold of a feature: by how much it lowers the loss, and its index.
fn best_split(
    matrix: &Matrix,
    rows: &[u32],
    leaf_of: &[u8],
    derivatives: &Gradients,
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
        sum.0 += derivatives.slope[row];
        sum.1 += derivatives.curvature[row];
    }
    let mut gains = vec![0.0f32; bins - 1];
    for leaf in sums.chunks(bins) {
        let total = leaf.iter().fold((0.0, 0.0), |sum, bin| (sum.0 + bin.0, sum.1 + bin.1));
        let gain_of = |(slope, curvature): (f32, f32)| slope * slope / (curvature + caution);
        let mut below = (0.0, 0.0);
        for (gain, bin) in gains.iter_mut().zip(leaf) {
            below = (below.0 + bin.0, below.1 + bin.1);
            *gain += gain_of(below) + gain_of((total.0 - below.0, total.1 - below.1)) - gain_of(total);
        }
    }
    let best = gains.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1));
    best.map(|(bin, gain)| (*gain, bin)).filter(|(gain, _)| *gain > 1e-6)
}

/// The answer of each leaf of a tree.
fn answers(rows: &[u32], leaf_of: &[u8], derivatives: &Gradients, leaves: usize, growth: Growth) -> Vec<f32> {
    let mut sums = vec![(0.0f32, 0.0f32); leaves];
    for &row in rows {
        let row = row as usize;
        let sum = &mut sums[usize::from(leaf_of[row])];
        sum.0 += derivatives.slope[row];
        sum.1 += derivatives.curvature[row];
    }
    sums.iter().map(|(slope, curvature)| -growth.rate * slope / (curvature + growth.caution)).collect()
}

#[cfg(test)]
mod tests {
    use super::{Growth, Matrix, grow};
    use crate::resolve::features::{COUNT, LEAD, Row};

    const GROWTH: Growth = Growth { trees: 40, depth: 2, rate: 0.3, caution: 1.0, features: 1.0 };

    /// Rows of which a lead over 5 means 1, else 0, and a forest for the squared error.
    fn rows() -> Vec<Row> {
        let row = |at: usize| {
            let mut row = [0.0; COUNT];
            row[LEAD] = (at % 10) as f32;
            row
        };
        (0..100).map(row).collect()
    }

    #[test]
    fn a_forest_fits_what_a_feature_tells() {
        let rows = rows();
        let wanted = |row: &Row| f32::from(u8::from(row[LEAD] > 5.0));
        let all = 0..rows.len();
        let forest = grow(&Matrix::new(&rows), std::slice::from_ref(&all), GROWTH, |scores, derivatives| {
            for (at, row) in rows.iter().enumerate() {
                derivatives.slope[at] = scores[at] - wanted(row);
                derivatives.curvature[at] = 1.0;
            }
        });
        assert_eq!(forest.trees().len(), GROWTH.trees);
        assert!(rows.iter().all(|row| (forest.score(row) - wanted(row)).abs() < 0.05));
    }

    #[test]
    fn nothing_to_learn_gives_trees_without_questions() {
        let forest = grow(&Matrix::new(&rows()), &[], GROWTH, |_, _| {});
        assert!(forest.trees().iter().all(|tree| tree.questions.is_empty()));
    }
}
