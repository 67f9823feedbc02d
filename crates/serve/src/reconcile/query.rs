//! Queries: names with a type and properties in, candidates out.

use super::score::{Wanted, ranked};
use super::types::{Named, types_of};
use super::{BATCH, MOST, describe};
use crate::places::LONGEST_NAME;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use toponym::Gazetteer;

/// The queries of a request, by the keys that the client chose.
pub type Queries = BTreeMap<String, Query>;

/// A name, and what is known of it.
#[derive(Deserialize)]
pub struct Query {
    query: String,
    r#type: Option<OneOrMany>,
    limit: Option<usize>,
    #[serde(default)]
    properties: Vec<Property>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

/// A property that the place should have.
#[derive(Deserialize)]
struct Property {
    pid: String,
    v: Value,
}

/// The candidates of a query.
#[derive(Serialize)]
pub struct Candidates {
    result: Vec<Candidate>,
}

/// A place that a name may be.
#[derive(Serialize)]
struct Candidate {
    id: String,
    name: String,
    description: String,
    r#type: Vec<Named>,
    /// From 0 to 100.
    score: f64,
    /// Whether a client may take it unasked.
    r#match: bool,
    features: Vec<Feature>,
}

/// What the score is made of.
#[derive(Serialize)]
struct Feature {
    id: &'static str,
    value: f64,
}

/// The candidates of each query.
///
/// # Errors
/// When there are too many, or one cannot be understood; the message names it.
pub fn reconcile(queries: &Queries, gazetteer: &Gazetteer) -> Result<BTreeMap<String, Candidates>, String> {
    if queries.len() > BATCH {
        return Err(format!("{} queries at once; send at most {BATCH}", queries.len()));
    }
    let answers = queries.iter().map(|(key, query)| {
        let candidates = query.answer(gazetteer).map_err(|form| format!("{key}: {form}"))?;
        Ok((key.clone(), candidates))
    });
    answers.collect()
}

impl Query {
    fn answer(&self, gazetteer: &Gazetteer) -> Result<Candidates, String> {
        let limit = self.limit.unwrap_or(5);
        if !(1..=MOST).contains(&limit) {
            return Err(format!("limit: give a whole number from 1 to {MOST}"));
        }
        // A cell of a table may hold anything, and a long one is no name.
        if self.query.trim().is_empty() || self.query.chars().count() > LONGEST_NAME {
            return Ok(Candidates { result: Vec::new() });
        }
        let wanted = self.wanted(gazetteer)?;
        let found = ranked(&self.query, &wanted, gazetteer, limit);
        let result = found.into_iter().map(|scored| Candidate {
            id: scored.place.id(),
            name: scored.place.name().to_owned(),
            description: describe(&scored.place),
            r#type: types_of(&scored.place),
            score: (scored.score * 10.0).round() / 10.0,
            r#match: scored.certain,
            features: scored.features.into_iter().map(|(id, value)| Feature { id, value }).collect(),
        });
        Ok(Candidates { result: result.collect() })
    }

    fn wanted(&self, gazetteer: &Gazetteer) -> Result<Wanted, String> {
        let types = match &self.r#type {
            None => Vec::new(),
            Some(OneOrMany::One(one)) => vec![one.clone()],
            Some(OneOrMany::Many(many)) => many.clone(),
        };
        let mut wanted = Wanted { types, ..Wanted::default() };
        for property in &self.properties {
            let values = texts(&property.v);
            match property.pid.as_str() {
                "country" => wanted.countries.extend(values.iter().flat_map(|text| countries(text, gazetteer))),
                "near" => {
                    // An empty or unreadable cell says nothing.
                    wanted.near = wanted.near.or_else(|| values.iter().find_map(|text| point(text)));
                }
                other => return Err(format!("property {other:?}: give country or near")),
            }
        }
        Ok(wanted)
    }
}

/// The texts of a property's value: of one value or several, each a text or an object with an id.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.trim().to_owned()],
        Value::Array(values) => values.iter().flat_map(texts).collect(),
        Value::Object(object) => object.get("id").map(texts).unwrap_or_default(),
        _ => Vec::new(),
    }
}

/// The codes of the countries that a code, an id or a name may mean; none for one that is not known.
fn countries(text: &str, gazetteer: &Gazetteer) -> Vec<String> {
    if text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return vec![text.to_ascii_uppercase()];
    }
    if text.is_empty() || text.chars().count() > LONGEST_NAME {
        return Vec::new();
    }
    let named = gazetteer.lookup(text).into_iter().map(|hit| hit.place);
    let places = gazetteer.by_id(text).into_iter().chain(named);
    let countries = places.filter(|place| place.indexed().is_some_and(|place| place.is_country()));
    countries.take(1).map(|place| place.country().to_owned()).collect()
}

/// Latitude and longitude of `LAT,LON`, or of `Point(LON LAT)`, as Wikidata writes it.
fn point(text: &str) -> Option<(f64, f64)> {
    let inner = text.strip_prefix("Point(").and_then(|rest| rest.strip_suffix(')'));
    let (lat, lon) = match inner {
        Some(inner) => inner.split_once(' ').map(|(lon, lat)| (lat, lon))?,
        None => text.split_once(',')?,
    };
    let (lat, lon) = (lat.trim().parse::<f64>().ok()?, lon.trim().parse::<f64>().ok()?);
    ((-90.0..=90.0).contains(&lat) && (-180.0..=180.0).contains(&lon)).then_some((lat, lon))
}

#[cfg(test)]
mod tests {
    use super::{point, texts};
    use serde_json::json;

    #[test]
    fn values_come_in_many_shapes() {
        assert_eq!(texts(&json!(" LB ")), ["LB"]);
        assert_eq!(texts(&json!([{"id": "geonames:272103", "name": "Lebanon"}, "SY"])), ["geonames:272103", "SY"]);
        assert!(texts(&json!(7)).is_empty() && texts(&json!(null)).is_empty());
    }

    #[test]
    fn points_are_read_in_both_orders() {
        assert_eq!(point("36.2, 37.16"), Some((36.2, 37.16)));
        assert_eq!(point("Point(37.16 36.2)"), Some((36.2, 37.16)));
        assert_eq!((point("91,0"), point("north"), point("")), (None, None, None));
    }
}
