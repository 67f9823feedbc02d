//! Trained weights -> the file that [`Model`](crate::mention::tagger::Model) reads.

use super::optimise::Trained;
use crate::mention::tagger::Fingerprint;
use crate::mention::tagger::labels::LABELS;
use crate::mention::tagger::model::{About, Header, MAGIC, VERSION};
use crate::mention::tagger::weights::{FeatureWeights, PROBES, row_and_mark};

/// Share of the weights that are so large that they are clamped to [`LARGEST`].
const OUTLIERS: f64 = 0.0005;

/// The largest weight. Of the 127 that 8 bits hold three quarters are used: answers are the same, and what is packed is a twentieth smaller.
const LARGEST: i8 = 95;

/// Number of rows of the table for each feature, so that few collide.
const ROOM: f64 = 1.5;

/// The bytes of a model file with at most `most` features, those with the largest weights.
pub fn write(trained: &Trained, about: &About, most: usize) -> Vec<u8> {
    let mut sizes: Vec<f32> =
        trained.features.iter().flat_map(|(_, weights)| weights[..LABELS].iter().map(|weight| weight.abs())).collect();
    sizes.sort_unstable_by(f32::total_cmp);
    let largest = sizes.len().checked_sub(1 + (sizes.len() as f64 * OUTLIERS) as usize).map_or(1.0, |at| sizes[at]);
    let scale = largest.max(1e-3) / f32::from(LARGEST);
    let rows = ((most.min(trained.features.len()).max(1) as f64 * ROOM) as usize).max(1);
    let mut table = vec![FeatureWeights::default(); rows];
    // The features with the largest weights are placed first: others may find no row.
    let mut order: Vec<usize> = (0..trained.features.len()).collect();
    let weight = |at: usize| trained.features[at].1.iter().fold(0f32, |largest, weight| largest.max(weight.abs()));
    order.sort_by(|&a, &b| weight(b).total_cmp(&weight(a)).then(a.cmp(&b)));
    for (feature, weights) in order.into_iter().take(most).map(|at| &trained.features[at]) {
        let mut row = FeatureWeights::default();
        for (own, weight) in row.weights.iter_mut().zip(weights) {
            *own = (weight / scale).round().clamp(f32::from(-LARGEST), f32::from(LARGEST)) as i8;
        }
        let (start, mark) = row_and_mark(*feature, rows);
        row.mark = mark;
        let free = (0..PROBES).map(|probe| (start + probe) % rows).find(|&at| table[at].mark == 0);
        if let Some(free) = free.filter(|_| row.weights.iter().any(|weight| *weight != 0)) {
            table[free] = row;
        }
    }
    let fingerprint = Fingerprint::of_languages(&about.languages);
    let about = serde_json::to_vec(about).unwrap_or_default();
    let header = Header {
        magic: MAGIC,
        version: VERSION,
        rows: rows as u32,
        scale,
        about: about.len() as u32,
        fingerprint,
        padding: 0,
    };
    let mut bytes = bytemuck::bytes_of(&header).to_vec();
    bytes.extend_from_slice(bytemuck::cast_slice(&trained.transitions.log));
    bytes.extend_from_slice(bytemuck::cast_slice(&table));
    bytes.extend(about);
    bytes
}

#[cfg(test)]
mod tests {
    use super::{About, LABELS, Trained, write};
    use crate::mention::tagger::Model;
    use crate::mention::tagger::labels::LANES;
    use crate::mention::tagger::lattice::Transitions;

    #[test]
    fn what_is_written_is_read() {
        let weights = |value: f32| {
            let mut weights = [0.0; LANES];
            weights[..LABELS].fill(value);
            weights
        };
        let features = vec![(7, weights(1.0)), (0xFFFF_FFFF, weights(-0.5)), (0x8000_0000, weights(0.01))];
        let transitions = Transitions::new([[0.25; LANES]; LABELS]);
        let about = About { languages: vec!["nl".to_owned()], threshold: 0.4, ..About::default() };
        let bytes = write(&Trained { features, transitions }, &about, 2);
        let model = Model::from_bytes(&bytes).expect("a model");
        assert_eq!(model.about(), &about);
        let score = |feature: u32| model.table().score(&[feature])[0];
        assert!((score(7) - 1.0).abs() < 0.01 && (score(0xFFFF_FFFF) + 0.5).abs() < 0.01);
        assert_eq!(score(0x8000_0000), 0.0, "the third feature is one too many");
        assert_eq!(bytes, write(&retrained(), &about, 2), "the same weights make the same file");

        fn retrained() -> Trained {
            let row = |value: f32| std::array::from_fn(|label| if label < LABELS { value } else { 0.0 });
            let features = vec![(7, row(1.0)), (0xFFFF_FFFF, row(-0.5)), (0x8000_0000, row(0.01))];
            Trained { features, transitions: Transitions::new([[0.25; LANES]; LABELS]) }
        }
    }
}
