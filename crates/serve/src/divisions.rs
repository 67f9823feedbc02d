//! The countries and first-level divisions of a gazetteer by their codes, for services whose answers hold them.

use std::collections::HashMap;
use toponym::{Gazetteer, Place};

/// Countries by ISO 3166-1 code, and first-level divisions by GeoNames code such as `SY.09`.
pub struct Divisions {
    countries: HashMap<String, Place>,
    divisions: HashMap<String, Place>,
}

impl Divisions {
    /// Looks through the whole gazetteer, which takes some milliseconds a million places. Of places with one code the
    /// first index's best known wins.
    pub fn new(gazetteer: &Gazetteer) -> Self {
        let mut found = Divisions { countries: HashMap::new(), divisions: HashMap::new() };
        for place in gazetteer.places() {
            let Some(indexed) = place.indexed() else { continue };
            let (map, code) = match () {
                () if indexed.is_country() => (&mut found.countries, indexed.country().to_owned()),
                () if indexed.is_division1() => match indexed.own_division_code() {
                    Some(code) => (&mut found.divisions, code.to_owned()),
                    None => continue,
                },
                () => continue,
            };
            let layer = indexed.key().layer;
            let better = map.get(&code).is_none_or(|known| {
                known
                    .indexed()
                    .is_none_or(|known| known.key().layer == layer && known.prominence() < indexed.prominence())
            });
            if better {
                map.insert(code, place);
            }
        }
        found
    }

    /// The country of a place, itself if it is one.
    pub fn country_of(&self, place: &Place) -> Option<&Place> {
        self.countries.get(place.country())
    }

    /// The code of the first-level division of a place, without that of the country, such as `09`.
    pub fn code_of(place: &Place) -> Option<&str> {
        Some(place.indexed()?.division1()?.split_once('.')?.1)
    }

    /// The first-level division of a place, itself if it is one.
    pub fn division_of(&self, place: &Place) -> Option<&Place> {
        self.divisions.get(place.indexed()?.division1()?)
    }
}
