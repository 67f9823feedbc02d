//! What a document's other places say of a candidate: countries, divisions, containers, nearness.

use super::features::{self as f, Row, log_km};
use crate::candidate::Candidate;
use crate::gazetteer::PlaceRef;
use crate::gazetteer::geodesy::{EARTH_RADIUS_KM, chord_square, km_of_chord, on_sphere};
use rstar::primitives::GeomWithData;
use rstar::{PointDistance, RTree};
use rustc_hash::FxHashMap;

/// What is asked of a place again and again.
#[derive(Clone, Copy)]
pub struct Facts<'g> {
    /// On the unit sphere.
    pub point: [f64; 3],
    /// Code of its main country.
    pub country: &'g str,
    /// Code of its first-level division.
    pub division1: Option<&'g str>,
    /// Whether it is so wide that its point says little of where it is.
    pub wide: bool,
}

impl<'g> Facts<'g> {
    /// Looks them up.
    pub fn of(place: &PlaceRef<'g>) -> Self {
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

    /// The square of the chord to another place; against that of some kilometres it tells without any trigonometry
    /// whether it is nearer.
    pub fn chord_square(&self, other: &Facts<'_>) -> f64 {
        chord_square(self.point, other.point)
    }
}

/// Whether a place is so wide that its point says little of where it is.
pub fn is_wide(place: &PlaceRef<'_>) -> bool {
    place.is_country() || place.class() == 'L'
}

/// A likely place of a group of mentions.
#[derive(Clone, Copy)]
pub struct Likely<'g> {
    /// Which group.
    pub group: usize,
    /// The place.
    pub place: PlaceRef<'g>,
    /// What is asked of it.
    pub facts: Facts<'g>,
    /// How much it counts: its probability, more with more mentions.
    pub weight: f64,
}

/// The likely places of a document, by where they are and what they contain.
pub struct Surroundings<'g> {
    /// Points on the unit sphere with group and weight; no wide places.
    points: RTree<GeomWithData<[f64; 3], (usize, f64)>>,
    /// Weight per code of a country or a division of either level.
    codes: FxHashMap<&'g str, f64>,
    /// Per group: what it has put into `codes`.
    own: FxHashMap<usize, Vec<(&'g str, f64)>>,
    /// Per group: its weight.
    weights: FxHashMap<usize, f64>,
    /// Places that contain others, by the country they are in; each with whether it is a division, in which lies more than
    /// what is said to be part of it.
    containers: FxHashMap<&'g str, Vec<(Likely<'g>, bool)>>,
    /// The likely place of the first name that has a narrow one.
    first: Option<Likely<'g>>,
    total: f64,
}

/// Likely places nearer than this, in kilometres, count as near.
const NEAR_KM: f64 = 150.0;

/// Containers weighed per country; a document that names more is about none of them.
const MOST_CONTAINERS: usize = 24;

/// Nearest places weighed for a candidate.
const MOST_NEIGHBOURS: usize = 12;

impl<'g> Surroundings<'g> {
    /// Sets the places out, which come in the order of the groups.
    pub fn of(likely: &[Likely<'g>]) -> Self {
        let mut codes = FxHashMap::default();
        let mut own: FxHashMap<usize, Vec<(&str, f64)>> = FxHashMap::default();
        let mut weights = FxHashMap::default();
        let mut containers: FxHashMap<&str, Vec<(Likely<'g>, bool)>> = FxHashMap::default();
        let mut points = Vec::new();
        for likely in likely {
            let mut put = |code: &'g str| {
                *codes.entry(code).or_insert(0.0) += likely.weight;
                own.entry(likely.group).or_default().push((code, likely.weight));
            };
            put(likely.facts.country);
            [likely.facts.division1, likely.place.division2()].into_iter().flatten().for_each(&mut put);
            *weights.entry(likely.group).or_insert(0.0) += likely.weight;
            if likely.place.class() == 'P' || likely.place.is_division1() || likely.place.is_division2() {
                let division = likely.place.own_division_code().is_some();
                containers.entry(likely.facts.country).or_default().push((*likely, division));
            }
            if !likely.facts.wide {
                points.push(GeomWithData::new(likely.facts.point, (likely.group, likely.weight)));
            }
        }
        for list in containers.values_mut() {
            list.sort_by(|(a, _), (b, _)| b.weight.total_cmp(&a.weight).then(a.group.cmp(&b.group)));
            list.truncate(MOST_CONTAINERS);
        }
        let total = weights.values().sum();
        let first = likely.iter().find(|likely| !likely.facts.wide && likely.weight > 0.3).copied();
        Surroundings { points: RTree::bulk_load(points), codes, own, weights, containers, first, total }
    }

    /// Writes into a candidate's row what the other groups' places say of it.
    pub fn describe(&self, group: usize, candidate: &Candidate<'g>, facts: &Facts<'g>, row: &mut Row) {
        let others = (self.total - self.weights.get(&group).copied().unwrap_or(0.0)).max(0.0);
        let share = |code: &str| if others > 1e-6 { (self.of_others(group, code) / others) as f32 } else { 0.0 };
        row[f::OTHERS] = (1.0 + others).ln() as f32;
        row[f::COUNTRY] = candidate.place.countries().take(30).map(share).fold(0.0, f32::max);
        row[f::DIVISION] = facts.division1.map_or(-1.0, share);
        row[f::CONTAINER] = self.container(group, &candidate.place) as f32;
        row[f::CONTAINS] = match candidate.place.own_division_code() {
            Some(code) => share(code),
            None if candidate.place.is_country() => share(facts.country),
            None => 0.0,
        };
        let (nearest, second, nearness) = self.near(group, facts);
        (row[f::NEAREST_KM], row[f::SECOND_KM], row[f::NEARNESS]) = (nearest, second, nearness);
        let first = self.first.filter(|first| first.group != group);
        row[f::FIRST_KM] = first.map_or(-1.0, |first| log_km(first.facts.km(facts)));
    }

    /// The weight of a code, without what the group itself has put in.
    fn of_others(&self, group: usize, code: &str) -> f64 {
        let own = self.own.get(&group).into_iter().flatten().filter(|(own, _)| *own == code);
        let all = self.codes.get(code).copied().unwrap_or(0.0);
        (all - own.map(|(_, weight)| weight).sum::<f64>()).max(0.0)
    }

    /// How likely a division or city of the document contains the candidate.
    fn container(&self, group: usize, candidate: &PlaceRef<'g>) -> f64 {
        let is_part = candidate.part_of().is_some();
        let known = candidate.countries().take(4).filter_map(|code| self.containers.get(code)).flatten();
        let may_hold = known.filter(|(likely, division)| likely.group != group && (*division || is_part));
        let best = may_hold.filter(|(likely, _)| likely.place.contains(candidate));
        let best = best.map(|(likely, _)| likely.weight.min(1.5));
        best.fold(0.0, f64::max)
    }

    /// Logarithms of the kilometres to the two nearest places of other groups, and how many are near, and how near.
    fn near(&self, group: usize, facts: &Facts<'g>) -> (f32, f32, f32) {
        let chord = NEAR_KM / EARTH_RADIUS_KM;
        let near = self.points.nearest_neighbor_iter(&facts.point).take(MOST_NEIGHBOURS + 3);
        let near = near.filter(|point| point.data.0 != group);
        let near = near.map(|point| (point.data.1, point.distance_2(&facts.point).sqrt()));
        let (mut kms, mut nearness) = ([f::NOWHERE; 2], 0.0);
        for (at, (weight, far)) in near.enumerate() {
            if let Some(km) = kms.get_mut(at) {
                // What is doubtful is as good as farther off.
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
