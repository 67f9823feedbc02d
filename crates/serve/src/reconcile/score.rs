//! How well places fit a query, from 0 to 100.

use geo::{Distance, Haversine, Point};
use toponym::gazetteer::Hit;
use toponym::{Gazetteer, Place};

/// What is known of the place besides its name.
#[derive(Default)]
pub struct Wanted {
    /// Feature classes or codes such as `P` or `P.PPLC`.
    pub types: Vec<String>,
    /// Country codes.
    pub countries: Vec<String>,
    /// Degrees north and east of a point that it is near.
    pub near: Option<(f64, f64)>,
}

/// A place, and how well it fits.
pub struct Scored {
    pub place: Place,
    /// From 0 to 100.
    pub score: f64,
    /// Whether no other place fits nearly as well, and all that is known fits.
    pub certain: bool,
    /// What the score is made of, each from 0 to 1.
    pub features: Vec<(&'static str, f64)>,
}

/// The share of the score that the likeness of the names makes, and the prominence of the place; what else is known
/// makes the rest.
const LIKENESS: f64 = 0.5;
const PROMINENCE: f64 = 0.2;
/// The prominence of the best known places, as [`Place::prominence`] counts.
const FAMOUS: f64 = 8.0;
/// The distance in kilometres at which a place counts as half as near as one at the point.
const HALFWAY: f64 = 50.0;
/// The points by which a match is ahead of all others.
const LEAD: f64 = 8.0;
/// The places of a name that are looked at, at most.
const MOST_HITS: usize = 2000;
/// The places with a longer name that are looked at where none of the name itself fits.
const MOST_LONGER: usize = 100;

/// The places that fit best, the best first.
pub fn ranked(name: &str, wanted: &Wanted, gazetteer: &Gazetteer, limit: usize) -> Vec<Scored> {
    let hits = gazetteer.lookup(name);
    let mut scored: Vec<Scored> = hits.iter().take(MOST_HITS).map(|hit| wanted.score(hit)).collect();
    let fits_all = |scored: &Scored| {
        scored.features.iter().all(|(feature, value)| !matches!(*feature, "type" | "country") || *value > 0.0)
    };
    if !scored.iter().any(fits_all) {
        // "Aleppo", a division: the Aleppo Governorate.
        let longer = gazetteer.complete(name, MOST_LONGER);
        scored.extend(longer.iter().map(|hit| wanted.score(hit)).filter(fits_all));
    }
    // A type and a country that are told decide, unless nothing fits them.
    for (feature, told) in [("type", !wanted.types.is_empty()), ("country", !wanted.countries.is_empty())] {
        let fits = |scored: &Scored| scored.features.contains(&(feature, 1.0));
        if told && scored.iter().any(fits) {
            scored.retain(fits);
        }
    }
    scored.sort_by(|one, other| other.score.total_cmp(&one.score));
    let second = scored.get(1).map_or(0.0, |second| second.score);
    if let Some(first) = scored.first_mut() {
        first.certain = first.score - second >= LEAD
            && first.features.iter().all(|&(feature, value)| value >= 0.5 || feature == "prominence");
    }
    scored.truncate(limit);
    scored
}

impl Wanted {
    fn score(&self, hit: &Hit) -> Scored {
        let place = &hit.place;
        let (likeness, prominence) = (hit.found.likeness(), (place.prominence() / FAMOUS).clamp(0.0, 1.0));
        let mut features = vec![("name", round(likeness)), ("prominence", round(prominence))];
        let share = |fits: bool| f64::from(u8::from(fits));
        if !self.types.is_empty() {
            features.push(("type", share(self.types.iter().any(|wanted| is_a(place, wanted)))));
        }
        if !self.countries.is_empty() {
            features
                .push(("country", share(place.countries().any(|code| self.countries.iter().any(|own| own == code)))));
        }
        if let Some((lat, lon)) = self.near {
            let km = Haversine.distance(Point::new(lon, lat), Point::new(place.lon(), place.lat())) / 1000.0;
            features.push(("near", round(1.0 / (1.0 + km / HALFWAY))));
        }
        let told = &features[2..];
        let known = LIKENESS * likeness + PROMINENCE * prominence;
        let score = match told.len() {
            0 => known / (LIKENESS + PROMINENCE),
            count => {
                let fits = told.iter().map(|(_, value)| value).sum::<f64>() / count as f64;
                known + (1.0 - LIKENESS - PROMINENCE) * fits
            }
        };
        Scored { place: place.clone(), score: 100.0 * score, certain: false, features }
    }
}

/// Whether a place is of a type: a feature class such as `P`, or a class with a code such as `P.PPLC`.
fn is_a(place: &Place, wanted: &str) -> bool {
    place.feature() == wanted || place.feature().split('.').next() == Some(wanted)
}

fn round(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}
