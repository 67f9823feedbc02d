//! Boosted trees whose nodes of one depth all ask the same question, so that a tree is a table of questions and a
//! table of answers.

use super::features::{COUNT, Row};

/// Candidates whose scores are worked out side by side.
const LANES: usize = 8;

/// A tree: `questions[i]` sets bit `i` of the number of the leaf.
#[derive(Clone, Debug, PartialEq)]
pub struct Tree {
    /// Feature, and the value that it must exceed.
    pub questions: Vec<(u8, f32)>,
    /// What the tree adds to the score, by leaf.
    pub leaves: Vec<f32>,
}

/// A sum of trees.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Forest {
    /// The trees.
    pub trees: Vec<Tree>,
}

impl Tree {
    /// What the tree says of a candidate.
    pub fn score(&self, row: &Row) -> f32 {
        let bits = self.questions.iter().enumerate();
        let leaf =
            bits.fold(0, |leaf, (bit, &(feature, above))| leaf | usize::from(row[usize::from(feature)] > above) << bit);
        self.leaves[leaf]
    }
}

impl Forest {
    /// The score of a candidate.
    pub fn score(&self, row: &Row) -> f32 {
        self.trees.iter().map(|tree| tree.score(row)).sum()
    }

    /// The scores of candidates: those of [`LANES`] at a time, so that one instruction answers a question for all of them.
    pub fn scores(&self, rows: &[Row]) -> Vec<f32> {
        let mut scores = Vec::with_capacity(rows.len());
        for rows in rows.chunks(LANES) {
            let mut columns = [[0.0; LANES]; COUNT];
            for (lane, row) in rows.iter().enumerate() {
                columns.iter_mut().zip(row).for_each(|(column, value)| column[lane] = *value);
            }
            let mut sums = [0.0; LANES];
            for tree in &self.trees {
                let mut leaves = [0; LANES];
                for (bit, &(feature, above)) in tree.questions.iter().enumerate() {
                    let values = columns[usize::from(feature)];
                    leaves.iter_mut().zip(values).for_each(|(leaf, value)| *leaf |= u32::from(value > above) << bit);
                }
                sums.iter_mut().zip(leaves).for_each(|(sum, leaf)| *sum += tree.leaves[leaf as usize]);
            }
            scores.extend_from_slice(&sums[..rows.len()]);
        }
        scores
    }

    /// Appends the forest in the form that [`Forest::read`] reads: number of trees (u16); for each its depth (u8), its
    /// questions (feature u8, threshold f32), the scale of its answers (f32) and its answers (i8); all little-endian.
    pub fn write(&self, out: &mut Vec<u8>) {
        out.extend((self.trees.len() as u16).to_le_bytes());
        for tree in &self.trees {
            out.push(tree.questions.len() as u8);
            for (feature, above) in &tree.questions {
                out.push(*feature);
                out.extend(above.to_le_bytes());
            }
            let scale = tree.leaves.iter().fold(1e-9f32, |most, leaf| most.max(leaf.abs())) / 127.0;
            out.extend(scale.to_le_bytes());
            out.extend(tree.leaves.iter().map(|leaf| (leaf / scale).round() as i8 as u8));
        }
    }

    /// Reads what [`Forest::write`] wrote from the beginning of `bytes`, and moves past it; `None` if it is something else.
    pub fn read(bytes: &mut &[u8]) -> Option<Self> {
        let count = u16::from_le_bytes(take(bytes)?);
        let mut trees = Vec::with_capacity(usize::from(count));
        for _ in 0..count {
            let [depth] = take(bytes)?;
            let mut questions = Vec::with_capacity(usize::from(depth));
            for _ in 0..depth {
                let [feature] = take(bytes)?;
                let above = f32::from_le_bytes(take(bytes)?);
                questions.push((feature, above));
            }
            if depth > 8 || questions.iter().any(|(feature, _)| usize::from(*feature) >= COUNT) {
                return None;
            }
            let scale = f32::from_le_bytes(take(bytes)?);
            let (leaves, rest) = bytes.split_at_checked(1 << depth)?;
            *bytes = rest;
            trees.push(Tree { questions, leaves: leaves.iter().map(|leaf| f32::from(*leaf as i8) * scale).collect() });
        }
        Some(Forest { trees })
    }
}

/// The next `N` bytes.
pub fn take<const N: usize>(bytes: &mut &[u8]) -> Option<[u8; N]> {
    let (head, rest) = bytes.split_first_chunk::<N>()?;
    *bytes = rest;
    Some(*head)
}

#[cfg(test)]
mod tests {
    use super::{Forest, Tree};
    use crate::resolve::features::{COUNT, LEAD, LEVEL};

    fn forest() -> Forest {
        let tree = Tree { questions: vec![(LEAD as u8, 0.5), (LEVEL as u8, 0.0)], leaves: vec![-1.0, 0.0, 0.5, 1.0] };
        Forest { trees: vec![tree.clone(), tree] }
    }

    #[test]
    fn trees_add_up() {
        let mut row = [0.0; COUNT];
        assert_eq!(forest().score(&row), -2.0);
        row[LEAD] = 1.0;
        assert_eq!(forest().score(&row), 0.0);
        row[LEVEL] = 1.0;
        assert_eq!(forest().score(&row), 2.0);
    }

    #[test]
    fn candidates_side_by_side_score_as_each_by_itself() {
        let row = |at: usize| {
            let mut row = [0.0; COUNT];
            (row[LEAD], row[LEVEL]) = ((at % 2) as f32, (at % 3) as f32);
            row
        };
        let rows: Vec<_> = (0..19).map(row).collect();
        assert_eq!(forest().scores(&rows), rows.iter().map(|row| forest().score(row)).collect::<Vec<_>>());
    }

    #[test]
    fn what_is_written_is_read_again_and_damage_is_told() {
        let mut bytes = Vec::new();
        forest().write(&mut bytes);
        let read = Forest::read(&mut &bytes[..]).expect("a forest");
        assert_eq!(read.trees[1].questions, forest().trees[1].questions);
        assert!(read.trees[1].leaves.iter().zip(&forest().trees[1].leaves).all(|(a, b)| (a - b).abs() < 0.01));
        assert!(Forest::read(&mut &bytes[..bytes.len() - 1]).is_none());
        bytes[3] = 255;
        assert!(Forest::read(&mut &bytes[..]).is_none(), "there is no such feature");
    }
}
