//! The Reconciliation Service API 0.2, with which OpenRefine and others match the names of a column with places.

mod preview;
mod query;
mod score;
mod types;

pub use preview::{View, page};
pub use query::{Queries, reconcile};
pub use types::{suggest_properties, suggest_types};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use toponym::{Gazetteer, Place};
use types::{Named, types_of};

/// Queries of one request, at most; clients send no more than the manifest says.
const BATCH: usize = 100;
/// Candidates or suggestions of an answer, at most.
const MOST: usize = 100;

/// What the service says of itself. `base` is its address as the client wrote it, such as `http://127.0.0.1:8090`.
pub fn manifest(base: &str) -> Value {
    let suggest = |what: &str| json!({"service_url": base, "service_path": format!("/reconcile/suggest/{what}")});
    json!({
        "versions": ["0.2"],
        "name": "toponym",
        "identifierSpace": "urn:x-toponym:place",
        "schemaSpace": "http://www.geonames.org/ontology",
        "defaultTypes": types::classes(),
        "view": {"url": format!("{base}/reconcile/preview?id={{{{id}}}}")},
        "preview": {"url": format!("{base}/reconcile/preview?id={{{{id}}}}"), "width": 420, "height": 160},
        "suggest": {"entity": suggest("entity"), "property": suggest("property"), "type": suggest("type")},
        "batchSize": BATCH,
    })
}

/// What is asked of a suggest service.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prefix {
    prefix: String,
    /// The number of suggestions to be left out at the beginning.
    #[serde(default)]
    cursor: usize,
}

/// The answer of a suggest service.
#[derive(Serialize)]
pub struct Suggestions<T> {
    result: Vec<T>,
}

/// A suggested place.
#[derive(Serialize)]
pub struct SuggestedPlace {
    id: String,
    name: String,
    description: String,
    notable: Vec<Named>,
}

/// The places whose names begin with what has been typed.
///
/// # Errors
/// When nothing has been typed, or too much.
pub fn suggest_entities(asked: &Prefix, gazetteer: &Gazetteer) -> Result<Suggestions<SuggestedPlace>, String> {
    let longest = crate::places::LONGEST_NAME;
    if asked.prefix.trim().is_empty() || asked.prefix.chars().count() > longest {
        return Err(format!("prefix: give the beginning of a name, 1 to {longest} characters"));
    }
    let most = asked.cursor.saturating_add(20).min(MOST);
    let hits = gazetteer.complete(&asked.prefix, most);
    let result = hits.iter().skip(asked.cursor).map(|hit| SuggestedPlace {
        id: hit.place.id(),
        name: hit.place.name().to_owned(),
        description: describe(&hit.place),
        notable: types_of(&hit.place),
    });
    Ok(Suggestions { result: result.collect() })
}

/// What tells a place from its namesakes: what contains it, and how many live there.
fn describe(place: &Place) -> String {
    let within = [place.part_of_name(), place.division2_name(), place.division1_name()];
    let mut parts: Vec<String> = within.into_iter().flatten().map(str::to_owned).collect();
    parts.extend(Some(place.country().to_owned()).filter(|code| !code.is_empty()));
    parts.dedup();
    parts.extend(place.population().map(|people| format!("population {people}")));
    parts.join(", ")
}
