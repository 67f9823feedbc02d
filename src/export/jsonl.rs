//! JSON lines: one object a document, for programs.

use super::features::round6;
use super::occurrence::{self, Occurrence, occurrences};
use super::value::round_up_to_metres;
use super::{Exporter, Geometries, Piece, Renderer, Shape, Value};
use crate::annotations::{Annotations, Focus, Relative};
use crate::document::{Document, Meta};
use crate::gazetteer::Place;
use crate::mention::{Kind, Recogniser};
use serde::Serialize;
use serde_json::Map;
use std::borrow::Cow;

/// Writes JSON lines: an object a document, with its mentions and its foci. A mention without a place has `"place":
/// null` and a `"reason"`.
#[derive(Default)]
pub struct JsonLines {
    shape: Shape,
    keep_text: bool,
}

impl JsonLines {
    /// Counts offsets as `shape` says, and writes the areas of relative places if it asks for them.
    pub fn new(shape: Shape) -> Self {
        JsonLines { shape, keep_text: false }
    }

    /// The same, writing the title and the text too, in which the offsets count.
    pub fn with_text(self) -> Self {
        JsonLines { keep_text: true, ..self }
    }
}

impl super::sealed::Sealed for JsonLines {}

impl Exporter for JsonLines {
    fn renderer(&self) -> Renderer {
        let (shape, keep_text) = (self.shape, self.keep_text);
        Box::new(move |document, annotations| {
            let mut object = described_document(document, annotations, shape);
            if keep_text {
                object.title = document.title_before();
                object.text = Some(document.text_proper());
            }
            let mut line = serde_json::to_string(&object).unwrap_or_default();
            line.push('\n');
            Piece::bytes(line.into(), &annotations.attribution)
        })
    }

    fn appends(&self) -> bool {
        true
    }
}

/// A document, as a line shows it.
#[derive(Serialize)]
struct DescribedDocument<'p> {
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
    mentions: DescribedMentions<'p>,
    focus: Option<DescribedPlace<'p>>,
    foci: Vec<DescribedPlace<'p>>,
    #[serde(skip_serializing_if = "Map::is_empty")]
    meta: Map<String, serde_json::Value>,
}

/// The mentions of a document, each described only when it is written: a description is several times as large as a mention.
struct DescribedMentions<'p> {
    document: &'p Document,
    found: Vec<Occurrence<'p>>,
    areas: bool,
}

impl Serialize for DescribedMentions<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.found.iter().map(|found| described_mention(self.document, found, self.areas)))
    }
}

/// A mention, as a line shows it.
#[derive(Serialize)]
struct DescribedMention<'p> {
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
    place: Option<DescribedPlace<'p>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    alternatives: Option<Vec<DescribedPlace<'p>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

/// A place, or a relative place, which has no id.
#[derive(Default, Serialize)]
struct DescribedPlace<'p> {
    id: Option<String>,
    name: &'p str,
    lat: f64,
    lon: f64,
    country: Option<&'p str>,
    admin1: Option<Cow<'p, str>>,
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

fn described_document<'p>(document: &'p Document, annotations: &'p Annotations, shape: Shape) -> DescribedDocument<'p> {
    let areas = shape.geometry == Geometries::Area;
    let found = occurrences(document, annotations, shape.offsets);
    DescribedDocument {
        id: &document.id,
        date: document.meta.date.as_deref(),
        language: annotations.language.as_deref(),
        recogniser: annotations.recogniser,
        title: None,
        text: None,
        mentions: DescribedMentions { document, found, areas },
        focus: annotations.focus().map(described_focus),
        foci: annotations.foci.iter().map(described_focus).collect(),
        meta: meta(&document.meta),
    }
}

fn described_focus(focus: &Focus) -> DescribedPlace<'_> {
    DescribedPlace { score: Some(Value::probability(focus.score)), ..described_place(&focus.place) }
}

fn described_mention<'p>(document: &Document, found: &Occurrence<'p>, areas: bool) -> DescribedMention<'p> {
    let mention = found.mention;
    let relative = mention.relative.as_deref().map(|relative| described_relative(relative, areas));
    // A span outside the text has no kind and no probability. What only a placed mention has is left out for others.
    let inside = !mention.is_outside_text();
    let placed = mention.place.is_some();
    let alternatives = || {
        let alternatives = mention.alternatives.iter().map(|alternative| DescribedPlace {
            probability: Some(Value::probability(alternative.probability)),
            ..described_place(&alternative.place)
        });
        alternatives.collect()
    };
    DescribedMention {
        part: found.part.name(),
        start: found.start,
        end: found.end,
        text: occurrence::text(document, mention),
        kind: inside.then_some(mention.kind),
        r#match: mention.form.map(|form| form.to_string()),
        metonymic: placed.then_some(mention.metonymic),
        modified: placed.then_some(mention.modified),
        confidence: inside.then(|| Value::probability(mention.confidence)),
        place: mention.place.as_ref().map(described_place).or(relative),
        alternatives: placed.then(alternatives),
        why: placed.then(|| mention.why.iter().map(ToString::to_string).collect()),
        reason: mention.reason.map(|reason| reason.to_string()),
    }
}

/// The facts of a place, by the names and in the order that JSON lines have them; what is not known is null.
///
/// ```
/// let gazetteer = toponym::gazetteer::embedded()?;
/// let aleppo = gazetteer.by_id("geonames:170063").unwrap();
/// let record = serde_json::to_value(toponym::export::place_record(&aleppo))?;
/// assert_eq!(record["country"], "SY");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn place_record(place: &Place) -> impl Serialize + '_ {
    described_place(place)
}

fn described_place(place: &Place) -> DescribedPlace<'_> {
    fn filled(text: &str) -> Option<&str> {
        Some(text).filter(|text| !text.is_empty())
    }
    let place = place.view();
    DescribedPlace {
        id: Some(place.id()),
        name: place.name(),
        lat: place.lat(),
        lon: place.lon(),
        country: filled(place.country()),
        admin1: place.division1_name().map(Cow::Borrowed),
        admin2: place.division2_name(),
        feature: filled(place.feature()),
        population: place.population(),
        exact_km: place.exact_km(),
        source: filled(place.source()),
        ..DescribedPlace::default()
    }
}

fn described_relative(relative: &Relative, areas: bool) -> DescribedPlace<'_> {
    let (country, division1) = relative.divisions();
    DescribedPlace {
        name: &relative.name,
        lat: round6(relative.lat),
        lon: round6(relative.lon),
        country,
        admin1: division1.map(Cow::Owned),
        relation: Some(&relative.construct),
        area_from: relative.area_from.map(|from| from.to_string()),
        anchor_ids: Some(relative.anchors.iter().map(Place::id).collect()),
        uncertainty_km: Some(round_up_to_metres(relative.uncertainty_km)),
        area: relative.area.as_ref().filter(|_| areas).map(|area| geojson::Geometry::new((&**area).into())),
        ..DescribedPlace::default()
    }
}

/// What is known of the document beside its text.
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
