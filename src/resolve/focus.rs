//! What a document is about.

use super::Resolved;
use crate::gazetteer::{Place, PlaceKey};
use crate::mention::Kind;
use std::collections::HashMap;

/// The place that a document is about.
#[derive(Clone, Copy, Debug)]
pub struct Focus<'g> {
    /// The place.
    pub place: Place<'g>,
    /// The share of the document's evidence that lies in or is this place, 0 to 1.
    pub score: f64,
}

/// A place smaller than the country is the focus when it holds this share of what the country holds.
const NARROW: f64 = 0.45;

/// The place a document is about, at the narrowest level that the mentions support: they count for the place itself
/// and for all that contain it. `None` without mentions.
pub fn focus<'r, 'g: 'r>(resolved: impl Iterator<Item = &'r Resolved<'g>>) -> Option<Focus<'g>> {
    let mut evidence: HashMap<PlaceKey, (Place<'g>, f64)> = HashMap::new();
    for (order, mention) in resolved.enumerate() {
        // What comes first in an article counts more, adjectives less.
        let early = 1.0 + 1.0 / (1.0 + order as f64 / 3.0);
        let kind = if mention.mention.kind == Kind::Place { 1.0 } else { 0.5 };
        let weight = mention.confidence * early * kind;
        evidence.entry(mention.place.key()).or_insert((mention.place, 0.0)).1 += weight;
    }
    let total: f64 = evidence.values().map(|(_, weight)| weight).sum();
    let mut places: Vec<(Place<'g>, f64)> = evidence.into_values().collect();
    places.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.key().cmp(&b.0.key())));
    // A document with more places than this is about none of the rest.
    places.truncate(100);
    let held = |place: &Place<'g>| -> f64 {
        places
            .iter()
            .filter(|(other, _)| other.key() == place.key() || place.contains(other))
            .map(|(_, weight)| weight)
            .sum()
    };
    let mut scored: Vec<(Place<'g>, f64)> = places.iter().map(|(place, _)| (*place, held(place))).collect();
    scored.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.key().cmp(&b.0.key())));
    let (mut place, mut weight) = *scored.first()?;
    // A town and the division that is called after it may each be said to lie in the other; no place is gone into twice.
    let mut entered = vec![place.key()];
    while let Some(&(inner, inner_weight)) = scored.iter().find(|(inner, inner_weight)| {
        !entered.contains(&inner.key()) && place.contains(inner) && *inner_weight >= NARROW * weight
    }) {
        (place, weight) = (inner, inner_weight);
        entered.push(place.key());
    }
    Some(Focus { place, score: weight / total })
}
