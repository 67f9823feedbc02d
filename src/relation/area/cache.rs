//! Areas and extents that take long to draw and are the same in every document.

use super::extent::outline_code;
use super::{Area, Wanted};
use crate::gazetteer::{PlaceKey, PlaceRef};
use crate::text::language::relations::Shape;
use geo::{MultiPolygon, Point};
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
        match rests_on_outlines(wanted) {
            true => self.areas.get_or_insert(AreaKey::new(wanted), draw),
            false => draw(),
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

/// The areas of one document, which may say the same thousands of times.
#[derive(Default)]
pub struct DocumentAreas(FxHashMap<AreaKey, Option<Area>>);

impl DocumentAreas {
    /// The area of `wanted`, drawn by `draw` unless it is known.
    pub fn area(&mut self, wanted: &Wanted<'_, '_>, draw: impl FnOnce() -> Option<Area>) -> Option<Area> {
        self.0.entry(AreaKey::new(wanted)).or_insert_with(draw).clone()
    }
}

/// Whether an area is relative to countries and divisions with outlines and at no stated distance: it takes long to draw, and is
/// the same in many documents.
fn rests_on_outlines(wanted: &Wanted<'_, '_>) -> bool {
    let on_outline = |place: &PlaceRef<'_>| outline_code(place).is_some();
    let ring = matches!(wanted.shape, Shape::Ring | Shape::Within | Shape::Outside);
    wanted.distance.is_none() && wanted.reach.is_none() && !ring && wanted.anchors.iter().all(on_outline)
}

/// What distinguishes one area from another: all of [`Wanted`], in bits.
#[derive(PartialEq, Eq, Hash)]
struct AreaKey {
    shape: Shape,
    anchors: Vec<PlaceKey>,
    /// The country that tells which border is meant.
    country: String,
    bearing: Option<u64>,
    distance: Option<[u64; 3]>,
    /// The likelier side, which matters where no bearing is stated.
    toward: Option<[u64; 2]>,
    reach: Option<ReachKey>,
    /// The towns that tell which stretch of a border is meant.
    towns: Vec<[u64; 2]>,
}

/// What distinguishes one stretch of a river from another: where its course lies in memory, and the bits of its figures. The mentions of a
/// document share the courses, and hold them as long as the document is read.
#[derive(PartialEq, Eq, Hash)]
struct ReachKey {
    /// `None` where it is not known.
    course: Option<usize>,
    point: [u64; 2],
    exact_km: u64,
    town: Option<[u64; 2]>,
}

impl AreaKey {
    fn new(wanted: &Wanted<'_, '_>) -> Self {
        let bits = |at: Point| [at.x().to_bits(), at.y().to_bits()];
        AreaKey {
            shape: wanted.shape,
            anchors: wanted.anchors.iter().map(PlaceRef::key).collect(),
            country: if wanted.shape == Shape::Border { wanted.country.to_owned() } else { String::new() },
            bearing: wanted.bearing.map(f64::to_bits),
            distance: wanted.distance.map(|said| [said.km, said.least, said.most].map(f64::to_bits)),
            toward: wanted.toward.filter(|_| wanted.bearing.is_none()).map(bits),
            reach: wanted.reach.as_ref().map(|reach| ReachKey {
                course: Some(reach.course.as_ptr().addr()).filter(|_| !reach.course.is_empty()),
                point: bits(reach.point),
                exact_km: reach.exact_km.to_bits(),
                town: reach.town.map(bits),
            }),
            towns: wanted.towns.iter().copied().map(bits).collect(),
        }
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
    use super::{AreaCache, DocumentAreas, MOST, Memo};
    use crate::gazetteer::PlaceRef;
    use crate::relation::area::{Wanted, draw};
    use crate::relation::measure::Distance;
    use crate::text::language::relations::Shape;
    use geo::Point;

    #[test]
    fn what_a_document_says_twice_is_drawn_once_and_what_differs_anew() {
        let gazetteer = crate::embedded().expect("the embedded gazetteer");
        let of = |id: &str| -> [PlaceRef<'_>; 1] { [gazetteer.by_id_ref(id).expect("a place")] };
        let (aleppo, homs) = (of("geonames:170063"), of("geonames:169577"));
        let said = |km| Some(Distance { km, least: 0.9 * km, most: 1.1 * km });
        let wanted = |anchors, distance| Wanted {
            shape: Shape::Ring,
            anchors,
            bearing: None,
            distance,
            country: "",
            toward: None,
            reach: None,
            towns: Vec::new(),
        };
        let toward = Some(Point::new(36.7, 34.7));
        let all = [
            wanted(&aleppo, said(20.0)),
            wanted(&homs, said(20.0)),
            wanted(&aleppo, said(21.0)),
            Wanted { toward, ..wanted(&aleppo, said(20.0)) },
            Wanted { bearing: Some(90.0), ..wanted(&aleppo, said(20.0)) },
            Wanted { shape: Shape::Within, ..wanted(&aleppo, said(20.0)) },
        ];
        let (cache, mut areas, mut drawn) = (AreaCache::default(), DocumentAreas::default(), 0);
        for wanted in all.iter().chain(&all) {
            let area = areas.area(wanted, || {
                drawn += 1;
                draw(wanted, &gazetteer, &cache)
            });
            let (area, anew) = (area.expect("an area"), draw(wanted, &gazetteer, &cache).expect("an area"));
            assert_eq!((area.point, &*area.polygons), (anew.point, &*anew.polygons));
        }
        assert_eq!(drawn, all.len());
    }

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
