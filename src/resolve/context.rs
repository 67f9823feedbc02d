//! How a candidate lies to the document's other likely places: in their countries and divisions, in one of them, near them.

use super::features::{self as f, Row, log_km};
use crate::candidate::Candidate;
use crate::gazetteer::PlaceRef;
use crate::gazetteer::geodesy::{EARTH_RADIUS_KM, chord_square, km_of_chord, on_sphere};
use rstar::primitives::GeomWithData;
use rstar::{PointDistance, RTree};
use rustc_hash::FxHashMap;

/// Properties of a place that are needed again and again.
#[derive(Clone, Copy)]
pub struct Facts<'g> {
    /// Its point on the unit sphere.
    pub point: [f64; 3],
    /// Code of its main country.
    pub country: &'g str,
    /// Code of its first-level division.
    pub division1: Option<&'g str>,
    /// Whether it is so wide that its point says little of where it is.
    pub wide: bool,
}

impl<'g> Facts<'g> {
    /// Those of a place.
    pub fn new(place: &PlaceRef<'g>) -> Self {
        Facts {
            point: on_sphere(place.lat(), place.lon()),
            country: place.country(),
            division1: place.division1(),
            wide: is_wide(place),
        }
    }

    /// Kilometres to another place.
    pub fn km(&self, other: &Facts<'_>) -> f64 {
        km_of_chord(self.chord_square(other).sqrt())
    }

    /// The square of the chord to another place on the unit sphere; comparing it with that of a distance needs no trigonometry.
    pub fn chord_square(&self, other: &Facts<'_>) -> f64 {
        chord_square(self.point, other.point)
    }
}

/// Whether a place is so wide that its point says little of where it is.
pub fn is_wide(place: &PlaceRef<'_>) -> bool {
    place.is_country() || place.class() == 'L'
}

/// A likely place of a cluster.
#[derive(Clone, Copy)]
pub struct Likely<'g> {
    /// Index of the cluster.
    pub cluster: usize,
    /// The place.
    pub place: PlaceRef<'g>,
    /// Its facts.
    pub facts: Facts<'g>,
    /// Its probability, times a factor that grows with the number of mentions.
    pub weight: f64,
}

/// The likely places of a document, indexed by where they are and what they contain.
pub struct Surroundings<'g> {
    /// Points on the unit sphere with cluster and weight, without wide places.
    points: RTree<GeomWithData<[f64; 3], (usize, f64)>>,
    /// Weight by code of a country or a division of either level.
    codes: FxHashMap<&'g str, f64>,
    /// By cluster: what it has added to `codes`.
    own: FxHashMap<usize, Vec<(&'g str, f64)>>,
    /// Weight by cluster.
    weights: FxHashMap<usize, f64>,
    /// Places that contain others, by their country, each with whether it is a division. A town contains only places that are
    /// recorded as parts of it.
    containers: FxHashMap<&'g str, Vec<(Likely<'g>, bool)>>,
    /// The likely place of the first cluster that has a narrow one.
    first: Option<Likely<'g>>,
    total: f64,
}

/// Likely places within this many kilometres are near.
const NEAR_KM: f64 = 150.0;

/// Containers considered in a country; a document that names more is about none of them.
const MOST_CONTAINERS: usize = 24;

/// Nearest places considered for a candidate.
const MOST_NEIGHBOURS: usize = 12;

