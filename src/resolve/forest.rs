//! Boosted oblivious trees: all nodes of one depth ask the same question, so that a tree is a list of questions and a table of
//! leaves.

use super::features::{COUNT, Row};

/// Candidates that are scored side by side.
const LANES: usize = 8;

/// A tree: the answer to `questions[i]` is bit `i` of the index of the leaf.
#[derive(Clone, Debug, PartialEq)]
pub struct Tree {
    /// Index of a feature, and the value that it has to exceed.
    pub questions: Vec<(u8, f32)>,
    /// What each leaf adds to the score.
    pub leaves: Vec<f32>,
}

/// A sum of trees.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Forest {
    trees: Vec<Tree>,
    /// The distinct questions of all trees.
    questions: Vec<(u8, f32)>,
    /// The questions of each tree by their indexes, that of the highest bit first. All trees are padded to the depth of the deepest
    /// with a question whose answer is always no.
    asked: Vec<u16>,
    /// The leaves of each tree, padded to the number of the deepest.
    leaves: Vec<f32>,
}

/// The depth that is scored fastest, and the greatest.
const DEPTHS: [usize; 2] = [5, 8];

/// A question whose answer is always no.
const NEVER: (u8, f32) = (0, f32::INFINITY);

impl Tree {
    /// What the tree adds to the score of a candidate.
    pub fn score(&self, row: &Row) -> f32 {
        let bits = self.questions.iter().enumerate();
        let leaf =
            bits.fold(0, |leaf, (bit, &(feature, above))| leaf | usize::from(row[usize::from(feature)] > above) << bit);
        self.leaves[leaf]
    }
}

impl Forest {
    /// A sum of these trees, none deeper than 8.
    pub fn new(trees: Vec<Tree>) -> Self {
        let deepest = trees.iter().map(|tree| tree.questions.len()).max().unwrap_or(0);
        let depth = if deepest <= DEPTHS[0] { DEPTHS[0] } else { DEPTHS[1] };
        let order = |a: &(u8, f32), b: &(u8, f32)| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1));
        let mut questions: Vec<_> =
            trees.iter().flat_map(|tree| tree.questions.iter().copied()).chain([NEVER]).collect();
        questions.sort_by(order);
        questions.dedup_by(|a, b| order(a, b).is_eq());
        let number = |question| questions.binary_search_by(|known| order(known, question)).unwrap_or_default() as u16;
        let (mut asked, mut leaves) = (Vec::new(), Vec::new());
        for tree in &trees {
            asked.extend((0..depth).rev().map(|bit| number(tree.questions.get(bit).unwrap_or(&NEVER))));
            leaves.extend(tree.leaves.iter().copied().chain(std::iter::repeat(0.0)).take(1 << depth));
        }
        Forest { trees, questions, asked, leaves }
    }

    /// The trees.
    pub fn trees(&self) -> &[Tree] {
        &self.trees
    }

    /// The score of a candidate.
    pub fn score(&self, row: &Row) -> f32 {
        self.trees.iter().map(|tree| tree.score(row)).sum()
    }

    /// The scores of candidates, [`LANES`] at a time, so that one instruction answers a question for all of them.
    pub fn scores<'r>(&self, rows: impl IntoIterator<Item = &'r Row>) -> Vec<f32> {
        let mut rows = rows.into_iter();
        let mut scores = Vec::with_capacity(rows.size_hint().0);
        let mut answers = vec![[0; LANES]; self.questions.len()];
        loop {
            let (mut columns, mut count) = ([[0.0; LANES]; COUNT], 0);
            for row in rows.by_ref().take(LANES) {
                columns.iter_mut().zip(row).for_each(|(column, value)| column[count] = *value);
                count += 1;
            }
            if count == 0 {
                return scores;
            }
            for (answer, &(feature, above)) in answers.iter_mut().zip(&self.questions) {
                let column = &columns[usize::from(feature)];
                (0..LANES).for_each(|lane| answer[lane] = u8::from(column[lane] > above));
            }
            let sums = match self.leaves.len() == self.trees.len() << DEPTHS[0] {
                true => self.sums::<{ DEPTHS[0] }, { 1 << DEPTHS[0] }>(&answers),
                false => self.sums::<{ DEPTHS[1] }, { 1 << DEPTHS[1] }>(&answers),
            };
            scores.extend_from_slice(&sums[..count]);
        }
    }

    /// The sums of the trees' leaves, given the answers to each question: a byte for each candidate, 1 for yes.
    fn sums<const DEPTH: usize, const LEAVES: usize>(&self, answers: &[[u8; LANES]]) -> [f32; LANES] {
        let (asked, leaves) = (self.asked.as_chunks::<DEPTH>().0, self.leaves.as_chunks::<LEAVES>().0);
        let mut sums = [0.0; LANES];
        for (asked, leaves) in asked.iter().zip(leaves) {
            let answer = |question: u16| u64::from_le_bytes(answers[usize::from(question)]);
            let numbers = asked.iter().fold(0, |numbers, &question| numbers << 1 | answer(question));
            for (sum, leaf) in sums.iter_mut().zip(numbers.to_le_bytes()) {
                *sum += leaves[usize::from(leaf) % LEAVES];
            }
        }
        sums
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
        Some(Forest::new(trees))
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
    use crate::resolve::features::{COUNT, FEATURE_TYPE, LEAD};

    fn forest() -> Forest {
        let tree =
            Tree { questions: vec![(LEAD as u8, 0.5), (FEATURE_TYPE as u8, 0.0)], leaves: vec![-1.0, 0.0, 0.5, 1.0] };
        Forest::new(vec![tree.clone(), tree])
    }

    #[test]
    fn trees_add_up() {
        let mut row = [0.0; COUNT];
        assert_eq!(forest().score(&row), -2.0);
        row[LEAD] = 1.0;
        assert_eq!(forest().score(&row), 0.0);
        row[FEATURE_TYPE] = 1.0;
        assert_eq!(forest().score(&row), 2.0);
    }

    #[test]
    fn candidates_side_by_side_score_as_each_by_itself() {
        let row = |at: usize| {
            let mut row = [0.0; COUNT];
            (row[LEAD], row[FEATURE_TYPE]) = ((at % 2) as f32, (at % 3) as f32);
            row
        };
        let rows: Vec<_> = (0..19).map(row).collect();
        let deep = Tree { questions: vec![(LEAD as u8, 0.5); 7], leaves: (0..128).map(|leaf| leaf as f32).collect() };
        let other = |tree: Tree| Forest::new([forest().trees, vec![tree]].concat());
        for forest in [forest(), other(deep), other(Tree { questions: Vec::new(), leaves: vec![0.25] })] {
            assert_eq!(forest.scores(&rows), rows.iter().map(|row| forest.score(row)).collect::<Vec<_>>());
        }
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
