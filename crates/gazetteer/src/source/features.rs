//! GeoJSON (collections, single features, a feature a line) and Linked Places Format, which is GeoJSON with names and
//! times; also plain JSON objects with a name and a point.

use super::columns::{Fact, Layout};
use super::geometry::Located;
use super::intake::Intake;
use super::json_stream::{for_each_line, for_each_object, is_lines};
use super::record::Record;
use super::{Name, NameKind, PlaceRow};
use crate::GazetteerError;
use geo::Geometry;
use serde_json::{Map, Value};
use std::io::Read;

/// Reads the features of a text, one at a time; `head` is its beginning.
pub fn read_features(input: &mut dyn Read, head: &str, intake: &mut Intake<'_>) -> Result<(), GazetteerError> {
    let mut features = Features { id_source: intake.id_source(), keys: Vec::new(), layout: Layout::default() };
    let path = intake.path().to_owned();
    let mut number = 0;
    let take = |line: u64, object: Result<Map<String, Value>, String>| {
        number += 1;
        let row = object.and_then(|object| features.place(&object, line, intake));
        intake.take(line, row.map_err(|reason| format!("feature {number}: {reason}")))
    };
    if is_lines(head) { for_each_line(input, &path, take) } else { for_each_object(input, take) }
}

/// What is kept from feature to feature.
struct Features {
    id_source: String,
    /// The keys of the properties of the feature before, which most have too, and what they hold.
    keys: Vec<String>,
    layout: Layout,
}

impl Features {
    fn place(&mut self, object: &Map<String, Value>, line: u64, intake: &mut Intake<'_>) -> Result<PlaceRow, String> {
        let is_feature = object.get("type").and_then(Value::as_str) == Some("Feature");
        let empty = Map::new();
        let properties = match object.get("properties") {
            Some(Value::Object(properties)) => properties,
            _ if is_feature => &empty,
            _ => object,
        };
        let located = match object.get("geometry") {
            Some(geometry @ Value::Object(_)) => Some(locate(geometry)?),
            _ if is_feature => return Err("it has no geometry".to_owned()),
            _ => None,
        };
        if !properties.keys().eq(&self.keys) {
            self.keys = properties.keys().cloned().collect();
            self.layout = intake.options().columns.layout(self.keys.iter().map(String::as_str));
            intake.remarks.unknown(&self.layout.unknown);
        }
        if located.is_none() && !self.layout.is_whole() {
            return Err("it is neither a GeoJSON feature nor an object with a name, lat and lon".to_owned());
        }
        let own_id = ["id", "@id"].iter().find_map(|key| object.get(*key)).map(plain).filter(|_| is_feature);
        let values: Vec<String> = properties.values().map(plain).collect();
        let get = |at: usize| values.get(at).map_or("", |value| value.trim());
        let id = own_id.filter(|_| !intake.options().columns.names(Fact::Id));
        let (layout, id_source) = (&self.layout, self.id_source.as_str());
        let record = Record { layout, get, located, id, id_source, line };
        let mut row = record.place(&mut intake.remarks)?;
        row.names.extend(object.get("names").and_then(Value::as_array).into_iter().flatten().filter_map(linked_name));
        let relations = object.get("relations").and_then(Value::as_array);
        row.part_of = relations.into_iter().flatten().find_map(linked_whole).or(row.part_of);
        if row.name.is_empty() && !row.names.is_empty() {
            row.name = row.names.remove(0).text;
        }
        Ok(row)
    }
}

/// Where a GeoJSON geometry lies.
fn locate(geometry: &Value) -> Result<Located, String> {
    let geometry: geojson::Geometry = serde_json::from_value(geometry.clone()).map_err(|e| e.to_string())?;
    let geometry = Geometry::<f64>::try_from(geometry).map_err(|e| e.to_string())?;
    Located::from_geometry(&geometry)
}

/// A name of the Linked Places Format: `{"toponym": "Abingdon", "lang": "en", "when": {...}}`.
fn linked_name(name: &Value) -> Option<Name> {
    let text = name.get("toponym")?.as_str()?.to_owned();
    let spans = name.pointer("/when/timespans").and_then(Value::as_array);
    let ended = spans.is_some_and(|spans| !spans.is_empty() && spans.iter().all(|span| span.get("end").is_some()));
    let kind = if ended { NameKind::Historic } else { NameKind::Variant };
    Some(Name { text, kind, language: name.get("lang").and_then(Value::as_str).unwrap_or("").to_owned() })
}

/// A relation of the Linked Places Format, which says what the place is a part of:
/// `{"relationType": "gvp:broaderPartitive", "relationTo": "https://example.org/places/berkshire"}`.
fn linked_whole(relation: &Value) -> Option<String> {
    let partitive = relation.get("relationType")?.as_str()?.ends_with("broaderPartitive");
    Some(relation.get("relationTo")?.as_str()?.to_owned()).filter(|_| partitive)
}

/// The value of a property as text; the items of a list are separated by bars.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        Value::Array(list) => list.iter().map(plain).collect::<Vec<_>>().join("|"),
        other => other.to_string(),
    }
}