impl<'g> Surroundings<'g> {
    /// Indexes likely places, which are in the order of the clusters.
    pub fn new(likely: &[Likely<'g>]) -> Self {
        let mut codes = FxHashMap::default();
        let mut own: FxHashMap<usize, Vec<(&str, f64)>> = FxHashMap::default();
        let mut weights = FxHashMap::default();
        let mut containers: FxHashMap<&str, Vec<(Likely<'g>, bool)>> = FxHashMap::default();
        let mut points = Vec::new();
        for likely in likely {
            let mut put = |code: &'g str| {
                *codes.entry(code).or_insert(0.0) += likely.weight;
                own.entry(likely.cluster).or_default().push((code, likely.weight));
            };
            put(likely.facts.country);
            [likely.facts.division1, likely.place.division2()].into_iter().flatten().for_each(&mut put);
            *weights.entry(likely.cluster).or_insert(0.0) += likely.weight;
            if likely.place.class() == 'P' || likely.place.is_division1() || likely.place.is_division2() {
                let division = likely.place.own_division_code().is_some();
                containers.entry(likely.facts.country).or_default().push((*likely, division));
            }
            if !likely.facts.wide {
                points.push(GeomWithData::new(likely.facts.point, (likely.cluster, likely.weight)));
            }
        }
        for list in containers.values_mut() {
            list.sort_by(|(a, _), (b, _)| b.weight.total_cmp(&a.weight).then(a.cluster.cmp(&b.cluster)));
            list.truncate(MOST_CONTAINERS);
        }
        let total = weights.values().sum();
        let first = likely.iter().find(|likely| !likely.facts.wide && likely.weight > 0.3).copied();
        Surroundings { points: RTree::bulk_load(points), codes, own, weights, containers, first, total }
    }

    /// Writes into a candidate's row how it lies to the likely places of the clusters other than its own, `cluster`.
    pub fn describe(&self, cluster: usize, candidate: &Candidate<'g>, facts: &Facts<'g>, row: &mut Row) {
        let others = (self.total - self.weights.get(&cluster).copied().unwrap_or(0.0)).max(0.0);
        let share = |code: &str| if others > 1e-6 { (self.of_others(cluster, code) / others) as f32 } else { 0.0 };
        row[f::OTHERS] = (1.0 + others).ln() as f32;
        row[f::COUNTRY] = candidate.place.countries().take(30).map(share).fold(0.0, f32::max);
        row[f::DIVISION] = facts.division1.map_or(-1.0, share);
        row[f::CONTAINER] = self.container(cluster, &candidate.place) as f32;
        row[f::CONTAINS] = match candidate.place.own_division_code() {
            Some(code) => share(code),
            None if candidate.place.is_country() => share(facts.country),
            None => 0.0,
        };
        let (nearest, second, nearness) = self.near(cluster, facts);
        (row[f::NEAREST_KM], row[f::SECOND_KM], row[f::NEARNESS]) = (nearest, second, nearness);
        let first = self.first.filter(|first| first.cluster != cluster);
        row[f::FIRST_KM] = first.map_or(-1.0, |first| log_km(first.facts.km(facts)));
    }

    /// The weight of a code without what a cluster has added to it.
    fn of_others(&self, cluster: usize, code: &str) -> f64 {
        let own = self.own.get(&cluster).into_iter().flatten().filter(|(own, _)| *own == code);
        let all = self.codes.get(code).copied().unwrap_or(0.0);
        (all - own.map(|(_, weight)| weight).sum::<f64>()).max(0.0)
    }

    /// The weight of the likeliest division or city of another cluster that contains the candidate.
    fn container(&self, cluster: usize, candidate: &PlaceRef<'g>) -> f64 {
        let is_part = candidate.part_of().is_some();
        let known = candidate.countries().take(4).filter_map(|code| self.containers.get(code)).flatten();
        let may_hold = known.filter(|(likely, division)| likely.cluster != cluster && (*division || is_part));
        let best = may_hold.filter(|(likely, _)| likely.place.contains(candidate));
        let best = best.map(|(likely, _)| likely.weight.min(1.5));
        best.fold(0.0, f64::max)
    }

    /// Logarithms of the kilometres to the two nearest places of other clusters, and the weight of those nearby, the nearer the more.
    fn near(&self, cluster: usize, facts: &Facts<'g>) -> (f32, f32, f32) {
        let chord = NEAR_KM / EARTH_RADIUS_KM;
        let near = self.points.nearest_neighbor_iter(&facts.point).take(MOST_NEIGHBOURS + 3);
        let near = near.filter(|point| point.data.0 != cluster);
        let near = near.map(|point| (point.data.1, point.distance_2(&facts.point).sqrt()));
        let (mut kms, mut nearness) = ([f::NOWHERE; 2], 0.0);
        for (at, (weight, far)) in near.enumerate() {
            if let Some(km) = kms.get_mut(at) {
                // An unlikely place counts as farther off.
                *km = log_km(km_of_chord(far)) + (1.0 - weight.min(1.0)) as f32;
            }
            nearness += weight * (1.0 - far / chord).max(0.0);
            if at >= 1 && far > chord {
                break;
            }
        }
        (kms[0], kms[1], nearness as f32)
    }
}

#[cfg(test)]
mod tests {
    use super::{Facts, Likely, Surroundings};
    use crate::candidate::{Candidate, Form};
    use crate::gazetteer::{Gazetteer, NameKind, PlaceRef};
    use crate::resolve::features::{self as f, COUNT, Row};

