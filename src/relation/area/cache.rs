//! Areas and extents that take long to draw and are the same in every document.

use super::extent::outline_code;
use super::{Area, Wanted};
use crate::gazetteer::{PlaceKey, PlaceRef};
use crate::text::language::relations::Shape;
use geo::MultiPolygon;
use rustc_hash::FxHashMap;
use std::hash::Hash;
use std::sync::Mutex;

/// Areas or hulls that are kept at most, some hundred bytes each. A cache that is full is emptied.
const MOST: usize = 4096;

/// What has been drawn of the places of one gazetteer, for all threads. It must not be used with another gazetteer:
/// places are told apart by their keys.
#[derive(Default)]
pub struct AreaCache {
    /// Areas that rest on outlines alone; `None` where nothing could be meant.
    areas: Memo<AreaKey, Option<Area>>,
    /// The hulls of the towns of divisions; `None` for divisions without towns.
    hulls: Memo<PlaceKey, Option<MultiPolygon>>,
}

impl AreaCache {
    /// The area of `wanted`, drawn by `draw` unless it is known.
    pub(super) fn area(&self, wanted: &Wanted<'_, '_>, draw: impl FnOnce() -> Option<Area>) -> Option<Area> {
        match AreaKey::new(wanted) {
            Some(key) => self.areas.get_or_insert(key, draw),
            None => draw(),
        }
    }

    /// The hull of the towns of a division, drawn by `draw` unless it is known: a division that is in the news is so in
    /// many documents.
    pub(super) fn hull(
        &self,
        division: &PlaceRef<'_>,
        draw: impl FnOnce() -> Option<MultiPolygon>,
    ) -> Option<MultiPolygon> {
        self.hulls.get_or_insert(division.key(), draw)
    }
}

/// What distinguishes one area that rests on outlines from another.
#[derive(PartialEq, Eq, Hash)]
struct AreaKey {
    shape: Shape,
    anchors: [Option<PlaceKey>; 2],
    /// The country that tells which border is meant.
    country: String,
    /// In whole degrees.
    bearing: Option<i32>,
    /// The bits of the towns that tell which stretch of a border is meant.
    towns: Vec<[u64; 2]>,
}

impl AreaKey {
    /// The key of what is relative to countries and divisions with outlines and at no stated distance; `None` for anything else.
    fn new(wanted: &Wanted<'_, '_>) -> Option<Self> {
        let on_outline = |place: &PlaceRef<'_>| outline_code(place).is_some();
        let ring = matches!(wanted.shape, Shape::Ring | Shape::Within | Shape::Outside);
        if wanted.distance.is_some() || ring || !wanted.anchors.iter().all(on_outline) {
            return None;
        }
        let anchors = [0, 1].map(|at| wanted.anchors.get(at).map(PlaceRef::key));
        let country = if wanted.shape == Shape::Border { wanted.country.to_owned() } else { String::new() };
        let towns = wanted.towns.iter().map(|town| [town.x().to_bits(), town.y().to_bits()]).collect();
        let bearing = wanted.bearing.map(|bearing| bearing as i32);
        Some(AreaKey { shape: wanted.shape, anchors, country, bearing, towns })
    }
}

/// A bounded map that computes each value once.
struct Memo<K, V>(Mutex<FxHashMap<K, V>>);

impl<K, V> Default for Memo<K, V> {
    fn default() -> Self {
        Memo(Mutex::default())
    }
}

impl<K: Eq + Hash, V: Clone> Memo<K, V> {
    /// The value of a key. It is computed without the lock, so that two threads may compute it at once.
    fn get_or_insert(&self, key: K, compute: impl FnOnce() -> V) -> V {
        if let Some(known) = self.0.lock().ok().and_then(|known| known.get(&key).cloned()) {
            return known;
        }
        let value = compute();
        if let Ok(mut known) = self.0.lock() {
            if known.len() >= MOST {
                known.clear();
            }
            known.insert(key, value.clone());
        }
        value
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST, Memo};

    #[test]
    fn a_value_is_computed_once_and_the_memo_stays_bounded() {
        let memo = Memo::default();
        assert_eq!(memo.get_or_insert(1, || "one"), "one");
        assert_eq!(memo.get_or_insert(1, || panic!("it is known")), "one");
        for key in 0..3 * MOST {
            memo.get_or_insert(key, || "other");
        }
        assert!(memo.0.lock().is_ok_and(|known| known.len() <= MOST));
    }
}
