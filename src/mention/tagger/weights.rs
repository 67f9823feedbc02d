//! The hash table that has the weights of each feature.

use super::labels::{LABELS, LANES};
use super::lattice::Scores;
use bytemuck::{Pod, Zeroable};

/// The weights of a feature: a row of the table.
#[derive(Clone, Copy, Debug, Default, Pod, Zeroable)]
#[repr(C)]
pub(crate) struct FeatureWeights {
    /// One weight for each label.
    pub(crate) weights: [i8; LABELS],
    pub(crate) padding: u8,
    /// Distinguishes the feature from others that hash to the same row; 0 in an empty row.
    pub(crate) mark: u16,
}

/// The hash table of a model's features.
#[derive(Clone, Copy)]
pub(crate) struct WeightTable<'m> {
    pub(super) rows: &'m [FeatureWeights],
    /// Log-odds of a weight of 1.
    pub(super) scale: f32,
}

/// The row at which the search for a feature begins, and its mark.
pub(crate) fn row_and_mark(feature: u32, rows: usize) -> (usize, u16) {
    (((u64::from(feature) * rows as u64) >> 32) as usize, (feature as u16).max(1))
}

/// Number of features of a token that are looked up together; few tokens have more.
const MOST_FEATURES: usize = 96;

/// Largest number of rows that are searched for a feature.
pub(crate) const PROBES: usize = 8;

impl WeightTable<'_> {
    /// The sum of the features' weights for each label, in log-odds.
    pub(crate) fn score(&self, features: &[u32]) -> Scores {
        let mut sums = [0i16; LANES];
        // The table is larger than the caches: independent accesses that follow each other directly overlap.
        let present = |feature: u32| self.rows.get(row_and_mark(feature, self.rows.len()).0).map_or(0, |row| row.mark);
        let mut marks = [0; MOST_FEATURES];
        marks.iter_mut().zip(features).for_each(|(mark, &feature)| *mark = present(feature));
        for (at, &feature) in features.iter().enumerate() {
            if marks.get(at) == Some(&0) {
                continue;
            }
            if let Some(row) = self.row(feature) {
                let weights: &[i8; LANES] = bytemuck::cast_ref(row);
                sums.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += i16::from(*weight));
            }
        }
        sums.map(|sum| f32::from(sum) * self.scale)
    }

    fn row(&self, feature: u32) -> Option<&FeatureWeights> {
        let (start, mark) = row_and_mark(feature, self.rows.len());
        let (before, from_start) = self.rows.split_at_checked(start)?;
        for row in from_start.iter().chain(before).take(PROBES) {
            if row.mark == mark {
                return Some(row);
            }
            if row.mark == 0 {
                return None;
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::{FeatureWeights, LABELS, WeightTable, row_and_mark};

    #[test]
    fn weights_are_found_by_their_feature() {
        let mut rows = vec![FeatureWeights::default(); 4];
        let (feature, collides) = (0xF000_0002u32, 0xF000_0003u32);
        let ((first, mark), (second, other)) = (row_and_mark(feature, 4), row_and_mark(collides, 4));
        assert_eq!((first, second), (3, 3), "both begin at the last row");
        rows[3] = FeatureWeights { weights: [2; LABELS], padding: 0, mark };
        // Probing continues with the first row.
        rows[0] = FeatureWeights { weights: [-4; LABELS], padding: 0, mark: other };
        let table = WeightTable { rows: &rows, scale: 0.5 };
        assert_eq!(table.score(&[feature])[..LABELS], [1.0; LABELS]);
        assert_eq!(table.score(&[feature, collides, 7])[..LABELS], [-1.0; LABELS]);
    }
}
