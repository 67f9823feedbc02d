//! Hints such as a reader of an annotated document might give, so that the model learns what a hint is worth.

use super::target::Gold;
use crate::eval::distance_km;
use crate::gazetteer::{Gazetteer, LatLonBox};
use crate::resolve::Hint;

/// Places within this many kilometres of each other are in one region.
const REGION_KM: f64 = 300.0;

/// The place nearest to a point, within this many kilometres, tells the point's country.
const COUNTRY_KM: f64 = 100.0;

/// Degrees by which a hinted box is wider than its places, on each side.
const MARGIN: f64 = 0.5;

/// A hint of the region that most of a document's places lie in: its country, a point or a box, by the document's id; `None` for a
/// document whose annotators give no point.
pub fn hint<'a>(id: &str, gold: impl Iterator<Item = &'a Gold>, gazetteer: &Gazetteer) -> Option<Hint> {
    let points: Vec<(f64, f64)> = gold.map(|gold| gold.point).collect();
    let region =
        |centre: (f64, f64)| points.iter().copied().filter(move |&point| distance_km(centre, point) <= REGION_KM);
    // Of equals the first: names come first in the text where they matter most.
    let centre = points.iter().copied().rev().max_by_key(|&centre| region(centre).count())?;
    Some(match crc32fast::hash(id.as_bytes()) % 3 {
        0 => {
            let nearest = gazetteer.near_refs(centre.0, centre.1, COUNTRY_KM, 1).into_iter().next();
            Hint::Country(nearest?.0.country().to_owned())
        }
        1 => Hint::Point(centre.0, centre.1),
        _ => {
            let extreme = |of: fn((f64, f64)) -> f64, better: fn(f64, f64) -> f64| {
                region(centre).map(of).fold(of(centre), better)
            };
            // A region at the antimeridian is hinted at by a point: its box would go round the Earth.
            let (west, east) = (extreme(|point| point.1, f64::min), extreme(|point| point.1, f64::max));
            if east - west > 180.0 {
                return Some(Hint::Point(centre.0, centre.1));
            }
            Hint::Area(LatLonBox {
                west: west - MARGIN,
                south: extreme(|point| point.0, f64::min) - MARGIN,
                east: east + MARGIN,
                north: extreme(|point| point.0, f64::max) + MARGIN,
            })
        }
    })
}

#[cfg(test)]
mod tests {
    use super::{Gold, hint};
    use crate::resolve::Hint;

    #[test]
    fn hints_are_of_the_region_of_most_places() {
        let gazetteer = crate::embedded().expect("opens");
        let gold = [(48.86, 2.35), (36.2, 37.15), (36.5, 37.4)].map(|point| Gold { point, id: None });
        let (mut countries, mut points, mut boxes) = (0, 0, 0);
        for id in 0..30 {
            match hint(&id.to_string(), gold.iter(), &gazetteer) {
                Some(Hint::Country(code)) => {
                    assert_eq!(code, "SY");
                    countries += 1;
                }
                Some(Hint::Point(lat, lon)) => {
                    assert_eq!((lat, lon), (36.2, 37.15));
                    points += 1;
                }
                Some(Hint::Area(area)) => {
                    assert!(area.contains(36.2, 37.15) && area.contains(36.5, 37.4) && !area.contains(48.86, 2.35));
                    boxes += 1;
                }
                None => panic!("there are points"),
            }
        }
        assert!(countries > 0 && points > 0 && boxes > 0, "every kind of hint is learned");
        assert_eq!(hint("1", [].iter(), &gazetteer), None);
    }
}
