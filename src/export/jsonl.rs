//! JSON lines: one line a document, the machine's view.

use super::features::round6;
use super::occurrence::{Answer, Occurrence, occurrences};
use super::{Exporter, Geometries, Piece, Renderer, Shape, Value};
use crate::document::Meta;
use crate::gazetteer::PlaceRef;
use crate::geoparser::Parsed;
use crate::mention::{Kind, Recogniser};
use crate::relation::Relative;
use crate::resolve::Focus;
use serde::Serialize;
use serde_json::Map;

/// Writes an object per document with its mentions and its focus. A mention that has no place has `"place": null` and a
/// `"reason"`.
#[derive(Default)]
pub struct JsonLines {
    shape: Shape,
    keep_text: bool,
}

impl JsonLines {
    /// Writes the areas of relative places too if `shape` asks for them.
    pub fn new(shape: Shape) -> Self {
        JsonLines { shape, keep_text: false }
    }

    /// Writes the title and the text, in which the offsets count, too.
    pub fn with_text(self) -> Self {
        JsonLines { keep_text: true, ..self }
    }
}

impl Exporter for JsonLines {
    fn renderer(&self) -> Renderer {
        let (shape, keep_text) = (self.shape, self.keep_text);
        Box::new(move |parsed| {
            let mut line = document(parsed, shape);
            if keep_text {
                line.title = parsed.document.title_before();
                line.text = Some(parsed.document.text_proper());
            }
            let mut line = serde_json::to_string(&line).unwrap_or_default();
            line.push('\n');
            Piece::bytes(line.into())
        })
    }

    fn appends(&self) -> bool {
        true
    }
}

#[derive(Serialize)]
struct Line<'p> {
    id: &'p str,
    date: Option<&'p str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'p str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    recogniser: Option<Recogniser>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'p str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'p str>,
    mentions: Vec<Mention<'p>>,
    focus: Option<Described<'p>>,
    foci: Vec<Described<'p>>,
    #[serde(skip_serializing_if = "Map::is_empty")]
    meta: Map<String, serde_json::Value>,
}

#[derive(Serialize)]
struct Mention<'p> {
    part: &'static str,
    start: usize,
    end: usize,
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<Kind>,
    #[serde(skip_serializing_if = "Option::is_none")]
    r#match: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    metonymic: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    modified: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    confidence: Option<Value>,
    place: Option<Described<'p>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    alternatives: Option<Vec<Described<'p>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

/// A place, or somewhere relative to places, which has no id.
#[derive(Default, Serialize)]
struct Described<'p> {
    id: Option<String>,
    name: &'p str,
    lat: f64,
    lon: f64,
    country: Option<&'p str>,
    admin1: Option<&'p str>,
    admin2: Option<&'p str>,
    feature: Option<&'p str>,
    population: Option<u32>,
    exact_km: Option<f64>,
    source: Option<&'p str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    relation: Option<&'p str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    anchor_ids: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    area_from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    uncertainty_km: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    area: Option<geojson::Geometry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    probability: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    score: Option<Value>,
}

fn document<'p>(parsed: &'p Parsed<'_, '_>, shape: Shape) -> Line<'p> {
    let areas = shape.geometry == Geometries::Area;
    Line {
        id: &parsed.document.id,
        date: parsed.document.meta.date.as_deref(),
        language: parsed.language.as_deref(),
        recogniser: parsed.recogniser,
        title: None,
        text: None,
        mentions: occurrences(parsed, shape.offsets).iter().map(|found| mention(parsed, found, areas)).collect(),
        focus: parsed.focus.as_ref().map(focus),
        foci: parsed.foci.iter().map(focus).collect(),
        meta: meta(&parsed.document.meta),
    }
}

fn focus<'p>(focus: &Focus<'p>) -> Described<'p> {
    Described { score: Some(Value::probability(focus.score)), ..place(&focus.place) }
}

fn mention<'p>(parsed: &'p Parsed<'_, '_>, found: &Occurrence<'p, '_>, areas: bool) -> Mention<'p> {
    let mut mention = Mention {
        part: found.part.name(),
        start: found.start,
        end: found.end,
        text: found.text(parsed),
        kind: found.kind(),
        r#match: None,
        metonymic: None,
        modified: None,
        confidence: found.confidence().map(Value::probability),
        place: None,
        alternatives: None,
        why: None,
        reason: None,
    };
    match found.answer {
        Answer::Place(resolved) => {
            let alternatives = resolved.alternatives.iter().map(|(alternative, probability)| Described {
                probability: Some(Value::probability(*probability)),
                ..place(alternative)
            });
            mention.r#match = Some(resolved.form.to_string());
            mention.why = Some(resolved.why.iter().map(ToString::to_string).collect());
            mention.metonymic = Some(resolved.mention.metonymic);
            mention.modified = Some(resolved.mention.modified);
            mention.place = Some(place(&resolved.place));
            mention.alternatives = Some(alternatives.collect());
        }
        Answer::Relative(relative) => mention.place = Some(relative_place(relative, areas)),
        Answer::Unplaced(unplaced) => mention.reason = Some(unplaced.reason.to_string()),
    }
    mention
}

fn place<'p>(place: &PlaceRef<'p>) -> Described<'p> {
    let filled = |text: &'p str| Some(text).filter(|text| !text.is_empty());
    Described {
        id: Some(place.id()),
        name: place.name(),
        lat: place.lat(),
        lon: place.lon(),
        country: filled(place.country()),
        admin1: place.division1_name(),
        admin2: place.division2_name(),
        feature: filled(place.feature()),
        population: place.population(),
        exact_km: place.exact_km(),
        source: filled(place.source()),
        ..Described::default()
    }
}

fn relative_place<'p>(relative: &'p Relative<'_>, areas: bool) -> Described<'p> {
    Described {
        name: &relative.name,
        lat: round6(relative.point.y()),
        lon: round6(relative.point.x()),
        relation: Some(relative.relation),
        area_from: relative.area_from.map(|from| from.to_string()),
        anchor_ids: Some(relative.anchors.iter().map(PlaceRef::id).collect()),
        uncertainty_km: Some(relative.uncertainty_km),
        area: relative.area.as_ref().filter(|_| areas).map(|area| geojson::Geometry::new((&**area).into())),
        ..Described::default()
    }
}

/// What is known of the document, as it came in.
fn meta(meta: &Meta) -> Map<String, serde_json::Value> {
    let own = [
        ("title", &meta.title),
        ("date", &meta.date),
        ("url", &meta.url),
        ("author", &meta.author),
        ("site", &meta.site),
        ("domain", &meta.domain),
    ];
    let own = own.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value.as_deref()?.into())));
    own.chain(meta.other.clone()).collect()
}
