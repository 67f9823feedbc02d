//! What a feature is and what it says: one per place, per mention or per document.

use crate::gazetteer::Place;
use crate::geoparser::Parsed;
use crate::relation::Relative;
use crate::resolve::Resolved;
use crate::text::CharOffsets;
use geo::MultiPolygon;
use serde_json::{Map, Value, json};
use std::collections::HashMap;

/// What a feature stands for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum By {
    /// A place of a document, with all its mentions.
    #[default]
    Place,
    /// A mention.
    Mention,
    /// A document: its focus.
    Document,
}

/// A point with properties, in the order in which they are written.
pub struct Feature {
    /// Degrees east and north.
    pub point: [f64; 2],
    /// The area that the point stands for, in degrees.
    pub area: Option<MultiPolygon>,
    /// Flat: strings and numbers only, so that QGIS shows them as columns.
    pub properties: Map<String, Value>,
}

/// The features of a document.
pub fn features(parsed: &Parsed<'_, '_>, by: By) -> Vec<Feature> {
    match by {
        By::Place => by_place(parsed),
        By::Mention => by_mention(parsed),
        By::Document => by_document(parsed),
    }
}

/// Between the values of a list in one property.
const BAR: &str = "; ";

fn by_place(parsed: &Parsed<'_, '_>) -> Vec<Feature> {
    let mut order = Vec::new();
    let mut mentions: HashMap<_, Vec<&Resolved<'_>>> = HashMap::new();
    for resolved in &parsed.places {
        let key = resolved.place.key();
        mentions.entry(key).or_insert_with(|| {
            order.push(key);
            Vec::new()
        });
        mentions.entry(key).and_modify(|list| list.push(resolved));
    }
    let lists = order.iter().filter_map(|key| mentions.remove(key));
    let places = lists.filter_map(|list| {
        let first = list.first()?;
        let mut properties = head(parsed, &first.place);
        let texts = distinct(list.iter().map(|r| text_of(parsed, r).to_owned()));
        let kinds = distinct(list.iter().map(|r| r.mention.kind.to_string()));
        let confidence = list.iter().map(|r| r.confidence).fold(0.0, f64::max);
        properties.insert("mentions".into(), json!(list.len()));
        properties.insert("texts".into(), json!(texts.join(BAR)));
        properties.insert("kinds".into(), json!(kinds.join(BAR)));
        properties.insert("confidence".into(), rounded(confidence));
        properties.insert("sentence".into(), json!(parsed.sentence(first)));
        Some(feature(&first.place, properties))
    });
    places.chain(parsed.relations.iter().map(|relative| relative_feature(parsed, relative, None))).collect()
}

/// A relative place or coordinates; with their offsets where features are mentions.
fn relative_feature(parsed: &Parsed<'_, '_>, relative: &Relative<'_>, offsets: Option<[usize; 2]>) -> Feature {
    let mut properties = Map::new();
    properties.insert("document".into(), json!(parsed.document.id));
    properties.extend(relative_properties(relative).map(|(key, value)| (key.into(), value)));
    if let Some([start, end]) = offsets {
        properties.insert("start".into(), json!(start));
        properties.insert("end".into(), json!(end));
    }
    properties.insert("confidence".into(), rounded(relative.confidence));
    properties.insert("sentence".into(), json!(parsed.sentence_at(relative.start)));
    Feature {
        point: [degrees(relative.point.x()), degrees(relative.point.y())],
        area: relative.area.clone(),
        properties,
    }
}

/// What is told of a relative place or coordinates, in every format under these names.
pub fn relative_properties(relative: &Relative<'_>) -> [(&'static str, Value); 6] {
    let ids: Vec<String> = relative.anchors.iter().map(Place::id).collect();
    [
        ("name", json!(relative.name)),
        ("kind", json!(relative.kind.to_string())),
        ("relation", json!(relative.relation)),
        ("anchor_ids", if ids.is_empty() { Value::Null } else { json!(ids.join(BAR)) }),
        ("uncertainty_km", rounded(relative.uncertainty_km)),
        ("area_from", json!(relative.area_from.map(|from| from.to_string()))),
    ]
}

/// Degrees to six decimals, a tenth of a metre.
pub fn degrees(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

fn by_mention(parsed: &Parsed<'_, '_>) -> Vec<Feature> {
    let mut chars = CharOffsets::new(&parsed.document.text);
    let features = parsed.places.iter().map(|resolved| {
        let mut properties = head(parsed, &resolved.place);
        properties.insert("text".into(), json!(text_of(parsed, resolved)));
        properties.insert("kind".into(), json!(resolved.mention.kind.to_string()));
        properties.insert("start".into(), json!(chars.at(resolved.mention.start)));
        properties.insert("end".into(), json!(chars.at(resolved.mention.end)));
        properties.insert("confidence".into(), rounded(resolved.confidence));
        properties.insert("sentence".into(), json!(parsed.sentence(resolved)));
        (resolved.mention.start, feature(&resolved.place, properties))
    });
    let mut features: Vec<_> = features.collect();
    features.extend(parsed.relations.iter().map(|relative| {
        let offsets = [relative.start, relative.end].map(|byte| chars.at(byte));
        (relative.start, relative_feature(parsed, relative, Some(offsets)))
    }));
    features.sort_by_key(|(start, _)| *start);
    features.into_iter().map(|(_, feature)| feature).collect()
}

fn by_document(parsed: &Parsed<'_, '_>) -> Vec<Feature> {
    let focus = parsed.focus.iter().map(|focus| {
        let mut properties = head(parsed, &focus.place);
        let places = distinct(parsed.places.iter().map(|r| r.place.name().to_owned()));
        properties.insert("score".into(), rounded(focus.score));
        properties.insert("mentions".into(), json!(parsed.places.len()));
        properties.insert("places".into(), json!(places.join(BAR)));
        feature(&focus.place, properties)
    });
    focus.collect()
}

/// The properties that every feature has: which document, which place.
fn head(parsed: &Parsed<'_, '_>, place: &Place<'_>) -> Map<String, Value> {
    let mut properties = Map::new();
    properties.insert("document".into(), json!(parsed.document.id));
    for (key, value) in place_properties(place) {
        properties.insert(if key == "id" { "place_id".into() } else { key.into() }, value);
    }
    properties
}

/// What is told of a place, in every format under these names. What is not known is `null`.
pub fn place_properties(place: &Place<'_>) -> [(&'static str, Value); 9] {
    let text = |value: &str| if value.is_empty() { Value::Null } else { json!(value) };
    [
        ("id", json!(place.id())),
        ("name", json!(place.name())),
        ("country", text(place.country())),
        ("admin1", json!(place.division1_name())),
        ("admin2", json!(place.division2_name())),
        ("feature", text(place.feature())),
        ("population", json!(place.population())),
        ("exact_km", json!(place.exact_km())),
        ("source", text(place.source())),
    ]
}

fn feature(place: &Place<'_>, properties: Map<String, Value>) -> Feature {
    Feature { point: [place.lon(), place.lat()], area: None, properties }
}

/// The mention as it stands in the text, white space made single.
pub fn text_of(parsed: &Parsed<'_, '_>, resolved: &Resolved<'_>) -> String {
    let text = parsed.document.text.get(resolved.mention.start..resolved.mention.end).unwrap_or("");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn distinct(values: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen = Vec::new();
    for value in values {
        if !seen.contains(&value) {
            seen.push(value);
        }
    }
    seen
}

/// A probability to three decimals: it is not known better.
pub fn rounded(probability: f64) -> Value {
    json!((probability * 1000.0).round() / 1000.0)
}
