//! Annotations -> features: one per place, per mention or per document.

use super::occurrence::{Occurrence, occurrences};
use super::schema::fields;
use super::source::FeatureSource;
use super::value::Value;
use super::{By, Geometries, Shape};
use crate::annotations::{Annotations, Mention, Relative};
use crate::candidate::Form;
use crate::document::Document;
use crate::gazetteer::PlaceView;
use geo::{Geometry, MultiPolygon, Point};
use std::collections::HashMap;

/// A geometry, and a value for each field of its layer.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Feature {
    /// Degrees east and north; `None` for a mention without a place.
    pub point: Option<Point>,
    /// The area round the point, if the feature is drawn as one.
    pub area: Option<MultiPolygon>,
    /// In the order of [`FIELDS`](super::schema::FIELDS), of which those count that are in the layer.
    pub values: Vec<Value>,
}

impl Feature {
    /// The value of a field of the layer that the feature is in.
    pub(super) fn value(&self, layer: By, name: &str) -> &Value {
        let at = fields(layer).position(|field| field.name == name);
        at.and_then(|at| self.values.get(at)).unwrap_or(&Value::Null)
    }

    /// The same as text; `None` for null.
    pub(super) fn text(&self, layer: By, name: &str) -> Option<String> {
        self.value(layer, name).to_text()
    }

    /// The area, or else the point.
    pub fn geometry(&self) -> Option<Geometry> {
        let area = self.area.clone().map(Geometry::MultiPolygon);
        area.or(self.point.map(Geometry::Point))
    }
}

/// All features of a document, layer by layer.
pub struct Layers {
    /// The document, at its focus.
    pub document: Feature,
    /// Its places.
    pub places: Vec<Feature>,
    /// Its mentions, each with the number of its place in `places`.
    pub mentions: Vec<(Feature, Option<usize>)>,
}

/// The features of a document in the layer `shape.by` (with [`By::Name`] those of this document alone), for tables and frames: also those without a point, such as
/// mentions that have no place. The formats of this module write what has one.
///
/// ```
/// use toponym::export::schema::FIELDS;
/// use toponym::export::{By, Shape, Value, features};
/// use toponym::{Document, Geoparser};
/// let document = Document::new("1", "Rain fell on Aleppo.");
/// let annotations = Geoparser::embedded()?.annotate(&document);
/// let mentions = features(&document, &annotations, Shape::from(By::Mention));
/// let mut fields = FIELDS.iter().filter(|field| field.is_in(By::Mention));
/// let place_id = fields.position(|field| field.name == "place_id").unwrap();
/// assert_eq!(mentions[0].values[place_id], Value::from("geonames:170063"));
/// # Ok::<(), toponym::Error>(())
/// ```
pub fn features(document: &Document, annotations: &Annotations, shape: Shape) -> Vec<Feature> {
    let found = occurrences(document, annotations, shape.offsets);
    match shape.by {
        By::Place | By::Name => {
            groups(&found).0.into_iter().map(|mentions| feature(document, mentions, shape)).collect()
        }
        By::Mention => found.iter().map(|mention| feature(document, vec![mention], shape)).collect(),
        By::Document => vec![document_feature(document, annotations, &found)],
    }
}

/// The features of a document that have a point.
pub(super) fn drawn(document: &Document, annotations: &Annotations, shape: Shape) -> Vec<Feature> {
    let mut features = features(document, annotations, shape);
    features.retain(|feature| feature.point.is_some());
    features
}

/// The features of a document in all layers, also those without a point.
pub fn layers(document: &Document, annotations: &Annotations, shape: Shape) -> Layers {
    let shape = |by| Shape { by, ..shape };
    let found = occurrences(document, annotations, shape(By::Mention).offsets);
    let (groups, place_of) = groups(&found);
    let mentions = found.iter().map(|mention| feature(document, vec![mention], shape(By::Mention)));
    Layers {
        document: document_feature(document, annotations, &found),
        mentions: mentions.zip(place_of).collect(),
        places: groups.into_iter().map(|mentions| feature(document, mentions, shape(By::Place))).collect(),
    }
}

/// The key that all mentions of one place share.
#[derive(PartialEq, Eq, Hash)]
enum PlaceKey<'a> {
    /// The id of a place, and whether the document puts there what no gazetteer has.
    Place(String, bool),
    /// A name and the bits of a point.
    Relative(&'a str, [u64; 2]),
}

impl<'a> PlaceKey<'a> {
    /// The key of a mention; `None` for one without a place.
    fn new(mention: &'a Mention) -> Option<Self> {
        match (&mention.place, &mention.relative) {
            (Some(place), _) => Some(PlaceKey::Place(place.id(), mention.form == Some(Form::Locality))),
            (None, Some(relative)) => {
                Some(PlaceKey::Relative(&relative.name, [relative.lon.to_bits(), relative.lat.to_bits()]))
            }
            (None, None) => None,
        }
    }
}

type Group<'a> = Vec<&'a Occurrence<'a>>;

/// The mentions of each place, places in the order of their first mentions; and the number of each mention's place.
fn groups<'a>(found: &'a [Occurrence<'a>]) -> (Vec<Group<'a>>, Vec<Option<usize>>) {
    let mut groups: Vec<Group<'a>> = Vec::new();
    let mut known = HashMap::new();
    let place_of = found.iter().map(|occurrence| {
        let group = *known.entry(PlaceKey::new(occurrence.mention)?).or_insert(groups.len());
        match groups.get_mut(group) {
            Some(mentions) => mentions.push(occurrence),
            None => groups.push(vec![occurrence]),
        }
        Some(group)
    });
    let place_of = place_of.collect();
    (groups, place_of)
}

/// The feature of mentions of one place.
fn feature<'a>(document: &'a Document, mentions: Group<'a>, shape: Shape) -> Feature {
    let first = mentions.first().map(|found| found.mention);
    let place = first.and_then(|mention| Some(mention.place.as_ref()?.view()));
    let relative = first.and_then(|mention| mention.relative.as_deref());
    let computed = |relative: &Relative| Point::new(round6(relative.lon), round6(relative.lat));
    let point = relative.map(computed).or(place.map(point));
    let shown = relative.filter(|_| shape.geometry == Geometries::Area);
    let area = shown.and_then(|relative| relative.area.as_deref().cloned());
    let source = FeatureSource { document, place, relative, mentions, score: None };
    Feature { point, area, values: fields(shape.by).map(|field| field.value(&source)).collect() }
}

/// The feature of a document, at its focus.
fn document_feature<'a>(document: &'a Document, annotations: &'a Annotations, found: &'a [Occurrence<'a>]) -> Feature {
    let focus = annotations.focus();
    let source = FeatureSource {
        document,
        place: focus.map(|focus| focus.place.view()),
        relative: None,
        mentions: found.iter().filter(|found| found.mention.place.is_some()).collect(),
        score: focus.map(|focus| focus.score),
    };
    let values = fields(By::Document).map(|field| field.value(&source)).collect();
    Feature { point: source.place.map(point), area: None, values }
}

/// Rounds degrees to six decimals, a tenth of a metre: computed points are no more exact.
pub fn round6(degrees: f64) -> f64 {
    (degrees * 1e6).round() / 1e6
}

fn point(place: PlaceView<'_>) -> Point {
    Point::new(place.lon(), place.lat())
}
