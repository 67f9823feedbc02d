//! Places as JSON.

use rmcp::schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};
use serde_json::json;
use std::borrow::Cow;
use toponym::Place;
use toponym::export::place_record;

/// A place with the members that JSON lines give it (docs/OUTPUT.md); what is not known is null.
pub struct PlaceRecord(Place);

impl PlaceRecord {
    /// Whether it is a record of the place with this id.
    pub fn is(&self, id: &str) -> bool {
        self.0.id() == id
    }
}

impl From<&Place> for PlaceRecord {
    fn from(place: &Place) -> Self {
        PlaceRecord(place.clone())
    }
}

impl Serialize for PlaceRecord {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        place_record(&self.0).serialize(serializer)
    }
}

impl JsonSchema for PlaceRecord {
    fn schema_name() -> Cow<'static, str> {
        "PlaceRecord".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let member =
            |types: serde_json::Value, description: &str| json_schema!({"type": types, "description": description});
        let (text, number) = (json!(["string", "null"]), json!(["number", "null"]));
        json_schema!({
            "type": "object",
            "description": "A place; what is not known is null.",
            "properties": {
                "id": member(json!("string"), "`source:id`, such as `geonames:170063`."),
                "name": member(json!("string"), "The display name."),
                "lat": member(json!("number"), "Degrees north, WGS 84."),
                "lon": member(json!("number"), "Degrees east, WGS 84."),
                "country": member(text.clone(), "ISO 3166-1 alpha-2 code of the country."),
                "admin1": member(text.clone(), "The first-level division it lies in."),
                "admin2": member(text.clone(), "The second-level division it lies in."),
                "feature": member(text.clone(), "GeoNames feature class and code, such as `P.PPLA`."),
                "population": member(json!(["integer", "null"]), "Inhabitants."),
                "exact_km": member(number, "How far the point may lie from a fair representative point of the place, in kilometres; of a `locality`, how far what the text names may lie from it."),
                "source": member(text, "Whom the coordinates are from."),
            },
            "required": ["id", "name", "lat", "lon", "country", "admin1", "admin2", "feature", "population", "exact_km", "source"],
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schema_has_the_members_of_a_place() {
        let gazetteer = toponym::gazetteer::embedded().expect("the gazetteer opens");
        let aleppo = gazetteer.by_id("geonames:170063").expect("it is there");
        let record = serde_json::to_value(PlaceRecord::from(&aleppo)).expect("JSON");
        let names: Vec<_> = record.as_object().expect("an object").keys().cloned().collect();
        let schema = serde_json::to_value(PlaceRecord::json_schema(&mut SchemaGenerator::default())).expect("JSON");
        let mut described: Vec<_> = schema["properties"].as_object().expect("an object").keys().cloned().collect();
        let mut required: Vec<String> = serde_json::from_value(schema["required"].clone()).expect("names");
        let mut names = names;
        for list in [&mut names, &mut described, &mut required] {
            list.sort_unstable();
        }
        assert_eq!((&names, &names), (&described, &required));
    }
}
