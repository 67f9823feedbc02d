//! What a document's other places say for a candidate: containers, countries, nearness.

use crate::gazetteer::Place;
use crate::gazetteer::index::format::on_sphere;
use rstar::primitives::GeomWithData;
use rstar::{PointDistance, RTree};
use std::collections::HashMap;

/// The likeliest place of a group of mentions.
#[derive(Clone, Copy)]
pub struct Likely<'g> {
    /// Which group.
    pub group: usize,
    /// The place.
    pub place: Place<'g>,
    /// How much it counts: its probability, more with more mentions.
    pub weight: f64,
}

/// The likely places of a document, by where they are and what they contain.
pub struct Surroundings<'g> {
    /// Points on the unit sphere with weights; no countries and the like, whose point says little.
    points: RTree<GeomWithData<[f64; 3], (usize, f64)>>,
    /// Weight per country code, each group's own to be taken off.
    countries: HashMap<&'g str, f64>,
    /// Per group: country code and weight.
    own: HashMap<usize, (&'g str, f64)>,
    /// Places that contain others, by the country they are in.
    containers: HashMap<&'g str, Vec<Likely<'g>>>,
    total: f64,
}

/// Likely places nearer than this, in kilometres, speak for a candidate.
const NEAR_KM: f64 = 150.0;

/// Containers weighed per country; a document that names more is about none of them.
const MOST_CONTAINERS: usize = 24;

/// Nearest places weighed for a candidate.
const MOST_NEIGHBOURS: usize = 12;

impl<'g> Surroundings<'g> {
    /// Sets the places out.
    pub fn of(likely: &[Likely<'g>]) -> Self {
        let mut countries = HashMap::new();
        let mut own = HashMap::new();
        let mut containers: HashMap<&str, Vec<Likely<'g>>> = HashMap::new();
        let mut points = Vec::new();
        for place in likely {
            let country = place.place.country();
            *countries.entry(country).or_insert(0.0) += place.weight;
            own.insert(place.group, (country, place.weight));
            if place.place.class() == 'P' || place.place.is_division1() || place.place.is_division2() {
                containers.entry(country).or_default().push(*place);
            }
            if !place.place.is_country() && place.place.class() != 'L' {
                let point = on_sphere(place.place.lat(), place.place.lon());
                points.push(GeomWithData::new(point, (place.group, place.weight)));
            }
        }
        for list in containers.values_mut() {
            list.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.group.cmp(&b.group)));
            list.truncate(MOST_CONTAINERS);
        }
        let total = countries.values().sum();
        Surroundings { points: RTree::bulk_load(points), countries, own, containers, total }
    }

    /// The score that the other groups' places give to a candidate of `group`.
    pub fn speak_for(&self, group: usize, candidate: &Place<'g>) -> f64 {
        self.country(group, candidate) + self.container(group, candidate) + self.nearness(group, candidate)
    }

    /// The share of the document's places that are in the candidate's country.
    fn country(&self, group: usize, candidate: &Place<'g>) -> f64 {
        let (own_country, own_weight) = self.own.get(&group).copied().unwrap_or(("", 0.0));
        let others = self.total - own_weight;
        if others <= 0.0 || candidate.is_country() {
            return 0.0;
        }
        let best = candidate.countries().map(|code| {
            let weight = self.countries.get(code).copied().unwrap_or(0.0);
            if code == own_country { weight - own_weight } else { weight }
        });
        let share = best.fold(0.0, f64::max) / others;
        // Half of a long list says more than half of two.
        2.6 * share * (others / (others + 0.7))
    }

    /// Whether a division or city of the document contains the candidate.
    fn container(&self, group: usize, candidate: &Place<'g>) -> f64 {
        let known = candidate.countries().filter_map(|code| self.containers.get(code)).flatten();
        let best = known.filter(|c| c.group != group && c.place.contains(candidate)).map(|c| c.weight.min(1.2));
        1.6 * best.fold(0.0, f64::max)
    }

    /// How near the document's other places are.
    fn nearness(&self, group: usize, candidate: &Place<'g>) -> f64 {
        if candidate.is_country() {
            return 0.0;
        }
        let here = on_sphere(candidate.lat(), candidate.lon());
        let chord = NEAR_KM / crate::gazetteer::index::EARTH_RADIUS_KM;
        let near = self.points.nearest_neighbor_iter(&here).take(MOST_NEIGHBOURS + 1);
        let near = near.map(|point| (point, point.distance_2(&here).sqrt() / chord)).take_while(|(_, far)| *far < 1.0);
        let sum: f64 =
            near.filter(|(point, _)| point.data.0 != group).map(|(point, far)| point.data.1 * (1.0 - far)).sum();
        1.5 * (1.0 - (-sum).exp())
    }
}
