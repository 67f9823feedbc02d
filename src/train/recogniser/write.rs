//! Weights -> the file that [`Model`](crate::mention::tagger::Model) reads.

use super::optimise::Trained;
use crate::mention::tagger::labels::LABELS;
use crate::mention::tagger::model::{About, Header, MAGIC, PROBES, Row, VERSION, place_of};

/// Weights beyond this share of all are cut to the largest that fits.
const OUTLIERS: f64 = 0.0005;

/// Rows for each feature, so that few stand in each other's way.
const ROOM: f64 = 1.5;

/// Writes the model, with at most `most` features.
pub fn write(trained: &Trained, about: &About, most: usize) -> Vec<u8> {
    let mut sizes: Vec<f32> =
        trained.features.iter().flat_map(|(_, weights)| weights[..LABELS].iter().map(|weight| weight.abs())).collect();
    sizes.sort_unstable_by(f32::total_cmp);
    let largest = sizes.len().checked_sub(1 + (sizes.len() as f64 * OUTLIERS) as usize).map_or(1.0, |at| sizes[at]);
    let scale = largest.max(1e-3) / f32::from(i8::MAX);
    let rows = ((most.min(trained.features.len()).max(1) as f64 * ROOM) as usize).max(1);
    let mut table = vec![Row::default(); rows];
    // What matters most takes its place first.
    let mut order: Vec<usize> = (0..trained.features.len()).collect();
    let weight = |at: usize| trained.features[at].1.iter().fold(0f32, |largest, weight| largest.max(weight.abs()));
    order.sort_by(|&a, &b| weight(b).total_cmp(&weight(a)).then(a.cmp(&b)));
    for (feature, weights) in order.into_iter().take(most).map(|at| &trained.features[at]) {
        let mut row = Row::default();
        for (own, weight) in row.weights.iter_mut().zip(weights) {
            *own = (weight / scale).round().clamp(f32::from(-i8::MAX), f32::from(i8::MAX)) as i8;
        }
        let (place, mark) = place_of(*feature, rows);
        row.mark = mark;
        let free = (0..PROBES).map(|probe| (place + probe) % rows).find(|&at| table[at].mark == 0);
        if let Some(free) = free.filter(|_| row.weights.iter().any(|weight| *weight != 0)) {
            table[free] = row;
        }
    }
    let about = serde_json::to_vec(about).unwrap_or_default();
    let header =
        Header { magic: MAGIC, version: VERSION, rows: rows as u32, scale, about: about.len() as u32, padding: [0; 2] };
    let mut bytes = bytemuck::bytes_of(&header).to_vec();
    bytes.extend_from_slice(bytemuck::cast_slice(&trained.transitions.log));
    bytes.extend_from_slice(bytemuck::cast_slice(&table));
    bytes.extend(about);
    bytes
}