    fn likely(cluster: usize, place: PlaceRef<'_>, weight: f64) -> Likely<'_> {
        Likely { cluster, place, facts: Facts::new(&place), weight }
    }

    fn place<'g>(gazetteer: &'g Gazetteer, name: &str, country: &str) -> PlaceRef<'g> {
        let places = gazetteer.named(name).map(|(place, _)| place).filter(|place| place.country() == country);
        places.max_by(|a, b| a.prominence().total_cmp(&b.prominence())).expect("is known")
    }

    fn described<'g>(surroundings: &Surroundings<'g>, cluster: usize, place: PlaceRef<'g>) -> Row {
        let prior = place.prominence();
        let (kind, form) = (NameKind::Primary, Form::Exact);
        let candidate = Candidate { place, answer: place, kind, form, likeness: 1.0, at_home: 0.0, prior };
        let mut row = [0.0; COUNT];
        surroundings.describe(cluster, &candidate, &Facts::new(&place), &mut row);
        row
    }

    #[test]
    fn candidates_lie_in_the_countries_of_the_other_places_and_near_them() {
        let gazetteer = crate::embedded().expect("opens");
        let [aleppo, homs, paris] =
            [("aleppo", "SY"), ("homs", "SY"), ("paris", "FR")].map(|(name, code)| place(&gazetteer, name, code));
        let surroundings = Surroundings::new(&[likely(0, aleppo, 1.0), likely(1, homs, 1.0), likely(2, paris, 1.0)]);
        let row = described(&surroundings, 0, aleppo);
        assert_eq!(row[f::COUNTRY], 0.5, "its own cluster does not count");
        let distances = [row[f::NEAREST_KM], row[f::SECOND_KM]].map(|log| log.exp() - 1.0);
        assert!((150.0..250.0).contains(&distances[0]) && distances[1] > 3000.0, "{distances:?}");
        assert_eq!(described(&surroundings, 2, paris)[f::COUNTRY], 0.0);
    }

    #[test]
    fn divisions_contain_candidates() {
        let gazetteer = crate::embedded().expect("opens");
        let [texas, dallas] = ["texas", "dallas"].map(|name| place(&gazetteer, name, "US"));
        let surroundings = Surroundings::new(&[likely(0, texas, 0.75), likely(1, dallas, 0.5)]);
        assert_eq!(described(&surroundings, 1, dallas)[f::CONTAINER], 0.75);
        assert_eq!(described(&surroundings, 0, texas)[f::CONTAINS], 1.0);
    }

    #[test]
    fn nothing_is_near_nothing() {
        let gazetteer = crate::embedded().expect("opens");
        let surroundings = Surroundings::new(&[]);
        let row = described(&surroundings, 0, place(&gazetteer, "aleppo", "SY"));
        assert_eq!((row[f::NEAREST_KM], row[f::COUNTRY], row[f::FIRST_KM]), (f::NOWHERE, 0.0, -1.0));
    }
}
