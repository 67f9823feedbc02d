//! `/v1/lookup` and `/v1/near`.

use crate::record::PlaceRecord;
use rmcp::schemars::{self, JsonSchema};
use serde::{Deserialize, Serialize};
use toponym::Gazetteer;
use toponym::gazetteer::{LatLonBox, Match};

/// The number of places that an answer holds at most.
const MOST: usize = 100;
/// The length of a name in code points above which none is looked up.
pub const LONGEST_NAME: usize = 100;

/// What is asked of `lookup`.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Lookup {
    /// The name, in any script; what contains the place may follow a comma: `Paris, Texas`.
    name: String,
    /// Find the names that begin with it.
    #[serde(default)]
    prefix: bool,
    /// Find similar names too; not with prefix.
    #[serde(default)]
    similar: bool,
    /// Only names of this language, an ISO 639 code.
    lang: Option<String>,
    /// Most places that are answered, 1 to 100; 20 if absent.
    limit: Option<usize>,
}

/// What is asked of `near`.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Near {
    /// Degrees north.
    lat: Option<f64>,
    /// Degrees east.
    lon: Option<f64>,
    /// Greatest distance in kilometres; 50 if absent.
    km: Option<f64>,
    /// A box instead of a point: west, south, east and north in degrees, with commas between.
    bbox: Option<String>,
    /// Most places that are answered, 1 to 100; 10 if absent.
    limit: Option<usize>,
}

/// The answer of `lookup` and `near`.
#[derive(Serialize, JsonSchema)]
pub struct Places<T> {
    /// The places.
    pub places: Vec<T>,
}

/// A place found by name.
#[derive(Serialize, JsonSchema)]
pub struct NamedPlace {
    #[serde(flatten)]
    place: PlaceRecord,
    /// How its name fits the one asked for: `exact`, `prefix`, `similar` or `romanised`.
    r#match: &'static str,
    /// The name that was found, in small letters, unless it is the one asked for.
    matched_name: Option<String>,
    /// The similarity of the two names, 0 to 1.
    likeness: f64,
}

/// A place found by point.
#[derive(Serialize, JsonSchema)]
pub struct NearPlace {
    #[serde(flatten)]
    place: PlaceRecord,
    /// Distance from the point asked for, in kilometres.
    #[serde(skip_serializing_if = "Option::is_none")]
    km: Option<f64>,
}

fn limit(asked: Option<usize>, usual: usize) -> Result<usize, String> {
    match asked.unwrap_or(usual) {
        limit @ 1..=MOST => Ok(limit),
        _ => Err(format!("limit: give a whole number from 1 to {MOST}")),
    }
}

impl Lookup {
    /// The places, the likeliest first.
    ///
    /// # Errors
    /// When an option is out of its range; the message says what to give.
    pub fn places(&self, gazetteer: &Gazetteer) -> Result<Places<NamedPlace>, String> {
        let limit = limit(self.limit, 20)?;
        if self.name.trim().is_empty() || self.name.chars().count() > LONGEST_NAME {
            return Err(format!("name: give a name of 1 to {LONGEST_NAME} characters"));
        }
        if self.prefix && self.similar {
            return Err("give prefix or similar, not both".to_owned());
        }
        let mut hits = match () {
            () if self.prefix => gazetteer.complete(&self.name, limit),
            () if self.similar => gazetteer.similar(&self.name),
            () => gazetteer.lookup(&self.name),
        };
        hits.retain(|hit| self.lang.as_ref().is_none_or(|language| hit.is_in(language, &self.name)));
        let places = hits.iter().take(limit).map(|hit| {
            let (how, name) = match &hit.found {
                Match::Prefix(name) => ("prefix", Some(name)),
                Match::Fuzzy(name, _) => ("similar", Some(name)),
                Match::Romanised(name, _) => ("romanised", Some(name)),
                _ => ("exact", None),
            };
            let matched_name = name.cloned();
            NamedPlace { place: (&hit.place).into(), r#match: how, matched_name, likeness: hit.found.likeness() }
        });
        Ok(Places { places: places.collect() })
    }
}

impl Near {
    /// The places, the nearest first, or of a box the better known first.
    ///
    /// # Errors
    /// When an option is out of its range; the message says what to give.
    pub fn places(&self, gazetteer: &Gazetteer) -> Result<Places<NearPlace>, String> {
        let limit = limit(self.limit, 10)?;
        if let Some(area) = &self.bbox {
            if self.lat.is_some() || self.lon.is_some() || self.km.is_some() {
                return Err("give bbox, or lat and lon, not both".to_owned());
            }
            let area: LatLonBox = area.parse().map_err(|form| format!("bbox: {form}"))?;
            let within = gazetteer.within(&area);
            let places = within.iter().take(limit).map(|place| NearPlace { place: place.into(), km: None });
            return Ok(Places { places: places.collect() });
        }
        let (Some(lat), Some(lon)) = (self.lat, self.lon) else {
            return Err("give lat and lon in degrees, or bbox".to_owned());
        };
        if !(-90.0..=90.0).contains(&lat) || !(-180.0..=180.0).contains(&lon) {
            return Err("lat is from -90 to 90 and lon from -180 to 180, in degrees".to_owned());
        }
        let km = self.km.unwrap_or(50.0);
        if !(km > 0.0 && km <= 20_040.0) {
            return Err("km: give a distance in kilometres over 0, at most 20040".to_owned());
        }
        let near = gazetteer.near(lat, lon, km, limit);
        let places = near.iter().map(|(place, km)| NearPlace { place: place.into(), km: Some(*km) });
        Ok(Places { places: places.collect() })
    }
}
