//! How a candidate lies to the likely places of the neighbouring mentions in the text.

use super::context::{Facts, Likely};
use super::features::{self as f, Row, log_km};

/// The likely places of the neighbouring mentions of a cluster.
pub struct AdjacentPlaces<'l, 'g> {
    places: Vec<AdjacentPlace<'l, 'g>>,
    /// Sum of their weights.
    total: f64,
}

struct AdjacentPlace<'l, 'g> {
    facts: &'l Facts<'g>,
    /// How likely it is, times how near it is in the text.
    weight: f64,
    /// Added to the logarithm of its distance: an unlikely place counts as farther off.
    doubt: f32,
}

impl<'l, 'g> AdjacentPlaces<'l, 'g> {
    /// Those of neighbouring clusters, which are given with how near they are in the text, 0 to 1. `likely` are the likely places of
    /// all clusters.
    pub fn new(neighbours: &[(usize, f64)], likely: &'l [Vec<Likely<'g>>]) -> Self {
        let place = |likely: &'l Likely<'g>, near: f64| {
            let likelihood = likely.weight.min(1.0);
            AdjacentPlace { facts: &likely.facts, weight: likelihood * near, doubt: 1.0 - likelihood as f32 }
        };
        let places =
            neighbours.iter().flat_map(|&(cluster, near)| likely[cluster].iter().map(move |likely| (likely, near)));
        let places: Vec<_> = places.map(|(likely, near)| place(likely, near)).collect();
        AdjacentPlaces { total: places.iter().map(|place| place.weight).sum(), places }
    }

    /// Writes into a candidate's row how it lies to them.
    pub fn describe(&self, facts: &Facts<'_>, row: &mut Row) {
        let share = |same: &dyn Fn(&Facts<'_>) -> bool| {
            let sum: f64 = self.places.iter().filter(|place| same(place.facts)).map(|place| place.weight).sum();
            if self.total > 0.0 { (sum / self.total) as f32 } else { -1.0 }
        };
        row[f::ADJACENT_COUNTRY] = share(&|other| other.country == facts.country);
        row[f::ADJACENT_DIVISION] = share(&|other| other.division1.is_some() && other.division1 == facts.division1);
        let narrow = self.places.iter().filter(|place| !place.facts.wide);
        let km = narrow.map(|place| log_km(place.facts.km(facts)) + place.doubt);
        row[f::ADJACENT_KM] = km.fold(f::NOWHERE, f32::min);
    }
}

#[cfg(test)]
mod tests {
    use super::AdjacentPlaces;
    use crate::resolve::context::{Facts, Likely};
    use crate::resolve::features::{self as f, COUNT};

    #[test]
    fn near_and_likely_places_count_more() {
        let gazetteer = crate::embedded().expect("opens");
        let place = |name: &str, country: &str| {
            let places = gazetteer.named(name).map(|(place, _)| place).filter(|place| place.country() == country);
            places.max_by(|a, b| a.prominence().total_cmp(&b.prominence())).expect("is known")
        };
        let likely = |cluster, place, weight| vec![Likely { cluster, place, facts: Facts::new(&place), weight }];
        let places = [likely(0, place("homs", "SY"), 1.0), likely(1, place("paris", "FR"), 0.5)];
        let adjacent = AdjacentPlaces::new(&[(0, 0.5), (1, 1.0)], &places);
        let mut row = [0.0; COUNT];
        adjacent.describe(&Facts::new(&place("aleppo", "SY")), &mut row);
        assert_eq!(row[f::ADJACENT_COUNTRY], 0.5);
        assert!((150.0..250.0).contains(&(row[f::ADJACENT_KM].exp() - 1.0)));
        AdjacentPlaces::new(&[], &places).describe(&Facts::new(&place("aleppo", "SY")), &mut row);
        assert_eq!((row[f::ADJACENT_COUNTRY], row[f::ADJACENT_KM]), (-1.0, f::NOWHERE));
    }
}
