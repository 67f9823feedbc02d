//! `/v1/lookup` and `/v1/near`.

use crate::record;
use serde::Deserialize;
use serde_json::{Value, json};
use toponym::Gazetteer;
use toponym::gazetteer::{LatLonBox, Match};

/// The number of places that an answer holds at most.
const MOST: usize = 100;
/// The length of a name in code points above which none is looked up.
const LONGEST_NAME: usize = 100;

/// What is asked of `lookup`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lookup {
    name: String,
    #[serde(default)]
    prefix: bool,
    #[serde(default)]
    similar: bool,
    lang: Option<String>,
    limit: Option<usize>,
}

/// What is asked of `near`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Near {
    lat: Option<f64>,
    lon: Option<f64>,
    km: Option<f64>,
    bbox: Option<String>,
    limit: Option<usize>,
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
    pub fn places(&self, gazetteer: &Gazetteer) -> Result<Value, String> {
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
            let mut place = record::place(&hit.place);
            place["match"] = how.into();
            place["matched_name"] = json!(name);
            place["likeness"] = hit.found.likeness().into();
            place
        });
        Ok(json!({"places": places.collect::<Vec<_>>()}))
    }
}

impl Near {
    /// The places, the nearest first, or of a box the better known first.
    ///
    /// # Errors
    /// When an option is out of its range; the message says what to give.
    pub fn places(&self, gazetteer: &Gazetteer) -> Result<Value, String> {
        let limit = limit(self.limit, 10)?;
        if let Some(area) = &self.bbox {
            if self.lat.is_some() || self.lon.is_some() || self.km.is_some() {
                return Err("give bbox, or lat and lon, not both".to_owned());
            }
            let area: LatLonBox = area.parse().map_err(|form| format!("bbox: {form}"))?;
            let places: Vec<_> = gazetteer.within(&area).iter().take(limit).map(record::place).collect();
            return Ok(json!({"places": places}));
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
        let places = gazetteer.near(lat, lon, km, limit).into_iter().map(|(place, km)| {
            let mut place = record::place(&place);
            place["km"] = km.into();
            place
        });
        Ok(json!({"places": places.collect::<Vec<_>>()}))
    }
}
