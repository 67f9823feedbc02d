//! Elasticsearch and OpenSearch: the body of a bulk request, and the mapping of its index.

use super::features::Feature;
use super::schema::{FIELDS, fields};
use super::{By, Exporter, LayerRenderer, Piece, Renderer, Shape, Type, Value, iri, renderer_of_layer};
use serde_json::{Map, Value as Json, json};

/// Writes the lines of a bulk request: an action and a document a feature. The index is that of the request's address.
pub struct ElasticsearchBulk {
    shape: Shape,
}

impl ElasticsearchBulk {
    /// Writes a document of the index per place, mention or document.
    pub fn new(shape: Shape) -> Self {
        ElasticsearchBulk { shape }
    }

    fn layer(&self) -> LayerRenderer {
        let by = self.shape.by;
        Box::new(move |features, attribution| {
            let lines = features.iter().map(|feature| {
                let (id, document) = (id(feature, by), document(feature, by));
                format!("{}\n{document}\n", json!({"index": {"_id": id}}))
            });
            Piece::bytes(lines.collect::<String>().into_bytes(), attribution)
        })
    }
}

impl super::sealed::Sealed for ElasticsearchBulk {
    fn layer_renderer(&self) -> Option<LayerRenderer> {
        Some(self.layer())
    }
}

impl Exporter for ElasticsearchBulk {
    fn renderer(&self) -> Renderer {
        renderer_of_layer(self.layer(), self.shape)
    }

    fn appends(&self) -> bool {
        true
    }
}

/// An id that is the same for the same feature, so that a request that is sent again adds nothing.
fn id(feature: &Feature, by: By) -> String {
    let point = feature.point.map_or(String::new(), |point| format!("{},{}", point.y(), point.x()));
    let told =
        ["document", "place_id", "name", "match", "mention"].map(|name| feature.text(by, name).unwrap_or_default());
    let mut parts: Vec<&str> = told.iter().map(String::as_str).collect();
    parts.push(&point);
    iri::digest(&parts)
}

fn document(feature: &Feature, by: By) -> Json {
    let known = fields(by).zip(&feature.values).filter(|(_, value)| **value != Value::Null);
    let mut document: Map<String, Json> = known.map(|(field, value)| (field.name.to_owned(), json!(value))).collect();
    if let Some(point) = feature.point {
        document.insert("location".into(), json!({"lat": point.y(), "lon": point.x()}));
    }
    if let Some(area) = &feature.area {
        document.insert("area".into(), json!(geojson::GeometryValue::from(area)));
    }
    Json::Object(document)
}

/// Fields of running text, which is searched by its words; others are keywords.
const RUNNING_TEXT: [&str; 6] = ["other", "places", "sentence", "texts", "title", "titles"];
/// The longest keyword that is indexed, in characters.
const LONGEST_KEYWORD: usize = 1024;

/// The body of the request that creates the index, in JSON: `PUT /places`.
pub fn mapping() -> Json {
    let kind = |name: &str, kind: Type| match kind {
        Type::Text if RUNNING_TEXT.contains(&name) => json!({"type": "text"}),
        Type::Text => json!({"type": "keyword", "ignore_above": LONGEST_KEYWORD}),
        Type::Integer => json!({"type": "long"}),
        Type::Real => json!({"type": "double"}),
        Type::Boolean => json!({"type": "boolean"}),
        Type::DateTime => json!({"type": "date", "format": "strict_date_optional_time"}),
    };
    let mut properties: Map<String, Json> =
        FIELDS.iter().map(|field| (field.name.to_owned(), kind(field.name, field.kind))).collect();
    properties.insert("location".into(), json!({"type": "geo_point"}));
    properties.insert("area".into(), json!({"type": "geo_shape"}));
    json!({"mappings": {"dynamic": "strict", "properties": properties}})
}
